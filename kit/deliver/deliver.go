// SPDX-License-Identifier: Apache-2.0

// Package deliver hands a short message to a receiver outside the program: a mail
// server, a push service of a browser, a web address of a chat system.
//
// May enter: SMTP, web push (RFC 8030, 8188, 8291, 8292), signed web requests, calendars (RFC 5545), which hosts may be reached.
// May not: who is told what, retries, the database, the machine's clock.
package deliver

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// Kind is what may be done after a message was not taken.
type Kind int

// The kinds.
const (
	Later Kind = iota // the receiver cannot now: try again
	Never             // it will not take this message, ever
	Gone              // there is no such receiver any more
)

// A Refusal says why a message was not taken. Reason is a sentence for the
// administrator; it names neither addresses nor what the message says.
type Refusal struct {
	Kind   Kind
	Reason string
	// Unknown: the receiver may have taken it. Sent again, it must bear the same
	// identifier, by which the receiver can tell that it has it already.
	Unknown bool
	After   time.Duration // the receiver asks not to be tried before
	Err     error
}

func (r *Refusal) Error() string {
	if r.Err == nil {
		return r.Reason
	}
	return r.Reason + " " + r.Err.Error()
}

func (r *Refusal) Unwrap() error { return r.Err }

// AsRefusal is what an error of a sender says; a foreign error may be tried again, and
// nobody knows whether the message has arrived.
func AsRefusal(err error) *Refusal {
	var r *Refusal
	if errors.As(err, &r) {
		return r
	}
	return &Refusal{Reason: "Lỗi không rõ khi gửi.", Unknown: true, Err: err}
}

// ofStatus tells what the answer of a web receiver means; nil for taken.
func ofStatus(res *http.Response) error {
	r := &Refusal{Reason: fmt.Sprintf("Máy chủ nhận trả lời mã %d.", res.StatusCode), After: retryAfter(res.Header.Get("Retry-After"))}
	switch code := res.StatusCode; {
	case code >= 200 && code < 300:
		return nil
	case code == http.StatusNotFound, code == http.StatusGone:
		r.Kind, r.Reason = Gone, fmt.Sprintf("Nơi nhận không còn tồn tại (mã %d).", code)
	case code == http.StatusTooManyRequests, code == http.StatusRequestTimeout, code >= 500:
		r.Kind = Later
	default: // also 3xx: a message is not sent on to an address that nobody has allowed
		r.Kind = Never
	}
	return r
}

const longestWait = time.Hour

func retryAfter(s string) time.Duration {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0
	}
	return min(time.Duration(n)*time.Second, longestWait)
}
