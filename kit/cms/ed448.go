// SPDX-License-Identifier: Apache-2.0

package cms

import (
	"crypto/sha3"
	"math/big"
	"slices"
)

// ed448Key is an Ed448 public key. The standard library has no Ed448; checking alone
// needs no secrecy, so big integers do (RFC 8032, 5.2).
type ed448Key []byte

var (
	ed448P = func() *big.Int { // 2^448 - 2^224 - 1
		p := new(big.Int).Lsh(big.NewInt(1), 448)
		p.Sub(p, new(big.Int).Lsh(big.NewInt(1), 224))
		return p.Sub(p, big.NewInt(1))
	}()
	ed448D     = new(big.Int).Mod(big.NewInt(-39081), ed448P)
	ed448L, _  = new(big.Int).SetString("181709681073901722637330951972001133588410340171829515070372549795146003961539585716195755291692375963310293709091662304773755859649779", 10)
	ed448Bx, _ = new(big.Int).SetString("224580040295924300187604334099896036246789641632564134246125461686950415467406032909029192869357953282578032075146446173674602635247710", 10)
	ed448By, _ = new(big.Int).SetString("298819210078481492676017930443930673437544040154080242095928241372331506189835876003536878655418784733982303233503462500531545062832660", 10)
)

type ed448Point struct{ x, y, z *big.Int }

func mulmod(a, b *big.Int) *big.Int {
	c := new(big.Int).Mul(a, b)
	return c.Mod(c, ed448P)
}

func submod(a, b *big.Int) *big.Int {
	c := new(big.Int).Sub(a, b)
	return c.Mod(c, ed448P)
}

func addmod(a, b *big.Int) *big.Int {
	c := new(big.Int).Add(a, b)
	return c.Mod(c, ed448P)
}

func (p ed448Point) add(q ed448Point) ed448Point {
	a := mulmod(p.z, q.z)
	b := mulmod(a, a)
	c := mulmod(p.x, q.x)
	d := mulmod(p.y, q.y)
	e := mulmod(ed448D, mulmod(c, d))
	f, g := submod(b, e), addmod(b, e)
	h := mulmod(addmod(p.x, p.y), addmod(q.x, q.y))
	return ed448Point{
		x: mulmod(mulmod(a, f), submod(submod(h, c), d)),
		y: mulmod(mulmod(a, g), submod(d, c)),
		z: mulmod(f, g),
	}
}

func (p ed448Point) times(k *big.Int) ed448Point {
	r := ed448Point{new(big.Int), big.NewInt(1), big.NewInt(1)}
	for i := k.BitLen() - 1; i >= 0; i-- {
		r = r.add(r)
		if k.Bit(i) == 1 {
			r = r.add(p)
		}
	}
	return r
}

func (p ed448Point) equal(q ed448Point) bool {
	return mulmod(p.x, q.z).Cmp(mulmod(q.x, p.z)) == 0 && mulmod(p.y, q.z).Cmp(mulmod(q.y, p.z)) == 0
}

func littleEndian(b []byte) *big.Int {
	b = slices.Clone(b)
	slices.Reverse(b)
	return new(big.Int).SetBytes(b)
}

func ed448Decode(b []byte) (ed448Point, bool) {
	if len(b) != 57 || b[56]&0x7f != 0 {
		return ed448Point{}, false
	}
	sign := uint(b[56] >> 7)
	y := littleEndian(b[:56])
	if y.Cmp(ed448P) >= 0 {
		return ed448Point{}, false
	}
	one := big.NewInt(1)
	yy := mulmod(y, y)
	u := submod(yy, one)
	v := submod(mulmod(ed448D, yy), one)
	inv := new(big.Int).ModInverse(v, ed448P)
	if inv == nil {
		return ed448Point{}, false
	}
	x := new(big.Int).ModSqrt(mulmod(u, inv), ed448P)
	if x == nil || (x.Sign() == 0 && sign == 1) {
		return ed448Point{}, false
	}
	if x.Bit(0) != sign {
		x = submod(new(big.Int), x)
	}
	return ed448Point{x, y, one}, true
}

// verify checks a signature of pure Ed448 with an empty context.
func (key ed448Key) verify(message, value []byte) bool {
	if len(value) != 114 {
		return false
	}
	a, ok := ed448Decode(key)
	if !ok {
		return false
	}
	r, ok := ed448Decode(value[:57])
	if !ok {
		return false
	}
	s := littleEndian(value[57:])
	if s.Cmp(ed448L) >= 0 {
		return false
	}
	h := sha3.NewSHAKE256()
	h.Write([]byte("SigEd448\x00\x00"))
	h.Write(value[:57])
	h.Write(key)
	h.Write(message)
	var digest [114]byte
	h.Read(digest[:])
	k := littleEndian(digest[:])
	k.Mod(k, ed448L)
	base := ed448Point{ed448Bx, ed448By, big.NewInt(1)}
	return base.times(s).equal(r.add(a.times(k)))
}
