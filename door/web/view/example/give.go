// SPDX-License-Identifier: Apache-2.0

package example

import "soviec/door/web/view"

func loadRows() []view.LoadRow {
	return []view.LoadRow{
		{Name: "Lý Thanh Hải", Title: "Chuyên viên chính", Unit: "Phòng Chính sách Dân tộc", Href: "/viec?person=7", Open: 17, Late: 5, Week: 4, Undated: 1, LateHref: "/viec?person=7", WeekHref: "/viec?person=7", Hours: "64 giờ", WeekHours: "44 giờ", Heavy: true, Bar: 100},
		{Name: "Bế Ngọc Hà", Title: "Chuyên viên", Unit: "Phòng Chính sách Dân tộc", Href: "/viec?person=8", Open: 9, Late: 1, Week: 2, Waiting: 1, LateHref: "/viec", WeekHref: "/viec", Hours: "12,5 giờ", Away: "25/11–27/11, ông Hải làm thay", Bar: 53},
		{Name: "Mông Văn Lâm", Title: "Trưởng phòng", Unit: "Phòng Chính sách Dân tộc", Href: "/viec?person=6", Open: 0},
	}
}

func giving() []Named {
	base := view.Give{Frame: leader("Giao việc", view.PlaceWorks), Heading: "Giao việc", Leads: people, Others: people, Days: days, Fields: options("1", "Chính sách dân tộc"), Products: []view.Group{{Label: "Danh mục đang có hiệu lực", Options: options("BC01", "BC01 · Báo cáo định kỳ, 4,5 giờ một báo cáo")}},
		Coop: make([]view.CoopRow, 2), Examples: []string{"Hải, báo cáo quà Tết, trước 16h thứ Sáu"}, ManyHref: "/cong-viec/giao-nhieu"}
	read := base
	read.Ready, read.Line = true, "Hải, báo cáo quà Tết, trước 16h thứ Sáu"
	read.Reading = &view.Reading{Parts: []view.ReadPart{{Text: "Hải", What: "lead"}, {Text: ", báo cáo quà Tết, "}, {Text: "trước 16h thứ Sáu", What: "due"}},
		Facts:     []view.Fact{{Label: "Việc", Value: "báo cáo quà Tết"}, {Label: "Chủ trì", Value: "Lý Thanh Hải"}, {Label: "Hạn", Value: "16:00 thứ Sáu, 27/11/2026, còn 3 ngày"}},
		Questions: []view.Question{{Text: "“Hải” là ai?", Choices: []view.Link{{Label: "ông Lý Thanh Hải", Href: "/cong-viec/giao?line=x"}}}}, Notes: []string{"Thứ Sáu được hiểu là 27/11/2026."}}
	read.Form = view.Form{Values: values("title", "Báo cáo quà Tết", "lead", "person/7", "due_on", "27/11/2026", "hour", "16:00")}
	read.Warnings, read.Warned = []string{"Ông Hải vắng mặt 25–27/11.", "Giao gấp: còn chưa đầy một ngày làm việc."}, "x"
	read.Loads, read.Rest = loadRows()[:1], loadRows()[1:]
	read.Coop[0] = view.CoopRow{Who: "unit/2", Text: "Tổng hợp kinh phí", Due: "26/11"}
	bad := read
	bad.Reading, bad.Warnings = nil, nil
	bad.Form = view.Form{Values: values("title", "", "quantity", "x", "product", "Báo cáo"), Errors: []view.FieldError{{Field: "title", Text: "Nội dung công việc còn trống."}, {Field: "quantity", Text: "Số lượng là một số, ví dụ 1 hoặc 2,5."}, {Field: "coop", Text: "Hạn phối hợp không được sau hạn của đơn vị chủ trì (27/11/2026)."}}}
	bad.Givers = leaders
	own := view.Give{Frame: officer("Đề xuất việc", view.PlaceWorks), Heading: "Đề xuất việc", Mine: true, Ready: true, Days: days, Coop: make([]view.CoopRow, 2)}
	part := read
	part.Reading, part.Warnings, part.Heading = nil, nil, "Giao một phần việc"
	w := works()[3]
	part.Parent = &w
	many := view.GiveMany{Frame: leader("Giao nhiều việc", view.PlaceWorks), Leads: people}
	rows := many
	rows.Bad, rows.Warnings, rows.Warned, rows.Givers = 1, []string{"Ông Hải vắng mặt."}, "x", leaders
	rows.Form.Errors = []view.FieldError{{Text: "1 dòng cần sửa; chưa việc nào được giao."}}
	rows.Rows = []view.GiveRow{
		{No: 1, Title: "Báo cáo quà Tết", Lead: "person/7", Coop: "Phòng Kế hoạch – Tổng hợp", Due: "27/11/2026", Hour: "16:00", Said: "Hải, báo cáo quà Tết", Notes: []string{"Ông Hải vắng mặt."}},
		{No: 2, Title: longSubject, Errors: map[string]string{"lead": "Chưa rõ ai làm."}},
	}
	props := view.Proposals{Frame: head("Việc tự đề xuất", view.PlaceWorks), MayPropose: true,
		Waiting: []view.ProposalRow{{ID: "5", Title: "Soạn sổ tay hướng dẫn", Text: "Cơ sở hỏi nhiều.", By: "Bế Ngọc Hà", Unit: "Phòng Chính sách Dân tộc", At: "08:10 hôm nay", Due: "11/12/2026", Open: true}},
		Mine:    []view.ProposalRow{{ID: "6", Title: "Đi cơ sở xã Quang Hán", At: "16:20 hôm qua", State: "chờ xác nhận", Decider: "ông Đàm Quốc Thắng", Open: true}, {ID: "7", Title: "Rà soát biểu mẫu", State: "đã xác nhận", Href: "/viec/9"}}}
	return []Named{
		{"morning", view.Morning{Frame: leader("Phiếu sáng", view.PlaceMorning), Date: "Thứ Hai, 23/11/2026", Sentence: view.Sentence{Before: "9 việc cần anh/chị hôm nay; cơ quan có ", Late: "14 việc quá hạn", After: " của 6 cán bộ."}, More: 4, Passed: 1, Back: "/phieu-sang",
			Lines: []view.MorningLine{
				{Kind: "Cho ý kiến", Href: "/van-ban-den/2026/2638", Title: "Công văn 87/SYT-NVY: " + longSubject, Words: "Sở Y tế, trình từ 08:10 hôm nay", Urgency: view.Urgent, Urgent: true, Label: "Giao Phòng Chính sách Dân tộc", Action: "/van-ban-den/2026/2638/giao-viec", Hint: "Theo quy tắc “Y tế”, hạn 30/11/2026", Send: []view.Option{{Label: "lead", Value: "unit/1"}}, Later: "/phieu-sang?sau=incoming%2F1"},
				{Kind: "Xin gia hạn", Href: "/viec/104", Title: "V/v báo cáo kết quả thăm, tặng quà", Words: "ông Lý Thanh Hải xin lùi từ 25/11/2026 đến 30/11/2026: chờ số liệu", Label: "Duyệt đến 30/11", Action: "/viec/104/gia-han/duyet", Send: []view.Option{{Label: "request", Value: "4"}}, Later: "/phieu-sang?sau=request%2F4"},
				{Kind: "Chờ ký", Href: "/du-thao/7", Title: "Công văn: đề nghị các xã rà soát chính sách", Words: "Phòng Chính sách Dân tộc, ông Lý Thanh Hải soạn; trình từ 08:10 hôm nay", Label: "Xem, ký", Go: "/du-thao/ky?tu=7", Later: "/phieu-sang?sau=draft%2F7"},
				{Kind: "Quá hạn", Href: "/viec/101", Title: "Báo cáo rà soát chính sách bảo hiểm y tế", Late: "quá 12 ngày làm việc", Words: "ông Lý Thanh Hải, đã đôn đốc 3 lần", Label: "Đôn đốc", Action: "/don-doc", Send: []view.Option{{Label: "work", Value: "101"}}, Later: "/phieu-sang?sau=late%2F101"},
				{Kind: "Cho ý kiến", Href: "/van-ban-den/2026/2640", Title: "Giấy mời 56/GM-SNV: hội nghị", Words: "Sở Nội vụ", Later: "/phieu-sang?sau=incoming%2F2"},
			}}},
		{"morning-none", view.Morning{Frame: leader("Phiếu sáng", view.PlaceMorning), Date: "Thứ Hai, 23/11/2026", Sentence: view.Sentence{Before: "Không có việc nào cần anh/chị hôm nay", After: "; cơ quan không có việc quá hạn."}, Back: "/phieu-sang"}},
		{"give", base}, {"give-read", read}, {"give-errors", bad}, {"give-own", own}, {"give-part", part}, {"give-many", many}, {"give-many-rows", rows}, {"proposals", props},
		{"handovers", view.Handovers{Frame: leader("Bàn giao công việc", view.PlaceWorks), May: true, Papers: true, Parties: people, From: "ông Lý Thanh Hải", Works: works()[:3], Given: 2, Form: view.Form{Values: values("from", "person/7")},
			Waiting: []view.HandoverRow{{Href: "/ban-giao/3", Title: "Biên bản bàn giao số 3/2026", From: "Ông Lý Thanh Hải", To: "bà Bế Ngọc Hà", At: "08:10 hôm nay", Count: "17 mục", State: "chờ bên nhận ký"}}, Rows: []view.HandoverRow{{Href: "/ban-giao/2", Title: "Biên bản bàn giao số 2/2026", From: "Ông Hà Văn Dũng", To: "bà Triệu Thị Mai", At: "09:00, 02/11/2026", Count: "4 mục", State: "đã ký nhận"}}}},
		{"handovers-none", view.Handovers{Frame: officer("Bàn giao công việc", view.PlaceWorks)}},
		{"handover", view.Handover{Frame: leader("Biên bản", view.PlaceWorks), Title: "Biên bản bàn giao số 3/2026", Sentence: "Ông Lý Thanh Hải bàn giao 2 mục cho bà Bế Ngọc Hà.", Address: "/ban-giao/3", PrintHref: "/ban-giao/3/in.pdf", Ack: &view.Form{}, Facts: []view.Fact{{Label: "Lý do", Value: "Nghỉ thai sản."}},
			Lines: []view.HandoverLine{{No: "1", Kind: "Việc đang giữ", Title: "Báo cáo rà soát", Href: "/viec/101", Role: "Chủ trì", Due: "05/11/2026", Late: "quá hạn 12 ngày làm việc", To: "Bế Ngọc Hà"}, {No: "2", Kind: "Việc đã giao", Title: longSubject, Due: "không định ngày"}}}},
		{"proposals-none", view.Proposals{Frame: officer("Việc tự đề xuất", view.PlaceWorks), MayPropose: true}},
		{"loads", view.Loads{Frame: leader("Tải công việc", view.PlaceWorks), Ways: ways(3), Sentence: view.Sentence{Before: "21 cán bộ giữ 112 việc đang mở; ", Late: "1 người quá tải tuần này", After: "; 2 người vắng hoặc sắp vắng."}, Rows: loadRows(), ExcelHref: "/cong-viec/tai/tai.xlsx"}},
		{"loads-none", view.Loads{Frame: officer("Tải công việc", view.PlaceWorks), Ways: ways(3), Empty: "Không có cán bộ nào để xem."}},
	}
}

// terms are what may be said about the day, in the states that a page can be in.
func terms(t view.Task) view.Task {
	t.Terms = view.Terms{
		Accept: &view.Form{}, Propose: &view.DateForm{Now: t.Due, Days: days},
		Agree: &view.AgreeForm{Request: view.Request{By: "Lý Thanh Hải", At: "08:10 hôm nay", Words: "đề xuất hạn 30/11/2026 thay cho 25/11/2026", Text: "Chờ số liệu các huyện."}, ID: "3", Asked: "30/11/2026", Days: days},
		Pause: &view.PauseForm{Causes: options("", "Chọn nguyên nhân…", "agency", "Chờ cơ quan khác"), Form: view.Form{Errors: []view.FieldError{{Field: "cause", Text: "Chưa chọn nguyên nhân."}}}}, Resume: &view.ReasonForm{},
		Pauses:   []view.PauseRequest{{ID: "9", By: "Lý Thanh Hải", At: "08:10 hôm nay", Words: "xin tạm dừng từ 08:00 hôm nay: chờ cơ quan khác, chờ Sở Tài chính"}},
		Obstacle: &view.PauseForm{Causes: options("", "Chọn nguyên nhân…", "people", "Thiếu người")}, Clear: true,
		Answer: &view.AnswerForm{By: "Ông Đàm Quốc Thắng đôn đốc lúc 08:10 hôm nay", Text: "Khẩn trương hoàn thành.", Days: days}, Tie: &view.Form{},
	}
	t.Dates = []view.TermRow{{Day: "20/11/2026", Kind: "hạn giao", By: "Đàm Quốc Thắng", At: "thứ Hai 16/11/2026, 08:00"}, {Day: "25/11/2026", Kind: "gia hạn", By: "Đàm Quốc Thắng", At: "thứ Sáu 20/11/2026, 09:00", Reason: "Chờ số liệu các huyện.", Now: true}}
	t.Still = []view.StillRow{{Kind: "Tạm dừng", Cause: "Chờ cơ quan khác", WaitingFor: "Sở Tài chính", From: "08:00, 12/11/2026", To: "10:00, 16/11/2026", Took: "2 ngày", State: "đã tiếp tục", Text: "56/BDT-CS"}, {Kind: "Vướng mắc", Cause: "Thiếu người", From: "08:00 hôm nay", State: "đang vướng", Open: true}}
	t.Tree = []view.TreeRow{{Href: "/viec/1", Work: works()[0], Parts: "1 trong 2 việc con đã xong"}, {Depth: 1, Work: works()[1]}, {Depth: 2, Href: "/viec/3", Work: works()[2]}}
	t.GiveSub = "/cong-viec/giao?parent=12"
	t.Tied = []view.Tied{{Link: view.Link{Label: "1234/UBND-VX", Href: "/van-ban-den/2026/2611"}, Ref: "incoming/1"}, {Link: view.Link{Label: "Kế hoạch năm 2027", Href: "/viec/8"}, Virtual: true}}
	t.Cancel = &view.ReasonForm{}
	t.Remarks = []view.Remark{{ID: "1", By: "Lý Thanh Hải", At: "08:10 hôm nay", Text: "Cần số liệu của 12 xã trước thứ Tư. @Bế Ngọc Hà", Mentions: []string{"Bế Ngọc Hà"}, MayConclude: true, Files: []view.File{{Name: "so-lieu.xlsx", Href: "/viec/104/trao-doi/1", Size: "12 KB"}}}, {ID: "2", By: "Đàm Quốc Thắng", At: "09:00 hôm nay", Answers: "Hải: Cần số liệu", Text: "Thống nhất.", Decided: true}, {ID: "3", By: "Bế Ngọc Hà", At: "09:10 hôm nay", Gone: true}}
	t.Say = &view.SayForm{MayDecide: true, Names: []string{"@Lý Thanh Hải"}}
	return t
}
