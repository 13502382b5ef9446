// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"bytes"
	"context"
	"crypto"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"soviec/kit/cms"
	"soviec/kit/fault"
	"soviec/kit/pdf"
)

// SubFilter is the kind of a signature.
type SubFilter string

// The kinds that are made here. CAdES is the one of PAdES; PKCS7 is for readers that know
// nothing newer.
const (
	CAdES SubFilter = "ETSI.CAdES.detached"
	PKCS7 SubFilter = "adbe.pkcs7.detached"
)

// A Request says what signature is wanted.
type Request struct {
	Field string // of this name; an empty one is used, else a new one is made; "": a free name
	Page  int    // of a new visible field, from 1; -1 the last; 0: the signature is not shown
	Place Rect   // of a new visible field
	Look  *Look  // nil: nothing is drawn

	Name, Reason, Location, Contact string
	At                              time.Time // claimed time, written with its offset

	SubFilter SubFilter         // "": CAdES
	Certify   bool              // DocMDP P=2, for the first signature only
	Fill      map[string]string // text fields filled in the same revision, by name

	Cert  *x509.Certificate   // nil: the whole message comes from elsewhere (FinishMessage); Room must be set
	Chain []*x509.Certificate // its issuers
	Hash  crypto.Hash         // 0: SHA-256
	PSS   bool
	Stamp int // room for a time stamp, in bytes; 0: none is wanted
	Room  int // room for the message, in bytes; 0: measured
}

// State is what lies between Prepare and Finish while the key answers elsewhere. It
// may be kept as JSON; the office binds it to user, version and digest and lets it die.
type State struct {
	Made      time.Time // Request.At
	Size      int64     // of the input
	Tail      []byte    // the revision to append, the message missing
	Contents  pdf.Span  // where the message goes, delimiters included, from the start of the file
	Digest    []byte    // of everything but Contents
	Hash      crypto.Hash
	PSS       bool
	SubFilter SubFilter
	Cert      []byte
	Chain     [][]byte
	Stamp     int
}

// Prepared is what the key is asked.
type Prepared struct {
	ToSign []byte // the signed attributes; an Ed25519 key signs these
	Digest []byte // their digest; RSA and ECDSA keys sign this
	State  *State

	message *cms.Message
}

// MaxWait is how long a prepared signature may wait for its key.
const MaxWait = 15 * time.Minute

// Expired tells whether the key has taken too long: the signature must be prepared anew.
func (st *State) Expired(now time.Time) bool {
	return now.After(st.Made.Add(MaxWait)) || now.Before(st.Made.Add(-MaxWait))
}

// A Stamper gives a time stamp over a digest.
type Stamper func(ctx context.Context, hash crypto.Hash, digest []byte) (token []byte, err error)

// ErrRoom says that the message is longer than the room left for it: begin again from
// the untouched input with at least so many bytes.
type ErrRoom struct{ Need int }

func (e *ErrRoom) Error() string {
	return fmt.Sprintf("pades: the message needs %d bytes", e.Need)
}

// Prepare lays out the revision that will carry the signature, reading the input once.
// Nothing is written; the input stays as it is.
func Prepare(ctx context.Context, src io.ReaderAt, size int64, r Request) (*Prepared, error) {
	if r.SubFilter == "" {
		r.SubFilter = CAdES
	}
	if r.Hash == 0 {
		r.Hash = crypto.SHA256
	}
	st := &State{Made: r.At, Size: size, Hash: r.Hash, PSS: r.PSS, SubFilter: r.SubFilter, Stamp: r.Stamp}
	if r.Cert != nil {
		if err := maySign(r.Cert, r.At); err != nil {
			return nil, err
		}
		st.Cert = r.Cert.Raw
		for _, c := range r.Chain {
			st.Chain = append(st.Chain, c.Raw)
		}
		need, err := st.message(r.Cert, r.Chain).Size(r.Stamp)
		if err != nil {
			return nil, err
		}
		r.Room = max(r.Room, need+32)
	}
	if r.Room <= 0 {
		return nil, errors.New("pades: neither a certificate nor room for a message from elsewhere")
	}
	d, err := openDraft(ctx, src, size)
	if err != nil {
		return nil, err
	}
	if err := d.place(&r); err != nil {
		return nil, err
	}
	if err := st.layOut(ctx, d, r.Room); err != nil {
		return nil, err
	}
	p := &Prepared{State: st, Digest: st.Digest}
	if r.Cert != nil {
		p.message = st.message(r.Cert, r.Chain)
		if p.ToSign, err = p.message.ToSign(); err != nil {
			return nil, err
		}
		h := r.Hash.New()
		h.Write(p.ToSign)
		p.Digest = h.Sum(nil)
	}
	return p, nil
}

// maySign asks what can be asked of a certificate alone; whether it was revoked is for
// whoever has the trust store (cms.Store.Gather).
func maySign(cert *x509.Certificate, at time.Time) error {
	switch {
	case at.Before(cert.NotBefore):
		return problem(cms.CodeNotYetValid, "Chứng thư số của người ký chưa có hiệu lực.", nil)
	case at.After(cert.NotAfter):
		return problem(cms.CodeExpired, "Chứng thư số của người ký đã hết hạn.", nil)
	}
	return cms.MaySign(cert)
}

// MayStill asks, before anybody signs, whether a certificate may be used at this moment: it
// leads to an anchor of the store, and neither it nor an issuer of it was revoked. The
// answers are asked for by OCSP, then as lists, of the hosts that the fetcher may reach;
// with a nil fetcher only what is at hand counts. What was gathered is the evidence.
func MayStill(ctx context.Context, store *cms.Store, f *cms.Fetcher, cert *x509.Certificate, chain []*x509.Certificate, at time.Time) (cms.Gathered, error) {
	if err := maySign(cert, at); err != nil {
		return cms.Gathered{}, err
	}
	g := cms.Gathered{Certs: chain}
	g.Now = at
	g, r := store.Gather(ctx, f, false, cert, g, at)
	if r.Trust == cms.Trusted {
		return g, nil
	}
	if r.Problem != nil {
		return g, r.Problem
	}
	return g, problem(cms.CodeChainNotFound, "Chứng thư số của người ký không dẫn đến tổ chức chứng thực nào trong kho tin cậy.", nil)
}

// layOut writes the revision, fills the byte range, and digests all but the message.
func (st *State) layOut(ctx context.Context, d *draft, room int) error {
	d.contents.Text = "<" + strings.Repeat("0", 2*room) + ">"
	d.byteRange.Text = fmt.Sprintf("[0 %010d %010d %010d]", 0, 0, 0)
	tail, holes, err := d.Bytes()
	if err != nil {
		return err
	}
	st.Tail, st.Contents = tail, holes[d.contents]
	end := st.Size + int64(len(tail))
	text := fmt.Sprintf("[0 %d %d %d", st.Contents.Start, st.Contents.End, end-st.Contents.End)
	at := holes[d.byteRange]
	if n := int(at.End - at.Start); len(text) >= n {
		return errors.New("pades: the file is too large for a signature")
	} else {
		text += string(bytes.Repeat([]byte{' '}, n-1-len(text))) + "]"
	}
	copy(tail[at.Start-st.Size:], text)
	h := st.Hash.New()
	if err := d.file.Feed(ctx, h, 0, st.Size); err != nil {
		return fmt.Errorf("pades: reading the input: %w", err)
	}
	d.file.Release()
	h.Write(tail[:st.Contents.Start-st.Size])
	h.Write(tail[st.Contents.End-st.Size:])
	st.Digest = h.Sum(nil)
	return nil
}

func (st *State) message(cert *x509.Certificate, chain []*x509.Certificate) *cms.Message {
	m := &cms.Message{Cert: cert, Chain: chain, Hash: st.Hash, PSS: st.PSS, Digest: st.Digest}
	if st.Digest == nil {
		m.Digest = make([]byte, st.Hash.Size())
	}
	if st.SubFilter == PKCS7 { // PAdES keeps the time in the dictionary; the older kind keeps it here
		m.SigningTime = st.Made
	}
	return m
}

// Finish takes the key's answer and gives the bytes to append to the input, which Join
// does. The answer is checked against the certificate first. Without a stamper, or when
// the state left no room for a time stamp, the signature carries none.
func Finish(ctx context.Context, st *State, value []byte, stamp Stamper) (tail []byte, err error) {
	cert, err := x509.ParseCertificate(st.Cert)
	if err != nil {
		return nil, fmt.Errorf("pades: the certificate of the prepared signature: %w", err)
	}
	var chain []*x509.Certificate
	for _, raw := range st.Chain {
		c, err := x509.ParseCertificate(raw)
		if err != nil {
			return nil, fmt.Errorf("pades: the certificates of the prepared signature: %w", err)
		}
		chain = append(chain, c)
	}
	m := st.message(cert, chain)
	m.SetValue(value)
	if err := m.Check(); err != nil {
		return nil, err
	}
	return st.finish(ctx, m, stamp)
}

// finish puts a message whose value is right into the place left for it.
func (st *State) finish(ctx context.Context, m *cms.Message, stamp Stamper) (tail []byte, err error) {
	if stamp != nil && st.Stamp > 0 {
		if m.TimeStamp, err = stampOver(ctx, stamp, m.Value); err != nil {
			return nil, err
		}
	}
	der, err := m.DER()
	if err != nil {
		return nil, err
	}
	return st.fill(der)
}

// FinishMessage takes a whole message that a signing service has built, and refuses one
// that is not over this very document.
func FinishMessage(ctx context.Context, st *State, message []byte, stamp Stamper) (tail []byte, err error) {
	s, err := cms.Parse(message)
	if err != nil {
		return nil, err
	}
	if !s.Detached || !s.ContentType.Equal(cms.OIDData) {
		return nil, fault.Invalid("", "Dịch vụ ký trả về dữ liệu chữ ký không đúng quy cách.")
	}
	if st.Cert != nil && (s.SignerCert == nil || !bytes.Equal(s.SignerCert.Raw, st.Cert)) {
		return nil, fault.Invalid("", "Dịch vụ ký đã ký bằng chứng thư số khác với chứng thư đã chọn.")
	}
	err = s.Verify(func(h crypto.Hash) ([]byte, error) {
		if h != st.Hash {
			return nil, fmt.Errorf("signed with %s, prepared for %s", h, st.Hash)
		}
		return st.Digest, nil
	})
	if err != nil {
		return nil, err
	}
	message = s.Raw
	if stamp != nil && st.Stamp > 0 && s.TimeStamp == nil {
		token, err := stampOver(ctx, stamp, s.Signature)
		if err != nil {
			return nil, err
		}
		if message, err = cms.AddTimeStamp(message, token); err != nil {
			return nil, err
		}
	}
	return st.fill(message)
}

func stampOver(ctx context.Context, stamp Stamper, value []byte) ([]byte, error) {
	h := crypto.SHA256.New()
	h.Write(value)
	return stamp(ctx, crypto.SHA256, h.Sum(nil))
}

// fill puts the message into the place that was remembered; it is never searched for.
func (st *State) fill(message []byte) ([]byte, error) {
	from, to := st.Contents.Start-st.Size, st.Contents.End-st.Size
	if from < 0 || to > int64(len(st.Tail)) || to-from < 2 || st.Tail[from] != '<' || st.Tail[to-1] != '>' {
		return nil, errors.New("pades: the prepared signature is damaged")
	}
	if int64(2*len(message)) > to-from-2 {
		return nil, &ErrRoom{Need: len(message)}
	}
	tail := bytes.Clone(st.Tail)
	hex.Encode(tail[from+1:], message)
	return tail, nil
}

// Sign does both phases with a key at hand, and begins again from the untouched input
// when the time stamp turns out longer than foreseen.
func Sign(ctx context.Context, src io.ReaderAt, size int64, r Request, key crypto.Signer, stamp Stamper) (tail []byte, err error) {
	if stamp != nil && r.Stamp == 0 {
		r.Stamp = UsualStamp
	}
	for range 3 {
		p, err := Prepare(ctx, src, size, r)
		if err != nil {
			return nil, err
		}
		m := p.message
		if err := m.Sign(key); err != nil {
			return nil, err
		}
		tail, err = p.State.finish(ctx, m, stamp)
		var small *ErrRoom
		if !errors.As(err, &small) {
			return tail, err
		}
		r.Room = small.Need + 512
	}
	return nil, errors.New("pades: the time stamping authority answers longer each time")
}

// UsualStamp is the room for a time stamp before the authority's first answer was measured.
const UsualStamp = 8 << 10

// Join writes the input and what was appended to it, in one pass.
func Join(out io.Writer, src io.ReaderAt, size int64, tail []byte) error {
	if err := copyAll(out, src, size); err != nil {
		return err
	}
	_, err := out.Write(tail)
	return err
}

// buffers for one pass over a file
var buffers = sync.Pool{New: func() any { return new([64 << 10]byte) }}

// copyAll copies exactly so many bytes in large pieces.
func copyAll(out io.Writer, src io.ReaderAt, size int64) error {
	buf := buffers.Get().(*[64 << 10]byte)
	defer buffers.Put(buf)
	for at := int64(0); at < size; {
		piece := buf[:min(int64(len(buf)), size-at)]
		n, err := src.ReadAt(piece, at)
		if n < len(piece) {
			if err == nil || err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return err
		}
		if _, err := out.Write(piece); err != nil {
			return err
		}
		at += int64(n)
	}
	return nil
}

// pdfDate writes an instant with its offset, as 2026-11-23 15:04:05 +07:00 becomes
// D:20261123150405+07'00'.
func pdfDate(t time.Time) pdf.String {
	_, offset := t.Zone()
	sign := '+'
	if offset < 0 {
		sign, offset = '-', -offset
	}
	return pdf.String(t.Format("D:20060102150405") + fmt.Sprintf("%c%02d'%02d'", sign, offset/3600, offset/60%60))
}
