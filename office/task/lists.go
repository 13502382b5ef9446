// SPDX-License-Identifier: Apache-2.0

package task

import (
	"errors"
	"slices"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/store"
	"soviec/office/org"
)

// Get is a work with all its shares.
func Get(r store.Reader, agency, work int64) (Work, error) {
	w, err := readWork(r, agency, work, "")
	return w, found(err)
}

// GetShare is the work that a share belongs to.
func GetShare(r store.Reader, agency, share int64) (Work, error) {
	work, err := workOfShare(r, agency, share)
	if err != nil {
		return Work{}, found(err)
	}
	return Get(r, agency, work)
}

func found(err error) error {
	if errors.Is(err, store.ErrNone) {
		return errNoWork
	}
	return fault.Internal(err)
}

// OfSource are the works that come from a source ("incoming/123"), oldest first.
func OfSource(r store.Reader, agency int64, source string) ([]Work, error) {
	works, err := worksOfSource(r, agency, source)
	return works, fault.Internal(err)
}

// MayRead reports whether a person may read a work: who reads all, the giver, whoever
// carries a share or carried one, and the heads of the units that do.
func MayRead(x org.Rights, w Work) bool {
	if x.Person == 0 {
		return false
	}
	return x.May(org.ReadAll, org.Target{}) || w.Giver == x.Person || w.Proxy == x.Person ||
		slices.ContainsFunc(w.Shares, func(s Share) bool {
			return s.Holder == x.Person || s.Person == x.Person || x.HeadsUnit(s.Unit)
		})
}

// Mine are the open shares that a person holds, by due day, the undated last.
func Mine(r store.Reader, agency, person int64) ([]Piece, error) {
	return listed(pieces(r, "WHERE s.agency = $1 AND s.holder = $2 AND "+isOpen+byDue, agency, person))
}

// OfUnit are the open shares of a unit, by due day.
func OfUnit(r store.Reader, agency, unit int64) ([]Piece, error) {
	return listed(pieces(r, "WHERE s.agency = $1 AND s.unit = $2 AND "+isOpen+byDue, agency, unit))
}

// ForInfo is what a person was sent to know of since an instant and has not opened yet,
// newest first.
func ForInfo(r store.Reader, agency, person int64, since time.Time, limit int) ([]Piece, error) {
	return listed(pieces(r, "WHERE s.agency = $1 AND s.holder = $2 AND s.state = 'info' AND s.seen_at = '' AND s.given_at >= $3 ORDER BY s.given_at DESC, s.id LIMIT $4",
		agency, person, store.Instant(since), limit))
}

// GivenBy are the open shares of the works that a person gave, by due day.
func GivenBy(r store.Reader, agency, giver int64) ([]Piece, error) {
	return listed(pieces(r, "WHERE w.agency = $1 AND w.giver = $2 AND w.state = 'open' AND "+isOpen+byDue, agency, giver))
}

// FinishedBy are the shares that a person has finished, newest first, before an instant.
func FinishedBy(r store.Reader, agency, person int64, before time.Time, limit int) ([]Piece, error) {
	return listed(pieces(r, "WHERE s.agency = $1 AND s.holder = $2 AND s.state = 'done' AND s.done_at < $3 ORDER BY s.done_at DESC, s.id DESC LIMIT $4",
		agency, person, store.Instant(before), min(max(limit, 1), 500)))
}

// Waiting are the reported shares that a person has to confirm: of the works given, and
// of what was assigned inside the units headed. Leads come first, then the oldest.
func Waiting(r store.Reader, d *org.Directory, person int64, day civil.Date) ([]Piece, error) {
	all, err := pieces(r, "WHERE s.agency = $1 AND s.state = 'reported' ORDER BY CASE WHEN s.role = 'lead' THEN 0 ELSE 1 END, s.reported_at, s.id", d.Agency.ID)
	if err != nil {
		return nil, fault.Internal(err)
	}
	x := d.Rights(person, day)
	return slices.DeleteFunc(all, func(p Piece) bool {
		if p.Holder == person {
			return true
		}
		if p.Parent != 0 {
			return !x.HeadsUnit(p.Unit)
		}
		return p.Giver != person
	}), nil
}

func listed(all []Piece, err error) ([]Piece, error) { return all, fault.Internal(err) }

// An Asking is an open request with the share it is about.
type Asking struct {
	Request
	Piece
}

// Askings are the open requests that a person has to decide, oldest first.
func Askings(r store.Reader, agency, decider int64) ([]Asking, error) {
	all, err := askings(r, agency, decider)
	return all, fault.Internal(err)
}

// Requests are all requests about the shares of a work, oldest first.
func Requests(r store.Reader, agency, work int64) ([]Request, error) {
	all, err := requestsOfWork(r, agency, work)
	return all, fault.Internal(err)
}

// Dues are all dates ever given to the shares of a work, oldest first.
func Dues(r store.Reader, agency, work int64) ([]DueRow, error) {
	all, err := duesOfWork(r, agency, work)
	return all, fault.Internal(err)
}

// SaidIn is what was written in the acts on a work, oldest first: directives inside units,
// progress, results, reasons and answers.
func SaidIn(r store.Reader, agency, work int64) ([]Said, error) {
	all, err := saidOfWork(r, agency, work)
	return all, fault.Internal(err)
}

// Urgings are all urgings of a work, by hand and by the program, oldest first.
func Urgings(r store.Reader, agency, work int64) ([]Urging, error) {
	all, err := urgingsOfWork(r, agency, work)
	return all, fault.Internal(err)
}

// Holdings are who held each of the shares from when to when, oldest first.
func Holdings(r store.Reader, agency int64, shares []int64) (map[int64][]Holding, error) {
	out := make(map[int64][]Holding, len(shares))
	for part := range slices.Chunk(shares, mostInList) {
		held, err := holdingsOf(r, agency, part)
		if err != nil {
			return nil, fault.Internal(err)
		}
		for _, h := range held {
			out[h.Share] = append(out[h.Share], h)
		}
	}
	return out, nil
}
