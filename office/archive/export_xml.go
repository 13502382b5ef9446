// SPDX-License-Identifier: Apache-2.0

package archive

import (
	"encoding/xml"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/task"
)

// The names and lengths of the fields are those of Nghị định 30/2020/NĐ-CP, Phụ lục VI,
// Phần II. A value that is longer is cut, and says how long it was.
type xmlText struct {
	Cut  int    `xml:"cut,attr,omitempty"`
	Text string `xml:",chardata"`
}

type xmlDossier struct {
	XMLName     xml.Name      `xml:"Dossier"`
	Version     string        `xml:"version,attr"`
	Exported    string        `xml:"exported,attr"`
	FileCode    xmlText       `xml:"FileCode"`
	OrganID     xmlText       `xml:"OrganId"`
	FileCatalog int           `xml:"FileCatalog"`
	Notation    xmlText       `xml:"FileNotation"`
	Title       xmlText       `xml:"Title"`
	Maintenance xmlText       `xml:"Maintenance"`
	Rights      xmlText       `xml:"Rights"`
	Creator     xmlText       `xml:"Creator"`
	Language    xmlText       `xml:"Language"`
	StartDate   string        `xml:"StartDate"`
	EndDate     string        `xml:"EndDate"`
	DocTotal    int           `xml:"DocTotal"`
	PageTotal   int           `xml:"PageTotal"`
	Description xmlText       `xml:"Description"`
	Documents   []xmlDocument `xml:"Documents>Document"`
}

type xmlDocument struct {
	FileCode      xmlText   `xml:"FileCode"`
	DocOrdinal    int       `xml:"DocOrdinal"`
	TypeName      xmlText   `xml:"TypeName"`
	CodeNumber    xmlText   `xml:"CodeNumber"`
	CodeNotation  xmlText   `xml:"CodeNotation"`
	IssuedDate    string    `xml:"IssuedDate"`
	OrganName     xmlText   `xml:"OrganName"`
	Subject       xmlText   `xml:"Subject"`
	Language      xmlText   `xml:"Language"`
	PageAmount    int       `xml:"PageAmount"`
	Pages         string    `xml:"Pages,omitempty"` // tờ, trang số trong hồ sơ
	FullName      xmlText   `xml:"FullName"`
	Position      xmlText   `xml:"Position"`
	Priority      int       `xml:"Priority"`
	IssuedAmount  int       `xml:"IssuedAmount,omitempty"`
	DueDate       string    `xml:"DueDate,omitempty"`
	ArrivalNumber int64     `xml:"ArrivalNumber,omitempty"`
	ArrivalDate   string    `xml:"ArrivalDate,omitempty"`
	ToPlaces      xmlText   `xml:"ToPlaces"`
	Description   xmlText   `xml:"Description"`
	Trace         []xmlStep `xml:"TraceHeaderList>TraceHeader,omitempty"`
	Files         []xmlFile `xml:"Files>File,omitempty"`
}

// xmlStep is one step of the handling: when, who, what. The whole trail stays with the document.
type xmlStep struct {
	At   string `xml:"at,attr"`
	By   string `xml:"by,attr"`
	What string `xml:",chardata"`
}

type xmlFile struct {
	Path   string `xml:"path,attr"`
	Name   string `xml:"name,attr"`
	Type   string `xml:"type,attr"`
	Size   int64  `xml:"size,attr"`
	SHA256 string `xml:"sha256,attr"`
	PDF    bool   `xml:"pdf,attr"`
}

// cutter cuts values to the law's lengths and counts how often.
type cutter struct{ n int }

func (c *cutter) to(most int, s string) xmlText {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, norm.NFC.String(s))
	if n := utf8.RuneCountInString(s); n > most {
		c.n++
		return xmlText{Cut: n, Text: cut(s, most)}
	}
	return xmlText{Text: s}
}

func code(c *cutter, dir *org.Directory, d Dossier) xmlText {
	return c.to(13+1+4+1+20, d.Code(dir.Agency.Code))
}

func (x *xmlDossier) describe(c *cutter, dir *org.Directory, d Dossier) {
	x.FileCode, x.OrganID, x.FileCatalog, x.Notation = code(c, dir, d), c.to(13, dir.Agency.Code), d.Year, c.to(20, d.Notation)
	x.Title, x.Maintenance, x.Rights = c.to(500, d.Title), c.to(30, d.Term.Words()), c.to(30, d.Rights)
	x.Creator, x.Language = c.to(30, dir.Person(d.Keeper).Name), c.to(50, d.Language)
	x.StartDate, x.EndDate = d.StartOn.VN(), d.EndOn.VN()
	x.DocTotal, x.PageTotal, x.Description = d.Docs, d.Pages, c.to(500, d.Note)
}

func xmlOf(c *cutter, dir *org.Directory, d Dossier, ordinal int, it Paged, m Matter) xmlDocument {
	x := xmlDocument{FileCode: code(c, dir, d), DocOrdinal: ordinal, TypeName: c.to(100, m.Type), CodeNumber: c.to(11, m.No), CodeNotation: c.to(30, m.Notation),
		IssuedDate: it.On.VN(), OrganName: c.to(200, it.Author), Subject: c.to(500, m.Subject), Language: c.to(30, "Tiếng Việt"), PageAmount: min(it.Pages, 999),
		FullName: c.to(50, m.Signer), Position: c.to(100, m.SignerTitle), Priority: m.Urgency, IssuedAmount: m.Copies, DueDate: m.Due.VN(),
		ArrivalNumber: m.Arrival, ArrivalDate: m.ArrivalOn.VN(), ToPlaces: c.to(1000, m.Places), Description: c.to(500, it.Note)}
	if m.Subject == "" { // no longer to be had: what the index says
		x.Subject, x.CodeNotation = c.to(500, it.Title), c.to(30, it.Number)
	}
	if it.To > 0 {
		x.Pages = strconv.Itoa(it.From) + "-" + strconv.Itoa(it.To)
	}
	return x
}

// traceOf is the handling of a document or work from the book.
func traceOf(r store.Reader, dir *org.Directory, agency int64, ref string) ([]xmlStep, error) {
	entries, err := journal.Of(r, agency, ref)
	if err != nil {
		return nil, fault.Internal(err)
	}
	var out []xmlStep
	for _, e := range entries {
		by := dir.Person(e.Person).Name
		if e.Behalf != 0 {
			by += " (thay " + dir.Person(e.Behalf).Name + ")"
		}
		if by == "" {
			by = "Chương trình"
		}
		out = append(out, xmlStep{At: e.At.In(civil.Zone).Format("02/01/2006 15:04:05"), By: by, What: wordsOf(e.Kind)})
	}
	return out, nil
}

func wordsOf(kind string) string {
	for _, acts := range []map[string]string{Acts, document.Acts, task.Acts} {
		if w := acts[kind]; w != "" {
			return w
		}
	}
	return kind
}

// marksOff takes the marks off letters, keeping case.
func marksOff(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'đ':
			b.WriteRune('d')
		case r == 'Đ':
			b.WriteRune('D')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
