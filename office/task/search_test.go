// SPDX-License-Identifier: Apache-2.0

package task_test

import (
	"testing"

	"soviec/kit/find"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/document"
	"soviec/office/task"
)

// Who may read a work finds it, and nobody else: also when it has gone to others, and when
// a work of which it is a part has.
func TestSearchShowsWhatMayBeRead(t *testing.T) {
	each(t, func(d *desk) {
		finder := find.New(d.book.DB)
		names := []string{"thang", "hoa", "lam", "hai", "ha", "xuan", "anh", "nga", "lan", "son"}
		finds := func(who, text string) int {
			if err := finder.Index(t.Context()); err != nil {
				d.Fatal(err)
			}
			res, err := finder.Search(d.read(), d.agency, find.Query{Text: text, Any: document.ReachOf(d.rights(who)).Who, All: []string{"kind:" + task.SearchKind}})
			if err != nil {
				d.Fatal(err)
			}
			return res.Total
		}
		same := func(w task.Work, text string) {
			d.Helper()
			now := d.get(w)
			for _, who := range names {
				may, err := task.Reads(d.read(), d.rights(who), d.agency, now)
				if err != nil {
					d.Fatal(err)
				}
				want := 0
				if may {
					want = 1
				}
				if got := finds(who, text); got != want {
					d.Errorf("%s finds %q %d times, may read it: %v", who, text, got, may)
				}
			}
		}
		top := d.direct("thang", task.Order{Title: "Đề án bảo tồn tiếng nói", Text: "Khẩn trương", Lead: task.Assignee{Unit: d.unit("CS")}, Due: task.Due{On: day("2026-11-27")}})
		part := d.direct("lam", task.Order{Title: "Khảo sát thực địa", Lead: d.to("hai"), Parent: d.lead(top).ID,
			Product: task.Product{ID: 3, Name: "Biên bản khảo sát", Quantity: 1000}})
		same(top, "bao ton tieng noi")
		same(part, "khảo sát thực địa")
		same(part, "bien ban khao sat")
		// The part goes to a colleague: who had it finds it no more.
		d.do("lam", func(a *journal.Act) error {
			_, err := task.HandOver(a, task.Transfer{FromPerson: d.person("hai"), ToPerson: d.person("ha"), All: true, Reason: "Đổi người."})
			return err
		})
		same(part, "khảo sát thực địa")
		if finds("hai", "khảo sát thực địa") != 0 || finds("ha", "khảo sát thực địa") != 1 {
			d.Error("search does not follow the hand-over")
		}
		// The parent goes to another unit: its head reads, and finds, the part as well.
		d.do("thang", func(a *journal.Act) error {
			_, err := task.HandOver(a, task.Transfer{FromUnit: d.unit("CS"), ToUnit: d.unit("KHTH"), Shares: []int64{d.lead(top).ID}, Reason: "Đổi phòng."})
			return err
		})
		same(top, "bảo tồn tiếng nói")
		same(part, "khảo sát thực địa")
		if finds("xuan", "khảo sát thực địa") != 1 {
			d.Error("who has the whole does not find the part")
		}
	})
}

// Works that were given before search knew of them are put into it page by page; doing it
// twice changes nothing.
func TestWorksOfEarlierVersionsComeIntoSearch(t *testing.T) {
	each(t, func(d *desk) {
		d.direct("thang", task.Order{Title: "Báo cáo quý", Lead: d.to("hai"), Due: task.Due{On: day("2026-11-27")}})
		d.direct("thang", task.Order{Title: "Báo cáo năm", Lead: d.to("anh"), Due: task.Due{On: day("2026-11-27")}})
		if err := d.book.DB.Write(t.Context(), func(tx *store.Tx) error { _, err := tx.Exec("DELETE FROM find_doc"); return err }); err != nil {
			d.Fatal(err)
		}
		finder := find.New(d.book.DB)
		found := func() int {
			if err := finder.Index(t.Context()); err != nil {
				d.Fatal(err)
			}
			res, err := finder.Search(d.read(), d.agency, find.Query{Text: "báo cáo", Any: []string{"a"}})
			if err != nil {
				d.Fatal(err)
			}
			return res.Total
		}
		dir := d.dir()
		for range 2 {
			after, last := int64(0), int64(0)
			for {
				err := d.book.DB.Write(t.Context(), func(tx *store.Tx) (err error) { last, err = task.IndexPage(tx, dir, after); return err })
				if err != nil {
					d.Fatal(err)
				}
				if last == 0 {
					break
				}
				after = last
			}
			if n := found(); n != 2 {
				d.Errorf("%d works are found", n)
			}
		}
	})
}
