// SPDX-License-Identifier: Apache-2.0

package web

import (
	"cmp"
	"slices"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
	"soviec/office/task"
)

// absences is who is away, who stands in, and the form to declare it.
func absences(v *visit) error {
	p, err := v.absencePage()
	if err != nil {
		return err
	}
	p.Form.Values = map[string][]string{"person": {idText(v.me())}, "from": {v.today.VN()}}
	return v.show(p)
}

func (v *visit) absencePage() (view.Absences, error) {
	p := view.Absences{Frame: v.frame(view.PlaceAbsence, "Vắng mặt, người làm thay"), StandIn: v.standIns(), Behalf: v.behalves()}
	for _, x := range v.dir.People {
		if post, ok := v.dir.PostOn(x.ID, v.today); ok && v.mayDeclare(x.ID) {
			p.People = append(p.People, view.Option{Value: idText(x.ID), Label: x.Name, Note: post.Title})
		}
	}
	rows, err := org.AbsencesSince(v.read(), v.agency(), v.today)
	if err != nil {
		return p, err
	}
	slices.SortStableFunc(rows, func(a, b org.DeclaredAbsence) int { return cmp.Compare(a.From, b.From) })
	for _, x := range rows {
		if x.EndedAt.IsZero() {
			p.Rows = append(p.Rows, v.absenceRow(x))
		}
	}
	return p, nil
}

func (v *visit) absenceRow(x org.DeclaredAbsence) view.Absence {
	post, _ := v.dir.PostOn(x.Person, v.today)
	row := view.Absence{
		Person: v.dir.Person(x.Person).Name, Title: post.Title, Unit: v.dir.Unit(post.Unit).Name,
		From: x.From.VN(), To: x.To.VN(), Now: x.Covers(v.today), DeclaredAt: civil.Of(x.SetAt).VN(),
	}
	if x.StandIn != 0 {
		row.StandIn = v.dir.Person(x.StandIn).Polite()
	}
	if x.SetBy != 0 {
		row.DeclaredBy = v.dir.Person(x.SetBy).Polite()
	}
	if v.mayDeclare(x.Person) {
		row.EndAction = "/vang-mat/" + idText(x.ID) + "/ket-thuc"
		row.Note = x.Reason // why somebody is away concerns those who manage it, nobody else
	}
	return row
}

// mayDeclare reports whether the visitor may declare a person's absence.
func (v *visit) mayDeclare(person int64) bool {
	t := org.Target{Person: person}
	if post, ok := v.dir.PostOn(person, v.today); ok {
		t.Unit = post.Unit
	}
	return v.may(org.ManageAbsence, t)
}

// standIns are the people by unit.
func (v *visit) standIns() []view.Group {
	var out []view.Group
	for _, u := range v.dir.UnitsOn(v.today) {
		g := view.Group{Label: u.Name}
		for _, x := range v.dir.Members(u.ID, v.today) {
			g.Options = append(g.Options, view.Option{Value: "person/" + idText(x.ID), Label: x.Name, Note: v.dir.Title(x.ID, v.today)})
		}
		if len(g.Options) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// behalves are the buttons to begin or to end acting for somebody today.
func (v *visit) behalves() []view.Button {
	if v.holder.For != 0 {
		return []view.Button{{Label: "Thôi làm thay " + v.dir.Person(v.holder.For).Polite(), Action: "/lam-thay", Name: "for", Value: ""}}
	}
	var out []view.Button
	for _, x := range v.dir.StandsFor(v.session.Person, v.today) {
		out = append(out, view.Button{Label: "Làm thay " + x.Polite(), Action: "/lam-thay", Name: "for", Value: idText(x.ID), Primary: true})
	}
	return out
}

// declareAbsence declares an absence; when work falls due in it, only after a second word.
func declareAbsence(v *visit) error {
	n, err := v.absenceTyped()
	if err == nil && v.PostFormValue("confirm") == "" && v.mayDeclare(n.Person) {
		falls, ferr := v.fallsDue(n)
		if ferr != nil {
			return ferr
		}
		if len(falls) > 0 {
			p, perr := v.absencePage()
			if perr != nil {
				return perr
			}
			p.Form, p.Falls, p.Confirm = v.form(nil), falls, true
			return v.show(p)
		}
	}
	if err == nil {
		err = v.act(func(a *journal.Act) error { _, err := org.DeclareAbsence(a, n); return err })
	}
	if err != nil {
		if !wrong(err) {
			return err
		}
		p, perr := v.absencePage()
		if perr != nil {
			return perr
		}
		p.Form = v.form(err)
		return v.again(p, err)
	}
	return v.done("/vang-mat", "Đã khai báo "+v.dir.Person(n.Person).Polite()+" vắng mặt từ "+n.From.VN()+" đến hết "+n.To.VN()+".")
}

func (v *visit) absenceTyped() (org.NewAbsence, error) {
	n := org.NewAbsence{Reason: v.field("note")}
	var errs []error
	var err error
	person, ok := number64(v.field("person"))
	if !ok {
		errs = append(errs, fault.Invalid("person", "Hãy chọn người vắng mặt."))
	}
	n.Person = person
	if n.From, err = v.date("from"); err != nil {
		errs = append(errs, err)
	}
	if n.To, err = v.date("to"); err != nil {
		errs = append(errs, err)
	}
	if typed := v.field("stand_in"); typed != "" {
		who, ok := assignee(typed)
		if !ok || who.Person == 0 {
			errs = append(errs, fault.Invalid("stand_in", "Hãy chọn một người làm thay."))
		}
		n.StandIn = who.Person
	}
	return n, fault.Join(errs...)
}

// fallsDue is the open work of a person that falls due while he is away.
func (v *visit) fallsDue(n org.NewAbsence) ([]view.Work, error) {
	pieces, err := task.Mine(v.read(), v.agency(), n.Person)
	if err != nil {
		return nil, err
	}
	var out []view.Work
	for _, p := range pieces {
		if p.DueOn.IsZero() || p.DueOn.Before(n.From) || p.DueOn.After(n.To) || p.State == task.StateReported {
			continue
		}
		out = append(out, v.workRow(task.TileOf(v.dir, v.now, &p, false)))
	}
	return out, nil
}

func endAbsence(v *visit) error {
	id, err := v.id("id")
	if err != nil {
		return err
	}
	if err := v.act(func(a *journal.Act) error { return org.EndAbsence(a, id) }); err != nil {
		return err
	}
	return v.done("/vang-mat", "Đã kết thúc thời gian vắng mặt; người làm thay không còn quyền làm thay.")
}
