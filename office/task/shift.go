// SPDX-License-Identifier: Apache-2.0

package task

import (
	"slices"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
)

// spell is since when a share stands still now: the beginning of the pauses that overlap
// without a gap up to this moment. Zero when none runs.
func spell(pauses []PauseRow, now time.Time) time.Time {
	if !slices.ContainsFunc(pauses, func(p PauseRow) bool { return p.State == PauseRuns }) {
		return time.Time{}
	}
	var from time.Time
	for _, p := range pauses {
		if p.State == PauseRuns && (from.IsZero() || p.From.Before(from)) {
			from = p.From
		}
	}
	for _, m := range union(spans(pauses, func(p PauseRow) bool { return !p.Counted }), now) {
		if !m.From.After(from) && !m.To.Before(from) {
			return m.From
		}
	}
	return from
}

// timeOff is the working time by which a day has to move: of the pauses that have ended
// and are not counted yet, each moment once however many of them overlap, and only after
// the day was decided: whoever set it knew of what had been before.
func timeOff(c *civil.Calendar, pauses []PauseRow, decided, now time.Time) time.Duration {
	all := union(spans(pauses, nil), now)
	counted := union(spans(pauses, func(p PauseRow) bool { return p.Counted }), now)
	off := working(c, all, decided, now) - working(c, counted, decided, now)
	if part := off % time.Minute; part > 0 {
		off += time.Minute - part
	}
	return off
}

// decidedAt is when the day of a level was last decided by somebody. To accept it as it
// was, a pause and a changed calendar decide nothing.
func decidedAt(rows []DueRow, level Level) time.Time {
	var at time.Time
	for _, r := range rows {
		if r.Level != level || r.Kind == "paused" || r.Kind == "calendar" || r.Kind == "agreed" && r.At.Equal(r.WasAt) {
			continue
		}
		at = r.SetAt
	}
	return at
}

// resume sets since when the share stands still now, and once nothing stops it any more
// moves its days by the working time that was taken off.
func (d *deed) resume(s *Share, pauses []PauseRow) error {
	if err := d.moveByPauses(s, pauses); err != nil {
		return err
	}
	return d.capParts(s, "Thời gian tạm dừng được tính lại.")
}

func (d *deed) moveByPauses(s *Share, pauses []PauseRow) error {
	if s.PausedAt = spell(pauses, d.a.At); !s.PausedAt.IsZero() {
		return nil
	}
	if !slices.ContainsFunc(pauses, func(p PauseRow) bool { return p.State == PauseEnded && !p.Counted }) {
		return nil
	}
	if err := countPauses(d.a, s.ID); err != nil || s.DueAt.IsZero() && s.OuterAt.IsZero() {
		return fault.Internal(err)
	}
	rows, err := duesOfShare(d.a, s.ID)
	if err != nil {
		return fault.Internal(err)
	}
	moved := func(at time.Time, level Level) time.Time {
		if off := timeOff(d.dir.Calendar, pauses, decidedAt(rows, level), d.a.At); off > 0 && !at.IsZero() {
			return d.dir.Calendar.AddWorkingTime(at, off)
		}
		return at
	}
	reason := "Trừ thời gian tạm dừng."
	wasOuter, wasDue, inner := s.OuterAt, s.DueAt, s.Inner()
	if s.Parent != 0 {
		at := moved(s.DueAt, Inner)
		if at.Equal(wasDue) {
			return nil
		}
		s.setPaused(at)
		return d.dateAfter(s, Inner, s.DueOn, "paused", reason, Due{}, wasDue)
	}
	outer := moved(s.OuterAt, Outer)
	due := outer
	if inner {
		if due = moved(s.DueAt, Inner); !outer.IsZero() && s.DueOn <= s.OuterOn && due.After(outer) {
			due = outer
		}
	}
	s.OuterAt, s.OuterOn = outer, onOf(outer)
	s.DueAt, s.DueOn = due, onOf(due)
	if !outer.Equal(wasOuter) {
		if err := d.dateAfter(s, Outer, s.OuterOn, "paused", reason, Due{}, wasOuter); err != nil {
			return err
		}
	}
	if inner && !due.Equal(wasDue) {
		return d.dateAfter(s, Inner, s.DueOn, "paused", reason, Due{}, wasDue)
	}
	return nil
}

// setPaused moves the day of a share inside another.
func (s *Share) setPaused(at time.Time) {
	s.DueAt, s.DueOn = at, onOf(at)
	s.OuterAt, s.OuterOn = at, s.DueOn
}

func onOf(at time.Time) civil.Date {
	if at.IsZero() {
		return 0
	}
	return civil.Of(at)
}
