// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"soviec/kit/fault"
	"soviec/kit/pdf"
)

// useField signs in a field that is there; its place stays as its maker chose it.
func (d *draft) useField(f *formField, sig pdf.Ref, look *Look) error {
	dict := maps.Clone(f.dict)
	dict["V"] = sig
	d.Set(f.ref, dict)
	widget := dict
	if f.widget != f.ref {
		widget = maps.Clone(d.dict(f.widget))
	}
	box := d.rectangle(widget["Rect"])
	s, err := d.pageOf(f.widget, widget)
	if err != nil {
		return err
	}
	w, h := s.shown(box)
	if w <= 0 || h <= 0 {
		return nil
	}
	ap, err := d.draw(look, w, h, s)
	if err != nil {
		return err
	}
	widget["AP"] = pdf.Dict{"N": ap}
	delete(widget, "AS")
	d.Set(f.widget, widget)
	return nil
}

func (d *draft) rectangle(o pdf.Object) pdf.Array {
	n := d.numbers(o)
	if len(n) != 4 {
		return nil
	}
	return pdf.Array{n[0], n[1], n[2], n[3]}
}

// pageOf finds the page that shows a widget.
func (d *draft) pageOf(widget pdf.Ref, dict pdf.Dict) (sheet, error) {
	page := d.dict(dict["P"])
	if page["Type"] != pdf.Name("Page") {
		err := d.view.Pages(func(_ int, _ pdf.Ref, p pdf.Dict) bool {
			if slices.Contains(d.list(p["Annots"]), pdf.Object(widget)) {
				page = p
				return false
			}
			return true
		})
		if err != nil {
			return sheet{}, unreadable(err)
		}
	}
	if page == nil {
		return sheet{unit: 1}, nil
	}
	return d.sheetOf(page)
}

// newField makes a signature field and its widget on a page.
func (d *draft) newField(name string, sig pdf.Ref, pageNo int, at Rect, look *Look) error {
	if name == "" {
		name = d.freeName("ChuKy")
	}
	if strings.Contains(name, ".") {
		return fault.Invalid("field", "Tên ô chữ ký không được có dấu chấm.")
	}
	page, ref, err := d.page(pageNo)
	if err != nil {
		return err
	}
	zero := pdf.Array{int64(0), int64(0), int64(0), int64(0)}
	field := pdf.Dict{
		"Type": pdf.Name("Annot"), "Subtype": pdf.Name("Widget"), "FT": pdf.Name("Sig"), "T": toText(name), "V": sig,
		"F": int64(4 | 128), "P": ref, "Rect": zero, // printed, its place locked
	}
	if pageNo != 0 && at.W > 0 && at.H > 0 {
		s, err := d.sheetOf(page)
		if err != nil {
			return err
		}
		if w, h := s.size(); at.X < -0.01 || at.Y < -0.01 || at.X+at.W > w+0.01 || at.Y+at.H > h+0.01 {
			return fault.Invalid("place", fmt.Sprintf("Vị trí chữ ký nằm ngoài trang %d (trang rộng %.0f mm, cao %.0f mm).", pageNo, w, h))
		}
		ap, err := d.draw(look, at.W*pointsPerMM, at.H*pointsPerMM, s)
		if err != nil {
			return err
		}
		field["Rect"], field["AP"] = s.own(at), pdf.Dict{"N": ap}
	}
	return d.addWidget(field, page, ref, appendOnly)
}

// page finds a page by its number; 0 (nothing to show) takes the first. The tree is walked
// no further than that; Inspect walks all of it.
func (d *draft) page(number int) (pdf.Dict, pdf.Ref, error) {
	var page pdf.Dict
	var at pdf.Ref
	count := 0
	err := d.view.Pages(func(i int, ref pdf.Ref, p pdf.Dict) bool {
		count = i + 1
		if number < 0 || i+1 == max(number, 1) {
			page, at = p, ref
		}
		return number < 0 || i+1 < number
	})
	if err != nil {
		return nil, at, unreadable(err)
	}
	if page == nil {
		return nil, at, fault.Invalid("page", fmt.Sprintf("Văn bản chỉ có %d trang, không có trang %d.", count, number))
	}
	if o, _ := d.Get(at); o != nil { // as this revision has it so far
		page, _ = o.(pdf.Dict)
	}
	return page, at, nil
}

// addWidget enters a field into the form and its widget into the page.
func (d *draft) addWidget(field, page pdf.Dict, pageRef pdf.Ref, flags int64) error {
	ref := d.Add(field)
	if holder, ok := page["Annots"].(pdf.Ref); ok {
		d.Set(holder, append(slices.Clone(d.list(holder)), pdf.Object(ref)))
	} else {
		p := maps.Clone(page)
		p["Annots"] = append(slices.Clone(d.list(page["Annots"])), pdf.Object(ref))
		d.Set(pageRef, p)
	}
	return d.enterForm(&ref, flags)
}

// appendOnly are the flags of a form with signatures: there are some, and whoever writes
// must append.
const appendOnly = 3

// enterForm sets flags of the form and appends a field to it. Everything else in the
// form stays: fields and their order, /DR, /DA.
func (d *draft) enterForm(add *pdf.Ref, set int64) error {
	holder, indirect := d.root["AcroForm"].(pdf.Ref)
	form := maps.Clone(d.dict(d.root["AcroForm"]))
	if form == nil {
		form = pdf.Dict{"Fields": pdf.Array{}}
	}
	flags, _ := d.Resolve(form["SigFlags"])
	old, _ := flags.(int64)
	changed := old&set != set
	if changed {
		form["SigFlags"] = old | set
	}
	if add != nil {
		if list, ok := form["Fields"].(pdf.Ref); ok {
			d.Set(list, append(slices.Clone(d.list(list)), pdf.Object(*add)))
		} else {
			form["Fields"] = append(slices.Clone(d.list(form["Fields"])), pdf.Object(*add))
			changed = true
		}
	}
	switch {
	case !changed:
	case indirect:
		d.Set(holder, form)
	case d.root["AcroForm"] == nil:
		d.root["AcroForm"] = d.Add(form)
		d.Set(d.rootRef, d.root)
	default:
		d.root["AcroForm"] = form
		d.Set(d.rootRef, d.root)
	}
	return nil
}
