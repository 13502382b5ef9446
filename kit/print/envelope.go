// SPDX-License-Identifier: Apache-2.0

package print

import (
	"io"
	"strconv"
	"time"
)

// Envelopes are covers to be printed on or glued to envelopes, one a page (mẫu bì văn bản;
// Decree 30/2020, Appendix IV): agency, number and notation, "Kính gửi".
type Envelopes struct {
	Superior string
	Agency   string
	Contact  []string // address, telephone, e-mail; may be empty
	Number   string   // "05/QĐ-BDT"
	Urgency  string   // "HỎA TỐC"; empty for none
	To       []Addressee
	At       time.Time
	Mark     string
}

// An Addressee is one envelope.
type Addressee struct {
	Name, Address string
	Copies        int
}

// The size of an envelope C5, millimetres, laid in the middle of a sheet A4.
const envelopeWide, envelopeHigh = 229.0, 162.0

// Envelope writes the covers as PDF, each with its cutting marks.
func Envelope(w io.Writer, e Envelopes) error {
	p := newPaper("L", "Bì văn bản "+e.Number, e.At, e.Mark)
	x, y := (p.w-envelopeWide)/2, (p.h-envelopeHigh)/2
	for _, to := range e.To {
		p.page()
		p.ink(soft)
		p.box(x, y, envelopeWide, envelopeHigh)
		p.ink(black)
		top, half := y+12, envelopeWide/2
		if e.Superior != "" {
			top = p.block(x+10, top, half-10, e.Superior, regular, 12, Center)
		}
		top = p.block(x+10, top, half-10, e.Agency, bold, 12, Center)
		p.line(x+10+half/2-25, top+1, x+10+half/2+15, top+1)
		top += 4
		for _, c := range e.Contact {
			top = p.block(x+10, top, half-10, c, regular, 11, Center)
		}
		top = p.block(x+10, top+4, half-10, "Số: "+e.Number, regular, 13, Center)
		if e.Urgency != "" {
			p.urgency(x+envelopeWide-70, y+14, e.Urgency)
		}
		middle := max(top+14, y+envelopeHigh/2)
		middle = p.block(x+envelopeWide*0.38, middle, envelopeWide*0.56, "Kính gửi: "+to.Name, bold, 14, Left)
		if to.Address != "" {
			middle = p.block(x+envelopeWide*0.38, middle+1, envelopeWide*0.56, to.Address, regular, 13, Left)
		}
		if to.Copies > 1 {
			p.block(x+envelopeWide*0.38, middle+3, envelopeWide*0.56, "Số lượng: "+strconv.Itoa(to.Copies)+" bản", italic, 12, Left)
		}
	}
	return p.output(w)
}
