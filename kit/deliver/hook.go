// SPDX-License-Identifier: Apache-2.0

package deliver

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The headers of a signed request. The signature is HMAC-SHA256 over "id.time.body",
// as "v1=" and hex; the time is in seconds since 1970.
const (
	HookID        = "X-Soviec-Id"
	HookTime      = "X-Soviec-Time"
	HookSignature = "X-Soviec-Signature"
)

// A Hook posts signed JSON to web addresses within its guard.
type Hook struct {
	guard  Guard
	client *http.Client
}

// NewHook makes a sender to the guard's hosts.
func NewHook(g Guard) *Hook { return &Hook{g, g.Client()} }

// Guard says which hosts may be reached.
func (h *Hook) Guard() Guard { return h.guard }

// Send posts a body. The same id again is the same message.
func (h *Hook) Send(ctx context.Context, address string, secret []byte, id string, at time.Time, body []byte) error {
	if err := h.guard.still(address); err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return &Refusal{Kind: Never, Reason: "Địa chỉ nhận không đúng dạng.", Err: err}
	}
	when := strconv.FormatInt(at.Unix(), 10)
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	r.Header.Set("User-Agent", "SoViec")
	r.Header.Set(HookID, id)
	r.Header.Set(HookTime, when)
	r.Header.Set(HookSignature, "v1="+hex.EncodeToString(sign(secret, id, when, body)))
	return post(h.client, r)
}

func sign(secret []byte, id, when string, body []byte) []byte {
	m := hmac.New(sha256.New, secret)
	m.Write([]byte(id + "." + when + "."))
	m.Write(body)
	return m.Sum(nil)
}

// Signed reports whether a request bears the signature of the secret, not older or newer
// than the tolerance: what a receiver does before it believes a message.
func Signed(h http.Header, body, secret []byte, now time.Time, tolerance time.Duration) bool {
	when, err := strconv.ParseInt(h.Get(HookTime), 10, 64)
	if err != nil || now.Sub(time.Unix(when, 0)).Abs() > tolerance {
		return false
	}
	said, err := hex.DecodeString(strings.TrimPrefix(h.Get(HookSignature), "v1="))
	return err == nil && hmac.Equal(said, sign(secret, h.Get(HookID), h.Get(HookTime), body))
}
