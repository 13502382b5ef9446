// SPDX-License-Identifier: Apache-2.0

package pades_test

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"syscall"
	"testing"

	"soviec/kit/cms/cmstest"
	"soviec/kit/pades"
)

// benchPaper makes a file of so many pages and, with what is drawn on them, so many bytes.
func benchPaper(pages, size int) []byte {
	content := make([]string, pages)
	for i := range content {
		noise := make([]byte, max(0, size/pages-250)/2)
		rand.Read(noise)
		content[i] = fmt.Sprintf("%% %X\n", noise)
	}
	return paperWith(true, content, make([]string, pages)...)
}

// BenchmarkSign compares, in one run, signing and judging with what no way of signing can do without:
// one pass of SHA-256 over the file and one bare signature of the key.
func BenchmarkSign(b *testing.B) {
	w := world(b)
	for _, c := range []struct {
		name        string
		pages, size int
	}{{"1-page", 1, 40_000}, {"200-pages", 200, 5_000_000}} {
		in := benchPaper(c.pages, c.size)
		for _, kind := range []cmstest.Kind{cmstest.RSA2048, cmstest.P256} {
			id := issue(b, w, "Nông Thị Lan", kind)
			b.Run(fmt.Sprintf("%s/%s/bare", c.name, kind), func(b *testing.B) {
				measured(b, func() error {
					h := sha256.New()
					h.Write(in)
					_, err := id.Key.Sign(rand.Reader, h.Sum(nil), crypto.SHA256)
					return err
				})
			})
			b.Run(fmt.Sprintf("%s/%s/sign", c.name, kind), func(b *testing.B) {
				measured(b, func() error {
					_, err := pades.Sign(ctx, bytes.NewReader(in), int64(len(in)), pades.Request{Cert: id.Cert, Chain: id.Chain, At: noon}, id.Key, nil)
					return err
				})
			})
			tail, err := pades.Sign(ctx, bytes.NewReader(in), int64(len(in)), pades.Request{Cert: id.Cert, Chain: id.Chain, At: noon}, id.Key, nil)
			if err != nil {
				b.Fatal(err)
			}
			file := append(bytes.Clone(in), tail...)
			b.Run(fmt.Sprintf("%s/%s/judge", c.name, kind), func(b *testing.B) {
				measured(b, func() error {
					r := pades.Verify(ctx, bytes.NewReader(file), int64(len(file)), pades.Options{At: noon})
					if !r.Intact || r.Signatures != 1 || r.Modification != pades.None {
						b.Fatal(r)
					}
					return nil
				})
			})
		}
	}
}

// measured also tells the processor's time, which other work on the machine does not change.
func measured(b *testing.B, f func() error) {
	used := func() int64 {
		var u syscall.Rusage
		syscall.Getrusage(syscall.RUSAGE_SELF, &u)
		return u.Utime.Nano() + u.Stime.Nano()
	}
	b.ReportAllocs()
	from := used()
	for range b.N {
		if err := f(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(used()-from)/float64(b.N), "cpu-ns/op")
}
