// SPDX-License-Identifier: Apache-2.0

package cms

import (
	"encoding/asn1"
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// curve is an elliptic curve y² = x³ + ax + b that the standard library does not have:
// those of RFC 5639 (Brainpool) and secp256k1. Checking needs no secrecy, so big integers do.
type curve struct {
	oid              asn1.ObjectIdentifier
	name             string
	p, a, b, x, y, n *big.Int
}

func hexInt(s string) *big.Int {
	n, ok := new(big.Int).SetString(s, 16)
	if !ok {
		panic(s)
	}
	return n
}

var curves = []*curve{
	{asn1.ObjectIdentifier{1, 3, 36, 3, 3, 2, 8, 1, 1, 5}, "brainpoolP224r1", hexInt("d7c134aa264366862a18302575d1d787b09f075797da89f57ec8c0ff"), hexInt("68a5e62ca9ce6c1c299803a6c1530b514e182ad8b0042a59cad29f43"), hexInt("2580f63ccfe44138870713b1a92369e33e2135d266dbb372386c400b"), hexInt("d9029ad2c7e5cf4340823b2a87dc68c9e4ce3174c1e6efdee12c07d"), hexInt("58aa56f772c0726f24c6b89e4ecdac24354b9e99caa3f6d3761402cd"), hexInt("d7c134aa264366862a18302575d0fb98d116bc4b6ddebca3a5a7939f")},
	{asn1.ObjectIdentifier{1, 3, 36, 3, 3, 2, 8, 1, 1, 7}, "brainpoolP256r1", hexInt("a9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e5377"), hexInt("7d5a0975fc2c3057eef67530417affe7fb8055c126dc5c6ce94a4b44f330b5d9"), hexInt("26dc5c6ce94a4b44f330b5d9bbd77cbf958416295cf7e1ce6bccdc18ff8c07b6"), hexInt("8bd2aeb9cb7e57cb2c4b482ffc81b7afb9de27e1e3bd23c23a4453bd9ace3262"), hexInt("547ef835c3dac4fd97f8461a14611dc9c27745132ded8e545c1d54c72f046997"), hexInt("a9fb57dba1eea9bc3e660a909d838d718c397aa3b561a6f7901e0e82974856a7")},
	{asn1.ObjectIdentifier{1, 3, 36, 3, 3, 2, 8, 1, 1, 8}, "brainpoolP256t1", hexInt("a9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e5377"), hexInt("a9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e5374"), hexInt("662c61c430d84ea4fe66a7733d0b76b7bf93ebc4af2f49256ae58101fee92b04"), hexInt("a3e8eb3cc1cfe7b7732213b23a656149afa142c47aafbc2b79a191562e1305f4"), hexInt("2d996c823439c56d7f7b22e14644417e69bcb6de39d027001dabe8f35b25c9be"), hexInt("a9fb57dba1eea9bc3e660a909d838d718c397aa3b561a6f7901e0e82974856a7")},
	{asn1.ObjectIdentifier{1, 3, 36, 3, 3, 2, 8, 1, 1, 9}, "brainpoolP320r1", hexInt("d35e472036bc4fb7e13c785ed201e065f98fcfa6f6f40def4f92b9ec7893ec28fcd412b1f1b32e27"), hexInt("3ee30b568fbab0f883ccebd46d3f3bb8a2a73513f5eb79da66190eb085ffa9f492f375a97d860eb4"), hexInt("520883949dfdbc42d3ad198640688a6fe13f41349554b49acc31dccd884539816f5eb4ac8fb1f1a6"), hexInt("43bd7e9afb53d8b85289bcc48ee5bfe6f20137d10a087eb6e7871e2a10a599c710af8d0d39e20611"), hexInt("14fdd05545ec1cc8ab4093247f77275e0743ffed117182eaa9c77877aaac6ac7d35245d1692e8ee1"), hexInt("d35e472036bc4fb7e13c785ed201e065f98fcfa5b68f12a32d482ec7ee8658e98691555b44c59311")},
	{asn1.ObjectIdentifier{1, 3, 36, 3, 3, 2, 8, 1, 1, 10}, "brainpoolP320t1", hexInt("d35e472036bc4fb7e13c785ed201e065f98fcfa6f6f40def4f92b9ec7893ec28fcd412b1f1b32e27"), hexInt("d35e472036bc4fb7e13c785ed201e065f98fcfa6f6f40def4f92b9ec7893ec28fcd412b1f1b32e24"), hexInt("a7f561e038eb1ed560b3d147db782013064c19f27ed27c6780aaf77fb8a547ceb5b4fef422340353"), hexInt("925be9fb01afc6fb4d3e7d4990010f813408ab106c4f09cb7ee07868cc136fff3357f624a21bed52"), hexInt("63ba3a7a27483ebf6671dbef7abb30ebee084e58a0b077ad42a5a0989d1ee71b1b9bc0455fb0d2c3"), hexInt("d35e472036bc4fb7e13c785ed201e065f98fcfa5b68f12a32d482ec7ee8658e98691555b44c59311")},
	{asn1.ObjectIdentifier{1, 3, 36, 3, 3, 2, 8, 1, 1, 11}, "brainpoolP384r1", hexInt("8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b412b1da197fb71123acd3a729901d1a71874700133107ec53"), hexInt("7bc382c63d8c150c3c72080ace05afa0c2bea28e4fb22787139165efba91f90f8aa5814a503ad4eb04a8c7dd22ce2826"), hexInt("4a8c7dd22ce28268b39b55416f0447c2fb77de107dcd2a62e880ea53eeb62d57cb4390295dbc9943ab78696fa504c11"), hexInt("1d1c64f068cf45ffa2a63a81b7c13f6b8847a3e77ef14fe3db7fcafe0cbd10e8e826e03436d646aaef87b2e247d4af1e"), hexInt("8abe1d7520f9c2a45cb1eb8e95cfd55262b70b29feec5864e19c054ff99129280e4646217791811142820341263c5315"), hexInt("8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b31f166e6cac0425a7cf3ab6af6b7fc3103b883202e9046565")},
	{asn1.ObjectIdentifier{1, 3, 36, 3, 3, 2, 8, 1, 1, 12}, "brainpoolP384t1", hexInt("8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b412b1da197fb71123acd3a729901d1a71874700133107ec53"), hexInt("8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b412b1da197fb71123acd3a729901d1a71874700133107ec50"), hexInt("7f519eada7bda81bd826dba647910f8c4b9346ed8ccdc64e4b1abd11756dce1d2074aa263b88805ced70355a33b471ee"), hexInt("18de98b02db9a306f2afcd7235f72a819b80ab12ebd653172476fecd462aabffc4ff191b946a5f54d8d0aa2f418808cc"), hexInt("25ab056962d30651a114afd2755ad336747f93475b7a1fca3b88f2b6a208ccfe469408584dc2b2912675bf5b9e582928"), hexInt("8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b31f166e6cac0425a7cf3ab6af6b7fc3103b883202e9046565")},
	{asn1.ObjectIdentifier{1, 3, 36, 3, 3, 2, 8, 1, 1, 13}, "brainpoolP512r1", hexInt("aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca703308717d4d9b009bc66842aecda12ae6a380e62881ff2f2d82c68528aa6056583a48f3"), hexInt("7830a3318b603b89e2327145ac234cc594cbdd8d3df91610a83441caea9863bc2ded5d5aa8253aa10a2ef1c98b9ac8b57f1117a72bf2c7b9e7c1ac4d77fc94ca"), hexInt("3df91610a83441caea9863bc2ded5d5aa8253aa10a2ef1c98b9ac8b57f1117a72bf2c7b9e7c1ac4d77fc94cadc083e67984050b75ebae5dd2809bd638016f723"), hexInt("81aee4bdd82ed9645a21322e9c4c6a9385ed9f70b5d916c1b43b62eef4d0098eff3b1f78e2d0d48d50d1687b93b97d5f7c6d5047406a5e688b352209bcb9f822"), hexInt("7dde385d566332ecc0eabfa9cf7822fdf209f70024a57b1aa000c55b881f8111b2dcde494a5f485e5bca4bd88a2763aed1ca2b2fa8f0540678cd1e0f3ad80892"), hexInt("aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca70330870553e5c414ca92619418661197fac10471db1d381085ddaddb58796829ca90069")},
	{asn1.ObjectIdentifier{1, 3, 36, 3, 3, 2, 8, 1, 1, 14}, "brainpoolP512t1", hexInt("aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca703308717d4d9b009bc66842aecda12ae6a380e62881ff2f2d82c68528aa6056583a48f3"), hexInt("aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca703308717d4d9b009bc66842aecda12ae6a380e62881ff2f2d82c68528aa6056583a48f0"), hexInt("7cbbbcf9441cfab76e1890e46884eae321f70c0bcb4981527897504bec3e36a62bcdfa2304976540f6450085f2dae145c22553b465763689180ea2571867423e"), hexInt("640ece5c12788717b9c1ba06cbc2a6feba85842458c56dde9db1758d39c0313d82ba51735cdb3ea499aa77a7d6943a64f7a3f25fe26f06b51baa2696fa9035da"), hexInt("5b534bd595f5af0fa2c892376c84ace1bb4e3019b71634c01131159cae03cee9d9932184beef216bd71df2dadf86a627306ecff96dbb8bace198b61e00f8b332"), hexInt("aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca70330870553e5c414ca92619418661197fac10471db1d381085ddaddb58796829ca90069")},
	{asn1.ObjectIdentifier{1, 3, 132, 0, 10}, "secp256k1", hexInt("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f"), hexInt("0"), hexInt("7"), hexInt("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"), hexInt("483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"), hexInt("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")},
}

// curveKey is a public key on such a curve.
type curveKey struct {
	*curve
	qx, qy *big.Int
}

// curvePoint is a point in Jacobian coordinates; z = 0 is the point at infinity.
type curvePoint struct{ x, y, z *big.Int }

func (c *curve) mul(a, b *big.Int) *big.Int {
	m := new(big.Int).Mul(a, b)
	return m.Mod(m, c.p)
}

func (c *curve) sub(a, b *big.Int) *big.Int {
	m := new(big.Int).Sub(a, b)
	return m.Mod(m, c.p)
}

func (c *curve) times8(a *big.Int, shift uint) *big.Int {
	m := new(big.Int).Lsh(a, shift)
	return m.Mod(m, c.p)
}

func (c *curve) double(q curvePoint) curvePoint {
	if q.z.Sign() == 0 || q.y.Sign() == 0 {
		return curvePoint{big.NewInt(1), big.NewInt(1), new(big.Int)}
	}
	yy, zz := c.mul(q.y, q.y), c.mul(q.z, q.z)
	s := c.times8(c.mul(q.x, yy), 2)
	m := c.mul(q.x, q.x)
	m = new(big.Int).Add(new(big.Int).Lsh(m, 1), m)
	m = m.Add(m, c.mul(c.a, c.mul(zz, zz)))
	m.Mod(m, c.p)
	x := c.sub(c.mul(m, m), c.times8(s, 1))
	y := c.sub(c.mul(m, c.sub(s, x)), c.times8(c.mul(yy, yy), 3))
	return curvePoint{x, y, c.times8(c.mul(q.y, q.z), 1)}
}

func (c *curve) add(q, r curvePoint) curvePoint {
	switch {
	case q.z.Sign() == 0:
		return r
	case r.z.Sign() == 0:
		return q
	}
	qz, rz := c.mul(q.z, q.z), c.mul(r.z, r.z)
	u1, u2 := c.mul(q.x, rz), c.mul(r.x, qz)
	s1, s2 := c.mul(q.y, c.mul(rz, r.z)), c.mul(r.y, c.mul(qz, q.z))
	h, d := c.sub(u2, u1), c.sub(s2, s1)
	if h.Sign() == 0 {
		if d.Sign() == 0 {
			return c.double(q)
		}
		return curvePoint{big.NewInt(1), big.NewInt(1), new(big.Int)}
	}
	hh := c.mul(h, h)
	hhh, v := c.mul(h, hh), c.mul(u1, hh)
	x := c.sub(c.sub(c.mul(d, d), hhh), c.times8(v, 1))
	y := c.sub(c.mul(d, c.sub(v, x)), c.mul(s1, hhh))
	return curvePoint{x, y, c.mul(h, c.mul(q.z, r.z))}
}

// both is u·G + v·Q.
func (c *curve) both(u, v *big.Int, q curvePoint) curvePoint {
	g := curvePoint{c.x, c.y, big.NewInt(1)}
	gq := c.add(g, q)
	r := curvePoint{big.NewInt(1), big.NewInt(1), new(big.Int)}
	for i := max(u.BitLen(), v.BitLen()) - 1; i >= 0; i-- {
		r = c.double(r)
		switch u.Bit(i)<<1 | v.Bit(i) {
		case 1:
			r = c.add(r, q)
		case 2:
			r = c.add(r, g)
		case 3:
			r = c.add(r, gq)
		}
	}
	return r
}

// newCurveKey reads the public key of a certificate on one of these curves.
func newCurveKey(params cryptobyte.String, point []byte) (*curveKey, bool) {
	var oid asn1.ObjectIdentifier
	if !params.ReadASN1ObjectIdentifier(&oid) {
		return nil, false // curves written out as numbers are refused: they have deceived before
	}
	for _, c := range curves {
		if !c.oid.Equal(oid) {
			continue
		}
		size := (c.p.BitLen() + 7) / 8
		if len(point) != 1+2*size || point[0] != 4 {
			return nil, false
		}
		k := &curveKey{c, new(big.Int).SetBytes(point[1 : 1+size]), new(big.Int).SetBytes(point[1+size:])}
		if k.qx.Cmp(c.p) >= 0 || k.qy.Cmp(c.p) >= 0 {
			return nil, false
		}
		right := c.mul(c.mul(k.qx, k.qx), k.qx)
		right.Add(right, c.mul(c.a, k.qx)).Add(right, c.b).Mod(right, c.p)
		return k, c.mul(k.qy, k.qy).Cmp(right) == 0
	}
	return nil, false
}

// verify checks an ECDSA signature, written as DER, over a digest.
func (k *curveKey) verify(digest, value []byte) bool {
	var seq cryptobyte.String
	r, s := new(big.Int), new(big.Int)
	in := cryptobyte.String(value)
	if !in.ReadASN1(&seq, casn1.SEQUENCE) || !in.Empty() || !seq.ReadASN1Integer(r) || !seq.ReadASN1Integer(s) || !seq.Empty() {
		return false
	}
	if r.Sign() <= 0 || s.Sign() <= 0 || r.Cmp(k.n) >= 0 || s.Cmp(k.n) >= 0 {
		return false
	}
	e := new(big.Int).SetBytes(digest)
	if extra := 8*len(digest) - k.n.BitLen(); extra > 0 {
		e.Rsh(e, uint(extra))
	}
	w := new(big.Int).ModInverse(s, k.n)
	u := new(big.Int).Mul(e, w)
	v := new(big.Int).Mul(r, w)
	at := k.both(u.Mod(u, k.n), v.Mod(v, k.n), curvePoint{k.qx, k.qy, big.NewInt(1)})
	if at.z.Sign() == 0 {
		return false
	}
	zz := k.mul(at.z, at.z)
	x := k.mul(at.x, new(big.Int).ModInverse(zz, k.p))
	return x.Mod(x, k.n).Cmp(r) == 0
}

// plainToDER turns the two bare numbers of BSI TR-03111 plain ECDSA into DER.
func plainToDER(value []byte) []byte {
	if len(value) == 0 || len(value)%2 != 0 || len(value) > 256 {
		return nil
	}
	half := len(value) / 2
	return sequence(integer(new(big.Int).SetBytes(value[:half])), integer(new(big.Int).SetBytes(value[half:])))
}
