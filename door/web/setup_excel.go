// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/sheet"
	"soviec/office/org"
)

// The sheets of the template.
const (
	sheetAgency  = "Cơ quan"
	sheetPeople  = "Đơn vị, cán bộ"
	sheetExample = "Ví dụ"
)

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// sheetRead is a sheet that was right and waits for the word.
type sheetRead struct{ founding org.Founding }

// setupTemplate is the workbook to be filled in.
func setupTemplate(v *setupVisit) error {
	var people []sheet.Column
	for _, c := range org.PeopleColumns {
		col := sheet.Column{Title: c.Heading, Hint: c.Help, Width: 22}
		if c.Need {
			col.Title += " *"
		}
		people = append(people, col)
	}
	agency := sheet.Sheet{Name: sheetAgency, Titles: []string{"Cơ quan"}, Columns: []sheet.Column{{Title: "Mục", Width: 22}, {Title: "Giá trị", Width: 44}, {Title: "Cách ghi", Width: 60}},
		Rows: func(yield func(sheet.Row) bool) {
			for _, f := range agencyFields {
				label := f.label
				if f.need != "" {
					label += " *"
				}
				if !yield(sheet.Row{Cells: []any{label, "", f.hint}}) {
					return
				}
			}
		}}
	example := sheet.Sheet{Name: sheetExample, Titles: []string{"Ví dụ: trang này không được đọc"}, Columns: people, Rows: func(yield func(sheet.Row) bool) {
		for _, line := range org.PeopleExample() {
			var cells []any
			for _, c := range line {
				cells = append(cells, c)
			}
			if !yield(sheet.Row{Cells: cells}) {
				return
			}
		}
	}}
	example.Columns = slices.Clone(people)
	for i := range example.Columns {
		example.Columns[i].Hint = ""
	}
	var buf bytes.Buffer
	book := sheet.Book{Sheets: []sheet.Sheet{agency, {Name: sheetPeople, Titles: []string{"Đơn vị và cán bộ"}, Columns: people, Rows: func(func(sheet.Row) bool) {}}, example}}
	if err := sheet.Write(&buf, book); err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", xlsxType)
	h.Set("Content-Disposition", `attachment; filename="mau-co-quan.xlsx"`)
	h["Cache-Control"] = noStore
	_, _ = v.w.Write(buf.Bytes())
	return nil
}

func setupExcelPage(v *setupVisit) error { return v.show(v.excelPage(nil)) }

func (v *setupVisit) excelPage(err error) view.SetupExcel {
	return view.SetupExcel{Frame: v.frame("Nhập từ Excel"), SetupSteps: v.steps(2), Form: view.Form{Errors: fieldErrors(err)}}
}

// setupExcel reads a sheet; with confirm and the key of one that was right, it founds.
func setupExcel(v *setupVisit) error {
	if v.FormValue("confirm") != "" {
		read, ok := v.s.sheets[v.FormValue("file_key")]
		if !ok {
			return v.again(v.excelPage(fault.Invalid("file", "Tệp đã kiểm tra không còn; hãy chọn lại tệp.")))
		}
		if err := v.found(read.founding); err != nil {
			if !wrong(err) {
				return err
			}
			return v.again(v.excelPage(err))
		}
		return nil
	}
	content, err := v.upload()
	if err != nil {
		return v.again(v.excelPage(err))
	}
	f, cells, err := v.readWorkbook(content)
	p := v.excelPage(err)
	if p.Errors = cells; err != nil || len(cells) > 0 {
		return v.again(p)
	}
	var raw [12]byte
	_, _ = rand.Read(raw[:])
	p.Key, p.Found = hex.EncodeToString(raw[:]), f.Name+": "+rollWords(org.Roll{Units: f.Units, People: f.People})
	clear(v.s.sheets) // one at a time
	v.s.sheets[p.Key] = sheetRead{f}
	return v.show(p)
}

func (v *setupVisit) upload() ([]byte, error) {
	file, _, err := v.FormFile("file")
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, fault.Invalid("file", "Tệp lớn hơn 10 MB.")
	case err != nil:
		return nil, fault.Invalid("file", "Hãy chọn tệp Excel đã điền theo mẫu.")
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, setupSheetBytes+1))
	if err != nil || len(content) > setupSheetBytes {
		return nil, fault.Invalid("file", "Tệp lớn hơn 10 MB, hoặc không đọc được.")
	}
	return content, nil
}

// readWorkbook reads both sheets; every wrong cell is named.
func (v *setupVisit) readWorkbook(content []byte) (f org.Founding, cells []view.CellError, err error) {
	rows, err := v.records(content, sheetAgency)
	if err != nil {
		return f, nil, err
	}
	for _, a := range agencyFields {
		at := slices.IndexFunc(rows, func(r sheet.Record) bool { return starless(r.Cell(0)) == a.label })
		cell := view.CellError{Sheet: sheetAgency, Cell: "A1", Text: "Thiếu dòng “" + a.label + "” của mẫu."}
		if at >= 0 {
			*a.of(&f) = rows[at].Cell(1)
			cell.Cell, cell.Text = rows[at].Address(1), a.need
		}
		if a.need != "" && *a.of(&f) == "" {
			cells = append(cells, cell)
		}
	}
	if rows, err = v.records(content, sheetPeople); err != nil {
		return f, nil, err
	}
	roll, wrong, err := readRoll(rows, civil.Of(v.now))
	if err != nil {
		return f, nil, err
	}
	f.Units, f.People = roll.Units, roll.People
	cells = append(cells, wrong...)
	if len(cells) == 0 && !slices.ContainsFunc(f.People, func(p org.FoundingPerson) bool {
		return p.Username != "" && (org.Post{Roles: p.Posts[0].Roles}).Has(org.SysAdmin)
	}) {
		cells = append(cells, view.CellError{Sheet: sheetPeople, Cell: "F", Text: "Cần ít nhất một người có tài khoản với nhiệm vụ “" + org.SysAdmin.Name() + "”."})
	}
	return f, cells, nil
}

func (v *setupVisit) records(content []byte, name string) ([]sheet.Record, error) {
	var out []sheet.Record
	for r, err := range sheet.Read(v.Context(), bytes.NewReader(content), int64(len(content)), "mau.xlsx", sheet.Limits{FileBytes: setupSheetBytes, Rows: 10_000, Columns: 60, Sheet: name}) {
		if err != nil {
			if fault.Is(err, fault.KindInvalid) {
				return nil, fault.Invalid("file", fault.Text(err))
			}
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// readRoll finds the head, leaves out the line of hints, and has the office read the rest.
func readRoll(rows []sheet.Record, today civil.Date) (org.Roll, []view.CellError, error) {
	var known []sheet.Column
	hints := map[string]bool{}
	for _, c := range org.PeopleColumns {
		known = append(known, sheet.Column{Key: c.Key, Title: c.Heading})
		if c.Help != "" {
			hints[c.Help] = true
		}
	}
	var cells [][]string
	for _, r := range rows {
		cells = append(cells, r.Cells)
	}
	head := sheet.FindHead(cells, known)
	if head < 0 {
		return org.Roll{}, []view.CellError{{Sheet: sheetPeople, Cell: "A1", Text: "Không tìm thấy dòng tiêu đề cột của mẫu."}}, nil
	}
	var table [][]string
	var numbers []int
	for i, r := range rows[head:] {
		if i == 0 {
			first := slices.Clone(r.Cells)
			for j, c := range first {
				first[j] = starless(c)
			}
			table, numbers = append(table, first), append(numbers, r.Number)
			continue
		}
		if slices.ContainsFunc(r.Cells, func(c string) bool { return hints[c] }) {
			continue
		}
		table, numbers = append(table, r.Cells), append(numbers, r.Number)
	}
	roll, err := org.ReadPeople(table, today)
	var wrong *org.TableError
	if !errors.As(err, &wrong) {
		return roll, nil, err
	}
	var out []view.CellError
	for _, c := range wrong.Cells {
		e := view.CellError{Sheet: sheetPeople, Value: c.Value, Text: c.Text}
		row := numbers[len(numbers)-1]
		if c.Row >= 1 && c.Row <= len(numbers) {
			row = numbers[c.Row-1]
		}
		if e.Cell = "dòng " + strconv.Itoa(row); c.Column >= 0 {
			e.Cell = sheet.Address(row, c.Column)
		}
		out = append(out, e)
	}
	return roll, out, nil
}

// starless is a heading of the template without the star of what must be filled in.
func starless(s string) string {
	for len(s) > 0 && (s[len(s)-1] == '*' || s[len(s)-1] == ' ') {
		s = s[:len(s)-1]
	}
	return s
}
