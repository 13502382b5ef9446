// SPDX-License-Identifier: Apache-2.0

package notice

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"soviec/kit/civil"
	"soviec/kit/deliver"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// Counts are what a message says, and all that it says.
type Counts struct{ Tasks, Late, Documents, Unread int }

// A Post empties the outbox: it claims what is due for one channel as one message, sends
// it and marks it. Any number of programs may do so over one database. A message whose
// fate is not known is sent again under the same identifier: at least once, never lost.
type Post struct {
	Book *journal.Book
	// Count is what waits for a person now.
	Count func(ctx context.Context, agency, person int64) (Counts, error)
	Mail  *deliver.Mail // nil where the installation has no mail server
	Push  *deliver.Push
	Hook  *deliver.Hook
	// Base is the address under which people open the program: "https://so.example.vn".
	Base string
	// Lease is how long a claim holds; of a program that died, another takes over after it.
	Lease time.Duration // 0 is two minutes
}

// waits are the times between tries; after the last one a delivery is given up.
var waits = []time.Duration{15 * time.Second, time.Minute, 4 * time.Minute, 15 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour}

const senders = 4

func (p *Post) lease() time.Duration {
	if p.Lease == 0 {
		return 2 * time.Minute
	}
	return p.Lease
}

// Run sends until the context ends, looking at least every interval.
func (p *Post) Run(ctx context.Context, interval time.Duration) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		if _, err := p.Drain(ctx); err != nil && ctx.Err() == nil {
			slog.Error("notice: outbox", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-bell:
		}
	}
}

// Drain sends all that is due, and returns how many messages it took in hand.
func (p *Post) Drain(ctx context.Context) (int, error) {
	var all sync.WaitGroup
	defer func() {
		all.Wait()
		if p.Mail != nil {
			p.Mail.Close()
		}
	}()
	free := make(chan struct{}, senders)
	for n := 0; ; n++ {
		select {
		case free <- struct{}{}:
		case <-ctx.Done():
			return n, ctx.Err()
		}
		g, err := p.claim(ctx)
		if err != nil {
			if errors.Is(err, store.ErrNone) {
				err = nil
			}
			return n, err
		}
		all.Go(func() {
			defer func() { <-free }()
			p.hand(ctx, g)
		})
	}
}

// A bundle is what goes out as one message.
type bundle struct {
	agency, person, channel int64
	message, was            int64 // was: before it was claimed
	claimed                 string
	tries                   int // of the one tried least
	urgent, test, digest    bool
	notices                 int
	only                    bool // nothing but the summary
}

// claim takes what is due longest. What the look before has found stands again in the
// statement, so that of two programs that chose the same only one changes it.
func (p *Post) claim(ctx context.Context) (bundle, error) {
	for {
		now := p.Book.Clock()
		first, err := firstDue(p.Book.DB.Read(ctx), now)
		if err != nil {
			return bundle{}, err
		}
		g := bundle{channel: first.channel, message: first.message, was: first.message, test: first.test, claimed: store.Instant(now.Add(p.lease()))}
		if g.message == 0 {
			g.message = store.NewID(now)
		}
		var rows []claimedRow
		err = p.Book.DB.Write(ctx, func(tx *store.Tx) error {
			rows, err = claim(tx, g, now)
			return err
		})
		if err != nil {
			return g, err
		}
		if len(rows) == 0 {
			continue // another program was first
		}
		g.tries, g.only = rows[0].tries, true
		for _, r := range rows {
			g.agency, g.person = r.agency, r.person
			g.tries = min(g.tries, r.tries)
			g.urgent = g.urgent || r.urgent
			g.digest = g.digest || r.kind == kindDigest
			g.only = g.only && r.kind == kindDigest
			if r.notice != 0 {
				g.notices++
			}
		}
		return g, nil
	}
}

// hand sends a bundle and marks what became of it. If the program stops meanwhile,
// nothing is marked: the claim runs out, and it is sent again as the same message.
func (p *Post) hand(ctx context.Context, g bundle) {
	out, err := p.try(ctx, g)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		slog.Error("notice: deliver", "channel", g.channel, "err", err)
		out = outcome{Failed, g.retryAt(p.Book.Clock()), "Lỗi của chương trình khi gửi.", true}
	}
	err = p.Book.DB.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error { return mark(tx, g, out, p.Book.Clock()) })
	if err != nil {
		slog.Error("notice: mark", "channel", g.channel, "err", err)
	}
}

func (g bundle) retryAt(now time.Time) time.Time {
	return now.Add(waits[min(max(g.tries, 1), len(waits))-1])
}

// An outcome is what became of a bundle.
type outcome struct {
	state State     // Waiting: not tried after all
	again time.Time // when it may be tried again
	fault string
	keep  bool // it may have arrived: the identifier stays
}

func (p *Post) try(ctx context.Context, g bundle) (outcome, error) {
	r, now := p.Book.DB.Read(ctx), p.Book.Clock()
	c, err := channelByID(r, g.agency, g.channel, "")
	if err != nil {
		return outcome{}, err
	}
	d, err := org.DirectoryOf(p.Book, r, g.agency)
	if err != nil {
		return outcome{}, err
	}
	today := civil.Of(now)
	_, here := d.PostOn(g.person, today)
	_, away := d.Away(g.person, today)
	switch {
	case !c.Active:
		return outcome{state: Dropped, fault: "Người nhận đã tắt hoặc bỏ cách nhận này."}, nil
	case !here:
		return outcome{state: Dropped, fault: "Người nhận không còn vị trí trong cơ quan."}, nil
	case g.only && away:
		return outcome{state: Dropped, fault: "Người nhận đang vắng mặt."}, nil
	}
	if at := c.Quiet.next(d.Calendar, now); !g.test && !g.urgent && at.After(now) {
		return outcome{state: Waiting, again: at, keep: g.was != 0}, nil // it was meant to go earlier, and now it is late
	}
	m, err := p.compose(ctx, r, d, c, g)
	if err != nil || m.nothing != "" {
		return outcome{state: Dropped, fault: m.nothing}, err
	}
	sending, stop := context.WithTimeout(ctx, p.lease()/2)
	defer stop()
	if err := p.send(sending, d, c, g, m, now); err != nil {
		return p.refused(ctx, c, g, deliver.AsRefusal(err))
	}
	return outcome{state: Sent}, nil
}

// refused says when to try again, or that there is no use in it.
func (p *Post) refused(ctx context.Context, c Channel, g bundle, why *deliver.Refusal) (outcome, error) {
	if ctx.Err() != nil {
		return outcome{}, nil
	}
	slog.Warn("notice: not delivered", "channel", c.ID, "kind", c.Kind, "err", why)
	now := p.Book.Clock()
	// Once its fate was unknown, no later refusal tells that it has not arrived before.
	out := outcome{Failed, g.retryAt(now), why.Reason, why.Unknown || g.was != 0}
	if at := now.Add(why.After); at.After(out.again) {
		out.again = at
	}
	switch {
	case why.Kind == deliver.Gone && c.Kind == Push:
		out.state = GivenUp
		return out, p.revokeGone(ctx, c)
	case why.Kind == deliver.Never:
		out.state = GivenUp
	}
	return out, nil
}

// revokeGone ends a channel whose receiver is no longer there, in the program's own name.
func (p *Post) revokeGone(ctx context.Context, c Channel) error {
	by := journal.Holder{Agency: c.agency, System: true, Name: org.SystemName}
	return p.Book.Do(ctx, by, func(a *journal.Act) error {
		if err := org.May(a, org.RunSystem, org.Target{}); err != nil {
			return err
		}
		now, err := channelByID(a, c.agency, c.ID, a.Lock())
		if err != nil || !now.Revoked.IsZero() {
			return err
		}
		return revoke(a, now, "trình duyệt không còn nhận")
	})
}
