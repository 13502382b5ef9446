// SPDX-License-Identifier: Apache-2.0

package signkey_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"soviec/kit/cms/cmstest"
	"soviec/kit/fault"
	"soviec/kit/signkey"
	"soviec/kit/signkey/fake"
	"soviec/kit/signkey/signkeytest"
)

func TestFilesConform(t *testing.T) {
	w, keys := signkeytest.NewWorld(t)
	files := map[cmstest.Kind][]byte{}
	for kind, id := range keys {
		raw, err := signkey.WritePKCS12(id.Key, id.Cert, id.Chain, "mật khẩu")
		if err != nil {
			t.Fatal(err)
		}
		files[kind] = raw
	}
	signkeytest.Run(t, &signkeytest.Bench{Driver: signkey.NewPKCS12(), World: w, Keys: keys, Secret: true,
		Who: func(k cmstest.Kind) signkey.Who { return signkey.Who{File: files[k], Secret: "mật khẩu"} }})
}

// plays serves a fake, and changes its mood for the suite.
func plays(t *testing.T, h interface {
	http.Handler
	Make(fake.Trouble)
}) (address string, mood func(fake.Trouble) func() func()) {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL, func(x fake.Trouble) func() func() {
		return func() func() { h.Make(x); return func() { h.Make("") } }
	}
}

func accounts(keys map[cmstest.Kind]*cmstest.Identity) map[string][]*fake.Identity {
	var all []*fake.Identity
	for _, id := range keys {
		all = append(all, &fake.Identity{Key: id.Key, Cert: id.Cert, Chain: id.Chain})
	}
	return map[string][]*fake.Identity{"004090000001": all}
}

func TestCSCConforms(t *testing.T) {
	w, keys := signkeytest.NewWorld(t)
	for _, c := range []struct{ version, pin string }{{"v2", ""}, {"v2", "246810"}, {"v1", "246810"}} {
		t.Run(c.version+" "+c.pin, func(t *testing.T) {
			service := &fake.CSC{Client: "so-viec", Secret: "bí mật của cơ quan", PIN: c.pin, Accounts: accounts(keys), Clock: func() time.Time { return signkeytest.Noon }}
			address, mood := plays(t, service)
			d, err := signkey.NewCSC(signkey.CSC{Address: address + "/csc/" + c.version, Client: "so-viec", Secret: "bí mật của cơ quan"})
			if err != nil {
				t.Fatal(err)
			}
			who := signkey.Who{Account: "004090000001", Secret: signkey.Secret(c.pin)}
			signkeytest.Run(t, &signkeytest.Bench{Driver: d, World: w, Keys: keys, Secret: c.pin != "", Who: func(cmstest.Kind) signkey.Who { return who },
				Slow: mood(fake.Silent), Refuse: mood(fake.Refuse), Lie: mood(fake.Lie), Down: mood(fake.Down)})
			service.Forget() // the office's token has worn out: a fresh one is fetched
			if all, err := d.Keys(t.Context(), who); err != nil || len(all) != 2 {
				t.Error(all, err)
			}
			if _, err := d.Keys(t.Context(), signkey.Who{Account: "khong-co"}); !errors.Is(err, signkey.ErrNoKey) {
				t.Error(err)
			}
			wrong, err := signkey.NewCSC(signkey.CSC{Address: address + "/csc/" + c.version, Client: "so-viec", Secret: "sai"})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := wrong.Keys(t.Context(), who); !errors.Is(err, signkey.ErrUnreachable) || strings.Contains(err.Error(), "sai") || !strings.Contains(fault.Text(err), "người quản trị") {
				t.Error(err)
			}
		})
	}
}

func TestSmartCAConforms(t *testing.T) {
	w, keys := signkeytest.NewWorld(t)
	service := &fake.SmartCA{ID: "so-viec", Password: "bí mật của cơ quan", Accounts: accounts(keys), Clock: func() time.Time { return signkeytest.Noon }}
	address, mood := plays(t, service)
	d, err := signkey.NewSmartCA(signkey.SmartCA{Address: address, ID: "so-viec", Password: "bí mật của cơ quan"})
	if err != nil {
		t.Fatal(err)
	}
	wrong, err := signkey.NewSmartCA(signkey.SmartCA{Address: address, ID: "so-viec", Password: "sai"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := wrong.Keys(t.Context(), signkey.Who{Account: "004090000001"}); !errors.Is(err, signkey.ErrUnreachable) || !strings.Contains(fault.Text(err), "người quản trị") {
		t.Error(err)
	}
	signkeytest.Run(t, &signkeytest.Bench{Driver: d, World: w, Keys: keys, NoPSS: true, Who: func(cmstest.Kind) signkey.Who { return signkey.Who{Account: "004090000001"} },
		Slow: mood(fake.Silent), Refuse: mood(fake.Refuse), Lie: mood(fake.Lie), Down: mood(fake.Down)})
	if _, err := d.Keys(t.Context(), signkey.Who{Account: "khong-co"}); !errors.Is(err, signkey.ErrNoKey) {
		t.Error(err)
	}
}

// One look at a service that hangs decides nothing; the next one may find the answer.
func TestOneSlowLookDecidesNothing(t *testing.T) {
	hang := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-hang:
		case <-r.Context().Done():
		}
	}))
	defer s.Close()
	defer close(hang)
	d, err := signkey.NewSmartCA(signkey.SmartCA{Address: s.URL, ID: "a", Password: "b"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	if _, err := d.Poll(ctx, signkey.Ticket{Ref: "abc"}); err == nil || signkey.Final(err) || fault.Text(err) == "" {
		t.Error(err)
	}
	short, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	if _, err := signkey.Wait(short, d, signkey.Ticket{Ref: "abc"}, time.Millisecond); !errors.Is(err, signkey.ErrTimeout) {
		t.Error(err)
	}
}

// What a service says is foreign: whatever it is, it is refused with a sentence, in time and
// in bounds, and nobody is led elsewhere.
func TestOddServicesAreRefused(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a redirection was followed") }))
	defer elsewhere.Close()
	var odd http.HandlerFunc
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { odd(w, r) }))
	defer s.Close()
	csc, err := signkey.NewCSC(signkey.CSC{Address: s.URL + "/csc/v2", Client: "a", Secret: "b"})
	if err != nil {
		t.Fatal(err)
	}
	smart, err := signkey.NewSmartCA(signkey.SmartCA{Address: s.URL, ID: "a", Password: "b"})
	if err != nil {
		t.Fatal(err)
	}
	write := func(body string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, body) }
	}
	for what, h := range map[string]http.HandlerFunc{
		"nothing":       write(""),
		"not JSON":      write("<html>"),
		"another shape": write(`{"data":[],"status_code":"x","access_token":7}`),
		"too long":      write(`{"message":"` + strings.Repeat("a", 5<<20) + `"}`),
		"elsewhere": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL, http.StatusTemporaryRedirect)
		},
		"a bad day": func(w http.ResponseWriter, r *http.Request) { http.Error(w, "no", http.StatusInternalServerError) },
	} {
		odd = h
		for name, d := range map[string]signkey.Driver{"csc": csc, "smartca": smart} {
			if _, err := d.Keys(t.Context(), signkey.Who{Account: "1"}); fault.Text(err) == "" {
				t.Errorf("%s, %s: %v", name, what, err)
			}
		}
	}
	for _, address := range []string{"", "http://ca.example.vn/csc/v2", "https://a:b@ca.example.vn", "ftp://ca.example.vn", "https://ca.example.vn/?x=1", "ca.example.vn"} {
		if _, err := signkey.NewCSC(signkey.CSC{Address: address, Client: "a", Secret: "b"}); err == nil {
			t.Errorf("%q is taken", address)
		}
		if _, err := signkey.NewSmartCA(signkey.SmartCA{Address: address, ID: "a", Password: "b"}); err == nil {
			t.Errorf("%q is taken", address)
		}
	}
}
