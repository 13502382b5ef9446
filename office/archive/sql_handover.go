// SPDX-License-Identifier: Apache-2.0

package archive

import (
	"fmt"

	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

const handoverColumns = "h.id, h.number, h.year, h.giver, h.unit, h.reason, h.works, h.by_person, h.proxy, h.at, (SELECT COUNT(*) FROM archive_handover_line l WHERE l.handover = h.id)"

func scanHandover(s store.Scanner) (h Handover, err error) {
	var at store.Time
	err = s.Scan(&h.ID, &h.Number, &h.Year, &h.From, &h.Unit, &h.Reason, &h.Works, &h.By, &h.Proxy, &at, &h.Count)
	h.At = at.Time
	return h, err
}

func insertHandover(a *journal.Act, h Handover) error {
	if _, err := a.Exec(`INSERT INTO archive_handover (id, agency, number, year, giver, unit, reason, works, by_person, proxy, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, h.ID, a.By.Agency, h.Number, h.Year, h.From, h.Unit, h.Reason, h.Works, h.By, h.Proxy, store.Instant(h.At)); err != nil {
		return err
	}
	for _, l := range h.Lines {
		if _, err := a.Exec("INSERT INTO archive_handover_line (handover, dossier, agency, taker, state_was, docs_had, pages_had) VALUES ($1, $2, $3, $4, $5, $6, $7)",
			h.ID, l.Dossier.ID, a.By.Agency, l.To, string(l.State), l.Docs, l.Pages); err != nil {
			return err
		}
	}
	for _, t := range h.Takers {
		if _, err := a.Exec("INSERT INTO archive_handover_taker (handover, person, agency, acked_at, note) VALUES ($1, $2, $3, '', '')", h.ID, t.Person, a.By.Agency); err != nil {
			return err
		}
	}
	return nil
}

func readHandover(r store.Reader, agency, id int64, lock string) (Handover, error) {
	return store.One(r, scanHandover, "SELECT "+handoverColumns+" FROM archive_handover h WHERE h.id = $1 AND h.agency = $2"+lock, id, agency)
}

// fillTakers gives receipts those who took part.
func fillTakers(r store.Reader, agency int64, all []Handover) error {
	if len(all) == 0 {
		return nil
	}
	var ids []int64
	at := map[int64]int{}
	for i, h := range all {
		ids, at[h.ID] = append(ids, h.ID), i
	}
	args := []any{agency}
	rows, err := r.Query("SELECT handover, person, acked_at, note FROM archive_handover_taker WHERE +agency = $1 AND handover IN "+in(&args, ids)+" ORDER BY handover, person", args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var t Taker
		var acked store.Time
		if err := rows.Scan(&id, &t.Person, &acked, &t.Note); err != nil {
			return err
		}
		t.AckedAt = acked.Time
		h := &all[at[id]]
		h.Takers = append(h.Takers, t)
	}
	return rows.Err()
}

func handoverLines(r store.Reader, agency, id int64) ([]HandedLine, error) {
	return store.All(r, func(s store.Scanner) (l HandedLine, err error) {
		l.Dossier, err = scanDossier(dossierTail{s, []any{&l.To, &l.State, &l.Docs, &l.Pages}})
		return l, err
	}, "SELECT "+dossierColumns+`, taker, state_was, docs_had, pages_had FROM archive_handover_line l JOIN archive_dossier d ON d.id = l.dossier
		WHERE l.handover = $1 AND l.agency = $2 ORDER BY d.year, d.notation, d.id`, id, agency)
}

func signHandover(a *journal.Act, id, person int64, note string) error {
	_, err := a.Exec("UPDATE archive_handover_taker SET acked_at = $1, note = $2 WHERE handover = $3 AND person = $4", store.Instant(a.At), note, id, person)
	return err
}

func handoversBefore(r store.Reader, x org.Rights, before int64, limit int) ([]Handover, error) {
	if before == 0 {
		before = 1<<63 - 1
	}
	args := []any{x.Agency, before}
	own := ""
	if !x.May(org.ReadArchive, org.Target{}) {
		args = append(args, x.Person)
		own = " AND (h.giver = $3 OR h.by_person = $3 OR h.proxy = $3 OR EXISTS (SELECT 1 FROM archive_handover_taker t WHERE t.handover = h.id AND t.person = $3)"
		if len(x.Heads) > 0 {
			own += " OR h.unit IN " + in(&args, x.Heads)
		}
		own += ")"
	}
	args = append(args, limit)
	return store.All(r, scanHandover, "SELECT "+handoverColumns+" FROM archive_handover h WHERE h.agency = $1 AND h.id < $2"+own+fmt.Sprintf(" ORDER BY h.id DESC LIMIT $%d", len(args)), args...)
}

func unsignedHandovers(r store.Reader, agency, person int64) ([]Handover, error) {
	return store.All(r, scanHandover, "SELECT "+handoverColumns+` FROM archive_handover h JOIN archive_handover_taker t ON t.handover = h.id
		WHERE t.agency = $1 AND t.person = $2 AND t.acked_at = '' ORDER BY h.id LIMIT 200`, agency, person)
}

func heldDossiers(r store.Reader, agency, person int64) ([]Dossier, error) {
	return store.All(r, scanDossier, "SELECT "+dossierColumns+` FROM archive_dossier WHERE agency = $1 AND keeper = $2
		AND state NOT IN ('archived', 'destroy_proposed', 'destroyed') ORDER BY year, notation, id`, agency, person)
}

func keepers(r store.Reader, agency int64) ([]Keeper, error) {
	return store.All(r, func(s store.Scanner) (k Keeper, err error) { return k, s.Scan(&k.Person, &k.Count) },
		"SELECT keeper, COUNT(*) FROM archive_dossier WHERE agency = $1 AND state NOT IN ('archived', 'destroy_proposed', 'destroyed') GROUP BY keeper ORDER BY keeper", agency)
}

// handoverRow is a receipt as verifying compares it.
type handoverRow struct {
	id, giver     int64
	number, year  int
	lines, signed int
}

func handoverRows(r store.Reader, agency int64) ([]handoverRow, error) {
	return store.All(r, func(s store.Scanner) (x handoverRow, err error) {
		return x, s.Scan(&x.id, &x.giver, &x.number, &x.year, &x.lines, &x.signed)
	}, `SELECT h.id, h.giver, h.number, h.year, (SELECT COUNT(*) FROM archive_handover_line l WHERE l.handover = h.id),
		(SELECT COUNT(*) FROM archive_handover_taker t WHERE t.handover = h.id AND t.acked_at <> '') FROM archive_handover h WHERE h.agency = $1`, agency)
}
