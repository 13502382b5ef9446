// SPDX-License-Identifier: Apache-2.0

package archive

import (
	"fmt"
	"slices"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/notice"
	"soviec/office/org"
)

// Approve is the head's word: numbers are given, the dossiers are planned, the list is frozen.
func Approve(a *journal.Act, year int, basis string) error {
	if err := org.May(a, org.ApproveList, org.Target{}); err != nil {
		return err
	}
	l, err := changing(a, year)
	if err != nil {
		return err
	}
	if l.Approved {
		return errApproved
	}
	l.arrange()
	if all, _ := l.Sums(); all == 0 {
		return fault.Invalid("", "Danh mục chưa có hồ sơ nào.")
	}
	if slices.ContainsFunc(l.Lines, func(x Line) bool { return x.State == LineAsked }) {
		return fault.Invalid("", "Còn đề xuất của đơn vị chưa được Văn phòng xem; hãy nhận hoặc bỏ trước khi phê duyệt.")
	}
	basis = Tidy(basis)
	if err := most("basis", "Số quyết định", basis, 60); err != nil {
		return err
	}
	if err := approveList(a, l.ID, basis); err != nil {
		return fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: ListApproved, Subject: l.Ref(), Amount: int64(year)})
	told := map[int64]int{}
	for _, x := range l.Lines {
		if x.State != LineIn {
			continue
		}
		if err := plan(a, l, x); err != nil {
			return err
		}
		told[x.Keeper]++
	}
	for _, p := range sortedKeys(told) {
		if _, err := notice.Tell(a, notice.Item{Person: p, Matter: l.Ref(), Kind: ListApproved, Link: "/ho-so-cong-viec",
			Text: fmt.Sprintf("Danh mục hồ sơ năm %d đã được phê duyệt; anh/chị lập %d hồ sơ.", year, told[p])}); err != nil {
			return err
		}
	}
	return nil
}

func sortedKeys(m map[int64]int) []int64 {
	var out []int64
	for id := range m {
		if id != 0 {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// addLine numbers a line that comes after the approval: the dated addition.
func addLine(a *journal.Act, l List, x Line) error {
	l.Lines = slices.DeleteFunc(slices.Clone(l.Lines), func(o Line) bool { return o.ID == x.ID || o.Notation == "" })
	l.Lines = append(l.Lines, x)
	l.arrange()
	i := slices.IndexFunc(l.Lines, func(o Line) bool { return o.ID == x.ID })
	x = l.Lines[i]
	x.AddedOn = a.Day()
	a.Note(journal.Entry{Kind: LineAdded, Subject: l.Ref()})
	return plan(a, l, x)
}

// plan fixes a line's number and makes its dossier.
func plan(a *journal.Act, l List, x Line) error {
	if err := numberLine(a, x); err != nil {
		return fault.Internal(err)
	}
	d := Dossier{ID: a.NewID(), Line: x.ID, Year: l.Year, Notation: x.Notation, Title: x.Title, Term: x.Term, Rule: x.Rule, Keeper: x.Keeper,
		Unit: x.Unit, State: Planned, Language: "Tiếng Việt", Note: x.Note}
	if err := free(a, d); err != nil {
		return fault.Conflict("", fmt.Sprintf("Số, ký hiệu %s của danh mục đã dùng cho một hồ sơ mở ngoài danh mục; hãy đổi số của hồ sơ đó.", d.Notation))
	}
	if err := insertDossier(a, d); err != nil {
		return fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: DossierPlanned, Subject: d.Ref(), Data: moveData{To: Planned, Keeper: d.Keeper, Years: d.Term.Years, Permanent: d.Term.Permanent}})
	return searchable(a, d)
}
