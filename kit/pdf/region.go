// SPDX-License-Identifier: Apache-2.0

package pdf

import (
	"regexp"
	"slices"
)

// Numbers are the objects that a revision's cross-references name, in order: added,
// replaced and freed ones, and the cross-reference streams themselves.
func (r *Revision) Numbers() []int {
	var out []int
	take := func(s *section) {
		for _, e := range s.entries {
			out = append(out, int(e.num))
		}
		if s.stream {
			out = append(out, s.self.Num)
		}
	}
	for _, s := range r.sections {
		take(s)
		if s.extra != nil {
			take(s.extra)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Ambiguous tells whether the revision's cross-references say two things of one object,
// so that two readers may see two documents.
func (r *Revision) Ambiguous() bool {
	for _, s := range r.sections {
		if s.twice || s.extra != nil && s.extra.twice {
			return true
		}
		if s.extra == nil {
			continue
		}
		for _, e := range s.extra.entries {
			if t, ok := s.find(int(e.num)); ok && t.kind == InUse && t != e {
				return true
			}
		}
	}
	return false
}

// XRefStreams are the numbers under which the revision's cross-reference streams stand.
func (r *Revision) XRefStreams() []Ref {
	var out []Ref
	for _, s := range r.sections {
		for _, x := range []*section{s, s.extra} {
			if x != nil && x.stream {
				out = append(out, x.self)
			}
		}
	}
	return out
}

// Closed tells whether the startxref before the revision's end points to the revision's
// own cross-references, so that the file cut there is this revision and no other.
func (f *File) Closed(r *Revision) bool {
	last := r.sections[0]
	for _, s := range r.sections {
		if s.end >= last.end {
			last = s
		}
	}
	at := last.declared + f.base
	return at == r.XRef || f.near(at) == r.XRef
}

// A Stray is a stretch of a revision that its cross-references do not account for.
type Stray struct {
	Span
	Ref    Ref  // when it is an object
	Object bool // false: it is something else, and what follows it was not looked at
}

// Strays walks through the bytes of a later revision, which must be nothing but the
// objects that its cross-references name, and those references. Readers that repair files
// may show what lies between.
func (f *File) Strays(k int) ([]Stray, error) {
	r, v := f.revs[k], f.At(k)
	var out []Stray
	for at := r.Start; at < r.End; {
		if err := f.ctx.Err(); err != nil {
			return nil, err
		}
		l := f.lex(at)
		start, ok := l.plainSpace()
		if !ok {
			return append(out, Stray{Span: Span{start, r.End}}), nil
		}
		if start >= r.End || l.peek() < 0 {
			break
		}
		end := f.known(r, l, start)
		if end < 0 {
			l = f.lex(start)
			if _, ok := l.header(); !ok {
				return append(out, Stray{Span: Span{start, r.End}}), nil
			}
			c, ref, err := f.parseAt(start, v, nil)
			if err != nil {
				if f.ctx.Err() != nil {
					return nil, err
				}
				return append(out, Stray{Span: Span{start, r.End}}), nil
			}
			if !f.names(r, ref, start) {
				out = append(out, Stray{Span{start, c.end}, ref, true})
				if len(out) > 100 {
					return out, nil
				}
			}
			end = c.end
		}
		at = end
	}
	return out, nil
}

// hiddenObject finds the head of an object in a comment: readers that repair take it.
var hiddenObject = regexp.MustCompile(`\d\s+\d+\s+obj`)

// plainSpace skips white space and short comments that hide nothing.
func (l *lexer) plainSpace() (int64, bool) {
	for {
		for isSpace(l.peek()) {
			l.pos++
		}
		start := l.pos
		if l.peek() != '%' {
			return l.offset(), true
		}
		for c := l.peek(); c >= 0 && c != '\n' && c != '\r'; c = l.peek() {
			l.pos++
			if l.pos-start > 250 {
				return l.base + int64(start), false
			}
		}
		if hiddenObject.Match(l.buf[start:l.pos]) {
			return l.base + int64(start), false
		}
	}
}

// known answers the end of a cross-reference section of r, or of its startxref, that
// stands at start; -1 when it is neither.
func (f *File) known(r *Revision, l *lexer, start int64) int64 {
	for _, s := range r.sections {
		for _, x := range []*section{s, s.extra} {
			if x != nil && x.at == start {
				return x.bodyEnd
			}
		}
	}
	if l.word("startxref") {
		n, ok := l.uint()
		for _, s := range r.sections {
			if ok && (f.near(n+f.base) == s.at) {
				return l.offset()
			}
		}
	}
	return -1
}

// names tells whether the revision itself places the object at at, or in the white space
// just before it.
func (f *File) names(r *Revision, ref Ref, at int64) bool {
	for _, s := range r.sections {
		e, ok := s.lookup(ref.Num)
		if !ok || e.kind != InUse || int(e.gen) != ref.Gen {
			continue
		}
		if e.at == at {
			return true
		}
		if e.at < at && at-e.at < 16 {
			l := f.lex(e.at)
			if l.space(); l.offset() == at {
				return true
			}
		}
	}
	return false
}
