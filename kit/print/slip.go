// SPDX-License-Identifier: Apache-2.0

package print

import (
	"io"
	"time"
)

// A HandlingSlip is the sheet that goes with a paper document through the
// agency (phiếu giải quyết văn bản đến; Decree 30/2020, Appendix IV).
type HandlingSlip struct {
	Superior, Agency, Place string
	On                      time.Time // day of the slip; zero leaves the date to be written by hand
	ArrivalNumber           string
	ArrivalDay              string
	Urgency                 string

	Kind, Number, Day, Issuer, Subject string

	Leader  Opinion // ý kiến của lãnh đạo cơ quan
	Unit    Opinion // ý kiến của lãnh đạo đơn vị
	Handler Opinion // ý kiến đề xuất của người giải quyết

	At   time.Time
	Mark string
}

// An Opinion is what one person wrote on a handling slip. An empty one leaves
// dotted lines for the hand.
type Opinion struct {
	Text   string
	Given  []Assignment // who is to do it
	On     string       // dd/mm/yyyy
	Signer string
}

// An Assignment is one line of who works on it: "Chủ trì", a name, a deadline.
type Assignment struct{ Role, Who, Due string }

// Slip writes a handling slip on one A4 sheet. Long texts are set smaller so
// that the sheet stays one sheet.
func Slip(w io.Writer, s HandlingSlip) error {
	for size := 13.0; ; size -= 0.5 {
		p := newPaper("P", "Phiếu giải quyết văn bản đến "+s.ArrivalNumber, s.At, s.Mark)
		p.page()
		if y := p.slip(s, size); y <= p.h-letterBottom || size <= 7 {
			if s.Mark != "" {
				p.numberPages(2)
			}
			return p.output(w)
		}
	}
}

func (p *paper) slip(s HandlingSlip, size float64) float64 {
	h := letterhead{Superior: s.Superior, Agency: s.Agency, Date: PlaceAndDate(s.Place, s.On)}
	if s.ArrivalNumber != "" {
		h.Number = "Số đến: " + s.ArrivalNumber
	}
	y, _ := p.head(letterTop-5, h)
	if s.Urgency != "" {
		y = p.urgency(letterLeft-5, y+2, s.Urgency)
	}
	x, wide := letterLeft, p.w-letterLeft-letterRight
	y = p.block(x, y+6, wide, "PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN", bold, size+2, Center)
	y += size * point * 0.8
	for _, f := range []Fact{
		{"Ngày đến", s.ArrivalDay},
		{"Tên loại văn bản", s.Kind},
		{"Số, ký hiệu; ngày tháng", joined(s.Number, s.Day)},
		{"Cơ quan ban hành", s.Issuer},
		{"Trích yếu", s.Subject},
	} {
		y = p.fact(x, y, wide, 48, f, size)
	}
	// Dotted lines fill the sheet when nothing is written yet, and step aside for text.
	y = p.opinion(x, y, wide, size, "1. Ý kiến của lãnh đạo cơ quan", s.Leader,
		[]string{"Giao đơn vị, người chủ trì", "Giao các đơn vị, người phối hợp", "Thời hạn giải quyết đối với mỗi đơn vị, người"})
	y = p.opinion(x, y, wide, size, "2. Ý kiến của lãnh đạo đơn vị", s.Unit,
		[]string{"Giao người giải quyết", "Thời hạn giải quyết"})
	return p.opinion(x, y, wide, size, "3. Ý kiến đề xuất của người giải quyết", s.Handler, nil)
}

// fact draws a label and its value beside it, and returns the y below.
func (p *paper) fact(x, y, w, label float64, f Fact, size float64) float64 {
	p.at(x, y, 0, clean(f.Label)+":", regular, size, Left)
	return p.block(x+label, y, w-label, f.Value, bold, size, Left) + size*point*0.25
}

func (p *paper) opinion(x, y, w, size float64, title string, o Opinion, blanks []string) float64 {
	gap := size * point * 0.5
	y += gap
	p.line(x, y, x+w, y)
	y = p.block(x, y+gap, w, title, bold, size, Left) + gap
	for _, a := range o.Given {
		text := "- " + a.Role + ": " + a.Who
		if a.Due != "" {
			text += " (thời hạn: " + a.Due + ")"
		}
		y = p.block(x+4, y, w-4, text, regular, size, Left) + gap/2
	}
	if len(o.Given) == 0 {
		for _, b := range blanks {
			y = p.dots(x+4, y, w-4, "- "+b+": ", size)
		}
	}
	if o.Text != "" {
		y = p.block(x+4, y, w-4, o.Text, regular, size, Left)
	} else if len(o.Given) == 0 {
		for range 2 {
			y = p.dots(x+4, y, w-4, "", size)
		}
	}
	date := "Ngày cho ý kiến: " + o.On
	if o.On == "" {
		date = "Ngày …… tháng …… năm ………"
	}
	y += gap
	p.at(x+w/2, y, w/2, clean(date), italic, size-1, Center)
	y += lineMM(size - 1)
	if o.Signer != "" {
		return p.block(x+w/2, y+gap/2, w/2, o.Signer, bold, size, Center)
	}
	return y + 3*gap
}

// dots draws a label and dots to the right edge, to be written on.
func (p *paper) dots(x, y, w float64, label string, size float64) float64 {
	label = clean(label)
	lw := 0.0
	if label != "" {
		_, lw = p.at(x, y, 0, label, regular, size, Left)
	}
	dot := width(".", regular, size)
	n := int((w - lw) / dot)
	line := make([]byte, max(n, 0))
	for i := range line {
		line[i] = '.'
	}
	p.at(x, y, w, string(line), regular, size, Right)
	return y + lineMM(size)*1.25
}

func joined(number, day string) string {
	switch {
	case number == "":
		return day
	case day == "":
		return number
	}
	return number + "; ngày " + day
}
