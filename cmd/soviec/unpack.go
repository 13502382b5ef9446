// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"soviec/kit/blob"
	"soviec/kit/store"
	"soviec/schema"
)

// take reads the members in their order. What fails in the files undoes the database too.
func (r *restoring) take(ctx context.Context, a *archiveReader) error {
	var err error
	if r.blobs, err = blob.Open(r.settings.Files); err != nil {
		return err
	}
	h, err := a.member()
	if err == nil && h.Name == memberKey {
		if err := r.takeKey(a); err != nil {
			return err
		}
		h, err = a.member()
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errNoBackup, err)
	}
	switch {
	case h.Name == memberDatabase:
		err = r.takeFile(ctx, a, h.Size)
	case r.manifest.Engine == store.PostgreSQL.String():
		a.back(h)
		err = r.takeTables(ctx, a)
	default:
		err = fmt.Errorf("%w: có phần lạ %s", errNoBackup, h.Name)
	}
	if err != nil {
		return err
	}
	_, err = r.db.Migrate(ctx, schema.Files)
	return err
}

// takeRest reads what comes after the database, to the very end.
func (r *restoring) takeRest(ctx context.Context, a *archiveReader) error {
	bar := newProgress(r.out, "Tệp", int(r.manifest.Blobs))
	defer bar.Done()
	ended := false
	for {
		h, err := a.member()
		switch {
		case errors.Is(err, io.EOF):
			if err := a.drain(); err != nil || !ended {
				return errors.Join(errors.New("bản sao lưu bị cắt cụt hoặc đã hỏng"), err)
			}
			return nil
		case err != nil:
			return fmt.Errorf("%w: %w", errNoBackup, err)
		case strings.HasPrefix(h.Name, memberBlob) && !ended:
			bar.Add(1)
			err = r.takeBlob(ctx, a, h.Name)
		case h.Name == memberEnd && !ended:
			ended, err = true, r.takeEnd(a)
		default:
			err = fmt.Errorf("%w: có phần lạ %s", errNoBackup, h.Name)
		}
		if err != nil {
			return err
		}
	}
}

func (r *restoring) takeKey(a *archiveReader) error {
	raw, err := io.ReadAll(io.LimitReader(a.tar, 64<<10))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(r.settings.Key), 0o700); err != nil {
		return err
	}
	return os.WriteFile(r.settings.Key, raw, 0o600)
}

// takeFile restores an SQLite file: as it is, or table by table into PostgreSQL.
func (r *restoring) takeFile(ctx context.Context, a *archiveReader, size int64) error {
	path, isFile := strings.CutPrefix(r.settings.Database, "sqlite:")
	if !isFile {
		path = filepath.Join(r.settings.Data, ".khoi-phuc.db")
		defer os.Remove(path)
	}
	if err := r.writeFile(path, a.tar, size); err != nil {
		return err
	}
	if isFile {
		if err := r.takeRest(ctx, a); err != nil {
			return err
		}
		if err := r.open(ctx); err != nil {
			return err
		}
		for _, t := range r.manifest.Tables {
			n, err := store.Count(r.db.Read(ctx), t.Table)
			if err := sameCount(t, n, err); err != nil {
				return err
			}
		}
		return nil
	}
	from, err := store.OpenFile(ctx, path)
	if err != nil {
		return err
	}
	defer from.Close()
	bar := newProgress(r.out, "Cơ sở dữ liệu (dòng)", int(r.manifest.rows()))
	defer bar.Done()
	return r.load(ctx, func(l *store.Loader) error {
		for _, t := range r.manifest.Tables {
			if err := fill(l, t, store.Rows(from.Read(ctx), t.Table), bar); err != nil {
				return err
			}
		}
		bar.Done()
		return r.takeRest(ctx, a)
	})
}

func (r *restoring) writeFile(path string, from io.Reader, size int64) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	bar := newProgress(r.out, "Cơ sở dữ liệu (KB)", int(size>>10))
	defer bar.Done()
	_, err = io.Copy(f, counted(from, bar))
	return errors.Join(err, f.Sync(), f.Close())
}

// open opens the database to be filled, or just filled.
func (r *restoring) open(ctx context.Context) (err error) {
	r.db, err = store.Open(ctx, r.settings.Database, store.Options{Schema: r.settings.Schema})
	return err
}

func (r *restoring) load(ctx context.Context, f func(*store.Loader) error) error {
	if err := r.open(ctx); err != nil {
		return err
	}
	err := r.db.Load(ctx, schema.Files, r.manifest.Migrations, f)
	if errors.Is(err, store.ErrUnknownStep) {
		return fmt.Errorf("bản sao lưu do phiên bản khác của chương trình làm (%s): %w", r.manifest.Program, err)
	}
	return err
}

func fill(l *store.Loader, t manifestTable, rows iter.Seq2[[]any, error], bar *progress) error {
	n, err := l.Table(t.Table, func(yield func([]any, error) bool) {
		for row, err := range rows {
			if !yield(row, err) {
				return
			}
			bar.Add(1)
		}
	})
	return sameCount(t, n, err)
}

func sameCount(t manifestTable, n int64, err error) error {
	if err == nil && n != t.Rows {
		err = fmt.Errorf("bản sao lưu hỏng: bảng %s có %d dòng, theo bản kê là %d", t.Name, n, t.Rows)
	}
	return err
}

// takeTables restores the pieces of all tables, in the manifest's order.
func (r *restoring) takeTables(ctx context.Context, a *archiveReader) error {
	bar := newProgress(r.out, "Cơ sở dữ liệu (dòng)", int(r.manifest.rows()))
	defer bar.Done()
	return r.load(ctx, func(l *store.Loader) error {
		for _, t := range r.manifest.Tables {
			if err := fill(l, t, rowsIn(a, t.Table), bar); err != nil {
				return err
			}
		}
		bar.Done()
		return r.takeRest(ctx, a)
	})
}

// rowsIn reads the pieces of one table as far as they reach.
func rowsIn(a *archiveReader, t store.Table) iter.Seq2[[]any, error] {
	prefix := memberTable + t.Name + "/"
	return func(yield func([]any, error) bool) {
		row := make([]any, len(t.Columns))
		for {
			h, err := a.member()
			if err != nil {
				yield(nil, fmt.Errorf("%w: %w", errNoBackup, err))
				return
			}
			if !strings.HasPrefix(h.Name, prefix) {
				a.back(h)
				return
			}
			lines := bufio.NewReaderSize(a.tar, 1<<20)
			for {
				line, err := readLine(lines)
				if errors.Is(err, io.EOF) {
					break
				}
				if err == nil {
					err = t.ParseRow(line, row)
				}
				if !yield(row, err) || err != nil {
					return
				}
			}
		}
	}
}

// readLine reads a whole line, however long; one without its end is cut off.
func readLine(r *bufio.Reader) ([]byte, error) {
	line, err := r.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		long := bytes.Clone(line)
		rest, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return append(long, rest...), err
	}
	if errors.Is(err, io.EOF) && len(line) > 0 {
		err = io.ErrUnexpectedEOF
	}
	return line, err
}

func (r *restoring) takeBlob(ctx context.Context, a *archiveReader, name string) error {
	want, err := blob.Parse(strings.TrimPrefix(name, memberBlob))
	if err != nil {
		return fmt.Errorf("%w: có phần lạ %s", errNoBackup, name)
	}
	key, n, err := r.blobs.Put(ctx, a.tar, 0)
	if err != nil {
		return err
	}
	r.stored = append(r.stored, key)
	if key != want {
		return fmt.Errorf("bản sao lưu hỏng: nội dung tệp %s không khớp dấu vân tay", want)
	}
	r.end.Blobs++
	r.end.BlobBytes += n
	return nil
}

func (r *restoring) takeEnd(a *archiveReader) error {
	var told ending
	if err := readJSON(a.tar, &told); err != nil {
		return errors.Join(errNoBackup, err)
	}
	if told.Blobs != r.end.Blobs || told.BlobBytes != r.end.BlobBytes {
		return fmt.Errorf("bản sao lưu hỏng: có %d tệp, theo bản kê là %d", r.end.Blobs, told.Blobs)
	}
	return nil
}
