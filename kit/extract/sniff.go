// SPDX-License-Identifier: Apache-2.0

// Package extract takes text and facts out of foreign files, bounded in time and memory.
//
// May enter: kinds of files, the text of PDF, what the first page of an official document proposes.
// May not: storing, registers, rights; running anything that a file carries.
package extract

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"soviec/kit/fault"
)

// A Type is what a file really is, as its bytes tell, whatever its name says.
type Type string

// The types that are taken in.
const (
	PDF  Type = "pdf"
	DOCX Type = "docx"
	XLSX Type = "xlsx"
	PPTX Type = "pptx"
	ODT  Type = "odt"
	ODS  Type = "ods"
	PNG  Type = "png"
	JPG  Type = "jpg"
	ZIP  Type = "zip"
)

var mediaTypes = map[Type]string{
	PDF:  "application/pdf",
	DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	ODT:  "application/vnd.oasis.opendocument.text",
	ODS:  "application/vnd.oasis.opendocument.spreadsheet",
	PNG:  "image/png",
	JPG:  "image/jpeg",
	ZIP:  "application/zip",
}

// MediaType is the type's name on the web.
func (t Type) MediaType() string {
	if m, ok := mediaTypes[t]; ok {
		return m
	}
	return "application/octet-stream"
}

// HeadLen is how many first bytes Sniff wants to see.
const HeadLen = 1024

// Sniff tells the type from the first bytes (HeadLen of them, or the whole file
// when it is shorter). The name serves only the sentence of a refusal. An office
// file is a zip inside; only SniffFile sees which one, Sniff may answer ZIP.
func Sniff(head []byte, name string) (Type, error) {
	head = head[:min(len(head), HeadLen)]
	switch {
	case len(head) == 0:
		return "", fault.Invalid("file", "Tệp"+quoted(name)+" trống, không có nội dung.")
	case bytes.HasPrefix(head, []byte("%PDF-")):
		return PDF, nil
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return PNG, nil
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return JPG, nil
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return sniffOpenDocument(head), nil
	case bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return "", fault.Invalid("file", "Tệp nén"+quoted(name)+" không chứa tệp nào.")
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return "", fault.Invalid("file", "Tệp"+quoted(name)+" thuộc định dạng văn phòng cũ (.doc, .xls, .ppt). Hãy lưu lại thành .docx, .xlsx, .pptx hoặc PDF.")
	}
	return "", fault.Invalid("file", "Tệp"+quoted(name)+" không thuộc loại được nhận (PDF, Word, Excel, PowerPoint, OpenDocument, ảnh PNG, JPG hoặc tệp nén ZIP).")
}

// SniffFile tells the type of a whole file. Of a zip it reads the list of
// contents, never the contents themselves.
func SniffFile(r io.ReaderAt, size int64, name string) (Type, error) {
	head := make([]byte, min(size, HeadLen))
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fault.Internal(err)
	}
	t, err := Sniff(head[:n], name)
	if err != nil || mediaTypes[t] == "" || (t != ZIP && t != ODT && t != ODS) {
		return t, err
	}
	z, err := openZip(r, size, name)
	if err != nil {
		return "", err
	}
	return sniffZip(z, name)
}

// sniffZip tells office files from ordinary zips by the parts they must have.
func sniffZip(z *zip.Reader, name string) (Type, error) {
	parts := map[string]Type{"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
	var office, macro bool
	var t Type
	for i, f := range z.File {
		switch {
		case f.Name == "[Content_Types].xml":
			office = true
		case i == 0 && f.Name == "mimetype":
			return sniffMimetype(f, name)
		case strings.EqualFold(path.Base(f.Name), "vbaProject.bin"):
			macro = true
		case parts[f.Name] != "" && t == "":
			t = parts[f.Name]
		}
	}
	switch {
	case !office:
		return ZIP, nil
	case macro:
		return "", fault.Invalid("file", "Tệp"+quoted(name)+" có chứa macro nên không được nhận. Hãy lưu lại thành tệp không có macro hoặc PDF.")
	case t == "":
		return "", fault.Invalid("file", "Tệp"+quoted(name)+" là tệp văn phòng thuộc định dạng không được nhận. Hãy lưu lại thành .docx, .xlsx, .pptx hoặc PDF.")
	}
	return t, nil
}

// sniffMimetype reads the one short entry with which an OpenDocument begins.
func sniffMimetype(f *zip.File, name string) (Type, error) {
	if f.Method == zip.Store && f.UncompressedSize64 <= 100 {
		if r, err := f.Open(); err == nil {
			defer r.Close()
			b, _ := io.ReadAll(io.LimitReader(r, 100))
			switch string(b) {
			case mediaTypes[ODT]:
				return ODT, nil
			case mediaTypes[ODS]:
				return ODS, nil
			}
		}
	}
	return "", fault.Invalid("file", "Tệp"+quoted(name)+" thuộc định dạng không được nhận. Hãy lưu lại thành .odt, .ods hoặc PDF.")
}

// sniffOpenDocument sees from the first bytes of a zip whether its first entry
// is the "mimetype" of an OpenDocument.
func sniffOpenDocument(head []byte) Type {
	const fixed = 30 // length of a local header before the name
	if len(head) < fixed || binary.LittleEndian.Uint16(head[8:]) != zip.Store {
		return ZIP
	}
	nameLen, extraLen := int(binary.LittleEndian.Uint16(head[26:])), int(binary.LittleEndian.Uint16(head[28:]))
	if nameLen != len("mimetype") || len(head) < fixed+nameLen+extraLen || string(head[fixed:fixed+nameLen]) != "mimetype" {
		return ZIP
	}
	rest := head[fixed+nameLen+extraLen:]
	rest = rest[:min(int(binary.LittleEndian.Uint32(head[18:])), len(rest))]
	switch string(rest) {
	case mediaTypes[ODT]:
		return ODT
	case mediaTypes[ODS]:
		return ODS
	}
	return ZIP
}

// quoted puts a file's name into a sentence: between marks, shortened, and
// without anything that could break the line.
func quoted(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == utf8.RuneError {
			return -1
		}
		return r
	}, path.Base(strings.ReplaceAll(name, `\`, "/")))
	if name == "" || name == "." || name == "/" {
		return ""
	}
	if r := []rune(name); len(r) > 80 {
		name = string(r[:40]) + "…" + string(r[len(r)-30:])
	}
	return " “" + name + "”"
}
