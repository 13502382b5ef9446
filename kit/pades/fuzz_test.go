// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"soviec/kit/pdf"
)

// FuzzVerify: whatever the bytes, a verdict comes, within three seconds and 256 MiB, and
// none that accepts what it could not read.
// TestSeeds writes the seeds of FuzzVerify that this program makes itself to testdata, where
// fuzzing begins, when SOVIEC_WRITE_SEEDS is set.
func TestSeeds(t *testing.T) {
	dir := filepath.Join("testdata", "fuzz", "FuzzVerify")
	if os.Getenv("SOVIEC_WRITE_SEEDS") != "" {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		for name, b := range seeds(t) {
			text := fmt.Sprintf("go test fuzz v1\n[]byte(%q)\n", b)
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if list, err := os.ReadDir(dir); err != nil || len(list) < 10 {
		t.Errorf("%d seeds are kept: %v", len(list), err)
	}
}

// seeds are small files of each kind that the rules tell apart.
func seeds(t testing.TB) map[string][]byte {
	base := signed(t, build(false, sample()), signing{field: oSig1})
	packed := signed(t, build(true, sample()), signing{field: oSig1})
	free := func(u *pdf.Update) { annot(u, oPage1, pdf.Dict{"Subtype": pdf.Name("FreeText")}) }
	return map[string][]byte{
		"signed":    base,
		"packed":    packed,
		"filled":    updated(t, base, fill),
		"twice":     signed(t, base, signing{field: oSig2, look: true}),
		"evidence":  updated(t, packed, addDSS),
		"stamp":     signed(t, base, signing{name: "Stamp", stamp: true}),
		"certified": updated(t, signed(t, build(false, sample()), signing{field: oSig1, dict: docMDP(2)}), free),
		"locked":    updated(t, signed(t, build(true, sample()), signing{field: oSig1, dict: fieldMDP("Include", "name")}), fill),
		"replaced": updated(t, base, func(u *pdf.Update) {
			u.Set(pdf.Ref{Num: oContent1}, pdf.NewStream(nil, []byte("(900) Tj")))
		}),
		"circle": updated(t, base, func(u *pdf.Update) { edit(u, oPages, pdf.Dict{"Kids": pdf.Array{pdf.Ref{Num: oPages}}}) }),
		"cut":    base[:len(base)-30],
		"tail":   append(bytes.Clone(base), "5 0 obj\n<<>>\nendobj\n"...),
	}
}

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
