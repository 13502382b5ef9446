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
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/task"
)

// rulesTried is among how many of the latest documents a rule is tried out.
const rulesTried = 200

// partsShown is how many parts of a condition the table of rules spells out.
const partsShown = 5

// rules is the table of routing rules: the first that matches is proposed.
func rules(v *visit) error {
	edit := v.may(org.ManageRules, org.Target{})
	if !edit && !v.may(org.SeeSystem, org.Target{}) {
		return errMayNot
	}
	p := view.Rules{Frame: v.frame(v.rulesPlace(), "Quy tắc phân luồng"), MayEdit: edit}
	all, err := document.Rules(v.read(), v.agency())
	if err != nil {
		return err
	}
	used, err := document.RulesUsed(v.read(), v.agency(), civil.At(civil.New(v.today.Year(), 1, 1), 0, 0))
	if err != nil {
		return err
	}
	types, err := document.Types(v.read(), v.agency())
	if err != nil {
		return err
	}
	names := typeNames(types)
	for _, x := range all {
		p.Rows = append(p.Rows, v.ruleRow(x, names, used[x.Name]))
	}
	history, err := document.RuleHistory(v.read(), v.agency())
	if err != nil {
		return err
	}
	if len(history) > 0 {
		last := history[0]
		who := "chương trình"
		if last.SetBy != 0 {
			who = v.dir.Person(last.SetBy).Polite()
		}
		p.Version = fmt.Sprintf("Đã lưu %d phiên bản, lần cuối do %s, %s.", len(history), who, momentWords(last.From))
	}
	return v.show(p)
}

// rulesPlace is where the page stands in the visitor's list of places.
func (v *visit) rulesPlace() view.Place {
	if v.may(org.ManageRules, org.Target{}) && !v.may(org.ManagePeople, org.Target{}) {
		return view.PlaceRules
	}
	return view.PlaceAdmin
}

func (v *visit) ruleRow(x document.Rule, types map[string]string, used int) view.Rule {
	r := view.Rule{ID: idText(x.ID), Href: "/quan-tri/quy-tac/" + idText(x.ID), Priority: x.Prio, Name: x.Name, When: v.ruleWhen(x, types),
		Coop: v.namesOf(x.Coop), Info: v.namesOf(x.Info), Parallel: x.Parallel, Off: x.Off, Used: used}
	if x.Leader != 0 {
		r.To = v.dir.Person(x.Leader).Polite()
	}
	if x.Lead != (task.Assignee{}) {
		r.Lead = v.namesOf([]task.Assignee{x.Lead})
	}
	if x.Days > 0 {
		r.Due = fmt.Sprintf("%d ngày làm việc", x.Days)
	}
	return r
}

func (v *visit) ruleWhen(x document.Rule, types map[string]string) []string {
	var out []string
	parts := func(what, text string) {
		var quoted []string
		for _, part := range strings.Split(text, ";") {
			if part = strings.TrimSpace(part); part != "" {
				quoted = append(quoted, "“"+part+"”")
			}
		}
		if n := len(quoted) - partsShown; n > 1 { // the whole list stands in the form
			quoted = append(quoted[:partsShown], fmt.Sprintf("%d mục khác", n))
		}
		if len(quoted) > 0 {
			out = append(out, what+" có "+strings.Join(quoted, " hoặc "))
		}
	}
	parts("nơi gửi", x.Sender)
	if x.Type != "" {
		out = append(out, "loại là "+either(types[x.Type], x.Type))
	}
	if x.Urgency > 0 {
		out = append(out, "từ "+lower(document.Urgencies[x.Urgency])+" trở lên")
	}
	if x.Within > 0 {
		out = append(out, fmt.Sprintf("hạn ghi trong văn bản còn không quá %d ngày làm việc", x.Within))
	}
	parts("trích yếu", x.Keywords)
	if x.Field != 0 {
		out = append(out, "lĩnh vực "+v.dir.Field(x.Field).Name)
	}
	if len(out) == 0 {
		return []string{"văn bản bất kỳ"}
	}
	return out
}

// rulePage makes or changes a rule.
func rulePage(v *visit) error {
	x, err := v.rule()
	if err != nil {
		return err
	}
	p, err := v.ruleForm(x)
	if err != nil {
		return err
	}
	return v.show(p)
}

// rule is the rule that the address names; for a new one, with the next place in the order.
func (v *visit) rule() (document.Rule, error) {
	if err := v.must(org.ManageRules); err != nil {
		return document.Rule{}, err
	}
	if v.PathValue("id") != newID {
		id, err := v.id("id")
		if err != nil {
			return document.Rule{}, err
		}
		return document.RuleOf(v.read(), v.agency(), id)
	}
	all, err := document.Rules(v.read(), v.agency())
	x := document.Rule{Prio: 1}
	for _, other := range all {
		x.Prio = max(x.Prio, other.Prio+1)
	}
	return x, err
}

func (v *visit) ruleForm(x document.Rule) (view.RuleEdit, error) {
	p := view.RuleEdit{Frame: v.frame(v.rulesPlace(), "Quy tắc phân luồng"), Address: "/quan-tri/quy-tac/" + v.PathValue("id"), Name: x.Name,
		Leads: v.leadGroups(), Others: v.leadGroups(), Urgencies: urgencyOptions(),
		Types: []view.Option{{Label: "loại bất kỳ"}}, Fields: []view.Option{{Label: "lĩnh vực bất kỳ"}}, Leaders: []view.Option{{Label: "lãnh đạo phụ trách lĩnh vực"}}}
	types, err := document.Types(v.read(), v.agency())
	if err != nil {
		return p, err
	}
	p.Types = append(p.Types, typeOptions(types)...)
	for _, f := range v.dir.FieldsOn(v.today) {
		p.Fields = append(p.Fields, view.Option{Value: idText(f.ID), Label: f.Name})
	}
	for _, l := range v.dir.With(v.today, org.Head, org.Deputy, org.OfficeChief) {
		p.Leaders = append(p.Leaders, view.Option{Value: idText(l.ID), Label: l.Name, Note: v.dir.Title(l.ID, v.today)})
	}
	p.Form.Values = map[string][]string{"name": {x.Name}, "priority": {strconv.Itoa(x.Prio)}, "sender": {x.Sender}, "type": {x.Type}, "urgency": {strconv.Itoa(x.Urgency)},
		"within": {positive(x.Within)}, "keywords": {x.Keywords}, "field": {zeroEmpty(x.Field)}, "to": {zeroEmpty(x.Leader)}, "lead": {assigneeValue(x.Lead)},
		"coop": assigneeValues(x.Coop), "info": assigneeValues(x.Info), "days": {positive(x.Days)}}
	if x.Parallel {
		p.Form.Values["parallel"] = []string{"on"}
	}
	return p, nil
}

func positive(n int) string {
	if n <= 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// ruleTyped puts what was typed over the rule that is there.
func (v *visit) ruleTyped(x *document.Rule) error {
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	var errs []error
	whole := func(name string) int {
		typed := v.field(name)
		if typed == "" {
			return 0
		}
		n, err := strconv.Atoi(typed)
		if err != nil {
			errs = append(errs, fault.Invalid(name, "Hãy nhập một số nguyên."))
		}
		return n
	}
	x.Name, x.Sender, x.Type, x.Keywords = v.field("name"), v.field("sender"), v.field("type"), v.field("keywords")
	x.Prio, x.Urgency, x.Within, x.Days = whole("priority"), whole("urgency"), whole("within"), whole("days")
	x.Field, _ = number64(v.field("field"))
	x.Leader, _ = number64(v.field("to"))
	x.Lead, _ = assignee(v.field("lead"))
	x.Coop, x.Info = assignees(v.PostForm["coop"]), assignees(v.PostForm["info"])
	x.Parallel = v.PostFormValue("parallel") == "on"
	return fault.Join(errs...)
}

func assignees(all []string) []task.Assignee {
	var out []task.Assignee
	for _, s := range all {
		if a, ok := assignee(s); ok {
			out = append(out, a)
		}
	}
	return out
}

func saveRule(v *visit) error {
	x, err := v.rule()
	if err != nil {
		return err
	}
	was := x
	if err = v.ruleTyped(&x); err == nil {
		err = v.act(func(a *journal.Act) error { _, err := document.SetRule(a, x); return err })
	}
	if err == nil {
		return v.done("/quan-tri/quy-tac", "Đã lưu quy tắc “"+x.Name+"”.")
	}
	if !wrong(err) {
		return err
	}
	p, perr := v.ruleForm(was)
	if perr != nil {
		return perr
	}
	p.Form = v.form(err)
	return v.again(p, err)
}

// ruleAct moves a rule, switches it, takes it out, or tries it before it is saved.
func ruleAct(v *visit) error {
	x, err := v.rule()
	if err != nil {
		return err
	}
	act, said := v.PathValue("act"), ""
	if act == "thu" {
		return v.tryRule(x)
	}
	if x.ID == 0 {
		return errNoPage
	}
	err = v.act(func(a *journal.Act) error {
		switch act {
		case "len", "xuong":
			said = "Đã đổi thứ tự quy tắc “" + x.Name + "”."
			return document.MoveRule(a, x.ID, act == "len")
		case "tat", "bat":
			said = map[string]string{"tat": "Đã tắt", "bat": "Đã bật"}[act] + " quy tắc “" + x.Name + "”."
			x.Off = act == "tat"
			_, err := document.SetRule(a, x)
			return err
		case "bo":
			said = "Đã bỏ quy tắc “" + x.Name + "”; các phiên bản cũ vẫn còn trong sổ."
			return document.EndRule(a, x.ID)
		}
		return errNoPage
	})
	if err != nil {
		return err
	}
	return v.done("/quan-tri/quy-tac", said)
}

// tryRule shows which of the latest documents the rule as typed would catch.
func (v *visit) tryRule(x document.Rule) error {
	was := x
	err := v.ruleTyped(&x)
	p, perr := v.ruleForm(was)
	if perr != nil {
		return perr
	}
	p.Form = v.form(err)
	if err != nil {
		return v.again(p, err)
	}
	caught, looked, err := document.TryRule(v.read(), v.agency(), v.dir.Calendar, x, rulesTried)
	if err != nil {
		return err
	}
	p.TriedN = fmt.Sprintf("%d trong %d văn bản gần nhất", len(caught), looked)
	if p.Tried, err = v.incomingRows(caught); err != nil {
		return err
	}
	return v.show(p)
}
