// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Clean makes text from a foreign file fit to be read, compared and kept: valid
// UTF-8 in NFC, "\n" between lines, ordinary spaces, no control or invisible
// characters, and accents that the file tore from their letters put back.
func Clean(s string) string {
	s = strings.ToValidUTF8(s, "")
	var b strings.Builder
	b.Grow(len(s))
	runes := []rune(s)
	for i, r := range runes {
		switch {
		case r == '\r':
			if i+1 < len(runes) && runes[i+1] == '\n' {
				continue
			}
			b.WriteByte('\n')
		case r == '\n', r == '\t':
			b.WriteRune(r)
		case r == '\f', r == '\v', r == 0x2028, r == 0x2029, r == 0x85:
			b.WriteByte('\n')
		case r == ' ' && tornMark(runes, i):
			// "u ́" is "ú" torn apart; the space is not in the text.
		case unicode.Is(unicode.Zs, r):
			b.WriteByte(' ')
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r), r >= 0xfff0 && r <= 0xffff:
			// Invisible: soft hyphens, direction marks, private glyphs, fillers.
		default:
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

// tornMark tells a space that stands between a letter and its own accent.
func tornMark(runes []rune, i int) bool {
	return i > 0 && i+1 < len(runes) && unicode.Is(unicode.Mn, runes[i+1]) && unicode.IsLetter(runes[i-1])
}
