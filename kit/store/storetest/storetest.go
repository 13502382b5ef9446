// SPDX-License-Identifier: Apache-2.0

// Package storetest opens real databases for tests: SQLite always, PostgreSQL where SOVIEC_TEST_PG names one.
//
// May enter: fresh, migrated databases.
// May not: data of an office, mocks.
package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"os"
	"path/filepath"
	"sync"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx", to drop schemas

	"soviec/kit/store"
	"soviec/schema"
)

// PostgreSQL is the environment variable that names a server for tests.
const PostgreSQL = "SOVIEC_TEST_PG"

// Each runs the test on every engine at hand, each time on an empty migrated database.
func Each(t *testing.T, f func(t *testing.T, db *store.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		f(t, openSQLite(t))
	})
	if os.Getenv(PostgreSQL) == "" {
		return // ./check says on which engines it ran
	}
	t.Run("postgresql", func(t *testing.T) {
		t.Parallel()
		f(t, openPostgres(t))
	})
}

// Open is an empty migrated SQLite database.
func Open(t testing.TB) *store.DB {
	t.Helper()
	return openSQLite(t)
}

// DSN names an empty, migrated database of the engine that f's caller wants and
// the schema to open it with, for tests that start a whole program.
func DSN(t testing.TB, e store.Engine) (dsn, schemaName string) {
	t.Helper()
	if e == store.SQLite {
		return "sqlite:" + filepath.Join(t.TempDir(), "test.db"), ""
	}
	dsn = os.Getenv(PostgreSQL)
	if dsn == "" {
		t.Skip(PostgreSQL + " names no server")
	}
	return dsn, freshSchema(t, dsn)
}

// template is a migrated SQLite file, made once per test program and copied.
var template = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "storetest")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "template.db")
	db, err := store.Open(context.Background(), "sqlite:"+path, store.Options{Volatile: true})
	if err != nil {
		return nil, err
	}
	if _, err := db.Migrate(context.Background(), schema.Files); err != nil {
		return nil, err
	}
	if err := db.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func openSQLite(t testing.TB) *store.DB {
	t.Helper()
	file, err := template()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(context.Background(), "sqlite:"+path, store.Options{Volatile: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func openPostgres(t testing.TB) *store.DB {
	t.Helper()
	dsn := os.Getenv(PostgreSQL)
	db, err := store.Open(context.Background(), dsn, store.Options{Volatile: true, Schema: schemas.take(t, dsn), Readers: 12})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func freshSchema(t testing.TB, dsn string) string {
	t.Helper()
	var b [6]byte
	_, _ = rand.Read(b[:])
	name := "t" + hex.EncodeToString(b[:])
	t.Cleanup(func() {
		admin, err := sql.Open("pgx", dsn)
		if err != nil {
			t.Error(err)
			return
		}
		defer admin.Close()
		if _, err := admin.Exec("DROP SCHEMA IF EXISTS " + name + " CASCADE"); err != nil {
			t.Error(err)
		}
	})
	return name
}
