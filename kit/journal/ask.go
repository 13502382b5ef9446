// SPDX-License-Identifier: Apache-2.0

package journal

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Where several processes write, only the database knows how far a book has grown, and
// every page wants to know. All readers that wait are answered by one question, and each
// question was put after the readers whom it answers had come: nobody is told less than
// what was committed when he asked.

// asker puts the questions, one at a time.
type asker struct {
	mu     sync.Mutex
	asking bool
	next   *round // whoever comes now is answered by it
}

// round is one question with those who wait for its answer.
type round struct {
	agencies []int64
	sizes    map[int64]int64
	err      error
	answered chan struct{}
}

const askedWithin = 10 * time.Second

// last is the size of an agency's book, as committed at this moment or later.
func (k *asker) last(ctx context.Context, b *Book, agency int64) (int64, error) {
	r := k.join(b, agency)
	select {
	case <-r.answered:
		return r.sizes[agency], r.err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (k *asker) join(b *Book, agency int64) *round {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.next == nil {
		k.next = &round{answered: make(chan struct{})}
	}
	if !slices.Contains(k.next.agencies, agency) {
		k.next.agencies = append(k.next.agencies, agency)
	}
	if !k.asking {
		k.asking = true
		go k.ask(b)
	}
	return k.next
}

// ask puts questions until nobody waits.
func (k *asker) ask(b *Book) {
	for {
		k.mu.Lock()
		r := k.next
		k.next = nil
		k.asking = r != nil
		k.mu.Unlock()
		if r == nil {
			return
		}
		ctx, stop := context.WithTimeout(context.Background(), askedWithin) // it is asked for many: none of them may end it
		r.sizes, r.err = sizesOf(b.DB.Read(ctx), r.agencies)
		stop()
		b.heard(r.sizes)
		close(r.answered)
	}
}
