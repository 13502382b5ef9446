// SPDX-License-Identifier: Apache-2.0

package example

import "soviec/door/web/view"

func signatures() []Named {
	facts := []view.Fact{{Label: "Tệp", Value: "1234-UBND-VX.pdf"}, {Label: "SHA-256", Value: "9f2c4e61d0b7a3958c1e6f4402b8d7a5e3901c6f7b2d4a8890e1f3c5d7b9a1e2"},
		{Label: "Kiểm tra lúc", Value: "thứ Hai 23/11/2026, 08:12, tự động khi tệp vào hệ thống"}, {Label: "Số chữ ký", Value: "2"}}
	axes := func(changes string, tone view.Tone) []view.Fact {
		return []view.Fact{{Label: "Nội dung đã ký", Value: "nguyên vẹn"}, {Label: "Phạm vi ký", Value: "trọn một phiên bản của tệp"}, {Label: "Thay đổi sau khi ký", Value: changes, Tone: tone},
			{Label: "Người ký", Value: "tin cậy"}, {Label: "Thời điểm ký", Value: "có dấu thời gian"}, {Label: "Mức chữ ký", Value: "B-LT"}}
	}
	cert := []view.Fact{{Label: "Cơ quan, tổ chức", Value: "Ủy ban nhân dân tỉnh Cao Bằng"}, {Label: "Ký lúc (dấu thời gian)", Value: "16:02:11 ngày 20/11/2026"},
		{Label: "Nơi cấp chứng thư", Value: "CA phục vụ các cơ quan Nhà nước (mẫu)"}, {Label: "Chứng thư có hiệu lực", Value: "01/03/2025 – 01/03/2030"}}
	evidence := []view.Fact{{Label: "Chứng thư tin cậy đã dùng", Value: "CA gốc mẫu (SHA-256 4be1…)"}, {Label: "Thu hồi: Lý Văn Cường", Value: "chưa bị thu hồi, theo OCSP ngày 20/11/2026"}}
	good := view.SignatureRecord{Frame: clerk("Kết quả kiểm tra chữ ký số", view.PlaceIncoming), Back: &view.Crumb{Label: "1234/UBND-VX", Href: "/van-ban-den/2026/2611"}, File: "1234-UBND-VX.pdf",
		Mark: view.SignatureMark{Word: "Chữ ký hợp lệ", Tone: view.ToneDone}, Sentence: "Nội dung đúng như khi ký, người ký được xác định qua tổ chức chứng thực tin cậy.", Facts: facts, Address: "/van-ban-den/2026/2611/tep/1/chu-ky", MayAsk: true, PrintHref: "/van-ban-den/2026/2611/tep/1/chu-ky.pdf",
		Signers: []view.SignatureOf{
			{Title: "Chữ ký 1: Lý Văn Cường", Mark: view.SignatureMark{Word: "Hợp lệ", Tone: view.ToneDone}, Axes: axes("có, trong phạm vi cho phép", ""), Facts: cert, Evidence: evidence, Version: &view.Link{Label: "Tải phiên bản mà chữ ký này bảo vệ", Href: "/van-ban-den/2026/2611/tep/1/chu-ky/phien-ban/1"}},
			{Title: "Chữ ký 2: Ủy ban nhân dân tỉnh Cao Bằng", Mark: view.SignatureMark{Word: "Hợp lệ", Tone: view.ToneDone}, Axes: axes("không có", ""), Facts: cert, Evidence: evidence},
		}, Older: []view.Link{{Label: "Chưa đủ căn cứ kết luận, thứ Hai 23/11/2026, 08:12", Href: "/van-ban-den/2026/2611/tep/1/chu-ky?lan=7"}}}
	bad := good
	bad.Mark, bad.Sentence = view.SignatureMark{Word: "Bị sửa sau khi ký", Tone: view.ToneError}, "Tệp đã bị thay đổi sau khi ký, ngoài phạm vi người ký cho phép."
	bad.Signers = []view.SignatureOf{{Title: "Chữ ký 1: Lý Văn Cường", Mark: view.SignatureMark{Word: "Không hợp lệ", Tone: view.ToneError}, Reasons: []string{"Nội dung trang bị thay đổi sau khi ký."}, Axes: axes("có, ngoài phạm vi cho phép", view.ToneError), Facts: cert, Version: &view.Link{Label: "Tải phiên bản mà chữ ký này bảo vệ", Href: "/van-ban-den/2026/2611/tep/1/chu-ky/phien-ban/1"}}}
	answer := bad
	trust := view.TrustRow{ID: "3", Name: "CA gốc mẫu", Purpose: "Chữ ký số chuyên dùng công vụ", Fingerprint: "4be1c0a7f5d2936e8b1f0c4a7d95e2b3861fa0c7d4e9b25830f6a1c7e4d9b052", Valid: "chứng thư có hiệu lực 01/01/2018 – 31/12/2047", Source: "Công văn số 12/CTSV ngày 02/01/2026; gọi xác nhận", Added: "Lương Văn Sơn, 09:10, 05/01/2026"}
	old := trust
	old.Ended = "thôi tin cậy 10:00, 01/06/2026: đã hết hiệu lực"
	return []Named{
		{"signature-record", good},
		{"signature-record-bad", bad},
		{"signature-check", view.SignatureCheck{Frame: view.Frame{Bare: true, Title: "Kiểm tra chữ ký số"}, Limits: "Tệp PDF, tối đa 20 MB. Tệp chỉ được đọc để kiểm tra, không lưu lại."}},
		{"signature-check-answer", view.SignatureCheck{Frame: view.Frame{Bare: true, Title: "Kiểm tra chữ ký số"}, Limits: "Tệp PDF, tối đa 20 MB. Tệp chỉ được đọc để kiểm tra, không lưu lại.", Answer: &answer}},
		{"trust-store", view.TrustStore{Frame: admin("Kho chứng thư tin cậy", view.PlaceAdmin), Purposes: []view.Option{{Value: "public-service", Label: "Chữ ký số chuyên dùng công vụ"}}, Rows: []view.TrustRow{trust}, Ended: []view.TrustRow{old}}},
		{"trust-store-empty", view.TrustStore{Frame: admin("Kho chứng thư tin cậy", view.PlaceAdmin), Purposes: []view.Option{{Value: "public-service", Label: "Chữ ký số chuyên dùng công vụ"}}}},
		{"signing-keys", view.SigningKeys{Frame: clerk("Sổ quản lý khóa ký", view.PlaceAdmin), Clerks: []view.Option{{Value: "5", Label: "Nông Thị Lan"}}, Devices: []view.Option{{Value: "token", Label: "Thiết bị USB (Ban Cơ yếu Chính phủ)"}},
			Rows: []view.KeyRow{{ID: "1", Of: agency, Subject: agency, Device: "Thiết bị USB (Ban Cơ yếu Chính phủ), số VGCA-0112", Holder: "Nông Thị Lan", Valid: "sắp hết hạn, 10/12/2026", Tone: view.ToneWarn, History: []string{"02/01/2026: giao cho Nông Thị Lan (BB số 01/BB-BDT)"}, Used: "Đã ký 12 tệp, gần nhất hôm nay", MayHand: true},
				{ID: "2", Of: "Ông Đàm Quốc Thắng", Subject: "Đàm Quốc Thắng", Device: "Ký từ xa", Holder: "Đàm Quốc Thắng", Valid: "đến hết 01/03/2030", Ended: "thôi dùng từ 20/11/2026: đổi thiết bị"}}, Seal: view.SealPicture{Src: "/quan-tri/con-dau.png", Wide: "36", Words: "Nông Thị Lan nạp hôm nay"}}},
		{"signing-keys-empty", view.SigningKeys{Frame: clerk("Sổ quản lý khóa ký", view.PlaceAdmin)}},
	}
}
