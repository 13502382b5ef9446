// SPDX-License-Identifier: Apache-2.0

package org

import (
	"cmp"
	"slices"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/store"
)

func versionOf(r store.Reader, agency int64) (int64, error) {
	return store.One(r, store.Value[int64], "SELECT version FROM org_agency WHERE id = $1", agency)
}

// touch makes every kept copy of the directory stale.
func touch(w store.Writer, agency int64) error {
	_, err := w.Exec("UPDATE org_agency SET version = version + 1 WHERE id = $1", agency)
	return err
}

func scanAgency(s store.Scanner) (Agency, error) {
	var a Agency
	err := s.Scan(&a.ID, &a.Code, &a.Name, &a.Short, &a.Superior, &a.Place, &a.Sample, &a.Version)
	return a, err
}

// Agencies are all agencies of the installation, by name.
func Agencies(r store.Reader) ([]Agency, error) {
	return store.All(r, scanAgency, "SELECT id, code, name, short, superior, place, sample, version FROM org_agency ORDER BY name, id")
}

func readDirectory(r store.Reader, agency int64) (*Directory, error) {
	d := &Directory{Settings: map[string]string{}}
	var err error
	if d.Agency, err = store.One(r, scanAgency, "SELECT id, code, name, short, superior, place, sample, version FROM org_agency WHERE id = $1", agency); err != nil {
		return nil, err
	}
	if d.Units, err = store.All(r, scanUnit, `SELECT id, name, short, kind, sort, valid_from, valid_to, became, basis
		FROM org_unit WHERE agency = $1 ORDER BY sort, id`, agency); err != nil {
		return nil, err
	}
	if d.People, err = store.All(r, scanPerson, "SELECT id, name, address, phone, email FROM org_person WHERE agency = $1", agency); err != nil {
		return nil, err
	}
	slices.SortFunc(d.People, byName)
	if d.Posts, err = store.All(r, scanPost, `SELECT id, person, unit, title, roles, sort, valid_from, valid_to, basis
		FROM org_post WHERE agency = $1 ORDER BY sort, id`, agency); err != nil {
		return nil, err
	}
	if d.Fields, err = store.All(r, scanField, `SELECT id, code, name, leader, unit, valid_from, valid_to
		FROM org_field WHERE agency = $1 ORDER BY name, id`, agency); err != nil {
		return nil, err
	}
	if d.Absences, err = store.All(r, scanAbsence, `SELECT id, person, stand_in, from_day, to_day, reason
		FROM org_absence WHERE agency = $1 AND ended_at = '' ORDER BY from_day, id`, agency); err != nil {
		return nil, err
	}
	rows, err := store.All(r, func(s store.Scanner) ([2]string, error) {
		var kv [2]string
		err := s.Scan(&kv[0], &kv[1])
		return kv, err
	}, "SELECT key, value FROM org_setting WHERE agency = $1 ORDER BY set_at", agency)
	if err != nil {
		return nil, err
	}
	for _, kv := range rows {
		d.Settings[kv[0]] = kv[1] // the latest wins
	}
	if d.Delegations, err = readDelegations(r, agency); err != nil {
		return nil, err
	}
	if d.Signings, err = readSignings(r, agency); err != nil {
		return nil, err
	}
	d.Calendar, err = readCalendar(r, agency)
	return d, err
}

func readCalendar(r store.Reader, agency int64) (*civil.Calendar, error) {
	rows, err := store.All(r, func(s store.Scanner) (civil.Row, error) {
		var row civil.Row
		err := s.Scan(&row.Date, &row.Kind, &row.Name, &row.Source)
		return row, err
	}, "SELECT day, kind, name, source FROM org_day WHERE agency = $1 AND removed_at = '' ORDER BY day, id", agency)
	if err != nil {
		return nil, err
	}
	hours, err := store.All(r, func(s store.Scanner) (civil.Hours, error) {
		var h civil.Hours
		var spans string
		if err := s.Scan(&h.From, &h.To, &spans); err != nil {
			return h, err
		}
		var err error
		h.Shifts, err = civil.ParseShifts(spans)
		return h, err
	}, "SELECT valid_from, valid_to, spans FROM org_shift WHERE agency = $1 ORDER BY valid_from, id", agency)
	if err != nil {
		return nil, err
	}
	return civil.NewCalendar(rows, hours)
}

func scanUnit(s store.Scanner) (Unit, error) {
	var u Unit
	err := s.Scan(&u.ID, &u.Name, &u.Short, &u.Kind, &u.Sort, &u.From, &u.To, &u.Became, &u.Basis)
	return u, err
}

func scanPerson(s store.Scanner) (Person, error) {
	var p Person
	err := s.Scan(&p.ID, &p.Name, &p.Address, &p.Phone, &p.Email)
	return p, err
}

func scanPost(s store.Scanner) (Post, error) {
	var p Post
	var roles string
	err := s.Scan(&p.ID, &p.Person, &p.Unit, &p.Title, &roles, &p.Sort, &p.From, &p.To, &p.Basis)
	for _, r := range strings.Fields(roles) {
		p.Roles = append(p.Roles, Role(r))
	}
	return p, err
}

func joinRoles(roles []Role) string {
	words := make([]string, len(roles))
	for i, r := range roles {
		words[i] = string(r)
	}
	slices.SortFunc(words, cmp.Compare)
	return strings.Join(words, " ")
}

func scanField(s store.Scanner) (Field, error) {
	var f Field
	err := s.Scan(&f.ID, &f.Code, &f.Name, &f.Leader, &f.Unit, &f.From, &f.To)
	return f, err
}

func scanAbsence(s store.Scanner) (Absence, error) {
	var a Absence
	err := s.Scan(&a.ID, &a.Person, &a.StandIn, &a.From, &a.To, &a.Reason)
	return a, err
}
