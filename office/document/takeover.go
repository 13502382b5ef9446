// SPDX-License-Identifier: Apache-2.0

package document

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/find"
	"soviec/kit/journal"
	"soviec/office/org"
	"soviec/office/task"
)

// A Batch is a register of earlier years in the rows of a foreign sheet, without its
// head (chuyển sổ từ hệ thống cũ).
type Batch struct {
	Name     string // of the file
	Register int64  // 0 is the agency's first register
	Year     int    // the register's year; 0 where every day of arrival names its own
	Columns  map[string]int
	Rows     [][]string
	Numbers  []int // of each row in the file, from 1; nil where the rows follow a head row
	Folder   Folder
}

// A Folder holds the files that a sheet names. Put stores the bytes before the act
// begins; bytes that no act comes to name harm nobody.
type Folder interface {
	Has(name string) bool
	Put(ctx context.Context, name string) (Attachment, error)
}

// A CellFault is what is wrong with one cell.
type CellFault struct {
	Row    int    // in the file, from 1
	Column int    // in the file, from 0; -1 where the sheet has no such column
	Key    string // of TakeOverColumns
	Text   string
}

// A Report says what taking over a batch brings, or brought.
type Report struct {
	Batch    int64
	SHA      string
	Lines    int
	Files    int
	Closed   int // dealt with, by the old register
	Working  int // still open, given as work to a unit or person of today
	Loose    int // still open, with nobody of today to carry it
	Gaps     []string
	Doubles  []string
	Remarks  []string
	Faults   []CellFault // at most maxFaults of them
	FaultAll int
}

const (
	maxFaults   = 500
	maxRemarks  = 50
	batchRows   = 1000 // rows under one entry of the book
	maxTakeOver = 200_000
)

// ErrBatch is the refusal of a batch with faults: the report names each cell.
var ErrBatch = fault.Invalid("file", "Sổ có ô chưa đúng; chưa có dòng nào được nhập.")

// Preview reads and checks a batch without keeping anything.
func Preview(ctx context.Context, b *journal.Book, agency int64, in Batch) (Report, error) {
	_, rep, err := readBatch(ctx, b, agency, in)
	return rep, err
}

// TakeOver takes over a register of earlier years, all of it or nothing, in one act.
// Numbers stay as they are; gaps and doubles are reported; rows are marked with the
// batch, are in search, and what is still open becomes work where its lead is of
// today. The counter goes on after the highest number of each year.
//
// The book gets one entry for at most a thousand rows of one month, with the SHA-256
// of their canonical text, and one for the whole: enough for verify to find any row
// that was changed, without a hundred thousand entries for one act.
func TakeOver(ctx context.Context, b *journal.Book, by journal.Holder, in Batch, progress func(done, total int)) (Report, error) {
	rows, rep, err := readBatch(ctx, b, by.Agency, in)
	if err != nil {
		return rep, err
	}
	if rep.FaultAll > 0 {
		return rep, ErrBatch
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	total, done := len(rows)+rep.Files, 0
	// The right is asked again in the act; nobody's bytes are stored before it is known.
	if err := b.Do(ctx, by, func(a *journal.Act) error { return org.May(a, org.TakeOver, org.Target{}) }); err != nil {
		return rep, err
	}
	for i := range rows {
		for _, name := range rows[i].names {
			f, err := in.Folder.Put(ctx, name)
			if err != nil {
				return rep, err
			}
			if f.Secret != "" {
				rep.fault(in, rows[i].row, "files", "Tệp “"+name+"” có dấu chỉ độ mật. Hệ thống này không nhận văn bản mật.")
				continue
			}
			rows[i].files = append(rows[i].files, f)
			done++
			progress(done, total)
		}
	}
	if rep.FaultAll > 0 {
		return rep, ErrBatch
	}
	files := done
	err = b.Do(ctx, by, func(a *journal.Act) error {
		return rep.write(a, in, rows, func(n int) { progress(files+n, total) })
	})
	return rep, err
}

// write is the one act of taking over.
func (rep *Report) write(a *journal.Act, in Batch, rows []pastRow, progress func(int)) error {
	if err := org.May(a, org.TakeOver, org.Target{}); err != nil {
		return err
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return err
	}
	rep.Batch, rep.Working, rep.Loose, rep.Closed = a.NewID(), 0, 0, 0
	register := rows[0].d.Register
	if err := takeCounters(a, register, rows); err != nil {
		return err
	}
	issuers, err := learnIssuers(a, rows)
	if err != nil {
		return err
	}
	whole := sha256.New()
	var entries []journal.Entry
	for _, part := range parts(rows) {
		sum, open := sha256.New(), []int64{}
		for i := range part {
			d := &part[i].d
			d.ID, d.Batch, d.Registrar, d.Version = a.NewID(), rep.Batch, a.By.Person, 1
			d.Issuer = issuers[d.IssuerName]
			if err := rep.carry(a, dir, &part[i]); err != nil {
				return err
			}
			if part[i].open {
				open = append(open, d.ID)
			}
			line := canonical(*d, !part[i].open)
			sum.Write(line)
			whole.Write(line)
		}
		if err := insertPast(a, part); err != nil {
			return err
		}
		docs := make([]find.Doc, len(part))
		for i := range part {
			docs[i] = searched(part[i].d, part[i].who...)
		}
		if err := find.PutMany(a, a.By.Agency, docs); err != nil {
			return err
		}
		for i := range part {
			for j, f := range part[i].files {
				if err := insertFile(a, part[i].d.ID, j+1, f); err != nil {
					return err
				}
			}
		}
		first, last := part[0].d, part[len(part)-1].d
		entries = append(entries, journal.Entry{Kind: TakenOverRows, Subject: journal.Ref(RefBatch, rep.Batch), Amount: int64(len(part)),
			Data: partData{Register: register, Month: first.ArrivalOn.String()[:7], Year: first.Year, From: first.Number, To: last.Number, SHA: hex.EncodeToString(sum.Sum(nil)), Open: open}})
		progress(part[len(part)-1].place + 1)
	}
	rep.SHA = hex.EncodeToString(whole.Sum(nil))
	if err := insertBatch(a, rep.Batch, register, cutRunes(Tidy(in.Name), 200), rep.SHA, len(rows), gapText(rows)); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: TakenOver, Subject: journal.Ref(RefBatch, rep.Batch), Amount: int64(len(rows)),
		Data: batchData{Register: register, Lines: len(rows), SHA: rep.SHA}})
	for _, e := range entries {
		a.Note(e)
	}
	return nil
}

// RefBatch is the kind of subject of a batch that was taken over.
const RefBatch = "batch"

type batchData struct {
	Register int64  `json:"register"`
	Lines    int    `json:"lines"`
	SHA      string `json:"sha"`
}

type partData struct {
	Register int64   `json:"register"`
	Year     int     `json:"year"`
	Month    string  `json:"month"`
	From     int64   `json:"from"` // numbers; identifiers made in one moment have no order
	To       int64   `json:"to"`
	SHA      string  `json:"sha"`
	Open     []int64 `json:"open,omitempty"` // those that were not dealt with
}

// carry gives an open document to whoever of today carries it.
func (rep *Report) carry(a *journal.Act, dir *org.Directory, p *pastRow) error {
	d := &p.d
	d.Work, d.State = 0, StateDistributed
	if !p.open {
		d.State = StateCompleted
		rep.Closed++
		return nil
	}
	giver := inChargeOf(dir, d.Field, a.Day())
	if p.lead == (task.Assignee{}) || giver == 0 || p.holder == giver {
		rep.Loose++
		return nil
	}
	w, err := task.TakeOver(a, task.Past{Title: d.Subject, Source: d.Ref(), Field: d.Field, Urgency: d.Urgency, Giver: giver, Lead: p.lead,
		GivenAt: d.ReceivedAt, Due: d.DueOn})
	if err != nil {
		return fmt.Errorf("row %d: %w", p.row, err)
	}
	d.Work = w.ID
	rep.Working++
	return nil
}

// canonical is the text of a row by which verify knows it again. What may lawfully
// change of a document that was still open is left out of it.
func canonical(d Incoming, closed bool) []byte {
	fields := []string{idText(d.ID), idText(d.Register), strconv.Itoa(d.Year), idText(d.Number), d.ArrivalOn.String(), idText(d.Batch)}
	for _, c := range correctable {
		fields = append(fields, c.get(d))
	}
	if closed {
		fields = append(fields, d.ToPlaces, d.PassedOn.String(), d.DoneOn.String(), d.Answer)
	}
	return []byte(strings.Join(fields, "\x1f") + "\n")
}

// parts cuts rows into those under one entry: of one month, at most a thousand.
func parts(rows []pastRow) [][]pastRow {
	var out [][]pastRow
	for from := 0; from < len(rows); {
		to := from + 1
		for to < len(rows) && to-from < batchRows && rows[to].d.Year == rows[from].d.Year &&
			rows[to].d.ArrivalOn.Month() == rows[from].d.ArrivalOn.Month() {
			to++
		}
		out = append(out, rows[from:to])
		from = to
	}
	return out
}

// takeCounters moves the counters behind the numbers of the rows, and thereby makes
// other writers of these years wait.
func takeCounters(a *journal.Act, register int64, rows []pastRow) error {
	for from := 0; from < len(rows); {
		to, last := from, civil.Date(0)
		for ; to < len(rows) && rows[to].d.Year == rows[from].d.Year; to++ {
			last = max(last, rows[to].d.ArrivalOn)
		}
		if err := raiseCounter(a, register, rows[from].d.Year, rows[to-1].d.Number, last.String()); err != nil {
			return err
		}
		from = to
	}
	return nil
}

func learnIssuers(a *journal.Act, rows []pastRow) (map[string]int64, error) {
	used, number := map[string]int{}, map[string]string{}
	var names []string // in order, so that the act does the same when it is run again
	for _, p := range rows {
		if used[p.d.IssuerName] == 0 {
			names = append(names, p.d.IssuerName)
		}
		used[p.d.IssuerName]++
		if number[p.d.IssuerName] == "" {
			number[p.d.IssuerName] = p.d.NumberRaw
		}
	}
	ids := map[string]int64{}
	for _, name := range names {
		id, err := learnIssuer(a, name, number[name], used[name])
		if err != nil {
			return nil, err
		}
		ids[name] = id
	}
	return ids, nil
}

// A TakenBatch is a batch that was taken over.
type TakenBatch struct {
	ID       int64
	Register int64
	Name     string
	SHA      string
	Lines    int
	Gaps     []string
	By       int64
	At       time.Time
}
