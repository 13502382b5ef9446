// SPDX-License-Identifier: Apache-2.0

package notice

import (
	"math"
	"time"

	"soviec/kit/store"
)

// insertDelivery reports whether the delivery is new.
func insertDelivery(w store.Writer, agency int64, d delivery) (bool, error) {
	n, err := w.Exec(`INSERT INTO notice_delivery (id, agency, person, channel, kind, key, notice, urgent, message, made_at, due_at, claimed, tries, state, fault, ended_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, '', 0, 'waiting', '', '')
		ON CONFLICT (channel, kind, key) DO NOTHING`,
		d.ID, agency, d.Person, d.Channel, d.Kind, d.Key, d.Notice, d.Urgent, store.Instant(d.Made), store.Instant(d.Due))
	return n > 0, err
}

// due is which bundle is to be claimed next.
type due struct {
	channel, message int64
	test             bool
}

func firstDue(r store.Reader, now time.Time) (due, error) {
	return store.One(r, func(s store.Scanner) (due, error) {
		var d due
		var kind string
		err := s.Scan(&d.channel, &d.message, &kind)
		d.test = kind == kindTest
		return d, err
	}, `SELECT channel, message, kind FROM notice_delivery
		WHERE state IN ('waiting', 'failed') AND due_at <= $1 AND claimed <= $1 ORDER BY due_at, id LIMIT 1`, store.Instant(now))
}

type claimedRow struct {
	agency, person, notice int64
	kind                   string
	urgent                 bool
	tries                  int
}

func claim(w store.Writer, g bundle, now time.Time) ([]claimedRow, error) {
	return store.All(w, func(s store.Scanner) (claimedRow, error) {
		var c claimedRow
		err := s.Scan(&c.agency, &c.person, &c.notice, &c.kind, &c.urgent, &c.tries)
		return c, err
	}, `UPDATE notice_delivery SET claimed = $1, tries = tries + 1, message = $2
		WHERE channel = $3 AND message = $4 AND (kind = 'test') = $5 AND state IN ('waiting', 'failed') AND due_at <= $6 AND claimed <= $6
		RETURNING agency, person, notice, kind, urgent, tries`,
		g.claimed, g.message, g.channel, g.was, g.test, store.Instant(now))
}

// mark writes what became of a bundle. That it was sent is true whoever holds the claim
// by now; that it failed is said only by the holder.
func mark(w store.Writer, g bundle, o outcome, now time.Time) error {
	message := int64(0)
	if o.keep {
		message = g.message
	}
	var err error
	switch o.state {
	case Sent:
		_, err = w.Exec(`UPDATE notice_delivery SET state = 'sent', fault = '', claimed = '', ended_at = $1
			WHERE channel = $2 AND message = $3 AND state IN ('waiting', 'failed')`, store.Instant(now), g.channel, g.message)
	case Waiting: // not tried after all
		_, err = w.Exec(`UPDATE notice_delivery SET tries = tries - 1, claimed = '', due_at = $1, message = $2
			WHERE channel = $3 AND message = $4 AND claimed = $5`, store.Instant(o.again), message, g.channel, g.message, g.claimed)
	case Failed:
		_, err = w.Exec(`UPDATE notice_delivery SET state = CASE WHEN tries > $1 THEN 'given_up' ELSE 'failed' END, fault = $2, claimed = '', due_at = $3,
			message = $4, ended_at = CASE WHEN tries > $1 THEN $5 ELSE '' END
			WHERE channel = $6 AND message = $7 AND claimed = $8`,
			len(waits), o.fault, store.Instant(o.again), message, store.Instant(now), g.channel, g.message, g.claimed)
	default:
		_, err = w.Exec(`UPDATE notice_delivery SET state = $1, fault = $2, claimed = '', ended_at = $3
			WHERE channel = $4 AND message = $5 AND claimed = $6`, string(o.state), o.fault, store.Instant(now), g.channel, g.message, g.claimed)
	}
	return err
}

// unreadIn are the links of a bundle's notices that the person has not read: of two of
// them at most, for only one by itself is led to.
func unreadIn(r store.Reader, g bundle) ([]string, error) {
	return store.All(r, store.Value[string], `SELECT n.link FROM notice_delivery d JOIN notice_item n ON n.id = d.notice
		WHERE d.channel = $1 AND d.message = $2 AND n.read_at = '' ORDER BY n.id LIMIT 2`, g.channel, g.message)
}

const deliveryColumns = `d.id, d.person, d.channel, c.kind, c.name, d.kind, d.state, d.tries, d.fault, d.made_at, d.due_at, d.ended_at
	FROM notice_delivery d JOIN notice_channel c ON c.id = d.channel`

func scanDelivery(s store.Scanner) (Delivery, error) {
	var d Delivery
	var made, due, ended store.Time
	err := s.Scan(&d.ID, &d.Person, &d.Channel, &d.Through, &d.Name, &d.Kind, &d.State, &d.Tries, &d.Fault, &made, &due, &ended)
	d.Made, d.Due, d.Ended = made.Time, due.Time, ended.Time
	return d, err
}

func troubles(r store.Reader, agency, before int64, limit int) ([]Delivery, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	return store.All(r, scanDelivery, "SELECT "+deliveryColumns+` WHERE d.agency = $1 AND d.id < $2 AND d.state IN ('failed', 'given_up') ORDER BY d.id DESC LIMIT $3`, agency, before, limit)
}

func deliveriesOf(r store.Reader, agency, person int64, limit int) ([]Delivery, error) {
	return store.All(r, scanDelivery, "SELECT "+deliveryColumns+" WHERE d.agency = $1 AND d.person = $2 ORDER BY d.id DESC LIMIT $3", agency, person, limit)
}

func tallies(r store.Reader, agency, from int64) ([]Tally, error) {
	return store.All(r, func(s store.Scanner) (Tally, error) {
		var t Tally
		err := s.Scan(&t.Through, &t.State, &t.Count)
		return t, err
	}, `SELECT c.kind, d.state, COUNT(*) FROM notice_delivery d JOIN notice_channel c ON c.id = d.channel
		WHERE d.agency = $1 AND d.id >= $2 GROUP BY c.kind, d.state ORDER BY c.kind, d.state`, agency, from)
}

// resend takes one delivery, or all with 0.
func resend(w store.Writer, agency, id int64, at time.Time) (int64, error) {
	from, to := id, id
	if id == 0 {
		to = math.MaxInt64
	}
	return w.Exec(`UPDATE notice_delivery SET state = 'waiting', tries = 0, claimed = '', due_at = $1, ended_at = ''
		WHERE agency = $2 AND state IN ('failed', 'given_up') AND claimed <= $1 AND id >= $3 AND id <= $4
		AND channel IN (SELECT id FROM notice_channel WHERE agency = $2 AND revoked_at = '' AND active)`, store.Instant(at), agency, from, to)
}

func forget(w store.Writer, before time.Time) error {
	_, err := w.Exec("DELETE FROM notice_delivery WHERE state IN ('sent', 'dropped') AND ended_at < $1", store.Instant(before))
	return err
}

// eachStray finds deliveries that cannot be: of a notice that is not there or is another
// person's, of a channel that is not the person's, or ended without a moment.
func eachStray(r store.Reader, agency int64, f func(id int64)) error {
	rows, err := r.Query(`SELECT d.id FROM notice_delivery d
		LEFT JOIN notice_item n ON n.id = d.notice LEFT JOIN notice_channel c ON c.id = d.channel
		WHERE d.agency = $1 AND (c.id IS NULL OR c.person <> d.person OR c.agency <> d.agency
		OR d.kind = 'notice' AND (n.id IS NULL OR n.person <> d.person)
		OR (d.ended_at = '') <> (d.state IN ('waiting', 'failed')))`, agency)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return err
		}
		f(id)
	}
	return rows.Err()
}
