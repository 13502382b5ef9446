// SPDX-License-Identifier: Apache-2.0

// Package saved is lists that people come back to: a filter under a name, one's own or the unit's.
//
// May enter: names, whose they are, which one a list opens with.
// May not: what a filter means, HTTP.
package saved

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// RefView is the kind of subject of this room.
const RefView = "view"

// A View is a filter under a name (bộ lọc đã lưu).
type View struct {
	ID    int64
	Owner int64
	Unit  int64  // shared with this unit; 0 = the owner's alone
	List  string // the page that it filters: "viec"
	Query string // what its address asks: "state=late&unit=3"
	Name  string
	SetAt time.Time
	First bool // the reader's list opens with it
}

type viewData struct {
	Owner int64 `json:"owner"`
	Unit  int64 `json:"unit,omitempty"`
	Gone  bool  `json:"gone,omitempty"`
}

type pinData struct {
	Person int64  `json:"person"`
	List   string `json:"list"`
}

const (
	mostViews = 30 // of one person in one list
	mostName  = 60
	mostQuery = 1000
)

// note writes what became of a view.
func note(a *journal.Act, kind string, v View, gone bool) {
	a.Note(journal.Entry{Kind: kind, Subject: journal.Ref(RefView, v.ID), Data: viewData{v.Owner, v.Unit, gone}})
}

// named checks a name against the owner's others in the same list.
func named(a *journal.Act, v *View) error {
	v.Name = strings.Join(strings.Fields(v.Name), " ")
	if n := utf8.RuneCountInString(v.Name); n == 0 || n > mostName {
		return fault.Invalid("name", "Hãy đặt tên cho bộ lọc, nhiều nhất "+strconv.Itoa(mostName)+" ký tự.")
	}
	mine, err := viewsOfOwner(a, a.By.Agency, v.Owner, v.List)
	if err != nil {
		return fault.Internal(err)
	}
	others := 0
	for _, m := range mine {
		if m.ID == v.ID {
			continue
		}
		if others++; strings.EqualFold(m.Name, v.Name) {
			return fault.Conflict("name", "Đã có bộ lọc tên “"+m.Name+"” ở danh sách này.")
		}
	}
	if others >= mostViews {
		return fault.Invalid("name", "Mỗi danh sách lưu nhiều nhất "+strconv.Itoa(mostViews)+" bộ lọc. Hãy xóa bớt bộ lọc không dùng nữa.")
	}
	return nil
}

// Keep keeps a filter under a name. Whoever shares it shares it with a unit he works in.
func Keep(a *journal.Act, v View) (View, error) {
	v.Owner = a.By.Person
	if err := org.May(a, org.SaveView, org.Target{Person: v.Owner}); err != nil {
		return v, err
	}
	if v.List == "" || v.Query == "" || len(v.Query) > mostQuery {
		return v, fault.Invalid("", "Chưa có điều kiện lọc nào để lưu.")
	}
	if err := named(a, &v); err != nil {
		return v, err
	}
	if err := shares(a, v.Unit); err != nil {
		return v, err
	}
	v.ID, v.SetAt = a.NewID(), a.At
	note(a, Kept, v, false)
	return v, fault.Internal(insertView(a, v))
}

// shares refuses a unit that the holder does not work in.
func shares(a *journal.Act, unit int64) error {
	x, err := org.RightsIn(a)
	if err != nil {
		return err
	}
	if unit == 0 || x.WorksIn(unit) {
		return nil
	}
	return fault.Invalid("unit", "Chỉ dùng chung bộ lọc trong đơn vị của mình.")
}

// own finds a view that the holder may change: his own, or one shared with the unit he heads.
func own(a *journal.Act, id int64) (View, error) {
	v, err := viewByID(a, a.By.Agency, id)
	if err == store.ErrNone {
		a.Judged()
		return v, fault.NotFound("Không có bộ lọc này, hoặc đã xóa.")
	}
	if err != nil {
		return v, fault.Internal(err)
	}
	return v, org.May(a, org.SaveView, org.Target{Person: v.Owner, Unit: v.Unit})
}

// Rename gives a view another name.
func Rename(a *journal.Act, id int64, name string) error {
	v, err := own(a, id)
	if err != nil {
		return err
	}
	v.Name = name
	if err := named(a, &v); err != nil {
		return err
	}
	note(a, Renamed, v, false)
	return fault.Internal(updateView(a, v))
}

// Share opens a view to a unit of its owner's, or closes it to all others again (0).
func Share(a *journal.Act, id, unit int64) error {
	v, err := own(a, id)
	if err != nil {
		return err
	}
	if v.Unit == unit {
		return nil
	}
	if err := shares(a, unit); err != nil {
		return err
	}
	v.Unit = unit
	kind := Shared
	if unit == 0 {
		kind = Unshared
	}
	note(a, kind, v, false)
	return fault.Internal(updateView(a, v))
}

// Drop takes a view away; lists that opened with it open as they are.
func Drop(a *journal.Act, id int64) error {
	v, err := own(a, id)
	if err != nil {
		return err
	}
	note(a, Dropped, v, true)
	return fault.Internal(dropView(a, v.ID))
}

// Pin lets the holder's list open with a view, his own or his unit's; Unpin ends that.
func Pin(a *journal.Act, id int64) error { return pin(a, id, true) }

// Unpin lets the holder's list open unfiltered again.
func Unpin(a *journal.Act, id int64) error { return pin(a, id, false) }

func pin(a *journal.Act, id int64, on bool) error {
	v, err := viewByID(a, a.By.Agency, id)
	if err == store.ErrNone {
		a.Judged()
		return fault.NotFound("Không có bộ lọc này, hoặc đã xóa.")
	}
	if err != nil {
		return fault.Internal(err)
	}
	x, err := org.RightsIn(a)
	if err != nil {
		return err
	}
	if err := org.May(a, org.SaveView, org.Target{Person: a.By.Person}); err != nil {
		return err
	}
	if v.Owner != a.By.Person && (v.Unit == 0 || !x.WorksIn(v.Unit)) {
		return fault.NotFound("Không có bộ lọc này, hoặc đã xóa.")
	}
	kind := Pinned
	if !on {
		kind = Unpinned
	}
	a.Note(journal.Entry{Kind: kind, Subject: journal.Ref(RefView, v.ID), Data: pinData{a.By.Person, v.List}})
	if !on {
		return fault.Internal(unpin(a, a.By.Person, v.List, v.ID))
	}
	return fault.Internal(setPin(a, a.By.Person, v.List, v.ID))
}

// Views are those of one list that a person may use: his own first, then his units'.
func Views(r store.Reader, x org.Rights, list string) ([]View, error) {
	all, err := viewsFor(r, x.Agency, x.Person, list)
	if err != nil {
		return nil, fault.Internal(err)
	}
	var mine, shared []View
	for _, v := range all {
		switch {
		case v.Owner == x.Person:
			mine = append(mine, v)
		case v.Unit != 0 && x.WorksIn(v.Unit):
			shared = append(shared, v)
		}
	}
	return append(mine, shared...), nil
}
