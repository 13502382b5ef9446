// SPDX-License-Identifier: Apache-2.0

package cms

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"math/big"
	"time"
)

// A Message is a SignedData being built in two phases: ToSign gives what the key has
// to sign, wherever that key is; when its answer stands in Value, DER puts all together.
type Message struct {
	Cert  *x509.Certificate
	Chain []*x509.Certificate // the issuers; a root among them is left out
	Hash  crypto.Hash         // SHA-256 or stronger
	PSS   bool                // RSA keys: RSASSA-PSS in place of PKCS #1 v1.5

	ContentType asn1.ObjectIdentifier // nil: data
	Content     []byte                // encapsulated; nil: detached
	Digest      []byte                // of the content, with Hash
	SigningTime time.Time             // zero in PAdES, where the time stands in the dictionary

	Value     []byte // the signature value
	TimeStamp []byte // a token over Value; nil: none

	asked  []byte // what ToSign answered last, and for which digest
	digest []byte
}

var (
	errHash = errors.New("a message is signed with SHA-256, SHA-384 or SHA-512")
	errKey  = errors.New("a message is signed with an RSA key of 2048 bits or more, an ECDSA key on P-256, P-384 or P-521, or an Ed25519 key")
)

// ToSign returns the signed attributes as DER SET OF. The key signs these bytes:
// most keys take their digest, Ed25519 takes them as they are. Only the digest may be
// set anew once it was asked.
func (m *Message) ToSign() ([]byte, error) {
	if m.asked != nil && bytes.Equal(m.digest, m.Digest) {
		return m.asked, nil
	}
	if m.Hash != crypto.SHA256 && m.Hash != crypto.SHA384 && m.Hash != crypto.SHA512 {
		return nil, errHash
	}
	if len(m.Digest) != m.Hash.Size() {
		return nil, errors.New("the digest of the content does not have the length of its algorithm")
	}
	if _, err := m.algorithm(); err != nil {
		return nil, err
	}
	attrs := [][]byte{
		attribute(oidContentType, objectID(m.contentType())),
		attribute(oidMessageDigest, tlv(0x04, m.Digest)),
		attribute(oidSigningCertV2, m.signingCert()),
	}
	if !m.SigningTime.IsZero() {
		at := m.SigningTime.UTC()
		value := tlv(0x17, []byte(at.Format("060102150405Z")))
		if at.Year() >= 2050 {
			value = tlv(0x18, []byte(at.Format("20060102150405Z")))
		}
		attrs = append(attrs, attribute(oidSigningTime, value))
	}
	m.asked, m.digest = sorted(attrs), bytes.Clone(m.Digest)
	return m.asked, nil
}

func (m *Message) contentType() asn1.ObjectIdentifier {
	if m.ContentType == nil {
		return oidData
	}
	return m.ContentType
}

// signingCert writes ESS signing-certificate-v2 (RFC 5035): the digest binds the
// signature to this very certificate.
func (m *Message) signingCert() []byte {
	var hash []byte
	if m.Hash != crypto.SHA256 { // the default is not written in DER
		hash = sequence(objectID(hashOID(m.Hash)))
	}
	issuer := sequence(sequence(tlv(0xa4, m.Cert.RawIssuer)), integer(m.Cert.SerialNumber))
	return sequence(sequence(sequence(hash, tlv(0x04, sum(m.Hash, m.Cert.Raw)), issuer)))
}

func attribute(oid asn1.ObjectIdentifier, value []byte) []byte {
	return sequence(objectID(oid), tlv(0x31, value))
}

// algorithm chooses the signature algorithm for the key of the certificate.
func (m *Message) algorithm() (algorithm, error) {
	switch pub := m.Cert.PublicKey.(type) {
	case *rsa.PublicKey:
		if pub.N.BitLen() < 2048 {
			return algorithm{}, errKey
		}
		if m.PSS {
			return algorithm{familyPSS, m.Hash, m.Hash.Size()}, nil
		}
		return algorithm{familyRSA, m.Hash, 0}, nil
	case *ecdsa.PublicKey:
		if pub.Params().BitSize < 256 {
			return algorithm{}, errKey
		}
		return algorithm{familyECDSA, m.Hash, 0}, nil
	case ed25519.PublicKey:
		return algorithm{familyEd25519, 0, 0}, nil
	}
	return algorithm{}, errKey
}

var null = []byte{5, 0}

// identifier writes the AlgorithmIdentifier.
func (a algorithm) identifier() []byte {
	if a.family == familyPSS {
		hash := sequence(objectID(hashOID(a.hash)), null)
		return sequence(objectID(oidPSS), sequence(
			tlv(0xa0, hash),
			tlv(0xa1, sequence(objectID(oidMGF1), hash)),
			tlv(0xa2, integer(big.NewInt(int64(a.salt))))))
	}
	var oid asn1.ObjectIdentifier
	for _, s := range signatures {
		if s.algorithm == a {
			oid = s.oid
			break
		}
	}
	if a.family == familyRSA {
		return sequence(objectID(oid), null)
	}
	return sequence(objectID(oid))
}

// Sign lets a key at hand answer. The key must be the certificate's; answers that come
// from elsewhere are verified by Check.
func (m *Message) Sign(key crypto.Signer) error {
	if pub, ok := key.Public().(interface{ Equal(crypto.PublicKey) bool }); !ok || !pub.Equal(m.Cert.PublicKey) {
		return problem(CodeSignatureValue, "Khóa bí mật không phải là khóa của chứng thư số đã chọn.", nil)
	}
	attrs, err := m.ToSign()
	if err != nil {
		return err
	}
	a, err := m.algorithm()
	if err != nil {
		return err
	}
	input, opts := sum(m.Hash, attrs), crypto.SignerOpts(m.Hash)
	switch a.family {
	case familyPSS:
		opts = &rsa.PSSOptions{SaltLength: a.salt, Hash: m.Hash}
	case familyEd25519:
		input, opts = attrs, crypto.Hash(0)
	}
	m.Value, err = key.Sign(rand.Reader, input, opts)
	return err
}

// SetValue takes the answer of a key that stands elsewhere. Tokens answer ECDSA with two
// bare numbers; a message wants them as DER.
func (m *Message) SetValue(raw []byte) {
	m.Value = raw
	pub, ok := m.Cert.PublicKey.(*ecdsa.PublicKey)
	if !ok || len(raw) != 2*((pub.Params().BitSize+7)/8) {
		return
	}
	der := sequence(integer(new(big.Int).SetBytes(raw[:len(raw)/2])), integer(new(big.Int).SetBytes(raw[len(raw)/2:])))
	if m.Check() != nil {
		m.Value = der
	}
}

// Check verifies the answer of the key, wherever it came from, before it enters a file.
func (m *Message) Check() error {
	attrs, err := m.ToSign()
	if err != nil {
		return err
	}
	a, err := m.algorithm()
	if err != nil {
		return err
	}
	if err := a.check(m.Cert.PublicKey, m.Hash, attrs, nil, m.Value); err != nil {
		return problem(CodeSignatureValue, "Giá trị chữ ký nhận được không khớp với chứng thư số của người ký.", err)
	}
	return nil
}

// DER puts the message together.
func (m *Message) DER() ([]byte, error) {
	attrs, err := m.ToSign()
	if err != nil {
		return nil, err
	}
	a, err := m.algorithm()
	if err != nil {
		return nil, err
	}
	digest := sequence(objectID(hashOID(m.Hash)))
	version := byte(1)
	if !m.contentType().Equal(oidData) {
		version = 3
	}
	var content []byte
	if m.Content != nil {
		content = tlv(0xa0, tlv(0x04, m.Content))
	}
	return sequence(objectID(oidSignedData), tlv(0xa0, sequence(
		[]byte{2, 1, version},
		tlv(0x31, digest),
		sequence(objectID(m.contentType()), content),
		tlv(0xa0, ascending(m.issuers())...),
		tlv(0x31, m.signer(a, attrs, digest))))), nil
}

// issuers are the certificates that travel with the message: the signer's and those above
// it without the root.
func (m *Message) issuers() [][]byte {
	ders := [][]byte{m.Cert.Raw}
	for _, c := range m.Chain {
		if !bytes.Equal(c.RawSubject, c.RawIssuer) && !bytes.Equal(c.Raw, m.Cert.Raw) {
			ders = append(ders, c.Raw)
		}
	}
	return ders
}

func (m *Message) signer(a algorithm, attrs, digest []byte) []byte {
	var stamp []byte
	if m.TimeStamp != nil {
		stamp = tlv(0xa1, attribute(oidTimeStamp, m.TimeStamp))
	}
	return sequence(
		[]byte{2, 1, 1},
		sequence(m.Cert.RawIssuer, integer(m.Cert.SerialNumber)),
		digest,
		[]byte{0xa0}, attrs[1:], // [0] IMPLICIT in place of SET
		a.identifier(),
		tlv(0x04, m.Value),
		stamp)
}

// Size is an upper limit for the length of DER with a time stamp of so many bytes.
func (m *Message) Size(timeStamp int) (int, error) {
	if m.Digest == nil {
		m.Digest = make([]byte, m.Hash.Size())
	}
	attrs, err := m.ToSign()
	if err != nil {
		return 0, err
	}
	n := len(attrs) + len(m.Content) + len(m.Cert.RawIssuer) + 250 // versions, algorithms, lengths
	if m.PSS {
		n += 100
	}
	for _, der := range m.issuers() {
		n += len(der)
	}
	switch pub := m.Cert.PublicKey.(type) {
	case *rsa.PublicKey:
		n += pub.Size()
	case *ecdsa.PublicKey:
		n += 2*((pub.Params().BitSize+7)/8+3) + 4
	default:
		n += ed25519.SignatureSize
	}
	if timeStamp > 0 {
		n += timeStamp + 64 // the attribute around it, and longer lengths
	}
	return n, nil
}

// AddTimeStamp puts a token into a message that a signing service has built whole.
// Nothing that is signed changes.
func AddTimeStamp(message, token []byte) ([]byte, error) {
	s, err := Parse(message)
	if err != nil {
		return nil, err
	}
	if s.Signers != 1 {
		return nil, malformed("not exactly one signer")
	}
	element, _, err := normal(message)
	if err != nil {
		return nil, malformed(err.Error())
	}
	add := attribute(oidTimeStamp, token)
	// content info → [0] → signed data → last element (signers) → signer
	return rebuildLast(element, 4, func(signer []byte) []byte {
		h, _ := readHeader(signer)
		body := signer[h.content:]
		at, last := lastElement(body)
		if last[0] == 0xa1 {
			lh, _ := readHeader(last)
			inner := append(bytes.Clone(last[lh.content:]), add...)
			body = append(bytes.Clone(body[:at]), append(appendHeader(nil, []byte{0xa1}, len(inner)), inner...)...)
		} else {
			body = append(bytes.Clone(body), append(appendHeader(nil, []byte{0xa1}, len(add)), add...)...)
		}
		return append(appendHeader(nil, signer[:1], len(body)), body...)
	}), nil
}

// lastElement finds the last element of a content that was read before.
func lastElement(body []byte) (int, []byte) {
	at := 0
	for {
		h, err := readHeader(body[at:])
		if err != nil {
			return at, body[at:]
		}
		end := at + h.content + h.length
		if end >= len(body) {
			return at, body[at:]
		}
		at = end
	}
}

// rebuildLast replaces the last element `depth` levels down, with new lengths above it.
func rebuildLast(element []byte, depth int, change func([]byte) []byte) []byte {
	if depth == 0 {
		return change(element)
	}
	h, _ := readHeader(element)
	body := element[h.content:]
	at, last := lastElement(body)
	body = append(bytes.Clone(body[:at]), rebuildLast(last, depth-1, change)...)
	return append(appendHeader(nil, element[:1], len(body)), body...)
}
