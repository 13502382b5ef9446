// SPDX-License-Identifier: Apache-2.0

package org_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/org"
	"soviec/office/org/orgtest"
)

var ctx = context.Background()

func signIn(b *journal.Book, username, password string) (org.Session, string, error) {
	return org.SignIn(ctx, b, username, password, "Firefox", "10.0.0.7")
}

func kinds(t *testing.T, b *journal.Book, agency int64, subject string) []string {
	t.Helper()
	entries, err := journal.Of(b.DB.Read(ctx), agency, subject)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Kind)
	}
	return all
}

func count(all []string, kind string) (n int) {
	for _, k := range all {
		if k == kind {
			n++
		}
	}
	return n
}

// sound checks that rows and book agree at the end of a test.
func sound(t *testing.T, b *journal.Book, agency int64) {
	t.Helper()
	r := b.DB.Read(ctx)
	if err := org.Check(r, agency, func(s string) { t.Error(s) }); err != nil {
		t.Error(err)
	}
	if _, err := journal.Verify(r, agency, nil, nil, func(s string) { t.Error(s) }); err != nil {
		t.Error(err)
	}
}

func TestSignInOpensASession(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, _ := orgtest.Book(t, db, "2026-11-23 08:00")
		agency, people := orgtest.Found(t, b)
		s, token, err := signIn(b, " LAN ", orgtest.Password)
		if err != nil {
			t.Fatal(err)
		}
		if s.Agency != agency || s.Person != people["lan"].Person || s.Step != org.StepOpen {
			t.Fatalf("session %+v", s)
		}
		again, err := org.SessionOf(ctx, b, token)
		if err != nil || again.ID != s.ID {
			t.Fatalf("session of token: %+v, %v", again, err)
		}
		if got := kinds(t, b, agency, journal.Ref("person", s.Person)); count(got, org.SignedIn) != 1 {
			t.Errorf("book: %v", got)
		}
		if _, err := org.SessionOf(ctx, b, token+"x"); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("another token: %v", err)
		}
		sound(t, b, agency)
	})
}

func TestFailuresLockForAWhile(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, clock := orgtest.Book(t, db, "2026-11-23 08:00")
		agency, people := orgtest.Found(t, b)
		for i := range 4 {
			if _, _, err := signIn(b, "lan", "sai mat khau"); !fault.Is(err, fault.KindInvalid) {
				t.Fatalf("failure %d: %v", i+1, err)
			}
		}
		if _, _, err := signIn(b, "lan", "sai mat khau"); !fault.Is(err, fault.KindForbidden) || !strings.Contains(fault.Text(err), "08:01 23/11/2026") {
			t.Fatalf("fifth failure: %v", err)
		}
		if _, _, err := signIn(b, "lan", orgtest.Password); !fault.Is(err, fault.KindForbidden) {
			t.Fatalf("right password while locked: %v", err)
		}
		clock.Add(61 * time.Second)
		if _, _, err := signIn(b, "lan", "sai mat khau"); !strings.Contains(fault.Text(err), "08:04") {
			t.Fatalf("the lock doubles: %v", err) // 08:01:01 and two minutes, shown upwards
		}
		clock.Add(2 * time.Minute)
		if _, _, err := signIn(b, "lan", orgtest.Password); err != nil {
			t.Fatalf("after the lock: %v", err)
		}
		if _, _, err := signIn(b, "lan", "sai mat khau"); !fault.Is(err, fault.KindInvalid) {
			t.Fatalf("failures are forgotten after a sign-in: %v", err)
		}
		got := kinds(t, b, agency, journal.Ref("person", people["lan"].Person))
		if count(got, org.SignInRefused) != 8 || count(got, org.SignInLocked) != 2 || count(got, org.SignedIn) != 1 {
			t.Errorf("book: %v", got)
		}
		sound(t, b, agency)
	})
}

func TestTheLockGrowsNoLongerThanTheSetting(t *testing.T) {
	b, clock := orgtest.Book(t, storetest.Open(t), "2026-11-23 08:00")
	agency, people := orgtest.Found(t, b)
	for range 40 {
		if _, _, err := signIn(b, "lan", "sai mat khau"); err == nil {
			t.Fatal("signed in")
		}
		clock.Add(31 * time.Minute)
	}
	clock.Add(-31 * time.Minute)
	logins, err := org.Logins(b.DB.Read(ctx), agency)
	if err != nil {
		t.Fatal(err)
	}
	if wait := logins[people["lan"].Person].LockedUntil.Sub(clock.Now()); wait != 30*time.Minute {
		t.Errorf("the fortieth failure locks for %v", wait)
	}
}

func TestStrangersAreTreatedAlike(t *testing.T) {
	b, clock := orgtest.Book(t, storetest.Open(t), "2026-11-23 08:00")
	agency, _ := orgtest.Found(t, b)
	for i := range 12 {
		_, _, known := signIn(b, "lan", "sai mat khau")
		_, _, unknown := signIn(b, "khongco", "sai mat khau")
		if known == nil || unknown == nil || known.Error() != unknown.Error() {
			t.Fatalf("failure %d: known %v, unknown %v", i+1, known, unknown)
		}
		clock.Add(20 * time.Second)
	}
	if got := kinds(t, b, agency, journal.Ref("agency", agency)); count(got, org.SignInRefused) == 0 {
		t.Errorf("no refusal of a stranger in the book: %v", got)
	}
	sound(t, b, agency)
}

// A stranger's password costs the same work: hashing cannot be skipped.
func TestStrangersCostTheSameWork(t *testing.T) {
	b, _ := orgtest.Book(t, storetest.Open(t), "2026-11-23 08:00")
	orgtest.Found(t, b)
	defer org.SetPasswordCost(orgtest.Cheap)
	org.SetPasswordCost(org.Cost{Memory: 32 << 10, Time: 4, Lanes: 1})
	began := time.Now()
	if _, _, err := signIn(b, "nobody", "sai mat khau"); err == nil {
		t.Fatal("signed in")
	}
	if took := time.Since(began); took < 10*time.Millisecond {
		t.Errorf("a stranger is refused in %v: no password was hashed", took)
	}
}

func TestADisabledLoginIsShutAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, _ := orgtest.Book(t, db, "2026-11-23 08:00")
		agency, people := orgtest.Found(t, b)
		_, token, err := signIn(b, "hai", orgtest.Password)
		if err != nil {
			t.Fatal(err)
		}
		hai := people["hai"].Person
		if err := b.Do(ctx, people["lam"], func(a *journal.Act) error { return org.DisableLogin(a, hai) }); !fault.Is(err, fault.KindForbidden) {
			t.Fatalf("a head of division shuts logins: %v", err)
		}
		orgtest.Do(t, b, people["son"], func(a *journal.Act) error { return org.DisableLogin(a, hai) })
		if _, err := org.SessionOf(ctx, b, token); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("the session lives on: %v", err)
		}
		if _, _, err := signIn(b, "hai", orgtest.Password); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("signs in although shut: %v", err)
		}
		if _, _, err := signIn(b, "hai", "sai mat khau"); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("a wrong password tells that the login is shut: %v", err)
		}
		orgtest.Do(t, b, people["son"], func(a *journal.Act) error { return org.EnableLogin(a, hai) })
		if _, _, err := signIn(b, "hai", orgtest.Password); err != nil {
			t.Errorf("opened again: %v", err)
		}
		sound(t, b, agency)
	})
}

func TestTheFirstPasswordMustBeChanged(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, _ := orgtest.Book(t, db, "2026-11-23 08:00")
		agency, people := orgtest.Found(t, b)
		_, old, err := signIn(b, "hai", orgtest.Password)
		if err != nil {
			t.Fatal(err)
		}
		var first string
		orgtest.Do(t, b, people["son"], func(a *journal.Act) (err error) {
			first, err = org.ResetPassword(a, people["hai"].Person)
			return err
		})
		if _, err := org.SessionOf(ctx, b, old); err == nil {
			t.Error("a session outlives the reset")
		}
		s, token, err := signIn(b, "hai", first)
		if err != nil || s.Step != org.StepPassword {
			t.Fatalf("session %+v, %v", s, err)
		}
		for _, bad := range []string{"ngan", "hai", "1234567890", "aaaaaaaaaaaa", "abcdefghijkl", first} {
			if err := org.ChangePassword(ctx, b, s, first, bad); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("%q is taken: %v", bad, err)
			}
		}
		if err := org.ChangePassword(ctx, b, s, "sai mat khau", "bốn con trâu rừng"); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("without the present password: %v", err)
		}
		if err := org.ChangePassword(ctx, b, s, first, "bốn con trâu rừng"); err != nil {
			t.Fatal(err)
		}
		if s, err = org.SessionOf(ctx, b, token); err != nil || s.Step != org.StepOpen {
			t.Errorf("after the change: %+v, %v", s, err)
		}
		if _, _, err := signIn(b, "hai", first); err == nil {
			t.Error("the first password still opens")
		}
		if _, _, err := signIn(b, "hai", norm.NFD.String("bốn con trâu rừng")); err != nil { // decomposed letters are the same
			t.Errorf("typed otherwise: %v", err)
		}
		sound(t, b, agency)
	})
}

func TestSessionsEnd(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, clock := orgtest.Book(t, db, "2026-11-23 08:00")
		agency, people := orgtest.Found(t, b)
		first, one, err1 := signIn(b, "hai", orgtest.Password)
		_, two, err2 := signIn(b, "hai", orgtest.Password)
		_, lan, err3 := signIn(b, "lan", orgtest.Password)
		if err := errors.Join(err1, err2, err3); err != nil {
			t.Fatal(err)
		}
		open := func(token string) bool {
			_, err := org.SessionOf(ctx, b, token)
			return err == nil
		}
		if !open(one) || !open(two) || !open(lan) {
			t.Fatal("not open")
		}
		if err := b.Do(ctx, people["lan"], func(a *journal.Act) error { return org.EndSession(a, first.ID) }); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("another's session is ended: %v", err)
		}
		if all, err := org.Sessions(b, db.Read(ctx), agency, people["hai"].Person); err != nil || len(all) != 2 {
			t.Errorf("sessions: %v, %v", all, err)
		}
		orgtest.Do(t, b, people["hai"], func(a *journal.Act) error { return org.EndOthers(a, first.ID) })
		if !open(one) || open(two) || !open(lan) {
			t.Error("EndOthers ends the others, all of them and only them")
		}
		orgtest.Do(t, b, people["hai"], func(a *journal.Act) error { return org.EndSession(a, first.ID) })
		if open(one) {
			t.Error("ended and open")
		}
		for range 3 { // used every few hours it lives
			clock.Add(11 * time.Hour)
			if !open(lan) {
				t.Fatal("a used session expires")
			}
		}
		clock.Add(12 * time.Hour)
		if open(lan) {
			t.Error("an idle session lives")
		}
		_, lan, err := signIn(b, "lan", orgtest.Password)
		if err != nil {
			t.Fatal(err)
		}
		for range 16 {
			clock.Add(11 * time.Hour)
			open(lan)
		}
		if open(lan) {
			t.Error("a session lives longer than seven days")
		}
		sound(t, b, agency)
	})
}

func TestSignInKnowsNoOtherAgency(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, _ := orgtest.Book(t, db, "2026-11-23 08:00")
		one, ours := orgtest.Found(t, b)
		two, theirs := orgtest.FoundAs(t, b, ".2")
		s, _, err := signIn(b, "lan.2", orgtest.Password)
		if err != nil || s.Agency != two {
			t.Fatalf("%+v, %v", s, err)
		}
		stranger := theirs["hai"].Person
		for name, act := range map[string]func(*journal.Act) error{
			"reset":   func(a *journal.Act) error { _, err := org.ResetPassword(a, stranger); return err },
			"disable": func(a *journal.Act) error { return org.DisableLogin(a, stranger) },
			"change": func(a *journal.Act) error {
				return org.ChangePerson(a, stranger, org.NewPerson{Name: "X", Address: "ông"})
			},
			"session": func(a *journal.Act) error { return org.EndSession(a, s.ID) },
			"totp":    func(a *journal.Act) error { return org.DisableTOTP(a, stranger) },
			"post": func(a *journal.Act) error {
				_, err := org.GivePost(a, org.NewPost{Person: stranger, Unit: ours["son"].Unit, Title: "X", Roles: []org.Role{org.Officer}})
				return err
			},
			"unit": func(a *journal.Act) error { return org.RenameUnit(a, theirs["hai"].Unit, "X", "X", 0) },
			"absence": func(a *journal.Act) error {
				_, err := org.DeclareAbsence(a, org.NewAbsence{Person: stranger, From: a.Day(), To: a.Day()})
				return err
			},
		} {
			if err := b.Do(ctx, ours["son"], act); !fault.Is(err, fault.KindNotFound) {
				t.Errorf("%s across agencies: %v", name, err)
			}
		}
		if d := orgtest.Directory(t, b, one); d.Person(stranger).ID != 0 || len(d.People) != 20 || len(d.Units) != 7 {
			t.Errorf("one agency sees %d people of both", len(d.People))
		}
		sound(t, b, one)
		sound(t, b, two)
	})
}
