// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"fmt"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
)

const ruleColumns = `id, unit, owner, title, text, priority, lead, coop, info, product, proof, every_n, period, month_no, anchor, number, nth,
	shift, back, from_on, until_on, ahead, due_at, state, reason, since, set_at`

func scanRule(s store.Scanner) (Rule, error) {
	var r Rule
	var lead, coop, info string
	var at store.Time
	err := s.Scan(&r.ID, &r.Unit, &r.Owner, &r.Title, &r.Text, &r.Priority, &lead, &coop, &info, &r.Product, &r.Proof,
		&r.Every, &r.Period, &r.Month, &r.On, &r.Number, &r.Nth, &r.Shift, &r.Back, &r.From, &r.Until, &r.Ahead, &r.At, &r.State, &r.Reason, &r.Since, &at)
	r.Lead, r.Coop, r.Info, r.SetAt = decodeOne(lead), decode(coop), decode(info), at.Time
	return r, err
}

func readRule(r store.Reader, agency, id int64, lock string) (Rule, error) {
	return store.One(r, scanRule, "SELECT "+ruleColumns+" FROM plan_rule WHERE agency = $1 AND id = $2"+lock, agency, id)
}

func openRules(r store.Reader, agency int64) ([]Rule, error) {
	return store.All(r, scanRule, "SELECT "+ruleColumns+" FROM plan_rule WHERE agency = $1 AND state <> 'ended' ORDER BY title, id", agency)
}

func eachRule(r store.Reader, agency int64) ([]Rule, error) {
	return store.All(r, scanRule, "SELECT "+ruleColumns+" FROM plan_rule WHERE agency = $1 ORDER BY id", agency)
}

func insertRule(a *journal.Act, r Rule) error {
	_, err := a.Exec(`INSERT INTO plan_rule (id, agency, unit, owner, title, text, priority, lead, coop, info, product, proof, every_n, period, month_no,
		anchor, number, nth, shift, back, from_on, until_on, ahead, due_at, state, reason, since, set_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28)`,
		r.ID, a.By.Agency, r.Unit, r.Owner, r.Title, r.Text, r.Priority, encode(r.Lead), encode(r.Coop...), encode(r.Info...), r.Product, r.Proof,
		r.Every, string(r.Period), r.Month, string(r.On), r.Number, r.Nth, string(r.Shift), r.Back, r.From, r.Until, r.Ahead, r.At, r.State, r.Reason, r.Since, store.Instant(r.SetAt))
	return err
}

func updateRule(a *journal.Act, r Rule) error {
	_, err := a.Exec(`UPDATE plan_rule SET owner = $1, title = $2, text = $3, priority = $4, lead = $5, coop = $6, info = $7, product = $8, proof = $9,
		every_n = $10, period = $11, month_no = $12, anchor = $13, number = $14, nth = $15, shift = $16, back = $17, from_on = $18, until_on = $19,
		ahead = $20, due_at = $21, state = $22, reason = $23, since = $24, set_at = $25 WHERE id = $26`,
		r.Owner, r.Title, r.Text, r.Priority, encode(r.Lead), encode(r.Coop...), encode(r.Info...), r.Product, r.Proof,
		r.Every, string(r.Period), r.Month, string(r.On), r.Number, r.Nth, string(r.Shift), r.Back, r.From, r.Until, r.Ahead, r.At, r.State, r.Reason, r.Since, store.Instant(r.SetAt), r.ID)
	return err
}

const occurrenceColumns = "id, rule, period, due_on, state, work, title, reason, set_by"

func scanOccurrence(s store.Scanner) (Occurrence, error) {
	var o Occurrence
	err := s.Scan(&o.ID, &o.Rule, &o.Key, &o.Due, &o.State, &o.Work, &o.Title, &o.Text, &o.SetBy)
	return o, err
}

func readOccurrence(r store.Reader, rule int64, key string) (Occurrence, error) {
	return store.One(r, scanOccurrence, "SELECT "+occurrenceColumns+" FROM plan_occurrence WHERE rule = $1 AND period = $2", rule, key)
}

func occurrencesOf(r store.Reader, rule int64) (map[string]Occurrence, error) {
	all, err := store.All(r, scanOccurrence, "SELECT "+occurrenceColumns+" FROM plan_occurrence WHERE rule = $1 ORDER BY due_on, id", rule)
	out := map[string]Occurrence{}
	for _, o := range all {
		out[o.Key] = o
	}
	return out, err
}

// occurrencesFrom are those of all rules that were due or were set from a day on.
func occurrencesFrom(r store.Reader, agency int64, from civil.Date) (map[int64]map[string]Occurrence, error) {
	all, err := store.All(r, scanOccurrence, "SELECT "+occurrenceColumns+" FROM plan_occurrence WHERE agency = $1 AND (due_on >= $2 OR state = 'changed') ORDER BY id", agency, from)
	out := map[int64]map[string]Occurrence{}
	for _, o := range all {
		if out[o.Rule] == nil {
			out[o.Rule] = map[string]Occurrence{}
		}
		out[o.Rule][o.Key] = o
	}
	return out, err
}

func eachOccurrence(r store.Reader, agency int64) ([]Occurrence, error) {
	return store.All(r, scanOccurrence, "SELECT "+occurrenceColumns+" FROM plan_occurrence WHERE agency = $1 ORDER BY rule, id", agency)
}

func insertOccurrence(a *journal.Act, o Occurrence) (int64, error) {
	return a.Exec(`INSERT INTO plan_occurrence (id, agency, rule, period, due_on, state, work, title, reason, set_by, set_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (rule, period) DO NOTHING`,
		o.ID, a.By.Agency, o.Rule, o.Key, o.Due, o.State, o.Work, o.Title, o.Text, o.SetBy, store.Instant(a.At))
}

func updateOccurrence(a *journal.Act, o Occurrence) (int64, error) {
	return a.Exec("UPDATE plan_occurrence SET due_on = $1, state = $2, work = $3, title = $4, reason = $5, set_by = $6, set_at = $7 WHERE id = $8",
		o.Due, o.State, o.Work, o.Title, o.Text, o.SetBy, store.Instant(a.At), o.ID)
}

func deleteOccurrence(a *journal.Act, o Occurrence) (int64, error) {
	return a.Exec("DELETE FROM plan_occurrence WHERE id = $1 AND state IN ('changed', 'skipped')", o.ID)
}

// placeholders appends ids to the arguments and writes "($1, $2)".
func placeholders(args *[]any, ids []int64) string {
	var out []string
	for _, id := range ids {
		*args = append(*args, id)
		out = append(out, fmt.Sprintf("$%d", len(*args)))
	}
	return "(" + strings.Join(out, ", ") + ")"
}
