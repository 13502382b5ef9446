// SPDX-License-Identifier: Apache-2.0

package org

import (
	"context"
	"crypto/subtle"
	"fmt"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
)

// ChangePassword changes the password of the session's person, who must know the one
// in use, and ends the person's other sessions. A session that waited for it is open
// afterwards.
func ChangePassword(ctx context.Context, b *journal.Book, s Session, current, password string) error {
	l, err := loginOf(b.DB.Read(ctx), s.Person, "")
	if err != nil {
		return err
	}
	if s.Step == StepTOTP {
		return errSession
	}
	if l.lockedUntil.After(b.Clock()) {
		return errLocked(l.lockedUntil)
	}
	right, err := samePassword(ctx, l.password, current)
	if err != nil {
		return err
	}
	if !right {
		return fail(ctx, b, l, "password", s.Address, fault.Invalid("current", "Mật khẩu hiện tại không đúng."))
	}
	if err := CheckPassword(password, l.username); err != nil {
		return err
	}
	if same, err := samePassword(ctx, l.password, password); err != nil || same {
		return cmpErr(err, fault.Invalid("password", "Mật khẩu mới phải khác mật khẩu đang dùng."))
	}
	hash, err := hashPassword(ctx, password)
	if err != nil {
		return err
	}
	by, err := holderOf(ctx, b, s.Agency, s.Person)
	if err != nil {
		return err
	}
	return b.Do(ctx, by, func(a *journal.Act) error {
		now, err := ownSession(a, s.ID)
		if err != nil {
			return err
		}
		held, err := loginIn(a, s.Person)
		if err != nil {
			return err
		}
		if held.password != l.password || held.disabled {
			return fault.Conflict("current", "Mật khẩu vừa được đổi ở nơi khác. Hãy đăng nhập lại.")
		}
		held.password, held.mustChange, held.failures, held.lockedUntil = hash, false, 0, time.Time{}
		a.Note(journal.Entry{Kind: PasswordChanged, Subject: journal.Ref("person", s.Person), Data: loginData{mark(hash)}})
		if err := updateLogin(a, held); err != nil {
			return err
		}
		if now.Step == StepPassword {
			now.Step = StepOpen
			if err := changeSession(a, now); err != nil {
				return err
			}
		}
		return endSessions(a, s.Person, s.ID)
	})
}

func cmpErr(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// period is how long a code of the second factor is valid; the one before and the one
// after are taken too, because clocks differ.
const period = 30

// SecondStep passes the second factor of a session that waits for it: with a code of
// the telephone, or with one of the codes kept for when it is lost.
func SecondStep(ctx context.Context, b *journal.Book, token, code string) (Session, error) {
	s, err := SessionOf(ctx, b, token)
	if err != nil {
		return s, err
	}
	if s.Step != StepTOTP {
		return s, nil
	}
	l, err := loginOf(b.DB.Read(ctx), s.Person, "")
	if err != nil {
		return Session{}, err
	}
	if l.lockedUntil.After(b.Clock()) {
		return Session{}, refuseLocked(ctx, b, l, s.Address)
	}
	by, err := holderOf(ctx, b, s.Agency, s.Person)
	if err != nil {
		return Session{}, err
	}
	var wrong bool
	err = b.Do(ctx, by, func(a *journal.Act) error {
		wrong = false
		now, err := ownSession(a, s.ID)
		if err != nil {
			return err
		}
		held, err := loginIn(a, s.Person)
		if err != nil {
			return err
		}
		if held.disabled || !held.totpOn || held.lockedUntil.After(a.At) {
			wrong = true
			return nil
		}
		step, ok := codeStep(held.totp, code, a.At)
		if ok = ok && step > held.totpStep; ok {
			held.totpStep = step
		} else {
			var left int
			if left, ok, err = takeRecovery(a, held.person, code); err != nil {
				return err
			}
			if ok {
				a.Note(journal.Entry{Kind: RecoveryUsed, Subject: journal.Ref("person", s.Person), Amount: int64(left), Data: signInData{Session: s.ID}})
			}
		}
		if !ok {
			wrong = true
			return nil
		}
		held.failures, held.lockedUntil = 0, time.Time{}
		now.Step = StepOpen
		if held.mustChange {
			now.Step = StepPassword
		}
		a.Note(journal.Entry{Kind: SecondStepPassed, Subject: journal.Ref("person", s.Person), Data: signInData{Session: s.ID, Step: now.Step}})
		s = now
		if err := updateLogin(a, held); err != nil {
			return err
		}
		return changeSession(a, now)
	})
	if err == nil && wrong {
		err = fail(ctx, b, l, "code", s.Address, errCode)
	}
	if err != nil {
		return Session{}, err
	}
	return s, nil
}

// codeStep finds the time step whose code this is, among those valid now.
func codeStep(secret, code string, at time.Time) (int64, bool) {
	code = line(code)
	if len(code) == 7 && code[3] == ' ' {
		code = code[:3] + code[4:]
	}
	if secret == "" || len(code) != 6 {
		return 0, false
	}
	now, found := at.Unix()/period, int64(-1)
	for step := now - 1; step <= now+1; step++ {
		want, err := hotp.GenerateCodeCustom(secret, uint64(step), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			found = step
		}
	}
	return found, found >= 0
}

// A TOTPKey is what an authenticator needs: the address for the square code, and the
// same secret to be typed.
type TOTPKey struct{ URL, Secret string }

// SetUpTOTP makes the holder a new key for a second factor (xác thực hai bước). It is
// asked only once ConfirmTOTP has seen a code of it.
func SetUpTOTP(a *journal.Act) (TOTPKey, error) {
	if err := ownAccount(a); err != nil {
		return TOTPKey{}, err
	}
	l, err := loginIn(a, a.By.Person)
	if err != nil {
		return TOTPKey{}, err
	}
	if l.totpOn {
		return TOTPKey{}, fault.Conflict("", "Xác thực hai bước đang bật. Hãy tắt trước khi đặt mã mới.")
	}
	d, err := DirectoryIn(a)
	if err != nil {
		return TOTPKey{}, err
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: fmt.Sprintf("Sổ Việc %s", d.Agency.Short), AccountName: l.username, SecretSize: 20})
	if err != nil {
		return TOTPKey{}, err
	}
	l.totp, l.totpStep = key.Secret(), 0
	a.Note(journal.Entry{Kind: SecondFactorSet, Subject: journal.Ref("person", l.person)})
	return TOTPKey{key.URL(), key.Secret()}, updateLogin(a, l)
}

// ConfirmTOTP turns the second factor on with a first code and returns the recovery
// codes (mã dự phòng) for a lost telephone, which are shown once and kept nowhere.
func ConfirmTOTP(a *journal.Act, code string) ([]string, error) {
	if err := ownAccount(a); err != nil {
		return nil, err
	}
	l, err := loginIn(a, a.By.Person)
	if err != nil {
		return nil, err
	}
	step, ok := codeStep(l.totp, code, a.At)
	if l.totpOn || !ok || step <= l.totpStep {
		return nil, errCode
	}
	l.totpOn, l.totpStep = true, step
	a.Note(journal.Entry{Kind: SecondFactorOn, Subject: journal.Ref("person", l.person), Amount: recoveryCodes, Data: loginData{mark(l.totp)}})
	forgetSessions(a, l.person)
	if err := updateLogin(a, l); err != nil {
		return nil, err
	}
	return newRecovery(a, l.person)
}

// forgetSessions has the sessions of a person read anew once the act is durable.
func forgetSessions(a *journal.Act, person int64) {
	book := a.Book
	a.After(func() { sessionCache(book).drop(func(k Session) bool { return k.Person == person }) })
}

// DisableTOTP turns the second factor off: one's own with the password, compared by
// RightPassword before the act; a lost one by whoever manages logins, which ends all
// sessions of that person. Where duties ask for it, it has to be set up anew at once.
func DisableTOTP(a *journal.Act, person int64) error {
	var err error
	if person == a.By.Person {
		err = ownAccount(a)
	} else {
		err = May(a, ManagePeople, Target{Person: person})
	}
	if err != nil {
		return err
	}
	l, err := loginIn(a, person)
	if err != nil {
		return err
	}
	if !l.totpOn && l.totp == "" {
		return nil
	}
	l.totp, l.totpOn, l.totpStep = "", false, 0
	a.Note(journal.Entry{Kind: SecondFactorOff, Subject: journal.Ref("person", person)})
	forgetSessions(a, person)
	if err := updateLogin(a, l); err != nil {
		return err
	}
	if err := dropRecovery(a, person); err != nil || person == a.By.Person {
		return err
	}
	return endSessions(a, person, 0)
}

// RightPassword compares the password of the session's person again, before something
// that an unwatched screen must not allow. A wrong one counts as a failed sign-in.
func RightPassword(ctx context.Context, b *journal.Book, s Session, password string) error {
	l, err := loginOf(b.DB.Read(ctx), s.Person, "")
	if err == store.ErrNone {
		return errNoLogin
	}
	if err != nil {
		return err
	}
	if l.lockedUntil.After(b.Clock()) {
		return errLocked(l.lockedUntil)
	}
	right, err := samePassword(ctx, l.password, password)
	if err != nil || right {
		return err
	}
	return fail(ctx, b, l, "password", s.Address, fault.Invalid("password", "Mật khẩu không đúng."))
}

// SecondFactorRequired reports whether a person's duties ask for a second factor, by the setting.
func SecondFactorRequired(d *Directory, x Rights) bool {
	for _, r := range d.Words(factorRoles) {
		if x.Is(Role(r)) {
			return true
		}
	}
	return false
}
