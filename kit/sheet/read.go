// SPDX-License-Identifier: Apache-2.0

package sheet

import (
	"context"
	"io"
	"iter"
	"path"
	"strings"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/fault"
)

// Limits bound what a foreign file may cost. A zero field takes its default.
type Limits struct {
	FileBytes     int64  // of the file as it was sent; 64 MB
	UnpackedBytes int64  // of an XLSX unpacked; 300 MB
	Rows          int    // 200,000
	Columns       int    // 200
	Cells         int64  // filled or empty, before the last filled one of each row; 4 million
	CellBytes     int    // 32,768
	Sheet         string // name of the sheet to be read; the first visible one when empty
}

func (l Limits) orDefaults() Limits {
	set := func(v *int64, d int64) {
		if *v <= 0 {
			*v = d
		}
	}
	set(&l.FileBytes, 64<<20)
	set(&l.UnpackedBytes, 300<<20)
	set(&l.Cells, 4_000_000)
	if l.Rows <= 0 {
		l.Rows = 200_000
	}
	if l.Columns <= 0 {
		l.Columns = 200
	}
	if l.CellBytes <= 0 {
		l.CellBytes = 32 << 10
	}
	return l
}

// A Record is one row that was read. Cells are text in composed Unicode without
// space around it; dates are dd/mm/yyyy. Empty cells at the end are left out.
type Record struct {
	Number int // of the row in the file, from 1
	Cells  []string
}

// Cell is the text of a column, empty beyond the last.
func (r Record) Cell(column int) string {
	if column < 0 || column >= len(r.Cells) {
		return ""
	}
	return r.Cells[column]
}

// Address names a cell of the row: "B12".
func (r Record) Address(column int) string { return Address(r.Number, column) }

// Empty reports a row without any text.
func (r Record) Empty() bool { return len(r.Cells) == 0 }

// Read yields the rows of a spreadsheet in order, empty ones left out. It ends
// with an error, a sentence for the person, when the file cannot be read or
// passes a limit. The name's ending is a hint only: the bytes decide.
// The first sheet is read, or the one that the limits name.
func Read(ctx context.Context, r io.ReaderAt, size int64, name string, l Limits) iter.Seq2[Record, error] {
	l = l.orDefaults()
	return func(yield func(Record, error) bool) {
		g := &gate{ctx: ctx, limits: l, yield: yield}
		if err := read(r, size, name, l, g); err != nil && !g.stopped {
			yield(Record{}, err)
		}
	}
}

func read(r io.ReaderAt, size int64, name string, l Limits, g *gate) error {
	if size > l.FileBytes {
		return fault.Invalid("file", "Tệp quá lớn; tối đa "+megabytes(l.FileBytes)+".")
	}
	if size == 0 {
		return fault.Invalid("file", "Tệp rỗng.")
	}
	start := make([]byte, 8)
	n, err := r.ReadAt(start, 0)
	if err != nil && err != io.EOF {
		return fault.Internal(err)
	}
	start = start[:n]
	switch {
	case strings.HasPrefix(string(start), "PK\x03\x04"):
		return readXLSX(r, size, l, g)
	case strings.HasPrefix(string(start), "\xd0\xcf\x11\xe0"):
		return fault.Invalid("file", "Tệp là bảng tính kiểu cũ (.xls) hoặc có mật khẩu; hãy mở bằng Excel và lưu lại thành .xlsx không có mật khẩu.")
	case strings.EqualFold(path.Ext(name), ".xlsx"):
		return fault.Invalid("file", "Tệp có đuôi .xlsx nhưng không phải bảng tính Excel.")
	case strings.HasPrefix(string(start), "%PDF-"):
		return fault.Invalid("file", "Tệp là PDF, không phải bảng tính; hãy dùng tệp .xlsx hoặc .csv.")
	}
	return readCSV(r, size, l, g)
}

// A gate is where every row passes: it cleans the cells, counts, and stops.
type gate struct {
	ctx     context.Context
	limits  Limits
	yield   func(Record, error) bool
	seen    int // rows, empty ones too
	rows    int
	cells   int64
	stopped bool // the caller has had enough, or has been told of an error
}

// pass hands a row on; an error ends the reading. more is false when the caller has had enough.
func (g *gate) pass(number int, cells []string) (more bool, err error) {
	if g.seen++; g.seen%256 == 0 && g.ctx.Err() != nil {
		return false, g.ctx.Err()
	}
	g.cells += int64(len(cells)) + 1
	if g.cells > g.limits.Cells {
		return false, fault.Invalid("file", "Tệp có quá nhiều ô; hãy bỏ các cột thừa hoặc chia thành nhiều tệp.")
	}
	for len(cells) > 0 && tidy(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) == 0 {
		return true, nil // workbooks carry thousands of rows that only have a colour
	}
	if g.rows++; g.rows > g.limits.Rows {
		return false, fault.Invalid("file", "Tệp có hơn "+grouped(g.limits.Rows)+" dòng; hãy chia thành nhiều tệp.")
	}
	if len(cells) > g.limits.Columns {
		return false, fault.Invalid("file", "Dòng "+grouped(number)+" có hơn "+grouped(g.limits.Columns)+" cột.")
	}
	out := make([]string, 0, len(cells))
	for i, c := range cells {
		if len(c) > g.limits.CellBytes {
			return false, fault.Invalid("file", "Ô "+Address(number, i)+" dài quá mức cho phép.")
		}
		out = append(out, text(c))
	}
	for len(out) > 0 && out[len(out)-1] == "" {
		out = out[:len(out)-1]
	}
	if len(out) == 0 {
		return true, nil
	}
	if !g.yield(Record{Number: number, Cells: out}, nil) {
		g.stopped = true
		return false, nil
	}
	return true, nil
}

// text makes a cell's text whole: valid, composed, without control characters
// other than line ends, without space around it.
func text(s string) string {
	ascii := true
	for i := range len(s) {
		if c := s[i]; c < 0x20 || c >= 0x7f {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.Trim(s, " ")
	}
	s = strings.ToValidUTF8(s, "\ufffd")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\r':
			return ' '
		case r < 0x20 || r == 0x7f || r == 0xfeff:
			return -1
		}
		return r
	}, s)
	return tidy(norm.NFC.String(s))
}

func megabytes(n int64) string { return grouped(int(n>>20)) + " MB" }

// grouped writes a number with a point between its thousands.
func grouped(n int) string {
	s := itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return s
}
