// SPDX-License-Identifier: Apache-2.0

package task

import (
	"soviec/kit/journal"
	"soviec/kit/store"
)

func insertRemark(a *journal.Act, work, share int64, text string) error {
	_, err := a.Exec("INSERT INTO task_remark (id, agency, work, share, person, behalf, text, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		a.NewID(), a.By.Agency, work, share, a.By.Person, a.By.For, text, store.Instant(a.At))
	return err
}

// Remarks are what was said of how far a work has come, oldest first.
func Remarks(r store.Reader, agency, work int64) ([]Remark, error) {
	return store.All(r, func(s store.Scanner) (Remark, error) {
		var m Remark
		var at store.Time
		err := s.Scan(&m.Share, &m.Person, &m.Behalf, &m.Text, &at)
		m.At = at.Time
		return m, err
	}, "SELECT share, person, behalf, text, at FROM task_remark WHERE agency = $1 AND work = $2 ORDER BY at, id", agency, work)
}
