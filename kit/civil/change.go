// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"slices"
	"time"
)

// Promise is a due date that was given, with what it was computed from.
type Promise struct {
	Subject string    // whose promise: "incoming/123", "task/55"
	At      time.Time // the receipt
	Rule    Rule
	Due     time.Time // as promised; it stays until somebody confirms another
}

// Move is a promise that an edited calendar would compute otherwise.
type Move struct {
	Promise
	Was time.Time // what the calendar of today computes
	Now time.Time // what the edited calendar would compute
}

// Moves returns the promises that would be computed otherwise with the next calendar. It
// moves nothing: a promised date changes only by an act of a person (calendar rules 1.5).
// A promise that was extended by hand is in the list when its rule gives another date.
func (c *Calendar) Moves(next *Calendar, promises []Promise) ([]Move, error) {
	if c.Version() == next.Version() {
		return nil, nil
	}
	var moves []Move
	for _, p := range promises {
		was, err := c.Due(p.At, p.Rule)
		if err != nil {
			return nil, err
		}
		now, err := next.Due(p.At, p.Rule)
		if err != nil {
			return nil, err
		}
		if !was.Equal(now) {
			moves = append(moves, Move{Promise: p, Was: was, Now: now})
		}
	}
	return moves, nil
}

// DiffRows returns the rows that only the second list has, and those that only the first has.
func DiffRows(was, now []Row) (added, removed []Row) {
	count := map[Row]int{}
	for _, r := range was {
		count[r]++
	}
	for _, r := range now {
		if count[r] > 0 {
			count[r]--
			continue
		}
		added = append(added, r)
	}
	for _, r := range was {
		if count[r] > 0 {
			count[r]--
			removed = append(removed, r)
		}
	}
	return added, removed
}

// TurnedDays returns the days from which a person must learn something new when the
// calendar is edited: days of rest that become working days, and the other way round.
func (c *Calendar) TurnedDays(next *Calendar) []Date {
	var days []Date
	for _, turns := range [][]turn{c.turns, next.turns} {
		for _, t := range turns {
			if c.WorkingDay(t.day) != next.WorkingDay(t.day) {
				days = append(days, t.day)
			}
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}
