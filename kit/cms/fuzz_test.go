// SPDX-License-Identifier: Apache-2.0

package cms_test

import (
	"crypto"
	"testing"

	"soviec/kit/cms"
	"soviec/kit/cms/cmstest"
)

// FuzzEvidence gives foreign bytes to every reader of answers: whatever they are, nothing
// breaks, and nobody becomes trusted by them.
func FuzzEvidence(f *testing.F) {
	w := world(f, "")
	lan := issue(f, w, "Nông Thị Lan", cmstest.Request{})
	stranger := world(f, "")
	seeds := func(b []byte, err error) {
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	seeds(stranger.OCSP(lan.Cert))
	seeds(stranger.CRL(stranger.Issuing))
	q, err := cms.NewQuery(crypto.SHA256, make([]byte, 32))
	if err != nil {
		f.Fatal(err)
	}
	query, err := q.DER()
	seeds(query, err)
	seeds(w.Authority().Answer(query))
	f.Add(lan.Cert.Raw)
	s := store(f, w)
	f.Fuzz(func(t *testing.T, b []byte) {
		r := s.Path(lan.Cert, lan.Chain, noon, cms.Evidence{OCSPs: [][]byte{b}, CRLs: [][]byte{b}})
		if r.Trust == cms.Trusted {
			t.Errorf("trusted because of %x", b)
		}
		cms.ParseQuery(b)
		if _, err := w.Authority().Answer(b); err != nil {
			t.Error(err)
		}
		if _, _, err := q.Check(b); err == nil && len(b) < 100 {
			t.Errorf("%x answers the query", b)
		}
		if certs, err := cms.ReadCertificates(b); err == nil {
			for _, c := range certs {
				s.Path(c, certs, noon, cms.Evidence{})
			}
		}
	})
}
