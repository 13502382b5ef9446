// SPDX-License-Identifier: Apache-2.0

package pdf

import "fmt"

// A View answers what the file was as of one revision.
type View struct {
	f        *File
	Revision int
	Trailer  Dict
}

// At is the file as of revision k, counted from 0.
func (f *File) At(k int) *View {
	return &View{f: f, Revision: k, Trailer: f.revs[k].Trailer}
}

// File is the file that is viewed.
func (v *View) File() *File { return v.f }

// Entry says where an object is as of this revision.
func (v *View) Entry(num int) Entry {
	if num <= 0 {
		return Entry{Num: num, Kind: Missing}
	}
	for k := v.Revision; k >= 0; k-- {
		sections := v.f.revs[k].sections
		for i := len(sections) - 1; i >= 0; i-- {
			if e, ok := sections[i].lookup(num); ok {
				return e.open()
			}
		}
	}
	return Entry{Num: num, Kind: Missing}
}

type cached struct {
	value Object
	dup   bool
	end   int64
}

// Get is the object that ref points to, as of this revision: null for a free or missing
// one. References inside are not followed. The value is shared: do not change it.
func (v *View) Get(ref Ref) (Object, error) {
	c, err := v.get(ref, 0)
	return c.value, err
}

// Twice tells whether the object holds a dictionary that names a key twice with
// different values, so that readers may differ in what they see.
func (v *View) Twice(ref Ref) bool {
	c, err := v.get(ref, 0)
	return err == nil && c.dup
}

func (v *View) get(ref Ref, depth int) (cached, error) {
	if err := v.f.beat(); err != nil {
		return cached{}, err
	}
	e := v.Entry(ref.Num)
	switch e.Kind {
	case InUse:
		if e.Gen != ref.Gen {
			return cached{}, nil
		}
		if c, ok := v.f.objs[e.At]; ok {
			return c, nil
		}
		c, got, err := v.f.parseAt(e.At, v, nil)
		if err != nil {
			return cached{}, err
		}
		if got != ref {
			return cached{}, badf("object %s is not at %d", ref, e.At)
		}
		v.f.keep(e.At, c)
		return c, nil
	case Packed:
		if ref.Gen != 0 {
			return cached{}, nil
		}
		if depth > 0 {
			return cached{}, badf("object stream %d lies in an object stream", ref.Num)
		}
		return v.packed(e)
	}
	return cached{}, nil
}

func (f *File) keep(at int64, c cached) {
	n := max(c.end-at, 64) * 4
	if s, ok := c.value.(*Stream); ok {
		n = max(s.at-at, 64) * 4
	}
	if f.kept += n; f.kept > f.lim.Cache {
		f.objs, f.kept = map[int64]cached{}, n
	}
	f.objs[at] = c
}

// parseAt reads the indirect object at an offset. The view resolves a stream's /Length;
// without one it must be direct. place, when not nil, is filled.
func (f *File) parseAt(at int64, v *View, place *place) (cached, Ref, error) {
	if at <= 0 || at >= f.size {
		return cached{}, Ref{}, badf("object at %d, outside the file", at)
	}
	l := f.lex(at)
	ref, ok := l.header()
	if !ok {
		if l.err != nil {
			return cached{}, Ref{}, l.err
		}
		return cached{}, Ref{}, badf("no object at %d", at)
	}
	p := &parser{lexer: l, depth: f.lim.Depth}
	if place != nil {
		p.want = place.want
	}
	o, err := p.object("endobj")
	if place != nil {
		place.found = p.found
	}
	if err != nil {
		return cached{}, ref, err
	}
	if o == keyword("endobj") { // an empty object is null
		return cached{end: l.offset()}, ref, nil
	}
	c := cached{value: o, dup: p.dup}
	l.space()
	d, isDict := o.(Dict)
	if isDict && l.word("stream") {
		if c.value, c.end, err = f.streamAt(l, d, ref, v); err != nil {
			return cached{}, ref, err
		}
	} else {
		if !l.word("endobj") {
			return cached{}, ref, badf("object %s at %d does not end", ref, at)
		}
		c.end = l.offset()
	}
	if f.lock != nil {
		c.value = f.lock.open(ref, c.value)
	}
	return c, ref, nil
}

// A place is a value that is sought by its path of keys.
type place struct {
	want  []Name
	found Span
}

// SpanOf tells where a value inside an object stands in the file, by its path of keys
// through direct dictionaries: ("Contents"), or ("V", "Contents"). Objects in object
// streams have no place in the file.
func (v *View) SpanOf(ref Ref, path ...Name) (Span, error) {
	e := v.Entry(ref.Num)
	if e.Kind != InUse || e.Gen != ref.Gen {
		return Span{}, badf("object %s does not stand by itself", ref)
	}
	p := place{want: path}
	_, got, err := v.f.parseAt(e.At, v, &p)
	switch {
	case err != nil:
		return Span{}, err
	case got != ref:
		return Span{}, badf("object %s is not at %d", ref, e.At)
	case p.found.End == 0:
		return Span{}, badf("object %s has no such value", ref)
	}
	return p.found, nil
}

// Resolve follows references until there is a value.
func (v *View) Resolve(o Object) (Object, error) {
	for range 32 {
		ref, ok := o.(Ref)
		if !ok {
			return o, nil
		}
		var err error
		if o, err = v.Get(ref); err != nil {
			return nil, err
		}
	}
	return nil, badf("references go round in a circle")
}

// Dict resolves o and answers a dictionary, that of a stream too; nil when it is neither.
func (v *View) Dict(o Object) Dict {
	o, err := v.Resolve(o)
	if err != nil {
		return nil
	}
	switch x := o.(type) {
	case Dict:
		return x
	case *Stream:
		return x.Dict
	}
	return nil
}

// Array resolves o and answers an array; nil when it is none.
func (v *View) Array(o Object) Array {
	o, _ = v.Resolve(o)
	a, _ := o.(Array)
	return a
}

// Name resolves o and answers a name; empty when it is none.
func (v *View) Name(o Object) Name {
	o, _ = v.Resolve(o)
	n, _ := o.(Name)
	return n
}

// Int resolves o and answers an integer.
func (v *View) Int(o Object) (int64, bool) {
	o, _ = v.Resolve(o)
	switch x := o.(type) {
	case int64:
		return x, true
	case float64:
		return int64(x), x == float64(int64(x))
	}
	return 0, false
}

// Root is the catalog, and the reference under which it stands.
func (v *View) Root() (Dict, Ref, error) {
	ref, ok := v.Trailer["Root"].(Ref)
	if !ok {
		return nil, Ref{}, badf("no catalog")
	}
	o, err := v.Get(ref)
	if err != nil {
		return nil, ref, err
	}
	d, ok := o.(Dict)
	if !ok {
		return nil, ref, badf("the catalog is no dictionary")
	}
	return d, ref, nil
}

// Pages calls f with each page, in order, until f answers false. A page tree that goes
// round in a circle, or is deeper than the limits, is an error.
func (v *View) Pages(f func(i int, ref Ref, page Dict) bool) error {
	root, _, err := v.Root()
	if err != nil {
		return err
	}
	type node struct {
		ref  Ref
		deep int
	}
	top, ok := root["Pages"].(Ref)
	if !ok {
		return badf("no page tree")
	}
	seen, stack, n := map[Ref]bool{}, []node{{top, 0}}, 0
	for len(stack) > 0 {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[at.ref] {
			return fmt.Errorf("%w: the page tree at %s", ErrCircle, at.ref)
		}
		seen[at.ref] = true
		if at.deep > v.f.lim.Depth || len(seen) > v.f.lim.Objects {
			return ErrLimit
		}
		o, err := v.Get(at.ref)
		if err != nil {
			return err
		}
		d, ok := o.(Dict)
		if !ok {
			return badf("%s in the page tree is no dictionary", at.ref)
		}
		if _, has := d["Kids"]; !has || d["Type"] == Name("Page") {
			if at.deep == 0 {
				return badf("no page tree")
			}
			if !f(n, at.ref, d) {
				return nil
			}
			n++
			continue
		}
		kids := v.Array(d["Kids"])
		for i := len(kids) - 1; i >= 0; i-- {
			kid, ok := kids[i].(Ref)
			if !ok {
				return badf("a page that is no object of its own")
			}
			stack = append(stack, node{kid, at.deep + 1})
		}
	}
	return nil
}
