// SPDX-License-Identifier: Apache-2.0

package cms

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"slices"
	"time"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// Status is what is known about the revocation of one certificate.
type Status string

// The values of a status.
const (
	StatusGood    Status = "good"    // not revoked at that time
	StatusRevoked Status = "revoked" // revoked by then
	StatusUnknown Status = "unknown" // no evidence that is in force
)

// RevocationFact is the piece of evidence that decided about one certificate.
type RevocationFact struct {
	Cert       *x509.Certificate
	Status     Status
	Source     string // "ocsp", "crl", "none-needed" or ""
	ThisUpdate time.Time
	NextUpdate time.Time
	RevokedAt  time.Time // set also when it was revoked only later
	Reason     int
	Raw        []byte // the answer or the list
}

// freshness without a stated next update; clocks may differ a little.
const (
	staleAfter = 24 * time.Hour
	clockSkew  = 5 * time.Minute
)

// knowledge is evidence read once for all certificates of all chains.
type knowledge struct {
	now     time.Time
	answers []*ocspAnswer
	lists   []*crlList
}

type crlList struct {
	*x509.RevocationList
	scope   crlScope
	checked map[*x509.Certificate]bool
}

func readEvidence(ev Evidence) *knowledge {
	k := &knowledge{now: ev.Now}
	for i, raw := range ev.OCSPs {
		if i >= limitEmbedded {
			break
		}
		if a, err := parseOCSP(raw); err == nil {
			k.answers = append(k.answers, a)
		}
	}
	for i, raw := range ev.CRLs {
		if i >= limitEmbedded {
			break
		}
		if l, err := parseCRL(raw); err == nil {
			k.lists = append(k.lists, l)
		}
	}
	return k
}

// about looks through all evidence: a revocation wins over anything else, then the
// newest evidence that is in force.
func (k *knowledge) about(cert, issuer *x509.Certificate, at time.Time) RevocationFact {
	best := RevocationFact{Cert: cert, Status: StatusUnknown}
	if needsNoRevocation(cert) {
		return RevocationFact{Cert: cert, Status: StatusGood, Source: "none-needed"}
	}
	take := func(f RevocationFact) {
		if f.Status == StatusUnknown || best.Status == StatusRevoked {
			return
		}
		if f.Status == StatusRevoked || best.Status == StatusUnknown || f.ThisUpdate.After(best.ThisUpdate) {
			best = f
		}
	}
	for _, a := range k.answers {
		take(a.about(cert, issuer, at, k.now))
	}
	for _, l := range k.lists {
		take(l.about(cert, issuer, at, k.now))
	}
	return best
}

// needsNoRevocation: the issuer says that the certificate lives too short to be revoked.
func needsNoRevocation(c *x509.Certificate) bool {
	for _, e := range c.Extensions {
		if e.Id.Equal(asn1.ObjectIdentifier{2, 5, 29, 56}) || e.Id.Equal(asn1.ObjectIdentifier{0, 4, 0, 194121, 2, 1}) {
			return true
		}
	}
	return false
}

// settle turns a piece of evidence that speaks of the certificate into a status at
// an instant. kept says that the source remembers certificates after their end.
func (f RevocationFact) settle(at, now time.Time, revoked, kept bool) RevocationFact {
	f.Status = StatusUnknown
	if !now.IsZero() && f.ThisUpdate.After(now.Add(clockSkew)) {
		return f
	}
	if revoked && !f.RevokedAt.After(at) {
		f.Status = StatusRevoked
		return f
	}
	if revoked { // revoked later: at that time it was still good
		f.Status = StatusGood
		return f
	}
	until := f.NextUpdate
	if until.IsZero() {
		until = f.ThisUpdate.Add(staleAfter)
	}
	if until.Before(at) {
		return f // older than the instant, and no longer in force then
	}
	if f.ThisUpdate.After(f.Cert.NotAfter) && !kept {
		return f // made after the certificate ended: it may have been forgotten
	}
	f.Status = StatusGood
	return f
}

// crlScope is the extension issuing distribution point.
type crlScope struct {
	urls       []string
	named      bool
	users, cas bool
	unusable   bool // indirect, for attributes, for some reasons only, or a delta
	kept       bool // expired certificates stay on it
}

func parseCRL(raw []byte) (*crlList, error) {
	if len(raw) > limitBytes {
		return nil, errLarge
	}
	list, err := x509.ParseRevocationList(raw)
	if err != nil {
		return nil, err
	}
	l := &crlList{RevocationList: list, checked: map[*x509.Certificate]bool{}}
	for _, e := range list.Extensions {
		switch {
		case e.Id.Equal(asn1.ObjectIdentifier{2, 5, 29, 28}):
			l.scope.read(e.Value)
		case e.Id.Equal(asn1.ObjectIdentifier{2, 5, 29, 60}):
			l.scope.kept = true
		case e.Id.Equal(asn1.ObjectIdentifier{2, 5, 29, 20}), e.Id.Equal(asn1.ObjectIdentifier{2, 5, 29, 35}):
		case e.Critical:
			l.scope.unusable = true
		}
	}
	return l, nil
}

func (s *crlScope) read(value []byte) {
	in := cryptobyte.String(value)
	var seq, field cryptobyte.String
	if !in.ReadASN1(&seq, casn1.SEQUENCE) {
		s.unusable = true
		return
	}
	for !seq.Empty() {
		var tag casn1.Tag
		if !seq.ReadAnyASN1(&field, &tag) {
			s.unusable = true
			return
		}
		set := len(field) == 1 && field[0] != 0
		switch tag &^ 0x20 {
		case casn1.Tag(0).ContextSpecific():
			s.named = true
			var names, name cryptobyte.String
			if field.ReadASN1(&names, tag0) {
				for !names.Empty() && names.ReadAnyASN1(&name, &tag) {
					if tag == casn1.Tag(6).ContextSpecific() {
						s.urls = append(s.urls, string(name))
					}
				}
			}
		case casn1.Tag(1).ContextSpecific():
			s.users = set
		case casn1.Tag(2).ContextSpecific():
			s.cas = set
		default:
			if tag&^0x20 == casn1.Tag(3).ContextSpecific() || set {
				s.unusable = true
			}
		}
	}
}

// speaksOf tells whether the list is one on which the certificate would stand.
func (s crlScope) speaksOf(c *x509.Certificate) bool {
	if s.unusable || (s.users && c.IsCA) || (s.cas && !c.IsCA) {
		return false
	}
	return !s.named || slices.ContainsFunc(s.urls, func(u string) bool { return slices.Contains(c.CRLDistributionPoints, u) })
}

func (l *crlList) about(cert, issuer *x509.Certificate, at, now time.Time) RevocationFact {
	f := RevocationFact{Cert: cert, Status: StatusUnknown, Source: "crl", ThisUpdate: l.ThisUpdate, NextUpdate: l.NextUpdate, Raw: l.Raw}
	if !bytes.Equal(l.RawIssuer, cert.RawIssuer) || !l.scope.speaksOf(cert) || !l.signedBy(issuer) {
		return f
	}
	for _, e := range l.RevokedCertificateEntries {
		if e.SerialNumber.Cmp(cert.SerialNumber) == 0 {
			f.RevokedAt, f.Reason = e.RevocationTime, e.ReasonCode
			return f.settle(at, now, true, l.scope.kept)
		}
	}
	return f.settle(at, now, false, l.scope.kept)
}

func (l *crlList) signedBy(issuer *x509.Certificate) bool {
	ok, done := l.checked[issuer]
	if !done {
		ok = (issuer.KeyUsage == 0 || issuer.KeyUsage&x509.KeyUsageCRLSign != 0) && checkSigned(l.Raw, issuer) == nil
		l.checked[issuer] = ok
	}
	return ok
}
