// SPDX-License-Identifier: Apache-2.0

package document

import (
	"strconv"
	"strings"

	"soviec/kit/extract"
	"soviec/kit/store"
)

// A Keeping is a file that must be among the bytes kept, and the document it belongs to.
type Keeping struct {
	Number int64 // of the document
	Year   int
	Name   string
	SHA    string
	Size   int64
}

// FilesByDocument are the attachments of documents, in one query.
func FilesByDocument(r store.Reader, agency int64, docs []int64) (map[int64][]File, error) {
	out := map[int64][]File{}
	if len(docs) == 0 {
		return out, nil
	}
	args := []any{agency}
	var doc int64
	_, err := store.All(r, func(s store.Scanner) (struct{}, error) {
		f, err := scanFile(prefixed{s, &doc})
		out[doc] = append(out[doc], f)
		return struct{}{}, err
	}, "SELECT document, "+fileColumns+" FROM document_file WHERE +agency = $1 AND document IN "+in(&args, docs)+" ORDER BY document, ordinal, id", args...)
	return out, err
}

// prefixed scans a row with a column before those that the scanner knows.
type prefixed struct {
	store.Scanner
	first any
}

func (p prefixed) Scan(to ...any) error { return p.Scanner.Scan(append([]any{p.first}, to...)...) }

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

// PDFs are the fingerprints of the PDF files of documents, in one query.
func PDFs(r store.Reader, agency int64, docs ...int64) (map[int64][]string, error) {
	out := map[int64][]string{}
	if len(docs) == 0 {
		return out, nil
	}
	args := []any{extract.PDF.MediaType()}
	var in []string
	for _, id := range docs {
		args = append(args, id)
		in = append(in, "$"+strconv.Itoa(len(args)))
	}
	args = append(args, agency)
	type one struct {
		doc int64
		sha string
	}
	all, err := store.All(r, func(s store.Scanner) (one, error) {
		var x one
		return x, s.Scan(&x.doc, &x.sha)
	}, `SELECT document, sha FROM document_file WHERE mime = $1 AND document IN (`+strings.Join(in, ", ")+`) AND purged = FALSE AND +agency = $`+strconv.Itoa(len(args))+` ORDER BY document, ordinal`, args...)
	for _, x := range all {
		out[x.doc] = append(out[x.doc], x.sha)
	}
	return out, err
}
