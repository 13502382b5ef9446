// SPDX-License-Identifier: Apache-2.0

package task

import (
	"context"
	"fmt"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
)

// An Outcome is what became of one row of a list on which something was done at once.
type Outcome struct {
	ID  int64
	Err error // nil = done; else why not
}

// maxBulk bounds one gesture over a list.
const maxBulk = 200

// Each does the same to every row of a list, each row as an act of its own: what is
// refused in one row hinders no other, and the result says which.
func Each(ctx context.Context, b *journal.Book, by journal.Holder, ids []int64, f func(a *journal.Act, id int64) error) ([]Outcome, error) {
	if len(ids) == 0 {
		return nil, fault.Invalid("", "Chưa chọn việc nào.")
	}
	if len(ids) > maxBulk {
		return nil, fault.Invalid("", fmt.Sprintf("Mỗi lần chọn nhiều nhất %d việc.", maxBulk))
	}
	out := make([]Outcome, 0, len(ids))
	seen := make(map[int64]bool, len(ids))
	for _, id := range ids {
		if seen[id] {
			continue
		}
		seen[id] = true
		err := b.Do(ctx, by, func(a *journal.Act) error { return f(a, id) })
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		out = append(out, Outcome{id, err})
	}
	return out, nil
}

// BulkDue gives several shares a new day with one reason (đổi hạn hàng loạt).
func BulkDue(ctx context.Context, b *journal.Book, by journal.Holder, shares []int64, on civil.Date, reason string) ([]Outcome, error) {
	return Each(ctx, b, by, shares, func(a *journal.Act, id int64) error {
		_, err := ChangeDue(a, id, on, reason)
		return err
	})
}

// BulkConfirm accepts the results of several shares (xác nhận hàng loạt).
func BulkConfirm(ctx context.Context, b *journal.Book, by journal.Holder, shares []int64, note string) ([]Outcome, error) {
	return Each(ctx, b, by, shares, func(a *journal.Act, id int64) error { return Confirm(a, id, note) })
}
