// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/fault"
)

// DayKind says what a row of the calendar does to its day.
type DayKind string

// The kinds of rows, as the data file writes them.
const (
	Holiday  DayKind = "holiday"   // ngày nghỉ lễ (Labour Code 2019 art. 112.1)
	Tet      DayKind = "tet"       // nghỉ Tết Nguyên đán, with the compensation days joined to it
	Observed DayKind = "observed"  // nghỉ bù, because a holiday fell on the weekly rest day (art. 111.3)
	SwapOff  DayKind = "swap_off"  // hoán đổi: a weekday turned into a day off
	SwapWork DayKind = "swap_work" // làm bù: a day of rest turned into a full working day; it wins over every other row
	Proposed DayKind = "proposed"  // dự kiến: no effect, shown to whoever keeps the calendar
)

// DayKinds lists the kinds in the order in which a form offers them.
func DayKinds() []DayKind { return []DayKind{Holiday, Tet, Observed, SwapOff, SwapWork, Proposed} }

var kindLabels = map[DayKind]string{
	Holiday: "Nghỉ lễ", Tet: "Nghỉ Tết Nguyên đán", Observed: "Nghỉ bù",
	SwapOff: "Hoán đổi – nghỉ", SwapWork: "Hoán đổi – làm bù", Proposed: "Dự kiến",
}

// Valid tells whether the kind is one of the six.
func (k DayKind) Valid() bool { return kindLabels[k] != "" }

// Label is the kind in Vietnamese.
func (k DayKind) Label() string { return kindLabels[k] }

// Off tells whether the kind makes its day a day of rest.
func (k DayKind) Off() bool {
	return k == Holiday || k == Tet || k == Observed || k == SwapOff
}

// Row is one line of the calendar with the decision it rests on. The swaps are decided
// anew every year, so they are data with a source and never computed.
type Row struct {
	Date   Date    `json:"date"`
	Kind   DayKind `json:"kind"`
	Name   string  `json:"name"`
	Source string  `json:"source"` // the decision or notice; a mark [M] alone says "not confirmed"
}

// Confirmed tells whether the row names a source that somebody has read. The data file
// marks what was read [V…] and what is a projection [M].
func (r Row) Confirmed() bool {
	s := strings.TrimSpace(r.Source)
	return s != "" && (!strings.Contains(s, "[M]") || strings.Contains(s, "[V"))
}

// The years for which rows are taken: a slip of the pen in a year must not pass unseen.
const (
	firstRowYear = 1945
	lastRowYear  = 2200
	maxRows      = 20_000
	maxRowText   = 500
)

// Check tells what is wrong with the row, in the fields date, kind, name and source.
func (r Row) Check() error {
	var errs []error
	if r.Date == 0 {
		errs = append(errs, fault.Invalid("date", "Hãy nhập ngày."))
	} else if y := r.Date.Year(); y < firstRowYear || y > lastRowYear {
		errs = append(errs, fault.Invalid("date", fmt.Sprintf("Năm phải từ %d đến %d.", firstRowYear, lastRowYear)))
	}
	if !r.Kind.Valid() {
		errs = append(errs, fault.Invalid("kind", "Hãy chọn loại ngày: nghỉ lễ, nghỉ Tết, nghỉ bù, hoán đổi nghỉ, hoán đổi làm bù hoặc dự kiến."))
	}
	if strings.TrimSpace(r.Name) == "" {
		errs = append(errs, fault.Invalid("name", "Hãy ghi tên ngày, ví dụ “Quốc khánh”."))
	}
	if utf8.RuneCountInString(r.Name) > maxRowText {
		errs = append(errs, fault.Invalid("name", fmt.Sprintf("Tên ngày không quá %d ký tự.", maxRowText)))
	}
	if utf8.RuneCountInString(r.Source) > maxRowText {
		errs = append(errs, fault.Invalid("source", fmt.Sprintf("Căn cứ không quá %d ký tự.", maxRowText)))
	}
	return fault.Join(errs...)
}

//go:embed holidays.csv
var shipped []byte

// ShippedRows returns the rows the program is delivered with, 2018 to 2027.
func ShippedRows() []Row {
	rows, err := ParseCSV(bytes.NewReader(shipped))
	if err != nil {
		panic("civil: the calendar that is delivered cannot be read: " + err.Error())
	}
	return rows
}

// maxCSV bounds the file that is read: twenty thousand rows of a usual length.
const maxCSV = 4 << 20

// ParseCSV reads rows from a table with the columns date, kind, name and source in any
// order; further columns are left aside. Every line that is wrong is named.
func ParseCSV(r io.Reader) ([]Row, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxCSV+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > maxCSV {
		return nil, fault.Invalid("", "Tệp lịch quá lớn.")
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if !utf8.Valid(raw) {
		return nil, fault.Invalid("", "Tệp lịch phải dùng bảng mã UTF-8.")
	}
	in := csv.NewReader(bytes.NewReader(raw))
	in.FieldsPerRecord = -1
	head, err := in.Read()
	if err != nil {
		return nil, fault.Invalid("", "Tệp lịch phải có dòng tiêu đề: date,kind,name,source.")
	}
	col := map[string]int{"date": -1, "kind": -1, "name": -1, "source": -1}
	for i, h := range head {
		if at, known := col[strings.ToLower(strings.TrimSpace(h))]; known && at < 0 {
			col[strings.ToLower(strings.TrimSpace(h))] = i
		}
	}
	if col["date"] < 0 || col["kind"] < 0 || col["name"] < 0 {
		return nil, fault.Invalid("", "Tệp lịch phải có dòng tiêu đề: date,kind,name,source.")
	}
	return readRows(in, col)
}

func readRows(in *csv.Reader, col map[string]int) ([]Row, error) {
	var rows []Row
	var errs []error
	for {
		rec, err := in.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fault.Invalid("", "Tệp lịch không đọc được như một bảng CSV.")
		}
		line, _ := in.FieldPos(0)
		cell := func(name string) string {
			if i := col[name]; i >= 0 && i < len(rec) {
				return norm.NFC.String(strings.TrimSpace(rec[i]))
			}
			return ""
		}
		d, err := Parse(cell("date"))
		row := Row{Date: d, Kind: DayKind(cell("kind")), Name: cell("name"), Source: cell("source")}
		if err == nil {
			err = row.Check()
		}
		for _, e := range fault.All(err) {
			errs = append(errs, fault.Invalid(e.Field, fmt.Sprintf("Dòng %d: %s", line, e.Text)))
		}
		rows = append(rows, row)
		if len(rows) > maxRows || len(errs) > 100 {
			errs = append(errs, fault.Invalid("", fmt.Sprintf("Dừng đọc ở dòng %d: tệp có quá nhiều dòng hoặc quá nhiều lỗi.", line)))
			break
		}
	}
	if err := fault.Join(errs...); err != nil {
		return nil, err
	}
	return rows, nil
}

// WriteCSV writes what ParseCSV reads.
func WriteCSV(w io.Writer, rows []Row) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"date", "kind", "name", "source"}); err != nil {
		return err
	}
	for _, r := range rows {
		if err := out.Write([]string{r.Date.String(), string(r.Kind), r.Name, r.Source}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
