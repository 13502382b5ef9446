// SPDX-License-Identifier: Apache-2.0

package task_test

import (
	"context"
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/office/org"
	"soviec/office/task"
)

func (d *desk) picture(b *task.Board) *task.Picture {
	d.Helper()
	p, err := b.Of(context.Background(), d.agency)
	if err != nil {
		d.Fatal(err)
	}
	return p
}

func TestTheOneClick(t *testing.T) {
	each(t, func(d *desk) {
		board := task.NewBoard(d.book)
		all := func(f task.Filter) task.View {
			return d.picture(board).View(d.dir(), d.clock.Now(), task.Scope{All: true}, f)
		}
		late := d.give("thang", "CS", "2026-11-17")
		d.inside(late, "lam", "hai", "")
		d.give("hoa", "CS", "2026-11-20")
		d.give("thang", "CS", "")
		soon := d.give("thang", "NV", "2026-11-20", "KHTH")
		waiting := d.give("thang", "TTr", "2026-11-18")
		d.do("dai", func(a *journal.Act) error { return task.Report(a, d.lead(waiting).ID, "Xong.", "") })
		d.give("thang", "NV", "2026-12-18")

		d.clock.Set(t, "2026-11-19 08:00")
		v := all(task.Filter{})
		if v.Counts != (task.Counts{Open: 7, Late: 1, Soon: 3, Undated: 1, Waiting: 1}) || v.LateHolders != 1 {
			d.Errorf("counts %+v, %d people", v.Counts, v.LateHolders)
		}
		first := v.Blocks[0]
		if first.Unit != d.unit("CS") || first.Rows[0].Person != d.person("lam") || first.Rows[1].Person != d.person("hai") {
			d.Errorf("order: %+v", v.Blocks)
		}
		tile := first.Rows[1].Tiles[0]
		if tile.Standing != task.StandsLate || tile.DaysLate != 2 || len(tile.Held) != 2 || v.LateTiles()[0] != tile {
			d.Errorf("tile %+v", tile)
		}
		parts := tile.WhoseTime(d.dir().Calendar, true, d.clock.Now())
		// Given and assigned on Monday at 08:00; late since Tuesday evening: one day and half an hour.
		if len(parts) != 2 || parts[0].Held != 0 || parts[1].Held != 24*time.Hour || parts[1].Late != 8*time.Hour+30*time.Minute {
			d.Errorf("parts %+v", parts)
		}
		if f := all(task.Filter{Giver: d.person("hoa")}); f.Open != 1 || f.Soon != 1 {
			d.Errorf("filter by giver: %+v", f.Counts)
		}
		if f := all(task.Filter{Unit: d.unit("NV"), Standing: task.StandsOpen}); f.Open != 1 {
			d.Errorf("filter by unit and standing: %+v", f.Counts)
		}
		if until := d.picture(board).Until(d.clock.Now()); until != civil.At(day("2026-11-20"), 0, 0) {
			d.Errorf("until %s", until)
		}

		// Each sees what he may see.
		for who, want := range map[string]int{"quy": 7, "lan": 7, "lam": 3, "hai": 1, "khoi": 2, "ha": 0, "son": 0} {
			scope := task.ScopeOf(d.dir().Rights(d.person(who), d.clock.Today()))
			if n := d.picture(board).View(d.dir(), d.clock.Now(), scope, task.Filter{}).Open; n != want {
				d.Errorf("%s sees %d, want %d", who, n, want)
			}
		}

		// Entries about other things change the number and not the version.
		was := d.picture(board)
		d.do("minh", func(a *journal.Act) error { return org.ChangeSetting(a, "task.due_soon_days", "3") })
		if is := d.picture(board); is.Version != was.Version || is.Seq <= was.Seq {
			d.Errorf("version %d → %d, seq %d → %d", was.Version, is.Version, was.Seq, is.Seq)
		}
		d.do("khoi", func(a *journal.Act) error { return task.Report(a, d.lead(soon).ID, "Xong.", "") })
		d.do("thang", func(a *journal.Act) error { return task.Confirm(a, d.lead(soon).ID, "") })
		if is := d.picture(board); is.Version == was.Version || is.Len() != 5 || was.Len() != 7 {
			d.Errorf("after finishing: %d, before still %d", is.Len(), was.Len())
		}
	})
}

func TestListsNameTheSameWork(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("thang", "CS", "2026-11-20", "NV")
		d.inside(w, "lam", "hai", "2026-11-19")
		d.do("thang", func(a *journal.Act) error {
			_, err := task.AddShare(a, w.ID, task.Info, task.Assignee{Unit: d.unit("TTr")}, "")
			return err
		})
		r := d.read()
		for name, list := range map[string]func() ([]task.Piece, error){
			"mine":     func() ([]task.Piece, error) { return task.Mine(r, d.agency, d.person("hai")) },
			"unit":     func() ([]task.Piece, error) { return task.OfUnit(r, d.agency, d.unit("CS")) },
			"for info": func() ([]task.Piece, error) { return task.ForInfo(r, d.agency, d.person("dai"), time.Time{}, 50) },
		} {
			if got, err := list(); err != nil || len(got) != 1 || got[0].Work != w.ID || got[0].Title != w.Title || got[0].Source != "incoming/7" {
				d.Errorf("%s: %+v %v", name, got, err)
			}
		}
		if got, err := task.GivenBy(r, d.agency, d.person("thang")); err != nil || len(got) != 2 {
			d.Errorf("given: %+v %v", got, err)
		}
		d.do("dai", func(a *journal.Act) error { return task.See(a, d.get(w).Shares[2].ID) })
		if got, err := task.ForInfo(r, d.agency, d.person("dai"), time.Time{}, 50); err != nil || len(got) != 0 {
			d.Errorf("seen, and still to be seen: %+v %v", got, err)
		}
		d.do("hai", func(a *journal.Act) error { return task.Report(a, d.lead(w).ID, "Xong.", "") })
		d.do("thang", func(a *journal.Act) error { return task.Confirm(a, d.lead(w).ID, "") })
		if got, err := task.FinishedBy(r, d.agency, d.person("hai"), d.clock.Now().Add(time.Hour), 10); err != nil || len(got) != 1 {
			d.Errorf("finished: %+v %v", got, err)
		}
		for who, want := range map[string]bool{"thang": true, "lan": true, "hai": true, "lam": true, "khoi": true, "dai": true, "ha": false, "xuan": false, "son": false} {
			if task.MayRead(d.dir().Rights(d.person(who), d.clock.Today()), d.get(w)) != want {
				d.Errorf("%s may read: %v", who, !want)
			}
		}
		d.sound()
	})
}
