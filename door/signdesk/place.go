// SPDX-License-Identifier: Apache-2.0

package signdesk

import (
	"context"

	"soviec/kit/blob"
	"soviec/kit/extract"
	"soviec/kit/journal"
	"soviec/kit/pades"
	"soviec/office/draft"
	"soviec/office/org"
	"soviec/office/signing"
)

// approval is the signature of the competent person: his picture between position and name.
func (d *Desk) approval(ctx context.Context, dir *org.Directory, s signing.Session) (pades.Request, error) {
	r := pades.Request{Name: dir.Person(s.Person).Name, Location: dir.Agency.Place}
	own, err := signing.ProfileOf(d.Book.DB.Read(ctx), dir.Agency.ID, s.Person)
	if err != nil || len(own.Picture) == 0 {
		return r, err // nothing is drawn
	}
	at := s.Place
	if at.Page == 0 {
		if at, err = d.Stand(ctx, dir.Agency.ID, s.Subject, own); err != nil {
			return r, err
		}
	} else {
		lay, err := d.layout(ctx, s.Before)
		if err != nil {
			return r, err
		}
		if err := signing.CheckPlace(at, lay); err != nil {
			return r, err
		}
	}
	r.Page, r.Place = at.Page, pades.Rect{X: at.X, Y: at.Y, W: at.W, H: at.H}
	r.Look = &pades.Look{Picture: own.Picture}
	return r, nil
}

// Stand is where the picture of a person goes on a document by default.
func (d *Desk) Stand(ctx context.Context, agency int64, subject string, own signing.Profile) (signing.Place, error) {
	_, id, _ := journal.ParseRef(subject)
	paper, err := draft.Get(d.Book.DB.Read(ctx), agency, id)
	if err != nil {
		return signing.Place{}, err
	}
	c, err := draft.Current(d.Book.DB.Read(ctx), paper)
	if err != nil {
		return signing.Place{}, err
	}
	var lay extract.Layout
	if c.Way != draft.WayComposed {
		if lay, err = d.layout(ctx, c.SHA); err != nil {
			return signing.Place{}, err
		}
	}
	return signing.Fit(signing.Room(c, paper, lay), own.Picture, own.Wide), nil
}

// layout is where the words of a file stand.
func (d *Desk) layout(ctx context.Context, sha string) (extract.Layout, error) {
	src, _, err := d.Blobs.Get(ctx, blob.Key(sha))
	if err != nil {
		return extract.Layout{}, err
	}
	defer src.Close()
	return d.Text.Lines(ctx, src)
}
