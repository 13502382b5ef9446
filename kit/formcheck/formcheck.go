// SPDX-License-Identifier: Apache-2.0

// Package formcheck looks at a document as the clerk of form does: Decree 30/2020/NĐ-CP, Appendices I and II.
//
// It looks at a composed letter, a Word document and a PDF with the same rules, as far as
// each lets them: the parts of the form are found first (a paper), then judged. A finding
// says what is wrong, what the rule is and where it stands in the decree, and where on the
// document it was seen.
//
// May enter: parts of the form, their rules, sentences for the drafter, words of Appendix II.
// May not: who may send a document back, states of drafts, storing, opening files.
package formcheck

import (
	"fmt"
	"slices"
	"strings"

	"soviec/kit/letter"
)

// A Finding is one thing that the clerk would send back (Blocking) or point out.
type Finding struct {
	Code     string `json:"code"`
	Blocking bool   `json:"blocking,omitempty"`
	Text     string `json:"text"`           // whole sentences in Vietnamese: what is wrong, what the rule is
	Rule     string `json:"rule,omitempty"` // its place in the decree; "" for what is custom only
	Place    Place  `json:"place"`
}

// A Place says where a finding was seen; what is not known is zero.
type Place struct {
	Page     int     `json:"page,omitempty"`  // of a PDF, from 1
	Box      string  `json:"box,omitempty"`   // number in the drawing of Appendix I: "5a"
	Field    string  `json:"field,omitempty"` // of letter.Letter, by its JSON name: "addressees"
	Block    int     `json:"block,omitempty"` // of the body of a letter, from 1; paragraph of a Word document
	Appendix int     `json:"appendix,omitempty"`
	Words    string  `json:"words,omitempty"` // that were judged, shortened
	X        float64 `json:"x,omitempty"`     // on a page of a PDF, millimetres
	Y        float64 `json:"y,omitempty"`
}

// Options are what is known beside the document.
type Options struct {
	Type       string // code of the type; "" finds it on the paper
	Notation   string // that the number will carry: "QĐ-BDT"; "" is not compared
	Electronic bool   // the original will be electronic
	Numbered   bool   // number and date must be filled in, not only have their places
}

// Blocks reports whether any finding keeps the document from going on.
func Blocks(all []Finding) bool {
	return slices.ContainsFunc(all, func(f Finding) bool { return f.Blocking })
}

// Letter judges a composed letter: its words; its look is made by the program.
func Letter(l letter.Letter, o Options) []Finding { return judge(fromLetter(l, o), o) }

// mostOfOne is how often one rule is reported on one document: the drafter sees the sort.
const mostOfOne = 5

// A judgement gathers findings.
type judgement struct {
	p     *paper
	o     Options
	all   []Finding
	of    map[string]int
	dates map[string]bool // judged already
}

func judge(p *paper, o Options) []Finding {
	j := &judgement{p: p, o: o, of: map[string]int{}, dates: map[string]bool{}}
	for _, rule := range []func(){j.head, j.number, j.date, j.subject, j.addressees, j.bases, j.order, j.text, j.citations, j.capitals, j.signature, j.recipients, j.appendices, j.looks, j.pages} {
		rule()
	}
	slices.SortStableFunc(j.all, func(a, b Finding) int {
		switch {
		case a.Blocking == b.Blocking:
			return 0
		case a.Blocking:
			return -1
		}
		return 1
	})
	return j.all
}

func (j *judgement) add(blocking bool, code, rule string, at piece, text string, a ...any) {
	if j.of[code]++; j.of[code] > mostOfOne {
		return
	}
	place := at.at
	if place.Words == "" {
		place.Words = short(at.text)
	}
	j.all = append(j.all, Finding{Code: code, Blocking: blocking, Text: fmt.Sprintf(text, a...), Rule: rule, Place: place})
}

// block and warn are the two degrees (documents: B and W).
func (j *judgement) block(code, rule string, at piece, text string, a ...any) {
	j.add(true, code, rule, at, text, a...)
}

func (j *judgement) warn(code, rule string, at piece, text string, a ...any) {
	j.add(false, code, rule, at, text, a...)
}

// short keeps the beginning of long words.
func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 90 {
		return string(r[:88]) + "…"
	}
	return s
}

// rule names a place of the decree's first appendix.
func rule(n int) string {
	return fmt.Sprintf("khoản %d mục II phần I Phụ lục I Nghị định số 30/2020/NĐ-CP", n)
}

// The places that are named often.
const (
	ruleGeneral  = "mục I phần I Phụ lục I Nghị định số 30/2020/NĐ-CP"
	ruleTable    = "mục V phần I Phụ lục I Nghị định số 30/2020/NĐ-CP"
	ruleAppendix = "khoản 1 mục III phần I Phụ lục I Nghị định số 30/2020/NĐ-CP"
	ruleCapital  = "Phụ lục II Nghị định số 30/2020/NĐ-CP"
	ruleSamples  = "Phụ lục III Nghị định số 30/2020/NĐ-CP"
)
