// SPDX-License-Identifier: Apache-2.0

// Package blob keeps bytes under their SHA-256: put, get, check; no overwrite.
//
// May enter: streams, stores of bytes, the hash that names them.
// May not: file names, rights, what the bytes mean.
package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"soviec/kit/fault"
)

// A Key is the SHA-256 of the bytes it names, in 64 lower-case hexadecimal digits.
type Key string

// keyLen is the length of a key's text.
const keyLen = 2 * sha256.Size

// A Store keeps bytes under their own hash. What is under a key never changes;
// putting the same bytes twice, even at the same moment, is one blob.
type Store interface {
	// Put reads r to its end and keeps it. More than limit bytes are refused as
	// fault.Invalid on the field "file"; a limit of zero or less means no limit.
	// When Put fails nothing new is under any key.
	Put(ctx context.Context, r io.Reader, limit int64) (Key, int64, error)
	// Get opens the bytes and tells their number; fault.NotFound when there are
	// none. ctx must live as long as the reader.
	Get(ctx context.Context, k Key) (io.ReadSeekCloser, int64, error)
	// Has reports whether the key is kept.
	Has(ctx context.Context, k Key) (bool, error)
	// Each calls f for every key with its size, in no promised order, and stops
	// at the first error.
	Each(ctx context.Context, f func(Key, int64) error) error
	// Remove takes the bytes away for good; fault.NotFound when there are none.
	// It exists only for the lawful destruction of a recalled document.
	Remove(ctx context.Context, k Key) error
}

// ErrDamaged says that the bytes under a key are not the bytes that were put.
var ErrDamaged = errors.New("blob: content does not match its key")

// Parse takes the text of a key; anything else than 64 lower-case hexadecimal
// digits is refused, so that a key can stand in a path.
func Parse(s string) (Key, error) {
	if k := Key(s); k.valid() {
		return k, nil
	}
	return "", fault.NotFound("Không tìm thấy tệp.")
}

func (k Key) valid() bool {
	if len(k) != keyLen {
		return false
	}
	for i := range len(k) {
		if c := k[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// Check reads the bytes under k again and compares their hash with the key:
// ErrDamaged when they differ, fault.NotFound when they are gone.
func Check(ctx context.Context, s Store, k Key) error {
	r, size, err := s.Get(ctx, k)
	if err != nil {
		return err
	}
	defer r.Close()
	h := sha256.New()
	n, err := io.Copy(h, whileAlive{ctx, r})
	if err != nil {
		return fmt.Errorf("check blob %s: %w", k, err)
	}
	if n != size || Key(hex.EncodeToString(h.Sum(nil))) != k {
		return fmt.Errorf("%w: %s", ErrDamaged, k)
	}
	return nil
}

// Open opens the store an address names: "folder:/path" or
// "s3://key:secret@host:port/bucket/prefix?tls=0".
func Open(address string) (Store, error) {
	if dir, ok := strings.CutPrefix(address, "folder:"); ok {
		return OpenFolder(dir)
	}
	if strings.HasPrefix(address, "s3:") {
		c, err := ParseURL(address)
		if err != nil {
			return nil, err
		}
		return OpenS3(c)
	}
	return nil, errors.New(`open blobs: the address must begin with "folder:" or "s3://"`)
}

// missing is the answer for a key that is not kept.
func missing() error { return fault.NotFound("Không tìm thấy tệp.") }

// whileAlive is a reader that stops when its context ends.
type whileAlive struct {
	ctx context.Context
	r   io.Reader
}

func (w whileAlive) Read(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.r.Read(p)
}

// cleanURLError drops the address from an error about it, because the address
// holds the secret key.
func cleanURLError(err error) error {
	var e *url.Error
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}
