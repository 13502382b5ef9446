// SPDX-License-Identifier: Apache-2.0

package web

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/document"
	"soviec/office/org"
)

// typeByNumber lets the number that was typed say what type the document is.
const typeByNumber = "theo-so"

// registerPage shows the form in which a document is entered (vào sổ văn bản đến).
// The parameter bi names the envelope that it came out of.
func registerPage(v *visit) error {
	if !v.may(org.RegisterIncoming, org.Target{}) {
		return errNotClerk
	}
	form := view.Form{Key: newFormKey(), Values: map[string][]string{
		"type": {typeByNumber}, "urgency": {"0"}, "channel": {document.Channels[0].Code},
	}}
	if id, err := strconv.ParseInt(v.FormValue("bi"), 10, 64); err == nil {
		in, err := document.IntakeFor(v.read(), v.agency(), id)
		if err != nil {
			return err
		}
		v.fromEnvelope(in, &form)
	}
	p, err := v.registerForm(form, nil)
	if err != nil {
		return err
	}
	return v.show(p)
}

var errNotClerk = fault.Forbidden("Chỉ văn thư cơ quan vào sổ văn bản đến.")

// fromEnvelope takes over what was written down when the envelope was received.
func (v *visit) fromEnvelope(in document.Intake, form *view.Form) {
	form.Values["intake"] = []string{idText(in.ID)}
	form.Values["sender"] = []string{in.Sender}
	form.Values["channel"] = []string{in.Channel}
	form.Values["urgency"] = []string{strconv.Itoa(in.Urgency)}
	form.Values["notation"] = []string{in.Envelope}
	form.Values["arrived_on"] = []string{civil.Of(in.ReceivedAt).VN()}
	form.Values["received_at"] = []string{in.ReceivedAt.In(civil.Zone).Format("15:04")}
	form.Proposals = map[string]string{}
	if in.Envelope != "" {
		form.Proposals["notation"] = "số ghi trên bì"
	}
}

// registerForm is the form with all its choices. It runs a handful of queries; the
// post that succeeds runs none of them.
func (v *visit) registerForm(form view.Form, shown []view.Upload) (view.Register, error) {
	p := view.Register{Frame: v.frame(view.PlaceQueue, "Vào sổ văn bản đến"), Form: form, Uploads: shown, Limits: filesWords,
		CanMark: v.may(org.Submit, org.Target{}), Urgencies: urgencyOptions(), Channels: channelOptions()}
	types, err := document.Types(v.read(), v.agency())
	if err != nil {
		return p, err
	}
	p.Types = append([]view.Option{{Value: typeByNumber, Label: "(theo số, ký hiệu)"}}, typeOptions(types)...)
	books, err := document.Books(v.read(), v.agency())
	if err != nil {
		return p, err
	}
	for _, b := range books {
		p.Registers = append(p.Registers, view.Option{Value: idText(b.ID), Label: b.Name})
		if b.First {
			next, err := document.NextNumber(v.read(), b.ID, v.today.Year())
			if err != nil {
				return p, err
			}
			p.Next = "Số đến tiếp theo: " + document.ShowNumber(next) + "."
		}
	}
	issuers, err := document.LastIssuers(v.read(), v.agency(), 200)
	if err != nil {
		return p, err
	}
	for _, i := range issuers {
		p.Issuers = append(p.Issuers, i.Name)
	}
	p.Intake, p.Version = form.Value("intake"), form.Value("version")
	p.Fields = append(p.Fields, view.Option{Label: "chưa rõ"})
	for _, f := range v.dir.FieldsOn(v.today) {
		p.Fields = append(p.Fields, view.Option{Value: idText(f.ID), Label: f.Name})
	}
	for _, name := range []string{"sender", "arrived_on", "received_at", "field", "pages", "reply_due_on", "paper", "note", "signer"} {
		if form.Error(name) != "" || p.Intake != "" {
			p.MoreOpen = true
		}
	}
	return p, nil
}

func typeOptions(types []document.Type) []view.Option {
	var out []view.Option
	for _, t := range types {
		out = append(out, view.Option{Value: t.Code, Label: t.Name})
	}
	return out
}

func urgencyOptions() []view.Option {
	var out []view.Option
	for i, name := range document.Urgencies {
		out = append(out, view.Option{Value: strconv.Itoa(i), Label: name})
	}
	return out
}

func channelOptions() []view.Option {
	var out []view.Option
	for _, c := range document.Channels {
		out = append(out, view.Option{Value: c.Code, Label: c.Name})
	}
	return out
}

// thenRead has the dropped file read and the form filled from it; nothing is entered yet.
const thenRead = "read"

// register enters a document. What was typed and dropped comes back when it is
// refused, except of a secret document, of which nothing may stay.
func register(v *visit) error {
	if !v.may(org.RegisterIncoming, org.Target{}) {
		return errNotClerk
	}
	files, err := v.takeForm()
	defer files.discard()
	if err != nil && !wrong(err) {
		return err
	}
	secret := files.secret() || err == nil && v.secrecy() != 0
	switch {
	case err == nil && v.secrecy() != 0: // nothing of it is stored, not even for the form
		err = document.ErrSecret
	case err == nil:
		err = v.store(files)
	}
	if secret {
		if err := v.act(document.NoteSecret); err != nil {
			return err
		}
	}
	attached, shown := v.attachments(files)
	if err == nil && !secret && v.PostFormValue("then") == thenRead {
		return v.registerAgain(document.Incoming{}, nil, files, shown)
	}
	in, faults := v.arrival()
	in.Files = attached
	if secret { // whatever else is wrong, that is what must be said
		faults = nil
	}
	if err = fault.Join(err, faults); err == nil {
		if err = v.once(func() (string, string, []string, error) { return v.enter(in) }); err == nil {
			v.desk().forget(v.session.ID)
			return nil
		}
	}
	if !wrong(err) {
		return err
	}
	if v.wantsJSON() {
		return err
	}
	if secret {
		v.PostForm = map[string][]string{}
		return v.registerAgain(document.Incoming{}, err, nil, nil)
	}
	return v.registerAgain(document.Incoming{}, err, files, shown)
}

// secrecy is the degree of secrecy that a program that sends documents names (Secrecy;
// Nghị định 30/2020/NĐ-CP Phụ lục VI); the form has no such field. What is no number is
// taken for one.
func (v *visit) secrecy() int {
	said := v.field("secrecy") + v.field("Secrecy")
	n, err := strconv.Atoi(said)
	if said != "" && err != nil {
		return 1
	}
	return n
}

// enter is the act: the entry, and with "Lưu và trình lãnh đạo" the submission in the
// same act.
func (v *visit) enter(in document.Arrival) (to, said string, warnings []string, err error) {
	var d document.Incoming
	copied, submitted := in.Twin == "copy", int64(0)
	found, err := v.judgeAll(in.Files)
	if err != nil {
		return "", "", nil, err
	}
	err = v.act(func(a *journal.Act) error {
		if err := keepAll(a, found); err != nil {
			return err
		}
		var err error
		if d, err = document.Register(a, in); err != nil || copied || v.PostFormValue("then") != "submit" {
			return err
		}
		p, byRule, err := document.Propose(a, a.By.Agency, v.dir, d, v.today)
		if err != nil {
			return err
		}
		rule := ""
		if byRule {
			rule = p.Rule
		}
		submitted = p.Leader
		return document.Submit(a, d.ID, p.Leader, "", rule)
	})
	if err != nil {
		return "", "", nil, err
	}
	number := document.ShowNumber(d.Number)
	switch {
	case copied:
		said = "Đã ghi thêm một bản của số đến " + number + "; không cấp số mới."
	case submitted != 0:
		said = "Đã vào sổ, số đến " + number + "; đã trình " + v.dir.Person(submitted).Polite() + "."
	default:
		said = "Đã vào sổ, số đến " + number + "."
	}
	warnings = signatureWarnings(in.Files, found)
	if v.PostFormValue("then") == "more" && len(warnings) == 0 {
		return "/van-ban-den/moi", said, nil, nil
	}
	return d.Address(), said, warnings, nil
}

// arrival reads the fields of the form; what cannot be read is told with the rest.
func (v *visit) arrival() (document.Arrival, error) {
	var errs []error
	date := func(name string) civil.Date {
		d, err := v.date(name)
		errs = append(errs, err)
		return d
	}
	in := document.Arrival{
		Type: v.field("type"), NumberRaw: v.field("notation"), IssuedOn: date("issued_on"), IssuerName: v.field("issuer"),
		SenderName: v.field("sender"), Subject: v.field("subject"), Channel: v.field("channel"), Signer: v.field("signer"),
		DueOn: date("due_on"), Note: v.text("note"), TwinReason: v.field("duplicate_reason"),
	}
	in.Register, _ = strconv.ParseInt(v.field("register"), 10, 64)
	in.Field, _ = strconv.ParseInt(v.field("field"), 10, 64)
	in.Intake, _ = strconv.ParseInt(v.field("intake"), 10, 64)
	in.Urgency, _ = strconv.Atoi(v.field("urgency"))
	if in.DueOn.IsZero() {
		in.DueOn = date("reply_due_on")
	}
	if pages := v.field("pages"); pages != "" {
		n, err := strconv.Atoi(pages)
		if err != nil {
			errs = append(errs, fault.Invalid("pages", "Số trang phải là một số."))
		}
		in.Pages = n
	}
	if v.field("paper") == "on" {
		in.Note = strings.TrimSpace("Đã nhận bản giấy kèm theo. " + in.Note)
	}
	if in.Channel == "" {
		in.Channel = document.Channels[0].Code
	}
	switch v.field("duplicate") {
	case "same":
		in.Twin = "copy"
	case "different":
		in.Twin = "other"
	}
	at, err := v.received(date("arrived_on"))
	in.ReceivedAt = at
	errs = append(errs, err)
	if in.Type == typeByNumber {
		t, _, err := v.fromNumber(in.NumberRaw)
		if err != nil {
			errs = append(errs, err)
		}
		in.Type = t.Code
	}
	return in, fault.Join(errs...)
}

// received is when the paper came: now, unless a day or an hour was typed.
func (v *visit) received(day civil.Date) (time.Time, error) {
	clock := strings.NewReplacer("h", ":", "g", ":", ".", ":", " ", "").Replace(strings.ToLower(v.field("received_at")))
	switch {
	case day.IsZero() && clock == "":
		return time.Time{}, nil
	case day.IsZero():
		day = v.today
	case clock == "" && day == v.today:
		return time.Time{}, nil
	case clock == "":
		return civil.At(day, 8, 0), nil
	}
	if strings.HasSuffix(clock, ":") {
		clock += "00"
	}
	t, err := time.Parse("15:4", clock)
	if err != nil {
		return time.Time{}, fault.Invalid("received_at", "Giờ nhận phải có dạng giờ:phút, ví dụ 16:50.")
	}
	return civil.At(day, t.Hour(), t.Minute()), nil
}

// registerAgain shows a refused form: what was typed, what was dropped, what the file
// and the number propose for the fields left empty, and a document that seems to be
// there already. d is the document being corrected, if there is one.
func (v *visit) registerAgain(d document.Incoming, err error, files uploads, shown []view.Upload) error {
	form := v.form(err)
	if form.Key = v.PostFormValue("form_key"); form.Key == "" {
		form.Key = newFormKey()
	}
	if len(v.PostForm) == 0 {
		form.Values = map[string][]string{"type": {typeByNumber}, "urgency": {"0"}, "channel": {document.Channels[0].Code}}
	}
	read, perr := v.propose(&form, files)
	if perr != nil {
		return perr
	}
	if read == "" && err == nil {
		read = "Không đọc được gì từ tệp để điền giúp; xin gõ vào các ô."
	}
	// A field that is filled by a proposal wants a look, not a complaint.
	form.Errors = slices.DeleteFunc(form.Errors, func(e view.FieldError) bool { return form.Proposals[e.Field] != "" })
	p, perr := v.registerForm(form, shown)
	if perr != nil {
		return perr
	}
	p.Read = read
	if d.ID != 0 {
		p.Address, p.Number, p.Next, p.CanMark = d.Address()+"/sua", document.ShowNumber(d.Number), "", false
	}
	var twin *document.Twin
	if errors.As(err, &twin) {
		rows, perr := v.incomingRows([]document.Incoming{twin.There})
		if perr != nil {
			return perr
		}
		p.Duplicate = &view.Duplicate{Existing: rows[0], Same: "Cùng số, ký hiệu, cơ quan ban hành và năm"}
	}
	if err == nil {
		return v.show(p)
	}
	return v.again(p, err)
}
