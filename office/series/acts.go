// SPDX-License-Identifier: Apache-2.0

package series

// The kinds of acts of this room.
const (
	Opened     = "series.opened"
	ModeSet    = "series.mode_set"
	BodySet    = "series.body_set"
	AbbrSet    = "series.abbr_set"
	Taken      = "series.taken"
	Reserved   = "series.reserved"
	Inserted   = "series.inserted"
	Voided     = "series.voided"
	Expired    = "series.expired"
	TakenAgain = "series.taken_again"
	Closed     = "series.closed"
	WentOut    = "series.went_out"
)

// Acts are the words of the screen for each kind.
var Acts = map[string]string{
	Opened:     "mở dãy số từ số đã ghi ở sổ giấy",
	ModeSet:    "chọn cách đánh số của năm",
	BodySet:    "đặt dãy số riêng cho hội đồng, ban",
	AbbrSet:    "đổi chữ viết tắt trong ký hiệu",
	Taken:      "lấy số",
	Reserved:   "giữ số",
	Inserted:   "cho phép chèn số",
	Voided:     "hủy số",
	Expired:    "hết hạn giữ số, hủy số",
	TakenAgain: "cấp lại số vừa hủy",
	Closed:     "khóa dãy số",
	WentOut:    "số đã ra khỏi cơ quan",
}
