// SPDX-License-Identifier: Apache-2.0

package web

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/task"
)

// taskActs are the gestures on a piece of work by the last word of their address. Each
// does one verb and says what was done.
var taskActs = map[string]func(v *visit, w *task.Work) (said string, err error){
	"bat-dau":     startTask,
	"phan-cong":   assignTask,
	"tien-do":     progressTask,
	"bao-cao":     reportTask,
	"gia-han":     extendTask,
	"tra-lai":     returnTask,
	"ket-thuc":    closeTask,
	"lam-lai":     redoTask,
	"mo-lai":      reopenTask,
	"don-doc":     urgeTask,
	"doi-chu-tri": replaceTask,
	"doi-han":     redateTask,

	"nhan-han":        acceptDue,
	"de-xuat-han":     proposeDue,
	"tam-dung":        pauseTask,
	"tiep-tuc":        resumeTask,
	"vuong-mac":       hinderTask,
	"het-vuong-mac":   clearTask,
	"tra-loi-don-doc": answerTask,
	"huy":             cancelTask,
	"lien-ket":        tieTask,
	"bo-lien-ket":     untieTask,
	"trao-doi":        sayTask,
	"ket-luan":        concludeRemark,
	"rut-y-kien":      withdrawRemark,
}

func taskAct(v *visit) error {
	act, ok := taskActs[v.PathValue("act")]
	if !ok {
		return errNoPage
	}
	files, err := v.takeForm()
	defer files.discard()
	w, werr := v.work()
	if werr != nil {
		return werr
	}
	said := ""
	if err == nil {
		v.files = files
		said, err = act(v, &w)
	}
	if err != nil {
		return v.taskAgain(w, v.PathValue("act"), err)
	}
	return v.done(v.back(workLink(w.ID)), said)
}

// taskAgain shows the page again with the refused form open, as it was typed.
func (v *visit) taskAgain(w task.Work, act string, err error) error {
	if !wrong(err) {
		return err
	}
	p, perr := v.taskPageOf(w)
	if perr != nil {
		return perr
	}
	form, placed := v.form(err), true
	switch {
	case act == "phan-cong" && p.Assign != nil:
		p.Assign.Form = form
	case act == "tien-do" && p.Progress != nil:
		p.Progress.Form = form
	case act == "bao-cao" && p.Report != nil:
		p.Report.Form = form
		_, p.Report.Uploads = v.attachments(v.files)
	case act == "gia-han" && p.Extend != nil:
		p.Extend.Form = form
	case act == "tra-lai" && p.Return != nil:
		p.Return.Form = form
	case act == "ket-thuc" && p.Close != nil:
		p.Close.Form = form
	case act == "lam-lai" && p.Redo != nil:
		p.Redo.Form = form
	case act == "mo-lai" && p.Reopen != nil:
		p.Reopen.Form = form
	case act == "don-doc" && p.Urge != nil:
		p.Urge.Form = form
	case act == "doi-chu-tri" && p.Replace != nil:
		p.Replace.Form = form
	case act == "doi-han" && p.Redate != nil:
		p.Redate.Form = form
	default:
		placed = placeTerms(&p, act, form)
	}
	if !placed {
		p.Frame.Flash = view.Flash{Tone: view.ToneError, Text: fault.Text(err)}
	}
	return v.again(p, err)
}

// carried is the visitor's own share, which most gestures are about.
func (v *visit) carried(w *task.Work) (*task.Share, error) {
	s := v.mine(w)
	if s == nil {
		return nil, fault.Forbidden("Anh/chị không giữ phần nào của việc này.")
	}
	return s, nil
}

func startTask(v *visit, w *task.Work) (string, error) {
	s, err := v.carried(w)
	if err != nil {
		return "", err
	}
	return "Đã bắt đầu xử lý.", v.act(func(a *journal.Act) error { return task.Start(a, s.ID) })
}

func assignTask(v *visit, w *task.Work) (string, error) {
	s, err := v.carried(w)
	if err != nil {
		return "", err
	}
	to, ok := assignee(v.field("lead"))
	if !ok || to.Person == 0 {
		return "", fault.Invalid("lead", "Chưa chọn người thực hiện.")
	}
	due, err := v.date("due_on")
	if err != nil {
		return "", err
	}
	var warned []string
	err = v.act(func(a *journal.Act) (err error) {
		warned, err = task.AssignInside(a, s.ID, to.Person, v.assignees("coop"), due, v.text("text"))
		return err
	})
	return warn("Đã phân công cho "+v.dir.Person(to.Person).Polite()+".", warned), err
}

// assignees are those chosen in a field of many.
func (v *visit) assignees(name string) []task.Assignee {
	var out []task.Assignee
	for _, s := range v.PostForm[name] {
		if a, ok := assignee(s); ok {
			out = append(out, a)
		}
	}
	return out
}

// warn adds what should be known to what was done.
func warn(said string, warnings []string) string {
	for _, w := range warnings {
		said += " Lưu ý: " + w
	}
	return said
}

func progressTask(v *visit, w *task.Work) (string, error) {
	s, err := v.carried(w)
	if err != nil {
		return "", err
	}
	return "Đã ghi tiến độ.", v.act(func(a *journal.Act) error { return task.Progress(a, s.ID, v.text("text")) })
}

func reportTask(v *visit, w *task.Work) (string, error) {
	s, err := v.carried(w)
	if err != nil {
		return "", err
	}
	if v.files.secret() {
		return "", fault.Invalid("files", "Tệp có dấu chỉ độ mật. Hệ thống này không nhận văn bản mật; tệp chưa được lưu.")
	}
	if err := v.store(v.files); err != nil {
		return "", err
	}
	open, err := task.OpenParts(v.read(), v.agency(), s.ID)
	if err != nil {
		return "", err
	}
	if len(open) > 0 && v.PostFormValue("parts_open") != strconv.Itoa(len(open)) {
		return "", fault.Invalid("parts_open", partsWords(open)+" Đánh dấu “Vẫn báo cáo” nếu kết quả đã đủ; việc con vẫn tiếp tục.")
	}
	files, _ := v.attachments(v.files)
	err = v.act(func(a *journal.Act) error {
		for _, f := range files {
			if err := task.Attach(a, s.ID, task.File{Name: f.Name, MIME: f.MIME, Size: f.Size, SHA: f.SHA}); err != nil {
				return err
			}
		}
		return task.Report(a, s.ID, v.text("result"), v.field("reply"))
	})
	return "Đã báo cáo kết quả.", err
}

// partsWords name the parts that are still open.
func partsWords(open []string) string {
	named := "“" + strings.Join(open[:min(len(open), 3)], "”, “") + "”"
	if len(open) > 3 {
		named += ", …"
	}
	return fmt.Sprintf("Còn %d việc con chưa xong: %s.", len(open), named)
}

func extendTask(v *visit, w *task.Work) (string, error) {
	s, err := v.carried(w)
	if err != nil {
		return "", err
	}
	on, err := v.date("due_on")
	if err != nil {
		return "", err
	}
	return "Đã gửi đề nghị gia hạn.", v.act(func(a *journal.Act) error {
		_, err := task.AskExtensionFor(a, s.ID, task.Due{On: on}, v.field("cause"), v.text("reason"))
		return err
	})
}

func returnTask(v *visit, w *task.Work) (string, error) {
	s, err := v.carried(w)
	if err != nil {
		return "", err
	}
	return "Đã đề nghị chuyển lại.", v.act(func(a *journal.Act) error {
		_, err := task.AskReturn(a, s.ID, v.text("reason"))
		return err
	})
}

func closeTask(v *visit, w *task.Work) (string, error) {
	s := v.answered(w)
	if s == nil {
		return "", errNoPage
	}
	return "Đã xác nhận kết thúc.", v.act(func(a *journal.Act) error { return task.Confirm(a, s.ID, v.text("text")) })
}

func redoTask(v *visit, w *task.Work) (string, error) {
	s := v.answered(w)
	if s == nil {
		return "", errNoPage
	}
	due, err := v.date("due_on")
	if err != nil {
		return "", err
	}
	back := task.SendBack
	if v.PostFormValue("unmet") == "on" {
		back = task.SendBackUnmet
	}
	return "Đã yêu cầu làm lại.", v.act(func(a *journal.Act) error { return back(a, s.ID, v.text("reason"), due) })
}

func reopenTask(v *visit, w *task.Work) (string, error) {
	due, err := v.date("due_on")
	if err != nil {
		return "", err
	}
	return "Đã mở lại việc.", v.act(func(a *journal.Act) error { return task.Reopen(a, w.ID, v.text("reason"), due) })
}

func urgeTask(v *visit, w *task.Work) (string, error) {
	var shares []int64
	for _, s := range w.Shares {
		if s.Role != task.Info && (s.State == task.StateGiven || s.State == task.StateStarted) {
			shares = append(shares, s.ID)
		}
	}
	n := 0
	err := v.act(func(a *journal.Act) (err error) {
		n, err = task.Urge(a, shares, cmp.Or(v.field("kind"), task.Remind), v.text("text"))
		return err
	})
	if n == 0 {
		return "Hôm nay anh/chị đã đôn đốc việc này rồi; không gửi lần nữa.", err
	}
	return "Đã đôn đốc.", err
}

func replaceTask(v *visit, w *task.Work) (string, error) {
	to, ok := assignee(v.field("lead"))
	if !ok {
		return "", fault.Invalid("lead", "Chưa chọn chủ trì mới.")
	}
	var warned []string
	err := v.act(func(a *journal.Act) (err error) {
		warned, err = task.ChangeLead(a, w.ID, to, v.text("reason"))
		return err
	})
	return warn("Đã đổi chủ trì.", warned), err
}

func redateTask(v *visit, w *task.Work) (string, error) {
	on, err := v.date("due_on")
	if err != nil {
		return "", err
	}
	lead := w.Lead()
	if lead == nil {
		return "", errNoPage
	}
	var warned []string
	err = v.act(func(a *journal.Act) (err error) {
		warned, err = task.ChangeDueOf(a, lead.ID, on, v.text("reason"), v.PostFormValue("parts") == "on")
		return err
	})
	return warn("Đã đổi hạn.", warned), err
}

// taskDecision answers a request for more time or to take work back.
func taskDecision(v *visit) error {
	w, err := v.work()
	if err != nil {
		return err
	}
	kind := map[string]string{"gia-han": "extend", "tra-lai": "return", "de-xuat-han": "agree", "tam-dung": "pause"}[v.PathValue("request")]
	grant := map[string]bool{"duyet": true, "dong-y": true}[v.PathValue("decision")]
	if kind == "" || !grant && v.PathValue("decision") != "bac" {
		return errNoPage
	}
	if kind == "pause" {
		err = v.decidePause(&w, grant)
	} else {
		var q task.Request
		if q, err = v.openRequest(w, kind); err == nil {
			err = v.decideRequest(q, grant)
		}
	}
	if err != nil {
		return v.taskAgain(w, kind, err)
	}
	said := map[bool]string{true: "Đã đồng ý.", false: "Đã trả lời không đồng ý."}[grant]
	return v.done(v.back(workLink(w.ID)), said)
}

func (v *visit) decideRequest(q task.Request, grant bool) error {
	switch q.Kind {
	case "agree":
		return v.decideAgree(q, grant)
	case "extend":
		on, err := v.date("due_on")
		if err != nil {
			return err
		}
		return v.act(func(a *journal.Act) error {
			return task.DecideExtensionFor(a, q.ID, task.Decision{Grant: grant, Due: task.Due{On: on}, Answer: v.text("reason"), Objective: v.PostFormValue("objective") == "on"})
		})
	}
	return v.act(func(a *journal.Act) error { return task.DecideReturn(a, q.ID, grant, v.text("reason")) })
}

func (v *visit) openRequest(w task.Work, kind string) (task.Request, error) {
	all, err := task.Requests(v.read(), v.agency(), w.ID)
	if err != nil {
		return task.Request{}, err
	}
	wanted, named := number64(v.PostFormValue("request"))
	var open task.Request // somebody else's to decide: the office says so
	for _, q := range all {
		if q.State != "open" || q.Kind != kind || named && q.ID != wanted {
			continue
		}
		if open = q; v.decides(q, w, w.Share(q.Share)) {
			return q, nil
		}
	}
	if open.ID != 0 {
		return open, nil
	}
	return task.Request{}, fault.Conflict("", "Đề nghị này không còn chờ quyết định.")
}
