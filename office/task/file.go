// SPDX-License-Identifier: Apache-2.0

package task

import (
	"time"

	"soviec/kit/journal"
	"soviec/office/org"
)

// A File was handed in with a result, or handed out with the order when Share is 0 (tài
// liệu kèm theo); its bytes lie in the blob
// store under SHA and never change.
type File struct {
	ID      int64
	Share   int64
	Name    string
	MIME    string
	Size    int64
	SHA     string
	AddedBy int64
	AddedAt time.Time
}

// Attach adds a file to what a share hands in. Whoever may do the work may attach.
func Attach(a *journal.Act, share int64, f File) error {
	d, s, err := openShare(a, share)
	if err != nil {
		return err
	}
	if err := d.mayDo(s, org.DoWork); err != nil {
		return err
	}
	if s.State != StateGiven && s.State != StateStarted {
		return notNow(s)
	}
	f.ID, f.Share, f.AddedBy, f.AddedAt = a.NewID(), s.ID, a.By.Person, a.At
	return insertFile(a, d.w.ID, f)
}
