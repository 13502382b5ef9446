// SPDX-License-Identifier: Apache-2.0

package signdesk

import (
	"context"
	"strconv"

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
		_, id, _ := journal.ParseRef(s.Subject)
		paper, err := draft.Get(d.Book.DB.Read(ctx), dir.Agency.ID, id)
		if err != nil {
			return r, err
		}
		c, err := draft.Current(d.Book.DB.Read(ctx), paper)
		if err != nil {
			return r, err
		}
		sheet, err := d.Sheet(ctx, paper, c)
		if err != nil {
			return r, err
		}
		at = signing.Fit(sheet.Room, own.Picture, own.Wide)
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

// A Sheet is what is known of a file's pages before it is signed.
type Sheet struct {
	Room  signing.Place // for the picture of the signature
	Sizes [][2]float64  // width and height of the pages in millimetres; of a letter set here all are A4
}

// Size is that of a page from 1.
func (s Sheet) Size(page int) (w, h float64) {
	if page >= 1 && page <= len(s.Sizes) {
		return s.Sizes[page-1][0], s.Sizes[page-1][1]
	}
	return 210, 297
}

// Sheet finds where the picture of the signer belongs on a version of a draft. What was found
// once is kept: versions never change.
func (d *Desk) Sheet(ctx context.Context, paper draft.Paper, c draft.Content) (Sheet, error) {
	key := c.SHA + " " + strconv.FormatInt(paper.SignsNow(), 10) // two may sign the same pages
	if s, ok := d.sheets.Load(key); ok {
		return s.(Sheet), nil
	}
	var lay extract.Layout
	if c.Way != draft.WayComposed {
		var err error
		if lay, err = d.layout(ctx, c.SHA); err != nil {
			return Sheet{}, err
		}
	}
	s := Sheet{Room: signing.Room(c, paper, lay), Sizes: lay.Sizes}
	if d.known.Add(1) > mostSheets {
		d.sheets.Clear()
		d.known.Store(0)
	}
	d.sheets.Store(key, s)
	return s, nil
}

const mostSheets = 2000

// layout is where the words of a file stand.
func (d *Desk) layout(ctx context.Context, sha string) (extract.Layout, error) {
	src, _, err := d.Blobs.Get(ctx, blob.Key(sha))
	if err != nil {
		return extract.Layout{}, err
	}
	defer src.Close()
	return d.Text.Lines(ctx, src)
}
