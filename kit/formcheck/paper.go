// SPDX-License-Identifier: Apache-2.0

package formcheck

import (
	"strings"

	"soviec/kit/letter"
)

// A piece is words with their place, and their look where the source has one.
type piece struct {
	text         string
	at           Place
	look         bool // font and so on are known
	font         string
	size         float64
	bold, italic bool
	align        string
	first        float64 // indent of the first line, millimetres
	before       float64 // points
	after        float64
	spacing      float64 // times single
	fresh        bool    // begins a paragraph for certain
	column       int     // 0 whole width, 1 left, 2 right
	table        bool    // in a table with lines
}

func (p piece) none() bool { return strings.TrimSpace(p.text) == "" }

// A para is a paragraph of the body with what its mark says.
type para struct {
	piece
	block letter.Block
}

// A signer is one block of a signature.
type signer struct {
	lines []piece
	name  piece
}

// A paper is the form of a document, taken apart. Parts that were not found are empty.
type paper struct {
	typ      letter.Type
	typed    bool // the type is known
	composed bool // from a letter: what the program adds itself is not looked for
	drawn    bool // parts have looks

	state, motto piece
	superior     []piece
	agency       []piece
	number       piece // the whole line: "Số: 05/QĐ-BDT"
	date         piece
	title        piece
	subject      piece // without "V/v"
	about        bool  // it stands as "V/v …" under the number
	intro        piece // "Kính gửi:" or "… điện:"
	addressees   []piece
	body         []para
	signers      []signer
	nowhere      piece // "Nơi nhận:"
	recipients   []piece
	enclosed     []piece // "(Kèm theo …)" of the appendices
	appendices   int
	everything   []piece // all text, for words and fonts
	sections     []section
	long         bool // more than one page, as far as can be told
}

// A section is measures of pages, millimetres.
type section struct {
	width, height            float64
	top, bottom, left, right float64
	loose                    bool // measured from where words stand, not told by the file
	numbered, above, onFirst bool
	numbersKnown             bool
}

// fromLetter takes a composed letter as it will be printed.
func fromLetter(l letter.Letter, o Options) *paper {
	p := &paper{composed: true}
	code := l.Type
	if code == "" {
		code = o.Type
	}
	p.typ, p.typed = letter.TypeOf(code)
	at := func(field, box, text string) piece {
		return piece{text: text, at: Place{Field: field, Box: box, Words: short(text)}}
	}
	p.state, p.motto = at("", "1", letter.State), at("", "1", letter.Motto)
	if l.Superior != "" {
		p.superior = []piece{at("superior", "2", l.Superior)}
	}
	if strings.TrimSpace(l.Agency) != "" {
		p.agency = []piece{at("agency", "2", l.Agency)}
	}
	p.number = at("notation", "3", "Số: "+l.Number+"/"+l.Notation)
	if l.Number == "" && l.Notation == "" {
		p.number.text = ""
	}
	if l.Place != "" {
		p.date = at("place", "4", letter.PlaceAndDate(l.Place, l.Date))
	}
	p.title = at("type", "5a", l.Title())
	p.about = l.Type == letter.OfficialLetter
	box := "5a"
	if p.about {
		box = "5b"
	}
	p.subject = at("subject", box, l.Subject)
	if len(l.Addressees) > 0 {
		intro := "Kính gửi"
		if l.Caller != "" {
			intro = l.Caller
		}
		p.intro = at("addressees", "9a", intro+":")
	}
	for _, a := range l.Addressees {
		p.addressees = append(p.addressees, at("addressees", "9a", a))
	}
	for i, b := range l.Body {
		p.body = append(p.body, bodyPara(b, Place{Field: "body", Box: "6", Block: i + 1}))
	}
	for _, s := range l.Signatures {
		x := signer{name: at("signatures", "7b", s.Name)}
		for _, t := range s.Lines {
			x.lines = append(x.lines, at("signatures", "7a", t))
		}
		p.signers = append(p.signers, x)
	}
	if len(l.Recipients) > 0 {
		p.nowhere = at("recipients", "9b", "Nơi nhận:")
	}
	for _, r := range l.Recipients {
		p.recipients = append(p.recipients, at("recipients", "9b", r))
	}
	p.appendices = len(l.Appendices)
	p.everything = append(p.everything, p.subject)
	for _, b := range p.body {
		p.everything = append(p.everything, b.piece)
	}
	for i, a := range l.Appendices {
		e := at("appendices", "", a.Enclosed)
		e.at.Appendix = i + 1
		p.enclosed = append(p.enclosed, e)
		for k, b := range a.Body {
			p.everything = append(p.everything, bodyPara(b, Place{Field: "appendices", Appendix: i + 1, Block: k + 1}).piece)
		}
	}
	return p
}

func bodyPara(b letter.Block, at Place) para {
	text := strings.TrimSpace(b.Mark + " " + b.Text)
	if b.Kind == letter.Table {
		var cells []string
		for _, r := range b.Rows {
			cells = append(cells, strings.Join(r, " | "))
		}
		text = strings.Join(cells, "\n")
	}
	at.Words = short(text)
	return para{piece{text: text, at: at, table: b.Kind == letter.Table}, b}
}
