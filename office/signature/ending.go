// SPDX-License-Identifier: Apache-2.0

package signature

import (
	"context"
	"fmt"
	"slices"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/notice"
	"soviec/office/org"
)

// EndingDays is the setting of how many days before its end a certificate is spoken of.
const EndingDays = "signature.ending_days"

// band is the smallest of the numbers of days that has been reached: 0 when the certificate
// has ended, -1 when its end is far.
func band(left int, days []int) int {
	if left < 0 {
		return 0
	}
	out := -1
	for _, d := range days {
		if left <= d && (out < 0 || d < out) {
			out = d
		}
	}
	return out
}

// Left is how many days a key's certificate still lasts on a day; negative: it has ended.
func (k Key) Left(day civil.Date) int { return k.Until.Sub(day) }

// Ends says in words how near the end of a key's certificate is; "" while it is far.
func (k Key) Ends(day civil.Date, days []int) string {
	switch left := k.Left(day); {
	case !k.EndedOn.IsZero() || band(left, days) < 0:
		return ""
	case left < 0:
		return "đã hết hạn ngày " + k.Until.VN()
	case left == 0:
		return "hết hạn hôm nay"
	default:
		return fmt.Sprintf("còn %d ngày, hết hạn ngày %s", left, k.Until.VN())
	}
}

// Warn tells whoever has a key, the clerks and the chief of office that its certificate ends:
// once for each number of days that is set, however often and from wherever this runs.
func Warn(ctx context.Context, b *journal.Book, agency int64) error {
	dir, err := org.DirectoryOf(b, b.DB.Read(ctx), agency)
	if err != nil {
		return err
	}
	all, err := Keys(b.DB.Read(ctx), agency)
	if err != nil {
		return err
	}
	today, days := civil.Of(b.Clock()), dir.Ints(EndingDays)
	all = slices.DeleteFunc(all, func(k Key) bool { return k.Ends(today, days) == "" })
	if len(all) == 0 {
		return nil
	}
	return b.Do(ctx, journal.Holder{Agency: agency, System: true, Name: org.SystemName}, func(a *journal.Act) error {
		if err := org.May(a, org.RunSystem, org.Target{}); err != nil {
			return err
		}
		for _, k := range all {
			n := band(k.Left(a.Day()), days)
			if n < 0 {
				continue
			}
			fresh, err := insertWarning(a, k.ID, n)
			if err != nil {
				return fault.Internal(err)
			}
			if !fresh {
				continue
			}
			if err := k.tellEnd(a, dir, k.Ends(a.Day(), days)); err != nil {
				return err
			}
			a.Note(journal.Entry{Kind: EndTold, Subject: journal.Ref(RefKey, k.ID), Amount: int64(n), DueOn: k.Until})
		}
		return nil
	})
}

func (k Key) tellEnd(a *journal.Act, dir *org.Directory, how string) error {
	whose := "của cơ quan"
	if k.Person != 0 {
		whose = "của " + dir.Person(k.Person).Polite()
	}
	told := map[int64]bool{}
	tell := func(person int64, text, link string) error {
		if told[person] || person == 0 {
			return nil
		}
		told[person] = true
		_, err := notice.Tell(a, notice.Item{Person: person, Matter: journal.Ref(RefKey, k.ID), Kind: EndTold, Text: text, Link: link, Urgent: k.Left(a.Day()) <= 7})
		return err
	}
	register := dir.With(a.Day(), org.Clerk, org.OfficeChief)
	for _, p := range register {
		if err := tell(p.ID, "Chứng thư số "+whose+" "+how+". Hãy làm thủ tục gia hạn, cấp mới và ghi vào sổ khóa.", "/quan-tri/khoa-ky"); err != nil {
			return err
		}
	}
	return tell(k.Holder, "Chứng thư số anh/chị đang giữ "+how+". Hãy đề nghị văn thư làm thủ tục gia hạn.", "")
}
