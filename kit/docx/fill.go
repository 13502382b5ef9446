// SPDX-License-Identifier: Apache-2.0

package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"sort"
	"strings"

	"soviec/kit/fault"
)

// maxMarks is how many different fields one document has at most.
const maxMarks = 200

var (
	markPattern = regexp.MustCompile(`\{\{\s*([a-z][a-z0-9_]{0,39})\s*\}\}`)
	namePattern = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
	oddPattern  = regexp.MustCompile(`\{\{[^{}]{0,60}\}\}?|\{\{`)
)

// marksIn are the names of the fields in a text, in order.
func marksIn(text string) []string {
	var out []string
	for _, m := range markPattern.FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	return out
}

// fieldName is the name of a content control that is a field of ours, "" of any other.
func fieldName(tag string) string {
	if namePattern.MatchString(tag) {
		return tag
	}
	return ""
}

// Fill puts values into the fields of a template and writes the document to w. A field is
// {{name}} in the text, also where Word has split it over several runs, or a content
// control whose tag is the name. A value of several lines in a paragraph of its own becomes
// as many paragraphs. Everything else stays as it is.
//
// A field without a value and a value without a field are errors that name them; the same
// template with the same values gives the same bytes.
func Fill(w io.Writer, r io.ReaderAt, size int64, values map[string]string, l Limits) error {
	p, err := open(r, size, l)
	if err != nil {
		return err
	}
	filled := map[string][]byte{}
	f := &filler{values: values, seen: map[string]bool{}, limits: p.limits}
	for _, part := range p.zip.File {
		name := strings.TrimPrefix(part.Name, "/")
		if !fillable(name) {
			continue
		}
		b, err := p.read(name)
		if err != nil {
			return err
		}
		if filled[part.Name], err = f.part(b); err != nil {
			return err
		}
	}
	if err := f.verdict(); err != nil {
		return err
	}
	return repack(w, p.zip, filled)
}

// fillable are the parts whose text is seen.
func fillable(name string) bool {
	base := path.Base(name)
	return name == mainPart || path.Dir(name) == "word" && strings.HasSuffix(base, ".xml") && (strings.HasPrefix(base, "header") || strings.HasPrefix(base, "footer"))
}

// Fields are the names of the fields in a template, headers and footers too, in order. A
// mark that cannot be read as a field is an error that shows it.
func Fields(r io.ReaderAt, size int64, l Limits) ([]string, error) {
	p, err := open(r, size, l)
	if err != nil {
		return nil, err
	}
	f := &filler{seen: map[string]bool{}, limits: p.limits, look: true}
	for _, part := range p.zip.File {
		name := strings.TrimPrefix(part.Name, "/")
		if !fillable(name) {
			continue
		}
		b, err := p.read(name)
		if err != nil {
			return nil, err
		}
		if _, err := f.part(b); err != nil {
			return nil, err
		}
	}
	if len(f.order) > maxMarks {
		return nil, fault.Invalid("file", fmt.Sprintf("Mẫu có hơn %d trường.", maxMarks))
	}
	if len(f.odd) > 0 {
		return nil, fault.Invalid("file", "Mẫu có dấu trường viết sai: "+strings.Join(f.odd, ", ")+". Tên trường viết bằng chữ thường không dấu, số và gạch dưới, ví dụ {{trich_yeu}}.")
	}
	return f.order, nil
}

// repack writes the zip again: filled parts new, the others byte for byte.
func repack(w io.Writer, z *zip.Reader, filled map[string][]byte) error {
	out := zip.NewWriter(w)
	for _, part := range z.File {
		b, ok := filled[part.Name]
		if !ok {
			if err := out.Copy(part); err != nil {
				return broken(err)
			}
			continue
		}
		e, err := out.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Deflate})
		if err != nil {
			return fault.Internal(err)
		}
		if _, err := e.Write(b); err != nil {
			return fault.Internal(err)
		}
	}
	return fault.Internal(out.Close())
}

// A filler goes through the parts.
type filler struct {
	values map[string]string
	limits Limits
	look   bool // only look which fields there are
	seen   map[string]bool
	order  []string
	odd    []string
}

func (f *filler) saw(name string) {
	if !f.seen[name] {
		f.seen[name] = true
		f.order = append(f.order, name)
	}
}

// verdict names what is missing and what is unknown.
func (f *filler) verdict() error {
	var missing, unknown []string
	for _, name := range f.order {
		if _, ok := f.values[name]; !ok {
			missing = append(missing, name)
		}
	}
	for name := range f.values {
		if !f.seen[name] {
			unknown = append(unknown, name)
		}
	}
	sort.Strings(unknown)
	var errs []error
	if len(f.odd) > 0 {
		errs = append(errs, fault.Invalid("file", "Mẫu có dấu trường viết sai: "+strings.Join(f.odd, ", ")+"."))
	}
	if len(missing) > 0 {
		errs = append(errs, fault.Invalid("fields", "Chưa điền các trường của mẫu: "+strings.Join(missing, ", ")+"."))
	}
	if len(unknown) > 0 {
		errs = append(errs, fault.Invalid("fields", "Mẫu không có các trường: "+strings.Join(unknown, ", ")+"."))
	}
	return fault.Join(errs...)
}

// A piece is the text of one <w:t>, and where it stands in the part.
type piece struct {
	start, end int // of the whole element, tags included
	text       string
}

// A filling is a paragraph or content control in the making.
type filling struct {
	start  int // of <w:p>
	inner  int // behind <w:p>
	pieces []piece
	depth  int
}

type control struct {
	name    string
	depth   int
	pieces  []piece
	content int // behind <w:sdtContent>; 0 before it
	block   bool
	drop    [][2]int // what would put another text in its place: the placeholder's mark, a binding
}

// An edit replaces bytes of a part.
type edit struct {
	start, end int
	with       []byte
}

// part fills one part.
func (f *filler) part(b []byte) ([]byte, error) {
	t := newTags(b, f.limits)
	var edits []edit
	var paras []*filling
	var controls []*control
	textAt, dropAt := -1, 0
	var text strings.Builder
	before := 0
	for {
		tok, err := t.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		at := t.at()
		switch e := tok.(type) {
		case xml.StartElement:
			// RawToken gives <w:t/> as a start and an end at the same offset.
			switch {
			case is(e.Name, "p"):
				paras = append(paras, &filling{start: before, inner: at, depth: t.depth})
			case is(e.Name, "t") && len(paras) > 0:
				textAt = before
				text.Reset()
			case is(e.Name, "sdt"):
				controls = append(controls, &control{depth: t.depth, block: len(paras) == 0})
			case is(e.Name, "tag") && len(controls) > 0:
				controls[len(controls)-1].name = fieldName(attr(e, "val"))
			case is(e.Name, "sdtContent") && len(controls) > 0:
				controls[len(controls)-1].content = at
			case (is(e.Name, "showingPlcHdr") || e.Name.Local == "dataBinding") && len(controls) > 0:
				dropAt = before
			}
		case xml.CharData:
			if textAt >= 0 {
				text.Write(e)
			}
		case xml.EndElement:
			switch {
			case (is(e.Name, "showingPlcHdr") || e.Name.Local == "dataBinding") && len(controls) > 0:
				c := controls[len(controls)-1]
				c.drop = append(c.drop, [2]int{dropAt, at})
			case is(e.Name, "t") && textAt >= 0:
				pc := piece{textAt, at, text.String()}
				textAt = -1
				if c := namedControl(controls); c != nil {
					c.pieces = append(c.pieces, pc)
				} else if len(paras) > 0 {
					p := paras[len(paras)-1]
					p.pieces = append(p.pieces, pc)
				}
			case is(e.Name, "p") && len(paras) > 0:
				p := paras[len(paras)-1]
				paras = paras[:len(paras)-1]
				edits = append(edits, f.paragraph(p, b, at)...)
			case is(e.Name, "sdt") && len(controls) > 0:
				c := controls[len(controls)-1]
				controls = controls[:len(controls)-1]
				if c.name != "" && namedControl(controls) == nil {
					edits = append(edits, f.control(c)...)
				}
			}
		}
		before = t.at()
	}
	return apply(b, edits)
}

// namedControl is the outermost open content control that is a field.
func namedControl(all []*control) *control {
	for _, c := range all {
		if c.name != "" {
			return c
		}
	}
	return nil
}

// apply makes the edits; they do not overlap, and where they would the outer one holds.
func apply(b []byte, edits []edit) ([]byte, error) {
	slices.SortStableFunc(edits, func(a, b edit) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	var out bytes.Buffer
	at := 0
	for _, e := range edits {
		if e.start < at {
			continue
		}
		out.Write(b[at:e.start])
		out.Write(e.with)
		at = e.end
	}
	out.Write(b[at:])
	if out.Len() > 64<<20 {
		return nil, errTooLarge
	}
	return out.Bytes(), nil
}

// paragraph fills the marks of one paragraph, whose end is at end.
func (f *filler) paragraph(p *filling, b []byte, end int) []edit {
	var whole strings.Builder
	for _, pc := range p.pieces {
		whole.WriteString(pc.text)
	}
	text := whole.String()
	found := markPattern.FindAllStringSubmatchIndex(text, -1)
	f.noteOdd(text)
	for _, m := range found {
		f.saw(text[m[2]:m[3]])
	}
	if f.look || len(found) == 0 {
		return nil
	}
	// A mark that is the whole paragraph: each line of the value is a paragraph.
	if len(found) == 1 && strings.TrimSpace(text) == text[found[0][0]:found[0][1]] {
		if lines := strings.Split(strings.TrimRight(f.values[text[found[0][2]:found[0][3]]], "\n"), "\n"); len(lines) > 1 {
			var out bytes.Buffer
			for _, line := range lines {
				one := f.spread(p.pieces, text, found, func(string) string { return line })
				for i := range one {
					one[i].start -= p.start
					one[i].end -= p.start
				}
				filled, err := apply(b[p.start:end], one)
				if err != nil {
					return nil
				}
				out.Write(filled)
			}
			return []edit{{p.start, end, out.Bytes()}}
		}
	}
	return f.spread(p.pieces, text, found, func(name string) string { return f.values[name] })
}

// spread writes the pieces again with the marks replaced: the value goes where the mark
// begins and takes that run's look, the rest of the mark leaves the runs after it.
func (f *filler) spread(pieces []piece, text string, found [][]int, value func(string) string) []edit {
	var edits []edit
	at := 0
	for _, pc := range pieces {
		from, to := at, at+len(pc.text)
		at = to
		touched := false
		var with strings.Builder
		pos := from
		for _, m := range found {
			if m[1] <= from || m[0] >= to {
				continue
			}
			touched = true
			if m[0] >= from {
				with.WriteString(text[pos:m[0]])
				with.WriteString(value(text[m[2]:m[3]]))
			}
			pos = min(m[1], to)
		}
		if touched {
			with.WriteString(text[pos:to])
			edits = append(edits, edit{pc.start, pc.end, textElement(with.String())})
		}
	}
	return edits
}

// control fills one content control.
func (f *filler) control(c *control) []edit {
	f.saw(c.name)
	if f.look || c.content == 0 {
		return nil
	}
	value := f.values[c.name]
	var edits []edit
	for _, d := range c.drop {
		edits = append(edits, edit{d[0], d[1], nil})
	}
	if len(c.pieces) == 0 {
		run := append([]byte("<w:r>"), textElement(value)...)
		run = append(run, "</w:r>"...)
		if c.block {
			run = append(append([]byte("<w:p>"), run...), "</w:p>"...)
		}
		return append(edits, edit{c.content, c.content, run})
	}
	for i, pc := range c.pieces {
		if i > 0 {
			value = ""
		}
		edits = append(edits, edit{pc.start, pc.end, textElement(value)})
	}
	return edits
}

// textElement is text as it stands in a run; new lines and tabs are elements of their own.
func textElement(s string) []byte {
	var out bytes.Buffer
	for i, line := range strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		if i > 0 {
			out.WriteString("<w:br/>")
		}
		for j, cell := range strings.Split(line, "\t") {
			if j > 0 {
				out.WriteString("<w:tab/>")
			}
			out.WriteString(`<w:t xml:space="preserve">`)
			_ = xml.EscapeText(&out, []byte(cell)) // a buffer does not fail
			out.WriteString("</w:t>")
		}
	}
	return out.Bytes()
}

// noteOdd keeps marks that nobody could fill: "{{Trích yếu}}", "{{so".
func (f *filler) noteOdd(text string) {
	if len(f.odd) >= 10 || !strings.Contains(text, "{{") {
		return
	}
	for _, m := range oddPattern.FindAllString(markPattern.ReplaceAllString(text, ""), 10) {
		if !slices.Contains(f.odd, m) {
			f.odd = append(f.odd, m)
		}
	}
}
