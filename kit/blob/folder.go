// SPDX-License-Identifier: Apache-2.0

package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// A Folder keeps each blob in a file of its own, <dir>/ab/cd/<key>. The files
// are read-only and are written to the disk, names included, before Put returns.
type Folder struct {
	dir      string
	incoming string // files still being received; on the same filesystem, so that a link suffices
}

// OpenFolder opens the store in dir, making the folder when it is not there.
func OpenFolder(dir string) (*Folder, error) {
	if dir == "" {
		return nil, errors.New("open blobs: the folder has no name")
	}
	s := &Folder{dir: dir, incoming: filepath.Join(dir, "incoming")}
	if err := os.MkdirAll(s.incoming, 0o750); err != nil {
		return nil, fmt.Errorf("open blobs: %w", err)
	}
	return s, nil
}

// Put implements Store.
func (s *Folder) Put(ctx context.Context, r io.Reader, limit int64) (Key, int64, error) {
	f, k, n, err := spool(ctx, s.incoming, r, limit)
	if err != nil {
		return "", 0, err
	}
	defer discard(f)
	if err := errors.Join(f.Chmod(0o440), f.Sync()); err != nil {
		return "", 0, fmt.Errorf("put blob: %w", err)
	}
	if err := s.settle(f.Name(), k, n); err != nil {
		return "", 0, fmt.Errorf("put blob %s: %w", k, err)
	}
	return k, n, nil
}

// settle gives the received file its name. A link, unlike a rename, never
// replaces what is there.
func (s *Folder) settle(tmp string, k Key, n int64) error {
	path := s.path(k)
	leaf := filepath.Dir(path)
	if err := os.MkdirAll(leaf, 0o750); err != nil {
		return err
	}
	err := os.Link(tmp, path)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		// Some network filesystems know no links. A rename may replace a file,
		// but only one that has the same bytes.
		if _, there := os.Lstat(path); there == nil {
			err = fs.ErrExist
		} else {
			err = os.Rename(tmp, path)
		}
	}
	if errors.Is(err, fs.ErrExist) {
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		if info.Size() != n {
			return ErrDamaged
		}
	} else if err != nil {
		return err
	}
	// Also when the file was there before: whoever put it may not have come as
	// far as this, and our caller is about to rely on it.
	return errors.Join(syncDir(leaf), syncDir(filepath.Dir(leaf)), syncDir(s.dir))
}

// Get implements Store.
func (s *Folder) Get(ctx context.Context, k Key) (io.ReadSeekCloser, int64, error) {
	if err := ctx.Err(); err != nil {
		return nil, 0, err
	}
	if !k.valid() {
		return nil, 0, missing()
	}
	f, err := os.Open(s.path(k))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, missing()
	}
	if err != nil {
		return nil, 0, fmt.Errorf("get blob %s: %w", k, err)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, 0, fmt.Errorf("get blob %s: %w", k, err)
	}
	return f, info.Size(), nil
}

// Has implements Store.
func (s *Folder) Has(ctx context.Context, k Key) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	if !k.valid() {
		return false, nil
	}
	_, err := os.Stat(s.path(k))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// Each implements Store. What is not named like a blob is passed over.
func (s *Folder) Each(ctx context.Context, f func(Key, int64) error) error {
	return filepath.WalkDir(s.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				return nil // taken away while we walked
			}
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if d.IsDir() {
			if path == s.incoming {
				return fs.SkipDir
			}
			return nil
		}
		k := Key(d.Name())
		if !k.valid() || path != s.path(k) {
			return nil
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		return f(k, info.Size())
	})
}

// Remove implements Store.
func (s *Folder) Remove(ctx context.Context, k Key) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !k.valid() {
		return missing()
	}
	err := os.Remove(s.path(k))
	if errors.Is(err, fs.ErrNotExist) {
		return missing()
	}
	if err == nil {
		err = syncDir(filepath.Dir(s.path(k)))
	}
	if err != nil {
		return fmt.Errorf("remove blob %s: %w", k, err)
	}
	return nil
}

// Sweep removes the half-received files that a crash left behind more than an
// hour before now, and tells how many.
func (s *Folder) Sweep(now time.Time) (int, error) { return sweep(s.incoming, now) }

func (s *Folder) path(k Key) string {
	return filepath.Join(s.dir, string(k[:2]), string(k[2:4]), string(k))
}

// syncDir makes the names in a folder durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	return errors.Join(err, d.Close())
}
