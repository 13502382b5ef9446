// SPDX-License-Identifier: Apache-2.0

package print

import (
	"fmt"
	"io"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// Measures of A4, and of a line of type.
const (
	a4Short, a4Long = 210.0, 297.0
	point           = 25.4 / 72 // one point in millimetres
	leading         = 1.2       // line height over font size
	ascent          = 0.92      // baseline below the top of a line, over font size
)

// An ink is a colour of print.
type ink [3]int

var (
	black = ink{0, 0, 0}
	soft  = ink{105, 100, 92}
	red   = ink{200, 16, 16} // stamps of urgency and arrival
	pale  = ink{242, 239, 231}
	faint = ink{222, 218, 208}

	heldInk = ink{138, 168, 203}
	nextInk = ink{201, 173, 130}
)

// A paper is a PDF in the making with a point from which the next thing hangs.
// All measures are millimetres from the top left, font sizes points.
type paper struct {
	pdf    *fpdf.Fpdf
	w, h   float64
	loaded [styles]bool
	color  ink
	mark   string // printed at the foot of every page, "Dữ liệu mẫu"
}

// newPaper starts a PDF. The instant is the file's creation time: equal input
// gives equal bytes.
func newPaper(orientation, title string, at time.Time, mark string) *paper {
	p := &paper{pdf: fpdf.New(orientation, "mm", "A4", ""), w: a4Short, h: a4Long, mark: clean(mark)}
	if orientation == "L" {
		p.w, p.h = p.h, p.w
	}
	if at.IsZero() {
		at = time.Unix(0, 0) // the library would read the machine's clock
	}
	p.pdf.SetAutoPageBreak(false, 0)
	p.pdf.SetMargins(0, 0, 0)
	p.pdf.SetCatalogSort(true)
	p.pdf.SetCreationDate(at.UTC())
	p.pdf.SetModificationDate(at.UTC())
	p.pdf.SetProducer("Sổ Việc", true)
	p.pdf.SetTitle(clean(title), true)
	p.pdf.SetLang("vi-VN")
	p.pdf.SetLineWidth(0.2)
	return p
}

func (p *paper) page() { p.pdf.AddPage(); p.color = black }

// load brings in a cut of the typeface at its first use: each costs time and bytes.
func (p *paper) use(s style, size float64) {
	if !p.loaded[s] {
		p.pdf.AddUTF8FontFromBytes(family, styleNames[s], faces()[s].ttf)
		p.loaded[s] = true
	}
	p.pdf.SetFont(family, styleNames[s], size)
}

func (p *paper) ink(c ink) {
	if p.color != c {
		p.pdf.SetTextColor(c[0], c[1], c[2])
		p.pdf.SetDrawColor(c[0], c[1], c[2])
		p.color = c
	}
}

// width is the width of a cleaned text in millimetres.
func width(s string, st style, size float64) float64 {
	return float64(faces()[st].width(s)) * size * point / 1000
}

// wrapMM breaks a text to a width in millimetres.
func wrapMM(s string, st style, size, mm float64) []string {
	return faces()[st].wrap(clean(s), int(mm*1000/(size*point)))
}

// lineMM is the height of a line of type.
func lineMM(size float64) float64 { return size * point * leading }

// at writes one cleaned line with its top at y, aligned in [x, x+w], and returns where it starts and how wide it is.
func (p *paper) at(x, y, w float64, s string, st style, size float64, a Align) (float64, float64) {
	tw := width(s, st, size)
	switch a {
	case Center:
		x += (w - tw) / 2
	case Right:
		x += w - tw
	}
	if s != "" {
		p.use(st, size)
		p.pdf.Text(x, y+size*point*ascent, s)
	}
	return x, tw
}

// block writes a text, wrapped, and returns the y below it.
func (p *paper) block(x, y, w float64, s string, st style, size float64, a Align) float64 {
	for _, l := range wrapMM(s, st, size, w) {
		p.at(x, y, w, l, st, size, a)
		y += lineMM(size)
	}
	return y
}

// balanced writes a centred text on as few lines as it needs, made as equal as
// they can be: ỦY BAN NHÂN DÂN / TỈNH CAO BẰNG.
func (p *paper) balanced(x, y, w float64, s string, st style, size float64) float64 {
	lines := wrapMM(s, st, size, w)
	for narrower := w - 2; narrower > w/2; narrower -= 2 {
		tighter := wrapMM(s, st, size, narrower)
		if len(tighter) > len(lines) {
			break
		}
		lines = tighter
	}
	for _, l := range lines {
		p.at(x, y, w, l, st, size, Center)
		y += lineMM(size)
	}
	return y
}

// justified writes one line stretched to the width.
func (p *paper) justified(x, y, w float64, s string, st style, size float64) {
	p.use(st, size)
	p.pdf.SetXY(x, y)
	p.pdf.SetCellMargin(0)
	// CellFormat puts the baseline at half its height and three tenths of the size: the height that puts it at ours.
	p.pdf.CellFormat(w, 2*size*point*(ascent-0.3), s, "", 0, "J", false, 0, "")
}

func (p *paper) line(x1, y1, x2, y2 float64) { p.pdf.Line(x1, y1, x2, y2) }

// box is a rectangle of thin rules.
func (p *paper) box(x, y, w, h float64) { p.pdf.Rect(x, y, w, h, "D") }

// fill is a rectangle of colour without rules.
func (p *paper) fill(x, y, w, h float64, c ink) {
	p.pdf.SetFillColor(c[0], c[1], c[2])
	p.pdf.Rect(x, y, w, h, "F")
}

// sign draws a place for a signature with its top at y, centred in [x, x+w],
// and returns the y below the name.
func (p *paper) sign(x, y, w float64, s Signer, size float64) float64 {
	for _, t := range s.Titles {
		y = p.block(x, y, w, t, bold, size, Center)
	}
	if s.Hint != "" {
		y = p.block(x, y, w, s.Hint, italic, size-1, Center)
	}
	y += 20 // room for the hand and a third of the seal
	if s.Name != "" {
		y = p.block(x, y, w, s.Name, bold, size, Center)
	}
	return y
}

// numberPages writes page x/y at the foot of every page from the first one
// given, when the number of pages is known, and the mark on all.
func (p *paper) numberPages(first int) {
	total := p.pdf.PageCount()
	for n := 1; n <= total; n++ {
		p.pdf.SetPage(n)
		p.color = ink{-1, -1, -1}
		p.ink(soft)
		if n >= first {
			p.at(0, p.h-10, p.w-15, fmt.Sprintf("Trang %d/%d", n-first+1, total-first+1), regular, 9, Right)
		}
		if p.mark != "" {
			p.at(20, p.h-10, p.w, p.mark, italic, 9, Left)
		}
	}
}

// output writes the file.
func (p *paper) output(w io.Writer) error {
	if err := p.pdf.Output(w); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}
