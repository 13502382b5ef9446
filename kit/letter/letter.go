// SPDX-License-Identifier: Apache-2.0

// Package letter sets an official letter by Decree 30/2020, Appendix I: words in, PDF/A-2b out.
//
// A Letter holds everything that stands on the paper of the 29 kinds of administrative
// documents. Its body is blocks, which Parse reads from plain text and Text writes back.
// Set makes the pages; Over lays a corner line or the form of a copy over another file.
//
// May enter: elements of form, their geometry, the typeface, PDF/A. May not: numbers and
// who gives them, rights, people, signatures, storage.
package letter

import "soviec/kit/civil"

// A Letter is the content of one document as it will be printed. It is stored as JSON:
// names of fields never change their meaning; new ones may be added.
type Letter struct {
	Type string `json:"type"`           // code in Types: "QĐ", "CV", …
	Name string `json:"name,omitempty"` // printed name of the type where it is not the usual one

	Superior string `json:"superior,omitempty"` // cơ quan chủ quản; "\n" breaks a line
	Agency   string `json:"agency"`             // cơ quan ban hành; "\n" breaks a line
	Issuer   string `json:"issuer,omitempty"`   // who issues it, in running text: "Trưởng Ban Dân tộc tỉnh Cao Bằng"

	Number   string     `json:"number,omitempty"`   // "05"; empty: not numbered yet
	Notation string     `json:"notation,omitempty"` // "QĐ-BDT"
	Place    string     `json:"place,omitempty"`    // "Cao Bằng"
	Date     civil.Date `json:"date,omitzero"`      // zero: not dated yet

	Subject     string `json:"subject,omitempty"`     // trích yếu, without "V/v"
	Urgency     int    `json:"urgency,omitempty"`     // 0 none, 1 KHẨN, 2 THƯỢNG KHẨN, 3 HỎA TỐC
	Circulation string `json:"circulation,omitempty"` // chỉ dẫn phạm vi lưu hành: "LƯU HÀNH NỘI BỘ"
	Corner      string `json:"corner,omitempty"`      // ô số 14: a line in the upper right corner of page 1

	Caller     string   `json:"caller,omitempty"`     // before the addressees, where it is not "Kính gửi": "Chủ tịch Ủy ban nhân dân tỉnh điện"
	Addressees []string `json:"addressees,omitempty"` // Kính gửi, without dashes and closing marks

	Body []Block `json:"body,omitempty"`

	Signatures   []Signature `json:"signatures,omitempty"`   // one stands right; of two (biên bản) the first stands left
	Recipients   []string    `json:"recipients,omitempty"`   // Nơi nhận, without dashes and closing marks
	Drafter      string      `json:"drafter,omitempty"`      // ký hiệu người soạn thảo: "PL"
	Copies       int         `json:"copies,omitempty"`       // số lượng bản phát hành
	Confirmation string      `json:"confirmation,omitempty"` // giấy nghỉ phép: who else signs below, "Xác nhận của …"
	Address      string      `json:"address,omitempty"`      // ô số 13, foot of page 1; "\n" breaks a line

	Appendices []Appendix `json:"appendices,omitempty"`
	Landscape  bool       `json:"landscape,omitempty"` // a body of tables that are not made an appendix
}

// A BlockKind says what a block of the body is.
type BlockKind string

// The kinds of blocks. All but tables are one paragraph of plain text.
const (
	Para    BlockKind = "text"    // a paragraph
	Basis   BlockKind = "base"    // căn cứ ban hành: italic
	Centred BlockKind = "centred" // thẩm quyền ban hành, "QUYẾT ĐỊNH:": bold, in the middle
	Part    BlockKind = "part"    // Phần, Chương: Mark "Chương I", Text its title
	Section BlockKind = "section" // Mục, Tiểu mục: Mark "Mục 1", Text its title
	Roman   BlockKind = "roman"   // Mark "I.", Text a heading
	Article BlockKind = "article" // điều: Mark "Điều 1.", Text its title or its words
	Clause  BlockKind = "clause"  // khoản: Mark "1." or "1.1."
	Point   BlockKind = "point"   // điểm: Mark "a)"
	Dash    BlockKind = "dash"    // Mark "-" or "+"
	Table   BlockKind = "table"   // Rows
)

// A Block is one paragraph, heading or table.
type Block struct {
	Kind BlockKind  `json:"kind"`
	Mark string     `json:"mark,omitempty"`
	Text string     `json:"text,omitempty"`
	Rows [][]string `json:"rows,omitempty"` // of a table; all rows have as many cells
	Head int        `json:"head,omitempty"` // rows at the top that are repeated on each page
}

// A Signature is one block of a signer.
type Signature struct {
	Lines []string `json:"lines,omitempty"` // quyền hạn, chức vụ, one line each: see Capacity
	Above string   `json:"above,omitempty"` // another title of his, above the name
	Name  string   `json:"name,omitempty"`
	Note  string   `json:"note,omitempty"` // under the lines, italic: "(Ký, ghi rõ họ tên)"
}

// An Appendix is a phụ lục, or a text that the document promulgates, in the same file.
type Appendix struct {
	Type      string  `json:"type,omitempty"`     // code of a promulgated text ("QC"); empty: a phụ lục
	Title     string  `json:"title,omitempty"`    // printed in capitals
	Enclosed  string  `json:"enclosed,omitempty"` // "(Kèm theo …)"; empty: made of the document's own data
	Body      []Block `json:"body,omitempty"`
	Landscape bool    `json:"landscape,omitempty"`
}

// A Copy is the form of a paper copy (Decree 30/2020, Article 25, Appendix I, Part II).
type Copy struct {
	Kind       CopyKind   `json:"kind"`
	Superior   string     `json:"superior,omitempty"`
	Agency     string     `json:"agency"`
	Number     string     `json:"number,omitempty"`
	Notation   string     `json:"notation,omitempty"`
	Place      string     `json:"place,omitempty"`
	Date       civil.Date `json:"date,omitzero"`
	Signature  Signature  `json:"signature"`
	Recipients []string   `json:"recipients,omitempty"`
}

// A CopyKind is the form of a copy by its abbreviation in a notation.
type CopyKind string

// The forms of copies.
const (
	CopyWhole   CopyKind = "SY"  // sao y
	CopyOfCopy  CopyKind = "SL"  // sao lục
	CopyExcerpt CopyKind = "TrS" // trích sao
)

// Words is the form as it is printed.
func (k CopyKind) Words() string {
	return map[CopyKind]string{CopyWhole: "SAO Y", CopyOfCopy: "SAO LỤC", CopyExcerpt: "TRÍCH SAO"}[k]
}
