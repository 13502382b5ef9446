// SPDX-License-Identifier: Apache-2.0

package sentence

import (
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/kit/find"
)

// A token is a run of letters or a run of digits.
type token struct {
	from, to    int
	gap         string // what stands between the token before and this one
	fold, exact string
	num         int // -1 for a word
	upper       bool
	title       bool // "Hải": one great letter, small ones after it
	caps        bool // "KHTH": two great letters or more
	used        What // the part it plays; "" is the subject
	drop        bool // belongs to no part and not to the subject
}

func (t token) bare() bool { return t.fold == t.exact }

func tokensOf(text string) []token {
	var out []token
	last := 0
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		class := classOf(r)
		if class == 0 {
			i += n
			continue
		}
		j := i + n
		for j < len(text) {
			next, m := utf8.DecodeRuneInString(text[j:])
			if c := classOf(next); c != class && !unicode.Is(unicode.M, next) {
				break
			}
			j += m
		}
		t := token{from: i, to: j, gap: text[last:i], num: -1}
		word := text[i:j]
		t.fold, t.exact = find.Fold(word), find.Exact(word)
		if class == 2 {
			t.num = 1 << 30
			if n, err := strconv.Atoi(t.fold); err == nil && len(t.fold) <= 6 {
				t.num = n
			}
		}
		great, small := 0, 0
		for _, r := range word {
			switch {
			case unicode.IsUpper(r):
				great++
			case unicode.IsLower(r):
				small++
			}
		}
		first, _ := utf8.DecodeRuneInString(word)
		t.upper = unicode.IsUpper(first)
		t.title = t.upper && great == 1
		t.caps = great >= 2 && small <= 1
		if t.fold != "" {
			out = append(out, t)
			last = j
		}
		i = j
	}
	return out
}

func classOf(r rune) int {
	switch {
	case unicode.IsLetter(r):
		return 1
	case r >= '0' && r <= '9':
		return 2
	}
	return 0
}

// parser carries one reading of one line.
type parser struct {
	text   string
	tokens []token
	roll   *Roll
	opt    Options
	today  civil.Date
	bare   bool // written without marks
	cased  bool // names are written with a great letter
	person int  // 1 + the token "mai" that is read as a name here

	mentions []mention // by first token; n = 0 for none
	whens    []when
	out      Reading
	score    int
}

func newParser(text string, roll *Roll, o Options) *parser {
	p := &parser{text: text, tokens: tokensOf(text), roll: roll, opt: o, today: civil.Of(o.Now)}
	p.out.Text = text
	words, marked := 0, 0
	for i, t := range p.tokens {
		if t.num >= 0 || len(t.fold) < 2 {
			continue
		}
		words++
		if !t.bare() {
			marked++
		}
		if i > 0 && t.title {
			p.cased = true
		}
	}
	p.bare = marked*10 < words*3
	return p
}

// A word is one syllable as it should be written.
type word struct{ exact, fold string }

// wordOf is asked for the words of this package alone, so what it keeps is bounded.
func wordOf(s string) word {
	if w, ok := kept.Load(s); ok {
		return w.(word)
	}
	w := word{find.Exact(s), find.Fold(s)}
	kept.Store(s, w)
	return w
}

var kept sync.Map // string → word

// is compares a token with a word: marks count, unless the line is written without them.
func (p *parser) is(i int, w word) bool {
	if i < 0 || i >= len(p.tokens) {
		return false
	}
	t := p.tokens[i]
	return t.exact == w.exact || p.bare && t.bare() && t.fold == w.fold
}

// A phrase is some words in a row.
type phrase []word

func phraseOf(s string) phrase {
	var out phrase
	for _, w := range strings.Fields(s) {
		out = append(out, wordOf(w))
	}
	return out
}

// A lexicon finds the longest of its phrases.
type lexicon func() map[string][]entry

type entry struct {
	phrase phrase
	value  string
}

// lexiconOf takes phrases separated by "|"; each means what stands before "=" in its group.
func lexiconOf(groups ...string) lexicon {
	return sync.OnceValue(func() map[string][]entry { return entriesOf(groups) })
}

func entriesOf(groups []string) map[string][]entry {
	lex := map[string][]entry{}
	for _, g := range groups {
		value, list, found := strings.Cut(g, "=")
		if !found {
			value, list = "", g
		}
		for _, s := range strings.Split(list, "|") {
			ph := phraseOf(s)
			lex[ph[0].fold] = append(lex[ph[0].fold], entry{ph, value})
		}
	}
	return lex
}

// at finds the longest phrase that begins at i.
func (p *parser) at(i int, lex lexicon) (value string, n int) {
	if i < 0 || i >= len(p.tokens) {
		return "", 0
	}
	for _, e := range lex()[p.tokens[i].fold] {
		if len(e.phrase) > n && p.has(i, e.phrase) {
			value, n = e.value, len(e.phrase)
		}
	}
	return value, n
}

// before finds the longest phrase that ends before i.
func (p *parser) before(i int, lex lexicon) (value string, n int) {
	for k := 1; k <= 5 && k <= i; k++ {
		if v, m := p.at(i-k, lex); m == k && (!p.hard(i) || p.gap(i) == ": ") {
			value, n = v, k
		}
	}
	return value, n
}

func (p *parser) has(i int, ph phrase) bool {
	for k, w := range ph {
		if !p.is(i+k, w) || k > 0 && p.hard(i+k) {
			return false
		}
	}
	return true
}

// hard tells whether a new clause begins with the token.
func (p *parser) hard(i int) bool {
	if i <= 0 || i >= len(p.tokens) {
		return true
	}
	g := p.tokens[i].gap
	if strings.ContainsAny(g, ",;:()[]–—!?→>|+•=@") {
		return true
	}
	return strings.Contains(g, " -") || strings.Contains(g, ". ") && len(p.tokens[i-1].fold) > 1
}

func (p *parser) num(i int) int {
	if i < 0 || i >= len(p.tokens) {
		return -1
	}
	return p.tokens[i].num
}

func (p *parser) gap(i int) string {
	if i < 0 || i >= len(p.tokens) {
		return "\n"
	}
	return p.tokens[i].gap
}

func (p *parser) raw(i, j int) string { return p.text[p.tokens[i].from:p.tokens[j-1].to] }

func (p *parser) note(about About, text string) {
	p.out.Notes = append(p.out.Notes, Note{about, text})
}

func (p *parser) ask(q Question) { p.out.Questions = append(p.out.Questions, q) }

// span gives tokens i to j a part.
func (p *parser) span(i, j int, what What) {
	if i >= j {
		return
	}
	for k := i; k < j; k++ {
		p.tokens[k].used = what
	}
	p.out.Spans = append(p.out.Spans, Span{p.tokens[i].from, p.tokens[j-1].to, what})
}

func (p *parser) dropped(i, j int) {
	for k := i; k < j; k++ {
		p.tokens[k].drop = true
	}
}

func (p *parser) free(i int) bool {
	return i >= 0 && i < len(p.tokens) && p.tokens[i].used == "" && !p.tokens[i].drop
}
