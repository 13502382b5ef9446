// SPDX-License-Identifier: Apache-2.0

package document

import (
	"time"
	"unicode/utf8"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/notice"
	"soviec/office/org"
)

// An Intake is what lies with the clerk before it has a number: an envelope that
// was received, or one that went unopened to whom it names (Nghị định 30/2020/NĐ-CP Điều 21).
type Intake struct {
	ID         int64
	ReceivedAt time.Time
	Channel    string
	Sender     string
	Envelope   string // the number on the envelope
	Condition  string // ok, damaged, mismatch
	Note       string // what was wrong with it
	Urgency    int
	Person     int64  // the person it names, for one that stays unopened
	State      string // received, handed_unopened, registered, refused
	Document   int64
}

// RefIntake is the kind of subject of an intake.
const RefIntake = "intake"

// Receive takes in a paper that has no number yet (tiếp nhận bản giấy). One that
// names a person or a mass organisation is not opened and goes to the person.
func Receive(a *journal.Act, in Intake) (Intake, error) {
	if err := org.May(a, org.RegisterIncoming, org.Target{}); err != nil {
		return in, err
	}
	in.ID, in.State, in.Sender, in.Note = a.NewID(), "received", Tidy(in.Sender), Tidy(in.Note)
	if in.ReceivedAt.IsZero() {
		in.ReceivedAt = a.At
	}
	if in.Condition == "" {
		in.Condition = "ok"
	}
	var errs []error
	if in.Sender == "" {
		errs = append(errs, fault.Invalid("sender", "Chưa ghi nơi gửi."))
	}
	if in.Condition != "ok" && in.Note == "" {
		errs = append(errs, fault.Invalid("note", "Bì không nguyên vẹn hoặc không khớp: xin ghi rõ để lập biên bản."))
	}
	if in.ReceivedAt.After(a.At) {
		errs = append(errs, fault.Invalid("received_at", "Giờ nhận không được sau lúc này."))
	}
	if err := fault.Join(errs...); err != nil {
		return in, err
	}
	kind := Received
	if in.Person != 0 {
		in.State, kind = "handed_unopened", HandedUnopened
	}
	if err := insertIntake(a, in); err != nil {
		return in, err
	}
	a.Note(journal.Entry{Kind: kind, Subject: journal.Ref(RefIntake, in.ID), Data: map[string]any{"person": in.Person, "channel": in.Channel}})
	if in.Person != 0 {
		return in, tell(a, notice.Item{Person: in.Person, Matter: journal.Ref(RefIntake, in.ID), Kind: HandedUnopened,
			Text: "Văn thư giữ một bì thư đích danh gửi anh/chị từ " + in.Sender + ".", Link: "/van-ban-den/bi/" + idText(in.ID)})
	}
	return in, nil
}

// BringBack returns an envelope that went unopened, because what is in it concerns
// the agency's work; it then waits for its number (chuyển lại để đăng ký).
func BringBack(a *journal.Act, intake int64) error {
	in, err := intakeByID(a, a.By.Agency, intake)
	if err != nil {
		return err
	}
	if err := org.May(a, org.OwnAccount, org.Target{Person: in.Person}); err != nil {
		return err
	}
	if in.State != "handed_unopened" {
		return fault.Conflict("", "Bì thư này đã được chuyển lại hoặc đã vào sổ.")
	}
	if err := setIntake(a, in.ID, "received", 0); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: BroughtBack, Subject: journal.Ref(RefIntake, in.ID)})
	return tellClerks(a, journal.Ref(RefIntake, in.ID), BroughtBack, "Một bì thư đích danh được chuyển lại để vào sổ.", "/van-ban-den/cho")
}

// RefuseIntake sends an envelope back to where it came from, with a reason (trả lại).
func RefuseIntake(a *journal.Act, intake int64, reason string) error {
	if err := org.May(a, org.RegisterIncoming, org.Target{}); err != nil {
		return err
	}
	in, err := intakeByID(a, a.By.Agency, intake)
	if err != nil {
		return err
	}
	if in.State != "received" {
		return fault.Conflict("", "Bì thư này không còn chờ vào sổ.")
	}
	if utf8.RuneCountInString(Tidy(reason)) < 10 {
		return fault.Invalid("reason", "Xin ghi lý do trả lại, ít nhất 10 ký tự.")
	}
	if err := setIntake(a, in.ID, "refused", 0); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: Refused, Subject: journal.Ref(RefIntake, in.ID)})
	return nil
}

// tellClerks tells all who keep the registers.
func tellClerks(a *journal.Act, matter, kind, text, link string) error {
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return err
	}
	for _, p := range dir.With(a.Day(), org.Clerk) {
		if err := tell(a, notice.Item{Person: p.ID, Matter: matter, Kind: kind, Text: text, Link: link}); err != nil {
			return err
		}
	}
	return nil
}

// tell tells somebody within the act; whether it was new does not matter here.
func tell(a *journal.Act, it notice.Item) error {
	_, err := notice.Tell(a, it)
	return err
}
