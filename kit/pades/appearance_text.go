// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"fmt"
	"strconv"
	"strings"

	"soviec/kit/fault"
	"soviec/kit/pdf"
	"soviec/kit/typeface"
)

func lineWidth(line string, size float64) float64 {
	return float64(typeface.RegularFace().Width(line)) * size / 1000
}

// font embeds the letters of some lines: Type 0 with Identity-H, so that every Vietnamese
// letter has its outline, and ToUnicode, so that it can be searched and copied.
func (d *draft) font(lines ...string) (pdf.Ref, *typeface.Subset, error) {
	return d.fontOf(typeface.Upright, lines...)
}

func (d *draft) fontOf(cut typeface.Cut, lines ...string) (pdf.Ref, *typeface.Subset, error) {
	s, err := typeface.FaceOf(cut).Subset(lines...)
	if err != nil {
		return pdf.Ref{}, nil, fault.Invalid("", "Dòng chữ có ký tự mà phông chữ không có: "+err.Error()+".")
	}
	return s.Embed(d.Add), s, nil
}

// fillField writes a text into an empty text field, with an appearance in the embedded
// typeface: the clerk gives number and date so (documents.md 6.3).
func (d *draft) fillField(name, value string) error {
	f := d.find(name)
	if f == nil || f.kind != "Tx" {
		return fault.Invalid("fill", fmt.Sprintf("Văn bản không có ô “%s” để điền. Hãy tạo lại bản trình ký từ mẫu có ô số và ngày.", name))
	}
	if old, _ := d.Resolve(f.dict["V"]); old != nil {
		if s, ok := old.(pdf.String); !ok || fromText(s) != "" {
			return fault.Conflict("fill", fmt.Sprintf("Ô “%s” đã có nội dung.", name))
		}
	}
	field := pdf.Clone(f.dict).(pdf.Dict)
	field["V"] = toText(value)
	widget := field
	if f.widget != f.ref {
		d.Set(f.ref, field)
		widget = pdf.Clone(d.dict(f.widget)).(pdf.Dict)
	}
	s, err := d.pageOf(f.widget, widget)
	if err != nil {
		return err
	}
	w, h := s.shown(d.rectangle(widget["Rect"]))
	if w > 0 && h > 0 {
		ap, err := d.drawValue(value, w, h, s, d.fontCut(f.da), fontSize(f.da), f.align)
		if err != nil {
			return err
		}
		widget["AP"] = pdf.Dict{"N": ap}
	}
	d.Set(f.widget, widget)
	f.dict = field
	return nil
}

// drawValue draws a value in the middle of its field's height.
func (d *draft) drawValue(value string, w, h float64, s sheet, cut typeface.Cut, size float64, align int64) (pdf.Ref, error) {
	font, subset, err := d.fontOf(cut, value)
	if err != nil {
		return pdf.Ref{}, err
	}
	width := float64(typeface.FaceOf(cut).Width(value)) * size / 1000
	if width > w+0.5 {
		return pdf.Ref{}, fault.Invalid("fill", fmt.Sprintf("“%s” dài hơn ô trên văn bản.", value))
	}
	x := 0.0
	switch align {
	case 1:
		x = (w - width) / 2
	case 2:
		x = w - width
	}
	y := (h-size*float64(subset.Ascent-subset.Desc)/1000)/2 - size*float64(subset.Desc)/1000
	content := fmt.Sprintf("/Tx BMC q BT /F0 %s Tf 0 g 1 0 0 1 %s %s Tm <%X> Tj ET Q EMC\n", decimal(size), decimal(x), decimal(y), subset.Encode(value))
	return d.form([]byte(content), pdf.Dict{"Font": pdf.Dict{"F0": font}}, w, h, s), nil
}

// fontSize reads the size from a default appearance ("/F 13 Tf 0 g"); 0 and nothing mean
// the size of running text.
func fontSize(da pdf.Object) float64 {
	s, _ := da.(pdf.String)
	parts := strings.Fields(string(s))
	for i, p := range parts {
		if p == "Tf" && i > 0 {
			if size, err := strconv.ParseFloat(parts[i-1], 64); err == nil && size > 0 && size < 200 {
				return size
			}
		}
	}
	return 13
}

// fontCut reads the cut from the font that a default appearance names: the place and date
// of a document are italic.
func (d *draft) fontCut(da pdf.Object) typeface.Cut {
	s, _ := da.(pdf.String)
	for _, part := range strings.Fields(string(s)) {
		if name, ok := strings.CutPrefix(part, "/"); ok {
			fonts := d.dict(d.dict(d.dict(d.root["AcroForm"])["DR"])["Font"])
			base, _ := d.dict(fonts[pdf.Name(name)])["BaseFont"].(pdf.Name)
			return typeface.CutNamed(string(base))
		}
	}
	return typeface.Upright
}

// A TextField is an empty field that a later revision fills: so and ngay on a draft.
type TextField struct {
	Name  string
	Label string // for readers aloud (/TU)
	Page  int
	Place Rect
	Size  float64 // of the letters, in points
	Align int64   // 0 left, 1 centred, 2 right
}
