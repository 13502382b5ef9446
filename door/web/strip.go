// SPDX-License-Identifier: Apache-2.0

package web

import (
	"cmp"
	"strings"
	"time"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/office/task"
)

// strip is the line from arrival to due day, coloured by who had it (thời gian thuộc về
// ai). Positions follow working time, so that a night is not drawn. The times in which the
// work stood still are hatched, what lies beyond the day is marked, and the table beside
// gives to each what was his.
func (v *visit) strip(from time.Time, s *task.Share, held []task.Holding, pauses []task.PauseRow) *view.Strip {
	cal := v.dir.Calendar
	if len(held) == 0 {
		return nil
	}
	end := v.now
	due, dueOn := time.Time{}, civil.Date(0)
	if s != nil {
		due, dueOn = s.OuterAt, s.OuterOn
		if s.State == task.StateDone {
			end = s.DoneAt
		}
	}
	whole := cal.WorkingTime(from, end)
	if due.After(end) {
		whole = cal.WorkingTime(from, due)
	}
	if whole <= 0 {
		return nil
	}
	at := func(t time.Time) float64 {
		return min(100, max(0, 100*float64(cal.WorkingTime(from, t))/float64(whole)))
	}
	until := func(t time.Time) time.Time {
		if t.IsZero() || t.After(end) {
			return end
		}
		return t
	}
	day := cal.DayLength(cal.OnOrAfter(v.today))
	st := &view.Strip{Now: at(end), NowLabel: "hôm nay"}
	tints := map[string]int{}
	for _, h := range held {
		to := until(h.To)
		if !h.From.Before(to) {
			continue
		}
		who := v.shortName(h.Person, h.Unit)
		if _, ok := tints[who]; !ok {
			tints[who] = len(tints)
		}
		st.Parts = append(st.Parts, view.StripPart{From: at(h.From), Width: at(to) - at(h.From), Tint: tints[who], Now: h.To.IsZero(),
			Holder: who, Days: days(cal.WorkingTime(h.From, to), day)})
	}
	for _, p := range pauses {
		to := until(p.To)
		if !p.Takes() || !p.From.Before(to) {
			continue
		}
		words := "tạm dừng từ " + sinceWords(p.From, v.today)
		if p.WaitingFor != "" {
			words += ", chờ " + p.WaitingFor
		}
		st.Pauses = append(st.Pauses, view.StripPart{From: at(p.From), Width: at(to) - at(p.From), Holder: words, Days: days(cal.WorkingTime(p.From, to), day)})
	}
	if !due.IsZero() && due.Before(end) {
		st.LateFrom, st.LateWidth = at(due), at(end)-at(due)
	}
	if !dueOn.IsZero() {
		st.Due, st.DueLabel = at(due), "hạn "+dueOn.ShortVN()
	}
	if s != nil && s.State == task.StateDone {
		st.NowLabel = "xong " + civil.Of(s.DoneAt).ShortVN()
	}
	v.stripRows(st, s, held, pauses, end, day, tints)
	return st
}

// shortName is a holder as there is room for on a line: the given name, or the unit.
func (v *visit) shortName(person, unit int64) string {
	return cmp.Or(v.dir.Person(person).Given(), v.dir.Unit(unit).Short)
}

var partWords = map[string]string{task.PartDoes: "thực hiện", task.PartForwards: "chờ phân công", task.PartDecides: "xác nhận kết quả"}

// stripRows is the table beside: each person's working time, and what of it is late.
func (v *visit) stripRows(st *view.Strip, s *task.Share, held []task.Holding, pauses []task.PauseRow, end time.Time, day time.Duration, tints map[string]int) {
	var parts []task.Part
	if s != nil {
		parts = s.WhoseTime(v.dir, held, pauses, end)
	} else {
		parts = task.WhoseTime(held, pauses, time.Time{}, end, v.dir.Calendar)
	}
	var said []string
	for _, p := range parts {
		if p.Held <= 0 {
			continue
		}
		row := view.StripRow{Holder: cmp.Or(v.dir.Person(p.Person).Name, v.dir.Unit(p.Unit).Name), Role: partWords[p.Role], Days: days(p.Held, day), Tint: -1}
		if tint, ok := tints[v.shortName(p.Person, p.Unit)]; ok {
			row.Tint = tint
		}
		if p.For != 0 {
			row.Role += " thay " + v.dir.Person(p.For).Polite()
		}
		if p.Late > 0 {
			row.Late = days(p.Late, day)
		}
		if p.Away > 0 {
			row.Away = days(p.Away, day)
		}
		st.Rows = append(st.Rows, row)
		words := v.shortName(p.Person, p.Unit) + " giữ " + row.Days
		if row.Late != "" {
			words += ", trễ " + row.Late
		}
		said = append(said, words)
	}
	for _, p := range st.Pauses {
		said = append(said, p.Holder)
	}
	st.Words = capital(strings.Join(said, "; ")) + "."
}
