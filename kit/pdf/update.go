// SPDX-License-Identifier: Apache-2.0

package pdf

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
)

// An Update is one more revision, being made. It never changes a byte that is there: what
// Bytes gives is appended after File.Size bytes of the input.
type Update struct {
	f    *File
	last *View
	next int
	objs map[int]change
	// Trailer is what the new trailer will hold beside /Size, /Prev and, when the file has
	// one, the second part of /ID. It begins as the trailer of the last revision.
	Trailer Dict
}

type change struct {
	gen   int
	value Object
}

// Update begins a revision on top of the last one. It refuses an encrypted file, and one
// with anything but white space after its last revision: what could be shown of that is
// not what would be signed.
func (f *File) Update() (*Update, error) {
	if yes, err := f.Encrypted(); yes {
		if err == nil {
			err = lockErr("encrypted files are not changed")
		}
		return nil, err
	}
	if err := f.tail(); err != nil {
		return nil, err
	}
	if f.base > 0 {
		return nil, badf("%d bytes before the header", f.base)
	}
	v := f.Last()
	if _, _, err := v.Root(); err != nil {
		return nil, err
	}
	u := &Update{f: f, last: v, objs: map[int]change{}, Trailer: Dict{}, next: 1}
	for k, o := range v.Trailer {
		switch k {
		case "Prev", "XRefStm", "Size", "Type", "W", "Index", "Filter", "DecodeParms", "Length", "DL", "F", "FFilter", "FDecodeParms":
		default:
			u.Trailer[k] = o
		}
	}
	if size, ok := v.Trailer["Size"].(int64); ok && size > 0 && size <= int64(f.lim.Objects)*4 {
		u.next = int(size)
	}
	for _, r := range f.revs {
		for _, s := range r.sections {
			u.above(s.entries)
			if s.extra != nil {
				u.above(s.extra.entries)
			}
			u.next = max(u.next, s.self.Num+1)
		}
	}
	if u.next >= 2*f.lim.Objects {
		return nil, ErrLimit
	}
	return u, nil
}

func (u *Update) above(list []entry) {
	if n := len(list); n > 0 {
		u.next = max(u.next, int(list[n-1].num)+1)
	}
}

// tail looks that nothing but white space follows the last revision.
func (f *File) tail() error {
	rest := f.size - f.End()
	if rest > 1024 {
		return badf("%d bytes after the last revision", rest)
	}
	b := make([]byte, rest)
	n, _ := f.src.ReadAt(b, f.End())
	for _, c := range b[:n] {
		if !isSpace(int(c)) {
			return badf("%d bytes after the last revision", rest)
		}
	}
	return nil
}

// New is a number that the file has never used. Set must follow.
func (u *Update) New() Ref {
	u.next++
	return Ref{u.next - 1, 0}
}

// Set gives ref a value in the new revision. The object is read when Bytes is called.
func (u *Update) Set(ref Ref, o Object) { u.objs[ref.Num] = change{ref.Gen, o} }

// Add is New and Set.
func (u *Update) Add(o Object) Ref {
	ref := u.New()
	u.Set(ref, o)
	return ref
}

// Get is the object as the new revision will have it. The value may be shared with the
// file: copy (Clone) before changing.
func (u *Update) Get(ref Ref) (Object, error) {
	if c, ok := u.objs[ref.Num]; ok {
		return c.value, nil
	}
	return u.last.Get(ref)
}

// Resolve follows references as the new revision will have them.
func (u *Update) Resolve(o Object) (Object, error) {
	for range 32 {
		ref, ok := o.(Ref)
		if !ok {
			return o, nil
		}
		var err error
		if o, err = u.Get(ref); err != nil {
			return nil, err
		}
	}
	return nil, badf("references go round in a circle")
}

// Clone copies arrays and dictionaries deeply; streams and references are shared.
func Clone(o Object) Object {
	switch x := o.(type) {
	case Array:
		out := make(Array, len(x))
		for i := range x {
			out[i] = Clone(x[i])
		}
		return out
	case Dict:
		out := maps.Clone(x)
		for k, v := range out {
			out[k] = Clone(v)
		}
		return out
	}
	return o
}

// Bytes writes the revision: what must follow the File.Size bytes of the input, and where
// each hole lies, counted from the start of the whole file. Cross-references are written
// the way the last revision has them, table or stream.
func (u *Update) Bytes() ([]byte, map[*Hole]Span, error) {
	w := &writer{b: make([]byte, 0, 16<<10), holes: map[*Hole]Span{}}
	if u.f.size > 0 {
		end, err := u.f.piece(u.f.size-1, 1)
		if err != nil || len(end) == 0 {
			return nil, nil, errors.Join(err, io.ErrUnexpectedEOF)
		}
		if end[0] != '\n' && end[0] != '\r' {
			w.b = append(w.b, '\n')
		}
	}
	places := map[int]int64{}
	nums := slices.Sorted(maps.Keys(u.objs))
	for _, num := range nums {
		places[num] = int64(len(w.b))
		u.write(w, num)
		if w.err != nil {
			return nil, nil, w.err
		}
	}
	trailer := maps.Clone(u.Trailer)
	if id, ok := trailer["ID"].(Array); ok && len(id) == 2 {
		sum := sha256.Sum256(w.b)
		trailer["ID"] = Array{id[0], String(sum[:16])}
	}
	trailer["Prev"] = u.f.revs[u.last.Revision].XRef
	at := int64(len(w.b))
	if u.f.revs[u.last.Revision].Kind == XStream {
		u.xrefStream(w, trailer, nums, places)
	} else {
		u.xrefTable(w, trailer, nums, places)
	}
	w.b = fmt.Appendf(w.b, "startxref\n%d\n%%%%EOF\n", u.f.size+at)
	if w.err != nil {
		return nil, nil, w.err
	}
	for h, s := range w.holes {
		w.holes[h] = Span{s.Start + u.f.size, s.End + u.f.size}
	}
	return w.b, w.holes, nil
}

func (u *Update) write(w *writer, num int) {
	c := u.objs[num]
	w.b = fmt.Appendf(w.b, "%d %d obj\n", num, c.gen)
	if s, ok := c.value.(*Stream); ok {
		data, err := s.Raw()
		if err != nil {
			w.err = err
			return
		}
		d := maps.Clone(s.Dict)
		if d == nil {
			d = Dict{}
		}
		d["Length"] = int64(len(data))
		w.dict(d)
		w.b = append(w.b, "\nstream\n"...)
		w.b = append(w.b, data...)
		w.b = append(w.b, "\nendstream"...)
	} else {
		w.object(c.value)
	}
	w.b = append(w.b, "\nendobj\n"...)
}

// runs cuts numbers into stretches without a gap.
func runs(nums []int) [][]int {
	var out [][]int
	for i, n := range nums {
		if i == 0 || n != nums[i-1]+1 {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], n)
	}
	return out
}

func (u *Update) xrefTable(w *writer, trailer Dict, nums []int, places map[int]int64) {
	w.b = append(w.b, "xref\n"...)
	for _, run := range runs(nums) {
		w.b = fmt.Appendf(w.b, "%d %d\n", run[0], len(run))
		for _, n := range run {
			w.b = fmt.Appendf(w.b, "%010d %05d n \n", places[n]+u.f.size, u.objs[n].gen)
		}
	}
	trailer["Size"] = int64(u.next)
	w.b = append(w.b, "trailer\n"...)
	w.dict(trailer)
	w.b = append(w.b, '\n')
}

func (u *Update) xrefStream(w *writer, trailer Dict, nums []int, places map[int]int64) {
	self := u.next
	u.next++
	places[self] = int64(len(w.b))
	nums = append(slices.Clone(nums), self)
	index := Array{}
	var rows []byte
	for _, run := range runs(nums) {
		index = append(index, int64(run[0]), int64(len(run)))
		for _, n := range run {
			at := places[n] + u.f.size
			gen := u.objs[n].gen
			rows = append(rows, 1, byte(at>>32), byte(at>>24), byte(at>>16), byte(at>>8), byte(at), byte(gen>>8), byte(gen))
		}
	}
	trailer["Type"], trailer["Size"], trailer["Index"] = Name("XRef"), int64(u.next), index
	trailer["W"], trailer["Length"] = Array{int64(1), int64(5), int64(2)}, int64(len(rows))
	w.b = fmt.Appendf(w.b, "%d 0 obj\n", self)
	w.dict(trailer)
	w.b = append(w.b, "\nstream\n"...)
	w.b = append(w.b, rows...)
	w.b = append(w.b, "\nendstream\nendobj\n"...)
	u.next-- // Bytes may be called again
}
