// SPDX-License-Identifier: Apache-2.0

package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"soviec/kit/fault"
	"soviec/kit/letter"
)

// Options of a written letter.
type Options struct {
	Profile    letter.Profile // zero: letter.DefaultProfile
	Electronic bool           // number and date in "(Kèm theo …)" stay blank (Decree 30/2020, App. I, III.1)
}

// Write sets a letter as a DOCX by Decree 30/2020, Appendix I: what an official may go on
// with in Word. The same letter gives the same bytes.
func Write(w io.Writer, l letter.Letter, o Options) error {
	if err := l.Validate(); err != nil {
		return err
	}
	m := &maker{l: l, o: o, p: o.Profile}
	if m.p == (letter.Profile{}) {
		m.p = letter.DefaultProfile
	}
	m.document()
	z := zip.NewWriter(w)
	for _, part := range m.parts() {
		e, err := z.CreateHeader(&zip.FileHeader{Name: part[0], Method: zip.Deflate})
		if err != nil {
			return fault.Internal(err)
		}
		if _, err := io.WriteString(e, part[1]); err != nil {
			return fault.Internal(err)
		}
	}
	return fault.Internal(z.Close())
}

// What the profile does not say: the page and the columns, in millimetres (the drawing of
// Appendix I, IV), and sizes in points.
const (
	pageWidth, pageHeight       = 210.0, 297.0
	headLeft                    = 66.0
	sizeStamp                   = 13.0
	sizeRecipients, sizeMark    = 12.0, 11.0
	roomForSignature            = 62.0 // points between title and name
	sizeCorner, sizeAddressLine = 10.0, 11.0
)

// textWidth is the width between the margins.
func (m *maker) textWidth() float64 { return pageWidth - m.p.Left - m.p.Right }

const (
	relBase   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	xmlHead   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	spaces    = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="` + relBase + `"`
	mediaBase = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// A maker writes the parts.
type maker struct {
	l letter.Letter
	o Options
	p letter.Profile
	b bytes.Buffer
}

func (m *maker) raw(s string)            { m.b.WriteString(s) }
func (m *maker) rawf(f string, a ...any) { fmt.Fprintf(&m.b, f, a...) }

func esc(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder does not fail
	return b.String()
}

func twips(mm float64) int { return int(mm/25.4*1440 + 0.5) }

// parts are all files of the zip, in order.
func (m *maker) parts() [][2]string {
	doc := xmlHead + "<w:document " + spaces + "><w:body>" + m.b.String() + "</w:body></w:document>"
	rels := xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	for i, r := range [][2]string{{"styles", "styles.xml"}, {"settings", "settings.xml"}, {"header", "header1.xml"}, {"header", "header2.xml"}, {"header", "header3.xml"}, {"footer", "footer1.xml"}, {"footer", "footer2.xml"}} {
		rels += fmt.Sprintf(`<Relationship Id="rId%d" Type="%s/%s" Target="%s"/>`, i+1, relBase, r[0], r[1])
	}
	types := xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`
	for _, t := range [][2]string{{"word/document.xml", "document.main"}, {"word/styles.xml", "styles"}, {"word/settings.xml", "settings"}, {"word/header1.xml", "header"}, {"word/header2.xml", "header"}, {"word/header3.xml", "header"}, {"word/footer1.xml", "footer"}, {"word/footer2.xml", "footer"}} {
		types += `<Override PartName="/` + t[0] + `" ContentType="` + mediaBase + t[1] + `+xml"/>`
	}
	types += `<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`
	return [][2]string{
		{"[Content_Types].xml", types},
		{"_rels/.rels", xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + relBase + `/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`},
		{"docProps/core.xml", xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + esc(m.l.Subject) + `</dc:title><dc:language>vi-VN</dc:language></cp:coreProperties>`},
		{"word/document.xml", doc},
		{"word/_rels/document.xml.rels", rels + `</Relationships>`},
		{"word/styles.xml", m.styles()},
		{"word/settings.xml", xmlHead + `<w:settings ` + spaces + `><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`},
		{"word/header1.xml", xmlHead + `<w:hdr ` + spaces + `><w:p><w:pPr><w:pStyle w:val="SoTrang"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>`},
		{"word/header2.xml", xmlHead + `<w:hdr ` + spaces + `>` + m.firstHeader() + `</w:hdr>`},
		{"word/header3.xml", xmlHead + `<w:hdr ` + spaces + `><w:p/></w:hdr>`},
		{"word/footer1.xml", xmlHead + `<w:ftr ` + spaces + `>` + m.firstFooter() + `</w:ftr>`},
		{"word/footer2.xml", xmlHead + `<w:ftr ` + spaces + `><w:p/></w:ftr>`},
	}
}

// firstHeader is what stands in the top margin of page 1: boxes 14 and 11.
func (m *maker) firstHeader() string {
	var s string
	if m.l.Corner != "" {
		s += line{align: "right", size: sizeCorner}.xml(m.l.Corner)
	}
	if m.l.Circulation != "" {
		s += line{align: "right", size: sizeStamp, bold: true, frame: "000000"}.xml(strings.ToUpper(m.l.Circulation))
	}
	if s == "" {
		return "<w:p/>"
	}
	return s
}

// firstFooter is box 13.
func (m *maker) firstFooter() string {
	if m.l.Address == "" {
		return "<w:p/>"
	}
	return line{align: "center", size: sizeAddressLine, rule: "top"}.xml(m.l.Address)
}

// section ends a section: the page's measures and its margins' contents.
func (m *maker) section(first, landscape bool) string {
	w, h, orient := pageWidth, pageHeight, ""
	top, right, bottom, left := m.p.Top, m.p.Right, m.p.Bottom, m.p.Left
	if landscape {
		// the page is turned: what was the left margin, where it is bound, is above
		w, h, orient = h, w, ` w:orient="landscape"`
		top, right, bottom, left = left, bottom, right, top
	}
	header, footer := "rId4", "rId6"
	if !first {
		header, footer = "rId5", "rId7"
	}
	return fmt.Sprintf(`<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:headerReference w:type="first" r:id="%s"/><w:footerReference w:type="default" r:id="rId7"/><w:footerReference w:type="first" r:id="%s"/>`+
		`<w:type w:val="nextPage"/><w:pgSz w:w="%d" w:h="%d"%s/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/><w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>`,
		header, footer, twips(w), twips(h), orient, twips(top), twips(right), twips(bottom), twips(left), twips(10), twips(10))
}
