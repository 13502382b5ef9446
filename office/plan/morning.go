// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"context"
	"errors"
	"fmt"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/task"
)

// horizon is how far ahead the morning looks for dates whose day of giving has come: the
// longest lead time is 250 working days.
const horizon = 400

// Morning gives what the rules of an agency give on a day, each date in an act of its own,
// and the steps of chains whose turn has come. It may run late, twice, or in two programs at
// once: each date has one row, and whoever writes it gives the work. It returns how many
// works it gave. A date that nobody gave in time is told as missed, not made up for.
func Morning(ctx context.Context, b *journal.Book, agency int64, day civil.Date) (int, error) {
	d, err := org.DirectoryOf(b, b.DB.Read(ctx), agency)
	if err != nil {
		return 0, err
	}
	rules, err := openRules(b.DB.Read(ctx), agency)
	if err != nil {
		return 0, err
	}
	kept, err := occurrencesFrom(b.DB.Read(ctx), agency, day.AddDays(-2*horizon))
	if err != nil {
		return 0, err
	}
	by := journal.Holder{Agency: agency, System: true, Name: org.SystemName}
	given := 0
	for _, r := range rules {
		if r.State != Running {
			continue
		}
		for _, o := range toGive(d.Calendar, r, day, kept[r.ID]) {
			n, stop := 0, false
			err := b.Do(ctx, by, func(a *journal.Act) (err error) {
				n, stop, err = giveOne(a, r.ID, o, day)
				return err
			})
			if err != nil {
				return given, err
			}
			if given += n; stop {
				break
			}
		}
	}
	n, err := Begin(ctx, b, agency)
	return given + n, err
}

// toGive are the dates of a rule whose morning has come, and those that passed unseen.
func toGive(c *civil.Calendar, r Rule, day civil.Date, kept map[string]Occurrence) []Occurrence {
	var out []Occurrence
	from := max(r.Since, day.AddDays(-horizon))
	for _, d := range r.Rhythm.Next(c, from, maxDates) {
		if d.Due > day.AddDays(horizon) {
			break
		}
		o := Occurrence{Rule: r.ID, Date: d}
		if k, ok := kept[d.Key]; ok {
			if k.State != Changed && k.State != StoppedOne {
				continue
			}
			k.Name = d.Name
			o = k
		}
		if GiveOn(c, o.Due, r.Ahead) <= day {
			out = append(out, o)
		}
	}
	return out
}

// giveOne gives one date, once: the row it writes is unique. stop says that the rule stopped.
func giveOne(a *journal.Act, rule int64, o Occurrence, day civil.Date) (given int, stop bool, err error) {
	if err := org.May(a, org.RunSystem, org.Target{}); err != nil {
		return 0, false, err
	}
	// The rule's row is the lock: two programs take the dates of one rule in turn.
	r, err := readRule(a, a.By.Agency, rule, a.Lock())
	if err != nil || r.State != Running {
		if errors.Is(err, store.ErrNone) {
			err = nil
		}
		return 0, true, fault.Internal(err)
	}
	now, err := readOccurrence(a, rule, o.Key)
	fresh := errors.Is(err, store.ErrNone)
	if err != nil && !fresh {
		return 0, false, fault.Internal(err)
	}
	if !fresh {
		if now.State != Changed && now.State != StoppedOne {
			return 0, false, nil // another program, or a person, was here first
		}
		now.Name = o.Name
		o = now
	} else if o.State != "" {
		return 0, false, nil // it was restored meanwhile; the next morning sees it
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return 0, false, fault.Internal(err)
	}
	if o.Due < day {
		o.State, o.Text = Missed, "Chương trình không chạy vào ngày phải giao."
		if err := keep(a, &o, fresh); err != nil {
			return 0, false, err
		}
		o.note(a, OccurrenceMissed)
		return 0, false, r.tell(a, OccurrenceMissed+"."+o.Key, fmt.Sprintf("Việc định kỳ “%s”: kỳ %s (hạn %s) đã qua mà chưa được giao.", r.Title, lowerFirst(o.Name), o.Due.VN()))
	}
	product, perr := productFor(a, a.Day(), r.Product)
	order := r.order(dir, o, product)
	_, refused := task.Preview(dir, a.At, r.Owner, order)
	if refused == nil && !task.MayGive(dir, dir.Rights(r.Owner, a.Day()), a.Day(), order) {
		refused = fault.Invalid("giver", "Người đặt việc này nay không còn quyền giao.")
	}
	if refused = fault.Join(perr, refused); refused != nil {
		if fault.KindOf(refused) == fault.KindInternal {
			return 0, false, refused
		}
		return 0, true, stopRule(a, dir, r, o, fresh, fault.Text(refused))
	}
	w, err := task.Give(a, order)
	if err != nil {
		return 0, false, err
	}
	o.State, o.Work, o.Text = GivenNow, w.ID, ""
	if err := keep(a, &o, fresh); err != nil {
		return 0, false, err
	}
	o.note(a, OccurrenceGiven)
	return 1, false, nil
}

func keep(a *journal.Act, o *Occurrence, fresh bool) error {
	if fresh {
		o.ID = a.NewID()
		n, err := insertOccurrence(a, *o)
		if err == nil && n == 0 {
			err = fault.Conflict("", "Kỳ này vừa được xử lý.")
		}
		return err
	}
	_, err := updateOccurrence(a, *o)
	return fault.Internal(err)
}

// stopRule stops a rule that cannot give any more and asks whoever set it; where he has
// left, the chief of office and the leaders.
func stopRule(a *journal.Act, d *org.Directory, r Rule, o Occurrence, fresh bool, why string) error {
	o.State, o.Text = StoppedOne, why
	if err := keep(a, &o, fresh); err != nil {
		return err
	}
	r.State, r.Reason = Stopped, why+successor(d, r, a.Day())
	if err := updateRule(a, r); err != nil {
		return fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: RuleStopped, Subject: r.Ref(), DueOn: o.Due, Data: stoppedData{ruleData{r.State, r.Owner, r.Unit, r.Since}, o.Key, o.Due}})
	return r.tell(a, RuleStopped, fmt.Sprintf("Việc định kỳ “%s” phải dừng: %s Hãy sửa rồi lưu để chạy tiếp.", r.Title, r.Reason))
}

type stoppedData struct {
	ruleData
	Key string     `json:"k"`
	Due civil.Date `json:"d"`
}

// successor says which unit does the work of one that is gone.
func successor(d *org.Directory, r Rule, day civil.Date) string {
	out := ""
	for _, x := range append([]task.Assignee{r.Lead}, append(r.Coop, r.Info...)...) {
		if u := d.Unit(x.Unit); x.Person == 0 && u.ID != 0 && !u.On(day) {
			if s := d.Unit(d.Successor(u.ID, day)); s.ID != u.ID && s.On(day) {
				out += fmt.Sprintf(" %s nay là %s.", u.Name, s.Name)
			}
		}
	}
	return out
}

// tell tells whoever set the rule; where he holds no post any more, the leaders.
func (r Rule) tell(a *journal.Act, kind, text string) error {
	d, err := org.DirectoryIn(a)
	if err != nil {
		return fault.Internal(err)
	}
	return tell(a, d, r.Owner, r.Unit, notice.Item{Matter: r.Ref(), Kind: kind, Text: text, Link: r.Address()})
}

func tell(a *journal.Act, d *org.Directory, owner, unit int64, it notice.Item) error {
	to := []int64{owner}
	if len(d.PostsOn(owner, a.Day())) == 0 {
		to = nil
		if head := d.HeadOf(unit, a.Day()); unit != 0 && head != 0 {
			to = append(to, head)
		}
		if len(to) == 0 {
			for _, p := range d.With(a.Day(), org.Head, org.OfficeChief) {
				to = append(to, p.ID)
			}
		}
	}
	for _, p := range to {
		it.Person = p
		if _, err := notice.Tell(a, it); err != nil {
			return err
		}
	}
	return nil
}
