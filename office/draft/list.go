// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"cmp"
	"slices"
	"time"

	"soviec/kit/civil"
	"soviec/kit/store"
	"soviec/office/document"
	"soviec/office/org"
)

// A Filter narrows a list of drafts.
type Filter struct {
	State   State // "" for all, "open" for all that are under way
	Drafter int64
	Unit    int64
	Type    string
	IDs     []int64 // found by search; nil for no search
	Before  int64   // the last of the page before
}

// Open is the filter's word for all drafts that are under way.
const Open State = "open"

// List is a page of the drafts that the reach allows, the latest begun first.
func List(r store.Reader, agency int64, reach Reach, f Filter, limit int) ([]Paper, error) {
	if f.IDs != nil && len(f.IDs) == 0 || !reach.All && len(reach.Who) == 0 {
		return nil, nil
	}
	return listPapers(r, agency, reach, f, limit)
}

// A Waits is a draft that waits for a person, with what is wanted of him.
type Waits struct {
	Paper
	Word Word
	Due  civil.Date // of an opinion
}

// Waiting are the drafts that wait for a person now: to check, to sign, to say something
// about. Urgent ones first, then those that wait longest. It reads at most some hundreds.
func Waiting(r store.Reader, d *org.Directory, x org.Rights, actor int64, day civil.Date) ([]Waits, error) {
	var units []int64
	for _, u := range d.Units {
		if x.May(org.CheckContent, org.Target{Unit: u.ID}) {
			units = append(units, u.ID)
		}
	}
	all, err := waitingPapers(r, x.Agency, x.Person, units, x.May(org.CheckForm, org.Target{}))
	if err != nil {
		return nil, err
	}
	var out []Waits
	for _, p := range all {
		if w := WordOf(d, x, p, actor, false, 0, day); w.Any() {
			out = append(out, Waits{Paper: p, Word: w})
		}
	}
	asked, err := askedPapers(r, x.Agency, x.Person)
	if err != nil {
		return nil, err
	}
	for _, w := range asked {
		w.Word = Word{Answer: true}
		out = append(out, w)
	}
	slices.SortStableFunc(out, func(a, b Waits) int {
		return cmp.Or(cmp.Compare(b.Urgency, a.Urgency), a.WaitsSince.Compare(b.WaitsSince), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

// Morning are the drafts that wait for a leader's signature, for the morning sheet.
func Morning(r store.Reader, d *org.Directory, x org.Rights, actor int64, now time.Time) ([]document.MorningPaper, error) {
	all, err := Waiting(r, d, x, actor, civil.Of(now))
	var out []document.MorningPaper
	for _, p := range all {
		if p.Word.Sign {
			out = append(out, document.MorningPaper{Ref: p.Ref(), Address: p.Address(), Type: p.Type, Subject: p.Subject, Drafter: p.Drafter,
				Unit: p.Unit, Urgency: p.Urgency, Since: p.WaitsSince})
		}
	}
	return out, err
}

// SentBack are a person's drafts that came back and were not submitted again, the latest
// first. It reads at most a page of them.
func SentBack(r store.Reader, agency, drafter int64) ([]Paper, error) {
	return sentBackPapers(r, agency, drafter)
}

// Counts are how many drafts of each state the reach allows.
func Counts(r store.Reader, agency int64, reach Reach, drafter int64) (map[State]int, error) {
	return countPapers(r, agency, reach, drafter)
}
