// SPDX-License-Identifier: Apache-2.0

package document

import (
	"fmt"
	"strings"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
)

// numbersOf are the numbers of a register's year, in order.
func numbersOf(r store.Reader, register int64, year int) ([]int64, error) {
	return store.All(r, store.Value[int64], "SELECT number FROM document_incoming WHERE register = $1 AND year = $2 ORDER BY number", register, year)
}

// insertMany inserts rows of equal length, several with one statement; their numbers
// are powers of two, so that few different statements come about. Statements are kept
// short: the SQLite driver's cost of binding grows with the square of the parameters.
func insertMany(w store.Writer, into string, width int, rows [][]any) error {
	for len(rows) > 0 {
		n := 1
		for n*2 <= len(rows) && n*2*width <= 512 {
			n *= 2
		}
		var q strings.Builder
		q.WriteString("INSERT INTO " + into + " VALUES ")
		args := make([]any, 0, n*width)
		for i, row := range rows[:n] {
			if i > 0 {
				q.WriteString(", ")
			}
			for j, v := range row {
				args = append(args, v)
				if j == 0 {
					fmt.Fprintf(&q, "($%d", len(args))
				} else {
					fmt.Fprintf(&q, ", $%d", len(args))
				}
			}
			q.WriteString(")")
		}
		if _, err := w.Exec(q.String(), args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// insertPast writes rows of an earlier register and who may read them.
func insertPast(a *journal.Act, rows []pastRow) error {
	docs := make([][]any, 0, len(rows))
	var access [][]any
	for _, p := range rows {
		d := p.d
		docs = append(docs, []any{d.ID, a.By.Agency, d.Register, d.Shelf, d.Year, d.Number, d.ArrivalOn.String(), store.Instant(d.ReceivedAt), store.Instant(d.RegisteredAt),
			d.Type, d.NumberRaw, d.No, d.Notation, d.IssuedOn.String(), d.Issuer, d.IssuerName, d.SenderName, d.Subject, d.Urgency, d.Channel, d.Field,
			d.Signer, d.Pages, d.Note, d.DueOn.String(), twin(d.No, d.Notation, d.IssuerName, d.IssuedOn), "", string(d.State), "", 0,
			store.Instant(d.WaitsSince), d.Work, d.ToPlaces, d.PassedOn.String(), d.DoneOn.String(), d.Answer, "", "", false, d.Registrar, d.Batch, 1})
		for _, who := range p.who {
			access = append(access, []any{d.ID, who, a.By.Agency, store.Instant(a.At)})
		}
	}
	err := insertMany(a, `document_incoming (id, agency, register, shelf, year, number, arrival_on, received_at, registered_at, type, number_raw, no, notation,
		issued_on, issuer, issuer_name, sender_name, subject, urgency, channel, field, signer, pages, note, due_on, twin, twin_reason, state, state_before,
		leader, waits_since, work, to_places, passed_on, done_on, answer, dossier, recall, frozen, registrar, batch, version)`, 42, docs)
	if store.IsUnique(err) {
		return &fault.Error{Kind: fault.KindConflict, Field: "file", Err: err,
			Text: "Trong khi nhập, một số đến của sổ vừa được cấp; chưa có dòng nào được nhập. Xin nhập lại."}
	}
	if err != nil {
		return err
	}
	// What a task's effect has admitted already is there.
	return insertMany(a, "document_access (document, who, agency, since)", 4, access)
}

func insertBatch(a *journal.Act, id, register int64, name, sha string, lines int, gaps string) error {
	_, err := a.Exec("INSERT INTO document_batch (id, agency, register, name, sha, lines, gaps, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		id, a.By.Agency, register, name, sha, lines, gaps, a.By.Person, store.Instant(a.At))
	return err
}

// Batches are the registers that were taken over, latest first.
func Batches(r store.Reader, agency int64) ([]TakenBatch, error) {
	return store.All(r, func(s store.Scanner) (TakenBatch, error) {
		var b TakenBatch
		var gaps string
		var at store.Time
		err := s.Scan(&b.ID, &b.Register, &b.Name, &b.SHA, &b.Lines, &gaps, &b.By, &at)
		b.At = at.Time
		for year, runs := range readGaps(gaps) {
			for _, g := range runs {
				b.Gaps = append(b.Gaps, fmt.Sprintf("Năm %d: %s", year, g.words()))
			}
		}
		return b, err
	}, "SELECT id, register, name, sha, lines, gaps, set_by, set_at FROM document_batch WHERE agency = $1 ORDER BY set_at DESC, id DESC", agency)
}
