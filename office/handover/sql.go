// SPDX-License-Identifier: Apache-2.0

package handover

import (
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/task"
)

func nextNumber(a *journal.Act, year int) (int, error) {
	return store.One(a, store.Value[int], `INSERT INTO handover_counter (agency, year, last) VALUES ($1, $2, 1)
		ON CONFLICT (agency, year) DO UPDATE SET last = handover_counter.last + 1 RETURNING last`, a.By.Agency, year)
}

func insertReceipt(a *journal.Act, r Receipt) error {
	_, err := a.Exec(`INSERT INTO handover_receipt (id, agency, number, year, from_person, from_unit, to_person, to_unit, reason, by_person, proxy, at, items,
		acked_by, acked_at, acked_text) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, '', '')`,
		r.ID, a.By.Agency, r.Number, r.Year, r.From.Person, r.From.Unit, r.To.Person, r.To.Unit, r.Reason, r.By, r.Proxy, store.Instant(r.At), r.Count)
	return err
}

func insertItems(a *journal.Act, r Receipt) error {
	for _, m := range r.Items {
		if _, err := a.Exec(`INSERT INTO handover_item (id, agency, receipt, kind, thing, work, title, role, state, from_person, to_person, from_unit, to_unit,
			due_on, days_late, merged) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
			a.NewID(), a.By.Agency, r.ID, m.Kind, m.ID, m.Work, m.Title, string(m.Role), string(m.State), m.From, m.To, m.FromUnit, m.ToUnit,
			m.DueOn.String(), m.DaysLate, m.Merged); err != nil {
			return err
		}
	}
	return nil
}

func acknowledge(a *journal.Act, id int64, text string) error {
	_, err := a.Exec("UPDATE handover_receipt SET acked_by = $1, acked_at = $2, acked_text = $3 WHERE id = $4", a.By.Person, store.Instant(a.At), text, id)
	return err
}

const receiptColumns = `id, number, year, from_person, from_unit, to_person, to_unit, reason, by_person, proxy, at, items, acked_by, acked_at, acked_text`

func scanReceipt(s store.Scanner) (Receipt, error) {
	var r Receipt
	var at, acked store.Time
	err := s.Scan(&r.ID, &r.Number, &r.Year, &r.From.Person, &r.From.Unit, &r.To.Person, &r.To.Unit, &r.Reason, &r.By, &r.Proxy, &at, &r.Count,
		&r.AckedBy, &acked, &r.AckedNote)
	r.At, r.AckedAt = at.Time, acked.Time
	return r, err
}

func readReceipt(r store.Reader, agency, id int64, lock string) (Receipt, error) {
	return store.One(r, scanReceipt, "SELECT "+receiptColumns+" FROM handover_receipt WHERE agency = $1 AND id = $2"+lock, agency, id)
}

func receiptsBefore(r store.Reader, agency, before int64, limit int) ([]Receipt, error) {
	if before == 0 {
		before = 1<<63 - 1
	}
	return store.All(r, scanReceipt, "SELECT "+receiptColumns+" FROM handover_receipt WHERE agency = $1 AND id < $2 ORDER BY id DESC LIMIT $3", agency, before, limit)
}

func unacknowledged(r store.Reader, agency int64) ([]Receipt, error) {
	return store.All(r, scanReceipt, "SELECT "+receiptColumns+" FROM handover_receipt WHERE agency = $1 AND acked_at = '' ORDER BY id", agency)
}

func itemsOf(r store.Reader, agency, receipt int64) ([]task.Moved, error) {
	return store.All(r, func(s store.Scanner) (task.Moved, error) {
		var m task.Moved
		err := s.Scan(&m.Kind, &m.ID, &m.Work, &m.Title, &m.Role, &m.State, &m.From, &m.To, &m.FromUnit, &m.ToUnit, &m.DueOn, &m.DaysLate, &m.Merged)
		return m, err
	}, `SELECT kind, thing, work, title, role, state, from_person, to_person, from_unit, to_unit, due_on, days_late, merged FROM handover_item
		WHERE +agency = $1 AND receipt = $2 ORDER BY id`, agency, receipt)
}
