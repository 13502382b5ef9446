// SPDX-License-Identifier: Apache-2.0

package docx

import (
	"fmt"
	"strings"

	"soviec/kit/typeface"
)

// A named style of the documents we write, under the name that an official sees in Word.
type namedStyle struct {
	id, name, ppr, rpr string
}

func pts(size float64) string {
	return fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, int(size*2), int(size*2))
}

func (m *maker) styleList() []namedStyle {
	// body paragraphs: justified, first line in, space above (Appendix I, II.6)
	bodyPr := fmt.Sprintf(`<w:spacing w:before="%d" w:after="0" w:line="%d" w:lineRule="auto"/><w:ind w:firstLine="%d"/><w:jc w:val="both"/>`, int(m.p.Paragraph*20), int(m.p.Leading*240), twips(m.p.Indent))
	sizeBody := m.p.Body
	bold, italic := "<w:b/><w:bCs/>", "<w:i/><w:iCs/>"
	centre := `<w:jc w:val="center"/>`
	return []namedStyle{
		{"NoiDung", "Nội dung", bodyPr, pts(sizeBody)},
		{"CanCu", "Căn cứ", bodyPr, italic + pts(sizeBody)},
		{"Dieu", "Điều", bodyPr, pts(sizeBody)},
		{"Khoan", "Khoản", bodyPr, pts(sizeBody)},
		{"Diem", "Điểm", bodyPr, pts(sizeBody)},
		{"Phan", "Phần, Chương, Mục", `<w:keepNext/><w:spacing w:before="120" w:after="0"/>` + centre, bold + pts(sizeBody)},
		{"DeMuc", "Đề mục", "<w:keepNext/>" + bodyPr, bold + pts(sizeBody)},
		{"ThamQuyen", "Thẩm quyền ban hành", `<w:keepNext/><w:spacing w:before="120" w:after="0"/>` + centre, bold + pts(sizeBody)},
		{"OBang", "Ô bảng", "", pts(m.p.Table)},
		{"SoTrang", "Số trang", centre, pts(sizeBody)},
	}
}

func (m *maker) styles() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:styles ` + spaces + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>` + pts(m.p.Body) +
		`<w:lang w:val="vi-VN" w:eastAsia="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>` +
		`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`)
	for _, s := range m.styleList() {
		b.WriteString(`<w:style w:type="paragraph" w:customStyle="1" w:styleId="` + s.id + `"><w:name w:val="` + s.name + `"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>` + s.ppr + `</w:pPr><w:rPr>` + s.rpr + `</w:rPr></w:style>`)
	}
	b.WriteString("</w:styles>")
	return b.String()
}

// A line is a paragraph whose look is said on itself: the elements of the head and the
// foot, each of which occurs once.
type line struct {
	style          string
	align          string
	size           float64
	bold, italic   bool
	before         float64 // points
	left, hanging  float64 // millimetres
	right          float64
	keep           bool   // with the next
	rule           string // "top": a line drawn above it
	frame          string // colour of a frame around the words
	exact          float64
	color          string
	leading, after string // XML before and behind the words
}

func (l line) xml(text string) string {
	var b strings.Builder
	b.WriteString("<w:p><w:pPr>")
	if l.style != "" {
		b.WriteString(`<w:pStyle w:val="` + l.style + `"/>`)
	}
	if l.keep {
		b.WriteString("<w:keepNext/>")
	}
	if l.rule != "" {
		b.WriteString(`<w:pBdr><w:` + l.rule + ` w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>`)
	}
	if l.exact > 0 {
		fmt.Fprintf(&b, `<w:spacing w:before="%d" w:line="%d" w:lineRule="exact"/>`, int(l.before*20), int(l.exact*20))
	} else if l.before > 0 {
		fmt.Fprintf(&b, `<w:spacing w:before="%d"/>`, int(l.before*20))
	}
	if l.left > 0 || l.hanging > 0 || l.right > 0 {
		fmt.Fprintf(&b, `<w:ind w:left="%d" w:right="%d"`, twips(l.left), twips(l.right))
		if l.hanging > 0 {
			fmt.Fprintf(&b, ` w:hanging="%d"`, twips(l.hanging))
		} else {
			b.WriteString(` w:firstLine="0"`)
		}
		b.WriteString("/>")
	}
	if l.align != "" {
		b.WriteString(`<w:jc w:val="` + l.align + `"/>`)
	}
	b.WriteString("</w:pPr>" + l.leading)
	if text != "" {
		b.WriteString(l.run(text))
	}
	b.WriteString(l.after + "</w:p>")
	return b.String()
}

func (l line) run(text string) string {
	var b strings.Builder
	b.WriteString("<w:r><w:rPr>")
	if l.bold {
		b.WriteString("<w:b/><w:bCs/>")
	}
	if l.italic {
		b.WriteString("<w:i/><w:iCs/>")
	}
	if l.color != "" {
		b.WriteString(`<w:color w:val="` + l.color + `"/>`)
	}
	if l.size > 0 {
		b.WriteString(pts(l.size))
	}
	if l.frame != "" {
		b.WriteString(`<w:bdr w:val="single" w:sz="8" w:space="0" w:color="` + l.frame + `"/>`)
	}
	b.WriteString("</w:rPr>")
	b.Write(textElement(text))
	b.WriteString("</w:r>")
	return b.String()
}

// rule is a line drawn below a text that is centred in a column: as long as a share of the
// text, by the measures of Times New Roman.
func rule(column, length float64) string {
	side := max((column-length)/2, 0)
	return line{left: side, right: side, rule: "top", exact: 4, before: 2, align: "center"}.xml("")
}

// width is that of the longest line of a text in millimetres. Bold letters are about a
// sixteenth wider.
func width(text string, size float64, bold bool) float64 {
	widest := 0.0
	for _, s := range strings.Split(text, "\n") {
		widest = max(widest, float64(typeface.RegularFace().Width(s))/1000*size/72*25.4)
	}
	if bold {
		widest *= 1.0625
	}
	return widest
}
