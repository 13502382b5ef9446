// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"runtime"
	"time"

	"soviec/kit/letter"
	"soviec/office/draft"
	"soviec/office/signature"
)

// A typist sets and signs the sample office's letters a little before they are needed, beside
// the acts: a page costs some milliseconds, and there are two thousand.
type typist struct {
	work  chan func()
	ready map[string]*leaf // by what is set
}

// A page is a letter as it was put into the store.
type page struct {
	sha   string
	size  int64
	pages int
	err   error
}

// A leaf is a page that is being made. Its bytes are kept while somebody is still to sign it.
type leaf struct {
	page
	made   chan struct{}
	data   []byte
	boxes  []letter.Box
	record signature.Record // of a signed one, as it was judged
}

// wait waits until the leaf is made.
func (s *leaf) wait() (page, error) {
	<-s.made
	return s.page, s.err
}

func newTypist(ctx context.Context) *typist {
	t := &typist{work: make(chan func(), 4*aheadBy), ready: map[string]*leaf{}}
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

// make has a leaf made by f. What f waits for was begun before, so it is not behind it.
func (t *typist) make(f func(s *leaf) error) *leaf {
	s := &leaf{made: make(chan struct{})}
	t.work <- func() {
		defer close(s.made)
		s.err = f(s)
	}
	return s
}

// begin has a letter set and kept, unless that was begun already.
func (pl *player) begin(ctx context.Context, l letter.Letter, o letter.Options) *leaf {
	key := keyOf(l)
	if s, ok := pl.typist.ready[key]; ok {
		return s
	}
	s := pl.typist.make(func(s *leaf) error {
		r, err := letter.Set(l, o)
		if err != nil {
			return err
		}
		s.boxes, s.pages = r.Boxes, r.Pages
		return s.keep(ctx, pl, r.PDF)
	})
	pl.typist.ready[key] = s
	return s
}

// keep puts a file into the store.
func (s *leaf) keep(ctx context.Context, pl *player, data []byte) error {
	key, size, err := pl.blobs.Put(ctx, bytes.NewReader(data), 0)
	s.data, s.sha, s.size = data, string(key), size
	return err
}

func keyOf(l letter.Letter) string {
	raw, err := draft.LetterJSON(l)
	if err != nil {
		return ""
	}
	return raw
}

// leaf is the letter's leaf, made now.
func (pl *player) leaf(ctx context.Context, l letter.Letter, o letter.Options) (*leaf, error) {
	s := pl.begin(ctx, l, o)
	delete(pl.typist.ready, keyOf(l))
	_, err := s.wait()
	return s, err
}

// unnumbered and numbered are how the two files of a document are set.
func unnumbered(at time.Time) letter.Options { return letter.Options{Fields: true, At: at} }
func numbered(at time.Time) letter.Options   { return letter.Options{At: at} }
