// SPDX-License-Identifier: Apache-2.0

// Package docx reads, writes and fills Word documents (DOCX), bounded in time and memory.
//
// What is read is what a form checker and a clerk look at: margins, paragraphs with
// their resolved type, size and alignment, tables, page numbers. What is filled keeps
// every other byte of the template as it was.
//
// May enter: the zip and XML of WordprocessingML, styles, fields of templates, writing a letter.
// May not: offices and their rules, running anything that a file carries, the network, storing.
package docx

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"soviec/kit/fault"
)

// Limits bound what reading one file may cost. A zero field takes its default.
type Limits struct {
	FileBytes int64 // of the file as it was sent; 32 MB
	PartBytes int64 // of one part unpacked; 24 MB
	AllBytes  int64 // of the parts that are read, together; 48 MB
	Depth     int   // of tags within tags; 256
	Tags      int   // in one part; 2 million
	TextBytes int   // of all text; 4 MB
}

func (l Limits) orDefault() Limits {
	set := func(v *int64, d int64) {
		if *v <= 0 {
			*v = d
		}
	}
	set(&l.FileBytes, 32<<20)
	set(&l.PartBytes, 24<<20)
	set(&l.AllBytes, 48<<20)
	if l.Depth <= 0 {
		l.Depth = 256
	}
	if l.Tags <= 0 {
		l.Tags = 2_000_000
	}
	if l.TextBytes <= 0 {
		l.TextBytes = 4 << 20
	}
	return l
}

// What the list of contents of a DOCX does not exceed.
const (
	maxEntries   = 4_000
	maxDirectory = 2 << 20
)

const mainPart = "word/document.xml"

// broken is the sentence for a file that is not what it says; the cause is for the log.
func broken(cause error) error {
	return &fault.Error{Kind: fault.KindInvalid, Field: "file", Text: "Tệp Word bị hỏng hoặc không đúng định dạng .docx.", Err: cause}
}

var errTooLarge = fault.Invalid("file", "Tệp Word khi giải nén quá lớn hoặc có cấu trúc bất thường; hãy bỏ bớt ảnh, bảng rồi lưu lại bằng Word.")

// A pack is an opened file: its parts by name, and how much may still be unpacked.
type pack struct {
	zip    *zip.Reader
	parts  map[string]*zip.File
	limits Limits
	left   int64
}

func open(r io.ReaderAt, size int64, l Limits) (*pack, error) {
	l = l.orDefault()
	if size > l.FileBytes {
		return nil, fault.Invalid("file", fmt.Sprintf("Tệp Word lớn hơn %d MB.", l.FileBytes>>20))
	}
	head := make([]byte, min(size, 8))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, fault.Internal(err)
	}
	switch {
	case len(head) == 0:
		return nil, fault.Invalid("file", "Tệp trống, không có nội dung.")
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return nil, fault.Invalid("file", "Tệp là văn bản Word kiểu cũ (.doc) hoặc có mật khẩu; hãy lưu lại thành .docx không có mật khẩu.")
	}
	if err := checkDirectory(r, size); err != nil {
		return nil, broken(err)
	}
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, broken(err)
	}
	p := &pack{zip: z, parts: make(map[string]*zip.File, len(z.File)), limits: l, left: l.AllBytes}
	for _, f := range z.File {
		name := strings.TrimPrefix(f.Name, "/")
		if p.parts[name] != nil {
			return nil, broken(fmt.Errorf("two parts are called %q", name))
		}
		if strings.EqualFold(path.Base(name), "vbaProject.bin") {
			return nil, fault.Invalid("file", "Tệp có chứa macro nên không được nhận. Hãy lưu lại thành .docx không có macro.")
		}
		p.parts[name] = f
	}
	if p.parts[mainPart] == nil {
		return nil, broken(errors.New("no " + mainPart))
	}
	return p, nil
}

// read unpacks one part; a part that is not there is empty.
func (p *pack) read(name string) ([]byte, error) {
	f := p.parts[name]
	if f == nil {
		return nil, nil
	}
	most := min(p.limits.PartBytes, p.left)
	if f.UncompressedSize64 > uint64(most) {
		return nil, errTooLarge
	}
	rc, err := f.Open()
	if err != nil {
		return nil, broken(err)
	}
	defer rc.Close()
	b, err := io.ReadAll(io.LimitReader(rc, most+1))
	if err != nil {
		return nil, broken(err)
	}
	if int64(len(b)) > most {
		return nil, errTooLarge
	}
	p.left -= int64(len(b))
	return b, nil
}

// checkDirectory reads the record at the end of a zip before anything is made of it.
func checkDirectory(r io.ReaderAt, size int64) error {
	const fixed = 22
	tail := make([]byte, min(size, fixed+0xffff))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if at < 0 || len(tail)-at < fixed {
		return zip.ErrFormat
	}
	if binary.LittleEndian.Uint16(tail[at+10:]) > maxEntries || binary.LittleEndian.Uint32(tail[at+12:]) > maxDirectory {
		return errors.New("the list of contents is too long")
	}
	return nil
}
