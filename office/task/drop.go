// SPDX-License-Identifier: Apache-2.0

package task

import (
	"fmt"

	"soviec/kit/journal"
)

// Drop ends a work because what it came from was taken away: a recalled document. The
// room of the source has asked whether that may be; a work that is over stays as it is.
func Drop(a *journal.Act, work int64, reason string) error {
	d, err := open(a, work)
	if err != nil {
		return err
	}
	lead := d.w.Lead()
	if d.w.State != WorkOpen || lead == nil {
		return nil
	}
	if err := d.dropAll(Cancelled, fmt.Sprintf("Việc “%s” không còn phải làm. Lý do: %s", d.w.Title, reason)); err != nil {
		return err
	}
	return d.note(Cancelled, lead, Data{}, reason)
}
