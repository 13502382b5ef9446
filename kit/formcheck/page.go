// SPDX-License-Identifier: Apache-2.0

package formcheck

import (
	"math"
	"slices"

	"soviec/kit/extract"
)

// A Line is words on a page of a PDF.
type Line = extract.Line

// PDF judges a PDF by its words and where they stand. sizes are width and height of its
// pages in millimetres. A PDF of pictures alone has no lines, and says so.
func PDF(lines []Line, sizes [][2]float64, o Options) []Finding {
	if len(lines) == 0 {
		return []Finding{{Code: "KHONG-CO-CHU", Text: "Tệp PDF không có lớp chữ (có thể là bản quét) nên không kiểm tra được thể thức bằng máy. Hãy kiểm tra bằng mắt."}}
	}
	pieces := pdfPieces(lines, sizes)
	p := find(pieces, o)
	p.long = len(sizes) > 1
	p.sections = pdfSections(lines, sizes)
	return judge(p, o)
}

// inHead tells lines of the upper margin: page numbers, boxes 11 and 14.
func inMargin(l Line) bool { return l.Y+l.H < 18 }

// pdfPieces puts lines into columns and the left column before the right one, joins what
// belongs together, and tells where paragraphs begin.
func pdfPieces(lines []Line, sizes [][2]float64) []piece {
	width := 210.0
	if len(sizes) > 0 && sizes[0][0] > 0 {
		width = sizes[0][0]
	}
	var body []Line
	for _, l := range lines {
		if !inMargin(l) {
			body = append(body, l)
		}
	}
	edge := leftEdge(body)
	head, foot := zones(body, width)
	tables := inTables(body, head, foot, width)
	var out, right []piece
	flush := func() {
		out = append(out, right...)
		right = nil
	}
	for i, l := range body {
		one := piece{text: l.Text, look: true, font: l.Font, size: l.Size, bold: l.Bold, italic: l.Italic, at: Place{Page: l.Page, X: math.Round(l.X), Y: math.Round(l.Y)}}
		middle := l.X + l.W/2
		switch {
		case i < head || foot >= 0 && i >= foot && l.Page == body[foot].Page:
			one.fresh = true
			one.column = 1
			if middle > width*0.5 && l.X > edge+40 {
				one.column = 2
				right = append(right, one)
				continue
			}
			if i >= head && math.Abs(middle-(edge+width-20)/2) < 8 && l.X > edge+15 {
				one.column = 0
			}
		default:
			flush()
			one.table = tables[i]
			one.align = ""
			if math.Abs(middle-(edge+width-20)/2) < 4 && l.X > edge+6 {
				one.align = "center"
			}
			one.fresh = l.X > edge+6 || i > 0 && (body[i-1].Page == l.Page && l.Y-body[i-1].Y > 2.1*max(l.H, 4))
		}
		out = append(out, one)
	}
	flush()
	return out
}

// leftEdge is where most lines begin that fill the width.
func leftEdge(lines []Line) float64 {
	var xs []float64
	for _, l := range lines {
		if l.W > 100 {
			xs = append(xs, l.X)
		}
	}
	if len(xs) == 0 {
		for _, l := range lines {
			xs = append(xs, l.X)
		}
	}
	slices.Sort(xs)
	return xs[len(xs)/10]
}

// zones tells how many lines belong to the head, and where the foot begins (-1 for none).
// The head ends at the first line that is not of one column: a title, Kính gửi, words
// across the middle.
func zones(lines []Line, width float64) (head, foot int) {
	dated := 0
	for i, l := range lines {
		if l.Page > 1 || i > 30 {
			break
		}
		if headDate.MatchString(tidy(l.Text)) || beginsNumber.MatchString(tidy(l.Text)) {
			dated = i + 1
		}
	}
	head = dated
	for head < len(lines) {
		l := lines[head]
		t := tidy(l.Text)
		if l.Page > 1 || l.X+l.W > width*0.52 || beginsIntro.MatchString(t) || l.W > 75 || isTitle(t) {
			break
		}
		head++
	}
	foot = -1
	for i := len(lines) - 1; i >= head; i-- {
		if beginsNowhere.MatchString(tidy(lines[i].Text)) {
			foot = i
			break
		}
	}
	if foot < 0 {
		return head, foot
	}
	// The signature may begin a little higher, and two signers of minutes stand above it.
	for foot > head {
		l := lines[foot-1]
		if l.Page != lines[foot].Page || !l.Bold || l.W > 75 || l.X < width*0.45 && (l.X+l.W > width*0.52 || l.X < leftEdge(lines)+5) {
			break
		}
		foot--
	}
	return head, foot
}

// inTables tells lines that stand beside others at the same height within the body: cells.
func inTables(lines []Line, head, foot int, width float64) []bool {
	out := make([]bool, len(lines))
	if foot < 0 {
		foot = len(lines)
	}
	for i := head; i+1 < foot; i++ {
		a, b := lines[i], lines[i+1]
		if a.Page == b.Page && math.Abs(a.Y-b.Y) < 2 && b.X > a.X+a.W {
			out[i], out[i+1] = true, true
		}
	}
	// cells of several lines: what stands between two rows and does not reach the edges
	for i := head + 1; i+1 < foot; i++ {
		if !out[i] && out[i-1] && out[i+1] && lines[i].W < width*0.5 {
			out[i] = true
		}
	}
	return out
}

// goesOn tells whether page 2 goes on with page 1: an appendix is numbered anew.
func goesOn(lines []Line) bool {
	seen := 0
	for _, l := range lines {
		if l.Page == 2 && !inMargin(l) && seen < 4 {
			if seen++; beginsAppendix.MatchString(tidy(l.Text)) || beginsEnclosed.MatchString(tidy(l.Text)) {
				return false
			}
		}
	}
	return seen > 0
}

// pdfSections measures the first page's margins from where words stand. Only left and right
// can be told that way.
func pdfSections(lines []Line, sizes [][2]float64) []section {
	if len(sizes) == 0 {
		return nil
	}
	s := section{width: sizes[0][0], height: sizes[0][1], loose: true, numbersKnown: goesOn(lines)}
	var left, right []float64
	for _, l := range lines {
		if l.Page <= len(sizes) && sizes[l.Page-1] == sizes[0] && l.W > 100 {
			right = append(right, sizes[0][0]-l.X-l.W)
		}
		if l.Page <= len(sizes) && sizes[l.Page-1] == sizes[0] && !inMargin(l) {
			left = append(left, l.X) // first lines are set in, Nơi nhận is not
		}
		if looksLikePage.MatchString(tidy(l.Text)) && l.Page <= len(sizes) {
			switch {
			case inMargin(l) && l.Page == 1:
				s.onFirst, s.numbered, s.above = true, true, true
			case inMargin(l):
				s.numbered, s.above = true, true
			case l.Y > sizes[l.Page-1][1]-22:
				s.numbered = true
			}
		}
	}
	if len(right) >= 3 {
		s.left, s.right = slices.Min(left), slices.Min(right)
	}
	return []section{s}
}
