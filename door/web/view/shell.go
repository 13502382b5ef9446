// SPDX-License-Identifier: Apache-2.0

package view

import (
	"bytes"
	"html/template"
	"strconv"
	"sync"
)

// Shell is a rendered frame: head, then the fragment, then tail.
type Shell struct{ Head, Tail []byte }

// mould is a frame rendered without its title and its query, which change with every page
// and are filled in anew.
type mould struct {
	head [3][]byte // before the title, between title and query, after the query
	tail []byte
}

// keptMoulds bounds the memory of moulds: about 8 KB each.
const keptMoulds = 512

// moulds keeps the frames rendered last. A frame is the same for one person in one place
// until a count changes, and costs more to render than all else in a kept page.
type moulds struct {
	mu   sync.Mutex
	kept map[string]mould
}

func (s *moulds) get(key []byte) (mould, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, ok := s.kept[string(key)]
	return m, ok
}

func (s *moulds) put(key []byte, m mould) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil || len(s.kept) >= keptMoulds {
		s.kept = make(map[string]mould, keptMoulds)
	}
	s.kept[string(key)] = m
}

// What stands in a mould where title and query go; letters alone, so no escaping changes them.
const titleHole, queryHole = "SoViecTitleHole", "SoViecQueryHole"

// Shell renders the frame alone, or fills the mould of one that was rendered before.
func (v *Views) Shell(f Frame) (Shell, error) {
	// What has just happened is shown once; keeping it would only push others out.
	keep := f.Flash == (Flash{})
	var space [512]byte
	key := f.key(space[:0])
	m, ok := mould{}, false
	if keep {
		m, ok = v.moulds.get(key)
	}
	if !ok {
		var err error
		if m, err = v.cast(f); err != nil {
			return Shell{}, err
		}
		if keep {
			v.moulds.put(key, m)
		}
	}
	title, query := template.HTMLEscapeString(f.Title), template.HTMLEscapeString(f.Query)
	head := make([]byte, 0, len(m.head[0])+len(title)+len(m.head[1])+len(query)+len(m.head[2]))
	head = append(append(head, m.head[0]...), title...)
	head = append(append(append(head, m.head[1]...), query...), m.head[2]...)
	return Shell{Head: head, Tail: m.tail}, nil
}

// cast renders a frame with holes. A frame without title or query has no such hole.
func (v *Views) cast(f Frame) (mould, error) {
	if f.Title != "" {
		f.Title = titleHole
	}
	if f.Query != "" {
		f.Query = queryHole
	}
	buf := v.buffer()
	defer v.pool.Put(buf)
	if err := v.set.ExecuteTemplate(buf, f.headTemplate(), f); err != nil {
		return mould{}, err
	}
	n := buf.Len()
	if err := v.set.ExecuteTemplate(buf, f.tailTemplate(), f); err != nil {
		return mould{}, err
	}
	all := bytes.Clone(buf.Bytes())
	m := mould{tail: all[n:]}
	before, rest, ok := bytes.Cut(all[:n], []byte(titleHole))
	if !ok {
		before, rest = nil, all[:n]
	}
	m.head[0] = before
	if m.head[1], m.head[2], ok = bytes.Cut(rest, []byte(queryHole)); !ok {
		m.head[1], m.head[2] = rest, nil
	}
	return m, nil
}

// key appends everything a mould depends on. Lengths stand before texts, so that no
// two frames have one key.
func (f *Frame) key(b []byte) []byte {
	for _, s := range [...]string{f.Agency, f.Today, f.Person, f.PersonTitle, f.OnBehalf, string(f.Place)} {
		b = strconv.AppendInt(b, int64(len(s)), 36)
		b = append(append(b, ':'), s...)
	}
	for _, yes := range [...]bool{f.Sample, f.Bare, f.Title != "", f.Query != "" && !f.Bare} {
		b = strconv.AppendBool(b, yes)
	}
	b = strconv.AppendInt(b, int64(f.Unread), 10)
	b = append(b, ',')
	b = strconv.AppendInt(b, int64(f.Refresh), 10)
	for _, n := range f.Nav {
		b = append(append(b, ','), n.Place...)
		b = strconv.AppendInt(b, int64(n.Count), 10)
		b = strconv.AppendBool(b, n.Alarm)
	}
	return b
}
