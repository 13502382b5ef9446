// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"filippo.io/age"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
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
