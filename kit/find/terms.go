// SPDX-License-Identifier: Apache-2.0

package find

import "strings"

// A term as it lies in the index is one byte of class and then the text.
const (
	classExact = 'e' // one syllable or two neighbours of a field, with marks
	classFold  = 'f' // one, two or three neighbouring syllables, folded
	classTwice = 'r' // two neighbours that stand more than once in a document
	classTag   = 't'
)

// gather collects the terms of some documents, which must come in growing order. Its strings are
// parts of the texts given to it, so that a term costs no memory of its own.
type gather struct {
	classes [4]map[string]int32 // in the order of the class bytes
	posts   []post
	starts  []int
}

var classBytes = [4]byte{classExact, classFold, classTwice, classTag}

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

// folded notes the neighbours of one folded text; its syllables are parted by single blanks.
func (g *gather) folded(text string, doc uint32) {
	s := g.cut(text)
	end := func(i int) int { return s[i+1] - 1 }
	for i := 0; i+1 < len(s); i++ {
		g.add(1, text[s[i]:end(i)], doc)
		if i+2 < len(s) {
			if pair := text[s[i]:end(i+1)]; g.add(1, pair, doc) {
				g.add(2, pair, doc)
			}
		}
		if i+3 < len(s) {
			g.add(1, text[s[i]:end(i+2)], doc)
		}
	}
}

func (g *gather) exact(text string, doc uint32) {
	s := g.cut(text)
	for i := 0; i+1 < len(s); i++ {
		g.add(0, text[s[i]:s[i+1]-1], doc)
		if i+2 < len(s) {
			g.add(0, text[s[i]:s[i+2]-1], doc)
		}
	}
}

// cut returns where each syllable begins, and last where one after the end would begin.
func (g *gather) cut(text string) []int {
	s := g.starts[:0]
	for i := 0; i < len(text); {
		s = append(s, i)
		if n := strings.IndexByte(text[i:], ' '); n >= 0 {
			i += n + 1
		} else {
			i = len(text)
		}
	}
	s = append(s, len(text)+1)
	g.starts = s
	return s
}

// head notes fields and tags as they are kept in a row.
func (g *gather) head(words, tags string, doc uint32) {
	for field := range strings.SplitSeq(words, "\n") {
		g.folded(Fold(field), doc)
		g.exact(Exact(field), doc)
	}
	for tag := range strings.FieldsSeq(tags) {
		g.add(3, tag, doc)
	}
}
