// SPDX-License-Identifier: Apache-2.0

package task

import (
	"strings"

	"soviec/kit/fault"
	"soviec/kit/journal"
)

// Retitle gives an open work another title because what it came from was corrected: the
// subject of its document. The room of the source has asked whether that may be. A work
// that was given under a title of its own, or is over, keeps its own.
func Retitle(a *journal.Act, work int64, was, title string) error {
	d, err := open(a, work)
	if err != nil {
		return err
	}
	if title = strings.TrimSpace(title); d.w.State != WorkOpen || d.w.Title != was || title == was || title == "" {
		return nil
	}
	d.w.Title = title
	if err := updateTitle(a, d.w); err != nil {
		return fault.Internal(err)
	}
	return d.note(Retitled, nil, Data{}, "")
}
