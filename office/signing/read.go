// SPDX-License-Identifier: Apache-2.0

package signing

import (
	"soviec/kit/fault"
	"soviec/kit/store"
)

// BatchOf is one asking with its sessions, for whoever asked.
func BatchOf(r store.Reader, agency, person, id int64) (Batch, error) {
	b, err := batchByID(r, agency, id)
	if err == nil && b.Person != person {
		return Batch{}, errNone
	}
	return b, err
}

// Any is one asking with its sessions, for the program itself.
func Any(r store.Reader, agency, id int64) (Batch, error) { return batchByID(r, agency, id) }

// SessionOf is one session, for the program itself.
func SessionOf(r store.Reader, agency, id int64) (Session, error) { return sessionByID(r, agency, id) }

// Unfinished are the askings of which something may still come: the program takes them up
// again, also after it was killed.
func Unfinished(r store.Reader, agency int64) ([]int64, error) {
	all, err := unfinished(r, agency)
	return all, fault.Internal(err)
}

// Recent are the latest askings of a person, newest first.
func Recent(r store.Reader, agency, person int64, limit int) ([]int64, error) {
	all, err := latestOf(r, agency, person, limit)
	return all, fault.Internal(err)
}

// LiveOf are the live sessions of some subjects, by subject, in one query.
func LiveOf(r store.Reader, agency int64, subjects ...string) (map[string]Session, error) {
	if len(subjects) == 0 {
		return nil, nil
	}
	all, err := liveAmong(r, agency, subjects)
	out := make(map[string]Session, len(all))
	for _, s := range all {
		out[s.Subject] = s
	}
	return out, fault.Internal(err)
}
