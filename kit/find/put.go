// SPDX-License-Identifier: Apache-2.0

package find

import (
	"bytes"
	"compress/flate"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"unicode"

	"soviec/kit/fault"
	"soviec/kit/store"
)

// bodyBytes is how much of a folded text is kept, some eighty thousand syllables: two hundred pages.
const bodyBytes = 400 << 10

// Put makes a document findable from the act's commit on. It costs two small statements; the index
// is brought up to date afterwards by Index, and until then the document is found without it.
func Put(w store.Writer, agency int64, doc Doc) error {
	tags, words, err := doc.texts()
	if err != nil {
		return err
	}
	seq, err := nextSeq(w, agency)
	if err != nil {
		return err
	}
	if seq > maxDoc {
		return fault.Internal(errors.New("find: more changes than the index can number"))
	}
	docno, err := putDoc(w, agency, seq, doc.Ref, words, tags)
	if err != nil || doc.Body == "" {
		return err
	}
	return bodyOf(w, agency, docno, doc.Body)
}

// PutBody sets the text of a document's files, all of them together. The document must have been
// put before.
func PutBody(w store.Writer, agency int64, ref, text string) error {
	docno, _, err := docOf(w, agency, ref)
	if err != nil {
		return unknownRef(ref, err)
	}
	return bodyOf(w, agency, docno, text)
}

func bodyOf(w store.Writer, agency, docno int64, text string) error {
	data, err := pack(cutBody(Fold(text)))
	if err != nil {
		return err
	}
	seq, err := nextSeq(w, agency)
	if err != nil {
		return err
	}
	return putBody(w, agency, docno, seq, data)
}

func cutBody(folded string) string {
	if len(folded) <= bodyBytes {
		return folded
	}
	return folded[:strings.LastIndexByte(folded[:bodyBytes], ' ')+1]
}

// Tag gives a document more tags: one who is assigned may see it.
func Tag(w store.Writer, agency int64, ref string, tags ...string) error {
	return retag(w, agency, ref, tags, nil)
}

// Untag takes tags away.
func Untag(w store.Writer, agency int64, ref string, tags ...string) error {
	return retag(w, agency, ref, nil, tags)
}

func retag(w store.Writer, agency int64, ref string, add, drop []string) error {
	if err := checkTags(add); err != nil {
		return err
	}
	// The number first: it makes acts that tag the same document wait for each other.
	seq, err := nextSeq(w, agency)
	if err != nil {
		return err
	}
	docno, old, err := docOf(w, agency, ref)
	if err != nil {
		return unknownRef(ref, err)
	}
	tags := strings.Fields(old)
	was := len(tags)
	tags = slices.DeleteFunc(tags, func(t string) bool { return slices.Contains(drop, t) })
	changed := len(tags) != was
	for _, t := range add {
		if !slices.Contains(tags, t) {
			tags, changed = append(tags, t), true
		}
	}
	if !changed {
		return nil
	}
	return setTags(w, agency, docno, seq, strings.Join(tags, " "))
}

// Remove makes a document unfindable and forgets its texts; its reference keeps its place.
func Remove(w store.Writer, agency int64, ref string) error {
	docno, _, err := docOf(w, agency, ref)
	if err != nil {
		return unknownRef(ref, err)
	}
	if err := Put(w, agency, Doc{Ref: ref}); err != nil {
		return err
	}
	return bodyOf(w, agency, docno, "")
}

func unknownRef(ref string, err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.Internal(fmt.Errorf("find: %q was never put", ref))
	}
	return err
}

// checkTags guards what lies between tags in a row. Tags are made by rooms, not typed by people.
func checkTags(tags []string) error {
	for _, t := range tags {
		if t == "" || strings.ContainsRune(t, 0) || strings.ContainsFunc(t, unicode.IsSpace) || strings.ToValidUTF8(t, "") != t || len(t) > 200 {
			return fault.Internal(fmt.Errorf("find: %q cannot be a tag", t))
		}
	}
	return nil
}

var packers = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(nil, flate.BestSpeed)
	return w
}}

func pack(text string) ([]byte, error) {
	var b bytes.Buffer
	w := packers.Get().(*flate.Writer)
	defer packers.Put(w)
	w.Reset(&b)
	if _, err := io.WriteString(w, text); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

var unpackers = sync.Pool{New: func() any { return flate.NewReader(bytes.NewReader(nil)) }}

func unpack(data []byte) (string, error) {
	r := unpackers.Get().(io.ReadCloser)
	defer unpackers.Put(r)
	if err := r.(flate.Resetter).Reset(bytes.NewReader(data), nil); err != nil {
		return "", err
	}
	text, err := io.ReadAll(io.LimitReader(r, bodyBytes+1))
	return string(text), err
}
