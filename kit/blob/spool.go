// SPDX-License-Identifier: Apache-2.0

package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"soviec/kit/fault"
)

// spoolPrefix begins the name of every file that is still being received.
const spoolPrefix = "nhan-"

// spoolAge is how old such a file must be before Sweep takes it for the
// remains of a crash.
const spoolAge = time.Hour

// spool receives a stream into a temporary file in dir, so that its hash and
// size are known before anything is kept. The caller closes and removes the
// file; on error nothing is left.
func spool(ctx context.Context, dir string, r io.Reader, limit int64) (f *os.File, k Key, n int64, err error) {
	f, err = os.CreateTemp(dir, spoolPrefix+"*")
	if err != nil {
		return nil, "", 0, fmt.Errorf("put blob: %w", err)
	}
	defer func() {
		if err != nil {
			discard(f)
			f = nil
		}
	}()
	src := io.Reader(whileAlive{ctx, r})
	if limit > 0 {
		// One byte more than allowed tells "exactly full" from "too large".
		src = io.LimitReader(src, limit+1)
	}
	h := sha256.New()
	n, err = io.Copy(io.MultiWriter(f, h), src)
	if err != nil {
		return f, "", 0, fmt.Errorf("put blob: %w", err)
	}
	if limit > 0 && n > limit {
		return f, "", 0, fault.Invalid("file", "Tệp lớn hơn "+megabytes(limit)+" MB, không nhận được.")
	}
	return f, Key(hex.EncodeToString(h.Sum(nil))), n, nil
}

func discard(f *os.File) {
	f.Close()
	os.Remove(f.Name())
}

// megabytes writes a number of bytes as people read it: at most one decimal,
// with the comma of Vietnamese.
func megabytes(n int64) string {
	s := fmt.Sprintf("%.1f", float64(n)/(1<<20))
	if s == "0.0" {
		s = "0.1"
	}
	return strings.Replace(strings.TrimSuffix(s, ".0"), ".", ",", 1)
}

// sweep removes what a crash left in dir more than an hour before now.
func sweep(dir string, now time.Time) (removed int, err error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("sweep blobs: %w", err)
	}
	for _, e := range entries {
		if e.IsDir() || !strings.HasPrefix(e.Name(), spoolPrefix) {
			continue
		}
		info, err := e.Info()
		if err != nil || !info.ModTime().Before(now.Add(-spoolAge)) {
			continue
		}
		if err := os.Remove(filepath.Join(dir, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return removed, fmt.Errorf("sweep blobs: %w", err)
		}
		removed++
	}
	return removed, nil
}
