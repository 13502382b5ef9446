// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"soviec/kit/fault"
	"soviec/kit/letter"
	"soviec/office/org"
)

// An Appendix is set in the same file behind the document (phụ lục; Nghị định 30/2020/NĐ-CP
// Phụ lục I Phần I mục III), or is a text that the document promulgates. Its number comes of
// its place, its reference to the document of the document's own data unless it says another.
type Appendix struct {
	Type      string `json:"type,omitempty"` // code of a promulgated text ("QC"); "" a phụ lục
	Title     string `json:"title,omitempty"`
	Body      string `json:"body,omitempty"`
	Enclosed  string `json:"enclosed,omitempty"` // "Kèm theo …"; "" of the document's own data
	Landscape bool   `json:"landscape,omitempty"`
}

// MostAppendices bounds the appendices of one draft.
const MostAppendices = 20

func (p *Paper) shapeAppendices(all []Appendix) error {
	p.Appendices = nil
	size := len(p.Body)
	for _, x := range all {
		x.Title, x.Enclosed, x.Body = tidy(x.Title), strings.Trim(tidy(x.Enclosed), "()"), plainBody(x.Body)
		if x.Title == "" && x.Body == "" {
			continue
		}
		p.Appendices = append(p.Appendices, x)
		n := len(p.Appendices)
		size += len(x.Body)
		if t, ok := letter.TypeOf(x.Type); x.Type != "" && (!ok || t.Code == p.Type) {
			return fault.Invalid("appendices", fmt.Sprintf("Phụ lục thứ %d: loại văn bản kèm theo không đúng.", n))
		}
		switch {
		case x.Title == "":
			return fault.Invalid("appendices", fmt.Sprintf("Phụ lục thứ %d chưa có tên.", n))
		case utf8.RuneCountInString(x.Title) > mostSubject || utf8.RuneCountInString(x.Enclosed) > mostSubject:
			return fault.Invalid("appendices", fmt.Sprintf("Phụ lục thứ %d: tên và dòng kèm theo nhiều nhất %d ký tự.", n, mostSubject))
		case x.Body == "":
			return fault.Invalid("appendices", fmt.Sprintf("Phụ lục thứ %d “%s” chưa có nội dung.", n, cut(x.Title, 60)))
		}
	}
	switch {
	case len(p.Appendices) > MostAppendices:
		return fault.Invalid("appendices", fmt.Sprintf("Một văn bản nhiều nhất %d phụ lục trong cùng tệp; phụ lục khác thêm thành tệp riêng.", MostAppendices))
	case size > mostBody:
		return fault.Invalid("appendices", "Nội dung và phụ lục quá dài để soạn tại đây; hãy tách phụ lục thành tệp riêng.")
	}
	return nil
}

func plainBody(s string) string {
	return strings.ReplaceAll(strings.TrimRight(s, " \t\r\n"), "\r\n", "\n")
}

// letterAppendices are the appendices as they are set.
func (p Paper) letterAppendices() []letter.Appendix {
	var out []letter.Appendix
	for _, x := range p.Appendices {
		out = append(out, letter.Appendix{Type: x.Type, Title: x.Title, Enclosed: x.Enclosed, Landscape: x.Landscape, Body: letter.Parse(x.Body)})
	}
	return out
}

// issuerIn is who issues a document, in running text: decisions come from the head of the
// agency ("Trưởng Ban Dân tộc tỉnh Cao Bằng"), everything else from the agency.
func issuerIn(d *org.Directory, typ, head string) string {
	name := d.Agency.Name
	if typ != letter.Decision || head == "" {
		return name
	}
	words := strings.Fields(head)
	last := words[len(words)-1]
	if len(name) > len(last) && strings.EqualFold(name[:len(last)], last) && len(words) > 1 {
		return strings.Join(words[:len(words)-1], " ") + " " + name
	}
	return head + " " + name
}

// plainText is a letter's words for comparing and searching: its body, then each appendix
// under its heading.
func plainText(l letter.Letter) string {
	var b strings.Builder
	b.WriteString(letter.Text(l.Body))
	for i, x := range l.Appendices {
		fmt.Fprintf(&b, "\n\n%s\n%s\n", l.Heading(i), x.Title)
		if x.Enclosed != "" {
			b.WriteString("(" + x.Enclosed + ")\n")
		}
		b.WriteString(letter.Text(x.Body))
	}
	return b.String()
}

// asJSON and fromJSON keep what only this room reads; nothing is kept as nothing.
func asJSON[T any](v T, empty bool) string {
	if empty {
		return ""
	}
	raw, err := json.Marshal(v)
	if err != nil { // strings and truths can always be written
		return ""
	}
	return string(raw)
}

func fromJSON[T any](raw string, v *T) error {
	if raw == "" {
		return nil
	}
	return json.Unmarshal([]byte(raw), v)
}
