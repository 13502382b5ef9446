// SPDX-License-Identifier: Apache-2.0

package task

import (
	"slices"
	"time"

	"soviec/kit/civil"
)

// A Span is a time from an instant to another, the end not in it. A zero end is open.
type Span struct{ From, To time.Time }

// union merges spans that overlap or touch, earliest first. Empty ones fall out.
func union(spans []Span, now time.Time) []Span {
	all := make([]Span, 0, len(spans))
	for _, s := range spans {
		if s.To.IsZero() {
			s.To = now
		}
		if s.From.Before(s.To) {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b Span) int { return a.From.Compare(b.From) })
	out := all[:0]
	for _, s := range all {
		if n := len(out); n > 0 && !s.From.After(out[n-1].To) {
			if s.To.After(out[n-1].To) {
				out[n-1].To = s.To
			}
			continue
		}
		out = append(out, s)
	}
	return out
}

// working is the working time that merged spans have between two instants.
func working(c *civil.Calendar, merged []Span, from, to time.Time) time.Duration {
	var sum time.Duration
	for _, s := range merged {
		a, b := s.From, s.To
		if a.Before(from) {
			a = from
		}
		if b.After(to) {
			b = to
		}
		if a.Before(b) {
			sum += c.WorkingTime(a, b)
		}
	}
	return sum
}

// cut is what is left of a span without the merged ones.
func (s Span) cut(merged []Span) []Span {
	var out []Span
	for _, m := range merged {
		if !m.To.After(s.From) {
			continue
		}
		if !m.From.Before(s.To) {
			break
		}
		if s.From.Before(m.From) {
			out = append(out, Span{s.From, m.From})
		}
		s.From = m.To
	}
	if s.From.Before(s.To) {
		out = append(out, s)
	}
	return out
}
