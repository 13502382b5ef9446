// SPDX-License-Identifier: Apache-2.0

package pdf

import (
	"bytes"
	"cmp"
	"slices"
)

// An Entry says where an object is.
type Entry struct {
	Num   int
	Kind  EntryKind
	Gen   int   // of an object in use, or what a freed one would have next
	At    int64 // offset of an object in use
	Host  int   // number of the object stream that holds the object
	Index int   // its place in there
}

// EntryKind is where an object can be.
type EntryKind uint8

// The kinds. Missing is never written: it is what a View answers for a number that
// no section names.
const (
	Missing EntryKind = iota
	Free
	InUse
	Packed
)

// entry is an Entry in 24 bytes.
type entry struct {
	num  uint32
	gen  uint32 // generation, or index
	at   int64  // offset, or number of the object stream
	kind EntryKind
}

func (e entry) open() Entry {
	out := Entry{Num: int(e.num), Kind: e.kind}
	switch e.kind {
	case InUse, Free:
		out.At, out.Gen = e.at, int(e.gen)
	case Packed:
		out.Host, out.Index = int(e.at), int(e.gen)
	}
	return out
}

// A section is one cross-reference table or stream.
type section struct {
	at, end  int64 // where it begins; after the %%EOF that follows it
	bodyEnd  int64 // where its own bytes end (after the trailer dictionary or endobj)
	declared int64 // the number of the startxref that follows
	stream   bool
	self     Ref // the stream's own number
	trailer  Dict
	prev     int64 // -1: none
	hybrid   int64 // -1: none
	extra    *section
	entries  []entry // by number; the first of a number counts
	twice    bool    // a number stands twice with different places
}

func (s *section) find(num int) (entry, bool) {
	i, ok := slices.BinarySearchFunc(s.entries, uint32(num), func(e entry, n uint32) int { return cmp.Compare(e.num, n) })
	if !ok {
		return entry{}, false
	}
	return s.entries[i], true
}

// lookup finds a number in a section, and in the stream that a hybrid hides from old readers.
func (s *section) lookup(num int) (entry, bool) {
	e, ok := s.find(num)
	if s.extra != nil && (!ok || e.kind == Free) {
		if x, found := s.extra.find(num); found {
			return x, true
		}
	}
	return e, ok
}

func (f *File) section(at int64) (*section, error) {
	if at < 0 || at >= f.size {
		return nil, badf("cross-references at %d, outside the file", at)
	}
	l := f.lex(f.near(at))
	l.space()
	s := &section{at: l.offset(), prev: -1, hybrid: -1}
	var err error
	if l.word("xref") {
		err = f.table(l, s)
	} else {
		err = f.xrefStream(s)
	}
	if err != nil {
		return nil, err
	}
	s.sort()
	if f.entries += len(s.entries); f.entries > f.lim.Objects {
		return nil, ErrLimit
	}
	if err := f.links(s); err != nil {
		return nil, err
	}
	s.end, err = f.sectionEnd(s)
	return s, err
}

// near is at, or where the keyword xref stands within a few bytes of it: producers that
// miscount by a line end are common, and every reader finds the same table.
func (f *File) near(at int64) int64 {
	if at < 0 || at >= f.size {
		return at
	}
	if f.sectionAt(at) {
		l := f.lex(at)
		l.space()
		return l.offset()
	}
	from := max(0, at-16)
	buf := make([]byte, 48)
	n, _ := f.src.ReadAt(buf[:min(int64(len(buf)), f.size-from)], from)
	best := int64(-1)
	for i := 0; i+5 <= n; i++ {
		if string(buf[i:i+4]) != "xref" || !isSpace(int(buf[i+4])) || i > 0 && !isSpace(int(buf[i-1])) {
			continue
		}
		if here := from + int64(i); best < 0 || abs(here-at) < abs(best-at) {
			best = here
		}
	}
	if best < 0 {
		return at
	}
	return best
}

func abs(n int64) int64 { return max(n, -n) }

// sort orders the entries. Of two for one number, the first counts; it is noted.
func (s *section) sort() {
	slices.SortStableFunc(s.entries, func(a, b entry) int { return cmp.Compare(a.num, b.num) })
	out := s.entries[:0]
	for _, e := range s.entries {
		if n := len(out); n > 0 && out[n-1].num == e.num {
			s.twice = s.twice || out[n-1] != e
			continue
		}
		out = append(out, e)
	}
	s.entries = slices.Clip(out)
}

// links reads /Prev and /XRefStm of a trailer.
func (f *File) links(s *section) error {
	if v, ok := s.trailer["Prev"]; ok {
		n, ok := v.(int64)
		if !ok || n < 0 || n >= f.size {
			return badf("/Prev %v", v)
		}
		if n > 0 {
			s.prev = n + f.base
		}
	}
	if v, ok := s.trailer["XRefStm"]; ok && !s.stream {
		n, ok := v.(int64)
		if !ok || n <= 0 || n >= f.size {
			return badf("/XRefStm %v", v)
		}
		s.hybrid = n + f.base
	}
	return nil
}

// table reads a classic cross-reference table and its trailer; "xref" is already taken.
func (f *File) table(l *lexer, s *section) error {
	for {
		l.space()
		if l.word("trailer") {
			break
		}
		first, ok := l.uint()
		if !ok {
			return badf("cross-reference table at %d", l.offset())
		}
		count, ok := l.uint()
		if !ok || count > int64(f.lim.Objects) || first+count > int64(f.lim.Objects)*4 || len(s.entries)+int(count) > f.lim.Objects {
			return badf("cross-reference table at %d", l.offset())
		}
		for i := range count {
			if err := f.beat(); err != nil {
				return err
			}
			at, ok := l.uint()
			if !ok {
				return badf("cross-reference entry at %d", l.offset())
			}
			gen, ok := l.uint()
			if !ok || gen > 1<<17 {
				return badf("cross-reference entry at %d", l.offset())
			}
			l.space()
			e := entry{num: uint32(first + i), gen: uint32(gen), at: at, kind: InUse}
			switch l.peek() {
			case 'n':
				e.at += f.base
				if at == 0 { // old producers wrote it for objects that are not there
					e.kind = Free
				}
			case 'f':
				e.kind = Free
			default:
				return badf("cross-reference entry at %d", l.offset())
			}
			l.pos++
			// a table that begins at 1 with the head of the free list means 0
			if i == 0 && first == 1 && e.kind == Free && gen == 65535 && at == 0 && len(s.entries) == 0 {
				first, e.num = 0, 0
			}
			s.entries = append(s.entries, e)
			if l.pos > 1<<16 { // forget what is read
				l.base, l.buf, l.pos = l.offset(), append([]byte(nil), l.buf[l.pos:]...), 0
			}
		}
	}
	p := &parser{lexer: l, depth: f.lim.Depth}
	o, err := p.object(tokEOF)
	if err != nil {
		return err
	}
	d, ok := o.(Dict)
	if !ok {
		return badf("trailer at %d is no dictionary", l.offset())
	}
	if p.dup {
		return badf("the trailer before %d names a key twice", l.offset())
	}
	s.trailer, s.bodyEnd = d, l.offset()
	return nil
}

// xrefStream reads the cross-reference stream at s.at.
func (f *File) xrefStream(s *section) error {
	o, ref, err := f.parseAt(s.at, nil, nil)
	if err != nil {
		return err
	}
	st, ok := o.value.(*Stream)
	if !ok || st.Dict["Type"] != Name("XRef") {
		return badf("no cross-references at %d", s.at)
	}
	if o.dup {
		return badf("the cross-reference stream at %d names a key twice", s.at)
	}
	s.stream, s.self, s.trailer, s.bodyEnd = true, ref, st.Dict, o.end
	var w [3]int
	ws, _ := st.Dict["W"].(Array)
	if len(ws) != 3 {
		return badf("/W of the cross-reference stream at %d", s.at)
	}
	for i, x := range ws {
		n, ok := x.(int64)
		if !ok || n < 0 || n > 8 {
			return badf("/W of the cross-reference stream at %d", s.at)
		}
		w[i] = int(n)
	}
	size, ok := st.Dict["Size"].(int64)
	if !ok || size < 0 || size > int64(f.lim.Objects)*4 {
		return badf("/Size of the cross-reference stream at %d", s.at)
	}
	index, ok := st.Dict["Index"].(Array)
	if !ok {
		index = Array{int64(0), size}
	}
	data, err := st.Decode()
	if err != nil {
		return err
	}
	row := w[0] + w[1] + w[2]
	if row == 0 || len(index)%2 != 0 {
		return badf("/Index of the cross-reference stream at %d", s.at)
	}
	for i := 0; i < len(index); i += 2 {
		first, ok1 := index[i].(int64)
		count, ok2 := index[i+1].(int64)
		if !ok1 || !ok2 || first < 0 || count < 0 || first > int64(f.lim.Objects)*4 || count > int64(len(data)/row) || len(s.entries)+int(count) > f.lim.Objects {
			return badf("/Index of the cross-reference stream at %d", s.at)
		}
		for j := range count {
			kind, a, b := int64(1), field(data[w[0]:w[0]+w[1]]), field(data[w[0]+w[1]:row])
			if w[0] > 0 {
				kind = field(data[:w[0]])
			}
			data = data[row:]
			e := entry{num: uint32(first + j), at: a, gen: uint32(min(b, 1<<31))}
			switch kind {
			case 0:
				e.kind = Free
			case 1:
				e.kind, e.at = InUse, a+f.base
			case 2:
				e.kind = Packed
			default: // the standard: read as null
				e = entry{num: e.num, kind: Free}
			}
			s.entries = append(s.entries, e)
		}
	}
	return nil
}

func field(b []byte) int64 {
	n := int64(0)
	for _, c := range b {
		n = n<<8 | int64(c)
	}
	return n & (1<<63 - 1)
}

// sectionEnd finds the %%EOF that closes the update of which s is the section.
func (f *File) sectionEnd(s *section) (int64, error) {
	l := f.lex(s.bodyEnd)
	for {
		l.space()
		if l.word("startxref") {
			n, ok := l.uint()
			if !ok {
				return 0, badf("startxref without a number at %d", l.offset())
			}
			s.declared = n
			break
		}
		// something stands between: go on to the next startxref
		i := bytes.Index(l.buf[l.pos:], []byte("startxref"))
		for i < 0 {
			back := l.pos
			l.pos = max(back, len(l.buf)-8)
			if !l.more(len(l.buf) - l.pos + 1) {
				return f.size, nil
			}
			if i = bytes.Index(l.buf[l.pos:], []byte("startxref")); i >= 0 {
				break
			}
			if err := f.ctx.Err(); err != nil {
				return 0, err
			}
			if l.pos > 1<<20 {
				l.base, l.buf, l.pos = l.offset(), append([]byte(nil), l.buf[l.pos:]...), 0
			}
		}
		l.pos += i
	}
	for c := l.peek(); isSpace(c); c = l.peek() {
		l.pos++
	}
	if !l.word("%%EOF") {
		return l.offset(), nil
	}
	return lineEnd(f.src, l.offset(), f.size), nil
}
