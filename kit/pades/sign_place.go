// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"math"

	"soviec/kit/fault"
	"soviec/kit/pdf"
)

// A Rect is a place on a page as people see it: real millimetres from the left and the
// upper edge of the page as it is shown, whatever its rotation and its unit.
type Rect struct{ X, Y, W, H float64 }

const pointsPerMM = 72 / 25.4

// sheet is how one page is shown.
type sheet struct {
	x0, y0, x1, y1 float64 // what is shown of it, in its own units
	rotate         int
	unit           float64 // points in one unit
}

// width and height of the page as shown, in millimetres.
func (s sheet) size() (w, h float64) {
	w, h = (s.x1-s.x0)*s.unit/pointsPerMM, (s.y1-s.y0)*s.unit/pointsPerMM
	if s.rotate == 90 || s.rotate == 270 {
		w, h = h, w
	}
	return w, h
}

// own turns a place into the page's own coordinates.
func (s sheet) own(r Rect) pdf.Array {
	point := func(mmX, mmY float64) (float64, float64) {
		dx, dy := mmX*pointsPerMM/s.unit, mmY*pointsPerMM/s.unit
		switch s.rotate {
		case 90:
			return s.x0 + dy, s.y0 + dx
		case 180:
			return s.x1 - dx, s.y0 + dy
		case 270:
			return s.x1 - dy, s.y1 - dx
		}
		return s.x0 + dx, s.y1 - dy
	}
	ax, ay := point(r.X, r.Y)
	bx, by := point(r.X+r.W, r.Y+r.H)
	return pdf.Array{round(min(ax, bx)), round(min(ay, by)), round(max(ax, bx)), round(max(ay, by))}
}

func round(x float64) float64 { return math.Round(x*1000) / 1000 }

// upright is the matrix under which an appearance stands upright on the page as shown.
func (s sheet) upright() pdf.Array {
	n := func(v ...int64) pdf.Array {
		var a pdf.Array
		for _, x := range v {
			a = append(a, x)
		}
		return a
	}
	switch s.rotate {
	case 90:
		return n(0, 1, -1, 0, 0, 0)
	case 180:
		return n(-1, 0, 0, -1, 0, 0)
	case 270:
		return n(0, -1, 1, 0, 0, 0)
	}
	return nil
}

// shown gives the size in points, as shown, of a rectangle in the page's own units.
func (s sheet) shown(box pdf.Array) (w, h float64) {
	if len(box) != 4 {
		return 0, 0
	}
	w, h = math.Abs(num(box[2])-num(box[0]))*s.unit, math.Abs(num(box[3])-num(box[1]))*s.unit
	if s.rotate == 90 || s.rotate == 270 {
		w, h = h, w
	}
	return w, h
}

func num(o pdf.Object) float64 {
	switch x := o.(type) {
	case int64:
		return float64(x)
	case float64:
		return x
	}
	return 0
}

// sheetOf reads how a page is shown; boxes and rotation may be inherited.
func (d *draft) sheetOf(page pdf.Dict) (sheet, error) {
	get := func(key pdf.Name) pdf.Object {
		at := page
		for range 64 {
			if o, _ := d.Resolve(at[key]); o != nil {
				return o
			}
			parent, _ := d.Resolve(at["Parent"])
			up, ok := parent.(pdf.Dict)
			if !ok {
				return nil
			}
			at = up
		}
		return nil
	}
	s := sheet{unit: 1}
	box := d.numbers(get("MediaBox"))
	if len(box) != 4 {
		return s, fault.Invalid("", "Trang của tệp PDF không ghi khổ giấy nên không đặt được chữ ký lên đó.")
	}
	norm := func(b []float64) (x0, y0, x1, y1 float64) {
		return min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3])
	}
	s.x0, s.y0, s.x1, s.y1 = norm(box)
	if crop := d.numbers(get("CropBox")); len(crop) == 4 {
		x0, y0, x1, y1 := norm(crop)
		s.x0, s.y0, s.x1, s.y1 = max(s.x0, x0), max(s.y0, y0), min(s.x1, x1), min(s.y1, y1)
	}
	if s.x1-s.x0 <= 0 || s.y1-s.y0 <= 0 {
		return s, fault.Invalid("", "Trang của tệp PDF có khổ giấy không hợp lệ nên không đặt được chữ ký lên đó.")
	}
	if u := num(page["UserUnit"]); u > 0 {
		s.unit = u
	}
	s.rotate = ((int(num(get("Rotate")))%360 + 360) % 360) / 90 * 90
	return s, nil
}

func (d *draft) numbers(o pdf.Object) []float64 {
	o, _ = d.Resolve(o)
	a, _ := o.(pdf.Array)
	var out []float64
	for _, x := range a {
		if x, _ = d.Resolve(x); x == nil || len(out) >= 8 {
			return nil
		}
		out = append(out, num(x))
	}
	return out
}

// inside fits a picture into a frame: as large as it can be, never stretched, in the middle.
func inside(w, h float64, pictureW, pictureH int) Rect {
	scale := min(w/float64(pictureW), h/float64(pictureH))
	r := Rect{W: float64(pictureW) * scale, H: float64(pictureH) * scale}
	r.X, r.Y = (w-r.W)/2, (h-r.H)/2
	return r
}

// PicturePlace is where the picture of a look really stands within its place.
func (l *Look) PicturePlace(at Rect) (Rect, error) {
	head, err := pictureSize(l.Picture)
	if err != nil {
		return Rect{}, err
	}
	in := inside(at.W, at.H, head.Width, head.Height)
	in.X, in.Y = in.X+at.X, in.Y+at.Y
	return in, nil
}

// SealPlace is where the seal of an agency goes (Decree 30/2020, Appendix I, II.8a): in
// its real size over the left third of the picture of the leader's signature (PicturePlace).
func SealPlace(signature Rect, diameter float64) Rect {
	return Rect{X: signature.X + signature.W/3 - diameter, Y: signature.Y + signature.H/2 - diameter/2, W: diameter, H: diameter}
}

// CornerPlace is the upper right corner of a page so many millimetres wide, where the
// agency signs appendices and copies (Appendix I, III.1d and Part II, I.3): in the upper
// margin, up to the right margin of 15 mm.
func CornerPlace(pageWidth float64, look *Look) (Rect, error) {
	w, h, err := look.textSize()
	if err != nil {
		return Rect{}, err
	}
	w, h = w/pointsPerMM, h/pointsPerMM
	return Rect{X: pageWidth - 15 - w, Y: 8, W: w, H: h}, nil
}
