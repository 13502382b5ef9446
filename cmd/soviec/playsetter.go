// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"runtime"
	"time"

	"soviec/kit/letter"
	"soviec/office/draft"
)

// A typist sets the sample office's letters a little before they are needed, beside the acts:
// a page costs some milliseconds, and there are two thousand.
type typist struct {
	work  chan func()
	ready map[string]chan page // by what is set
}

// A page is a letter as it was put into the store.
type page struct {
	sha   string
	size  int64
	pages int
	err   error
}

func newTypist(ctx context.Context) *typist {
	t := &typist{work: make(chan func(), 2*aheadBy), ready: map[string]chan page{}}
	for range max(1, runtime.NumCPU()-1) {
		go func() {
			for {
				select {
				case f := <-t.work:
					f()
				case <-ctx.Done():
					return
				}
			}
		}()
	}
	return t
}

// aheadBy is how many scenes ahead pages are begun.
const aheadBy = 96

// begin has a letter set and kept, unless that was begun already.
func (pl *player) begin(ctx context.Context, l letter.Letter, o letter.Options) chan page {
	key := keyOf(l)
	if c, ok := pl.typist.ready[key]; ok {
		return c
	}
	c := make(chan page, 1)
	pl.typist.ready[key] = c
	pl.typist.work <- func() { c <- pl.set(ctx, l, o) }
	return c
}

func keyOf(l letter.Letter) string {
	raw, err := draft.LetterJSON(l)
	if err != nil {
		return ""
	}
	return raw
}

func (pl *player) set(ctx context.Context, l letter.Letter, o letter.Options) page {
	r, err := letter.Set(l, o)
	if err != nil {
		return page{err: err}
	}
	key, size, err := pl.blobs.Put(ctx, bytes.NewReader(r.PDF), 0)
	return page{sha: string(key), size: size, pages: r.Pages, err: err}
}

// page is the letter's page, now.
func (pl *player) page(ctx context.Context, l letter.Letter, o letter.Options) (page, error) {
	p := <-pl.begin(ctx, l, o)
	delete(pl.typist.ready, keyOf(l))
	return p, p.err
}

// unnumbered and numbered are how the two files of a document are set.
func unnumbered(at time.Time) letter.Options { return letter.Options{Fields: true, At: at} }
func numbered(at time.Time) letter.Options   { return letter.Options{At: at} }
