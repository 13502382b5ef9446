// SPDX-License-Identifier: Apache-2.0

package letter

import (
	"strings"
	"unicode"

	"soviec/kit/typeface"
)

// pt is a point in millimetres; lengths are millimetres everywhere, sizes of letters points.
const pt = 25.4 / 72

const (
	upright = typeface.Upright
	strong  = typeface.Strong
	slanted = typeface.Slanted
	both    = typeface.StrongSlanted
)

// lineHigh is single spacing: ascent, descent and gap of the typeface.
func lineHigh(size float64) float64 { return size * 1.149 * pt }

// under is the part of a line below its base line.
func under(size float64) float64 { return size * 0.237 * pt }

func width(s string, cut typeface.Cut, size float64) float64 {
	f, w := typeface.FaceOf(cut), 0
	for _, r := range s {
		w += f.Advance(r)
	}
	return float64(w) * size * pt / 1000
}

// A run is words in one cut.
type run struct {
	text string
	cut  typeface.Cut
}

// A word is what is never broken but in need. One that is tied stays on the line of the
// word before it.
type word struct {
	text string
	cut  typeface.Cut
	wide float64
	tied bool
}

// ties are words that must not end a line: what follows them counts.
var ties = map[string]bool{"điều": true, "khoản": true, "điểm": true, "mục": true, "chương": true, "phần": true, "ngày": true, "tháng": true, "năm": true, "quý": true, "ông": true, "bà": true}

// wordsOf takes runs apart. A word and the number behind it stay together ("Điều 5",
// "ngày 05"), and so does a dash with what it stands before.
func wordsOf(size float64, runs ...run) []word {
	var out []word
	for _, r := range runs {
		for f := range strings.FieldsSeq(r.text) {
			w := word{text: f, cut: r.cut, wide: width(f, r.cut, size)}
			if n := len(out); n > 0 {
				before := strings.ToLower(out[n-1].text)
				c := []rune(f)[0]
				w.tied = (ties[before] && (unicode.IsDigit(c) || len([]rune(strings.TrimRight(f, ",.;"))) <= 2 && before == "điểm")) || n == 1 && out[0].text == "-" || f == "-" || f == "–"
			}
			out = append(out, w)
		}
	}
	return out
}

// A line is words that stand side by side.
type line struct {
	words []word
	wide  float64 // at its natural width
	last  bool
}

// breakLines fills lines, the first of which may be shorter. There is none without words.
func breakLines(words []word, size, first, rest float64) []line {
	var out []line
	space := width(" ", upright, size)
	room := first
	for i := 0; i < len(words); {
		j := i + 1 // words[i:j] are tied together
		wide := words[i].wide
		for j < len(words) && words[j].tied {
			wide += space + words[j].wide
			j++
		}
		n := len(out)
		switch {
		case n > 0 && !out[n-1].last && out[n-1].wide+space+wide <= room+1e-6:
			l := &out[n-1]
			l.words, l.wide = append(l.words, words[i:j]...), l.wide+space+wide
			i = j
			continue
		case n > 0:
			room = rest
		}
		if wide <= room {
			out = append(out, line{words: append([]word(nil), words[i:j]...), wide: wide})
			i = j
			continue
		}
		if j > i+1 { // too much is tied
			for k := i + 1; k < j; k++ {
				words[k].tied = false
			}
			continue
		}
		head, tail := cutWord(words[i], size, room)
		out = append(out, line{words: []word{head}, wide: head.wide})
		if tail.text == "" {
			i++
		} else {
			words[i] = tail
		}
	}
	if n := len(out); n > 0 {
		out[n-1].last = true
	}
	return out
}

// cutWord breaks a word that is wider than a line: after a stroke or hyphen where there is
// one, else where the line ends.
func cutWord(w word, size, room float64) (word, word) {
	used, last := 0.0, 0
	for i, r := range w.text {
		wide := width(string(r), w.cut, size)
		if i > 0 && used+wide > room {
			if last == 0 {
				last = i
			}
			head, tail := w, w
			head.text, tail.text = w.text[:last], w.text[last:]
			head.wide, tail.wide = width(head.text, w.cut, size), width(tail.text, w.cut, size)
			tail.tied = false
			return head, tail
		}
		used += wide
		if strings.ContainsRune("/-._,@", r) {
			last = i + len(string(r))
		}
	}
	return w, word{}
}

// balanced breaks words into as few lines as they need, about equally long: headings.
// A break that stands in the text is kept.
func balanced(text string, cut typeface.Cut, size, room float64) []line {
	var out []line
	for part := range strings.SplitSeq(text, "\n") {
		words := wordsOf(size, run{part, cut})
		lines := breakLines(append([]word(nil), words...), size, room, room)
		low, high := 0.0, room
		for range 12 {
			mid := (low + high) / 2
			if try := breakLines(append([]word(nil), words...), size, mid, mid); len(try) > len(lines) {
				low = mid
			} else {
				lines, high = try, mid
			}
		}
		out = append(out, lines...)
	}
	return out
}

func (l line) text() string {
	var parts []string
	for _, w := range l.words {
		parts = append(parts, w.text)
	}
	return strings.Join(parts, " ")
}

func widest(lines []line) float64 {
	w := 0.0
	for _, l := range lines {
		w = max(w, l.wide)
	}
	return w
}
