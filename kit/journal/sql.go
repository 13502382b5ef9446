// SPDX-License-Identifier: Apache-2.0

package journal

import (
	"iter"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"soviec/kit/store"
)

func readHead(r store.Reader, agency int64, lock string) (head, error) {
	var size int64
	var packed []byte
	err := r.QueryRow("SELECT size, frontier FROM journal_head WHERE agency = $1"+lock, agency).Scan(&size, &packed)
	if err != nil {
		return head{}, err
	}
	return unpack(size, packed)
}

func writeHead(w store.Writer, agency int64, h head, checkpoint string) error {
	_, err := w.Exec("UPDATE journal_head SET size = $1, frontier = $2, checkpoint = $3 WHERE agency = $4", h.size, h.pack(), checkpoint, agency)
	return err
}

// sizesOf is how many entries the books of some agencies have. The list is filled up to a
// power of two with its last number, so that few different texts are prepared.
func sizesOf(r store.Reader, agencies []int64) (map[int64]int64, error) {
	size := 1
	for size < len(agencies) {
		size *= 2
	}
	places, args := make([]string, size), make([]any, size)
	for i := range args {
		places[i], args[i] = "$"+strconv.Itoa(i+1), agencies[min(i, len(agencies)-1)]
	}
	sizes := make(map[int64]int64, len(agencies))
	rows, err := r.Query("SELECT agency, size FROM journal_head WHERE agency IN ("+strings.Join(places, ", ")+")", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var agency, size int64
		if err := rows.Scan(&agency, &size); err != nil {
			return nil, err
		}
		sizes[agency] = size
	}
	return sizes, rows.Err()
}

// Found opens the book of a new agency. It is the one change that no act can make,
// because there is no book yet to write it in.
func Found(w store.Writer, agency int64) error {
	_, err := w.Exec("INSERT INTO journal_head (agency, size, frontier, checkpoint) VALUES ($1, 0, $2, '')", agency, []byte{})
	return err
}

func checkpointOf(r store.Reader, agency int64) (string, error) {
	return store.One(r, store.Value[string], "SELECT checkpoint FROM journal_head WHERE agency = $1", agency)
}

func insertEntry(w store.Writer, agency int64, e Entry) error {
	_, err := w.Exec(`INSERT INTO journal_entry
		(agency, seq, at, day, kind, subject, unit, post, person, behalf, due_on, amount, data, hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		agency, e.Seq, store.Instant(e.At), e.Day.String(), e.Kind, e.Subject, e.Unit, e.Post, e.Person, e.Behalf,
		e.DueOn.String(), e.Amount, e.raw, e.hash)
	return err
}

func insertNode(w store.Writer, agency int64, n node) error {
	_, err := w.Exec("INSERT INTO journal_node (agency, level, n, hash) VALUES ($1, $2, $3, $4)", agency, n.level, n.n, n.hash[:])
	return err
}

const entryColumns = `seq, at, day, kind, subject, unit, post, person, behalf, due_on, amount, data, hash`

func scanEntry(s store.Scanner) (Entry, error) {
	var e Entry
	var at store.Time
	err := s.Scan(&e.Seq, &at, &e.Day, &e.Kind, &e.Subject, &e.Unit, &e.Post, &e.Person, &e.Behalf, &e.DueOn, &e.Amount, &e.raw, &e.hash)
	e.At = at.Time
	return e, err
}

func entryAt(r store.Reader, agency, seq int64) (Entry, error) {
	return store.One(r, scanEntry, "SELECT "+entryColumns+" FROM journal_entry WHERE agency = $1 AND seq = $2", agency, seq)
}

// Of lists the entries about one subject, oldest first: its timeline (diễn biến).
func Of(r store.Reader, agency int64, subject string) ([]Entry, error) {
	return store.All(r, scanEntry, "SELECT "+entryColumns+" FROM journal_entry WHERE agency = $1 AND subject = $2 ORDER BY seq", agency, subject)
}

// Since lists up to limit entries after a number, oldest first.
func Since(r store.Reader, agency, seq int64, limit int) ([]Entry, error) {
	return store.All(r, scanEntry, "SELECT "+entryColumns+" FROM journal_entry WHERE agency = $1 AND seq > $2 ORDER BY seq LIMIT $3", agency, seq, limit)
}

// Entries are all entries of an agency's book, oldest first, read some at a time.
func Entries(r store.Reader, agency int64) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for seq := int64(0); ; {
			some, err := Since(r, agency, seq, 2000)
			if err != nil {
				yield(Entry{}, err)
				return
			}
			for _, e := range some {
				if seq = e.Seq; !yield(e, nil) {
					return
				}
			}
			if len(some) == 0 {
				return
			}
		}
	}
}

func nodes(r store.Reader, agency int64, level int, from, n int64) ([]tlog.Hash, error) {
	scan := func(s store.Scanner) (tlog.Hash, error) {
		var h tlog.Hash
		var raw []byte
		err := s.Scan(&raw)
		copy(h[:], raw)
		return h, err
	}
	if level == 0 {
		return store.All(r, scan, "SELECT hash FROM journal_entry WHERE agency = $1 AND seq > $2 AND seq <= $3 ORDER BY seq", agency, from, from+n)
	}
	return store.All(r, scan, "SELECT hash FROM journal_node WHERE agency = $1 AND level = $2 AND n >= $3 AND n < $4 ORDER BY n", agency, level, from, from+n)
}

// Give records that the present checkpoint leaves the house and returns it: from
// now on verifying holds the book to it.
func (b *Book) Give(w store.Writer, agency int64, why string, at time.Time) (string, error) {
	text, err := checkpointOf(w, agency)
	if err != nil || text == "" {
		return text, err
	}
	h, err := readHead(w, agency, "")
	if err != nil {
		return "", err
	}
	_, err = w.Exec(`INSERT INTO journal_checkpoint (agency, size, at, why, text) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (agency, size, why) DO NOTHING`, agency, h.size, store.Instant(at), why, text)
	return text, err
}

func given(r store.Reader, agency int64) ([]string, error) {
	return store.All(r, store.Value[string], "SELECT text FROM journal_checkpoint WHERE agency = $1 ORDER BY size", agency)
}

// Agencies lists the agencies that have a book.
func Agencies(r store.Reader) ([]int64, error) {
	return store.All(r, store.Value[int64], "SELECT agency FROM journal_head ORDER BY agency")
}
