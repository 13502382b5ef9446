// SPDX-License-Identifier: Apache-2.0

package docx

import (
	"encoding/xml"
	"errors"
	"io"
)

// look is what a run or paragraph may say about itself; a pointer that is nil says nothing,
// and what stands below it in the order of styles decides.
type look struct {
	font                        *string
	size                        *float64 // points
	bold, italic, caps, hidden  *bool
	underline                   *bool
	color                       *string
	align                       *string
	first, left, before, after  *float64 // millimetres, then points
	line                        *float64 // times single; negative = points exactly
	keepNext, numbered, newPage *bool
}

func over[T any](dst **T, src *T) {
	if src != nil {
		*dst = src
	}
}

// put lays another look over this one.
func (l *look) put(o *look) {
	if o == nil {
		return
	}
	over(&l.font, o.font)
	over(&l.size, o.size)
	over(&l.bold, o.bold)
	over(&l.italic, o.italic)
	over(&l.caps, o.caps)
	over(&l.hidden, o.hidden)
	over(&l.underline, o.underline)
	over(&l.color, o.color)
	over(&l.align, o.align)
	over(&l.first, o.first)
	over(&l.left, o.left)
	over(&l.before, o.before)
	over(&l.after, o.after)
	over(&l.line, o.line)
	over(&l.keepNext, o.keepNext)
	over(&l.numbered, o.numbered)
	over(&l.newPage, o.newPage)
}

func ptr[T any](v T) *T { return &v }

// tell takes what one property tag says. theme turns the name of a theme font into a font.
func (l *look) tell(e xml.StartElement, theme map[string]string) {
	if e.Name.Space != "w" {
		return
	}
	switch e.Name.Local {
	case "rFonts":
		for _, name := range []string{"ascii", "hAnsi"} {
			if t := theme[attr(e, name+"Theme")]; t != "" {
				l.font = ptr(t)
				return
			}
			if f := attr(e, name); f != "" {
				l.font = ptr(f)
				return
			}
		}
	case "sz":
		if v, ok := number(attr(e, "val")); ok {
			l.size = ptr(v / 2)
		}
	case "b":
		l.bold = ptr(on(e))
	case "i":
		l.italic = ptr(on(e))
	case "caps":
		l.caps = ptr(on(e))
	case "vanish":
		l.hidden = ptr(on(e))
	case "u":
		l.underline = ptr(on(e))
	case "color":
		l.color = ptr(attr(e, "val"))
	case "jc":
		l.align = ptr(alignOf(attr(e, "val")))
	case "keepNext":
		l.keepNext = ptr(on(e))
	case "pageBreakBefore":
		l.newPage = ptr(on(e))
	case "numId":
		l.numbered = ptr(attr(e, "val") != "0")
	case "ind":
		if v, ok := number(attr(e, "firstLine")); ok {
			l.first = ptr(mm(v))
		} else if v, ok := number(attr(e, "hanging")); ok {
			l.first = ptr(-mm(v))
		}
		for _, name := range []string{"left", "start"} {
			if v, ok := number(attr(e, name)); ok {
				l.left = ptr(mm(v))
			}
		}
	case "spacing":
		if v, ok := number(attr(e, "before")); ok {
			l.before = ptr(v / 20)
		}
		if v, ok := number(attr(e, "after")); ok {
			l.after = ptr(v / 20)
		}
		if v, ok := number(attr(e, "line")); ok {
			if r := attr(e, "lineRule"); r == "exact" || r == "atLeast" {
				l.line = ptr(-v / 20)
			} else {
				l.line = ptr(v / 240)
			}
		}
	}
}

func alignOf(s string) string {
	switch s {
	case "center", "right":
		return s
	case "both", "distribute":
		return "both"
	case "end":
		return "right"
	}
	return "left"
}

// style is a named look; base is the one below it.
type style struct {
	kind, base string
	look       look
}

// styles is word/styles.xml with the fonts of the theme.
type styles struct {
	defaults  look
	byID      map[string]*style
	paragraph string // the one that holds where none is named
	table     string
	theme     map[string]string
}

// readStyles reads what the parts say about looks. A missing part says nothing.
func readStyles(p *pack) (*styles, error) {
	s := &styles{byID: map[string]*style{}, theme: map[string]string{}}
	b, err := p.read("word/theme/theme1.xml")
	if err != nil {
		return nil, err
	}
	if err := s.readTheme(b, p.limits); err != nil {
		return nil, err
	}
	if b, err = p.read("word/styles.xml"); err != nil {
		return nil, err
	}
	var cur *style
	inDefaults := false
	t := newTags(b, p.limits)
	for {
		tok, err := t.next()
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		if err != nil {
			return nil, err
		}
		switch e := tok.(type) {
		case xml.StartElement:
			switch {
			case is(e.Name, "docDefaults"):
				inDefaults = true
			case is(e.Name, "style"):
				cur = &style{kind: attr(e, "type")}
				id := attr(e, "styleId")
				s.byID[id] = cur
				if d := attr(e, "default"); d == "1" || d == "true" {
					switch cur.kind {
					case "paragraph":
						s.paragraph = id
					case "table":
						s.table = id
					}
				}
			case is(e.Name, "basedOn") && cur != nil:
				cur.base = attr(e, "val")
			case inDefaults:
				s.defaults.tell(e, s.theme)
			case cur != nil:
				cur.look.tell(e, s.theme)
			}
		case xml.EndElement:
			switch {
			case is(e.Name, "docDefaults"):
				inDefaults = false
			case is(e.Name, "style"):
				cur = nil
			}
		}
	}
}

// readTheme finds the two Latin fonts of the theme.
func (s *styles) readTheme(b []byte, l Limits) error {
	t := newTags(b, l)
	which := ""
	for {
		tok, err := t.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		e, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "majorFont":
			which = "major"
		case "minorFont":
			which = "minor"
		case "latin":
			if which != "" && s.theme[which+"HAnsi"] == "" {
				s.theme[which+"HAnsi"], s.theme[which+"Ascii"] = attr(e, "typeface"), attr(e, "typeface")
			}
		}
	}
}

// of is the look of a style with everything below it; a circle of styles ends where it began.
func (s *styles) of(id string) look {
	var chain []*style
	seen := map[string]bool{}
	for id != "" && !seen[id] && len(chain) < 32 {
		seen[id] = true
		st := s.byID[id]
		if st == nil {
			break
		}
		chain = append(chain, st)
		id = st.base
	}
	var l look
	for i := len(chain) - 1; i >= 0; i-- {
		l.put(&chain[i].look)
	}
	return l
}
