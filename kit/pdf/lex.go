// SPDX-License-Identifier: Apache-2.0

package pdf

import (
	"bytes"
	"io"
	"math"
	"strconv"
)

// A lexer cuts bytes into tokens. It reads ahead in growing steps and keeps what it
// has read since its start, so that a parser may go back.
type lexer struct {
	src  io.ReaderAt
	end  int64 // no byte at or after this offset is read
	base int64 // file offset of buf[0]
	buf  []byte
	pos  int
	max  int // bytes that buf may grow to
	err  error
}

func newLexer(src io.ReaderAt, at, end int64, max int) *lexer {
	return &lexer{src: src, base: at, end: end, max: max}
}

func bytesLexer(b []byte) *lexer { return &lexer{buf: b, end: int64(len(b)), max: len(b)} }

func (l *lexer) offset() int64 { return l.base + int64(l.pos) }

// more makes at least n bytes available at pos, unless the source ends before.
func (l *lexer) more(n int) bool {
	if len(l.buf)-l.pos >= n {
		return true
	}
	if l.src == nil || l.err != nil {
		return false
	}
	have := int64(len(l.buf))
	step := max(int64(len(l.buf)), 1024, int64(n))
	step = min(step, l.end-l.base-have, 1<<20)
	if step <= 0 {
		return false
	}
	if len(l.buf)+int(step) > l.max {
		l.err = ErrLimit
		return false
	}
	l.buf = append(l.buf, make([]byte, step)...)
	got, err := l.src.ReadAt(l.buf[have:], l.base+have)
	l.buf = l.buf[:have+int64(got)]
	if err != nil && err != io.EOF {
		l.err = err
	}
	if int64(got) < step {
		l.end = l.base + int64(len(l.buf))
	}
	return l.more(n)
}

// peek is the byte at the position, or -1 at the end.
func (l *lexer) peek() int {
	if l.pos < len(l.buf) || l.more(1) {
		return int(l.buf[l.pos])
	}
	return -1
}

func isSpace(c int) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelim(c int) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

func isRegular(c int) bool { return c >= 0 && !isSpace(c) && !isDelim(c) }

// space skips white space and comments.
func (l *lexer) space() {
	for {
		c := l.peek()
		switch {
		case isSpace(c):
			l.pos++
		case c == '%':
			for c = l.peek(); c >= 0 && c != '\n' && c != '\r'; c = l.peek() {
				l.pos++
			}
		default:
			return
		}
	}
}

// A keyword is a bare word: obj, R, stream, true, xref, …
type keyword string

// Single tokens that are no values.
const (
	tokEOF        = keyword("")
	tokArrayOpen  = keyword("[")
	tokArrayClose = keyword("]")
	tokDictOpen   = keyword("<<")
	tokDictClose  = keyword(">>")
)

// next is the next token: int64, float64, Name, String or a keyword.
func (l *lexer) next() (Object, error) {
	l.space()
	c := l.peek()
	switch {
	case c < 0:
		return tokEOF, l.err
	case c == '/':
		return l.name()
	case c == '(':
		return l.literal()
	case c == '<':
		if l.more(2) && l.buf[l.pos+1] == '<' {
			l.pos += 2
			return tokDictOpen, nil
		}
		return l.hex()
	case c == '>':
		if l.more(2) && l.buf[l.pos+1] == '>' {
			l.pos += 2
			return tokDictClose, nil
		}
		return nil, badf("stray > at %d", l.offset())
	case c == '[' || c == ']' || c == '{' || c == '}' || c == ')':
		l.pos++
		return keyword(rune(c)), nil
	}
	start := l.pos
	for isRegular(l.peek()) {
		l.pos++
		if l.pos-start > 4096 {
			return nil, badf("word too long at %d", l.base+int64(start))
		}
	}
	word := l.buf[start:l.pos]
	if c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' {
		return number(word)
	}
	return keyword(word), l.err
}

func number(w []byte) (Object, error) {
	if len(w) < 19 {
		n, neg, i := int64(0), false, 0
		if w[0] == '-' || w[0] == '+' {
			neg, i = w[0] == '-', 1
		}
		for ; i < len(w) && w[i] >= '0' && w[i] <= '9'; i++ {
			n = n*10 + int64(w[i]-'0')
		}
		if i == len(w) && i > 0 && (w[i-1] != '-' && w[i-1] != '+') {
			if neg {
				n = -n
			}
			return n, nil
		}
	}
	if n, err := strconv.ParseInt(string(w), 10, 64); err == nil {
		return n, nil
	}
	for _, c := range w {
		if (c < '0' || c > '9') && c != '.' && c != '-' && c != '+' {
			return nil, badf("%.20q is no number", w)
		}
	}
	f, err := strconv.ParseFloat(string(w), 64)
	if err != nil || math.IsInf(f, 0) {
		return nil, badf("%.20q is no number", w)
	}
	return f, nil
}

func unhex(c int) int {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	}
	return -1
}

func (l *lexer) name() (Object, error) {
	l.pos++
	start, escaped := l.pos, false
	for c := l.peek(); isRegular(c); c = l.peek() {
		escaped = escaped || c == '#'
		l.pos++
		if l.pos-start > 4096 {
			return nil, badf("name too long at %d", l.base+int64(start))
		}
	}
	raw := l.buf[start:l.pos]
	if !escaped {
		return Name(raw), l.err
	}
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); i++ {
		if raw[i] == '#' && i+2 < len(raw) && unhex(int(raw[i+1])) >= 0 && unhex(int(raw[i+2])) >= 0 {
			out = append(out, byte(unhex(int(raw[i+1]))<<4|unhex(int(raw[i+2]))))
			i += 2
			continue
		}
		out = append(out, raw[i])
	}
	return Name(out), l.err
}

func (l *lexer) hex() (Object, error) {
	l.pos++
	for {
		if i := bytes.IndexByte(l.buf[l.pos:], '>'); i >= 0 {
			raw := l.buf[l.pos : l.pos+i]
			l.pos += i + 1
			out := make([]byte, 0, (i+1)/2)
			half := -1
			for _, c := range raw {
				d := unhex(int(c))
				switch {
				case d < 0 && isSpace(int(c)):
				case d < 0:
					return nil, badf("%q in a hexadecimal string before %d", c, l.offset())
				case half < 0:
					half = d
				default:
					out = append(out, byte(half<<4|d))
					half = -1
				}
			}
			if half >= 0 {
				out = append(out, byte(half<<4))
			}
			return String(out), nil
		}
		if !l.more(len(l.buf) - l.pos + 1) {
			return nil, l.fail("hexadecimal string without an end")
		}
	}
}

func (l *lexer) fail(what string) error {
	if l.err != nil {
		return l.err
	}
	return badf("%s before %d", what, l.offset())
}

func (l *lexer) literal() (Object, error) {
	l.pos++
	var out []byte
	for depth := 1; ; {
		c := l.peek()
		if c < 0 {
			return nil, l.fail("string without an end")
		}
		l.pos++
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return String(out), nil
			}
		case '\r':
			if l.peek() == '\n' {
				l.pos++
			}
			c = '\n'
		case '\\':
			if c = l.escape(); c < 0 {
				continue
			}
		}
		out = append(out, byte(c))
	}
}

// escape reads what follows a backslash; -1 stands for nothing (a broken line).
func (l *lexer) escape() int {
	c := l.peek()
	if c < 0 {
		return -1
	}
	l.pos++
	switch c {
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case '\n':
		return -1
	case '\r':
		if l.peek() == '\n' {
			l.pos++
		}
		return -1
	}
	if c < '0' || c > '7' {
		return c
	}
	n := c - '0'
	for range 2 {
		d := l.peek()
		if d < '0' || d > '7' {
			break
		}
		n = n<<3 | (d - '0')
		l.pos++
	}
	return n & 0xff
}
