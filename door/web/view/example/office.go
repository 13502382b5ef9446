// SPDX-License-Identifier: Apache-2.0

package example

import (
	"fmt"

	"soviec/door/web/view"
)

// squares makes the row of an officer: days late of each late one, then the others.
func squares(late []int, soon, open, paused, undated int) []view.Square {
	var out []view.Square
	id := 300
	add := func(s view.State, days int, text string) {
		id++
		out = append(out, view.Square{Href: fmt.Sprintf("/viec/%d", id), State: s, DaysLate: days, Text: text})
	}
	for _, d := range late {
		add(view.StateLate, d, fmt.Sprintf("Báo cáo rà soát chính sách bảo hiểm y tế: hạn 05/11, quá %d ngày làm việc, đôn đốc 3 lần. Ông Minh giữ 2 ngày, ông Hải giữ 10 ngày.", d))
	}
	for range soon {
		add(view.StateSoon, 0, "Báo cáo kết quả thăm, tặng quà người có uy tín: hạn 25/11, còn 1 ngày làm việc")
	}
	for range open {
		add(view.StateOpen, 0, "Kế hoạch kiểm tra năm 2026: hạn 15/12, còn 16 ngày làm việc")
	}
	for range paused {
		add(view.StatePaused, 0, "Lập dự toán kinh phí: tạm dừng chờ Sở Tài chính")
	}
	for range undated {
		add(view.StateUndated, 0, "Theo dõi dư luận: không định ngày")
	}
	return out
}

func row(id, name, title string, late []int, soon, open, paused, undated int) view.PictureRow {
	all := len(late) + soon + open + paused + undated
	r := view.PictureRow{ID: id, Name: name, Title: title, Late: len(late), Soon: soon, Open: all, MayUrge: true,
		LateHref: "/viec?person=" + id + "&state=late", SoonHref: "/viec?person=" + id + "&state=soon", OpenHref: "/viec?person=" + id,
		Squares: squares(late, soon, open, paused, undated)}
	if len(r.Squares) > 40 {
		r.More, r.Squares = len(r.Squares)-40, r.Squares[:40]
	}
	return r
}

func picture() view.Picture {
	absent := row("9", "Hoàng Thị Xuân", "Trưởng phòng", []int{11, 6, 2}, 1, 8, 0, 0)
	absent.Absent = "vắng đến 27/11"
	return view.Picture{Units: []view.PictureUnit{
		{ID: "1", Name: "Phòng Chính sách Dân tộc", Href: "/viec-qua-han?unit=1", Late: 6, Open: 34, MayUrge: true, Rows: []view.PictureRow{
			row("7", "Lý Thanh Hải", "Chuyên viên chính", []int{17, 12, 8, 6, 2}, 2, 9, 0, 1), row("8", "Bế Ngọc Hà", "Chuyên viên", []int{3}, 1, 8, 0, 0), row("6", "Mông Văn Lâm", "Trưởng phòng", nil, 1, 6, 0, 0)}},
		{ID: "2", Name: "Phòng Kế hoạch – Tổng hợp", Late: 4, Open: 28, MayUrge: true, Rows: []view.PictureRow{absent, row("10", "Lương Đức Anh", "Chuyên viên", []int{5}, 3, 43, 1, 0)}},
		{ID: "3", Name: "Văn phòng", Late: 2, Open: 15, MayUrge: true, Rows: []view.PictureRow{row("4", "Hoàng Văn Minh", "Chánh Văn phòng", []int{5, 1}, 1, 5, 0, 1), row("5", "Nông Thị Lan", "Văn thư", nil, 2, 4, 0, 0)}},
		{ID: "4", Name: "Thanh tra", Late: 2, Open: 9, MayUrge: true, Rows: []view.PictureRow{row("14", "Lục Văn Đại", "Chánh Thanh tra", []int{32, 1}, 0, 7, 0, 0)}},
	}}
}

func home() []Named {
	p, w := picture(), works()
	decisions := []view.Decision{
		{Kind: "Cho ý kiến", Href: "/van-ban-den/2026/2640", Number: "1302/UBND-VX", Subject: "V/v chuẩn bị hội nghị biểu dương người có uy tín", From: "Văn phòng UBND tỉnh", Since: "trình từ 08:10 hôm nay", Urgency: view.Express, Over: true, Words: "đề xuất: Phòng Chính sách Dân tộc chủ trì, hạn 25/11/2026", Buttons: []view.Button{{Label: "Giao theo đề xuất", Action: "/van-ban-den/2026/2640/giao-viec", Name: "rule", Value: "2", Primary: false}}},
		{Kind: "Xin gia hạn", Href: "/viec/102", Number: "87/SYT-NVY", Subject: longSubject, From: "bà Hoàng Thị Xuân", Words: "xin lùi hạn từ 12/11/2026 đến 27/11/2026: chờ số liệu các xã", Buttons: []view.Button{{Label: "Duyệt", Action: "/viec/102/gia-han/duyet"}}},
		{Kind: "Xác nhận kết thúc", Href: "/viec/110", Number: "44/BC-CS", Subject: "Báo cáo công tác dân tộc tháng 10", From: "ông Mông Văn Lâm", Words: "đã trả lời bằng 56/BDT-CS", Buttons: []view.Button{{Label: "Xác nhận", Action: "/viec/110/ket-thuc"}}},
	}
	papers := []view.Decision{
		{Kind: "Chờ ký", Href: "/du-thao/ky", Subject: "3 văn bản", Words: "Công văn: " + longSubject + " và 2 văn bản nữa", Since: "lâu nhất từ 08:10 hôm nay", Urgency: view.Urgent},
		{Kind: "Chờ cấp số", Href: "/van-ban-di/cho", Subject: "3 văn bản", Words: "1 văn bản quá hạn phát hành", Over: true},
		{Kind: "Chờ phát hành", Href: "/van-ban-di/cho", Subject: "1 văn bản"},
		{Kind: "Bị trả lại", Href: "/du-thao/7", Subject: "Báo cáo: Kết quả thực hiện chính sách dân tộc năm 2026", Since: "từ 16:20 hôm qua"},
	}
	queue := []view.QueueRow{
		{Href: "/van-ban-den/2026/2641", Number: "2.641", Notation: "15/CĐ-TTg", Subject: "Công điện về ứng phó rét đậm, rét hại", Issuer: "Thủ tướng Chính phủ", Urgency: view.Express, Step: "Chờ trình", Age: "đã 2 giờ", Limit: "phải trình ngay", Over: true, Next: "Trình lãnh đạo"},
		{Href: "/van-ban-den/2026/2638", Number: "2.638", Notation: "87/SYT-NVY", Subject: longSubject, Issuer: "Sở Y tế", Step: "Chờ trình", Age: "đã 1 ngày", Limit: "hết hạn 17:00 hôm nay", Next: "Trình lãnh đạo"},
		{Href: "/van-ban-den/2026/2642", Number: "2.642", Notation: "Không số", Subject: "Giấy mời dự lễ", Issuer: "Xã Đức Long", Step: "Chờ trình", Age: "đã 20 phút", Limit: "hết hạn 17:00 ngày 25/11", Next: "Trình lãnh đạo"},
	}
	groups := []view.WorkGroup{{Title: "Quá hạn", State: view.StateLate, Works: w[:2], More: 3, MoreHref: "/viec?state=late"}, {Title: "Hôm nay"}, {Title: "Tuần này", State: view.StateSoon, Works: w[3:4]}, {Title: "Sau", Works: w[4:5]}, {Title: "Không hạn", Works: w[5:6]}}
	division := view.Picture{Units: p.Units[:1]}
	chief := clerk("Việc của tôi", view.PlaceHome)
	chief.Flash = view.Flash{Tone: view.ToneDone, Text: "Đã vào sổ: số đến 2.642.", Href: "/van-ban-den/2026/2642", Link: "Mở văn bản", Undo: &view.Button{Label: "Hoàn tác", Action: "/van-ban-den/2026/2642/huy-so"}}
	return []Named{
		{"home-leader", view.Home{Frame: leader("Việc của tôi", view.PlaceHome), Sentence: view.Sentence{Before: "3 việc chờ ý kiến của ông; toàn cơ quan có ", Late: "14 việc quá hạn", After: "."}, Decisions: decisions, Papers: papers[:1], PapersCount: 3, ToSign: 3, Picture: &p, PictureOf: "Toàn cơ quan"}},
		{"home-clerk", view.Home{Frame: chief, Sentence: view.Sentence{Before: "5 văn bản trong sổ chờ, ", Late: "1 đã quá hạn trình", After: "."}, Papers: papers[1:3], PapersCount: 4, CanRegister: true, Queue: queue, QueueMore: 2, Groups: groups[2:3]}},
		{"home-head", view.Home{Frame: head("Việc của tôi", view.PlaceHome), Sentence: view.Sentence{Before: "Phòng có 2 việc chưa phân công và ", Late: "6 việc quá hạn", After: "."}, Unassigned: w[3:5], Picture: &division, PictureOf: "Phòng Chính sách Dân tộc", Groups: groups, Waiting: w[6:7]}},
		{"home-officer", view.Home{Frame: officer("Việc của tôi", view.PlaceHome), Sentence: view.Sentence{Before: "Ông có ", Late: "5 việc quá hạn", After: ", 1 việc đến hạn trong tuần."}, Aside: "Gần nhất: 1234/UBND-VX, hạn thứ Tư 25/11.", Papers: papers[3:], PapersCount: 1, Groups: groups, Returned: w[6:7]}},
		{"home-admin", view.Home{Frame: admin("Việc của tôi", view.PlaceHome), Sentence: view.Sentence{Late: "Sao lưu đã 4 ngày chưa chạy", After: "; sổ nhật ký khớp."}, Health: []view.Health{{Label: "Sao lưu", Words: "lần cuối 19/11/2026.", Tone: view.ToneError, Href: "/quan-tri", Action: "Xem"}, {Label: "Sổ nhật ký", Words: "kiểm tra 02:00 hôm nay.", Tone: view.ToneDone}}, Empty: "Không có việc nào giao cho anh."}},
		{"home-empty", view.Home{Frame: officer("Việc của tôi", view.PlaceHome), Sentence: view.Sentence{Before: "Hôm nay không có việc nào đến hạn."}, Empty: "Chưa có việc nào được giao. Việc mới sẽ hiện ở đây và trong Thông báo."}},
		{"queue", view.Queue{Frame: clerk("Sổ chờ", view.PlaceQueue), Sentence: view.Sentence{Before: "5 văn bản chờ trình, ", Late: "1 đã quá hạn", After: "."}, Rows: queue}},
		{"queue-empty", view.Queue{Frame: clerk("Sổ chờ", view.PlaceQueue), Sentence: view.Sentence{Before: "Sổ chờ trống."}}},
	}
}

func overdue() []Named {
	w := works()
	unit := view.Select{Options: options("", "của mọi đơn vị", "1", "của Phòng Chính sách Dân tộc", "2", "của Phòng Kế hoạch – Tổng hợp")}
	giver := view.Select{Options: options("", "bất kỳ ai giao", "1", "ông Đàm Quốc Thắng")}
	field := view.Select{Options: options("", "bất kỳ", "csdt", "chính sách dân tộc")}
	full := view.Overdue{Frame: leader("Quá hạn", view.PlaceOverdue), Sentence: view.Sentence{Before: "Hôm nay có ", Late: "14 việc quá hạn", After: " của 6 cán bộ; 11 việc đến hạn trong hai ngày tới."},
		Aside: "Việc quá hạn lâu nhất: “Báo cáo rà soát chính sách bảo hiểm y tế” – ông Lý Thanh Hải, quá 12 ngày làm việc, đã đôn đốc 3 lần.", Unit: unit, Giver: giver, Field: field, SoonWords: "đến hạn trong 2 ngày", Picture: picture(),
		Works: w[:4], WorksMore: 10, MoreHref: "/viec?state=late", Total: 14, MayUrge: true, PrintHref: "/viec-qua-han.pdf", ExcelHref: "/viec-qua-han.xlsx"}
	mine := full
	mine.Frame, mine.MayUrge, mine.Narrowed = officer("Quá hạn", view.PlaceOverdue), false, "Việc của ông Lý Thanh Hải."
	mine.Picture = view.Picture{Units: picture().Units[:1]}
	mine.Picture.Units[0].MayUrge = false
	mine.Picture.Units[0].Rows = mine.Picture.Units[0].Rows[:1]
	mine.Picture.Units[0].Rows[0].MayUrge = false
	none := view.Overdue{Frame: leader("Quá hạn", view.PlaceOverdue), Sentence: view.Sentence{Before: "Hôm nay không có việc nào quá hạn."}, Unit: unit, Giver: giver, Field: field, SoonWords: "đến hạn trong 2 ngày", Empty: "Không có việc nào đang mở với điều kiện lọc này."}
	return []Named{
		{"overdue", full}, {"overdue-own", mine}, {"overdue-none", none},
		{"urge", view.Urge{Frame: leader("Đôn đốc", view.PlaceOverdue), Works: w[:2], Back: "/viec-qua-han", Form: view.Form{Errors: []view.FieldError{{Field: "text", Text: "Nội dung đôn đốc không quá 1.000 ký tự."}}}}},
	}
}

func incomingRows() []view.IncomingRow {
	return []view.IncomingRow{
		{Href: "/van-ban-den/2026/2642", Number: "2.642", Arrived: "23/11/2026", Notation: "Không số", Issued: "20/11/2026", Issuer: "Xã Đức Long", Type: "Giấy mời", Subject: "Dự lễ khánh thành nhà văn hóa", State: view.StateOpen, Status: "Đã vào sổ"},
		{Href: "/van-ban-den/2026/2638", Number: "2.638", Arrived: "20/11/2026", Notation: "87/SYT-NVY", Issued: "18/11/2026", Issuer: "Sở Y tế", Type: "Công văn", Subject: longSubject, Urgency: view.Urgent, Holder: "Đàm Quốc Thắng", State: view.StateOpen, Status: "Chờ cho ý kiến"},
		{Href: "/van-ban-den/2026/2611", Number: "2.611", Arrived: "17/11/2026", Notation: "1234/UBND-VX", Issued: "16/11/2026", Issuer: "Văn phòng UBND tỉnh", Type: "Công văn", Subject: "V/v báo cáo kết quả thăm, tặng quà người có uy tín dịp Tết", Holder: "Lý Thanh Hải", Due: "25/11/2026", DueWords: "còn 1 ngày", State: view.StateSoon, Status: "Đang xử lý"},
		{Href: "/van-ban-den/2026/2610", Number: "2.610", Arrived: "17/11/2026", Notation: "1234/UBND-VX", Issued: "16/11/2026", Issuer: "Văn phòng UBND tỉnh", Type: "Công văn", Subject: "V/v báo cáo kết quả thăm, tặng quà", State: view.StateVoid, Status: "Đã hủy số đến"},
		{Href: "/van-ban-den/2019/412", Number: "412", Arrived: "11/3/2019", Notation: "220/UBDT-CSDT", Issued: "06/3/2019", Issuer: "Ủy ban Dân tộc", Type: "Công văn", Subject: "V/v rà soát danh sách người có uy tín", Holder: "Phòng Chính sách", Due: "20/3/2019", State: view.StateDone, DueWords: "đúng hạn", Status: "Đã hoàn thành", Legacy: true},
	}
}

func incoming() []Named {
	filters := []view.Filter{{Before: "Văn bản năm", Name: "year", Label: "Năm", Select: view.Select{Value: "2026", Options: options("2026", "2026", "2019", "2019")}}, {Before: ", tình trạng", Name: "state", Label: "Tình trạng", Select: view.Select{Options: options("", "bất kỳ", "submitted", "chờ cho ý kiến")}}, {Before: ", loại", Name: "type", Label: "Loại", Select: view.Select{Options: options("", "bất kỳ", "CV", "công văn")}}}
	reg := view.Register{Frame: clerk("Vào sổ", view.PlaceIncoming), Next: "Số đến tiếp theo: 2.643. Ngày đến: hôm nay, 23/11/2026.", Limits: "PDF, Word, Excel, ảnh; mỗi tệp tối đa 50 MB.", Types: options("", "Chọn…", "CV", "Công văn", "QD", "Quyết định", "GM", "Giấy mời", "BC", "Báo cáo"), Issuers: []string{"Văn phòng UBND tỉnh", "UBND tỉnh Cao Bằng", "Ủy ban Dân tộc", "Sở Y tế"}, Urgencies: urgencies, Channels: options("post", "bưu điện", "hand", "nộp trực tiếp", "email", "thư điện tử"), Registers: options("1", "Văn bản đến"), Fields: options("", "không rõ", "csdt", "Chính sách dân tộc"), CanMark: true}
	filled := reg
	filled.Form = view.Form{Key: "k1", Values: values("notation", "1234/UBND-VX", "issued_on", "16/11/2026", "issuer", "Văn phòng UBND tỉnh", "subject", "", "type", "CV", "due_on", "hôm kia"), Proposals: map[string]string{"type": "theo ký hiệu đã gõ", "issuer": "theo ký hiệu “UBND-VX”, 14 văn bản trước"}, Errors: []view.FieldError{{Field: "subject", Text: "Trích yếu không được để trống."}, {Field: "due_on", Text: "Hạn xử lý phải sau ngày đến."}}}
	filled.Uploads = []view.Upload{{Key: "sha", Name: "1234-UBND-VX.pdf", Size: "412 KB", Note: "2 trang, có lớp chữ"}}
	filled.Read = "Đã đọc được từ tệp: số, ký hiệu, ngày, cơ quan ban hành. Xin kiểm tra lại."
	twice := reg
	twice.Form = view.Form{Values: values("notation", "1234/UBND-VX", "issued_on", "16/11/2026", "issuer", "Văn phòng UBND tỉnh", "subject", "V/v báo cáo kết quả thăm, tặng quà", "type", "CV")}
	twice.Duplicate = &view.Duplicate{Existing: incomingRows()[2], Same: "Cùng số, ký hiệu và cơ quan ban hành với văn bản"}
	edit := filled
	edit.Address, edit.Number = "/van-ban-den/2026/2611/sua", "2.611"
	channels := options("post", "bưu điện", "hand", "nộp trực tiếp")
	return []Named{
		{"intake", view.Intake{Frame: clerk("Tiếp nhận bì", view.PlaceQueue), Channels: channels, Urgencies: urgencies, Conditions: options("ok", "nguyên vẹn", "damaged", "rách, bị bóc", "mismatch", "số ngoài bì không khớp"), People: people}},
		{"envelope", view.Envelope{Frame: clerk("Bì đích danh", view.PlaceQueue), Back: &view.Crumb{Label: "Sổ chờ", Href: "/van-ban-den/cho"}, Address: "/van-ban-den/bi/12", Sender: "Ủy ban Dân tộc", Standing: "Đã chuyển nguyên bì cho ông Đàm Quốc Thắng lúc 08:20 hôm nay.", Facts: []view.Fact{{Label: "Tình trạng bì", Value: "nguyên vẹn"}, {Label: "Đến qua", Value: "bưu điện"}}, BringBack: true, RegisterHref: "/van-ban-den/moi?intake=12", Refuse: &view.ReasonForm{}}},
		{"incoming", view.IncomingList{Frame: clerk("Văn bản đến", view.PlaceIncoming), Sentence: "2.642 văn bản đến năm 2026; 9 văn bản chưa có người xử lý.", Filters: filters, Rows: incomingRows(), Pager: view.Pager{Next: "/van-ban-den?after=2610", Total: "2.642 văn bản"}, CanRegister: true, CanPrint: true}},
		{"incoming-empty", view.IncomingList{Frame: officer("Văn bản đến", view.PlaceIncoming), Sentence: "Chưa có văn bản nào anh được xem.", Filters: filters, Query: "quà Tết"}},
		{"register", reg}, {"register-errors", filled}, {"register-duplicate", twice}, {"register-edit", edit},
		{"secret", view.Secret{Frame: clerk("Văn bản mật", view.PlaceIncoming), Clerk: "bà Nông Thị Lan, phòng 102"}},
		{"lock-register", view.LockRegister{Frame: clerk("In và khóa sổ", view.PlaceIncoming), Back: &view.Crumb{Label: "In sổ", Href: "/van-ban-den/in"}, Register: "1", Year: "2026", Book: "VB đến, năm 2026", Locked: "Đã in và khóa đến số 2.400, ngày 30/09/2026.", From: "2.401", To: "2.611", Number: "2611", PreviewHref: "/van-ban-den/so?period=range"}},
		{"print-register", view.PrintRegister{Frame: clerk("In sổ", view.PlaceIncoming), Books: options("incoming", "Sổ đăng ký văn bản đến", "follow", "Sổ theo dõi giải quyết văn bản đến"), Registers: options("1", "Văn bản đến"), Years: options("2026", "2026", "2019", "2019"), Printed: "Năm nay đã in và khóa đến số 2.400 (30/09/2026).", MayLock: true, Form: view.Form{Values: values("book", "incoming", "period", "month", "month", "11/2026")}}},
		{"stamp-print", view.StampPrint{Frame: clerk("Dấu ĐẾN", view.PlaceIncoming), Back: "/van-ban-den/2026/2611", Subject: "1234/UBND-VX", Stamp: view.Stamp{Agency: agency, Number: "2.611", Date: "17/11/2026", To: "Phòng Chính sách Dân tộc"}}},
	}
}
