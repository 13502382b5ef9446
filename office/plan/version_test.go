// SPDX-License-Identifier: Apache-2.0

package plan_test

import (
	"testing"

	"soviec/office/plan"
	"soviec/office/task"
)

func TestWhatARuleSaidBeforeIsKept(t *testing.T) {
	each(t, func(d *desk) {
		r := d.rule("thang", plan.Rule{Piece: plan.Piece{Lead: d.unit("CS"), Text: "Theo mẫu của tỉnh."}, Rhythm: monthly(25), Ahead: 5})
		d.morning("2026-11-23 08:01")
		d.clock.Set(d, "2026-12-01 08:00")
		next := r
		next.Lead, next.Text, next.Coop, next.Rhythm = d.unit("KHTH"), "Theo mẫu mới.", []task.Assignee{d.unit("CS")}, monthly(20)
		d.rule("hoa", next)
		was, err := plan.Versions(d.read(), d.agency, r.ID)
		if err != nil || len(was) != 2 {
			d.Fatalf("%+v %v", was, err)
		}
		if now := was[0]; now.Lead != d.unit("KHTH") || now.Text != "Theo mẫu mới." || now.Number != 20 || len(now.Coop) != 1 || now.Owner != d.who["hoa"].Person {
			d.Errorf("in force: %+v", now)
		}
		if old := was[1]; old.Lead != d.unit("CS") || old.Text != "Theo mẫu của tỉnh." || old.Number != 25 || old.Owner != d.who["thang"].Person || !old.SetAt.Before(was[0].SetAt) {
			d.Errorf("before: %+v", old)
		}
		if w := d.works(r); len(w) != 1 || w[0].Lead().Unit != d.unit("CS").Unit {
			d.Errorf("what was given changed: %+v", w)
		}
		if other, err := plan.Versions(d.read(), d.agency+1, r.ID); err != nil || len(other) != 0 {
			d.Errorf("another agency reads %d versions: %v", len(other), err)
		}
		d.sound()
	})
}
