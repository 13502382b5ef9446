// SPDX-License-Identifier: Apache-2.0

package archive

import (
	"fmt"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
)

// in builds "($k, $k+1, …)" for a list of values and appends them to args. Lengths are
// filled up to powers of two, so that few different statements come about.
func in[T any](args *[]any, values []T) string {
	n := 1
	for n < len(values) {
		n *= 2
	}
	marks := make([]string, n)
	for i := range marks {
		*args = append(*args, values[min(i, len(values)-1)])
		marks[i] = fmt.Sprintf("$%d", len(*args))
	}
	return "(" + strings.Join(marks, ", ") + ")"
}

const dossierColumns = `id, line, year, notation, title, years, permanent, rule, keeper, unit, state, before, construction, opened_on, start_on, end_on,
	ended_on, closed_on, due_on, kept_until, rights, language, note, docs, pages, frozen, version`

func scanDossier(s store.Scanner) (Dossier, error) {
	var d Dossier
	err := s.Scan(&d.ID, &d.Line, &d.Year, &d.Notation, &d.Title, &d.Term.Years, &d.Term.Permanent, &d.Rule, &d.Keeper, &d.Unit, &d.State, &d.Before,
		&d.Construction, &d.OpenedOn, &d.StartOn, &d.EndOn, &d.EndedOn, &d.ClosedOn, &d.DueOn, &d.KeptUntil, &d.Rights, &d.Language, &d.Note,
		&d.Docs, &d.Pages, &d.Frozen, &d.Version)
	return d, err
}

func insertDossier(a *journal.Act, d Dossier) error {
	_, err := a.Exec(`INSERT INTO archive_dossier (id, agency, line, year, notation, title, years, permanent, rule, keeper, unit, state, before, construction,
		opened_on, start_on, end_on, ended_on, closed_on, due_on, kept_until, rights, language, note, docs, pages, frozen, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', $13, $14, $15, '', '', '', '', '', $16, $17, $18, 0, 0, FALSE, 1)`,
		d.ID, a.By.Agency, d.Line, d.Year, d.Notation, d.Title, d.Term.Years, d.Term.Permanent, d.Rule, d.Keeper, d.Unit, string(d.State), d.Construction,
		d.OpenedOn.String(), d.StartOn.String(), d.Rights, d.Language, d.Note)
	return err
}

// updateDossier writes everything of a dossier over the version that was read.
func updateDossier(a *journal.Act, d Dossier) (int64, error) {
	return a.Exec(`UPDATE archive_dossier SET notation = $1, title = $2, years = $3, permanent = $4, rule = $5, keeper = $6, unit = $7, state = $8, before = $9,
		construction = $10, opened_on = $11, start_on = $12, end_on = $13, ended_on = $14, closed_on = $15, due_on = $16, kept_until = $17, rights = $18,
		note = $19, docs = $20, pages = $21, frozen = $22, version = version + 1 WHERE id = $23 AND version = $24`,
		d.Notation, d.Title, d.Term.Years, d.Term.Permanent, d.Rule, d.Keeper, d.Unit, string(d.State), string(d.Before), d.Construction,
		d.OpenedOn.String(), d.StartOn.String(), d.EndOn.String(), d.EndedOn.String(), d.ClosedOn.String(), d.DueOn.String(), d.KeptUntil.String(),
		d.Rights, d.Note, d.Docs, d.Pages, d.Frozen, d.ID, d.Version)
}

func readDossier(r store.Reader, agency, id int64, lock string) (Dossier, error) {
	return store.One(r, scanDossier, "SELECT "+dossierColumns+" FROM archive_dossier WHERE id = $1 AND agency = $2"+lock, id, agency)
}

func byNotation(r store.Reader, agency int64, year int, notation string) (Dossier, error) {
	return store.One(r, scanDossier, "SELECT "+dossierColumns+" FROM archive_dossier WHERE agency = $1 AND year = $2 AND notation = $3", agency, year, notation)
}

func dossiersByID(r store.Reader, agency int64, ids []int64) ([]Dossier, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := []any{agency}
	return store.All(r, scanDossier, "SELECT "+dossierColumns+" FROM archive_dossier WHERE +agency = $1 AND id IN "+in(&args, ids)+" ORDER BY id DESC", args...)
}

// listDossiers reads a page of the list.
func listDossiers(r store.Reader, agency int64, reach Reach, f Filter, limit int) ([]Dossier, error) {
	args := []any{agency}
	where := []string{"agency = $1"}
	add := func(cond string, v any) {
		args = append(args, v)
		where = append(where, fmt.Sprintf(cond, len(args)))
	}
	if !reach.All {
		who := []string{}
		args = append(args, reach.Person)
		who = append(who, fmt.Sprintf("keeper = $%d", len(args)))
		if len(reach.Heads) > 0 {
			who = append(who, "unit IN "+in(&args, reach.Heads))
		}
		if reach.Archive {
			who = append(who, "state IN ('offered', 'accepted', 'archived', 'destroy_proposed', 'destroyed')")
		}
		who = append(who, "id IN (SELECT dossier FROM archive_access WHERE agency = $1 AND who IN "+in(&args, reach.who())+")")
		where = append(where, "("+strings.Join(who, " OR ")+")")
	}
	switch f.View {
	case ViewMine:
		add("keeper = $%d", reach.Person)
	case ViewUnit:
		if len(reach.Units) == 0 {
			return nil, nil
		}
		where = append(where, "unit IN "+in(&args, reach.Units))
	case ViewDue:
		add("(state = 'due_transfer' OR state IN ('closed', 'sent_back') AND due_on <> '' AND due_on <= $%d)", f.Day.AddDays(announceDays).String())
	case ViewArchive:
		where = append(where, "state IN ('offered', 'accepted', 'archived', 'destroy_proposed', 'destroyed')")
	}
	if f.Year != 0 {
		add("year = $%d", f.Year)
	}
	if f.Unit != 0 {
		add("unit = $%d", f.Unit)
	}
	if cond := groups[f.Group]; cond != "" {
		if strings.Contains(cond, "%") {
			args = append(args, f.Day.String(), f.Day.AddDays(announceDays).String())
			cond = strings.NewReplacer("%day", fmt.Sprintf("$%d", len(args)-1), "%soon", fmt.Sprintf("$%d", len(args))).Replace(cond)
			where = append(where, fmt.Sprintf("$%d <= $%d", len(args)-1, len(args))) // both are used on both engines
		}
		where = append(where, cond)
	}
	if f.After != 0 {
		add("id < $%d", f.After)
	}
	args = append(args, limit)
	return store.All(r, scanDossier, "SELECT "+dossierColumns+" FROM archive_dossier WHERE "+strings.Join(where, " AND ")+fmt.Sprintf(" ORDER BY id DESC LIMIT $%d", len(args)), args...)
}

// groups are what the figures of a unit count, and so what their lists show. No dossier is
// in two of them.
var groups = map[Group]string{
	GroupOpen:   "state IN ('open', 'collecting')",
	GroupClosed: "state IN ('closed', 'due_transfer', 'sent_back', 'kept_back') AND (due_on = '' OR due_on > %soon OR state = 'kept_back')",
	GroupDue:    "state IN ('closed', 'due_transfer', 'sent_back') AND due_on >= %day AND due_on <= %soon",
	GroupLate:   "state IN ('closed', 'due_transfer', 'sent_back') AND due_on <> '' AND due_on < %day",
	GroupIn:     "state IN ('offered', 'accepted', 'archived', 'destroy_proposed', 'destroyed')",
}

func figures(r store.Reader, agency int64, year int, day civil.Date) ([]Figures, error) {
	sum := func(g Group) string {
		return "COALESCE(SUM(CASE WHEN " + strings.NewReplacer("%day", "$1", "%soon", "$2").Replace(groups[g]) + " THEN 1 ELSE 0 END), 0)"
	}
	return store.All(r, func(s store.Scanner) (f Figures, err error) {
		return f, s.Scan(&f.Unit, &f.Due, &f.Late, &f.Open, &f.Closed, &f.In, &f.Planned)
	}, "SELECT unit, "+sum(GroupDue)+", "+sum(GroupLate)+", "+sum(GroupOpen)+", "+sum(GroupClosed)+", "+sum(GroupIn)+
		", COALESCE(SUM(CASE WHEN state = 'planned' THEN 1 ELSE 0 END), 0) FROM archive_dossier WHERE agency = $3 AND ($4 = 0 OR year = $4) GROUP BY unit ORDER BY unit",
		day.String(), day.AddDays(announceDays).String(), agency, year)
}

func years(r store.Reader, agency int64) ([]int, error) {
	return store.All(r, store.Value[int], "SELECT year FROM archive_list WHERE agency = $1 UNION SELECT year FROM archive_dossier WHERE agency = $1 ORDER BY 1 DESC", agency)
}

// dueBefore are the closed dossiers whose day, or the end of whose keeping back, comes.
func dueBefore(r store.Reader, agency int64, day civil.Date) ([]Dossier, error) {
	return store.All(r, scanDossier, "SELECT "+dossierColumns+` FROM archive_dossier WHERE agency = $1 AND (state = 'closed' AND due_on <> '' AND due_on <= $2
		OR state = 'kept_back' AND kept_until <= $2) ORDER BY id`, agency, day.String())
}

// expired are those whose term is over: it counts from the end of the year in which the matter ended.
func expired(r store.Reader, agency int64, day civil.Date, limit int) ([]Dossier, error) {
	return store.All(r, scanDossier, "SELECT "+dossierColumns+` FROM archive_dossier WHERE agency = $1 AND permanent = FALSE AND years > 0 AND ended_on <> ''
		AND (state = 'archived' OR years < 5 AND state IN ('closed', 'due_transfer')) AND CAST(substr(ended_on, 1, 4) AS BIGINT) + years < $2 ORDER BY id LIMIT $3`,
		agency, day.Year(), limit)
}

func heldBy(r store.Reader, agency, person int64) (int64, error) {
	return store.One(r, store.Value[int64], `SELECT COUNT(*) FROM archive_dossier WHERE agency = $1 AND keeper = $2
		AND state NOT IN ('archived', 'destroy_proposed', 'destroyed')`, agency, person)
}

// fedDossiers are those that take papers in, of a keeper and of the units headed.
func fedDossiers(r store.Reader, agency, person int64, heads []int64, limit int) ([]Dossier, error) {
	args := []any{agency, person}
	units := ""
	if len(heads) > 0 {
		units = " OR unit IN " + in(&args, heads)
	}
	args = append(args, limit)
	return store.All(r, scanDossier, "SELECT "+dossierColumns+` FROM archive_dossier WHERE agency = $1 AND frozen = FALSE AND state IN ('open', 'collecting')
		AND (keeper = $2`+units+fmt.Sprintf(`) ORDER BY CASE WHEN keeper = $2 THEN 0 ELSE 1 END, id DESC LIMIT $%d`, len(args)), args...)
}

func accessOf(r store.Reader, dossier int64) ([]string, error) {
	return store.All(r, store.Value[string], "SELECT who FROM archive_access WHERE dossier = $1 ORDER BY who", dossier)
}

func setAccess(a *journal.Act, dossier int64, who string, on bool) (int64, error) {
	if on {
		return a.Exec("INSERT INTO archive_access (dossier, who, agency) VALUES ($1, $2, $3) ON CONFLICT (dossier, who) DO NOTHING", dossier, who, a.By.Agency)
	}
	return a.Exec("DELETE FROM archive_access WHERE dossier = $1 AND who = $2", dossier, who)
}

func insertRight(a *journal.Act, dossier int64, who string, given bool) error {
	_, err := a.Exec(`INSERT INTO archive_right (id, agency, dossier, who, given, set_by, set_at, confirmed_by, confirmed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 0, '')`, a.NewID(), a.By.Agency, dossier, who, given, a.By.Person, store.Instant(a.At))
	return err
}

func confirmRight(a *journal.Act, id int64) (dossier int64, err error) {
	return store.One(a, store.Value[int64], `UPDATE archive_right SET confirmed_by = $1, confirmed_at = $2 WHERE id = $3 AND agency = $4 AND confirmed_at = ''
		RETURNING dossier`, a.By.Person, store.Instant(a.At), id, a.By.Agency)
}

func openRights(r store.Reader, agency int64, limit int) ([]Right, error) {
	return store.All(r, func(s store.Scanner) (x Right, err error) {
		return x, s.Scan(&x.ID, &x.Dossier, &x.Who, &x.Given, &x.SetBy, &x.SetAt)
	}, "SELECT id, dossier, who, given, set_by, set_at FROM archive_right WHERE agency = $1 AND confirmed_at = '' ORDER BY id LIMIT $2", agency, limit)
}
