// SPDX-License-Identifier: Apache-2.0

package view

// SetupSteps is the way through the wizard; Address is the one-time address
// ("/cai-dat/4f7c…"), every form is posted to Address + "/" + step.
type SetupSteps struct {
	Address string
	Current int // 1 to 5
}

// SetupStep is one step with its name and address.
type SetupStep struct {
	No          int
	Label, Href string
	Done, Now   bool
}

// Steps returns the steps of the wizard in order.
func (s SetupSteps) Steps() []SetupStep {
	words := []Link{
		{"Bắt đầu", ""}, {"Cơ quan", "/co-quan"}, {"Đơn vị", "/don-vi"},
		{"Cán bộ", "/can-bo"}, {"Văn thư và quản trị", "/nhiem-vu"},
	}
	out := make([]SetupStep, len(words))
	for i, w := range words {
		out[i] = SetupStep{No: i + 1, Label: w.Label, Href: s.Address + w.Href, Done: i+1 < s.Current, Now: i+1 == s.Current}
	}
	return out
}

// SetupWelcome offers the two ways: by hand or from a sheet.
// GET Address, Address+"/co-quan", Address+"/excel", Address+"/mau.xlsx".
type SetupWelcome struct {
	Frame
	SetupSteps
	Expires string // "Địa chỉ này dùng một lần, hết hiệu lực lúc 17:00 hôm nay."
}

// SetupAgency makes the agency. Fields: name, short, code, superior, place.
// POST Address+"/co-quan"
type SetupAgency struct {
	Frame
	SetupSteps
	Form Form
}

// SetupUnits makes the units: row i has fields unit_name, unit_short (repeated, same order).
// Button "Thêm dòng" posts more=1. POST Address+"/don-vi"
type SetupUnits struct {
	Frame
	SetupSteps
	Form Form
	Rows []SetupUnitRow
}

// SetupUnitRow is one line of units.
type SetupUnitRow struct{ Name, Short, Error string }

// SetupPeople makes posts and people: repeated fields person_name, person_gender (ông, bà),
// person_title, person_unit, person_duty, person_username.
// Button "Thêm dòng" posts more=1. POST Address+"/can-bo"
type SetupPeople struct {
	Frame
	SetupSteps
	Form   Form
	Rows   []SetupPersonRow
	Units  []Option
	Duties []Option
}

// SetupPersonRow is one line of people.
type SetupPersonRow struct {
	Name, Gender, Title, Unit, Username, Duty string
	Errors                                    []FieldError // Field: name, address, title, unit, username, duty
}

// Error returns the sentence at one cell of the row.
func (r SetupPersonRow) Error(field string) string { return Form{Errors: r.Errors}.Error(field) }

// SetupDuties says who is the clerk and who administers. Fields: clerk, deputy_clerk,
// administrator, password, again. POST Address+"/nhiem-vu"
type SetupDuties struct {
	Frame
	SetupSteps
	Form   Form
	People []Option
}

// SetupExcel imports all of it from one sheet. Field: file. POST Address+"/excel".
// Nothing is half-imported: with errors nothing is kept.
type SetupExcel struct {
	Frame
	SetupSteps
	Form   Form
	Errors []CellError
	Found  string // "5 đơn vị, 22 cán bộ" when all is right and waits for the word
	Key    string // sent as file_key with confirm=1
}

// SetupDone says that the office is open and gives the first passwords once.
type SetupDone struct {
	Frame
	SetupSteps
	Sentence string // "Đã lập Ban Dân tộc tỉnh Cao Bằng: 6 đơn vị, 22 cán bộ."
	Accounts []SampleAccount
	Sheet    string // address of the printable slips, one for each person, on this page
	Agency   string // on the slips
	Address  string // on the slips: where to sign in
}

// CellError is what is wrong in one cell of a sheet.
type CellError struct {
	Sheet string
	Cell  string // "C14"
	Value string
	Text  string
}

func (SetupWelcome) Template() string { return "setup-welcome" }
func (SetupAgency) Template() string  { return "setup-agency" }
func (SetupUnits) Template() string   { return "setup-units" }
func (SetupPeople) Template() string  { return "setup-people" }
func (SetupDuties) Template() string  { return "setup-duties" }
func (SetupExcel) Template() string   { return "setup-excel" }
func (SetupDone) Template() string    { return "setup-done" }
