// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"time"

	"soviec/kit/journal"
	"soviec/kit/store"
)

func scanPicture(s store.Scanner) (SealPicture, error) {
	var x SealPicture
	var wide int64
	var at store.Time
	err := s.Scan(&x.PNG, &x.Sum, &wide, &x.SetBy, &at)
	x.Wide, x.SetAt = float64(wide)/10, at.Time
	return x, err
}

func sealPicture(r store.Reader, agency int64) (SealPicture, error) {
	return store.One(r, scanPicture, "SELECT picture, picture_sum, wide, set_by, set_at FROM outgoing_seal WHERE agency = $1", agency)
}

func putSealPicture(a *journal.Act, x SealPicture) error {
	_, err := a.Exec(`INSERT INTO outgoing_seal (agency, picture, picture_sum, wide, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (agency) DO UPDATE SET picture = excluded.picture, picture_sum = excluded.picture_sum, wide = excluded.wide, set_by = excluded.set_by, set_at = excluded.set_at`,
		a.By.Agency, x.PNG, x.Sum, tenths(x.Wide), a.By.Person, store.Instant(a.At))
	return err
}

func insertSealed(a *journal.Act, subject, before, after string, ev Evidence) error {
	_, err := a.Exec("INSERT INTO outgoing_sealed (file, agency, subject, before, fingerprint, verdict, sealed_by, sealed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		after, a.By.Agency, subject, before, ev.Key, ev.Verdict, a.By.Person, store.Instant(a.At))
	return err
}

// A KeyUse is how often a key of the agency sealed, and when last.
type KeyUse struct {
	Files int
	Last  time.Time
}

// KeyUses are the uses of the agency's keys, by the fingerprint of their certificate.
func KeyUses(r store.Reader, agency int64) (map[string]KeyUse, error) {
	out := map[string]KeyUse{}
	_, err := store.All(r, func(s store.Scanner) (struct{}, error) {
		var key string
		var x KeyUse
		var at store.Time
		err := s.Scan(&key, &x.Files, &at)
		x.Last = at.Time
		out[key] = x
		return struct{}{}, err
	}, "SELECT fingerprint, COUNT(*), MAX(sealed_at) FROM outgoing_sealed WHERE agency = $1 GROUP BY fingerprint", agency)
	return out, err
}

// SealedWith is the fingerprint of the certificate that sealed a subject last; "" for paper.
func SealedWith(r store.Reader, agency int64, subject string) (string, error) {
	key, err := store.One(r, store.Value[string], "SELECT fingerprint FROM outgoing_sealed WHERE agency = $1 AND subject = $2 ORDER BY sealed_at DESC, file LIMIT 1", agency, subject)
	if err == store.ErrNone {
		err = nil
	}
	return key, err
}

func fileByID(r store.Reader, agency, id int64) (File, int64, error) {
	var doc int64
	f, err := store.One(r, func(s store.Scanner) (File, error) {
		var f File
		err := s.Scan(&doc, &f.ID, &f.Kind, &f.Stage, &f.Ordinal, &f.Name, &f.MIME, &f.Size, &f.SHA, &f.Pages)
		return f, err
	}, "SELECT document, id, kind, stage, ordinal, name, mime, size, sha, pages FROM outgoing_file WHERE agency = $1 AND id = $2", agency, id)
	return f, doc, err
}

// sealedWith are the certificates that sealed some subjects last.
func sealedWith(r store.Reader, agency int64, subjects []string) (map[string]string, error) {
	out := map[string]string{}
	if len(subjects) == 0 {
		return out, nil
	}
	args := []any{agency}
	_, err := store.All(r, func(s store.Scanner) (struct{}, error) {
		var subject, key string
		err := s.Scan(&subject, &key)
		out[subject] = key
		return struct{}{}, err
	}, "SELECT subject, fingerprint FROM outgoing_sealed WHERE agency = $1 AND subject IN "+in(&args, subjects)+" ORDER BY sealed_at", args...)
	return out, err
}

func sealedEnclosures(r store.Reader, agency int64) (int64, error) {
	return store.One(r, store.Value[int64], "SELECT COUNT(*) FROM outgoing_sealed WHERE agency = $1 AND substr(subject, 1, 10) = 'enclosure/'", agency)
}
