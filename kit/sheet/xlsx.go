// SPDX-License-Identifier: Apache-2.0

package sheet

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"soviec/kit/fault"
)

// What an honest workbook does not exceed beside its sheets and strings: all of
// it is held in memory by the reader.
const (
	mostParts     = 2_000
	partBytes     = 8 << 20  // styles, workbook, relations: parsed as a whole
	otherBytes    = 64 << 20 // together, pictures among them
	inMemoryBytes = 8 << 20  // longer sheets and strings go to temporary files
)

var errBroken = fault.Invalid("file", "Tệp bảng tính bị hỏng hoặc không đúng định dạng .xlsx.")

// readXLSX reads a workbook. The parser is foreign and so are the bytes: a
// panic in it is a broken file, not a broken program.
func readXLSX(r io.ReaderAt, size int64, l Limits, g *gate) (err error) {
	if err := inspect(r, size, l); err != nil {
		return err
	}
	caller := false // the caller's own panics are not ours to swallow
	defer func() {
		if p := recover(); p != nil {
			if caller {
				panic(p)
			}
			err = broken(fmt.Errorf("panic: %v", p))
		}
	}()
	f, err := excelize.OpenReader(io.NewSectionReader(r, 0, size), excelize.Options{
		UnzipSizeLimit: l.UnpackedBytes, UnzipXMLSizeLimit: min(inMemoryBytes, l.UnpackedBytes),
	})
	if f != nil {
		defer f.Close()
	}
	if errors.Is(err, excelize.ErrWorkbookPassword) {
		return fault.Invalid("file", "Tệp có mật khẩu; hãy lưu lại không có mật khẩu.")
	}
	if err != nil {
		return broken(err)
	}
	if err := plainFormats(f); err != nil {
		return broken(err)
	}
	props, err := f.GetWorkbookProps()
	if err != nil {
		return broken(err)
	}
	since1904 := props.Date1904 != nil && *props.Date1904
	name, err := chooseSheet(f, l.Sheet)
	if err != nil {
		return err
	}
	rows, err := f.Rows(name)
	if err != nil {
		return broken(err)
	}
	defer rows.Close()
	for number := 1; rows.Next(); number++ {
		cells, err := rows.Columns()
		if err != nil {
			return broken(err)
		}
		for i, c := range cells {
			cells[i] = plainValue(c, since1904)
		}
		caller = true
		more, err := g.pass(number, cells)
		caller = false
		if err != nil || !more {
			return err
		}
	}
	if err := rows.Error(); err != nil {
		return broken(err)
	}
	return nil
}

// broken is the sentence for an unreadable file, with the cause for the log.
func broken(cause error) error {
	var e *fault.Error
	if errors.As(errBroken, &e) {
		c := *e
		c.Err = cause
		return &c
	}
	return errBroken
}

// inspect looks at the archive before the parser may: how many parts, how large
// unpacked, how many strings. The sizes that an archive states are kept to by
// the unpacker, which stops where they end.
func inspect(r io.ReaderAt, size int64, l Limits) error {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return broken(err)
	}
	if len(z.File) > mostParts {
		return fault.Invalid("file", "Tệp bảng tính có quá nhiều thành phần.")
	}
	var all, other uint64
	tooLarge := fault.Invalid("file", "Tệp bảng tính khi giải nén quá lớn; hãy bỏ ảnh, trang tính thừa hoặc chia thành nhiều tệp.")
	for _, part := range z.File {
		n := part.UncompressedSize64
		if n > uint64(l.UnpackedBytes) {
			return tooLarge
		}
		all += n
		name := strings.ToLower(strings.ReplaceAll(part.Name, "\\", "/"))
		sheet, texts := strings.HasPrefix(name, "xl/worksheets/sheet"), strings.HasSuffix(name, "sharedstrings.xml")
		if !sheet && !texts {
			other += n
			if strings.HasSuffix(name, ".xml") && n > partBytes || strings.HasSuffix(name, ".rels") && n > partBytes {
				return tooLarge
			}
		}
		if all > uint64(l.UnpackedBytes) || other > otherBytes {
			return tooLarge
		}
		if sheet || texts {
			most := int64(math.MaxInt64)
			if texts {
				most = 8 * l.Cells // an entry is four tags: five bytes of them cost the parser fifty
			}
			if err := scan(part, most); err != nil {
				return err
			}
		}
	}
	return nil
}

// What the tags of an honest sheet do not exceed.
const (
	longestTag  = 1 << 20 // a tag and the text after it
	deepestTags = 10_000
)

// scan runs over the tags of a part and refuses what would make the parser
// hold too much at once: too many tags, a text without end, tags within tags
// without end.
func scan(part *zip.File, most int64) error {
	rc, err := part.Open()
	if err != nil {
		return broken(err)
	}
	defer rc.Close()
	b := bufio.NewReaderSize(rc, 64<<10)
	var tags int64
	depth, long, begun := 0, 0, false
	for {
		piece, err := b.ReadSlice('<')
		if long == 0 && begun && len(piece) > 0 {
			depth += opens(piece)
		}
		switch {
		case err == nil:
			tags++
			begun, long = true, 0
		case err == bufio.ErrBufferFull:
			long += len(piece)
		case err == io.EOF:
			return nil
		default:
			return broken(err)
		}
		if tags > most || long > longestTag || depth > deepestTags {
			return fault.Invalid("file", "Tệp bảng tính có cấu trúc bất thường hoặc quá nhiều ô chữ; hãy lưu lại bằng Excel hoặc chia thành nhiều tệp.")
		}
	}
}

// opens is what a tag, its first sign left out, adds to the depth of tags.
func opens(tag []byte) int {
	switch tag[0] {
	case '/':
		return -1
	case '!', '?':
		return 0
	}
	if end := bytes.IndexByte(tag, '>'); end > 0 && tag[end-1] == '/' {
		return 0
	}
	return 1
}

func chooseSheet(f *excelize.File, want string) (string, error) {
	list := f.GetSheetList()
	for _, name := range list {
		if want == name {
			return name, nil
		}
	}
	if want != "" {
		return "", fault.Invalid("file", "Tệp không có trang tính “"+want+"”.")
	}
	for _, name := range list {
		if visible, err := f.GetSheetVisible(name); err == nil && visible {
			return name, nil
		}
	}
	if len(list) > 0 {
		return list[0], nil
	}
	return "", fault.Invalid("file", "Tệp không có trang tính nào.")
}

// The formats that every cell of a workbook is given before it is read: none, or
// a mark and the bare number, which plainValue turns into a day or an hour. The
// library's own writing of dates takes two thirds of the time of a register.
const (
	noFormat = 9000 + iota // a number that no workbook and no library knows: the value as it is stored
	dayFormat
	dayHourFormat
	hourFormat
)

const mark = '\x01' // no cell can hold it: XML forbids it

var markedFormats = map[int]string{
	dayFormat: "\"\x01d\"0.00000", dayHourFormat: "\"\x01t\"0.00000", hourFormat: "\"\x01h\"0.00000",
}

// plainFormats gives every cell style one of those formats, so that a date
// reads the same whatever its author's taste, and a number comes without
// ornaments. Formats of zeros alone ("0000") stay: they write numbers such as 0012.
func plainFormats(f *excelize.File) error {
	if _, err := f.GetStyle(0); f.Styles == nil {
		return err // a workbook without styles has no dates
	}
	s := f.Styles
	if s.CellXfs == nil {
		return nil
	}
	made(&s.NumFmts)
	codes := map[int]string{}
	kept := s.NumFmts.NumFmt[:0:0] // looked through for each cell, so kept short
	for _, id := range []int{dayFormat, dayHourFormat, hourFormat} {
		n := made(grown(&kept))
		n.NumFmtID, n.FormatCode = id, markedFormats[id]
	}
	for _, n := range s.NumFmts.NumFmt {
		if n == nil || n.NumFmtID >= noFormat {
			continue
		}
		codes[n.NumFmtID] = n.FormatCode
		if onlyZeros(n.FormatCode) && len(kept) < 32 {
			kept = append(kept, n)
		}
	}
	s.NumFmts.NumFmt = kept
	for i := range s.CellXfs.Xf {
		xf := &s.CellXfs.Xf[i]
		if xf.NumFmtID == nil {
			continue
		}
		id := plainFormat(*xf.NumFmtID, codes)
		xf.NumFmtID = &id
	}
	return nil
}

// made and grown build values of the library's types that have no name outside it.
func made[T any](p **T) *T {
	if *p == nil {
		*p = new(T)
	}
	return *p
}

func grown[T any](list *[]T) *T {
	var none T
	*list = append(*list, none)
	return &(*list)[len(*list)-1]
}

// plainValue turns a marked number into a date and takes the noise of binary
// fractions off an unmarked one: 1.1000000000000001 is 1.1.
func plainValue(s string, since1904 bool) string {
	if len(s) < 3 || s[0] != mark {
		if len(s) > 16 && len(s) < 30 && strings.Trim(s, "0123456789.-") == "" && strings.Count(s, ".") == 1 {
			if v, err := strconv.ParseFloat(s, 64); err == nil {
				return strconv.FormatFloat(round15(v), 'f', -1, 64)
			}
		}
		return s
	}
	v, err := strconv.ParseFloat(s[2:], 64)
	if err != nil || v < 0 || v > 2_958_466 { // the day after 31/12/9999
		return s[2:]
	}
	at, err := excelize.ExcelDateToTime(v, since1904)
	if err != nil {
		return s[2:]
	}
	at = at.Round(time.Second)
	switch s[1] {
	case 'd':
		return at.Format("02/01/2006")
	case 'h':
		return at.Format("15:04")
	}
	return at.Format("02/01/2006 15:04")
}

// round15 rounds to the fifteen digits that a spreadsheet shows.
func round15(v float64) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	if err != nil {
		return v
	}
	return r
}

func plainFormat(id int, codes map[int]string) int {
	code, own := codes[id]
	switch {
	case own && onlyZeros(code):
		return id
	case own:
		day, clock := dateParts(code)
		switch {
		case day && clock:
			return dayHourFormat
		case day:
			return dayFormat
		case clock:
			return hourFormat
		}
	case id >= 14 && id <= 17 || id >= 27 && id <= 31 || id == 36 || id >= 50 && id <= 54 || id == 57 || id == 58:
		return dayFormat
	case id == 22:
		return dayHourFormat
	case id >= 18 && id <= 21 || id >= 32 && id <= 35 || id >= 45 && id <= 47 || id == 55 || id == 56:
		return hourFormat
	}
	return noFormat
}

func onlyZeros(code string) bool {
	return len(code) >= 2 && len(code) <= 20 && strings.Trim(code, "0") == ""
}

// dateParts tells whether a number format shows a day and a time of day.
func dateParts(code string) (day, clock bool) {
	code = strings.ToLower(strings.SplitN(code, ";", 2)[0])
	month := false
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"':
			if end := strings.IndexByte(code[i+1:], '"'); end >= 0 {
				i += end + 1
			} else {
				i = len(code)
			}
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				end = len(code) - i - 1
			}
			if in := code[i : i+end]; in == "[h" || in == "[hh" || in == "[m" || in == "[mm" || in == "[s" || in == "[ss" {
				clock = true
			}
			i += end
		case '\\', '_', '*':
			i++
		case 'd', 'y':
			day = true
		case 'm':
			month = true
		case 'h', 's':
			clock = true
		case '0', '#', '?', '@':
			if !day && !clock && !month {
				return false, false
			}
		}
	}
	return day || month && !clock, clock
}
