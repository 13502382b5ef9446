// SPDX-License-Identifier: Apache-2.0

package store

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"sync/atomic"
	"time"
)

// idEpoch is where identifiers begin to count; nothing in an office is older.
var idEpoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

var idCount = func() *atomic.Uint64 {
	var seed [8]byte
	_, _ = rand.Read(seed[:])
	c := new(atomic.Uint64)
	c.Store(binary.LittleEndian.Uint64(seed[:]))
	return c
}()

// idBits are for the count below the milliseconds: four million identifiers of one
// moment, until the year 2069.
const idBits = 22

// NewID makes an identifier: the milliseconds of at above, a count below that starts
// anywhere. Identifiers sort by time and are made in Go, because a sequence of the
// database would differ between the engines. Those of one millisecond have no order.
func NewID(at time.Time) int64 {
	return FirstID(at) | int64(idCount.Add(1)&(1<<idBits-1))
}

// FirstID is not above any identifier made at a moment or later.
func FirstID(at time.Time) int64 { return at.Sub(idEpoch).Milliseconds() << idBits }

// instant is fixed in width, so that instants sort as texts.
const instant = "2006-01-02T15:04:05.000Z"

// Instant writes a moment as the database keeps it: UTC, milliseconds.
func Instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(instant)
}

// ParseInstant reads what Instant wrote; "" is the zero time.
func ParseInstant(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(instant, s)
	if err != nil {
		return t, fmt.Errorf("store: instant %q: %w", s, err)
	}
	return t, nil
}

// A Time scans and writes an instant; the zero time is the empty text.
type Time struct{ time.Time }

// Scan implements sql.Scanner.
func (t *Time) Scan(v any) error {
	s, ok := v.(string)
	if !ok {
		if v == nil {
			t.Time = time.Time{}
			return nil
		}
		return fmt.Errorf("store: an instant is text, not %T", v)
	}
	var err error
	t.Time, err = ParseInstant(s)
	return err
}
