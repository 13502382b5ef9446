// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// FuzzVerify: whatever the bytes, a verdict comes, within three seconds and 256 MiB, and
// none that accepts what it could not read.
func FuzzVerify(f *testing.F) {
	for _, packed := range []bool{false, true} {
		in := signed(f, build(packed, sample()), signing{field: oSig1})
		f.Add(in)
		f.Add(updated(f, in, fill))
		f.Add(updated(f, signed(f, in, signing{field: oSig2, look: true}), addDSSAgain))
	}
	list, _ := filepath.Glob(filepath.Join(sampleDir(), "files", "*.pdf"))
	for _, name := range list {
		if b, err := os.ReadFile(name); err == nil && len(b) < 100<<10 {
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := processor()
		r := Verify(context.Background(), bytes.NewReader(b), int64(len(b)), Options{At: time.Unix(1790000000, 0)})
		if d := processor() - start; d > Budget {
			t.Fatalf("it took %v", d)
		}
		runtime.ReadMemStats(&after)
		if live := int64(after.HeapAlloc) - int64(before.HeapAlloc); live > 256<<20 {
			t.Fatalf("it holds %d MiB", live>>20)
		}
		for _, v := range r.Verdicts {
			if v.Summary == Valid {
				t.Fatal("trusted without a store")
			}
			if v.Integrity == Intact && v.Changes != Illegal && v.Revision < 0 {
				t.Fatal("accepted without a revision")
			}
		}
	})
}
