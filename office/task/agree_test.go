// SPDX-License-Identifier: Apache-2.0

package task_test

import (
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/office/org"
	"soviec/office/task"
)

func (d *desk) at(moment string) { d.Helper(); d.clock.Set(d, moment) }

// dues are the dates of a work as "level kind day".
func (d *desk) dues(w task.Work) []task.DueRow {
	d.Helper()
	all, err := task.Dues(d.read(), d.agency, w.ID)
	if err != nil {
		d.Fatal(err)
	}
	return all
}

func (d *desk) set(key, value string) {
	d.Helper()
	d.do("minh", func(a *journal.Act) error { return org.ChangeSetting(a, key, value) })
}

func TestTheDayIsAcceptedOrNegotiated(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("thang", "CS", "2026-11-20")
		share := d.lead(w).ID
		d.refused("hai", "quyền", func(a *journal.Act) error { return task.Accept(a, share) })
		d.do("lam", func(a *journal.Act) error { return task.Accept(a, share) })
		d.do("lam", func(a *journal.Act) error { return task.Accept(a, share) })
		if s := d.lead(w); !s.Settled() || s.Agreed != "accepted" {
			d.Fatalf("%+v", s)
		}
		d.refused("lam", "gia hạn", func(a *journal.Act) error {
			_, err := task.ProposeDue(a, share, task.Due{On: day("2026-11-25")}, "Nhiều việc.")
			return err
		})

		// Whoever gets it next accepts or negotiates anew.
		d.inside(w, "lam", "hai", "2026-11-19")
		if d.lead(w).Settled() {
			d.Error("the officer has agreed to nothing yet")
		}
		d.refused("lam", "Chỉ người được giao", func(a *journal.Act) error { return task.Accept(a, share) })
		var q int64
		d.do("hai", func(a *journal.Act) (err error) {
			q, err = task.ProposeDue(a, share, task.Due{On: day("2026-11-20"), At: "10:00"}, "Chờ số liệu của xã.")
			return err
		})
		d.do("hai", func(a *journal.Act) error { return task.Start(a, share) }) // begins, but his question stays open
		if d.lead(w).Settled() {
			d.Error("he waits for an answer and has not agreed by beginning")
		}
		d.refused("thang", "quyền", func(a *journal.Act) error { return task.DecideProposedDue(a, q, true, task.Due{}, "") })
		d.do("lam", func(a *journal.Act) error { return task.DecideProposedDue(a, q, true, task.Due{}, "Được.") })
		s := d.lead(w)
		if s.Agreed != "proposed" || s.DueAt != civil.At(day("2026-11-20"), 10, 0).UTC() || s.OuterOn != day("2026-11-20") || s.Extended != 0 {
			d.Fatalf("%+v", s)
		}
		d.sound()
	})
}

func TestTheGiverMayCounterOrKeepTheDay(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("hoa", "CS", "2026-11-20")
		share := d.lead(w).ID
		propose := func(on string) (q int64) {
			d.do("lam", func(a *journal.Act) (err error) {
				q, err = task.ProposeDue(a, share, task.Due{On: day(on)}, "Khối lượng lớn.")
				return err
			})
			return q
		}
		q := propose("2026-11-30")
		d.do("hoa", func(a *journal.Act) error {
			return task.DecideProposedDue(a, q, true, task.Due{On: day("2026-11-26")}, "")
		})
		s := d.lead(w)
		if s.Agreed != "countered" || s.OuterOn != day("2026-11-26") || s.OuterFirst != day("2026-11-20") || s.DueOn != s.OuterOn {
			d.Fatalf("%+v", s)
		}
		rows := d.dues(w)
		if len(rows) != 2 || rows[1].Kind != "agreed" || rows[1].WasAt != civil.At(day("2026-11-20"), 17, 30).UTC() {
			d.Errorf("%+v", rows)
		}

		w = d.give("hoa", "CS", "2026-11-20")
		share = d.lead(w).ID
		q = propose("2026-11-30")
		d.refused("hoa", "Lý do", func(a *journal.Act) error { return task.DecideProposedDue(a, q, false, task.Due{}, "") })
		d.do("hoa", func(a *journal.Act) error {
			return task.DecideProposedDue(a, q, false, task.Due{}, "UBND tỉnh cần gấp.")
		})
		if s = d.lead(w); s.Agreed != "refused" || s.OuterOn != day("2026-11-20") || !s.Settled() {
			d.Fatalf("%+v", s)
		}
		d.refused("lam", "gia hạn", func(a *journal.Act) error {
			_, err := task.ProposeDue(a, share, task.Due{On: day("2026-11-27")}, "Vẫn nhiều.")
			return err
		})

		// A day taken away by the giver may be spoken of again.
		d.do("hoa", func(a *journal.Act) error {
			_, err := task.ChangeDue(a, share, day("2026-11-18"), "Sớm hơn.")
			return err
		})
		propose("2026-11-19")
		d.sound()
	})
}

func TestSilenceCountsOnlyWhereTheAgencySaysSo(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("thang", "CS", "2026-11-30")
		how := func() string { s := d.lead(w); return s.Agreement(d.dir(), s.GivenAt, d.clock.Now()) }
		d.at("2026-11-19 08:00")
		if how() != "" {
			d.Error("silence counts without a setting")
		}
		d.set("task.silence_accepts_days", "2")
		if how() != task.AgreedBySilence { // 17 and 18 have passed
			d.Errorf("have %q", how())
		}
		d.refused("lam", "đã được thống nhất", func(a *journal.Act) error {
			_, err := task.ProposeDue(a, d.lead(w).ID, task.Due{On: day("2026-12-04")}, "Muộn.")
			return err
		})
		d.do("lam", func(a *journal.Act) error { return task.Start(a, d.lead(w).ID) })
		if how() != "begun" {
			d.Errorf("have %q", how())
		}
	})
}

func TestMoreExtensionsThanAllowedGoToTheNextLevel(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("hoa", "CS", "2026-11-20")
		share := d.lead(w).ID
		ask := func(on string) (q int64) {
			d.do("lam", func(a *journal.Act) (err error) {
				q, err = task.AskExtension(a, share, day(on), "Chờ các xã.")
				return err
			})
			return q
		}
		q := ask("2026-11-25")
		d.do("hoa", func(a *journal.Act) error { return task.DecideExtension(a, q, true, 0, "") })
		q = ask("2026-11-27")
		d.refused("hoa", "cấp trên", func(a *journal.Act) error { return task.DecideExtension(a, q, true, 0, "") })
		if asked, err := task.Askings(d.read(), d.agency, d.person("thang")); err != nil || len(asked) != 1 || !asked[0].Above {
			d.Fatalf("%+v %v", asked, err)
		}
		d.do("thang", func(a *journal.Act) error { return task.DecideExtension(a, q, true, 0, "Lần cuối.") })
		if s := d.lead(w); s.Extended != 2 || s.OuterOn != day("2026-11-27") || s.OuterFirst != day("2026-11-20") {
			d.Errorf("%+v", s)
		}
		d.sound()
	})
}

func TestALaterDayDoesNotUndoALateness(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("thang", "CS", "2026-11-17")
		share := d.lead(w).ID
		var early int64
		d.do("lam", func(a *journal.Act) (err error) {
			early, err = task.AskExtension(a, share, day("2026-11-23"), "Chờ.")
			return err
		})
		d.at("2026-11-19 08:00")
		d.do("thang", func(a *journal.Act) error { return task.DecideExtension(a, early, true, 0, "") })
		s := d.lead(w)
		rows := d.dues(w)
		if s.Missed != 1 || s.Late(d.clock.Now()) || rows[1].Missed != civil.At(day("2026-11-17"), 17, 30).UTC() {
			d.Fatalf("%+v %+v", s, rows)
		}

		d.at("2026-11-26 08:00")
		d.refused("lam", "khách quan", func(a *journal.Act) error {
			_, err := task.AskExtension(a, share, day("2026-11-30"), "Bận.")
			return err
		})
		var late int64
		d.do("lam", func(a *journal.Act) (err error) {
			late, err = task.AskExtensionFor(a, share, task.Due{On: day("2026-11-30")}, task.CauseObjective, "Mưa lũ, đường đi xã bị sạt lở.")
			return err
		})
		d.do("thang", func(a *journal.Act) error {
			return task.DecideExtensionFor(a, late, task.Decision{Grant: true, Objective: true})
		})
		if s = d.lead(w); s.Missed != 1 {
			d.Errorf("an objective cause that was confirmed counts: %+v", s)
		}
		all, err := task.Requests(d.read(), d.agency, w.ID)
		if err != nil || len(all) != 2 || !all[1].Objective || all[1].ConfirmedBy != d.person("thang") || all[0].Objective {
			d.Errorf("%+v %v", all, err)
		}
		d.sound()
	})
}

func TestWhoGetsLateWorkStartsAfresh(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("thang", "CS", "2026-11-17")
		share := d.lead(w).ID
		d.inside(w, "lam", "hai", "")
		d.at("2026-11-19 08:00")
		d.refused("lam", "hãy đặt hạn mới", func(a *journal.Act) error {
			_, err := task.AssignInside(a, share, d.person("ha"), nil, 0, "")
			return err
		})
		d.do("lam", func(a *journal.Act) error {
			_, err := task.AssignInside(a, share, d.person("ha"), nil, day("2026-11-23"), "")
			return err
		})
		s := d.lead(w)
		if s.Late(d.clock.Now()) || !s.LateOutside(d.clock.Now()) || s.DueOn != day("2026-11-23") || s.OuterOn != day("2026-11-17") {
			d.Fatalf("%+v", s)
		}
		d.sound()
	})
}

// The view of everything is kept, but not over a due instant, a midnight or a change of the calendar.
func TestTheWholeViewIsKeptOnlyWhileItIsRight(t *testing.T) {
	each(t, func(d *desk) {
		d.give("thang", "CS", "2026-11-17")
		p, dir := d.picture(task.NewBoard(d.book)), d.dir()
		for _, x := range []struct {
			at         time.Time
			late, days int
		}{
			{moment("2026-11-17", 17, 0), 0, 0}, {moment("2026-11-17", 17, 30), 0, 0}, {moment("2026-11-17", 17, 31), 1, 0},
			{moment("2026-11-18", 9, 0), 1, 1}, {moment("2026-11-19", 9, 0), 1, 2}, {moment("2026-11-16", 9, 0), 0, 0},
		} {
			for range 2 {
				v := p.View(dir, x.at, task.Scope{All: true}, task.Filter{})
				if v.Late != x.late || v.Tiles()[0].DaysLate != x.days {
					d.Errorf("%v: %d late, %d days", x.at, v.Late, v.Tiles()[0].DaysLate)
				}
			}
		}
	})
}

// The leader's board goes by what was promised, the head's and the officer's by the inner day.
func TestEachLooksOnHisOwnDay(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("thang", "CS", "2026-11-25")
		d.inside(w, "lam", "hai", "2026-11-17")
		d.at("2026-11-18 08:00")
		board := task.NewBoard(d.book)
		see := func(s task.Scope) task.View {
			return d.picture(board).View(d.dir(), d.clock.Now(), s, task.Filter{})
		}
		leader, head, officer := see(task.Scope{All: true}), see(task.Scope{Units: []int64{d.unit("CS")}}), see(task.Scope{Person: d.person("hai")})
		if leader.Counts.Late != 0 || head.Counts.Late != 1 || officer.Counts.Late != 1 {
			d.Errorf("leader %+v, head %+v, officer %+v", leader.Counts, head.Counts, officer.Counts)
		}
		if a, b := leader.Tiles()[0], officer.Tiles()[0]; a.DueOn != day("2026-11-25") || b.DueOn != day("2026-11-17") || b.DaysLate != 1 || a.Due() != moment("2026-11-25", 17, 30) {
			d.Errorf("%+v %+v", a, b)
		}
		d.do("hai", func(a *journal.Act) error {
			_, err := task.Pause(a, d.lead(w).ID, task.Wait{Cause: "agency", WaitingFor: "Sở Y tế", ProofText: "Công văn số 4/BDT-CS"})
			return err
		})
		p := d.lead(w)
		if p.PausedAt != (time.Time{}) {
			d.Fatal("late already by his own day: it waits to be confirmed")
		}
		waits, err := task.PausesToDecide(d.read(), d.agency, d.person("lam"))
		if err != nil || len(waits) != 1 {
			d.Fatalf("%+v %v", waits, err)
		}
		d.do("lam", func(a *journal.Act) error { return task.DecidePause(a, waits[0].ID, true, "") })
		d.at("2026-11-26 08:00")
		leader, officer = see(task.Scope{All: true}), see(task.Scope{Person: d.person("hai")})
		if leader.Paused != 1 || leader.Counts.Late != 0 || officer.Counts.Late != 1 || officer.Tiles()[0].DaysLate != 1 {
			d.Errorf("leader %+v, officer %+v: his lateness stands still too", leader.Counts, officer.Tiles()[0])
		}
		d.sound()
	})
}

func TestAReplacedLeadHasMoved(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("thang", "CS", "2026-11-20")
		d.do("thang", func(a *journal.Act) error {
			_, err := task.ChangeLead(a, w.ID, task.Assignee{Unit: d.unit("NV")}, "Đúng chức năng.")
			return err
		})
		w = d.get(w)
		var old task.Share
		for _, s := range w.Shares {
			if s.Unit == d.unit("CS") {
				old = s
			}
		}
		if old.Words() != "Đã chuyển" || old.Became != w.Lead().ID {
			d.Errorf("%+v", old)
		}
		d.sound()
	})
}
