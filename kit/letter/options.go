// SPDX-License-Identifier: Apache-2.0

package letter

import "time"

// Options say how a letter is set.
type Options struct {
	Profile    Profile   // zero: DefaultProfile
	Fields     bool      // number and date not known yet become form fields "so" and "ngay"
	Electronic bool      // the references of appendices to their document stay blank (III.1đ)
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
	Name       string // "1" to "14" as in the drawing of Appendix I; "7c" is room for the signature, "8" for the seal; FieldNumber, FieldDate
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
