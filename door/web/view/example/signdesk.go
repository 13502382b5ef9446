// SPDX-License-Identifier: Apache-2.0

package example

import "soviec/door/web/view"

func signDesk() []Named {
	spot := &view.SigningSpot{X: "124.2", Y: "203", W: "35", H: "17.5", Src: "/tai-khoan/ky-so/hinh?9f2c"}
	page := func(n string, s *view.SigningSpot) view.SigningPage {
		return view.SigningPage{Number: n, Src: "/ky-so/trang/7/" + n, Width: "210", Height: "297", Spot: s}
	}
	one := view.SigningPaper{ID: "7", SHA: "9f2c", Type: "Công văn", Subject: "Rà soát chính sách hỗ trợ sinh kế năm 2026", Href: "/du-thao/7", Desk: "/ky-so/7", Pages: []view.SigningPage{page("1", nil), page("2", nil), page("3", spot)}, Signed: page("3", spot),
		Facts: []view.Fact{{Label: "Người soạn", Value: "Lý Thanh Hải, Phòng Chính sách Dân tộc"}, {Label: "Ký với", Value: "TRƯỞNG BAN"}, {Label: "Chờ từ", Value: "08:12 hôm nay"}, {Label: "Số trang", Value: "3"}}}
	two := one
	two.ID, two.Desk, two.Href, two.Subject, two.Urgency, two.Ticked = "8", "/ky-so/8", "/du-thao/8", "Kiểm tra công tác dân tộc quý IV", view.Urgent, true
	two.Pages, two.Signed = []view.SigningPage{page("1", spot)}, page("1", spot)
	three := two
	three.ID, three.Waits = "9", &view.Link{Label: "Chờ nơi giữ khóa, xem tiến độ", Href: "/ky-so/lan/5"}
	ways := []view.SigningWay{{Value: "kept", Label: "Khóa của anh/chị lưu ở đây", Note: "thang.p12", Secret: "Mật khẩu của tệp khóa"}, {Value: "file", Label: "Tệp khóa PKCS#12 (.p12, .pfx)", File: true, Secret: "Mật khẩu của tệp khóa", Note: "hết hạn 24/11/2028"},
		{Value: "smartca", Label: "SmartCA", Account: "Số căn cước"}, {Value: "vgca", Label: "Thiết bị USB của Ban Cơ yếu, cắm ở máy này", PC: true}}
	desk := view.SigningDesk{Frame: leader("Ký văn bản", view.PlaceDrafts), Back: &view.Crumb{Label: "Dự thảo, trình ký", Href: "/du-thao"}, Sentence: "3 văn bản chờ anh/chị ký. Xem, đánh dấu từng văn bản, rồi ký một lần.", Papers: []view.SigningPaper{one, two, three}, More: "Còn 12 văn bản nữa, hiện tiếp khi đã ký xong các văn bản này.",
		Ways: ways, Picture: true, Profile: "/tai-khoan/ky-so", Now: []view.SigningLink{{Label: "Lần ký lúc 08:10: còn 1 văn bản", Href: "/ky-so/lan/5"}}}
	wrong := desk
	wrong.Picture, wrong.Notices = false, []view.Banner{{Tone: view.ToneWarn, Text: "Sổ quản lý khóa chưa có chứng thư số còn hiệu lực của anh/chị nên chưa ký số được."}}
	wrong.Form = view.Form{Values: values("way", "file"), Errors: []view.FieldError{{Field: "secret", Text: "Mật khẩu của tệp khóa không đúng."}, {Field: "file", Text: "Chưa chọn tệp khóa (.p12, .pfx)."}, {Field: "key", Text: "Chứng thư số “Đàm Quốc Thắng” đã hết hạn ngày 20/11/2026."}}}
	single := desk
	single.Single, single.Papers, single.More, single.Now, single.Back = true, []view.SigningPaper{one}, "", nil, &view.Crumb{Label: "Ký văn bản", Href: "/ky-so"}
	single.Form = view.Form{Values: values("moved", "1", "page", "3", "x", "10", "y", "20", "w", "35"), Errors: []view.FieldError{{Field: "place", Text: "Hình chữ ký đè lên chữ “Nơi nhận”. Hãy chuyển sang chỗ trống."}}}
	none := view.SigningDesk{Frame: leader("Ký văn bản", view.PlaceDrafts), Back: desk.Back, Sentence: "Không có văn bản nào chờ anh/chị ký.", Profile: "/tai-khoan/ky-so"}
	rows := []view.SigningPart{{Title: "Công văn: Rà soát chính sách", Href: "/du-thao/7", State: "Đã ký", Tone: view.ToneDone}, {Title: "Công văn: Kiểm tra công tác dân tộc", Href: "/du-thao/8", State: "Chờ nơi giữ khóa", Running: true},
		{Title: "Báo cáo: Tháng 11", State: "Không ký được", Why: "Tệp đã thay đổi sau khi anh/chị mở trang.", Tone: view.ToneError}}
	going := view.SigningRun{Frame: leader("Ký văn bản", view.PlaceDrafts), Back: &view.Crumb{Label: "Ký văn bản", Href: "/ky-so"}, Heading: "Đang ký: 1 trong 3 văn bản đã xong", Note: "Mở ứng dụng SmartCA trên điện thoại để xác nhận.", Address: "/ky-so/lan/5", Running: true, Done: 1, Total: 3, Rows: rows}
	pc := going
	pc.PC, pc.Note = &view.SigningPC{Address: "/ky-so/lan/5/dia-chi", Act: "SignApproved"}, ""
	pc.Rows = []view.SigningPart{{Title: "Công văn: Rà soát chính sách", State: "Chờ bộ ký trên máy này", Running: true, Session: "12"}}
	over := going
	over.Running, over.Heading, over.Sentence, over.Note, over.Again = false, "Đã ký 1, chưa ký được 2 văn bản", "Văn thư được báo để cấp số, phát hành các văn bản đã ký.", "", "/ky-so"
	own := view.SigningProfile{Frame: leader("Ký số của tôi", view.PlaceNone), Picture: "/tai-khoan/ky-so/hinh?9f2c", Wide: "35", KeyName: "thang.p12", KeyWords: "Chứng thư số “Đàm Quốc Thắng”, hết hạn 24/11/2028", Files: true, Remote: true, Account: "004071000123",
		Keys: []view.Fact{{Label: "Tệp PKCS#12", Value: "Chứng thư số “Đàm Quốc Thắng”, hết hạn 24/11/2028"}, {Label: "Ký từ xa", Value: "Chứng thư số “Đàm Quốc Thắng”, hết hạn 24/11/2025", Tone: view.ToneWarn}}}
	bare := view.SigningProfile{Frame: leader("Ký số của tôi", view.PlaceNone), Files: true, Which: "hinh", Form: view.Form{Errors: []view.FieldError{{Field: "picture", Text: "Hình chữ ký phải là tệp PNG."}}}}
	return []Named{{"signing-desk", desk}, {"signing-desk-wrong", wrong}, {"signing-desk-single", single}, {"signing-desk-none", none}, {"signing-run", going}, {"signing-run-pc", pc}, {"signing-run-over", over}, {"signing-profile", own}, {"signing-profile-bare", bare}}
}
