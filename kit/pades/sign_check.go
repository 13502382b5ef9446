// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"soviec/kit/pdf"
)

// A Warning is something in a draft that could deceive whoever signs it: what is hidden
// now and may be brought to light after signing, or what covers the text. The draft should
// be rendered flat and the flat file signed.
type Warning struct {
	Code WarningCode
	Text string
}

// A WarningCode names one kind of warning.
type WarningCode string

// The kinds.
const (
	WarnUnreachable WarningCode = "UNREACHABLE"  // objects that nothing shows, but a later revision could
	WarnPages       WarningCode = "HIDDEN_PAGES" // pages outside the page tree, or several catalogs
	WarnOverlay     WarningCode = "OVERLAY"      // fields or annotations that lie over the text
	WarnActive      WarningCode = "ACTIVE"       // scripts, actions on opening, embedded files
)

// Inspect looks at a draft before it is signed. own names the fields that belong there,
// as so and ngay do. It reads the structure alone, under the limits of kit/pdf.
func Inspect(ctx context.Context, src io.ReaderAt, size int64, own ...string) ([]Warning, error) {
	d, err := openDraft(ctx, src, size)
	if err != nil {
		return nil, err
	}
	var out []Warning
	warn := func(code WarningCode, text string, args ...any) {
		out = append(out, Warning{code, fmt.Sprintf(text, args...)})
	}
	pages := map[int]bool{}
	shown, err := d.overlays(own, pages)
	if err != nil {
		return nil, err
	}
	for _, what := range shown {
		warn(WarnOverlay, "%s", what)
	}
	seen, err := d.reachable(ctx)
	if err != nil {
		return nil, err
	}
	if hidden := hiddenPages(d, seen, pages); hidden > 0 {
		warn(WarnPages, "Tệp có %d trang hoặc gốc tài liệu nằm ngoài cây trang, có thể bị đưa ra thay thế sau khi ký.", hidden)
	}
	if n := unreachable(d, seen); n > 0 {
		warn(WarnUnreachable, "Tệp chứa %d thành phần không hiển thị ở đâu cả, có thể bị dùng để đổi nội dung sau khi ký.", n)
	}
	if what := d.active(); len(what) > 0 {
		warn(WarnActive, "Tệp có nội dung tự chạy hoặc đính kèm: %s.", strings.Join(what, ", "))
	}
	return out, nil
}

// overlays lists what lies over the pages, and notes the pages of the tree.
func (d *draft) overlays(own []string, pages map[int]bool) ([]string, error) {
	var out []string
	widgets := map[pdf.Ref]bool{}
	for _, f := range d.fields {
		widgets[f.widget] = true
		if f.kind == "Sig" || slices.Contains(own, f.name) {
			continue
		}
		if len(out) < 20 {
			out = append(out, fmt.Sprintf("Ô biểu mẫu “%s” nằm đè lên trang; nội dung ô có thể thay đổi sau khi ký.", f.name))
		}
	}
	err := d.view.Pages(func(i int, ref pdf.Ref, page pdf.Dict) bool {
		pages[ref.Num] = true
		for _, o := range d.list(page["Annots"]) {
			a := d.dict(o)
			kind, _ := a["Subtype"].(pdf.Name)
			if kind != "Widget" && kind != "Link" && kind != "" && len(out) < 20 {
				out = append(out, fmt.Sprintf("Trang %d có chú thích (%s) nằm đè lên nội dung.", i+1, kind))
			}
		}
		return true
	})
	if err != nil {
		return nil, unreadable(err)
	}
	return out, nil
}

// reachable walks from the trailer over everything that anything points to.
func (d *draft) reachable(ctx context.Context) (map[int]bool, error) {
	seen := map[int]bool{}
	stack := []pdf.Object{d.view.Trailer}
	for steps := 0; len(stack) > 0; steps++ {
		if steps&0xfff == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		o := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		switch x := o.(type) {
		case pdf.Ref:
			if seen[x.Num] {
				continue
			}
			seen[x.Num] = true
			value, err := d.view.Get(x)
			if err != nil {
				return nil, unreadable(err)
			}
			stack = append(stack, value)
		case pdf.Array:
			stack = append(stack, x...)
		case pdf.Dict:
			for _, v := range x {
				stack = append(stack, v)
			}
		case *pdf.Stream:
			stack = append(stack, x.Dict)
		}
	}
	return seen, nil
}

// others calls do with every object in force that was not reached and serves more than
// the structure of the file.
func others(d *draft, seen map[int]bool, do func(num int, o pdf.Object)) {
	skip := map[int]bool{}
	known := map[int]bool{}
	for _, r := range d.view.File().Revisions() {
		for _, ref := range r.XRefStreams() {
			skip[ref.Num] = true
		}
		for _, n := range r.Numbers() {
			known[n] = true
		}
	}
	for n := range known {
		e := d.view.Entry(n)
		if seen[n] || skip[n] || e.Kind != pdf.InUse && e.Kind != pdf.Packed {
			continue
		}
		o, err := d.view.Get(pdf.Ref{Num: n, Gen: e.Gen})
		if err != nil || o == nil {
			continue
		}
		if s, ok := o.(*pdf.Stream); ok && (s.Dict["Type"] == pdf.Name("ObjStm") || s.Dict["Type"] == pdf.Name("XRef")) {
			continue
		}
		do(n, o)
	}
}

func unreachable(d *draft, seen map[int]bool) (count int) {
	others(d, seen, func(_ int, o pdf.Object) {
		switch x := o.(type) {
		case pdf.Dict, *pdf.Stream:
			count++
		case pdf.Array:
			if len(x) > 0 {
				count++
			}
		}
	})
	return count
}

// hiddenPages counts pages that the tree does not name, reached or not, and catalogs
// beside the one in force.
func hiddenPages(d *draft, seen, pages map[int]bool) (count int) {
	look := func(num int, o pdf.Object) {
		x, _ := o.(pdf.Dict)
		switch x["Type"] {
		case pdf.Name("Page"):
			if !pages[num] {
				count++
			}
		case pdf.Name("Catalog"):
			if num != d.rootRef.Num {
				count++
			}
		}
	}
	others(d, seen, look)
	for num := range seen {
		if e := d.view.Entry(num); e.Kind == pdf.InUse || e.Kind == pdf.Packed {
			if o, err := d.view.Get(pdf.Ref{Num: num, Gen: e.Gen}); err == nil {
				look(num, o)
			}
		}
	}
	return count
}

// active names what runs by itself or travels inside.
func (d *draft) active() []string {
	var out []string
	names := d.dict(d.root["Names"])
	if open := d.dict(d.root["OpenAction"]); open["S"] != nil && open["S"] != pdf.Name("GoTo") {
		out = append(out, "thao tác khi mở tệp")
	}
	if d.root["AA"] != nil {
		out = append(out, "thao tác tự động")
	}
	if names["JavaScript"] != nil {
		out = append(out, "mã JavaScript")
	}
	if names["EmbeddedFiles"] != nil {
		out = append(out, "tệp đính kèm bên trong")
	}
	if d.dict(d.root["AcroForm"])["XFA"] != nil {
		out = append(out, "biểu mẫu XFA")
	}
	return out
}
