// SPDX-License-Identifier: Apache-2.0

package example

import "soviec/door/web/view"

func dossierWays(now int) []view.Way {
	w := []view.Way{{Label: "Của tôi", Href: "/ho-so-cong-viec"}, {Label: "Của đơn vị", Href: "/ho-so-cong-viec?xem=don-vi"}, {Label: "Đến hạn nộp lưu", Href: "/ho-so-cong-viec?xem=den-han"},
		{Label: "Trong lưu trữ", Href: "/ho-so-cong-viec?xem=luu-tru"}, {Label: "Tất cả", Href: "/ho-so-cong-viec?xem=tat-ca"}, {Label: "Tình hình", Href: "/ho-so-cong-viec/tinh-hinh"}}
	w[now].Now = true
	return w
}

func archivePages() []Named {
	rows := []view.DossierRow{
		{ID: "1", Href: "/ho-so-cong-viec/1", Number: "01.CSDT", Title: "Hồ sơ rà soát, bình xét người có uy tín tỉnh Cao Bằng năm 2026", Keeper: "Lý Thanh Hải", State: "Đang thu thập", Term: "20 năm", Docs: "2026 · 14 văn bản, 62 trang"},
		{ID: "2", Href: "/ho-so-cong-viec/2", Number: "07.CSDT", Title: longSubject, Keeper: "Bế Ngọc Hà", State: "Đến hạn nộp lưu", Term: "Vĩnh viễn", Docs: "2025 · 103 văn bản, 1.204 trang", Due: "quá hạn nộp từ 02/11/2026", Late: true, Mine: true}}
	years := view.Filter{Before: "Hồ sơ", Name: "nam", Label: "Năm", Select: view.Select{Options: options("", "mọi năm", "2026", "năm 2026")}}
	f := view.Form{}
	people := []view.Group{{Label: "Phòng Chính sách Dân tộc", Options: options("person/7", "Lý Thanh Hải", "person/8", "Bế Ngọc Hà")}}
	readable := []view.Group{{Label: "Cả đơn vị", Options: options("m:3", "Phòng Kế hoạch – Tổng hợp")}}
	rules := []view.Group{{Label: "Tài liệu chuyên môn, nghiệp vụ", Options: options("13.01", "13.01 Hồ sơ chỉ đạo điểm")}}
	items := []view.DossierItem{
		{ID: "1", No: "1", Number: "1012/UBND-VX", Day: "28/10/2026", Title: "Công văn: V/v rà soát danh sách người có uy tín", Href: "/van-ban-den/2026/214", Kind: "Văn bản đến", Author: "Ủy ban nhân dân tỉnh Cao Bằng", Pages: "1–2", Count: "2", Files: []view.Link{{Label: "cong-van.pdf", Href: "/ho-so-cong-viec/1/tep/1/1"}}},
		{ID: "2", No: "2", Day: "02/11/2026", Title: "Công việc: Rà soát danh sách người có uy tín", Href: "/viec/101", Kind: "Công việc", Pages: "–", Auto: true}}
	forms := map[string]*view.Form{"giay-to": &f, "lay-ra": &f, "ghi-chu": &f, "sua": {Values: values("notation", "01.CSDT", "title", "Hồ sơ rà soát")}, "dong": &f, "quyen": &f, "nguoi-giu": &f, "khoa": &f}
	events := view.Timeline{Events: []view.Event{{At: "thứ Hai 02/11/2026, 08:12", Who: "Ông Lý Thanh Hải", Words: "mở hồ sơ", Proof: "/so-nhat-ky/18", Seq: "18"}}}
	one := view.Dossier{Frame: officer("Hồ sơ", view.PlaceDossiers), Back: &view.Crumb{Label: "Hồ sơ công việc", Href: "/ho-so-cong-viec"}, Address: "/ho-so-cong-viec/1", Number: "01.CSDT", Title: "Hồ sơ rà soát người có uy tín năm 2026",
		Standing: "Đang thu thập, 2 văn bản, 2 trang.", Facts: []view.Fact{{Label: "Mã hồ sơ", Value: "H14.18.2026.01.CSDT"}, {Label: "Thời hạn bảo quản", Value: "20 năm (mã 05.01)"}}, Items: items, Forms: forms, People: people, Readable: readable, Rules: rules,
		Readers:  []view.DossierReader{{Who: "p:8", Name: "Bế Ngọc Hà"}},
		Findings: []view.DossierFinding{{Key: "open:task/101", Text: "Mục 2, Công việc: Rà soát: việc chưa xong (đang làm).", Label: "Mở ra làm tiếp", Link: "/viec/101"}, {Key: "bytes:incoming/3", Text: "Mục 1: tệp “cong-van.pdf” giống hệt tệp của mục 2.", Label: "Xác nhận", Ask: true}},
		Prints:   []view.Link{{Label: "In mục lục văn bản", Href: "/ho-so-cong-viec/1/muc-luc.pdf"}}, Export: "/ho-so-cong-viec/1/xuat.zip", Timeline: events}
	ready := one
	ready.Findings, ready.Ready = nil, true
	kept := one
	kept.Frame, kept.Forms = leader("Hồ sơ", view.PlaceDossiers), map[string]*view.Form{"cho-giu": &f, "mo-khoa": &f}
	kept.Keep, kept.Notices = "Ông Lý Thanh Hải xin giữ hồ sơ đến ngày 30/06/2028: còn tra cứu.", []view.Banner{{Tone: view.ToneError, Text: "Hồ sơ đang bị khóa."}}
	closed := one
	closed.Forms = map[string]*view.Form{"mo-lai": &f, "giu-lai": &f, "quyen": &f, "loi": {Errors: []view.FieldError{{Text: "Hồ sơ vừa được người khác thay đổi; xin mở lại trang rồi làm tiếp."}}}}
	closed.Findings = nil
	planned := view.Dossier{Frame: officer("Hồ sơ", view.PlaceDossiers), Address: "/ho-so-cong-viec/3", Number: "02.CSDT", Title: "Hồ sơ thi đua năm 2026", Standing: "Trong danh mục.", Empty: "Hồ sơ chưa có gì.", Forms: map[string]*view.Form{"mo": &f}}
	lines := []view.DossierLine{{ID: "1", Number: "01.TCCB", Title: "Hồ sơ nâng bậc lương năm 2026", Term: "20 năm", Keeper: "Bế Thị Thu", Drop: true}, {ID: "2", Title: "Hồ sơ tuyển dụng năm 2026", Term: "Vĩnh viễn", Keeper: "Nông Thị Lan", Asked: "Mông Văn Lâm đề xuất, chờ Văn phòng xem", Decide: true, Drop: true}, {ID: "3", Number: "15.TCCB", Title: "Hồ sơ đào tạo năm 2026", Term: "10 năm", Keeper: "Bế Thị Thu", Added: "bổ sung 05/06/2026"}}
	list := view.DossierList{Frame: clerk("Danh mục hồ sơ", view.PlaceDossiers), Year: 2026, Years: []view.Noted{{Label: "2027", Href: "/danh-muc-ho-so?nam=2027"}, {Label: "2026", Href: "/danh-muc-ho-so?nam=2026", Note: "đang xem"}}, Exists: true, Standing: "Đang lập: đơn vị đề xuất, Văn phòng tổng hợp.",
		Sums: "Danh mục có 2 hồ sơ.", Sections: []view.DossierSection{{Number: "I", Title: "Tổ chức, cán bộ", Abbr: "TCCB"}, {Number: "1", Title: "Tiền lương", Small: true, Lines: lines}},
		Forms: map[string]*view.Form{"them": &f, "de-muc": &f, "nhap": {Errors: []view.FieldError{{Field: "files", Text: "Dòng 4, cột “Người lập”: không có ai đang làm việc tên là “Hà”."}}}, "duyet": &f}, Headings: options("1", "I. Tổ chức, cán bộ"), Large: options("", "là đề mục lớn"), People: people, Rules: rules, Prints: []view.Link{{Label: "In danh mục", Href: "/danh-muc-ho-so/2026/in.pdf"}}}
	desk := view.ArchiveDesk{Frame: leader("Lưu trữ cơ quan", view.PlaceDossiers), Waiting: []view.DeskRow{{Href: "/luu-tru/nop/1", Title: "Biên bản giao nhận số 01/2026 · Phòng Chính sách Dân tộc", Aside: "Lý Thanh Hải nộp hôm nay", State: "chờ nhận"}},
		Rights: []view.DeskRight{{ID: "1", Href: "/ho-so-cong-viec/1", Text: "Bế Ngọc Hà được xem hồ sơ 01.CSDT", Aside: "Lý Thanh Hải, hôm nay"}}, Expired: rows[1:], Propose: &f, People: people,
		Destructions: []view.DeskRow{{Href: "/luu-tru/huy/1", Title: "Đề nghị hủy số 01/2026", State: "hội đồng đang xét"}}}
	transfer := view.Transfer{Frame: leader("Biên bản", view.PlaceDossiers), Title: "Biên bản giao nhận số 01/2026", Sentence: "Phòng Chính sách Dân tộc nộp 2 hồ sơ, hôm nay.", Address: "/luu-tru/nop/1", Facts: []view.Fact{{Label: "Người nộp", Value: "Lý Thanh Hải"}}, MayJudge: true, MayConclude: true,
		Lines:  []view.TransferLine{{ID: "1", No: "1", Number: "01.CSDT", Title: "Hồ sơ rà soát", Href: "/ho-so-cong-viec/1", Period: "02/01/2025 – 31/12/2025", Term: "20 năm", Docs: "14 văn bản, 62 trang", Files: "20 tệp", Decision: "chờ xem", Ask: true}, {ID: "2", No: "2", Number: "02.CSDT", Title: "Hồ sơ khác", Decision: "trả lại", Reason: "Tiêu đề chưa rõ"}},
		Prints: []view.Link{{Label: "In biên bản", Href: "/luu-tru/nop/1/bien-ban.pdf"}}}
	destruction := view.Destruction{Frame: leader("Đề nghị hủy", view.PlaceDossiers), Title: "Đề nghị hủy số 01/2026", Sentence: "Hội đồng đang xét. Hết thời hạn bảo quản.", Address: "/luu-tru/huy/1", Facts: []view.Fact{{Label: "Chủ tịch", Value: "Nông Thị Hoa"}}, Vote: true, Decide: true,
		Lines: []view.DestructionLine{{ID: "1", Number: "01.CSDT", Title: "Hồ sơ rà soát năm 2010", Href: "/ho-so-cong-viec/1", Period: "2010", Term: "bảo quản 10 năm", Votes: []view.DestructionVote{{Who: "Nông Thị Hoa", Words: "giữ lại", Reason: "Còn cần"}}, Mine: "no", Recommended: "1/3 ý kiến"}, {ID: "2", Number: "02.CSDT", Title: "Hồ sơ khác", Href: "/ho-so-cong-viec/2", Outcome: "đã hủy"}}}
	table := view.Retention{Frame: leader("Bảng thời hạn bảo quản", view.PlaceDossiers), MayEdit: true, Unsure: 1, Edition: "có hiệu lực ngày 24/11/2026", Editions: []view.Noted{{Label: "từ 01/01/2026", Href: "/luu-tru/thoi-han?ngay=01/01/2026", Note: "86 dòng, đang xem"}},
		Changed: []view.RetentionChange{{ID: "1", Href: "/ho-so-cong-viec/1", Number: "01.CSDT", Title: longSubject, Was: "20 năm", Now: "Vĩnh viễn"}}, Groups: []view.RetentionGroup{{Title: "Tài liệu tổng hợp", Rows: []view.RetentionRow{{ID: "1", Code: "01.01", Text: "Kế hoạch, báo cáo công tác hằng năm", Term: "Vĩnh viễn", Source: "Thông tư 10/2022/TT-BNV", From: "01/01/2026", Unsure: true}}}}}
	return []Named{
		{"dossiers", view.Dossiers{Frame: officer("Hồ sơ công việc", view.PlaceDossiers), Ways: dossierWays(0), Heading: "Hồ sơ công việc", Aside: "Của tôi", Filters: []view.Filter{years}, Rows: rows, MayOpen: true, ToSign: 1, Pager: view.Pager{Next: "/ho-so-cong-viec?after=2"}}},
		{"dossiers-due", view.Dossiers{Frame: officer("Hồ sơ công việc", view.PlaceDossiers), Ways: dossierWays(2), Heading: "Hồ sơ công việc", Kept: []view.Option{{Label: "xem", Value: "den-han"}}, Filters: []view.Filter{years}, Rows: rows, Hand: &f}},
		{"dossier-handovers", view.DossierHandovers{Frame: leader("Bàn giao hồ sơ", view.PlaceDossiers), Keepers: options("7", "Lý Thanh Hải", "8", "Bế Ngọc Hà"), From: "ông Lý Thanh Hải", People: people, Works: 5, Form: view.Form{Values: values("from", "7")},
			Rows:    []view.HandedRow{{ID: "1", Href: "/ho-so-cong-viec/1", Number: "01.CSDT", Title: "Hồ sơ rà soát người có uy tín năm 2026", Term: "20 năm", Docs: "2026 · 14 văn bản, 62 trang", State: "Đang thu thập"}, {ID: "2", Href: "/ho-so-cong-viec/2", Number: "07.CSDT", Title: longSubject, Term: "Vĩnh viễn", Docs: "2025 · chưa có văn bản", State: "Đã mở", To: "person/8"}},
			Waiting: []view.HandoverRow{{Href: "/ban-giao-ho-so/3", Title: "Biên bản bàn giao hồ sơ số 03/2026", From: "Ông Hà Văn Dũng", To: "Bế Ngọc Hà, Triệu Thị Mai", At: "08:10 hôm nay", Count: "17 hồ sơ", State: "đã ký 1/2 người nhận"}}}},
		{"dossier-handovers-none", view.DossierHandovers{Frame: officer("Bàn giao hồ sơ", view.PlaceDossiers)}},
		{"dossier-handover", view.DossierHandover{Frame: officer("Biên bản", view.PlaceDossiers), Title: "Biên bản bàn giao hồ sơ số 03/2026", Sentence: "Ông Hà Văn Dũng bàn giao 3 hồ sơ cho 2 người.", Address: "/ban-giao-ho-so/3", PrintHref: "/ban-giao-ho-so/3/in.pdf", Works: "/ban-giao/4", Ack: &f, Facts: []view.Fact{{Label: "Lý do", Value: "Chuyển công tác."}},
			Takers: []view.HandedTaker{{Name: "Bế Ngọc Hà", Signed: "đã ký nhận 08:10 hôm nay", Note: "Thiếu một bản giấy.", Rows: []view.HandedRow{{Number: "01.CSDT", Title: "Hồ sơ rà soát", Term: "20 năm", Docs: "2026 · 14 văn bản, 62 trang", State: "Đang thu thập"}}}, {Name: "Triệu Thị Mai", Signed: "chờ ký nhận", Waits: true, Rows: []view.HandedRow{{Number: "07.CSDT", Title: longSubject, Href: "/ho-so-cong-viec/2", Term: "Vĩnh viễn", Docs: "2025 · chưa có văn bản", State: "Đã mở"}}}}}},
		{"dossiers-none", view.Dossiers{Frame: officer("Hồ sơ công việc", view.PlaceDossiers), Ways: dossierWays(0), Heading: "Hồ sơ công việc", Empty: "Anh/chị chưa giữ hồ sơ nào.", MayOpen: true}},
		{"dossier-figures", view.DossierFigures{Frame: leader("Tình hình hồ sơ", view.PlaceDossiers), Ways: dossierWays(5), Heading: "Tình hình hồ sơ của các đơn vị", Filters: []view.Filter{years}, Rows: []view.FigureRow{{Name: "Phòng Chính sách Dân tộc", Cells: []view.FigureCell{{Label: "Mở", Href: "/ho-so-cong-viec?nhom=open", Count: 12}, {Label: "Quá hạn nộp", Href: "/ho-so-cong-viec?nhom=late", Count: 2, Late: true}, {Label: "Đã nộp"}}}}}},
		{"dossier-figures-none", view.DossierFigures{Frame: leader("Tình hình hồ sơ", view.PlaceDossiers), Ways: dossierWays(5), Heading: "Tình hình hồ sơ của các đơn vị"}},
		{"dossier-new", view.DossierNew{Frame: officer("Mở hồ sơ", view.PlaceDossiers), Form: f, Rules: rules, Ref: "incoming/3", About: "Văn bản 1012/UBND-VX"}},
		{"dossier", one}, {"dossier-ready", ready}, {"dossier-kept", kept}, {"dossier-closed", closed}, {"dossier-planned", planned},
		{"dossier-list", list}, {"dossier-list-none", view.DossierList{Frame: clerk("Danh mục hồ sơ", view.PlaceDossiers), Year: 2027, Standing: "Chưa lập.", CopyFrom: 2026, Forms: map[string]*view.Form{"lap": &f}}},
		{"archive-desk", desk}, {"archive-desk-none", view.ArchiveDesk{Frame: leader("Lưu trữ cơ quan", view.PlaceDossiers)}},
		{"transfer", transfer}, {"destruction", destruction}, {"retention", table}, {"retention-none", view.Retention{Frame: leader("Bảng thời hạn bảo quản", view.PlaceDossiers), MayEdit: true}},
	}
}
