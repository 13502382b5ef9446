// SPDX-License-Identifier: Apache-2.0

package notice

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"soviec/kit/store"
)

// Live is the hub that Tell wakes.
var Live = NewHub()

// A Hub wakes the open pages of whoever is told something. It carries no content:
// who is woken asks for what is new, with his own rights.
type Hub struct {
	mu    sync.RWMutex
	pages map[ear]map[chan struct{}]bool
	calls sync.Map // ear → *atomic.Int64
}

type ear struct{ agency, person int64 }

// NewHub makes a hub without listeners.
func NewHub() *Hub { return &Hub{pages: map[ear]map[chan struct{}]bool{}} }

// Subscribe returns a channel that is woken when there is something new for the
// person. Wakings that come while one waits are one. cancel must be called.
func (h *Hub) Subscribe(agency, person int64) (wake <-chan struct{}, cancel func()) {
	c, key := make(chan struct{}, 1), ear{agency, person}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.pages[key] == nil {
		h.pages[key] = map[chan struct{}]bool{}
	}
	h.pages[key][c] = true
	return c, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.pages[key], c)
		if len(h.pages[key]) == 0 {
			delete(h.pages, key)
		}
	}
}

// Calls counts how often the person was published to in this process: as long as it
// stays, so does what a page shows of his notices.
func (h *Hub) Calls(agency, person int64) int64 {
	if n, ok := h.calls.Load(ear{agency, person}); ok {
		return n.(*atomic.Int64).Load()
	}
	return 0
}

// Publish wakes the person's pages. It never waits.
func (h *Hub) Publish(agency, person int64) {
	n, ok := h.calls.Load(ear{agency, person})
	if !ok {
		n, _ = h.calls.LoadOrStore(ear{agency, person}, new(atomic.Int64))
	}
	n.(*atomic.Int64).Add(1)
	h.mu.RLock()
	defer h.mu.RUnlock()
	for c := range h.pages[ear{agency, person}] {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// Listeners is the number of open pages.
func (h *Hub) Listeners() int {
	h.mu.RLock()
	defer h.mu.RUnlock()
	n := 0
	for _, pages := range h.pages {
		n += len(pages)
	}
	return n
}

// lookBack is how much later than its identifier a notice may become visible: the
// identifier is made when the act begins, the row is seen once it has committed.
const lookBack = 30 * time.Second

// PollEvery is how often a program looks for what others have told: with the look itself
// it stays well under the second within which a page is to show it.
const PollEvery = 400 * time.Millisecond

// Poll wakes pages for what other processes of the same database tell. It is needed
// on PostgreSQL, where several may serve one agency, and ends with the context.
func (h *Hub) Poll(ctx context.Context, db *store.DB, clock func() time.Time, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	// What was there before is nobody's news.
	seen := map[int64]bool{}
	h.look(db.Read(ctx), clock(), seen, false)
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			h.look(db.Read(ctx), clock(), seen, true)
		}
	}
}

// look wakes for each notice of the last moments that was not seen before.
func (h *Hub) look(r store.Reader, now time.Time, seen map[int64]bool, wake bool) {
	from := store.FirstID(now.Add(-lookBack))
	news, err := since(r, from)
	if err != nil {
		if r.Context().Err() == nil {
			slog.Error("notice: look for news", "err", err)
		}
		return
	}
	for id := range seen {
		if id < from {
			delete(seen, id)
		}
	}
	for _, t := range news {
		if !seen[t.id] && wake {
			h.Publish(t.agency, t.person)
		}
		seen[t.id] = true
	}
}
