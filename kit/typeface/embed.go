// SPDX-License-Identifier: Apache-2.0

package typeface

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"unicode/utf16"

	"soviec/kit/pdf"
)

// measures of the cuts that a font descriptor wants and the outlines do not tell
var measures = [...]struct{ italic, stem int64 }{{0, 80}, {0, 140}, {-16, 75}, {-16, 120}}

// Embed puts the subset into a file: Type 0 with Identity-H, so that every Vietnamese
// letter has its outline, and ToUnicode, so that it can be searched and copied. add takes
// an object in and says under which number.
func (s *Subset) Embed(add func(pdf.Object) pdf.Ref) pdf.Ref {
	file := s.File()
	sum := sha256.Sum256(file)
	tag := make([]byte, 6)
	for i := range tag {
		tag[i] = 'A' + sum[i]%26
	}
	name := pdf.Name(string(tag) + "+" + s.cut.Name())
	widths := pdf.Array{}
	for _, w := range s.Widths {
		widths = append(widths, int64(w))
	}
	flags := int64(4) // its letters are numbered in its own way
	if measures[s.cut].italic != 0 {
		flags |= 64
	}
	descriptor := add(pdf.Dict{
		"Type": pdf.Name("FontDescriptor"), "FontName": name, "Flags": flags,
		"FontBBox": pdf.Array{int64(s.Box[0]), int64(s.Box[1]), int64(s.Box[2]), int64(s.Box[3])},
		"Ascent":   int64(s.Ascent), "Descent": int64(s.Desc), "CapHeight": int64(662),
		"ItalicAngle": measures[s.cut].italic, "StemV": measures[s.cut].stem,
		"FontFile2": add(pdf.NewStream(pdf.Dict{"Filter": pdf.Name("FlateDecode"), "Length1": int64(len(file))}, deflate(file))),
	})
	cid := add(pdf.Dict{
		"Type": pdf.Name("Font"), "Subtype": pdf.Name("CIDFontType2"), "BaseFont": name, "CIDToGIDMap": pdf.Name("Identity"),
		"CIDSystemInfo":  pdf.Dict{"Registry": pdf.String("Adobe"), "Ordering": pdf.String("Identity"), "Supplement": int64(0)},
		"FontDescriptor": descriptor, "DW": int64(500), "W": pdf.Array{int64(0), widths},
	})
	return add(pdf.Dict{
		"Type": pdf.Name("Font"), "Subtype": pdf.Name("Type0"), "BaseFont": name, "Encoding": pdf.Name("Identity-H"),
		"DescendantFonts": pdf.Array{cid}, "ToUnicode": add(pdf.NewStream(pdf.Dict{"Filter": pdf.Name("FlateDecode")}, deflate(toUnicode(s.Runes)))),
	})
}

func deflate(b []byte) []byte {
	var out bytes.Buffer
	z, _ := zlib.NewWriterLevel(&out, zlib.BestCompression)
	z.Write(b)
	z.Close()
	return out.Bytes()
}

func toUnicode(runes []rune) []byte {
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n")
	for from := 1; from < len(runes); from += 100 {
		to := min(from+100, len(runes))
		fmt.Fprintf(&b, "%d beginbfchar\n", to-from)
		for i := from; i < to; i++ {
			fmt.Fprintf(&b, "<%04X> <", i)
			for _, u := range utf16.Encode(runes[i : i+1]) {
				fmt.Fprintf(&b, "%04X", u)
			}
			b.WriteString(">\n")
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap CMapName currentdict /CMap defineresource pop end end\n")
	return b.Bytes()
}
