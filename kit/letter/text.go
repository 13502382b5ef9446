// SPDX-License-Identifier: Apache-2.0

package letter

import (
	"reflect"
	"strings"
)

// Text writes blocks as the plain text that Parse reads back to the same blocks.
func Text(blocks []Block) string {
	text := write(blocks, false)
	if !reflect.DeepEqual(Parse(text), canonical(blocks)) { // a paragraph that would be taken for a basis further on
		text = write(blocks, true)
	}
	return text
}

func write(blocks []Block, sayAll bool) string {
	var b strings.Builder
	r := &reader{}
	for i, x := range canonical(blocks) {
		if i > 0 && (x.Kind == Table || r.table || spaced(x)) {
			b.WriteByte('\n')
			r.line("")
		}
		lines := natural(x)
		if !r.gives(lines, x) || sayAll {
			lines = outright(x)
		}
		for _, l := range lines {
			b.WriteString(l)
			b.WriteByte('\n')
			r.line(l)
		}
	}
	return b.String()
}

// spaced blocks have an empty line above them, for the eye.
func spaced(b Block) bool { return b.Kind == Part || b.Kind == Section || b.Kind == Centred }

// natural writes a block as people do.
func natural(b Block) []string {
	switch b.Kind {
	case Table:
		var lines []string
		for i, cells := range b.Rows {
			lines = append(lines, rowText(cells))
			if i+1 == b.Head {
				lines = append(lines, "|"+strings.Repeat("---|", max(1, len(cells))))
			}
		}
		return lines
	case Part, Section:
		if b.Text == "" {
			return []string{b.Mark}
		}
		return []string{b.Mark, b.Text}
	}
	return []string{strings.TrimSpace(b.Mark + " " + b.Text)}
}

// outright writes a block so that it cannot be taken for another kind.
func outright(b Block) []string {
	switch b.Kind {
	case Para:
		return []string{sayPara + b.Text}
	case Centred:
		return []string{sayCentred + b.Text}
	case Basis:
		return []string{sayBasis + b.Text}
	case Part, Section:
		if b.Text != "" {
			return []string{b.Mark + ". " + b.Text}
		}
	}
	return natural(b)
}

// gives tells whether the lines would be read as the block, and nothing above it would
// change.
func (r *reader) gives(lines []string, b Block) bool {
	if b.Kind != Table && looseCells(lines[0], "|") > 0 {
		return false
	}
	try := &reader{table: r.table, titled: r.titled, bases: r.bases}
	if n := len(r.out); n > 0 {
		try.out, try.said = append(try.out, r.out[n-1]), append(try.said, true)
	}
	n := len(try.out)
	if r.closed > 0 {
		try.closed = max(n, 1)
	}
	last := Block{}
	if n > 0 {
		last = try.out[n-1]
	}
	for _, l := range lines {
		try.line(l)
	}
	if len(try.out) != n+1 || n > 0 && !reflect.DeepEqual(try.out[n-1], last) {
		return false
	}
	return reflect.DeepEqual(try.out[n], b)
}

// canonical is the form in which blocks are read: composed letters, single blanks.
func canonical(blocks []Block) []Block {
	var out []Block
	for _, b := range blocks {
		b.Mark, b.Text = squeeze(plain(b.Mark)), squeeze(plain(b.Text))
		if b.Kind == Table {
			rows := make([][]string, 0, len(b.Rows))
			for _, cells := range b.Rows {
				row := make([]string, len(cells))
				for i, c := range cells {
					row[i] = trimLines(plain(c))
				}
				if len(row) == 0 {
					row = []string{""}
				}
				rows = append(rows, row)
			}
			b.Rows, b.Head = rows, min(max(b.Head, 0), len(rows))
			b.Mark, b.Text = "", ""
			if len(rows) == 0 {
				continue
			}
		} else {
			b.Rows, b.Head = nil, 0
			switch b.Kind {
			case Para, Centred, Basis:
				b.Mark = ""
				if b.Text == "" {
					continue
				}
			}
		}
		out = append(out, b)
	}
	return out
}

// Bases are the legal bases of the body.
func (l Letter) Bases() []string {
	var out []string
	for _, b := range l.Body {
		if b.Kind == Basis {
			out = append(out, b.Text)
		}
	}
	return out
}
