// SPDX-License-Identifier: Apache-2.0

package task

import (
	"time"

	"soviec/kit/fault"
	"soviec/kit/store"
)

// ProofSubmission is the proof of a work that ends when the giver accepts what was handed
// in (evaluation.md 3.2). A share of the whole done, in per cent, ends nothing and enters
// no figure.
const ProofSubmission = "submission"

// A Submission is one round of a share: a result that was handed in, or a record that
// proved it (kết quả nộp lần thứ …).
type Submission struct {
	ID        int64
	Share     int64
	Round     int
	Kind      string // submission, document, dossier, report
	Ref       string // the record that proves it
	By        int64
	Proxy     int64
	At        time.Time // when it was handed in, or when the record came to be
	Outcome   string    // waiting, accepted, returned, reopened, void
	Unmet     bool      // not met in substance
	DecidedBy int64
	DecidedAt time.Time
}

// handIn keeps a result that was handed in.
func (d *deed) handIn(s *Share, kind, ref string, at time.Time) error {
	n, err := lastRound(d.a, s.ID)
	if err != nil {
		return fault.Internal(err)
	}
	x := Submission{ID: d.a.NewID(), Share: s.ID, Round: n + 1, Kind: kind, Ref: ref, By: me(d.a), Proxy: proxy(d.a), At: at, Outcome: "waiting"}
	if kind != ProofSubmission {
		x.Outcome, x.DecidedAt = "accepted", d.a.At
	}
	d.rows = append(d.rows, RowTrace{x.ID, x.Outcome})
	return fault.Internal(insertSubmission(d.a, x))
}

// outcome decides about the last result that was handed in: one that waits, or one that was
// accepted and is taken up again.
func (d *deed) outcome(s *Share, outcome string, unmet bool) error {
	was := "waiting"
	if outcome == "reopened" {
		was = "accepted"
	}
	id, err := lastSubmission(d.a, s.ID, was)
	if err == store.ErrNone { // taken over from an earlier register
		err = nil
	}
	if err != nil || id == 0 {
		return fault.Internal(err)
	}
	if unmet {
		s.Unmet++
	}
	d.rows = append(d.rows, RowTrace{id, outcome})
	return fault.Internal(decideSubmission(d.a, id, outcome, unmet, me(d.a)))
}

// Submissions are all results that were handed in of a work, oldest first.
func Submissions(r store.Reader, agency, work int64) ([]Submission, error) {
	all, err := submissionsOfWork(r, agency, work)
	return all, fault.Internal(err)
}
