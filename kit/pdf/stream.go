// SPDX-License-Identifier: Apache-2.0

package pdf

import (
	"bytes"
	"io"
)

// A Stream is a dictionary with data. The data stay in the file until they are asked for.
type Stream struct {
	Dict Dict
	// Guessed is set when /Length was wrong and the end was sought by its keyword.
	Guessed bool

	f    *File
	src  io.ReaderAt
	at   int64 // offset of the data; 0: data are in memory
	size int64
	data []byte
	key  *streamKey // how to decrypt; nil: not encrypted
}

// NewStream makes a stream for an Update: the data are written as they are given, so the
// dictionary must name the filter they are compressed with.
func NewStream(d Dict, data []byte) *Stream {
	return &Stream{Dict: d, data: data, size: int64(len(data))}
}

// Span is where the stored data stand in the file.
func (s *Stream) Span() Span { return Span{s.at, s.at + s.size} }

// Stored is the data as they are stored, undecrypted: one pass, nothing kept.
func (s *Stream) Stored() io.Reader {
	if s.src == nil {
		return bytes.NewReader(s.data)
	}
	return io.NewSectionReader(s.src, s.at, s.size)
}

// Raw is the data before any filter, decrypted, in memory.
func (s *Stream) Raw() ([]byte, error) {
	if s.src == nil {
		return s.data, nil
	}
	if s.size > s.f.lim.Inflate {
		return nil, ErrLimit
	}
	if err := s.f.spend(s.size); err != nil {
		return nil, err
	}
	b := make([]byte, s.size)
	if _, err := s.src.ReadAt(b, s.at); err != nil && err != io.EOF {
		return nil, err
	}
	if s.key != nil {
		return s.key.open(b)
	}
	return b, nil
}

// spend counts bytes that are unpacked; the sum over a file is bounded.
func (f *File) spend(n int64) error {
	if f.work += n; f.work > f.lim.Work {
		return ErrLimit
	}
	return f.ctx.Err()
}

// sameBytes compares the data of two streams: as stored when both are plain, else decrypted.
func sameBytes(x, y *Stream) bool {
	if x.key != nil || y.key != nil {
		a, err := x.Raw()
		if err != nil {
			return false
		}
		b, err := y.Raw()
		return err == nil && bytes.Equal(a, b)
	}
	if x.size != y.size {
		return false
	}
	a, b := x.Stored(), y.Stored()
	p, q := make([]byte, 32<<10), make([]byte, 32<<10)
	for {
		n, err1 := io.ReadFull(a, p)
		m, err2 := io.ReadFull(b, q)
		if n != m || !bytes.Equal(p[:n], q[:m]) {
			return false
		}
		if x.f != nil && x.f.ctx.Err() != nil {
			return false
		}
		if err1 != nil || err2 != nil {
			return (err1 == io.EOF || err1 == io.ErrUnexpectedEOF) && (err2 == io.EOF || err2 == io.ErrUnexpectedEOF)
		}
	}
}

// streamAt takes the data of a stream; "stream" is read. It answers the offset after endobj.
func (f *File) streamAt(l *lexer, d Dict, ref Ref, v *View) (Object, int64, error) {
	if l.peek() == '\r' {
		l.pos++
	}
	if l.peek() == '\n' {
		l.pos++
	}
	s := &Stream{Dict: d, f: f, src: f.src, at: l.offset(), size: -1}
	n, ok := d["Length"].(int64)
	if r, isRef := d["Length"].(Ref); isRef && v != nil && r != ref {
		n, ok = v.lengthAt(r)
	}
	if ok && n >= 0 && n <= f.size-s.at {
		e := f.lex(s.at + n)
		e.space()
		if e.word("endstream") {
			s.size = n
			e.space()
			if !e.word("endobj") {
				return nil, 0, badf("stream %s does not end", ref)
			}
			return s, e.offset(), nil
		}
	}
	end, err := f.findEnd(s.at)
	if err != nil {
		return nil, 0, err
	}
	s.size, s.Guessed = end-s.at, true
	e := f.lex(end)
	e.space()
	e.word("endstream")
	e.space()
	if !e.word("endobj") {
		return nil, 0, badf("stream %s does not end", ref)
	}
	return s, e.offset(), nil
}

// lengthAt resolves a /Length that stands apart, without reading any stream on the way.
func (v *View) lengthAt(r Ref) (int64, bool) {
	e := v.Entry(r.Num)
	if e.Kind == Packed {
		c, err := v.get(r, 0)
		n, ok := c.value.(int64)
		return n, ok && err == nil
	}
	if e.Kind != InUse || e.Gen != r.Gen || e.At >= v.f.size {
		return 0, false
	}
	l := v.f.lex(e.At)
	if got, ok := l.header(); !ok || got != r {
		return 0, false
	}
	return l.uint()
}

// findEnd seeks the keyword endstream and answers the offset before its line end.
func (f *File) findEnd(at int64) (int64, error) {
	const step = 64 << 10
	mark := []byte("endstream")
	buf := make([]byte, step+len(mark))
	for from := at; from < f.size; from += step {
		if err := f.spend(step); err != nil {
			return 0, err
		}
		n, err := f.src.ReadAt(buf[:min(int64(len(buf)), f.size-from)], from)
		if err != nil && err != io.EOF {
			return 0, err
		}
		if i := bytes.Index(buf[:n], mark); i >= 0 {
			end := from + int64(i)
			var two [2]byte
			if end-2 >= at {
				f.src.ReadAt(two[:], end-2)
			}
			switch {
			case two == [2]byte{'\r', '\n'}:
				return end - 2, nil
			case two[1] == '\n' || two[1] == '\r':
				return end - 1, nil
			}
			return end, nil
		}
	}
	return 0, badf("stream at %d without an end", at)
}

// A pack is an object stream, inflated.
type pack struct {
	nums, offs []int
	data       []byte // from First on
}

// packed reads an object out of its object stream.
func (v *View) packed(e Entry) (cached, error) {
	host := v.Entry(e.Host)
	if host.Kind != InUse {
		return cached{}, badf("object %d: its object stream %d is not there", e.Num, e.Host)
	}
	p, err := v.packAt(host)
	if err != nil {
		return cached{}, err
	}
	if e.Index < 0 || e.Index >= len(p.nums) || p.nums[e.Index] != e.Num {
		return cached{}, badf("object %d is not number %d in object stream %d", e.Num, e.Index, e.Host)
	}
	from, to := p.offs[e.Index], len(p.data)
	if from > to {
		return cached{}, badf("object %d lies outside its object stream", e.Num)
	}
	q := &parser{lexer: bytesLexer(p.data[from:to]), depth: v.f.lim.Depth}
	o, err := q.object(tokEOF)
	if err != nil {
		return cached{}, err
	}
	if o == tokEOF {
		o = nil
	}
	return cached{value: o, dup: q.dup}, nil
}

// Packs tells which objects an object stream holds, as of this revision.
func (v *View) Packs(ref Ref) ([]int, error) {
	e := v.Entry(ref.Num)
	if e.Kind != InUse {
		return nil, badf("object stream %d is not there", ref.Num)
	}
	p, err := v.packAt(e)
	if err != nil {
		return nil, err
	}
	return p.nums, nil
}

func (v *View) packAt(host Entry) (*pack, error) {
	f := v.f
	if p := f.pack[host.At]; p != nil {
		return p, nil
	}
	c, err := v.get(Ref{host.Num, host.Gen}, 1)
	if err != nil {
		return nil, err
	}
	s, ok := c.value.(*Stream)
	if !ok || s.Dict["Type"] != Name("ObjStm") {
		return nil, badf("%d is no object stream", host.Num)
	}
	n, ok1 := v.Int(s.Dict["N"])
	first, ok2 := v.Int(s.Dict["First"])
	data, err := s.Decode()
	if err != nil {
		return nil, err
	}
	if !ok1 || !ok2 || n < 0 || first < 0 || n > int64(f.lim.Objects) || first > int64(len(data)) || n > first {
		return nil, badf("object stream %d", host.Num)
	}
	l := bytesLexer(data[:first])
	p := &pack{nums: make([]int, n), offs: make([]int, n), data: data[first:]}
	for i := range int(n) {
		num, ok1 := l.uint()
		off, ok2 := l.uint()
		if !ok1 || !ok2 || num > 1<<31 || off > int64(len(p.data)) {
			return nil, badf("the head of object stream %d", host.Num)
		}
		p.nums[i], p.offs[i] = int(num), int(off)
	}
	size := int64(len(data)) + 16*n
	if f.packed += size; f.packed > f.lim.Cache {
		f.pack, f.packed = map[int64]*pack{}, size
	}
	f.pack[host.At] = p
	return p, nil
}
