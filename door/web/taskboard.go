// SPDX-License-Identifier: Apache-2.0

package web

import (
	"cmp"
	"fmt"
	"net/url"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/office/task"
)

const (
	cardsOfColumn = 30 // in one column of a board that is not parted by officers
	cardsOfLane   = 6  // in one column of one officer
)

// boardAsk is what the address asks of the board beside its lens.
type boardAsk struct {
	lens
	by    string // due or state
	lanes string // "" = one board, person, unit
	pick  string // the column shown on the phone
}

func boardAskOf(q url.Values) boardAsk {
	a := boardAsk{lens: lensOf(q), by: "due"}
	if q.Get("by") == "state" {
		a.by = "state"
	}
	if s := q.Get("lanes"); s == "person" || s == "unit" {
		a.lanes = s
	}
	a.pick, a.Column = a.Column, ""
	return a
}

func (a boardAsk) columns() []column {
	if a.by == "state" {
		return stateColumns
	}
	return dueColumns
}

// href is the board with one column in front.
func (a boardAsk) href(pick string) string {
	q := a.query()
	if a.by != "due" {
		q.Set("by", a.by)
	}
	if a.lanes != "" {
		q.Set("lanes", a.lanes)
	}
	if pick != "" {
		q.Set("column", pick)
	}
	return address("/cong-viec/bang", q)
}

// file is a file of the board that the address asks for.
func (a boardAsk) file(name string) string {
	path, q, _ := strings.Cut(a.href(""), "?")
	return strings.TrimSuffix(path+"/"+name+"?"+q, "?")
}

// workBoard is the board of open work (bảng công việc): columns by due day or by how far
// it has come, one for all or one for each officer or unit.
func workBoard(v *visit) error {
	ask := boardAskOf(v.Request.URL.Query())
	return v.showKept(v.frame(view.PlaceWorks, "Bảng công việc"), fmt.Sprint("board ", ask, v.togetherActs()), func(p *task.Picture) view.Page {
		return v.boardPage(p, ask)
	})
}

func (v *visit) boardPage(pic *task.Picture, ask boardAsk) view.Board {
	all := v.throughOn(pic, ask.lens)
	p := view.Board{Ways: v.ways("/cong-viec/bang", ask.lens), Sentence: v.boardSentence(all, ask.lens), Acts: v.togetherActs(), Back: ask.href(ask.pick), ExcelHref: ask.file("bang.xlsx"), PrintHref: ask.file("in.pdf"),
		Filters: append([]view.Filter{
			{Before: "Xếp", Name: "by", Label: "Xếp theo", Select: choices(map[bool]string{true: "state"}[ask.by == "state"], "", "theo hạn", "state", "theo tình trạng")},
			{Before: ",", Name: "lanes", Label: "Chia theo", Select: choices(ask.lanes, "", "không chia hàng", "person", "mỗi cán bộ một hàng", "unit", "mỗi đơn vị một hàng")},
			{Before: ", việc", Name: "unit", Label: "Đơn vị", Select: v.unitChoice(ask.Unit)},
		}, v.workFilters(pic, ask.lens)[1:]...),
	}
	if len(all) == 0 {
		p.Empty = "Không có việc nào đang mở như vậy."
		return p
	}
	lanes := v.boardLanes(all, ask)
	if len(lanes) > rowsOfPicture {
		p.More = fmt.Sprintf("Còn %d hàng nữa. Chọn một đơn vị để xem đủ.", len(lanes)-rowsOfPicture)
		lanes = lanes[:rowsOfPicture]
	}
	counts := map[string]int{}
	for _, c := range ask.columns() {
		for _, t := range all {
			if c.has(v, t) {
				counts[c.Key]++
			}
		}
	}
	var shown []column
	for _, c := range ask.columns() {
		if counts[c.Key] == 0 && (c.Key == "undated" || c.Key == "paused") {
			continue // what is not there needs no place
		}
		shown = append(shown, c)
		at := ask.lens
		at.Column = c.Key
		p.Columns = append(p.Columns, view.BoardColumn{Key: c.Key, Label: c.Label, State: c.State, Count: counts[c.Key], Href: address("/viec", at.query()), Pick: ask.href(c.Key)})
	}
	pick := ask.pick
	for i := range p.Columns { // the phone begins with the first column that holds something
		if pick == "" && p.Columns[i].Count > 0 {
			pick = p.Columns[i].Key
		}
	}
	for i := range p.Columns {
		p.Columns[i].Now = p.Columns[i].Key == pick
	}
	for _, lane := range lanes {
		p.Lanes = append(p.Lanes, v.boardLane(lane, ask, shown, pick))
	}
	return p
}

// laneOf is the work of one row of the board.
type laneOf struct {
	place
	tiles []task.Tile
}

// boardLanes part the work; the order is that of the picture.
func (v *visit) boardLanes(all []task.Tile, ask boardAsk) []laneOf {
	if ask.lanes == "" {
		return []laneOf{{tiles: all}}
	}
	at, out := map[place]int{}, []laneOf{}
	for _, u := range v.dir.Units { // units in their order, people in that of their posts
		if ask.lanes == "unit" {
			at[place{unit: u.ID}] = len(out)
			out = append(out, laneOf{place: place{unit: u.ID}})
			continue
		}
		for _, person := range v.dir.Members(u.ID, v.today) {
			at[place{u.ID, person.ID}] = len(out)
			out = append(out, laneOf{place: place{u.ID, person.ID}})
		}
	}
	for _, t := range all {
		k := place{unit: t.Unit}
		if ask.lanes == "person" {
			k.person = t.Holder
		}
		i, ok := at[k]
		if !ok {
			i, at[k] = len(out), len(out)
			out = append(out, laneOf{place: k})
		}
		out[i].tiles = append(out[i].tiles, t)
	}
	kept := out[:0]
	for _, l := range out {
		if len(l.tiles) > 0 {
			kept = append(kept, l)
		}
	}
	return kept
}

func (v *visit) boardLane(l laneOf, ask boardAsk, columns []column, pick string) view.BoardLane {
	lane := view.BoardLane{}
	most, of := cardsOfColumn, ""
	at := ask.lens
	if ask.lanes != "" {
		most, at.Unit = cardsOfLane, l.unit
		lane.Name = cmp.Or(v.dir.Unit(l.unit).Name, "Chưa thuộc đơn vị nào")
		if ask.lanes == "person" {
			at.Person = l.person
			lane.Note, lane.Name = lane.Name, cmp.Or(v.dir.Person(l.person).Name, "Chưa có người nhận")
			if away, ok := v.dir.Away(l.person, v.today); ok {
				lane.Absent = "vắng đến " + away.To.ShortVN()
			}
		}
		lane.Href, of = address("/viec", at.query()), " của "+lane.Name
	}
	for _, c := range columns {
		cell := view.BoardCell{Now: c.Key == pick, Label: c.Label + of}
		for _, t := range l.tiles {
			if !c.has(v, t) {
				continue
			}
			if len(cell.Cards) == most {
				cell.More++
				continue
			}
			w := v.workRow(t)
			if ask.lanes == "person" {
				w.Holder = "" // the row says whose it is
			}
			cell.Cards = append(cell.Cards, w)
		}
		if cell.More > 0 {
			at.Column = c.Key
			cell.MoreHref = address("/viec", at.query())
		}
		lane.Cells = append(lane.Cells, cell)
	}
	return lane
}

func (v *visit) boardSentence(all []task.Tile, l lens) view.Sentence {
	late, today := 0, 0
	for _, t := range all {
		switch dueGroup(t, v.today) {
		case inLate:
			late++
		case inToday:
			today++
		}
	}
	of := ""
	switch {
	case l.Person != 0:
		of = " của " + v.dir.Person(l.Person).Polite()
	case l.Unit != 0:
		of = " của " + v.dir.Unit(l.Unit).Name
	case !task.ScopeOf(v.rights).All && len(v.rights.Heads) == 0:
		of = " của anh/chị"
	}
	s := view.Sentence{Before: number(len(all)) + " việc đang mở" + of + ": "}
	if late > 0 {
		s.Late, s.After = number(late)+" việc quá hạn", ", "
	}
	s.After += number(today) + " việc đến hạn hôm nay."
	return s
}

// choices are the options of a blank in a sentence, as pairs of value and label.
func choices(chosen string, pairs ...string) view.Select {
	s := view.Select{Value: chosen}
	for i := 0; i+1 < len(pairs); i += 2 {
		s.Options = append(s.Options, view.Option{Value: pairs[i], Label: pairs[i+1]})
	}
	return s
}

// dayWords names a day in a heading: "thứ Hai, 23/11/2026".
func dayWords(d civil.Date) string { return d.WeekdayVN() + ", " + d.VN() }
