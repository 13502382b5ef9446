// SPDX-License-Identifier: Apache-2.0

package document

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/org/orgtest"
)

// watched notes how SQLite finds the rows of each query.
type watched struct {
	store.Reader
	t     testing.TB
	plans []string
}

func (w *watched) explain(q string, args []any) {
	rows, err := w.Reader.Query("EXPLAIN QUERY PLAN "+q, args...)
	if err != nil {
		w.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var a, b, c int
		var text string
		if err := rows.Scan(&a, &b, &c, &text); err != nil {
			w.t.Fatal(err)
		}
		w.plans = append(w.plans, text)
	}
}

func (w *watched) Query(q string, args ...any) (*sql.Rows, error) {
	w.explain(q, args)
	return w.Reader.Query(q, args...)
}

func (w *watched) QueryRow(q string, args ...any) *sql.Row {
	w.explain(q, args)
	return w.Reader.QueryRow(q, args...)
}

// What is asked often must follow an index whose size is that of what is open, or
// stop after a page: no reading of the whole archive.
func TestNothingReadsTheArchive(t *testing.T) {
	t.Parallel()
	d := open(t, storetest.Open(t))
	d.directed(d.letter(), "CS", d.clock.Today().AddDays(3))
	dir := orgtest.Directory(t, d.book, d.agency)
	for name, c := range map[string]struct {
		run  func(store.Reader) error
		want string
	}{
		"queue": {func(r store.Reader) error {
			_, err := Queue(r, d.agency, dir.Calendar, d.clock.Now(), 2, 50)
			return err
		}, "document_incoming_queue"},
		"queue length": {func(r store.Reader) error { _, err := QueueLength(r, d.agency); return err }, "document_incoming_queue"},
		"before":       {func(r store.Reader) error { _, err := BeforeLeader(r, d.agency, 1, 50); return err }, "document_incoming_queue"},
		"waiting":      {func(r store.Reader) error { _, err := WaitingFor(r, d.agency, 1); return err }, "document_incoming_queue"},
		"counts":       {func(r store.Reader) error { _, _, err := CountOf(r, d.agency, 2026); return err }, "document_incoming_queue"},
		"list": {func(r store.Reader) error {
			_, err := List(r, d.agency, Reach{All: true}, Filter{}, Key{}, 50)
			return err
		}, "document_incoming_list"},
		"next page": {func(r store.Reader) error {
			_, err := List(r, d.agency, Reach{All: true}, Filter{}, Key{ArrivalOn: d.clock.Today(), Number: 5, ID: 5}, 50)
			return err
		}, "document_incoming_list"},
		"own": {func(r store.Reader) error {
			_, err := List(r, d.agency, d.reach("hai"), Filter{Year: 2026}, Key{}, 50)
			return err
		}, "document_access"},
		"number": {func(r store.Reader) error { _, err := idByNumber(r, d.agency, 2026, "", 1); return err }, "register=? AND year=? AND number=?"},
		"register": {func(r store.Reader) error {
			_, err := registerPage(r, d.agency, 1, SpanOfYear(2026), 0, 50)
			return err
		}, "register=? AND year=? AND number>?"},
		"proposal": {func(r store.Reader) error { _, _, err := ProposeFromNumber(r, d.agency, "7/UBND-VX"); return err }, "document_incoming_list"},
		"recalls":  {func(r store.Reader) error { _, err := RecallsAsked(r, d.agency, 12); return err }, "document_incoming_queue"},
		"unread": {func(r store.Reader) error {
			_, err := Unreadable(r, d.agency, d.clock.Now(), 12)
			return err
		}, "document_file_unread"},
		"voidings": {func(r store.Reader) error { _, err := OpenVoidings(r, d.agency); return err }, "document_voiding_open"},
	} {
		w := &watched{Reader: d.book.DB.Read(context.Background()), t: t}
		if err := c.run(w); err != nil {
			t.Fatal(name, err)
		}
		plan := strings.Join(w.plans, "\n")
		if !strings.Contains(plan, c.want) {
			t.Errorf("%s goes another way than by %s:\n%s", name, c.want, plan)
		}
		for _, line := range w.plans {
			if strings.HasPrefix(line, "SCAN document_incoming") && !strings.Contains(line, "INDEX") {
				t.Errorf("%s reads all documents:\n%s", name, plan)
			}
		}
		if strings.Contains(plan, "TEMP B-TREE FOR ORDER BY") && (name == "list" || name == "next page" || name == "register") {
			t.Errorf("%s sorts what it could read in order:\n%s", name, plan)
		}
	}
}
