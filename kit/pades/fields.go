// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"fmt"
	"strings"

	"soviec/kit/pdf"
)

// A field is one form field of one revision, or a widget that belongs to it.
type field struct {
	ref    pdf.Ref
	dict   pdf.Dict
	name   string   // whole name, from the root of the form
	kind   pdf.Name // /FT, inherited
	flags  int64    // /Ff, inherited
	widget bool     // a widget of the field above it, without a name of its own
	owner  *field   // of a widget: its field
	kids   []*field
	top    bool // stands in /Fields itself
	value  pdf.Object
}

const (
	flagReadOnly   = 1
	flagPushButton = 1 << 16
)

// formState is the form of one revision.
type formState struct {
	fields []*field // fields and widgets, in order
	byNum  map[int]*field
	direct bool            // some field is no object of its own
	names  map[string]int  // how often a name occurs
	dotted map[string]bool // partial names with a period in them
}

// listFields reads the form of a view. A form that goes round in a circle is an error.
func listFields(v *pdf.View) (*formState, error) {
	st := &formState{byNum: map[int]*field{}, names: map[string]int{}, dotted: map[string]bool{}}
	root, _, err := v.Root()
	if err != nil {
		return nil, err
	}
	type item struct {
		o    pdf.Object
		up   *field
		deep int
	}
	var stack []item
	push := func(list pdf.Array, up *field, deep int) {
		for i := len(list) - 1; i >= 0; i-- {
			stack = append(stack, item{list[i], up, deep})
		}
	}
	push(v.Array(v.Dict(root["AcroForm"])["Fields"]), nil, 0)
	for len(stack) > 0 {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		ref, ok := at.o.(pdf.Ref)
		if !ok {
			st.direct = true
			continue
		}
		if at.deep > limitDepth || len(st.fields) > limitObjects {
			return nil, pdf.ErrLimit
		}
		if at.up != nil && above(at.up, ref.Num) {
			return nil, fmt.Errorf("%w: the form goes round at %s", pdf.ErrCircle, ref)
		}
		if st.byNum[ref.Num] != nil {
			continue // named twice: the first place counts
		}
		o, err := v.Get(ref)
		if err != nil {
			if isFormat(err) {
				continue
			}
			return nil, err
		}
		d, ok := o.(pdf.Dict)
		if !ok {
			continue
		}
		f := &field{ref: ref, dict: d, owner: at.up, top: at.up == nil, value: d["V"]}
		if at.up != nil {
			f.name, f.kind, f.flags = at.up.name, at.up.kind, at.up.flags
		}
		t, _ := v.Resolve(d["T"])
		if s, named := t.(pdf.String); named {
			part := text(s)
			f.name = strings.TrimPrefix(f.name+"."+part, ".")
			st.names[f.name]++
			if strings.Contains(part, ".") {
				st.dotted[f.name] = true
			}
		} else {
			f.widget = at.up != nil
		}
		if k := v.Name(d["FT"]); k != "" {
			f.kind = k
		}
		if n, ok := v.Int(d["Ff"]); ok {
			f.flags = n
		}
		st.fields = append(st.fields, f)
		st.byNum[ref.Num] = f
		if at.up != nil {
			at.up.kids = append(at.up.kids, f)
		}
		push(v.Array(d["Kids"]), f, at.deep+1)
	}
	return st, nil
}

func above(f *field, num int) bool {
	for ; f != nil; f = f.owner {
		if f.ref.Num == num {
			return true
		}
	}
	return false
}

// visible tells whether the field, or a widget of it, has an area on a page.
func (f *field) visible(v *pdf.View) bool {
	if area(v, f.dict) > 0 {
		return true
	}
	for _, k := range f.kids {
		if k.widget && area(v, k.dict) > 0 {
			return true
		}
	}
	return false
}

func area(v *pdf.View, d pdf.Dict) float64 {
	r, ok := rect(v, d["Rect"])
	if !ok {
		return 0
	}
	return max(r[2]-r[0], r[0]-r[2]) * max(r[3]-r[1], r[1]-r[3])
}

func rect(v *pdf.View, o pdf.Object) (r [4]float64, ok bool) {
	a := v.Array(o)
	if len(a) != 4 {
		return r, false
	}
	for i := range a {
		o, _ := v.Resolve(a[i])
		switch x := o.(type) {
		case int64:
			r[i] = float64(x)
		case float64:
			r[i] = x
		default:
			return r, false
		}
	}
	return r, true
}

// text reads a text string: UTF-16, UTF-8 with a mark, or bytes taken as they are.
func text(s pdf.String) string {
	b := string(s)
	if strings.HasPrefix(b, "\xfe\xff") || strings.HasPrefix(b, "\xff\xfe") {
		if u, err := utf8Text([]byte(b)); err == nil {
			return string(u)
		}
	}
	return strings.TrimPrefix(b, "\xef\xbb\xbf")
}
