// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/sheet"
	"soviec/office/document"
	"soviec/office/org"
)

// Taking over a register of earlier years: a file is sent and kept aside under a key
// of its own, its columns are matched, what would come in is shown, and only then it
// is taken over, in the background.

const (
	samplesShown = 3
	rowsShown    = 5
	faultsShown  = 100
	remarksShown = 60
)

// takeOverColumns are what a column can mean, as kit/sheet proposes them.
func takeOverColumns() []sheet.Column {
	var out []sheet.Column
	for _, c := range document.TakeOverColumns {
		out = append(out, sheet.Column{Key: c.Key, Title: c.Title, Titles: c.Titles})
	}
	return out
}

func takeOverPage(v *visit) error {
	p, err := v.takeOverForm()
	if err != nil {
		return err
	}
	p.Form.Values = map[string][]string{"year": {strconv.Itoa(v.today.Year() - 1)}}
	return v.show(p)
}

func (v *visit) takeOverForm() (view.TakeOver, error) {
	p := view.TakeOver{Frame: v.frame(view.PlaceAdmin, "Chuyển sổ từ hệ thống cũ")}
	if err := v.must(org.TakeOver); err != nil {
		return p, err
	}
	books, err := document.Books(v.read(), v.agency())
	if err != nil {
		return p, err
	}
	names := map[int64]string{}
	for _, b := range books {
		names[b.ID] = b.Name
		p.Registers = append(p.Registers, view.Option{Value: idText(b.ID), Label: b.Name})
	}
	for _, t := range takeOversOf(v.d).under(v.agency(), v.session.Person) {
		p.Earlier = append(p.Earlier, view.TakenOver{When: momentWords(t.since), By: v.dir.Person(t.person).Polite(), File: t.name, Words: t.standing(), Href: t.href()})
	}
	batches, err := document.Batches(v.read(), v.agency())
	if err != nil {
		return p, err
	}
	for _, b := range batches {
		words := fmt.Sprintf("%s dòng vào “%s”", number(b.Lines), names[b.Register])
		if len(b.Gaps) > 0 {
			words += "; " + strings.Join(b.Gaps[:min(3, len(b.Gaps))], ", ")
		}
		p.Earlier = append(p.Earlier, view.TakenOver{When: momentWords(b.At), By: v.dir.Person(b.By).Polite(), File: b.Name, Words: words})
	}
	return p, nil
}

// takeOver keeps what was sent aside and goes on to matching its columns.
func takeOver(v *visit) error {
	if err := v.must(org.TakeOver); err != nil {
		return err
	}
	t, err := v.receive()
	if err == nil {
		if err = t.open(v.Context()); err != nil {
			t.discard()
		}
	}
	if err != nil {
		if !wrong(err) {
			return err
		}
		p, perr := v.takeOverForm()
		if perr != nil {
			return perr
		}
		p.Form = v.form(onFile(err))
		return v.again(p, err)
	}
	takeOversOf(v.d).add(t, v.now)
	http.Redirect(v.w, v.Request, t.href(), http.StatusSeeOther)
	return nil
}

// onFile gives faults without a field to the field of the file.
func onFile(err error) error {
	var out []error
	for _, e := range fault.All(err) {
		at := *e
		if at.Field == "" {
			at.Field = "file"
		}
		out = append(out, &at)
	}
	return fault.Join(out...)
}

// underway finds the visitor's own take-over.
func (v *visit) underway() (*takenOver, error) {
	if err := v.must(org.TakeOver); err != nil {
		return nil, err
	}
	t, ok := takeOversOf(v.d).find(v.PathValue("key"), v.agency(), v.session.Person, v.now)
	if !ok {
		return nil, fault.NotFound("Tệp đã gửi không còn được giữ. Hãy chọn lại tệp.")
	}
	return t, nil
}

// takeOverStep shows where a take-over stands: matching, under way, or finished.
func takeOverStep(v *visit) error {
	t, err := v.underway()
	if err != nil {
		return err
	}
	if t.begun() {
		return v.show(v.takeOverProgress(t))
	}
	return v.show(v.mappingPage(t, nil))
}

func (v *visit) mappingPage(t *takenOver, err error) view.TakeOverMapping {
	p := view.TakeOverMapping{Frame: v.frame(view.PlaceAdmin, "Ghép cột"), Address: t.href(), File: t.name, Lines: number(t.lines) + " dòng",
		Targets: []view.Option{{Label: "(bỏ qua)"}}}
	for _, e := range fault.All(err) {
		p.Form.Errors = append(p.Form.Errors, view.FieldError{Text: e.Text}) // the field is a column that nobody chose
	}
	for _, c := range document.TakeOverColumns {
		p.Targets = append(p.Targets, view.Option{Value: c.Key, Label: c.Title})
	}
	target := map[int]string{}
	for key, i := range t.columns {
		target[i] = key
	}
	for i, name := range t.head {
		c := view.MapColumn{Name: either(name, "Cột "+sheet.ColumnName(i)), Field: "column_" + strconv.Itoa(i), Target: target[i]}
		if t.proposed[target[i]] == i && target[i] != "" {
			c.Why = "theo tên cột"
		}
		for _, row := range t.samples {
			if i < len(row) && row[i] != "" && len(c.Samples) < samplesShown {
				c.Samples = append(c.Samples, row[i])
			}
		}
		p.Columns = append(p.Columns, c)
	}
	return p
}

// takeOverMap takes the matching of columns and shows what would come in.
func takeOverMap(v *visit) error {
	t, err := v.underway()
	if err != nil {
		return err
	}
	if t.begun() {
		http.Redirect(v.w, v.Request, t.href(), http.StatusSeeOther)
		return nil
	}
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	columns, doubled := map[string]int{}, ""
	for i := range t.head {
		key := v.PostFormValue("column_" + strconv.Itoa(i))
		if !slices.ContainsFunc(document.TakeOverColumns, func(c struct {
			Key, Title string
			Titles     []string
		}) bool {
			return c.Key == key
		}) {
			continue
		}
		if _, twice := columns[key]; twice {
			doubled = key
		}
		columns[key] = i
	}
	t.match(columns)
	if doubled != "" {
		err = fault.Invalid("", "Hai cột cùng được ghép là “"+takeOverTitle(doubled)+"”. Hãy để lại một.")
	}
	var batch document.Batch
	var rep document.Report
	if err == nil {
		batch, err = t.batch(v.Context())
	}
	if err == nil {
		batch.Folder = v.folder(t)
		rep, err = document.Preview(v.Context(), v.d.Book, v.agency(), batch)
	}
	if err != nil {
		if !wrong(err) {
			return err
		}
		return v.again(v.mappingPage(t, err), err)
	}
	t.previewed(rep.FaultAll == 0)
	return v.show(v.previewPage(t, batch, rep))
}

func takeOverTitle(key string) string {
	for _, c := range document.TakeOverColumns {
		if c.Key == key {
			return c.Title
		}
	}
	return key
}

func (v *visit) previewPage(t *takenOver, in document.Batch, rep document.Report) view.TakeOverPreview {
	p := view.TakeOverPreview{Frame: v.frame(view.PlaceAdmin, "Xem trước"), Address: t.href(), File: t.name, Counts: reportFacts(rep, false), Ready: rep.FaultAll == 0}
	p.Errors, p.ErrMore = cellErrors(t.name, in, rep)
	for _, lines := range [][]string{rep.Gaps, rep.Doubles, rep.Remarks} {
		p.Gaps = append(p.Gaps, lines...)
	}
	if n := len(p.Gaps) - remarksShown; n > 0 {
		p.Gaps = append(p.Gaps[:remarksShown], fmt.Sprintf("và %d điều nữa", n))
	}
	for _, c := range document.TakeOverColumns {
		if _, ok := in.Columns[c.Key]; ok {
			p.Heads = append(p.Heads, c.Title)
		}
	}
	for _, row := range in.Rows[:min(rowsShown, len(in.Rows))] {
		var cells []string
		for _, c := range document.TakeOverColumns {
			if i, ok := in.Columns[c.Key]; ok {
				cells = append(cells, one(row, i))
			}
		}
		p.Rows = append(p.Rows, cells)
	}
	return p
}

func cellErrors(name string, in document.Batch, rep document.Report) (out []view.CellError, more int) {
	for _, f := range rep.Faults[:min(faultsShown, len(rep.Faults))] {
		e := view.CellError{Sheet: name, Cell: fmt.Sprintf("dòng %d", f.Row), Text: f.Text}
		if f.Column >= 0 {
			e.Cell = sheet.Address(f.Row, f.Column)
			if i, ok := slices.BinarySearch(in.Numbers, f.Row); ok {
				e.Value = one(in.Rows[i], f.Column)
			}
		}
		if e.Text = strings.TrimSpace(e.Text); f.Column < 0 && f.Key != "" {
			e.Text = takeOverTitle(f.Key) + ": " + e.Text
		}
		out = append(out, e)
	}
	return out, rep.FaultAll - len(out)
}

func reportFacts(rep document.Report, brought bool) []view.Fact {
	fact := func(label string, n int) view.Fact { return view.Fact{Label: label, Value: number(n)} }
	out := []view.Fact{fact("Văn bản", rep.Lines), fact("Tệp đính kèm", rep.Files), fact("Đã giải quyết xong", rep.Closed),
		fact("Còn mở, giao cho đơn vị hoặc người hiện nay", rep.Working), fact("Còn mở, chưa có người giữ", rep.Loose),
		fact("Khoảng số trống", len(rep.Gaps)), fact("Số trùng", len(rep.Doubles))}
	if brought {
		return append(out, view.Fact{Label: "Mã băm của các dòng", Value: rep.SHA})
	}
	return out
}

// takeOverRun begins the work that was previewed. It goes on when the page is left.
func takeOverRun(v *visit) error {
	t, err := v.underway()
	if err != nil {
		return err
	}
	if v.PostFormValue("confirm") == "" || !t.begin(v.now) {
		http.Redirect(v.w, v.Request, t.href(), http.StatusSeeOther)
		return nil
	}
	go v.later().carryOver(t)
	http.Redirect(v.w, v.Request, t.href(), http.StatusSeeOther)
	return nil
}

// takeOverTemplate is an empty register in the shape that is known best.
func takeOverTemplate(v *visit) error {
	if err := v.must(org.TakeOver); err != nil {
		return err
	}
	s := sheet.Sheet{Name: "Sổ văn bản đến", Titles: []string{v.dir.Agency.Name, "Sổ đăng ký văn bản đến"}, Rows: func(func(sheet.Row) bool) {}}
	for _, c := range document.TakeOverColumns {
		s.Columns = append(s.Columns, sheet.Column{Title: c.Title, Width: max(12, float64(len([]rune(c.Title)))+2), Hint: takeOverHints[c.Key]})
	}
	var buf bytes.Buffer
	if err := sheet.Write(&buf, sheet.Book{Sheets: []sheet.Sheet{s}}); err != nil {
		return err
	}
	return v.file(xlsxType, "mau-so-van-ban-den.xlsx", false, buf.Bytes())
}

// takeOverHints stand under the heads of the template; the line is left out again when
// the file comes back.
var takeOverHints = map[string]string{
	"arrival_no": "Bắt buộc. Số đến như trong sổ cũ.",
	"arrival_on": "Bắt buộc. Ngày, ví dụ 05/01/2019.",
	"issuer":     "Bắt buộc. Cơ quan ban hành.",
	"subject":    "Bắt buộc. Trích yếu nội dung.",
	"due_on":     "Nếu có.",
	"done_on":    "Để trống nếu chưa xong.",
	"unit":       "Nhiều nơi nhận cách nhau bằng dấu chấm phẩy; nơi đầu là chủ trì.",
	"files":      "Tên tệp, cách nhau bằng dấu chấm phẩy.",
}
