// SPDX-License-Identifier: Apache-2.0

package notice_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"soviec/kit/deliver"
	"soviec/kit/deliver/inbox"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/org/orgtest"
)

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
