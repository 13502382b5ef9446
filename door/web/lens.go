// SPDX-License-Identifier: Apache-2.0

package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/office/org"
	"soviec/office/plan"
	"soviec/office/task"
)

// A lens is what a page of work looks at: the filter of the picture, the days in which
// work falls due, and one column of the board. It stands in the address, so that every
// figure can open its list and a colleague sees the same under the same address.
type lens struct {
	task.Filter
	From, To civil.Date // due on one of these days; zero leaves that side open
	Column   string     // a column of the board
}

// lensOf reads a lens from an address. due is a day, or two days with ".." between.
func lensOf(q url.Values) lens {
	l := lens{Filter: boardFilter(q)}
	if c := q.Get("column"); columnNamed(c) != nil {
		l.Column = c
	}
	from, to, spans := strings.Cut(q.Get("due"), "..")
	if !spans {
		to = from
	}
	l.From, _ = civil.Parse(from)
	l.To, _ = civil.Parse(to)
	return l
}

// query is the lens as it stands in an address.
func (l lens) query() url.Values {
	q := query(l.Filter)
	if l.Column != "" {
		q.Set("column", l.Column)
	}
	switch {
	case l.From.IsZero() && l.To.IsZero():
	case l.From == l.To:
		q.Set("due", l.From.String())
	default:
		q.Set("due", l.From.String()+".."+l.To.String())
	}
	return q
}

// has reports whether the lens keeps a square that the filter has left.
func (v *visit) has(l lens, t task.Tile) bool {
	if !l.From.IsZero() && t.DueOn.Before(l.From) || !l.To.IsZero() && (t.DueOn.IsZero() || t.DueOn.After(l.To)) {
		return false
	}
	c := columnNamed(l.Column)
	return c == nil || c.has(v, t)
}

// through are the open squares that the visitor may see through a lens: late first, then
// by due day, the undated and what waits for others last.
func (v *visit) through(l lens) ([]task.Tile, error) {
	p, err := v.d.Board.Of(v.Context(), v.agency())
	if err != nil {
		return nil, err
	}
	return v.throughOn(p, l), nil
}

func (v *visit) throughOn(p *task.Picture, l lens) []task.Tile {
	all := v.overview(p, l.Filter).Tiles()
	all = slices.DeleteFunc(all, func(t task.Tile) bool { return !v.has(l, t) })
	slices.SortStableFunc(all, func(a, b task.Tile) int {
		return cmp.Or(cmp.Compare(b.DaysLate, a.DaysLate), compareDue(a, b), cmp.Compare(a.Share, b.Share))
	})
	return all
}

// A column of the board: work that stands alike to its day, or is as far along.
type column struct {
	Key, Label string
	State      view.State
	has        func(v *visit, t task.Tile) bool
}

// due parts work by its day: what a person has to do next stands leftmost.
var dueColumns = []column{
	{"late", "Quá hạn", view.StateLate, byDue(inLate)},
	{"today", "Hôm nay", view.StateSoon, byDue(inToday)},
	{"week", "Tuần này", view.StateSoon, byDue(inWeek)},
	{"later", "Sau tuần này", view.StateOpen, byDue(inLater)},
	{"undated", "Không định ngày", view.StateUndated, byDue(inUndated)},
	{"paused", "Tạm dừng", view.StatePaused, byDue(inPaused)},
	{"waiting", "Chờ xác nhận", view.StateDone, byDue(inWaiting)},
}

// state parts work by how far it has come.
var stateColumns = []column{
	{"new", "Chưa bắt đầu", view.StateOpen, inState(task.StateGiven)},
	{"doing", "Đang xử lý", view.StateOpen, inState(task.StateStarted)},
	{"reported", "Đã báo cáo", view.StateDone, inState(task.StateReported)},
}

// The groups by due day.
const (
	inLate = iota
	inToday
	inWeek
	inLater
	inUndated
	inPaused
	inWaiting
)

func byDue(group int) func(*visit, task.Tile) bool {
	return func(v *visit, t task.Tile) bool { return dueGroup(t, v.today) == group }
}

// dueGroup is where work stands by its day: what was reported in time waits for others.
func dueGroup(t task.Tile, today civil.Date) int {
	if t.Standing == task.StandsWaiting {
		return inWaiting
	}
	return groupOf(t, today, endOfWeek(today))
}

// endOfWeek is the Sunday of a day's week.
func endOfWeek(d civil.Date) civil.Date { return d.AddDays((7 - int(d.Weekday())) % 7) }

func inState(s task.State) func(*visit, task.Tile) bool {
	return func(_ *visit, t task.Tile) bool { return t.State == s }
}

func columnNamed(key string) *column {
	for _, all := range [][]column{dueColumns, stateColumns} {
		for i := range all {
			if all[i].Key == key {
				return &all[i]
			}
		}
	}
	return nil
}

// ways are the ways to look at the same work, each with the filter kept.
func (v *visit) ways(now string, l lens) []view.Way {
	l.Column, l.From, l.To = "", 0, 0
	q := l.query()
	out := []view.Way{{Label: "Danh sách", Href: "/viec"}, {Label: "Bảng", Href: "/cong-viec/bang"},
		{Label: "Lịch", Href: "/cong-viec/lich"}, {Label: "Tiến độ", Href: "/cong-viec/tien-do"}, {Label: "Tải", Href: "/cong-viec/tai"}}
	for i := range out {
		out[i].Now = out[i].Href == now
		out[i].Href = address(out[i].Href, q)
	}
	if plan.May(v.rights) {
		out = append(out, view.Way{Label: "Định kỳ", Href: recurringHref}, view.Way{Label: "Mẫu", Href: templatesHref}, view.Way{Label: "Danh mục", Href: catalogueHref})
	}
	give := view.Way{Label: "Giao việc", Href: "/cong-viec/giao", Act: true}
	if !v.gives() {
		give.Label = "Đề xuất việc"
	}
	return append(out, give)
}

// gives reports whether the visitor gives work to others.
func (v *visit) gives() bool {
	return v.may(org.Direct, org.Target{}) || v.may(org.Distribute, org.Target{}) || len(v.rights.Heads) > 0
}

// workFilters are the blanks of the sentence over every page of work.
func (v *visit) workFilters(p *task.Picture, l lens) []view.Filter {
	out := []view.Filter{{Name: "unit", Label: "Đơn vị", Select: v.unitChoice(l.Unit)}}
	if l.Person != 0 {
		person := v.dir.Person(l.Person)
		out = append(out, view.Filter{Before: ", của", Name: "person", Label: "Cán bộ", Select: view.Select{Value: idText(l.Person),
			Options: []view.Option{{Label: "mọi cán bộ"}, {Value: idText(l.Person), Label: person.Polite()}}}})
	}
	return append(out, view.Filter{Before: ", do", Name: "giver", Label: "Người giao", Select: v.giverChoice(p, l.Giver)},
		view.Filter{Before: ", lĩnh vực", Name: "field", Label: "Lĩnh vực", Select: v.fieldChoice(l.Field)})
}

// lensWords say what a lens keeps: "quá hạn", "hạn 25/11/2026", "của ông Lý Thanh Hải".
func (v *visit) lensWords(l lens) string {
	words := standingWords[l.Standing]
	if c := columnNamed(l.Column); c != nil {
		words = strings.ToLower(c.Label)
	}
	switch {
	case l.From.IsZero() && l.To.IsZero():
	case l.From == l.To:
		words += ", hạn " + l.From.VN()
	case l.From.IsZero():
		words += ", hạn đến " + l.To.VN()
	case l.To.IsZero():
		words += ", hạn từ " + l.From.VN()
	default:
		words += ", hạn từ " + l.From.ShortVN() + " đến " + l.To.VN()
	}
	switch {
	case l.Person != 0:
		words += " của " + v.dir.Person(l.Person).Polite()
	case l.Unit != 0:
		words += " của " + v.dir.Unit(l.Unit).Name
	}
	return words
}
