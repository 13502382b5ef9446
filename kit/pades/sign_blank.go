// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"context"
	"fmt"
	"io"
	"strings"

	"soviec/kit/fault"
	"soviec/kit/pdf"
)

// AddFields gives the revision that adds empty text fields to a draft nobody has signed
// yet, as number and date are still to come (documents.md 6.3).
func AddFields(ctx context.Context, src io.ReaderAt, size int64, fields ...TextField) (tail []byte, err error) {
	d, err := openDraft(ctx, src, size)
	if err != nil {
		return nil, err
	}
	if len(d.signed()) > 0 {
		return nil, fault.Conflict("", "Văn bản đã có chữ ký nên không thêm ô số và ngày được nữa.")
	}
	for _, f := range fields {
		if f.Name == "" || strings.Contains(f.Name, ".") || d.find(f.Name) != nil {
			return nil, fault.Invalid("name", fmt.Sprintf("Tên ô “%s” trống, có dấu chấm hoặc đã có trong văn bản.", f.Name))
		}
		page, ref, err := d.page(f.Page)
		if err != nil {
			return nil, err
		}
		s, err := d.sheetOf(page)
		if err != nil {
			return nil, err
		}
		points := f.Size
		if points <= 0 {
			points = 13
		}
		w, h := f.Place.W*pointsPerMM, f.Place.H*pointsPerMM
		if w <= 0 || h <= 0 {
			return nil, fault.Invalid("place", fmt.Sprintf("Ô “%s” chưa có vị trí trên trang.", f.Name))
		}
		field := pdf.Dict{
			"Type": pdf.Name("Annot"), "Subtype": pdf.Name("Widget"), "FT": pdf.Name("Tx"), "T": toText(f.Name), "F": int64(4),
			"P": ref, "Rect": s.own(f.Place), "Q": f.Align, "DA": pdf.String("/Helv " + decimal(points) + " Tf 0 g"),
			"AP": pdf.Dict{"N": d.form([]byte("/Tx BMC EMC\n"), pdf.Dict{}, w, h, s)},
		}
		if f.Label != "" {
			field["TU"] = toText(f.Label)
		}
		if s.rotate != 0 {
			field["MK"] = pdf.Dict{"R": int64(s.rotate)}
		}
		if err := d.addField(field, page, ref); err != nil {
			return nil, err
		}
	}
	tail, _, err = d.Bytes()
	return tail, err
}

// addField enters a field that is no signature: the form needs a default typeface then.
func (d *draft) addField(field, page pdf.Dict, pageRef pdf.Ref) error {
	form := d.dict(d.root["AcroForm"])
	if form == nil {
		helv := d.Add(pdf.Dict{"Type": pdf.Name("Font"), "Subtype": pdf.Name("Type1"), "BaseFont": pdf.Name("Helvetica"), "Encoding": pdf.Name("WinAnsiEncoding")})
		form = pdf.Dict{"Fields": pdf.Array{}, "DA": pdf.String("/Helv 0 Tf 0 g"), "DR": pdf.Dict{"Font": pdf.Dict{"Helv": helv}}}
		d.root["AcroForm"] = d.Add(form)
		d.Set(d.rootRef, d.root)
	}
	return d.addWidget(field, page, pageRef, 0)
}
