// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"fmt"
	"testing"

	"soviec/kit/pdf"
)

func ref(n int) pdf.Ref { return pdf.Ref{Num: n} }

func formStream(data string) *pdf.Stream {
	return pdf.NewStream(pdf.Dict{"Type": pdf.Name("XObject"), "Subtype": pdf.Name("Form"), "BBox": pdf.Array{int64(0), int64(0), int64(100), int64(20)}}, []byte(data))
}

func fill(u *pdf.Update) {
	edit(u, oName, pdf.Dict{"V": pdf.String("Binh"), "AP": pdf.Dict{"N": u.Add(formStream("(Binh) Tj"))}})
}

func addDSS(u *pdf.Update) {
	cert := u.Add(pdf.NewStream(pdf.Dict{}, []byte("0\x03\x02\x01\x05")))
	crl := u.Add(pdf.NewStream(pdf.Dict{}, []byte("0\x03\x02\x01\x06")))
	vri := u.Add(pdf.Dict{"0123456789ABCDEF0123456789ABCDEF01234567": pdf.Dict{"Cert": pdf.Array{cert}, "CRL": pdf.Array{crl}}})
	edit(u, oCatalog, pdf.Dict{"DSS": u.Add(pdf.Dict{"Certs": pdf.Array{cert}, "CRLs": pdf.Array{crl}, "VRI": vri})})
}

func annot(u *pdf.Update, page int, d pdf.Dict) {
	d["Type"] = pdf.Name("Annot")
	if d["Rect"] == nil {
		d["Rect"] = pdf.Array{int64(0), int64(0), int64(500), int64(800)}
	}
	appendTo(u, page, "Annots", u.Add(d))
}

// changes are later revisions, good and bad, made after a plain approval signature.
var changes = []struct {
	name string
	want Modification
	make func(u *pdf.Update)
}{
	{"nothing", Allowed, func(u *pdf.Update) {}},
	{"orphan", Allowed, func(u *pdf.Update) { u.Add(pdf.Dict{"X": int64(1)}) }},
	{"identical page", Allowed, func(u *pdf.Update) { edit(u, oPage1, nil) }},
	{"identical content", Allowed, func(u *pdf.Update) { o, _ := u.Get(ref(oContent1)); u.Set(ref(oContent1), o) }},
	{"fill", Allowed, fill},
	{"fill, look replaced in its place", Allowed, func(u *pdf.Update) {
		edit(u, oName, pdf.Dict{"V": pdf.String("Binh")})
		u.Set(ref(oLook), formStream("(Binh) Tj"))
	}},
	{"look alone", Allowed, func(u *pdf.Update) { u.Set(ref(oLook), formStream("(An ) Tj")) }},
	{"fill deep", Allowed, func(u *pdf.Update) { edit(u, oSub, pdf.Dict{"V": pdf.String("x")}) }},
	{"clear a value", Allowed, func(u *pdf.Update) { edit(u, oName, pdf.Dict{"V": nil}) }},
	{"check", Allowed, func(u *pdf.Update) { edit(u, oCheck, pdf.Dict{"V": pdf.Name("Yes"), "AS": pdf.Name("Yes")}) }},
	{"DSS", Allowed, addDSS},
	{"DSS with extension", Allowed, func(u *pdf.Update) {
		addDSS(u)
		edit(u, oCatalog, pdf.Dict{"Extensions": pdf.Dict{"ESIC": pdf.Dict{"BaseVersion": pdf.Name("1.7"), "ExtensionLevel": int64(5)}}, "Version": pdf.Name("1.7")})
	}},
	{"metadata in its place", Allowed, func(u *pdf.Update) {
		u.Set(ref(oMeta), pdf.NewStream(pdf.Dict{"Type": pdf.Name("Metadata"), "Subtype": pdf.Name("XML")}, []byte(goodXMP+" ")))
	}},
	{"metadata elsewhere", Allowed, func(u *pdf.Update) {
		edit(u, oCatalog, pdf.Dict{"Metadata": u.Add(pdf.NewStream(pdf.Dict{"Type": pdf.Name("Metadata")}, []byte(goodXMP)))})
	}},
	{"information", Allowed, func(u *pdf.Update) { edit(u, oInfo, pdf.Dict{"Title": pdf.String("Khac")}) }},
	{"new information", Allowed, func(u *pdf.Update) { u.Trailer["Info"] = u.Add(pdf.Dict{"Title": pdf.String("Khac")}) }},
	{"mark information", Allowed, func(u *pdf.Update) { edit(u, oCatalog, pdf.Dict{"MarkInfo": pdf.Dict{"Marked": true}}) }},
	{"check, with new looks", Allowed, func(u *pdf.Update) {
		edit(u, oCheck, pdf.Dict{"V": pdf.Name("Yes"), "AS": pdf.Name("Yes"), "AP": pdf.Dict{"N": pdf.Dict{"Yes": u.Add(formStream("X")), "Off": u.Add(formStream(""))}}})
	}},
	{"fields in another order", Allowed, func(u *pdf.Update) {
		d, _ := u.Get(ref(oForm))
		a := d.(pdf.Dict)["Fields"].(pdf.Array)
		edit(u, oForm, pdf.Dict{"Fields": append(append(pdf.Array{}, a[1:]...), a[0])})
	}},
	{"annotations become an object", Allowed, func(u *pdf.Update) {
		d, _ := u.Get(ref(oPage1))
		edit(u, oPage1, pdf.Dict{"Annots": u.Add(d.(pdf.Dict)["Annots"])})
	}},
	{"default resources grow", Allowed, func(u *pdf.Update) {
		edit(u, oForm, pdf.Dict{"DR": pdf.Dict{"Font": pdf.Dict{"Helv": ref(oFont), "New": u.Add(pdf.Dict{"Type": pdf.Name("Font")})}}})
		fill(u)
	}},

	{"content in its place", Illegal, func(u *pdf.Update) { u.Set(ref(oContent1), pdf.NewStream(nil, []byte("(So tien: 900) Tj"))) }},
	{"content elsewhere", Illegal, func(u *pdf.Update) {
		edit(u, oPage1, pdf.Dict{"Contents": u.Add(pdf.NewStream(nil, []byte("(900) Tj")))})
	}},
	{"font", Illegal, func(u *pdf.Update) { edit(u, oFont, pdf.Dict{"BaseFont": pdf.Name("Symbol")}) }},
	{"resources", Illegal, func(u *pdf.Update) { edit(u, oPage1, pdf.Dict{"Resources": pdf.Dict{"Font": pdf.Dict{}}}) }},
	{"a shared picture through a field's look", Illegal, func(u *pdf.Update) {
		edit(u, oNameTwo, pdf.Dict{"V": pdf.String("x")})
		u.Set(ref(oPicture), formStream("0 0 900 900 re f"))
	}},
	{"what a dangling reference means", Illegal, func(u *pdf.Update) { u.Set(ref(900), formStream("0 0 900 900 re f")) }},
	{"the length of a stream", Illegal, func(u *pdf.Update) { u.Set(ref(oLength), int64(9)) }},
	{"a destination", Illegal, func(u *pdf.Update) { u.Set(ref(oDest), pdf.Array{ref(oPage1), pdf.Name("Fit")}) }},
	{"free text", Illegal, func(u *pdf.Update) { annot(u, oPage1, pdf.Dict{"Subtype": pdf.Name("FreeText")}) }},
	{"stamp", Illegal, func(u *pdf.Update) {
		annot(u, oPage2, pdf.Dict{"Subtype": pdf.Name("Stamp"), "AP": pdf.Dict{"N": u.Add(formStream("re f"))}})
	}},
	{"redaction", Illegal, func(u *pdf.Update) { annot(u, oPage1, pdf.Dict{"Subtype": pdf.Name("Redact")}) }},
	{"link", Illegal, func(u *pdf.Update) { annot(u, oPage1, pdf.Dict{"Subtype": pdf.Name("Link")}) }},
	{"comment", Illegal, func(u *pdf.Update) { annot(u, oPage1, pdf.Dict{"Subtype": pdf.Name("Highlight")}) }},
	{"an annotation changed", Illegal, func(u *pdf.Update) { edit(u, oNote, pdf.Dict{"Contents": pdf.String("y")}) }},
	{"an annotation gone", Illegal, func(u *pdf.Update) { edit(u, oPage2, pdf.Dict{"Annots": pdf.Array{}}) }},
	{"widgets in another order", Illegal, func(u *pdf.Update) {
		d, _ := u.Get(ref(oPage1))
		a := d.(pdf.Dict)["Annots"].(pdf.Array)
		b := append(append(pdf.Array{}, a[1:]...), a[0])
		edit(u, oPage1, pdf.Dict{"Annots": b})
	}},
	{"a page added", Illegal, func(u *pdf.Update) {
		p := u.Add(pdf.Dict{"Type": pdf.Name("Page"), "Parent": ref(oPages)})
		edit(u, oPages, pdf.Dict{"Kids": pdf.Array{ref(oPage1), ref(oPage2), p}, "Count": int64(3)})
	}},
	{"pages in another order", Illegal, func(u *pdf.Update) { edit(u, oPages, pdf.Dict{"Kids": pdf.Array{ref(oPage2), ref(oPage1)}}) }},
	{"rotation", Illegal, func(u *pdf.Update) { edit(u, oPage1, pdf.Dict{"Rotate": int64(90)}) }},
	{"box", Illegal, func(u *pdf.Update) {
		edit(u, oPage1, pdf.Dict{"CropBox": pdf.Array{int64(0), int64(0), int64(9), int64(9)}})
	}},
	{"inherited box", Illegal, func(u *pdf.Update) {
		edit(u, oPages, pdf.Dict{"MediaBox": pdf.Array{int64(0), int64(0), int64(9), int64(9)}})
	}},
	{"another page tree", Illegal, func(u *pdf.Update) {
		edit(u, oCatalog, pdf.Dict{"Pages": u.Add(pdf.Dict{"Type": pdf.Name("Pages"), "Kids": pdf.Array{ref(oPage2)}, "Count": int64(1)})})
	}},
	{"another catalog", Illegal, func(u *pdf.Update) {
		o, _ := u.Get(ref(oCatalog))
		u.Trailer["Root"] = u.Add(pdf.Clone(o))
	}},
	{"open action", Illegal, func(u *pdf.Update) {
		edit(u, oCatalog, pdf.Dict{"OpenAction": pdf.Dict{"S": pdf.Name("JavaScript"), "JS": pdf.String("1")}})
	}},
	{"additional actions", Illegal, func(u *pdf.Update) { edit(u, oPage1, pdf.Dict{"AA": pdf.Dict{}}) }},
	{"attachment", Illegal, func(u *pdf.Update) {
		edit(u, oCatalog, pdf.Dict{"Names": pdf.Dict{"EmbeddedFiles": pdf.Dict{}}})
	}},
	{"layers", Illegal, func(u *pdf.Update) { edit(u, oCatalog, pdf.Dict{"OCProperties": pdf.Dict{"D": pdf.Dict{}}}) }},
	{"a text field added", Illegal, func(u *pdf.Update) {
		f := u.Add(pdf.Dict{"FT": pdf.Name("Tx"), "T": pdf.String("new"), "Rect": pdf.Array{int64(0), int64(0), int64(99), int64(99)}})
		appendTo(u, oForm, "Fields", f)
	}},
	{"a field removed", Illegal, func(u *pdf.Update) {
		d, _ := u.Get(ref(oForm))
		edit(u, oForm, pdf.Dict{"Fields": d.(pdf.Dict)["Fields"].(pdf.Array)[1:]})
	}},
	{"a field renamed", Illegal, func(u *pdf.Update) { edit(u, oName, pdf.Dict{"T": pdf.String("other")}) }},
	{"a field of another type", Illegal, func(u *pdf.Update) { edit(u, oName, pdf.Dict{"FT": pdf.Name("Ch")}) }},
	{"a field moved", Illegal, func(u *pdf.Update) {
		edit(u, oName, pdf.Dict{"Rect": pdf.Array{int64(0), int64(0), int64(595), int64(842)}})
	}},
	{"a field hidden", Illegal, func(u *pdf.Update) { edit(u, oName, pdf.Dict{"F": int64(2)}) }},
	{"a field's flags", Illegal, func(u *pdf.Update) { edit(u, oName, pdf.Dict{"Ff": int64(8192)}) }},
	{"a field's action", Illegal, func(u *pdf.Update) { edit(u, oName, pdf.Dict{"A": pdf.Dict{"S": pdf.Name("URI")}}) }},
	{"a kid under a field", Illegal, func(u *pdf.Update) {
		k := u.Add(pdf.Dict{"Subtype": pdf.Name("Widget"), "Parent": ref(oGroup), "T": pdf.String("more"), "Rect": pdf.Array{int64(0), int64(0), int64(99), int64(99)}})
		edit(u, oGroup, pdf.Dict{"Kids": pdf.Array{ref(oSub), k}})
	}},
	{"the look of a state", Illegal, func(u *pdf.Update) { u.Set(ref(oYes), formStream("0 0 900 900 re f")) }},
	{"the look of a box that is not filled", Illegal, func(u *pdf.Update) {
		edit(u, oCheck, pdf.Dict{"AP": pdf.Dict{"N": pdf.Dict{"Yes": u.Add(formStream("X")), "Off": u.Add(formStream("X"))}}})
	}},
	{"a field named twice", Illegal, func(u *pdf.Update) { appendTo(u, oForm, "Fields", ref(oName)) }},
	{"a push button", Illegal, func(u *pdf.Update) { edit(u, oPush, pdf.Dict{"AP": pdf.Dict{"N": u.Add(formStream("x"))}}) }},
	{"an unsigned field's look", Illegal, func(u *pdf.Update) { edit(u, oSig2, pdf.Dict{"AP": pdf.Dict{"N": u.Add(formStream("Da ky"))}}) }},
	{"the form gone", Illegal, func(u *pdf.Update) { edit(u, oCatalog, pdf.Dict{"AcroForm": nil}) }},
	{"default appearance", Illegal, func(u *pdf.Update) { edit(u, oForm, pdf.Dict{"DA": pdf.String("1 g")}) }},
	{"default resources swapped", Illegal, func(u *pdf.Update) {
		edit(u, oForm, pdf.Dict{"DR": pdf.Dict{"Font": pdf.Dict{"Helv": u.Add(pdf.Dict{"Type": pdf.Name("Font"), "BaseFont": pdf.Name("Symbol")})}}})
	}},
	{"XFA", Illegal, func(u *pdf.Update) { edit(u, oForm, pdf.Dict{"XFA": u.Add(pdf.NewStream(nil, []byte("<x/>")))}) }},
	{"DSS over a content", Illegal, func(u *pdf.Update) {
		u.Set(ref(oContent1), pdf.NewStream(nil, []byte("0\x03\x02\x01\x05")))
		edit(u, oCatalog, pdf.Dict{"DSS": u.Add(pdf.Dict{"Certs": pdf.Array{ref(oContent1)}})})
	}},
	{"DSS with a strange key", Illegal, func(u *pdf.Update) { edit(u, oCatalog, pdf.Dict{"DSS": u.Add(pdf.Dict{"Blah": int64(1)})}) }},
	{"DSS in the place of a font", Illegal, func(u *pdf.Update) {
		u.Set(ref(oFont), pdf.Dict{"Certs": pdf.Array{}})
		edit(u, oCatalog, pdf.Dict{"DSS": ref(oFont)})
	}},
	{"DSS of dictionaries", Illegal, func(u *pdf.Update) {
		edit(u, oCatalog, pdf.Dict{"DSS": u.Add(pdf.Dict{"Certs": pdf.Array{u.Add(pdf.Dict{})}})})
	}},
	{"metadata gone", Illegal, func(u *pdf.Update) { edit(u, oCatalog, pdf.Dict{"Metadata": nil}) }},
	{"metadata with a document type", Illegal, func(u *pdf.Update) {
		u.Set(ref(oMeta), pdf.NewStream(pdf.Dict{}, []byte(`<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>`+goodXMP)))
	}},
	{"metadata with an entity", Illegal, func(u *pdf.Update) {
		u.Set(ref(oMeta), pdf.NewStream(pdf.Dict{}, []byte(`<x:xmpmeta xmlns:x="adobe:ns:meta/">&a;</x:xmpmeta>`)))
	}},
	{"metadata that is no XML", Illegal, func(u *pdf.Update) { u.Set(ref(oMeta), pdf.NewStream(pdf.Dict{}, []byte("hi"))) }},
	{"metadata that is a page's content", Illegal, func(u *pdf.Update) { edit(u, oCatalog, pdf.Dict{"Metadata": ref(oContent1)}) }},
	{"metadata over a content", Illegal, func(u *pdf.Update) {
		u.Set(ref(oContent1), pdf.NewStream(pdf.Dict{}, []byte(goodXMP)))
		edit(u, oCatalog, pdf.Dict{"Metadata": ref(oContent1)})
	}},
	{"information over a font", Illegal, func(u *pdf.Update) {
		u.Set(ref(oFont), pdf.Dict{"Title": pdf.String("x")})
		u.Trailer["Info"] = ref(oFont)
	}},
	{"the signature's reason", Illegal, func(u *pdf.Update) { edit(u, oLast+sigOffset(u), pdf.Dict{"Reason": pdf.String("Khong duyet")}) }},
	{"the signature gone", Illegal, func(u *pdf.Update) { edit(u, oSig1, pdf.Dict{"V": nil}) }},
	{"the signature swapped", Illegal, func(u *pdf.Update) {
		o, _ := u.Get(ref(oLast + sigOffset(u)))
		edit(u, oSig1, pdf.Dict{"V": u.Add(pdf.Clone(o))})
	}},
	{"the signature's look", Illegal, func(u *pdf.Update) {
		edit(u, oSig1, pdf.Dict{"AP": pdf.Dict{"N": u.Add(formStream("khac"))}})
	}},
	{"a value that leads to a replaced content", Illegal, func(u *pdf.Update) {
		u.Set(ref(oContent1), pdf.NewStream(nil, []byte("x")))
		edit(u, oName, pdf.Dict{"V": ref(oContent1)})
	}},
	{"a look that replaces a content", Illegal, func(u *pdf.Update) {
		u.Set(ref(oContent1), formStream("x"))
		edit(u, oName, pdf.Dict{"AP": pdf.Dict{"N": ref(oContent1)}})
	}},
}

// sigOffset is how far behind the last object of the sample the signature stands.
func sigOffset(u *pdf.Update) int {
	for i := 1; i < 6; i++ {
		o, _ := u.Get(ref(oLast + i))
		if d, ok := o.(pdf.Dict); ok && d["ByteRange"] != nil {
			return i
		}
	}
	panic("no signature")
}

// eachKind runs a test on a document with a table and on one with object streams.
func eachKind(t *testing.T, f func(t *testing.T, base []byte)) {
	for _, packed := range []bool{false, true} {
		t.Run(map[bool]string{false: "table", true: "packed"}[packed], func(t *testing.T) { f(t, build(packed, sample())) })
	}
}

func want(t *testing.T, b []byte, m Modification, signatures int) *Report {
	t.Helper()
	r := judged(b)
	if r.Modification != m || !r.Intact || r.Signatures != signatures {
		t.Errorf("want %s, %d signatures; got %s", m, signatures, line(r))
	}
	return r
}

func TestChangesAfterAnApproval(t *testing.T) {
	eachKind(t, func(t *testing.T, base []byte) {
		in := signed(t, base, signing{field: oSig1})
		want(t, in, None, 1)
		for _, c := range changes {
			t.Run(c.name, func(t *testing.T) {
				out := updated(t, in, c.make)
				if r := judged(out); c.want == Illegal && r.Modification == Illegal {
					return // what else is said of a signature that is gone does not matter
				}
				want(t, out, c.want, 1)
			})
		}
	})
}

// A bad revision must not be hidden by what comes later, and good ones must not spoil.
func TestChangesInARow(t *testing.T) {
	base := signed(t, build(false, sample()), signing{field: oSig1})
	for _, c := range changes {
		t.Run(c.name, func(t *testing.T) {
			out := updated(t, base, c.make)
			out = updated(t, out, addDSSAgain)
			if c.want == Illegal {
				out = updated(t, out, func(u *pdf.Update) { // put everything back
					old := openPDF(t, base).Last()
					for n := 1; n <= oLast+2; n++ {
						if o, err := old.Get(ref(n)); err == nil && o != nil && n != oCatalog {
							u.Set(ref(n), o)
						}
					}
				})
			}
			if r := judged(out); r.Modification != c.want {
				t.Errorf("want %s; got %s", c.want, line(r))
			}
		})
	}
}

func addDSSAgain(u *pdf.Update) {
	root, _ := u.Resolve(u.Trailer["Root"])
	d, ok := root.(pdf.Dict)
	if !ok || d["DSS"] != nil {
		u.Add(pdf.Dict{})
		return
	}
	cert := u.Add(pdf.NewStream(pdf.Dict{}, []byte("0\x03\x02\x01\x05")))
	e := pdf.Clone(root).(pdf.Dict)
	e["DSS"] = pdf.Dict{"Certs": pdf.Array{cert}}
	u.Set(u.Trailer["Root"].(pdf.Ref), e)
}

func TestLaterSignatures(t *testing.T) {
	small := pdf.Array{int64(400), int64(300), int64(500), int64(350)}
	huge := pdf.Array{int64(0), int64(0), int64(595), int64(842)}
	script := pdf.Dict{"AA": pdf.Dict{"Fo": pdf.Dict{"S": pdf.Name("JavaScript")}}}
	for _, c := range []struct {
		name string
		s    signing
		want Modification
	}{
		{"in an empty field", signing{field: oSig2, look: true}, Allowed},
		{"in an empty field, locked", signing{field: oSig2, look: true, more: pdf.Dict{"F": int64(132), "Ff": int64(1)}}, Allowed},
		{"in a new invisible field", signing{name: "New"}, Allowed},
		{"in a new visible field", signing{name: "New", rect: small, look: true}, Allowed},
		{"over a whole page", signing{name: "New", rect: huge, look: true}, Illegal},
		{"with a name that is taken", signing{name: "Sig2"}, Illegal},
		{"with a name with a period", signing{name: "a.b"}, Illegal},
		{"without a name", signing{name: ""}, Illegal},
		{"with a script", signing{name: "New", more: script}, Illegal},
		{"in a field that moves", signing{field: oSig2, more: pdf.Dict{"Rect": huge}}, Illegal},
		{"in a field that is hidden", signing{field: oSig2, more: pdf.Dict{"F": int64(2)}}, Illegal},
		{"a time stamp", signing{name: "Stamp", stamp: true}, Allowed},
	} {
		t.Run(c.name, func(t *testing.T) {
			eachKind(t, func(t *testing.T, base []byte) {
				in := signed(t, base, signing{field: oSig1})
				out := signed(t, in, c.s)
				n := 2
				if c.s.stamp {
					n = 1
				}
				want(t, out, c.want, n)
				// and on from there
				want(t, updated(t, out, addDSSAgain), c.want, n)
			})
		})
	}
}

func TestCertificationAndLocks(t *testing.T) {
	small := pdf.Array{int64(400), int64(300), int64(500), int64(350)}
	update := func(f func(*pdf.Update)) func(*testing.T, []byte) []byte {
		return func(t *testing.T, in []byte) []byte { return updated(t, in, f) }
	}
	sign := func(s signing) func(*testing.T, []byte) []byte {
		return func(t *testing.T, in []byte) []byte { return signed(t, in, s) }
	}
	set := func(num int) func(u *pdf.Update) {
		return func(u *pdf.Update) { edit(u, num, pdf.Dict{"V": pdf.String("z")}) }
	}
	lock := func(action string, names ...string) pdf.Dict {
		d := pdf.Dict{"Type": pdf.Name("SigFieldLock"), "Action": pdf.Name(action)}
		list := pdf.Array{}
		for _, n := range names {
			list = append(list, pdf.String(n))
		}
		if action != "All" {
			d["Fields"] = list
		}
		return pdf.Dict{"Lock": d}
	}
	freeText := func(u *pdf.Update) { annot(u, oPage1, pdf.Dict{"Subtype": pdf.Name("FreeText")}) }
	for _, c := range []struct {
		name  string
		first signing
		then  func(*testing.T, []byte) []byte
		want  Modification
	}{
		{"P=1, then DSS", signing{dict: docMDP(1)}, update(addDSS), Allowed},
		{"P=1, then a time stamp", signing{dict: docMDP(1)}, sign(signing{name: "TS", stamp: true}), Allowed},
		{"P=1, then filled", signing{dict: docMDP(1)}, update(fill), Illegal},
		{"P=1, then signed", signing{dict: docMDP(1)}, sign(signing{field: oSig2}), Illegal},
		{"P=2, then filled", signing{dict: docMDP(2)}, update(fill), Allowed},
		{"P=2, then signed", signing{dict: docMDP(2)}, sign(signing{field: oSig2, look: true}), Allowed},
		{"P=2, then a new invisible field", signing{dict: docMDP(2)}, sign(signing{name: "N"}), Allowed},
		{"P=2, then a new visible field", signing{dict: docMDP(2)}, sign(signing{name: "N", rect: small}), Illegal},
		{"P=3, then free text", signing{dict: docMDP(3)}, update(freeText), Illegal},
		{"P=3, then filled", signing{dict: docMDP(3)}, update(fill), Allowed},
		{"P=0 forbids as nobody knows it", signing{dict: docMDP(0)}, update(fill), Illegal},
		{"all locked", signing{dict: fieldMDP("All")}, update(fill), Illegal},
		{"all locked, then a time stamp", signing{dict: fieldMDP("All")}, sign(signing{name: "TS", stamp: true}), Allowed},
		{"all locked, then signed", signing{dict: fieldMDP("All")}, sign(signing{field: oSig2}), Illegal},
		{"name locked, name filled", signing{dict: fieldMDP("Include", "name")}, update(fill), Illegal},
		{"name locked, name2 filled", signing{dict: fieldMDP("Include", "name")}, update(set(oNameTwo)), Allowed},
		{"group locked, its kid filled", signing{dict: fieldMDP("Include", "group")}, update(set(oSub)), Illegal},
		{"kid locked, the group filled", signing{dict: fieldMDP("Include", "group.sub")}, update(set(oSub)), Illegal},
		{"gro locked, group filled", signing{dict: fieldMDP("Include", "gro")}, update(set(oSub)), Allowed},
		{"all but name, name filled", signing{dict: fieldMDP("Exclude", "name")}, update(fill), Allowed},
		{"all but name, name2 filled", signing{dict: fieldMDP("Exclude", "name")}, update(set(oNameTwo)), Illegal},
		{"all but group, its kid filled", signing{dict: fieldMDP("Exclude", "group")}, update(set(oSub)), Allowed},
		{"locked by the field", signing{more: lock("Include", "name")}, update(fill), Illegal},
		{"not locked by the field", signing{more: lock("Include", "name2")}, update(fill), Allowed},
		{"the field's own permission", signing{more: pdf.Dict{"Lock": pdf.Dict{"Action": pdf.Name("Include"), "Fields": pdf.Array{}, "P": int64(1)}}}, update(fill), Illegal},
		{"an unknown action", signing{dict: fieldMDP("Perhaps")}, update(fill), Illegal},
	} {
		t.Run(c.name, func(t *testing.T) {
			eachKind(t, func(t *testing.T, base []byte) {
				s := c.first
				s.name = "First"
				in := signed(t, base, s)
				want(t, in, None, 1)
				if r := judged(c.then(t, in)); r.Modification != c.want || !r.Intact {
					t.Errorf("want %s; got %s", c.want, line(r))
				}
			})
		})
	}
}

// A limit of an earlier signature is in force for a later one too.
func TestTheStrictestLimitCounts(t *testing.T) {
	in := signed(t, build(false, sample()), signing{name: "Chief", dict: fieldMDP("Include", "name")})
	in = signed(t, in, signing{field: oSig1})
	r := want(t, updated(t, in, fill), Illegal, 2)
	for _, v := range r.Verdicts {
		if v.Changes != Illegal {
			t.Errorf("%s: %s", v.Field, v.Changes)
		}
	}
}

func TestCommentsBySetting(t *testing.T) {
	in := signed(t, build(false, sample()), signing{name: "First", dict: docMDP(3)})
	for _, c := range []struct {
		kind string
		ap   bool
		want Modification
	}{{"Highlight", false, Allowed}, {"Highlight", true, Illegal}, {"FreeText", false, Illegal}, {"Stamp", false, Illegal}, {"Redact", false, Illegal}} {
		out := updated(t, in, func(u *pdf.Update) {
			d := pdf.Dict{"Subtype": pdf.Name(c.kind)}
			if c.ap {
				d["AP"] = pdf.Dict{"N": u.Add(formStream("re f"))}
			}
			annot(u, oPage1, d)
		})
		r := verifyWith(out, Options{AllowComments: true})
		if r.Modification != c.want {
			t.Errorf("%s, own look %v: %s", c.kind, c.ap, line(r))
		}
		if r := judged(out); r.Modification != Illegal {
			t.Errorf("%s is allowed without the setting", c.kind)
		}
	}
	approved := signed(t, build(false, sample()), signing{name: "First"})
	out := updated(t, approved, func(u *pdf.Update) { annot(u, oPage1, pdf.Dict{"Subtype": pdf.Name("Highlight")}) })
	if r := verifyWith(out, Options{AllowComments: true}); r.Modification != Illegal {
		t.Errorf("a comment after an approval: %s", line(r))
	}
}

func ExampleSummary_Words() {
	fmt.Println(Valid.Words(), "/", Undecided.Words(), "/", Invalid.Words())
	// Output: Hợp lệ / Chưa đủ căn cứ kết luận / Không hợp lệ
}
