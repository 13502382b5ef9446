// SPDX-License-Identifier: Apache-2.0

package web

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/sheet"
	"soviec/office/archive"
	"soviec/office/org"
)

// dossierList is the yearly list of dossiers (danh mục hồ sơ).
func dossierList(v *visit) error {
	if !v.readsDocuments() {
		return errNoPage
	}
	year, _ := strconv.Atoi(v.FormValue("nam"))
	if year == 0 {
		year = v.today.Year()
	}
	p, err := v.dossierListPage(year)
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) dossierListPage(year int) (view.DossierList, error) {
	p := view.DossierList{Frame: v.frame(view.PlaceDossiers, "Danh mục hồ sơ năm "+strconv.Itoa(year)), Year: year, Forms: map[string]*view.Form{}}
	for y := v.today.Year() + 1; y >= v.today.Year()-3; y-- {
		one := view.Noted{Label: strconv.Itoa(y), Href: "/danh-muc-ho-so?nam=" + strconv.Itoa(y)}
		if y == year {
			one.Note = "đang xem"
		}
		p.Years = append(p.Years, one)
	}
	composes := v.may(org.ComposeList, org.Target{})
	l, err := archive.ListOf(v.read(), v.agency(), year)
	if fault.Is(err, fault.KindNotFound) {
		p.Standing = "Chưa lập."
		if composes {
			p.Forms["lap"] = &view.Form{}
		}
		if _, err := archive.ListOf(v.read(), v.agency(), year-1); err == nil {
			p.CopyFrom = year - 1
		}
		return p, nil
	}
	if err != nil {
		return p, err
	}
	p.Exists = true
	p.Standing = "Đang lập: đơn vị đề xuất, Văn phòng tổng hợp."
	if l.Approved {
		p.Standing = "Đã phê duyệt ngày " + l.ApprovedOn.VN() + ", " + v.dir.Person(l.ApprovedBy).Polite()
		if l.Basis != "" {
			p.Standing += ", " + l.Basis
		}
		p.Standing += "."
	}
	all, permanent := l.Sums()
	p.Sums = listSums(all, permanent)
	v.listSections(&p, l, composes)
	base := fmt.Sprintf("/danh-muc-ho-so/%d/", year)
	if all > 0 && v.may(org.HandOut, org.Target{}) {
		p.Prints = []view.Link{{Label: "In danh mục", Href: base + "in.pdf"}, {Label: "Excel", Href: base + "danh-muc.xlsx"}}
	}
	if len(l.Headings) > 0 && (composes || len(v.rights.Heads) > 0) {
		p.Forms["them"] = &view.Form{}
	}
	if composes && !l.Approved {
		p.Forms["de-muc"], p.Forms["nhap"] = &view.Form{}, &view.Form{}
	}
	if v.may(org.ApproveList, org.Target{}) && !l.Approved && all > 0 {
		p.Forms["duyet"] = &view.Form{}
	}
	p.People = v.personGroups()
	p.Rules, err = v.ruleGroups()
	return p, err
}

func listSums(all, permanent int) string {
	return fmt.Sprintf("Danh mục có %s hồ sơ, trong đó %s hồ sơ bảo quản vĩnh viễn, %s hồ sơ bảo quản có thời hạn.", number(all), number(permanent), number(all-permanent))
}

func (v *visit) personGroups() []view.Group {
	var out []view.Group
	for _, u := range v.dir.UnitsOn(v.today) {
		g := view.Group{Label: u.Name}
		for _, person := range v.dir.Members(u.ID, v.today) {
			g.Options = append(g.Options, v.personOption(person))
		}
		out = append(out, g)
	}
	return out
}

func (v *visit) listSections(p *view.DossierList, l archive.List, composes bool) {
	p.Large = []view.Option{{Label: "là đề mục lớn"}}
	large, small := 0, 0
	for _, h := range l.Headings {
		s := view.DossierSection{Title: h.Title, Abbr: h.Abbr, Small: h.Parent != 0}
		if h.Parent == 0 {
			large, small = large+1, 0
			s.Number = archive.Roman(large)
			p.Large = append(p.Large, view.Option{Value: idText(h.ID), Label: s.Number + ". " + h.Title})
		} else {
			small++
			s.Number = strconv.Itoa(small)
		}
		p.Headings = append(p.Headings, view.Option{Value: idText(h.ID), Label: strings.Repeat("   ", min(1, small)) + s.Number + ". " + h.Title})
		for _, x := range l.Lines {
			if x.Heading != h.ID || x.State == archive.LineGone {
				continue
			}
			line := view.DossierLine{ID: idText(x.ID), Number: x.Notation, Title: x.Title, Term: x.Term.Words(), Keeper: v.dir.Person(x.Keeper).Name, Note: x.Note}
			if x.State == archive.LineAsked {
				line.Asked = v.dir.Person(x.SetBy).Name + " đề xuất, chờ Văn phòng xem"
				line.Decide, line.Drop = composes, composes
			}
			if !l.Approved {
				line.Drop = composes
			}
			if !x.AddedOn.IsZero() {
				line.Added = "bổ sung " + x.AddedOn.VN()
			}
			s.Lines = append(s.Lines, line)
		}
		p.Sections = append(p.Sections, s)
	}
}

func dossierListAct(v *visit) error {
	year, err := strconv.Atoi(v.PathValue("year"))
	if err != nil {
		return errNoPage
	}
	files, err := v.takeForm()
	defer files.discard()
	did, name := "", v.PathValue("act")
	if err == nil {
		did, err = v.dossierListDo(year, name, files)
	}
	to := "/danh-muc-ho-so?nam=" + strconv.Itoa(year)
	if err == nil {
		return v.done(to, did)
	}
	if !wrong(err) {
		return err
	}
	p, perr := v.dossierListPage(year)
	if perr != nil {
		return perr
	}
	form := v.form(err)
	if p.Forms[name] == nil || name == "lap" {
		name = "loi"
	}
	p.Forms[name] = &form
	return v.again(p, err)
}

func (v *visit) dossierListDo(year int, name string, files uploads) (string, error) {
	line, _ := number64(v.field("line"))
	switch name {
	case "lap":
		return "Đã lập danh mục hồ sơ.", v.act(func(a *journal.Act) error {
			_, err := archive.MakeList(a, year, v.field("per_section") == "on", v.field("copy") == "on")
			return err
		})
	case "de-muc":
		parent, _ := number64(v.field("parent"))
		return "Đã thêm đề mục.", v.act(func(a *journal.Act) error {
			_, err := archive.SetHeading(a, year, archive.Heading{Parent: parent, Title: v.field("title"), Abbr: v.field("abbr")})
			return err
		})
	case "them":
		term, err := archive.ParseTerm(v.field("term"))
		if err != nil {
			return "", err
		}
		heading, _ := number64(v.field("heading"))
		keeper, _ := assignee(v.field("keeper"))
		x := archive.Line{Heading: heading, Title: v.text("title"), Term: term, Rule: v.field("rule"), Keeper: keeper.Person, Note: v.field("note")}
		return "Đã thêm hồ sơ vào danh mục.", v.act(func(a *journal.Act) error { _, err := archive.Propose(a, year, x); return err })
	case "nhan", "bo":
		return "Đã ghi.", v.act(func(a *journal.Act) error { return archive.DecideLine(a, year, line, name == "nhan") })
	case "nhap":
		var columns []sheet.Column
		for _, t := range archive.ListColumns {
			columns = append(columns, sheet.Column{Key: t, Title: t})
		}
		rows, err := v.sheetRows(files, columns)
		if err != nil {
			return "", err
		}
		n := 0
		err = v.act(func(a *journal.Act) (err error) { n, err = archive.ImportList(a, year, rows); return err })
		return fmt.Sprintf("Đã nhập %d hồ sơ vào danh mục.", n), err
	case "duyet":
		return "Đã phê duyệt danh mục hồ sơ.", v.act(func(a *journal.Act) error { return archive.Approve(a, year, v.field("basis")) })
	}
	return "", errNoPage
}

// sheetRows reads the one sheet of a form in the order of the columns known.
func (v *visit) sheetRows(files uploads, columns []sheet.Column) ([]archive.Row, error) {
	if len(files) != 1 {
		return nil, fault.Invalid("files", "Hãy chọn một tệp Excel hoặc CSV.")
	}
	info, err := files[0].spool.Stat()
	if err != nil {
		return nil, fault.Internal(err)
	}
	var all []sheet.Record
	var cells [][]string
	for r, err := range sheet.Read(context.WithoutCancel(v.Context()), files[0].spool, info.Size(), files[0].Name, sheet.Limits{FileBytes: 8 << 20, Rows: 5000, Columns: 40}) {
		if err != nil {
			return nil, fault.Invalid("files", "Không đọc được bảng tính: "+fault.Text(err))
		}
		all, cells = append(all, r), append(cells, r.Cells)
	}
	head := sheet.FindHead(cells[:min(len(cells), 20)], columns)
	if head < 0 {
		var titles []string
		for _, c := range columns {
			titles = append(titles, c.Title)
		}
		return nil, fault.Invalid("files", "Không thấy dòng tiêu đề cột. Các cột: "+strings.Join(titles, ", ")+".")
	}
	at := sheet.ProposeMapping(cells[head], columns)
	var out []archive.Row
	for _, r := range all[head+1:] {
		if columnNumber.MatchString(r.Cell(0)) && columnNumber.MatchString(r.Cell(1)) {
			continue // the row (1) (2) … under the head
		}
		row := archive.Row{Number: r.Number, Cells: make([]string, len(columns))}
		for i, c := range columns {
			if k, ok := at[c.Key]; ok {
				row.Cells[i] = r.Cell(k)
			}
		}
		out = append(out, row)
	}
	return out, nil
}

// dossierListTemplate is the workbook to be filled in.
func dossierListTemplate(v *visit) error {
	var columns []sheet.Column
	for i, t := range archive.ListColumns {
		columns = append(columns, sheet.Column{Title: t, Width: []float64{30, 10, 30, 60, 18, 26, 24, 12}[i]})
	}
	rows := func(yield func(sheet.Row) bool) {
		for _, r := range [][]any{{"Tổ chức, cán bộ", "TCCB", "", "", "", "", "", ""}, {"", "", "", "Hồ sơ nâng bậc lương năm " + strconv.Itoa(v.today.Year()), "20 năm", v.dir.Person(v.me()).Name, "", ""}} {
			if !yield(sheet.Row{Cells: r}) {
				return
			}
		}
	}
	return v.sendXLSX("mau-danh-muc-ho-so.xlsx", sheetWriter(v, sheet.Sheet{Name: "Danh mục", Columns: columns, Rows: rows}))
}
