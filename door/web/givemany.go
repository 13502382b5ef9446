// SPDX-License-Identifier: Apache-2.0

package web

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/sheet"
	"soviec/office/org"
	"soviec/office/task"
)

const (
	rowsToGive  = 100
	sheetToGive = 5 << 20
)

// giveColumns are what a table of work may hold; the headings are proposed for.
var giveColumns = []sheet.Column{{Key: "title", Title: "Nội dung công việc"}, {Key: "lead", Title: "Chủ trì"}, {Key: "coop", Title: "Phối hợp"}, {Key: "due_on", Title: "Hạn"}, {Key: "product", Title: "Sản phẩm", Titles: []string{"Mã sản phẩm", "Sản phẩm, công việc"}}, {Key: "quantity", Title: "Số lượng"}, {Key: "text", Title: "Ý kiến chỉ đạo"}}

// giveMany gives many pieces of work from the minutes of a meeting or from a sheet: read
// row by row, mended in the page, given all together or not at all.
func giveMany(v *visit) error {
	p := view.GiveMany{Frame: v.frame(view.PlaceWorks, "Giao nhiều việc")}
	switch {
	case v.may(org.Direct, org.Target{}):
		p.Leads = v.leadGroups()
	case v.may(org.Distribute, org.Target{}):
		p.Leads, p.Givers = v.leadGroups(), v.leaders(0)
	case len(v.rights.Heads) > 0:
		p.Leads = v.ownGroups()
	default:
		return errNoPage
	}
	var err error
	if p.Products, err = v.productsOn(v.today); err != nil {
		return err
	}
	if v.Method == "GET" {
		return v.show(p)
	}
	v.tables = true
	files, err := v.takeForm()
	defer files.discard()
	if err != nil {
		p.Form, p.Pasted = v.form(err), v.PostFormValue("table")
		return v.again(p, err)
	}
	if v.PostFormValue("step") == "2" {
		return v.giveRows(p)
	}
	p.Pasted = v.PostFormValue("table")
	rows, err := v.tableRows(files)
	if err != nil {
		if !wrong(err) {
			return err
		}
		p.Form = v.form(err)
		return v.again(p, err)
	}
	p.Form.Values = v.PostForm
	v.openRows(&p, rows)
	return v.show(p)
}

// tableRows are the lines that were pasted or uploaded, as cells by column.
func (v *visit) tableRows(files uploads) ([]map[string]string, error) {
	var cells [][]string
	for _, f := range files {
		info, err := f.spool.Stat()
		if err != nil {
			return nil, fault.Internal(err)
		}
		for r, err := range sheet.Read(context.WithoutCancel(v.Context()), f.spool, info.Size(), f.Name, sheet.Limits{FileBytes: sheetToGive, Rows: 2000, Columns: 30}) {
			if err != nil {
				return nil, fault.Invalid("files", "Không đọc được bảng tính: "+fault.Text(err))
			}
			cells = append(cells, r.Cells)
		}
	}
	for line := range strings.SplitSeq(strings.ReplaceAll(v.PostFormValue("table"), "\r\n", "\n"), "\n") {
		if strings.TrimSpace(line) != "" {
			cells = append(cells, strings.Split(line, "\t"))
		}
	}
	at := map[string]int{}
	if head := sheet.FindHead(cells, giveColumns); head >= 0 && head < len(cells) && len(cells[head]) > 1 {
		at, cells = sheet.ProposeMapping(cells[head], giveColumns), cells[head+1:]
	}
	var out []map[string]string
	for _, row := range cells {
		for i := range row {
			row[i] = strings.Join(strings.Fields(row[i]), " ")
		}
		filled := slices.DeleteFunc(slices.Clone(row), func(s string) bool { return s == "" })
		if len(filled) == 0 {
			continue
		}
		m := map[string]string{"said": strings.Join(filled, " · ")}
		if len(at) == 0 {
			m["line"] = strings.TrimLeft(strings.Join(filled, ", "), "0123456789.)-–• ")
		}
		for key, i := range at {
			if i < len(row) {
				m[key] = row[i]
			}
		}
		out = append(out, m)
	}
	switch {
	case len(out) == 0:
		return nil, fault.Invalid("table", "Chưa có dòng nào. Dán bảng từ biên bản, thông báo kết luận, hoặc chọn tệp Excel.")
	case len(out) > rowsToGive:
		return nil, fault.Invalid("table", fmt.Sprintf("Mỗi lần giao nhiều nhất %d việc; bảng này có %d dòng.", rowsToGive, len(out)))
	}
	return out, nil
}

// openRows reads each row and marks what it leaves open.
func (v *visit) openRows(p *view.GiveMany, rows []map[string]string) {
	for i, m := range rows {
		r := view.GiveRow{No: i + 1, Title: m["title"], Text: m["text"], Due: m["due_on"], Product: v.productCode(p.Products, m["product"]), Quantity: m["quantity"], Said: m["said"], Errors: map[string]string{}}
		line := m["line"]
		if line == "" { // the columns say which is which; the reader finds who is meant
			line = strings.Join(slices.DeleteFunc([]string{m["lead"], map[bool]string{true: "phối hợp với " + m["coop"]}[m["coop"] != ""], "làm việc này"}, func(s string) bool { return s == "" }), ", ")
		}
		x := v.understood(line)
		r.Lead = assigneeValue(party(x.Lead))
		var coop []string
		for _, c := range parties(x.Coop) {
			coop = append(coop, v.assigneeWords(c))
		}
		r.Coop = strings.Join(coop, "; ")
		if m["line"] != "" {
			r.Title, r.Due, r.Hour = sentenceCase(x.Subject), x.Due.On.VN(), x.Due.At
			for _, n := range x.Notes {
				r.Notes = append(r.Notes, n.Text)
			}
		}
		if r.Lead == "" {
			r.Errors["lead"] = "Chưa rõ ai làm."
			for _, q := range x.Questions {
				if q.About == "lead" {
					r.Errors["lead"] = q.Text
				}
			}
		}
		if r.Due == "" {
			r.Notes = append(r.Notes, "Chưa có hạn; việc không định ngày bị đếm riêng.")
		}
		if r.Title == "" {
			r.Errors["title"] = "Chưa có nội dung."
		}
		if len(r.Errors) > 0 {
			p.Bad++
		}
		p.Rows = append(p.Rows, r)
	}
}

// giveRows reads the table as it was mended, and gives all of it or none.
func (v *visit) giveRows(p view.GiveMany) error {
	var orders []task.Order
	var errs []error
	at := []int{} // order → row of the form
	giver, _ := number64(v.field("giver"))
	if len(p.Givers) > 0 && giver == 0 {
		errs = append(errs, fault.Invalid("giver", "Chưa chọn lãnh đạo giao việc."))
	}
	n := len(v.PostForm["title"])
	for i := range min(n, rowsToGive) {
		r := view.GiveRow{No: i + 1, Title: strings.Join(strings.Fields(nth(v.PostForm["title"], i)), " "), Lead: nth(v.PostForm["lead"], i), Coop: nth(v.PostForm["coop"], i),
			Due: nth(v.PostForm["due_on"], i), Hour: nth(v.PostForm["hour"], i), Product: nth(v.PostForm["row_product"], i), Quantity: nth(v.PostForm["row_quantity"], i), Text: nth(v.PostForm["text"], i), Errors: map[string]string{}}
		p.Rows = append(p.Rows, r)
		if r.Title == "" && r.Lead == "" {
			continue // an emptied row is left out
		}
		o := task.Order{Title: r.Title, Text: r.Text, Giver: giver}
		o.Lead, _ = assignee(r.Lead)
		v.PostForm["row_due"], v.PostForm["row_hour"] = []string{r.Due}, []string{r.Hour}
		due, err := v.due("row_due", "row_hour")
		if err != nil {
			errs = append(errs, fault.Invalid(task.RowField(len(orders)+1, "due_on"), fault.Text(err)))
		}
		o.Due = due
		v.PostForm["product"], v.PostForm["quantity"] = []string{v.productCode(p.Products, r.Product)}, []string{r.Quantity}
		if o.Product, o.Proof, err = v.product(); err != nil {
			errs = append(errs, fault.Invalid(task.RowField(len(orders)+1, "product"), fault.Text(err)))
		} else if o.Product.Norm != 0 {
			p.Rows[i].Notes = append(p.Rows[i].Notes, o.Product.Name+": định mức "+loadHours(o.Product.Minutes())+".")
		}
		for name := range strings.SplitSeq(r.Coop, ";") {
			if name = strings.TrimSpace(name); name == "" {
				continue
			}
			x := v.understood("phối hợp với " + name + ": việc")
			if len(x.Coop) == 0 {
				x.Coop = append(x.Coop, v.understood(name+", việc").Lead)
			}
			if party(x.Coop[0]) == (task.Assignee{}) {
				errs = append(errs, fault.Invalid(task.RowField(len(orders)+1, "coop"), "Không rõ “"+name+"” là ai."))
				continue
			}
			o.Coop = append(o.Coop, party(x.Coop[0]))
		}
		orders, at = append(orders, o), append(at, i)
	}
	err := fault.Join(errs...)
	var warned [][]string
	if err == nil {
		warned, err = task.PreviewMany(v.dir, v.now, v.me(), orders)
	}
	if err == nil {
		var all []string
		pic, perr := v.d.Board.Of(v.Context(), v.agency())
		if perr != nil {
			return perr
		}
		for i, w := range warned {
			w = append(w, task.Doubles(pic, v.dir, orders[i])...)
			p.Rows[at[i]].Notes = append(p.Rows[at[i]].Notes, w...)
			all = append(all, w...)
		}
		if p.Warned = strings.Join(all, "\n"); p.Warned != "" && p.Warned != strings.ReplaceAll(v.PostFormValue("warned"), "\r\n", "\n") {
			p.Warnings = all
			p.Form = v.form(nil)
			return v.show(p)
		}
		var given []task.Work
		err = v.act(func(a *journal.Act) (err error) { given, err = task.GiveMany(a, orders); return err })
		if err == nil {
			return v.done("/viec?giver="+idText(v.giverOf(giver)), fmt.Sprintf("Đã giao %d việc.", len(given)))
		}
	}
	if !wrong(err) {
		return err
	}
	p.Form = v.form(nil)
	for _, e := range fault.All(err) {
		row, field := task.SplitRowField(e.Field)
		if row < 1 || row > len(at) {
			p.Form.Errors = append(p.Form.Errors, view.FieldError{Field: e.Field, Text: e.Text})
			continue
		}
		r := &p.Rows[at[row-1]]
		if len(r.Errors) == 0 {
			p.Bad++
		}
		if _, ok := map[string]bool{"title": true, "lead": true, "coop": true, "due_on": true, "product": true, "text": true}[field]; !ok {
			field = "title"
		}
		if r.Errors[field] == "" {
			r.Errors[field] = e.Text
		}
	}
	if len(p.Form.Errors) == 0 {
		p.Form.Errors = []view.FieldError{{Text: fmt.Sprintf("%d dòng cần sửa; chưa việc nào được giao.", p.Bad)}}
	}
	return v.again(p, err)
}

func (v *visit) giverOf(giver int64) int64 {
	if giver != 0 {
		return giver
	}
	return v.me()
}

// productCode is the code that was chosen, typed alone, with its name, or by its name.
func (v *visit) productCode(all []view.Option, typed string) string {
	for _, p := range all {
		code, rest, _ := strings.Cut(p.Label, " · ")
		name, _, _ := strings.Cut(rest, ",")
		if typed == p.Label || strings.EqualFold(typed, code) || strings.EqualFold(typed, name) {
			return p.Value
		}
	}
	return typed
}
