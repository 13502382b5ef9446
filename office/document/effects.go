// SPDX-License-Identifier: Apache-2.0

package document

import (
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/task"
)

// Effects are what happens to a document when something happens to its work. They
// run in the task's own act; whoever wires the program registers them with task.
func Effects() task.Effects {
	return task.Effects{
		Given:    given,
		Started:  moved(Started, StateInProgress, StateDistributed),
		Reported: moved(Reported, StateAwaiting, StateDistributed, StateInProgress),
		SentBack: moved(Started, StateInProgress, StateAwaiting),
		Done:     completed,
		Reopened: reopened,
		Returned: returned,
		Dropped:  returned,
	}
}

// given lets all who carry a share read the document.
func given(a *journal.Act, w task.Work) error {
	d, err := ofWork(a, w)
	if err != nil {
		return err
	}
	var who []task.Assignee
	for _, s := range w.Shares {
		if s.State == task.StateReturned || s.State == task.StateDropped {
			continue
		}
		who = append(who, task.Assignee{Unit: s.Unit, Person: s.Person})
		if s.Holder != s.Person {
			who = append(who, task.Assignee{Person: s.Holder})
		}
	}
	return admit(a, d, who...)
}

// moved carries a document from one of some states to another; from any other it
// stays where it is (a recall that was asked for is not undone by work on it).
func moved(kind string, to State, from ...State) func(*journal.Act, task.Work) error {
	return func(a *journal.Act, w task.Work) error {
		d, err := ofWork(a, w)
		if err != nil {
			return err
		}
		for _, f := range from {
			if d.State == f {
				a.Note(journal.Entry{Kind: kind, Subject: d.Ref(), Data: toData{Work: w.ID}})
				return setState(a, d, to)
			}
		}
		return nil
	}
}

func completed(a *journal.Act, w task.Work) error {
	d, err := ofWork(a, w)
	if err != nil || d.State.Closed() || d.State == StateRecallAsked {
		return err
	}
	day := a.Day()
	if !w.DoneAt.IsZero() {
		day = civil.Of(w.DoneAt) // what was reported in time is done in time, however late it is confirmed
	}
	answer := ""
	if lead := w.Lead(); lead != nil {
		answer = lead.Answer
	}
	if err := setCompleted(a, d, day, answer); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: Completed, Subject: d.Ref(), Data: toData{Work: w.ID, Done: day}})
	return nil
}

func reopened(a *journal.Act, w task.Work) error {
	d, err := ofWork(a, w)
	if err != nil || d.State != StateCompleted && d.State != StateFiled {
		return err
	}
	a.Note(journal.Entry{Kind: Reopened, Subject: d.Ref(), Data: toData{Work: w.ID}})
	return setReopened(a, d)
}

// returned puts a document back before the leader who gave it (đề nghị chuyển lại
// được đồng ý, hoặc việc đã giao bị hủy): it never lies with nobody.
func returned(a *journal.Act, w task.Work) error {
	d, err := ofWork(a, w)
	if err != nil || d.State.Closed() || d.State == StateRecallAsked || d.Work != w.ID {
		return err
	}
	leader := w.Giver
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return err
	}
	if !dir.Rights(leader, a.Day()).Leader() { // no longer in office
		leader = inChargeOf(dir, d.Field, a.Day())
	}
	if err := insertPass(a, d.ID, leader, "", ""); err != nil {
		return err
	}
	if err := setBefore(a, d, leader); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: Returned, Subject: d.Ref(), Data: toData{To: leader, Work: w.ID}})
	if err := tell(a, notice.Item{Person: leader, Matter: d.Ref(), Kind: Returned,
		Text: "Văn bản " + d.Title() + " được trả lại, chờ anh/chị cho ý kiến lại.", Link: d.Address()}); err != nil {
		return err
	}
	return tellClerks(a, d.Ref(), Returned, "Văn bản "+d.Title()+" được trả lại lãnh đạo.", d.Address())
}

// catchUp carries a document to where its work has come. It is needed after a recall
// that was refused, while which the work went on and the document stood still.
func catchUp(a *journal.Act, doc int64) error {
	d, err := get(a, a.By.Agency, doc)
	if err != nil || d.Work == 0 {
		return err
	}
	w, err := task.Get(a, a.By.Agency, d.Work)
	if err != nil {
		return err
	}
	lead := w.Lead()
	switch {
	case w.State == task.WorkDone:
		return completed(a, w)
	case w.State != task.WorkOpen || lead == nil:
		return returned(a, w)
	case d.State.Closed():
		return reopened(a, w)
	case lead.State == task.StateReported:
		return moved(Reported, StateAwaiting, StateDistributed, StateInProgress)(a, w)
	case lead.State == task.StateStarted:
		return moved(Started, StateInProgress, StateDistributed, StateAwaiting)(a, w)
	}
	return nil
}

func ofWork(a *journal.Act, w task.Work) (Incoming, error) {
	kind, id, ok := journal.ParseRef(w.Source)
	if !ok || kind != RefIncoming {
		return Incoming{}, fault.NotFound("Việc này không gắn với văn bản đến.")
	}
	return get(a, a.By.Agency, id)
}
