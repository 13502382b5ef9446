// SPDX-License-Identifier: Apache-2.0

package cms

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	_ "crypto/sha1" // known, and said to be weak
	_ "crypto/sha256"
	_ "crypto/sha3"
	_ "crypto/sha512"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

type family int

const (
	familyNone family = iota
	familyRSA
	familyPSS
	familyECDSA
	familyPlain // ECDSA with two bare numbers (BSI TR-03111)
	familyEd25519
	familyEd448
)

// algorithm is a signature algorithm as its identifier states it.
type algorithm struct {
	family family
	hash   crypto.Hash // 0: the identifier names none, the signer's digest algorithm counts
	salt   int
}

func (a algorithm) String() string {
	hash := ""
	if a.hash != 0 {
		hash = " " + a.hash.String()
	}
	switch a.family {
	case familyRSA:
		return "RSA" + hash
	case familyPSS:
		return "RSA-PSS" + hash
	case familyECDSA:
		return "ECDSA" + hash
	case familyPlain:
		return "plain ECDSA" + hash
	case familyEd25519:
		return "Ed25519"
	case familyEd448:
		return "Ed448"
	}
	return ""
}

var (
	oidData         = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	oidSignedData   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidTSTInfo      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
	oidOCSPResponse = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 16, 2}

	oidRSA     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}
	oidPSS     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10}
	oidMGF1    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 8}
	oidEC      = asn1.ObjectIdentifier{1, 2, 840, 10045, 2, 1}
	oidEd25519 = asn1.ObjectIdentifier{1, 3, 101, 112}
	oidEd448   = asn1.ObjectIdentifier{1, 3, 101, 113}

	// OIDData is the content type of what a signature of a PDF covers.
	OIDData = oidData
)

// hashes are the digest algorithms by identifier. MD5 and older are missing on purpose.
var hashes = []struct {
	oid  asn1.ObjectIdentifier
	hash crypto.Hash
}{
	{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}, crypto.SHA256},
	{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 2}, crypto.SHA384},
	{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 3}, crypto.SHA512},
	{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 4}, crypto.SHA224},
	{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 6}, crypto.SHA512_256},
	{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 7}, crypto.SHA3_224},
	{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 8}, crypto.SHA3_256},
	{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 9}, crypto.SHA3_384},
	{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 10}, crypto.SHA3_512},
	{asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26}, crypto.SHA1},
}

var signatures = []struct {
	oid asn1.ObjectIdentifier
	algorithm
}{
	{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 11}, algorithm{familyRSA, crypto.SHA256, 0}},
	{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 12}, algorithm{familyRSA, crypto.SHA384, 0}},
	{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 13}, algorithm{familyRSA, crypto.SHA512, 0}},
	{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 14}, algorithm{familyRSA, crypto.SHA224, 0}},
	{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 5}, algorithm{familyRSA, crypto.SHA1, 0}},
	{asn1.ObjectIdentifier{1, 3, 14, 3, 2, 29}, algorithm{familyRSA, crypto.SHA1, 0}},
	{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 3, 13}, algorithm{familyRSA, crypto.SHA3_224, 0}},
	{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 3, 14}, algorithm{familyRSA, crypto.SHA3_256, 0}},
	{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 3, 15}, algorithm{familyRSA, crypto.SHA3_384, 0}},
	{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 3, 16}, algorithm{familyRSA, crypto.SHA3_512, 0}},
	{oidRSA, algorithm{familyRSA, 0, 0}},
	{oidEC, algorithm{familyECDSA, 0, 0}},
	{asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 1}, algorithm{familyECDSA, crypto.SHA1, 0}},
	{asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 1}, algorithm{familyECDSA, crypto.SHA224, 0}},
	{asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}, algorithm{familyECDSA, crypto.SHA256, 0}},
	{asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 3}, algorithm{familyECDSA, crypto.SHA384, 0}},
	{asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 4}, algorithm{familyECDSA, crypto.SHA512, 0}},
	{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 3, 9}, algorithm{familyECDSA, crypto.SHA3_224, 0}},
	{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 3, 10}, algorithm{familyECDSA, crypto.SHA3_256, 0}},
	{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 3, 11}, algorithm{familyECDSA, crypto.SHA3_384, 0}},
	{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 3, 12}, algorithm{familyECDSA, crypto.SHA3_512, 0}},
	{asn1.ObjectIdentifier{0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 1}, algorithm{familyPlain, crypto.SHA1, 0}},
	{asn1.ObjectIdentifier{0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 2}, algorithm{familyPlain, crypto.SHA224, 0}},
	{asn1.ObjectIdentifier{0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 3}, algorithm{familyPlain, crypto.SHA256, 0}},
	{asn1.ObjectIdentifier{0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 4}, algorithm{familyPlain, crypto.SHA384, 0}},
	{asn1.ObjectIdentifier{0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 5}, algorithm{familyPlain, crypto.SHA512, 0}},
	{asn1.ObjectIdentifier{0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 8}, algorithm{familyPlain, crypto.SHA3_224, 0}},
	{asn1.ObjectIdentifier{0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 9}, algorithm{familyPlain, crypto.SHA3_256, 0}},
	{asn1.ObjectIdentifier{0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 10}, algorithm{familyPlain, crypto.SHA3_384, 0}},
	{asn1.ObjectIdentifier{0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 11}, algorithm{familyPlain, crypto.SHA3_512, 0}},
	{oidEd25519, algorithm{familyEd25519, 0, 0}},
	{oidEd448, algorithm{familyEd448, 0, 0}},
}

func hashOf(oid asn1.ObjectIdentifier) crypto.Hash {
	for _, h := range hashes {
		if h.oid.Equal(oid) {
			return h.hash
		}
	}
	return 0
}

func hashOID(hash crypto.Hash) asn1.ObjectIdentifier {
	for _, h := range hashes {
		if h.hash == hash {
			return h.oid
		}
	}
	return nil
}

func sum(hash crypto.Hash, b []byte) []byte {
	h := hash.New()
	h.Write(b)
	return h.Sum(nil)
}

func unsupported(what string) *Problem {
	return problem(CodeUnsupportedAlgorithm, "Chữ ký dùng thuật toán mà hệ thống chưa hỗ trợ, nên chưa kiểm tra được.", errors.New(what))
}

// readAlgorithm reads an AlgorithmIdentifier.
func readAlgorithm(s *cryptobyte.String) (oid asn1.ObjectIdentifier, params cryptobyte.String, ok bool) {
	var seq cryptobyte.String
	if !s.ReadASN1(&seq, casn1.SEQUENCE) || !seq.ReadASN1ObjectIdentifier(&oid) {
		return nil, nil, false
	}
	return oid, seq, true
}

// signatureAlgorithm tells what an identifier with its parameters means.
func signatureAlgorithm(oid asn1.ObjectIdentifier, params cryptobyte.String) (algorithm, error) {
	if oid.Equal(oidPSS) {
		return pssAlgorithm(params)
	}
	for _, s := range signatures {
		if s.oid.Equal(oid) {
			return s.algorithm, nil
		}
	}
	return algorithm{}, unsupported("signature algorithm " + oid.String())
}

// pssAlgorithm reads RSASSA-PSS-params (RFC 4055); every field has a default.
func pssAlgorithm(params cryptobyte.String) (algorithm, error) {
	a := algorithm{family: familyPSS, hash: crypto.SHA1, salt: 20}
	mgf := crypto.SHA1
	bad := unsupported("RSASSA-PSS parameters")
	if params.Empty() {
		return a, nil
	}
	var seq, field cryptobyte.String
	if !params.ReadASN1(&seq, casn1.SEQUENCE) {
		return algorithm{}, bad
	}
	var present bool
	if !seq.ReadOptionalASN1(&field, &present, casn1.Tag(0).Constructed().ContextSpecific()) {
		return algorithm{}, bad
	}
	if present {
		oid, _, ok := readAlgorithm(&field)
		if a.hash = hashOf(oid); !ok || a.hash == 0 {
			return algorithm{}, bad
		}
	}
	if !seq.ReadOptionalASN1(&field, &present, casn1.Tag(1).Constructed().ContextSpecific()) {
		return algorithm{}, bad
	}
	if present {
		oid, inner, ok := readAlgorithm(&field)
		if !ok || !oid.Equal(oidMGF1) {
			return algorithm{}, bad
		}
		oid, _, ok = readAlgorithm(&inner)
		if mgf = hashOf(oid); !ok {
			return algorithm{}, bad
		}
	}
	if !seq.ReadOptionalASN1(&field, &present, casn1.Tag(2).Constructed().ContextSpecific()) {
		return algorithm{}, bad
	}
	if present && (!field.ReadASN1Integer(&a.salt) || a.salt < 0 || a.salt > 512) {
		return algorithm{}, bad
	}
	if mgf != a.hash {
		return algorithm{}, bad
	}
	return a, nil
}

var errValue = errors.New("the signature value does not fit the key")

// check verifies a signature value over a message. The digest of the message may be
// given instead when it is at hand; Ed25519 and Ed448 need the message itself.
func (a algorithm) check(key crypto.PublicKey, hash crypto.Hash, message, digest, value []byte) error {
	if a.hash != 0 {
		hash = a.hash
	}
	if a.family == familyRSA || a.family == familyPSS || a.family == familyECDSA || a.family == familyPlain {
		if hash == 0 || !hash.Available() {
			return unsupported("digest algorithm")
		}
		if digest == nil {
			digest = sum(hash, message)
		}
		if len(digest) != hash.Size() {
			return errValue
		}
	} else if message == nil {
		return unsupported("this algorithm signs messages, not digests")
	}
	switch pub := key.(type) {
	case *rsa.PublicKey:
		if a.family != familyRSA && a.family != familyPSS {
			break
		}
		if pub.N.BitLen() < 1024 {
			return problem(CodeWeakAlgorithm, "Khóa của người ký quá ngắn (dưới 1024 bit), không được chấp nhận.", nil)
		}
		if pub.N.BitLen() > 16384 {
			return unsupported("RSA key over 16384 bits")
		}
		if a.family == familyRSA {
			return rsa.VerifyPKCS1v15(pub, hash, digest, value)
		}
		return rsa.VerifyPSS(pub, hash, digest, value, &rsa.PSSOptions{SaltLength: a.salt})
	case *ecdsa.PublicKey:
		if a.family == familyPlain {
			value = plainToDER(value)
		} else if a.family != familyECDSA {
			break
		}
		if !ecdsa.VerifyASN1(pub, digest, value) {
			return errValue
		}
		return nil
	case *curveKey:
		if a.family == familyPlain {
			value = plainToDER(value)
		} else if a.family != familyECDSA {
			break
		}
		if !pub.verify(digest, value) {
			return errValue
		}
		return nil
	case ed25519.PublicKey:
		if a.family != familyEd25519 {
			break
		}
		if !ed25519.Verify(pub, message, value) {
			return errValue
		}
		return nil
	case ed448Key:
		if a.family != familyEd448 {
			break
		}
		if !pub.verify(message, value) {
			return errValue
		}
		return nil
	}
	return fmt.Errorf("a key of type %T cannot have made a signature of kind %s", key, a)
}

// publicKey gives the key of a certificate, also where the standard library leaves
// it out: RSA keys bound to PSS, and Ed448.
func publicKey(cert *x509.Certificate) (crypto.PublicKey, error) {
	switch cert.PublicKey.(type) {
	case *rsa.PublicKey, *ecdsa.PublicKey, ed25519.PublicKey:
		return cert.PublicKey, nil
	}
	spki := cryptobyte.String(cert.RawSubjectPublicKeyInfo)
	var seq cryptobyte.String
	var bits asn1.BitString
	if !spki.ReadASN1(&seq, casn1.SEQUENCE) {
		return nil, unsupported("public key")
	}
	oid, params, ok := readAlgorithm(&seq)
	if !ok || !seq.ReadASN1BitString(&bits) || bits.BitLength != 8*len(bits.Bytes) {
		return nil, unsupported("public key")
	}
	switch {
	case oid.Equal(oidPSS):
		key, err := x509.ParsePKCS1PublicKey(bits.Bytes)
		if err != nil {
			return nil, unsupported("RSA-PSS key: " + err.Error())
		}
		return key, nil
	case oid.Equal(oidEC):
		if key, ok := newCurveKey(params, bits.Bytes); ok {
			return key, nil
		}
	case oid.Equal(oidEd448) && len(bits.Bytes) == 57:
		return ed448Key(bytes.Clone(bits.Bytes)), nil
	}
	return nil, unsupported("public key algorithm " + oid.String())
}

func rsaBits(cert *x509.Certificate) int {
	if key, err := publicKey(cert); err == nil {
		if pub, ok := key.(*rsa.PublicKey); ok {
			return pub.N.BitLen()
		}
	}
	return 0
}

// serialBytes writes a serial number the one way in which two are compared.
func serialBytes(n *big.Int) []byte {
	if n == nil {
		return nil
	}
	return []byte(n.String())
}

var oidOCSPBasic = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 1}
