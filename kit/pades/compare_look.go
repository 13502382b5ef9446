// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"fmt"

	"soviec/kit/pdf"
)

// look compares the appearance of a field or widget. The streams of an old appearance may
// be replaced in their place only when nothing else uses them.
func (s *step) look(f, g *field, signing bool) bool {
	where := fmt.Sprintf("field %q", f.name)
	purpose := "look of " + f.ref.String()
	a, b := f.dict["AP"], g.dict["AP"]
	parts := s.lookParts(a, purpose)
	differs := !pdf.Equal(a, b)
	for _, ref := range parts {
		differs = differs || s.changed[ref.Num] != 0
	}
	if !differs {
		return false
	}
	switch {
	case f.kind == "Sig" && !signing:
		s.fault("Hình hiển thị của chữ ký bị thay đổi sau khi ký.", "%s: /AP changed", where)
	case f.kind == "Btn":
		s.states(f, g, where, purpose)
	case f.kind == "Sig" || f.kind == "Tx" || f.kind == "Ch":
		s.appearance(b, purpose, where)
	default:
		s.fault("Hình hiển thị của ô biểu mẫu bị thay đổi sau khi ký.", "%s: /AP changed", where)
	}
	for _, ref := range parts {
		s.clear(ref, Filling)
	}
	return true
}

// lookParts owns the objects that make up an appearance and freezes what they use.
func (s *step) lookParts(ap pdf.Object, purpose string) []pdf.Ref {
	var parts []pdf.Ref
	take := func(o pdf.Object) {
		if ref, ok := o.(pdf.Ref); ok {
			s.own(ref, purpose)
			parts = append(parts, ref)
		}
	}
	form := func(o pdf.Object) {
		if st, ok := o.(*pdf.Stream); ok {
			s.freeze(st.Dict, "AP", "appearance")
		}
	}
	take(ap)
	o, _ := s.old.Resolve(ap)
	d, ok := o.(pdf.Dict)
	if !ok {
		form(o)
		return parts
	}
	for _, v := range d {
		take(v)
		o, _ := s.old.Resolve(v)
		states, ok := o.(pdf.Dict)
		if !ok {
			form(o)
			continue
		}
		for _, v := range states {
			take(v)
			o, _ := s.old.Resolve(v)
			form(o)
		}
	}
	return parts
}

// appearance judges the new appearance of a field that is being filled or signed.
func (s *step) appearance(b pdf.Object, purpose, where string) {
	bad := func(detail string) {
		s.fault("Hình hiển thị của ô biểu mẫu sai quy cách sau khi ký.", "%s: %s", where, detail)
	}
	o, _ := s.new.Resolve(b)
	d, ok := o.(pdf.Dict)
	if !ok {
		bad("/AP is no dictionary")
		return
	}
	for k, v := range d {
		if k != "N" && k != "R" && k != "D" {
			bad("unexpected key in /AP")
		}
		o, _ := s.new.Resolve(v)
		states, ok := o.(pdf.Dict)
		if !ok {
			if o != nil && !isStream(o) {
				bad("an appearance is no stream")
			}
			continue
		}
		for _, v := range states {
			if o, _ := s.new.Resolve(v); o != nil && !isStream(o) {
				bad("an appearance is no stream")
			}
		}
	}
	s.admit(b, purpose, where, Filling)
}

// states judges the new appearance of a check box or a radio button: it changes only when
// the box is filled. A push button is never filled.
func (s *step) states(f, g *field, where, purpose string) {
	filled := !pdf.Equal(f.dict["AS"], g.dict["AS"]) || !pdf.Equal(f.dict["V"], g.dict["V"])
	if f.flags&flagPushButton != 0 || !filled {
		s.fault("Hình hiển thị của ô đánh dấu hoặc nút bấm bị thay đổi sau khi ký.", "%s: the look of a button changed by itself", where)
		return
	}
	s.appearance(g.dict["AP"], purpose, where)
}
