// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"context"
	"errors"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/office/task"
)

// share is the lead share of a work as it stands now.
func (pl *player) share(ctx context.Context, work int64) (task.Work, *task.Share, error) {
	w, err := task.Get(pl.db.Read(ctx), pl.agency, work)
	if err != nil {
		return w, nil, err
	}
	s := w.Lead()
	if s == nil {
		return w, nil, errors.New("the work has no lead")
	}
	return w, s, nil
}

// onShare runs an act on the lead share of a work.
func (pl *player) onShare(ctx context.Context, who string, work int64, f func(a *journal.Act, s task.Share) error) error {
	_, s, err := pl.share(ctx, work)
	if err != nil {
		return err
	}
	return pl.as(ctx, who, func(a *journal.Act) error { return f(a, *s) })
}

// assign has the head of the unit give the work to a person of it; to himself needs nothing.
func (pl *player) assign(ctx context.Context, p *played, by, person string, due civil.Date, text string) error {
	_, s, err := pl.share(ctx, p.work)
	if err != nil {
		return err
	}
	if by == "" {
		if by, err = pl.headOf(ctx, s.Unit); err != nil {
			return err
		}
	}
	if pl.people[person] == s.Holder {
		return nil
	}
	return pl.as(ctx, by, func(a *journal.Act) error {
		_, err := task.AssignInside(a, s.ID, pl.people[person], nil, due, text)
		return err
	})
}

// by is the person who does a step: the one named, or whoever holds the share.
func (pl *player) by(named string, s task.Share) string {
	if named != "" {
		return named
	}
	for key, id := range pl.people {
		if id == s.Holder {
			return key
		}
	}
	return ""
}

func (pl *player) askMore(ctx context.Context, p *played, due civil.Date, reason string) error {
	_, s, err := pl.share(ctx, p.work)
	if err != nil {
		return err
	}
	return pl.as(ctx, pl.by("", *s), func(a *journal.Act) error {
		id, err := task.AskExtension(a, s.ID, due, reason)
		p.askings = append(p.askings, id)
		return err
	})
}

// allow grants all that was asked: a head's word first where the day inside the unit is asked.
func (pl *player) allow(ctx context.Context, p *played, by string, due civil.Date) error {
	all, err := task.Requests(pl.db.Read(ctx), pl.agency, p.work)
	if err != nil {
		return err
	}
	for _, q := range all {
		if q.State != "open" || q.Kind != "extend" {
			continue
		}
		who := by
		for key, id := range pl.people {
			if by == "" && id == q.Decider {
				who = key
			}
		}
		err := pl.as(ctx, who, func(a *journal.Act) error { return task.DecideExtension(a, q.ID, true, due, "Đồng ý.") })
		if err != nil {
			return err
		}
	}
	return nil
}

func (pl *player) report(ctx context.Context, p *played, by, text, reply string) error {
	_, s, err := pl.share(ctx, p.work)
	if err != nil {
		return err
	}
	who := pl.by(by, *s)
	if !s.State.Open() || s.State == task.StateReported { // the answer that was issued ended it
		return nil
	}
	if s.State == task.StateGiven {
		if err := pl.as(ctx, who, func(a *journal.Act) error { return task.Start(a, s.ID) }); err != nil {
			return err
		}
	}
	return pl.as(ctx, who, func(a *journal.Act) error {
		return task.Report(a, s.ID, cmp.Or(text, "Đã xử lý xong."), reply)
	})
}

func (pl *player) confirm(ctx context.Context, p *played, by string) error {
	w, s, err := pl.share(ctx, p.work)
	if err != nil {
		return err
	}
	if s.State != task.StateReported {
		return nil
	}
	if by == "" {
		for key, id := range pl.people {
			if id == w.Giver {
				by = key
			}
		}
	}
	return pl.as(ctx, by, func(a *journal.Act) error { return task.Confirm(a, s.ID, "") })
}
