// SPDX-License-Identifier: Apache-2.0

package cms

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// Trust is the axis of the verdict that says whether the signer's certificate leads
// to an anchor of the store.
type Trust string

// The values of trust.
const (
	Trusted   Trust = "trusted"
	Untrusted Trust = "untrusted"
	Unknown   Trust = "unknown"
	Revoked   Trust = "revoked"
	Expired   Trust = "expired"
)

// Evidence is what was gathered about revocation: whole OCSP answers and lists, from
// the message, the DSS of a PDF, or the network.
type Evidence struct {
	OCSPs [][]byte
	CRLs  [][]byte
	Now   time.Time // when the judge looks; evidence from later is not believed. Zero: not asked
}

// PathResult is what Path found.
type PathResult struct {
	Trust   Trust
	Problem *Problem            // nil when trusted
	Chain   []*x509.Certificate // the signer's first, the anchor last; nil when none was found
	Entry   *Entry              // the entry of the store where the chain ends
	Facts   []RevocationFact    // what was found about each certificate below the anchor
	Weak    []*Problem
}

const (
	limitChain  = 8  // certificates in a chain
	limitChains = 8  // chains that are compared
	limitChecks = 64 // signatures that are checked while looking for chains
)

// Path looks for a chain from a signer's certificate to an anchor, valid as a whole at
// an instant, with every certificate below the anchor known not to have been revoked
// by then.
func (s *Store) Path(cert *x509.Certificate, intermediates []*x509.Certificate, at time.Time, ev Evidence) PathResult {
	return s.path(cert, intermediates, at, ev, func(e *Entry) bool { return e.Set != SetTSA })
}

// PathTSA does the same for the certificate of a time stamping authority, whose chain
// must end in the set of authorities.
func (s *Store) PathTSA(cert *x509.Certificate, intermediates []*x509.Certificate, at time.Time, ev Evidence) PathResult {
	return s.path(cert, intermediates, at, ev, func(e *Entry) bool { return e.Set == SetTSA || e.Set == SetTest })
}

func (s *Store) path(cert *x509.Certificate, intermediates []*x509.Certificate, at time.Time, ev Evidence, may func(*Entry) bool) PathResult {
	search := &search{store: s, pool: map[string][]*x509.Certificate{}, may: may, at: at}
	for i, c := range intermediates {
		if i >= limitCertificates {
			break
		}
		search.pool[string(c.RawSubject)] = append(search.pool[string(c.RawSubject)], c)
	}
	search.walk([]*x509.Certificate{cert})
	if len(search.found) == 0 {
		return search.none(cert)
	}
	known := readEvidence(ev)
	var best PathResult
	for i, f := range search.found {
		r := f.judge(at, known)
		if i == 0 || rank(r.Trust) < rank(best.Trust) {
			best = r
		}
	}
	return best
}

func rank(t Trust) int {
	return slices.Index([]Trust{Trusted, Revoked, Unknown, Expired, Untrusted}, t)
}

// search walks upward from a certificate; pool and store give the issuers.
type search struct {
	store   *Store
	pool    map[string][]*x509.Certificate
	may     func(*Entry) bool
	at      time.Time
	checks  int
	found   []candidate
	outside bool // a chain ended at an anchor that the office did not trust at that time
	weak    bool // a link was not followed because its algorithm is too weak
}

// candidate is one chain that ends at an anchor, with the entries it passes.
type candidate struct {
	chain  []*x509.Certificate
	entry  *Entry
	pinned []bool
	weak   []*Problem
}

func (s *search) walk(chain []*x509.Certificate) {
	last := chain[len(chain)-1]
	if len(s.found) >= limitChains {
		return
	}
	for _, e := range s.store.bySubject[string(last.RawSubject)] {
		if !e.Issuer && s.may(e) && bytes.Equal(e.Cert.Raw, last.Raw) {
			s.end(chain, e)
			return
		}
	}
	if len(chain) >= limitChain {
		return
	}
	for _, e := range s.store.bySubject[string(last.RawIssuer)] {
		if s.may(e) {
			s.step(chain, e.Cert)
		}
	}
	for _, c := range s.pool[string(last.RawIssuer)] {
		s.step(chain, c)
	}
}

func (s *search) step(chain []*x509.Certificate, issuer *x509.Certificate) {
	last := chain[len(chain)-1]
	for _, c := range chain {
		if bytes.Equal(c.RawSubject, issuer.RawSubject) && bytes.Equal(c.RawSubjectPublicKeyInfo, issuer.RawSubjectPublicKeyInfo) {
			return
		}
	}
	if len(last.AuthorityKeyId) > 0 && len(issuer.SubjectKeyId) > 0 && !bytes.Equal(last.AuthorityKeyId, issuer.SubjectKeyId) {
		return
	}
	if s.checks++; s.checks > limitChecks || mayIssue(issuer, len(chain)-1) != nil || checkSigned(last.Raw, issuer) != nil {
		return
	}
	s.walk(append(slices.Clone(chain), issuer))
}

// mayIssue asks whether a certificate may issue others with so many CAs below it.
func mayIssue(c *x509.Certificate, below int) error {
	switch {
	case c.Version >= 3 && (!c.BasicConstraintsValid || !c.IsCA):
		return errors.New("not a CA")
	case c.KeyUsage != 0 && c.KeyUsage&x509.KeyUsageCertSign == 0:
		return errors.New("not a key for certificates")
	case (c.MaxPathLen > 0 || c.MaxPathLenZero) && below > c.MaxPathLen:
		return errors.New("too many CAs below")
	}
	return nil
}

func (s *search) end(chain []*x509.Certificate, e *Entry) {
	if !e.Covers(s.at) {
		s.outside = true
		return
	}
	f := candidate{chain: chain, entry: e, pinned: make([]bool, len(chain))}
	for i, c := range chain {
		for _, p := range s.store.bySubject[string(c.RawSubject)] {
			f.pinned[i] = f.pinned[i] || bytes.Equal(p.Cert.Raw, c.Raw)
		}
	}
	for i, c := range chain[:len(chain)-1] {
		if !weakSigned(c.Raw) {
			continue
		}
		if !f.pinned[i] {
			s.weak = true
			return
		}
		f.weak = append(f.weak, problem(CodeWeakAlgorithm, "Chứng thư số của tổ chức cấp được ký bằng thuật toán SHA-1 cũ; cơ quan đã ghim chứng thư này vào danh sách tin cậy.", nil))
	}
	s.found = append(s.found, f)
}

func (s *search) none(cert *x509.Certificate) PathResult {
	r := PathResult{Trust: Unknown}
	switch {
	case s.weak:
		r.Problem = problem(CodeWeakAlgorithm, "Chứng thư số của người ký được cấp bằng thuật toán SHA-1 cũ, không còn đủ an toàn để tin cậy.", nil)
	case s.outside:
		r.Trust = Untrusted
		r.Problem = problem(CodeChainNotFound, "Tổ chức cấp chứng thư số này không nằm trong danh sách tin cậy của cơ quan tại thời điểm ký.", nil)
	case bytes.Equal(cert.RawIssuer, cert.RawSubject):
		r.Trust = Untrusted
		r.Problem = problem(CodeChainNotFound, "Chứng thư số do người ký tự cấp, không do tổ chức được tin cậy cấp.", nil)
	default:
		r.Problem = problem(CodeChainNotFound, "Không tìm thấy đường dẫn từ chứng thư số của người ký đến một tổ chức được cơ quan tin cậy.", nil)
	}
	return r
}

// judge decides about one chain.
func (f candidate) judge(at time.Time, known *knowledge) PathResult {
	r := PathResult{Trust: Trusted, Chain: f.chain, Entry: f.entry, Weak: f.weak}
	for i, c := range f.chain {
		who := "Chứng thư số của người ký"
		if i > 0 {
			who = "Chứng thư số của tổ chức cấp"
		}
		if at.Before(c.NotBefore) {
			r.Trust = Untrusted
			r.Problem = problem(CodeNotYetValid, who+" chưa có hiệu lực tại thời điểm ký.", fmt.Errorf("not before %s", c.NotBefore))
			return r
		}
		if at.After(c.NotAfter) {
			r.Trust = Expired
			r.Problem = problem(CodeExpired, who+" đã hết hạn tại thời điểm ký.", fmt.Errorf("not after %s", c.NotAfter))
			return r
		}
	}
	if err := f.constraints(at); err != nil {
		var lost x509.UnknownAuthorityError
		if errors.As(err, &lost) { // a link that only our own, more tolerant reading could follow
			r.Trust = Unknown
			r.Problem = problem(CodeChainNotFound, "Chứng thư số có dạng không chuẩn nên chưa thể tin cậy đường dẫn của nó.", err)
			return r
		}
		r.Trust = Untrusted
		r.Problem = problem(CodeChainNotFound, "Chứng thư số của người ký trái với giới hạn mà tổ chức cấp đặt ra.", err)
		return r
	}
	if f.entry.Unchecked {
		return r
	}
	for i := range len(f.chain) - 1 {
		fact := known.about(f.chain[i], f.chain[i+1], at)
		r.Facts = append(r.Facts, fact)
		who := "Chứng thư số của người ký"
		if i > 0 {
			who = "Chứng thư số của tổ chức cấp"
		}
		switch {
		case fact.Status == StatusRevoked && r.Trust != Revoked:
			r.Trust = Revoked
			r.Problem = problem(CodeRevoked, who+" đã bị thu hồi trước thời điểm ký.", fmt.Errorf("revoked at %s, reason %d", fact.RevokedAt, fact.Reason))
		case fact.Status == StatusUnknown && r.Trust == Trusted:
			r.Trust = Unknown
			r.Problem = problem(CodeNoRevocationData, "Chưa có dữ liệu để biết "+lower(who)+" có bị thu hồi hay không.", nil)
		}
	}
	return r
}

func lower(s string) string {
	return "c" + s[1:] // both sentences begin with "Chứng thư"
}

// constraints lets the standard library judge names, unknown critical extensions and
// the like over this very chain. Links above a pinned certificate that are too old for
// it are left to the pin.
func (f candidate) constraints(at time.Time) error {
	top := len(f.chain) - 1
	for i := range top {
		if weakSigned(f.chain[i].Raw) {
			top = i
			break
		}
	}
	roots, middle := x509.NewCertPool(), x509.NewCertPool()
	roots.AddCert(f.chain[top])
	for _, c := range f.chain[1:max(1, top)] {
		middle.AddCert(c)
	}
	if top == 0 {
		return nil
	}
	leaf := *f.chain[0]
	leaf.UnhandledCriticalExtensions = slices.DeleteFunc(slices.Clone(leaf.UnhandledCriticalExtensions), func(oid asn1.ObjectIdentifier) bool {
		return oid.Equal(asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 3}) // qualified statements limit nothing here
	})
	_, err := leaf.Verify(x509.VerifyOptions{Roots: roots, Intermediates: middle, CurrentTime: at, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	return err
}

// signedPart takes a certificate, a list or an answer apart: what is signed, with
// which algorithm, and the value.
func signedPart(der []byte) (tbs []byte, alg algorithm, value []byte, err error) {
	in := cryptobyte.String(der)
	var seq, element cryptobyte.String
	var bits asn1.BitString
	if !in.ReadASN1(&seq, casn1.SEQUENCE) || !seq.ReadASN1Element(&element, casn1.SEQUENCE) {
		return nil, alg, nil, malformed("signed structure")
	}
	oid, params, ok := readAlgorithm(&seq)
	if !ok || !seq.ReadASN1BitString(&bits) {
		return nil, alg, nil, malformed("signed structure")
	}
	alg, err = signatureAlgorithm(oid, params)
	return element, alg, bits.RightAlign(), err
}

// checkSigned checks the signature of a certificate, a list or an answer.
func checkSigned(der []byte, signer *x509.Certificate) error {
	tbs, alg, value, err := signedPart(der)
	if err != nil {
		return err
	}
	key, err := publicKey(signer)
	if err != nil {
		return err
	}
	return alg.check(key, alg.hash, tbs, nil, value)
}

func weakSigned(der []byte) bool {
	_, alg, _, err := signedPart(der)
	return err == nil && alg.hash == crypto.SHA1
}
