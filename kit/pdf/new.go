// SPDX-License-Identifier: Apache-2.0

package pdf

import (
	"crypto/sha256"
	"fmt"
	"maps"
)

// A Maker writes a file from nothing: one revision, a table of cross-references, objects
// in the order of their numbers. Equal objects give equal bytes.
type Maker struct{ objs []Object }

// New is the next number. Set must follow.
func (m *Maker) New() Ref {
	m.objs = append(m.objs, nil)
	return Ref{len(m.objs), 0}
}

// Set gives a number its object, which is read when Bytes is called.
func (m *Maker) Set(ref Ref, o Object) { m.objs[ref.Num-1] = o }

// Add is New and Set.
func (m *Maker) Add(o Object) Ref {
	ref := m.New()
	m.Set(ref, o)
	return ref
}

// Bytes writes the file. Both parts of its /ID are the digest of what stands before them.
func (m *Maker) Bytes(root, info Ref) ([]byte, error) {
	w := &writer{b: []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")}
	places := make([]int, len(m.objs))
	for i, o := range m.objs {
		places[i] = len(w.b)
		w.b = fmt.Appendf(w.b, "%d 0 obj\n", i+1)
		if s, ok := o.(*Stream); ok {
			data, err := s.Raw()
			if err != nil {
				return nil, err
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
			w.object(o)
		}
		w.b = append(w.b, "\nendobj\n"...)
		if w.err != nil {
			return nil, w.err
		}
	}
	sum := sha256.Sum256(w.b)
	id := String(sum[:16])
	at := len(w.b)
	w.b = fmt.Appendf(w.b, "xref\n0 %d\n0000000000 65535 f \n", len(m.objs)+1)
	for _, p := range places {
		w.b = fmt.Appendf(w.b, "%010d 00000 n \n", p)
	}
	w.b = append(w.b, "trailer\n"...)
	trailer := Dict{"Size": int64(len(m.objs) + 1), "Root": root, "ID": Array{id, id}}
	if info.Num > 0 {
		trailer["Info"] = info
	}
	w.dict(trailer)
	w.b = fmt.Appendf(w.b, "\nstartxref\n%d\n%%%%EOF\n", at)
	return w.b, w.err
}

// Get is the object of a number as it was set.
func (m *Maker) Get(ref Ref) Object { return m.objs[ref.Num-1] }
