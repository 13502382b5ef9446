// SPDX-License-Identifier: Apache-2.0

package document

import (
	"time"

	"soviec/kit/store"
)

// RecallsAsked are the documents that are asked back or were reported as secret, the
// longest waiting first.
func RecallsAsked(r store.Reader, agency int64, limit int) ([]Incoming, error) {
	return store.All(r, scanIncoming, "SELECT "+incomingColumns+` FROM document_incoming
		WHERE agency = $1 AND `+inQueue+` AND state = 'recall_asked' ORDER BY waits_since, id LIMIT $2`, agency, limit)
}

// An Unread is a file whose text could not be read, with its document.
type Unread struct {
	Incoming
	File string
}

// Unreadable are the files added since an instant whose text could not be read, newest
// first: search does not find what they say.
func Unreadable(r store.Reader, agency int64, since time.Time, limit int) ([]Unread, error) {
	type found struct {
		doc  int64
		name string
	}
	files, err := store.All(r, func(s store.Scanner) (found, error) {
		var f found
		return f, s.Scan(&f.doc, &f.name)
	}, "SELECT document, name FROM document_file WHERE agency = $1 AND text = 'failed' AND added_at >= $2 ORDER BY added_at DESC, id LIMIT $3",
		agency, store.Instant(since), limit)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(files))
	for i, f := range files {
		ids[i] = f.doc
	}
	docs, err := ByIDs(r, agency, ids)
	if err != nil {
		return nil, err
	}
	var out []Unread
	for _, f := range files {
		if d := docs[f.doc]; d.ID != 0 && !d.Frozen && d.State != StateRecalled {
			out = append(out, Unread{Incoming: d, File: f.name})
		}
	}
	return out, nil
}
