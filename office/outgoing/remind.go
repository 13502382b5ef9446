// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"context"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/office/notice"
	"soviec/office/org"
)

// Remind tells the clerks what must leave today or should have left (documents.md §6.2). A
// clerk is told of one matter once a day, however often this runs.
func Remind(ctx context.Context, b *journal.Book, agency int64) error {
	dir, err := org.DirectoryOf(b, b.DB.Read(ctx), agency)
	if err != nil {
		return err
	}
	now := b.Clock()
	all, err := Queue(b.DB.Read(ctx), dir, now, 500)
	if err != nil {
		return err
	}
	today := civil.Of(now)
	var due []Waiting
	for _, w := range all {
		if w.Step() != "recall" && !civil.Of(w.Limit).After(today) {
			due = append(due, w)
		}
	}
	late, err := LateUses(b.DB.Read(ctx), agency, today, 500)
	if err != nil {
		return err
	}
	if len(due) == 0 && len(late) == 0 {
		return nil
	}
	return b.Do(ctx, journal.Holder{Agency: agency, System: true, Name: org.SystemName}, func(a *journal.Act) error {
		if err := org.May(a, org.RunSystem, org.Target{}); err != nil {
			return err
		}
		told, err := remindLoans(a, dir, late)
		if err != nil {
			return err
		}
		for _, w := range due {
			ref, link, name := journal.Ref("draft", w.Draft), "/van-ban-di/cho", "“"+w.Subject+"” đã ký, chưa cấp số"
			if w.Draft == 0 {
				ref, link, name = w.Document.Ref(), w.Document.Address(), w.Document.Label+" chưa phát hành"
			}
			text := "Hạn phát hành " + civil.TimeVN(w.Limit) + ": " + name + "."
			if a.At.After(w.Limit) {
				text = "Quá hạn phát hành từ " + civil.TimeVN(w.Limit) + ": " + name + "."
			}
			for _, p := range dir.With(a.Day(), org.Clerk, org.DeputyClerk) {
				fresh, err := notice.Tell(a, notice.Item{Person: p.ID, Matter: ref, Kind: Reminded, Text: text, Link: link, Urgent: w.Urgency > 0})
				if err != nil {
					return err
				}
				if fresh {
					told++
				}
			}
		}
		if told > 0 {
			a.Note(journal.Entry{Kind: Reminded, Subject: journal.Ref("agency", agency), Amount: int64(told)})
		}
		return nil
	})
}
