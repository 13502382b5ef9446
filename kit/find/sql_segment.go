// SPDX-License-Identifier: Apache-2.0

package find

import (
	"errors"

	"soviec/kit/store"
)

// The states of a segment.
const (
	building = 0
	active   = 1
	replaced = 2
)

// blocksMost is how many blocks a segment may have: four gigabytes.
const blocksMost = 1 << 20

// segmentRow is a segment without its contents.
type segmentRow struct {
	version                  int64 // of the agency's segments, the same in every row of one reading
	segment                  int64
	facet, state, base, upto int64
	size, blocks             int64
}

// readSegments reads in one statement which segments there are and the version they make up.
func readSegments(r store.Reader, agency int64) (version int64, rows []segmentRow, err error) {
	rows, err = store.All(r, func(s store.Scanner) (x segmentRow, err error) {
		return x, s.Scan(&x.version, &x.segment, &x.facet, &x.state, &x.base, &x.upto, &x.size, &x.blocks)
	}, `SELECT c.version, COALESCE(s.segment, 0), COALESCE(s.facet, 0), COALESCE(s.state, 0), COALESCE(s.base, 0),
			COALESCE(s.upto, 0), COALESCE(s.size, 0), COALESCE(s.blocks, 0)
		FROM find_counter c LEFT JOIN find_segment s ON s.agency = c.agency
		WHERE c.agency = $1 ORDER BY s.upto DESC, s.segment DESC`, agency)
	if err != nil || len(rows) == 0 {
		return 0, nil, err
	}
	version = rows[0].version
	if rows[0].segment == 0 {
		rows = nil
	}
	return version, rows, nil
}

func readAgencies(r store.Reader) ([]int64, error) {
	return store.All(r, store.Value[int64], `SELECT agency FROM find_counter ORDER BY agency`)
}

func readContents(r store.Reader, agency, segment int64) (docs, firsts []byte, err error) {
	err = r.QueryRow(`SELECT docs, firsts FROM find_segment WHERE agency = $1 AND segment = $2`, agency, segment).Scan(&docs, &firsts)
	return docs, firsts, err
}

func beginSegment(w store.Writer, agency, facet, base, upto int64) (int64, error) {
	id, err := store.One(w, store.Value[int64],
		`UPDATE find_counter SET segment = segment + 1 WHERE agency = $1 RETURNING segment`, agency)
	if err != nil {
		return 0, err
	}
	_, err = w.Exec(`INSERT INTO find_segment (agency, segment, facet, state, base, upto, size, blocks, docs, firsts)
		VALUES ($1, $2, $3, $4, $5, $6, 0, 0, $7, $8)`, agency, id, facet, building, base, upto, []byte{}, []byte{})
	return id, err
}

// writeBlocks adds blocks to a segment that is being built, unless it was given up meanwhile.
func writeBlocks(w store.Writer, agency, segment, from int64, data [][]byte) error {
	n, err := w.Exec(`UPDATE find_segment SET blocks = $1 WHERE agency = $2 AND segment = $3 AND state = $4`,
		from+int64(len(data)), agency, segment, building)
	if err != nil {
		return err
	}
	if n != 1 {
		return errMoved
	}
	for i, d := range data {
		if _, err := w.Exec(`INSERT INTO find_block (agency, block, data) VALUES ($1, $2, $3)`,
			agency, segment*blocksMost+from+int64(i), d); err != nil {
			return err
		}
	}
	return nil
}

// newVersion moves the agency's segments on, if nobody else has.
func newVersion(w store.Writer, agency, base int64) error {
	n, err := w.Exec(`UPDATE find_counter SET version = version + 1 WHERE agency = $1 AND version = $2`, agency, base)
	if err == nil && n != 1 {
		err = errMoved
	}
	return err
}

func activate(w store.Writer, agency, segment int64, size int64, docs, firsts []byte) error {
	n, err := w.Exec(`UPDATE find_segment SET state = $1, size = $2, docs = $3, firsts = $4
		WHERE agency = $5 AND segment = $6 AND state = $7`, active, size, docs, firsts, agency, segment, building)
	if err == nil && n != 1 {
		err = errMoved
	}
	return err
}

func giveUp(w store.Writer, agency, segment int64) error {
	_, err := w.Exec(`UPDATE find_segment SET state = $1 WHERE agency = $2 AND segment = $3`, replaced, agency, segment)
	return err
}

func deleteBlocks(w store.Writer, agency, from, to int64) error {
	_, err := w.Exec(`DELETE FROM find_block WHERE agency = $1 AND block >= $2 AND block < $3`, agency, from, to)
	return err
}

func deleteSegment(w store.Writer, agency, segment int64) error {
	_, err := w.Exec(`DELETE FROM find_segment WHERE agency = $1 AND segment = $2 AND state = $3`, agency, segment, replaced)
	return err
}

// errMoved says that the segments changed while they were being used; whoever gets it begins anew.
var errMoved = errors.New("find: the index has moved on")
