// SPDX-License-Identifier: Apache-2.0

package task_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store/storetest"
	"soviec/office/org"
	"soviec/office/task"
)

func calendar(t testing.TB) *civil.Calendar {
	t.Helper()
	c, err := civil.NewCalendar(civil.ShippedRows(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// However a life is divided among holders, and whatever of it stood still: held and paused
// are all of it, and late is what lies beyond the day, neither more nor less.
func TestWhoseTimeIsExact(t *testing.T) {
	t.Parallel()
	cal := calendar(t)
	rapid.Check(t, func(rt *rapid.T) {
		minutes := func(label string, most int) time.Duration {
			return time.Duration(rapid.IntRange(0, most).Draw(rt, label)) * time.Minute
		}
		start := moment("2026-11-02", 8, 0)
		var held []task.Holding
		at := start
		for range rapid.IntRange(1, 6).Draw(rt, "steps") {
			to := at.Add(minutes("held", 6000))
			held = append(held, task.Holding{Person: int64(rapid.IntRange(1, 3).Draw(rt, "person")), From: at, To: to, Decides: rapid.IntRange(0, 3).Draw(rt, "decides") == 0})
			at = to
		}
		end := at
		if rapid.Bool().Draw(rt, "open") {
			held[len(held)-1].To = time.Time{}
			end = at.Add(minutes("now", 3000))
		}
		given := cal.AddWorkingTime(start, minutes("time given", 6000))
		// Pauses move the day when they have ended, as the office does.
		var pauses []task.PauseRow
		for range rapid.IntRange(0, 4).Draw(rt, "pauses") {
			from := start.Add(minutes("pause after", int(end.Sub(start)/time.Minute)))
			to := from.Add(minutes("pause for", 4000))
			if to.After(end) {
				to = end
			}
			pauses = append(pauses, task.PauseRow{From: from, To: to, State: task.PauseEnded, Counted: true})
		}
		off := naive(cal, pauses, start, end)
		due := cal.AddWorkingTime(given, off)
		if off == 0 {
			due = given
		}
		var sum, late time.Duration
		for _, p := range task.WhoseTime(held, pauses, due, end, cal) {
			if p.Held < 0 || p.Late < 0 || p.Late > p.Held {
				rt.Fatalf("%+v", p)
			}
			sum, late = sum+p.Held, late+p.Late
		}
		whole := cal.WorkingTime(start, end)
		if sum+off != whole {
			rt.Fatalf("held %s, paused %s of %s", sum, off, whole)
		}
		// All that was worked beyond the time given, without what stood still.
		if want := max(whole-off-cal.WorkingTime(start, given), 0); late != want {
			rt.Fatalf("late %s, want %s (of %s, paused %s, due %s)", late, want, whole, off, due)
		}
		// What is late is the last that was worked: whoever had it last answers first.
		for i := range held {
			held[i].Person = int64(100 + i)
		}
		for _, p := range slices.Backward(task.WhoseTime(held, pauses, due, end, cal)) {
			if p.Late != min(p.Held, late) {
				rt.Fatalf("%d is late %s of %s, %s were left", p.Person, p.Late, p.Held, late)
			}
			late -= p.Late
		}
	})
}

func TestWhoseTimeByHand(t *testing.T) {
	t.Parallel()
	cal := calendar(t)
	held := []task.Holding{
		{Person: 1, Unit: 5, From: moment("2026-11-16", 8, 0), To: moment("2026-11-17", 8, 0)},                // the head: a day
		{Person: 2, Unit: 5, From: moment("2026-11-17", 8, 0), To: moment("2026-11-20", 8, 0)},                // the officer: three
		{Person: 9, Unit: 1, From: moment("2026-11-20", 8, 0), To: moment("2026-11-23", 8, 0), Decides: true}, // the giver: one
		{Person: 2, Unit: 5, From: moment("2026-11-23", 8, 0), To: moment("2026-11-25", 8, 0)},                // again: one, the 24th is a holiday
	}
	pauses := []task.PauseRow{{From: moment("2026-11-18", 8, 0), To: moment("2026-11-19", 8, 0), State: task.PauseEnded, Counted: true}}
	parts := task.WhoseTime(held, pauses, moment("2026-11-19", 17, 30), moment("2026-11-25", 8, 0), cal)
	const d = 8 * time.Hour
	want := []task.Part{
		{Person: 1, Unit: 5, Role: task.PartDoes, Held: d},
		{Person: 2, Unit: 5, Role: task.PartDoes, Held: 3 * d, Late: d + 30*time.Minute}, // half an hour on the morning of the 20th
		{Person: 9, Unit: 1, Role: task.PartDecides, Held: d, Late: d},
	}
	if !slices.Equal(parts, want) {
		t.Errorf("have %+v\nwant %+v", parts, want)
	}
}

// With a stand-in the share is his for that time; an absence without one is told.
func TestStandInsHoldTheirTime(t *testing.T) {
	t.Parallel()
	d := newDesk(t, storetest.Open(t), "2026-11-16 08:00")
	w := d.give("thang", "CS", "2026-11-27")
	d.inside(w, "lam", "hai", "")
	d.do("minh", func(a *journal.Act) error {
		_, err := org.DeclareAbsence(a, org.NewAbsence{Person: d.person("hai"), StandIn: d.person("ha"), From: day("2026-11-18"), To: day("2026-11-19"), Reason: "Ốm"})
		return err
	})
	d.do("minh", func(a *journal.Act) error {
		_, err := org.DeclareAbsence(a, org.NewAbsence{Person: d.person("hai"), From: day("2026-11-23"), To: day("2026-11-23"), Reason: "Phép"})
		return err
	})
	d.at("2026-11-25 08:00")
	held, err := task.Holdings(d.read(), d.agency, []int64{d.lead(w).ID})
	if err != nil {
		t.Fatal(err)
	}
	parts := d.lead(w).WhoseTime(d.dir(), held[d.lead(w).ID], nil, d.clock.Now())
	const day = 8 * time.Hour
	// The 16th to the 24th are six working days: two of them the stand-in's.
	if len(parts) != 3 || parts[0].Role != task.PartForwards || parts[0].Held != 0 || parts[1].Held != 4*day || parts[1].Away != day ||
		parts[2].Person != d.person("ha") || parts[2].For != d.person("hai") || parts[2].Held != 2*day {
		t.Errorf("%+v", parts)
	}
}
