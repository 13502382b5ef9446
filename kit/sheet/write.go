// SPDX-License-Identifier: Apache-2.0

package sheet

import (
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// A Book is a workbook to be written.
type Book struct {
	Author string
	Sheets []Sheet
}

// A Sheet is one table with its lines above and below.
type Sheet struct {
	Name     string   // of the tab; "Sheet1" when empty
	Titles   []string // lines above the head, the first in larger type
	Columns  []Column
	Numbered bool // a row (1) (2) … under the head, as the legal registers have
	Rows     iter.Seq[Row]
	Footer   []string // lines below the last row
}

// A Column is one column of a table.
type Column struct {
	Key    string   // for reading: what the column means
	Title  string   // the head that is written
	Titles []string // for reading: heads under which the column is known; Title belongs to them
	Width  float64  // in letters; 12 when zero
	Hint   string   // for templates: written in the row under the head, in soft type; may be empty
}

// A Row is one line. A cell is nil, a string, a bool, an integer, a float, a
// Day or a time.Time (written as local date and time of its own zone).
type Row struct {
	Cells []any
	Void  bool // struck through
	Bold  bool // a group or a total
}

// A Day is a calendar day as text, "2006-01-02"; written as a real date.
type Day string

// styles are the numbers of the cell styles in one workbook.
type styles struct {
	title, line, head, number, hint int
	// body is indexed by kind of value, then by looks of the row.
	body [4][3]int
}

// The kinds of value that differ in style, and the looks of a row.
const (
	asText = iota
	asDay
	asInstant
	asMarkedText // text that would be a formula if it were typed
)

const (
	plainRow = iota
	voidRow
	boldRow
)

// Write writes a workbook. Rows are taken one at a time; what is kept in memory
// does not grow with them (the stream lies in a temporary file when it is long).
func Write(w io.Writer, b Book) error {
	f := excelize.NewFile()
	defer f.Close()
	st, err := newStyles(f)
	if err != nil {
		return fmt.Errorf("sheet: styles: %w", err)
	}
	for i, s := range b.Sheets {
		name := tabName(s.Name, i)
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err != nil {
			return fmt.Errorf("sheet: tab %q: %w", name, err)
		}
		if err := writeSheet(f, name, s, st); err != nil {
			return fmt.Errorf("sheet: %q: %w", name, err)
		}
	}
	if err := f.SetDocProps(&excelize.DocProperties{Creator: b.Author, LastModifiedBy: b.Author, Language: "vi-VN"}); err != nil {
		return fmt.Errorf("sheet: properties: %w", err)
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	return nil
}

// tabName makes a name that Excel takes: at most 31 letters, none of its signs.
func tabName(s string, i int) string {
	s = strings.Trim(strings.NewReplacer(":", " ", "\\", " ", "/", "-", "?", " ", "*", " ", "[", "(", "]", ")").Replace(s), " '")
	if r := []rune(s); len(r) > 31 {
		s = string(r[:31])
	}
	if s == "" {
		s = fmt.Sprintf("Sheet%d", i+1)
	}
	return s
}

func writeSheet(f *excelize.File, name string, s Sheet, st styles) error {
	sw, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	top := len(s.Titles) + 1 // the row of the head
	for i, c := range s.Columns {
		wide := c.Width
		if wide == 0 {
			wide = 12
		}
		if err := sw.SetColWidth(i+1, i+1, wide); err != nil {
			return err
		}
	}
	frozen := top + len(under(s))
	if err := sw.SetPanes(&excelize.Panes{Freeze: true, YSplit: frozen, TopLeftCell: Address(frozen+1, 0), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	row := 0
	put := func(cells []any, opts ...excelize.RowOpts) error {
		row++
		return sw.SetRow(Address(row, 0), cells, opts...)
	}
	for i, t := range s.Titles {
		id := st.line
		if i == 0 {
			id = st.title
		}
		if err := put([]any{excelize.Cell{StyleID: id, Value: legal(t)}}); err != nil {
			return err
		}
	}
	if err := put(styled(s.Columns, st.head, func(_ int, c Column) string { return c.Title })); err != nil {
		return err
	}
	for _, u := range under(s) {
		if err := put(u(st)); err != nil {
			return err
		}
	}
	for r := range rows(s.Rows) {
		if err := put(st.cells(r)); err != nil {
			return err
		}
	}
	for _, t := range s.Footer {
		if err := put([]any{excelize.Cell{StyleID: st.line, Value: legal(t)}}); err != nil {
			return err
		}
	}
	return sw.Flush()
}

// under makes the rows between the head and the first row.
func under(s Sheet) []func(styles) []any {
	var out []func(styles) []any
	if s.Numbered {
		out = append(out, func(st styles) []any {
			return styled(s.Columns, st.number, func(i int, _ Column) string { return fmt.Sprintf("(%d)", i+1) })
		})
	}
	for _, c := range s.Columns {
		if c.Hint != "" {
			return append(out, func(st styles) []any {
				return styled(s.Columns, st.hint, func(_ int, c Column) string { return c.Hint })
			})
		}
	}
	return out
}

func styled(columns []Column, id int, text func(int, Column) string) []any {
	cells := make([]any, len(columns))
	for i, c := range columns {
		cells[i] = excelize.Cell{StyleID: id, Value: legal(text(i, c))}
	}
	return cells
}

func rows(seq iter.Seq[Row]) iter.Seq[Row] {
	if seq == nil {
		return func(func(Row) bool) {}
	}
	return seq
}

// cells dresses the values of a row.
func (st *styles) cells(r Row) []any {
	look := plainRow
	switch {
	case r.Void:
		look = voidRow
	case r.Bold:
		look = boldRow
	}
	out := make([]any, len(r.Cells))
	for i, v := range r.Cells {
		kind := asText
		switch x := v.(type) {
		case string:
			if startsFormula(x) {
				kind = asMarkedText
			}
			v = legal(x)
		case Day:
			if x == "" {
				v = nil
				break
			}
			day, err := time.Parse(time.DateOnly, string(x))
			if err != nil || day.Year() < 1900 { // a spreadsheet knows no day before 1900
				v = legal(string(x))
				break
			}
			v, kind = day, asDay
		case time.Time:
			if x.IsZero() {
				v = nil
				break
			}
			// What the wall clock of its zone shows is what the cell shows.
			v, kind = time.Date(x.Year(), x.Month(), x.Day(), x.Hour(), x.Minute(), x.Second(), 0, time.UTC), asInstant
		case nil, bool, int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64, float32, float64:
		default:
			text := fmt.Sprint(x)
			if startsFormula(text) {
				kind = asMarkedText
			}
			v = legal(text)
		}
		out[i] = excelize.Cell{StyleID: st.body[kind][look], Value: v}
	}
	return out
}

// startsFormula reports a text that a spreadsheet program would take for a
// formula if a person typed it. It is stored as a string in any case; such a
// cell is marked as text as well, so that editing it leaves it one.
func startsFormula(s string) bool {
	return s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0]))
}

// legal drops what XML cannot carry.
func legal(s string) string {
	return strings.Map(func(r rune) rune {
		if (r < 0x20 && r != '\n' && r != '\t') || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, s)
}

func newStyles(f *excelize.File) (styles, error) {
	var st styles
	var err error
	add := func(s excelize.Style) int {
		if err != nil {
			return 0
		}
		var id int
		if id, err = f.NewStyle(&s); err != nil {
			return 0
		}
		return id
	}
	const face = "Times New Roman"
	rule := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		rule = append(rule, excelize.Border{Type: side, Color: "BFB7A5", Style: 1})
	}
	fill := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2EFE7"}}
	middle := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	st.title = add(excelize.Style{Font: &excelize.Font{Family: face, Size: 14, Bold: true}})
	st.line = add(excelize.Style{Font: &excelize.Font{Family: face, Size: 12}})
	st.head = add(excelize.Style{Font: &excelize.Font{Family: face, Size: 12, Bold: true}, Border: rule, Fill: fill, Alignment: middle})
	st.number = add(excelize.Style{Font: &excelize.Font{Family: face, Size: 10, Italic: true}, Border: rule, Alignment: middle})
	st.hint = add(excelize.Style{Font: &excelize.Font{Family: face, Size: 10, Italic: true, Color: "6B665D"}, Border: rule, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	formats := [4]string{asDay: "dd/mm/yyyy", asInstant: "dd/mm/yyyy hh:mm", asMarkedText: "@"}
	for kind := range st.body {
		for look, font := range [3]excelize.Font{{}, {Strike: true}, {Bold: true}} {
			font.Family, font.Size = face, 12
			s := excelize.Style{Font: &font, Border: rule, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}
			if code := formats[kind]; code != "" {
				s.CustomNumFmt = &code
			}
			id := add(s)
			if kind == asMarkedText && err == nil {
				yes := true
				f.Styles.CellXfs.Xf[id].QuotePrefix = &yes
			}
			st.body[kind][look] = id
		}
	}
	return st, err
}
