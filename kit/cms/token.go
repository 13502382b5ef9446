// SPDX-License-Identifier: Apache-2.0

package cms

import (
	"crypto"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"math/big"
	"slices"
	"time"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// A Token is a time stamp of RFC 3161: a signed message whose content says what was
// seen when.
type Token struct {
	*Signed
	Policy   asn1.ObjectIdentifier
	Hash     crypto.Hash
	Imprint  []byte
	Serial   *big.Int
	Time     time.Time     // genTime
	Accuracy time.Duration // 0 when not stated
	Nonce    *big.Int      // nil when none
}

func tokenBroken(what string, err error) *Problem {
	if err == nil {
		err = errors.New(what)
	}
	return problem(CodeTimestampBroken, "Dấu thời gian bị hỏng hoặc không thuộc về chữ ký này.", err)
}

// ParseToken reads a time stamp. Like Parse it takes zero bytes behind it.
func ParseToken(b []byte) (*Token, error) {
	s, err := Parse(b)
	if err != nil {
		return nil, tokenBroken("", err)
	}
	if s.Detached || !s.ContentType.Equal(oidTSTInfo) {
		return nil, tokenBroken("the content is no time-stamp information", nil)
	}
	t := &Token{Signed: s, Serial: new(big.Int)}
	element, rest, err := normal(s.Content)
	if err != nil || len(rest) != 0 {
		return nil, tokenBroken("time-stamp information", err)
	}
	in := cryptobyte.String(element)
	var seq, imprint, digest cryptobyte.String
	var version int64
	if !in.ReadASN1(&seq, casn1.SEQUENCE) || !seq.ReadASN1Integer(&version) || version != 1 || !seq.ReadASN1ObjectIdentifier(&t.Policy) || !seq.ReadASN1(&imprint, casn1.SEQUENCE) {
		return nil, tokenBroken("time-stamp information", nil)
	}
	oid, _, ok := readAlgorithm(&imprint)
	if !ok || !imprint.ReadASN1(&digest, casn1.OCTET_STRING) {
		return nil, tokenBroken("message imprint", nil)
	}
	t.Hash, t.Imprint = hashOf(oid), digest
	if !seq.ReadASN1Integer(t.Serial) {
		return nil, tokenBroken("serial number", nil)
	}
	if t.Time, ok = readTime(&seq); !ok {
		return nil, tokenBroken("genTime", nil)
	}
	if err := t.readOptional(seq); err != nil {
		return nil, err
	}
	return t, nil
}

func (t *Token) readOptional(seq cryptobyte.String) error {
	var accuracy cryptobyte.String
	var present bool
	if seq.PeekASN1Tag(casn1.SEQUENCE) {
		seq.ReadASN1(&accuracy, casn1.SEQUENCE)
		var seconds, part int64
		if accuracy.PeekASN1Tag(casn1.INTEGER) && !accuracy.ReadASN1Integer(&seconds) {
			return tokenBroken("accuracy", nil)
		}
		t.Accuracy = time.Duration(min(max(seconds, 0), 1<<31)) * time.Second
		for i, unit := range []time.Duration{time.Millisecond, time.Microsecond} {
			var field cryptobyte.String
			if !accuracy.ReadOptionalASN1(&field, &present, casn1.Tag(i).ContextSpecific()) {
				return tokenBroken("accuracy", nil)
			}
			if present && len(field) > 0 && len(field) <= 2 {
				part = 0
				for _, c := range field {
					part = part<<8 | int64(c)
				}
				t.Accuracy += time.Duration(part) * unit
			}
		}
	}
	seq.SkipOptionalASN1(casn1.BOOLEAN)
	if seq.PeekASN1Tag(casn1.INTEGER) {
		t.Nonce = new(big.Int)
		if !seq.ReadASN1Integer(t.Nonce) {
			return tokenBroken("nonce", nil)
		}
	}
	return nil
}

// Verify judges the token without trust: signature, imprint of what it stamps, key
// usage of the authority, its certificate valid at the time it states.
func (t *Token) Verify(digest func(crypto.Hash) ([]byte, error)) error {
	if t.Hash == 0 {
		return unsupported("digest algorithm of the time stamp")
	}
	d, err := digest(t.Hash)
	if err != nil {
		return tokenBroken("", err)
	}
	if !slices.Equal(d, t.Imprint) {
		return tokenBroken("message imprint", nil)
	}
	if err := t.Signed.Verify(nil); err != nil {
		switch CodeOf(err) {
		case CodeUnsupportedAlgorithm, CodeNoSignerCert:
			return err
		}
		return tokenBroken("", err)
	}
	if !stampsTime(t.SignerCert) {
		return tokenBroken("the certificate is not for time stamping alone", nil)
	}
	if t.Time.Before(t.SignerCert.NotBefore) || t.Time.After(t.SignerCert.NotAfter) {
		return tokenBroken("genTime lies outside the certificate", nil)
	}
	return nil
}

// stampsTime asks for the critical extended key usage time stamping, and no other
// (RFC 3161 §2.3).
func stampsTime(c *x509.Certificate) bool {
	critical := slices.ContainsFunc(c.Extensions, func(e pkix.Extension) bool {
		return e.Id.Equal(asn1.ObjectIdentifier{2, 5, 29, 37}) && e.Critical
	})
	return critical && len(c.ExtKeyUsage) == 1 && len(c.UnknownExtKeyUsage) == 0 && c.ExtKeyUsage[0] == x509.ExtKeyUsageTimeStamping
}
