// SPDX-License-Identifier: Apache-2.0

package task_test

import (
	"strings"
	"testing"

	"soviec/kit/journal"
	"soviec/office/notice"
	"soviec/office/task"
)

// A task of the head goes down to the officers: dates stay within, volume is carried once,
// the answers come back up.
func TestTreesGoDownAndAnswersComeUp(t *testing.T) {
	each(t, func(d *desk) {
		top := d.direct("thang", task.Order{Title: "Tổng kết năm", Lead: task.Assignee{Unit: d.unit("CS")}, Due: task.Due{On: day("2026-11-27"), At: "15:00"},
			Product: task.Product{ID: 1, Name: "Báo cáo", Quantity: 1000, Norm: 480, Factor: 2000}})
		share := d.lead(top).ID
		child := func(title, who, due string) task.Order {
			o := task.Order{Title: title, Lead: d.to(who), Parent: share, Product: task.Product{ID: 1, Name: "Báo cáo", Quantity: 1000, Norm: 240, Factor: 2000}}
			if due != "" {
				o.Due.On = day(due)
			}
			return o
		}
		d.refused("lam", "không được sau hạn của việc cha (27/11/2026)", func(a *journal.Act) error { _, err := task.Give(a, child("Sau", "hai", "2026-11-30")); return err })
		d.refused("lam", "không được sau hạn của việc cha", func(a *journal.Act) error {
			_, err := task.Give(a, child("Cùng ngày, muộn hơn", "hai", "2026-11-27"))
			return err
		})
		d.refused("xuan", "Chỉ người đang giữ việc cha", func(a *journal.Act) error { _, err := task.Give(a, child("Người khác", "anh", "")); return err })
		one := d.direct("lam", child("Phần số liệu", "hai", "2026-11-24"))
		two := d.direct("lam", child("Phần đánh giá", "ha", ""))
		if s := d.lead(two); s.DueOn != day("2026-11-27") || s.DueAt.Format("15:04") == "17:30" {
			d.Errorf("a part without a day has that of the parent: %+v", s)
		}
		one = d.get(one)
		if one.Root != top.ID || one.Parent != share || one.Volume(one.Lead().ID) != 0 || one.Product.Minutes() != 240 {
			d.Errorf("%+v", one)
		}
		topNow := d.get(top)
		if topNow.Volume(share) != 2_000_000 {
			d.Errorf("volume of the parent %d", topNow.Volume(share))
		}
		// The day of a part moves only within that of the parent.
		d.refused("lam", "hạn của việc cha", func(a *journal.Act) error {
			_, err := task.ChangeDue(a, one.Lead().ID, day("2026-12-01"), "Thêm thời gian.")
			return err
		})

		tree := func(who string, works ...int64) string {
			all, err := task.Tree(d.read(), d.rights(who), d.agency, works...)
			if err != nil {
				d.Fatal(err)
			}
			var out []string
			for _, b := range all {
				out = append(out, strings.Repeat("-", b.Depth)+b.Lead.Title)
			}
			return strings.Join(out, "|")
		}
		whole := "Tổng kết năm|-Phần số liệu|-Phần đánh giá"
		for who, want := range map[string]string{"thang": whole, "lam": whole, "hai": "-Phần số liệu", "anh": "", "minh": whole} {
			if got := tree(who, two.ID); got != want {
				d.Errorf("%s sees %q", who, got)
			}
		}
		other := d.direct("thang", task.Order{Title: "Việc riêng", Lead: d.to("anh"), Due: task.Due{On: day("2026-11-27")}})
		if got := tree("thang", two.ID, other.ID, one.ID); got != whole+"|Việc riêng" {
			d.Errorf("a set of works: %q", got)
		}

		done := func(who string, w task.Work, result string) {
			d.do(who, func(a *journal.Act) error { return task.Report(a, d.lead(w).ID, result, "") })
			d.do("lam", func(a *journal.Act) error { return task.Confirm(a, d.lead(w).ID, "") })
		}
		told := func() bool {
			all, err := notice.List(d.read(), d.agency, d.person("lam"), 0, 100)
			if err != nil {
				d.Fatal(err)
			}
			for _, n := range all {
				if n.Kind == task.ChildrenDone {
					return true
				}
			}
			return false
		}
		done("hai", one, "Đã có số liệu.")
		if told() {
			d.Error("told before the last part was done")
		}
		done("ha", two, "Đã đánh giá.")
		if !told() {
			d.Error("nobody was told that all parts are done")
		}
		parts, text, err := task.Offered(d.read(), d.agency, share)
		if err != nil || len(parts) != 2 || text != "– Phần số liệu: Đã có số liệu.\n– Phần đánh giá: Đã đánh giá." {
			d.Errorf("%+v %q %v", parts, text, err)
		}
		if s := d.lead(top); s.State != task.StateGiven {
			d.Errorf("the parent reports by itself: %+v", s)
		}
		d.do("lam", func(a *journal.Act) error { return task.Report(a, share, text, "") })
		d.refused("lam", "việc cha: chờ xác nhận", func(a *journal.Act) error { _, err := task.Give(a, child("Quá muộn", "hai", "")); return err })
		d.sound()
	})
}

func TestAPartOfAPartIsReadFromAbove(t *testing.T) {
	each(t, func(d *desk) {
		at := d.direct("thang", task.Order{Title: "Cấp 1", Lead: task.Assignee{Unit: d.unit("CS")}, Due: task.Due{On: day("2026-11-27")}})
		for depth := 2; depth <= 8; depth++ { // it goes down between two who head the unit in turn
			at = d.direct("thang", task.Order{Title: "Cấp", Lead: d.to("hai"), Parent: d.lead(at).ID})
		}
		d.refused("thang", "nhiều nhất 8 cấp", func(a *journal.Act) error {
			_, err := task.Give(a, task.Order{Title: "Cấp 9", Lead: d.to("hai"), Parent: d.lead(at).ID})
			return err
		})
		all, err := task.Tree(d.read(), d.rights("lam"), d.agency, at.ID)
		if err != nil || len(all) != 8 || all[7].Depth != 7 || all[0].Parts != 7 || all[0].Open != 7 {
			d.Fatalf("%d %v", len(all), err)
		}
		w := d.get(at)
		if may, err := task.Reads(d.read(), d.rights("anh"), d.agency, w); may || err != nil {
			d.Errorf("%v %v", may, err)
		}
		if may, err := task.Reads(d.read(), d.rights("lam"), d.agency, w); !may || err != nil {
			d.Errorf("%v %v", may, err)
		}
	})
}
