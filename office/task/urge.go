// SPDX-License-Identifier: Apache-2.0

package task

import (
	"fmt"
	"slices"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
)

// Urge urges whoever holds the shares (đôn đốc) and returns how many were urged. It is
// counted for the one urged and never deleted. Shares that are finished, wait for
// confirmation or are the urger's own are passed over, and so is who was urged by the
// same person in the same kind today.
func Urge(a *journal.Act, shares []int64, kind, text string) (int, error) {
	at := slices.IndexFunc(UrgeKinds, func(k struct{ Kind, Words string }) bool { return k.Kind == kind })
	if at < 0 {
		return 0, fault.Invalid("kind", "Hãy chọn hình thức đôn đốc: nhắc nhở, phê bình hoặc yêu cầu kiểm điểm.")
	}
	if err := words("text", "Nội dung đôn đốc", text, 1000, kind != Remind); err != nil {
		return 0, err
	}
	shares = slices.Clone(shares)
	slices.Sort(shares) // two acts that urge the same works take them in the same order
	urged := 0
	for _, id := range slices.Compact(shares) {
		d, s, err := openShare(a, id)
		if err != nil {
			return urged, err
		}
		if err := org.May(a, org.Urge, org.Target{Unit: s.Unit, Giver: d.w.Giver}); err != nil {
			return urged, err
		}
		if s.State != StateGiven && s.State != StateStarted || isMine(a, s.Holder) {
			continue
		}
		fresh, err := insertUrging(a, Urging{ID: a.NewID(), Share: s.ID, Person: s.Holder, Urger: me(a), Proxy: proxy(a),
			Kind: kind, Text: strings.TrimSpace(text), At: a.At, Day: a.Day()})
		if err != nil {
			return urged, fault.Internal(err)
		}
		if !fresh {
			continue
		}
		urged++
		s.Urged++
		s.UrgedAt = a.At
		if err := d.save(s); err != nil {
			return urged, err
		}
		if err := d.note(Urged, s, Data{Kind: kind}, text); err != nil {
			return urged, err
		}
		sentence := fmt.Sprintf("%s: “%s”%s. %s", UrgeKinds[at].Words, d.w.Title, dueWords(s.DueOn), text)
		if err := d.tell(s.Holder, Urged+"."+kind, strings.TrimSpace(sentence)); err != nil {
			return urged, err
		}
	}
	return urged, nil
}

func dueWords(on civil.Date) string {
	if on.IsZero() {
		return ""
	}
	return ", hạn " + on.VN()
}
