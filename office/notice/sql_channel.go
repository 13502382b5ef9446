// SPDX-License-Identifier: Apache-2.0

package notice

import (
	"strings"
	"time"

	"soviec/kit/store"
)

const channelColumns = "id, agency, person, kind, name, address, key, endpoint, active, digest, topics, quiet, urgent, titles, added_at, used_at, revoked_at, why"

func scanChannel(s store.Scanner) (Channel, error) {
	var c Channel
	var topics string
	var added, used, revoked store.Time
	err := s.Scan(&c.ID, &c.agency, &c.Person, &c.Kind, &c.Name, &c.Address, &c.Key, &c.Endpoint, &c.Active, &c.Digest, &topics, &c.Quiet,
		&c.Urgent, &c.Titles, &added, &used, &revoked, &c.Why)
	c.Topics, c.Added, c.Used, c.Revoked = TopicsIn(strings.Fields(topics)), added.Time, used.Time, revoked.Time
	return c, err
}

// instant is a moment, "" for none.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return store.Instant(t)
}

func bytesOf(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

func insertChannel(w store.Writer, agency int64, c Channel) error {
	_, err := w.Exec("INSERT INTO notice_channel ("+channelColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, '', '', '')",
		c.ID, agency, c.Person, c.Kind, c.Name, c.Address, bytesOf(c.Key), c.Endpoint, c.Active, c.Digest, topicWords(c.Topics), string(c.Quiet),
		c.Urgent, c.Titles, store.Instant(c.Added))
	return err
}

func updateChannel(w store.Writer, c Channel) error {
	_, err := w.Exec(`UPDATE notice_channel SET address = $1, key = $2, active = $3, digest = $4, topics = $5, quiet = $6, urgent = $7, titles = $8,
		revoked_at = $9, why = $10 WHERE id = $11`, c.Address, bytesOf(c.Key), c.Active, c.Digest, topicWords(c.Topics), string(c.Quiet), c.Urgent, c.Titles,
		instant(c.Revoked), c.Why, c.ID)
	return err
}

func channelsOf(r store.Reader, agency, person int64) ([]Channel, error) {
	return store.All(r, scanChannel, "SELECT "+channelColumns+" FROM notice_channel WHERE agency = $1 AND person = $2 AND revoked_at = '' ORDER BY id", agency, person)
}

// channelsByPerson are the channels of everybody in an agency.
func channelsByPerson(r store.Reader, agency int64) (map[int64][]Channel, error) {
	all, err := store.All(r, scanChannel, "SELECT "+channelColumns+" FROM notice_channel WHERE agency = $1 AND revoked_at = '' ORDER BY id", agency)
	out := map[int64][]Channel{}
	for _, c := range all {
		out[c.Person] = append(out[c.Person], c)
	}
	return out, err
}

func countChannels(r store.Reader, agency, person int64) (int, error) {
	return store.One(r, store.Value[int], "SELECT COUNT(*) FROM notice_channel WHERE agency = $1 AND person = $2 AND revoked_at = ''", agency, person)
}

func channelByID(r store.Reader, agency, id int64, lock string) (Channel, error) {
	return store.One(r, scanChannel, "SELECT "+channelColumns+" FROM notice_channel WHERE id = $1 AND +agency = $2"+lock, id, agency)
}

func pushAt(r store.Reader, agency int64, endpoint string) (Channel, error) {
	return store.One(r, scanChannel, "SELECT "+channelColumns+" FROM notice_channel WHERE agency = $1 AND address = $2 AND kind = 'push' AND revoked_at = ''", agency, endpoint)
}

func feedByKey(r store.Reader, key []byte) (Channel, error) {
	return store.One(r, scanChannel, "SELECT "+channelColumns+" FROM notice_channel WHERE key = $1 AND kind = 'feed' AND revoked_at = ''", key)
}

func channelsThrough(r store.Reader, agency, endpoint int64) ([]Channel, error) {
	return store.All(r, scanChannel, "SELECT "+channelColumns+" FROM notice_channel WHERE agency = $1 AND endpoint = $2 AND revoked_at = '' ORDER BY id", agency, endpoint)
}

func digestChannels(r store.Reader, agency int64) ([]Channel, error) {
	return store.All(r, scanChannel, "SELECT "+channelColumns+" FROM notice_channel WHERE agency = $1 AND revoked_at = '' AND active AND digest ORDER BY id", agency)
}

// everMailed are the people who have, or had and revoked, a mail channel.
func everMailed(r store.Reader, agency int64) (map[int64]bool, error) {
	all, err := store.All(r, store.Value[int64], "SELECT person FROM notice_channel WHERE agency = $1 AND kind = 'mail'", agency)
	out := map[int64]bool{}
	for _, p := range all {
		out[p] = true
	}
	return out, err
}

// sawFeed keeps when a calendar was last read, hour by hour.
func sawFeed(w store.Writer, id int64, at time.Time) error {
	_, err := w.Exec("UPDATE notice_channel SET used_at = $1 WHERE id = $2", store.Instant(at), id)
	return err
}

func scanEndpoint(s store.Scanner) (Endpoint, error) {
	var e Endpoint
	var added, closed store.Time
	err := s.Scan(&e.ID, &e.Name, &e.Address, &e.secret, &added, &closed)
	e.Added, e.Closed = added.Time, closed.Time
	return e, err
}

func insertEndpoint(w store.Writer, agency int64, e Endpoint) error {
	_, err := w.Exec("INSERT INTO notice_endpoint (id, agency, name, address, secret, added_at, closed_at) VALUES ($1, $2, $3, $4, $5, $6, '')",
		e.ID, agency, e.Name, e.Address, e.secret, store.Instant(e.Added))
	return err
}

func endpointByID(r store.Reader, agency, id int64) (Endpoint, error) {
	return store.One(r, scanEndpoint, "SELECT id, name, address, secret, added_at, closed_at FROM notice_endpoint WHERE id = $1 AND +agency = $2", id, agency)
}

func endpointsOf(r store.Reader, agency int64) ([]Endpoint, error) {
	return store.All(r, scanEndpoint, "SELECT id, name, address, secret, added_at, closed_at FROM notice_endpoint WHERE agency = $1 AND closed_at = '' ORDER BY id", agency)
}

func closeEndpoint(w store.Writer, agency, id int64, at time.Time) error {
	_, err := w.Exec("UPDATE notice_endpoint SET closed_at = $1, secret = $2 WHERE id = $3 AND +agency = $4", store.Instant(at), []byte{}, id, agency)
	return err
}

func eachChannel(r store.Reader, agency int64, f func(Channel)) error {
	rows, err := r.Query("SELECT "+channelColumns+" FROM notice_channel WHERE agency = $1", agency)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		c, err := scanChannel(rows)
		if err != nil {
			return err
		}
		f(c)
	}
	return rows.Err()
}

func allEndpoints(r store.Reader, agency int64) ([]Endpoint, error) {
	return store.All(r, scanEndpoint, "SELECT id, name, address, secret, added_at, closed_at FROM notice_endpoint WHERE agency = $1 ORDER BY id", agency)
}
