// SPDX-License-Identifier: Apache-2.0

package view

// IncomingList is the register on screen. GET /van-ban-den
type IncomingList struct {
	Frame
	Sentence    string // "2.874 văn bản đến năm 2026; 9 văn bản chưa có người xử lý."
	Filters     []Filter
	Query       string // GET parameter q: words within the list
	Rows        []IncomingRow
	Pager       Pager
	CanRegister bool // button "Vào sổ văn bản mới"
	CanPrint    bool // link /van-ban-den/in
	CanTakeOver bool // link /quan-tri/nhap-so
	Empty       string
}

// IncomingRow is one line of the register.
type IncomingRow struct {
	Href     string // /van-ban-den/2026/2611
	Number   string // arrival number "2.611"
	Arrived  string // "17/11/2026"
	Notation string // "1234/UBND-VX"
	Issued   string
	Issuer   string
	Type     string
	Subject  string
	Urgency  Urgency
	Holder   string // unit or person
	Due      string
	DueWords string
	State    State
	Status   string // "Đang xử lý"
	Legacy   bool   // taken over from another system

	Signature *SignatureMark // nil: no file of it is signed
}

// Register is the form of one incoming document; ten visible fields, the rest under "Thêm".
// Fields: files (multipart, many), file_key (kept uploads), notation, type, issuer, issued_on,
// subject, urgency, due_on, channel, register, arrived_on; under "Thêm": sender, signer, pages, field, note,
// paper, reply_due_on, received_at (paper received before today); duplicate (same, different),
// duplicate_reason, duplicate_of, form_key, then (save | submit: save and put before a leader).
// POST /van-ban-den; editing: POST Address.
type Register struct {
	Frame
	Form      Form
	Address   string // set when an entry is being corrected: /van-ban-den/2026/2611/sua
	Number    string // its arrival number, then
	Next      string // "Số đến tiếp theo: 2.612"
	Uploads   []Upload
	Limits    string // "PDF, Word, Excel, ảnh; mỗi tệp tối đa 50 MB"
	Types     []Option
	Issuers   []string // last used first: the list beside the field
	Urgencies []Option
	Channels  []Option
	Registers []Option
	Fields    []Option
	Read      string // "Đã đọc được từ tệp: số, ngày, trích yếu. Xin kiểm tra lại."
	Duplicate *Duplicate
	MoreOpen  bool   // "Thêm" stands open (an error is inside)
	CanMark   bool   // shows "Lưu và trình lãnh đạo"
	Intake    string // the envelope it came out of, sent as intake
	Version   string // of the entry being corrected, sent as version
}

// Duplicate is the warning that the document seems to be in the register already.
type Duplicate struct {
	Existing IncomingRow
	Same     string // "cùng số, ký hiệu và cơ quan ban hành"
}

// Secret explains what to do with a secret document; it stores nothing, not even a count.
// GET /van-ban-den/mat
type Secret struct {
	Frame
	Clerk string // whom to bring the paper to
}

// PrintRegister asks which book and which period. GET /van-ban-den/in; the form is a GET to
// /van-ban-den/so with book (incoming, follow), register, period (day, month, quarter, year, range),
// day, month, quarter, year, from, to, format (pdf, xlsx).
type PrintRegister struct {
	Frame
	Form      Form
	Books     []Option
	Registers []Option
	Years     []Option
	Printed   string // "Đã in và khóa đến số 2.400 (30/9/2026)."
	MayLock   bool   // the clerk's button "In và khóa sổ"
}

// LockRegister says what printing a register for good means before it is done.
// GET /van-ban-den/khoa-so; posted to the same address with register, year, number.
type LockRegister struct {
	Frame
	Back           *Crumb
	Form           Form
	Register, Year string
	Book           string // "Sổ đăng ký văn bản đến, năm 2026"
	Locked         string // "Đã in và khóa đến số 2.400, ngày 30/09/2026."
	From, To       string // the numbers to be locked; empty = nothing new
	Number         string // posted: what the person saw as the last number
	PreviewHref    string
}

// StampPrint is the arrival stamp (dấu ĐẾN) as a sheet to print over or lay beside the file;
// the file itself is never altered. GET <document>/dau-den
type StampPrint struct {
	Frame
	Stamp   Stamp
	Back    string
	Subject string
}

// Stamp is the arrival stamp of Decree 30/2020, Appendix IV.
type Stamp struct {
	Agency string
	Number string // "2.611"
	Date   string // "17/11/2026"
	To     string // Chuyển
	File   string // Số và ký hiệu HS
}

func (IncomingList) Template() string  { return "incoming-list" }
func (Register) Template() string      { return "register" }
func (Secret) Template() string        { return "secret" }
func (PrintRegister) Template() string { return "print-register" }
func (LockRegister) Template() string  { return "lock-register" }
func (StampPrint) Template() string    { return "stamp-print" }
