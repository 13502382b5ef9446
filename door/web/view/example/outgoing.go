// SPDX-License-Identifier: Apache-2.0

package example

import "soviec/door/web/view"

func outgoing() []Named {
	rows := []view.OutgoingRow{
		{Href: "/van-ban-di/2026/56-bdt-cs", Label: "56/BDT-CS", Day: "23/11/2026", Type: "Công văn", Subject: "V/v báo cáo kết quả thăm, tặng quà người có uy tín dịp Tết", Unit: "Phòng Chính sách Dân tộc", Signer: "Nông Thị Hoa", Places: "UBND tỉnh; Văn phòng UBND tỉnh", State: view.StateOpen, Status: "Đã cấp số", Urgency: 1, Over: true},
		{Href: "/van-ban-di/2026/15-qd-bdt", Label: "15/QĐ-BDT", Day: "20/11/2026", Type: "Quyết định", Subject: "Về việc phân công nhiệm vụ lãnh đạo Ban", Unit: "Văn phòng", Signer: "Đàm Quốc Thắng", Places: "Các phòng; Thanh tra", State: view.StateDone, Status: "Đã phát hành"},
		{Href: "/van-ban-di/2026/14-qd-bdt", Label: "14/QĐ-BDT", Day: "19/11/2026", Type: "Quyết định", Subject: "Về việc cử đoàn kiểm tra", Unit: "Thanh tra", Signer: "Đàm Quốc Thắng", Places: "Các phòng", State: view.StateVoid, Status: "Đã hủy số"},
	}
	list := view.OutgoingList{Frame: clerk("Văn bản đi", view.PlaceOutgoing), Sentence: "812 văn bản đi năm 2026; 2 văn bản chưa phát hành.", Rows: rows, Queue: 3, CanPrint: true, SheetXL: "/van-ban-di/danh-sach.xlsx", SheetCSV: "/van-ban-di/danh-sach.csv",
		Filters: []view.Filter{{Before: "Văn bản", Name: "state", Label: "Tình trạng", Select: view.Select{Options: options("", "ở mọi tình trạng", "open", "chưa phát hành")}}, {Before: "thuộc", Name: "type", Label: "Loại văn bản", Select: view.Select{Options: options("", "mọi loại", "QĐ", "Quyết định")}}}}
	none := view.OutgoingList{Frame: officer("Văn bản đi", view.PlaceOutgoing), Sentence: "Những văn bản liên quan đến anh/chị, mới nhất trước.", Queue: -1, Empty: "Chưa có văn bản đi nào."}

	queue := view.OutgoingQueue{Frame: clerk("Sổ chờ phát hành", view.PlaceOutgoing), Sentence: view.Sentence{Before: "1 chờ cấp số, 1 chờ đóng dấu, 1 chờ phát hành; ", Late: "1 quá hạn phát hành", After: "."},
		Rows: []view.OutgoingWait{
			{Href: "/du-thao/5", Action: "/van-ban-di/cap-so/5", Step: "Chờ cấp số", Next: "Cấp số 57", Day: "23/11/2026", Subject: "Công văn: V/v rà soát danh sách người có uy tín", Unit: "Phòng Chính sách Dân tộc", Urgency: 2, Age: "hôm nay", Limit: "hạn 10:00 hôm nay", First: true, Key: "k1", Possible: options("9", "số 55 đang giữ (dãy chung)")},
			{Href: rows[0].Href, Label: "56/BDT-CS", Action: rows[0].Href + "/dong-dau", Step: "Chờ đóng dấu", Next: "Đã đóng dấu", Subject: "Công văn: " + rows[0].Subject, Unit: rows[0].Unit, Age: "từ hôm qua", Limit: "quá hạn từ 11:30 hôm nay", Over: true, Key: "k2"},
			{Href: rows[1].Href, Label: "15/QĐ-BDT", Action: rows[1].Href + "/phat-hanh", Step: "Chờ phát hành", Next: "Phát hành", Subject: "Quyết định: " + rows[1].Subject, Unit: rows[1].Unit, Age: "hôm nay", Limit: "hạn 17:30 ngày mai", Key: "k3"},
		},
		Kept:    []view.OutgoingKept{{ID: "9", Number: "55", Series: "dãy chung", Until: "đến 17:30 24/11/2026", Reason: "Báo cáo trình chiều nay"}},
		Reserve: &view.ReserveForm{Types: options("BC", "Báo cáo", "CV", "Công văn"), Units: options("1", "Văn phòng")}}
	queue.Rows[0].Paper, queue.Rows[0].Ticked = "draft/5", true
	queue.Seal = &view.SealForm{Ways: []view.SealWay{{Value: "file", Label: "Tệp khóa PKCS#12 (.p12, .pfx)", Note: "hết hạn 01/03/2030", File: true, Secret: "Mật khẩu của tệp khóa"}}}
	empty := view.OutgoingQueue{Frame: clerk("Sổ chờ phát hành", view.PlaceOutgoing), Sentence: view.Sentence{Before: "Không có gì chờ."}, Reserve: &view.ReserveForm{}, Failed: &view.Form{Errors: []view.FieldError{{Text: "Ngày văn bản không được trước ngày của số liền trước (20/11/2026)."}}}}

	page := view.Outgoing{Frame: clerk("56/BDT-CS", view.PlaceOutgoing), Back: &view.Crumb{Label: "Văn bản đi", Href: "/van-ban-di"}, Address: rows[0].Href, Label: "56/BDT-CS", Type: "Công văn", Subject: rows[0].Subject, Standing: "Đã cấp số, chờ đóng dấu; hạn phát hành 11:30 ngày mai.", State: view.StateOpen, Status: "Đã cấp số", Urgency: 1,
		Facts:  []view.Fact{{Label: "Ngày văn bản", Value: "23/11/2026"}, {Label: "Người ký", Value: "Nông Thị Hoa"}, {Label: "Hình thức ký", Value: "ký trên bản giấy ngày 23/11/2026"}, {Label: "Lưu", Value: "VT, CS"}},
		Files:  []view.File{{Name: "56-bdt-cs.pdf", Href: rows[0].Href + "/tep/1", Kind: "Văn bản chính, đã ghi số, ngày", Size: "98 KB", Pages: "2 trang", Hash: "9f2c4e01"}},
		Viewer: rows[0].Href + "/tep/1", Prints: []view.Link{{Label: "Mẫu bì", Href: rows[0].Href + "/bi.pdf"}}, Timeline: timeline(),
		Deliveries: []view.OutgoingDelivery{{N: "1", Name: "Ủy ban nhân dân tỉnh", Purpose: "Để báo cáo", Channel: "Bưu điện", Status: "Chưa phát hành"}, {N: "2", Name: "Phòng Kế hoạch – Tổng hợp", Purpose: "Để biết, phối hợp", Channel: "Nội bộ", Status: "Chưa phát hành"}, {N: "3", Name: "VT, CS", Purpose: "Lưu", Status: "Lưu"}},
		Answers:    []view.Noted{{Label: "Văn bản đến 1234/UBND-VX", Href: "/van-ban-den/2026/2611", Note: "phát hành là kết thúc"}},
		Stamp:      &view.Form{Key: "s1"}, Void: &view.ReasonForm{},
		Recipients: &view.RecipientsForm{Channels: options("post", "Bưu điện", "internal", "Nội bộ", "email", "Thư điện tử"), Purposes: options("report", "Để báo cáo", "know", "Để biết"), Rows: []view.RecipientRow{{N: "1", Name: "Ủy ban nhân dân tỉnh", Channel: "post", Purpose: "report", Copies: "1", Kind: "org"}, {N: "2", Channel: "post", Purpose: "know", Kind: "org"}}}}
	page.Recipients.Groups = options("", "không thêm", "5", "Ủy ban nhân dân các xã, phường (161 nơi)")
	page.Recipients.Rows = append(page.Recipients.Rows, view.RecipientRow{N: "3", Name: "Ủy ban nhân dân các xã, phường", Purpose: "know", Kind: "org", Party: "5", Packed: true})
	packed := page
	packed.Packet, packed.Issue = &view.PacketForm{For: "Công an tỉnh"}, &view.Form{Errors: []view.FieldError{{Text: "Có nơi nhận gói có mật khẩu: hãy lập gói, ghi lại mật khẩu rồi phát hành."}}}
	opened := packed
	opened.Packet, opened.Passphrase = &view.PacketForm{Made: true, For: "Công an tỉnh"}, "4821 0937 5520 1846 7003 2291"
	remade := opened
	remade.Passphrase = ""
	issued := page
	issued.Standing, issued.State, issued.Stamp, issued.Void, issued.Recipients = "Đã phát hành, phát hành ngày 23/11/2026.", view.StateDone, nil, nil, nil
	issued.Notices = []view.Banner{{Tone: view.ToneWarn, Text: "Được đính chính bằng ", Link: &view.Link{Label: "60/BDT-VP", Href: "/van-ban-di/2026/60-bdt-vp"}}}
	issued.Deliveries = []view.OutgoingDelivery{{N: "1", Name: "Ủy ban nhân dân tỉnh", Purpose: "Để báo cáo", Channel: "Thư điện tử", Status: "Không gửi được", At: "10:12 hôm nay", Reason: "Hộp thư không tồn tại", Late: true, Again: true}, {N: "2", Name: "Phòng Kế hoạch – Tổng hợp", Purpose: "Để biết, phối hợp", Channel: "Nội bộ", Status: "Đã đến", Receipt: "Hoàng Thị Xuân, 09:30 23/11/2026", Next: options("accepted", "Đã tiếp nhận")}}
	issued.Post = &view.PostForm{To: options("1", "Ủy ban nhân dân tỉnh")}
	issued.Correct, issued.Replace, issued.FileAway, issued.Recall = &view.ReasonForm{}, &view.ReasonForm{}, &view.ReasonForm{}, &view.RecallForm{Days: days}
	issued.Loans = []view.OutgoingLoan{{ID: "4", Text: "Lý Thanh Hải sử dụng từ 10/11/2026, quá hẹn trả từ 17/11/2026", Note: "Đối chiếu số liệu; Hoàng Văn Minh cho phép", Over: true}, {Text: "Bế Ngọc Hà sử dụng từ 02/11/2026, đã trả 03/11/2026", Note: "Sao chụp; Hoàng Văn Minh cho phép"}}
	issued.Lend = &view.LendForm{Form: view.Form{Errors: []view.FieldError{{Field: "purpose", Text: "Xin ghi mục đích sử dụng, từ 5 đến 200 ký tự."}}}, People: []view.Group{{Label: "Văn phòng", Options: options("7", "Lý Thanh Hải")}}, Allowed: options("2", "Hoàng Văn Minh, Chánh Văn phòng"), Days: days}
	issued.Related = []view.Noted{{Note: "Thay thế", Label: "12/BDT-CS", Href: "/van-ban-di/2026/12-bdt-cs"}}
	recalling := issued
	recalling.Notices = []view.Banner{{Tone: view.ToneError, Text: "Văn bản đang thu hồi theo lệnh của ông Đàm Quốc Thắng: Sai số liệu phụ lục"}}
	recalling.Recall, recalling.Correct, recalling.Replace, recalling.FileAway, recalling.Post = nil, nil, nil, nil, nil
	recalling.FinishForm, recalling.Viewer, recalling.NoFile = &view.Form{}, "", "Văn bản đang thu hồi; tệp bị khóa."
	recalling.Deliveries = []view.OutgoingDelivery{{N: "1", Name: "Ủy ban nhân dân tỉnh", Status: "Đã gửi", MayTell: true}, {N: "2", Name: "Phòng Kế hoạch – Tổng hợp", Status: "Đã đến", Answer: "Đồng ý thu hồi"}}
	sealing := page
	sealing.Stamp, sealing.Sealed, sealing.PrepareHref = nil, &view.FileForm{Form: view.Form{Errors: []view.FieldError{{Field: "files", Text: "Tệp chưa có chữ ký số hợp lệ của cơ quan."}}}}, rows[0].Href+"/tep/1?tai=1"
	voided := page
	voided.Stamp, voided.Prepare, voided.Issue = nil, &view.Form{}, &view.Form{}
	voided.VoidRequest = &view.Request{By: "Bà Nông Thị Lan", Words: "đề nghị hủy số 56/BDT-CS", Text: "Trùng nội dung"}

	report := []view.SeriesRow{{Name: "chung", From: "01", To: "810", Used: 806, Void: 3, Reserved: 1, Inserted: 1}, {Name: "QĐ", From: "01", To: "212", Used: 212, Missing: "17"}}
	books := view.OutgoingBooks{Frame: clerk("In sổ, kiểm tra sổ", view.PlaceOutgoing), Year: "2026", MayLock: true, Lockable: options("1", "Sổ đăng ký văn bản đi – chung"), Books: options("1", "Sổ đăng ký văn bản đi – chung", "post", "Sổ gửi văn bản đi bưu điện"), Printed: "Đã in và khóa: chung đến số 400 (30/06/2026).", Report: report}
	set := view.SeriesSettings{Frame: clerk("Đánh số văn bản đi", view.PlaceAdmin), MaySet: true, Now: "Năm 2026: riêng QĐ, CT, QC, QyĐ, HD; các loại còn lại đánh số chung.",
		Modes: options("common", "Đánh số chung cho mọi loại", "separate", "Đánh số riêng từng loại", "mixed", "Riêng một số loại, còn lại đánh số chung"), Years: options("2026", "2026", "2027", "2027"), Types: options("QĐ", "Quyết định", "CT", "Chỉ thị"),
		Mode: view.Form{Values: values("year", "2027", "mode", "mixed", "apart", "QĐ")}, Councils: []view.SeriesCouncil{{ID: "7", Name: "Hội đồng Thi đua – Khen thưởng", Abbr: "HĐTĐKT", From: "05/01/2026", End: &view.Form{}}}, Abbrs: []view.Noted{{Label: "Phòng Chính sách: CSKH từ 01/06/2026", Note: "Quyết định 20/QĐ-UBND"}}, Units: options("0", agency), Insert: &view.Form{}, Books: options("1", "chung"), Report: report}
	copyRows := []view.CopyRow{{Href: "/ban-sao/1", Label: "01/SY-BDT", Kind: "Sao y", Source: "15/QĐ-BDT ngày 20/11/2026", Signer: "Đàm Quốc Thắng", Day: "23/11/2026", Status: "Đã phát hành"}, {Href: "/ban-sao/2", Label: "02/SL-BDT", Kind: "Sao lục", Source: "01/SY-BDT", Signer: "Đàm Quốc Thắng", Day: "23/11/2026", Status: "Đã hủy số", Void: true}}
	copies := view.Copies{Frame: clerk("Bản sao", view.PlaceOutgoing), Year: "2026", Rows: copyRows, Waiting: []view.CopyRow{{Href: "/ban-sao/3", Kind: "Trích sao", Source: "15/QĐ-BDT ngày 20/11/2026", Signer: "Đàm Quốc Thắng", Status: "Chờ ký"}}, PDF: "/van-ban-di/so?book=copy&format=pdf", XLSX: "/van-ban-di/so?book=copy&format=xlsx", Next: "/ban-sao?sau=2", Years: []view.Link{{Label: "Năm 2025", Href: "/ban-sao?year=2025"}}}
	copyNew := view.CopyNew{Frame: clerk("Sao văn bản", view.PlaceOutgoing), Back: &view.Crumb{Label: "1234/UBND-VX", Href: "/van-ban-den/2026/2611"}, Source: "incoming/1", Of: "1234/UBND-VX", Arrived: options("on", "Văn bản đến này là bản sao y"), Kinds: options("SY", "Sao y", "SL", "Sao lục", "TrS", "Trích sao"), Ways: options("pp", "Từ bản giấy sang bản giấy"), Signers: options("1", "Đàm Quốc Thắng (TRƯỞNG BAN)"), Form: view.Form{Errors: []view.FieldError{{Field: "kind", Text: "Sao lục chỉ thực hiện từ bản sao y; từ bản gốc, bản chính thì sao y."}}}}
	copyMade := view.Copy{Frame: clerk("Trích sao 15/QĐ-BDT", view.PlaceOutgoing), Back: &view.Crumb{Label: "Bản sao", Href: "/ban-sao"}, Address: "/ban-sao/3", Title: "Trích sao 15/QĐ-BDT ngày 20/11/2026", Standing: "Chờ ký.", NoFile: "Tệp bản sao được lập khi cấp số.", Part: "Điều 2. Quyết định có hiệu lực kể từ ngày ký.", Sign: true, Record: &view.Form{}, MayDrop: true, Facts: []view.Fact{{Label: "Hình thức sao", Value: "Trích sao"}}, Timeline: timeline()}
	copyNumbered := copyMade
	copyNumbered.Title, copyNumbered.Standing, copyNumbered.Sign, copyNumbered.Record, copyNumbered.MayDrop, copyNumbered.Stamp, copyNumbered.Rewrite, copyNumbered.Void = "03/TrS-BDT", "Đã cấp số, chờ đóng dấu.", false, nil, false, true, true, &view.ReasonForm{}
	copySealing := copyNumbered
	copySealing.Stamp, copySealing.Rewrite, copySealing.Prepare, copySealing.Handed, copySealing.Sealed, copySealing.Electronic = false, false, true, "/ban-sao/3/tep/1?tai=1", &view.FileForm{}, true
	copyVoid := copyNumbered
	copyVoid.Stamp, copyVoid.Number, copyVoid.Further, copyVoid.VoidRequest = false, true, "/ban-sao/lap?nguon=copy/1", &view.Request{By: "Bà Nông Thị Lan", Words: "đề nghị hủy số 03/TrS-BDT", Text: "Sao nhầm"}
	shelf := view.BookShelf{Frame: clerk("Sổ sách văn thư", view.PlaceOutgoing), Back: &view.Crumb{Label: "Văn bản đi", Href: "/van-ban-di"}, Cards: []view.BookCard{
		{Name: "Sổ đăng ký văn bản đi", Law: "Phụ lục IV.", Href: "/so-sach/van-ban-di", Prints: []view.Link{{Label: "In theo ngày, số; kiểm tra sổ", Href: "/van-ban-di/in"}}},
		{Name: "Sổ sử dụng bản lưu", Law: "Phụ lục IV.", Href: "/so-sach/ban-luu", Note: "Đã in và khóa đến hết ngày 30/06/2026.", Late: "1 bản lưu quá hẹn trả"},
		{Name: "Mục lục hồ sơ, tài liệu nộp lưu", Law: "Phụ lục V; mỗi lần nộp lưu một mục lục."}}}
	keep := options("q", "year=2026")
	useBook := view.BookPage{Frame: clerk("Sổ sử dụng bản lưu", view.PlaceOutgoing), Back: &view.Crumb{Label: "Sổ sách văn thư", Href: "/so-sach"}, Path: "/so-sach/ban-luu", Title: "Sổ sử dụng bản lưu", Law: "Phụ lục IV.", Locked: "Đã in và khóa đến hết ngày 30/06/2026.",
		Filters: []view.Filter{{Before: "Năm", Name: "year", Label: "Năm", Select: view.Select{Value: "2026", Options: options("2026", "2026")}}}, Columns: []string{"Ngày tháng", "Họ và tên người sử dụng", "Số, ký hiệu, ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Số và ký hiệu hồ sơ", "Ký nhận", "Ngày trả", "Người cho phép sử dụng", "Ghi chú"},
		Rows: []view.BookRow{{Head: true, Cells: []string{"Quý II"}}, {Line: "4", Cells: []string{"10/06/2026", "Lý Thanh Hải", "56/BDT-CS, 05/06/2026", "Công văn: " + longSubject, "01.CSDT", "", "", "Hoàng Văn Minh", "Đối chiếu số liệu; hẹn trả 17/06/2026"}, Href: rows[0].Href, At: 2, Late: true, Later: []view.BookLater{{On: "02/07/2026", Text: "đã trả ngày 02/07/2026"}}},
			{Cells: []string{"11/06/2026", "Bế Ngọc Hà", "57/BDT-CS, 05/06/2026", "Công văn: V/v báo cáo", "", "", "12/06/2026", "Hoàng Văn Minh", ""}, Void: true}},
		Pager: view.Pager{Next: "/so-sach/ban-luu?sau=2026-06-11.4"}, Prints: []view.Link{{Label: "In sổ (PDF)", Href: "/van-ban-di/so?book=use&format=pdf"}},
		Lock:    &view.BookLock{Name: "through", Label: "Khóa đến hết ngày", Keep: keep, Help: "Sau khi khóa không ghi thêm dòng nào vào những ngày ấy.", Form: view.Form{Errors: []view.FieldError{{Field: "through", Text: "Chỉ khóa sổ đến hết một ngày trước hôm nay."}}}},
		Correct: &view.BookCorrection{Lines: options("4", "10/06/2026: 56/BDT-CS"), Keep: keep}}
	noBook := view.BookPage{Frame: clerk("Sổ đăng ký bản sao", view.PlaceOutgoing), Path: "/so-sach/ban-sao", Title: "Sổ đăng ký bản sao", Law: "Phụ lục I.", Empty: "Năm 2026 chưa có bản sao nào được cấp số."}
	groups := view.RecipientGroups{Frame: clerk("Nhóm nơi nhận", view.PlaceOutgoing), Back: &view.Crumb{Label: "Văn bản đi", Href: "/van-ban-di"}, MayIn: true, Rows: []view.GroupRow{{Href: "/nhom-noi-nhan/5", Name: "Ủy ban nhân dân các xã, phường", Count: "161 nơi"}}}
	noGroups := groups
	noGroups.Rows, noGroups.MayIn = nil, false
	group := view.RecipientGroup{Frame: clerk("Nhóm nơi nhận", view.PlaceOutgoing), Back: &view.Crumb{Label: "Nhóm nơi nhận", Href: "/nhom-noi-nhan"}, Path: "/nhom-noi-nhan/5", Ways: "trục liên thông, thư điện tử, bưu điện", Units: []view.Group{{Label: agency, Options: options("1", "Văn phòng")}},
		Form: view.Form{Values: values("name", "Ủy ban nhân dân các xã, phường", "version", "2", "members", "Ủy ban nhân dân xã Bảo Lạc | thư điện tử | vanthu@baolac.example"), Errors: []view.FieldError{{Field: "members", Text: "Dòng 1: địa chỉ thư điện tử không đúng dạng."}}}}
	newGroup := group
	newGroup.New, newGroup.Form = true, view.Form{}
	troubles := view.Troubles{Frame: clerk("Chưa đến nơi nhận", view.PlaceOutgoing), Back: &view.Crumb{Label: "Văn bản đi", Href: "/van-ban-di"}, Sentence: view.Sentence{Before: "1 nơi không gửi được hoặc từ chối, 1 nơi chưa gửi; ", Late: "1 nơi quá hạn gửi", After: "."},
		Filters: []view.Filter{{Before: "Năm", Name: "year", Label: "Năm", Select: view.Select{Value: "2026", Options: options("2026", "2026")}}},
		Rows: []view.TroubleRow{{Href: rows[0].Href, Label: "56/BDT-CS", Subject: longSubject, Name: "Ủy ban nhân dân xã Bảo Lạc", Channel: "Thư điện tử", Status: "Không gửi được", At: "10:12 hôm nay", Reason: "Máy chủ thư không có người nhận này (mã 550).", Late: true, Urgency: 2, Again: rows[0].Href + "/nhan/1", Key: "t1", Address: "vanthu@baolac.example"},
			{Href: rows[1].Href, Label: "15/QĐ-BDT", Subject: rows[1].Subject, Name: "Sở Nội vụ", Channel: "Bưu điện", Status: "Quá hạn gửi từ 23/11/2026", At: "phát hành 20/11/2026", Late: true}}}
	noTroubles := troubles
	noTroubles.Rows, noTroubles.Sentence = nil, view.Sentence{Before: "0 nơi không gửi được hoặc từ chối, 0 nơi chưa gửi."}
	sealRun := view.SealRun{Frame: clerk("Ký số của cơ quan", view.PlaceOutgoing), Address: "/ky-so-co-quan/7", Heading: "Đã ký số 1 tệp, chưa ký được 1 tệp", Done: 1, Total: 2, Ready: []string{"9"},
		Rows: []view.SealRow{{Title: "56/BDT-CS: " + rows[0].Subject, Href: rows[0].Href, State: "Đã ký", Tone: view.ToneDone}, {Title: "57/BDT-VP: Mời họp giao ban", State: "Không ký được", Why: "Mật khẩu của tệp khóa không đúng.", Tone: view.ToneError}}}
	return []Named{{"outgoing-packed", packed}, {"outgoing-passphrase", opened}, {"outgoing-repacked", remade}, {"recipient-groups", groups}, {"recipient-groups-none", noGroups}, {"recipient-group", group}, {"recipient-group-new", newGroup}, {"outgoing-troubles", troubles}, {"outgoing-troubles-none", noTroubles}, {"book-shelf", shelf}, {"book-page", useBook}, {"book-page-none", noBook}, {"copies", copies}, {"copy-new", copyNew}, {"copy", copyMade}, {"copy-numbered", copyNumbered}, {"copy-sealing", copySealing}, {"copy-void", copyVoid}, {"outgoing-list", list}, {"outgoing-list-none", none}, {"outgoing-queue", queue}, {"outgoing-seal-run", sealRun}, {"outgoing-queue-empty", empty}, {"outgoing", page}, {"outgoing-issued", issued}, {"outgoing-recalling", recalling}, {"outgoing-sealing", sealing}, {"outgoing-void", voided}, {"outgoing-books", books}, {"series-settings", set}}
}
