// SPDX-License-Identifier: Apache-2.0

package task

import (
	"strconv"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
)

// telling is a day on which the morning sweep told a person of a share in a band.
type telling struct {
	share  int64
	band   string
	person int64
	day    civil.Date
}

func scanTelling(s store.Scanner) (telling, error) {
	var t telling
	return t, s.Scan(&t.share, &t.band, &t.person, &t.day)
}

// lastTold are the last days of the bands that are not told anew every day, of the open shares.
func lastTold(r store.Reader, agency int64) ([]telling, error) {
	return store.All(r, scanTelling, `SELECT u.share, u.band, u.person, MAX(u.day) FROM task_share s JOIN task_urging u ON u.share = s.id
		WHERE s.agency = $1 AND `+isOpen+` AND u.kind = 'auto' AND u.band IN ('before', 'head', 'giver', 'waiting') GROUP BY u.share, u.band, u.person`, agency)
}

// piecesToCall are the open shares that a sweep may have to speak of: results that wait,
// and whatever is due up to a day.
func piecesToCall(r store.Reader, agency int64, until civil.Date) ([]Piece, error) {
	return pieces(r, "WHERE s.agency = $1 AND "+isOpen+" AND (s.state = 'reported' OR s.due_on <> '' AND s.due_on <= $2 OR s.outer_on <> '' AND s.outer_on <= $2)",
		agency, until.String())
}

// toldOn is what was told on a day already.
func toldOn(r store.Reader, agency int64, day civil.Date) ([]telling, error) {
	return store.All(r, scanTelling, "SELECT share, band, person, day FROM task_urging WHERE agency = $1 AND day = $2 AND kind = 'auto'", agency, day.String())
}

// insertUrgings writes many urgings at once and tells which of them are new.
func insertUrgings(a *journal.Act, all []Urging) (map[int64]bool, error) {
	const columns = 11
	var b strings.Builder
	b.WriteString("INSERT INTO task_urging (id, agency, share, person, urger, proxy, kind, band, text, at, day) VALUES ")
	args := make([]any, 0, columns*len(all))
	for i, u := range all {
		if i > 0 {
			b.WriteString(", ")
		}
		for j := range columns {
			b.WriteString([]string{"(", ", "}[min(j, 1)] + "$" + strconv.Itoa(columns*i+j+1))
		}
		b.WriteString(")")
		args = append(args, u.ID, a.By.Agency, u.Share, u.Person, u.Urger, u.Proxy, u.Kind, u.Band, u.Text, store.Instant(u.At), u.Day.String())
	}
	b.WriteString(" ON CONFLICT (share, person, urger, kind, band, day) DO NOTHING RETURNING id")
	ids, err := store.All(a, store.Value[int64], b.String(), args...)
	written := make(map[int64]bool, len(ids))
	for _, id := range ids {
		written[id] = true
	}
	return written, err
}
