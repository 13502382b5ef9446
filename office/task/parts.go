// SPDX-License-Identifier: Apache-2.0

package task

import (
	"fmt"

	"soviec/kit/fault"
	"soviec/kit/journal"
)

// SetParts shares the volume of a work out anew between its lead and those who cooperate
// (đổi tỷ lệ khối lượng): every share of them named, the whole in sum. The giver decides,
// and all concerned are told: the numbers count in their figures.
func SetParts(a *journal.Act, work int64, parts map[int64]int) error {
	d, err := open(a, work)
	if err != nil {
		return err
	}
	lead := d.w.Lead()
	if lead == nil {
		return errNoWork
	}
	if err := d.mayDecide(lead, Outer); err != nil {
		return err
	}
	if d.w.State != WorkOpen {
		return fault.Conflict("", "Chỉ đổi được tỷ lệ khối lượng của việc đang thực hiện.")
	}
	now := d.w.Parts()
	sum := 0
	for id, part := range parts {
		if _, ok := now[id]; !ok {
			return fault.Invalid("part", "Chỉ chủ trì và người phối hợp của việc này có tỷ lệ khối lượng.")
		}
		if part <= 0 || part > whole {
			return fault.Invalid("part", "Tỷ lệ khối lượng phải trên 0 và không quá 100 %.")
		}
		sum += part
	}
	if len(parts) != len(now) || sum != whole {
		return fault.Invalid("part", fmt.Sprintf("Tỷ lệ khối lượng của chủ trì và các phối hợp phải có tổng 100 %%; đang là %s %%.", percent(sum)))
	}
	for i := range d.w.Shares {
		s := &d.w.Shares[i]
		part, ok := parts[s.ID]
		if !ok || part == s.Part {
			continue
		}
		s.Part = part
		if err := updatePart(a, s.ID, part); err != nil {
			return fault.Internal(err)
		}
		d.touch(s)
		if err := d.tell(s.Holder, PartsChanged, fmt.Sprintf("Phần khối lượng của anh/chị trong “%s” là %s %%.", d.w.Title, percent(part))); err != nil {
			return err
		}
	}
	if len(d.touched) == 0 {
		return nil
	}
	return d.note(PartsChanged, nil, Data{}, "")
}
