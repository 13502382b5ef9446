// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"strings"

	"soviec/kit/blob"
	"soviec/kit/extract"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/letter"
	"soviec/kit/pades"
	"soviec/office/draft"
	"soviec/office/org"
	"soviec/office/outgoing"
	"soviec/office/signature"
)

// judgeDraft compares the file that was handed to a signer with what came back from his key.
func (p *program) judgeDraft(ctx context.Context, before, after blob.Key, signer int64) (draft.Evidence, error) {
	agencies, err := org.Agencies(p.db.Read(ctx))
	if err != nil {
		return draft.Evidence{}, err
	}
	for _, a := range agencies {
		dir, err := p.directory(ctx, a.ID)
		if err != nil {
			return draft.Evidence{}, err
		}
		who := dir.Person(signer)
		if who.ID == 0 {
			continue
		}
		_, s, err := p.compare(ctx, a.ID, before, after, signer, who.Polite())
		if err != nil {
			return draft.Evidence{}, err
		}
		return draft.Evidence{Subject: s.Subject, Serial: s.Serial, Issuer: s.Issuer, Level: s.Level, Verdict: s.Summary.Words(), At: s.Proven}, nil
	}
	return draft.Evidence{}, fault.Conflict("", "Không rõ ai ký.")
}

// judgeSeal compares the file that was handed to the key of an agency with what came back:
// a person has signed before, the agency signs once. What number and day the file shows is
// read from its fields and from its first page; the office compares them with the register.
func (p *program) judgeSeal(ctx context.Context, agency int64, before, after string) (outgoing.Evidence, error) {
	rec, s, err := p.compare(ctx, agency, blob.Key(before), blob.Key(after), 0, "cơ quan")
	if err != nil {
		return outgoing.Evidence{}, err
	}
	ev := outgoing.Evidence{Kept: true, Agency: true, Key: s.Fingerprint, Verdict: rec.Outcome().Words()}
	keys, err := signature.Keys(p.db.Read(ctx), agency)
	if err != nil {
		return ev, err
	}
	for _, o := range rec.Signers {
		if o.Stamp || o.Field == s.Field {
			continue
		}
		personal := true
		for _, k := range keys { // those no longer in use are the agency's still
			personal = personal && (k.Person != 0 || k.Fingerprint != o.Fingerprint)
		}
		ev.Personal = ev.Personal || personal
	}
	ev.Shown, err = p.shown(ctx, blob.Key(after))
	return ev, err
}

// shown reads what a file says about its number and day.
func (p *program) shown(ctx context.Context, k blob.Key) (outgoing.Shown, error) {
	var s outgoing.Shown
	r, size, err := p.blobs.Get(ctx, k)
	if err != nil {
		return s, err
	}
	defer r.Close()
	fields, err := pades.Values(ctx, blob.At(r), size)
	if err != nil {
		return s, err
	}
	s.So, s.Fields = fields[letter.FieldNumber]
	s.Ngay = fields[letter.FieldDate]
	facts, err := p.text.Extract(ctx, r)
	if err != nil {
		return s, err
	}
	if first := facts.FirstPage(); strings.TrimSpace(first) != "" {
		said := extract.Propose(first)
		s.Text, s.Number, s.Day = true, said.NumberRaw, said.Date
		if strings.HasPrefix(s.Number, "/") { // the notation alone is printed
			s.Number = ""
		}
	}
	return s, nil
}

// compare judges what came back from the key of a person, or of the agency (0), and keeps
// the verdict.
func (p *program) compare(ctx context.Context, agency int64, before, after blob.Key, person int64, who string) (signature.Record, signature.Signer, error) {
	var none signature.Signer
	keys, err := signature.Keys(p.db.Read(ctx), agency)
	if err != nil {
		return signature.Record{}, none, err
	}
	trust, err := signature.StoreOf(p.db.Read(ctx), agency)
	if err != nil {
		return signature.Record{}, none, err
	}
	was, closeWas, err := p.paper(ctx, before)
	if err != nil {
		return signature.Record{}, none, err
	}
	defer closeWas()
	is, closeIs, err := p.paper(ctx, after)
	if err != nil {
		return signature.Record{}, none, err
	}
	defer closeIs()
	look, cancel := context.WithTimeout(ctx, lookFor)
	defer cancel()
	rec, s, err := signature.Compare(look, was, is, signature.Wanted{Certs: signature.Of(keys, person), Who: who}, trust, p.clock(), p.fetch)
	if err != nil {
		return rec, s, err
	}
	err = p.book.Do(ctx, system(agency), func(a *journal.Act) error {
		_, err := signature.Keep(a, string(after), rec)
		return err
	})
	return rec, s, err
}

func (p *program) paper(ctx context.Context, k blob.Key) (signature.Paper, func(), error) {
	r, size, err := p.blobs.Get(ctx, k)
	if err != nil {
		return signature.Paper{}, func() {}, err
	}
	return signature.Paper{Src: blob.At(r), Size: size}, func() { r.Close() }, nil
}
