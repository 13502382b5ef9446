// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/fault"
	"soviec/kit/pdf"
)

// draft is a revision in the making.
type draft struct {
	*pdf.Update
	file      *pdf.File
	view      *pdf.View
	root      pdf.Dict
	rootRef   pdf.Ref
	fields    []*formField
	contents  *pdf.Hole
	byteRange *pdf.Hole
}

// formField is a field of the form as it stands, with its whole name.
type formField struct {
	ref    pdf.Ref
	name   string
	kind   pdf.Name
	dict   pdf.Dict
	da     pdf.Object
	align  int64
	widget pdf.Ref // where it is drawn; itself, or its first kid
}

func openDraft(ctx context.Context, src io.ReaderAt, size int64) (*draft, error) {
	f, err := pdf.Open(ctx, src, size, pdf.DefaultLimits)
	if err != nil {
		return nil, unreadable(err)
	}
	u, err := f.Update()
	if err != nil {
		return nil, unreadable(err)
	}
	d := &draft{Update: u, file: f, view: f.Last(), contents: &pdf.Hole{}, byteRange: &pdf.Hole{}}
	root, ref, err := d.view.Root()
	if err != nil {
		return nil, unreadable(err)
	}
	d.root, d.rootRef = maps.Clone(root), ref
	d.passDangling()
	return d, d.readFields()
}

// passDangling takes no number that the trailer points to without an object there: some
// writers leave such references, and a new object would come to stand under them.
func (d *draft) passDangling() {
	highest := 0
	var look func(o pdf.Object, deep int)
	look = func(o pdf.Object, deep int) {
		switch x := o.(type) {
		case pdf.Ref:
			highest = max(highest, x.Num)
		case pdf.Array:
			for _, item := range x {
				if deep < 8 {
					look(item, deep+1)
				}
			}
		case pdf.Dict:
			for _, item := range x {
				if deep < 8 {
					look(item, deep+1)
				}
			}
		}
	}
	look(d.view.Trailer, 0)
	if size, ok := d.view.Int(d.view.Trailer["Size"]); !ok || int64(highest) < size {
		return
	}
	for range 10_000 {
		if d.New().Num >= highest {
			return
		}
	}
}

func unreadable(err error) error {
	if errors.Is(err, pdf.ErrPassword) {
		return fault.Invalid("", "Tệp PDF đang được mã hóa hoặc đặt mật khẩu nên không ký được. Hãy bỏ mật khẩu rồi tải lại tệp.")
	}
	if errors.Is(err, pdf.ErrFormat) || errors.Is(err, pdf.ErrLimit) || errors.Is(err, pdf.ErrFilter) {
		return &fault.Error{Kind: fault.KindInvalid, Text: "Tệp PDF bị hỏng hoặc có cấu trúc bất thường nên không ký được. Hãy xuất lại tệp từ phần mềm soạn thảo.", Err: err}
	}
	return err
}

func (d *draft) dict(o pdf.Object) pdf.Dict {
	o, _ = d.Resolve(o)
	x, _ := o.(pdf.Dict)
	return x
}

func (d *draft) list(o pdf.Object) pdf.Array {
	o, _ = d.Resolve(o)
	x, _ := o.(pdf.Array)
	return x
}

func (d *draft) readFields() error {
	form := d.dict(d.root["AcroForm"])
	seen := map[pdf.Ref]bool{}
	var walk func(list pdf.Array, up formField, deep int) error
	walk = func(list pdf.Array, up formField, deep int) error {
		for _, o := range list {
			ref, ok := o.(pdf.Ref)
			if !ok {
				continue
			}
			if seen[ref] || deep > 32 || len(seen) > 100_000 {
				return unreadable(fmt.Errorf("the form goes round in a circle: %w", pdf.ErrFormat))
			}
			seen[ref] = true
			f := up
			f.ref, f.widget, f.dict = ref, ref, d.dict(ref)
			if kind, _ := d.Resolve(f.dict["FT"]); kind != nil {
				f.kind, _ = kind.(pdf.Name)
			}
			if da, _ := d.Resolve(f.dict["DA"]); da != nil {
				f.da = da
			}
			if q, _ := d.Resolve(f.dict["Q"]); q != nil {
				f.align, _ = q.(int64)
			}
			if t, _ := d.Resolve(f.dict["T"]); t != nil {
				part, _ := t.(pdf.String)
				f.name = strings.TrimPrefix(up.name+"."+fromText(part), ".")
			} else if deep > 0 {
				continue // a widget of the field above
			}
			kids := d.list(f.dict["Kids"])
			fieldKids := slices.ContainsFunc(kids, func(k pdf.Object) bool { return d.dict(k)["T"] != nil })
			if len(kids) > 0 && fieldKids {
				if err := walk(kids, f, deep+1); err != nil {
					return err
				}
				continue
			}
			if len(kids) > 0 {
				if w, ok := kids[0].(pdf.Ref); ok {
					f.widget = w
				}
			}
			d.fields = append(d.fields, &f)
		}
		return nil
	}
	return walk(d.list(form["Fields"]), formField{da: form["DA"]}, 0)
}

func (d *draft) find(name string) *formField {
	for _, f := range d.fields {
		if f.name == name {
			return f
		}
	}
	return nil
}

// signed lists the dictionaries of the signatures that are there.
func (d *draft) signed() []pdf.Dict {
	var out []pdf.Dict
	for _, f := range d.fields {
		if v := d.dict(f.dict["V"]); f.kind == "Sig" && v != nil && v["Contents"] != nil {
			out = append(out, v)
		}
	}
	return out
}

// freeName makes a name that no field has.
func (d *draft) freeName(stem string) string {
	for n := 1; ; n++ {
		if name := fmt.Sprintf("%s%d", stem, n); d.find(name) == nil {
			return name
		}
	}
}

// place puts the signature dictionary, its field and its look into the revision.
func (d *draft) place(r *Request) error {
	if err := d.permits(r); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(r.Fill)) {
		if err := d.fillField(name, r.Fill[name]); err != nil {
			return err
		}
	}
	sig := pdf.Dict{
		"Type": pdf.Name("Sig"), "Filter": pdf.Name("Adobe.PPKLite"), "SubFilter": pdf.Name(r.SubFilter),
		"ByteRange": d.byteRange, "Contents": d.contents, "M": pdfDate(r.At),
	}
	for key, value := range map[pdf.Name]string{"Name": r.Name, "Reason": r.Reason, "Location": r.Location, "ContactInfo": r.Contact} {
		if value != "" {
			sig[key] = toText(value)
		}
	}
	ref := d.New()
	d.Set(ref, sig)
	var refs pdf.Array
	if r.Certify {
		refs = append(refs, pdf.Dict{"Type": pdf.Name("SigRef"), "TransformMethod": pdf.Name("DocMDP"),
			"TransformParams": pdf.Dict{"Type": pdf.Name("TransformParams"), "P": int64(2), "V": pdf.Name("1.2")}})
		perms := maps.Clone(d.dict(d.root["Perms"]))
		if perms == nil {
			perms = pdf.Dict{}
		}
		perms["DocMDP"] = ref
		d.root["Perms"] = perms
		d.Set(d.rootRef, d.root)
	}
	if f := d.find(r.Field); r.Field != "" && f != nil {
		if lock := d.dict(f.dict["Lock"]); lock != nil {
			params := pdf.Dict{"Type": pdf.Name("TransformParams"), "V": pdf.Name("1.2"), "Action": lock["Action"]}
			if lock["Fields"] != nil {
				params["Fields"] = pdf.Clone(d.list(lock["Fields"]))
			}
			refs = append(refs, pdf.Dict{"Type": pdf.Name("SigRef"), "TransformMethod": pdf.Name("FieldMDP"), "TransformParams": params, "Data": d.rootRef})
		}
		if err := d.useField(f, ref, r.Look); err != nil {
			return err
		}
	} else if err := d.newField(r.Field, ref, r.Page, r.Place, r.Look); err != nil {
		return err
	}
	if refs != nil {
		sig["Reference"] = refs
	}
	return d.enterForm(nil, appendOnly)
}

// permits asks whether the signatures that are there allow another one like this.
func (d *draft) permits(r *Request) error {
	earlier := d.signed()
	if r.Certify && len(earlier) > 0 {
		return fault.Conflict("", "Chỉ chữ ký đầu tiên mới có thể chứng nhận văn bản; tệp này đã có chữ ký.")
	}
	f := d.find(r.Field)
	if r.Field != "" && f != nil && (f.kind != "Sig" || d.dict(f.dict["V"]) != nil) {
		return fault.Conflict("field", fmt.Sprintf("Ô “%s” đã có chữ ký hoặc không phải là ô chữ ký.", r.Field))
	}
	for _, sig := range earlier {
		for _, o := range d.list(sig["Reference"]) {
			ref := d.dict(o)
			params := d.dict(ref["TransformParams"])
			switch ref["TransformMethod"] {
			case pdf.Name("DocMDP"):
				switch p, ok := params["P"].(int64); {
				case ok && p == 1:
					return fault.Conflict("", "Người ký trước đã chứng nhận văn bản và không cho thay đổi gì nữa, nên không ký thêm được.")
				case f == nil && r.Page != 0:
					return fault.Conflict("", "Người ký trước đã chứng nhận văn bản: chỉ ký được vào ô chữ ký có sẵn, hoặc ký không hiển thị.")
				}
			case pdf.Name("FieldMDP"):
				names := slices.Sorted(maps.Keys(r.Fill))
				if f != nil {
					names = append(names, r.Field)
				}
				for _, name := range names {
					if d.locks(params, name) {
						return fault.Conflict("", fmt.Sprintf("Người ký trước đã khóa ô “%s” nên không điền hoặc ký vào đó được.", name))
					}
				}
			}
		}
	}
	return nil
}

// locks tells whether FieldMDP forbids touching a field; a name covers its descendants.
func (d *draft) locks(params pdf.Dict, name string) bool {
	named := false
	for _, o := range d.list(params["Fields"]) {
		o, _ = d.Resolve(o)
		s, _ := o.(pdf.String)
		t := fromText(s)
		named = named || t == name || strings.HasPrefix(name, t+".")
	}
	switch params["Action"] {
	case pdf.Name("All"):
		return true
	case pdf.Name("Include"):
		return named
	case pdf.Name("Exclude"):
		return !named
	}
	return false
}

// toText writes a text string: ASCII as it is, anything else as UTF-16 with its mark.
func toText(s string) pdf.String {
	s = norm.NFC.String(s)
	for _, c := range []byte(s) {
		if c >= 0x80 || c < ' ' {
			out := []byte{0xfe, 0xff}
			for _, u := range utf16.Encode([]rune(s)) {
				out = append(out, byte(u>>8), byte(u))
			}
			return pdf.String(out)
		}
	}
	return pdf.String(s)
}

func fromText(s pdf.String) string {
	if len(s) >= 2 && s[0] == 0xfe && s[1] == 0xff {
		var units []uint16
		for i := 2; i+1 < len(s); i += 2 {
			units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
		}
		return string(utf16.Decode(units))
	}
	return strings.TrimPrefix(string(s), "\xef\xbb\xbf")
}
