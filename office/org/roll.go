// SPDX-License-Identifier: Apache-2.0

package org

import (
	"fmt"
	"slices"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/fault"
)

// A Column of the table of units and people, as the template offers it.
type Column struct {
	Key, Heading string
	Help         string
	Need         bool
	also         []string // other headings that people write
}

// PeopleColumns are the columns of the template. Each line is a person in a unit; a
// line with a unit alone only opens the unit.
var PeopleColumns = []Column{
	{"unit", "Đơn vị", "Tên đầy đủ của đơn vị, ví dụ “Phòng Chính sách Dân tộc”.", true, []string{"ten don vi", "phong ban"}},
	{"short", "Ký hiệu đơn vị", "Chữ viết tắt dùng trong ký hiệu văn bản, ví dụ “CS”. Chỉ cần ghi ở dòng đầu của mỗi đơn vị.", false, []string{"viet tat", "ky hieu"}},
	{"name", "Họ và tên", "Để trống nếu dòng chỉ lập đơn vị.", false, []string{"ho ten", "can bo"}},
	{"address", "Ông/Bà", "“Ông” hoặc “Bà”; có thể ghi giới tính Nam, Nữ.", false, []string{"xung ho", "gioi tinh"}},
	{"title", "Chức vụ", "Ví dụ “Trưởng phòng”, “Chuyên viên”.", false, []string{"chuc danh", "vi tri"}},
	{"duty", "Nhiệm vụ", "Có thể để trống: chương trình suy ra từ chức vụ. Nhiều nhiệm vụ cách nhau bằng dấu chấm phẩy, ví dụ “Văn thư cơ quan; Chuyên viên”.", false, []string{"vai tro", "quyen"}},
	{"username", "Tên đăng nhập", "Chữ thường không dấu. Để trống nếu không cấp tài khoản.", false, []string{"tai khoan", "ten dang nhap"}},
	{"phone", "Điện thoại", "", false, []string{"so dien thoai"}},
	{"email", "Thư điện tử", "", false, []string{"email", "e-mail"}},
	{"from", "Từ ngày", "Ngày bắt đầu giữ vị trí, ví dụ 01/05/2019. Để trống là ngày nhập.", false, []string{"ngay bat dau"}},
}

// PeopleExample are lines for the template, to be replaced.
func PeopleExample() [][]string {
	return [][]string{
		{"Lãnh đạo Ban", "LĐ", "Đàm Quốc Thắng", "Ông", "Trưởng ban", "", "thang", "", "", ""},
		{"Văn phòng", "VP", "Hoàng Văn Minh", "Ông", "Chánh Văn phòng", "", "minh", "", "", ""},
		{"Văn phòng", "", "Nông Thị Lan", "Bà", "Văn thư", "Văn thư cơ quan; Chuyên viên", "lan", "", "", ""},
		{"Văn phòng", "", "Lương Văn Sơn", "Ông", "Quản trị hệ thống", "Quản trị hệ thống", "son", "", "", ""},
		{"Phòng Chính sách Dân tộc", "CS", "Mông Văn Lâm", "Ông", "Trưởng phòng", "", "lam", "", "", ""},
	}
}

// A CellError is what is wrong in one cell. Row counts from 1 as in the sheet, the
// headings being row 1; Column counts from 0, -1 is the whole row.
type CellError struct {
	Row, Column    int
	Heading, Value string
	Text           string
}

// A TableError is all that is wrong in a table; nothing of it was taken in.
type TableError struct{ Cells []CellError }

func (e *TableError) Error() string { return fmt.Sprintf("org: %d cells are wrong", len(e.Cells)) }

// Unwrap makes each cell a fault, so that doors answer it like any wrong input.
func (e *TableError) Unwrap() []error {
	var errs []error
	for _, c := range e.Cells {
		errs = append(errs, fault.Invalid(fmt.Sprintf("row%d", c.Row), fmt.Sprintf("Dòng %d, %s: %s", c.Row, c.Heading, c.Text)))
	}
	return errs
}

// A Roll is what a table holds: units and people as a Founding names them.
type Roll struct {
	Units  []FoundingUnit
	People []FoundingPerson
}

const (
	mostRows  = 5000
	mostCells = 200 // errors shown
)

// ReadPeople reads a table with its headings in the first row. It judges what can be
// judged without an agency; every wrong cell is named.
func ReadPeople(rows [][]string, today civil.Date) (Roll, error) {
	t := &reading{today: today, units: map[string]int{}, usernames: map[string]int{}}
	if len(rows) == 0 {
		t.wrong(1, "", "", "Bảng không có dòng nào.")
		return Roll{}, t.err()
	}
	t.column = columnsOf(rows[0])
	for _, c := range PeopleColumns {
		if _, ok := t.column[c.Key]; !ok && (c.Need || c.Key == "name") {
			t.wrong(1, c.Key, "", "Bảng thiếu cột “"+c.Heading+"”.")
		}
	}
	if len(rows) > mostRows {
		t.wrong(mostRows+1, "", "", fmt.Sprintf("Bảng không quá %d dòng.", mostRows))
	}
	if t.err() != nil {
		return Roll{}, t.err()
	}
	for i, row := range rows[1:] {
		t.row(i+2, row)
	}
	if len(t.roll.Units) == 0 {
		t.wrong(2, "unit", "", "Bảng chưa có đơn vị nào.")
	}
	return t.roll, t.err()
}

func columnsOf(headings []string) map[string]int {
	at := map[string]int{}
	for i, h := range headings {
		key := bare(h)
		for _, c := range PeopleColumns {
			if _, taken := at[c.Key]; !taken && (key == bare(c.Heading) || slices.Contains(c.also, key)) {
				at[c.Key] = i
				break
			}
		}
	}
	return at
}

// reading is a table being read.
type reading struct {
	today     civil.Date
	column    map[string]int
	roll      Roll
	units     map[string]int // name without marks → index
	usernames map[string]int // username → row
	cells     []CellError
}

func (t *reading) err() error {
	if len(t.cells) == 0 {
		return nil
	}
	return &TableError{t.cells}
}

func (t *reading) wrong(row int, key, value, text string) {
	if len(t.cells) == mostCells {
		return
	}
	c := CellError{Row: row, Column: -1, Heading: "cả dòng", Value: value, Text: text}
	if i, ok := t.column[key]; ok {
		c.Column = i
	}
	for _, known := range PeopleColumns {
		if known.Key == key {
			c.Heading = known.Heading
		}
	}
	t.cells = append(t.cells, c)
}

func (t *reading) row(n int, row []string) {
	cell := func(key string) string {
		if i, ok := t.column[key]; ok && i < len(row) {
			return line(row[i])
		}
		return ""
	}
	if strings.TrimSpace(strings.Join(row, "")) == "" {
		return
	}
	for _, c := range PeopleColumns {
		if err := tooLong("", cell(c.Key)); err != nil {
			t.wrong(n, c.Key, cut(cell(c.Key), 60), fault.Text(err))
			return
		}
	}
	unit := t.unit(n, cell("unit"), cell("short"))
	if unit < 0 {
		return
	}
	if cell("name") == "" {
		if cell("title")+cell("username") != "" {
			t.wrong(n, "name", "", "Hãy nhập họ và tên.")
		}
		return
	}
	t.person(n, cell, unit)
}

func (t *reading) unit(n int, name, short string) int {
	if name == "" {
		t.wrong(n, "unit", "", "Hãy nhập tên đơn vị.")
		return -1
	}
	i, known := t.units[bare(name)]
	if !known {
		i = len(t.roll.Units)
		t.units[bare(name)] = i
		t.roll.Units = append(t.roll.Units, FoundingUnit{Key: bare(name), NewUnit: NewUnit{Name: name, Short: short, Kind: GuessKind(name)}})
		if short == "" {
			t.roll.Units[i].Short = initials(name)
		}
		for j, u := range t.roll.Units[:i] {
			if u.Short == t.roll.Units[i].Short {
				t.wrong(n, "short", short, "Ký hiệu “"+u.Short+"” đã dùng cho "+t.roll.Units[j].Name+".")
			}
		}
		return i
	}
	if short != "" && short != t.roll.Units[i].Short {
		t.wrong(n, "short", short, "Đơn vị này đã có ký hiệu “"+t.roll.Units[i].Short+"” ở dòng trên.")
	}
	return i
}

func (t *reading) person(n int, cell func(string) string, unit int) {
	p := FoundingPerson{
		NewPerson: NewPerson{Name: cell("name"), Address: addressOf(cell("address"), cell("name")), Phone: cell("phone"), Email: cell("email")}.tidy(),
		Username:  FoldUsername(cell("username")),
	}
	post := FoundingPost{Unit: t.roll.Units[unit].Key, Title: cell("title")}
	var unknown string
	if post.Roles, unknown = rolesOf(cell("duty")); unknown != "" {
		t.wrong(n, "duty", cell("duty"), "Không có nhiệm vụ “"+unknown+"”.")
		post.Roles = []Role{Officer}
	}
	if len(post.Roles) == 0 {
		post.Roles = GuessRoles(t.roll.Units[unit].Kind, post.Title)
	}
	if typed := cell("from"); typed != "" {
		day, err := civil.ParseHuman(typed, t.today, civil.Default())
		if err != nil {
			t.wrong(n, "from", typed, "Không đọc được ngày này. Hãy ghi như 01/05/2019.")
		}
		post.From = day
	}
	err := fault.Join(p.NewPerson.check(), checkPost(post.Title, post.Roles, post.From, 0))
	if p.Username != "" {
		if row, taken := t.usernames[p.Username]; taken {
			t.wrong(n, "username", p.Username, fmt.Sprintf("Tên đăng nhập này đã dùng ở dòng %d.", row))
		}
		t.usernames[p.Username] = n
		err = fault.Join(err, checkUsername(p.Username))
	}
	for _, e := range fault.All(err) {
		t.wrong(n, e.Field, cell(e.Field), e.Text)
	}
	p.Posts = []FoundingPost{post}
	t.roll.People = append(t.roll.People, p)
}
