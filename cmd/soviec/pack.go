// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"soviec/kit/blob"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

func (b *backup) fill(ctx context.Context, file io.Writer, name string, at time.Time) (manifest, error) {
	if err := b.give(ctx, name, at); err != nil {
		return manifest{}, err
	}
	a, err := writeArchive(file, b.recipients, at)
	if err != nil {
		return manifest{}, err
	}
	m := manifest{Format: archiveFormat, Program: version(), At: at.UTC().Truncate(time.Second), Engine: b.db.Engine().String()}
	if b.db.Engine() == store.SQLite {
		err = b.fromFile(ctx, a, &m)
	} else {
		err = b.db.Snapshot(ctx, func(r store.Reader) error { return b.write(ctx, a, &m, b.db, r, "") })
	}
	if err != nil {
		return m, err
	}
	return m, a.close()
}

// fromFile backs an SQLite database up by way of a copy beside it.
func (b *backup) fromFile(ctx context.Context, a *archiveWriter, m *manifest) error {
	fmt.Fprintln(b.out, "Đang chép cơ sở dữ liệu …")
	dir, err := os.MkdirTemp(filepath.Dir(b.db.Path()), copyPrefix)
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, memberDatabase)
	if err := b.db.CopyFile(ctx, path); err != nil {
		return err
	}
	copied, err := store.OpenFile(ctx, path)
	if err != nil {
		return err
	}
	defer copied.Close()
	return b.write(ctx, a, m, copied, copied.Read(ctx), path)
}

// write puts all members into the archive. r sees the database at one moment; what the
// store of files gains later is not missed by it.
func (b *backup) write(ctx context.Context, a *archiveWriter, m *manifest, db *store.DB, r store.Reader, path string) error {
	if err := b.describe(ctx, m, db, r, path); err != nil {
		return err
	}
	key, err := os.ReadFile(b.settings.Key)
	if m.Key = err == nil && !b.withoutKey; err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := a.addJSON(memberManifest, m); err != nil {
		return err
	}
	if m.Key {
		if err := a.add(memberKey, int64(len(key)), bytes.NewReader(key)); err != nil {
			return err
		}
	}
	var end ending
	if path != "" {
		err = b.addFile(a, path)
	} else {
		end.Rows, err = b.addTables(ctx, a, m, r)
	}
	if err != nil {
		return err
	}
	if err := b.addBlobs(ctx, a, m, &end); err != nil {
		return err
	}
	return a.addJSON(memberEnd, end)
}

// describe fills the manifest from the moment that is backed up.
func (b *backup) describe(ctx context.Context, m *manifest, db *store.DB, r store.Reader, path string) error {
	var err error
	if m.Migrations, err = db.Applied(r); err != nil {
		return err
	}
	tables, err := db.Tables(r)
	if err != nil {
		return err
	}
	for _, t := range tables {
		n, err := store.Count(r, t)
		if err != nil {
			return err
		}
		m.Tables = append(m.Tables, manifestTable{t, n})
	}
	if path != "" {
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		m.Bytes = info.Size()
	}
	if m.Books, err = booksOf(db, r); err != nil {
		return err
	}
	return b.blobs.Each(ctx, func(_ blob.Key, size int64) error {
		m.Blobs++
		m.BlobBytes += size
		return nil
	})
}

// booksOf are the books as they stand, each with the checkpoint over its last entry.
func booksOf(db *store.DB, r store.Reader) ([]manifestBook, error) {
	agencies, err := org.Agencies(r)
	if err != nil {
		return nil, err
	}
	var out []manifestBook
	book := &journal.Book{DB: db}
	for _, a := range agencies {
		one := manifestBook{Agency: a.ID, Code: a.Code, Name: a.Name}
		if one.Entries, err = book.Last(r, a.ID); err != nil {
			return nil, err
		}
		if one.Entries > 0 {
			// The proof of the last entry also says that it is under the checkpoint.
			proof, err := journal.Prove(r, a.ID, one.Entries)
			if err != nil {
				return nil, fmt.Errorf("sổ nhật ký của %s không nguyên vẹn, hãy chạy soviec verify: %w", a.Name, err)
			}
			one.Checkpoint = proof.Checkpoint
		}
		out = append(out, one)
	}
	return out, nil
}

func (b *backup) addFile(a *archiveWriter, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	bar := newProgress(b.out, "Cơ sở dữ liệu (KB)", int(info.Size()>>10))
	defer bar.Done()
	return a.add(memberDatabase, info.Size(), counted(f, bar))
}

// counted moves a bar by the kilobytes read.
func counted(r io.Reader, bar *progress) io.Reader {
	var n int64
	return readerFunc(func(p []byte) (int, error) {
		k, err := r.Read(p)
		bar.Add(int((n+int64(k))>>10 - n>>10))
		n += int64(k)
		return k, err
	})
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// pieceSize is how much of a table stands in one member: what is held in memory.
const pieceSize = 4 << 20

// addTables writes every table in pieces, a row on each line.
func (b *backup) addTables(ctx context.Context, a *archiveWriter, m *manifest, r store.Reader) (int64, error) {
	bar := newProgress(b.out, "Cơ sở dữ liệu (dòng)", int(m.rows()))
	defer bar.Done()
	var all int64
	for _, t := range m.Tables {
		piece, count := 0, int64(0)
		lines := make([]byte, 0, pieceSize+pieceSize/8)
		flush := func() error {
			piece++
			err := a.add(fmt.Sprintf("%s%s/%06d.ndjson", memberTable, t.Name, piece), int64(len(lines)), bytes.NewReader(lines))
			lines = lines[:0]
			return err
		}
		for row, err := range store.Rows(r, t.Table) {
			if err == nil {
				lines, err = t.AppendRow(lines, row)
			}
			if err == nil && len(lines) >= pieceSize {
				err = flush()
			}
			if err != nil {
				return all, err
			}
			count++
			bar.Add(1)
		}
		if len(lines) > 0 {
			if err := flush(); err != nil {
				return all, err
			}
		}
		if count != t.Rows {
			return all, fmt.Errorf("bảng %s có %d dòng, đọc được %d", t.Name, t.Rows, count)
		}
		if all += count; ctx.Err() != nil {
			return all, ctx.Err()
		}
	}
	return all, nil
}

func (b *backup) addBlobs(ctx context.Context, a *archiveWriter, m *manifest, end *ending) error {
	bar := newProgress(b.out, "Tệp", int(m.Blobs))
	defer bar.Done()
	return b.blobs.Each(ctx, func(k blob.Key, _ int64) error {
		r, size, err := b.blobs.Get(ctx, k)
		if fault.Is(err, fault.KindNotFound) {
			return nil // destroyed by law in between
		}
		if err != nil {
			return err
		}
		defer r.Close()
		end.Blobs++
		end.BlobBytes += size
		bar.Add(1)
		return a.add(memberBlob+string(k), size, r)
	})
}

// version is which program this is, as far as it knows.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "soviec"
	}
	out := "soviec " + info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && !strings.Contains(out, s.Value[:min(12, len(s.Value))]) {
			out += " " + s.Value[:min(12, len(s.Value))]
		}
	}
	return out
}
