// SPDX-License-Identifier: Apache-2.0

package web

import (
	"encoding/csv"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/find"
	"soviec/kit/sheet"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/outgoing"
)

// outReach is which outgoing documents the visitor may read.
func (v *visit) outReach() outgoing.Reach { return outgoing.ReachOf(v.rights) }

// outgoingList is the register of what goes out on the screen, newest first.
func outgoingList(v *visit) error {
	if !v.readsDocuments() {
		return errNoPage
	}
	q := v.URL.Query()
	f, found, err := v.outgoingFilter(q)
	if err != nil {
		return err
	}
	docs, err := outgoing.List(v.read(), v.agency(), v.outReach(), f, parseOutKey(q.Get("after")), rowsOfRegister+1)
	if err != nil {
		return err
	}
	p := view.OutgoingList{Frame: v.frame(view.PlaceOutgoing, "Văn bản đi"), Query: strings.TrimSpace(q.Get("q")), Queue: -1, CanPrint: v.may(org.HandOut, org.Target{}) && v.outReach().All}
	p.Frame.Query = ""
	if v.may(org.NumberOut, org.Target{}) {
		n, err := outgoing.Waits(v.read(), v.agency())
		if err != nil {
			return err
		}
		p.Queue, p.Troubles = int(n), true
	}
	if q.Get("after") != "" {
		p.Pager.Previous = address("/van-ban-di", without(q, "after"))
	}
	if len(docs) > rowsOfRegister {
		docs = docs[:rowsOfRegister]
		last := docs[rowsOfRegister-1]
		next := without(q, "")
		next.Set("after", fmt.Sprintf("%s.%d", last.Day, last.ID))
		p.Pager.Next = address("/van-ban-di", next)
	}
	if found >= 0 {
		p.Pager.Total = number(found) + " văn bản có chữ này"
	}
	if v.may(org.HandOut, org.Target{}) {
		p.SheetXL, p.SheetCSV = address("/van-ban-di/danh-sach.xlsx", without(q, "after")), address("/van-ban-di/danh-sach.csv", without(q, "after"))
	}
	if p.Rows, err = v.outgoingRows(docs); err != nil {
		return err
	}
	for i := range p.Rows {
		p.Rows[i].Places = shortPlaces(p.Rows[i].Places)
	}
	if p.Filters, err = v.outgoingFilters(f); err != nil {
		return err
	}
	if p.Sentence, err = v.outgoingSentence(f); err != nil {
		return err
	}
	if len(docs) == 0 && len(q) == 0 {
		p.Empty = "Chưa có văn bản đi nào. Văn bản đã ký nằm ở sổ chờ phát hành; cấp số xong sẽ hiện ở đây."
	}
	return v.show(p)
}

// shortPlaces keeps the first recipients of a long list; the page of the document has all.
func shortPlaces(s string) string {
	const most = 3
	all := strings.Split(s, "; ")
	if len(all) <= most {
		return s
	}
	return strings.Join(all[:most], "; ") + fmt.Sprintf(" và %d nơi khác", len(all)-most)
}

func without(q url.Values, name string) url.Values {
	out := url.Values{}
	for k, all := range q {
		if k != name {
			out[k] = all
		}
	}
	return out
}

func parseOutKey(s string) outgoing.Key {
	a, b, ok := strings.Cut(s, ".")
	day, err := civil.Parse(a)
	id, err1 := strconv.ParseInt(b, 10, 64)
	if !ok || err != nil || err1 != nil {
		return outgoing.Key{}
	}
	return outgoing.Key{Day: day, ID: id}
}

// outgoingFilter is what the sentence of the list asks for; found is how many documents
// have the words, -1 without words.
func (v *visit) outgoingFilter(q url.Values) (f outgoing.Filter, found int, err error) {
	num := func(name string) int64 {
		n, _ := strconv.ParseInt(q.Get(name), 10, 64)
		return n
	}
	f = outgoing.Filter{Year: int(num("year")), Type: q.Get("type"), State: q.Get("state"), Unit: num("unit"), Signer: num("signer"), Urgency: int(num("urgency"))}
	if month := q.Get("period"); month != "" && f.Year != 0 {
		if m, err := strconv.Atoi(month); err == nil && m >= 1 && m <= 12 {
			p := civil.MonthOf(civil.MustParse(fmt.Sprintf("%04d-%02d-01", f.Year, m)))
			f.From, f.To = p.From, p.To
		}
	}
	words := strings.TrimSpace(q.Get("q"))
	if words == "" {
		return f, -1, nil
	}
	res, err := v.d.Finder.Search(v.read(), v.agency(), find.Query{Text: words, Any: v.outReach().Who, All: []string{"kind:" + outgoing.RefOutgoing}, Limit: 200})
	f.IDs = idsOf(res.Hits, outgoing.RefOutgoing)
	return f, res.Total, err
}

func (v *visit) outgoingFilters(f outgoing.Filter) ([]view.Filter, error) {
	years, err := outgoing.Years(v.read(), v.agency())
	if err != nil {
		return nil, err
	}
	types, err := document.Types(v.read(), v.agency())
	if err != nil {
		return nil, err
	}
	state := view.Select{Value: f.State, Options: []view.Option{{Label: "ở mọi tình trạng"}, {Value: "open", Label: "chưa phát hành"}}}
	for _, s := range outgoing.States {
		state.Options = append(state.Options, view.Option{Value: string(s.State), Label: strings.ToLower(s.Name)})
	}
	unit := view.Select{Value: zeroEmpty(f.Unit), Options: []view.Option{{Label: "mọi đơn vị"}}}
	for _, u := range v.dir.Units {
		unit.Options = append(unit.Options, view.Option{Value: idText(u.ID), Label: u.Name})
	}
	signer := view.Select{Value: zeroEmpty(f.Signer), Options: []view.Option{{Label: "bất kỳ"}}}
	for _, p := range v.dir.With(v.today, org.Head, org.Deputy, org.OfficeChief, org.UnitHead) {
		signer.Options = append(signer.Options, view.Option{Value: idText(p.ID), Label: p.Name})
	}
	period := view.Select{Options: []view.Option{{Label: "cả năm"}}}
	if !f.From.IsZero() {
		period.Value = strconv.Itoa(int(f.From.Month()))
	}
	for m := 1; m <= 12; m++ {
		period.Options = append(period.Options, view.Option{Value: strconv.Itoa(m), Label: "tháng " + strconv.Itoa(m)})
	}
	return []view.Filter{
		{Before: "Văn bản", Name: "state", Label: "Tình trạng", Select: state},
		{Before: "thuộc", Name: "type", Label: "Loại văn bản", Select: view.Select{Value: f.Type, Options: append([]view.Option{{Label: "mọi loại"}}, outTypes(types)...)}},
		{Before: "của", Name: "unit", Label: "Đơn vị soạn thảo", Select: unit},
		{Before: "người ký", Name: "signer", Label: "Người ký", Select: signer},
		{Before: "năm", Name: "year", Label: "Năm", Select: yearChoice(years, f.Year)},
		{Before: "", Name: "period", Label: "Tháng", Select: period},
	}, nil
}

// outTypes are the kinds of documents that an agency issues.
func outTypes(types []document.Type) []view.Option {
	var own []document.Type
	for _, t := range types {
		if t.Class == "admin29" {
			own = append(own, t)
		}
	}
	return typeOptions(own)
}

func (v *visit) outgoingSentence(f outgoing.Filter) (string, error) {
	if !v.outReach().All {
		return "Những văn bản liên quan đến anh/chị, mới nhất trước.", nil
	}
	year := f.Year
	if year == 0 {
		year = v.today.Year()
	}
	all, err := outgoing.Count(v.read(), v.agency(), v.outReach(), outgoing.Filter{Year: year})
	if err != nil {
		return "", err
	}
	open, err := outgoing.Count(v.read(), v.agency(), v.outReach(), outgoing.Filter{Year: year, State: "open"})
	s := fmt.Sprintf("%s văn bản đi năm %d", document.ShowNumber(all), year)
	if open > 0 {
		s += "; " + document.ShowNumber(open) + " văn bản chưa phát hành"
	}
	return s + ".", err
}

func (v *visit) outgoingRows(docs []outgoing.Document) ([]view.OutgoingRow, error) {
	types, err := document.Types(v.read(), v.agency())
	if err != nil {
		return nil, err
	}
	names := typeNames(types)
	rows := make([]view.OutgoingRow, len(docs))
	for i, d := range docs {
		rows[i] = view.OutgoingRow{Href: d.Address(), Label: d.Label, Day: d.Day.VN(), Type: names[d.Type], Subject: d.Subject, Urgency: view.Urgency(d.Urgency),
			Unit: v.dir.Unit(d.Unit).Name, Signer: d.SignerName, Places: d.Places, State: outState(d), Status: d.State.Label(), Over: d.Over(v.now)}
	}
	return rows, nil
}

// outState is how an outgoing document stands, as a colour.
func outState(d outgoing.Document) view.State {
	switch d.State {
	case outgoing.StateVoid, outgoing.StateRecalled, outgoing.StateSuperseded:
		return view.StateVoid
	case outgoing.StateIssued, outgoing.StateFiled:
		return view.StateDone
	case outgoing.StateRecalling:
		return view.StatePaused
	}
	return view.StateOpen
}

// sheetMost bounds the list as a file.
const sheetMost = 20000

// outgoingSheet is the list as a workbook or as CSV, as it was filtered.
func outgoingSheet(asCSV bool) page {
	return func(v *visit) error {
		if !v.readsDocuments() || !v.may(org.HandOut, org.Target{}) {
			return errNoPage
		}
		f, _, err := v.outgoingFilter(v.URL.Query())
		if err != nil {
			return err
		}
		docs, err := outgoing.List(v.read(), v.agency(), v.outReach(), f, outgoing.Key{}, sheetMost)
		if err != nil {
			return err
		}
		rows, err := v.outgoingRows(docs)
		if err != nil {
			return err
		}
		head := []string{"Số, ký hiệu", "Ngày văn bản", "Tên loại", "Trích yếu", "Đơn vị soạn thảo", "Người ký", "Nơi nhận", "Tình trạng"}
		cells := func(r view.OutgoingRow) []string {
			return []string{r.Label, r.Day, r.Type, r.Subject, r.Unit, r.Signer, r.Places, r.Status}
		}
		return v.sendRows(asCSV, "van-ban-di", head, len(rows), func(i int) []string { return cells(rows[i]) })
	}
}

// sendRows answers with rows as a workbook or as CSV, which begins with a mark so that
// spreadsheets read its Vietnamese.
func (v *visit) sendRows(asCSV bool, name string, head []string, n int, row func(int) []string) error {
	if asCSV {
		return v.sendMade("text/csv; charset=utf-8", "attachment", name+".csv", func(w io.Writer) error {
			if _, err := io.WriteString(w, "\uFEFF"); err != nil {
				return err
			}
			out := csv.NewWriter(w)
			if err := out.Write(head); err != nil {
				return err
			}
			for i := range n {
				cells := row(i)
				for j, c := range cells {
					if strings.HasPrefix(c, "=") || strings.HasPrefix(c, "+") || strings.HasPrefix(c, "-") || strings.HasPrefix(c, "@") {
						cells[j] = "'" + c // no spreadsheet takes a text for a formula
					}
				}
				if err := out.Write(cells); err != nil {
					return err
				}
			}
			out.Flush()
			return out.Error()
		})
	}
	s := sheet.Sheet{Name: "Văn bản đi", Titles: []string{v.dir.Agency.Name, "Danh sách văn bản đi, tính đến " + momentWords(v.now)}}
	for _, h := range head {
		s.Columns = append(s.Columns, sheet.Column{Title: h, Width: 20})
	}
	s.Rows = func(yield func(sheet.Row) bool) {
		for i := range n {
			var cells []any
			for j, c := range row(i) {
				cells = append(cells, sheetCell(head[j], c))
			}
			if !yield(sheet.Row{Cells: cells}) {
				return
			}
		}
	}
	return v.sendXLSX(name+".xlsx", func(w io.Writer) error {
		return sheet.Write(w, sheet.Book{Author: v.dir.Agency.Name, Sheets: []sheet.Sheet{s}})
	})
}
