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
	"soviec/kit/print"
	"soviec/kit/sheet"
	"soviec/office/task"
)

// The board, the calendar and the timeline on paper and as sheets: what the page shows,
// whole, under the same address.

// paper answers with a report in landscape.
func (v *visit) paper(r print.Report, name string) error {
	r.Superior, r.Agency, r.Place, r.On, r.At = v.dir.Agency.Superior, v.dir.Agency.Name, v.dir.Agency.Place, v.now, v.now
	r.Landscape, r.Mark = true, v.mark()
	if r.Subtitle == "" {
		r.Subtitle = "Tính đến " + momentWords(v.now)
	}
	var buf bytes.Buffer
	if err := print.Table(&buf, r); err != nil {
		return err
	}
	return v.file("application/pdf", name+"-"+v.today.String()+".pdf", true, buf.Bytes())
}

// A told piece is a line of a sheet of work: what stands before the columns of every list.
type sheetLine struct {
	before []any
	work   view.Work
}

// workSheet answers with lines of work behind columns of their own.
func (v *visit) workSheet(title, name string, before []sheet.Column, lines []sheetLine) error {
	s := sheet.Sheet{Name: "Việc", Titles: []string{v.dir.Agency.Name, title + ", tính đến " + momentWords(v.now)}, Columns: before}
	for _, c := range workColumns {
		s.Columns = append(s.Columns, sheet.Column{Title: c.title, Width: c.mm / 2})
	}
	s.Rows = func(yield func(sheet.Row) bool) {
		for _, l := range lines {
			if !yield(sheet.Row{Cells: append(slices.Clone(l.before), workCells(l.work)...)}) {
				return
			}
		}
	}
	var buf bytes.Buffer
	if err := sheet.Write(&buf, sheet.Book{Sheets: []sheet.Sheet{s}}); err != nil {
		return err
	}
	return v.file(xlsxType, name+"-"+v.today.String()+".xlsx", false, buf.Bytes())
}

// workCells are the cells of a work in a sheet; days are real dates.
func workCells(w view.Work) []any {
	var cells []any
	for _, c := range workColumns {
		switch value := c.value(w); {
		case c.title == "Đôn đốc":
			cells = append(cells, w.Urged)
		case c.title == "Hạn" || c.title == "Hạn đầu":
			cells = append(cells, sheet.Day(isoDay(value)))
		default:
			cells = append(cells, value)
		}
	}
	return cells
}

// worksPDF is any list of work on paper.
func worksPDF(v *visit) error {
	l := lensOf(v.Request.URL.Query())
	rows, err := v.workRows(l)
	if err != nil {
		return err
	}
	return v.paper(v.workReport("Danh sách việc "+v.lensWords(l), rows), "viec")
}

// workReport is a list of work as a table for paper.
func (v *visit) workReport(title string, rows []view.Work) print.Report {
	r := print.Report{Title: title, Notes: []string{fmt.Sprintf("Danh sách này có %d việc. Số ngày tính theo ngày làm việc.", len(rows))}}
	for _, c := range workColumns {
		r.Columns = append(r.Columns, print.Column{Title: c.title, WidthMM: c.mm})
	}
	r.Lines = func(yield func(print.Line) bool) {
		for _, w := range rows {
			cells := make([]string, len(workColumns))
			for i, c := range workColumns {
				cells[i] = c.value(w)
			}
			if !yield(print.Line{Cells: cells, Late: w.State == view.StateLate}) {
				return
			}
		}
	}
	return r
}

// boardLanesOf are the rows of the board with the columns that hold something.
func (v *visit) boardLanesOf() (ask boardAsk, lanes []laneOf, shown []column, err error) {
	ask = boardAskOf(v.Request.URL.Query())
	pic, err := v.d.Board.Of(v.Context(), v.agency())
	if err != nil {
		return
	}
	all := v.throughOn(pic, ask.lens)
	for _, c := range ask.columns() {
		if slices.ContainsFunc(all, func(t task.Tile) bool { return c.has(v, t) }) {
			shown = append(shown, c)
		}
	}
	return ask, v.boardLanes(all, ask), shown, nil
}

// laneName is whose row of the board it is.
func (v *visit) laneName(l laneOf) string {
	switch {
	case l.place == place{}:
		return ""
	case l.person != 0:
		return v.dir.Person(l.person).Name + ", " + v.dir.Unit(l.unit).Name
	}
	return cmp.Or(v.dir.Unit(l.unit).Name, "Chưa thuộc đơn vị nào")
}

// boardPDF is the board on paper: each row of it a row of the table, every card named whole.
func boardPDF(v *visit) error {
	ask, lanes, shown, err := v.boardLanesOf()
	if err != nil {
		return err
	}
	r := print.Report{Title: "Bảng công việc", Filters: capital(v.lensWords(ask.lens))}
	for _, c := range shown {
		r.Columns = append(r.Columns, print.Column{Title: c.Label, WidthMM: 40})
	}
	if len(shown) == 0 {
		r.Columns, r.Notes = []print.Column{{Title: "Việc", WidthMM: 100}}, []string{"Không có việc nào đang mở như vậy."}
	}
	r.Lines = func(yield func(print.Line) bool) {
		for _, l := range lanes {
			if name := v.laneName(l); name != "" && !yield(print.Line{Kind: print.Group, Cells: []string{name}}) {
				return
			}
			// One line of cards after another, so that a row never is longer than a page.
			cards := make([][]string, len(shown))
			most := 0
			for i, c := range shown {
				for _, t := range l.tiles {
					if c.has(v, t) {
						cards[i] = append(cards[i], v.cardWords(t, ask.lanes == "person"))
					}
				}
				most = max(most, len(cards[i]))
			}
			for n := range most {
				cells := make([]string, len(shown))
				for i := range shown {
					if n < len(cards[i]) {
						cells[i] = cards[i][n]
					}
				}
				if !yield(print.Line{Cells: cells}) {
					return
				}
			}
		}
	}
	return v.paper(r, "bang-cong-viec")
}

// cardWords are a card in words: what, who, until when.
func (v *visit) cardWords(t task.Tile, own bool) string {
	w := v.workRow(t)
	parts := []string{w.Subject}
	if !own && w.Holder != "" {
		parts = append(parts, w.Holder)
	}
	if w.Due != "" {
		parts = append(parts, "hạn "+w.Due)
	}
	return strings.Join(append(parts, w.DueWords), "; ")
}

func boardXLSX(v *visit) error {
	ask, lanes, shown, err := v.boardLanesOf()
	if err != nil {
		return err
	}
	var lines []sheetLine
	for _, l := range lanes {
		for _, c := range shown {
			for _, t := range l.tiles {
				if c.has(v, t) {
					lines = append(lines, sheetLine{[]any{v.laneName(l), c.Label}, v.workRow(t)})
				}
			}
		}
	}
	return v.workSheet("Bảng công việc: "+v.lensWords(ask.lens), "bang-cong-viec", []sheet.Column{{Title: "Hàng", Width: 28}, {Title: "Cột", Width: 16}}, lines)
}

// calendarSpan is what the calendar shows: from a Monday to a Sunday, with what falls due.
func (v *visit) calendarSpan() (ask calendarAsk, title string, from, to civil.Date, byDay map[civil.Date][]task.Tile, err error) {
	ask = v.calendarAsk(v.Request.URL.Query())
	from, to = ask.first, ask.first.AddDays(6)
	title = "Lịch công việc tuần từ " + from.ShortVN() + " đến " + to.VN()
	if !ask.week {
		from, to = monday(ask.first), endOfWeek(ask.first.AddMonths(1).AddDays(-1))
		title = fmt.Sprintf("Lịch công việc tháng %d năm %d", ask.first.Month(), ask.first.Year())
	}
	at := ask.lens
	at.From, at.To = from, to
	all, err := v.through(at)
	byDay = map[civil.Date][]task.Tile{}
	for _, t := range all {
		byDay[t.DueOn] = append(byDay[t.DueOn], t)
	}
	return
}

// calendarPDF is the month or the week as a grid of days, every work named whole.
func calendarPDF(v *visit) error {
	ask, title, from, to, byDay, err := v.calendarSpan()
	if err != nil {
		return err
	}
	away := v.awayBetween(from, to, ask.Filter)
	r := print.Report{Title: title, Filters: capital(v.lensWords(ask.lens))}
	for d := from; d < from.AddDays(7); d++ {
		wide := 42.0
		if d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
			wide = 26
		}
		r.Columns = append(r.Columns, print.Column{Title: capital(d.WeekdayVN()), WidthMM: wide})
	}
	r.Lines = func(yield func(print.Line) bool) {
		for week := from; week <= to; week = week.AddDays(7) {
			var days [7][]string
			most := 0
			for i := range days {
				d := week.AddDays(i)
				head := d.ShortVN()
				if why := v.dir.Calendar.Why(d); !v.dir.Calendar.WorkingDay(d) {
					head += " (" + cmp.Or(why, "nghỉ") + ")"
				}
				for _, a := range away {
					if a.Covers(d) && v.dir.Calendar.WorkingDay(d) {
						head += "; vắng: " + v.dir.Person(a.Person).Name
					}
				}
				days[i] = []string{head}
				for _, t := range byDay[d] {
					w := v.workRow(t)
					days[i] = append(days[i], strings.Join([]string{w.Subject, w.Holder, w.DueWords}, "; "))
				}
				most = max(most, len(days[i]))
			}
			for n := range most {
				cells := make([]string, 7)
				for i := range days {
					if n < len(days[i]) {
						cells[i] = days[i][n]
					}
				}
				kind := print.Item
				if n == 0 {
					kind = print.Total // the days stand out
				}
				if !yield(print.Line{Kind: kind, Cells: cells}) {
					return
				}
			}
		}
	}
	return v.paper(r, "lich-cong-viec")
}

func calendarXLSX(v *visit) error {
	_, title, from, to, byDay, err := v.calendarSpan()
	if err != nil {
		return err
	}
	var lines []sheetLine
	for d := from; d <= to; d++ {
		for _, t := range byDay[d] {
			lines = append(lines, sheetLine{[]any{sheet.Day(d.String()), d.WeekdayVN()}, v.workRow(t)})
		}
	}
	return v.workSheet(title, "lich-cong-viec", []sheet.Column{{Title: "Ngày", Width: 12}, {Title: "Thứ", Width: 10}}, lines)
}

// ganttRows are all pieces of the timeline, however many, on one scale.
func (v *visit) ganttRows() (ask ganttAsk, g ganttScale, rows []view.GanttRow, err error) {
	ask = v.ganttAsk(v.Request.URL.Query())
	all, err := v.through(ask.lens)
	if err != nil || len(all) == 0 {
		return
	}
	slices.SortStableFunc(all, func(a, b task.Tile) int { return cmp.Or(compareDue(a, b), a.GivenAt.Compare(b.GivenAt)) })
	g = v.ganttScale(all)
	for _, t := range all {
		rows = append(rows, v.ganttRow(g, t))
	}
	return
}

// ganttPDF is the timeline on paper, the bars drawn.
func ganttPDF(v *visit) error {
	ask, g, rows, err := v.ganttRows()
	if err != nil {
		return err
	}
	r := print.Report{Title: "Tiến độ công việc", Filters: capital(v.lensWords(ask.lens)), Columns: []print.Column{{Title: "Việc", WidthMM: 74}, {Title: "Cán bộ", WidthMM: 34}, {Title: "Giao", WidthMM: 14},
		{Title: "Hạn đầu", WidthMM: 15}, {Title: "Hạn", WidthMM: 15}, {Title: "Tình trạng", WidthMM: 22}, {Title: "", WidthMM: 96}},
		Notes: []string{"Khung: từ ngày giao đến hạn đầu. Vạch đậm: hạn hiện nay. Dải màu: đang có người giữ, đổi màu khi đổi người. Dải đỏ thấp: quá hạn. Vạch đứng liền nhau: tạm dừng. Vạch ngoài cùng bên phải của dải là hôm nay."}}
	if len(rows) > 0 {
		for _, t := range g.ticks() {
			r.Ticks = append(r.Ticks, print.Tick(t))
		}
		r.Subtitle = "Tính đến " + momentWords(v.now) + "; vẽ từ " + g.from.VN() + " đến " + g.to.VN()
	}
	r.Lines = func(yield func(print.Line) bool) {
		for _, x := range rows {
			if !yield(print.Line{Cells: []string{x.Work.Subject, x.Work.Holder, x.Given, x.First, x.Due, x.Work.DueWords}, Late: x.Work.State == view.StateLate, Bars: barsOf(x)}) {
				return
			}
		}
	}
	return v.paper(r, "tien-do")
}

func barsOf(x view.GanttRow) []print.Bar {
	var out []print.Bar
	if x.Planned > 0 {
		out = append(out, print.Bar{From: x.From, Width: x.Planned, Kind: print.BarPlan})
	}
	for _, b := range x.Bars {
		kind := print.BarHeld
		if b.Tint%2 == 1 {
			kind = print.BarNext
		}
		out = append(out, print.Bar{From: b.From, Width: b.Width, Kind: kind})
	}
	if x.LateWidth > 0 {
		out = append(out, print.Bar{From: x.LateFrom, Width: x.LateWidth, Kind: print.BarLate})
	}
	for _, b := range x.Pauses {
		out = append(out, print.Bar{From: b.From, Width: b.Width, Kind: print.BarStay})
	}
	if x.DueAt > 0 {
		out = append(out, print.Bar{From: x.DueAt, Kind: print.BarMark})
	}
	return out
}

func ganttXLSX(v *visit) error {
	ask, _, rows, err := v.ganttRows()
	if err != nil {
		return err
	}
	var lines []sheetLine
	for _, x := range rows {
		lines = append(lines, sheetLine{[]any{x.Given, x.Words}, x.Work})
	}
	return v.workSheet("Tiến độ công việc: "+v.lensWords(ask.lens), "tien-do", []sheet.Column{{Title: "Giao", Width: 10}, {Title: "Diễn biến", Width: 60}}, lines)
}
