// SPDX-License-Identifier: Apache-2.0

package document

import (
	"database/sql"
	"errors"
	"strconv"
	"time"
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/kit/extract"
	"soviec/kit/fault"
	"soviec/kit/job"
	"soviec/kit/journal"
	"soviec/kit/store"
)

// takeNumber takes the next number of a register in a year and returns it with the
// latest arrival day so far. The row's lock makes writers queue; a transaction that
// fails gives the number back.
func takeNumber(w store.Writer, register int64, year int, day civil.Date) (int64, civil.Date, error) {
	var last int64
	var lastDay civil.Date
	err := w.QueryRow(`INSERT INTO document_counter (register, year, last, last_day) VALUES ($1, $2, 1, $3)
		ON CONFLICT (register, year) DO UPDATE SET last = document_counter.last + 1,
			last_day = CASE WHEN document_counter.last_day > excluded.last_day THEN document_counter.last_day ELSE excluded.last_day END
		RETURNING last, last_day`, register, year, day.String()).Scan(&last, &lastDay)
	return last, lastDay, err
}

// raiseCounter puts a register's counter forward; it never goes back.
func raiseCounter(w store.Writer, register int64, year int, last int64, lastDay string) error {
	_, err := w.Exec(`INSERT INTO document_counter (register, year, last, last_day) VALUES ($1, $2, $3, $4)
		ON CONFLICT (register, year) DO UPDATE SET
			last = CASE WHEN document_counter.last > excluded.last THEN document_counter.last ELSE excluded.last END,
			last_day = CASE WHEN document_counter.last_day > excluded.last_day THEN document_counter.last_day ELSE excluded.last_day END`,
		register, year, last, lastDay)
	return err
}

func insertRegister(a *journal.Act, id int64, code, name string, first bool, sort int64) error {
	_, err := a.Exec("INSERT INTO document_register (id, agency, code, name, first, sort) VALUES ($1, $2, $3, $4, $5, $6)",
		id, a.By.Agency, code, name, first, sort)
	return err
}

func insertType(a *journal.Act, t Type, sort int64) error {
	_, err := a.Exec("INSERT INTO document_type (agency, code, name, abbr, class, sort) VALUES ($1, $2, $3, $4, $5, $6)",
		a.By.Agency, t.Code, t.Name, t.Abbr, t.Class, sort)
	return err
}

// NextNumber is the number the next arrival would get, for the screen only.
func NextNumber(r store.Reader, register int64, year int) (int64, error) {
	n, err := store.One(r, store.Value[int64], "SELECT last FROM document_counter WHERE register = $1 AND year = $2", register, year)
	if err == store.ErrNone {
		return 1, nil
	}
	return n + 1, err
}

const incomingColumns = `id, register, shelf, year, number, arrival_on, received_at, registered_at, type, number_raw, no, notation,
	issued_on, issuer, issuer_name, sender_name, subject, urgency, channel, field, signer, pages, note, due_on, twin_reason,
	state, state_before, leader, waits_since, work, to_places, passed_on, done_on, answer, dossier, recall, frozen, registrar, batch, version`

func scanIncoming(s store.Scanner) (Incoming, error) {
	var d Incoming
	var received, registered, waits store.Time
	err := s.Scan(&d.ID, &d.Register, &d.Shelf, &d.Year, &d.Number, &d.ArrivalOn, &received, &registered, &d.Type, &d.NumberRaw, &d.No, &d.Notation,
		&d.IssuedOn, &d.Issuer, &d.IssuerName, &d.SenderName, &d.Subject, &d.Urgency, &d.Channel, &d.Field, &d.Signer, &d.Pages, &d.Note, &d.DueOn, &d.TwinReason,
		&d.State, &d.StateBefore, &d.Leader, &waits, &d.Work, &d.ToPlaces, &d.PassedOn, &d.DoneOn, &d.Answer, &d.Dossier, &d.Recall, &d.Frozen, &d.Registrar, &d.Batch, &d.Version)
	d.ReceivedAt, d.RegisteredAt, d.WaitsSince = received.Time, registered.Time, waits.Time
	return d, err
}

func insertIncoming(a *journal.Act, d Incoming, twin string) error {
	_, err := a.Exec(`INSERT INTO document_incoming (id, agency, register, year, number, arrival_on, received_at, registered_at, type,
			number_raw, no, notation, issued_on, issuer, issuer_name, sender_name, subject, urgency, channel, field, signer, pages, note, due_on,
			twin, twin_reason, state, state_before, leader, waits_since, work, to_places, passed_on, done_on, answer, dossier, recall, frozen, registrar, batch, shelf, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
			$25, $26, $27, '', 0, $28, 0, $29, $30, $31, $32, '', '', FALSE, $33, $34, $35, 1)`,
		d.ID, a.By.Agency, d.Register, d.Year, d.Number, d.ArrivalOn.String(), store.Instant(d.ReceivedAt), store.Instant(d.RegisteredAt), d.Type,
		d.NumberRaw, d.No, d.Notation, d.IssuedOn.String(), d.Issuer, d.IssuerName, d.SenderName, d.Subject, d.Urgency, d.Channel, d.Field, d.Signer, d.Pages, d.Note, d.DueOn.String(),
		twin, d.TwinReason, string(d.State), store.Instant(d.WaitsSince), d.ToPlaces, d.PassedOn.String(), d.DoneOn.String(), d.Answer, d.Registrar, d.Batch, d.Shelf)
	if store.IsUnique(err) {
		return fault.Conflict("number", "Số đến này đã được cấp.")
	}
	return err
}

func get(r store.Reader, agency, id int64) (Incoming, error) {
	d, err := store.One(r, scanIncoming, "SELECT "+incomingColumns+" FROM document_incoming WHERE agency = $1 AND id = $2", agency, id)
	if err == store.ErrNone {
		return d, errNoDocument
	}
	return d, err
}

var errNoDocument = fault.NotFound("Không có văn bản này, hoặc anh/chị không được xem.")

func twinOf(r store.Reader, agency int64, key string) (Incoming, error) {
	return store.One(r, scanIncoming, "SELECT "+incomingColumns+" FROM document_incoming WHERE agency = $1 AND twin = $2 AND state <> 'voided' ORDER BY number LIMIT 1", agency, key)
}

// change runs an update of one document that must still be at the version read.
func change(a *journal.Act, d Incoming, set string, args ...any) error {
	n, err := a.Exec("UPDATE document_incoming SET version = version + 1, "+set+
		" WHERE id = $"+strconv.Itoa(len(args)+1)+" AND version = $"+strconv.Itoa(len(args)+2), append(args, d.ID, d.Version)...)
	if err == nil && n == 0 {
		return errMoved
	}
	return err
}

func setState(a *journal.Act, d Incoming, s State) error {
	return change(a, d, "state = $1, waits_since = $2", string(s), store.Instant(a.At))
}

func setBefore(a *journal.Act, d Incoming, leader int64) error {
	return change(a, d, "state = 'submitted', leader = $1, waits_since = $2", leader, store.Instant(a.At))
}

func setDistributed(a *journal.Act, d Incoming, work int64, places string) error {
	return change(a, d, "state = 'distributed', work = $1, to_places = $2, passed_on = $3, waits_since = $4", work, places, a.Day().String(), store.Instant(a.At))
}

// addPlace writes who received the document into its register row, the latest last.
func addPlace(a *journal.Act, doc int64, places string) error {
	_, err := a.Exec("UPDATE document_incoming SET to_places = $1, version = version + 1 WHERE id = $2", places, doc)
	return err
}

func setReopened(a *journal.Act, d Incoming) error {
	return change(a, d, "state = 'in_progress', done_on = '', waits_since = $1", store.Instant(a.At))
}

func setRefused(a *journal.Act, d Incoming) error {
	return change(a, d, "state = $1, state_before = '', frozen = FALSE, waits_since = $2", string(d.StateBefore), store.Instant(a.At))
}

func setCompleted(a *journal.Act, d Incoming, day civil.Date, answer string) error {
	return change(a, d, "state = 'completed', done_on = $1, answer = $2, waits_since = $3", day.String(), answer, store.Instant(a.At))
}

func setFiled(a *journal.Act, d Incoming, dossier string) error {
	return change(a, d, "state = 'filed', dossier = $1", dossier)
}

func setRecallAsked(a *journal.Act, d Incoming, text string) error {
	return change(a, d, "state = 'recall_asked', state_before = $1, recall = $2", string(d.State), text)
}

func setFrozen(a *journal.Act, doc int64, frozen bool) error {
	_, err := a.Exec("UPDATE document_incoming SET frozen = $1 WHERE id = $2", frozen, doc)
	return err
}

func setCorrected(a *journal.Act, d Incoming, twin string) error {
	return change(a, d, `type = $1, number_raw = $2, no = $3, notation = $4, issued_on = $5, issuer = $6, issuer_name = $7, sender_name = $8,
		subject = $9, urgency = $10, channel = $11, field = $12, signer = $13, pages = $14, note = $15, due_on = $16, twin = $17`,
		d.Type, d.NumberRaw, d.No, d.Notation, d.IssuedOn.String(), d.Issuer, d.IssuerName, d.SenderName,
		d.Subject, d.Urgency, d.Channel, d.Field, d.Signer, d.Pages, d.Note, d.DueOn.String(), twin)
}

func insertFile(a *journal.Act, doc int64, ordinal int, f Attachment) error {
	text := "none"
	if f.MIME == extract.PDF.MediaType() {
		text = "waiting"
	}
	if f.Kind == "" {
		f.Kind = "main"
		if ordinal > 1 {
			f.Kind = "enclosed"
		}
	}
	_, err := a.Exec(`INSERT INTO document_file (id, agency, document, kind, ordinal, name, mime, size, sha, pages, text, purged, added_by, added_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, FALSE, $12, $13)`,
		a.NewID(), a.By.Agency, doc, f.Kind, ordinal, f.Name, f.MIME, f.Size, f.SHA, f.Pages, text, a.By.Person, store.Instant(a.At))
	if err != nil || text == "none" {
		return err
	}
	if err := job.Enqueue(a, a.By.Agency, JobSignatures, f.SHA, f.SHA, a.At); err != nil {
		return err
	}
	return enqueueText(a, doc)
}

func addFile(a *journal.Act, doc int64, f Attachment) error {
	n, err := store.One(a, store.Value[int64], "SELECT COUNT(*) FROM document_file WHERE document = $1", doc)
	if err != nil {
		return err
	}
	return insertFile(a, doc, int(n)+1, f)
}

func scanFile(s store.Scanner) (File, error) {
	var f File
	var at store.Time
	err := s.Scan(&f.ID, &f.Kind, &f.Ordinal, &f.Name, &f.MIME, &f.Size, &f.SHA, &f.Pages, &f.Text, &f.Purged, &f.AddedBy, &at)
	f.AddedAt = at.Time
	return f, err
}

const fileColumns = "id, kind, ordinal, name, mime, size, sha, pages, text, purged, added_by, added_at"

func filesOf(r store.Reader, doc int64) ([]File, error) {
	return store.All(r, scanFile, "SELECT "+fileColumns+" FROM document_file WHERE document = $1 ORDER BY ordinal, id", doc)
}

func setFileText(w store.Writer, file int64, state string, pages int) error {
	_, err := w.Exec("UPDATE document_file SET text = $1, pages = CASE WHEN pages = 0 THEN $2 ELSE pages END WHERE id = $3", state, pages, file)
	return err
}

// purgeFiles marks the files of a document as gone and returns their keys.
func purgeFiles(a *journal.Act, doc int64) ([]string, error) {
	keys, err := store.All(a, store.Value[string], "SELECT sha FROM document_file WHERE document = $1 AND purged = FALSE", doc)
	if err == nil {
		_, err = a.Exec("UPDATE document_file SET purged = TRUE, text = 'none' WHERE document = $1", doc)
	}
	return keys, err
}

func keyHeld(r store.Reader, sha string) (bool, error) {
	n, err := store.One(r, store.Value[int64], "SELECT COUNT(*) FROM document_file WHERE sha = $1 AND purged = FALSE", sha)
	return n > 0, err
}

// insertAccess lets some read a document and returns how many of them are new.
func insertAccess(a *journal.Act, doc int64, who []string) (fresh int64, err error) {
	for _, w := range who {
		n, err := a.Exec(`INSERT INTO document_access (document, who, agency, since) VALUES ($1, $2, $3, $4)
			ON CONFLICT (document, who) DO NOTHING`, doc, w, a.By.Agency, store.Instant(a.At))
		if err != nil {
			return fresh, err
		}
		fresh += n
	}
	return fresh, nil
}

func accessOf(r store.Reader, doc int64) ([]string, error) {
	return store.All(r, store.Value[string], "SELECT who FROM document_access WHERE document = $1 ORDER BY who", doc)
}

func insertPass(a *journal.Act, doc, leader int64, text, rule string) error {
	_, err := a.Exec(`INSERT INTO document_pass (id, agency, document, sender, leader, text, rule, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		a.NewID(), a.By.Agency, doc, a.By.Person, leader, text, rule, store.Instant(a.At))
	return err
}

func insertDirective(a *journal.Act, doc int64, level, text string, corrects int64) error {
	_, err := a.Exec(`INSERT INTO document_directive (id, agency, document, level, person, behalf, text, at, corrects)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, a.NewID(), a.By.Agency, doc, level, a.By.Person, a.By.For, text, store.Instant(a.At), corrects)
	return err
}

func lastDirective(r store.Reader, doc int64) (int64, error) {
	id, err := store.One(r, store.Value[int64], "SELECT id FROM document_directive WHERE document = $1 AND level = 'agency' ORDER BY id DESC LIMIT 1", doc)
	if err == store.ErrNone {
		return 0, nil
	}
	return id, err
}

func insertIntake(a *journal.Act, in Intake) error {
	_, err := a.Exec(`INSERT INTO document_intake (id, agency, received_at, channel, sender, envelope, condition, note, urgency, person, state, document, set_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12)`,
		in.ID, a.By.Agency, store.Instant(in.ReceivedAt), in.Channel, in.Sender, in.Envelope, in.Condition, in.Note, in.Urgency, in.Person, in.State, a.By.Person)
	return err
}

func scanIntake(s store.Scanner) (Intake, error) {
	var in Intake
	var at store.Time
	err := s.Scan(&in.ID, &at, &in.Channel, &in.Sender, &in.Envelope, &in.Condition, &in.Note, &in.Urgency, &in.Person, &in.State, &in.Document)
	in.ReceivedAt = at.Time
	return in, err
}

const intakeColumns = "id, received_at, channel, sender, envelope, condition, note, urgency, person, state, document"

func intakeByID(r store.Reader, agency, id int64) (Intake, error) {
	in, err := store.One(r, scanIntake, "SELECT "+intakeColumns+" FROM document_intake WHERE agency = $1 AND id = $2", agency, id)
	if err == store.ErrNone {
		return in, fault.NotFound("Không có bì thư này.")
	}
	return in, err
}

func setIntake(a *journal.Act, id int64, state string, doc int64) error {
	_, err := a.Exec("UPDATE document_intake SET state = $1, document = $2 WHERE id = $3", state, doc, id)
	return err
}

func closeIntake(a *journal.Act, intake, doc int64) error {
	in, err := intakeByID(a, a.By.Agency, intake)
	if err != nil {
		return err
	}
	if in.State != "received" {
		return fault.Conflict("", "Bì thư này không còn chờ vào sổ.")
	}
	return setIntake(a, intake, "registered", doc)
}

func insertCopy(a *journal.Act, doc int64, at time.Time, channel, note string) error {
	_, err := a.Exec(`INSERT INTO document_copy (id, agency, document, received_at, channel, note, set_by) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		a.NewID(), a.By.Agency, doc, store.Instant(at), channel, note, a.By.Person)
	return err
}

func insertVoiding(a *journal.Act, doc int64, reason string) error {
	_, err := a.Exec(`INSERT INTO document_voiding (id, agency, document, reason, asked_by, asked_at, state, answer, decided_by, decided_at)
		VALUES ($1, $2, $3, $4, $5, $6, 'open', '', 0, '')`, a.NewID(), a.By.Agency, doc, reason, a.By.Person, store.Instant(a.At))
	return err
}

func openVoiding(r store.Reader, doc int64) (Voiding, error) {
	return store.One(r, func(s store.Scanner) (Voiding, error) {
		var v Voiding
		err := s.Scan(&v.ID, &v.Document, &v.Reason, &v.AskedBy, &v.AskedAt)
		return v, err
	}, "SELECT id, document, reason, asked_by, asked_at FROM document_voiding WHERE document = $1 AND state = 'open'", doc)
}

func decideVoiding(a *journal.Act, id int64, state, answer string) error {
	_, err := a.Exec("UPDATE document_voiding SET state = $1, answer = $2, decided_by = $3, decided_at = $4 WHERE id = $5",
		state, answer, a.By.Person, store.Instant(a.At), id)
	return err
}

// learnIssuer finds or founds an issuer by its name and counts its use. What its
// notations say of it is learned with it, so that a number typed proposes it.
func learnIssuer(a *journal.Act, name, numberRaw string, used int) (int64, error) {
	abbr := ""
	if n := extract.ParseNumber(numberRaw); !n.None && utf8.RuneCountInString(n.IssuerAbbrev) <= 30 {
		abbr = n.IssuerAbbrev
	}
	return store.One(a, store.Value[int64], `INSERT INTO document_issuer (id, agency, name, key, abbr, level, used, used_at)
		VALUES ($1, $2, $3, $4, $5, '', $6, $7)
		ON CONFLICT (agency, key) DO UPDATE SET used = document_issuer.used + excluded.used, used_at = excluded.used_at,
			abbr = CASE WHEN document_issuer.abbr = '' THEN excluded.abbr ELSE document_issuer.abbr END
		RETURNING id`, a.NewID(), a.By.Agency, name, oneSpelling(name), abbr, used, store.Instant(a.At))
}

// place is where an arrival is entered: its register and whether its kind is known.
type place struct {
	register  int64 // 0 when there is no such register
	shelf     string
	typeKnown bool
}

// placeOf finds the register, or the agency's first for 0, and looks the type up, in
// one query because every arrival asks it.
func placeOf(r store.Reader, agency, register int64, kind string) (place, error) {
	var p place
	var kinds int64
	err := r.QueryRow(`SELECT b.id, CASE WHEN b.first = TRUE THEN '' ELSE b.code END,
			(SELECT COUNT(*) FROM document_type t WHERE t.agency = $1 AND t.code = $2)
		FROM document_register b WHERE b.agency = $1 AND (b.id = $3 OR $3 = 0 AND b.first = TRUE) ORDER BY b.sort LIMIT 1`,
		agency, kind, register).Scan(&p.register, &p.shelf, &kinds)
	p.typeKnown = kinds > 0
	if errors.Is(err, sql.ErrNoRows) {
		return p, nil
	}
	return p, err
}

func firstRegister(r store.Reader, agency int64) (int64, error) {
	id, err := store.One(r, store.Value[int64], "SELECT id FROM document_register WHERE agency = $1 AND first = TRUE ORDER BY sort LIMIT 1", agency)
	if err == store.ErrNone {
		return 0, fault.Invalid("register", "Cơ quan chưa mở sổ đăng ký văn bản đến.")
	}
	return id, err
}

func typeKnown(r store.Reader, agency int64, code string) (bool, error) {
	n, err := store.One(r, store.Value[int64], "SELECT COUNT(*) FROM document_type WHERE agency = $1 AND code = $2", agency, code)
	return n > 0, err
}

// shelfOf is a register's code in addresses; known is false when there is no such register.
func shelfOf(r store.Reader, agency, id int64) (shelf string, known bool, err error) {
	err = r.QueryRow("SELECT CASE WHEN first = TRUE THEN '' ELSE code END FROM document_register WHERE agency = $1 AND id = $2", agency, id).Scan(&shelf)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return shelf, err == nil, err
}
