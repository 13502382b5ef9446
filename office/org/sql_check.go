// SPDX-License-Identifier: Apache-2.0

package org

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/store"
)

// eachEntry walks the entries of this room, oldest first.
func eachEntry(r store.Reader, agency int64, f func(seq int64, kind, subject, raw string, amount int64)) error {
	kinds := slices.Sorted(maps.Keys(Acts))
	args, marks := []any{agency}, make([]string, len(kinds))
	for i, kind := range kinds {
		args, marks[i] = append(args, kind), fmt.Sprintf("$%d", i+2)
	}
	rows, err := r.Query("SELECT seq, kind, subject, data, amount FROM journal_entry WHERE agency = $1 AND kind IN ("+
		strings.Join(marks, ", ")+") ORDER BY seq", args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var kind, subject, raw string
		var seq, amount int64
		if err := rows.Scan(&seq, &kind, &subject, &raw, &amount); err != nil {
			return err
		}
		f(seq, kind, subject, raw, amount)
	}
	return rows.Err()
}

func loginsOf(r store.Reader, agency int64) ([]login, error) {
	return store.All(r, scanLogin, "SELECT "+loginColumns+" FROM org_login WHERE agency = $1 ORDER BY username", agency)
}

// recoveryKept counts the unused recovery codes of each person.
func recoveryKept(r store.Reader, agency int64) (map[int64]int64, error) {
	kept := map[int64]int64{}
	_, err := store.All(r, func(s store.Scanner) (struct{}, error) {
		var person, n int64
		err := s.Scan(&person, &n)
		kept[person] = n
		return struct{}{}, err
	}, "SELECT person, COUNT(*) FROM org_recovery WHERE agency = $1 AND used_at = '' GROUP BY person", agency)
	return kept, err
}

func eachSession(r store.Reader, agency int64, f func(id, behalf int64, ended bool)) error {
	rows, err := r.Query("SELECT id, behalf, ended_at FROM org_session WHERE agency = $1", agency)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, behalf int64
		var ended string
		if err := rows.Scan(&id, &behalf, &ended); err != nil {
			return err
		}
		f(id, behalf, ended != "")
	}
	return rows.Err()
}

func shiftsOf(r store.Reader, agency int64) ([]shiftData, error) {
	return store.All(r, func(s store.Scanner) (shiftData, error) {
		var x shiftData
		var spans string
		if err := s.Scan(&x.Row, &x.From, &x.To, &spans); err != nil {
			return x, err
		}
		shifts, err := civil.ParseShifts(spans)
		x.Spans = civil.FormatShifts(shifts)
		return x, err
	}, "SELECT id, valid_from, valid_to, spans FROM org_shift WHERE agency = $1 ORDER BY id", agency)
}
