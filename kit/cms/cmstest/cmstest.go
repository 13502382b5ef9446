// SPDX-License-Identifier: Apache-2.0

// Package cmstest is a certification authority for trials and tests: a root, an
// issuing CA below it, people and agencies with keys, revocation by OCSP and by list, and
// a time stamping authority, all in the process.
//
// May enter: a clock, names, kinds of keys. May not: anything that a real signature
// would be trusted for; its certificates say in their names that they are for trials.
package cmstest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"sync"
	"time"

	"golang.org/x/crypto/ocsp"

	"soviec/kit/cms"
)

// A Kind is a kind of key.
type Kind string

// The kinds of keys.
const (
	RSA2048 Kind = "rsa2048"
	RSA3072 Kind = "rsa3072"
	P256    Kind = "p256"
	P384    Kind = "p384"
	P521    Kind = "p521"
	Ed25519 Kind = "ed25519"
)

// An Identity is a certificate with its key and its issuers, the root last.
type Identity struct {
	Cert  *x509.Certificate
	Key   crypto.Signer
	Chain []*x509.Certificate
}

// A World is a root, an issuing CA, an OCSP responder, a time stamping authority and
// whatever they issued.
type World struct {
	Clock     func() time.Time
	Root      *Identity
	Issuing   *Identity
	Responder *Identity
	Stamping  *Identity
	Base      string // address under which Handler is reached; certificates name it when set

	mu      sync.Mutex
	revoked map[string]revocation
	down    map[string]bool // parts of Handler that do not answer: "tsa", "ocsp", "crl", "aia"
}

type revocation struct {
	cert   *x509.Certificate
	at     time.Time
	reason int
}

// New makes a world whose certificates begin a year before the clock's time and last
// ten years. base may be empty: then nothing can be fetched.
func New(clock func() time.Time, base string) (*World, error) {
	w := &World{Clock: clock, Base: base, revoked: map[string]revocation{}, down: map[string]bool{}}
	var err error
	if w.Root, err = w.issue(nil, "CA gốc thử nghiệm", Request{Kind: P384, CA: true}); err != nil {
		return nil, err
	}
	if w.Issuing, err = w.issue(w.Root, "CA cấp thử nghiệm", Request{Kind: P256, CA: true}); err != nil {
		return nil, err
	}
	if w.Responder, err = w.issue(w.Issuing, "Máy trả lời OCSP thử nghiệm", Request{Kind: P256, Usage: x509.ExtKeyUsageOCSPSigning}); err != nil {
		return nil, err
	}
	w.Stamping, err = w.issue(w.Issuing, "Dấu thời gian thử nghiệm", Request{Kind: P256, Usage: x509.ExtKeyUsageTimeStamping})
	return w, err
}

// A Request says what certificate is wanted. The zero value is a P-256 key of a person
// who may sign, valid for three years from a year ago.
type Request struct {
	Kind         Kind
	Organization string
	From, Until  time.Time
	CA           bool
	Usage        x509.ExtKeyUsage // 0 (any): none is written
	KeyUsage     x509.KeyUsage    // 0: digital signature and content commitment
	Serial       *big.Int
}

// Issue gives a certificate under the issuing CA.
func (w *World) Issue(name string, r Request) (*Identity, error) { return w.issue(w.Issuing, name, r) }

// NewKey makes a key of a kind.
func NewKey(kind Kind) (crypto.Signer, error) {
	switch kind {
	case RSA2048:
		return rsa.GenerateKey(rand.Reader, 2048)
	case RSA3072:
		return rsa.GenerateKey(rand.Reader, 3072)
	case P256, "":
		return ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	case P384:
		return ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	case P521:
		return ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
	case Ed25519:
		_, key, err := ed25519.GenerateKey(rand.Reader)
		return key, err
	}
	return nil, fmt.Errorf("cmstest: no kind of key %q", kind)
}

func (w *World) issue(by *Identity, name string, r Request) (*Identity, error) {
	key, err := NewKey(r.Kind)
	if err != nil {
		return nil, err
	}
	now := w.Clock()
	t := &x509.Certificate{
		SerialNumber: r.Serial,
		Subject:      pkix.Name{Country: []string{"VN"}, CommonName: name},
		NotBefore:    now.AddDate(-1, 0, 0), NotAfter: now.AddDate(2, 0, 0),
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment, BasicConstraintsValid: true,
	}
	if t.SerialNumber == nil {
		if t.SerialNumber, err = rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120)); err != nil {
			return nil, err
		}
	}
	if r.Organization != "" {
		t.Subject.Organization = []string{r.Organization}
	}
	if r.KeyUsage != 0 {
		t.KeyUsage = r.KeyUsage
	}
	switch {
	case r.CA:
		t.IsCA, t.KeyUsage = true, x509.KeyUsageCertSign|x509.KeyUsageCRLSign
		t.NotAfter = now.AddDate(9, 0, 0)
	case r.Usage == x509.ExtKeyUsageTimeStamping:
		value, err := asn1.Marshal([]asn1.ObjectIdentifier{{1, 3, 6, 1, 5, 5, 7, 3, 8}})
		if err != nil {
			return nil, err
		}
		t.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Critical: true, Value: value}}
		t.NotAfter = now.AddDate(5, 0, 0)
	case r.Usage != x509.ExtKeyUsageAny:
		t.ExtKeyUsage = []x509.ExtKeyUsage{r.Usage}
		if r.Usage == x509.ExtKeyUsageOCSPSigning {
			t.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 5}, Value: []byte{5, 0}}}
			t.NotAfter = now.AddDate(9, 0, 0)
		}
	}
	if !r.From.IsZero() {
		t.NotBefore = r.From
	}
	if !r.Until.IsZero() {
		t.NotAfter = r.Until
	}
	parent, signer := t, key
	var chain []*x509.Certificate
	if by != nil {
		parent, signer = by.Cert, by.Key
		chain = append([]*x509.Certificate{by.Cert}, by.Chain...)
		if w.Base != "" {
			which := "root"
			if by == w.Issuing {
				which = "issuing"
			}
			t.OCSPServer = []string{w.Base + "/ocsp"}
			t.CRLDistributionPoints = []string{w.Base + "/" + which + ".crl"}
			t.IssuingCertificateURL = []string{w.Base + "/" + which + ".cer"}
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, t, parent, key.Public(), signer)
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(der)
	return &Identity{Cert: cert, Key: key, Chain: chain}, err
}

// Store trusts the root for signatures and for time, in the set of trials.
func (w *World) Store() (*cms.Store, error) {
	return cms.NewStore(cms.Entry{Name: "CA gốc thử nghiệm", Set: cms.SetTest, Cert: w.Root.Cert, Fingerprint: cms.Fingerprint(w.Root.Cert), Source: "tạo khi chạy thử"})
}

// Revoke takes a certificate back from an instant on.
func (w *World) Revoke(c *x509.Certificate, at time.Time, reason int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.revoked[c.SerialNumber.String()] = revocation{c, at, reason}
}

// CRL writes the list of the issuing CA or of the root.
func (w *World) CRL(by *Identity) ([]byte, error) {
	now := w.Clock()
	t := &x509.RevocationList{Number: big.NewInt(now.Unix()), ThisUpdate: now, NextUpdate: now.AddDate(0, 0, 7)}
	w.mu.Lock()
	for _, r := range w.revoked {
		if r.cert.CheckSignatureFrom(by.Cert) == nil && !r.at.After(now) {
			t.RevokedCertificateEntries = append(t.RevokedCertificateEntries, x509.RevocationListEntry{SerialNumber: r.cert.SerialNumber, RevocationTime: r.at, ReasonCode: r.reason})
		}
	}
	w.mu.Unlock()
	return x509.CreateRevocationList(rand.Reader, t, by.Cert, by.Key)
}

// OCSP writes the answer about one certificate: of the responder for those of the
// issuing CA, of the root itself for the issuing CA.
func (w *World) OCSP(c *x509.Certificate) ([]byte, error) {
	issuer, signer := w.Issuing, w.Responder
	if c.Equal(w.Issuing.Cert) {
		issuer, signer = w.Root, w.Root
	}
	now := w.Clock().Truncate(time.Second)
	t := ocsp.Response{Status: ocsp.Good, SerialNumber: c.SerialNumber, ThisUpdate: now, NextUpdate: now.AddDate(0, 0, 1)}
	if signer != issuer {
		t.Certificate = signer.Cert
	}
	w.mu.Lock()
	if r, ok := w.revoked[c.SerialNumber.String()]; ok && !r.at.After(now) {
		t.Status, t.RevokedAt, t.RevocationReason = ocsp.Revoked, r.at, r.reason
	}
	w.mu.Unlock()
	return ocsp.CreateResponse(issuer.Cert, signer.Cert, t, signer.Key)
}

// Policy is the policy of the time stamps for trials.
var Policy = asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 99999, 1}

// Authority is the time stamping authority.
func (w *World) Authority() *cms.Authority {
	return &cms.Authority{Cert: w.Stamping.Cert, Key: w.Stamping.Key, Chain: w.Stamping.Chain, Policy: Policy, Clock: w.Clock}
}

// Handler answers as the servers of a certification authority do: /tsa, /ocsp,
// /issuing.crl, /root.crl, /issuing.cer, /root.cer.
func (w *World) Handler() http.Handler {
	mux := http.NewServeMux()
	give := func(pattern, part, contentType string, f func(r *http.Request) ([]byte, error)) {
		mux.HandleFunc(pattern, func(rw http.ResponseWriter, r *http.Request) {
			w.mu.Lock()
			down := w.down[part]
			w.mu.Unlock()
			if down {
				http.Error(rw, "down", http.StatusServiceUnavailable)
				return
			}
			out, err := f(r)
			if err != nil {
				http.Error(rw, err.Error(), http.StatusBadRequest)
				return
			}
			rw.Header().Set("Content-Type", contentType)
			rw.Write(out)
		})
	}
	body := func(r *http.Request) ([]byte, error) { return io.ReadAll(io.LimitReader(r.Body, 1<<16)) }
	give("POST /tsa", "tsa", "application/timestamp-reply", func(r *http.Request) ([]byte, error) {
		query, err := body(r)
		if err != nil {
			return nil, err
		}
		return w.Authority().Answer(query)
	})
	give("POST /ocsp", "ocsp", "application/ocsp-response", func(r *http.Request) ([]byte, error) {
		raw, err := body(r)
		if err != nil {
			return nil, err
		}
		q, err := ocsp.ParseRequest(raw)
		if err != nil {
			return nil, err
		}
		if q.SerialNumber.Cmp(w.Issuing.Cert.SerialNumber) == 0 {
			return w.OCSP(w.Issuing.Cert)
		}
		return w.OCSP(&x509.Certificate{SerialNumber: q.SerialNumber, Raw: []byte{0}})
	})
	give("GET /issuing.crl", "crl", "application/pkix-crl", func(*http.Request) ([]byte, error) { return w.CRL(w.Issuing) })
	give("GET /root.crl", "crl", "application/pkix-crl", func(*http.Request) ([]byte, error) { return w.CRL(w.Root) })
	give("GET /issuing.cer", "aia", "application/pkix-cert", func(*http.Request) ([]byte, error) { return w.Issuing.Cert.Raw, nil })
	give("GET /root.cer", "aia", "application/pkix-cert", func(*http.Request) ([]byte, error) { return w.Root.Cert.Raw, nil })
	return mux
}

// SetDown takes a part of the handler out of service, or brings it back.
func (w *World) SetDown(part string, down bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.down[part] = down
}
