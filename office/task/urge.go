// SPDX-License-Identifier: Apache-2.0

package task

import (
	"cmp"
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

// The bands of the morning sweep (documents.md 14.3).
const (
	bandBefore  = "before"  // so many working days before the day
	bandToday   = "today"   // on the day, or on the last working day before a day of rest
	bandLate    = "late"    // every working day after it
	bandHead    = "head"    // late for a day: whoever heads the unit
	bandGiver   = "giver"   // late for three days: the giver
	bandWaiting = "waiting" // a result has waited for three working days, and again after three more
)

// bands are the settings of the sweep.
type bands struct{ soon, head, giver int }

func bandsOf(d *org.Directory) bands {
	return bands{d.Int(remindBefore), max(d.Int(escalateHead), 1), max(d.Int(escalateGiver), 1)}
}

// call is one person to be told of one share in one band.
type call struct {
	band   string
	person int64
}

// calls are who is to be told of a share on the morning of a day. told is the last day
// on which its escalations were told; one that a day without a sweep has missed is
// made up for.
func (b bands) calls(d *org.Directory, day civil.Date, p *Piece, told map[string]civil.Date) []call {
	if !d.Calendar.WorkingDay(day) {
		return nil
	}
	head := d.HeadOf(p.Unit, day)
	if p.State == StateReported {
		decider := p.Giver
		if p.Parent != 0 {
			decider = head
		}
		n := d.Calendar.WorkingDaysBetween(civil.Of(p.ReportedAt), day)
		if n > 0 && n%askAgain == 0 && decider != 0 {
			return []call{{bandWaiting, decider}}
		}
		return nil
	}
	if p.DueOn.IsZero() || !p.State.Open() {
		return nil
	}
	left := d.Calendar.WorkingDaysBetween(day, p.DueOn)
	late := d.Calendar.DaysLate(p.DueOn, day)
	switch {
	case late > 0:
		out := []call{{bandLate, p.Holder}}
		if late >= b.head && head != 0 && head != p.Holder && !told[bandHead].After(p.DueOn) {
			out = append(out, call{bandHead, head})
		}
		if late >= b.giver && p.Giver != 0 && p.Giver != p.Holder && !told[bandGiver].After(p.DueOn) {
			out = append(out, call{bandGiver, p.Giver})
		}
		return out
	case left == 0 && !p.DueOn.Before(day):
		return []call{{bandToday, p.Holder}}
	case left == b.soon:
		return []call{{bandBefore, p.Holder}}
	}
	return nil
}

// Sweep tells, on the morning of a day, who has what due or late (nhắc việc). It may run
// late, twice or in two programs at once: the rows are the same. It returns how many
// reminders are new.
func Sweep(a *journal.Act, day civil.Date) (int, error) {
	if err := org.May(a, org.RunSystem, org.Target{}); err != nil {
		return 0, err
	}
	d, err := org.DirectoryIn(a)
	if err != nil {
		return 0, fault.Internal(err)
	}
	open, err := openPieces(a, a.By.Agency)
	if err != nil {
		return 0, fault.Internal(err)
	}
	before, err := escalations(a, a.By.Agency)
	if err != nil {
		return 0, fault.Internal(err)
	}
	told := map[int64]map[string]civil.Date{}
	for _, e := range before {
		if told[e.share] == nil {
			told[e.share] = map[string]civil.Date{}
		}
		told[e.share][e.band] = e.day
	}
	// In one order everywhere, so that two programs do not wait for each other crosswise.
	slices.SortFunc(open, func(x, y Piece) int { return cmp.Compare(x.Share, y.Share) })
	b, fresh := bandsOf(d), 0
	for i := range open {
		p := &open[i]
		for _, c := range b.calls(d, day, p, told[p.Share]) {
			is, err := insertUrging(a, Urging{ID: a.NewID(), Share: p.Share, Person: c.person, Kind: auto, Band: c.band, At: a.At, Day: day})
			if err != nil {
				return fresh, fault.Internal(err)
			}
			if !is {
				continue
			}
			fresh++
			if _, err := tell(a, d, day, c.person, p.Work, p.Urgency, "task.due_"+c.band, b.sentence(d, day, p, c)); err != nil {
				return fresh, err
			}
		}
	}
	if fresh > 0 {
		a.Note(journal.Entry{Kind: Swept, Subject: journal.Ref("agency", a.By.Agency), DueOn: day, Amount: int64(fresh)})
	}
	return fresh, nil
}

func (b bands) sentence(d *org.Directory, day civil.Date, p *Piece, c call) string {
	late := d.Calendar.DaysLate(p.DueOn, day)
	switch c.band {
	case bandBefore:
		return fmt.Sprintf("“%s” đến hạn ngày %s, còn %d ngày làm việc.", p.Title, p.DueOn.VN(), b.soon)
	case bandToday:
		if p.DueOn != day {
			return fmt.Sprintf("“%s” đến hạn vào ngày nghỉ %s; hôm nay là ngày làm việc cuối trước hạn.", p.Title, p.DueOn.VN())
		}
		return fmt.Sprintf("“%s” đến hạn hôm nay.", p.Title)
	case bandHead, bandGiver:
		return fmt.Sprintf("“%s” do %s thực hiện đã quá hạn %d ngày làm việc (hạn %s).", p.Title, d.Person(p.Holder).Polite(), late, p.DueOn.VN())
	case bandWaiting:
		return fmt.Sprintf("Kết quả “%s” đã chờ anh/chị xác nhận %d ngày làm việc.", p.Title,
			d.Calendar.WorkingDaysBetween(civil.Of(p.ReportedAt), day))
	}
	return fmt.Sprintf("“%s” đã quá hạn %d ngày làm việc (hạn %s).", p.Title, late, p.DueOn.VN())
}
