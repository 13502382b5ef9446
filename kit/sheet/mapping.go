// SPDX-License-Identifier: Apache-2.0

package sheet

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// leastLikeness is how alike a head must be to be proposed; below it a person chooses.
const leastLikeness = 0.6

// ProposeMapping proposes for each known column, by its key, the position in
// the head row that looks most like it. Heads are compared without marks, case
// and signs; each position is proposed once, the most alike first. Columns that
// are not recognised are left out.
func ProposeMapping(head []string, known []Column) map[string]int {
	type guess struct {
		key      string
		at       int
		likeness float64
		order    int
	}
	var guesses []guess
	folded := make([][]string, len(head))
	for i, h := range head {
		folded[i] = words(h)
	}
	for order, c := range known {
		for i := range head {
			best := 0.0
			for _, t := range append([]string{c.Title}, c.Titles...) {
				best = max(best, likeness(folded[i], words(t)))
			}
			if best >= leastLikeness {
				guesses = append(guesses, guess{c.Key, i, best, order})
			}
		}
	}
	slices.SortStableFunc(guesses, func(a, b guess) int {
		return cmp.Or(cmp.Compare(b.likeness, a.likeness), cmp.Compare(a.order, b.order), cmp.Compare(a.at, b.at))
	})
	out := map[string]int{}
	taken := map[int]bool{}
	for _, g := range guesses {
		if _, done := out[g.key]; !done && !taken[g.at] {
			out[g.key], taken[g.at] = g.at, true
		}
	}
	return out
}

// FindHead returns the position among the first rows of the one that names the
// most known columns, or -1 when none names at least two. Registers carry the
// agency, a title and a period above their head.
func FindHead(rows [][]string, known []Column) int {
	best, most := -1, 1
	for i, r := range rows {
		if n := len(ProposeMapping(r, known)); n > most {
			best, most = i, n
		}
	}
	return best
}

// likeness is 1 for equal heads, less for heads of which one contains the
// other's words, 0 for heads without a word in common.
func likeness(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	if slices.Equal(a, b) {
		return 1
	}
	if strings.Join(a, "") == strings.Join(b, "") {
		return 0.98
	}
	left := slices.Clone(b)
	common := 0
	for _, w := range a {
		if i := slices.Index(left, w); i >= 0 {
			common++
			left = slices.Delete(left, i, i+1)
		}
	}
	// Dice's measure: two heads of three words with two in common are alike by 0.67.
	return 0.95 * 2 * float64(common) / float64(len(a)+len(b))
}

// words are the syllables of a head without marks, case and signs: "Số, ký
// hiệu (1)" and "SO KY HIEU" are the same.
func words(s string) []string {
	s = norm.NFD.String(strings.ToLower(s))
	s = strings.Map(func(r rune) rune {
		switch {
		case r == 'đ':
			return 'd'
		case unicode.Is(unicode.Mn, r):
			return -1
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return r
		}
		return ' '
	}, s)
	list := strings.Fields(s)
	if n := len(list); n > 1 && len(list[n-1]) <= 2 && unicode.IsDigit(rune(list[n-1][0])) {
		list = list[:n-1] // the column's number under or beside its head
	}
	return list
}
