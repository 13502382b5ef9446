// SPDX-License-Identifier: Apache-2.0

package org

import (
	"slices"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
)

// A Merging is units that go into one from a day on (sáp nhập đơn vị): into an existing
// unit, or into a new one if Into is 0. Basis is the decision it rests on.
type Merging struct {
	From  []int64
	Into  int64
	New   NewUnit
	Day   civil.Date
	Basis string
	// Posts says what becomes of single posts; the others move as they are, only that
	// the heads of units which go into an existing one become deputies.
	Posts []PostMove
}

// A PostMove is what a post of a merged unit becomes.
type PostMove struct {
	Post  int64
	Unit  int64 // 0: the unit merged into
	Title string
	Roles []Role
	Drop  bool // it only ends
}

// Merge ends units on a day and moves their posts into the successor from that day on.
// Nothing is rewritten: who was where until then stays, entries keep the unit of their
// day, and the old units lead to the new one. It returns the successor.
func Merge(a *journal.Act, m Merging) (int64, error) {
	if err := May(a, ManagePeople, Target{}); err != nil {
		return 0, err
	}
	d, err := DirectoryIn(a)
	if err != nil {
		return 0, err
	}
	if m.Day.IsZero() {
		m.Day = a.Day()
	}
	if err := m.check(d); err != nil {
		return 0, err
	}
	hasHead := m.Into != 0
	if !hasHead {
		m.New.From, m.New.Basis = m.Day, m.Basis
		if m.New.Sort == 0 {
			m.New.Sort = d.Unit(m.From[0]).Sort
		}
		if m.Into, err = openUnit(a, m.New); err != nil {
			return 0, err
		}
	}
	for _, id := range m.From {
		if err := m.movePosts(a, d, id, hasHead); err != nil {
			return 0, err
		}
		if err := endUnit(a, d.Unit(id), m.Day, m.Into, m.Basis); err != nil {
			return 0, err
		}
	}
	return m.Into, touch(a, a.By.Agency)
}

func (m Merging) check(d *Directory) error {
	var errs []error
	if len(m.From) == 0 {
		errs = append(errs, fault.Invalid("from", "Hãy chọn đơn vị được sáp nhập."))
	}
	for i, id := range m.From {
		u := d.Unit(id)
		switch {
		case u.ID == 0:
			errs = append(errs, fault.Invalid("from", "Không có đơn vị này."))
		case id == m.Into || slices.Contains(m.From[:i], id):
			errs = append(errs, fault.Invalid("into", u.Name+" không thể sáp nhập vào chính nó."))
		default:
			errs = append(errs, mayEnd(u, m.Day))
		}
	}
	if m.Into != 0 {
		switch u := d.Unit(m.Into); {
		case u.ID == 0:
			errs = append(errs, fault.Invalid("into", "Không có đơn vị này."))
		case !u.On(m.Day) || !u.To.IsZero():
			errs = append(errs, fault.Invalid("into", u.Name+" không hoạt động từ ngày "+m.Day.VN()+"."))
		}
	} else {
		errs = append(errs, m.New.tidy().check())
		for _, u := range d.Units {
			if u.Short == line(m.New.Short) && !slices.Contains(m.From, u.ID) && u.On(m.Day) {
				errs = append(errs, fault.Conflict("short", "Ký hiệu “"+u.Short+"” đang dùng cho "+u.Name+"."))
			}
		}
	}
	return fault.Join(errs...)
}

func (m Merging) movePosts(a *journal.Act, d *Directory, unit int64, hasHead bool) error {
	for _, p := range d.Posts {
		if p.Unit != unit || !p.To.IsZero() && !p.To.After(m.Day) {
			continue
		}
		begins := m.Day
		if p.From.After(m.Day) {
			begins = p.From // a post that is still to come
		}
		// A post that would begin only after the merging never was; it ends as it begins.
		if err := endPost(a, p, begins); err != nil {
			return err
		}
		move := PostMove{Post: p.ID, Title: p.Title, Roles: p.Roles}
		if hasHead {
			move = belowHead(move)
		}
		if i := slices.IndexFunc(m.Posts, func(o PostMove) bool { return o.Post == p.ID }); i >= 0 {
			move = m.Posts[i]
		}
		if move.Drop {
			continue
		}
		if move.Unit == 0 {
			move.Unit = m.Into
		} else if !d.Unit(move.Unit).On(begins) || slices.Contains(m.From, move.Unit) {
			return fault.Invalid("unit", "Đơn vị mới của "+d.Person(p.Person).Name+" không hoạt động từ ngày "+begins.VN()+".")
		}
		if _, err := givePost(a, NewPost{Person: p.Person, Unit: move.Unit, Title: move.Title, Roles: move.Roles, From: begins, To: p.To, Basis: m.Basis}); err != nil {
			return err
		}
	}
	return nil
}

// belowHead makes the head of a merged unit a deputy where there is a head already.
func belowHead(m PostMove) PostMove {
	if !slices.Contains(m.Roles, UnitHead) {
		return m
	}
	m.Title, m.Roles = "Phó Trưởng phòng", slices.Clone(m.Roles)
	m.Roles[slices.Index(m.Roles, UnitHead)] = UnitDeputy
	return m
}
