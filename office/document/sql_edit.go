// SPDX-License-Identifier: Apache-2.0

package document

import (
	"soviec/kit/journal"
	"soviec/kit/store"
)

func insertCorrection(a *journal.Act, doc int64, field, before, after string) error {
	_, err := a.Exec(`INSERT INTO document_correction (id, agency, document, field, before, after, at, set_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, a.NewID(), a.By.Agency, doc, field, before, after, store.Instant(a.At), a.By.Person)
	return err
}

// correctionsOf are the corrections of some documents, oldest first.
func correctionsOf(r store.Reader, docs []int64) (map[int64][]Correction, error) {
	out := map[int64][]Correction{}
	if len(docs) == 0 {
		return out, nil
	}
	var args []any
	_, err := store.All(r, func(s store.Scanner) (struct{}, error) {
		var doc int64
		var c Correction
		err := s.Scan(&doc, &c.Field, &c.Before, &c.After, &c.At, &c.By)
		for _, f := range correctable {
			if f.Field == c.Field {
				c.Name = f.Name
			}
		}
		out[doc] = append(out[doc], c)
		return struct{}{}, err
	}, "SELECT document, field, before, after, at, set_by FROM document_correction WHERE document IN "+in(&args, docs)+" ORDER BY at, id", args...)
	return out, err
}

const ruleColumns = `id, prio, name, sender, type, urgency, within, keywords, field, leader, lead, coop, info, days, parallel, off, valid_from, valid_to, set_by`

func scanRule(s store.Scanner) (Rule, error) {
	var x Rule
	var lead, coop, info string
	var from, to store.Time
	err := s.Scan(&x.ID, &x.Prio, &x.Name, &x.Sender, &x.Type, &x.Urgency, &x.Within, &x.Keywords, &x.Field, &x.Leader,
		&lead, &coop, &info, &x.Days, &x.Parallel, &x.Off, &from, &to, &x.SetBy)
	x.From, x.To = from.Time, to.Time
	if all := assignees(lead); len(all) > 0 {
		x.Lead = all[0]
	}
	x.Coop, x.Info = assignees(coop), assignees(info)
	return x, err
}

func rulesOf(r store.Reader, agency int64) ([]Rule, error) {
	return store.All(r, scanRule, "SELECT "+ruleColumns+" FROM document_rule WHERE agency = $1 AND valid_to = '' ORDER BY prio, id", agency)
}

func ruleHistory(r store.Reader, agency int64) ([]Rule, error) {
	return store.All(r, scanRule, "SELECT "+ruleColumns+" FROM document_rule WHERE agency = $1 ORDER BY valid_from DESC, id DESC", agency)
}

func ruleByID(r store.Reader, agency, id int64) (Rule, error) {
	x, err := store.One(r, scanRule, "SELECT "+ruleColumns+" FROM document_rule WHERE agency = $1 AND id = $2 AND valid_to = ''", agency, id)
	if err == store.ErrNone {
		return x, errNoRule
	}
	return x, err
}

func insertRule(a *journal.Act, x Rule) error {
	_, err := a.Exec(`INSERT INTO document_rule (id, agency, prio, name, sender, type, urgency, within, keywords, field, leader, lead, coop, info,
			days, parallel, off, valid_from, valid_to, set_by, set_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, '', $19, $20)`,
		x.ID, a.By.Agency, x.Prio, x.Name, x.Sender, x.Type, x.Urgency, x.Within, x.Keywords, x.Field, x.Leader,
		assigneeText(x.Lead), assigneeText(x.Coop...), assigneeText(x.Info...), x.Days, x.Parallel, x.Off,
		store.Instant(a.At), a.By.Person, store.Instant(a.At))
	return err
}

func endRule(a *journal.Act, id int64) error {
	_, err := a.Exec("UPDATE document_rule SET valid_to = $1 WHERE id = $2 AND valid_to = ''", store.Instant(a.At), id)
	return err
}

// rulesUsed counts how often each rule's proposal was taken, by its name.
func rulesUsed(r store.Reader, agency int64, since store.Time) (map[string]int, error) {
	out := map[string]int{}
	_, err := store.All(r, func(s store.Scanner) (struct{}, error) {
		var name string
		var n int
		err := s.Scan(&name, &n)
		out[name] = n
		return struct{}{}, err
	}, "SELECT rule, COUNT(*) FROM document_pass WHERE agency = $1 AND rule <> '' AND at >= $2 GROUP BY rule", agency, store.Instant(since.Time))
	return out, err
}

func latest(r store.Reader, agency int64, limit int) ([]Incoming, error) {
	return store.All(r, scanIncoming, "SELECT "+incomingColumns+` FROM document_incoming WHERE agency = $1
		ORDER BY arrival_on DESC, number DESC LIMIT $2`, agency, limit)
}

// issuerByNotation is the issuer who wrote under a notation last, among the latest documents.
func issuerByNotation(r store.Reader, agency int64, notation string, among int) (string, error) {
	return store.One(r, store.Value[string], `SELECT issuer_name FROM (SELECT issuer_name, notation, arrival_on, number FROM document_incoming
		WHERE agency = $1 ORDER BY arrival_on DESC, number DESC LIMIT $2) AS latest
		WHERE notation = $3 ORDER BY arrival_on DESC, number DESC LIMIT 1`, agency, among, notation)
}
