// SPDX-License-Identifier: Apache-2.0

package deliver

import (
	"crypto/ecdh"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
)

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

// A listed name that leads into the house is refused at the last moment; the listed
// address itself is not.
func TestNamesThatLeadIntoTheHouse(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("reached") }))
	defer server.Close()
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(server.URL, "https://"))
	g := Guard{Hosts: []string{"*.0.0.1"}} // a wildcard never opens the house
	res, err := g.Client().Get("https://127.0.0.1:" + port + "/")
	if err == nil {
		res.Body.Close()
	}
	if !errors.Is(err, errInside) {
		t.Errorf("%v", err)
	}
	if r := AsRefusal(ofNetwork(err)); r.Kind != Never || r.Unknown {
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

func addr(s string) netip.Addr { return netip.MustParseAddr(s) }
