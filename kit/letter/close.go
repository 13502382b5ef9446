// SPDX-License-Identifier: Apache-2.0

package letter

import "strings"

// Room for a signature (7c) and the usual diameter of a seal (8), in millimetres.
const (
	signHigh = 25.0
	signWide = 50.0
	sealWide = 36.0
)

// signed is a signature measured in a column.
type signed struct {
	lines, note, above, name []line
	size                     float64
	high                     float64
}

func (t *setter) measureSignature(g Signature, w, size float64) signed {
	out := signed{size: size}
	for _, l := range g.Lines {
		out.lines = append(out.lines, balanced(clean(l), strong, size, w)...)
	}
	if g.Note != "" {
		out.note = balanced(clean(g.Note), slanted, size-1, w)
	}
	if g.Above != "" {
		out.above = balanced(clean(g.Above), strong, size, w)
	}
	if g.Name != "" {
		out.name = balanced(clean(g.Name), strong, size, w)
	}
	out.high = float64(len(out.lines)+len(out.above)+len(out.name))*lineHigh(size) + float64(len(out.note))*lineHigh(size-1) + signHigh
	return out
}

// A place says how the boxes of a signature are named: the signer's as the drawing has them,
// those of whoever signs beside him with a mark, other's not at all.
type place int

const (
	unnamed place = iota
	theSigner
	beside
)

// Beside marks the boxes of the signature left of the signer's: "7c-2".
const Beside = "-2"

// draw sets boxes 7a, 7c, 7b in a column.
func (g signed) draw(s *sheet, x, y, w float64, in *element, at place) {
	mark := ""
	if at == beside {
		mark = Beside
	}
	top := y
	y = s.centred(x, y, w, g.lines, g.size, in)
	y = s.centred(x, y, w, g.note, g.size-1, in)
	if at != unnamed {
		s.box("7a"+mark, x, top, w, y-top)
		left := x + (w-signWide)/2
		s.box("7c"+mark, left, y, signWide, signHigh)
		if at == theSigner {
			s.box("8", left+signWide/3-sealWide, y+(signHigh-sealWide)/2, sealWide, sealWide)
		}
	}
	y += signHigh
	top = y
	y = s.centred(x, y, w, g.above, g.size, in)
	y = s.centred(x, y, w, g.name, g.size, in)
	if at != unnamed {
		s.box("7b"+mark, x, top, w, y-top)
	}
}

// sizes of box 9b
const (
	toHead = 12.0
	toList = 11.0
)

// recipients breaks box 9b into lines.
func recipients(list []string, w float64) []line {
	var out []line
	for i, r := range list {
		end := ";"
		if i == len(list)-1 {
			end = "."
		}
		text := clean("- " + strings.TrimRight(strings.TrimPrefix(strings.TrimSpace(r), "- "), ";. ") + end)
		out = append(out, breakLines(wordsOf(toList, run{text, upright}), toList, w, w)...)
	}
	return out
}

// closing makes the items that end a document: box 9b on the left and box 7 on the right
// at the same height, never torn; of two signers the first stands left and box 9b below.
func (t *setter) closing(list []Signature, to []string, drafter string) []item {
	size, half := t.p.Body, t.w/2
	gap := t.p.Paragraph * pt * 2
	var out []item
	for i := 0; len(list) > 1 && i < len(list); i += 2 {
		pair := list[i:min(i+2, len(list))]
		high := 0.0
		var blocks []signed
		var ins []*element
		for _, g := range pair {
			b := t.measureSignature(g, half-4, size)
			high = max(high, b.high)
			blocks, ins = append(blocks, b), append(ins, t.in.add("P"))
		}
		from := i
		out = append(out, item{high: high, gap: gap, draw: func(s *sheet, y float64) {
			if len(blocks) == 1 {
				blocks[0].draw(s, t.x, y, t.w, ins[0], unnamed)
				return
			}
			for j, b := range blocks {
				at := unnamed
				if from == 0 {
					at = []place{beside, theSigner}[j]
				}
				b.draw(s, t.x+float64(j)*half+2, y, half-4, ins[j], at)
			}
		}})
	}
	left := recipients(to, half-4)
	in, sign := t.in.add("P"), t.in.add("P")
	item0 := item{gap: gap}
	var one signed
	if len(list) == 1 {
		one = t.measureSignature(list[0], half, size)
		item0.high = one.high
	}
	head := 0.0
	if len(left) > 0 {
		head = lineHigh(toHead)
	}
	// a list that is longer than the signature goes on below, over the page if it must
	beside := len(left)
	if all := head + float64(len(left)+1)*lineHigh(toList); all <= max(item0.high, (t.high-t.p.Top-t.p.Bottom)/2) {
		item0.high = max(item0.high, all)
	} else {
		beside = max(3, int((item0.high-head)/lineHigh(toList))+1)
		item0.high = head + float64(beside)*lineHigh(toList)
	}
	item0.draw = func(s *sheet, y float64) {
		if len(list) == 1 {
			one.draw(s, t.x+half, y, half, sign, theSigner)
		}
		top := y
		if len(left) > 0 {
			s.words(t.x, y, "Nơi nhận:", both, toHead, in)
			y += head
		}
		for _, l := range left[:beside] {
			s.line(t.x, y, l, toList, lineHigh(toList), 0, in)
			y += lineHigh(toList)
		}
		if len(left) > 0 {
			s.box("9b", t.x, top, half-4, y-top)
		}
		if drafter != "" && beside == len(left) {
			t.drafter(s, drafter, y, left, in)
		}
	}
	if len(left) > 0 || len(list) == 1 || drafter != "" {
		out = append(out, item0)
	}
	for i, l := range left[beside:] {
		at := beside + i
		out = append(out, item{high: lineHigh(toList), draw: func(s *sheet, y float64) {
			s.line(t.x, y, l, toList, lineHigh(toList), 0, in)
			if drafter != "" && at == len(left)-1 {
				t.drafter(s, drafter, y+lineHigh(toList), left, in)
			}
		}})
	}
	return out
}

// drafter draws box 12 at the right end of box 9b: on its last line where there is room.
func (t *setter) drafter(s *sheet, text string, y float64, left []line, in *element) {
	w := width(text, upright, toList)
	x := t.x + t.w/2 - 4 - w
	if n := len(left); n > 0 && t.x+left[n-1].wide+3 <= x {
		y -= lineHigh(toList)
	}
	s.words(x, y, text, upright, toList, in)
	s.box("12", x, y, w, lineHigh(toList))
}

// confirmation is the second block of a giấy nghỉ phép, which another agency signs.
func (t *setter) confirmation() []item {
	if t.l.Confirmation == "" {
		return nil
	}
	w := t.w/2 - 4
	lines := balanced(clean(t.l.Confirmation), strong, t.p.Body, w)
	in := t.in.add("P")
	return []item{{high: float64(len(lines))*lineHigh(t.p.Body) + signHigh, gap: t.p.Paragraph * pt, draw: func(s *sheet, y float64) {
		s.centred(t.x, y, w, lines, t.p.Body, in)
	}}}
}

// addressees draws box 9a on the first page: one on the line of "Kính gửi:", several on a
// line each with their dashes under the colon.
func (t *setter) addressees() []item {
	to := t.l.Addressees
	if len(to) == 0 {
		return nil
	}
	size := t.p.Body
	label := "Kính gửi:"
	if t.l.Caller != "" {
		label = strings.TrimRight(clean(t.l.Caller), ": ") + ":"
	}
	in := t.in.add("P")
	lw, space := width(label, upright, size), width(" ", upright, size)
	trim := func(s string) string { return strings.TrimRight(strings.TrimPrefix(clean(s), "- "), ";., ") }
	high := lineHigh(size)
	if len(to) == 1 {
		text := trim(to[0])
		lines := breakLines(wordsOf(size, run{text, upright}), size, t.w-lw-space-t.p.Indent, t.w-lw-space-t.p.Indent)
		all := lw + space + widest(lines)
		x := t.x + max(t.p.Indent, (t.w-all)/2)
		return []item{{high: float64(len(lines)) * high, gap: t.p.Paragraph * pt * 2, draw: func(s *sheet, y float64) {
			top := y
			s.words(x, y, label+" ", upright, size, in)
			for _, l := range lines {
				s.line(x+lw+space, y, l, size, high, 0, in)
				y += high
			}
			s.box("9a", x, top, all, y-top)
		}}}
	}
	dash := width("- ", upright, size)
	shift := lw - width(":", upright, size) // the dashes stand under the colon
	if t.l.Caller != "" {
		shift = t.p.Indent
	}
	room := t.w - t.p.Indent - shift - dash
	var rows [][]line
	most := 0.0
	for i, a := range to {
		end := ";"
		if i == len(to)-1 {
			end = "."
		}
		lines := breakLines(wordsOf(size, run{trim(a) + end, upright}), size, room, room)
		most = max(most, widest(lines))
		rows = append(rows, lines)
	}
	x := t.x + max(t.p.Indent, (t.w-max(lw, shift+dash+most))/2)
	out := []item{{high: high, gap: t.p.Paragraph * pt * 2, keep: true, draw: func(s *sheet, y float64) {
		s.words(x, y, label, upright, size, in)
		s.box("9a", x, y, max(lw, shift+dash+most), high*float64(1+len(rows)))
	}}}
	for _, lines := range rows {
		out = append(out, item{high: float64(len(lines)) * high, draw: func(s *sheet, y float64) {
			s.words(x+shift, y, "- ", upright, size, in)
			for _, l := range lines {
				s.line(x+shift+dash, y, l, size, high, 0, in)
				y += high
			}
		}})
	}
	return out
}
