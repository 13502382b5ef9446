// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"

	"soviec/door/web/view"
	"soviec/office/draft"
	"soviec/office/org"
	"soviec/office/outgoing"
)

// homePapers are the drafts and outgoing documents that wait for the visitor, a line for
// each step: to sign, to pass content or form, to say something about, sent back; and the
// clerk's steps to the dispatch.
func (v *visit) homePapers(p *view.Home) error {
	if !v.readsDocuments() {
		return nil
	}
	waiting, err := v.waitingDrafts()
	if err != nil {
		return err
	}
	byWant := map[string][]draft.Paper{}
	for _, w := range waiting {
		byWant[wantWords(w.Word)] = append(byWant[wantWords(w.Word)], w.Paper)
	}
	p.ToSign = len(byWant[wantSign])
	for _, x := range []struct{ want, kind, href string }{
		{wantSign, "Chờ ký", deskAddress}, {wantContent, "Chờ duyệt nội dung", "/du-thao"}, {wantForm, "Chờ kiểm tra thể thức", "/du-thao"}, {wantOpinion, "Chờ góp ý", "/du-thao"},
	} {
		v.papersLine(p, x.kind, x.href, byWant[x.want])
	}
	returned, err := draft.SentBack(v.read(), v.agency(), v.me())
	if err != nil {
		return err
	}
	v.papersLine(p, "Bị trả lại", "/du-thao?xem=mine&state=drafting", returned)
	if err := v.homeNumberVoidings(p); err != nil {
		return err
	}
	return v.homeDispatch(p)
}

// homeNumberVoidings are the numbers of outgoing documents that the chief of office is
// asked to void.
func (v *visit) homeNumberVoidings(p *view.Home) error {
	if !v.rights.Is(org.OfficeChief) {
		return nil
	}
	asked, err := outgoing.VoidingsAsked(v.read(), v.agency(), rowsOfHome)
	for _, d := range asked {
		p.Decisions = append(p.Decisions, view.Decision{Kind: "Hủy số đi", Href: d.Address(), Number: d.Label, Subject: d.Subject})
	}
	return err
}

// papersLine is one step: of a single draft what it is, of several how many.
func (v *visit) papersLine(p *view.Home, kind, href string, all []draft.Paper) {
	if len(all) == 0 {
		return
	}
	first, oldest := all[0], all[0].WaitsSince
	title := draftTypeName(first.Type) + ": " + first.Subject
	line := view.Decision{Kind: kind, Href: href, Subject: title, From: v.dir.Person(first.Drafter).Polite(), Since: "từ " + sinceWords(oldest, v.today), Urgency: view.Urgency(first.Urgency)}
	switch {
	case len(all) > 1:
		for _, x := range all {
			if x.WaitsSince.Before(oldest) {
				oldest = x.WaitsSince
			}
		}
		line.Subject, line.Words = number(len(all))+" văn bản", fmt.Sprintf("%s và %s văn bản nữa", title, number(len(all)-1))
		line.From, line.Since = "", "lâu nhất từ "+sinceWords(oldest, v.today)
	case kind != "Chờ ký":
		line.Href = first.Address()
	}
	if first.Drafter == v.me() {
		line.From = ""
	}
	p.Papers, p.PapersCount = append(p.Papers, line), p.PapersCount+len(all)
}

// homeDispatch are the clerk's: what is signed and has not left.
func (v *visit) homeDispatch(p *view.Home) error {
	if !v.may(org.NumberOut, org.Target{}) {
		return nil
	}
	steps, err := outgoing.StepCounts(v.read(), v.agency())
	if err != nil || len(steps) == 0 {
		return err
	}
	all, err := outgoing.Queue(v.read(), v.dir, v.now, rowsOfQueue)
	if err != nil {
		return err
	}
	for _, s := range []struct{ step, kind string }{
		{"number", "Chờ cấp số"}, {"seal", "Chờ đóng dấu"}, {"issue", "Chờ phát hành"}, {"recall", "Đang thu hồi"},
	} {
		n := steps[s.step]
		if n == 0 {
			continue
		}
		line := view.Decision{Kind: s.kind, Href: "/van-ban-di/cho", Subject: number(n) + " văn bản"}
		over := 0
		for _, w := range all {
			if w.Step() == s.step {
				line.Urgency = max(line.Urgency, view.Urgency(w.Urgency))
				if w.Over && s.step != "recall" {
					over++
				}
			}
		}
		if over > 0 {
			line.Over, line.Words = true, number(over)+" văn bản quá hạn phát hành"
		}
		p.Papers, p.PapersCount = append(p.Papers, line), p.PapersCount+n
	}
	return nil
}
