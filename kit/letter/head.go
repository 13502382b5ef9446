// SPDX-License-Identifier: Apache-2.0

package letter

import (
	"strings"
)

// columns are the two of a letterhead: 66 and 94 mm of a width of 160, the right one never
// narrower than the state's name.
func (t *setter) columns() (left, right float64) {
	right = max(t.w*94/160, width(State, strong, t.p.State)+1.5)
	return t.w - right, right
}

// rules of the letterhead
const (
	thin    = 0.75 // points
	partOf  = 0.4  // of the length of a text: between a third and a half
	ruleGap = 0.8  // between a text and the rule under it
)

// letterhead draws boxes 1 and 2 and gives the y below them.
func (t *setter) letterhead(s *sheet, y float64) float64 {
	lw, rw := t.columns()
	rx := t.x + lw

	in := t.c.root.add("P")
	top := y
	ly := y
	if t.l.Superior != "" {
		ly = s.centred(t.x, ly, lw, balanced(strings.ToUpper(clean(t.l.Superior)), upright, t.p.Issuer, lw-1), t.p.Issuer, in)
	}
	agency := balanced(strings.ToUpper(clean(t.l.Agency)), strong, t.p.Issuer, lw-1)
	ly = s.centred(t.x, ly, lw, agency, t.p.Issuer, in)
	rule := widest(agency) * partOf
	s.rule(t.x+(lw-rule)/2, t.x+(lw+rule)/2, ly+ruleGap, thin)
	s.box("2", t.x, top, lw, ly+ruleGap-top)

	in = t.c.root.add("P")
	w := width(State, strong, t.p.State)
	s.words(rx+(rw-w)/2, y, State, strong, t.p.State, in)
	ry := y + lineHigh(t.p.State)
	w = width(Motto, strong, t.p.Motto)
	s.words(rx+(rw-w)/2, ry, Motto, strong, t.p.Motto, in)
	ry += lineHigh(t.p.Motto)
	s.rule(rx+(rw-w)/2, rx+(rw+w)/2, ry+ruleGap, thin)
	s.box("1", rx, top, rw, ry+ruleGap-top)
	return max(ly, ry) + ruleGap
}

// numberAndDate draws boxes 3 and 4, with fields where they are not known yet.
func (t *setter) numberAndDate(s *sheet, y float64) float64 {
	lw, rw := t.columns()
	kind, _ := TypeOf(t.l.Type)
	high := max(lineHigh(t.p.Number), lineHigh(t.p.Date))
	base := y + high - under(t.p.Number)
	if kind.Numbered {
		t.number(s, y, base, lw)
	}
	t.left, t.right = y+high, y+high
	if kind.Dated {
		t.right = max(t.right, t.date(s, y, base, t.x+lw, rw))
	}
	s.box("3", t.x, y, lw, high)
	return t.right
}

// roomForNumber is the widest number that a field takes.
const roomForNumber = "8888b"

func (t *setter) number(s *sheet, y, base, lw float64) {
	size, in := t.p.Number, t.c.root.add("P")
	if t.l.Number != "" {
		text := NumberLine(t.l.Number, t.l.Notation)
		lines := balanced(text, upright, size, lw)
		s.base(t.x+(lw-lines[0].wide)/2, base, lines[0].text(), upright, size, in)
		return
	}
	const label = "Số: "
	room, tail, align := width(roomForNumber, upright, size), "", int64(2)
	if t.l.Notation != "" {
		tail = "/" + t.l.Notation
	} else {
		room, align = min(lw-width(label, upright, size)-2, 36), 0
	}
	w := width(label+tail, upright, size) + room
	x := t.x + max(0, (lw-w)/2)
	s.base(x, base, label, upright, size, in)
	x += width(label, upright, size)
	if t.o.Fields {
		top := base + under(size) - lineHigh(size)
		s.fields = append(s.fields, formField{name: FieldNumber, label: "Số văn bản", x: x, y: top, w: room, h: lineHigh(size), cut: upright, size: size, align: align})
		s.box(FieldNumber, x, top, room, lineHigh(size))
	}
	s.base(x+room, base, tail, upright, size, in)
}

func (t *setter) date(s *sheet, y, base, rx, rw float64) float64 {
	size, in := t.p.Date, t.c.root.add("P")
	place := clean(t.l.Place)
	s.box("4", rx, y, rw, lineHigh(size))
	text := strings.TrimPrefix(PlaceAndDate("", t.l.Date), ", ")
	if t.l.Date.IsZero() && t.o.Fields {
		text = "ngày 30 tháng 10 năm 2026" // as wide as any
	}
	lead := place + ", "
	w := width(lead+text, slanted, size)
	if w > rw { // the long name of a place stands on lines of its own
		lines := balanced(place+",", slanted, size, rw)
		base = s.centred(rx, y, rw, lines, size, in) + lineHigh(size) - under(size)
		lead, w = "", width(text, slanted, size)
	}
	x := rx + (rw-w)/2
	if !t.l.Date.IsZero() || !t.o.Fields {
		s.base(x, base, lead+text, slanted, size, in)
		return base + under(size)
	}
	lead += "ngày "
	s.base(x, base, lead, slanted, size, in)
	from := x + width(lead, slanted, size)
	top := base + under(size) - lineHigh(size)
	f := formField{name: FieldDate, label: "Ngày, tháng, năm ban hành", x: from, y: top, w: x + w - from + 1, h: lineHigh(size), cut: slanted, size: size}
	s.fields = append(s.fields, f)
	s.box(FieldDate, f.x, f.y, f.w, f.h)
	return base + under(size)
}

// about draws box 5b, "V/v …" under the number of a công văn.
func (t *setter) about(s *sheet, y float64) float64 {
	if t.l.Title() != "" || t.l.Type != OfficialLetter || t.l.Subject == "" {
		return y
	}
	lw, _ := t.columns()
	y = t.left + 6*pt
	end := s.centred(t.x, y, lw, balanced("V/v "+clean(t.l.Subject), upright, t.p.About, lw-4), t.p.About, t.c.root.add("P"))
	s.box("5b", t.x, y, lw, end-y)
	return max(end, t.right)
}

// frames of the urgency stamp, in millimetres (II.10b)
var urgencyWide = [...]float64{0, 20, 40, 30}

const urgencyHigh = 8

// urgency draws box 10b and gives the y below it.
func (t *setter) urgency(s *sheet, y float64) float64 {
	if t.l.Urgency == 0 {
		return y
	}
	text, w := UrgencyWords[t.l.Urgency], urgencyWide[t.l.Urgency]
	const size = 13
	s.frame(t.x, y, w, urgencyHigh, 1, true)
	tw := width(text, strong, size)
	s.words(t.x+(w-tw)/2, y+(urgencyHigh-lineHigh(size))/2, text, strong, size, t.c.root.add("P"))
	s.marks[len(s.marks)-1].red = true
	s.box("10b", t.x, y, w, urgencyHigh)
	return y + urgencyHigh
}

// strip draws what stands in the top margin: box 14 in the corner, box 11 right of the
// middle.
func (t *setter) strip(s *sheet) {
	right := t.x + t.w
	if t.l.Corner != "" {
		corner(s, right, clean(t.l.Corner), t.c.root.add("P"))
	}
	if t.l.Circulation == "" {
		return
	}
	const size = 13
	text := strings.ToUpper(clean(t.l.Circulation))
	w := width(text, strong, size) + 6
	x := min(s.w/2+4, right-w)
	y := t.p.Top - 12
	if t.l.Corner != "" {
		y = cornerTop + lineHigh(cornerSize) + 0.6
	}
	s.frame(x, y, w, 8, 0.75, false)
	s.words(x+3, y+(8-lineHigh(size))/2, text, strong, size, t.c.root.add("P"))
	s.box("11", x, y, w, 8)
}

// cornerSize is the size of box 14, cornerTop where it begins.
const (
	cornerSize = 10
	cornerTop  = 5.5
)

func corner(s *sheet, right float64, text string, in *element) {
	w := width(text, upright, cornerSize)
	s.words(right-w, cornerTop, text, upright, cornerSize, in)
	s.box("14", right-w, cornerTop, w, lineHigh(cornerSize))
}

// title draws box 5a and gives the y below it. Beside an urgency stamp the subject begins
// below the stamp.
func (t *setter) title(s *sheet, y float64, name, subject string, below float64) float64 {
	const edge = 10
	size := t.p.Title
	top := y
	if name != "" {
		y = s.centred(t.x+edge, y, t.w-2*edge, balanced(name, strong, size, t.w-2*edge), size, t.c.root.add("H1"))
		y = max(y, below)
	}
	if subject != "" {
		lines := balanced(clean(subject), strong, size, t.w-2*edge)
		y = s.centred(t.x+edge, y, t.w-2*edge, lines, size, t.c.root.add("P"))
		rule := min(widest(lines)*partOf, 60)
		if rule < widest(lines)/3 {
			rule = widest(lines) / 3
		}
		y += ruleGap
		s.rule(t.x+(t.w-rule)/2, t.x+(t.w+rule)/2, y, thin)
	}
	if y > top {
		s.box("5a", t.x+edge, top, t.w-2*edge, y-top)
	}
	return y
}

// foot draws box 13 in the bottom margin and gives the y above it.
func (t *setter) foot(s *sheet) float64 {
	room := s.h - t.p.Bottom
	if t.l.Address == "" {
		return room
	}
	const size, edge = 11, 7
	lines := balanced(clean(t.l.Address), upright, size, t.w)
	y := min(room, s.h-edge-1-float64(len(lines))*lineHigh(size))
	s.rule(t.x, t.x+t.w, y, 0.5)
	s.box("13", t.x, y, t.w, s.h-edge-y)
	s.centred(t.x, y+1, t.w, lines, size, t.c.root.add("P"))
	return y - 1
}
