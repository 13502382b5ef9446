// SPDX-License-Identifier: Apache-2.0

package task_test

import (
	"context"
	"errors"
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
	work         task.Work
	inner, outer civil.Date
	holder       int64
	head         int64
	giver        int64
	superior     int64 // of the giver; 0 for none
	reported     civil.Date
	paused       bool // before its day
	told         map[string]civil.Date
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
	if !c.WorkingDay(day) {
		return nil
	}
	var out []string
	line := func(band string, person int64) {
		out, s.told[band] = append(out, fmt.Sprintf("%s %s %d", day, band, person)), day
		if band == "waiting" {
			s.told[fmt.Sprint(band, person)] = day
		}
	}
	if !s.reported.IsZero() {
		since := func(person int64) civil.Date { return max(s.reported, s.told[fmt.Sprint("waiting", person)]) }
		asked := walk(c, since(s.giver), day) >= 3
		above := s.superior != 0 && walk(c, s.reported, day) >= 6 && walk(c, since(s.superior), day) >= 3
		if asked {
			line("waiting", s.giver)
		}
		if above {
			line("waiting", s.superior)
		}
		return out
	}
	if s.inner.IsZero() || s.paused {
		return nil
	}
	if late := walk(c, s.inner, day); s.inner < day {
		if late > 0 {
			line("late", s.holder)
			if s.head != s.holder && s.told["head"].IsZero() {
				line("head", s.head)
			}
		}
	} else if left := walk(c, day, s.inner); left == 0 {
		line("today", s.holder)
	} else if left <= 2 && s.told["before"].IsZero() {
		// Two working days before; if no sweep ran then, on the next morning that comes.
		if left == 2 || walk(c, day0, s.inner) > 2 {
			line("before", s.holder)
		}
	}
	if s.outer < day && walk(c, s.outer, day) >= 3 && s.told["giver"].IsZero() && s.giver != s.holder {
		line("giver", s.giver)
	}
	return out
}

var day0 = day("2026-11-02") // everything is given on it

// However late, often and at the same time the sweep runs, in however many programs, and
// however often it is torn down half-way: on each day it leaves exactly the rows of the
// bands, and one notice for each of them.
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
				s := &swept{head: d.person("lam"), giver: d.person("thang"), told: map[string]civil.Date{}}
				giver := "thang"
				if rapid.Bool().Draw(rt, "deputy") {
					giver, s.giver, s.superior = "hoa", d.person("hoa"), d.person("thang")
				}
				due := ""
				if n := rapid.IntRange(-1, 24).Draw(rt, "due"); n >= 0 {
					s.outer = day0.AddDays(n)
					due = s.outer.String()
				}
				s.work = d.give(giver, "CS", due)
				s.holder, s.inner = s.head, s.outer
				if rapid.Bool().Draw(rt, "inside") {
					inner := ""
					if n := s.outer.Sub(day0); !s.outer.IsZero() && rapid.Bool().Draw(rt, "sooner") {
						s.inner = day0.AddDays(rapid.IntRange(0, n).Draw(rt, "inner"))
						inner = s.inner.String()
					}
					d.inside(s.work, "lam", "hai", inner)
					s.holder = d.person("hai")
				}
				all = append(all, s)
			}
			want := map[int64][]string{}
			morning := day0
			for range rapid.IntRange(1, 12).Draw(rt, "mornings") {
				morning = morning.AddDays(rapid.IntRange(1, 4).Draw(rt, "pass"))
				clock.Set(t, morning.String()+" 07:00")
				for _, s := range all {
					switch share := d.lead(s.work).ID; {
					case !s.reported.IsZero() || s.paused:
					case rapid.IntRange(0, 9).Draw(rt, "report") == 0:
						d.do("lam", func(a *journal.Act) error { return task.Report(a, share, "Xong.", "") })
						s.reported = morning
					case !s.inner.IsZero() && morning <= s.inner && rapid.IntRange(0, 9).Draw(rt, "pause") == 0:
						d.do("lam", func(a *journal.Act) error {
							_, err := task.Pause(a, share, task.Wait{Cause: "agency", WaitingFor: "Sở", ProofText: "Công văn số 1"})
							return err
						})
						s.paused = true
					}
				}
				for range rapid.IntRange(1, 2).Draw(rt, "again") {
					clock.Add(3600e9)
					if rapid.IntRange(0, 3).Draw(rt, "torn") == 0 {
						d.torn()
					}
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
			told := 0
			for _, s := range all {
				have := d.autos(s.work)
				slices.Sort(want[s.work.ID])
				if !slices.Equal(have, want[s.work.ID]) {
					rt.Fatalf("inner %s, outer %s: have %q\nwant %q", s.inner, s.outer, have, want[s.work.ID])
				}
				told += len(have)
			}
			if n := d.notices("task.due_"); n != told {
				rt.Fatalf("%d notices for %d reminders", n, told)
			}
			if err := task.Check(d.read(), agency, func(s string) { rt.Errorf("verify: %s", s) }); err != nil {
				rt.Fatal(err)
			}
		})
	})
}

// torn is a sweep of a program that ends before it could commit.
func (d *desk) torn() {
	d.Helper()
	end := errors.New("the power went")
	err := d.book.Do(context.Background(), journal.Holder{Agency: d.agency, System: true}, func(a *journal.Act) error {
		if _, err := task.Sweep(a, a.Day()); err != nil {
			return err
		}
		return end
	})
	if !errors.Is(err, end) {
		d.Fatal(err)
	}
}

// notices counts what was told in kinds that begin so.
func (d *desk) notices(kind string) int {
	d.Helper()
	n, err := store.One(d.read(), store.Value[int64], "SELECT COUNT(*) FROM notice_item WHERE agency = $1 AND substr(kind, 1, $2) = $3", d.agency, len(kind), kind)
	if err != nil {
		d.Fatal(err)
	}
	return int(n)
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
