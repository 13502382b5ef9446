// SPDX-License-Identifier: Apache-2.0

package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/plan"
	"soviec/office/task"
)

// work finds a piece of work that the visitor may read.
func (v *visit) work() (task.Work, error) {
	id, err := v.id("id")
	if err != nil {
		return task.Work{}, err
	}
	w, err := task.Get(v.read(), v.agency(), id)
	if err != nil {
		return w, err
	}
	ok, err := task.Reads(v.read(), v.rights, v.agency(), w)
	if err == nil && !ok {
		err = errNoPage // whoever may not read it does not learn that it is there
	}
	return w, err
}

// mine is the share of a work that the visitor carries: his own, else that of a unit
// he heads; nil if none is.
func (v *visit) mine(w *task.Work) *task.Share {
	var units *task.Share
	for i := range w.Shares {
		s := &w.Shares[i]
		if s.State == task.StateDropped || s.State == task.StateReturned {
			continue
		}
		if s.Holder == v.me() || s.Person == v.me() || s.ReportedBy == v.me() {
			return s
		}
		if units == nil && v.rights.HeadsUnit(s.Unit) && s.Role != task.Info {
			units = s
		}
	}
	return units
}

// answered is the share that the visitor's word as giver or head is about: one whose
// result waits, else the lead.
func (v *visit) answered(w *task.Work) *task.Share {
	if id, ok := number64(v.PostFormValue("share")); ok {
		return w.Share(id)
	}
	for i := range w.Shares {
		if w.Shares[i].State == task.StateReported {
			return &w.Shares[i]
		}
	}
	return w.Lead()
}

func taskPage(v *visit) error {
	w, err := v.work()
	if err != nil {
		return err
	}
	if s := v.mine(&w); s != nil && s.SeenAt.IsZero() && s.Holder == v.session.Person && v.holder.For == 0 {
		// Opening it is the officer's first reaction, which the leader wants to know of.
		if err := v.act(func(a *journal.Act) error { return task.See(a, s.ID) }); err != nil {
			return err
		}
		if w, err = task.Get(v.read(), v.agency(), w.ID); err != nil {
			return err
		}
	}
	p, err := v.taskPageOf(w)
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) taskPageOf(w task.Work) (view.Task, error) {
	lead := w.Lead()
	p := view.Task{Frame: v.frame(view.PlaceHome, w.Title), Back: &view.Crumb{Label: "Việc của tôi", Href: "/"}, Address: workLink(w.ID),
		Subject: w.Title, Urgency: view.Urgency(w.Urgency)}
	shown := cmp.Or(v.mine(&w), lead)
	if shown == nil {
		return p, errNoPage
	}
	p.Standing, p.Status, p.State = v.shareStanding(w, *shown), shown.Words(), v.shareState(*shown)
	p.Due, p.FirstDue = shown.OuterOn.VN(), ""
	if shown.OuterFirst != shown.OuterOn {
		p.FirstDue = shown.OuterFirst.VN()
	}
	if shown.Inner() {
		p.InnerDue = shown.DueOn.VN()
	}
	p.Facts = []view.Fact{{Label: "Người giao", Value: v.personWords(w.Giver, w.Proxy)}, {Label: "Giao lúc", Value: momentWords(w.GivenAt)}}
	if f := v.dir.Field(w.Field); f.ID != 0 {
		p.Facts = append(p.Facts, view.Fact{Label: "Lĩnh vực", Value: f.Name})
	}
	if w.Product.Name != "" {
		product := view.Fact{Label: "Sản phẩm", Value: w.Product.Name}
		if h := loadHours(w.Product.Minutes()); h != "" {
			product.Value += ", định mức " + h
		}
		p.Facts = append(p.Facts, product)
	}
	if w.Text != "" {
		p.Directives = []view.Directive{{By: v.dir.Person(cmp.Or(w.Proxy, w.Giver)).Name, For: v.forWords(w.Giver, w.Proxy), At: momentWords(w.GivenAt), Text: w.Text}}
	}
	var err error
	if p.Shares, err = v.shareRows(w); err != nil {
		return p, err
	}
	for _, s := range w.Shares {
		if s.Result != "" && s.State != task.StateDropped {
			p.Results = append(p.Results, view.Result{By: v.dir.Person(cmp.Or(s.ReportedBy, s.Holder)).Name, At: momentWords(s.ReportedAt), Text: s.Result,
				Status: map[bool]string{true: "đã xác nhận", false: "chờ xác nhận"}[s.State == task.StateDone]})
		}
	}
	for _, fill := range []func(*view.Task, task.Work) error{v.taskSource, v.taskStrip, v.taskRequests, v.taskTerms, v.taskTree, v.taskRemarks, v.taskHistory} {
		if err := fill(&p, w); err != nil {
			return p, err
		}
	}
	v.taskForms(&p, &w)
	if lead := w.Lead(); lead != nil && lead.Holder == v.me() && w.State == task.WorkOpen && v.writesDrafts() {
		answered := w.Ref()
		if kind, _, _ := journal.ParseRef(w.Source); kind == document.RefIncoming {
			answered = w.Source
		}
		p.AnswerHref = "/du-thao/moi?tra-loi=" + answered
	}
	if p.Into, err = v.fileInto(w.Ref(), p.Address); err != nil {
		return p, err
	}
	return p, v.taskParts(&p, &w)
}

func (v *visit) personWords(person, proxy int64) string {
	s := v.dir.Person(person).Name
	if proxy != 0 {
		s = v.dir.Person(proxy).Name + " thay " + v.dir.Person(person).Polite()
	}
	return s
}

func (v *visit) forWords(person, proxy int64) string {
	if proxy == 0 || proxy == person {
		return ""
	}
	return v.dir.Person(person).Polite()
}

// taskSource shows the document that the work came from, with its file beside.
func (v *visit) taskSource(p *view.Task, w task.Work) error {
	kind, id, ok := journal.ParseRef(w.Source)
	if ok && (kind == plan.RefRule || kind == plan.RefRun) {
		label, name, address, err := plan.SourceOf(v.read(), v.rights, v.agency(), w.Source)
		if err == nil {
			p.Facts = append(p.Facts, view.Fact{Label: label, Value: name, Href: address})
		}
		return err
	}
	if !ok || kind != document.RefIncoming {
		return nil
	}
	d, err := document.Get(v.read(), v.agency(), document.ReachOf(v.rights), id)
	if fault.Is(err, fault.KindNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	p.Number, p.Document = d.NumberRaw, &view.Link{Label: d.Title() + ", số đến " + document.ShowNumber(d.Number), Href: d.Address()}
	p.Facts = append([]view.Fact{{Label: "Cơ quan ban hành", Value: d.IssuerName}}, p.Facts...)
	files, err := document.Files(v.read(), d)
	if err != nil {
		return err
	}
	p.Files, p.Viewer = v.fileRows(d, files)
	return nil
}

// taskStrip draws whose time it was.
func (v *visit) taskStrip(p *view.Task, w task.Work) error {
	lead := cmp.Or(v.mine(&w), w.Lead())
	held, err := task.Holdings(v.read(), v.agency(), []int64{lead.ID})
	if err != nil {
		return err
	}
	pauses, err := task.PausesOf(v.read(), v.agency(), []int64{lead.ID})
	if err != nil {
		return err
	}
	p.Strip = v.strip(w.GivenAt, lead, held[lead.ID], pauses[lead.ID])
	return nil
}

func (v *visit) taskRequests(p *view.Task, w task.Work) error {
	all, err := task.Requests(v.read(), v.agency(), w.ID)
	if err != nil {
		return err
	}
	for _, q := range all {
		if q.State != "open" {
			continue
		}
		s := w.Share(q.Share)
		r := &view.Request{By: v.dir.Person(q.AskedBy).Name, At: momentWords(q.AskedAt), Text: q.Reason}
		switch q.Kind {
		case "extend":
			r.Words = "xin lùi hạn từ " + s.DueOn.VN() + " đến " + q.On.VN()
			if q.Cause == task.CauseObjective {
				r.Words += ", nguyên nhân khách quan"
			}
		case "agree":
			r.Words = "đề xuất hạn " + q.On.VN() + " thay cho " + s.DueOn.VN()
		}
		if !v.decides(q, w, s) {
			p.Notices = append(p.Notices, view.Banner{Tone: view.ToneWarn, Text: capital(either(r.Words, "đề nghị chuyển lại")) + ", chờ " + v.dir.Person(q.Decider).Polite() + " quyết định."})
			continue
		}
		switch q.Kind {
		case "extend":
			p.ExtendRequest, p.ExtendObjective = r, q.Cause == task.CauseObjective
		case "agree":
			p.Terms.Agree = v.agreeForm(q, s, *r)
		default:
			p.ReturnRequest = r
		}
	}
	return nil
}

func (v *visit) decides(q task.Request, w task.Work, s *task.Share) bool {
	if q.Level == task.Inner {
		return v.may(org.DecideInner, org.Target{Holder: s.Holder, Unit: s.Unit})
	}
	return v.may(org.DecideOuter, org.Target{Giver: w.Giver, Holder: s.Holder})
}

func (v *visit) taskHistory(p *view.Task, w task.Work) error {
	urgings, err := task.Urgings(v.read(), v.agency(), w.ID)
	if err != nil {
		return err
	}
	for _, u := range urgings {
		row := view.Urging{By: "Nhắc tự động", At: momentWords(u.At), Kind: "Nhắc tự động", Text: u.Text}
		if u.Urger != 0 {
			row.By = v.personWords(cmp.Or(u.Urger), 0)
			for _, k := range task.UrgeKinds {
				if k.Kind == u.Kind {
					row.Kind = k.Words
				}
			}
		}
		p.Urgings = append(p.Urgings, row)
	}
	slices.Reverse(p.Urgings)
	entries, err := journal.Of(v.read(), v.agency(), w.Ref())
	if err != nil {
		return err
	}
	words := said{}
	if err := v.saidOfWork(words, w.ID); err != nil {
		return err
	}
	p.Timeline = v.timeline(entries)
	for i := range p.Timeline.Events { // newest first
		v.tellMore(&p.Timeline.Events[i], entries[len(entries)-1-i], words)
	}
	return v.taskFiles(p, w)
}

// taskFiles are what was handed in with the results.
func (v *visit) taskFiles(p *view.Task, w task.Work) error {
	files, err := task.Files(v.read(), v.agency(), w.ID)
	if err != nil {
		return err
	}
	for _, f := range files {
		kind := "Kèm kết quả"
		if f.Share == 0 {
			kind = "Kèm việc giao"
		}
		p.Files = append(p.Files, view.File{Name: f.Name, Href: p.Address + "/tep/" + idText(f.ID), Kind: kind, Size: sizeWords(f.Size), Hash: f.SHA[:min(8, len(f.SHA))]})
	}
	return nil
}

// taskFile answers with a file that was handed in with a result.
func taskFile(v *visit) error {
	w, err := v.work()
	if err != nil {
		return err
	}
	id, err := v.id("file")
	if err != nil {
		return err
	}
	files, err := task.Files(v.read(), v.agency(), w.ID)
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.ID == id {
			return v.sendFile(document.File{ID: f.ID, Name: f.Name, MIME: f.MIME, Size: f.Size, SHA: f.SHA, AddedAt: f.AddedAt})
		}
	}
	return errNoPage
}

// taskForms opens the gestures that the visitor may make now.
func (v *visit) taskForms(p *view.Task, w *task.Work) {
	direct := v.dir.Setting("task.close_needs_confirmation", "on") != "on"
	if s := v.mine(w); s != nil && s.Role != task.Info && v.may(org.DoWork, org.Target{Holder: s.Holder, Unit: s.Unit}) {
		working := s.State == task.StateGiven || s.State == task.StateStarted
		if s.State == task.StateGiven {
			p.Start = &view.Form{}
		}
		if working {
			p.Progress = &view.ReasonForm{}
			p.Report = &view.ReportForm{Direct: direct}
			p.Return = &view.ReasonForm{}
			if !s.DueOn.IsZero() {
				p.Extend = &view.DateForm{Now: s.DueOn.VN(), Days: v.quickDays()}
			}
		}
		if working && v.may(org.AssignInside, org.Target{Unit: s.Unit}) {
			p.Assign = v.assignForm(s)
			p.AssignAgain = s.Holder != v.me() || s.State == task.StateStarted
		}
		p.ReportAside = s.Holder != v.me() || p.Assign != nil && !p.AssignAgain
	}
	lead := w.Lead()
	if s := v.answered(w); s != nil && s.State == task.StateReported && v.may(org.DecideOuter, org.Target{Giver: w.Giver, Holder: cmp.Or(s.ReportedBy, s.Person)}) {
		p.CloseRequest = &view.Request{By: v.dir.Person(s.ReportedBy).Name, At: momentWords(s.ReportedAt), Text: s.Result, Words: "báo cáo kết quả"}
		p.Close, p.Redo = &view.ReasonForm{}, &view.DateForm{Now: s.DueOn.VN(), Days: v.quickDays()}
	}
	if lead == nil {
		return
	}
	giver := v.may(org.DecideOuter, org.Target{Giver: w.Giver, Holder: lead.Holder})
	if giver && w.State == task.WorkDone {
		p.Reopen = &view.DateForm{Days: v.quickDays()}
	}
	if giver && w.State == task.WorkOpen {
		p.Redate = &view.DateForm{Now: lead.OuterOn.VN(), Days: v.quickDays()}
		p.Replace = &view.DirectForm{Leads: v.leadGroups()}
		p.Cancel = &view.ReasonForm{}
	}
	if w.State == task.WorkOpen && lead.State.Open() && v.may(org.Urge, org.Target{Unit: lead.Unit, Giver: w.Giver}) && lead.Holder != v.me() {
		p.Urge = &view.UrgeForm{Done: lead.Urged}
	}
}

// assignForm offers the people of the unit, with the day not later than the outer one.
func (v *visit) assignForm(s *task.Share) *view.DirectForm {
	f := &view.DirectForm{Days: v.quickDays()}
	g := view.Group{Label: v.dir.Unit(s.Unit).Name}
	for _, person := range v.dir.Members(s.Unit, v.today) {
		g.Options = append(g.Options, v.personOption(person))
	}
	f.Leads, f.Others = []view.Group{g}, []view.Group{g}
	if !s.OuterOn.IsZero() {
		f.Form.Values = map[string][]string{"due_on": {s.OuterOn.VN()}}
	}
	return f
}

func (v *visit) personOption(person org.Person) view.Option {
	o := view.Option{Value: "person/" + idText(person.ID), Label: person.Name, Note: v.dir.Title(person.ID, v.today)}
	if away, ok := v.dir.Away(person.ID, v.today); ok {
		o.Note = strings.TrimPrefix(o.Note+", vắng đến "+away.To.ShortVN(), ", ")
	}
	return o
}

// leadGroups are the units with their people, for choosing who leads.
func (v *visit) leadGroups() []view.Group {
	var out []view.Group
	for _, u := range v.dir.UnitsOn(v.today) {
		g := view.Group{Label: u.Name}
		if u.Kind != "leaders" {
			g.Options = append(g.Options, view.Option{Value: "unit/" + idText(u.ID), Label: u.Name, Note: "cả đơn vị"})
		}
		for _, person := range v.dir.Members(u.ID, v.today) {
			g.Options = append(g.Options, v.personOption(person))
		}
		out = append(out, g)
	}
	return out
}

// quickDays are due days at one touch.
func (v *visit) quickDays() []view.Option {
	var out []view.Option
	for _, n := range []int{1, 2, 3, 5, 7, 10} {
		d := v.dir.Calendar.AddWorkingDays(v.today, n)
		out = append(out, view.Option{Value: d.VN(), Label: fmt.Sprintf("%d ngày (%s)", n, d.ShortVN())})
	}
	return out
}
