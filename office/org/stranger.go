// SPDX-License-Identifier: Apache-2.0

package org

import (
	"context"
	"sync"
	"time"

	"soviec/kit/journal"
)

// knock is a door that is knocked at in vain: a locked login, or (person 0) all names
// that nobody has.
type knock struct {
	book   *journal.Book
	person int64
}

// tally counts refusals that are not worth a line of the book each.
type tally struct {
	mu   sync.Mutex
	seen map[knock]*counted
}

type counted struct {
	wrote time.Time
	n     int64
}

var knocks = tally{seen: map[knock]*counted{}}

// count adds one and says whether the time has come to write, with the number so far.
func (t *tally) count(k knock, now time.Time) (n int64, write bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.seen[k]
	if c == nil {
		c = &counted{}
		t.seen[k] = c
	}
	c.n++
	if now.Sub(c.wrote) < time.Minute {
		return 0, false
	}
	n, c.n, c.wrote = c.n, 0, now
	return n, true
}

// stranger is a name that nobody has and that somebody tried.
type stranger struct {
	book *journal.Book
	name string
}

// strangers remembers failures of such names as the table does for real ones, so that
// locks do not tell which exist. It is bounded; forgetting one lets it begin anew.
var strangers = struct {
	sync.Mutex
	m map[stranger]login
}{m: map[stranger]login{}}

const mostStrangers = 10_000

func strangerSignsIn(ctx context.Context, b *journal.Book, username, password, address string) error {
	key := stranger{b, username}
	strangers.Lock()
	l := strangers.m[key]
	strangers.Unlock()
	now := b.Clock()
	if l.lockedUntil.After(now) {
		return noteStranger(ctx, b, address, errLocked(l.lockedUntil))
	}
	if _, err := samePassword(ctx, "", password); err != nil {
		return err
	}
	sentence := errWrong
	strangers.Lock()
	l = strangers.m[key]
	l.failures++
	if wait := lockFor(&Directory{}, l.failures); wait > 0 {
		l.lockedUntil = now.Add(wait)
		sentence = errLocked(l.lockedUntil)
	}
	if len(strangers.m) >= mostStrangers {
		for other := range strangers.m { // any one
			delete(strangers.m, other)
			break
		}
	}
	strangers.m[key] = l
	strangers.Unlock()
	return noteStranger(ctx, b, address, sentence)
}

// noteStranger writes into the book of the only agency; where several live in one
// installation, nobody can say whose door was meant, and only the count is kept.
func noteStranger(ctx context.Context, b *journal.Book, address string, sentence error) error {
	agencies, err := Agencies(b.DB.Read(ctx))
	if err != nil {
		return err
	}
	n, write := knocks.count(knock{b, 0}, b.Clock())
	if !write || len(agencies) != 1 {
		return sentence
	}
	return refuseAs(ctx, b, agencies[0].ID, journal.Ref("agency", agencies[0].ID), "unknown", address, n, sentence)
}
