// SPDX-License-Identifier: Apache-2.0

package notice

import (
	"context"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// The kinds of deliveries.
const (
	kindNotice = "notice"
	kindDigest = "digest"
	kindTest   = "test"
)

// A State is how far a delivery has come.
type State string

// The states. Waiting and Failed go on by themselves.
const (
	Waiting State = "waiting"  // not tried yet
	Failed  State = "failed"   // refused; will be tried again
	Sent    State = "sent"     // the receiver's server has it
	GivenUp State = "given_up" // refused for good, or too often
	Dropped State = "dropped"  // there was nothing to send any more
)

// A Delivery is one notice, summary or test on its way through one channel.
type Delivery struct {
	ID      int64
	Person  int64
	Channel int64
	Through string // the kind of the channel
	Name    string // of the channel
	Kind    string // notice, digest, test
	State   State
	Tries   int
	Fault   string
	Made    time.Time
	Due     time.Time
	Ended   time.Time
}

// delivery is a row of the outbox as it is made.
type delivery struct {
	ID, Person, Channel int64
	Kind, Key           string
	Notice              int64
	Urgent              bool
	Made, Due           time.Time
}

// bell rings when there may be something to send now.
var bell = make(chan struct{}, 1)

func ring() {
	select {
	case bell <- struct{}{}:
	default:
	}
}

type channelsKey struct{ person int64 }

// enqueue puts a notice into the outbox of each of the person's channels that wants it at
// once: in the act that tells it, so that one is never without the other.
func enqueue(a *journal.Act, n Notice, urgent bool) error {
	all, err := journal.Keep(a, channelsKey{n.Person}, func() ([]Channel, error) { return channelsOf(a, a.By.Agency, n.Person) })
	if err != nil {
		return err
	}
	topic, rings := topicOf(n.Kind), false
	for _, c := range all {
		if !c.wants(topic, urgent) {
			continue
		}
		due, passes := a.At, urgent && c.Urgent
		if !passes {
			d, err := org.DirectoryIn(a)
			if err != nil {
				return err
			}
			due = c.Quiet.next(d.Calendar, a.At)
		}
		if _, err := insertDelivery(a, a.By.Agency, delivery{ID: a.NewID(), Person: n.Person, Channel: c.ID, Kind: kindNotice,
			Key: journal.Ref("notice", n.ID), Notice: n.ID, Urgent: passes, Made: a.At, Due: due}); err != nil {
			return err
		}
		rings = rings || !due.After(a.At)
	}
	if rings {
		a.After(ring)
	}
	return nil
}

// Digest puts the morning's summary of a working day into the outbox of each channel
// that wants one. It may run late, twice, or in two programs at once: the rows are the same.
func Digest(ctx context.Context, b *journal.Book, agency int64, day civil.Date) error {
	d, err := org.DirectoryOf(b, b.DB.Read(ctx), agency)
	if err != nil || !d.Calendar.WorkingDay(day) {
		return fault.Internal(err)
	}
	err = b.DB.Write(ctx, func(tx *store.Tx) error {
		now := b.Clock()
		all, err := digestChannels(tx, agency)
		if err != nil {
			return err
		}
		for _, c := range all {
			if _, err := insertDelivery(tx, agency, delivery{ID: store.NewID(now), Person: c.Person, Channel: c.ID, Kind: kindDigest,
				Key: day.String(), Made: now, Due: c.Quiet.next(d.Calendar, now)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		ring()
	}
	return fault.Internal(err)
}

// Resend lets what was given up, or waits for its next try, be tried now: one delivery, or
// all of the agency with 0. It returns how many.
func Resend(a *journal.Act, id int64) (int, error) {
	if err := org.May(a, org.ManageSettings, org.Target{}); err != nil {
		return 0, err
	}
	n, err := resend(a, a.By.Agency, id, a.At)
	if err != nil {
		return 0, fault.Internal(err)
	}
	if n == 0 {
		return 0, fault.NotFound("Không còn gì để gửi lại: đã gửi được, hoặc người nhận đã bỏ cách nhận này.")
	}
	a.Note(journal.Entry{Kind: DeliveriesResent, Subject: journal.Ref("agency", a.By.Agency), Amount: n})
	a.After(ring)
	return int(n), nil
}

// Troubles are the deliveries that were refused, newest first, from before an identifier
// (0 = from the newest). They carry nothing of what the notices say.
func Troubles(r store.Reader, agency, before int64, limit int) ([]Delivery, error) {
	all, err := troubles(r, agency, before, limit)
	return all, fault.Internal(err)
}

// Deliveries are a person's own, newest first.
func Deliveries(r store.Reader, agency, person int64, limit int) ([]Delivery, error) {
	all, err := deliveriesOf(r, agency, person, limit)
	return all, fault.Internal(err)
}

// A Tally is how many deliveries through a kind of channel are in a state.
type Tally struct {
	Through string
	State   State
	Count   int
}

// Tallies count the deliveries made since a moment.
func Tallies(r store.Reader, agency int64, since time.Time) ([]Tally, error) {
	all, err := tallies(r, agency, store.FirstID(since))
	return all, fault.Internal(err)
}

// kept is how long the trace of a delivery that has ended stays.
const kept = 90 * 24 * time.Hour

// Forget takes old traces of deliveries away.
func Forget(ctx context.Context, db *store.DB, now time.Time) error {
	return db.Write(ctx, func(tx *store.Tx) error { return forget(tx, now.Add(-kept)) })
}
