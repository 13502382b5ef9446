// SPDX-License-Identifier: Apache-2.0

package task_test

import (
	"errors"
	"slices"
	"testing"

	"soviec/kit/journal"
	"soviec/kit/store/storetest"
	"soviec/office/task"
)

// Where a work comes from hears of every change in the same act, and may refuse it.
func TestEffectsFollowTheLead(t *testing.T) {
	d := newDesk(t, storetest.Open(t), "2026-11-16 08:00")
	var heard []string
	hear := func(what string) func(*journal.Act, task.Work) error {
		return func(_ *journal.Act, w task.Work) error {
			if w.Source != "trial/9" || len(w.Shares) == 0 {
				d.Errorf("%s: %+v", what, w)
			}
			heard = append(heard, what)
			return nil
		}
	}
	task.OnChange("trial", task.Effects{Given: hear("given"), Started: hear("started"), Reported: hear("reported"), SentBack: hear("sent back"),
		Done: hear("done"), Reopened: hear("reopened"), Returned: hear("returned"), Dropped: hear("dropped")})
	give := func() (w task.Work) {
		d.do("thang", func(a *journal.Act) (err error) {
			w, err = task.Give(a, task.Order{Title: "Việc", Source: "trial/9", Lead: task.Assignee{Unit: d.unit("CS")}, Coop: []task.Assignee{{Unit: d.unit("NV")}}})
			return err
		})
		return w
	}
	w := give()
	lead, coop := d.lead(w).ID, d.get(w).Shares[1].ID
	d.do("khoi", func(a *journal.Act) error { return task.Start(a, coop) }) // the lead's steps alone are told
	d.do("khoi", func(a *journal.Act) error { return task.Report(a, coop, "Xong.", "") })
	d.do("lam", func(a *journal.Act) error { return task.Report(a, lead, "Xong.", "") })
	d.do("thang", func(a *journal.Act) error { return task.SendBack(a, lead, "Thiếu.", 0) })
	d.do("lam", func(a *journal.Act) error { return task.Report(a, lead, "Xong.", "") })
	d.do("thang", func(a *journal.Act) error { return task.Confirm(a, lead, "") })
	d.do("thang", func(a *journal.Act) error { return task.Reopen(a, w.ID, "Thêm.", 0) })
	d.do("thang", func(a *journal.Act) error { return task.Cancel(a, w.ID, "Thôi.") })
	w = give()
	var q int64
	d.do("lam", func(a *journal.Act) (err error) { q, err = task.AskReturn(a, d.lead(w).ID, "Nhầm."); return err })
	d.do("thang", func(a *journal.Act) error { return task.DecideReturn(a, q, true, "") })
	want := []string{"given", "started", "reported", "sent back", "reported", "done", "reopened", "dropped", "given", "returned"}
	if !slices.Equal(heard, want) {
		d.Errorf("heard %q\nwant  %q", heard, want)
	}

	no := errors.New("no")
	task.OnChange("stubborn", task.Effects{Given: func(*journal.Act, task.Work) error { return no }})
	if err := d.try("thang", func(a *journal.Act) error {
		_, err := task.Give(a, task.Order{Title: "Việc", Source: "stubborn/1", Lead: task.Assignee{Unit: d.unit("CS")}})
		return err
	}); !errors.Is(err, no) {
		d.Errorf("the source's refusal is lost: %v", err)
	}
	if all, err := task.OfSource(d.read(), d.agency, "stubborn/1"); err != nil || len(all) != 0 {
		d.Errorf("the work was given all the same: %+v %v", all, err)
	}
}
