// SPDX-License-Identifier: Apache-2.0

package find

import "strings"

// A term as it lies in the index is one byte of class and then the text.
const (
	classExact  = 'e' // one syllable or two neighbours of a field, with marks
	classFold   = 'f' // one, two or three neighbouring syllables, folded
	classAround = 'g' // neighbours that stand more than once, with the syllable before and the one after
	classTwice  = 'r' // two or more neighbours that stand more than once in the document
	classTag    = 't'
)

// classBytes are the classes in order; gather knows them by their places.
var classBytes = [5]byte{classExact, classFold, classAround, classTwice, classTag}

const (
	inExact = iota
	inFold
	inAround
	inTwice
	inTag
)

// gather collects the terms of some documents, which must come in growing order. Its strings are
// parts of the texts given to it, so that a term costs no memory of its own.
type gather struct {
	classes [len(classBytes)]map[string]int32
	posts   []post
	fields  []cutText // of the document at hand
}

// cutText is a folded text and where each of its syllables begins; last, where one after the end would.
type cutText struct {
	text   string
	starts []int
}

func (c *cutText) gram(i, n int) string { return c.text[c.starts[i] : c.starts[i+n]-1] }
func (c *cutText) len() int             { return len(c.starts) - 1 }

type post struct {
	first uint32
	rest  []uint32
}

func newGather() *gather {
	g := &gather{}
	for i := range g.classes {
		g.classes[i] = map[string]int32{}
	}
	return g
}

// add notes a term of a document and says whether it was noted before.
func (g *gather) add(class int, term string, doc uint32) (again bool) {
	i, ok := g.classes[class][term]
	if !ok {
		g.classes[class][term] = int32(len(g.posts))
		g.posts = append(g.posts, post{first: doc})
		return false
	}
	p := &g.posts[i]
	if n := len(p.rest); n == 0 && p.first == doc || n > 0 && p.rest[n-1] == doc {
		return true
	}
	p.rest = append(p.rest, doc)
	return false
}

// folded notes the neighbours in the folded texts of one document.
func (g *gather) folded(doc uint32, texts ...string) {
	for len(g.fields) < len(texts) {
		g.fields = append(g.fields, cutText{})
	}
	fields, again := g.fields[:len(texts)], false
	for f := range fields {
		c := &fields[f]
		c.text, c.starts = texts[f], cut(c.starts[:0], texts[f])
		for i := range c.len() {
			g.add(inFold, c.gram(i, 1), doc)
			if i+2 <= c.len() && g.add(inFold, c.gram(i, 2), doc) {
				again = true
			}
			if i+3 <= c.len() {
				g.add(inFold, c.gram(i, 3), doc)
			}
		}
	}
	if again {
		g.repeated(doc, fields)
	}
}

// repeated notes what stands more than once, and what stands around it each time, from two
// neighbours up to as many as a query can have between its first and its last. With that a phrase
// can be put together from threes without being deceived: see hold.
func (g *gather) repeated(doc uint32, fields []cutText) {
	type place struct{ field, at int }
	var places []place
	for f := range fields {
		for i := 0; i+2 <= fields[f].len(); i++ {
			places = append(places, place{f, i})
		}
	}
	count := map[string]int{}
	for n := 2; n <= querySyllables-2 && len(places) > 0; n++ {
		clear(count)
		for _, p := range places {
			count[fields[p.field].gram(p.at, n)]++
		}
		twice := places[:0]
		for _, p := range places {
			c := &fields[p.field]
			gram := c.gram(p.at, n)
			if count[gram] < 2 {
				continue
			}
			twice = append(twice, p)
			g.add(inTwice, gram, doc)
			if p.at > 0 && p.at+n < c.len() {
				g.add(inAround, c.gram(p.at-1, n+2), doc)
			}
		}
		// One more can stand twice only where two overlapping ones do.
		places = twice[:0]
		for i, p := range twice {
			if i+1 < len(twice) && twice[i+1] == (place{p.field, p.at + 1}) {
				places = append(places, p)
			}
		}
	}
}

func (g *gather) exact(text string, doc uint32) {
	c := cutText{text: text, starts: cut(nil, text)}
	for i := range c.len() {
		g.add(inExact, c.gram(i, 1), doc)
		if i+2 <= c.len() {
			g.add(inExact, c.gram(i, 2), doc)
		}
	}
}

// cut finds where the syllables of a key begin; they are parted by single blanks.
func cut(s []int, text string) []int {
	for i := 0; i < len(text); {
		s = append(s, i)
		if n := strings.IndexByte(text[i:], ' '); n >= 0 {
			i += n + 1
		} else {
			i = len(text)
		}
	}
	return append(s, len(text)+1)
}

// head notes fields and tags as they are kept in a row.
func (g *gather) head(words, tags string, doc uint32) {
	var fields []string
	for field := range strings.SplitSeq(words, "\n") {
		fields = append(fields, Fold(field))
		g.exact(Exact(field), doc)
	}
	g.folded(doc, fields...)
	for tag := range strings.FieldsSeq(tags) {
		g.add(inTag, tag, doc)
	}
}
