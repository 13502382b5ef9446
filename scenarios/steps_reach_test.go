// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"net/http/httptest"
	netmail "net/mail"
	"net/url"
	"strings"
	"sync/atomic"

	"github.com/emersion/go-ical"

	"soviec/kit/deliver"
	"soviec/kit/deliver/inbox"
	"soviec/office/document"
	"soviec/office/notice"
	"soviec/office/org/orgtest"
)

var reachRules = []rule{
	{pattern: `{ai} bật thông báo đẩy trên thiết bị của mình`, name: "bật thông báo đẩy, như trình duyệt của người ấy làm", do: turnPushOn},
	{pattern: `{ai} mở hệ thống trò chuyện "{tên}"`, name: "quản trị mở một hệ thống trò chuyện có trong danh sách được phép", do: openChat},
	{pattern: `{ai} mở hệ thống trò chuyện "{tên}" tại "{địa chỉ}"`, name: "như trên, ở địa chỉ ấy", do: openChatAt},
	{pattern: `{ai} gửi thử cách nhận thông báo của {người}`, name: "gửi tới địa chỉ của nút Gửi thử trên trang của người ấy", do: testAnother},
	{pattern: `Chương trình lập bản tóm tắt buổi sáng`, name: "xếp bản tóm tắt của ngày hôm nay vào hàng gửi", do: digest},
	{pattern: `Chương trình gửi tin`, name: "gửi mọi tin đến lúc gửi; bảng là những tin đã tới nơi", do: sendOut},
	{pattern: `Máy chủ thư ngừng chạy`, name: "từ nay máy chủ thư không nhận thư", do: mailStops},
	{pattern: `Máy chủ thư chạy lại`, name: "máy chủ thư lại nhận thư", do: mailRuns},
	{pattern: `Ứng dụng lịch của {người} đọc lịch`, name: "đọc địa chỉ lịch vừa tạo, như một ứng dụng lịch", do: readCalendar},
}

// ways is everything outside the office that it sends to, opened when first needed.
type ways struct {
	mail       *inbox.PostOffice
	stopped    atomic.Bool
	push, chat *inbox.Receiver
	browsers   map[string]*inbox.Browser // by the path of their endpoint
	calendars  map[string]string         // by login
	letters    int                       // seen so far
	pushes     int
	chats      int
}

func (o *office) outside() *ways {
	if o.ways != nil {
		return o.ways
	}
	w := &ways{mail: inbox.NewPostOffice(o.TB, deliver.StartTLS), push: inbox.NewReceiver(o.TB), chat: inbox.NewReceiver(o.TB),
		browsers: map[string]*inbox.Browser{}, calendars: map[string]string{}}
	w.mail.Refuse = func(string) error {
		if w.stopped.Load() {
			return inbox.Refusal(451, "tạm ngừng")
		}
		return nil
	}
	key, err := deliver.NewPushKey([]byte("khóa"))
	o.must(err)
	o.door.Post = &notice.Post{Book: o.book, Base: "https://so.example.vn",
		Count: func(ctx context.Context, agency, person int64) (notice.Counts, error) {
			return document.WaitsFor(ctx, o.door.Board, orgtest.Directory(o.TB, o.book, agency), person)
		},
		Mail: &deliver.Mail{Server: w.mail.Server}, Push: deliver.NewPush(key, "mailto:qt@example.vn", w.push.Guard()), Hook: deliver.NewHook(w.chat.Guard())}
	o.ways = w
	return w
}

const (
	waysPage   = "/tai-khoan/cach-nhan"
	outboxPage = "/quan-tri/gui-thong-bao"
)

func turnPushOn(o *office, a args) seen {
	p, w := a.who[0], o.outside()
	o.visit(p, waysPage)
	b := inbox.NewBrowser(o.TB, w.push.URL+"/"+p.login())
	w.browsers["/"+p.login()] = b
	e := base64.RawURLEncoding.EncodeToString
	return seen{page: o.browser(p).post(waysPage, url.Values{"kind": {"push"}, "endpoint": {b.Endpoint}, "p256dh": {e(b.Key)}, "auth": {e(b.Auth)}})}
}

func openChat(o *office, a args) seen {
	return o.openChat(a.who[0], a.text[0], o.outside().chat.URL+"/tin")
}

func openChatAt(o *office, a args) seen {
	o.outside()
	return o.openChat(a.who[0], a.text[0], a.text[1])
}

func (o *office) openChat(p person, name, address string) seen {
	return o.do(p, gesture{page: outboxPage, action: outboxPage + "/he-thong", button: "Mở hệ thống", fields: []clause{set("Tên", name), set("Địa chỉ nhận", address)}}, nil)
}

func testAnother(o *office, a args) seen {
	of := orgtest.Directory(o.TB, o.book, o.agencies[0]).People
	for _, x := range of {
		if x.Name != a.who[1].Full {
			continue
		}
		all, err := notice.Channels(o.db.Read(context.Background()), o.agencies[0], x.ID)
		o.must(err)
		for _, c := range all {
			o.visit(a.who[0], waysPage)
			return seen{page: o.browser(a.who[0]).post(waysPage+"/"+number(c.ID)+"/thu", nil)}
		}
	}
	o.failf("%s chưa có cách nhận nào", a.who[1].Name)
	return seen{}
}

func digest(o *office, _ args) seen {
	for _, agency := range o.agencies {
		o.must(notice.Digest(context.Background(), o.book, agency, o.clock.Today()))
	}
	return seen{}
}

// sendOut empties the outbox and lists what has arrived meanwhile.
func sendOut(o *office, _ args) seen {
	w := o.outside()
	_, err := o.door.Post.Drain(context.Background())
	o.must(err)
	var g grid
	letters, pushes, chats := w.mail.Letters(), w.push.Requests(), w.chat.Requests()
	for _, l := range letters[w.letters:] {
		msg, err := netmail.ReadMessage(bytes.NewReader(l.Raw))
		o.must(err)
		subject, err := new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject"))
		o.must(err)
		g.add("Người nhận", o.ofAddress(l.To), "Qua", "thư", "Tin", subject)
	}
	for _, r := range pushes[w.pushes:] {
		raw, err := w.browsers[r.Path].Open(r.Body)
		o.must(err)
		var m struct{ Text string }
		o.must(json.Unmarshal(raw, &m))
		g.add("Người nhận", o.ofLogin(strings.TrimPrefix(r.Path, "/")), "Qua", "thông báo đẩy", "Tin", m.Text)
	}
	for _, r := range chats[w.chats:] {
		var m struct{ Person, Text string }
		o.must(json.Unmarshal(r.Body, &m))
		g.add("Người nhận", m.Person, "Qua", "trò chuyện", "Tin", m.Text)
	}
	n := len(letters) - w.letters + len(pushes) - w.pushes + len(chats) - w.chats
	w.letters, w.pushes, w.chats = len(letters), len(pushes), len(chats)
	if len(g.columns) == 0 {
		g.columns = []string{"Người nhận", "Qua", "Tin"}
	}
	return seen{says: []string{number(int64(n)) + " tin tới nơi"}, table: func(*page) grid { return g }}
}

func (o *office) ofAddress(mail string) string {
	for _, p := range orgtest.Directory(o.TB, o.book, o.agencies[0]).People {
		if p.Email == mail {
			return p.Name
		}
	}
	return mail
}

func (o *office) ofLogin(login string) string {
	for _, p := range cast {
		if p.login() == login {
			return p.Full
		}
	}
	return login
}

func mailStops(o *office, _ args) seen { o.outside().stopped.Store(true); return seen{} }
func mailRuns(o *office, _ args) seen  { o.outside().stopped.Store(false); return seen{} }

// readCalendar reads the address that the person's page has shown last.
func readCalendar(o *office, a args) seen {
	w, p := o.outside(), a.who[0]
	if at := o.browser(p).page; at != nil {
		if shown := at.all("main .once"); len(shown) > 0 {
			w.calendars[p.login()] = strings.TrimPrefix(text(shown[0]), "https://so.example.vn")
		}
	}
	rec := httptest.NewRecorder()
	o.handler.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, w.calendars[p.login()], nil))
	if rec.Code != http.StatusOK {
		return seen{says: []string{strings.TrimSpace(rec.Body.String())}}
	}
	cal, err := ical.NewDecoder(rec.Body).Decode()
	if err != nil {
		o.must(errors.Join(errors.New("lịch không đọc được"), err))
	}
	g := grid{columns: []string{"Ngày", "Việc"}}
	for _, e := range cal.Events() {
		title, err := e.Props.Text("SUMMARY")
		o.must(err)
		day, err := e.DateTimeStart(nil)
		o.must(err)
		g.add("Ngày", day.Format("02/01/2006"), "Việc", title)
	}
	return seen{says: []string{number(int64(len(g.rows))) + " việc trong lịch"}, table: func(*page) grid { return g }}
}

// troublesOf reads what could not be delivered, without the numbers below it.
func troublesOf(p *page) grid {
	var g grid
	for _, table := range p.all("main table") {
		if has(table, "data-rows") {
			tableInto(&g, table)
		}
	}
	return g
}
