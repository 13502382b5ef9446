// SPDX-License-Identifier: Apache-2.0

// Package find keeps full text over references, folded for Vietnamese: found in every spelling, counted exactly.
//
// May enter: Put, Search, and the index that lies between them.
// May not: SQL of other rooms, what a reference or a tag means.
package find

import (
	"sync"

	"soviec/kit/store"
)

// Doc is what can be found: a reference with its texts. A document put again under the same
// reference replaces fields and tags of the old one and keeps its place in the order; the text of
// its files stays until PutBody replaces it.
type Doc struct {
	Ref    string
	Kind   string   // becomes the tag "kind:…"; may be empty
	Fields []string // titles, numbers, issuers: a phrase never reaches over two of them
	Body   string   // text of the files, found but never ranked as exact; may come later by PutBody
	Tags   []string // who may see it and by what it can be narrowed: "a", "u:12", "year:2019"
}

// Query is one question. Any are the tags of which a document must carry at least one: the rights
// of the one who asks; without any, nothing is found. All are tags that it must carry besides.
type Query struct {
	Text   string // empty finds everything that the tags allow
	Any    []string
	All    []string
	Limit  int   // rows of a page; 20 when 0, 200 at most
	Before int64 // Result.Next of the page before; 0 for the first
}

// Mode says how the words of a query were taken.
type Mode string

const (
	Phrase Mode = "phrase" // all words as neighbours in the order typed, or as quoted
	Words  Mode = "words"  // all words anywhere, because the phrase found nothing
)

// Result is a page of what was found: exact hits first where the query carries marks, then newest.
type Result struct {
	Hits  []Hit
	Total int // of all pages, after rights and filters
	Mode  Mode
	More  bool
	Next  int64 // for Query.Before; 0 when there is no more
}

// Hit is one document found. Exact says that it holds the neighbouring words with the marks typed.
type Hit struct {
	Ref   string
	DocNo int64 // grows with the order in which documents were first put
	Exact bool
}

// Finder searches and keeps the index. One is enough for a process; it may be used by many at once.
type Finder struct {
	db       *store.DB
	cache    *cache
	portions portions

	mu       sync.Mutex
	agencies map[int64]*view

	indexing sync.Mutex // one batch at a time
}

// cacheBytes bounds the decoded postings kept in memory.
const cacheBytes = 24 << 20

// New makes a finder over a database whose tables are there.
func New(db *store.DB) *Finder {
	return &Finder{db: db, cache: newCache(cacheBytes), portions: usual, agencies: map[int64]*view{}}
}

func (f *Finder) view(agency int64) *view {
	f.mu.Lock()
	defer f.mu.Unlock()
	v := f.agencies[agency]
	if v == nil {
		v = &view{agency: agency, refs: map[uint32]string{}}
		f.agencies[agency] = v
	}
	return v
}
