// SPDX-License-Identifier: Apache-2.0

package document

import (
	"time"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// A Reach is which documents a person may read: all of the agency, or those that
// concern one of the units headed or the person. Every list, page, file and search
// asks it.
type Reach struct {
	All bool
	Who []string // "p:7", "u:3"; also the tags of search
}

// ReachOf is the reach that rights give.
func ReachOf(x org.Rights) Reach {
	if x.May(org.ReadAll, org.Target{}) {
		return Reach{All: true, Who: []string{TagAll}}
	}
	reach := Reach{Who: []string{personTag(x.Person)}}
	for _, u := range x.Heads {
		reach.Who = append(reach.Who, unitTag(u))
	}
	return reach
}

// Get finds one document that the reach allows.
func Get(r store.Reader, agency int64, reach Reach, id int64) (Incoming, error) {
	d, err := get(r, agency, id)
	if err != nil || reach.All {
		return d, err
	}
	return d, allowed(r, d.ID, reach)
}

// ByNumber finds a document by year, the register's code ("" for the agency's first)
// and arrival number: what its address says.
func ByNumber(r store.Reader, agency int64, reach Reach, year int, shelf string, number int64) (Incoming, error) {
	id, err := idByNumber(r, agency, year, shelf, number)
	if err != nil {
		return Incoming{}, err
	}
	return Get(r, agency, reach, id)
}

func allowed(r store.Reader, doc int64, reach Reach) error {
	ok, err := mayRead(r, doc, reach.Who)
	if err == nil && !ok {
		return errNoDocument // whoever may not read it does not learn that it is there
	}
	return err
}

// Files are the attachments of a document that the reach allows.
func Files(r store.Reader, d Incoming) ([]File, error) { return filesOf(r, d.ID) }

// FileOf finds one attachment; a document that is recalled or shut gives none.
func FileOf(r store.Reader, d Incoming, file int64) (File, error) {
	all, err := filesOf(r, d.ID)
	if err != nil {
		return File{}, err
	}
	for _, f := range all {
		if f.ID != file {
			continue
		}
		switch {
		case f.Purged:
			return f, errPurged
		case d.Frozen:
			return f, errFrozen
		}
		return f, nil
	}
	return File{}, errNoDocument
}

// A Filter narrows the list of documents.
type Filter struct {
	Year     int
	Register int64
	Type     string
	State    string // a State, "open" for all not closed, "" for all
	Issuer   int64
	Urgency  int // at least
	From, To civil.Date
	IDs      []int64 // found by search; nil for no search
}

// A Key is the place in a list from which the next page goes on.
type Key struct {
	ArrivalOn civil.Date
	Number    int64
	ID        int64
}

// List is a page of documents that the reach allows, newest first.
func List(r store.Reader, agency int64, reach Reach, f Filter, after Key, limit int) ([]Incoming, error) {
	return listIncoming(r, agency, reach, f, after, limit)
}

// A Waiting is one line of the clerk's sổ chờ.
type Waiting struct {
	Intake   Intake   // not yet numbered
	Document Incoming // numbered; zero ID for an intake
	Since    time.Time
	Limit    time.Time // by when it must be passed on (Nghị định 30/2020/NĐ-CP Điều 22, 23)
	Over     bool
}

// Urgency is the degree of urgency of what waits.
func (w Waiting) Urgency() int {
	if w.Document.ID != 0 {
		return w.Document.Urgency
	}
	return w.Intake.Urgency
}

// LimitOf is by when an arrival must be registered, submitted and passed on: the end
// of the next working day; an urgent one within some working hours.
func LimitOf(cal *civil.Calendar, since time.Time, urgency, urgentHours int) time.Time {
	start := cal.NextWorkingInstant(since)
	if urgency > 0 {
		return cal.AddWorkingTime(start, time.Duration(urgentHours)*time.Hour)
	}
	return cal.EndOfDay(cal.NextWorkingDay(civil.Of(since)))
}

// Queue is what waits for the clerk: by urgency, then age.
func Queue(r store.Reader, agency int64, cal *civil.Calendar, now time.Time, urgentHours, limit int) ([]Waiting, error) {
	intakes, err := openIntakes(r, agency, limit)
	if err != nil {
		return nil, err
	}
	docs, err := queued(r, agency, limit)
	if err != nil {
		return nil, err
	}
	var all []Waiting
	for _, in := range intakes {
		all = append(all, Waiting{Intake: in, Since: in.ReceivedAt})
	}
	for _, d := range docs {
		all = append(all, Waiting{Document: d, Since: d.ReceivedAt})
	}
	for i := range all {
		all[i].Limit = LimitOf(cal, all[i].Since, all[i].Urgency(), urgentHours)
		all[i].Over = now.After(all[i].Limit)
	}
	sortQueue(all)
	if len(all) > limit {
		all = all[:limit]
	}
	return all, nil
}

// A Pass is one submission or passing among leaders.
type Pass struct {
	Sender, Leader int64
	Text, Rule     string
	At             time.Time
}

// A Word is one directive as it was written.
type Word struct {
	ID       int64
	Level    string
	Person   int64
	Behalf   int64
	Text     string
	At       time.Time
	Corrects int64
}

// Timeline is everything that happened to a document and to its work, in order.
func Timeline(r store.Reader, agency int64, d Incoming) ([]journal.Entry, error) {
	all, err := journal.Of(r, agency, d.Ref())
	if err != nil || d.Work == 0 {
		return all, err
	}
	works, err := worksOf(r, agency, d.Ref())
	if err != nil {
		return nil, err
	}
	for _, w := range works {
		more, err := journal.Of(r, agency, journal.Ref("task", w))
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	sortEntries(all)
	return all, nil
}
