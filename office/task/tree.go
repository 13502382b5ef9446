// SPDX-License-Identifier: Apache-2.0

package task

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/notice"
	"soviec/office/org"
)

// maxDepth bounds how often work is passed down as a part of other work.
const maxDepth = 8

// below looks at the share of which the order is a part: who may split it, until when,
// and that nothing is split for ever. An order without a day takes that of the share.
// It returns the topmost work of the tree.
func (o *Order) below(a *journal.Act, dir *org.Directory, giver int64) (root int64, err error) {
	if o.Parent == 0 {
		return 0, nil
	}
	id, err := workOfShare(a, a.By.Agency, o.Parent)
	if errors.Is(err, store.ErrNone) {
		return 0, fault.Invalid("parent", "Không tìm thấy việc cha.")
	}
	if err != nil {
		return 0, fault.Internal(err)
	}
	// The parent belongs to this act: it is not finished while a part of it is given.
	w, err := readWork(a, a.By.Agency, id, a.Lock())
	if err != nil {
		return 0, fault.Internal(err)
	}
	s := w.Share(o.Parent)
	x, err := org.RightsIn(a)
	if err != nil {
		return 0, err
	}
	switch {
	case s.Holder != giver && w.Giver != giver && !x.HeadsUnit(s.Unit) && !x.Leader():
		a.Judged()
		return 0, fault.Forbidden("Chỉ người đang giữ việc cha, người đứng đầu đơn vị hoặc người giao việc cha được chia thành việc con.")
	case s.Role == Info || s.State != StateGiven && s.State != StateStarted:
		return 0, fault.Conflict("parent", "Chỉ chia được việc đang thực hiện; việc cha: "+lower(s.State.Words())+".")
	}
	root = cmp.Or(w.Root, w.ID)
	if w.Parent != 0 {
		depth, err := depthOf(a, a.By.Agency, root, w.ID)
		if err != nil {
			return 0, fault.Internal(err)
		}
		if depth >= maxDepth-1 {
			return 0, fault.Invalid("parent", fmt.Sprintf("Việc được chia nhiều nhất %d cấp.", maxDepth))
		}
	}
	o.Product.Factor = 0 // it only splits the volume of the parent (evaluation.md 3.6)
	if o.Due.On.IsZero() && o.Due.BasisAt.IsZero() && o.Due.At == "" {
		o.Due.On = s.DueOn
		if at := s.DueAt; !at.IsZero() && at != dir.Calendar.EndOfDay(s.DueOn) {
			o.Due.At = at.In(civil.Zone).Format("15:04")
		}
	}
	due, err := o.Due.fix(dir.Calendar)
	if err != nil {
		return 0, err
	}
	at, err := due.instant(dir.Calendar)
	if err != nil {
		return 0, err
	}
	if !s.DueAt.IsZero() && (at.IsZero() || at.After(s.DueAt)) {
		return 0, pastParent(*s)
	}
	return root, nil
}

func pastParent(s Share) error {
	return fault.Invalid("due_on", "Hạn việc con không được sau hạn của việc cha ("+s.DueOn.VN()+").")
}

// underParent keeps a new day of the work within the day of the share of which it is a part.
func (d *deed) underParent(on civil.Date) error {
	if d.w.Parent == 0 {
		return nil
	}
	_, s, err := d.parent("")
	if err != nil || s == nil {
		return err
	}
	if !s.DueOn.IsZero() && s.State.Open() && (on.IsZero() || on.After(s.DueOn)) {
		return pastParent(*s)
	}
	return nil
}

// behind refuses a day behind which parts of the share still have theirs.
func (d *deed) behind(s *Share, on civil.Date) error {
	late, err := partsAfter(d.a, s.ID, d.endOf(on))
	if err != nil || len(late) == 0 {
		return fault.Internal(err)
	}
	var named []string
	for _, p := range late[:min(len(late), 3)] {
		named = append(named, "“"+p.title+"” ("+p.on.VN()+")")
	}
	if len(late) > 3 {
		named = append(named, "…")
	}
	return fault.Invalid("parts", fmt.Sprintf("%d việc con có hạn sau ngày %s: %s. Hãy đánh dấu để các việc con ấy cùng lùi về ngày này, hoặc đổi hạn việc con trước.", len(late), on.VN(), strings.Join(named, ", ")))
}

// capParts brings the parts of a share back to its day, so that no part ends after what it
// is a part of; whoever holds them is told and may speak again.
func (d *deed) capParts(s *Share, reason string) error {
	if s.DueAt.IsZero() {
		return nil
	}
	late, err := partsAfter(d.a, s.ID, s.DueAt)
	if err != nil {
		return fault.Internal(err)
	}
	for _, p := range late {
		part, err := open(d.a, p.work)
		if err != nil {
			return err
		}
		for i := range part.w.Shares {
			c := &part.w.Shares[i]
			if c.Parent != 0 || c.State != StateGiven && c.State != StateStarted || c.OuterAt.IsZero() || !c.OuterAt.After(s.DueAt) {
				continue
			}
			was := c.OuterOn
			if err := part.setDueAt(c, Outer, s.DueOn, s.DueAt, "changed", reason, Due{}); err != nil {
				return err
			}
			c.Agreed, c.AgreedBy, c.AgreedAt = "", 0, time.Time{}
			if err := part.save(c); err != nil {
				return err
			}
			if err := part.note(DueChanged, c, Data{Was: was}, reason); err != nil {
				return err
			}
			if err := part.tell(c.Holder, DueChanged, fmt.Sprintf("Hạn của “%s” lùi về %s theo việc mà nó là một phần. Lý do: %s", part.w.Title, s.DueOn.VN(), reason)); err != nil {
				return err
			}
		}
	}
	return nil
}

// OpenParts are the titles of the parts of a share that are not finished yet.
func OpenParts(r store.Reader, agency, share int64) ([]string, error) {
	all, err := brought(r, agency, share)
	var out []string
	for _, b := range all {
		if b.State == WorkOpen {
			out = append(out, b.Title)
		}
	}
	return out, fault.Internal(err)
}

// parent reads the work and the share of which this work is a part.
func (d *deed) parent(lock string) (Work, *Share, error) {
	id, err := workOfShare(d.a, d.a.By.Agency, d.w.Parent)
	if err != nil {
		return Work{}, nil, fault.Internal(err)
	}
	w, err := readWork(d.a, d.a.By.Agency, id, lock)
	if err != nil {
		return Work{}, nil, fault.Internal(err)
	}
	return w, w.Share(d.w.Parent), nil
}

// ChildrenDone is the kind of notice that all parts of a share are finished.
const ChildrenDone = "task.children_done"

// rollUp tells whoever holds the parent's share that the last of its parts has ended; what
// they brought is then offered for the report. The parent never reports by itself.
func (d *deed) rollUp() error {
	if d.w.Parent == 0 {
		return nil
	}
	// Two parts that end at once wait for each other here, so that one of them is the last.
	w, s, err := d.parent(d.a.Lock())
	if err != nil || s == nil || s.State != StateGiven && s.State != StateStarted {
		return err
	}
	open, done, err := countChildren(d.a, s.ID)
	if err != nil || open > 0 || done == 0 {
		return fault.Internal(err)
	}
	text := fmt.Sprintf("%d việc con của “%s” đã hoàn thành; anh/chị có thể tổng hợp và báo cáo kết quả.", done, w.Title)
	// Also who has just accepted the last part himself: it is the next step that he is told of.
	it := notice.Item{Person: s.Holder, Matter: w.Ref(), Kind: ChildrenDone, Text: text, Link: w.Link(), Self: true}
	_, err = notice.Tell(d.a, it)
	return fault.Internal(err)
}

// Brought is what a part has brought towards the answer of its parent.
type Brought struct {
	Work   int64
	Title  string
	Holder int64
	State  string
	Result string
	Answer string
	DoneOn civil.Date
}

// Offered are the results of the parts of a share, in the order in which they were given,
// and a text of them for the report of the share.
func Offered(r store.Reader, agency, share int64) ([]Brought, string, error) {
	all, err := brought(r, agency, share)
	if err != nil {
		return nil, "", fault.Internal(err)
	}
	var lines []string
	for _, b := range all {
		if b.State != WorkDone {
			continue
		}
		line := "– " + b.Title + ": " + cmp.Or(b.Result, "đã hoàn thành")
		if b.Answer != "" {
			line += " (" + b.Answer + ")"
		}
		lines = append(lines, line)
	}
	text := strings.Join(lines, "\n")
	for utf8.RuneCountInString(text) > 2000 && len(lines) > 1 { // as much as a report holds
		lines = lines[:len(lines)-1]
		text = strings.Join(lines, "\n")
	}
	return all, text, nil
}

// A Branch is one work of a tree (cây công việc), parents before their parts.
type Branch struct {
	ID     int64
	Parent int64 // the share of which it is a part
	Above  int64 // the work of that share; 0 = top
	Root   int64
	Depth  int
	State  string
	Lead   Piece
	Others []Piece // who cooperates or is to know, and what was assigned inside
	Open   int     // parts that are not finished yet, at any depth
	Parts  int     // all parts, at any depth

	proxy int64
}

// Tree reads the whole trees to which some works belong, in one query, and leaves out
// what the reader may not see: whoever may read a work may read the parts of it.
func Tree(r store.Reader, x org.Rights, agency int64, works ...int64) ([]Branch, error) {
	if len(works) == 0 {
		return nil, nil
	}
	all, err := branches(r, agency, works)
	if err != nil {
		return nil, fault.Internal(err)
	}
	ordered := inTree(all)
	seen := map[int64]bool{}
	return slices.DeleteFunc(ordered, func(b Branch) bool {
		seen[b.ID] = seen[b.Above] || MayRead(x, b.work())
		return !seen[b.ID]
	}), nil
}

// Reads reports whether a person may read a work, by itself or because it is a part of
// one that the person may read.
func Reads(r store.Reader, x org.Rights, agency int64, w Work) (bool, error) {
	if MayRead(x, w) || w.Parent == 0 {
		return MayRead(x, w), nil
	}
	tree, err := Tree(r, x, agency, w.ID)
	return slices.ContainsFunc(tree, func(b Branch) bool { return b.ID == w.ID }), err
}

// work is what MayRead looks at.
func (b Branch) work() Work {
	w := Work{ID: b.ID, Giver: b.Lead.Giver, Proxy: b.proxy}
	for _, p := range append([]Piece{b.Lead}, b.Others...) {
		w.Shares = append(w.Shares, Share{Holder: p.Holder, Person: p.Person, Unit: p.Unit})
	}
	return w
}

// inTree puts parts behind their parents and counts them.
func inTree(all []Branch) []Branch {
	at := map[int64]int{} // share → work
	for i, b := range all {
		for _, p := range append([]Piece{b.Lead}, b.Others...) {
			at[p.Share] = i
		}
	}
	parts := map[int64][]int{}
	var tops []int
	for i := range all {
		up, ok := at[all[i].Parent]
		if all[i].Parent == 0 || !ok {
			tops = append(tops, i)
			continue
		}
		all[i].Above = all[up].ID
		parts[all[up].ID] = append(parts[all[up].ID], i)
	}
	out := make([]Branch, 0, len(all))
	var walk func(i, depth int) (open, count int)
	walk = func(i, depth int) (open, count int) {
		b := all[i]
		b.Depth = depth
		place := len(out)
		out = append(out, b)
		for _, c := range parts[b.ID] {
			if depth >= maxDepth {
				break
			}
			o, n := walk(c, depth+1)
			open, count = open+o, count+n
		}
		out[place].Open, out[place].Parts = open, count
		if b.State == WorkOpen {
			open++
		}
		return open, count + 1
	}
	for _, i := range tops {
		walk(i, 0)
	}
	return out
}
