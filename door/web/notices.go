// SPDX-License-Identifier: Apache-2.0

package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/office/notice"
	"soviec/office/org"
)

const (
	noticesOnPage = 50
	heartbeat     = 25 * time.Second
)

// notices is what the visitor was told, newest first.
func notices(v *visit) error {
	before, _ := number64(v.FormValue("before"))
	unreadOnly := v.FormValue("show") == "unread"
	rows, err := notice.List(v.read(), v.agency(), v.me(), before, noticesOnPage+1)
	if err != nil {
		return err
	}
	p := view.Notices{Frame: v.frame(view.PlaceNone, "Thông báo"), Filter: view.Select{Value: v.FormValue("show"),
		Options: []view.Option{{Label: "tất cả"}, {Value: "unread", Label: "chưa đọc"}}}}
	if len(rows) > noticesOnPage {
		rows = rows[:noticesOnPage]
		p.Pager.Next = fmt.Sprintf("/thong-bao?before=%d", rows[len(rows)-1].ID)
		if unreadOnly {
			p.Pager.Next += "&show=unread"
		}
	}
	if before != 0 {
		p.Pager.Previous = "/thong-bao"
	}
	for _, n := range rows {
		if unreadOnly && n.Read() {
			continue
		}
		p.Rows = append(p.Rows, view.Notice{ID: idText(n.ID), Href: local(n.Link, "/"), Text: n.Text, At: sinceWords(n.At, v.today), Unread: !n.Read()})
	}
	switch n := p.Unread; n {
	case 0:
		p.Sentence = "Đã đọc hết."
	default:
		p.Sentence = fmt.Sprintf("%d thông báo chưa đọc.", n)
	}
	return v.show(p)
}

// readNotices marks all notices as read, or those up to one.
func readNotices(v *visit) error {
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	upTo := int64(0)
	for _, id := range v.PostForm["notice"] {
		if n, ok := number64(id); ok {
			upTo = max(upTo, n)
		}
	}
	said := "Đã đánh dấu đọc đến đây."
	if v.PostFormValue("all") != "" {
		newest, err := notice.List(v.read(), v.agency(), v.me(), 0, 1)
		if err != nil {
			return err
		}
		if len(newest) > 0 {
			upTo = newest[0].ID
		}
		said = "Đã đánh dấu đọc hết."
	}
	if upTo == 0 {
		return v.done("/thong-bao", "Không có thông báo nào để đánh dấu.")
	}
	if err := notice.MarkRead(v.Context(), v.d.Book.DB, v.now, v.agency(), v.me(), upTo); err != nil {
		return err
	}
	return v.done(v.back("/thong-bao"), said)
}

// liveNotices keeps a page told (server-sent events): how many notices are unread,
// and the newest one when it has just come.
func liveNotices(v *visit) error {
	flush := http.NewResponseController(v.w)
	h := v.w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h["Cache-Control"] = noStore
	h.Set("X-Accel-Buffering", "no") // proxies must not collect it
	wake, cancel := notice.Live.Subscribe(v.agency(), v.me())
	defer cancel()
	unread, newest, _, err := notice.News(v.read(), v.agency(), v.me())
	if err != nil {
		return err
	}
	if err := v.tellUnread(unread, ""); err != nil {
		return nil
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		if err := flush.Flush(); err != nil {
			return nil // the page is gone, or what stands between cannot stream
		}
		select {
		case <-v.Context().Done():
			return nil
		case <-beat.C:
			if !v.stillHere() {
				return nil
			}
			if _, err := v.w.Write([]byte(": \n\n")); err != nil {
				return nil
			}
		case <-wake:
			if !v.stillHere() {
				return nil
			}
			unread, last, text, err := notice.News(v.read(), v.agency(), v.me())
			if err != nil {
				return nil
			}
			if last <= newest {
				text = ""
			}
			newest = max(newest, last)
			if err := v.tellUnread(unread, text); err != nil {
				return nil
			}
		}
	}
}

func (v *visit) tellUnread(n int, text string) error {
	data, err := json.Marshal(struct {
		Unread int    `json:"unread"`
		Text   string `json:"text"`
	}{n, text})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(v.w, "event: notice\ndata: %s\n\n", data)
	return err
}

// stillHere reports whether the visitor's session goes on as it was. It only looks:
// a page that is left open must not keep a session alive.
func (v *visit) stillHere() bool {
	cookie, err := v.Cookie(sessionCookie)
	if err != nil {
		return false
	}
	s, err := org.PeekSession(v.Context(), v.d.Book, cookie.Value)
	return err == nil && s.ID == v.session.ID && s.Behalf == v.session.Behalf && s.Step == org.StepOpen
}
