// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"io"
	"math/big"
	"strings"
	"sync"
	"testing"
	"time"

	"soviec/kit/cms"
	"soviec/kit/pdf"
)

// identity is a key with a certificate of its own, made once.
var identity = sync.OnceValues(func() (crypto.Signer, *x509.Certificate) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	t := &x509.Certificate{SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "Đàm Quốc Thắng (thử)"}, NotBefore: time.Unix(1500000000, 0), NotAfter: time.Unix(1900000000, 0), KeyUsage: x509.KeyUsageDigitalSignature}
	der, err := x509.CreateCertificate(rand.Reader, t, t, key.Public(), key)
	if err != nil {
		panic(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		panic(err)
	}
	return key, c
})

// The numbers of the sample document's objects.
const (
	oCatalog = iota + 1
	oPages
	oPage1
	oPage2
	oContent1
	oContent2
	oFont
	oForm
	oName    // text field "name", its own widget
	oNameTwo // text field "name2"
	oGroup   // field "group" with one kid
	oSub     // text field "group.sub"
	oCheck   // check box "agree"
	oSig1
	oSig2 // an empty visible signature field
	oLook // the appearance of "name"
	oYes  // a state of "agree"
	oMeta
	oInfo
	oNote    // a Text annotation on page 2
	oPicture // a form XObject used by page 2 and by the look of "name2"
	oLength  // the length of the content of page 2
	oDest
	oPush // push button "go"
	oOff  // a state of "agree"
	oLast = oOff
)

func stream(dict, data string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
}

const goodXMP = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta><?xpacket end="w"?>`

// sample is the document that the tests sign and attack.
func sample() []string {
	o := make([]string, oLast+1)
	o[oCatalog] = "<</Type/Catalog/Pages 2 0 R/AcroForm 8 0 R/Metadata 18 0 R/Names<</Dests<</Names[(a) 23 0 R]>>>>>>"
	o[oPages] = "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 595 842]>>"
	o[oPage1] = "<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources<</Font<</F1 7 0 R>>>>/Annots[9 0 R 10 0 R 12 0 R 13 0 R 14 0 R 15 0 R 24 0 R]>>"
	o[oPage2] = "<</Type/Page/Parent 2 0 R/Contents 6 0 R/Resources<</Font<</F1 7 0 R>>/XObject<</X 21 0 R/Ghost 900 0 R>>>>/Annots[20 0 R]>>"
	o[oContent1] = stream("", "BT /F1 12 Tf 72 700 Td (So tien: 100) Tj ET")
	o[oContent2] = "<</Length 22 0 R>>\nstream\nBT /F1 12 Tf 72 700 Td (Trang hai) Tj ET /X Do\nendstream"
	o[oFont] = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
	o[oForm] = "<</Fields[9 0 R 10 0 R 11 0 R 13 0 R 14 0 R 15 0 R 24 0 R]/DR<</Font<</Helv 7 0 R>>>>/DA(/Helv 0 Tf 0 g)/SigFlags 3>>"
	o[oName] = "<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(An)/Rect[10 10 110 30]/P 3 0 R/F 4/AP<</N 16 0 R>>>>"
	o[oNameTwo] = "<</Type/Annot/Subtype/Widget/FT/Tx/T(name2)/Rect[10 40 110 60]/P 3 0 R/F 4/AP<</N 21 0 R>>>>"
	o[oGroup] = "<</T(group)/FT/Tx/Kids[12 0 R]>>"
	o[oSub] = "<</Type/Annot/Subtype/Widget/T(sub)/Parent 11 0 R/Rect[10 70 110 90]/P 3 0 R/F 4>>"
	o[oCheck] = "<</Type/Annot/Subtype/Widget/FT/Btn/T(agree)/V/Off/AS/Off/Rect[10 100 20 110]/P 3 0 R/AP<</N<</Yes 17 0 R/Off 25 0 R>>>>>>"
	o[oSig1] = "<</Type/Annot/Subtype/Widget/FT/Sig/T(Sig1)/Rect[0 0 0 0]/P 3 0 R/F 132>>"
	o[oSig2] = "<</Type/Annot/Subtype/Widget/FT/Sig/T(Sig2)/Rect[300 100 400 150]/P 3 0 R/F 4>>"
	o[oLook] = stream("/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</Helv 7 0 R>>>>", "/Tx BMC (An) Tj EMC")
	o[oYes] = stream("/Type/XObject/Subtype/Form/BBox[0 0 10 10]", "0 0 10 10 re f")
	o[oMeta] = stream("/Type/Metadata/Subtype/XML", goodXMP)
	o[oInfo] = "<</Title(Quyet dinh)>>"
	o[oNote] = "<</Type/Annot/Subtype/Text/Rect[10 10 20 20]/Contents(x)>>"
	o[oPicture] = stream("/Type/XObject/Subtype/Form/BBox[0 0 100 100]", "0 0 5 5 re f")
	o[oLength] = "49"
	o[oDest] = "[4 0 R/Fit]"
	o[oPush] = "<</Type/Annot/Subtype/Widget/FT/Btn/Ff 65536/T(go)/Rect[10 120 40 130]/P 3 0 R/AP<</N 16 0 R>>>>"
	o[oOff] = stream("/Type/XObject/Subtype/Form/BBox[0 0 10 10]", "")
	o[oPush] = strings.Replace(o[oPush], "16 0 R", "25 0 R", 1)
	return o
}

// build writes objects with a table, or packed into an object stream where they can be.
func build(packed bool, objs []string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	type at struct{ kind, a, b int }
	where := make([]at, len(objs)+2)
	var head, body bytes.Buffer
	n, host := 0, len(objs)
	for i := 1; i < len(objs); i++ {
		if objs[i] == "" {
			continue
		}
		if packed && !strings.HasSuffix(objs[i], "endstream") && i != oLength {
			fmt.Fprintf(&head, "%d %d ", i, body.Len())
			body.WriteString(objs[i] + " ")
			where[i] = at{2, host, n}
			n++
			continue
		}
		where[i] = at{1, b.Len(), 0}
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i, objs[i])
	}
	if !packed {
		x := b.Len()
		fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objs))
		for i := 1; i < len(objs); i++ {
			fmt.Fprintf(&b, "%010d 00000 n \n", where[i].a)
		}
		fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R/Info 19 0 R/ID[<aa><bb>]>>\nstartxref\n%d\n%%%%EOF\n", len(objs), x)
		return b.Bytes()
	}
	where[host] = at{1, b.Len(), 0}
	fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", host, stream(fmt.Sprintf("/Type/ObjStm/N %d/First %d", n, head.Len()), head.String()+body.String()))
	x := b.Len()
	where[host+1] = at{1, x, 0}
	var rows []byte
	for _, w := range where {
		rows = append(rows, byte(w.kind), byte(w.a>>16), byte(w.a>>8), byte(w.a), byte(w.b))
	}
	fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n", host+1, stream(fmt.Sprintf("/Type/XRef/Size %d/W[1 3 1]/Root 1 0 R/Info 19 0 R/ID[<aa><bb>]", host+2), string(rows)), x)
	return b.Bytes()
}

func openPDF(t testing.TB, b []byte) *pdf.File {
	t.Helper()
	f, err := pdf.Open(context.Background(), bytes.NewReader(b), int64(len(b)), pdf.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// updated appends one revision.
func updated(t testing.TB, in []byte, change func(u *pdf.Update)) []byte {
	t.Helper()
	u, err := openPDF(t, in).Update()
	if err != nil {
		t.Fatal(err)
	}
	change(u)
	tail, _, err := u.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return append(bytes.Clone(in), tail...)
}

// edit changes keys of a dictionary; nil removes.
func edit(u *pdf.Update, num int, keys pdf.Dict) {
	ref := pdf.Ref{Num: num}
	o, err := u.Get(ref)
	if err != nil {
		panic(err)
	}
	d, ok := pdf.Clone(o).(pdf.Dict)
	if !ok {
		panic(fmt.Sprintf("%d is no dictionary", num))
	}
	for k, v := range keys {
		if v == nil {
			delete(d, k)
		} else {
			d[k] = v
		}
	}
	u.Set(ref, d)
}

// A signing says how the tests sign.
type signing struct {
	field int       // number of an existing empty field; 0: a new one
	name  string    // of a new field
	rect  pdf.Array // of a new field; nil: invisible
	dict  pdf.Dict  // more keys of the signature dictionary
	more  pdf.Dict  // more keys of the field
	stamp bool      // mark it as a document time stamp
	look  bool      // give it an appearance
}

// signed appends a signature.
func signed(t testing.TB, in []byte, s signing) []byte {
	t.Helper()
	u, err := openPDF(t, in).Update()
	if err != nil {
		t.Fatal(err)
	}
	contents := &pdf.Hole{Text: "<" + strings.Repeat("0", 4000) + ">"}
	rng := &pdf.Hole{Text: "[0 0000000000 0000000000 0000000000]"}
	d := pdf.Dict{"Type": pdf.Name("Sig"), "Filter": pdf.Name("Adobe.PPKLite"), "SubFilter": pdf.Name("ETSI.CAdES.detached"), "Contents": contents, "ByteRange": rng, "M": pdf.String("D:20261124101500+07'00'"), "Reason": pdf.String("Duyet")}
	if s.stamp {
		d["Type"], d["SubFilter"] = pdf.Name("DocTimeStamp"), pdf.Name("ETSI.RFC3161")
	}
	for k, v := range s.dict {
		d[k] = v
	}
	v := u.Add(d)
	keys := pdf.Dict{"V": v}
	if s.look {
		keys["AP"] = pdf.Dict{"N": u.Add(pdf.NewStream(pdf.Dict{"Type": pdf.Name("XObject"), "Subtype": pdf.Name("Form"), "BBox": pdf.Array{int64(0), int64(0), int64(100), int64(50)}}, []byte("0 0 100 50 re S")))}
	}
	for k, v := range s.more {
		keys[k] = v
	}
	if s.field != 0 {
		edit(u, s.field, keys)
	} else {
		f := pdf.Dict{"Type": pdf.Name("Annot"), "Subtype": pdf.Name("Widget"), "FT": pdf.Name("Sig"), "T": pdf.String(s.name), "P": pdf.Ref{Num: oPage1}, "F": int64(132), "Rect": pdf.Array{int64(0), int64(0), int64(0), int64(0)}}
		if s.rect != nil {
			f["Rect"] = s.rect
		}
		for k, v := range keys {
			f[k] = v
		}
		ref := u.Add(f)
		appendTo(u, oPage1, "Annots", ref)
		appendTo(u, oForm, "Fields", ref)
	}
	return filled(t, in, u, contents, rng)
}

func appendTo(u *pdf.Update, num int, key pdf.Name, o pdf.Object) {
	d, _ := u.Get(pdf.Ref{Num: num})
	list, _ := d.(pdf.Dict)[key].(pdf.Array)
	edit(u, num, pdf.Dict{key: append(append(pdf.Array{}, list...), o)})
}

func filled(t testing.TB, in []byte, u *pdf.Update, contents, rng *pdf.Hole) []byte {
	t.Helper()
	tail, holes, err := u.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	out := append(bytes.Clone(in), tail...)
	c, r := holes[contents], holes[rng]
	copy(out[r.Start:r.End], fmt.Sprintf("[0 %010d %010d %010d]", c.Start, c.End, int64(len(out))-c.End))
	seal(t, out, c)
	return out
}

// seal puts a message over everything but the gap into the gap.
func seal(t testing.TB, out []byte, c pdf.Span) {
	t.Helper()
	h := sha256.New()
	h.Write(out[:c.Start])
	h.Write(out[c.End:])
	copy(out[c.Start+1:], message(t, h.Sum(nil)))
}

// signer is who signs in the tests.
var signer = identity

// message is a detached message over a digest, in hexadecimal.
func message(t testing.TB, digest []byte) string {
	t.Helper()
	key, cert := signer()
	m := &cms.Message{Cert: cert, Hash: crypto.SHA256, Digest: digest}
	if err := m.Sign(key); err != nil {
		t.Fatal(err)
	}
	der, err := m.DER()
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", der)
}

// signedTail is the revision that signs a file which does not fit into memory.
func signedTail(t testing.TB, f *pdf.File, src io.ReaderAt, size int64) []byte {
	t.Helper()
	u, err := f.Update()
	if err != nil {
		t.Fatal(err)
	}
	contents := &pdf.Hole{Text: "<" + strings.Repeat("0", 4000) + ">"}
	rng := &pdf.Hole{Text: "[0 0000000000 0000000000 0000000000]"}
	v := u.Add(pdf.Dict{"Type": pdf.Name("Sig"), "SubFilter": pdf.Name("ETSI.CAdES.detached"), "Contents": contents, "ByteRange": rng})
	edit(u, oSig1, pdf.Dict{"V": v})
	tail, holes, err := u.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	c, r := holes[contents], holes[rng]
	copy(tail[r.Start-size:], fmt.Sprintf("[0 %010d %010d %010d]", c.Start, c.End, size+int64(len(tail))-c.End))
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(src, 0, size)); err != nil {
		t.Fatal(err)
	}
	h.Write(tail[:c.Start-size])
	h.Write(tail[c.End-size:])
	copy(tail[c.Start-size+1:], message(t, h.Sum(nil)))
	return tail
}

func docMDP(p int64) pdf.Dict {
	return pdf.Dict{"Reference": pdf.Array{pdf.Dict{"Type": pdf.Name("SigRef"), "TransformMethod": pdf.Name("DocMDP"), "TransformParams": pdf.Dict{"Type": pdf.Name("TransformParams"), "P": p, "V": pdf.Name("1.2")}}}}
}

func fieldMDP(action string, fields ...string) pdf.Dict {
	params := pdf.Dict{"Type": pdf.Name("TransformParams"), "Action": pdf.Name(action), "V": pdf.Name("1.2")}
	if fields != nil {
		list := pdf.Array{}
		for _, f := range fields {
			list = append(list, pdf.String(f))
		}
		params["Fields"] = list
	}
	return pdf.Dict{"Reference": pdf.Array{pdf.Dict{"Type": pdf.Name("SigRef"), "TransformMethod": pdf.Name("FieldMDP"), "TransformParams": params}}}
}
