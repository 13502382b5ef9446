// SPDX-License-Identifier: Apache-2.0

package archive

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// MakeList begins a year's list, empty or as a copy of the year before.
func MakeList(a *journal.Act, year int, perSection, copyLast bool) (List, error) {
	if err := org.May(a, org.ComposeList, org.Target{}); err != nil {
		return List{}, err
	}
	if year < a.Day().Year()-1 || year > a.Day().Year()+1 {
		return List{}, fault.Invalid("year", "Chỉ lập danh mục cho năm nay, năm trước hoặc năm sau.")
	}
	if _, err := readList(a, a.By.Agency, year, ""); err == nil {
		return List{}, fault.Conflict("year", fmt.Sprintf("Năm %d đã có danh mục hồ sơ.", year))
	} else if !errors.Is(err, store.ErrNone) {
		return List{}, fault.Internal(err)
	}
	l := List{ID: a.NewID(), Year: year, PerSection: perSection}
	if err := insertList(a, l); err != nil {
		return l, fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: ListMade, Subject: l.Ref(), Amount: int64(year)})
	if copyLast {
		return l, copyList(a, &l)
	}
	return l, nil
}

// copyList takes last year's list as this year's proposal.
func copyList(a *journal.Act, l *List) error {
	last, err := ListOf(a, a.By.Agency, l.Year-1)
	if err != nil {
		return err
	}
	to := map[int64]int64{0: 0}
	for _, h := range last.Headings {
		to[h.ID] = a.NewID()
	}
	for _, h := range last.Headings {
		h.Parent, h.ID = to[h.Parent], to[h.ID]
		if err := insertHeading(a, l.ID, h); err != nil {
			return fault.Internal(err)
		}
	}
	for i, x := range last.Lines {
		if x.State != LineIn {
			continue
		}
		x.ID, x.Heading, x.Ordinal, x.Serial, x.Notation, x.State, x.AddedOn = a.NewID(), to[x.Heading], i+1, 0, "", LineIn, 0
		x.Title, x.SetBy = nextYear(x.Title, last.Year), a.By.Person
		if err := insertLine(a, l.ID, x); err != nil {
			return fault.Internal(err)
		}
		a.Note(journal.Entry{Kind: LineListed, Subject: l.Ref()})
	}
	return nil
}

// nextYear carries the year named in a title on by one.
func nextYear(title string, year int) string {
	return strings.ReplaceAll(title, fmt.Sprint(year), fmt.Sprint(year+1))
}

// changing reads a list to be changed before its approval.
func changing(a *journal.Act, year int) (List, error) {
	l, err := readList(a, a.By.Agency, year, a.Lock())
	if errors.Is(err, store.ErrNone) {
		return l, fault.NotFound(fmt.Sprintf("Chưa lập danh mục hồ sơ năm %d.", year))
	}
	if err == nil {
		err = fillList(a, &l)
	}
	return l, fault.Internal(err)
}

var errApproved = fault.Conflict("", "Danh mục đã được phê duyệt, không sửa được; hồ sơ phát sinh thì ghi bổ sung.")

// SetHeading adds a section to the list, or changes one (ID not 0). Moving is changing
// the ordinal.
func SetHeading(a *journal.Act, year int, h Heading) (Heading, error) {
	if err := org.May(a, org.ComposeList, org.Target{}); err != nil {
		return h, err
	}
	l, err := changing(a, year)
	if err != nil {
		return h, err
	}
	if l.Approved {
		return h, errApproved
	}
	h.Title, h.Abbr = Tidy(h.Title), strings.ToUpper(Tidy(h.Abbr))
	if err := l.checkHeading(h); err != nil {
		return h, err
	}
	if h.ID != 0 {
		if !slices.ContainsFunc(l.Headings, func(o Heading) bool { return o.ID == h.ID }) {
			return h, fault.NotFound("Danh mục không có đề mục này.")
		}
		err = updateHeading(a, h)
	} else {
		for _, o := range l.Headings {
			if o.Parent == h.Parent && h.Ordinal <= o.Ordinal {
				h.Ordinal = o.Ordinal + 1
			}
		}
		h.ID = a.NewID()
		err = insertHeading(a, l.ID, h)
	}
	if err != nil {
		return h, fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: HeadingSet, Subject: l.Ref()})
	return h, nil
}

func (l List) checkHeading(h Heading) error {
	errs := []error{most("title", "Đề mục", h.Title, 200)}
	if h.Title == "" {
		errs = append(errs, fault.Invalid("title", "Xin ghi tên đề mục."))
	}
	switch {
	case h.Parent == 0:
		if h.Abbr == "" || len([]rune(h.Abbr)) > 12 || strings.ContainsFunc(h.Abbr, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' }) {
			errs = append(errs, fault.Invalid("abbr", "Chữ viết tắt của đề mục lớn gồm chữ và số, nhiều nhất 12 ký tự, ví dụ TCCB."))
		}
		if slices.ContainsFunc(l.Headings, func(o Heading) bool { return o.Parent == 0 && o.ID != h.ID && o.Abbr == h.Abbr }) {
			errs = append(errs, fault.Conflict("abbr", "Danh mục đã có đề mục lớn viết tắt là "+h.Abbr+"."))
		}
	case !slices.ContainsFunc(l.Headings, func(o Heading) bool { return o.ID == h.Parent && o.Parent == 0 }):
		errs = append(errs, fault.Invalid("parent", "Hãy chọn đề mục lớn."))
	case h.Abbr != "":
		errs = append(errs, fault.Invalid("abbr", "Đề mục nhỏ không có chữ viết tắt riêng."))
	}
	if len(l.Headings) >= mostGroups {
		errs = append(errs, fault.Invalid("", "Danh mục có quá nhiều đề mục."))
	}
	return fault.Join(errs...)
}

// Propose puts a dossier on the list of a year. From the Office it is listed at once, from
// a unit it waits for the Office; on an approved list it is an addition of its day.
func Propose(a *journal.Act, year int, x Line) (Line, error) {
	l, err := changing(a, year)
	if err != nil {
		return x, err
	}
	h := l.large(x.Heading)
	if x.Unit == 0 {
		if x.Unit = h.Unit; x.Unit == 0 {
			x.Unit = a.By.Unit
		}
	}
	if err := org.May(a, org.ProposeLines, org.Target{Unit: x.Unit}); err != nil {
		return x, err
	}
	rights, err := org.RightsIn(a)
	if err != nil {
		return x, err
	}
	composes := rights.May(org.ComposeList, org.Target{})
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return x, err
	}
	if err := checkLine(a, dir, l, &x); err != nil {
		return x, err
	}
	if len(l.Lines) >= mostLines {
		return x, fault.Invalid("", fmt.Sprintf("Danh mục có nhiều nhất %d hồ sơ.", mostLines))
	}
	x.ID, x.SetBy, x.State, x.Ordinal = a.NewID(), a.By.Person, LineAsked, 1
	for _, o := range l.Lines {
		x.Ordinal = max(x.Ordinal, o.Ordinal+1)
	}
	kind := LineProposed
	if composes {
		x.State, kind = LineIn, LineListed
	}
	if err := insertLine(a, l.ID, x); err != nil {
		return x, fault.Internal(err)
	}
	if l.Approved && composes {
		return x, addLine(a, l, x)
	}
	a.Note(journal.Entry{Kind: kind, Subject: l.Ref()})
	return x, nil
}

func checkLine(a *journal.Act, dir *org.Directory, l List, x *Line) (err error) {
	var errs []error
	if x.Title, err = titleOf("title", x.Title); err != nil {
		errs = append(errs, err)
	}
	x.Note = Tidy(x.Note)
	errs = append(errs, most("note", "Ghi chú", x.Note, 500))
	if l.large(x.Heading).ID == 0 {
		errs = append(errs, fault.Invalid("heading", "Hãy chọn đề mục của danh mục."))
	}
	d := Dossier{Term: x.Term}
	errs = append(errs, ruled(a, &d, x.Rule))
	x.Term, x.Rule = d.Term, d.Rule
	if !x.Term.Decided() {
		errs = append(errs, fault.Invalid("term", "Hãy ghi thời hạn bảo quản hoặc chọn mã của bảng thời hạn."))
	}
	if x.Keeper != 0 {
		post, ok := dir.PostOn(x.Keeper, a.Day())
		if !ok {
			errs = append(errs, fault.Invalid("keeper", "Người lập phải đang làm việc tại cơ quan."))
		}
		x.Unit = post.Unit
	} else {
		errs = append(errs, fault.Invalid("keeper", "Hãy chọn người lập hồ sơ."))
	}
	return fault.Join(errs...)
}

// DecideLine takes what a unit proposed into the list, or drops a line that has no number yet.
func DecideLine(a *journal.Act, year int, line int64, in bool) error {
	if err := org.May(a, org.ComposeList, org.Target{}); err != nil {
		return err
	}
	l, err := changing(a, year)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(l.Lines, func(x Line) bool { return x.ID == line })
	if i < 0 {
		return fault.NotFound("Danh mục không có dòng này.")
	}
	x := l.Lines[i]
	if x.Notation != "" {
		return errApproved
	}
	state, kind := LineGone, LineDropped
	if in {
		state, kind = LineIn, LineListed
	}
	if x.State == state {
		return errMoved
	}
	if err := setLineState(a, x.ID, state); err != nil {
		return fault.Internal(err)
	}
	x.State = state
	if l.Approved && in {
		return addLine(a, l, x)
	}
	a.Note(journal.Entry{Kind: kind, Subject: l.Ref()})
	return nil
}
