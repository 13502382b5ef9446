// SPDX-License-Identifier: Apache-2.0

package cms

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// ParseCertificate reads a certificate. Where the standard library is stricter than
// the issuers of the world (negative serial numbers, odd extensions, keys it does not
// know), the parts that checking a signature needs are read by hand; such a
// certificate is never found on a trusted path.
func ParseCertificate(der []byte) (*x509.Certificate, error) {
	element, rest, err := normal(der)
	if err != nil || len(rest) != 0 {
		return nil, malformed("certificate")
	}
	if cert, err := x509.ParseCertificate(element); err == nil {
		return cert, nil
	}
	return lenient(element)
}

func lenient(der []byte) (*x509.Certificate, error) {
	bad := malformed("certificate")
	c := &x509.Certificate{Raw: der, SerialNumber: new(big.Int), Version: 1}
	in := cryptobyte.String(der)
	var seq, tbs, field cryptobyte.String
	var bits asn1.BitString
	if !in.ReadASN1(&seq, casn1.SEQUENCE) || !seq.ReadASN1Element(&tbs, casn1.SEQUENCE) || !seq.SkipASN1(casn1.SEQUENCE) || !seq.ReadASN1BitString(&bits) {
		return nil, bad
	}
	c.RawTBSCertificate, c.Signature = tbs, bits.RightAlign()
	var present bool
	if !tbs.ReadASN1(&seq, casn1.SEQUENCE) || !seq.ReadOptionalASN1(&field, &present, tag0) {
		return nil, bad
	}
	if present {
		if !field.ReadASN1Integer(&c.Version) {
			return nil, bad
		}
		c.Version++
	}
	var validity, issuer, subject, spki cryptobyte.String
	if !seq.ReadASN1Integer(c.SerialNumber) || !seq.SkipASN1(casn1.SEQUENCE) || !seq.ReadASN1Element(&issuer, casn1.SEQUENCE) ||
		!seq.ReadASN1(&validity, casn1.SEQUENCE) || !seq.ReadASN1Element(&subject, casn1.SEQUENCE) || !seq.ReadASN1Element(&spki, casn1.SEQUENCE) {
		return nil, bad
	}
	c.RawIssuer, c.RawSubject, c.RawSubjectPublicKeyInfo = issuer, subject, spki
	c.NotBefore, _ = readTime(&validity)
	c.NotAfter, _ = readTime(&validity)
	readName(issuer, &c.Issuer)
	readName(subject, &c.Subject)
	c.PublicKey, _ = x509.ParsePKIXPublicKey(spki)
	readKeyID(seq, c)
	return c, nil
}

func readName(der []byte, name *pkix.Name) {
	var rdn pkix.RDNSequence
	if _, err := asn1.Unmarshal(der, &rdn); err == nil {
		name.FillFromRDNSequence(&rdn)
	}
}

// readKeyID takes the key identifier from the extensions, if it can be found.
func readKeyID(in cryptobyte.String, c *x509.Certificate) {
	var wrapped, list, one, value cryptobyte.String
	var present bool
	in.SkipOptionalASN1(casn1.Tag(1).ContextSpecific())
	in.SkipOptionalASN1(casn1.Tag(2).ContextSpecific())
	if !in.ReadOptionalASN1(&wrapped, &present, casn1.Tag(3).Constructed().ContextSpecific()) || !present || !wrapped.ReadASN1(&list, casn1.SEQUENCE) {
		return
	}
	for !list.Empty() {
		var oid asn1.ObjectIdentifier
		if !list.ReadASN1(&one, casn1.SEQUENCE) || !one.ReadASN1ObjectIdentifier(&oid) || !one.SkipOptionalASN1(casn1.BOOLEAN) || !one.ReadASN1(&value, casn1.OCTET_STRING) {
			return
		}
		if oid.Equal(asn1.ObjectIdentifier{2, 5, 29, 14}) {
			var id cryptobyte.String
			if value.ReadASN1(&id, casn1.OCTET_STRING) {
				c.SubjectKeyId = id
			}
		}
	}
}

var errNoKeyUsage = errors.New("key usage does not include digitalSignature or nonRepudiation")

// MaySign tells whether the key usage of a certificate allows signing documents.
// A certificate that states no usage may.
func MaySign(cert *x509.Certificate) error {
	if cert.KeyUsage != 0 && cert.KeyUsage&(x509.KeyUsageDigitalSignature|x509.KeyUsageContentCommitment) == 0 {
		return problem(CodeCertAttributeMismatch, "Chứng thư số này không dùng để ký văn bản.", errNoKeyUsage)
	}
	return nil
}
