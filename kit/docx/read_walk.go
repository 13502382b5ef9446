// SPDX-License-Identifier: Apache-2.0

package docx

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/fault"
)

// A place is where blocks are put: the body, or a cell.
type place struct {
	blocks []Block
	table  *Table // of which it is a cell
	cell   Cell
}

// open paragraphs: a text box stands inside a run of another.
type openParagraph struct {
	p     *Paragraph
	look  look // of the paragraph's style and its own words
	run   look
	inRun bool
	mark  bool // inside the properties of the paragraph mark

	all  strings.Builder // the text so far
	last Run             // the run in making, without its text
	of   strings.Builder // its text
}

type walker struct {
	ctx      context.Context
	styles   *styles
	t        *tags
	text     int
	top      place
	stack    []*place
	tables   []*Table
	paras    []*openParagraph
	sections []Section
	refs     [][]ref // headers and footers, by section
	cur      *Section
	curRefs  []ref
	marks    []string
	count    int
	skip     int // depth of what is passed over
	border   int // inside the borders of a paragraph or table
	inSect   bool
}

// ref points to a header or footer.
type ref struct {
	above bool
	kind  string // default, first, even
	id    string
}

func (w *walker) walk() error {
	w.stack = []*place{&w.top}
	for n := 0; ; n++ {
		if n%4096 == 0 && w.ctx.Err() != nil {
			return w.ctx.Err()
		}
		tok, err := w.t.next()
		if errors.Is(err, io.EOF) {
			if w.cur != nil {
				w.endSection()
			}
			return nil
		}
		if err != nil {
			return err
		}
		switch e := tok.(type) {
		case xml.StartElement:
			if w.skip > 0 || passedOver(e) {
				w.skip++
				continue
			}
			w.start(e)
		case xml.EndElement:
			if w.skip > 0 {
				w.skip--
				continue
			}
			w.end(e)
		case xml.CharData:
			if err := w.chars(string(e)); err != nil {
				return err
			}
		}
	}
}

// passedOver are the elements whose text nobody sees, or sees twice.
func passedOver(e xml.StartElement) bool {
	if e.Name.Local == "Fallback" {
		return true
	}
	if e.Name.Space != "w" {
		return false
	}
	switch e.Name.Local {
	case "del", "moveFrom", "instrText", "delText", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange":
		return true
	}
	return false
}

func (w *walker) here() *place { return w.stack[len(w.stack)-1] }

func (w *walker) para() *openParagraph {
	if len(w.paras) == 0 {
		return nil
	}
	return w.paras[len(w.paras)-1]
}

func (w *walker) start(e xml.StartElement) {
	if e.Name.Space != "w" {
		if p := w.para(); p != nil && (e.Name.Local == "line" || e.Name.Local == "cxnSp" || e.Name.Local == "wsp" || e.Name.Local == "shape") {
			p.p.Rule = true
		}
		return
	}
	p := w.para()
	switch e.Name.Local {
	case "p":
		w.count++
		o := &openParagraph{p: &Paragraph{Index: w.count}}
		o.look = w.styles.defaults
		base := w.styles.of(w.styles.paragraph)
		o.look.put(&base)
		w.paras = append(w.paras, o)
	case "pPr", "r", "rPr", "t", "tab", "br", "cr", "noBreakHyphen", "pStyle", "rStyle", "pBdr":
		w.inParagraph(p, e)
	case "tbl":
		w.tables = append(w.tables, &Table{})
	case "tblBorders", "tcBorders":
		w.border++
	case "top", "bottom", "insideH", "insideV":
		if w.border > 0 && attr(e, "val") != "none" && attr(e, "val") != "nil" && attr(e, "val") != "" {
			if p != nil {
				p.p.Rule = p.p.Rule || e.Name.Local == "bottom"
			} else if len(w.tables) > 0 {
				w.tables[len(w.tables)-1].Borders = true
			}
		}
	case "tblStyle":
		// Word's own grid; the others that draw lines are made from it.
		if n := len(w.tables); n > 0 && w.gridStyle(attr(e, "val")) {
			w.tables[n-1].Borders = true
		}
	case "tr":
		if n := len(w.tables); n > 0 {
			w.tables[n-1].Rows = append(w.tables[n-1].Rows, nil)
		}
	case "tc":
		if n := len(w.tables); n > 0 {
			w.stack = append(w.stack, &place{table: w.tables[n-1]})
		}
	case "tcW":
		if v, ok := number(attr(e, "w")); ok && (attr(e, "type") == "dxa" || attr(e, "type") == "") {
			w.here().cell.Width = mm(v)
		}
	case "sectPr":
		w.inSect = true
		w.cur, w.curRefs = &Section{}, nil
	case "tag":
		if name := fieldName(attr(e, "val")); name != "" && len(w.marks) < maxMarks && !slices.Contains(w.marks, name) {
			w.marks = append(w.marks, name)
		}
	default:
		w.measure(p, e)
	}
}

func (w *walker) gridStyle(id string) bool {
	for range 8 {
		if strings.Contains(strings.ToLower(id), "grid") {
			return true
		}
		st := w.styles.byID[id]
		if st == nil || st.base == "" {
			return false
		}
		id = st.base
	}
	return false
}

func (w *walker) inParagraph(p *openParagraph, e xml.StartElement) {
	if p == nil {
		return
	}
	switch e.Name.Local {
	case "pStyle":
		l := w.styles.of(attr(e, "val"))
		p.look.put(&l)
	case "r":
		p.inRun = true
		p.run = p.look
	case "rPr":
		p.mark = !p.inRun
	case "rStyle":
		if p.inRun {
			l := w.styles.of(attr(e, "val"))
			p.run.put(&l)
		}
	case "pBdr":
		w.border++
	case "tab":
		if p.inRun {
			w.add(p, "\t")
		}
	case "br":
		switch attr(e, "type") {
		case "page":
			p.p.NewPage = p.p.NewPage || p.all.Len() == 0
		case "", "textWrapping":
			w.add(p, "\n")
		}
	case "cr":
		w.add(p, "\n")
	case "noBreakHyphen":
		w.add(p, "-")
	}
}

// measure takes the properties of runs, paragraphs and sections.
func (w *walker) measure(p *openParagraph, e xml.StartElement) {
	switch {
	case w.inSect && w.cur != nil:
		w.section(e)
	case p == nil || p.mark:
	case p.inRun:
		p.run.tell(e, w.styles.theme)
	default:
		p.look.tell(e, w.styles.theme)
	}
}

func (w *walker) section(e xml.StartElement) {
	get := func(name string) float64 { v, _ := number(attr(e, name)); return mm(v) }
	switch e.Name.Local {
	case "pgSz":
		w.cur.Width, w.cur.Height = get("w"), get("h")
	case "pgMar":
		w.cur.Top, w.cur.Bottom, w.cur.Left, w.cur.Right = get("top"), get("bottom"), get("left")+get("gutter"), get("right")
	case "titlePg":
		w.cur.TitlePage = on(e)
	case "headerReference", "footerReference":
		w.curRefs = append(w.curRefs, ref{above: e.Name.Local == "headerReference", kind: attr(e, "type"), id: attr(e, "id")})
	}
}

func (w *walker) endSection() {
	w.cur.Blocks = len(w.top.blocks)
	if p := w.para(); p != nil && len(w.stack) == 1 {
		w.cur.Blocks++ // its properties stand in its last paragraph, which is still open
	}
	w.sections = append(w.sections, *w.cur)
	w.refs = append(w.refs, w.curRefs)
	w.cur, w.inSect = nil, false
}

func (w *walker) end(e xml.EndElement) {
	if e.Name.Space != "w" {
		return
	}
	p := w.para()
	switch e.Name.Local {
	case "p":
		if p != nil {
			w.paras = w.paras[:len(w.paras)-1]
			p.close()
			w.here().blocks = append(w.here().blocks, Block{Paragraph: p.p})
		}
	case "r":
		if p != nil {
			p.inRun = false
		}
	case "rPr":
		if p != nil {
			p.mark = false
		}
	case "pBdr", "tblBorders", "tcBorders":
		w.border--
	case "tc":
		if n := len(w.stack); n > 1 {
			c := w.stack[n-1]
			w.stack = w.stack[:n-1]
			c.cell.Blocks = c.blocks
			if rows := len(c.table.Rows); rows > 0 {
				c.table.Rows[rows-1] = append(c.table.Rows[rows-1], c.cell)
			}
		}
	case "tbl":
		if n := len(w.tables); n > 0 {
			t := w.tables[n-1]
			w.tables = w.tables[:n-1]
			w.here().blocks = append(w.here().blocks, Block{Table: t})
		}
	case "sectPr":
		if w.cur != nil {
			w.endSection()
		}
	}
}

func (w *walker) chars(s string) error {
	p := w.para()
	if p == nil || !p.inRun || s == "" {
		return nil
	}
	if w.text -= len(s); w.text < 0 {
		return fault.Invalid("file", "Tệp Word có quá nhiều chữ, không đọc hết được.")
	}
	w.add(p, s)
	return nil
}

func val[T any](p *T) T {
	if p == nil {
		var none T
		return none
	}
	return *p
}

// add puts text into the open run.
func (w *walker) add(p *openParagraph, s string) {
	if val(p.run.hidden) {
		return
	}
	if val(p.run.caps) {
		s = strings.ToUpper(s)
	}
	size := val(p.run.size)
	if size == 0 {
		size = 10 // the standard's own default
	}
	r := Run{Font: val(p.run.font), Size: size, Bold: val(p.run.bold), Italic: val(p.run.italic), Underline: val(p.run.underline), Color: val(p.run.color)}
	if r != p.last {
		p.flush()
		p.last = r
	}
	p.of.WriteString(s)
	p.all.WriteString(s)
}

// flush ends the run in making.
func (o *openParagraph) flush() {
	if o.of.Len() > 0 {
		o.last.Text = clean(o.of.String())
		o.p.Runs = append(o.p.Runs, o.last)
		o.of.Reset()
	}
}

func clean(s string) string { return norm.NFC.String(strings.ToValidUTF8(s, "�")) }

// close settles what the paragraph looks like.
func (o *openParagraph) close() {
	p, l := o.p, o.look
	p.Align = val(l.align)
	if p.Align == "" {
		p.Align = "left"
	}
	p.First, p.Left, p.Before, p.After, p.Line = val(l.first), val(l.left), val(l.before), val(l.after), val(l.line)
	if p.Line == 0 {
		p.Line = 1
	}
	p.KeepNext, p.Numbered, p.NewPage = val(l.keepNext), val(l.numbered), p.NewPage || val(l.newPage)
	o.flush()
	p.Text = clean(o.all.String())
}
