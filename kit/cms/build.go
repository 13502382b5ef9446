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
	"time"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
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
}

var (
	errHash = errors.New("a message is signed with SHA-256, SHA-384 or SHA-512")
	errKey  = errors.New("a message is signed with an RSA key of 2048 bits or more, an ECDSA key on P-256, P-384 or P-521, or an Ed25519 key")
)

// ToSign returns the signed attributes as DER SET OF. The key signs these bytes:
// most keys take their digest, Ed25519 takes them as they are.
func (m *Message) ToSign() ([]byte, error) {
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
		attribute(oidContentType, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(m.contentType()) }),
		attribute(oidMessageDigest, func(b *cryptobyte.Builder) { b.AddASN1OctetString(m.Digest) }),
		attribute(oidSigningCertV2, m.signingCert),
	}
	if !m.SigningTime.IsZero() {
		attrs = append(attrs, attribute(oidSigningTime, func(b *cryptobyte.Builder) {
			if t := m.SigningTime.UTC(); t.Year() < 2050 {
				b.AddASN1UTCTime(t)
			} else {
				b.AddASN1GeneralizedTime(t)
			}
		}))
	}
	return sorted(attrs), nil
}

func (m *Message) contentType() asn1.ObjectIdentifier {
	if m.ContentType == nil {
		return oidData
	}
	return m.ContentType
}

// signingCert writes ESS signing-certificate-v2 (RFC 5035): the digest binds the
// signature to this very certificate.
func (m *Message) signingCert(b *cryptobyte.Builder) {
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
				if m.Hash != crypto.SHA256 { // the default is not written in DER
					b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(hashOID(m.Hash)) })
				}
				b.AddASN1OctetString(sum(m.Hash, m.Cert.Raw))
				b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
					b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
						b.AddASN1(casn1.Tag(4).Constructed().ContextSpecific(), func(b *cryptobyte.Builder) { b.AddBytes(m.Cert.RawIssuer) })
					})
					b.AddASN1BigInt(m.Cert.SerialNumber)
				})
			})
		})
	})
}

func attribute(oid asn1.ObjectIdentifier, value cryptobyte.BuilderContinuation) []byte {
	var b cryptobyte.Builder
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(oid)
		b.AddASN1(casn1.SET, value)
	})
	return b.BytesOrPanic()
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

// write adds the AlgorithmIdentifier.
func (a algorithm) write(b *cryptobyte.Builder) {
	null := func(b *cryptobyte.Builder) { b.AddASN1NULL() }
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		if a.family == familyPSS {
			b.AddASN1ObjectIdentifier(oidPSS)
			hash := func(b *cryptobyte.Builder) {
				b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
					b.AddASN1ObjectIdentifier(hashOID(a.hash))
					null(b)
				})
			}
			b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1(tag0, hash)
				b.AddASN1(tag1, func(b *cryptobyte.Builder) {
					b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
						b.AddASN1ObjectIdentifier(oidMGF1)
						hash(b)
					})
				})
				b.AddASN1(tag2, func(b *cryptobyte.Builder) { b.AddASN1Int64(int64(a.salt)) })
			})
			return
		}
		for _, s := range signatures {
			if s.algorithm == a {
				b.AddASN1ObjectIdentifier(s.oid)
				break
			}
		}
		if a.family == familyRSA {
			null(b)
		}
	})
}

// Sign lets a key at hand answer, and checks that it is the certificate's.
func (m *Message) Sign(key crypto.Signer) error {
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
	if m.Value, err = key.Sign(rand.Reader, input, opts); err != nil {
		return err
	}
	return m.Check()
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
	digest := func(b *cryptobyte.Builder) {
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(hashOID(m.Hash)) })
	}
	var b cryptobyte.Builder
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(oidSignedData)
		b.AddASN1(tag0, func(b *cryptobyte.Builder) {
			b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
				version := int64(1)
				if !m.contentType().Equal(oidData) {
					version = 3
				}
				b.AddASN1Int64(version)
				b.AddASN1(casn1.SET, digest)
				b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
					b.AddASN1ObjectIdentifier(m.contentType())
					if m.Content != nil {
						b.AddASN1(tag0, func(b *cryptobyte.Builder) { b.AddASN1OctetString(m.Content) })
					}
				})
				b.AddASN1(tag0, func(b *cryptobyte.Builder) { b.AddBytes(m.certificates()) })
				b.AddASN1(casn1.SET, func(b *cryptobyte.Builder) { m.signer(b, a, attrs, digest) })
			})
		})
	})
	return b.Bytes()
}

// certificates are the signer's and its issuers without the root, as a SET OF.
func (m *Message) certificates() []byte {
	ders := [][]byte{m.Cert.Raw}
	for _, c := range m.Chain {
		if !bytes.Equal(c.RawSubject, c.RawIssuer) && !bytes.Equal(c.Raw, m.Cert.Raw) {
			ders = append(ders, c.Raw)
		}
	}
	set := sorted(ders)
	h, _ := readHeader(set)
	return set[h.content:]
}

func (m *Message) signer(b *cryptobyte.Builder, a algorithm, attrs []byte, digest cryptobyte.BuilderContinuation) {
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Int64(1)
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddBytes(m.Cert.RawIssuer)
			b.AddASN1BigInt(m.Cert.SerialNumber)
		})
		digest(b)
		b.AddBytes([]byte{0xa0}) // [0] IMPLICIT in place of SET
		b.AddBytes(attrs[1:])
		a.write(b)
		b.AddASN1OctetString(m.Value)
		if m.TimeStamp != nil {
			b.AddASN1(tag1, func(b *cryptobyte.Builder) {
				b.AddBytes(attribute(oidTimeStamp, func(b *cryptobyte.Builder) { b.AddBytes(m.TimeStamp) }))
			})
		}
	})
}

// Size is an upper limit for the length of DER with a time stamp of so many bytes.
func (m *Message) Size(timeStamp int) (int, error) {
	longest := *m
	longest.TimeStamp = nil
	switch pub := m.Cert.PublicKey.(type) {
	case *rsa.PublicKey:
		longest.Value = make([]byte, pub.Size())
	case *ecdsa.PublicKey:
		longest.Value = make([]byte, 2*((pub.Params().BitSize+7)/8+3)+4)
	default:
		longest.Value = make([]byte, ed25519.SignatureSize)
	}
	if longest.Digest == nil {
		longest.Digest = make([]byte, m.Hash.Size())
	}
	der, err := longest.DER()
	if err != nil {
		return 0, err
	}
	if timeStamp > 0 {
		timeStamp += 64 // the attribute around it, and longer lengths
	}
	return len(der) + timeStamp, nil
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
	add := attribute(oidTimeStamp, func(b *cryptobyte.Builder) { b.AddBytes(token) })
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
