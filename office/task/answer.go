// SPDX-License-Identifier: Apache-2.0

package task

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// The answers to an urging (trả lời đôn đốc).
const (
	AnswerPromise = "promise" // sẽ xong vào …
	AnswerBlocked = "blocked" // đang vướng vì …
)

// An Answer is what the one who was urged answered with one gesture.
type Answer struct {
	ID     int64
	Share  int64
	Urging int64
	Kind   string
	On     civil.Date // by when it will be finished
	Text   string     // by what or whom it is blocked
	Person int64
	Proxy  int64
	At     time.Time
}

// AnswerUrging answers the last urging of a share: it will be finished on a day, or it is
// blocked by something, which is then an obstacle. A promise is no new day: the one that
// was given stands.
func AnswerUrging(a *journal.Act, share int64, kind string, on civil.Date, text string) error {
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
	last, err := lastUrging(a, s.ID)
	if err == store.ErrNone {
		return fault.Conflict("", "Chưa có lần đôn đốc nào để trả lời.")
	}
	if err != nil {
		return fault.Internal(err)
	}
	var said string
	switch kind {
	case AnswerPromise:
		if on.IsZero() {
			return fault.Invalid("due_on", "Hãy nhập ngày sẽ hoàn thành.")
		}
		err = fault.Join(notPast(on, d.endOf(on), a.At), words("text", "Ý kiến", text, 500, false))
		said = "sẽ hoàn thành ngày " + on.VN()
	case AnswerBlocked:
		on = 0
		err = words("text", "Đang vướng gì, chờ ai", text, 500, true)
		said = "đang vướng: " + strings.TrimSpace(text)
	default:
		err = fault.Invalid("kind", "Hãy chọn: sẽ hoàn thành vào ngày nào, hoặc đang vướng gì.")
	}
	if err != nil {
		return err
	}
	x := Answer{ID: a.NewID(), Share: s.ID, Urging: last.ID, Kind: kind, On: on, Text: strings.TrimSpace(text), Person: me(a), Proxy: proxy(a), At: a.At}
	if err := insertAnswer(a, x); err != nil {
		return fault.Internal(err)
	}
	d.rows = append(d.rows, RowTrace{x.ID, kind})
	s.Answered++
	if kind == AnswerBlocked && s.Stuck == "" {
		if _, err := d.obstruct(s, causeOther, "", text); err != nil {
			return err
		}
	}
	if err := d.save(s); err != nil {
		return err
	}
	if err := d.note(UrgingAnswered, s, Data{Kind: kind, Asked: on}, ""); err != nil {
		return err
	}
	urger := last.Urger
	if urger == 0 { // the program: whoever gave the share is told
		urger = d.asker(s)
	}
	sentence := fmt.Sprintf("%s trả lời đôn đốc “%s”: %s.", upper(d.dir.Person(s.Holder).Polite()), d.w.Title, strings.TrimSuffix(said, "."))
	for _, person := range slices.DeleteFunc([]int64{urger}, func(id int64) bool { return id == s.Holder }) {
		if err := d.tell(person, UrgingAnswered, sentence); err != nil {
			return err
		}
	}
	return nil
}

// Answers are all answers to urgings of a work, oldest first.
func Answers(r store.Reader, agency, work int64) ([]Answer, error) {
	all, err := answersOfWork(r, agency, work)
	return all, fault.Internal(err)
}
