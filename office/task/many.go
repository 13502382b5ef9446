// SPDX-License-Identifier: Apache-2.0

package task

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/find"
	"soviec/kit/journal"
	"soviec/office/org"
)

// maxOrders bounds one table of tasks: no minutes of a meeting have more.
const maxOrders = 500

// RowField is the field of an order in a table, rows counted from 1: "3.due_on".
func RowField(row int, field string) string { return strconv.Itoa(row) + "." + field }

// SplitRowField is the reverse of RowField; row 0 = about the whole table.
func SplitRowField(name string) (row int, field string) {
	head, tail, ok := strings.Cut(name, ".")
	if n, err := strconv.Atoi(head); ok && err == nil {
		return n, tail
	}
	return 0, name
}

// inRow says in which row of a table something is wrong.
func inRow(row int, err error) error {
	var out []error
	for _, e := range fault.All(err) {
		if e.Kind == fault.KindInternal {
			return err
		}
		out = append(out, &fault.Error{Kind: e.Kind, Field: RowField(row, e.Field), Text: fmt.Sprintf("Dòng %d: %s", row, e.Text)})
	}
	return fault.Join(out...)
}

// GiveMany gives the tasks of a table (giao nhiều việc từ biên bản, kết luận cuộc họp): all
// of them or none. What is wrong is told row by row, in the fields that RowField names.
func GiveMany(a *journal.Act, orders []Order) ([]Work, error) {
	if err := sizeOfTable(len(orders)); err != nil {
		return nil, err
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return nil, fault.Internal(err)
	}
	ready := make([]giving, len(orders))
	var errs []error
	for i, o := range orders {
		ready[i], err = prepare(a, dir, o)
		errs = append(errs, inRow(i+1, err))
	}
	if err := fault.Join(errs...); err != nil {
		return nil, err
	}
	twins := twinWarnings(orders)
	works := make([]Work, 0, len(ready))
	for i, g := range ready {
		g.warnings = append(g.warnings, twins[i]...)
		w, err := g.give(a, dir)
		if err != nil {
			return nil, inRow(i+1, err)
		}
		works = append(works, w)
	}
	return works, nil
}

func sizeOfTable(n int) error {
	switch {
	case n == 0:
		return fault.Invalid("", "Bảng chưa có việc nào.")
	case n > maxOrders:
		return fault.Invalid("", fmt.Sprintf("Mỗi lần giao nhiều nhất %d việc.", maxOrders))
	}
	return nil
}

// PreviewMany checks a table of orders as GiveMany will, without giving them: warnings
// row by row, and what is wrong in which row.
func PreviewMany(d *org.Directory, now time.Time, by int64, orders []Order) (warnings [][]string, err error) {
	if err := sizeOfTable(len(orders)); err != nil {
		return nil, err
	}
	warnings = twinWarnings(orders)
	var errs []error
	for i, o := range orders {
		said, err := Preview(d, now, by, o)
		warnings[i] = append(said, warnings[i]...)
		errs = append(errs, inRow(i+1, err))
	}
	return warnings, fault.Join(errs...)
}

// Doubles are questions about work that whoever leads seems to hold already: the same
// words, or the same product for the same matter (evaluation.md 3.6). A person decides.
func Doubles(p *Picture, d *org.Directory, o Order) []string {
	lead := o.Lead.Person
	var out []string
	ask := func(x *Piece, why string) {
		if len(out) < 3 {
			text := fmt.Sprintf("Có phải giao hai lần không? Đang có việc %s: “%s”, %s giao ngày %s", why, x.Title, d.Person(x.Giver).Polite(), civil.Of(x.GivenAt).VN())
			if !x.DueOn.IsZero() {
				text += ", hạn " + x.DueOn.VN()
			}
			out = append(out, text+".")
		}
	}
	title := plainTitle(o.Title)
	for _, g := range p.groups {
		if lead != 0 && g.holder != lead || lead == 0 && g.unit != o.Lead.Unit {
			continue
		}
		for _, x := range g.inside.pieces {
			switch {
			case x.Role != Lead || x.Parent != 0 || x.Under != o.Parent:
			case title != "" && plainTitle(x.Title) == title:
				ask(x, "cùng nội dung, cùng chủ trì")
			case o.Source != "" && x.Source == o.Source:
				ask(x, "từ cùng văn bản, cùng chủ trì")
			}
		}
	}
	return out
}

// plainTitle is a title as it is compared: without marks, case and signs.
func plainTitle(s string) string { return find.Fold(s) }

// twinWarnings tell of rows that give the same lead the same work: most likely a line was
// pasted twice.
func twinWarnings(orders []Order) [][]string {
	type key struct {
		title        string
		unit, person int64
	}
	first, out := map[key]int{}, make([][]string, len(orders))
	for i, o := range orders {
		k := key{plainTitle(o.Title), o.Lead.Unit, o.Lead.Person}
		if at, ok := first[k]; ok {
			out[i] = []string{fmt.Sprintf("Giống dòng %d: cùng nội dung, cùng chủ trì.", at+1)}
			continue
		}
		first[k] = i
	}
	return out
}
