// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"crypto"
	"time"

	"soviec/kit/civil"
	"soviec/kit/cms"
	"soviec/kit/pades"
	"soviec/kit/pdf"
	"soviec/seed"
)

// A spoil is what is wrong with the signature of a document that arrives.
type spoil int

// The spoils.
const (
	whole     spoil = iota // signed as it should be
	unsigned               // came without a signature
	altered                // changed after it was signed
	stranger               // signed under an authority that the agency does not know
	overdated              // signed with a certificate that had ended
)

// spoils chooses what is wrong with which of the documents of the present weeks: one that
// still waits for the clerk was changed; of those in hand, one each has the other faults.
func spoils(all []seed.Story) map[string]spoil {
	out := map[string]spoil{}
	rest := []spoil{stranger, overdated, unsigned, unsigned}
	for k := len(all) - 1; k >= 0; k-- {
		s := all[k]
		if s.Doc == nil || !s.Doc.Electronic() || s.Doc.Issuer == "congdan" {
			continue
		}
		switch queued := s.State == seed.InQueue || s.State == seed.InQueueLate; {
		case queued && out[""] == whole:
			out[s.Key], out[""] = altered, altered
		case !queued && s.File && len(rest) > 0:
			out[s.Key], rest = rest[0], rest[1:]
		}
	}
	delete(out, "")
	return out
}

// signIncoming signs a document that arrives as its issuer does: the person, then the agency,
// and spoils it where that is wanted.
func (pl *player) signIncoming(ctx context.Context, doc *seed.Document, in []byte, how spoil) ([]byte, error) {
	if how == unsigned || !doc.Electronic() || doc.Signer == "" || doc.Issuer == "congdan" {
		return in, nil
	}
	ca := pl.ca
	if how == stranger {
		ca = pl.strangers
	}
	until := ca.until
	at := civil.At(doc.Date, 10, 20)
	if how == overdated {
		until = at.AddDate(0, -2, 0)
	}
	person, err := ca.of(doc.Signer, doc.IssuerName, ca.from, until)
	if err != nil {
		return nil, err
	}
	agency, err := ca.of(doc.IssuerName, doc.IssuerName, ca.from, ca.until)
	if err != nil {
		return nil, err
	}
	for k, key := range []*trial{person, agency} {
		if in, err = signAnyway(ctx, in, key, at.Add(time.Duration(k)*25*time.Minute)); err != nil {
			return nil, err
		}
	}
	if how == altered {
		return coverLine(ctx, in)
	}
	return in, nil
}

// signAnyway signs with a certificate that may have ended.
func signAnyway(ctx context.Context, in []byte, key *trial, at time.Time) ([]byte, error) {
	p, err := pades.Prepare(ctx, bytes.NewReader(in), int64(len(in)), pades.Request{At: at.In(civil.Zone), Name: key.cert.Subject.CommonName, Room: 4096})
	if err != nil {
		return nil, err
	}
	m := &cms.Message{Cert: key.cert, Chain: key.chain, Hash: crypto.SHA256, Digest: p.State.Digest}
	if err := m.Sign(key); err != nil {
		return nil, err
	}
	der, err := m.DER()
	if err != nil {
		return nil, err
	}
	tail, err := pades.FinishMessage(ctx, p.State, der, nil)
	return append(bytes.Clone(in), tail...), err
}

// coverLine hides a line of a signed page under white, as a forger would.
func coverLine(ctx context.Context, in []byte) ([]byte, error) {
	f, err := pdf.Open(ctx, bytes.NewReader(in), int64(len(in)), pdf.DefaultLimits)
	if err != nil {
		return nil, err
	}
	u, err := f.Update()
	if err != nil {
		return nil, err
	}
	f.Last().Pages(func(_ int, ref pdf.Ref, page pdf.Dict) bool {
		contents := f.Last().Array(page["Contents"])
		if contents == nil {
			contents = pdf.Array{page["Contents"]}
		}
		changed := pdf.Dict{}
		for k, v := range page {
			changed[k] = v
		}
		changed["Contents"] = append(append(pdf.Array{}, contents...), u.Add(pdf.NewStream(pdf.Dict{}, []byte("q 1 g 90 520 420 14 re f Q\n"))))
		u.Set(ref, changed)
		return false
	})
	tail, _, err := u.Bytes()
	return append(bytes.Clone(in), tail...), err
}
