// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
)

// A Round asks several people for their opinion on a version (lấy ý kiến; documents.md §4.7).
type Round struct {
	ID       int64
	Draft    int64
	Ordinal  int
	AskedBy  int64
	Text     string
	FirstDue civil.Date
	DueOn    civil.Date
	DueAt    time.Time
	AskedAt  time.Time
	ClosedAt time.Time
	ClosedBy int64
	Summary  string
	Opinions []Opinion
}

// Open reports whether opinions are still taken.
func (r Round) Open() bool { return r.ClosedAt.IsZero() }

// An Opinion is what one of those asked said; At is zero until then.
type Opinion struct {
	ID     int64
	Round  int64
	Person int64
	Choice string // agree, disagree, other
	Text   string
	Behalf int64
	At     time.Time
}

// Choices are the answers to an opinion round.
var Choices = []struct{ Code, Name string }{
	{"agree", "Đồng ý"}, {"disagree", "Không đồng ý"}, {"other", "Ý kiến khác"},
}

// ChoiceName is an answer in the words of the screen.
func ChoiceName(code string) string {
	for _, c := range Choices {
		if c.Code == code {
			return c.Name
		}
	}
	return "Chưa trả lời"
}

const mostAsked = 60

// Ask opens an opinion round (O5): the drafter while he writes, or whoever checks the
// content while it lies with him. The draft waits until the round is closed.
func Ask(a *journal.Act, id int64, people []int64, due civil.Date, text string) (int64, error) {
	p, d, err := open(a, id)
	if err != nil {
		return 0, err
	}
	switch p.State {
	case StateDrafting:
		err = org.May(a, org.HandleDraft, org.Target{Person: p.Drafter})
	case StateInReview:
		if err = org.May(a, org.CheckContent, org.Target{Unit: d.Successor(p.Unit, a.Day())}); err != nil {
			err = org.May(a, org.HandleDraft, org.Target{Person: p.Drafter})
		}
	default:
		if err = org.May(a, org.WriteDraft, org.Target{}); err == nil {
			err = notNow(p)
		}
	}
	if err != nil {
		return 0, err
	}
	x, err := org.RightsIn(a)
	if err != nil {
		return 0, err
	}
	var errs []error
	slices.Sort(people)
	people = slices.Compact(people)
	switch {
	case p.Current == 0:
		errs = append(errs, fault.Invalid("", "Dự thảo chưa có tệp để lấy ý kiến."))
	case len(people) == 0:
		errs = append(errs, fault.Invalid("people", "Chưa chọn người cho ý kiến."))
	case len(people) > mostAsked:
		errs = append(errs, fault.Invalid("people", fmt.Sprintf("Một lần lấy ý kiến nhiều nhất %d người.", mostAsked)))
	}
	for _, person := range people {
		switch {
		case person == x.Person || person == a.By.Person:
			errs = append(errs, fault.Invalid("people", "Không lấy ý kiến của chính mình."))
		case d.Title(person, a.Day()) == "":
			errs = append(errs, fault.Invalid("people", d.Person(person).Polite()+" không còn giữ vị trí trong cơ quan."))
		case !d.Rights(person, a.Day()).May(org.WriteDraft, org.Target{}):
			errs = append(errs, fault.Invalid("people", d.Person(person).Polite()+" không được đọc nội dung văn bản nên không cho ý kiến được."))
		}
	}
	if text, err = said("text", text, "Hãy ghi cần lấy ý kiến về điều gì."); err != nil {
		errs = append(errs, err)
	}
	errs = append(errs, opinionDue(d, due, a.Day()))
	if err := fault.Join(errs...); err != nil {
		return 0, err
	}
	r := Round{ID: a.NewID(), Draft: p.ID, Ordinal: p.Current, AskedBy: x.Person, Text: text, FirstDue: due, DueOn: due, DueAt: d.Calendar.EndOfDay(due), AskedAt: a.At}
	if err := insertRound(a, r); err != nil {
		return 0, err
	}
	for _, person := range people {
		if err := insertOpinion(a, p.ID, Opinion{ID: a.NewID(), Round: r.ID, Person: person}); err != nil {
			return 0, err
		}
		if err := p.letIn(a, personTag(person)); err != nil {
			return 0, err
		}
		if err := p.tell(a, person, "opinion_asked", a.By.Name+" lấy ý kiến anh/chị về dự thảo "+p.title()+", đến hết ngày "+due.VN()+"."); err != nil {
			return 0, err
		}
	}
	p.StateBefore, p.State = p.State, StateOpinion
	if err := setState(a, p); err != nil {
		return 0, err
	}
	p.note(a, OpinionAsked, stepData{Asked: len(people)})
	return r.ID, nil
}

func opinionDue(d *org.Directory, due, today civil.Date) error {
	switch {
	case due.IsZero():
		return fault.Invalid("due_on", "Hãy ghi hạn cho ý kiến.")
	case due.Before(today):
		return fault.Invalid("due_on", "Hạn cho ý kiến không được trước hôm nay.")
	case due.Sub(today) > 180:
		return fault.Invalid("due_on", "Hạn cho ý kiến không quá sáu tháng.")
	case !d.Calendar.WorkingDay(due):
		return fault.Invalid("due_on", "Ngày "+due.VN()+" là ngày nghỉ; ngày làm việc gần nhất sau đó là "+d.Calendar.OnOrAfter(due).VN()+".")
	}
	return nil
}

// openRound finds the open round of a draft that stands in it.
func openRound(a *journal.Act, id int64) (Paper, Round, *org.Directory, error) {
	p, d, err := open(a, id)
	if err != nil {
		return p, Round{}, d, err
	}
	rounds, err := Rounds(a, id)
	if err != nil {
		return p, Round{}, d, err
	}
	for _, r := range rounds {
		if r.Open() {
			return p, r, d, nil
		}
	}
	if err := org.May(a, org.WriteDraft, org.Target{}); err != nil {
		return p, Round{}, d, err
	}
	return p, Round{}, d, fault.Conflict("", "Lần lấy ý kiến này đã kết thúc.")
}

// Give says one's opinion: a choice and a text, both required. It is said once; who has
// changed his mind says so until the round is closed, and both stand in the book.
func Give(a *journal.Act, id int64, choice, text string) error {
	p, r, _, err := openRound(a, id)
	if err != nil {
		return err
	}
	x, err := org.RightsIn(a)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(r.Opinions, func(o Opinion) bool { return o.Person == x.Person })
	if i < 0 {
		if err := org.May(a, org.GiveOpinion, org.Target{}); err != nil {
			return err
		}
	}
	if err := org.May(a, org.GiveOpinion, org.Target{Person: r.Opinions[i].Person}); err != nil {
		return err
	}
	var errs []error
	if !slices.ContainsFunc(Choices, func(c struct{ Code, Name string }) bool { return c.Code == choice }) {
		errs = append(errs, fault.Invalid("choice", "Hãy chọn đồng ý, không đồng ý hoặc ý kiến khác."))
	}
	text = strings.TrimSpace(text)
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		errs = append(errs, fault.Invalid("text", "Hãy ghi ý kiến."))
	case n > 1000:
		errs = append(errs, fault.Invalid("text", "Ý kiến nhiều nhất 1.000 ký tự."))
	}
	if err := fault.Join(errs...); err != nil {
		return err
	}
	o := r.Opinions[i]
	first := o.At.IsZero()
	o.Choice, o.Text, o.Behalf, o.At = choice, text, a.By.For, a.At
	if err := setOpinion(a, o); err != nil {
		return err
	}
	p.note(a, OpinionGiven, stepData{Choice: choice})
	if !first {
		return nil
	}
	left := 0
	for j, o := range r.Opinions {
		if j != i && o.At.IsZero() {
			left++
		}
	}
	if left > 0 {
		return nil
	}
	return p.tell(a, r.AskedBy, "opinions_reported", "Đã đủ ý kiến về dự thảo "+p.title()+"; mời anh/chị tổng hợp và kết thúc.")
}

// MoveRound gives more time for opinions; the day first set is kept.
func MoveRound(a *journal.Act, id int64, due civil.Date) error {
	p, r, d, err := openRound(a, id)
	if err != nil {
		return err
	}
	if err := org.May(a, org.HandleDraft, org.Target{Person: r.AskedBy}); err != nil {
		return err
	}
	if err := opinionDue(d, due, a.Day()); err != nil {
		return err
	}
	if !due.After(r.DueOn) {
		return fault.Invalid("due_on", "Hạn mới phải sau hạn cũ ("+r.DueOn.VN()+").")
	}
	if err := moveRound(a, r.ID, due, d.Calendar.EndOfDay(due)); err != nil {
		return err
	}
	p.note(a, OpinionMoved, stepData{})
	for _, o := range r.Opinions {
		if !o.At.IsZero() {
			continue
		}
		if err := p.tell(a, o.Person, "opinion_moved", "Hạn cho ý kiến về dự thảo "+p.title()+" được lùi đến "+due.VN()+"."); err != nil {
			return err
		}
	}
	return nil
}

// CloseRound closes the round with a summary of what was said; the draft goes on where
// it was interrupted.
func CloseRound(a *journal.Act, id int64, summary string) error {
	p, r, _, err := openRound(a, id)
	if err != nil {
		return err
	}
	if err := org.May(a, org.HandleDraft, org.Target{Person: r.AskedBy}); err != nil {
		return err
	}
	if summary, err = said("summary", summary, ""); err != nil {
		return err
	}
	if err := closeRound(a, r.ID, summary); err != nil {
		return err
	}
	p.State, p.StateBefore = p.StateBefore, ""
	if err := setState(a, p); err != nil {
		return err
	}
	p.note(a, OpinionClosed, stepData{})
	return p.tell(a, p.Drafter, OpinionClosed, "Đã kết thúc lấy ý kiến về dự thảo "+p.title()+".")
}
