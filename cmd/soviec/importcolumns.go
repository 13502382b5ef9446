// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/sheet"
	"soviec/office/document"
)

// headWithin is among how many first rows the head is looked for.
const headWithin = 20

// read reads the file and settles which column is what.
func (im *importing) read(ctx context.Context, batch *document.Batch) error {
	f, err := os.Open(im.file)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	fmt.Fprintf(im.out, "Đang đọc %s …\n", filepath.Base(im.file))
	for rec, err := range sheet.Read(ctx, f, info.Size(), im.file, sheet.Limits{Sheet: im.tab}) {
		if err != nil {
			return err
		}
		batch.Rows = append(batch.Rows, rec.Cells)
		batch.Numbers = append(batch.Numbers, rec.Number)
	}
	wishes, err := parseMap(im.mappings)
	if err != nil {
		return err
	}
	known := make([]sheet.Column, len(document.TakeOverColumns))
	for i, c := range document.TakeOverColumns {
		known[i] = sheet.Column{Key: c.Key, Title: c.Title, Titles: slices.Clone(c.Titles)}
		for _, w := range wishes {
			if w.key == c.Key {
				known[i].Titles = append(known[i].Titles, w.head)
			}
		}
	}
	at := sheet.FindHead(batch.Rows[:min(headWithin, len(batch.Rows))], known)
	if at < 0 && (len(wishes) == 0 || len(batch.Rows) == 0) {
		return fmt.Errorf("không thấy dòng tên cột trong %d dòng đầu của tệp", headWithin)
	}
	at = max(at, 0) // the user names the columns by their letters
	head := batch.Rows[at]
	batch.Columns = sheet.ProposeMapping(head, known)
	if err := remap(batch.Columns, head, wishes); err != nil {
		return err
	}
	from := at + 1
	if from < len(batch.Rows) && counting(batch.Rows[from]) {
		from++ // the columns' numbers under their heads
	}
	batch.Rows, batch.Numbers = batch.Rows[from:], batch.Numbers[from:]
	im.showColumns(head, batch.Columns)
	return nil
}

// A wish is one "head=key" of --map: the user's word over what was proposed.
type wish struct{ head, key string }

// mapPart is a wish as it is typed; a head may hold commas.
var mapPart = regexp.MustCompile(`^\s*([^=]+?)\s*=\s*([a-z_]*)\s*(?:[,;]|$)`)

func parseMap(text string) ([]wish, error) {
	var out []wish
	for rest := text; strings.TrimSpace(rest) != ""; {
		m := mapPart.FindStringSubmatch(rest)
		if m == nil {
			return nil, fmt.Errorf("--map: không hiểu “%s”; hãy ghi như \"Số đến=arrival_no,Ngày đến=arrival_on\"", rest)
		}
		w := wish{m[1], m[2]}
		if w.key != "" && !strings.Contains(columnHelp(), "  "+w.key+" ") {
			return nil, fmt.Errorf("--map: không có mã cột “%s”; xem soviec import register --help", w.key)
		}
		out, rest = append(out, w), rest[len(m[0]):]
	}
	return out, nil
}

func remap(columns map[string]int, head []string, wishes []wish) error {
	for _, w := range wishes {
		col := columnNamed(head, w.head)
		if col < 0 {
			return fmt.Errorf("--map: tệp không có cột “%s”; các cột: %s", w.head, strings.Join(head, " | "))
		}
		maps.DeleteFunc(columns, func(_ string, at int) bool { return at == col })
		if w.key != "" {
			columns[w.key] = col
		}
	}
	return nil
}

// columnNamed finds a column by its head, or by its letters.
func columnNamed(head []string, name string) int {
	same := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(norm.NFC.String(s)), " ")) }
	for i, h := range head {
		if same(h) == same(name) {
			return i
		}
	}
	for i := range head {
		if strings.EqualFold(sheet.ColumnName(i), name) {
			return i
		}
	}
	return -1
}

var columnCount = regexp.MustCompile(`^\(?(\d{1,2})\)?$`)

// counting reports the row "(1) (2) (3)…" that legal registers have under their head.
func counting(row []string) bool {
	n := 0
	for _, c := range row {
		m := columnCount.FindStringSubmatch(c)
		if m == nil || m[1] != fmt.Sprint(n+1) {
			return false
		}
		n++
	}
	return n > 2
}

func (im *importing) showColumns(head []string, columns map[string]int) {
	if im.mappings == "" {
		fmt.Fprintln(im.out, "Các cột được hiểu như sau (đổi bằng --map):")
	} else {
		fmt.Fprintln(im.out, "Các cột:")
	}
	for _, c := range document.TakeOverColumns {
		if at, ok := columns[c.Key]; ok {
			fmt.Fprintf(im.out, "  %-2s “%s” = %s (%s)\n", sheet.ColumnName(at), head[at], c.Title, c.Key)
		}
	}
	for at, h := range head {
		taken := false
		for _, c := range columns {
			taken = taken || c == at
		}
		if !taken && h != "" {
			fmt.Fprintf(im.out, "  %-2s “%s” không được lấy\n", sheet.ColumnName(at), h)
		}
	}
}
