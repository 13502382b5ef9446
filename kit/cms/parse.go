// SPDX-License-Identifier: Apache-2.0

package cms

import (
	"crypto/x509"
	"errors"
	"math/big"
	"slices"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

var (
	tag0 = casn1.Tag(0).Constructed().ContextSpecific()
	tag1 = casn1.Tag(1).Constructed().ContextSpecific()
	tag2 = casn1.Tag(2).Constructed().ContextSpecific()
)

func malformed(what string) *Problem {
	return problem(CodeFormat, "Dữ liệu chữ ký bị hỏng hoặc không đúng định dạng, không đọc được.", errors.New(what))
}

// Parse reads one SignedData. Zero bytes may follow it, as /Contents of a PDF is
// filled up; anything else is refused. The number of signers is told, not judged.
func Parse(b []byte) (*Signed, error) {
	s, rest, err := ParsePrefix(b)
	if err != nil {
		return nil, err
	}
	for _, c := range rest {
		if c != 0 {
			return nil, malformed("bytes after the structure")
		}
	}
	return s, nil
}

// ParsePrefix reads the SignedData at the beginning of b and returns what follows it
// without a judgement: some signers fill up /Contents with other bytes than zero,
// which no signature covers and no reader shows.
func ParsePrefix(b []byte) (s *Signed, rest []byte, err error) {
	element, rest, err := normal(b)
	if err != nil {
		return nil, nil, malformed(err.Error())
	}
	s, err = parse(element)
	if err != nil {
		return nil, nil, err
	}
	s.Raw = b[:len(b)-len(rest)]
	return s, rest, nil
}

func parse(element []byte) (*Signed, error) {
	s := &Signed{}
	in := cryptobyte.String(element)
	var info, explicit, signed cryptobyte.String
	var oid = oidData
	if !in.ReadASN1(&info, casn1.SEQUENCE) || !info.ReadASN1ObjectIdentifier(&oid) || !oid.Equal(oidSignedData) {
		return nil, malformed("not a signed message")
	}
	if !info.ReadASN1(&explicit, tag0) || !info.Empty() || !explicit.ReadASN1(&signed, casn1.SEQUENCE) || !explicit.Empty() {
		return nil, malformed("content info")
	}
	if err := s.read(signed); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *Signed) read(in cryptobyte.String) error {
	var version int64
	var digests, content, set cryptobyte.String
	if !in.ReadASN1Integer(&version) || !in.ReadASN1(&digests, casn1.SET) || !in.ReadASN1(&content, casn1.SEQUENCE) {
		return malformed("signed data")
	}
	if err := s.readContent(content); err != nil {
		return err
	}
	var present bool
	if !in.ReadOptionalASN1(&set, &present, tag0) {
		return malformed("certificates")
	}
	if present {
		if err := s.readCertificates(set); err != nil {
			return err
		}
	}
	if !in.ReadOptionalASN1(&set, &present, tag1) {
		return malformed("revocation lists")
	}
	if present {
		if err := s.readLists(set); err != nil {
			return err
		}
	}
	if !in.ReadASN1(&set, casn1.SET) || !in.Empty() {
		return malformed("signers")
	}
	var first cryptobyte.String
	for !set.Empty() {
		var one cryptobyte.String
		if !set.ReadASN1(&one, casn1.SEQUENCE) {
			return malformed("signer")
		}
		if s.Signers++; s.Signers == 1 {
			first = one
		}
	}
	if s.Signers == 0 {
		return nil
	}
	if err := s.readSigner(first); err != nil {
		return err
	}
	s.findSigner(s.Certs)
	return nil
}

func (s *Signed) readContent(in cryptobyte.String) error {
	if !in.ReadASN1ObjectIdentifier(&s.ContentType) {
		return malformed("content type")
	}
	var explicit, octets cryptobyte.String
	var present bool
	if !in.ReadOptionalASN1(&explicit, &present, tag0) || !in.Empty() {
		return malformed("content")
	}
	if s.Detached = !present; s.Detached {
		return nil
	}
	if !explicit.ReadASN1(&octets, casn1.OCTET_STRING) || !explicit.Empty() {
		return malformed("content")
	}
	s.Content = append([]byte{}, octets...)
	return nil
}

func (s *Signed) readCertificates(in cryptobyte.String) error {
	for n := 0; !in.Empty(); n++ {
		var one cryptobyte.String
		var tag casn1.Tag
		if !in.ReadAnyASN1Element(&one, &tag) || n >= limitCertificates {
			return malformed("certificates")
		}
		if tag != casn1.SEQUENCE { // attribute certificates and others play no part
			continue
		}
		if cert, err := ParseCertificate(one); err == nil {
			s.Certs = append(s.Certs, cert)
		}
	}
	return nil
}

func (s *Signed) readLists(in cryptobyte.String) error {
	for n := 0; !in.Empty(); n++ {
		var one cryptobyte.String
		var tag casn1.Tag
		if !in.ReadAnyASN1Element(&one, &tag) || n >= limitEmbedded {
			return malformed("revocation lists")
		}
		switch tag {
		case casn1.SEQUENCE:
			s.CRLs = append(s.CRLs, one)
		case tag1:
			var other, answer cryptobyte.String
			oid := oidData
			if one.ReadASN1(&other, tag1) && other.ReadASN1ObjectIdentifier(&oid) && oid.Equal(oidOCSPResponse) &&
				other.ReadASN1Element(&answer, casn1.SEQUENCE) {
				s.OCSPs = append(s.OCSPs, answer)
			}
		}
	}
	return nil
}

func (s *Signed) readSigner(in cryptobyte.String) error {
	var version int64
	if !in.ReadASN1Integer(&version) {
		return malformed("signer version")
	}
	var sid, set cryptobyte.String
	var tag casn1.Tag
	if !in.ReadAnyASN1(&sid, &tag) {
		return malformed("signer identifier")
	}
	switch tag {
	case casn1.SEQUENCE:
		var issuer cryptobyte.String
		n := new(big.Int)
		if !sid.ReadASN1Element(&issuer, casn1.SEQUENCE) || !sid.ReadASN1Integer(n) || !sid.Empty() {
			return malformed("signer identifier")
		}
		s.issuer, s.serial = issuer, serialBytes(n)
	case casn1.Tag(0).ContextSpecific(), tag0:
		s.keyID = sid
	default:
		return malformed("signer identifier")
	}
	oid, _, ok := readAlgorithm(&in)
	if !ok {
		return malformed("digest algorithm")
	}
	s.digestOID, s.Digest = oid, hashOf(oid)
	var present bool
	if !in.ReadOptionalASN1(&set, &present, tag0) {
		return malformed("signed attributes")
	}
	if present {
		if err := s.readSigned(set); err != nil {
			return err
		}
	}
	oid, params, ok := readAlgorithm(&in)
	if !ok {
		return malformed("signature algorithm")
	}
	s.algorithm, s.algorithmErr = signatureAlgorithm(oid, params)
	if s.Algorithm = s.algorithm.String(); s.Algorithm == "" {
		s.Algorithm = oid.String()
	}
	var value cryptobyte.String
	if !in.ReadASN1(&value, casn1.OCTET_STRING) {
		return malformed("signature value")
	}
	s.Signature = value
	if !in.ReadOptionalASN1(&set, &present, tag1) || !in.Empty() {
		return malformed("unsigned attributes")
	}
	if present {
		return s.readUnsigned(set)
	}
	return nil
}

// Supply offers certificates from elsewhere (the DSS of a PDF, a store) for a
// message that does not carry its signer's own.
func (s *Signed) Supply(certs ...*x509.Certificate) {
	if s.SignerCert == nil && s.Signers > 0 {
		s.findSigner(certs)
	}
}

// findSigner looks for the certificate that the signer identifier names. Where
// several fit, the one that the signing-certificate attribute names is taken.
func (s *Signed) findSigner(certs []*x509.Certificate) {
	s.signerMatches = nil
	for _, c := range certs {
		fits := s.keyID != nil && slices.Equal(c.SubjectKeyId, s.keyID) && len(s.keyID) > 0
		if s.issuer != nil && slices.Equal(serialBytes(c.SerialNumber), s.serial) {
			// a name may have been written in another string type: then the attribute decides
			fits = slices.Equal(c.RawIssuer, s.issuer) || s.namedByAttribute(c)
		}
		if fits {
			s.signerMatches = append(s.signerMatches, c)
		}
	}
	for _, c := range s.signerMatches {
		if s.namedByAttribute(c) {
			s.SignerCert = c
			return
		}
	}
	if len(s.signerMatches) > 0 {
		s.SignerCert = s.signerMatches[0]
	}
}

func (s *Signed) namedByAttribute(c *x509.Certificate) bool {
	for _, e := range s.essDigest {
		if e.present && e.hash != 0 && slices.Equal(sum(e.hash, c.Raw), e.digest) {
			return true
		}
	}
	return false
}
