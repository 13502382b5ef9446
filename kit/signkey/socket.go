// SPDX-License-Identifier: Apache-2.0

package signkey

import (
	"context"
	"crypto"
	"crypto/x509"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"soviec/kit/fault"
)

// NewSocket is the driver of keys in a device of the server room. The device's own program
// (soviec-token) has it in hand and is asked through a socket of this machine, one
// question in one connection: when that program falls, this one stands, and finds it
// again as soon as it is back.
func NewSocket(path string) Driver { return careful{socket{path}} }

type socket struct{ path string }

// What crosses the socket: a length in four bytes, then JSON.
const (
	frameLimit = 1 << 20
	lineWait   = 2 * time.Minute // for a device that is asked by many at once
)

type question struct {
	Op      string      // "keys" | "sign"
	Key     string      `json:",omitempty"`
	Cert    []byte      `json:",omitempty"`
	Digests [][]byte    `json:",omitempty"`
	Texts   []string    `json:",omitempty"`
	Hash    crypto.Hash `json:",omitempty"`
	PSS     bool        `json:",omitempty"`
	At      time.Time   `json:",omitzero"`
	PIN     string      `json:",omitempty"` // bare: this is the one place where a secret crosses
}

type reply struct {
	Why    string     `json:",omitempty"` // one of whys; "" done
	Detail string     `json:",omitempty"` // for the log
	Keys   []shownKey `json:",omitempty"`
	Values [][]byte   `json:",omitempty"`
}

type shownKey struct {
	ID, Label string
	Cert      []byte
	Chain     [][]byte `json:",omitempty"`
}

// whys are the reasons that a device's program may give, by the word that crosses.
var whys = []struct {
	word string
	err  error
}{{"secret", ErrSecret}, {"locked", ErrLocked}, {"key", ErrNoKey}, {"unsupported", ErrUnsupported}, {"ended", ErrEnded}, {"answer", ErrAnswer}, {"device", ErrUnreachable}}

const deviceName = "thiết bị lưu khóa ở phòng máy"

func (s socket) Keys(ctx context.Context, _ Who) ([]Key, error) {
	r, err := s.ask(ctx, question{Op: "keys"})
	if err != nil {
		return nil, err
	}
	var all []Key
	for _, k := range r.Keys {
		key := Key{ID: k.ID, Label: k.Label}
		if key.Cert, err = x509.ParseCertificate(k.Cert); err != nil {
			continue // what cannot be read cannot be chosen
		}
		for _, raw := range k.Chain {
			if c, err := x509.ParseCertificate(raw); err == nil {
				key.Chain = append(key.Chain, c)
			}
		}
		all = append(all, key)
	}
	return all, nil
}

func (s socket) Begin(ctx context.Context, job Job) (Ticket, error) {
	q := question{Op: "sign", Key: job.Key.ID, Cert: job.Key.Cert.Raw, Hash: job.Hash, PSS: job.PSS, At: job.At, PIN: string(job.Secret)}
	for _, a := range job.Asks {
		q.Digests, q.Texts = append(q.Digests, a.Digest), append(q.Texts, a.Text)
	}
	r, err := s.ask(ctx, q)
	if err != nil {
		return Ticket{}, err
	}
	return Ticket{Ref: job.Key.ID, Done: &Answer{Values: r.Values}}, nil
}

func (socket) Poll(context.Context, Ticket) (Answer, error) {
	return Answer{}, errors.New("signkey: a device of the server room answers at once")
}

func (s socket) ask(ctx context.Context, q question) (reply, error) {
	ctx, cancel := context.WithTimeout(ctx, lineWait)
	defer cancel()
	var d net.Dialer
	c, err := d.DialContext(ctx, "unix", s.path)
	if err != nil {
		return reply{}, unreachable(deviceName, err)
	}
	defer c.Close()
	// The PIN is given to nobody but the system's own or root: whoever else made this socket
	// lies in wait.
	if err := samePeer(c); err != nil {
		return reply{}, unreachable(deviceName, err)
	}
	defer context.AfterFunc(ctx, func() { c.Close() })()
	var r reply
	if err = writeFrame(c, q); err == nil {
		err = readFrame(c, &r)
	}
	if err != nil {
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return reply{}, timedOut(err)
		}
		return reply{}, unreachable(deviceName, err)
	}
	return r, r.fault()
}

// fault is the reason with its sentence.
func (r reply) fault() error {
	if r.Why == "" {
		return nil
	}
	detail := errors.New(r.Detail)
	switch r.Why {
	case "secret":
		return wrongSecret("Mã PIN của thiết bị lưu khóa", detail)
	case "locked":
		return locked(detail)
	case "key":
		return noKey("Thiết bị lưu khóa không có khóa của chứng thư số đã chọn.", detail)
	case "unsupported":
		return refuse(fault.KindInvalid, "key", "Thiết bị lưu khóa không ký được theo cách đã chọn.", ErrUnsupported, detail)
	case "ended":
		return refuse(fault.KindInvalid, "key", "Chứng thư số của khóa này không còn hiệu lực.", ErrEnded, detail)
	case "answer":
		return badAnswer(detail)
	}
	return unreachable(deviceName, detail)
}

// Serve answers the questions of NewSocket with a driver, until ctx ends. It listens to
// nobody but its own user and root. Faults that are nobody's answer go to tell.
func Serve(ctx context.Context, l net.Listener, d Driver, tell func(error)) error {
	defer context.AfterFunc(ctx, func() { l.Close() })()
	places := make(chan struct{}, 64)
	for {
		c, err := l.Accept()
		if err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		places <- struct{}{}
		go func() {
			defer func() { c.Close(); <-places }()
			if err := serveOne(ctx, c, d); err != nil {
				tell(err)
			}
		}()
	}
}

func serveOne(ctx context.Context, c net.Conn, d Driver) error {
	if err := samePeer(c); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, lineWait)
	defer cancel()
	defer context.AfterFunc(ctx, func() { c.Close() })()
	var q question
	if err := readFrame(c, &q); err != nil {
		return err
	}
	r, err := q.put(ctx, d)
	if err != nil {
		r = reply{Why: "device", Detail: err.Error()}
		for _, w := range whys {
			if errors.Is(err, w.err) {
				r.Why = w.word
				break
			}
		}
		if errw := writeFrame(c, r); errw != nil {
			return errw
		}
		return err
	}
	return writeFrame(c, r)
}

// put puts the question to the driver.
func (q question) put(ctx context.Context, d Driver) (reply, error) {
	var r reply
	switch q.Op {
	case "keys":
		all, err := d.Keys(ctx, Who{})
		for _, k := range all {
			shown := shownKey{ID: k.ID, Label: k.Label, Cert: k.Cert.Raw}
			for _, c := range k.Chain {
				shown.Chain = append(shown.Chain, c.Raw)
			}
			r.Keys = append(r.Keys, shown)
		}
		return r, err
	case "sign":
		cert, err := x509.ParseCertificate(q.Cert)
		if err != nil || len(q.Texts) != len(q.Digests) {
			return r, fmt.Errorf("signkey: a question of no sense: %w", err)
		}
		job := Job{Who: Who{Secret: Secret(q.PIN)}, Key: Key{ID: q.Key, Cert: cert}, Hash: q.Hash, PSS: q.PSS, At: q.At}
		for i, digest := range q.Digests {
			job.Asks = append(job.Asks, Ask{digest, q.Texts[i]})
		}
		t, err := d.Begin(ctx, job)
		if err == nil && t.Done == nil {
			err = errors.New("signkey: the device did not answer at once")
		}
		if err == nil {
			r.Values = t.Done.Values
		}
		return r, err
	}
	return r, fmt.Errorf("signkey: no question %q", q.Op)
}

func writeFrame(w io.Writer, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if len(raw) > frameLimit {
		return fmt.Errorf("signkey: %d bytes are too many for one question", len(raw))
	}
	_, err = w.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(raw))), raw...))
	return err
}

func readFrame(r io.Reader, v any) error {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return fmt.Errorf("signkey: %w", err)
	}
	n := binary.BigEndian.Uint32(head[:])
	if n > frameLimit {
		return fmt.Errorf("signkey: a frame of %d bytes", n)
	}
	raw, err := io.ReadAll(io.LimitReader(r, int64(n)))
	if err == nil && len(raw) < int(n) {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return fmt.Errorf("signkey: %w", err)
	}
	return json.Unmarshal(raw, v)
}
