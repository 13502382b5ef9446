// SPDX-License-Identifier: Apache-2.0

package document

import (
	"soviec/kit/store"
)

func scanEntry(s store.Scanner) (entry, error) {
	var e entry
	err := s.Scan(&e.kind, &e.subject, &e.dueOn, &e.amount, &e.raw)
	return e, err
}

const entryColumns = "kind, subject, due_on, amount, data"

// entriesOf are the entries about some subjects, oldest first.
func entriesOf(r store.Reader, agency int64, subjects []string) (map[string][]entry, error) {
	out := map[string][]entry{}
	if len(subjects) == 0 {
		return out, nil
	}
	args := []any{agency}
	all, err := store.All(r, scanEntry, "SELECT "+entryColumns+" FROM journal_entry WHERE agency = $1 AND subject IN "+in(&args, subjects)+" ORDER BY +seq", args...)
	for _, e := range all {
		out[e.subject] = append(out[e.subject], e)
	}
	return out, err
}

func entriesOfKind(r store.Reader, agency int64, kind string) ([]entry, error) {
	return store.All(r, scanEntry, "SELECT "+entryColumns+" FROM journal_entry WHERE agency = $1 AND kind = $2 ORDER BY seq", agency, kind)
}

func countOfKind(r store.Reader, agency int64, kind string) (int64, error) {
	return store.One(r, store.Value[int64], "SELECT COUNT(*) FROM journal_entry WHERE agency = $1 AND kind = $2", agency, kind)
}

func yearsOf(r store.Reader, register int64) ([]int, error) {
	return store.All(r, store.Value[int], "SELECT DISTINCT year FROM document_incoming WHERE register = $1 ORDER BY year", register)
}

func batchDocs(r store.Reader, agency, batch int64, x partData) ([]Incoming, error) {
	return store.All(r, scanIncoming, "SELECT "+incomingColumns+` FROM document_incoming
		WHERE register = $1 AND year = $2 AND number >= $3 AND number <= $4 AND batch = $5 AND +agency = $6 ORDER BY number`,
		x.Register, x.Year, x.From, x.To, batch, agency)
}

func batchCount(r store.Reader, agency, batch int64) (int64, error) {
	return store.One(r, store.Value[int64], "SELECT COUNT(*) FROM document_incoming WHERE agency = $1 AND batch = $2 AND batch <> 0", agency, batch)
}

func intakesAfter(r store.Reader, agency, after int64, limit int) ([]Intake, error) {
	return store.All(r, scanIntake, "SELECT "+intakeColumns+" FROM document_intake WHERE id > $1 AND agency = $2 ORDER BY id LIMIT $3", after, agency, limit)
}

type counterRow struct {
	year int
	last int64
}

func countersOf(r store.Reader, register int64) ([]counterRow, error) {
	return store.All(r, func(s store.Scanner) (counterRow, error) {
		var c counterRow
		err := s.Scan(&c.year, &c.last)
		return c, err
	}, "SELECT year, last FROM document_counter WHERE register = $1 ORDER BY year", register)
}

// withoutCounter counts the years of a register that have documents and no counter.
func withoutCounter(r store.Reader, register int64) (int64, error) {
	return store.One(r, store.Value[int64], `SELECT COUNT(*) FROM (SELECT DISTINCT year FROM document_incoming WHERE register = $1) AS years
		WHERE year NOT IN (SELECT year FROM document_counter WHERE register = $1)`, register)
}

// eachNumber walks the numbers of a register's year in order.
func eachNumber(r store.Reader, register int64, year int, f func(int64)) error {
	rows, err := r.Query("SELECT number FROM document_incoming WHERE register = $1 AND year = $2 ORDER BY number", register, year)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return err
		}
		f(n)
	}
	return rows.Err()
}

// batchGaps are the numbers that registers taken over left out, by year.
func batchGaps(r store.Reader, register int64) (map[int][]gap, error) {
	out := map[int][]gap{}
	all, err := store.All(r, store.Value[string], "SELECT gaps FROM document_batch WHERE register = $1", register)
	for _, text := range all {
		for year, runs := range readGaps(text) {
			out[year] = append(out[year], runs...)
		}
	}
	return out, err
}
