// SPDX-License-Identifier: Apache-2.0

package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/office/task"
)

const (
	barsOfPage  = 40
	weeksBefore = 5 // shown before today at most, and after
	weeksAfter  = 9
)

// ganttAsk is what the address asks of the timeline beside its lens.
type ganttAsk struct {
	lens
	skip int
}

// gantt is the timeline of open work (tiến độ): for each piece the days first promised
// and promised now, and who has had it since.
func gantt(v *visit) error {
	ask := v.ganttAsk(v.Request.URL.Query())
	return v.showKept(v.frame(view.PlaceWorks, "Tiến độ công việc"), fmt.Sprint("gantt ", ask), func(p *task.Picture) view.Page { return v.ganttPage(p, ask) })
}

func (v *visit) ganttAsk(q url.Values) ganttAsk {
	a := ganttAsk{lens: lensOf(q)}
	a.skip, _ = strconv.Atoi(q.Get("from"))
	a.skip = max(0, a.skip)
	return a
}

func (a ganttAsk) href(skip int) string {
	q := a.query()
	if skip > 0 {
		q.Set("from", strconv.Itoa(skip))
	}
	return address("/cong-viec/tien-do", q)
}

func (v *visit) ganttPage(pic *task.Picture, ask ganttAsk) view.Gantt {
	all := v.throughOn(pic, ask.lens)
	slices.SortStableFunc(all, func(a, b task.Tile) int { return cmp.Or(compareDue(a, b), a.GivenAt.Compare(b.GivenAt)) })
	p := view.Gantt{Ways: v.ways("/cong-viec/tien-do", ask.lens), Heading: "Tiến độ " + number(len(all)) + " việc " + v.lensWords(ask.lens),
		Filters:   append([]view.Filter{{Before: "Việc", Name: "state", Label: "Tình trạng", Select: stateChoice(ask.Standing)}}, v.workFilters(pic, ask.lens)...),
		ExcelHref: address("/cong-viec/tien-do/tien-do.xlsx", ask.query()), PrintHref: address("/cong-viec/tien-do/in.pdf", ask.query()), Empty: "Không có việc nào đang mở như vậy."}
	skip := min(ask.skip, len(all))
	shown := all[skip:min(skip+barsOfPage, len(all))]
	if len(shown) == 0 {
		return p
	}
	g := v.ganttScale(shown)
	p.Ticks, p.Now, p.Span = g.ticks(), g.at(v.now), "từ "+g.from.VN()+" đến "+g.to.VN()
	for _, t := range shown {
		p.Rows = append(p.Rows, v.ganttRow(g, t))
	}
	p.Pager.Total = number(len(all)) + " việc"
	if skip > 0 {
		p.Pager.Previous = ask.href(max(0, skip-barsOfPage))
	}
	if skip+barsOfPage < len(all) {
		p.Pager.Next = ask.href(skip + barsOfPage)
	}
	return p
}

// A ganttScale puts days on a line, 0 to 100.
type ganttScale struct{ from, to civil.Date }

// ganttScale begins on a Monday and ends on a Sunday, so that weeks are whole.
func (v *visit) ganttScale(shown []task.Tile) ganttScale {
	from, to := v.today, v.today.AddDays(14)
	for _, t := range shown {
		from = min(from, civil.Of(t.GivenAt))
		to = max(to, t.OuterOn, t.DueOn, t.OuterFirst)
	}
	from, to = max(from, v.today.AddDays(-7*weeksBefore)), min(to, v.today.AddDays(7*weeksAfter))
	return ganttScale{monday(from), endOfWeek(to)}
}

func (g ganttScale) at(t time.Time) float64 {
	from := civil.At(g.from, 0, 0)
	return min(100, max(0, 100*t.Sub(from).Hours()/(24*float64(g.to.Sub(g.from)+1))))
}

// ends is where a day is over on the line.
func (g ganttScale) ends(d civil.Date) float64 { return g.at(civil.At(d.AddDays(1), 0, 0)) }

func (g ganttScale) ticks() []view.GanttTick {
	var out []view.GanttTick
	weeks := (g.to.Sub(g.from) + 1) / 7
	step := 1 + (weeks-1)/8
	for i := 0; i < weeks; i += step {
		d := g.from.AddDays(7 * i)
		out = append(out, view.GanttTick{At: g.at(civil.At(d, 0, 0)), Label: d.ShortVN()})
	}
	return out
}

func (v *visit) ganttRow(g ganttScale, t task.Tile) view.GanttRow {
	w := v.workRow(t)
	r := view.GanttRow{Work: w, Given: civil.Of(t.GivenAt).ShortVN(), First: t.OuterFirst.ShortVN(), Due: t.DueOn.ShortVN(), From: g.at(t.GivenAt), End: g.at(v.now)}
	words := []string{"giao " + r.Given}
	if !t.OuterFirst.IsZero() {
		r.Planned = max(0, g.ends(t.OuterFirst)-r.From)
		words = append(words, "hạn đầu "+r.First)
	}
	if !t.DueOn.IsZero() {
		r.DueAt = g.ends(t.DueOn)
		if t.DueOn != t.OuterFirst {
			words = append(words, "hạn nay "+r.Due)
		}
	}
	end := v.now
	if t.State == task.StateReported {
		end = t.ReportedAt
		words = append(words, "báo cáo "+civil.Of(end).ShortVN())
	}
	r.End = g.at(end)
	for _, h := range t.Held {
		to := h.To
		if to.IsZero() || to.After(v.now) {
			to = v.now
		}
		who := cmp.Or(v.dir.Person(h.Person).Given(), v.dir.Unit(h.Unit).Short)
		bar := view.GanttBar{From: g.at(h.From), Who: who, Tint: tintOf(r.Bars, who)}
		if bar.Width = g.at(to) - bar.From; bar.Width <= 0 {
			continue
		}
		bar.Words = who + " giữ từ " + civil.Of(h.From).ShortVN()
		if !h.To.IsZero() {
			bar.Words += " đến " + civil.Of(h.To).ShortVN()
		}
		r.Bars = append(r.Bars, bar)
		words = append(words, bar.Words)
	}
	for _, x := range t.Pauses {
		to := x.To
		if to.IsZero() || to.After(v.now) {
			to = v.now
		}
		bar := view.GanttBar{From: g.at(x.From), Words: "tạm dừng từ " + civil.Of(x.From).ShortVN()}
		if x.WaitingFor != "" {
			bar.Words += ", chờ " + x.WaitingFor
		}
		if bar.Width = g.at(to) - bar.From; bar.Width > 0 {
			r.Pauses = append(r.Pauses, bar)
			words = append(words, bar.Words)
		}
	}
	if due := t.Due(); !due.IsZero() && due.Before(end) && t.Standing == task.StandsLate {
		r.LateFrom = g.at(due)
		r.LateWidth = r.End - r.LateFrom
		words = append(words, w.DueWords)
	}
	r.Words = t.Title + ": " + strings.Join(words, ", ")
	return r
}

// tintOf gives the same holder the same colour within a row.
func tintOf(bars []view.GanttBar, who string) int {
	next := 0
	for _, b := range bars {
		if b.Who == who {
			return b.Tint
		}
		next = max(next, b.Tint+1)
	}
	return next
}
