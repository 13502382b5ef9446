// SPDX-License-Identifier: Apache-2.0

package task_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/org/orgtest"
	"soviec/office/task"
)

func (d *desk) sweep(book *journal.Book) error {
	return book.Do(context.Background(), journal.Holder{Agency: d.agency, System: true}, func(a *journal.Act) error {
		_, err := task.Sweep(a, a.Day())
		return err
	})
}

// autos are the reminders of a work as "day band person", sorted.
func (d *desk) autos(w task.Work) []string {
	d.Helper()
	all, err := task.Urgings(d.read(), d.agency, w.ID)
	if err != nil {
		d.Fatal(err)
	}
	var out []string
	for _, u := range all {
		if u.Kind == "auto" {
			out = append(out, fmt.Sprintf("%s %s %d", u.Day, u.Band, u.Person))
		}
	}
	slices.Sort(out)
	return out
}

func TestTheMorningSweepByHand(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("thang", "CS", "2026-11-19")
		d.inside(w, "lam", "hai", "")
		d.do("minh", func(a *journal.Act) error {
			_, err := org.DeclareAbsence(a, org.NewAbsence{Person: d.person("hai"), StandIn: d.person("ha"), From: day("2026-11-19"), To: day("2026-11-19"), Reason: "Ốm"})
			return err
		})
		for _, morning := range []string{"16", "17", "18", "19", "20", "21", "23", "25"} { // 21 is a Saturday, 24 a holiday
			d.clock.Set(t, "2026-11-"+morning+" 07:00")
			if err := d.sweep(d.book); err != nil {
				d.Fatal(err)
			}
		}
		hai, lam, thang := d.person("hai"), d.person("lam"), d.person("thang")
		want := []string{
			fmt.Sprintf("2026-11-17 before %d", hai), fmt.Sprintf("2026-11-19 today %d", hai),
			fmt.Sprintf("2026-11-20 late %d", hai), fmt.Sprintf("2026-11-20 head %d", lam),
			fmt.Sprintf("2026-11-23 late %d", hai),
			fmt.Sprintf("2026-11-25 late %d", hai), fmt.Sprintf("2026-11-25 giver %d", thang),
		}
		slices.Sort(want)
		if have := d.autos(w); !slices.Equal(have, want) {
			d.Errorf("have %q\nwant %q", have, want)
		}
		told, err := notice.List(d.read(), d.agency, d.person("ha"), 0, 10)
		if err != nil || len(told) != 1 || told[0].Text != "(Thay ông Lý Thanh Hải) “Báo cáo tình hình thực hiện chính sách” đến hạn hôm nay." {
			d.Errorf("the stand-in was told %+v %v", told, err)
		}
		d.sound()
	})
}

// A piece of work as the naive model of the sweep knows it.
type swept struct {
	work     task.Work
	due      civil.Date
	holder   int64
	head     int64
	giver    int64
	reported bool
	told     map[string]bool
}

// walk counts the working days after a up to and with b, a day at a time.
func walk(c *civil.Calendar, a, b civil.Date) int {
	n := 0
	for day := a.AddDays(1); day <= b; day = day.AddDays(1) {
		if c.WorkingDay(day) {
			n++
		}
	}
	return n
}

// calls is what the bands say, told in the plainest way.
func (s *swept) calls(c *civil.Calendar, day civil.Date) []string {
	if !c.WorkingDay(day) || s.reported || s.due.IsZero() {
		return nil
	}
	line := func(band string, person int64) string { return fmt.Sprintf("%s %s %d", day, band, person) }
	if s.due < day {
		late := walk(c, s.due, day)
		if late == 0 {
			return nil
		}
		out := []string{line("late", s.holder)}
		if late >= 1 && s.head != s.holder && !s.told["head"] {
			out, s.told["head"] = append(out, line("head", s.head)), true
		}
		if late >= 3 && !s.told["giver"] {
			out, s.told["giver"] = append(out, line("giver", s.giver)), true
		}
		return out
	}
	switch walk(c, day, s.due) {
	case 0:
		return []string{line("today", s.holder)}
	case 2:
		return []string{line("before", s.holder)}
	}
	return nil
}

// However late, often and at the same time the sweep runs, and in however many
// programs: on each day it leaves exactly the rows of the bands.
func TestSweepsLeaveExactlyTheRowsOfTheBands(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		round := 0
		rapid.Check(t, func(rt *rapid.T) {
			round++
			book, clock := orgtest.Book(t, db, "2026-11-02 07:00")
			agency, who := orgtest.FoundAs(t, book, fmt.Sprintf(".%d", round))
			d := &desk{TB: t, book: book, clock: clock, agency: agency, who: who}
			second := &journal.Book{DB: db, Clock: clock.Now} // another program
			cal := d.dir().Calendar

			var all []*swept
			for range rapid.IntRange(1, 5).Draw(rt, "works") {
				s := &swept{head: d.person("lam"), giver: d.person("thang"), told: map[string]bool{}}
				due := ""
				if n := rapid.IntRange(-1, 24).Draw(rt, "due"); n >= 0 {
					s.due = day("2026-11-02").AddDays(n)
					due = s.due.String()
				}
				s.work = d.give("thang", "CS", due)
				s.holder = s.head
				if rapid.Bool().Draw(rt, "inside") {
					d.inside(s.work, "lam", "hai", "")
					s.holder = d.person("hai")
				}
				all = append(all, s)
			}
			want := map[int64][]string{}
			morning := day("2026-11-02")
			for range rapid.IntRange(1, 12).Draw(rt, "mornings") {
				morning = morning.AddDays(rapid.IntRange(1, 4).Draw(rt, "pass"))
				clock.Set(t, morning.String()+" 07:00")
				for _, s := range all {
					if !s.reported && rapid.IntRange(0, 9).Draw(rt, "report") == 0 {
						d.do("lam", func(a *journal.Act) error { return task.Report(a, d.lead(s.work).ID, "Xong.", "") })
						s.reported = true
					}
				}
				for range rapid.IntRange(1, 2).Draw(rt, "again") {
					clock.Add(3600e9)
					var programs sync.WaitGroup
					var failed [2]error
					for i, b := range []*journal.Book{book, second} {
						programs.Go(func() { failed[i] = d.sweep(b) })
					}
					programs.Wait()
					if failed[0] != nil || failed[1] != nil {
						rt.Fatal(failed)
					}
				}
				for _, s := range all {
					want[s.work.ID] = append(want[s.work.ID], s.calls(cal, morning)...)
				}
			}
			for _, s := range all {
				have := d.autos(s.work)
				have = slices.DeleteFunc(have, func(l string) bool { return s.reported && slices.Contains(reminders(d, s), l) })
				slices.Sort(want[s.work.ID])
				if !slices.Equal(have, want[s.work.ID]) {
					rt.Fatalf("due %s: have %q\nwant %q", s.due, have, want[s.work.ID])
				}
			}
			if err := task.Check(d.read(), agency, func(s string) { rt.Errorf("verify: %s", s) }); err != nil {
				rt.Fatal(err)
			}
		})
	})
}

// reminders are the lines that tell the giver of a result that waits, which has a test of its own.
func reminders(d *desk, s *swept) []string {
	var out []string
	for _, l := range d.autos(s.work) {
		var on, band string
		var person int64
		if _, err := fmt.Sscan(l, &on, &band, &person); err == nil && band == "waiting" {
			out = append(out, l)
		}
	}
	return out
}

func TestAResultThatWaitsIsToldOfAgain(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("thang", "CS", "2026-11-17")
		d.do("lam", func(a *journal.Act) error { return task.Report(a, d.lead(w).ID, "Xong.", "") })
		for i := 1; i <= 14; i++ {
			d.clock.Set(t, day("2026-11-16").AddDays(i).String()+" 07:00")
			if err := d.sweep(d.book); err != nil {
				d.Fatal(err)
			}
		}
		thang := d.person("thang")
		want := []string{fmt.Sprintf("2026-11-19 waiting %d", thang), fmt.Sprintf("2026-11-25 waiting %d", thang), fmt.Sprintf("2026-11-30 waiting %d", thang)}
		if have := d.autos(w); !slices.Equal(have, want) {
			d.Errorf("have %q\nwant %q", have, want)
		}
	})
}

func TestOnlyTheProgramSweeps(t *testing.T) {
	each(t, func(d *desk) {
		d.refused("thang", "quyền", func(a *journal.Act) error { _, err := task.Sweep(a, a.Day()); return err })
	})
}
