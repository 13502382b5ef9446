// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"bytes"

	"soviec/kit/pdf"
)

// trailer begins the walk.
func (s *step) trailer() error {
	was, is := s.old.Trailer, s.new.Trailer
	if _, ok := was["Root"].(pdf.Ref); !ok || was["Root"] != is["Root"] {
		s.fault("Gốc của tài liệu bị thay bằng một gốc khác.", "trailer: /Root %v became %v", was["Root"], is["Root"])
		return nil
	}
	if !pdf.Equal(was["Encrypt"], is["Encrypt"]) {
		s.fault("Cách mã hóa tài liệu bị thay đổi sau khi ký.", "trailer: /Encrypt changed")
	}
	s.freeze(was["Encrypt"], "", "trailer /Encrypt")
	if m, ok := was["Size"].(int64); ok {
		if n, ok := is["Size"].(int64); !ok || n < m {
			s.fault("Bảng tham chiếu của lần ghi thêm bỏ bớt đối tượng đã ký.", "trailer: /Size fell from %v to %v", was["Size"], is["Size"])
		}
	}
	for k := range union(was, is) {
		switch k {
		case "Root", "Encrypt", "ID", "Size", "Prev", "XRefStm", "Info",
			"Type", "W", "Index", "Length", "Filter", "DecodeParms", "DL":
			continue
		}
		// tools leave marks of their own, and carry them along as copies
		if is[k] == nil || was[k] == nil && scalar(is[k]) || s.copied(was[k], is[k], 0) {
			continue
		}
		s.same(was, is, k, "trailer")
	}
	s.info(was["Info"], is["Info"])
	return s.catalog()
}

// copied tells whether a value of the new document says the same as one of the old,
// wherever its parts stand.
func (s *step) copied(a, b pdf.Object, depth int) bool {
	a, err := s.old.Resolve(a)
	if err != nil || depth > 8 {
		return false
	}
	if b, err = s.new.Resolve(b); err != nil {
		return false
	}
	switch x := a.(type) {
	case pdf.Array:
		y, ok := b.(pdf.Array)
		if !ok || len(x) != len(y) {
			return false
		}
		for i := range x {
			if !s.copied(x[i], y[i], depth+1) {
				return false
			}
		}
		return true
	case pdf.Dict:
		y, ok := b.(pdf.Dict)
		if !ok {
			return false
		}
		for k := range union(x, y) {
			if !s.copied(x[k], y[k], depth+1) {
				return false
			}
		}
		return true
	case *pdf.Stream:
		y, ok := b.(*pdf.Stream)
		if !ok {
			return false
		}
		p, err1 := x.Decode()
		q, err2 := y.Decode()
		return err1 == nil && err2 == nil && bytes.Equal(p, q) && x.Dict["Subtype"] == y.Dict["Subtype"]
	}
	return pdf.Equal(a, b)
}

func scalar(o pdf.Object) bool {
	switch o.(type) {
	case pdf.Array, pdf.Dict, pdf.Ref, *pdf.Stream:
		return false
	}
	return true
}

func union(a, b pdf.Dict) map[pdf.Name]bool {
	out := make(map[pdf.Name]bool, len(a)+len(b))
	for k := range a {
		out[k] = true
	}
	for k := range b {
		out[k] = true
	}
	return out
}
