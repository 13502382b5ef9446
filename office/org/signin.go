// SPDX-License-Identifier: Apache-2.0

package org

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
)

var (
	errWrong    = fault.Invalid("password", "Tên đăng nhập hoặc mật khẩu không đúng.")
	errDisabled = fault.Forbidden("Tài khoản đã bị khóa. Hãy liên hệ quản trị hệ thống của cơ quan.")
	errCode     = fault.Invalid("code", "Mã xác thực không đúng hoặc đã dùng. Hãy đợi mã mới rồi nhập lại.")
)

func errLocked(until time.Time) error {
	return fault.Forbidden(fmt.Sprintf("Đăng nhập sai nhiều lần liên tiếp. Tài khoản tạm khóa đến %s.", civil.TimeVN(until.Add(59*time.Second).Truncate(time.Minute))))
}

// signInData is what the book keeps of a sign-in or a refusal. From is the address that
// asked; the username typed is never written, for it may be a password.
type signInData struct {
	Session int64  `json:"session,omitempty"`
	Step    string `json:"step,omitempty"`
	Why     string `json:"why,omitempty"` // password, code, locked, disabled, unknown
	From    string `json:"from,omitempty"`
	Until   string `json:"until,omitempty"`
}

// SignIn opens a session for whoever knows the password and returns its token, which
// is kept nowhere. A session is not open yet while its step is StepTOTP or
// StepPassword. After too many failures in a row the login is locked for a minute,
// twice as long each time after. A name that nobody has is treated in every way alike.
func SignIn(ctx context.Context, b *journal.Book, username, password, agent, address string) (Session, string, error) {
	username = FoldUsername(username)
	l, err := loginNamed(b.DB.Read(ctx), username)
	if err == store.ErrNone {
		return Session{}, "", strangerSignsIn(ctx, b, username, password, address)
	}
	if err != nil {
		return Session{}, "", err
	}
	if l.lockedUntil.After(b.Clock()) {
		return Session{}, "", refuseLocked(ctx, b, l, address)
	}
	right, err := samePassword(ctx, l.password, password)
	if err != nil {
		return Session{}, "", err
	}
	if !right {
		return Session{}, "", fail(ctx, b, l, "password", address, errWrong)
	}
	if l.disabled {
		return Session{}, "", fail(ctx, b, l, "disabled", address, errDisabled)
	}
	return openSession(ctx, b, l, agent, address)
}

func openSession(ctx context.Context, b *journal.Book, l login, agent, address string) (Session, string, error) {
	by, err := holderOf(ctx, b, l.agency, l.person)
	if err != nil {
		return Session{}, "", err
	}
	var raw [32]byte
	_, _ = rand.Read(raw[:])
	token := base64.RawURLEncoding.EncodeToString(raw[:])
	var s Session
	var refused error
	err = b.Do(ctx, by, func(a *journal.Act) error {
		refused = nil
		if err := May(a, OwnAccount, Target{Person: l.person}); err != nil {
			return err
		}
		now, err := loginOf(a, l.person, a.Lock())
		if err != nil {
			return err
		}
		if now.password != l.password || now.disabled || now.lockedUntil.After(a.At) {
			refused = errWrong // it changed while the password was compared
			return nil
		}
		s = Session{ID: a.NewID(), Agency: l.agency, Person: l.person, Step: firstStep(now), Created: a.At, Seen: a.At,
			Agent: cut(agent, 200), Address: cut(address, 60)}
		a.Note(journal.Entry{Kind: SignedIn, Subject: journal.Ref("person", l.person),
			Data: signInData{Session: s.ID, Step: s.Step, From: s.Address}})
		if err := insertSession(a, s, tokenHash(token)); err != nil {
			return err
		}
		if s.Step == StepTOTP || now.failures == 0 && now.lockedUntil.IsZero() {
			return nil // failures are forgotten only by whoever passes the last step
		}
		now.failures, now.lockedUntil = 0, time.Time{}
		return updateLogin(a, now)
	})
	if err == nil {
		err = refused
	}
	if err != nil {
		return Session{}, "", err
	}
	return s, token, nil
}

func firstStep(l login) string {
	switch {
	case l.totpOn:
		return StepTOTP
	case l.mustChange:
		return StepPassword
	}
	return StepOpen
}

func tokenHash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

func cut(s string, n int) string {
	s = line(s)
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

func holderOf(ctx context.Context, b *journal.Book, agency, person int64) (journal.Holder, error) {
	d, err := DirectoryOf(b, b.DB.Read(ctx), agency)
	if err != nil {
		return journal.Holder{}, err
	}
	return d.Holder(person, 0, civil.Of(b.Clock())), nil
}

// fail writes a refusal into the book, counts it, and locks the login when it was one
// too many. It returns the sentence for the person.
func fail(ctx context.Context, b *journal.Book, l login, why, address string, sentence error) error {
	d, err := DirectoryOf(b, b.DB.Read(ctx), l.agency)
	if err != nil {
		return err
	}
	by := journal.Holder{Agency: l.agency, System: true, Name: SystemName}
	answer := sentence
	err = b.Do(ctx, by, func(a *journal.Act) error {
		answer = sentence
		if err := May(a, RunSystem, Target{Person: l.person}); err != nil {
			return err
		}
		now, err := loginOf(a, l.person, a.Lock())
		if err != nil {
			return err
		}
		a.Note(journal.Entry{Kind: SignInRefused, Subject: journal.Ref("person", l.person), Amount: 1,
			Data: signInData{Why: why, From: cut(address, 60)}})
		now.failures++
		if wait := lockFor(d, now.failures); wait > 0 {
			now.lockedUntil = a.At.Add(wait)
			answer = errLocked(now.lockedUntil)
			a.Note(journal.Entry{Kind: SignInLocked, Subject: journal.Ref("person", l.person), Amount: now.failures,
				Data: signInData{Why: why, From: cut(address, 60), Until: store.Instant(now.lockedUntil)}})
		}
		return updateLogin(a, now)
	})
	if err != nil {
		return err
	}
	return answer
}

// lockFor is how long the n-th failure in a row locks: nothing up to the setting's
// number, then a minute, then double.
func lockFor(d *Directory, failures int64) time.Duration {
	over := failures - int64(d.Int("login.tries"))
	if over < 0 {
		return 0
	}
	mostLock := time.Duration(d.Int("login.lock_most_minutes")) * time.Minute
	wait := time.Duration(d.Int("login.lock_minutes")) * time.Minute
	for ; over > 0 && wait < mostLock; over-- {
		wait *= 2
	}
	return min(wait, mostLock)
}

// refuseLocked answers without comparing. The book has one line for those of a
// minute, with their number, so that knocking cannot fill it.
func refuseLocked(ctx context.Context, b *journal.Book, l login, address string) error {
	sentence := errLocked(l.lockedUntil)
	n, write := knocks.count(knock{b, l.person}, b.Clock())
	if !write {
		return sentence
	}
	return refuseAs(ctx, b, l.agency, journal.Ref("person", l.person), "locked", address, n, sentence)
}

func refuseAs(ctx context.Context, b *journal.Book, agency int64, subject, why, address string, n int64, sentence error) error {
	by := journal.Holder{Agency: agency, System: true, Name: SystemName}
	err := b.Do(ctx, by, func(a *journal.Act) error {
		if err := May(a, RunSystem, Target{}); err != nil {
			return err
		}
		a.Note(journal.Entry{Kind: SignInRefused, Subject: subject, Amount: n, Data: signInData{Why: why, From: cut(address, 60)}})
		return nil
	})
	if err != nil {
		return err
	}
	return sentence
}
