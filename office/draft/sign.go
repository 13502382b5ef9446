// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"context"
	"encoding/json"
	"time"

	"soviec/kit/blob"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/letter"
	"soviec/office/org"
)

// Evidence is what is known of a digital signature (documents.md §4.8).
type Evidence struct {
	Subject string // of the certificate
	Serial  string
	Issuer  string
	Level   string    // PAdES level
	Verdict string    // words of whoever judged it
	At      time.Time // from the timestamp token where there is one
}

// Judge compares the file that was handed to a key with what came back: the same pages,
// one new signature of the signer, nothing else. Whoever wires the program together sets
// it; without one nothing is signed digitally.
var Judge func(ctx context.Context, before, after blob.Key, signer int64) (Evidence, error)

// A Signing is a digital signature under way: the file for the key.
type Signing struct {
	ID       int64
	Draft    int64
	Ordinal  int
	Before   string
	Signer   int64
	Capacity string
	MadeAt   time.Time
	State    string // open, done, void
	After    string
	Evidence
	DoneAt time.Time
}

// PassOn lays a draft before another signer (chuyển người ký khác; O10). The capacity is
// computed anew; of a composed document the signer's block is set anew, and c is that
// page: nothing else in it may differ.
func PassOn(a *journal.Act, id int64, sha string, signer int64, code org.CapacityCode, c *Content, text string) error {
	p, d, err := open(a, id)
	if err != nil {
		return err
	}
	if err := org.May(a, org.SignDraft, org.Target{Person: p.Signer}); err != nil {
		return err
	}
	if p.State != StateToSign {
		return notNow(p)
	}
	if err := p.sees(sha); err != nil {
		return err
	}
	if signer == p.Signer {
		return fault.Invalid("signer", "Hãy chọn người khác.")
	}
	if text, err = said("note", text, ""); err != nil {
		return err
	}
	last, err := Current(a, p)
	if err != nil {
		return err
	}
	if last.Way != WayComposed {
		return fault.Conflict("", "Tệp tải lên đã in sẵn chức vụ, họ tên người ký; hãy trả lại để người soạn thay khối ký.")
	}
	if p, err = capable(d, Signer(p, signer, code), a.Day()); err != nil {
		return err
	}
	if c == nil || c.Way != WayComposed {
		return fault.Invalid("file", "Chưa có tệp với khối ký mới.")
	}
	if _, err := p.take(a, d, c); err != nil {
		return err
	}
	if same, err := sameButSigner(last.Letter, c.Letter); err != nil {
		return err
	} else if !same {
		return fault.Conflict("", "Ngoài khối ký, văn bản còn chỗ khác với bản đã kiểm tra; hãy trả lại để kiểm tra lại.")
	}
	if err := voidSignings(a, p.ID); err != nil {
		return err
	}
	p.Approved, p.Second.SHA = p.SHA, "" // a new page: who signed first signs it again
	if err := setFacts(a, p); err != nil {
		return err
	}
	p.Version++
	if err := setState(a, p); err != nil {
		return err
	}
	if err := p.step(a, Step{Kind: "pass", Other: signer, Text: text}); err != nil {
		return err
	}
	p.note(a, PassedOn, stepData{Signer: signer, Capacity: string(p.Capacity)})
	if p.SignsNow() != p.Signer {
		return p.asksSecond(a)
	}
	return p.toSigner(a, "được "+a.By.Name+" chuyển, chờ anh/chị ký")
}

// sameButSigner compares two composed letters but for whose name stands under them.
func sameButSigner(before, after string) (bool, error) {
	var a, b letter.Letter
	if err := json.Unmarshal([]byte(before), &a); err != nil {
		return false, err
	}
	if err := json.Unmarshal([]byte(after), &b); err != nil {
		return false, err
	}
	a.Signatures, b.Signatures = nil, nil
	x, err := LetterJSON(a)
	if err != nil {
		return false, err
	}
	y, err := LetterJSON(b)
	return x == y, err
}

// Signer is the draft with another signer, whose capacity and lines are still to be found.
func Signer(p Paper, signer int64, code org.CapacityCode) Paper {
	p.Signer, p.Capacity, p.Delegation, p.Lines = signer, code, 0, nil
	return p
}

// Capable computes the capacity and the printed lines of a draft's signer on a day.
func Capable(d *org.Directory, p Paper, day civil.Date) (Paper, error) { return capable(d, p, day) }

// Refuse refuses to sign (từ chối ký; O9): the draft is given up.
func Refuse(a *journal.Act, id int64, reason string) error {
	p, d, err := open(a, id)
	if err != nil {
		return err
	}
	if err := org.May(a, org.SignDraft, org.Target{Person: p.SignsNow()}); err != nil {
		return err
	}
	if p.State != StateToSign {
		return notNow(p)
	}
	if reason, err = said("reason", reason, "Hãy ghi lý do từ chối ký."); err != nil {
		return err
	}
	if err := voidSignings(a, p.ID); err != nil {
		return err
	}
	p.State = StateDropped
	if err := setState(a, p); err != nil {
		return err
	}
	if err := p.step(a, Step{Kind: "refuse", Text: reason}); err != nil {
		return err
	}
	p.note(a, Refused, stepData{})
	text := a.By.Name + " từ chối ký văn bản " + p.title() + "."
	if err := p.tell(a, p.Drafter, Refused, text); err != nil {
		return err
	}
	return p.tell(a, d.HeadOf(p.Unit, a.Day()), Refused, text)
}

// mayBeSigned guards a signature on a day: the draft lies before its signer, the file is
// the approved one, and the posts, regulations and delegations of the day support the
// capacity (documents.md §6.5).
func mayBeSigned(a *journal.Act, d *org.Directory, p Paper, day civil.Date) (Paper, error) {
	if p.State != StateToSign {
		return p, notNow(p)
	}
	if p.Approved == "" || p.Approved != p.SHA {
		return p, fault.Conflict("", "Tệp không còn là bản đã được kiểm tra; phải trình lại để xem trước khi ký.")
	}
	if ok, err := initialled(a, p, "form"); err != nil {
		return p, err
	} else if !ok {
		return p, fault.Conflict("", "Bản này chưa qua kiểm tra thể thức.")
	}
	before := joined(p.Lines) + "|" + joined(p.Second.Lines)
	p, err := capable(d, p, day)
	if err != nil {
		return p, err
	}
	if joined(p.Lines)+"|"+joined(p.Second.Lines) != before {
		return p, fault.Conflict("capacity", "Chức vụ, quyền hạn ký in trên văn bản không còn đúng ngày "+day.VN()+"; hãy trả lại để trình bày lại.")
	}
	return p, nil
}

// Prepare hands the approved file to the signer's key (ký số, bước 1). A signature is the
// person's own: nobody signs while standing in for another.
func Prepare(a *journal.Act, id int64, sha string) (Signing, error) {
	p, d, err := open(a, id)
	if err != nil {
		return Signing{}, err
	}
	if err := org.May(a, org.SignDraft, org.Target{Person: p.SignsNow()}); err != nil {
		return Signing{}, err
	}
	if a.By.For != 0 {
		return Signing{}, errOwnHand
	}
	if err := p.sees(sha); err != nil {
		return Signing{}, err
	}
	if err := p.notOutside(); err != nil {
		return Signing{}, err
	}
	if p, err = mayBeSigned(a, d, p, a.Day()); err != nil {
		return Signing{}, err
	}
	if err := voidSignings(a, p.ID); err != nil {
		return Signing{}, err
	}
	signer, capacity := p.Signer, p.Capacity
	if p.SignsNow() != p.Signer {
		signer, capacity = p.Second.Person, p.Second.Capacity
	}
	s := Signing{ID: a.NewID(), Draft: p.ID, Ordinal: p.Current, Before: p.ToSign(), Signer: signer, Capacity: string(capacity), MadeAt: a.At, State: "open"}
	if err := insertSigning(a, s); err != nil {
		return s, err
	}
	p.note(a, Prepared, stepData{Signer: signer, Capacity: string(capacity)})
	return s, nil
}

var errOwnHand = fault.Forbidden("Chữ ký là của chính người ký: không ký khi đang làm thay. Hãy chuyển người ký khác.")

// Sign takes the signed file back (ký số, bước 2) as one act, after it was judged against
// the file that was handed out.
func Sign(ctx context.Context, b *journal.Book, by journal.Holder, id int64, after blob.Key) error {
	s, err := OpenSigning(b.DB.Read(ctx), by.Agency, id)
	if err != nil {
		return err
	}
	if Judge == nil {
		return fault.Conflict("", "Chương trình chưa được nối với bộ kiểm tra chữ ký số; hãy ghi nhận chữ ký trên bản giấy.")
	}
	e, err := Judge(ctx, blob.Key(s.Before), after, s.Signer)
	if err != nil {
		return err
	}
	return b.Do(ctx, by, func(a *journal.Act) error { return Complete(a, id, after, e) })
}

// Complete records a digital signature that was judged.
func Complete(a *journal.Act, id int64, after blob.Key, e Evidence) error {
	p, d, err := open(a, id)
	if err != nil {
		return err
	}
	if err := org.May(a, org.SignDraft, org.Target{Person: p.SignsNow()}); err != nil {
		return err
	}
	if a.By.For != 0 {
		return errOwnHand
	}
	s, err := OpenSigning(a, a.By.Agency, id)
	if err != nil {
		return err
	}
	if p, err = mayBeSigned(a, d, p, a.Day()); err != nil {
		return err
	}
	if s.Before != p.ToSign() || s.Signer != p.SignsNow() {
		return fault.Conflict("", "Tệp đã thay đổi sau khi mở để ký. Hãy xem lại bản mới rồi ký lại.")
	}
	if string(after) == s.Before {
		return fault.Invalid("file", "Tệp gửi lên chưa có chữ ký số.")
	}
	if err := doneSigning(a, s.ID, string(after), e); err != nil {
		return err
	}
	if p.SignsNow() != p.Signer {
		return p.signSecond(a, after)
	}
	return p.sign(a, d, Paper{Signed: "digital", SignedOn: a.Day(), SignedSHA: string(after)})
}

// SignOnPaper records a signature made by hand (ký trên bản giấy): by the clerk, with the
// day and the scan. It is judged by the posts and delegations of that day.
func SignOnPaper(a *journal.Act, id int64, sha string, day civil.Date, scan File) error {
	p, d, err := open(a, id)
	if err != nil {
		return err
	}
	if err := org.May(a, org.RecordSignature, org.Target{}); err != nil {
		return err
	}
	if p.State != StateToSign {
		return notNow(p)
	}
	if err := p.sees(sha); err != nil {
		return err
	}
	switch {
	case day.IsZero():
		return fault.Invalid("day", "Hãy ghi ngày ký trên bản giấy.")
	case day.After(a.Day()):
		return fault.Invalid("day", "Ngày ký không được sau hôm nay.")
	case day.Before(civil.Of(p.WaitsSince)):
		return fault.Invalid("day", "Ngày ký không được trước ngày trình ký ("+civil.Of(p.WaitsSince).VN()+").")
	case len(scan.SHA) != 64:
		return fault.Invalid("file", "Hãy gửi kèm bản quét văn bản đã ký.")
	}
	if p, err = mayBeSigned(a, d, p, day); err != nil {
		return err
	}
	scan.ID, scan.Kind, scan.AddedBy, scan.AddedAt = a.NewID(), "scan", a.By.Person, a.At
	if err := insertFile(a, p.ID, scan); err != nil {
		return err
	}
	if err := voidSignings(a, p.ID); err != nil {
		return err
	}
	return p.sign(a, d, Paper{Signed: "paper", SignedOn: day, SignedSHA: scan.SHA})
}

// sign makes the draft a signed one and tells who goes on with it.
func (p Paper) sign(a *journal.Act, d *org.Directory, how Paper) error {
	p.Signed, p.SignedOn, p.SignedSHA, p.SignedAt = how.Signed, how.SignedOn, how.SignedSHA, a.At
	if err := setSigned(a, p); err != nil {
		return err
	}
	p.State = StateSigned
	if err := p.step(a, Step{Kind: "sign", Other: p.Signer}); err != nil {
		return err
	}
	p.note(a, Signed, stepData{Signer: p.Signer, Capacity: string(p.Capacity), Medium: p.Signed})
	if err := p.tell(a, p.Drafter, Signed, "Văn bản "+p.title()+" đã được "+p.SignerName+" ký, chờ cấp số và phát hành."); err != nil {
		return err
	}
	for _, clerk := range d.With(a.Day(), org.Clerk) {
		if err := p.tell(a, clerk.ID, "number_asked", "Văn bản "+p.title()+" đã ký, chờ cấp số, phát hành."); err != nil {
			return err
		}
	}
	return nil
}
