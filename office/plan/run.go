// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/job"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/task"
)

// JobBegin is the job that gives the steps whose turn has come.
const JobBegin = "plan.begin"

// The states of a step of a run.
const (
	Waiting = "waiting" // chờ việc trước
	Ready   = "ready"   // đến lượt
	// GivenNow = "given"
	// Stopped  = "stopped"
	Dropped = "dropped" // đã bỏ, vì việc trước bị hủy hoặc chuyển lại
)

// A Run is a template that was begun.
type Run struct {
	ID       int64
	Template int64
	Owner    int64
	Fields   map[string]string
	Leads    map[int]task.Assignee
	BegunAt  time.Time
	Steps    []RunStep
}

// A RunStep is how far one step has come.
type RunStep struct {
	ID     int64
	Run    int64
	Place  int
	State  string
	Work   int64
	Ready  civil.Date // the day on which its turn came
	Reason string
}

// Words is its state as the screen says it.
func (s RunStep) Words() string {
	return map[string]string{Waiting: "Chờ việc trước", Ready: "Đến lượt", GivenNow: "Đã giao", Stopped: "Chưa giao được", Dropped: "Đã bỏ"}[s.State]
}

type stepData struct {
	Step  int64  `json:"s"`
	State string `json:"st"`
	Work  int64  `json:"w,omitempty"`
}

type runData struct {
	Template int64      `json:"t"`
	Steps    []stepData `json:"steps"`
}

// runWords is what a run keeps beside its columns.
type runWords struct {
	Fields map[string]string     `json:"fields,omitempty"`
	Leads  map[int]task.Assignee `json:"leads,omitempty"`
}

func (s RunStep) note(a *journal.Act, kind string) {
	a.Note(journal.Entry{Kind: kind, Subject: journal.Ref(RefRun, s.Run), Data: runData{Steps: []stepData{{s.ID, s.State, s.Work}}}})
}

// BeginTemplate gives the first steps of a template now and lets the others wait for theirs.
func BeginTemplate(a *journal.Act, s Start) (Run, error) {
	t, err := TemplateOf(a, a.By.Agency, s.Template)
	if err != nil {
		return Run{}, err
	}
	x, err := org.RightsIn(a)
	if err != nil {
		return Run{}, err
	}
	if t.Unit != 0 || x.Leader() {
		err = may(a, t.Unit)
	} else if len(x.Heads) == 0 {
		err = may(a, 0)
	} else { // a head may use the agency's templates inside his unit
		err = may(a, x.Heads[0])
	}
	if err != nil {
		return Run{}, err
	}
	if t.Ended {
		return Run{}, fault.Gone("Mẫu này đã có bản mới hoặc đã thôi dùng.")
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return Run{}, fault.Internal(err)
	}
	run := Run{ID: a.NewID(), Template: t.ID, Owner: me(a), Fields: map[string]string{}, Leads: map[int]task.Assignee{}, BegunAt: a.At}
	var errs []error
	for i, name := range t.Fields() {
		v := strings.TrimSpace(s.Fields[name])
		if v == "" || len([]rune(v)) > 200 {
			errs = append(errs, fault.Invalid(fmt.Sprintf("field-%d", i+1), "Hãy điền “"+name+"”, nhiều nhất 200 ký tự."))
		}
		run.Fields[name] = v
	}
	for _, st := range t.Steps {
		if l, ok := s.Leads[st.Place]; ok && l != (task.Assignee{}) && l != st.Lead {
			run.Leads[st.Place] = l
		}
	}
	if err := fault.Join(errs...); err != nil {
		return run, err
	}
	data := runData{Template: t.ID}
	for _, st := range t.Steps {
		rs := RunStep{ID: a.NewID(), Run: run.ID, Place: st.Place, State: Waiting}
		o, err := run.order(a, st, dir, a.Day())
		if err != nil {
			return run, err
		}
		if err := inside(dir, x, a.Day(), o); err != nil {
			return run, onStep(st.Place, err)
		}
		if st.After == 0 {
			o.Giver = 0
			w, err := task.Give(a, o)
			if err != nil {
				return run, onStep(st.Place, err)
			}
			rs.State, rs.Work, rs.Ready = GivenNow, w.ID, a.Day()
		} else if _, err := task.Preview(dir, a.At, run.Owner, o); err != nil {
			return run, onStep(st.Place, err)
		}
		run.Steps = append(run.Steps, rs)
		data.Steps = append(data.Steps, stepData{rs.ID, rs.State, rs.Work})
	}
	if err := insertRun(a, run); err != nil {
		return run, fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: RunBegun, Subject: journal.Ref(RefRun, run.ID), Amount: int64(len(run.Steps)), Data: data})
	return run, nil
}

// onStep moves errors to the fields of a step.
func onStep(place int, err error) error {
	var errs []error
	for _, e := range fault.All(err) {
		if fault.KindOf(e) != fault.KindInvalid {
			return err
		}
		errs = append(errs, fault.Invalid(fmt.Sprintf("lead-%d", place), fmt.Sprintf("Việc %d: %s", place, e.Text)))
	}
	return fault.Join(errs...)
}

// order is the work of a step that begins on a day.
func (run Run) order(a *journal.Act, s Step, d *org.Directory, day civil.Date) (task.Order, error) {
	product, err := productFor(a, a.Day(), s.Product)
	if err != nil {
		return task.Order{}, err
	}
	if l, ok := run.Leads[s.Place]; ok {
		s.Lead = l
	}
	o := s.Piece.order(run.Fields, product)
	o.Giver, o.Source, o.Due = run.Owner, journal.Ref(RefRun, run.ID), s.due(d.Calendar, day)
	return o, nil
}

// Effects are what happens to a chain when one of its works changes: when it is done the
// next steps come to their turn, when it is dropped those behind it are dropped too.
func Effects() task.Effects {
	return task.Effects{Done: advance, Returned: cut, Dropped: cut}
}

// advance brings the steps behind a finished work to their turn. They are given by a job of
// the same transaction: the one who confirms the result need not be one who may give them.
func advance(a *journal.Act, w task.Work) error {
	run, t, at, err := ofWork(a, w)
	if err != nil || at == 0 {
		return err
	}
	ready := false
	for _, st := range t.Steps {
		for _, s := range run.Steps {
			if st.After != at || s.Place != st.Place || s.State != Waiting {
				continue
			}
			s.State, s.Ready = Ready, a.Day()
			if err := updateRunStep(a, s); err != nil {
				return fault.Internal(err)
			}
			s.note(a, StepReady)
			ready = true
		}
	}
	if !ready {
		return nil
	}
	return fault.Internal(job.Enqueue(a, a.By.Agency, JobBegin, fmt.Sprintf("%d-%d", run.ID, at), run.ID, a.At))
}

// cut drops the steps that waited for a work that will not be done.
func cut(a *journal.Act, w task.Work) error {
	run, t, at, err := ofWork(a, w)
	if err != nil || at == 0 {
		return err
	}
	gone := map[int]bool{at: true}
	for _, st := range t.Steps {
		if !gone[st.After] {
			continue
		}
		gone[st.Place] = true
		for _, s := range run.Steps {
			if s.Place != st.Place || s.State != Waiting && s.State != Ready && s.State != Stopped {
				continue
			}
			s.State, s.Reason = Dropped, fmt.Sprintf("Việc %d không được thực hiện.", at)
			if err := updateRunStep(a, s); err != nil {
				return fault.Internal(err)
			}
			s.note(a, StepDropped)
		}
	}
	return nil
}

// ofWork finds the run and the place of a work; 0 for a work of another source.
func ofWork(a *journal.Act, w task.Work) (Run, Template, int, error) {
	kind, id, ok := journal.ParseRef(w.Source)
	if !ok || kind != RefRun {
		return Run{}, Template{}, 0, nil
	}
	run, err := readRun(a, a.By.Agency, id, a.Lock())
	if errors.Is(err, store.ErrNone) {
		return run, Template{}, 0, nil
	}
	if err != nil {
		return run, Template{}, 0, fault.Internal(err)
	}
	t, err := TemplateOf(a, a.By.Agency, run.Template)
	if err != nil {
		return run, t, 0, err
	}
	for _, s := range run.Steps {
		if s.Work == w.ID {
			return run, t, s.Place, nil
		}
	}
	return run, t, 0, nil
}

// Begin gives the steps of an agency's chains whose turn has come, each once, and tries
// again those that could not be given.
func Begin(ctx context.Context, b *journal.Book, agency int64) (int, error) {
	runs, err := runsToGive(b.DB.Read(ctx), agency)
	if err != nil {
		return 0, err
	}
	by := journal.Holder{Agency: agency, System: true, Name: org.SystemName}
	given := 0
	for _, id := range runs {
		n := 0
		err := b.Do(ctx, by, func(a *journal.Act) (err error) {
			n, err = giveSteps(a, id)
			return err
		})
		if err != nil {
			return given, err
		}
		given += n
	}
	return given, nil
}

func giveSteps(a *journal.Act, id int64) (int, error) {
	if err := org.May(a, org.RunSystem, org.Target{}); err != nil {
		return 0, err
	}
	run, err := readRun(a, a.By.Agency, id, a.Lock())
	if err != nil {
		return 0, fault.Internal(err)
	}
	t, err := TemplateOf(a, a.By.Agency, run.Template)
	if err != nil {
		return 0, err
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return 0, fault.Internal(err)
	}
	given := 0
	for _, s := range run.Steps {
		if s.State != Ready && s.State != Stopped {
			continue
		}
		o, refused := run.order(a, t.Steps[s.Place-1], dir, a.Day())
		if refused == nil {
			_, refused = task.Preview(dir, a.At, run.Owner, o)
		}
		if refused == nil && !task.MayGive(dir, dir.Rights(run.Owner, a.Day()), a.Day(), o) {
			refused = fault.Invalid("giver", "Người đặt việc này nay không còn quyền giao.")
		}
		if fault.KindOf(refused) == fault.KindInternal && refused != nil {
			return given, refused
		}
		if refused != nil {
			if s.State == Stopped && s.Reason == fault.Text(refused) {
				continue // it was told already
			}
			s.State, s.Reason = Stopped, fault.Text(refused)
			if err := updateRunStep(a, s); err != nil {
				return given, fault.Internal(err)
			}
			s.note(a, StepStopped)
			if err := tell(a, dir, run.Owner, t.Unit, notice.Item{Matter: journal.Ref(RefRun, run.ID), Kind: StepStopped, Link: t.Address(),
				Text: fmt.Sprintf("Mẫu “%s”: chưa giao được việc %d. %s", t.Name, s.Place, s.Reason)}); err != nil {
				return given, err
			}
			continue
		}
		w, err := task.Give(a, o)
		if err != nil {
			return given, err
		}
		s.State, s.Work, s.Reason = GivenNow, w.ID, ""
		if err := updateRunStep(a, s); err != nil {
			return given, fault.Internal(err)
		}
		s.note(a, StepGiven)
		given++
	}
	return given, nil
}

// GiveStep gives a step that could not be given to somebody else; its owner or whoever may
// plan for the unit decides.
func GiveStep(a *journal.Act, id int64, place int, lead task.Assignee) error {
	run, err := readRun(a, a.By.Agency, id, a.Lock())
	if errors.Is(err, store.ErrNone) {
		return errNoTemplate
	}
	if err != nil {
		return fault.Internal(err)
	}
	t, err := TemplateOf(a, a.By.Agency, run.Template)
	if err != nil {
		return err
	}
	if err := may(a, t.Unit); err != nil {
		return err
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return fault.Internal(err)
	}
	for _, s := range run.Steps {
		if s.Place != place {
			continue
		}
		if s.State != Stopped {
			return fault.Conflict("", "Việc này không còn chờ xử lý.")
		}
		run.Leads[place] = lead
		o, err := run.order(a, t.Steps[place-1], dir, a.Day())
		if err != nil {
			return err
		}
		o.Giver = 0
		w, err := task.Give(a, o)
		if err != nil {
			return err
		}
		s.State, s.Work, s.Reason = GivenNow, w.ID, ""
		if err := updateRunStep(a, s); err != nil {
			return fault.Internal(err)
		}
		s.note(a, StepGiven)
		return nil
	}
	return errNoTemplate
}

// RunsOf are the latest runs of a template.
func RunsOf(r store.Reader, agency, template int64, limit int) ([]Run, error) {
	out, err := runsOf(r, agency, template, min(max(limit, 1), 100))
	return out, fault.Internal(err)
}

func (w runWords) text() string {
	b, _ := json.Marshal(w)
	return string(b)
}
