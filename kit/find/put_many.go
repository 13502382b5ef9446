// SPDX-License-Identifier: Apache-2.0

package find

import (
	"errors"
	"strconv"
	"strings"

	"soviec/kit/fault"
	"soviec/kit/store"
)

// PutMany is Put for many documents that were never put before, without bodies: one
// number of the counter for all of them and few statements. A register of a hundred
// thousand rows is put in one transaction, in which PostgreSQL would otherwise walk
// through every older version of the counter's row each time.
func PutMany(w store.Writer, agency int64, docs []Doc) error {
	if len(docs) == 0 {
		return nil
	}
	last, err := nextSeqs(w, agency, len(docs))
	if err != nil {
		return err
	}
	if last > maxDoc {
		return fault.Internal(errors.New("find: more changes than the index can number"))
	}
	seq := last - int64(len(docs))
	const most = 64
	for len(docs) > 0 {
		n := 1
		for n*2 <= min(len(docs), most) {
			n *= 2
		}
		var q strings.Builder
		q.WriteString("INSERT INTO find_doc (agency, docno, seq, ref, words, tags) VALUES ")
		args := make([]any, 1, 1+4*n)
		args[0] = agency
		for i, doc := range docs[:n] {
			tags, words, err := doc.texts()
			if err != nil {
				return err
			}
			seq++
			args = append(args, seq, doc.Ref, words, tags)
			if i > 0 {
				q.WriteString(", ")
			}
			at := func(k int) string { return "$" + strconv.Itoa(len(args)-k) }
			q.WriteString("($1, " + at(3) + ", " + at(3) + ", " + at(2) + ", " + at(1) + ", " + at(0) + ")")
		}
		if _, err := w.Exec(q.String(), args...); err != nil {
			return err
		}
		docs = docs[n:]
	}
	return nil
}

func nextSeqs(w store.Writer, agency int64, n int) (int64, error) {
	return store.One(w, store.Value[int64], `
		INSERT INTO find_counter (agency, seq, body, version, segment) VALUES ($1, $2, 0, 0, 0)
		ON CONFLICT (agency) DO UPDATE SET seq = find_counter.seq + $2
		RETURNING seq`, agency, n)
}

// texts are the tags and words of a document as they are kept.
func (doc Doc) texts() (tags, words string, err error) {
	all := doc.Tags
	if doc.Kind != "" {
		all = append([]string{"kind:" + doc.Kind}, all...)
	}
	if err := checkTags(all); err != nil {
		return "", "", err
	}
	var b strings.Builder
	for i, field := range doc.Fields {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(oneLine(field))
	}
	return strings.Join(all, " "), b.String(), nil
}
