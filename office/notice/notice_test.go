// SPDX-License-Identifier: Apache-2.0

package notice_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/org/orgtest"
)

// act tells within an act that leaves an entry, as every act does.
func act(t *testing.T, b *journal.Book, by journal.Holder, items ...notice.Item) (fresh int) {
	t.Helper()
	orgtest.Do(t, b, by, func(a *journal.Act) error {
		fresh = 0
		if err := org.May(a, org.OwnAccount, org.Target{Person: a.By.Person}); err != nil {
			return err
		}
		for _, it := range items {
			is, err := notice.Tell(a, it)
			if err != nil {
				return err
			}
			if is {
				fresh++
			}
		}
		a.Note(journal.Entry{Kind: org.SignedIn, Subject: journal.Ref("person", a.By.Person)})
		return nil
	})
	return fresh
}

func TestToldOncePerMatterKindAndDay(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, clock := orgtest.Book(t, db, "2026-11-23 08:00")
		agency, who := orgtest.Found(t, b)
		hai, r := who["hai"].Person, db.Read(context.Background())
		it := notice.Item{Person: hai, Matter: "task/1", Kind: "task.given", Text: "Anh/chị được giao việc.", Link: "/viec/1"}
		other := it
		other.Kind = "task.urged"
		mine := it
		mine.Person = who["lam"].Person
		long := it
		long.Matter, long.Text = "task/2", strings.Repeat("ệ", 900)
		if n := act(t, b, who["lam"], it, it, other, mine, long); n != 3 {
			t.Errorf("told %d", n)
		}
		if n := act(t, b, who["lam"], it); n != 0 {
			t.Errorf("told again on the same day: %d", n)
		}
		mine.Self = true
		if n := act(t, b, who["lam"], mine); n != 1 {
			t.Error("he asked to be told himself")
		}
		clock.Set(t, "2026-11-24 08:00")
		if n := act(t, b, who["lam"], it); n != 1 {
			t.Error("not told on the next day")
		}
		unread := func() int {
			n, err := notice.Unread(r, agency, hai)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if unread() != 4 {
			t.Errorf("unread %d", unread())
		}
		list, err := notice.List(r, agency, hai, 0, 2)
		if err != nil || len(list) != 2 || list[0].Day.String() != "2026-11-24" || list[0].Read() {
			t.Fatalf("%+v %v", list, err)
		}
		rest, err := notice.List(r, agency, hai, list[1].ID, 10)
		if err != nil || len(rest) != 2 {
			t.Fatalf("%+v %v", rest, err)
		}
		for _, n := range append(list, rest...) {
			if utf8.RuneCountInString(n.Text) > 500 {
				t.Errorf("a notice of %d characters", utf8.RuneCountInString(n.Text))
			}
		}
		seq, _ := b.Last(r, agency)
		if err := notice.MarkRead(context.Background(), db, clock.Now(), agency, hai, rest[0].ID); err != nil {
			t.Fatal(err)
		}
		if after, _ := b.Last(r, agency); unread() != 2 || after != seq {
			t.Errorf("unread %d, book %d → %d", unread(), seq, after)
		}
		if err := notice.Check(r, agency, func(s string) { t.Error(s) }); err != nil {
			t.Fatal(err)
		}
	})
}

func woken(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	case <-time.After(3 * time.Second):
		return false
	}
}

func TestPagesAreWokenAfterTheCommitOnly(t *testing.T) {
	t.Parallel()
	b, _ := orgtest.Book(t, storetest.Open(t), "2026-11-23 08:00")
	agency, who := orgtest.Found(t, b)
	wake, cancel := notice.Live.Subscribe(agency, who["hai"].Person)
	elsewhere, cancelOther := notice.Live.Subscribe(agency, who["ha"].Person)
	defer cancelOther()
	it := notice.Item{Person: who["hai"].Person, Matter: "task/1", Kind: "task.given"}
	no := errors.New("undone")
	if err := b.Do(context.Background(), who["lam"], func(a *journal.Act) error {
		if _, err := notice.Tell(a, it); err != nil {
			return err
		}
		return no
	}); !errors.Is(err, no) {
		t.Fatal(err)
	}
	select {
	case <-wake:
		t.Error("woken by an act that was undone")
	default:
	}
	act(t, b, who["lam"], it)
	if !woken(wake) {
		t.Error("not woken")
	}
	if len(elsewhere) != 0 {
		t.Error("somebody else was woken")
	}
	cancel()
	act(t, b, who["lam"], notice.Item{Person: who["hai"].Person, Matter: "task/2", Kind: "task.given"})
	if len(wake) != 0 {
		t.Error("woken after it was cancelled")
	}
}

// What another process tells is seen within a second, at the pace of the program.
func TestWhatAnotherProcessTellsIsSeenWithinASecond(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, _ := orgtest.Book(t, db, "2026-11-23 08:00")
		agency, who := orgtest.Found(t, b)
		hub := notice.NewHub() // the other process's
		wake, cancel := hub.Subscribe(agency, who["hai"].Person)
		defer cancel()
		ctx, stop := context.WithCancel(context.Background())
		ended := make(chan struct{})
		go func() { hub.Poll(ctx, db, b.Clock, notice.PollEvery); close(ended) }()
		time.Sleep(50 * time.Millisecond)
		for i := range 3 {
			start := time.Now()
			act(t, b, who["lam"], notice.Item{Person: who["hai"].Person, Matter: journal.Ref("task", int64(i+1)), Kind: "task.given"})
			select {
			case <-wake:
				if took := time.Since(start); took > time.Second {
					t.Errorf("seen after %v", took)
				}
			case <-time.After(5 * time.Second):
				t.Fatal("not seen")
			}
		}
		stop()
		<-ended
	})
}

// Another process told it: the poller finds it.
func TestPollingFindsWhatOthersTell(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, clock := orgtest.Book(t, db, "2026-11-23 08:00")
		agency, who := orgtest.Found(t, b)
		act(t, b, who["lam"], notice.Item{Person: who["hai"].Person, Matter: "task/0", Kind: "task.given"})
		hub := notice.NewHub() // the other process's
		wake, cancel := hub.Subscribe(agency, who["hai"].Person)
		defer cancel()
		ctx, stop := context.WithCancel(context.Background())
		ended := make(chan struct{})
		go func() { hub.Poll(ctx, db, clock.Now, 10*time.Millisecond); close(ended) }()
		time.Sleep(100 * time.Millisecond)
		if len(wake) != 0 {
			t.Error("woken by what was there before")
		}
		act(t, b, who["lam"], notice.Item{Person: who["hai"].Person, Matter: "task/1", Kind: "task.given"})
		if !woken(wake) {
			t.Error("not woken")
		}
		time.Sleep(50 * time.Millisecond)
		if len(wake) != 0 {
			t.Error("woken twice for one notice")
		}
		stop()
		<-ended
	})
}
