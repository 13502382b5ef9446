// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	netmail "net/mail"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/find"
	"soviec/kit/job"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/document"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/series"
	"soviec/office/task"
)

// onIssued are told of each document that leaves; archive puts it into its dossier.
var onIssued []func(*journal.Act, Document) error

// OnIssued has f run in the act in which a document is issued. The program sets it up once.
func OnIssued(f func(*journal.Act, Document) error) { onIssued = append(onIssued, f) }

// JobMail is the kind of the job that sends a document by e-mail to one recipient.
const JobMail = "outgoing.mail"

// MailJob names a delivery to be sent.
type MailJob struct {
	Document int64 `json:"document"`
	Ordinal  int   `json:"ordinal"`
}

// SetRecipients changes to whom the document goes, before it goes. The agency's own copy
// ("Lưu: VT, …") stays the last line.
func SetRecipients(a *journal.Act, id int64, to []Delivery) error {
	if err := org.May(a, org.SendOut, org.Target{}); err != nil {
		return err
	}
	d, err := get(a, a.By.Agency, id)
	if err != nil {
		return err
	}
	if d.State != StateNumbered && d.State != StateSealed {
		return wrongState(d, "sửa nơi nhận")
	}
	was, err := RecipientsOf(a, d.ID)
	if err != nil {
		return err
	}
	stored := func(x Delivery) bool { return x.Purpose == "store" }
	to = slices.DeleteFunc(slices.Clone(to), stored)
	for i := range to {
		to[i].Name, to[i].Address = tidy(to[i].Name), tidy(to[i].Address)
		if to[i].Party == 0 {
			continue
		}
		g, err := GroupOf(a, a.By.Agency, to[i].Party)
		if err != nil {
			return err
		}
		to[i].Kind, to[i].Ref, to[i].Name, to[i].Channel, to[i].Address, to[i].Copies = "org", 0, g.Name, "hand", "", 0
	}
	if err := checkRecipients(to); err != nil {
		return err
	}
	for _, x := range was {
		if stored(x) {
			to = append(to, x)
		}
	}
	if err := clearRecipients(a, d.ID); err != nil {
		return err
	}
	places := ""
	for i, x := range to {
		x.Document, x.Ordinal, x.State, x.At = d.ID, i+1, Queued, a.At
		if err := insertRecipient(a, x); err != nil {
			return err
		}
		if x.Address != "" {
			if err := putContact(a, contactKey(x.Name), x.Channel, x.Address); err != nil {
				return err
			}
		}
		if !stored(x) {
			if places != "" {
				places += "; "
			}
			places += x.Name
		}
	}
	if err := change(a, d, "places = $1", places); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: RecipientsSet, Subject: d.Ref(), Amount: int64(len(to))})
	return nil
}

func checkRecipients(to []Delivery) error {
	var errs []error
	if len(to) == 0 {
		errs = append(errs, fault.Invalid("recipients", "Văn bản phải có ít nhất một nơi nhận ngoài bản lưu."))
	}
	if len(to) > 500 {
		errs = append(errs, fault.Invalid("recipients", "Nhiều nhất 500 nơi nhận."))
	}
	for i, x := range to {
		field := "recipient-" + strconv.Itoa(i+1)
		switch {
		case x.Name == "" || utf8.RuneCountInString(x.Name) > 200:
			errs = append(errs, fault.Invalid(field, "Tên nơi nhận từ 1 đến 200 ký tự."))
		case x.Channel == "internal" && x.Ref == 0:
			errs = append(errs, fault.Invalid(field, "Gửi nội bộ phải chọn đơn vị hoặc người trong cơ quan: "+x.Name+"."))
		case x.Copies < 0 || x.Copies > 999:
			errs = append(errs, fault.Invalid(field, "Số bản từ 0 đến 999."))
		}
		if x.Channel == "email" && x.Address != "" {
			if _, err := netmail.ParseAddress(x.Address); err != nil {
				errs = append(errs, fault.Invalid(field, "Địa chỉ thư điện tử của “"+x.Name+"” không đúng dạng."))
			}
		}
	}
	return fault.Join(errs...)
}

// Issue sends the document to all its recipients (phát hành; Điều 18): inside the agency
// at once, by e-mail through the queue; what goes by post, by hand or over the exchange
// waits in the clerk's list until it is noted. What it answers is closed by it.
func Issue(a *journal.Act, id int64) (Document, error) {
	if err := org.May(a, org.SendOut, org.Target{}); err != nil {
		return Document{}, err
	}
	d, err := get(a, a.By.Agency, id)
	if err != nil {
		return d, err
	}
	if d.State != StateSealed {
		return d, wrongState(d, "phát hành")
	}
	to, err := RecipientsOf(a, d.ID)
	if err != nil {
		return d, err
	}
	all, err := Expanded(a, a.By.Agency, to)
	if err != nil {
		return d, err
	}
	var errs []error
	packed := false
	for _, x := range all {
		packed = packed || x.Packed && x.Channel == "email"
		if x.Channel == "email" && x.Purpose != "store" && x.Address == "" {
			errs = append(errs, fault.Invalid("recipients", "Chưa ghi địa chỉ thư điện tử của “"+x.Name+"”."))
		}
	}
	if len(to) == 0 {
		errs = append(errs, fault.Invalid("recipients", "Văn bản chưa có nơi nhận."))
	}
	if len(all) > 500 {
		errs = append(errs, fault.Invalid("recipients", "Nhiều nhất 500 nơi nhận."))
	}
	if packed {
		if _, err := PacketOf(a, d.ID); err == store.ErrNone {
			errs = append(errs, fault.Invalid("recipients", "Có nơi nhận gói có mật khẩu: hãy lập gói, ghi lại mật khẩu rồi phát hành."))
		} else if err != nil {
			return d, err
		}
	}
	if err := fault.Join(errs...); err != nil {
		return d, err
	}
	if d.Sealed == Digital {
		files, err := filesOf(a, d.ID)
		if err != nil {
			return d, err
		}
		if open := Unsigned(files); len(open) > 0 {
			return d, errAppendices(open)
		}
	}
	if to, err = expand(a, &d, to, all); err != nil {
		return d, err
	}
	if err := setIssued(a, d); err != nil {
		return d, err
	}
	d.State, d.IssuedAt, d.Version = StateIssued, a.At, d.Version+1
	if err := series.MarkOut(a, d.Slot); err != nil {
		return d, err
	}
	for _, x := range to {
		if err := dispatch(a, d, x); err != nil {
			return d, err
		}
	}
	a.Note(journal.Entry{Kind: Issued, Subject: d.Ref(), DueOn: civil.Of(d.SendBy), Amount: int64(len(to)), Data: stateData{State: StateIssued}})
	if err := answer(a, d); err != nil {
		return d, err
	}
	if d.Drafter != 0 {
		if _, err := notice.Tell(a, notice.Item{Person: d.Drafter, Matter: d.Ref(), Kind: Issued, Text: "Văn bản " + d.Label + " đã phát hành.", Link: d.Address()}); err != nil {
			return d, err
		}
	}
	for _, f := range onIssued {
		if err := f(a, d); err != nil {
			return d, err
		}
	}
	return d, nil
}

// dispatch starts one recipient's way.
func dispatch(a *journal.Act, d Document, x Delivery) error {
	switch {
	case x.Purpose == "store":
		return deliver(a, d, x, Done, "")
	case x.Channel == "internal":
		if err := inside(a, d, x); err != nil {
			return err
		}
		return deliver(a, d, x, Sent, "")
	case x.Channel == "email":
		return enqueueMail(a, d, x)
	}
	return nil // queued: the clerk posts, carries or hands it to the exchange
}

// enqueueMail has a letter sent. What is urgent goes before what has been waiting longer.
func enqueueMail(a *journal.Act, d Document, x Delivery) error {
	at := a.At.Add(-time.Duration(d.Urgency) * 24 * time.Hour)
	return job.Enqueue(a, a.By.Agency, JobMail, mailKey(x), MailJob{d.ID, x.Ordinal}, at)
}

func mailKey(x Delivery) string {
	return journal.Ref(RefOutgoing, x.Document) + "/" + strconv.Itoa(x.Ordinal) + "/" + strconv.Itoa(x.Attempts)
}

// inside lets a unit or a person of the agency read it and tells them.
func inside(a *journal.Act, d Document, x Delivery) error {
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return err
	}
	tags := []string{personTag(x.Ref)}
	people := []int64{x.Ref}
	if x.Kind == "unit" {
		unit := dir.Successor(x.Ref, a.Day())
		tags, people = []string{unitTag(unit)}, []int64{dir.HeadOf(unit, a.Day())}
		if away, ok := dir.Away(people[0], a.Day()); ok && away.StandIn != 0 {
			people = append(people, away.StandIn)
		}
	}
	if err := insertAccess(a, d.ID, tags); err != nil {
		return err
	}
	if err := find.Tag(a, a.By.Agency, d.Ref(), tags...); err != nil {
		return err
	}
	for _, p := range people {
		if _, err := notice.Tell(a, notice.Item{Person: p, Matter: d.Ref(), Kind: Issued, Text: "Có văn bản gửi đến: " + d.Label + ".", Link: d.Address(), Urgent: d.Urgency > 0}); err != nil {
			return err
		}
	}
	return nil
}

// answer closes what the document answers: completion by proof, for works that name it
// and for those that whoever signed said it ends.
func answer(a *journal.Act, d Document) error {
	links, err := LinksOf(a, d.ID)
	if err != nil {
		return err
	}
	for _, l := range links {
		if l.Kind != Answers {
			continue
		}
		kind, id, _ := journal.ParseRef(l.Other)
		work, number := id, d.Label
		if kind == document.RefIncoming {
			in, err := document.Answered(a, id, d.Label, d.Ref())
			if err != nil {
				return err
			}
			work, number = in.Work, in.Answer
		}
		if work == 0 {
			continue
		}
		if err := task.Answered(a, work, d.Ref(), number, a.At, l.Closes); err != nil {
			return err
		}
	}
	return nil
}
