// SPDX-License-Identifier: Apache-2.0

// Package notice is what must be told to whom; once.
//
// May enter: notices, their being read, telling open pages that there is something new;
// the ways by which people want to be reached, the outbox, what a message may say: counts.
// May not: what the matter is, how a message travels, HTTP.
package notice

import (
	"context"
	"time"
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
)

// An Item is something to be told (thông báo). A person is told of one matter in
// one kind once a day, however often the act that tells it is run.
type Item struct {
	Person int64
	Matter string // what it is about: "task/123"
	Kind   string // why: the kind of the act, or the band of the morning sweep
	Text   string // a whole sentence for the person
	Link   string // where it is: "/viec/123"
	// Self tells also the one who acts; without it nobody hears of his own doing.
	Self bool
	// Urgent is of an urgent matter (khẩn trở lên): who wants it hears of it at once.
	Urgent bool
}

// A Notice is an item that was told.
type Notice struct {
	ID     int64
	Person int64
	Matter string
	Kind   string
	Day    civil.Date
	Text   string
	Link   string
	At     time.Time
	ReadAt time.Time // zero while unread
}

// Read reports whether the person has read it.
func (n Notice) Read() bool { return !n.ReadAt.IsZero() }

// maxText bounds a notice; what is longer belongs on the page it leads to.
const maxText = 500

// Tell writes the notice within the act and wakes the person's open pages once the
// act is durable; with it goes, into the outbox, what the person's channels want at once.
// It reports whether it is new: the same matter, kind and day again is told to nobody.
// Telling is part of an act and writes no entry of its own.
func Tell(a *journal.Act, it Item) (bool, error) {
	if it.Person == 0 || it.Person == a.By.Person && !it.Self {
		return false, nil
	}
	told := Notice{ID: a.NewID(), Person: it.Person, Matter: it.Matter, Kind: it.Kind, Day: a.Day(), Text: cut(it.Text), Link: it.Link, At: a.At}
	n, err := insertNotice(a, a.By.Agency, told)
	if err != nil || n == 0 {
		return false, fault.Internal(err)
	}
	if err := enqueue(a, told, it.Urgent); err != nil {
		return false, fault.Internal(err)
	}
	agency := a.By.Agency
	a.After(func() { Live.Publish(agency, it.Person) })
	return true, nil
}

func cut(s string) string {
	if utf8.RuneCountInString(s) <= maxText {
		return s
	}
	return string([]rune(s)[:maxText-1]) + "…"
}

// Unread counts what the person has not read.
func Unread(r store.Reader, agency, person int64) (int, error) {
	return countUnread(r, agency, person)
}

// News is how many notices the person has not read, and the newest one (0 = none): what
// an open page is told, in one query.
func News(r store.Reader, agency, person int64) (unread int, newest int64, text string, err error) {
	return newsOf(r, agency, person)
}

// List is the person's notices, newest first, from before an identifier (0 = from the newest).
func List(r store.Reader, agency, person, before int64, limit int) ([]Notice, error) {
	return listNotices(r, agency, person, before, min(max(limit, 1), 200))
}

// MarkRead marks all notices up to an identifier as read. It is a trace of reading
// and no act: the book does not change by it.
func MarkRead(ctx context.Context, db *store.DB, at time.Time, agency, person, upTo int64) error {
	err := db.Write(ctx, func(tx *store.Tx) error { return markRead(tx, at, agency, person, upTo) })
	if err == nil {
		Live.Publish(agency, person) // the count on the person's other pages
	}
	return err
}
