// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"encoding/json"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/task"
)

const catalogueColumns = "id, name, basis, valid_from, valid_to, products, set_by, set_at"

func scanCatalogue(s store.Scanner) (Catalogue, error) {
	var c Catalogue
	var at store.Time
	err := s.Scan(&c.ID, &c.Name, &c.Basis, &c.From, &c.To, &c.Products, &c.SetBy, &at)
	c.SetAt = at.Time
	return c, err
}

func catalogues(r store.Reader, agency int64) ([]Catalogue, error) {
	return store.All(r, scanCatalogue, "SELECT "+catalogueColumns+" FROM plan_catalogue WHERE agency = $1 ORDER BY valid_from DESC", agency)
}

func lastCatalogue(r store.Reader, agency int64) (Catalogue, error) {
	return store.One(r, scanCatalogue, "SELECT "+catalogueColumns+" FROM plan_catalogue WHERE agency = $1 ORDER BY valid_from DESC LIMIT 1", agency)
}

func catalogueOn(r store.Reader, agency int64, day civil.Date) (Catalogue, error) {
	return store.One(r, scanCatalogue, "SELECT "+catalogueColumns+" FROM plan_catalogue WHERE agency = $1 AND valid_from <= $2 ORDER BY valid_from DESC LIMIT 1", agency, day)
}

func insertCatalogue(a *journal.Act, c Catalogue) error {
	_, err := a.Exec(`INSERT INTO plan_catalogue (id, agency, name, basis, valid_from, valid_to, products, set_by, set_at)
		VALUES ($1, $2, $3, $4, $5, '', $6, $7, $8)`, c.ID, a.By.Agency, c.Name, c.Basis, c.From, c.Products, c.SetBy, store.Instant(c.SetAt))
	return err
}

func endCatalogue(a *journal.Act, id int64, on civil.Date) error {
	_, err := a.Exec("UPDATE plan_catalogue SET valid_to = $1 WHERE id = $2", on, id)
	return err
}

const productColumns = "id, code, name, output, measure, norm, factor, groups_of, proof"

func scanProduct(s store.Scanner) (Product, error) {
	var p Product
	var groups string
	err := s.Scan(&p.ID, &p.Code, &p.Name, &p.Output, &p.Measure, &p.Norm, &p.Factor, &groups, &p.Proof)
	if groups != "" {
		p.Groups = strings.Split(groups, "; ")
	}
	return p, err
}

func productsOf(r store.Reader, catalogue int64) ([]Product, error) {
	return store.All(r, scanProduct, "SELECT "+productColumns+" FROM plan_product WHERE catalogue = $1 ORDER BY code", catalogue)
}

func productByCode(r store.Reader, agency int64, day civil.Date, code string) (Product, error) {
	c, err := catalogueOn(r, agency, day)
	if err != nil {
		return Product{}, err
	}
	return store.One(r, scanProduct, "SELECT "+productColumns+" FROM plan_product WHERE catalogue = $1 AND code = $2", c.ID, code)
}

func insertProduct(a *journal.Act, catalogue int64, p Product) error {
	_, err := a.Exec(`INSERT INTO plan_product (id, agency, catalogue, code, name, output, measure, norm, factor, groups_of, proof)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		p.ID, a.By.Agency, catalogue, p.Code, p.Name, p.Output, p.Measure, p.Norm, p.Factor, strings.Join(p.Groups, "; "), p.Proof)
	return err
}

// countProducts are the lines of each catalogue.
func countProducts(r store.Reader, agency int64) (map[int64]int64, error) {
	out := map[int64]int64{}
	_, err := store.All(r, func(s store.Scanner) (struct{}, error) {
		var id, n int64
		err := s.Scan(&id, &n)
		out[id] = n
		return struct{}{}, err
	}, "SELECT catalogue, COUNT(*) FROM plan_product WHERE agency = $1 GROUP BY catalogue", agency)
	return out, err
}

const templateColumns = "id, unit, name, replaces, set_by, set_at, ended_at"

func scanTemplate(s store.Scanner) (Template, error) {
	var t Template
	var at store.Time
	var ended string
	err := s.Scan(&t.ID, &t.Unit, &t.Name, &t.Replaces, &t.SetBy, &at, &ended)
	t.SetAt, t.Ended = at.Time, ended != ""
	return t, err
}

func readTemplate(r store.Reader, agency, id int64) (Template, error) {
	return store.One(r, scanTemplate, "SELECT "+templateColumns+" FROM plan_template WHERE agency = $1 AND id = $2", agency, id)
}

func openTemplates(r store.Reader, agency int64) ([]Template, error) {
	return store.All(r, scanTemplate, "SELECT "+templateColumns+" FROM plan_template WHERE agency = $1 AND ended_at = '' ORDER BY name, id", agency)
}

func eachTemplate(r store.Reader, agency int64) ([]Template, error) {
	return store.All(r, scanTemplate, "SELECT "+templateColumns+" FROM plan_template WHERE agency = $1 ORDER BY id", agency)
}

func insertTemplate(a *journal.Act, t Template) error {
	if _, err := a.Exec(`INSERT INTO plan_template (id, agency, unit, name, replaces, steps, set_by, set_at, ended_by, ended_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, '')`,
		t.ID, a.By.Agency, t.Unit, t.Name, t.Replaces, len(t.Steps), t.SetBy, store.Instant(t.SetAt)); err != nil {
		return err
	}
	for _, s := range t.Steps {
		if _, err := a.Exec(`INSERT INTO plan_step (id, agency, template, place, after, title, text, lead, coop, info, days, product, proof, priority)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`, a.NewID(), a.By.Agency, t.ID, s.Place, s.After, s.Title, s.Text,
			encode(s.Lead), encode(s.Coop...), encode(s.Info...), s.Days, s.Product, s.Proof, s.Priority); err != nil {
			return err
		}
	}
	return nil
}

func endTemplate(a *journal.Act, id int64) error {
	_, err := a.Exec("UPDATE plan_template SET ended_by = $1, ended_at = $2 WHERE id = $3 AND ended_at = ''", me(a), store.Instant(a.At), id)
	return err
}

func stepsOf(r store.Reader, templates []int64) (map[int64][]Step, error) {
	out := map[int64][]Step{}
	if len(templates) == 0 {
		return out, nil
	}
	var args []any
	_, err := store.All(r, func(s store.Scanner) (struct{}, error) {
		var x Step
		var id int64
		var lead, coop, info string
		err := s.Scan(&id, &x.Place, &x.After, &x.Title, &x.Text, &lead, &coop, &info, &x.Days, &x.Product, &x.Proof, &x.Priority)
		x.Lead, x.Coop, x.Info = decodeOne(lead), decode(coop), decode(info)
		out[id] = append(out[id], x)
		return struct{}{}, err
	}, `SELECT template, place, after, title, text, lead, coop, info, days, product, proof, priority FROM plan_step
		WHERE template IN `+placeholders(&args, templates)+" ORDER BY template, place", args...)
	return out, err
}

func scanRun(s store.Scanner) (Run, error) {
	var run Run
	var words string
	var at store.Time
	err := s.Scan(&run.ID, &run.Template, &run.Owner, &words, &at)
	if err != nil {
		return run, err
	}
	var w runWords
	err = json.Unmarshal([]byte(words), &w)
	run.Fields, run.Leads, run.BegunAt = w.Fields, w.Leads, at.Time
	if run.Leads == nil {
		run.Leads = map[int]task.Assignee{}
	}
	return run, err
}

func readRun(r store.Reader, agency, id int64, lock string) (Run, error) {
	run, err := store.One(r, scanRun, "SELECT id, template, owner, fields, begun_at FROM plan_run WHERE agency = $1 AND id = $2"+lock, agency, id)
	if err != nil {
		return run, err
	}
	run.Steps, err = store.All(r, scanRunStep, "SELECT "+runStepColumns+" FROM plan_run_step WHERE run = $1 ORDER BY place", id)
	return run, err
}

func runsOf(r store.Reader, agency, template int64, limit int) ([]Run, error) {
	runs, err := store.All(r, scanRun, "SELECT id, template, owner, fields, begun_at FROM plan_run WHERE agency = $1 AND template = $2 ORDER BY id DESC LIMIT $3", agency, template, limit)
	if err != nil || len(runs) == 0 {
		return runs, err
	}
	at := map[int64]int{}
	var ids []int64
	for i, x := range runs {
		at[x.ID] = i
		ids = append(ids, x.ID)
	}
	var args []any
	steps, err := store.All(r, scanRunStep, "SELECT "+runStepColumns+" FROM plan_run_step WHERE run IN "+placeholders(&args, ids)+" ORDER BY run, place", args...)
	for _, s := range steps {
		runs[at[s.Run]].Steps = append(runs[at[s.Run]].Steps, s)
	}
	return runs, err
}

// runsToGive are the runs with a step whose turn has come.
func runsToGive(r store.Reader, agency int64) ([]int64, error) {
	return store.All(r, store.Value[int64], "SELECT DISTINCT run FROM plan_run_step WHERE agency = $1 AND state IN ('ready', 'stopped') ORDER BY run", agency)
}

const runStepColumns = "id, run, place, state, work, ready_on, reason"

func scanRunStep(s store.Scanner) (RunStep, error) {
	var x RunStep
	err := s.Scan(&x.ID, &x.Run, &x.Place, &x.State, &x.Work, &x.Ready, &x.Reason)
	return x, err
}

func eachRunStep(r store.Reader, agency int64) ([]RunStep, error) {
	return store.All(r, scanRunStep, "SELECT "+runStepColumns+" FROM plan_run_step WHERE agency = $1 ORDER BY run, place", agency)
}

func insertRun(a *journal.Act, run Run) error {
	if _, err := a.Exec("INSERT INTO plan_run (id, agency, template, owner, fields, begun_at) VALUES ($1, $2, $3, $4, $5, $6)",
		run.ID, a.By.Agency, run.Template, run.Owner, runWords{run.Fields, run.Leads}.text(), store.Instant(run.BegunAt)); err != nil {
		return err
	}
	for _, s := range run.Steps {
		if _, err := a.Exec("INSERT INTO plan_run_step (id, agency, run, place, state, work, ready_on, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
			s.ID, a.By.Agency, s.Run, s.Place, s.State, s.Work, s.Ready, s.Reason); err != nil {
			return err
		}
	}
	return nil
}

func updateRunStep(a *journal.Act, s RunStep) error {
	_, err := a.Exec("UPDATE plan_run_step SET state = $1, work = $2, ready_on = $3, reason = $4 WHERE id = $5", s.State, s.Work, s.Ready, s.Reason, s.ID)
	return err
}
