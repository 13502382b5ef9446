// SPDX-License-Identifier: Apache-2.0

package draft

import "soviec/kit/store"

func papersAfter(r store.Reader, agency, after int64, limit int) ([]Paper, error) {
	return store.All(r, scanPaper, "SELECT "+paperColumns+" FROM draft_paper WHERE id > $1 AND agency = $2 ORDER BY id LIMIT $3", after, agency, limit)
}

// entry is what checking needs of an entry of the book.
type entry struct{ kind, subject, raw string }

// entriesOf are the entries about some drafts, oldest first.
func entriesOf(r store.Reader, agency int64, subjects []string) (map[string][]entry, error) {
	out, args := map[string][]entry{}, []any{agency}
	all, err := store.All(r, func(s store.Scanner) (entry, error) {
		var e entry
		return e, s.Scan(&e.kind, &e.subject, &e.raw)
	}, "SELECT kind, subject, data FROM journal_entry WHERE agency = $1 AND subject IN "+in(&args, subjects)+" ORDER BY +seq", args...)
	for _, e := range all {
		out[e.subject] = append(out[e.subject], e)
	}
	return out, err
}

// tallies count what the tables hold of some drafts.
func tallies(r store.Reader, ids []int64) (map[int64]tally, error) {
	out := map[int64]tally{}
	for _, id := range ids {
		out[id] = tally{shas: map[int]string{}}
	}
	var args []any
	_, err := store.All(r, func(s store.Scanner) (struct{}, error) {
		var draft int64
		var n int
		var sha string
		err := s.Scan(&draft, &n, &sha)
		out[draft].shas[n] = sha
		return struct{}{}, err
	}, "SELECT draft, ordinal, sha FROM draft_version WHERE draft IN "+inIDs(&args, ids), args...)
	if err != nil {
		return nil, err
	}
	count := func(query string, put func(t *tally, n int)) error {
		var args []any
		_, err := store.All(r, func(s store.Scanner) (struct{}, error) {
			var draft int64
			var n int
			err := s.Scan(&draft, &n)
			t := out[draft]
			put(&t, n)
			out[draft] = t
			return struct{}{}, err
		}, query+inIDs(&args, ids)+" GROUP BY draft", args...)
		return err
	}
	if err := count("SELECT draft, COUNT(*) FROM draft_step WHERE draft IN ", func(t *tally, n int) { t.steps = n }); err != nil {
		return nil, err
	}
	return out, count("SELECT draft, COUNT(*) FROM draft_opinion WHERE at <> '' AND draft IN ", func(t *tally, n int) { t.opinions = n })
}
