// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestEndsOfTheDay(t *testing.T) {
	c := Default()
	// T18: signed on Friday at 16:00, out on Monday, as a file by the end of its morning.
	monday := c.NextWorkingDay(Of(instant(t, "2026-11-20 16:00")))
	if !c.EndOfDay(monday).Equal(instant(t, "2026-11-23 17:30")) || !c.EndOfMorning(monday).Equal(instant(t, "2026-11-23 11:30")) {
		t.Errorf("%s to %s", c.EndOfMorning(monday), c.EndOfDay(monday))
	}
	if c.DayLength(monday) != 8*time.Hour || c.DayLength(MustParse("2026-11-22")) != 0 {
		t.Error("lengths of days")
	}
	if !c.EndOfDay(0).IsZero() {
		t.Error("no date has an end")
	}
}

// The working clock is held against a clock that looks at every minute.
func TestWorkingTimeAgreesWithEveryMinute(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCalendar(t)
		from := drawInstant(t, "from")
		long := rapid.IntRange(0, 8*24*60).Draw(t, "minutes")
		count := 0
		for i := range long {
			at := from.Add(time.Duration(i) * time.Minute)
			d := Of(at)
			if !worked(c, d) {
				continue
			}
			minute := at.In(Zone).Hour()*60 + at.In(Zone).Minute()
			for _, s := range c.Shifts(d) {
				if s.Start <= minute && minute < s.End {
					count++
				}
			}
		}
		to := from.Add(time.Duration(long) * time.Minute)
		if got := c.WorkingTime(from, to); got != time.Duration(count)*time.Minute {
			t.Fatalf("%s to %s: %s, want %d minutes", from, to, got, count)
		}
		if back := c.WorkingTime(to, from); back != -time.Duration(count)*time.Minute {
			t.Fatalf("back: %s", back)
		}
	})
}

func TestWorkingTimeAdds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCalendar(t)
		a, b, d := drawInstant(t, "a"), drawInstant(t, "b"), drawInstant(t, "c")
		if c.WorkingTime(a, b)+c.WorkingTime(b, d) != c.WorkingTime(a, d) {
			t.Fatal("the parts are not the whole")
		}
	})
}

func TestAddWorkingTimeIsTheInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, at := drawCalendar(t), drawInstant(t, "at").Add(time.Duration(rapid.IntRange(0, 59_999).Draw(t, "ms"))*time.Millisecond)
		work := time.Duration(rapid.Int64Range(-int64(300*time.Hour), int64(300*time.Hour)).Draw(t, "work"))
		end := c.AddWorkingTime(at, work)
		if got := c.WorkingTime(at, end); got != work {
			t.Fatalf("%s + %s = %s, that is %s", at, work, end, got)
		}
		if !c.NextWorkingInstant(end).Equal(end) {
			t.Fatalf("%s lies outside working time", end)
		}
		// It is the first such instant: a moment earlier is a moment less.
		if work > 0 && c.WorkingTime(at, end.Add(-1)) != work-1 {
			t.Fatalf("%s is not the first instant", end)
		}
		more := time.Duration(rapid.Int64Range(1, int64(100*time.Hour)).Draw(t, "more"))
		if work > 0 && !c.AddWorkingTime(end, more).Equal(c.AddWorkingTime(at, work+more)) {
			t.Fatal("two steps are not the whole way")
		}
	})
}

func TestWorkingTimeOverCenturies(t *testing.T) {
	c := Default()
	first, last := At(MinDate, 0, 0), At(MaxDate, 23, 0)
	if got := c.WorkingTime(first, last); got < 250*365*24*time.Hour || c.WorkingTime(last, first) != -got {
		t.Errorf("%s", got)
	}
	if got := c.AddWorkingTime(last, 1<<62); Of(got) != MaxDate {
		t.Errorf("after the end: %s", got)
	}
	if got := c.AddWorkingTime(first, -1<<62); Of(got) != MinDate {
		t.Errorf("before the beginning: %s", got)
	}
	c.AddWorkingTime(first, 1<<63-1)
	c.AddWorkingTime(last, -1<<63)
}

func TestShiftsAreReadAsPeopleWriteThem(t *testing.T) {
	for in, want := range map[string]string{
		"07:30-11:30, 13:30-17:30": "07:30-11:30, 13:30-17:30", "7h30 – 11h30; 13h30–17h": "07:30-11:30, 13:30-17:00",
	} {
		got, err := ParseShifts(in)
		if err != nil || FormatShifts(got) != want {
			t.Errorf("%q = %v, %v", in, got, err)
		}
	}
	for _, in := range []string{"", "07:30", "11:30-07:30", "07:30-11:30,11:30-12:00", "07:30-24:00", "7-11", "07:60-08:00"} {
		if got, err := ParseShifts(in); err == nil {
			t.Errorf("%q = %v", in, got)
		}
	}
}
