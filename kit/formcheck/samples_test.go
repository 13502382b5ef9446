// SPDX-License-Identifier: Apache-2.0

package formcheck_test

import (
	"soviec/kit/civil"
	"soviec/kit/letter"
)

// base is what every good sample has.
func base(code, body string) letter.Letter {
	l := letter.Letter{
		Type: code, Superior: "UBND TỈNH CAO BẰNG", Agency: "BAN DÂN TỘC", Place: "Cao Bằng", Date: civil.New(2026, 3, 9), Number: "15",
		Notation: letter.Notation(code, "BDT", "VP"), Subject: "Về việc rà soát người có uy tín năm 2026", Body: letter.Parse(body),
		Signatures: []letter.Signature{{Lines: []string{"KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"}, Name: "Nông Thị Hoa"}},
		Recipients: []string{"Ủy ban nhân dân tỉnh (để báo cáo)", "Các phòng thuộc Ban", "Lưu: VT, VP"},
	}
	return l
}

const plain = "Ban Dân tộc tỉnh Cao Bằng thông tin về công tác dân tộc quý I năm 2026 như sau:\n1. Kết quả\na) Đã rà soát 161 xã, phường;\nb) Đã cấp phát báo, tạp chí cho 1.453 người có uy tín.\n2. Tồn tại\nMột số xã gửi báo cáo chậm so với thời hạn.\n3. Nhiệm vụ thời gian tới\n- Đôn đốc các xã;\n- Tổng hợp danh sách.\nĐề nghị các cơ quan, đơn vị quan tâm phối hợp thực hiện./."

// good are the kinds with a sample in Appendix III, as a careful clerk would let them pass.
func good() map[string]letter.Letter {
	out := map[string]letter.Letter{}
	for _, code := range []string{"CT", "TC", "TB", "HD", "CTr", "KH", "PA", "ĐA", "DA", "BC", "QC", "QyĐ", "GUQ", "PG", "PC", "PB"} {
		out[code] = base(code, plain)
	}
	decision := base("QĐ", "TRƯỞNG BAN DÂN TỘC TỈNH CAO BẰNG\nCăn cứ Luật Tổ chức chính quyền địa phương;\nCăn cứ Quyết định số 12/2018/QĐ-TTg ngày 06 tháng 3 năm 2018 của Thủ tướng Chính phủ về tiêu chí lựa chọn, công nhận người có uy tín;\nTheo đề nghị của Chánh Văn phòng.\nQUYẾT ĐỊNH:\nĐiều 1. Thành lập Tổ công tác rà soát người có uy tín gồm các ông, bà có tên sau đây:\n1. Bà Nông Thị Hoa, Phó Trưởng ban, Tổ trưởng.\n2. Ông Hoàng Văn Minh, Chánh Văn phòng, thành viên.\nĐiều 2. Tổ công tác thực hiện nhiệm vụ theo quy định tại khoản 2 Điều 5 Quyết định số 12/2018/QĐ-TTg.\nĐiều 3. Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng và các ông, bà có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.")
	decision.Recipients = []string{"Như Điều 3", "Trưởng ban (để báo cáo)", "Lưu: VT, VP"}
	out["QĐ"] = decision
	resolution := decision
	resolution.Type, resolution.Notation = "NQ", "NQ-BDT"
	resolution.Body = letter.Parse("Căn cứ Quy chế làm việc của Ban;\nTheo đề nghị của Văn phòng.\nQUYẾT NGHỊ:\nĐiều 1. Thông qua phương hướng năm 2026.\nĐiều 2. Nghị quyết này có hiệu lực kể từ ngày ký./.")
	out["NQ"] = resolution
	official := base("CV", "Phúc đáp Công văn số 12/STC-NS ngày 03 tháng 02 năm 2026 của Sở Tài chính về việc lập dự toán, Ban Dân tộc có ý kiến như sau:\n1. Nhất trí với dự thảo.\n2. Đề nghị bổ sung kinh phí theo Công văn số 12/STC-NS.\nBan Dân tộc gửi Sở Tài chính tổng hợp./.")
	official.Subject, official.Addressees, official.Recipients = "góp ý dự thảo báo cáo", []string{"Sở Tài chính"}, []string{"Như trên", "Trưởng ban (để báo cáo)", "Lưu: VT, VP"}
	out["CV"] = official
	several := official
	several.Addressees, several.Urgency = []string{"Sở Tài chính", "Ủy ban nhân dân các xã, phường"}, 2
	out["CV to several"] = several
	submission := base("TTr", plain)
	submission.Addressees = []string{"Chủ tịch Ủy ban nhân dân tỉnh Cao Bằng"}
	out["TTr"] = submission
	upward := base("BC", plain)
	upward.Addressees = []string{"Ủy ban nhân dân tỉnh Cao Bằng"}
	out["BC upwards"] = upward
	telegram := base("CĐ", plain)
	telegram.Caller, telegram.Addressees, telegram.Urgency = "Trưởng ban Dân tộc tỉnh điện", []string{"Ủy ban nhân dân các xã, phường", "Các phòng thuộc Ban"}, 3
	out["CĐ"] = telegram
	minutes := base("BB", "Thời gian bắt đầu: 08 giờ 00 ngày 09 tháng 3 năm 2026.\nĐịa điểm: Phòng họp Ban Dân tộc.\nNội dung: thống nhất danh sách.\nCuộc họp kết thúc vào 10 giờ 30 phút, ngày 09 tháng 3 năm 2026./.")
	minutes.Signatures = []letter.Signature{{Lines: []string{"THƯ KÝ"}, Name: "Bế Thị Thu"}, {Lines: []string{"CHỦ TỌA"}, Name: "Nông Thị Hoa"}}
	minutes.Recipients = []string{"Trưởng ban", "Lưu: VT, hồ sơ"}
	out["BB"] = minutes
	for _, code := range []string{"GM", "GGT", "GNP"} {
		out[code] = base(code, "Ban Dân tộc trân trọng giới thiệu ông Lương Đức Anh, chuyên viên.\nGiấy này có giá trị đến hết ngày 31 tháng 12 năm 2026./.")
	}
	long := base("KH", plain+"\n")
	long.Appendices = []letter.Appendix{{Title: "Danh sách", Body: letter.Parse("| STT | Xã |\n|---|---|\n| 1 | Bảo Lạc |")}, {Title: "Biểu mẫu", Landscape: true, Body: letter.Parse("| A | B |\n|---|---|\n| 1 | 2 |")}}
	long.Body = append(letter.Parse("Kế hoạch này có Phụ lục I và Phụ lục II kèm theo."), long.Body...)
	out["KH with appendices"] = long
	courtesy := base("ThC", "Nhân dịp năm mới, Ban Dân tộc kính chúc các đồng chí mạnh khỏe./.")
	courtesy.Subject = ""
	out["ThC"] = courtesy
	return out
}
