// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"slices"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/outgoing"
	"soviec/office/series"
)

// outgoingQueue is the clerk's "sổ chờ phát hành": to number, to seal, to issue, urgent
// first, red past the limit. One key does the next step.
func outgoingQueue(v *visit) error { return v.queueAgain(nil) }

func (v *visit) queueAgain(refused error) error {
	if !v.may(org.NumberOut, org.Target{}) {
		return errNotClerk
	}
	waits, err := outgoing.Queue(v.read(), v.dir, v.now, rowsOfQueue)
	if err != nil {
		return err
	}
	p := view.OutgoingQueue{Frame: v.frame(view.PlaceOutgoing, "Sổ chờ phát hành"), Sentence: outQueueSentence(waits), Keys: v.may(org.ManageKeys, org.Target{})}
	types, err := document.Types(v.read(), v.agency())
	if err != nil {
		return err
	}
	kept, err := series.Kept(v.read(), v.agency())
	if err != nil {
		return err
	}
	all, err := series.In(v.read(), v.agency(), v.today.Year())
	if err != nil {
		return err
	}
	names := map[int64]string{}
	for _, x := range all {
		names[x.ID] = "dãy " + x.Name()
	}
	var options []view.Option
	for _, s := range kept {
		p.Kept = append(p.Kept, view.OutgoingKept{ID: idText(s.ID), Number: s.Text(), Series: names[s.Series], Until: "đến " + civil.TimeVN(s.Until), Reason: s.Reason})
		options = append(options, view.Option{Value: idText(s.ID), Label: "số " + s.Text() + " đang giữ (" + names[s.Series] + ")"})
	}
	ahead := map[string]int64{} // how many lines above will take of the same series
	kinds := map[string]document.Type{}
	for _, t := range types {
		kinds[t.Code] = t
	}
	rule, err := series.RuleOf(v.read(), v.agency(), v.today.Year())
	if err != nil {
		return err
	}
	next := map[string]int64{}
	for _, x := range all {
		if x.Direction == series.Out {
			next[x.Scope] = max(next[x.Scope], x.Last)
		}
	}
	councils, err := series.Bodies(v.read(), v.agency())
	if err != nil {
		return err
	}
	var bodies []view.Option
	for _, c := range councils {
		if !c.From.After(v.today) && (c.To.IsZero() || c.To.After(v.today)) {
			bodies = append(bodies, view.Option{Value: idText(c.ID), Label: "dãy số của " + c.Name})
		}
	}
	ways, err := v.sealWays()
	if err != nil {
		return err
	}
	if len(ways) > 0 {
		p.Seal = &view.SealForm{Ways: ways}
		if _, err := outgoing.SealOf(v.read(), v.agency()); err != nil {
			if !wrong(err) {
				return err
			}
			p.Seal.Words = fault.Text(err)
		}
	}
	sealable := p.Seal != nil && p.Seal.Words == ""
	for i, w := range waits {
		r := view.OutgoingWait{Subject: kinds[w.Type].Name + ": " + w.Subject, Unit: v.dir.Unit(w.Unit).Name, Urgency: view.Urgency(w.Urgency), Over: w.Over,
			Age: v.ageWords(civil.Of(w.SignedAt)), Limit: "hạn " + v.limitWords(w.Limit), First: i == 0, Key: newFormKey()}
		if w.Over {
			r.Limit = "quá hạn từ " + v.limitWords(w.Limit)
		}
		d := w.Document
		switch w.Step() {
		case "number":
			scope := rule.Scope(w.Type)
			n := next[scope] + 1 + ahead[scope]
			ahead[scope]++
			r.Href, r.Action, r.Step, r.Day, r.Possible, r.Bodies = "/du-thao/"+idText(w.Draft), "/van-ban-di/cap-so/"+idText(w.Draft), "Chờ cấp số", v.today.VN(), options, bodies
			r.Next = "Cấp số " + series.Text(n)
		case "seal":
			r.Href, r.Label, r.Step, r.Next = d.Address(), d.Label, "Chờ đóng dấu", "Ký số của cơ quan"
			if d.Signed == outgoing.Paper {
				r.Action, r.Next = d.Address()+"/dong-dau", "Đã đóng dấu"
			}
		case "recall":
			r.Href, r.Label, r.Step, r.Next, r.Over, r.Limit = d.Address(), d.Label, "Đang thu hồi", "Xem", false, "trả lời đến "+d.RecallDue.VN()
		default:
			r.Href, r.Label, r.Action, r.Step, r.Next = d.Address(), d.Label, d.Address()+"/phat-hanh", "Chờ phát hành", "Phát hành"
		}
		if sealable && w.Signed == outgoing.Digital {
			switch w.Step() {
			case "number":
				r.Paper = journal.Ref("draft", w.Draft)
			case "seal":
				r.Paper = d.Ref()
			}
		}
		r.Ticked = slices.Contains(v.PostForm["paper"], r.Paper)
		p.Rows = append(p.Rows, r)
	}
	copies, err := outgoing.OpenCopies(v.read(), v.agency(), rowsOfQueue)
	if err != nil {
		return err
	}
	for _, c := range copies {
		if c.State == outgoing.StateMade {
			continue
		}
		r := view.OutgoingWait{Href: c.Address(), Label: c.Label, Subject: outgoing.CopyName(c.Kind) + " " + c.SourceLabel + ": " + c.Subject, Unit: "trình " + c.SignerName, Age: v.ageWords(c.SignedOn), Step: "Bản sao chờ cấp số",
			Next: "Cấp số bản sao", Action: c.Address() + "/cap-so", Key: newFormKey(), First: len(p.Rows) == 0}
		if c.State == outgoing.StateNumbered {
			r.Step, r.Next, r.Action = "Bản sao chờ đóng dấu", "Xem", ""
		}
		if sealable && c.Way.Electronic() {
			r.Paper, r.Ticked = c.Ref(), slices.Contains(v.PostForm["paper"], c.Ref())
		}
		p.Rows = append(p.Rows, r)
	}
	p.Reserve = &view.ReserveForm{Types: outTypes(types)}
	for _, u := range v.dir.UnitsOn(v.today) {
		p.Reserve.Units = append(p.Reserve.Units, view.Option{Value: idText(u.ID), Label: u.Name})
	}
	if refused != nil {
		form := v.form(refused)
		switch {
		case v.URL.Path == "/van-ban-di/giu-so":
			p.Reserve.Form = form
		case v.URL.Path == "/van-ban-di/cho/ky" && p.Seal != nil:
			p.Seal.Form = form
		default:
			form.Errors = ofWhole(form.Errors) // the lines have no fields of their own
			p.Failed = &form
		}
		return v.again(p, refused)
	}
	return v.show(p)
}

func outQueueSentence(all []outgoing.Waiting) view.Sentence {
	n := map[string]int{}
	over := 0
	for _, w := range all {
		n[w.Step()]++
		if w.Over && w.Step() != "recall" {
			over++
		}
	}
	if len(all) == 0 {
		return view.Sentence{Before: "Không có gì chờ."}
	}
	s := view.Sentence{Before: fmt.Sprintf("%d chờ cấp số, %d chờ đóng dấu, %d chờ phát hành", n["number"], n["seal"], n["issue"])}
	if n["recall"] > 0 {
		s.Before += fmt.Sprintf(", %d đang thu hồi", n["recall"])
	}
	if over == 0 {
		s.After = "; không có gì quá hạn."
		return s
	}
	s.Before += "; "
	s.Late, s.After = fmt.Sprintf("%d quá hạn phát hành", over), "."
	return s
}

// numberDraft gives a signed draft its number and date.
func numberDraft(v *visit) error {
	id, err := v.id("draft")
	if err != nil {
		return err
	}
	var d outgoing.Document
	day, err := v.date("day")
	slot, _ := number64(v.field("slot"))
	body, _ := number64(v.field("body"))
	if slot != 0 && day == v.today {
		day = 0 // the kept number's own day, unless another was typed
	}
	if err == nil {
		err = v.once(func() (string, string, []string, error) {
			err := v.act(func(a *journal.Act) (err error) {
				d, err = outgoing.Number(a, id, outgoing.Numbering{Day: day, Slot: slot, Body: body})
				return err
			})
			if err == nil {
				err = v.writeNumber(d)
			}
			var warn []string
			if err == nil && d.TextNumber == outgoing.TextNone {
				warn = append(warn, "tệp không có ô số, ngày; hãy ghi trên bản giấy hoặc trong lần ký số của cơ quan.")
			}
			return "/van-ban-di/cho", "Đã cấp số " + d.Label + " ngày " + d.Day.VN() + ".", warn, err
		})
	}
	if err != nil && wrong(err) {
		return v.queueAgain(err)
	}
	return err
}

// reserveNumber keeps a number for a document that is nearly ready.
func reserveNumber(v *visit) error {
	code, unit := v.field("type"), int64(0)
	unit, _ = number64(v.field("unit"))
	types, err := document.Types(v.read(), v.agency())
	if err != nil {
		return err
	}
	q := series.Ask{Direction: series.Out, Unit: unit}
	for _, t := range types {
		if t.Code == code {
			q.Kind = series.Kind{Code: t.Code, Abbr: t.Abbr}
		}
	}
	err = fault.Invalid("type", "Chưa chọn loại văn bản.")
	var s series.Slot
	if q.Kind.Code != "" {
		err = v.act(func(a *journal.Act) (err error) { s, err = series.Reserve(a, q, v.text("reason")); return err })
	}
	if err != nil {
		if wrong(err) {
			return v.queueAgain(err)
		}
		return err
	}
	return v.done("/van-ban-di/cho", "Đã giữ số "+s.Text()+" đến "+civil.TimeVN(s.Until)+".")
}

// releaseNumber gives a kept number up.
func releaseNumber(v *visit) error {
	id, err := v.id("slot")
	if err != nil {
		return err
	}
	if err := v.act(func(a *journal.Act) error { return series.Release(a, id, v.field("reason")) }); err != nil {
		if wrong(err) {
			return v.queueAgain(err)
		}
		return err
	}
	return v.done("/van-ban-di/cho", "Đã thôi giữ số; số nằm trong sổ là số hủy.")
}
