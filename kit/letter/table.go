// SPDX-License-Identifier: Apache-2.0

package letter

import (
	"slices"
	"strings"
	"unicode"
)

// cells have some room inside, and rules around them
const (
	cellEdge = 1.2 // left and right
	cellRoom = 0.7 // above and below
	cellRule = 0.5 // points
)

// grid is a table with its columns measured.
type grid struct {
	t     *setter
	size  float64
	wide  []float64
	align []int // -1 left, 0 middle, 1 right
	in    *element
}

// table makes an item of each row; what is taller than a page is cut between lines, the
// head stands again on each page.
func (t *setter) table(b Block) []item {
	if len(b.Rows) == 0 {
		return nil
	}
	g := &grid{t: t, size: t.p.Table, in: t.in.add("Table")}
	n := b.Columns()
	for g.size > 7 {
		if g.measure(b, n) {
			break
		}
		g.size -= 0.5
	}
	g.aligned(b, n)
	page := t.high - t.p.Top - t.p.Bottom
	var out, heads []item
	for i, cells := range b.Rows {
		head := i < b.Head
		limit := page
		if !head && height(heads) < page/2 {
			limit -= height(heads)
		}
		for _, piece := range g.pieces(cells, n, head, limit) {
			it := g.row(piece, head)
			if head {
				it.keep = true
				heads = append(heads, it)
			} else if height(heads) < page/2 {
				it.heads = heads
			}
			out = append(out, it)
		}
	}
	out[0].gap = t.p.Paragraph * pt
	for i := range heads {
		heads[i].gap = 0
	}
	// the gap after a table is that of the next paragraph
	return out
}

// measure shares the width out among the columns: what their longest words need, the rest
// by the length of their texts. It tells whether the words fit.
func (g *grid) measure(b Block, n int) bool {
	least, most := make([]float64, n), make([]float64, n)
	for i, cells := range b.Rows {
		cut := upright
		if i < b.Head {
			cut = strong
		}
		for j, c := range cells {
			for l := range strings.SplitSeq(clean(c), "\n") {
				most[j] = max(most[j], min(width(l, cut, g.size), g.t.w*0.8))
				for _, w := range strings.Fields(l) {
					least[j] = max(least[j], width(w, cut, g.size))
				}
			}
		}
	}
	need, want := 0.0, 0.0
	for j := range n {
		least[j] += 2*cellEdge + 0.2
		most[j] = max(most[j]+2*cellEdge+0.2, least[j])
		need, want = need+least[j], want+most[j]
	}
	g.wide = make([]float64, n)
	fits := need <= g.t.w
	for j := range n {
		switch {
		case !fits:
			g.wide[j] = g.t.w * least[j] / need
		case want > need:
			if want <= g.t.w { // room to spare goes to the long columns
				g.wide[j] = most[j] + (g.t.w-want)*most[j]/want
			} else {
				g.wide[j] = least[j] + (g.t.w-need)*(most[j]-least[j])/(want-need)
			}
		default:
			g.wide[j] = g.t.w * least[j] / need
		}
	}
	return fits
}

// aligned finds the columns of ordinals, which stand in the middle, and of figures, which
// stand right.
func (g *grid) aligned(b Block, n int) {
	g.align = make([]int, n)
	for j := range n {
		figures, any, short := true, false, true
		for _, cells := range b.Rows[b.Head:] {
			if j >= len(cells) || cells[j] == "" {
				continue
			}
			any = true
			figures = figures && isFigure(cells[j])
			short = short && len([]rune(cells[j])) <= 4
		}
		switch {
		case any && figures && (short && j == 0):
			g.align[j] = 0
		case any && figures:
			g.align[j] = 1
		default:
			g.align[j] = -1
		}
	}
}

func isFigure(s string) bool {
	digits := false
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			digits = true
		case !strings.ContainsRune(".,%- +", r):
			return false
		}
	}
	return digits
}

// pieces breaks the cells of a row into lines, and the row into as many rows as its height
// needs.
func (g *grid) pieces(cells []string, n int, head bool, limit float64) [][][]line {
	cut := upright
	if head {
		cut = strong
	}
	set := make([][]line, n)
	longest := 1
	for j := range n {
		if j < len(cells) {
			for l := range strings.SplitSeq(clean(cells[j]), "\n") {
				lines := breakLines(wordsOf(g.size, run{l, cut}), g.size, g.wide[j]-2*cellEdge, g.wide[j]-2*cellEdge)
				if lines == nil {
					lines = []line{{}}
				}
				set[j] = append(set[j], lines...)
			}
		}
		longest = max(longest, len(set[j]))
	}
	most := max(1, int((limit-2*cellRoom)/lineHigh(g.size)))
	var out [][][]line
	for from := 0; from < longest; from += most {
		piece := make([][]line, n)
		for j := range n {
			if from < len(set[j]) {
				piece[j] = set[j][from:min(from+most, len(set[j]))]
			}
		}
		out = append(out, piece)
	}
	return out
}

func (g *grid) row(set [][]line, head bool) item {
	longest := 1
	for _, lines := range set {
		longest = max(longest, len(lines))
	}
	high := float64(longest)*lineHigh(g.size) + 2*cellRoom
	tr := g.in.add("TR")
	tag := "TD"
	if head {
		tag = "TH"
	}
	ins := make([]*element, len(set))
	for j := range set {
		ins[j] = tr.add(tag)
	}
	wide, align, size, left := slices.Clone(g.wide), g.align, g.size, g.t.x
	return item{high: high, draw: func(s *sheet, y float64) {
		x := left
		for j, lines := range set {
			top := y + (high-float64(len(lines))*lineHigh(size))/2
			for i, l := range lines {
				room := wide[j] - 2*cellEdge
				at := x + cellEdge
				switch {
				case head || align[j] == 0:
					at += (room - l.wide) / 2
				case align[j] == 1:
					at += room - l.wide
				}
				s.line(at, top+float64(i)*lineHigh(size), l, size, lineHigh(size), 0, ins[j])
			}
			s.frame(x, y, wide[j], high, cellRule, false)
			x += wide[j]
		}
	}}
}
