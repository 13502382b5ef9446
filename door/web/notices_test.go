// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/notice"
	"soviec/office/org"
)

func TestNoticesAreListedAndRead(t *testing.T) {
	o := openOffice(t)
	o.give("Việc một", "hai", 3)
	o.clock.Add(time.Minute)
	o.give("Việc hai", "hai", 3)
	hai := o.as("hai")
	page := hai.get("/thong-bao").is(http.StatusOK).says(".aside", "2 thông báo chưa đọc").says(".unread", "Việc hai")
	older := attr(page.all("[name=notice]")[1], "value")
	hai.post("/thong-bao/da-doc", "notice", older).goes()
	hai.get("/thong-bao?show=unread").says("main", "Việc hai").silent("main", "Việc một")
	hai.post("/thong-bao/da-doc", "all", "1").goes()
	hai.get("/thong-bao").says(".aside", "Đã đọc hết").lacks(".unread")
	// Nobody reads for another.
	if n, err := notice.Unread(o.read(), o.agency, o.who["hai"].Person); n != 0 || err != nil {
		t.Error(n, err)
	}
	o.as("ha").get("/thong-bao").says("main", "Không có thông báo nào")
}

// listen opens the live stream over a real connection and sends its data lines.
func (p *visitor) listen(ctx context.Context, server *httptest.Server) <-chan string {
	p.o.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+"/thong-bao/luong", nil)
	if err != nil {
		p.o.Fatal(err)
	}
	r.AddCookie(&http.Cookie{Name: sessionCookie, Value: p.token})
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		p.o.Fatal(err)
	}
	if kind := res.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/event-stream") {
		p.o.Fatalf("the stream is %d %s", res.StatusCode, kind)
	}
	lines := make(chan string, 16)
	go func() {
		defer close(lines)
		defer res.Body.Close()
		for s := bufio.NewScanner(res.Body); s.Scan(); {
			if data, ok := strings.CutPrefix(s.Text(), "data: "); ok {
				lines <- data
			}
		}
	}()
	return lines
}

func next(t *testing.T, lines <-chan string) string {
	t.Helper()
	select {
	case l, ok := <-lines:
		if !ok {
			t.Fatal("the stream has ended")
		}
		return l
	case <-time.After(time.Second):
		t.Fatal("nothing within a second")
	}
	return ""
}

func TestANoticeArrivesLiveWithinASecond(t *testing.T) {
	storetest.Each(t, aNoticeArrivesLiveWithinASecond)
}

func aNoticeArrivesLiveWithinASecond(t *testing.T, db *store.DB) {
	o := openOfficeOn(t, db)
	server := httptest.NewServer(o.handler)
	defer server.Close()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	hai := o.as("hai")
	lines, others := hai.listen(ctx, server), o.as("ha").listen(ctx, server)
	if got := next(t, lines); got != `{"unread":0,"text":""}` {
		t.Errorf("at first: %s", got)
	}
	next(t, others)
	o.give("Việc mới tinh", "hai", 3)
	if got := next(t, lines); !strings.Contains(got, `"unread":1`) || !strings.Contains(got, "Việc mới tinh") {
		t.Errorf("told: %s", got)
	}
	hai.post("/thong-bao/da-doc", "all", "1").goes()
	if got := next(t, lines); got != `{"unread":0,"text":""}` {
		t.Errorf("after reading: %s", got)
	}
	select {
	case l := <-others:
		t.Errorf("somebody else was told: %s", l)
	default:
	}
	// A session that has ended hears nothing more.
	o.do("hai", func(a *journal.Act) error { return org.EndOthers(a, 0) })
	o.give("Sau khi ra", "hai", 3)
	select {
	case l, ok := <-lines:
		if ok {
			t.Errorf("told after the session ended: %s", l)
		}
	case <-time.After(time.Second):
		t.Error("the stream goes on after the session ended")
	}
	// Closing waits for every page that is still open.
	cancel()
	for range others {
	}
}
