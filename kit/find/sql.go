// SPDX-License-Identifier: Apache-2.0

package find

import (
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"

	"soviec/kit/store"
)

// counter is the row from which an agency's index learns that something has changed.
type counter struct{ seq, body, version int64 }

func readCounter(r store.Reader, agency int64) (counter, error) {
	c, err := store.One(r, func(s store.Scanner) (c counter, err error) {
		return c, s.Scan(&c.seq, &c.body, &c.version)
	}, `SELECT seq, body, version FROM find_counter WHERE agency = $1`, agency)
	if errors.Is(err, store.ErrNone) {
		return counter{}, nil
	}
	return c, err
}

// nextSeq takes the agency's next number. Its row stays locked until the act is committed, so that
// whoever sees a number sees all that are smaller.
func nextSeq(w store.Writer, agency int64) (int64, error) {
	return store.One(w, store.Value[int64], `
		INSERT INTO find_counter (agency, seq, body, version, segment) VALUES ($1, 1, 0, 0, 0)
		ON CONFLICT (agency) DO UPDATE SET seq = find_counter.seq + 1
		RETURNING seq`, agency)
}

func putDoc(w store.Writer, agency, seq int64, ref, words, tags string) (docno int64, err error) {
	return store.One(w, store.Value[int64], `
		INSERT INTO find_doc (agency, docno, seq, ref, words, tags) VALUES ($1, $2, $2, $3, $4, $5)
		ON CONFLICT (agency, ref) DO UPDATE SET seq = excluded.seq, words = excluded.words, tags = excluded.tags
		RETURNING docno`, agency, seq, ref, words, tags)
}

func putBody(w store.Writer, agency, docno, seq int64, data []byte) error {
	_, err := w.Exec(`
		INSERT INTO find_body (agency, docno, seq, data) VALUES ($1, $2, $3, $4)
		ON CONFLICT (agency, docno) DO UPDATE SET seq = excluded.seq, data = excluded.data`,
		agency, docno, seq, data)
	if err != nil {
		return err
	}
	_, err = w.Exec(`UPDATE find_counter SET body = $1 WHERE agency = $2`, seq, agency)
	return err
}

func docOf(r store.Reader, agency int64, ref string) (docno int64, tags string, err error) {
	err = r.QueryRow(`SELECT docno, tags FROM find_doc WHERE agency = $1 AND ref = $2`, agency, ref).Scan(&docno, &tags)
	return docno, tags, err
}

func setTags(w store.Writer, agency, docno, seq int64, tags string) error {
	_, err := w.Exec(`UPDATE find_doc SET seq = $1, tags = $2 WHERE agency = $3 AND docno = $4`, seq, tags, agency, docno)
	return err
}

// headRow and bodyRow are documents as they are kept.
type headRow struct {
	docno, seq       int64
	ref, words, tags string
}

func scanHead(s store.Scanner) (h headRow, err error) {
	return h, s.Scan(&h.docno, &h.seq, &h.ref, &h.words, &h.tags)
}

type bodyRow struct {
	docno, seq int64
	data       []byte
}

func scanBody(s store.Scanner) (b bodyRow, err error) {
	return b, s.Scan(&b.docno, &b.seq, &b.data)
}

func headsAfter(r store.Reader, agency, seq int64, limit int) ([]headRow, error) {
	return store.All(r, scanHead, `SELECT docno, seq, ref, words, tags FROM find_doc
		WHERE agency = $1 AND seq > $2 ORDER BY seq LIMIT $3`, agency, seq, limit)
}

func bodiesAfter(r store.Reader, agency, seq int64, limit int) ([]bodyRow, error) {
	return store.All(r, scanBody, `SELECT docno, seq, data FROM find_body
		WHERE agency = $1 AND seq > $2 ORDER BY seq LIMIT $3`, agency, seq, limit)
}

func headsFrom(r store.Reader, agency, docno, last int64, limit int) ([]headRow, error) {
	return store.All(r, scanHead, `SELECT docno, seq, ref, words, tags FROM find_doc
		WHERE agency = $1 AND docno > $2 AND docno <= $3 ORDER BY docno LIMIT $4`, agency, docno, last, limit)
}

func bodiesFrom(r store.Reader, agency, docno, last int64, limit int) ([]bodyRow, error) {
	return store.All(r, scanBody, `SELECT docno, seq, data FROM find_body
		WHERE agency = $1 AND docno > $2 AND docno <= $3 ORDER BY docno LIMIT $4`, agency, docno, last, limit)
}

// bodiesWaiting is how many texts wait for the index, up to limit, and their packed size.
func bodiesWaiting(r store.Reader, agency, seq int64, limit int) (n, size int64, err error) {
	err = r.QueryRow(`SELECT COUNT(*), COALESCE(SUM(n), 0) FROM (SELECT length(data) AS n FROM find_body
		WHERE agency = $1 AND seq > $2 ORDER BY seq LIMIT $3) AS waiting`, agency, seq, limit).Scan(&n, &size)
	return n, size, err
}

// many writes the places for n values, the first being $from. Only a few lengths occur, so that few
// different statements come about; the last value is repeated to fill one up.
func many(from, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(from + i))
	}
	return b.String()
}

// inChunks calls f with the values in portions that fit into one statement.
func inChunks(agency int64, ids []int64, f func(list string, args []any) error) error {
	for chunk := range slices.Chunk(ids, 256) {
		n := 1
		for n < len(chunk) {
			n *= 2
		}
		args := make([]any, 1, n+1)
		args[0] = agency
		for _, id := range chunk {
			args = append(args, id)
		}
		for len(args) <= n {
			args = append(args, chunk[len(chunk)-1])
		}
		if err := f(many(2, n), args); err != nil {
			return err
		}
	}
	return nil
}

type rawBlock struct {
	block int64
	data  []byte
}

func scanBlock(s store.Scanner) (b rawBlock, err error) { return b, s.Scan(&b.block, &b.data) }

// readBlocks hands out blocks, whose bytes are good only during the call, and reads in the same
// statement the version of the segments: while that is the one expected, no block of an active
// segment can be missing.
func readBlocks(r store.Reader, agency, version int64, ids []int64, use func(block int64, data []byte) error) error {
	return inChunks(agency, ids, func(list string, args []any) error {
		rows, err := r.Query(`
			SELECT -1 - version AS block, NULL AS data FROM find_counter WHERE agency = $1
			UNION ALL SELECT block, data FROM find_block WHERE agency = $1 AND block IN (`+list+`)`, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var block int64
			var data sql.RawBytes
			if err := rows.Scan(&block, &data); err != nil {
				return err
			}
			if block >= 0 {
				err = use(block, data)
			} else if -1-block != version {
				err = errMoved
			}
			if err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

func blockRange(r store.Reader, agency, from, to int64) ([]rawBlock, error) {
	return store.All(r, scanBlock, `SELECT block, data FROM find_block
		WHERE agency = $1 AND block >= $2 AND block < $3 ORDER BY block`, agency, from, to)
}

func docRefs(r store.Reader, agency int64, ids []int64) (map[uint32]string, error) {
	refs := make(map[uint32]string, len(ids))
	err := inChunks(agency, ids, func(list string, args []any) error {
		rows, err := store.All(r, func(s store.Scanner) (h headRow, err error) {
			return h, s.Scan(&h.docno, &h.ref)
		}, `SELECT docno, ref FROM find_doc WHERE agency = $1 AND docno IN (`+list+`)`, args...)
		for _, row := range rows {
			refs[uint32(row.docno)] = row.ref
		}
		return err
	})
	return refs, err
}
