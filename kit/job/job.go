// SPDX-License-Identifier: Apache-2.0

// Package job is work for later, enqueued in the act that causes it; unique, retried.
//
// May enter: queue, claiming, retries, the schedule.
// May not: what the work does.
package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"soviec/kit/fault"
	"soviec/kit/store"
)

// An Item is one piece of work for later.
type Item struct {
	ID      int64
	Agency  int64
	Kind    string
	Key     string // once per agency and kind, for ever: "2026-11-23"
	Payload json.RawMessage
	Tries   int
	Fault   string
}

// A Handler does the work of one kind. It may be called twice for the same item,
// after a crash or in two programs at once, and must then do no harm.
type Handler func(ctx context.Context, it Item) error

// Enqueue puts work into the queue within the transaction that causes it. The same
// key again does nothing.
func Enqueue(w store.Writer, agency int64, kind, key string, payload any, at time.Time) error {
	raw, err := json.Marshal(payload)
	if err != nil {
		return err
	}
	_, err = w.Exec(`INSERT INTO job_item (id, agency, kind, key, payload, run_at, claimed, tries, state, fault, ended_at)
		VALUES ($1, $2, $3, $4, $5, $6, '', 0, 'waiting', '', '')
		ON CONFLICT (agency, kind, key) DO NOTHING`, store.NewID(at), agency, kind, key, string(raw), store.Instant(at))
	return err
}

// A Runner claims items and hands them to their handlers.
type Runner struct {
	DB       *store.DB
	Clock    func() time.Time
	Handlers map[string]Handler
	// Lease is how long a claim holds; a program that died is taken over after it.
	Lease time.Duration // 0 is two minutes
	// Most is how often an item is tried before it is given up and shown.
	Most int // 0 is 8

	wake chan struct{}
	once sync.Once
}

func (r *Runner) lease() time.Duration {
	if r.Lease == 0 {
		return 2 * time.Minute
	}
	return r.Lease
}

func (r *Runner) most() int {
	if r.Most == 0 {
		return 8
	}
	return r.Most
}

func (r *Runner) bell() chan struct{} {
	r.once.Do(func() { r.wake = make(chan struct{}, 1) })
	return r.wake
}

// Wake says that there may be work now.
func (r *Runner) Wake() {
	select {
	case r.bell() <- struct{}{}:
	default:
	}
}

// Run works until the context ends, looking at least every interval.
func (r *Runner) Run(ctx context.Context, interval time.Duration) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		if _, err := r.Drain(ctx); err != nil && !errors.Is(err, context.Canceled) {
			slog.Error("job: claim", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-r.bell():
		}
	}
}

// Drain does all the work that is due and returns how many items it tried.
func (r *Runner) Drain(ctx context.Context) (int, error) {
	for n := 0; ; n++ {
		it, err := r.claim(ctx)
		if err == store.ErrNone {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		r.do(ctx, it)
	}
}

// claim takes the item that waits longest. The conditions stand twice, so that of
// two programs that chose the same item only one changes it.
func (r *Runner) claim(ctx context.Context) (Item, error) {
	now := r.Clock()
	// A look without a transaction first: an idle office should not write.
	due, err := store.One(r.DB.Read(ctx), store.Value[int64],
		"SELECT COUNT(*) FROM job_item WHERE state = 'waiting' AND run_at <= $1 AND claimed <= $1", store.Instant(now))
	if err != nil {
		return Item{}, err
	}
	if due == 0 {
		return Item{}, store.ErrNone
	}
	var it Item
	err = r.DB.Write(ctx, func(tx *store.Tx) error {
		it, err = store.One(tx, func(s store.Scanner) (Item, error) {
			var it Item
			var payload string
			err := s.Scan(&it.ID, &it.Agency, &it.Kind, &it.Key, &payload, &it.Tries)
			it.Payload = json.RawMessage(payload)
			return it, err
		}, `UPDATE job_item SET claimed = $1, tries = tries + 1
			WHERE id = (SELECT id FROM job_item WHERE state = 'waiting' AND run_at <= $2 AND claimed <= $2 ORDER BY run_at, id LIMIT 1)
			AND state = 'waiting' AND claimed <= $2
			RETURNING id, agency, kind, key, payload, tries`, store.Instant(now.Add(r.lease())), store.Instant(now))
		return err
	})
	return it, err
}

func (r *Runner) do(ctx context.Context, it Item) {
	h, ok := r.Handlers[it.Kind]
	err := fmt.Errorf("no handler for %q", it.Kind)
	if ok {
		ctx, cancel := context.WithTimeout(ctx, r.lease()*3/4)
		err = guarded(ctx, h, it)
		cancel()
	}
	if ctx.Err() != nil && err != nil {
		return // the program stops: the lease runs out and the item is tried again
	}
	now := r.Clock()
	state, fault, at := "done", "", now
	if err != nil {
		slog.Error("job failed", "kind", it.Kind, "key", it.Key, "try", it.Tries, "err", err)
		state, fault = "waiting", err.Error()
		at = now.Add(time.Duration(it.Tries*it.Tries) * 15 * time.Second)
		if it.Tries >= r.most() {
			state = "failed"
		}
	}
	werr := r.DB.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		_, err := tx.Exec("UPDATE job_item SET state = $1, fault = $2, run_at = $3, claimed = '', ended_at = $4 WHERE id = $5",
			state, fault, store.Instant(at), store.Instant(now), it.ID)
		return err
	})
	if werr != nil {
		slog.Error("job: mark", "kind", it.Kind, "key", it.Key, "err", werr)
	}
}

func guarded(ctx context.Context, h Handler, it Item) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return h(ctx, it)
}

// Failed lists the items that were given up, newest first, for the administrator.
func Failed(r store.Reader, agency int64, limit int) ([]Item, error) {
	return store.All(r, func(s store.Scanner) (Item, error) {
		var it Item
		err := s.Scan(&it.ID, &it.Agency, &it.Kind, &it.Key, &it.Tries, &it.Fault)
		return it, err
	}, "SELECT id, agency, kind, key, tries, fault FROM job_item WHERE agency = $1 AND state = 'failed' ORDER BY id DESC LIMIT $2", agency, limit)
}

// Retry lets an item that was given up be tried anew, from at on.
func Retry(w store.Writer, agency, id int64, at time.Time) error {
	n, err := w.Exec(`UPDATE job_item SET state = 'waiting', tries = 0, fault = '', claimed = '', ended_at = '', run_at = $1
		WHERE agency = $2 AND id = $3 AND state = 'failed'`, store.Instant(at), agency, id)
	if err == nil && n == 0 {
		return fault.NotFound("Không có việc này, hoặc việc đã được chạy lại.")
	}
	return err
}

// Known reports whether an item was ever enqueued under the key.
func Known(r store.Reader, agency int64, kind, key string) (bool, error) {
	n, err := store.One(r, store.Value[int64], "SELECT COUNT(*) FROM job_item WHERE agency = $1 AND kind = $2 AND key = $3", agency, kind, key)
	return n > 0, err
}
