// SPDX-License-Identifier: Apache-2.0

package docx

import (
	"context"
	"io"
	"slices"
	"strings"
)

// A Document is what a DOCX shows: its pages' measures and its text in order.
type Document struct {
	Sections []Section
	Blocks   []Block
	Marks    []string // names of fields in the text: {{name}} and content controls, in order of first appearance
}

// A Section is a part of the document with measures of its own, in millimetres.
type Section struct {
	Width, Height            float64
	Top, Bottom, Left, Right float64
	TitlePage                bool // the first page has headers of its own
	PageNumber               bool // a header or footer of the following pages shows the page's number
	NumberAbove              bool // and it is a header
	NumberOnFirst            bool // the first page shows it too
	Blocks                   int  // how many blocks come up to its end
}

// A Block is a paragraph or a table.
type Block struct {
	Paragraph *Paragraph
	Table     *Table
}

// A Paragraph is one paragraph with its resolved look.
type Paragraph struct {
	Index       int // from 1, in the order of the file, those in tables counted too
	Text        string
	Runs        []Run
	Align       string  // left, center, right, both
	First, Left float64 // indents, millimetres
	Before      float64 // space above and below, points
	After       float64
	Line        float64 // times single; negative = points exactly or at least
	KeepNext    bool
	Numbered    bool // the number before it is made by Word and is not in the text
	NewPage     bool // begins a page
	Rule        bool // a line is drawn under it, or in it
}

// A Run is text of one look.
type Run struct {
	Text                    string
	Font                    string
	Size                    float64 // points
	Bold, Italic, Underline bool
	Color                   string // RRGGBB; "" or "auto" is black
}

// A Table is rows of cells.
type Table struct {
	Rows    [][]Cell
	Borders bool // lines are drawn
}

// A Cell holds blocks of its own.
type Cell struct {
	Width  float64 // millimetres; 0 when it does not say
	Blocks []Block
}

// Paragraphs are all paragraphs below the blocks, tables row by row.
func Paragraphs(blocks []Block) []*Paragraph {
	var out []*Paragraph
	for _, b := range blocks {
		if b.Paragraph != nil {
			out = append(out, b.Paragraph)
		}
		if b.Table != nil {
			for _, row := range b.Table.Rows {
				for _, c := range row {
					out = append(out, Paragraphs(c.Blocks)...)
				}
			}
		}
	}
	return out
}

// Size is the size that most of the paragraph's letters have; 0 without text.
func (p *Paragraph) Size() float64 {
	return most(p.Runs, func(r Run) float64 { return r.Size })
}

// Font is the font that most of the paragraph's letters have.
func (p *Paragraph) Font() string { return most(p.Runs, func(r Run) string { return r.Font }) }

// Bold and Italic tell what most of the paragraph's letters are.
func (p *Paragraph) Bold() bool { return most(p.Runs, func(r Run) bool { return r.Bold }) }

// Italic tells whether most of the paragraph's letters are.
func (p *Paragraph) Italic() bool { return most(p.Runs, func(r Run) bool { return r.Italic }) }

func most[T comparable](runs []Run, of func(Run) T) T {
	var best T
	counts := map[T]int{}
	for _, r := range runs {
		v := of(r)
		if counts[v] += len(strings.TrimSpace(r.Text)); counts[v] > counts[best] {
			best = v
		}
	}
	return best
}

// Read reads a foreign DOCX. A file that cannot be read, or passes the limits, is
// fault.Invalid on the field "file".
func Read(ctx context.Context, r io.ReaderAt, size int64, l Limits) (Document, error) {
	p, err := open(r, size, l)
	if err != nil {
		return Document{}, err
	}
	st, err := readStyles(p)
	if err != nil {
		return Document{}, err
	}
	main, err := p.read(mainPart)
	if err != nil {
		return Document{}, err
	}
	w := &walker{ctx: ctx, styles: st, t: newTags(main, p.limits), text: p.limits.TextBytes}
	if err := w.walk(); err != nil {
		return Document{}, err
	}
	doc := Document{Sections: w.sections, Blocks: w.top.blocks, Marks: w.marks}
	if err := w.numberPages(p, doc.Sections); err != nil {
		return Document{}, err
	}
	for _, para := range Paragraphs(doc.Blocks) {
		for _, name := range marksIn(para.Text) {
			if len(doc.Marks) < maxMarks && !slices.Contains(doc.Marks, name) {
				doc.Marks = append(doc.Marks, name)
			}
		}
	}
	return doc, nil
}
