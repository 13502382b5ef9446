// SPDX-License-Identifier: Apache-2.0

package signkey

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"soviec/kit/cms/cmstest"
	"soviec/kit/fault"
)

func TestNobodyElseIsAtTheOtherEnd(t *testing.T) {
	for _, c := range []struct {
		uid, own int
		ok       bool
	}{{1000, 1000, true}, {0, 1000, true}, {0, 0, true}, {1001, 1000, false}, {1000, 0, false}} {
		if err := peerOf(c.uid, c.own); (err == nil) != c.ok {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// rude is a driver that says what it is told to say.
type rude struct {
	err    error
	values [][]byte
}

func (r *rude) Keys(context.Context, Who) ([]Key, error) { return nil, r.err }
func (r *rude) Begin(context.Context, Job) (Ticket, error) {
	return Ticket{Done: &Answer{Values: r.values}}, r.err
}
func (r *rude) Poll(context.Context, Ticket) (Answer, error) { return Answer{}, r.err }

func TestEveryReasonCrosses(t *testing.T) {
	noon := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	w, err := cmstest.New(func() time.Time { return noon }, "")
	if err != nil {
		t.Fatal(err)
	}
	id, err := w.Issue("Lò Thị Mai", cmstest.Request{})
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "sk")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "s")
	l, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	there, d := &rude{}, NewSocket(path)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	told := make(chan error, 64)
	go func() { ended <- Serve(ctx, l, there, func(err error) { told <- err }) }()
	digest := sha256.Sum256(nil)
	job := Job{Key: Key{ID: "1", Cert: id.Cert}, Asks: []Ask{{Digest: digest[:]}}, At: noon, Who: Who{Secret: "1234"}}
	for _, why := range whys {
		there.err = errors.Join(why.err, errors.New("what the module says"))
		if _, err := d.Begin(ctx, job); !errors.Is(err, why.err) || fault.Text(err) == "" {
			t.Errorf("%s comes as %v", why.word, err)
		}
		<-told
	}
	there.err, there.values = nil, [][]byte{{1, 2, 3}}
	if _, err := d.Begin(ctx, job); !errors.Is(err, ErrAnswer) {
		t.Error("a value that does not verify is taken:", err)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if _, err := d.Begin(t.Context(), job); !errors.Is(err, ErrUnreachable) || Final(err) {
		t.Error(err)
	}
	if raw, _ := json.Marshal(job); bytes.Contains(raw, []byte("1234")) {
		t.Error("the PIN shows")
	}
}

func FuzzFrames(f *testing.F) {
	f.Add([]byte("\x00\x00\x00\x02{}"))
	f.Add([]byte("\xff\xff\xff\xff{}"))
	f.Fuzz(func(t *testing.T, b []byte) {
		var q question
		if readFrame(bytes.NewReader(b), &q) != nil {
			return
		}
		if n := binary.BigEndian.Uint32(b); n > frameLimit {
			t.Errorf("a frame of %d bytes is taken", n)
		}
		q.put(t.Context(), &rude{err: ErrNoKey})
	})
}
