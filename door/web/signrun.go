// SPDX-License-Identifier: Apache-2.0

package web

import (
	"encoding/json"
	"fmt"

	"soviec/door/web/view"
	"soviec/kit/journal"
	"soviec/kit/signkey"
	"soviec/office/draft"
	"soviec/office/signing"
)

// signingRun is one asking of a key: what became of each document. It may be left and come
// back to.
func signingRun(v *visit) error {
	id, err := v.id("id")
	if err != nil {
		return err
	}
	b, err := signing.BatchOf(v.read(), v.agency(), v.session.Person, id)
	if err != nil {
		return err
	}
	if len(b.Live()) > 0 && len(b.Ticket) > 0 && v.d.Desk != nil {
		if err := v.d.Desk.Advance(v.Context(), v.agency(), id); err != nil {
			return err
		}
		if b, err = signing.BatchOf(v.read(), v.agency(), v.session.Person, id); err != nil {
			return err
		}
	}
	p := v.signingRun(b)
	if wantsJSON(v.Request) {
		return v.runAsJSON(p)
	}
	if p.Running && p.PC == nil {
		v.w.Header().Set("Refresh", "5") // without script; with it the list changes in its place
	}
	if p.PC != nil {
		v.w.Header()["Content-Security-Policy"] = cspPC
	}
	return v.show(p)
}

func (v *visit) signingRun(b signing.Batch) view.SigningRun {
	p := view.SigningRun{Frame: v.frame(view.PlaceDrafts, "Ký văn bản"), Back: &view.Crumb{Label: "Ký văn bản", Href: deskAddress}, Address: runAddress(b.ID), Total: len(b.Sessions)}
	for _, s := range b.Sessions {
		row := view.SigningPart{Title: s.Title, Href: subjectAddress(s.Subject), State: s.State.Words(), Why: s.Why, Running: s.State.Live()}
		switch {
		case s.State == signing.Done:
			row.Tone = view.ToneDone
			p.Done++
		case s.State.Live() && v.now.After(s.Until):
			row.State, row.Why, row.Running, row.Tone = signing.Over.Words(), "Quá 15 phút chưa có kết quả.", false, view.ToneError
		case s.State.Live():
			p.Running = true
			if b.Driver == signing.HandDriver {
				row.Session = idText(s.ID)
				row.State = "Chờ bộ ký trên máy này"
			}
		default:
			row.Tone = view.ToneError
		}
		p.Rows = append(p.Rows, row)
	}
	switch {
	case p.Running:
		p.Heading = fmt.Sprintf("Đang ký: %d trong %d văn bản đã xong", p.Done, p.Total)
		p.Note = noteOf(b)
	case p.Done == p.Total:
		p.Heading = fmt.Sprintf("Đã ký %d văn bản", p.Done)
		p.Sentence = "Văn thư được báo để cấp số, phát hành."
	case p.Done == 0:
		p.Heading = "Chưa ký được văn bản nào"
	default:
		p.Heading = fmt.Sprintf("Đã ký %d, chưa ký được %d văn bản", p.Done, p.Total-p.Done)
		p.Sentence = "Văn thư được báo để cấp số, phát hành các văn bản đã ký."
	}
	if !p.Running && p.Done < p.Total {
		p.Again = deskAddress
	}
	if b.Driver == signing.HandDriver && p.Running {
		p.PC = &view.SigningPC{Address: runAddress(b.ID) + "/dia-chi", Act: "SignApproved"}
	}
	return p
}

// noteOf is what the place of the key says to the person.
func noteOf(b signing.Batch) string {
	var t signkey.Ticket
	if len(b.Ticket) > 0 && json.Unmarshal(b.Ticket, &t) == nil && t.Note != "" {
		return t.Note
	}
	return ""
}

func subjectAddress(ref string) string {
	if kind, id, ok := journal.ParseRef(ref); ok && kind == draft.RefDraft {
		return draft.Paper{ID: id}.Address()
	}
	return ""
}

// runAsJSON is what the page asks again and again while a key is waited for.
func (v *visit) runAsJSON(p view.SigningRun) error {
	type row struct {
		State   string `json:"state"`
		Why     string `json:"why"`
		Tone    string `json:"tone"`
		Running bool   `json:"running"`
	}
	out := struct {
		Heading string `json:"heading"`
		Running bool   `json:"running"`
		Rows    []row  `json:"rows"`
	}{Heading: p.Heading, Running: p.Running}
	for _, r := range p.Rows {
		out.Rows = append(out.Rows, row{r.State, r.Why, string(r.Tone), r.Running})
	}
	sendJSON(v.w, 200, out)
	return nil
}

// stopSigning gives up what still waits.
func stopSigning(v *visit) error {
	id, err := v.id("id")
	if err != nil {
		return err
	}
	if err := v.act(func(a *journal.Act) error { return signing.Cancel(a, id) }); err != nil {
		if wrong(err) {
			return v.see(runAddress(id))
		}
		return err
	}
	return v.done(deskAddress, "Đã thôi ký. Các văn bản vẫn chờ anh/chị ký.")
}
