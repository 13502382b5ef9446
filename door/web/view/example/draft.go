// SPDX-License-Identifier: Apache-2.0

package example

import "soviec/door/web/view"

func drafts() []Named {
	row := view.DraftRow{Href: "/du-thao/7", Type: "Công văn", Subject: "Rà soát chính sách hỗ trợ sinh kế năm 2026", Drafter: "Lý Thanh Hải", Unit: "Phòng Chính sách Dân tộc", Signer: "Đàm Quốc Thắng",
		Since: "08:12 hôm nay", State: view.StateOpen, Status: "Chờ ký"}
	wanted, asked := row, row
	wanted.Want, wanted.Urgency = "Ký", view.Urgent
	asked.Want, asked.Due, asked.Type, asked.Subject = "Cho ý kiến", "26/11/2026", "Kế hoạch", "Tuyên truyền pháp luật tại các xã biên giới"
	tabs := []view.DraftTab{{Label: "Của tôi", Href: "/du-thao?xem=mine", Count: "2"}, {Label: "Của đơn vị", Href: "/du-thao?xem=unit"}, {Label: "Cả cơ quan", Href: "/du-thao?xem=all", Current: true}}
	filters := []view.Filter{{Before: "Dự thảo", Name: "state", Label: "Tình trạng", Select: view.Select{Value: "open", Options: options("open", "đang làm", "", "ở mọi tình trạng")}}}
	list := view.Drafts{Frame: leader("Dự thảo, trình ký", view.PlaceDrafts), Sentence: "2 dự thảo chờ anh/chị.", SignHref: "/du-thao/ky", SignText: "Ký 1 văn bản", Waiting: []view.DraftRow{wanted, asked}, Tabs: tabs, View: "all", Filters: filters, Rows: []view.DraftRow{row, asked}, CanWrite: true}
	none := view.Drafts{Frame: officer("Dự thảo, trình ký", view.PlaceDrafts), Sentence: "Không có dự thảo nào chờ anh/chị.", Tabs: tabs[:2], View: "mine", Filters: filters, CanWrite: true, Empty: "Không có dự thảo nào đang làm."}
	pick := view.DraftNew{Frame: officer("Soạn văn bản", view.PlaceDrafts), Back: &view.Crumb{Label: "Dự thảo, trình ký", Href: "/du-thao"}, Answers: &view.Link{Label: "Văn bản đến 1234/UBND-VX", Href: "/van-ban-den/2026/2611"}, Samples: "/mau-van-ban?tra-loi=incoming/12",
		Usual: []view.Noted{{Label: "Công văn", Href: "/du-thao/moi?loai=CV"}, {Label: "Quyết định", Href: "/du-thao/moi?loai=QĐ"}}, Rest: []view.Noted{{Label: "Phiếu gửi", Href: "/du-thao/moi?loai=PG"}}}
	signers := options("", "Chọn…", "1 SELF 0", "Đàm Quốc Thắng", "2 KT 0", "Nông Thị Hoa")
	edit := view.DraftEdit{Frame: officer("Soạn Công văn", view.PlaceDrafts), Back: pick.Back, Heading: "Soạn Công văn", Address: "/du-thao", TypeName: "Công văn", Addressed: true, Types: options("CV", "Công văn", "QĐ", "Quyết định"), Signers: signers,
		Fields: options("", "Chọn…", "1", "Chính sách dân tộc"), Urgencies: urgencies, Circulate: options("", "Thông thường", "internal", "LƯU HÀNH NỘI BỘ"),
		Answers: []view.DraftAnswer{{Ref: "incoming/12", Label: "Văn bản đến 1234/UBND-VX", Href: "/van-ban-den/2026/2611", Close: true}},
		Form:    view.Form{Key: "k1", Values: values("type", "CV", "subject", "Rà soát chính sách hỗ trợ sinh kế", "addressees", "Ủy ban nhân dân các xã", "body", "Ban Dân tộc đề nghị các xã rà soát.")}}
	edit.Appendices = []view.DraftAppendix{{Number: 1, Title: "Danh sách xã rà soát", Paper: "ngang", Body: "| STT | Xã |\n|---|---|\n| 1 | Bảo Lạc |", Open: true}, {Number: 2}}
	edit.AppendixTypes, edit.AppendicesOpen = options("", "Phụ lục", "QC", "Quy chế ban hành kèm theo"), true
	edit.SecondWays, edit.SecondOutside, edit.SecondOfficers = options("", "Một người ký", "officer", "Người có thẩm quyền khác của cơ quan", "outside", "Cơ quan, bên khác cùng ký"), true, signers
	wrong := edit
	wrong.Form = view.Form{Values: edit.Form.Values, Errors: []view.FieldError{{Field: "signer", Text: "Ông Mông Văn Lâm không phải cấp phó của người đứng đầu nên không ký thay được."}, {Field: "second_as", Text: "Chưa chọn người cùng ký."}, {Field: "mark", Text: "Ký hiệu người soạn thảo nhiều nhất 10 ký tự."}}}
	wrong.Blanks = []view.DraftBlank{{Name: "blank_guest", Label: "Kính mời", Many: true, Must: true, Help: "Người được mời."}, {Name: "blank_day", Label: "Ngày", Date: true, Must: true}}
	wrong.SecondOpen, wrong.Secretaries = true, people
	wrong.MoreOpen, wrong.Amends, wrong.Uploaded = true, true, "Cong-van.docx"
	base := view.Draft{Frame: leader("Rà soát chính sách hỗ trợ sinh kế", view.PlaceDrafts), Back: pick.Back, Address: "/du-thao/7", Subject: "Rà soát chính sách hỗ trợ sinh kế năm 2026", Type: "Công văn", Standing: "Chờ ông Đàm Quốc Thắng ký, từ 08:12 hôm nay.", Status: "Chờ ký", State: view.StateOpen, SHA: "9f2c", Viewer: "/du-thao/7/tep/v2",
		Facts:    []view.Fact{{Label: "Người soạn", Value: "Lý Thanh Hải, Phòng Chính sách Dân tộc"}, {Label: "Người ký", Value: "Đàm Quốc Thắng (TRƯỞNG BAN)"}, {Label: "Trả lời", Value: "Văn bản đến 1234/UBND-VX", Href: "/van-ban-den/2026/2611"}},
		Findings: []view.DraftFinding{{Text: "Trích yếu viết hoa toàn bộ.", Place: "RÀ SOÁT", Rule: "Phụ lục I, II.5", Blocks: true}, {Text: "Nên ghi đủ tên cơ quan."}},
		Marks:    []view.DraftMark{{ID: "3", Version: "bản 1", Page: "trang 1", Quote: "trong thời gian tới", Text: "Ghi rõ thời hạn.", By: "Mông Văn Lâm", At: "16:20 hôm qua", Done: "đã sửa 17:00 hôm qua"}},
		Rounds:   []view.DraftRound{{By: "Lý Thanh Hải", At: "09:00 hôm qua", Due: "hạn 26/11/2026", Text: "Xin ý kiến về mức hỗ trợ.", Status: "1/2 đã trả lời", Export: "/du-thao/7/y-kien/1.pdf", Summary: "Tiếp thu, thêm phụ lục.", Opinions: []view.DraftOpinion{{Who: "Hoàng Thị Xuân", Title: "Trưởng phòng", Choice: "Đồng ý", Text: "Thống nhất.", At: "10:00 hôm qua", Tone: view.ToneDone}, {Who: "Vi Thị Nga", Title: "Trưởng phòng", Choice: "Chưa trả lời"}}}},
		Initials: []view.DraftStep{{What: "Ký nháy nội dung", By: "Mông Văn Lâm", At: "16:30 hôm qua", Note: "bản 2"}, {What: "Trả lại", By: "Mông Văn Lâm", At: "16:20 hôm qua", Note: "bản 1", Text: "Ghi rõ thời hạn."}},
		Versions: []view.DraftVersion{{Number: "Bản 2", Href: "/du-thao/7/tep/v2", By: "Lý Thanh Hải", At: "17:00 hôm qua", Size: "1 trang, 60 KB", Compare: "/du-thao/7/so-sanh?truoc=1&sau=2", Current: true}, {Number: "Bản 1", Href: "/du-thao/7/tep/v1", By: "Lý Thanh Hải", At: "15:00 hôm qua", Size: "1 trang, 60 KB", Note: "bản đầu", Source: &view.Link{Label: "Tệp Word", Href: "/du-thao/7/tep/n1"}}},
		Files:    []view.DraftFile{{File: view.File{Name: "Phu-luc.xlsx", Href: "/du-thao/7/tep/9", Kind: "Phụ lục, kèm theo", Size: "38 KB"}}}, Timeline: timeline()}
	sign := base
	sign.Queue, sign.Later, sign.BackTo = "Văn bản 1 trong 3 chờ ký", "/du-thao/ky?sau=7", "/du-thao/ky"
	sign.Sign, sign.Return, sign.Refuse = &view.DraftAct{Words: "Ký đúng bản đang hiện ở bên."}, &view.DraftAct{Empty: []int{1, 2, 3}}, &view.ReasonForm{}
	sign.DeskHref = "/ky-so/7"
	sign.PassOn = &view.DraftAct{Options: signers}
	sign.Notices = []view.Banner{{Tone: view.ToneWarn, Text: "Tệp đã thay đổi so với bản 1 mà anh/chị xem trước.", Link: &view.Link{Label: "So sánh hai bản", Href: "/du-thao/7/so-sanh?truoc=1&sau=2"}}}
	signing := base
	signing.Signing, signing.SignFile = &view.DraftAct{Words: "Ký tệp bằng thiết bị của anh/chị, rồi gửi tệp đã ký lên đây."}, "/du-thao/7/tep/v2?tai=1"
	mine := base
	mine.Frame, mine.Viewer, mine.EditHref = officer("Rà soát", view.PlaceDrafts), "", "/du-thao/7/sua"
	mine.Submit, mine.Drop, mine.Ask = &view.DraftAct{}, &view.ReasonForm{}, &view.DraftAct{Groups: people, Days: days}
	mine.Hand = &view.DraftAct{Options: options("", "Chọn…", "9", "Bế Ngọc Hà")}
	mine.AddFile = &view.FileForm{Kinds: options("enclosed", "Phụ lục", "submission", "Tài liệu trình kèm")}
	mine.Files = []view.DraftFile{{File: base.Files[0].File, Remove: "9"}}
	mine.Marks = []view.DraftMark{{ID: "3", Version: "bản 1", Text: "Ghi rõ thời hạn.", By: "Mông Văn Lâm", At: "16:20 hôm qua", MaySettle: true}}
	check := base
	check.Content = &view.DraftAct{Words: "Anh/chị là người soạn thảo.", Options: options("", "Chánh Văn phòng hoặc văn thư", "5", "Nông Thị Lan")}
	check.FormPass = &view.DraftAct{Options: options("ky", "Quyền hạn ký", "noi-nhan", "Nơi nhận")}
	check.Paper = &view.DraftAct{Words: "Kèm bản quét.", Form: view.Form{Values: values("day", "23/11/2026"), Errors: []view.FieldError{{Field: "files", Text: "Chưa chọn tệp."}}}}
	opinion := base
	opinion.Opinion, opinion.Close, opinion.Move = &view.DraftAct{Words: "Xin ý kiến về mức hỗ trợ.", Options: options("agree", "Đồng ý", "disagree", "Không đồng ý", "other", "Ý kiến khác")}, &view.DraftAct{Words: "Dự thảo trở lại bước trước."}, &view.DraftAct{Days: days}
	compare := view.DraftCompare{Frame: officer("So sánh hai bản", view.PlaceDrafts), Back: &view.Crumb{Label: "Dự thảo", Href: "/du-thao/7"}, Heading: "So sánh hai bản của dự thảo", Before: "Bản 1", After: "Bản 2", From: "1", To: "2", Versions: options("1", "bản 1", "2", "bản 2"), Address: "/du-thao/7/so-sanh", Words: "1 đoạn khác nhau.",
		Lines: []view.DraftLine{{Same: true, Left: []view.Piece{{Text: "Ban Dân tộc"}}, Right: []view.Piece{{Text: "Ban Dân tộc"}}}, {Left: []view.Piece{{Text: "đề nghị rà soát"}, {Text: "sớm", Mark: true}}, Right: []view.Piece{{Text: "đề nghị rà soát"}, {Text: "trước ngày 30/11", Mark: true}}}}}
	rules := view.SigningRules{Frame: leader("Thẩm quyền ký", view.PlaceSigning), MayChange: true, People: options("", "Chọn…", "6", "Mông Văn Lâm"), Units: options("", "Chọn…", "3", "Văn phòng"), Types: options("", "Mọi loại", "CV", "Công văn"), Set: view.Form{Values: values("kind", "order")},
		Delegations: []view.SigningRow{{Who: "Mông Văn Lâm", What: "Công văn về chính sách (CV)", When: "01/11/2026 – 30/11/2026", Basis: "Giấy ủy quyền số 12/GUQ-BDT", Status: "đang hiệu lực", End: "/quan-tri/ky/uy-quyen/1/ket-thuc"}, {Who: "Vi Thị Nga", What: "Giấy mời", When: "01/02/2026 – 28/02/2026", Basis: "Giấy ủy quyền số 2/GUQ-BDT", Status: "đã hết hạn", Over: true}},
		Lines:       []view.SigningRow{{Who: "Văn phòng", What: "Giấy giới thiệu", When: "từ 01/01/2026", Basis: "Điều 9 Quy chế làm việc", Status: "đang hiệu lực", End: "/quan-tri/ky/quy-che/1/ket-thuc"}}}
	return []Named{{"drafts", list}, {"drafts-none", none}, {"draft-new", pick}, {"draft-edit", edit}, {"draft-edit-wrong", wrong}, {"draft", base}, {"draft-sign", sign}, {"draft-signing", signing}, {"draft-mine", mine}, {"draft-check", check}, {"draft-opinion", opinion}, {"draft-compare", compare}, {"signing-rules", rules}}
}
