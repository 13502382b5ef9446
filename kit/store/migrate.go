// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"sort"
	"strings"
)

// Migrate brings the database forward by the numbered files of a folder, each in
// one transaction, and returns the names of those that were new. A file is plain
// SQL for both engines; two marks in it are for one engine or for the store:
//
//	/*sqlite TEXT*/        TEXT stands only on SQLite
//	id BIGINT PRIMARY KEY  is the row's own place on SQLite: no second tree to keep and to ask
//	-- immutable: table    what the table holds can never be changed or removed
//
// A file once applied must not change: its sum is kept and compared.
func (db *DB) Migrate(ctx context.Context, folder fs.FS) ([]string, error) {
	names, err := fs.Glob(folder, "[0-9]*.sql")
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	if db.engine == PostgreSQL && db.schema != "" {
		if _, err := db.write.ExecContext(ctx, "CREATE SCHEMA IF NOT EXISTS "+quoteIdent(db.schema)); err != nil {
			return nil, err
		}
	}
	known, err := db.known(ctx)
	if err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	var applied []string
	for _, name := range names {
		text, err := fs.ReadFile(folder, name)
		if err != nil {
			return applied, err
		}
		if known[path.Base(name)] == sumOf(string(text)) {
			continue // a start finds nothing to do and writes nothing
		}
		fresh, err := db.apply(ctx, path.Base(name), string(text))
		if err != nil {
			return applied, fmt.Errorf("migrate: %s: %w", name, err)
		}
		if fresh {
			applied = append(applied, name)
		}
	}
	return applied, nil
}

// known are the sums of the files applied so far, by name.
func (db *DB) known(ctx context.Context) (map[string]string, error) {
	const list = "SELECT name, sum FROM store_migration"
	pair := func(s Scanner) (p [2]string, err error) { return p, s.Scan(&p[0], &p[1]) }
	rows, err := All(db.Read(ctx), pair, list)
	if err != nil { // most likely there is no such table yet
		err = db.Write(ctx, func(tx *Tx) error {
			_, err := tx.Exec("CREATE TABLE IF NOT EXISTS store_migration (name TEXT PRIMARY KEY, sum TEXT NOT NULL)")
			return err
		})
		if err == nil {
			rows, err = All(db.Read(ctx), pair, list)
		}
	}
	known := map[string]string{}
	for _, p := range rows {
		known[p[0]] = p[1]
	}
	return known, err
}

func (db *DB) apply(ctx context.Context, name, text string) (fresh bool, err error) {
	sum := sumOf(text)
	err = db.Write(ctx, func(tx *Tx) error {
		fresh = false
		if db.engine == PostgreSQL { // two programs may start at once
			if _, err := tx.Exec("SELECT pg_advisory_xact_lock(7312019)"); err != nil {
				return err
			}
		}
		was, err := One(tx, Value[string], "SELECT sum FROM store_migration WHERE name = $1", name)
		switch {
		case err == nil && was == sum:
			return nil
		case err == nil:
			return fmt.Errorf("the file has changed since it was applied")
		case err != ErrNone:
			return err
		}
		for _, stmt := range db.statements(text) {
			if _, err := tx.Exec(stmt); err != nil {
				return fmt.Errorf("%w\n%s", err, stmt)
			}
		}
		fresh = true
		_, err = tx.Exec("INSERT INTO store_migration (name, sum) VALUES ($1, $2)", name, sum)
		return err
	})
	return fresh, err
}

var (
	onlySQLite = regexp.MustCompile(`/\*sqlite (.*?)\*/`)
	ownKey     = regexp.MustCompile(`(?m)^(\s*\w+\s+)BIGINT( +NOT NULL)? PRIMARY KEY\b`)
	immutable  = regexp.MustCompile(`(?m)^-- immutable: (\w+)\s*$`)
	comment    = regexp.MustCompile(`(?m)--.*$`)
)

// statements splits a file; a statement ends with a semicolon at the end of a line.
func (db *DB) statements(text string) []string {
	keep, triggers := "", immutablePostgres
	if db.engine == SQLite {
		keep, triggers = "$1", immutableSQLite
		text = ownKey.ReplaceAllString(text, "${1}INTEGER$2 PRIMARY KEY")
	}
	var out []string
	for _, stmt := range strings.Split(comment.ReplaceAllString(onlySQLite.ReplaceAllString(text, keep), "")+"\n", ";\n") {
		if stmt = strings.TrimSpace(stmt); stmt != "" {
			out = append(out, stmt)
		}
	}
	for _, m := range immutable.FindAllStringSubmatch(text, -1) {
		out = append(out, triggers(m[1])...)
	}
	return out
}
