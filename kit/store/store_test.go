// SPDX-License-Identifier: Apache-2.0

package store_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"soviec/kit/store"
	"soviec/kit/store/storetest"
)

var ctx = context.Background()

func table(t *testing.T, db *store.DB) {
	t.Helper()
	err := db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec("CREATE TABLE try_number (n BIGINT PRIMARY KEY, who BIGINT NOT NULL)")
		if err == nil {
			_, err = tx.Exec("CREATE TABLE try_next (id BIGINT PRIMARY KEY, next BIGINT NOT NULL)")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Transactions that fail among others, or panic, leave no trace and no gap.
func TestEightWritersWithFailingTransactionsLeaveNoGap(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		table(t, db)
		var done, after atomic.Int64
		var wg sync.WaitGroup
		for w := range int64(8) {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for i := range 40 {
					err := db.Write(ctx, func(tx *store.Tx) error {
						n, err := store.One(tx, store.Value[int64], `INSERT INTO try_next (id, next) VALUES (1, 1)
							ON CONFLICT (id) DO UPDATE SET next = try_next.next + 1 RETURNING next`)
						if err != nil {
							return err
						}
						if _, err := tx.Exec("INSERT INTO try_number (n, who) VALUES ($1, $2)", n, w); err != nil {
							return err
						}
						tx.After(func() { after.Add(1) })
						switch i % 10 {
						case 3:
							return errors.New("changed my mind")
						case 7:
							panic("broke")
						}
						return nil
					})
					if err == nil {
						done.Add(1)
					}
				}
			}()
		}
		wg.Wait()
		var rows, highest int64
		if err := db.Read(ctx).QueryRow("SELECT COUNT(*), MAX(n) FROM try_number").Scan(&rows, &highest); err != nil {
			t.Fatal(err)
		}
		if rows != 8*40*8/10 || rows != highest || done.Load() != rows || after.Load() != rows {
			t.Fatalf("rows %d, highest %d, answered %d, after-calls %d", rows, highest, done.Load(), after.Load())
		}
	})
}

func TestOnceRunsOncePerCommitAndItsFailureUndoesAll(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		table(t, db)
		err := db.Write(ctx, func(tx *store.Tx) error {
			for range 3 {
				tx.Once("n", func(w *store.Tx) error {
					_, err := w.Exec("INSERT INTO try_number (n, who) VALUES (1, 1)")
					return err
				})
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		err = db.Write(ctx, func(tx *store.Tx) error {
			tx.Once("n", func(*store.Tx) error { return errors.New("no") })
			_, err := tx.Exec("INSERT INTO try_number (n, who) VALUES (2, 1)")
			return err
		})
		if err == nil {
			t.Fatal("a failing last step must fail the transaction")
		}
		if n, _ := store.One(db.Read(ctx), store.Value[int64], "SELECT COUNT(*) FROM try_number"); n != 1 {
			t.Fatalf("%d rows", n)
		}
	})
}

func TestUniqueIsSeenOnBothEngines(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		table(t, db)
		put := func() error {
			return db.Write(ctx, func(tx *store.Tx) error {
				_, err := tx.Exec("INSERT INTO try_number (n, who) VALUES (1, 1)")
				return err
			})
		}
		if err := put(); err != nil {
			t.Fatal(err)
		}
		if err := put(); !store.IsUnique(err) {
			t.Fatalf("got %v", err)
		}
		if _, err := store.One(db.Read(ctx), store.Value[int64], "SELECT n FROM try_number WHERE n = 7"); err != store.ErrNone {
			t.Fatalf("got %v", err)
		}
	})
}

func TestMigrationsRunOnceAndMayNotChange(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		files := fstest.MapFS{"9000_try.sql": {Data: []byte("CREATE TABLE try_a (n BIGINT PRIMARY KEY) /*sqlite WITHOUT ROWID*/;\n-- immutable: try_a\n")}}
		for i, want := range []int{1, 0} {
			got, err := db.Migrate(ctx, files)
			if err != nil || len(got) != want {
				t.Fatalf("run %d: %v %v", i, got, err)
			}
		}
		change := func(q string) error {
			return db.Write(ctx, func(tx *store.Tx) error { _, err := tx.Exec(q); return err })
		}
		if err := change("INSERT INTO try_a (n) VALUES (1)"); err != nil {
			t.Fatal(err)
		}
		for _, q := range []string{"UPDATE try_a SET n = 2", "DELETE FROM try_a"} {
			if change(q) == nil {
				t.Errorf("%s went through on an immutable table", q)
			}
		}
		files["9000_try.sql"].Data = append(files["9000_try.sql"].Data, ' ')
		if _, err := db.Migrate(ctx, files); err == nil {
			t.Fatal("a changed migration must be refused")
		}
	})
}

func TestIdentifiersSortByTime(t *testing.T) {
	at := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	seen := map[int64]bool{}
	for range 1000 {
		seen[store.NewID(at)] = true
	}
	if len(seen) != 1000 {
		t.Fatal("doubled identifiers")
	}
	for id := range seen {
		if id <= 0 || id >= store.NewID(at.Add(2*time.Millisecond)) {
			t.Fatal("an identifier is out of order")
		}
	}
	if first := store.FirstID(at); first <= 0 || store.NewID(at) < first || store.NewID(at.Add(-time.Millisecond)) >= first {
		t.Fatal("the first identifier of a moment is not below its others and above those before")
	}
	if store.FirstID(time.Date(2069, 1, 1, 0, 0, 0, 0, time.UTC)) <= 0 {
		t.Fatal("identifiers end too early")
	}
}

func TestWhatAFailedTransactionSharedIsForgotten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		table(t, db)
		var wg sync.WaitGroup
		var good atomic.Int64
		settled := map[int64]bool{}
		for i := range int64(64) {
			wg.Add(1)
			go func() {
				defer wg.Done()
				err := db.Write(ctx, func(tx *store.Tx) error {
					sum, _ := tx.Shared("sum").(int64)
					tx.Share("sum", sum+1)
					tx.Once("sum", func(tx *store.Tx) error {
						n, _ := tx.Shared("sum").(int64)
						settled[n] = true // one commit at a time on SQLite; not asked on PostgreSQL
						return nil
					})
					_, err := tx.Exec("INSERT INTO try_number (n, who) VALUES ($1, $2)", i, i)
					if i%3 == 0 {
						return errors.New("changed its mind")
					}
					return err
				})
				if err == nil {
					good.Add(1)
				}
			}()
			if db.Engine() == store.PostgreSQL {
				wg.Wait()
			}
		}
		wg.Wait()
		rows, err := store.One(db.Read(ctx), store.Value[int64], "SELECT COUNT(*) FROM try_number")
		if err != nil || rows != good.Load() || rows != 64-22 {
			t.Fatalf("%d rows, %d answered, %v", rows, good.Load(), err)
		}
		for n := range settled {
			if n > good.Load() {
				t.Fatalf("the group was told of %d successes, there were %d", n, good.Load())
			}
		}
	})
}

func TestAnIdentifierIsTheRowsOwnPlaceOnSQLite(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		files := fstest.MapFS{"9000_try.sql": {Data: []byte("CREATE TABLE try_own (\n    id   BIGINT PRIMARY KEY,\n    word TEXT NOT NULL\n);\n")}}
		if _, err := db.Migrate(ctx, files); err != nil || db.Engine() != store.SQLite {
			if err != nil {
				t.Fatal(err)
			}
			return
		}
		trees, err := store.One(db.Read(ctx), store.Value[int64], "SELECT COUNT(*) FROM sqlite_master WHERE tbl_name = 'try_own'")
		if err != nil || trees != 1 {
			t.Fatalf("%d trees, %v: an index beside the table is kept for nothing", trees, err)
		}
	})
}
