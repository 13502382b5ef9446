// SPDX-License-Identifier: Apache-2.0

package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/office/org"
	"soviec/office/task"
)

const (
	squaresOfRow  = 40 // more are said in a number
	rowsOfTable   = 50
	rowsOfPicture = 40 // officers drawn at once in a large office, those with late work first
)

// overdue is the one click, "Việc quá hạn": which work and which officer is late.
func overdue(v *visit) error {
	f := boardFilter(v.Request.URL.Query())
	return v.showKept(v.frame(view.PlaceOverdue, "Việc quá hạn"), fmt.Sprint("overdue ", f), func(p *task.Picture) view.Page { return v.overduePage(p, f) })
}

func boardFilter(q url.Values) task.Filter {
	id := func(name string) int64 {
		n, _ := strconv.ParseInt(q.Get(name), 10, 64)
		return n
	}
	f := task.Filter{Unit: id("unit"), Giver: id("giver"), Field: id("field"), Person: id("person")}
	switch s := task.Standing(q.Get("state")); s {
	case task.StandsLate, task.StandsSoon, task.StandsOpen, task.StandsUndated, task.StandsPaused, task.StandsWaiting:
		f.Standing = s
	}
	return f
}

// query is the filter as it stands in an address.
func query(f task.Filter) url.Values {
	q := url.Values{}
	for name, id := range map[string]int64{"unit": f.Unit, "giver": f.Giver, "field": f.Field, "person": f.Person} {
		if id != 0 {
			q.Set(name, idText(id))
		}
	}
	if f.Standing != "" {
		q.Set("state", string(f.Standing))
	}
	return q
}

func address(path string, q url.Values) string {
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func (v *visit) overduePage(p *task.Picture, f task.Filter) view.Overdue {
	whole := v.overview(p, f)
	late := tiles(whole, task.StandsLate)
	page := view.Overdue{
		Sentence: overdueSentence(whole), Picture: v.picture(whole, f), SoonWords: "đến hạn trong " + v.soonDays() + " ngày",
		Total: whole.Counts.Late, MayUrge: v.may(org.Urge, org.Target{}) || len(v.rights.Heads) > 0,
		PrintHref: address("/viec-qua-han/in.pdf", query(f)), ExcelHref: address("/viec-qua-han/viec-qua-han.xlsx", query(f)),
		Unit: v.unitChoice(f.Unit), Giver: v.giverChoice(p, f.Giver), Field: v.fieldChoice(f.Field),
	}
	if f.Person != 0 {
		page.Narrowed = "Việc của " + v.dir.Person(f.Person).Polite()
	} else if !task.ScopeOf(v.rights).All && len(v.rights.Heads) == 0 {
		page.Narrowed = "Việc của " + v.dir.Person(v.me()).Polite()
	}
	if len(late) > 0 {
		page.Aside = v.oldestWords(late[0])
	}
	rows := append(late, tiles(whole, task.StandsSoon, task.StandsUndated)...)
	for i, t := range rows {
		if i == rowsOfTable {
			page.WorksMore = len(rows) - i
			page.MoreHref = address("/viec", query(f))
			break
		}
		page.Works = append(page.Works, v.workRow(t))
	}
	if whole.Open == 0 {
		page.Empty = "Không có việc nào đang mở."
	} else if whole.Counts.Late == 0 {
		page.Empty = "Không có việc nào quá hạn."
	}
	return page
}

func overdueSentence(w task.View) view.Sentence {
	soon := fmt.Sprintf("%d việc sắp đến hạn.", w.Soon)
	if w.Counts.Late == 0 {
		return view.Sentence{Before: "Hôm nay không có việc nào quá hạn; " + soon}
	}
	return view.Sentence{Before: "Hôm nay có ", Late: number(w.Counts.Late) + " việc quá hạn",
		After: fmt.Sprintf(" của %d cán bộ; %s", w.LateHolders, soon)}
}

func (v *visit) oldestWords(t task.Tile) string {
	s := fmt.Sprintf("Việc quá hạn lâu nhất: “%s” – %s, quá %d ngày làm việc", t.Title, v.holderWords(t), t.DaysLate)
	if t.Urged > 0 {
		s += fmt.Sprintf(", đã đôn đốc %d lần", t.Urged)
	}
	return s + "."
}

func (v *visit) holderWords(t task.Tile) string {
	if t.Holder != 0 {
		return v.dir.Person(t.Holder).Polite()
	}
	return v.dir.Unit(t.Unit).Name
}

// tiles are the squares of some standings in all blocks, latest first.
func tiles(w task.View, of ...task.Standing) []task.Tile {
	var out []task.Tile
	for _, b := range w.Blocks {
		for _, r := range b.Rows {
			for _, t := range r.Tiles {
				if slices.Contains(of, t.Standing) {
					out = append(out, t)
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b task.Tile) int {
		return cmp.Or(cmp.Compare(b.DaysLate, a.DaysLate), compareDue(a, b), cmp.Compare(a.Share, b.Share))
	})
	return out
}

// compareDue puts undated work last.
func compareDue(a, b task.Tile) int {
	dueA, dueB := a.Due(), b.Due()
	switch {
	case dueA.IsZero() && dueB.IsZero():
		return 0
	case dueA.IsZero():
		return 1
	case dueB.IsZero():
		return -1
	}
	return dueA.Compare(dueB)
}

func (v *visit) picture(w task.View, f task.Filter) view.Picture {
	var p view.Picture
	drawn := chosenRows(w, f)
	for _, b := range w.Blocks {
		at := f
		at.Unit = b.Unit
		name := v.dir.Unit(b.Unit).Name
		u := view.PictureUnit{ID: idText(b.Unit), Name: cmp.Or(name, "Chưa thuộc đơn vị nào"), Href: address("/viec-qua-han", query(at)),
			Late: b.Late, Open: b.Open, MayUrge: b.Late > 0 && v.may(org.Urge, org.Target{Unit: b.Unit})}
		others, open := 0, 0
		for _, r := range b.Rows {
			if drawn != nil && !drawn[place{b.Unit, r.Person}] {
				others, open = others+1, open+r.Open
				continue
			}
			u.Rows = append(u.Rows, v.pictureRow(b.Unit, r, at))
		}
		if others > 0 {
			u.More = fmt.Sprintf("và %d cán bộ khác, %s việc đang mở", others, number(open))
		}
		p.Units = append(p.Units, u)
	}
	return p
}

type place struct{ unit, person int64 }

// chosenRows are the officers drawn in an office too large to draw whole: those with
// the most late work. nil draws all; so does a page narrowed to a unit or person.
func chosenRows(w task.View, f task.Filter) map[place]bool {
	type load struct {
		place
		task.Counts
	}
	var all []load
	for _, b := range w.Blocks {
		for _, r := range b.Rows {
			all = append(all, load{place{b.Unit, r.Person}, r.Counts})
		}
	}
	if len(all) <= rowsOfPicture || f.Unit != 0 || f.Person != 0 {
		return nil
	}
	slices.SortStableFunc(all, func(a, b load) int {
		return cmp.Or(cmp.Compare(b.Late, a.Late), cmp.Compare(b.Soon, a.Soon), cmp.Compare(b.Open, a.Open))
	})
	drawn := map[place]bool{}
	for _, l := range all[:rowsOfPicture] {
		drawn[l.place] = true
	}
	return drawn
}

func (v *visit) pictureRow(unit int64, r task.Row, at task.Filter) view.PictureRow {
	at.Person = r.Person
	list := func(s task.Standing) string { at.Standing = s; return address("/viec", query(at)) }
	row := view.PictureRow{
		ID: idText(r.Person), Name: cmp.Or(v.dir.Person(r.Person).Name, "Chưa có người nhận"), Title: v.dir.Title(r.Person, v.today),
		Late: r.Late, Soon: r.Soon, Open: r.Open,
		LateHref: list(task.StandsLate), SoonHref: list(task.StandsSoon), OpenHref: list(""),
		MayUrge: r.Late > 0 && v.may(org.Urge, org.Target{Unit: unit}),
	}
	if away, ok := v.dir.Away(r.Person, v.today); ok {
		row.Absent = "vắng đến " + away.To.ShortVN()
	}
	for i, t := range r.Tiles {
		if i == squaresOfRow {
			row.More = len(r.Tiles) - i
			break
		}
		row.Squares = append(row.Squares, view.Square{Href: workLink(t.Work), State: standing(t.Standing), DaysLate: t.DaysLate, Text: v.squareText(t)})
	}
	return row
}

func workLink(work int64) string { return "/viec/" + idText(work) }

func (v *visit) squareText(t task.Tile) string {
	parts := []string{t.Title}
	if t.DueOn.IsZero() {
		parts = append(parts, "không định ngày")
	} else {
		parts = append(parts, "hạn "+t.DueOn.ShortVN(), v.dueOf(t))
	}
	if t.Urged > 0 {
		parts = append(parts, fmt.Sprintf("đã đôn đốc %d lần", t.Urged))
	}
	if held := v.heldWords(t.Piece); len(held) > 0 && t.Standing == task.StandsLate {
		parts = append(parts, strings.Join(held, ", "))
	}
	return strings.Join(parts, " · ")
}

// heldWords say how long each person had a piece of work, in working time.
func (v *visit) heldWords(p *task.Piece) []string {
	var out []string
	day := v.dir.Calendar.DayLength(v.dir.Calendar.OnOrAfter(v.today))
	for _, part := range p.WhoseTime(v.dir.Calendar, task.ScopeOf(v.rights).All, v.now) {
		if t := part.Held; t > 0 {
			who := v.dir.Unit(part.Unit).Short
			if part.Person != 0 {
				person := v.dir.Person(part.Person)
				who = person.Address + " " + person.Given()
			}
			out = append(out, who+" giữ "+days(t, day))
		}
	}
	return out
}

// dueOf says how far off the day of a piece of work is; one that stands still is not counted down.
func (v *visit) dueOf(t task.Tile) string {
	if t.Standing == task.StandsPaused {
		return "tạm dừng từ " + civil.Of(t.PausedAt).ShortVN()
	}
	return dueWords(t.DueOn, v.today, v.dir.Calendar)
}

// workRow is a piece of work as a line of any list.
func (v *visit) workRow(t task.Tile) view.Work {
	w := view.Work{
		ID: idText(t.Share), Href: workLink(t.Work), Subject: t.Title, Holder: v.dir.Person(t.Holder).Name, Unit: v.dir.Unit(t.Unit).Name,
		Giver: v.dir.Person(t.Giver).Name, Due: t.DueOn.VN(), DueWords: v.dueOf(t), State: standing(t.Standing),
		Status: t.State.Words(), Urgency: view.Urgency(t.Urgency), DaysLate: t.DaysLate, Held: v.heldWords(t.Piece), Urged: t.Urged,
	}
	if t.Role != task.Lead {
		w.Role = t.Role.Words()
	}
	if t.OuterFirst != t.OuterOn {
		w.FirstDue = t.OuterFirst.VN()
	}
	return w
}

func (v *visit) soonDays() string { return v.dir.Setting("task.due_soon_days", "2") }

func (v *visit) unitChoice(chosen int64) view.Select {
	s := view.Select{Value: zeroEmpty(chosen), Options: []view.Option{{Label: "của mọi đơn vị"}}}
	scope := task.ScopeOf(v.rights)
	for _, u := range v.dir.UnitsOn(v.today) {
		if scope.All || slices.Contains(scope.Units, u.ID) || u.ID == chosen {
			s.Options = append(s.Options, view.Option{Value: idText(u.ID), Label: u.Name})
		}
	}
	return s
}

func (v *visit) giverChoice(p *task.Picture, chosen int64) view.Select {
	s := view.Select{Value: zeroEmpty(chosen), Options: []view.Option{{Label: "bất kỳ ai giao"}}}
	seen := map[int64]bool{}
	for _, b := range v.overview(p, task.Filter{}).Blocks {
		for _, r := range b.Rows {
			for _, t := range r.Tiles {
				seen[t.Giver] = true
			}
		}
	}
	for _, person := range v.dir.People {
		if seen[person.ID] || person.ID == chosen {
			s.Options = append(s.Options, view.Option{Value: idText(person.ID), Label: person.Polite() + " giao"})
		}
	}
	return s
}

func (v *visit) fieldChoice(chosen int64) view.Select {
	s := view.Select{Value: zeroEmpty(chosen), Options: []view.Option{{Label: "bất kỳ"}}}
	for _, f := range v.dir.FieldsOn(v.today) {
		s.Options = append(s.Options, view.Option{Value: idText(f.ID), Label: f.Name})
	}
	return s
}

func zeroEmpty(id int64) string {
	if id == 0 {
		return ""
	}
	return idText(id)
}
