// SPDX-License-Identifier: Apache-2.0

package cms

import (
	"bytes"
	"encoding/hex"
	"testing"
)

func TestBERBecomesDER(t *testing.T) {
	tests := []struct{ name, in, out, rest string }{
		{"already DER", "3003020105", "3003020105", ""},
		{"zeros follow", "30030201050000", "3003020105", "0000"},
		{"indefinite", "30800201050000", "3003020105", ""},
		{"nested indefinite", "308030800201050000020106000000", "30083003020105020106", "00"},
		{"long length", "3082000302 0105", "3003020105", ""},
		{"string in pieces", "24800402aabb0401cc0000", "0403aabbcc", ""},
		{"pieces in pieces", "2408240404026162040 0", "04026162", ""},
		{"length not shortest inside", "3004028101 05", "3003020105", ""},
	}
	for _, c := range tests {
		in, err := hex.DecodeString(string(bytes.ReplaceAll([]byte(c.in), []byte(" "), nil)))
		if err != nil {
			t.Fatal(err)
		}
		out, rest, err := normal(in)
		if err != nil || hex.EncodeToString(out) != c.out || hex.EncodeToString(rest) != c.rest {
			t.Errorf("%s: %x %x %v", c.name, out, rest, err)
		}
	}
	for _, bad := range []string{"", "30", "3005020105", "3080020105", "0480", "30ff00", "308800000001000000000000", "1f", "1f8080808080", "308002"} {
		in, _ := hex.DecodeString(bad)
		if out, _, err := normal(in); err == nil {
			t.Errorf("%s was taken: %x", bad, out)
		}
	}
	deep := bytes.Repeat([]byte{0x30, 0x80}, 1<<20)
	if _, _, err := normal(deep); err != errDeep {
		t.Errorf("a million levels: %v", err)
	}
	many := append([]byte{0x30, 0x83, 0x60, 0, 0}, bytes.Repeat([]byte{5, 0}, 0x300000)...)
	if _, _, err := normal(many); err != errMany {
		t.Errorf("three million elements: %v", err)
	}
}

// The vectors are those of RFC 8032, 7.4.
func TestEd448(t *testing.T) {
	tests := []struct{ key, message, value string }{
		{"5fd7449b59b461fd2ce787ec616ad46a1da1342485a70e1f8a0ea75d80e96778edf124769b46c7061bd6783df1e50f6cd1fa1abeafe8256180", "",
			"533a37f6bbe457251f023c0d88f976ae2dfb504a843e34d2074fd823d41a591f2b233f034f628281f2fd7a22ddd47d7828c59bd0a21bfd3980ff0d2028d4b18a9df63e006c5d1c2d345b925d8dc00b4104852db99ac5c7cdda8530a113a0f4dbb61149f05a7363268c71d95808ff2e652600"},
		{"43ba28f430cdff456ae531545f7ecd0ac834a55d9358c0372bfa0c6c6798c0866aea01eb00742802b8438ea4cb82169c235160627b4c3a9480", "03",
			"26b8f91727bd62897af15e41eb43c377efb9c610d48f2335cb0bd0087810f4352541b143c4b981b7e18f62de8ccdf633fc1bf037ab7cd779805e0dbcc0aae1cbcee1afb2e027df36bc04dcecbf154336c19f0af7e0a6472905e799f1953d2a0ff3348ab21aa4adafd1d234441cf807c03a00"},
	}
	for _, c := range tests {
		key, _ := hex.DecodeString(c.key)
		message, _ := hex.DecodeString(c.message)
		value, _ := hex.DecodeString(c.value)
		if !ed448Key(key).verify(message, value) {
			t.Errorf("%s does not verify", c.key)
		}
		if ed448Key(key).verify(append(message, 1), value) {
			t.Error("another message verifies")
		}
		value[60] ^= 1
		if ed448Key(key).verify(message, value) {
			t.Error("another value verifies")
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte{0x30, 0x80, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02, 0xa0, 0x80, 0x30, 0x80, 0x02, 0x01, 0x01})
	f.Fuzz(func(t *testing.T, b []byte) {
		if s, _, err := ParsePrefix(b); err == nil {
			s.Verify(Sum([]byte("x")))
			s.Weak()
		}
		if token, err := ParseToken(b); err == nil {
			token.Verify(Sum([]byte("x")))
		}
		ParseCertificate(b)
	})
}
