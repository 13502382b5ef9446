// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"bytes"
	"crypto/sha256"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf16"

	"soviec/kit/pdf"
)

// info lets the document information dictionary change: no page shows it.
func (s *step) info(was, is pdf.Object) {
	s.own(was, "information")
	a, b := s.old.Dict(was), s.new.Dict(is)
	for _, o := range a {
		if _, ok := o.(pdf.Ref); ok {
			s.freeze(o, "Info", "information")
		}
	}
	if is == nil || pdf.Equal(was, is) && pdf.Equal(a, b) {
		return
	}
	s.clear(was, Evidence)
	s.admit(is, "information", "information", Evidence)
}

// metadata lets the XMP metadata be replaced by other well-formed metadata, never deleted.
func (s *step) metadata(was, is pdf.Object) {
	s.own(was, "metadata")
	a, _ := s.old.Resolve(was)
	old, _ := a.(*pdf.Stream)
	if old != nil {
		s.freeze(old.Dict, "Metadata", "metadata")
	}
	ref, isRef := is.(pdf.Ref)
	if is == nil || !isRef {
		if was != nil {
			s.fault("Siêu dữ liệu của tài liệu bị xóa sau khi ký.", "catalog: /Metadata is gone")
		} else {
			s.fault("Siêu dữ liệu của tài liệu không đúng quy cách.", "catalog: /Metadata is no reference")
		}
		return
	}
	if was == is && s.changed[ref.Num] == 0 {
		return
	}
	if s.changed[ref.Num] == 0 {
		s.fault("Siêu dữ liệu của tài liệu bị tráo bằng một phần khác của tài liệu.", "catalog: /Metadata points to object %d", ref.Num)
		return
	}
	o, err := s.new.Get(ref)
	st, ok := o.(*pdf.Stream)
	if err != nil || !ok {
		s.fault("Siêu dữ liệu của tài liệu không đúng quy cách.", "catalog: /Metadata is no stream")
		return
	}
	data, err := st.Decode()
	if err == nil {
		err = checkXMP(data)
	}
	if err != nil {
		s.fault("Siêu dữ liệu mới ghi vào tài liệu không đúng quy cách hoặc chứa khai báo nguy hiểm.", "catalog: /Metadata: %w", err)
		return
	}
	if was == is {
		s.clear(was, Evidence)
	}
	s.admit(is, "metadata", "metadata", Evidence)
}

// checkXMP demands well-formed XML with one root element of XMP, no document type and no
// entities but the five of XML.
func checkXMP(data []byte) error {
	data, err := utf8Text(data)
	if err != nil {
		return err
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	depth, roots := 0, 0
	for {
		t, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		switch x := t.(type) {
		case xml.Directive:
			return errors.New("a document type or an entity is declared")
		case xml.StartElement:
			if depth == 0 {
				if roots++; roots > 1 || !isXMP(x.Name) {
					return errors.New("the root is not that of XMP")
				}
			}
			if depth++; depth > limitDepth {
				return pdf.ErrLimit
			}
		case xml.EndElement:
			depth--
		case xml.CharData:
			if depth == 0 && strings.Trim(string(x), " \t\r\n\x00\ufeff") != "" {
				return errors.New("text outside the root")
			}
		}
	}
	if roots != 1 {
		return errors.New("no root element")
	}
	return nil
}

func isXMP(n xml.Name) bool {
	return n.Space == "adobe:ns:meta/" && (n.Local == "xmpmeta" || n.Local == "xapmeta") ||
		n.Space == "http://www.w3.org/1999/02/22-rdf-syntax-ns#" && n.Local == "RDF"
}

// utf8Text undoes UTF-16, which XMP may use too.
func utf8Text(b []byte) ([]byte, error) {
	b = bytes.TrimRight(b, "\x00 \r\n\t")
	var big bool
	switch {
	case len(b) >= 2 && b[0] == 0xfe && b[1] == 0xff, len(b) >= 2 && b[0] == 0 && b[1] == '<':
		big = true
	case len(b) >= 2 && b[0] == 0xff && b[1] == 0xfe, len(b) >= 2 && b[0] == '<' && b[1] == 0:
	default:
		return bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), nil
	}
	if len(b)%2 != 0 {
		b = append(bytes.Clone(b), 0)
	}
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = uint16(b[2*i]) | uint16(b[2*i+1])<<8
		if big {
			units[i] = uint16(b[2*i])<<8 | uint16(b[2*i+1])
		}
	}
	return []byte(strings.TrimPrefix(string(utf16.Decode(units)), "\ufeff")), nil
}

// extensions lets developer extensions be declared: old declarations stay.
func (s *step) extensions(was, is pdf.Object) {
	s.own(was, "extensions")
	a, b := s.old.Dict(was), s.new.Dict(is)
	for k, o := range a {
		if !pdf.Equal(o, b[k]) && !s.grown(o, b[k]) {
			s.fault("Khai báo mở rộng của định dạng tệp bị sửa hoặc bị xóa sau khi ký.", "extensions: /%s changed", k)
		}
		s.freeze(o, k, "extensions")
	}
	if pdf.Equal(was, is) && pdf.Equal(a, b) {
		return
	}
	for k, o := range b {
		if a[k] == nil && k != "Type" {
			s.admit(o, "", "extensions", Evidence)
			if k != "ESIC" && k != "ADBE" && !strings.HasPrefix(string(k), "ISO_") {
				s.extended = true
			}
		}
	}
	if !s.stampingOnly() {
		s.extended = true
	}
	s.clear(was, Evidence)
	s.admit(is, "extensions", "extensions", Evidence)
}

// grown tells whether a declaration only went up to a newer level.
func (s *step) grown(was, is pdf.Object) bool {
	a, b := s.old.Dict(was), s.new.Dict(is)
	x, ok1 := s.old.Int(a["ExtensionLevel"])
	y, ok2 := s.new.Int(b["ExtensionLevel"])
	return ok1 && ok2 && y >= x && s.old.Name(a["BaseVersion"]) <= s.new.Name(b["BaseVersion"])
}

// markInfo lets the few flags of /MarkInfo change: they tell how the file was tagged.
func (s *step) markInfo(was, is pdf.Object) {
	s.own(was, "mark information")
	a, b := s.old.Dict(was), s.new.Dict(is)
	for _, o := range a {
		s.freeze(o, "MarkInfo", "mark information")
	}
	if pdf.Equal(was, is) && pdf.Equal(a, b) {
		return
	}
	for k, o := range b {
		if !scalar(o) {
			s.fault(sentenceFor("catalog", "MarkInfo"), "mark information: /%s", k)
		}
	}
	s.clear(was, Evidence)
	s.admit(is, "mark information", "mark information", Evidence)
}

var vriKey = regexp.MustCompile(`^[0-9A-F]{40}$`)

// dss lets the store of validation data grow: nothing is taken out, nothing else put in.
func (s *step) dss(was, is pdf.Object) {
	s.own(was, "validation data")
	a, b := s.old.Dict(was), s.new.Dict(is)
	if was != nil && a == nil {
		s.freeze(was, "DSS", "catalog")
		if !pdf.Equal(was, is) {
			s.fault("Kho dữ liệu xác thực trong tệp bị thay đổi sai quy cách.", "DSS: no dictionary before")
		}
		return
	}
	if o, _ := s.new.Resolve(is); b == nil || isStream(o) {
		s.fault("Kho dữ liệu xác thực trong tệp bị xóa hoặc sai quy cách.", "DSS: no dictionary")
		return
	}
	if s.succeeds(was, is) {
		// nothing is lost: what the old store holds stays in the file, under its time stamp
		s.freeze(was, "DSS", "DSS")
		a, was = pdf.Dict{}, nil
	}
	grew := s.listsOf(a, b, "DSS", "Certs", "OCSPs", "CRLs")
	for k := range union(a, b) {
		switch k {
		case "Certs", "OCSPs", "CRLs", "VRI":
		case "Type":
			if n := s.new.Name(b[k]); b[k] != nil && n != "DSS" {
				s.fault("Kho dữ liệu xác thực trong tệp sai quy cách.", "DSS: /Type %v", b[k])
			}
		default:
			if !pdf.Equal(a[k], b[k]) {
				s.fault("Kho dữ liệu xác thực trong tệp có mục lạ.", "DSS: unexpected key /%s", k)
			}
			s.freeze(a[k], k, "DSS")
		}
	}
	grew = s.vri(a["VRI"], b["VRI"]) || grew
	if grew || !pdf.Equal(was, is) {
		s.raise(Evidence)
		s.stamping = true
	}
	s.clear(was, Evidence)
	s.admit(is, "validation data", "DSS", Evidence)
}

// succeeds tells whether a new store takes the place of one that a document time stamp
// has sealed: some signers renew a file for the archive with a store of its own for each
// time stamp, and leave the older ones as they are in the revisions before. The new one
// must be new altogether, and no object of the old one may be touched.
func (s *step) succeeds(was, is pdf.Object) bool {
	a, ok1 := was.(pdf.Ref)
	b, ok2 := is.(pdf.Ref)
	return ok1 && ok2 && a != b && s.changed[b.Num] == added && s.sealed != nil && s.sealed(s.old, a)
}

func isStream(o pdf.Object) bool { _, ok := o.(*pdf.Stream); return ok }

func (s *step) vri(was, is pdf.Object) bool {
	s.own(was, "validation data")
	a, b := s.old.Dict(was), s.new.Dict(is)
	if is != nil && b == nil {
		s.fault("Kho dữ liệu xác thực trong tệp sai quy cách.", "DSS: /VRI is no dictionary")
		return false
	}
	grew := false
	for k, old := range a {
		s.own(old, "validation data")
		if k == "Type" {
			continue
		}
		x, y := s.old.Dict(old), s.new.Dict(b[k])
		if y == nil {
			s.fault("Dữ liệu xác thực của một chữ ký bị xóa khỏi tệp.", "DSS: /VRI /%s is gone", k)
			continue
		}
		grew = s.entry(x, y) || grew
		s.clear(old, Evidence)
	}
	for k, o := range b {
		if a[k] != nil || k == "Type" {
			continue
		}
		grew = true
		y, _ := s.new.Resolve(o)
		d, ok := y.(pdf.Dict)
		if !ok || !vriKey.MatchString(strings.ToUpper(string(k))) {
			s.fault("Kho dữ liệu xác thực trong tệp sai quy cách.", "DSS: /VRI /%s", k)
			continue
		}
		s.entry(pdf.Dict{}, d)
	}
	s.clear(was, Evidence)
	return grew
}

// entry compares one entry of /VRI.
func (s *step) entry(a, b pdf.Dict) bool {
	grew := s.listsOf(a, b, "VRI", "Cert", "OCSP", "CRL")
	for k := range union(a, b) {
		switch k {
		case "Cert", "OCSP", "CRL":
		case "Type", "TU":
			if o, _ := s.new.Resolve(b[k]); !scalar(o) {
				s.fault("Kho dữ liệu xác thực trong tệp sai quy cách.", "VRI: /%s", k)
			}
		case "TS":
			s.freeze(a[k], k, "VRI")
			if o, _ := s.new.Resolve(b[k]); !isStream(o) || a[k] != nil && !pdf.Equal(a[k], b[k]) {
				s.fault("Kho dữ liệu xác thực trong tệp sai quy cách.", "VRI: /TS")
			}
		default:
			if !pdf.Equal(a[k], b[k]) {
				s.fault("Kho dữ liệu xác thực trong tệp có mục lạ.", "VRI: unexpected key /%s", k)
			}
			s.freeze(a[k], k, "VRI")
		}
	}
	return grew
}

// listsOf compares lists of certificates, answers and revocation lists: every old one
// must still be there, by reference or by content; each new one is a stream of its own.
func (s *step) listsOf(a, b pdf.Dict, where string, keys ...pdf.Name) bool {
	grew := false
	for _, k := range keys {
		s.own(a[k], "validation data")
		old, new := s.old.Array(a[k]), s.new.Array(b[k])
		if b[k] != nil && new == nil {
			if o, _ := s.new.Resolve(b[k]); o != nil {
				s.fault("Kho dữ liệu xác thực trong tệp sai quy cách.", "%s: /%s is no array", where, k)
			}
		}
		s.clear(a[k], Evidence)
		have := map[pdf.Ref]bool{}
		for _, o := range new {
			ref, ok := o.(pdf.Ref)
			v, err := s.new.Resolve(o)
			if !ok || err != nil || !isStream(v) {
				s.fault("Kho dữ liệu xác thực trong tệp sai quy cách.", "%s: /%s holds something that is no stream", where, k)
				continue
			}
			have[ref] = true
		}
		var lost []pdf.Ref
		for _, o := range old {
			s.freeze(o, k, where)
			if ref, ok := o.(pdf.Ref); ok && !have[ref] {
				lost = append(lost, ref)
			}
		}
		grew = grew || len(new) != len(old) || len(lost) > 0
		// a list or an answer may give way to a newer one; certificates stay
		superseded := k != "Certs" && k != "Cert"
		if len(lost) > 0 && !(superseded && len(new) >= len(old)) && !s.held(lost, new) {
			s.fault("Dữ liệu xác thực bị lấy bớt khỏi tệp sau khi ký.", "%s: /%s lost %v", where, k, lost[0])
		}
	}
	return grew
}

// held tells whether the content of each lost stream is among the new ones.
func (s *step) held(lost []pdf.Ref, new pdf.Array) bool {
	sums := map[[32]byte]bool{}
	sum := func(v *pdf.View, o pdf.Object) ([32]byte, bool) {
		o, _ = v.Resolve(o)
		st, ok := o.(*pdf.Stream)
		if !ok {
			return [32]byte{}, false
		}
		data, err := st.Decode()
		return sha256.Sum256(data), err == nil
	}
	for _, o := range new {
		if h, ok := sum(s.new, o); ok {
			sums[h] = true
		}
	}
	for _, ref := range lost {
		if h, ok := sum(s.old, ref); !ok || !sums[h] {
			return false
		}
	}
	return true
}
