// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"fmt"

	"soviec/kit/pdf"
)

// form compares the forms: fields may be filled, signature fields signed and added.
func (s *step) form(was, is pdf.Object) error {
	s.own(was, "form")
	before, err := listFields(s.old)
	if err != nil {
		return err
	}
	after, err := listFields(s.new)
	if err != nil {
		return err
	}
	s.seen = after
	for _, f := range before.fields {
		s.nodes[f.ref.Num] = fieldNode
		s.own(f.ref, "field")
	}
	for _, f := range after.fields {
		if s.nodes[f.ref.Num] == 0 && s.changed[f.ref.Num] == added {
			s.nodes[f.ref.Num] = fieldNode
		}
	}
	a, b := s.old.Dict(was), s.new.Dict(is)
	if was != nil && b == nil {
		s.fault("Biểu mẫu cùng các ô chữ ký bị xóa khỏi tài liệu sau khi ký.", "catalog: /AcroForm is gone")
		return nil
	}
	s.own(a["Fields"], "form")
	for k := range union(a, b) {
		switch k {
		case "Fields":
		case "DR":
			s.resources(a[k], b[k])
		case "SigFlags":
			x, _ := s.old.Int(a[k])
			y, ok := s.new.Int(b[k])
			if a[k] != nil && !ok || x&^y&3 != 0 {
				s.fault(sentenceFor("form", k), "form: /SigFlags fell from %v to %v", a[k], b[k])
			}
			s.freeze(a[k], k, "form")
		case "NeedAppearances":
			s.freeze(a[k], k, "form")
			if !pdf.Equal(a[k], b[k]) {
				s.raise(Filling)
			}
		case "DA", "Q":
			if a[k] != nil {
				s.same(a, b, k, "form")
			} else if o, _ := s.new.Resolve(b[k]); !scalar(o) {
				s.fault(sentenceFor("form", k), "form: /%s", k)
			}
		default:
			s.same(a, b, k, "form")
		}
	}
	s.fieldList(s.old.Array(a["Fields"]), s.new.Array(b["Fields"]), before, after)
	for _, f := range before.fields {
		s.field(f, after.byNum[f.ref.Num])
	}
	for n, f := range after.byNum {
		if o := before.byNum[n]; o == nil && !f.top && !(f.owner != nil && before.byNum[f.owner.ref.Num] == nil) {
			s.fault("Có ô biểu mẫu mới được ghép vào ô đã có sau khi ký.", "field %q: object %d is new under an old field", f.name, n)
		}
	}
	s.clear(was, Evidence)
	s.clear(a["Fields"], Evidence)
	return nil
}

// resources lets the form's default resources grow.
func (s *step) resources(was, is pdf.Object) {
	s.own(was, "form resources")
	a, b := s.old.Dict(was), s.new.Dict(is)
	if was != nil && b == nil {
		s.fault(sentenceFor("form", "DR"), "form: /DR is gone")
	}
	for k := range union(a, b) {
		s.own(a[k], "form resources")
		x, y := s.old.Dict(a[k]), s.new.Dict(b[k])
		if x == nil || y == nil {
			if a[k] != nil {
				s.same(a, b, k, "form resources")
			} else if !pdf.Equal(a[k], b[k]) {
				s.admit(b[k], "", "form resources", Filling)
			}
			continue
		}
		for n := range union(x, y) {
			switch {
			case x[n] != nil && !pdf.Equal(x[n], y[n]) && s.copied(x[n], y[n], 0):
				s.freeze(x[n], n, "form resources") // written again as a copy
				s.admit(y[n], "", "form resources", Filling)
			case x[n] != nil:
				s.same(x, y, n, "form resources")
			default:
				s.admit(y[n], "", "form resources", Filling)
			}
		}
		s.clear(a[k], Filling)
	}
	s.clear(was, Filling)
}

// fieldList compares /Fields: the old ones must all be there, once, and each other one
// must be a new signature field.
func (s *step) fieldList(old, new pdf.Array, before, after *formState) {
	have := map[pdf.Ref]int{}
	for _, o := range old {
		if ref, ok := o.(pdf.Ref); ok {
			have[ref]++
		}
	}
	for _, o := range new {
		ref, ok := o.(pdf.Ref)
		switch f := after.byNum[ref.Num]; {
		case !ok:
			s.fault("Danh sách ô biểu mẫu bị sửa sai quy cách sau khi ký.", "form: a field that is no object of its own")
		case have[ref] > 0:
			have[ref]--
		case before.byNum[ref.Num] != nil:
			s.fault("Danh sách ô biểu mẫu bị đảo lộn sau khi ký.", "form: field %s was moved", ref)
		case f != nil && f.top:
			s.newField(f, after)
		default:
			s.fault("Danh sách ô biểu mẫu bị sửa sai quy cách sau khi ký.", "form: %s is no field", ref)
		}
	}
	for ref, n := range have {
		if n > 0 {
			s.fault("Có ô biểu mẫu hoặc ô chữ ký bị xóa sau khi ký.", "form: field %v is gone", ref)
		}
	}
}

// newField judges a field that the old form does not have.
func (s *step) newField(f *field, after *formState) {
	bad := func(text, detail string) { s.fault(text, "new field %q: %s", f.name, detail) }
	switch {
	case f.kind != "Sig":
		bad("Có ô biểu mẫu mới được thêm vào sau khi ký.", "it is no signature field")
		return
	case s.changed[f.ref.Num] != added:
		bad("Ô chữ ký mới được ghi đè lên nội dung đã có.", "it stands in the place of another object")
		return
	case f.name == "" || after.dotted[f.name] || after.names[f.name] > 1:
		bad("Ô chữ ký mới có tên trống, trùng hoặc chứa dấu chấm.", "its name is empty, taken, or holds a period")
	case f.dict["Parent"] != nil:
		bad("Ô chữ ký mới không đúng quy cách.", "it names a parent but stands at the root")
	}
	widgets := []*field{f}
	for _, k := range f.kids {
		if !k.widget || s.changed[k.ref.Num] != added || len(k.kids) > 0 {
			bad("Ô chữ ký mới không đúng quy cách.", "a kid is no new widget")
			return
		}
		widgets = append(widgets, k)
	}
	visible := f.visible(s.new)
	signed, stamp := s.signed(f, visible)
	l := Filling
	if signed && stamp && !visible {
		l = Evidence
	}
	for _, w := range widgets {
		if t := s.new.Name(w.dict["Type"]); t != "" && t != "Annot" {
			bad("Ô chữ ký mới không đúng quy cách.", "/Type")
		}
		if t := s.new.Name(w.dict["Subtype"]); t != "" && t != "Widget" {
			bad("Ô chữ ký mới không đúng quy cách.", "/Subtype")
		}
		for _, k := range []pdf.Name{"A", "AA"} {
			if w.dict[k] != nil {
				bad("Ô chữ ký mới kèm hành động tự chạy.", "it carries an action")
			}
		}
		for k, o := range w.dict {
			switch k {
			case "P":
				if ref, ok := o.(pdf.Ref); o != nil && (!ok || s.nodes[ref.Num] != pageNode) {
					bad("Ô chữ ký mới không đúng quy cách.", "/P is no page")
				}
			case "Parent", "Kids", "V":
			default:
				s.admit(o, "", "new field", l)
			}
		}
		if s.covers(w) {
			bad("Ô chữ ký mới quá lớn, che nội dung của trang.", "it covers most of a page")
		}
		s.newWidget[w.ref.Num] = f.name
	}
	if _, ok := f.dict["Kids"].(pdf.Ref); ok {
		s.admit(f.dict["Kids"], "", "new field", l)
	}
	s.raise(l)
	s.coverNew = s.coverNew || visible
	s.touched = append(s.touched, touch{f.name, !visible && (stamp || !signed)})
}

// covers tells whether a new widget takes so much of its page that it hides it. A picture
// of a signature or a seal takes a tenth at most.
func (s *step) covers(w *field) bool {
	size := area(s.new, w.dict)
	if size == 0 {
		return false
	}
	for _, p := range s.pages {
		if w.dict["P"] != nil && w.dict["P"] != p.ref {
			continue
		}
		box, d := pdf.Object(nil), p.was
		for range limitDepth {
			if box = d["MediaBox"]; box != nil || d["Parent"] == nil {
				break
			}
			d = s.old.Dict(d["Parent"])
		}
		return size > 0.5*area(s.old, pdf.Dict{"Rect": box})
	}
	return false
}

// signed judges the value of a field that was not signed before.
func (s *step) signed(f *field, visible bool) (signed, stamp bool) {
	v := f.dict["V"]
	if v == nil {
		return false, false
	}
	if ref, ok := v.(pdf.Ref); ok && s.changed[ref.Num] != added {
		s.fault("Ô chữ ký mới dùng lại dữ liệu đã có trong tài liệu.", "field %q: its signature %s is not new", f.name, ref)
		return true, false
	}
	o, _ := s.new.Resolve(v)
	d, ok := o.(pdf.Dict)
	if !ok || d["Contents"] == nil || d["ByteRange"] == nil {
		s.fault("Ô chữ ký mới không chứa chữ ký đúng quy cách.", "field %q: its value is no signature", f.name)
		return true, false
	}
	stamp = isStamp(s.new, d)
	l := Filling
	if stamp && !visible {
		l = Evidence
		s.stamping = true
	}
	s.admit(v, "", "signature", l)
	return true, stamp
}

func isStamp(v *pdf.View, d pdf.Dict) bool {
	return v.Name(d["Type"]) == "DocTimeStamp" || v.Name(d["SubFilter"]) == "ETSI.RFC3161"
}

// field compares one field or widget with what it is now.
func (s *step) field(f, g *field) {
	if g == nil {
		s.fault("Có ô biểu mẫu hoặc ô chữ ký bị xóa sau khi ký.", "field %q: object %s is no part of the form now", f.name, f.ref)
		s.cleared[f.ref.Num] = true
		return
	}
	where := fmt.Sprintf("field %q", f.name)
	if f.name != g.name || f.kind != g.kind || f.widget != g.widget {
		s.fault("Tên hoặc loại của ô biểu mẫu bị đổi sau khi ký.", "%s: it is now %q of kind %s", where, g.name, g.kind)
	}
	sig := f.kind == "Sig"
	signing := sig && s.signing(f, g)
	moved, quiet := false, false
	if sig {
		moved, quiet = s.sigValue(f, g, signing)
	} else {
		moved = s.value(f, g)
	}
	for k := range union(f.dict, g.dict) {
		a, b := f.dict[k], g.dict[k]
		switch k {
		case "V":
		case "AP":
			if s.look(f, g, signing) {
				moved, quiet = true, false
			}
		case "AS":
			if !pdf.Equal(a, b) {
				if o, _ := s.new.Resolve(b); sig && !signing || o != nil && s.new.Name(b) == "" {
					s.fault(sentenceFor(where, k), "%s: /AS changed", where)
				}
				moved = true
			}
			s.freeze(a, k, where)
		case "DA", "Q", "RV", "I", "TI", "M":
			if pdf.Equal(a, b) || sig && !signing {
				s.same(f.dict, g.dict, k, where)
				continue
			}
			s.freeze(a, k, where)
			s.admit(b, "", where, Filling)
			moved = true
		case "Type":
			if a == nil && s.new.Name(b) == "Annot" {
				continue
			}
			s.same(f.dict, g.dict, k, where)
		case "Ff", "F":
			s.flags(f, g, k, signing, where)
		case "P", "MK":
			if signing && a == nil && (k == "MK" || s.isPage(b)) {
				s.admit(b, "", where, Filling)
				continue
			}
			s.same(f.dict, g.dict, k, where)
		default:
			s.same(f.dict, g.dict, k, where)
		}
	}
	l := Evidence
	if moved {
		if l = Filling; quiet {
			l = Evidence
		}
		s.raise(l)
		s.touched = append(s.touched, touch{f.name, quiet})
	}
	s.clear(f.ref, l)
}

func (s *step) isPage(o pdf.Object) bool {
	ref, ok := o.(pdf.Ref)
	return ok && s.nodes[ref.Num] == pageNode
}

// signing tells whether an empty signature field, or the field of a widget, was signed now.
func (s *step) signing(f, g *field) bool {
	if f.widget && f.owner != nil && g.owner != nil {
		f, g = f.owner, g.owner
	}
	return f.dict["V"] == nil && g.dict["V"] != nil
}

// sigValue compares the value of a signature field.
func (s *step) sigValue(f, g *field, signing bool) (moved, quiet bool) {
	a, b := f.dict["V"], g.dict["V"]
	if a != nil {
		if !pdf.Equal(a, b) {
			s.fault("Chữ ký đã có trong tài liệu bị xóa hoặc bị tráo.", "field %q: /V changed", f.name)
		}
		s.freeze(a, "V", "signature")
		return false, false
	}
	if b == nil || f.widget {
		return signing, false
	}
	visible := g.visible(s.new)
	_, stamp := s.signed(g, visible)
	return true, stamp && !visible
}

// value compares the value of any other field.
func (s *step) value(f, g *field) bool {
	a, b := f.dict["V"], g.dict["V"]
	purpose := "value of " + f.ref.String()
	s.own(a, purpose)
	inner, _ := s.old.Resolve(a)
	switch x := inner.(type) {
	case pdf.Array:
		for _, o := range x {
			s.freeze(o, "V", fmt.Sprintf("field %q", f.name))
		}
	case pdf.Dict:
		s.freeze(x, "V", fmt.Sprintf("field %q", f.name))
	case *pdf.Stream:
		s.freeze(x.Dict, "V", fmt.Sprintf("field %q", f.name))
	}
	ref, isRef := a.(pdf.Ref)
	if pdf.Equal(a, b) && !(isRef && s.changed[ref.Num] != 0) {
		return false
	}
	if f.kind == "Btn" && f.flags&flagPushButton != 0 || f.kind == "" {
		s.fault("Ô biểu mẫu không dành cho việc điền bị thay đổi sau khi ký.", "field %q: no value to fill", f.name)
	}
	s.admit(b, purpose, fmt.Sprintf("field %q", f.name), Filling)
	s.clear(a, Filling)
	return true
}

// flags lets a signed field be locked against further filling; nothing may be hidden,
// shown, or unlocked.
func (s *step) flags(f, g *field, k pdf.Name, signing bool, where string) {
	a, _ := s.old.Int(f.dict[k])
	b, ok := s.new.Int(g.dict[k])
	s.freeze(f.dict[k], k, where)
	if a == b && (ok || g.dict[k] == nil) {
		return
	}
	harmless := int64(0)
	switch {
	case k == "Ff" && f.kind == "Sig":
		harmless = flagReadOnly
	case k == "Ff" && s.lockedNow(f.name):
		harmless = flagReadOnly
	case k == "F" && signing:
		harmless = 4 | 64 | 128 | 512 // print, read only, locked, locked contents
	}
	if a&^b != 0 || (b&^a)&^harmless != 0 {
		s.fault("Cờ thuộc tính của ô biểu mẫu bị đổi sau khi ký.", "%s: /%s went from %d to %d", where, k, a, b)
	}
}
