// SPDX-License-Identifier: Apache-2.0

// Package blobtest is what every store of blobs must do, as tests.
//
// May enter: promises of blob.Store.
// May not: how one store keeps them.
package blobtest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"soviec/kit/blob"
	"soviec/kit/fault"
)

// Run puts a store through all promises. open gives a fresh, empty store;
// damage replaces the bytes under a key behind the store's back.
func Run(t *testing.T, open func(testing.TB) blob.Store, damage func(testing.TB, blob.Store, blob.Key, []byte)) {
	ctx := context.Background()

	t.Run("what is put comes back", func(t *testing.T) {
		s := open(t)
		rapid.Check(t, func(t *rapid.T) {
			want := rapid.SliceOfN(rapid.Byte(), 0, 2000).Draw(t, "bytes")
			k := mustPut(t, s, want)
			if k != keyOf(want) {
				t.Fatalf("key %s is not the hash", k)
			}
			if got := mustGet(t, s, k); !bytes.Equal(got, want) {
				t.Fatalf("got %d other bytes", len(got))
			}
			if err := blob.Check(ctx, s, k); err != nil {
				t.Fatal(err)
			}
		})
	})

	t.Run("a reader can seek", func(t *testing.T) {
		s := open(t)
		k := mustPut(t, s, []byte("Sổ văn bản đến năm 2026"))
		r, size, err := s.Get(ctx, k)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if at, err := r.Seek(-4, io.SeekEnd); err != nil || at != size-4 {
			t.Fatalf("seek: %d, %v", at, err)
		}
		if b, err := io.ReadAll(r); err != nil || string(b) != "2026" {
			t.Fatalf("read %q, %v", b, err)
		}
		if _, err := r.Seek(0, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		if b, err := io.ReadAll(r); err != nil || int64(len(b)) != size {
			t.Fatalf("read %d of %d, %v", len(b), size, err)
		}
	})

	t.Run("the same bytes put at once are one blob", func(t *testing.T) {
		s := open(t)
		want := bytes.Repeat([]byte("công văn "), 20_000)
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if k, n, err := s.Put(ctx, bytes.NewReader(want), 0); err != nil || k != keyOf(want) || n != int64(len(want)) {
					t.Errorf("put: %s, %d, %v", k, n, err)
				}
			})
		}
		wg.Wait()
		if all := list(t, s); len(all) != 1 || all[keyOf(want)] != int64(len(want)) {
			t.Fatalf("kept: %v", all)
		}
		if err := blob.Check(ctx, s, keyOf(want)); err != nil {
			t.Fatal(err)
		}
	})

	t.Run("a stream that breaks off leaves nothing", func(t *testing.T) {
		s := open(t)
		broken := io.MultiReader(strings.NewReader(strings.Repeat("x", 100_000)), iotest.ErrReader(io.ErrUnexpectedEOF))
		if _, _, err := s.Put(ctx, broken, 0); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Fatalf("error %v", err)
		}
		dead, cancel := context.WithCancel(ctx)
		cancel()
		if _, _, err := s.Put(dead, strings.NewReader("x"), 0); !errors.Is(err, context.Canceled) {
			t.Fatalf("error %v", err)
		}
		if all := list(t, s); len(all) != 0 {
			t.Fatalf("kept: %v", all)
		}
	})

	t.Run("the limit is exact and is told", func(t *testing.T) {
		s := open(t)
		const limit = 1 << 20
		k, _, err := s.Put(ctx, bytes.NewReader(make([]byte, limit)), limit)
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = s.Put(ctx, bytes.NewReader(make([]byte, limit+1)), limit)
		all := fault.All(err)
		if len(all) != 1 || all[0].Kind != fault.KindInvalid || all[0].Field != "file" || !strings.Contains(all[0].Text, "Tệp lớn hơn 1 MB") {
			t.Fatalf("error %v", err)
		}
		if all := list(t, s); len(all) != 1 || all[k] != limit {
			t.Fatalf("kept: %v", all)
		}
	})

	t.Run("other bytes under a key are found out", func(t *testing.T) {
		s := open(t)
		right := []byte("bản gốc")
		for _, wrong := range []string{"bản gỐc", "bản"} {
			k := mustPut(t, s, right)
			damage(t, s, k, []byte(wrong))
			if err := blob.Check(ctx, s, k); !errors.Is(err, blob.ErrDamaged) {
				t.Fatalf("%q: %v", wrong, err)
			}
			if len(wrong) != len(right) {
				if _, _, err := s.Put(ctx, bytes.NewReader(right), 0); !errors.Is(err, blob.ErrDamaged) {
					t.Fatalf("putting over damage: %v", err)
				}
			}
			// Putting again never mends nor replaces what is there.
			if got := string(mustGet(t, s, k)); got != wrong {
				t.Fatalf("overwritten with %q", got)
			}
			if err := s.Remove(ctx, k); err != nil {
				t.Fatal(err)
			}
		}
	})

	t.Run("what is removed is gone", func(t *testing.T) {
		s := open(t)
		k, other := mustPut(t, s, []byte("thu hồi")), mustPut(t, s, []byte("ở lại"))
		if ok, err := s.Has(ctx, k); err != nil || !ok {
			t.Fatalf("has: %v, %v", ok, err)
		}
		if err := s.Remove(ctx, k); err != nil {
			t.Fatal(err)
		}
		gone(t, s, k)
		if all := list(t, s); len(all) != 1 || all[other] == 0 {
			t.Fatalf("kept: %v", all)
		}
		if again := mustPut(t, s, []byte("thu hồi")); again != k {
			t.Fatal("the key changed")
		}
	})

	t.Run("what was never put is not found", func(t *testing.T) {
		s := open(t)
		for _, k := range []blob.Key{keyOf([]byte("x")), "", "../../etc/passwd", blob.Key(strings.Repeat("A", 64))} {
			gone(t, s, k)
		}
	})

	t.Run("listing stops when told", func(t *testing.T) {
		s := open(t)
		for i := range 5 {
			mustPut(t, s, fmt.Appendf(nil, "%d", i))
		}
		stop, calls := errors.New("enough"), 0
		err := s.Each(ctx, func(blob.Key, int64) error { calls++; return stop })
		if !errors.Is(err, stop) || calls != 1 {
			t.Fatalf("%d calls, %v", calls, err)
		}
		if n := len(list(t, s)); n != 5 {
			t.Fatalf("%d listed", n)
		}
	})
}

func gone(t testing.TB, s blob.Store, k blob.Key) {
	t.Helper()
	ctx := context.Background()
	if ok, err := s.Has(ctx, k); err != nil || ok {
		t.Fatalf("has %q: %v, %v", k, ok, err)
	}
	if _, _, err := s.Get(ctx, k); !fault.Is(err, fault.KindNotFound) {
		t.Fatalf("get %q: %v", k, err)
	}
	if err := s.Remove(ctx, k); !fault.Is(err, fault.KindNotFound) {
		t.Fatalf("remove %q: %v", k, err)
	}
	if err := blob.Check(ctx, s, k); !fault.Is(err, fault.KindNotFound) {
		t.Fatalf("check %q: %v", k, err)
	}
}

// failer is what *testing.T and *rapid.T have in common.
type failer interface {
	Helper()
	Fatal(...any)
}

func mustPut(t failer, s blob.Store, b []byte) blob.Key {
	t.Helper()
	k, n, err := s.Put(context.Background(), bytes.NewReader(b), 0)
	if err != nil || n != int64(len(b)) {
		t.Fatal("put:", n, err)
	}
	return k
}

func mustGet(t failer, s blob.Store, k blob.Key) []byte {
	t.Helper()
	r, size, err := s.Get(context.Background(), k)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil || int64(len(b)) != size {
		t.Fatal("get:", len(b), size, err)
	}
	return b
}

func list(t testing.TB, s blob.Store) map[blob.Key]int64 {
	t.Helper()
	all := map[blob.Key]int64{}
	if err := s.Each(context.Background(), func(k blob.Key, n int64) error { all[k] = n; return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

func keyOf(b []byte) blob.Key {
	h := sha256.Sum256(b)
	return blob.Key(hex.EncodeToString(h[:]))
}
