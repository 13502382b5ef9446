// SPDX-License-Identifier: Apache-2.0

package notice

import (
	"math"
	"strconv"
	"strings"
	"time"

	"soviec/kit/store"
)

func insertNotice(w store.Writer, agency int64, n Notice) (int64, error) {
	return w.Exec(`INSERT INTO notice_item (id, agency, person, matter, kind, day, text, link, at, read_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '')
		ON CONFLICT (agency, person, matter, kind, day) DO NOTHING`,
		n.ID, agency, n.Person, n.Matter, n.Kind, n.Day.String(), n.Text, n.Link, store.Instant(n.At))
}

// insertNotices writes many notices at once and tells which of them are new.
func insertNotices(w store.Reader, agency int64, all []Notice) (map[int64]bool, error) {
	const columns = 9
	var b strings.Builder
	b.WriteString("INSERT INTO notice_item (id, agency, person, matter, kind, day, text, link, at, read_at) VALUES ")
	args := make([]any, 0, columns*len(all))
	for i, n := range all {
		if i > 0 {
			b.WriteString(", ")
		}
		for j := range columns {
			b.WriteString([]string{"(", ", "}[min(j, 1)] + "$" + strconv.Itoa(columns*i+j+1))
		}
		b.WriteString(", '')")
		args = append(args, n.ID, agency, n.Person, n.Matter, n.Kind, n.Day.String(), n.Text, n.Link, store.Instant(n.At))
	}
	b.WriteString(" ON CONFLICT (agency, person, matter, kind, day) DO NOTHING RETURNING id")
	ids, err := store.All(w, store.Value[int64], b.String(), args...)
	fresh := make(map[int64]bool, len(ids))
	for _, id := range ids {
		fresh[id] = true
	}
	return fresh, err
}

func countUnread(r store.Reader, agency, person int64) (int, error) {
	return store.One(r, store.Value[int], `SELECT COUNT(*) FROM (SELECT id FROM notice_item
		WHERE agency = $1 AND person = $2 AND read_at = '' LIMIT 1000) AS unread`, agency, person)
}

func newsOf(r store.Reader, agency, person int64) (unread int, newest int64, text string, err error) {
	err = r.QueryRow(`SELECT (SELECT COUNT(*) FROM (SELECT id FROM notice_item WHERE agency = $1 AND person = $2 AND read_at = '' LIMIT 1000) AS unread),
		COALESCE((SELECT id FROM notice_item WHERE agency = $1 AND person = $2 ORDER BY id DESC LIMIT 1), 0),
		COALESCE((SELECT text FROM notice_item WHERE agency = $1 AND person = $2 ORDER BY id DESC LIMIT 1), '')`, agency, person).Scan(&unread, &newest, &text)
	return unread, newest, text, err
}

func scanNotice(s store.Scanner) (Notice, error) {
	var n Notice
	var at, read store.Time
	err := s.Scan(&n.ID, &n.Person, &n.Matter, &n.Kind, &n.Day, &n.Text, &n.Link, &at, &read)
	n.At, n.ReadAt = at.Time, read.Time
	return n, err
}

func listNotices(r store.Reader, agency, person, before int64, limit int) ([]Notice, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	return store.All(r, scanNotice, `SELECT id, person, matter, kind, day, text, link, at, read_at FROM notice_item
		WHERE agency = $1 AND person = $2 AND id < $3 ORDER BY id DESC LIMIT $4`, agency, person, before, limit)
}

func markRead(w store.Writer, at time.Time, agency, person, upTo int64) error {
	_, err := w.Exec("UPDATE notice_item SET read_at = $1 WHERE agency = $2 AND person = $3 AND id <= $4 AND read_at = ''",
		store.Instant(at), agency, person, upTo)
	return err
}

// told is a notice as the poller sees it.
type told struct{ id, agency, person int64 }

func since(r store.Reader, id int64) ([]told, error) {
	return store.All(r, func(s store.Scanner) (told, error) {
		var t told
		err := s.Scan(&t.id, &t.agency, &t.person)
		return t, err
	}, "SELECT id, agency, person FROM notice_item WHERE id > $1 ORDER BY id", id)
}

func eachNotice(r store.Reader, agency int64, f func(id int64, day, at, read string)) error {
	rows, err := r.Query("SELECT id, day, at, read_at FROM notice_item WHERE agency = $1", agency)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var day, at, read string
		if err := rows.Scan(&id, &day, &at, &read); err != nil {
			return err
		}
		f(id, day, at, read)
	}
	return rows.Err()
}
