// SPDX-License-Identifier: Apache-2.0

package job_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"soviec/kit/fault"
	"soviec/kit/job"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
)

var ctx = context.Background()

func enqueue(t *testing.T, db *store.DB, at time.Time, keys ...string) {
	t.Helper()
	err := db.Write(ctx, func(tx *store.Tx) error {
		for _, k := range keys {
			if err := job.Enqueue(tx, 7, "sweep", k, map[string]string{"day": k}, at); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestOneKeyIsDoneOnceByTwoPrograms(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
		enqueue(t, db, now, "a", "b", "a", "c", "b")
		var done sync.Map
		var twice atomic.Bool
		run := func() {
			r := job.Runner{DB: db, Clock: func() time.Time { return now }, Handlers: map[string]job.Handler{
				"sweep": func(_ context.Context, it job.Item) error {
					if _, was := done.LoadOrStore(it.Key, true); was {
						twice.Store(true)
					}
					return nil
				}}}
			if _, err := r.Drain(ctx); err != nil {
				t.Error(err)
			}
		}
		var wg sync.WaitGroup
		for range 4 {
			wg.Add(1)
			go func() { defer wg.Done(); run() }()
		}
		wg.Wait()
		enqueue(t, db, now.Add(time.Hour), "a")
		run()
		n := 0
		done.Range(func(_, _ any) bool { n++; return true })
		if n != 3 || twice.Load() {
			t.Fatalf("%d keys done, twice: %v", n, twice.Load())
		}
	})
}

func TestAFailingItemIsTriedLaterAndAtLastShown(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
		tries := 0
		r := job.Runner{DB: db, Most: 3, Clock: func() time.Time { return now }, Handlers: map[string]job.Handler{
			"sweep": func(context.Context, job.Item) error {
				if tries++; tries == 2 {
					panic("broke")
				}
				return errors.New("the mail server is away")
			}}}
		enqueue(t, db, now, "a")
		for range 10 {
			if _, err := r.Drain(ctx); err != nil {
				t.Fatal(err)
			}
			if _, err := r.Drain(ctx); err != nil { // not again before its time
				t.Fatal(err)
			}
			now = now.Add(10 * time.Minute)
		}
		failed, err := job.Failed(db.Read(ctx), 7, 10)
		if err != nil || tries != 3 || len(failed) != 1 || failed[0].Fault != "the mail server is away" {
			t.Fatalf("tries %d, failed %+v, %v", tries, failed, err)
		}
	})
}

func TestAnItemThatWasGivenUpIsTriedAnew(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
		away, tries := true, 0
		r := job.Runner{DB: db, Most: 2, Clock: func() time.Time { return now }, Handlers: map[string]job.Handler{
			"sweep": func(_ context.Context, it job.Item) error {
				tries = it.Tries
				if away {
					return errors.New("the mail server is away")
				}
				return nil
			}}}
		failed := func() []job.Item {
			t.Helper()
			for range 3 {
				if _, err := r.Drain(ctx); err != nil {
					t.Fatal(err)
				}
				now = now.Add(10 * time.Minute)
			}
			all, err := job.Failed(db.Read(ctx), 7, 10)
			if err != nil {
				t.Fatal(err)
			}
			return all
		}
		retry := func(agency, id int64) error {
			return db.Write(ctx, func(tx *store.Tx) error { return job.Retry(tx, agency, id, now) })
		}
		enqueue(t, db, now, "a")
		given := failed()
		if len(given) != 1 {
			t.Fatalf("given up: %+v", given)
		}
		if err := retry(8, given[0].ID); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("another agency tries it anew: %v", err)
		}
		away = false
		if err := retry(7, given[0].ID); err != nil {
			t.Fatal(err)
		}
		if left := failed(); len(left) != 0 || tries != 1 {
			t.Errorf("after the retry: %+v, try %d", left, tries)
		}
		if err := retry(7, given[0].ID); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("what is done is tried anew: %v", err)
		}
	})
}

func TestAClaimOfADeadProgramIsTakenOver(t *testing.T) {
	db := storetest.Open(t)
	now := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	enqueue(t, db, now, "a")
	dying, cancel := context.WithCancel(ctx)
	dead := job.Runner{DB: db, Clock: func() time.Time { return now }, Handlers: map[string]job.Handler{
		"sweep": func(context.Context, job.Item) error { cancel(); return dying.Err() }}}
	_, _ = dead.Drain(dying)
	done := 0
	next := job.Runner{DB: db, Clock: func() time.Time { return now }, Handlers: map[string]job.Handler{
		"sweep": func(context.Context, job.Item) error { done++; return nil }}}
	if _, err := next.Drain(ctx); err != nil || done != 0 {
		t.Fatalf("taken over while the lease holds: %d, %v", done, err)
	}
	now = now.Add(3 * time.Minute)
	if _, err := next.Drain(ctx); err != nil || done != 1 {
		t.Fatalf("not taken over: %d, %v", done, err)
	}
}
