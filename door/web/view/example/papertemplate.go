// SPDX-License-Identifier: Apache-2.0

package example

import "soviec/door/web/view"

func paperTemplatePages() []Named {
	frame := clerk("Mẫu văn bản", view.PlaceWorks)
	page := view.PaperTemplate{Frame: frame, Address: "/mau-van-ban/giay-moi", Name: "Giấy mời họp", Type: "Giấy mời", Owner: "Mẫu có sẵn của phần mềm", MayKeep: true, MayWrite: true,
		Fields:  []view.PaperTemplateField{{Name: "f-ten_hop", Label: "Họp về việc gì"}, {Name: "f-dia_diem", Label: "Địa điểm"}},
		Subject: "Về việc {{ten_hop: Họp về việc gì}}", Body: []string{"Ban Dân tộc trân trọng kính mời {{nguoi_duoc_moi}} tới dự cuộc họp, cụ thể như sau:", "4. Địa điểm: {{dia_diem: Địa điểm}}."},
		Editions: []view.PaperEdition{{Title: "Bản 2", By: "Hoàng Văn Minh, 09:15 23/11/2026", Why: "Theo quy chế làm việc mới", Now: true}, {Title: "Bản 1", Href: "/mau-van-ban/1/ban/1", Why: "Mẫu có sẵn của phần mềm"}}}
	word := page
	word.Name, word.Type, word.Owner, word.Word, word.File, word.Convert, word.Body, word.Subject = "Công văn trả lời xã", "Công văn", "Phòng Chính sách Dân tộc", true, "/mau-van-ban/12/tep/2", true, nil, ""
	word.Findings = view.Findings{Checked: true, Blocking: []view.Finding{{Text: "Công văn chưa có “Kính gửi”. Công văn phải ghi “Kính gửi:” và tên cơ quan, tổ chức hoặc cá nhân trực tiếp giải quyết công việc.", Rule: "khoản 9 mục II phần I Phụ lục I Nghị định số 30/2020/NĐ-CP", Href: "#mau-f-ten_hop"}},
		Warnings: []view.Finding{{Text: "“ngày 05 tháng 03 năm 2026”: chỉ tháng 1 và tháng 2 có số 0 phía trước, viết “tháng 3”.", Rule: "khoản 4 mục II phần I Phụ lục I Nghị định số 30/2020/NĐ-CP", Where: "đoạn 7", Words: "ngày 05 tháng 03 năm 2026"}}}
	word.Form = view.Form{Values: values("f-ten_hop", ""), Errors: []view.FieldError{{Field: "f-ten_hop", Text: "Chưa điền “Họp về việc gì”."}}}
	return []Named{
		{"paper-templates", view.PaperTemplates{Frame: frame, MayKeep: true, Answers: &view.Link{Label: "Văn bản đến 1234/UBND-VX", Href: "/van-ban-den/2026/2611"}, Groups: []view.PaperTemplateGroup{
			{Type: "Báo cáo", Rows: []view.PaperTemplateRow{{Href: "/mau-van-ban/bao-cao", Name: "Báo cáo kết quả công tác theo kỳ", Words: "Mẫu có sẵn của phần mềm · 11 chỗ điền"}}},
			{Type: "Công văn", Rows: []view.PaperTemplateRow{{Href: "/mau-van-ban/12", Name: "Công văn trả lời xã", Words: "Phòng Chính sách Dân tộc · tệp Word · 2 chỗ điền · bản 2", Off: true}}}}}},
		{"paper-templates-empty", view.PaperTemplates{Frame: frame}},
		{"paper-template", page},
		{"paper-template-word", word},
		{"paper-template-edit", view.PaperTemplateEdit{Frame: frame, Address: "/mau-van-ban/moi/sua", Back: "/mau-van-ban", Types: options("", "Chọn…", "BC", "Báo cáo"), Units: options("", "Cả cơ quan"),
			Form: view.Form{Values: values("name", ""), Errors: []view.FieldError{{Field: "name", Text: "Hãy đặt tên cho mẫu, nhiều nhất 150 ký tự."}}}}},
		{"paper-template-edition", view.PaperTemplateEdit{Frame: frame, Address: "/mau-van-ban/giay-moi/sua", Back: "/mau-van-ban/giay-moi", Name: "Giấy mời họp", Form: view.Form{Values: values("name", "Giấy mời họp", "body", page.Body[0])}}},
	}
}
