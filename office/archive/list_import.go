// SPDX-License-Identifier: Apache-2.0

package archive

import (
	"fmt"
	"slices"
	"strings"

	"soviec/kit/fault"
	"soviec/kit/find"
	"soviec/kit/journal"
	"soviec/office/org"
)

// ListColumns are the columns of an imported list, those of Phụ lục V mẫu 8.7 with the
// abbreviation of the section and the retention code beside.
var ListColumns = []string{"Đề mục lớn", "Viết tắt", "Đề mục nhỏ", "Tiêu đề hồ sơ", "Thời hạn bảo quản", "Người lập", "Ghi chú", "Mã thời hạn"}

// ImportList takes a list in from the rows of a sheet, all of it or nothing: each wrong
// cell is named. A row that has no title begins or repeats a section.
func ImportList(a *journal.Act, year int, rows []Row) (lines int, err error) {
	if err := org.May(a, org.ComposeList, org.Target{}); err != nil {
		return 0, err
	}
	l, err := changing(a, year)
	if err != nil {
		return 0, err
	}
	if l.Approved {
		return 0, errApproved
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return 0, err
	}
	in := importing{a: a, dir: dir, list: l, names: peopleByName(dir, a)}
	for _, row := range rows {
		in.row(row)
	}
	if in.lines == nil && in.errs == nil {
		in.errs = append(in.errs, fault.Invalid("files", "Tệp không có hồ sơ nào: cột “Tiêu đề hồ sơ” trống."))
	}
	if len(l.Lines)+len(in.lines) > mostLines {
		in.errs = append(in.errs, fault.Invalid("files", fmt.Sprintf("Danh mục có nhiều nhất %d hồ sơ.", mostLines)))
	}
	if err := fault.Join(in.errs...); err != nil {
		return 0, err
	}
	for _, h := range in.fresh {
		if err := insertHeading(a, l.ID, h); err != nil {
			return 0, fault.Internal(err)
		}
	}
	for _, x := range in.lines {
		if err := insertLine(a, l.ID, x); err != nil {
			return 0, fault.Internal(err)
		}
	}
	a.Note(journal.Entry{Kind: ListImported, Subject: l.Ref(), Amount: int64(len(in.lines))})
	return len(in.lines), nil
}

// importing is one reading of a sheet.
type importing struct {
	a     *journal.Act
	dir   *org.Directory
	list  List
	names map[string][]int64
	fresh []Heading
	lines []Line
	errs  []error

	large, small int64
}

func peopleByName(dir *org.Directory, a *journal.Act) map[string][]int64 {
	out := map[string][]int64{}
	for _, p := range dir.People {
		if _, on := dir.PostOn(p.ID, a.Day()); on {
			key := find.Fold(p.Name)
			out[key] = append(out[key], p.ID)
		}
	}
	return out
}

func (in *importing) row(row Row) {
	bad := func(i int, err error) {
		if err != nil {
			in.errs = append(in.errs, row.at(ListColumns, i, strings.TrimSuffix(fault.Text(err), ".")+"."))
		}
	}
	if title := row.cell(0); title != "" {
		in.small = 0
		h := Heading{Title: title, Abbr: strings.ToUpper(row.cell(1))}
		var err error
		if in.large, err = in.heading(h); err != nil {
			bad(1, err)
		}
	}
	if title := row.cell(2); title != "" {
		var err error
		if in.small, err = in.heading(Heading{Parent: in.large, Title: title}); err != nil {
			bad(2, err)
		}
	}
	if row.cell(3) == "" {
		return
	}
	x := Line{ID: in.a.NewID(), Title: row.cell(3), Note: row.cell(6), Rule: row.cell(7), State: LineIn, SetBy: in.a.By.Person, Heading: in.small}
	if x.Heading == 0 {
		x.Heading = in.large
	}
	if x.Heading == 0 {
		bad(0, fault.Invalid("", "hồ sơ chưa thuộc đề mục nào"))
	}
	_, err := titleOf("", x.Title)
	bad(3, err)
	bad(6, most("", "Ghi chú", x.Note, 500))
	if x.Term, err = ParseTerm(row.cell(4)); err != nil {
		bad(4, err)
	}
	d := Dossier{Term: x.Term}
	bad(7, ruled(in.a, &d, x.Rule))
	if x.Term = d.Term; !x.Term.Decided() && err == nil {
		bad(4, fault.Invalid("", "chưa có thời hạn bảo quản"))
	}
	switch who := in.names[find.Fold(row.cell(5))]; {
	case row.cell(5) == "":
		bad(5, fault.Invalid("", "chưa ghi người lập"))
	case len(who) == 0:
		bad(5, fault.Invalid("", "không có ai đang làm việc tên là “"+row.cell(5)+"”"))
	case len(who) > 1:
		bad(5, fault.Invalid("", "có nhiều người tên là “"+row.cell(5)+"”; hãy thêm hồ sơ này bằng tay"))
	default:
		x.Keeper = who[0]
		post, _ := in.dir.PostOn(x.Keeper, in.a.Day())
		x.Unit = post.Unit
	}
	x.Ordinal = len(in.list.Lines) + len(in.lines) + 1
	in.lines = append(in.lines, x)
}

// heading finds a section that is there already, or makes one.
func (in *importing) heading(h Heading) (int64, error) {
	for _, o := range in.list.Headings {
		if o.Parent == h.Parent && find.Fold(o.Title) == find.Fold(h.Title) {
			return o.ID, nil
		}
	}
	for _, o := range in.list.Headings {
		if o.Parent == h.Parent {
			h.Ordinal = max(h.Ordinal, o.Ordinal)
		}
	}
	h.Ordinal++
	if err := in.list.checkHeading(h); err != nil {
		return 0, err
	}
	h.ID = in.a.NewID()
	if i := slices.IndexFunc(in.dir.UnitsOn(in.a.Day()), func(u org.Unit) bool { return find.Fold(u.Name) == find.Fold(h.Title) }); i >= 0 {
		h.Unit = in.dir.UnitsOn(in.a.Day())[i].ID
	}
	in.list.Headings = append(in.list.Headings, h)
	in.fresh = append(in.fresh, h)
	return h.ID, nil
}
