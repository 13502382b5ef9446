// SPDX-License-Identifier: Apache-2.0

package signing

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
)

// The ways of one-time addresses.
const (
	WayGet = "get" // the file leaves
	WayPut = "put" // the signed file comes back
)

type pass struct {
	hash    string
	agency  int64
	session int64
	way     string
	until   time.Time
	used    time.Time
}

// A Passage is a pair of one-time addresses of one session, as random words; only their
// digests are kept.
type Passage struct{ Get, Put string }

// HandOut makes the one-time addresses by which the file of a session leaves for the
// signing service of the signer's PC and comes back (signatures.md §7.1). Each serves once
// and as long as the session.
func HandOut(a *journal.Act, id int64) (Passage, error) {
	var out Passage
	s, err := sessionByID(a, a.By.Agency, id)
	if err != nil {
		return out, err
	}
	if err := mayKind(a, s.Kind); err != nil {
		return out, err
	}
	if s.State != Open || s.Person != a.By.Person || a.At.After(s.Until) {
		return out, errOver
	}
	if err := dropPasses(a, s.ID, a.At); err != nil {
		return out, fault.Internal(err)
	}
	for _, x := range []struct {
		way  string
		word *string
	}{{WayGet, &out.Get}, {WayPut, &out.Put}} {
		*x.word = word()
		if err := insertPass(a, pass{hash: hashOf(*x.word), session: s.ID, way: x.way, until: s.Until}); err != nil {
			return out, fault.Internal(err)
		}
	}
	a.Note(journal.Entry{Kind: HandedOut, Subject: s.Ref()})
	return out, nil
}

func word() string {
	raw := make([]byte, 24)
	_, _ = rand.Read(raw)
	return base64.RawURLEncoding.EncodeToString(raw)
}

func hashOf(word string) string {
	h := sha256.Sum256([]byte(word))
	return hex.EncodeToString(h[:])
}

var errNoPass = fault.Gone("Địa chỉ này đã dùng rồi hoặc đã hết hạn. Hãy ký lại từ trang của văn bản.")

// PassOf tells, before anything is read, of which agency, session and person an address is;
// a used one or one whose time is over is of none.
func PassOf(r store.Reader, way, word string, at time.Time) (agency int64, s Session, err error) {
	p, err := passByHash(r, hashOf(word))
	switch {
	case err == store.ErrNone:
		return 0, s, errNoPass
	case err != nil:
		return 0, s, fault.Internal(err)
	case p.way != way || !p.used.IsZero() || at.After(p.until):
		return 0, s, errNoPass
	}
	s, err = sessionByID(r, p.agency, p.session)
	if err == nil && !s.State.Live() {
		return 0, s, errNoPass
	}
	return p.agency, s, err
}

// Use uses up a one-time address: whoever holds its word acts for the person who made it.
func Use(a *journal.Act, way, word string) (Session, error) {
	p, err := passByHash(a, hashOf(word))
	if err == nil && (p.agency != a.By.Agency || p.way != way) {
		err = store.ErrNone
	}
	if err == store.ErrNone {
		a.Judged()
		return Session{}, errNoPass
	}
	if err != nil {
		return Session{}, fault.Internal(err)
	}
	s, err := sessionByID(a, p.agency, p.session)
	if err != nil {
		return s, err
	}
	if err := mayKind(a, s.Kind); err != nil {
		return s, err
	}
	if s.Person != a.By.Person || !s.State.Live() {
		return s, errNoPass
	}
	n, err := usePass(a, p.hash)
	if err != nil {
		return s, fault.Internal(err)
	}
	if n != 1 {
		return s, errNoPass
	}
	kind := Fetched
	if way == WayPut {
		kind = Returned
	}
	a.Note(journal.Entry{Kind: kind, Subject: s.Ref()})
	return s, nil
}
