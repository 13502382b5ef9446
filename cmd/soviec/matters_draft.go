// SPDX-License-Identifier: Apache-2.0

package main

import (
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/draft"
	"soviec/office/org"
	"soviec/office/remark"
	"soviec/office/task"
)

// draftMatters lets work be linked to drafts, and drafts be spoken about.
func draftMatters() {
	task.Linkable(draft.RefDraft, func(a *journal.Act, id int64) error {
		x, err := org.RightsIn(a)
		if err != nil {
			return err
		}
		_, err = draft.Read(a, a.By.Agency, draft.ReachOf(x), id)
		return err
	})
	remark.On(draft.RefDraft, remark.Matter{About: aboutDraft})
}

func aboutDraft(r store.Reader, agency, id int64) (remark.Topic, error) {
	p, err := draft.Get(r, agency, id)
	if err != nil {
		return remark.Topic{}, err
	}
	t := remark.Topic{
		Title: p.Subject, Link: p.Address(), People: []int64{p.Drafter},
		MayRead: func(x org.Rights) bool {
			_, err := draft.Read(r, agency, draft.ReachOf(x), id)
			return err == nil
		},
		MayConclude: func(x org.Rights) bool { return x.Person == p.Signer || x.Is(org.Head) },
	}
	if p.State == draft.StateDropped {
		t.Closed = "Dự thảo đã hủy; không trao đổi thêm được."
	}
	return t, nil
}
