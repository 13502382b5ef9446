// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"sync"
	"time"

	"soviec/door/web/view"
)

// buffers are used again, so that a page costs no new memory of its size.
var buffers bufferPool

type bufferPool struct{ p sync.Pool }

func (b *bufferPool) get() *bytes.Buffer {
	if v := b.p.Get(); v != nil {
		buf := v.(*bytes.Buffer)
		buf.Reset()
		return buf
	}
	return bytes.NewBuffer(make([]byte, 0, 32<<10))
}

func (b *bufferPool) put(buf *bytes.Buffer) {
	if buf.Cap() < 1<<20 {
		b.p.Put(buf)
	}
}

var (
	html    = []string{"text/html; charset=utf-8"}
	noStore = []string{"private, no-store"}
)

// send writes a page whole, with its length, so that it leaves in one piece.
func send(w http.ResponseWriter, status int, parts ...[]byte) {
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	h := w.Header()
	h["Content-Type"] = html
	h["Cache-Control"] = noStore
	h["Content-Length"] = []string{strconv.Itoa(n)}
	w.WriteHeader(status)
	for _, p := range parts {
		_, _ = w.Write(p)
	}
}

const (
	sessionCookie = "soviec"
	flashCookie   = "soviec_vua_xong"
)

func setCookie(w http.ResponseWriter, name, value string, age time.Duration, secure bool) {
	c := &http.Cookie{Name: name, Value: value, Path: "/", HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode}
	if c.MaxAge = int(age / time.Second); c.MaxAge == 0 {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// setFlash keeps a sentence for the next page.
func setFlash(w http.ResponseWriter, f view.Flash, secure bool) {
	raw, err := json.Marshal(f)
	if err == nil {
		setCookie(w, flashCookie, base64.RawURLEncoding.EncodeToString(raw), time.Minute, secure)
	}
}

// takeFlash takes the sentence kept by the last act, once.
func takeFlash(w http.ResponseWriter, r *http.Request, secure bool) view.Flash {
	var f view.Flash
	c, err := r.Cookie(flashCookie)
	if err != nil {
		return f
	}
	setCookie(w, flashCookie, "", 0, secure)
	if raw, err := base64.RawURLEncoding.DecodeString(c.Value); err == nil {
		_ = json.Unmarshal(raw, &f)
	}
	f.Undo = nil // a button never comes from a cookie
	f.Href = local(f.Href, "")
	return f
}
