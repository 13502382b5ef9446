// SPDX-License-Identifier: Apache-2.0

package deliver_test

import (
	"bytes"
	"context"
	"crypto/x509"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/http"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"

	"soviec/kit/deliver"
	"soviec/kit/deliver/inbox"
)

var ctx = context.Background()

var at = time.Date(2026, 11, 24, 0, 30, 0, 0, time.UTC)

func TestABrowserReadsWhatIsPushed(t *testing.T) {
	service := inbox.NewReceiver(t)
	answer := http.StatusCreated
	service.Answer = func(w http.ResponseWriter, _ inbox.Request) {
		w.Header().Set("Retry-After", "120")
		w.WriteHeader(answer)
	}
	who := inbox.NewBrowser(t, service.URL+"/x")
	key, err := deliver.NewPushKey([]byte("a secret"))
	if err != nil {
		t.Fatal(err)
	}
	again, _ := deliver.NewPushKey([]byte("a secret"))
	other, _ := deliver.NewPushKey([]byte("another"))
	if key.Public() != again.Public() || key.Public() == other.Public() {
		t.Error("the key does not follow from the secret")
	}
	p := deliver.NewPush(key, "mailto:quan-tri@example.vn", service.Guard())
	call := deliver.Call{Topic: "abc", Payload: []byte(`{"n":3}`), Live: time.Hour, Urgent: true, At: at}
	if err := p.Send(ctx, who.Subscription, call); err != nil {
		t.Fatal(err)
	}
	r := service.Requests()[0]
	if got, err := who.Open(r.Body); err != nil || string(got) != `{"n":3}` {
		t.Fatalf("%q %v", got, err)
	}
	if err := inbox.Vapid(r.Header.Get("Authorization"), service.URL, at); err != nil {
		t.Error(err)
	}
	if r.Header.Get("TTL") != "3600" || r.Header.Get("Urgency") != "high" || r.Header.Get("Topic") != "abc" || r.Header.Get("Content-Encoding") != "aes128gcm" {
		t.Errorf("headers %v", r.Header)
	}
	call.Payload = []byte(`{"n":30000}`)
	if err := p.Send(ctx, who.Subscription, call); err != nil {
		t.Fatal(err)
	}
	if two := service.Requests()[1]; len(two.Body) != len(r.Body) {
		t.Error("the length tells something")
	}
	if _, err := inbox.NewBrowser(t, service.URL).Open(r.Body); err == nil {
		t.Error("another browser can read it")
	}
	for code, want := range map[int]deliver.Kind{404: deliver.Gone, 410: deliver.Gone, 429: deliver.Later, 503: deliver.Later, 400: deliver.Never, 413: deliver.Never, 302: deliver.Never} {
		answer = code
		r := deliver.AsRefusal(p.Send(ctx, who.Subscription, call))
		if r.Kind != want || r.Unknown || r.After != 2*time.Minute {
			t.Errorf("%d: %+v", code, r)
		}
	}
	long := call
	long.Payload = make([]byte, 5000)
	if r := deliver.AsRefusal(p.Send(ctx, who.Subscription, long)); r.Kind != deliver.Gone {
		t.Errorf("too long: %+v", r)
	}
	away := who.Subscription
	away.Endpoint = "https://evil.example/x"
	if r := deliver.AsRefusal(p.Send(ctx, away, call)); r.Kind != deliver.Never {
		t.Errorf("a host that is not listed: %+v", r)
	}
	service.Close()
	p = deliver.NewPush(key, "mailto:quan-tri@example.vn", service.Guard()) // without a connection that was open
	if r := deliver.AsRefusal(p.Send(ctx, who.Subscription, call)); r.Kind != deliver.Later || r.Unknown {
		t.Errorf("a closed door: %+v", r)
	}
	if _, err := deliver.NewSubscription("https://x", "AAAA", "AAAA"); err == nil {
		t.Error("a broken key was taken")
	}
}

func TestASignedRequest(t *testing.T) {
	chat := inbox.NewReceiver(t)
	chat.Answer = func(w http.ResponseWriter, r inbox.Request) {
		if r.Path == "/hangs-up" {
			c, _, _ := http.NewResponseController(w).Hijack()
			c.Close()
		}
	}
	h := deliver.NewHook(chat.Guard())
	secret := []byte("bí mật")
	if err := h.Send(ctx, chat.URL+"/x", secret, "m1", at, []byte(`{"a":1}`)); err != nil {
		t.Fatal(err)
	}
	got := chat.Requests()[0].Header
	body := string(chat.Requests()[0].Body)
	for name, c := range map[string]struct {
		secret string
		body   string
		now    time.Time
		want   bool
	}{
		"right":          {"bí mật", body, at.Add(time.Minute), true},
		"another secret": {"bi mat", body, at, false},
		"another body":   {"bí mật", body + " ", at, false},
		"late":           {"bí mật", body, at.Add(6 * time.Minute), false},
		"early":          {"bí mật", body, at.Add(-6 * time.Minute), false},
	} {
		if deliver.Signed(got, []byte(c.body), []byte(c.secret), c.now, 5*time.Minute) != c.want {
			t.Errorf("%s: not %v", name, c.want)
		}
	}
	got.Set(deliver.HookID, "m2")
	if deliver.Signed(got, []byte(body), secret, at, time.Minute) {
		t.Error("another identifier is believed")
	}
	if r := deliver.AsRefusal(h.Send(ctx, chat.URL+"/hangs-up", secret, "m1", at, nil)); !r.Unknown {
		t.Errorf("no answer after the request: %+v", r)
	}
}

func TestOnlyListedHosts(t *testing.T) {
	g := deliver.Guard{Hosts: []string{"chat.example.vn", "*.push.example.com", "10.1.2.3:8443", "http://noibo:8065"}}
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

func letter(to string) deliver.Letter {
	return deliver.Letter{ID: "m1@example.vn", At: at, To: to, Subject: "Bạn có 3 việc, 1 văn bản cần xử lý", Text: "Bạn có 3 việc cần xử lý.\n",
		HTML: "<p>Bạn có 3 việc cần xử lý.</p>", Unsubscribe: "https://example.vn/tai-khoan/cach-nhan"}
}

func TestLettersArriveWhole(t *testing.T) {
	for _, protection := range []string{deliver.StartTLS, deliver.TLS, deliver.NoTLS} {
		po := inbox.NewPostOffice(t, protection)
		m := &deliver.Mail{Server: po.Server}
		for range 3 {
			if err := m.Send(ctx, letter("hai@example.vn")); err != nil {
				t.Fatalf("%s: %v", protection, err)
			}
		}
		m.Close()
		dials := 1
		if protection == deliver.StartTLS {
			dials = 2 // the server begins anew once the connection is protected
		}
		if po.Dials() != dials || len(po.Letters()) != 3 || po.Letters()[0].TLS != (protection != deliver.NoTLS) {
			t.Fatalf("%s: %d connections, %d letters, TLS %v", protection, po.Dials(), len(po.Letters()), po.Letters()[0].TLS)
		}
		msg, err := netmail.ReadMessage(bytes.NewReader(po.Letters()[0].Raw))
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
	po := inbox.NewPostOffice(t, deliver.StartTLS)
	po.Refuse = func(to string) error {
		switch to {
		case "khong-co@example.vn":
			return inbox.Refusal(550, "no such user")
		case "day@example.vn":
			return inbox.Refusal(452, "full")
		}
		return nil
	}
	m := &deliver.Mail{Server: po.Server}
	if r := deliver.AsRefusal(m.Send(ctx, letter("khong-co@example.vn"))); r.Kind != deliver.Never || r.Unknown {
		t.Errorf("nobody there: %+v", r)
	}
	if r := deliver.AsRefusal(m.Send(ctx, letter("day@example.vn"))); r.Kind != deliver.Later || r.Unknown {
		t.Errorf("full: %+v", r)
	}
	if r := deliver.AsRefusal(m.Send(ctx, letter("không phải địa chỉ"))); r.Kind != deliver.Never {
		t.Errorf("no address: %+v", r)
	}
	po.After = func(c net.Conn) { c.Close() }
	if r := deliver.AsRefusal(m.Send(ctx, letter("hai@example.vn"))); !r.Unknown {
		t.Errorf("hung up after the last line: %+v", r)
	}
	po.After = nil
	bad := &deliver.Mail{Server: m.Server}
	bad.Server.User, bad.Server.Password = "so-viec", "sai"
	if r := deliver.AsRefusal(bad.Send(ctx, letter("hai@example.vn"))); r.Kind != deliver.Later || r.Unknown {
		t.Errorf("a wrong password: %+v", r)
	}
	believes := &deliver.Mail{Server: m.Server}
	believes.Server.Roots = x509.NewCertPool()
	if r := deliver.AsRefusal(believes.Send(ctx, letter("hai@example.vn"))); r.Kind != deliver.Later || r.Unknown {
		t.Errorf("an unknown certificate: %+v", r)
	}
	// A server that offers no TLS gets nothing.
	clear := &deliver.Mail{Server: inbox.NewPostOffice(t, deliver.NoTLS).Server}
	clear.Server.Protection = deliver.StartTLS
	if err := clear.Send(ctx, letter("hai@example.vn")); err == nil {
		t.Error("sent in the clear though TLS was asked")
	}
	for _, s := range []deliver.MailServer{{From: "x"}, {From: "a@b.vn", Protection: "ssl"}} {
		if s.Check() == nil {
			t.Errorf("%+v passes", s)
		}
	}
}

func TestACalendarIsRead(t *testing.T) {
	long := strings.Repeat("Báo cáo kết quả thực hiện; ", 8) + "phần 1, 2\nvà 3"
	day := time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC)
	events := []deliver.Event{{UID: "viec-1@x", Day: day, Title: long, Note: "hạn 16:00", Link: "https://so.example.vn/viec/1", Changed: at}, {UID: "viec-2@x", Day: day, Title: "x", Changed: at}}
	raw := deliver.Calendar("Việc của tôi", events)
	if !bytes.Equal(raw, deliver.Calendar("Việc của tôi", events)) {
		t.Error("the same events are other bytes")
	}
	for _, line := range strings.Split(string(raw), "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d bytes", len(line))
		}
	}
	cal, err := ical.NewDecoder(bytes.NewReader(raw)).Decode()
	if err != nil {
		t.Fatal(err)
	}
	got := cal.Events()
	if len(got) != 2 {
		t.Fatalf("%d events", len(got))
	}
	title, _ := got[0].Props.Text("SUMMARY")
	start, err := got[0].DateTimeStart(time.UTC)
	if title != long || err != nil || !start.Equal(day) {
		t.Errorf("%q %v %v", title, start, err)
	}
	if cal, err = ical.NewDecoder(bytes.NewReader(deliver.Calendar("x", nil))).Decode(); err != nil || len(cal.Events()) != 0 {
		t.Errorf("an empty one: %v", err)
	}
}
