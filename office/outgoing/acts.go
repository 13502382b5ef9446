// SPDX-License-Identifier: Apache-2.0

package outgoing

// The kinds of acts of this room.
const (
	Numbered       = "outgoing.numbered"
	NumberWritten  = "outgoing.number_written"
	SealPrepared   = "outgoing.seal_prepared"
	Sealed         = "outgoing.sealed"
	AppendixSealed = "outgoing.appendix_sealed"
	SealPictured   = "outgoing.seal_pictured"
	RecipientsSet  = "outgoing.recipients_set"
	Issued         = "outgoing.issued"
	Delivered      = "outgoing.delivered"
	Opened         = "outgoing.opened"
	SentAgain      = "outgoing.sent_again"
	Posted         = "outgoing.posted"
	VoidAsked      = "outgoing.void_asked"
	NumberVoided   = "outgoing.number_voided"
	VoidRefused    = "outgoing.void_refused"
	RecallBegun    = "outgoing.recall_begun"
	RecallAnswer   = "outgoing.recall_answered"
	Recalled       = "outgoing.recalled"
	Corrected      = "outgoing.corrected"
	Superseded     = "outgoing.superseded"
	Filed          = "outgoing.filed"
	KeptUsed       = "outgoing.kept_used"
	KeptReturned   = "outgoing.kept_returned"
	KeptLate       = "outgoing.kept_late"
	BookPrinted    = "outgoing.book_printed"
	LineCorrected  = "outgoing.line_corrected"
	Reminded       = "outgoing.reminded"
	GroupSet       = "outgoing.group_set"
	GroupClosed    = "outgoing.group_closed"
	PacketMade     = "outgoing.packet_made"
	CopyMade       = "outgoing.copy_made"
	CopySigned     = "outgoing.copy_signed"
	CopyNumbered   = "outgoing.copy_numbered"
	CopyWritten    = "outgoing.copy_written"
	CopyIssued     = "outgoing.copy_issued"
	CopyDropped    = "outgoing.copy_dropped"
)

// Acts are the words of the screen for each kind.
var Acts = map[string]string{
	Numbered:       "cấp số, ngày văn bản",
	NumberWritten:  "ghi số, ngày vào tệp",
	SealPrepared:   "chuyển tệp để ký số của cơ quan",
	Sealed:         "ký số của cơ quan, đóng dấu",
	AppendixSealed: "ký số của cơ quan trên phụ lục",
	SealPictured:   "đặt hình con dấu của cơ quan",
	RecipientsSet:  "sửa nơi nhận",
	Issued:         "phát hành",
	Delivered:      "ghi nhận tình trạng gửi",
	Opened:         "mở xem lần đầu (ký nhận)",
	SentAgain:      "gửi lại",
	Posted:         "gửi bưu điện",
	VoidAsked:      "đề nghị hủy số",
	NumberVoided:   "hủy số",
	VoidRefused:    "không đồng ý hủy số",
	RecallBegun:    "thu hồi theo lệnh của lãnh đạo",
	RecallAnswer:   "nơi nhận trả lời việc thu hồi",
	Recalled:       "hoàn tất thu hồi",
	Corrected:      "đính chính bằng công văn",
	Superseded:     "thay thế bằng văn bản khác",
	Filed:          "lập hồ sơ",
	KeptUsed:       "cho sử dụng bản lưu",
	KeptReturned:   "nhận lại bản lưu",
	KeptLate:       "nhắc trả bản lưu",
	BookPrinted:    "in và khóa sổ",
	LineCorrected:  "đính chính một dòng trong sổ",
	Reminded:       "nhắc văn thư hạn phát hành",
	GroupSet:       "lập, sửa nhóm nơi nhận",
	GroupClosed:    "thôi dùng nhóm nơi nhận",
	PacketMade:     "lập gói có mật khẩu để gửi thư điện tử",
	CopyMade:       "làm bản sao, trình ký",
	CopySigned:     "ký bản sao",
	CopyNumbered:   "cấp số bản sao",
	CopyWritten:    "lập tệp bản sao",
	CopyIssued:     "đóng dấu, phát hành bản sao",
	CopyDropped:    "thôi sao",
}
