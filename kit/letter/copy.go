// SPDX-License-Identifier: Apache-2.0

package letter

import (
	"fmt"
	"strings"

	"soviec/kit/fault"
)

// Validate asks whether a copy's form can be set.
func (c Copy) Validate() error {
	if c.Kind.Words() == "" {
		return fault.Invalid("kind", "Hình thức sao là sao y, sao lục hoặc trích sao.")
	}
	return Letter{Type: OfficialLetter, Superior: c.Superior, Agency: c.Agency, Number: c.Number, Notation: c.Notation, Place: c.Place,
		Signatures: []Signature{c.Signature}, Recipients: c.Recipients}.Validate()
}

// copyForm makes the form of a paper copy, which stands below the copied text on the same
// sheet: a rule over the whole width; who copies and in which form; number, place and
// date; box 9b and the signature (Appendix I, Part II; sample 3.1).
func (t *setter) copyForm(c Copy) item {
	in := t.c.root.add("Sect")
	lw, rw := t.columns()
	size := t.p.Body
	agency := balanced(clean(c.Agency), strong, t.p.Issuer, lw-1)
	var superior []line
	if c.Superior != "" {
		superior = balanced(clean(c.Superior), upright, t.p.Issuer, lw-1)
	}
	head := float64(len(agency)+len(superior))*lineHigh(t.p.Issuer) + ruleGap
	sign := t.measureSignature(c.Signature, t.w/2, size)
	left := recipients(c.Recipients, t.w/2-4)
	foot := max(sign.high, lineHigh(toHead)+float64(len(left))*lineHigh(toList))
	const gap = 2.0
	row := lineHigh(t.p.Number)
	return item{high: gap + head + gap + row + gap + foot, gap: t.p.Paragraph * pt, draw: func(s *sheet, y float64) {
		s.rule(t.x, t.x+t.w, y, 0.75)
		s.box("copy", t.x, y, t.w, gap+head+gap+row+gap+foot)
		y += gap
		ly := s.centred(t.x, y, lw, superior, t.p.Issuer, in.add("P"))
		ly = s.centred(t.x, ly, lw, agency, t.p.Issuer, in.add("P"))
		r := widest(agency) * partOf
		s.rule(t.x+(lw-r)/2, t.x+(lw+r)/2, ly+ruleGap, thin)
		words := c.Kind.Words()
		s.words(t.x+lw+(rw-width(words, strong, size))/2, y, words, strong, size, in.add("H1"))
		y += head + gap
		number := NumberLine(c.Number, c.Notation)
		if c.Number == "" {
			number = "Số:        /" + c.Notation
		}
		s.words(t.x+(lw-width(number, upright, t.p.Number))/2, y, number, upright, t.p.Number, in.add("P"))
		date := PlaceAndDate(clean(c.Place), c.Date)
		s.words(t.x+lw+(rw-width(date, slanted, t.p.Date))/2, y, date, slanted, t.p.Date, in.add("P"))
		y += row + gap
		sign.draw(s, t.x+t.w/2, y, t.w/2, in.add("P"), unnamed)
		to := in.add("P")
		if len(left) > 0 {
			s.words(t.x, y, "Nơi nhận:", both, toHead, to)
			y += lineHigh(toHead)
		}
		for _, l := range left {
			s.line(t.x, y, l, toList, lineHigh(toList), 0, to)
			y += lineHigh(toList)
		}
	}}
}

// Extract is the letter of a trích sao: everything of the form, and of the body only what
// is copied. Blocks are chosen by their places, counted from 0.
func (l Letter) Extract(blocks ...int) (Letter, error) {
	out := l
	out.Body, out.Appendices = nil, nil
	for _, i := range blocks {
		if i < 0 || i >= len(l.Body) {
			return Letter{}, fault.Invalid("blocks", fmt.Sprintf("Văn bản không có đoạn %d để trích.", i+1))
		}
		out.Body = append(out.Body, l.Body[i])
	}
	if len(out.Body) == 0 {
		return Letter{}, fault.Invalid("blocks", "Chọn ít nhất một đoạn để trích sao.")
	}
	return out, nil
}

// paperSigned writes "(Đã ký)" where a printed copy shows no signature of its own.
func (l Letter) paperSigned() Letter {
	out := l
	out.Signatures = append([]Signature(nil), l.Signatures...)
	for i := range out.Signatures {
		if strings.TrimSpace(out.Signatures[i].Note) == "" {
			out.Signatures[i].Note = "(Đã ký)"
		}
	}
	return out
}
