// SPDX-License-Identifier: Apache-2.0

package archive

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/notice"
	"soviec/office/org"
)

// A List is the yearly list of dossiers (Danh mục hồ sơ; Nghị định 30/2020/NĐ-CP Điều 28):
// the units propose, the Office composes, the head approves; from then on it stands, and
// what comes later is a dated addition.
type List struct {
	ID         int64
	Year       int
	PerSection bool // numbers begin again in each large section
	Approved   bool
	ApprovedBy int64
	ApprovedOn civil.Date
	Basis      string // number of the decision
	Headings   []Heading
	Lines      []Line // in the order of the list
}

// A Heading is a large section (Roman, with its abbreviation) or a subsection (Arabic).
type Heading struct {
	ID      int64
	Parent  int64
	Ordinal int
	Title   string
	Abbr    string
	Unit    int64
}

// A Line is one dossier of the list.
type Line struct {
	ID       int64
	Heading  int64
	Ordinal  int
	Serial   int
	Notation string // before the approval: as it would be
	Title    string
	Term     Term
	Rule     string
	Keeper   int64
	Unit     int64
	Note     string
	State    string // proposed, listed, dropped
	AddedOn  civil.Date
	SetBy    int64
}

// The states of a line.
const (
	LineAsked  = "proposed"
	LineIn     = "listed"
	LineGone   = "dropped"
	mostLines  = 2000
	mostGroups = 200
)

// Ref is the list in the book.
func (l List) Ref() string { return journal.Ref(RefList, l.ID) }

// large is the large section under which a heading stands.
func (l List) large(heading int64) Heading {
	for _, h := range l.Headings {
		if h.ID == heading {
			if h.Parent == 0 {
				return h
			}
			return l.large(h.Parent)
		}
	}
	return Heading{}
}

// Roman is a number in Roman figures, as large sections bear them.
func Roman(n int) string {
	var b strings.Builder
	for _, r := range []struct {
		v int
		s string
	}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= r.v; n -= r.v {
			b.WriteString(r.s)
		}
	}
	return b.String()
}

// arrange orders the lines and numbers those that the approval has not numbered yet: a
// serial of two digits and the abbreviation of the large section, "01.TCCB".
func (l *List) arrange() {
	place := map[int64]int{}
	var walk func(parent int64)
	walk = func(parent int64) {
		for _, h := range l.Headings {
			if h.Parent == parent {
				place[h.ID] = len(place) + 1
				walk(h.ID)
			}
		}
	}
	slices.SortStableFunc(l.Headings, func(a, b Heading) int { return a.Ordinal - b.Ordinal })
	walk(0)
	slices.SortStableFunc(l.Headings, func(a, b Heading) int { return place[a.ID] - place[b.ID] })
	slices.SortStableFunc(l.Lines, func(a, b Line) int {
		if c := place[a.Heading] - place[b.Heading]; c != 0 {
			return c
		}
		return a.Ordinal - b.Ordinal
	})
	last := map[int64]int{} // by large section; 0 for the whole list
	row := func(section int64) int64 {
		if l.PerSection {
			return section
		}
		return 0
	}
	for _, x := range l.Lines {
		s := row(l.large(x.Heading).ID)
		last[s] = max(last[s], x.Serial)
	}
	for i := range l.Lines {
		x := &l.Lines[i]
		if x.State != LineIn || x.Notation != "" {
			continue
		}
		h := l.large(x.Heading)
		last[row(h.ID)]++
		x.Serial = last[row(h.ID)]
		x.Notation = fmt.Sprintf("%02d.%s", x.Serial, h.Abbr)
	}
}

// Sums are how many dossiers the list has, and how many of them are kept for ever.
func (l List) Sums() (all, permanent int) {
	for _, x := range l.Lines {
		if x.State == LineIn {
			all++
			if x.Term.Permanent {
				permanent++
			}
		}
	}
	return all, permanent
}

// ListOf reads a year's list with everything on it; ErrNone becomes a sentence.
func ListOf(r store.Reader, agency int64, year int) (List, error) {
	l, err := readList(r, agency, year, "")
	if errors.Is(err, store.ErrNone) {
		return l, fault.NotFound(fmt.Sprintf("Chưa lập danh mục hồ sơ năm %d.", year))
	}
	if err == nil {
		err = errors.Join(fillList(r, &l))
	}
	if err != nil {
		return l, fault.Internal(err)
	}
	l.arrange()
	return l, nil
}

func fillList(r store.Reader, l *List) (err error) {
	if l.Headings, err = headingsOf(r, l.ID); err == nil {
		l.Lines, err = linesOf(r, l.ID)
	}
	return err
}

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
