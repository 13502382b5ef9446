// SPDX-License-Identifier: Apache-2.0

package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/deliver"
	"soviec/kit/fault"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/task"
)

// base is under which address people open the program.
func (d *Door) base(r *http.Request) string {
	if d.Post != nil && d.Post.Base != "" {
		return d.Post.Base
	}
	scheme := "http://"
	if d.Secure {
		scheme = "https://"
	}
	return scheme + r.Host
}

// feed is a person's own dated work as a calendar, for whoever has the secret address.
// The secret goes into no log.
func (d *Door) feed(w http.ResponseWriter, r *http.Request) {
	body, err := d.calendar(r)
	switch {
	case fault.Is(err, fault.KindInternal):
		slog.Error("calendar failed", "err", err)
		http.Error(w, "Lịch tạm thời không đọc được.", http.StatusInternalServerError)
		return
	case err != nil:
		http.Error(w, "Không có lịch này, hoặc địa chỉ đã bị bỏ.", http.StatusNotFound)
		return
	}
	sum := sha256.Sum256(body)
	tag := `"` + hex.EncodeToString(sum[:12]) + `"`
	h := w.Header()
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	h.Set("Cache-Control", "private, no-cache")
	h.Set("ETag", tag)
	h.Set("Referrer-Policy", "no-referrer")
	if strings.Contains(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body)
}

func (d *Door) calendar(r *http.Request) ([]byte, error) {
	read, now := d.Book.DB.Read(r.Context()), d.Clock()
	today := civil.Of(now)
	agency, c, err := notice.FeedOf(read, strings.TrimSuffix(r.PathValue("secret"), ".ics"))
	if err != nil {
		return nil, err
	}
	dir, err := org.DirectoryOf(d.Book, read, agency)
	if err != nil {
		return nil, err
	}
	logins, err := org.Logins(read, agency)
	if err != nil {
		return nil, err
	}
	if _, here := dir.PostOn(c.Person, today); !here || logins[c.Person].Disabled {
		return nil, errNoPage
	}
	picture, err := d.Board.Of(r.Context(), agency)
	if err != nil {
		return nil, err
	}
	var events []deliver.Event
	base := d.base(r)
	for _, t := range picture.View(dir, now, task.Scope{Person: c.Person}, task.Filter{}).Tiles() {
		if t.DueOn.IsZero() || t.Holder != c.Person || t.Standing == task.StandsWaiting {
			continue
		}
		e := deliver.Event{UID: fmt.Sprintf("viec-%d@%s", t.Share, dir.Agency.Code), Day: civil.At(t.DueOn, 0, 0), Title: "Việc đến hạn", Link: base + workLink(t.Work), Changed: t.GivenAt}
		if c.Titles {
			e.Title = "Hạn: " + t.Title
		}
		if at := t.DueAt.In(civil.Zone).Format("15:04"); !t.DueAt.IsZero() {
			e.Note = "Hạn " + at + " ngày " + t.DueOn.VN()
		}
		events = append(events, e)
	}
	if err := notice.Saw(r.Context(), d.Book.DB, c, now); err != nil {
		return nil, err
	}
	return deliver.Calendar(c.Name, events), nil
}

// worker and manifest are what lets a device keep the program as its own.
func (d *Door) worker(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	_, _ = w.Write(d.Views.Worker())
}

func (d *Door) manifest(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/manifest+json")
	w.Header().Set("Cache-Control", "public, max-age=3600")
	_, _ = w.Write(d.Views.Manifest())
}
