// SPDX-License-Identifier: Apache-2.0

package pades_test

import (
	"bytes"
	"context"
	"os"
	"testing"
	"time"

	"soviec/kit/cms"
	"soviec/kit/cms/cmstest"
	"soviec/kit/pades"
)

// FuzzSign signs whatever comes: it is refused, or the new signature is intact and what
// was there stands before it.
func FuzzSign(f *testing.F) {
	w := world(f)
	id := issue(f, w, "Nông Thị Lan", cmstest.P256)
	look := &pades.Look{Lines: []string{"Số: 15/QĐ-BDT"}}
	f.Add(paper(false, "", "/Rotate 90/UserUnit 2"))
	f.Add(paper(true, ""))
	f.Add(formPaper(f))
	f.Add(sign(f, formPaper(f), pades.Request{Certify: true}, id, nil))
	if dir := os.Getenv("SOVIEC_PDFSIG"); dir != "" {
		for _, name := range samples(f) {
			if b, err := os.ReadFile(name); err == nil && len(b) < 40_000 {
				f.Add(b)
			}
		}
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		if _, err := pades.Inspect(ctx, bytes.NewReader(in), int64(len(in))); err != nil {
			return
		}
		tail, err := pades.Sign(ctx, bytes.NewReader(in), int64(len(in)), pades.Request{Cert: id.Cert, At: noon, Page: 1, Place: pades.Rect{X: 10, Y: 10, W: 40, H: 5}, Look: look}, id.Key, nil)
		if err != nil {
			return
		}
		out := append(bytes.Clone(in), tail...)
		r := pades.Verify(ctx, bytes.NewReader(out), int64(len(out)), pades.Options{At: noon})
		if n := len(r.Verdicts); n == 0 || r.Verdicts[n-1].Integrity != pades.Intact {
			t.Errorf("what was signed is not intact: %v", r.Reasons)
			for _, v := range r.Verdicts {
				t.Errorf("  %s %s %v", v.Field, v.Integrity, v.Reasons)
			}
		}
		pades.Extend(ctx, bytes.NewReader(in), int64(len(in)), pades.Extension{Level: pades.BaselineLT, Store: &cms.Store{}, At: noon, Stamp: stamper(w)})
		pades.AddEvidence(ctx, bytes.NewReader(in), int64(len(in)), pades.Material{OCSPs: [][]byte{{1}}})
	})
}
