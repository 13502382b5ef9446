// SPDX-License-Identifier: Apache-2.0

package print

// A grid sets a table over as many pages as it needs: the head stands on each,
// rows are as high as their longest cell, and a row longer than a page is cut.
type grid struct {
	p           *paper
	columns     []Column
	x           []float64 // left edge of each column, and the right edge of the last
	top, bottom float64   // of the room for the table on a page
	y           float64
	size        float64 // of type, points
	numbered    bool    // (1) (2) … under the heads
	headHigh    float64 // what the head takes of each page
	heads       [][]string
	ticks       []Tick // in the head of the last column
	bars        []Bar  // of the row that is drawn
}

const (
	padX = 1.0 // between a rule and the text, millimetres
	padY = 0.8
)

// A run is the text of one cell in one style.
type run struct {
	lines []string
	style style
	ink   ink
}

// newGrid starts a table on the current page at y.
func newGrid(p *paper, columns []Column, left, right, y, top, bottom, size float64, numbered bool) *grid {
	return startGrid(&grid{p: p, columns: columns, top: top, bottom: bottom, y: y, size: size, numbered: numbered}, left, right)
}

// newGridWith is a grid whose last column is a line of time.
func newGridWith(p *paper, columns []Column, ticks []Tick, left, right, y, top, bottom, size float64) *grid {
	return startGrid(&grid{p: p, columns: columns, ticks: ticks, top: top, bottom: bottom, y: y, size: size}, left, right)
}

func startGrid(g *grid, left, right float64) *grid {
	p, columns, size := g.p, g.columns, g.size
	sum := 0.0
	for _, c := range columns {
		sum += max(c.WidthMM, 1)
	}
	x := left
	g.x = append(g.x, x)
	for _, c := range columns {
		x += max(c.WidthMM, 1) / sum * (p.w - left - right)
		g.x = append(g.x, x)
	}
	for i, c := range columns {
		g.heads = append(g.heads, wrapMM(c.Title, bold, size, g.room(i)))
	}
	g.head()
	return g
}

// room is the width for text in a column.
func (g *grid) room(i int) float64 { return g.x[i+1] - g.x[i] - 2*padX }

// cell wraps a text for a column.
func (g *grid) cell(i int, s string, st style, c ink) run {
	return run{lines: wrapMM(s, st, g.size, g.room(i)), style: st, ink: c}
}

func (g *grid) right() float64 { return g.x[len(g.x)-1] }

// head draws the head row and, under it, the row of column numbers.
func (g *grid) head() {
	from := g.y
	defer func() { g.headHigh = g.y - from }()
	lines := 1
	for _, h := range g.heads {
		lines = max(lines, len(h))
	}
	high := float64(lines)*lineMM(g.size) + 2*padY
	g.p.ink(black)
	g.p.fill(g.x[0], g.y, g.right()-g.x[0], high, pale)
	for i, h := range g.heads {
		y := g.y + (high-float64(len(h))*lineMM(g.size))/2
		for _, l := range h {
			g.p.at(g.x[i]+padX, y, g.room(i), l, bold, g.size, Center)
			y += lineMM(g.size)
		}
	}
	g.axis(high)
	g.rules(high)
	g.y += high
	if g.numbered {
		high = lineMM(g.size-1) + padY
		for i := range g.columns {
			g.p.at(g.x[i], g.y+padY/2, g.x[i+1]-g.x[i], "("+itoa(i+1)+")", italic, g.size-1, Center)
		}
		g.rules(high)
		g.y += high
	}
}

// rules draws the frame of a row and the uprights between its cells.
func (g *grid) rules(high float64) {
	g.p.box(g.x[0], g.y, g.right()-g.x[0], high)
	for _, x := range g.x[1 : len(g.x)-1] {
		g.p.line(x, g.y, x, g.y+high)
	}
}

// next turns to a fresh page.
func (g *grid) next() {
	g.p.page()
	g.y = g.top
	g.head()
}

// need turns the page when less than the height is left.
func (g *grid) need(mm float64) {
	if g.y+mm > g.bottom {
		g.next()
	}
}

// row draws a row; each cell holds its runs from the top. A struck row has a
// rule through the middle of each line (số đã hủy), its notes excepted.
func (g *grid) row(cells [][]run, struck bool) {
	step := lineMM(g.size)
	lines := 1
	for _, c := range cells {
		n := 0
		for _, r := range c {
			n += len(r.lines)
		}
		lines = max(lines, n)
	}
	whole := float64(lines)*step + 2*padY
	if g.y+whole > g.bottom && (whole <= g.bottom-g.top-g.headHigh || g.y+6*step > g.bottom) {
		g.next() // the row fits on a page of its own, or next to nothing of it fits here
	}
	for from := 0; from < lines; {
		fits := max(1, int((g.bottom-g.y-2*padY)/step))
		to := min(lines, from+fits)
		for i := range g.columns {
			if i < len(cells) {
				g.part(i, cells[i], from, to, struck)
			}
		}
		g.p.ink(black)
		high := float64(to-from)*step + 2*padY
		if from == 0 {
			g.drawBars(high)
		}
		g.rules(high)
		g.y += high
		if from = to; from < lines {
			g.next()
		}
	}
}

// part draws the lines [from, to) of a cell.
func (g *grid) part(i int, runs []run, from, to int, struck bool) {
	n, step := 0, lineMM(g.size)
	for k, r := range runs {
		for _, l := range r.lines {
			if n >= from && n < to && l != "" {
				y := g.y + padY + float64(n-from)*step
				g.p.ink(r.ink)
				x, w := g.p.at(g.x[i]+padX, y, g.room(i), l, r.style, g.size, g.columns[i].Align)
				if struck && k == 0 && i < len(g.columns)-1 { // the last column says why, and stays readable
					mid := y + g.size*point*0.65
					g.p.line(x, mid, x+w, mid)
				}
			}
			n++
		}
	}
}

// axis writes the days of the line of time into the head of its column.
func (g *grid) axis(high float64) {
	last := len(g.columns) - 1
	from, wide := g.x[last], g.x[last+1]-g.x[last]
	for _, t := range g.ticks {
		x := from + t.At/100*wide
		g.p.at(x+0.5, g.y+high-lineMM(g.size-2)-padY, 0, t.Label, regular, g.size-2, Left)
		g.p.line(x, g.y+high-2, x, g.y+high)
	}
}

// drawBars draws the times of a row on its line.
func (g *grid) drawBars(high float64) {
	last := len(g.columns) - 1
	from, wide := g.x[last], g.x[last+1]-g.x[last]
	mid := g.y + min(high/2, 3)
	for _, t := range g.ticks {
		x := from + t.At/100*wide
		g.p.ink(faint)
		g.p.line(x, g.y, x, g.y+high)
	}
	for _, b := range g.bars {
		x, w := from+b.From/100*wide, min(b.Width, 100-b.From)/100*wide
		switch b.Kind {
		case BarPlan:
			g.p.ink(soft)
			g.p.box(x, mid-2, w, 4)
		case BarHeld:
			g.p.fill(x, mid-1.2, w, 2.4, heldInk)
		case BarNext:
			g.p.fill(x, mid-1.2, w, 2.4, nextInk)
		case BarLate:
			g.p.fill(x, mid+0.6, w, 1.4, red)
		case BarStay:
			g.p.ink(black)
			for at := x; at < x+w; at += 1 {
				g.p.line(at, mid-1.2, at, mid+1.2)
			}
		case BarMark:
			g.p.fill(x, mid-2.4, 0.6, 4.8, black)
		}
	}
	g.p.ink(black)
}

// band draws a row over the whole width: the name of a group.
func (g *grid) band(s string, indent float64, st style) {
	lines := wrapMM(s, st, g.size, g.right()-g.x[0]-2*padX-indent)
	high := float64(len(lines))*lineMM(g.size) + 2*padY
	g.need(high + 2*(lineMM(g.size)+2*padY)) // a group's name never stands alone at the foot
	g.p.ink(black)
	g.p.fill(g.x[0], g.y, g.right()-g.x[0], high, pale)
	y := g.y + padY
	for _, l := range lines {
		g.p.at(g.x[0]+padX+indent, y, 0, l, st, g.size, Left)
		y += lineMM(g.size)
	}
	g.p.box(g.x[0], g.y, g.right()-g.x[0], high)
	g.y += high
}
