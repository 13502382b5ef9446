// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/task"
	"soviec/seed"
)

// stories adds the scenes of the weeks before today: each story's steps, each by its person.
func (pl *player) stories(today civil.Date) {
	all := seed.Current(today)
	wrong := spoils(all)
	for _, s := range all {
		p := &played{}
		pl.open[s.Key] = p
		for _, step := range s.Steps {
			pl.add(step.At, s.Key+" "+string(step.Do), func(ctx context.Context) error { return pl.step(ctx, p, s, step, wrong[s.Key]) })
		}
	}
	for _, x := range seed.Absences(today) {
		pl.add(x.DeclaredAt, "vắng mặt", func(ctx context.Context) error {
			defer func() { pl.known = nil }()
			return pl.as(ctx, x.Person, func(a *journal.Act) error {
				_, err := org.DeclareAbsence(a, org.NewAbsence{Person: pl.people[x.Person], StandIn: pl.people[x.StandIn], From: x.From, To: x.To, Reason: x.Reason})
				return err
			})
		})
	}
	year, first := seed.FirstNumber(today)
	pl.add(civil.At(civil.New(year, 1, 1), 0, 0), "số đầu năm", func(ctx context.Context) error {
		books, err := document.Books(pl.db.Read(ctx), pl.agency)
		if err != nil || first <= 1 || len(books) == 0 {
			return err
		}
		return pl.as(ctx, "minh", func(a *journal.Act) error { return document.BeginAt(a, books[0].ID, year, int64(first)) })
	})
}

func (pl *player) step(ctx context.Context, p *played, s seed.Story, st seed.Step, how spoil) (err error) {
	switch st.Do {
	case seed.Registered:
		p.doc, err = pl.register(ctx, st.By, s.Doc, s.File || how == altered, how)
	case seed.VoidAsked:
		err = pl.as(ctx, st.By, func(a *journal.Act) error { return document.AskVoid(a, p.doc.ID, st.Text) })
	case seed.Submitted:
		err = pl.as(ctx, st.By, func(a *journal.Act) error { return document.Submit(a, p.doc.ID, pl.people[st.Person], st.Text, "") })
	case seed.Directed:
		err = pl.direct(ctx, p, st.By, pl.order(st.Unit, st.Coop, st.Info, st.Due, st.Text))
	case seed.Given:
		err = pl.give(ctx, p, s, st)
	case seed.Redirected:
		err = pl.as(ctx, st.By, func(a *journal.Act) error {
			_, err := task.ChangeLead(a, p.work, task.Assignee{Unit: pl.current(st.Unit), Due: st.Due}, st.Text)
			return err
		})
	case seed.Accepted:
		err = pl.accept(ctx, p, st)
	case seed.Assigned:
		err = pl.assign(ctx, p, st.By, st.Person, st.Due, st.Text)
	case seed.Returned:
		err = pl.onShare(ctx, st.By, p.work, func(a *journal.Act, sh task.Share) error {
			_, err := task.AskReturn(a, sh.ID, st.Text)
			return err
		})
		if err == nil {
			err = pl.grantReturn(ctx, p)
		}
	case seed.Progressed:
		err = pl.onShare(ctx, st.By, p.work, func(a *journal.Act, sh task.Share) error { return task.Progress(a, sh.ID, st.Text) })
	case seed.ExtensionAsked:
		err = pl.askMore(ctx, p, st.Due, st.Text)
	case seed.ExtensionAllowed:
		err = pl.allow(ctx, p, st.By, st.Due)
	case seed.Reminded:
		err = pl.onShare(ctx, st.By, p.work, func(a *journal.Act, sh task.Share) error {
			_, err := task.Urge(a, []int64{sh.ID}, task.Remind, st.Text)
			return err
		})
	case seed.Reported:
		err = pl.report(ctx, p, st.By, st.Text, "")
	case seed.Confirmed:
		err = pl.confirm(ctx, p, st.By)
	default:
		err = fmt.Errorf("no such step %q", st.Do)
	}
	return err
}

func (pl *player) give(ctx context.Context, p *played, s seed.Story, st seed.Step) error {
	lead := task.Assignee{Unit: pl.current(st.Unit), Person: pl.people[st.Person]}
	return pl.as(ctx, st.By, func(a *journal.Act) error {
		w, err := task.Give(a, task.Order{Title: s.Title, Field: pl.fields[s.Field], Text: st.Text, Lead: lead, Due: task.Due{On: st.Due}})
		p.work = w.ID
		return err
	})
}

// accept is the holder's beginning; a head who will pass the work on only opens it.
func (pl *player) accept(ctx context.Context, p *played, st seed.Step) error {
	return pl.onShare(ctx, st.By, p.work, func(a *journal.Act, sh task.Share) error {
		if sh.Person == 0 || sh.State != task.StateGiven {
			return task.See(a, sh.ID)
		}
		return task.Start(a, sh.ID)
	})
}

// grantReturn has the giver take a work back half an hour later.
func (pl *player) grantReturn(ctx context.Context, p *played) error {
	all, err := task.Requests(pl.db.Read(ctx), pl.agency, p.work)
	if err != nil {
		return err
	}
	for _, q := range all {
		if q.State != "open" || q.Kind != "return" {
			continue
		}
		for key, id := range pl.people {
			if id == q.Decider {
				return pl.as(ctx, key, func(a *journal.Act) error { return task.DecideReturn(a, q.ID, true, "Đồng ý, để giao lại.") })
			}
		}
	}
	return nil
}
