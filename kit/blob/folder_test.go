// SPDX-License-Identifier: Apache-2.0

package blob_test

import (
	"context"
	"io"
	"math/rand"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"soviec/kit/blob"
	"soviec/kit/blob/blobtest"
)

func TestFolder(t *testing.T) {
	dirs := map[blob.Store]string{}
	open := func(t testing.TB) blob.Store {
		dir := t.TempDir()
		s, err := blob.Open("folder:" + dir)
		if err != nil {
			t.Fatal(err)
		}
		dirs[s] = dir
		return s
	}
	blobtest.Run(t, open, func(t testing.TB, s blob.Store, k blob.Key, b []byte) {
		path := filepath.Join(dirs[s], string(k[:2]), string(k[2:4]), string(k))
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b, 0o400); err != nil {
			t.Fatal(err)
		}
	})
}

func TestFolderLeavesNoHalfFile(t *testing.T) {
	dir := t.TempDir()
	s, err := blob.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	s.Put(ctx, io.MultiReader(strings.NewReader("đứt"), iotest.ErrReader(io.ErrUnexpectedEOF)), 0)
	s.Put(ctx, strings.NewReader("quá dài"), 3)
	s.Put(ctx, strings.NewReader("đủ"), 0)
	left, err := os.ReadDir(filepath.Join(dir, "incoming"))
	if err != nil || len(left) != 0 {
		t.Fatalf("left: %v, %v", left, err)
	}
}

func TestSweepTakesOnlyOldRemains(t *testing.T) {
	dir := t.TempDir()
	s, err := blob.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	k, _, err := s.Put(context.Background(), strings.NewReader("giữ"), 0)
	if err != nil {
		t.Fatal(err)
	}
	for name, age := range map[string]time.Duration{"nhan-1": 61 * time.Minute, "nhan-2": 59 * time.Minute, "other": 48 * time.Hour} {
		path := filepath.Join(dir, "incoming", name)
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, now.Add(-age), now.Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := s.Sweep(now); n != 1 || err != nil {
		t.Fatalf("swept %d, %v", n, err)
	}
	if err := blob.Check(context.Background(), s, k); err != nil {
		t.Fatal(err)
	}
}

func TestFolderDoesNotHoldABigStream(t *testing.T) {
	s, err := blob.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	notHeld(t, s)
}

// notHeld puts 64 MB and looks at how much memory was asked for meanwhile.
func notHeld(t *testing.T, s blob.Store) {
	const size = 64 << 20
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, n, err := s.Put(context.Background(), io.LimitReader(rand.New(rand.NewSource(1)), size), 0)
	runtime.ReadMemStats(&after)
	if err != nil || n != size {
		t.Fatalf("put %d, %v", n, err)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 8<<20 {
		t.Fatalf("64 MB through the store took %d MB of memory", used>>20)
	}
}

func TestOpenRefusesOtherAddresses(t *testing.T) {
	for _, a := range []string{"", "folder:", "/var/lib", "http://x/y", "s3://k:bi-mat@/b", "s3://k:bi-mat@h", "s3://h/b", "s3://k:bi-mat@h/b?tsl=0", "s3://k:bi-mat@h/b?tls=no", "s3://k:bi-mat@h:x%y/b"} {
		_, err := blob.Open(a)
		if err == nil {
			t.Errorf("%q was opened", a)
		} else if strings.Contains(err.Error(), "bi-mat") {
			t.Errorf("%q: the error tells the secret: %v", a, err)
		}
	}
}
