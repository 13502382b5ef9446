// SPDX-License-Identifier: Apache-2.0

package view

import "bytes"

// SavedBar is the filters kept for a list, beside its title. POST /bo-loc/{list} with
// query, name, unit (shared with it), first.
type SavedBar struct {
	List  string
	Query string // what the address asks; empty = nothing to keep
	All   string // the list unfiltered
	None  bool   // it is shown so now
	Views []SavedLink
	Keep  bool     // the filter in the address is not kept yet, and may be
	Units []Option // those that it may be shared with
}

// SavedLink is one of them.
type SavedLink struct {
	Label, Href string
	Now, First  bool
	Shared      string // "của Phòng Chính sách Dân tộc": somebody else's
}

// SavedViews is the page on which filters are renamed, shared, pinned, dropped.
// GET /bo-loc/{list}; POST /bo-loc/{list}/{id}/{act}: ten (name), chung (unit), rieng, mo-dau, thoi-mo-dau, xoa.
type SavedViews struct {
	Frame
	List, Title, Back string
	Form              Form
	Rows              []SavedRow
	Units             []Option
}

// SavedRow is one filter.
type SavedRow struct {
	ID, Name, Href string
	Owner          string // somebody else's
	Shared         string // with whom
	First          bool
	MayChange      bool
	Refused        bool // its name was refused just now: the form's errors are its
}

func (SavedViews) Template() string { return "saved-views" }

// savedHole is where the filters kept go into a page; the page itself may be kept for many.
var savedHole = []byte("SoViecSavedHole")

// Whole is a page in its frame: head, the inside with the visitor's own filters, tail.
func (v *Views) Whole(f Frame, shell Shell, inside []byte) ([][]byte, error) {
	before, after, ok := bytes.Cut(inside, savedHole)
	if !ok {
		return [][]byte{shell.Head, inside, shell.Tail}, nil
	}
	var bar []byte
	if f.Saved != nil {
		buf := v.buffer()
		defer v.pool.Put(buf)
		if err := v.set.ExecuteTemplate(buf, "saved-bar", f.Saved); err != nil {
			return nil, err
		}
		bar = bytes.Clone(buf.Bytes())
	}
	return [][]byte{shell.Head, before, bar, after, shell.Tail}, nil
}
