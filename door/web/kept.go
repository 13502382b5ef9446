// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"soviec/door/web/view"
	"soviec/office/org"
	"soviec/office/task"
)

// What stands inside the frame of a page of open work depends on the open work, the
// working moment, the people and the visitor's scope alone, so it is kept until one of
// them changes. Whoever has the same scope is shown the same bytes.

// mostKept bounds the bytes of the fragments kept; an address may name any filter.
const mostKept = 48 << 20

type keptFragment struct {
	version int64
	dir     *org.Directory
	board   *task.Board
	until   time.Time
	bytes   []byte
}

type fragments struct {
	mu   sync.Mutex
	kept map[string]*keptFragment
	size int
	make singleflight.Group
}

var pictures fragments

func (f *fragments) get(key string) (*keptFragment, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	k, ok := f.kept[key]
	return k, ok
}

func (f *fragments) put(key string, k *keptFragment) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.kept == nil || f.size+len(k.bytes) > mostKept {
		f.kept, f.size = map[string]*keptFragment{}, 0
	}
	if was := f.kept[key]; was != nil {
		f.size -= len(was.bytes)
	}
	f.kept[key], f.size = k, f.size+len(k.bytes)
}

// fragment is what stands inside the frame, made by page or kept from before. key names
// the page with all that the address asks of it; page may look at nothing else.
func (v *visit) fragment(key string, page func(p *task.Picture) view.Page) ([]byte, error) {
	p, err := v.d.Board.Of(v.Context(), v.agency())
	if err != nil {
		return nil, err
	}
	scope := task.ScopeOf(v.rights)
	if scope.All {
		scope.Person = 0 // who sees everything sees the same as the others who do
	}
	key = fmt.Sprint(key, " ", v.agency(), scope, v.may(org.Urge, org.Target{}))
	if k, ok := pictures.get(key); ok && k.version == p.Version && k.dir == v.dir && k.board == v.d.Board && v.now.Before(k.until) {
		return k.bytes, nil
	}
	made, err, _ := pictures.make.Do(key+"@"+strconv.FormatInt(p.Version, 10), func() (any, error) {
		b, err := v.d.Views.Fragment(page(p))
		if err == nil {
			pictures.put(key, &keptFragment{p.Version, v.dir, v.d.Board, p.Until(v.now), b})
		}
		return b, err
	})
	if err != nil {
		return nil, err
	}
	return made.([]byte), nil
}

// showKept answers with a page whose inside is kept.
func (v *visit) showKept(f view.Frame, key string, page func(p *task.Picture) view.Page) error {
	main, err := v.fragment(key, page)
	if err != nil {
		return err
	}
	shell, err := v.d.Views.Shell(f)
	if err != nil {
		return err
	}
	parts, err := v.d.Views.Whole(f, shell, main)
	if err != nil {
		return err
	}
	send(v.w, http.StatusOK, parts...)
	return nil
}
