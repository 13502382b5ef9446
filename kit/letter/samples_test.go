// SPDX-License-Identifier: Apache-2.0

package letter_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/letter"
)

var made = time.Date(2026, 1, 5, 9, 30, 0, 0, civil.Zone)

// sample is one document for each template of Appendix III. All people and matters are
// made up.
func sample(template string) letter.Letter {
	l := letter.Letter{
		Superior: "ỦY BAN NHÂN DÂN\nTỈNH CAO BẰNG", Agency: "BAN DÂN TỘC", Number: "05", Place: "Cao Bằng", Date: civil.New(2026, 1, 5),
		Signatures: []letter.Signature{{Lines: []string{"TRƯỞNG BAN"}, Name: "Đàm Quốc Thắng"}},
		Recipients: []string{"Như trên", "Lãnh đạo Ban", "Các phòng thuộc Ban", "Lưu: VT, CS"}, Drafter: "LTH", Copies: 12,
	}
	body := ""
	switch template {
	case "1.1":
		l.Type, l.Notation, l.Subject, l.Superior, l.Agency = "NQ", "NQ-HĐND", "Về việc thông qua danh mục dự án hỗ trợ sản xuất năm 2026", "", "HỘI ĐỒNG NHÂN DÂN\nXÃ BẢO LẠC"
		l.Signatures[0] = letter.Signature{Lines: letter.Signer{Capacity: letter.Collective, Body: "Hội đồng nhân dân", Title: "Chủ tịch", Head: "Chủ tịch"}.Lines(), Name: "Hứa Thị Mây"}
		body = "HỘI ĐỒNG NHÂN DÂN XÃ BẢO LẠC\nCăn cứ Luật Tổ chức chính quyền địa phương;\nXét Tờ trình số 02/TTr-UBND ngày 03 tháng 01 năm 2026 của Ủy ban nhân dân xã.\nQUYẾT NGHỊ:\n" +
			"Điều 1. Thông qua danh mục gồm 05 dự án hỗ trợ phát triển sản xuất năm 2026.\nĐiều 2. Giao Ủy ban nhân dân xã tổ chức thực hiện Nghị quyết này./."
	case "1.2":
		l.Type, l.Notation, l.Subject = "QĐ", "QĐ-BDT", "Về việc thành lập Tổ công tác rà soát chính sách dân tộc năm 2026"
		l.Recipients = []string{"Như Điều 3", "UBND tỉnh (báo cáo)", "Lưu: VT, CS"}
		body = "TRƯỞNG BAN DÂN TỘC TỈNH CAO BẰNG\nCăn cứ Quyết định số 24/2015/QĐ-UBND ngày 03 tháng 9 năm 2015 của Ủy ban nhân dân tỉnh Cao Bằng quy định vị trí, chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của Ban Dân tộc;\n" +
			"Theo đề nghị của Trưởng phòng Chính sách Dân tộc.\nQUYẾT ĐỊNH:\n" +
			"Điều 1. Thành lập Tổ công tác rà soát việc thực hiện chính sách dân tộc năm 2026, gồm các ông, bà có tên sau đây:\n1. Bà Nông Thị Hoa, Phó Trưởng ban, Tổ trưởng;\n2. Ông Mông Văn Lâm, Trưởng phòng Chính sách Dân tộc, Tổ phó;\n3. Bà Bế Ngọc Hà, chuyên viên, Thư ký.\n" +
			"Điều 2. Tổ công tác có nhiệm vụ rà soát danh sách hộ thụ hưởng tại 12 xã, tổng hợp vướng mắc và báo cáo kết quả trước ngày 31 tháng 3 năm 2026. Tổ tự giải thể khi hoàn thành nhiệm vụ.\n" +
			"Điều 3. Chánh Văn phòng, Trưởng phòng Chính sách Dân tộc và các ông, bà có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này kể từ ngày ký./."
	case "1.3":
		l = sample("1.2")
		l.Issuer = "Trưởng Ban Dân tộc tỉnh Cao Bằng"
		l.Subject = "Ban hành Quy chế làm việc của Ban Dân tộc tỉnh Cao Bằng"
		l.Body = letter.Parse("TRƯỞNG BAN DÂN TỘC TỈNH CAO BẰNG\nCăn cứ Quyết định số 24/2015/QĐ-UBND ngày 03 tháng 9 năm 2015 của Ủy ban nhân dân tỉnh Cao Bằng;\nTheo đề nghị của Chánh Văn phòng.\nQUYẾT ĐỊNH:\n" +
			"Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc của Ban Dân tộc tỉnh Cao Bằng.\nĐiều 2. Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 31/QĐ-BDT ngày 12 tháng 4 năm 2021.\nĐiều 3. Chánh Văn phòng, các Trưởng phòng và công chức, người lao động chịu trách nhiệm thi hành Quyết định này./.")
		l.Appendices = []letter.Appendix{{Type: "QC", Title: "Làm việc của Ban Dân tộc tỉnh Cao Bằng", Body: letter.Parse("Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi điều chỉnh và đối tượng áp dụng\n1. Quy chế này quy định nguyên tắc, chế độ trách nhiệm, lề lối làm việc và quan hệ công tác của Ban Dân tộc tỉnh Cao Bằng.\n2. Quy chế này áp dụng đối với:\na) Lãnh đạo Ban;\nb) Công chức, người lao động của Ban;\nc) Tổ chức, cá nhân có quan hệ làm việc với Ban.\nĐiều 2. Nguyên tắc làm việc\n1. Ban làm việc theo chế độ thủ trưởng.\n2. Mỗi việc chỉ giao cho một đơn vị, một người chủ trì và chịu trách nhiệm chính.\nChương II\nTRÁCH NHIỆM VÀ QUAN HỆ CÔNG TÁC\nMục 1\nTRÁCH NHIỆM\nĐiều 3. Trưởng ban\nTrưởng ban lãnh đạo, quản lý toàn diện công tác của Ban.")}}
		return l
	case "1.4":
		l.Type, l.Notation, l.Subject, l.Number = "BC", "BC-BDT", "Kết quả thực hiện Chương trình mục tiêu quốc gia phát triển kinh tế - xã hội vùng đồng bào dân tộc thiểu số quý IV năm 2025", "123"
		l.Addressees = []string{"Ủy ban nhân dân tỉnh Cao Bằng"}
		body = "Thực hiện Kế hoạch số 88/KH-UBND ngày 10 tháng 02 năm 2025 của Ủy ban nhân dân tỉnh, Ban Dân tộc báo cáo kết quả quý IV năm 2025 như sau:\nI. TÌNH HÌNH THỰC HIỆN\n1. Công tác chỉ đạo\nBan đã tham mưu ban hành 04 văn bản hướng dẫn, tổ chức 03 đoàn kiểm tra tại các xã vùng III; phối hợp với các sở, ngành tháo gỡ vướng mắc về mặt bằng, giá vật liệu và hồ sơ thanh toán.\n2. Kết quả giải ngân\n" +
			"| STT | Xã | Kế hoạch (triệu đồng) | Đã giải ngân (triệu đồng) | Tỷ lệ |\n|---|---|---|---|---|\n| 1 | Bảo Lạc | 12.450 | 11.200 | 90,0% |\n| 2 | Hà Quảng | 9.870 | 9.120 | 92,4% |\n| 3 | Nguyên Bình | 7.300 | 5.990 | 82,1% |\nII. KHÓ KHĂN, VƯỚNG MẮC\n- Một số xóm vùng cao lập danh sách còn chậm;\n- Số liệu giữa các ngành chưa khớp nhau.\nIII. KIẾN NGHỊ\nĐề nghị Ủy ban nhân dân tỉnh xem xét, bố trí bổ sung kinh phí để hoàn thành các dự án trong quý I năm 2026./."
	case "1.5":
		l.Type, l.Notation, l.Subject, l.Urgency = "CV", "BDT-CS", "rà soát danh sách hộ thụ hưởng chính sách hỗ trợ đất ở, nhà ở năm 2026", 1
		l.Addressees = []string{"Ủy ban nhân dân các xã Bảo Lạc, Hà Quảng, Nguyên Bình", "Phòng Kế hoạch – Tổng hợp"}
		l.Signatures[0] = letter.Signature{Lines: letter.Signer{Capacity: letter.ForHead, Head: "Trưởng ban", Title: "Phó Trưởng ban"}.Lines(), Name: "Nông Thị Hoa"}
		l.Address = "Số 12 đường Hoàng Đình Giong, phường Thục Phán, tỉnh Cao Bằng\nĐiện thoại: 0206.3800.000; Thư điện tử: bandantoc@caobang.example.vn"
		body = "Thực hiện ý kiến chỉ đạo của Ủy ban nhân dân tỉnh tại Công văn số 15/UBND-VX ngày 02 tháng 01 năm 2026 về việc triển khai chính sách hỗ trợ đất ở, nhà ở, Ban Dân tộc đề nghị các cơ quan, địa phương thực hiện một số nội dung sau:\n" +
			"1. Rà soát, lập danh sách hộ nghèo dân tộc thiểu số chưa có đất ở, nhà ở theo mẫu gửi kèm; danh sách phải được niêm yết công khai tại trụ sở và nhà văn hóa xóm ít nhất 07 ngày.\n2. Gửi kết quả về Ban Dân tộc (qua Phòng Chính sách Dân tộc) trước ngày 20 tháng 01 năm 2026 để tổng hợp, báo cáo.\n" +
			"Trong quá trình thực hiện, nếu có vướng mắc, đề nghị liên hệ ông Lý Thanh Hải, Chuyên viên chính, để được hướng dẫn.\nBan Dân tộc trân trọng đề nghị các cơ quan, địa phương quan tâm, phối hợp thực hiện./."
	case "1.6":
		l.Type, l.Notation, l.Subject, l.Urgency = "CĐ", "CĐ-BDT", "Về việc ứng phó rét đậm, rét hại vùng đồng bào dân tộc thiểu số", 3
		l.Caller, l.Addressees = "Trưởng Ban Dân tộc tỉnh Cao Bằng điện", []string{"Ủy ban nhân dân các xã", "Các phòng thuộc Ban"}
		body = "Theo dự báo, từ đêm 06 tháng 01 năm 2026 vùng núi cao có khả năng xuất hiện băng giá. Trưởng Ban Dân tộc tỉnh yêu cầu:\n1. Cử người đến từng xóm vùng cao, hướng dẫn đồng bào chống rét cho người và gia súc.\n2. Báo cáo tình hình trước 16 giờ hằng ngày./."
	case "1.7":
		l.Type, l.Notation, l.Subject = "GM", "GM-BDT", "Họp triển khai nhiệm vụ công tác dân tộc năm 2026"
		body = "Ban Dân tộc tỉnh Cao Bằng trân trọng kính mời: Đại diện lãnh đạo Ủy ban nhân dân các xã.\nTới dự: Hội nghị triển khai nhiệm vụ công tác dân tộc năm 2026.\nChủ trì: Ông Đàm Quốc Thắng, Trưởng ban.\nThời gian: 08 giờ 00, ngày 12 tháng 01 năm 2026.\nĐịa điểm: Hội trường tầng 2, trụ sở Ban Dân tộc./."
		l.Recipients = []string{"Như thành phần mời", "Lưu: VT, VP"}
	case "1.8":
		l.Type, l.Notation = "GGT", "GGT-BDT"
		body = "Ban Dân tộc tỉnh Cao Bằng trân trọng giới thiệu:\nÔng: Lương Đức Anh\nChức vụ: Chuyên viên Phòng Kế hoạch – Tổng hợp\nĐược cử đến: Ủy ban nhân dân xã Hà Quảng\nVề việc: Phối hợp kiểm tra tiến độ dự án nước sinh hoạt.\nĐề nghị quý cơ quan tạo điều kiện để ông có tên ở trên hoàn thành nhiệm vụ.\nGiấy này có giá trị đến hết ngày 31 tháng 01 năm 2026./."
		l.Recipients = []string{"Như trên", "Lưu: VT"}
	case "1.9":
		l.Type, l.Notation, l.Subject, l.Date, l.Place = "BB", "BB-BDT", "Họp giao ban công tác tháng 01 năm 2026", 0, ""
		l.Signatures = []letter.Signature{{Lines: []string{"THƯ KÝ"}, Name: "Nông Thị Lan"}, {Lines: []string{"CHỦ TỌA"}, Name: "Đàm Quốc Thắng"}}
		l.Recipients = []string{"Lãnh đạo Ban", "Các phòng", "Lưu: VT, Hồ sơ"}
		body = "Thời gian bắt đầu: 08 giờ 00, ngày 05 tháng 01 năm 2026.\nĐịa điểm: Phòng họp tầng 2.\nThành phần tham dự: Lãnh đạo Ban, trưởng các phòng.\nChủ trì (chủ tọa): Ông Đàm Quốc Thắng, Trưởng ban.\nThư ký (người ghi biên bản): Bà Nông Thị Lan, văn thư.\nNội dung: Đánh giá công tác tháng 12 năm 2025, thống nhất nhiệm vụ tháng 01 năm 2026.\nCuộc họp kết thúc vào 10 giờ 30, ngày 05 tháng 01 năm 2026./."
	case "1.10":
		l.Type, l.Notation = "GNP", "GNP-BDT"
		body = "Xét Đơn đề nghị nghỉ phép ngày 02 tháng 01 năm 2026 của bà Triệu Thị Mai;\nBan Dân tộc tỉnh Cao Bằng cấp cho:\nBà: Triệu Thị Mai\nChức vụ: Chuyên viên Phòng Tuyên truyền và Địa bàn\nNghỉ phép trong thời gian 05 ngày, kể từ ngày 12 tháng 01 năm 2026 đến hết ngày 16 tháng 01 năm 2026 tại xã Trùng Khánh.\nSố ngày nghỉ phép nêu trên được tính vào thời gian nghỉ phép năm 2026./."
		l.Recipients = []string{"Bà Triệu Thị Mai", "Lưu: VT, VP"}
		l.Confirmation = "Xác nhận của cơ quan, tổ chức hoặc chính quyền địa phương nơi nghỉ phép"
	}
	l.Body = letter.Parse(body)
	return l
}

var templates = []string{"1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8", "1.9", "1.10"}

func set(t testing.TB, l letter.Letter, o letter.Options) letter.Result {
	t.Helper()
	o.At = made
	r, err := letter.Set(l, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// show keeps a file for the eye when SOVIEC_SHOW names a folder.
func show(t testing.TB, name string, b []byte) {
	if dir := os.Getenv("SOVIEC_SHOW"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".pdf"), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
