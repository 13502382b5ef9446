// SPDX-License-Identifier: Apache-2.0

// Package example fills every page with invented people and work, for tests and for the gallery.
//
// May enter: filled page structs.
// May not: anything that runs in the product.
package example

import "soviec/door/web/view"

// Named is a filled page with a name for its file.
type Named struct {
	Name string
	Page view.Page
}

// All returns every page at least once, many in several states.
func All() []Named {
	var out []Named
	for _, part := range [][]Named{
		planPages(), paperTemplatePages(),
		signIn(), setUp(), home(), overdue(), worksPages(), archivePages(), giving(), incoming(), document(), task(),
		search(), absence(), organisation(), takeOver(), help(), reaching(), signatures(),
		outgoing(),
		drafts(), signDesk(),
	} {
		out = append(out, part...)
	}
	return out
}

const agency = "Ban Dân tộc tỉnh Cao Bằng"

func frame(title string, place view.Place, person, role string, nav ...view.NavItem) view.Frame {
	return view.Frame{
		Title: title, Agency: agency, Sample: true, Today: "Thứ Hai, 23/11/2026",
		Person: person, PersonTitle: role, Nav: nav, Place: place, Unread: 3,
	}
}

func leader(title string, place view.Place) view.Frame {
	return frame(title, place, "Đàm Quốc Thắng", "Trưởng ban", view.NavItem{Place: view.PlaceHome, Count: 7}, view.NavItem{Place: view.PlaceOverdue, Count: 14, Alarm: true},
		view.NavItem{Place: view.PlaceIncoming, Count: 9}, view.NavItem{Place: view.PlaceWorks}, view.NavItem{Place: view.PlaceSearch}, view.NavItem{Place: view.PlaceAbsence}, view.NavItem{Place: view.PlaceHelp})
}

func clerk(title string, place view.Place) view.Frame {
	return frame(title, place, "Nông Thị Lan", "Văn thư", view.NavItem{Place: view.PlaceHome, Count: 4}, view.NavItem{Place: view.PlaceOverdue, Count: 1, Alarm: true},
		view.NavItem{Place: view.PlaceIncoming, Count: 2874}, view.NavItem{Place: view.PlaceQueue, Count: 5}, view.NavItem{Place: view.PlaceSearch}, view.NavItem{Place: view.PlaceAbsence}, view.NavItem{Place: view.PlaceHelp})
}

func officer(title string, place view.Place) view.Frame {
	return frame(title, place, "Lý Thanh Hải", "Chuyên viên chính", view.NavItem{Place: view.PlaceHome, Count: 17}, view.NavItem{Place: view.PlaceOverdue, Count: 5, Alarm: true},
		view.NavItem{Place: view.PlaceIncoming}, view.NavItem{Place: view.PlaceSearch}, view.NavItem{Place: view.PlaceAbsence}, view.NavItem{Place: view.PlaceHelp})
}

func head(title string, place view.Place) view.Frame {
	f := frame(title, place, "Mông Văn Lâm", "Trưởng phòng Chính sách Dân tộc", officer("", "").Nav...)
	f.OnBehalf = "Đang làm thay bà Vi Thị Nga (Trưởng phòng Tuyên truyền và Địa bàn) đến hết ngày 27/11/2026"
	return f
}

func admin(title string, place view.Place) view.Frame {
	return frame(title, place, "Lương Văn Sơn", "Quản trị", view.NavItem{Place: view.PlaceHome}, view.NavItem{Place: view.PlaceSearch}, view.NavItem{Place: view.PlaceAbsence}, view.NavItem{Place: view.PlaceAdmin, Count: 2, Alarm: true}, view.NavItem{Place: view.PlaceRules}, view.NavItem{Place: view.PlaceHelp})
}

func bare(title string) view.Frame {
	return view.Frame{Title: title, Agency: agency, Sample: true, Today: "Thứ Hai, 23/11/2026", Bare: true}
}

func values(pairs ...string) map[string][]string {
	m := map[string][]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		m[pairs[i]] = append(m[pairs[i]], pairs[i+1])
	}
	return m
}

func options(pairs ...string) []view.Option {
	var out []view.Option
	for i := 0; i+1 < len(pairs); i += 2 {
		out = append(out, view.Option{Value: pairs[i], Label: pairs[i+1]})
	}
	return out
}

const longSubject = "Báo cáo kết quả rà soát, đánh giá tình hình thực hiện chính sách bảo hiểm y tế đối với đồng bào dân tộc thiểu số sinh sống ở vùng có điều kiện kinh tế – xã hội khó khăn, đặc biệt khó khăn trên địa bàn tỉnh giai đoạn 2021–2026 và đề xuất, kiến nghị cho giai đoạn tiếp theo"

var people = []view.Group{
	{Label: "Phòng Chính sách Dân tộc", Options: options("unit/1", "Phòng Chính sách Dân tộc", "person/7", "Lý Thanh Hải", "person/8", "Bế Ngọc Hà", "person/6", "Mông Văn Lâm")},
	{Label: "Phòng Kế hoạch – Tổng hợp", Options: options("unit/2", "Phòng Kế hoạch – Tổng hợp", "person/9", "Hoàng Thị Xuân", "person/10", "Lương Đức Anh", "person/11", "Nông Văn Tùng")},
	{Label: "Văn phòng", Options: options("unit/3", "Văn phòng", "person/4", "Hoàng Văn Minh", "person/5", "Nông Thị Lan")},
	{Label: "Thanh tra", Options: options("unit/4", "Thanh tra", "person/14", "Lục Văn Đại", "person/15", "Sầm Thị Vân")},
}

var (
	urgencies = options("0", "Thường", "1", "Khẩn", "2", "Thượng khẩn", "3", "Hỏa tốc")
	leaders   = options("person/1", "Đàm Quốc Thắng, Trưởng ban", "person/2", "Nông Thị Hoa, Phó Trưởng ban", "person/3", "Triệu Văn Quý, Phó Trưởng ban")
	days      = options("+2", "2 ngày làm việc (26/11)", "+7", "7 ngày làm việc (03/12)", "thứ Sáu", "thứ Sáu 27/11")
	phrases   = []string{"Giao phòng nghiên cứu, tham mưu.", "Tổng hợp, báo cáo UBND tỉnh.", "Cử cán bộ dự họp."}
)

func works() []view.Work {
	return []view.Work{
		{ID: "101", Href: "/viec/101", Number: "1021/UBND-VX", Arrival: "2.398", Subject: "Báo cáo rà soát chính sách bảo hiểm y tế", Holder: "Lý Thanh Hải", Unit: "Phòng Chính sách Dân tộc", Giver: "Ông Thắng", Due: "05/11/2026", DueWords: "quá 12 ngày", State: view.StateLate, Status: "Đang xử lý", DaysLate: 12, Held: []string{"Ông Minh 2 ngày", "ông Hải 10 ngày"}, Urged: 3},
		{ID: "102", Href: "/viec/102", Number: "87/SYT-NVY", Arrival: "2.455", Subject: longSubject, Holder: "Hoàng Thị Xuân", Unit: "Phòng Kế hoạch – Tổng hợp", Giver: "Bà Hoa", Due: "12/11/2026", FirstDue: "05/11/2026", DueWords: "quá 7 ngày", State: view.StateLate, Status: "Chờ duyệt gia hạn", DaysLate: 7, Held: []string{"Bà Xuân 14 ngày"}, Urged: 1, Urgency: view.Urgent},
		{ID: "103", Href: "/viec/103", Number: "33/KH-UBND", Arrival: "2.501", Subject: "Kế hoạch kiểm tra Chương trình mục tiêu quốc gia năm 2026", Holder: "Lục Văn Đại", Unit: "Thanh tra", Giver: "Ông Thắng", Due: "20/11/2026", DueWords: "quá 1 ngày", State: view.StateLate, Status: "Chưa bắt đầu", DaysLate: 1, Held: []string{"Ông Đại 5 ngày"}},
		{ID: "104", Href: "/viec/104", Number: "1234/UBND-VX", Arrival: "2.611", Subject: "V/v báo cáo kết quả thăm, tặng quà người có uy tín dịp Tết", Holder: "Lý Thanh Hải", Unit: "Phòng Chính sách Dân tộc", Giver: "Ông Thắng", Due: "25/11/2026", DueWords: "còn 1 ngày", State: view.StateSoon, Status: "Đang xử lý", Held: []string{"Ông Thắng 1,5 ngày", "ông Hải 2 ngày"}, Role: "Chủ trì"},
		{ID: "105", Href: "/viec/105", Number: "56/GM-SNV", Arrival: "2.630", Subject: "Giấy mời dự hội nghị tổng kết công tác thi đua, khen thưởng", Holder: "Hoàng Văn Minh", Unit: "Văn phòng", Giver: "Ông Quý", Due: "02/12/2026", DueWords: "còn 6 ngày", State: view.StateOpen, Status: "Đã nhận"},
		{ID: "106", Href: "/viec/106", Number: "", Subject: "Theo dõi tình hình dư luận trong vùng đồng bào dân tộc", Holder: "Bế Ngọc Hà", Unit: "Phòng Chính sách Dân tộc", Giver: "Ông Lâm", DueWords: "không hạn", State: view.StateUndated, Status: "Đang xử lý"},
		{ID: "107", Href: "/viec/107", Number: "412/STC-QLNS", Arrival: "2.587", Subject: "Lập dự toán kinh phí mua báo cho người có uy tín", Holder: "Lương Đức Anh", Unit: "Phòng Kế hoạch – Tổng hợp", Giver: "Bà Xuân", Due: "30/11/2026", DueWords: "tạm dừng", State: view.StatePaused, Status: "Chờ Sở Tài chính trả lời", Note: "Trả lại lần trước: thiếu bảng tính"},
	}
}
