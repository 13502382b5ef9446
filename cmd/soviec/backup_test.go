// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"filippo.io/age"

	"soviec/kit/store"
)

// A backup taken while eight people write is one moment, and is restored whole into
// either engine, the same rows in both.
func TestBackupUnderLoadIsRestoredWhole(t *testing.T) {
	for _, from := range bothEngines {
		t.Run(from.String(), func(t *testing.T) {
			pl := newPlace(t, from)
			pl.fill(t, 4)
			var n atomic.Int64
			n.Store(100)
			stop := make(chan struct{})
			var wg sync.WaitGroup
			for range 8 {
				wg.Add(1)
				go func() {
					defer wg.Done()
					for {
						select {
						case <-stop:
							return
						case <-time.After(20 * time.Millisecond):
						}
						if err := pl.register(int(n.Add(1)), true); err != nil {
							t.Error(err)
							return
						}
					}
				}()
			}
			dir := t.TempDir()
			var files []string
			for i := range 3 {
				time.Sleep(150 * time.Millisecond)
				file := filepath.Join(dir, fmt.Sprintf("%d.tar.gz", i))
				must(t, 0, []string{"Đã sao lưu", "Ban Dân tộc tỉnh Cao Bằng"}, with(pl.Settings, "backup", "--to", file)...)
				files = append(files, file)
			}
			close(stop)
			wg.Wait()
			if n.Load() < 110 {
				t.Fatalf("only %d documents were written meanwhile", n.Load()-100)
			}
			must(t, 0, []string{"Nguyên vẹn"}, with(pl.Settings, "verify", "--checkpoint", files[0], "--checkpoint", files[2])...)
			if _, words, ok := marked(pl.Settings, markBackup); !ok || !strings.Contains(words, "2.tar.gz") {
				t.Errorf("no mark of the backup: %q", words)
			}
			var first map[string][]string
			for _, to := range bothEngines {
				t.Run("to "+to.String(), func(t *testing.T) {
					s := emptySettings(t, to)
					must(t, 0, []string{"Đã khôi phục", "Nguyên vẹn", "khớp với sổ"}, with(s, "restore", "--from", files[1])...)
					must(t, 0, []string{"Nguyên vẹn"}, with(s, "verify", "--read-files", "--checkpoint", files[1])...)
					got := contents(t, s)
					if len(got["document_incoming"]) < 5 || len(got["document_incoming"]) != len(got["document_file"]) {
						t.Errorf("%d documents, %d files", len(got["document_incoming"]), len(got["document_file"]))
					}
					if first == nil {
						first = got
					} else if !reflect.DeepEqual(got, first) {
						for name := range first {
							if !reflect.DeepEqual(got[name], first[name]) {
								t.Errorf("table %s differs: %d and %d rows", name, len(got[name]), len(first[name]))
							}
						}
					}
					// What was restored works: the next number follows, and the copy can be backed up.
					again, err := assemble(context.Background(), s, pl.clock.Now)
					if err != nil {
						t.Fatal(err)
					}
					defer again.close()
					there := &place{Settings: s, p: again, clock: pl.clock, agency: pl.agency, people: pl.people}
					if err := there.register(99_999, true); err != nil {
						t.Fatal(err)
					}
					must(t, 0, nil, with(s, "verify")...)
					must(t, 0, nil, with(s, "backup", "--to", filepath.Join(t.TempDir(), "again.tar.gz"))...)
				})
			}
		})
	}
}

func TestBackupForOthersEyesOnly(t *testing.T) {
	pl := newPlace(t, store.SQLite)
	pl.fill(t, 2)
	dir := t.TempDir()
	mine, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	other, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	key := write("mine.key", "# tệp khóa\n"+mine.String()+"\n")
	wrong := write("other.key", other.String()+"\n")
	file := filepath.Join(dir, "kin.tar.gz.age")
	must(t, 0, nil, with(pl.Settings, "backup", "--to", file, "--recipient", mine.Recipient().String())...)
	raw, err := os.ReadFile(file)
	if err != nil || !strings.HasPrefix(string(raw), "age-encryption.org/v1") {
		t.Fatalf("%.40q %v", raw, err)
	}
	s := emptySettings(t, store.SQLite)
	must(t, 1, []string{"--identity"}, with(s, "restore", "--from", file)...)
	must(t, 1, []string{"khóa giải mã không đúng"}, with(s, "restore", "--from", file, "--identity", wrong)...)
	must(t, 1, []string{"none.key"}, with(s, "restore", "--from", file, "--identity", filepath.Join(dir, "none.key"))...)
	if !emptyPlace(s) {
		t.Fatal("something was left behind")
	}
	must(t, 0, []string{"Nguyên vẹn"}, with(s, "restore", "--from", file, "--identity", key)...)
	must(t, 2, nil, with(s, "backup", "--to", file+"2", "--recipient", "age1none")...)
}

// Without the key of the book the copy cannot sign; it is said, and where the key belongs.
func TestBackupWithoutKey(t *testing.T) {
	pl := newPlace(t, store.SQLite)
	pl.fill(t, 2)
	file := filepath.Join(t.TempDir(), "a.tar.gz")
	must(t, 0, []string{"không kèm khóa"}, with(pl.Settings, "backup", "--to", file, "--without-key")...)
	s := emptySettings(t, store.SQLite)
	must(t, 0, []string{"đặt tệp khóa cũ", s.Key}, with(s, "restore", "--from", file)...)
	if _, err := os.Stat(s.Key); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("a key came from somewhere: %v", err)
	}
	raw, err := os.ReadFile(pl.Key)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.Key, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, 0, []string{"Nguyên vẹn"}, with(s, "verify")...)
}

func TestBackupIntoFolder(t *testing.T) {
	pl := newPlace(t, store.SQLite)
	pl.fill(t, 1)
	dir := t.TempDir()
	keep := []string{"soviec-20200101-0000.tar.gz.bak", "so-lieu.tar.gz", "soviec-2020.tar.gz"}
	for _, name := range append(keep, "soviec-20200101-0000.tar.gz", "soviec-20210101-0000.tar.gz.age", "soviec-20220101-0000.tar.gz") {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	old := filepath.Join(dir, partPrefix+"1")
	if err := errors.Join(os.WriteFile(old, nil, 0o600), os.Chtimes(old, time.Now(), time.Now().Add(-48*time.Hour))); err != nil {
		t.Fatal(err)
	}
	said := must(t, 0, []string{"Đã xóa bản sao lưu cũ soviec-20200101-0000.tar.gz.", "Đã xóa bản sao lưu cũ soviec-20210101"}, with(pl.Settings, "backup", "--to", dir, "--keep", "2")...)
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var ours int
	for _, e := range entries {
		if namePattern.MatchString(e.Name()) {
			ours++
		} else if !strings.Contains(strings.Join(keep, " "), e.Name()) {
			t.Errorf("%s lies about", e.Name())
		}
		if info, _ := e.Info(); info.Mode().Perm() != 0o600 {
			t.Errorf("%s can be read by others", e.Name())
		}
	}
	if ours != 2 || len(entries) != 2+len(keep) {
		t.Errorf("%d backups among %d files\n%s", ours, len(entries), said)
	}
	must(t, 1, []string{"không ghi đè"}, with(pl.Settings, "backup", "--to", filepath.Join(dir, "so-lieu.tar.gz"))...)
	must(t, 1, []string{"--keep"}, with(pl.Settings, "backup", "--to", filepath.Join(dir, "b.tar.gz"), "--keep", "2")...)
	must(t, 2, []string{"Cách dùng"}, with(pl.Settings, "backup")...)
	must(t, 1, nil, with(pl.Settings, "backup", "--to", filepath.Join(dir, "none", "b.tar.gz"))...)
	left, err := filepath.Glob(filepath.Join(pl.Data, copyPrefix+"*"))
	if err != nil || len(left) > 0 {
		t.Errorf("%v %v", left, err)
	}
}

// Only an empty place is filled, and one that could not be filled is empty again.
func TestRestoreRefuses(t *testing.T) {
	for _, e := range bothEngines {
		t.Run(e.String(), func(t *testing.T) {
			pl := newPlace(t, e)
			pl.fill(t, 3)
			file := filepath.Join(t.TempDir(), "a.tar.gz")
			must(t, 0, nil, with(pl.Settings, "backup", "--to", file)...)
			must(t, 1, []string{"không trống"}, with(pl.Settings, "restore", "--from", file)...)
			if e == store.PostgreSQL {
				s := pl.Settings
				s.Data = filepath.Join(t.TempDir(), "khac")
				s.Files, s.Key = "folder:"+filepath.Join(s.Data, "tep"), filepath.Join(s.Data, "so.khoa")
				must(t, 1, []string{"PostgreSQL đã có bảng"}, "restore", "--from", file, "--data", s.Data, "--database", s.Database, "--schema", s.Schema)
			}
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for name, bad := range map[string][]byte{
				"cut":     raw[:len(raw)-20],
				"half":    raw[:len(raw)/2],
				"flipped": append(append(append([]byte{}, raw[:len(raw)*2/3]...), raw[len(raw)*2/3]^0x55), raw[len(raw)*2/3+1:]...),
				"nothing": {},
				"foreign": []byte("PK\x03\x04 none"),
			} {
				broken := filepath.Join(t.TempDir(), name)
				if err := os.WriteFile(broken, bad, 0o600); err != nil {
					t.Fatal(err)
				}
				for _, to := range bothEngines {
					s := emptySettings(t, to)
					code, said := says(t, with(s, "restore", "--from", broken)...)
					if code != 1 {
						t.Errorf("%s into %s: code %d\n%s", name, to, code, said)
					}
					if !emptyPlace(s) {
						t.Errorf("%s into %s: something was left in the folder", name, to)
					}
					db, err := store.Open(context.Background(), s.Database, store.Options{Schema: s.Schema})
					if err != nil {
						t.Fatal(err)
					}
					empty, err := db.Empty(context.Background())
					if err := errors.Join(err, db.Close()); err != nil || !empty {
						t.Errorf("%s into %s: the database is not empty (%v)", name, to, err)
					}
				}
			}
		})
	}
}
