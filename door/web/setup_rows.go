// SPDX-License-Identifier: Apache-2.0

package web

import (
	"errors"
	"slices"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/office/org"
)

const (
	rowsAtFirst = 8
	rowsMore    = 5
	rowsMost    = 400
)

// The unit of those who lead the agency; the wizard does not ask for it.
const (
	leadersName  = "Lãnh đạo cơ quan"
	leadersShort = "LĐ"
)

func setupUnitsPage(v *setupVisit) error { return v.show(v.unitsPage(nil)) }

func (v *setupVisit) unitsPage(err error) view.SetupUnits {
	p := view.SetupUnits{Frame: v.frame("Đơn vị"), SetupSteps: v.steps(3), Rows: slices.Clone(v.s.units), Form: view.Form{Errors: fieldErrors(err)}}
	for len(p.Rows) < rowsAtFirst {
		p.Rows = append(p.Rows, view.SetupUnitRow{})
	}
	return p
}

func setupUnits(v *setupVisit) error {
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	names, shorts := v.PostForm["unit_name"], v.PostForm["unit_short"]
	v.s.units = nil
	for i := range names {
		row := view.SetupUnitRow{Name: one(names, i), Short: one(shorts, i)}
		if row.Name != "" || row.Short != "" {
			v.s.units = append(v.s.units, row)
		}
		if len(v.s.units) == rowsMost {
			break
		}
	}
	if v.PostFormValue("more") != "" {
		p := v.unitsPage(nil)
		for range rowsMore {
			p.Rows = append(p.Rows, view.SetupUnitRow{})
		}
		return v.show(p)
	}
	// The office judges the units as it would judge a sheet with nothing but them.
	t := v.table(false)
	_, err := org.ReadPeople(t.rows, civil.Of(v.now))
	if len(v.s.units) == 0 {
		err = fault.Invalid("", "Hãy nhập ít nhất một đơn vị.")
	}
	if err == nil {
		return v.next("/can-bo")
	}
	return v.again(v.unitsRefused(t, err))
}

// unitsRefused shows the faults at their rows.
func (v *setupVisit) unitsRefused(t typedTable, err error) view.SetupUnits {
	var cells *org.TableError
	if !errors.As(err, &cells) {
		return v.unitsPage(err)
	}
	p := v.unitsPage(fault.Invalid("", "Có đơn vị chưa đúng; xem dòng được đánh dấu."))
	for _, c := range cells.Cells {
		if i, ok := t.unitAt(c.Row); ok && p.Rows[i].Error == "" {
			p.Rows[i].Error = c.Text
		}
	}
	return p
}

func one(all []string, i int) string {
	if i >= len(all) {
		return ""
	}
	return strings.Join(strings.Fields(all[i]), " ")
}

// typedTable is what was typed as the table that the office reads, and which line of
// it came from which row of the screen.
type typedTable struct {
	rows   [][]string
	units  []int // line → row of units, -1 for none; lines count from 0, the headings being 0
	people []int // line → row of people
}

func (t typedTable) unitAt(line int) (int, bool)   { return t.at(t.units, line) }
func (t typedTable) personAt(line int) (int, bool) { return t.at(t.people, line) }

func (t typedTable) at(of []int, line int) (int, bool) {
	if line < 1 || line > len(of) || of[line-1] < 0 {
		return 0, false
	}
	return of[line-1], true
}

// table lays out what was typed under the headings of the office's own template.
func (v *setupVisit) table(withPeople bool) typedTable {
	var t typedTable
	at := map[string]int{}
	var head []string
	for i, c := range org.PeopleColumns {
		at[c.Key] = i
		head = append(head, c.Heading)
	}
	line := func(cells map[string]string, unit, person int) {
		row := make([]string, len(head))
		for key, value := range cells {
			row[at[key]] = value
		}
		t.rows, t.units, t.people = append(t.rows, row), append(t.units, unit), append(t.people, person)
	}
	t.rows, t.units, t.people = [][]string{head}, []int{-1}, []int{-1}
	name := map[string]string{"": leadersName}
	if withPeople && slices.ContainsFunc(v.s.people, func(r view.SetupPersonRow) bool { return r.Unit == "" }) {
		line(map[string]string{"unit": leadersName, "short": leadersShort}, -1, -1)
	}
	for i, u := range v.s.units {
		name[unitKey(u)] = u.Name
		line(map[string]string{"unit": u.Name, "short": u.Short}, i, -1)
	}
	if !withPeople {
		return t
	}
	for i, p := range v.s.people {
		line(map[string]string{"unit": name[p.Unit], "name": p.Name, "address": p.Gender, "title": p.Title, "duty": dutyWords(p.Duty), "username": p.Username}, -1, i)
	}
	return t
}

// unitKey is how a person's row names a unit.
func unitKey(u view.SetupUnitRow) string {
	if u.Short != "" {
		return u.Short
	}
	return u.Name
}

// setupDutyRoles are the duties of the people's step and what they let do.
var setupDutyRoles = []struct {
	key, label string
	roles      []org.Role
}{
	{"", "Theo chức vụ", nil},
	{"head", "Người đứng đầu cơ quan", []org.Role{org.Head}},
	{"deputy", "Cấp phó của người đứng đầu", []org.Role{org.Deputy}},
	{"office_chief", "Chánh Văn phòng", []org.Role{org.OfficeChief, org.UnitHead}},
	{"office_deputy", "Phó Chánh Văn phòng", []org.Role{org.OfficeDeputy, org.UnitDeputy}},
	{"unit_head", "Trưởng phòng", []org.Role{org.UnitHead}},
	{"unit_deputy", "Phó Trưởng phòng", []org.Role{org.UnitDeputy, org.Officer}},
	{"officer", "Chuyên viên", []org.Role{org.Officer}},
	{"unit_clerk", "Văn thư đơn vị", []org.Role{org.UnitClerk, org.Officer}},
	{"archivist", "Lưu trữ cơ quan", []org.Role{org.Archivist, org.Officer}},
	{"auditor", "Người kiểm tra (chỉ đọc)", []org.Role{org.Auditor}},
}

func dutyWords(key string) string {
	var out []string
	for _, d := range setupDutyRoles {
		if d.key == key {
			for _, r := range d.roles {
				out = append(out, r.Name())
			}
		}
	}
	return strings.Join(out, "; ")
}

func setupPeoplePage(v *setupVisit) error { return v.show(v.peoplePage(nil)) }

func (v *setupVisit) peoplePage(err error) view.SetupPeople {
	p := view.SetupPeople{Frame: v.frame("Cán bộ"), SetupSteps: v.steps(4), Rows: slices.Clone(v.s.people), Form: view.Form{Errors: fieldErrors(err)}}
	for _, u := range v.s.units {
		p.Units = append(p.Units, view.Option{Value: unitKey(u), Label: u.Name})
	}
	for _, d := range setupDutyRoles {
		p.Duties = append(p.Duties, view.Option{Value: d.key, Label: d.label})
	}
	for len(p.Rows) < rowsAtFirst {
		p.Rows = append(p.Rows, view.SetupPersonRow{})
	}
	return p
}

func setupPeople(v *setupVisit) error {
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	f := v.PostForm
	v.s.people = nil
	for i := range f["person_name"] {
		row := view.SetupPersonRow{Name: one(f["person_name"], i), Gender: one(f["person_gender"], i), Title: one(f["person_title"], i), Unit: one(f["person_unit"], i),
			Username: one(f["person_username"], i), Duty: one(f["person_duty"], i)}
		if row.Name != "" || row.Title != "" || row.Username != "" {
			v.s.people = append(v.s.people, row)
		}
		if len(v.s.people) == rowsMost {
			break
		}
	}
	if v.PostFormValue("more") != "" {
		p := v.peoplePage(nil)
		for range rowsMore {
			p.Rows = append(p.Rows, view.SetupPersonRow{})
		}
		return v.show(p)
	}
	if _, err := v.roll(); err != nil {
		return v.rollRefused(err)
	}
	return v.next("/nhiem-vu")
}

// roll is the units and people as typed, as the office understands them.
func (v *setupVisit) roll() (org.Roll, error) {
	if len(v.s.units) == 0 {
		return org.Roll{}, fault.Invalid("units", "Chưa có đơn vị nào. Hãy trở lại bước Đơn vị.")
	}
	if len(v.s.people) == 0 {
		return org.Roll{}, fault.Invalid("people", "Hãy nhập ít nhất một cán bộ.")
	}
	return org.ReadPeople(v.table(true).rows, civil.Of(v.now))
}

// rollRefused shows the step where the fault lies, each at its cell.
func (v *setupVisit) rollRefused(err error) error {
	var cells *org.TableError
	if !errors.As(err, &cells) {
		return v.again(v.peoplePage(err))
	}
	t := v.table(true)
	p := v.peoplePage(fault.Invalid("", "Có ô chưa đúng; xem các dòng được đánh dấu."))
	found := false
	for _, c := range cells.Cells {
		i, ok := t.personAt(c.Row)
		if !ok {
			continue
		}
		found = true
		field := "name"
		if c.Column >= 0 && c.Column < len(org.PeopleColumns) {
			field = org.PeopleColumns[c.Column].Key
		}
		p.Rows[i].Errors = append(p.Rows[i].Errors, view.FieldError{Field: field, Text: c.Text})
	}
	if !found {
		return v.again(v.unitsRefused(t, err))
	}
	return v.again(p)
}
