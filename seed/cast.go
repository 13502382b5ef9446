// SPDX-License-Identifier: Apache-2.0

package seed

import (
	"fmt"
	"strings"
	"sync"

	"soviec/kit/civil"
)

// A member is a line of the cast. A person of a merged division has two posts: the one
// there until the merging, and the one in the successor after it.
type member struct {
	key, name string
	woman     bool
	unit      string
	title     string
	roles     string
	then      string // unit after the merging; empty: unchanged
	thenTitle string
	thenRoles string
}

var cast = []member{
	{key: "thang", name: "Đàm Quốc Thắng", unit: "ld", title: "Trưởng ban", roles: "head"},
	{key: "hoa", name: "Nông Thị Hoa", woman: true, unit: "ld", title: "Phó Trưởng ban", roles: "deputy"},
	{key: "quy", name: "Triệu Văn Quý", unit: "ld", title: "Phó Trưởng ban", roles: "deputy"},

	{key: "minh", name: "Hoàng Văn Minh", unit: "vp", title: "Chánh Văn phòng", roles: "office_chief unit_head"},
	{key: "lan", name: "Nông Thị Lan", woman: true, unit: "vp", title: "Văn thư", roles: "clerk officer"},
	{key: "thu", name: "Bế Thị Thu", woman: true, unit: "vp", title: "Chuyên viên", roles: "deputy_clerk schedule_officer officer"},
	{key: "son", name: "Lương Văn Sơn", unit: "vp", title: "Quản trị hệ thống", roles: "sysadmin"},
	{key: "hang", name: "Phan Thị Hằng", woman: true, unit: "vp", title: "Kế toán", roles: "officer"},
	{key: "diep", name: "Hoàng Thị Điệp", woman: true, unit: "vp", title: "Lưu trữ viên", roles: "archivist officer"},

	{key: "lam", name: "Mông Văn Lâm", unit: "cs", title: "Trưởng phòng", roles: "unit_head"},
	{key: "thao", name: "Dương Thị Thảo", woman: true, unit: "cs", title: "Phó Trưởng phòng", roles: "unit_deputy officer"},
	{key: "hai", name: "Lý Thanh Hải", unit: "cs", title: "Chuyên viên chính", roles: "officer"},
	{key: "ha", name: "Bế Ngọc Hà", woman: true, unit: "cs", title: "Chuyên viên", roles: "officer"},

	{key: "xuan", name: "Hoàng Thị Xuân", woman: true, unit: "khth", title: "Trưởng phòng", roles: "unit_head"},
	{key: "anh", name: "Lương Đức Anh", unit: "khth", title: "Chuyên viên", roles: "officer"},
	{key: "tung", name: "Nông Văn Tùng", unit: "khth", title: "Chuyên viên", roles: "officer"},

	{key: "nga", name: "Vi Thị Nga", woman: true, unit: "ttdb", title: "Trưởng phòng", roles: "unit_head",
		then: "cs", thenTitle: "Phó Trưởng phòng", thenRoles: "unit_deputy officer"},
	{key: "cuong", name: "Hứa Văn Cường", unit: "ttdb", title: "Phó Trưởng phòng", roles: "unit_deputy officer",
		then: "cs", thenTitle: "Chuyên viên chính", thenRoles: "officer"},
	{key: "dung", name: "Hà Văn Dũng", unit: "ttdb", title: "Chuyên viên", roles: "officer", then: "cs"},
	{key: "mai", name: "Triệu Thị Mai", woman: true, unit: "ttdb", title: "Chuyên viên", roles: "officer", then: "cs"},

	{key: "khoi", name: "Đinh Văn Khôi", unit: "nv", title: "Trưởng phòng", roles: "unit_head",
		then: "khth", thenTitle: "Phó Trưởng phòng", thenRoles: "unit_deputy officer"},
	{key: "yen", name: "La Thị Yến", woman: true, unit: "nv", title: "Chuyên viên", roles: "officer", then: "khth"},
	{key: "huy", name: "Nông Quốc Huy", unit: "nv", title: "Chuyên viên", roles: "officer", then: "khth"},

	{key: "dai", name: "Lục Văn Đại", unit: "ttr", title: "Chánh Thanh tra", roles: "unit_head"},
	{key: "van", name: "Sầm Thị Vân", woman: true, unit: "ttr", title: "Thanh tra viên", roles: "officer"},
}

func people() []Person {
	all := make([]Person, len(cast))
	for i, m := range cast {
		all[i] = Person{
			Key: m.key, Name: m.name, Woman: m.woman,
			// A domain that the standards reserve for examples, and a number no network gives out.
			Email: m.key + "@bdt.example",
			Phone: fmt.Sprintf("0206 000 %04d", 100+i),
		}
	}
	return all
}

func posts() []Post {
	var all []Post
	for _, m := range cast {
		p := Post{Person: m.key, Unit: m.unit, Title: m.title, Roles: strings.Fields(m.roles), From: founded}
		if m.then == "" {
			all = append(all, p)
			continue
		}
		p.To = mergeDay.AddDays(-1)
		next := Post{Person: m.key, Unit: m.then, Title: m.title, Roles: strings.Fields(m.roles), From: mergeDay}
		if m.thenTitle != "" {
			next.Title, next.Roles = m.thenTitle, strings.Fields(m.thenRoles)
		}
		all = append(all, p, next)
	}
	return all
}

// unitOf is the unit in which the person works on the day.
func unitOf(person string, d civil.Date) string {
	m := memberOf(person)
	if m.then != "" && d >= mergeDay {
		return m.then
	}
	return m.unit
}

func memberOf(person string) member {
	for _, m := range cast {
		if m.key == person {
			return m
		}
	}
	panic("seed: no such person " + person)
}

func unitNamed(key string) Unit {
	for _, u := range allUnits() {
		if u.Key == key {
			return u
		}
	}
	panic("seed: no such unit " + key)
}

// handlers are the people to whom the head of the unit gives work on the day.
func handlers(unit string, d civil.Date) []string {
	var all []string
	for _, m := range cast {
		if unitOf(m.key, d) == unit && m.key != "son" && m.unit != "ld" {
			all = append(all, m.key)
		}
	}
	return all
}

func fields() []Field {
	return []Field{
		{"cs", "Chính sách dân tộc", "hoa", "cs", "cs"},
		{"uy", "Người có uy tín", "hoa", "cs", "ttdb"},
		{"tt", "Tuyên truyền, vận động, địa bàn", "hoa", "cs", "ttdb"},
		{"vh", "Văn hóa, giáo dục, y tế vùng dân tộc", "hoa", "khth", "nv"},
		{"ct", "Chương trình, dự án đầu tư", "quy", "khth", "khth"},
		{"dc", "Định canh, định cư, ổn định dân cư", "quy", "khth", "nv"},
		{"kh", "Kế hoạch, tài chính, tổng hợp", "quy", "khth", "khth"},
		{"th", "Thanh tra, tiếp công dân, đơn thư", "thang", "ttr", "ttr"},
		{"tc", "Tổ chức, cán bộ, thi đua, khen thưởng", "thang", "vp", "vp"},
		{"hc", "Hành chính, văn thư, quản trị", "thang", "vp", "vp"},
		{"cn", "Công nghệ thông tin, chuyển đổi số", "quy", "vp", "vp"},
		{"dg", "Công tác đảng, đoàn thể", "thang", "vp", "vp"},
		{"qp", "An ninh, quốc phòng, phòng chống thiên tai", "quy", "vp", "vp"},
	}
}

// The tables are asked thousands of times; they are made once.
var (
	allFields = sync.OnceValue(fields)
	allUnits  = sync.OnceValue(units)
)

func fieldNamed(key string) Field {
	for _, f := range allFields() {
		if f.Key == key {
			return f
		}
	}
	panic("seed: no such field " + key)
}

// rules in their order: exceptions, urgency, invitations, what the province's leaders
// concluded, then sender by field.
func rules() []Rule {
	return []Rule{
		{Order: 10, Name: "Đơn, thư của công dân", Types: []string{"ĐƠN"}, To: "thang", Lead: "ttr", Info: []string{"minh"}, Days: 7},
		{Order: 15, Name: "Chuyển đơn, kiến nghị của công dân", Issuers: []string{"tcd"}, To: "thang", Lead: "ttr", Days: 7},
		{Order: 20, Name: "Khẩn: trình lãnh đạo và chuyển đơn vị cùng lúc", Urgency: 2, Parallel: true, Days: 1},
		{Order: 25, Name: "Công điện", Types: []string{"CĐ"}, Lead: "vp", Parallel: true, Days: 1},
		{Order: 30, Name: "Giấy mời", Types: []string{"GM"}, To: "thang", Lead: "vp", Info: []string{"minh", "thu"}},
		{Order: 40, Name: "Kết luận, ý kiến chỉ đạo của lãnh đạo tỉnh", Issuers: []string{"ut", "vp", "tu"},
			Keywords: []string{"Kết luận", "ý kiến chỉ đạo"}, To: "thang", Days: 5},
		{Order: 45, Name: "Văn bản của Tỉnh ủy và các ban đảng", Issuers: []string{"tu"}, To: "thang", Lead: "vp", Days: 5},
		{Order: 50, Name: "Người có uy tín", Keywords: []string{"người có uy tín"}, Field: "uy", To: "hoa", Lead: "cs", Days: 5},
		{Order: 52, Name: "Chương trình, dự án, vốn", Keywords: []string{"Chương trình mục tiêu", "kế hoạch vốn", "giải ngân", "công trình"},
			Field: "ct", To: "quy", Lead: "khth", Days: 7},
		{Order: 54, Name: "Chính sách dân tộc", Keywords: []string{"chính sách dân tộc", "bảo hiểm y tế", "hộ nghèo", "quà Tết"},
			Field: "cs", To: "hoa", Lead: "cs", Days: 7},
		{Order: 56, Name: "Tuyên truyền, phổ biến pháp luật", Keywords: []string{"tuyên truyền", "phổ biến, giáo dục pháp luật", "tảo hôn"},
			Field: "tt", To: "hoa", Lead: "cs", Days: 5},
		{Order: 58, Name: "Thanh tra, khiếu nại, tố cáo", Keywords: []string{"thanh tra", "khiếu nại", "tố cáo", "kê khai"},
			Field: "th", To: "thang", Lead: "ttr", Days: 7},
		{Order: 60, Name: "Tổ chức, cán bộ, thi đua", Keywords: []string{"cán bộ, công chức", "tuyển dụng", "khen thưởng", "thi đua", "bồi dưỡng"},
			Field: "tc", To: "thang", Lead: "vp", Days: 5},
		{Order: 70, Name: "Trung ương và tỉnh: Trưởng ban xem trước", Issuers: []string{"cp", "ub", "bo", "ut", "hd"}, To: "thang", Days: 7},
		{Order: 80, Name: "Sở, ban, ngành: Phó Trưởng ban phụ trách lĩnh vực", Issuers: []string{"so", "dt", "ng", "vp"}, Days: 7},
		{Order: 90, Name: "Địa phương, doanh nghiệp, công dân", Issuers: []string{"hu", "xa", "dn", "cd"}, Days: 7},
	}
}
