// SPDX-License-Identifier: Apache-2.0

package document

import (
	"context"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/task"
)

// WaitsFor counts what waits for a person now: the works held and not reported, what
// others ask or report to him, the documents before him and, for who keeps the registers,
// those in the queue. It is all that a message to him says.
func WaitsFor(ctx context.Context, b *task.Board, d *org.Directory, person int64) (notice.Counts, error) {
	var c notice.Counts
	book := b.Book()
	r, now, agency := book.DB.Read(ctx), book.Clock(), d.Agency.ID
	today := civil.Of(now)
	picture, err := b.Of(ctx, agency)
	if err != nil {
		return c, err
	}
	mine := picture.View(d, now, task.Scope{Person: person}, task.Filter{})
	c.Tasks, c.Late = mine.Open-mine.Waiting, mine.Counts.Late
	asked, err := task.Askings(r, agency, person)
	if err != nil {
		return c, err
	}
	reported, err := task.Waiting(r, d, person, today)
	if err != nil {
		return c, err
	}
	c.Tasks += len(asked) + len(reported)
	rights := d.Rights(person, today)
	if rights.Leader() || rights.Is(org.OfficeChief) {
		n, err := WaitingFor(r, agency, person)
		if err != nil {
			return c, fault.Internal(err)
		}
		c.Documents += int(n)
	}
	if rights.May(org.RegisterIncoming, org.Target{}) {
		n, err := QueueLength(r, agency)
		if err != nil {
			return c, fault.Internal(err)
		}
		c.Documents += int(n)
	}
	c.Unread, err = notice.Unread(r, agency, person)
	return c, err
}
