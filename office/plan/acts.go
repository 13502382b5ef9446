// SPDX-License-Identifier: Apache-2.0

package plan

// The kinds of acts of this room. Entries are about a rule ("plan/12"), a template
// ("template/12"), a run of one ("run/12") or a catalogue ("catalogue/12").
const (
	CataloguePublished = "plan.catalogue_published"
	TemplateSet        = "plan.template_set"
	TemplateEnded      = "plan.template_ended"
	RunBegun           = "plan.run_begun"
	StepReady          = "plan.step_ready"
	StepGiven          = "plan.step_given"
	StepStopped        = "plan.step_stopped"
	StepDropped        = "plan.step_dropped"
	RuleSet            = "plan.rule_set"
	RulePaused         = "plan.rule_paused"
	RuleResumed        = "plan.rule_resumed"
	RuleStopped        = "plan.rule_stopped"
	RuleEnded          = "plan.rule_ended"
	OccurrenceGiven    = "plan.occurrence_given"
	OccurrenceSkipped  = "plan.occurrence_skipped"
	OccurrenceChanged  = "plan.occurrence_changed"
	OccurrenceRestored = "plan.occurrence_restored"
	OccurrenceMissed   = "plan.occurrence_missed"
)

// Acts are the words of the screen for each kind.
var Acts = map[string]string{
	CataloguePublished: "ban hành danh mục sản phẩm",
	TemplateSet:        "lập mẫu công việc",
	TemplateEnded:      "thôi dùng mẫu công việc",
	RunBegun:           "giao việc theo mẫu",
	StepReady:          "đến lượt bước tiếp theo",
	StepGiven:          "giao bước tiếp theo của mẫu",
	StepStopped:        "chưa giao được bước tiếp theo",
	StepDropped:        "bỏ bước của mẫu",
	RuleSet:            "đặt việc định kỳ",
	RulePaused:         "tạm dừng việc định kỳ",
	RuleResumed:        "chạy lại việc định kỳ",
	RuleStopped:        "việc định kỳ phải dừng để hỏi",
	RuleEnded:          "chấm dứt việc định kỳ",
	OccurrenceGiven:    "giao việc định kỳ",
	OccurrenceSkipped:  "bỏ một kỳ",
	OccurrenceChanged:  "đổi một kỳ",
	OccurrenceRestored: "khôi phục một kỳ",
	OccurrenceMissed:   "lỡ một kỳ",
}
