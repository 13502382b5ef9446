// SPDX-License-Identifier: Apache-2.0

package org

import (
	"fmt"
	"slices"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
)

// A NewUnit is a unit to be opened. A zero From is the day of the act.
type NewUnit struct {
	Name, Short, Kind string
	Sort              int64
	From              civil.Date
	Basis             string
}

func (u NewUnit) tidy() NewUnit {
	u.Name, u.Short, u.Basis = line(u.Name), line(u.Short), line(u.Basis)
	if u.Kind == "" {
		u.Kind = "division"
	}
	return u
}

func (u NewUnit) check() error {
	var errs []error
	if u.Name == "" {
		errs = append(errs, fault.Invalid("name", "Hãy nhập tên đơn vị."))
	}
	if u.Short == "" {
		errs = append(errs, fault.Invalid("short", "Hãy nhập ký hiệu đơn vị, dùng trong ký hiệu văn bản."))
	}
	if !slices.Contains([]string{"leaders", "office", "division", "other"}, u.Kind) {
		errs = append(errs, fault.Invalid("kind", "Hãy chọn loại đơn vị."))
	}
	errs = append(errs, tooLong("name", u.Name), tooLong("short", u.Short), tooLong("basis", u.Basis))
	return fault.Join(errs...)
}

// unitData is what the book keeps of a unit.
type unitData struct {
	Kind   string     `json:"kind,omitempty"`
	From   civil.Date `json:"from"`
	To     civil.Date `json:"to"`
	Became int64      `json:"became,omitempty"`
}

// OpenUnit opens a unit (lập đơn vị).
func OpenUnit(a *journal.Act, u NewUnit) (int64, error) {
	if err := May(a, ManagePeople, Target{}); err != nil {
		return 0, err
	}
	d, err := DirectoryIn(a)
	if err != nil {
		return 0, err
	}
	u = u.tidy()
	if u.From.IsZero() {
		u.From = a.Day()
	}
	if u.Sort == 0 {
		u.Sort = 10
		for _, other := range d.Units {
			u.Sort = max(u.Sort, other.Sort+10)
		}
	}
	if err := fault.Join(u.check(), shortTaken(d, u.Short, u.From, 0)); err != nil {
		return 0, err
	}
	id, err := openUnit(a, u)
	if err != nil {
		return 0, err
	}
	return id, touch(a, a.By.Agency)
}

// shortTaken refuses a notation that another unit bears at the same time: two units
// would write the same symbol on their documents.
func shortTaken(d *Directory, short string, day civil.Date, except int64) error {
	for _, u := range d.Units {
		if u.ID != except && u.Short == short && (u.On(day) || u.From.After(day)) {
			return fault.Conflict("short", "Ký hiệu “"+short+"” đang dùng cho "+u.Name+".")
		}
	}
	return nil
}

func openUnit(a *journal.Act, u NewUnit) (int64, error) {
	u = u.tidy()
	if err := u.check(); err != nil {
		return 0, err
	}
	unit := Unit{ID: a.NewID(), Name: u.Name, Short: u.Short, Kind: u.Kind, Sort: u.Sort, From: u.From, Basis: u.Basis}
	a.Note(journal.Entry{Kind: UnitOpened, Subject: journal.Ref("unit", unit.ID), Data: unitData{Kind: unit.Kind, From: unit.From}})
	return unit.ID, insertUnit(a, a.By.Agency, unit)
}

func unitIn(a *journal.Act, id int64) (*Directory, Unit, error) {
	d, err := DirectoryIn(a)
	if err != nil {
		return nil, Unit{}, err
	}
	u := d.Unit(id)
	if u.ID == 0 {
		return nil, u, fault.NotFound("Không có đơn vị này.")
	}
	return d, u, nil
}

// RenameUnit gives a unit another name and notation; its identity stays. A unit that
// is another after a reorganisation is not renamed but merged into a new one.
func RenameUnit(a *journal.Act, id int64, name, short string, sort int64) error {
	if err := May(a, ManagePeople, Target{}); err != nil {
		return err
	}
	d, u, err := unitIn(a, id)
	if err != nil {
		return err
	}
	u.Name, u.Short = line(name), line(short)
	if sort != 0 {
		u.Sort = sort
	}
	if err := fault.Join(NewUnit{Name: u.Name, Short: u.Short, Kind: u.Kind}.check(), shortTaken(d, u.Short, a.Day(), id)); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: UnitRenamed, Subject: journal.Ref("unit", id), Data: unitData{Kind: u.Kind, From: u.From, To: u.To, Became: u.Became}})
	if err := updateUnit(a, a.By.Agency, u); err != nil {
		return err
	}
	return touch(a, a.By.Agency)
}

// CloseUnit ends a unit without a successor: day is the first on which it is no
// longer there. Nobody may still hold a post in it.
func CloseUnit(a *journal.Act, id int64, day civil.Date, basis string) error {
	if err := May(a, ManagePeople, Target{}); err != nil {
		return err
	}
	d, u, err := unitIn(a, id)
	if err != nil {
		return err
	}
	if day.IsZero() {
		day = a.Day()
	}
	if err := mayEnd(u, day); err != nil {
		return err
	}
	left := 0
	for _, p := range d.Posts {
		if p.Unit == id && (p.To.IsZero() || p.To.After(day)) {
			left++
		}
	}
	if left > 0 {
		return fault.Conflict("", fmt.Sprintf("%s còn %d vị trí đang có người giữ. Hãy chuyển họ sang đơn vị khác trước.", u.Name, left))
	}
	if err := endUnit(a, u, day, 0, basis); err != nil {
		return err
	}
	return touch(a, a.By.Agency)
}

func mayEnd(u Unit, day civil.Date) error {
	if !u.To.IsZero() {
		return fault.Conflict("", u.Name+" đã kết thúc hoạt động từ "+u.To.VN()+".")
	}
	if !day.After(u.From) {
		return fault.Invalid("to", "Ngày kết thúc của "+u.Name+" phải sau ngày thành lập ("+u.From.VN()+").")
	}
	return nil
}

func endUnit(a *journal.Act, u Unit, day civil.Date, became int64, basis string) error {
	u.To, u.Became = day, became
	if basis = line(basis); basis != "" {
		u.Basis = basis
	}
	if err := tooLong("basis", basis); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: UnitClosed, Subject: journal.Ref("unit", u.ID), Data: unitData{Kind: u.Kind, From: u.From, To: u.To, Became: u.Became}})
	return updateUnit(a, a.By.Agency, u)
}
