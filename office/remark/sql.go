// SPDX-License-Identifier: Apache-2.0

package remark

import (
	"time"

	"soviec/kit/journal"
	"soviec/kit/store"
)

func insert(a *journal.Act, m Remark) error {
	if _, err := a.Exec("INSERT INTO remark_item (id, agency, matter, kind, answers, person, proxy, text, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		m.ID, a.By.Agency, m.Matter, m.Kind, m.Answers, m.Person, m.Proxy, m.Text, store.Instant(m.At)); err != nil {
		return err
	}
	for _, person := range m.Mentions {
		if _, err := a.Exec("INSERT INTO remark_mention (remark, person, agency) VALUES ($1, $2, $3)", m.ID, person, a.By.Agency); err != nil {
			return err
		}
	}
	for i := range m.Files {
		f := &m.Files[i]
		f.ID, f.Remark = a.NewID(), m.ID
		if _, err := a.Exec("INSERT INTO remark_file (id, agency, remark, name, mime, size, sha) VALUES ($1, $2, $3, $4, $5, $6, $7)",
			f.ID, a.By.Agency, m.ID, f.Name, f.MIME, f.Size, f.SHA); err != nil {
			return err
		}
	}
	return nil
}

func mark(a *journal.Act, remark int64, kind string) error {
	person, proxy := me(a)
	_, err := a.Exec("INSERT INTO remark_mark (remark, kind, agency, person, proxy, at) VALUES ($1, $2, $3, $4, $5, $6)",
		remark, kind, a.By.Agency, person, proxy, store.Instant(a.At))
	return err
}

const remarkQuery = `SELECT m.id, m.matter, m.kind, m.answers, m.person, m.proxy, m.text, m.at, COALESCE(w.at, ''), COALESCE(c.at, ''), COALESCE(c.person, 0)
	FROM remark_item m LEFT JOIN remark_mark w ON w.remark = m.id AND w.kind = 'withdrawn' LEFT JOIN remark_mark c ON c.remark = m.id AND c.kind = 'concluded' `

func scan(s store.Scanner) (Remark, error) {
	var m Remark
	var at, withdrawn, concluded store.Time
	err := s.Scan(&m.ID, &m.Matter, &m.Kind, &m.Answers, &m.Person, &m.Proxy, &m.Text, &at, &withdrawn, &concluded, &m.ConcludedBy)
	m.At, m.WithdrawnAt, m.ConcludedAt = at.Time, withdrawn.Time, concluded.Time
	if !m.WithdrawnAt.IsZero() {
		m.Text = ""
	}
	return m, err
}

func read(r store.Reader, agency, id int64) (Remark, error) {
	return store.One(r, scan, remarkQuery+"WHERE m.agency = $1 AND m.id = $2", agency, id)
}

// remarksOf reads what was said about a matter in three queries.
func remarksOf(r store.Reader, agency int64, matter string) ([]Remark, error) {
	all, err := store.All(r, scan, remarkQuery+"WHERE m.agency = $1 AND m.matter = $2 ORDER BY m.id", agency, matter)
	if err != nil || len(all) == 0 {
		return all, err
	}
	at := make(map[int64]*Remark, len(all))
	for i := range all {
		at[all[i].ID] = &all[i]
	}
	const those = "SELECT id FROM remark_item WHERE agency = $1 AND matter = $2"
	type pair struct{ remark, person int64 }
	named, err := store.All(r, func(s store.Scanner) (pair, error) {
		var p pair
		return p, s.Scan(&p.remark, &p.person)
	}, "SELECT remark, person FROM remark_mention WHERE remark IN ("+those+") ORDER BY remark, person", agency, matter)
	if err != nil {
		return nil, err
	}
	for _, p := range named {
		if m := at[p.remark]; m != nil && m.WithdrawnAt.IsZero() {
			m.Mentions = append(m.Mentions, p.person)
		}
	}
	files, err := store.All(r, func(s store.Scanner) (File, error) {
		var f File
		return f, s.Scan(&f.ID, &f.Remark, &f.Name, &f.MIME, &f.Size, &f.SHA)
	}, "SELECT id, remark, name, mime, size, sha FROM remark_file WHERE remark IN ("+those+") ORDER BY id", agency, matter)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if m := at[f.Remark]; m != nil && m.WithdrawnAt.IsZero() {
			m.Files = append(m.Files, f)
		}
	}
	return all, nil
}

func mentioning(r store.Reader, agency, person int64, limit int) ([]Remark, error) {
	return store.All(r, scan, remarkQuery+`WHERE m.id IN (SELECT remark FROM remark_mention WHERE agency = $1 AND person = $2 ORDER BY remark DESC LIMIT $3)
		ORDER BY m.id DESC`, agency, person, limit)
}

// Held reports whether a remark holds the bytes under a key, taken back or not: what was
// said stays in the record.
func Held(r store.Reader, sha string) (bool, error) {
	n, err := store.One(r, store.Value[int64], "SELECT COUNT(*) FROM remark_file WHERE sha = $1", sha)
	return n > 0, err
}

// EachFile walks all files of an agency's remarks.
func EachFile(r store.Reader, agency int64, f func(File) error) error {
	files, err := store.All(r, func(s store.Scanner) (File, error) {
		var f File
		return f, s.Scan(&f.ID, &f.Remark, &f.Name, &f.MIME, &f.Size, &f.SHA)
	}, "SELECT id, remark, name, mime, size, sha FROM remark_file WHERE agency = $1 ORDER BY id", agency)
	for _, it := range files {
		if err == nil {
			err = f(it)
		}
	}
	return err
}

// row is a remark as verifying compares it.
type row struct {
	id, person, proxy   int64
	matter, kind, text  string
	at                  time.Time
	mentions, files     int64
	withdrawn, conclude bool
}

func eachRemark(r store.Reader, agency int64, f func(row)) error {
	rows, err := r.Query(`SELECT m.id, m.person, m.proxy, m.matter, m.kind, m.text, m.at,
		(SELECT COUNT(*) FROM remark_mention n WHERE n.remark = m.id), (SELECT COUNT(*) FROM remark_file n WHERE n.remark = m.id),
		EXISTS (SELECT 1 FROM remark_mark w WHERE w.remark = m.id AND w.kind = 'withdrawn'),
		EXISTS (SELECT 1 FROM remark_mark w WHERE w.remark = m.id AND w.kind = 'concluded')
		FROM remark_item m WHERE m.agency = $1`, agency)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var x row
		var at store.Time
		if err := rows.Scan(&x.id, &x.person, &x.proxy, &x.matter, &x.kind, &x.text, &at, &x.mentions, &x.files, &x.withdrawn, &x.conclude); err != nil {
			return err
		}
		x.at = at.Time
		f(x)
	}
	return rows.Err()
}
