// SPDX-License-Identifier: Apache-2.0

package view

// SignIn is the first page. Fields: username, password, next (hidden).
// POST /dang-nhap
type SignIn struct {
	Frame
	Form     Form
	Next     string          // where to go afterwards
	Slow     string          // "Sai 5 lần liên tiếp. Tài khoản tạm khóa đến 08:45."
	Accounts []SampleAccount // shown in the demo only
}

// SampleAccount is an account of the demo; the sign-in page shows them. A button fills
// nothing in: it posts username and password itself.
type SampleAccount struct{ Username, Password, Name, Title, Sees string }

// ChangePassword asks for a new password; the first one must be changed.
// Fields: current, password, again. POST /doi-mat-khau
type ChangePassword struct {
	Frame
	Form  Form
	First bool // the account is new: no way around
	Rules []string
}

// SecondFactor asks for the six digits, or a recovery code. Field: code. POST /dang-nhap/ma-xac-thuc
type SecondFactor struct {
	Frame
	Form Form
	Next string // where to go afterwards
}

// SecondFactorSetup begins with begin=1, then shows the key to be scanned, this once.
// Field: code. POST /tai-khoan/xac-thuc; turning off: POST /tai-khoan/xac-thuc/tat
// with field password; new recovery codes: POST /tai-khoan/xac-thuc/ma-du-phong with field password.
type SecondFactorSetup struct {
	Frame
	Form     Form
	On       bool     // already in use: offers to turn off
	Required bool     // the person's duties demand it
	QR       string   // "data:image/png;base64,…"
	Secret   string   // the same by hand, in groups of four; empty = not begun
	Asked    bool     // a first code was wrong: asks for another, the key is not shown again
	Next     string   // where to go on afterwards
	Codes    []string // recovery codes just made, shown this once
	Left     int      // recovery codes not used yet
}

// Sessions lists where the person is signed in.
// POST /tai-khoan/phien/ket-thuc with field session; POST /tai-khoan/phien/ket-thuc-khac.
type Sessions struct {
	Frame
	Rows           []Session
	SecondFactorOn bool
}

// Session is one place of sign-in.
type Session struct {
	ID, Device, Address, Since, Seen string
	Current                          bool
}

func (SignIn) Template() string            { return "sign-in" }
func (ChangePassword) Template() string    { return "change-password" }
func (SecondFactor) Template() string      { return "second-factor" }
func (SecondFactorSetup) Template() string { return "second-factor-setup" }
func (Sessions) Template() string          { return "sessions" }
