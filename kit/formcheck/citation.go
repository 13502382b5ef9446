// SPDX-License-Identifier: Apache-2.0

package formcheck

import (
	"regexp"
	"strings"
)

var (
	// a citation with a number: kind, number
	cited = regexp.MustCompile(`(Hiến pháp|Bộ luật|Luật|Pháp lệnh|Lệnh|Nghị quyết|Nghị định|Quyết định|Thông tư liên tịch|Thông tư|Chỉ thị|Kết luận|Quy chế|Quy định|Thông báo|Hướng dẫn|Chương trình|Kế hoạch|Phương án|Đề án|Báo cáo|Tờ trình|Công văn|Công điện|Giấy mời|Văn bản)\s+(?:liên tịch\s+)?số:?\s*([0-9][0-9A-Za-zĐđƯư]*(?:[/\-–][0-9A-Za-zĐđƯưÂâÊêÔôĂăƠơ&]+)*)`)
	// what follows a full one: date, issuer, subject
	fullDate   = regexp.MustCompile(`^[^.;]{0,12}?ngày\s*\d{1,2}\s*tháng\s*\d{1,2}\s*năm\s*\d{4}`)
	slashDate  = regexp.MustCompile(`^[^.;]{0,12}?ngày\s*\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}`)
	issuer     = regexp.MustCompile(`^\s*,?\s*của\s+\p{Lu}`)
	aboutWords = regexp.MustCompile(`(?i)(?:^|[\s“"(])(?:về|v/v|quy định|ban hành|phê duyệt|hướng dẫn|sửa đổi|bổ sung|thành lập|giao|công nhận|công bố|điều chỉnh|chấp thuận|triển khai|thực hiện|tổ chức|kiện toàn|đính chính|thu hồi|tăng cường|đề nghị|báo cáo|trình|xin|mời|góp ý|thông báo|bãi bỏ|thay thế|phân công|phân cấp|cho phép|khen thưởng|tặng|cử|xác nhận|đẩy mạnh|rà soát|cung cấp)\s`)
)

// citations: the first time a document is named, type, number, date, issuer and subject
// are all written; of laws and ordinances only type and name.
func (j *judgement) citations() {
	seen := map[string]bool{}
	for _, x := range j.p.body {
		if x.table {
			continue
		}
		for _, m := range cited.FindAllStringSubmatchIndex(x.text, -1) {
			kind, number := x.text[m[2]:m[3]], strings.TrimRight(x.text[m[4]:m[5]], "-–/")
			key := kind + " " + number
			if seen[key] || strings.HasSuffix(x.text[:m[0]], "(Kèm theo ") {
				continue
			}
			seen[key] = true
			at := x.piece
			at.at.Words = short(x.text[m[0]:min(len(x.text), m[5])])
			j.citation(at, kind, number, x.text[m[5]:])
		}
	}
}

func (j *judgement) citation(at piece, kind, number, rest string) {
	switch kind {
	case "Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp":
		j.warn("VIEN-DAN-LUAT", rule(6), at, "“%s số %s”: đối với Luật, Pháp lệnh chỉ ghi tên loại và tên của Luật, Pháp lệnh, không ghi số.", kind, number)
		return
	}
	if !strings.ContainsAny(number, "/-") && kind != "Lệnh" {
		j.warn("VIEN-DAN", rule(6), at, "Viện dẫn “%s số %s” thiếu ký hiệu. Viện dẫn lần đầu phải ghi đầy đủ tên loại, số, ký hiệu, thời gian ban hành, tên cơ quan ban hành và trích yếu.", kind, number)
		return
	}
	sentence, _, _ := strings.Cut(rest, ";")
	var missing []string
	date := fullDate.FindString(sentence)
	if date == "" {
		if date = slashDate.FindString(sentence); date != "" {
			j.warn("VIEN-DAN-NGAY", rule(6), at, "Ngày ban hành của %s số %s viết bằng dấu gạch chéo. Thời gian ban hành phải viết đầy đủ “ngày … tháng … năm …”.", kind, number)
		} else {
			missing = append(missing, "thời gian ban hành")
		}
	}
	after := sentence[len(date):]
	if !issuer.MatchString(after) {
		// the issuer may stand before: "Ban Dân tộc nhận được Công văn số … ngày …" does not count
		missing = append(missing, "tên cơ quan ban hành")
	}
	if !aboutWords.MatchString(after) {
		missing = append(missing, "trích yếu nội dung")
	}
	if len(missing) > 0 {
		j.warn("VIEN-DAN", rule(6), at, "Viện dẫn lần đầu “%s số %s” thiếu %s. Lần đầu phải ghi đầy đủ tên loại, số, ký hiệu, thời gian ban hành, tên cơ quan ban hành và trích yếu; các lần sau chỉ ghi tên loại, số và ký hiệu.",
			kind, number, listed(missing))
	}
}

// listed joins words: "a, b và c".
func listed(s []string) string {
	if len(s) < 2 {
		return strings.Join(s, "")
	}
	return strings.Join(s[:len(s)-1], ", ") + " và " + s[len(s)-1]
}
