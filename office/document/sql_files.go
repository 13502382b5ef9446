// SPDX-License-Identifier: Apache-2.0

package document

import "soviec/kit/store"

// A Keeping is a file that must be among the bytes kept, and the document it belongs to.
type Keeping struct {
	Number int64 // of the document
	Year   int
	Name   string
	SHA    string
	Size   int64
}

// EachFile walks the files of an agency's documents but those whose bytes were
// lawfully destroyed.
func EachFile(r store.Reader, agency int64, f func(Keeping) error) error {
	rows, err := r.Query(`SELECT d.number, d.year, f.name, f.sha, f.size FROM document_file f JOIN document_incoming d ON d.id = f.document
		WHERE f.agency = $1 AND f.purged = FALSE ORDER BY f.document, f.ordinal`, agency)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var k Keeping
		if err := rows.Scan(&k.Number, &k.Year, &k.Name, &k.SHA, &k.Size); err != nil {
			return err
		}
		if err := f(k); err != nil {
			return err
		}
	}
	return rows.Err()
}
