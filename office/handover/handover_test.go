// SPDX-License-Identifier: Apache-2.0

package handover_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/handover"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/org/orgtest"
	"soviec/office/task"
)

type desk struct {
	testing.TB
	book   *journal.Book
	clock  *orgtest.Clock
	agency int64
	who    map[string]journal.Holder
}

func newDesk(t testing.TB, db *store.DB) *desk {
	book, clock := orgtest.Book(t, db, "2026-11-16 08:00") // a Monday
	agency, who := orgtest.Found(t, book)
	return &desk{t, book, clock, agency, who}
}

func each(t *testing.T, f func(d *desk)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) { f(newDesk(t, db)) })
}

func (d *desk) read() store.Reader            { return d.book.DB.Read(context.Background()) }
func (d *desk) dir() *org.Directory           { return orgtest.Directory(d, d.book, d.agency) }
func (d *desk) unit(short string) int64       { return orgtest.Unit(d, d.book, d.agency, short).ID }
func (d *desk) person(name string) int64      { return d.who[name].Person }
func (d *desk) rights(name string) org.Rights { return d.dir().Rights(d.person(name), d.clock.Today()) }
func day(s string) civil.Date                 { return civil.MustParse(s) }

func (d *desk) try(name string, f func(*journal.Act) error) error {
	return d.book.Do(context.Background(), d.who[name], f)
}

func (d *desk) do(name string, f func(*journal.Act) error) {
	d.Helper()
	if err := d.try(name, f); err != nil {
		d.Fatalf("%s: %v", name, err)
	}
}

func (d *desk) refused(name, words string, f func(*journal.Act) error) {
	d.Helper()
	if err := d.try(name, f); err == nil || !strings.Contains(fault.Text(err), words) {
		d.Errorf("%s: want a refusal with %q, have %v", name, words, err)
	}
}

func (d *desk) give(name string, o task.Order) (w task.Work) {
	d.Helper()
	d.do(name, func(a *journal.Act) (err error) { w, err = task.Give(a, o); return err })
	return w
}

func (d *desk) lead(w task.Work) task.Share {
	d.Helper()
	w, err := task.Get(d.read(), d.agency, w.ID)
	if err != nil {
		d.Fatal(err)
	}
	return *w.Lead()
}

func (d *desk) over(name string, h handover.Handing) (r handover.Receipt) {
	d.Helper()
	d.do(name, func(a *journal.Act) (err error) { r, err = handover.HandOver(a, h); return err })
	return r
}

func (d *desk) sound() {
	d.Helper()
	for _, check := range []func(store.Reader, int64, func(string)) error{task.Check, handover.Check} {
		if err := check(d.read(), d.agency, func(s string) { d.Errorf("verify: %s", s) }); err != nil {
			d.Fatal(err)
		}
	}
}

func TestAPersonsWorkPassesWithAReceipt(t *testing.T) {
	each(t, func(d *desk) {
		p := func(name string) handover.Party { return handover.Party{Person: d.person(name)} }
		late := d.give("thang", task.Order{Title: "Việc trễ", Lead: task.Assignee{Person: d.person("hai")}, Due: task.Due{On: day("2026-11-17")}})
		asked := d.give("thang", task.Order{Title: "Việc xin lùi hạn", Lead: task.Assignee{Person: d.person("hai")}, Due: task.Due{On: day("2026-11-27")}})
		reported := d.give("thang", task.Order{Title: "Việc đã báo cáo", Lead: task.Assignee{Person: d.person("hai")}, Due: task.Due{On: day("2026-11-27")}})
		d.do("hai", func(a *journal.Act) error {
			_, err := task.AskExtension(a, d.lead(asked).ID, day("2026-12-01"), "Chờ số liệu.")
			return err
		})
		d.do("hai", func(a *journal.Act) error { return task.Report(a, d.lead(reported).ID, "Xong.", "") })
		d.clock.Set(d, "2026-11-19 08:00")
		all := handover.Handing{From: p("hai"), To: p("ha"), Reason: "Đồng chí Hải chuyển công tác."}

		d.refused("hai", "quyền", func(a *journal.Act) error { _, err := handover.HandOver(a, all); return err })
		d.refused("xuan", "quyền", func(a *journal.Act) error { _, err := handover.HandOver(a, all); return err })
		d.refused("lam", "quyền", func(a *journal.Act) error {
			_, err := handover.HandOver(a, handover.Handing{From: p("hai"), To: p("anh"), Reason: "Chuyển phòng."})
			return err
		})
		d.refused("lam", "Lý do", func(a *journal.Act) error {
			_, err := handover.HandOver(a, handover.Handing{From: p("hai"), To: p("ha")})
			return err
		})
		r := d.over("lam", all)
		if r.Number != 1 || r.Count != 3 || r.Late() != 1 {
			d.Errorf("%+v", r)
		}
		for _, w := range []task.Work{late, asked, reported} {
			s := d.lead(w)
			if s.Holder != d.person("ha") || s.DueOn != w.Lead().DueOn || s.OuterFirst != w.Lead().OuterFirst {
				d.Errorf("%s: %+v", w.Title, s)
			}
		}
		if s := d.lead(reported); s.State != task.StateReported {
			d.Errorf("a confirmation that was waiting: %+v", s)
		}
		if left, err := task.Mine(d.read(), d.agency, d.person("hai")); err != nil || len(left) != 0 {
			d.Errorf("left behind: %+v %v", left, err)
		}
		if q, err := task.Askings(d.read(), d.agency, d.person("thang")); err != nil || len(q) != 1 || q[0].Holder != d.person("ha") {
			d.Errorf("the request goes along: %+v %v", q, err)
		}
		// Two days late were the old holder's; what follows is the new one's.
		d.clock.Set(d, "2026-11-20 08:00")
		held, err := task.Holdings(d.read(), d.agency, []int64{d.lead(late).ID})
		if err != nil {
			d.Fatal(err)
		}
		parts := task.WhoseTime(held[d.lead(late).ID], nil, d.lead(late).DueAt, d.clock.Now(), d.dir().Calendar)
		length := d.dir().Calendar.DayLength(day("2026-11-19"))
		if len(parts) != 2 || parts[0].Person != d.person("hai") || parts[0].Late.Round(1e9*1800) < length || parts[1].Late > length {
			d.Errorf("%+v", parts)
		}

		got, err := handover.Get(d.read(), d.dir(), d.rights("ha"), r.ID)
		if err != nil || len(got.Items) != 3 || got.Late() != 1 {
			d.Fatalf("%+v %v", got, err)
		}
		lines := got.Lines(d.dir())
		if lines[0].Title != "Việc trễ" || lines[0].Late != "quá hạn 2 ngày làm việc khi bên giao giữ" || lines[0].From != "Lý Thanh Hải" || lines[0].To != "Bế Ngọc Hà" {
			d.Errorf("%+v", lines[0])
		}
		if _, err := handover.Get(d.read(), d.dir(), d.rights("anh"), r.ID); !fault.Is(err, fault.KindNotFound) {
			d.Errorf("a stranger reads the receipt: %v", err)
		}
		if told, err := notice.List(d.read(), d.agency, d.person("ha"), 0, 20); err != nil || len(told) != 1 || !strings.Contains(told[0].Text, "nhận 3 việc") {
			d.Errorf("told %+v %v", told, err)
		}
		if w, err := handover.Waiting(d.read(), d.rights("ha")); err != nil || len(w) != 1 {
			d.Errorf("%+v %v", w, err)
		}
		d.refused("hai", "Chỉ bên nhận", func(a *journal.Act) error { return handover.Acknowledge(a, r.ID, "") })
		d.refused("lam", "Chỉ bên nhận", func(a *journal.Act) error { return handover.Acknowledge(a, r.ID, "") })
		d.do("ha", func(a *journal.Act) error {
			return handover.Acknowledge(a, r.ID, "Thiếu hồ sơ giấy của một việc.")
		})
		d.refused("ha", "đã được ký nhận", func(a *journal.Act) error { return handover.Acknowledge(a, r.ID, "") })
		d.refused("lam", "không có việc nào", func(a *journal.Act) error { _, err := handover.HandOver(a, all); return err })
		d.sound()
	})
}

func TestNobodyComesToAcceptHisOwnByAHandover(t *testing.T) {
	each(t, func(d *desk) {
		d.give("lam", task.Order{Title: "Việc trưởng phòng giao", Lead: task.Assignee{Person: d.person("hai")}, Due: task.Due{On: day("2026-11-27")}})
		other := d.give("thang", task.Order{Title: "Việc lãnh đạo giao", Lead: task.Assignee{Person: d.person("hai")}, Due: task.Due{On: day("2026-11-27")}})
		to := handover.Handing{From: handover.Party{Person: d.person("hai")}, To: handover.Party{Person: d.person("lam")}, Reason: "Nghỉ dài ngày."}
		d.refused("lam", "do chính người nhận giao", func(a *journal.Act) error { _, err := handover.HandOver(a, to); return err })
		if s := d.lead(other); s.Holder != d.person("hai") {
			d.Errorf("half of it has moved: %+v", s)
		}
		to.Shares = []int64{d.lead(other).ID}
		d.over("lam", to)
		to.Shares = []int64{d.lead(other).ID}
		d.refused("lam", "không còn do bên giao giữ", func(a *journal.Act) error { _, err := handover.HandOver(a, to); return err })
		d.sound()
	})
}

// A leader who goes leaves nothing that only he could confirm.
func TestALeadersGivenWorkPassesOn(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("hoa", task.Order{Title: "Việc bà Hoa giao", Lead: task.Assignee{Person: d.person("hai")}, Due: task.Due{On: day("2026-11-27")}})
		d.do("hai", func(a *journal.Act) error { return task.Report(a, d.lead(w).ID, "Xong.", "") })
		h := handover.Handing{From: handover.Party{Person: d.person("hoa")}, To: handover.Party{Person: d.person("lam")}, Reason: "Nghỉ hưu."}
		h.To = handover.Party{Person: d.person("xuan")}
		d.refused("thang", "không phụ trách đơn vị", func(a *journal.Act) error { _, err := handover.HandOver(a, h); return err })
		h.To = handover.Party{Person: d.person("quy")}
		if r := d.over("thang", h); r.Count != 1 || r.Items[0].Kind != task.MovedGiven {
			d.Errorf("%+v", r)
		}
		if waits, err := task.Waiting(d.read(), d.dir(), d.person("quy"), d.clock.Today()); err != nil || len(waits) != 1 {
			d.Errorf("%+v %v", waits, err)
		}
		d.do("quy", func(a *journal.Act) error { return task.Confirm(a, d.lead(w).ID, "") })
		d.sound()
	})
}

func TestAUnitsWorkPassesToItsNewHead(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("thang", task.Order{Title: "Việc của phòng", Lead: task.Assignee{Unit: d.unit("CS")}, Due: task.Due{On: day("2026-11-27")}})
		d.do("lam", func(a *journal.Act) error {
			_, err := task.AssignInside(a, d.lead(w).ID, d.person("hai"), []task.Assignee{{Person: d.person("ha")}}, 0, "")
			return err
		})
		both := d.give("thang", task.Order{Title: "Hai phòng cùng làm", Lead: task.Assignee{Unit: d.unit("CS")}, Coop: []task.Assignee{{Unit: d.unit("KHTH")}}, Due: task.Due{On: day("2026-11-27")}})
		r := d.over("thang", handover.Handing{From: handover.Party{Unit: d.unit("CS")}, To: handover.Party{Unit: d.unit("KHTH")}, Reason: "Sắp xếp lại bộ máy."})
		if r.Count != 3 {
			d.Errorf("%+v", r.Items)
		}
		if s := d.lead(w); s.Unit != d.unit("KHTH") || s.Holder != d.person("xuan") || s.Person != 0 {
			d.Errorf("%+v", s)
		}
		now, err := task.Get(d.read(), d.agency, both.ID)
		if err != nil {
			d.Fatal(err)
		}
		if now.Lead().Holder != d.person("xuan") || now.Shares[1].State != task.StateDropped {
			d.Errorf("nobody has two roles in one work: %+v", now.Shares)
		}
		if parts := now.Parts(); parts[now.Lead().ID] != 10000 {
			d.Errorf("%v", parts)
		}
		d.refused("lan", "Chỉ bên nhận", func(a *journal.Act) error { return handover.Acknowledge(a, r.ID, "") })
		d.do("xuan", func(a *journal.Act) error { return handover.Acknowledge(a, r.ID, "") })
		d.sound()
	})
}

// Five hundred open shares in every state and role go over and back: nothing is left,
// nothing double, no day moved.
func TestFiveHundredGoOverAndBack(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		dues := []civil.Date{0, day("2026-11-17"), day("2026-11-20"), day("2026-12-18")}
		heads := []string{"lam", "xuan", "nga"}
		units := map[string]string{"lam": "CS", "xuan": "KHTH", "nga": "TTĐB"}
		g := rapid.Custom(func(t *rapid.T) task.Order {
			head := rapid.SampledFrom(heads).Draw(t, "other")
			o := task.Order{Lead: task.Assignee{Person: d.person("hai")}, Due: task.Due{On: rapid.SampledFrom(dues).Draw(t, "due")}}
			switch rapid.IntRange(0, 3).Draw(t, "role") {
			case 1:
				o.Lead, o.Coop = task.Assignee{Unit: d.unit("NV")}, []task.Assignee{{Person: d.person("hai")}}
			case 2:
				o.Coop = []task.Assignee{{Person: d.person("ha")}, {Unit: d.unit(units[head])}}
			case 3:
				o.Info = []task.Assignee{{Person: d.person("ha")}}
			}
			return o
		})
		d.do("thang", func(a *journal.Act) error {
			for i := range 500 {
				o := g.Example(i)
				o.Title = fmt.Sprintf("Việc %d", i)
				if _, err := task.Give(a, o); err != nil {
					return err
				}
			}
			return nil
		})
		mine := func(name string) map[int64]task.Piece {
			all, err := task.Mine(d.read(), d.agency, d.person(name))
			if err != nil {
				t.Fatal(err)
			}
			out := map[int64]task.Piece{}
			for _, p := range all {
				out[p.Work] = p
			}
			if len(out) != len(all) {
				t.Fatalf("%s has %d shares in %d works", name, len(all), len(out))
			}
			return out
		}
		before, others := mine("hai"), mine("ha")
		i := 0
		for _, p := range before { // some have begun, some wait for confirmation
			if i++; i%3 == 0 {
				d.do("hai", func(a *journal.Act) error { return task.Start(a, p.Share) })
			}
			if i%7 == 0 && p.Role == task.Lead {
				d.do("hai", func(a *journal.Act) error { return task.Report(a, p.Share, "Xong.", "") })
			}
		}
		before = mine("hai")
		d.clock.Set(t, "2026-11-19 08:00")
		r := d.over("lam", handover.Handing{From: handover.Party{Person: d.person("hai")}, To: handover.Party{Person: d.person("ha")}, Reason: "Bàn giao."})
		if r.Count != len(before) || len(before) != 500 || len(mine("hai")) != 0 {
			t.Fatalf("%d of %d moved, %d left", r.Count, len(before), len(mine("hai")))
		}
		after := mine("ha")
		if len(after) != 500 {
			t.Fatalf("%d works arrived", len(after))
		}
		for id, was := range before {
			is, ok := after[id]
			if !ok || is.DueOn != was.DueOn || is.OuterOn != was.OuterOn || is.OuterFirst != was.OuterFirst {
				t.Errorf("work %d: %+v, was %+v", id, is, was)
			}
			if both := others[id]; both.Share == 0 && is.State != was.State {
				t.Errorf("work %d is %s, was %s", id, is.State, was.State)
			}
		}
		for _, it := range r.Items {
			if wasLate := !it.DueOn.IsZero() && it.DueOn.Before(day("2026-11-19")) && it.State != task.StateReported; (it.DaysLate > 0) != wasLate {
				t.Errorf("%+v", it)
			}
		}
		d.sound()
		back := d.over("lam", handover.Handing{From: handover.Party{Person: d.person("ha")}, To: handover.Party{Person: d.person("hai")}, Reason: "Trở lại."})
		if back.Count != 500 || len(mine("hai")) != 500 || len(mine("ha")) != 0 || back.Number != 2 {
			t.Errorf("%d came back", back.Count)
		}
		d.sound()
	})
}

func TestLoadAndItsWarnings(t *testing.T) {
	each(t, func(d *desk) {
		product := func(minutes int64) task.Product {
			return task.Product{ID: 1, Name: "Báo cáo", Quantity: 1000, Norm: minutes}
		}
		give := func(due string, minutes int64) task.Work {
			o := task.Order{Title: "Việc", Lead: task.Assignee{Person: d.person("hai")}, Product: product(minutes)}
			if due != "" {
				o.Due.On = day(due)
			}
			return d.give("thang", o)
		}
		give("2026-11-17", 480)
		give("2026-11-20", 960)
		give("2026-12-18", 480)
		give("", 0)
		split := give("2026-11-20", 600)
		d.do("lam", func(a *journal.Act) error {
			_, err := task.Give(a, task.Order{Title: "Phần", Lead: task.Assignee{Person: d.person("ha")}, Parent: d.lead(split).ID, Product: product(120)})
			return err
		})
		done := give("2026-11-19", 480)
		d.do("hai", func(a *journal.Act) error { return task.Report(a, d.lead(done).ID, "Xong.", "") })
		d.do("lam", func(a *journal.Act) error {
			_, err := org.DeclareAbsence(a, org.NewAbsence{Person: d.person("hai"), From: day("2026-11-23"), To: day("2026-11-24"), Reason: "Tập huấn"})
			return err
		})
		d.clock.Set(t, "2026-11-18 08:00")
		board := task.NewBoard(d.book)
		loads := func() map[int64]handover.Load {
			p, err := board.Of(t.Context(), d.agency)
			if err != nil {
				t.Fatal(err)
			}
			return handover.Loads(p, d.dir(), d.clock.Now(), []int64{d.person("hai"), d.person("ha"), d.person("anh")})
		}
		l := loads()[d.person("hai")]
		if l.Open != 6 || l.Late != 1 || l.Week != 2 || l.Undated != 1 || l.Waiting != 1 || l.Minutes != 480+960+480 || l.WeekTime != 480+960 || len(l.Absences) != 1 {
			d.Errorf("%+v", l)
		}
		if l := loads()[d.person("ha")]; l.Open != 1 || l.Minutes != 120 {
			d.Errorf("%+v", l)
		}
		if l := loads()[d.person("anh")]; l.Open != 0 || l.Person != d.person("anh") {
			d.Errorf("%+v", l)
		}
		warn := func(due string, minutes int64) string {
			return strings.Join(handover.Warnings(d.dir(), l, d.clock.Now(), d.dir().Calendar.EndOfDay(day(due)), minutes), "|")
		}
		for _, c := range []struct {
			due     string
			minutes int64
			has     []string
			not     []string
		}{
			{"2026-11-20", 480, []string{"Quá tải: việc đến hạn trước hoặc trong ngày 20/11/2026", "đang có 1 việc quá hạn"}, []string{"vắng", "Giao gấp"}},
			{"2026-11-24", 0, []string{"Hạn 24/11/2026 rơi vào thời gian ông Lý Thanh Hải vắng mặt (23/11/2026 đến 24/11/2026); chưa có người làm thay."}, nil},
			{"2026-11-27", 60 * 60, []string{"Giao gấp: đến hạn ông Lý Thanh Hải còn 47 giờ 30 phút làm việc, định mức là 60 giờ", "Ông Lý Thanh Hải vắng mặt từ 23/11/2026"}, nil},
			{"2026-12-18", 0, nil, []string{"Giao gấp"}},
		} {
			got := warn(c.due, c.minutes)
			for _, w := range c.has {
				if !strings.Contains(got, w) {
					d.Errorf("%s: %q lacks %q", c.due, got, w)
				}
			}
			for _, w := range c.not {
				if strings.Contains(got, w) {
					d.Errorf("%s: %q has %q", c.due, got, w)
				}
			}
		}
		d.do("minh", func(a *journal.Act) error { return org.ChangeSetting(a, "task.load_open", "5") })
		if got := warn("2026-12-18", 0); !strings.Contains(got, "đang giữ 5 việc chưa xong (mức cảnh báo của cơ quan: 5)") {
			d.Errorf("%q", got)
		}
	})
}
