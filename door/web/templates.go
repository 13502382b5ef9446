// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/plan"
	"soviec/office/task"
)

const (
	templatesHref = "/cong-viec/mau"
	stepsAtLeast  = 4
	stepsAtMost   = 12
	runsShown     = 10
)

// templates is the list of the templates of work.
func templates(v *visit) error {
	if !plan.May(v.rights) {
		return errMayNot
	}
	all, err := plan.Templates(v.read(), v.rights, v.agency())
	if err != nil {
		return err
	}
	p := view.Templates{Frame: v.frame(view.PlaceWorks, "Mẫu công việc"), Ways: v.planWays(templatesHref)}
	for _, t := range all {
		row := view.TemplateRow{Href: t.Address(), Name: t.Name}
		now := 0
		for _, s := range t.Steps {
			row.Steps = append(row.Steps, s.Title)
			if s.After == 0 {
				now++
			}
		}
		row.Words = fmt.Sprintf("%d việc, %d việc giao ngay", len(t.Steps), now)
		p.Rows = append(p.Rows, row)
	}
	return v.show(p)
}

// template is the template that the address names.
func (v *visit) template() (plan.Template, error) {
	if !plan.May(v.rights) {
		return plan.Template{}, errMayNot
	}
	if v.PathValue("id") == newID {
		return plan.Template{}, nil
	}
	id, err := v.id("id")
	if err != nil {
		return plan.Template{}, err
	}
	t, err := plan.TemplateOf(v.read(), v.agency(), id)
	if err == nil && t.Unit != 0 && !plan.Sees(v.rights, t.Unit) {
		err = errNoPage
	}
	return t, err
}

func templatePage(v *visit) error {
	t, err := v.template()
	if err != nil {
		return err
	}
	if t.ID == 0 {
		return errNoPage
	}
	p, err := v.templateView(t)
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) templateView(t plan.Template) (view.TemplatePage, error) {
	p := view.TemplatePage{Frame: v.frame(view.PlaceWorks, t.Name), Address: t.Address(), Name: t.Name, Ended: t.Ended,
		MayEdit: plan.Sees(v.rights, t.Unit) && !t.Ended, Leads: v.leadGroups()}
	p.Form.Key = newFormKey()
	for _, s := range t.Steps {
		when := "giao ngay"
		if s.After > 0 {
			when = fmt.Sprintf("giao khi việc %d xong", s.After)
		}
		step := view.TemplateStep{Place: s.Place, Title: s.Title, Text: s.Text, Who: v.namesOf([]task.Assignee{s.Lead}) + " chủ trì",
			When: fmt.Sprintf("%s, hạn %d ngày làm việc", when, s.Days)}
		if len(s.Coop) > 0 {
			step.Who += "; phối hợp: " + v.namesOf(s.Coop)
		}
		p.Steps = append(p.Steps, step)
	}
	for i, name := range t.Fields() {
		p.Fields = append(p.Fields, view.Option{Value: fmt.Sprintf("field-%d", i+1), Label: capital(name)})
	}
	runs, err := plan.RunsOf(v.read(), v.agency(), t.ID, runsShown)
	for _, run := range runs {
		p.Runs = append(p.Runs, v.templateRun(t, run, p.MayEdit || !t.Ended && plan.Sees(v.rights, t.Unit)))
	}
	return p, err
}

func (v *visit) templateRun(t plan.Template, run plan.Run, may bool) view.TemplateRun {
	var words []string
	for _, name := range t.Fields() {
		words = append(words, run.Fields[name])
	}
	out := view.TemplateRun{Title: strings.TrimRight(civil.Of(run.BegunAt).VN()+" · "+strings.Join(words, ", "), " ·"), By: capital(v.dir.Person(run.Owner).Polite()) + " giao"}
	for _, s := range run.Steps {
		x := view.TemplateRunStep{Title: t.Steps[s.Place-1].Title, State: s.Words(), Note: s.Reason, Alarm: s.State == plan.Stopped}
		if s.Work != 0 {
			x.Href = "/viec/" + idText(s.Work)
		}
		if x.Alarm && may {
			x.ID = fmt.Sprintf("luot-%d-%d", run.ID, s.Place)
			x.Address = fmt.Sprintf("%s/luot/%d/%d", templatesHref, run.ID, s.Place)
		}
		out.Steps = append(out.Steps, x)
	}
	return out
}

func templateEditPage(v *visit) error {
	t, err := v.template()
	if err != nil {
		return err
	}
	if t.Ended || t.ID != 0 && !plan.Sees(v.rights, t.Unit) {
		return errNoPage
	}
	return v.show(v.templateForm(t))
}

func (v *visit) templateForm(t plan.Template) view.TemplateEdit {
	p := view.TemplateEdit{Frame: v.frame(view.PlaceWorks, "Mẫu công việc"), Address: templatesHref + "/" + v.PathValue("id") + "/sua", Name: t.Name,
		Leads: v.leadGroups(), Others: v.leadGroups()}
	p.Form.Values = map[string][]string{"name": {t.Name}}
	rows := min(max(len(t.Steps)+2, stepsAtLeast), stepsAtMost)
	for n := 1; n <= rows; n++ {
		row := view.TemplateEditRow{Place: n, Afters: []view.Option{{Value: "0", Label: "Ngay khi giao mẫu"}}}
		for k := 1; k < n; k++ {
			row.Afters = append(row.Afters, view.Option{Value: strconv.Itoa(k), Label: fmt.Sprintf("Khi việc %d hoàn thành", k)})
		}
		if n <= len(t.Steps) {
			s := t.Steps[n-1]
			row.Open = true
			for name, values := range map[string][]string{"title": {s.Title}, "text": {s.Text}, "lead": {assigneeValue(s.Lead)}, "coop": assigneeValues(s.Coop),
				"days": {strconv.Itoa(s.Days)}, "after": {strconv.Itoa(s.After)}} {
				p.Form.Values[row.N(name)] = values
			}
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

func saveTemplate(v *visit) error {
	was, err := v.template()
	if err != nil {
		return err
	}
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	t := plan.Template{ID: was.ID, Name: v.field("name")}
	var errs []error
	last := 0
	for n := 1; n <= stepsAtMost; n++ {
		name := func(s string) string { return fmt.Sprintf("%s-%d", s, n) }
		s := plan.Step{Piece: plan.Piece{Title: v.field(name("title")), Text: v.text(name("text")), Coop: assignees(v.PostForm[name("coop")])}}
		s.Lead, _ = assignee(v.field(name("lead")))
		if s.Title == "" && s.Text == "" && s.Lead == (task.Assignee{}) {
			continue
		}
		if last != n-1 {
			errs = append(errs, fault.Invalid(name("title"), fmt.Sprintf("Việc %d đứng sau một việc để trống; hãy điền lần lượt.", n)))
		}
		last = n
		if n <= len(was.Steps) { // what the form does not show stays
			s.Info, s.Product, s.Proof, s.Priority = was.Steps[n-1].Info, was.Steps[n-1].Product, was.Steps[n-1].Proof, was.Steps[n-1].Priority
		}
		var err error
		if s.Days, err = strconv.Atoi(v.field(name("days"))); err != nil {
			errs = append(errs, fault.Invalid(name("days"), fmt.Sprintf("Việc %d: hãy nhập số ngày làm việc.", n)))
		}
		s.After, _ = strconv.Atoi(v.field(name("after")))
		t.Steps = append(t.Steps, s)
	}
	err = fault.Join(errs...)
	if err == nil {
		err = v.act(func(a *journal.Act) (err error) { t, err = plan.SetTemplate(a, t); return err })
	}
	if err == nil {
		return v.done(t.Address(), "Đã lưu mẫu “"+t.Name+"”.")
	}
	if !wrong(err) {
		return err
	}
	p := v.templateForm(was)
	p.Form = v.form(err)
	return v.again(p, err)
}

// templateAct begins a template or takes it out of use.
func templateAct(v *visit) error {
	t, err := v.template()
	if err != nil {
		return err
	}
	if t.ID == 0 {
		return errNoPage
	}
	to, said := t.Address(), ""
	err = v.act(func(a *journal.Act) error {
		switch v.PathValue("act") {
		case "giao":
			fields := map[string]string{}
			for i, name := range t.Fields() {
				fields[name] = v.field(fmt.Sprintf("field-%d", i+1))
			}
			run, err := plan.BeginTemplate(a, plan.Start{Template: t.ID, Fields: fields})
			given := 0
			for _, s := range run.Steps {
				if s.Work != 0 {
					given++
				}
			}
			said = fmt.Sprintf("Đã giao %d việc; %d việc chờ đến lượt.", given, len(run.Steps)-given)
			return err
		case "thoi-dung":
			said, to = "Đã thôi dùng mẫu “"+t.Name+"”.", templatesHref
			return plan.EndTemplate(a, t.ID)
		}
		return errNoPage
	})
	if err == nil {
		return v.done(to, said)
	}
	if !wrong(err) {
		return err
	}
	p, perr := v.templateView(t)
	if perr != nil {
		return perr
	}
	p.Form = v.form(err)
	for i, e := range p.Form.Errors { // a step has no field on this page
		if !strings.HasPrefix(e.Field, "field-") {
			p.Form.Errors[i].Field = ""
		}
	}
	return v.again(p, err)
}

// giveTemplateStep gives a step that could not be given to somebody else.
func giveTemplateStep(v *visit) error {
	run, err := v.id("run")
	if err != nil {
		return err
	}
	place, err := strconv.Atoi(v.PathValue("place"))
	if err != nil {
		return errNoPage
	}
	lead, ok := assignee(v.field("lead"))
	if !ok {
		return fault.Invalid("lead", "Hãy chọn người hoặc đơn vị được giao.")
	}
	if err := v.act(func(a *journal.Act) error { return plan.GiveStep(a, run, place, lead) }); err != nil {
		return err
	}
	return v.done(v.back(templatesHref), "Đã giao.")
}
