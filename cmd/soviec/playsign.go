// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"

	"soviec/kit/blob"
	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/letter"
	"soviec/kit/pades"
	"soviec/office/draft"
	"soviec/office/outgoing"
	"soviec/office/signature"
	"soviec/seed"
)

// signedShare is how many of a hundred documents of the sample office are signed digitally,
// as the agency was after which it was modelled.
const signedShare = 78

// digitally chooses the documents that are signed digitally: so many of a hundred of those
// that go out, spread evenly, and of those whose signer has a key. What waits for the clerk is
// signed so too, all but the first of it: a paper lies on his table as well.
func (pl *player) digitally(all []*drafted) {
	out, waiting := 0, 0
	for _, x := range all {
		done := func(v seed.Verb) bool {
			return slices.ContainsFunc(x.Steps, func(s seed.Step) bool { return s.Do == v })
		}
		switch {
		case pl.keysOf[x.Signer] == nil || x.Void || !done(seed.Signed):
		case done(seed.Issued):
			out++
			x.digital = out*signedShare/100 > (out-1)*signedShare/100
		default:
			waiting++
			x.digital = waiting > 1
		}
	}
}

// pictured: the signatures of the present weeks are seen on the page; those of the sample year
// are not, since drawing the pictures costs many times what signing does.
func pictured(at time.Time) bool { return at.Year() != seed.Year }

// beginSigned has the signer's key sign the leaf of a document, in the room left for it.
func (pl *player) beginSigned(ctx context.Context, x *drafted, from *leaf, at time.Time) {
	if from == nil || x.signed != nil && x.signedFrom == from {
		return
	}
	key := pl.keysOf[x.Signer]
	var look []byte
	if pictured(at) {
		look = pl.handOf(x.Signer)
	}
	x.signedFrom = from
	x.signed = pl.typist.make(func(s *leaf) error {
		if _, err := from.wait(); err != nil {
			return err
		}
		s.boxes, s.pages = from.boxes, from.pages
		r := pades.Request{Field: "NguoiKy", At: at.In(civil.Zone), Cert: key.cert, Chain: key.chain, Name: key.cert.Subject.CommonName}
		if b, ok := boxNamed(from.boxes, "7c"); ok && look != nil {
			r.Page, r.Place, r.Look = b.Page, pades.Rect{X: b.X, Y: b.Y, W: b.W, H: b.H}, &pades.Look{Picture: look}
		}
		return s.signWith(ctx, pl, from.data, r, key)
	})
}

// beginSealed has the agency's key sign what the person signed, with number and day filled in
// by the same revision, and the result judged.
func (pl *player) beginSealed(ctx context.Context, x *drafted, l letter.Letter, at time.Time) {
	if x.signed == nil || x.sealed != nil && x.sealedFrom == x.signed {
		return
	}
	from, key, n := x.signed, pl.keysOf[""], numberOn(l, x.NumberRaw(), x.Date)
	x.sealedFrom = from
	x.sealed = pl.typist.make(func(s *leaf) error {
		if _, err := from.wait(); err != nil {
			return err
		}
		fill, err := l.Fill(n.Number, n.Notation, x.Date)
		if err != nil {
			return err
		}
		s.boxes, s.pages = from.boxes, from.pages
		r := pades.Request{Field: "CoQuan", At: at.In(civil.Zone), Cert: key.cert, Chain: key.chain, Name: key.cert.Subject.CommonName, Fill: fill}
		if b, ok := boxNamed(from.boxes, "7c"); ok && pictured(at) {
			r.Page, r.Place, r.Look = b.Page, pades.SealPlace(pades.Rect{X: b.X, Y: b.Y, W: b.W, H: b.H}, sealWide), &pades.Look{Picture: sealPicture()}
		}
		if err := s.signWith(ctx, pl, from.data, r, key); err != nil {
			return err
		}
		s.record = signature.Look(ctx, bytes.NewReader(s.data), s.size, pl.ca.store, at, nil)
		s.data, from.data = nil, nil
		return nil
	})
}

func (s *leaf) signWith(ctx context.Context, pl *player, in []byte, r pades.Request, key *trial) error {
	tail, err := pades.Sign(ctx, bytes.NewReader(in), int64(len(in)), r, key, nil)
	if err != nil {
		return err
	}
	return s.keep(ctx, pl, append(slices.Clip(in), tail...))
}

func boxNamed(all []letter.Box, name string) (letter.Box, bool) {
	i := slices.IndexFunc(all, func(b letter.Box) bool { return b.Name == name })
	if i < 0 {
		return letter.Box{}, false
	}
	return all[i], true
}

// signDigitally plays the signature of a person by his key.
func (pl *player) signDigitally(ctx context.Context, x *drafted, st seed.Step) error {
	pl.beginSigned(ctx, x, x.drawn, st.At)
	if x.signed == nil {
		return errors.New("there is no page to sign")
	}
	pg, err := x.signed.wait()
	if err != nil {
		return err
	}
	key := pl.keysOf[x.Signer]
	ev := draft.Evidence{Subject: key.cert.Subject.CommonName, Serial: key.cert.SerialNumber.Text(16), Issuer: key.cert.Issuer.CommonName, Level: "B-B", Verdict: pades.Valid.Words()}
	return pl.onDraft(ctx, st.By, x, func(a *journal.Act, p draft.Paper) error {
		if _, err := draft.Prepare(a, p.ID, p.SHA); err != nil {
			return err
		}
		return draft.Complete(a, p.ID, blob.Key(pg.sha), ev)
	})
}

// sealDigitally plays the seal of the agency by its key, in the clerk's hands.
func (pl *player) sealDigitally(ctx context.Context, x *drafted, st seed.Step) error {
	d, err := pl.office(ctx)
	if err != nil {
		return err
	}
	l, err := pl.letterOf(d, x)
	if err != nil {
		return err
	}
	pl.beginSealed(ctx, x, l, st.At)
	pg, err := x.sealed.wait()
	if err != nil {
		return err
	}
	rec := x.sealed.record
	n := numberOn(l, x.NumberRaw(), x.Date)
	fill, err := l.Fill(n.Number, n.Notation, x.Date)
	if err != nil {
		return err
	}
	ev := outgoing.Evidence{Kept: true, Personal: true, Agency: rec.Outcome() == signature.Valid, Verdict: rec.Outcome().Words(),
		Shown: outgoing.Shown{Fields: true, So: fill[letter.FieldNumber], Ngay: fill[letter.FieldDate]}}
	x.next, x.drawn, x.signed, x.signedFrom, x.sealed, x.sealedFrom = nil, nil, nil, nil, nil, nil
	return pl.as(ctx, st.By, func(a *journal.Act) error {
		s, err := outgoing.PrepareSeal(a, x.document)
		if err != nil {
			return err
		}
		if _, err := outgoing.CompleteSeal(a, s.ID, outgoing.File{Size: pg.size, SHA: pg.sha, Pages: pg.pages}, ev); err != nil {
			return err
		}
		_, err = signature.Keep(a, pg.sha, rec)
		return err
	})
}
