// SPDX-License-Identifier: Apache-2.0

package web

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
	"soviec/office/plan"
	"soviec/office/task"
)

// givePage is giving work directly (giao việc): one line first, which is read and shown
// with what is still open; then the whole order.
func givePage(v *visit) error {
	p, err := v.giveForm()
	if err != nil {
		return err
	}
	line := strings.Join(strings.Fields(v.FormValue("line")), " ")
	if line == "" {
		return v.show(p)
	}
	v.readLine(&p, line)
	return v.show(p)
}

// giveForm is the page with nothing filled in but what the address says.
func (v *visit) giveForm() (view.Give, error) {
	p := view.Give{Frame: v.frame(view.PlaceWorks, "Giao việc"), Heading: "Giao việc", Days: v.shortDays(), Ready: v.FormValue("full") != "",
		Coop: make([]view.CoopRow, 2), Others: v.leadGroups(), ManyHref: "/cong-viec/giao-nhieu",
		Examples: []string{"Hải, báo cáo quà Tết, trước 16h thứ Sáu", "Phòng Chính sách chủ trì, Phòng Kế hoạch phối hợp: rà soát danh sách người có uy tín, trong 5 ngày làm việc", "Chị Xuân tổng hợp số liệu quý, cuối tháng"}}
	for _, f := range v.dir.FieldsOn(v.today) {
		p.Fields = append(p.Fields, view.Option{Value: idText(f.ID), Label: f.Name})
	}
	products, err := v.productsOn(v.today)
	if err != nil {
		return p, err
	}
	if len(products) > 0 {
		p.Products = []view.Group{{Label: "Danh mục đang có hiệu lực", Options: products}}
	}
	p.Form.Key = newFormKey()
	p.Form.Values = map[string][]string{}
	if id, ok := number64(v.FormValue("parent")); ok {
		return p, v.giveUnder(&p, id)
	}
	switch {
	case v.may(org.Direct, org.Target{}):
		p.Leads = p.Others
	case v.may(org.Distribute, org.Target{}):
		p.Leads, p.Givers = p.Others, v.leaders(0)
	case len(v.rights.Heads) > 0:
		p.Leads = v.ownGroups()
	default:
		p.Mine, p.Ready, p.Heading, p.ManyHref = true, true, "Đề xuất việc", ""
		p.Frame.Title = p.Heading
	}
	return p, nil
}

// shortDays are the due days at one touch, short enough to stand in a row.
func (v *visit) shortDays() []view.Option {
	out := v.quickDays()
	for i := range out {
		day, _ := civil.ParseHuman(out[i].Value, v.today, v.dir.Calendar)
		out[i].Label = day.WeekdayVN() + " " + day.ShortVN()
	}
	return out
}

// ownGroups are the people of the units that the visitor heads.
func (v *visit) ownGroups() []view.Group {
	var out []view.Group
	for _, id := range v.rights.Heads {
		g := view.Group{Label: v.dir.Unit(id).Name}
		for _, person := range v.dir.Members(id, v.today) {
			if person.ID != v.me() {
				g.Options = append(g.Options, v.personOption(person))
			}
		}
		out = append(out, g)
	}
	return out
}

// giveUnder makes the order a part of a share (việc con): inside its unit, not later.
func (v *visit) giveUnder(p *view.Give, share int64) error {
	w, err := task.GetShare(v.read(), v.agency(), share)
	if err != nil {
		return err
	}
	s := w.Share(share)
	if !v.may(org.AssignInside, org.Target{Unit: s.Unit}) {
		return errNoPage
	}
	standing := view.Work{Subject: w.Title, Href: w.Link(), Due: s.DueOn.VN(), DueWords: dueWords(s.DueOn, v.today, v.dir.Calendar), State: v.shareState(*s)}
	p.Parent, p.Heading, p.Ready = &standing, "Giao một phần việc", true
	p.Leads = v.ownGroups()
	p.Form.Values["parent"], p.Form.Values["due_on"] = []string{idText(share)}, []string{s.DueOn.VN()}
	return nil
}

// give gives what the form says. Warnings that have not been shown yet are shown first.
func give(v *visit) error {
	files, err := v.takeForm()
	defer files.discard()
	p, perr := v.giveForm()
	if perr != nil {
		return perr
	}
	v.files = files
	p.Ready, p.Line = true, v.field("line")
	o, ferr := v.order()
	err = fault.Join(err, ferr)
	if err == nil && files.secret() {
		err = fault.Invalid("files", "Tệp có dấu chỉ độ mật. Hệ thống này không nhận văn bản mật; tệp chưa được lưu.")
	}
	if err == nil && p.Mine {
		return v.proposeOwn(p, o)
	}
	if err == nil {
		var warned []string
		warned, err = task.Preview(v.dir, v.now, v.me(), o)
		if warned = append(warned, v.loadWarnings(o)...); err == nil && len(warned) > 0 && v.PostFormValue("warned") != strings.Join(warned, "\n") {
			p.Warnings, p.Warned = warned, strings.Join(warned, "\n")
			return v.giveAgain(p, nil)
		}
	}
	if err == nil {
		err = v.store(files)
	}
	if err != nil {
		if !wrong(err) {
			return err
		}
		return v.giveAgain(p, err)
	}
	attached, _ := v.attachments(files)
	for _, f := range attached {
		o.Files = append(o.Files, task.File{Name: f.Name, MIME: f.MIME, Size: f.Size, SHA: f.SHA})
	}
	var w task.Work
	err = v.act(func(a *journal.Act) (err error) { w, err = task.Give(a, o); return err })
	if err != nil {
		if !wrong(err) {
			return err
		}
		return v.giveAgain(p, err)
	}
	return v.done(w.Link(), "Đã giao việc cho "+v.assigneeWords(o.Lead)+".")
}

func (v *visit) assigneeWords(a task.Assignee) string {
	if a.Person != 0 {
		return v.dir.Person(a.Person).Polite()
	}
	return v.dir.Unit(a.Unit).Name
}

// giveAgain shows the form as it was typed, with what is wrong or to be known.
func (v *visit) giveAgain(p view.Give, err error) error {
	p.Form = v.form(err)
	p.Form.Key = newFormKey()
	p.Coop = nil
	for i, who := range v.PostForm["coop_who"] {
		p.Coop = append(p.Coop, view.CoopRow{Who: who, Text: nth(v.PostForm["coop_text"], i), Due: nth(v.PostForm["coop_due"], i)})
	}
	for len(p.Coop) < 2 {
		p.Coop = append(p.Coop, view.CoopRow{})
	}
	_, p.Uploads = v.attachments(v.files)
	v.showLoads(&p)
	if err == nil {
		return v.show(p)
	}
	return v.again(p, err)
}

func nth(all []string, i int) string {
	if i < len(all) {
		return strings.TrimSpace(all[i])
	}
	return ""
}

// order reads the whole form.
func (v *visit) order() (task.Order, error) {
	o := task.Order{Title: v.field("title"), Text: v.text("text"), Info: v.assignees("info"), Proof: v.field("proof")}
	var errs []error
	o.Lead, _ = assignee(v.field("lead"))
	due, err := v.due("due_on", "hour")
	o.Due, errs = due, append(errs, err)
	if due.On.IsZero() && due.At != "" {
		errs = append(errs, fault.Invalid("due_on", "Có giờ nhưng chưa có ngày."))
	}
	o.Field, _ = number64(v.field("field"))
	o.Urgency, _ = strconv.Atoi(v.field("urgency"))
	o.Priority, _ = strconv.Atoi(v.field("priority"))
	o.Parent, _ = number64(v.field("parent"))
	o.Giver, _ = number64(v.field("giver"))
	if post, _ := v.dir.PostOn(o.Lead.Person, v.today); o.Giver == 0 && v.may(org.Distribute, org.Target{}) && !v.may(org.Direct, org.Target{}) && !v.rights.HeadsUnit(cmp.Or(o.Lead.Unit, post.Unit)) {
		errs = append(errs, fault.Invalid("giver", "Chưa chọn lãnh đạo giao việc."))
	}
	for i, who := range v.PostForm["coop_who"] {
		to, ok := assignee(who)
		if !ok {
			continue
		}
		to.Text = nth(v.PostForm["coop_text"], i)
		if typed := nth(v.PostForm["coop_due"], i); typed != "" {
			v.PostForm["coop_due_now"] = []string{typed}
			if to.Due, err = v.date("coop_due_now"); err != nil {
				errs = append(errs, fault.Invalid("coop", fault.Text(err)))
			}
		}
		o.Coop = append(o.Coop, to)
	}
	product, proof, err := v.product()
	o.Product, o.Proof = product, either(o.Proof, proof)
	errs = append(errs, err)
	for _, typed := range strings.Fields(v.text("link")) {
		ref, err := v.refOf(typed)
		if err != nil {
			errs = append(errs, fault.Invalid("link", fault.Text(err)))
			continue
		}
		o.Links = append(o.Links, ref)
	}
	return o, fault.Join(errs...)
}

// product is the kind of result, how many of it, and how long one takes: by the catalogue,
// which also says what ends such work; as it is typed where there is none.
func (v *visit) product() (p task.Product, proof string, err error) {
	typed := v.field("product")
	if typed == "" {
		return p, "", nil
	}
	n, ok := decimal(either(v.field("quantity"), "1"))
	if !ok || n == 0 {
		return p, "", fault.Invalid("quantity", "Số lượng là một số, ví dụ 1 hoặc 2,5.")
	}
	quantity := int64(math.Round(n * 1000))
	if c, _, err := plan.CatalogueOn(v.read(), v.agency(), v.today); err != nil || c.ID != 0 {
		if err != nil {
			return p, "", err
		}
		found, err := plan.ProductOn(v.read(), v.agency(), v.today, typed)
		return found.Task(quantity), found.Proof, err
	}
	hours, ok := decimal(either(v.field("norm"), "0"))
	if !ok {
		return p, "", fault.Invalid("norm", "Định mức là số giờ, ví dụ 4 hoặc 1,5.")
	}
	return task.Product{Name: typed, Factor: 1000, Quantity: quantity, Norm: int64(math.Round(hours * 60))}, "", nil
}

func decimal(s string) (float64, bool) {
	f, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	return f, err == nil && f >= 0 && f < 1e6
}

// proposeOwn puts work that one wants to do oneself before the head (tự đề xuất).
func (v *visit) proposeOwn(p view.Give, o task.Order) error {
	var q task.Proposal
	err := v.act(func(a *journal.Act) (err error) { q, err = task.Propose(a, o); return err })
	if err != nil {
		if !wrong(err) {
			return err
		}
		return v.giveAgain(p, err)
	}
	return v.done("/cong-viec/de-xuat", "Đã đề xuất; chờ "+v.dir.Person(q.Decider).Polite()+" xác nhận.")
}

// named are the people who would do the order: those named, else who heads the unit.
func (v *visit) named(o task.Order) []int64 {
	var out []int64
	for _, a := range slices.Concat([]task.Assignee{o.Lead}, o.Coop) {
		if who := cmp.Or(a.Person, v.dir.HeadOf(a.Unit, v.today)); who != 0 && !slices.Contains(out, who) {
			out = append(out, who)
		}
	}
	return out
}

// proposals are work that officers want to do: one's own, and those that wait for the
// visitor's word.
func proposals(v *visit) error {
	p := view.Proposals{Frame: v.frame(view.PlaceWorks, "Việc tự đề xuất"), MayPropose: v.holder.For == 0}
	open, err := task.ProposalsFor(v.read(), v.rights, v.agency())
	if err != nil {
		return err
	}
	for _, q := range open {
		p.Waiting = append(p.Waiting, v.proposalRow(q))
	}
	mine, err := task.ProposalsOf(v.read(), v.agency(), v.me(), 50)
	for _, q := range mine {
		p.Mine = append(p.Mine, v.proposalRow(q))
	}
	if err != nil {
		return err
	}
	return v.show(p)
}

var proposalStates = map[string]string{"open": "chờ xác nhận", "granted": "đã xác nhận", "refused": "không được xác nhận", "withdrawn": "đã rút"}

func (v *visit) proposalRow(q task.Proposal) view.ProposalRow {
	r := view.ProposalRow{ID: idText(q.ID), Title: q.Title, Text: q.Text, By: v.dir.Person(q.Person).Name, Unit: v.dir.Unit(q.Unit).Name, At: sinceWords(q.AskedAt, v.today),
		Due: q.DueOn.VN(), State: proposalStates[q.State], Answer: q.Answer, Open: q.State == "open", Decider: v.dir.Person(q.Decider).Polite()}
	if q.Work != 0 {
		r.Href = workLink(q.Work)
	}
	return r
}

// decideProposal confirms or refuses proposed work, or takes one's own back.
func decideProposal(v *visit) error {
	id, err := v.id("id")
	if err != nil {
		return err
	}
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	on, err := v.date("due_on")
	if err != nil {
		return err
	}
	said := ""
	err = v.act(func(a *journal.Act) error {
		switch v.PathValue("act") {
		case "duyet":
			said = "Đã xác nhận; việc đã vào danh sách của người đề xuất."
			_, err := task.DecideProposal(a, id, true, on, v.text("reason"))
			return err
		case "bac":
			said = "Đã trả lời không xác nhận."
			_, err := task.DecideProposal(a, id, false, 0, v.text("reason"))
			return err
		case "rut":
			said = "Đã rút đề xuất."
			return task.WithdrawProposal(a, id)
		}
		a.Judged()
		return errNoPage
	})
	if wrong(err) {
		setFlash(v.w, view.Flash{Tone: view.ToneError, Text: fault.Text(err)}, v.d.Secure)
		return v.see("/cong-viec/de-xuat")
	}
	if err != nil {
		return err
	}
	return v.done(v.back("/cong-viec/de-xuat"), said)
}

func loadHours(minutes int64) string {
	if minutes == 0 {
		return ""
	}
	return strings.Replace(strconv.FormatFloat(math.Round(float64(minutes)/6)/10, 'f', -1, 64), ".", ",", 1) + " giờ"
}

func workCount(n int) string { return fmt.Sprintf("%s việc", number(n)) }
