// SPDX-License-Identifier: Apache-2.0

package org

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
)

// The steps of a session. Only an open one may be used for more than passing its step.
const (
	StepTOTP     = "totp"     // the second factor is still asked
	StepPassword = "password" // the first password must be changed
	StepOpen     = "open"
)

// A Session is a place where a person is signed in (phiên đăng nhập).
type Session struct {
	ID, Agency, Person int64
	Behalf             int64 // acts for this person; 0 for oneself
	Step               string
	Created, Seen      time.Time
	Ended              time.Time
	Agent, Address     string
	SecondFactor       bool // the person's second factor is on
}

var errSession = fault.Forbidden("Phiên đăng nhập đã kết thúc. Hãy đăng nhập lại.")

// pending is how long a session may wait for its second factor.
const pending = 10 * time.Minute

// limits are how long a session lives.
type limits struct{ idle, whole time.Duration }

func limitsOf(d *Directory) limits {
	return limits{time.Duration(d.Int("session.idle_hours")) * time.Hour, time.Duration(d.Int("session.days")) * 24 * time.Hour}
}

func (s Session) over(l limits, now time.Time) bool {
	return !s.Ended.IsZero() || now.Sub(s.Seen) >= l.idle || now.Sub(s.Created) >= l.whole ||
		s.Step == StepTOTP && now.Sub(s.Created) >= pending
}

// kept is a session in memory, as the database had it at a moment.
type kept struct {
	Session
	limits
	read  time.Time
	seen  atomic.Int64 // the last use, in milliseconds
	wrote atomic.Int64 // the last use that the database knows
}

// sessions keep what was read of them for some seconds, because every request asks.
// What this program ends is dropped at once; what another program ended, on the next
// reading.
type sessions struct {
	mu  sync.RWMutex
	m   map[string]*kept
	gen int64 // counts what was dropped: a reading that began before may be stale
}

const (
	mostSessions = 10_000
	rereadAfter  = 5 * time.Second
	writeAfter   = time.Minute
)

var sessionsOf sync.Map // *journal.Book → *sessions

func sessionCache(b *journal.Book) *sessions {
	if c, ok := sessionsOf.Load(b); ok {
		return c.(*sessions)
	}
	c, _ := sessionsOf.LoadOrStore(b, &sessions{m: map[string]*kept{}})
	return c.(*sessions)
}

func (c *sessions) drop(match func(Session) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gen++
	for token, k := range c.m {
		if match(k.Session) {
			delete(c.m, token)
		}
	}
}

func (c *sessions) put(token string, k *kept, gen int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.gen != gen {
		return
	}
	if len(c.m) >= mostSessions {
		for other := range c.m { // any one; it is read again when asked for
			delete(c.m, other)
			break
		}
	}
	c.m[token] = k
}

// SessionOf is the session of a token, whatever its step. An ended or outlived one is
// refused.
func SessionOf(ctx context.Context, b *journal.Book, token string) (Session, error) {
	s, k, err := peek(ctx, b, token)
	if err == nil {
		k.see(ctx, b, b.Clock())
	}
	return s, err
}

// PeekSession is the session of a token for a page that is only left open: looking at it
// does not keep it alive.
func PeekSession(ctx context.Context, b *journal.Book, token string) (Session, error) {
	s, _, err := peek(ctx, b, token)
	return s, err
}

func peek(ctx context.Context, b *journal.Book, token string) (Session, *kept, error) {
	if len(token) < 20 || len(token) > 100 {
		return Session{}, nil, errSession
	}
	c, key, now := sessionCache(b), string(tokenHash(token)), b.Clock()
	c.mu.RLock()
	k, gen := c.m[key], c.gen
	c.mu.RUnlock()
	if k == nil || now.Sub(k.read) >= rereadAfter || now.Before(k.read) {
		fresh, err := readSession(ctx, b, key, now)
		if err != nil {
			return Session{}, nil, err
		}
		if k != nil && k.seen.Load() > fresh.seen.Load() {
			fresh.seen.Store(k.seen.Load())
		}
		k = fresh
		c.put(key, k, gen)
	}
	s := k.Session
	s.Seen = time.UnixMilli(k.seen.Load()).UTC()
	if s.over(k.limits, now) {
		return Session{}, nil, errSession
	}
	return s, k, nil
}

func readSession(ctx context.Context, b *journal.Book, key string, now time.Time) (*kept, error) {
	r := b.DB.Read(ctx)
	s, err := sessionByToken(r, []byte(key))
	if err == store.ErrNone {
		return nil, errSession
	}
	if err != nil {
		return nil, err
	}
	d, err := DirectoryOf(b, r, s.Agency)
	if err != nil {
		return nil, err
	}
	k := &kept{Session: s, limits: limitsOf(d), read: now}
	k.seen.Store(s.Seen.UnixMilli())
	k.wrote.Store(s.Seen.UnixMilli())
	return k, nil
}

// see remembers the use, and tells the database once a minute. It is a trace for the
// list of sessions, no act; failing to write it hinders nobody.
func (k *kept) see(ctx context.Context, b *journal.Book, now time.Time) {
	ms := now.UnixMilli()
	if ms > k.seen.Load() {
		k.seen.Store(ms)
	}
	last := k.wrote.Load()
	if ms-last < writeAfter.Milliseconds() || !k.wrote.CompareAndSwap(last, ms) {
		return
	}
	_ = b.DB.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error { return sawSession(tx, k.ID, now) })
}

// Sessions are where a person is signed in, the place used last first.
func Sessions(b *journal.Book, r store.Reader, agency, person int64) ([]Session, error) {
	d, err := DirectoryOf(b, r, agency)
	if err != nil {
		return nil, err
	}
	if d.Person(person).ID == 0 {
		return nil, errNoPerson
	}
	all, err := openSessions(r, person)
	if err != nil {
		return nil, err
	}
	var alive []Session
	for _, s := range all {
		if !s.over(limitsOf(d), b.Clock()) {
			alive = append(alive, s)
		}
	}
	return alive, nil
}

// ownAccount asks whether this is the holder's own account. It is, also while he acts
// for another; but then he does it as himself.
func ownAccount(a *journal.Act) error {
	a.By.For, a.By.ForName = 0, ""
	return May(a, OwnAccount, Target{Person: a.By.Person})
}

// EndSession ends a session: one's own (đăng xuất), or another's by whoever manages logins.
func EndSession(a *journal.Act, id int64) error {
	s, err := sessionByID(a, id, a.Lock())
	if err == store.ErrNone || err == nil && s.Agency != a.By.Agency {
		return fault.NotFound("Không có phiên đăng nhập này.")
	}
	if err != nil {
		return err
	}
	if s.Person == a.By.Person {
		err = ownAccount(a)
	} else {
		err = May(a, ManagePeople, Target{Person: s.Person})
	}
	if err != nil {
		return err
	}
	return endSession(a, s)
}

// EndOthers ends all of the holder's sessions but one; EndAll with person ends another's.
func EndOthers(a *journal.Act, keep int64) error {
	if err := ownAccount(a); err != nil {
		return err
	}
	return endSessions(a, a.By.Person, keep)
}

// EndAll ends all sessions of a person.
func EndAll(a *journal.Act, person int64) error {
	if _, err := managed(a, person); err != nil {
		return err
	}
	return endSessions(a, person, 0)
}

func endSessions(a *journal.Act, person, keep int64) error {
	all, err := openSessions(a, person)
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.ID != keep {
			if err := endSession(a, s); err != nil {
				return err
			}
		}
	}
	return nil
}

func endSession(a *journal.Act, s Session) error {
	if !s.Ended.IsZero() {
		return nil
	}
	s.Ended = a.At
	a.Note(journal.Entry{Kind: SignedOut, Subject: journal.Ref("person", s.Person), Data: signInData{Session: s.ID}})
	return changeSession(a, s)
}

// changeSession writes a session and forgets what is kept of it once that is durable.
func changeSession(a *journal.Act, s Session) error {
	book := a.Book
	a.After(func() { sessionCache(book).drop(func(k Session) bool { return k.ID == s.ID }) })
	return updateSession(a, s)
}

// ownSession is a session of the holder, locked for change.
func ownSession(a *journal.Act, id int64) (Session, error) {
	if err := ownAccount(a); err != nil {
		return Session{}, err
	}
	s, err := sessionByID(a, id, a.Lock())
	if err == store.ErrNone || err == nil && (s.Person != a.By.Person || !s.Ended.IsZero()) {
		return s, errSession
	}
	return s, err
}

// TakeBehalf begins acting for an absent person in a session (làm việc thay). Whoever
// stands in then has that person's rights, and every act names both.
func TakeBehalf(a *journal.Act, session, person int64) error {
	s, err := ownSession(a, session)
	if err != nil {
		return err
	}
	d, _, err := personIn(a, person)
	if err != nil {
		return err
	}
	if s.Step != StepOpen {
		return errSession
	}
	if !d.StandsIn(a.By.Person, person, a.Day()) {
		return fault.Forbidden("Anh/chị không được cử làm thay " + d.Person(person).Polite() + " trong ngày hôm nay.")
	}
	if s.Behalf == person {
		return nil
	}
	s.Behalf = person
	a.Note(journal.Entry{Kind: BehalfTaken, Subject: journal.Ref("person", person), Data: behalfData{s.ID, person}})
	return changeSession(a, s)
}

// LayDownBehalf goes back to acting as oneself. It is allowed also after the absence ended.
func LayDownBehalf(a *journal.Act, session int64) error {
	s, err := ownSession(a, session)
	if err != nil || s.Behalf == 0 {
		return err
	}
	a.Note(journal.Entry{Kind: BehalfLaidDown, Subject: journal.Ref("person", s.Behalf), Data: behalfData{s.ID, s.Behalf}})
	s.Behalf = 0
	return changeSession(a, s)
}

type behalfData struct {
	Session int64 `json:"session"`
	For     int64 `json:"for"`
}
