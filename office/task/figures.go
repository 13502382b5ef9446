// SPDX-License-Identifier: Apache-2.0

package task

import (
	"slices"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/store"
	"soviec/office/org"
)

// A Fate is what a share counts as in the figures (evaluation.md 3.1).
type Fate string

// The fates. Each share of a period has exactly one.
const (
	FateOnTime  Fate = "on_time" // hoàn thành đúng hạn
	FateLate    Fate = "late"    // hoàn thành quá hạn
	FateOpen    Fate = "open"    // đang thực hiện, còn hạn
	FateOverdue Fate = "overdue" // đang thực hiện, quá hạn
	FateUndated Fate = "undated" // hoàn thành, không định ngày
	FateMoved   Fate = "moved"   // chuyển cho người khác khi đã quá hạn: chậm của người giữ trước
)

// A Fact is one share as the figures count it: the record behind the number.
type Fact struct {
	Share, Work, Parent int64
	Title               string
	Role                Role
	Unit                int64
	Person              int64 // who has it, or had it when it passed on late
	Giver               int64
	Given               time.Time
	Reached             time.Time // when it came to the one who has it
	Seen                time.Time // when he opened it first
	First               time.Time // the first instant ever promised
	DueOn               civil.Date
	Due                 time.Time
	Done                time.Time // when it was finished, handed in, or passed on
	State               State
	Paused              time.Time
	Fate                Fate
	FirstFate           Fate // by the first instant
	DaysLate            int  // working days
	Extended            int
	Reworked            int
	Missed              int
	Unmet               int
	Short               bool
	Minutes             int64  // by the norm of its product, its part of the work; 0 without a norm
	Stuck               string // cause of an open obstacle
	WaitingFor          string
}

// Accepted reports whether the result was accepted.
func (f *Fact) Accepted() bool { return f.State == StateDone }

// Asked is which work the figures are about. Zero values leave it open.
type Asked struct {
	From, To civil.Date
	Unit     int64
	Person   int64
	Giver    int64
	// Inside judges by the holders' own days, for the figures of an officer; else by what was
	// promised to the givers.
	Inside bool
}

func (q Asked) has(f *Fact) bool {
	return (q.Unit == 0 || q.Unit == f.Unit) && (q.Person == 0 || q.Person == f.Person) && (q.Giver == 0 || q.Giver == f.Giver)
}

// A Sheet is all that the figures of a period are counted from.
type Sheet struct {
	Facts     []Fact // T01: by due day, the undated by the day they were finished
	Undated   []Fact // T10: open without a day, now
	Stuck     []Fact // T13: open with an obstacle, now
	Reminders []Reminder
}

// A Reminder is one urging of a period, and whether the share was finished soon after.
type Reminder struct {
	Urging
	Work    int64
	Helped  bool // finished within two working days after it
	Answers int
}

// helpedIn is within how many working days a reminder has helped.
const helpedIn = 2

// Figures are the shares of a period for T01 … T14 of evaluation.md 3.1. now is the
// moment by which open work is judged.
func Figures(r store.Reader, d *org.Directory, q Asked, now time.Time) (Sheet, error) {
	var s Sheet
	all, err := factsOf(r, d.Agency.ID, q)
	if err != nil {
		return s, fault.Internal(err)
	}
	for _, f := range all {
		if !q.has(&f) || !f.judge(d.Calendar, now) {
			continue
		}
		s.Facts = append(s.Facts, f)
	}
	passed, err := factsPassedOn(r, d.Agency.ID, q)
	if err != nil {
		return s, fault.Internal(err)
	}
	for _, f := range passed {
		f.Fate, f.FirstFate, f.DaysLate = FateMoved, FateMoved, max(d.Calendar.DaysLate(f.DueOn, civil.Of(f.Done)), 1)
		if q.has(&f) {
			s.Facts = append(s.Facts, f)
		}
	}
	open, err := factsOpen(r, d.Agency.ID)
	if err != nil {
		return s, fault.Internal(err)
	}
	for _, f := range open {
		if !q.has(&f) {
			continue
		}
		if f.Due.IsZero() {
			s.Undated = append(s.Undated, f)
		}
		if f.Stuck != "" {
			s.Stuck = append(s.Stuck, f)
		}
	}
	urgings, err := urgingsBetween(r, d.Agency.ID, q)
	if err != nil {
		return s, fault.Internal(err)
	}
	for _, u := range urgings {
		if q.has(&u.fact) {
			by := d.Calendar.EndOfDay(d.Calendar.AddWorkingDays(u.Day, helpedIn))
			u.Helped = !u.fact.Done.IsZero() && !u.fact.Done.Before(u.At) && !u.fact.Done.After(by)
			s.Reminders = append(s.Reminders, u.Reminder)
		}
	}
	return s, nil
}

// judge settles what the share counts as; false = it does not count.
func (f *Fact) judge(cal *civil.Calendar, now time.Time) bool {
	if f.State == StateReturned || f.State == StateDropped {
		return false
	}
	fate := func(due time.Time) Fate {
		switch {
		case due.IsZero() && f.State == StateDone:
			return FateUndated
		case f.State == StateDone && f.Done.After(due):
			return FateLate
		case f.State == StateDone:
			return FateOnTime
		case f.end(now).After(due):
			return FateOverdue
		}
		return FateOpen
	}
	f.Fate, f.FirstFate = fate(f.Due), fate(f.First)
	if f.Fate == FateLate || f.Fate == FateOverdue {
		f.DaysLate = max(cal.DaysLate(f.DueOn, civil.Of(f.end(now))), 1)
	}
	return true
}

// end is until when the share is judged: what was handed in has met or missed its day
// then, and what stands still does not go on.
func (f *Fact) end(now time.Time) time.Time {
	switch {
	case !f.Done.IsZero():
		return f.Done
	case !f.Paused.IsZero() && f.Paused.Before(now):
		return f.Paused
	}
	return now
}

// Of are the facts of some fates.
func (s *Sheet) Of(fates ...Fate) []*Fact {
	return s.where(func(f *Fact) bool { return slices.Contains(fates, f.Fate) })
}

func (s *Sheet) where(keep func(*Fact) bool) []*Fact {
	var out []*Fact
	for i := range s.Facts {
		if f := &s.Facts[i]; keep(f) {
			out = append(out, f)
		}
	}
	return out
}

// A Rate is a share of a whole, as it is and never rounded; without a whole there is no
// number, which is not all of it.
type Rate struct{ Part, Whole int }

// Known reports whether there is a number.
func (r Rate) Known() bool { return r.Whole > 0 }

// OnTime is T06: finished in time, of all that was due and is decided. By the first day it
// is told beside it, because an extension makes nobody faster.
func (s *Sheet) OnTime(first bool) Rate {
	var r Rate
	for i := range s.Facts {
		fate := s.Facts[i].Fate
		if first {
			fate = s.Facts[i].FirstFate
		}
		switch fate {
		case FateOnTime:
			r.Part++
			r.Whole++
		case FateLate, FateOverdue, FateMoved:
			r.Whole++
		}
	}
	return r
}

// Lateness is T08: the working days late altogether, and of how many.
func (s *Sheet) Lateness() (r Rate, list []*Fact) {
	list = s.Of(FateLate, FateOverdue, FateMoved)
	for _, f := range list {
		r.Part += f.DaysLate
	}
	r.Whole = len(list)
	return r, list
}

// Extensions are T09: how many, and the shares that were extended at least once.
func (s *Sheet) Extensions() (n int, list []*Fact) {
	list = s.where(func(f *Fact) bool { return f.Extended > 0 })
	for _, f := range list {
		n += f.Extended
	}
	return n, list
}

// Reworked is T11: accepted shares whose result was sent back at least once, of those accepted.
func (s *Sheet) Reworked() (r Rate, list []*Fact) {
	list = s.where(func(f *Fact) bool { return f.Accepted() && f.Reworked > 0 })
	return Rate{len(list), len(s.where((*Fact).Accepted))}, list
}

// Reaction is T12: the median working time from when a share came to its holder until he
// opened it, and those that were opened, the slowest last.
func (s *Sheet) Reaction(cal *civil.Calendar) (median time.Duration, list []*Fact) {
	list = s.where(func(f *Fact) bool { return !f.Seen.IsZero() && !f.Reached.IsZero() && f.Fate != FateMoved })
	took := func(f *Fact) time.Duration { return max(cal.WorkingTime(f.Reached, f.Seen), 0) }
	slices.SortStableFunc(list, func(a, b *Fact) int { return int(took(a) - took(b)) })
	n := len(list)
	switch {
	case n == 0:
		return 0, nil
	case n%2 == 1:
		return took(list[n/2]), list
	}
	return (took(list[n/2-1]) + took(list[n/2])) / 2, list
}

// ShortNotice are the shares given at short notice: a figure of the giver.
func (s *Sheet) ShortNotice() []*Fact { return s.where(func(f *Fact) bool { return f.Short }) }

// Helped is T14: the reminders after which the share was finished soon, of all.
func (s *Sheet) Helped() Rate {
	r := Rate{Whole: len(s.Reminders)}
	for _, u := range s.Reminders {
		if u.Helped {
			r.Part++
		}
	}
	return r
}
