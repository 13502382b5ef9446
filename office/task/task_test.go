// SPDX-License-Identifier: Apache-2.0

package task_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/org"
	"soviec/office/org/orgtest"
	"soviec/office/task"
)

// desk is the model office with a clock that tests turn.
type desk struct {
	testing.TB
	book   *journal.Book
	clock  *orgtest.Clock
	agency int64
	who    map[string]journal.Holder
}

func newDesk(t testing.TB, db *store.DB, moment string) *desk {
	t.Helper()
	book, clock := orgtest.Book(t, db, moment)
	agency, who := orgtest.Found(t, book)
	return &desk{TB: t, book: book, clock: clock, agency: agency, who: who}
}

// each runs a test in the model office on every engine at hand, on a Monday morning.
func each(t *testing.T, f func(d *desk)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) { f(newDesk(t, db, "2026-11-16 08:00")) })
}

func (d *desk) read() store.Reader { return d.book.DB.Read(context.Background()) }

func (d *desk) dir() *org.Directory { d.Helper(); return orgtest.Directory(d, d.book, d.agency) }

func (d *desk) unit(short string) int64 {
	d.Helper()
	return orgtest.Unit(d, d.book, d.agency, short).ID
}

func (d *desk) person(name string) int64 { return d.who[name].Person }

func (d *desk) try(name string, f func(*journal.Act) error) error {
	return d.book.Do(context.Background(), d.who[name], f)
}

func (d *desk) do(name string, f func(*journal.Act) error) {
	d.Helper()
	if err := d.try(name, f); err != nil {
		d.Fatalf("%s: %v", name, err)
	}
}

// refused says that the act must be refused with these words.
func (d *desk) refused(name, words string, f func(*journal.Act) error) {
	d.Helper()
	err := d.try(name, f)
	if err == nil || !strings.Contains(fault.Text(err), words) {
		d.Fatalf("%s: want a refusal with %q, have %v", name, words, err)
	}
}

func day(s string) civil.Date { return civil.MustParse(s) }

// give has a leader give work to a unit until a day.
func (d *desk) give(name, unit, due string, coop ...string) task.Work {
	d.Helper()
	o := task.Order{Title: "Báo cáo tình hình thực hiện chính sách", Source: "incoming/7", Text: "Giao chủ trì tham mưu.",
		Lead: task.Assignee{Unit: d.unit(unit)}}
	if due != "" {
		o.Due.On = day(due)
	}
	for _, u := range coop {
		o.Coop = append(o.Coop, task.Assignee{Unit: d.unit(u)})
	}
	var w task.Work
	d.do(name, func(a *journal.Act) (err error) { w, err = task.Give(a, o); return err })
	return w
}

func (d *desk) get(w task.Work) task.Work {
	d.Helper()
	w, err := task.Get(d.read(), d.agency, w.ID)
	if err != nil {
		d.Fatal(err)
	}
	return w
}

func (d *desk) lead(w task.Work) task.Share {
	d.Helper()
	w = d.get(w)
	return *w.Lead()
}

// sound says that rows and book agree.
func (d *desk) sound() {
	d.Helper()
	if err := task.Check(d.read(), d.agency, func(s string) { d.Errorf("verify: %s", s) }); err != nil {
		d.Fatal(err)
	}
}

func (d *desk) inside(w task.Work, head, officer, due string) {
	d.Helper()
	d.do(head, func(a *journal.Act) error {
		on := civil.Date(0)
		if due != "" {
			on = day(due)
		}
		_, err := task.AssignInside(a, d.lead(w).ID, d.person(officer), nil, on, "Soạn dự thảo.")
		return err
	})
}

func TestTheWholeLifeOfAWork(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("thang", "CS", "2026-11-20", "KHTH")
		if lead := d.lead(w); lead.Holder != d.person("lam") || lead.State != task.StateGiven || lead.DueAt != civil.At(day("2026-11-20"), 17, 30).UTC() {
			d.Fatalf("given: %+v", lead)
		}
		d.inside(w, "lam", "hai", "2026-11-19")
		lead := d.lead(w)
		if lead.Holder != d.person("hai") || lead.DueOn != day("2026-11-19") || lead.OuterOn != day("2026-11-20") || lead.Person != 0 {
			d.Fatalf("assigned inside: %+v", lead)
		}
		d.clock.Set(t, "2026-11-17 09:00")
		d.do("hai", func(a *journal.Act) error { return task.See(a, lead.ID) })
		d.do("hai", func(a *journal.Act) error { return task.Start(a, lead.ID) })
		d.clock.Set(t, "2026-11-18 15:00")
		d.do("hai", func(a *journal.Act) error { return task.Report(a, lead.ID, "Đã trình báo cáo.", "123/BDT-CS") })
		d.refused("lam", "quyền", func(a *journal.Act) error { return task.Confirm(a, lead.ID, "") })

		// The giver is slow: the result was in time all the same.
		d.clock.Set(t, "2026-11-25 10:00")
		if lead = d.lead(w); lead.Late(d.clock.Now()) {
			d.Error("reported in time counts as late")
		}
		d.do("thang", func(a *journal.Act) error {
			return task.SendBack(a, lead.ID, "Thiếu số liệu.", day("2026-11-27"))
		})
		if lead = d.lead(w); lead.State != task.StateStarted || lead.OuterOn != day("2026-11-27") || lead.OuterFirst != day("2026-11-20") || lead.Reworked != 1 {
			d.Fatalf("sent back: %+v", lead)
		}
		d.clock.Set(t, "2026-11-26 10:00")
		d.do("hai", func(a *journal.Act) error { return task.Progress(a, lead.ID, "Đã có số liệu của các xã.") })
		d.do("hai", func(a *journal.Act) error { return task.Report(a, lead.ID, "Đã bổ sung.", "") })
		d.clock.Set(t, "2026-12-01 10:00")
		d.do("thang", func(a *journal.Act) error { return task.Confirm(a, lead.ID, "Tốt.") })
		w = d.get(w)
		if w.State != task.WorkDone || w.DoneAt != time.Date(2026, 11, 26, 3, 0, 0, 0, time.UTC) {
			d.Fatalf("done: %+v", w)
		}
		for _, s := range w.Shares {
			if s.State != task.StateDone {
				d.Errorf("share of %s is left %s", s.Role, s.State)
			}
		}
		held, err := task.Holdings(d.read(), d.agency, []int64{lead.ID})
		if err != nil {
			d.Fatal(err)
		}
		var names []int64
		for _, h := range held[lead.ID] {
			names = append(names, h.Person)
		}
		want := []int64{d.person("lam"), d.person("hai"), d.person("thang"), d.person("hai"), d.person("thang")}
		if len(names) != len(want) {
			d.Fatalf("held by %v", names)
		}
		for i := range want {
			if names[i] != want[i] {
				d.Fatalf("held by %v, want %v", names, want)
			}
		}
		said, err := task.SaidIn(d.read(), d.agency, w.ID)
		if err != nil {
			d.Fatal(err)
		}
		var texts []string
		for _, s := range said {
			texts = append(texts, s.Text)
		}
		if all := strings.Join(texts, "|"); all != "Soạn dự thảo.|Đã trình báo cáo.|Thiếu số liệu.|Đã có số liệu của các xã.|Đã bổ sung.|Tốt." {
			d.Errorf("said: %q", all)
		}
		entries, err := journal.Of(d.read(), d.agency, w.Ref())
		if last := entries[len(entries)-1]; err != nil || last.Kind != task.Finished || last.Amount != 0 || last.DueOn != day("2026-11-27") {
			d.Errorf("last entry %+v %v", last, err)
		}
		d.do("thang", func(a *journal.Act) error {
			return task.Reopen(a, w.ID, "Cấp trên yêu cầu bổ sung.", day("2026-12-04"))
		})
		if w = d.get(w); w.State != task.WorkOpen || w.Reopened != 1 || w.Lead().State != task.StateStarted {
			d.Fatalf("reopened: %+v", w)
		}
		d.sound()
	})
}

// Whoever stands in for the giver does not confirm his own work by it.
func TestReturnsGoBackToWhoeverGave(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("thang", "CS", "2026-11-20", "NV")
		d.inside(w, "lam", "hai", "2026-11-18")
		var request int64
		ask := func(by string) {
			d.do(by, func(a *journal.Act) (err error) {
				request, err = task.AskReturn(a, d.lead(w).ID, "Không thuộc nhiệm vụ.")
				return err
			})
		}
		ask("hai")
		d.refused("thang", "quyền", func(a *journal.Act) error { return task.DecideReturn(a, request, true, "") })
		d.do("lam", func(a *journal.Act) error { return task.DecideReturn(a, request, true, "") })
		if s := d.lead(w); s.Holder != d.person("lam") || s.DueOn != day("2026-11-20") || s.State != task.StateGiven {
			d.Errorf("back to the head: %+v", s)
		}
		ask("lam")
		if all, err := task.Askings(d.read(), d.agency, d.person("thang")); err != nil || len(all) != 1 || all[0].Request.ID != request || all[0].Title == "" {
			d.Errorf("before the giver: %+v %v", all, err)
		}
		d.do("thang", func(a *journal.Act) error { return task.DecideReturn(a, request, true, "") })
		w = d.get(w)
		if w.State != task.WorkDropped || w.Lead().State != task.StateReturned || w.Shares[1].State != task.StateDropped {
			d.Errorf("returned: %+v", w)
		}

		// Agreeing and naming the new lead at once; the old one keeps the lateness.
		w = d.give("thang", "CS", "2026-11-18", "NV")
		d.clock.Set(t, "2026-11-19 08:00")
		ask("lam")
		d.refused("thang", "Hạn cũ đã qua", func(a *journal.Act) error {
			_, err := task.ChangeLead(a, w.ID, task.Assignee{Unit: d.unit("NV")}, "Đúng nhiệm vụ.")
			return err
		})
		d.do("thang", func(a *journal.Act) error {
			_, err := task.ChangeLead(a, w.ID, task.Assignee{Unit: d.unit("NV"), Due: day("2026-11-23")}, "Đúng nhiệm vụ.")
			return err
		})
		w = d.get(w)
		if lead := w.Lead(); lead.Holder != d.person("khoi") || lead.OuterOn != day("2026-11-23") || lead.Late(d.clock.Now()) {
			d.Errorf("new lead: %+v", lead)
		}
		if qs, err := task.Requests(d.read(), d.agency, w.ID); err != nil || len(qs) != 1 || qs[0].State != "granted" {
			d.Errorf("requests: %+v %v", qs, err)
		}
		d.sound()
	})
}

func TestCooperationInsideIsConfirmedByTheHead(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("thang", "CS", "2026-11-20")
		d.do("lam", func(a *journal.Act) error {
			_, err := task.AssignInside(a, d.lead(w).ID, d.person("hai"), []task.Assignee{{Person: d.person("ha"), Due: day("2026-11-18")}}, day("2026-11-19"), "Cùng làm.")
			return err
		})
		child := d.get(w).Shares[1]
		if child.Parent != d.lead(w).ID || child.Holder != d.person("ha") || child.DueOn != day("2026-11-18") {
			d.Fatalf("child: %+v", child)
		}
		d.do("ha", func(a *journal.Act) error { return task.Report(a, child.ID, "Đã gửi số liệu.", "") })
		waiting, err := task.Waiting(d.read(), d.dir(), d.person("lam"), d.clock.Today())
		if err != nil || len(waiting) != 1 || waiting[0].Share != child.ID {
			d.Errorf("waiting: %+v %v", waiting, err)
		}
		d.refused("hai", "quyền", func(a *journal.Act) error { return task.Confirm(a, child.ID, "") })
		d.do("lam", func(a *journal.Act) error { return task.Confirm(a, child.ID, "") })
		d.do("hai", func(a *journal.Act) error { return task.Report(a, d.lead(w).ID, "Xong.", "") })
		d.do("thang", func(a *journal.Act) error { return task.Confirm(a, d.lead(w).ID, "") })
		d.sound()
	})
}

// What was assigned inside a share follows it: to an earlier day, and out of the work.
func TestWhatIsInsideAShareFollowsIt(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("thang", "CS", "2026-11-27")
		assign := func(due string, coop ...task.Assignee) {
			d.do("lam", func(a *journal.Act) error {
				_, err := task.AssignInside(a, d.lead(w).ID, d.person("hai"), coop, day(due), "Cùng làm.")
				return err
			})
		}
		child := func() task.Share { w = d.get(w); return w.Shares[len(w.Shares)-1] }
		assign("2026-11-26", task.Assignee{Person: d.person("ha")})
		assign("2026-11-25")
		if s := child(); s.Holder != d.person("ha") || s.DueOn != day("2026-11-25") {
			d.Errorf("after an earlier inner day: %+v", s)
		}
		d.do("thang", func(a *journal.Act) error {
			_, err := task.ChangeDue(a, d.lead(w).ID, day("2026-11-20"), "Cấp trên cần sớm.")
			return err
		})
		if s := child(); s.DueOn != day("2026-11-20") || s.OuterOn != day("2026-11-20") || s.OuterFirst != day("2026-11-26") {
			d.Errorf("after an earlier outer day: %+v", s)
		}
		id := child().ID
		d.do("thang", func(a *journal.Act) error {
			_, err := task.ChangeLead(a, w.ID, task.Assignee{Unit: d.unit("NV")}, "Đúng nhiệm vụ.")
			return err
		})
		w = d.get(w)
		if s := w.Share(id); s.State != task.StateDropped {
			d.Errorf("after the lead was changed: %+v", s)
		}
		d.sound()
	})
}

func TestAnEarlierOuterDayTakesTheInnerAlong(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("thang", "CS", "2026-11-27")
		d.inside(w, "lam", "hai", "2026-11-26")
		d.do("thang", func(a *journal.Act) error {
			_, err := task.ChangeDue(a, d.lead(w).ID, day("2026-11-20"), "Cấp trên cần sớm.")
			return err
		})
		if s := d.lead(w); s.OuterOn != day("2026-11-20") || s.DueOn != day("2026-11-20") || s.OuterFirst != day("2026-11-27") {
			d.Errorf("%+v", s)
		}
		d.do("lam", func(a *journal.Act) error {
			_, err := task.ChangeDue(a, d.lead(w).ID, day("2026-11-19"), "Cần thời gian soát.")
			return err
		})
		var q int64
		d.do("hai", func(a *journal.Act) (err error) {
			q, err = task.AskExtension(a, d.lead(w).ID, day("2026-11-20"), "Chờ số liệu.")
			return err
		})
		d.refused("thang", "quyền", func(a *journal.Act) error { return task.DecideExtension(a, q, true, 0, "") })
		d.do("lam", func(a *journal.Act) error { return task.DecideExtension(a, q, true, 0, "") })
		d.sound()
	})
}

func TestUrgingIsCountedOncePerDayAndKind(t *testing.T) {
	each(t, func(d *desk) {
		w, other := d.give("thang", "CS", "2026-11-17"), d.give("thang", "NV", "2026-11-17")
		ids := []int64{d.lead(w).ID, d.lead(other).ID}
		urge := func(by, kind, text string) (n int) {
			d.do(by, func(a *journal.Act) (err error) { n, err = task.Urge(a, ids, kind, text); return err })
			return n
		}
		d.clock.Set(t, "2026-11-18 08:00")
		if n := urge("thang", task.Remind, ""); n != 2 {
			d.Errorf("urged %d", n)
		}
		if n := urge("thang", task.Remind, ""); n != 0 {
			d.Errorf("urged again %d", n)
		}
		if n := urge("minh", task.Criticise, "Chậm."); n != 2 {
			d.Errorf("urged by another %d", n)
		}
		d.refused("hai", "quyền", func(a *journal.Act) error { _, err := task.Urge(a, ids, task.Remind, ""); return err })
		d.refused("thang", "hình thức", func(a *journal.Act) error { _, err := task.Urge(a, ids, "auto", ""); return err })
		if s := d.lead(w); s.Urged != 2 {
			d.Errorf("counted %d", s.Urged)
		}
		d.do("lam", func(a *journal.Act) error { return task.Report(a, ids[0], "Xong.", "") })
		d.clock.Set(t, "2026-11-19 08:00")
		if n := urge("thang", task.Remind, ""); n != 1 {
			d.Errorf("a reported share was urged: %d", n)
		}
		d.sound()
	})
}

// T20: seven working days from Thursday 23/04/2026 end on Thursday 07/05.
func TestDefaultDays(t *testing.T) {
	d := newDesk(t, storetest.Open(t), "2026-04-23 09:00")
	for urgency, want := range []string{"2026-05-07", "2026-04-28", "2026-04-24", "2026-04-23"} {
		if due := task.DefaultDue(d.dir(), urgency, d.clock.Now()); due.On != day(want) {
			t.Errorf("urgency %d: %s, want %s", urgency, due.On, want)
		}
	}
}

func TestTheReportClosesWhereTheAgencySaysSo(t *testing.T) {
	each(t, func(d *desk) {
		d.do("minh", func(a *journal.Act) error { return org.ChangeSetting(a, "task.close_needs_confirmation", "off") })
		w := d.give("thang", "CS", "2026-11-20")
		d.do("lam", func(a *journal.Act) error { return task.Report(a, d.lead(w).ID, "Xong.", "") })
		if w = d.get(w); w.State != task.WorkDone {
			d.Errorf("%+v", w)
		}
		d.sound()
	})
}

func TestTakingOverKeepsDayAndOutcome(t *testing.T) {
	each(t, func(d *desk) {
		given := time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
		take := func(p task.Past) error {
			return d.try("lan", func(a *journal.Act) error { _, err := task.TakeOver(a, p); return err })
		}
		past := task.Past{Title: "Việc cũ", Source: "incoming/1", Lead: task.Assignee{Unit: d.unit("CS")}, GivenAt: given, Due: day("2026-03-10"), DoneAt: given.AddDate(0, 0, 10)}
		if err := take(past); err != nil {
			d.Fatal(err)
		}
		past.DoneAt = time.Time{}
		if err := take(past); err != nil {
			d.Fatal(err)
		}
		past.DoneAt = given.AddDate(0, 0, -1)
		if err := take(past); err == nil {
			d.Error("finished before it was given")
		}
		works, err := task.OfSource(d.read(), d.agency, "incoming/1")
		if err != nil || len(works) != 2 || !works[0].Lead().Late(d.clock.Now()) || !works[1].Lead().Late(d.clock.Now()) {
			d.Errorf("%+v %v", works, err)
		}
		d.sound()
	})
}
