// SPDX-License-Identifier: Apache-2.0

package archive

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
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
