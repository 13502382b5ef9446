// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium/responses"
)

// A piece is a run of characters on one line, with its place on the page in
// points, y counted from the top downward.
type piece struct {
	text                     string
	left, right, top, bottom float64
	font                     *responses.FontInformation // nil where nobody asked
}

// columnGap stands between the columns of a line in text that was laid out. The
// head of an official document has two: the issuer on the left, the nation's
// name on the right.
const columnGap = "    "

// layOut sets the runs of a page out in lines as the eye reads them: what stands
// at one height is one line, wide gaps within it are columnGap, and a wide gap
// between lines is an empty line. The order in the file follows whoever made it.
func layOut(rects []*responses.GetPageTextStructuredRect) string {
	var pieces []piece
	for _, r := range rects {
		p := r.PointPosition
		if strings.TrimSpace(r.Text) == "" || !finite(p.Left, p.Right, p.Top, p.Bottom) {
			continue
		}
		pieces = append(pieces, piece{
			text: r.Text, left: p.Left, right: p.Right,
			top: -max(p.Top, p.Bottom), bottom: -min(p.Top, p.Bottom),
		})
	}
	var b strings.Builder
	var last []piece
	for _, line := range lines(pieces) {
		if last != nil {
			b.WriteByte('\n')
			if wide(last, line) {
				b.WriteByte('\n')
			}
		}
		writeLine(&b, line)
		last = line
	}
	return b.String()
}

// whole writes each character into one run only. The engine gives a run all the
// characters that its box touches, and the boxes of kerned letters overlap: "SỞ NỘI VỤ"
// came out as "SỞ NỘI VVỤ", and a secret stamp was not known again. A character belongs
// to the run that its middle lies in; a space goes with the character before it.
func whole(rects []*responses.GetPageTextStructuredRect, chars []*responses.GetPageTextStructuredChar) []*responses.GetPageTextStructuredRect {
	texts := make([]strings.Builder, len(rects))
	at := -1
	for _, c := range chars {
		p := c.PointPosition
		if strings.TrimSpace(c.Text) == "" {
			if at >= 0 && c.Text == " " {
				texts[at].WriteByte(' ')
			}
			continue
		}
		x, y := (p.Left+p.Right)/2, (p.Top+p.Bottom)/2
		if at < 0 || !inside(rects[at].PointPosition, x, y) {
			found := slices.IndexFunc(rects, func(r *responses.GetPageTextStructuredRect) bool { return inside(r.PointPosition, x, y) })
			if found < 0 {
				found = at
			}
			at = found
		}
		if at >= 0 {
			texts[at].WriteString(c.Text)
		}
	}
	out := make([]*responses.GetPageTextStructuredRect, len(rects))
	for i, r := range rects {
		one := *r
		one.Text = texts[i].String()
		out[i] = &one
	}
	return out
}

func inside(p responses.CharPosition, x, y float64) bool {
	return x >= p.Left && x <= p.Right && y >= min(p.Top, p.Bottom) && y <= max(p.Top, p.Bottom)
}

func finite(values ...float64) bool {
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}

// lines gathers pieces that share half of the lower one's height.
func lines(pieces []piece) [][]piece {
	slices.SortStableFunc(pieces, func(a, b piece) int { return cmp.Compare(a.top+a.bottom, b.top+b.bottom) })
	var all [][]piece
	for _, p := range pieces {
		if n := len(all); n > 0 && sameLine(all[n-1], p) {
			all[n-1] = append(all[n-1], p)
			continue
		}
		all = append(all, []piece{p})
	}
	for _, line := range all {
		slices.SortStableFunc(line, func(a, b piece) int { return cmp.Compare(a.left, b.left) })
	}
	return all
}

func sameLine(line []piece, p piece) bool {
	q := line[len(line)-1]
	shared := min(q.bottom, p.bottom) - max(q.top, p.top)
	return shared >= 0.5*min(q.bottom-q.top, p.bottom-p.top)
}

func writeLine(b *strings.Builder, line []piece) {
	for i, p := range line {
		text := strings.TrimRight(p.text, " \r\n")
		if i > 0 {
			q := line[i-1]
			gap, em := p.left-q.right, max(q.bottom-q.top, p.bottom-p.top, 1)
			switch {
			case gap > 1.2*em:
				b.WriteString(columnGap)
			case gap > 0.15*em || strings.TrimRight(q.text, " ") != q.text:
				b.WriteByte(' ')
			}
			text = strings.TrimLeft(text, " ")
		}
		b.WriteString(text)
	}
}

// wide tells a gap between two lines in which another line would have fit. Rules
// drawn with underscores are lines of no height.
func wide(a, b []piece) bool {
	bottom, top, height := math.Inf(-1), math.Inf(1), 0.0
	for _, p := range a {
		bottom = max(bottom, p.bottom)
		if utf8.RuneCountInString(p.text) > 1 {
			height = max(height, p.bottom-p.top)
		}
	}
	for _, p := range b {
		top = min(top, p.top)
		height = max(height, p.bottom-p.top)
	}
	return top-bottom > 0.9*height
}
