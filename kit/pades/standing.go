// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"context"
	"io"
	"maps"
	"slices"

	"soviec/kit/pdf"
)

// A Standing is a signature that is seen on a page, and where.
type Standing struct {
	Field   string
	Page    int  // from 1
	Place   Rect // of its field
	Picture Rect // of the picture within; the whole place where there is none
}

// Standings are the signatures that are seen, in the order of the form: the seal of an
// agency goes beside the picture of whoever signed before (SealPlace).
func Standings(ctx context.Context, src io.ReaderAt, size int64) ([]Standing, error) {
	d, err := openDraft(ctx, src, size)
	if err != nil {
		return nil, err
	}
	on := map[pdf.Ref]int{}
	pages := map[int]pdf.Dict{}
	err = d.view.Pages(func(i int, _ pdf.Ref, p pdf.Dict) bool {
		for _, o := range d.list(p["Annots"]) {
			if ref, ok := o.(pdf.Ref); ok {
				on[ref], pages[i+1] = i+1, p
			}
		}
		return true
	})
	if err != nil {
		return nil, unreadable(err)
	}
	var out []Standing
	for _, f := range d.fields {
		v := d.dict(f.dict["V"])
		page := on[f.widget]
		if f.kind != "Sig" || v == nil || v["Contents"] == nil || page == 0 {
			continue
		}
		widget := d.dict(f.widget)
		box := d.numbers(widget["Rect"])
		if len(box) != 4 || box[0] == box[2] || box[1] == box[3] {
			continue
		}
		s, err := d.sheetOf(pages[page])
		if err != nil {
			return nil, err
		}
		at := Standing{Field: f.name, Page: page, Place: s.seen(box)}
		at.Picture = at.Place
		if w, h := d.pictureIn(d.dict(widget["AP"])["N"]); w > 0 {
			in := inside(at.Place.W, at.Place.H, w, h)
			at.Picture = Rect{X: at.Place.X + in.X, Y: at.Place.Y + in.Y, W: in.W, H: in.H}
		}
		out = append(out, at)
	}
	return out, nil
}

// pictureIn is the size of the largest picture of an appearance, in points of its own.
func (d *draft) pictureIn(look pdf.Object) (w, h int) {
	o, _ := d.Resolve(look)
	form, ok := o.(*pdf.Stream)
	if !ok {
		return 0, 0
	}
	things := d.dict(d.dict(form.Dict["Resources"])["XObject"])
	for _, k := range slices.Sorted(maps.Keys(things)) {
		o, _ := d.Resolve(things[k])
		if x, ok := o.(*pdf.Stream); ok && x.Dict["Subtype"] == pdf.Name("Image") {
			wide, _ := d.Resolve(x.Dict["Width"])
			high, _ := d.Resolve(x.Dict["Height"])
			if a, b := int(num(wide)), int(num(high)); a > 0 && b > 0 && a*b > w*h {
				w, h = a, b
			}
		}
	}
	return w, h
}

// seen turns a rectangle of the page's own coordinates into a place as people see it.
func (s sheet) seen(b []float64) Rect {
	x0, y0, x1, y1 := min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3])
	left, top, w, h := x0-s.x0, s.y1-y1, x1-x0, y1-y0
	switch s.rotate {
	case 90:
		left, top, w, h = y0-s.y0, x0-s.x0, h, w
	case 180:
		left, top = s.x1-x1, y0-s.y0
	case 270:
		left, top, w, h = s.y1-y1, s.x1-x1, h, w
	}
	k := s.unit / pointsPerMM
	return Rect{X: left * k, Y: top * k, W: w * k, H: h * k}
}
