// SPDX-License-Identifier: Apache-2.0

package document

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"soviec/kit/fault"
	"soviec/kit/find"
	"soviec/kit/job"
	"soviec/kit/journal"
	"soviec/kit/store"
)

var (
	errPurged = fault.Gone("Văn bản đã được thu hồi; tệp không còn.")
	errFrozen = fault.Forbidden("Văn bản đang bị khóa truy cập vì có người báo là văn bản mật.")
)

func idByNumber(r store.Reader, agency int64, year int, shelf string, number int64) (int64, error) {
	id, err := store.One(r, store.Value[int64], `SELECT d.id FROM document_register b JOIN document_incoming d ON d.register = b.id
		WHERE b.agency = $1 AND CASE WHEN b.first = TRUE THEN '' ELSE b.code END = $2 AND d.year = $3 AND d.number = $4`, agency, shelf, year, number)
	if err == store.ErrNone {
		return 0, errNoDocument
	}
	return id, err
}

// in builds "($k, $k+1, …)" for a list of values and appends them to args. Lengths
// are filled up to powers of two, so that few different statements come about.
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

func mayRead(r store.Reader, doc int64, who []string) (bool, error) {
	args := []any{doc}
	n, err := store.One(r, store.Value[int64], "SELECT COUNT(*) FROM document_access WHERE document = $1 AND who IN "+in(&args, who), args...)
	return n > 0, err
}

// listIncoming reads a page of the list. Whoever reads all walks the list's index;
// whoever does not walks what concerns him, which is little.
func listIncoming(r store.Reader, agency int64, reach Reach, f Filter, after Key, limit int) ([]Incoming, error) {
	if f.IDs != nil && len(f.IDs) == 0 {
		return nil, nil
	}
	args := []any{agency}
	where := []string{"agency = $1"}
	add := func(cond string, v any) {
		args = append(args, v)
		where = append(where, fmt.Sprintf(cond, len(args)))
	}
	if !reach.All {
		where = append(where, "id IN (SELECT document FROM document_access WHERE agency = $1 AND who IN "+in(&args, reach.Who)+")")
	}
	if f.IDs != nil || !reach.All {
		where[0] = "+agency = $1" // by the keys, not by the agency's index
	}
	if f.IDs != nil {
		where = append(where, "id IN "+in(&args, f.IDs))
	}
	if f.Year != 0 {
		add("year = $%d", f.Year)
	}
	if f.Register != 0 {
		add("register = $%d", f.Register)
	}
	if f.Type != "" {
		add("type = $%d", f.Type)
	}
	if f.Issuer != 0 {
		add("issuer = $%d", f.Issuer)
	}
	if f.Urgency != 0 {
		add("urgency >= $%d", f.Urgency)
	}
	if !f.From.IsZero() {
		add("arrival_on >= $%d", f.From.String())
	}
	if !f.To.IsZero() {
		add("arrival_on <= $%d", f.To.String())
	}
	switch f.State {
	case "":
	case "open":
		where = append(where, "state IN ('registered', 'submitted', 'distributed', 'in_progress', 'awaiting_close', 'recall_asked')")
	default:
		add("state = $%d", f.State)
	}
	if !after.ArrivalOn.IsZero() {
		args = append(args, after.ArrivalOn.String(), after.Number, after.ID)
		n := len(args)
		where = append(where, fmt.Sprintf("(arrival_on, number, id) < ($%d, $%d, $%d)", n-2, n-1, n))
	}
	args = append(args, limit)
	return store.All(r, scanIncoming, "SELECT "+incomingColumns+" FROM document_incoming WHERE "+strings.Join(where, " AND ")+
		fmt.Sprintf(" ORDER BY arrival_on DESC, number DESC, id DESC LIMIT $%d", len(args)), args...)
}

// ByIDs reads documents by their identifiers in one query, for lists of other rooms. The
// plus keeps SQLite from walking the agency's index instead of looking the keys up.
func ByIDs(r store.Reader, agency int64, ids []int64) (map[int64]Incoming, error) {
	out := map[int64]Incoming{}
	if len(ids) == 0 {
		return out, nil
	}
	args := []any{agency}
	all, err := store.All(r, scanIncoming, "SELECT "+incomingColumns+" FROM document_incoming WHERE +agency = $1 AND id IN "+in(&args, ids), args...)
	for _, d := range all {
		out[d.ID] = d
	}
	return out, err
}

// Briefs reads documents as a list of results shows them, by their identifiers, in one query.
func Briefs(r store.Reader, agency int64, ids []int64) (map[int64]Brief, error) {
	out := map[int64]Brief{}
	if len(ids) == 0 {
		return out, nil
	}
	scan := func(s store.Scanner) (l Brief, err error) {
		return l, s.Scan(&l.ID, &l.Shelf, &l.Year, &l.Number, &l.NumberRaw, &l.IssuedOn, &l.IssuerName, &l.SenderName, &l.Subject, &l.Signer, &l.Note, &l.State, &l.Batch)
	}
	args := []any{agency}
	all, err := store.All(r, scan, `SELECT id, shelf, year, number, number_raw, issued_on, issuer_name, sender_name, subject, signer, note, state, batch
		FROM document_incoming WHERE +agency = $1 AND id IN `+in(&args, ids), args...)
	for _, l := range all {
		out[l.ID] = l
	}
	return out, err
}

// Readable are those among some documents that a reader may read.
func Readable(r store.Reader, agency int64, reach Reach, ids []int64) (map[int64]Incoming, error) {
	out, err := ByIDs(r, agency, ids)
	if err != nil || reach.All || len(ids) == 0 {
		return out, err
	}
	args := []any{}
	open, err := store.All(r, store.Value[int64], "SELECT DISTINCT document FROM document_access WHERE document IN "+in(&args, ids)+" AND who IN "+in(&args, reach.Who), args...)
	may := make(map[int64]Incoming, len(open))
	for _, id := range open {
		may[id] = out[id]
	}
	return may, err
}

// CountOf counts the documents of a year, and those that wait for somebody's first word.
func CountOf(r store.Reader, agency int64, year int) (all, waiting int64, err error) {
	err = r.QueryRow(`SELECT COALESCE(SUM(c.last), 0) FROM document_counter c JOIN document_register b ON b.id = c.register
		WHERE b.agency = $1 AND c.year = $2`, agency, year).Scan(&all)
	if err != nil {
		return 0, 0, err
	}
	err = r.QueryRow("SELECT COUNT(*) FROM (SELECT id FROM document_incoming WHERE agency = $1 AND "+inQueue+" AND state <> 'recall_asked' LIMIT "+enough+") AS waiting", agency).Scan(&waiting)
	return all, waiting, err
}

// inQueue is the condition of the index over what waits for somebody's word; a query
// has to say it literally for SQLite to use the index.
const inQueue = "state IN ('registered', 'submitted', 'recall_asked')"

// WaitingFor counts the documents that lie before a leader.
func WaitingFor(r store.Reader, agency, leader int64) (int64, error) {
	return store.One(r, store.Value[int64], "SELECT COUNT(*) FROM (SELECT id FROM document_incoming WHERE agency = $1 AND "+inQueue+
		" AND state = 'submitted' AND leader = $2 LIMIT "+enough+") AS waiting", agency, leader)
}

// BeforeLeader lists the documents that lie before a leader, urgent and old first.
func BeforeLeader(r store.Reader, agency, leader int64, limit int) ([]Incoming, error) {
	return store.All(r, scanIncoming, "SELECT "+incomingColumns+` FROM document_incoming
		WHERE agency = $1 AND `+inQueue+` AND state = 'submitted' AND leader = $2 ORDER BY urgency DESC, waits_since, id LIMIT $3`, agency, leader, limit)
}

func openIntakes(r store.Reader, agency int64, limit int) ([]Intake, error) {
	return store.All(r, scanIntake, "SELECT "+intakeColumns+" FROM document_intake WHERE agency = $1 AND state = 'received' ORDER BY received_at, id LIMIT $2", agency, limit)
}

// IntakeFor finds an envelope for the person it names or for the clerk.
func IntakeFor(r store.Reader, agency, id int64) (Intake, error) { return intakeByID(r, agency, id) }

func queued(r store.Reader, agency int64, limit int) ([]Incoming, error) {
	return store.All(r, scanIncoming, "SELECT "+incomingColumns+` FROM document_incoming
		WHERE agency = $1 AND `+inQueue+` AND state <> 'submitted' ORDER BY urgency DESC, received_at, id LIMIT $2`, agency, limit)
}

// enough is where counting what waits stops: nobody reads the difference, and a page
// must not cost more because a queue was left to grow.
const enough = "1000"

// QueueLength counts what waits for the clerk, a thousand of each kind at the most.
func QueueLength(r store.Reader, agency int64) (int64, error) {
	var docs, intakes int64
	err := r.QueryRow("SELECT COUNT(*) FROM (SELECT id FROM document_incoming WHERE agency = $1 AND "+inQueue+" AND state <> 'submitted' LIMIT "+enough+") AS waiting", agency).Scan(&docs)
	if err == nil {
		err = r.QueryRow("SELECT COUNT(*) FROM (SELECT id FROM document_intake WHERE agency = $1 AND state = 'received' LIMIT "+enough+") AS waiting", agency).Scan(&intakes)
	}
	return docs + intakes, err
}

func sortQueue(all []Waiting) {
	slices.SortStableFunc(all, func(a, b Waiting) int {
		return cmp.Or(cmp.Compare(b.Urgency(), a.Urgency()), a.Since.Compare(b.Since))
	})
}

func sortEntries(all []journal.Entry) {
	slices.SortFunc(all, func(a, b journal.Entry) int { return cmp.Compare(a.Seq, b.Seq) })
}

// Passes are the submissions of a document, oldest first.
func Passes(r store.Reader, doc int64) ([]Pass, error) {
	return store.All(r, func(s store.Scanner) (Pass, error) {
		var p Pass
		var at store.Time
		err := s.Scan(&p.Sender, &p.Leader, &p.Text, &p.Rule, &at)
		p.At = at.Time
		return p, err
	}, "SELECT sender, leader, text, rule, at FROM document_pass WHERE document = $1 ORDER BY at, id", doc)
}

// Words are the directives on a document, oldest first.
func Words(r store.Reader, doc int64) ([]Word, error) {
	return store.All(r, func(s store.Scanner) (Word, error) {
		var w Word
		var at store.Time
		err := s.Scan(&w.ID, &w.Level, &w.Person, &w.Behalf, &w.Text, &at, &w.Corrects)
		w.At = at.Time
		return w, err
	}, "SELECT id, level, person, behalf, text, at, corrects FROM document_directive WHERE document = $1 ORDER BY at, id", doc)
}

// OpenVoiding is the request to void a document's number that waits; ErrNone if none does.
func OpenVoiding(r store.Reader, doc int64) (Voiding, error) { return openVoiding(r, doc) }

// OpenVoidings are all requests to void that wait in an agency.
func OpenVoidings(r store.Reader, agency int64) ([]Voiding, error) {
	return store.All(r, func(s store.Scanner) (Voiding, error) {
		var v Voiding
		err := s.Scan(&v.ID, &v.Document, &v.Reason, &v.AskedBy, &v.AskedAt)
		return v, err
	}, "SELECT id, document, reason, asked_by, asked_at FROM document_voiding WHERE agency = $1 AND state = 'open' ORDER BY asked_at, id", agency)
}

func worksOf(r store.Reader, agency int64, ref string) ([]int64, error) {
	return store.All(r, store.Value[int64], "SELECT id FROM task_work WHERE agency = $1 AND source = $2 ORDER BY id", agency, ref)
}

// An Issuer is a body that writes to the agency.
type Issuer struct {
	ID   int64
	Name string
	Abbr string
	Used int64
}

func scanIssuer(s store.Scanner) (Issuer, error) {
	var i Issuer
	err := s.Scan(&i.ID, &i.Name, &i.Abbr, &i.Used)
	return i, err
}

// LastIssuers are those used last, for the list beside the field.
func LastIssuers(r store.Reader, agency int64, limit int) ([]Issuer, error) {
	return store.All(r, scanIssuer, "SELECT id, name, abbr, used FROM document_issuer WHERE agency = $1 ORDER BY used_at DESC, used DESC, id LIMIT $2", agency, limit)
}

func issuerByAbbr(r store.Reader, agency int64, abbr string) (Issuer, error) {
	return store.One(r, scanIssuer, "SELECT id, name, abbr, used FROM document_issuer WHERE agency = $1 AND abbr = $2 ORDER BY used DESC, id LIMIT 1", agency, abbr)
}

// A Type is a kind of document (tên loại văn bản; Nghị định 30/2020/NĐ-CP Điều 7).
type Type struct{ Code, Name, Abbr, Class string }

// Types are the kinds of documents that an agency takes in, in their order.
func Types(r store.Reader, agency int64) ([]Type, error) {
	return store.All(r, func(s store.Scanner) (Type, error) {
		var t Type
		err := s.Scan(&t.Code, &t.Name, &t.Abbr, &t.Class)
		return t, err
	}, "SELECT code, name, abbr, class FROM document_type WHERE agency = $1 ORDER BY sort, code", agency)
}

// A Book is a register (sổ đăng ký văn bản đến).
type Book struct {
	ID    int64
	Code  string
	Name  string
	First bool
}

// Books are the registers of arrivals of an agency.
func Books(r store.Reader, agency int64) ([]Book, error) {
	return store.All(r, func(s store.Scanner) (Book, error) {
		var b Book
		err := s.Scan(&b.ID, &b.Code, &b.Name, &b.First)
		return b, err
	}, "SELECT id, code, name, first FROM document_register WHERE agency = $1 ORDER BY sort, id", agency)
}

// Years are the years that have documents, latest first.
func Years(r store.Reader, agency int64) ([]int, error) {
	return store.All(r, store.Value[int], `SELECT DISTINCT c.year FROM document_counter c JOIN document_register b ON b.id = c.register
		WHERE b.agency = $1 ORDER BY c.year DESC`, agency)
}

// JobText is the kind of the job that reads the text of a document's files for search.
const JobText = "document.text"

// JobSignatures is the kind of the job that judges the digital signatures of a PDF that came.
const JobSignatures = "document.signatures"

func enqueueText(a *journal.Act, doc int64) error {
	return job.Enqueue(a, a.By.Agency, JobText, fmt.Sprintf("%d/%d", doc, a.At.UnixMilli()), doc, a.At)
}

// TextOf says what the files of a document say, for search: called by the job that
// has read them. It is a trace of reading, not an act.
func TextOf(w store.Writer, agency, doc int64, texts map[int64]FileText) error {
	d, err := get(w, agency, doc)
	if err != nil {
		return err
	}
	files, err := filesOf(w, doc)
	if err != nil {
		return err
	}
	var body strings.Builder
	for _, f := range files {
		t, ok := texts[f.ID]
		if !ok {
			continue
		}
		state := "indexed"
		if t.Failed {
			state = "failed"
		}
		if err := setFileText(w, f.ID, state, t.Pages); err != nil {
			return err
		}
		body.WriteString(t.Text + "\n")
	}
	if d.State == StateRecalled {
		return nil
	}
	return find.PutBody(w, agency, d.Ref(), body.String())
}

// FileText is what was read out of a file.
type FileText struct {
	Text   string
	Pages  int
	Failed bool
}

// FilesToRead are the files of a document whose text search does not know yet, with
// the ones it knows, because the text of all of them is put at once.
func FilesToRead(r store.Reader, agency, doc int64) ([]File, error) {
	if _, err := get(r, agency, doc); err != nil {
		return nil, err
	}
	all, err := filesOf(r, doc)
	return slices.DeleteFunc(all, func(f File) bool { return f.Purged || f.Text == "none" }), err
}

// Held reports whether any document still holds the bytes under a key.
func Held(r store.Reader, sha string) (bool, error) { return keyHeld(r, sha) }
