// SPDX-License-Identifier: Apache-2.0

package letter

import (
	"soviec/kit/typeface"
)

// A canvas is pages with words and rules on them, before they are a file.
type canvas struct {
	sheets []*sheet
	root   *element
}

// A sheet is one page.
type sheet struct {
	no     int // from 1
	w, h   float64
	marks  []mark
	fields []formField
	boxes  *[]Box
}

// A mark is one thing drawn: words, a rule, or a frame.
type mark struct {
	kind    markKind
	x, y    float64 // of words: where their base line begins
	w, h    float64
	thick   float64 // of a rule, in points
	text    string
	cut     typeface.Cut
	size    float64
	stretch float64 // more room at each blank
	red     bool
	in      *element // nil: it says nothing to a reader aloud
}

type markKind int

const (
	markWords markKind = iota
	markRule
	markFrame
)

// An element is a piece of the logical structure, for readers aloud.
type element struct {
	tag  string
	up   *element
	kids []any // *element or content
}

// content is a stretch of marks on one page.
type content struct{ page, id int }

func (e *element) add(tag string) *element {
	kid := &element{tag: tag, up: e}
	e.kids = append(e.kids, kid)
	return kid
}

// A formField is an empty text field.
type formField struct {
	name, label string
	x, y, w, h  float64
	cut         typeface.Cut
	size        float64
	align       int64
}

func (c *canvas) sheet(w, h float64, boxes *[]Box) *sheet {
	s := &sheet{no: len(c.sheets) + 1, w: w, h: h, boxes: boxes}
	c.sheets = append(c.sheets, s)
	return s
}

// words draws text whose line begins at the top y.
func (s *sheet) words(x, top float64, text string, cut typeface.Cut, size float64, in *element) {
	s.base(x, top+lineHigh(size)-under(size), text, cut, size, in)
}

func (s *sheet) base(x, y float64, text string, cut typeface.Cut, size float64, in *element) {
	if text != "" {
		s.marks = append(s.marks, mark{kind: markWords, x: x, y: y, text: text, cut: cut, size: size, in: in})
	}
}

// line draws one line of words; a justified one fills its width.
func (s *sheet) line(x, top float64, l line, size, high, fill float64, in *element) {
	stretch := 0.0
	if gaps := len(l.words) - 1; fill > 0 && gaps > 0 {
		stretch = (fill - l.wide) / float64(gaps)
	}
	y := top + high - under(size)
	space := width(" ", upright, size)
	for i := 0; i < len(l.words); {
		j, text := i+1, l.words[i].text
		for j < len(l.words) && l.words[j].cut == l.words[i].cut {
			text += " " + l.words[j].text
			j++
		}
		if j < len(l.words) {
			text += " " // the blank belongs to the words before it, so that it can be searched
		}
		s.marks = append(s.marks, mark{kind: markWords, x: x, y: y, text: text, cut: l.words[i].cut, size: size, stretch: stretch, in: in})
		for ; i < j; i++ {
			x += l.words[i].wide + space + stretch
		}
	}
}

// centred draws lines in the middle of a column and gives the y below them.
func (s *sheet) centred(x, top, w float64, lines []line, size float64, in *element) float64 {
	for _, l := range lines {
		s.line(x+(w-l.wide)/2, top, l, size, lineHigh(size), 0, in)
		top += lineHigh(size)
	}
	return top
}

func (s *sheet) rule(x0, x1, y, thick float64) {
	s.marks = append(s.marks, mark{kind: markRule, x: x0, y: y, w: x1 - x0, thick: thick})
}

func (s *sheet) frame(x, y, w, h, thick float64, red bool) {
	s.marks = append(s.marks, mark{kind: markFrame, x: x, y: y, w: w, h: h, thick: thick, red: red})
}

// box tells where an element stands.
func (s *sheet) box(name string, x, y, w, h float64) {
	*s.boxes = append(*s.boxes, Box{Name: name, Page: s.no, X: x, Y: y, W: w, H: h})
}
