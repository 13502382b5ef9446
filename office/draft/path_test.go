// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"strings"
	"testing"
	"time"

	"soviec/kit/blob"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/org/orgtest"
)

// The story of one draft: written, returned, corrected, passed, returned by the signer,
// signed on paper, numbered.
func TestStoryOfADraft(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		f := d.letterFacts()
		p := d.begin("hai", f)
		id := p.ID
		if p.State != StateDrafting || p.Current != 1 || p.Capacity != org.CapSelf || joined(p.Lines) != "TRƯỞNG BAN" {
			d.Fatalf("%+v", p)
		}
		last := p.Recipients[len(p.Recipients)-1]
		if last.Purpose != "store" || last.Name != "VT, CS" || p.Recipients[0].Name != "Ủy ban nhân dân các xã" || p.Recipients[0].Channel != "axis" || p.Recipients[1].Kind != "unit" {
			d.Fatalf("recipients %+v", p.Recipients)
		}
		d.refused("ha", fault.KindForbidden, "", func(a *journal.Act) error { return Submit(a, id, "") })
		d.refused("lam", fault.KindConflict, "đang soạn", func(a *journal.Act) error { return Return(a, id, p.SHA, "x", nil) })
		d.do("hai", func(a *journal.Act) error { return Submit(a, id, "Kính trình trưởng phòng") })
		d.refused("hai", fault.KindForbidden, "", func(a *journal.Act) error { return PassContent(a, id, p.SHA, 0, "") })
		d.refused("xuan", fault.KindForbidden, "", func(a *journal.Act) error { return PassContent(a, id, p.SHA, 0, "") })
		d.refused("lam", fault.KindInvalid, "cần sửa gì", func(a *journal.Act) error { return Return(a, id, p.SHA, " ", nil) })
		d.refused("lam", fault.KindConflict, "đã thay đổi", func(a *journal.Act) error { return PassContent(a, id, sum("other"), 0, "") })
		d.do("lam", func(a *journal.Act) error {
			return Return(a, id, p.SHA, "", []Mark{{Page: 1, Quote: "rà soát", Text: "Ghi rõ thời hạn"}})
		})
		marks, err := Marks(d.r(), id)
		if err != nil || len(marks) != 1 || marks[0].Ordinal != 1 || marks[0].Quote != "rà soát" {
			d.Fatal(marks, err)
		}
		d.refused("hai", fault.KindInvalid, "chưa đánh dấu đã sửa", func(a *journal.Act) error { return Submit(a, id, "") })
		d.do("hai", func(a *journal.Act) error { return SettleMark(a, id, marks[0].ID) })
		f.Body = "Ban Dân tộc đề nghị các xã rà soát trước ngày 30/11/2026.\n\nTrân trọng./."
		p = d.save("hai", id, f)
		if p.Current != 2 {
			d.Fatal("no second version")
		}
		if p = d.save("hai", id, f); p.Current != 2 {
			d.Fatal("an unchanged text made a version")
		}
		p = d.toSign(id)
		if p.State != StateToSign || p.Round != 2 || p.Approved != p.SHA {
			d.Fatalf("%+v", p)
		}
		d.refused("hoa", fault.KindForbidden, "", func(a *journal.Act) error { return Return(a, id, p.SHA, "x", nil) })
		d.do("thang", func(a *journal.Act) error { return Return(a, id, p.SHA, "Bổ sung căn cứ", nil) })
		if n, _ := notice.Unread(d.r(), d.agency, d.person("lam")); n == 0 {
			d.Error("the head of the unit does not hear of what the signer returned")
		}
		f.Body += "\nBổ sung."
		p = d.save("hai", id, f)
		d.refused("lan", fault.KindConflict, "", func(a *journal.Act) error { return SignOnPaper(a, id, p.SHA, d.clock.Today(), scan()) })
		p = d.toSign(id)
		d.clock.Add(24 * time.Hour)
		d.refused("hai", fault.KindForbidden, "", func(a *journal.Act) error { return SignOnPaper(a, id, p.SHA, d.clock.Today(), scan()) })
		d.refused("lan", fault.KindInvalid, "trước ngày trình ký", func(a *journal.Act) error { return SignOnPaper(a, id, p.SHA, d.clock.Today().AddDays(-5), scan()) })
		d.do("lan", func(a *journal.Act) error { return SignOnPaper(a, id, p.SHA, d.clock.Today().AddDays(-1), scan()) })
		p = d.get(id)
		if p.State != StateSigned || p.Signed != "paper" || p.SignedOn != d.clock.Today().AddDays(-1) || p.SignedSHA != scan().SHA {
			d.Fatalf("%+v", p)
		}
		d.do("lan", func(a *journal.Act) error { a.Judged(); return Leave(a, id, 77) })
		d.refused("lan", fault.KindConflict, "đã được cấp số", func(a *journal.Act) error { return Leave(a, id, 78) })
		d.check()
	})
}

// T25 and its like: what the posts, the regulations and the delegations do not support.
func TestACapacityThatTheDayDoesNotSupportIsRefused(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		f := d.letterFacts()
		begin := func(signer string, code org.CapacityCode) error {
			return d.try("hai", func(a *journal.Act) error {
				f.Signer, f.Capacity = d.person(signer), code
				_, err := Begin(a, f)
				return err
			})
		}
		for _, c := range []struct {
			signer string
			code   org.CapacityCode
			says   string
		}{
			{"lam", org.CapKT, "không phải cấp phó"}, {"hoa", org.CapSelf, "không phải người đứng đầu"}, {"minh", org.CapTL, "không giao"},
			{"lam", org.CapTUQ, "không có ủy quyền"}, {"thang", org.CapTM, "không ghi tập thể"}, {"thang", org.CapQ, "không được giao quyền"}, {"ha", "", "không có thẩm quyền"},
		} {
			if err := begin(c.signer, c.code); !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), c.says) {
				d.Errorf("%s %s: %v", c.signer, c.code, err)
			}
		}
		if err := begin("hoa", ""); err != nil {
			d.Error(err)
		}
		today := d.clock.Today()
		d.refused("hai", fault.KindForbidden, "", func(a *journal.Act) error {
			_, err := org.GiveDelegation(a, org.Delegation{Person: d.person("lam")})
			return err
		})
		var delegation int64
		d.do("minh", func(a *journal.Act) (err error) {
			if _, err = org.SetSigning(a, org.Signing{Kind: org.ByOrder, Unit: d.who["minh"].Unit, Type: "CV", Basis: "Quy chế làm việc"}); err != nil {
				return err
			}
			delegation, err = org.GiveDelegation(a, org.Delegation{Person: d.person("lam"), Types: []string{"CV"}, From: today, To: today.AddDays(1),
				Scope: "Công văn về chính sách dân tộc", Basis: "Giấy ủy quyền số 12/GUQ-BDT"})
			return err
		})
		lines := func(signer string, code org.CapacityCode) string {
			c, err := d.dir().CapacityFor(d.person(signer), code, 0, "CV", d.clock.Today())
			if err != nil {
				return err.Error()
			}
			return joined(c.Lines)
		}
		for want, got := range map[string]string{
			"TL. TRƯỞNG BAN\nCHÁNH VĂN PHÒNG":                  lines("minh", ""),
			"TUQ. TRƯỞNG BAN\nTRƯỞNG PHÒNG CHÍNH SÁCH DÂN TỘC": lines("lam", org.CapTUQ),
			"KT. TRƯỞNG BAN\nPHÓ TRƯỞNG BAN":                   lines("hoa", org.CapKT),
			"TRƯỞNG BAN":                                       lines("thang", org.CapSelf),
		} {
			if want != got {
				d.Errorf("printed %q, want %q", got, want)
			}
		}
		// A delegation that ends between approving and signing supports no signature.
		f = d.letterFacts()
		f.Signer, f.Capacity = d.person("lam"), org.CapTUQ
		f.Subject = "Ký thừa ủy quyền"
		id := d.begin("hai", f).ID
		p := d.toSign(id)
		d.clock.Add(48 * time.Hour)
		d.refused("lan", fault.KindInvalid, "đã hết hạn", func(a *journal.Act) error { return SignOnPaper(a, id, p.SHA, d.clock.Today(), scan()) })
		d.refused("lam", fault.KindInvalid, "đã hết hạn", func(a *journal.Act) error { _, err := Prepare(a, id, p.SHA); return err })
		d.do("lan", func(a *journal.Act) error { return SignOnPaper(a, id, p.SHA, today, scan()) })
		d.do("minh", func(a *journal.Act) error { return org.EndDelegation(a, delegation, 0) })
		d.check()
	})
}

// Whoever wrote a draft does not initial it, unless nobody else in his unit can.
func TestTheDrafterDoesNotInitialHisOwn(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		f := d.letterFacts()
		id := d.begin("lam", f).ID
		d.do("lam", func(a *journal.Act) error { return Submit(a, id, "") })
		// Lâm alone heads the division: he may, and it is recorded.
		d.do("lam", func(a *journal.Act) error { return PassContent(a, id, d.get(id).SHA, 0, "") })
		steps, err := Steps(d.r(), id)
		if err != nil || !steps[len(steps)-1].Alone {
			d.Fatal("not recorded as his own", err)
		}
		d.do("son", func(a *journal.Act) error {
			_, err := org.GivePost(a, org.NewPost{Person: d.person("ha"), Unit: d.who["ha"].Unit, Title: "Phó Trưởng phòng", Roles: []org.Role{org.UnitDeputy}})
			return err
		})
		id = d.begin("lam", f).ID
		d.do("lam", func(a *journal.Act) error { return Submit(a, id, "") })
		d.refused("lam", fault.KindForbidden, "bà Bế Ngọc Hà", func(a *journal.Act) error { return PassContent(a, id, d.get(id).SHA, 0, "") })
		// Not by standing in for somebody either.
		d.do("ha", func(a *journal.Act) error { return PassContent(a, id, d.get(id).SHA, d.person("lan"), "") })
		d.refused("thu", fault.KindForbidden, "giao người khác", func(a *journal.Act) error { return PassForm(a, id, d.get(id).SHA, all("CV"), "") })
		d.refused("lan", fault.KindInvalid, "Chưa đánh dấu", func(a *journal.Act) error { return PassForm(a, id, d.get(id).SHA, nil, "") })
		d.do("lan", func(a *journal.Act) error { return PassForm(a, id, d.get(id).SHA, all("CV"), "") })
		d.check()
	})
}

// A file that is changed after it was passed goes back to whoever passed it.
func TestACorrectionInTheFormCheckIsShownAgain(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		f := d.letterFacts()
		id := d.begin("hai", f).ID
		d.do("hai", func(a *journal.Act) error { return Submit(a, id, "") })
		d.do("lam", func(a *journal.Act) error { return PassContent(a, id, d.get(id).SHA, 0, "") })
		f.Body = "Ban Dân tộc kính đề nghị các xã rà soát.\n\nTrân trọng./."
		p := d.get(id)
		d.refused("hai", fault.KindForbidden, "", func(a *journal.Act) error { _, err := Save(a, id, p.Version, f, d.composed(p, f)); return err })
		d.refused("minh", fault.KindConflict, "người khác thay đổi", func(a *journal.Act) error { _, err := Save(a, id, p.Version-1, f, d.composed(p, f)); return err })
		p = d.save("minh", id, f)
		if p.State != StateInReview || p.Current != 2 {
			d.Fatalf("%s, version %d", p.State, p.Current)
		}
		d.refused("minh", fault.KindConflict, "", func(a *journal.Act) error { return PassForm(a, id, p.SHA, all("CV"), "") })
		d.do("lam", func(a *journal.Act) error { return PassContent(a, id, p.SHA, 0, "") })
		d.do("minh", func(a *journal.Act) error { return PassForm(a, id, p.SHA, all("CV"), "") })
		// What is composed elsewhere is not taken for this draft's page.
		id = d.begin("hai", f).ID
		q := d.get(id)
		other := f
		other.Body = "Nội dung khác hẳn."
		d.refused("hai", fault.KindConflict, "lưu lại một lần nữa", func(a *journal.Act) error { _, err := Save(a, id, q.Version, f, d.composed(q, other)); return err })
		d.check()
	})
}

func TestOpinions(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		id := d.begin("hai", d.letterFacts()).ID
		today := d.clock.Today()
		people := []int64{d.person("xuan"), d.person("nga")}
		ask := func(due int, who ...int64) func(*journal.Act) error {
			return func(a *journal.Act) error {
				_, err := Ask(a, id, who, today.AddDays(due), "Xin ý kiến về mức hỗ trợ")
				return err
			}
		}
		d.refused("ha", fault.KindForbidden, "", ask(3, people...))
		d.refused("hai", fault.KindInvalid, "ngày nghỉ", ask(1, people...)) // 24/11/2026 is a holiday
		d.refused("hai", fault.KindInvalid, "của chính mình", ask(3, d.person("hai")))
		d.refused("hai", fault.KindInvalid, "không được đọc nội dung", ask(3, d.person("son")))
		d.do("hai", ask(3, people...))
		d.refused("hai", fault.KindConflict, "đang lấy ý kiến", func(a *journal.Act) error { return Submit(a, id, "") })
		d.refused("khoi", fault.KindForbidden, "", func(a *journal.Act) error { return Give(a, id, "agree", "Được") })
		d.refused("xuan", fault.KindInvalid, "Hãy ghi ý kiến", func(a *journal.Act) error { return Give(a, id, "agree", "") })
		d.refused("xuan", fault.KindInvalid, "Hãy chọn", func(a *journal.Act) error { return Give(a, id, "", "Được") })
		if list, _ := Waiting(d.r(), d.dir(), d.dir().Rights(d.person("xuan"), today), d.person("xuan"), today); len(list) != 1 || !list[0].Word.Answer {
			d.Fatalf("%+v", list)
		}
		d.do("xuan", func(a *journal.Act) error { return Give(a, id, "agree", "Thống nhất") })
		d.do("hai", func(a *journal.Act) error { return MoveRound(a, id, today.AddDays(4)) })
		d.do("nga", func(a *journal.Act) error { return Give(a, id, "other", "Nên thêm phụ lục") })
		d.refused("nga", fault.KindForbidden, "", func(a *journal.Act) error { return CloseRound(a, id, "") })
		d.do("hai", func(a *journal.Act) error { return CloseRound(a, id, "Tiếp thu, thêm phụ lục") })
		rounds, err := Rounds(d.r(), id)
		if err != nil || len(rounds) != 1 || len(rounds[0].Opinions) != 2 || rounds[0].FirstDue != today.AddDays(3) || rounds[0].Open() {
			d.Fatalf("%+v %v", rounds, err)
		}
		if d.get(id).State != StateDrafting {
			d.Fatal("the draft does not come back")
		}
		d.do("hai", func(a *journal.Act) error { return Submit(a, id, "") })
		d.do("lam", ask(3, d.person("thang")))
		d.do("lam", func(a *journal.Act) error { return CloseRound(a, id, "") })
		if d.get(id).State != StateInReview {
			d.Fatal("the draft does not come back to the head")
		}
		d.check()
	})
}

func TestSigningByKeyAndBySomebodyElse(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		f := d.letterFacts()
		id := d.begin("hai", f).ID
		p := d.toSign(id)
		hoa := func() *Content {
			q, err := Capable(d.dir(), Signer(d.get(id), d.person("hoa"), ""), d.clock.Today())
			if err != nil {
				d.Fatal(err)
			}
			return page(d, d.dir(), q)
		}
		d.refused("thang", fault.KindInvalid, "không có thẩm quyền", func(a *journal.Act) error { return PassOn(a, id, p.SHA, d.person("ha"), "", hoa(), "") })
		d.do("thang", func(a *journal.Act) error {
			return PassOn(a, id, p.SHA, d.person("hoa"), "", hoa(), "Chị Hoa ký thay")
		})
		p = d.get(id)
		if p.State != StateToSign || p.Capacity != org.CapKT || joined(p.Lines) != "KT. TRƯỞNG BAN\nPHÓ TRƯỞNG BAN" || p.Current != 2 || p.Approved != p.SHA {
			d.Fatalf("%+v", p)
		}
		d.refused("thang", fault.KindForbidden, "", func(a *journal.Act) error { _, err := Prepare(a, id, p.SHA); return err })
		d.do("hoa", func(a *journal.Act) error {
			_, err := org.DeclareAbsence(a, org.NewAbsence{Person: d.person("hoa"), StandIn: d.person("quy"), From: d.clock.Today(), To: d.clock.Today()})
			return err
		})
		d.who["quy"] = orgtest.For(d.who["quy"], d.who["hoa"])
		d.refused("quy", fault.KindForbidden, "chính người ký", func(a *journal.Act) error { _, err := Prepare(a, id, p.SHA); return err })
		d.refused("hoa", fault.KindConflict, "Chưa mở tệp", func(a *journal.Act) error { return Complete(a, id, blob.Key(sum("signed")), Evidence{}) })
		d.do("hoa", func(a *journal.Act) error { _, err := Prepare(a, id, p.SHA); return err })
		d.refused("hoa", fault.KindInvalid, "chưa có chữ ký", func(a *journal.Act) error { return Complete(a, id, blob.Key(p.SHA), Evidence{}) })
		d.do("hoa", func(a *journal.Act) error {
			return Complete(a, id, blob.Key(sum("signed")), Evidence{Subject: "CN=Nông Thị Hoa", Level: "B-T"})
		})
		if p = d.get(id); p.State != StateSigned || p.Signed != "digital" || p.SignedSHA != sum("signed") {
			d.Fatalf("%+v", p)
		}
		id = d.begin("hai", f).ID
		d.toSign(id)
		d.refused("thang", fault.KindInvalid, "lý do", func(a *journal.Act) error { return Refuse(a, id, "") })
		d.do("thang", func(a *journal.Act) error { return Refuse(a, id, "Chưa cần ban hành") })
		if d.get(id).State != StateDropped {
			d.Fatal("not dropped")
		}
		d.check()
	})
}

// Default deny: whoever has nothing to do with a draft does not find it anywhere.
func TestWhoMayRead(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		id := d.begin("hai", d.letterFacts()).ID
		sees := func(names ...string) {
			d.Helper()
			for name, h := range d.who {
				want := false
				for _, n := range names {
					want = want || n == name
				}
				reach := ReachOf(d.dir().Rights(h.Person, d.clock.Today()))
				_, err := Read(d.r(), d.agency, reach, id)
				list, lerr := List(d.r(), d.agency, reach, Filter{}, 10)
				counts, cerr := Counts(d.r(), d.agency, reach, 0)
				n := 0
				for _, c := range counts {
					n += c
				}
				if lerr != nil || cerr != nil || (err == nil) != want || (len(list) == 1) != want || (n == 1) != want {
					d.Errorf("%s: reads %v, list %d, count %d, want %v (%v %v)", name, err, len(list), n, want, lerr, cerr)
				}
			}
		}
		sees("hai", "lam", "thang", "hoa", "quy", "minh", "lan", "thu")
		d.do("hai", func(a *journal.Act) error {
			_, err := Ask(a, id, []int64{d.person("van")}, d.clock.Today().AddDays(2), "Xin ý kiến")
			return err
		})
		sees("hai", "lam", "thang", "hoa", "quy", "minh", "lan", "thu", "van")
		d.refused("son", fault.KindForbidden, "", func(a *journal.Act) error { _, err := Begin(a, d.letterFacts()); return err })
	})
}
