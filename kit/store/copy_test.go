// SPDX-License-Identifier: Apache-2.0

package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"soviec/kit/store"
	"soviec/kit/store/storetest"
)

// model is a schema with every type and the values that go wrong first.
var model = fstest.MapFS{
	"0010_try.sql": {Data: []byte("-- Room: try.\nCREATE TABLE try_all (id BIGINT PRIMARY KEY, word TEXT, data BYTEA, yes BOOLEAN);\n-- immutable: try_all\n")},
	"0020_try.sql": {Data: []byte("CREATE TABLE try_pair (a BIGINT NOT NULL, \"order\" TEXT NOT NULL, PRIMARY KEY (a, \"order\")) /*sqlite WITHOUT ROWID*/;\n")},
}

var awkward = [][]any{
	{int64(1), "", []byte{}, true},
	{int64(math.MaxInt64), "Văn bản “số 12”\n\t\\ \u2028 <&>", []byte{0, 255, '"'}, false},
	{int64(math.MinInt64), "\x01\x1f", []byte("abc"), true},
	{int64(9007199254740993), nil, nil, nil}, // one more than a float holds
}

func rowsOf(all [][]any) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, r := range all {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// blank opens an empty database of each engine at hand.
func blank(t *testing.T, f func(t *testing.T, e store.Engine, open func() *store.DB)) {
	for _, e := range []store.Engine{store.SQLite, store.PostgreSQL} {
		t.Run(e.String(), func(t *testing.T) {
			f(t, e, func() *store.DB {
				dsn, schema := storetest.DSN(t, e)
				db, err := store.Open(ctx, dsn, store.Options{Schema: schema, Volatile: true})
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { db.Close() })
				return db
			})
		})
	}
}

func filled(t *testing.T, db *store.DB) {
	t.Helper()
	if _, err := db.Migrate(ctx, model); err != nil {
		t.Fatal(err)
	}
	err := db.Write(ctx, func(tx *store.Tx) error {
		for _, r := range awkward {
			if _, err := tx.Exec("INSERT INTO try_all (id, word, data, yes) VALUES ($1, $2, $3, $4)", r...); err != nil {
				return err
			}
		}
		for i := range 1234 {
			if _, err := tx.Exec(`INSERT INTO try_pair (a, "order") VALUES ($1, $2)`, int64(i), fmt.Sprint(i)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// everything reads all tables; rows as the text that a backup holds.
func everything(t *testing.T, db *store.DB) map[string]map[string]bool {
	t.Helper()
	out := map[string]map[string]bool{}
	err := db.Snapshot(ctx, func(r store.Reader) error {
		tables, err := db.Tables(r)
		if err != nil {
			return err
		}
		for _, table := range tables {
			rows := map[string]bool{}
			for row, err := range store.Rows(r, table) {
				if err != nil {
					return err
				}
				line, err := table.AppendRow(nil, row)
				if err != nil {
					return err
				}
				rows[string(line)] = true
			}
			if n, err := store.Count(r, table); err != nil || int(n) != len(rows) {
				return fmt.Errorf("count %d of %d: %v", n, len(rows), err)
			}
			out[table.Name] = rows
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// What one engine holds another holds after it, value for value, with the immutability too.
func TestTablesPassBetweenEngines(t *testing.T) {
	blank(t, func(t *testing.T, _ store.Engine, open func() *store.DB) {
		from := open()
		filled(t, from)
		want := everything(t, from)
		if len(want["try_all"]) != len(awkward) || len(want["try_pair"]) != 1234 {
			t.Fatal(len(want["try_all"]), len(want["try_pair"]))
		}
		blank(t, func(t *testing.T, _ store.Engine, open func() *store.DB) {
			to := open()
			err := from.Snapshot(ctx, func(r store.Reader) error {
				steps, err := from.Applied(r)
				if err != nil {
					return err
				}
				tables, err := from.Tables(r)
				if err != nil {
					return err
				}
				return to.Load(ctx, model, steps, func(l *store.Loader) error {
					for _, table := range tables {
						if _, err := l.Table(table, store.Rows(r, table)); err != nil {
							return err
						}
					}
					return nil
				})
			})
			if err != nil {
				t.Fatal(err)
			}
			if got := everything(t, to); !reflect.DeepEqual(got, want) {
				t.Fatalf("got %v", got["try_all"])
			}
			if applied, err := to.Migrate(ctx, model); err != nil || len(applied) > 0 {
				t.Fatalf("the steps are not the same: %v %v", applied, err)
			}
			err = to.Write(ctx, func(tx *store.Tx) error {
				_, err := tx.Exec("UPDATE try_all SET yes = $1", true)
				return err
			})
			if err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Fatalf("the copy can be changed: %v", err)
			}
		})
	})
}

// What fails while a database is filled leaves it empty.
func TestFailedLoadLeavesNothing(t *testing.T) {
	blank(t, func(t *testing.T, e store.Engine, open func() *store.DB) {
		from := open()
		filled(t, from)
		steps, err := from.Applied(from.Read(ctx))
		if err != nil || len(steps) != 2 {
			t.Fatal(steps, err)
		}
		tables, err := from.Tables(from.Read(ctx))
		if err != nil {
			t.Fatal(err)
		}
		to := open()
		broken := errors.New("torn")
		for name, f := range map[string]func(*store.Loader) error{
			"source fails": func(l *store.Loader) error {
				_, err := l.Table(tables[1], func(yield func([]any, error) bool) {
					_ = yield([]any{int64(1), "a"}, nil) && yield(nil, broken)
				})
				return err
			},
			"double row": func(l *store.Loader) error {
				_, err := l.Table(tables[1], rowsOf([][]any{{int64(1), "a"}, {int64(1), "a"}}))
				if err != nil {
					return broken
				}
				return nil
			},
			"foreign table": func(l *store.Loader) error {
				other := tables[0]
				other.Name = "try_none"
				if _, err := l.Table(other, rowsOf(nil)); !errors.Is(err, store.ErrUnknownStep) {
					t.Errorf("%v", err)
				}
				return broken
			},
		} {
			if err := to.Load(ctx, model, steps, f); !errors.Is(err, broken) {
				t.Errorf("%s: %v", name, err)
			}
			if empty, err := to.Empty(ctx); err != nil || !empty {
				t.Errorf("%s: not empty (%v)", name, err)
			}
		}
		if err := to.Load(ctx, fstest.MapFS{}, steps, func(*store.Loader) error { return nil }); !errors.Is(err, store.ErrUnknownStep) {
			t.Errorf("newer steps: %v", err)
		}
		if err := from.Load(ctx, model, steps, func(*store.Loader) error { return nil }); !errors.Is(err, store.ErrNotEmpty) {
			t.Errorf("filled database: %v", err)
		}
	})
}

// Every query of a snapshot sees the moment of its beginning.
func TestSnapshotIsOneMoment(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		table(t, db)
		add := func(n int64) {
			if err := db.Write(ctx, func(tx *store.Tx) error {
				_, err := tx.Exec("INSERT INTO try_number (n, who) VALUES ($1, 0)", n)
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		add(1)
		err := db.Snapshot(ctx, func(r store.Reader) error {
			for i := range int64(5) {
				add(10 + i)
				n, err := store.One(r, store.Value[int64], "SELECT COUNT(*) FROM try_number")
				if err != nil {
					return err
				}
				if n != 1 {
					t.Errorf("%d rows are seen, there was 1", n)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// A file copied while rows are written holds one moment, and stays as it is.
func TestCopyFile(t *testing.T) {
	db := storetest.Open(t)
	table(t, db)
	stop, done := make(chan struct{}), make(chan int64)
	go func() {
		n := int64(0)
		for {
			select {
			case <-stop:
				done <- n
				return
			default:
			}
			n++
			if err := db.Write(ctx, func(tx *store.Tx) error { // always two rows or none
				if _, err := tx.Exec("INSERT INTO try_number (n, who) VALUES ($1, 0)", n); err != nil {
					return err
				}
				_, err := tx.Exec("INSERT INTO try_next (id, next) VALUES ($1, 0)", n)
				return err
			}); err != nil {
				t.Error(err)
			}
		}
	}()
	dir := t.TempDir()
	var last int64
	for i := range 10 {
		path := filepath.Join(dir, fmt.Sprintf("copy %d?.db", i))
		if err := db.CopyFile(ctx, path); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Fatal(info, err)
		}
		copied, err := store.OpenFile(ctx, path)
		if err != nil {
			t.Fatal(err)
		}
		a, err1 := store.One(copied.Read(ctx), store.Value[int64], "SELECT COUNT(*) FROM try_number")
		b, err2 := store.One(copied.Read(ctx), store.Value[int64], "SELECT COUNT(*) FROM try_next")
		broken, err3 := copied.CheckFile(ctx)
		if err := errors.Join(err1, err2, err3, copied.Close()); err != nil || a != b || a < last || broken != nil {
			t.Fatalf("%d and %d rows after %d: %v %v", a, b, last, broken, err)
		}
		last = a
	}
	close(stop)
	if <-done == 0 {
		t.Fatal("nothing was written meanwhile")
	}
}

// A line read again is the row that was written.
func TestLinesKeepEveryValue(t *testing.T) {
	table := store.Table{Name: "try", Columns: []store.Column{{Name: "a", Type: store.Int}, {Name: "b", Type: store.Text}, {Name: "c", Type: store.Bytes}, {Name: "d", Type: store.Bool}}}
	rapid.Check(t, func(t *rapid.T) {
		null := func(i int, v any) any {
			if rapid.IntRange(0, 9).Draw(t, "null") == 0 {
				return nil
			}
			return v
		}
		want := []any{
			null(0, rapid.Int64().Draw(t, "a")), null(1, rapid.String().Draw(t, "b")),
			null(2, rapid.SliceOf(rapid.Byte()).Draw(t, "c")), null(3, rapid.Bool().Draw(t, "d")),
		}
		line, err := table.AppendRow(nil, want)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Count(line, []byte("\n")) != 1 {
			t.Fatalf("not one line: %q", line)
		}
		got := make([]any, 4)
		if err := table.ParseRow(line, got); err != nil {
			t.Fatal(err)
		}
		if b, ok := got[2].([]byte); ok && !bytes.Equal(b, want[2].([]byte)) {
			t.Fatalf("%v", b)
		}
		got[2], want[2] = nil, nil
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%v, not %v", got, want)
		}
	})
	if _, err := table.AppendRow(nil, []any{int64(1), "\xff", nil, nil}); err == nil {
		t.Error("bytes that are no text were written as text")
	}
	for _, line := range []string{"", "[]", "[1,2,3,4]", `[1.5,"",null,true]`, `[1,"a",12,true]`, `[1,"a","!",true]`, `[1,"a","",1]`, `{"a":1}`, `[1,"a","",true,2]`} {
		if err := table.ParseRow([]byte(line), make([]any, 4)); err == nil {
			t.Errorf("%s was taken for a row", line)
		}
	}
}

func FuzzParseRow(f *testing.F) {
	table := store.Table{Name: "try", Columns: []store.Column{{Name: "a", Type: store.Int}, {Name: "b", Type: store.Text}, {Name: "c", Type: store.Bytes}, {Name: "d", Type: store.Bool}}}
	for _, r := range awkward {
		line, _ := table.AppendRow(nil, r)
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		row := make([]any, 4)
		if table.ParseRow(line, row) != nil {
			return
		}
		if _, err := table.AppendRow(nil, row); err != nil {
			t.Fatalf("%q was read and cannot be written: %v", line, err)
		}
	})
}

// SQLite keeps what it is given; a value that is not of its column's type is named, not copied.
func TestForeignValuesAreRefused(t *testing.T) {
	db := storetest.Open(t)
	if err := db.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec("CREATE TABLE try_loose (n BIGINT, s TEXT)"); err != nil {
			return err
		}
		_, err := tx.Exec("INSERT INTO try_loose (n, s) VALUES ('twelve', 'a')")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	loose := store.Table{Name: "try_loose", Columns: []store.Column{{Name: "n", Type: store.Int}, {Name: "s", Type: store.Text}}}
	for _, err := range store.Rows(db.Read(ctx), loose) {
		if err == nil || !strings.Contains(err.Error(), "try_loose: column n") {
			t.Fatalf("%v", err)
		}
	}
}
