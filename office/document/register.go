// SPDX-License-Identifier: Apache-2.0

package document

import (
	"strconv"
	"time"
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/kit/extract"
	"soviec/kit/fault"
	"soviec/kit/find"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// An Arrival is what the clerk writes down of a document that came.
type Arrival struct {
	Register   int64 // 0 is the agency's first register of arrivals
	ReceivedAt time.Time
	Type       string
	NumberRaw  string // "" or "không số" for a document without one
	IssuedOn   civil.Date
	IssuerName string
	SenderName string
	Subject    string
	Urgency    int
	Secrecy    int // only 0 enters this system (§17)
	Channel    string
	Field      int64
	Signer     string
	Pages      int
	Note       string
	DueOn      civil.Date
	Intake     int64 // the envelope it came out of
	Files      []Attachment
	// Twin says what the clerk decided about a document that seems to be there
	// already: "copy" (the same again: no number) or "other" (another document with
	// the same number, for TwinReason).
	Twin       string
	TwinReason string
}

// An Attachment is a file whose bytes already lie in the blob store.
type Attachment struct {
	Kind   string
	Name   string
	MIME   string
	Size   int64
	SHA    string
	Pages  int
	Secret string // the secret stamp found on its first page: refuses the whole arrival
}

// A Twin is the refusal of a document that seems to be registered already. It
// carries the one that is there, so that the clerk can compare.
type Twin struct {
	There Incoming
	fault *fault.Error
}

func (t *Twin) Error() string { return t.fault.Error() }

// Unwrap gives the sentence for the person.
func (t *Twin) Unwrap() error { return t.fault }

func twinFault(there Incoming) *Twin {
	return &Twin{There: there, fault: &fault.Error{Kind: fault.KindConflict, Field: "notation",
		Text: "Văn bản cùng số, ký hiệu và cơ quan ban hành đã vào sổ: số đến " + ShowNumber(there.Number) + " ngày " + there.ArrivalOn.VN() + "."}}
}

// Register enters an arriving document in the register and gives it its number
// (đăng ký văn bản đến; Nghị định 30/2020/NĐ-CP Điều 22).
//
// Numbers run from 1 each year in each register without gaps: the number is taken
// in the same transaction as the row, so an act that fails gives its number back.
// With Twin "copy" nothing is numbered and the document already there is returned.
func Register(a *journal.Act, in Arrival) (Incoming, error) {
	if err := org.May(a, org.RegisterIncoming, org.Target{}); err != nil {
		return Incoming{}, err
	}
	d, err := in.arrived(a)
	if err != nil {
		return Incoming{}, err
	}
	key := twin(d.No, d.Notation, d.IssuerName, d.IssuedOn)
	if key == "" {
		d.TwinReason = ""
	} else {
		there, err := twinOf(a, a.By.Agency, key)
		switch {
		case err == nil && in.Twin == "copy":
			return there, copyOf(a, there, in)
		case err == store.ErrNone:
			d.TwinReason = "" // there is no other to tell it from
		case err == nil && in.Twin == "other" && d.TwinReason != "":
		case err == nil && in.Twin == "other": // with the one that is there, so that the question can be asked again
			return there, &Twin{There: there, fault: &fault.Error{Kind: fault.KindInvalid, Field: "duplicate_reason",
				Text: "Xin ghi lý do có hai văn bản khác nhau cùng số, ký hiệu."}}
		case err == nil:
			return there, twinFault(there)
		default:
			return Incoming{}, err
		}
	}
	if err := enter(a, &d, key); err != nil {
		return Incoming{}, err
	}
	for i, f := range in.Files {
		if err := insertFile(a, d.ID, i+1, f); err != nil {
			return Incoming{}, err
		}
	}
	if in.Intake != 0 {
		if err := closeIntake(a, in.Intake, d.ID); err != nil {
			return Incoming{}, err
		}
	}
	a.Note(journal.Entry{Kind: Registered, Subject: d.Ref(), DueOn: d.DueOn, Amount: d.Number,
		Data: registeredData{Register: d.Register, Year: d.Year, Number: d.Number, Urgency: d.Urgency, Channel: d.Channel, Files: len(in.Files)}})
	return d, nil
}

// registeredData is what the book keeps of a registration.
type registeredData struct {
	Register int64  `json:"register"`
	Year     int    `json:"year"`
	Number   int64  `json:"number"`
	Urgency  int    `json:"urgency,omitempty"`
	Channel  string `json:"channel,omitempty"`
	Files    int    `json:"files,omitempty"`
}

// enter takes the number and writes the row, the issuer and the search.
func enter(a *journal.Act, d *Incoming, key string) error {
	var err error
	if d.Issuer, err = learnIssuer(a, d.IssuerName, d.NumberRaw, 1); err != nil {
		return err
	}
	last, lastDay, err := takeNumber(a, d.Register, d.Year, d.ArrivalOn)
	if err != nil {
		return err
	}
	if lastDay.After(d.ArrivalOn) {
		return fault.Invalid("received_at", "Ngày đến không được trước ngày đến của số liền trước ("+lastDay.VN()+").")
	}
	d.Number = last
	if err := insertIncoming(a, *d, key); err != nil {
		return err
	}
	return find.Put(a, a.By.Agency, searched(*d))
}

// searched is the document as search knows it. The tags are who may find it.
func searched(d Incoming, who ...string) find.Doc {
	return find.Doc{
		Ref: d.Ref(), Kind: RefIncoming,
		Fields: []string{d.Subject, d.NumberRaw, d.IssuerName, d.SenderName, d.Signer, d.Note, "số đến " + strconv.FormatInt(d.Number, 10)},
		Tags:   append([]string{TagAll, "year:" + strconv.Itoa(d.Year), "type:" + d.Type}, who...),
	}
}

// TagAll is carried by whatever those may find who read all of the agency.
const TagAll = "a"

// arrived checks what was written down, all fields at once.
func (in Arrival) arrived(a *journal.Act) (Incoming, error) {
	d := Incoming{
		ID: a.NewID(), Register: in.Register, Type: in.Type, IssuerName: Tidy(in.IssuerName), SenderName: Tidy(in.SenderName),
		Subject: Tidy(in.Subject), Urgency: in.Urgency, Channel: in.Channel, Field: in.Field, Signer: Tidy(in.Signer),
		Pages: in.Pages, Note: Tidy(in.Note), DueOn: in.DueOn, IssuedOn: in.IssuedOn, TwinReason: Tidy(in.TwinReason),
		State: StateRegistered, WaitsSince: a.At, RegisteredAt: a.At, ReceivedAt: in.ReceivedAt, Registrar: a.By.Person, Version: 1,
	}
	if d.ReceivedAt.IsZero() {
		d.ReceivedAt = a.At
	}
	d.ArrivalOn = civil.Of(d.ReceivedAt)
	d.Year = d.ArrivalOn.Year()
	if n := extract.ParseNumber(in.NumberRaw); !n.None {
		d.NumberRaw, d.No, d.Notation = n.Raw, n.Number, n.Notation
	}
	at, err := placeOf(a, a.By.Agency, d.Register, d.Type)
	if err != nil {
		return d, err
	}
	d.Register, d.Shelf = at.register, at.shelf
	return d, in.faults(a, d, at)
}

// faults are the rules of a single row (documents.md §4).
func (in Arrival) faults(a *journal.Act, d Incoming, at place) error {
	var errs []error
	wrong := func(field, text string) { errs = append(errs, fault.Invalid(field, text)) }
	long := func(field, value string, most int, name string) {
		if utf8.RuneCountInString(value) > most {
			wrong(field, name+" không được dài quá "+ShowNumber(int64(most))+" ký tự.")
		}
	}
	if in.Secrecy != 0 {
		return ErrSecret
	}
	for _, f := range in.Files {
		if f.Secret != "" {
			return secretFile(f.Name)
		}
	}
	if d.Subject == "" {
		wrong("subject", "Trích yếu không được để trống.")
	}
	long("subject", d.Subject, 1000, "Trích yếu")
	if d.IssuerName == "" {
		wrong("issuer", "Chưa ghi cơ quan ban hành.")
	}
	long("issuer", d.IssuerName, 200, "Tên cơ quan ban hành")
	long("sender", d.SenderName, 200, "Tên nơi gửi")
	long("notation", d.NumberRaw, 60, "Số, ký hiệu")
	long("signer", d.Signer, 50, "Họ tên người ký")
	long("note", d.Note, 500, "Ghi chú")
	switch {
	case d.IssuedOn.IsZero():
		wrong("issued_on", "Chưa ghi ngày của văn bản.")
	case d.IssuedOn.After(a.Day()):
		wrong("issued_on", "Ngày văn bản không được sau hôm nay.")
	case d.IssuedOn.After(d.ArrivalOn):
		wrong("issued_on", "Ngày văn bản không được sau ngày đến.")
	}
	if !d.DueOn.IsZero() && d.DueOn.Before(d.ArrivalOn) {
		wrong("due_on", "Hạn xử lý không được trước ngày đến.")
	}
	if d.ReceivedAt.After(a.At) {
		wrong("received_at", "Giờ nhận không được sau lúc này.")
	}
	if d.Urgency < 0 || d.Urgency > 3 {
		wrong("urgency", "Độ khẩn không đúng.")
	}
	if d.Pages < 0 || d.Pages > 999 {
		wrong("pages", "Số trang từ 0 đến 999.")
	}
	if !at.typeKnown {
		wrong("type", "Chưa chọn loại văn bản.")
	}
	if at.register == 0 {
		wrong("register", "Sổ đăng ký này không có.")
	}
	return fault.Join(errs...)
}

// copyOf keeps that the same document came once more.
func copyOf(a *journal.Act, there Incoming, in Arrival) error {
	at := in.ReceivedAt
	if at.IsZero() {
		at = a.At
	}
	if err := insertCopy(a, there.ID, at, in.Channel, Tidy(in.Note)); err != nil {
		return err
	}
	for _, f := range in.Files {
		f.Kind = "copy"
		if err := addFile(a, there.ID, f); err != nil {
			return err
		}
	}
	if in.Intake != 0 {
		if err := closeIntake(a, in.Intake, there.ID); err != nil {
			return err
		}
	}
	a.Note(journal.Entry{Kind: CopyReceived, Subject: there.Ref(), Data: registeredData{Channel: in.Channel, Files: len(in.Files)}})
	return nil
}
