// SPDX-License-Identifier: Apache-2.0

package view

// Overdue is the one click, "Việc quá hạn". GET /viec-qua-han
// Filter (GET): unit, giver, field. Urging: POST /don-doc with scope = "all", "unit/<id>",
// "person/<id>" or "picked" (with work = id, repeated), the filter again, and back.
type Overdue struct {
	Frame
	Sentence  Sentence // "Hôm nay có " + "14 việc quá hạn" + " của 6 cán bộ; 11 việc đến hạn trong hai ngày tới."
	Aside     string   // "Việc quá hạn lâu nhất: …"
	Unit      Select   // first option "của mọi đơn vị", value ""
	Giver     Select   // "bất kỳ ai giao"
	Field     Select   // "bất kỳ"
	SoonWords string   // "đến hạn trong 2 ngày"
	Picture   Picture
	Works     []Work // the same as a table: late ones first
	WorksMore int    // not shown in the table
	MoreHref  string
	Total     int // late, for the button "Đôn đốc cả 14 việc"
	MayUrge   bool
	Narrowed  string // "Việc của ông Lý Thanh Hải": the page narrowed to a person or unit
	PrintHref string
	ExcelHref string
	Empty     string // "Không có việc nào quá hạn."
}

// Urge answers an urging that needs words first: POST /don-doc without kind shows it.
// Fields: kind (remind, criticise, review), text, work (repeated), back.
type Urge struct {
	Frame
	Form  Form
	Works []Work
	Back  string
}

func (Overdue) Template() string { return "overdue" }
func (Urge) Template() string    { return "urge" }
