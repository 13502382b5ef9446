// SPDX-License-Identifier: Apache-2.0

package signkey

import (
	"context"
	"errors"

	"soviec/kit/fault"
)

// Why a key did not sign. Every error for a person wraps one of these (errors.Is) and
// carries its own sentence (kit/fault).
var (
	ErrSecret      = errors.New("signkey: wrong passphrase or PIN")
	ErrLocked      = errors.New("signkey: the token is locked")
	ErrRefused     = errors.New("signkey: the person refused")
	ErrTimeout     = errors.New("signkey: no answer in time")
	ErrCancelled   = errors.New("signkey: called off")
	ErrNoKey       = errors.New("signkey: no such key")
	ErrEnded       = errors.New("signkey: the certificate is not in force")
	ErrUnreachable = errors.New("signkey: not reached")
	ErrAnswer      = errors.New("signkey: the answer does not fit the question")
	ErrUnsupported = errors.New("signkey: the key cannot do that")
	ErrFile        = errors.New("signkey: not a file of keys")
)

// Final tells that asking again with the same ticket is of no use: whoever has the key
// said no, or the time is over. Anything else may be a passing trouble.
func Final(err error) bool {
	for _, e := range []error{ErrSecret, ErrLocked, ErrRefused, ErrTimeout, ErrCancelled, ErrNoKey, ErrEnded, ErrAnswer, ErrUnsupported, ErrFile} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

func refuse(kind fault.Kind, field, text string, why, cause error) error {
	if cause != nil {
		why = errors.Join(why, cause)
	}
	return &fault.Error{Kind: kind, Field: field, Text: text, Err: why}
}

// The sentences, one for each reason, in the order of the reasons.

func wrongSecret(what string, cause error) error {
	return refuse(fault.KindInvalid, "secret", what+" không đúng.", ErrSecret, cause)
}

func locked(cause error) error {
	return refuse(fault.KindConflict, "secret", "Thiết bị lưu khóa đã bị khóa do nhập sai mã PIN quá số lần cho phép; cần mở khóa tại nơi cấp thiết bị.", ErrLocked, cause)
}

func refused(cause error) error {
	return refuse(fault.KindConflict, "", "Người giữ khóa đã từ chối ký.", ErrRefused, cause)
}

func timedOut(cause error) error {
	return refuse(fault.KindConflict, "", "Đã hết thời gian chờ khóa trả lời; hãy ký lại.", ErrTimeout, cause)
}

func noKey(text string, cause error) error {
	return refuse(fault.KindInvalid, "key", text, ErrNoKey, cause)
}

func unreachable(what string, cause error) error {
	return refuse(fault.KindConflict, "", "Không kết nối được với "+what+"; hãy thử lại sau ít phút.", ErrUnreachable, cause)
}

func badAnswer(cause error) error {
	return refuse(fault.KindConflict, "", "Chữ ký nhận được không khớp với chứng thư số đã chọn nên không được sử dụng.", ErrAnswer, cause)
}

func oddAnswer(what string, cause error) error {
	return refuse(fault.KindConflict, "", what+" không đúng quy cách.", ErrAnswer, cause)
}

func unsupported(text string) error {
	return refuse(fault.KindInvalid, "key", text, ErrUnsupported, nil)
}

// ended turns the end of a context into what it means for the person.
func ended(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return timedOut(err)
	}
	return refuse(fault.KindConflict, "", "Việc ký đã được hủy.", ErrCancelled, err)
}

// notYet is what it means that one look for an answer was not over in time: nothing is
// decided, and the next look may find it.
func notYet(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return unreachable("nơi giữ khóa", err)
	}
	return ended(err)
}

// notOurs says that the service does not know the office itself.
func notOurs(what string, cause error) error {
	return refuse(fault.KindConflict, "", "Không dùng được "+what+": mã hoặc mật khẩu của cơ quan không được chấp nhận; hãy báo người quản trị hệ thống.", ErrUnreachable, cause)
}
