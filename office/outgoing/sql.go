// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"fmt"
	"strconv"
	"strings"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
)

const documentColumns = `id, draft, slot, series, year, number, suffix, label, slug, day, type, subject, urgency, circulation, unit, drafter, signer, signer_name,
	lines, capacity, field, signed, signed_on, signed_at, way, text_number, send_by, places, kept_by, amount, note, state, numbered_by, numbered_at,
	sealed, sealed_by, sealed_at, issued_at, recall_reason, recall_due, ordered_by, frozen, dossier, version`

func scanDocument(s store.Scanner) (Document, error) {
	var d Document
	var lines string
	var signed, sendBy, numbered, sealed, issued store.Time
	err := s.Scan(&d.ID, &d.Draft, &d.Slot, &d.Series, &d.Year, &d.Number, &d.Suffix, &d.Label, &d.Slug, &d.Day, &d.Type, &d.Subject, &d.Urgency, &d.Circulation,
		&d.Unit, &d.Drafter, &d.Signer, &d.SignerName, &lines, &d.Capacity, &d.Field, &d.Signed, &d.SignedOn, &signed, &d.Way, &d.TextNumber, &sendBy, &d.Places, &d.KeptBy,
		&d.Amount, &d.Note, &d.State, &d.NumberedBy, &numbered, &d.Sealed, &d.SealedBy, &sealed, &issued, &d.RecallWhy, &d.RecallDue, &d.OrderedBy, &d.Frozen, &d.Dossier, &d.Version)
	if lines != "" {
		d.Lines = strings.Split(lines, "\n")
	}
	d.SignedAt, d.SendBy, d.NumberedAt, d.SealedAt, d.IssuedAt = signed.Time, sendBy.Time, numbered.Time, sealed.Time, issued.Time
	return d, err
}

func insertDocument(a *journal.Act, d Document) error {
	_, err := a.Exec(`INSERT INTO outgoing_document (id, agency, draft, slot, series, year, number, suffix, label, slug, day, type, subject, urgency, circulation, unit, drafter,
			signer, signer_name, lines, capacity, field, signed, signed_on, signed_at, way, text_number, send_by, places, kept_by, amount, note, state, numbered_by, numbered_at,
			sealed, sealed_by, sealed_at, issued_at, recall_reason, recall_due, ordered_by, frozen, dossier, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, '', $32, $33, $34,
			'', 0, '', '', '', '', 0, FALSE, '', 1)`,
		d.ID, a.By.Agency, d.Draft, d.Slot, d.Series, d.Year, d.Number, d.Suffix, d.Label, d.Slug, d.Day.String(), d.Type, d.Subject, d.Urgency, d.Circulation, d.Unit, d.Drafter,
		d.Signer, d.SignerName, strings.Join(d.Lines, "\n"), d.Capacity, d.Field, d.Signed, d.SignedOn.String(), store.Instant(d.SignedAt), d.Way, d.TextNumber, store.Instant(d.SendBy),
		d.Places, d.KeptBy, d.Amount, string(d.State), d.NumberedBy, store.Instant(d.NumberedAt))
	if store.IsUnique(err) {
		return fault.Conflict("", "Văn bản này đã được cấp số.")
	}
	return err
}

var errNoDocument = fault.NotFound("Không có văn bản này, hoặc anh/chị không được xem.")

func get(r store.Reader, agency, id int64) (Document, error) {
	d, err := store.One(r, scanDocument, "SELECT "+documentColumns+" FROM outgoing_document WHERE id = $1 AND agency = $2", id, agency)
	if err == store.ErrNone {
		return d, errNoDocument
	}
	return d, err
}

var errMoved = fault.Conflict("", "Văn bản vừa được người khác thay đổi; hãy xem lại rồi thực hiện tiếp.")

// change runs an update of one document that must still be at the version read.
func change(a *journal.Act, d Document, set string, args ...any) error {
	n, err := a.Exec("UPDATE outgoing_document SET version = version + 1, "+set+
		" WHERE id = $"+strconv.Itoa(len(args)+1)+" AND version = $"+strconv.Itoa(len(args)+2), append(args, d.ID, d.Version)...)
	if err == nil && n == 0 {
		return errMoved
	}
	return err
}

func setIssued(a *journal.Act, d Document) error {
	return change(a, d, "state = 'issued', issued_at = $1", store.Instant(a.At))
}

func insertFile(a *journal.Act, doc int64, f File) error {
	_, err := a.Exec("INSERT INTO outgoing_file (id, agency, document, kind, stage, ordinal, name, mime, size, sha, pages, added_by, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
		a.NewID(), a.By.Agency, doc, f.Kind, f.Stage, f.Ordinal, f.Name, f.MIME, f.Size, f.SHA, f.Pages, a.By.Person, store.Instant(a.At))
	return err
}

func scanFile(s store.Scanner) (File, error) {
	var f File
	var at store.Time
	err := s.Scan(&f.ID, &f.Kind, &f.Stage, &f.Ordinal, &f.Name, &f.MIME, &f.Size, &f.SHA, &f.Pages, &f.AddedBy, &at)
	f.AddedAt = at.Time
	return f, err
}

func filesOf(r store.Reader, doc int64) ([]File, error) {
	return store.All(r, scanFile, "SELECT id, kind, stage, ordinal, name, mime, size, sha, pages, added_by, added_at FROM outgoing_file WHERE document = $1 ORDER BY kind DESC, ordinal DESC", doc)
}

// FilesByDocument are the files of documents, in one query: of each the main ones first, the
// latest before the earlier.
func FilesByDocument(r store.Reader, agency int64, docs []int64) (map[int64][]File, error) {
	out := map[int64][]File{}
	if len(docs) == 0 {
		return out, nil
	}
	args := []any{agency}
	_, err := store.All(r, func(s store.Scanner) (struct{}, error) {
		var f File
		var doc int64
		err := s.Scan(&doc, &f.ID, &f.Kind, &f.Stage, &f.Ordinal, &f.Name, &f.MIME, &f.Size, &f.SHA, &f.Pages)
		out[doc] = append(out[doc], f)
		return struct{}{}, err
	}, "SELECT document, id, kind, stage, ordinal, name, mime, size, sha, pages FROM outgoing_file WHERE +agency = $1 AND document IN "+in(&args, docs)+
		" ORDER BY document, CASE kind WHEN 'main' THEN 0 ELSE 1 END, ordinal DESC, id", args...)
	for doc, files := range out {
		out[doc] = current(files)
	}
	return out, err
}

func mainOrdinal(r store.Reader, doc int64) (int, error) {
	return store.One(r, store.Value[int], "SELECT COALESCE(MAX(ordinal), 0) FROM outgoing_file WHERE document = $1 AND kind = 'main'", doc)
}

// enclosures are the enclosed files of a draft, which go out with it.
func enclosures(r store.Reader, draft int64) ([]File, error) {
	return store.All(r, func(s store.Scanner) (File, error) {
		var f File
		err := s.Scan(&f.Name, &f.MIME, &f.Size, &f.SHA)
		return f, err
	}, "SELECT name, mime, size, sha FROM draft_file WHERE draft = $1 AND kind = 'enclosed' AND out_at = '' ORDER BY id", draft)
}

// Held reports whether a document here holds the bytes under a key.
func Held(r store.Reader, sha string) (bool, error) {
	n, err := store.One(r, store.Value[int64], "SELECT (SELECT COUNT(*) FROM outgoing_file WHERE sha = $1) + (SELECT COUNT(*) FROM outgoing_copy_file WHERE sha = $1) + (SELECT COUNT(*) FROM outgoing_packet WHERE sha = $1)", sha)
	return n > 0, err
}

// EachFile hands out every file that is kept, for checking that its bytes are there.
func EachFile(r store.Reader, agency int64, f func(doc int64, file File) error) error {
	_, err := store.All(r, func(s store.Scanner) (struct{}, error) {
		var doc int64
		var x File
		if err := s.Scan(&doc, &x.Name, &x.SHA, &x.Size); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, f(doc, x)
	}, "SELECT document, name, sha, size FROM outgoing_file WHERE agency = $1 UNION ALL SELECT copy, name, sha, size FROM outgoing_copy_file WHERE agency = $1 UNION ALL SELECT document, 'gói có mật khẩu', sha, size FROM outgoing_packet WHERE agency = $1", agency)
	return err
}

const recipientColumns = "document, ordinal, kind, ref, code, name, address, purpose, channel, copies, state, state_at, message, reason, attempts, opened_by, opened_at, answer, answer_at, party, packed"

func scanRecipient(s store.Scanner) (Delivery, error) {
	var x Delivery
	var at, opened, answered store.Time
	err := s.Scan(&x.Document, &x.Ordinal, &x.Kind, &x.Ref, &x.Code, &x.Name, &x.Address, &x.Purpose, &x.Channel, &x.Copies, &x.State, &at, &x.Message, &x.Reason, &x.Attempts,
		&x.OpenedBy, &opened, &x.Answer, &answered, &x.Party, &x.Packed)
	x.At, x.OpenedAt, x.AnswerAt = at.Time, opened.Time, answered.Time
	return x, err
}

func insertRecipient(a *journal.Act, x Delivery) error {
	_, err := a.Exec(`INSERT INTO outgoing_recipient (document, ordinal, agency, kind, ref, code, name, address, purpose, channel, copies, state, state_at, message, reason, attempts, opened_by, opened_at, answer, answer_at, party, packed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, '', '', 0, 0, '', '', '', $14, $15)`,
		x.Document, x.Ordinal, a.By.Agency, x.Kind, x.Ref, x.Code, x.Name, x.Address, x.Purpose, x.Channel, x.Copies, x.State, store.Instant(x.At), x.Party, x.Packed)
	return err
}

func clearRecipients(a *journal.Act, doc int64) error {
	_, err := a.Exec("DELETE FROM outgoing_recipient WHERE document = $1", doc)
	return err
}

// RecipientsOf are the recipients of a document, in the order of "Nơi nhận".
func RecipientsOf(r store.Reader, doc int64) ([]Delivery, error) {
	return store.All(r, scanRecipient, "SELECT "+recipientColumns+" FROM outgoing_recipient WHERE document = $1 ORDER BY ordinal", doc)
}

func setDelivery(a *journal.Act, doc int64, ordinal int, state, reason string) error {
	_, err := a.Exec("UPDATE outgoing_recipient SET state = $1, state_at = $2, reason = $3 WHERE document = $4 AND ordinal = $5", state, store.Instant(a.At), reason, doc, ordinal)
	return err
}

func setAgain(a *journal.Act, doc int64, x Delivery) error {
	_, err := a.Exec("UPDATE outgoing_recipient SET state = 'queued', state_at = $1, reason = '', attempts = $2, address = $3 WHERE document = $4 AND ordinal = $5",
		store.Instant(a.At), x.Attempts, x.Address, doc, x.Ordinal)
	return err
}

func setOpened(a *journal.Act, doc int64, ordinal int) error {
	_, err := a.Exec("UPDATE outgoing_recipient SET state = 'arrived', state_at = $1, opened_by = $2, opened_at = $1 WHERE document = $3 AND ordinal = $4",
		store.Instant(a.At), a.By.Person, doc, ordinal)
	return err
}

func setAnswer(a *journal.Act, doc int64, ordinal int, word, reason string) error {
	_, err := a.Exec("UPDATE outgoing_recipient SET answer = $1, answer_at = $2, reason = $3 WHERE document = $4 AND ordinal = $5", word, store.Instant(a.At), reason, doc, ordinal)
	return err
}

func unanswered(r store.Reader, doc int64) (int64, error) {
	return store.One(r, store.Value[int64], "SELECT COUNT(*) FROM outgoing_recipient WHERE document = $1 AND purpose <> 'store' AND answer = ''", doc)
}

func contact(r store.Reader, agency int64, key, channel string) (string, error) {
	s, err := store.One(r, store.Value[string], "SELECT address FROM outgoing_contact WHERE agency = $1 AND key = $2 AND channel = $3", agency, key, channel)
	if err == store.ErrNone {
		return "", nil
	}
	return s, err
}

func putContact(a *journal.Act, key, channel, address string) error {
	_, err := a.Exec("INSERT INTO outgoing_contact (agency, key, channel, address) VALUES ($1, $2, $3, $4) ON CONFLICT (agency, key, channel) DO UPDATE SET address = excluded.address",
		a.By.Agency, key, channel, address)
	return err
}

func insertAccess(a *journal.Act, doc int64, who []string) error {
	for _, w := range who {
		if _, err := a.Exec("INSERT INTO outgoing_access (document, who, agency, since) VALUES ($1, $2, $3, $4) ON CONFLICT (document, who) DO NOTHING",
			doc, w, a.By.Agency, store.Instant(a.At)); err != nil {
			return err
		}
	}
	return nil
}

func mayRead(r store.Reader, doc int64, who []string) (bool, error) {
	args := []any{doc}
	n, err := store.One(r, store.Value[int64], "SELECT COUNT(*) FROM outgoing_access WHERE document = $1 AND who IN "+in(&args, who), args...)
	return n > 0, err
}

func insertLink(a *journal.Act, l Link) error {
	_, err := a.Exec("INSERT INTO outgoing_link (document, kind, other, agency, closes, at) VALUES ($1, $2, $3, $4, $5, $6)", l.Document, l.Kind, l.Other, a.By.Agency, l.Closes, store.Instant(a.At))
	return err
}

func scanLink(s store.Scanner) (Link, error) {
	var l Link
	var at store.Time
	err := s.Scan(&l.Document, &l.Kind, &l.Other, &l.Closes, &at)
	l.At = at.Time
	return l, err
}

// LinksOf are what a document does to others.
func LinksOf(r store.Reader, doc int64) ([]Link, error) {
	return store.All(r, scanLink, "SELECT document, kind, other, closes, at FROM outgoing_link WHERE document = $1 ORDER BY at, other", doc)
}

// LinksTo are what documents do to one: who answers, recalls, corrects or replaces it.
func LinksTo(r store.Reader, agency int64, ref string) ([]Link, error) {
	return store.All(r, scanLink, "SELECT document, kind, other, closes, at FROM outgoing_link WHERE agency = $1 AND other = $2 ORDER BY at, document", agency, ref)
}

func insertSealing(a *journal.Act, s Sealing) error {
	_, err := a.Exec("INSERT INTO outgoing_sealing (id, agency, document, before, made_by, made_at, state, after, verdict, done_at) VALUES ($1, $2, $3, $4, $5, $6, 'open', '', '', '')",
		s.ID, a.By.Agency, s.Document, s.Before, s.MadeBy, store.Instant(a.At))
	return err
}

func voidSealings(a *journal.Act, doc int64) error {
	_, err := a.Exec("UPDATE outgoing_sealing SET state = 'void' WHERE document = $1 AND state = 'open'", doc)
	return err
}

func doneSealing(a *journal.Act, id int64, sha, verdict string) error {
	_, err := a.Exec("UPDATE outgoing_sealing SET state = 'done', after = $1, verdict = $2, done_at = $3 WHERE id = $4", sha, verdict, store.Instant(a.At), id)
	return err
}

func scanSealing(s store.Scanner) (Sealing, error) {
	var x Sealing
	err := s.Scan(&x.ID, &x.Document, &x.Before, &x.State, &x.MadeBy)
	return x, err
}

func sealingByID(r store.Reader, agency, id int64) (Sealing, error) {
	s, err := store.One(r, scanSealing, "SELECT id, document, before, state, made_by FROM outgoing_sealing WHERE id = $1 AND agency = $2", id, agency)
	if err == store.ErrNone {
		return s, fault.NotFound("Không có lần ký số này.")
	}
	return s, err
}

// OpenSealing is the file of a document that was handed out to be sealed and is not back.
func OpenSealing(r store.Reader, doc int64) (Sealing, error) {
	return store.One(r, scanSealing, "SELECT id, document, before, state, made_by FROM outgoing_sealing WHERE document = $1 AND state = 'open'", doc)
}

// A Voiding is a request to void a number.
type Voiding struct {
	ID      int64
	Reason  string
	AskedBy int64
}

func insertVoiding(a *journal.Act, doc int64, reason string) error {
	_, err := a.Exec("INSERT INTO outgoing_voiding (id, agency, document, reason, asked_by, asked_at, state, answer, decided_by, decided_at) VALUES ($1, $2, $3, $4, $5, $6, 'open', '', 0, '')",
		a.NewID(), a.By.Agency, doc, reason, a.By.Person, store.Instant(a.At))
	return err
}

// OpenVoiding is the request that waits for the chief of office.
func OpenVoiding(r store.Reader, doc int64) (Voiding, error) {
	return store.One(r, func(s store.Scanner) (v Voiding, err error) {
		return v, s.Scan(&v.ID, &v.Reason, &v.AskedBy)
	}, "SELECT id, reason, asked_by FROM outgoing_voiding WHERE document = $1 AND state = 'open'", doc)
}

func decideVoiding(a *journal.Act, id int64, state, answer string) error {
	_, err := a.Exec("UPDATE outgoing_voiding SET state = $1, answer = $2, decided_by = $3, decided_at = $4 WHERE id = $5", state, answer, a.By.Person, store.Instant(a.At), id)
	return err
}

func insertPosting(a *journal.Act, p Posting) error {
	_, err := a.Exec("INSERT INTO outgoing_posting (id, agency, document, posted_on, place, envelopes, receipt, note, set_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		p.ID, a.By.Agency, p.Document, p.On.String(), p.Place, p.Envelopes, p.Receipt, p.Note, a.By.Person)
	return err
}

// in builds "($k, $k+1, …)" for a list of values and appends them to args. Lengths are
// filled up to powers of two, so that few different statements come about.
func in[T any](args *[]any, values []T) string {
	n := 1
	for n < len(values) {
		n *= 2
	}
	marks := make([]string, n)
	for i := range marks {
		*args = append(*args, values[min(i, len(values)-1)])
		marks[i] = fmt.Sprintf("$%d", len(*args))
	}
	return "(" + strings.Join(marks, ", ") + ")"
}
