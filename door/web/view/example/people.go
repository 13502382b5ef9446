// SPDX-License-Identifier: Apache-2.0

package example

import (
	"fmt"

	"soviec/door/web/view"
)

func signIn() []Named {
	accounts := []view.SampleAccount{
		{Username: "thang", Password: "so-viec-mau", Name: "Đàm Quốc Thắng", Title: "Trưởng ban", Sees: "Việc chờ ý kiến, ai đang chậm"},
		{Username: "lan", Password: "so-viec-mau", Name: "Nông Thị Lan", Title: "Văn thư", Sees: "Sổ chờ, vào sổ văn bản"},
		{Username: "lam", Password: "so-viec-mau", Name: "Mông Văn Lâm", Title: "Trưởng phòng", Sees: "Phân công trong phòng"},
		{Username: "hai", Password: "so-viec-mau", Name: "Lý Thanh Hải", Title: "Chuyên viên chính", Sees: "Việc của mình theo ngày"},
		{Username: "son", Password: "so-viec-mau", Name: "Lương Văn Sơn", Title: "Quản trị", Sees: "Tình trạng hệ thống, tài khoản"},
	}
	wrong := view.Form{Values: values("username", "lan"), Errors: []view.FieldError{{Field: "password", Text: "Tên đăng nhập hoặc mật khẩu không đúng."}}}
	plain := bare("Đăng nhập")
	plain.Sample = false
	return []Named{
		{"sign-in", view.SignIn{Frame: bare("Đăng nhập"), Accounts: accounts, Next: "/viec-qua-han"}},
		{"sign-in-wrong", view.SignIn{Frame: plain, Form: wrong, Slow: "Sai 5 lần liên tiếp. Tài khoản tạm khóa đến 08:45."}},
		{"change-password", view.ChangePassword{Frame: bare("Đặt mật khẩu"), First: true, Rules: []string{"Ít nhất 10 ký tự.", "Không trùng tên đăng nhập, không phải mật khẩu ai cũng biết."}}},
		{"second-factor", view.SecondFactor{Frame: bare("Mã xác thực")}},
		{"second-factor-setup", view.SecondFactorSetup{Frame: admin("Xác thực hai bước", ""), Required: true, Secret: "JBSW Y3DP EHPK 3PXP", QR: "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAAIklEQVR42mP8z8AARAwMTAwM/4EMBgYGRiDj/38GBgYGAE/9BwV4F0mIAAAAAElFTkSuQmCC"}},
		{"second-factor-on", view.SecondFactorSetup{Frame: officer("Xác thực hai bước", ""), On: true, Left: 8}},
		{"second-factor-codes", view.SecondFactorSetup{Frame: bare("Xác thực hai bước"), On: true, Next: "/", Codes: []string{"k2vd-7mqa-xw3p-t5nz", "a4lr-62ho-bcyj-eu7f", "p5ig-sdq2-zt6k-mwva", "n3xe-yb7c-4rul-h2oj", "q6fz-tk5d-wsm4-ipva"}}},
		{"sessions", view.Sessions{Frame: officer("Nơi đang đăng nhập", ""), Rows: []view.Session{
			{ID: "a1", Device: "Chrome trên Windows", Address: "10.1.4.22", Since: "07:58 hôm nay", Seen: "vừa xong", Current: true},
			{ID: "b2", Device: "Chrome trên Android", Address: "113.160.20.7", Since: "20/11/2026", Seen: "22/11/2026, 21:10"}}}},
	}
}

func reaching() []Named {
	topics := options("given", "Việc được giao, đổi hạn, chuyển việc", "urged", "Đôn đốc", "due", "Nhắc việc đến hạn, quá hạn", "document", "Văn bản đến, văn bản trình")
	channels := []view.Channel{
		{ID: "1", Kind: "push", Label: "Thông báo đẩy", Name: "Chrome trên Android", Detail: "thêm ngày 20/11/2026", State: "đã gửi lúc 08:05 hôm nay", Form: view.Form{Values: values("active", "on", "topics", "given", "topics", "urged", "urgent", "on", "quiet", "outside")}},
		{ID: "2", Kind: "mail", Label: "Thư điện tử", Name: "hai@bdt.example.vn", Detail: "thêm ngày 20/11/2026", State: "chưa gửi được lúc 07:30: Không kết nối hoặc không đăng nhập được máy chủ thư.", Tone: view.ToneError, Form: view.Form{Values: values("active", "on", "digest", "on", "quiet", "hours", "hours", "25:00-06:30"), Errors: []view.FieldError{{Field: "hours", Text: "Giờ yên tĩnh phải có dạng 21:00-06:30."}}}},
		{ID: "3", Kind: "feed", Label: "Lịch", Name: "Lịch điện thoại", Detail: "thêm ngày 20/11/2026; đọc lần cuối 07:10 hôm nay", Off: true, Form: view.Form{Values: values("titles", "on")}},
	}
	full := view.Reaching{Frame: officer("Cách nhận thông báo", ""), Channels: channels, Address: "hai@bdt.example.vn", HasMail: true, PushKey: "BPx", Who: "a1", Topics: topics,
		Systems: options("9", "Trò chuyện nội bộ"), Which: "hook", Form: view.Form{Errors: []view.FieldError{{Field: "external", Text: "Hãy ghi tên tài khoản của anh/chị ở hệ thống đó, nhiều nhất 100 ký tự."}}},
		Secret: "https://so.example.vn/lich/9Xk2.ics",
		Recent: []view.Sending{{At: "08:05 hôm nay", Through: "Thông báo đẩy", What: "Thông báo", State: "đã gửi"}, {At: "07:30 hôm nay", Through: "Thư điện tử", What: "Bản tóm tắt", State: "đang thử lại", Reason: "Không kết nối hoặc không đăng nhập được máy chủ thư.", Tone: view.ToneError}}}
	again := &view.Button{Label: "Gửi lại", Action: "/quan-tri/gui-thong-bao/gui-lai", Name: "delivery", Value: "5"}
	return []Named{
		{"reaching", full},
		{"reaching-empty", view.Reaching{Frame: officer("Cách nhận thông báo", ""), MailOff: true}},
		{"outbox", view.Outbox{Frame: admin("Gửi thông báo", view.PlaceAdmin), Sentence: view.Sentence{Late: "2 thông báo chưa gửi được", After: " cho 2 người."}, MayMend: true, Hosts: "chat.example.vn",
			Health:  []view.Health{{Label: "Thư điện tử", Words: "gửi qua mail.example.vn", Tone: view.ToneDone}, {Label: "Hệ thống trò chuyện", Words: "chưa có máy chủ nào được phép", Tone: view.ToneWarn}},
			Rows:    []view.Sending{{ID: "5", At: "08:05 hôm nay", Who: "Lý Thanh Hải", Through: "Thư điện tử", What: "Bản tóm tắt", State: "đã thôi gửi sau 9 lần", Reason: "Máy chủ thư không có người nhận này (mã 550).", Tone: view.ToneError, Again: again}, {ID: "6", At: "07:30 hôm nay", Who: "Bế Ngọc Hà", Through: "Thông báo đẩy", What: "Thông báo", State: "thử lại lúc 08:20", Reason: "Máy chủ nhận trả lời mã 503.", Again: again}},
			Tallies: []view.OutboxTally{{Through: "Thư điện tử", Sent: 1204, Waiting: 3, Failed: 1, GivenUp: 1, Dropped: 40}},
			Systems: []view.ChatSystem{{ID: "9", Name: "Trò chuyện nội bộ", Address: "https://chat.example.vn/hooks/1", Since: "20/11/2026"}}, Secret: "c2VjcmV0"}},
		{"outbox-empty", view.Outbox{Frame: admin("Gửi thông báo", view.PlaceAdmin), Sentence: view.Sentence{Before: "Không có thông báo nào chưa gửi được."}}},
	}
}

func setUp() []Named {
	f := view.Frame{Title: "Cài đặt", Bare: true, Today: "Thứ Hai, 23/11/2026"}
	at := func(n int) view.SetupSteps { return view.SetupSteps{Address: "/cai-dat/4f7c1d", Current: n} }
	units := options("1", "Văn phòng", "2", "Phòng Chính sách Dân tộc", "3", "Thanh tra")
	duties := options("officer", "Chuyên viên", "leader", "Lãnh đạo cơ quan", "office_chief", "Chánh Văn phòng", "unit_head", "Trưởng phòng", "unit_deputy", "Phó Trưởng phòng")
	all := options("", "Chọn…", "lan", "Nông Thị Lan, Văn thư", "thu", "Bế Thị Thu, Chuyên viên", "son", "Lương Văn Sơn, Chuyên viên")
	return []Named{
		{"setup-welcome", view.SetupWelcome{Frame: f, SetupSteps: at(1), Expires: "Địa chỉ này chỉ dùng một lần và hết hiệu lực khi cài đặt xong."}},
		{"setup-agency", view.SetupAgency{Frame: f, SetupSteps: at(2), Form: view.Form{Values: values("name", "Ban Dân tộc tỉnh Cao Bằng"), Errors: []view.FieldError{{Field: "short", Text: "Tên viết tắt không được để trống."}}}}},
		{"setup-units", view.SetupUnits{Frame: f, SetupSteps: at(3), Rows: []view.SetupUnitRow{{Name: "Văn phòng", Short: "VP"}, {Name: "Phòng Chính sách Dân tộc", Short: "CS"}, {Short: "TTr", Error: "Thiếu tên đơn vị."}, {}}}},
		{"setup-people", view.SetupPeople{Frame: f, SetupSteps: at(4), Units: units, Duties: duties, Rows: []view.SetupPersonRow{
			{Name: "Đàm Quốc Thắng", Title: "Trưởng ban", Duty: "leader", Username: "thang"}, {Name: "Hoàng Văn Minh", Title: "Chánh Văn phòng", Unit: "1", Duty: "office_chief", Username: "minh"},
			{Name: "Mông Văn Lâm", Title: "Trưởng phòng", Unit: "2", Duty: "unit_head", Username: "minh", Errors: []view.FieldError{{Field: "username", Text: "Tên này đã có người dùng."}}}, {}}}},
		{"setup-duties", view.SetupDuties{Frame: f, SetupSteps: at(5), People: all}},
		{"setup-excel", view.SetupExcel{Frame: f, SetupSteps: at(1), Errors: []view.CellError{{Sheet: "Cán bộ", Cell: "C14", Value: "Phòng Chính sach", Text: "Không có đơn vị này trong trang Đơn vị. Có phải “Phòng Chính sách Dân tộc”?"}, {Sheet: "Cán bộ", Cell: "E17", Value: "lan", Text: "Tên đăng nhập trùng với dòng 9."}}}},
		{"setup-excel-ready", view.SetupExcel{Frame: f, SetupSteps: at(1), Found: "5 đơn vị, 22 cán bộ", Key: "9ac1"}},
		{"setup-done", view.SetupDone{Frame: f, SetupSteps: at(6), Sentence: "Đã lập Ban Dân tộc tỉnh Cao Bằng: 6 đơn vị, 22 cán bộ.", Sheet: "/cai-dat/4f7c1d/phieu", Accounts: []view.SampleAccount{{Name: "Đàm Quốc Thắng", Title: "Trưởng ban", Username: "thang", Password: "mua-nui-94-suong"}, {Name: "Nông Thị Lan", Title: "Văn thư", Username: "lan", Password: "che-xanh-27-doi"}}}},
	}
}

func absence() []Named {
	w := works()
	return []Named{
		{"absences", view.Absences{Frame: head("Vắng mặt", view.PlaceAbsence), People: options("6", "Mông Văn Lâm", "7", "Lý Thanh Hải"), StandIn: people, Form: view.Form{Values: values("person", "7", "from", "24/11", "to", "27/11", "stand_in", "person/8")}, Falls: w[3:5], Confirm: true,
			Rows: []view.Absence{{Person: "Vi Thị Nga", Title: "Trưởng phòng", Unit: "Tuyên truyền và Địa bàn", From: "20/11/2026", To: "27/11/2026", StandIn: "Mông Văn Lâm", Note: "đi công tác Bảo Lạc", Now: true, EndAction: "/vang-mat/9/ket-thuc", DeclaredBy: "Bà Nga", DeclaredAt: "ngày 19/11/2026"}}}},
		{"holidays", view.Holidays{Frame: admin("Lịch làm việc", view.PlaceAdmin), Shifts: "Thứ Hai – thứ Sáu, 07:30–11:30 và 13:30–17:00", Other: []string{"Từ ngày 01/12/2026: 08:00–12:00 và 13:00–17:00."}, Hours: view.Form{Values: values("shifts", "07:30-11:30, 13:30-17:00")}, Year: view.Select{Value: "2026", Options: options("2025", "2025", "2026", "2026", "2027", "2027")}, MayEdit: true,
			Kinds:   options("holiday", "Nghỉ lễ", "tet", "Nghỉ Tết", "observed", "Nghỉ bù", "swap_off", "Hoán đổi nghỉ", "swap_work", "Làm bù"),
			Rows:    []view.Holiday{{Day: "01/01/2026", ID: "20260101", Weekday: "thứ Năm", Kind: "Nghỉ lễ", Name: "Tết Dương lịch", Source: "Bộ luật Lao động, Điều 112", MayUndo: true}, {Day: "27/4/2026", ID: "20260427", Weekday: "thứ Hai", Kind: "Nghỉ bù", Name: "Nghỉ bù Giỗ Tổ", Source: "Bộ luật Lao động, Điều 111", MayUndo: true}, {Day: "05/9/2026", ID: "20260905", Weekday: "thứ Bảy", Kind: "Làm bù", Work: true, Name: "Làm bù cho 31/8", Source: "Công văn hoán đổi ngày làm việc", Removed: true, AddedBy: "ông Sơn bỏ ngày 02/8/2026"}, {Day: "24/11/2026", ID: "20261124", Weekday: "thứ Ba", Kind: "Nghỉ lễ", Name: "Ngày Văn hóa Việt Nam", Source: "Nghị quyết 28/2026/QH16", AddedBy: "ông Sơn thêm ngày 01/7/2026", MayUndo: true}},
			History: []view.Event{{At: "01/7/2026, 09:12", Who: "Ông Lương Văn Sơn", Words: "thêm ngày nghỉ 24/11/2026", Change: "giữ nguyên 3 hạn đã hứa", Seq: "9.120", Proof: "/so-nhat-ky/9120"}}}},
		{"holiday-consequence", view.HolidayConsequence{Frame: admin("Thêm ngày nghỉ", view.PlaceAdmin), Words: "Thêm ngày nghỉ 24/11/2026 (Ngày Văn hóa Việt Nam)", Hidden: []view.Hidden{{Name: "day", Value: "2026-11-24"}, {Name: "kind", Value: "holiday"}},
			Rows: []view.Moved{{ID: "104", Href: "/viec/104", Number: "1234/UBND-VX", Subject: "V/v báo cáo kết quả thăm, tặng quà người có uy tín dịp Tết", Holder: "Lý Thanh Hải", Was: "25/11/2026", Would: "26/11/2026"}, {ID: "105", Href: "/viec/105", Number: "56/GM-SNV", Subject: "Giấy mời dự hội nghị tổng kết", Holder: "Hoàng Văn Minh", Was: "27/11/2026", Would: "30/11/2026"}}}},
	}
}

func organisation() []Named {
	timeline := view.Timeline{Events: []view.Event{{At: "02/11/2026, 08:00", Who: "Ông Lương Văn Sơn", Words: "cấp lại mật khẩu lần đầu", Seq: "15.001", Proof: "/so-nhat-ky/15001"}}}
	duties := options("clerk", "Văn thư", "deputy_clerk", "Văn thư dự phòng", "leader", "Lãnh đạo cơ quan", "office_chief", "Chánh Văn phòng", "unit_head", "Trưởng phòng", "administrator", "Quản trị")
	units := options("", "(lãnh đạo cơ quan)", "1", "Phòng Chính sách Dân tộc", "3", "Văn phòng")
	health := []view.Health{
		{Label: "Sao lưu", Words: "lần cuối 19/11/2026, đã 4 ngày.", Tone: view.ToneError, Href: "/tro-giup/quan-tri", Action: "Cách sao lưu"},
		{Label: "Sổ nhật ký", Words: "kiểm tra 02:00 hôm nay, 18.230 dòng đều khớp.", Tone: view.ToneDone},
		{Label: "Việc của máy", Words: "1 việc không xong.", Tone: view.ToneWarn},
		{Label: "Ổ đĩa", Words: "còn 81 GB trống.", Tone: view.ToneDone}}
	return []Named{
		{"organisation", view.Organisation{Frame: admin("Đơn vị và cán bộ", view.PlaceAdmin), Sentence: "6 đơn vị, 22 cán bộ.", MayEdit: true, Units: []view.OrgUnit{
			{ID: "3", Name: "Văn phòng", Short: "VP", Href: "/quan-tri/don-vi/3", People: []view.OrgPerson{{Name: "Hoàng Văn Minh", Title: "Chánh Văn phòng", Username: "minh", Href: "/quan-tri/can-bo/4", Since: "01/5/2019"}, {Name: "Nông Thị Lan", Title: "Văn thư", Username: "lan", Href: "/quan-tri/can-bo/5", Duties: []string{"Văn thư"}}, {Name: "Lương Văn Sơn", Title: "Chuyên viên", Username: "son", Href: "/quan-tri/can-bo/16", Duties: []string{"Quản trị"}, Status: "đã khóa"}}},
			{ID: "1", Name: "Phòng Chính sách Dân tộc", Short: "CS", Href: "/quan-tri/don-vi/1", People: []view.OrgPerson{{Name: "Mông Văn Lâm", Title: "Trưởng phòng", Username: "lam", Href: "/quan-tri/can-bo/6"}, {Name: "Lý Thanh Hải", Title: "Chuyên viên chính", Username: "hai", Href: "/quan-tri/can-bo/7", Status: "chưa đăng nhập lần nào"}}}},
			Former: []view.OrgUnit{{Name: "Phòng Chính sách", From: "01/01/2010", To: "30/4/2019", Became: &view.Link{Label: "Phòng Chính sách Dân tộc", Href: "/quan-tri/don-vi/1"}}}}},
		{"unit-edit", view.UnitEdit{Frame: admin("Đơn vị", view.PlaceAdmin), Address: "/quan-tri/don-vi/1", Name: "Phòng Chính sách Dân tộc", Form: view.Form{Values: values("name", "Phòng Chính sách Dân tộc", "short", "CS", "from", "01/5/2019")}, Since: "01/5/2019", Merge: options("", "không nhập", "2", "Phòng Kế hoạch – Tổng hợp")}},
		{"person-edit", view.PersonEdit{Frame: admin("Cán bộ", view.PlaceAdmin), Address: "/quan-tri/can-bo/7", Name: "Lý Thanh Hải", Units: units, Duties: duties, SignedIn: "Đăng nhập lần cuối 07:58 hôm nay.", HasLogin: true, Username: "hai", Factor: true, Password: "rung-thong-31-gio", Form: view.Form{Values: values("name", "Lý Thanh Hải", "gender", "male")}, Post: view.Form{Values: values("title", "Chuyên viên chính", "unit", "1", "from", "23/11/2026")}, Posts: []view.PersonPost{{Title: "Chuyên viên", Unit: "Phòng Chính sách", From: "01/3/2014", To: "30/4/2019"}, {Title: "Chuyên viên chính", Unit: "Phòng Chính sách Dân tộc", From: "01/5/2019"}}, Timeline: timeline}},
		{"person-new", view.PersonEdit{Frame: admin("Cán bộ mới", view.PlaceAdmin), Address: "/quan-tri/can-bo/moi", Units: units, Duties: duties}},
		{"agency-settings", view.AgencySettings{Frame: admin("Cài đặt", view.PlaceAdmin), Form: view.Form{Values: values("name", agency, "short", "BDT", "code", "H14.18", "place", "Cao Bằng", "document.direct_distribution", "on", "task.due_soon_days", "2")}, Timeline: timeline,
			Areas: &view.Areas{Leaders: leaders, Units: units, Rows: []view.Area{{ID: "1", Name: "Chính sách dân tộc", Leader: "Nông Thị Hoa", Unit: "Phòng Chính sách Dân tộc", Form: view.Form{Values: values("name", "Chính sách dân tộc", "unit", "1")}}, {ID: "2", Name: "Tuyên truyền"}}},
			Books: view.Books{Year: "2026", Rows: []view.Book{{ID: "1", Name: "VB đến", Code: "den", Next: "2.612"}, {ID: "2", Name: "Văn bản đến – đơn thư", Code: "don-thu", Next: "1", MayBegin: true}}},
			Groups: []view.SettingGroup{
				{Label: "Văn bản đến", Settings: []view.SettingField{{Key: "document.direct_distribution", Name: "Cho phép chuyển thẳng đơn vị", Mode: "tick", Help: "Theo quy chế làm việc của cơ quan."}}},
				{Label: "Giao việc", Settings: []view.SettingField{{Key: "task.due_soon_days", Name: "Coi là sắp đến hạn khi còn không quá, ngày làm việc", Mode: "numeric"}}}}}},
		{"rules", view.Rules{Frame: admin("Quy tắc phân luồng", view.PlaceRules), Version: "Phiên bản 4, ông Hoàng Văn Minh lưu ngày 02/11/2026.", MayEdit: true, Rows: []view.Rule{
			{ID: "1", Href: "/quan-tri/quy-tac/1", Priority: 1, Name: "Giấy mời họp", When: []string{"trích yếu có “giấy mời” hoặc “mời họp”"}, Lead: "Văn phòng", Info: "Đàm Quốc Thắng", Due: "ngày họp", Used: 212},
			{ID: "2", Href: "/quan-tri/quy-tac/2", Priority: 2, Name: "Văn bản của UBND tỉnh về chính sách dân tộc", When: []string{"nơi gửi có “UBND tỉnh”", "lĩnh vực Chính sách dân tộc", "từ khẩn trở lên"}, Lead: "Phòng Chính sách Dân tộc", Coop: "Văn phòng", Due: "7 ngày làm việc", Parallel: true, Used: 1094},
			{ID: "3", Href: "/quan-tri/quy-tac/3", Priority: 3, Name: "Đơn, thư của công dân", When: []string{"loại là Đơn"}, Lead: "Thanh tra", Off: true}}}},
		{"causes", view.Causes{Frame: admin("Nguyên nhân chờ, vướng mắc", view.PlaceAdmin), MayEdit: true, Rows: []view.CauseRow{{Code: "agency", Name: "Chờ cơ quan, đơn vị ngoài cơ quan phối hợp", Pauses: true, Form: view.Form{Values: values("name", "Chờ cơ quan, đơn vị ngoài cơ quan phối hợp", "pauses", "on")}}, {Code: "other", Name: "Nguyên nhân khác", Fixed: true}, {Code: "kiem_nghiem", Name: "Chờ kết quả kiểm nghiệm", Gone: true}}}},
		{"rules-read", view.Rules{Frame: leader("Quy tắc phân luồng", view.PlaceRules)}},
		{"rule-edit", view.RuleEdit{Frame: admin("Quy tắc", view.PlaceRules), Address: "/quan-tri/quy-tac/2", Name: "Văn bản của UBND tỉnh về chính sách dân tộc", Types: options("", "bất kỳ", "CV", "Công văn"), Urgencies: urgencies, Fields: options("", "bất kỳ", "csdt", "Chính sách dân tộc"), Leaders: leaders, Leads: people, Others: people, Form: view.Form{Values: values("name", "Văn bản của UBND tỉnh về chính sách dân tộc", "priority", "2", "sender", "UBND tỉnh", "days", "7", "lead", "unit/1", "coop", "unit/3")}, Tried: incomingRows()[:2], TriedN: "12 trong 200 văn bản gần nhất"}},
		{"admin-home", view.AdminHome{Frame: admin("Quản trị", view.PlaceAdmin), Sentence: view.Sentence{Before: "Có ", Late: "2 điều cần xem", After: "; mọi thứ khác đang chạy tốt."}, Version: "Sổ Việc 0.1, SQLite, chạy từ 06:00 ngày 20/11/2026", Health: health,
			Jobs:  []view.FailedJob{{What: "Đọc chữ trong tệp “1234-UBND-VX.pdf”", When: "08:14 hôm nay", Error: "Tệp bị hỏng ở trang 3.", Tries: 5, Retry: &view.Button{Label: "Thử lại", Action: "/quan-tri/viec-nen/88/chay-lai"}}},
			Links: []view.AdminLink{{Label: "Đơn vị và cán bộ", Href: "/quan-tri/don-vi", Words: "Chức vụ, nhiệm vụ, tài khoản"}, {Label: "Lịch làm việc", Href: "/quan-tri/lich", Words: "Ngày nghỉ, ngày làm bù"}, {Label: "Quy tắc phân luồng", Href: "/quan-tri/quy-tac", Words: "Ai nên xử lý văn bản nào"}, {Label: "Chuyển sổ từ hệ thống cũ", Href: "/quan-tri/nhap-so", Words: "Từ Excel hoặc CSV"}, {Label: "Cài đặt của cơ quan", Href: "/quan-tri/co-quan", Words: "Tên, hạn mặc định, nhắc việc"}}}},
	}
}

func takeOver() []Named {
	targets := options("", "bỏ qua", "number", "Số đến", "arrived_on", "Ngày đến", "notation", "Số, ký hiệu", "issuer", "Cơ quan ban hành", "subject", "Trích yếu")
	f := admin("Chuyển sổ", view.PlaceAdmin)
	running := f
	running.Refresh = 2
	var cells []view.CellError
	for i := range 4 {
		cells = append(cells, view.CellError{Sheet: "So den 2019", Cell: fmt.Sprintf("B%d", 412+i), Value: "31/02/2019", Text: "Không có ngày này."})
	}
	counts := []view.Fact{{Label: "Văn bản", Value: "2.874"}, {Label: "Tệp đính kèm", Value: "2.690 tìm thấy, 12 không có", Tone: view.ToneWarn}, {Label: "Việc còn mở", Value: "0"}, {Label: "Đã hoàn thành", Value: "2.874"}}
	heads, rows := []string{"Số đến", "Ngày đến", "Số, ký hiệu", "Cơ quan ban hành", "Trích yếu"}, [][]string{{"1", "02/01/2019", "3415/UBND-VX", "UBND tỉnh", "V/v triển khai nhiệm vụ năm 2019"}, {"2", "02/01/2019", "01/UBDT-CSDT", "Ủy ban Dân tộc", "V/v rà soát danh sách người có uy tín"}}
	return []Named{
		{"take-over", view.TakeOver{Frame: f, Registers: options("1", "Sổ văn bản đến"), Earlier: []view.TakenOver{{When: "12/10/2026", By: "ông Sơn", File: "so-den-2018.xlsx", Words: "2.611 văn bản, 2 số trống", Href: "/quan-tri/nhap-so/1"}}}},
		{"take-over-mapping", view.TakeOverMapping{Frame: f, Address: "/quan-tri/nhap-so/2", File: "so-den-2019.xlsx", Lines: "2.874 dòng", Targets: targets, Columns: []view.MapColumn{{Name: "Số đến", Field: "column_0", Target: "number", Why: "theo tên cột", Samples: []string{"1", "2", "3"}}, {Name: "Ngày đến", Field: "column_1", Target: "arrived_on", Why: "theo tên cột", Samples: []string{"02/01/2019", "02/01/2019"}}, {Name: "Nội dung", Field: "column_2", Target: "subject", Why: "theo độ dài", Samples: []string{"V/v triển khai nhiệm vụ năm 2019"}}, {Name: "TT", Field: "column_3", Samples: []string{"1", "2"}}}}},
		{"take-over-preview", view.TakeOverPreview{Frame: f, Address: "/quan-tri/nhap-so/2", File: "so-den-2019.xlsx", Counts: counts, Gaps: []string{"số 412 không có", "số 518 có hai dòng: 519 và 733"}, Heads: heads, Rows: rows, Ready: true}},
		{"take-over-errors", view.TakeOverPreview{Frame: f, Address: "/quan-tri/nhap-so/2", File: "so-den-2019.xlsx", Counts: counts, Errors: cells, ErrMore: 1200}},
		{"progress", view.Progress{Frame: running, Heading: "Đang nhập sổ năm 2019", Words: "Đã nhập 41.200 trong 100.000 dòng, còn khoảng 50 giây.", Percent: 41}},
		{"progress-done", view.Progress{Frame: f, Heading: "Đã nhập sổ năm 2019", Words: "Xong trong 88 giây.", Percent: 100, Done: true, Result: counts, Next: &view.Link{Label: "Mở sổ năm 2019", Href: "/van-ban-den?year=2019"}}},
	}
}

func help() []Named {
	var out []Named
	for _, r := range []view.Role{"", view.RoleClerk, view.RoleLeader, view.RoleHead, view.RoleStaff, view.RoleAdmin} {
		name := "help"
		if r != "" {
			name += "-" + string(r)
		}
		out = append(out, Named{name, view.Help{Frame: clerk("Trợ giúp", view.PlaceHelp), Role: r, Mine: view.RoleClerk}})
	}
	return append(out,
		Named{"keys", view.Keys{Frame: clerk("Phím tắt", "")}},
		Named{"error-404", view.Error{Frame: clerk("Không có trang này", ""), Status: 404}},
		Named{"error-403", view.Error{Frame: officer("Không được phép", ""), Status: 403, Text: "Chỉ văn thư được vào sổ văn bản đến.", Back: &view.Link{Label: "Quay lại", Href: "/van-ban-den"}}},
		Named{"error-500", view.Error{Frame: bare("Lỗi"), Status: 500, Act: "a7f3-09c1"}})
}
