// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"strconv"
	"strings"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
)

const copyColumns = `id, kind, source, root, source_is_copy, source_label, direction, subject, part, signer, signer_name, lines, capacity, copies, recipients, state,
	made_by, made_at, signed_on, slot, year, number, label, day, handed, verdict, issued_at, void_reason, void_asked_by, void_by, void_at, version`

func scanCopy(s store.Scanner) (CertifiedCopy, error) {
	var c CertifiedCopy
	var lines, to string
	var made, issued, void store.Time
	err := s.Scan(&c.ID, &c.Kind, &c.Source, &c.Root, &c.SourceIsCopy, &c.SourceLabel, &c.Way, &c.Subject, &c.Part, &c.Signer, &c.SignerName, &lines, &c.Capacity, &c.Copies, &to, &c.State,
		&c.MadeBy, &made, &c.SignedOn, &c.Slot, &c.Year, &c.Number, &c.Label, &c.Day, &c.Handed, &c.Verdict, &issued, &c.VoidReason, &c.VoidAskedBy, &c.VoidBy, &void, &c.Version)
	if lines != "" {
		c.Lines = strings.Split(lines, "\n")
	}
	if to != "" {
		c.Recipients = strings.Split(to, "\n")
	}
	c.MadeAt, c.IssuedAt, c.VoidAt = made.Time, issued.Time, void.Time
	return c, err
}

func insertCopy(a *journal.Act, c CertifiedCopy) error {
	_, err := a.Exec(`INSERT INTO outgoing_copy (id, agency, kind, source, root, source_is_copy, source_label, direction, subject, part, signer, signer_name, lines, capacity, copies, recipients,
			state, made_by, made_at, signed_on, slot, year, number, label, day, handed, verdict, issued_at, void_reason, void_asked_by, void_by, void_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, '', 0, 0, 0, '', '', '', '', '', '', 0, 0, '', 1)`,
		c.ID, a.By.Agency, string(c.Kind), c.Source, c.Root, c.SourceIsCopy, c.SourceLabel, string(c.Way), c.Subject, c.Part, c.Signer, c.SignerName, strings.Join(c.Lines, "\n"), c.Capacity,
		c.Copies, strings.Join(c.Recipients, "\n"), string(c.State), c.MadeBy, store.Instant(c.MadeAt))
	return err
}

var errNoCopy = fault.NotFound("Không có bản sao này, hoặc anh/chị không được xem.")

func copyByID(r store.Reader, agency, id int64) (CertifiedCopy, error) {
	c, err := store.One(r, scanCopy, "SELECT "+copyColumns+" FROM outgoing_copy WHERE id = $1 AND agency = $2", id, agency)
	if err == store.ErrNone {
		return c, errNoCopy
	}
	return c, err
}

// changeCopy runs an update of one copy that must still be at the version read.
func changeCopy(a *journal.Act, c CertifiedCopy, set string, args ...any) error {
	n, err := a.Exec("UPDATE outgoing_copy SET version = version + 1, "+set+
		" WHERE id = $"+strconv.Itoa(len(args)+1)+" AND version = $"+strconv.Itoa(len(args)+2), append(args, c.ID, c.Version)...)
	if err == nil && n == 0 {
		return errMoved
	}
	return err
}

func insertCopyFile(a *journal.Act, c int64, stage string, f File) error {
	n, err := store.One(a, store.Value[int], "SELECT COALESCE(MAX(ordinal), 0) FROM outgoing_copy_file WHERE copy = $1", c)
	if err != nil {
		return err
	}
	_, err = a.Exec("INSERT INTO outgoing_copy_file (id, agency, copy, stage, ordinal, name, size, sha, pages, added_by, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
		a.NewID(), a.By.Agency, c, stage, n+1, f.Name, f.Size, f.SHA, f.Pages, a.By.Person, store.Instant(a.At))
	return err
}

// CopyFiles are the files of a copy, the latest first; they never change.
func CopyFiles(r store.Reader, c int64) ([]File, error) {
	return store.All(r, func(s store.Scanner) (File, error) {
		f := File{Kind: "copy", MIME: "application/pdf"}
		var at store.Time
		err := s.Scan(&f.ID, &f.Stage, &f.Ordinal, &f.Name, &f.Size, &f.SHA, &f.Pages, &f.AddedBy, &at)
		f.AddedAt = at.Time
		return f, err
	}, "SELECT id, stage, ordinal, name, size, sha, pages, added_by, added_at FROM outgoing_copy_file WHERE copy = $1 ORDER BY ordinal DESC", c)
}

// Copies are the numbered copies of a year in their order, those with a voided number too.
func Copies(r store.Reader, agency int64, year int, after int64, limit int) ([]CertifiedCopy, error) {
	return store.All(r, scanCopy, "SELECT "+copyColumns+" FROM outgoing_copy WHERE agency = $1 AND year = $2 AND number > $3 ORDER BY number, id LIMIT $4", agency, year, after, limit)
}

// OpenCopies wait for a signature, a number or a seal.
func OpenCopies(r store.Reader, agency int64, limit int) ([]CertifiedCopy, error) {
	return store.All(r, scanCopy, "SELECT "+copyColumns+" FROM outgoing_copy WHERE agency = $1 AND state IN ('made', 'signed', 'numbered') ORDER BY id LIMIT $2", agency, limit)
}

// CopiesOf are the copies of one source.
func CopiesOf(r store.Reader, agency int64, source string) ([]CertifiedCopy, error) {
	return store.All(r, scanCopy, "SELECT "+copyColumns+" FROM outgoing_copy WHERE agency = $1 AND source = $2 AND state <> 'dropped' ORDER BY id", agency, source)
}

func copiesAfter(r store.Reader, agency, after int64, limit int) ([]CertifiedCopy, error) {
	return store.All(r, scanCopy, "SELECT "+copyColumns+" FROM outgoing_copy WHERE agency = $1 AND id > $2 ORDER BY id LIMIT $3", agency, after, limit)
}

func copySlotsWithout(r store.Reader, agency int64) ([]string, error) {
	return store.All(r, store.Value[string], `SELECT label FROM series_slot WHERE agency = $1 AND state = 'used' AND substr(subject, 1, 5) = 'copy/'
		AND NOT EXISTS (SELECT 1 FROM outgoing_copy c WHERE c.slot = series_slot.id AND c.state <> 'number_void') ORDER BY id`, agency)
}
