// SPDX-License-Identifier: Apache-2.0

package find

import (
	"container/list"
	"sync"
)

// cache keeps decoded postings, those last used. A segment never changes, so what is in here is
// always right; that a term is not in a segment is kept as well.
type cache struct {
	mu    sync.Mutex
	limit int
	size  int
	order list.List // newest use first
	byKey map[cacheKey]*list.Element
}

type cacheKey struct {
	agency, segment int64
	term            string
}

type cached struct {
	key  cacheKey
	post posting
	size int
}

func newCache(limit int) *cache {
	return &cache{limit: limit, byKey: map[cacheKey]*list.Element{}}
}

func (c *cache) get(k cacheKey) (posting, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.byKey[k]
	if !ok {
		return posting{}, false
	}
	c.order.MoveToFront(e)
	return e.Value.(*cached).post, true
}

func (c *cache) put(k cacheKey, p posting) {
	one := &cached{key: k, post: p, size: p.bytes() + len(k.term) + 250}
	if one.size > c.limit/4 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.byKey[k]; ok {
		return
	}
	c.byKey[k] = c.order.PushFront(one)
	c.size += one.size
	for c.size > c.limit {
		last := c.order.Back()
		old := c.order.Remove(last).(*cached)
		delete(c.byKey, old.key)
		c.size -= old.size
	}
}
