// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"fmt"
	"strings"

	"soviec/kit/store"
	"soviec/office/draft"
)

func idBySlug(r store.Reader, agency int64, year int, slug string) (int64, error) {
	id, err := store.One(r, store.Value[int64], `SELECT id FROM outgoing_document WHERE agency = $1 AND year = $2 AND slug = $3
		ORDER BY CASE WHEN state = 'number_void' THEN 1 ELSE 0 END, id DESC LIMIT 1`, agency, year, slug)
	if err == store.ErrNone {
		return 0, errNoDocument
	}
	return id, err
}

// listDocuments reads a page of the list. Whoever reads all walks the list's index;
// whoever does not walks what concerns him, which is little.
func listDocuments(r store.Reader, agency int64, reach Reach, f Filter, after Key, limit int) ([]Document, error) {
	if f.IDs != nil && len(f.IDs) == 0 {
		return nil, nil
	}
	args := []any{agency}
	where := f.where(&args, reach)
	if !after.Day.IsZero() {
		args = append(args, after.Day.String(), after.ID)
		where = append(where, fmt.Sprintf("(day, id) < ($%d, $%d)", len(args)-1, len(args)))
	}
	args = append(args, limit)
	return store.All(r, scanDocument, "SELECT "+documentColumns+" FROM outgoing_document WHERE "+strings.Join(where, " AND ")+
		fmt.Sprintf(" ORDER BY day DESC, id DESC LIMIT $%d", len(args)), args...)
}

func (f Filter) where(args *[]any, reach Reach) []string {
	where := []string{"agency = $1"}
	add := func(cond string, v any) {
		*args = append(*args, v)
		where = append(where, fmt.Sprintf(cond, len(*args)))
	}
	if !reach.All {
		where = append(where, "id IN (SELECT document FROM outgoing_access WHERE agency = $1 AND who IN "+in(args, reach.Who)+")")
	}
	if f.IDs != nil || !reach.All {
		where[0] = "+agency = $1" // by the keys, not by the agency's index
	}
	if f.IDs != nil {
		where = append(where, "id IN "+in(args, f.IDs))
	}
	if f.Year != 0 {
		add("year = $%d", f.Year)
	}
	if f.Type != "" {
		add("type = $%d", f.Type)
	}
	if f.Unit != 0 {
		add("unit = $%d", f.Unit)
	}
	if f.Signer != 0 {
		add("signer = $%d", f.Signer)
	}
	if f.Urgency != 0 {
		add("urgency >= $%d", f.Urgency)
	}
	if !f.From.IsZero() {
		add("day >= $%d", f.From.String())
	}
	if !f.To.IsZero() {
		add("day <= $%d", f.To.String())
	}
	switch f.State {
	case "":
	case "open":
		where = append(where, "state IN ('numbered', 'sealed')")
	default:
		add("state = $%d", f.State)
	}
	return where
}

// Count is how many documents the reach and the filter allow.
func Count(r store.Reader, agency int64, reach Reach, f Filter) (int64, error) {
	if f.IDs != nil && len(f.IDs) == 0 {
		return 0, nil
	}
	args := []any{agency}
	return store.One(r, store.Value[int64], "SELECT COUNT(*) FROM outgoing_document WHERE "+strings.Join(f.where(&args, reach), " AND "), args...)
}

// Years are the years in which documents went out, the latest first.
func Years(r store.Reader, agency int64) ([]int, error) {
	return store.All(r, store.Value[int], "SELECT DISTINCT year FROM outgoing_document WHERE agency = $1 ORDER BY year DESC", agency)
}

// ByIDs reads documents by their identifiers in one query, for lists of other rooms.
func ByIDs(r store.Reader, agency int64, ids []int64) (map[int64]Document, error) {
	out := map[int64]Document{}
	if len(ids) == 0 {
		return out, nil
	}
	args := []any{agency}
	all, err := store.All(r, scanDocument, "SELECT "+documentColumns+" FROM outgoing_document WHERE +agency = $1 AND id IN "+in(&args, ids), args...)
	for _, d := range all {
		out[d.ID] = d
	}
	return out, err
}

// Readable are those among some documents that a reader may read.
func Readable(r store.Reader, agency int64, reach Reach, ids []int64) (map[int64]Document, error) {
	out, err := ByIDs(r, agency, ids)
	if err != nil || reach.All || len(ids) == 0 {
		return out, err
	}
	args := []any{}
	open, err := store.All(r, store.Value[int64], "SELECT DISTINCT document FROM outgoing_access WHERE document IN "+in(&args, ids)+" AND who IN "+in(&args, reach.Who), args...)
	may := make(map[int64]Document, len(open))
	for _, id := range open {
		may[id] = out[id]
	}
	return may, err
}

// signedDrafts are the drafts that wait for a number. It reads the draft's rows, as the
// list of what waits is one list.
func signedDrafts(r store.Reader, agency int64, limit int) ([]Waiting, error) {
	return store.All(r, func(s store.Scanner) (Waiting, error) {
		var w Waiting
		var at store.Time
		err := s.Scan(&w.Draft, &w.Type, &w.Subject, &w.Urgency, &w.Unit, &w.Signed, &at)
		w.SignedAt = at.Time
		return w, err
	}, "SELECT id, type, subject, urgency, unit, signed, signed_at FROM draft_paper WHERE agency = $1 AND state = 'signed' ORDER BY urgency DESC, signed_at, id LIMIT $2", agency, limit)
}

func openDocuments(r store.Reader, agency int64, limit int) ([]Document, error) {
	return store.All(r, scanDocument, "SELECT "+documentColumns+` FROM outgoing_document WHERE agency = $1 AND state IN ('numbered', 'sealed', 'recalling')
		ORDER BY urgency DESC, signed_at, id LIMIT $2`, agency, limit)
}

// Waits is how many drafts and documents wait for the clerk.
func Waits(r store.Reader, agency int64) (int64, error) {
	return store.One(r, store.Value[int64], `SELECT (SELECT COUNT(*) FROM draft_paper WHERE agency = $1 AND state = 'signed')
		+ (SELECT COUNT(*) FROM outgoing_document WHERE agency = $1 AND state IN ('numbered', 'sealed', 'recalling'))`, agency)
}

// StepCounts are how many wait for each of the clerk's steps, as Waiting.Step names them.
func StepCounts(r store.Reader, agency int64) (map[string]int, error) {
	signed, err := draft.CountSigned(r, agency)
	if err != nil {
		return nil, err
	}
	out := map[string]int{"number": int(signed)}
	_, err = store.All(r, func(s store.Scanner) (struct{}, error) {
		var w Waiting
		var n int
		err := s.Scan(&w.Document.State, &n)
		out[w.Step()] = n
		return struct{}{}, err
	}, "SELECT state, COUNT(*) FROM outgoing_document WHERE agency = $1 AND state IN ('numbered', 'sealed', 'recalling') GROUP BY state", agency)
	return out, err
}

// VoidingsAsked are the documents whose number the chief of office is asked to void.
func VoidingsAsked(r store.Reader, agency int64, limit int) ([]Document, error) {
	return store.All(r, scanDocument, "SELECT "+documentColumns+" FROM outgoing_document WHERE agency = $1 AND id IN (SELECT document FROM outgoing_voiding WHERE state = 'open') ORDER BY id LIMIT $2", agency, limit)
}
