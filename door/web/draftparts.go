// SPDX-License-Identifier: Apache-2.0

package web

import (
	"strings"

	"soviec/door/web/view"
	"soviec/office/draft"
)

// The fields of an appendix in the form of a draft, one of each an appendix.
var appendixFields = []string{"appendix_type", "appendix_title", "appendix_paper", "appendix_enclosed", "appendix_body"}

const landscape = "ngang"

// at is the value of a field at a place among several of its name.
func at(values []string, i int) string {
	if i < len(values) {
		return values[i]
	}
	return ""
}

// appendicesTyped reads the appendices of the form; those left empty are none.
func (v *visit) appendicesTyped() []draft.Appendix {
	var out []draft.Appendix
	for i := range v.PostForm["appendix_title"] {
		out = append(out, draft.Appendix{Type: at(v.PostForm["appendix_type"], i), Title: at(v.PostForm["appendix_title"], i), Enclosed: at(v.PostForm["appendix_enclosed"], i),
			Landscape: at(v.PostForm["appendix_paper"], i) == landscape, Body: at(v.PostForm["appendix_body"], i)})
	}
	return out
}

func appendixValues(values map[string][]string, all []draft.Appendix) {
	for _, x := range all {
		paper := ""
		if x.Landscape {
			paper = landscape
		}
		for i, s := range []string{x.Type, x.Title, paper, x.Enclosed, x.Body} {
			values[appendixFields[i]] = append(values[appendixFields[i]], s)
		}
	}
}

// secondTyped reads who signs beside the signer.
func (v *visit) secondTyped() draft.Second {
	s := draft.Second{As: draft.SecondAs(v.field("second_as"))}
	switch s.As {
	case draft.Secretary:
		s.Person, _ = number64(v.field("second_secretary"))
	case draft.Officer:
		s.Person, s.Capacity, s.Delegation = signerChosen(v.PostFormValue("second_officer"))
	case draft.Outside:
		s.Org, s.Name, s.Lines = v.field("second_org"), v.field("second_name"), strings.Split(v.text("second_lines"), "\n")
	}
	return s
}

func secondValues(values map[string][]string, s draft.Second) {
	values["second_as"] = []string{string(s.As)}
	switch s.As {
	case draft.Secretary:
		values["second_secretary"] = []string{idText(s.Person)}
	case draft.Officer:
		values["second_officer"] = []string{idText(s.Person) + " " + string(s.Capacity) + " " + idText(s.Delegation)}
	case draft.Outside:
		values["second_org"], values["second_name"], values["second_lines"] = []string{s.Org}, []string{s.Name}, []string{strings.Join(s.Lines, "\n")}
	}
}

// partsOf fills what the form has beside the text: the appendices with an empty one behind
// them, and who may sign beside the signer.
func (v *visit) partsOf(p *view.DraftEdit, typ string) {
	titles := p.Form.Values["appendix_title"]
	for i := range titles {
		x := view.DraftAppendix{}
		for j, to := range []*string{&x.Type, &x.Title, &x.Paper, &x.Enclosed, &x.Body} {
			*to = at(p.Form.Values[appendixFields[j]], i)
		}
		if strings.TrimSpace(x.Title+x.Body) != "" {
			x.Number, x.Open = len(p.Appendices)+1, true
			p.Appendices = append(p.Appendices, x)
		}
	}
	p.AppendicesOpen = len(p.Appendices) > 0 || p.Form.Error("appendices") != ""
	if len(p.Appendices) < draft.MostAppendices {
		p.Appendices = append(p.Appendices, view.DraftAppendix{Number: len(p.Appendices) + 1})
	}
	p.AppendixTypes = []view.Option{{Label: "Phụ lục"}}
	for _, t := range draft.Types() {
		if t.Code != typ && t.Code != "CV" && t.Code != "ThC" {
			p.AppendixTypes = append(p.AppendixTypes, view.Option{Value: t.Code, Label: t.Name + " ban hành kèm theo"})
		}
	}
	for _, b := range draft.Blanks(typ) {
		p.Blanks = append(p.Blanks, view.DraftBlank{Name: "blank_" + b.Key, Label: b.Label, Help: b.Help, Many: b.Many, Date: b.Date, Must: b.Must})
	}
	ways := draft.MaySecond(typ)
	if len(ways) == 0 {
		return
	}
	p.SecondWays = []view.Option{{Label: "Một người ký"}}
	for _, w := range draft.Seconds {
		for _, may := range ways {
			if may != w.As {
				continue
			}
			p.SecondWays = append(p.SecondWays, view.Option{Value: string(w.As), Label: w.Name})
			switch w.As {
			case draft.Secretary:
				p.Secretaries = v.peopleByUnit("")
			case draft.Officer:
				p.SecondOfficers = v.signerOptions(typ, 0)
			case draft.Outside:
				p.SecondOutside = true
			}
		}
	}
	p.SecondOpen = p.Form.Value("second_as") != "" || p.Form.Error("second_as") != "" || typ == "BB"
}

// blanksTyped reads the places of a type's own form.
func (v *visit) blanksTyped(typ string) map[string]string {
	out := map[string]string{}
	for _, b := range draft.Blanks(typ) {
		out[b.Key] = v.text("blank_" + b.Key)
	}
	return out
}
