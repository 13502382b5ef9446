// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"sort"
	"strconv"
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/document"
	"soviec/office/org"
)

// A Reach is which documents a person may read: all of the agency, or those that concern
// one of the units headed or the person. Every list, page, file and search asks it.
type Reach struct {
	All bool
	Who []string
}

// ReachOf is the reach that rights give (documents.md §3.2: A, U, O).
func ReachOf(x org.Rights) Reach {
	if x.May(org.ReadAll, org.Target{}) {
		return Reach{All: true, Who: []string{document.TagAll}}
	}
	reach := Reach{Who: []string{personTag(x.Person)}}
	for _, u := range x.Heads {
		reach.Who = append(reach.Who, unitTag(u))
	}
	return reach
}

// Get finds one document that the reach allows.
func Get(r store.Reader, agency int64, reach Reach, id int64) (Document, error) {
	d, err := get(r, agency, id)
	if err != nil || reach.All {
		return d, err
	}
	ok, err := mayRead(r, d.ID, reach.Who)
	if err == nil && !ok {
		return Document{}, errNoDocument // whoever may not read it does not learn that it is there
	}
	return d, err
}

// BySlug finds a document by what its address says. A number that was voided and given
// again leads to the document that bears it now.
func BySlug(r store.Reader, agency int64, reach Reach, year int, slug string) (Document, error) {
	id, err := idBySlug(r, agency, year, slug)
	if err != nil {
		return Document{}, err
	}
	return Get(r, agency, reach, id)
}

// ByLabel finds a document by number and notation as people write them: "05/QĐ-BDT", of
// another year "05/QĐ-BDT/2025".
func ByLabel(r store.Reader, agency int64, reach Reach, year int, label string) (Document, error) {
	label = tidy(label)
	if i := strings.LastIndexByte(label, '/'); i > 0 {
		if y, err := strconv.Atoi(label[i+1:]); err == nil && y > 1900 {
			year, label = y, label[:i]
		}
	}
	return BySlug(r, agency, reach, year, slug(label))
}

// Files are all files of a document, of the main one the one that stands first.
func Files(r store.Reader, d Document) ([]File, error) {
	all, err := filesOf(r, d.ID)
	return current(all), err
}

// Main is the main file as it stands.
func Main(r store.Reader, doc int64) (File, error) {
	all, err := filesOf(r, doc)
	if err != nil {
		return File{}, err
	}
	for _, f := range all {
		if f.Kind == "main" {
			return f, nil
		}
	}
	return File{}, fault.NotFound("Văn bản này chưa có tệp chính.")
}

// FileOf finds one file. While a document is recalled its files are shut for all but those
// who read everything.
func FileOf(r store.Reader, d Document, reach Reach, file int64) (File, error) {
	all, err := filesOf(r, d.ID)
	if err != nil {
		return File{}, err
	}
	for _, f := range all {
		if f.ID == file {
			if d.Frozen && !reach.All {
				return f, errFrozen
			}
			return f, nil
		}
	}
	return File{}, errNoDocument
}

// A Filter narrows the list of documents.
type Filter struct {
	Year     int
	Type     string
	State    string // a State, "open" for what has not left, "" for all
	Unit     int64
	Signer   int64
	Urgency  int // at least
	From, To civil.Date
	IDs      []int64 // found by search; nil for no search
}

// A Key is the place in a list from which the next page goes on.
type Key struct {
	Day civil.Date
	ID  int64
}

// List is a page of documents that the reach allows, newest first.
func List(r store.Reader, agency int64, reach Reach, f Filter, after Key, limit int) ([]Document, error) {
	return listDocuments(r, agency, reach, f, after, limit)
}

// A Waiting is one line of the clerk's "sổ chờ phát hành".
type Waiting struct {
	Draft    int64 // signed, without a number; 0 for a document
	Type     string
	Subject  string
	Urgency  int
	Unit     int64
	Signed   string
	SignedAt time.Time
	Body     int64
	Document Document
	Limit    time.Time
	Over     bool
}

// Step is what the clerk does next with it.
func (w Waiting) Step() string {
	switch {
	case w.Draft != 0:
		return "number"
	case w.Document.State == StateNumbered:
		return "seal"
	case w.Document.State == StateRecalling:
		return "recall"
	}
	return "issue"
}

// Queue is what waits for the clerk: to be numbered, sealed, issued; urgent first, then by
// age (documents.md §6.2, O12–O14).
func Queue(r store.Reader, dir *org.Directory, now time.Time, limit int) ([]Waiting, error) {
	agency := dir.Agency.ID
	all, err := signedDrafts(r, agency, limit)
	if err != nil {
		return nil, err
	}
	for i, w := range all {
		all[i].Limit = SendDeadline(dir.Calendar, w.SignedAt, w.Urgency, w.Signed == Digital, dir.Int("outgoing.urgent_hours"))
	}
	docs, err := openDocuments(r, agency, limit)
	if err != nil {
		return nil, err
	}
	for _, d := range docs {
		all = append(all, Waiting{Type: d.Type, Subject: d.Subject, Urgency: d.Urgency, Unit: d.Unit, Signed: d.Signed, SignedAt: d.SignedAt, Document: d, Limit: d.SendBy})
	}
	for i := range all {
		all[i].Over = now.After(all[i].Limit)
	}
	sort.SliceStable(all, func(i, j int) bool {
		a, b := all[i], all[j]
		if a.Urgency != b.Urgency {
			return a.Urgency > b.Urgency
		}
		return a.SignedAt.Before(b.SignedAt)
	})
	return all[:min(limit, len(all))], nil
}

// Timeline is everything that happened to a document, from its draft on, in order.
func Timeline(r store.Reader, agency int64, d Document) ([]journal.Entry, error) {
	all, err := journal.Of(r, agency, journal.Ref("draft", d.Draft))
	if err != nil {
		return nil, err
	}
	more, err := journal.Of(r, agency, d.Ref())
	all = append(all, more...)
	sort.SliceStable(all, func(i, j int) bool { return all[i].Seq < all[j].Seq })
	return all, err
}
