// SPDX-License-Identifier: Apache-2.0

package org_test

import (
	"sync"
	"testing"
	"time"

	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/org"
	"soviec/office/org/orgtest"
)

// Many read a session while it is ended: whoever asks after the act has returned is refused.
func TestAnEndedSessionIsRefusedAtOnce(t *testing.T) {
	b, _ := orgtest.Book(t, storetest.Open(t), "2026-11-23 08:00")
	_, people := orgtest.Found(t, b)
	for range 20 {
		s, token, err := signIn(b, "hai", orgtest.Password)
		if err != nil {
			t.Fatal(err)
		}
		stop := make(chan struct{})
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
						_, _ = org.SessionOf(ctx, b, token)
					}
				}
			})
		}
		orgtest.Do(t, b, people["hai"], func(a *journal.Act) error { return org.EndSession(a, s.ID) })
		for range 50 {
			if _, err := org.SessionOf(ctx, b, token); err == nil {
				t.Error("an ended session is open")
			}
		}
		close(stop)
		all.Wait()
	}
}

// What another program ended is noticed within seconds, and what it changed in the
// directory at the next request.
func TestTwoProgramsOnOneDatabase(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if db.Engine() == store.SQLite {
			t.Skip("a file belongs to one program")
		}
		one, clock := orgtest.Book(t, db, "2026-11-23 08:00")
		agency, people := orgtest.Found(t, one)
		two := &journal.Book{DB: db, Clock: clock.Now}
		s, token, err := signIn(one, "hai", orgtest.Password)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := org.SessionOf(ctx, two, token); err != nil {
			t.Fatalf("the other program does not know the session: %v", err)
		}
		cs := orgtest.Unit(t, two, agency, "CS")
		orgtest.Do(t, one, people["son"], func(a *journal.Act) error { return org.RenameUnit(a, cs.ID, "Phòng Khác", "CS", 0) })
		if got := orgtest.Directory(t, two, agency).Unit(cs.ID).Name; got != "Phòng Khác" {
			t.Errorf("the other program still sees %s", got)
		}
		orgtest.Do(t, one, people["hai"], func(a *journal.Act) error { return org.EndSession(a, s.ID) })
		clock.Add(5 * time.Second)
		if _, err := org.SessionOf(ctx, two, token); err == nil {
			t.Error("the other program still lets the session in")
		}
	})
}

// A use is kept in the database once a minute, so that the list and the idle limit
// survive a start of the program.
func TestSeenIsKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, clock := orgtest.Book(t, db, "2026-11-23 08:00")
		agency, people := orgtest.Found(t, b)
		_, token, err := signIn(b, "hai", orgtest.Password)
		if err != nil {
			t.Fatal(err)
		}
		clock.Add(11 * time.Hour)
		if _, err := org.SessionOf(ctx, b, token); err != nil {
			t.Fatal(err)
		}
		restarted := &journal.Book{DB: db, Clock: clock.Now}
		all, err := org.Sessions(restarted, db.Read(ctx), agency, people["hai"].Person)
		if err != nil || len(all) != 1 || !all[0].Seen.Equal(clock.Now()) {
			t.Errorf("%+v, %v", all, err)
		}
		clock.Add(11 * time.Hour)
		if _, err := org.SessionOf(ctx, restarted, token); err != nil {
			t.Errorf("after a restart: %v", err)
		}
	})
}

func BenchmarkSessionAndDirectory(bm *testing.B) {
	b, _ := orgtest.Book(bm, storetest.Open(bm), "2026-11-23 08:00")
	agency, _ := orgtest.Found(bm, b)
	_, token, err := signIn(b, "hai", orgtest.Password)
	if err != nil {
		bm.Fatal(err)
	}
	for bm.Loop() {
		if _, err := org.SessionOf(ctx, b, token); err != nil {
			bm.Fatal(err)
		}
		d, err := org.DirectoryOf(b, b.DB.Read(ctx), agency)
		if err != nil {
			bm.Fatal(err)
		}
		_ = d.Rights(1, 0)
	}
}
