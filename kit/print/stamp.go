// SPDX-License-Identifier: Apache-2.0

package print

import (
	"io"
	"time"
)

// An ArrivalStamp is the stamp ĐẾN (Decree 30/2020, Appendix IV, V). It is
// drawn on a sheet of its own: the file that arrived is never touched.
type ArrivalStamp struct {
	Agency   string // on the stamp's first line
	Number   string // số đến
	Day      string // ngày đến, dd/mm/yyyy
	Forward  string // chuyển
	FileCode string // số và ký hiệu hồ sơ

	Facts []Fact // what arrived; printed below the stamp
	// Bare leaves out all but the stamp, so that the sheet can be the paper
	// document itself, put through the printer again.
	Bare bool
	// RightOf and Below move the stamp, millimetres from the top left of the
	// sheet; both zero is the free space under the number and the subject.
	RightOf, Below float64

	At   time.Time
	Mark string
}

// The stamp's measures and its usual place, millimetres.
const (
	stampWide, stampHigh = 50.0, 35.0
	stampX, stampY       = 28.0, 62.0
)

// Stamp writes the print view with the stamp ĐẾN as a one-page PDF.
func Stamp(w io.Writer, s ArrivalStamp) error {
	p := newPaper("P", "Dấu đến số "+s.Number, s.At, s.Mark)
	p.page()
	x, y := s.RightOf, s.Below
	if x == 0 && y == 0 {
		x, y = stampX, stampY
	}
	p.stamp(x, y, s)
	if !s.Bare {
		p.ink(black)
		p.block(letterLeft, 22, p.w-letterLeft-letterRight, s.Agency, bold, 13, Center)
		p.block(letterLeft, 34, p.w-letterLeft-letterRight, "BẢN XEM CÓ DẤU ĐẾN", bold, 15, Center)
		below := max(y+stampHigh, stampY+stampHigh) + 10
		p.line(letterLeft, below-4, p.w-letterRight, below-4)
		for _, f := range s.Facts {
			below = p.fact(letterLeft, below, p.w-letterLeft-letterRight, 45, f, 13)
		}
		p.ink(soft)
		p.block(letterLeft, below+4, p.w-letterLeft-letterRight,
			"Tờ này in kèm văn bản; tệp gốc được giữ nguyên, không đóng dấu lên tệp.", italic, 11, Left)
	}
	if s.Mark != "" {
		p.numberPages(2)
	}
	return p.output(w)
}

// stamp draws the rectangle of 50 × 35 mm with its cells.
func (p *paper) stamp(x, y float64, s ArrivalStamp) {
	p.ink(red)
	p.pdf.SetLineWidth(0.45)
	p.box(x, y, stampWide, stampHigh)
	p.pdf.SetLineWidth(0.3)
	p.fitted(x+1, y, stampWide-2, 6, s.Agency, bold, 9.5, Center)
	p.line(x, y+6, x+stampWide, y+6)
	const cell = 17.0
	p.fitted(x, y+6, cell, 15, "ĐẾN", bold, 16, Center)
	p.line(x+cell, y+6, x+cell, y+21)
	p.fitted(x+cell+1.5, y+6, stampWide-cell-3, 7.5, "Số: "+orDots(s.Number), regular, 11, Left)
	p.line(x+cell, y+13.5, x+stampWide, y+13.5)
	p.fitted(x+cell+1.5, y+13.5, stampWide-cell-3, 7.5, "Ngày: "+orDots(s.Day), regular, 11, Left)
	p.line(x, y+21, x+stampWide, y+21)
	p.fitted(x+1.5, y+21, stampWide-3, 7, "Chuyển: "+orDots(s.Forward), regular, 10, Left)
	p.line(x, y+28, x+stampWide, y+28)
	p.fitted(x+1.5, y+28, stampWide-3, 7, "Số và ký hiệu HS: "+orDots(s.FileCode), regular, 10, Left)
	p.pdf.SetLineWidth(0.2)
}

// fitted writes a text into a cell, in the middle of its height, smaller when
// it is too long, and on as many lines as the cell can hold.
func (p *paper) fitted(x, y, w, h float64, s string, st style, size float64, a Align) {
	lines := wrapMM(s, st, size, w)
	for size > 5 && float64(len(lines))*lineMM(size) > h {
		size -= 0.5
		lines = wrapMM(s, st, size, w)
	}
	if most := max(1, int(h/lineMM(size))); len(lines) > most {
		lines = append(lines[:most-1], lines[most-1]+"…")
	}
	y += (h - float64(len(lines))*lineMM(size)) / 2
	for _, l := range lines {
		p.at(x, y, w, l, st, size, a)
		y += lineMM(size)
	}
}
