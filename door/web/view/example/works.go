// SPDX-License-Identifier: Apache-2.0

package example

import (
	"fmt"
	"strings"

	"soviec/door/web/view"
)

func ways(now int) []view.Way {
	w := []view.Way{{Label: "Danh sách", Href: "/viec"}, {Label: "Bảng", Href: "/cong-viec/bang"}, {Label: "Lịch", Href: "/cong-viec/lich"}, {Label: "Tiến độ", Href: "/cong-viec/tien-do"}}
	w[now].Now = true
	return w
}

func worksPages() []Named {
	w := works()
	state := view.Filter{Before: "Việc", Name: "state", Label: "Tình trạng", Select: view.Select{Value: "late", Options: options("", "đang mở", "late", "quá hạn", "soon", "sắp đến hạn")}}
	unit := view.Filter{Name: "unit", Label: "Đơn vị", Select: view.Select{Options: options("", "của mọi đơn vị", "1", "Phòng Chính sách Dân tộc")}}
	giver := view.Filter{Before: ", do", Name: "giver", Label: "Người giao", Select: view.Select{Options: options("", "bất kỳ ai giao", "1", "ông Đàm Quốc Thắng giao")}}
	acts := options("don-doc", "Đôn đốc", "xac-nhan", "Xác nhận kết thúc", "duyet", "Duyệt gia hạn", "doi-han", "Đổi hạn")
	together := view.Together{Frame: leader("Đổi hạn", view.PlaceWorks), Act: "doi-han", Label: "Đổi hạn", Back: "/viec", Works: w[:3], Days: days}
	refused := together
	refused.Form = view.Form{Values: values("due_on", "mai", "reason", ""), Errors: []view.FieldError{{Field: "reason", Text: "“Báo cáo rà soát”: Chưa ghi lý do. Chưa việc nào được thay đổi."}}}
	kept := leader("Công việc", view.PlaceWorks)
	kept.Saved = &view.SavedBar{List: "viec", Query: "state=late&unit=1", All: "/viec?tat-ca=1", Keep: true, Units: options("1", "Lãnh đạo Ban"),
		Views: []view.SavedLink{{Label: "Quá hạn tôi giao", Href: "/viec?state=late", First: true}, {Label: "Chờ xác nhận", Href: "/viec?state=waiting", Shared: "dùng chung trong Lãnh đạo Ban"}}}
	views := view.SavedViews{Frame: leader("Bộ lọc đã lưu", view.PlaceNone), List: "viec", Title: "Công việc", Back: "/viec", Units: kept.Saved.Units, Rows: []view.SavedRow{
		{ID: "1", Name: "Quá hạn tôi giao", Href: "/viec?state=late", First: true, MayChange: true}, {ID: "2", Name: "Chờ xác nhận", Href: "/viec?state=waiting", Owner: "bà Nông Thị Hoa", Shared: "Lãnh đạo Ban"}}}
	refusedName := views
	refusedName.Rows = []view.SavedRow{{ID: "1", Name: "Quá hạn tôi giao", Href: "/viec?state=late", MayChange: true, Refused: true}}
	refusedName.Form = view.Form{Values: values("name", "Chờ"), Errors: []view.FieldError{{Field: "name", Text: "Đã có bộ lọc tên “Chờ” ở danh sách này."}}}
	return []Named{
		{"saved-views", views}, {"saved-views-refused", refusedName}, {"saved-views-empty", view.SavedViews{Frame: officer("Bộ lọc đã lưu", view.PlaceNone), List: "tai", Title: "Tải công việc", Back: "/cong-viec/tai"}},
		{"works", view.Works{Frame: kept, Ways: ways(0), Heading: "5 việc quá hạn của ông Lý Thanh Hải", Aside: "Phòng Chính sách Dân tộc", Filters: []view.Filter{state, unit, giver},
			Kept: []view.Option{{Label: "due", Value: "2026-11-25"}}, Works: w, Acts: acts, Back: "/viec", ExcelHref: "/viec.xlsx", PrintHref: "/viec/in.pdf", Pager: view.Pager{Previous: "/viec?before=101", Next: "/viec?after=107", Total: "hơn 1.000 việc"}}},
		{"works-empty", view.Works{Frame: officer("Công việc", view.PlaceWorks), Ways: ways(0), Heading: "0 việc"}},
		{"together", together}, {"together-refused", refused},
		{"board", board(w, acts, []view.Filter{unit, giver}, false)}, {"board-lanes", board(w, acts, []view.Filter{unit, giver}, true)},
		{"board-empty", view.Board{Frame: officer("Bảng công việc", view.PlaceWorks), Ways: ways(1), Sentence: view.Sentence{Before: "Anh/chị không giữ việc nào đang mở."}, Empty: "Không có việc nào đang mở như vậy."}},
		{"work-month", month(w)}, {"work-week", week(w)},
		{"gantt", gantt(w, state, unit)}, {"gantt-empty", view.Gantt{Frame: officer("Tiến độ", view.PlaceWorks), Ways: ways(3), Heading: "Tiến độ 0 việc đang mở", Empty: "Không có việc nào đang mở như vậy."}},
	}
}

func board(w []view.Work, acts []view.Option, filters []view.Filter, lanes bool) view.Board {
	b := view.Board{Frame: leader("Bảng công việc", view.PlaceWorks), Ways: ways(1), Sentence: view.Sentence{Before: "87 việc đang mở: ", Late: "14 việc quá hạn", After: ", 3 việc đến hạn hôm nay."},
		Filters: filters, Acts: acts, Back: "/cong-viec/bang", ExcelHref: "/viec/viec.xlsx", PrintHref: "/cong-viec/bang/in.pdf"}
	cards := [][]view.Work{w[:3], w[3:4], nil, w[4:5], w[5:6], w[6:]}
	for i, label := range []string{"Quá hạn", "Hôm nay", "Tuần này", "Sau tuần này", "Không định ngày", "Tạm dừng"} {
		state := []view.State{view.StateLate, view.StateSoon, view.StateSoon, view.StateOpen, view.StateUndated, view.StatePaused}[i]
		b.Columns = append(b.Columns, view.BoardColumn{Key: string(state), Label: label, State: state, Count: len(cards[i]), Href: "/viec?column=late", Pick: "/cong-viec/bang?column=late", Now: i == 0})
	}
	lane := func(name string) view.BoardLane {
		l := view.BoardLane{Name: name, Href: "/viec?person=7"}
		for i, c := range b.Columns {
			l.Cells = append(l.Cells, view.BoardCell{Label: strings.TrimSpace(c.Label + " " + name), Now: i == 0, Cards: cards[i]})
		}
		l.Cells[0].More, l.Cells[0].MoreHref = 4, "/viec?column=late"
		return l
	}
	b.Lanes = []view.BoardLane{lane("")}
	if lanes {
		b.Lanes = []view.BoardLane{lane("Lý Thanh Hải"), lane("Hoàng Thị Xuân")}
		b.Lanes[0].Note, b.Lanes[1].Absent, b.More = "Phòng Chính sách Dân tộc", "vắng đến 27/11", "Còn 12 hàng nữa. Chọn một đơn vị để xem đủ."
	}
	return b
}

func month(w []view.Work) view.WorkCalendar {
	c := view.WorkCalendar{Frame: leader("Lịch công việc", view.PlaceWorks), Ways: ways(2), Heading: "Tháng 11 năm 2026", Sentence: view.Sentence{Before: "41 việc đến hạn, trong đó ", Late: "14 việc đã quá hạn", After: "."},
		Previous: "/cong-viec/lich?month=2026-10", Next: "/cong-viec/lich?month=2026-12", Today: "/cong-viec/lich", MonthHref: "/cong-viec/lich?month=2026-11", WeekHref: "/cong-viec/lich?week=2026-11-23", Kept: view.Option{Label: "month", Value: "2026-11"}, ExcelHref: "/viec/viec.xlsx", PrintHref: "/cong-viec/bang/in.pdf"}
	for i := range 5 {
		var days []view.CalendarDay
		for k := range 7 {
			n := 7*i + k - 5
			d := view.CalendarDay{Number: fmt.Sprint(n), Date: fmt.Sprintf("%02d/11/2026", n), Words: "ngày trong tuần", Off: k > 4, Outside: n < 1, Today: n == 23, Href: "/viec?due=2026-11-25"}
			if n < 1 {
				d.Number = fmt.Sprint(31 + n)
			}
			if k == 2 {
				d.Count, d.Late, d.Works = 3, 1, w[:2]
			}
			if n == 24 {
				d.Off, d.Why = true, "Ngày Văn hóa Việt Nam"
			}
			if n == 26 {
				d.Away = []string{"Hoàng Thị Xuân", "Triệu Thị Mai"}
			}
			days = append(days, d)
		}
		c.Weeks = append(c.Weeks, days)
	}
	return c
}

func week(w []view.Work) view.WorkCalendar {
	c := month(w)
	c.Week, c.Heading, c.Weeks = true, "Tuần từ 23/11 đến 29/11/2026", c.Weeks[4:]
	c.Weeks[0][2].More = 3
	return c
}

func gantt(w []view.Work, filters ...view.Filter) view.Gantt {
	g := view.Gantt{Frame: leader("Tiến độ", view.PlaceWorks), Ways: ways(3), Heading: "Tiến độ 7 việc đang mở", Filters: filters, Span: "từ 26/10/2026 đến 20/12/2026", Now: 50,
		Ticks: []view.GanttTick{{At: 0, Label: "26/10"}, {At: 25, Label: "09/11"}, {At: 50, Label: "23/11"}, {At: 75, Label: "07/12"}}, ExcelHref: "/viec/viec.xlsx", PrintHref: "/cong-viec/bang/in.pdf", Pager: view.Pager{Total: "7 việc"}}
	for i, x := range w {
		at := float64(4 * i)
		r := view.GanttRow{Work: x, Given: "02/11", First: "05/11", Due: "12/11", From: at, Planned: 30, DueAt: at + 38, End: 50, Words: x.Subject + ": giao 02/11, hạn đầu 05/11",
			Bars: []view.GanttBar{{From: at, Width: 6, Who: "Minh", Words: "Minh giữ từ 02/11 đến 04/11"}, {From: at + 6, Width: 44 - at, Who: "Hải", Tint: 1, Words: "Hải giữ từ 04/11"}}}
		switch x.State {
		case view.StateLate:
			r.LateFrom, r.LateWidth = at+38, 12-at
		case view.StateUndated:
			r.Planned, r.DueAt = 0, 0
		case view.StatePaused:
			r.Pauses = []view.GanttBar{{From: 40, Width: 10, Words: "tạm dừng chờ Sở Tài chính từ 16/11"}}
		}
		g.Rows = append(g.Rows, r)
	}
	return g
}
