// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"soviec/kit/civil"
	"soviec/kit/extract"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/document"
	"soviec/office/org/orgtest"
	"soviec/office/task"
)

var bothEngines = []store.Engine{store.SQLite, store.PostgreSQL}

// A place is an installation for a test: settings, and the model office in it.
type place struct {
	Settings
	p      *program
	clock  *orgtest.Clock
	agency int64
	people map[string]journal.Holder
}

// emptySettings name a place in which nothing lies yet.
func emptySettings(t testing.TB, e store.Engine) Settings {
	t.Helper()
	s := defaults()
	s.Data = filepath.Join(t.TempDir(), "office")
	if e == store.PostgreSQL {
		s.Database, s.Schema = storetest.DSN(t, e)
	}
	if err := s.settle(); err != nil {
		t.Fatal(err)
	}
	return s
}

// flags are the settings as they are typed.
func (s Settings) flags() []string {
	return []string{"--data=" + s.Data, "--database=" + s.Database, "--schema=" + s.Schema}
}

// newPlace opens the model office in an empty place.
func newPlace(t testing.TB, e store.Engine) *place {
	t.Helper()
	pl := &place{Settings: emptySettings(t, e), clock: orgtest.At(t, "2026-11-23 08:00")}
	p, err := assemble(context.Background(), pl.Settings, pl.clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.close() })
	pl.p = p
	pl.agency, pl.people = orgtest.Found(t, p.book)
	orgtest.Do(t, p.book, pl.people["son"], document.Found)
	return pl
}

// register enters a document with a file; others is how many pieces of work come of it.
func (pl *place) register(n int, directed bool) error {
	ctx := context.Background()
	body := make([]byte, 4000+n%7*999)
	for i := range body {
		body[i] = byte(rand.IntN(256))
	}
	key, size, err := pl.p.blobs.Put(ctx, bytes.NewReader(body), 0)
	if err != nil {
		return err
	}
	var doc document.Incoming
	err = pl.p.book.Do(ctx, pl.people["lan"], func(a *journal.Act) (err error) {
		doc, err = document.Register(a, document.Arrival{Type: "CV", NumberRaw: fmt.Sprintf("%d/UBND-VX", n), IssuedOn: pl.clock.Today().AddDays(-2),
			IssuerName: "Ủy ban nhân dân tỉnh Cao Bằng", Subject: fmt.Sprintf("Về việc “thứ %d” \\ hòa\nhợp", n), Channel: "post",
			Files: []document.Attachment{{Name: fmt.Sprintf("cv-%d.docx", n), MIME: extract.DOCX.MediaType(), Size: size, SHA: string(key)}}})
		return err
	})
	if err != nil || !directed {
		return err
	}
	if err := pl.p.book.Do(ctx, pl.people["lan"], func(a *journal.Act) error {
		return document.Submit(a, doc.ID, pl.people["thang"].Person, "", "")
	}); err != nil {
		return err
	}
	return pl.p.book.Do(ctx, pl.people["thang"], func(a *journal.Act) error {
		_, err := document.Direct(a, doc.ID, document.Directive{Text: "Giao phòng tham mưu.", Lead: task.Assignee{Unit: pl.people["lam"].Unit},
			Due: task.Due{On: civil.Of(a.At).AddDays(7)}})
		return err
	})
}

func (pl *place) fill(t testing.TB, n int) {
	t.Helper()
	for i := range n {
		if err := pl.register(i+1, i%2 == 0); err != nil {
			t.Fatal(err)
		}
	}
}

// bend changes the database behind the program's back, as somebody with its password could.
func bend(t testing.TB, s Settings, statements ...string) {
	t.Helper()
	driver, dsn := "sqlite", "file:"+strings.TrimPrefix(s.Database, "sqlite:")+"?_pragma=busy_timeout(5000)"
	if s.Schema != "" {
		driver, dsn = "pgx", s.Database+"&search_path="+s.Schema
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, q := range statements {
		res, err := db.Exec(q)
		if err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		if n, err := res.RowsAffected(); !strings.HasPrefix(q, "DROP") && (err != nil || n == 0) {
			t.Fatalf("%s: nothing was changed", q)
		}
	}
}

// dropGuards takes the triggers of an immutable table away.
func dropGuards(s Settings, table string) []string {
	if s.Schema != "" {
		return []string{"DROP TRIGGER " + table + "_no_change ON " + table}
	}
	return []string{"DROP TRIGGER " + table + "_no_update", "DROP TRIGGER " + table + "_no_delete"}
}

// says runs a command line and returns its code and all that it said.
func says(t testing.TB, args ...string) (int, string) {
	t.Helper()
	var said bytes.Buffer
	code := run(context.Background(), args, &said, &said)
	return code, said.String()
}

// must runs a command line that has to answer with a code, saying some words.
func must(t testing.TB, code int, words []string, args ...string) string {
	t.Helper()
	got, said := says(t, args...)
	if got != code {
		t.Fatalf("soviec %s: code %d, not %d\n%s", strings.Join(args, " "), got, code, said)
	}
	for _, w := range words {
		if !strings.Contains(said, w) {
			t.Fatalf("soviec %s: no word of %q in\n%s", strings.Join(args, " "), w, said)
		}
	}
	return said
}

// with puts a command and its flags together.
func with(s Settings, args ...string) []string { return slices.Concat(args, s.flags()) }

// contents are all rows of a database, table by table, as a backup writes them.
func contents(t testing.TB, s Settings) map[string][]string {
	t.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, s.Database, store.Options{Schema: s.Schema})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	out := map[string][]string{}
	err = db.Snapshot(ctx, func(r store.Reader) error {
		tables, err := db.Tables(r)
		if err != nil {
			return err
		}
		for _, table := range tables {
			for row, err := range store.Rows(r, table) {
				if err != nil {
					return err
				}
				line, err := table.AppendRow(nil, row)
				if err != nil {
					return err
				}
				out[table.Name] = append(out[table.Name], string(line))
			}
			slices.Sort(out[table.Name])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// blobFiles are the files of the folder in which the bytes are kept.
func blobFiles(t testing.TB, s Settings) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(strings.TrimPrefix(s.Files, "folder:"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && len(d.Name()) == 64 {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
