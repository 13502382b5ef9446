// SPDX-License-Identifier: Apache-2.0

package org

import (
	"time"

	"soviec/kit/civil"
	"soviec/kit/store"
)

func insertAgency(w store.Writer, a Agency, at time.Time) error {
	_, err := w.Exec(`INSERT INTO org_agency (id, code, name, short, superior, place, sample, version, founded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		a.ID, a.Code, a.Name, a.Short, a.Superior, a.Place, a.Sample, a.Version, store.Instant(at))
	return err
}

func updateAgency(w store.Writer, a Agency) error {
	_, err := w.Exec("UPDATE org_agency SET code = $1, name = $2, short = $3, superior = $4, place = $5 WHERE id = $6",
		a.Code, a.Name, a.Short, a.Superior, a.Place, a.ID)
	return err
}

func insertUnit(w store.Writer, agency int64, u Unit) error {
	_, err := w.Exec(`INSERT INTO org_unit (id, agency, name, short, kind, sort, valid_from, valid_to, became, basis)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		u.ID, agency, u.Name, u.Short, u.Kind, u.Sort, u.From, u.To, u.Became, u.Basis)
	return err
}

func updateUnit(w store.Writer, agency int64, u Unit) error {
	_, err := w.Exec(`UPDATE org_unit SET name = $1, short = $2, sort = $3, valid_to = $4, became = $5, basis = $6
		WHERE id = $7 AND agency = $8`, u.Name, u.Short, u.Sort, u.To, u.Became, u.Basis, u.ID, agency)
	return err
}

func insertPerson(w store.Writer, agency int64, p Person) error {
	_, err := w.Exec("INSERT INTO org_person (id, agency, name, address, phone, email) VALUES ($1, $2, $3, $4, $5, $6)",
		p.ID, agency, p.Name, p.Address, p.Phone, p.Email)
	return err
}

func updatePerson(w store.Writer, agency int64, p Person) error {
	_, err := w.Exec("UPDATE org_person SET name = $1, address = $2, phone = $3, email = $4 WHERE id = $5 AND agency = $6",
		p.Name, p.Address, p.Phone, p.Email, p.ID, agency)
	return err
}

func insertPost(w store.Writer, agency int64, p Post) error {
	_, err := w.Exec(`INSERT INTO org_post (id, agency, person, unit, title, roles, sort, valid_from, valid_to, basis)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		p.ID, agency, p.Person, p.Unit, p.Title, joinRoles(p.Roles), p.Sort, p.From, p.To, p.Basis)
	return err
}

func updatePostEnd(w store.Writer, agency, post int64, to civil.Date) error {
	_, err := w.Exec("UPDATE org_post SET valid_to = $1 WHERE id = $2 AND agency = $3", to, post, agency)
	return err
}

func insertField(w store.Writer, agency int64, f Field) error {
	_, err := w.Exec(`INSERT INTO org_field (id, agency, code, name, leader, unit, valid_from, valid_to)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, f.ID, agency, f.Code, f.Name, f.Leader, f.Unit, f.From, f.To)
	return err
}

func updateField(w store.Writer, agency int64, f Field) error {
	_, err := w.Exec(`UPDATE org_field SET code = $1, name = $2, leader = $3, unit = $4, valid_from = $5, valid_to = $6
		WHERE id = $7 AND agency = $8`, f.Code, f.Name, f.Leader, f.Unit, f.From, f.To, f.ID, agency)
	return err
}
