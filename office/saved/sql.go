// SPDX-License-Identifier: Apache-2.0

package saved

import (
	"soviec/kit/journal"
	"soviec/kit/store"
)

const viewColumns = "id, owner, unit, list, query, name, set_at"

func scanView(s store.Scanner) (View, error) {
	var v View
	var at string
	err := s.Scan(&v.ID, &v.Owner, &v.Unit, &v.List, &v.Query, &v.Name, &at)
	if err == nil {
		v.SetAt, err = store.ParseInstant(at)
	}
	return v, err
}

func insertView(a *journal.Act, v View) error {
	_, err := a.Exec(`INSERT INTO saved_view (id, agency, owner, unit, list, query, name, set_at, gone_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '')`,
		v.ID, a.By.Agency, v.Owner, v.Unit, v.List, v.Query, v.Name, store.Instant(v.SetAt))
	return err
}

func updateView(a *journal.Act, v View) error {
	_, err := a.Exec("UPDATE saved_view SET unit = $1, name = $2 WHERE id = $3", v.Unit, v.Name, v.ID)
	return err
}

func dropView(a *journal.Act, id int64) error {
	if _, err := a.Exec("UPDATE saved_view SET gone_at = $1 WHERE id = $2", store.Instant(a.At), id); err != nil {
		return err
	}
	_, err := a.Exec("DELETE FROM saved_pin WHERE agency = $1 AND view = $2", a.By.Agency, id)
	return err
}

func setPin(a *journal.Act, person int64, list string, view int64) error {
	_, err := a.Exec(`INSERT INTO saved_pin (person, list, agency, view) VALUES ($1, $2, $3, $4)
		ON CONFLICT (person, list) DO UPDATE SET view = excluded.view`, person, list, a.By.Agency, view)
	return err
}

func unpin(a *journal.Act, person int64, list string, view int64) error {
	_, err := a.Exec("DELETE FROM saved_pin WHERE person = $1 AND list = $2 AND view = $3", person, list, view)
	return err
}

func viewByID(r store.Reader, agency, id int64) (View, error) {
	return store.One(r, scanView, "SELECT "+viewColumns+" FROM saved_view WHERE id = $1 AND +agency = $2 AND gone_at = ''", id, agency)
}

func viewsOfOwner(r store.Reader, agency, owner int64, list string) ([]View, error) {
	return store.All(r, scanView, "SELECT "+viewColumns+" FROM saved_view WHERE owner = $1 AND list = $2 AND gone_at = '' AND +agency = $3 ORDER BY name, id", owner, list, agency)
}

// viewsFor are a person's own views of a list and all that are shared in the agency.
func viewsFor(r store.Reader, agency, person int64, list string) ([]View, error) {
	return store.All(r, func(s store.Scanner) (View, error) {
		var v View
		var at string
		err := s.Scan(&v.ID, &v.Owner, &v.Unit, &v.List, &v.Query, &v.Name, &at, &v.First)
		if err == nil {
			v.SetAt, err = store.ParseInstant(at)
		}
		return v, err
	}, `SELECT v.id, v.owner, v.unit, v.list, v.query, v.name, v.set_at, COALESCE(p.view, 0) = v.id
		FROM (SELECT `+viewColumns+` FROM saved_view WHERE owner = $1 AND list = $2 AND gone_at = '' AND +agency = $3
			UNION ALL SELECT `+viewColumns+` FROM saved_view WHERE agency = $3 AND list = $2 AND gone_at = '' AND unit <> 0 AND owner <> $1) v
		LEFT JOIN saved_pin p ON p.person = $1 AND p.list = $2 ORDER BY v.name, v.id`, person, list, agency)
}

// eachView walks all views, those that were dropped too.
func eachView(r store.Reader, agency int64) (map[int64]viewData, error) {
	out := map[int64]viewData{}
	_, err := store.All(r, func(s store.Scanner) (int64, error) {
		var id int64
		var d viewData
		var gone string
		err := s.Scan(&id, &d.Owner, &d.Unit, &gone)
		d.Gone = gone != ""
		out[id] = d
		return id, err
	}, "SELECT id, owner, unit, gone_at FROM saved_view WHERE agency = $1", agency)
	return out, err
}

func eachPin(r store.Reader, agency int64) (map[pinData]int64, error) {
	out := map[pinData]int64{}
	_, err := store.All(r, func(s store.Scanner) (int64, error) {
		var p pinData
		var view int64
		err := s.Scan(&p.Person, &p.List, &view)
		out[p] = view
		return view, err
	}, "SELECT person, list, view FROM saved_pin WHERE agency = $1", agency)
	return out, err
}
