// SPDX-License-Identifier: Apache-2.0

package task

import (
	"fmt"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/office/org"
)

// The agency's settings that this room reads.
const (
	daysByUrgency     = "task.days_by_urgency"
	needsConfirmation = "task.close_needs_confirmation"
	soonDays          = "task.due_soon_days"
	remindBefore      = "task.remind_before_days"
	escalateHead      = "task.escalate_head_day"
	escalateGiver     = "task.escalate_giver_day"
	extensions        = "task.extensions"
	askedInTime       = "task.extension_asked_in_time"
	silenceAccepts    = "task.silence_accepts_days"
	askAgainDays      = "task.ask_again_days"
)

const (
	maxWorkingDays = 1000
	maxUrgency     = 3
)

// DefaultDue proposes the due date by urgency: so many working days after receipt
// (documents.md 14.1; the law only says "per working regulations").
func DefaultDue(d *org.Directory, urgency int, receivedAt time.Time) Due {
	due := Due{BasisAt: receivedAt, BasisDays: d.Ints(daysByUrgency)[min(max(urgency, 0), maxUrgency)]}
	due.On, _ = due.computed(d.Calendar)
	return due
}

// computed is the day that the basis gives by a calendar; zero without a basis.
func (u Due) computed(c *civil.Calendar) (civil.Date, error) {
	if u.BasisAt.IsZero() {
		return 0, nil
	}
	if u.BasisDays < 0 || u.BasisDays > maxWorkingDays {
		return 0, fault.Invalid("due_on", "Số ngày làm việc phải từ 0 đến 1.000.")
	}
	at, err := c.Due(u.BasisAt, civil.Rule{Unit: civil.WorkingDays, N: civil.Whole(u.BasisDays)})
	return civil.Of(at), err
}

// fix settles the day and drops a basis that does not give it.
func (u Due) fix(c *civil.Calendar) (Due, error) {
	on, err := u.computed(c)
	if err != nil {
		return u, err
	}
	if u.On.IsZero() {
		u.On = on
	}
	if u.On != on {
		u.BasisAt, u.BasisDays = time.Time{}, 0
	}
	return u, nil
}

// instant is until when the work is in time: the hour given, else the end of the
// last shift of the day.
func (u Due) instant(c *civil.Calendar) (time.Time, error) {
	if u.On.IsZero() {
		if u.At != "" {
			return time.Time{}, fault.Invalid("due_at", "Có giờ hạn thì phải có ngày hạn.")
		}
		return time.Time{}, nil
	}
	if u.At == "" {
		return c.EndOfDay(u.On), nil
	}
	t, err := time.Parse("15:04", u.At)
	if err != nil {
		return time.Time{}, fault.Invalid("due_at", "Giờ hạn phải có dạng giờ:phút, ví dụ 16:00.")
	}
	return civil.At(u.On, t.Hour(), t.Minute()), nil
}

// notPast refuses a new due date that has passed already.
func notPast(on civil.Date, at, now time.Time) error {
	switch {
	case on.IsZero():
		return nil
	case on.Before(civil.Of(now)):
		return fault.Invalid("due_on", "Hạn xử lý không được trước ngày giao việc.")
	case !at.After(now):
		return fault.Invalid("due_on", "Giờ hạn đã qua; hãy chọn ngày hoặc giờ sau đó.")
	case on.Sub(civil.Of(now)) > 10*366:
		return fault.Invalid("due_on", "Hạn xử lý quá xa; hãy kiểm tra lại năm.")
	}
	return nil
}

// dayWarnings say what is unusual about a due day; they hinder nothing.
func dayWarnings(d *org.Directory, on civil.Date, at, now time.Time, urgent bool) []string {
	if on.IsZero() {
		return nil
	}
	var out []string
	if !d.Calendar.WorkingDay(on) {
		out = append(out, fmt.Sprintf("Hạn %s là ngày nghỉ (%s).", on.VN(), d.Calendar.Why(on)))
	}
	if !d.Calendar.Confirmed(on.Year()) {
		out = append(out, fmt.Sprintf("Lịch nghỉ năm %d chưa được xác nhận; hạn %s có thể phải tính lại.", on.Year(), on.VN()))
	}
	if !urgent && d.Calendar.WorkingTime(now, at) < d.Calendar.DayLength(d.Calendar.OnOrAfter(on)) {
		out = append(out, "Giao gấp: từ nay đến hạn còn chưa đủ một ngày làm việc.")
	}
	return out
}

// awayWarning says that the day falls into the holder's absence.
func awayWarning(d *org.Directory, person int64, on civil.Date) []string {
	away, ok := d.Away(person, on)
	if on.IsZero() || !ok {
		return nil
	}
	who := "chưa có người làm thay"
	if away.StandIn != 0 {
		who = "người làm thay: " + d.Person(away.StandIn).Polite()
	}
	return []string{fmt.Sprintf("Hạn %s rơi vào thời gian %s vắng mặt (%s đến %s); %s.",
		on.VN(), d.Person(person).Polite(), away.From.VN(), away.To.VN(), who)}
}
