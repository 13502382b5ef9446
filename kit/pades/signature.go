// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"bytes"
	"errors"
	"fmt"

	"soviec/kit/cms"
	"soviec/kit/pdf"
)

// A signature is a signature dictionary as it stands in the revision that first has it.
type signature struct {
	field    *field
	first    int      // that revision
	dict     pdf.Dict // as of that revision
	holder   pdf.Ref  // the object in which the dictionary stands
	path     string   // its path in there: "" or "/V"
	contents []byte
	stamp    bool
}

// forms reads the form of each revision once.
func (j *judge) form(k int) (*formState, error) {
	if st := j.forms[k]; st != nil {
		return st, nil
	}
	st, err := listFields(j.file.At(k))
	if err != nil {
		return nil, err
	}
	j.forms[k] = st
	return st, nil
}

// find lists every signature of every revision, oldest first; a dictionary that two
// fields refer to counts once.
func (j *judge) find() error {
	seen := map[string]bool{}
	last := len(j.file.Revisions()) - 1
	for k := range j.file.Revisions() {
		st, err := j.form(k)
		if err != nil {
			if !isFormat(err) || errors.Is(err, pdf.ErrCircle) {
				return err
			}
			continue
		}
		view := j.file.At(k)
		for _, f := range st.fields {
			v := f.dict["V"]
			if v == nil {
				continue
			}
			s := signature{field: f, first: k, holder: f.ref, path: "/V"}
			if ref, ok := v.(pdf.Ref); ok {
				s.holder, s.path = ref, ""
			}
			key := s.holder.String() + s.path
			if seen[key] {
				continue
			}
			o, err := view.Resolve(v)
			if err != nil && !isFormat(err) {
				return err
			}
			d, ok := o.(pdf.Dict)
			if f.kind != "Sig" && !(ok && d["ByteRange"] != nil && d["Contents"] != nil) {
				continue
			}
			if !ok && o == nil && err == nil {
				continue // null: an empty field
			}
			seen[key] = true
			s.dict = d
			if c, ok := d["Contents"].(pdf.String); ok {
				s.contents = []byte(c)
			}
			s.stamp = isStamp(view, d)
			j.add(s, k == last || j.still(s, last))
		}
	}
	return nil
}

// still tells whether the field has its signature in the file as it is now.
func (j *judge) still(s signature, last int) bool {
	st, err := j.form(last)
	if err != nil {
		return true
	}
	for _, f := range st.fields {
		if ref, ok := f.dict["V"].(pdf.Ref); ok && s.path == "" && ref == s.holder {
			return true
		}
		if s.path != "" && f.ref == s.holder && f.dict["V"] != nil {
			return true
		}
	}
	return false
}

// span is what a byte range excludes, and where what it covers ends.
type span struct{ a, b, end int64 }

var errRange = errors.New("byte range")

// byteRange reads /ByteRange: [0 a b c].
func (s *signature) byteRange(size int64) (span, error) {
	list, ok := s.dict["ByteRange"].(pdf.Array)
	if !ok || len(list) != 4 {
		return span{}, fmt.Errorf("%w: not four numbers", errRange)
	}
	var n [4]int64
	for i, o := range list {
		x, ok := o.(int64)
		if !ok || x < 0 || x > size {
			return span{}, fmt.Errorf("%w: %v", errRange, list)
		}
		n[i] = x
	}
	if n[0] != 0 || n[1] == 0 || n[1] >= n[2] || n[3] == 0 || n[2] > size-n[3] {
		return span{}, fmt.Errorf("%w: %v of %d", errRange, list, size)
	}
	return span{n[1], n[2], n[2] + n[3]}, nil
}

// gap demands that the bytes which the range leaves out are the /Contents string of this
// very dictionary, as the cross-references find it, and nothing else.
func (j *judge) gap(s *signature, r span) error {
	view := j.file.At(s.first)
	if view.Twice(s.holder) {
		return fmt.Errorf("%w: the dictionary names a key twice", errRange)
	}
	path := []pdf.Name{"Contents"}
	if s.path != "" {
		path = []pdf.Name{"V", "Contents"}
	}
	at, err := view.SpanOf(s.holder, path...)
	if err != nil {
		return err
	}
	if at.Start != r.a || at.End != r.b {
		return fmt.Errorf("%w: the gap is %d to %d, /Contents stands at %d to %d", errRange, r.a, r.b, at.Start, at.End)
	}
	var ends [2]byte
	if _, err := j.file.Source().ReadAt(ends[:1], r.a); err != nil {
		return err
	}
	if _, err := j.file.Source().ReadAt(ends[1:], r.b-1); err != nil {
		return err
	}
	if ends != [2]byte{'<', '>'} {
		return fmt.Errorf("%w: /Contents is not written in hexadecimal", errRange)
	}
	return nil
}

// covered finds the revision that ends where the byte range ends, or -1.
func (j *judge) covered(r span) int {
	revs := j.file.Revisions()
	for k := len(revs) - 1; k >= 0; k-- {
		end := revs[k].End
		switch {
		case r.end == end:
			return k
		case r.end > end:
			if r.end-end <= 64 && j.blank(end, r.end) && (k == len(revs)-1 || r.end <= revs[k+1].XRef) {
				return k
			}
			return -1
		case end-r.end <= 2 && j.blank(r.end, end):
			return k
		}
	}
	return -1
}

// blank tells whether only white space stands between two offsets.
func (j *judge) blank(from, to int64) bool {
	if from >= to {
		return true
	}
	buf := make([]byte, min(4096, to-from))
	for from < to {
		n, err := j.file.Source().ReadAt(buf[:min(int64(len(buf)), to-from)], from)
		if len(bytes.Trim(buf[:n], " \t\r\n\f\x00")) > 0 || n == 0 && err != nil || j.ctx.Err() != nil {
			return false
		}
		from += int64(n)
	}
	return true
}

// span judges byte range and coverage of a signature. It answers false when the range is
// of no use for a digest.
func (j *judge) span(v *Verdict) (span, bool) {
	s := &v.raw
	v.Coverage, v.Revision = Unclear, -1
	r, err := s.byteRange(j.file.Size())
	if err != nil {
		v.Integrity = Broken
		v.note(problem(cms.CodeByteRange, "Phạm vi ký ghi trong chữ ký không hợp lệ, không biết chữ ký bảo vệ phần nào của tệp.", err))
		return r, false
	}
	if err := j.gap(s, r); err != nil {
		v.Integrity = Broken
		v.note(problem(cms.CodeByteRange, "Phạm vi ký bỏ trống nhiều hơn chỗ của chính chữ ký, phần bỏ trống có thể chứa nội dung không được ký.", err))
		return r, true
	}
	v.Revision = j.covered(r)
	if v.Revision >= 0 {
		v.End = max(r.end, j.file.Revisions()[v.Revision].End)
	}
	switch {
	case v.Revision < s.first || !j.file.Closed(j.file.Revisions()[v.Revision]):
		v.Coverage, v.Revision = Partial, -1
		v.note(problem(cms.CodeByteRange, "Chữ ký không bao trọn một phiên bản của tệp, phần còn lại không được bảo vệ.", fmt.Errorf("%w: ends at %d", errRange, r.end)))
	case j.blank(v.End, j.file.Size()):
		v.Coverage = WholeFile
	default:
		v.Coverage = WholeRevision
	}
	return r, true
}
