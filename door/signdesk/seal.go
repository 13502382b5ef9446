// SPDX-License-Identifier: Apache-2.0

package signdesk

import (
	"context"
	"encoding/json"
	"strings"

	"soviec/kit/blob"
	"soviec/kit/civil"
	"soviec/kit/extract"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/letter"
	"soviec/kit/pades"
	"soviec/office/draft"
	"soviec/office/org"
	"soviec/office/outgoing"
	"soviec/office/signing"
)

// sealing is the clerk's revision: number and day are filled in and the agency signs, its
// seal over the left third of the leader's signature, all in one (documents.md §6.3, §11.2).
func (d *Desk) sealing(ctx context.Context, dir *org.Directory, s signing.Session) (pades.Request, error) {
	var r pades.Request
	_, id, _ := journal.ParseRef(s.Subject)
	doc, err := outgoing.Get(d.Book.DB.Read(ctx), dir.Agency.ID, outgoing.Reach{All: true}, id)
	if err != nil {
		return r, err
	}
	seal, err := outgoing.SealOf(d.Book.DB.Read(ctx), dir.Agency.ID)
	if err != nil {
		return r, err
	}
	r = pades.Request{Name: dir.Agency.Name, Location: dir.Agency.Place, Reason: "Phát hành văn bản số " + doc.Label, Look: &pades.Look{Picture: seal.PNG}}
	src, size, err := d.Blobs.Get(ctx, blob.Key(s.Before))
	if err != nil {
		return r, err
	}
	defer src.Close()
	values, err := pades.Values(ctx, blob.At(src), size)
	if err != nil {
		return r, err
	}
	paper, content, err := d.written(ctx, dir, doc)
	if err != nil {
		return r, err
	}
	if so, there := values[letter.FieldNumber]; there && so == "" {
		if r.Fill, err = fillOf(doc, content); err != nil {
			return r, err
		}
		for name := range r.Fill {
			if _, there := values[name]; !there {
				delete(r.Fill, name)
			}
		}
	}
	at, err := d.besideSigner(ctx, paper, content, s)
	if err != nil {
		return r, err
	}
	r.Page, r.Place = at.Page, pades.SealPlace(pades.Rect{X: at.X, Y: at.Y, W: at.W, H: at.H}, seal.Wide)
	r.Place.X, r.Place.Y = max(0, r.Place.X), max(0, r.Place.Y)
	return r, nil
}

// written is the draft of a document and the text of it that was signed.
func (d *Desk) written(ctx context.Context, dir *org.Directory, doc outgoing.Document) (draft.Paper, draft.Content, error) {
	p, err := draft.Get(d.Book.DB.Read(ctx), dir.Agency.ID, doc.Draft)
	if err != nil {
		return p, draft.Content{}, err
	}
	c, err := draft.Current(d.Book.DB.Read(ctx), p)
	return p, c, err
}

// fillOf is what goes into the fields for number and day.
func fillOf(doc outgoing.Document, c draft.Content) (map[string]string, error) {
	l := letter.Letter{Type: doc.Type}
	number := outgoing.NumberText(doc)
	notation := doc.Label[len(number)+1:]
	if c.Letter != "" {
		if err := json.Unmarshal([]byte(c.Letter), &l); err != nil {
			return nil, fault.Internal(err)
		}
	} else {
		l.Notation = notation // in an uploaded file it is printed beside the field
	}
	return l.Fill(number, notation, doc.Day)
}

// besideSigner is where the picture of the leader's signature stands, or where it belongs
// when nothing of it is seen.
func (d *Desk) besideSigner(ctx context.Context, paper draft.Paper, c draft.Content, s signing.Session) (signing.Place, error) {
	src, size, err := d.Blobs.Get(ctx, blob.Key(s.Before))
	if err != nil {
		return signing.Place{}, err
	}
	defer src.Close()
	seen, err := pades.Standings(ctx, blob.At(src), size)
	if err != nil {
		return signing.Place{}, err
	}
	if n := len(seen); n > 0 {
		at := seen[n-1]
		return signing.Place{Page: at.Page, X: at.Picture.X, Y: at.Picture.Y, W: at.Picture.W, H: at.Picture.H}, nil
	}
	var lay extract.Layout
	if c.Way != draft.WayComposed {
		if lay, err = d.layout(ctx, s.Before); err != nil {
			return signing.Place{}, err
		}
	}
	return signing.Room(c, paper, lay), nil
}

// copying is the agency's signature on an electronic copy: no picture, in the upper right
// corner the form of copy, the agency and the time (Appendix I, part II, I.3).
func (d *Desk) copying(ctx context.Context, dir *org.Directory, s signing.Session) (pades.Request, error) {
	_, id, _ := journal.ParseRef(s.Subject)
	c, err := outgoing.GetCopy(d.Book.DB.Read(ctx), dir.Agency.ID, dir.Rights(s.Person, civil.Of(d.Clock())), id)
	if err != nil {
		return pades.Request{}, err
	}
	at := d.Clock().In(civil.Zone)
	kind := letter.CopyKind(c.Kind)
	r := pades.Request{Name: dir.Agency.Name, Location: dir.Agency.Place, Reason: kind.Words() + " " + c.SourceLabel, At: at}
	return r, d.corner(ctx, &r, s.Before, letter.CopyCorner(kind, dir.Agency.Name, at), kind.Words()+"; ")
}

// appending is the agency's signature on an appendix in a file of its own: number of the
// document and the time in the upper right corner, no picture (Appendix I, part I, III.1d).
func (d *Desk) appending(ctx context.Context, dir *org.Directory, s signing.Session) (pades.Request, error) {
	_, id, _ := journal.ParseRef(s.Subject)
	doc, err := outgoing.OfEnclosure(d.Book.DB.Read(ctx), dir.Agency.ID, id)
	if err != nil {
		return pades.Request{}, err
	}
	at := d.Clock().In(civil.Zone)
	r := pades.Request{Name: dir.Agency.Name, Location: dir.Agency.Place, Reason: "Phụ lục của văn bản số " + doc.Label, At: at}
	return r, d.corner(ctx, &r, s.Before, letter.AppendixCorner(doc.Label, at), "Số: "+doc.Label+"; ")
}

// corner puts a line into the upper right corner of the first page; where one of its kind is
// printed already, the signature is not shown a second time.
func (d *Desk) corner(ctx context.Context, r *pades.Request, sha, line, begins string) error {
	lay, err := d.layout(ctx, sha)
	if err != nil {
		return err
	}
	if len(lay.Sizes) == 0 {
		return fault.Invalid("", "Tệp không có trang nào đọc được.")
	}
	for _, l := range lay.Lines {
		if l.Page == 1 && l.Y < 20 && strings.HasPrefix(l.Text, begins) {
			return nil
		}
	}
	r.Look = &pades.Look{Lines: []string{line}}
	r.Page = 1
	r.Place, err = pades.CornerPlace(lay.Sizes[0][0], r.Look)
	return err
}
