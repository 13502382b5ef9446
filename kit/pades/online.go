// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"context"
	"crypto/x509"
	"io"
	"slices"

	"soviec/kit/cms"
)

// VerifyOnline is Verify that asks, where issuers or answers about revocation are missing,
// whomever the fetcher may ask. What came back stands in the report's Gathered, to be kept
// as evidence with the verdict.
func VerifyOnline(ctx context.Context, src io.ReaderAt, size int64, opt Options, f *cms.Fetcher) *Report {
	r := Verify(ctx, src, size, opt)
	if f == nil || opt.Store == nil {
		return r
	}
	g := cms.Gathered{Certs: opt.Certs, Evidence: opt.Evidence}
	g.Now = opt.At
	before := len(g.Certs) + len(g.OCSPs) + len(g.CRLs)
	for _, v := range r.Verdicts {
		for _, ask := range v.asks() {
			mine := g
			mine.Certs = slices.Concat(g.Certs, ask.certs)
			got, _ := opt.Store.Gather(ctx, f, ask.stamp, ask.cert, mine, opt.At)
			g.Certs = slices.Concat(g.Certs, got.Certs[len(mine.Certs):])
			g.OCSPs, g.CRLs = got.OCSPs, got.CRLs
		}
	}
	if len(g.Certs)+len(g.OCSPs)+len(g.CRLs) == before {
		return r
	}
	opt.Certs, opt.Evidence = g.Certs, g.Evidence
	r = Verify(ctx, src, size, opt)
	r.Gathered = g
	return r
}

// An ask is a certificate of which something may be missing.
type ask struct {
	cert  *x509.Certificate
	certs []*x509.Certificate
	stamp bool
}

func (v *Verdict) asks() []ask {
	if v.signed == nil || v.Signer == nil || v.Integrity != Intact {
		return nil
	}
	var out []ask
	if v.Trust == cms.Unknown || v.Trust == cms.Untrusted {
		out = append(out, ask{v.Signer, v.signed.Certs, v.Stamp})
	}
	if v.Timing != Proven && v.signed.TimeStamp != nil {
		if t, err := cms.ParseToken(v.signed.TimeStamp); err == nil && t.SignerCert != nil {
			out = append(out, ask{t.SignerCert, t.Certs, true})
		}
	}
	return out
}
