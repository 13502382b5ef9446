// SPDX-License-Identifier: Apache-2.0

package view

// Role is a role that has a help page of its own.
type Role string

// The roles with help pages; the value is the last part of /tro-giup/<role>.
const (
	RoleClerk  Role = "van-thu"
	RoleLeader Role = "lanh-dao"
	RoleHead   Role = "truong-phong"
	RoleStaff  Role = "chuyen-vien"
	RoleAdmin  Role = "quan-tri"
)

// Help is the help in the program. Role empty = the first page, with all roles.
// GET /tro-giup, /tro-giup/<role>
type Help struct {
	Frame
	Role Role
	Mine Role // the person's own role, marked
}

// Roles returns the roles with their words.
func (h Help) Roles() []HelpRole {
	return []HelpRole{
		{RoleClerk, "Văn thư", "Vào sổ, trình, chuyển, theo dõi sổ chờ, in sổ."},
		{RoleLeader, "Lãnh đạo cơ quan", "Cho ý kiến chỉ đạo, xem việc quá hạn, đôn đốc, duyệt gia hạn."},
		{RoleHead, "Trưởng phòng", "Nhận việc của phòng, phân công, theo dõi, đề nghị chuyển lại."},
		{RoleStaff, "Chuyên viên", "Xử lý việc được giao, báo cáo kết quả, xin gia hạn."},
		{RoleAdmin, "Quản trị", "Đơn vị, cán bộ, lịch nghỉ, sao lưu, kiểm tra sổ."},
	}
}

// HelpRole is a role in words.
type HelpRole struct {
	Role        Role
	Name, Words string
}

// Href returns the address of the role's page.
func (r HelpRole) Href() string { return "/tro-giup/" + string(r.Role) }

// Error is what is shown instead of a page: 403, 404, 409, 500.
type Error struct {
	Frame
	Status int
	Text   string // the sentence of the rule that refused; a default for 403, 404 and 500
	Act    string // number of the act in the log: internal errors show only this
	Back   *Link
}

// Keys is the page of keys, the same as the dialog on "?". GET /phim-tat
type Keys struct{ Frame }

func (Help) Template() string  { return "help" }
func (Error) Template() string { return "error" }
func (Keys) Template() string  { return "keys" }
