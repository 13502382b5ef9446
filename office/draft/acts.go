// SPDX-License-Identifier: Apache-2.0

package draft

// The kinds of acts of this room.
const (
	Begun          = "draft.begun"
	Saved          = "draft.saved"
	Amended        = "draft.amended"
	FileAdded      = "draft.file_added"
	FileRemoved    = "draft.file_removed"
	Submitted      = "draft.submitted"
	ContentPassed  = "draft.content_passed"
	FormPassed     = "draft.form_passed"
	Returned       = "draft.returned"
	MarkSettled    = "draft.mark_settled"
	OpinionAsked   = "draft.opinion_asked"
	OpinionGiven   = "draft.opinion_given"
	OpinionMoved   = "draft.opinion_extended"
	OpinionClosed  = "draft.opinion_closed"
	PassedOn       = "draft.passed_on"
	Refused        = "draft.refused"
	Dropped        = "draft.dropped"
	Handed         = "draft.handed"
	Prepared       = "draft.prepared"
	CoSigned       = "draft.co_signed"
	Signed         = "draft.signed"
	Left           = "draft.left"
	TemplateSet    = "draft.template_set"
	TemplateTurned = "draft.template_turned"
)

// Acts are the words of the screen for each kind.
var Acts = map[string]string{
	Begun:          "bắt đầu soạn thảo",
	Saved:          "lưu dự thảo",
	Amended:        "sửa trực tiếp dự thảo khi kiểm tra",
	FileAdded:      "thêm tệp vào dự thảo",
	FileRemoved:    "bỏ tệp khỏi dự thảo",
	Submitted:      "trình dự thảo",
	ContentPassed:  "duyệt nội dung, ký nháy",
	FormPassed:     "kiểm tra thể thức, ký nháy",
	Returned:       "trả lại dự thảo",
	MarkSettled:    "đã sửa theo ý kiến trên bản thảo",
	OpinionAsked:   "lấy ý kiến về dự thảo",
	OpinionGiven:   "cho ý kiến về dự thảo",
	OpinionMoved:   "gia hạn lấy ý kiến",
	OpinionClosed:  "kết thúc lấy ý kiến",
	PassedOn:       "chuyển người ký khác",
	Refused:        "từ chối ký",
	Dropped:        "hủy dự thảo",
	Handed:         "giao người khác soạn tiếp dự thảo",
	Prepared:       "mở tệp để ký số",
	CoSigned:       "cùng ký văn bản",
	Signed:         "ký văn bản",
	Left:           "chuyển sang cấp số, phát hành",
	TemplateSet:    "lập hoặc sửa mẫu văn bản",
	TemplateTurned: "bật, tắt mẫu văn bản",
}
