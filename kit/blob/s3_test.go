// SPDX-License-Identifier: Apache-2.0

package blob_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"soviec/kit/blob"
	"soviec/kit/blob/blobtest"
	"soviec/kit/fault"
)

func s3Address(server *httptest.Server, rest string) string {
	return "s3://khoa:bi-mat@" + strings.TrimPrefix(server.URL, "http://") + rest
}

func TestS3(t *testing.T) {
	backends := map[blob.Store]gofakes3.Backend{}
	open := func(t testing.TB) blob.Store {
		mem := s3mem.New()
		if err := mem.CreateBucket("so-viec"); err != nil {
			t.Fatal(err)
		}
		server := httptest.NewServer(gofakes3.New(mem).Server())
		t.Cleanup(server.Close)
		s, err := blob.Open(s3Address(server, "/so-viec/tep/?tls=0&spool="+t.TempDir()))
		if err != nil {
			t.Fatal(err)
		}
		backends[s] = mem
		return s
	}
	blobtest.Run(t, open, func(t testing.TB, s blob.Store, k blob.Key, b []byte) {
		if _, err := backends[s].PutObject("so-viec", "tep/"+string(k), map[string]string{}, bytes.NewReader(b), int64(len(b)), nil); err != nil {
			t.Fatal(err)
		}
	})
}

// Two processes may put the same bytes at once and both find nothing first. The
// server must be told not to overwrite, and its refusal is no failure.
func TestS3AsksTheServerNotToOverwrite(t *testing.T) {
	mem := s3mem.New()
	if err := mem.CreateBucket("bao"); err != nil {
		t.Fatal(err)
	}
	real := gofakes3.New(mem).Server()
	var puts atomic.Int32
	var blind atomic.Bool
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodHead && blind.Swap(false):
			w.WriteHeader(http.StatusNotFound) // as if looked up before the other one put it
			return
		case r.Method == http.MethodPut:
			puts.Add(1)
			if r.Header.Get("If-None-Match") != "*" {
				t.Errorf("put without If-None-Match: %v", r.Header)
			}
		}
		real.ServeHTTP(w, r)
	}))
	defer server.Close()
	s, err := blob.Open(s3Address(server, "/bao?tls=0&spool="+t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		blind.Store(true)
		k, _, err := s.Put(context.Background(), strings.NewReader("một lần"), 0)
		if err != nil {
			t.Fatal(err)
		}
		if err := blob.Check(context.Background(), s, k); err != nil {
			t.Fatal(err)
		}
	}
	if puts.Load() != 2 {
		t.Fatalf("%d puts reached the server", puts.Load())
	}
}

func TestS3DoesNotHoldABigStream(t *testing.T) {
	var received atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPut {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		n, _ := io.Copy(io.Discard, r.Body)
		received.Add(n)
		w.Header().Set("ETag", `"x"`)
	}))
	defer server.Close()
	dir := t.TempDir()
	s, err := blob.Open(s3Address(server, "/bao?tls=0&spool="+dir))
	if err != nil {
		t.Fatal(err)
	}
	notHeld(t, s)
	if received.Load() < 64<<20 {
		t.Fatalf("the server received %d bytes", received.Load())
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Fatalf("left on this machine: %v", left)
	}
}

func TestS3MissingBucketIsNotAMissingFile(t *testing.T) {
	server := httptest.NewServer(gofakes3.New(s3mem.New()).Server())
	defer server.Close()
	s, err := blob.Open(s3Address(server, "/none?tls=0"))
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = s.Get(context.Background(), blob.Key(strings.Repeat("0", 64)))
	if err == nil || fault.Is(err, fault.KindNotFound) {
		t.Fatalf("error %v", err)
	}
	if _, _, err := s.Put(context.Background(), strings.NewReader("x"), 0); err == nil {
		t.Fatal("put into nothing")
	} else if strings.Contains(err.Error(), "bi-mat") {
		t.Fatalf("the error tells the secret: %v", err)
	}
}

func TestParseURL(t *testing.T) {
	got, err := blob.ParseURL("s3://khoa:bi%2Fmat@s3.caobang.test:9000/so-viec/a/b?tls=0&region=hn")
	want := blob.Config{Endpoint: "s3.caobang.test:9000", Bucket: "so-viec", Prefix: "a/b/", Key: "khoa", Secret: "bi/mat", Region: "hn", Plain: true}
	if err != nil || got != want {
		t.Fatalf("got %s, %v", got, err)
	}
	if c, err := blob.ParseURL("s3://k:s@h/b"); err != nil || c.Plain || c.Prefix != "" {
		t.Fatalf("got %s, %v", c, err)
	}
	for _, s := range []string{got.String(), fmt.Sprintf("%v %+v %#v", got, got, got)} {
		if strings.Contains(s, "mat") {
			t.Fatalf("the secret is written: %s", s)
		}
	}
}
