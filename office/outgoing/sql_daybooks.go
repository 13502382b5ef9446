// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"strconv"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
)

func postingsOf(r store.Reader, agency int64, from, to string, limit int, after DayLine) ([]Posting, error) {
	return store.All(r, func(s store.Scanner) (Posting, error) {
		var p Posting
		err := s.Scan(&p.ID, &p.Document, &p.On, &p.Place, &p.Envelopes, &p.Receipt, &p.Note)
		return p, err
	}, `SELECT id, document, posted_on, place, envelopes, receipt, note FROM outgoing_posting
		WHERE agency = $1 AND posted_on >= $2 AND posted_on <= $3 AND (posted_on, id) > ($4, $5) ORDER BY posted_on, id LIMIT $6`,
		agency, from, to, after.On.String(), after.ID, limit)
}

const useColumns = "id, document, used_on, borrower, person, purpose, dossier, due_on, allowed_by, returned_on, returned_at, note"

func scanUse(s store.Scanner) (Use, error) {
	var u Use
	var back store.Time
	err := s.Scan(&u.ID, &u.Document, &u.On, &u.Borrower, &u.Person, &u.Purpose, &u.Dossier, &u.DueOn, &u.AllowedBy, &u.ReturnedOn, &back, &u.Note)
	u.ReturnedAt = back.Time
	return u, err
}

func insertUse(a *journal.Act, u Use) error {
	_, err := a.Exec(`INSERT INTO outgoing_use (id, agency, document, used_on, borrower, person, purpose, dossier, due_on, allowed_by, returned_on, returned_at, note, set_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', '', $11, $12)`,
		u.ID, a.By.Agency, u.Document, u.On.String(), u.Borrower, u.Person, u.Purpose, u.Dossier, u.DueOn.String(), u.AllowedBy, u.Note, a.By.Person)
	return err
}

func setReturned(a *journal.Act, doc, id int64) (int64, error) {
	return a.Exec("UPDATE outgoing_use SET returned_on = $1, returned_at = $2 WHERE id = $3 AND document = $4 AND agency = $5 AND returned_on = ''",
		a.Day().String(), store.Instant(a.At), id, doc, a.By.Agency)
}

func usesOf(r store.Reader, agency int64, from, to string, limit int, after DayLine) ([]Use, error) {
	return store.All(r, scanUse, "SELECT "+useColumns+` FROM outgoing_use
		WHERE agency = $1 AND used_on >= $2 AND used_on <= $3 AND (used_on, id) > ($4, $5) ORDER BY used_on, id LIMIT $6`,
		agency, from, to, after.On.String(), after.ID, limit)
}

// outUse is who has the kept copy of a document now.
func outUse(r store.Reader, doc int64) (Use, error) {
	return store.One(r, scanUse, "SELECT "+useColumns+" FROM outgoing_use WHERE document = $1 AND returned_on = '' ORDER BY id LIMIT 1", doc)
}

// UsesOf are the loans of the kept copy of a document, the latest first.
func UsesOf(r store.Reader, agency, doc int64) ([]Use, error) {
	return store.All(r, scanUse, "SELECT "+useColumns+" FROM outgoing_use WHERE document = $1 AND +agency = $2 ORDER BY id DESC LIMIT 100", doc, agency)
}

// LateUses are the kept copies that should have been back before a day.
func LateUses(r store.Reader, agency int64, today civil.Date, limit int) ([]Use, error) {
	return store.All(r, scanUse, "SELECT "+useColumns+" FROM outgoing_use WHERE agency = $1 AND returned_on = '' AND due_on <> '' AND due_on < $2 ORDER BY due_on, id LIMIT $3",
		agency, today.String(), limit)
}

func dayPrintings(r store.Reader, agency int64, b DayBook) ([]dayPrinting, error) {
	return store.All(r, func(s store.Scanner) (dayPrinting, error) {
		var p dayPrinting
		var at store.Time
		err := s.Scan(&p.through, &at)
		p.at = at.Time
		return p, err
	}, "SELECT through, at FROM outgoing_day_printing WHERE agency = $1 AND book = $2 ORDER BY at, id", agency, string(b))
}

func insertDayPrinting(a *journal.Act, b DayBook, through civil.Date) error {
	_, err := a.Exec("INSERT INTO outgoing_day_printing (id, agency, book, through, at, set_by) VALUES ($1, $2, $3, $4, $5, $6)",
		a.NewID(), a.By.Agency, string(b), through.String(), store.Instant(a.At), a.By.Person)
	return err
}

// dayTable is where the lines of a book stand, with its column of days.
func dayTable(b DayBook) (table, day string) {
	if b == BookPost {
		return "outgoing_posting", "posted_on"
	}
	return "outgoing_use", "used_on"
}

// countOfDays is how many lines a book has after a day and up to another.
func countOfDays(r store.Reader, agency int64, b DayBook, after, through civil.Date) (int64, error) {
	table, day := dayTable(b)
	return store.One(r, store.Value[int64], "SELECT COUNT(*) FROM "+table+" WHERE agency = $1 AND "+day+" > $2 AND "+day+" <= $3", agency, after.String(), through.String())
}

func documentOfLine(r store.Reader, agency int64, b DayBook, line int64) (int64, error) {
	table, _ := dayTable(b)
	doc, err := store.One(r, store.Value[int64], "SELECT document FROM "+table+" WHERE id = $1 AND agency = $2", line, agency)
	if err == store.ErrNone || !b.known() {
		return 0, fault.NotFound("Không có dòng này trong sổ.")
	}
	return doc, err
}

func insertLineNote(a *journal.Act, b DayBook, line int64, text string) error {
	_, err := a.Exec("INSERT INTO outgoing_line_note (id, agency, book, line, text, at, set_by) VALUES ($1, $2, $3, $4, $5, $6, $7)",
		a.NewID(), a.By.Agency, string(b), line, text, store.Instant(a.At), a.By.Person)
	return err
}

func lineNotes(r store.Reader, lines []int64) (map[int64][]Dated, error) {
	out := map[int64][]Dated{}
	var args []any
	_, err := store.All(r, func(s store.Scanner) (struct{}, error) {
		var line int64
		var x Dated
		var at store.Time
		err := s.Scan(&line, &x.Text, &at)
		x.On = civil.Of(at.Time)
		out[line] = append(out[line], x)
		return struct{}{}, err
	}, "SELECT line, text, at FROM outgoing_line_note WHERE line IN "+in(&args, lines)+" ORDER BY line, id", args...)
	return out, err
}

// checkDayBooks compares the loans, postings and corrections of the books of days with the
// book of acts.
func checkDayBooks(r store.Reader, agency int64, report func(string)) error {
	for _, x := range []struct{ table, where, kind, name string }{
		{"outgoing_posting", "", Posted, "sổ gửi văn bản đi bưu điện"},
		{"outgoing_use", "", KeptUsed, "sổ sử dụng bản lưu"},
		{"outgoing_use", " AND returned_on <> ''", KeptReturned, "lần trả bản lưu"},
		{"outgoing_line_note", "", LineCorrected, "dòng đính chính của sổ"},
		{"outgoing_packet", "", PacketMade, "gói có mật khẩu"},
		{"outgoing_group", " AND closed", GroupClosed, "nhóm nơi nhận đã thôi dùng"},
	} {
		rows, err := store.One(r, store.Value[int64], "SELECT COUNT(*) FROM "+x.table+" WHERE agency = $1"+x.where, agency)
		if err != nil {
			return err
		}
		acts, err := countOfKind(r, agency, x.kind)
		if err != nil {
			return err
		}
		if rows != acts {
			report("Có " + strconv.FormatInt(rows, 10) + " dòng " + x.name + " nhưng sổ nhật ký ghi " + strconv.FormatInt(acts, 10) + ".")
		}
	}
	return nil
}
