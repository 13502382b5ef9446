// SPDX-License-Identifier: Apache-2.0

package task_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
	"soviec/office/task"
)

// direct has somebody give work directly.
func (d *desk) direct(name string, o task.Order) task.Work {
	d.Helper()
	var w task.Work
	d.do(name, func(a *journal.Act) (err error) { w, err = task.Give(a, o); return err })
	return w
}

func (d *desk) to(name string) task.Assignee { return task.Assignee{Person: d.person(name)} }

func (d *desk) rights(name string) org.Rights {
	return d.dir().Rights(d.person(name), d.clock.Today())
}

func TestDirectGivingKeepsAllThatWasSaid(t *testing.T) {
	each(t, func(d *desk) {
		w := d.direct("thang", task.Order{Title: " Báo cáo quà Tết ", Priority: 2, Proof: task.ProofDocument, Due: task.Due{On: day("2026-11-27"), At: "16:00"},
			Product: task.Product{ID: 7, Name: "Báo cáo chuyên đề", Quantity: 2000, Norm: 480, Factor: 1500},
			Lead:    task.Assignee{Unit: d.unit("CS"), Text: "Tổng hợp"},
			Coop:    []task.Assignee{{Person: d.person("anh"), Text: "Số liệu chương trình", Due: day("2026-11-25")}, {Unit: d.unit("NV")}},
			Links:   []string{"task/0"}[:0], Files: []task.File{{Name: "mẫu.docx", SHA: strings.Repeat("a", 64), Size: 9}}})
		w = d.get(w)
		if w.Title != "Báo cáo quà Tết" || w.Priority != 2 || w.Proof != task.ProofDocument || w.Product.Name != "Báo cáo chuyên đề" || w.Product.Minutes() != 960 {
			d.Errorf("%+v", w)
		}
		parts := w.Parts()
		if lead := w.Lead(); lead.Piece != "Tổng hợp" || parts[lead.ID] != 6000 || w.Volume(lead.ID) != 1_800_000 {
			d.Errorf("%+v %v", lead, parts)
		}
		if c := w.Shares[1]; c.Piece != "Số liệu chương trình" || c.DueOn != day("2026-11-25") || parts[c.ID] != 2000 {
			d.Errorf("%+v", c)
		}
		files, err := task.Files(d.read(), d.agency, w.ID)
		if err != nil || len(files) != 1 || files[0].Share != 0 || files[0].AddedBy != d.person("thang") {
			d.Errorf("%+v %v", files, err)
		}
		mine, err := task.Mine(d.read(), d.agency, d.person("anh"))
		if err != nil || len(mine) != 1 || mine[0].Priority != 2 || mine[0].Norm != 480 || mine[0].Part != 2000 {
			d.Errorf("%+v %v", mine, err)
		}
		d.sound()
	})
}

// Short notice is less working time than the product's norm, and less than a working day
// where there is no norm (evaluation.md 3.4).
func TestShortNotice(t *testing.T) {
	each(t, func(d *desk) { // Monday 08:00; the shifts are of seven hours and a half or eight
		give := func(due string, norm int64) task.Work {
			o := task.Order{Title: "Việc", Lead: d.to("hai"), Due: task.Due{On: day(due)}}
			if norm > 0 {
				o.Product = task.Product{ID: 1, Name: "Báo cáo", Quantity: 1000, Norm: norm}
			}
			return d.direct("thang", o)
		}
		for _, c := range []struct {
			due   string
			norm  int64
			short bool
		}{{"2026-11-16", 0, true}, {"2026-11-17", 0, false}, {"2026-11-17", 16 * 60, true}, {"2026-11-18", 16 * 60, false}, {"2026-11-16", 60, false}} {
			w := give(c.due, c.norm)
			if w.Lead().Short != c.short {
				d.Errorf("due %s, norm %d minutes: short %v", c.due, c.norm, !c.short)
			}
			if c.norm > 0 && c.short != strings.Contains(strings.Join(w.Warnings, " "), "định mức là 16 giờ") {
				d.Errorf("warnings %q", w.Warnings)
			}
		}
	})
}

// The parts of a volume are always the whole, whatever is added or taken out.
func TestPartsAreAlwaysTheWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := task.Work{Shares: []task.Share{{ID: 1, Role: task.Lead, State: task.StateStarted, Part: rapid.SampledFrom([]int{0, 5000, 8000, 10000}).Draw(t, "lead")}}}
		n := rapid.IntRange(0, 40).Draw(t, "coops")
		for i := range n {
			w.Shares = append(w.Shares, task.Share{ID: int64(i + 2), Role: task.Coop, Part: rapid.SampledFrom([]int{0, 1, 100, 2000}).Draw(t, "part"),
				State: rapid.SampledFrom([]task.State{task.StateGiven, task.StateDone, task.StateDropped, task.StateReturned}).Draw(t, "state")})
		}
		sum := 0
		for id, part := range w.Parts() {
			sum += part
			if part <= 0 {
				t.Fatalf("share %d has %d", id, part)
			}
		}
		if sum != 10000 {
			t.Fatalf("sum %d", sum)
		}
	})
}

func TestPartsThatDoNotMakeTheWholeAreRefused(t *testing.T) {
	each(t, func(d *desk) {
		ok := task.Order{Title: "Đề án", Lead: task.Assignee{Unit: d.unit("CS")}, Due: task.Due{On: day("2026-11-27")}}
		with := func(lead int, coop ...int) task.Order {
			o := ok
			o.Lead.Part = lead
			for i, p := range coop {
				o.Coop = append(o.Coop, task.Assignee{Unit: d.unit([]string{"NV", "KHTH"}[i]), Part: p})
			}
			return o
		}
		for words, o := range map[string]task.Order{
			"đang là 110 %":  with(9000, 2000),
			"đang là 100,5":  with(0, 10000, 50),
			"mọi người phối": with(5000, 5000, 0),
			"từ 0 đến 100":   with(0, -1),
		} {
			d.refused("thang", words[:len(words)], func(a *journal.Act) error { _, err := task.Give(a, o); return err })
		}
		w := d.direct("thang", with(0, 2500, 1500))
		w = d.get(w)
		if p := w.Parts(); p[w.Lead().ID] != 6000 {
			d.Errorf("the lead has the rest: %v", p)
		}
		d.do("thang", func(a *journal.Act) error { return task.RemoveShare(a, w.Shares[2].ID, "Không cần.") })
		w = d.get(w)
		if p := w.Parts(); p[w.Lead().ID] != 7500 || len(p) != 2 {
			d.Errorf("the lead carries what was left: %v", p)
		}
		lead, coop := w.Lead().ID, w.Shares[1].ID
		d.refused("lam", "tự quyết định", func(a *journal.Act) error { return task.SetParts(a, w.ID, map[int64]int{lead: 9000, coop: 1000}) })
		d.refused("hoa", "quyền", func(a *journal.Act) error { return task.SetParts(a, w.ID, map[int64]int{lead: 9000, coop: 1000}) })
		d.refused("thang", "tổng 100", func(a *journal.Act) error { return task.SetParts(a, w.ID, map[int64]int{lead: 9000, coop: 900}) })
		d.do("thang", func(a *journal.Act) error { return task.SetParts(a, w.ID, map[int64]int{lead: 9000, coop: 1000}) })
		w = d.get(w)
		if p := w.Parts(); p[lead] != 9000 || p[coop] != 1000 {
			d.Errorf("%v", p)
		}
		d.sound()
	})
}

// The rows of a meeting's minutes are given together or not at all.
func TestManyAtOnceIsAllOrNothing(t *testing.T) {
	each(t, func(d *desk) {
		row := func(title, who, due string) task.Order {
			return task.Order{Title: title, Lead: d.to(who), Due: task.Due{On: day(due)}}
		}
		bad := []task.Order{row("Báo cáo tuần", "hai", "2026-11-20"), row("", "anh", "2026-11-20"), row("Kế hoạch", "thang", "2026-11-02")}
		err := d.try("thang", func(a *journal.Act) error { _, err := task.GiveMany(a, bad); return err })
		var fields []string
		for _, f := range fault.All(err) {
			fields = append(fields, f.Field)
			if row, _ := task.SplitRowField(f.Field); !strings.HasPrefix(f.Text, fmt.Sprintf("Dòng %d: ", row)) {
				d.Errorf("%q says %q", f.Field, f.Text)
			}
		}
		if got := strings.Join(fields, " "); got != "2.title 3.due_on 3.lead" {
			d.Errorf("faults at %s", got)
		}
		n, err := store.One(d.read(), store.Value[int], "SELECT COUNT(*) FROM task_work")
		if err != nil || n != 0 {
			d.Fatalf("%d works were given, %v", n, err)
		}
		good := []task.Order{row("Báo cáo tuần", "hai", "2026-11-20"), row("Kế hoạch", "anh", "2026-11-20"), row("báo cáo  tuần", "hai", "2026-11-23")}
		var works []task.Work
		d.do("thang", func(a *journal.Act) (err error) { works, err = task.GiveMany(a, good); return err })
		if len(works) != 3 || !strings.Contains(strings.Join(works[2].Warnings, " "), "Giống dòng 1") {
			d.Errorf("%+v", works)
		}
		// Nobody gives a table beyond what he may give one by one.
		d.refused("xuan", "Dòng 2: Anh/chị không có quyền", func(a *journal.Act) error {
			_, err := task.GiveMany(a, []task.Order{row("Trong phòng", "anh", "2026-11-20"), row("Ngoài phòng", "hai", "2026-11-20")})
			return err
		})
		d.refused("thang", "chưa có việc nào", func(a *journal.Act) error { _, err := task.GiveMany(a, nil); return err })
		d.sound()
	})
}

// T6 of evaluation.md 7.4: nobody gives outside his scope, and nobody accepts his own.
func TestWhoMayGiveToWhom(t *testing.T) {
	each(t, func(d *desk) {
		for _, c := range []struct {
			by, to string
			ok     bool
		}{
			{"thang", "hai", true}, {"hoa", "xuan", true}, {"quy", "son", true}, // leaders: to all
			{"lam", "hai", true}, {"lam", "ha", true}, {"lam", "anh", false}, {"lam", "lam", false}, // a head: inside the unit
			{"minh", "lan", true}, {"minh", "hai", false}, // the chief of office: inside the office
			{"hai", "ha", false}, {"hai", "hai", false}, {"lan", "hai", false}, {"son", "hai", false}, // nobody else
			{"thang", "thang", false}, {"hoa", "hoa", false}, // and nobody to himself
		} {
			err := d.try(c.by, func(a *journal.Act) error {
				_, err := task.Give(a, task.Order{Title: "Việc", Lead: d.to(c.to), Due: task.Due{On: day("2026-11-27")}})
				return err
			})
			if (err == nil) != c.ok || fault.Is(err, fault.KindInternal) {
				d.Errorf("%s gives to %s: %v", c.by, c.to, err)
			}
		}
	})
}

func TestLinksAreReadBothWaysAndTellNobodyMore(t *testing.T) {
	each(t, func(d *desk) {
		first := d.direct("lam", task.Order{Title: "Số liệu", Lead: d.to("hai"), Due: task.Due{On: day("2026-11-27")}})
		second := d.direct("lam", task.Order{Title: "Báo cáo", Lead: d.to("ha"), Due: task.Due{On: day("2026-11-27")}, Links: []string{first.Ref(), first.Ref()}})
		links, err := task.Links(d.read(), d.agency, second.ID)
		if err != nil || len(links) != 1 || links[0].Ref != first.Ref() {
			d.Fatalf("%+v %v", links, err)
		}
		for who, want := range map[string]int{"lam": 1, "ha": 1, "thang": 1, "hai": 0, "anh": 0} {
			back, err := task.LinkedTo(d.read(), d.rights(who), d.agency, first.Ref())
			if err != nil || len(back) != want {
				d.Errorf("%s sees %d works linked to it: %v", who, len(back), err)
			}
		}
		// What one may not read cannot be linked to: the answer is that of what is not there.
		for _, ref := range []string{first.Ref(), "task/12", "incoming/5", "x", second.Ref()} {
			d.refused("ha", "iên kết", func(a *journal.Act) error { return task.AddLink(a, second.ID, ref) })
		}
		d.refused("anh", "Chỉ người giao và những người tham gia", func(a *journal.Act) error { return task.RemoveLink(a, second.ID, first.Ref()) })
		d.do("ha", func(a *journal.Act) error { return task.RemoveLink(a, second.ID, first.Ref()) })
		d.refused("ha", "Không có liên kết", func(a *journal.Act) error { return task.RemoveLink(a, second.ID, first.Ref()) })
		d.do("lam", func(a *journal.Act) error { return task.AddLink(a, second.ID, first.Ref()) })
		d.refused("lam", "Đã liên kết", func(a *journal.Act) error { return task.AddLink(a, second.ID, first.Ref()) })
		d.sound()
	})
}

func TestProposalsNeedTheHeadAndAreCapped(t *testing.T) {
	each(t, func(d *desk) {
		propose := func(who string) (q task.Proposal, err error) {
			err = d.try(who, func(a *journal.Act) (err error) {
				q, err = task.Propose(a, task.Order{Title: "Rà soát số liệu", Due: task.Due{On: day("2026-11-27")}})
				return err
			})
			return q, err
		}
		q, err := propose("hai")
		if err != nil || q.Decider != d.person("lam") {
			d.Fatalf("%+v %v", q, err)
		}
		decide := func(q task.Proposal, grant bool, answer string) func(*journal.Act) error {
			return func(a *journal.Act) error { _, err := task.DecideProposal(a, q.ID, grant, 0, answer); return err }
		}
		if mine, _ := task.Mine(d.read(), d.agency, d.person("hai")); len(mine) != 0 {
			d.Errorf("a proposal is work before it is confirmed: %+v", mine)
		}
		d.refused("hai", "tự xác nhận", decide(q, true, ""))
		d.refused("xuan", "quyền", decide(q, true, ""))
		d.refused("lam", "Lý do", decide(q, false, ""))
		if waits, err := task.ProposalsFor(d.read(), d.rights("lam"), d.agency); err != nil || len(waits) != 1 {
			d.Errorf("%+v %v", waits, err)
		}
		var w task.Work
		d.do("lam", func(a *journal.Act) (err error) { w, err = task.DecideProposal(a, q.ID, true, 0, ""); return err })
		w = d.get(w)
		if !w.Proposed || w.Giver != d.person("lam") || w.Lead().Holder != d.person("hai") {
			d.Errorf("%+v", w)
		}
		d.refused("lam", "đã được trả lời", decide(q, true, ""))

		// A head's own goes to the head of the agency; nobody confirms his own.
		own, err := propose("lam")
		if err != nil || own.Decider != d.person("thang") {
			d.Fatalf("%+v %v", own, err)
		}
		d.refused("lam", "tự xác nhận", decide(own, true, ""))
		d.do("thang", decide(own, false, "Đã có người làm."))

		for range 3 {
			if _, err := propose("hai"); err != nil {
				d.Fatal(err)
			}
		}
		last, err := propose("hai")
		if err != nil {
			d.Fatal(err)
		}
		if _, err := propose("hai"); err == nil || !strings.Contains(fault.Text(err), "mức tối đa của cơ quan (5 việc") {
			d.Errorf("the sixth of the month: %v", err)
		}
		d.do("hai", func(a *journal.Act) error { return task.WithdrawProposal(a, last.ID) })
		if _, err := propose("hai"); err != nil {
			d.Errorf("one that was withdrawn does not count: %v", err)
		}
		d.do("minh", func(a *journal.Act) error { return org.ChangeSetting(a, "task.proposals_month", "0") })
		if _, err := propose("ha"); err == nil {
			d.Error("none are allowed")
		}
		d.sound()
	})
}

func TestBulkTellsRowByRow(t *testing.T) {
	each(t, func(d *desk) {
		one := d.direct("thang", task.Order{Title: "Một", Lead: d.to("hai"), Due: task.Due{On: day("2026-11-27")}})
		two := d.direct("hoa", task.Order{Title: "Hai", Lead: d.to("ha"), Due: task.Due{On: day("2026-11-27")}})
		report := func(who string, w task.Work) {
			d.do(who, func(a *journal.Act) error { return task.Report(a, d.lead(w).ID, "Xong.", "") })
		}
		ids := []int64{d.lead(one).ID, d.lead(two).ID, d.lead(one).ID, 99}
		out, err := task.BulkDue(t.Context(), d.book, d.who["hoa"], ids, day("2026-11-30"), "Dời theo lịch họp.")
		if err != nil || len(out) != 3 || out[0].Err == nil || out[1].Err != nil || out[2].Err == nil {
			d.Fatalf("%+v %v", out, err)
		}
		if s := d.lead(one); s.DueOn != day("2026-11-27") {
			d.Errorf("a refused row has moved: %+v", s)
		}
		report("hai", one)
		report("ha", two)
		out, err = task.BulkConfirm(t.Context(), d.book, d.who["hoa"], ids[:2], "")
		if err != nil || !fault.Is(out[0].Err, fault.KindForbidden) || out[1].Err != nil {
			d.Errorf("%+v %v", out, err)
		}
		if _, err := task.BulkConfirm(t.Context(), d.book, d.who["hoa"], nil, ""); err == nil {
			d.Error("nothing was chosen")
		}
		d.sound()
	})
}
