// SPDX-License-Identifier: Apache-2.0

package signdesk_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"soviec/door/signdesk"
	"soviec/kit/blob"
	"soviec/kit/cms"
	"soviec/kit/cms/cmstest"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/signkey"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/document"
	"soviec/office/draft"
	"soviec/office/org"
	"soviec/office/org/orgtest"
	"soviec/office/signature"
	"soviec/office/signing"
)

var ctx = context.Background()

// office is a model office with a signing desk, a key in a file and a key on a phone.
type office struct {
	testing.TB
	book   *journal.Book
	clock  *orgtest.Clock
	blobs  blob.Store
	desk   *signdesk.Desk
	world  *cmstest.World
	phone  *phone
	agency int64
	who    map[string]journal.Holder
	p12    []byte
}

const secret = signkey.Secret("núi cao sông dài")

func each(t *testing.T, f func(o *office)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) { f(newOffice(t, db)) })
}

func newOffice(t testing.TB, db *store.DB) *office {
	book, clock := orgtest.Book(t, db, "2026-11-24 08:00")
	agency, who := orgtest.Found(t, book)
	blobs, err := blob.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	o := &office{TB: t, book: book, clock: clock, blobs: blobs, agency: agency, who: who}
	if o.world, err = cmstest.New(clock.Now, ""); err != nil {
		t.Fatal(err)
	}
	thang := o.issue("Đàm Quốc Thắng", cmstest.Request{Kind: cmstest.P256})
	o.enter("thang", "file", thang)
	if o.p12, err = signkey.WritePKCS12(thang.Key, thang.Cert, thang.Chain, secret); err != nil {
		t.Fatal(err)
	}
	o.phone = &phone{id: thang}
	o.start()
	orgtest.Do(t, book, journal.Holder{Agency: agency, System: true, Name: org.SystemName}, document.Found)
	orgtest.Do(t, book, who["son"], func(a *journal.Act) error {
		_, err := signature.Trust(a, signature.Trusting{Purpose: cms.SetTest, File: o.world.Root.Cert.Raw, Pinned: cms.Fingerprint(o.world.Root.Cert), Source: "phép thử"})
		return err
	})
	return o
}

// start is the program starting, also after it was killed.
func (o *office) start() {
	o.desk = &signdesk.Desk{Book: o.book, Blobs: o.blobs, Clock: o.clock.Now, JudgeDraft: o.judge, At: []signkey.Place{
		{Code: "file", Device: "file", File: true, Driver: signkey.NewPKCS12()}, {Code: "phone", Device: "remote", Driver: o.phone}}}
}

func (o *office) issue(name string, r cmstest.Request) *cmstest.Identity {
	o.Helper()
	id, err := o.world.Issue(name, r)
	if err != nil {
		o.Fatal(err)
	}
	return id
}

func (o *office) enter(who, device string, id *cmstest.Identity) (key signature.Key) {
	o.Helper()
	o.do("minh", func(a *journal.Act) (err error) {
		in := signature.Entering{Device: device, File: id.Cert.Raw, Holder: o.who["lan"].Person}
		if who != "" {
			in.Person, in.Holder = o.who[who].Person, 0
		}
		key, err = signature.EnterKey(a, in)
		return err
	})
	return key
}

func (o *office) r() store.Reader { return o.book.DB.Read(ctx) }

func (o *office) do(name string, f func(*journal.Act) error) {
	o.Helper()
	if err := o.book.Do(ctx, o.who[name], f); err != nil {
		o.Fatalf("%s: %v", name, err)
	}
}

// judge is what the program does with every signed file.
func (o *office) judge(ctx context.Context, before, after blob.Key, signer int64) (draft.Evidence, error) {
	paper := func(k blob.Key) signature.Paper {
		b := o.bytes(string(k))
		return signature.Paper{Src: bytes.NewReader(b), Size: int64(len(b))}
	}
	keys, err := signature.Keys(o.r(), o.agency)
	if err != nil {
		return draft.Evidence{}, err
	}
	trust, err := signature.StoreOf(o.r(), o.agency)
	if err != nil {
		return draft.Evidence{}, err
	}
	_, s, err := signature.Compare(ctx, paper(before), paper(after), signature.Wanted{Certs: signature.Of(keys, signer), Who: "người ký"}, trust, o.clock.Now(), nil)
	return draft.Evidence{Subject: s.Subject, Serial: s.Serial, Verdict: s.Summary.Words()}, err
}

func (o *office) bytes(sha string) []byte {
	o.Helper()
	r, _, err := o.blobs.Get(ctx, blob.Key(sha))
	if err != nil {
		o.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		o.Fatal(err)
	}
	return b
}

// toSign is a letter of Hải's that lies before its signer.
func (o *office) toSign(subject string) draft.Paper {
	o.Helper()
	f := draft.Facts{Type: "CV", Subject: subject, Signer: o.who["thang"].Person, Addressees: []string{"Ủy ban nhân dân các xã"},
		Recipients: []draft.Recipient{{Name: "Văn phòng", Purpose: "know"}}, Body: "Ban Dân tộc đề nghị các xã rà soát.\n\nTrân trọng./."}
	var p draft.Paper
	o.do("hai", func(a *journal.Act) (err error) { p, err = draft.Begin(a, f); return err })
	shaped, err := draft.Shape(orgtest.Directory(o, o.book, o.agency), p, f, o.clock.Today())
	if err != nil {
		o.Fatal(err)
	}
	c, pdf, _, err := draft.Render(orgtest.Directory(o, o.book, o.agency), shaped)
	if err != nil {
		o.Fatal(err)
	}
	if _, _, err := o.blobs.Put(ctx, bytes.NewReader(pdf), 1<<20); err != nil {
		o.Fatal(err)
	}
	o.do("hai", func(a *journal.Act) error { _, err := draft.Save(a, p.ID, p.Version, f, &c); return err })
	var points []string
	for _, x := range draft.Checklist(p.Type) {
		points = append(points, x.Code)
	}
	o.do("hai", func(a *journal.Act) error { return draft.Submit(a, p.ID, "") })
	o.do("lam", func(a *journal.Act) error { return draft.PassContent(a, p.ID, c.SHA, 0, "") })
	o.do("minh", func(a *journal.Act) error { return draft.PassForm(a, p.ID, c.SHA, points, "") })
	return o.paper(p.ID)
}

func (o *office) paper(id int64) draft.Paper {
	o.Helper()
	p, err := draft.Get(o.r(), o.agency, id)
	if err != nil {
		o.Fatal(err)
	}
	return p
}

func order(place string, who signkey.Who, all ...draft.Paper) signdesk.Order {
	x := signdesk.Order{Kind: signing.Approve, Place: place, Who: who}
	for _, p := range all {
		x.Papers = append(x.Papers, signing.Asking{Subject: p.Ref(), SHA: p.SHA, Title: p.Subject})
	}
	return x
}

func (o *office) sign(x signdesk.Order) signing.Batch {
	o.Helper()
	id, err := o.desk.Sign(ctx, o.who["thang"], x)
	if err != nil {
		o.Fatal(err)
	}
	return o.batch(id)
}

func (o *office) batch(id int64) signing.Batch {
	o.Helper()
	b, err := signing.Any(o.r(), o.agency, id)
	if err != nil {
		o.Fatal(err)
	}
	return b
}

// is demands how each session of a batch stands, and a word of why.
func (o *office) is(b signing.Batch, states ...string) {
	o.Helper()
	if len(b.Sessions) != len(states) {
		o.Fatalf("%d sessions, want %d", len(b.Sessions), len(states))
	}
	for i, s := range b.Sessions {
		state, why, _ := strings.Cut(states[i], ": ")
		if string(s.State) != state || !strings.Contains(s.Why, why) {
			o.Errorf("session %d is %s (%s: %s), want %s", i, s.State, s.Code, s.Why, states[i])
		}
	}
}

func (o *office) refused(err error, kind fault.Kind, says string) {
	o.Helper()
	if !fault.Is(err, kind) || !strings.Contains(fault.Text(err), says) {
		o.Errorf("got %v (%q), want %v with %q", err, fault.Text(err), kind, says)
	}
}

// check holds the rows against the book.
func (o *office) check() {
	o.Helper()
	for name, f := range map[string]func(store.Reader, int64, func(string)) error{"signing": signing.Check, "draft": draft.Check, "signature": signature.Check} {
		if err := f(o.r(), o.agency, func(s string) { o.Errorf("%s: %s", name, s) }); err != nil {
			o.Fatal(err)
		}
	}
}

// picture is a signature by hand: blue strokes on nothing.
func picture(t testing.TB) []byte {
	img := image.NewNRGBA(image.Rect(0, 0, 240, 120))
	for x := range 240 {
		for y := range 4 {
			img.Set(x, x/2+y, color.NRGBA{20, 40, 160, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A phone answers when its owner has pressed.
type phone struct {
	mu    sync.Mutex
	id    *cmstest.Identity
	asked [][]byte
	says  string // "", "yes", "no", "off"
}

func (p *phone) say(word string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.says = word
}

func (p *phone) Keys(context.Context, signkey.Who) ([]signkey.Key, error) {
	return []signkey.Key{{ID: "1", Label: "Điện thoại", Cert: p.id.Cert, Chain: p.id.Chain}}, nil
}

func (p *phone) Begin(_ context.Context, j signkey.Job) (signkey.Ticket, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.says == "off" {
		return signkey.Ticket{}, &fault.Error{Kind: fault.KindConflict, Text: "Không kết nối được với dịch vụ.", Err: signkey.ErrUnreachable}
	}
	t := signkey.Ticket{Ref: j.ID, Note: "Mở ứng dụng trên điện thoại."}
	for _, a := range j.Asks {
		t.Asked.Digests = append(t.Asked.Digests, a.Digest)
	}
	p.asked = t.Asked.Digests
	return t, nil
}

func (p *phone) Poll(_ context.Context, t signkey.Ticket) (signkey.Answer, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch p.says {
	case "":
		return signkey.Answer{}, nil
	case "off":
		return signkey.Answer{}, signkey.ErrUnreachable
	case "no":
		return signkey.Answer{}, &fault.Error{Kind: fault.KindConflict, Text: "Người giữ khóa đã từ chối ký.", Err: signkey.ErrRefused}
	}
	var out signkey.Answer
	for _, d := range t.Asked.Digests {
		v, err := p.id.Key.Sign(rand.Reader, d, cryptoSHA256)
		if err != nil {
			return out, err
		}
		out.Values = append(out.Values, v)
	}
	return out, nil
}

var errKilled = errors.New("killed")

const quarter = 15 * time.Minute
