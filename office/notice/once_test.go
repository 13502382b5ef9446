// SPDX-License-Identifier: Apache-2.0

package notice_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"soviec/kit/deliver"
	"soviec/kit/deliver/inbox"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/org/orgtest"
)

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
