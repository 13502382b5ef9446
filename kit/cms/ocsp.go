// SPDX-License-Identifier: Apache-2.0

package cms

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"math/big"
	"slices"
	"time"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// ocspAnswer is an OCSPResponse that was successful (RFC 6960 §4.2.1).
type ocspAnswer struct {
	raw       []byte
	basic     []byte
	name, key []byte // the responder: its name, or the SHA-1 of its key
	produced  time.Time
	singles   []ocspSingle
	certs     []*x509.Certificate
	by        map[*x509.Certificate]bool // issuers for whom the signature was checked
}

type ocspSingle struct {
	hash              crypto.Hash
	nameHash, keyHash []byte
	serial            []byte
	status            byte // 0 good, 1 revoked, 2 unknown
	revokedAt         time.Time
	reason            int
	this, next        time.Time
	cutoff            time.Time // archive cutoff: certificates that ended after it are remembered
}

var (
	errOCSP       = errors.New("not an OCSP answer")
	errOCSPStatus = errors.New("the OCSP responder gave no answer")
)

func parseOCSP(raw []byte) (*ocspAnswer, error) {
	element, rest, err := normal(raw)
	if err != nil || len(rest) != 0 {
		return nil, errOCSP
	}
	a := &ocspAnswer{raw: raw, by: map[*x509.Certificate]bool{}}
	in := cryptobyte.String(element)
	var seq, status, wrapped, basic cryptobyte.String
	oid := oidData
	if !in.ReadASN1(&seq, casn1.SEQUENCE) || !seq.ReadASN1(&status, casn1.ENUM) {
		return nil, errOCSP
	}
	if len(status) != 1 || status[0] != 0 {
		return nil, errOCSPStatus
	}
	if !seq.ReadASN1(&wrapped, tag0) || !wrapped.ReadASN1(&seq, casn1.SEQUENCE) || !seq.ReadASN1ObjectIdentifier(&oid) ||
		!oid.Equal(oidOCSPBasic) || !seq.ReadASN1(&basic, casn1.OCTET_STRING) {
		return nil, errOCSP
	}
	if element, rest, err = normal(basic); err != nil || len(rest) != 0 {
		return nil, errOCSP
	}
	a.basic = element
	return a, a.read(element)
}

func (a *ocspAnswer) read(in cryptobyte.String) error {
	var seq, data, certs cryptobyte.String
	if !in.ReadASN1(&seq, casn1.SEQUENCE) || !seq.ReadASN1(&data, casn1.SEQUENCE) || !seq.SkipASN1(casn1.SEQUENCE) || !seq.SkipASN1(casn1.BIT_STRING) {
		return errOCSP
	}
	var present bool
	if !seq.ReadOptionalASN1(&certs, &present, tag0) {
		return errOCSP
	}
	if present && certs.ReadASN1(&certs, casn1.SEQUENCE) {
		var ders [][]byte
		readSequences(certs, &ders)
		for i, der := range ders {
			if c, err := ParseCertificate(der); err == nil && i < 8 {
				a.certs = append(a.certs, c)
			}
		}
	}
	var id, list, one cryptobyte.String
	var tag casn1.Tag
	if !data.SkipOptionalASN1(tag0) || !data.ReadAnyASN1(&id, &tag) {
		return errOCSP
	}
	switch tag {
	case tag1:
		a.name = id
	case tag2:
		var key cryptobyte.String
		if !id.ReadASN1(&key, casn1.OCTET_STRING) {
			return errOCSP
		}
		a.key = key
	default:
		return errOCSP
	}
	var ok bool
	if a.produced, ok = readTime(&data); !ok || !data.ReadASN1(&list, casn1.SEQUENCE) {
		return errOCSP
	}
	for !list.Empty() {
		if !list.ReadASN1(&one, casn1.SEQUENCE) || len(a.singles) >= 1024 {
			return errOCSP
		}
		s, ok := readSingle(one)
		if !ok {
			return errOCSP
		}
		a.singles = append(a.singles, s)
	}
	return nil
}

func readSingle(in cryptobyte.String) (ocspSingle, bool) {
	var s ocspSingle
	var id, name, key, status, field cryptobyte.String
	serial := new(big.Int)
	if !in.ReadASN1(&id, casn1.SEQUENCE) {
		return s, false
	}
	oid, _, ok := readAlgorithm(&id)
	s.hash = hashOf(oid)
	if !ok || !id.ReadASN1(&name, casn1.OCTET_STRING) || !id.ReadASN1(&key, casn1.OCTET_STRING) || !id.ReadASN1Integer(serial) {
		return s, false
	}
	s.nameHash, s.keyHash, s.serial = name, key, serialBytes(serial)
	var tag casn1.Tag
	if !in.ReadAnyASN1(&status, &tag) {
		return s, false
	}
	switch tag &^ 0x20 {
	case casn1.Tag(0).ContextSpecific():
	case casn1.Tag(1).ContextSpecific():
		s.status = 1
		if s.revokedAt, ok = readTime(&status); !ok {
			return s, false
		}
		var present bool
		var reason cryptobyte.String
		if status.ReadOptionalASN1(&field, &present, tag0) && present && field.ReadASN1(&reason, casn1.ENUM) && len(reason) == 1 {
			s.reason = int(reason[0])
		}
	default:
		s.status = 2
	}
	if s.this, ok = readTime(&in); !ok {
		return s, false
	}
	var present bool
	if !in.ReadOptionalASN1(&field, &present, tag0) {
		return s, false
	}
	if present {
		if s.next, ok = readTime(&field); !ok {
			return s, false
		}
	}
	if in.ReadOptionalASN1(&field, &present, tag1) && present {
		s.readCutoff(field)
	}
	return s, true
}

func (s *ocspSingle) readCutoff(in cryptobyte.String) {
	var list, one, value cryptobyte.String
	if !in.ReadASN1(&list, casn1.SEQUENCE) {
		return
	}
	for !list.Empty() {
		var oid asn1.ObjectIdentifier
		if !list.ReadASN1(&one, casn1.SEQUENCE) || !one.ReadASN1ObjectIdentifier(&oid) || !one.SkipOptionalASN1(casn1.BOOLEAN) || !one.ReadASN1(&value, casn1.OCTET_STRING) {
			return
		}
		if oid.Equal(asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 6}) {
			s.cutoff, _ = readTime(&value)
		}
	}
}

func (a *ocspAnswer) about(cert, issuer *x509.Certificate, at, now time.Time) RevocationFact {
	none := RevocationFact{Cert: cert, Status: StatusUnknown, Source: "ocsp", Raw: a.raw}
	keyBits := publicKeyBits(issuer)
	for _, s := range a.singles {
		if s.hash == 0 || s.status == 2 || !slices.Equal(s.serial, serialBytes(cert.SerialNumber)) ||
			!bytes.Equal(s.nameHash, sum(s.hash, issuer.RawSubject)) || !bytes.Equal(s.keyHash, sum(s.hash, keyBits)) {
			continue
		}
		if !a.signedFor(issuer) {
			return none
		}
		f := none
		f.ThisUpdate, f.NextUpdate, f.RevokedAt, f.Reason = s.this, s.next, s.revokedAt, s.reason
		kept := !s.cutoff.IsZero() && !cert.NotAfter.Before(s.cutoff)
		return f.settle(at, now, s.status == 1, kept)
	}
	return none
}

// signedFor checks the answer's signature: by the issuer itself, or by a responder to
// whom this issuer gave a certificate for answering.
func (a *ocspAnswer) signedFor(issuer *x509.Certificate) bool {
	ok, done := a.by[issuer]
	if done {
		return ok
	}
	if a.isResponder(issuer) && checkSigned(a.basic, issuer) == nil {
		ok = true
	}
	for _, c := range a.certs {
		if ok || !a.isResponder(c) || !bytes.Equal(c.RawIssuer, issuer.RawSubject) || !slices.Contains(c.ExtKeyUsage, x509.ExtKeyUsageOCSPSigning) {
			continue
		}
		ok = !a.produced.Before(c.NotBefore) && !a.produced.After(c.NotAfter) && checkSigned(c.Raw, issuer) == nil && checkSigned(a.basic, c) == nil
	}
	a.by[issuer] = ok
	return ok
}

func (a *ocspAnswer) isResponder(c *x509.Certificate) bool {
	if a.key != nil {
		return bytes.Equal(a.key, sum(crypto.SHA1, publicKeyBits(c)))
	}
	return bytes.Equal(a.name, c.RawSubject)
}

// publicKeyBits is the content of the bit string in a public key, which OCSP hashes.
func publicKeyBits(c *x509.Certificate) []byte {
	in := cryptobyte.String(c.RawSubjectPublicKeyInfo)
	var seq cryptobyte.String
	var bits asn1.BitString
	if !in.ReadASN1(&seq, casn1.SEQUENCE) || !seq.SkipASN1(casn1.SEQUENCE) || !seq.ReadASN1BitString(&bits) {
		return nil
	}
	return bits.Bytes
}

// OCSPQuestion asks a responder about one certificate (RFC 6960 §4.1.1).
func OCSPQuestion(cert, issuer *x509.Certificate) ([]byte, error) {
	var b cryptobyte.Builder
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
					b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) { // SHA-1 names the issuer here, it protects nothing
						b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
							b.AddASN1ObjectIdentifier(hashOID(crypto.SHA1))
							b.AddASN1NULL()
						})
						b.AddASN1OctetString(sum(crypto.SHA1, issuer.RawSubject))
						b.AddASN1OctetString(sum(crypto.SHA1, publicKeyBits(issuer)))
						b.AddASN1BigInt(cert.SerialNumber)
					})
				})
			})
		})
	})
	return b.Bytes()
}
