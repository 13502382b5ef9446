// SPDX-License-Identifier: Apache-2.0

// Package seed is the sample office: fictional people and the documents of a year, made from fixed numbers; it writes nothing itself.
//
// May enter: invented people, units, issuers, subjects, letters and what happens to them, as plain values.
// May not: the database, the book, files of the computer, the clock of the machine, real persons.
package seed

import "soviec/kit/civil"

// An Agency is the sample agency (cơ quan, tổ chức).
type Agency struct {
	Name     string // in full, as in the head of its documents
	Short    string // in the notation of its documents
	Code     string // mã định danh cơ quan
	Superior string // cơ quan chủ quản
	Place    string // địa danh before the date
	Address  string
}

// A Unit is a part of the agency for a time (đơn vị). Keys are stable and lower-case.
type Unit struct {
	Key   string
	Name  string
	Short string // ký hiệu đơn vị, in the notation of official letters
	Kind  string // "leaders", "office" or "division"
	From  civil.Date
	To    civil.Date // last day; zero while it stands
	Head  string     // the person who leads it, by the posts of its last or present day
}

// A Merge is one line of the lineage: the units From went into Into on the Day.
type Merge struct {
	Day   civil.Date
	From  []string // units whose last day is the day before
	Into  string   // goes on under its own key and name
	Basis string
}

// A Person is invented. The key is the name to sign in with.
type Person struct {
	Key   string
	Name  string
	Woman bool
	Email string
	Phone string
}

// A Post is what a person is in a unit from a day on (chức vụ, vị trí). Roles are those of
// the rights table: clerk, deputy_clerk, head, deputy, office_chief, office_deputy, unit_head,
// unit_deputy, officer, archivist, schedule_officer, sysadmin.
type Post struct {
	Person string
	Unit   string
	Title  string
	Roles  []string
	From   civil.Date
	To     civil.Date // last day; zero while it lasts
}

// A Field is a matter of the agency's work (lĩnh vực) with the leader in charge of it.
type Field struct {
	Key    string
	Name   string
	Leader string // the head or the deputy in charge
	Unit   string // leads since the merging
	Before string // led until the merging
}

// UnitOn is the unit that leads the field on the day.
func (f Field) UnitOn(d civil.Date) string {
	if d < mergeDay {
		return f.Before
	}
	return f.Unit
}

// A Rule proposes who reads a document first and who should lead it. Rules are tried by
// Order; an empty condition always holds; the first rule that holds is taken.
type Rule struct {
	Order    int
	Name     string   // shown to the clerk beside the proposal
	Issuers  []string // groups or keys of issuers
	Types    []string // codes of types
	Urgency  int      // at least
	Keywords []string // one of them stands in the subject
	Field    string
	To       string   // leader; empty: the leader in charge of the field
	Lead     string   // unit; empty: the unit of the field
	Coop     []string // units
	Info     []string // persons
	Parallel bool     // leader and unit at once
	Days     int      // working days proposed; 0: none
}

// A Setup is the whole standing data of the sample agency.
type Setup struct {
	Agency  Agency
	Units   []Unit
	Merges  []Merge
	People  []Person
	Posts   []Post
	Fields  []Field
	Rules   []Rule
	Issuers []Issuer
	Types   []Type
}

// A Type is a kind of document (tên loại) with the code used in notations; an official
// letter (công văn) has the code "CV", which no notation shows.
type Type struct {
	Code  string
	Name  string
	Class string // admin29, normative, petition
}

// The day on which five specialised divisions became three.
var mergeDay = civil.New(2019, 5, 15)

var founded = civil.New(2017, 1, 1)

// Office is the sample agency. The value is made anew at each call and may be changed.
func Office() Setup {
	return Setup{
		Agency: Agency{
			Name: "Ban Dân tộc tỉnh Cao Bằng", Short: "BDT", Code: "H14.18",
			Superior: "Ủy ban nhân dân tỉnh Cao Bằng", Place: "Cao Bằng",
			Address: "Số 00, phố Mẫu, thành phố Cao Bằng, tỉnh Cao Bằng",
		},
		Units: units(), Merges: onBasis(merges()), People: people(), Posts: posts(),
		Fields: fields(), Rules: rules(), Issuers: Issuers(), Types: types(),
	}
}

func units() []Unit {
	last := mergeDay.AddDays(-1)
	return []Unit{
		{Key: "ld", Name: "Lãnh đạo Ban", Short: "LĐB", Kind: "leaders", From: founded, Head: "thang"},
		{Key: "vp", Name: "Văn phòng", Short: "VP", Kind: "office", From: founded, Head: "minh"},
		{Key: "cs", Name: "Phòng Chính sách Dân tộc", Short: "CS", Kind: "division", From: founded, Head: "lam"},
		{Key: "khth", Name: "Phòng Kế hoạch – Tổng hợp", Short: "KHTH", Kind: "division", From: founded, Head: "xuan"},
		{Key: "ttdb", Name: "Phòng Tuyên truyền và Địa bàn", Short: "TTĐB", Kind: "division", From: founded, To: last, Head: "nga"},
		{Key: "nv", Name: "Phòng Nghiệp vụ Dân tộc", Short: "NV", Kind: "division", From: founded, To: last, Head: "khoi"},
		{Key: "ttr", Name: "Thanh tra", Short: "TTr", Kind: "division", From: founded, Head: "dai"},
	}
}

func merges() []Merge {
	return []Merge{{Day: mergeDay, From: []string{"ttdb"}, Into: "cs"}, {Day: mergeDay, From: []string{"nv"}, Into: "khth"}}
}

// onBasis says by which of the year's decisions the units were merged.
func onBasis(all []Merge) []Merge {
	for _, p := range Departures2019() {
		if p.Key == MergeKey {
			for k := range all {
				all[k].Basis = p.named() + " về việc " + lowerFirst(p.Subject)
			}
		}
	}
	return all
}

func types() []Type {
	return []Type{
		{"CV", "Công văn", "admin29"}, {"NQ", "Nghị quyết", "admin29"}, {"QĐ", "Quyết định", "admin29"},
		{"CT", "Chỉ thị", "admin29"}, {"TB", "Thông báo", "admin29"}, {"HD", "Hướng dẫn", "admin29"},
		{"CTr", "Chương trình", "admin29"}, {"KH", "Kế hoạch", "admin29"}, {"BC", "Báo cáo", "admin29"},
		{"TTr", "Tờ trình", "admin29"}, {"CĐ", "Công điện", "admin29"}, {"GM", "Giấy mời", "admin29"},
		{"PC", "Phiếu chuyển", "admin29"}, {"QC", "Quy chế", "admin29"}, {"QyĐ", "Quy định", "admin29"},
		{"PA", "Phương án", "admin29"}, {"GGT", "Giấy giới thiệu", "admin29"}, {"GUQ", "Giấy ủy quyền", "admin29"}, {"NĐ", "Nghị định", "normative"}, {"TT", "Thông tư", "normative"},
		{"ĐƠN", "Đơn", "petition"},
	}
}
