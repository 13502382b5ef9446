// SPDX-License-Identifier: Apache-2.0

package docx

import (
	"fmt"
	"strings"

	"soviec/kit/letter"
)

func (m *maker) document() {
	m.head()
	m.title()
	m.addressees()
	if m.l.Landscape {
		// the head stands upright, the tables lie
		m.raw(`<w:p><w:pPr>` + m.section(true, false) + `</w:pPr></w:p>`)
	}
	m.body(m.l.Body, len(m.l.Signatures) > 0)
	m.foot()
	landscape := m.l.Landscape
	for i, a := range m.l.Appendices {
		// the properties of a section stand in its last paragraph
		m.raw(`<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/>` + m.section(i == 0 && !m.l.Landscape, landscape) + `</w:pPr></w:p>`)
		landscape = a.Landscape
		m.appendix(i, a)
	}
	m.raw(m.section(len(m.l.Appendices) == 0 && !m.l.Landscape, landscape))
}

// grid opens a table without lines, cells without padding, of fixed columns.
func (m *maker) grid(columns ...float64) {
	m.raw(`<w:tbl><w:tblPr>`)
	total := 0.0
	for _, c := range columns {
		total += c
	}
	m.rawf(`<w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`, twips(total))
	for _, c := range columns {
		m.rawf(`<w:gridCol w:w="%d"/>`, twips(c))
	}
	m.raw(`</w:tblGrid>`)
}

// row writes one row that stays on one page.
func (m *maker) row(columns []float64, cells ...string) {
	m.raw(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
	for i, c := range cells {
		if c == "" {
			c = "<w:p/>"
		}
		m.rawf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>%s</w:tc>`, twips(columns[i]), c)
	}
	m.raw(`</w:tr>`)
}

func lines(text string) []string { return strings.Split(strings.TrimSpace(text), "\n") }

// head is boxes 1 to 4, 5b and 10b (App. I, II.1 to II.5, III.2).
func (m *maker) head() {
	l := m.l
	headRight := m.textWidth() - headLeft
	centre := line{align: "center"}
	left := ""
	if l.Superior != "" {
		c := centre
		c.size = m.p.Issuer
		for _, s := range lines(l.Superior) {
			left += c.xml(strings.ToUpper(s))
		}
	}
	agency := centre
	agency.size, agency.bold = m.p.Issuer, true
	last := ""
	for _, s := range lines(l.Agency) {
		last = strings.ToUpper(s)
		left += agency.xml(last)
	}
	left += rule(headLeft, width(last, m.p.Issuer, true)*0.4)

	motto := centre
	motto.size, motto.bold = m.p.Motto, true
	state := centre
	state.size, state.bold = m.p.State, true
	right := state.xml(letter.State) + motto.xml(letter.Motto) + rule(headRight, width(letter.Motto, m.p.Motto, true))

	columns := []float64{headLeft, headRight}
	m.grid(columns...)
	m.row(columns, left, right)
	t, known := letter.TypeOf(l.Type)
	number, date := "", ""
	if !known || t.Numbered || l.Number != "" {
		number = line{align: "center", size: m.p.Number, before: 4}.xml(m.numberLine())
	}
	if !known || t.Dated {
		date = line{align: "center", size: m.p.Date, italic: true, before: 4}.xml(letter.PlaceAndDate(l.Place, l.Date))
	}
	if m.withoutTitle() && l.Subject != "" {
		subject := l.Subject
		if l.Type == letter.OfficialLetter {
			subject = "V/v " + subject
		}
		c := line{align: "center", size: m.p.About, before: 6}
		number += c.xml(subject)
	}
	if l.Urgency > 0 && l.Urgency < len(letter.UrgencyWords) {
		number += line{align: "left", before: 6}.framed(letter.UrgencyWords[l.Urgency])
	}
	if number != "" || date != "" {
		m.row(columns, number, date)
	}
	m.raw(`</w:tbl>`)
}

// framed is a stamp of urgency: bold, red, in a single frame.
func (l line) framed(text string) string {
	l.bold, l.size, l.color, l.frame = true, sizeStamp, "FF0000", "FF0000"
	return l.xml(" " + text + " ")
}

// numberLine leaves room where the number is not known.
func (m *maker) numberLine() string {
	if m.l.Number == "" {
		return "Số:        /" + m.l.Notation
	}
	return letter.NumberLine(m.l.Number, m.l.Notation)
}

func (m *maker) withoutTitle() bool { return m.l.Title() == "" }

// title is box 5a.
func (m *maker) title() {
	if m.withoutTitle() {
		return
	}
	c := line{align: "center", size: m.p.Title, bold: true, keep: true}
	first := c
	first.before = 14
	m.raw(first.xml(m.l.Title()))
	last := ""
	for _, s := range lines(m.l.Subject) {
		if s != "" {
			m.raw(c.xml(s))
			last = s
		}
	}
	if last != "" {
		m.raw(rule(m.textWidth(), min(width(last, m.p.Title, true), m.textWidth())*0.4))
	}
}

// addressees is box 9a: one on the same line, several below one another with their dashes
// under the colon.
func (m *maker) addressees() {
	if len(m.l.Addressees) == 0 {
		return
	}
	intro := "Kính gửi"
	if m.l.Caller != "" {
		intro = m.l.Caller
	}
	intro += ":"
	colon := width(strings.TrimSuffix(intro, ":"), m.p.Body, false)
	if len(m.l.Addressees) == 1 {
		text := intro + " " + m.l.Addressees[0]
		if width(text, m.p.Body, false) <= m.textWidth()-20 {
			m.raw(line{align: "center", size: m.p.Body, before: 18}.xml(text))
			return
		}
		m.raw(line{align: "left", size: m.p.Body, before: 18, left: 20 + colon + 3, hanging: colon + 3}.xml(text))
		return
	}
	const in = 25.0
	m.raw(line{align: "left", size: m.p.Body, before: 18, left: in, keep: true}.xml(intro))
	for i, a := range m.l.Addressees {
		end := ";"
		if i == len(m.l.Addressees)-1 {
			end = "."
		}
		m.raw(line{align: "left", size: m.p.Body, left: in + colon + 3, hanging: 3}.xml("- " + a + end))
	}
}

// body is box 6. With a signature to follow, its last paragraph goes with it.
func (m *maker) body(blocks []letter.Block, signed bool) {
	for i, b := range blocks {
		m.block(b, signed && i == len(blocks)-1)
	}
}

func (m *maker) para(style string, keep bool, runs ...string) {
	m.raw(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/>`)
	if keep {
		m.raw("<w:keepNext/>")
	}
	m.raw("</w:pPr>" + strings.Join(runs, "") + "</w:p>")
}

func run(text string) string { return "<w:r>" + string(textElement(text)) + "</w:r>" }

func boldRun(text string) string {
	return "<w:r><w:rPr><w:b/><w:bCs/></w:rPr>" + string(textElement(text)) + "</w:r>"
}

func (m *maker) block(b letter.Block, keep bool) {
	switch b.Kind {
	case letter.Basis:
		m.para("CanCu", keep, run(b.Text))
	case letter.Centred:
		m.para("ThamQuyen", false, run(b.Text))
	case letter.Part, letter.Section:
		m.para("Phan", true, run(b.Mark))
		if b.Text != "" {
			m.para("Phan", true, run(strings.ToUpper(b.Text)))
		}
	case letter.Roman:
		m.para("DeMuc", true, run(joined(b.Mark, b.Text)))
	case letter.Article:
		if b.Titled() {
			m.para("Dieu", true, boldRun(joined(b.Mark, b.Text)))
		} else {
			m.para("Dieu", keep, boldRun(b.Mark), run(" "+b.Text))
		}
	case letter.Clause:
		if b.Titled() {
			m.para("Khoan", true, boldRun(joined(b.Mark, b.Text)))
		} else {
			m.para("Khoan", keep, run(joined(b.Mark, b.Text)))
		}
	case letter.Point:
		m.para("Diem", keep, run(joined(b.Mark, b.Text)))
	case letter.Table:
		m.table(b)
	default:
		m.para("NoiDung", keep, run(joined(b.Mark, b.Text)))
	}
}

func joined(mark, text string) string { return strings.TrimSpace(mark + " " + text) }

// table writes a table with lines; columns share the width by what stands in them.
func (m *maker) table(b letter.Block) {
	n := b.Columns()
	if n == 0 {
		return
	}
	need := make([]float64, n)
	for _, r := range b.Rows {
		for i, c := range r {
			// a long text may be broken, a word may not
			need[i] = max(need[i], min(width(c, m.p.Table, false), 70)+4, m.longestWord(c)+4)
		}
	}
	total := 0.0
	for _, w := range need {
		total += w
	}
	if total == 0 {
		total = 1
	}
	m.raw(`<w:p><w:pPr><w:spacing w:line="120" w:lineRule="exact"/></w:pPr></w:p><w:tbl><w:tblPr>`)
	m.rawf(`<w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>`, twips(m.textWidth()))
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		m.rawf(`<w:%s w:val="single" w:sz="4" w:space="0" w:color="000000"/>`, side)
	}
	m.raw(`</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for i := range need {
		need[i] *= m.textWidth() / total
		m.rawf(`<w:gridCol w:w="%d"/>`, twips(need[i]))
	}
	m.raw(`</w:tblGrid>`)
	for i, r := range b.Rows {
		head := i < b.Head
		m.raw(`<w:tr><w:trPr><w:cantSplit/>`)
		if head {
			m.raw(`<w:tblHeader/>`)
		}
		m.raw(`</w:trPr>`)
		for j := range n {
			text := ""
			if j < len(r) {
				text = r[j]
			}
			align := ""
			if head || isFigure(text) {
				align = `<w:jc w:val="center"/>`
			}
			inside := run(text)
			if head {
				inside = boldRun(text)
			}
			m.rawf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="OBang"/>%s</w:pPr>%s</w:p></w:tc>`, twips(need[j]), align, inside)
		}
		m.raw(`</w:tr>`)
	}
	m.raw(`</w:tbl>`)
}

func (m *maker) longestWord(s string) float64 {
	w := 0.0
	for _, f := range strings.Fields(s) {
		w = max(w, width(f, m.p.Table, true))
	}
	return w
}

// isFigure tells a cell of a number.
func isFigure(s string) bool {
	return s != "" && strings.Trim(s, "0123456789.,%-+ ") == ""
}

// appendix is a phụ lục or a promulgated text on pages of its own.
func (m *maker) appendix(i int, a letter.Appendix) {
	c := line{align: "center", size: m.p.Body, bold: true, keep: true}
	m.raw(c.xml(m.l.Heading(i)))
	for _, s := range lines(a.Title) {
		if s != "" {
			m.raw(c.xml(strings.ToUpper(s)))
		}
	}
	c.bold, c.italic = false, true
	m.raw(c.xml(m.l.Enclosed(i, m.o.Electronic)))
	m.raw(rule(m.textWidth(), 40))
	m.body(a.Body, false)
}

// foot is boxes 7, 9b and 12: Nơi nhận left, the signature right, both on one page with
// the last paragraph of the text.
func (m *maker) foot() {
	l := m.l
	if len(l.Signatures) == 0 && len(l.Recipients) == 0 {
		return
	}
	m.raw(`<w:p><w:pPr><w:keepNext/><w:spacing w:line="200" w:lineRule="exact"/></w:pPr></w:p>`)
	columns := []float64{m.textWidth() / 2, m.textWidth() / 2}
	m.grid(columns...)
	switch n := len(l.Signatures); {
	case n <= 1:
		right := ""
		if n == 1 {
			right = m.signature(l.Signatures[0])
		}
		m.row(columns, m.recipients(), right)
	default:
		for i := 0; i+1 < n; i += 2 {
			m.row(columns, m.signature(l.Signatures[i]), m.signature(l.Signatures[i+1]))
		}
		if n%2 == 1 {
			m.row(columns, "", m.signature(l.Signatures[n-1]))
		}
		if len(l.Recipients) > 0 {
			m.row(columns, m.recipients(), "")
		}
	}
	if l.Confirmation != "" {
		c := line{align: "center", size: m.p.Body, bold: true, before: 12}
		m.row(columns, c.xml(strings.ToUpper(strings.ReplaceAll(l.Confirmation, "\n", " "))), "")
	}
	m.raw(`</w:tbl>`)
}

func (m *maker) signature(s letter.Signature) string {
	c := line{align: "center", size: m.p.Body, bold: true, keep: true}
	out := ""
	for _, t := range s.Lines {
		out += c.xml(t)
	}
	if s.Note != "" {
		n := line{align: "center", size: m.p.Number, italic: true, keep: true}
		out += n.xml(s.Note)
	}
	name := c
	name.keep = false
	name.before = roomForSignature
	if s.Above != "" {
		above := name
		above.keep = true
		out += above.xml(s.Above)
		name.before = 0
	}
	if s.Name != "" {
		return out + name.xml(s.Name)
	}
	return out + name.xml(" ")
}

func (m *maker) recipients() string {
	if len(m.l.Recipients) == 0 {
		return ""
	}
	out := line{align: "left", size: sizeRecipients, bold: true, italic: true}.xml("Nơi nhận:")
	c := line{align: "left", size: sizeMark, left: 2, hanging: 2}
	mark := m.l.DrafterMark()
	for i, r := range m.l.Recipients {
		end := ";"
		if i == len(m.l.Recipients)-1 {
			end = "."
			if mark != "" {
				c.after = fmt.Sprintf(`<w:r><w:rPr>%s</w:rPr><w:tab/>%s</w:r>`, pts(sizeMark), textElement(mark))
			}
		}
		out += c.xml("- " + strings.TrimRight(r, ";. ") + end)
	}
	return out
}
