// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"soviec/kit/pdf"
)

// TestVariantsOfLaterChanges holds what reference validators answer to changes that
// look alike and are not.
func TestVariantsOfLaterChanges(t *testing.T) {
	base := signed(t, build(false, sample()), signing{field: oSig1})
	note := func(keys pdf.Dict) pdf.Dict {
		d := pdf.Dict{"Type": pdf.Name("Annot"), "Rect": pdf.Array{int64(10), int64(10), int64(90), int64(90)}}
		for k, v := range keys {
			d[k] = v
		}
		return d
	}
	for _, c := range []struct {
		name string
		want Modification
		make func(u *pdf.Update)
	}{
		{"numbers written another way", Allowed, func(u *pdf.Update) {
			edit(u, oPages, pdf.Dict{"MediaBox": pdf.Array{0.0, 0.0, 595.0, 842.0}})
		}},
		{"a number a little different", Illegal, func(u *pdf.Update) {
			edit(u, oPages, pdf.Dict{"MediaBox": pdf.Array{0.0, 0.0, 595.5, 842.0}})
		}},
		{"a field's value as an object of its own", Allowed, func(u *pdf.Update) {
			edit(u, oName, pdf.Dict{"V": u.Add(pdf.String("Binh"))})
		}},
		{"a long value as a stream", Allowed, func(u *pdf.Update) {
			edit(u, oName, pdf.Dict{"V": u.Add(pdf.NewStream(nil, []byte("Binh")))})
		}},
		{"a value in rich text", Allowed, func(u *pdf.Update) {
			edit(u, oName, pdf.Dict{"V": pdf.String("B"), "RV": pdf.String("<body>B</body>")})
		}},
		{"appearances are to be made anew", Allowed, func(u *pdf.Update) {
			edit(u, oForm, pdf.Dict{"NeedAppearances": true})
			edit(u, oName, pdf.Dict{"V": pdf.String("B")})
		}},
		{"an appearance taken away", Illegal, func(u *pdf.Update) { edit(u, oName, pdf.Dict{"V": pdf.String("B"), "AP": nil}) }},
		{"the signature flags are raised", Allowed, func(u *pdf.Update) { edit(u, oForm, pdf.Dict{"SigFlags": int64(7)}) }},
		{"the signature flags fall", Illegal, func(u *pdf.Update) { edit(u, oForm, pdf.Dict{"SigFlags": int64(0)}) }},
		{"a field read only", Illegal, func(u *pdf.Update) { edit(u, oName, pdf.Dict{"Ff": int64(1)}) }},
		{"a tooltip", Illegal, func(u *pdf.Update) { edit(u, oName, pdf.Dict{"TU": pdf.String("So tien 900")}) }},
		{"border and background of a field", Illegal, func(u *pdf.Update) {
			edit(u, oName, pdf.Dict{"MK": pdf.Dict{"BG": pdf.Array{int64(1)}}})
		}},
		{"a field's longest value", Illegal, func(u *pdf.Update) { edit(u, oName, pdf.Dict{"MaxLen": int64(3)}) }},
		{"a calculation order", Illegal, func(u *pdf.Update) { edit(u, oForm, pdf.Dict{"CO": pdf.Array{ref(oName)}}) }},
		{"a field under another page", Illegal, func(u *pdf.Update) { edit(u, oName, pdf.Dict{"P": ref(oPage2)}) }},
		{"the widget of a field on two pages", Illegal, func(u *pdf.Update) { appendTo(u, oPage2, "Annots", ref(oName)) }},
		{"the signature's own rectangle", Illegal, func(u *pdf.Update) {
			edit(u, oSig1, pdf.Dict{"Rect": pdf.Array{int64(0), int64(0), int64(200), int64(200)}})
		}},
		{"a signature field hidden by a flag", Illegal, func(u *pdf.Update) { edit(u, oSig1, pdf.Dict{"F": int64(134)}) }},
		{"a watermark", Illegal, func(u *pdf.Update) {
			appendTo(u, oPage1, "Annots", u.Add(note(pdf.Dict{"Subtype": pdf.Name("Watermark")})))
		}},
		{"a widget of no field", Illegal, func(u *pdf.Update) {
			appendTo(u, oPage1, "Annots", u.Add(note(pdf.Dict{"Subtype": pdf.Name("Widget")})))
		}},
		{"a signature field without a signature", Allowed, func(u *pdf.Update) {
			f := u.Add(note(pdf.Dict{"Subtype": pdf.Name("Widget"), "FT": pdf.Name("Sig"), "T": pdf.String("More"), "Rect": pdf.Array{int64(0), int64(0), int64(0), int64(0)}, "P": ref(oPage1)}))
			appendTo(u, oForm, "Fields", f)
			appendTo(u, oPage1, "Annots", f)
		}},
		{"two signature fields of one name", Illegal, func(u *pdf.Update) {
			for range 2 {
				f := u.Add(note(pdf.Dict{"Subtype": pdf.Name("Widget"), "FT": pdf.Name("Sig"), "T": pdf.String("More"), "Rect": pdf.Array{int64(0), int64(0), int64(0), int64(0)}}))
				appendTo(u, oForm, "Fields", f)
			}
		}},
		{"an old signature under a new name", Illegal, func(u *pdf.Update) {
			o, _ := u.Get(ref(oSig1))
			f := u.Add(note(pdf.Dict{"Subtype": pdf.Name("Widget"), "FT": pdf.Name("Sig"), "T": pdf.String("More"), "V": o.(pdf.Dict)["V"]}))
			appendTo(u, oForm, "Fields", f)
		}},
		{"page labels", Illegal, func(u *pdf.Update) {
			edit(u, oCatalog, pdf.Dict{"PageLabels": pdf.Dict{"Nums": pdf.Array{int64(0), pdf.Dict{"S": pdf.Name("r")}}}})
		}},
		{"an outline", Illegal, func(u *pdf.Update) { edit(u, oCatalog, pdf.Dict{"Outlines": u.Add(pdf.Dict{})}) }},
		{"viewer preferences", Illegal, func(u *pdf.Update) { edit(u, oCatalog, pdf.Dict{"ViewerPreferences": pdf.Dict{"HideToolbar": true}}) }},
		{"permissions", Illegal, func(u *pdf.Update) { edit(u, oCatalog, pdf.Dict{"Perms": pdf.Dict{"DocMDP": u.Add(pdf.Dict{})}}) }},
		{"a newer version of the format", Allowed, func(u *pdf.Update) { edit(u, oCatalog, pdf.Dict{"Version": pdf.Name("2.0")}) }},
		{"an output intent", Illegal, func(u *pdf.Update) { edit(u, oCatalog, pdf.Dict{"OutputIntents": pdf.Array{pdf.Dict{}}}) }},
		{"metadata of a page", Illegal, func(u *pdf.Update) {
			edit(u, oPage1, pdf.Dict{"Metadata": u.Add(pdf.NewStream(pdf.Dict{"Type": pdf.Name("Metadata")}, []byte(goodXMP)))})
		}},
		{"a page's marks of a tool", Illegal, func(u *pdf.Update) { edit(u, oPage1, pdf.Dict{"PieceInfo": pdf.Dict{}}) }},
		{"a page shown by a tab order", Illegal, func(u *pdf.Update) { edit(u, oPage1, pdf.Dict{"Tabs": pdf.Name("S")}) }},
		{"a unit of the page", Illegal, func(u *pdf.Update) { edit(u, oPage1, pdf.Dict{"UserUnit": 2.0}) }},
		{"a font's widths from outside", Illegal, func(u *pdf.Update) { edit(u, oFont, pdf.Dict{"Widths": pdf.Array{int64(0)}}) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := updated(t, base, c.make)
			if r := judged(out); r.Modification != c.want {
				t.Errorf("want %s; got %s", c.want, line(r))
			}
		})
	}
}

// TestShapesOfASignature holds signatures that are not written as the format asks.
func TestShapesOfASignature(t *testing.T) {
	in := build(false, sample())
	shape := func(f func(u *pdf.Update, d pdf.Dict) pdf.Object) []byte {
		u, err := openPDF(t, in).Update()
		if err != nil {
			t.Fatal(err)
		}
		contents := &pdf.Hole{Text: "<" + strings.Repeat("0", 4000) + ">"}
		rng := &pdf.Hole{Text: "[0 0000000000 0000000000 0000000000]"}
		d := pdf.Dict{"Type": pdf.Name("Sig"), "Filter": pdf.Name("Adobe.PPKLite"), "SubFilter": pdf.Name("ETSI.CAdES.detached"), "Contents": contents, "ByteRange": rng}
		edit(u, oSig1, pdf.Dict{"V": f(u, d)})
		return filled(t, in, u, contents, rng)
	}
	for _, c := range []struct {
		name   string
		intact bool
		make   func(u *pdf.Update, d pdf.Dict) pdf.Object
	}{
		{"as it should be", true, func(u *pdf.Update, d pdf.Dict) pdf.Object { return u.Add(d) }},
		{"in the field itself", true, func(u *pdf.Update, d pdf.Dict) pdf.Object { return d }},
		{"without a type", true, func(u *pdf.Update, d pdf.Dict) pdf.Object { delete(d, "Type"); return u.Add(d) }},
		{"contents apart", false, func(u *pdf.Update, d pdf.Dict) pdf.Object { d["Contents"] = u.Add(d["Contents"]); return u.Add(d) }},
		{"another kind", false, func(u *pdf.Update, d pdf.Dict) pdf.Object {
			d["SubFilter"] = pdf.Name("adbe.x509.rsa_sha1")
			return u.Add(d)
		}},
		{"no kind", false, func(u *pdf.Update, d pdf.Dict) pdf.Object { delete(d, "SubFilter"); return u.Add(d) }},
		{"the kind of the older handler", true, func(u *pdf.Update, d pdf.Dict) pdf.Object {
			d["SubFilter"] = pdf.Name("adbe.pkcs7.detached")
			return u.Add(d)
		}},
		{"a digest where none belongs", false, func(u *pdf.Update, d pdf.Dict) pdf.Object {
			d["SubFilter"] = pdf.Name("adbe.pkcs7.sha1")
			return u.Add(d)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := judged(shape(c.make))
			if r.Intact != c.intact || c.intact && (r.Signatures != 1 || r.Modification != None) {
				t.Errorf("want %v; got %s", c.intact, line(r))
			}
		})
	}
}

// TestCircles holds files whose structures lead back to themselves. None may be taken,
// none may take long.
func TestCircles(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(u *pdf.Update)
	}{
		{"the page tree", func(u *pdf.Update) { edit(u, oPages, pdf.Dict{"Kids": pdf.Array{ref(oPages)}}) }},
		{"the page tree by two steps", func(u *pdf.Update) {
			edit(u, oPages, pdf.Dict{"Kids": pdf.Array{u.Add(pdf.Dict{"Type": pdf.Name("Pages"), "Kids": pdf.Array{ref(oPages)}, "Count": int64(1), "Parent": ref(oPages)})}})
		}},
		{"the form", func(u *pdf.Update) { edit(u, oGroup, pdf.Dict{"Kids": pdf.Array{ref(oGroup)}}) }},
		{"the form by two steps", func(u *pdf.Update) { edit(u, oSub, pdf.Dict{"Kids": pdf.Array{ref(oGroup)}}) }},
		{"the structure tree", func(u *pdf.Update) {
			tree := u.Add(pdf.Dict{})
			u.Set(tree, pdf.Dict{"Type": pdf.Name("StructTreeRoot"), "K": pdf.Array{tree}})
			edit(u, oCatalog, pdf.Dict{"StructTreeRoot": tree})
		}},
	} {
		for _, before := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, before %v", c.name, before), func(t *testing.T) {
				in := build(false, sample())
				var out []byte
				if before {
					out = signed(t, updated(t, in, c.make), signing{field: oSig1})
				} else {
					out = updated(t, signed(t, in, signing{field: oSig1}), c.make)
				}
				if r := judged(out); r.Intact && r.Modification != Illegal && r.Signatures > 0 {
					t.Error(line(r))
				}
			})
		}
	}
	// parents that name each other are led nowhere: inheritance is bounded
	in := updated(t, build(false, sample()), func(u *pdf.Update) { edit(u, oPages, pdf.Dict{"Parent": ref(oPages)}) })
	judged(signed(t, in, signing{field: oSig1}))
	if r := judged(bytes.Repeat([]byte("<<"), 200_000)); r.Intact {
		t.Error("nothing is taken for a signed file")
	}
}
