// SPDX-License-Identifier: Apache-2.0

package notice_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

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

// Every kind of notice that the office tells has its topic.
func TestQuietIsRead(t *testing.T) {
	for typed, want := range map[string]notice.Quiet{"outside": "outside", "none": "none", "21:00 - 6:30": "21:00-06:30", "21h00–06h30": "21:00-06:30", "25:00-01:00": "", "08:00-08:00": "", "": "", "tối": ""} {
		got, err := notice.ParseQuiet(typed)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("%q: %q %v", typed, got, err)
		}
	}
}
