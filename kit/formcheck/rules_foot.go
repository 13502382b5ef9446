// SPDX-License-Identifier: Apache-2.0

package formcheck

import (
	"regexp"
	"strings"
	"unicode"

	"soviec/kit/letter"
)

var (
	// what may not stand before a signer's name, except where a ministry has said so
	academic = regexp.MustCompile(`^(?i:(GS|PGS|TSKH|TS|Th\.?\s?S|BSCK\s?I{1,2}|BS|CN|KS|LS|DS|NGƯT|NGND|NSƯT|NSND|TTƯT|TTND|AHLĐ|Giáo sư|Phó giáo sư|Tiến sĩ|Thạc sĩ|Bác sĩ|Kỹ sư|Cử nhân|Luật sư)\.?)`)
	courtesy = regexp.MustCompile(`^(?:Ông|Bà|ÔNG|BÀ|Đồng chí|Đ/c)\s`)
	capacity = regexp.MustCompile(`^(TM|Q|KT|TL|TUQ)(\.?)(\s*)(\S.*)$`)
	oddSign  = regexp.MustCompile(`^(?i:T/M|K/T|T/L|T\.M|K\.T|T\.L|TUN|T\.U\.Q|TU\.Q|QUYỀN )`)
)

// signature is quyền hạn, chức vụ và họ tên người ký.
func (j *judgement) signature() {
	p := j.p
	none := true
	for _, s := range p.signers {
		none = none && len(s.lines) == 0 && s.name.none()
	}
	at := piece{at: Place{Field: "signatures", Box: "7a"}}
	if none {
		if !p.contract() {
			j.block("NGUOI-KY", rule(7), at, "Chưa có phần ký. Cuối văn bản, bên phải phải ghi quyền hạn, chức vụ và họ tên của người ký.")
		}
		return
	}
	if p.contract() {
		return
	}
	if p.typed && p.typ.Code == letter.Minutes && len(p.signers) < 2 {
		j.warn("NGUOI-KY-HAI", ruleSamples, at, "Biên bản phải có hai người ký: thư ký và chủ tọa (Mẫu 1.9).")
	}
	for _, s := range p.signers {
		j.signer(s)
	}
}

func (j *judgement) signer(s signer) {
	p := j.p
	if len(s.lines) == 0 {
		j.block("CHUC-VU", rule(7), s.name, "Chưa ghi quyền hạn, chức vụ phía trên họ tên người ký.")
	}
	for i, l := range s.lines {
		text := strings.TrimSpace(l.text)
		if oddSign.MatchString(text) && !strings.HasPrefix(text, "QUYỀN ") || strings.HasPrefix(text, "QUYỀN ") {
			j.warn("QUYEN-HAN", rule(7), l, "“%s”: quyền hạn ký chỉ viết tắt là “TM.”, “Q.”, “KT.”, “TL.” hoặc “TUQ.”, sau đó một khoảng trắng và chức vụ.", short(text))
			continue
		}
		if strings.ToUpper(text) != text && (!p.typed || p.typ.Code != letter.Minutes) {
			j.warn("CHUC-VU-HOA", rule(7), l, "Quyền hạn, chức vụ “%s” phải viết bằng chữ in hoa.", short(text))
		}
		m := capacity.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		if m[2] == "" && m[3] != "" || m[2] == "." && m[3] == "" {
			j.warn("QUYEN-HAN", rule(7), l, "“%s”: sau chữ viết tắt quyền hạn có dấu chấm và một khoảng trắng, ví dụ “%s. %s”.", short(text), m[1], m[4])
		}
		if m[2] == "." && m[1] != "Q" && i == len(s.lines)-1 {
			what := "chức vụ của người ký"
			if m[1] == "TM" {
				what = "chức vụ của người ký trong tập thể"
			}
			j.warn("CHUC-VU-THIEU", rule(7), l, "Dưới “%s” còn thiếu dòng ghi %s.", short(text), what)
		}
	}
	name := strings.TrimSpace(s.name.text)
	switch {
	case name == "" && (p.typed && p.typ.Code == letter.Minutes):
	case name == "":
		j.block("HO-TEN", rule(7), orField(s.name, "signatures", "7b"), "Chưa có họ tên người ký.")
	case academic.MatchString(name) && academicWord(name):
		j.warn("HOC-VI", rule(7), s.name, "Trước họ tên người ký không ghi học hàm, học vị và danh hiệu danh dự: bỏ “%s”.", strings.TrimSpace(academic.FindString(name)))
	case courtesy.MatchString(name):
		j.warn("HO-TEN-ONG-BA", rule(7), s.name, "Trước họ tên người ký không ghi “%s”.", strings.TrimSpace(courtesy.FindString(name)))
	case len([]rune(name)) > 3 && strings.ToUpper(name) == name:
		j.warn("HO-TEN-HOA", rule(7), s.name, "Họ tên người ký “%s” viết bằng chữ in thường, kiểu chữ đứng, đậm.", name)
	case !properName(name):
		j.warn("HO-TEN-HOA", rule(7), s.name, "Họ tên người ký “%s” phải viết hoa chữ cái đầu của mỗi âm tiết.", short(name))
	}
}

// academicWord tells "TS. Lan" and "ThS Lan" from the name "Ts..." of nobody: the match must
// end at a point, a blank, or a capital.
func academicWord(name string) bool {
	rest := name[len(academic.FindString(name)):]
	return strings.HasSuffix(academic.FindString(name), ".") || rest == "" || strings.HasPrefix(rest, " ") || strings.HasPrefix(rest, ",")
}

func properName(name string) bool {
	for _, w := range strings.Fields(name) {
		if r := []rune(w); unicode.IsLower(r[0]) {
			return false
		}
	}
	return true
}

var (
	keptLine = regexp.MustCompile(`^[-–+•]?\s*Lưu\s*:`)
	keptVT   = regexp.MustCompile(`^[-–+•]?\s*Lưu\s*:\s*VT\b`)
	keptUnit = regexp.MustCompile(`^[-–+•]?\s*Lưu\s*:\s*VT\s*[,;]\s*\pL`)
	asAbove  = regexp.MustCompile(`(?i)như\s+trên|như\s+kính\s+gửi`)
)

// recipients is Nơi nhận.
func (j *judgement) recipients() {
	p := j.p
	if p.contract() || p.typed && (p.typ.Code == letter.CourtesyLetter) {
		return
	}
	minutes := p.typed && p.typ.Code == letter.Minutes
	if p.nowhere.none() || len(p.recipients) == 0 {
		add := j.block
		if minutes {
			add = j.warn
		}
		add("LUU-VT", rule(9), orField(p.nowhere, "recipients", "9b"), "Chưa có “Nơi nhận” và dòng “Lưu: VT, …”. Dòng cuối của nơi nhận ghi chữ “Lưu:”, chữ viết tắt “VT”, dấu phẩy và chữ viết tắt tên đơn vị soạn thảo.")
		return
	}
	if !p.composed && !strings.Contains(p.nowhere.text, ":") {
		j.warn("NOI-NHAN-DAU", rule(9), p.nowhere, "Sau “Nơi nhận” phải có dấu hai chấm (:).")
	}
	kept := -1
	for i, r := range p.recipients {
		if keptLine.MatchString(tidy(r.text)) {
			kept = i
		}
	}
	last := len(p.recipients) - 1
	switch {
	case kept < 0 && minutes:
		j.warn("LUU-VT", rule(9), p.recipients[last], "Nơi nhận chưa có dòng “Lưu: …”.")
	case kept < 0:
		j.block("LUU-VT", rule(9), p.recipients[last], "Nơi nhận chưa có dòng “Lưu: VT, …”. Dòng cuối ghi chữ “Lưu:”, chữ viết tắt “VT” (Văn thư cơ quan), dấu phẩy và chữ viết tắt tên đơn vị soạn thảo.")
	case !keptVT.MatchString(tidy(p.recipients[kept].text)) && !minutes:
		j.block("LUU-VT", rule(9), p.recipients[kept], "Dòng “Lưu” chưa có “VT”. Bản gốc lưu tại Văn thư cơ quan, ghi “Lưu: VT, …”.")
	case kept != last:
		j.warn("LUU-CUOI", rule(9), p.recipients[kept], "Dòng “Lưu: VT” phải là dòng cuối cùng của nơi nhận.")
	case !keptUnit.MatchString(tidy(p.recipients[kept].text)) && !minutes:
		j.warn("LUU-DON-VI", rule(9), p.recipients[kept], "Sau “Lưu: VT” còn thiếu dấu phẩy và chữ viết tắt tên đơn vị soạn thảo, ví dụ “Lưu: VT, VP”.")
	}
	addressed := len(p.addressees) > 0 || !p.intro.none()
	if p.typed && p.typ.Code == letter.OfficialLetter && addressed && !asAbove.MatchString(p.recipients[0].text) {
		j.warn("NHU-TREN", rule(9), p.recipients[0], "Công văn có “Kính gửi” thì dòng thứ nhất của nơi nhận ghi “Như trên”.")
	}
	j.recipientMarks()
}

func (j *judgement) recipientMarks() {
	p := j.p
	last := len(p.recipients) - 1
	for i, r := range p.recipients {
		text := strings.TrimSpace(r.text)
		if p.composed {
			if strings.HasPrefix(text, "-") || strings.HasSuffix(text, ";") || strings.HasSuffix(text, ".") {
				j.warn("NOI-NHAN-DONG", rule(9), r, "Nơi nhận “%s” không cần ghi gạch đầu dòng và dấu kết thúc, phần mềm tự ghi khi trình bày.", short(text))
			}
			continue
		}
		if i == last {
			// box 12 may stand behind: "- Lưu: VT, VP.	BNH.(30)"
			text, _, _ = strings.Cut(text, "\t")
		}
		switch {
		case !strings.HasPrefix(text, "-"):
			j.warn("NOI-NHAN-DONG", rule(9), r, "Mỗi nơi nhận ghi một dòng, đầu dòng có gạch đầu dòng (-): “%s”.", short(text))
		case i < last && !strings.HasSuffix(text, ";"):
			j.warn("NOI-NHAN-DONG", rule(9), r, "Cuối dòng nơi nhận “%s” phải là dấu chấm phẩy (;).", short(text))
		case i == last && !strings.HasSuffix(strings.TrimSpace(text), ".") && !drafterMark.MatchString(text):
			j.warn("NOI-NHAN-DONG", rule(9), r, "Dòng cuối cùng của nơi nhận phải kết thúc bằng dấu chấm (.).")
		}
	}
}

var drafterMark = regexp.MustCompile(`\.\s+\p{Lu}{1,6}\.?\s*(?:\(\s*\d+\s*\))?\.?$`)

var (
	enclosedNumber = regexp.MustCompile(`số\s*:?\s*\d+\s*/|ngày\s*\d+`)
	pointsToIt     = regexp.MustCompile(`(?i)phụ lục|kèm theo|đính kèm|gửi kèm|biểu mẫu|biểu số|danh sách|ban hành`)
)

// appendices: the text names them, and in electronic documents their reference stays blank.
func (j *judgement) appendices() {
	p := j.p
	if j.o.Electronic {
		for _, e := range p.enclosed {
			if enclosedNumber.MatchString(e.text) {
				j.warn("KEM-THEO", ruleAppendix, e, "Văn bản điện tử không điền số, ngày tại dòng “(Kèm theo …)” của phụ lục; thông tin này có trong chữ ký số của cơ quan.")
			}
		}
	}
	if p.appendices == 0 || len(p.body) == 0 {
		return
	}
	for _, b := range p.body {
		if pointsToIt.MatchString(b.text) {
			return
		}
	}
	j.warn("PHU-LUC", ruleAppendix, p.body[len(p.body)-1].piece, "Văn bản có phụ lục kèm theo thì trong nội dung phải có chỉ dẫn về phụ lục đó.")
}
