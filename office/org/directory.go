// SPDX-License-Identifier: Apache-2.0

package org

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
)

// A Directory is everything about an agency's people, units and calendar at one
// version. It is read often and changes seldom, so it is kept in memory and
// compared by its version before each use. It must not be changed.
type Directory struct {
	Agency   Agency
	Calendar *civil.Calendar
	Units    []Unit   // in order of sort
	People   []Person // in order of name
	Posts    []Post   // in order of sort
	Fields   []Field
	Absences []Absence // not ended, the last year's and to come
	Settings map[string]string

	Delegations []Delegation // all there ever were: what was signed stays judged by its day
	Signings    []Signing

	unit   map[int64]Unit
	person map[int64]Person
	posts  map[int64][]Post
}

type cacheKey struct {
	book   *journal.Book
	agency int64
}

// cached is a directory in memory, with the number of the agency's last entry at
// which it was found to be the present one.
type cached struct {
	*Directory
	asOf atomic.Int64
}

// cache keeps the last directory of each agency. It is only ever a copy of what
// the database holds at the version named in it.
var cache sync.Map // cacheKey → *cached

// DirectoryOf is the agency's directory as committed now. Every change of it is an
// act, so while the book has not grown there is nothing to read.
func DirectoryOf(b *journal.Book, r store.Reader, agency int64) (*Directory, error) {
	last, err := b.Last(r, agency)
	if err != nil {
		return nil, err
	}
	if kept, ok := cache.Load(cacheKey{b, agency}); ok && kept.(*cached).asOf.Load() == last {
		return kept.(*cached).Directory, nil
	}
	d, kept, err := directory(b, r, agency)
	if err != nil {
		return nil, err
	}
	if kept == nil {
		kept = &cached{Directory: d}
		defer cache.Store(cacheKey{b, agency}, kept)
	}
	kept.asOf.Store(last)
	return d, nil
}

// DirectoryIn is the directory as the act sees it, its own changes included.
func DirectoryIn(a *journal.Act) (*Directory, error) {
	d, kept, err := directory(a.Book, a, a.By.Agency)
	if err == nil && kept == nil {
		// Only once committed: a version that is undone will be given again.
		a.After(func() {
			fresh := &cached{Directory: d}
			fresh.asOf.Store(-1)
			cache.Store(cacheKey{a.Book, a.By.Agency}, fresh)
		})
	}
	return d, err
}

// directory reads the directory, or finds it kept at the version that r sees.
func directory(b *journal.Book, r store.Reader, agency int64) (d *Directory, kept *cached, err error) {
	version, err := versionOf(r, agency)
	if err != nil {
		return nil, nil, err
	}
	if k, ok := cache.Load(cacheKey{b, agency}); ok && k.(*cached).Agency.Version == version {
		return k.(*cached).Directory, k.(*cached), nil
	}
	for { // a change in between would mix two versions: read again
		if d, err = readDirectory(r, agency); err != nil {
			return nil, nil, err
		}
		if version, err = versionOf(r, agency); err != nil {
			return nil, nil, err
		}
		if d.Agency.Version == version {
			break
		}
	}
	d.index()
	return d, nil, nil
}

func (d *Directory) index() {
	d.unit, d.person, d.posts = map[int64]Unit{}, map[int64]Person{}, map[int64][]Post{}
	for _, u := range d.Units {
		d.unit[u.ID] = u
	}
	for _, p := range d.People {
		d.person[p.ID] = p
	}
	for _, p := range d.Posts {
		d.posts[p.Person] = append(d.posts[p.Person], p)
	}
}

// Unit finds a unit by its identifier; the zero Unit if there is none.
func (d *Directory) Unit(id int64) Unit { return d.unit[id] }

// Person finds a person; the zero Person if there is none.
func (d *Directory) Person(id int64) Person { return d.person[id] }

// PostsOn are the posts of a person on a day, main post first.
func (d *Directory) PostsOn(person int64, day civil.Date) []Post {
	var out []Post
	for _, p := range d.posts[person] {
		if p.On(day) {
			out = append(out, p)
		}
	}
	return out
}

// PostOn is the main post of a person on a day.
func (d *Directory) PostOn(person int64, day civil.Date) (Post, bool) {
	posts := d.PostsOn(person, day)
	if len(posts) == 0 {
		return Post{}, false
	}
	return posts[0], true
}

// Title is the title of a person's main post on a day, "" without one.
func (d *Directory) Title(person int64, day civil.Date) string {
	p, _ := d.PostOn(person, day)
	return p.Title
}

// Members are the people with a post in the unit on a day, in the unit's order.
func (d *Directory) Members(unit int64, day civil.Date) []Person {
	var out []Person
	for _, p := range d.Posts {
		if p.Unit == unit && p.On(day) {
			out = append(out, d.person[p.Person])
		}
	}
	return out
}

// HeadOf is who heads a unit on a day: its head, else its deputy, else nobody (0).
// Of a unit that is no longer there it is who heads its successor.
func (d *Directory) HeadOf(unit int64, day civil.Date) int64 {
	unit = d.Successor(unit, day)
	deputy := int64(0)
	for _, p := range d.Posts {
		if p.Unit != unit || !p.On(day) {
			continue
		}
		if p.Has(UnitHead) || p.Has(OfficeChief) || p.Has(Head) {
			return p.Person
		}
		if deputy == 0 && (p.Has(UnitDeputy) || p.Has(OfficeDeputy)) {
			deputy = p.Person
		}
	}
	return deputy
}

// Successor is the unit that does a unit's work on a day: itself while it is there,
// then what it became.
func (d *Directory) Successor(unit int64, day civil.Date) int64 {
	for hop := 0; hop < 8; hop++ {
		u := d.unit[unit]
		if u.Became == 0 || u.To.IsZero() || day.Before(u.To) {
			break
		}
		unit = u.Became
	}
	return unit
}

// Predecessors are the units whose work a unit took over, whenever.
func (d *Directory) Predecessors(unit int64) []Unit {
	var out []Unit
	for _, u := range d.Units {
		if u.Became != 0 && d.becomes(u.ID, unit) {
			out = append(out, u)
		}
	}
	return out
}

func (d *Directory) becomes(from, to int64) bool {
	for hop := 0; hop < 8 && from != 0; hop++ {
		if from = d.unit[from].Became; from == to {
			return true
		}
	}
	return false
}

// With are the people who hold one of the roles on a day, in order of their posts.
func (d *Directory) With(day civil.Date, roles ...Role) []Person {
	var out []Person
	for _, p := range d.Posts {
		if p.On(day) && slices.ContainsFunc(roles, p.Has) && !slices.ContainsFunc(out, func(o Person) bool { return o.ID == p.Person }) {
			out = append(out, d.person[p.Person])
		}
	}
	return out
}

// Leaders are the head and the deputies on a day.
func (d *Directory) Leaders(day civil.Date) []Person { return d.With(day, Head, Deputy) }

// UnitsOn are the units that are there on a day.
func (d *Directory) UnitsOn(day civil.Date) []Unit {
	var out []Unit
	for _, u := range d.Units {
		if u.On(day) {
			out = append(out, u)
		}
	}
	return out
}

// Away is the absence that covers a person's day.
func (d *Directory) Away(person int64, day civil.Date) (Absence, bool) {
	for _, a := range d.Absences {
		if a.Person == person && a.Covers(day) {
			return a, true
		}
	}
	return Absence{}, false
}

// StandsIn reports whether a person may act for another on a day.
func (d *Directory) StandsIn(person, other int64, day civil.Date) bool {
	return slices.ContainsFunc(d.Absences, func(a Absence) bool {
		return a.Person == other && a.StandIn == person && a.Covers(day)
	})
}

// StandsFor are those whom a person may act for on a day.
func (d *Directory) StandsFor(person int64, day civil.Date) []Person {
	var out []Person
	for _, a := range d.Absences {
		if a.StandIn == person && a.Covers(day) {
			out = append(out, d.person[a.Person])
		}
	}
	return out
}

// FieldsOn are the areas of work on a day, each with the unit that is in charge then.
func (d *Directory) FieldsOn(day civil.Date) []Field {
	var out []Field
	for _, f := range d.Fields {
		if on(f.From, f.To, day) {
			f.Unit = d.Successor(f.Unit, day)
			out = append(out, f)
		}
	}
	return out
}

// Field finds an area of work.
func (d *Directory) Field(id int64) Field {
	for _, f := range d.Fields {
		if f.ID == id {
			return f
		}
	}
	return Field{}
}

// Rights are what a person may do on a day.
func (d *Directory) Rights(person int64, day civil.Date) Rights {
	x := Rights{Agency: d.Agency.ID, Person: person, Day: day, Posts: d.PostsOn(person, day), roles: map[Role]bool{}}
	for _, p := range x.Posts {
		for _, r := range p.Roles {
			x.roles[r] = true
		}
		x.Units = append(x.Units, p.Unit)
		if p.Has(UnitHead) || p.Has(UnitDeputy) || p.Has(OfficeChief) || p.Has(OfficeDeputy) {
			x.Heads = append(x.Heads, p.Unit)
		}
	}
	// Whoever heads a unit keeps the right to what it took over from older units.
	for _, u := range d.Units {
		if u.On(day) {
			continue
		}
		for hop, id := 0, u.Became; id != 0 && hop < 8; hop++ {
			if slices.Contains(x.Heads, id) && !slices.Contains(x.Heads, u.ID) {
				x.Heads = append(x.Heads, u.ID)
			}
			id = d.unit[id].Became
		}
	}
	return x
}

// RightsFor are the rights of a person who acts for another: those of the other, but
// not over what is the actor's own.
func (d *Directory) RightsFor(actor, person int64, day civil.Date) Rights {
	x := d.Rights(person, day)
	if actor != person {
		x.actor = actor
	}
	return x
}

// Holder is a person as the holder of the main post on a day, for an act.
func (d *Directory) Holder(person, behalf int64, day civil.Date) journal.Holder {
	post, _ := d.PostOn(person, day)
	h := journal.Holder{Agency: d.Agency.ID, Person: person, Unit: post.Unit, Post: post.ID, Name: d.person[person].Name, Title: post.Title}
	if behalf != 0 {
		h.For, h.ForName = behalf, d.person[behalf].Name
	}
	return h
}

// Setting is the agency's value of a key, or the default.
func (d *Directory) Setting(key, otherwise string) string {
	if v, ok := d.Settings[key]; ok {
		return v
	}
	return otherwise
}

func byName(a, b Person) int {
	return cmp.Or(cmp.Compare(a.Given(), b.Given()), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
}
