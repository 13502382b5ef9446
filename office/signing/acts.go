// SPDX-License-Identifier: Apache-2.0

package signing

// The kinds of acts of this room. An entry is about a session ("signing/12"), an asking of a
// key ("signing-batch/12") or what a person signs with ("signing-profile/7").
const (
	Opened     = "signing.opened"
	Failed     = "signing.failed"
	Asked      = "signing.asked"
	Answered   = "signing.answered"
	Finished   = "signing.finished"
	Refused    = "signing.refused"
	Expired    = "signing.expired"
	HandedOut  = "signing.handed_out"
	Fetched    = "signing.fetched"
	Returned   = "signing.returned"
	PictureSet = "signing.picture_set"
	KeyKept    = "signing.key_kept"
	RemoteSet  = "signing.remote_set"
)

// Acts are the words of the screen for each kind.
var Acts = map[string]string{
	Opened:     "mở phiên ký số",
	Failed:     "không mở được phiên ký số",
	Asked:      "gửi yêu cầu ký đến nơi giữ khóa",
	Answered:   "nhận kết quả từ nơi giữ khóa",
	Finished:   "hoàn thành phiên ký số",
	Refused:    "phiên ký số không thành",
	Expired:    "phiên ký số hết hạn",
	HandedOut:  "lập địa chỉ một lần để ký trên máy",
	Fetched:    "giao tệp cho bộ ký trên máy",
	Returned:   "nhận tệp từ bộ ký trên máy",
	PictureSet: "đặt hình chữ ký",
	KeyKept:    "đặt tệp khóa ký cá nhân",
	RemoteSet:  "đặt tài khoản ký từ xa",
}
