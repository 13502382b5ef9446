// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"soviec/kit/blob"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/job"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/archive"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/outgoing"
	"soviec/office/plan"
	"soviec/office/series"
	"soviec/office/task"
)

// The kinds of the program's own jobs.
const (
	jobSweep = "task.sweep"   // the morning's reminders
	jobSeal  = "journal.seal" // the day's checkpoint
	jobKept  = "series.kept"  // numbers kept and not used are void
	jobIndex = "task.index"   // works of earlier versions go into search, once
	// certificates that end are told of; files without a conclusion are judged again
	jobEnding = "signature.ending"
	jobRetry  = "signature.retry"
)

// sweepFrom is when the morning's reminders may go out, in the agency's time.
const sweepFrom = 7 * time.Hour

// schedule enqueues what each day asks for, once a day by its key: it may run late,
// twice, or in two programs at once.
func (p *program) schedule(ctx context.Context) {
	agencies, err := org.Agencies(p.db.Read(ctx))
	if err != nil {
		if ctx.Err() == nil {
			slog.Error("schedule", "err", err)
		}
		return
	}
	now := p.clock()
	for _, a := range agencies {
		if known, err := job.Known(p.db.Read(ctx), a.ID, jobIndex, indexVersion); err != nil || known {
			continue
		}
		if err := p.db.Write(ctx, func(tx *store.Tx) error { return job.Enqueue(tx, a.ID, jobIndex, indexVersion, nil, now) }); err != nil && ctx.Err() == nil {
			slog.Error("schedule", "agency", a.ID, "err", err)
		}
		p.jobs.Wake()
	}
	if now.Sub(civil.At(civil.Of(now), 0, 0)) < sweepFrom {
		return
	}
	day := p.today().String()
	for _, a := range agencies {
		if done, err := job.Known(p.db.Read(ctx), a.ID, jobSweep, day); err == nil && done {
			continue
		}
		err := p.db.Write(ctx, func(tx *store.Tx) error {
			if err := job.Enqueue(tx, a.ID, jobSweep, day, nil, now); err != nil {
				return err
			}
			if err := job.Enqueue(tx, a.ID, jobDigest, day, nil, now); err != nil {
				return err
			}
			if err := job.Enqueue(tx, a.ID, plan.JobMorning, day, nil, now); err != nil {
				return err
			}
			for _, kind := range []string{jobKept, jobEnding, jobRetry} {
				if err := job.Enqueue(tx, a.ID, kind, day, nil, now); err != nil {
					return err
				}
			}
			return job.Enqueue(tx, a.ID, jobSeal, day, nil, now)
		})
		if err != nil && ctx.Err() == nil {
			slog.Error("schedule", "agency", a.ID, "err", err)
		}
	}
	p.jobs.Wake()
}

// indexVersion is raised when works have to be put into search anew.
const indexVersion = "1"

// indexWorks puts all works of an agency into search, page by page: it may be broken off
// and begun again.
func (p *program) indexWorks(ctx context.Context, it job.Item) error {
	d, err := p.directory(ctx, it.Agency)
	if err != nil {
		return err
	}
	for after := int64(0); ; {
		var last int64
		err := p.db.Write(ctx, func(tx *store.Tx) (err error) {
			last, err = task.IndexPage(tx, d, after)
			return err
		})
		if err != nil || last == 0 {
			return err
		}
		after = last
	}
}

func system(agency int64) journal.Holder {
	return journal.Holder{Agency: agency, System: true, Name: org.SystemName}
}

// give gives what the rules and the chains give. It gives for today, however late it runs:
// what nobody gave in time is told as missed.
func (p *program) give(ctx context.Context, it job.Item) error {
	_, err := plan.Morning(ctx, p.book, it.Agency, p.today())
	return err
}

// begin gives the steps of chains whose turn has come.
func (p *program) begin(ctx context.Context, it job.Item) error {
	_, err := plan.Begin(ctx, p.book, it.Agency)
	return err
}

// sweep sends the morning's reminders. The day is that of the job, however late it runs.
func (p *program) sweep(ctx context.Context, it job.Item) error {
	day, err := civil.Parse(it.Key)
	if err != nil {
		return err
	}
	if day != p.today() {
		return nil // a day that has passed is not reminded of any more; today has its own
	}
	return p.book.Do(ctx, system(it.Agency), func(a *journal.Act) error {
		if _, err := task.Sweep(a, day); err != nil {
			return err
		}
		_, err := archive.Sweep(a)
		return err
	})
}

// expire voids the numbers that were kept and not used in time, and tells the clerks what
// must leave today.
func (p *program) expire(ctx context.Context, it job.Item) error {
	if err := series.Expire(ctx, p.book, it.Agency); err != nil {
		return err
	}
	return outgoing.Remind(ctx, p.book, it.Agency)
}

// seal keeps the day's checkpoint, to which verifying holds the book from then on.
func (p *program) seal(ctx context.Context, it job.Item) error {
	return p.db.Write(ctx, func(tx *store.Tx) error {
		_, err := p.book.Give(tx, it.Agency, "ngày "+it.Key, p.clock())
		return err
	})
}

// readText reads the text of a document's files for search.
func (p *program) readText(ctx context.Context, it job.Item) error {
	var doc int64
	if err := json.Unmarshal(it.Payload, &doc); err != nil {
		return err
	}
	files, err := document.FilesToRead(p.db.Read(ctx), it.Agency, doc)
	if err != nil || len(files) == 0 {
		return err
	}
	texts := map[int64]document.FileText{}
	for _, f := range files {
		t, err := p.textOf(ctx, f)
		if err != nil {
			return fmt.Errorf("%s: %w", f.SHA, err)
		}
		texts[f.ID] = t
	}
	return p.db.Write(ctx, func(tx *store.Tx) error { return document.TextOf(tx, it.Agency, doc, texts) })
}

// textOf reads one file. A file that cannot be read is known by that; it is not
// tried again.
func (p *program) textOf(ctx context.Context, f document.File) (document.FileText, error) {
	var t document.FileText
	r, _, err := p.blobs.Get(ctx, blob.Key(f.SHA))
	if err != nil {
		return t, err
	}
	defer r.Close()
	facts, err := p.text.Extract(ctx, r)
	if fault.Is(err, fault.KindInvalid) {
		return document.FileText{Failed: true}, nil
	}
	if err != nil {
		return t, err
	}
	for _, page := range facts.Text {
		t.Text += page + "\n"
	}
	t.Pages = facts.Pages
	return t, nil
}

// purge removes the bytes of a recalled document that nothing else holds.
func (p *program) purge(ctx context.Context, it job.Item) error {
	var keys []string
	if err := json.Unmarshal(it.Payload, &keys); err != nil {
		return err
	}
	for _, k := range keys {
		is, err := held(p.db.Read(ctx), k)
		if err != nil {
			return err
		}
		if is {
			continue
		}
		if err := p.blobs.Remove(ctx, blob.Key(k)); err != nil && !fault.Is(err, fault.KindNotFound) {
			return err
		}
	}
	return nil
}
