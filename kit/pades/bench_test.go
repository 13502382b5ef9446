// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"io"
	"math/big"
	mrand "math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"

	"soviec/kit/pdf"
)

var rsaIdentity = sync.OnceValues(func() (crypto.Signer, *x509.Certificate) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	t := &x509.Certificate{SerialNumber: big.NewInt(8), Subject: pkix.Name{CommonName: "RSA"}, NotBefore: time.Unix(1500000000, 0), NotAfter: time.Unix(1900000000, 0)}
	der, err := x509.CreateCertificate(rand.Reader, t, t, key.Public(), key)
	if err != nil {
		panic(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		panic(err)
	}
	return key, c
})

// document has so many pages with so many bytes of content on each.
func document(pages, bytesEach int) []byte {
	objs := sample()
	kids := ""
	r := mrand.New(mrand.NewPCG(1, 2))
	for i := 0; i < pages-2; i++ {
		n := len(objs)
		data := make([]byte, bytesEach)
		for k := range data {
			data[k] = byte(r.Uint32())
		}
		objs = append(objs, fmt.Sprintf("<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<</Font<</F1 7 0 R>>>>>>", n+1), stream("", string(data)))
		kids += fmt.Sprintf(" %d 0 R", n)
	}
	objs[oPages] = fmt.Sprintf("<</Type/Pages/Kids[3 0 R 4 0 R%s]/Count %d/MediaBox[0 0 595 842]>>", kids, pages)
	return build(false, objs)
}

func BenchmarkVerify(b *testing.B) {
	for _, key := range []string{"P-256", "RSA-2048"} {
		for _, size := range []struct {
			name        string
			pages, each int
		}{{"a few kB", 2, 0}, {"a page with fonts, 80 kB", 3, 80 << 10}, {"200 pages of 25 kB", 200, 25 << 10}} {
			if key == "RSA-2048" {
				signer = rsaIdentity
			}
			in := signed(b, document(size.pages, size.each), signing{field: oSig1})
			later := updated(b, signed(b, in, signing{field: oSig2, look: true}), addDSSAgain)
			signer = identity
			b.Run(key+"/"+size.name+"/bare", func(b *testing.B) {
				k, _ := identity()
				if key == "RSA-2048" {
					k, _ = rsaIdentity()
				}
				d := sha256.Sum256(in)
				sig, err := k.Sign(rand.Reader, d[:], crypto.SHA256)
				if err != nil {
					b.Fatal(err)
				}
				buf := make([]byte, 256<<10)
				defer processorTime(b)()
				for b.Loop() {
					h := sha256.New()
					io.CopyBuffer(struct{ io.Writer }{h}, struct{ io.Reader }{bytes.NewReader(in)}, buf)
					h.Sum(nil)
					switch pub := k.Public().(type) {
					case *ecdsa.PublicKey:
						if !ecdsa.VerifyASN1(pub, d[:], sig) {
							b.Fatal("bare")
						}
					case *rsa.PublicKey:
						if err := rsa.VerifyPKCS1v15(pub, crypto.SHA256, d[:], sig); err != nil {
							b.Fatal(err)
						}
					}
				}
			})
			for name, file := range map[string][]byte{"one signature": in, "two signatures and DSS": later} {
				b.Run(key+"/"+size.name+"/"+name, func(b *testing.B) {
					defer processorTime(b)()
					for b.Loop() {
						if r := judged(file); !r.Intact || r.Modification == Illegal {
							b.Fatal(line(r))
						}
					}
				})
			}
		}
	}
}

// processorTime reports the time of the processor for each operation, which a busy
// machine does not stretch.
func processorTime(b *testing.B) func() {
	start := processor()
	return func() { b.ReportMetric(float64(processor()-start)/float64(b.N), "cpu-ns/op") }
}

func processor() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestMemoryDoesNotGrowWithTheFile judges a file of 500 MB on disk.
func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	if testing.Short() {
		return
	}
	const bulk = 500 << 20
	name := filepath.Join(t.TempDir(), "big.pdf")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	// a sparse file: one huge stream, then the sample behind it
	head := fmt.Sprintf("%%PDF-1.7\n99 0 obj\n<</Length %d>>\nstream\n", bulk)
	file.WriteString(head)
	file.Seek(bulk, io.SeekCurrent)
	objs := sample()
	var out bytes.Buffer
	out.WriteString("\nendstream\nendobj\n")
	base := int64(len(head)) + bulk
	offs := map[int]int64{99: 9}
	for i := 1; i < len(objs); i++ {
		offs[i] = base + int64(out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i, objs[i])
	}
	x := base + int64(out.Len())
	out.WriteString("xref\n0 1\n0000000000 65535 f \n")
	for n, o := range offs {
		fmt.Fprintf(&out, "%d 1\n%010d 00000 n \n", n, o)
	}
	fmt.Fprintf(&out, "trailer\n<</Size 100/Root 1 0 R/Info 19 0 R/ID[<aa><bb>]>>\nstartxref\n%d\n%%%%EOF\n", x)
	file.Write(out.Bytes())
	size := base + int64(out.Len())
	f, err := pdf.Open(context.Background(), file, size, pdf.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	tail := signedTail(t, f, file, size)
	if _, err := file.WriteAt(tail, size); err != nil {
		t.Fatal(err)
	}
	size += int64(len(tail))
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	peak, done := make(chan uint64), make(chan struct{})
	go func() {
		high := uint64(0)
		for {
			select {
			case <-done:
				peak <- high
				return
			case <-time.After(2 * time.Millisecond):
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				high = max(high, m.HeapAlloc)
			}
		}
	}()
	start := time.Now()
	r := Verify(context.Background(), file, size, Options{At: time.Unix(1790000000, 0)})
	took := time.Since(start)
	close(done)
	high := <-peak
	runtime.ReadMemStats(&after)
	t.Logf("%d MB in %v; the heap peaked at %d MiB above %d; %d MiB allocated in all", size>>20, took, int64(high-min(high, before.HeapAlloc))>>20, before.HeapAlloc>>20, (after.TotalAlloc-before.TotalAlloc)>>20)
	if !r.Intact || r.Signatures != 1 {
		t.Error(line(r))
	}
	if high > before.HeapAlloc+64<<20 {
		t.Error("too much memory")
	}
}
