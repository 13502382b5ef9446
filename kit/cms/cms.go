// SPDX-License-Identifier: Apache-2.0

// Package cms reads, judges and builds signed messages, certificates and time stamps:
// bytes in, findings out.
//
// It follows RFC 5652 (CMS), RFC 5035 and RFC 2634 (ESS signing-certificate), RFC 3161
// (time stamps), RFC 5280 (paths and revocation lists), RFC 6960 (OCSP) and the parts of
// ETSI EN 319 122 that PAdES leans on. Foreign bytes are read under limits of depth, size
// and number; BER is taken, signed attributes are hashed as DER. What a judge finds is a
// *Problem: a fixed code for the record and a sentence that a clerk understands.
//
// May enter: bytes of a message, a certificate, a revocation list, an answer of a time
// stamping authority; the digest of what was signed; trust anchors as data; the time.
// May not: PDF, HTTP servers, rows of the office, the machine's clock. The network is
// used by the Fetcher alone, and only when somebody hands one over.
package cms

import (
	"crypto"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"time"
)

// A Code names one kind of finding. The record keeps codes for ever, so none may change.
type Code string

// The codes of a verdict.
const (
	CodeFormat                Code = "FORMAT"
	CodeHashMismatch          Code = "HASH_MISMATCH"
	CodeSignatureValue        Code = "SIGNATURE_VALUE"
	CodeByteRange             Code = "BYTE_RANGE"
	CodeDictionaryChanged     Code = "DICTIONARY_CHANGED"
	CodeIllegalChange         Code = "ILLEGAL_CHANGE"
	CodePolicyForbids         Code = "POLICY_FORBIDS"
	CodeNoSignerCert          Code = "NO_SIGNER_CERT"
	CodeCertAttributeMismatch Code = "CERT_ATTRIBUTE_MISMATCH"
	CodeChainNotFound         Code = "CHAIN_NOT_FOUND"
	CodeRevoked               Code = "REVOKED"
	CodeExpired               Code = "EXPIRED"
	CodeNotYetValid           Code = "NOT_YET_VALID"
	CodeNoRevocationData      Code = "NO_REVOCATION_DATA"
	CodeWeakAlgorithm         Code = "WEAK_ALGORITHM"
	CodeUnsupportedAlgorithm  Code = "UNSUPPORTED_ALGORITHM"
	CodeTimestampBroken       Code = "TIMESTAMP_BROKEN"
	limitBytes                     = 16 << 20 // one message with its lists of revoked certificates
	limitIndefinite                = 4 << 20  // a message that has to be rewritten from BER
	limitDepth                     = 40
	limitElements                  = 1 << 20
	limitCertificates              = 128
	limitAttributes                = 256
	limitEmbedded                  = 256 // lists and answers carried by one message
)

// A Problem is one finding: a code for the record, a sentence for people, and the
// technical cause for the log.
type Problem struct {
	Code Code
	Text string
	Err  error
}

func (p *Problem) Error() string {
	if p.Err != nil {
		return string(p.Code) + ": " + p.Text + " (" + p.Err.Error() + ")"
	}
	return string(p.Code) + ": " + p.Text
}

func (p *Problem) Unwrap() error { return p.Err }

// CodeOf gives the code of a finding, or "" for nil and foreign errors.
func CodeOf(err error) Code {
	var p *Problem
	if errors.As(err, &p) {
		return p.Code
	}
	return ""
}

func problem(code Code, text string, err error) *Problem {
	return &Problem{Code: code, Text: text, Err: err}
}

// An Attribute is one signed or unsigned attribute with the DER of its values.
type Attribute struct {
	Type   asn1.ObjectIdentifier
	Values [][]byte
}

// Signed is a SignedData as it was read. Nothing in it has been judged yet.
type Signed struct {
	Raw         []byte // the structure without what follows it
	ContentType asn1.ObjectIdentifier
	Content     []byte // the encapsulated content; nil when detached
	Detached    bool
	Signers     int // a signature of a PDF has exactly one; Verify says so

	Digest    crypto.Hash // digest algorithm of the signer; 0 when unknown
	Algorithm string      // the signature algorithm in words

	SignerCert *x509.Certificate   // nil when the message and Supply brought none that fits
	Certs      []*x509.Certificate // as they stand in the message
	CRLs       [][]byte            // carried by the message, by the attribute of Adobe, or by CAdES values
	OCSPs      [][]byte            // whole OCSPResponse structures

	SignedAttrs   []Attribute
	UnsignedAttrs []Attribute
	AttrsDER      []byte    // the signed attributes as DER SET OF, as they are hashed; nil when there are none
	SigningTime   time.Time // signing-time attribute; zero when missing
	MessageDigest []byte
	Signature     []byte
	TimeStamp     []byte // the first signature time stamp among the unsigned attributes

	attrsStored   []byte // the signed attributes in the order in which they were stored
	issuer        []byte
	serial        []byte
	keyID         []byte
	digestOID     asn1.ObjectIdentifier
	algorithm     algorithm
	algorithmErr  error
	essDigest     [2]essCert // v1, v2
	signerMatches []*x509.Certificate
	attrErr       error
}

// Weak lists what does not break the message but weakens it.
func (s *Signed) Weak() []*Problem {
	var out []*Problem
	if s.Digest == crypto.SHA1 || s.algorithm.hash == crypto.SHA1 {
		out = append(out, problem(CodeWeakAlgorithm, "Chữ ký dùng thuật toán băm SHA-1, nay không còn đủ an toàn.", nil))
	}
	if s.SignerCert != nil {
		if bits := rsaBits(s.SignerCert); bits > 0 && bits < 2048 {
			out = append(out, problem(CodeWeakAlgorithm, "Khóa của người ký ngắn hơn 2048 bit, nay không còn đủ an toàn.", nil))
		}
	}
	return out
}
