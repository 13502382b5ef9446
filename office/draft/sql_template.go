// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"strconv"
	"strings"

	"soviec/kit/journal"
	"soviec/kit/store"
)

const (
	templateColumns = "t.id, t.code, t.unit, t.type, t.name, t.in_use, t.founded_by, t.founded_at"
	editionColumns  = "e.ordinal, e.way, e.subject, e.addressees, e.body, e.sha, e.file_name, e.size, e.fields, e.why, e.added_by, e.added_at"
)

type editionRow struct {
	addressees, fields string
	at                 store.Time
}

func (e *Edition) into(r *editionRow) []any {
	return []any{&e.Ordinal, &e.Way, &e.Subject, &r.addressees, &e.Body, &e.SHA, &e.FileName, &e.Size, &r.fields, &e.Why, &e.AddedBy, &r.at}
}

func (e *Edition) from(r editionRow) {
	e.Addressees, e.AddedAt = lines(r.addressees), r.at.Time
	for _, l := range strings.Split(r.fields, "\n") {
		if name, label, ok := strings.Cut(l, ": "); ok {
			e.Fields = append(e.Fields, TemplateField{name, label})
		}
	}
}

func scanTemplate(s store.Scanner) (Template, error) {
	var t Template
	var row editionRow
	var at store.Time
	err := s.Scan(append([]any{&t.ID, &t.Code, &t.Unit, &t.Type, &t.Name, &t.On, &t.FoundedBy, &at}, t.Edition.into(&row)...)...)
	t.FoundedAt = at.Time
	t.Edition.from(row)
	return t, err
}

func templatesOf(r store.Reader, agency int64) ([]Template, error) {
	return store.All(r, scanTemplate, "SELECT "+templateColumns+", "+editionColumns+` FROM draft_template t
		JOIN draft_template_edition e ON e.template = t.id AND e.ordinal = t.current WHERE t.agency = $1 ORDER BY t.id`, agency)
}

func templateByID(r store.Reader, agency, id int64) (Template, error) {
	return store.One(r, scanTemplate, "SELECT "+templateColumns+", "+editionColumns+` FROM draft_template t
		JOIN draft_template_edition e ON e.template = t.id AND e.ordinal = t.current WHERE t.agency = $1 AND t.id = $2`, agency, id)
}

func editionsOf(r store.Reader, template int64) ([]Edition, error) {
	return store.All(r, func(s store.Scanner) (Edition, error) {
		var e Edition
		var row editionRow
		err := s.Scan(e.into(&row)...)
		e.from(row)
		return e, err
	}, "SELECT "+editionColumns+" FROM draft_template_edition e WHERE e.template = $1 ORDER BY e.ordinal DESC", template)
}

func insertTemplate(a *journal.Act, t Template) error {
	_, err := a.Exec(`INSERT INTO draft_template (id, agency, code, unit, type, name, in_use, current, founded_by, founded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		t.ID, a.By.Agency, t.Code, t.Unit, t.Type, t.Name, t.On, t.Ordinal, t.FoundedBy, store.Instant(t.FoundedAt))
	return err
}

func insertEdition(a *journal.Act, template int64, e Edition) error {
	fields := make([]string, len(e.Fields))
	for i, f := range e.Fields {
		fields[i] = f.Name + ": " + f.Label
	}
	_, err := a.Exec(`INSERT INTO draft_template_edition (template, ordinal, agency, way, subject, addressees, body, sha, file_name, size, fields, why, added_by, added_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		template, e.Ordinal, a.By.Agency, e.Way, e.Subject, strings.Join(e.Addressees, "\n"), e.Body, e.SHA, e.FileName, e.Size, strings.Join(fields, "\n"), e.Why,
		e.AddedBy, store.Instant(e.AddedAt))
	return err
}

func setCurrent(a *journal.Act, id int64, name string, ordinal int, on bool) error {
	_, err := a.Exec("UPDATE draft_template SET name = $1, current = $2, in_use = $3 WHERE id = $4 AND agency = $5", name, ordinal, on, id, a.By.Agency)
	return err
}

func insertUse(a *journal.Act, draft int64, t Template) error {
	_, err := a.Exec("INSERT INTO draft_template_use (draft, agency, template, code, ordinal) VALUES ($1, $2, $3, $4, $5)", draft, a.By.Agency, t.ID, t.Code, t.Ordinal)
	return err
}

// useOf is the key of the sample that a draft was begun with, and the edition.
func useOf(r store.Reader, agency, draft int64) (key string, ordinal int, err error) {
	type use struct {
		key     string
		ordinal int
	}
	u, err := store.One(r, func(s store.Scanner) (use, error) {
		var id int64
		var x use
		err := s.Scan(&id, &x.key, &x.ordinal)
		if id != 0 {
			x.key = strconv.FormatInt(id, 10)
		}
		return x, err
	}, "SELECT template, code, ordinal FROM draft_template_use WHERE draft = $1 AND agency = $2", draft, agency)
	return u.key, u.ordinal, err
}

// EachTemplateFile walks the Word files of an agency's samples, all editions.
func EachTemplateFile(r store.Reader, agency int64, f func(template int64, sha, name string, size int64) error) error {
	all, err := store.All(r, func(s store.Scanner) (struct {
		id   int64
		file Edition
	}, error,
	) {
		var x struct {
			id   int64
			file Edition
		}
		return x, s.Scan(&x.id, &x.file.SHA, &x.file.FileName, &x.file.Size)
	}, "SELECT template, sha, file_name, size FROM draft_template_edition WHERE agency = $1 AND sha <> '' ORDER BY template, ordinal", agency)
	for _, x := range all {
		if err := f(x.id, x.file.SHA, x.file.FileName, x.file.Size); err != nil {
			return err
		}
	}
	return err
}

// templateTally is what checking needs of one sample.
type templateTally struct {
	id       int64
	current  int
	on       bool
	editions int
}

func templateTallies(r store.Reader, agency int64) ([]templateTally, error) {
	return store.All(r, func(s store.Scanner) (templateTally, error) {
		var t templateTally
		return t, s.Scan(&t.id, &t.current, &t.on, &t.editions)
	}, `SELECT t.id, t.current, t.in_use, (SELECT COUNT(*) FROM draft_template_edition e WHERE e.template = t.id) FROM draft_template t WHERE t.agency = $1 ORDER BY t.id`, agency)
}
