// SPDX-License-Identifier: Apache-2.0

package web

import (
	"net/http"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/document"
	"soviec/office/task"
)

// documentActs are the gestures on a document by the last word of their address. Each
// does one verb and says what was done, and what should be known beside.
var documentActs = map[string]func(v *visit, d document.Incoming, files uploads) (did string, warnings []string, err error){
	"trinh":           submitDocument,
	"chuyen-lanh-dao": passOnDocument,
	"giao-viec":       directDocument,
	"phan-phoi":       distributeDocument,
	"doi-chi-dao":     redirectDocument,
	"huy-so":          voidDocument,
	"thu-hoi":         recallDocument,
	"tep":             addFiles,
	"lot-mat":         reportSecret,
	"lap-ho-so":       fileAway,
	"xac-nhan-chu-ky": waiveSignature,
}

func documentAct(v *visit) error {
	if v.PathValue("act") == "sua" {
		return correct(v)
	}
	act, ok := documentActs[v.PathValue("act")]
	if !ok {
		return errNoPage
	}
	d, err := v.document()
	if err != nil {
		return err
	}
	files, err := v.takeForm()
	defer files.discard()
	if err != nil && !wrong(err) {
		return err
	}
	if err == nil {
		err = v.store(files)
	}
	if err != nil {
		return v.documentAgain(d, v.PathValue("act"), err)
	}
	err = v.once(func() (string, string, []string, error) {
		did, warnings, err := act(v, d, files)
		return v.back(d.Address()), did, warnings, err
	})
	if err != nil {
		return v.documentAgain(d, v.PathValue("act"), err)
	}
	return nil
}

// documentAgain shows the page again with the refused form open, as it was typed.
func (v *visit) documentAgain(d document.Incoming, act string, err error) error {
	if !wrong(err) {
		return err
	}
	p, perr := v.documentOf(d)
	if perr != nil {
		return perr
	}
	form := v.form(err)
	form.Key = v.PostFormValue("form_key")
	into := func(f *view.Form) bool { *f = form; return true }
	placed := false
	switch act {
	case "trinh":
		placed = p.Submit != nil && into(&p.Submit.Form)
	case "chuyen-lanh-dao":
		placed = p.PassOn != nil && into(&p.PassOn.Form)
	case "giao-viec":
		placed = p.Direct != nil && into(&p.Direct.Form)
	case "phan-phoi":
		placed = p.Distribute != nil && into(&p.Distribute.Form)
	case "doi-chi-dao":
		placed = p.Change != nil && into(&p.Change.Form)
	case "huy-so":
		placed = p.Void != nil && into(&p.Void.Form)
	case "huy-so/duyet", "huy-so/bac":
		placed = p.VoidRequest != nil && into(&p.VoidRequest.Form)
	case "thu-hoi":
		placed = p.Recall != nil && into(&p.Recall.Form)
	case "thu-hoi/dong-y", "thu-hoi/tu-choi":
		placed = p.RecallRequest != nil && into(&p.RecallRequest.Form)
	case "tep":
		placed = p.AddFile != nil && into(&p.AddFile.Form)
	case "xac-nhan-chu-ky":
		placed = p.Waive != nil && into(&p.Waive.Form)
	case "lap-ho-so":
		placed = p.FileAway != nil && into(&p.FileAway.Form)
	}
	if !placed { // the form is gone with the state that it belonged to
		p.Frame.Flash = view.Flash{Tone: view.ToneError, Text: fault.Text(err)}
	}
	return v.again(p, err)
}

// ruleTaken is the name of the rule whose proposal was taken as it was made.
func (v *visit) ruleTaken(taken func(document.Rule) bool) (string, error) {
	id, ok := number64(v.field("rule"))
	if !ok {
		return "", nil
	}
	rule, err := document.RuleOf(v.read(), v.agency(), id)
	if fault.Is(err, fault.KindNotFound) || err == nil && !taken(rule) {
		return "", nil
	}
	return rule.Name, err
}

func (v *visit) chosenLeader() (int64, error) {
	id, ok := number64(v.field("leader"))
	if !ok {
		return 0, fault.Invalid("leader", "Chưa chọn lãnh đạo.")
	}
	return id, nil
}

func submitDocument(v *visit, d document.Incoming, _ uploads) (string, []string, error) {
	leader, err := v.chosenLeader()
	if err != nil {
		return "", nil, err
	}
	rule, err := v.ruleTaken(func(r document.Rule) bool { return r.Leader == 0 || r.Leader == leader })
	if err != nil {
		return "", nil, err
	}
	err = v.act(func(a *journal.Act) error { return document.Submit(a, d.ID, leader, v.text("note"), rule) })
	return "Đã trình " + v.dir.Person(leader).Polite() + ".", v.awayNow(leader), err
}

// awayNow warns that somebody is away today.
func (v *visit) awayNow(person int64) []string {
	away, ok := v.dir.Away(person, v.today)
	if !ok {
		return nil
	}
	w := capital(v.dir.Person(person).Polite()) + " vắng mặt đến " + away.To.VN()
	if away.StandIn != 0 {
		w += ", " + v.dir.Person(away.StandIn).Polite() + " làm thay"
	}
	return []string{w + "."}
}

func passOnDocument(v *visit, d document.Incoming, _ uploads) (string, []string, error) {
	leader, err := v.chosenLeader()
	if err != nil {
		return "", nil, err
	}
	err = v.act(func(a *journal.Act) error { return document.PassOn(a, d.ID, leader, v.text("note")) })
	return "Đã chuyển " + v.dir.Person(leader).Polite() + " cho ý kiến.", v.awayNow(leader), err
}

// directive reads the form of a directive. A day left as it was proposed keeps what it
// was counted from.
func (v *visit) directive(d document.Incoming) (document.Directive, error) {
	x := document.Directive{Text: v.text("text"), Coop: v.assignees("coop"), Info: v.assignees("info")}
	var err error
	if x.Lead, err = v.lead(); err != nil {
		return x, err
	}
	due, err := v.date("due_on")
	if err != nil {
		return x, err
	}
	x.Due = task.Due{On: due}
	proposed, err := v.routing(d)
	if err != nil {
		return x, err
	}
	if !due.IsZero() && due == proposed.due.On {
		x.Due = proposed.due
	}
	x.Rule, err = v.ruleTaken(func(document.Rule) bool { return proposed.byRule && proposed.Lead == x.Lead })
	return x, err
}

// lead is who was chosen to lead. Two of them are not read as one.
func (v *visit) lead() (task.Assignee, error) {
	switch all := v.assignees("lead"); len(all) {
	case 0:
		return task.Assignee{}, nil
	case 1:
		return all[0], nil
	}
	return task.Assignee{}, fault.Invalid("lead", "Chỉ chọn được một chủ trì; đơn vị, người khác thì ghi là phối hợp.")
}

func directDocument(v *visit, d document.Incoming, _ uploads) (string, []string, error) {
	return v.give(d, document.Direct, "Đã giao ", 0)
}

func distributeDocument(v *visit, d document.Incoming, _ uploads) (string, []string, error) {
	proposed, err := v.routing(d)
	if err != nil {
		return "", nil, err
	}
	return v.give(d, document.Distribute, "Đã chuyển thẳng ", proposed.Leader)
}

func (v *visit) give(d document.Incoming, verb func(*journal.Act, int64, document.Directive) (document.Incoming, error), did string, giver int64) (string, []string, error) {
	x, err := v.directive(d)
	if err != nil {
		return "", nil, err
	}
	warnings, _ := task.Preview(v.dir, v.now, v.me(), task.Order{Title: d.Subject, Source: d.Ref(), Field: d.Field, Urgency: d.Urgency,
		Text: x.Text, Lead: x.Lead, Coop: x.Coop, Info: x.Info, Due: x.Due, Giver: giver})
	err = v.act(func(a *journal.Act) error {
		_, err := verb(a, d.ID, x)
		return err
	})
	did += whoHolds(v.dir, x.Lead.Person, x.Lead.Unit) + " chủ trì"
	if !x.Due.On.IsZero() {
		did += ", hạn " + x.Due.On.VN()
	}
	return did + ".", warnings, err
}

func redirectDocument(v *visit, d document.Incoming, _ uploads) (string, []string, error) {
	lead, err := v.lead()
	if err != nil {
		return "", nil, err
	}
	due, err := v.date("due_on")
	if err != nil {
		return "", nil, err
	}
	err = v.act(func(a *journal.Act) error {
		return document.Redirect(a, d.ID, v.text("text"), lead, due, v.text("reason"))
	})
	return "Đã lưu ý kiến mới.", nil, err
}

func voidDocument(v *visit, d document.Incoming, _ uploads) (string, []string, error) {
	err := v.act(func(a *journal.Act) error { return document.AskVoid(a, d.ID, v.text("reason")) })
	return "Đã đề nghị hủy số đến " + document.ShowNumber(d.Number) + ", chờ Chánh Văn phòng duyệt.", nil, err
}

func recallDocument(v *visit, d document.Incoming, _ uploads) (string, []string, error) {
	if v.field("notice") == "" {
		return "", nil, fault.Invalid("notice", "Chưa ghi văn bản yêu cầu thu hồi.")
	}
	notice := "Yêu cầu thu hồi: " + v.field("notice") + "."
	err := v.act(func(a *journal.Act) error { return document.AskRecall(a, d.ID, notice, v.text("reason")) })
	return "Đã ghi yêu cầu thu hồi; chờ văn thư đồng ý hoặc người đứng đầu cơ quan từ chối.", nil, err
}

func addFiles(v *visit, d document.Incoming, files uploads) (string, []string, error) {
	attached, _ := v.attachments(files)
	kind := v.field("kind")
	for i := range attached {
		attached[i].Kind = kind
	}
	if _, ok := fileKinds[kind]; !ok {
		return "", nil, fault.Invalid("kind", "Chưa chọn loại tệp.")
	}
	err := v.act(func(a *journal.Act) error { return document.AddFiles(a, d.ID, attached...) })
	return "Đã thêm " + strconv.Itoa(len(attached)) + " tệp.", nil, err
}

func reportSecret(v *visit, d document.Incoming, _ uploads) (string, []string, error) {
	err := v.act(func(a *journal.Act) error { return document.ReportSecret(a, d.ID) })
	return "Đã khóa văn bản và báo người đứng đầu cơ quan, văn thư.", nil, err
}

func fileAway(v *visit, d document.Incoming, _ uploads) (string, []string, error) {
	err := v.act(func(a *journal.Act) error { return document.FileAway(a, d.ID, v.field("dossier")) })
	return "Đã lập hồ sơ " + v.field("dossier") + ".", nil, err
}

// documentDecision settles what somebody asked for.
func documentDecision(v *visit) error {
	d, err := v.document()
	if err != nil {
		return err
	}
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Biểu mẫu gửi lên không đọc được.")
	}
	what := v.PathValue("request") + "/" + v.PathValue("decision")
	did := ""
	number := document.ShowNumber(d.Number)
	switch what {
	case "huy-so/duyet":
		did = "Đã hủy số đến " + number + "; số vẫn nằm trong sổ, được gạch ngang."
		err = v.act(func(a *journal.Act) error { return document.DecideVoid(a, d.ID, true, "") })
	case "huy-so/bac":
		did = "Đã trả lời: không hủy số đến " + number + "."
		err = v.act(func(a *journal.Act) error { return document.DecideVoid(a, d.ID, false, v.text("reason")) })
	case "thu-hoi/dong-y":
		did = "Đã đồng ý thu hồi; tệp được hủy, số đến và việc thu hồi vẫn lưu trong sổ."
		err = v.act(func(a *journal.Act) error { return document.AgreeRecall(a, d.ID) })
		if err == nil && v.d.Jobs != nil {
			v.d.Jobs.Wake()
		}
	case "thu-hoi/tu-choi":
		did = "Đã từ chối thu hồi; văn bản trở lại như trước."
		err = v.act(func(a *journal.Act) error { return document.RefuseRecall(a, d.ID, v.text("reason")) })
	default:
		return errNoPage
	}
	if err != nil {
		return v.documentAgain(d, what, err)
	}
	return v.done(v.back(d.Address()), did)
}

// doneWarned sends the visitor on with what was done and what should be known.
func (v *visit) doneWarned(to, did string, warnings []string) error {
	if v.wantsJSON() {
		sendJSON(v.w, http.StatusCreated, made{Address: to, Said: did, Warnings: warnings})
		return nil
	}
	f := view.Flash{Tone: view.ToneDone, Text: did}
	if len(warnings) > 0 {
		f.Tone, f.Text = view.ToneWarn, strings.TrimSpace(did+" Lưu ý: "+strings.Join(warnings, " "))
	}
	if v.URL.Path == "/van-ban-den" { // whoever has entered one has the next in hand
		f.Href, f.Link = "/van-ban-den/moi", "Vào sổ văn bản tiếp theo"
	}
	setFlash(v.w, f, v.d.Secure)
	http.Redirect(v.w, v.Request, to, http.StatusSeeOther)
	return nil
}
