// SPDX-License-Identifier: Apache-2.0

package task_test

import (
	"testing"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/office/org"
	"soviec/office/task"
)

// A holiday is added: what was counted in working days and what falls on the new day of
// rest is shown, and only what is confirmed moves.
func TestAPromiseMovesOnlyWhenConfirmed(t *testing.T) {
	each(t, func(d *desk) {
		give := func(due task.Due) task.Work {
			var w task.Work
			d.do("thang", func(a *journal.Act) (err error) {
				w, err = task.Give(a, task.Order{Title: "Việc", Lead: task.Assignee{Unit: d.unit("CS")}, Due: due})
				return err
			})
			return w
		}
		counted := give(task.DefaultDue(d.dir(), 0, d.clock.Now())) // seven working days, across the 24th
		if s := d.lead(counted); s.OuterOn != day("2026-11-26") {
			d.Fatalf("seven working days: %s", s.OuterOn)
		}
		onTheDay := give(task.Due{On: day("2026-11-19")})
		byHand := give(task.Due{On: day("2026-11-26")})
		extended := give(task.DefaultDue(d.dir(), 0, d.clock.Now()))
		d.do("thang", func(a *journal.Act) error {
			_, err := task.ChangeDue(a, d.lead(extended).ID, day("2026-11-27"), "Thêm thời gian.")
			return err
		})

		holiday := civil.Row{Date: day("2026-11-19"), Kind: civil.SwapOff, Name: "Nghỉ hoán đổi", Source: "Thông báo số 01"}
		next, err := org.CalendarWith(d.dir(), org.CalendarChange{Add: []civil.Row{holiday}})
		if err != nil {
			d.Fatal(err)
		}
		moves, err := task.Moves(d.read(), d.agency, next)
		if err != nil || len(moves) != 2 ||
			moves[0].Work != onTheDay.ID || moves[0].Next != day("2026-11-20") ||
			moves[1].Work != counted.ID || moves[1].Next != day("2026-11-27") {
			d.Fatalf("moves: %+v %v", moves, err)
		}
		d.do("minh", func(a *journal.Act) error {
			if _, err := org.AddDay(a, holiday); err != nil {
				return err
			}
			n, err := task.ApplyMoves(a, moves[1].Share, d.lead(byHand).ID)
			if n != 1 {
				d.Errorf("moved %d", n)
			}
			return err
		})
		for w, want := range map[int64]string{counted.ID: "2026-11-27", onTheDay.ID: "2026-11-19", byHand.ID: "2026-11-26", extended.ID: "2026-11-27"} {
			if s := d.lead(task.Work{ID: w}); s.OuterOn != day(want) || s.DueOn != day(want) {
				d.Errorf("%d is due %s, want %s", w, s.OuterOn, want)
			}
		}
		if s := d.lead(counted); s.OuterFirst != day("2026-11-26") {
			d.Errorf("the first day is lost: %s", s.OuterFirst)
		}
		// A second confirmation finds nothing more to move.
		d.do("minh", func(a *journal.Act) error {
			n, err := task.ApplyMoves(a, moves[1].Share)
			if n != 0 {
				d.Errorf("moved twice")
			}
			return err
		})
		d.refused("hai", "quyền", func(a *journal.Act) error { _, err := task.ApplyMoves(a, moves[0].Share); return err })
		d.sound()
	})
}
