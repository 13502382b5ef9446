// SPDX-License-Identifier: Apache-2.0

package web

import (
	"soviec/door/web/view"
	"soviec/office/org"
	"soviec/office/outgoing"
)

// outLoans are who uses and used the kept copy of a document, for those who keep the books,
// and the form in which the clerk lets it out.
func (v *visit) outLoans(p *view.Outgoing, d outgoing.Document) error {
	if !v.outReach().All || !d.State.Out() {
		return nil
	}
	all, err := outgoing.UsesOf(v.read(), v.agency(), d.ID)
	if err != nil {
		return err
	}
	clerk := v.may(org.SendOut, org.Target{})
	out := false
	for _, u := range all {
		l := view.OutgoingLoan{Text: u.Person + " sử dụng từ " + u.On.VN(), Note: u.Purpose + "; " + v.dir.Person(u.AllowedBy).Name + " cho phép"}
		switch {
		case !u.ReturnedOn.IsZero():
			l.Text += ", đã trả " + u.ReturnedOn.VN()
		case u.Over(v.today):
			out, l.Over = true, true
			l.Text += ", quá hẹn trả từ " + u.DueOn.VN()
		default:
			out = true
			l.Text += ", hẹn trả " + u.DueOn.VN()
		}
		if clerk && u.ReturnedOn.IsZero() {
			l.ID = idText(u.ID)
		}
		p.Loans = append(p.Loans, l)
	}
	if !clerk || out {
		return nil
	}
	f := &view.LendForm{Form: view.Form{Key: newFormKey()}, Days: v.quickDays()}
	for _, u := range v.dir.UnitsOn(v.today) {
		g := view.Group{Label: u.Name}
		for _, x := range v.dir.Members(u.ID, v.today) {
			g.Options = append(g.Options, view.Option{Value: idText(x.ID), Label: x.Name})
		}
		if len(g.Options) > 0 {
			f.People = append(f.People, g)
		}
	}
	for _, x := range v.dir.With(v.today, org.OfficeChief, org.Head, org.Deputy) {
		f.Allowed = append(f.Allowed, view.Option{Value: idText(x.ID), Label: x.Name + ", " + v.dir.Title(x.ID, v.today)})
	}
	p.Lend = f
	return nil
}
