// SPDX-License-Identifier: Apache-2.0

package document

import (
	"fmt"
	"time"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/task"
)

// spanWhere is the condition of a span; its arguments are appended to args.
func spanWhere(args *[]any, agency, register int64, s Span) string {
	*args = append(*args, agency, register, s.Year)
	where := "agency = $1 AND register = $2 AND year = $3"
	add := func(cond string, v any) {
		*args = append(*args, v)
		where += fmt.Sprintf(cond, len(*args))
	}
	if !s.From.IsZero() {
		add(" AND arrival_on >= $%d", s.From.String())
	}
	if !s.To.IsZero() {
		add(" AND arrival_on <= $%d", s.To.String())
	}
	if s.First > 0 {
		add(" AND number >= $%d", s.First)
	}
	if s.Last > 0 {
		add(" AND number <= $%d", s.Last)
	}
	return where
}

func registerPage(r store.Reader, agency, register int64, s Span, after int64, limit int) ([]Incoming, error) {
	var args []any
	where := spanWhere(&args, agency, register, s)
	args = append(args, after, limit)
	return store.All(r, scanIncoming, "SELECT "+incomingColumns+" FROM document_incoming WHERE "+where+
		fmt.Sprintf(" AND number > $%d ORDER BY number LIMIT $%d", len(args)-1, len(args)), args...)
}

func boundsOf(r store.Reader, agency, register int64, s Span) (Bounds, error) {
	var args []any
	where := spanWhere(&args, agency, register, s)
	return store.One(r, func(sc store.Scanner) (Bounds, error) {
		var b Bounds
		err := sc.Scan(&b.Count, &b.First, &b.Last, &b.From, &b.To)
		return b, err
	}, "SELECT COUNT(*), COALESCE(MIN(number), 0), COALESCE(MAX(number), 0), COALESCE(MIN(arrival_on), ''), COALESCE(MAX(arrival_on), '') FROM document_incoming WHERE "+where, args...)
}

func printings(r store.Reader, register int64, year int) ([]printing, error) {
	return store.All(r, func(s store.Scanner) (printing, error) {
		var p printing
		err := s.Scan(&p.number, &p.at)
		return p, err
	}, "SELECT number, at FROM document_printing WHERE register = $1 AND year = $2 ORDER BY at, id", register, year)
}

func insertPrinting(a *journal.Act, register int64, year int, number int64) error {
	_, err := a.Exec("INSERT INTO document_printing (id, agency, register, year, number, at, set_by) VALUES ($1, $2, $3, $4, $5, $6, $7)",
		a.NewID(), a.By.Agency, register, year, number, store.Instant(a.At), a.By.Person)
	return err
}

// voided is how a number came to be voided.
type voided struct {
	reason string
	by     int64
	at     time.Time
}

// besideOf reads what stands in other rows about some documents, in a few queries.
func besideOf(r store.Reader, docs []Incoming) (beside, error) {
	m := beside{voidings: map[int64]voided{}, copies: map[int64][]civil.Date{}, leads: map[int64]task.Share{}}
	var ids, works []int64
	for _, d := range docs {
		ids = append(ids, d.ID)
		if d.Work != 0 {
			works = append(works, d.Work)
		}
	}
	if len(ids) == 0 {
		return m, nil
	}
	var err error
	if m.corrections, err = correctionsOf(r, ids); err != nil {
		return m, err
	}
	var args []any
	list := in(&args, ids)
	_, err = store.All(r, func(s store.Scanner) (struct{}, error) {
		var doc int64
		var v voided
		var at store.Time
		err := s.Scan(&doc, &v.reason, &v.by, &at)
		v.at = at.Time
		m.voidings[doc] = v
		return struct{}{}, err
	}, "SELECT document, reason, decided_by, decided_at FROM document_voiding WHERE state = 'granted' AND document IN "+list, args...)
	if err != nil {
		return m, err
	}
	_, err = store.All(r, func(s store.Scanner) (struct{}, error) {
		var doc int64
		var at store.Time
		err := s.Scan(&doc, &at)
		m.copies[doc] = append(m.copies[doc], civil.Of(at.Time))
		return struct{}{}, err
	}, "SELECT document, received_at FROM document_copy WHERE document IN "+list+" ORDER BY received_at", args...)
	if err != nil || len(works) == 0 {
		return m, err
	}
	m.leads, err = leadsOf(r, works)
	return m, err
}

// leadsOf are the shares that lead some works now. It reads the task's rows, because
// a register of a year asks for thousands of them at once.
func leadsOf(r store.Reader, works []int64) (map[int64]task.Share, error) {
	out := map[int64]task.Share{}
	var args []any
	_, err := store.All(r, func(s store.Scanner) (struct{}, error) {
		var h task.Share
		var due, outer, seen, reported, done store.Time
		err := s.Scan(&h.ID, &h.Work, &h.Role, &h.Unit, &h.Person, &h.Holder, &h.State, &h.OuterOn, &outer, &h.DueOn, &due, &seen, &reported, &done, &h.Answer)
		h.OuterAt, h.DueAt, h.SeenAt, h.ReportedAt, h.DoneAt = outer.Time, due.Time, seen.Time, reported.Time, done.Time
		out[h.Work] = h
		return struct{}{}, err
	}, `SELECT id, work, role, unit, person, holder, state, outer_on, outer_at, due_on, due_at, seen_at, reported_at, done_at, answer FROM task_share
		WHERE role = 'lead' AND parent = 0 AND state <> 'returned' AND state <> 'dropped' AND work IN `+in(&args, works), args...)
	return out, err
}
