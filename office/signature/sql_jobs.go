// SPDX-License-Identifier: Apache-2.0

package signature

import (
	"soviec/kit/journal"
	"soviec/kit/store"
)

func insertWarning(a *journal.Act, key int64, band int) (bool, error) {
	n, err := a.Exec("INSERT INTO signature_warning (held, band, agency, at) VALUES ($1, $2, $3, $4) ON CONFLICT (held, band) DO NOTHING", key, band, a.By.Agency, store.Instant(a.At))
	return n > 0, err
}

func retries(r store.Reader, agency int64, until string, limit int) ([]Retry, error) {
	return store.All(r, func(s store.Scanner) (Retry, error) {
		var x Retry
		var since, next store.Time
		err := s.Scan(&x.SHA, &x.Outcome, &since, &x.Tries, &next)
		x.Since, x.Next = since.Time, next.Time
		return x, err
	}, `SELECT v.sha, v.outcome, v.at, COALESCE(t.tries, 0), COALESCE(t.next_at, '') FROM signature_verdict v
		LEFT JOIN signature_retry t ON t.agency = v.agency AND t.sha = v.sha
		WHERE v.agency = $1 AND v.outcome IN ('undecided', 'unknown_ca') AND COALESCE(t.next_at, '') <= $2
		AND NOT EXISTS (SELECT 1 FROM signature_verdict w WHERE w.agency = v.agency AND w.sha = v.sha AND w.id > v.id)
		ORDER BY COALESCE(t.next_at, ''), v.id LIMIT $3`, agency, until, limit)
}

func putRetry(w store.Writer, agency int64, sha string, tries int, next string) error {
	_, err := w.Exec(`INSERT INTO signature_retry (agency, sha, tries, next_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (agency, sha) DO UPDATE SET tries = excluded.tries, next_at = excluded.next_at`, agency, sha, tries, next)
	return err
}
