// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"strconv"
	"strings"

	"soviec/kit/store"
)

func inIDs(args *[]any, ids []int64) string {
	marks := make([]string, len(ids))
	for i, id := range ids {
		*args = append(*args, id)
		marks[i] = "$" + strconv.Itoa(len(*args))
	}
	return "(" + strings.Join(marks, ", ") + ")"
}

// reached narrows to what a reach allows; the first argument is the agency.
func reached(args *[]any, reach Reach) string {
	if reach.All {
		return ""
	}
	return " AND id IN (SELECT draft FROM draft_access WHERE agency = $1 AND who IN " + in(args, reach.Who) + ")"
}

const underWay = "state NOT IN ('left', 'dropped')"

func listPapers(r store.Reader, agency int64, reach Reach, f Filter, limit int) ([]Paper, error) {
	args := []any{agency}
	q := "SELECT " + paperColumns + " FROM draft_paper WHERE agency = $1" + reached(&args, reach)
	add := func(cond string, v any) {
		args = append(args, v)
		q += " AND " + cond + " $" + strconv.Itoa(len(args))
	}
	switch f.State {
	case "":
	case Open:
		q += " AND " + underWay
	default:
		add("state =", string(f.State))
	}
	if f.Drafter != 0 {
		add("drafter =", f.Drafter)
	}
	if f.Unit != 0 {
		add("unit =", f.Unit)
	}
	if f.Type != "" {
		add("type =", f.Type)
	}
	if f.Before != 0 {
		add("id <", f.Before)
	}
	if f.IDs != nil {
		q += " AND id IN " + inIDs(&args, f.IDs)
	}
	args = append(args, limit)
	return store.All(r, scanPaper, q+" ORDER BY id DESC LIMIT $"+strconv.Itoa(len(args)), args...)
}

func waitingPapers(r store.Reader, agency, person int64, units []int64, form bool) ([]Paper, error) {
	args := []any{agency, person}
	q := "SELECT " + paperColumns + " FROM draft_paper WHERE agency = $1 AND (state = 'to_sign' AND (signer = $2 OR second = $2 AND second_sha = '')"
	if form {
		q += " OR state = 'form_check'"
	}
	if len(units) > 0 {
		q += " OR state = 'in_review' AND unit IN " + inIDs(&args, units)
	}
	return store.All(r, scanPaper, q+") AND state IN ('to_sign', 'form_check', 'in_review') ORDER BY waits_since, id LIMIT 500", args...)
}

// askedPapers are the drafts on which a person's opinion is outstanding.
func askedPapers(r store.Reader, agency, person int64) ([]Waits, error) {
	all, err := store.All(r, scanPaper, "SELECT "+paperColumns+` FROM draft_paper WHERE +agency = $1 AND state = 'opinion'
		AND id IN (SELECT draft FROM draft_opinion WHERE agency = $1 AND person = $2 AND at = '') ORDER BY waits_since, id LIMIT 500`, agency, person)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	due := map[int64]Round{}
	ids := make([]int64, len(all))
	for i, p := range all {
		ids[i] = p.ID
	}
	var args []any
	rounds, err := store.All(r, func(s store.Scanner) (Round, error) {
		var x Round
		return x, s.Scan(&x.Draft, &x.DueOn)
	}, "SELECT draft, due_on FROM draft_round WHERE closed_at = '' AND draft IN "+inIDs(&args, ids), args...)
	for _, x := range rounds {
		due[x.Draft] = x
	}
	out := make([]Waits, len(all))
	for i, p := range all {
		out[i] = Waits{Paper: p, Due: due[p.ID].DueOn}
	}
	return out, err
}

func sentBackPapers(r store.Reader, agency, drafter int64) ([]Paper, error) {
	return store.All(r, scanPaper, "SELECT "+paperColumns+` FROM draft_paper WHERE agency = $1 AND drafter = $2 AND state = 'drafting' AND round > 0
		ORDER BY waits_since DESC, id LIMIT 500`, agency, drafter)
}

func countPapers(r store.Reader, agency int64, reach Reach, drafter int64) (map[State]int, error) {
	args := []any{agency}
	q := "SELECT state, COUNT(*) FROM draft_paper WHERE agency = $1" + reached(&args, reach)
	if drafter != 0 {
		args = append(args, drafter)
		q += " AND drafter = $" + strconv.Itoa(len(args))
	}
	out := map[State]int{}
	_, err := store.All(r, func(s store.Scanner) (struct{}, error) {
		var state State
		var n int
		err := s.Scan(&state, &n)
		out[state] = n
		return struct{}{}, err
	}, q+" GROUP BY state", args...)
	return out, err
}

// CountSigned counts the drafts that wait for their number.
func CountSigned(r store.Reader, agency int64) (int64, error) {
	return store.One(r, store.Value[int64], "SELECT COUNT(*) FROM draft_paper WHERE agency = $1 AND state = 'signed'", agency)
}
