// SPDX-License-Identifier: Apache-2.0

package notice_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"soviec/kit/civil"
	"soviec/kit/deliver"
	"soviec/kit/deliver/inbox"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/org/orgtest"
)

var bg = context.Background()

// outside is the model office with everything outside it that messages go to.
type outside struct {
	testing.TB
	book   *journal.Book
	clock  *orgtest.Clock
	agency int64
	who    map[string]journal.Holder
	mail   *inbox.PostOffice
	push   *inbox.Receiver
	chat   *inbox.Receiver
	key    *deliver.PushKey
	counts atomic.Pointer[notice.Counts]
	hook   int64 // the chat system's endpoint
	secret string
}

func openOutside(t testing.TB, db *store.DB, moment string) *outside {
	t.Helper()
	o := &outside{TB: t, mail: inbox.NewPostOffice(t, deliver.StartTLS), push: inbox.NewReceiver(t), chat: inbox.NewReceiver(t)}
	o.book, o.clock = orgtest.Book(t, db, moment)
	o.agency, o.who = orgtest.Found(t, o.book)
	o.counts.Store(&notice.Counts{Tasks: 3, Late: 1, Documents: 1})
	var err error
	if o.key, err = deliver.NewPushKey([]byte("k")); err != nil {
		t.Fatal(err)
	}
	orgtest.Do(t, o.book, o.who["son"], func(a *journal.Act) error {
		e, secret, err := notice.OpenEndpoint(a, o.chat.Guard(), "Trò chuyện nội bộ", o.chat.URL+"/hook")
		o.hook, o.secret = e.ID, secret
		return err
	})
	return o
}

// post is one program's post office.
func (o *outside) post() *notice.Post {
	return &notice.Post{Book: o.book, Base: "https://so.example.vn",
		Count: func(context.Context, int64, int64) (notice.Counts, error) { return *o.counts.Load(), nil },
		Mail:  &deliver.Mail{Server: o.mail.Server},
		Push:  deliver.NewPush(o.key, "mailto:quan-tri@example.vn", o.push.Guard()),
		Hook:  deliver.NewHook(o.chat.Guard())}
}

func (o *outside) drain(p *notice.Post) {
	o.Helper()
	if _, err := p.Drain(bg); err != nil {
		o.Fatal(err)
	}
}

// emails gives people addresses.
func (o *outside) emails(names ...string) {
	o.Helper()
	d := orgtest.Directory(o, o.book, o.agency)
	for _, n := range names {
		p := d.Person(o.who[n].Person)
		orgtest.Do(o, o.book, o.who["son"], func(a *journal.Act) error {
			return org.ChangePerson(a, p.ID, org.NewPerson{Name: p.Name, Address: p.Address, Phone: p.Phone, Email: n + "@example.vn"})
		})
	}
}

func do[T any](o *outside, by string, f func(*journal.Act) (T, error)) T {
	o.Helper()
	var v T
	orgtest.Do(o, o.book, o.who[by], func(a *journal.Act) (err error) { v, err = f(a); return err })
	return v
}

func (o *outside) refused(by string, kind fault.Kind, f func(*journal.Act) error) string {
	o.Helper()
	err := o.book.Do(bg, o.who[by], f)
	if !fault.Is(err, kind) {
		o.Errorf("%s: not refused as %v: %v", by, kind, err)
	}
	return fault.Text(err)
}

func (o *outside) tell(t *testing.T, to string, n int, urgent bool) {
	t.Helper()
	act(t, o.book, o.who["lam"], notice.Item{Person: o.who[to].Person, Matter: fmt.Sprintf("task/%d", n), Kind: "task.given", Text: "Việc bí mật của phòng", Link: fmt.Sprintf("/viec/%d", n), Urgent: urgent})
}

func (o *outside) states(who string) []string {
	o.Helper()
	all, err := notice.Deliveries(o.book.DB.Read(bg), o.agency, o.who[who].Person, 100)
	if err != nil {
		o.Fatal(err)
	}
	var out []string
	for _, d := range all {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s/%s/%s %s", d.Through, d.Kind, d.State, d.Fault)))
	}
	slices.Reverse(out)
	return out
}

func (o *outside) wants(who string, want ...string) {
	o.Helper()
	if got := o.states(who); !slices.Equal(got, want) {
		o.Errorf("deliveries of %s:\n got %q\nwant %q", who, got, want)
	}
}

func (o *outside) check() {
	o.Helper()
	if err := notice.Check(o.book.DB.Read(bg), o.agency, func(s string) { o.Error(s) }); err != nil {
		o.Fatal(err)
	}
}

func addPush(o *outside, who string) (*inbox.Browser, notice.Channel) {
	o.Helper()
	b := inbox.NewBrowser(o, o.push.URL+"/"+who)
	return b, do(o, who, func(a *journal.Act) (notice.Channel, error) {
		return notice.AddPush(a, o.push.Guard(), b.Subscription, "Chrome trên Android")
	})
}

func addHook(o *outside, who string) notice.Channel {
	o.Helper()
	return do(o, who, func(a *journal.Act) (notice.Channel, error) { return notice.AddHook(a, o.hook, who+".bdt") })
}

func TestAMessageSaysHowManyAndNothingElse(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOutside(t, db, "2026-11-23 08:00")
		o.emails("hai")
		browser, _ := addPush(o, "hai")
		addHook(o, "hai")
		mail := do(o, "hai", notice.AddMail)
		orgtest.Do(t, o.book, o.who["hai"], func(a *journal.Act) error {
			return notice.Wish(a, mail.ID, notice.Wishes{Active: true, Topics: []notice.Topic{notice.TopicGiven}, Quiet: notice.QuietOutside})
		})
		o.tell(t, "hai", 7, false)
		p := o.post()
		o.drain(p)
		o.drain(p) // again: nothing twice
		o.wants("hai", "push/notice/sent", "hook/notice/sent", "mail/notice/sent")
		letters, pushes, chats := o.mail.Letters(), o.push.Requests(), o.chat.Requests()
		if len(letters) != 1 || len(pushes) != 1 || len(chats) != 1 {
			t.Fatalf("%d letters, %d pushes, %d chats", len(letters), len(pushes), len(chats))
		}
		payload, err := browser.Open(pushes[0].Body)
		if err != nil {
			t.Fatal(err)
		}
		for name, s := range map[string]string{"mail": string(letters[0].Raw), "push": string(payload), "chat": string(chats[0].Body)} {
			if strings.Contains(s, "bí mật") || strings.Contains(s, "Lâm") || strings.Contains(s, "Hải") {
				t.Errorf("%s tells content: %s", name, s)
			}
			if !strings.Contains(s, "/viec/7") {
				t.Errorf("%s does not lead to the work: %s", name, s)
			}
		}
		if !strings.Contains(string(payload), `"text":"Bạn có 3 việc, 1 văn bản cần xử lý"`) {
			t.Errorf("pushed %s", payload)
		}
		var body struct {
			Agency, Person, Link   string
			Tasks, Late, Documents int
		}
		if err := json.Unmarshal(chats[0].Body, &body); err != nil || body.Agency != "H14.18" || body.Person != "hai.bdt" || body.Link != "https://so.example.vn/viec/7" || body.Tasks != 3 || body.Late != 1 || body.Documents != 1 {
			t.Errorf("%+v %v", body, err)
		}
		if !deliver.Signed(chats[0].Header, chats[0].Body, []byte(o.secret), o.clock.Now(), time.Minute) {
			t.Error("the chat system cannot tell who sends it")
		}
		if err := inbox.Vapid(pushes[0].Header.Get("Authorization"), o.push.URL, o.clock.Now()); err != nil {
			t.Error(err)
		}
		// Several at once are one message, which leads to the list of them.
		o.tell(t, "hai", 8, false)
		o.tell(t, "hai", 9, false)
		o.drain(p)
		if pushes = o.push.Requests(); len(pushes) != 2 {
			t.Fatalf("%d pushes", len(pushes))
		}
		if payload, _ = browser.Open(pushes[1].Body); !strings.Contains(string(payload), "/thong-bao?show=unread") {
			t.Errorf("pushed %s", payload)
		}
		o.check()
	})
}

// The morning's reminders are written in batches; what wants them at once is in the outbox
// with them, once.
func TestRemindersOfAMorningReachTheOutbox(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOutside(t, db, "2026-11-23 08:00")
		_, c := addPush(o, "hai")
		orgtest.Do(t, o.book, o.who["hai"], func(a *journal.Act) error {
			return notice.Wish(a, c.ID, notice.Wishes{Active: true, Topics: []notice.Topic{notice.TopicDue}, Quiet: notice.QuietOutside})
		})
		var items []notice.Item
		for i := range 150 {
			items = append(items, notice.Item{Person: o.who[[]string{"hai", "ha"}[i%2]].Person, Matter: fmt.Sprintf("task/%d", i), Kind: "task.due_late", Text: "x", Link: "/viec/1"})
		}
		for range 2 {
			orgtest.Do(t, o.book, o.who["lam"], func(a *journal.Act) error {
				if err := org.May(a, org.OwnAccount, org.Target{Person: a.By.Person}); err != nil {
					return err
				}
				a.Note(journal.Entry{Kind: org.SignedIn, Subject: journal.Ref("person", a.By.Person)})
				return notice.TellMany(a, items)
			})
		}
		if got := len(o.states("hai")) + len(o.states("ha")); got != 75 {
			t.Errorf("%d in the outbox", got)
		}
		o.drain(o.post())
		if n := len(o.push.Requests()); n != 1 {
			t.Errorf("%d pushes for one morning", n)
		}
		o.check()
	})
}

func TestQuietHoursAndWhatMayPassThem(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOutside(t, db, "2026-11-20 19:00") // a Friday evening
		_, c := addPush(o, "hai")
		p := o.post()
		o.tell(t, "hai", 1, false)
		o.drain(p)
		o.wants("hai", "push/notice/waiting")
		o.tell(t, "hai", 2, true)
		o.drain(p)
		o.wants("hai", "push/notice/waiting", "push/notice/sent")
		o.clock.Set(t, "2026-11-23 07:29")
		o.drain(p)
		o.wants("hai", "push/notice/waiting", "push/notice/sent")
		o.clock.Set(t, "2026-11-23 07:30")
		o.drain(p)
		o.wants("hai", "push/notice/sent", "push/notice/sent")
		// A program that stood still all day does not wake anybody at night.
		o.tell(t, "hai", 3, false)
		o.clock.Set(t, "2026-11-23 22:00")
		o.drain(p)
		o.drain(p)
		if n := len(o.push.Requests()); n != 2 {
			t.Errorf("%d pushes", n)
		}
		o.wants("hai", "push/notice/sent", "push/notice/sent", "push/notice/waiting")
		o.clock.Set(t, "2026-11-25 07:30") // 24/11 is a day off
		o.drain(p)
		o.wants("hai", "push/notice/sent", "push/notice/sent", "push/notice/sent")
		// Hours of one's own; what is urgent not passing.
		orgtest.Do(t, o.book, o.who["hai"], func(a *journal.Act) error {
			return notice.Wish(a, c.ID, notice.Wishes{Active: true, Topics: []notice.Topic{notice.TopicGiven}, Quiet: "21:00-06:30"})
		})
		o.clock.Set(t, "2026-11-25 23:00")
		o.tell(t, "hai", 4, true)
		o.clock.Set(t, "2026-11-26 06:29")
		o.drain(p)
		if n := len(o.push.Requests()); n != 3 {
			t.Errorf("%d pushes", n)
		}
		o.clock.Set(t, "2026-11-26 06:30")
		o.drain(p)
		if n := len(o.push.Requests()); n != 4 {
			t.Errorf("%d pushes", n)
		}
		o.check()
	})
}

func TestTheMorningSummary(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOutside(t, db, "2026-11-23 07:00")
		o.emails("hai", "ha", "lam", "xuan")
		if n := do(o, "son", notice.AddMailForAll); n < 4 {
			t.Errorf("turned on for %d", n)
		}
		xuan, err := notice.Channels(db.Read(bg), o.agency, o.who["xuan"].Person)
		if err != nil || len(xuan) != 1 {
			t.Fatal(xuan, err)
		}
		// Whoever ends it is not subscribed again.
		orgtest.Do(t, o.book, o.who["xuan"], func(a *journal.Act) error { return notice.Revoke(a, xuan[0].ID) })
		if n := do(o, "minh", notice.AddMailForAll); n != 0 {
			t.Errorf("turned on again for %d", n)
		}
		orgtest.Do(t, o.book, o.who["lam"], func(a *journal.Act) error {
			_, err := org.DeclareAbsence(a, org.NewAbsence{Person: a.By.Person, From: civil.MustParse("2026-11-23"), To: civil.MustParse("2026-11-23")})
			return err
		})
		p := o.post()
		var all sync.WaitGroup
		for range 4 { // late, twice and at once: the rows are the same
			all.Go(func() {
				if err := notice.Digest(bg, o.book, o.agency, civil.MustParse("2026-11-23")); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		o.drain(p)
		o.wants("hai", "mail/digest/waiting") // the day begins at 07:30
		o.clock.Set(t, "2026-11-23 07:30")
		o.drain(p)
		o.wants("hai", "mail/digest/sent")
		o.wants("ha", "mail/digest/sent")
		o.wants("lam", "mail/digest/dropped Người nhận đang vắng mặt.")
		o.wants("xuan")
		raw, to := "", map[string]int{}
		for _, l := range o.mail.Letters() {
			if to[l.To]++; l.To == "hai@example.vn" {
				raw = string(l.Raw)
			}
		}
		if to["hai@example.vn"] != 1 || to["ha@example.vn"] != 1 || to["lam@example.vn"]+to["xuan@example.vn"] != 0 {
			t.Fatalf("letters %v", to)
		}
		for _, want := range []string{"List-Unsubscribe: <https://so.example.vn/tai-khoan/cach-nhan>", "text/plain", "text/html", "@so.example.vn>", "https://so.example.vn/"} {
			if !strings.Contains(raw, want) {
				t.Errorf("the letter lacks %q:\n%s", want, raw)
			}
		}
		// A day off has none; with nothing to do there is none.
		o.clock.Set(t, "2026-11-24 08:00")
		if err := notice.Digest(bg, o.book, o.agency, civil.MustParse("2026-11-24")); err != nil {
			t.Fatal(err)
		}
		o.clock.Set(t, "2026-11-25 08:00")
		o.counts.Store(&notice.Counts{})
		if err := notice.Digest(bg, o.book, o.agency, civil.MustParse("2026-11-25")); err != nil {
			t.Fatal(err)
		}
		o.drain(p)
		o.wants("hai", "mail/digest/sent", "mail/digest/dropped Không có việc, văn bản nào cần xử lý.")
		o.check()
	})
}

func TestWhatCannotBeDelivered(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOutside(t, db, "2026-11-23 08:00")
		o.emails("hai", "ha")
		addHook(o, "hai")
		addPush(o, "ha")
		p := o.post()
		code := 503
		o.chat.Answer = func(w http.ResponseWriter, _ inbox.Request) { w.WriteHeader(code) }
		o.push.Answer = func(w http.ResponseWriter, _ inbox.Request) { w.WriteHeader(http.StatusGone) }
		o.tell(t, "hai", 1, true)
		o.tell(t, "ha", 1, false)
		o.drain(p)
		o.wants("hai", "hook/notice/failed Máy chủ nhận trả lời mã 503.")
		// A browser that is gone is no channel any more, and the book says so.
		o.wants("ha", "push/notice/given_up Nơi nhận không còn tồn tại (mã 410).")
		if cs, err := notice.Channels(db.Read(bg), o.agency, o.who["ha"].Person); err != nil || len(cs) != 0 {
			t.Error(cs, err)
		}
		troubles, err := notice.Troubles(db.Read(bg), o.agency, 0, 10)
		if err != nil || len(troubles) != 2 {
			t.Fatalf("%+v %v", troubles, err)
		}
		// It is tried again after ever longer times, then given up.
		tries := 1
		for range 40 {
			o.clock.Add(30 * time.Minute)
			n := len(o.chat.Requests())
			o.drain(p)
			tries += len(o.chat.Requests()) - n
		}
		if got := o.states("hai"); got[0] != "hook/notice/given_up Máy chủ nhận trả lời mã 503." || tries < 8 || tries > 10 {
			t.Errorf("%q after %d tries", got, tries)
		}
		ids := map[string]bool{}
		for _, r := range o.chat.Requests() {
			ids[r.Header.Get(deliver.HookID)] = true
		}
		if len(ids) != tries {
			t.Errorf("%d identifiers in %d refused tries", len(ids), tries)
		}
		// Only the administrator has it sent again.
		resend := func(a *journal.Act) error { _, err := notice.Resend(a, 0); return err }
		o.refused("hai", fault.KindForbidden, resend)
		code = 200
		if n := do(o, "son", func(a *journal.Act) (int, error) { return notice.Resend(a, 0) }); n != 1 {
			t.Errorf("%d sent again", n) // that of the browser that is gone stays
		}
		o.drain(p)
		o.wants("hai", "hook/notice/sent")
		o.refused("son", fault.KindNotFound, resend)
		// Without a mail server nothing is lost.
		mail := do(o, "hai", notice.AddMail)
		p.Mail = nil
		orgtest.Do(t, o.book, o.who["hai"], func(a *journal.Act) error { return notice.Test(a, mail.ID) })
		o.refused("hai", fault.KindConflict, func(a *journal.Act) error { return notice.Test(a, mail.ID) })
		o.drain(p)
		p.Mail = o.post().Mail
		o.clock.Add(time.Minute)
		o.drain(p)
		if got := o.states("hai"); got[1] != "mail/test/sent" {
			t.Errorf("%q", got)
		}
		// What was read in the program meanwhile needs no message.
		o.clock.Set(t, "2026-11-25 09:00")
		o.tell(t, "hai", 2, false)
		if err := notice.MarkRead(bg, db, o.clock.Now(), o.agency, o.who["hai"].Person, 1<<62); err != nil {
			t.Fatal(err)
		}
		o.drain(p)
		if got := o.states("hai"); got[2] != "hook/notice/dropped Người nhận đã đọc trong chương trình." {
			t.Errorf("%q", got)
		}
		// Old traces go, what is under way stays.
		if err := notice.Forget(bg, db, o.clock.Now().Add(100*24*time.Hour)); err != nil {
			t.Fatal(err)
		}
		if got := append(o.states("hai"), o.states("ha")...); len(got) != 1 {
			t.Errorf("%q", got)
		}
		o.check()
	})
}

func TestNobodyTouchesAnothersChannels(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOutside(t, db, "2026-11-23 08:00")
		browser, c := addPush(o, "hai")
		other, there := orgtest.FoundAs(t, o.book, ".2")
		for _, by := range []string{"ha", "lam", "thang", "son", "minh"} {
			o.refused(by, fault.KindNotFound, func(a *journal.Act) error { return notice.Revoke(a, c.ID) })
			o.refused(by, fault.KindNotFound, func(a *journal.Act) error { return notice.Wish(a, c.ID, notice.Wishes{}) })
			o.refused(by, fault.KindNotFound, func(a *journal.Act) error { return notice.Test(a, c.ID) })
		}
		o.refused("ha", fault.KindConflict, func(a *journal.Act) error {
			_, err := notice.AddPush(a, o.push.Guard(), browser.Subscription, "x")
			return err
		})
		o.refused("ha", fault.KindInvalid, func(a *journal.Act) error {
			_, err := notice.AddPush(a, deliver.Guard{Hosts: deliver.PushHosts}, browser.Subscription, "x")
			return err
		})
		if err := o.book.Do(bg, there["hai"], func(a *journal.Act) error { return notice.Revoke(a, c.ID) }); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("another agency: %v", err)
		}
		if err := o.book.Do(bg, there["hai"], func(a *journal.Act) error { _, err := notice.AddHook(a, o.hook, "x"); return err }); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("another agency's chat system: %v", err)
		}
		if cs, err := notice.Channels(db.Read(bg), other, o.who["hai"].Person); err != nil || len(cs) != 0 {
			t.Error(cs, err)
		}
		// Whoever stands in for another does it as himself.
		orgtest.Do(t, o.book, o.who["hai"], func(a *journal.Act) error {
			_, err := org.DeclareAbsence(a, org.NewAbsence{Person: a.By.Person, StandIn: o.who["ha"].Person, From: civil.MustParse("2026-11-23"), To: civil.MustParse("2026-11-27")})
			return err
		})
		if err := o.book.Do(bg, orgtest.For(o.who["ha"], o.who["hai"]), func(a *journal.Act) error { return notice.Revoke(a, c.ID) }); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("the stand-in: %v", err)
		}
		for _, by := range []string{"hai", "lam", "lan"} {
			o.refused(by, fault.KindForbidden, func(a *journal.Act) error {
				_, _, err := notice.OpenEndpoint(a, o.chat.Guard(), "x", o.chat.URL)
				return err
			})
			o.refused(by, fault.KindForbidden, func(a *journal.Act) error { return notice.CloseEndpoint(a, o.hook) })
			o.refused(by, fault.KindForbidden, func(a *journal.Act) error { _, err := notice.AddMailForAll(a); return err })
		}
		o.refused("son", fault.KindInvalid, func(a *journal.Act) error {
			_, _, err := notice.OpenEndpoint(a, deliver.Guard{}, "", "https://10.0.0.1/")
			return err
		})
		// A calendar: the secret opens it, nothing else, until it is revoked.
		secret := ""
		feed := do(o, "hai", func(a *journal.Act) (c notice.Channel, err error) {
			c, secret, err = notice.AddFeed(a, "Điện thoại", false)
			return c, err
		})
		if agency, got, err := notice.FeedOf(db.Read(bg), secret); err != nil || agency != o.agency || got.Person != o.who["hai"].Person {
			t.Errorf("%+v %v", got, err)
		}
		for _, s := range []string{"", secret[1:], secret + "A", strings.Repeat("A", 43), string(feed.Key)} {
			if _, _, err := notice.FeedOf(db.Read(bg), s); !fault.Is(err, fault.KindNotFound) {
				t.Errorf("%q opens it", s)
			}
		}
		orgtest.Do(t, o.book, o.who["hai"], func(a *journal.Act) error { return notice.Revoke(a, feed.ID) })
		if _, _, err := notice.FeedOf(db.Read(bg), secret); !fault.Is(err, fault.KindNotFound) {
			t.Error("a revoked link opens it")
		}
		// A chat system that is closed ends the channels through it.
		addHook(o, "hai")
		orgtest.Do(t, o.book, o.who["son"], func(a *journal.Act) error { return notice.CloseEndpoint(a, o.hook) })
		if cs, _ := notice.Channels(db.Read(bg), o.agency, o.who["hai"].Person); len(cs) != 1 || cs[0].Kind != notice.Push {
			t.Errorf("%+v", cs)
		}
		o.check()
	})
}

// The check finds what was changed beside the book.
func TestTheCheckFindsWhatWasChanged(t *testing.T) {
	t.Parallel()
	o := openOutside(t, storetest.Open(t), "2026-11-23 08:00")
	addPush(o, "hai")
	o.tell(t, "hai", 1, false)
	o.check()
	for sql, want := range map[string]string{
		"UPDATE notice_channel SET quiet = 'none'":                          "khác với sổ",
		"UPDATE notice_channel SET person = person + 1":                     "khác với sổ",
		"DELETE FROM notice_channel":                                        "nhưng bảng không có",
		"UPDATE notice_endpoint SET closed_at = '2026-11-23T01:00:00.000Z'": "Hệ thống trò chuyện",
		"DELETE FROM notice_item":                                           "không khớp",
		"UPDATE notice_delivery SET state = 'sent'":                         "không khớp",
		"INSERT INTO notice_channel SELECT id + 1, agency, person, 'feed', name, address, key, endpoint, active, digest, topics, quiet, urgent, titles, added_at, used_at, revoked_at, why FROM notice_channel": "không có mục nào",
	} {
		undo := errors.New("undo")
		err := o.book.DB.Write(bg, func(tx *store.Tx) error {
			if _, err := tx.Exec(sql); err != nil {
				return err
			}
			said := ""
			if err := notice.Check(tx, o.agency, func(s string) { said += s }); err != nil {
				return err
			}
			if !strings.Contains(said, want) {
				t.Errorf("%s: %q", sql, said)
			}
			return undo
		})
		if !errors.Is(err, undo) {
			t.Error(err)
		}
	}
}

// No notice twice, none missing: programs that stop in the middle of a message, receivers
// that refuse or fall silent, acts that are undone, two programs at once.
func TestEveryNoticeOnceWhateverHappens(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOutside(t, db, "2026-11-23 08:00")
		people := []string{"hai", "ha", "lam"}
		for _, who := range people {
			c := addHook(o, who)
			orgtest.Do(t, o.book, o.who[who], func(a *journal.Act) error {
				return notice.Wish(a, c.ID, notice.Wishes{Active: true, Topics: []notice.Topic{notice.TopicGiven}, Quiet: notice.QuietNever})
			})
		}
		var mu sync.Mutex
		taken := map[string]int{} // message → how often it was taken
		var plan []string         // what the receiver does next
		programs := map[string]context.CancelFunc{}
		o.chat.Answer = func(w http.ResponseWriter, r inbox.Request) {
			mu.Lock()
			defer mu.Unlock()
			deed := "take"
			if len(plan) > 0 {
				deed, plan = plan[0], plan[1:]
			}
			if deed == "refuse" {
				w.WriteHeader(http.StatusBadGateway)
				return
			}
			taken[r.Header.Get(deliver.HookID)]++
			switch deed {
			case "silent":
				c, _, _ := http.NewResponseController(w).Hijack()
				c.Close()
			case "crash":
				for _, stop := range programs {
					stop()
				}
				time.Sleep(2 * time.Millisecond)
			}
		}
		told := 0
		committed := map[string]int{}
		undo := errors.New("undone")
		rapid.Check(t, func(rt *rapid.T) {
			for range rapid.IntRange(1, 4).Draw(rt, "acts") {
				who := rapid.SampledFrom(people).Draw(rt, "who")
				n := rapid.IntRange(1, 3).Draw(rt, "notices")
				fails := rapid.Bool().Draw(rt, "undone")
				err := o.book.Do(bg, o.who["nga"], func(a *journal.Act) error {
					if err := org.May(a, org.OwnAccount, org.Target{Person: a.By.Person}); err != nil {
						return err
					}
					for i := range n {
						if _, err := notice.Tell(a, notice.Item{Person: o.who[who].Person, Matter: fmt.Sprintf("task/%d", told+i), Kind: "task.given", Text: "x", Link: "/viec/1"}); err != nil {
							return err
						}
					}
					a.Note(journal.Entry{Kind: org.SignedIn, Subject: journal.Ref("person", a.By.Person)})
					if fails {
						return undo
					}
					return nil
				})
				told += n
				if err == nil {
					committed[who] += n
				} else if !errors.Is(err, undo) {
					rt.Fatal(err)
				}
				mu.Lock()
				plan = rapid.SliceOfN(rapid.SampledFrom([]string{"take", "refuse", "silent", "crash"}), 0, 6).Draw(rt, "receiver")
				mu.Unlock()
				var all sync.WaitGroup
				for _, name := range []string{"one", "two"} {
					ctx, stop := context.WithCancel(bg)
					mu.Lock()
					programs[name] = stop
					mu.Unlock()
					p := o.post()
					all.Go(func() {
						defer stop()
						if _, err := p.Drain(ctx); err != nil && ctx.Err() == nil {
							rt.Error(err)
						}
					})
				}
				all.Wait()
				o.clock.Add(time.Duration(rapid.IntRange(0, 600).Draw(rt, "seconds")) * time.Second)
			}
		})
		// Calm: the leases run out, what was given up is sent again.
		mu.Lock()
		plan = nil
		mu.Unlock()
		_ = o.book.Do(bg, o.who["son"], func(a *journal.Act) error { _, err := notice.Resend(a, 0); return err })
		p := o.post()
		for range 60 {
			o.clock.Add(10 * time.Minute)
			o.drain(p)
		}
		final := map[string]bool{}
		for _, who := range people {
			rows, err := store.All(db.Read(bg), func(s store.Scanner) ([2]string, error) {
				var state string
				var message int64
				err := s.Scan(&state, &message)
				return [2]string{state, fmt.Sprint(message)}, err
			}, "SELECT state, message FROM notice_delivery WHERE person = $1", o.who[who].Person)
			if err != nil {
				t.Fatal(err)
			}
			if len(rows) != committed[who] {
				t.Errorf("%s was told %d, the outbox has %d", who, committed[who], len(rows))
			}
			for _, r := range rows {
				if r[0] != "sent" {
					t.Errorf("a delivery is %s", r[0])
				}
				final[r[1]] = true
			}
		}
		for id := range taken {
			n := parse36(t, id)
			if !final[n] {
				t.Errorf("message %s was taken, but its notices went with another", n)
			}
			delete(final, n)
		}
		for n := range final {
			t.Errorf("message %s was marked as sent and never taken", n)
		}
		again := 0
		for _, n := range taken {
			again += n - 1
		}
		t.Logf("%d notices in %d messages; %d came again under the same identifier", committed["hai"]+committed["ha"]+committed["lam"], len(taken), again)
		o.check()
	})
}

func parse36(t *testing.T, s string) string {
	t.Helper()
	var n int64
	for _, r := range s {
		d := strings.IndexRune("0123456789abcdefghijklmnopqrstuvwxyz", r)
		n = n*36 + int64(d)
	}
	return fmt.Sprint(n)
}

// A mail server that falls silent after the last line gets the letter again under the
// same Message-ID.
func TestALetterOfUnknownFateKeepsItsName(t *testing.T) {
	t.Parallel()
	o := openOutside(t, storetest.Open(t), "2026-11-23 08:00")
	o.emails("hai")
	c := do(o, "hai", notice.AddMail)
	o.mail.After = func(c net.Conn) { c.Close() }
	orgtest.Do(t, o.book, o.who["hai"], func(a *journal.Act) error { return notice.Test(a, c.ID) })
	p := o.post()
	o.drain(p)
	o.mail.After = nil
	o.clock.Add(time.Minute)
	o.drain(p)
	o.wants("hai", "mail/test/sent")
	var ids []string
	for _, l := range o.mail.Letters() {
		_, rest, _ := strings.Cut(string(l.Raw), "Message-ID: ")
		id, _, _ := strings.Cut(rest, "\r\n")
		ids = append(ids, id)
	}
	if len(ids) != 2 || ids[0] != ids[1] || ids[0] == "" {
		t.Errorf("%q", ids)
	}
}

// Every kind of notice that the office tells has its topic.
func TestQuietIsRead(t *testing.T) {
	for typed, want := range map[string]notice.Quiet{"outside": "outside", "none": "none", "21:00 - 6:30": "21:00-06:30", "21h00–06h30": "21:00-06:30", "25:00-01:00": "", "08:00-08:00": "", "": "", "tối": ""} {
		got, err := notice.ParseQuiet(typed)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("%q: %q %v", typed, got, err)
		}
	}
}
