// SPDX-License-Identifier: Apache-2.0

package org

import (
	"time"

	"soviec/kit/civil"
	"soviec/kit/store"
)

const dayColumns = "id, day, kind, name, source, set_by, set_at, removed_by, removed_at"

func scanDay(s store.Scanner) (Day, error) {
	var d Day
	var set, removed store.Time
	err := s.Scan(&d.ID, &d.Date, &d.Kind, &d.Name, &d.Source, &d.SetBy, &set, &d.RemovedBy, &removed)
	d.SetAt, d.RemovedAt = set.Time, removed.Time
	return d, err
}

func insertDay(w store.Writer, agency int64, d Day) error {
	_, err := w.Exec(`INSERT INTO org_day (id, agency, day, kind, name, source, set_by, set_at, removed_by, removed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, '')`,
		d.ID, agency, d.Date, string(d.Kind), d.Name, d.Source, d.SetBy, store.Instant(d.SetAt))
	return err
}

func dayByID(r store.Reader, agency, id int64) (Day, error) {
	return store.One(r, scanDay, "SELECT "+dayColumns+" FROM org_day WHERE agency = $1 AND id = $2", agency, id)
}

func removeDay(w store.Writer, agency, id, by int64, at time.Time) error {
	_, err := w.Exec("UPDATE org_day SET removed_by = $1, removed_at = $2 WHERE id = $3 AND agency = $4 AND removed_at = ''",
		by, store.Instant(at), id, agency)
	return err
}

func daysBetween(r store.Reader, agency int64, from, to civil.Date) ([]Day, error) {
	return store.All(r, scanDay, "SELECT "+dayColumns+" FROM org_day WHERE agency = $1 AND day >= $2 AND day <= $3 ORDER BY day, id",
		agency, from, to)
}

func insertShift(w store.Writer, agency, id int64, h civil.Hours) error {
	_, err := w.Exec("INSERT INTO org_shift (id, agency, valid_from, valid_to, spans) VALUES ($1, $2, $3, $4, $5)",
		id, agency, h.From, h.To, civil.FormatShifts(h.Shifts))
	return err
}

// putSetting adds a value; within one millisecond the last one counts.
func putSetting(w store.Writer, agency int64, key, value string, by int64, at time.Time) error {
	_, err := w.Exec(`INSERT INTO org_setting (agency, key, value, set_by, set_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (agency, key, set_at) DO UPDATE SET value = excluded.value, set_by = excluded.set_by`,
		agency, key, value, by, store.Instant(at))
	return err
}

func settingHistory(r store.Reader, agency int64) ([]SettingValue, error) {
	return store.All(r, func(s store.Scanner) (SettingValue, error) {
		var v SettingValue
		var at store.Time
		err := s.Scan(&v.Key, &v.Value, &v.SetBy, &at)
		v.SetAt = at.Time
		return v, err
	}, "SELECT key, value, set_by, set_at FROM org_setting WHERE agency = $1 ORDER BY set_at DESC, key", agency)
}

func insertAbsence(w store.Writer, agency int64, x Absence, by int64, at time.Time) error {
	_, err := w.Exec(`INSERT INTO org_absence (id, agency, person, stand_in, from_day, to_day, reason, set_by, set_at, ended_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '')`,
		x.ID, agency, x.Person, x.StandIn, x.From, x.To, x.Reason, by, store.Instant(at))
	return err
}

func endAbsence(w store.Writer, agency, id int64, at time.Time) error {
	_, err := w.Exec("UPDATE org_absence SET ended_at = $1 WHERE id = $2 AND agency = $3 AND ended_at = ''", store.Instant(at), id, agency)
	return err
}

func absencesSince(r store.Reader, agency int64, day civil.Date) ([]DeclaredAbsence, error) {
	return store.All(r, func(s store.Scanner) (DeclaredAbsence, error) {
		var x DeclaredAbsence
		var set, ended store.Time
		err := s.Scan(&x.ID, &x.Person, &x.StandIn, &x.From, &x.To, &x.Reason, &x.SetBy, &set, &ended)
		x.SetAt, x.EndedAt = set.Time, ended.Time
		return x, err
	}, `SELECT id, person, stand_in, from_day, to_day, reason, set_by, set_at, ended_at
		FROM org_absence WHERE agency = $1 AND to_day >= $2 ORDER BY from_day DESC, id DESC`, agency, day)
}
