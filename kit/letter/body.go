// SPDX-License-Identifier: Apache-2.0

package letter

import "strings"

// A shape is how a paragraph is set.
type shape struct {
	runs    []run
	size    float64
	indent  float64 // of its first line
	centred bool
	gap     float64
	heading bool // what follows it stays with it
	tag     string
	mark    int // words at the beginning that the next word does not leave ("Điều 1.")
	x, w    float64
}

// paragraph makes items of a paragraph: two lines at least stand on either side of the end
// of a page.
func (t *setter) paragraph(f shape) []item {
	high := lineHigh(f.size) * t.p.Leading
	var lines []line
	words := wordsOf(f.size, f.runs...)
	for i := 1; i <= f.mark && i < len(words); i++ {
		words[i].tied = true
	}
	if f.centred {
		for _, r := range f.runs {
			lines = append(lines, balanced(r.text, r.cut, f.size, f.w)...)
		}
	} else {
		lines = breakLines(words, f.size, f.w-f.indent, f.w)
	}
	in := t.in.add(f.tag)
	out := make([]item, 0, len(lines))
	n := len(lines)
	for i, l := range lines {
		it := item{high: high, keep: f.heading || i == 0 && n > 1 || n > 2 && i == n-2}
		if i == 0 {
			it.gap = f.gap
		}
		x, fill := f.x, f.w
		if i == 0 {
			x, fill = x+f.indent, fill-f.indent
		}
		switch {
		case f.centred:
			x, fill = f.x+(f.w-l.wide)/2, 0
		case l.last:
			fill = 0
		}
		it.draw = func(s *sheet, y float64) { s.line(x, y, l, f.size, high, fill, in) }
		out = append(out, it)
	}
	return out
}

// body makes items of blocks.
func (t *setter) body(blocks []Block) []item {
	var out []item
	for i, b := range blocks {
		f := shape{size: t.p.Body, indent: t.p.Indent, gap: t.p.Paragraph * pt, tag: "P", x: t.x, w: t.w}
		text := clean(b.Text)
		f.mark = len(strings.Fields(b.Mark))
		switch b.Kind {
		case Table:
			out = append(out, t.table(b)...)
			continue
		case Para:
			f.runs = []run{{text, upright}}
		case Basis:
			f.runs = []run{{text, slanted}}
		case Centred:
			f.runs, f.centred, f.heading, f.gap = []run{{text, strong}}, true, true, t.p.Paragraph*pt*1.5
		case Part, Section:
			f.centred, f.heading, f.tag, f.gap = true, true, "H2", t.p.Paragraph*pt*1.5
			f.runs = []run{{clean(b.Mark), strong}}
			if text != "" {
				f.runs = append(f.runs, run{strings.ToUpper(text), strong})
			}
		case Roman:
			f.runs, f.heading, f.tag = []run{{b.Mark + " " + text, strong}}, true, "H3"
		case Article, Clause:
			cut := upright
			if b.Titled() {
				cut, f.heading, f.tag = strong, true, "H3"
			}
			f.runs = []run{{b.Mark, strong}, {text, cut}}
			if b.Kind == Clause {
				f.runs[0].cut = cut
			}
		default:
			f.runs = []run{{b.Mark + " " + text, upright}}
		}
		items := t.paragraph(f)
		if i+1 < len(blocks) && strings.HasSuffix(text, ":") && len(items) > 0 { // a list does not part from what announces it
			items[len(items)-1].keep = true
		}
		out = append(out, items...)
	}
	return out
}
