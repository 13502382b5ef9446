// SPDX-License-Identifier: Apache-2.0

package archive

import (
	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
)

const ruleColumns = "id, code, section, text, years, permanent, source, unsure, valid_from, valid_to"

func scanRule(s store.Scanner) (t Rule, err error) {
	return t, s.Scan(&t.ID, &t.Code, &t.Group, &t.Text, &t.Term.Years, &t.Term.Permanent, &t.Source, &t.Unsure, &t.ValidFrom, &t.ValidTo)
}

func ruleByCode(r store.Reader, agency int64, code string) (Rule, error) {
	return store.One(r, scanRule, "SELECT "+ruleColumns+" FROM archive_rule WHERE agency = $1 AND code = $2 AND valid_to = ''", agency, code)
}

func rulesOn(r store.Reader, agency int64, day civil.Date) ([]Rule, error) {
	return store.All(r, scanRule, "SELECT "+ruleColumns+" FROM archive_rule WHERE agency = $1 AND valid_from <= $2 AND (valid_to = '' OR valid_to > $2) ORDER BY code, id", agency, day.String())
}

func insertRule(a *journal.Act, t Rule) error {
	_, err := a.Exec(`INSERT INTO archive_rule (id, agency, code, section, text, years, permanent, source, unsure, valid_from, valid_to, set_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', $11)`,
		t.ID, a.By.Agency, t.Code, t.Group, t.Text, t.Term.Years, t.Term.Permanent, t.Source, t.Unsure, t.ValidFrom.String(), a.By.Person)
	return err
}

func endRule(a *journal.Act, id int64, day civil.Date) error {
	_, err := a.Exec("UPDATE archive_rule SET valid_to = $1 WHERE id = $2", day.String(), id)
	return err
}

func setSure(a *journal.Act, id int64) (int64, error) {
	return a.Exec("UPDATE archive_rule SET unsure = FALSE WHERE id = $1 AND agency = $2 AND unsure = TRUE AND valid_to = ''", id, a.By.Agency)
}

func readList(r store.Reader, agency int64, year int, lock string) (List, error) {
	return store.One(r, func(s store.Scanner) (l List, err error) {
		return l, s.Scan(&l.ID, &l.Year, &l.PerSection, &l.Approved, &l.ApprovedBy, &l.ApprovedOn, &l.Basis)
	}, `SELECT id, year, numbering = 'section', state = 'approved', approved_by, approved_on, basis FROM archive_list WHERE agency = $1 AND year = $2`+lock, agency, year)
}

func insertList(a *journal.Act, l List) error {
	numbering := "continuous"
	if l.PerSection {
		numbering = "section"
	}
	_, err := a.Exec(`INSERT INTO archive_list (id, agency, year, numbering, state, approved_by, approved_on, basis) VALUES ($1, $2, $3, $4, 'draft', 0, '', '')`,
		l.ID, a.By.Agency, l.Year, numbering)
	return err
}

func approveList(a *journal.Act, id int64, basis string) error {
	_, err := a.Exec("UPDATE archive_list SET state = 'approved', approved_by = $1, approved_on = $2, basis = $3 WHERE id = $4", a.By.Person, a.Day().String(), basis, id)
	return err
}

func headingsOf(r store.Reader, list int64) ([]Heading, error) {
	return store.All(r, func(s store.Scanner) (h Heading, err error) {
		return h, s.Scan(&h.ID, &h.Parent, &h.Ordinal, &h.Title, &h.Abbr, &h.Unit)
	}, "SELECT id, parent, ordinal, title, abbr, unit FROM archive_heading WHERE list = $1 ORDER BY parent, ordinal, id", list)
}

func insertHeading(a *journal.Act, list int64, h Heading) error {
	_, err := a.Exec("INSERT INTO archive_heading (id, agency, list, parent, ordinal, title, abbr, unit) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		h.ID, a.By.Agency, list, h.Parent, h.Ordinal, h.Title, h.Abbr, h.Unit)
	return err
}

func updateHeading(a *journal.Act, h Heading) error {
	_, err := a.Exec("UPDATE archive_heading SET title = $1, abbr = $2, unit = $3 WHERE id = $4", h.Title, h.Abbr, h.Unit, h.ID)
	return err
}

func linesOf(r store.Reader, list int64) ([]Line, error) {
	return store.All(r, func(s store.Scanner) (x Line, err error) {
		return x, s.Scan(&x.ID, &x.Heading, &x.Ordinal, &x.Serial, &x.Notation, &x.Title, &x.Term.Years, &x.Term.Permanent, &x.Rule, &x.Keeper, &x.Unit,
			&x.Note, &x.State, &x.AddedOn, &x.SetBy)
	}, `SELECT id, heading, ordinal, running, notation, title, years, permanent, rule, keeper, unit, note, state, added_on, set_by FROM archive_line
		WHERE list = $1 ORDER BY heading, ordinal, id`, list)
}

func insertLine(a *journal.Act, list int64, x Line) error {
	_, err := a.Exec(`INSERT INTO archive_line (id, agency, list, heading, ordinal, running, notation, title, years, permanent, rule, keeper, unit, note, state, added_on, set_by)
		VALUES ($1, $2, $3, $4, $5, 0, '', $6, $7, $8, $9, $10, $11, $12, $13, '', $14)`,
		x.ID, a.By.Agency, list, x.Heading, x.Ordinal, x.Title, x.Term.Years, x.Term.Permanent, x.Rule, x.Keeper, x.Unit, x.Note, x.State, x.SetBy)
	return err
}

func setLineState(a *journal.Act, id int64, state string) error {
	_, err := a.Exec("UPDATE archive_line SET state = $1 WHERE id = $2", state, id)
	return err
}

func numberLine(a *journal.Act, x Line) error {
	_, err := a.Exec("UPDATE archive_line SET running = $1, notation = $2, added_on = $3 WHERE id = $4", x.Serial, x.Notation, x.AddedOn.String(), x.ID)
	return err
}

func editions(r store.Reader, agency int64) ([]Edition, error) {
	return store.All(r, func(s store.Scanner) (e Edition, err error) { return e, s.Scan(&e.From, &e.Lines) },
		"SELECT valid_from, COUNT(*) FROM archive_rule WHERE agency = $1 GROUP BY valid_from ORDER BY valid_from DESC", agency)
}

func changedByLaw(r store.Reader, agency int64, day civil.Date, limit int) ([]Dossier, error) {
	return store.All(r, scanDossier, "SELECT "+dossierColumns+` FROM archive_dossier WHERE agency = $1 AND rule <> '' AND state NOT IN ('destroy_proposed', 'destroyed')
		AND EXISTS (SELECT 1 FROM archive_rule t WHERE t.agency = archive_dossier.agency AND t.code = archive_dossier.rule AND t.valid_to = '' AND t.valid_from <= $2
			AND t.valid_from > archive_dossier.opened_on AND (t.years <> archive_dossier.years OR t.permanent <> archive_dossier.permanent)
			AND NOT EXISTS (SELECT 1 FROM archive_settled x WHERE x.dossier = archive_dossier.id AND x.finding = 'law:' || CAST(t.id AS TEXT)))
		ORDER BY id LIMIT $3`, agency, day.String(), limit)
}
