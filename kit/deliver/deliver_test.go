// SPDX-License-Identifier: Apache-2.0

package deliver

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/http"
	"net/http/httptest"
	netmail "net/mail"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

var ctx = context.Background()

var at = time.Date(2026, 11, 24, 0, 30, 0, 0, time.UTC)

// The example of RFC 8291, Appendix A, byte for byte.
func TestTheExampleOfTheStandard(t *testing.T) {
	d := func(s string) []byte {
		b, err := b64.DecodeString(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	own, err := ecdh.P256().NewPrivateKey(d("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := NewSubscription("https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
		"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", "BTBZMqHH6r4Tts7J_aSIgg")
	if err != nil {
		t.Fatal(err)
	}
	got, err := seal(s, []byte("When I grow up, I want to be a watermelon"), [16]byte(d("DGv6ra1nlYgDCS1FRnbzlw")), own, 0)
	if err != nil {
		t.Fatal(err)
	}
	want := "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
	if b64.EncodeToString(got) != want {
		t.Errorf("got  %s\nwant %s", b64.EncodeToString(got), want)
	}
}

// browser is the receiving end of web push: it reads what was sealed for it.
type browser struct {
	key  *ecdh.PrivateKey
	auth []byte
}

func newBrowser(t testing.TB, endpoint string) (*browser, Subscription) {
	t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	auth := make([]byte, 16)
	_, _ = rand.Read(auth)
	s, err := NewSubscription(endpoint, b64.EncodeToString(key.PublicKey().Bytes()), b64.EncodeToString(auth))
	if err != nil {
		t.Fatal(err)
	}
	return &browser{key, auth}, s
}

func (b *browser) open(body []byte) ([]byte, error) {
	if len(body) < 86 {
		return nil, errors.New("too short")
	}
	salt, ours := body[:16], body[21:21+int(body[20])]
	theirs, err := ecdh.P256().NewPublicKey(ours)
	if err != nil {
		return nil, err
	}
	shared, err := b.key.ECDH(theirs)
	if err != nil {
		return nil, err
	}
	key, nonce, err := keys(shared, b.auth, b.key.PublicKey().Bytes(), ours, salt)
	if err != nil {
		return nil, err
	}
	block, _ := aes.NewCipher(key)
	aead, _ := cipher.NewGCM(block)
	plain, err := aead.Open(nil, nonce, body[21+int(body[20]):], nil)
	if err != nil {
		return nil, err
	}
	plain = bytes.TrimRight(plain, "\x00")
	return plain[:len(plain)-1], nil
}

// vapid checks the token as a push service does.
func vapid(h, origin string, now time.Time) error {
	rest, ok := strings.CutPrefix(h, "vapid t=")
	token, k, ok2 := strings.Cut(rest, ", k=")
	raw, err := b64.DecodeString(k)
	parts := strings.Split(token, ".")
	if !ok || !ok2 || err != nil || len(parts) != 3 {
		return fmt.Errorf("not a vapid header: %s", h)
	}
	pub, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), raw)
	if err != nil {
		return err
	}
	sig, _ := b64.DecodeString(parts[2])
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if len(sig) != 64 || !ecdsa.Verify(pub, sum[:], new(big.Int).SetBytes(sig[:32]), new(big.Int).SetBytes(sig[32:])) {
		return errors.New("the signature is wrong")
	}
	claims, _ := b64.DecodeString(parts[1])
	var c struct {
		Aud, Sub string
		Exp      int64
	}
	if err := json.Unmarshal(claims, &c); err != nil {
		return err
	}
	if exp := time.Unix(c.Exp, 0); c.Aud != origin || !strings.HasPrefix(c.Sub, "mailto:") || exp.Before(now) || exp.After(now.Add(24*time.Hour)) {
		return fmt.Errorf("claims %s", claims)
	}
	return nil
}

func TestABrowserReadsWhatIsPushed(t *testing.T) {
	var who *browser
	var got []byte
	answer := http.StatusCreated
	var server *httptest.Server
	server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if err := vapid(r.Header.Get("Authorization"), server.URL, at); err != nil {
			t.Error(err)
		}
		if r.Header.Get("TTL") != "3600" || r.Header.Get("Urgency") != "high" || r.Header.Get("Topic") != "abc" || r.Header.Get("Content-Encoding") != "aes128gcm" {
			t.Errorf("headers %v", r.Header)
		}
		if len(body) != 86+paddedTo+16 {
			t.Errorf("%d bytes: the length tells something", len(body))
		}
		var err error
		if got, err = who.open(body); err != nil {
			t.Error(err)
		}
		w.Header().Set("Retry-After", "120")
		w.WriteHeader(answer)
	}))
	defer server.Close()
	var s Subscription
	who, s = newBrowser(t, server.URL+"/x")
	key, err := NewPushKey([]byte("a secret"))
	if err != nil {
		t.Fatal(err)
	}
	again, _ := NewPushKey([]byte("a secret"))
	other, _ := NewPushKey([]byte("another"))
	if key.Public() != again.Public() || key.Public() == other.Public() {
		t.Error("the key does not follow from the secret")
	}
	p := &Push{Key: key, Subject: "mailto:quan-tri@example.vn", Client: guardFor(server).Client()}
	call := Call{Topic: "abc", Payload: []byte(`{"n":3}`), Live: time.Hour, Urgent: true, At: at}
	if err := p.Send(ctx, s, call); err != nil || string(got) != `{"n":3}` {
		t.Fatalf("%q %v", got, err)
	}
	for code, want := range map[int]Kind{404: Gone, 410: Gone, 429: Later, 503: Later, 400: Never, 413: Never, 302: Never} {
		answer = code
		r := AsRefusal(p.Send(ctx, s, call))
		if r.Kind != want || r.Unknown || r.After != 2*time.Minute {
			t.Errorf("%d: %+v", code, r)
		}
	}
	server.Close()
	if r := AsRefusal(p.Send(ctx, s, call)); r.Kind != Later || r.Unknown {
		t.Errorf("a closed door: %+v", r)
	}
	if _, err := NewSubscription("https://x", "AAAA", "AAAA"); err == nil {
		t.Error("a broken key was taken")
	}
	long := call
	long.Payload = make([]byte, 5000)
	if r := AsRefusal(p.Send(ctx, s, long)); r.Kind != Gone {
		t.Errorf("too long: %+v", r)
	}
}

func guardFor(s *httptest.Server) Guard {
	u, _ := url.Parse(s.URL)
	g := Guard{Hosts: []string{u.Host}}
	if s.TLS != nil {
		g.Roots = x509.NewCertPool()
		g.Roots.AddCert(s.Certificate())
	} else {
		g.Hosts[0] = "http://" + u.Host
	}
	return g
}

func TestASignedRequest(t *testing.T) {
	var got http.Header
	var body []byte
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r.Header
		body, _ = io.ReadAll(r.Body)
		if r.URL.Path == "/hangs-up" {
			c, _, _ := http.NewResponseController(w).Hijack()
			c.Close()
		}
	}))
	defer server.Close()
	h := &Hook{guardFor(server).Client()}
	secret := []byte("bí mật")
	if err := h.Send(ctx, server.URL+"/x", secret, "m1", at, []byte(`{"a":1}`)); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		secret string
		body   string
		now    time.Time
		want   bool
	}{
		"right":          {"bí mật", string(body), at.Add(time.Minute), true},
		"another secret": {"bi mat", string(body), at, false},
		"another body":   {"bí mật", string(body) + " ", at, false},
		"late":           {"bí mật", string(body), at.Add(6 * time.Minute), false},
		"early":          {"bí mật", string(body), at.Add(-6 * time.Minute), false},
	} {
		if Signed(got, []byte(c.body), []byte(c.secret), c.now, 5*time.Minute) != c.want {
			t.Errorf("%s: not %v", name, c.want)
		}
	}
	got.Set(HookID, "m2")
	if Signed(got, body, secret, at, time.Minute) {
		t.Error("another identifier is believed")
	}
	if r := AsRefusal(h.Send(ctx, server.URL+"/hangs-up", secret, "m1", at, nil)); !r.Unknown {
		t.Errorf("no answer after the request: %+v", r)
	}
}

func TestOnlyListedHosts(t *testing.T) {
	g := Guard{Hosts: []string{"chat.example.vn", "*.push.example.com", "10.1.2.3:8443", "http://noibo:8065"}}
	for address, want := range map[string]bool{
		"https://chat.example.vn/x": true, "https://CHAT.example.vn./x": true, "https://chat.example.vn:443/x": true,
		"https://chat.example.vn:8080/x": false, "http://chat.example.vn/x": false, "https://evil.vn/x": false,
		"https://a.push.example.com/": true, "https://push.example.com/": false, "https://evilpush.example.com/": false, "https://a.push.example.com:22/": false,
		"https://10.1.2.3:8443/x": true, "https://10.1.2.3/x": false, "http://noibo:8065/hooks/1": true, "https://noibo:8065/": false,
		"https://u:p@chat.example.vn/": false, "ftp://chat.example.vn/": false, "chat.example.vn": false, "https://": false, "https://127.0.0.1/": false, "https://[::1]/": false,
	} {
		if err := g.Check(address); (err == nil) != want {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// A listed name that leads into the house is refused at the last moment; the listed
// address itself is not.
func TestNamesThatLeadIntoTheHouse(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("reached") }))
	defer server.Close()
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(server.URL, "https://"))
	g := guardFor(server)
	g.Hosts = []string{"*.0.0.1"} // a wildcard never opens the house
	r := AsRefusal((&Hook{g.Client()}).Send(ctx, "https://127.0.0.1:"+port+"/", nil, "m", at, nil))
	if r.Kind != Never || !errors.Is(r.Err, errInside) {
		t.Errorf("%+v", r)
	}
	for _, a := range []string{"127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "100.64.1.1", "0.0.0.0", "::1", "fe80::1", "fd00::1", "::ffff:10.0.0.1", "224.0.0.1", "64:ff9b::7f00:1"} {
		if public(addr(a)) {
			t.Errorf("%s is taken for public", a)
		}
	}
	for _, a := range []string{"8.8.8.8", "203.162.4.190", "2001:4860:4860::8888"} {
		if !public(addr(a)) {
			t.Errorf("%s is not taken for public", a)
		}
	}
}

// post office: a real mail server in the test process.
type postOffice struct {
	mu      sync.Mutex
	letters [][]byte
	to      []string
	tls     []bool
	refuse  func(to string) error
	hangUp  bool // after the last line, before the answer
	dials   int
}

type counter struct {
	po *postOffice
	c  *smtp.Conn
	to string
}

func (p *postOffice) NewSession(c *smtp.Conn) (smtp.Session, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.dials++
	return &counter{po: p, c: c}, nil
}
func (s *counter) Reset()                               {}
func (s *counter) Logout() error                        { return nil }
func (s *counter) Mail(string, *smtp.MailOptions) error { return nil }
func (s *counter) AuthMechanisms() []string             { return []string{sasl.Plain} }
func (s *counter) Auth(mech string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "so-viec" || password != "mk" {
			return smtp.ErrAuthFailed
		}
		return nil
	}), nil
}

func (s *counter) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	if s.po.refuse != nil {
		return s.po.refuse(to)
	}
	return nil
}

func (s *counter) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.po.mu.Lock()
	defer s.po.mu.Unlock()
	_, tls := s.c.TLSConnectionState()
	s.po.letters, s.po.to, s.po.tls = append(s.po.letters, raw), append(s.po.to, s.to), append(s.po.tls, tls)
	if s.po.hangUp {
		s.c.Conn().Close()
	}
	return nil
}

func (p *postOffice) open(t *testing.T, protection string) MailServer {
	t.Helper()
	web := httptest.NewTLSServer(nil) // for its certificate of 127.0.0.1
	t.Cleanup(web.Close)
	roots := x509.NewCertPool()
	roots.AddCert(web.Certificate())
	s := smtp.NewServer(p)
	s.AllowInsecureAuth = protection == NoTLS
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	config := &tls.Config{Certificates: web.TLS.Certificates}
	switch protection {
	case TLS:
		l = tls.NewListener(l, config)
	case StartTLS:
		s.TLSConfig = config
	}
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { s.Close() })
	return MailServer{Host: "127.0.0.1", Port: port, Protection: protection, From: "Sổ Việc <so-viec@example.vn>", Roots: roots, Wait: 5 * time.Second}
}

func letter(to string) Letter {
	return Letter{ID: "m1@example.vn", At: at, To: to, Subject: "Bạn có 3 việc, 1 văn bản cần xử lý", Text: "Bạn có 3 việc cần xử lý.\n",
		HTML: "<p>Bạn có 3 việc cần xử lý.</p>", Unsubscribe: "https://example.vn/tai-khoan/cach-nhan"}
}

func TestLettersArriveWhole(t *testing.T) {
	for _, protection := range []string{StartTLS, TLS, NoTLS} {
		po := &postOffice{}
		m := &Mail{Server: po.open(t, protection)}
		if protection != NoTLS {
			m.Server.User, m.Server.Password = "so-viec", "mk"
		}
		for range 3 {
			if err := m.Send(ctx, letter("hai@example.vn")); err != nil {
				t.Fatalf("%s: %v", protection, err)
			}
		}
		m.Close()
		dials := 1
		if protection == StartTLS {
			dials = 2 // the server begins anew once the connection is protected
		}
		if po.dials != dials || len(po.letters) != 3 || po.tls[0] != (protection != NoTLS) {
			t.Fatalf("%s: %d connections, %d letters, TLS %v", protection, po.dials, len(po.letters), po.tls)
		}
		msg, err := netmail.ReadMessage(bytes.NewReader(po.letters[0]))
		if err != nil {
			t.Fatal(err)
		}
		subject, _ := new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject"))
		if subject != letter("").Subject || msg.Header.Get("Message-Id") != "<m1@example.vn>" || msg.Header.Get("Auto-Submitted") != "auto-generated" ||
			msg.Header.Get("List-Unsubscribe") != "<https://example.vn/tai-khoan/cach-nhan>" {
			t.Errorf("%q %v", subject, msg.Header)
		}
		if when, err := msg.Header.Date(); err != nil || !when.Equal(at) {
			t.Errorf("dated %v, %v", when, err)
		}
		kind, params, _ := mime.ParseMediaType(msg.Header.Get("Content-Type"))
		if kind != "multipart/alternative" {
			t.Fatalf("a %s", kind)
		}
		var parts []string
		for r := multipart.NewReader(msg.Body, params["boundary"]); ; {
			p, err := r.NextRawPart()
			if err != nil {
				break
			}
			text, _ := io.ReadAll(quotedprintable.NewReader(p))
			parts = append(parts, p.Header.Get("Content-Type")+"|"+strings.TrimSpace(string(text)))
		}
		if len(parts) != 2 || parts[0] != "text/plain; charset=UTF-8|Bạn có 3 việc cần xử lý." || !strings.Contains(parts[1], "<p>Bạn có 3 việc") {
			t.Errorf("parts %q", parts)
		}
	}
}

func TestWhatAMailServerRefuses(t *testing.T) {
	po := &postOffice{refuse: func(to string) error {
		switch to {
		case "khong-co@example.vn":
			return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
		case "day@example.vn":
			return &smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 2, 2}, Message: "full"}
		}
		return nil
	}}
	m := &Mail{Server: po.open(t, StartTLS)}
	if r := AsRefusal(m.Send(ctx, letter("khong-co@example.vn"))); r.Kind != Never || r.Unknown {
		t.Errorf("nobody there: %+v", r)
	}
	if r := AsRefusal(m.Send(ctx, letter("day@example.vn"))); r.Kind != Later || r.Unknown {
		t.Errorf("full: %+v", r)
	}
	if r := AsRefusal(m.Send(ctx, letter("không phải địa chỉ"))); r.Kind != Never {
		t.Errorf("no address: %+v", r)
	}
	po.hangUp = true
	if r := AsRefusal(m.Send(ctx, letter("hai@example.vn"))); !r.Unknown {
		t.Errorf("hung up after the last line: %+v", r)
	}
	po.hangUp = false
	bad := &Mail{Server: m.Server}
	bad.Server.User, bad.Server.Password = "so-viec", "sai"
	if r := AsRefusal(bad.Send(ctx, letter("hai@example.vn"))); r.Kind != Later || r.Unknown {
		t.Errorf("a wrong password: %+v", r)
	}
	believes := &Mail{Server: m.Server}
	believes.Server.Roots = x509.NewCertPool()
	if r := AsRefusal(believes.Send(ctx, letter("hai@example.vn"))); r.Kind != Later || r.Unknown {
		t.Errorf("an unknown certificate: %+v", r)
	}
	// A server that offers no TLS gets nothing.
	clear := &Mail{Server: (&postOffice{}).open(t, NoTLS)}
	clear.Server.Protection = StartTLS
	if err := clear.Send(ctx, letter("hai@example.vn")); err == nil {
		t.Error("sent in the clear though TLS was asked")
	}
	for _, s := range []MailServer{{From: "x"}, {From: "a@b.vn", Protection: "ssl"}} {
		if s.Check() == nil {
			t.Errorf("%+v passes", s)
		}
	}
}

func addr(s string) netip.Addr { return netip.MustParseAddr(s) }
