// SPDX-License-Identifier: Apache-2.0

package signature

// The kinds of acts of this room.
const (
	Judged     = "signature.judged"
	Waived     = "signature.waived"
	TrustAdded = "signature.trust_added"
	TrustEnded = "signature.trust_ended"
	KeyEntered = "signature.key_entered"
	KeyHanded  = "signature.key_handed"
	KeyEnded   = "signature.key_ended"
	EndTold    = "signature.end_told"
)

// Acts are the words of the screen for each kind.
var Acts = map[string]string{
	Judged:     "kiểm tra chữ ký số của tệp",
	Waived:     "xác nhận đã biết chữ ký số không hợp lệ",
	TrustAdded: "thêm chứng thư vào kho tin cậy",
	TrustEnded: "thôi tin cậy một chứng thư",
	KeyEntered: "ghi khóa ký vào sổ",
	KeyHanded:  "bàn giao khóa ký",
	KeyEnded:   "thôi sử dụng khóa ký",
	EndTold:    "nhắc chứng thư số sắp hết hạn",
}
