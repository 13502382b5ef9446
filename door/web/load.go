// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/sheet"
	"soviec/office/handover"
	"soviec/office/org"
	"soviec/office/task"
)

// loads is what each officer carries (tải công việc), for whoever sees their work.
func loads(v *visit) error {
	l := lensOf(v.Request.URL.Query())
	rows, err := v.loadRows(l)
	if err != nil {
		return err
	}
	p := view.Loads{Frame: v.frame(view.PlaceWorks, "Tải công việc"), Ways: v.ways("/cong-viec/tai", l), Rows: rows, ExcelHref: address("/cong-viec/tai/tai.xlsx", l.query()),
		Filters: []view.Filter{{Before: "Cán bộ", Name: "unit", Label: "Đơn vị", Select: v.unitChoice(l.Unit)}}, Empty: "Không có cán bộ nào để xem."}
	open, heavy, away := 0, 0, 0
	for _, r := range rows {
		open += r.Open
		if r.Heavy {
			heavy++
		}
		if r.Away != "" {
			away++
		}
	}
	p.Sentence = view.Sentence{Before: fmt.Sprintf("%d cán bộ giữ %s đang mở", len(rows), workCount(open))}
	if heavy > 0 {
		p.Sentence.Before += "; "
		p.Sentence.Late = fmt.Sprintf("%d người quá tải tuần này", heavy)
	}
	p.Sentence.After = fmt.Sprintf("; %d người vắng hoặc sắp vắng.", away)
	return v.show(p)
}

// loadRows are the officers whose work the visitor may see, in the agency's order.
func (v *visit) loadRows(l lens) ([]view.LoadRow, error) {
	scope := task.ScopeOf(v.rights)
	var people []int64
	for _, u := range v.dir.UnitsOn(v.today) {
		if l.Unit != 0 && l.Unit != u.ID {
			continue
		}
		for _, person := range v.dir.Members(u.ID, v.today) {
			if (scope.All || slices.Contains(scope.Units, u.ID) || person.ID == v.me()) && !slices.Contains(people, person.ID) {
				people = append(people, person.ID)
			}
		}
	}
	return v.loadsOf(people)
}

// loadsOf are the loads of some people, none of which needs a query of its own.
func (v *visit) loadsOf(people []int64) ([]view.LoadRow, error) {
	p, err := v.d.Board.Of(v.Context(), v.agency())
	if err != nil {
		return nil, err
	}
	all := handover.Loads(p, v.dir, v.now, people)
	most := 1
	for _, l := range all {
		most = max(most, l.Open)
	}
	var out []view.LoadRow
	for _, id := range people {
		if l := all[id]; l.Open > 0 || len(l.Absences) > 0 || !v.dir.Rights(id, v.today).Leader() {
			out = append(out, v.loadRow(l, most)) // leaders give work; a row of noughts says nothing
		}
	}
	return out, nil
}

func (v *visit) loadRow(l handover.Load, most int) view.LoadRow {
	post, _ := v.dir.PostOn(l.Person, v.today)
	at := lens{Filter: task.Filter{Person: l.Person}}
	href := func(change func(*lens)) string {
		x := at
		change(&x)
		return address("/viec", x.query())
	}
	r := view.LoadRow{Name: v.dir.Person(l.Person).Name, Title: post.Title, Unit: v.dir.Unit(post.Unit).Name, Open: l.Open, Late: l.Late, Week: l.Week, Undated: l.Undated, Waiting: l.Waiting,
		Hours: loadHours(l.Minutes), WeekHours: loadHours(l.WeekTime), Href: href(func(*lens) {}),
		LateHref: href(func(x *lens) { x.Standing = task.StandsLate }), WeekHref: href(func(x *lens) { x.From, x.To = v.today, endOfWeek(v.today) }),
		Bar: 100 * float64(l.Open) / float64(most)}
	end := v.dir.Calendar.EndOfDay(endOfWeek(v.today))
	r.Heavy = l.WeekTime > 0 && time.Duration(l.WeekTime)*time.Minute > l.Working(v.dir, v.now, end)
	if len(l.Absences) > 0 {
		r.Away = v.awayWords(l.Absences[0])
	}
	return r
}

func (v *visit) awayWords(a org.Absence) string {
	s := a.From.ShortVN() + "–" + a.To.ShortVN()
	if a.StandIn != 0 {
		s += ", " + v.dir.Person(a.StandIn).Polite() + " làm thay"
	}
	return s
}

func loadsXLSX(v *visit) error {
	rows, err := v.loadRows(lensOf(v.Request.URL.Query()))
	if err != nil {
		return err
	}
	s := sheet.Sheet{Name: "Tải công việc", Titles: []string{v.dir.Agency.Name, "Tải công việc của cán bộ, tính đến " + momentWords(v.now)}}
	for _, c := range []struct {
		title string
		width float64
	}{{"Cán bộ", 26}, {"Chức vụ", 22}, {"Đơn vị", 32}, {"Đang mở", 10}, {"Quá hạn", 10}, {"Đến hạn trong tuần", 16}, {"Không định ngày", 14}, {"Chờ xác nhận", 14}, {"Định mức còn lại", 16}, {"Định mức tuần này", 16}, {"Vắng", 30}} {
		s.Columns = append(s.Columns, sheet.Column{Title: c.title, Width: c.width})
	}
	s.Rows = func(yield func(sheet.Row) bool) {
		for _, r := range rows {
			if !yield(sheet.Row{Cells: []any{r.Name, r.Title, r.Unit, r.Open, r.Late, r.Week, r.Undated, r.Waiting, r.Hours, r.WeekHours, r.Away}}) {
				return
			}
		}
	}
	var buf bytes.Buffer
	if err := sheet.Write(&buf, sheet.Book{Sheets: []sheet.Sheet{s}}); err != nil {
		return err
	}
	return v.file("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "tai-cong-viec-"+v.today.String()+".xlsx", false, buf.Bytes())
}

// loadWarnings are what the load of those who would do an order says against it.
func (v *visit) loadWarnings(o task.Order) []string {
	p, err := v.d.Board.Of(v.Context(), v.agency())
	if err != nil {
		return nil // a warning that cannot be had hinders nothing
	}
	who := v.named(o)
	out := task.Doubles(p, v.dir, o)
	all := handover.Loads(p, v.dir, v.now, who)
	due := v.dueInstant(o.Due)
	for i, id := range who {
		minutes := int64(0)
		if i == 0 {
			minutes = o.Product.Minutes()
		}
		for _, w := range handover.Warnings(v.dir, all[id], v.now, due, minutes) {
			if !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	}
	return out
}

// dueInstant is when a day, or an hour of it, is over; zero for no day.
func (v *visit) dueInstant(d task.Due) time.Time {
	if d.On.IsZero() {
		return time.Time{}
	}
	if t, err := time.Parse("15:04", d.At); err == nil {
		return civil.At(d.On, t.Hour(), t.Minute())
	}
	return v.dir.Calendar.EndOfDay(d.On)
}

// showLoads shows what those carry whom the typed form names, and everybody else.
func (v *visit) showLoads(p *view.Give) {
	o := task.Order{Info: nil}
	o.Lead, _ = assignee(v.field("lead"))
	for _, who := range v.PostForm["coop_who"] {
		if to, ok := assignee(who); ok {
			o.Coop = append(o.Coop, to)
		}
	}
	v.showLoadsOf(p, o)
}

func (v *visit) showLoadsOf(p *view.Give, o task.Order) {
	if p.Mine {
		return
	}
	who := v.named(o)
	p.Loads, _ = v.loadsOf(who) // the form is worth more than the numbers beside it
	var rest []int64
	for _, g := range p.Leads {
		for _, option := range g.Options {
			if a, ok := assignee(option.Value); ok && a.Person != 0 && !slices.Contains(who, a.Person) && !slices.Contains(rest, a.Person) {
				rest = append(rest, a.Person)
			}
		}
	}
	p.Rest, _ = v.loadsOf(rest)
	slices.SortStableFunc(p.Rest, func(a, b view.LoadRow) int {
		return cmp.Or(strings.Compare(a.Unit, b.Unit), cmp.Compare(a.Open, b.Open))
	})
}
