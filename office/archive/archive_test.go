// SPDX-License-Identifier: Apache-2.0

package archive_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"soviec/kit/fault"
	"soviec/kit/find"
	"soviec/kit/journal"
	"soviec/office/archive"
	"soviec/office/document"
)

func TestAMatterGathersItself(t *testing.T) {
	each(t, func(d *desk) {
		doc := d.letter("2026-10-28")
		x, y := d.opened("01.CS"), d.opened("02.CS")
		d.refused("hai", fault.KindNotFound, "không được xem", func(a *journal.Act) error { _, err := archive.PutIn(a, x.ID, doc.Ref()); return err })
		d.do("hoa", func(a *journal.Act) error { return nil })
		d.given(doc)
		d.file(x.ID, doc.Ref())
		if got := d.refs(x.ID); len(got) != 2 || got[0] != doc.Ref() || !strings.HasPrefix(got[1], "task/") {
			t.Fatalf("%v", got)
		}
		// The same document in another dossier, without a copy.
		d.file(y.ID, doc.Ref())
		where, err := archive.Where(d.r(), d.agency, d.reach("hai"), doc.Ref())
		if err != nil || len(where) != 2 {
			d.Fatalf("%v %v", where, err)
		}
		d.refused("hai", fault.KindConflict, "đã có mục này", func(a *journal.Act) error { _, err := archive.PutIn(a, x.ID, doc.Ref()); return err })
		// An earlier document goes before, whenever it is filed.
		older := d.letter("2026-10-01")
		d.given(older)
		d.file(x.ID, older.Ref())
		if got := d.refs(x.ID); len(got) != 4 || got[0] != older.Ref() || got[1] != doc.Ref() {
			t.Fatalf("%v", got)
		}
		// Filing a document whose work is done files it in its register too.
		d.finished(older)
		z := d.opened("03.CS")
		d.file(z.ID, older.Ref())
		if in, err := document.Get(d.r(), d.agency, document.Reach{All: true}, older.ID); err != nil || in.State != document.StateFiled || in.Dossier != "03.CS" {
			t.Errorf("%+v %v", in, err)
		}
		d.refused("ha", fault.KindForbidden, "", func(a *journal.Act) error { _, err := archive.PutIn(a, x.ID, doc.Ref()); return err })
		d.sound()
	})
}

func TestWorkGivenLaterJoinsItsDocument(t *testing.T) {
	each(t, func(d *desk) {
		doc := d.letter("2026-10-28")
		var x archive.Dossier
		d.do("lan", func(a *journal.Act) (err error) {
			x, err = archive.OpenNew(a, archive.Fresh{Notation: "09.VP", Title: "Hồ sơ theo dõi văn bản năm 2026", Term: archive.Term{Permanent: true}})
			return err
		})
		d.do("lan", func(a *journal.Act) error { _, err := archive.PutIn(a, x.ID, doc.Ref()); return err })
		d.given(doc)
		if got := d.refs(x.ID); len(got) != 2 {
			t.Fatalf("the work did not follow: %v", got)
		}
		items, _ := archive.Items(d.r(), d.agency, x.ID)
		if items[0].Auto || !items[1].Auto {
			t.Errorf("%+v", items)
		}
		d.sound()
	})
}

func TestWhatStandsAgainstClosing(t *testing.T) {
	each(t, func(d *desk) {
		var x archive.Dossier
		d.do("hai", func(a *journal.Act) (err error) {
			x, err = archive.OpenNew(a, archive.Fresh{Notation: "01.CS", Title: "Hồ sơ rà soát người có uy tín"})
			return err
		})
		doc := d.letter("2026-10-28")
		d.given(doc)
		d.file(x.ID, doc.Ref())
		d.do("hai", func(a *journal.Act) error {
			return archive.EnterPaper(a, x.ID, archive.Paper{Type: "Biên bản", Subject: "Họp thôn Lũng Vài", On: day("2026-10-29"), Pages: 3, Author: "Thôn Lũng Vài",
				File: archive.File{Name: "anh.pdf", MIME: "application/pdf", SHA: fmt.Sprintf("%064d", d.serial), Size: 9}})
		})
		keys := func() []string {
			all, err := archive.Findings(d.r(), d.agency, d.get(x.ID))
			if err != nil {
				d.Fatal(err)
			}
			var out []string
			for _, f := range all {
				k, _, _ := strings.Cut(f.Key, ":")
				out = append(out, k)
			}
			slices.Sort(out)
			return out
		}
		if got := keys(); !slices.Equal(got, []string{"bytes", "no-term", "open", "open", "title-year"}) {
			t.Fatalf("%v", got)
		}
		d.refused("hai", fault.KindInvalid, "Còn 5 điểm", func(a *journal.Act) error { return archive.Close(a, x.ID, 0) })
		settle := func(key string) error {
			all, _ := archive.Findings(d.r(), d.agency, d.get(x.ID))
			for _, f := range all {
				if strings.HasPrefix(f.Key, key) {
					return d.try("hai", func(a *journal.Act) error { return archive.Settle(a, x.ID, f.Key, "") })
				}
			}
			return fmt.Errorf("no finding %s", key)
		}
		if err := settle("title-year"); err != nil {
			t.Fatal(err)
		}
		if got := d.get(x.ID).Title; got != "Hồ sơ rà soát người có uy tín, năm 2026" {
			t.Error(got)
		}
		if err := settle("bytes"); err != nil {
			t.Fatal(err)
		}
		if err := settle("open"); !fault.Is(err, fault.KindConflict) {
			t.Errorf("an open matter was waved through: %v", err)
		}
		d.finished(doc)
		// The table of periods proposes the term.
		d.do("minh", func(a *journal.Act) error {
			_, err := archive.ImportRules(a, []archive.Row{{Number: 2, Cells: []string{"05.01", "Dân tộc", "Hồ sơ người có uy tín", "20 năm", "Thông tư 10/2022/TT-BNV", "x"}}}, 0)
			return err
		})
		d.do("hai", func(a *journal.Act) error {
			_, err := archive.Describe(a, x.ID, archive.Details{Notation: "01.CS", Title: d.get(x.ID).Title, Term: archive.Term{Years: 5}, Rule: "05.01"})
			return err
		})
		if got := keys(); !slices.Equal(got, []string{"term"}) {
			t.Fatalf("%v", got)
		}
		if err := settle("term"); err != nil {
			t.Fatal(err)
		}
		d.do("hai", func(a *journal.Act) error { return archive.Close(a, x.ID, day("2026-11-02")) })
		if got := d.get(x.ID); got.State != archive.Closed || got.Term.Years != 20 || got.DueOn != day("2027-11-02") || got.Docs != 3 || got.Pages != 5 {
			t.Errorf("%+v", got)
		}
		// Closed, nothing moves; reopened with a reason it does.
		item, _ := archive.Items(d.r(), d.agency, x.ID)
		d.refused("hai", fault.KindConflict, "đã đóng", func(a *journal.Act) error { return archive.TakeOut(a, x.ID, item[0].ID, "thừa") })
		d.refused("hai", fault.KindInvalid, "vì sao", func(a *journal.Act) error { return archive.Reopen(a, x.ID, " ") })
		d.do("hai", func(a *journal.Act) error { return archive.Reopen(a, x.ID, "Còn thiếu biên bản") })
		d.do("hai", func(a *journal.Act) error { return archive.TakeOut(a, x.ID, item[0].ID, "Không thuộc việc này") })
		d.refs(x.ID)
		d.sound()
	})
}

func TestWhoMayReadADossier(t *testing.T) {
	each(t, func(d *desk) {
		x := d.opened("01.CS")
		reads := func() string {
			var out []string
			for _, name := range []string{"ha", "hai", "lam", "minh", "son", "thang", "tru", "xuan"} {
				if _, err := archive.Get(d.r(), d.agency, d.reach(name), x.ID); err == nil {
					out = append(out, name)
				} else if !fault.Is(err, fault.KindNotFound) {
					d.Error(err)
				}
				list, err := archive.Dossiers(d.r(), d.agency, d.reach(name), archive.Filter{View: archive.ViewAll, Day: d.clock.Today()}, 10)
				if err != nil || (len(list) == 1) != slices.Contains(out, name) {
					d.Errorf("%s: the list has %d, %v", name, len(list), err)
				}
				f := find.New(d.book.DB)
				if err := f.Index(context.Background()); err != nil {
					d.Fatal(err)
				}
				hits, err := f.Search(d.r(), d.agency, find.Query{Text: "nguoi co uy tin", Any: d.reach(name).Tags(), All: []string{"kind:" + archive.Ref}})
				if err != nil || (hits.Total == 1) != slices.Contains(out, name) {
					d.Errorf("%s: search finds %d, %v", name, hits.Total, err)
				}
			}
			return strings.Join(out, " ")
		}
		if got := reads(); got != "hai lam minh thang" {
			t.Error(got)
		}
		d.refused("ha", fault.KindForbidden, "", func(a *journal.Act) error { return archive.Grant(a, x.ID, "p:1", true) })
		grant := func(who string, on bool) {
			d.do("hai", func(a *journal.Act) error { return archive.Grant(a, x.ID, who, on) })
		}
		ha, khth := fmt.Sprintf("p:%d", d.who["ha"].Person), fmt.Sprintf("m:%d", d.unit("KHTH"))
		grant(ha, true)
		grant(khth, true)
		if got := reads(); got != "ha hai lam minh thang xuan" {
			t.Error(got)
		}
		grant(ha, false)
		if got := reads(); got != "hai lam minh thang xuan" {
			t.Error(got)
		}
		open, err := archive.OpenRights(d.r(), d.agency, 10)
		if err != nil || len(open) != 3 {
			d.Fatalf("%v %v", open, err)
		}
		d.refused("hai", fault.KindForbidden, "", func(a *journal.Act) error { return archive.ConfirmRight(a, open[0].ID) })
		d.do("minh", func(a *journal.Act) error { return archive.ConfirmRight(a, open[0].ID) })
		d.refused("minh", fault.KindConflict, "", func(a *journal.Act) error { return archive.ConfirmRight(a, open[0].ID) })
		// Frozen, nothing changes.
		d.refused("hai", fault.KindForbidden, "", func(a *journal.Act) error { return archive.Freeze(a, x.ID, true) })
		d.do("thang", func(a *journal.Act) error { return archive.Freeze(a, x.ID, true) })
		d.refused("hai", fault.KindConflict, "bị khóa", func(a *journal.Act) error { return archive.Grant(a, x.ID, ha, true) })
		d.do("minh", func(a *journal.Act) error { return archive.Freeze(a, x.ID, false) })
		d.sound()
	})
}

func TestFromTheUnitToTheArchive(t *testing.T) {
	each(t, func(d *desk) {
		x, y := d.closed("01.CS"), d.closed("02.CS")
		sweep := func() (n int) {
			d.do("", func(a *journal.Act) (err error) { n, err = archive.Sweep(a); return err })
			return n
		}
		d.clock.Set(d, "2027-10-01 08:00")
		if n := sweep(); n != 0 {
			t.Fatalf("announced %d too early", n)
		}
		d.clock.Set(d, "2027-10-04 08:00")
		if n := sweep(); n != 2 {
			t.Fatalf("announced %d", n)
		}
		if n := sweep(); n != 0 || d.get(x.ID).State != archive.DueOut {
			t.Fatalf("announced twice: %d, %s", n, d.get(x.ID).State)
		}
		// Leaving with dossiers in hand is refused.
		if err := d.try("son", func(a *journal.Act) error { return archive.Leaving(a, d.who["hai"].Person) }); !fault.Is(err, fault.KindConflict) {
			t.Errorf("%v", err)
		}
		// One is kept back by the head's word, at most two years.
		ask := func(until string) error {
			return d.try("hai", func(a *journal.Act) error { return archive.AskKeep(a, y.ID, day(until), "Còn tra cứu") })
		}
		if err := ask("2029-11-03"); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%v", err)
		}
		if err := ask("2028-06-30"); err != nil {
			t.Fatal(err)
		}
		d.refused("lam", fault.KindForbidden, "", func(a *journal.Act) error { return archive.DecideKeep(a, y.ID, true, "") })
		d.do("thang", func(a *journal.Act) error { return archive.DecideKeep(a, y.ID, true, "Đồng ý") })
		if got := d.get(y.ID); got.State != archive.KeptBack || got.Late(day("2028-01-01")) {
			t.Errorf("%+v", got)
		}
		// The other goes, comes back, goes again.
		hand := func() (tr archive.Transfer) {
			d.do("hai", func(a *journal.Act) (err error) {
				tr, err = archive.Hand(a, archive.Offer{Dossiers: []int64{x.ID}, Condition: "Tốt"})
				return err
			})
			return tr
		}
		first := hand()
		d.refused("hai", fault.KindForbidden, "", func(a *journal.Act) error { return archive.Judge(a, first.ID, x.ID, true, "") })
		d.refused("tru", fault.KindInvalid, "vì sao", func(a *journal.Act) error { return archive.Judge(a, first.ID, x.ID, false, "") })
		d.refused("tru", fault.KindInvalid, "chưa nhận", func(a *journal.Act) error { return archive.Conclude(a, first.ID) })
		d.do("tru", func(a *journal.Act) error { return archive.Judge(a, first.ID, x.ID, false, "Tiêu đề chưa rõ") })
		d.do("tru", func(a *journal.Act) error { return archive.Conclude(a, first.ID) })
		if got := d.get(x.ID); got.State != archive.SentBack {
			t.Fatalf("%+v", got)
		}
		second := hand()
		d.do("tru", func(a *journal.Act) error { return archive.Judge(a, second.ID, x.ID, true, "") })
		d.do("tru", func(a *journal.Act) error { return archive.Conclude(a, second.ID) })
		if got := d.get(x.ID); got.State != archive.Archived {
			t.Fatalf("%+v", got)
		}
		if second.Number != 2 || second.Year != 2027 {
			t.Errorf("%+v", second)
		}
		report, err := archive.Report(d.r(), d.agency, d.reach("thang"), 0, d.clock.Today())
		if err != nil || len(report) != 1 || report[0].In != 1 || report[0].Closed != 1 {
			t.Errorf("%+v %v", report, err)
		}
		d.clock.Set(d, "2028-06-05 08:00")
		if n := sweep(); n != 1 || d.get(y.ID).State != archive.DueOut || d.get(y.ID).DueOn != day("2028-06-30") {
			t.Errorf("%d %+v", n, d.get(y.ID))
		}
		// Kept back once, the two years still count from the first day.
		if err := ask("2029-11-03"); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%v", err)
		}
		d.clock.Set(d, "2028-07-03 08:00")
		for group, want := range map[archive.Group]int{archive.GroupLate: 1, archive.GroupIn: 1, archive.GroupDue: 0, archive.GroupClosed: 0, archive.GroupOpen: 0} {
			list, err := archive.Dossiers(d.r(), d.agency, d.reach("thang"), archive.Filter{Group: group, Unit: d.unit("CS"), Day: d.clock.Today()}, 10)
			if err != nil || len(list) != want {
				t.Errorf("%s: %d, want %d, %v", group, len(list), want, err)
			}
		}
		d.sound()
	})
}

func TestDestroyedByManyHands(t *testing.T) {
	each(t, func(d *desk) {
		x, y := d.archived("01.CS"), d.archived("02.CS")
		shared := d.refs(y.ID)[0]
		var doc int64
		fmt.Sscanf(shared, "incoming/%d", &doc)
		council := []archive.Member{{Person: d.who["hoa"].Person, Role: "chair"}, {Person: d.who["lam"].Person, Role: "member"}, {Person: d.who["tru"].Person, Role: "secretary"}}
		var p archive.Destruction
		propose := func(a *journal.Act) (err error) {
			p, err = archive.ProposeDestruction(a, []int64{x.ID, y.ID}, council, "Hết thời hạn bảo quản")
			return err
		}
		d.refused("tru", fault.KindInvalid, "chưa hết thời hạn", propose)
		d.clock.Set(d, "2036-12-31 08:00")
		d.refused("tru", fault.KindInvalid, "chưa hết thời hạn", propose)
		d.clock.Set(d, "2037-01-05 08:00")
		if over, err := archive.Expired(d.r(), d.agency, d.clock.Today(), 10); err != nil || len(over) != 2 {
			t.Fatalf("%v %v", over, err)
		}
		d.refused("minh", fault.KindForbidden, "", propose)
		d.do("tru", propose)
		vote := func(who string, id int64, yes bool, why string) error {
			return d.try(who, func(a *journal.Act) error { return archive.Opine(a, p.ID, id, yes, why) })
		}
		if err := vote("xuan", x.ID, true, ""); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("a stranger voted: %v", err)
		}
		d.refused("thang", fault.KindConflict, "chưa cho đủ ý kiến", func(a *journal.Act) error { return archive.Decide(a, p.ID, true, "12/QĐ-BDT", nil) })
		for _, who := range []string{"hoa", "lam", "tru"} {
			if err := vote(who, x.ID, who != "lam", "Còn cần"); err != nil {
				t.Fatal(err)
			}
			if err := vote(who, y.ID, who == "lam", "Còn cần"); err != nil {
				t.Fatal(err)
			}
		}
		d.refused("hoa", fault.KindForbidden, "", func(a *journal.Act) error { return archive.Decide(a, p.ID, true, "12/QĐ-BDT", nil) })
		d.do("thang", func(a *journal.Act) error { return archive.Decide(a, p.ID, true, "12/QĐ-BDT", nil) })
		if got := d.get(x.ID); got.State != archive.Destroyed || got.Title == "" || got.Docs != 2 {
			t.Errorf("%+v", got)
		}
		if got := d.get(y.ID); got.State != archive.Archived {
			t.Errorf("%+v", got)
		}
		if len(d.refs(x.ID)) != 2 {
			t.Error("the stub lost its index")
		}
		var gone int64
		fmt.Sscanf(d.refs(x.ID)[0], "incoming/%d", &gone)
		for id, want := range map[int64]bool{gone: true, doc: false} {
			files, err := document.FilesByDocument(d.r(), d.agency, []int64{id})
			if err != nil || len(files[id]) != 1 || files[id][0].Purged != want {
				t.Errorf("%d: %+v %v", id, files[id], err)
			}
		}
		d.sound()
	})
}

// A document of two dossiers keeps its bytes until the last of them is destroyed.
func TestBytesLiveAsLongAsOneDossier(t *testing.T) {
	each(t, func(d *desk) {
		doc := d.handled("2026-10-30")
		x, y := d.opened("01.CS"), d.opened("02.CS")
		for _, id := range []int64{x.ID, y.ID} {
			d.file(id, doc.Ref())
			d.do("hai", func(a *journal.Act) error { return archive.Close(a, id, day("2026-11-02")) })
		}
		var tr archive.Transfer
		d.do("hai", func(a *journal.Act) (err error) {
			tr, err = archive.Hand(a, archive.Offer{Dossiers: []int64{x.ID, y.ID}})
			return err
		})
		for _, id := range []int64{x.ID, y.ID} {
			d.do("tru", func(a *journal.Act) error { return archive.Judge(a, tr.ID, id, true, "") })
		}
		d.do("tru", func(a *journal.Act) error { return archive.Conclude(a, tr.ID) })
		d.clock.Set(d, "2040-01-05 08:00")
		council := []archive.Member{{Person: d.who["hoa"].Person, Role: "chair"}, {Person: d.who["lam"].Person, Role: "member"}, {Person: d.who["tru"].Person, Role: "secretary"}}
		for i, id := range []int64{x.ID, y.ID} {
			var p archive.Destruction
			d.do("tru", func(a *journal.Act) (err error) {
				p, err = archive.ProposeDestruction(a, []int64{id}, council, "Hết hạn")
				return err
			})
			for _, who := range []string{"hoa", "lam", "tru"} {
				d.do(who, func(a *journal.Act) error { return archive.Opine(a, p.ID, id, true, "") })
			}
			d.do("thang", func(a *journal.Act) error { return archive.Decide(a, p.ID, true, "12/QĐ-BDT", nil) })
			files, err := document.FilesByDocument(d.r(), d.agency, []int64{doc.ID})
			if err != nil || files[doc.ID][0].Purged != (i == 1) {
				t.Errorf("after %d: %+v %v", i+1, files, err)
			}
		}
		d.sound()
	})
}
