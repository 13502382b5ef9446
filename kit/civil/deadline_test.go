// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"encoding/json"
	"math/big"
	"testing"
	"time"

	"pgregory.net/rapid"
	"soviec/kit/fault"
)

func instant(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, Zone)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// The table of section 3 of the calendar rules.
func TestDueVectors(t *testing.T) {
	c := Default()
	for _, v := range []struct {
		at               string
		n                int
		end, exact, next string
	}{
		{"2020-01-21 14:00", 2, "2020-01-30 17:30", "2020-01-30 14:00", "2020-01-30 14:00"},
		{"2020-01-21 15:30", 2, "2020-01-30 17:30", "2020-01-30 15:30", "2020-01-30 17:30"},
		{"2020-01-22 16:00", 5, "2020-02-05 17:30", "2020-02-05 16:00", "2020-02-05 17:30"},
		{"2020-04-29 09:00", 5, "2020-05-08 17:30", "2020-05-08 09:00", "2020-05-08 09:00"},
		{"2019-04-26 10:00", 3, "2019-05-04 17:30", "2019-05-04 10:00", "2019-05-04 10:00"},
		{"2025-04-25 08:00", 2, "2025-04-28 17:30", "2025-04-28 08:00", "2025-04-28 08:00"},
		{"2026-08-21 15:10", 2, "2026-08-24 17:30", "2026-08-24 15:10", "2026-08-24 17:30"},
		{"2026-02-13 17:00", 1, "2026-02-23 17:30", "2026-02-23 17:00", "2026-02-23 17:30"},
		{"2020-05-30 09:00", 5, "2020-06-08 17:30", "2020-06-05 17:30", "2020-06-05 17:30"},
		{"2020-03-02 11:45", 15, "2020-03-23 17:30", "2020-03-23 11:30", "2020-03-23 11:30"},
	} {
		late := Rule{Unit: WorkingDays, N: Whole(v.n), Method: Exact, Cutoff: "15:00", CutoffEffect: StartNextWorkingDay}
		for want, r := range map[string]Rule{
			v.end + " ": {Unit: WorkingDays, N: Whole(v.n)}, v.exact + "  ": {Unit: WorkingDays, N: Whole(v.n), Method: Exact}, v.next: late,
		} {
			checkDue(t, c, v.at, r, want)
		}
	}
}

func checkDue(t *testing.T, c *Calendar, at string, r Rule, want string) {
	t.Helper()
	want = want[:len("2006-01-02 15:04")]
	due, err := c.Due(instant(t, at), r)
	if err != nil || !due.Equal(instant(t, want)) {
		t.Errorf("%s %+v = %v, %v, want %s", at, r, due, err, want)
	}
}

func TestDueAtTheEdges(t *testing.T) {
	const next, back, forward = StartNextWorkingDay, ReturnNextWorkingDay, ForwardNextMorning
	days := func(n string, m Method, cut string, e CutoffEffect) Rule { return rule(t, WorkingDays, n, m, cut, e) }
	// 2026-11-20 is a Friday, Tuesday 24/11 a holiday, Saturday 22/8 is worked.
	for _, v := range []struct {
		at   string
		r    Rule
		want string
	}{
		// n = 0: the day of the start.
		{"2026-11-20 09:00", days("0", EndOfDay, "", ""), "2026-11-20 17:30"},
		{"2026-11-20 17:30", days("0", EndOfDay, "", ""), "2026-11-20 17:30"},
		{"2026-11-20 17:31", days("0", EndOfDay, "", ""), "2026-11-23 17:30"},
		{"2026-11-21 09:00", days("0", EndOfDay, "", ""), "2026-11-23 17:30"},
		{"2026-11-20 09:00", days("0", Exact, "", ""), "2026-11-20 09:00"},
		{"2026-11-20 11:45", days("0", Exact, "", ""), "2026-11-20 13:30"},
		{"2026-11-21 09:00", days("0", Exact, "", ""), "2026-11-23 07:30"},
		// The ends of shifts are working time, their outside is not.
		{"2026-11-20 17:30", days("1", EndOfDay, "", ""), "2026-11-23 17:30"},
		{"2026-11-20 17:31", days("1", EndOfDay, "", ""), "2026-11-25 17:30"},
		{"2026-11-20 17:30", days("1", Exact, "", ""), "2026-11-23 17:30"},
		{"2026-11-20 07:00", days("1", Exact, "", ""), "2026-11-20 17:30"},
		{"2026-11-20 07:00", days("1", EndOfDay, "", ""), "2026-11-23 17:30"},
		{"2026-11-20 13:30", days("1", Exact, "", ""), "2026-11-23 11:30"},
		{"2026-08-22 09:00", days("1", EndOfDay, "", ""), "2026-08-24 17:30"},
		{"2026-08-22 09:00", days("1", Exact, "", ""), "2026-08-24 09:00"},
		// Parts of a day.
		{"2026-11-20 09:00", days("0.5", Exact, "", ""), "2026-11-20 15:00"},
		{"2026-11-20 15:00", days("0.5", Exact, "", ""), "2026-11-23 09:00"},
		{"2026-11-20 07:30", days("0.5", Exact, "", ""), "2026-11-20 11:30"},
		{"2026-11-20 09:00", days("0.5", EndOfDay, "", ""), "2026-11-23 17:30"},
		{"2026-11-20 09:00", days("1.5", EndOfDay, "", ""), "2026-11-25 17:30"},
		// The cut-off: 15:00 itself is in time.
		{"2026-11-20 15:00", days("0", EndOfDay, "15:00", next), "2026-11-20 17:30"},
		{"2026-11-20 15:01", days("0", EndOfDay, "15:00", next), "2026-11-23 17:30"},
		{"2026-11-20 15:01", days("0", EndOfDay, "15:00", back), "2026-11-23 17:30"},
		{"2026-11-20 15:01", days("0", EndOfDay, "15:00", forward), "2026-11-20 17:30"},
		{"2026-11-20 15:01", days("0", EndOfDay, "15:00", NoEffect), "2026-11-20 17:30"},
		{"2026-11-20 15:01", days("1", EndOfDay, "15:00", next), "2026-11-23 17:30"},
		{"2026-11-20 15:01", days("1", Exact, "15:00", back), "2026-11-23 15:01"},
		{"2026-11-20 15:00", days("1", Exact, "15:00", next), "2026-11-23 15:00"},
		{"2026-11-20 15:01", days("1", Exact, "15:00", next), "2026-11-23 17:30"},
		{"2026-11-20 15:01", days("0", Exact, "15:00", next), "2026-11-23 07:30"},
		// Nobody is put off twice.
		{"2026-11-20 18:00", days("0", EndOfDay, "15:00", next), "2026-11-23 17:30"},
		{"2026-11-20 18:00", days("1", Exact, "15:00", next), "2026-11-23 17:30"},
		{"2026-11-21 16:00", days("0", EndOfDay, "15:00", back), "2026-11-23 17:30"},
		{"2026-11-21 16:00", days("1", Exact, "15:00", next), "2026-11-23 17:30"},
		{"2026-11-20 18:00", days("1", EndOfDay, "15:00", next), "2026-11-25 17:30"},
		// A cut-off between the shifts is judged by the receipt.
		{"2026-11-20 11:45", days("1", Exact, "12:00", next), "2026-11-23 11:30"},
		{"2026-11-20 12:30", days("1", Exact, "12:00", next), "2026-11-23 17:30"},
		{"2026-08-22 16:00", days("0", EndOfDay, "15:00", next), "2026-08-24 17:30"},
		// The other units.
		{"2026-11-20 09:00", rule(t, WorkingHours, "4", "", "", ""), "2026-11-20 15:00"},
		{"2026-11-20 09:00", rule(t, WorkingHours, "112", "", "", ""), "2026-12-11 09:00"},
		{"2026-11-20 16:00", rule(t, WorkingHours, "8", "", "15:00", next), "2026-11-23 17:30"},
		{"2026-11-20 09:00", rule(t, CalendarDays, "3", "", "", ""), "2026-11-23 17:30"},
		{"2026-11-20 09:00", rule(t, CalendarDays, "4", Exact, "", ""), "2026-11-25 17:30"},
		{"2026-11-21 09:00", rule(t, CalendarDays, "4", "", "", ""), "2026-11-27 17:30"},
		{"2026-11-20 16:00", rule(t, CalendarDays, "0", "", "15:00", back), "2026-11-23 17:30"},
		{"2026-01-30 09:00", rule(t, Months, "1", "", "", ""), "2026-03-02 17:30"},
		{"2026-01-12 09:00", rule(t, Months, "1.5", "", "", ""), "2026-02-27 17:30"},
	} {
		checkDue(t, Default(), v.at, v.r, v.want)
	}
}

func rule(t testing.TB, u Unit, n string, m Method, cut string, e CutoffEffect) Rule {
	t.Helper()
	q, err := ParseQuantity(n)
	if err != nil {
		t.Fatal(err)
	}
	return Rule{Unit: u, N: q, Method: m, Cutoff: cut, CutoffEffect: e}
}

func TestForwardMovesTheHandOverOnly(t *testing.T) {
	c := Default()
	r := Rule{Unit: WorkingDays, N: Whole(5), Cutoff: "15:00", CutoffEffect: ForwardNextMorning}
	for at, want := range map[string]string{
		"2026-11-20 15:01": "2026-11-23 07:30", "2026-11-20 14:00": "2026-11-20 14:00", "2026-11-21 14:00": "2026-11-23 07:30",
	} {
		if got := c.Forward(instant(t, at), r); !got.Equal(instant(t, want)) {
			t.Errorf("%s is handed over at %s, want %s", at, got, want)
		}
	}
}

func TestDueWithShorterDays(t *testing.T) {
	short, err := NewCalendar(nil, []Hours{{Shifts: []Shift{{450, 690}, {810, 1020}}}, {From: MustParse("2026-11-25"), To: MustParse("2026-11-25"), Shifts: []Shift{{450, 690}}}})
	if err != nil {
		t.Fatal(err)
	}
	long, err := NewCalendar(nil, []Hours{{Shifts: []Shift{{420, 690}, {780, 1080}}}})
	if err != nil {
		t.Fatal(err)
	}
	one := Rule{Unit: WorkingDays, N: Whole(1), Method: Exact}
	// 7.5 hours are a day: it does not slip into the next one.
	checkDue(t, short, "2026-11-19 07:30", one, "2026-11-19 17:00")
	checkDue(t, short, "2026-11-19 16:00", one, "2026-11-20 16:00")
	checkDue(t, short, "2026-11-19 07:30", Rule{Unit: WorkingDays, N: Half, Method: Exact}, "2026-11-19 11:15")
	// A half day is a day of its own length.
	checkDue(t, short, "2026-11-25 07:30", one, "2026-11-25 11:30")
	checkDue(t, short, "2026-11-24 07:30", Rule{Unit: WorkingDays, N: Whole(2), Method: Exact}, "2026-11-25 11:30")
	// Where the day is longer, eight hours are a day.
	checkDue(t, long, "2026-11-19 07:00", one, "2026-11-19 16:30")
	checkDue(t, long, "2026-11-19 17:00", one, "2026-11-20 15:30")
}

func TestRulesThatAreRefused(t *testing.T) {
	at := instant(t, "2026-11-20 09:00")
	for field, r := range map[string]Rule{
		"unit": {N: one}, "n": {Unit: WorkingDays, N: -1}, "method": {Unit: WorkingDays, Method: "soon"},
		"cutoff": {Unit: WorkingDays, CutoffEffect: ForwardNextMorning}, "cutoff_effect": {Unit: WorkingDays, CutoffEffect: "later"},
	} {
		_, err := Default().Due(at, r)
		if !fault.Is(err, fault.KindInvalid) || fault.All(err)[0].Field != field {
			t.Errorf("%+v: %v", r, err)
		}
	}
	for _, r := range []Rule{{Unit: Months, N: 1}, {Unit: WorkingDays, N: maxQuantity + 1}, {Unit: WorkingDays, Cutoff: "25:00"}} {
		if _, err := Default().Due(at, r); err == nil {
			t.Errorf("%+v was taken", r)
		}
	}
	for _, unit := range []Unit{WorkingDays, WorkingHours, CalendarDays, Months} {
		if due, err := Default().Due(At(MustParse("9998-12-31"), 9, 0), Rule{Unit: unit, N: Whole(90_000)}); err == nil {
			t.Errorf("%s beyond the calendar: %s", unit, due)
		}
	}
	if _, err := Default().Due(time.Time{}, Rule{Unit: WorkingDays}); err == nil {
		t.Error("a receipt at no time was taken")
	}
}

func drawInstant(t *rapid.T, name string) time.Time {
	return At(drawDate(t, name), 0, rapid.IntRange(0, 24*60-1).Draw(t, name+" minute"))
}

func drawRule(t *rapid.T) Rule {
	r := Rule{
		Unit:   rapid.SampledFrom([]Unit{WorkingDays, WorkingHours, CalendarDays, Months}).Draw(t, "unit"),
		N:      Quantity(rapid.IntRange(0, 40).Draw(t, "n")) * Half,
		Method: rapid.SampledFrom([]Method{EndOfDay, Exact}).Draw(t, "method"),
	}
	if rapid.Bool().Draw(t, "has cutoff") {
		r.Cutoff = clock(rapid.IntRange(0, 24*60-1).Draw(t, "cutoff"))
		r.CutoffEffect = rapid.SampledFrom([]CutoffEffect{NoEffect, StartNextWorkingDay, ReturnNextWorkingDay, ForwardNextMorning}).Draw(t, "effect")
	}
	return r
}

func mustDue(t *rapid.T, c *Calendar, at time.Time, r Rule) time.Time {
	due, err := c.Due(at, r)
	if err != nil {
		t.Fatal(err)
	}
	return due
}

func TestDueIsInWorkingTimeAndNotBeforeTheReceipt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, at, r := drawCalendar(t), drawInstant(t, "at"), drawRule(t)
		due := mustDue(t, c, at, r)
		if !c.NextWorkingInstant(due).Equal(due) {
			t.Fatalf("due %s lies outside working time", due)
		}
		if due.Before(at) {
			t.Fatalf("due %s before the receipt %s", due, at)
		}
	})
}

func TestOneMoreIsLater(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, at, r := drawCalendar(t), drawInstant(t, "at"), drawRule(t)
		more := r
		more.N += one
		a, b := mustDue(t, c, at, r), mustDue(t, c, at, more)
		if r.N == 0 && c.late(at, r) && r.CutoffEffect == ReturnNextWorkingDay {
			return // this rule puts off the same-day result alone, so a day more may well be sooner
		}
		byClock := r.Unit == WorkingHours || r.Unit == WorkingDays && r.Method == Exact
		// A same-day result that was put off meets the end of the first day; days of rest
		// give several calendar days one end.
		strict := byClock || r.Unit == WorkingDays && !(r.N == 0 && c.late(at, r))
		if b.Before(a) || strict && b.Equal(a) {
			t.Fatalf("%s: %s, with one more %s", at, a, b)
		}
	})
}

// Exact days are held against a walk from day to day, each with its own length.
func TestExactDaysAgreeWithWalkingDayByDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, at := drawCalendar(t), drawInstant(t, "at")
		n := Quantity(rapid.IntRange(1, 80).Draw(t, "quarters")) * one / 4
		left, day := big.NewRat(int64(n), int64(one)), Of(at)
		from := at
		for ; ; day++ {
			if !worked(c, day) {
				continue
			}
			length := 0
			for _, s := range c.Shifts(day) {
				length += s.End - s.Start
			}
			unit := big.NewRat(int64(min(length, 480)), 1)
			if Of(from) < day {
				from = At(day, 0, 0)
			}
			here := big.NewRat(int64(c.WorkingTime(from, c.EndOfDay(day))), int64(time.Minute))
			if need := new(big.Rat).Mul(left, unit); need.Cmp(here) <= 0 {
				minutes, _ := need.Float64()
				want := time.Duration(minutes * float64(time.Minute))
				due := mustDue(t, c, at, Rule{Unit: WorkingDays, N: n, Method: Exact})
				got := c.WorkingTime(from, due)
				if Of(due) != day || got-want > time.Millisecond || want-got > time.Millisecond {
					t.Fatalf("%s + %s days = %s, want %s into the working time of %s", at, n, due, want, day)
				}
				return
			}
			left.Sub(left, here.Quo(here, unit))
		}
	})
}

func TestRowsMoveDueDatesOneWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, hours := drawRows(t), drawHours(t)
		if len(hours) > 0 && rapid.Bool().Draw(t, "one set of hours") {
			hours = nil
		}
		at, r := drawInstant(t, "at"), drawRule(t)
		extra := Row{Date: drawDate(t, "extra"), Name: "Ngày thử"}
		extra.Kind = rapid.SampledFrom([]DayKind{Observed, SwapOff, SwapWork, Proposed}).Draw(t, "extra kind")
		was, err := NewCalendar(rows, hours)
		if err != nil {
			t.Fatal(err)
		}
		now, err := NewCalendar(append(rows, extra), hours)
		if err != nil {
			t.Fatal(err)
		}
		a, b := mustDue(t, was, at, r), mustDue(t, now, at, r)
		if extra.Kind.Off() && b.Before(a) {
			t.Fatalf("a day off moved %s forward to %s", a, b)
		}
		if extra.Kind == SwapWork && b.After(a) {
			t.Fatalf("a day of work moved %s back to %s", a, b)
		}
		if extra.Kind == Proposed && !b.Equal(a) {
			t.Fatalf("a proposal moved %s to %s", a, b)
		}
	})
}

func TestMoves(t *testing.T) {
	c := Default()
	next := mustCalendar(t, append(ShippedRows(), row("2026-11-23", SwapOff), row("2026-11-21", SwapWork)))
	due := func(at string, n int) Promise {
		r := Rule{Unit: WorkingDays, N: Whole(n)}
		d, err := c.Due(instant(t, at), r)
		if err != nil {
			t.Fatal(err)
		}
		return Promise{Subject: at, At: instant(t, at), Rule: r, Due: d}
	}
	promises := []Promise{due("2026-11-18 09:00", 1), due("2026-11-20 09:00", 1), due("2026-11-18 09:00", 5)}
	moves, err := c.Moves(next, promises)
	if err != nil || len(moves) != 1 {
		t.Fatalf("moves %v, %v", moves, err)
	}
	if m := moves[0]; m.Subject != "2026-11-20 09:00" || !m.Due.Equal(instant(t, "2026-11-23 17:30")) || !m.Now.Equal(instant(t, "2026-11-21 17:30")) {
		t.Errorf("move %+v", m)
	}
	if moves, err := c.Moves(c, promises); err != nil || moves != nil {
		t.Errorf("the same calendar moves %v, %v", moves, err)
	}
	added, removed := DiffRows(next.Rows(), c.Rows())
	if len(added) != 0 || len(removed) != 2 {
		t.Errorf("added %v, removed %v", added, removed)
	}
	if days := c.TurnedDays(next); len(days) != 2 || days[0].String() != "2026-11-21" {
		t.Errorf("turned days %v", days)
	}
}

func TestQuantity(t *testing.T) {
	for in, want := range map[string]string{"0,5": "0.5", "15": "15", "0.000001": "0.000001", "007": "7", "100000": "100000", "2.50": "2.5"} {
		if q, err := ParseQuantity(in); err != nil || q.String() != want {
			t.Errorf("%q = %s, %v", in, q, err)
		}
	}
	for _, in := range []string{"", "-1", "1.", ".5", "1e3", "100000.1", "1.2.3", "0.0000001", "+1", "٣"} {
		if q, err := ParseQuantity(in); err == nil {
			t.Errorf("%q = %s", in, q)
		}
	}
	r := Rule{Unit: WorkingDays, N: Half, Cutoff: "15:00", CutoffEffect: StartNextWorkingDay}
	raw, err := json.Marshal(r)
	if err != nil || string(raw) != `{"unit":"working_day","n":0.5,"cutoff":"15:00","cutoff_effect":"start_next_working_day"}` {
		t.Errorf("%s, %v", raw, err)
	}
	var back Rule
	if err := json.Unmarshal(raw, &back); err != nil || back != r {
		t.Errorf("%+v, %v", back, err)
	}
}
