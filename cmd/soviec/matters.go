// SPDX-License-Identifier: Apache-2.0

package main

import (
	"slices"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/archive"
	"soviec/office/document"
	"soviec/office/draft"
	"soviec/office/org"
	"soviec/office/outgoing"
	"soviec/office/remark"
	"soviec/office/task"
)

// matters ties what can be spoken about and linked to the rooms that keep it.
func matters() {
	task.Linkable(document.RefIncoming, func(a *journal.Act, id int64) error {
		x, err := org.RightsIn(a)
		if err != nil {
			return err
		}
		_, err = document.Get(a, a.By.Agency, document.ReachOf(x), id)
		return err
	})
	task.Linkable(archive.Ref, func(a *journal.Act, id int64) error {
		x, err := org.RightsIn(a)
		if err != nil {
			return err
		}
		_, err = archive.Get(a, a.By.Agency, archive.ReachOf(x), id)
		return err
	})
	task.Linkable(outgoing.RefOutgoing, func(a *journal.Act, id int64) error {
		x, err := org.RightsIn(a)
		if err != nil {
			return err
		}
		_, err = outgoing.Get(a, a.By.Agency, outgoing.ReachOf(x), id)
		return err
	})
	draftMatters()
	remark.On("task", remark.Matter{About: aboutTask})
	remark.On(document.RefIncoming, remark.Matter{About: aboutIncoming})
	remark.On(outgoing.RefOutgoing, remark.Matter{About: aboutOutgoing})
}

func aboutTask(r store.Reader, agency, id int64) (remark.Topic, error) {
	w, err := task.Get(r, agency, id)
	if err != nil {
		return remark.Topic{}, err
	}
	t := remark.Topic{
		Title: w.Title, Link: w.Link(), People: []int64{w.Giver},
		MayRead: func(x org.Rights) bool {
			may, err := task.Reads(r, x, agency, w)
			return may && err == nil
		},
		MayConclude: func(x org.Rights) bool { return x.Person == w.Giver || x.Is(org.Head) },
	}
	for _, s := range w.Shares {
		if (s.State.Open() || s.State == task.StateDone) && !slices.Contains(t.People, s.Holder) {
			t.People = append(t.People, s.Holder)
		}
	}
	if w.State == task.WorkDropped {
		t.Closed = "Việc đã hủy hoặc đã chuyển lại; không trao đổi thêm được."
	}
	return t, nil
}

func aboutIncoming(r store.Reader, agency, id int64) (remark.Topic, error) {
	d, err := document.Get(r, agency, document.Reach{All: true}, id)
	if err != nil {
		return remark.Topic{}, err
	}
	return remark.Topic{
		Title: d.Title(), Link: d.Address(),
		MayRead: func(x org.Rights) bool {
			_, err := document.Get(r, agency, document.ReachOf(x), id)
			return err == nil
		},
		MayConclude: func(x org.Rights) bool { return x.Leader() },
	}, nil
}

func aboutOutgoing(r store.Reader, agency, id int64) (remark.Topic, error) {
	d, err := outgoing.Get(r, agency, outgoing.Reach{All: true}, id)
	if err != nil {
		return remark.Topic{}, err
	}
	return remark.Topic{
		Title: d.Title(), Link: d.Address(), People: []int64{d.Drafter},
		MayRead: func(x org.Rights) bool {
			_, err := outgoing.Get(r, agency, outgoing.ReachOf(x), id)
			return err == nil
		},
		MayConclude: func(x org.Rights) bool { return x.Leader() },
	}, nil
}

// held reports whether a document, a task, a remark, a paper of a dossier or a draft still holds the bytes under a key.
func held(r store.Reader, sha string) (bool, error) {
	for _, room := range []func(store.Reader, string) (bool, error){document.Held, outgoing.Held, task.Held, remark.Held, archive.Held, draft.Held} {
		if is, err := room(r, sha); is || err != nil {
			return is, fault.Internal(err)
		}
	}
	return false, nil
}
