// SPDX-License-Identifier: Apache-2.0

package convert

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"soviec/kit/fault"
)

// What an honest document does not exceed.
const (
	mostParts = 4_000
	mostBytes = 256 << 20 // unpacked, together
	mostRels  = 4 << 20
)

var errBroken = fault.Invalid("file", "Tệp Word bị hỏng hoặc không đúng định dạng .docx.")

// tame writes the document again without what would reach outside it: relationships to
// other addresses (pictures, templates, objects), all but the links that a reader clicks.
// Parts that are programs or other documents are left out.
func tame(w io.Writer, r io.ReaderAt, size int64) error {
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return errBroken
	}
	if len(z.File) > mostParts {
		return errBroken
	}
	left := uint64(mostBytes)
	out := zip.NewWriter(w)
	for _, f := range z.File {
		if f.UncompressedSize64 > left {
			return fault.Invalid("file", "Tệp Word khi giải nén quá lớn, không chuyển được sang PDF.")
		}
		left -= f.UncompressedSize64
		name := strings.ToLower(f.Name)
		if strings.HasSuffix(name, "vbaproject.bin") || strings.Contains(name, "/embeddings/") || strings.Contains(name, "/activex/") {
			continue
		}
		if !strings.HasSuffix(name, ".rels") {
			if err := out.Copy(f); err != nil {
				return errBroken
			}
			continue
		}
		rc, err := f.Open()
		if err != nil {
			return errBroken
		}
		b, err := io.ReadAll(io.LimitReader(rc, mostRels+1))
		rc.Close()
		if err != nil || len(b) > mostRels {
			return errBroken
		}
		if b, err = withoutOutside(b); err != nil {
			return errBroken
		}
		e, err := out.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate})
		if err != nil {
			return fault.Internal(err)
		}
		if _, err := e.Write(b); err != nil {
			return fault.Internal(err)
		}
	}
	return fault.Internal(out.Close())
}

// withoutOutside rewrites a list of relationships.
func withoutOutside(b []byte) ([]byte, error) {
	var list struct {
		Rel []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
			Mode   string `xml:"TargetMode,attr"`
		} `xml:"Relationship"`
	}
	if err := xml.Unmarshal(b, &list); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	text := func(s string) string {
		var e bytes.Buffer
		_ = xml.EscapeText(&e, []byte(s)) // a buffer does not fail
		return e.String()
	}
	for _, r := range list.Rel {
		outside := strings.EqualFold(r.Mode, "External") || strings.Contains(r.Target, "://") || strings.HasPrefix(r.Target, `\\`)
		if outside && !strings.HasSuffix(r.Type, "/hyperlink") || strings.HasSuffix(r.Type, "/aFChunk") {
			continue
		}
		out.WriteString(`<Relationship Id="` + text(r.ID) + `" Type="` + text(r.Type) + `" Target="` + text(r.Target) + `"`)
		if r.Mode != "" {
			out.WriteString(` TargetMode="` + text(r.Mode) + `"`)
		}
		out.WriteString("/>")
	}
	out.WriteString("</Relationships>")
	return out.Bytes(), nil
}
