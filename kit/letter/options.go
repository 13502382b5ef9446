// SPDX-License-Identifier: Apache-2.0

package letter

import (
	"fmt"
	"time"

	"soviec/kit/fault"
)

// Options say how a letter is set.
type Options struct {
	Profile    Profile   // zero: DefaultProfile
	Fields     bool      // number and date not known yet become form fields "so" and "ngay"
	Electronic bool      // the references of appendices to their document stay blank (III.1đ)
	Copy       *Copy     // sets a paper copy: the text, "(Đã ký)", and the form of the copy below
	At         time.Time // the moment written into the file as its creation
}

// A Result is a letter as PDF/A-2b. The same letter and options give the same bytes.
type Result struct {
	PDF   []byte
	Pages int
	Boxes []Box
}

// A Box is where an element stands, in millimetres from the upper left corner of its page.
type Box struct {
	Name       string // "1" to "14" as in the drawing of Appendix I; "7c" is room for the signature, "8" for the seal, "7c-2" room for who signs beside the signer; FieldNumber, FieldDate
	Page       int    // from 1
	X, Y, W, H float64
}

// A Profile is what the decree leaves to choose: margins in millimetres, sizes in points.
// It may be kept as a setting of the agency.
type Profile struct {
	Top       float64 `json:"top"`       // 20–25
	Bottom    float64 `json:"bottom"`    // 20–25
	Left      float64 `json:"left"`      // 30–35
	Right     float64 `json:"right"`     // 15–20
	State     float64 `json:"state"`     // quốc hiệu, 12–13
	Motto     float64 `json:"motto"`     // tiêu ngữ, 13–14
	Issuer    float64 `json:"issuer"`    // superior and agency, 12–13
	Number    float64 `json:"number"`    // 13
	Date      float64 `json:"date"`      // 13–14
	About     float64 `json:"about"`     // "V/v …", 12–13
	Title     float64 `json:"title"`     // name of the type and its subject, 13–14
	Body      float64 `json:"body"`      // 13–14
	Table     float64 `json:"table"`     // cells; not in the decree
	Indent    float64 `json:"indent"`    // first line, 10 or 12.7 mm
	Paragraph float64 `json:"paragraph"` // between paragraphs, at least 6 points
	Leading   float64 `json:"leading"`   // line spacing, 1–1.5 times single
}

// DefaultProfile holds the usual values.
var DefaultProfile = Profile{Top: 20, Bottom: 20, Left: 30, Right: 20, State: 12, Motto: 13, Issuer: 12, Number: 13, Date: 13, About: 12,
	Title: 14, Body: 14, Table: 12, Indent: 12.7, Paragraph: 6, Leading: 1}

// Validate asks whether a profile stays within what the decree allows (Appendix I, I and IV).
func (p Profile) Validate() error {
	var errs []error
	for _, r := range []struct {
		field, name    string
		v, least, most float64
	}{
		{"top", "Lề trên", p.Top, 20, 25}, {"bottom", "Lề dưới", p.Bottom, 20, 25}, {"left", "Lề trái", p.Left, 30, 35}, {"right", "Lề phải", p.Right, 15, 20},
		{"state", "Cỡ chữ Quốc hiệu", p.State, 12, 13}, {"motto", "Cỡ chữ Tiêu ngữ", p.Motto, 13, 14}, {"issuer", "Cỡ chữ tên cơ quan", p.Issuer, 12, 13},
		{"number", "Cỡ chữ số, ký hiệu", p.Number, 13, 13}, {"date", "Cỡ chữ địa danh và thời gian", p.Date, 13, 14}, {"about", "Cỡ chữ trích yếu công văn", p.About, 12, 13},
		{"title", "Cỡ chữ tên loại", p.Title, 13, 14}, {"body", "Cỡ chữ nội dung", p.Body, 13, 14}, {"table", "Cỡ chữ trong bảng", p.Table, 8, 14},
		{"indent", "Thụt dòng đầu", p.Indent, 10, 12.7}, {"paragraph", "Khoảng cách đoạn", p.Paragraph, 6, 18}, {"leading", "Khoảng cách dòng", p.Leading, 1, 1.5},
	} {
		if !(r.v >= r.least && r.v <= r.most) {
			errs = append(errs, fault.Invalid(r.field, fmt.Sprintf("%s phải từ %g đến %g.", r.name, r.least, r.most)))
		}
	}
	return fault.Join(errs...)
}
