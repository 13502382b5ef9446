// SPDX-License-Identifier: Apache-2.0

package document

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/find"
	"soviec/kit/journal"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/task"
)

// A Directive is a leader's written word on a document (bút phê, ý kiến chỉ đạo;
// Nghị định 30/2020/NĐ-CP Điều 23): what is to be done, who leads, who cooperates,
// who only needs to know, by when.
type Directive struct {
	Text string
	Lead task.Assignee
	Coop []task.Assignee
	Info []task.Assignee
	Due  task.Due
	Rule string // the routing rule whose proposal was taken
}

// Guard is asked before a registered document goes on, with its files: a seam for whoever
// judges signatures. It is set once, before the program serves.
var Guard = func(*journal.Act, Incoming, []File) error { return nil }

// onward asks the guard about a document that still lies with the clerk.
func onward(a *journal.Act, d Incoming) error {
	if d.State != StateRegistered {
		return nil
	}
	files, err := filesOf(a, d.ID)
	if err != nil {
		return err
	}
	return Guard(a, d, files)
}

// Submit puts a document before a leader (trình lãnh đạo).
func Submit(a *journal.Act, doc, leader int64, text, rule string) error {
	if err := org.May(a, org.Submit, org.Target{}); err != nil {
		return err
	}
	d, err := get(a, a.By.Agency, doc)
	if err != nil {
		return err
	}
	if d.State != StateRegistered {
		return wrongState(d, "trình lãnh đạo")
	}
	if err := onward(a, d); err != nil {
		return err
	}
	return before(a, d, leader, text, rule, Submitted)
}

// PassOn hands a document that lies before one leader to another (chuyển lãnh đạo khác).
func PassOn(a *journal.Act, doc, leader int64, text string) error {
	d, err := get(a, a.By.Agency, doc)
	if err != nil {
		return err
	}
	if err := org.May(a, org.PassOn, org.Target{Person: d.Leader}); err != nil {
		return err
	}
	if d.State != StateSubmitted {
		return wrongState(d, "chuyển lãnh đạo khác")
	}
	if d.Leader == leader {
		return fault.Invalid("leader", "Văn bản đang ở chính lãnh đạo này.")
	}
	return before(a, d, leader, text, "", PassedOn)
}

func before(a *journal.Act, d Incoming, leader int64, text, rule, kind string) error {
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return err
	}
	who := dir.Rights(leader, a.Day())
	if !who.Leader() && !who.Is(org.OfficeChief) {
		return fault.Invalid("leader", "Người được chọn hôm nay không phải lãnh đạo cơ quan.")
	}
	if err := insertPass(a, d.ID, leader, Tidy(text), rule); err != nil {
		return err
	}
	if err := setBefore(a, d, leader); err != nil {
		return err
	}
	if err := admit(a, d, task.Assignee{Person: leader}); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: kind, Subject: d.Ref(), Data: toData{To: leader, Rule: rule}})
	return tell(a, notice.Item{Person: leader, Matter: d.Ref(), Kind: kind, Urgent: d.Urgency > 0,
		Text: "Văn bản " + d.Title() + " chờ anh/chị cho ý kiến: " + d.Subject, Link: d.Address()})
}

type toData struct {
	To   int64  `json:"to,omitempty"`
	Rule string `json:"rule,omitempty"`
	Work int64  `json:"work,omitempty"`
	// Done is the day on which the accepted result was reported.
	Done civil.Date `json:"done,omitzero"`
}

// Direct gives the directive: exactly one lead, and a day (bút phê, phân phối). The
// work it makes is the task's; from here on the task says who is late.
func Direct(a *journal.Act, doc int64, dir Directive) (Incoming, error) {
	if err := org.May(a, org.Direct, org.Target{}); err != nil {
		return Incoming{}, err
	}
	d, err := get(a, a.By.Agency, doc)
	if err != nil {
		return d, err
	}
	// One taken over from an earlier register may be open and have no work yet.
	takenOver := d.State == StateDistributed && d.Work == 0
	if d.State != StateSubmitted && d.State != StateRegistered && !takenOver {
		return d, wrongState(d, "cho ý kiến")
	}
	return distribute(a, d, dir, Directed)
}

// Distribute passes a document straight to the unit or person whose it evidently
// is, where the agency's regulations allow it (chuyển thẳng; Điều 23.1).
func Distribute(a *journal.Act, doc int64, dir Directive) (Incoming, error) {
	if err := org.May(a, org.Distribute, org.Target{}); err != nil {
		return Incoming{}, err
	}
	d, err := get(a, a.By.Agency, doc)
	if err != nil {
		return d, err
	}
	office, err := org.DirectoryIn(a)
	if err != nil {
		return d, err
	}
	if office.Setting("document.direct_distribution", "on") != "on" {
		return d, fault.Forbidden("Quy chế của cơ quan không cho phép chuyển thẳng; xin trình lãnh đạo.")
	}
	if d.State != StateRegistered {
		return d, wrongState(d, "chuyển thẳng")
	}
	return distribute(a, d, dir, Distributed)
}

func distribute(a *journal.Act, d Incoming, dir Directive, kind string) (Incoming, error) {
	if err := onward(a, d); err != nil {
		return d, err
	}
	dir.Text = strings.TrimSpace(dir.Text)
	if utf8.RuneCountInString(dir.Text) > 2000 {
		return d, fault.Invalid("text", "Ý kiến chỉ đạo không được dài quá 2.000 ký tự.")
	}
	order := task.Order{Title: d.Subject, Source: d.Ref(), Field: d.Field, Urgency: d.Urgency, Text: dir.Text,
		Lead: dir.Lead, Coop: dir.Coop, Info: dir.Info, Due: dir.Due}
	if kind == Distributed {
		office, err := org.DirectoryIn(a)
		if err != nil {
			return d, err
		}
		if order.Giver = inChargeOf(office, d.Field, a.Day()); order.Giver == 0 {
			return d, fault.Conflict("", "Hôm nay cơ quan chưa có lãnh đạo nào để đứng tên giao việc.")
		}
	}
	w, err := task.Give(a, order)
	if err != nil {
		return d, err
	}
	if err := insertDirective(a, d.ID, "agency", dir.Text, 0); err != nil {
		return d, err
	}
	all := append(append([]task.Assignee{dir.Lead}, dir.Coop...), dir.Info...)
	if err := admit(a, d, all...); err != nil {
		return d, err
	}
	places, err := placesOf(a, all)
	if err != nil {
		return d, err
	}
	if err := setDistributed(a, d, w.ID, places); err != nil {
		return d, err
	}
	due := dir.Due.On
	if lead := w.Lead(); lead != nil {
		due = lead.OuterOn
	}
	a.Note(journal.Entry{Kind: kind, Subject: d.Ref(), DueOn: due, Data: toData{Rule: dir.Rule, Work: w.ID}})
	return get(a, a.By.Agency, d.ID)
}

// inChargeOf is the leader in charge of an area of work, else the head of the
// agency, else whoever leads it on that day.
func inChargeOf(dir *org.Directory, field int64, day civil.Date) int64 {
	if p := dir.Field(field).Leader; p != 0 && dir.Rights(p, day).Leader() {
		return p
	}
	for _, p := range append(dir.With(day, org.Head), dir.Leaders(day)...) {
		return p.ID
	}
	return 0
}

// Redirect corrects an earlier directive: the older words stay, the later ones say
// what they correct. Lead and day are changed through the task, with the reason.
func Redirect(a *journal.Act, doc int64, text string, lead task.Assignee, due civil.Date, reason string) error {
	d, err := get(a, a.By.Agency, doc)
	if err != nil {
		return err
	}
	w, err := task.Get(a, a.By.Agency, d.Work)
	if err != nil {
		return err
	}
	if err := org.May(a, org.DecideOuter, org.Target{Giver: w.Giver}); err != nil {
		return err
	}
	now := w.Lead()
	if now == nil {
		return fault.Conflict("", "Văn bản này không còn đơn vị chủ trì; hãy cho ý kiến lại.")
	}
	if d.State.Closed() {
		return wrongState(d, "thay đổi ý kiến chỉ đạo")
	}
	if Tidy(reason) == "" {
		return fault.Invalid("reason", "Xin ghi lý do thay đổi.")
	}
	last, err := lastDirective(a, d.ID)
	if err != nil {
		return err
	}
	if err := insertDirective(a, d.ID, "agency", strings.TrimSpace(text), last); err != nil {
		return err
	}
	if (lead.Unit != 0 || lead.Person != 0) && (lead.Unit != now.Unit || lead.Person != now.Person) {
		lead.Due = due
		if _, err := task.ChangeLead(a, w.ID, lead, reason); err != nil {
			return err
		}
		if err := admit(a, d, lead); err != nil {
			return err
		}
		if err := placeAlso(a, d.ID, lead); err != nil {
			return err
		}
	} else if !due.IsZero() && due != now.OuterOn {
		if _, err := task.ChangeDue(a, now.ID, due, reason); err != nil {
			return err
		}
	}
	a.Note(journal.Entry{Kind: Redirected, Subject: d.Ref(), DueOn: due, Data: toData{Work: w.ID}})
	return nil
}

func admit(a *journal.Act, d Incoming, who ...task.Assignee) error {
	var tags []string
	for _, w := range who {
		if w.Person != 0 {
			tags = append(tags, personTag(w.Person))
		}
		if w.Unit != 0 {
			tags = append(tags, unitTag(w.Unit))
		}
	}
	if len(tags) == 0 {
		return nil
	}
	fresh, err := insertAccess(a, d.ID, tags)
	if err != nil || fresh == 0 {
		return err
	}
	return find.Tag(a, a.By.Agency, d.Ref(), tags...)
}

func personTag(id int64) string { return "p:" + idText(id) }
func unitTag(id int64) string   { return "u:" + idText(id) }
func idText(id int64) string    { return strconv.FormatInt(id, 10) }

// placesOf are the names in the column "Đơn vị hoặc người nhận".
func placesOf(a *journal.Act, who []task.Assignee) (string, error) {
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return "", err
	}
	var names []string
	for _, w := range who {
		name := dir.Unit(w.Unit).Name
		if w.Person != 0 {
			name = dir.Person(w.Person).Name
		}
		if name != "" {
			names = append(names, name)
		}
	}
	return cutRunes(strings.Join(names, "; "), 1000), nil
}

// placeAlso adds a later receiver to the column "Đơn vị hoặc người nhận".
func placeAlso(a *journal.Act, doc int64, who task.Assignee) error {
	d, err := get(a, a.By.Agency, doc) // the task's effects may have changed it
	if err != nil {
		return err
	}
	name, err := placesOf(a, []task.Assignee{who})
	if err != nil || name == "" || strings.Contains(d.ToPlaces, name) {
		return err
	}
	return addPlace(a, doc, cutRunes(name+"; "+d.ToPlaces, 1000))
}

func cutRunes(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}

func wrongState(d Incoming, what string) error {
	return fault.Conflict("", "Không thể "+what+": văn bản đang ở trạng thái “"+d.State.Label()+"”.")
}
