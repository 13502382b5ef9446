// SPDX-License-Identifier: Apache-2.0

package example

import "soviec/door/web/view"

func timeline() view.Timeline {
	return view.Timeline{Events: []view.Event{
		{At: "thứ Sáu 20/11/2026, 16:40", Who: "Ông Đàm Quốc Thắng", Words: "đôn đốc", Text: "Khẩn trương, UBND tỉnh đã hỏi.", Seq: "18.230", Proof: "/so-nhat-ky/18230", Late: true},
		{At: "thứ Năm 19/11/2026, 08:12", Who: "Ông Lý Thanh Hải", Words: "bắt đầu xử lý", Seq: "18.204", Proof: "/so-nhat-ky/18204"},
		{At: "thứ Tư 18/11/2026, 14:05", Who: "Bà Nông Thị Hoa", For: "ông Đàm Quốc Thắng", Words: "cho ý kiến, giao ông Lý Thanh Hải chủ trì", Text: "Giao Phòng Chính sách tổng hợp, báo cáo UBND tỉnh.", Change: "hạn 25/11/2026", Seq: "18.117", Proof: "/so-nhat-ky/18117", Heavy: true},
		{At: "thứ Ba 17/11/2026, 09:20", Who: "Bà Nông Thị Lan", Words: "trình ông Đàm Quốc Thắng", Seq: "18.020", Proof: "/so-nhat-ky/18020"},
		{At: "thứ Ba 17/11/2026, 09:14", Who: "Bà Nông Thị Lan", Words: "vào sổ, số đến 2.611", Seq: "18.019", Proof: "/so-nhat-ky/18019", Heavy: true},
	}, MoreHref: "/van-ban-den/2026/2611/dien-bien"}
}

func strip() *view.Strip {
	return &view.Strip{Parts: []view.StripPart{{From: 0, Width: 9, Holder: "Lan", Days: "0,5 ngày"}, {From: 9, Width: 20, Holder: "Thắng", Days: "1,5 ngày", Tint: 1}, {From: 29, Width: 12, Holder: "Lâm", Days: "1 ngày", Tint: 2}, {From: 41, Width: 33, Holder: "Hải", Days: "2 ngày", Now: true, Tint: 3}},
		Pauses: []view.StripPart{{From: 50, Width: 8, Holder: "tạm dừng từ 08:00, 12/11/2026, chờ Sở Tài chính", Days: "0,5 ngày"}}, LateFrom: 70, LateWidth: 4, Rows: []view.StripRow{{Holder: "Nông Thị Lan", Role: "thực hiện", Days: "4 giờ", Tint: 0}, {Holder: "Lý Thanh Hải", Role: "thực hiện", Days: "2 ngày", Late: "2 giờ", Away: "1 ngày", Tint: 3}, {Holder: "Đàm Quốc Thắng", Role: "xác nhận kết quả", Days: "1 ngày", Tint: -1}},
		Marks: []view.StripMark{{At: 9, Text: "trình 17/11"}, {At: 29, Text: "cho ý kiến 18/11"}}, Now: 74, Due: 99.5, NowLabel: "hôm nay", DueLabel: "hạn 25/11", Words: "Bà Lan giữ 0,5 ngày, ông Thắng 1,5 ngày, ông Lâm 1 ngày, ông Hải 2 ngày và đang giữ; hạn 25/11."}
}

func document() []Named {
	facts := []view.Fact{{Label: "Cơ quan", Value: "Văn phòng UBND tỉnh"}, {Label: "Ngày văn bản", Value: "16/11/2026"}, {Label: "Loại", Value: "Công văn"}, {Label: "Độ khẩn", Value: "Thường"}, {Label: "Đến qua", Value: "bưu điện"}, {Label: "Chủ trì", Value: "Lý Thanh Hải, Phòng Chính sách Dân tộc", Href: "/viec/104"}, {Label: "Phối hợp", Value: "Bế Ngọc Hà; Văn phòng"}, {Label: "Đôn đốc", Value: "1 lần"}}
	direct := &view.DirectForm{Form: view.Form{Key: "d1", Values: values("text", "Giao Phòng Chính sách tổng hợp, báo cáo UBND tỉnh.", "lead", "person/7", "due_on", "thứ Tư 25/11", "coop", "person/8", "coop", "unit/3", "urgency", "0"), Proposals: map[string]string{"lead": "theo quy tắc"}}, Leads: people, Others: people, Phrases: phrases, Days: days, Urgencies: urgencies, Proposal: &view.Proposal{Rule: "Văn bản của UBND tỉnh về chính sách dân tộc", Words: "chủ trì Phòng Chính sách Dân tộc, phối hợp Văn phòng, hạn 7 ngày làm việc", ID: "2"}, Warning: "Ông Lý Thanh Hải vắng mặt từ 24/11 đến 27/11/2026, trùng với hạn; bà Hà làm thay."}
	base := view.Document{Frame: leader("1234/UBND-VX", view.PlaceIncoming), Back: &view.Crumb{Label: "Văn bản đến", Href: "/van-ban-den"}, Address: "/van-ban-den/2026/2611", Notation: "1234/UBND-VX", Type: "Công văn", Subject: "V/v báo cáo kết quả thăm, tặng quà người có uy tín dịp Tết", Standing: "Chờ ông cho ý kiến từ thứ Ba; hạn ghi trong văn bản 25/11/2026.", State: view.StateSoon, Status: "Chờ cho ý kiến",
		Stamp: &view.Stamp{Agency: agency, Number: "2.611", Date: "17/11/2026"}, Facts: facts[:5], Files: []view.File{{Name: "1234-UBND-VX.pdf", Href: "/van-ban-den/2026/2611/tep/1", Kind: "Văn bản chính", Size: "412 KB", Pages: "2 trang", Hash: "9f2c4e01"}, {Name: "Phu-luc-danh-sach.xlsx", Href: "/van-ban-den/2026/2611/tep/2", Kind: "Phụ lục", Size: "38 KB"}}, Viewer: "/van-ban-den/2026/2611/tep/1", Strip: strip(),
		Prints: []view.Link{{Label: "In dấu ĐẾN", Href: "/van-ban-den/2026/2611/dau-den"}, {Label: "Phiếu giải quyết văn bản đến", Href: "/van-ban-den/2026/2611/phieu"}}, Related: []view.Link{{Label: "Trả lời văn bản 44/BDT-CS", Href: "/van-ban-den/2026/44"}}, Timeline: timeline()}

	atLeader := base
	atLeader.Direct, atLeader.PassOn = direct, &view.SubmitForm{Leaders: leaders[1:]}

	given := base
	given.Standing = "Ông Hải đang giữ từ thứ Năm; còn 1 ngày làm việc, hạn 25/11/2026."
	given.Facts = append([]view.Fact{}, facts...)
	given.Directives = []view.Directive{{By: "Bà Nông Thị Hoa", For: "ông Đàm Quốc Thắng", At: "18/11/2026, 14:05", Level: "Lãnh đạo cơ quan", Text: "Giao Phòng Chính sách tổng hợp, báo cáo UBND tỉnh trước 25/11."}}
	given.Shares = []view.Share{{Role: "Chủ trì", Name: "Lý Thanh Hải", Unit: "Phòng Chính sách Dân tộc", Due: "25/11", State: view.StateSoon, Status: "bắt đầu 19/11", Href: "/viec/104", Absent: "vắng 24–27/11, bà Hà làm thay"}, {Role: "Phối hợp", Name: "Bế Ngọc Hà", Unit: "Phòng Chính sách Dân tộc", Due: "25/11", State: view.StateSoon, Status: "chưa xem"}, {Role: "Để biết", Name: "Văn phòng", Status: "đã xem 18/11"}}
	change := *direct
	change.ReasonWanted, change.Proposal = true, nil
	given.Change = &change

	atClerk := base
	atClerk.Frame = clerk("1234/UBND-VX", view.PlaceIncoming)
	atClerk.Standing = "Đã vào sổ, chờ trình; hết hạn trình 17:00 hôm nay."
	atClerk.Submit = &view.SubmitForm{Leaders: leaders, Proposal: direct.Proposal}
	dist := *direct
	dist.Basis, dist.Form = "Điều 12 Quy chế làm việc cho phép văn thư chuyển thẳng giấy mời và báo cáo định kỳ.", view.Form{}
	atClerk.Distribute, atClerk.Void, atClerk.Recall = &dist, &view.ReasonForm{}, &view.ReasonForm{}
	atClerk.AddFile, atClerk.MayReportLeak, atClerk.EditHref = &view.FileForm{Kinds: options("appendix", "Phụ lục", "copy", "Bản thứ hai")}, true, "/van-ban-den/2026/2611/sua"
	atClerk.Notices = []view.Banner{{Tone: view.ToneWarn, Text: "Tệp không có lớp chữ: tìm kiếm chỉ thấy trích yếu."}}

	asked := given
	asked.Notices = []view.Banner{{Tone: view.ToneError, Text: "Đang khóa: nơi ban hành yêu cầu thu hồi."}}
	asked.VoidRequest = &view.Request{By: "Bà Nông Thị Lan", At: "hôm nay, 08:30", Words: "đề nghị hủy số đến 2.611", Text: "Vào sổ hai lần, trùng số 2.610."}
	asked.RecallRequest = &view.Request{Words: "UBND tỉnh thu hồi bằng công văn 1300/UBND-VX", Text: "Ban hành nhầm phụ lục.", Form: view.Form{Errors: []view.FieldError{{Field: "reason", Text: "Phải nêu lý do từ chối."}}}}
	asked.Viewer, asked.NoFile = "", "Tệp đang bị khóa."
	return []Named{{"document-leader", atLeader}, {"document", given}, {"document-clerk", atClerk}, {"document-requests", asked}}
}

func task() []Named {
	direct := &view.DirectForm{Leads: people[:1], Others: people[:1], Days: days, Form: view.Form{Errors: []view.FieldError{{Field: "due_on", Text: "Hạn trong phòng không được muộn hơn hạn lãnh đạo giao (25/11/2026)."}}, Values: values("due_on", "30/11")}}
	base := view.Task{Frame: officer("1234/UBND-VX", view.PlaceHome), Back: &view.Crumb{Label: "Việc của tôi", Href: "/"}, Address: "/viec/104", Number: "1234/UBND-VX", Subject: "V/v báo cáo kết quả thăm, tặng quà người có uy tín dịp Tết", Standing: "Ông đang giữ từ thứ Năm; còn 1 ngày làm việc.", State: view.StateSoon, Status: "Đang xử lý", Due: "25/11/2026", FirstDue: "20/11/2026", InnerDue: "24/11/2026",
		Facts: []view.Fact{{Label: "Người giao", Value: "Ông Đàm Quốc Thắng"}, {Label: "Đơn vị", Value: "Phòng Chính sách Dân tộc"}, {Label: "Đôn đốc", Value: "1 lần"}}, Document: &view.Link{Label: "số đến 2.611", Href: "/van-ban-den/2026/2611"}, Files: []view.File{{Name: "1234-UBND-VX.pdf", Href: "/van-ban-den/2026/2611/tep/1", Kind: "Văn bản chính", Size: "412 KB"}}, Viewer: "/van-ban-den/2026/2611/tep/1", Strip: strip(),
		Directives: []view.Directive{{By: "Ông Đàm Quốc Thắng", At: "18/11/2026, 14:05", Text: "Giao Phòng Chính sách tổng hợp, báo cáo UBND tỉnh."}}, Shares: []view.Share{{Role: "Chủ trì", Name: "Lý Thanh Hải", Due: "25/11", State: view.StateSoon, Status: "bắt đầu 19/11"}, {Role: "Phối hợp", Name: "Bế Ngọc Hà", Status: "chưa xem"}}, Urgings: []view.Urging{{By: "Ông Đàm Quốc Thắng", At: "20/11/2026", Kind: "Nhắc nhở", Text: "Khẩn trương, UBND tỉnh đã hỏi."}}, Timeline: timeline()}

	doing := base
	doing.Report, doing.Progress, doing.Extend, doing.Return = &view.ReportForm{}, &view.ReasonForm{}, &view.DateForm{Now: "25/11/2026", Days: days}, &view.ReasonForm{}
	fresh := base
	fresh.Start, fresh.Status, fresh.Strip = &view.Form{}, "Chưa bắt đầu", nil
	atHead := base
	atHead.Frame, atHead.Assign, atHead.Return = head("1234/UBND-VX", view.PlaceHome), direct, &view.ReasonForm{}
	atGiver := base
	atGiver.Frame = leader("1234/UBND-VX", view.PlaceWorks)
	atGiver.ExtendRequest = &view.Request{By: "Ông Lý Thanh Hải", At: "hôm nay, 08:05", Words: "xin lùi hạn từ 25/11/2026 đến 30/11/2026", Text: "Chờ số liệu của 12 xã."}
	atGiver.ReturnRequest = &view.Request{By: "Ông Mông Văn Lâm", Words: "đề nghị chuyển Phòng Tuyên truyền", Text: "Không thuộc nhiệm vụ của phòng."}
	atGiver.CloseRequest = &view.Request{By: "Ông Lý Thanh Hải", At: "hôm nay, 10:20", Words: "báo cáo đã xong", Text: "Đã báo cáo UBND tỉnh bằng công văn 56/BDT-CS."}
	atGiver.Close, atGiver.Redo, atGiver.Redate = &view.ReasonForm{}, &view.DateForm{}, &view.DateForm{Now: "25/11/2026"}
	atGiver.Replace, atGiver.Urge = &view.DirectForm{Leads: people}, &view.UrgeForm{Done: 1}
	atGiver.Results = []view.Result{{By: "Ông Lý Thanh Hải", At: "hôm nay, 10:20", Text: "Đã báo cáo UBND tỉnh.", Status: "chờ xác nhận", Reply: &view.Link{Label: "56/BDT-CS", Href: "/tim?q=56/BDT-CS"}}}
	closed := base
	closed.Frame, closed.State, closed.Status, closed.Standing, closed.Reopen = leader("1234/UBND-VX", view.PlaceWorks), view.StateDone, "Đã hoàn thành", "Xong ngày 20/11/2026, đúng hạn sau gia hạn.", &view.DateForm{}
	return []Named{{"task-new", fresh}, {"task", doing}, {"task-head", atHead}, {"task-giver", atGiver}, {"task-closed", closed}, {"task-terms", terms(doing)}}
}

func search() []Named {
	kind := view.Select{Options: options("", "mọi thứ", "incoming", "văn bản đến", "task", "công việc")}
	year := view.Select{Options: options("", "bất kỳ", "2026", "2026", "2019", "2019")}
	hits := []view.Hit{
		{Href: "/van-ban-den/2026/2611", Kind: "Văn bản đến", Number: "1234/UBND-VX", Title: []view.Piece{{Text: "V/v báo cáo kết quả thăm, tặng "}, {Text: "quà", Mark: true}, {Text: " người có uy tín dịp "}, {Text: "Tết", Mark: true}}, Snippet: []view.Piece{{Text: "… tổng kinh phí mua "}, {Text: "quà Tết", Mark: true}, {Text: " cho 1.204 người có uy tín trên địa bàn …"}}, FromFile: true, Meta: "Văn phòng UBND tỉnh · 16/11/2026 · số đến 2.611", State: view.StateSoon, Status: "còn 1 ngày"},
		{Href: "/van-ban-den/2019/412", Kind: "Văn bản đến", Number: "220/UBDT-CSDT", Title: []view.Piece{{Text: "V/v rà soát danh sách nhận "}, {Text: "quà Tết", Mark: true}}, Meta: "Ủy ban Dân tộc · 06/3/2019 · số đến 412", State: view.StateDone, Status: "đã hoàn thành", Legacy: true},
	}
	f := leader("Tìm", view.PlaceSearch)
	f.Query = "quà tết"
	valid := view.Proof{Frame: leader("Chứng minh", ""), Back: &view.Crumb{Label: "1234/UBND-VX", Href: "/van-ban-den/2026/2611"}, Words: "Ông Lý Thanh Hải bắt đầu xử lý 1234/UBND-VX", At: "08:12 ngày 19/11/2026", Seq: "18.204", Kind: "task.started", Entry: `{"seq":18204,"kind":"task.started","subject":"task/104","at":"2026-11-19T01:12:04.120Z","person":7}`, Leaf: "q1Zk3c0W0Lk2Yx7Vb0Gm9hQ2v8nqk0cJc9b9o0eXz1A=", Path: []view.ProofStep{{Side: "phải", Hash: "Zr7w0Lk2Yx7Vb0Gm9hQ2v8nqk0cJc9b9o0eXz1Aq1Z="}, {Side: "trái", Hash: "9hQ2v8nqk0cJc9b9o0eXz1Aq1Zk3c0W0Lk2Yx7Vb0Gm="}}, Root: "kX0c9b9o0eXz1Aq1Zk3c0W0Lk2Yx7Vb0Gm9hQ2v8nq0=", Size: "18.230", Checkpoint: "H14.18 so viec\n18230\nkX0c9b9o0eXz1Aq1Zk3c0W0Lk2Yx7Vb0Gm9hQ2v8nq0=\n\n— H14.18 4f7c1d…", Signer: "H14.18+4f7c1d2a", Valid: true}
	broken := valid
	broken.Valid, broken.Reason, broken.Path = false, "Mã gốc tính lại không khớp mã đã ký ngày 20/11/2026.", nil
	return []Named{
		{"search", view.Search{Frame: f, Query: "quà tết", Count: "214 kết quả cho “quà tết”", Exact: hits[:1], Hits: hits, Kind: kind, Year: year, Pager: view.Pager{Next: "/tim?q=qu%C3%A0&after=20"},
			WorksCount: "6", WorksMore: &view.Link{Label: "Xem cả 6 công việc", Href: "/tim?kind=task&q=qu%C3%A0+t%E1%BA%BFt"},
			Works: []view.Hit{{Href: "/viec/104", Kind: "Công việc", Title: []view.Piece{{Text: "Tổng hợp danh sách tặng "}, {Text: "quà Tết", Mark: true}}, Meta: "Lý Thanh Hải, Phòng Chính sách Dân tộc · Đàm Quốc Thắng giao", State: view.StateSoon, Status: "còn 2 ngày"}}}},
		{"search-none", view.Search{Frame: f, Query: "quà tết dương", Count: "Không thấy gì cho “quà tết dương”", Kind: kind, Year: year, Advice: []string{"Bớt chữ: “quà tết”.", "Gõ số, ký hiệu: “1234/UBND-VX” hay “cv 1234 vx”.", "Bỏ lọc theo năm."}}},
		{"search-start", view.Search{Frame: clerk("Tìm", view.PlaceSearch), Kind: kind, Year: year, Recent: []view.Link{{Label: "1234/UBND-VX · V/v báo cáo kết quả thăm, tặng quà", Href: "/van-ban-den/2026/2611"}}}},
		{"notices", view.Notices{Frame: officer("Thông báo", ""), Sentence: "3 thông báo chưa đọc.", Filter: view.Select{Options: options("", "tất cả", "unread", "chưa đọc")}, Rows: []view.Notice{{ID: "1", Href: "/viec/104", Text: "Ông Đàm Quốc Thắng đôn đốc: 1234/UBND-VX", Detail: "Khẩn trương, UBND tỉnh đã hỏi.", At: "16:40, 20/11/2026", Tone: view.ToneError, Unread: true}, {ID: "2", Href: "/viec/104", Text: "Còn 2 ngày làm việc: 1234/UBND-VX", At: "07:00 hôm nay", Tone: view.ToneWarn, Unread: true}, {ID: "3", Href: "/viec/110", Text: "Đã duyệt gia hạn đến 30/11/2026: 44/BC-CS", At: "18/11/2026"}}}},
		{"notices-empty", view.Notices{Frame: admin("Thông báo", ""), Sentence: "Đã đọc hết.", Filter: view.Select{Options: options("", "tất cả")}}},
		{"proof", valid}, {"proof-broken", broken},
	}
}
