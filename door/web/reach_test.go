// SPDX-License-Identifier: Apache-2.0

package web

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"soviec/kit/deliver"
	"soviec/kit/deliver/inbox"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/document"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/task"
)

// reachable gives the office its ways out: a mail server, a push service, a chat system.
type reachable struct {
	*modelOffice
	mail       *inbox.PostOffice
	push, chat *inbox.Receiver
}

func openReachable(t testing.TB, db *store.DB) *reachable {
	t.Helper()
	o := &reachable{openOfficeOn(t, db), inbox.NewPostOffice(t, deliver.StartTLS), inbox.NewReceiver(t), inbox.NewReceiver(t)}
	key, err := deliver.NewPushKey([]byte("k"))
	if err != nil {
		t.Fatal(err)
	}
	o.door.Post = &notice.Post{Book: o.book, Base: "https://so.example.vn",
		Count: func(ctx context.Context, _, person int64) (notice.Counts, error) {
			return document.WaitsFor(ctx, o.door.Board, o.dir(), person)
		},
		Mail: &deliver.Mail{Server: o.mail.Server}, Push: deliver.NewPush(key, "mailto:qt@example.vn", o.push.Guard()), Hook: deliver.NewHook(o.chat.Guard())}
	return o
}

func (o *reachable) drain() {
	o.Helper()
	if _, err := o.door.Post.Drain(context.Background()); err != nil {
		o.Fatal(err)
	}
}

// ways are the identifiers of a person's channels of a kind.
func (o *reachable) way(who, kind string) string {
	o.Helper()
	all, err := notice.Channels(o.read(), o.agency, o.who[who].Person)
	if err != nil {
		o.Fatal(err)
	}
	for _, c := range all {
		if c.Kind == kind {
			return idText(c.ID)
		}
	}
	o.Fatalf("%s has no %s", who, kind)
	return ""
}

func (o *reachable) addPush(p *visitor, who string) *inbox.Browser {
	o.Helper()
	b := inbox.NewBrowser(o, o.push.URL+"/"+who)
	e := base64.RawURLEncoding.EncodeToString
	p.post(reachingPage, "kind", "push", "endpoint", b.Endpoint, "p256dh", e(b.Key), "auth", e(b.Auth)).goes()
	return b
}

func TestWaysAreChosenTestedAndEnded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openReachable(t, db)
		o.nobody().get(reachingPage).goes()
		hai := o.as("hai")
		hai.get(reachingPage).is(http.StatusOK).says("#dang-dung", "Chưa dùng cách nào")
		hai.post(reachingPage, "kind", "push", "endpoint", "https://evil.example/x", "p256dh", "x", "auth", "y").is(http.StatusUnprocessableEntity)
		hai.post(reachingPage, "kind", "thu-tay").is(http.StatusUnprocessableEntity)
		browser := o.addPush(hai, "hai")
		push := o.way("hai", notice.Push)
		hai.get(reachingPage).says("#dang-dung", "Thông báo đẩy").says("#dang-dung", "ngoài giờ làm việc")
		hai.post(reachingPage + "/" + push + "/thu").goes()
		o.drain()
		if got, err := browser.Open(o.push.Requests()[0].Body); err != nil || !strings.Contains(string(got), "Thử cách nhận") {
			t.Errorf("%q %v", got, err)
		}
		hai.get(reachingPage).says("#gan-day", "Gửi thử").says("#gan-day", "đã gửi").says("#dang-dung", "Lần gửi gần nhất: đã gửi")
		// What is typed wrong comes back at its field.
		hai.post(reachingPage+"/"+push+"/luu", "active", "on", "quiet", "hours", "hours", "đêm").is(http.StatusUnprocessableEntity).says(".error", "21:00-06:30")
		hai.post(reachingPage+"/"+push+"/luu", "active", "on", "topics", "due", "quiet", "hours", "hours", "21h00-6h30", "digest", "on").goes()
		hai.get(reachingPage).says("#dang-dung", "từ 21:00 đến 06:30")
		o.give("Việc không báo ngay", "hai", 3)
		o.drain()
		if n := len(o.push.Requests()); n != 1 {
			t.Errorf("%d pushes", n)
		}
		// Nobody else sees or touches it.
		ha := o.as("ha")
		ha.get(reachingPage).silent("main", "Thông báo đẩy ·")
		for _, act := range []string{"luu", "thu", "bo"} {
			ha.post(reachingPage+"/"+push+"/"+act, "quiet", "none").is(http.StatusNotFound)
		}
		hai.post(reachingPage + "/" + push + "/x").is(http.StatusNotFound)
		hai.post(reachingPage + "/" + push + "/bo").goes()
		hai.get(reachingPage).says("#dang-dung", "Chưa dùng cách nào").says("#gan-day", "Gửi thử")
		// The calendar's address is shown this once.
		page := hai.post(reachingPage, "kind", "feed", "name", "Máy tính").is(http.StatusOK)
		if a := page.words(".once"); !strings.HasPrefix(a, "https://so.example.vn/lich/") || !strings.HasSuffix(a, ".ics") {
			t.Errorf("the address is %q", a)
		}
		hai.get(reachingPage).lacks(".once")
		if err := notice.Check(o.read(), o.agency, func(s string) { t.Error(s) }); err != nil {
			t.Fatal(err)
		}
	})
}

func TestACalendarForOtherPrograms(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openReachable(t, db)
		w := o.give("Báo cáo quà Tết", "hai", 3)
		o.give("Việc của người khác", "ha", 3)
		hai := o.as("hai")
		address := strings.TrimPrefix(hai.post(reachingPage, "kind", "feed").words(".once"), "https://so.example.vn")
		get := func(etag string) *httptest.ResponseRecorder {
			r := httptest.NewRequest(http.MethodGet, address, nil)
			r.Header.Set("If-None-Match", etag)
			rec := httptest.NewRecorder()
			o.handler.ServeHTTP(rec, r)
			return rec
		}
		got := get("")
		body := got.Body.String()
		if got.Code != 200 || !strings.HasPrefix(got.Header().Get("Content-Type"), "text/calendar") || strings.Count(body, "BEGIN:VEVENT") != 1 ||
			!strings.Contains(body, "SUMMARY:Việc đến hạn\r\n") || strings.Contains(body, "quà Tết") || !strings.Contains(body, fmt.Sprintf("URL:https://so.example.vn/viec/%d", w.ID)) {
			t.Errorf("%d %v\n%s", got.Code, got.Header(), body)
		}
		if again := get(got.Header().Get("ETag")); again.Code != http.StatusNotModified || again.Body.Len() != 0 {
			t.Errorf("the same again: %d", again.Code)
		}
		hai.get(reachingPage).says("#dang-dung", "đọc lần cuối")
		feed := o.way("hai", notice.Feed)
		hai.post(reachingPage+"/"+feed+"/luu", "active", "on", "titles", "on").goes()
		if titled := get(got.Header().Get("ETag")); titled.Code != 200 || !strings.Contains(titled.Body.String(), "quà Tết") || strings.Contains(titled.Body.String(), "người khác") {
			t.Errorf("with titles: %d %s", titled.Code, titled.Body)
		}
		// Posting to it does nothing; a wrong, a switched-off, a revoked address does not exist.
		r := httptest.NewRecorder()
		o.handler.ServeHTTP(r, httptest.NewRequest(http.MethodPost, address, nil))
		if r.Code != http.StatusMethodNotAllowed && r.Code != http.StatusNotFound && r.Code != http.StatusSeeOther {
			t.Errorf("posted: %d", r.Code)
		}
		hai.post(reachingPage+"/"+feed+"/luu", "titles", "on").goes()
		if off := get(""); off.Code != http.StatusNotFound {
			t.Errorf("switched off: %d", off.Code)
		}
		hai.post(reachingPage+"/"+feed+"/luu", "active", "on").goes()
		if on := get(""); on.Code != 200 {
			t.Errorf("switched on: %d", on.Code)
		}
		o.do("son", func(a *journal.Act) error { return org.DisableLogin(a, o.who["hai"].Person) })
		if locked := get(""); locked.Code != http.StatusNotFound {
			t.Errorf("the account is locked: %d", locked.Code)
		}
		o.do("son", func(a *journal.Act) error { return org.EnableLogin(a, o.who["hai"].Person) })
		hai = o.as("hai")
		hai.post(reachingPage + "/" + feed + "/bo").goes()
		if gone := get(""); gone.Code != http.StatusNotFound {
			t.Errorf("revoked: %d", gone.Code)
		}
	})
}

func TestTheAdministratorSeesWhatFailedAndNotWhatItSays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openReachable(t, db)
		const page = "/quan-tri/gui-thong-bao"
		for _, who := range []string{"hai", "lam", "lan", "hoa"} {
			o.as(who).get(page).is(http.StatusForbidden)
			o.as(who).post(page + "/gui-lai").is(http.StatusForbidden)
			o.as(who).post(page + "/thu-tom-tat").is(http.StatusForbidden)
			o.as(who).post(page+"/he-thong", "name", "x", "address", o.chat.URL).is(http.StatusForbidden)
		}
		son := o.as("son")
		son.get(page).is(http.StatusOK).says("main", "Không có thông báo nào chưa gửi được")
		son.post(page+"/he-thong", "name", "Trò chuyện", "address", "https://10.0.0.1/x").is(http.StatusUnprocessableEntity).says(".error", "không có trong danh sách")
		if secret := son.post(page+"/he-thong", "name", "Trò chuyện", "address", o.chat.URL+"/hook").is(http.StatusOK).words(".once"); len(secret) < 40 {
			t.Errorf("the secret is %q", secret)
		}
		son.get(page).lacks(".once").says("#he-thong", "Trò chuyện")
		hai := o.as("hai")
		endpoint := attr(hai.get(reachingPage).all("[name=endpoint] option")[0], "value")
		hai.post(reachingPage, "kind", "hook", "endpoint", endpoint, "external", "hai.bdt").goes()
		code := http.StatusBadGateway
		o.chat.Answer = func(w http.ResponseWriter, _ inbox.Request) { w.WriteHeader(code) }
		o.give("Nội dung không ai khác được thấy", "hai", 3)
		o.drain()
		son.get(page).says("#khong-gui-duoc", "Lý Thanh Hải").says("#khong-gui-duoc", "mã 502").says("#khong-gui-duoc", "Hệ thống trò chuyện").
			silent("main", "Nội dung không ai").silent("main", "hai.bdt")
		o.as("thang").get(page).is(http.StatusOK).silent("main", "Gửi lại") // looks only
		code = http.StatusOK
		son.post(page + "/gui-lai").goes()
		o.drain()
		son.get(page).says("main", "Không có thông báo nào chưa gửi được").says("#bay-ngay", "Hệ thống trò chuyện")
		var body struct{ Tasks int }
		last := o.chat.Requests()[len(o.chat.Requests())-1]
		if err := json.Unmarshal(last.Body, &body); err != nil || body.Tasks != 1 || strings.Contains(string(last.Body), "Nội dung") {
			t.Errorf("%s %v", last.Body, err)
		}
		son.post(page + "/thu-tom-tat").goes()
		hai.get(reachingPage).says("#dang-dung", "Thư điện tử")
		o.clock.Set(t, "2026-11-25 08:00")
		if err := notice.Digest(context.Background(), o.book, o.agency, o.clock.Today()); err != nil {
			t.Fatal(err)
		}
		o.drain()
		for _, l := range o.mail.Letters() {
			if strings.Contains(string(l.Raw), "ai khác") {
				t.Errorf("a letter tells content:\n%s", l.Raw)
			}
		}
		if len(o.mail.Letters()) == 0 {
			t.Error("no letter")
		}
		son, hai = o.as("son"), o.as("hai")
		id := attr(son.get(page).all("#he-thong .plain-list form")[0], "action")
		son.post(id).goes()
		hai.get(reachingPage).silent("#dang-dung", "Trò chuyện")
	})
}

// What is urgent is told at once, also at night; what is not waits for the morning.
func TestUrgentWorkPassesQuietHours(t *testing.T) {
	o := openReachable(t, storetest.Open(t))
	hai := o.as("hai")
	browser := o.addPush(hai, "hai")
	o.clock.Set(t, "2026-11-23 20:00")
	give := func(title string, urgency int) {
		o.do("thang", func(a *journal.Act) error {
			_, err := task.Give(a, task.Order{Title: title, Urgency: urgency, Lead: task.Assignee{Person: o.who["hai"].Person}, Due: task.Due{BasisAt: a.At, BasisDays: 3}})
			return err
		})
		o.clock.Add(time.Second)
		o.drain()
	}
	give("thường", 0)
	if n := len(o.push.Requests()); n != 0 {
		t.Fatalf("%d pushes at night", n)
	}
	give("hỏa tốc", 3)
	if n := len(o.push.Requests()); n != 1 {
		t.Fatalf("%d pushes", n)
	}
	if got, err := browser.Open(o.push.Requests()[0].Body); err != nil || !strings.Contains(string(got), "Bạn có 2 việc cần xử lý") {
		t.Errorf("%s %v", got, err)
	}
}

func TestTheProgramCanBeKeptAsAnApplication(t *testing.T) {
	o := openOffice(t)
	var m struct {
		Start string `json:"start_url"`
		Icons []struct{ Src string }
	}
	if err := json.Unmarshal(o.nobody().get("/manifest.webmanifest").is(http.StatusOK).Body, &m); err != nil || m.Start != "/" || len(m.Icons) != 3 {
		t.Fatalf("%+v %v", m, err)
	}
	for _, i := range m.Icons {
		o.nobody().get(i.Src).is(http.StatusOK)
	}
	sw := o.nobody().get("/sw.js").is(http.StatusOK)
	if !strings.HasPrefix(sw.Get("Content-Type"), "text/javascript") || strings.Contains(string(sw.Body), "ICON") {
		t.Error("not a worker")
	}
	// The list says whose it is only to its owner's device, and never that of another.
	hai := o.as("hai").get("/").is(http.StatusOK).Get("Soviec-Person")
	ha := o.as("ha").get("/").is(http.StatusOK).Get("Soviec-Person")
	if hai == "" || hai == ha {
		t.Errorf("%q %q", hai, ha)
	}
	if got := attr(o.as("hai").get(reachingPage).all("[data-offline]")[0], "data-offline"); got != hai {
		t.Errorf("the page says %q, the list %q", got, hai)
	}
}
