// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"modernc.org/sqlite" // the driver "sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// together is how many waiting transactions share one commit at the most.
const together = 64

// turn is one transaction waiting for the writer.
type turn struct {
	ctx  context.Context
	f    func(*Tx) error
	tx   *Tx
	err  error
	done chan struct{}
}

func openSQLite(ctx context.Context, path string, o Options) (*DB, error) {
	if path == "" || strings.Contains(path, ":memory:") {
		return nil, errors.New("store: an SQLite database needs a file")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	sync := "FULL"
	if o.Volatile {
		sync = "OFF"
	}
	// busy_timeout comes first: the pragmas after it may already have to wait. The writer
	// keeps its temporary journals in files: in memory, each statement of a large act walks
	// the whole savepoint's journal.
	common := []string{"busy_timeout(10000)", "foreign_keys(1)"}
	dsn := func(pragmas ...string) string {
		q := url.Values{"_txlock": {"immediate"}, "_pragma": append(append([]string{}, common...), pragmas...)}
		return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
	}
	write, err := sql.Open("sqlite", dsn("journal_mode(WAL)", "synchronous("+sync+")", "cache_size(-16000)", "wal_autocheckpoint(4000)", "journal_size_limit(67108864)"))
	if err != nil {
		return nil, err
	}
	write.SetMaxOpenConns(1)
	conn, err := write.Conn(ctx)
	if err != nil {
		write.Close()
		return nil, fmt.Errorf("store: open %s: %w", path, err)
	}
	readers := o.Readers
	if readers == 0 {
		readers = max(2, runtime.NumCPU())
	}
	read, err := sql.Open("sqlite", dsn("query_only(1)", "temp_store(2)", "cache_size(-8000)"))
	if err != nil {
		return nil, errors.Join(err, conn.Close(), write.Close())
	}
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	db := &DB{engine: SQLite, read: read, write: write, path: path, queue: make(chan *turn, together), done: make(chan struct{})}
	go db.serve(&writer{conn: conn, stmts: map[string]*sql.Stmt{}})
	return db, nil
}

func (db *DB) writeSQLite(ctx context.Context, f func(*Tx) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	t := &turn{ctx: ctx, f: f, done: make(chan struct{})}
	defer func() { // the queue is closed when the program stops
		if recover() != nil {
			err = errors.New("store: the database is closed")
		}
	}()
	db.queue <- t
	<-t.done
	if t.err == nil {
		for _, after := range t.tx.after {
			after()
		}
	}
	return t.err
}

// writer is the one connection that changes the file.
type writer struct {
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
}

// serve takes the waiting transactions, runs all that wait (no timer: whoever
// comes while the disk is busy goes with the next) and answers after the commit.
func (db *DB) serve(w *writer) {
	defer close(db.done)
	for first := range db.queue {
		turns := []*turn{first}
		w.commit(&turns, db.queue)
		for _, t := range turns {
			close(t.done)
		}
	}
	for _, s := range w.stmts {
		_ = s.Close()
	}
	_ = w.conn.Close()
}

func (w *writer) commit(turns *[]*turn, queue <-chan *turn) {
	ctx := context.Background()
	g, err := w.begin(ctx, false)
	for i := 0; i < len(*turns) && err == nil; i++ {
		if !w.run((*turns)[i], g) {
			g, err = w.again(ctx, (*turns)[:i])
		}
		if len(*turns) < together {
			select {
			case next, ok := <-queue:
				if ok {
					*turns = append(*turns, next)
				}
			default:
			}
		}
	}
	if err == nil {
		if err = g.settle(w.tx(ctx, g)); err == nil {
			_, err = w.exec(ctx, "COMMIT")
		}
	}
	if err != nil {
		_, _ = w.exec(ctx, "ROLLBACK")
		for _, t := range *turns {
			if t.err == nil {
				t.err = fmt.Errorf("store: commit: %w", err)
			}
		}
	}
}

func (w *writer) begin(ctx context.Context, careful bool) (*group, error) {
	_, err := w.exec(ctx, "BEGIN IMMEDIATE")
	g := newGroup(SQLite)
	g.careful = careful
	return g, err
}

// again undoes the group, because one that came after these left changes behind when it
// failed, and runs these once more: with savepoints now, and so everything that follows.
// A savepoint copies each page before it changes, which few groups need.
func (w *writer) again(ctx context.Context, done []*turn) (*group, error) {
	if _, err := w.exec(ctx, "ROLLBACK"); err != nil {
		return nil, err
	}
	g, err := w.begin(ctx, true)
	for _, t := range done {
		if t.err == nil && err == nil {
			w.run(t, g)
		}
	}
	return g, err
}

// run is one transaction within the group. It reports false where it failed and left
// changes that only undoing the group takes back. Its queries are not cancelled with the
// request's context, because an interrupted statement would take the whole group with it.
func (w *writer) run(t *turn, g *group) bool {
	if t.err = t.ctx.Err(); t.err != nil {
		return true
	}
	t.tx = w.tx(context.WithoutCancel(t.ctx), g)
	if g.careful {
		if _, t.err = w.exec(t.tx.ctx, "SAVEPOINT turn"); t.err != nil {
			return true
		}
	}
	if t.err = guarded(t.f, t.tx); t.err == nil {
		g.succeeded(t.tx)
	} else if !g.careful {
		return !t.tx.wrote
	} else if _, err := w.exec(t.tx.ctx, "ROLLBACK TO turn"); err != nil {
		t.err = errors.Join(t.err, err)
	}
	if g.careful {
		if _, err := w.exec(t.tx.ctx, "RELEASE turn"); err != nil && t.err == nil {
			t.err = err
		}
	}
	return true
}

// guarded turns a panic in a transaction into an error, so that it undoes one
// transaction and not the program.
func guarded(f func(*Tx) error, tx *Tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			buf := make([]byte, 8<<10)
			err = fmt.Errorf("panic: %v\n%s", p, buf[:runtime.Stack(buf, false)])
		}
	}()
	return f(tx)
}

func (w *writer) tx(ctx context.Context, g *group) *Tx {
	return &Tx{
		ctx: ctx, group: g, exec: w.exec,
		query: func(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
			s, err := w.prepare(q)
			if err != nil {
				return nil, err
			}
			return s.QueryContext(ctx, args...)
		},
		row: func(ctx context.Context, q string, args ...any) *sql.Row {
			s, err := w.prepare(q)
			if err != nil {
				return w.conn.QueryRowContext(ctx, q, args...) // carries the same error
			}
			return s.QueryRowContext(ctx, args...)
		},
	}
}

func (w *writer) exec(ctx context.Context, q string, args ...any) (sql.Result, error) {
	s, err := w.prepare(q)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(context.WithoutCancel(ctx), args...)
}

func (w *writer) prepare(q string) (*sql.Stmt, error) {
	if s, ok := w.stmts[q]; ok {
		return s, nil
	}
	s, err := w.conn.PrepareContext(context.Background(), q)
	if err == nil {
		w.stmts[q] = s
	}
	return s, err
}

// isUniqueSQLite reports a broken unique or primary key.
func isUniqueSQLite(err error) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	return e.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || e.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
}

// immutableSQLite refuses any change of what a table holds.
func immutableSQLite(table string) []string {
	var out []string
	for _, verb := range []string{"UPDATE", "DELETE"} {
		out = append(out, fmt.Sprintf(
			"CREATE TRIGGER IF NOT EXISTS %s_no_%s BEFORE %s ON %s BEGIN SELECT RAISE(ABORT, '%s is append-only'); END",
			table, strings.ToLower(verb), verb, table, table))
	}
	return out
}
