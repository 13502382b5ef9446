// SPDX-License-Identifier: Apache-2.0

package pdf

import "maps"

// A Span is a stretch of bytes of the file, from Start up to and without End.
type Span struct{ Start, End int64 }

// A parser makes objects out of tokens.
type parser struct {
	*lexer
	depth int
	count int // values read
	// dup is set when a dictionary names a key twice: readers differ in which they take.
	dup bool
	// want is the path of keys to one value whose place is asked for; found receives it.
	want    []Name
	nest    int // dictionaries and arrays around the position
	matched int // how many of them lie on the path
	found   Span
}

// maxValues bounds one object: its values take far more room than its bytes.
const maxValues = 1 << 20

// object reads one value. close is the closing token that may stand instead; it is returned as it is.
func (p *parser) object(close keyword) (Object, error) {
	if p.count++; p.count > maxValues {
		return nil, ErrLimit
	}
	t, err := p.next()
	if err != nil {
		return nil, err
	}
	return p.value(t, close)
}

// member reads the value of a key, and notes its place when it is the one asked for.
func (p *parser) member(key Name) (Object, error) {
	if p.want == nil || p.matched != p.nest-1 || p.matched >= len(p.want) || p.want[p.matched] != key {
		return p.object(tokDictClose)
	}
	p.matched++
	p.space()
	start := p.offset()
	o, err := p.object(tokDictClose)
	if err == nil && p.matched == len(p.want) {
		p.found = Span{start, p.offset()}
	}
	p.matched--
	return o, err
}

func (p *parser) value(t Object, close keyword) (Object, error) {
	switch t := t.(type) {
	case int64:
		return p.maybeRef(t), nil
	case keyword:
		switch t {
		case tokArrayOpen:
			return p.array()
		case tokDictOpen:
			return p.dict()
		case "true":
			return true, nil
		case "false":
			return false, nil
		case "null":
			return nil, nil
		case tokEOF:
			return nil, p.fail("the file ends")
		case close:
			return t, nil
		}
		return nil, badf("unexpected %.20q before %d", string(t), p.offset())
	}
	return t, nil
}

// maybeRef looks whether an integer begins a reference.
func (p *parser) maybeRef(n int64) Object {
	if n < 0 || n > 1<<31 {
		return n
	}
	back := p.pos
	if gen, ok := p.uint(); ok && gen < 1<<17 {
		p.space()
		if p.peek() == 'R' && !(p.more(2) && isRegular(int(p.buf[p.pos+1]))) {
			p.pos++
			return Ref{int(n), int(gen)}
		}
	}
	p.pos = back
	return n
}

// uint reads an unsigned integer that ends at a border.
func (l *lexer) uint() (int64, bool) {
	l.space()
	start, n := l.pos, int64(0)
	for c := l.peek(); c >= '0' && c <= '9'; c = l.peek() {
		n = n*10 + int64(c-'0')
		l.pos++
		if l.pos-start > 18 {
			return 0, false
		}
	}
	return n, l.pos > start && !isRegular(l.peek())
}

func (p *parser) deeper() error {
	p.nest++
	if p.depth--; p.depth < 0 {
		return ErrLimit
	}
	return nil
}

func (p *parser) back() {
	p.nest--
	p.depth++
}

func (p *parser) array() (Object, error) {
	if err := p.deeper(); err != nil {
		return nil, err
	}
	defer p.back()
	out := Array{}
	for {
		o, err := p.object(tokArrayClose)
		if err != nil {
			return nil, err
		}
		if o == tokArrayClose {
			return out, nil
		}
		out = append(out, o)
	}
}

func (p *parser) dict() (Object, error) {
	if err := p.deeper(); err != nil {
		return nil, err
	}
	defer p.back()
	type pair struct {
		key   Name
		value Object
	}
	var room [16]pair
	list := room[:0]
	for {
		t, err := p.next()
		if err != nil {
			return nil, err
		}
		if t == tokDictClose {
			break
		}
		key, ok := t.(Name)
		if !ok {
			return nil, badf("a key that is no name before %d", p.offset())
		}
		o, err := p.member(key)
		if err != nil {
			return nil, err
		}
		if o == tokDictClose { // a key without a value: old producers wrote it for null
			break
		}
		list = append(list, pair{key, o})
	}
	out, null := make(Dict, len(list)), false
	for _, x := range list {
		if old, twice := out[x.key]; twice && !Equal(old, x.value) {
			p.dup = true
		}
		out[x.key] = x.value
		null = null || x.value == nil
	}
	if null { // a key with null is a key that is not there
		maps.DeleteFunc(out, func(_ Name, o Object) bool { return o == nil })
	}
	return out, nil
}

// header reads "N G obj".
func (l *lexer) header() (Ref, bool) {
	num, ok := l.uint()
	if !ok || num > 1<<31 {
		return Ref{}, false
	}
	gen, ok := l.uint()
	if !ok || gen > 1<<17 {
		return Ref{}, false
	}
	l.space()
	return Ref{int(num), int(gen)}, l.word("obj")
}

// word takes w if it stands at the position. After "obj" anything may follow at once.
func (l *lexer) word(w string) bool {
	if !l.more(len(w)) || string(l.buf[l.pos:l.pos+len(w)]) != w {
		return false
	}
	l.pos += len(w)
	return true
}
