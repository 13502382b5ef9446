// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"time"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/office/document"
	"soviec/office/org"
)

const rowsOfQueue = 200

// What is to be done with a document that its issuer asks back, and with a number that
// is to be voided.
const (
	nextRecall = "Xử lý"
	nextVoid   = "Xem"
)

// queue is the clerk's "sổ chờ": what must be entered, submitted or given back, by
// urgency and age, red past the legal limit.
func queue(v *visit) error {
	if !v.may(org.RegisterIncoming, org.Target{}) {
		return errNotClerk
	}
	rows, err := v.queueRows(rowsOfQueue)
	if err != nil {
		return err
	}
	p := view.Queue{Frame: v.frame(view.PlaceQueue, "Sổ chờ"), Rows: rows, Sentence: queueSentence(rows)}
	if len(rows) == rowsOfQueue {
		p.Pager.Total = fmt.Sprintf("%d việc gấp và lâu nhất; còn nữa.", rowsOfQueue)
	}
	return v.show(p)
}

func queueSentence(rows []view.QueueRow) view.Sentence {
	unnumbered, over, other := 0, 0, 0
	for _, r := range rows {
		if r.Next == nextRecall || r.Next == nextVoid {
			other++
		}
		if r.Number == "" {
			unnumbered++
		}
		if r.Over {
			over++
		}
	}
	s := view.Sentence{Before: fmt.Sprintf("%d văn bản chờ trình", len(rows)-unnumbered-other)}
	if unnumbered > 0 {
		s.Before = fmt.Sprintf("%d bì chờ vào sổ, ", unnumbered) + s.Before
	}
	switch {
	case len(rows) == 0:
		return view.Sentence{Before: "Sổ chờ trống."}
	case other > 0 && over == 0:
		s.Before += fmt.Sprintf("; %d văn bản chờ thu hồi, hủy số.", other)
	case over == 0:
		s.Before += "; không có gì quá hạn."
	default:
		s.Before += "; "
		s.Late, s.After = fmt.Sprintf("%d quá hạn", over), "."
	}
	return s
}

// queueRows are the first lines of what waits for the clerk.
func (v *visit) queueRows(limit int) ([]view.QueueRow, error) {
	all, err := document.Queue(v.read(), v.agency(), v.dir.Calendar, v.now, v.dir.Int("document.wait_hours_urgent"), limit)
	if err != nil {
		return nil, err
	}
	asked, err := document.OpenVoidings(v.read(), v.agency())
	if err != nil {
		return nil, err
	}
	voiding := map[int64]bool{}
	for _, o := range asked {
		voiding[o.Document] = true
	}
	rows := make([]view.QueueRow, len(all))
	for i, w := range all {
		r := view.QueueRow{Urgency: view.Urgency(w.Urgency()), Since: sinceWords(w.Since, v.today), Over: w.Over, Age: v.ageWords(civil.Of(w.Since)),
			Limit: "hạn trình " + v.limitWords(w.Limit)}
		if w.Over {
			r.Limit = "quá hạn trình từ " + v.limitWords(w.Limit)
		}
		switch d := w.Document; {
		case d.ID == 0:
			r.Href, r.Subject, r.Notation, r.Issuer = "/van-ban-den/bi/"+idText(w.Intake.ID), "Bì từ "+w.Intake.Sender, w.Intake.Envelope, channelName(w.Intake.Channel)
			r.Step, r.Next = "Chờ vào sổ", "Vào sổ"
		default:
			r.Href, r.Number, r.Subject, r.Notation, r.Issuer = d.Address(), document.ShowNumber(d.Number), d.Subject, d.NumberRaw, d.IssuerName
			r.Step, r.Next = "Chờ trình", "Trình"
			switch {
			case voiding[d.ID]:
				r.Step, r.Next, r.Over, r.Limit = "Chờ duyệt hủy số", nextVoid, false, "chờ Chánh Văn phòng"
			case d.State == document.StateRecallAsked:
				r.Step, r.Next, r.Over, r.Limit = "Chờ thu hồi", nextRecall, false, ""
			}
		}
		rows[i] = r
	}
	return rows, nil
}

func (v *visit) ageWords(since civil.Date) string {
	switch n := v.dir.Calendar.WorkingDaysBetween(since, v.today); {
	case since == v.today:
		return "hôm nay"
	case since == v.today.AddDays(-1):
		return "từ hôm qua"
	case n <= 0:
		return "từ " + since.ShortVN()
	default:
		return fmt.Sprintf("đã %d ngày", n)
	}
}

// limitWords write a moment near today, before or after it.
func (v *visit) limitWords(t time.Time) string {
	if civil.Of(t) == v.today.AddDays(1) {
		return t.In(civil.Zone).Format("15:04") + " ngày mai"
	}
	return sinceWords(t, v.today)
}
