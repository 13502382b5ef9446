// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"fmt"
	"maps"
	"slices"

	"soviec/kit/pdf"
)

// catalog compares the catalogs key by key.
func (s *step) catalog() error {
	root, ok := s.old.Trailer["Root"].(pdf.Ref)
	if !ok {
		return nil
	}
	s.nodes[root.Num] = pageNode
	s.own(root, "catalog")
	was, _, err := s.old.Root()
	if err != nil {
		return err
	}
	is, _, err := s.new.Root()
	if err != nil {
		if isFormat(err) {
			s.fault("Gốc của tài liệu bị hỏng sau khi ký.", "the new catalog: %w", err)
			return nil
		}
		return err
	}
	if err := s.pageTree(); err != nil {
		return err
	}
	if err := s.form(was["AcroForm"], is["AcroForm"]); err != nil {
		return err
	}
	for _, k := range slices.Sorted(maps.Keys(union(was, is))) {
		switch k {
		case "AcroForm", "Pages":
		case "DSS":
			s.dss(was[k], is[k])
		case "Metadata":
			s.metadata(was[k], is[k])
		case "Extensions":
			s.extensions(was[k], is[k])
		case "MarkInfo":
			s.markInfo(was[k], is[k])
		case "Version":
			if a, b := s.old.Name(was[k]), s.new.Name(is[k]); b < a {
				s.fault("Phiên bản của định dạng tệp bị hạ xuống sau khi ký.", "catalog: /Version fell from %q to %q", a, b)
			}
			s.freeze(was[k], k, "catalog")
		default:
			s.same(was, is, k, "catalog")
		}
	}
	s.annotations()
	s.clear(root, Evidence)
	return nil
}

// A page as the old document has it.
type page struct {
	ref     pdf.Ref
	was, is pdf.Dict
}

// treeKeys are all that the standard gives a node of the page tree.
var treeKeys = map[pdf.Name]bool{"Type": true, "Parent": true, "Kids": true, "Count": true, "Resources": true, "MediaBox": true, "CropBox": true, "Rotate": true}

// pageTree walks both page trees, which must be the same tree, and marks its nodes.
func (s *step) pageTree() error {
	was, _, err := s.old.Root()
	if err != nil {
		return err
	}
	is, _, err := s.new.Root()
	if err != nil {
		return err
	}
	if was["Pages"] != is["Pages"] {
		s.fault("Cây trang của tài liệu bị thay bằng cây khác.", "catalog: /Pages changed")
		return nil
	}
	top, ok := was["Pages"].(pdf.Ref)
	if !ok {
		return fmt.Errorf("%w: no page tree", pdf.ErrFormat)
	}
	type item struct {
		ref  pdf.Ref
		deep int
	}
	seen := map[int]bool{}
	stack := []item{{top, 0}}
	for len(stack) > 0 {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[at.ref.Num] || at.deep > limitDepth || len(seen) > limitObjects {
			return fmt.Errorf("%w: the page tree at %s", pdf.ErrCircle, at.ref)
		}
		seen[at.ref.Num] = true
		a, ok := s.dictAt(s.old, at.ref)
		if !ok {
			return fmt.Errorf("%w: %s in the page tree is no dictionary", pdf.ErrFormat, at.ref)
		}
		b, ok := s.dictAt(s.new, at.ref)
		if !ok {
			s.fault("Trang của tài liệu bị xóa hoặc bị hỏng sau khi ký.", "page tree: %s is no dictionary now", at.ref)
			continue
		}
		s.nodes[at.ref.Num] = pageNode
		if _, tree := a["Kids"]; tree && a["Type"] != pdf.Name("Page") {
			s.own(at.ref, "page tree")
			for k := range union(a, b) {
				if !treeKeys[k] && scalar(a[k]) && scalar(b[k]) {
					continue // a mark of some tool: the tree has no other keys
				}
				s.same(a, b, k, "page tree")
			}
			s.clear(at.ref, Evidence)
			kids := s.old.Array(a["Kids"])
			for i := len(kids) - 1; i >= 0; i-- {
				kid, ok := kids[i].(pdf.Ref)
				if !ok {
					return fmt.Errorf("%w: a page that is no object of its own", pdf.ErrFormat)
				}
				stack = append(stack, item{kid, at.deep + 1})
			}
			continue
		}
		s.own(at.ref, "page")
		s.pages = append(s.pages, page{ref: at.ref, was: a, is: b})
	}
	return nil
}

func (s *step) dictAt(v *pdf.View, ref pdf.Ref) (pdf.Dict, bool) {
	o, err := v.Get(ref)
	d, ok := o.(pdf.Dict)
	return d, ok && err == nil
}

// annotations compares the pages: only new widgets of new signature fields may appear.
func (s *step) annotations() {
	for i, p := range s.pages {
		where := fmt.Sprintf("page %d", i+1)
		for k := range union(p.was, p.is) {
			if k != "Annots" {
				s.same(p.was, p.is, k, where)
			}
		}
		s.own(p.was["Annots"], "annotations of "+where)
		old, new := s.old.Array(p.was["Annots"]), s.new.Array(p.is["Annots"])
		if p.is["Annots"] != nil && new == nil && p.was["Annots"] != nil {
			s.fault("Các chú thích, ô biểu mẫu trên trang bị xóa sau khi ký.", "%s: /Annots is no array now", where)
		}
		for _, o := range old {
			ref, ok := o.(pdf.Ref)
			if !ok || s.nodes[ref.Num] != fieldNode {
				s.freeze(o, "Annots", where+" annotations")
			}
		}
		if s.listed(old, new, where) {
			s.clear(p.was["Annots"], Evidence)
			s.clear(p.ref, Evidence)
			if ref, ok := p.is["Annots"].(pdf.Ref); ok && p.is["Annots"] != p.was["Annots"] && s.changed[ref.Num] != added {
				if len(old) > 0 || s.changed[ref.Num] != 0 {
					s.fault("Danh sách chú thích trên trang bị tráo sau khi ký.", "%s: /Annots moved to object %d", where, ref.Num)
				}
			}
		}
	}
}

// listed compares two lists of annotations: the old ones must all be there in their
// order, and each new one must be the widget of a new signature field.
func (s *step) listed(old, new pdf.Array, where string) bool {
	i, good := 0, true
	for _, o := range new {
		if i < len(old) && pdf.Equal(old[i], o) {
			i++
			continue
		}
		ref, ok := o.(pdf.Ref)
		name, mine := s.newWidget[ref.Num]
		switch {
		case ok && mine && name != "":
			s.newWidget[ref.Num] = "" // once only
		case ok && s.opt.AllowComments && s.comment(ref):
			s.raise(Comments)
		default:
			s.fault("Có chú thích hoặc hình phủ được thêm lên trang sau khi ký.", "%s: a new annotation %v", where, o)
			good = false
		}
	}
	if i < len(old) {
		s.fault("Có chú thích hoặc ô biểu mẫu bị xóa khỏi trang sau khi ký.", "%s: the annotation %v is gone or moved", where, old[i])
		good = false
	}
	return good
}

// comment tells whether a new annotation is a text-markup comment that paints nothing
// of its own: viewers draw it from its points.
func (s *step) comment(ref pdf.Ref) bool {
	d, ok := s.dictAt(s.new, ref)
	if !ok || s.changed[ref.Num] != added {
		return false
	}
	for _, k := range []pdf.Name{"AP", "A", "AA", "OC"} {
		if d[k] != nil {
			return false
		}
	}
	switch s.new.Name(d["Subtype"]) {
	case "Highlight", "Underline", "Squiggly", "StrikeOut", "Text", "Popup":
		return s.admit(d, "", "comment", Comments)
	}
	return false
}
