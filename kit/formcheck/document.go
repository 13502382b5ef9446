// SPDX-License-Identifier: Apache-2.0

package formcheck

import (
	"strings"

	"soviec/kit/docx"
)

// Document judges a Word document: words and look.
func Document(d docx.Document, o Options) []Finding {
	lines := documentLines(d.Blocks)
	p := find(lines, o)
	length := 0
	for _, l := range lines {
		length += len([]rune(l.text))
	}
	p.long = length > 3600 // more than a page holds with its head and foot
	for _, s := range d.Sections {
		p.sections = append(p.sections, section{width: s.Width, height: s.Height, top: s.Top, bottom: s.Bottom, left: s.Left, right: s.Right,
			numbered: s.PageNumber, above: s.NumberAbove, onFirst: s.NumberOnFirst, numbersKnown: true})
	}
	return judge(p, o)
}

// documentLines are the paragraphs in the order of reading. A table without lines is two
// columns of a head or a foot.
func documentLines(blocks []docx.Block) []piece {
	var out []piece
	for _, b := range blocks {
		switch {
		case b.Paragraph != nil:
			out = append(out, paragraphLines(b.Paragraph, 0, false)...)
		case b.Table != nil && !b.Table.Borders && columns(b.Table) <= 3:
			for col := range columns(b.Table) {
				for _, row := range b.Table.Rows {
					if col < len(row) {
						for _, p := range docx.Paragraphs(row[col].Blocks) {
							side := 1
							if col > 0 {
								side = 2
							}
							out = append(out, paragraphLines(p, side, false)...)
						}
					}
				}
			}
		case b.Table != nil:
			for _, p := range docx.Paragraphs([]docx.Block{b}) {
				out = append(out, paragraphLines(p, 0, true)...)
			}
		}
	}
	return out
}

func columns(t *docx.Table) int {
	n := 0
	for _, r := range t.Rows {
		n = max(n, len(r))
	}
	return n
}

func paragraphLines(p *docx.Paragraph, column int, table bool) []piece {
	one := piece{look: true, font: p.Font(), size: p.Size(), bold: p.Bold(), italic: p.Italic(), align: p.Align, first: p.First, before: p.Before, after: p.After,
		spacing: p.Line, fresh: true, column: column, table: table, at: Place{Block: p.Index}}
	if p.Line < 0 {
		one.spacing = 0 // exactly so many points
	}
	if strings.TrimSpace(p.Text) == "" {
		return nil
	}
	text := p.Text
	// a head without a table: the columns are kept apart by tabs
	if column == 0 && !table {
		if left, right, ok := strings.Cut(text, "\t"); ok && strings.TrimSpace(left) != "" && strings.TrimSpace(right) != "" && !strings.Contains(strings.TrimLeft(right, "\t "), "\t") && len([]rune(left)) > 3 {
			a, b := one, one
			a.text, a.column = strings.TrimSpace(left), 1
			b.text, b.column = strings.TrimSpace(right), 2
			return []piece{a, b}
		}
	}
	var out []piece
	for i, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) != "" {
			l := one
			l.text, l.fresh = line, i == 0 || column != 0
			out = append(out, l)
		}
	}
	return out
}
