// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"fmt"

	"soviec/kit/journal"
	"soviec/kit/store"
)

func spanWhere(args *[]any, agency, book int64, s Span) string {
	*args = append(*args, agency, book)
	where := "+agency = $1 AND series = $2"
	add := func(cond string, v any) {
		*args = append(*args, v)
		where += fmt.Sprintf(cond, len(*args))
	}
	if !s.From.IsZero() {
		add(" AND day >= $%d", s.From.String())
	}
	if !s.To.IsZero() {
		add(" AND day <= $%d", s.To.String())
	}
	if s.First > 0 {
		add(" AND number >= $%d", s.First)
	}
	if s.Last > 0 {
		add(" AND number <= $%d", s.Last)
	}
	return where
}

func bookPage(r store.Reader, agency, book int64, s Span, after Place, limit int) ([]Document, error) {
	var args []any
	where := spanWhere(&args, agency, book, s)
	args = append(args, after.Number, after.Suffix, after.ID, limit)
	n := len(args)
	return store.All(r, scanDocument, "SELECT "+documentColumns+" FROM outgoing_document WHERE "+where+
		fmt.Sprintf(" AND (number, suffix, id) > ($%d, $%d, $%d) ORDER BY number, suffix, id LIMIT $%d", n-3, n-2, n-1, n), args...)
}

func boundsOf(r store.Reader, agency, book int64, s Span) (Bounds, error) {
	var args []any
	where := spanWhere(&args, agency, book, s)
	return store.One(r, func(sc store.Scanner) (Bounds, error) {
		var b Bounds
		err := sc.Scan(&b.Count, &b.First, &b.Last, &b.From, &b.To)
		return b, err
	}, "SELECT COUNT(*), COALESCE(MIN(number), 0), COALESCE(MAX(number), 0), COALESCE(MIN(day), ''), COALESCE(MAX(day), '') FROM outgoing_document WHERE "+where, args...)
}

func printings(r store.Reader, book int64) ([]printing, error) {
	return store.All(r, func(s store.Scanner) (printing, error) {
		var p printing
		var at store.Time
		err := s.Scan(&p.number, &at)
		p.at = at.Time
		return p, err
	}, "SELECT number, at FROM outgoing_printing WHERE series = $1 ORDER BY at, id", book)
}

func insertPrinting(a *journal.Act, book, number int64) error {
	_, err := a.Exec("INSERT INTO outgoing_printing (id, agency, series, number, at, set_by) VALUES ($1, $2, $3, $4, $5, $6)",
		a.NewID(), a.By.Agency, book, number, store.Instant(a.At), a.By.Person)
	return err
}

// besideOf reads what stands in other rows about some documents, in a few queries.
func besideOf(r store.Reader, agency int64, docs []Document) (beside, error) {
	m := beside{voidings: map[int64]voided{}, opened: map[int64][]Delivery{}, links: map[string][]Link{}, labels: map[int64]string{}}
	if len(docs) == 0 {
		return m, nil
	}
	var ids []int64
	var refs []string
	for _, d := range docs {
		ids, refs = append(ids, d.ID), append(refs, d.Ref())
	}
	var args []any
	list := in(&args, ids)
	if _, err := store.All(r, func(s store.Scanner) (struct{}, error) {
		var doc int64
		var v voided
		var at store.Time
		err := s.Scan(&doc, &v.reason, &v.by, &at)
		v.at = at.Time
		m.voidings[doc] = v
		return struct{}{}, err
	}, "SELECT document, reason, decided_by, decided_at FROM outgoing_voiding WHERE state = 'granted' AND document IN "+list, args...); err != nil {
		return m, err
	}
	opened, err := store.All(r, scanRecipient, "SELECT "+recipientColumns+" FROM outgoing_recipient WHERE opened_at <> '' AND document IN "+list+" ORDER BY document, ordinal", args...)
	if err != nil {
		return m, err
	}
	for _, x := range opened {
		m.opened[x.Document] = append(m.opened[x.Document], x)
	}
	args = []any{agency}
	links, err := store.All(r, scanLink, "SELECT document, kind, other, closes, at FROM outgoing_link WHERE agency = $1 AND other IN "+in(&args, refs)+" ORDER BY at, document", args...)
	if err != nil || len(links) == 0 {
		return m, err
	}
	var by []int64
	for _, l := range links {
		m.links[l.Other] = append(m.links[l.Other], l)
		by = append(by, l.Document)
	}
	others, err := ByIDs(r, agency, by)
	for id, d := range others {
		m.labels[id] = d.Label
	}
	return m, err
}

// pageAfter reads documents in order of their identifiers, for checking.
func pageAfter(r store.Reader, agency, after int64, limit int) ([]Document, error) {
	return store.All(r, scanDocument, "SELECT "+documentColumns+" FROM outgoing_document WHERE id > $1 AND agency = $2 ORDER BY id LIMIT $3", after, agency, limit)
}

func recipientsOfAll(r store.Reader, ids []int64) (map[int64][]Delivery, error) {
	out := map[int64][]Delivery{}
	if len(ids) == 0 {
		return out, nil
	}
	var args []any
	all, err := store.All(r, scanRecipient, "SELECT "+recipientColumns+" FROM outgoing_recipient WHERE document IN "+in(&args, ids)+" ORDER BY document, ordinal", args...)
	for _, x := range all {
		out[x.Document] = append(out[x.Document], x)
	}
	return out, err
}

type entry struct {
	kind, subject string
	amount        int64
	raw           string
}

func entriesOf(r store.Reader, agency int64, subjects []string) (map[string][]entry, error) {
	out := map[string][]entry{}
	if len(subjects) == 0 {
		return out, nil
	}
	args := []any{agency}
	all, err := store.All(r, func(s store.Scanner) (entry, error) {
		var e entry
		err := s.Scan(&e.kind, &e.subject, &e.amount, &e.raw)
		return e, err
	}, "SELECT kind, subject, amount, data FROM journal_entry WHERE agency = $1 AND subject IN "+in(&args, subjects)+" ORDER BY +seq", args...)
	for _, e := range all {
		out[e.subject] = append(out[e.subject], e)
	}
	return out, err
}

func countOfKind(r store.Reader, agency int64, kind string) (int64, error) {
	return store.One(r, store.Value[int64], "SELECT COUNT(*) FROM journal_entry WHERE agency = $1 AND kind = $2", agency, kind)
}

// slotsWithout are the used numbers of what goes out that no document bears.
func slotsWithout(r store.Reader, agency int64) ([]string, error) {
	return store.All(r, store.Value[string], `SELECT label FROM series_slot WHERE agency = $1 AND state = 'used' AND substr(subject, 1, 9) = 'outgoing/'
		AND NOT EXISTS (SELECT 1 FROM outgoing_document d WHERE d.slot = series_slot.id AND d.state <> 'number_void') ORDER BY id`, agency)
}
