// SPDX-License-Identifier: Apache-2.0

package docx

import (
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
)

// numberPages looks into headers and footers for the number of the page.
func (w *walker) numberPages(p *pack, sections []Section) error {
	b, err := p.read("word/_rels/document.xml.rels")
	if err != nil {
		return err
	}
	targets := map[string]string{}
	t := newTags(b, p.limits)
	for {
		tok, err := t.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if e, ok := tok.(xml.StartElement); ok && e.Name.Local == "Relationship" && attr(e, "TargetMode") != "External" {
			targets[attr(e, "Id")] = path.Join("word", attr(e, "Target"))
		}
	}
	shown := map[string]bool{}
	for name := range p.parts {
		base := path.Base(name)
		if !strings.HasPrefix(base, "header") && !strings.HasPrefix(base, "footer") || path.Dir(name) != "word" {
			continue
		}
		if b, err = p.read(name); err != nil {
			return err
		}
		if shown[name], err = showsPage(b, p.limits); err != nil {
			return err
		}
	}
	var before []ref
	for i := range sections {
		refs := w.refs[i]
		for _, old := range before { // a section without its own has those before it
			if !slices.ContainsFunc(refs, func(r ref) bool { return r.above == old.above && r.kind == old.kind }) {
				refs = append(refs, old)
			}
		}
		before = refs
		for _, r := range refs {
			if !shown[targets[r.id]] {
				continue
			}
			switch {
			case r.kind == "default" || r.kind == "":
				sections[i].PageNumber = true
				sections[i].NumberAbove = sections[i].NumberAbove || r.above
				sections[i].NumberOnFirst = sections[i].NumberOnFirst || !sections[i].TitlePage
			case r.kind == "first" && sections[i].TitlePage:
				sections[i].NumberOnFirst = true
			}
		}
	}
	return nil
}

// showsPage tells a PAGE field.
func showsPage(b []byte, l Limits) (bool, error) {
	t := newTags(b, l)
	inInstr := false
	for {
		tok, err := t.next()
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		switch e := tok.(type) {
		case xml.StartElement:
			inInstr = is(e.Name, "instrText")
			if is(e.Name, "fldSimple") && isPage(attr(e, "instr")) || is(e.Name, "pgNum") {
				return true, nil
			}
		case xml.EndElement:
			inInstr = false
		case xml.CharData:
			if inInstr && isPage(string(e)) {
				return true, nil
			}
		}
	}
}

func isPage(instr string) bool {
	f := strings.Fields(instr)
	return len(f) > 0 && strings.EqualFold(f[0], "PAGE")
}
