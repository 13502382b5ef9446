// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/find"
	"soviec/office/draft"
	"soviec/office/org"
)

const rowsOfDrafts = 50

// draftReach is which drafts the visitor may read.
func (v *visit) draftReach() draft.Reach { return draft.ReachOf(v.rights) }

// writesDrafts reports whether the visitor writes documents.
func (v *visit) writesDrafts() bool { return v.may(org.WriteDraft, org.Target{}) }

// waitingDrafts are the drafts that wait for the visitor.
func (v *visit) waitingDrafts() ([]draft.Waits, error) {
	return draft.Waiting(v.read(), v.dir, v.rights, v.session.Person, v.today)
}

// drafts is the page of what is being written: what waits for the visitor first.
func drafts(v *visit) error {
	if !v.readsDocuments() {
		return errNoPage
	}
	q := v.URL.Query()
	p := view.Drafts{Frame: v.frame(view.PlaceDrafts, "Dự thảo, trình ký"), CanWrite: v.writesDrafts(), View: q.Get("xem"), Query: strings.TrimSpace(q.Get("q"))}
	p.Frame.Query = ""
	waiting, err := v.waitingDrafts()
	if err != nil {
		return err
	}
	toSign := 0
	for _, w := range waiting {
		if w.Word.Sign {
			toSign++
		}
		row := v.draftRow(w.Paper)
		row.Want, row.Since = wantWords(w.Word), sinceWords(w.WaitsSince, v.today)
		if !w.Due.IsZero() {
			row.Due = w.Due.VN()
		}
		p.Waiting = append(p.Waiting, row)
	}
	if toSign > 0 {
		p.SignHref, p.SignText = deskAddress, fmt.Sprintf("Ký %d văn bản", toSign)
	}
	mine, err := draft.Counts(v.read(), v.agency(), v.draftReach(), v.me())
	if err != nil {
		return err
	}
	f := draft.Filter{State: draft.State(q.Get("state")), Type: q.Get("type")}
	f.Before, _ = strconv.ParseInt(q.Get("after"), 10, 64)
	if p.View == "" {
		p.View = "mine"
		if v.draftReach().All && open(mine) == 0 {
			p.View = "all"
		}
	}
	if f.State == "" && q.Get("q") == "" && !q.Has("state") {
		f.State = draft.Open
	}
	v.draftTabs(&p, &f, open(mine))
	if p.Query != "" {
		res, err := v.d.Finder.Search(v.read(), v.agency(), find.Query{Text: p.Query, Any: v.draftReach().Who, All: []string{"kind:" + draft.RefDraft}, Limit: 200})
		if err != nil {
			return err
		}
		f.IDs = idsOf(res.Hits, draft.RefDraft)
	}
	all, err := draft.List(v.read(), v.agency(), v.draftReach(), f, rowsOfDrafts+1)
	if err != nil {
		return err
	}
	if len(all) > rowsOfDrafts {
		all = all[:rowsOfDrafts]
		next := url.Values{}
		for k, vs := range q {
			next[k] = vs
		}
		next.Set("after", idText(all[rowsOfDrafts-1].ID))
		p.Pager.Next = address("/du-thao", next)
	}
	for _, d := range all {
		p.Rows = append(p.Rows, v.draftRow(d))
	}
	state := view.Select{Value: string(f.State), Options: []view.Option{{Value: string(draft.Open), Label: "đang làm"}, {Label: "ở mọi tình trạng"}}}
	for _, s := range draft.States {
		state.Options = append(state.Options, view.Option{Value: string(s.State), Label: strings.ToLower(s.Name)})
	}
	kind := view.Select{Value: f.Type, Options: []view.Option{{Label: "mọi loại"}}}
	for _, t := range draft.Types() {
		kind.Options = append(kind.Options, view.Option{Value: t.Code, Label: t.Name})
	}
	p.Filters = []view.Filter{{Before: "Dự thảo", Name: "state", Label: "Tình trạng", Select: state}, {Before: ", loại", Name: "type", Label: "Loại văn bản", Select: kind}}
	p.Sentence = draftSentence(len(waiting), open(mine))
	if len(all) == 0 && p.Query == "" && f.Type == "" && f.State == draft.Open {
		p.Empty = "Không có dự thảo nào đang làm."
	}
	return v.show(p)
}

func open(counts map[draft.State]int) int {
	n := 0
	for s, c := range counts {
		if !s.Final() {
			n += c
		}
	}
	return n
}

func draftSentence(waiting, mine int) string {
	s := "Không có dự thảo nào chờ anh/chị"
	if waiting > 0 {
		s = number(waiting) + " dự thảo chờ anh/chị"
	}
	if mine > 0 {
		s += "; " + number(mine) + " dự thảo của anh/chị đang làm"
	}
	return s + "."
}

// draftTabs narrows the list to the visitor's own drafts, his unit's, or all he may read.
func (v *visit) draftTabs(p *view.Drafts, f *draft.Filter, mine int) {
	tab := func(name, label string, count int) {
		t := view.DraftTab{Label: label, Href: "/du-thao?xem=" + name, Current: p.View == name}
		if count > 0 {
			t.Count = number(count)
		}
		p.Tabs = append(p.Tabs, t)
	}
	tab("mine", "Của tôi", mine)
	if len(v.rights.Units) > 0 {
		tab("unit", "Của đơn vị", 0)
	}
	tab("all", map[bool]string{true: "Cả cơ quan", false: "Được xem"}[v.draftReach().All], 0)
	switch p.View {
	case "mine":
		f.Drafter = v.me()
	case "unit":
		if len(v.rights.Units) > 0 {
			f.Unit = v.rights.Units[0]
		}
	}
}

// What is asked of a person.
const (
	wantSign    = "Ký"
	wantContent = "Ký nháy nội dung"
	wantForm    = "Kiểm tra thể thức"
	wantOpinion = "Cho ý kiến"
)

// wantWords say what is asked of a person.
func wantWords(w draft.Word) string {
	switch {
	case w.Sign:
		return wantSign
	case w.Content:
		return wantContent
	case w.Form:
		return wantForm
	case w.Answer:
		return wantOpinion
	}
	return ""
}

func draftTypeName(code string) string {
	t, _ := draft.TypeOf(code)
	return t.Name
}

func (v *visit) draftRow(d draft.Paper) view.DraftRow {
	return view.DraftRow{Href: d.Address(), Type: draftTypeName(d.Type), Subject: d.Subject, Urgency: view.Urgency(d.Urgency), Drafter: v.dir.Person(d.Drafter).Name,
		Unit: v.dir.Unit(d.Unit).Name, Signer: v.dir.Person(d.Signer).Name, Since: "từ " + sinceWords(d.WaitsSince, v.today), State: draftState(d.State), Status: d.State.Label()}
}

func draftState(s draft.State) view.State {
	switch s {
	case draft.StateDropped:
		return view.StateVoid
	case draft.StateLeft, draft.StateSigned:
		return view.StateDone
	case draft.StateOpinion:
		return view.StatePaused
	}
	return view.StateOpen
}
