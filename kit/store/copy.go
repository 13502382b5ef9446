// SPDX-License-Identifier: Apache-2.0

package store

import (
	"fmt"
	"iter"
	"strings"
)

// migrations is the table in which the store keeps its own steps; it is not copied.
const migrations = "store_migration"

// A Type is a column's, the same on both engines.
type Type string

// The types that a schema may use.
const (
	Int   Type = "int"
	Text  Type = "text"
	Bytes Type = "bytes"
	Bool  Type = "bool"
)

// typeNames are the engines' own names of the types.
var typeNames = map[string]Type{
	"bigint": Int, "integer": Int, "text": Text, "bytea": Bytes, "blob": Bytes, "boolean": Bool,
}

// A Table is what a table is called and what its columns are, in their order.
type Table struct {
	Name    string   `json:"name"`
	Columns []Column `json:"columns"`
}

// A Column is one of a table.
type Column struct {
	Name string `json:"name"`
	Type Type   `json:"type"`
}

func (t Table) same(o Table) bool {
	if t.Name != o.Name || len(t.Columns) != len(o.Columns) {
		return false
	}
	for i := range t.Columns {
		if t.Columns[i] != o.Columns[i] {
			return false
		}
	}
	return true
}

// names are the columns, as they stand in a statement.
func (t Table) names() string {
	quoted := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		quoted[i] = quoteIdent(c.Name)
	}
	return strings.Join(quoted, ", ")
}

// Tables lists the tables of a database but the store's own, in the order in which they
// were made: a table stands after those that it refers to.
func (db *DB) Tables(r Reader) ([]Table, error) {
	names, err := tableNames(r, db.engine)
	if err != nil {
		return nil, err
	}
	var out []Table
	for _, name := range names {
		if name == migrations {
			continue
		}
		t := Table{Name: name}
		if t.Columns, err = columnsOf(r, db.engine, name); err != nil {
			return nil, fmt.Errorf("store: table %s: %w", name, err)
		}
		out = append(out, t)
	}
	return out, nil
}

func tableNames(r Reader, e Engine) ([]string, error) {
	if e == SQLite {
		return All(r, Value[string], "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY rowid")
	}
	return All(r, Value[string], `SELECT c.relname::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') ORDER BY c.oid`)
}

func columnsOf(r Reader, e Engine, table string) ([]Column, error) {
	query := "SELECT name, type FROM pragma_table_info($1) ORDER BY cid"
	if e == PostgreSQL {
		query = `SELECT a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod) FROM pg_catalog.pg_attribute a
			JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			WHERE n.nspname = current_schema() AND c.relname = $1 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`
	}
	return All(r, func(s Scanner) (Column, error) {
		var c Column
		var made string
		if err := s.Scan(&c.Name, &made); err != nil {
			return c, err
		}
		known, ok := typeNames[strings.ToLower(made)]
		if !ok {
			return c, fmt.Errorf("column %s: the type %q is not one that both engines have", c.Name, made)
		}
		c.Type = known
		return c, nil
	}, query, table)
}

// Count is the number of rows of a table.
func Count(r Reader, t Table) (int64, error) {
	return One(r, Value[int64], "SELECT COUNT(*) FROM "+quoteIdent(t.Name))
}

// Rows reads a whole table. A value is an int64, a string, a []byte, a bool or nil; the
// slice is used again for the next row.
func Rows(r Reader, t Table) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		rows, err := r.Query("SELECT " + t.names() + " FROM " + quoteIdent(t.Name))
		if err != nil {
			yield(nil, fmt.Errorf("store: table %s: %w", t.Name, err))
			return
		}
		defer rows.Close()
		row := make([]any, len(t.Columns))
		into := make([]any, len(row))
		for i := range row {
			into[i] = &row[i]
		}
		for rows.Next() {
			err := rows.Scan(into...)
			for i := 0; err == nil && i < len(row); i++ {
				row[i], err = t.Columns[i].value(row[i])
			}
			if err != nil {
				yield(nil, fmt.Errorf("store: table %s: %w", t.Name, err))
				return
			}
			if !yield(row, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, fmt.Errorf("store: table %s: %w", t.Name, err))
		}
	}
}

// value brings what an engine answered to the column's type and refuses what is none:
// SQLite keeps whatever it was given.
func (c Column) value(v any) (any, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case int64:
		if c.Type == Int {
			return v, nil
		}
		if c.Type == Bool && (v == 0 || v == 1) {
			return v == 1, nil
		}
	case string:
		if c.Type == Text {
			return v, nil
		}
	case []byte:
		if c.Type == Bytes {
			if v == nil {
				v = []byte{} // SQLite hands out no bytes as nil
			}
			return v, nil
		}
	case bool:
		if c.Type == Bool {
			return v, nil
		}
	}
	return nil, fmt.Errorf("column %s holds a %T where %s belongs", c.Name, v, c.Type)
}
