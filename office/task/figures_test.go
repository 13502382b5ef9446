// SPDX-License-Identifier: Apache-2.0

package task_test

import (
	"testing"
	"time"

	"soviec/kit/journal"
	"soviec/office/org"
	"soviec/office/task"
)

// A month by hand: every share has one fate, and each number is the length of its list.
func TestTheFiguresOfAMonth(t *testing.T) {
	each(t, func(d *desk) {
		finish := func(w task.Work, who, at string) {
			d.at(at)
			d.do(who, func(a *journal.Act) error { return task.Report(a, d.lead(w).ID, "Xong.", "") })
			d.do("thang", func(a *journal.Act) error { return task.Confirm(a, d.lead(w).ID, "") })
		}
		onTime := d.give("thang", "CS", "2026-11-18")
		extended := d.give("thang", "CS", "2026-11-17")
		lateDone := d.give("thang", "NV", "2026-11-17")
		overdue := d.give("thang", "NV", "2026-11-18")
		d.give("thang", "KHTH", "2026-11-30")
		undated := d.give("thang", "KHTH", "")
		d.give("thang", "KHTH", "")
		cancelled := d.give("thang", "KHTH", "2026-11-19")
		d.give("thang", "CS", "2026-12-04") // of the next month
		moved := d.give("thang", "CS", "2026-11-17")
		d.do("thang", func(a *journal.Act) error { return task.Cancel(a, cancelled.ID, "Nhầm.") })
		d.at("2026-11-16 09:00")
		d.do("lam", func(a *journal.Act) error { return task.See(a, d.lead(onTime).ID) })
		var q int64
		d.do("lam", func(a *journal.Act) (err error) {
			q, err = task.AskExtension(a, d.lead(extended).ID, day("2026-11-20"), "Chờ.")
			return err
		})
		d.do("thang", func(a *journal.Act) error { return task.DecideExtension(a, q, true, 0, "") })
		finish(onTime, "lam", "2026-11-17 10:00")
		d.at("2026-11-18 08:00")
		d.do("thang", func(a *journal.Act) error {
			_, err := task.Urge(a, []int64{d.lead(lateDone).ID, d.lead(overdue).ID}, task.Remind, "Khẩn trương.")
			return err
		})
		d.do("khoi", func(a *journal.Act) error {
			_, err := task.Obstacle(a, d.lead(overdue).ID, "rule", "Bộ", "Chưa rõ.")
			return err
		})
		d.do("thang", func(a *journal.Act) error {
			_, err := task.ChangeLead(a, moved.ID, task.Assignee{Unit: d.unit("TTr"), Due: day("2026-11-27")}, "Đúng chức năng.")
			return err
		})
		finish(extended, "lam", "2026-11-19 10:00")
		d.at("2026-11-19 15:00")
		d.do("khoi", func(a *journal.Act) error { return task.Report(a, d.lead(lateDone).ID, "Xong.", "") })
		d.do("thang", func(a *journal.Act) error { return task.SendBack(a, d.lead(lateDone).ID, "Thiếu.", 0) })
		finish(lateDone, "khoi", "2026-11-20 10:00")
		finish(undated, "xuan", "2026-11-20 11:00")
		d.at("2026-11-23 08:00")

		s, err := task.Figures(d.read(), d.dir(), task.Asked{From: day("2026-11-01"), To: day("2026-11-30")}, d.clock.Now())
		if err != nil {
			d.Fatal(err)
		}
		for fate, want := range map[task.Fate]int{task.FateOnTime: 2, task.FateLate: 1, task.FateOverdue: 1, task.FateOpen: 2, task.FateUndated: 1, task.FateMoved: 1} {
			if n := len(s.Of(fate)); n != want {
				d.Errorf("%s: %d, want %d", fate, n, want)
			}
		}
		if len(s.Facts) != 8 {
			d.Errorf("T01 is %d: %+v", len(s.Facts), s.Facts)
		}
		if r := s.OnTime(false); r != (task.Rate{Part: 2, Whole: 5}) {
			d.Errorf("T06 %+v", r)
		}
		if r := s.OnTime(true); r != (task.Rate{Part: 1, Whole: 5}) {
			d.Errorf("T06 by the first day %+v", r)
		}
		// Late: three working days until the 20th, three until today, one when it passed on.
		if r, list := s.Lateness(); r != (task.Rate{Part: 7, Whole: 3}) || len(list) != 3 {
			d.Errorf("T08 %+v", r)
		}
		if n, list := s.Extensions(); n != 1 || len(list) != 1 {
			d.Errorf("T09 %d %d", n, len(list))
		}
		if len(s.Undated) != 1 {
			d.Errorf("T10 %+v", s.Undated)
		}
		if r, list := s.Reworked(); r != (task.Rate{Part: 1, Whole: 4}) || len(list) != 1 {
			d.Errorf("T11 %+v", r)
		}
		// Opened after 1, 26, 29 and 35 working hours: who reports has opened it.
		if m, list := s.Reaction(d.dir().Calendar); m != 27*time.Hour+30*time.Minute || len(list) != 4 {
			d.Errorf("T12 %s of %d", m, len(list))
		}
		if len(s.Stuck) != 1 || s.Stuck[0].Stuck != "rule" || s.Stuck[0].WaitingFor != "Bộ" {
			d.Errorf("T13 %+v", s.Stuck)
		}
		if r := s.Helped(); r != (task.Rate{Part: 1, Whole: 2}) {
			d.Errorf("T14 %+v", r)
		}
		one, err := task.Figures(d.read(), d.dir(), task.Asked{From: day("2026-11-01"), To: day("2026-11-30"), Unit: d.unit("NV")}, d.clock.Now())
		if err != nil || len(one.Facts) != 2 || one.OnTime(false).Part != 0 {
			d.Errorf("of a unit: %+v %v", one.Facts, err)
		}
		none, err := task.Figures(d.read(), d.dir(), task.Asked{From: day("2025-01-01"), To: day("2025-01-31")}, d.clock.Now())
		if err != nil || none.OnTime(false).Known() {
			d.Errorf("nothing is no number, and never all of it: %+v %v", none, err)
		}
	})
}

// The norm time of a product is shared out like its volume.
func TestFiguresKnowTheNormTime(t *testing.T) {
	each(t, func(d *desk) {
		d.direct("thang", task.Order{Title: "Báo cáo", Lead: d.to("hai"), Coop: []task.Assignee{d.to("ha")}, Due: task.Due{On: day("2026-11-27")},
			Product: task.Product{ID: 1, Name: "Báo cáo", Quantity: 2000, Norm: 300, Factor: 1000}})
		s, err := task.Figures(d.read(), d.dir(), task.Asked{From: day("2026-11-01"), To: day("2026-11-30")}, d.clock.Now())
		have := map[task.Role]int64{}
		for _, f := range s.Facts {
			have[f.Role] = f.Minutes
		}
		if err != nil || have[task.Lead] != 480 || have[task.Coop] != 120 {
			d.Errorf("%v %v", have, err)
		}
	})
}

// What passed on late inside a unit is the old officer's, and the new one starts afresh.
func TestFiguresOfAnOfficer(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("thang", "CS", "2026-11-27")
		d.inside(w, "lam", "hai", "2026-11-17")
		d.at("2026-11-19 08:00")
		d.inside(w, "lam", "ha", "2026-11-25")
		of := func(who string) task.Sheet {
			s, err := task.Figures(d.read(), d.dir(), task.Asked{From: day("2026-11-01"), To: day("2026-11-30"), Person: d.person(who), Inside: true}, d.clock.Now())
			if err != nil {
				d.Fatal(err)
			}
			return s
		}
		hai, ha := of("hai"), of("ha")
		if len(hai.Facts) != 1 || hai.Facts[0].Fate != task.FateMoved || hai.Facts[0].DaysLate != 2 {
			d.Errorf("%+v", hai.Facts)
		}
		if len(ha.Facts) != 1 || ha.Facts[0].Fate != task.FateOpen {
			d.Errorf("%+v", ha.Facts)
		}
	})
}

// A record ends the work as of when it came to be, however late that is told.
func TestWorkIsProvedByARecord(t *testing.T) {
	each(t, func(d *desk) {
		give := func(proof string) (w task.Work) {
			d.do("thang", func(a *journal.Act) (err error) {
				w, err = task.Give(a, task.Order{Title: "Trả lời Sở Nội vụ", Proof: proof, Lead: task.Assignee{Unit: d.unit("CS")}, Due: task.Due{On: day("2026-11-18")}})
				return err
			})
			return w
		}
		prove := func(w task.Work, at time.Time) func(*journal.Act) error {
			return func(a *journal.Act) error {
				if err := org.May(a, org.RegisterIncoming, org.Target{}); err != nil {
					return err
				}
				return task.Prove(a, w.ID, "outgoing/12", at)
			}
		}
		w := give(task.ProofDocument)
		d.at("2026-11-23 08:00")
		d.refused("lan", "sau hiện tại", prove(w, moment("2026-11-23", 9, 0)))
		d.refused("lan", "trước khi giao", prove(w, moment("2026-11-12", 9, 0)))
		d.do("lan", prove(w, moment("2026-11-18", 9, 0)))
		s := d.lead(w)
		if s.State != task.StateDone || s.DoneAt != moment("2026-11-18", 9, 0) || s.Late(d.clock.Now()) || d.get(w).State != task.WorkDone {
			d.Errorf("%+v", s)
		}
		d.do("lan", func(a *journal.Act) error { // again changes nothing; the act needs an entry of its own
			a.Note(journal.Entry{Kind: "trial.noted", Subject: "trial/1"})
			return prove(w, moment("2026-11-18", 9, 0))(a)
		})
		rounds, err := task.Submissions(d.read(), d.agency, w.ID)
		if err != nil || len(rounds) != 1 || rounds[0].Kind != task.ProofDocument || rounds[0].Ref != "outgoing/12" || rounds[0].Outcome != "accepted" {
			d.Errorf("%+v %v", rounds, err)
		}
		d.at("2026-11-25 08:00")
		d.refused("lan", "người giao xác nhận", prove(d.give("thang", "CS", "2026-11-30"), d.clock.Now()))
		d.sound()
	})
}
