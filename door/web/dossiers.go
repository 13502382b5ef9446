// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/archive"
	"soviec/office/org"
)

const rowsOfDossiers = 50

// dossierViews are the ways to look, by the word of the address.
var dossierViews = []struct {
	word  string
	view  archive.View
	label string
	empty string
}{
	{"", archive.ViewMine, "Của tôi", "Anh/chị chưa giữ hồ sơ nào. Hồ sơ trong danh mục đã duyệt hiện ở đây; việc ngoài danh mục thì bấm “Mở hồ sơ”."},
	{"don-vi", archive.ViewUnit, "Của đơn vị", "Đơn vị chưa có hồ sơ nào anh/chị được xem."},
	{"den-han", archive.ViewDue, "Đến hạn nộp lưu", "Không có hồ sơ nào phải nộp lưu trong 30 ngày tới."},
	{"luu-tru", archive.ViewArchive, "Trong lưu trữ", "Chưa có hồ sơ nào nộp vào lưu trữ mà anh/chị được xem."},
	{"tat-ca", archive.ViewAll, "Tất cả", "Không có hồ sơ nào như vậy."},
}

func (v *visit) dossierReach() archive.Reach { return archive.ReachOf(v.rights) }

// keepsDossiers reports whether the visitor may have dossiers of his own.
func (v *visit) keepsDossiers() bool {
	return v.may(org.KeepDossier, org.Target{Person: v.me()})
}

func dossierWays(now string, figures bool) []view.Way {
	var out []view.Way
	for _, w := range dossierViews {
		href := "/ho-so-cong-viec"
		if w.word != "" {
			href += "?xem=" + w.word
		}
		out = append(out, view.Way{Label: w.label, Href: href, Now: w.word == now})
	}
	if figures {
		out = append(out, view.Way{Label: "Tình hình", Href: "/ho-so-cong-viec/tinh-hinh", Now: now == "tinh-hinh"})
	}
	return out
}

// seesFigures: who reads all or heads a unit has figures to look at.
func (v *visit) seesFigures() bool {
	return v.may(org.ReadAll, org.Target{}) || len(v.rights.Heads) > 0
}

// dossiers lists work dossiers (hồ sơ công việc).
func dossiers(v *visit) error {
	p, err := v.dossiersPage()
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) dossiersPage() (view.Dossiers, error) {
	q := v.URL.Query()
	word := q.Get("xem")
	i := slices.IndexFunc(dossierViews, func(w struct {
		word  string
		view  archive.View
		label string
		empty string
	}) bool {
		return w.word == word
	})
	if i < 0 {
		return view.Dossiers{}, errNoPage
	}
	w := dossierViews[i]
	if word == "" && !v.keepsDossiers() {
		w = dossierViews[3]
	}
	f := archive.Filter{View: w.view, Day: v.today, Group: archive.Group(q.Get("nhom"))}
	f.Year, _ = strconv.Atoi(q.Get("nam"))
	f.Unit, _ = number64(q.Get("don-vi"))
	f.After, _ = number64(q.Get("after"))
	all, err := archive.Dossiers(v.read(), v.agency(), v.dossierReach(), f, rowsOfDossiers+1)
	if err != nil {
		return view.Dossiers{}, err
	}
	p := view.Dossiers{Frame: v.frame(view.PlaceDossiers, "Hồ sơ công việc"), Ways: dossierWays(w.word, v.seesFigures()), Empty: w.empty, MayOpen: v.keepsDossiers(), Archive: v.may(org.ReadArchive, org.Target{}), Heading: "Hồ sơ công việc", Aside: w.label}
	waiting, err := archive.WaitingHandovers(v.read(), v.agency(), v.me())
	if err != nil {
		return p, err
	}
	p.ToSign = len(waiting)
	if group := groupWords[f.Group]; group != "" {
		p.Aside += " · " + group
	}
	if p.Filters, err = v.dossierFilters(f, w.view != archive.ViewMine && w.view != archive.ViewUnit); err != nil {
		return p, err
	}
	if w.word != "" {
		p.Kept = append(p.Kept, view.Option{Label: "xem", Value: w.word})
	}
	if f.Group != "" {
		p.Kept = append(p.Kept, view.Option{Label: "nhom", Value: string(f.Group)})
	}
	if len(all) > rowsOfDossiers {
		all = all[:rowsOfDossiers]
		q.Set("after", idText(all[len(all)-1].ID))
		p.Pager.Next = address("/ho-so-cong-viec", q)
	}
	for _, d := range all {
		row := v.dossierRow(d)
		if row.Mine = d.State.May(archive.Offered) && !d.Frozen && v.may(org.KeepDossier, org.Target{Person: d.Keeper, Unit: d.Unit}); row.Mine {
			p.Hand = &view.Form{}
		}
		p.Rows = append(p.Rows, row)
	}
	if w.view != archive.ViewDue && f.Group != archive.GroupLate && f.Group != archive.GroupDue {
		p.Hand = nil // one offers from the list of what is due
	}
	return p, nil
}

var groupWords = map[archive.Group]string{archive.GroupOpen: "đang mở", archive.GroupClosed: "đã đóng, chưa đến hạn nộp", archive.GroupDue: "đến hạn nộp",
	archive.GroupLate: "quá hạn nộp", archive.GroupIn: "đã nộp"}

func (v *visit) dossierFilters(f archive.Filter, units bool) ([]view.Filter, error) {
	years, err := archive.Years(v.read(), v.agency())
	if err != nil {
		return nil, err
	}
	year := view.Filter{Before: "Hồ sơ", Name: "nam", Label: "Năm", Select: view.Select{Options: []view.Option{{Label: "mọi năm"}}}}
	if f.Year != 0 {
		year.Select.Value = strconv.Itoa(f.Year)
	}
	for _, y := range years {
		year.Select.Options = append(year.Select.Options, view.Option{Value: strconv.Itoa(y), Label: "năm " + strconv.Itoa(y)})
	}
	out := []view.Filter{year}
	if units && v.may(org.ReadArchive, org.Target{}) {
		unit := view.Filter{Name: "don-vi", Label: "Đơn vị", Select: view.Select{Options: []view.Option{{Label: "của mọi đơn vị"}}}}
		if f.Unit != 0 {
			unit.Select.Value = idText(f.Unit)
		}
		for _, u := range v.dir.UnitsOn(v.today) {
			unit.Select.Options = append(unit.Select.Options, view.Option{Value: idText(u.ID), Label: u.Name})
		}
		out = append(out, unit)
	}
	return out, nil
}

func (v *visit) dossierRow(d archive.Dossier) view.DossierRow {
	row := view.DossierRow{ID: idText(d.ID), Href: d.Link(), Number: d.Notation, Title: d.Title, Keeper: v.dir.Person(d.Keeper).Name, State: d.State.Label(),
		Term: d.Term.Words(), Docs: fmt.Sprintf("%d · %s", d.Year, docsWords(d)), Late: d.Late(v.today)}
	switch {
	case d.State == archive.KeptBack:
		row.Due = "đến " + d.KeptUntil.VN()
	case row.Late:
		row.Due = "quá hạn nộp từ " + d.DueOn.VN()
	case !d.DueOn.IsZero() && !d.State.InArchive():
		row.Due = "nộp chậm nhất " + d.DueOn.VN()
	}
	if d.Frozen {
		row.State += ", bị khóa"
	}
	return row
}

func docsWords(d archive.Dossier) string {
	if d.Docs == 0 {
		return "chưa có văn bản"
	}
	return fmt.Sprintf("%d văn bản, %s trang", d.Docs, number(d.Pages))
}

// dossierFigures are the figures of R9, each opening its list.
func dossierFigures(v *visit) error {
	if !v.seesFigures() {
		return errNoPage
	}
	year, _ := strconv.Atoi(v.FormValue("nam"))
	all, err := archive.Report(v.read(), v.agency(), v.dossierReach(), year, v.today)
	if err != nil {
		return err
	}
	p := view.DossierFigures{Frame: v.frame(view.PlaceDossiers, "Tình hình hồ sơ"), Ways: dossierWays("tinh-hinh", true), Heading: "Tình hình hồ sơ của các đơn vị"}
	if p.Filters, err = v.dossierFilters(archive.Filter{Year: year}, false); err != nil {
		return err
	}
	for _, f := range all {
		row := view.FigureRow{Name: v.dir.Unit(f.Unit).Name}
		for _, c := range []struct {
			label string
			group archive.Group
			n     int64
			late  bool
		}{{"Mở", archive.GroupOpen, f.Open, false}, {"Đóng", archive.GroupClosed, f.Closed, false}, {"Đến hạn nộp", archive.GroupDue, f.Due, false},
			{"Quá hạn nộp", archive.GroupLate, f.Late, true}, {"Đã nộp", archive.GroupIn, f.In, false}} {
			q := url.Values{"xem": {"tat-ca"}, "nhom": {string(c.group)}, "don-vi": {idText(f.Unit)}}
			if year != 0 {
				q.Set("nam", strconv.Itoa(year))
			}
			row.Cells = append(row.Cells, view.FigureCell{Label: c.label, Count: int(c.n), Late: c.late, Href: address("/ho-so-cong-viec", q)})
		}
		p.Rows = append(p.Rows, row)
	}
	return v.show(p)
}

// handDossiers offers ticked dossiers to the archive (nộp lưu).
func handDossiers(v *visit) error {
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	o := archive.Offer{Boxes: v.field("boxes"), Metres: v.field("metres"), Condition: v.text("condition")}
	for _, s := range v.PostForm["dossier"] {
		if id, ok := number64(s); ok {
			o.Dossiers = append(o.Dossiers, id)
		}
	}
	var t archive.Transfer
	err := v.act(func(a *journal.Act) (err error) { t, err = archive.Hand(a, o); return err })
	if err == nil {
		return v.done(t.Link(), fmt.Sprintf("Đã nộp %d hồ sơ; chờ lưu trữ nhận.", len(t.Lines)))
	}
	if !wrong(err) {
		return err
	}
	v.URL.RawQuery = "xem=den-han"
	p, perr := v.dossiersPage()
	if perr != nil {
		return perr
	}
	form := v.form(err)
	p.Hand = &form
	return v.again(p, err)
}

// ruleGroups are the lines of the retention table in their groups, to be found by typing.
func (v *visit) ruleGroups() ([]view.Group, error) {
	rules, err := archive.Rules(v.read(), v.agency(), v.today)
	var out []view.Group
	for _, t := range rules {
		if n := len(out); n == 0 || out[n-1].Label != t.Group {
			out = append(out, view.Group{Label: t.Group})
		}
		g := &out[len(out)-1]
		g.Options = append(g.Options, view.Option{Value: t.Code, Label: t.Code + " " + short(t.Text, 90), Note: t.Term.Words()})
	}
	return out, err
}

func short(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

// newDossierPage asks what a dossier outside the list is about.
func newDossierPage(v *visit) error {
	if !v.keepsDossiers() {
		return errNoPage
	}
	return v.newDossierAgain(view.Form{Values: map[string][]string{"start": {v.today.VN()}}}, v.FormValue("ref"), nil)
}

func (v *visit) newDossierAgain(form view.Form, ref string, refused error) error {
	p := view.DossierNew{Frame: v.frame(view.PlaceDossiers, "Mở hồ sơ"), Form: form}
	if ref != "" {
		link, err := v.subject(ref)
		if err != nil {
			return err
		}
		p.Ref, p.About = ref, link.Label
	}
	var err error
	if p.Rules, err = v.ruleGroups(); err != nil {
		return err
	}
	if refused != nil {
		return v.again(p, refused)
	}
	return v.show(p)
}

func newDossier(v *visit) error {
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	term, err1 := archive.ParseTerm(v.field("term"))
	start, err2 := v.date("start")
	err := fault.Join(err1, err2)
	f := archive.Fresh{Notation: v.field("notation"), Title: v.text("title"), Term: term, Rule: v.field("rule"), StartOn: start, Construction: v.field("construction") == "on", Note: v.text("note")}
	var d archive.Dossier
	if err == nil {
		err = v.act(func(a *journal.Act) (err error) {
			if d, err = archive.OpenNew(a, f); err == nil && v.field("ref") != "" {
				_, err = archive.PutIn(a, d.ID, v.field("ref"))
			}
			return err
		})
	}
	if err == nil {
		return v.done(d.Link(), "Đã mở hồ sơ "+d.Notation+".")
	}
	if !wrong(err) {
		return err
	}
	return v.newDossierAgain(v.form(err), v.field("ref"), err)
}

// fileInto is the part of a document's or task's page that puts it into a dossier.
func (v *visit) fileInto(ref, back string) (*view.FileInto, error) {
	if !v.keepsDossiers() {
		return nil, nil
	}
	f := &view.FileInto{Ref: ref, Back: back}
	where, err := archive.Where(v.read(), v.agency(), v.dossierReach(), ref)
	if err != nil {
		return nil, err
	}
	for _, d := range where {
		f.Where = append(f.Where, view.Link{Label: d.Notation + " (" + strconv.Itoa(d.Year) + ") · " + d.Title, Href: d.Link()})
	}
	fed, err := archive.Feedable(v.read(), v.agency(), v.rights, 200)
	for _, d := range fed {
		if !slices.ContainsFunc(where, func(o archive.Dossier) bool { return o.ID == d.ID }) {
			f.Into = append(f.Into, view.Option{Value: idText(d.ID), Label: d.Notation + " (" + strconv.Itoa(d.Year) + ") · " + short(d.Title, 80)})
		}
	}
	return f, err
}

func putIntoDossier(v *visit) error {
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	id, ok := number64(v.field("dossier"))
	if !ok {
		return fault.Invalid("dossier", "Chưa chọn hồ sơ.")
	}
	n := 0
	if err := v.act(func(a *journal.Act) (err error) { n, err = archive.PutIn(a, id, v.field("ref")); return err }); err != nil {
		return err
	}
	d, err := archive.Get(v.read(), v.agency(), v.dossierReach(), id)
	if err != nil {
		return err
	}
	said := "Đã đưa vào hồ sơ " + d.Notation + "."
	if n > 1 {
		said = fmt.Sprintf("Đã đưa vào hồ sơ %s, cùng %d mục của việc này.", d.Notation, n-1)
	}
	return v.done(v.back(d.Link()), said)
}
