// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/sheet"
	"soviec/office/org"
	"soviec/office/plan"
	"soviec/office/task"
)

const (
	catalogueHref = "/cong-viec/danh-muc"
	newVersion    = catalogueHref + "/ban-moi"
	rowsToEdit    = 200 // a longer catalogue is changed in Excel
	rowsToAdd     = 5
)

// chosenCatalogue is the version that the address names, else the one in force, with the
// one before it.
func (v *visit) chosenCatalogue() (c plan.Catalogue, products []plan.Product, all []plan.Catalogue, err error) {
	if all, err = plan.Catalogues(v.read(), v.agency()); err != nil {
		return
	}
	if id, ok := number64(v.FormValue("ban")); ok {
		c, products, err = plan.CatalogueByID(v.read(), v.agency(), id)
		return
	}
	c, products, err = plan.CatalogueOn(v.read(), v.agency(), v.today)
	return
}

// catalogue is the catalogue of products with their norms (danh mục sản phẩm, định mức).
func catalogue(v *visit) error {
	c, products, all, err := v.chosenCatalogue()
	if err != nil {
		return err
	}
	p := view.Catalogue{Frame: v.frame(view.PlaceWorks, "Danh mục sản phẩm"), Ways: v.planWays(catalogueHref), Name: c.Name, MayChange: v.may(org.ManageSettings, org.Target{}),
		EditHref: newVersion, UploadHref: newVersion + "?excel=1", ExcelHref: catalogueHref + "/danh-muc.xlsx"}
	before := map[string]plan.Product{}
	for i, x := range all {
		words := "từ " + x.From.VN()
		switch {
		case x.From.After(v.today):
			words += ", chưa đến ngày hiệu lực"
		case x.To.IsZero() || x.To.After(v.today):
			words += ", đang có hiệu lực"
		default:
			words += " đến hết " + x.To.AddDays(-1).VN()
		}
		p.Versions = append(p.Versions, view.Noted{Label: x.Name, Href: catalogueHref + "?ban=" + idText(x.ID), Note: words})
		if x.ID == c.ID {
			p.Words = fmt.Sprintf("%d sản phẩm; %s. Ban hành theo %s.", x.Products, words, x.Basis)
			p.ExcelHref += "?ban=" + idText(x.ID)
			if i+1 < len(all) {
				_, was, err := plan.CatalogueByID(v.read(), v.agency(), all[i+1].ID)
				if err != nil {
					return err
				}
				for _, w := range was {
					before[w.Code] = w
				}
			}
		}
	}
	for _, x := range products {
		row := x.Row()
		r := view.ProductRow{Code: x.Code, Name: x.Name, Output: x.Output, Measure: x.Measure, Norm: either(x.Time(), "–"), Factor: row[5], Groups: row[6], Proof: row[7]}
		if was, ok := before[x.Code]; ok && was.Norm != x.Norm {
			r.Was = "trước là " + either(was.Time(), "không định mức")
		} else if !ok && len(before) > 0 {
			r.Was = "mới"
		}
		p.Rows = append(p.Rows, r)
	}
	return v.show(p)
}

// catalogueXLSX is a version as a sheet that may be filled in and taken back.
func catalogueXLSX(v *visit) error {
	c, products, _, err := v.chosenCatalogue()
	if err != nil {
		return err
	}
	s := sheet.Sheet{Name: "Danh mục", Titles: []string{v.dir.Agency.Name, either(c.Name, "Danh mục sản phẩm, định mức")}}
	widths := []float64{10, 44, 24, 14, 14, 14, 30, 30}
	for i, x := range plan.Columns {
		s.Columns = append(s.Columns, sheet.Column{Title: x.Title, Width: widths[i]})
	}
	s.Rows = func(yield func(sheet.Row) bool) {
		for _, x := range products {
			var cells []any
			for _, text := range x.Row() {
				cells = append(cells, text)
			}
			if !yield(sheet.Row{Cells: cells}) {
				return
			}
		}
	}
	var buf bytes.Buffer
	if err := sheet.Write(&buf, sheet.Book{Sheets: []sheet.Sheet{s}}); err != nil {
		return err
	}
	return v.file(xlsxType, "danh-muc-san-pham.xlsx", false, buf.Bytes())
}

// cataloguePage is a new version: the table of the one in force to be changed, or a sheet.
func cataloguePage(v *visit) error {
	if !v.may(org.ManageSettings, org.Target{}) {
		return errMayNot
	}
	_, products, err := plan.CatalogueOn(v.read(), v.agency(), v.today)
	if err != nil {
		return err
	}
	p := v.catalogueForm(len(products) > rowsToEdit || v.FormValue("excel") != "")
	if !p.Upload {
		for _, x := range products {
			p.Rows = append(p.Rows, editRow(x.Row()))
		}
		p.AddRows(rowsToAdd)
	}
	p.Form.Values = map[string][]string{"from": {v.today.VN()}}
	return v.show(p)
}

func (v *visit) catalogueForm(upload bool) view.CatalogueEdit {
	p := view.CatalogueEdit{Frame: v.frame(view.PlaceWorks, "Ban hành danh mục sản phẩm"), Back: catalogueHref, Action: newVersion, Upload: upload}
	for _, c := range plan.Columns {
		p.Columns = append(p.Columns, view.Option{Value: c.Key, Label: c.Title})
	}
	for _, kind := range []string{"", task.ProofDocument, task.ProofDossier, task.ProofReport} {
		p.Proofs = append(p.Proofs, view.Option{Value: kind, Label: task.ProofWords(kind)})
	}
	return p
}

func editRow(row []string) view.ProductEdit {
	e := view.ProductEdit{Values: map[string]string{}, Errors: map[string]string{}}
	for i, c := range plan.Columns {
		e.Values[c.Key] = row[i]
	}
	return e
}

// publishCatalogue puts the new version in force, or shows each wrong cell.
func publishCatalogue(v *visit) error {
	v.tables = true
	files, err := v.takeForm()
	defer files.discard()
	p := v.catalogueForm(v.PostFormValue("excel") != "")
	c := plan.Catalogue{Name: v.field("name"), Basis: v.field("basis")}
	var rows [][]string
	var numbers []int // of each row: the line of the sheet, or of the form
	at := map[string]int{}
	if err == nil {
		var derr error
		if c.From, derr = v.date("from"); derr != nil {
			err = derr
		} else if p.Upload {
			rows, numbers, at, err = v.catalogueRows(files)
		}
	}
	if !p.Upload {
		for i := range v.PostForm["code"] {
			row := make([]string, len(plan.Columns))
			for k, x := range plan.Columns {
				row[k] = nth(v.PostForm[x.Key], i)
			}
			p.Rows = append(p.Rows, editRow(row))
			if strings.Join(row[:5], "") != "" {
				rows, numbers = append(rows, row), append(numbers, i)
			}
		}
	}
	if err == nil {
		err = v.act(func(a *journal.Act) (err error) { c, err = plan.Publish(a, c, rows); return err })
	}
	if err == nil {
		return v.done(catalogueHref+"?ban="+idText(c.ID), fmt.Sprintf("Đã ban hành danh mục %d sản phẩm, có hiệu lực từ %s.", c.Products, c.From.VN()))
	}
	if !wrong(err) {
		return err
	}
	p.Form = view.Form{Values: v.PostForm}
	cells := 0
	for _, e := range fault.All(err) {
		row, key := task.SplitRowField(e.Field)
		if row < 1 || row > len(numbers) {
			p.Form.Errors = append(p.Form.Errors, view.FieldError{Field: e.Field, Text: e.Text})
			continue
		}
		cells++
		_, text, _ := strings.Cut(e.Text, ": ")
		if !p.Upload {
			p.Rows[numbers[row-1]].Errors[key] = capital(text)
			continue
		}
		k := slices.IndexFunc(plan.Columns, func(c plan.Column) bool { return c.Key == key })
		cell := view.CellError{Sheet: plan.Columns[k].Title, Cell: fmt.Sprintf("dòng %d", numbers[row-1]), Value: rows[row-1][k], Text: capital(text)}
		if i, ok := at[key]; ok {
			cell.Cell = sheet.Address(numbers[row-1], i)
		}
		p.Errors = append(p.Errors, cell)
	}
	if cells > 0 {
		p.Form.Errors = append(p.Form.Errors, view.FieldError{Text: fmt.Sprintf("%d ô chưa đúng; danh mục chưa được ban hành.", cells)})
	}
	return v.again(p, err)
}

// catalogueRows are the lines of an uploaded sheet in the order of the columns, with their
// numbers and where each column stands.
func (v *visit) catalogueRows(files uploads) (rows [][]string, numbers []int, at map[string]int, err error) {
	if len(files) == 0 {
		return nil, nil, nil, fault.Invalid("files", "Hãy chọn tệp Excel hoặc CSV.")
	}
	info, err := files[0].spool.Stat()
	if err != nil {
		return nil, nil, nil, fault.Internal(err)
	}
	var cells [][]string
	for r, err := range sheet.Read(context.WithoutCancel(v.Context()), files[0].spool, info.Size(), files[0].Name, sheet.Limits{FileBytes: sheetToGive, Rows: 6000, Columns: 30}) {
		if err != nil {
			return nil, nil, nil, fault.Invalid("files", "Không đọc được bảng tính: "+fault.Text(err))
		}
		cells, numbers = append(cells, r.Cells), append(numbers, r.Number)
	}
	var known []sheet.Column
	for _, c := range plan.Columns {
		known = append(known, sheet.Column{Key: c.Key, Title: c.Title})
	}
	head := sheet.FindHead(cells[:min(len(cells), 30)], known)
	if head < 0 {
		return nil, nil, nil, fault.Invalid("files", "Không thấy dòng tiêu đề cột. Tải tệp Excel của danh mục về làm mẫu.")
	}
	at = sheet.ProposeMapping(cells[head], known)
	var kept []int
	for i, line := range cells[head+1:] {
		row := make([]string, len(plan.Columns))
		for k, c := range plan.Columns {
			if j, ok := at[c.Key]; ok && j < len(line) {
				row[k] = strings.Join(strings.Fields(line[j]), " ")
			}
		}
		if strings.Join(row, "") != "" {
			rows, kept = append(rows, row), append(kept, numbers[head+1+i])
		}
	}
	return rows, kept, at, nil
}

// productsOn are what may be chosen on a form of the day; none without a catalogue.
func (v *visit) productsOn(day civil.Date) ([]view.Option, error) {
	_, products, err := plan.CatalogueOn(v.read(), v.agency(), day)
	var out []view.Option
	for _, p := range products {
		out = append(out, view.Option{Value: p.Code, Label: p.Words()})
	}
	return out, err
}
