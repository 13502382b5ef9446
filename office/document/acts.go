// SPDX-License-Identifier: Apache-2.0

package document

// The kinds of acts of this room.
const (
	Received        = "document.received"
	HandedUnopened  = "document.handed_unopened"
	BroughtBack     = "document.brought_back"
	Refused         = "document.refused"
	Registered      = "document.registered"
	CopyReceived    = "document.copy_received"
	FileAdded       = "document.file_added"
	Corrected       = "document.corrected"
	AnswerIssued    = "document.answer_issued"
	Submitted       = "document.submitted"
	PassedOn        = "document.passed_on"
	Directed        = "document.directed"
	Distributed     = "document.distributed"
	Redirected      = "document.redirected"
	Started         = "document.started"
	Reported        = "document.reported"
	Completed       = "document.completed"
	Reopened        = "document.reopened"
	Returned        = "document.returned"
	Filed           = "document.filed"
	Destroyed       = "document.destroyed"
	VoidAsked       = "document.void_asked"
	Voided          = "document.voided"
	VoidRefused     = "document.void_refused"
	RecallAsked     = "document.recall_asked"
	Recalled        = "document.recalled"
	RecallRefused   = "document.recall_refused"
	SecretReported  = "document.secret_reported"
	SecretRefused   = "document.secret_refused"
	RuleSet         = "document.rule_set"
	RuleEnded       = "document.rule_ended"
	RegisterOpened  = "document.register_opened"
	RegisterPrinted = "document.register_printed"
	NumberingBegun  = "document.numbering_begun"
	TakenOver       = "document.taken_over"
	TakenOverRows   = "document.taken_over_rows"
)

// Acts are the words of the screen for each kind.
var Acts = map[string]string{
	Received:        "tiếp nhận bản giấy",
	HandedUnopened:  "chuyển bì đích danh, không bóc",
	BroughtBack:     "chuyển lại bì để đăng ký",
	Refused:         "trả lại nơi gửi",
	Registered:      "vào sổ, cấp số đến",
	CopyReceived:    "nhận thêm một bản của văn bản đã đăng ký",
	FileAdded:       "thêm tệp",
	Corrected:       "sửa thông tin đăng ký",
	AnswerIssued:    "có văn bản trả lời đã phát hành",
	Submitted:       "trình lãnh đạo",
	PassedOn:        "chuyển lãnh đạo khác",
	Directed:        "cho ý kiến chỉ đạo, giao xử lý",
	Distributed:     "chuyển thẳng theo quy chế",
	Redirected:      "thay đổi ý kiến chỉ đạo",
	Started:         "bắt đầu xử lý",
	Reported:        "báo cáo kết quả xử lý",
	Completed:       "kết thúc xử lý",
	Reopened:        "mở lại",
	Returned:        "đơn vị trả lại, chờ cho ý kiến lại",
	Filed:           "lập hồ sơ",
	Destroyed:       "hủy tệp theo quyết định hủy hồ sơ",
	VoidAsked:       "đề nghị hủy số đến",
	Voided:          "hủy số đến",
	VoidRefused:     "không đồng ý hủy số đến",
	RecallAsked:     "nhận yêu cầu thu hồi",
	Recalled:        "đồng ý thu hồi",
	RecallRefused:   "từ chối thu hồi",
	SecretReported:  "báo lọt văn bản mật, khóa truy cập",
	SecretRefused:   "từ chối văn bản mật, không lưu gì",
	RuleSet:         "đặt quy tắc chuyển văn bản",
	RuleEnded:       "bỏ quy tắc chuyển văn bản",
	RegisterOpened:  "mở sổ đăng ký",
	RegisterPrinted: "in sổ đăng ký, chốt đến số",
	NumberingBegun:  "đặt số đến đầu tiên của năm",
	TakenOver:       "nhập sổ từ hệ thống cũ",
	TakenOverRows:   "các dòng nhập từ hệ thống cũ",
}
