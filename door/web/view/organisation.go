// SPDX-License-Identifier: Apache-2.0

package view

// Organisation shows units, posts and people. GET /quan-tri/don-vi?day=…
type Organisation struct {
	Frame
	Sentence string // "6 đơn vị, 22 cán bộ."
	Day      string // as it was on this day; empty = today
	Units    []OrgUnit
	Former   []OrgUnit // đơn vị cũ
	MayEdit  bool
}

// OrgUnit is a unit with its people.
type OrgUnit struct {
	ID, Name, Short, Href string
	From, To              string
	Became                *Link // what it became
	People                []OrgPerson
}

// OrgPerson is a person in a post.
type OrgPerson struct {
	Name, Title, Username, Href string
	Duties                      []string // Văn thư, Quản trị …
	Status                      string   // "chưa đăng nhập lần nào", "đã khóa"
	Since                       string
}

// UnitEdit makes or changes a unit. Fields of a new one: name, short, kind, from, basis,
// merged (repeated: the units that go into it). Of one that is there: name, short, to,
// into (merge), basis. POST Address ("/quan-tri/don-vi/moi", "/quan-tri/don-vi/3").
type UnitEdit struct {
	Frame
	Form     Form
	Address  string
	Name     string // empty = new
	Since    string
	Ended    string // a sentence; nothing more can be changed but the name
	Kinds    []Option
	Merge    []Option // units it can be merged into, or that can go into a new one
	Timeline Timeline
}

// PersonEdit makes or changes a person. Fields of a new one: name, gender (male, female), phone,
// email, title, unit, duty (repeated), from, username. Of one that is there: name, gender,
// phone, email. POST Address ("/quan-tri/can-bo/moi", "/quan-tri/can-bo/7"); gestures: POST
// Address + "/mat-khau" (new first password), "/tai-khoan" (username), "/khoa", "/mo-khoa",
// "/phien" (end all sessions), "/xac-thuc" (drop second factor), "/chuc-vu" (title, unit, duty,
// from, basis, replace = the post it replaces), "/thoi-chuc-vu" (post, to).
type PersonEdit struct {
	Frame
	Form          Form
	Post          Form // of the next post
	Address       string
	Name          string // empty = new
	Units         []Option
	Duties        []Option
	Posts         []PersonPost // all posts held, with days
	Replaces      string       // the post that the next one would replace
	ReplacesWords string
	HasLogin      bool
	Own           bool // the visitor's own page: the account is under "Đổi mật khẩu"
	Username      string
	Locked        string // "Khóa từ 08:40 vì sai mật khẩu 5 lần"
	SignedIn      string // "Đăng nhập lần cuối 07:58 hôm nay."
	Factor        bool   // second factor in use
	Password      string // the first password, shown once
	Timeline      Timeline
}

// PersonPost is a post held from a day to a day, the last one included.
type PersonPost struct {
	ID, Title, Unit, From, To string
	Duties                    []string
	Now                       bool
	MayEnd                    bool
}

// AgencySettings are the agency's own settings. Fields: name, short, code, superior, place,
// and the key of each setting. POST /quan-tri/co-quan
type AgencySettings struct {
	Frame
	Form     Form
	Groups   []SettingGroup
	Timeline Timeline
	Areas    *Areas // nil = may not change them
	Books    Books
}

// Areas are the areas of work with who is in charge (phân công lĩnh vực). Fields: id (empty =
// new), name, code, leader, unit, to. POST /quan-tri/co-quan/linh-vuc
type Areas struct {
	Form    Form // of a new one
	Rows    []Area
	Leaders []Option
	Units   []Option
}

// Area is one area of work.
type Area struct {
	ID, Name, Leader, Unit string
	Form                   Form
}

// Books are the registers of arrivals. POST /quan-tri/co-quan/so: code, name.
// POST /quan-tri/co-quan/so-bat-dau: register, number.
type Books struct {
	Form Form // of a new one
	Year string
	Rows []Book
}

// Book is one register.
type Book struct {
	ID, Name, Code, Next string
	MayBegin             bool // no number was given this year
	Form                 Form // of the first number
}

// SettingGroup is settings under one heading.
type SettingGroup struct {
	Label    string
	Settings []SettingField
}

// SettingField is one setting. Mode: text, numeric, tick (on or nothing), ticks (repeated).
type SettingField struct {
	Key, Name, Help, Mode string
	Options               []Option
}

// Rules is the table of routing rules. GET /quan-tri/quy-tac; gestures POST
// /quan-tri/quy-tac/<id>/len, /xuong, /tat, /bat, /bo.
type Rules struct {
	Frame
	Rows    []Rule
	Version string // "Phiên bản 4, do ông Hoàng Văn Minh lưu ngày 02/11/2026"
	MayEdit bool
}

// Rule is one routing rule: the first that matches wins.
type Rule struct {
	ID, Href         string
	Priority         int
	Name             string
	When             []string // "nơi gửi chứa “UBND tỉnh”", "từ khẩn trở lên"
	To               string   // the leader it is put before; empty = by the field
	Lead, Coop, Info string
	Due              string
	Parallel         bool
	Off              bool
	Used             int // how often proposed this year
}

// RuleEdit makes or changes a rule. Fields: name, priority, sender, type, urgency, within, keywords, field,
// to (leader), lead, coop…, info…, days, parallel. POST Address; trying: POST Address+"/thu" shows Tried.
type RuleEdit struct {
	Frame
	Form      Form
	Address   string
	Name      string
	Types     []Option
	Urgencies []Option
	Fields    []Option
	Leaders   []Option
	Leads     []Group
	Others    []Group
	Tried     []IncomingRow // last documents that it would have caught
	TriedN    string        // "12 trong 200 văn bản gần nhất"
}

// AdminHome says what is wrong before anything that can be set. GET /quan-tri
type AdminHome struct {
	Frame
	Sentence Sentence // what is wrong in red
	Health   []Health
	Jobs     []FailedJob
	Links    []AdminLink
	Version  string
}

// FailedJob is work of the program that failed. Retry: POST /quan-tri/viec-nen/<id>/chay-lai.
type FailedJob struct {
	What, When, Error string
	Tries             int
	Retry             *Button
}

// AdminLink leads to a page of the administration.
type AdminLink struct{ Label, Href, Words string }

func (Organisation) Template() string   { return "organisation" }
func (UnitEdit) Template() string       { return "unit-edit" }
func (PersonEdit) Template() string     { return "person-edit" }
func (AgencySettings) Template() string { return "agency-settings" }
func (Rules) Template() string          { return "rules" }
func (RuleEdit) Template() string       { return "rule-edit" }
func (AdminHome) Template() string      { return "admin-home" }
