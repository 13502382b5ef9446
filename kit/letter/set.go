// SPDX-License-Identifier: Apache-2.0

package letter

import (
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// A setter sets one letter.
type setter struct {
	l       Letter
	o       Options
	p       Profile
	c       *canvas
	boxes   []Box
	in      *element // where the body's paragraphs belong
	x, w    float64  // column of the text
	high    float64  // of the page
	wide    float64
	section int // number of the page within its part: the document, an appendix
	room    float64
	left    float64 // where the row of number and date ends, on the left
	right   float64 // and on the right
}

// Set makes the pages of a letter by the geometry of Appendix I and writes them as
// PDF/A-2b.
func Set(l Letter, o Options) (Result, error) {
	if err := l.Validate(); err != nil {
		return Result{}, err
	}
	if o.Profile == (Profile{}) {
		o.Profile = DefaultProfile
	}
	if err := o.Profile.Validate(); err != nil {
		return Result{}, err
	}
	if o.Copy != nil {
		if err := o.Copy.Validate(); err != nil {
			return Result{}, err
		}
		l = l.paperSigned()
	}
	t := &setter{l: l, o: o, p: o.Profile, c: &canvas{root: &element{tag: "Document"}}}
	t.document()
	for i := range l.Appendices {
		t.appendix(i)
	}
	b, err := t.c.file(l.fileTitle(), o)
	if err != nil {
		return Result{}, err
	}
	return Result{PDF: b, Pages: len(t.c.sheets), Boxes: t.boxes}, nil
}

// clean composes letters; what cannot be seen is dropped.
func clean(s string) string { return norm.NFC.String(s) }

// fileTitle is what a reader's window shows.
func (l Letter) fileTitle() string {
	name := l.Title()
	if name == "" {
		if t, ok := TypeOf(l.Type); ok {
			name = strings.ToUpper(t.Name)
		}
	}
	number := ""
	if l.Number != "" {
		number = l.Designation()
	}
	return squeeze(clean(strings.Join([]string{name, number, l.Subject}, " ")))
}

// paper chooses the page and its column.
func (t *setter) paper(landscape bool) {
	t.wide, t.high = 210, 297
	if landscape {
		t.wide, t.high = 297, 210
	}
	t.x, t.w = t.p.Left, t.wide-t.p.Left-t.p.Right
	t.section = 0
}

// turn opens the next page of a part. All but the first show their number in the middle of
// the top margin.
func (t *setter) turn() (*sheet, float64) {
	s := t.c.sheet(t.wide, t.high, &t.boxes)
	t.section++
	t.room = t.high - t.p.Bottom
	if t.section > 1 {
		const size = 13
		text := strconv.Itoa(t.section)
		w := width(text, upright, size)
		s.words((t.wide-w)/2, (t.p.Top-lineHigh(size))/2+1, text, upright, size, nil)
		s.box("page", (t.wide-w)/2, (t.p.Top-lineHigh(size))/2+1, w, lineHigh(size))
	}
	return s, t.p.Top
}

// document sets the first part.
func (t *setter) document() {
	t.paper(t.l.Landscape)
	s, y := t.turn()
	t.strip(s)
	t.room = t.foot(s)
	y = t.letterhead(s, y)
	number := t.numberAndDate(s, y+2)
	below := t.about(s, number)
	stamp := below
	if t.l.Urgency != 0 {
		stamp = t.urgency(s, below+2)
	}
	y = stamp
	if name := t.l.Title(); name != "" {
		y = number + 4
		if t.l.Urgency != 0 {
			y = number + 3
		}
		y = t.title(s, y, name, t.l.Subject, stamp+0.5)
		y = max(y, stamp)
	} else if t.l.Type != OfficialLetter && t.l.Subject != "" {
		y = t.title(s, number+4, "", t.l.Subject, 0)
	}
	t.in = t.c.root.add("Sect")
	items := t.addressees()
	if n := len(items); n > 0 && t.l.Type != Telegram {
		items[n-1].keep = true
	}
	body := t.body(t.l.Body)
	if len(body) > 0 && len(items) > 0 {
		body[0].gap = max(body[0].gap, t.p.Paragraph*pt*1.5)
	}
	items = append(items, body...)
	items = t.end(items, t.l)
	if c := t.o.Copy; c != nil {
		if n := len(items); n > 0 {
			items[n-1].keep = true // the copy's form stands on the sheet on which the text ends
		}
		items = append(items, t.copyForm(*c))
	}
	t.pour(items, s, y)
}

// end appends what closes the document; the last two lines of its text stay with it.
func (t *setter) end(items []item, l Letter) []item {
	if len(l.Signatures) == 0 && len(l.Recipients) == 0 && l.Drafter == "" && l.Confirmation == "" {
		return items
	}
	for i := max(0, len(items)-2); i < len(items); i++ {
		items[i].keep = true
	}
	items = append(items, t.closing(l.Signatures, l.Recipients, l.DrafterMark())...)
	return append(items, t.confirmation()...)
}

func (t *setter) pour(items []item, s *sheet, y float64) (*sheet, float64) {
	top := y
	first := s
	s, y = flow(items, s, y, func(*sheet) float64 { return t.room }, t.turn)
	if first == s {
		s.box("6", t.x, top, t.w, y-top)
	} else {
		first.box("6", t.x, top, t.w, t.high-t.p.Bottom-top)
	}
	return s, y
}

// appendix sets a phụ lục or a promulgated text on pages of its own, numbered anew.
func (t *setter) appendix(i int) {
	a := t.l.Appendices[i]
	t.paper(a.Landscape)
	s, y := t.turn()
	size := t.p.Title
	if a.Type != "" {
		y = t.letterhead(s, y) + 4
		y = s.centred(t.x, y, t.w, balanced(t.l.Heading(i), strong, size, t.w), size, t.c.root.add("H1"))
	} else {
		y = s.centred(t.x, y, t.w, balanced(t.l.Heading(i), strong, 14, t.w), 14, t.c.root.add("H1"))
	}
	if a.Title != "" {
		title := clean(a.Title)
		if a.Type == "" {
			title = strings.ToUpper(title)
		}
		y = s.centred(t.x+10, y, t.w-20, balanced(title, strong, size, t.w-20), size, t.c.root.add("P"))
	}
	under := balanced(t.l.Enclosed(i, t.o.Electronic), slanted, size, t.w)
	y = s.centred(t.x, y, t.w, under, size, t.c.root.add("P"))
	rule := widest(under) * partOf
	y += ruleGap
	s.rule(t.x+(t.w-rule)/2, t.x+(t.w+rule)/2, y, thin)
	t.in = t.c.root.add("Sect")
	t.pour(t.body(a.Body), s, y+2)
}
