// SPDX-License-Identifier: Apache-2.0

// Package journal is the book of acts: append-only, chained, readable by subject.
//
// May enter: acts, entries, the tree over them, checkpoints, proofs, verifying.
// May not: what the acts mean, who may do them.
package journal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/mod/sumdb/note"

	"soviec/kit/civil"
	"soviec/kit/store"
)

// A Holder is who acts: a person in the post held today, perhaps on behalf of another.
type Holder struct {
	Agency, Person, Unit, Post int64
	Name, Title                string // as shown beside the act
	For                        int64  // the person acted for (thay …); 0 for oneself
	ForName                    string
	System                     bool // the program itself: the morning sweep, taking over registers
}

// An Act is one change by one holder at one moment: a transaction that leaves
// its trace in the book (sổ nhật ký). Rooms of the office change rows through it.
type Act struct {
	*store.Tx
	By Holder
	At time.Time // fixed when the act begins
	// Book is the book the act is written in.
	Book *Book

	entries []Entry
	changed int64
	judged  bool
	kept    map[any]any
}

// Keep is what make returned when the act first asked under the key: many steps of one
// act need not read the same rows again. It is forgotten with the act.
func Keep[T any](a *Act, key any, make func() (T, error)) (T, error) {
	if v, ok := a.kept[key]; ok {
		return v.(T), nil
	}
	v, err := make()
	if err == nil {
		if a.kept == nil {
			a.kept = map[any]any{}
		}
		a.kept[key] = v
	}
	return v, err
}

// Day is the civil date of the act in the office's time zone.
func (a *Act) Day() civil.Date { return civil.Of(a.At) }

// Exec implements store.Writer and remembers that the act changed rows.
func (a *Act) Exec(query string, args ...any) (int64, error) {
	n, err := a.Tx.Exec(query, args...)
	a.changed += n
	return n, err
}

// NewID makes an identifier for a row that this act founds.
func (a *Act) NewID() int64 { return store.NewID(a.At) }

// Judged records that somebody asked whether the holder may do this. Without it
// an act with entries cannot commit.
func (a *Act) Judged() { a.judged = true }

// An Entry is one line of the book.
type Entry struct {
	Seq     int64
	At      time.Time
	Day     civil.Date
	Kind    string // room.past-participle: "document.registered"
	Subject string // what it is about: Ref("incoming", id)
	Unit    int64  // the unit of that day; merging units changes no entry
	Post    int64
	Person  int64
	Behalf  int64      // the person acted for; 0 for oneself
	DueOn   civil.Date // the due day the act set or met
	Amount  int64
	Data    any // references and small values as JSON; no text of records, no personal detail
	raw     string
	hash    []byte
}

// Raw is the JSON of Data as it stands in the book.
func (e Entry) Raw() string { return e.raw }

// Ref names a subject: "incoming/123".
func Ref(kind string, id int64) string { return kind + "/" + strconv.FormatInt(id, 10) }

// ParseRef is the reverse of Ref.
func ParseRef(ref string) (kind string, id int64, ok bool) {
	for i := len(ref) - 1; i >= 0; i-- {
		if ref[i] == '/' {
			id, err := strconv.ParseInt(ref[i+1:], 10, 64)
			return ref[:i], id, err == nil
		}
	}
	return "", 0, false
}

// Note writes an entry at the end of the act. Unit, post and person are those of
// the holder unless given.
func (a *Act) Note(e Entry) {
	e.At, e.Day = a.At, a.Day()
	if e.Person == 0 {
		e.Unit, e.Post, e.Person = a.By.Unit, a.By.Post, a.By.Person
	}
	e.Behalf = a.By.For
	a.entries = append(a.entries, e)
}

// A Book keeps the acts of all agencies of one database.
type Book struct {
	DB    *store.DB
	Clock func() time.Time
	// Signer signs checkpoints; nil leaves heads unsigned (only in tests of rooms).
	Signer note.Signer

	heads    sync.Map // agency → *atomic.Int64, the last number seen committed here
	asker    asker
	watchers []func(agency int64, entries []Entry)
}

// Watch has f called after each act committed by this process. It is set up
// before the program serves.
func (b *Book) Watch(f func(agency int64, entries []Entry)) { b.watchers = append(b.watchers, f) }

var (
	errNoEntry  = errors.New("journal: the act changed rows and wrote no entry")
	errUnjudged = errors.New("journal: the act wrote an entry and asked nobody whether it may")
	errNoAgency = errors.New("journal: the act belongs to no agency")
)

// Do runs f as one act of the holder. The rows that f changes, its entries and the
// tree over them become durable together or not at all. f may be run again.
func (b *Book) Do(ctx context.Context, by Holder, f func(*Act) error) error {
	if by.Agency == 0 {
		return errNoAgency
	}
	return b.DB.Write(ctx, func(tx *store.Tx) error {
		a := &Act{Tx: tx, By: by, Book: b, At: b.Clock().UTC().Truncate(time.Millisecond)}
		if err := f(a); err != nil {
			return err
		}
		switch {
		case len(a.entries) == 0 && a.changed > 0:
			return errNoEntry
		case len(a.entries) == 0:
			return nil
		case !a.judged:
			return errUnjudged
		}
		return b.append(a)
	})
}

// Last is the number of the agency's last entry: the version of everything the
// agency holds. On SQLite it costs no query after the first; on PostgreSQL all who ask
// at the same moment share one.
func (b *Book) Last(r store.Reader, agency int64) (int64, error) {
	if h, ok := b.heads.Load(agency); ok && b.DB.Engine() == store.SQLite {
		return h.(*atomic.Int64).Load(), nil
	}
	if b.DB.Pooled(r) {
		return b.asker.last(r.Context(), b, agency)
	}
	sizes, err := sizesOf(r, []int64{agency}) // inside a transaction nobody else's connection may be waited for
	b.heard(sizes)
	return sizes[agency], err
}

func (b *Book) heard(sizes map[int64]int64) {
	for agency, size := range sizes {
		b.seen(agency, size)
	}
}

func (b *Book) seen(agency, size int64) {
	h, _ := b.heads.LoadOrStore(agency, new(atomic.Int64))
	head := h.(*atomic.Int64)
	for was := head.Load(); was < size && !head.CompareAndSwap(was, size); was = head.Load() {
	}
}

func (b *Book) append(a *Act) error {
	head, err := headIn(a)
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	for i := range a.entries {
		e := &a.entries[i]
		e.Seq = head.size + 1
		if e.raw, err = encodeData(e.Data); err != nil {
			return fmt.Errorf("journal: %s: %w", e.Kind, err)
		}
		e.hash = e.leaf(a.By.Agency)
		if err := insertEntry(a, a.By.Agency, *e); err != nil {
			return fmt.Errorf("journal: %w", err)
		}
		for _, n := range head.add(e.hash) {
			if err := insertNode(a, a.By.Agency, n); err != nil {
				return fmt.Errorf("journal: %w", err)
			}
		}
	}
	// Signed and written once for all acts that commit together: signing costs as much as an act.
	a.Share(origin(a.By.Agency), head)
	a.Once(origin(a.By.Agency), func(tx *store.Tx) error { return b.settle(tx, a.By.Agency) })
	agency, entries := a.By.Agency, a.entries
	a.After(func() {
		b.seen(agency, entries[len(entries)-1].Seq)
		for _, f := range b.watchers {
			f(agency, entries)
		}
	})
	return nil
}

func encodeData(v any) (string, error) {
	if v == nil {
		return "", nil
	}
	raw, err := json.Marshal(v)
	return string(raw), err
}
