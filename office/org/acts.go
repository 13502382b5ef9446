// SPDX-License-Identifier: Apache-2.0

package org

// The kinds of acts of this room.
const (
	AgencyFounded    = "org.agency_founded"
	AgencyChanged    = "org.agency_changed"
	UnitOpened       = "org.unit_opened"
	UnitRenamed      = "org.unit_renamed"
	UnitClosed       = "org.unit_closed"
	PersonEntered    = "org.person_entered"
	PersonChanged    = "org.person_changed"
	PostGiven        = "org.post_given"
	PostEnded        = "org.post_ended"
	FieldSet         = "org.field_set"
	LoginGiven       = "org.login_given"
	LoginReset       = "org.login_reset"
	LoginDisabled    = "org.login_disabled"
	LoginEnabled     = "org.login_enabled"
	SignedIn         = "org.signed_in"
	SignInRefused    = "org.sign_in_refused"
	SignInLocked     = "org.sign_in_locked"
	SecondStepPassed = "org.second_step_passed"
	SignedOut        = "org.signed_out"
	PasswordChanged  = "org.password_changed"
	SecondFactorSet  = "org.second_factor_set"
	SecondFactorOn   = "org.second_factor_on"
	SecondFactorOff  = "org.second_factor_off"
	RecoveryGiven    = "org.recovery_given"
	RecoveryUsed     = "org.recovery_used"
	AbsenceDeclared  = "org.absence_declared"
	AbsenceEnded     = "org.absence_ended"
	DayAdded         = "org.day_added"
	DayRemoved       = "org.day_removed"
	ShiftsSet        = "org.shifts_set"
	SettingChanged   = "org.setting_changed"
	PeopleTakenIn    = "org.people_taken_in"
	BehalfTaken      = "org.behalf_taken"
	BehalfLaidDown   = "org.behalf_laid_down"
	CheckpointHanded = "org.checkpoint_handed"
	DelegationGiven  = "org.delegation_given"
	DelegationEnded  = "org.delegation_ended"
	SigningSet       = "org.signing_set"
	SigningEnded     = "org.signing_ended"
)

// Acts are the words of the screen for each kind.
var Acts = map[string]string{
	AgencyFounded:    "lập sổ của cơ quan",
	AgencyChanged:    "sửa thông tin cơ quan",
	UnitOpened:       "lập đơn vị",
	UnitRenamed:      "đổi tên đơn vị",
	UnitClosed:       "kết thúc hoạt động của đơn vị",
	PersonEntered:    "thêm người",
	PersonChanged:    "sửa thông tin người",
	PostGiven:        "bổ nhiệm, bố trí vị trí",
	PostEnded:        "thôi giữ vị trí",
	FieldSet:         "phân công lĩnh vực",
	LoginGiven:       "cấp tài khoản",
	LoginReset:       "cấp lại mật khẩu",
	LoginDisabled:    "khóa tài khoản",
	LoginEnabled:     "mở khóa tài khoản",
	SignedIn:         "đăng nhập",
	SignInRefused:    "đăng nhập không thành công",
	SignInLocked:     "tạm khóa đăng nhập do sai nhiều lần",
	SecondStepPassed: "qua bước xác thực thứ hai",
	SignedOut:        "kết thúc phiên đăng nhập",
	PasswordChanged:  "đổi mật khẩu",
	SecondFactorSet:  "đặt mã xác thực hai bước",
	SecondFactorOn:   "bật xác thực hai bước",
	SecondFactorOff:  "tắt xác thực hai bước",
	RecoveryGiven:    "lấy mã dự phòng mới cho xác thực hai bước",
	RecoveryUsed:     "đăng nhập bằng mã dự phòng",
	AbsenceDeclared:  "khai báo vắng mặt",
	AbsenceEnded:     "kết thúc vắng mặt",
	DayAdded:         "thêm ngày vào lịch làm việc",
	DayRemoved:       "bỏ ngày khỏi lịch làm việc",
	ShiftsSet:        "đặt giờ làm việc",
	SettingChanged:   "đổi thiết lập",
	PeopleTakenIn:    "nhập danh sách đơn vị và người",
	BehalfTaken:      "bắt đầu làm việc thay",
	BehalfLaidDown:   "thôi làm việc thay",
	CheckpointHanded: "đưa mốc niêm phong sổ ra ngoài",
	DelegationGiven:  "ủy quyền ký",
	DelegationEnded:  "kết thúc ủy quyền ký",
	SigningSet:       "ghi quy chế về người ký",
	SigningEnded:     "bỏ dòng quy chế về người ký",
}
