// SPDX-License-Identifier: Apache-2.0

package task

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
)

func countChildren(r store.Reader, share int64) (open, done int, err error) {
	err = r.QueryRow(`SELECT COUNT(*) FILTER (WHERE state = 'open'), COUNT(*) FILTER (WHERE state = 'done') FROM task_work
		WHERE parent = $1 AND parent <> 0`, share).Scan(&open, &done)
	return open, done, err
}

// A partAfter is a part of a share whose day lies behind an instant.
type partAfter struct {
	work  int64
	title string
	on    civil.Date
}

func partsAfter(r store.Reader, share int64, at time.Time) ([]partAfter, error) {
	return store.All(r, func(s store.Scanner) (partAfter, error) {
		var p partAfter
		return p, s.Scan(&p.work, &p.title, &p.on)
	}, `SELECT w.id, w.title, MAX(c.outer_on) FROM task_work w JOIN task_share c ON c.work = w.id
		WHERE w.parent = $1 AND w.parent <> 0 AND w.state = 'open' AND c.parent = 0 AND c.state IN ('given', 'started') AND c.outer_at > $2
		GROUP BY w.id, w.title ORDER BY w.id`, share, store.Instant(at))
}

// depthOf is how far below the top of its tree a work lies.
func depthOf(r store.Reader, agency, root, work int64) (int, error) {
	type edge struct{ work, above int64 }
	edges, err := store.All(r, func(s store.Scanner) (edge, error) {
		var e edge
		return e, s.Scan(&e.work, &e.above)
	}, `SELECT w.id, s.work FROM task_work w JOIN task_share s ON s.id = w.parent WHERE w.agency = $1 AND w.root = $2 AND w.root <> 0`, agency, root)
	if err != nil {
		return 0, err
	}
	up := make(map[int64]int64, len(edges))
	for _, e := range edges {
		up[e.work] = e.above
	}
	depth := 0
	for ; work != root && depth <= maxDepth; depth++ {
		work = up[work]
	}
	return depth, nil
}

func brought(r store.Reader, agency, share int64) ([]Brought, error) {
	return store.All(r, func(s store.Scanner) (Brought, error) {
		var b Brought
		var done moment
		err := s.Scan(&b.Work, &b.Title, &b.State, &done, &b.Holder, &b.Result, &b.Answer)
		b.DoneOn = dayOf(done)
		return b, err
	}, `SELECT w.id, w.title, w.state, w.done_at, s.holder, s.result, s.answer FROM task_work w
		JOIN task_share s ON s.work = w.id AND s.role = 'lead' AND s.parent = 0 AND s.state NOT IN ('returned', 'dropped')
		WHERE w.parent = $1 AND w.parent <> 0 AND +w.agency = $2 ORDER BY w.id`, share, agency)
}

// branches reads all works of the trees to which some works belong.
func branches(r store.Reader, agency int64, works []int64) ([]Branch, error) {
	in, args := inList(2, works)
	type row struct {
		Piece
		state       string
		root, proxy int64
	}
	query := "WITH top AS (SELECT CASE WHEN root = 0 THEN id ELSE root END AS id FROM task_work WHERE +agency = $1 AND id " + in + ") " +
		strings.Replace(pieceQuery, " s.reworked\n", " s.reworked, w.state, w.root, w.proxy\n", 1) +
		`WHERE s.work IN (SELECT id FROM top UNION SELECT c.id FROM task_work c JOIN top ON c.root = top.id WHERE c.agency = $1 AND c.root <> 0)` + shareOrderS
	rows, err := store.All(r, func(s store.Scanner) (row, error) {
		var x row
		err := s.Scan(append(x.Piece.fields(), &x.state, &x.root, &x.proxy)...)
		return x, err
	}, query, append([]any{agency}, args...)...)
	if err != nil {
		return nil, err
	}
	var out []Branch
	for _, x := range rows {
		if n := len(out); n == 0 || out[n-1].ID != x.Work {
			out = append(out, Branch{ID: x.Work, Parent: x.Under, Root: cmp.Or(x.root, x.Work), State: x.state, Lead: x.Piece, proxy: x.proxy})
			continue
		}
		b := &out[len(out)-1]
		if isLead := x.Role == Lead && x.Parent == 0; isLead && (b.Lead.State == StateReturned || b.Lead.State == StateDropped) {
			b.Lead, x.Piece = x.Piece, b.Lead
		}
		b.Others = append(b.Others, x.Piece)
	}
	return out, nil
}

const shareOrderS = ` ORDER BY s.work, CASE WHEN s.role = 'lead' THEN 0 WHEN s.role = 'coop' THEN 1 ELSE 2 END, s.id`

func insertLink(a *journal.Act, work int64, ref string) error {
	_, err := a.Exec("INSERT INTO task_link (id, agency, work, ref, added_by, added_at, gone_by, gone_at) VALUES ($1, $2, $3, $4, $5, $6, 0, '')",
		a.NewID(), a.By.Agency, work, ref, a.By.Person, store.Instant(a.At))
	return err
}

func endLink(a *journal.Act, work int64, ref string) (int64, error) {
	return a.Exec("UPDATE task_link SET gone_by = $1, gone_at = $2 WHERE work = $3 AND ref = $4 AND gone_at = ''", a.By.Person, store.Instant(a.At), work, ref)
}

func linksOf(r store.Reader, agency, work int64) ([]Link, error) {
	return store.All(r, func(s store.Scanner) (Link, error) {
		var l Link
		err := s.Scan(&l.Work, &l.Ref, &l.AddedBy, (*moment)(&l.AddedAt))
		return l, err
	}, "SELECT work, ref, added_by, added_at FROM task_link WHERE +agency = $1 AND work = $2 AND gone_at = '' ORDER BY id", agency, work)
}

func worksLinked(r store.Reader, agency int64, ref string) ([]Work, error) {
	works, err := store.All(r, scanWork, "SELECT "+workColumns+` FROM task_work
		WHERE id IN (SELECT work FROM task_link WHERE agency = $1 AND ref = $2 AND gone_at = '') ORDER BY id`, agency, ref)
	if err != nil || len(works) == 0 {
		return works, err
	}
	shares, err := store.All(r, scanShare, "SELECT "+shareColumns+` FROM task_share
		WHERE work IN (SELECT work FROM task_link WHERE agency = $1 AND ref = $2 AND gone_at = '')`+shareOrder, agency, ref)
	if err != nil {
		return nil, err
	}
	withShares(works, shares)
	return works, nil
}

// withShares gives works, in order of their numbers, the shares of them.
func withShares(works []Work, shares []Share) {
	for _, s := range shares {
		if i, ok := slices.BinarySearchFunc(works, s.Work, func(w Work, id int64) int { return cmp.Compare(w.ID, id) }); ok {
			works[i].Shares = append(works[i].Shares, s)
		}
	}
}

const proposalColumns = `id, person, unit, decider, title, text, field, due_on, due_at, product, product_name, quantity, norm, factor, asked_at,
	state, work, answer, decided_by, decided_at`

func scanProposal(s store.Scanner) (Proposal, error) {
	var q Proposal
	err := s.Scan(&q.ID, &q.Person, &q.Unit, &q.Decider, &q.Title, &q.Text, &q.Field, &q.DueOn, &q.DueAt, &q.Product.ID, &q.Product.Name, &q.Product.Quantity,
		&q.Product.Norm, &q.Product.Factor, (*moment)(&q.AskedAt), &q.State, &q.Work, &q.Answer, &q.DecidedBy, (*moment)(&q.DecidedAt))
	return q, err
}

func insertProposal(a *journal.Act, q Proposal) error {
	_, err := a.Exec(`INSERT INTO task_proposal (id, agency, person, unit, decider, title, text, field, due_on, due_at, product, product_name, quantity, norm, factor,
		asked_at, month, state, work, answer, decided_by, decided_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 'open', 0, '', 0, '')`,
		q.ID, a.By.Agency, q.Person, q.Unit, q.Decider, q.Title, q.Text, q.Field, q.DueOn.String(), q.DueAt, q.Product.ID, q.Product.Name, q.Product.Quantity,
		q.Product.Norm, q.Product.Factor, store.Instant(q.AskedAt), a.Day().String()[:7])
	return err
}

func updateProposal(a *journal.Act, q Proposal) error {
	_, err := a.Exec("UPDATE task_proposal SET decider = $1, state = $2, work = $3, answer = $4, decided_by = $5, decided_at = $6 WHERE id = $7",
		q.Decider, q.State, q.Work, q.Answer, q.DecidedBy, store.Instant(q.DecidedAt), q.ID)
	return err
}

func readProposal(r store.Reader, agency, id int64, lock string) (Proposal, error) {
	return store.One(r, scanProposal, "SELECT "+proposalColumns+" FROM task_proposal WHERE agency = $1 AND id = $2"+lock, agency, id)
}

// countProposals counts those of a month that were not refused or withdrawn.
func countProposals(r store.Reader, agency, person int64, month string) (int, error) {
	return store.One(r, store.Value[int], `SELECT COUNT(*) FROM task_proposal
		WHERE agency = $1 AND person = $2 AND month = $3 AND state IN ('open', 'granted')`, agency, person, month)
}

func proposalsFor(r store.Reader, agency, person int64, heads []int64) ([]Proposal, error) {
	all, err := store.All(r, scanProposal, "SELECT "+proposalColumns+" FROM task_proposal WHERE agency = $1 AND state = 'open' ORDER BY id", agency)
	return slices.DeleteFunc(all, func(q Proposal) bool {
		return q.Person == person || q.Decider != person && !slices.Contains(heads, q.Unit)
	}), err
}

func proposalsOf(r store.Reader, agency, person int64, limit int) ([]Proposal, error) {
	return store.All(r, scanProposal, "SELECT "+proposalColumns+" FROM task_proposal WHERE agency = $1 AND person = $2 ORDER BY month DESC, id DESC LIMIT $3",
		agency, person, limit)
}

func updatePart(a *journal.Act, share int64, part int) error {
	_, err := a.Exec("UPDATE task_share SET part = $1 WHERE id = $2", part, share)
	return err
}

// heldBy are the open shares of a person, or of a unit.
func heldBy(r store.Reader, agency, person, unit int64) ([]Piece, error) {
	if person != 0 {
		return pieces(r, "WHERE s.agency = $1 AND s.holder = $2 AND "+isOpen, agency, person)
	}
	return pieces(r, "WHERE s.agency = $1 AND s.unit = $2 AND "+isOpen, agency, unit)
}

func givenOpen(r store.Reader, agency, giver int64) ([]int64, error) {
	return store.All(r, store.Value[int64], "SELECT id FROM task_work WHERE agency = $1 AND giver = $2 AND state = 'open' ORDER BY id", agency, giver)
}

func updateUnit(a *journal.Act, s Share) error {
	_, err := a.Exec("UPDATE task_share SET unit = $1 WHERE id = $2", s.Unit, s.ID)
	return err
}

func updateGiver(a *journal.Act, w Work) error {
	_, err := a.Exec("UPDATE task_work SET giver = $1 WHERE id = $2", w.Giver, w.ID)
	return err
}

func updateDecider(a *journal.Act, request, decider int64) error {
	_, err := a.Exec("UPDATE task_request SET decider = $1 WHERE id = $2", decider, request)
	return err
}

// childrenOf are the works that are parts of shares of some works.
func childrenOf(r store.Reader, agency int64, works []int64) ([]Work, error) {
	in, args := inList(2, works)
	those := "parent <> 0 AND +agency = $1 AND parent IN (SELECT id FROM task_share WHERE work " + in + ")"
	args = append([]any{agency}, args...)
	found, err := store.All(r, scanWork, "SELECT "+workColumns+" FROM task_work WHERE "+those+" ORDER BY id", args...)
	if err != nil || len(found) == 0 {
		return found, err
	}
	shares, err := store.All(r, scanShare, "SELECT "+shareColumns+" FROM task_share WHERE work IN (SELECT id FROM task_work WHERE "+those+")"+shareOrder, args...)
	withShares(found, shares)
	return found, err
}

func worksAfter(r store.Reader, agency, after int64, limit int, lock string) ([]Work, error) {
	works, err := store.All(r, scanWork, "SELECT "+workColumns+" FROM task_work WHERE agency = $1 AND id > $2 ORDER BY id LIMIT $3"+lock, agency, after, limit)
	if err != nil || len(works) == 0 {
		return works, err
	}
	ids := make([]int64, len(works))
	for i, w := range works {
		ids[i] = w.ID
	}
	in, args := inList(1, ids)
	shares, err := store.All(r, scanShare, "SELECT "+shareColumns+" FROM task_share WHERE work "+in+shareOrder, args...)
	withShares(works, shares)
	return works, err
}

func leads(r store.Reader, agency int64, works []int64) ([]Piece, error) {
	in, args := inList(2, works)
	return pieces(r, "WHERE +s.agency = $1 AND s.work "+in+" AND s.role = 'lead' AND s.parent = 0 ORDER BY s.work, s.id", append([]any{agency}, args...)...)
}
