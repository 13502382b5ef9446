// SPDX-License-Identifier: Apache-2.0

package task

import (
	"slices"
	"time"

	"soviec/kit/civil"
	"soviec/office/org"
)

// What somebody did with a share while he had it.
const (
	PartDoes     = "does"     // thực hiện
	PartForwards = "forwards" // đứng đầu đơn vị, chưa phân công
	PartDecides  = "decides"  // chờ xác nhận kết quả
)

// A Part is how long one person had a share in one role, in working time.
type Part struct {
	Person, Unit int64
	Role         string
	For          int64         // in whose place, as a stand-in; 0 = his own
	Held         time.Duration // without the time in which it stood still
	Late         time.Duration // of it, beyond the day
	Away         time.Duration // of it, in a declared absence without a stand-in
}

// WhoseTime shares out the life of a share among those who had it (thời gian thuộc về ai;
// evaluation.md 3.4): in working time, in the order in which they first had it. Time that
// stood still is nobody's. due is the day as it stands, which every pause that has ended
// has moved already; so the lateness is the last working time before the end that did not
// stand still, and what is late of each adds up to it exactly. Without a day nobody is late.
func WhoseTime(held []Holding, pauses []PauseRow, due, end time.Time, cal *civil.Calendar) []Part {
	paused := union(spans(pauses, nil), end)
	steps := make([]Span, len(held))
	var late, total time.Duration
	for i, h := range held {
		steps[i] = Span{h.From, h.To}
		if h.To.IsZero() || h.To.After(end) {
			steps[i].To = end
		}
	}
	life := union(slices.Clone(steps), end)
	if !due.IsZero() && due.Before(end) {
		open := union(spans(pauses, func(p PauseRow) bool { return !p.Counted }), end)
		late = working(cal, life, due, end)
		for _, m := range life {
			from := m.From
			if from.Before(due) {
				from = due
			}
			late -= working(cal, open, from, m.To)
		}
	}
	lived := make([]time.Duration, len(held))
	for i, s := range steps {
		for _, part := range s.cut(paused) {
			lived[i] += cal.WorkingTime(part.From, part.To)
		}
		total += lived[i]
	}
	late = min(max(late, 0), total)
	var out []Part
	for i, h := range held {
		role := PartDoes
		if h.Decides {
			role = PartDecides
		}
		at := slices.IndexFunc(out, func(p Part) bool {
			return p.Person == h.Person && p.Unit == h.Unit && p.Role == role && p.For == h.For
		})
		if at < 0 {
			at = len(out)
			out = append(out, Part{Person: h.Person, Unit: h.Unit, Role: role, For: h.For})
		}
		out[at].Held += lived[i]
		// total counts down to what is left of the life after this step.
		if total -= lived[i]; total < late {
			out[at].Late += min(lived[i], late-total)
			late = total
		}
	}
	return out
}

// WithStandIns divides holdings at the absences of those who had the share: while somebody
// stands in for him the share is his stand-in's (evaluation.md 3.4, ủy quyền khi vắng).
func WithStandIns(held []Holding, absences []org.Absence, end time.Time) []Holding {
	var out []Holding
	for _, h := range held {
		open := h.To.IsZero()
		s := Span{h.From, h.To}
		if open || s.To.After(end) {
			s.To = end
		}
		var mine []org.Absence
		for _, x := range absences {
			if x.Person == h.Person && x.StandIn != 0 {
				mine = append(mine, x)
			}
		}
		slices.SortFunc(mine, func(a, b org.Absence) int { return a.From.Compare(b.From) })
		var away []Span
		var by []int64
		for _, x := range mine {
			m := absent(x, s)
			if n := len(away); n > 0 && m.From.Before(away[n-1].To) {
				m.From = away[n-1].To
			}
			if m.From.Before(m.To) {
				away, by = append(away, m), append(by, x.StandIn)
			}
		}
		first := len(out)
		for _, part := range s.cut(away) {
			p := h
			p.From, p.To = part.From, part.To
			out = append(out, p)
		}
		for i, m := range away {
			p := h
			p.From, p.To, p.For, p.Person = m.From, m.To, h.Person, by[i]
			out = append(out, p)
		}
		slices.SortStableFunc(out[first:], func(a, b Holding) int { return a.From.Compare(b.From) })
		if n := len(out); n > first && open {
			out[n-1].To = time.Time{}
		}
		if len(out) == first { // an empty holding stays what it is
			out = append(out, h)
		}
	}
	return out
}

// absent is the part of a span in which somebody is away.
func absent(x org.Absence, s Span) Span {
	m := Span{civil.At(x.From, 0, 0), civil.At(x.To.AddDays(1), 0, 0)}
	if m.From.Before(s.From) {
		m.From = s.From
	}
	if m.To.After(s.To) {
		m.To = s.To
	}
	return m
}

// WhoseTime tells whose time the share has had until a moment, or until it was done: with
// stand-ins, with the head who has not passed it on yet, and with absences nobody stood in for.
func (s Share) WhoseTime(d *org.Directory, held []Holding, pauses []PauseRow, now time.Time) []Part {
	due, end := s.OuterAt, now
	if s.State == StateDone {
		end = s.DoneAt
	}
	whole := WithStandIns(held, d.Absences, end)
	parts := WhoseTime(whole, pauses, due, end, d.Calendar)
	for i := range parts {
		p := &parts[i]
		if s.Person == 0 && i == 0 && p.Role == PartDoes && slices.ContainsFunc(parts[1:], func(o Part) bool { return o.Role == PartDoes && o.Person != p.Person }) {
			p.Role = PartForwards
		}
		for _, x := range d.Absences {
			if x.Person != p.Person || x.StandIn != 0 {
				continue
			}
			for _, h := range whole {
				if h.Person != p.Person || h.Unit != p.Unit || h.Decides != (p.Role == PartDecides) {
					continue
				}
				to := h.To
				if to.IsZero() || to.After(end) {
					to = end
				}
				for _, part := range absent(x, Span{h.From, to}).cut(union(spans(pauses, nil), end)) {
					p.Away += d.Calendar.WorkingTime(part.From, part.To)
				}
			}
		}
	}
	return parts
}

// WhoseTime tells whose time an open share has had until a moment, by the day of the giver
// or of who does the work.
func (p *Piece) WhoseTime(cal *civil.Calendar, outside bool, now time.Time) []Part {
	_, due := p.Day(outside)
	if p.State == StateReported && !p.inTime(due) && p.ReportedAt.Before(now) {
		now = p.ReportedAt
	}
	return WhoseTime(p.Held, p.Pauses, due, now, cal)
}
