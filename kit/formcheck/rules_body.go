// SPDX-License-Identifier: Apache-2.0

package formcheck

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"soviec/kit/letter"
)

// bases are the căn cứ: one a line, each with a semicolon, the last with a point.
func (j *judgement) bases() {
	p := j.p
	var all []para
	for _, b := range p.body {
		if b.block.Kind == letter.Basis {
			all = append(all, b)
		}
	}
	decides := p.typed && (p.typ.Code == letter.Decision || p.typ.Code == letter.Resolution)
	if decides && len(all) == 0 && len(p.body) > 0 {
		j.warn("CAN-CU", rule(6), p.body[0].piece, "%s chưa có căn cứ ban hành. Căn cứ ghi trước phần nội dung, mỗi căn cứ một dòng, chữ in nghiêng.", p.typ.Name)
	}
	for i, b := range all {
		text, last := strings.TrimSpace(b.text), i == len(all)-1
		switch {
		case last && !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, ":"):
			j.warn("CAN-CU-DAU", rule(6), b.piece, "Dòng căn cứ cuối cùng phải kết thúc bằng dấu chấm (.).")
		case !last && !strings.HasSuffix(text, ";"):
			j.warn("CAN-CU-DAU", rule(6), b.piece, "Sau mỗi căn cứ phải xuống dòng và có dấu chấm phẩy (;); chỉ dòng cuối cùng kết thúc bằng dấu chấm (.).")
		}
	}
	if !decides || len(p.body) == 0 {
		return
	}
	formula, article := false, false
	want := strings.ToUpper(p.typ.Name)
	if p.typ.Code == letter.Resolution {
		want = "QUYẾT NGHỊ"
	}
	for _, b := range p.body {
		s := strings.ToUpper(tidy(b.text))
		formula = formula || strings.HasPrefix(s, want+":") || s == want || strings.HasSuffix(s, want+":")
		article = article || b.block.Kind == letter.Article
	}
	if !formula {
		j.warn("CONG-THUC", ruleSamples, p.body[0].piece, "%s chưa có dòng “%s:” giữa phần căn cứ và các điều (Mẫu 1.1, 1.2).", p.typ.Name, want)
	}
	if !article && p.typ.Code == letter.Decision {
		j.warn("DIEU", ruleSamples, p.body[len(p.body)-1].piece, "Nội dung quyết định phải chia thành các điều (“Điều 1.”, “Điều 2.” …).")
	}
}

// alphabet is the order of điểm.
const alphabet = "abcdđeghiklmnopqrstuvxy"

// order is the order of điều, khoản, điểm, and of chapters and sections.
func (j *judgement) order() {
	w := &walk{j: j}
	for _, b := range j.p.body {
		w.step(b)
	}
}

// A walk counts through the body.
type walk struct {
	j                             *judgement
	part, section, roman, article int
	clause, point                 int
	sub                           map[string]int
}

func (w *walk) step(b para) {
	switch b.block.Kind {
	case letter.Part:
		n := ordinal(b.block.Mark)
		if n > 0 && n != 1 && n != w.part+1 {
			w.gap(b, "“%s” không nối tiếp “%s” trước đó.", b.block.Mark, countWords(b.block.Mark, w.part))
		}
		w.part, w.section, w.roman, w.clause, w.point = n, 0, 0, 0, 0
	case letter.Section:
		if n := ordinal(b.block.Mark); n > 0 {
			if n != 1 && n != w.section+1 {
				w.gap(b, "“%s” không nối tiếp mục trước đó.", b.block.Mark)
			}
			w.section = n
		}
		w.clause, w.point = 0, 0
	case letter.Roman:
		mark := strings.TrimSuffix(b.block.Mark, ".")
		n := roman(mark)
		if n == 0 || len(mark) == 1 && mark >= "A" && mark <= "H" && mark != "C" && mark != "D" {
			w.clause, w.point = 0, 0
			return // A, B, C: a level above
		}
		if n != 1 && n != w.roman+1 {
			w.gap(b, "Đề mục “%s” không nối tiếp đề mục trước đó (sau %s phải là %s).", b.block.Mark, numeral(w.roman), letter.CapitalRoman(w.roman+1))
		}
		w.roman, w.clause, w.point = n, 0, 0
	case letter.Article:
		n := ordinal(b.block.Mark)
		if n > 0 && n != w.article+1 {
			if n == w.article {
				w.gap(b, "Có hai “Điều %d”. Các điều đánh số liên tục trong toàn văn bản.", n)
			} else {
				w.gap(b, "“Điều %d” không nối tiếp: điều trước đó là Điều %d. Các điều đánh số liên tục trong toàn văn bản.", n, w.article)
			}
		}
		w.article, w.clause, w.point = n, 0, 0
	case letter.Clause:
		w.clauseStep(b)
	case letter.Point:
		w.pointStep(b)
	}
}

func numeral(n int) string {
	if n == 0 {
		return "đầu"
	}
	return letter.CapitalRoman(n)
}

func (w *walk) gap(b para, text string, a ...any) { w.j.warn("THU-TU", rule(6), b.piece, text, a...) }

func (w *walk) clauseStep(b para) {
	mark := strings.TrimRight(b.block.Mark, ".)")
	if strings.Contains(mark, ".") {
		w.point = 0
		at := strings.LastIndexByte(mark, '.')
		n, _ := strconv.Atoi(mark[at+1:])
		if w.sub == nil {
			w.sub = map[string]int{}
		}
		over := mark[:at]
		if head, _, _ := strings.Cut(over, "."); w.clause > 0 && head != strconv.Itoa(w.clause) {
			w.gap(b, "“%s” không thuộc mục %d ở trên.", b.block.Mark, w.clause)
		}
		if n != 1 && n != w.sub[over]+1 {
			w.gap(b, "“%s” không nối tiếp “%s.%d”.", b.block.Mark, over, w.sub[over])
		}
		w.sub[over] = n
		return
	}
	n, _ := strconv.Atoi(mark)
	w.sub, w.point = nil, 0
	switch {
	case n == w.clause+1 || n == 1:
	case n == w.clause:
		w.gap(b, "Có hai khoản “%s” liền nhau.", b.block.Mark)
	default:
		w.gap(b, "Khoản “%s” không nối tiếp: khoản trước đó là %d.", b.block.Mark, w.clause)
	}
	w.clause = n
}

func (w *walk) pointStep(b para) {
	mark := strings.TrimSuffix(b.block.Mark, ")")
	n := 0
	for i, r := range []rune(alphabet) {
		if string(r) == mark {
			n = i + 1
		}
	}
	letters := []rune(alphabet)
	switch {
	case n == 0:
		w.gap(b, "Điểm “%s” không thuộc bảng chữ cái tiếng Việt. Các điểm đánh theo thứ tự a, b, c, d, đ, e, g, h, i, k, l…", b.block.Mark)
		return
	case n == w.point+1 || n == 1:
	case n == w.point:
		w.gap(b, "Có hai điểm “%s” liền nhau.", b.block.Mark)
	case w.point > 0 && w.point < len(letters):
		w.gap(b, "Điểm “%s” không nối tiếp: sau “%c)” là “%c)” (thứ tự bảng chữ cái tiếng Việt).", b.block.Mark, letters[w.point-1], letters[w.point])
	default:
		w.gap(b, "Điểm đầu tiên phải là “a)”, không phải “%s”.", b.block.Mark)
	}
	w.point = n
}

var ordinalWords = map[string]int{"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}

// ordinal is the number in a mark: "Chương II", "Điều 12.", "Phần thứ ba"; 0 for none.
func ordinal(mark string) int {
	for _, f := range strings.FieldsFunc(mark, func(r rune) bool { return r == ' ' || r == '.' || r == ':' }) {
		if n, err := strconv.Atoi(strings.TrimRightFunc(f, unicode.IsLetter)); err == nil {
			if f[len(f)-1] > '9' {
				return 0 // "Điều 5a" stands between 5 and 6
			}
			return n
		}
		if n := roman(f); n > 0 {
			return n
		}
		if n := ordinalWords[strings.ToLower(f)]; n > 0 {
			return n
		}
	}
	return 0
}

func countWords(mark string, n int) string {
	word, _, _ := strings.Cut(mark, " ")
	if n == 0 {
		return "phần đầu"
	}
	return word + " " + letter.CapitalRoman(n)
}

// roman reads a capital Roman number; 0 for anything else.
func roman(s string) int {
	values := map[rune]int{'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100}
	n, last := 0, 0
	for _, r := range s {
		v := values[r]
		if v == 0 {
			return 0
		}
		if v > last && last > 0 {
			n -= 2 * last
		}
		n += v
		last = v
	}
	if n <= 0 || n > 399 || letter.CapitalRoman(n) != s {
		return 0
	}
	return n
}

var (
	endMark   = regexp.MustCompile(`\./\.\s*["”]?$`)
	leftMark  = regexp.MustCompile(`\{\{[^{}]*\}\}|\[(?:điền|nhập|ghi|tên|số|ngày|nội dung)[^\]]*\]`)
	dots      = regexp.MustCompile(`\.{5,}|…{2,}|_{4,}|(?:\. ){4,}`)
	spaceMark = regexp.MustCompile(`\pL +[,;:.!?](?:\s|$)`)
)

// text is what can be said of all words: the end, blanks left over, dates.
func (j *judgement) text() {
	p := j.p
	if len(p.body) == 0 {
		if p.typed && !p.contract() {
			j.block("NOI-DUNG", rule(6), piece{at: Place{Field: "body", Box: "6"}}, "Văn bản chưa có nội dung.")
		}
		return
	}
	j.end()
	for _, x := range p.everything {
		if m := leftMark.FindString(x.text); m != "" {
			at := x
			at.at.Words = short(m)
			j.block("CHUA-DIEN", "", at, "Còn chỗ của mẫu chưa điền: “%s”.", m)
		} else if m := dots.FindString(x.text); m != "" && !p.fillable() {
			j.warn("CHO-TRONG", "", x, "Còn chỗ để trống bằng dấu chấm trong “%s”. Hãy điền hoặc bỏ.", short(x.text))
		}
		if spaceMark.MatchString(x.text) && !x.table {
			j.warn("DAU-CACH", "", x, "Có khoảng trắng thừa trước dấu câu trong “%s”.", around(x.text, spaceMark))
		}
		for _, m := range dateLine.FindAllStringSubmatch(x.text, -1) {
			j.zeros(x, m)
		}
	}
}

// fillable are kinds that are handed out to be filled in by hand.
func (p *paper) fillable() bool {
	return p.typed && (p.typ.Code == letter.LeavePermit || p.typ.Code == letter.Minutes)
}

// around is the place of a match with some words on both sides.
func around(s string, re *regexp.Regexp) string {
	m := re.FindStringIndex(s)
	if m == nil {
		return short(s)
	}
	before, after := []rune(s[:m[0]]), []rune(s[m[1]:])
	before, after = before[max(0, len(before)-20):], after[:min(15, len(after))]
	return strings.TrimSpace(string(before) + s[m[0]:m[1]] + string(after))
}

// end is the mark ./. behind the last sentence.
func (j *judgement) end() {
	p := j.p
	if p.contract() {
		return
	}
	last := -1
	for i, b := range p.body {
		if b.block.Kind != letter.Table && !b.none() {
			last = i
		}
	}
	if last < 0 || p.body[len(p.body)-1].block.Kind == letter.Table {
		return
	}
	for _, b := range p.body[:last] {
		if endMark.MatchString(b.text) {
			j.warn("KET-THUC-SOM", ruleSamples, b.piece, "Dấu kết thúc “./.” nằm giữa văn bản. Dấu này chỉ ghi sau câu cuối cùng của nội dung.")
		}
	}
	if b := p.body[last]; !endMark.MatchString(strings.TrimSpace(b.text)) {
		j.warn("KET-THUC", ruleSamples, b.piece, "Thiếu dấu kết thúc “./.” sau câu cuối cùng của nội dung, theo các mẫu của Phụ lục III.")
	}
}
