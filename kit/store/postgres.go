// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

func openPostgres(ctx context.Context, dsn string, o Options) (*DB, error) {
	cfg, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	if o.Schema != "" {
		cfg.RuntimeParams["search_path"] = o.Schema
	}
	cfg.RuntimeParams["timezone"] = "UTC"
	if o.Volatile {
		cfg.RuntimeParams["synchronous_commit"] = "off"
	}
	pool := stdlib.OpenDB(*cfg)
	n := o.Readers
	if n == 0 {
		n = max(8, 4*runtime.NumCPU())
	}
	pool.SetMaxOpenConns(n)
	pool.SetMaxIdleConns(n)
	if err := pool.PingContext(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("store: connect: %w", err)
	}
	return &DB{engine: PostgreSQL, read: pool, write: pool, schema: o.Schema}, nil
}

// tries is how often a transaction is run that loses against another.
const tries = 8

func (db *DB) writePostgres(ctx context.Context, f func(*Tx) error) error {
	var err error
	for range tries {
		var tx *Tx
		if tx, err = db.tryPostgres(ctx, f); err == nil {
			for _, after := range tx.after {
				after()
			}
			return nil
		}
		if !retryable(err) {
			return err
		}
	}
	return err
}

func (db *DB) tryPostgres(ctx context.Context, f func(*Tx) error) (*Tx, error) {
	stx, err := db.write.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		return nil, fmt.Errorf("store: begin: %w", err)
	}
	tx := &Tx{
		ctx: ctx, query: stx.QueryContext, row: stx.QueryRowContext, exec: stx.ExecContext,
		group: newGroup(PostgreSQL),
	}
	err = guarded(f, tx)
	if err == nil {
		err = tx.group.settle(tx)
	}
	if err != nil {
		_ = stx.Rollback()
		return nil, err
	}
	if err := stx.Commit(); err != nil {
		return nil, fmt.Errorf("store: commit: %w", err)
	}
	return tx, nil
}

// retryable reports a lost race that a second run may win.
func retryable(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == "40001" || e.Code == "40P01")
}

func isUniquePostgres(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && e.Code == "23505"
}

// immutablePostgres refuses any change of what a table holds.
func immutablePostgres(table string) []string {
	return []string{
		"CREATE OR REPLACE FUNCTION store_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
		fmt.Sprintf("DROP TRIGGER IF EXISTS %s_no_change ON %s", table, table),
		fmt.Sprintf("CREATE TRIGGER %s_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION store_refuse()", table, table),
	}
}

// IsUnique reports whether err says that a unique key is taken.
func IsUnique(err error) bool { return isUniqueSQLite(err) || isUniquePostgres(err) }

func quoteIdent(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// DropSchema takes a schema away with all that is in it: for data that were made for
// measuring or testing. On SQLite there is nothing to do; the file goes.
func (db *DB) DropSchema(ctx context.Context, name string) error {
	if db.engine != PostgreSQL || name == "" {
		return nil
	}
	_, err := db.write.ExecContext(ctx, "DROP SCHEMA IF EXISTS "+quoteIdent(name)+" CASCADE")
	return err
}
