// SPDX-License-Identifier: Apache-2.0

package document

import (
	"slices"
	"strconv"

	"soviec/kit/civil"
	"soviec/kit/extract"
	"soviec/kit/fault"
	"soviec/kit/find"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
	"soviec/office/task"
)

// correctable are the fields that may be corrected, with their words on the register
// and how they are read from and put into a document as text.
var correctable = []struct {
	Field, Name string
	get         func(Incoming) string
	set         func(*Incoming, string)
}{
	{"type", "loại văn bản", func(d Incoming) string { return d.Type }, func(d *Incoming, v string) { d.Type = v }},
	{"notation", "số, ký hiệu", func(d Incoming) string { return d.NumberRaw }, func(d *Incoming, v string) { d.NumberRaw = v }},
	{"issued_on", "ngày văn bản", func(d Incoming) string { return d.IssuedOn.String() }, func(d *Incoming, v string) { d.IssuedOn = day(v) }},
	{"issuer", "cơ quan ban hành", func(d Incoming) string { return d.IssuerName }, func(d *Incoming, v string) { d.IssuerName = v }},
	{"sender", "nơi gửi", func(d Incoming) string { return d.SenderName }, func(d *Incoming, v string) { d.SenderName = v }},
	{"subject", "trích yếu", func(d Incoming) string { return d.Subject }, func(d *Incoming, v string) { d.Subject = v }},
	{"urgency", "độ khẩn", func(d Incoming) string { return strconv.Itoa(d.Urgency) }, func(d *Incoming, v string) { d.Urgency, _ = strconv.Atoi(v) }},
	{"channel", "phương thức nhận", func(d Incoming) string { return d.Channel }, func(d *Incoming, v string) { d.Channel = v }},
	{"field", "lĩnh vực", func(d Incoming) string { return idText(d.Field) }, func(d *Incoming, v string) { d.Field, _ = strconv.ParseInt(v, 10, 64) }},
	{"signer", "người ký", func(d Incoming) string { return d.Signer }, func(d *Incoming, v string) { d.Signer = v }},
	{"pages", "số trang", func(d Incoming) string { return strconv.Itoa(d.Pages) }, func(d *Incoming, v string) { d.Pages, _ = strconv.Atoi(v) }},
	{"note", "ghi chú", func(d Incoming) string { return d.Note }, func(d *Incoming, v string) { d.Note = v }},
	{"due_on", "hạn ghi trên văn bản", func(d Incoming) string { return d.DueOn.String() }, func(d *Incoming, v string) { d.DueOn = day(v) }},
}

func day(s string) civil.Date {
	d, _ := civil.Parse(s) // written by this room
	return d
}

// correctedData names the fields; their values stand in the room's own rows only.
type correctedData struct {
	Change []string   `json:"change"`
	Due    civil.Date `json:"due,omitzero"`
}

// Correct corrects what was written down at registration (sửa thông tin đăng ký),
// before the work on the document is over. Register, number and day of arrival never
// change; a wrong book means voiding the number. version is the one that was read.
func Correct(a *journal.Act, doc, version int64, in Arrival) (Incoming, error) {
	if err := org.May(a, org.RegisterIncoming, org.Target{}); err != nil {
		return Incoming{}, err
	}
	was, err := get(a, a.By.Agency, doc)
	if err != nil {
		return was, err
	}
	if was.State.Closed() || was.State == StateRecallAsked {
		return was, wrongState(was, "sửa thông tin đăng ký")
	}
	if version != was.Version {
		return was, errMoved
	}
	in.Register, in.ReceivedAt, in.Files, in.Intake = was.Register, was.ReceivedAt, nil, 0
	made, err := in.arrived(a)
	if err != nil {
		return was, err
	}
	now := was
	var changed []string
	for _, c := range correctable {
		before, after := c.get(was), c.get(made)
		if before == after {
			continue
		}
		c.set(&now, after)
		changed = append(changed, c.Field)
		if err := insertCorrection(a, doc, c.Field, before, after); err != nil {
			return was, err
		}
	}
	if len(changed) == 0 {
		return was, fault.Invalid("", "Chưa có gì được sửa.")
	}
	now.No, now.Notation = made.No, made.Notation
	key := twin(now.No, now.Notation, now.IssuerName, now.IssuedOn)
	if key != twin(was.No, was.Notation, was.IssuerName, was.IssuedOn) && key != "" && in.Twin != "other" {
		there, err := twinOf(a, a.By.Agency, key)
		if err == nil && there.ID != doc {
			return was, twinFault(there)
		}
		if err != nil && err != store.ErrNone {
			return was, err
		}
	}
	if slices.Contains(changed, "issuer") {
		if now.Issuer, err = learnIssuer(a, now.IssuerName, now.NumberRaw, 1); err != nil {
			return was, err
		}
	}
	if err := setCorrected(a, now, key); err != nil {
		return was, err
	}
	who, err := accessOf(a, doc)
	if err != nil {
		return was, err
	}
	if err := find.Put(a, a.By.Agency, searched(now, who...)); err != nil {
		return was, err
	}
	a.Note(journal.Entry{Kind: Corrected, Subject: now.Ref(), DueOn: now.DueOn, Amount: int64(len(changed)),
		Data: correctedData{Change: changed, Due: now.DueOn}})
	now.Version++
	if !slices.Contains(changed, "subject") {
		return now, nil
	}
	return now, retitle(a, was, now)
}

// retitle has the open work on a document say what the document now says.
func retitle(a *journal.Act, was, now Incoming) error {
	works, err := task.OfSource(a, a.By.Agency, now.Ref())
	if err != nil {
		return err
	}
	for _, w := range works {
		if err := task.Retitle(a, w.ID, was.Subject, now.Subject); err != nil {
			return err
		}
	}
	return nil
}

var errMoved = fault.Conflict("", "Văn bản vừa được người khác thay đổi; xin mở lại trang rồi làm lại.")

// A Correction is one field that was corrected after registration.
type Correction struct {
	Field, Name   string
	Before, After string
	At            store.Time
	By            int64
}

// Corrections are what was corrected in a document, oldest first.
func Corrections(r store.Reader, doc int64) ([]Correction, error) {
	m, err := correctionsOf(r, []int64{doc})
	return m[doc], err
}

// asAt is the document as its registration data stood at a moment: what was
// corrected later is taken back, the latest first.
func asAt(d Incoming, all []Correction, at store.Time) (Incoming, []Correction) {
	var later []Correction
	for i := len(all) - 1; i >= 0; i-- {
		if !all[i].At.After(at.Time) {
			break
		}
		later = append(later, all[i])
		for _, c := range correctable {
			if c.Field == all[i].Field {
				c.set(&d, all[i].Before)
			}
		}
	}
	slices.Reverse(later)
	if n := extract.ParseNumber(d.NumberRaw); n.None {
		d.No, d.Notation = "", ""
	} else {
		d.No, d.Notation = n.Number, n.Notation
	}
	return d, later
}

// AddFiles adds files to a registered document: a scan that comes later, by the
// clerk; evidence of the result, by whoever works on it.
func AddFiles(a *journal.Act, doc int64, files ...Attachment) error {
	d, err := get(a, a.By.Agency, doc)
	if err != nil {
		return err
	}
	if len(files) > 0 && !slices.ContainsFunc(files, func(f Attachment) bool { return f.Kind != "evidence" }) && d.Work != 0 {
		err = mayFile(a, d)
	} else {
		err = org.May(a, org.RegisterIncoming, org.Target{})
	}
	if err != nil {
		return err
	}
	if d.State.Final() || d.State == StateRecallAsked {
		return wrongState(d, "thêm tệp")
	}
	if len(files) == 0 {
		return fault.Invalid("files", "Chưa chọn tệp nào.")
	}
	for _, f := range files {
		if f.Secret != "" {
			return secretFile(f.Name)
		}
		if err := addFile(a, doc, f); err != nil {
			return err
		}
	}
	a.Note(journal.Entry{Kind: FileAdded, Subject: d.Ref(), Amount: int64(len(files)), Data: registeredData{Files: len(files)}})
	return nil
}

func secretFile(name string) error {
	return fault.Invalid("files", "Tệp “"+name+"” có dấu chỉ độ mật. Hệ thống này không nhận văn bản mật; tệp chưa được lưu vào sổ.")
}
