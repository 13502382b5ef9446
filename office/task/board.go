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
	beside *sync.Map // name → *aside: what was worked out of it last
}

// Len is the number of open shares.
func (p *Picture) Len() int { return p.size }

// group is the open shares that one person holds of one unit.
type group struct {
	unit, holder int64
	inside       sight // by the holder's own day
	outside      sight // by the day promised to the giver; the same sight where no two days differ
}

// sight is how a group looks to one kind of reader.
type sight struct {
	pieces []*Piece // late first as it will be: by due instant, undated, standing still, then waiting
	facts  []fact   // of the same pieces
}

// to is the group as it looks to the giver, or to who does the work.
func (g *group) to(outside bool) *sight {
	if outside {
		return &g.outside
	}
	return &g.inside
}

// fact is what a view looks at in every share, close together: a walk over ten thousand
// of them touches no other memory.
type fact struct {
	dueAt  int64 // milliseconds; 0 = undated
	giver  int64
	field  int64
	dueOn  civil.Date
	paused civil.Date // since which day it stands still
	inTime bool       // reported in time
	late   bool       // reported too late, or stands still since after its day
	still  bool       // stands still since before its day
}

func newGroup(at place, pieces []*Piece) *group {
	g := &group{unit: at.unit, holder: at.holder, inside: newSight(pieces, false)}
	g.outside = g.inside
	if slices.ContainsFunc(pieces, func(p *Piece) bool { return !p.DueAt.Equal(p.OuterAt) || p.DueOn != p.OuterOn }) {
		g.outside = newSight(slices.Clone(pieces), true)
	}
	return g
}

func newSight(pieces []*Piece, outside bool) sight {
	slices.SortFunc(pieces, func(a, b *Piece) int { return byStanding(a, b, outside) })
	s := sight{pieces, make([]fact, len(pieces))}
	for i, p := range pieces {
		on, at := p.Day(outside)
		f := fact{giver: p.Giver, field: p.Field, dueOn: on, inTime: p.inTime(at), still: p.still(at)}
		if !at.IsZero() {
			f.dueAt = at.UnixMilli()
		}
		if !p.PausedAt.IsZero() {
			f.paused = civil.Of(p.PausedAt)
		}
		f.late = !at.IsZero() && (p.State == StateReported && !f.inTime || f.paused != 0 && !f.still)
		s.facts[i] = f
	}
	return s
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
	pauses, err := openPauses(r, agency)
	if err != nil {
		return nil, err
	}
	m.byWork, m.groups = map[int64][]*Piece{}, map[place]*group{}
	attach(open, held, pauses)
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
		return &Picture{Version: version, Seq: seq, groups: was.groups, size: was.size, beside: was.beside}, nil
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
		pauses, err := takingPauses(r, id)
		if err != nil {
			return nil, err
		}
		attach(open, held, pauses)
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
			for _, p := range old.inside.pieces {
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
	p := &Picture{Version: version, Seq: seq, groups: make([]*group, 0, len(m.groups)), beside: new(sync.Map)}
	for _, g := range m.groups {
		p.groups = append(p.groups, g)
		p.size += len(g.inside.pieces)
	}
	slices.SortFunc(p.groups, func(a, b *group) int {
		return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(a.holder, b.holder))
	})
	return p
}

// attach gives each share its holders and its pauses; the lists may be in any order of shares.
func attach(pieces []Piece, held []Holding, pauses []PauseRow) {
	at := make(map[int64]int, len(pieces))
	for i := range pieces {
		at[pieces[i].Share] = i
	}
	for _, h := range held {
		if i, ok := at[h.Share]; ok {
			pieces[i].Held = append(pieces[i].Held, h)
		}
	}
	for _, p := range pauses {
		if i, ok := at[p.Share]; ok {
			pieces[i].Pauses = append(pieces[i].Pauses, p)
		}
	}
}

// Day is the day of a share as it looks to the giver, or to who does the work.
func (p *Piece) Day(outside bool) (civil.Date, time.Time) {
	if outside {
		return p.OuterOn, p.OuterAt
	}
	return p.DueOn, p.DueAt
}

// inTime reports a result that was reported in time and waits for confirmation.
func (p *Piece) inTime(due time.Time) bool {
	return p.State == StateReported && (due.IsZero() || !p.ReportedAt.After(due))
}

// still reports a share that stands still since before its day.
func (p *Piece) still(due time.Time) bool {
	return !p.PausedAt.IsZero() && (due.IsZero() || !p.PausedAt.After(due))
}

func byStanding(a, b *Piece, outside bool) int {
	_, dueA := a.Day(outside)
	_, dueB := b.Day(outside)
	rank := func(p *Piece, due time.Time) int {
		switch {
		case p.inTime(due):
			return 3
		case p.still(due):
			return 2
		case due.IsZero():
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(rank(a, dueA), rank(b, dueB)), dueA.Compare(dueB), cmp.Compare(a.Share, b.Share))
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
	Held                 []Holding  // who had it and has it; on the board only
	Pauses               []PauseRow // when it stood still; on the board only
}
