// SPDX-License-Identifier: Apache-2.0

package task

// The kinds of acts of this room. An entry is about a work ("task/123") and counts 1;
// where a share is finished it counts the working days late instead (0 = in time), and
// the morning sweep, which is about the agency, counts its reminders.
const (
	Given            = "task.given"
	AssignedInside   = "task.assigned_inside"
	Seen             = "task.seen"
	WorkStarted      = "task.started"
	Progressed       = "task.progressed"
	ResultReported   = "task.reported"
	ResultConfirmed  = "task.confirmed"
	Finished         = "task.finished"
	SentBack         = "task.sent_back"
	WorkReopened     = "task.reopened"
	ExtensionAsked   = "task.extension_asked"
	ExtensionGranted = "task.extension_granted"
	ExtensionRefused = "task.extension_refused"
	ReturnAsked      = "task.return_asked"
	ReturnGranted    = "task.return_granted"
	ReturnRefused    = "task.return_refused"
	DueChanged       = "task.due_changed"
	LeadChanged      = "task.lead_changed"
	ShareAdded       = "task.share_added"
	ShareRemoved     = "task.share_removed"
	Cancelled        = "task.cancelled"
	Urged            = "task.urged"
	Swept            = "task.swept"
	DueMoved         = "task.due_moved"
	TakenOver        = "task.taken_over"
	Retitled         = "task.retitled"

	LinkAdded         = "task.link_added"
	LinkRemoved       = "task.link_removed"
	PartsChanged      = "task.parts_changed"
	Proposed          = "task.proposed"
	ProposalGranted   = "task.proposal_granted"
	ProposalRefused   = "task.proposal_refused"
	ProposalWithdrawn = "task.proposal_withdrawn"
	HandedOver        = "task.handed_over"
	DueAccepted       = "task.due_accepted"
	DueProposed       = "task.due_proposed"
	DueAgreed         = "task.due_agreed"
	DueKept           = "task.due_kept"
	Paused            = "task.paused"
	PauseAsked        = "task.pause_asked"
	PauseGranted      = "task.pause_granted"
	PauseRefused      = "task.pause_refused"
	Resumed           = "task.resumed"
	Obstructed        = "task.obstructed"
	ObstacleCleared   = "task.obstacle_cleared"
	Proved            = "task.proved"
	UrgingAnswered    = "task.urging_answered"
	CauseChanged      = "task.cause_changed"
)

// Acts are the words of the screen for each kind.
var Acts = map[string]string{
	Given:            "giao việc",
	AssignedInside:   "phân công trong đơn vị",
	Seen:             "xem việc được giao",
	WorkStarted:      "bắt đầu xử lý",
	Progressed:       "ghi tiến độ",
	ResultReported:   "báo cáo kết quả",
	ResultConfirmed:  "xác nhận kết quả phần việc",
	Finished:         "kết thúc công việc",
	SentBack:         "yêu cầu làm lại",
	WorkReopened:     "mở lại công việc",
	ExtensionAsked:   "đề nghị gia hạn",
	ExtensionGranted: "đồng ý gia hạn",
	ExtensionRefused: "không đồng ý gia hạn",
	ReturnAsked:      "đề nghị chuyển lại",
	ReturnGranted:    "đồng ý chuyển lại",
	ReturnRefused:    "không đồng ý chuyển lại",
	DueChanged:       "đổi hạn xử lý",
	LeadChanged:      "đổi đơn vị chủ trì",
	ShareAdded:       "thêm đơn vị, người tham gia",
	ShareRemoved:     "bớt đơn vị, người tham gia",
	Cancelled:        "hủy việc đã giao",
	Urged:            "đôn đốc",
	Swept:            "nhắc việc buổi sáng",
	DueMoved:         "dời hạn theo lịch làm việc mới",
	TakenOver:        "nhập việc từ sổ của hệ thống cũ",
	Retitled:         "sửa tên việc theo văn bản",

	LinkAdded:         "liên kết việc",
	LinkRemoved:       "bỏ liên kết",
	PartsChanged:      "đổi tỷ lệ khối lượng",
	Proposed:          "tự đề xuất việc",
	ProposalGranted:   "xác nhận việc tự đề xuất",
	ProposalRefused:   "không xác nhận việc tự đề xuất",
	ProposalWithdrawn: "rút việc tự đề xuất",
	HandedOver:        "bàn giao việc",
	DueAccepted:       "nhận hạn được giao",
	DueProposed:       "đề xuất hạn khác",
	DueAgreed:         "thống nhất hạn theo đề xuất",
	DueKept:           "giữ nguyên hạn đã giao",
	Paused:            "tạm dừng tính thời gian",
	PauseAsked:        "đề nghị tạm dừng tính thời gian",
	PauseGranted:      "xác nhận tạm dừng",
	PauseRefused:      "không chấp nhận tạm dừng",
	Resumed:           "tiếp tục tính thời gian",
	Obstructed:        "báo vướng mắc",
	ObstacleCleared:   "hết vướng mắc",
	Proved:            "hoàn thành theo minh chứng",
	UrgingAnswered:    "trả lời đôn đốc",
	CauseChanged:      "sửa danh mục nguyên nhân chờ",
}
