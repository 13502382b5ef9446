// SPDX-License-Identifier: Apache-2.0

package letter

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/pattern"
)

// Parse reads a body as officials type or paste it: one line is one paragraph, marks at
// the beginning of a line ("Điều 1.", "1.", "a)", "-", "Chương I") say what it is, lines of
// cells between strokes or tabs make a table, empty lines mean nothing but the end of a
// table. Nothing that is written is lost. A line that begins with a backslash and a blank
// is a paragraph whatever it looks like.
func Parse(text string) []Block {
	r := &reader{}
	lines := strings.Split(plain(text), "\n")
	for i := 0; i < len(lines); {
		if n := looseRows(lines[i:]); n > 0 {
			for _, l := range strictRows(lines[i : i+n]) {
				r.line(l)
			}
			r.line("")
			i += n
			continue
		}
		r.line(lines[i])
		i++
	}
	return r.out
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n")

// plain composes letters, makes every way to end a line one, and drops what cannot be seen.
func plain(s string) string {
	s = lineEnds.Replace(strings.ToValidUTF8(s, "\ufffd"))
	return norm.NFC.String(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.Is(unicode.Cf, r) || unicode.IsControl(r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, s))
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// The marks. A mark ends where a blank or the line ends.
var (
	markArticle = pattern.Of(`^((?:Điều|ĐIỀU) \d{1,4}[a-zđ]?[.:])(?: (.*))?$`)
	markClause  = pattern.Of(`^(\d{1,3}(?:\.\d{1,3}){0,5}[.)])(?: (.*))?$`)
	markPoint   = pattern.Of(`^([a-zđ]\))(?: (.*))?$`)
	markDash    = pattern.Of(`^([-+–•*])(?: (.*))?$`)
	markRoman   = pattern.Of(`^((?:[IVXLC]{1,7}|[A-HĐ])\.)(?: (.*))?$`)
	markPart    = pattern.Of(`^((?:Phần|PHẦN|Chương|CHƯƠNG) (?:[IVXLC]{1,7}|\d{1,3}|(?:thứ|THỨ) \pL+))(?:[.:]? (.*)|[.:])?$`)
	markSection = pattern.Of(`^((?:Mục|MỤC|Tiểu mục|TIỂU MỤC) (?:\d{1,3}|[IVXLC]{1,7}))(?:[.:]? (.*)|[.:])?$`)
)

// A form is a mark, and how a line with it may begin, which is asked first.
type form struct {
	kind   BlockKind
	mark   pattern.Pattern
	begins func(line string) bool
}

func beginsWith(words ...string) func(string) bool {
	return func(line string) bool {
		for _, w := range words {
			if strings.HasPrefix(line, w) {
				return true
			}
		}
		return false
	}
}

func within(n int, mark string) func(string) bool {
	return func(line string) bool { return strings.Contains(line[:min(n, len(line))], mark) }
}

// marks of paragraphs, in the order in which they are tried
var marks = []form{
	{Article, markArticle, beginsWith("Điều ", "ĐIỀU ")},
	{Clause, markClause, func(line string) bool { return line[0] >= '0' && line[0] <= '9' }},
	{Point, markPoint, within(3, ")")},
	{Dash, markDash, beginsWith("-", "+", "–", "•", "*")},
	{Roman, markRoman, within(8, ".")},
}

// headings have their title behind a point, or in capitals, or on the line below
var headings = []form{
	{Part, markPart, beginsWith("Phần ", "PHẦN ", "Chương ", "CHƯƠNG ")},
	{Section, markSection, beginsWith("Mục ", "MỤC ", "Tiểu mục ", "TIỂU MỤC ")},
}

// find takes a line apart, which must not be empty.
func (f form) find(line string) []string {
	if !f.begins(line) {
		return nil
	}
	return f.mark.FindStringSubmatch(line)
}

// The escapes: what a line is, said outright.
const (
	sayPara    = `\ `
	sayCentred = `\= `
	sayBasis   = `\~ `
)

// reader turns lines into blocks, one after another.
type reader struct {
	out    []Block
	said   []bool // by block: its kind was said outright
	table  bool   // the last block is a table that goes on
	titled bool   // the last block is a heading whose title may follow
	bases  bool   // there are bases
	closed int    // the place, from 1, of the first block that is neither basis nor authority; 0: none yet
}

func (r *reader) add(b Block, said bool) {
	r.out, r.said = append(r.out, b), append(r.said, said)
	r.table = b.Kind == Table
	r.bases = r.bases || b.Kind == Basis
	if r.closed == 0 && b.Kind != Basis && b.Kind != Centred {
		r.closed = len(r.out)
	}
	r.titled = (b.Kind == Part || b.Kind == Section) && b.Text == ""
}

func (r *reader) line(raw string) {
	line := squeeze(raw)
	if line == "" {
		r.table = false
		return
	}
	if line[0] == '\\' {
		for say, kind := range map[string]BlockKind{sayPara: Para, sayCentred: Centred, sayBasis: Basis} {
			if rest, ok := strings.CutPrefix(line, say); ok {
				r.add(Block{Kind: kind, Text: rest}, true)
				return
			}
		}
	}
	if cells, ok := row(line); ok {
		r.row(cells)
		return
	}
	b := r.paragraph(line)
	if b.Kind == Para && r.titled && isTitle(line) {
		r.out[len(r.out)-1].Text = line
		r.titled, r.table = false, false
		return
	}
	if b.Kind == Para && capitals(line) {
		b.Kind = Centred
		if r.titled {
			r.out[len(r.out)-1].Text = line
			r.titled, r.table = false, false
			return
		}
		if strings.HasSuffix(line, ":") {
			r.basesAbove()
		}
	}
	r.add(b, false)
}

// paragraph reads the mark of a line.
func (r *reader) paragraph(line string) Block {
	for _, m := range marks {
		if found := m.find(line); found != nil {
			return Block{Kind: m.kind, Mark: found[1], Text: found[2]}
		}
	}
	for _, m := range headings {
		found := m.find(line)
		if found == nil {
			continue
		}
		// "Chương II của Quy chế này quy định …" is a sentence, not a heading
		if title := found[2]; title == "" || capitals(title) || strings.ContainsAny(line[len(found[1]):len(found[1])+1], ".:") {
			return Block{Kind: m.kind, Mark: found[1], Text: title}
		}
	}
	if r.isBasis(line) {
		return Block{Kind: Basis, Text: line}
	}
	return Block{Kind: Para, Text: line}
}

var basisWords = []string{"Căn cứ ", "Theo ", "Xét ", "Thực hiện "}

func beginsBasis(line string) bool {
	for _, w := range basisWords {
		if strings.HasPrefix(line, w) {
			return true
		}
	}
	return false
}

// isBasis: bases stand before everything but the authority, each ends with a semicolon
// and the last with a point.
func (r *reader) isBasis(line string) bool {
	switch {
	case r.closed > 0:
		return false
	case r.bases:
		return beginsBasis(line) || strings.HasSuffix(line, ";")
	}
	return strings.HasPrefix(line, "Căn cứ ") && strings.HasSuffix(line, ";")
}

// basesAbove makes bases of what stands above "QUYẾT ĐỊNH:", though it did not look so.
func (r *reader) basesAbove() {
	const most = 200 // more bases than any document has: no long way back for each line
	if r.closed == 0 || len(r.out)-r.closed > most {
		return
	}
	for i := r.closed - 1; i < len(r.out); i++ {
		if r.out[i].Kind != Para || r.said[i] || !beginsBasis(r.out[i].Text) {
			return
		}
	}
	for i := r.closed - 1; i < len(r.out); i++ {
		r.out[i].Kind = Basis
	}
	r.bases, r.closed = true, 0
}

// capitals tells a line without small letters.
func capitals(s string) bool {
	letters := 0
	for _, c := range s {
		if unicode.IsLower(c) {
			return false
		}
		if unicode.IsUpper(c) {
			letters++
		}
	}
	return letters >= 2 && len(s) <= 600
}

// isTitle tells words that look like a heading: short, no mark of a sentence at the end.
func isTitle(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return s != "" && utf8.RuneCountInString(s) <= 200 && !strings.ContainsRune(".;:,!?…/", last)
}

// Titled tells an article or clause that has a title, which is printed in bold, from one
// that says its words at once.
func (b Block) Titled() bool {
	switch b.Kind {
	case Article, Clause:
		return isTitle(b.Text)
	}
	return false
}

func (r *reader) row(cells []string) {
	if r.table {
		t := &r.out[len(r.out)-1]
		if isRuler(cells) && t.Head == 0 {
			t.Head = len(t.Rows)
			return
		}
		t.Rows = append(t.Rows, unescaped(cells))
		return
	}
	r.add(Block{Kind: Table, Rows: [][]string{unescaped(cells)}}, true)
}
