// SPDX-License-Identifier: Apache-2.0

package web

import (
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"soviec/kit/blob"
	"soviec/kit/civil"
	"soviec/kit/extract"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
	"soviec/office/signing"
)

// passesInMinute is how often one machine may come with one-time addresses, right or wrong.
const passesInMinute = 120

// passes counts who has come with one-time addresses lately.
type passes struct {
	mu     sync.Mutex
	minute int64
	came   map[string]int
}

func (c *passes) enter(who string, now time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if m := now.Unix() / 60; m != c.minute || c.came == nil {
		c.minute, c.came = m, map[string]int{}
	}
	if c.came[who]++; c.came[who] > passesInMinute || len(c.came) > checkVisitors {
		return fault.Conflict("", "Yêu cầu quá nhiều trong một phút; xin đợi.")
	}
	return nil
}

// csp of the page that speaks with the signing service of this PC (signatures.md §7.1), which
// listens on the loopback address only.
var cspPC = []string{csp[0] + "; connect-src 'self' wss://127.0.0.1:8987 wss://localhost:8987"}

// signingAddresses makes the one-time addresses of one document for the signing service of
// the visitor's PC.
func signingAddresses(v *visit) error {
	id, err := v.id("id")
	if err != nil {
		return err
	}
	session, ok := number64(v.PostFormValue("session"))
	b, err := signing.BatchOf(v.read(), v.agency(), v.session.Person, id)
	if err != nil {
		return err
	}
	var out signing.Passage
	if !ok || !slices.ContainsFunc(b.Sessions, func(s signing.Session) bool { return s.ID == session }) {
		return errNoPage
	}
	if err := v.act(func(a *journal.Act) (err error) { out, err = signing.HandOut(a, session); return err }); err != nil {
		return err
	}
	base := "http://"
	if v.d.Secure {
		base = "https://"
	}
	base += v.Host + deskAddress + "/tep/"
	sendJSON(v.w, http.StatusOK, struct {
		Get string `json:"get"`
		Put string `json:"put"`
	}{base + out.Get + "/van-ban.pdf", base + out.Put})
	return nil
}

// passOf finds whose a one-time address is, before anything is read of the request.
func (d *Door) passOf(r *http.Request, way string) (journal.Holder, signing.Session, error) {
	if err := d.passes.enter(d.remote(r), d.Clock()); err != nil {
		return journal.Holder{}, signing.Session{}, err
	}
	agency, s, err := signing.PassOf(d.Book.DB.Read(r.Context()), way, r.PathValue("word"), d.Clock())
	if err != nil {
		return journal.Holder{}, s, err
	}
	dir, err := org.DirectoryOf(d.Book, d.Book.DB.Read(r.Context()), agency)
	if err != nil {
		return journal.Holder{}, s, err
	}
	return dir.Holder(s.Person, 0, civil.Of(d.Clock())), s, nil
}

// passGet gives the file of a session to the signing service, once, without a session cookie.
func (d *Door) passGet(w http.ResponseWriter, r *http.Request) error {
	by, s, err := d.passOf(r, signing.WayGet)
	if err != nil {
		return err
	}
	src, size, err := d.Blobs.Get(r.Context(), blob.Key(s.Before))
	if err != nil {
		return err
	}
	defer src.Close()
	if err := d.Book.Do(r.Context(), by, func(a *journal.Act) error { _, err := signing.Use(a, signing.WayGet, r.PathValue("word")); return err }); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", extract.PDF.MediaType())
	h.Set("Content-Length", strconv.FormatInt(size, 10))
	h.Set("Content-Disposition", `attachment; filename="van-ban.pdf"`)
	h["Cache-Control"] = noStore
	_, _ = io.Copy(w, src)
	return nil
}

// passPut takes the signed file back, once: it must begin with the bytes handed out and bear
// one new signature of the expected person (signatures.md §7.1). The service is answered in
// its own words.
func (d *Door) passPut(w http.ResponseWriter, r *http.Request) error {
	answer := func(err error) error {
		text := ""
		if err != nil {
			text = fault.Text(err)
		}
		sendJSON(w, http.StatusOK, map[string]any{"Status": err == nil, "Message": text, "FileName": "", "FileServer": ""})
		return nil
	}
	by, s, err := d.passOf(r, signing.WayPut)
	if err != nil {
		if fault.Is(err, fault.KindInternal) {
			return err
		}
		return answer(err)
	}
	file, err := sentFile(w, r)
	if err != nil {
		return answer(err)
	}
	key, _, err := d.Blobs.Put(r.Context(), file, fileMost)
	if err != nil {
		return answer(err)
	}
	if err := d.Book.Do(r.Context(), by, func(a *journal.Act) error { _, err := signing.Use(a, signing.WayPut, r.PathValue("word")); return err }); err != nil {
		return answer(err)
	}
	if err := d.Desk.Take(r.Context(), by, s.ID, string(key)); err != nil {
		if fault.Is(err, fault.KindInternal) {
			return err
		}
		return answer(err)
	}
	if s, err = signing.SessionOf(d.Book.DB.Read(r.Context()), by.Agency, s.ID); err == nil && s.State != signing.Done {
		err = fault.Conflict("", s.Why)
	}
	return answer(err)
}

// sentFile is the file of an upload: a form with one file, or the bare bytes.
func sentFile(w http.ResponseWriter, r *http.Request) (io.Reader, error) {
	r.Body = http.MaxBytesReader(w, r.Body, fileMost+1<<20)
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); !strings.HasPrefix(kind, "multipart/") {
		return r.Body, nil
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, fault.Invalid("file", "Không đọc được tệp gửi lên.")
	}
	for range 20 {
		part, err := parts.NextPart()
		if err != nil {
			break
		}
		if part.FileName() != "" {
			return part, nil
		}
	}
	return nil, fault.Invalid("file", "Không có tệp nào được gửi lên.")
}
