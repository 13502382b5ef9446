// SPDX-License-Identifier: Apache-2.0

package find

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold is the key under which a text is found however it was typed: without marks, đ as d, in
// lower case, everything but letters and digits one blank: "Người có uy tín" is "nguoi co uy tin".
func Fold(s string) string {
	return string(appendFold(make([]byte, 0, len(s)), s))
}

// Exact is the key that keeps the marks, but not where they were put: the shape of a letter stays
// behind it (â ê ô 6, ơ ư 7, ă 8, đ 9) and the tone goes to the end of its syllable (sắc 1,
// huyền 2, hỏi 3, ngã 4, nặng 5), so that "Hòa" and "Hoà" are both "hoa2".
func Exact(s string) string {
	return string(appendExact(make([]byte, 0, len(s)+len(s)/4), s))
}

// letter is what a rune means to the two keys. base 0 says: not in the table.
type letter struct {
	base  byte
	shape uint8 // bit n-6 for the digit n
	tone  uint8 // bit n-1 for the digit n
}

const strokeShape = 1 << 3 // the 9 of đ

// latin holds the runes below 0x250 and those of 0x1E00-0x1EFF that are one ASCII letter or digit
// with marks: every Vietnamese letter is among them.
var latin, latinMore = latinTables()

func latinTables() (low [0x250]letter, more [0x100]letter) {
	for r := rune(0); r < 0x250; r++ {
		low[r] = letterOf(r)
	}
	for r := rune(0); r < 0x100; r++ {
		more[r] = letterOf(0x1E00 + r)
	}
	return low, more
}

func letterOf(r rune) (l letter) {
	switch r {
	case 'đ', 'Đ', 'ð', 'Ð':
		return letter{base: 'd', shape: strokeShape}
	}
	for _, d := range norm.NFKD.String(string(r)) {
		switch {
		case unicode.Is(unicode.M, d):
			shape, tone := markOf(d)
			l.shape |= shape
			l.tone |= tone
		case l.base == 0 && d < utf8.RuneSelf && (unicode.IsLetter(d) || unicode.IsDigit(d)):
			l.base = byte(unicode.ToLower(d))
		default:
			return letter{}
		}
	}
	return l
}

func markOf(r rune) (shape, tone uint8) {
	switch r {
	case 0x301:
		return 0, 1 << 0
	case 0x300:
		return 0, 1 << 1
	case 0x309:
		return 0, 1 << 2
	case 0x303:
		return 0, 1 << 3
	case 0x323:
		return 0, 1 << 4
	case 0x302:
		return 1 << 0, 0
	case 0x31B:
		return 1 << 1, 0
	case 0x306:
		return 1 << 2, 0
	}
	return 0, 0
}

func lookUp(r rune) letter {
	switch {
	case r < 0x250:
		return latin[r]
	case r >= 0x1E00 && r < 0x1F00:
		return latinMore[r-0x1E00]
	}
	return letter{}
}

func appendFold(dst []byte, s string) []byte {
	start, gap := len(dst), false
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		if l := lookUp(r); l.base != 0 {
			if gap && len(dst) > start {
				dst = append(dst, ' ')
			}
			gap = false
			dst = append(dst, l.base)
		} else if r < utf8.RuneSelf {
			gap = true
		} else if r < 0x300 || r >= 0x370 {
			dst, gap = appendFoldRare(dst, start, gap, s[i:i+n])
		}
		i += n
	}
	return dst
}

// appendFoldRare takes a rune that the table does not hold, through its full decomposition.
func appendFoldRare(dst []byte, start int, gap bool, s string) ([]byte, bool) {
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.M, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && len(dst) > start {
				dst = append(dst, ' ')
			}
			gap = false
			if l := lookUp(r); l.base != 0 {
				dst = append(dst, l.base)
			} else {
				dst = utf8.AppendRune(dst, unicode.ToLower(r))
			}
		default:
			gap = true
		}
	}
	return dst, gap
}

// exactKey carries what is still owed to the letter and the syllable being written. Marks are
// gathered as sets, so that their order in a text that is not normalised does not matter.
type exactKey struct {
	dst         []byte
	start       int
	gap         bool
	shape, tone uint8
}

func appendExact(dst []byte, s string) []byte {
	k := exactKey{dst: dst, start: len(dst), gap: true}
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		if l := lookUp(r); l.base != 0 {
			k.letter(rune(l.base), l)
		} else if r < utf8.RuneSelf {
			k.blank()
		} else {
			for _, d := range norm.NFKD.String(s[i : i+n]) {
				k.rare(d)
			}
		}
		i += n
	}
	k.blank()
	return k.dst
}

func (k *exactKey) rare(r rune) {
	switch {
	case unicode.Is(unicode.M, r):
		if !k.gap {
			shape, tone := markOf(r)
			k.shape |= shape
			k.tone |= tone
		}
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		if l := lookUp(r); l.base != 0 {
			k.letter(rune(l.base), l)
		} else {
			k.letter(unicode.ToLower(r), letter{})
		}
	default:
		k.blank()
	}
}

func (k *exactKey) letter(r rune, l letter) {
	k.payShape()
	if k.gap && len(k.dst) > k.start {
		k.dst = append(k.dst, ' ')
	}
	k.gap = false
	k.dst = utf8.AppendRune(k.dst, r)
	k.shape = l.shape
	k.tone |= l.tone
}

func (k *exactKey) payShape() {
	for i := range 4 {
		if k.shape&(1<<i) != 0 {
			k.dst = append(k.dst, byte('6'+i))
		}
	}
	k.shape = 0
}

func (k *exactKey) blank() {
	if k.gap {
		return
	}
	k.payShape()
	for i := range 5 {
		if k.tone&(1<<i) != 0 {
			k.dst = append(k.dst, byte('1'+i))
		}
	}
	k.tone, k.gap = 0, true
}

// Marked says whether a text carries any mark of Vietnamese writing: whether its writer cared.
func Marked(s string) bool {
	return Fold(s) != Exact(s)
}

// maxDoc is the greatest number a document can have.
const maxDoc = 1<<32 - 1

// oneLine makes a field fit to be kept: valid UTF-8, no line ends and no zero bytes, which
// PostgreSQL refuses in text.
func oneLine(s string) string {
	s = strings.ToValidUTF8(s, " ")
	if !strings.ContainsAny(s, "\n\x00") {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == 0 {
			return ' '
		}
		return r
	}, s)
}
