// SPDX-License-Identifier: Apache-2.0

// Package signdesk carries documents to keys that answer elsewhere, and the signatures back.
//
// May enter: sessions of the signing desk, files by their hash, drivers of keys, secrets of one use.
// May not: a rule of the office, SQL, pages, keeping a secret.
package signdesk

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"soviec/kit/blob"
	"soviec/kit/civil"
	"soviec/kit/cms"
	"soviec/kit/extract"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/pades"
	"soviec/kit/signkey"
	"soviec/kit/store"
	"soviec/office/draft"
	"soviec/office/org"
	"soviec/office/outgoing"
	"soviec/office/signature"
	"soviec/office/signing"
)

// A Desk has documents signed. What it does between the acts leaves no trace of its own:
// killed at any point, a session is taken up from its row, or dies of its time.
type Desk struct {
	Book  *journal.Book
	Blobs blob.Store
	Text  *extract.Worker
	Clock func() time.Time
	Fetch *cms.Fetcher    // whom it may ask whether a certificate was revoked; nil asks nobody
	At    []signkey.Place // where keys are
	Stamp pades.Stamper   // nil: signatures carry no time stamp

	// What comes back is judged against what was handed out.
	JudgeDraft func(ctx context.Context, before, after blob.Key, signer int64) (draft.Evidence, error)
	JudgeSeal  func(ctx context.Context, agency int64, before, after string) (outgoing.Evidence, error)

	sheets sync.Map // by hash of the file
	known  atomic.Int64
	busy   sync.Map // ids of the askings that are being completed
}

// A Request says what signature a session wants on its document; certificate, time and
// time stamp are added by the desk.
type Request func(ctx context.Context, dir *org.Directory, s signing.Session) (pades.Request, error)

// An Order is what a person wants signed, by which key.
type Order struct {
	Kind   signing.Kind
	Place  string // where the key is; signing.HandDriver: on the PC of whoever signs
	Key    string // which one there; "" the one that is his
	Who    signkey.Who
	Papers []signing.Asking
}

// request says what signature is wanted on a document of this kind.
func (d *Desk) request(k signing.Kind) Request {
	switch k {
	case signing.Approve:
		return d.approval
	case signing.Seal:
		return d.sealing
	case signing.Copy:
		return d.copying
	case signing.Appendix:
		return d.appending
	}
	return nil
}

func (d *Desk) directory(ctx context.Context, agency int64) (*org.Directory, error) {
	return org.DirectoryOf(d.Book, d.Book.DB.Read(ctx), agency)
}

func (d *Desk) place(code string) (signkey.Place, error) {
	i := slices.IndexFunc(d.At, func(p signkey.Place) bool { return p.Code == code })
	if i < 0 {
		return signkey.Place{}, fault.Invalid("place", "Chưa chọn nơi giữ khóa.")
	}
	return d.At[i], nil
}

// Keys opens a place for one use: what this person may ask for there.
func (d *Desk) Keys(ctx context.Context, place string, who signkey.Who) ([]signkey.Key, error) {
	at, err := d.place(place)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, askFor)
	defer cancel()
	return at.Driver.Keys(ctx, who)
}

// askFor bounds one question to where a key is; revokedFor asking whether it was revoked.
const (
	askFor     = 30 * time.Second
	revokedFor = 10 * time.Second
	// finishNow is how long the one who signs waits for the files; the program goes on with
	// the others by itself.
	finishNow = 4 * time.Second
)

// Sign asks a key for all papers of an order. Each of them ends by itself; the error is of
// what stopped the whole: the key, the passphrase.
func (d *Desk) Sign(ctx context.Context, by journal.Holder, o Order) (int64, error) {
	switch {
	case len(o.Papers) == 0:
		return 0, fault.Invalid("papers", "Chưa chọn văn bản nào để ký.")
	case len(o.Papers) > signing.Most:
		return 0, fault.Invalid("papers", "Mỗi lần ký nhiều nhất "+strconv.Itoa(signing.Most)+" văn bản.")
	case d.request(o.Kind) == nil && o.Place != signing.HandDriver:
		return 0, fault.NotFound("Chưa ký được loại văn bản này ở đây.")
	}
	if o.Place == signing.HandDriver {
		return d.handOut(ctx, by, o)
	}
	at, err := d.place(o.Place)
	if err != nil {
		return 0, err
	}
	key, err := d.choose(ctx, by, o, at)
	if err != nil {
		return 0, err
	}
	if err := d.inForce(ctx, by.Agency, key); err != nil {
		return 0, err
	}
	b := signing.NewBatch(store.NewID(d.Clock()), o.Kind, at.Code, key.ID, key.Cert)
	if err := d.Book.Do(ctx, by, func(a *journal.Act) (err error) { b, err = signing.Begin(a, b, key.Cert); return err }); err != nil {
		return 0, err
	}
	return b.ID, d.ask(ctx, by, b, at, key, o)
}

// MayUse asks the place of an order's key before anything else is done for it: a wrong
// passphrase, or a certificate that may not sign this, costs nothing then.
func (d *Desk) MayUse(ctx context.Context, by journal.Holder, o Order) error {
	at, err := d.place(o.Place)
	if err != nil {
		return err
	}
	_, err = d.choose(ctx, by, o, at)
	return err
}

// choose finds the key: the one named, else the first that stands in the register as usable.
func (d *Desk) choose(ctx context.Context, by journal.Holder, o Order, at signkey.Place) (signkey.Key, error) {
	keys, err := d.Keys(ctx, at.Code, o.Who)
	if err != nil {
		return signkey.Key{}, err
	}
	dir, err := d.directory(ctx, by.Agency)
	if err != nil {
		return signkey.Key{}, err
	}
	register, err := signature.Keys(d.Book.DB.Read(ctx), by.Agency)
	if err != nil {
		return signkey.Key{}, err
	}
	why := error(fault.Conflict("key", "Nơi giữ khóa không có khóa nào của anh/chị."))
	for i, k := range keys {
		if o.Key != "" && k.ID != o.Key {
			continue
		}
		err := signing.Usable(register, dir, k.Cert, o.Kind, by.Person, d.Clock())
		if err == nil {
			return k, nil
		}
		if i == 0 || o.Key != "" {
			why = err
		}
	}
	return signkey.Key{}, why
}

// inForce refuses a certificate that was revoked, or whose issuer was: by OCSP, then by the
// lists, of the hosts that may be asked. A path that leads nowhere is said by the verdict
// on the file, not here: the register of keys vouches for the certificate.
func (d *Desk) inForce(ctx context.Context, agency int64, key signkey.Key) error {
	trust, err := signature.StoreOf(d.Book.DB.Read(ctx), agency)
	if err != nil {
		return err
	}
	look, cancel := context.WithTimeout(ctx, revokedFor)
	defer cancel()
	_, err = pades.MayStill(look, trust, d.Fetch, key.Cert, key.Chain, d.Clock())
	if cms.CodeOf(err) == cms.CodeRevoked {
		return fault.Conflict("key", "Chứng thư số “"+key.Cert.Subject.CommonName+"” đã bị thu hồi: không ký được nữa. Hãy báo văn thư để cấp chứng thư mới.")
	}
	return ctx.Err()
}

// ask opens every document, makes its revision ready and asks the key for all at once.
func (d *Desk) ask(ctx context.Context, by journal.Holder, b signing.Batch, at signkey.Place, key signkey.Key, o Order) error {
	dir, err := d.directory(ctx, by.Agency)
	if err != nil {
		return err
	}
	var ready []signing.Prepared
	job := signkey.Job{Who: o.Who, ID: strconv.FormatInt(b.ID, 36), Key: key, At: d.Clock()}
	for i, x := range o.Papers {
		x.Ordinal = i + 1
		s, err := d.open(ctx, by, b, x)
		if err != nil {
			return err
		}
		if !s.State.Live() {
			continue
		}
		p, err := d.prepare(ctx, dir, s, key)
		if err != nil {
			if err := d.giveUp(ctx, by, s.ID, signing.CodePlace, err); err != nil {
				return err
			}
			continue
		}
		ready = append(ready, p)
		job.Asks = append(job.Asks, signkey.Ask{Digest: p.Digest, Text: s.Title})
	}
	if len(ready) == 0 {
		return nil // the list of results says why, of each
	}
	if job.Title = "Ký " + strconv.Itoa(len(ready)) + " văn bản"; len(ready) == 1 {
		job.Title = job.Asks[0].Text
	}
	begin, cancel := context.WithTimeout(ctx, askFor)
	defer cancel()
	t, err := at.Driver.Begin(begin, job)
	if err != nil {
		for _, p := range ready {
			if err := d.giveUp(ctx, by, p.Session, codeOf(err), err); err != nil {
				return err
			}
		}
		return nil
	}
	ticket, err := json.Marshal(t)
	if err != nil {
		return err
	}
	if err := d.Book.Do(ctx, by, func(a *journal.Act) error { return signing.Ask(a, b.ID, ticket, ready) }); err != nil {
		return err
	}
	if t.Done == nil {
		return nil
	}
	now, stop := context.WithTimeout(ctx, finishNow)
	defer stop()
	if err := d.Advance(now, by.Agency, b.ID); err != nil && now.Err() == nil {
		return err
	}
	return ctx.Err()
}

// open opens the session of one document; one that may not be signed is in the results with
// the reason, and stops none of the others.
func (d *Desk) open(ctx context.Context, by journal.Holder, b signing.Batch, x signing.Asking) (s signing.Session, err error) {
	err = d.Book.Do(ctx, by, func(a *journal.Act) (err error) { s, err = signing.Take(a, b, x); return err })
	if err == nil || fault.Is(err, fault.KindInternal) {
		return s, err
	}
	why := signing.Words(err)
	err = d.Book.Do(ctx, by, func(a *journal.Act) (err error) {
		s, err = signing.Fail(a, b, x, signing.CodeDocument, why)
		return err
	})
	return s, err
}

// prepare makes the revision that will bear the signature, but for the key's value.
func (d *Desk) prepare(ctx context.Context, dir *org.Directory, s signing.Session, key signkey.Key) (signing.Prepared, error) {
	r, err := d.request(s.Kind)(ctx, dir, s)
	if err != nil {
		return signing.Prepared{}, err
	}
	r.Cert, r.Chain = key.Cert, key.Chain
	if r.At.IsZero() { // else it is written in the corner, to the second
		r.At = d.Clock().In(civil.Zone)
	}
	if d.Stamp != nil && r.Stamp == 0 {
		r.Stamp = pades.UsualStamp
	}
	src, size, err := d.Blobs.Get(ctx, blob.Key(s.Before))
	if err != nil {
		return signing.Prepared{}, err
	}
	defer src.Close()
	p, err := pades.Prepare(ctx, blob.At(src), size, r)
	if err != nil {
		return signing.Prepared{}, err
	}
	state, err := json.Marshal(p.State)
	return signing.Prepared{Session: s.ID, State: state, Digest: p.Digest}, err
}

// giveUp ends a session with what stopped it; a fault of the program leaves it to its time.
func (d *Desk) giveUp(ctx context.Context, by journal.Holder, session int64, code signing.Code, err error) error {
	why := signing.Words(err)
	var known *cms.Problem
	if fault.Is(err, fault.KindInternal) && !errors.As(err, &known) {
		slog.Error("signing", "session", session, "err", err)
		why = "Chương trình gặp lỗi khi ký văn bản này. Hãy ký lại; nếu vẫn lỗi, báo quản trị viên."
	}
	return d.Book.Do(context.WithoutCancel(ctx), by, func(a *journal.Act) error { return signing.Refuse(a, session, code, why) })
}

// codeOf says in one word why a key did not sign.
func codeOf(err error) signing.Code {
	switch {
	case errors.Is(err, signkey.ErrSecret), errors.Is(err, signkey.ErrLocked):
		return signing.CodeSecret
	case errors.Is(err, signkey.ErrRefused), errors.Is(err, signkey.ErrCancelled):
		return signing.CodeHolder
	case errors.Is(err, signkey.ErrTimeout):
		return signing.CodeTime
	case errors.Is(err, signkey.ErrAnswer):
		return signing.CodeResult
	}
	return signing.CodeDriver
}
