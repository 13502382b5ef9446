// SPDX-License-Identifier: Apache-2.0

package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"sync"
	"testing"

	"soviec/kit/store"
	"soviec/schema"
)

// A pool keeps migrated schemas of one test program: making two hundred tables takes a
// hundred times as long as emptying them. A schema that a test has changed is not used again.
type pool struct {
	mu    sync.Mutex
	free  []string
	admin *sql.Conn // holds a lock for each schema of this program
	print string    // what a migrated schema looks like
}

var schemas pool

// take is an empty migrated schema, given back when the test ends.
func (p *pool) take(t testing.TB, dsn string) string {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.open(dsn); err != nil {
		t.Fatal(err)
	}
	var name string
	if n := len(p.free); n > 0 {
		name, p.free = p.free[n-1], p.free[:n-1]
	} else {
		var err error
		if name, err = p.migrated(dsn); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		if err := p.back(name); err != nil {
			t.Error(err)
		}
	})
	return name
}

// open connects once and removes what earlier programs left: their locks went with them.
func (p *pool) open(dsn string) error {
	if p.admin != nil {
		return nil
	}
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		return err
	}
	ctx := context.Background()
	if p.admin, err = db.Conn(ctx); err != nil {
		return err
	}
	rows, err := p.admin.QueryContext(ctx, "SELECT nspname FROM pg_namespace WHERE nspname ~ '^pool[0-9a-f]{12}$'")
	if err != nil {
		return err
	}
	var old []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return err
		}
		old = append(old, name)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	for _, name := range old {
		var mine bool
		if err := p.admin.QueryRowContext(ctx, "SELECT pg_try_advisory_lock(hashtextextended($1, 0))", name).Scan(&mine); err != nil {
			return err
		}
		if !mine {
			continue
		}
		if err := p.drop(name); err != nil {
			return err
		}
	}
	return nil
}

func (p *pool) migrated(dsn string) (string, error) {
	ctx := context.Background()
	var b [6]byte
	_, _ = rand.Read(b[:])
	name := "pool" + hex.EncodeToString(b[:])
	if _, err := p.admin.ExecContext(ctx, "SELECT pg_advisory_lock(hashtextextended($1, 0))", name); err != nil {
		return "", err
	}
	db, err := store.Open(ctx, dsn, store.Options{Volatile: true, Schema: name})
	if err != nil {
		return "", err
	}
	_, err = db.Migrate(ctx, schema.Files)
	if err := errors.Join(err, db.Close()); err != nil {
		return "", err
	}
	if p.print == "" {
		p.print, err = p.looks(name)
	}
	return name, err
}

// back empties a schema for the next test, or drops it where it is no longer as migrated.
func (p *pool) back(name string) error {
	looks, err := p.looks(name)
	if err != nil {
		return err
	}
	if looks == p.print {
		// Triggers that refuse to remove anything are asleep for this one statement.
		_, err = p.admin.ExecContext(context.Background(), `DO $$ DECLARE r record; BEGIN
			SET LOCAL session_replication_role = replica;
			FOR r IN SELECT tablename AS name FROM pg_tables WHERE schemaname = '`+name+`' AND tablename <> 'store_migration' LOOP
				EXECUTE format('DELETE FROM %I.%I', '`+name+`', r.name);
			END LOOP; END $$`)
		if err == nil {
			p.free = append(p.free, name)
			return nil
		}
	}
	return p.drop(name)
}

func (p *pool) drop(name string) error {
	ctx := context.Background()
	_, err := p.admin.ExecContext(ctx, "DROP SCHEMA IF EXISTS "+name+" CASCADE")
	_, unlocked := p.admin.ExecContext(ctx, "SELECT pg_advisory_unlock(hashtextextended($1, 0))", name)
	return errors.Join(err, unlocked)
}

// looks names a schema's tables, columns, indexes and triggers in one sum.
func (p *pool) looks(name string) (sum string, err error) {
	err = p.admin.QueryRowContext(context.Background(), `SELECT md5(string_agg(line, ',' ORDER BY line)) FROM (
		SELECT c.relname || '.' || a.attname || a.atttypid::text || a.attnotnull::text AS line FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
			WHERE c.relnamespace = $1::regnamespace AND a.attnum > 0
		UNION ALL SELECT c.relname || '!' || g.tgname || g.tgenabled::text FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
			WHERE c.relnamespace = $1::regnamespace
		UNION ALL SELECT c.relname || '?' || k.conname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
			WHERE c.relnamespace = $1::regnamespace) AS lines`, name).Scan(&sum)
	return sum, err
}
