// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"
	"unicode"

	"soviec/kit/civil"
	"soviec/kit/pattern"
)

// The urgency marks (mức độ khẩn) in rising order.
const (
	Normal     = 0 // thường
	Urgent     = 1 // khẩn
	VeryUrgent = 2 // thượng khẩn
	Express    = 3 // hỏa tốc
)

// A Proposal is what the text of an official document says about itself, for a
// clerk to accept or correct. What cannot be told is left empty: an empty field
// costs a look, a wrong one a wrong entry in the register.
type Proposal struct {
	NumberRaw    string     // as printed, spaces around marks off
	Number       string     // "454", "22/2011"
	Notation     string     // "UBND-NCTH"
	TypeAbbrev   string     // "QĐ"; "" for a công văn
	Type         string     // "Quyết định", "Công văn"
	Issuer       string     // the body that issued it: the lowest in the head
	ParentIssuer string     // the body above it, when it is printed
	Place        string     // địa danh
	Date         civil.Date // of the document; zero when it is not printed
	Subject      string     // trích yếu without "V/v", on one line
	Addressee    string     // after "Kính gửi", several joined by "; "
	Urgency      int        // by the mark alone, never by words of the text
	DueDates     []string   // "2026-03-31", "Q1/2026", "M12/2025", "yearly 11-30"
	Signer       string
	SignerTitle  string // "Phó Chủ tịch"
	SignMode     string // quyền hạn ký: "TM. Ủy ban nhân dân; KT. Chủ tịch"
}

// maxProposed is how much text is looked at, from the front and from the end:
// what it says about itself stands on the first page and around the signature.
const maxProposed = 64 << 10

// Propose reads what a document says about itself from the text of its first
// page, or of all its pages (signer and deadlines stand further back). The text
// may come from a text layer with its columns apart or run together, from a
// page of the web, or from text recognition.
func Propose(text string) Proposal {
	if len(text) > 2*maxProposed {
		text = text[:maxProposed] + "\n" + text[len(text)-maxProposed:]
	}
	text = Clean(text)
	var p Proposal
	h := readHead(text)
	n := ParseNumber(h.number)
	if h.number != "" {
		p.NumberRaw, p.Number, p.Notation = n.Raw, n.Number, n.Notation
	}
	p.Place, p.Date, p.Urgency = h.place, h.date, h.urgency
	title := findTitle(h.rest, n)
	switch {
	case title.name != "":
		p.Type, p.TypeAbbrev = title.name, n.TypeAbbrev
		if p.TypeAbbrev == "" || n.TypeName() != title.name {
			p.TypeAbbrev = abbrevOf(title.name)
		}
	case n.TypeAbbrev != "" && !h.regarding():
		p.Type, p.TypeAbbrev = n.TypeName(), n.TypeAbbrev
	case h.number != "" || h.regarding():
		p.Type = "Công văn"
	}
	c := newCasing(h.rest)
	p.ParentIssuer, p.Issuer = issuers(h.left, c)
	p.Subject = subject(h, title, text, c)
	p.Addressee = addressee(h.rest)
	p.DueDates = dueDates(h.rest, p.Date)
	s := readSignature(text, p.Issuer)
	p.Signer, p.SignerTitle, p.SignMode = s.name, s.title, s.mode
	return p
}

// head is the upper part of a first page taken apart.
type head struct {
	left    []string // lines of the issuer's column
	number  string   // what follows "Số:"
	place   string
	date    civil.Date
	urgency int
	rest    string // what follows the number: subject, title, text
}

// headLines is how many lines the head may take, in the worst of layouts.
const headLines = 45

var (
	nation  = pattern.Of(`(?i)C[ỘO]NG\s+H(?:ÒA|OÀ|OA)\s+X[ÃA]\s+H[ỘO]I\s+CH[ỦU]\s+NGH[ĨI]A\s+VI[ỆE]T(\s+NAM\b)?`)
	motto   = pattern.Of(`(?i)Độc\s+lập\s*[-–—_.]*\s*Tự\s+do\s*[-–—_.]*\s*Hạnh\s+phúc`)
	party   = pattern.Of(`ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM`)
	nationA = pattern.Of(`(?m)(^|\s)CỘNG\s+H(?:ÒA|OÀ)(?:\s+XÃ)?(?:\s+HỘI)?(?:[ \t]+CHỦ)?(?:[ \t]+NGHĨA)?[ \t]*$`)
	nationB = pattern.Of(`(?m)(^|\s)(?:XÃ[ \t]+)?(?:HỘI[ \t]+)?CHỦ[ \t]+NGHĨA(?:[ \t]+VIỆT)?(?:[ \t]+NAM)?[ \t]*$`)
	orphan  = pattern.Of(`(?m)(^|[ \t]{2,})[ \t]*(?:VIỆT[ \t]+)?NAM[ \t]*$`)
	rules   = pattern.Of(`[-_–—=*~•.]{3,}|(?m)^[ \t]*[-_–—=*~•.;]+[ \t]*$`)

	dated    = pattern.Of(`(?i)(?:,|\.|\n|^|[ \t]{2}|\|)[ \t]*ng[àa]y\s*(\d{1,2})\s*th[áa]ng\s*(\d{1,2})\s*n[ăa]m\s*(\d{4})\.?`)
	undated  = pattern.Of(`(?i)[^\n|]*ngày[\s.…]*tháng[\s.…\d]*năm\s*(?:\d{4})?`)
	numbered = pattern.Of(`(?m)(?:^|\||[ \t]{2})[ \t]*(?:Luật |Nghị quyết |Pháp lệnh |Thông tư |Văn bản )?(?:Số|SỐ|Sô|số)[ \t]*[:.;]?\s*`)
	digits   = pattern.Of(`^(?:\d{1,6}(?:bis|[a-z]{1,2})?)?[\s.…]*(?:/\s*(?:19|20)\d\d\s*)?[/\-–—][ \t]*[\pL\d][\pL\d&.]*`)
	more     = pattern.Of(`^([ \t]?)[-–—/]([ \t]?)([\pL\d&.]+)`)
	regard   = pattern.Of(`(?m)(?:^|\||[ \t]{2})[ \t]*(?:[Vv]\s*/\s*[vV]|V/V|V\.v|Về việc|VỀ VIỆC|Về|Trích yếu)(?:[ \t]*[:.][ \t]*|[ \t]+|[ \t]*\n)`)
	urgents  = pattern.Of(`(?m)(?:^|\||[ \t]{2})[ \t]*["“(\[]?(HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN|Hỏa tốc|Hoả tốc|Thượng khẩn|Khẩn)((?:[ \t]+(?:HẸN GIỜ|hẹn giờ))?[^\n|\pL]*)(?:$|\||[ \t]{2})`)
	bodyOf   = pattern.Of(`(?m)^[ \t|]*(?:Kính\s+gửi|Căn\s+cứ|Điều\s+1\b|Nơi\s+nhận)`)
)

// The parts of a head are found wherever their words stand, over line breaks,
// and taken out one by one; what remains in front of the number is the issuer.
func readHead(text string) head {
	var h head
	top, body := split(text)
	top = nation.ReplaceAllStringFunc(top, func(s string) string {
		if strings.HasSuffix(strings.ToUpper(s), "NAM") {
			return "    "
		}
		return "   \x02" // "NAM" is still to come
	})
	cut := strings.Contains(top, "\x02")
	top = strings.ReplaceAll(top, "\x02", "")
	if t := nationB.ReplaceAllString(nationA.ReplaceAllString(top, "$1"), "$1"); t != top {
		top, cut = t, true
	}
	top = motto.ReplaceAllString(party.ReplaceAllString(top, "    "), "    ")
	top = rules.ReplaceAllString(top, "    ")
	if cut {
		top = orphan.ReplaceAllString(top, "$1")
	}
	top = h.takeUrgency(top)
	before, after, found := h.takeNumber(top)
	before = h.takeDate(before)
	after = h.takeDate(after)
	if !found { // the head ends where the date stood, or where the title begins
		before, after = splitUnnumbered(before)
	}
	for line := range strings.Lines(before) {
		for _, cell := range cellEdge.Split(strings.TrimSpace(line), -1) {
			if cell = strings.Trim(cell, " \n-_*|.,"); cell != "" {
				h.left = append(h.left, cell)
			}
		}
	}
	h.rest = after + "\n" + body
	return h
}

// split cuts a text where its own text begins.
func split(text string) (top, body string) {
	end, n := len(text), 0
	at := 0
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "" {
			n++
		}
		if n > headLines {
			end = at
			break
		}
		at += len(line)
	}
	if m := bodyOf.FindStringIndex(text[:end]); m != nil {
		end = m[0]
	}
	return text[:end], text[end:]
}

func (h *head) takeUrgency(top string) string {
	m := urgents.FindStringSubmatchIndex(top)
	if m == nil {
		return top
	}
	switch strings.ToUpper(top[m[2]:m[3]]) {
	case "KHẨN":
		h.urgency = Urgent
	case "THƯỢNG KHẨN":
		h.urgency = VeryUrgent
	default:
		h.urgency = Express
	}
	return top[:m[2]] + "  " + top[m[1]:]
}

func (h *head) takeNumber(top string) (before, after string, found bool) {
	for _, m := range numbered.FindAllStringIndex(top, -1) {
		rest := top[m[1]:]
		d := digits.FindStringIndex(rest)
		if d == nil {
			continue
		}
		end := d[1]
		for {
			n := more.FindStringSubmatchIndex(rest[end:])
			if n == nil {
				break
			}
			spaced := n[2] != n[3] || n[4] != n[5]
			if spaced && !abbreviation(rest[end+n[6]:end+n[7]]) {
				break
			}
			end += n[1]
		}
		h.number = strings.TrimRight(plainNumber(strings.Join(strings.Fields(rest[:end]), " ")), ".")
		return top[:m[0]], "    " + rest[end:], true
	}
	return top, "", false
}

// abbreviation tells "VX" and "TTr" from the "Cao" of "Cao Bằng".
func abbreviation(s string) bool {
	upper, all := 0, 0
	for _, r := range s {
		all++
		if unicode.IsUpper(r) {
			upper++
		}
	}
	return upper >= 2 && 2*upper >= all
}

func (h *head) takeDate(s string) string {
	if h.date.IsZero() {
		for _, m := range dated.FindAllStringSubmatchIndex(s, -1) {
			d, ok := dateOf(s[m[2]:m[3]], s[m[4]:m[5]], s[m[6]:m[7]])
			if !ok {
				continue
			}
			h.date = d
			start := m[0]
			if s[start] == ',' || s[start] == '.' {
				h.place, start = placeBefore(s[:start])
			}
			return s[:start] + "\n    \n" + s[m[1]:]
		}
	}
	return undated.ReplaceAllString(s, "    ")
}

// placeBefore is the name in front of ", ngày": back to the edge of its column,
// and over a line break when the name was broken.
func placeBefore(s string) (place string, start int) {
	start = strings.LastIndexAny(s, "\n|") + 1
	if gap := strings.LastIndex(s[start:], "  "); gap >= 0 {
		start += gap + 2
	}
	place = strings.TrimSpace(s[start:])
	if n := len(strings.Fields(place)); n == 0 || n > 6 {
		return "", start
	}
	if start > 0 && s[start-1] == '\n' {
		above := s[:start-1]
		from := strings.LastIndexAny(above, "\n|") + 1
		if word := strings.TrimSpace(above[from:]); titleWords(word) && len(strings.Fields(word)) <= 2 {
			return word + " " + place, from
		}
	}
	return place, start
}

// titleWords tells a line of words that each begin with a capital, and are no
// capitals throughout.
func titleWords(s string) bool {
	for _, w := range strings.Fields(s) {
		r := []rune(w)
		if !unicode.IsUpper(r[0]) || len(r) < 2 {
			return false
		}
		for _, c := range r[1:] {
			if !unicode.IsLower(c) {
				return false
			}
		}
	}
	return s != ""
}

// splitUnnumbered cuts a head without a number where something begins that is
// not the name of a body.
func splitUnnumbered(s string) (before, after string) {
	at := 0
	for line := range strings.Lines(s) {
		t := strings.TrimSpace(line)
		if t != "" && (!capitals(cellEdge.Split(t, 2)[0]) || typeTitle(t) != "") || regard.MatchString(line) {
			return s[:at], s[at:]
		}
		at += len(line)
	}
	return s, ""
}

// regarding tells a subject that is marked as one ("V/v").
func (h *head) regarding() bool {
	top, _ := split(h.rest)
	return regard.MatchString(top) && findTitle(top, Number{}).name == ""
}
