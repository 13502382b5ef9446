// SPDX-License-Identifier: Apache-2.0

package cms

import (
	"crypto"
	"crypto/rand"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"time"

	"crypto/x509"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// A Query asks an authority for a time stamp (RFC 3161 §2.4.1).
type Query struct {
	Hash     crypto.Hash
	Imprint  []byte
	Policy   asn1.ObjectIdentifier // nil: the authority's own
	Nonce    *big.Int
	WithCert bool
}

// NewQuery asks for a stamp over a digest, with a fresh nonce and the certificate.
func NewQuery(hash crypto.Hash, imprint []byte) (Query, error) {
	nonce, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 63))
	if err != nil {
		return Query{}, err
	}
	return Query{Hash: hash, Imprint: imprint, Nonce: nonce, WithCert: true}, nil
}

// DER writes the query.
func (q Query) DER() ([]byte, error) {
	var b cryptobyte.Builder
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Int64(1)
		imprint(b, q.Hash, q.Imprint)
		if q.Policy != nil {
			b.AddASN1ObjectIdentifier(q.Policy)
		}
		if q.Nonce != nil {
			b.AddASN1BigInt(q.Nonce)
		}
		if q.WithCert {
			b.AddASN1Boolean(true)
		}
	})
	return b.Bytes()
}

func imprint(b *cryptobyte.Builder, hash crypto.Hash, digest []byte) {
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1ObjectIdentifier(hashOID(hash))
			b.AddASN1NULL()
		})
		b.AddASN1OctetString(digest)
	})
}

// ParseQuery reads what somebody asks of an authority.
func ParseQuery(der []byte) (Query, error) {
	var q Query
	bad := errors.New("not a time-stamp query")
	in := cryptobyte.String(der)
	var seq, imprint, digest cryptobyte.String
	var version int64
	if len(der) > 1<<16 || !in.ReadASN1(&seq, casn1.SEQUENCE) || !in.Empty() || !seq.ReadASN1Integer(&version) || version != 1 || !seq.ReadASN1(&imprint, casn1.SEQUENCE) {
		return q, bad
	}
	oid, _, ok := readAlgorithm(&imprint)
	if !ok || !imprint.ReadASN1(&digest, casn1.OCTET_STRING) {
		return q, bad
	}
	q.Hash, q.Imprint = hashOf(oid), digest
	if q.Hash == 0 || len(digest) != q.Hash.Size() {
		return q, bad
	}
	if seq.PeekASN1Tag(casn1.OBJECT_IDENTIFIER) && !seq.ReadASN1ObjectIdentifier(&q.Policy) {
		return q, bad
	}
	if seq.PeekASN1Tag(casn1.INTEGER) {
		if q.Nonce = new(big.Int); !seq.ReadASN1Integer(q.Nonce) {
			return q, bad
		}
	}
	if seq.PeekASN1Tag(casn1.BOOLEAN) && !seq.ReadASN1Boolean(&q.WithCert) {
		return q, bad
	}
	return q, nil
}

// Check reads the answer of an authority to this query: granted, same imprint, same
// nonce, the policy that was asked for, a token that verifies. Whether the authority
// is trusted is Store.Path's matter. It returns the token and its bytes.
func (q Query) Check(answer []byte) (*Token, []byte, error) {
	broken := func(what string) error {
		return problem(CodeTimestampBroken, "Máy chủ cấp dấu thời gian trả lời không hợp lệ.", errors.New(what))
	}
	element, rest, err := normal(answer)
	if err != nil || len(rest) != 0 {
		return nil, nil, broken("not a time-stamp answer")
	}
	in := cryptobyte.String(element)
	var seq, info, der cryptobyte.String
	var status int64
	if !in.ReadASN1(&seq, casn1.SEQUENCE) || !seq.ReadASN1(&info, casn1.SEQUENCE) || !info.ReadASN1Integer(&status) {
		return nil, nil, broken("not a time-stamp answer")
	}
	if status != 0 && status != 1 {
		return nil, nil, problem(CodeTimestampBroken, "Máy chủ cấp dấu thời gian từ chối yêu cầu.", fmt.Errorf("status %d", status))
	}
	if !seq.ReadASN1Element(&der, casn1.SEQUENCE) || !seq.Empty() {
		return nil, nil, broken("no token")
	}
	token, err := ParseToken(der)
	if err != nil {
		return nil, nil, err
	}
	switch {
	case token.Hash != q.Hash || !slices.Equal(token.Imprint, q.Imprint):
		return nil, nil, broken("another imprint")
	case q.Nonce != nil && (token.Nonce == nil || token.Nonce.Cmp(q.Nonce) != 0):
		return nil, nil, broken("another nonce")
	case q.Policy != nil && !token.Policy.Equal(q.Policy):
		return nil, nil, broken("another policy")
	}
	if err := token.Verify(func(crypto.Hash) ([]byte, error) { return q.Imprint, nil }); err != nil {
		return nil, nil, err
	}
	return token, der, nil
}

// An Authority stamps: the office's own for trials, and the one of the tests. Clock
// says what time it is.
type Authority struct {
	Cert   *x509.Certificate
	Key    crypto.Signer
	Chain  []*x509.Certificate
	Policy asn1.ObjectIdentifier
	Clock  func() time.Time
}

// Answer answers a query, with a refusal where it cannot be read.
func (a *Authority) Answer(query []byte) ([]byte, error) {
	q, err := ParseQuery(query)
	if err != nil || (q.Policy != nil && !q.Policy.Equal(a.Policy)) {
		var b cryptobyte.Builder
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1Int64(2) })
		})
		return b.Bytes()
	}
	token, err := a.stamp(q)
	if err != nil {
		return nil, err
	}
	var b cryptobyte.Builder
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1Int64(0) })
		b.AddBytes(token)
	})
	return b.Bytes()
}

func (a *Authority) stamp(q Query) ([]byte, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, err
	}
	var b cryptobyte.Builder
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Int64(1)
		b.AddASN1ObjectIdentifier(a.Policy)
		imprint(b, q.Hash, q.Imprint)
		b.AddASN1BigInt(serial)
		b.AddASN1GeneralizedTime(a.Clock().UTC().Truncate(time.Second))
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1Int64(1) }) // exact to a second
		if q.Nonce != nil {
			b.AddASN1BigInt(q.Nonce)
		}
	})
	info, err := b.Bytes()
	if err != nil {
		return nil, err
	}
	m := Message{Cert: a.Cert, Chain: a.Chain, Hash: crypto.SHA256, ContentType: oidTSTInfo, Content: info, Digest: sum(crypto.SHA256, info)}
	if err := m.Sign(a.Key); err != nil {
		return nil, err
	}
	return m.DER()
}
