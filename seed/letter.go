// SPDX-License-Identifier: Apache-2.0

package seed

import (
	"fmt"
	"hash/fnv"
	"strings"

	"soviec/kit/civil"
)

// A Letter is the text of a document in the parts of its page (thể thức văn bản); whoever
// prints it decides how it looks.
type Letter struct {
	Superior   string   // cơ quan chủ quản, capitals; empty where there is none
	Issuer     string   // capitals
	Motto      []string // Quốc hiệu and Tiêu ngữ, or the Party's line
	Number     string   // "Số: 412/UBND-VX"
	Place      string   // "Cao Bằng, ngày 05 tháng 11 năm 2026"
	Urgency    string   // "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"; else empty
	Type       string   // "BÁO CÁO"; empty for an official letter
	Subject    string
	Addressees []string // after "Kính gửi:"; empty where the type has none
	Body       []string // paragraphs; the last ends with "./."
	Recipients []string // after "Nơi nhận:"
	Capacity   []string // lines above the name: "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"
	Signer     string
}

// LetterOf writes the letter that the document is. The same document has the same letter.
func LetterOf(doc Document) Letter {
	h := fnv.New64a()
	h.Write([]byte(doc.NumberRaw + doc.IssuerName + doc.Subject))
	d := &dice{state: h.Sum64()}
	i := issuerNamed(doc.Issuer)
	l := Letter{
		Issuer: strings.ToUpper(doc.IssuerName), Subject: doc.Subject, Signer: doc.Signer,
		Motto:    []string{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"},
		Place:    placeOf(i) + ", " + doc.Date.Long(),
		Urgency:  [...]string{"", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"}[doc.Urgency],
		Capacity: capacity(i, doc.SignerTitle),
	}
	switch i.Group {
	case "so", "vp":
		l.Superior = "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG"
	case "tu":
		l.Superior = "ĐẢNG BỘ TỈNH CAO BẰNG"
		l.Motto = []string{"ĐẢNG CỘNG SẢN VIỆT NAM"}
	}
	if doc.NumberRaw != "" {
		l.Number = "Số: " + doc.NumberRaw
	}
	if doc.Type != "CV" {
		l.Type = strings.ToUpper(typeName(doc.Type))
	}
	switch doc.Type {
	case "CV", "BC", "TTr", "GM", "ĐƠN", "PC", "CĐ":
		l.Addressees = []string{"Ban Dân tộc tỉnh Cao Bằng"}
		if doc.Type == "CĐ" || doc.Type == "CV" && (i.Group == "ut" || i.Group == "vp") && d.chance(60) {
			l.Addressees = append(l.Addressees, "Các sở, ban, ngành liên quan")
		}
	}
	l.Body = body(d, i, doc)
	l.Body[len(l.Body)-1] = strings.TrimSuffix(l.Body[len(l.Body)-1], ".") + "./."
	if i.Group != "cd" {
		l.Recipients = []string{"Như trên;", "Lãnh đạo cơ quan;", "Lưu: VT."}
		if len(l.Addressees) == 0 {
			l.Recipients[0] = "Ban Dân tộc tỉnh Cao Bằng;"
		}
	}
	return l
}

func typeName(code string) string {
	for _, t := range types() {
		if t.Code == code {
			return t.Name
		}
	}
	panic("seed: no such type " + code)
}

func placeOf(i *Issuer) string {
	switch i.Group {
	case "cp", "ub", "bo":
		return "Hà Nội"
	case "hu", "xa":
		for _, kind := range []string{"huyện ", "xã ", "phường ", "thành phố "} {
			if name, ok := strings.CutPrefix(i.Place(), kind); ok {
				return name
			}
		}
	}
	if i.Group == "ng" {
		return i.Name[strings.LastIndex(i.Name, "tỉnh ")+len("tỉnh "):]
	}
	return "Cao Bằng"
}

// capacity is what stands above the name: a deputy signs for the head (KT.), a people's
// committee signs as a body (TM.), an office chief by order (TL. only where he signs for another).
func capacity(i *Issuer, title string) []string {
	upper := strings.ToUpper(title)
	committee := i.Group == "ut" || i.Group == "hu" || i.Group == "xa"
	switch {
	case title == "":
		return nil
	case strings.HasPrefix(title, "Phó "):
		head := strings.TrimSuffix(strings.TrimPrefix(upper, "PHÓ "), " THƯỜNG TRỰC")
		if i.Group == "tu" {
			return []string{upper}
		}
		return []string{"KT. " + head, upper}
	case title == "Thứ trưởng":
		return []string{"KT. BỘ TRƯỞNG", upper}
	case strings.HasPrefix(title, "Vụ trưởng "):
		return []string{"TL. THỦ TRƯỞNG", upper}
	case committee:
		return []string{"TM. ỦY BAN NHÂN DÂN", upper}
	}
	return []string{upper}
}

func body(d *dice, i *Issuer, doc Document) []string {
	topic := lowerFirst(strings.TrimPrefix(strings.TrimPrefix(doc.Subject, "V/v "), "Về việc "))
	name := doc.IssuerName
	switch doc.Type {
	case "GM":
		return []string{
			name + " trân trọng kính mời đại diện lãnh đạo Ban Dân tộc tỉnh Cao Bằng " + topic + ".",
			fmt.Sprintf("Thời gian: %s, %s.", civil.TimeVN(doc.MeetingAt), civil.Of(doc.MeetingAt).WeekdayVN()),
			"Địa điểm: " + doc.MeetingIn + ".",
			"Đề nghị đại biểu chuẩn bị ý kiến phát biểu và dự đúng thành phần, thời gian.",
		}
	case "ĐƠN":
		return []string{
			"Tôi tên là " + doc.Signer + ", nơi ở như đã ghi trong đơn. Nay tôi làm đơn " + strings.TrimPrefix(topic, "đơn ") + ", kính mong quý cơ quan xem xét.",
			pick(d, plaints),
			"Tôi xin cam đoan nội dung trên là đúng sự thật và mong quý cơ quan sớm xem xét, trả lời.",
		}
	case "QĐ":
		return []string{
			"Căn cứ quy định về chức năng, nhiệm vụ, quyền hạn của " + name + "; xét đề nghị của đơn vị tham mưu.",
			"Điều 1. Quyết định " + topic + ", với nội dung chi tiết tại phụ lục kèm theo.",
			"Điều 2. Kinh phí thực hiện theo dự toán được giao; các đơn vị báo cáo kết quả khi kết thúc đợt.",
			"Điều 3. Thủ trưởng các cơ quan liên quan và Ban Dân tộc tỉnh Cao Bằng chịu trách nhiệm thi hành Quyết định này.",
		}
	case "NĐ", "TT", "NQ", "CT":
		first := "Văn bản này " + topic + " và các nội dung có liên quan."
		if doc.Type == "NQ" || doc.Type == "CT" {
			first = "Văn bản này gồm các nội dung chủ yếu về " + strings.TrimPrefix(topic, "về ") + "."
		}
		return []string{
			first,
			"Các cơ quan, đơn vị căn cứ chức năng, nhiệm vụ tổ chức thực hiện; vướng mắc gửi về " + name + " để tổng hợp.",
		}
	}
	text := []string{
		opening(d, doc.Type, name, topic, doc.Date.Year()),
		pick(d, facts[doc.Field]),
	}
	if d.chance(60) {
		text = append(text, pick(d, points))
	}
	if doc.Answer > 0 {
		until := civil.Default().AddWorkingDays(doc.arrivedOn(), doc.Answer)
		text = append(text,
			"Kết quả đề nghị gửi về "+name+" trước ngày "+until.VN()+", đồng thời gửi bản mềm để tổng hợp.",
			pick(d, closings))
	} else {
		text = append(text, name+" gửi Ban Dân tộc tỉnh Cao Bằng để biết, phối hợp theo dõi.")
	}
	return text
}

// arrivedOn is the day of arrival, or of the document where it has not arrived anywhere.
func (d Document) arrivedOn() civil.Date {
	if d.Received.IsZero() {
		return d.Date
	}
	return civil.Of(d.Received)
}

// opening says what the letter is about, in the way of its type.
func opening(d *dice, kind, name, topic string, year int) string {
	switch kind {
	case "BC":
		return fmt.Sprintf("Thực hiện chế độ báo cáo năm %d, %s báo cáo %s như sau.", year, name, topic)
	case "KH":
		return fmt.Sprintf("Thực hiện nhiệm vụ năm %d, %s ban hành kế hoạch %s, với các nội dung chính sau.", year, name, topic)
	case "TB":
		return name + " thông báo " + topic + ", cụ thể như sau."
	case "HD":
		return name + " hướng dẫn " + topic + " như sau."
	case "CTr":
		return name + " ban hành chương trình " + topic + ", gồm các nội dung chính sau."
	case "PC":
		return name + " " + topic + " theo thẩm quyền."
	case "CĐ":
		return name + " yêu cầu các cơ quan, địa phương " + topic + "."
	}
	return pick(d, []string{
		fmt.Sprintf("Căn cứ chương trình công tác năm %d và nhiệm vụ được giao, %s trao đổi với Ban Dân tộc tỉnh Cao Bằng về việc %s.", year, name, topic),
		fmt.Sprintf("Theo kế hoạch đã thống nhất từ đầu năm %d, %s có ý kiến về nội dung: %s.", year, name, topic),
		fmt.Sprintf("Để có cơ sở tổng hợp, chỉ đạo kịp thời, %s gửi quý cơ quan nội dung sau: %s.", name, topic),
	})
}
