// SPDX-License-Identifier: Apache-2.0

package pdf

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"sync"
)

// A File is a PDF file open for reading. It is not safe for concurrent use.
type File struct {
	ctx     context.Context
	src     io.ReaderAt
	size    int64
	base    int64 // offset of the header: offsets in the file count from it
	lim     Limits
	whole   []byte           // the file, when it is small
	room    *[smallFile]byte // what whole is a part of
	apart   bool             // it cannot be held whole
	revs    []*Revision      // oldest first
	work    int64
	entries int // cross-reference entries of all sections
	tick    int
	objs    map[int64]cached
	kept    int64
	pack    map[int64]*pack // object streams, by offset
	packed  int64
	lock    *lock // how the file is encrypted; nil when it is not
	lerr    error // why its encryption cannot be undone
}

// A Revision is one state of the file: the file as it was first written, or one
// incremental update. Sections that belong together (a linearised file's two, a
// hybrid's table and stream) are one revision.
type Revision struct {
	Index    int
	XRef     int64    // where its newest cross-reference section begins
	Start    int64    // the end of the revision before, or 0
	End      int64    // after its %%EOF and the line end
	Trailer  Dict     // its trailer, or the dictionary of its cross-reference stream
	Kind     XRefKind // how its newest section is written
	sections []*section
}

// XRefKind is how a revision writes its cross-references.
type XRefKind int

// The kinds.
const (
	Table   XRefKind = iota // the classic table
	XStream                 // a cross-reference stream
	Hybrid                  // a table, and a stream beside it for newer readers
)

// Open reads the cross-references of the file that src holds in its first size bytes.
// It follows the last startxref and every /Prev from there, and repairs nothing.
// Time is bounded by ctx.
func Open(ctx context.Context, src io.ReaderAt, size int64, lim Limits) (*File, error) {
	f := &File{ctx: ctx, src: src, size: size, lim: lim, objs: map[int64]cached{}, pack: map[int64]*pack{}}
	if err := f.header(); err != nil {
		return nil, err
	}
	at, err := f.startxref()
	if err != nil {
		return nil, err
	}
	if err := f.chain(at); err != nil {
		return nil, err
	}
	f.unlock()
	return f, nil
}

// OpenLast is Open for files that may carry something after their last whole revision:
// when the file as a whole does not open, it is cut after earlier %%EOF marks until
// one does. The rest after File.End is then no part of any revision.
func OpenLast(ctx context.Context, src io.ReaderAt, size int64, lim Limits) (*File, error) {
	f, first := Open(ctx, src, size, lim)
	if first == nil || ctx.Err() != nil {
		return f, first
	}
	end := size
	for range 64 {
		at, err := lastIndex(ctx, src, end, "%%EOF")
		if err != nil || at < 0 {
			break
		}
		if f, err := Open(ctx, src, lineEnd(src, at+5, size), lim); err == nil {
			f.size = size
			return f, nil
		}
		end = at
	}
	return nil, first
}

// lastIndex is the last place of mark before end, or -1.
func lastIndex(ctx context.Context, src io.ReaderAt, end int64, mark string) (int64, error) {
	const step = 64 << 10
	buf := make([]byte, step+len(mark)-1)
	for end > 0 {
		if err := ctx.Err(); err != nil {
			return -1, err
		}
		from := max(0, end-int64(len(buf)))
		n, err := src.ReadAt(buf[:end-from], from)
		if err != nil && err != io.EOF {
			return -1, err
		}
		if i := bytes.LastIndex(buf[:n], []byte(mark)); i >= 0 {
			return from + int64(i), nil
		}
		if from == 0 {
			break
		}
		end = from + int64(len(mark)) - 1
	}
	return -1, nil
}

// lineEnd is the offset after the one line end that may stand at at.
func lineEnd(src io.ReaderAt, at, size int64) int64 {
	var b [2]byte
	n, _ := src.ReadAt(b[:min(2, max(0, size-at))], at)
	switch {
	case n >= 2 && b[0] == '\r' && b[1] == '\n':
		return at + 2
	case n >= 1 && (b[0] == '\n' || b[0] == '\r'):
		return at + 1
	}
	return at
}

// Size is the length of the file in bytes.
func (f *File) Size() int64 { return f.size }

// End is where the last revision ends. Bytes from there on belong to nothing.
func (f *File) End() int64 { return f.revs[len(f.revs)-1].End }

// Revisions are the states of the file, oldest first. There is at least one.
func (f *File) Revisions() []*Revision { return f.revs }

// Source is what the file was opened on.
func (f *File) Source() io.ReaderAt { return f.src }

// Encrypted tells whether the file is encrypted, and why it cannot be read if so.
func (f *File) Encrypted() (bool, error) { return f.lock != nil || f.lerr != nil, f.lerr }

// Last is the file as it is now.
func (f *File) Last() *View { return f.At(len(f.revs) - 1) }

// beat is asked in every loop that foreign bytes can prolong.
func (f *File) beat() error {
	if f.tick++; f.tick&63 == 0 {
		return f.ctx.Err()
	}
	return nil
}

// lex begins to read at an offset. A small file is held whole, and never read twice.
func (f *File) lex(at int64) *lexer {
	if b := f.held(); b != nil && at >= 0 && at <= int64(len(b)) {
		return &lexer{base: at, end: f.size, buf: b[at:], max: len(b)}
	}
	return newLexer(f.src, at, f.size, f.lim.Token)
}

const smallFile = 128 << 10

// small holds files that are read whole, one after another.
var small = sync.Pool{New: func() any { return new([smallFile]byte) }}

// held is a small file, read in one go; nil for others, and where it cannot be read.
func (f *File) held() []byte {
	if f.whole == nil && f.size <= smallFile && !f.apart {
		f.room = small.Get().(*[smallFile]byte)
		if n, _ := f.src.ReadAt(f.room[:f.size], 0); int64(n) < f.size {
			f.Release()
			f.apart = true // shorter than was said: piece by piece
			return nil
		}
		f.whole = f.room[:f.size]
	}
	if int64(len(f.whole)) > f.size {
		return f.whole[:f.size]
	}
	return f.whole
}

// Release gives back the room that a small file is held in. What was read from the file
// stays valid, and the file may be read on.
func (f *File) Release() {
	if f.room != nil {
		small.Put(f.room)
		f.room, f.whole = nil, nil
	}
}

// Feed writes the bytes from one offset to another as they are, in one pass.
func (f *File) Feed(ctx context.Context, w io.Writer, from, to int64) error {
	if b := f.held(); b != nil && from <= to && to <= int64(len(b)) {
		_, err := w.Write(b[from:to])
		return err
	}
	room := small.Get().(*[smallFile]byte)
	defer small.Put(room)
	for at := from; at < to; {
		if err := ctx.Err(); err != nil {
			return err
		}
		piece := room[:min(int64(len(room)), to-at)]
		n, err := f.src.ReadAt(piece, at)
		if n < len(piece) {
			if err == nil || err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return err
		}
		if _, err := w.Write(piece); err != nil {
			return err
		}
		at += int64(n)
	}
	return nil
}

// piece reads some bytes of the file.
func (f *File) piece(from, n int64) ([]byte, error) {
	if b := f.held(); b != nil && from+n <= int64(len(b)) {
		return b[from : from+n], nil
	}
	buf := make([]byte, n)
	got, err := f.src.ReadAt(buf, from)
	if err == io.EOF {
		err = nil
	}
	return buf[:got], err
}

func (f *File) header() error {
	buf, err := f.piece(0, min(1024, f.size))
	if err != nil {
		return err
	}
	i := bytes.Index(buf, []byte("%PDF-"))
	if i < 0 {
		return badf("no header")
	}
	f.base = int64(i)
	return nil
}

// startxref finds where the newest cross-reference section begins.
func (f *File) startxref() (int64, error) {
	n := min(2048, f.size)
	from := f.size - n
	buf, err := f.piece(from, n)
	if err != nil {
		return 0, err
	}
	i := bytes.LastIndex(buf, []byte("startxref"))
	if i < 0 {
		return 0, badf("no startxref")
	}
	l := f.lex(from + int64(i) + 9)
	at, ok := l.uint()
	if !ok {
		return 0, badf("startxref without a number")
	}
	if f.base > 0 && (f.sectionAt(at) || !f.sectionAt(at+f.base)) {
		f.base = 0
	}
	return at + f.base, nil
}

// sectionAt tells whether a cross-reference section seems to begin at at.
func (f *File) sectionAt(at int64) bool {
	if at < 0 || at >= f.size {
		return false
	}
	l := f.lex(at)
	l.space()
	if l.word("xref") {
		return true
	}
	_, ok := l.header()
	return ok
}

// chain reads the section at at and every older one.
func (f *File) chain(at int64) error {
	seen, extras := map[int64]bool{}, map[int64]*section{}
	var all []*section // newest first
	for {
		if seen[at] {
			return badf("the cross-references go round in a circle at %d", at)
		}
		seen[at] = true
		if len(all) >= f.lim.Revisions {
			return ErrLimit
		}
		if err := f.ctx.Err(); err != nil {
			return err
		}
		s, err := f.section(at)
		if err != nil {
			return err
		}
		all = append(all, s)
		if s.hybrid >= 0 {
			// some tools copy /XRefStm from trailer to trailer: the same stream counts again
			if s.extra = extras[s.hybrid]; s.extra == nil {
				if s.extra, err = f.section(s.hybrid); err != nil {
					return err
				}
				if !s.extra.stream {
					return badf("XRefStm does not point to a stream")
				}
				extras[s.hybrid] = s.extra
			}
		}
		if s.prev < 0 {
			break
		}
		at = s.prev
	}
	return f.group(all)
}

// group makes revisions of sections: a newer section that stands before its older one
// in the file belongs to the same revision (linearised files).
func (f *File) group(all []*section) error {
	slices.Reverse(all)
	var r *Revision
	for i, s := range all {
		if r == nil || s.at > all[i-1].at {
			r = &Revision{Index: len(f.revs)}
			if r.Index > 0 {
				r.Start = f.revs[r.Index-1].End
			}
			f.revs = append(f.revs, r)
		} else if r.Index > 0 {
			return badf("the cross-reference section at %d stands before its older one", s.at)
		}
		r.sections = append(r.sections, s)
		r.XRef, r.Trailer, r.Kind = s.at, s.trailer, Table
		if s.stream {
			r.Kind = XStream
		} else if s.extra != nil {
			r.Kind = Hybrid
		}
		r.End = max(r.End, s.end)
	}
	for i, r := range f.revs {
		if i > 0 && r.End <= f.revs[i-1].End {
			return badf("revision %d ends before the one it follows", i)
		}
	}
	return nil
}

// ErrNoView says that a revision does not exist.
var ErrNoView = errors.New("pdf: no such revision")
