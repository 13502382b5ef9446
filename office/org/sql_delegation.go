// SPDX-License-Identifier: Apache-2.0

package org

import (
	"strings"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
)

func scanDelegation(s store.Scanner) (Delegation, error) {
	var g Delegation
	var types string
	err := s.Scan(&g.ID, &g.Giver, &g.Person, &types, &g.Scope, &g.From, &g.To, &g.Basis, &g.EndedOn)
	g.Types = strings.Fields(types)
	return g, err
}

func readDelegations(r store.Reader, agency int64) ([]Delegation, error) {
	return store.All(r, scanDelegation, `SELECT id, giver, person, types, scope, from_day, to_day, basis, ended_on
		FROM org_delegation WHERE agency = $1 ORDER BY from_day, id`, agency)
}

func scanSigning(s store.Scanner) (Signing, error) {
	var x Signing
	err := s.Scan(&x.ID, &x.Kind, &x.Unit, &x.Type, &x.Name, &x.From, &x.To, &x.Basis)
	return x, err
}

func readSignings(r store.Reader, agency int64) ([]Signing, error) {
	return store.All(r, scanSigning, `SELECT id, kind, unit, type, name, valid_from, valid_to, basis
		FROM org_signing WHERE agency = $1 ORDER BY valid_from, id`, agency)
}

func insertDelegation(a *journal.Act, g Delegation) error {
	_, err := a.Exec(`INSERT INTO org_delegation (id, agency, giver, person, types, scope, from_day, to_day, basis, set_by, set_at, ended_on)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '')`,
		g.ID, a.By.Agency, g.Giver, g.Person, strings.Join(g.Types, " "), g.Scope, g.From, g.To, g.Basis, a.By.Person, store.Instant(a.At))
	return err
}

func endDelegation(a *journal.Act, id int64, day civil.Date) error {
	_, err := a.Exec("UPDATE org_delegation SET ended_on = $1 WHERE id = $2 AND agency = $3", day, id, a.By.Agency)
	return err
}

func insertSigning(a *journal.Act, s Signing) error {
	_, err := a.Exec(`INSERT INTO org_signing (id, agency, kind, unit, type, name, valid_from, valid_to, basis, set_by, set_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8, $9, $10)`,
		s.ID, a.By.Agency, s.Kind, s.Unit, s.Type, s.Name, s.From, s.Basis, a.By.Person, store.Instant(a.At))
	return err
}

func endSigning(a *journal.Act, id int64, day civil.Date) error {
	_, err := a.Exec("UPDATE org_signing SET valid_to = $1 WHERE id = $2 AND agency = $3", day, id, a.By.Agency)
	return err
}
