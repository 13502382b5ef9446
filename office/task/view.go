// SPDX-License-Identifier: Apache-2.0

package task

import (
	"cmp"
	"math"
	"slices"
	"time"

	"soviec/kit/civil"
	"soviec/office/org"
)

// A Standing is how an open share stands to its day. It is computed, never kept.
type Standing string

// The standings.
const (
	StandsLate    Standing = "late"    // quá hạn
	StandsSoon    Standing = "soon"    // sắp đến hạn
	StandsOpen    Standing = "open"    // còn hạn
	StandsUndated Standing = "undated" // không định ngày
	StandsPaused  Standing = "paused"  // đang tạm dừng tính thời gian, từ trước hạn
	StandsWaiting Standing = "waiting" // đã báo cáo đúng hạn, chờ xác nhận
)

// Counts are numbers of open shares: Open is all of them, the others are parts of it
// that do not overlap; what is left is well in time.
type Counts struct{ Open, Late, Soon, Undated, Paused, Waiting int }

func (c *Counts) count(s Standing) {
	c.Open++
	switch s {
	case StandsLate:
		c.Late++
	case StandsSoon:
		c.Soon++
	case StandsUndated:
		c.Undated++
	case StandsPaused:
		c.Paused++
	case StandsWaiting:
		c.Waiting++
	}
}

func (c *Counts) add(o Counts) {
	c.Open += o.Open
	c.Late += o.Late
	c.Soon += o.Soon
	c.Undated += o.Undated
	c.Paused += o.Paused
	c.Waiting += o.Waiting
}

// A Tile is one square of the picture as of a moment.
type Tile struct {
	*Piece
	Standing Standing
	DaysLate int // working days
	// DueOn is the day by which the standing was judged: the one promised to the giver
	// where Outside, else the holder's own.
	DueOn   civil.Date
	Outside bool
}

// Due is the instant by which the standing was judged.
func (t Tile) Due() time.Time {
	_, at := t.Day(t.Outside)
	return at
}

// TileOf judges one share at a moment, to the giver or to who does the work.
func TileOf(d *org.Directory, now time.Time, p *Piece, outside bool) Tile {
	s := newSight([]*Piece{p}, outside)
	st, days := newJudge(d, now).of(&s.facts[0], p)
	return Tile{p, st, days, s.facts[0].dueOn, outside}
}

// A Row is one officer with the work held of one unit.
type Row struct {
	Person int64
	Counts
	Tiles []Tile // late first, by due instant; undated; standing still; waiting
}

// A Block is one unit.
type Block struct {
	Unit int64
	Counts
	Rows []Row
}

// A View is what one reader sees of the picture at a moment: units, officers, squares.
type View struct {
	Counts
	LateHolders int // people with something late
	Blocks      []Block
}

// LateTiles are all late squares, the latest first.
func (v View) LateTiles() []Tile {
	out := make([]Tile, 0, v.Counts.Late)
	for _, t := range v.Tiles() {
		if t.Standing == StandsLate {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b Tile) int { return byStanding(a.Piece, b.Piece, a.Outside) })
	return out
}

// Tiles are all squares, unit by unit and officer by officer.
func (v View) Tiles() []Tile {
	out := make([]Tile, 0, v.Open)
	for _, b := range v.Blocks {
		for _, r := range b.Rows {
			out = append(out, r.Tiles...)
		}
	}
	return out
}

// A Scope is whose work a reader may see: everybody's, or that of some units and of one
// person together.
type Scope struct {
	All    bool
	Units  []int64
	Person int64
}

// outside reports by whose day such a reader judges: who sees all looks on what was promised
// to the givers, a unit and its officers on their own days.
func (s Scope) outside() bool { return s.All }

// ScopeOf is the scope that a person's rights give: all for who reads all, else the
// units headed and one's own work.
func ScopeOf(x org.Rights) Scope {
	return Scope{All: x.May(org.ReadAll, org.Target{}), Units: x.Heads, Person: x.Person}
}

func (s Scope) has(unit, holder int64) bool {
	return s.All || s.Person != 0 && s.Person == holder || slices.Contains(s.Units, unit)
}

// A Filter narrows a view; zero values leave it open.
type Filter struct {
	Unit, Person int64
	Giver, Field int64
	Standing     Standing
}

func (f Filter) has(x *fact) bool {
	return (f.Giver == 0 || f.Giver == x.giver) && (f.Field == 0 || f.Field == x.field)
}

// judge tells the standing of shares at a moment.
type judge struct {
	cal   *civil.Calendar
	now   int64
	today civil.Date
	soon  civil.Date // the last day that is soon

	day  civil.Date // the last day that was counted, and its days late
	days int
}

func newJudge(d *org.Directory, now time.Time) *judge {
	today := civil.Of(now)
	return &judge{cal: d.Calendar, now: now.UnixMilli(), today: today, soon: d.Calendar.AddWorkingDays(today, d.Int(soonDays))}
}

func (j *judge) of(x *fact, p *Piece) (Standing, int) {
	switch {
	case x.inTime:
		return StandsWaiting, 0
	case x.still:
		return StandsPaused, 0
	case x.dueAt == 0:
		return StandsUndated, 0
	case x.late: // how late does not grow any more
		if x.paused != 0 {
			return StandsLate, j.cal.DaysLate(x.dueOn, x.paused)
		}
		return StandsLate, j.cal.DaysLate(x.dueOn, civil.Of(p.ReportedAt))
	case j.now > x.dueAt:
		if x.dueOn != j.day {
			j.day, j.days = x.dueOn, j.cal.DaysLate(x.dueOn, j.today)
		}
		return StandsLate, j.days
	case x.dueOn <= j.soon:
		return StandsSoon, 0
	}
	return StandsOpen, 0
}

// StandingOf tells how a share stands at a moment, and how many working days it is late.
func StandingOf(d *org.Directory, now time.Time, p *Piece) (Standing, int) {
	t := TileOf(d, now, p, false)
	return t.Standing, t.DaysLate
}

// View is the one click: all open shares that the scope allows and the filter leaves,
// by unit and officer in the agency's order. It costs one walk over the open shares.
//
// The view of everything is asked for most and is kept while it stays right, so nobody
// may change what a view holds.
func (p *Picture) View(d *org.Directory, now time.Time, s Scope, f Filter) View {
	if !s.All || f != (Filter{}) {
		return p.view(d, now, s, f)
	}
	return Beside(p, "view", d, now, func() View { return p.view(d, now, s, f) })
}

func (p *Picture) view(d *org.Directory, now time.Time, s Scope, f Filter) View {
	j, outside := newJudge(d, now), s.outside()
	order := Beside(p, "order", d, now, func() []*group { return inOrder(d, j.today, p.groups) })
	groups := make([]*group, 0, len(order))
	size := 0
	for _, g := range order {
		if s.has(g.unit, g.holder) && (f.Unit == 0 || f.Unit == g.unit) && (f.Person == 0 || f.Person == g.holder) {
			groups = append(groups, g)
			size += len(g.inside.pieces)
		}
	}
	if f.Giver != 0 || f.Field != 0 || f.Standing != "" {
		size = j.fit(groups, outside, f) // counting is far cheaper than memory for what will not be shown
	}
	tiles := make([]Tile, 0, size)
	late := make(map[int64]bool, len(groups))
	var v View
	for _, g := range groups {
		row, first := Row{Person: g.holder}, len(tiles)
		look := g.to(outside)
		for i := range look.facts {
			x := &look.facts[i]
			if !f.has(x) {
				continue
			}
			st, days := j.of(x, look.pieces[i])
			if f.Standing != "" && f.Standing != st {
				continue
			}
			row.count(st)
			tiles = append(tiles, Tile{look.pieces[i], st, days, x.dueOn, outside})
		}
		if row.Open == 0 {
			continue
		}
		row.Tiles = tiles[first:len(tiles):len(tiles)]
		if row.Late > 0 {
			late[g.holder] = true
		}
		if n := len(v.Blocks); n == 0 || v.Blocks[n-1].Unit != g.unit {
			v.Blocks = append(v.Blocks, Block{Unit: g.unit})
		}
		b := &v.Blocks[len(v.Blocks)-1]
		b.Rows = append(b.Rows, row)
		b.add(row.Counts)
		v.add(row.Counts)
	}
	v.LateHolders = len(late)
	return v
}

// fit counts the shares that a filter leaves.
func (j *judge) fit(groups []*group, outside bool, f Filter) int {
	n := 0
	for _, g := range groups {
		look := g.to(outside)
		for i := range look.facts {
			x := &look.facts[i]
			if !f.has(x) {
				continue
			}
			if f.Standing != "" {
				if st, _ := j.of(x, look.pieces[i]); st != f.Standing {
					continue
				}
			}
			n++
		}
	}
	return n
}

// inOrder is groups by the order of units and of posts within them; whoever has left comes last.
func inOrder(d *org.Directory, day civil.Date, groups []*group) []*group {
	units := make(map[int64]int, len(d.Units))
	for i, u := range d.Units {
		units[u.ID] = i
	}
	posts := make(map[place]int, len(d.Posts))
	for i, post := range d.Posts {
		at := place{post.Unit, post.Person}
		if _, ok := posts[at]; !ok && post.On(day) {
			posts[at] = i
		}
	}
	rank := func(g *group) (int, int) {
		u, ok := units[g.unit]
		if !ok {
			u = math.MaxInt
		}
		p, ok := posts[place{g.unit, g.holder}]
		if !ok {
			p = math.MaxInt
		}
		return u, p
	}
	return slices.SortedFunc(slices.Values(groups), func(a, b *group) int {
		ua, pa := rank(a)
		ub, pb := rank(b)
		return cmp.Or(cmp.Compare(ua, ub), cmp.Compare(a.unit, b.unit), cmp.Compare(pa, pb), cmp.Compare(a.holder, b.holder))
	})
}

// next is the first due instant from a moment on and before another.
func (s *sight) next(from, until int64) int64 {
	for i := range s.facts {
		if at := s.facts[i].dueAt; at >= from && at < until {
			until = at
		}
	}
	return until
}

// Until is the moment after which a view of now is no longer right, although nothing was
// changed: the next due instant, or the next day.
func (p *Picture) Until(now time.Time) time.Time {
	midnight := civil.At(civil.Of(now).AddDays(1), 0, 0)
	from, until := now.UnixMilli(), midnight.UnixMilli()
	for _, g := range p.groups {
		until = g.inside.next(from, until)
		if &g.inside.facts[0] != &g.outside.facts[0] {
			until = g.outside.next(from, until)
		}
	}
	return time.UnixMilli(until).In(civil.Zone)
}
