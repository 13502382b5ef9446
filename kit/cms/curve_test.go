// SPDX-License-Identifier: Apache-2.0

package cms

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/asn1"
	"math/big"
	"testing"
)

// The curve code is compared with the standard library on a curve that both know.
func TestCurveAgreesWithTheStandardLibrary(t *testing.T) {
	p := elliptic.P256().Params()
	c := &curve{asn1.ObjectIdentifier{1}, "P-256", p.P, new(big.Int).Sub(p.P, big.NewInt(3)), p.B, p.Gx, p.Gy, p.N}
	for i := range 20 {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := key.PublicKey.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		k := &curveKey{c, new(big.Int).SetBytes(raw[1:33]), new(big.Int).SetBytes(raw[33:])}
		digest := sha256.Sum256([]byte{byte(i)})
		value, err := ecdsa.SignASN1(rand.Reader, key, digest[:])
		if err != nil {
			t.Fatal(err)
		}
		if !k.verify(digest[:], value) {
			t.Fatal("a good signature is refused")
		}
		digest[0] ^= 1
		if k.verify(digest[:], value) {
			t.Fatal("a signature over another digest is taken")
		}
	}
}

func TestCurvesAreWhatTheyClaim(t *testing.T) {
	for _, c := range curves {
		inf := c.both(c.n, new(big.Int), curvePoint{c.x, c.y, big.NewInt(1)})
		if inf.z.Sign() != 0 {
			t.Errorf("%s: the order is wrong", c.name)
		}
		if !c.p.ProbablyPrime(20) || !c.n.ProbablyPrime(20) {
			t.Errorf("%s: no prime", c.name)
		}
		// trivial signatures
		k := &curveKey{c, c.x, c.y}
		for _, v := range [][]byte{nil, {0x30, 0}, sequence(integer(new(big.Int)), integer(new(big.Int))), sequence(integer(c.n), integer(big.NewInt(1))), sequence(integer(big.NewInt(-1)), integer(big.NewInt(1)))} {
			if k.verify(make([]byte, 32), v) {
				t.Errorf("%s: %x is taken for a signature", c.name, v)
			}
		}
	}
}

func TestPlainECDSA(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	digest := sha256.Sum256([]byte("x"))
	value, err := ecdsa.SignASN1(rand.Reader, key, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	var rs struct{ R, S *big.Int }
	if _, err := asn1.Unmarshal(value, &rs); err != nil {
		t.Fatal(err)
	}
	plain := append(rs.R.FillBytes(make([]byte, 32)), rs.S.FillBytes(make([]byte, 32))...)
	a := algorithm{familyPlain, crypto.SHA256, 0}
	if err := a.check(key.Public(), 0, []byte("x"), nil, plain); err != nil {
		t.Error(err)
	}
	if err := a.check(key.Public(), 0, []byte("x"), nil, value); err == nil {
		t.Error("DER is taken for two bare numbers")
	}
	if err := (algorithm{familyECDSA, crypto.SHA256, 0}).check(key.Public(), 0, []byte("x"), nil, plain); err == nil {
		t.Error("two bare numbers are taken for DER")
	}
}
