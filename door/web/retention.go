// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/sheet"
	"soviec/office/archive"
	"soviec/office/org"
)

// retention is the table of retention periods.
func retention(v *visit) error {
	p, err := v.retentionPage()
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) retentionPage() (view.Retention, error) {
	p := view.Retention{Frame: v.frame(view.PlaceDossiers, "Bảng thời hạn bảo quản"), MayEdit: v.may(org.ManageRetention, org.Target{})}
	if !v.readsDocuments() {
		return p, errNoPage
	}
	day, err := v.date("ngay")
	if err != nil || day.IsZero() {
		day = v.today
	}
	p.Edition = "có hiệu lực ngày " + day.VN()
	all, err := archive.Editions(v.read(), v.agency())
	if err != nil {
		return p, err
	}
	for i, e := range all {
		one := view.Noted{Label: "từ " + e.From.VN(), Href: "/luu-tru/thoi-han?ngay=" + e.From.VN(), Note: fmt.Sprintf("%d dòng", e.Lines)}
		if !e.From.After(day) && (i == 0 || all[i-1].From.After(day)) {
			one.Note += ", đang xem"
		}
		p.Editions = append(p.Editions, one)
	}
	if p.MayEdit {
		changed, err := archive.ChangedByLaw(v.read(), v.agency(), v.today, 100)
		if err != nil {
			return p, err
		}
		for _, x := range changed {
			p.Changed = append(p.Changed, view.RetentionChange{ID: idText(x.Dossier.ID), Href: x.Dossier.Link(), Number: x.Dossier.Notation, Title: x.Dossier.Title, Was: x.Dossier.Term.Words(), Now: x.Rule.Term.Words()})
		}
	}
	rules, err := archive.Rules(v.read(), v.agency(), day)
	for _, t := range rules {
		if n := len(p.Groups); n == 0 || p.Groups[n-1].Title != t.Group {
			p.Groups = append(p.Groups, view.RetentionGroup{Title: t.Group})
		}
		g := &p.Groups[len(p.Groups)-1]
		g.Rows = append(g.Rows, view.RetentionRow{ID: idText(t.ID), Code: t.Code, Text: t.Text, Term: t.Term.Words(), Source: t.Source, From: t.ValidFrom.VN(), Unsure: t.Unsure})
		if t.Unsure {
			p.Unsure++
		}
	}
	return p, err
}

func importRetention(v *visit) error {
	files, err := v.takeForm()
	defer files.discard()
	var from civil.Date
	if err == nil {
		from, err = v.date("from")
	}
	var rows []archive.Row
	switch {
	case err != nil:
	case len(files) == 0:
		for i, cells := range archive.ShippedRules() {
			rows = append(rows, archive.Row{Number: i + 1, Cells: cells})
		}
	default:
		var columns []sheet.Column
		for _, t := range archive.RuleColumns {
			columns = append(columns, sheet.Column{Key: t, Title: t})
		}
		rows, err = v.sheetRows(files, columns)
	}
	n := 0
	if err == nil {
		err = v.act(func(a *journal.Act) (err error) { n, err = archive.ImportRules(a, rows, from); return err })
	}
	if err == nil {
		return v.done("/luu-tru/thoi-han", fmt.Sprintf("Đã nhập %d dòng mới hoặc thay đổi.", n))
	}
	if !wrong(err) {
		return err
	}
	p, perr := v.retentionPage()
	if perr != nil {
		return perr
	}
	p.Form = v.form(err)
	return v.again(p, err)
}

func confirmRetention(v *visit) error {
	id, err := v.id("id")
	if err != nil {
		return err
	}
	if err := v.act(func(a *journal.Act) error { return archive.ConfirmRule(a, id) }); err != nil {
		return err
	}
	return v.done("/luu-tru/thoi-han", "Đã ghi là đã đối chiếu.")
}

// answerLaw gives a dossier the term that the table has now, or leaves it for a reason.
func answerLaw(v *visit) error {
	id, err := v.id("id")
	if err != nil {
		return err
	}
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	adopt, did := v.field("adopt") == "on", "Đã giữ nguyên thời hạn, lý do được ghi lại."
	if adopt {
		did = "Đã đổi thời hạn bảo quản của hồ sơ."
	}
	err = v.act(func(a *journal.Act) error { return archive.AnswerLaw(a, id, adopt, v.text("why")) })
	if err == nil {
		return v.done("/luu-tru/thoi-han", did)
	}
	if !wrong(err) {
		return err
	}
	p, perr := v.retentionPage()
	if perr != nil {
		return perr
	}
	p.Answer = v.form(err)
	return v.again(p, err)
}
