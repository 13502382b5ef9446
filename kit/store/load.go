// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// ErrUnknownStep says that a database took steps that this program does not know: it
// was written by a newer or another one.
var ErrUnknownStep = errors.New("store: a step of the schema is not known")

// ErrNotEmpty says that a database to be filled holds tables already.
var ErrNotEmpty = errors.New("store: the database is not empty")

// A Loader fills the tables of a database that was empty.
type Loader struct {
	db     *DB
	tables map[string]Table
	exec   func(query string, args ...any) error
	fill   func(t Table, rows iter.Seq2[[]any, error]) (int64, error)
}

// Load makes the tables of an empty database as they were in another, after the same
// steps of a folder, and has f fill them: all in one transaction, so that what fails
// leaves the database empty. Steps that the folder does not have are ErrUnknownStep.
func (db *DB) Load(ctx context.Context, folder fs.FS, applied []Migration, f func(*Loader) error) error {
	if empty, err := db.Empty(ctx); err != nil {
		return err
	} else if !empty {
		return ErrNotEmpty
	}
	texts := make([]string, len(applied))
	for i, m := range applied {
		text, err := fs.ReadFile(folder, path.Base(m.Name))
		if err != nil {
			return fmt.Errorf("%w: %s", ErrUnknownStep, m.Name)
		}
		if texts[i] = string(text); sumOf(texts[i]) != m.Sum {
			return fmt.Errorf("%w: %s is another text", ErrUnknownStep, m.Name)
		}
	}
	whole := func(l *Loader, r Reader) error {
		if err := l.make(applied, texts); err != nil {
			return err
		}
		tables, err := db.Tables(r)
		if err != nil {
			return err
		}
		for _, t := range tables {
			l.tables[t.Name] = t
		}
		return f(l)
	}
	if db.engine == SQLite {
		return db.Write(ctx, func(tx *Tx) error {
			l := &Loader{db: db, tables: map[string]Table{}, fill: func(t Table, rows iter.Seq2[[]any, error]) (int64, error) { return insertAll(tx, t, rows) }}
			l.exec = func(query string, args ...any) error { _, err := tx.Exec(query, args...); return err }
			if err := l.exec("PRAGMA defer_foreign_keys = 1"); err != nil {
				return err
			}
			return whole(l, tx)
		})
	}
	return db.loadPostgres(ctx, whole)
}

func sumOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// make takes the steps of the other database.
func (l *Loader) make(applied []Migration, texts []string) error {
	if err := l.exec("CREATE TABLE store_migration (name TEXT PRIMARY KEY, sum TEXT NOT NULL)"); err != nil {
		return err
	}
	for i, m := range applied {
		for _, stmt := range l.db.statements(texts[i]) {
			if err := l.exec(stmt); err != nil {
				return fmt.Errorf("store: %s: %w", m.Name, err)
			}
		}
		if err := l.exec("INSERT INTO store_migration (name, sum) VALUES ($1, $2)", m.Name, m.Sum); err != nil {
			return err
		}
	}
	return nil
}

// Table fills one table and returns the number of its rows.
func (l *Loader) Table(t Table, rows iter.Seq2[[]any, error]) (int64, error) {
	if made, ok := l.tables[t.Name]; !ok || !made.same(t) {
		return 0, fmt.Errorf("store: table %s: %w", t.Name, ErrUnknownStep)
	}
	n, err := l.fill(t, rows)
	if err != nil {
		return n, fmt.Errorf("store: fill %s: %w", t.Name, err)
	}
	return n, nil
}

// insertAll fills a table of SQLite, several rows to a statement: what a statement costs
// is more than what a row costs.
func insertAll(w Writer, t Table, rows iter.Seq2[[]any, error]) (int64, error) {
	width := len(t.Columns)
	together := max(1, 200/width) // SQLite looks for each place by its name: many cost more than they save
	text := func(rows int) string {
		var b strings.Builder
		b.WriteString("INSERT INTO " + quoteIdent(t.Name) + " (" + t.names() + ") VALUES ")
		for i := range rows * width {
			switch {
			case i == 0:
				b.WriteString("(")
			case i%width == 0:
				b.WriteString("), (")
			default:
				b.WriteString(", ")
			}
			b.WriteString("$" + strconv.Itoa(i+1))
		}
		b.WriteString(")")
		return b.String()
	}
	full, one := text(together), text(1)
	var n int64
	waiting := make([]any, 0, together*width)
	for row, err := range rows {
		if err != nil {
			return n, err
		}
		waiting = append(waiting, row...)
		if n++; len(waiting) == cap(waiting) {
			if _, err := w.Exec(full, waiting...); err != nil {
				return n, err
			}
			waiting = waiting[:0]
		}
	}
	for ; len(waiting) > 0; waiting = waiting[width:] {
		if _, err := w.Exec(one, waiting[:width]...); err != nil {
			return n, err
		}
	}
	return n, nil
}

func (db *DB) loadPostgres(ctx context.Context, f func(*Loader, Reader) error) error {
	if db.schema != "" {
		if _, err := db.write.ExecContext(ctx, "CREATE SCHEMA IF NOT EXISTS "+quoteIdent(db.schema)); err != nil {
			return err
		}
	}
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	stx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("store: begin: %w", err)
	}
	defer func() { _ = stx.Rollback() }() // after the commit it does nothing
	l := &Loader{db: db, tables: map[string]Table{}}
	l.exec = func(query string, args ...any) error { _, err := stx.ExecContext(ctx, query, args...); return err }
	l.fill = func(t Table, rows iter.Seq2[[]any, error]) (n int64, err error) { return copyAll(ctx, conn, t, rows) }
	if err := f(l, txReader{ctx, stx}); err != nil {
		return err
	}
	if err := stx.Commit(); err != nil {
		return fmt.Errorf("store: commit: %w", err)
	}
	_, err = db.write.ExecContext(ctx, "ANALYZE") // a table filled at once has no figures to plan by
	return err
}

// copyAll fills a table of PostgreSQL by COPY, in the transaction that the connection is in.
func copyAll(ctx context.Context, conn *sql.Conn, t Table, rows iter.Seq2[[]any, error]) (n int64, err error) {
	columns := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = c.Name
	}
	next, stop := iter.Pull2(rows)
	defer stop()
	var torn error // the server would tell it as a text only
	err = conn.Raw(func(driver any) error {
		var err error
		n, err = driver.(*stdlib.Conn).Conn().CopyFrom(ctx, pgx.Identifier{t.Name}, columns, pgx.CopyFromFunc(func() ([]any, error) {
			row, err, ok := next()
			if !ok {
				return nil, nil
			}
			torn = err
			return row, err
		}))
		return err
	})
	if torn != nil {
		err = torn
	}
	return n, err
}
