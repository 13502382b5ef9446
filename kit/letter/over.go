// SPDX-License-Identifier: Apache-2.0

package letter

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"

	"soviec/kit/fault"
	"soviec/kit/pdf"
	"soviec/kit/typeface"
)

// An Overlay is what is laid over the pages of another file.
type Overlay struct {
	Corner string  // box 14, upper right corner of the first page
	Copy   *Copy   // the form of a paper copy, on the last page
	From   float64 // where the text of the last page ends, millimetres from its upper edge
}

const limitSource = 64 << 20

// Over makes a new file with the pages of another one and an overlay: a sheet to print, or
// an appendix with its corner line before it is signed. Fields and signatures of the
// source become plain pictures; the source stays as it is. The form of a copy that has no
// room below the text goes on a page of its own, the back of the same sheet.
func Over(ctx context.Context, src io.ReaderAt, size int64, over Overlay, o Options) (Result, error) {
	if o.Profile == (Profile{}) {
		o.Profile = DefaultProfile
	}
	if over.Copy != nil {
		if err := over.Copy.Validate(); err != nil {
			return Result{}, err
		}
	}
	if size > limitSource {
		return Result{}, fault.Invalid("file", "Tệp PDF lớn hơn 64 MB nên không đặt thêm chữ lên trang được.")
	}
	f, err := pdf.Open(ctx, src, size, pdf.DefaultLimits)
	if err != nil {
		return Result{}, unreadable(err)
	}
	c := &copier{v: f.Last(), m: &pdf.Maker{}, done: map[pdf.Ref]pdf.Ref{}, leaf: map[pdf.Ref]bool{}}
	root, info, pages := c.m.New(), c.m.New(), c.m.New()
	var leaves []pdf.Dict
	if err := c.v.Pages(func(_ int, ref pdf.Ref, p pdf.Dict) bool {
		leaves = append(leaves, c.inherited(p))
		c.leaf[ref] = true
		return true
	}); err != nil {
		return Result{}, unreadable(err)
	}
	if len(leaves) == 0 {
		return Result{}, fault.Invalid("file", "Tệp PDF không có trang nào.")
	}
	t := &setter{o: o, p: o.Profile, c: &canvas{root: &element{tag: "Document"}}}
	drawn := t.over(leaves, c, over)
	if err := t.c.missing(); err != nil {
		return Result{}, err
	}
	subsets, fonts, err := t.c.embed(c.m)
	if err != nil {
		return Result{}, err
	}
	var kids pdf.Array
	for i, leaf := range leaves {
		page, err := c.page(leaf)
		if err != nil {
			return Result{}, unreadable(err)
		}
		if s := drawn[i]; s != nil {
			c.lay(page, frameOf(c, leaf), s, &subsets, fonts)
		}
		page["Parent"] = pages
		kids = append(kids, c.m.Add(page))
	}
	if s := drawn[len(leaves)]; s != nil {
		stream, _ := s.content(&subsets)
		kids = append(kids, c.m.Add(pdf.Dict{"Type": pdf.Name("Page"), "Parent": pages, "MediaBox": pdf.Array{int64(0), int64(0), points(s.w), points(s.h)},
			"Resources": pdf.Dict{"Font": fonts}, "Contents": c.m.Add(packed(pdf.Dict{}, stream))}))
	}
	c.m.Set(pages, pdf.Dict{"Type": pdf.Name("Pages"), "Kids": kids, "Count": int64(len(kids))})
	c.m.Set(root, pdf.Dict{"Type": pdf.Name("Catalog"), "Pages": pages})
	meta := pdf.Dict{"Producer": pdf.String(producer)}
	if !o.At.IsZero() {
		meta["CreationDate"] = dateString(o.At)
	}
	c.m.Set(info, meta)
	b, err := c.m.Bytes(root, info)
	if err != nil {
		return Result{}, unreadable(err)
	}
	return Result{PDF: b, Pages: len(kids), Boxes: t.boxes}, nil
}

func unreadable(err error) error {
	if errors.Is(err, pdf.ErrFormat) || errors.Is(err, pdf.ErrLimit) || errors.Is(err, pdf.ErrFilter) || errors.Is(err, pdf.ErrPassword) {
		return &fault.Error{Kind: fault.KindInvalid, Field: "file", Text: "Tệp PDF bị hỏng, có mật khẩu hoặc có cấu trúc bất thường nên không đặt thêm chữ lên trang được.", Err: err}
	}
	return err
}

// over draws the overlay; a sheet behind the last page has the number of pages.
func (t *setter) over(leaves []pdf.Dict, c *copier, over Overlay) map[int]*sheet {
	drawn := map[int]*sheet{}
	on := func(i int) *sheet {
		if drawn[i] == nil {
			w, h := 210.0, 297.0
			if i < len(leaves) {
				w, h = frameOf(c, leaves[i]).shown()
			}
			s := t.c.sheet(w, h, &t.boxes)
			s.no, drawn[i] = i+1, s
		}
		return drawn[i]
	}
	if over.Corner != "" {
		s := on(0)
		corner(s, s.w-t.p.Right, clean(over.Corner), nil)
	}
	if over.Copy != nil {
		last := len(leaves) - 1
		t.wide, t.high = frameOf(c, leaves[last]).shown()
		t.x, t.w = t.p.Left, t.wide-t.p.Left-t.p.Right
		form := t.copyForm(*over.Copy)
		y := over.From + 3
		if over.From <= 0 || y+form.high > t.high-8 {
			last, y = len(leaves), t.p.Top
			t.wide, t.x, t.w = 210, t.p.Left, 210-t.p.Left-t.p.Right
			form = t.copyForm(*over.Copy)
		}
		form.draw(on(last), y)
	}
	for _, s := range drawn {
		for i := range s.marks {
			s.marks[i].in = nil
		}
	}
	return drawn
}

// frame is how a page is shown.
type frame struct {
	x0, y0, x1, y1, unit float64
	rotate               int
}

func (f frame) shown() (w, h float64) {
	w, h = (f.x1-f.x0)*f.unit*pt, (f.y1-f.y0)*f.unit*pt
	if f.rotate%180 != 0 {
		w, h = h, w
	}
	return
}

// matrix takes points of the page as it is shown, from its lower left corner, to the
// page's own coordinates.
func (f frame) matrix() string {
	k := 1 / f.unit
	switch f.rotate {
	case 90:
		return fmt.Sprintf("0 %s %s 0 %s %s cm\n", num(k), num(-k), num(f.x1), num(f.y0))
	case 180:
		return fmt.Sprintf("%s 0 0 %s %s %s cm\n", num(-k), num(-k), num(f.x1), num(f.y1))
	case 270:
		return fmt.Sprintf("0 %s %s 0 %s %s cm\n", num(-k), num(k), num(f.x0), num(f.y1))
	}
	return fmt.Sprintf("%s 0 0 %s %s %s cm\n", num(k), num(k), num(f.x0), num(f.y0))
}

func frameOf(c *copier, page pdf.Dict) frame {
	f := frame{x1: 595.276, y1: 841.89, unit: 1}
	read := func(o pdf.Object) ([4]float64, bool) {
		list := c.v.Array(o)
		if len(list) != 4 {
			return [4]float64{}, false
		}
		a, b, d, e := c.number(list[0]), c.number(list[1]), c.number(list[2]), c.number(list[3])
		return [4]float64{min(a, d), min(b, e), max(a, d), max(b, e)}, true
	}
	if b, ok := read(page["MediaBox"]); ok {
		f.x0, f.y0, f.x1, f.y1 = b[0], b[1], b[2], b[3]
	}
	if b, ok := read(page["CropBox"]); ok {
		f.x0, f.y0, f.x1, f.y1 = max(f.x0, b[0]), max(f.y0, b[1]), min(f.x1, b[2]), min(f.y1, b[3])
	}
	if u := c.number(page["UserUnit"]); u > 0 {
		f.unit = u
	}
	if r, ok := c.v.Int(page["Rotate"]); ok {
		f.rotate = ((int(r)%360 + 360) % 360) / 90 * 90
	}
	return f
}

// copier takes objects over into another file.
type copier struct {
	v    *pdf.View
	m    *pdf.Maker
	done map[pdf.Ref]pdf.Ref
	leaf map[pdf.Ref]bool // pages, which nothing of a page may drag along
}

func (c *copier) number(o pdf.Object) float64 {
	o, _ = c.v.Resolve(o)
	switch x := o.(type) {
	case int64:
		return float64(x)
	case float64:
		return x
	}
	return 0
}

// inherited gives a page what it has from above.
func (c *copier) inherited(p pdf.Dict) pdf.Dict {
	out := pdf.Dict{}
	for _, k := range []pdf.Name{"MediaBox", "CropBox", "Rotate", "Resources", "UserUnit", "Contents", "Annots"} {
		at := p
		for range 64 {
			if at[k] != nil || k == "UserUnit" || k == "Contents" || k == "Annots" {
				break
			}
			up := c.v.Dict(at["Parent"])
			if up == nil {
				break
			}
			at = up
		}
		if at[k] != nil {
			out[k] = at[k]
		}
	}
	return out
}

// take copies a value and all that it points to.
func (c *copier) take(o pdf.Object, deep int) (pdf.Object, error) {
	if deep > 60 {
		return nil, pdf.ErrLimit
	}
	switch x := o.(type) {
	case pdf.Ref:
		if c.leaf[x] {
			return nil, nil
		}
		if to, ok := c.done[x]; ok {
			return to, nil
		}
		to := c.m.New()
		c.done[x] = to
		value, err := c.v.Get(x)
		if err != nil {
			return nil, err
		}
		copied, err := c.take(value, deep+1)
		if err != nil {
			return nil, err
		}
		c.m.Set(to, copied)
		return to, nil
	case pdf.Array:
		out := make(pdf.Array, len(x))
		for i := range x {
			v, err := c.take(x[i], deep+1)
			if err != nil {
				return nil, err
			}
			out[i] = v
		}
		return out, nil
	case pdf.Dict:
		out := pdf.Dict{}
		for _, k := range sortedNames(x) {
			if k == "Parent" || k == "StructParent" || k == "StructParents" || k == "Metadata" || k == "PieceInfo" {
				continue
			}
			v, err := c.take(x[k], deep+1)
			if err != nil {
				return nil, err
			}
			out[k] = v
		}
		return out, nil
	case *pdf.Stream:
		raw, err := x.Raw()
		if err != nil {
			return nil, err
		}
		d, err := c.take(x.Dict, deep+1)
		if err != nil {
			return nil, err
		}
		dict := d.(pdf.Dict)
		delete(dict, "Length")
		return pdf.NewStream(dict, raw), nil
	}
	return o, nil
}

func sortedNames(d pdf.Dict) []pdf.Name { return slices.Sorted(maps.Keys(d)) }

// page copies a leaf: its own drawing closed off between q and Q, then what its annotations
// show.
func (c *copier) page(leaf pdf.Dict) (pdf.Dict, error) {
	out := pdf.Dict{"Type": pdf.Name("Page")}
	for _, k := range []pdf.Name{"MediaBox", "CropBox", "Rotate", "UserUnit"} {
		if o, _ := c.v.Resolve(leaf[k]); o != nil {
			v, err := c.take(o, 0)
			if err != nil {
				return nil, err
			}
			out[k] = v
		}
	}
	res, err := c.take(c.v.Dict(leaf["Resources"]), 0)
	if err != nil {
		return nil, err
	}
	resources, _ := res.(pdf.Dict)
	if resources == nil {
		resources = pdf.Dict{}
	}
	out["Resources"] = resources
	contents := pdf.Array{c.m.Add(pdf.NewStream(pdf.Dict{}, []byte("q\n")))}
	list := c.v.Array(leaf["Contents"])
	if list == nil && leaf["Contents"] != nil {
		list = pdf.Array{leaf["Contents"]}
	}
	for _, o := range list {
		v, err := c.take(o, 0)
		if err != nil {
			return nil, err
		}
		if ref, ok := v.(pdf.Ref); ok {
			contents = append(contents, ref)
		}
	}
	shown := bytes.NewBufferString("Q\n")
	looks := pdf.Dict{}
	for i, o := range c.v.Array(leaf["Annots"]) {
		a := c.v.Dict(o)
		flags, _ := c.v.Int(a["F"])
		if a == nil || flags&(2|32) != 0 || flags&4 == 0 || c.v.Name(a["Subtype"]) == "Popup" {
			continue
		}
		ap := c.v.Dict(a["AP"])["N"]
		if d := c.v.Dict(ap); d != nil && c.stream(ap) == nil {
			ap = d[c.v.Name(a["AS"])]
		}
		look := c.stream(ap)
		if look == nil {
			continue
		}
		place := c.placed(look.Dict, c.v.Array(a["Rect"]))
		if place == "" {
			continue
		}
		ref, ok := ap.(pdf.Ref)
		if !ok {
			continue
		}
		v, err := c.take(ref, 0)
		if err != nil {
			return nil, err
		}
		name := pdf.Name(fmt.Sprintf("SoViecA%d", i))
		looks[name] = v
		fmt.Fprintf(shown, "q %s cm /%s Do Q\n", place, name)
	}
	c.merge(resources, "XObject", looks)
	out["Contents"] = append(contents, c.m.Add(pdf.NewStream(pdf.Dict{}, shown.Bytes())))
	return out, nil
}

func (c *copier) stream(o pdf.Object) *pdf.Stream {
	o, _ = c.v.Resolve(o)
	s, _ := o.(*pdf.Stream)
	return s
}

// placed is the matrix under which an appearance fills its rectangle (ISO 32000-1, 12.5.5).
func (c *copier) placed(look pdf.Dict, rect pdf.Array) string {
	box := c.v.Array(look["BBox"])
	if len(box) != 4 || len(rect) != 4 {
		return ""
	}
	m := [6]float64{1, 0, 0, 1, 0, 0}
	if list := c.v.Array(look["Matrix"]); len(list) == 6 {
		for i := range m {
			m[i] = c.number(list[i])
		}
	}
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, i := range []int{0, 2} {
		for _, j := range []int{1, 3} {
			x, y := c.number(box[i]), c.number(box[j])
			px, py := m[0]*x+m[2]*y+m[4], m[1]*x+m[3]*y+m[5]
			x0, y0, x1, y1 = min(x0, px), min(y0, py), max(x1, px), max(y1, py)
		}
	}
	rx0, ry0 := min(c.number(rect[0]), c.number(rect[2])), min(c.number(rect[1]), c.number(rect[3]))
	rx1, ry1 := max(c.number(rect[0]), c.number(rect[2])), max(c.number(rect[1]), c.number(rect[3]))
	if x1-x0 <= 0 || y1-y0 <= 0 || rx1-rx0 <= 0 || ry1-ry0 <= 0 {
		return ""
	}
	sx, sy := (rx1-rx0)/(x1-x0), (ry1-ry0)/(y1-y0)
	return fmt.Sprintf("%s 0 0 %s %s %s", num(sx), num(sy), num(rx0-sx*x0), num(ry0-sy*y0))
}

// merge enters resources of one kind, which may be kept apart from the page.
func (c *copier) merge(resources pdf.Dict, kind pdf.Name, add pdf.Dict) {
	if len(add) == 0 {
		return
	}
	into := pdf.Dict{}
	switch x := resources[kind].(type) {
	case pdf.Dict:
		into = x
	case pdf.Ref:
		into, _ = c.m.Get(x).(pdf.Dict)
	}
	into = maps.Clone(into)
	if into == nil {
		into = pdf.Dict{}
	}
	maps.Copy(into, add)
	resources[kind] = into
}

// lay draws a sheet over a page.
func (c *copier) lay(page pdf.Dict, f frame, s *sheet, subsets *[4]*typeface.Subset, fonts pdf.Dict) {
	body, _ := s.content(subsets)
	named := pdf.Dict{}
	for k, v := range fonts {
		named["SoViec"+k] = v
	}
	for i := len(fontNames) - 1; i >= 0; i-- {
		body = bytes.ReplaceAll(body, []byte("BT /"+fontNames[i]+" "), []byte("BT /SoViec"+fontNames[i]+" "))
	}
	stream := append(append([]byte("q\n"+f.matrix()), body...), "Q\n"...)
	c.merge(page["Resources"].(pdf.Dict), "Font", named)
	page["Contents"] = append(page["Contents"].(pdf.Array), c.m.Add(packed(pdf.Dict{}, stream)))
}
