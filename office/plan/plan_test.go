// SPDX-License-Identifier: Apache-2.0

package plan_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/org/orgtest"
	"soviec/office/plan"
	"soviec/office/task"
)

func init() { task.OnChange(plan.RefRun, plan.Effects()) }

type desk struct {
	testing.TB
	book   *journal.Book
	clock  *orgtest.Clock
	agency int64
	who    map[string]journal.Holder
}

func each(t *testing.T, f func(d *desk)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		book, clock := orgtest.Book(t, db, "2026-11-23 08:00")
		agency, who := orgtest.Found(t, book)
		f(&desk{TB: t, book: book, clock: clock, agency: agency, who: who})
	})
}

func (d *desk) read() store.Reader { return d.book.DB.Read(context.Background()) }

func (d *desk) unit(short string) task.Assignee {
	d.Helper()
	return task.Assignee{Unit: orgtest.Unit(d, d.book, d.agency, short).ID}
}

func (d *desk) person(name string) task.Assignee { return task.Assignee{Person: d.who[name].Person} }

func (d *desk) try(name string, f func(*journal.Act) error) error {
	return d.book.Do(context.Background(), d.who[name], f)
}

func (d *desk) do(name string, f func(*journal.Act) error) {
	d.Helper()
	if err := d.try(name, f); err != nil {
		d.Fatalf("%s: %v", name, err)
	}
}

func (d *desk) refused(name, words string, f func(*journal.Act) error) {
	d.Helper()
	err := d.try(name, f)
	if err == nil || !strings.Contains(err.Error()+fault.Text(err), words) {
		d.Fatalf("%s: want a refusal with %q, have %v", name, words, err)
	}
}

func (d *desk) sound() {
	d.Helper()
	for _, check := range []func(store.Reader, int64, func(string)) error{task.Check, plan.Check} {
		if err := check(d.read(), d.agency, func(s string) { d.Errorf("verify: %s", s) }); err != nil {
			d.Fatal(err)
		}
	}
}

func (d *desk) morning(moment string) int {
	d.Helper()
	d.clock.Set(d, moment)
	n, err := plan.Morning(context.Background(), d.book, d.agency, d.clock.Today())
	if err != nil {
		d.Fatal(err)
	}
	return n
}

func day(s string) civil.Date { return civil.MustParse(s) }

func monthly(number int) plan.Rhythm {
	return plan.Rhythm{Every: 1, Period: civil.Monthly, On: plan.OnDay, Number: number, Shift: plan.GoBack, From: day("2026-11-01")}
}

func (d *desk) rule(name string, r plan.Rule) plan.Rule {
	d.Helper()
	if r.Title == "" {
		r.Title = "Báo cáo công tác dân tộc {kỳ}"
	}
	d.do(name, func(a *journal.Act) (err error) { r, err = plan.SetRule(a, r); return err })
	return r
}

func (d *desk) works(r plan.Rule) []task.Work {
	d.Helper()
	all, err := task.OfSource(d.read(), d.agency, r.Ref())
	if err != nil {
		d.Fatal(err)
	}
	return all
}

func (d *desk) get(id int64) plan.Rule {
	d.Helper()
	r, err := plan.RuleOf(d.read(), d.agency, id)
	if err != nil {
		d.Fatal(err)
	}
	return r
}

func TestARuleGivesEachDateOnce(t *testing.T) {
	each(t, func(d *desk) {
		r := d.rule("thang", plan.Rule{Piece: plan.Piece{Lead: d.unit("CS"), Coop: []task.Assignee{d.unit("KHTH")}}, Rhythm: monthly(25), Ahead: 5, At: "16:00"})
		// Due on 25/11, five working days ahead was 18/11: it is given now.
		if n := d.morning("2026-11-23 08:01"); n != 1 {
			d.Fatalf("%d given", n)
		}
		for range 3 {
			if n := d.morning("2026-11-23 09:00"); n != 0 {
				d.Fatalf("%d given again", n)
			}
		}
		w := d.works(r)[0]
		if w.Title != "Báo cáo công tác dân tộc tháng 11/2026" || w.Giver != d.who["thang"].Person || w.Lead().OuterOn != day("2026-11-25") || !w.Lead().OuterAt.Equal(civil.At(day("2026-11-25"), 16, 0)) || len(w.Shares) != 2 {
			d.Fatalf("%+v", w)
		}
		if n := d.morning("2026-12-17 07:00") + d.morning("2026-12-18 07:00"); n != 1 {
			d.Fatalf("%d given in December", n)
		}
		up, err := plan.Upcoming(d.read(), civil.Default(), r, day("2026-12-18"), 3)
		if err != nil || len(up) != 3 || up[0].State != plan.GivenNow || up[1].State != "" || up[1].Due != day("2027-01-25") {
			d.Fatalf("%+v %v", up, err)
		}
		d.sound()
	})
}

func TestTheMorningRunsLateAndWhatPassedIsTold(t *testing.T) {
	each(t, func(d *desk) {
		r := d.rule("thang", plan.Rule{Piece: plan.Piece{Lead: d.unit("CS")}, Rhythm: monthly(25), Ahead: 5})
		// The program stood still until after 25/11, and runs three days late for December.
		if n := d.morning("2026-12-21 10:00"); n != 1 {
			d.Fatalf("%d given", n)
		}
		up, _ := plan.Upcoming(d.read(), civil.Default(), r, day("2026-11-20"), 2)
		if up[0].State != plan.Missed || up[1].State != plan.GivenNow {
			d.Fatalf("%+v", up)
		}
		list, err := notice.List(d.read(), d.agency, d.who["thang"].Person, 0, 10)
		if err != nil || !slices.ContainsFunc(list, func(n notice.Notice) bool { return strings.Contains(n.Text, "đã qua mà chưa được giao") }) {
			d.Fatalf("%+v %v", list, err)
		}
		d.sound()
	})
}

func TestADateIsSkippedChangedAndRestored(t *testing.T) {
	each(t, func(d *desk) {
		r := d.rule("thang", plan.Rule{Piece: plan.Piece{Lead: d.unit("CS")}, Rhythm: monthly(25)})
		d.do("thang", func(a *journal.Act) error { return plan.Skip(a, r.ID, "2026-11", "Báo cáo gộp tháng 12") })
		d.do("thang", func(a *journal.Act) error {
			return plan.Change(a, r.ID, "2026-12", day("2026-12-22"), "Báo cáo công tác dân tộc năm 2026")
		})
		d.do("thang", func(a *journal.Act) error { return plan.Skip(a, r.ID, "2027-01", "") })
		d.do("thang", func(a *journal.Act) error { return plan.Restore(a, r.ID, "2027-01") })
		d.refused("thang", "theo đúng quy tắc", func(a *journal.Act) error { return plan.Restore(a, r.ID, "2027-02") })
		d.refused("thang", "không có kỳ này", func(a *journal.Act) error { return plan.Skip(a, r.ID, "2025-01", "") })
		d.refused("thang", "từ hôm nay", func(a *journal.Act) error { return plan.Change(a, r.ID, "2027-02", day("2026-01-01"), "") })
		for _, m := range []string{"2026-11-25 07:00", "2026-12-22 07:00", "2026-12-25 07:00", "2027-01-25 07:00"} {
			d.morning(m)
		}
		var got []string
		for _, w := range d.works(r) {
			got = append(got, w.Lead().OuterOn.String()+" "+w.Title)
		}
		want := []string{"2026-12-22 Báo cáo công tác dân tộc năm 2026", "2027-01-25 Báo cáo công tác dân tộc tháng 1/2027"}
		if !slices.Equal(got, want) {
			d.Fatalf("%v", got)
		}
		d.refused("thang", "đã giao", func(a *journal.Act) error { return plan.Skip(a, r.ID, "2027-01", "") })
		d.sound()
	})
}

func TestPauseResumeEnd(t *testing.T) {
	each(t, func(d *desk) {
		r := d.rule("thang", plan.Rule{Piece: plan.Piece{Lead: d.unit("CS")}, Rhythm: monthly(25)})
		d.do("thang", func(a *journal.Act) error { return plan.Pause(a, r.ID, "Chờ hướng dẫn") })
		d.refused("thang", "không chạy", func(a *journal.Act) error { return plan.Pause(a, r.ID, "") })
		if n := d.morning("2026-11-25 07:00"); n != 0 {
			d.Fatal("given while paused")
		}
		d.clock.Set(d, "2026-12-01 08:00")
		d.do("hoa", func(a *journal.Act) error { return plan.Resume(a, r.ID) })
		if n := d.morning("2026-12-02 07:00"); n != 0 {
			d.Fatal("made up for what passed while paused")
		}
		if n := d.morning("2026-12-25 07:00"); n != 1 {
			d.Fatal("not given after the pause")
		}
		d.do("thang", func(a *journal.Act) error { return plan.EndRule(a, r.ID) })
		d.refused("thang", "đã chấm dứt", func(a *journal.Act) error { return plan.Resume(a, r.ID) })
		if n := d.morning("2027-01-25 07:00"); n != 0 {
			d.Fatal("given after the end")
		}
		d.sound()
	})
}

func TestWhoeverHasLeftStopsTheRuleAndIsAskedAbout(t *testing.T) {
	each(t, func(d *desk) {
		r := d.rule("lam", plan.Rule{Piece: plan.Piece{Lead: d.person("hai")}, Rhythm: monthly(25)})
		if r.Unit != d.unit("CS").Unit {
			d.Fatal("a head's rule is his unit's")
		}
		d.do("son", func(a *journal.Act) error {
			dir, err := org.DirectoryIn(a)
			if err != nil {
				return err
			}
			post, _ := dir.PostOn(d.who["hai"].Person, a.Day())
			return org.EndPost(a, post.ID, day("2026-11-24"))
		})
		if n := d.morning("2026-11-25 07:00"); n != 0 {
			d.Fatal("given to nobody")
		}
		if got := d.get(r.ID); got.State != plan.Stopped || !strings.Contains(got.Reason, "không giữ vị trí") {
			d.Fatalf("%+v", got)
		}
		list, _ := notice.List(d.read(), d.agency, d.who["lam"].Person, 0, 10)
		if !slices.ContainsFunc(list, func(n notice.Notice) bool { return strings.Contains(n.Text, "phải dừng") }) {
			d.Fatalf("%+v", list)
		}
		d.refused("lam", "sửa rồi lưu", func(a *journal.Act) error { return plan.Resume(a, r.ID) })
		r = d.get(r.ID)
		r.Lead = d.person("ha")
		d.rule("lam", r)
		if n := d.morning("2026-11-25 09:00"); n != 1 {
			d.Fatal("not given after it was mended")
		}
		d.sound()
	})
}

func TestRightsOfPlanning(t *testing.T) {
	each(t, func(d *desk) {
		mine := plan.Rule{Piece: plan.Piece{Title: "Việc tuần", Lead: d.person("hai")}, Rhythm: monthly(25)}
		other := plan.Rule{Piece: plan.Piece{Title: "Việc tuần", Lead: d.person("tung")}, Rhythm: monthly(25)}
		d.refused("lam", "trong đơn vị mình", func(a *journal.Act) error { _, err := plan.SetRule(a, other); return err })
		d.refused("hai", "không có quyền", func(a *journal.Act) error { _, err := plan.SetRule(a, mine); return err })
		d.refused("lan", "không có quyền", func(a *journal.Act) error { _, err := plan.SetRule(a, mine); return err })
		r := d.rule("lam", mine)
		d.refused("xuan", "không có quyền", func(a *journal.Act) error { return plan.Pause(a, r.ID, "") })
		d.refused("hai", "không có quyền", func(a *journal.Act) error { return plan.Skip(a, r.ID, "2026-11", "") })
		d.refused("lan", "không có quyền", func(a *journal.Act) error {
			_, err := plan.SetTemplate(a, plan.Template{Name: "Mẫu", Steps: []plan.Step{{Piece: mine.Piece}}})
			return err
		})
		dir := orgtest.Directory(d, d.book, d.agency)
		for name, want := range map[string]int{"thang": 1, "lam": 1, "xuan": 0, "hai": 0, "lan": 0} {
			rules, err := plan.Rules(d.read(), dir.Rights(d.who[name].Person, day("2026-11-23")), d.agency)
			if err != nil || len(rules) != want {
				d.Errorf("%s sees %d rules, %v", name, len(rules), err)
			}
		}
		d.refused("thang", "tự giao việc cho chính mình", func(a *journal.Act) error {
			_, err := plan.SetRule(a, plan.Rule{Piece: plan.Piece{Title: "Việc", Lead: d.person("thang")}, Rhythm: monthly(25)})
			return err
		})
		d.sound()
	})
}

var catalogue = [][]string{
	{"TT01", "Tờ trình", "Tờ trình", "văn bản", "8", "1", "Chuyên viên; Chuyên viên chính", "Văn bản được phát hành"},
	{"BC01", "Báo cáo định kỳ", "Báo cáo", "báo cáo", "4,5", "0,5", "", "Báo cáo được nộp"},
}

func TestTheCatalogueHasVersions(t *testing.T) {
	each(t, func(d *desk) {
		c := plan.Catalogue{Name: "Danh mục sản phẩm 2026", Basis: "Quyết định 15/QĐ-BDT", From: day("2026-11-01")}
		publish := func(c plan.Catalogue, rows [][]string) func(*journal.Act) error {
			return func(a *journal.Act) error { _, err := plan.Publish(a, c, rows); return err }
		}
		bad := slices.Clone(catalogue)
		bad = append(bad, []string{"TT01", "", "", "", "tám", "", "", "khi nào xong"})
		d.refused("minh", "Dòng 3", publish(c, bad))
		d.refused("hai", "không có quyền", publish(c, catalogue))
		d.do("minh", publish(c, catalogue))
		d.refused("minh", "có hiệu lực sau", publish(c, catalogue))
		var kept plan.Catalogue
		if all, err := plan.Catalogues(d.read(), d.agency); err != nil || len(all) != 1 {
			d.Fatal(all, err)
		} else {
			kept = all[0]
		}
		_, products, err := plan.CatalogueByID(d.read(), d.agency, kept.ID)
		if err != nil || len(products) != 2 || products[0].Words() != "BC01 · Báo cáo định kỳ, 4,5 giờ một báo cáo" {
			d.Fatal(products, err)
		}
		if row := products[1].Row(); !slices.Equal(row, catalogue[0]) {
			d.Errorf("what goes out comes in otherwise: %q", row)
		}
		c.Name, c.From = "Danh mục sản phẩm 2027", day("2027-01-01")
		d.do("minh", publish(c, [][]string{{"BC01", "Báo cáo định kỳ", "", "", "6"}}))
		for on, want := range map[string]int64{"2026-12-31": 270, "2027-01-01": 360} {
			_, all, err := plan.CatalogueOn(d.read(), d.agency, day(on))
			i := slices.IndexFunc(all, func(p plan.Product) bool { return p.Code == "BC01" })
			if err != nil || i < 0 || all[i].Norm != want {
				d.Errorf("%s: %+v %v", on, all, err)
			}
		}
		r := d.rule("thang", plan.Rule{Piece: plan.Piece{Lead: d.unit("CS"), Product: "BC01", Proof: task.ProofReport}, Rhythm: monthly(25)})
		d.refused("thang", "không có sản phẩm", func(a *journal.Act) error {
			x := r
			x.Product = "XX"
			_, err := plan.SetRule(a, x)
			return err
		})
		d.morning("2026-11-25 07:00")
		d.morning("2027-01-25 07:00")
		var norms []int64
		for _, w := range d.works(r) {
			norms = append(norms, w.Product.Norm)
		}
		if !slices.Equal(norms, []int64{270, 360}) { // December passed while nobody ran the morning
			d.Errorf("%v", norms)
		}
		d.sound()
	})
}

func (d *desk) template(name string) plan.Template {
	d.Helper()
	t := plan.Template{Name: "Tổ chức hội nghị", Steps: []plan.Step{
		{Piece: plan.Piece{Title: "Dự thảo kế hoạch hội nghị {tên hội nghị}", Lead: d.unit("KHTH")}, Days: 3},
		{Piece: plan.Piece{Title: "Chuẩn bị hội trường", Lead: d.unit("VP")}, Days: 5},
		{Piece: plan.Piece{Title: "Mời đại biểu {tên hội nghị}", Lead: d.unit("CS")}, After: 1, Days: 2},
		{Piece: plan.Piece{Title: "Báo cáo kết quả {tên hội nghị}", Lead: d.unit("KHTH")}, After: 3, Days: 5},
	}}
	d.do(name, func(a *journal.Act) (err error) { t, err = plan.SetTemplate(a, t); return err })
	return t
}

func (d *desk) finish(w task.Work, head, giver string) {
	d.Helper()
	share := w.Lead().ID
	d.do(head, func(a *journal.Act) error { return task.Report(a, share, "Đã xong.", "") })
	d.do(giver, func(a *journal.Act) error { return task.Confirm(a, share, "") })
}

func TestAChainBeginsStepByStep(t *testing.T) {
	each(t, func(d *desk) {
		tpl := d.template("thang")
		if got := tpl.Fields(); !slices.Equal(got, []string{"tên hội nghị"}) {
			d.Fatal(got)
		}
		start := plan.Start{Template: tpl.ID, Fields: map[string]string{"tên hội nghị": "người có uy tín"}}
		d.refused("thang", "Hãy điền", func(a *journal.Act) error { _, err := plan.BeginTemplate(a, plan.Start{Template: tpl.ID}); return err })
		d.refused("hai", "không có quyền", func(a *journal.Act) error { _, err := plan.BeginTemplate(a, start); return err })
		var run plan.Run
		d.do("thang", func(a *journal.Act) (err error) { run, err = plan.BeginTemplate(a, start); return err })
		works := func() []task.Work {
			all, err := task.OfSource(d.read(), d.agency, journal.Ref(plan.RefRun, run.ID))
			if err != nil {
				d.Fatal(err)
			}
			return all
		}
		if w := works(); len(w) != 2 || w[0].Title != "Dự thảo kế hoạch hội nghị người có uy tín" || w[0].Lead().OuterOn != day("2026-11-27") {
			d.Fatalf("%+v", w)
		}
		d.clock.Set(d, "2026-11-26 14:00")
		d.finish(works()[0], "xuan", "thang")
		begin := func() {
			for range 2 { // twice: each step once
				if _, err := plan.Begin(context.Background(), d.book, d.agency); err != nil {
					d.Fatal(err)
				}
			}
		}
		begin()
		w := works()
		if len(w) != 3 || w[2].Title != "Mời đại biểu người có uy tín" || w[2].Lead().OuterOn != day("2026-11-30") || w[2].Giver != d.who["thang"].Person {
			d.Fatalf("%+v", w)
		}
		d.do("thang", func(a *journal.Act) error { return task.Cancel(a, w[2].ID, "Không mời nữa") })
		begin()
		runs, err := plan.RunsOf(d.read(), d.agency, tpl.ID, 5)
		if err != nil || len(runs) != 1 || runs[0].Steps[3].State != plan.Dropped || len(works()) != 3 {
			d.Fatalf("%+v %v", runs, err)
		}
		d.sound()
	})
}

func TestAStepWithoutItsPersonWaitsForAnother(t *testing.T) {
	each(t, func(d *desk) {
		tpl := plan.Template{Name: "Hai bước", Steps: []plan.Step{
			{Piece: plan.Piece{Title: "Soạn", Lead: d.person("hai")}, Days: 1},
			{Piece: plan.Piece{Title: "Đăng", Lead: d.person("ha")}, After: 1, Days: 1}}}
		d.do("thang", func(a *journal.Act) (err error) { tpl, err = plan.SetTemplate(a, tpl); return err })
		var run plan.Run
		d.do("thang", func(a *journal.Act) (err error) {
			run, err = plan.BeginTemplate(a, plan.Start{Template: tpl.ID})
			return err
		})
		d.do("son", func(a *journal.Act) error {
			dir, _ := org.DirectoryIn(a)
			post, _ := dir.PostOn(d.who["ha"].Person, a.Day())
			return org.EndPost(a, post.ID, day("2026-11-25"))
		})
		d.clock.Set(d, "2026-11-25 09:00")
		w, _ := task.OfSource(d.read(), d.agency, journal.Ref(plan.RefRun, run.ID))
		d.finish(w[0], "hai", "thang")
		for range 2 {
			if n, err := plan.Begin(context.Background(), d.book, d.agency); n != 0 || err != nil {
				d.Fatal(n, err)
			}
		}
		runs, _ := plan.RunsOf(d.read(), d.agency, tpl.ID, 5)
		if s := runs[0].Steps[1]; s.State != plan.Stopped || s.Reason == "" {
			d.Fatalf("%+v", s)
		}
		d.refused("hai", "không có quyền", func(a *journal.Act) error { return plan.GiveStep(a, run.ID, 2, d.person("lam")) })
		d.do("thang", func(a *journal.Act) error { return plan.GiveStep(a, run.ID, 2, d.person("lam")) })
		d.refused("thang", "không còn chờ", func(a *journal.Act) error { return plan.GiveStep(a, run.ID, 2, d.person("lam")) })
		d.sound()
	})
}

func TestATemplateIsReplacedAndEnded(t *testing.T) {
	each(t, func(d *desk) {
		old := d.template("thang")
		next := old
		next.Steps = slices.Clone(old.Steps[:1])
		d.do("thang", func(a *journal.Act) (err error) { next, err = plan.SetTemplate(a, next); return err })
		if next.ID == old.ID || next.Replaces != old.ID {
			d.Fatalf("%+v", next)
		}
		d.refused("thang", "thôi dùng", func(a *journal.Act) error {
			_, err := plan.BeginTemplate(a, plan.Start{Template: old.ID, Fields: map[string]string{"tên hội nghị": "x"}})
			return err
		})
		d.do("thang", func(a *journal.Act) error { return plan.EndTemplate(a, next.ID) })
		x := orgtest.Directory(d, d.book, d.agency).Rights(d.who["thang"].Person, day("2026-11-23"))
		if all, err := plan.Templates(d.read(), x, d.agency); err != nil || len(all) != 0 {
			d.Fatal(all, err)
		}
		bad := plan.Template{Name: "", Steps: []plan.Step{{Piece: plan.Piece{Title: ""}, After: 1}}}
		d.refused("thang", "Việc 1", func(a *journal.Act) error { _, err := plan.SetTemplate(a, bad); return err })
		d.sound()
	})
}
