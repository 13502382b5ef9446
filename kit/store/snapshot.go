// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"sort"
)

// Snapshot runs f over one moment of the database: all its queries see the same rows,
// however much is written meanwhile. The rows of a query are closed before the next
// query begins, because PostgreSQL answers one at a time on a connection.
func (db *DB) Snapshot(ctx context.Context, f func(Reader) error) error {
	o := &sql.TxOptions{ReadOnly: true}
	if db.engine == PostgreSQL {
		o.Isolation = sql.LevelRepeatableRead
	}
	stx, err := db.read.BeginTx(ctx, o)
	if err != nil {
		return fmt.Errorf("store: begin: %w", err)
	}
	defer func() { _ = stx.Rollback() }() // nothing was changed
	r := txReader{ctx, stx}
	// The moment is that of the first query.
	if _, err := tableNames(r, db.engine); err != nil {
		return err
	}
	return f(r)
}

type txReader struct {
	ctx context.Context
	tx  *sql.Tx
}

func (r txReader) Context() context.Context { return r.ctx }

func (r txReader) Query(query string, args ...any) (*sql.Rows, error) {
	return r.tx.QueryContext(r.ctx, query, args...)
}

func (r txReader) QueryRow(query string, args ...any) *sql.Row {
	return r.tx.QueryRowContext(r.ctx, query, args...)
}

// CopyFile writes an SQLite database as it stands at one moment into a new file,
// compact and whole, while others read and write.
func (db *DB) CopyFile(ctx context.Context, path string) error {
	if db.engine != SQLite {
		return errors.New("store: only an SQLite database is a file")
	}
	// A connection of its own: those that read refuse whatever writes, also into another file.
	q := url.Values{"_pragma": {"busy_timeout(10000)", "temp_store(1)"}}
	conn, err := sql.Open("sqlite", fileURL(db.path, q))
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "VACUUM INTO $1", path); err != nil {
		return fmt.Errorf("store: copy to %s: %w", path, err)
	}
	return os.Chmod(path, 0o600)
}

// OpenFile opens the file that CopyFile made, for reading only. Nothing may change the
// file meanwhile.
func OpenFile(ctx context.Context, path string) (*DB, error) {
	q := url.Values{"mode": {"ro"}, "immutable": {"1"}, "_pragma": {"query_only(1)", "cache_size(-16000)"}}
	pool, err := sql.Open("sqlite", fileURL(path, q))
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(2)
	if err := pool.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("store: open %s: %w", path, err), pool.Close())
	}
	return &DB{engine: SQLite, read: pool, write: pool, path: path}, nil
}

func fileURL(path string, q url.Values) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// CheckFile has an SQLite database look through its own pages and says what is broken;
// PostgreSQL keeps its own sums.
func (db *DB) CheckFile(ctx context.Context) ([]string, error) {
	if db.engine != SQLite {
		return nil, nil
	}
	said, err := All(db.Read(ctx), Value[string], "PRAGMA quick_check(20)")
	if len(said) == 1 && said[0] == "ok" {
		said = nil
	}
	return said, err
}

// A Migration is a step that a database has taken: its file and the sum of its text.
type Migration struct {
	Name string `json:"name"`
	Sum  string `json:"sum"`
}

// Applied lists the steps that the database has taken; none when it is empty.
func (db *DB) Applied(r Reader) ([]Migration, error) {
	names, err := tableNames(r, db.engine)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if name == migrations {
			return All(r, func(s Scanner) (Migration, error) {
				var m Migration
				err := s.Scan(&m.Name, &m.Sum)
				return m, err
			}, "SELECT name, sum FROM store_migration ORDER BY name")
		}
	}
	return nil, nil
}

// Pending lists the files of a folder that Migrate would apply.
func (db *DB) Pending(r Reader, folder fs.FS) ([]string, error) {
	applied, err := db.Applied(r)
	if err != nil {
		return nil, err
	}
	done := map[string]bool{}
	for _, m := range applied {
		done[m.Name] = true
	}
	names, err := fs.Glob(folder, "[0-9]*.sql")
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	var pending []string
	for _, name := range names {
		if !done[path.Base(name)] {
			pending = append(pending, name)
		}
	}
	return pending, nil
}

// Empty reports whether the database holds no table.
func (db *DB) Empty(ctx context.Context) (bool, error) {
	names, err := tableNames(db.Read(ctx), db.engine)
	return len(names) == 0, err
}
