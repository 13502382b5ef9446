// SPDX-License-Identifier: Apache-2.0

package print

import (
	"io"
	"strings"
	"time"
)

// An OfficialLetter is an administrative document in the layout of Decree
// 30/2020, Appendix I: an official letter (công văn) when Kind is empty, else a
// named type such as "QUYẾT ĐỊNH".
type OfficialLetter struct {
	Superior string // cơ quan chủ quản, one line or more
	Agency   string
	Number   string // "05/QĐ-BDT", printed after "Số: "
	Place    string // "Cao Bằng"
	On       time.Time
	Urgency  string // "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC" or empty

	Kind      string // tên loại; empty for an official letter
	Subject   string // trích yếu; printed after "V/v " in an official letter
	Authority string // "TRƯỞNG BAN BAN DÂN TỘC", above the legal bases
	Bases     []string
	Formula   string   // "QUYẾT ĐỊNH:", between bases and articles
	To        []string // Kính gửi
	Body      []Paragraph

	Signer     Signer
	Recipients []string // Nơi nhận, without the dashes
	Drafter    string   // "PL.(300)": drafter's mark and number of copies
	Address    string   // at the foot of the first page; may be empty

	At   time.Time // the file's creation time
	Mark string
}

// A Paragraph is one paragraph of a body.
type Paragraph struct {
	Lead   string // run in bold before the text: "Điều 1."
	Text   string
	Bold   bool // a heading
	Center bool
}

// Margins of the page and sizes of type, the defaults among what the decree allows.
const (
	letterLeft, letterRight = 30.0, 20.0
	letterTop, letterBottom = 20.0, 20.0
	headLeft                = 66.0 // width of the agency's block; the motto's block has the rest
	bodySize                = 14.0
	indent                  = 12.7
)

// A letterhead is the two blocks that open every official sheet (ô số 1 to 4).
type letterhead struct {
	Superior, Agency, Number, Date string
	Below                          string // "V/v …", under the number
}

// head draws the opening blocks and returns the y below them and below the number.
func (p *paper) head(y float64, h letterhead) (float64, float64) {
	left, right := letterLeft-10, p.w-letterRight+5
	lx, lw := left, headLeft
	rx, rw := left+headLeft, right-left-headLeft

	ry := p.block(rx, y, rw, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold, 12, Center)
	x, w := p.at(rx, ry, rw, "Độc lập - Tự do - Hạnh phúc", bold, 13, Center)
	ry += lineMM(13) + 0.7
	p.line(x, ry, x+w, ry)

	ly := y
	if h.Superior != "" {
		ly = p.balanced(lx, ly, lw, h.Superior, regular, 12)
	}
	ly = p.balanced(lx, ly, lw, h.Agency, bold, 12) + 0.7
	rule := min(width(clean(h.Agency), bold, 12)*0.4, lw*0.4)
	p.line(lx+(lw-rule)/2, ly, lx+(lw+rule)/2, ly)

	y = max(ly, ry) + 3
	if h.Date != "" {
		p.block(rx, y, rw, h.Date, italic, 13, Center)
	}
	if h.Number != "" {
		y = p.block(lx, y, lw, h.Number, regular, 13, Center)
	} else {
		y += lineMM(13)
	}
	number := y
	if h.Below != "" {
		number = p.balanced(lx+2, y+6*point, lw-4, h.Below, regular, 12)
	}
	return max(y, number), number
}

// Letter writes an official letter or a named document as PDF with its text as
// text. Equal input gives equal bytes.
func Letter(w io.Writer, l OfficialLetter) error {
	p := newPaper("P", strings.TrimSpace(l.Kind+" "+l.Subject), l.At, l.Mark)
	t := &typist{p: p}
	p.page()
	h := letterhead{Superior: l.Superior, Agency: l.Agency, Number: "Số: " + orDots(l.Number), Date: PlaceAndDate(l.Place, l.On)}
	if l.Kind == "" {
		h.Below = "V/v " + l.Subject
	}
	t.bottom = p.h - letterBottom
	if l.Address != "" {
		t.bottom -= p.foot(l.Address)
	}
	y, _ := p.head(letterTop-5, h)
	if l.Urgency != "" {
		y = p.urgency(letterLeft-5, y+3, l.Urgency)
	}
	t.y = y + 4
	t.x, t.w = letterLeft, p.w-letterLeft-letterRight
	t.title(l)
	t.addressees(l.To)
	t.authority(l)
	for _, b := range l.Body {
		t.paragraph(b)
	}
	t.signatures(l)
	if l.Mark != "" {
		p.numberPages(p.pdf.PageCount() + 1) // the mark only: letters number their pages at the head
	}
	return p.output(w)
}

// urgency draws the urgency stamp (dấu chỉ mức độ khẩn): a red frame.
func (p *paper) urgency(x, y float64, text string) float64 {
	text = clean(text)
	wide := 30.0
	switch n := len([]rune(text)); {
	case n <= 4:
		wide = 20
	case n > 8:
		wide = 40
	}
	p.ink(red)
	p.box(x, y, wide, 8)
	p.at(x, y+(8-lineMM(13))/2, wide, text, bold, 13, Center)
	p.ink(black)
	return y + 8
}

// foot draws the address line of the first page and returns its height.
func (p *paper) foot(text string) float64 {
	lines := wrapMM(text, regular, 11, p.w-letterLeft-letterRight)
	high := float64(len(lines))*lineMM(11) + 1
	y := p.h - letterBottom + 5 - high
	p.line(letterLeft, y, p.w-letterRight, y)
	for i, l := range lines {
		p.at(letterLeft, y+1+float64(i)*lineMM(11), p.w-letterLeft-letterRight, l, regular, 11, Center)
	}
	return high
}

// A typist sets running text and turns pages.
type typist struct {
	p       *paper
	x, y, w float64
	bottom  float64 // of the page's room for text
	pages   int     // turned so far
}

// need turns the page when less than the height is left; pages after the first
// carry their number centred in the top margin.
func (t *typist) need(mm float64) {
	if t.y+mm <= t.bottom {
		return
	}
	t.p.page()
	t.pages++
	t.bottom = t.p.h - letterBottom
	t.p.at(0, letterTop-lineMM(13)-3, t.p.w, itoa(t.pages+1), regular, 13, Center)
	t.y = letterTop
}

func (t *typist) centred(s string, st style, size float64) {
	for _, l := range wrapMM(s, st, size, t.w-10) {
		t.need(lineMM(size))
		t.p.at(t.x, t.y, t.w, l, st, size, Center)
		t.y += lineMM(size)
	}
}

func (t *typist) title(l OfficialLetter) {
	if l.Kind == "" {
		return
	}
	t.centred(l.Kind, bold, bodySize)
	t.centred(l.Subject, bold, bodySize)
	rule := min(width(clean(l.Subject), bold, bodySize), t.w-10) * 0.4
	t.p.line(t.x+(t.w-rule)/2, t.y+1, t.x+(t.w+rule)/2, t.y+1)
	t.y += 5
}

// addressees draws "Kính gửi": one on the same line, several on a line each,
// their dashes under the colon.
func (t *typist) addressees(to []string) {
	if len(to) == 0 {
		return
	}
	t.y += 2
	const label = "Kính gửi:"
	lw := width(label, regular, bodySize)
	x := t.x + 25
	t.p.at(x, t.y, 0, label, regular, bodySize, Left)
	if len(to) == 1 {
		t.y = t.p.block(x+lw+2, t.y, t.x+t.w-x-lw-2, to[0], regular, bodySize, Left)
	} else {
		t.y += lineMM(bodySize)
		for i, a := range to {
			end := ";"
			if i == len(to)-1 {
				end = "."
			}
			t.need(lineMM(bodySize))
			t.y = t.p.block(x+lw-1, t.y, t.x+t.w-x-lw+1, "- "+a+end, regular, bodySize, Left)
		}
	}
	t.y += 4
}

func (t *typist) authority(l OfficialLetter) {
	if l.Authority != "" {
		t.y += 1
		t.centred(l.Authority, bold, bodySize)
		t.y += 3
	}
	for i, b := range l.Bases {
		end := ";"
		if i == len(l.Bases)-1 {
			end = "."
		}
		t.flow("", strings.TrimRight(b, ";.")+end, italic)
	}
	if l.Formula != "" {
		t.y += 2
		t.need(3 * lineMM(bodySize))
		t.centred(l.Formula, bold, bodySize)
		t.y += 3
	}
}

func (t *typist) paragraph(b Paragraph) {
	switch {
	case b.Center:
		t.need(2 * lineMM(bodySize))
		t.centred(b.Text, bold, bodySize)
		t.y += 6 * point
	case b.Bold:
		t.need(2 * lineMM(bodySize))
		t.flow("", b.Text, bold)
	default:
		t.flow(b.Lead, b.Text, regular)
	}
}

// flow sets a justified paragraph with a first line indent and, before it, a
// lead in bold.
func (t *typist) flow(lead, text string, st style) {
	lead, text = clean(lead), clean(text)
	first := indent
	if lead != "" {
		first += width(lead+" ", bold, bodySize)
	}
	f := faces()[st]
	units := func(mm float64) int { return int(mm * 1000 / (bodySize * point)) }
	// The first line is shorter: break it alone, then the rest.
	head, rest := firstLine(&f, text, units(t.w-first))
	lines := []string{head}
	if rest != "" {
		lines = append(lines, f.wrap(rest, units(t.w))...)
	}
	for i, l := range lines {
		if i == 0 && len(lines) > 1 {
			t.need(2 * lineMM(bodySize)) // no single line at the foot
		}
		t.need(lineMM(bodySize))
		x := t.x
		if i == 0 {
			x += first
			if lead != "" {
				t.p.at(t.x+indent, t.y, 0, lead, bold, bodySize, Left)
			}
		}
		if i == len(lines)-1 || !strings.Contains(l, " ") {
			t.p.at(x, t.y, 0, l, st, bodySize, Left)
		} else {
			t.p.justified(x, t.y, t.x+t.w-x, l, st, bodySize)
		}
		t.y += lineMM(bodySize)
	}
	t.y += 6 * point
}

// firstLine splits off what fits on a first, shorter line.
func firstLine(f *face, text string, width int) (string, string) {
	text = strings.Join(strings.Fields(text), " ")
	used, cut := 0, 0
	for i, r := range text {
		if r == ' ' {
			cut = i
		}
		if used += f.width(string(r)); used > width && cut > 0 {
			return text[:cut], text[cut+1:]
		}
	}
	return text, ""
}

// signatures draws the recipients on the left and the signer on the right, at
// the same height and never torn apart (ô số 7 và 9b).
func (t *typist) signatures(l OfficialLetter) {
	p, half := t.p, t.w/2
	var list []string
	for i, r := range l.Recipients {
		end := ";"
		if i == len(l.Recipients)-1 {
			end = "."
		}
		list = append(list, wrapMM("- "+strings.TrimRight(r, ";.")+end, regular, 11, half-4)...)
	}
	high := max(lineMM(12)+float64(len(list)+1)*lineMM(11), float64(len(l.Signer.Titles)+1)*lineMM(bodySize)+30)
	t.y += 2
	t.need(high)
	y := t.y
	if len(list) > 0 {
		p.at(t.x, y, 0, "Nơi nhận:", boldItalic, 12, Left)
		y += lineMM(12)
		for _, s := range list {
			p.at(t.x, y, 0, s, regular, 11, Left)
			y += lineMM(11)
		}
	}
	if l.Drafter != "" {
		p.at(t.x, y, half-4, clean(l.Drafter), regular, 11, Right)
	}
	p.sign(t.x+half, t.y, half, l.Signer, bodySize)
}
