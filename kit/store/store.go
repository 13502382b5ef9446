// SPDX-License-Identifier: Apache-2.0

// Package store is one database of two makes: open, read, write, migrate, and every difference between SQLite and PostgreSQL.
//
// May enter: engine differences, pools, transactions, migrations, identifiers.
// May not: a table of the office, a rule of the office.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
)

// A Reader answers queries. The context it was made with bounds them.
type Reader interface {
	Context() context.Context
	Query(query string, args ...any) (*sql.Rows, error)
	QueryRow(query string, args ...any) *sql.Row
}

// A Writer is a Reader inside a transaction that may change rows.
type Writer interface {
	Reader
	// Exec runs one statement and returns the number of rows it changed.
	Exec(query string, args ...any) (int64, error)
}

// An Engine is one of the two makes.
type Engine int

// The engines.
const (
	SQLite Engine = iota
	PostgreSQL
)

func (e Engine) String() string { return [...]string{"sqlite", "postgresql"}[e] }

// Options bend the opening of a database; the zero value is right for the office.
type Options struct {
	// Schema is the PostgreSQL schema to work in; "" is the connection's own.
	Schema string
	// Readers is the number of reading connections; 0 is one per processor.
	Readers int
	// Volatile gives up durability (SQLite synchronous=OFF). For tests and throw-away data only.
	Volatile bool
}

// A DB is an open database. It is safe for use by many goroutines.
type DB struct {
	engine Engine
	read   *sql.DB
	write  *sql.DB
	stmts  sync.Map // SQLite: text → *sql.Stmt on the reading pool

	queue  chan *turn // SQLite: transactions waiting for the one writer
	done   chan struct{}
	closed sync.Once
	path   string // SQLite: the file
	schema string
}

// Open opens "sqlite:/path/to/file.db" or "postgres://…". It does not migrate.
func Open(ctx context.Context, dsn string, o Options) (*DB, error) {
	switch {
	case strings.HasPrefix(dsn, "sqlite:"):
		return openSQLite(ctx, strings.TrimPrefix(dsn, "sqlite:"), o)
	case strings.HasPrefix(dsn, "postgres://"), strings.HasPrefix(dsn, "postgresql://"):
		return openPostgres(ctx, dsn, o)
	}
	return nil, fmt.Errorf("store: database %q is neither sqlite:PATH nor postgres://…", dsn)
}

// Engine is the make of the database.
func (db *DB) Engine() Engine { return db.engine }

// Path is the file of an SQLite database, "" on PostgreSQL.
func (db *DB) Path() string { return db.path }

// Close waits for the transactions under way and closes the pools.
func (db *DB) Close() error {
	var err error
	db.closed.Do(func() {
		if db.queue != nil {
			close(db.queue)
			<-db.done
		}
		err = db.read.Close()
		if db.write != db.read {
			err = errors.Join(err, db.write.Close())
		}
	})
	return err
}

// Optimize lets SQLite look again at how its tables are filled, where that would change
// how it answers. PostgreSQL does it by itself.
func (db *DB) Optimize(ctx context.Context) error {
	if db.engine != SQLite {
		return nil
	}
	return db.Write(ctx, func(tx *Tx) error {
		_, err := tx.Exec("PRAGMA optimize = 0x10002")
		return err
	})
}

// Read returns a Reader over the pool of reading connections. Each query sees
// all that is committed when it begins.
func (db *DB) Read(ctx context.Context) Reader { return poolReader{db, ctx} }

// Pooled reports whether a Reader asks any free connection, outside of a transaction.
func (db *DB) Pooled(r Reader) bool {
	_, ok := r.(poolReader)
	return ok
}

type poolReader struct {
	db  *DB
	ctx context.Context
}

func (r poolReader) Context() context.Context { return r.ctx }

func (r poolReader) Query(query string, args ...any) (*sql.Rows, error) {
	if stmt := r.db.prepared(query); stmt != nil {
		return stmt.QueryContext(r.ctx, args...)
	}
	return r.db.read.QueryContext(r.ctx, query, args...)
}

func (r poolReader) QueryRow(query string, args ...any) *sql.Row {
	if stmt := r.db.prepared(query); stmt != nil {
		return stmt.QueryRowContext(r.ctx, args...)
	}
	return r.db.read.QueryRowContext(r.ctx, query, args...)
}

// prepared keeps a statement per text on SQLite, where preparing costs more than
// most queries. pgx keeps its own.
func (db *DB) prepared(query string) *sql.Stmt {
	if db.engine != SQLite {
		return nil
	}
	if s, ok := db.stmts.Load(query); ok {
		return s.(*sql.Stmt)
	}
	stmt, err := db.read.Prepare(query)
	if err != nil {
		return nil // the caller's own query reports it
	}
	if s, loaded := db.stmts.LoadOrStore(query, stmt); loaded {
		_ = stmt.Close()
		return s.(*sql.Stmt)
	}
	return stmt
}

// A Tx is a transaction under way: what Write hands out.
type Tx struct {
	ctx   context.Context
	query func(ctx context.Context, q string, args ...any) (*sql.Rows, error)
	row   func(ctx context.Context, q string, args ...any) *sql.Row
	exec  func(ctx context.Context, q string, args ...any) (sql.Result, error)
	after []func()
	group *group
	said  map[string]any // shared with the group once this transaction has succeeded
	wrote bool           // ran something else than a SELECT
}

// group is what several transactions that commit together share.
type group struct {
	engine  Engine
	careful bool // SQLite: each transaction has a savepoint of its own
	once    map[string]func(*Tx) error
	order   []string
	shared  map[string]any
}

func newGroup(e Engine) *group {
	return &group{engine: e, once: map[string]func(*Tx) error{}, shared: map[string]any{}}
}

// Context is the context of whoever asked for the transaction.
func (t *Tx) Context() context.Context { return t.ctx }

// Query implements Reader.
func (t *Tx) Query(query string, args ...any) (*sql.Rows, error) {
	t.writes(query)
	return t.query(t.ctx, query, args...)
}

func (t *Tx) writes(query string) { t.wrote = t.wrote || !strings.HasPrefix(query, "SELECT") }

// QueryRow implements Reader.
func (t *Tx) QueryRow(query string, args ...any) *sql.Row {
	t.writes(query)
	return t.row(t.ctx, query, args...)
}

// Exec implements Writer.
func (t *Tx) Exec(query string, args ...any) (int64, error) {
	t.wrote = true
	res, err := t.exec(t.ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// After has f called once the transaction is durable, and never if it is not.
func (t *Tx) After(f func()) { t.after = append(t.after, f) }

// Once has f run just before the commit, once per key for all transactions that
// commit together. It must be right also when the transaction that asked for it
// was rolled back in between.
func (t *Tx) Once(key string, f func(*Tx) error) {
	if _, ok := t.group.once[key]; !ok {
		t.group.order = append(t.group.order, key)
	}
	t.group.once[key] = f
}

// Share tells the transactions that commit together with this one, and what they run
// Once, a value under a key. What a transaction shared is forgotten if it fails.
func (t *Tx) Share(key string, value any) {
	if t.said == nil {
		t.said = map[string]any{}
	}
	t.said[key] = value
}

// Shared is what was last shared under a key, nil if nothing was.
func (t *Tx) Shared(key string) any {
	if v, ok := t.said[key]; ok {
		return v
	}
	return t.group.shared[key]
}

// Lock is the clause that makes a row read for change belong to this transaction.
// SQLite has one writer at a time and needs none.
func (t *Tx) Lock() string {
	if t.group.engine == PostgreSQL {
		return " FOR UPDATE"
	}
	return ""
}

// succeeded lets the group know what a transaction shared.
func (g *group) succeeded(t *Tx) { maps.Copy(g.shared, t.said) }

func (g *group) settle(t *Tx) error {
	for _, key := range g.order {
		if err := g.once[key](t); err != nil {
			return fmt.Errorf("before commit: %s: %w", key, err)
		}
	}
	return nil
}

// Write runs f in one transaction and returns when it is durable. f may be run
// again after a conflict with another process, so it must have no effect but
// through the transaction. On SQLite the transactions that wait at the same
// moment are committed together, each undone alone if it fails.
func (db *DB) Write(ctx context.Context, f func(*Tx) error) error {
	if db.engine == SQLite {
		return db.writeSQLite(ctx, f)
	}
	return db.writePostgres(ctx, f)
}

// ErrNone says that One found no row.
var ErrNone = errors.New("store: no row")

// A Scanner is a row to be read.
type Scanner interface{ Scan(dest ...any) error }

// All reads every row of a query.
func All[T any](r Reader, scan func(Scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := r.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// One reads the only row of a query; ErrNone if there is none.
func One[T any](r Reader, scan func(Scanner) (T, error), query string, args ...any) (T, error) {
	one, err := scan(r.QueryRow(query, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return one, ErrNone
	}
	return one, err
}

// Value scans a single column.
func Value[T any](s Scanner) (T, error) {
	var v T
	err := s.Scan(&v)
	return v, err
}
