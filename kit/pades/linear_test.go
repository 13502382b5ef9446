// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"os"
	"strings"
	"testing"

	"soviec/kit/pdf"
)

// A linearised file has two cross-reference sections that are one revision.
func TestLinearisedFiles(t *testing.T) {
	for _, name := range []string{"linear", "linear-packed"} {
		base, err := os.ReadFile("../pdf/testdata/" + name + ".pdf")
		if err != nil {
			t.Fatal(err)
		}
		u, err := openPDF(t, base).Update()
		if err != nil {
			t.Fatal(err)
		}
		contents := &pdf.Hole{Text: "<" + strings.Repeat("0", 4000) + ">"}
		rng := &pdf.Hole{Text: "[0 0000000000 0000000000 0000000000]"}
		sig := u.Add(pdf.Dict{"Type": pdf.Name("Sig"), "SubFilter": pdf.Name("ETSI.CAdES.detached"), "Contents": contents, "ByteRange": rng})
		field := u.Add(pdf.Dict{"FT": pdf.Name("Sig"), "T": pdf.String("S"), "V": sig, "Subtype": pdf.Name("Widget"), "Rect": pdf.Array{int64(0), int64(0), int64(0), int64(0)}})
		root := u.Trailer["Root"].(pdf.Ref)
		edit(u, root.Num, pdf.Dict{"AcroForm": pdf.Dict{"Fields": pdf.Array{field}, "SigFlags": int64(3)}})
		in := filled(t, base, u, contents, rng)
		want(t, in, None, 1)
		want(t, updated(t, in, addDSSAgain), Allowed, 1)
		var first pdf.Ref
		if err := openPDF(t, in).Last().Pages(func(_ int, r pdf.Ref, _ pdf.Dict) bool { first = r; return true }); err != nil {
			t.Fatal(err)
		}
		want(t, updated(t, in, func(u *pdf.Update) { edit(u, first.Num, pdf.Dict{"Rotate": int64(90)}) }), Illegal, 1)
	}
}
