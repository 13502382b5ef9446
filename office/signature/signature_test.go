// SPDX-License-Identifier: Apache-2.0

package signature_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"soviec/kit/cms"
	"soviec/kit/cms/cmstest"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/pades/padestest"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/org/orgtest"
	"soviec/office/signature"
)

type desk struct {
	*testing.T
	book    *journal.Book
	clock   *orgtest.Clock
	agency  int64
	who     map[string]journal.Holder
	world   *cmstest.World
	fetcher *cms.Fetcher
}

func each(t *testing.T, f func(d *desk)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		book, clock := orgtest.Book(t, db, "2026-11-24 08:00")
		agency, who := orgtest.Found(t, book)
		server := httptest.NewServer(nil)
		t.Cleanup(server.Close)
		w, err := cmstest.New(clock.Now, server.URL)
		if err != nil {
			t.Fatal(err)
		}
		server.Config.Handler = w.Handler()
		f(&desk{t, book, clock, agency, who, w, &cms.Fetcher{Allow: []string{strings.TrimPrefix(server.URL, "http://")}}})
	})
}

func (d *desk) try(name string, f func(*journal.Act) error) error {
	return d.book.Do(context.Background(), d.who[name], f)
}

func (d *desk) do(name string, f func(*journal.Act) error) {
	d.Helper()
	if err := d.try(name, f); err != nil {
		d.Fatalf("%s: %v", name, err)
	}
}

func (d *desk) read() store.Reader { return d.book.DB.Read(context.Background()) }

func (d *desk) system(f func(*journal.Act) error) {
	d.Helper()
	if err := d.book.Do(context.Background(), journal.Holder{Agency: d.agency, System: true, Name: "Sổ Việc"}, f); err != nil {
		d.Fatal(err)
	}
}

func pemOf(id *cmstest.Identity) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: id.Cert.Raw})
}

func (d *desk) trusts(purpose cms.Set) signature.Trusting {
	return signature.Trusting{Name: "CA thử", Purpose: purpose, File: pemOf(d.world.Root), Pinned: strings.ToUpper(cms.Fingerprint(d.world.Root.Cert)), Source: "tạo trong phép thử"}
}

func (d *desk) id(name string) *cmstest.Identity {
	d.Helper()
	id, err := d.world.Issue(name, cmstest.Request{})
	if err != nil {
		d.Fatal(err)
	}
	return id
}

func (d *desk) store() *cms.Store {
	d.Helper()
	s, err := signature.StoreOf(d.read(), d.agency)
	if err != nil {
		d.Fatal(err)
	}
	return s
}

func (d *desk) look(b []byte) signature.Record {
	d.Helper()
	return signature.Look(context.Background(), bytes.NewReader(b), int64(len(b)), d.store(), d.clock.Now(), d.fetcher)
}

func sha(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

func must(t testing.TB, b []byte, err error) []byte {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (d *desk) check() {
	d.Helper()
	if err := signature.Check(d.read(), d.agency, func(s string) { d.Error(s) }); err != nil {
		d.Fatal(err)
	}
}

func TestVerdictsAreKept(t *testing.T) {
	each(t, func(d *desk) {
		leader := d.id("Đàm Quốc Thắng")
		plain := padestest.Paper("Quyet dinh")
		signed, err := padestest.Sign(plain, leader, d.clock.Now())
		must(d, signed, err)
		altered, err := padestest.Alter(signed, "Sua")
		must(d, altered, err)
		broken, err := padestest.Break(signed)
		must(d, broken, err)
		if got := d.look(signed).Outcome(); got != signature.UnknownCA {
			d.Errorf("nothing is trusted yet: %s", got)
		}
		d.do("son", func(a *journal.Act) error { _, err := signature.Trust(a, d.trusts(cms.SetPublicService)); return err })
		for _, c := range []struct {
			file []byte
			want signature.Outcome
		}{{plain, signature.NotSigned}, {signed, signature.Valid}, {altered, signature.Altered}, {broken, signature.Invalid}, {[]byte("%PDF-1.7 no"), signature.Undecided}} {
			rec := d.look(c.file)
			if rec.Outcome() != c.want {
				d.Errorf("want %s, got %s: %+v", c.want, rec.Outcome(), rec)
			}
			d.system(func(a *journal.Act) error { _, err := signature.Keep(a, sha(c.file), rec); return err })
		}
		now, err := signature.Latest(d.read(), d.agency, sha(signed), sha(altered), "none")
		if err != nil || len(now) != 2 {
			d.Fatalf("%v %v", now, err)
		}
		v := now[sha(signed)]
		if v.Signed != 1 || len(v.Record.Signers) != 1 || v.Record.Signers[0].Subject != "Đàm Quốc Thắng" || v.Record.Signers[0].Anchor == "" || len(v.Record.Signers[0].Revocation) == 0 {
			d.Errorf("the evidence is not kept: %+v", v.Record)
		}
		// asked again after the certificate was revoked: a new row, the old one stays
		d.world.Revoke(leader.Cert, d.clock.Now().Add(-time.Hour), 1)
		rec := d.look(signed)
		d.do("lan", func(a *journal.Act) error { _, err := signature.Keep(a, sha(signed), rec); return err })
		all, err := signature.History(d.read(), d.agency, sha(signed))
		if err != nil || len(all) != 2 || all[0].Outcome != signature.Invalid || all[1].Outcome != signature.Valid || all[0].AskedBy != d.who["lan"].Person {
			d.Errorf("history: %+v %v", all, err)
		}
		d.check()
	})
}

func TestABadOneIsNotOverlooked(t *testing.T) {
	each(t, func(d *desk) {
		signed, err := padestest.Sign(padestest.Paper("Quyet dinh"), d.id("A"), d.clock.Now())
		must(d, signed, err)
		bad, err := padestest.Alter(signed, "Sua")
		must(d, bad, err)
		d.system(func(a *journal.Act) error { _, err := signature.Keep(a, sha(bad), d.look(bad)); return err })
		demand := func() error {
			return d.try("lan", func(a *journal.Act) error {
				a.Judged()
				if err := signature.Demand(a, "incoming/1", sha(bad), sha(signed)); err != nil {
					return err
				}
				return fmt.Errorf("passed")
			})
		}
		if err := demand(); !fault.Is(err, fault.KindConflict) {
			d.Errorf("a bad signature went on: %v", err)
		}
		for _, c := range []struct {
			who, reason string
			kind        fault.Kind
		}{{"lan", "xong", fault.KindInvalid}, {"hai", "đã gọi điện hỏi nơi gửi", fault.KindForbidden}} {
			if err := d.try(c.who, func(a *journal.Act) error { return signature.Waive(a, "incoming/1", sha(bad), c.reason) }); !fault.Is(err, c.kind) {
				d.Errorf("%s %q: %v", c.who, c.reason, err)
			}
		}
		if err := d.try("lan", func(a *journal.Act) error {
			return signature.Waive(a, "incoming/1", sha(signed), "không có gì phải bỏ qua")
		}); !fault.Is(err, fault.KindConflict) {
			d.Errorf("nothing to waive: %v", err)
		}
		d.do("lan", func(a *journal.Act) error {
			return signature.Waive(a, "incoming/1", sha(bad), "Đã gọi nơi gửi, đang chờ gửi lại bản đúng")
		})
		if err := demand(); err == nil || err.Error() != "passed" {
			d.Errorf("after it was written down: %v", err)
		}
		if left, err := signature.Unseen(d.read(), d.agency, "incoming/2", sha(bad)); err != nil || len(left) != 1 {
			d.Errorf("another document is not covered: %v %v", left, err)
		}
		d.check()
	})
}

func TestTrustIsData(t *testing.T) {
	each(t, func(d *desk) {
		try := func(name string, change func(*signature.Trusting)) error {
			x := d.trusts(cms.SetLicensed)
			if change != nil {
				change(&x)
			}
			return d.try(name, func(a *journal.Act) error { _, err := signature.Trust(a, x); return err })
		}
		for name, c := range map[string]struct {
			who    string
			change func(*signature.Trusting)
			kind   fault.Kind
		}{
			"not an administrator": {"minh", nil, fault.KindForbidden},
			"no fingerprint":       {"son", func(x *signature.Trusting) { x.Pinned = "" }, fault.KindInvalid},
			"another fingerprint":  {"son", func(x *signature.Trusting) { x.Pinned = strings.Repeat("a", 64) }, fault.KindInvalid},
			"no source":            {"son", func(x *signature.Trusting) { x.Source = "" }, fault.KindInvalid},
			"no certificate":       {"son", func(x *signature.Trusting) { x.File = []byte("x") }, fault.KindInvalid},
			"a person's":           {"son", func(x *signature.Trusting) { id := d.id("A"); x.File, x.Pinned = pemOf(id), cms.Fingerprint(id.Cert) }, fault.KindInvalid},
			"no purpose":           {"son", func(x *signature.Trusting) { x.Purpose = "all" }, fault.KindInvalid},
		} {
			if err := try(c.who, c.change); !fault.Is(err, c.kind) {
				d.Errorf("%s: %v", name, err)
			}
		}
		if err := try("son", nil); err != nil {
			d.Fatal(err)
		}
		if err := try("son", nil); !fault.Is(err, fault.KindConflict) {
			d.Errorf("twice: %v", err)
		}
		signed, err := padestest.Sign(padestest.Paper("x"), d.id("A"), d.clock.Now())
		must(d, signed, err)
		if got := d.look(signed).Outcome(); got != signature.Valid {
			d.Error(got)
		}
		all, err := signature.Anchors(d.read(), d.agency)
		if err != nil || len(all) != 1 {
			d.Fatal(all, err)
		}
		if err := d.try("lan", func(a *journal.Act) error { return signature.Distrust(a, all[0].ID, "không còn tin cậy nữa") }); !fault.Is(err, fault.KindForbidden) {
			d.Error(err)
		}
		d.do("son", func(a *journal.Act) error { return signature.Distrust(a, all[0].ID, "CA thử đã hết việc") })
		if got := d.look(signed).Outcome(); got != signature.UnknownCA {
			d.Error(got)
		}
		d.check()
	})
}

func TestKeysAndWhoSigned(t *testing.T) {
	each(t, func(d *desk) {
		d.do("son", func(a *journal.Act) error { _, err := signature.Trust(a, d.trusts(cms.SetPublicService)); return err })
		leader, agency, stranger := d.id("Đàm Quốc Thắng"), d.id("Ban Dân tộc tỉnh"), d.id("Người lạ")
		enter := func(who string, in signature.Entering) (k signature.Key, err error) {
			err = d.try(who, func(a *journal.Act) (err error) { k, err = signature.EnterKey(a, in); return err })
			return k, err
		}
		thang, lan, thu := d.who["thang"].Person, d.who["lan"].Person, d.who["thu"].Person
		if _, err := enter("hai", signature.Entering{Person: thang, Device: "token", File: pemOf(leader)}); !fault.Is(err, fault.KindForbidden) {
			d.Error(err)
		}
		if _, err := enter("minh", signature.Entering{Device: "token", File: pemOf(agency), Holder: thang}); !fault.Is(err, fault.KindInvalid) {
			d.Errorf("the agency's key with a leader: %v", err)
		}
		if _, err := enter("minh", signature.Entering{Person: thang, Device: "token", File: pemOf(leader), Holder: lan}); !fault.Is(err, fault.KindInvalid) {
			d.Errorf("a person's key with another: %v", err)
		}
		if _, err := enter("minh", signature.Entering{Person: thang, Device: "token", DeviceNo: "VGCA-01", File: pemOf(leader)}); err != nil {
			d.Fatal(err)
		}
		seal, err := enter("minh", signature.Entering{Device: "token", File: pemOf(agency), Holder: lan, Minutes: "BB số 01 ngày 02/01/2026"})
		if err != nil {
			d.Fatal(err)
		}
		if err := d.try("minh", func(a *journal.Act) error { return signature.HandKey(a, seal.ID, thu, 0, "") }); !fault.Is(err, fault.KindInvalid) {
			d.Errorf("without minutes: %v", err)
		}
		d.do("minh", func(a *journal.Act) error {
			return signature.HandKey(a, seal.ID, thu, 0, "BB số 02 ngày 24/11/2026")
		})
		list, err := signature.Keys(d.read(), d.agency)
		if err != nil || len(list) != 2 || list[0].Holder != thu || len(list[0].Handovers) != 2 {
			d.Fatalf("%+v %v", list, err)
		}
		before := padestest.Paper("Quyet dinh")
		sign := func(in []byte, id *cmstest.Identity) []byte {
			out, err := padestest.Sign(in, id, d.clock.Now())
			return must(d, out, err)
		}
		compare := func(before, after []byte, certs []string) error {
			_, _, err := signature.Compare(context.Background(), signature.Paper{Src: bytes.NewReader(before), Size: int64(len(before))},
				signature.Paper{Src: bytes.NewReader(after), Size: int64(len(after))}, signature.Wanted{Certs: certs, Who: "ông Đàm Quốc Thắng"}, d.store(), d.clock.Now(), d.fetcher)
			return err
		}
		his := signature.Of(list, thang)
		good := sign(before, leader)
		altered, err := padestest.Alter(good, "x")
		must(d, altered, err)
		for name, c := range map[string]struct {
			before, after []byte
			certs         []string
			says          string
		}{
			"his own":            {before, good, his, ""},
			"not signed":         {before, before, his, "không bắt đầu"},
			"another file":       {before, sign(padestest.Paper("Quyet dinh khac"), leader), his, "không bắt đầu"},
			"a stranger":         {before, sign(before, stranger), his, "không phải của ông Đàm Quốc Thắng"},
			"signed twice":       {before, sign(good, leader), his, "nhiều hơn một"},
			"altered":            {before, altered, his, "thay đổi ngoài phạm vi"},
			"no key known":       {before, good, nil, "Sổ quản lý khóa chưa có"},
			"the agency's after": {good, sign(good, agency), signature.Of(list, 0), ""},
			"nothing new":        {before, append(bytes.Clone(before), '\n'), his, "chưa có chữ ký"},
		} {
			err := compare(c.before, c.after, c.certs)
			if (c.says == "") != (err == nil) || err != nil && !strings.Contains(fault.Text(err), c.says) {
				d.Errorf("%s: %v", name, err)
			}
		}
		d.world.Revoke(leader.Cert, d.clock.Now().Add(-time.Hour), 1)
		if err := compare(before, good, his); err == nil || !strings.Contains(fault.Text(err), "thu hồi") {
			d.Errorf("revoked: %v", err)
		}
		d.do("minh", func(a *journal.Act) error { return signature.EndKey(a, seal.ID, "thu hồi thiết bị") })
		if list, err = signature.Keys(d.read(), d.agency); err != nil || len(signature.Of(list, 0)) != 0 {
			d.Errorf("%v %v", list, err)
		}
		d.check()
	})
}
