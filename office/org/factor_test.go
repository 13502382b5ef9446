// SPDX-License-Identifier: Apache-2.0

package org_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/org"
	"soviec/office/org/orgtest"
)

func TestSecondFactor(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, clock := orgtest.Book(t, db, "2026-11-23 08:00")
		agency, people := orgtest.Found(t, b)
		son := people["son"]
		var key org.TOTPKey
		orgtest.Do(t, b, son, func(a *journal.Act) (err error) {
			key, err = org.SetUpTOTP(a)
			return err
		})
		code := func() string {
			c, err := totp.GenerateCode(key.Secret, clock.Now())
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		if s, _, err := signIn(b, "son", orgtest.Password); err != nil || s.Step != org.StepOpen {
			t.Fatalf("not confirmed yet, but asked: %+v, %v", s, err)
		}
		confirm := func(c string) error {
			return b.Do(ctx, son, func(a *journal.Act) error { _, err := org.ConfirmTOTP(a, c); return err })
		}
		if err := confirm("000000"); code() != "000000" && !fault.Is(err, fault.KindInvalid) {
			t.Errorf("wrong code confirms: %v", err)
		}
		if err := confirm(code()); err != nil {
			t.Fatal(err)
		}
		s, token, err := signIn(b, "son", orgtest.Password)
		if err != nil || s.Step != org.StepTOTP {
			t.Fatalf("session %+v, %v", s, err)
		}
		if _, err := org.SecondStep(ctx, b, token, code()); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("the code that confirmed is taken again: %v", err)
		}
		clock.Add(30 * time.Second)
		used := code()
		if s, err = org.SecondStep(ctx, b, token, used[:3]+" "+used[3:]); err != nil || s.Step != org.StepOpen {
			t.Fatalf("second step: %+v, %v", s, err)
		}
		_, again, err := signIn(b, "son", orgtest.Password)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := org.SecondStep(ctx, b, again, used); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("a code is used twice: %v", err)
		}
		for range 4 {
			_, err = org.SecondStep(ctx, b, again, "123456")
		}
		if !fault.Is(err, fault.KindForbidden) {
			t.Errorf("codes may be guessed without end: %v", err)
		}
		clock.Add(11 * time.Minute)
		if _, err := org.SessionOf(ctx, b, again); err == nil {
			t.Error("a session waits for its second factor for ever")
		}
		if err := org.RightPassword(ctx, b, s, orgtest.Password); err != nil {
			t.Error(err)
		}
		orgtest.Do(t, b, son, func(a *journal.Act) error { return org.DisableTOTP(a, son.Person) })
		if s, _, err := signIn(b, "son", orgtest.Password); err != nil || s.Step != org.StepOpen {
			t.Errorf("turned off: %+v, %v", s, err)
		}
		sound(t, b, agency)
	})
}

func TestRecoveryCodesOpenOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, clock := orgtest.Book(t, db, "2026-11-23 08:00")
		agency, people := orgtest.Found(t, b)
		hai := people["hai"]
		codes := turnOn(t, b, clock, hai)
		if len(codes) != 10 {
			t.Fatalf("codes %v", codes)
		}
		wait := func() string {
			_, token, err := signIn(b, "hai", orgtest.Password)
			if err != nil {
				t.Fatal(err)
			}
			return token
		}
		token := wait()
		s, err := org.SecondStep(ctx, b, token, strings.ToUpper(strings.ReplaceAll(codes[3], "-", " ")))
		if err != nil || s.Step != org.StepOpen {
			t.Fatalf("recovery code: %+v, %v", s, err)
		}
		if left, err := org.RecoveryLeft(b.DB.Read(ctx), hai.Person); err != nil || left != 9 {
			t.Errorf("%d codes left, %v", left, err)
		}
		if _, err := org.SecondStep(ctx, b, wait(), codes[3]); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("a code opens twice: %v", err)
		}
		if got := kinds(t, b, agency, journal.Ref("person", hai.Person)); count(got, org.RecoveryUsed) != 1 || count(got, org.SecondStepPassed) != 1 {
			t.Errorf("book: %v", got)
		}
		// New codes shut the old ones, another's open nothing.
		var fresh []string
		orgtest.Do(t, b, hai, func(a *journal.Act) (err error) { fresh, err = org.RenewRecovery(a); return err })
		if _, err := org.SecondStep(ctx, b, wait(), fresh[0]); err != nil {
			t.Errorf("a new code opens nothing: %v", err)
		}
		if _, err := org.SecondStep(ctx, b, wait(), codes[4]); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("an old code opens: %v", err)
		}
		others := turnOn(t, b, clock, people["lan"])
		if _, err := org.SecondStep(ctx, b, wait(), others[0]); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("another's code opens: %v", err)
		}
		if err := b.Do(ctx, people["lam"], func(a *journal.Act) error { _, err := org.RenewRecovery(a); return err }); !fault.Is(err, fault.KindConflict) {
			t.Errorf("codes without a second factor: %v", err)
		}
		// The administrator helps whoever lost everything: it is in the book, and all sessions end.
		if err := b.Do(ctx, people["lam"], func(a *journal.Act) error { return org.DisableTOTP(a, hai.Person) }); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("a head turns it off: %v", err)
		}
		orgtest.Do(t, b, people["son"], func(a *journal.Act) error { return org.DisableTOTP(a, hai.Person) })
		if _, err := org.SessionOf(ctx, b, token); err == nil {
			t.Error("a session outlived the reset")
		}
		if left, err := org.RecoveryLeft(b.DB.Read(ctx), hai.Person); err != nil || left != 0 {
			t.Errorf("%d codes left after the reset, %v", left, err)
		}
		if s, _, err := signIn(b, "hai", orgtest.Password); err != nil || s.Step != org.StepOpen {
			t.Errorf("after the reset: %+v, %v", s, err)
		}
		sound(t, b, agency)
	})
}

func TestDutiesMayAskForASecondFactor(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, clock := orgtest.Book(t, db, "2026-11-23 08:00")
		agency, people := orgtest.Found(t, b)
		needs := func(who string) bool {
			_, token, err := signIn(b, who, orgtest.Password)
			if err != nil {
				t.Fatal(err)
			}
			s, err := org.SessionOf(ctx, b, token)
			if err != nil {
				t.Fatal(err)
			}
			d := orgtest.Directory(t, b, agency)
			return s.NeedsFactor(d, func() org.Rights { return d.Rights(s.Person, clock.Today()) })
		}
		if needs("son") || needs("thang") {
			t.Error("asked for without the setting")
		}
		orgtest.Do(t, b, people["son"], func(a *journal.Act) error {
			return org.ChangeSetting(a, "login.second_factor_roles", "sysadmin,head")
		})
		if !needs("son") || !needs("thang") || needs("hai") || needs("hoa") {
			t.Error("the setting asks others than it names")
		}
		turnOn(t, b, clock, people["son"])
		_, token, err := signIn(b, "son", orgtest.Password)
		if err != nil {
			t.Fatal(err)
		}
		if s, err := org.SessionOf(ctx, b, token); err != nil || !s.SecondFactor {
			t.Errorf("the session does not know of the factor: %+v, %v", s, err)
		}
	})
}

// turnOn turns a person's second factor on and returns the recovery codes.
func turnOn(t *testing.T, b *journal.Book, clock *orgtest.Clock, who journal.Holder) (codes []string) {
	t.Helper()
	var key org.TOTPKey
	orgtest.Do(t, b, who, func(a *journal.Act) (err error) { key, err = org.SetUpTOTP(a); return err })
	code, err := totp.GenerateCode(key.Secret, clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	orgtest.Do(t, b, who, func(a *journal.Act) (err error) { codes, err = org.ConfirmTOTP(a, code); return err })
	return codes
}
