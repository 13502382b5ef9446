// SPDX-License-Identifier: Apache-2.0

package task

import (
	"strings"
	"time"

	"soviec/kit/journal"
	"soviec/office/org"
)

// A Remark is what a holder said of how far the work has come (tiến độ). It is
// information only: no figure rests on it.
type Remark struct {
	Share  int64
	Person int64
	Behalf int64
	Text   string
	At     time.Time
}

// Progress notes how far a share has come. Noting it begins the work.
func Progress(a *journal.Act, share int64, text string) error {
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
	if err := words("text", "Tiến độ", text, 2000, true); err != nil {
		return err
	}
	if s.State == StateGiven {
		if err := d.start(s); err != nil {
			return err
		}
		if err := d.save(s); err != nil {
			return err
		}
	}
	if err := insertRemark(a, d.w.ID, s.ID, strings.TrimSpace(text)); err != nil {
		return err
	}
	d.note(Progressed, s, Data{})
	return nil
}
