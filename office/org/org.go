// SPDX-License-Identifier: Apache-2.0

// Package org is who holds which post in which unit on which day, and what that allows.
//
// May enter: agencies, units, posts, people, duties, absences, the calendar's rows, credentials, May.
// May not: documents, tasks, HTTP.
package org

import (
	"slices"
	"strings"

	"soviec/kit/civil"
)

// A Role is what a post lets its holder do (vai trò; Nghị định 30/2020/NĐ-CP Điều 6, 13, 32).
// A person may hold several.
type Role string

// The roles.
const (
	Clerk           Role = "clerk"            // văn thư cơ quan
	DeputyClerk     Role = "deputy_clerk"     // văn thư dự phòng
	Head            Role = "head"             // người đứng đầu cơ quan
	Deputy          Role = "deputy"           // cấp phó của người đứng đầu
	OfficeChief     Role = "office_chief"     // Chánh Văn phòng
	OfficeDeputy    Role = "office_deputy"    // Phó Chánh Văn phòng
	UnitHead        Role = "unit_head"        // trưởng phòng
	UnitDeputy      Role = "unit_deputy"      // phó trưởng phòng
	Officer         Role = "officer"          // chuyên viên
	UnitClerk       Role = "unit_clerk"       // văn thư đơn vị
	Archivist       Role = "archivist"        // lưu trữ cơ quan
	ScheduleOfficer Role = "schedule_officer" // người theo dõi lịch công tác
	Auditor         Role = "auditor"          // người kiểm tra, chỉ đọc
	SysAdmin        Role = "sysadmin"         // quản trị hệ thống; không đọc nội dung văn bản
)

// Roles are all roles with the words that the screen shows, in their usual order.
var Roles = []struct {
	Role Role
	Name string
}{
	{Head, "Người đứng đầu cơ quan"},
	{Deputy, "Cấp phó của người đứng đầu"},
	{OfficeChief, "Chánh Văn phòng"},
	{OfficeDeputy, "Phó Chánh Văn phòng"},
	{Clerk, "Văn thư cơ quan"},
	{DeputyClerk, "Văn thư dự phòng"},
	{UnitHead, "Trưởng phòng"},
	{UnitDeputy, "Phó Trưởng phòng"},
	{UnitClerk, "Văn thư đơn vị"},
	{Officer, "Chuyên viên"},
	{Archivist, "Lưu trữ cơ quan"},
	{ScheduleOfficer, "Theo dõi lịch công tác"},
	{Auditor, "Người kiểm tra (chỉ đọc)"},
	{SysAdmin, "Quản trị hệ thống"},
}

// An Agency is an office with a book of its own (cơ quan).
type Agency struct {
	ID       int64
	Code     string // mã định danh, QĐ 28/2018/QĐ-TTg Điều 10
	Name     string
	Short    string // abbreviation in notations: BDT
	Superior string // the body above, as on the first line of its documents
	Place    string // place name in "…, ngày … tháng … năm …"
	Sample   bool   // holds sample data; said on every page
	Version  int64  // grows with each change of what a Directory shows
}

// A Unit is a part of the agency (phòng, ban). Its identity is never used again.
type Unit struct {
	ID     int64
	Name   string
	Short  string
	Kind   string // leaders, office, division, other
	Sort   int64
	From   civil.Date
	To     civil.Date // the first day on which it is no longer there; zero while it is
	Became int64      // the unit that took over its work; 0 for none
	Basis  string     // the document that founded or ended it
}

// On reports whether the unit is there on a day.
func (u Unit) On(d civil.Date) bool { return on(u.From, u.To, d) }

// A Person works or worked in the agency.
type Person struct {
	ID      int64
	Name    string
	Address string // ông, bà
	Phone   string
	Email   string
}

// Polite is the name with the form of address: "ông Hải" is said of the given name.
func (p Person) Polite() string { return p.Address + " " + p.Name }

// Given is the last word of the name, by which people call each other.
func (p Person) Given() string { return p.Name[strings.LastIndexByte(p.Name, ' ')+1:] }

// A Post is a person's place in a unit for a time (chức vụ, vị trí).
type Post struct {
	ID     int64
	Person int64
	Unit   int64
	Title  string
	Roles  []Role
	Sort   int64
	From   civil.Date
	To     civil.Date
	Basis  string
}

// On reports whether the post is held on a day.
func (p Post) On(d civil.Date) bool { return on(p.From, p.To, d) }

// Has reports whether the post carries the role.
func (p Post) Has(r Role) bool { return slices.Contains(p.Roles, r) }

// A Field is an area of work (lĩnh vực) with the leader and the unit in charge of it.
type Field struct {
	ID     int64
	Code   string
	Name   string
	Leader int64
	Unit   int64
	From   civil.Date
	To     civil.Date
}

// An Absence is a declared time away, with who stands in (Nghị định 30/2020/NĐ-CP; người được ủy quyền).
type Absence struct {
	ID      int64
	Person  int64
	StandIn int64 // 0 for nobody
	From    civil.Date
	To      civil.Date // the last day away
	Reason  string
}

// Covers reports whether the person is away on a day.
func (a Absence) Covers(d civil.Date) bool { return !d.Before(a.From) && !d.After(a.To) }

func on(from, to, d civil.Date) bool {
	return !d.Before(from) && (to.IsZero() || d.Before(to))
}
