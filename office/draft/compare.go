// SPDX-License-Identifier: Apache-2.0

package draft

import "strings"

// A Stretch is a run of words that two versions share, or that only one has.
type Stretch struct {
	Text    string
	Changed bool
}

// A Line is one paragraph of two versions side by side; a side that has none is empty.
type Line struct{ Left, Right []Stretch }

// Same reports whether the paragraph did not change.
func (l Line) Same() bool {
	return len(l.Left) == 1 && len(l.Right) == 1 && !l.Left[0].Changed && !l.Right[0].Changed
}

// Limits of comparing: what is longer or more different is shown as replaced whole.
const (
	mostLines = 6000
	mostWords = 3000
	mostSteps = 1200 // of the shortest way from one to the other
)

// Compare puts two texts side by side by paragraphs (so sánh hai bản); in paragraphs that
// changed the words taken away stand marked left, those added right.
func Compare(before, after string) []Line {
	a, b := paragraphs(before), paragraphs(after)
	var out []Line
	var gone, come []string
	flush := func() {
		for i := range max(len(gone), len(come)) {
			switch {
			case i >= len(come):
				out = append(out, Line{Left: []Stretch{{gone[i], true}}})
			case i >= len(gone):
				out = append(out, Line{Right: []Stretch{{come[i], true}}})
			default:
				out = append(out, words(gone[i], come[i]))
			}
		}
		gone, come = nil, nil
	}
	walk(a, b, mostLines, func(s string, side int) {
		switch side {
		case 0:
			flush()
			out = append(out, Line{Left: []Stretch{{s, false}}, Right: []Stretch{{s, false}}})
		case -1:
			gone = append(gone, s)
		default:
			come = append(come, s)
		}
	})
	flush()
	return out
}

// words compares two paragraphs.
func words(before, after string) Line {
	var l Line
	add := func(to *[]Stretch, s string, changed bool) {
		if n := len(*to); n > 0 && (*to)[n-1].Changed == changed {
			(*to)[n-1].Text += " " + s
			return
		}
		*to = append(*to, Stretch{s, changed})
	}
	walk(strings.Fields(before), strings.Fields(after), mostWords, func(s string, side int) {
		if side <= 0 {
			add(&l.Left, s, side != 0)
		}
		if side >= 0 {
			add(&l.Right, s, side != 0)
		}
	})
	return l
}

func paragraphs(s string) []string {
	var out []string
	for _, p := range strings.Split(s, "\n") {
		if p = tidy(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// walk tells the shortest way from a to b: side 0 for what both have, -1 for what only a
// has, 1 for what only b has (Myers 1986). Beyond the bounds everything is replaced.
func walk(a, b []string, most int, tell func(s string, side int)) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		tell(a[0], 0)
		a, b = a[1:], b[1:]
	}
	tail := 0
	for tail < len(a) && tail < len(b) && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	end := a[len(a)-tail:]
	a, b = a[:len(a)-tail], b[:len(b)-tail]
	middle(a, b, most, tell)
	for _, s := range end {
		tell(s, 0)
	}
}

func middle(a, b []string, most int, tell func(s string, side int)) {
	replaced := func() {
		for _, s := range a {
			tell(s, -1)
		}
		for _, s := range b {
			tell(s, 1)
		}
	}
	if len(a) == 0 || len(b) == 0 || len(a) > most || len(b) > most {
		replaced()
		return
	}
	limit := min(len(a)+len(b), mostSteps)
	at := make([]int, 2*limit+2)
	var trail [][]int
	for steps := 0; steps <= limit; steps++ {
		trail = append(trail, append([]int(nil), at[limit-steps:limit+steps+2]...))
		for k := -steps; k <= steps; k += 2 {
			x := 0
			if k == -steps || k != steps && at[limit+k-1] < at[limit+k+1] {
				x = at[limit+k+1]
			} else {
				x = at[limit+k-1] + 1
			}
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			at[limit+k] = x
			if x >= len(a) && x-k >= len(b) {
				back(a, b, trail, tell)
				return
			}
		}
	}
	replaced()
}

// back follows the trail of the search from its end and tells it forward.
func back(a, b []string, trail [][]int, tell func(s string, side int)) {
	type move struct {
		s    string
		side int
	}
	var moves []move
	x, y := len(a), len(b)
	for steps := len(trail) - 1; steps >= 0; steps-- {
		px, py, from, k := 0, 0, 0, x-y
		if steps > 0 {
			at := func(k int) int { return trail[steps][k+steps] }
			if from = k - 1; k == -steps || k != steps && at(k-1) < at(k+1) {
				from = k + 1
			}
			px = at(from)
			py = px - from
		}
		for ; x > px && y > py; x, y = x-1, y-1 {
			moves = append(moves, move{a[x-1], 0})
		}
		if steps == 0 {
			break
		}
		if from == k+1 {
			moves = append(moves, move{b[y-1], 1})
		} else {
			moves = append(moves, move{a[x-1], -1})
		}
		x, y = px, py
	}
	for i := len(moves) - 1; i >= 0; i-- {
		tell(moves[i].s, moves[i].side)
	}
}
