// SPDX-License-Identifier: Apache-2.0

package web

import (
	"strings"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/draft"
	"soviec/office/org"
)

func signingRules(v *visit) error {
	p, err := v.signingPage()
	if err != nil {
		return err
	}
	return v.show(p)
}

// signingPage is who may sign by delegation, by order and for a collective body.
func (v *visit) signingPage() (view.SigningRules, error) {
	p := view.SigningRules{Frame: v.frame(view.PlaceSigning, "Thẩm quyền ký"), MayChange: v.may(org.ManageSigning, org.Target{}), Set: view.Form{Values: map[string][]string{"kind": {org.ByOrder}}}}
	if !p.MayChange && !v.may(org.ReadAll, org.Target{}) {
		return p, errNoPage
	}
	for i := len(v.dir.Delegations) - 1; i >= 0; i-- {
		g := v.dir.Delegations[i]
		row := view.SigningRow{Who: v.dir.Person(g.Person).Name, What: g.Scope, When: g.From.VN() + " – " + g.To.VN(), Basis: g.Basis}
		if len(g.Types) > 0 {
			row.What += " (" + strings.Join(g.Types, ", ") + ")"
		}
		switch {
		case !g.EndedOn.IsZero():
			row.Status, row.Over = "kết thúc từ "+g.EndedOn.VN(), !v.today.Before(g.EndedOn)
		case v.today.After(g.To):
			row.Status, row.Over = "đã hết hạn", true
		case v.today.Before(g.From):
			row.Status, row.End = "chưa đến ngày", "/quan-tri/ky/uy-quyen/"+idText(g.ID)+"/ket-thuc"
		default:
			row.Status, row.End = "đang hiệu lực", "/quan-tri/ky/uy-quyen/"+idText(g.ID)+"/ket-thuc"
		}
		p.Delegations = append(p.Delegations, row)
	}
	for i := len(v.dir.Signings) - 1; i >= 0; i-- {
		s := v.dir.Signings[i]
		row := view.SigningRow{Who: "Trưởng " + v.dir.Unit(s.Unit).Name, What: either(draftTypeName(s.Type), "mọi loại văn bản"), When: "từ " + s.From.VN(), Basis: s.Basis, Status: "đang hiệu lực",
			End: "/quan-tri/ky/quy-che/" + idText(s.ID) + "/ket-thuc"}
		if s.Kind == org.ByOrder {
			row.Who = v.dir.Unit(s.Unit).Name
		} else {
			row.Who, row.What = s.Name, "thay mặt tập thể"
		}
		if !s.To.IsZero() {
			row.Status, row.Over, row.End = "thôi áp dụng từ "+s.To.VN(), true, ""
		}
		p.Lines = append(p.Lines, row)
	}
	p.People = []view.Option{{Label: "Chọn…"}}
	for _, x := range v.dir.With(v.today, org.UnitHead, org.OfficeChief) {
		p.People = append(p.People, view.Option{Value: idText(x.ID), Label: x.Name, Note: v.dir.Title(x.ID, v.today)})
	}
	p.Units = []view.Option{{Label: "Chọn…"}}
	for _, u := range v.dir.UnitsOn(v.today) {
		if u.Kind != "leaders" {
			p.Units = append(p.Units, view.Option{Value: idText(u.ID), Label: u.Name})
		}
	}
	p.Types = []view.Option{{Label: "Mọi loại"}}
	for _, t := range draft.Types() {
		p.Types = append(p.Types, view.Option{Value: t.Code, Label: t.Name})
	}
	return p, nil
}

func giveDelegation(v *visit) error {
	from, err := v.date("from")
	if err != nil {
		return v.signingAgain(err, true)
	}
	to, err := v.date("to")
	if err != nil {
		return v.signingAgain(err, true)
	}
	person, _ := number64(v.field("person"))
	err = v.act(func(a *journal.Act) error {
		_, err := org.GiveDelegation(a, org.Delegation{Person: person, Types: strings.Fields(strings.ReplaceAll(v.field("types"), ",", " ")), Scope: v.field("scope"), Basis: v.field("basis"), From: from, To: to})
		return err
	})
	if err != nil {
		return v.signingAgain(err, true)
	}
	return v.done("/quan-tri/ky", "Đã ghi ủy quyền ký.")
}

func setSigning(v *visit) error {
	from, err := v.date("from")
	if err != nil {
		return v.signingAgain(err, false)
	}
	unit, _ := number64(v.field("unit"))
	err = v.act(func(a *journal.Act) error {
		_, err := org.SetSigning(a, org.Signing{Kind: v.field("kind"), Unit: unit, Type: v.field("type"), Name: v.field("name"), Basis: v.field("basis"), From: from})
		return err
	})
	if err != nil {
		return v.signingAgain(err, false)
	}
	return v.done("/quan-tri/ky", "Đã thêm dòng quy chế.")
}

func (v *visit) signingAgain(err error, give bool) error {
	if !wrong(err) {
		return err
	}
	p, perr := v.signingPage()
	if perr != nil {
		return perr
	}
	if give {
		p.Give = v.form(err)
	} else {
		p.Set = v.form(err)
	}
	return v.again(p, err)
}

// endSigningRule ends a delegation or a line of the regulations from today.
func endSigningRule(v *visit) error {
	id, err := v.id("id")
	if err != nil {
		return err
	}
	err = v.act(func(a *journal.Act) error {
		switch v.PathValue("kind") {
		case "uy-quyen":
			return org.EndDelegation(a, id, 0)
		case "quy-che":
			return org.EndSigning(a, id, 0)
		}
		return fault.NotFound("Không có trang này, hoặc anh/chị không được xem.")
	})
	if err != nil {
		return err
	}
	return v.done("/quan-tri/ky", "Đã kết thúc từ hôm nay.")
}
