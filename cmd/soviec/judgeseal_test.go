// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/cms"
	"soviec/kit/cms/cmstest"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/letter"
	"soviec/kit/pades"
	"soviec/kit/pades/padestest"
	"soviec/office/org/orgtest"
	"soviec/office/outgoing"
	"soviec/office/signature"
)

// A sealer is an installation with a leader's key and the agency's, and files signed by them.
type sealer struct {
	*testing.T
	p            *program
	agency       int64
	who          map[string]journal.Holder
	leader, seal *cmstest.Identity
	other        *cmstest.Identity
	now          time.Time
}

func newSealer(t *testing.T) *sealer {
	t.Helper()
	ctx := context.Background()
	now := time.Date(2026, 1, 5, 14, 5, 9, 0, civil.Zone)
	set := defaults()
	set.Data = t.TempDir()
	if err := set.settle(); err != nil {
		t.Fatal(err)
	}
	p, err := assemble(ctx, set, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	p.text.Cache = filepath.Join(os.TempDir(), "soviec-test-pdf")
	t.Cleanup(func() { p.close() })
	s := &sealer{T: t, p: p, now: now}
	s.agency, s.who = orgtest.Found(t, p.book)
	w, err := cmstest.New(func() time.Time { return now }, "")
	if err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]**cmstest.Identity{"Đàm Quốc Thắng": &s.leader, "Ban Dân tộc tỉnh Cao Bằng": &s.seal, "Người khác": &s.other} {
		if *to, err = w.Issue(name, cmstest.Request{Kind: cmstest.P256}); err != nil {
			t.Fatal(err)
		}
	}
	orgtest.Do(t, p.book, s.who["son"], func(a *journal.Act) error {
		_, err := signature.Trust(a, signature.Trusting{Purpose: cms.SetTest, File: w.Root.Cert.Raw, Pinned: cms.Fingerprint(w.Root.Cert), Source: "phép thử"})
		return err
	})
	orgtest.Do(t, p.book, s.who["minh"], func(a *journal.Act) error {
		if _, err := signature.EnterKey(a, signature.Entering{Person: s.who["thang"].Person, Device: "token", File: s.leader.Cert.Raw}); err != nil {
			return err
		}
		_, err := signature.EnterKey(a, signature.Entering{Device: "file", File: s.seal.Cert.Raw, Holder: s.who["lan"].Person})
		return err
	})
	return s
}

// letter is what a leader is given to sign, number and day open.
func (s *sealer) letter() letter.Letter {
	return letter.Letter{Type: "QĐ", Superior: "UBND TỈNH CAO BẰNG", Agency: "BAN DÂN TỘC", Notation: "QĐ-BDT", Place: "Cao Bằng", Subject: "Về việc thành lập Tổ công tác",
		Body: letter.Parse("Căn cứ Quyết định số 90/QĐ-UBND ngày 02 tháng 3 năm 2025;\n\nĐiều 1. Thành lập Tổ công tác./."), Signatures: []letter.Signature{{Lines: []string{"TRƯỞNG BAN"}, Name: "Đàm Quốc Thắng"}},
		Recipients: []string{"Như Điều 1", "Lưu: VT"}, Drafter: "LTH", Copies: 12}
}

func (s *sealer) set(l letter.Letter, fields bool) []byte {
	s.Helper()
	r, err := letter.Set(l, letter.Options{Fields: fields, At: s.now})
	if err != nil {
		s.Fatal(err)
	}
	return r.PDF
}

func (s *sealer) sign(in []byte, by *cmstest.Identity, fill map[string]string) []byte {
	s.Helper()
	tail, err := pades.Sign(context.Background(), bytes.NewReader(in), int64(len(in)), pades.Request{Cert: by.Cert, Chain: by.Chain, At: s.now, Fill: fill}, by.Key, nil)
	if err != nil {
		s.Fatal(err)
	}
	return append(bytes.Clone(in), tail...)
}

func (s *sealer) put(b []byte) string {
	s.Helper()
	k, _, err := s.p.blobs.Put(context.Background(), bytes.NewReader(b), 8<<20)
	if err != nil {
		s.Fatal(err)
	}
	return string(k)
}

// The clerk gives the number 15 of 05/01/2026 to a decision that the leader has signed. What
// comes back from the agency's key is read; the room compares it with the register.
func TestASealedFileIsReadBack(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the PDF engine")
	}
	s := newSealer(t)
	l := s.letter()
	fill := func(number string, on civil.Date) map[string]string {
		f, err := l.Fill(number, "QĐ-BDT", on)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	right, next := civil.New(2026, 1, 5), civil.New(2026, 1, 6)
	signed := s.sign(s.set(l, true), s.leader, nil)
	printed := l
	printed.Number, printed.Date = "15", right
	flat := s.sign(s.set(printed, false), s.leader, nil)
	open := s.sign(s.set(l, false), s.leader, nil)
	moved := maps.Clone(fill("15", right))
	moved["so"] = "16"
	paper := s.sign(padestest.Paper("Quyet dinh"), s.leader, nil)
	altered, err := padestest.Alter(paper, "Khac")
	if err != nil {
		t.Fatal(err)
	}
	early := s.sign(s.set(printed, false), s.seal, nil)
	for _, c := range []struct {
		name          string
		before, after []byte
		refused       string // by the judge
		want          outgoing.Shown
		personal      bool
	}{
		{"filled as given", signed, s.sign(signed, s.seal, fill("15", right)), "", outgoing.Shown{Fields: true, So: "15", Ngay: "05 tháng 01 năm 2026", Text: true, Number: "15/QĐ-BDT", Day: right}, true},
		{"another number", signed, s.sign(signed, s.seal, moved), "", outgoing.Shown{Fields: true, So: "16", Ngay: "05 tháng 01 năm 2026", Text: true, Number: "16/QĐ-BDT", Day: right}, true},
		{"another day", signed, s.sign(signed, s.seal, fill("15", next)), "", outgoing.Shown{Fields: true, So: "15", Ngay: "06 tháng 01 năm 2026", Text: true, Number: "15/QĐ-BDT", Day: next}, true},
		{"nothing filled in", signed, s.sign(signed, s.seal, nil), "", outgoing.Shown{Fields: true, Text: true}, true},
		{"printed, no fields", flat, s.sign(flat, s.seal, nil), "", outgoing.Shown{Text: true, Number: "15/QĐ-BDT", Day: right}, true},
		{"blank, no fields", open, s.sign(open, s.seal, nil), "", outgoing.Shown{Text: true}, true},
		{"the agency before the person", s.set(printed, false), early, "", outgoing.Shown{Text: true, Number: "15/QĐ-BDT", Day: right}, false},
		{"the person after the agency", early, s.sign(early, s.leader, nil), "không phải của cơ quan", outgoing.Shown{}, false},
		{"signed twice anew", signed, s.sign(s.sign(signed, s.seal, fill("15", right)), s.seal, nil), "nhiều hơn một chữ ký số mới", outgoing.Shown{}, false},
		{"another's key", signed, s.sign(signed, s.other, fill("15", right)), "không phải của cơ quan", outgoing.Shown{}, false},
		{"the page changed under the seal", paper, s.sign(altered, s.seal, nil), "thay đổi ngoài phạm vi", outgoing.Shown{}, false},
		{"another file", signed, s.sign(flat, s.seal, nil), "không bắt đầu bằng đúng tệp", outgoing.Shown{}, false},
		{"as it was handed out", signed, signed, "không bắt đầu bằng", outgoing.Shown{}, false},
	} {
		ev, err := s.p.judgeSeal(context.Background(), s.agency, s.put(c.before), s.put(c.after))
		switch {
		case c.refused != "":
			if err == nil || !strings.Contains(fault.Text(err), c.refused) {
				t.Errorf("%s: %+v %v", c.name, ev, err)
			}
		case err != nil || ev.Shown != c.want || ev.Personal != c.personal || !ev.Kept || !ev.Agency:
			t.Errorf("%s: %+v, %v; want %+v", c.name, ev, err, c.want)
		}
	}
	// a key that is no longer in use is the agency's still, not a person's
	once := s.put(s.sign(signed, s.seal, fill("15", right)))
	keys, err := signature.Keys(s.p.db.Read(context.Background()), s.agency)
	if err != nil {
		t.Fatal(err)
	}
	orgtest.Do(t, s.p.book, s.who["minh"], func(a *journal.Act) error {
		for _, k := range keys {
			if k.Person == 0 {
				return signature.EndKey(a, k.ID, "Thiết bị hỏng")
			}
		}
		return nil
	})
	if _, err := s.p.judgeSeal(context.Background(), s.agency, s.put(signed), once); err == nil {
		t.Error("a key that was ended sealed")
	}
}
