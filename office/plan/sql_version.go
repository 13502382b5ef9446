// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"strings"

	"soviec/kit/journal"
	"soviec/kit/store"
)

// saidColumns are the columns of a rule that whoever saves it writes.
const saidColumns = `owner, title, text, priority, lead, coop, info, product, proof, every_n, period, month_no, anchor, number, nth,
	shift, back, from_on, until_on, ahead, due_at, set_at`

func insertVersion(a *journal.Act, r Rule) error {
	_, err := a.Exec("INSERT INTO plan_rule_version (id, agency, rule, "+saidColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)`,
		a.NewID(), a.By.Agency, r.ID, r.Owner, r.Title, r.Text, r.Priority, encode(r.Lead), encode(r.Coop...), encode(r.Info...), r.Product, r.Proof,
		r.Every, string(r.Period), r.Month, string(r.On), r.Number, r.Nth, string(r.Shift), r.Back, r.From, r.Until, r.Ahead, r.At, store.Instant(r.SetAt))
	return err
}

func versionsOf(r store.Reader, agency, rule int64) ([]Rule, error) {
	columns := strings.Replace(ruleColumns, "id, unit,", "rule, 0,", 1)
	columns = strings.Replace(columns, "state, reason, since,", "'', '', '',", 1)
	return store.All(r, scanRule, "SELECT "+columns+" FROM plan_rule_version WHERE agency = $1 AND rule = $2 ORDER BY id DESC", agency, rule)
}

// lastVersions are when the version in force of each rule was saved, and its title.
func lastVersions(r store.Reader, agency int64) (map[int64]Rule, error) {
	all, err := store.All(r, func(s store.Scanner) (Rule, error) {
		var x Rule
		var at store.Time
		err := s.Scan(&x.ID, &x.Title, &x.Text, &at)
		x.SetAt = at.Time
		return x, err
	}, "SELECT rule, title, text, set_at FROM plan_rule_version WHERE agency = $1 ORDER BY id", agency)
	out := make(map[int64]Rule, len(all))
	for _, x := range all {
		out[x.ID] = x
	}
	return out, err
}
