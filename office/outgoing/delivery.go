// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"slices"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/notice"
	"soviec/office/org"
)

// deliver writes how far the document came to one recipient, with the entry that says so.
func deliver(a *journal.Act, d Document, x Delivery, state, reason string) error {
	if err := setDelivery(a, d.ID, x.Ordinal, state, reason); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: Delivered, Subject: d.Ref(), Amount: int64(x.Ordinal), Data: map[string]string{"state": state}})
	return nil
}

// steps are the states that a delivery may come to from each.
var steps = map[string][]string{
	Queued:       {Sent, Failed},
	Sent:         {Arrived, "accepted", Refused, Failed, "assigned", "processing", Done},
	Arrived:      {"accepted", Refused, "assigned", "processing", Done},
	"accepted":   {"assigned", "processing", Done},
	"assigned":   {"processing", Done},
	"processing": {Done},
}

// Steps are the states that a delivery may come to next.
func Steps(from string) []string { return steps[from] }

// Note writes down how far the document came to a recipient, as the clerk, the post or the
// other side says (QĐ 28/2018/QĐ-TTg Điều 7). A refusal or a failure has its reason.
func Note(a *journal.Act, id int64, ordinal int, state, reason string) error {
	if a.By.System {
		if err := org.May(a, org.RunSystem, org.Target{}); err != nil {
			return err
		}
	} else if err := org.May(a, org.SendOut, org.Target{}); err != nil {
		return err
	}
	d, x, err := delivery(a, id, ordinal)
	if err != nil {
		return err
	}
	if x.State == state {
		return nil
	}
	if !slices.Contains(steps[x.State], state) {
		return fault.Conflict("", "“"+x.Name+"” đang ở tình trạng “"+DeliveryLabel(x.State)+"”, không chuyển sang “"+DeliveryLabel(state)+"” được.")
	}
	if reason = tidy(reason); reason == "" && (state == Refused || state == Failed) {
		return fault.Invalid("reason", "Xin ghi lý do.")
	}
	if err := deliver(a, d, x, state, reason); err != nil {
		return err
	}
	if state != Refused && state != Failed {
		return nil
	}
	return tellClerks(a, d, Delivered, "Văn bản "+d.Label+" chưa đến được “"+x.Name+"”: "+DeliveryLabel(state)+".")
}

// Again sends to a recipient once more who refused it or was not reached.
func Again(a *journal.Act, id int64, ordinal int, address string) error {
	if err := org.May(a, org.SendOut, org.Target{}); err != nil {
		return err
	}
	d, x, err := delivery(a, id, ordinal)
	if err != nil {
		return err
	}
	if x.State != Failed && x.State != Refused {
		return fault.Conflict("", "Chỉ gửi lại nơi từ chối hoặc không gửi được.")
	}
	if d.Frozen {
		return errFrozen
	}
	if address = tidy(address); address != "" {
		x.Address = address
		if err := checkRecipients([]Delivery{x}); err != nil {
			return err
		}
	}
	x.Attempts++
	if err := setAgain(a, d.ID, x); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: SentAgain, Subject: d.Ref(), Amount: int64(ordinal)})
	if x.Channel == "email" {
		return enqueueMail(a, d, x)
	}
	return nil
}

func delivery(a *journal.Act, id int64, ordinal int) (Document, Delivery, error) {
	d, err := get(a, a.By.Agency, id)
	if err != nil {
		return d, Delivery{}, err
	}
	if !d.State.Out() {
		return d, Delivery{}, wrongState(d, "ghi nhận tình trạng gửi")
	}
	all, err := RecipientsOf(a, d.ID)
	if err != nil {
		return d, Delivery{}, err
	}
	for _, x := range all {
		if x.Ordinal == ordinal {
			return d, x, nil
		}
	}
	return d, Delivery{}, fault.NotFound("Không có nơi nhận này.")
}

// Open is the first opening by a recipient inside: the electronic "ký nhận" of column 9.
// It is an act of the one who opens, and happens once for each recipient.
func Open(a *journal.Act, id int64) error {
	if err := org.May(a, org.OwnAccount, org.Target{Person: a.By.Person}); err != nil && a.By.For == 0 {
		return err
	} else if a.By.For != 0 {
		return nil // whoever stands in reads, but does not sign for another
	}
	d, err := get(a, a.By.Agency, id)
	if err != nil {
		return err
	}
	due, err := unopened(a, d, a.By.Person, a.Day())
	if err != nil || len(due) == 0 {
		return err
	}
	for _, x := range due {
		if err := setOpened(a, d.ID, x.Ordinal); err != nil {
			return err
		}
		a.Note(journal.Entry{Kind: Opened, Subject: d.Ref(), Amount: int64(x.Ordinal), Data: map[string]string{"state": Arrived}})
	}
	return nil
}

// Unopened reports whether a person has a delivery here that nobody signed for yet.
func Unopened(a store.Reader, dir *org.Directory, d Document, person int64, day civil.Date) (bool, error) {
	due, err := unopenedIn(a, dir, d, person, day)
	return len(due) > 0, err
}

func unopened(a *journal.Act, d Document, person int64, day civil.Date) ([]Delivery, error) {
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return nil, err
	}
	return unopenedIn(a, dir, d, person, day)
}

func unopenedIn(r store.Reader, dir *org.Directory, d Document, person int64, day civil.Date) ([]Delivery, error) {
	if !d.State.Out() {
		return nil, nil
	}
	all, err := RecipientsOf(r, d.ID)
	if err != nil {
		return nil, err
	}
	var due []Delivery
	for _, x := range all {
		mine := x.Kind == "person" && x.Ref == person || x.Kind == "unit" && dir.HeadOf(x.Ref, day) == person
		if x.Channel == "internal" && x.OpenedAt.IsZero() && mine {
			due = append(due, x)
		}
	}
	return due, nil
}

// A Posting is a dispatch by post, a line of book 8.4.
type Posting struct {
	ID        int64
	Document  int64
	On        civil.Date
	Place     string
	Envelopes int
	Receipt   string // ký nhận và dấu bưu điện: the number of the receipt
	Note      string
}

// Post notes what was handed to the post and carries the recipients concerned on.
func Post(a *journal.Act, id int64, p Posting, ordinals []int) error {
	if err := org.May(a, org.SendOut, org.Target{}); err != nil {
		return err
	}
	p.ID, p.Document, p.Place, p.Receipt, p.Note = a.NewID(), id, tidy(p.Place), tidy(p.Receipt), tidy(p.Note)
	if p.On.IsZero() {
		p.On = a.Day()
	}
	var errs []error
	if p.On.After(a.Day()) {
		errs = append(errs, fault.Invalid("on", "Ngày chuyển không được sau hôm nay."))
	}
	if p.Envelopes < 1 || p.Envelopes > 9999 {
		errs = append(errs, fault.Invalid("envelopes", "Số lượng bì từ 1 đến 9.999."))
	}
	if len(ordinals) == 0 {
		errs = append(errs, fault.Invalid("recipients", "Hãy chọn nơi nhận gửi qua bưu điện."))
	}
	if err := fault.Join(append(errs, notPrinted(a, BookPost, p.On))...); err != nil {
		return err
	}
	var d Document
	for _, o := range ordinals {
		var x Delivery
		var err error
		if d, x, err = delivery(a, id, o); err != nil {
			return err
		}
		if x.Channel != "post" || x.State != Queued {
			return fault.Conflict("recipients", "“"+x.Name+"” không chờ gửi bưu điện.")
		}
		if p.Place == "" || o != ordinals[0] {
			if p.Place != "" {
				p.Place += "; "
			}
			p.Place += x.Name
		}
		if err := deliver(a, d, x, Sent, ""); err != nil {
			return err
		}
	}
	if err := insertPosting(a, p); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: Posted, Subject: d.Ref(), Amount: int64(p.Envelopes)})
	return nil
}

func tellClerks(a *journal.Act, d Document, kind, text string) error {
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return err
	}
	for _, p := range dir.With(a.Day(), org.Clerk, org.DeputyClerk) {
		if _, err := notice.Tell(a, notice.Item{Person: p.ID, Matter: d.Ref(), Kind: kind, Text: text, Link: d.Address(), Urgent: d.Urgency > 0}); err != nil {
			return err
		}
	}
	return nil
}
