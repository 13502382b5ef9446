// SPDX-License-Identifier: Apache-2.0

package web

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"soviec/door/web/view"
	"soviec/kit/find"
)

// marker marks in shown text what was typed, however either is spelled.
type marker struct{ syllables []string }

func newMarker(typed string) marker { return marker{strings.Fields(find.Fold(typed))} }

// syllable is one word of a text with its key and where it stands.
type syllable struct {
	key        string
	start, end int
}

// syllables takes a text apart as the index does: letters and digits with the marks
// that follow them.
func syllables(text string) []syllable {
	var out []syllable
	start := -1
	flush := func(end int) {
		if start >= 0 {
			if key := find.Fold(text[start:end]); key != "" {
				out = append(out, syllable{key, start, end})
			}
			start = -1
		}
	}
	for i, r := range text {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if start < 0 {
				start = i
			}
		case unicode.Is(unicode.M, r) && start >= 0:
		default:
			flush(i)
		}
	}
	flush(len(text))
	return out
}

// pieces cuts a text where it was found. The typed words as neighbours are marked
// together; where they do not stand so, each of them.
func (m marker) pieces(text string) []view.Piece {
	all := syllables(text)
	on := make([]bool, len(all))
	any := false
	for i := 0; len(m.syllables) > 0 && i+len(m.syllables) <= len(all); i++ {
		if m.at(all[i:]) {
			for j := range m.syllables {
				on[i+j] = true
			}
			any = true
		}
	}
	if !any {
		for i, s := range all {
			on[i] = len(s.key) > 1 && slices.Contains(m.syllables, s.key)
		}
	}
	var out []view.Piece
	add := func(text string, mark bool) {
		if text != "" {
			out = append(out, view.Piece{Text: text, Mark: mark})
		}
	}
	at := 0
	for i := 0; i < len(all); i++ {
		if !on[i] {
			continue
		}
		j := i
		for j+1 < len(all) && on[j+1] {
			j++
		}
		add(text[at:all[i].start], false)
		add(text[all[i].start:all[j].end], true)
		at, i = all[j].end, j
	}
	add(text[at:], false)
	return out
}

func (m marker) at(all []syllable) bool {
	for j, s := range m.syllables {
		if all[j].key != s {
			return false
		}
	}
	return true
}

// whole reports whether all that was typed stands in one of the fields or another.
// What does not was found in the text of a file.
func (m marker) whole(fields ...string) bool {
	var b strings.Builder
	for _, f := range fields {
		b.WriteByte(' ')
		b.WriteString(find.Fold(f))
	}
	b.WriteByte(' ')
	all := b.String()
	for _, s := range m.syllables {
		if !strings.Contains(all, " "+s+" ") && !strings.Contains(all, " 0"+s+" ") && !strings.Contains(all, " "+strings.TrimLeft(s, "0")+" ") && !typeWord(s) {
			return false
		}
	}
	return true
}

// typeWord is a short word that people put before a number ("cv", "qđ").
func typeWord(s string) bool {
	return utf8.RuneCountInString(s) <= 3 && strings.IndexFunc(s, unicode.IsDigit) < 0
}

// numbers reports whether what was typed is the number of a document, in any form:
// "1234/UBND-VX", "1234 ubnd vx", "cv 1234 vx".
func (m marker) numbers(raw string) bool {
	typed, number := m.syllables, strings.Fields(find.Fold(raw))
	for len(typed) > 0 && !isDigits(typed[0]) {
		typed = typed[1:]
	}
	if len(typed) == 0 || len(number) == 0 || strings.TrimLeft(typed[0], "0") != strings.TrimLeft(number[0], "0") {
		return false
	}
	at := 1
	for _, s := range typed[1:] {
		i := slices.Index(number[at:], s)
		if i < 0 {
			return false
		}
		at += i + 1
	}
	return true
}

func isDigits(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }
