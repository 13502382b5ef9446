// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"sort"
	"time"
)

// A shift includes both its ends: somebody who comes at 17:30 sharp is still in time, and
// a deadline at 17:30 lies in working time ("arrival after the end of the shift" is late).

// EndOfDay returns the end of the last shift that the hours of the day name, also when
// the day is none of work; no date has no end.
func (c *Calendar) EndOfDay(d Date) time.Time {
	s := c.spans[c.spanOf(d)].shifts
	return atMinute(d, s[len(s)-1].End)
}

// EndOfMorning returns the end of the first shift of the day: "chậm nhất là buổi sáng".
func (c *Calendar) EndOfMorning(d Date) time.Time {
	return atMinute(d, c.spans[c.spanOf(d)].shifts[0].End)
}

// StartOfDay returns the start of the first shift of the day.
func (c *Calendar) StartOfDay(d Date) time.Time {
	return atMinute(d, c.spans[c.spanOf(d)].shifts[0].Start)
}

// DayLength returns the working time of the day, 0 on a day of rest.
func (c *Calendar) DayLength(d Date) time.Duration {
	if !c.WorkingDay(d) {
		return 0
	}
	return time.Duration(c.spans[c.spanOf(d)].length) * time.Minute
}

func atMinute(d Date, minute int) time.Time { return At(d, minute/60, minute%60) }

// NextWorkingInstant returns t when it lies in working time, else the start of the next
// shift, if need be of the next working day.
func (c *Calendar) NextWorkingInstant(t time.Time) time.Time {
	d := Of(t)
	if d == 0 {
		return t
	}
	if c.WorkingDay(d) {
		since := t.Sub(At(d, 0, 0))
		for _, s := range c.spans[c.spanOf(d)].shifts {
			if since <= time.Duration(s.End)*time.Minute {
				return atLeast(t, atMinute(d, s.Start))
			}
		}
	}
	return c.StartOfDay(c.NextWorkingDay(d))
}

func atLeast(t, low time.Time) time.Time {
	if t.Before(low) {
		return low
	}
	return t.In(Zone)
}

// WorkingTime returns the working time between two instants, negative when to lies
// before from. Spans of some centuries end at the longest time.Duration.
func (c *Calendar) WorkingTime(from, to time.Time) time.Duration {
	minutesA, restA := c.position(from)
	minutesB, restB := c.position(to)
	const most = int64(1<<63-1) / int64(time.Minute)
	minutes := max(min(minutesB-minutesA, most-2000), -most+2000)
	return time.Duration(minutes)*time.Minute + restB - restA
}

// position returns the working time before t: the minutes before its day, and what has
// passed of the day.
func (c *Calendar) position(t time.Time) (minutes int64, rest time.Duration) {
	d := Of(t)
	if d == 0 {
		return 0, 0
	}
	minutes = c.minutesTo(d - 1)
	if !c.WorkingDay(d) {
		return minutes, 0
	}
	since := t.Sub(At(d, 0, 0))
	for _, s := range c.spans[c.spanOf(d)].shifts {
		start, end := time.Duration(s.Start)*time.Minute, time.Duration(s.End)*time.Minute
		if since > start {
			rest += min(since, end) - start
		}
	}
	return minutes, rest
}

// minutesTo counts the working minutes up to and with the day.
func (c *Calendar) minutesTo(d Date) int64 {
	s := c.spans[c.spanOf(d)]
	return s.minutes + int64(c.upTo(d)-s.days)*int64(s.length)
}

// AddWorkingTime returns the first instant by which the working time has passed since t.
// It is therefore the end of a shift and never the start of the one after it: a full day
// from Monday 07:30 ends on Monday at 17:30. With 0 it returns the next working instant.
// A time below 0 counts back.
func (c *Calendar) AddWorkingTime(t time.Time, work time.Duration) time.Time {
	if t.IsZero() || work == 0 {
		return c.NextWorkingInstant(t)
	}
	before, rest := c.position(t)
	total := rest + work
	if work > 0 && total < work {
		total = 1<<63 - 1
	}
	// The day is the first by whose end the total has passed; parts of a minute count up.
	target := before + ceilMinutes(total)
	i := sort.Search(len(c.spans)-1, func(i int) bool { return c.spans[i+1].minutes >= target })
	s := c.spans[i]
	day := c.nth(s.days + int(ceilDiv(target-s.minutes, int64(s.length))))
	rest = total - time.Duration(c.minutesTo(day-1)-before)*time.Minute
	for _, shift := range s.shifts {
		long := time.Duration(shift.End-shift.Start) * time.Minute
		if rest <= long {
			return atMinute(day, shift.Start).Add(max(rest, 0))
		}
		rest -= long
	}
	// Only beyond the last day of all is there working time left over.
	return c.EndOfDay(day)
}

func ceilMinutes(d time.Duration) int64 { return ceilDiv(int64(d), int64(time.Minute)) }

func ceilDiv(a, b int64) int64 {
	q := a / b
	if a%b > 0 {
		q++
	}
	return q
}
