// SPDX-License-Identifier: Apache-2.0

package print

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// clean makes a text printable: composed letters, no control characters, and a
// box for each sign that the typeface does not have. Line ends stay.
func clean(s string) string {
	if plain(s) {
		return s
	}
	s = norm.NFC.String(s)
	widths := faces()[regular].widths
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\r' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		case int(r) >= len(widths) || widths[r] == 0 && !unicode.Is(unicode.Mn, r):
			return '□'
		}
		return r
	}, s)
}

// plain reports a text of printable ASCII, which needs no cleaning.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 0x20 && c != '\n') || c >= 0x7f {
			return false
		}
	}
	return true
}

// wrap breaks a cleaned text into lines not wider than the width, given in
// thousandths of the size. Vietnamese breaks between syllables; a long notation
// such as 123/QĐ-UBND breaks after a stroke or hyphen, and a word without
// either breaks where the line ends. There is always at least one line.
func (f *face) wrap(s string, width int) []string {
	var lines []string
	for para := range strings.SplitSeq(s, "\n") {
		lines = f.wrapParagraph(lines, para, width)
	}
	return lines
}

func (f *face) wrapParagraph(lines []string, para string, width int) []string {
	space := f.width(" ")
	var line strings.Builder
	used := 0
	flush := func() {
		lines = append(lines, line.String())
		line.Reset()
		used = 0
	}
	for word := range strings.FieldsSeq(strings.ReplaceAll(para, "\u00a0", "\x01")) {
		word = strings.ReplaceAll(word, "\x01", "\u00a0")
		w := f.width(word)
		if used > 0 && used+space+w <= width {
			line.WriteByte(' ')
			line.WriteString(word)
			used += space + w
			continue
		}
		if used > 0 {
			flush()
		}
		for w > width {
			head := f.fit(word, width)
			lines = append(lines, head)
			word = word[len(head):]
			w = f.width(word)
		}
		line.WriteString(word)
		used = w
	}
	flush()
	return lines
}

// fit is the longest beginning of a word that fits, ending after a stroke or
// hyphen where there is one; at least one letter.
func (f *face) fit(word string, width int) string {
	used, last := 0, 0
	for i, r := range word {
		w := f.width(string(r))
		if i > 0 && used+w > width {
			if last > 0 {
				return word[:last]
			}
			return word[:i]
		}
		used += w
		if r == '/' || r == '-' || r == '.' || r == '_' || r == ',' {
			last = i + 1
		}
	}
	return word
}
