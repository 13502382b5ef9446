// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"filippo.io/age"

	"soviec/kit/blob"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

const backupUsage = `Sao lưu cơ sở dữ liệu, khóa niêm phong sổ và mọi tệp vào một tệp.

Cách dùng: soviec backup --to TỆP|THƯ_MỤC [--recipient age1…]… [--without-key] [--keep N]

Chạy được trong khi chương trình đang phục vụ: bản sao lưu là nguyên trạng ở một thời điểm.
Với THƯ_MỤC, tệp mang tên soviec-NĂMTHÁNGNGÀY-GIỜPHÚT.tar.gz; --keep N giữ N tệp mới nhất.
Với --recipient, bản sao lưu được mã hóa (age) và chỉ người giữ khóa mở được.`

// backup is one run.
type backup struct {
	*program
	out        io.Writer
	to         string
	keep       int
	withoutKey bool
	recipients []age.Recipient
}

func runBackup(ctx context.Context, args []string, out, errOut io.Writer) int {
	s := defaults()
	b := backup{out: out}
	left, err := s.parse("backup", backupUsage, args, errOut, func(fs *flag.FlagSet) {
		fs.StringVar(&b.to, "to", "", "tệp sẽ viết, hoặc thư mục có sẵn")
		fs.IntVar(&b.keep, "keep", 0, "trong thư mục, chỉ giữ N bản sao lưu mới nhất")
		fs.BoolVar(&b.withoutKey, "without-key", false, "không kèm khóa niêm phong sổ")
		fs.Func("recipient", "mã hóa cho khóa công khai age1…; dùng được nhiều lần", func(text string) error {
			r, err := age.ParseRecipients(strings.NewReader(text))
			b.recipients = append(b.recipients, r...)
			return err
		})
	})
	if err != nil {
		return exit(err, errOut)
	}
	if len(left) > 0 || b.to == "" || b.keep < 0 {
		fmt.Fprintln(errOut, backupUsage)
		return 2
	}
	if b.program, err = attach(ctx, s, time.Now); err != nil {
		return exit(err, errOut)
	}
	defer b.close()
	_, err = b.run(ctx)
	return exit(err, errOut)
}

// namePattern is what a backup in a folder is called.
var namePattern = regexp.MustCompile(`^soviec-\d{8}-\d{4}\.tar\.gz(\.age)?$`)

// place is the file to be written; folder is "" unless one was given.
func (b *backup) place(at time.Time) (path, folder string, err error) {
	path = b.to
	if info, err := os.Stat(b.to); err == nil && info.IsDir() {
		folder = b.to
		name := "soviec-" + at.In(civil.Zone).Format("20060102-1504") + ".tar.gz"
		if len(b.recipients) > 0 {
			name += ".age"
		}
		path = filepath.Join(folder, name)
	} else if b.keep > 0 {
		return "", "", errors.New("--keep chỉ dùng khi --to là một thư mục có sẵn")
	}
	if _, err := os.Lstat(path); err == nil {
		return "", "", fmt.Errorf("đã có tệp %s; bản sao lưu không ghi đè", path)
	}
	return path, folder, nil
}

// run makes the backup and returns its file. The file appears under its name when it is
// whole and on the disk, not before.
func (b *backup) run(ctx context.Context) (string, error) {
	at := b.clock()
	path, folder, err := b.place(at)
	if err != nil {
		return "", err
	}
	if err := errors.Join(sweepOld(filepath.Dir(path), partPrefix, at), b.sweepCopies(at)); err != nil {
		return "", err
	}
	file, err := os.CreateTemp(filepath.Dir(path), partPrefix+"*")
	if err != nil {
		return "", err
	}
	defer func() { // after the renaming there is nothing under the old name
		file.Close()
		os.Remove(file.Name())
	}()
	m, err := b.fill(ctx, file, filepath.Base(path), at)
	if err != nil {
		return "", err
	}
	info, err := file.Stat()
	if err == nil {
		err = file.Sync()
	}
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err == nil {
		err = syncFolder(filepath.Dir(path))
	}
	if err != nil {
		return "", err
	}
	b.tell(m, path, info.Size())
	if folder != "" && b.keep > 0 {
		if err := b.removeOlder(folder); err != nil {
			return path, err
		}
	}
	if err := os.MkdirAll(b.settings.Data, 0o700); err != nil {
		return path, err
	}
	return path, mark(b.settings, markBackup, fmt.Sprintf("(%s, %s)", megabytes(info.Size()), filepath.Base(path)), at)
}

func (b *backup) tell(m manifest, path string, size int64) {
	fmt.Fprintf(b.out, "Đã sao lưu vào %s (%s): %s dòng của %d bảng, %s tệp.\n", path, megabytes(size), thousands(m.rows()), len(m.Tables), thousands(m.Blobs))
	for _, k := range m.Books {
		fmt.Fprintf(b.out, "  %s: sổ nhật ký đến mục %s\n", k.Name, thousands(k.Entries))
	}
	switch {
	case !m.Key:
		fmt.Fprintf(b.out, "Bản sao lưu không kèm khóa niêm phong sổ; hãy giữ riêng tệp %s.\n", b.settings.Key)
	case len(b.recipients) == 0:
		fmt.Fprintln(b.out, "Bản sao lưu có kèm khóa niêm phong sổ và không mã hóa: hãy cất như cất con dấu.")
	}
}

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

// give records that the checkpoints leave the house with this backup, before it is
// taken: verifying holds the book to them from then on, here and where it is restored.
func (b *backup) give(ctx context.Context, name string, at time.Time) error {
	books, err := journal.Agencies(b.db.Read(ctx))
	if err != nil {
		return err
	}
	return b.db.Write(ctx, func(tx *store.Tx) error {
		for _, agency := range books {
			if _, err := b.book.Give(tx, agency, "sao lưu "+name, at); err != nil {
				return err
			}
		}
		return nil
	})
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

// What lies about while a backup is made begins with these.
const (
	partPrefix = ".soviec-sao-luu-" // the backup itself, not yet whole
	copyPrefix = ".sao-luu-"        // the folder of a database's copy
)

func (b *backup) sweepCopies(now time.Time) error {
	if b.db.Engine() != store.SQLite {
		return nil
	}
	return sweepOld(filepath.Dir(b.db.Path()), copyPrefix, now)
}

// sweepOld removes what a run that was cut off left behind a day ago or earlier.
func sweepOld(dir, prefix string, now time.Time) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && strings.HasPrefix(e.Name(), prefix) && now.Sub(info.ModTime()) > 24*time.Hour {
			if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
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

// removeOlder keeps the newest backups of the folder.
func (b *backup) removeOlder(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	var names []string
	for _, e := range entries {
		if e.Type().IsRegular() && namePattern.MatchString(e.Name()) {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names) // by their time
	for _, name := range names[:max(0, len(names)-b.keep)] {
		if err := os.Remove(filepath.Join(folder, name)); err != nil {
			return err
		}
		fmt.Fprintf(b.out, "Đã xóa bản sao lưu cũ %s.\n", name)
	}
	return nil
}

func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
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

// megabytes writes a size as people read it.
func megabytes(n int64) string {
	switch {
	case n < 1<<20:
		return thousands((n+1023)>>10) + " KB"
	case n < 100<<20:
		return strings.Replace(fmt.Sprintf("%.1f MB", float64(n)/(1<<20)), ".", ",", 1)
	}
	return thousands(n>>20) + " MB"
}
