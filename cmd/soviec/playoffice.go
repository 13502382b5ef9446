// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/task"
	"soviec/seed"
)

// found makes the office as it was on the first day, then its changes are scenes.
func (pl *player) found(ctx context.Context) error {
	pl.setup = seed.Office()
	first := civil.New(seed.Year, 1, 2)
	pl.now = civil.At(first, 7, 0)
	f := org.Founding{Code: pl.setup.Agency.Code, Name: pl.setup.Agency.Name, Short: pl.setup.Agency.Short,
		Superior: pl.setup.Agency.Superior, Place: pl.setup.Agency.Place, Sample: true, Day: civil.New(seed.Year, 1, 1)}
	for i, u := range pl.setup.Units {
		f.Units = append(f.Units, org.FoundingUnit{Key: u.Key, NewUnit: org.NewUnit{Name: u.Name, Short: u.Short, Kind: u.Kind, Sort: int64(i+1) * 10}})
	}
	for _, p := range pl.setup.People {
		address := "ông"
		if p.Woman {
			address = "bà"
		}
		person := org.FoundingPerson{NewPerson: org.NewPerson{Name: p.Name, Address: address, Phone: p.Phone, Email: p.Email}, Username: p.Key, Password: samplePassword}
		for _, post := range pl.setup.Posts {
			if post.Person == p.Key && !post.From.After(first) {
				person.Posts = append(person.Posts, org.FoundingPost{Unit: post.Unit, Title: post.Title, Roles: roles(post.Roles)})
			}
		}
		f.People = append(f.People, person)
	}
	for _, x := range pl.setup.Fields {
		f.Fields = append(f.Fields, org.FoundingField{Code: x.Key, Name: x.Name, Leader: x.Leader, Unit: x.Before})
	}
	f.Rooms = []func(*journal.Act) error{document.Found}
	done, err := org.Found(ctx, pl.book, f)
	if err != nil {
		return err
	}
	pl.agency, pl.units, pl.people, pl.open = done.Agency, done.Units, done.People, map[string]*played{}
	pl.arrived, pl.bookOf = map[int]*played{}, map[string]int64{}
	d, err := pl.office(ctx)
	if err != nil {
		return err
	}
	pl.fields = map[string]int64{}
	for _, x := range d.Fields {
		pl.fields[x.Code] = x.ID
	}
	if err := pl.rules(ctx); err != nil {
		return err
	}
	for _, m := range pl.setup.Merges {
		pl.add(civil.At(m.Day, 0, 1), "merging", func(ctx context.Context) error { return pl.merge(ctx, m) })
	}
	return nil
}

func roles(words []string) []org.Role {
	var out []org.Role
	for _, w := range words {
		out = append(out, org.Role(w))
	}
	return out
}

// merge lets units go into a successor, with the posts that their people have there.
func (pl *player) merge(ctx context.Context, m seed.Merge) error {
	d, err := pl.office(ctx)
	if err != nil {
		return err
	}
	defer func() { pl.known = nil }()
	g := org.Merging{Into: pl.units[m.Into], Day: m.Day, Basis: m.Basis}
	for _, key := range m.From {
		g.From = append(g.From, pl.units[key])
	}
	for _, p := range d.Posts {
		if !slices.Contains(g.From, p.Unit) {
			continue
		}
		for _, next := range pl.setup.Posts {
			if pl.people[next.Person] == p.Person && next.From == m.Day {
				g.Posts = append(g.Posts, org.PostMove{Post: p.ID, Unit: pl.units[next.Unit], Title: next.Title, Roles: roles(next.Roles)})
			}
		}
	}
	err = pl.as(ctx, "son", func(a *journal.Act) error {
		_, err := org.Merge(a, g)
		return err
	})
	if err != nil {
		return err
	}
	pl.known = nil
	return pl.as(ctx, "son", func(a *journal.Act) error {
		for _, x := range pl.setup.Fields {
			if slices.Contains(m.From, x.Before) {
				f := d.Field(pl.fields[x.Key])
				f.Unit = pl.units[x.Unit]
				id, err := org.SetField(a, f)
				if err != nil {
					return err
				}
				pl.fields[x.Key] = id
			}
		}
		return nil
	})
}

func (pl *player) rules(ctx context.Context) error {
	names := map[string][]string{}
	for _, i := range pl.setup.Issuers {
		names[i.Key] = append(names[i.Key], i.Name)
		names[i.Group] = append(names[i.Group], i.Name)
	}
	return pl.as(ctx, "minh", func(a *journal.Act) error {
		for _, r := range pl.setup.Rules {
			x := document.Rule{Prio: r.Order * 10, Name: r.Name, Urgency: r.Urgency, Keywords: strings.Join(r.Keywords, "; "),
				Field: pl.fields[r.Field], Leader: pl.people[r.To], Days: r.Days, Parallel: r.Parallel}
			if r.Lead != "" {
				x.Lead = task.Assignee{Unit: pl.units[r.Lead]}
			}
			if len(r.Types) > 0 {
				x.Type = r.Types[0]
			}
			var senders []string
			for _, key := range r.Issuers {
				senders = append(senders, names[key]...)
			}
			x.Sender = strings.Join(senders, "; ")
			for _, u := range r.Coop {
				x.Coop = append(x.Coop, task.Assignee{Unit: pl.units[u]})
			}
			for _, p := range r.Info {
				x.Info = append(x.Info, task.Assignee{Person: pl.people[p]})
			}
			if len(x.Sender) > 2000 {
				x.Sender = ""
			}
			if _, err := document.SetRule(a, x); err != nil {
				return fmt.Errorf("rule %q: %w", r.Name, err)
			}
		}
		return nil
	})
}

// headOf is who heads a unit on the player's day, by username.
func (pl *player) headOf(ctx context.Context, unit int64) (string, error) {
	d, err := pl.office(ctx)
	if err != nil {
		return "", err
	}
	id := d.HeadOf(unit, civil.Of(pl.now))
	for key, person := range pl.people {
		if person == id {
			return key, nil
		}
	}
	return "", fmt.Errorf("nobody heads %s", d.Unit(unit).Name)
}

// current is the unit that has taken over what a key named.
func (pl *player) current(key string) int64 {
	for _, m := range pl.setup.Merges {
		if slices.Contains(m.From, key) && !civil.Of(pl.now).Before(m.Day) {
			return pl.units[m.Into]
		}
	}
	return pl.units[key]
}
