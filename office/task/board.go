// SPDX-License-Identifier: Apache-2.0

package task

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
)

// A Board keeps the open shares of each agency in memory, as the book says they are: one
// query when an agency is first looked at, and after that only the works that entries
// name. Its size and its cost follow the open work, not the archive. It may be thrown
// away at any time.
type Board struct {
	book    *journal.Book
	mirrors sync.Map // agency → *mirror
}

// NewBoard makes a board over a book.
func NewBoard(b *journal.Book) *Board { return &Board{book: b} }

// Book is the book that the board follows.
func (b *Board) Book() *journal.Book { return b.book }

// A Picture is all open shares of an agency at one number of the book. It never changes.
type Picture struct {
	// Version is the number of the last entry about work: as long as it stays, so do the shares.
	Version int64
	// Seq is the number up to which the book has been looked through.
	Seq int64

	groups []*group
	size   int
}

// Len is the number of open shares.
func (p *Picture) Len() int { return p.size }

// group is the open shares that one person holds of one unit.
type group struct {
	unit, holder int64
	pieces       []*Piece // late first as it will be: by due instant, undated, then waiting
	facts        []fact   // of the same pieces
}

// fact is what a view looks at in every share, close together: a walk over ten thousand
// of them touches no other memory.
type fact struct {
	dueAt  int64 // milliseconds; 0 = undated
	giver  int64
	field  int64
	dueOn  civil.Date
	inTime bool
	late   bool // reported too late
}

func newGroup(at place, pieces []*Piece) *group {
	slices.SortFunc(pieces, byStanding)
	g := &group{unit: at.unit, holder: at.holder, pieces: pieces, facts: make([]fact, len(pieces))}
	for i, p := range pieces {
		f := fact{giver: p.Giver, field: p.Field, dueOn: p.DueOn, inTime: p.inTime()}
		if !p.DueAt.IsZero() {
			f.dueAt = p.DueAt.UnixMilli()
		}
		f.late = p.State == StateReported && !f.inTime
		g.facts[i] = f
	}
	return g
}

type place struct{ unit, holder int64 }

// mirror is what follows the book of one agency.
type mirror struct {
	mu     sync.Mutex
	pic    atomic.Pointer[Picture]
	byWork map[int64][]*Piece
	groups map[place]*group
}

// The most entries, and works named in them, that are followed one by one; after more
// the picture is made anew.
const (
	mostEntries = 2000
	mostWorks   = 400
)

// Of is the picture of an agency as committed now.
func (b *Board) Of(ctx context.Context, agency int64) (*Picture, error) {
	r := b.book.DB.Read(ctx)
	last, err := b.book.Last(r, agency)
	if err != nil {
		return nil, err
	}
	m := b.mirror(agency)
	if p := m.pic.Load(); p != nil && p.Seq >= last {
		return p, nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	p := m.pic.Load()
	switch {
	case p != nil && p.Seq >= last:
		return p, nil
	case p == nil || last-p.Seq > mostEntries:
		p, err = m.build(r, agency, last)
	default:
		p, err = m.follow(r, agency, p)
	}
	if err != nil {
		return nil, err
	}
	m.pic.Store(p)
	return p, nil
}

func (b *Board) mirror(agency int64) *mirror {
	if m, ok := b.mirrors.Load(agency); ok {
		return m.(*mirror)
	}
	m, _ := b.mirrors.LoadOrStore(agency, &mirror{})
	return m.(*mirror)
}

// build reads all open shares. last was read before, so what they show is at least that new.
func (m *mirror) build(r store.Reader, agency, last int64) (*Picture, error) {
	open, err := openPieces(r, agency)
	if err != nil {
		return nil, err
	}
	held, err := openHoldings(r, agency)
	if err != nil {
		return nil, err
	}
	m.byWork, m.groups = map[int64][]*Piece{}, map[place]*group{}
	attach(open, held)
	at := map[place][]*Piece{}
	for i := range open {
		p := &open[i]
		m.byWork[p.Work] = append(m.byWork[p.Work], p)
		at[place{p.Unit, p.Holder}] = append(at[place{p.Unit, p.Holder}], p)
	}
	for at, pieces := range at {
		m.groups[at] = newGroup(at, pieces)
	}
	return m.picture(last, last), nil
}

// follow reads again the works that entries since the picture name.
func (m *mirror) follow(r store.Reader, agency int64, was *Picture) (*Picture, error) {
	entries, err := journal.Since(r, agency, was.Seq, mostEntries)
	if err != nil {
		return nil, err
	}
	if len(entries) == 0 {
		return was, nil
	}
	seq, version := entries[len(entries)-1].Seq, was.Version
	works := map[int64]bool{}
	for _, e := range entries {
		kind, id, ok := journal.ParseRef(e.Subject)
		if ok && kind == "task" && strings.HasPrefix(e.Kind, "task.") {
			works[id], version = true, e.Seq
		}
	}
	if len(works) == 0 { // nothing about work: the same groups under a new number
		return &Picture{Version: version, Seq: seq, groups: was.groups, size: was.size}, nil
	}
	if len(works) > mostWorks {
		return m.build(r, agency, seq)
	}
	fresh := map[int64][]Piece{}
	for id := range works {
		open, err := piecesOfWork(r, id)
		if err != nil {
			return nil, err
		}
		open = slices.DeleteFunc(open, func(p Piece) bool { return !p.State.Open() })
		held, err := holdingsOfWork(r, id)
		if err != nil {
			return nil, err
		}
		attach(open, held)
		fresh[id] = open
	}
	m.change(fresh)
	return m.picture(version, seq), nil
}

// change puts works in the place of what was known of them. Groups that are in a picture
// already are left alone and replaced by new ones.
func (m *mirror) change(fresh map[int64][]Piece) {
	gone, come := map[*Piece]bool{}, map[place][]*Piece{}
	dirty := map[place]bool{}
	for id, open := range fresh {
		for _, p := range m.byWork[id] {
			gone[p] = true
			dirty[place{p.Unit, p.Holder}] = true
		}
		delete(m.byWork, id)
		for i := range open {
			p := &open[i]
			at := place{p.Unit, p.Holder}
			dirty[at] = true
			come[at] = append(come[at], p)
			m.byWork[id] = append(m.byWork[id], p)
		}
	}
	for at := range dirty {
		pieces := make([]*Piece, 0, len(come[at]))
		if old := m.groups[at]; old != nil {
			for _, p := range old.pieces {
				if !gone[p] {
					pieces = append(pieces, p)
				}
			}
		}
		if pieces = append(pieces, come[at]...); len(pieces) == 0 {
			delete(m.groups, at)
			continue
		}
		m.groups[at] = newGroup(at, pieces)
	}
}

func (m *mirror) picture(version, seq int64) *Picture {
	p := &Picture{Version: version, Seq: seq, groups: make([]*group, 0, len(m.groups))}
	for _, g := range m.groups {
		p.groups = append(p.groups, g)
		p.size += len(g.pieces)
	}
	slices.SortFunc(p.groups, func(a, b *group) int {
		return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(a.holder, b.holder))
	})
	return p
}

// attach gives each share its holders; both lists may be in any order of shares.
func attach(pieces []Piece, held []Holding) {
	at := make(map[int64]int, len(pieces))
	for i := range pieces {
		at[pieces[i].Share] = i
	}
	for _, h := range held {
		if i, ok := at[h.Share]; ok {
			pieces[i].Held = append(pieces[i].Held, h)
		}
	}
}

// inTime reports a result that was reported in time and waits for confirmation.
func (p *Piece) inTime() bool {
	return p.State == StateReported && (p.DueAt.IsZero() || !p.ReportedAt.After(p.DueAt))
}

func byStanding(a, b *Piece) int {
	rank := func(p *Piece) int {
		switch {
		case p.inTime():
			return 2
		case p.DueAt.IsZero():
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(rank(a), rank(b)), a.DueAt.Compare(b.DueAt), cmp.Compare(a.Share, b.Share))
}

// A Piece is a share as lists and the board show it, joined with its work.
type Piece struct {
	Share, Work, Parent  int64
	Title, Source        string
	Role                 Role
	State                State
	Unit, Person, Holder int64
	Giver, Field         int64
	Urgency              int
	OuterFirst           civil.Date // the first day promised
	OuterOn              civil.Date // the day promised now
	OuterAt              time.Time
	DueOn                civil.Date // the holder's day
	DueAt                time.Time
	PausedAt             time.Time // since when it stands still; zero = it does not
	Stuck                string    // cause of an open obstacle
	AgreedBy             int64     // who agreed to his day; another than the holder = not yet
	Missed               int       // promised days that had passed when another was given
	GivenAt, SeenAt      time.Time
	ReportedAt, DoneAt   time.Time
	Urged                int
	Extended             int
	Priority             int
	Quantity, Norm       int64 // thousandths; minutes for one
	Under                int64 // the share of which the work is a part
	Part                 int
	Short                bool
	Reworked             int
	Held                 []Holding // who had it and has it; on the board only
}
