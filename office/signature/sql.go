// SPDX-License-Identifier: Apache-2.0

package signature

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"soviec/kit/journal"
	"soviec/kit/store"
)

// sumOf holds words to the book without telling them.
func sumOf(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:12])
}

func insertVerdict(a *journal.Act, v Verdict) (sum string, err error) {
	raw, err := json.Marshal(v.Record)
	if err != nil {
		return "", err
	}
	_, err = a.Exec(`INSERT INTO signature_verdict (id, agency, sha, at, asked_by, outcome, signatures, intact, modification, online, record)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		v.ID, a.By.Agency, v.SHA, store.Instant(v.At), v.AskedBy, string(v.Outcome), v.Signed, v.Intact, string(v.Modified), v.Online, string(raw))
	return sumOf(string(raw)), err
}

const verdictQuery = `SELECT v.id, v.sha, v.at, v.asked_by, v.outcome, v.signatures, v.intact, v.modification, v.online, v.record FROM signature_verdict v `

func scanVerdict(s store.Scanner) (Verdict, error) {
	var v Verdict
	var at store.Time
	var raw string
	if err := s.Scan(&v.ID, &v.SHA, &at, &v.AskedBy, &v.Outcome, &v.Signed, &v.Intact, &v.Modified, &v.Online, &raw); err != nil {
		return v, err
	}
	v.At = at.Time
	return v, json.Unmarshal([]byte(raw), &v.Record)
}

func history(r store.Reader, agency int64, sha string) ([]Verdict, error) {
	return store.All(r, scanVerdict, verdictQuery+"WHERE v.agency = $1 AND v.sha = $2 ORDER BY v.id DESC LIMIT 50", agency, sha)
}

func latest(r store.Reader, agency int64, shas []string) (map[string]Verdict, error) {
	args := []any{agency}
	var in []string
	for _, sha := range shas {
		args = append(args, sha)
		in = append(in, fmt.Sprintf("$%d", len(args)))
	}
	all, err := store.All(r, scanVerdict, verdictQuery+`WHERE v.id IN (SELECT MAX(w.id) FROM signature_verdict w WHERE w.agency = $1 AND w.sha IN (`+strings.Join(in, ", ")+`) GROUP BY w.sha)`, args...)
	out := make(map[string]Verdict, len(all))
	for _, v := range all {
		out[v.SHA] = v
	}
	return out, err
}

func insertWaiver(a *journal.Act, w Waiver) error {
	_, err := a.Exec("INSERT INTO signature_waiver (id, agency, subject, verdict, sha, person, proxy, reason, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		w.ID, a.By.Agency, w.Subject, w.Verdict, w.SHA, w.Person, w.Proxy, w.Reason, store.Instant(w.At.Time))
	return err
}

func scanWaiver(s store.Scanner) (Waiver, error) {
	var w Waiver
	return w, s.Scan(&w.ID, &w.Subject, &w.Verdict, &w.SHA, &w.Person, &w.Proxy, &w.Reason, &w.At)
}

const waiverQuery = "SELECT id, subject, verdict, sha, person, proxy, reason, at FROM signature_waiver "

func waivers(r store.Reader, agency int64, subject string) ([]Waiver, error) {
	return store.All(r, scanWaiver, waiverQuery+"WHERE agency = $1 AND subject = $2 ORDER BY id", agency, subject)
}

// Outcomes are the newest outcomes on files, by their fingerprints, for lists.
func Outcomes(r store.Reader, agency int64, shas ...string) (map[string]Outcome, error) {
	if len(shas) == 0 {
		return nil, nil
	}
	args := []any{agency}
	var in []string
	for _, sha := range shas {
		args = append(args, sha)
		in = append(in, fmt.Sprintf("$%d", len(args)))
	}
	type one struct {
		sha string
		o   Outcome
	}
	all, err := store.All(r, func(s store.Scanner) (one, error) {
		var v one
		return v, s.Scan(&v.sha, &v.o)
	}, `SELECT v.sha, v.outcome FROM signature_verdict v WHERE v.id IN (SELECT MAX(w.id) FROM signature_verdict w WHERE w.agency = $1 AND w.sha IN (`+strings.Join(in, ", ")+`) GROUP BY w.sha)`, args...)
	out := make(map[string]Outcome, len(all))
	for _, v := range all {
		out[v.sha] = v.o
	}
	return out, err
}

func eachVerdict(r store.Reader, agency int64, f func(id int64, sha string, o Outcome, signed int, raw string)) error {
	rows, err := r.Query("SELECT id, sha, outcome, signatures, record FROM signature_verdict WHERE agency = $1 ORDER BY id", agency)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var sha, raw string
		var o Outcome
		var signed int
		if err := rows.Scan(&id, &sha, &o, &signed, &raw); err != nil {
			return err
		}
		f(id, sha, o, signed, raw)
	}
	return rows.Err()
}
