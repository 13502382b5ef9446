// SPDX-License-Identifier: Apache-2.0

package task_test

import (
	"testing"

	"soviec/kit/journal"
	"soviec/office/task"
)

// No part ends after what it is a part of: a shortened day takes the parts with it when
// that is asked for, and is refused otherwise; a day inside the unit always does.
func TestAShorterDayBindsTheParts(t *testing.T) {
	each(t, func(d *desk) {
		top := d.give("thang", "CS", "2026-12-18")
		part := d.direct("lam", task.Order{Title: "Thu thập số liệu", Lead: d.to("hai"), Parent: d.lead(top).ID, Due: task.Due{On: day("2026-12-16")}})
		under := d.direct("lam", task.Order{Title: "Rà từng xã", Lead: d.to("ha"), Parent: d.lead(part).ID, Due: task.Due{On: day("2026-12-15")}})
		soon := d.direct("lam", task.Order{Title: "Lập đề cương", Lead: d.to("ha"), Parent: d.lead(top).ID, Due: task.Due{On: day("2026-11-27")}})
		change := func(on string, parts bool) func(*journal.Act) error {
			return func(a *journal.Act) error {
				_, err := task.ChangeDueOf(a, d.lead(top).ID, day(on), "Họp sớm.", parts)
				return err
			}
		}
		d.refused("thang", "1 việc con có hạn sau ngày 10/12/2026: “Thu thập số liệu” (16/12/2026)", change("2026-12-10", false))
		d.do("thang", change("2026-12-10", true))
		for name, want := range map[int64]string{part.ID: "2026-12-10", under.ID: "2026-12-10", soon.ID: "2026-11-27"} {
			w, err := task.Get(d.read(), d.agency, name)
			if err != nil || w.Lead().DueOn.String() != want {
				d.Errorf("%q is due on %s, want %s (%v)", w.Title, w.Lead().DueOn, want, err)
			}
		}
		// The head assigns with an earlier day of his own: what hangs below comes with it.
		d.inside(top, "lam", "hai", "2026-12-08")
		if w, err := task.Get(d.read(), d.agency, part.ID); err != nil || w.Lead().DueOn.String() != "2026-12-08" || w.Lead().OuterFirst.String() != "2026-12-16" {
			d.Errorf("%+v %v", w.Lead(), err)
		}
		if open, err := task.OpenParts(d.read(), d.agency, d.lead(top).ID); err != nil || len(open) != 2 {
			d.Errorf("open parts: %q %v", open, err)
		}
		d.sound()
	})
}

// The same work given twice is asked about, whoever typed it and however.
func TestWorkThatSeemsGivenTwiceIsAskedAbout(t *testing.T) {
	each(t, func(d *desk) {
		d.direct("thang", task.Order{Title: "Báo cáo quà Tết", Lead: d.to("hai"), Due: task.Due{On: day("2026-11-27")}})
		p, err := task.NewBoard(d.book).Of(t.Context(), d.agency)
		if err != nil {
			d.Fatal(err)
		}
		for _, x := range []struct {
			o    task.Order
			want int
		}{
			{task.Order{Title: "BAO CAO  qua tet.", Lead: d.to("hai")}, 1},
			{task.Order{Title: "Báo cáo quà Tết", Lead: d.to("ha")}, 0},
			{task.Order{Title: "Báo cáo quà Tết năm trước", Lead: d.to("hai")}, 0},
		} {
			if got := task.Doubles(p, d.dir(), x.o); len(got) != x.want {
				d.Errorf("%q: %q", x.o.Title, got)
			}
		}
	})
}
