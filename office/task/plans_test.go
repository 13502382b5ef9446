// SPDX-License-Identifier: Apache-2.0

package task

import (
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/journal"
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

// What is asked often follows an index whose size is that of what is open, or of one
// work, or stops after a page: nothing reads a million tasks.
func TestNothingReadsAllTasks(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	book, clock := orgtest.Book(t, db, "2026-11-16 08:00")
	agency, who := orgtest.Found(t, book)
	var w Work
	orgtest.Do(t, book, who["thang"], func(a *journal.Act) (err error) {
		w, err = Give(a, Order{Title: "Việc", Lead: Assignee{Person: who["hai"].Person}, Due: Due{On: civil.MustParse("2026-11-27")}})
		return err
	})
	dir := orgtest.Directory(t, book, agency)
	x := dir.Rights(who["hai"].Person, clock.Today())
	for name, c := range map[string]struct {
		run  func(store.Reader) error
		want string
	}{
		"mine":           {func(r store.Reader) error { _, err := Mine(r, agency, 1); return err }, "task_share_open"},
		"unit":           {func(r store.Reader) error { _, err := OfUnit(r, agency, 1); return err }, "task_share_unit"},
		"given":          {func(r store.Reader) error { _, err := GivenBy(r, agency, 1); return err }, "task_work_giver"},
		"info":           {func(r store.Reader) error { _, err := ForInfo(r, agency, 1, time.Time{}, 20); return err }, "task_share_info"},
		"finished":       {func(r store.Reader) error { _, err := FinishedBy(r, agency, 1, time.Now(), 20); return err }, "task_share_done"},
		"waiting":        {func(r store.Reader) error { _, err := Waiting(r, dir, 1, clock.Today()); return err }, "task_share_reported"},
		"askings":        {func(r store.Reader) error { _, err := Askings(r, agency, 1); return err }, "task_request_decider"},
		"board":          {func(r store.Reader) error { _, err := openPieces(r, agency); return err }, "task_share_"},
		"held":           {func(r store.Reader) error { _, err := heldBy(r, agency, 1, 0); return err }, "task_share_open"},
		"held of a unit": {func(r store.Reader) error { _, err := heldBy(r, agency, 0, 1); return err }, "task_share_unit"},
		"given open":     {func(r store.Reader) error { _, err := givenOpen(r, agency, 1); return err }, "task_work_giver"},
		"work":           {func(r store.Reader) error { _, err := Get(r, agency, w.ID); return err }, "task_share_work"},
		"share":          {func(r store.Reader) error { _, err := GetShare(r, agency, w.Shares[0].ID); return err }, "PRIMARY KEY"},
		"source":         {func(r store.Reader) error { _, err := OfSource(r, agency, "incoming/1"); return err }, "task_work_source"},
		"tree":           {func(r store.Reader) error { _, err := Tree(r, x, agency, w.ID, 2, 3); return err }, "task_work_root"},
		"children":       {func(r store.Reader) error { _, _, err := Offered(r, agency, w.Shares[0].ID); return err }, "task_work_parent"},
		"count children": {func(r store.Reader) error { _, _, err := countChildren(r, w.Shares[0].ID); return err }, "task_work_parent"},
		"below":          {func(r store.Reader) error { _, err := childrenOf(r, agency, []int64{w.ID}); return err }, "task_work_parent"},
		"depth":          {func(r store.Reader) error { _, err := depthOf(r, agency, w.ID, w.ID); return err }, "task_work_root"},
		"links":          {func(r store.Reader) error { _, err := Links(r, agency, w.ID); return err }, "task_link_work"},
		"linked to":      {func(r store.Reader) error { _, err := LinkedTo(r, x, agency, "task/1"); return err }, "task_link_ref"},
		"heads":          {func(r store.Reader) error { _, err := Heads(r, agency, []int64{w.ID, 2}); return err }, "task_share_work"},
		"holdings":       {func(r store.Reader) error { _, err := Holdings(r, agency, []int64{1, 2}); return err }, "task_holding_share"},
		"proposals":      {func(r store.Reader) error { _, err := ProposalsFor(r, x, agency); return err }, "task_proposal_decider"},
		"own proposals":  {func(r store.Reader) error { _, err := ProposalsOf(r, agency, 1, 20); return err }, "task_proposal_person"},
		"files":          {func(r store.Reader) error { _, err := Files(r, agency, w.ID); return err }, "task_file_work"},
		"said":           {func(r store.Reader) error { _, err := SaidIn(r, agency, w.ID); return err }, "task_said_work"},
		"index page":     {func(r store.Reader) error { _, err := worksAfter(r, agency, 5, 500, ""); return err }, "task_share_work"},
	} {
		seen := &watched{Reader: db.Read(context.Background()), t: t}
		if err := c.run(seen); err != nil {
			t.Fatal(name, err)
		}
		plan := strings.Join(seen.plans, "\n")
		if !strings.Contains(plan, c.want) {
			t.Errorf("%s goes another way than by %s:\n%s", name, c.want, plan)
		}
		for _, line := range seen.plans {
			for _, table := range []string{"task_work", "task_share", "w", "s", "c", "h", "q"} {
				if line == "SCAN "+table || strings.HasPrefix(line, "SCAN "+table+" ") && !strings.Contains(line, "INDEX") {
					t.Errorf("%s reads all of %s:\n%s", name, table, plan)
				}
			}
		}
	}
}
