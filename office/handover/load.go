// SPDX-License-Identifier: Apache-2.0

package handover

import (
	"cmp"
	"fmt"
	"slices"
	"time"
	"unicode"
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/office/org"
	"soviec/office/task"
)

// The agency's settings that this room reads.
const (
	loadOpen    = "task.load_open"
	loadPercent = "task.load_percent"
)

// aheadDays is how far ahead absences are shown beside a load.
const aheadDays = 30

// A Load is what one person carries at a moment (tải công việc).
type Load struct {
	Person   int64
	Open     int // all open shares, those below among them
	Late     int
	Week     int // due from today to the end of this week
	Undated  int
	Waiting  int           // reported, wait for confirmation: nothing to do any more
	Minutes  int64         // norm time of what is still to do, where the product has one
	WeekTime int64         // of it, due until the end of this week, the late among it
	Absences []org.Absence // that touch today or the thirty days after

	dues []piece
}

type piece struct {
	on      civil.Date
	minutes int64
}

// MinutesUntil is the norm time of what falls due until a day, what is late among it.
func (l Load) MinutesUntil(on civil.Date) int64 {
	var sum int64
	for _, p := range l.dues {
		if !on.IsZero() && p.on.After(on) {
			break
		}
		sum += p.minutes
	}
	return sum
}

// Loads is how much each of some people carries, from the picture of the open work in
// memory: no query per person, none at all when the picture is new.
func Loads(p *task.Picture, d *org.Directory, now time.Time, persons []int64) map[int64]Load {
	all := task.Beside(p, "load", d, now, func() map[int64]*Load { return carried(p, d, now) })
	out := make(map[int64]Load, len(persons))
	for _, id := range persons {
		if l := all[id]; l != nil {
			out[id] = *l
		} else {
			out[id] = Load{Person: id}
		}
	}
	return out
}

// carried is what everybody carries who holds work or will be absent.
func carried(p *task.Picture, d *org.Directory, now time.Time) map[int64]*Load {
	today := civil.Of(now)
	sunday := today.AddDays((7 - int(today.Weekday())) % 7)
	all := map[int64]*Load{}
	of := func(person int64) *Load {
		l := all[person]
		if l == nil {
			l = &Load{Person: person}
			all[person] = l
		}
		return l
	}
	for _, a := range d.Absences {
		if !a.To.Before(today) && !a.From.After(today.AddDays(aheadDays)) {
			l := of(a.Person)
			l.Absences = append(l.Absences, a)
		}
	}
	split := p.Split()
	p.Each(d, now, func(x task.Tile) {
		l := of(x.Holder)
		l.Open++
		minutes := x.Minutes()
		if split[x.Share] || x.State == task.StateReported {
			minutes = 0 // those who have the parts do it; or it is done
		}
		switch {
		case x.State == task.StateReported:
			l.Waiting++
		case x.Standing == task.StandsLate:
			l.Late++
		case x.DueOn.IsZero():
			l.Undated++
		case !x.DueOn.After(sunday):
			l.Week++
		}
		l.Minutes += minutes
		if !x.DueOn.IsZero() && !x.DueOn.After(sunday) {
			l.WeekTime += minutes
		}
		if minutes > 0 && !x.DueOn.IsZero() {
			l.dues = append(l.dues, piece{x.DueOn, minutes})
		}
	})
	for _, l := range all {
		slices.SortFunc(l.dues, func(a, b piece) int { return a.on.Compare(b.on) })
		slices.SortFunc(l.Absences, func(a, b org.Absence) int { return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.ID, b.ID)) })
	}
	return all
}

// Working is the working time that a person has between two moments, absences taken off.
func (l Load) Working(d *org.Directory, from, to time.Time) time.Duration {
	if !to.After(from) {
		return 0
	}
	left := d.Calendar.WorkingTime(from, to)
	covered := civil.Date(0) // the last day taken off, so that overlapping absences count once
	for _, a := range l.Absences {
		first, last := a.From, a.To
		if !covered.IsZero() && !first.After(covered) {
			first = covered.AddDays(1)
		}
		if last.Before(first) {
			continue
		}
		covered = last
		begin, end := civil.At(first, 0, 0), civil.At(last.AddDays(1), 0, 0)
		if begin.Before(from) {
			begin = from
		}
		if end.After(to) {
			end = to
		}
		if end.After(begin) {
			left -= d.Calendar.WorkingTime(begin, end)
		}
	}
	return max(left, 0)
}

// Warnings are sentences for whoever is about to give a person work that is due at an
// instant (zero = undated) and takes so many minutes by the norm (0 = none): absence,
// short notice, overload. They hinder nothing.
func Warnings(d *org.Directory, l Load, now, due time.Time, minutes int64) []string {
	var out []string
	today, who := civil.Of(now), d.Person(l.Person).Polite()
	until := civil.Of(due)
	if due.IsZero() {
		until = today
	}
	for _, a := range l.Absences {
		if a.From.After(until) || a.To.Before(today) {
			continue
		}
		with := "chưa có người làm thay"
		if a.StandIn != 0 {
			with = "người làm thay: " + d.Person(a.StandIn).Polite()
		}
		if a.Covers(until) && !due.IsZero() {
			out = append(out, fmt.Sprintf("Hạn %s rơi vào thời gian %s vắng mặt (%s đến %s); %s.", until.VN(), who, a.From.VN(), a.To.VN(), with))
			continue
		}
		out = append(out, fmt.Sprintf("%s vắng mặt từ %s đến %s; %s.", capital(who), a.From.VN(), a.To.VN(), with))
	}
	if !due.IsZero() && due.After(now) {
		left := l.Working(d, now, due)
		need := time.Duration(minutes) * time.Minute
		if minutes == 0 {
			need = d.Calendar.DayLength(d.Calendar.OnOrAfter(until))
		}
		if left < need {
			say := fmt.Sprintf("Giao gấp: đến hạn %s còn %s làm việc", who, hours(left))
			if minutes > 0 {
				say += ", định mức là " + hours(need)
			}
			out = append(out, say+".")
		}
		all := time.Duration(l.MinutesUntil(until)+minutes) * time.Minute
		if percent := d.Int(loadPercent); minutes+l.MinutesUntil(until) > 0 && all*100 > left*time.Duration(percent) {
			out = append(out, fmt.Sprintf("Quá tải: việc đến hạn trước hoặc trong ngày %s của %s cần %s theo định mức, thời gian làm việc còn %s.",
				until.VN(), who, hours(all), hours(left)))
		}
	}
	if most := d.Int(loadOpen); l.Open-l.Waiting >= most {
		out = append(out, fmt.Sprintf("Quá tải: %s đang giữ %d việc chưa xong (mức cảnh báo của cơ quan: %d).", who, l.Open-l.Waiting, most))
	}
	if l.Late > 0 {
		out = append(out, fmt.Sprintf("%s đang có %d việc quá hạn.", capital(who), l.Late))
	}
	return out
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

func hours(t time.Duration) string {
	minutes := int(max(t, 0).Round(time.Minute).Minutes())
	switch h, m := minutes/60, minutes%60; {
	case h == 0:
		return fmt.Sprintf("%d phút", m)
	case m == 0:
		return fmt.Sprintf("%d giờ", h)
	default:
		return fmt.Sprintf("%d giờ %d phút", h, m)
	}
}
