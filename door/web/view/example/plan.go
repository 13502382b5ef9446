// SPDX-License-Identifier: Apache-2.0

package example

import "soviec/door/web/view"

func planPages() []Named {
	ways := []view.Way{{Label: "Công việc", Href: "/viec"}, {Label: "Định kỳ", Href: "/cong-viec/dinh-ky", Now: true}, {Label: "Mẫu", Href: "/cong-viec/mau"}}
	dates := []view.RecurringDate{
		{Name: "Quý IV/2026", Due: "thứ Năm, 10/12/2026", State: "Đã giao", Href: "/viec/101", Day: "10/12/2026"},
		{Name: "Quý I/2027", Due: "thứ Tư, 10/03/2027", Given: "giao ngày 03/03/2027", Address: "/cong-viec/dinh-ky/1/ky/2027-Q1", Day: "10/03/2027"},
		{Name: "Quý II/2027", Due: "thứ Sáu, 04/06/2027", State: "Đã đổi", Note: "Báo cáo 6 tháng đầu năm 2027.", Given: "giao ngày 28/05/2027", Address: "/cong-viec/dinh-ky/1/ky/2027-Q2", Day: "04/06/2027", Restore: true},
		{Name: "Quý III/2027", Due: "thứ Sáu, 10/09/2027", State: "Đã bỏ", Note: "Gộp vào báo cáo năm.", Address: "/cong-viec/dinh-ky/1/ky/2027-Q3", Day: "10/09/2027", Restore: true},
	}
	when := "mỗi quý, ngày 10 của tháng cuối quý; gặp ngày nghỉ thì lùi về ngày làm việc trước"
	edit := view.RecurringEdit{Frame: leader("Việc định kỳ", view.PlaceWorks), Address: "/cong-viec/dinh-ky/1", Name: "Báo cáo công tác dân tộc {kỳ}", State: "Đang chạy",
		Owner: "ông Đàm Quốc Thắng giao", Words: "Mỗi quý, ngày 10 của tháng cuối quý; gặp ngày nghỉ thì lùi về ngày làm việc trước", Leads: people, Others: people,
		Periods: options("week", "Hằng tuần", "month", "Hằng tháng", "quarter", "Hằng quý"), Months: options("last", "Tháng cuối kỳ", "after", "Tháng ngay sau kỳ"),
		Numbers:    []view.Group{{Label: "Ngày trong tháng", Options: options("day:10", "Ngày 10", "day:25", "Ngày 25")}, {Label: "Ngày làm việc trong tháng", Options: options("working:1", "Ngày làm việc đầu tiên")}},
		Backs:      options("0", "Đúng ngày đó", "1", "Thứ Hai trước ngày đó"),
		Shifts:     options("before", "Lùi về ngày làm việc trước", "after", "Chuyển sang ngày làm việc sau"),
		Products:   options("", "không theo danh mục", "BC01", "BC01 · Báo cáo định kỳ"),
		Proofs:     options("", "Người giao xác nhận kết quả", "report", "Báo cáo được nộp"),
		Priorities: options("0", "Thường", "1", "Ưu tiên", "2", "Trọng tâm"), Dates: dates, MayPause: true, MayEnd: true,
		Before: []view.RecurringBefore{{Span: "08:00, 02/01/2026 – 09:15, 05/10/2026", Owner: "ông Đàm Quốc Thắng", Lead: "Phòng Kế hoạch – Tổng hợp", Title: "Báo cáo công tác dân tộc {kỳ}", Words: "Mỗi quý, ngày 25 của tháng cuối quý; giao trước hạn 3 ngày làm việc"}},
		Form:   view.Form{Values: values("title", "Báo cáo công tác dân tộc {kỳ}", "lead", "unit/1", "period", "quarter", "every", "1", "number", "day:10", "month", "last", "back", "0", "shift", "before", "ahead", "5", "from", "01/01/2026")}}
	fresh := edit
	fresh.Name, fresh.State, fresh.Owner, fresh.Address, fresh.MayPause, fresh.MayEnd, fresh.Tried = "", "", "", "/cong-viec/dinh-ky/moi", false, false, true
	fresh.Before = nil
	fresh.Dates = []view.RecurringDate{{Name: "Quý IV/2026", Due: "thứ Năm, 10/12/2026", Given: "giao ngày 03/12/2026"}}
	fresh.Form = view.Form{Values: values("title", "", "every", "1"), Errors: []view.FieldError{{Field: "title", Text: "Hãy ghi nội dung công việc."}}}
	stopped := edit
	stopped.State, stopped.Alarm, stopped.Reason, stopped.MayPause = "Dừng, chờ xử lý", true, "Đơn vị được giao không còn hoạt động vào ngày giao. Phòng Chính sách nay là Phòng Chính sách Dân tộc.", false
	steps := []view.TemplateStep{
		{Place: 1, Title: "Dự thảo kế hoạch hội nghị {tên hội nghị}", Who: "Phòng Kế hoạch – Tổng hợp chủ trì", When: "giao ngay, hạn 3 ngày làm việc"},
		{Place: 2, Title: "Mời đại biểu {tên hội nghị}", Text: "Mời cả già làng, trưởng bản.", Who: "Phòng Chính sách Dân tộc chủ trì; phối hợp: Văn phòng", When: "giao khi việc 1 xong, hạn 2 ngày làm việc"},
	}
	columns := options("code", "Mã", "name", "Tên sản phẩm, công việc", "output", "Kết quả đầu ra", "measure", "Đơn vị tính", "norm", "Định mức (giờ)", "factor", "Hệ số quy đổi", "groups", "Nhóm vị trí", "proof", "Cách hoàn thành")
	change := view.CatalogueEdit{Frame: clerk("Ban hành danh mục sản phẩm", view.PlaceWorks), Back: "/cong-viec/danh-muc", Action: "/cong-viec/danh-muc/ban-moi", Columns: columns, Proofs: options("", "người giao xác nhận kết quả", "report", "báo cáo được nộp"),
		Rows: []view.ProductEdit{{Values: map[string]string{"code": "BC01", "name": "Báo cáo định kỳ", "norm": "tám", "proof": "báo cáo được nộp"}, Errors: map[string]string{"norm": "Phải là số giờ từ 0 đến 10.000, có thể lẻ như 0,5."}}},
		Form: view.Form{Values: values("name", "Danh mục 2027", "from", "01/01/2027"), Errors: []view.FieldError{{Text: "1 ô chưa đúng; danh mục chưa được ban hành."}}}}
	change.AddRows(1)
	sheet := change
	sheet.Rows, sheet.Upload, sheet.Errors = nil, true, []view.CellError{{Sheet: "Định mức (giờ)", Cell: "E7", Value: "tám", Text: "Phải là số giờ."}}
	return []Named{
		{"catalogue", view.Catalogue{Frame: leader("Danh mục sản phẩm", view.PlaceWorks), Ways: ways, Name: "Danh mục sản phẩm năm 2026", Words: "2 sản phẩm; từ 01/11/2026, đang có hiệu lực. Ban hành theo Quyết định số 15/QĐ-BDT.", MayChange: true,
			EditHref: "/cong-viec/danh-muc/ban-moi", UploadHref: "/cong-viec/danh-muc/ban-moi?excel=1", ExcelHref: "/cong-viec/danh-muc/danh-muc.xlsx",
			Versions: []view.Noted{{Label: "Danh mục sản phẩm năm 2026", Href: "/cong-viec/danh-muc?ban=1", Note: "từ 01/11/2026, đang có hiệu lực"}},
			Rows: []view.ProductRow{{Code: "BC01", Name: "Báo cáo định kỳ", Output: "Báo cáo", Measure: "báo cáo", Norm: "4,5 giờ", Factor: "0,5", Proof: "báo cáo được nộp", Was: "trước là 6 giờ"},
				{Code: "TT01", Name: "Tờ trình", Measure: "văn bản", Norm: "8 giờ", Factor: "1", Groups: "Chuyên viên; Chuyên viên chính", Proof: "văn bản được phát hành", Was: "mới"}}}},
		{"catalogue-empty", view.Catalogue{Frame: officer("Danh mục sản phẩm", view.PlaceWorks), Ways: ways, ExcelHref: "/cong-viec/danh-muc/danh-muc.xlsx"}},
		{"catalogue-edit", change}, {"catalogue-sheet", sheet},
		{"recurring", view.Recurring{Frame: leader("Việc định kỳ", view.PlaceWorks), Ways: ways, Asked: 1, Rows: []view.RecurringRow{
			{Href: "/cong-viec/dinh-ky/1", Title: "Báo cáo công tác dân tộc {kỳ}", When: when, Who: "Phòng Chính sách Dân tộc chủ trì, ông Đàm Quốc Thắng giao", State: "Đang chạy", Dates: dates[:3]},
			{Href: "/cong-viec/dinh-ky/2", Title: "Rà soát hộ nghèo", When: "mỗi tháng, ngày làm việc cuối cùng", Who: "Phòng Chính sách chủ trì, bà Nông Thị Hoa giao", State: "Dừng, chờ xử lý", Alarm: true, Reason: stopped.Reason},
			{Href: "/cong-viec/dinh-ky/3", Title: "Họp giao ban phòng", When: "mỗi tuần, thứ Hai", Who: "ông Lý Thanh Hải chủ trì, ông Mông Văn Lâm giao", State: "Tạm dừng", Quiet: true, Reason: "Chờ hướng dẫn."},
		}}},
		{"recurring-empty", view.Recurring{Frame: leader("Việc định kỳ", view.PlaceWorks), Ways: ways}},
		{"recurring-edit", edit}, {"recurring-new", fresh}, {"recurring-stopped", stopped},
		{"templates", view.Templates{Frame: leader("Mẫu công việc", view.PlaceWorks), Ways: ways, Rows: []view.TemplateRow{{Href: "/cong-viec/mau/1", Name: "Tổ chức hội nghị", Words: "2 việc, 1 việc giao ngay", Steps: []string{steps[0].Title, steps[1].Title}}}}},
		{"templates-empty", view.Templates{Frame: leader("Mẫu công việc", view.PlaceWorks), Ways: ways}},
		{"template", view.TemplatePage{Frame: leader("Tổ chức hội nghị", view.PlaceWorks), Address: "/cong-viec/mau/1", Name: "Tổ chức hội nghị", Steps: steps, MayEdit: true, Leads: people,
			Fields: options("field-1", "Tên hội nghị"), Runs: []view.TemplateRun{{Title: "23/11/2026 · người có uy tín", By: "Ông Đàm Quốc Thắng giao", Steps: []view.TemplateRunStep{
				{Title: steps[0].Title, State: "Đã giao", Href: "/viec/101"}, {Title: steps[1].Title, State: "Chưa giao được", Note: "Người được giao không giữ vị trí nào trong cơ quan vào ngày giao.", Alarm: true, ID: "luot-1-2", Address: "/cong-viec/mau/luot/1/2"}}}}}},
		{"template-edit", view.TemplateEdit{Frame: leader("Mẫu công việc", view.PlaceWorks), Address: "/cong-viec/mau/1/sua", Name: "Tổ chức hội nghị", Leads: people, Others: people,
			Rows: []view.TemplateEditRow{{Place: 1, Open: true, Afters: options("0", "Ngay khi giao mẫu")}, {Place: 2, Afters: options("0", "Ngay khi giao mẫu", "1", "Khi việc 1 hoàn thành")}},
			Form: view.Form{Values: values("name", "Tổ chức hội nghị", "title-1", steps[0].Title, "lead-1", "unit/2", "days-1", "3", "after-1", "0")}}},
	}
}
