// SPDX-License-Identifier: Apache-2.0

// Package signkeytest is what every driver of keys must pass, against its fake or its token.
//
// May enter: a driver, the certificates of a made-up world, ways to make the place of the
// keys misbehave. May not: what is particular to one driver.
package signkeytest

import (
	"bytes"
	"context"
	"crypto"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"soviec/kit/cms"
	"soviec/kit/cms/cmstest"
	"soviec/kit/fault"
	"soviec/kit/pades"
	"soviec/kit/pades/padestest"
	"soviec/kit/signkey"
)

// Noon is when everything happens.
var Noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.FixedZone("+07", 7*3600))

// A Bench is a driver with the keys that it must find.
type Bench struct {
	Driver signkey.Driver
	World  *cmstest.World
	// Keys are the identities that were put there: an RSA-2048 key and a P-256 key.
	Keys map[cmstest.Kind]*cmstest.Identity
	// Who asks for the key of a kind, with the right secret.
	Who func(cmstest.Kind) signkey.Who
	// Secret tells that a secret is given with each use.
	Secret bool
	// NoPSS tells that the service cannot do RSASSA-PSS, and must say so.
	NoPSS bool

	// What the place of the keys can be made to do; nil where it cannot. Each gives the
	// way back.
	Slow, Lie, Refuse, Down func() (undo func())
}

// NewWorld is a made-up authority with an RSA-2048 key and a P-256 key.
func NewWorld(t testing.TB) (*cmstest.World, map[cmstest.Kind]*cmstest.Identity) {
	t.Helper()
	w, err := cmstest.New(func() time.Time { return Noon }, "")
	if err != nil {
		t.Fatal(err)
	}
	keys := map[cmstest.Kind]*cmstest.Identity{}
	for kind, name := range map[cmstest.Kind]string{cmstest.RSA2048: "Nông Thị Lan", cmstest.P256: "Đinh Văn Thắng"} {
		if keys[kind], err = w.Issue(name, cmstest.Request{Kind: kind}); err != nil {
			t.Fatal(err)
		}
	}
	return w, keys
}

var kinds = []cmstest.Kind{cmstest.RSA2048, cmstest.P256}

// Run is the suite.
func Run(t *testing.T, b *Bench) {
	t.Run("keys", b.keys)
	t.Run("signs", b.signs)
	t.Run("many at once", b.many)
	t.Run("fifty at once", b.fifty)
	t.Run("refusals", b.refusals)
	t.Run("called off", b.calledOff)
	t.Run("troubles", b.troubles)
	t.Run("documents", b.documents)
}

// key finds the key of a kind as a person would: in the list.
func (b *Bench) key(t testing.TB, kind cmstest.Kind) signkey.Key {
	t.Helper()
	all, err := b.Driver.Keys(context.Background(), b.Who(kind))
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range all {
		if k.Cert.Equal(b.Keys[kind].Cert) {
			return k
		}
	}
	t.Fatalf("the %s key is not among the %d listed", kind, len(all))
	return signkey.Key{}
}

func (b *Bench) job(t testing.TB, kind cmstest.Kind, texts ...string) signkey.Job {
	j := signkey.Job{Who: b.Who(kind), ID: fmt.Sprintf("%s-%s", t.Name(), strings.Join(texts, "")), Title: "Ký số văn bản", Key: b.key(t, kind), At: Noon}
	for _, text := range texts {
		d := sha256.Sum256([]byte(text))
		j.Asks = append(j.Asks, signkey.Ask{Digest: d[:], Text: text})
	}
	return j
}

// ask goes the whole way; the ticket is kept as JSON in between, as over a restart.
func (b *Bench) ask(ctx context.Context, j signkey.Job) (signkey.Answer, error) {
	ticket, err := b.Driver.Begin(ctx, j)
	if err != nil {
		return signkey.Answer{}, err
	}
	raw, err := json.Marshal(ticket)
	if err != nil {
		return signkey.Answer{}, err
	}
	if s := string(j.Secret); len(s) > 3 && bytes.Contains(raw, []byte(s)) {
		return signkey.Answer{}, errors.New("the ticket holds the secret")
	}
	var kept signkey.Ticket
	if err := json.Unmarshal(raw, &kept); err != nil {
		return signkey.Answer{}, err
	}
	return signkey.Wait(ctx, b.Driver, kept, 5*time.Millisecond)
}

// judge compares with the certificate, without the help of the driver's own care.
func judge(j signkey.Job, a signkey.Answer) error {
	if len(a.Values) != len(j.Asks) {
		return fmt.Errorf("%d values for %d digests", len(a.Values), len(j.Asks))
	}
	t := signkey.Ticket{Done: &a, Asked: signkey.Asked{Cert: j.Key.Cert.Raw, Hash: crypto.SHA256, PSS: j.PSS}}
	for _, ask := range j.Asks {
		t.Asked.Digests = append(t.Asked.Digests, ask.Digest)
	}
	_, err := signkey.Careful(nil).Poll(context.Background(), t)
	return err
}

func (b *Bench) keys(t *testing.T) {
	for _, kind := range kinds {
		k := b.key(t, kind)
		if k.ID == "" || k.Label == "" {
			t.Errorf("%s: %+v", kind, k)
		}
		if len(k.Chain) == 0 || !k.Chain[0].Equal(b.World.Issuing.Cert) {
			t.Errorf("%s: the issuer does not come with the certificate", kind)
		}
	}
}

func (b *Bench) signs(t *testing.T) {
	for _, kind := range kinds {
		j := b.job(t, kind, "Quyết định số 15/QĐ-BDT")
		a, err := b.ask(t.Context(), j)
		if err == nil {
			err = judge(j, a)
		}
		if err != nil {
			t.Error(kind, err)
		}
	}
	j := b.job(t, cmstest.RSA2048, "Kế hoạch số 40/KH-BDT")
	j.PSS = true
	a, err := b.ask(t.Context(), j)
	if b.NoPSS {
		said(t, "PSS", err, signkey.ErrUnsupported)
		return
	}
	if err == nil {
		err = judge(j, a)
	}
	if err != nil {
		t.Error("PSS", err)
	}
}

func (b *Bench) many(t *testing.T) {
	var texts []string
	for i := range 40 {
		texts = append(texts, fmt.Sprintf("Văn bản số %d/BDT-VP", i+1))
	}
	for _, kind := range kinds {
		j := b.job(t, kind, texts...)
		a, err := b.ask(t.Context(), j)
		if err == nil {
			err = judge(j, a) // the order too: each value is of its digest
		}
		if err != nil {
			t.Error(kind, err)
		}
	}
}

func (b *Bench) fifty(t *testing.T) {
	jobs := make([]signkey.Job, 50)
	for i := range jobs {
		jobs[i] = b.job(t, kinds[i%2], fmt.Sprintf("Văn bản %d", i), "Phụ lục")
	}
	var all sync.WaitGroup
	for _, j := range jobs {
		all.Go(func() {
			a, err := b.ask(t.Context(), j)
			if err == nil {
				err = judge(j, a)
			}
			if err != nil {
				t.Error(j.Asks[0].Text, err)
			}
		})
	}
	all.Wait()
}

// said wants the reason, and a sentence for the person.
func said(t testing.TB, what string, err, why error) {
	t.Helper()
	if !errors.Is(err, why) {
		t.Errorf("%s: got %v, want %v", what, err, why)
	}
	if text := fault.Text(err); text == "" || !strings.HasSuffix(text, ".") {
		t.Errorf("%s: nothing is said to the person: %q %v", what, text, err)
	}
}

func (b *Bench) refusals(t *testing.T) {
	ctx := t.Context()
	j := b.job(t, cmstest.P256, "Công văn")
	if b.Secret {
		wrong := j
		wrong.Secret = "0000-sai"
		_, err := b.ask(ctx, wrong)
		said(t, "wrong secret", err, signkey.ErrSecret)
		if a, err := b.ask(ctx, j); err != nil || judge(j, a) != nil {
			t.Error("after a wrong secret the right one does not do:", err)
		}
	}
	pss := j
	pss.PSS = true
	_, err := b.ask(ctx, pss)
	said(t, "PSS of an elliptic key", err, signkey.ErrUnsupported)
	late := j
	late.At = Noon.AddDate(5, 0, 0)
	_, err = b.ask(ctx, late)
	said(t, "an ended certificate", err, signkey.ErrEnded)
	other, err := b.World.Issue("Hà Văn Bảo", cmstest.Request{})
	if err != nil {
		t.Fatal(err)
	}
	foreign := j
	foreign.Key = signkey.Key{ID: "khong-co", Cert: other.Cert}
	_, err = b.ask(ctx, foreign)
	said(t, "a key that is not there", err, signkey.ErrNoKey)
	swapped := j
	swapped.Key.Cert = other.Cert
	if _, err = b.ask(ctx, swapped); err == nil {
		t.Error("another's certificate is taken")
	}
	short := j
	short.Asks = []signkey.Ask{{Digest: []byte("short")}}
	if _, err := b.ask(ctx, short); err == nil {
		t.Error("a digest that is none is taken")
	}
	none := j
	none.Asks = nil
	if _, err := b.ask(ctx, none); err == nil {
		t.Error("nothing to sign is taken")
	}
}

func (b *Bench) calledOff(t *testing.T) {
	j := b.job(t, cmstest.RSA2048, "Tờ trình")
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := b.ask(gone, j)
	said(t, "called off before", err, signkey.ErrCancelled)
	if b.Slow == nil {
		return
	}
	defer b.Slow()()
	short, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err = b.ask(short, j)
	said(t, "too late", err, signkey.ErrTimeout)
	soon, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	_, err = b.ask(soon, j)
	said(t, "called off while waiting", err, signkey.ErrCancelled)
}

func (b *Bench) troubles(t *testing.T) {
	j := b.job(t, cmstest.P256, "Thông báo")
	for _, c := range []struct {
		what string
		make func() func()
		why  error
	}{{"the person refuses", b.Refuse, signkey.ErrRefused}, {"the place answers with another's value", b.Lie, signkey.ErrAnswer}, {"the place is down", b.Down, signkey.ErrUnreachable}} {
		if c.make == nil {
			continue
		}
		undo := c.make()
		_, err := b.ask(t.Context(), j)
		said(t, c.what, err, c.why)
		undo()
		if a, err := b.ask(t.Context(), j); err != nil || judge(j, a) != nil {
			t.Errorf("%s: afterwards it does not go on: %v", c.what, err)
		}
	}
}

// documents signs two papers in one job, then both again by the other key, and asks our
// own judge and poppler's.
func (b *Bench) documents(t *testing.T) {
	papers := [][]byte{padestest.Paper("Quyet dinh"), padestest.Paper("To trinh")}
	for _, kind := range kinds {
		j := b.job(t, kind)
		var states []*pades.State
		for i, in := range papers {
			p, err := pades.Prepare(t.Context(), bytes.NewReader(in), int64(len(in)), pades.Request{Cert: j.Key.Cert, Chain: j.Key.Chain, At: Noon})
			if err != nil {
				t.Fatal(err)
			}
			states = append(states, p.State)
			j.Asks = append(j.Asks, signkey.Ask{Digest: p.Digest, Text: fmt.Sprintf("Văn bản %d", i+1)})
		}
		a, err := b.ask(t.Context(), j)
		if err != nil {
			t.Fatal(err)
		}
		for i, st := range states {
			tail, err := pades.Finish(t.Context(), st, a.Values[i], nil)
			if err != nil {
				t.Fatal(err)
			}
			papers[i] = append(bytes.Clone(papers[i]), tail...)
		}
	}
	store, err := cms.NewStore(cms.Entry{Set: cms.SetTest, Cert: b.World.Root.Cert, Fingerprint: cms.Fingerprint(b.World.Root.Cert), Unchecked: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range papers {
		r := pades.Verify(t.Context(), bytes.NewReader(p), int64(len(p)), pades.Options{Store: store, At: Noon})
		if r.Summary != pades.Valid || r.Signatures != 2 || !r.Intact || r.Modification == pades.Illegal {
			t.Errorf("judged %s, %d signatures, intact %v, %s", r.Summary, r.Signatures, r.Intact, r.Modification)
		}
		name := filepath.Join(t.TempDir(), "signed.pdf")
		if err := os.WriteFile(name, p, 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command("pdfsig", "-nocert", name).CombinedOutput()
		if n := strings.Count(string(out), "Signature is Valid."); n != 2 {
			t.Errorf("poppler finds %d valid signatures: %v\n%s", n, err, out)
		}
	}
}
