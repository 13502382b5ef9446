// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"strconv"
	"strings"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
)

const paperColumns = `id, type, subject, urgency, circulation, unit, drafter, mark, signer, capacity, delegation, lines, signer_name,
	addressees, superior, portal, field, body, state, state_before, checker, current, sha, approved, round, begun_at, waits_since,
	signed, signed_on, signed_at, signed_sha, outgoing, version, appendices, second_as, second, second_capacity, second_delegation,
	second_lines, second_name, second_org, second_sha, blanks`

func scanPaper(s store.Scanner) (Paper, error) {
	var p Paper
	var printed, addressees, appendices, beside, filled string
	var begun, waits, signed store.Time
	err := s.Scan(&p.ID, &p.Type, &p.Subject, &p.Urgency, &p.Circulation, &p.Unit, &p.Drafter, &p.Mark, &p.Signer, &p.Capacity, &p.Delegation,
		&printed, &p.SignerName, &addressees, &p.Superior, &p.Portal, &p.Field, &p.Body, &p.State, &p.StateBefore, &p.Checker, &p.Current, &p.SHA,
		&p.Approved, &p.Round, &begun, &waits, &p.Signed, &p.SignedOn, &signed, &p.SignedSHA, &p.Outgoing, &p.Version, &appendices,
		&p.Second.As, &p.Second.Person, &p.Second.Capacity, &p.Second.Delegation, &beside, &p.Second.Name, &p.Second.Org, &p.Second.SHA, &filled)
	p.Lines, p.Addressees, p.Second.Lines = lines(printed), lines(addressees), lines(beside)
	if err == nil {
		err = fromJSON(appendices, &p.Appendices)
	}
	if err == nil {
		err = fromJSON(filled, &p.Blanks)
	}
	p.BegunAt, p.WaitsSince, p.SignedAt = begun.Time, waits.Time, signed.Time
	return p, err
}

// rowOf reads the row of a draft without what belongs to it.
func rowOf(r store.Reader, agency, id int64) (Paper, error) {
	p, err := store.One(r, scanPaper, "SELECT "+paperColumns+" FROM draft_paper WHERE agency = $1 AND id = $2", agency, id)
	if err == store.ErrNone {
		return p, errNoDraft
	}
	return p, err
}

var errNoDraft = fault.NotFound("Không có dự thảo này, hoặc anh/chị không được xem.")

// get reads a draft whole.
func get(r store.Reader, agency, id int64) (Paper, error) {
	p, err := rowOf(r, agency, id)
	if err != nil {
		return p, err
	}
	if p.Recipients, err = recipientsOf(r, id); err != nil {
		return p, err
	}
	p.Answers, err = answersOf(r, id)
	return p, err
}

func recipientsOf(r store.Reader, id int64) ([]Recipient, error) {
	return store.All(r, func(s store.Scanner) (Recipient, error) {
		var x Recipient
		return x, s.Scan(&x.Kind, &x.Ref, &x.Code, &x.Name, &x.Purpose, &x.Channel, &x.Copies)
	}, "SELECT kind, ref, code, name, purpose, channel, copies FROM draft_recipient WHERE draft = $1 ORDER BY ordinal", id)
}

func answersOf(r store.Reader, id int64) ([]Answer, error) {
	return store.All(r, func(s store.Scanner) (Answer, error) {
		var x Answer
		return x, s.Scan(&x.Ref, &x.Closes)
	}, "SELECT ref, closes FROM draft_answer WHERE draft = $1 ORDER BY ref", id)
}

func insertPaper(a *journal.Act, p Paper) error {
	_, err := a.Exec(`INSERT INTO draft_paper (id, agency, type, subject, urgency, circulation, unit, drafter, mark, signer, capacity, delegation,
			lines, signer_name, addressees, superior, portal, field, body, state, state_before, checker, current, sha, approved, round, begun_at,
			waits_since, signed, signed_on, signed_at, signed_sha, outgoing, version, appendices, second_as, second, second_capacity, second_delegation,
			second_lines, second_name, second_org, blanks)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 'drafting', '', 0, 0, '', '', 0, $20, $20, '', '', '', '', 0, 1,
			$21, $22, $23, $24, $25, $26, $27, $28, $29)`,
		p.ID, a.By.Agency, p.Type, p.Subject, p.Urgency, p.Circulation, p.Unit, p.Drafter, p.Mark, p.Signer, string(p.Capacity), p.Delegation,
		joined(p.Lines), p.SignerName, joined(p.Addressees), p.Superior, p.Portal, p.Field, p.Body, store.Instant(a.At),
		asJSON(p.Appendices, len(p.Appendices) == 0), string(p.Second.As), p.Second.Person, string(p.Second.Capacity), p.Second.Delegation, joined(p.Second.Lines), p.Second.Name, p.Second.Org, asJSON(p.Blanks, len(p.Blanks) == 0))
	return err
}

// change runs an update of one draft that must still be at the version read.
func change(a *journal.Act, p Paper, set string, args ...any) error {
	n, err := a.Exec("UPDATE draft_paper SET version = version + 1, "+set+
		" WHERE id = $"+strconv.Itoa(len(args)+1)+" AND version = $"+strconv.Itoa(len(args)+2), append(args, p.ID, p.Version)...)
	if err == nil && n == 0 {
		return errMoved
	}
	return err
}

var errMoved = fault.Conflict("", "Dự thảo vừa có người khác thay đổi. Hãy mở lại trang để xem bản mới nhất; chữ anh/chị đã gõ vẫn giữ trong ô.")

func setFacts(a *journal.Act, p Paper) error {
	return change(a, p, `type = $1, subject = $2, urgency = $3, circulation = $4, mark = $5, signer = $6, capacity = $7, delegation = $8, lines = $9,
		signer_name = $10, addressees = $11, superior = $12, portal = $13, field = $14, body = $15, current = $16, sha = $17,
		appendices = $18, second_as = $19, second = $20, second_capacity = $21, second_delegation = $22, second_lines = $23, second_name = $24, second_org = $25, blanks = $26`,
		p.Type, p.Subject, p.Urgency, p.Circulation, p.Mark, p.Signer, string(p.Capacity), p.Delegation, joined(p.Lines),
		p.SignerName, joined(p.Addressees), p.Superior, p.Portal, p.Field, p.Body, p.Current, p.SHA,
		asJSON(p.Appendices, len(p.Appendices) == 0), string(p.Second.As), p.Second.Person, string(p.Second.Capacity), p.Second.Delegation, joined(p.Second.Lines), p.Second.Name, p.Second.Org, asJSON(p.Blanks, len(p.Blanks) == 0))
}

// setState moves a draft on; what waits, waits from now.
func setState(a *journal.Act, p Paper) error {
	return change(a, p, "state = $1, state_before = $2, checker = $3, approved = $4, round = $5, signer = $6, capacity = $7, delegation = $8, lines = $9, signer_name = $10, waits_since = $11, second_capacity = $12, second_delegation = $13, second_lines = $14, second_sha = $15",
		string(p.State), string(p.StateBefore), p.Checker, p.Approved, p.Round, p.Signer, string(p.Capacity), p.Delegation, joined(p.Lines), p.SignerName, store.Instant(a.At),
		string(p.Second.Capacity), p.Second.Delegation, joined(p.Second.Lines), p.Second.SHA)
}

func setSigned(a *journal.Act, p Paper) error {
	return change(a, p, "state = 'signed', signed = $1, signed_on = $2, signed_at = $3, signed_sha = $4, lines = $5, signer_name = $6, capacity = $7, delegation = $8, waits_since = $3",
		p.Signed, p.SignedOn.String(), store.Instant(a.At), p.SignedSHA, joined(p.Lines), p.SignerName, string(p.Capacity), p.Delegation)
}

func setLeft(a *journal.Act, p Paper, outgoing int64) error {
	return change(a, p, "state = 'left', outgoing = $1, waits_since = $2", outgoing, store.Instant(a.At))
}

func putRecipients(a *journal.Act, id int64, all []Recipient) error {
	if _, err := a.Exec("DELETE FROM draft_recipient WHERE draft = $1", id); err != nil {
		return err
	}
	for i, x := range all {
		if _, err := a.Exec(`INSERT INTO draft_recipient (draft, ordinal, agency, kind, ref, code, name, purpose, channel, copies)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			id, i+1, a.By.Agency, x.Kind, x.Ref, x.Code, x.Name, x.Purpose, x.Channel, x.Copies); err != nil {
			return err
		}
	}
	return nil
}

func putAnswers(a *journal.Act, id int64, all []Answer) error {
	if _, err := a.Exec("DELETE FROM draft_answer WHERE draft = $1", id); err != nil {
		return err
	}
	for _, x := range all {
		if _, err := a.Exec("INSERT INTO draft_answer (draft, ref, agency, closes) VALUES ($1, $2, $3, $4)", id, x.Ref, a.By.Agency, x.Closes); err != nil {
			return err
		}
	}
	return nil
}

const versionColumns = "id, ordinal, way, name, sha, size, pages, source, source_name, letter, text, note, added_by, added_at"

func scanContent(s store.Scanner) (Content, error) {
	var c Content
	var at store.Time
	err := s.Scan(&c.ID, &c.Ordinal, &c.Way, &c.Name, &c.SHA, &c.Size, &c.Pages, &c.Source, &c.SourceName, &c.Letter, &c.Text, &c.Note, &c.AddedBy, &at)
	c.AddedAt = at.Time
	return c, err
}

func insertVersion(a *journal.Act, draft int64, c Content) error {
	_, err := a.Exec(`INSERT INTO draft_version (id, agency, draft, ordinal, way, name, sha, size, pages, source, source_name, letter, text, note, added_by, added_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
		c.ID, a.By.Agency, draft, c.Ordinal, c.Way, c.Name, c.SHA, c.Size, c.Pages, c.Source, c.SourceName, c.Letter, c.Text, c.Note, c.AddedBy, store.Instant(c.AddedAt))
	if store.IsUnique(err) {
		return errMoved
	}
	return err
}

// allow lets units and persons read a draft.
func allow(a *journal.Act, draft int64, who ...string) error {
	for _, w := range who {
		if _, err := a.Exec("INSERT INTO draft_access (draft, who, agency, since) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
			draft, w, a.By.Agency, store.Instant(a.At)); err != nil {
			return err
		}
	}
	return nil
}

func accessOf(r store.Reader, draft int64) ([]string, error) {
	return store.All(r, store.Value[string], "SELECT who FROM draft_access WHERE draft = $1 ORDER BY who", draft)
}

func joined(all []string) string { return strings.Join(all, "\n") }

// in writes a list of values as marks behind the arguments given.
func in(args *[]any, words []string) string {
	marks := make([]string, len(words))
	for i, w := range words {
		*args = append(*args, w)
		marks[i] = "$" + strconv.Itoa(len(*args))
	}
	return "(" + strings.Join(marks, ", ") + ")"
}
