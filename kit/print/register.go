// SPDX-License-Identifier: Apache-2.0

package print

import (
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"
)

// A Book is a register to be printed, signed and bound (sổ đăng ký văn bản;
// Decree 30/2020, Articles 16 and 22, Appendices IV and V). Its columns are
// data: the room that keeps the register knows which the law asks for.
type Book struct {
	Superior string // cơ quan chủ quản; may be empty
	Agency   string
	Unit     string // the division that keeps the book; may be empty
	Title    string // "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"
	Year     string
	FromDay  string // dd/mm/yyyy
	ToDay    string
	// FromNumber and ToNumber are the first and last number; both empty for
	// books without a number range on their cover.
	FromNumber, ToNumber string
	Volume               string // quyển số

	Columns []Column
	Rows    iter.Seq[Row]
	Closing string   // printed after the last row; when empty it is counted from the rows
	Opener  Signer   // signs on the first page before the book is used
	Signers []Signer // places for signatures after the last row

	At   time.Time // when the print was ordered
	Mark string    // at the foot of every page; "Dữ liệu mẫu" or empty
}

// A Row is one line of a register.
type Row struct {
	Cells       []string
	Void        bool         // the number was taken and cancelled: the row stays, struck through
	Corrections []Correction // entered after the book was printed; they stand in the last column
}

// A Correction is a later, dated remark to a printed row (dòng đính chính).
type Correction struct{ On, Text string }

// Register writes a register as PDF: cover and first page, then the table with
// its head on every page, then the closing line and the places to sign. Rows
// are taken one at a time and not kept.
func Register(w io.Writer, b Book) error {
	p := newPaper("L", b.Title, b.At, b.Mark)
	p.cover(b, true)
	p.cover(b, false)
	p.page()
	g := newGrid(p, b.Columns, 20, 12, 15, 15, p.h-15, 10, true)
	rows, void := 0, 0
	for r := range b.Rows {
		rows++
		if r.Void {
			void++
		}
		g.row(registerRow(g, r), r.Void)
	}
	g.close(b, rows, void)
	p.numberPages(3)
	return p.output(w)
}

func registerRow(g *grid, r Row) [][]run {
	cells := make([][]run, len(g.columns))
	for i := range cells {
		if i < len(r.Cells) && r.Cells[i] != "" {
			cells[i] = append(cells[i], g.cell(i, r.Cells[i], regular, black))
		}
	}
	last := len(cells) - 1
	if len(r.Corrections) > 0 && last >= 0 && cells[last] == nil {
		cells[last] = append(cells[last], run{}) // corrections are never struck
	}
	for _, c := range r.Corrections {
		cells[last] = append(cells[last], g.cell(last, "Đính chính "+c.On+": "+c.Text, italic, black))
	}
	return cells
}

// close draws the closing line and the signatures below the last row.
func (g *grid) close(b Book, rows, void int) {
	p := g.p
	text := b.Closing
	if text == "" {
		text = closing(b, rows, void)
	}
	room := p.w - 32
	lines := wrapMM(text, regular, 12, room)
	if g.y+float64(len(lines))*lineMM(12)+8 > g.bottom {
		p.page()
		g.y = g.top
	}
	p.ink(black)
	y := g.y + 5
	for _, l := range lines {
		p.at(20, y, room, l, regular, 12, Left)
		y += lineMM(12)
	}
	if len(b.Signers) == 0 {
		return
	}
	if y+50 > g.bottom {
		p.page()
		y = g.top
	}
	part := room / float64(len(b.Signers))
	for i, s := range b.Signers {
		p.sign(20+float64(i)*part, y+5, part, s, 12)
	}
}

func closing(b Book, rows, void int) string {
	text := "Sổ này có " + thousands(rows) + " văn bản"
	if b.FromNumber != "" || b.ToNumber != "" {
		text += ", từ số " + b.FromNumber + " đến số " + b.ToNumber
	}
	if void > 0 {
		text += ", trong đó " + thousands(void) + " số đã hủy (gạch ngang)"
	}
	return text + "."
}

// cover draws the cover, or the first page, which repeats it within the book
// and carries the signature under which the book is opened.
func (p *paper) cover(b Book, outer bool) {
	p.page()
	p.ink(black)
	if outer {
		p.box(15, 12, p.w-27, p.h-24)
		p.box(16.2, 13.2, p.w-29.4, p.h-26.4)
	}
	x, w := 25.0, p.w-47
	y := 25.0
	if b.Superior != "" {
		y = p.block(x, y, w, b.Superior, regular, 14, Center)
	}
	y = p.block(x, y, w, b.Agency, bold, 14, Center)
	if b.Unit != "" {
		y = p.block(x, y, w, b.Unit, bold, 13, Center)
	}
	p.line(p.w/2-20, y+1.5, p.w/2+20, y+1.5)
	y = max(y+20, 72)
	y = p.block(x, y, w, b.Title, bold, 26, Center) + 6
	y = p.block(x, y, w, "Năm: "+orDots(b.Year), bold, 16, Center) + 10
	facts := []string{"Từ ngày " + orDots(b.FromDay) + " đến ngày " + orDots(b.ToDay)}
	if b.FromNumber != "" || b.ToNumber != "" {
		facts = append(facts, "Từ số "+orDots(b.FromNumber)+" đến số "+orDots(b.ToNumber))
	}
	for _, f := range append(facts, "Quyển số: "+orDots(b.Volume)) {
		y = p.block(x, y, w, f, regular, 14, Center) + 2
	}
	if !outer && len(b.Opener.Titles) > 0 {
		p.sign(p.w/2+10, y+2, p.w/2-35, b.Opener, 12)
	}
}

func orDots(s string) string {
	if strings.TrimSpace(s) == "" {
		return "……………"
	}
	return s
}

// thousands writes a number with a point between its thousands: 2.874.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = fmt.Sprintf("%s.%s", s[:i], s[i:])
	}
	return s
}

func itoa(n int) string { return strconv.Itoa(n) }
