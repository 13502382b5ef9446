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

var (
	oidContentType     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidSigningTime     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 5}
	oidProtection      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 52}
	oidSigningCert     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 12}
	oidSigningCertV2   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	oidTimeStamp       = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 14}
	oidAdobeRevocation = asn1.ObjectIdentifier{1, 2, 840, 113583, 1, 1, 8}
	oidCertValues      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 23}
	oidRevocValues     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 24}
	oidSignerAttrsV2   = asn1.ObjectIdentifier{0, 4, 0, 19122, 1, 1}

	// once are the attributes that may stand once, with one value, because judging reads
	// them (RFC 5652 §11, RFC 5035 §5.4, RFC 6211, EN 319 122-1 §5.2.6.1).
	once = []asn1.ObjectIdentifier{oidContentType, oidMessageDigest, oidSigningTime, oidProtection, oidSigningCert, oidSigningCertV2, oidSignerAttrsV2}
)

// essCert is what a signing-certificate attribute says of the signer's certificate.
type essCert struct {
	present bool
	hash    crypto.Hash
	digest  []byte
	serial  []byte
}

func readAttributes(in cryptobyte.String) ([]Attribute, [][]byte, error) {
	var out []Attribute
	var raw [][]byte
	for !in.Empty() {
		var element, seq, values cryptobyte.String
		var a Attribute
		if !in.ReadASN1Element(&element, casn1.SEQUENCE) || len(out) >= limitAttributes {
			return nil, nil, errors.New("attributes")
		}
		raw = append(raw, element)
		if !element.ReadASN1(&seq, casn1.SEQUENCE) || !seq.ReadASN1ObjectIdentifier(&a.Type) || !seq.ReadASN1(&values, casn1.SET) || !seq.Empty() {
			return nil, nil, errors.New("attribute")
		}
		for !values.Empty() {
			var v cryptobyte.String
			var tag casn1.Tag
			if !values.ReadAnyASN1Element(&v, &tag) {
				return nil, nil, errors.New("attribute value")
			}
			a.Values = append(a.Values, v)
		}
		out = append(out, a)
	}
	return out, raw, nil
}

// setOf writes elements as a SET OF, as they come.
func setOf(elements [][]byte) []byte {
	n := 0
	for _, e := range elements {
		n += len(e)
	}
	out := appendHeader(make([]byte, 0, n+6), []byte{0x31}, n)
	for _, e := range elements {
		out = append(out, e...)
	}
	return out
}

// sorted writes elements as the SET OF of DER: in ascending order of their encodings.
func sorted(elements [][]byte) []byte { return setOf(ascending(elements)) }

func ascending(elements [][]byte) [][]byte {
	elements = slices.Clone(elements)
	slices.SortStableFunc(elements, bytes.Compare)
	return elements
}

// attributeDER writes an attribute with its values in the order of DER.
func attributeDER(a Attribute) []byte {
	var b cryptobyte.Builder
	b.AddASN1ObjectIdentifier(a.Type)
	b.AddBytes(sorted(a.Values))
	body := b.BytesOrPanic()
	return append(appendHeader(nil, []byte{0x30}, len(body)), body...)
}

func (s *Signed) readSigned(in cryptobyte.String) error {
	attrs, raw, err := readAttributes(in)
	if err != nil {
		return malformed("signed " + err.Error())
	}
	s.SignedAttrs = attrs
	s.attrsStored = setOf(raw)
	der := make([][]byte, len(attrs))
	for i, a := range attrs {
		der[i] = raw[i]
		if len(a.Values) > 1 {
			der[i] = attributeDER(a)
		}
	}
	s.AttrsDER = sorted(der)
	for i, a := range attrs {
		for _, oid := range once {
			if !oid.Equal(a.Type) {
				continue
			}
			again := slices.ContainsFunc(attrs[:i], func(b Attribute) bool { return b.Type.Equal(oid) })
			if len(a.Values) != 1 || again {
				s.attrErr = malformed("attribute " + oid.String() + " has not exactly one value")
				return nil
			}
		}
		if len(a.Values) == 1 {
			if err := s.readKnown(a.Type, a.Values[0]); err != nil {
				s.attrErr = err
			}
		}
	}
	return nil
}

func (s *Signed) readKnown(oid asn1.ObjectIdentifier, value cryptobyte.String) error {
	switch {
	case oid.Equal(oidMessageDigest):
		var d cryptobyte.String
		if !value.ReadASN1(&d, casn1.OCTET_STRING) || !value.Empty() {
			return malformed("message digest")
		}
		s.MessageDigest = d
	case oid.Equal(oidSigningTime):
		s.SigningTime, _ = readTime(&value)
	case oid.Equal(oidSigningCert), oid.Equal(oidSigningCertV2):
		v2 := 0
		if oid.Equal(oidSigningCertV2) {
			v2 = 1
		}
		e, ok := readESS(value, v2 == 1)
		if !ok {
			return problem(CodeCertAttributeMismatch, "Thông tin gắn chữ ký với chứng thư số của người ký không đọc được.", nil)
		}
		s.essDigest[v2] = e
	case oid.Equal(oidAdobeRevocation):
		s.readRevocation(value)
	}
	return nil
}

// readESS reads the first certificate named by a signing-certificate attribute; it
// is the signer's (RFC 5035 §3).
func readESS(value cryptobyte.String, v2 bool) (essCert, bool) {
	e := essCert{present: true, hash: crypto.SHA1}
	var seq, certs, one, digest, is cryptobyte.String
	if !value.ReadASN1(&seq, casn1.SEQUENCE) || !seq.ReadASN1(&certs, casn1.SEQUENCE) || !certs.ReadASN1(&one, casn1.SEQUENCE) {
		return e, false
	}
	if v2 {
		e.hash = crypto.SHA256
		if one.PeekASN1Tag(casn1.SEQUENCE) {
			oid, _, ok := readAlgorithm(&one)
			if e.hash = hashOf(oid); !ok {
				return e, false
			}
		}
	}
	if !one.ReadASN1(&digest, casn1.OCTET_STRING) {
		return e, false
	}
	e.digest = digest
	if one.Empty() {
		return e, true
	}
	n := new(big.Int)
	if !one.ReadASN1(&is, casn1.SEQUENCE) || !is.SkipASN1(casn1.SEQUENCE) || !is.ReadASN1Integer(n) {
		return e, false
	}
	e.serial = serialBytes(n)
	return e, true
}

// fits compares the attribute with a certificate.
func (e essCert) fits(c *x509.Certificate) error {
	if e.hash == 0 {
		return unsupported("digest algorithm of the signing-certificate attribute")
	}
	bad := func(what string) error {
		return problem(CodeCertAttributeMismatch, "Chứng thư số kèm theo không phải là chứng thư mà người ký đã dùng khi ký.", errors.New(what))
	}
	if !slices.Equal(sum(e.hash, c.Raw), e.digest) {
		return bad("signing-certificate: digest")
	}
	if e.serial != nil && !slices.Equal(e.serial, serialBytes(c.SerialNumber)) {
		return bad("signing-certificate: serial number")
	}
	return nil
}

// readRevocation reads what Adobe puts into a signature: [0] lists, [1] OCSP answers.
func (s *Signed) readRevocation(value cryptobyte.String) {
	var seq, wrapped, list cryptobyte.String
	if !value.ReadASN1(&seq, casn1.SEQUENCE) {
		return
	}
	for _, part := range []struct {
		tag  casn1.Tag
		into *[][]byte
	}{{tag0, &s.CRLs}, {tag1, &s.OCSPs}} {
		var present bool
		if !seq.ReadOptionalASN1(&wrapped, &present, part.tag) {
			return
		}
		if present && wrapped.ReadASN1(&list, casn1.SEQUENCE) {
			readSequences(list, part.into)
		}
	}
}

func readSequences(in cryptobyte.String, into *[][]byte) {
	for !in.Empty() && len(*into) < limitEmbedded {
		var one cryptobyte.String
		if !in.ReadASN1Element(&one, casn1.SEQUENCE) {
			return
		}
		*into = append(*into, one)
	}
}

func (s *Signed) readUnsigned(in cryptobyte.String) error {
	attrs, _, err := readAttributes(in)
	if err != nil {
		return malformed("unsigned " + err.Error())
	}
	s.UnsignedAttrs = attrs
	for _, a := range attrs {
		if len(a.Values) == 0 {
			continue
		}
		value := cryptobyte.String(a.Values[0])
		switch {
		case a.Type.Equal(oidTimeStamp) && s.TimeStamp == nil:
			s.TimeStamp = value
		case a.Type.Equal(oidCertValues):
			var list cryptobyte.String
			var ders [][]byte
			if value.ReadASN1(&list, casn1.SEQUENCE) {
				readSequences(list, &ders)
			}
			for _, der := range ders {
				if cert, err := ParseCertificate(der); err == nil && len(s.Certs) < limitCertificates {
					s.Certs = append(s.Certs, cert)
				}
			}
		case a.Type.Equal(oidRevocValues):
			s.readBasicRevocation(value)
		}
	}
	return nil
}

// readBasicRevocation reads revocation-values of CAdES, whose OCSP answers are bare.
func (s *Signed) readBasicRevocation(value cryptobyte.String) {
	var seq, wrapped, list cryptobyte.String
	var present bool
	if !value.ReadASN1(&seq, casn1.SEQUENCE) || !seq.ReadOptionalASN1(&wrapped, &present, tag0) {
		return
	}
	if present && wrapped.ReadASN1(&list, casn1.SEQUENCE) {
		readSequences(list, &s.CRLs)
	}
	if !seq.ReadOptionalASN1(&wrapped, &present, tag1) || !present || !wrapped.ReadASN1(&list, casn1.SEQUENCE) {
		return
	}
	var bare [][]byte
	readSequences(list, &bare)
	for _, b := range bare {
		s.OCSPs = append(s.OCSPs, wrapOCSP(b))
	}
}

// wrapOCSP puts a bare BasicOCSPResponse into the envelope in which it travels.
func wrapOCSP(basic []byte) []byte {
	var b cryptobyte.Builder
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(casn1.ENUM, func(b *cryptobyte.Builder) { b.AddUint8(0) })
		b.AddASN1(tag0, func(b *cryptobyte.Builder) {
			b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1ObjectIdentifier(oidOCSPBasic)
				b.AddASN1OctetString(basic)
			})
		})
	})
	return b.BytesOrPanic()
}

// readTime reads a UTCTime or a GeneralizedTime, also with fractions of a second
// and without seconds, as some signers write them.
func readTime(in *cryptobyte.String) (time.Time, bool) {
	var raw cryptobyte.String
	var tag casn1.Tag
	if !in.ReadAnyASN1(&raw, &tag) || len(raw) > 32 {
		return time.Time{}, false
	}
	layouts := []string{"20060102150405Z0700", "20060102150405.999999999Z0700", "200601021504Z0700"}
	if tag == casn1.UTCTime {
		layouts = []string{"060102150405Z0700", "0601021504Z0700"}
	} else if tag != casn1.GeneralizedTime {
		return time.Time{}, false
	}
	for _, layout := range layouts {
		t, err := time.Parse(layout, string(raw))
		if err != nil {
			continue
		}
		if tag == casn1.UTCTime && t.Year() >= 2050 {
			t = t.AddDate(-100, 0, 0)
		}
		return t.UTC(), true
	}
	return time.Time{}, false
}
