// SPDX-License-Identifier: Apache-2.0

package org

import (
	"context"
	"errors"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
)

// ImportPeople takes a table of units and people into an agency, all or nothing, and
// returns the first passwords of those who get a login. Units that are there already
// are taken by name or notation; a person who is there already is an error.
func ImportPeople(ctx context.Context, b *journal.Book, by journal.Holder, rows [][]string) (Founded, error) {
	r := b.DB.Read(ctx)
	roll, err := ReadPeople(rows, civil.Of(b.Clock()))
	if err != nil {
		return Founded{}, err
	}
	taken, err := usernames(r)
	if err != nil {
		return Founded{}, err
	}
	secrets, err := seal(ctx, roll.People)
	if err != nil {
		return Founded{}, err
	}
	var done Founded
	err = b.Do(ctx, by, func(a *journal.Act) error {
		if err := May(a, ManagePeople, Target{}); err != nil {
			return err
		}
		d, err := DirectoryIn(a)
		if err != nil {
			return err
		}
		done = Founded{Agency: by.Agency, Units: map[string]int64{}, People: map[string]int64{}}
		fresh, err := roll.meet(d, a.Day(), taken, rows, &done)
		if err != nil {
			return err
		}
		a.Note(journal.Entry{Kind: PeopleTakenIn, Subject: journal.Ref("agency", by.Agency), Amount: int64(len(roll.People))})
		if err := writeUnits(a, fresh, a.Day(), &done); err != nil {
			return err
		}
		if err := writePeople(a, roll.People, secrets, a.Day(), &done); err != nil {
			return err
		}
		return touch(a, by.Agency)
	})
	if err != nil {
		var cells *TableError
		if !errors.As(err, &cells) && fault.Is(err, fault.KindConflict) {
			// Somebody took a username while the table was read.
			err = &TableError{[]CellError{{Row: 1, Column: -1, Heading: "cả bảng", Text: fault.Text(err)}}}
		}
		return Founded{}, err
	}
	return done, nil
}

// meet compares a roll with what the agency has, and returns the units to be opened.
func (roll Roll) meet(d *Directory, day civil.Date, taken []string, rows [][]string, done *Founded) ([]FoundingUnit, error) {
	t := &reading{column: columnsOf(rows[0])}
	sort := int64(0)
	for _, u := range d.Units {
		sort = max(sort, u.Sort)
	}
	var fresh []FoundingUnit
	for i, u := range roll.Units {
		var same Unit
		for _, there := range d.UnitsOn(day) {
			if bare(there.Name) == u.Key || there.Short == u.Short {
				same = there
			}
		}
		switch {
		case same.ID == 0:
			u.Sort = sort + int64(i+1)*10
			fresh = append(fresh, u)
		case bare(same.Name) != u.Key:
			t.wrong(t.rowOf(rows, "unit", u.Name), "short", u.Short, "Ký hiệu này đang dùng cho "+same.Name+".")
		default:
			done.Units[u.Key] = same.ID
		}
	}
	names := map[string]bool{}
	for _, name := range taken {
		names[name] = true
	}
	for _, p := range roll.People {
		if names[p.Username] {
			t.wrong(t.rowOf(rows, "username", p.Username), "username", p.Username, "Tên đăng nhập này đã có người dùng.")
		}
		for _, there := range d.People {
			post, ok := d.PostOn(there.ID, day)
			if ok && there.Name == p.Name && post.Title == line(p.Posts[0].Title) && post.Unit == done.Units[p.Posts[0].Unit] {
				t.wrong(t.rowOf(rows, "name", p.Name), "name", p.Name, "Người này đã có trong cơ quan.")
			}
		}
	}
	return fresh, t.err()
}

func (t *reading) rowOf(rows [][]string, key, value string) int {
	i, ok := t.column[key]
	for n, row := range rows {
		if ok && n > 0 && i < len(row) && (line(row[i]) == value || key == "username" && FoldUsername(row[i]) == value) {
			return n + 1
		}
	}
	return 1
}
