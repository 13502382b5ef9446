// SPDX-License-Identifier: Apache-2.0

package print

import (
	"io"
	"iter"
	"time"
)

// A Report is a list or a table of figures on paper.
type Report struct {
	Superior, Agency, Place string
	On                      time.Time // the day for which it stands
	Title                   string
	Subtitle                string
	Filters                 string // what was asked, as a sentence
	Landscape               bool
	Columns                 []Column
	Ticks                   []Tick // on the axis of the last column
	Lines                   iter.Seq[Line]
	Notes                   []string // below the table
	Signers                 []Signer
	At                      time.Time
	Mark                    string
}

// A LineKind says how a line of a report looks.
type LineKind int

// The kinds of line.
const (
	Item  LineKind = iota // a row
	Group                 // a name over the whole width; Level 0 bold, 1 italic
	Total                 // a row in bold
)

// A Line is one line of a report.
type Line struct {
	Kind  LineKind
	Level int      // of a group: 0 unit, 1 officer
	Cells []string // of a group: its name alone
	Late  bool     // the row is printed in red; a word in a cell says so as well
	Bars  []Bar    // drawn in the last column, whose text then is left empty
}

// A Bar is a time on the line of the last column, in percent of its width.
type Bar struct {
	From, Width float64
	Kind        BarKind
}

// A BarKind says how a bar looks; no two differ in colour alone.
type BarKind int

// The kinds of bar.
const (
	BarPlan BarKind = iota // a frame: from the beginning to the first day promised
	BarHeld                // filled: somebody has it
	BarNext                // filled darker: the next holder
	BarLate                // low and red: beyond the day
	BarStay                // hatched by uprights: it stands still
	BarMark                // an upright stroke: a day
)

// A Tick is a day on the axis in the head of the last column.
type Tick struct {
	At    float64
	Label string
}

// Table writes a report as PDF.
func Table(w io.Writer, r Report) error {
	o := "P"
	if r.Landscape {
		o = "L"
	}
	p := newPaper(o, r.Title, r.At, r.Mark)
	p.page()
	left, right := 20.0, 15.0
	wide := p.w - left - right
	y, _ := p.head(15, letterhead{Superior: r.Superior, Agency: r.Agency, Date: PlaceAndDate(r.Place, r.On)})
	y = p.block(left, y+3, wide, r.Title, bold, 15, Center)
	if r.Subtitle != "" {
		y = p.block(left, y, wide, r.Subtitle, bold, 12, Center)
	}
	if r.Filters != "" {
		y = p.block(left, y+1, wide, r.Filters, italic, 11, Center)
	}
	g := newGridWith(p, r.Columns, r.Ticks, left, right, y+3, 15, p.h-15, 10)
	for l := range r.Lines {
		g.line(l)
	}
	g.after(r, left, wide)
	p.numberPages(1)
	return p.output(w)
}

func (g *grid) line(l Line) {
	st, c := regular, black
	switch {
	case l.Kind == Group:
		name := ""
		if len(l.Cells) > 0 {
			name = l.Cells[0]
		}
		st = bold
		if l.Level > 0 {
			st = italic
		}
		g.band(name, 4*float64(l.Level), st)
		return
	case l.Kind == Total:
		st = bold
	}
	if l.Late {
		c = red
	}
	cells := make([][]run, len(g.columns))
	for i := range cells {
		if i < len(l.Cells) && l.Cells[i] != "" {
			cells[i] = []run{g.cell(i, l.Cells[i], st, c)}
		}
	}
	g.bars = l.Bars
	g.row(cells, false)
	g.bars = nil
}

// after draws the notes and the signatures.
func (g *grid) after(r Report, left, wide float64) {
	p := g.p
	p.ink(black)
	y := g.y + 3
	for _, n := range r.Notes {
		lines := wrapMM(n, italic, 10, wide)
		if y+float64(len(lines))*lineMM(10) > g.bottom {
			p.page()
			y = g.top
		}
		for _, l := range lines {
			p.at(left, y, wide, l, italic, 10, Left)
			y += lineMM(10)
		}
	}
	if len(r.Signers) == 0 {
		return
	}
	if y+50 > g.bottom {
		p.page()
		y = g.top
	}
	part := wide / float64(len(r.Signers))
	for i, s := range r.Signers {
		p.sign(left+float64(i)*part, y+4, part, s, 12)
	}
}
