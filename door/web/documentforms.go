// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"strings"

	"soviec/door/web/view"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/task"
)

// routing is who should read and lead a document, as the rules propose it.
type routing struct {
	document.Proposal
	byRule bool
	due    task.Due
	why    string // where the day comes from
}

func (v *visit) routing(d document.Incoming) (routing, error) {
	p, byRule, err := document.Propose(v.read(), v.agency(), v.dir, d, v.today)
	if err != nil {
		return routing{}, err
	}
	return v.routingOf(d, p, byRule), nil
}

// routingOf adds the day to what the rules propose.
func (v *visit) routingOf(d document.Incoming, p document.Proposal, byRule bool) routing {
	x := routing{Proposal: p, byRule: byRule, due: p.Due(v.dir.Calendar, d)}
	switch {
	case !d.DueOn.IsZero():
		x.why = "hạn ghi trong văn bản"
	case byRule && p.Days > 0:
		x.why = "theo quy tắc"
	default:
		x.due, x.why = task.DefaultDue(v.dir, d.Urgency, d.ReceivedAt), "theo độ khẩn và ngày đến"
	}
	if x.due.On.Before(v.today) { // it has lain too long for that day
		x.due, x.why = task.DefaultDue(v.dir, d.Urgency, v.now), "theo độ khẩn, tính từ hôm nay"
	}
	return x
}

// shown is the proposal with its rule's name; nil when no rule holds.
func (v *visit) proposed(x routing) *view.Proposal {
	if !x.byRule {
		return nil
	}
	var parts []string
	if x.Leader != 0 {
		parts = append(parts, "trình "+v.dir.Person(x.Leader).Polite())
	}
	if x.Lead != (task.Assignee{}) {
		parts = append(parts, "chủ trì "+whoHolds(v.dir, x.Lead.Person, x.Lead.Unit))
	}
	if len(x.Coop) > 0 {
		parts = append(parts, "phối hợp "+v.namesOf(x.Coop))
	}
	if len(x.Info) > 0 {
		parts = append(parts, "để biết "+v.namesOf(x.Info))
	}
	if x.Days > 0 {
		parts = append(parts, fmt.Sprintf("hạn %d ngày làm việc", x.Days))
	}
	return &view.Proposal{Rule: x.Rule, Words: strings.Join(parts, ", ") + ".", ID: idText(x.RuleID)}
}

func (v *visit) namesOf(all []task.Assignee) string {
	var out []string
	for _, a := range all {
		out = append(out, whoHolds(v.dir, a.Person, a.Unit))
	}
	return strings.Join(out, "; ")
}

// assigneeValue is the reverse of assignee.
func assigneeValue(a task.Assignee) string {
	switch {
	case a.Person != 0:
		return "person/" + idText(a.Person)
	case a.Unit != 0:
		return "unit/" + idText(a.Unit)
	}
	return ""
}

func assigneeValues(all []task.Assignee) []string {
	var out []string
	for _, a := range all {
		out = append(out, assigneeValue(a))
	}
	return out
}

func (v *visit) submitForm(x routing) *view.SubmitForm {
	f := &view.SubmitForm{Leaders: v.leaders(0), Proposal: v.proposed(x)}
	f.Form.Key = newFormKey()
	f.Form.Values = map[string][]string{"leader": {zeroEmpty(x.Leader)}}
	if !x.byRule {
		f.Form.Proposals = map[string]string{"leader": "lãnh đạo phụ trách lĩnh vực"}
	}
	return f
}

// directPhrases are ready words of directives.
var directPhrases = []string{"Giao phòng nghiên cứu, tham mưu.", "Để biết, thực hiện.", "Tham mưu văn bản trả lời, trình lãnh đạo Ban.", "Phối hợp với các phòng liên quan tổng hợp, báo cáo."}

// directForm is the directive with what the rules propose filled in.
func (v *visit) directForm(d document.Incoming, x routing) *view.DirectForm {
	f := &view.DirectForm{Leads: v.leadGroups(), Others: v.leadGroups(), Phrases: directPhrases, Days: v.quickDays(), Proposal: v.proposed(x)}
	f.Form.Key = newFormKey()
	f.Form.Values = map[string][]string{"due_on": {x.due.On.VN()}, "coop": assigneeValues(x.Coop), "info": assigneeValues(x.Info)}
	f.Form.Proposals = map[string]string{"due_on": x.why}
	if lead := assigneeValue(x.Lead); lead != "" {
		f.Form.Values["lead"] = []string{lead}
		f.Form.Proposals["lead"] = "theo quy tắc"
		holder := x.Lead.Person
		if holder == 0 {
			holder = v.dir.HeadOf(x.Lead.Unit, v.today)
		}
		if away, ok := v.dir.Away(holder, x.due.On); ok {
			f.Warning = fmt.Sprintf("%s vắng mặt đến %s, trùng với hạn xử lý.", capital(v.dir.Person(holder).Polite()), away.To.VN())
		}
	}
	return f
}

// changeForm corrects a directive: its words stay, the new ones say what they correct.
func (v *visit) changeForm(x papers) *view.DirectForm {
	f := &view.DirectForm{Leads: v.leadGroups(), Days: v.quickDays(), Phrases: directPhrases, ReasonWanted: true}
	f.Form.Key = newFormKey()
	now := task.Assignee{Unit: x.lead.Unit, Person: x.lead.Person}
	if now.Person == 0 {
		now = task.Assignee{Unit: x.lead.Unit}
	}
	f.Form.Values = map[string][]string{"lead": {assigneeValue(now)}, "due_on": {x.lead.OuterOn.VN()}}
	if n := len(x.words); n > 0 {
		f.Form.Values["text"] = []string{x.words[n-1].Text}
	}
	return f
}

// documentForms opens the gestures that the visitor may make now.
func (v *visit) documentForms(p *view.Document, x papers) error {
	d := x.d
	open := !d.State.Closed() && d.State != document.StateRecallAsked
	clerk := v.may(org.RegisterIncoming, org.Target{})
	registered, submitted := d.State == document.StateRegistered, d.State == document.StateSubmitted
	orphan := d.State == document.StateDistributed && d.Work == 0
	directs := (registered || submitted || orphan) && v.may(org.Direct, org.Target{})
	submits := registered && v.may(org.Submit, org.Target{})
	distributes := registered && v.may(org.Distribute, org.Target{}) && v.dir.Setting("document.direct_distribution", "on") == "on"
	if directs || submits || distributes {
		proposal, err := v.routing(d)
		if err != nil {
			return err
		}
		if directs {
			p.Direct = v.directForm(d, proposal)
		}
		if submits {
			p.Submit = v.submitForm(proposal)
		}
		if distributes {
			p.Distribute = v.directForm(d, proposal)
			p.Distribute.Basis = "Quy chế làm việc của cơ quan cho phép chuyển thẳng khi đã rõ đơn vị, người xử lý."
		}
	}
	if submitted && v.may(org.PassOn, org.Target{Person: d.Leader}) {
		p.PassOn = &view.SubmitForm{Leaders: v.leaders(d.Leader)}
	}
	if open && x.lead != nil && x.work.State == task.WorkOpen && v.may(org.DecideOuter, org.Target{Giver: x.work.Giver}) {
		p.Change = v.changeForm(x)
	}
	if (registered || submitted) && x.voiding == nil && v.may(org.AskVoid, org.Target{}) {
		p.Void = &view.ReasonForm{}
	}
	if x.voiding != nil && v.decidesVoid(*x.voiding) {
		p.VoidRequest = &view.Request{By: capital(v.dir.Person(x.voiding.AskedBy).Polite()), At: sinceWords(x.voiding.AskedAt.Time, v.today),
			Words: "đề nghị hủy số đến " + document.ShowNumber(d.Number), Text: x.voiding.Reason}
	}
	if clerk && !d.State.Final() && d.State != document.StateRecallAsked {
		p.Recall = &view.ReasonForm{}
	}
	if d.State == document.StateRecallAsked {
		p.RecallRequest = v.recallRequest(d, clerk)
	}
	leads := x.lead != nil && v.may(org.DoWork, org.Target{Holder: x.lead.Holder, Unit: x.lead.Unit})
	if !d.State.Final() && d.State != document.StateRecallAsked {
		switch {
		case clerk:
			p.AddFile = &view.FileForm{Kinds: kindOptions("enclosed", "scan", "main", "evidence")}
		case leads:
			p.AddFile = &view.FileForm{Kinds: kindOptions("evidence")}
		}
		p.MayReportLeak = true
	}
	if d.State == document.StateCompleted && (leads || d.Work == 0 && clerk) {
		p.FileAway = &view.ReasonForm{}
	}
	if clerk && open {
		p.EditHref = d.Address() + "/sua"
	}
	if leads && open && v.writesDrafts() {
		p.AnswerHref = "/du-thao/moi?tra-loi=" + d.Ref()
	}
	var err error
	p.Into, err = v.fileInto(d.Ref(), d.Address())
	return err
}

// recallRequest is the question whether a document goes back, with the answers that are
// the visitor's to give: the clerk gives back, only the head of the agency refuses, and
// what was reported as secret is the head's alone.
func (v *visit) recallRequest(d document.Incoming, clerk bool) *view.Request {
	head := v.may(org.DecideRecall, org.Target{})
	r := &view.Request{Text: d.Recall, NoYes: !clerk, NoNo: !head, Words: "Văn thư đồng ý thu hồi; chỉ người đứng đầu cơ quan được từ chối."}
	if d.Frozen {
		r.NoYes, r.Words = !head, "Văn bản bị báo là văn bản mật: người đứng đầu cơ quan quyết định."
	}
	if r.NoYes && r.NoNo {
		return nil
	}
	return r
}

func kindOptions(kinds ...string) []view.Option {
	var out []view.Option
	for _, k := range kinds {
		out = append(out, view.Option{Value: k, Label: fileKinds[k]})
	}
	return out
}

// leaders are whom a document can be put before today, but for one.
func (v *visit) leaders(but int64) []view.Option {
	var out []view.Option
	for _, person := range v.dir.With(v.today, org.Head, org.Deputy, org.OfficeChief) {
		if person.ID == but {
			continue
		}
		o := v.personOption(person)
		o.Value = idText(person.ID)
		out = append(out, o)
	}
	return out
}
