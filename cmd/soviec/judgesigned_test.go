// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"soviec/kit/blob"
	"soviec/kit/cms"
	"soviec/kit/cms/cmstest"
	"soviec/kit/fault"
	"soviec/kit/job"
	"soviec/kit/journal"
	"soviec/kit/pades/padestest"
	"soviec/office/org/orgtest"
	"soviec/office/signature"
)

func TestWhatComesBackFromAKeyIsJudged(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)
	s := defaults()
	s.Data = t.TempDir()
	if err := s.settle(); err != nil {
		t.Fatal(err)
	}
	p, err := assemble(ctx, s, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	agency, who := orgtest.Found(t, p.book)
	w, err := cmstest.New(func() time.Time { return now }, "")
	if err != nil {
		t.Fatal(err)
	}
	do := func(name string, f func(*journal.Act) error) {
		t.Helper()
		if err := p.book.Do(ctx, who[name], f); err != nil {
			t.Fatal(err)
		}
	}
	issue := func(name string) *cmstest.Identity {
		id, err := w.Issue(name, cmstest.Request{})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	put := func(b []byte, err error) blob.Key {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		k, _, err := p.blobs.Put(ctx, bytes.NewReader(b), 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	leader, seal, thang := issue("Đàm Quốc Thắng"), issue("Ban Dân tộc"), who["thang"].Person
	do("son", func(a *journal.Act) error {
		_, err := signature.Trust(a, signature.Trusting{Purpose: cms.SetTest, File: w.Root.Cert.Raw, Pinned: cms.Fingerprint(w.Root.Cert), Source: "phép thử"})
		return err
	})
	before := padestest.Paper("Quyet dinh")
	signed, err := padestest.Sign(before, leader, now)
	a, b := put(before, nil), put(signed, err)
	if _, err := p.judgeDraft(ctx, a, b, thang); err == nil || !strings.Contains(fault.Text(err), "Sổ quản lý khóa chưa có") {
		t.Errorf("his key is not in the register: %v", err)
	}
	do("minh", func(a *journal.Act) error {
		if _, err := signature.EnterKey(a, signature.Entering{Person: thang, Device: "token", File: leader.Cert.Raw}); err != nil {
			return err
		}
		_, err := signature.EnterKey(a, signature.Entering{Device: "token", File: seal.Cert.Raw, Holder: who["lan"].Person})
		return err
	})
	ev, err := p.judgeDraft(ctx, a, b, thang)
	if err != nil || ev.Subject != "Đàm Quốc Thắng" || ev.Serial == "" || ev.Verdict == "" {
		t.Errorf("%+v %v", ev, err)
	}
	if _, err := p.judgeDraft(ctx, a, b, who["hoa"].Person); err == nil {
		t.Error("another's key was taken for hers")
	}
	sealed, err := padestest.Sign(signed, seal, now)
	c := put(sealed, err)
	if ev, err := p.judgeSeal(ctx, agency, string(b), string(c)); err != nil || !ev.Kept || !ev.Personal || !ev.Agency {
		t.Errorf("%+v %v", ev, err)
	}
	bare, err := padestest.Sign(before, seal, now)
	if ev, err := p.judgeSeal(ctx, agency, string(a), string(put(bare, err))); err != nil || ev.Personal {
		t.Errorf("nobody has signed before: %+v %v", ev, err)
	}
	known, err := signature.Outcomes(p.db.Read(ctx), agency, string(b), string(c))
	if err != nil || len(known) != 2 {
		t.Errorf("the verdicts are not kept: %v %v", known, err)
	}
	// what came in is judged once by the job
	altered, err := padestest.Alter(signed, "Khac")
	d := put(altered, err)
	payload, _ := json.Marshal(string(d))
	for range 2 {
		if err := p.judgeSignatures(ctx, job.Item{Agency: agency, Payload: payload}); err != nil {
			t.Fatal(err)
		}
	}
	all, err := signature.History(p.db.Read(ctx), agency, string(d))
	if err != nil || len(all) != 1 || all[0].Outcome != signature.Altered || all[0].AskedBy != 0 {
		t.Errorf("%+v %v", all, err)
	}
}
