// SPDX-License-Identifier: Apache-2.0

package formcheck

import (
	"math"
	"strings"
	"unicode"

	"soviec/kit/letter"
)

// A want is how a part must look (Appendix I, V: the table of sizes and styles).
type want struct {
	name         string
	low, high    float64
	bold, italic int // 1 yes, -1 no, 0 either
}

// looks compares font, size and style of each part with the table of the decree. Only
// sources that have looks are judged.
func (j *judgement) looks() {
	p := j.p
	if !p.drawn {
		return
	}
	j.fonts()
	j.look(p.state, want{"Quốc hiệu", 12, 13, 1, -1})
	j.look(p.motto, want{"Tiêu ngữ", 13, 14, 1, -1})
	for _, s := range p.superior {
		j.look(s, want{"Tên cơ quan chủ quản", 12, 13, -1, -1})
	}
	for _, s := range p.agency {
		j.look(s, want{"Tên cơ quan ban hành", 12, 13, 1, -1})
	}
	j.look(p.number, want{"Số, ký hiệu", 13, 13, -1, -1})
	j.look(p.date, want{"Địa danh và thời gian ban hành", 13, 14, -1, 1})
	j.look(p.title, want{"Tên loại văn bản", 13, 14, 1, -1})
	if p.about {
		j.look(p.subject, want{"Trích yếu công văn", 12, 13, -1, -1})
	} else {
		j.look(p.subject, want{"Trích yếu", 13, 14, 1, -1})
	}
	j.look(p.intro, want{"“Kính gửi”", 13, 14, -1, -1})
	for _, s := range p.signers {
		for _, l := range s.lines {
			j.look(l, want{"Quyền hạn, chức vụ người ký", 13, 14, 1, -1})
		}
		j.look(s.name, want{"Họ tên người ký", 13, 14, 1, -1})
	}
	j.look(p.nowhere, want{"“Nơi nhận”", 12, 12, 1, 1})
	for _, r := range p.recipients {
		j.look(r, want{"Danh sách nơi nhận", 11, 11, -1, -1})
	}
	for _, b := range p.body {
		if b.table || !b.look || b.none() {
			continue
		}
		w := want{"Nội dung văn bản", 13, 14, 0, 0}
		if b.block.Kind == letter.Basis {
			w = want{"Căn cứ ban hành", 13, 14, -1, 1}
		}
		j.look(b.piece, w)
		j.paragraph(b)
	}
}

func (j *judgement) look(at piece, w want) {
	if at.none() || !at.look {
		return
	}
	if at.size > 0 && (at.size < w.low-0.26 || at.size > w.high+0.26) {
		j.warn("CO-CHU", ruleTable, at, "%s cỡ chữ %s, quy định là %s.", w.name, size(at.size), sizes(w.low, w.high))
	}
	if w.bold > 0 && !at.bold {
		j.warn("KIEU-CHU", ruleTable, at, "%s phải in đậm.", w.name)
	}
	if w.bold < 0 && at.bold {
		j.warn("KIEU-CHU", ruleTable, at, "%s không in đậm.", w.name)
	}
	if w.italic > 0 && !at.italic {
		j.warn("KIEU-CHU", ruleTable, at, "%s phải in nghiêng.", w.name)
	}
	if w.italic < 0 && at.italic {
		j.warn("KIEU-CHU", ruleTable, at, "%s phải là kiểu chữ đứng.", w.name)
	}
}

func size(v float64) string { return comma(math.Round(v*2) / 2) }

// comma writes a number as here: 12,5.
func comma(v float64) string {
	s := formatFloat(v)
	return strings.ReplaceAll(s, ".", ",")
}

func sizes(low, high float64) string {
	if low == high {
		return size(low)
	}
	return size(low) + " đến " + size(high)
}

// paragraph is how the words of the body are spaced.
func (j *judgement) paragraph(b para) {
	if b.spacing != 0 && (b.spacing > 1.55 || b.spacing > 0 && b.spacing < 0.95) {
		j.warn("GIAN-DONG", rule(6), b.piece, "Khoảng cách dòng là %s lần dòng đơn, quy định tối thiểu là dòng đơn, tối đa 1,5 lines.", comma(b.spacing))
	}
	switch b.block.Kind {
	case letter.Para, letter.Basis:
		if b.align == "left" || b.align == "right" {
			j.warn("CANH-LE", rule(6), b.piece, "Đoạn văn phải canh đều cả hai lề.")
		}
		if b.align == "both" && b.first != 0 && (b.first < 9 || b.first > 13.7) {
			j.warn("LUI-DAU-DONG", rule(6), b.piece, "Chữ đầu đoạn lùi vào %s cm, quy định là 1 cm hoặc 1,27 cm.", comma(math.Round(b.first)/10))
		}
	}
}

// fonts asks for Times New Roman or a font of its measures, and Unicode.
func (j *judgement) fonts() {
	for _, x := range j.p.everything {
		if !x.look || x.none() || x.font == "" {
			continue
		}
		switch f := strings.ToLower(strings.ReplaceAll(x.font, " ", "")); {
		case strings.HasPrefix(f, ".vn") || strings.HasPrefix(f, "vni"):
			j.warn("PHONG-CHU", ruleGeneral, x, "Phông chữ “%s” không thuộc bộ mã Unicode. Văn bản dùng phông Times New Roman, bộ mã Unicode theo TCVN 6909:2001.", x.font)
		case !strings.Contains(f, "times") && !strings.Contains(f, "tinos") && !strings.Contains(f, "liberationserif") && strings.ContainsFunc(x.text, unicode.IsLetter):
			j.warn("PHONG-CHU", ruleGeneral, x, "Phông chữ là “%s”, quy định dùng Times New Roman, màu đen.", x.font)
		}
	}
}

// pages is paper, margins and page numbers.
func (j *judgement) pages() {
	for i, s := range j.p.sections {
		at := piece{at: Place{}}
		where := ""
		if i > 0 {
			where = " (phần " + formatFloat(float64(i+1)) + " của văn bản)"
		}
		w, h, lies := s.width, s.height, s.width > s.height
		if lies {
			w, h = h, w
		}
		if w > 0 && (math.Abs(w-210) > 2 || math.Abs(h-297) > 2) {
			j.warn("KHO-GIAY", ruleGeneral, at, "Khổ giấy%s là %s × %s mm, quy định là A4 (210 × 297 mm).", where, comma(math.Round(s.width)), comma(math.Round(s.height)))
			continue
		}
		j.margins(s, lies, where)
		if !s.numbersKnown {
			continue
		}
		switch {
		case !s.numbered && j.p.long:
			j.warn("SO-TRANG", ruleGeneral, at, "Văn bản nhiều trang chưa đánh số trang%s. Số trang bằng chữ số Ả Rập, cỡ chữ 13 đến 14, đặt giữa lề trên, không hiển thị ở trang thứ nhất.", where)
		case s.numbered && s.onFirst:
			j.warn("SO-TRANG", ruleGeneral, at, "Số trang không hiển thị ở trang thứ nhất%s.", where)
		case s.numbered && !s.above:
			j.warn("SO-TRANG", ruleGeneral, at, "Số trang đặt canh giữa trong phần lề trên của văn bản, không đặt ở lề dưới%s.", where)
		}
	}
}

func (j *judgement) margins(s section, lies bool, where string) {
	if s.left == 0 && s.right == 0 {
		return
	}
	slack := 0.6
	if s.loose {
		slack = 2.5
	}
	top, right, bottom, left := s.top, s.right, s.bottom, s.left
	if lies {
		// the binding edge is above or left; either is met
		if within(left, 30, 35, slack) {
			lies = false
		} else {
			top, right, bottom, left = s.right, s.bottom, s.left, s.top
		}
	}
	for _, m := range []struct {
		name      string
		v         float64
		low, high float64
		exact     bool
	}{{"trên", top, 20, 25, true}, {"dưới", bottom, 20, 25, true}, {"trái", left, 30, 35, false}, {"phải", right, 15, 20, false}} {
		if s.loose && m.exact || within(m.v, m.low, m.high, slack) {
			continue
		}
		j.warn("LE", ruleGeneral, piece{}, "Lề %s%s là %s mm, quy định từ %s đến %s mm.", m.name, where, comma(math.Round(m.v*10)/10), formatFloat(m.low), formatFloat(m.high))
	}
}

func within(v, low, high, slack float64) bool { return v >= low-slack && v <= high+slack }
