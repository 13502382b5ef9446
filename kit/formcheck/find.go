// SPDX-License-Identifier: Apache-2.0

package formcheck

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"soviec/kit/letter"
)

func formatFloat(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

var (
	beginsNumber    = regexp.MustCompile(`^Số\s*:|^Số\s+[\d.…]*\s*/`)
	beginsAbout     = regexp.MustCompile(`^(?:V/v|V/V|v/v)[:.]?\s*`)
	beginsIntro     = regexp.MustCompile(`^(?:Kính gửi|Kính gởi|KÍNH GỬI)\s*:?`)
	endsIntro       = regexp.MustCompile(`(?:^|\s)điện:\s*$`)
	beginsNowhere   = regexp.MustCompile(`(?i)^nơi nhận\s*:?`)
	beginsAppendix  = regexp.MustCompile(`^(?:Phụ lục|PHỤ LỤC)(?:\s+(?:số\s+)?[IVXLC\d]+)?\s*[.:]?$`)
	beginsEnclosed  = regexp.MustCompile(`^\((?:Kèm theo|Ban hành kèm theo|kèm theo)`)
	headDate        = regexp.MustCompile(`^[^.;:"(]{0,50}?,?\s*(?:ngày\s*[\d.…_\s]*tháng\s*[\d.…_\s]*năm\s*[\d.…_\s]*|ngày\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4})\s*$`)
	stampOrDrafter  = regexp.MustCompile(`^(?:HỎA TỐC|THƯỢNG KHẨN|KHẨN|MẬT|TỐI MẬT|TUYỆT MẬT)$`)
	looksLikePage   = regexp.MustCompile(`^-?\s*\d{1,3}\s*-?$`)
	looksLikeRule   = regexp.MustCompile(`^[-_–—=*\s.]{3,}$`)
	letterOrFigures = regexp.MustCompile(`[\pL\d]`)
)

// find takes lines apart into the parts of the form. Lines come in the order in which a
// reader sees them, the left column of a head or foot before the right one.
func find(lines []piece, o Options) *paper {
	f := &finder{p: &paper{drawn: true}, o: o}
	for _, l := range lines {
		if t := tidy(l.text); letterOrFigures.MatchString(t) && !looksLikeRule.MatchString(t) {
			f.lines = append(f.lines, l)
		}
	}
	f.p.everything = lines
	f.cutAppendices()
	at := f.head()
	at = f.titleAndSubject(at)
	at = f.addressed(at)
	foot := f.foot(at)
	for _, l := range f.lines[min(at, foot):foot] {
		f.bodyLine(l)
	}
	return f.p
}

type finder struct {
	p     *paper
	o     Options
	lines []piece
}

func (f *finder) mark(l piece, field, box string) piece {
	l.at.Field, l.at.Box = field, box
	l.at.Words = short(l.text)
	return l
}

// cutAppendices leaves off what follows the foot.
func (f *finder) cutAppendices() {
	signed := false
	end := -1
	for i, l := range f.lines {
		t := tidy(l.text)
		signed = signed || beginsNowhere.MatchString(t)
		if signed && beginsAppendix.MatchString(t) && end < 0 {
			end = i
		}
		if beginsAppendix.MatchString(t) && signed {
			f.p.appendices++
		}
		if beginsEnclosed.MatchString(t) {
			f.p.enclosed = append(f.p.enclosed, f.mark(l, "appendices", ""))
			if end < 0 && signed {
				end = max(i-2, 0)
				f.p.appendices++
			}
		}
	}
	if end >= 0 {
		f.lines = f.lines[:end]
	}
}

// bare is a text without marks, blanks and case, to find what was written wrongly.
func bare(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		if unicode.IsLetter(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// head finds boxes 1 to 4 and 5b. It answers where the rest begins.
func (f *finder) head() int {
	p := f.p
	most := min(len(f.lines), 24)
	last := -1
	see := func(i int) { last = max(last, i) }
	for i := 0; i < most; i++ {
		l := f.lines[i]
		t := tidy(l.text)
		b := bare(t)
		switch {
		case p.state.none() && (strings.HasPrefix(b, "cộnghòaxãhội") || strings.HasPrefix(b, "cộnghoàxãhội") || strings.HasPrefix(b, "conghoa")):
			l.text = t
			p.state = f.mark(l, "", "1")
			see(i)
		case p.motto.none() && strings.HasPrefix(b, "độclập"):
			l.text = t
			p.motto = f.mark(l, "", "1")
			see(i)
		case p.number.none() && beginsNumber.MatchString(t):
			p.number = f.mark(l, "number", "3")
			see(i)
		case p.date.none() && l.column != 1 && headDate.MatchString(t):
			p.date = f.mark(l, "date", "4")
			see(i)
		case p.subject.none() && beginsAbout.MatchString(t):
			l.text = beginsAbout.ReplaceAllString(t, "")
			p.subject, p.about = f.mark(l, "subject", "5b"), true
			see(i)
		case p.about && l.column == 1 && i == last+1 && !beginsIntro.MatchString(t) && !stampOrDrafter.MatchString(t):
			p.subject.text += " " + t
			p.subject.at.Words = short(p.subject.text)
			see(i)
		case stampOrDrafter.MatchString(t) && i < 20:
			see(i)
		case beginsIntro.MatchString(t) || l.column == 0 && isTitle(t):
			most = i
		}
	}
	// What stands left, in capitals, above the number: who issues it.
	var names []piece
	for i := 0; i < len(f.lines) && i < 8; i++ {
		l := f.lines[i]
		t := tidy(l.text)
		if !p.number.none() && t == tidy(p.number.text) || l.column == 0 {
			break
		}
		if l.column == 1 && !beginsNumber.MatchString(t) && !beginsAbout.MatchString(t) && !beginsIntro.MatchString(t) && !looksLikePage.MatchString(t) && !stampOrDrafter.MatchString(t) {
			names = append(names, l)
			see(i)
		}
	}
	f.issuer(names)
	return last + 1
}

// issuer tells the superior from the agency: the last bold lines are the agency; without
// looks the last line is.
func (f *finder) issuer(names []piece) {
	if len(names) == 0 {
		return
	}
	from := len(names) - 1
	for from > 0 && names[len(names)-1].bold && names[from-1].bold {
		from--
	}
	for i, n := range names {
		if i < from {
			f.p.superior = append(f.p.superior, f.mark(n, "superior", "2"))
		} else {
			f.p.agency = append(f.p.agency, f.mark(n, "agency", "2"))
		}
	}
}

// titleAndSubject finds box 5a and says which type the document is of.
func (f *finder) titleAndSubject(at int) int {
	p := f.p
	if f.o.Type != "" {
		p.typ, p.typed = letter.TypeOf(f.o.Type)
	}
	if p.about {
		if !p.typed {
			p.typ, p.typed = letter.TypeOf(letter.OfficialLetter)
		}
		return at
	}
	for i := at; i < len(f.lines) && i < at+6; i++ {
		t := tidy(f.lines[i].text)
		typ, ok := typeByTitle(t)
		if !ok || f.lines[i].column != 0 {
			continue
		}
		if !p.typed {
			p.typ, p.typed = typ, true
		}
		p.title = f.mark(f.lines[i], "type", "5a")
		i++
		for ; i < len(f.lines); i++ {
			l := f.lines[i]
			s := tidy(l.text)
			if l.column != 0 || l.align == "both" || l.align == "" && !l.bold || beginsIntro.MatchString(s) || strings.HasPrefix(s, "Căn cứ") || endsIntro.MatchString(s) ||
				len(letter.Parse(s)) == 1 && letter.Parse(s)[0].Kind != letter.Para || !l.bold && !p.subject.none() {
				break
			}
			if p.subject.none() {
				p.subject = f.mark(l, "subject", "5a")
				p.subject.text = s
				continue
			}
			p.subject.text += " " + s
			p.subject.at.Words = short(p.subject.text)
		}
		return i
	}
	return at
}

func isTitle(t string) bool { _, ok := typeByTitle(t); return ok }

// typeByTitle knows the 29 names in capitals, also with more behind them.
func typeByTitle(t string) (letter.Type, bool) {
	if strings.ToUpper(t) != t {
		return letter.Type{}, false
	}
	var best letter.Type
	for _, typ := range letter.Types() {
		name := strings.ToUpper(typ.Name)
		if (t == name || strings.HasPrefix(t, name+" ")) && len(name) > len(strings.ToUpper(best.Name)) && len(t) < len(name)+60 {
			best = typ
		}
	}
	return best, best.Code != ""
}

// addressed finds box 9a.
func (f *finder) addressed(at int) int {
	p := f.p
	for i := at; i < len(f.lines) && i < at+4; i++ {
		t := tidy(f.lines[i].text)
		if !beginsIntro.MatchString(t) && !endsIntro.MatchString(t) {
			continue
		}
		p.intro = f.mark(f.lines[i], "addressees", "9a")
		if rest := strings.TrimSpace(strings.TrimLeft(beginsIntro.ReplaceAllString(t, ""), ": ")); rest != "" && !endsIntro.MatchString(t) {
			one := f.mark(f.lines[i], "addressees", "9a")
			one.text = rest
			p.addressees = append(p.addressees, one)
		}
		i++
		for ; i < len(f.lines); i++ {
			s := tidy(f.lines[i].text)
			dash := strings.HasPrefix(s, "-") || strings.HasPrefix(s, "–")
			// a line without a dash goes on with the one above while that did not end
			n := len(p.addressees)
			goesOn := n > 0 && !dash && !strings.HasSuffix(tidy(p.addressees[n-1].text), ".") && !f.lines[i].fresh && f.lines[i].align != "both" && strings.HasPrefix(tidy(p.addressees[n-1].text), "-")
			switch {
			case dash:
				p.addressees = append(p.addressees, f.mark(f.lines[i], "addressees", "9a"))
			case goesOn:
				p.addressees[n-1].text += " " + s
			default:
				return i
			}
			if strings.HasSuffix(s, ".") && dash {
				return i + 1
			}
		}
		return i
	}
	return at
}

// foot finds Nơi nhận and the signature. It answers where the body ends.
func (f *finder) foot(from int) int {
	p := f.p
	at := -1
	for i := len(f.lines) - 1; i >= from; i-- {
		if beginsNowhere.MatchString(tidy(f.lines[i].text)) {
			at = i
			break
		}
	}
	end := at
	if at >= 0 {
		p.nowhere = f.mark(f.lines[at], "recipients", "9b")
		for _, l := range f.lines[at+1:] {
			t := tidy(l.text)
			n := len(p.recipients)
			switch {
			case l.column == 2 || l.column == 0 && n > 0 && keptLine.MatchString(tidy(p.recipients[n-1].text)):
			case strings.HasPrefix(t, "-") || strings.HasPrefix(t, "–") || keptLine.MatchString(t) || n == 0 || l.fresh && l.column == 1 && !drafterOnly.MatchString(t):
				p.recipients = append(p.recipients, f.mark(l, "recipients", "9b"))
			case l.column == 1 && !drafterOnly.MatchString(t):
				p.recipients[n-1].text += " " + t
			}
		}
	}
	// The signature: capitals on the right, at the height of Nơi nhận or, without it, at the end.
	start := at
	if start < 0 {
		start = len(f.lines)
		for start > from && len(f.lines)-start < 8 {
			t := tidy(f.lines[start-1].text)
			if strings.ToUpper(t) == t && f.lines[start-1].column != 1 && len([]rune(t)) > 3 || f.lines[start-1].column == 2 || properShort(t) && f.lines[start-1].align != "both" {
				start--
				continue
			}
			break
		}
		end = start
	}
	for end > from && f.lines[end-1].column != 0 {
		end-- // the right column may come before the left one, and two may sign side by side
	}
	if end >= 0 {
		var left, right []piece
		for i, l := range f.lines[min(end, len(f.lines)):] {
			if l.column == 1 && end+i < at {
				left = append(left, l)
			} else {
				right = append(right, l)
			}
		}
		f.signature(left)
		f.signature(right)
	}
	if end < 0 {
		end = len(f.lines)
	}
	return end
}

var drafterOnly = regexp.MustCompile(`^\p{Lu}{1,6}\.?\s*\(\s*\d+\s*\)\.?$`)

func properShort(t string) bool {
	return len(strings.Fields(t)) >= 2 && len(strings.Fields(t)) <= 6 && properName(t) && !strings.ContainsAny(t, ".,;:0123456789")
}

func (f *finder) signature(lines []piece) {
	var s signer
	for _, l := range lines {
		t := tidy(l.text)
		if l.column == 1 && (strings.HasPrefix(t, "-") || !l.bold) || beginsNowhere.MatchString(t) || drafterOnly.MatchString(t) || strings.HasPrefix(t, "-") || strings.HasPrefix(t, "(") {
			continue
		}
		capitals := strings.ToUpper(t) == t
		switch {
		case l.column == 0 && !capitals && !properShort(t) && !academic.MatchString(t):
		case capitals && (len(s.lines) == 0 || s.name.none()) && !nameInCapitals(t, s):
			s.lines = append(s.lines, f.mark(l, "signatures", "7a"))
		default:
			if len(s.lines) > 0 {
				s.name = f.mark(l, "signatures", "7b")
			}
		}
	}
	if len(s.lines) > 0 || !s.name.none() {
		f.p.signers = append(f.p.signers, s)
	}
}

// nameInCapitals tells "NGUYỄN VĂN A" under a title from one more title.
func nameInCapitals(t string, s signer) bool {
	if len(s.lines) == 0 {
		return false
	}
	family := strings.Fields(t)[0]
	return slices.Contains([]string{"NGUYỄN", "TRẦN", "LÊ", "PHẠM", "HOÀNG", "NÔNG", "TRIỆU", "BẾ", "LƯƠNG", "LÝ", "VI", "HÀ", "ĐÀM", "ĐINH", "LA", "LỤC", "SẦM", "MÔNG", "VŨ", "VÕ", "ĐẶNG", "BÙI", "ĐỖ", "HỒ", "NGÔ", "DƯƠNG", "MA", "LÂM", "PHAN"}, family) && len(strings.Fields(t)) <= 5
}

// bodyLine puts one line to the body: as a paragraph, or behind the last one.
func (f *finder) bodyLine(l piece) {
	p := f.p
	if l.table {
		if n := len(p.body); n > 0 && p.body[n-1].table {
			p.body[n-1].text += "\n" + l.text
			return
		}
		p.body = append(p.body, para{l, letter.Block{Kind: letter.Table}})
		return
	}
	t := tidy(l.text)
	if looksLikePage.MatchString(t) {
		return
	}
	parsed := letter.Parse(t)
	if len(parsed) == 0 {
		return
	}
	b := parsed[0]
	n := len(p.body)
	if !l.fresh && n > 0 && !p.body[n-1].table && b.Kind == letter.Para {
		p.body[n-1].text += " " + t
		p.body[n-1].block.Text += " " + t
		return
	}
	l = f.mark(l, "body", "6")
	if b.Kind == letter.Para && strings.HasPrefix(t, "Căn cứ ") && f.basesGoOn() && (l.italic || strings.HasSuffix(t, ";") || strings.HasSuffix(t, ".") && n > 0) {
		b.Kind = letter.Basis
	}
	if b.Kind == letter.Para && n > 0 && p.body[n-1].block.Kind == letter.Basis && (l.italic || strings.HasPrefix(t, "Theo ") || strings.HasPrefix(t, "Xét ")) {
		b.Kind = letter.Basis
	}
	p.body = append(p.body, para{l, b})
}

// basesGoOn: nothing but bases and the authority stands above.
func (f *finder) basesGoOn() bool {
	for _, b := range f.p.body {
		if b.block.Kind != letter.Basis && b.block.Kind != letter.Centred {
			return false
		}
	}
	return true
}
