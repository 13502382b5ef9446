// SPDX-License-Identifier: Apache-2.0

package letter

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"soviec/kit/fault"
	"soviec/kit/pdf"
	"soviec/kit/typeface"
)

// fontNames are the names of the cuts within a page and within the form.
var fontNames = [...]pdf.Name{"Tinos", "TinosBold", "TinosItalic", "TinosBoldItalic"}

// missing names the letters that the typeface does not have.
func (c *canvas) missing() error {
	var lack []string
	seen := map[rune]bool{}
	for _, s := range c.sheets {
		for _, m := range s.marks {
			f := typeface.FaceOf(m.cut)
			for _, r := range m.text {
				if f.Advance(r) == 0 && !seen[r] {
					seen[r] = true
					if len(lack) < 8 {
						lack = append(lack, fmt.Sprintf("“%c” (U+%04X)", r, r))
					}
				}
			}
		}
	}
	if lack == nil {
		return nil
	}
	return fault.Invalid("body", "Phông chữ của văn bản không có ký tự "+strings.Join(lack, ", ")+". Hãy thay bằng chữ khác.")
}

// file writes the canvas as PDF/A-2b (ISO 19005-2) with its logical structure.
func (c *canvas) file(title string, o Options) ([]byte, error) {
	if err := c.missing(); err != nil {
		return nil, err
	}
	m := &pdf.Maker{}
	root, info, pages := m.New(), m.New(), m.New()
	subsets, fonts, err := c.embed(m)
	if err != nil {
		return nil, err
	}
	resources := m.Add(pdf.Dict{"Font": maps.Clone(fonts)})
	refs := make([]pdf.Ref, len(c.sheets))
	for i := range refs {
		refs[i] = m.New()
	}
	var kids, fields pdf.Array
	parents := make([][]*element, len(c.sheets))
	widgets := []widget{}
	for i, s := range c.sheets {
		stream, owners := s.content(&subsets)
		parents[i] = owners
		page := pdf.Dict{"Type": pdf.Name("Page"), "Parent": pages, "MediaBox": pdf.Array{int64(0), int64(0), points(s.w), points(s.h)},
			"Resources": resources, "Contents": m.Add(packed(pdf.Dict{}, stream)), "StructParents": int64(i), "Tabs": pdf.Name("S")}
		var annots pdf.Array
		for _, f := range s.fields {
			w := widget{ref: m.New(), page: refs[i], key: len(c.sheets) + len(widgets)}
			m.Set(w.ref, f.object(m, s, refs[i], fonts, w.key))
			widgets = append(widgets, w)
			annots, fields = append(annots, w.ref), append(fields, w.ref)
		}
		if annots != nil {
			page["Annots"] = annots
		}
		m.Set(refs[i], page)
		kids = append(kids, refs[i])
	}
	m.Set(pages, pdf.Dict{"Type": pdf.Name("Pages"), "Kids": kids, "Count": int64(len(kids))})
	catalog := pdf.Dict{
		"Type": pdf.Name("Catalog"), "Pages": pages, "Lang": pdf.String("vi-VN"), "MarkInfo": pdf.Dict{"Marked": true},
		"StructTreeRoot": c.structure(m, refs, parents, widgets), "ViewerPreferences": pdf.Dict{"DisplayDocTitle": true},
		"Metadata": m.Add(pdf.NewStream(pdf.Dict{"Type": pdf.Name("Metadata"), "Subtype": pdf.Name("XML")}, xmp(title, o.At))),
		"OutputIntents": pdf.Array{pdf.Dict{"Type": pdf.Name("OutputIntent"), "S": pdf.Name("GTS_PDFA1"), "OutputConditionIdentifier": pdf.String("sRGB IEC61966-2.1"),
			"Info": pdf.String("sRGB IEC61966-2.1"), "DestOutputProfile": m.Add(packed(pdf.Dict{"N": int64(3)}, srgb()))}},
	}
	if fields != nil {
		catalog["AcroForm"] = m.Add(pdf.Dict{"Fields": fields, "DR": pdf.Dict{"Font": fonts}, "DA": pdf.String("/Tinos 13 Tf 0 g")})
	}
	m.Set(root, catalog)
	meta := pdf.Dict{"Title": textString(title), "Producer": pdf.String(producer), "Creator": pdf.String(producer)}
	if !o.At.IsZero() {
		meta["CreationDate"], meta["ModDate"] = dateString(o.At), dateString(o.At)
	}
	m.Set(info, meta)
	return m.Bytes(root, info)
}

// embed puts the letters in use into the file, cut by cut. The form needs the two cuts of
// its fields even where nothing is set in them.
func (c *canvas) embed(m *pdf.Maker) (subsets [4]*typeface.Subset, fonts pdf.Dict, err error) {
	var texts [4][]string
	for _, s := range c.sheets {
		for _, k := range s.marks {
			if k.kind == markWords {
				texts[k.cut] = append(texts[k.cut], k.text)
			}
		}
		for _, f := range s.fields {
			texts[f.cut] = append(texts[f.cut], "0123456789 /-")
		}
	}
	fonts = pdf.Dict{}
	for i := range texts {
		if texts[i] == nil && i > 0 {
			continue
		}
		if subsets[i], err = typeface.FaceOf(typeface.Cut(i)).Subset(texts[i]...); err != nil {
			return subsets, nil, err
		}
		fonts[fontNames[i]] = subsets[i].Embed(m.Add)
	}
	return subsets, fonts, nil
}

// content writes the marks of a page, each stretch under the element it belongs to, and
// lists those elements by number.
func (s *sheet) content(subsets *[4]*typeface.Subset) ([]byte, []*element) {
	var b bytes.Buffer
	var owners []*element
	var open *element
	started, red := false, false
	for _, k := range s.marks {
		if !started || k.in != open {
			if started {
				b.WriteString("EMC\n")
			}
			if started, open = true, k.in; open == nil {
				b.WriteString("/Artifact BMC\n")
			} else {
				open.kids = append(open.kids, content{s.no, len(owners)})
				fmt.Fprintf(&b, "/%s <</MCID %d>> BDC\n", open.tag, len(owners))
				owners = append(owners, open)
			}
		}
		if k.red != red {
			if red = k.red; red {
				b.WriteString("1 0 0 rg 1 0 0 RG\n")
			} else {
				b.WriteString("0 g 0 G\n")
			}
		}
		x, y := k.x/pt, (s.h-k.y)/pt
		switch k.kind {
		case markWords:
			fmt.Fprintf(&b, "BT /%s %s Tf %s %s Td %s TJ ET\n", fontNames[k.cut], num(k.size), num(x), num(y), k.glyphs(subsets[k.cut]))
		case markRule:
			fmt.Fprintf(&b, "%s w %s %s m %s %s l S\n", num(k.thick), num(x), num(y), num(x+k.w/pt), num(y-k.h/pt))
		case markFrame:
			fmt.Fprintf(&b, "%s w %s %s %s %s re S\n", num(k.thick), num(x), num(y-k.h/pt), num(k.w/pt), num(k.h/pt))
		}
	}
	if started {
		b.WriteString("EMC\n")
	}
	return b.Bytes(), owners
}

// glyphs writes words; where a line is stretched, each blank is followed by more room.
func (k mark) glyphs(sub *typeface.Subset) string {
	if k.stretch == 0 || !strings.Contains(k.text, " ") {
		return fmt.Sprintf("[<%X>]", sub.Encode(k.text))
	}
	var b strings.Builder
	b.WriteByte('[')
	parts := strings.SplitAfter(k.text, " ")
	for i, p := range parts {
		if p == "" {
			continue
		}
		fmt.Fprintf(&b, "<%X>", sub.Encode(p))
		if i < len(parts)-1 {
			b.WriteString(num(-k.stretch / pt / k.size * 1000))
		}
	}
	b.WriteByte(']')
	return b.String()
}

// object is a field with its widget and the look of an empty one.
func (f formField) object(m *pdf.Maker, s *sheet, page pdf.Ref, fonts pdf.Dict, key int) pdf.Dict {
	name := fontNames[f.cut]
	look := m.Add(pdf.NewStream(pdf.Dict{"Type": pdf.Name("XObject"), "Subtype": pdf.Name("Form"), "BBox": pdf.Array{int64(0), int64(0), points(f.w), points(f.h)},
		"Resources": pdf.Dict{"Font": pdf.Dict{name: fonts[name]}}}, []byte("/Tx BMC EMC\n")))
	return pdf.Dict{"Type": pdf.Name("Annot"), "Subtype": pdf.Name("Widget"), "FT": pdf.Name("Tx"), "T": pdf.String(f.name), "TU": textString(f.label),
		"F": int64(4), "P": page, "Q": f.align, "DA": pdf.String(fmt.Sprintf("/%s %s Tf 0 g", name, num(f.size))),
		"Rect":         pdf.Array{points(f.x), points(s.h - f.y - f.h), points(f.x + f.w), points(s.h - f.y)},
		"StructParent": int64(key), "AP": pdf.Dict{"N": look}}
}

// widget is a field in the structure.
type widget struct {
	ref, page pdf.Ref
	key       int
}

// structure writes the tree of elements and the way back from each stretch of content.
func (c *canvas) structure(m *pdf.Maker, pages []pdf.Ref, parents [][]*element, widgets []widget) pdf.Ref {
	root := m.New()
	refs := map[*element]pdf.Ref{}
	var write func(e *element, up pdf.Ref) pdf.Ref
	write = func(e *element, up pdf.Ref) pdf.Ref {
		ref := m.New()
		refs[e] = ref
		kids := pdf.Array{}
		for _, k := range e.kids {
			switch k := k.(type) {
			case *element:
				if len(k.kids) > 0 {
					kids = append(kids, write(k, ref))
				}
			case content:
				kids = append(kids, pdf.Dict{"Type": pdf.Name("MCR"), "Pg": pages[k.page-1], "MCID": int64(k.id)})
			}
		}
		if e == c.root {
			for _, w := range widgets {
				kids = append(kids, m.Add(pdf.Dict{"Type": pdf.Name("StructElem"), "S": pdf.Name("Form"), "P": ref,
					"K": pdf.Dict{"Type": pdf.Name("OBJR"), "Obj": w.ref, "Pg": w.page}}))
			}
		}
		m.Set(ref, pdf.Dict{"Type": pdf.Name("StructElem"), "S": pdf.Name(e.tag), "P": up, "K": kids})
		return ref
	}
	top := write(c.root, root)
	nums := pdf.Array{}
	for i, owners := range parents {
		list := pdf.Array{}
		for _, e := range owners {
			list = append(list, refs[e])
		}
		nums = append(nums, int64(i), list)
	}
	for _, w := range widgets {
		nums = append(nums, int64(w.key), top)
	}
	m.Set(root, pdf.Dict{"Type": pdf.Name("StructTreeRoot"), "K": pdf.Array{top},
		"ParentTree": m.Add(pdf.Dict{"Nums": nums}), "ParentTreeNextKey": int64(len(parents) + len(widgets))})
	return root
}

func points(mm float64) float64 { return float64(int64(mm/pt*1000+0.5)) / 1000 }

func num(x float64) string {
	s := strconv.FormatFloat(x, 'f', 3, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" || s == "" {
		return "0"
	}
	return s
}

func packed(d pdf.Dict, data []byte) *pdf.Stream {
	var b bytes.Buffer
	z, _ := zlib.NewWriterLevel(&b, zlib.DefaultCompression)
	z.Write(data)
	z.Close()
	d["Filter"] = pdf.Name("FlateDecode")
	return pdf.NewStream(d, b.Bytes())
}

// textString writes a text for a dictionary: ASCII as it is, anything else as UTF-16.
func textString(s string) pdf.String {
	if !slices.ContainsFunc([]byte(s), func(c byte) bool { return c < ' ' || c > '~' }) {
		return pdf.String(s)
	}
	out := []byte{0xfe, 0xff}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u>>8), byte(u))
	}
	return pdf.String(out)
}
