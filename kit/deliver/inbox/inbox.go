// SPDX-License-Identifier: Apache-2.0

// Package inbox is the receiving end for the tests of all rooms: a mail server, a
// push service with its browsers, a chat system, each real and in the test's own process.
//
// May enter: servers on the loopback address, what they were handed.
// May not: rules of the office, mocks of the senders.
package inbox

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"soviec/kit/deliver"
)

// User and Password open the mail server.
const User, Password = "so-viec", "mk"

// A Letter is one that the mail server was handed.
type Letter struct {
	To  string
	Raw []byte
	TLS bool
}

// A PostOffice is a real mail server.
type PostOffice struct {
	mu      sync.Mutex
	letters []Letter
	dials   int
	// Refuse, if given, decides about each recipient; After is called once a letter is
	// taken and before that is said.
	Refuse func(to string) error
	After  func(c net.Conn)
	Server deliver.MailServer
}

// NewPostOffice opens a mail server with a way to protect the connection.
func NewPostOffice(t testing.TB, protection string) *PostOffice {
	t.Helper()
	web := httptest.NewTLSServer(nil) // for its certificate of 127.0.0.1
	t.Cleanup(web.Close)
	roots := x509.NewCertPool()
	roots.AddCert(web.Certificate())
	p := &PostOffice{}
	s := smtp.NewServer(p)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.Server = deliver.MailServer{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, Protection: protection,
		From: "Sổ Việc <so-viec@example.vn>", Roots: roots, Wait: 5 * time.Second}
	config := &tls.Config{Certificates: web.TLS.Certificates}
	switch protection {
	case deliver.TLS:
		l = tls.NewListener(l, config)
	case deliver.StartTLS:
		s.TLSConfig = config
	}
	if protection != deliver.NoTLS {
		p.Server.User, p.Server.Password = User, Password
	}
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { s.Close() })
	return p
}

// Letters are what was handed in so far.
func (p *PostOffice) Letters() []Letter {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]Letter(nil), p.letters...)
}

// Dials is how often somebody has said hello.
func (p *PostOffice) Dials() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.dials
}

// NewSession implements smtp.Backend.
func (p *PostOffice) NewSession(c *smtp.Conn) (smtp.Session, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.dials++
	return &counter{po: p, c: c}, nil
}

type counter struct {
	po *PostOffice
	c  *smtp.Conn
	to string
}

func (s *counter) Reset()                               {}
func (s *counter) Logout() error                        { return nil }
func (s *counter) Mail(string, *smtp.MailOptions) error { return nil }
func (s *counter) AuthMechanisms() []string             { return []string{sasl.Plain} }
func (s *counter) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != User || password != Password {
			return smtp.ErrAuthFailed
		}
		return nil
	}), nil
}

func (s *counter) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	if s.po.Refuse != nil {
		return s.po.Refuse(to)
	}
	return nil
}

func (s *counter) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	_, secure := s.c.TLSConnectionState()
	s.po.mu.Lock()
	s.po.letters = append(s.po.letters, Letter{s.to, raw, secure})
	s.po.mu.Unlock()
	if s.po.After != nil {
		s.po.After(s.c.Conn())
	}
	return nil
}

// Refusal is what a mail server says when it refuses.
func Refusal(code int, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 1, 1}, Message: text}
}

var b64 = base64.RawURLEncoding

// A Browser reads what was sealed for it (RFC 8291, the receiving side).
type Browser struct {
	deliver.Subscription
	key *ecdh.PrivateKey
}

// NewBrowser makes a browser that is woken at an endpoint.
func NewBrowser(t testing.TB, endpoint string) *Browser {
	t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	auth := make([]byte, 16)
	_, _ = rand.Read(auth)
	s, err := deliver.NewSubscription(endpoint, b64.EncodeToString(key.PublicKey().Bytes()), b64.EncodeToString(auth))
	if err != nil {
		t.Fatal(err)
	}
	return &Browser{s, key}
}

// Open decrypts a request's body.
func (b *Browser) Open(body []byte) ([]byte, error) {
	if len(body) < 87 || int(body[20]) != 65 {
		return nil, errors.New("inbox: not a record of RFC 8188")
	}
	salt, theirs, sealed := body[:16], body[21:86], body[86:]
	public, err := ecdh.P256().NewPublicKey(theirs)
	if err != nil {
		return nil, err
	}
	shared, err := b.key.ECDH(public)
	if err != nil {
		return nil, err
	}
	derive := func(secret, salt []byte, info string, n int) []byte {
		key, _ := hkdf.Key(sha256.New, secret, salt, info, n)
		return key
	}
	ikm := derive(shared, b.Auth, "WebPush: info\x00"+string(b.Key)+string(theirs), 32)
	block, err := aes.NewCipher(derive(ikm, salt, "Content-Encoding: aes128gcm\x00", 16))
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	plain, err := aead.Open(nil, derive(ikm, salt, "Content-Encoding: nonce\x00", 12), sealed, nil)
	if err != nil {
		return nil, err
	}
	plain = bytes.TrimRight(plain, "\x00")
	if len(plain) == 0 || plain[len(plain)-1] != 2 {
		return nil, errors.New("inbox: the record does not end")
	}
	return plain[:len(plain)-1], nil
}

// Vapid checks, as a push service does, that a request says who sends it (RFC 8292).
func Vapid(authorization, origin string, now time.Time) error {
	rest, ok := strings.CutPrefix(authorization, "vapid t=")
	token, k, found := strings.Cut(rest, ", k=")
	raw, err := b64.DecodeString(k)
	parts := strings.Split(token, ".")
	if !ok || !found || err != nil || len(parts) != 3 {
		return fmt.Errorf("inbox: no vapid header: %s", authorization)
	}
	public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), raw)
	if err != nil {
		return err
	}
	sig, _ := b64.DecodeString(parts[2])
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if len(sig) != 64 || !ecdsa.Verify(public, sum[:], new(big.Int).SetBytes(sig[:32]), new(big.Int).SetBytes(sig[32:])) {
		return errors.New("inbox: the signature is wrong")
	}
	claims, _ := b64.DecodeString(parts[1])
	var c struct {
		Aud, Sub string
		Exp      int64
	}
	if err := json.Unmarshal(claims, &c); err != nil {
		return err
	}
	if exp := time.Unix(c.Exp, 0); c.Aud != origin || !strings.HasPrefix(c.Sub, "mailto:") && !strings.HasPrefix(c.Sub, "https:") || exp.Before(now) || exp.After(now.Add(24*time.Hour)) {
		return fmt.Errorf("inbox: claims %s", claims)
	}
	return nil
}

// A Request is one that a web receiver was handed.
type Request struct {
	Path   string
	Header http.Header
	Body   []byte
}

// A Receiver is a web server that keeps what it is sent: a push service or a chat system.
type Receiver struct {
	*httptest.Server
	mu       sync.Mutex
	requests []Request
	// Answer, if given, answers after the request is kept.
	Answer func(w http.ResponseWriter, r Request)
}

// NewReceiver opens a receiver with a certificate.
func NewReceiver(t testing.TB) *Receiver {
	t.Helper()
	v := &Receiver{}
	v.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		got := Request{r.URL.Path, r.Header, body}
		v.mu.Lock()
		v.requests = append(v.requests, got)
		v.mu.Unlock()
		if v.Answer != nil {
			v.Answer(w, got)
			return
		}
		w.WriteHeader(http.StatusCreated)
	}))
	v.Server.Config.ErrorLog = nil
	t.Cleanup(v.Server.Close)
	return v
}

// Requests are what was sent so far.
func (v *Receiver) Requests() []Request {
	v.mu.Lock()
	defer v.mu.Unlock()
	return append([]Request(nil), v.requests...)
}

// Guard lets requests go to this receiver only.
func (v *Receiver) Guard() deliver.Guard {
	u, _ := url.Parse(v.URL)
	roots := x509.NewCertPool()
	roots.AddCert(v.Certificate())
	return deliver.Guard{Hosts: []string{u.Host}, Roots: roots}
}
