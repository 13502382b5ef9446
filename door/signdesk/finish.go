// SPDX-License-Identifier: Apache-2.0

package signdesk

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"time"

	"soviec/kit/blob"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/pades"
	"soviec/kit/signkey"
	"soviec/office/org"
	"soviec/office/signing"
)

// signedMost bounds a signed file as it bounds an uploaded one.
const signedMost = 512 << 20

// Every is how often keys that answer elsewhere are asked.
const Every = 2 * time.Second

// Round takes up what waits for a key, also what a killed program left behind, and ends
// what has waited too long.
func (d *Desk) Round(ctx context.Context) {
	agencies, err := org.Agencies(d.Book.DB.Read(ctx))
	if err != nil {
		if ctx.Err() == nil {
			slog.Error("signing", "err", err)
		}
		return
	}
	for _, a := range agencies {
		waiting, err := signing.Unfinished(d.Book.DB.Read(ctx), a.ID)
		for _, id := range waiting {
			if err := d.Advance(ctx, a.ID, id); err != nil && ctx.Err() == nil {
				slog.Error("signing", "batch", id, "err", err) // the others go on
			}
		}
		if err == nil && len(waiting) > 0 {
			err = d.Book.Do(ctx, system(a.ID), signing.Sweep)
		}
		if err != nil && ctx.Err() == nil {
			slog.Error("signing", "agency", a.ID, "err", err)
		}
	}
}

// Advance looks whether an answer has come and completes what it can.
func (d *Desk) Advance(ctx context.Context, agency, batch int64) error {
	if _, taken := d.busy.LoadOrStore(batch, true); taken {
		return nil // somebody is at it
	}
	defer d.busy.Delete(batch)
	b, err := signing.Any(d.Book.DB.Read(ctx), agency, batch)
	if err != nil {
		return err
	}
	if len(b.Live()) == 0 || len(b.Ticket) == 0 || d.Clock().After(b.Until) {
		return nil
	}
	dir, err := d.directory(ctx, agency)
	if err != nil {
		return err
	}
	by := dir.Holder(b.Person, 0, civil.Of(d.Clock()))
	values, err := d.answer(ctx, by, b)
	if err != nil || values == nil {
		return err
	}
	var failed error
	for _, s := range b.Live() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if v := values[s.ID]; len(v) > 0 {
			if err := d.finish(ctx, by, s, v); err != nil {
				failed = errors.Join(failed, err) // the others go on
			}
		}
	}
	return failed
}

// answer is what the key gave for each session; nil while it has not answered. What came
// from elsewhere is kept first: a service may tell it once only.
func (d *Desk) answer(ctx context.Context, by journal.Holder, b signing.Batch) (map[int64][]byte, error) {
	var t signkey.Ticket
	if err := json.Unmarshal(b.Ticket, &t); err != nil {
		return nil, err
	}
	values, asked := map[int64][]byte{}, map[string]int{}
	for i, digest := range t.Asked.Digests {
		asked[string(digest)] = i
	}
	waiting := false
	for _, s := range b.Live() {
		if s.State == signing.Ready {
			values[s.ID] = s.Value
		}
		waiting = waiting || s.State == signing.Waiting
	}
	if !waiting {
		return values, nil
	}
	at, err := d.place(b.Driver)
	if err != nil {
		return nil, d.refuseAll(ctx, by, b, signing.CodeDriver, err)
	}
	poll, cancel := context.WithTimeout(ctx, askFor)
	defer cancel()
	a, err := at.Driver.Poll(poll, t)
	switch {
	case err != nil && signkey.Final(err) && ctx.Err() == nil:
		return nil, d.refuseAll(ctx, by, b, codeOf(err), err)
	case err != nil:
		if ctx.Err() == nil {
			slog.Warn("signing: a key is not reached", "batch", b.ID, "err", err)
		}
		return nil, ctx.Err() // asked again
	case a.Waiting():
		return nil, nil
	}
	for _, s := range b.Live() {
		if i, ok := asked[string(s.Digest)]; ok && s.State == signing.Waiting && i < len(a.Values) {
			values[s.ID] = a.Values[i]
		}
	}
	if t.Done != nil {
		return values, nil
	}
	return values, d.Book.Do(ctx, by, func(x *journal.Act) error { return signing.Answer(x, b.ID, values) })
}

func (d *Desk) refuseAll(ctx context.Context, by journal.Holder, b signing.Batch, code signing.Code, err error) error {
	for _, s := range b.Live() {
		if err := d.giveUp(ctx, by, s.ID, code, err); err != nil {
			return err
		}
	}
	return nil
}

// finish makes the signed file, judges it against the one that was handed out as every
// signed file is, and completes session and document in one act.
func (d *Desk) finish(ctx context.Context, by journal.Holder, s signing.Session, value []byte) error {
	after, size, err := d.join(ctx, s, value)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return d.giveUp(ctx, by, s.ID, signing.CodeResult, err)
	}
	return d.complete(ctx, by, s, after, size)
}

// join appends the revision with the key's value to the untouched input. A time stamp that
// cannot be had is added later: the signature does not wait for it.
func (d *Desk) join(ctx context.Context, s signing.Session, value []byte) (blob.Key, int64, error) {
	var st pades.State
	if err := json.Unmarshal(s.Prepared, &st); err != nil {
		return "", 0, err
	}
	tail, err := pades.Finish(ctx, &st, value, d.Stamp)
	if err != nil && d.Stamp != nil && ctx.Err() == nil {
		slog.Warn("signing: no time stamp", "session", s.ID, "err", err)
		tail, err = pades.Finish(ctx, &st, value, nil)
	}
	if err != nil {
		return "", 0, err
	}
	src, size, err := d.Blobs.Get(ctx, blob.Key(s.Before))
	if err != nil {
		return "", 0, err
	}
	defer src.Close()
	out, in := io.Pipe()
	go func() { in.CloseWithError(pades.Join(in, blob.At(src), size, tail)) }()
	key, n, err := d.Blobs.Put(ctx, out, signedMost)
	out.CloseWithError(err)
	return key, n, err
}

// complete judges a signed file and completes its session.
func (d *Desk) complete(ctx context.Context, by journal.Holder, s signing.Session, after blob.Key, size int64) error {
	r := signing.Result{After: string(after), Size: size}
	var err error
	if s.Kind.Agency() {
		r.Seal, err = d.JudgeSeal(ctx, by.Agency, s.Before, string(after))
	} else {
		r.Draft, err = d.JudgeDraft(ctx, blob.Key(s.Before), after, s.Person)
	}
	if err == nil {
		err = d.Book.Do(ctx, by, func(a *journal.Act) error { _, err := signing.Finish(a, s.ID, r); return err })
	}
	if err == nil || ctx.Err() != nil {
		return errors.Join(err, ctx.Err())
	}
	if now, nerr := signing.SessionOf(d.Book.DB.Read(ctx), by.Agency, s.ID); nerr == nil && !now.State.Live() {
		return nil // ended by another
	}
	if fault.Is(err, fault.KindInternal) {
		return err // tried again until its time is over
	}
	code := signing.CodeResult
	if fault.Is(err, fault.KindConflict) || fault.Is(err, fault.KindForbidden) {
		code = signing.CodeDocument
	}
	return d.giveUp(ctx, by, s.ID, code, err)
}

func system(agency int64) journal.Holder {
	return journal.Holder{Agency: agency, System: true, Name: org.SystemName}
}
