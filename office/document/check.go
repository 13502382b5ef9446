// SPDX-License-Identifier: Apache-2.0

package document

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
)

// Check compares the registers of an agency with its book and says in sentences
// what does not agree: numbers that are missing, rows without the entry that founded
// them, states and days that the entries do not lead to, rows of earlier registers
// that are no longer what was taken over. It reads page by page.
func Check(r store.Reader, agency int64, report func(string)) error {
	for _, check := range []func(store.Reader, int64, func(string)) error{checkNumbers, checkRows, checkBatches, checkIntakes} {
		if err := check(r, agency, report); err != nil {
			return err
		}
	}
	return nil
}

// checkNumbers: each register's year runs without gap up to its counter, but for
// what stands in a paper register or was missing in a register taken over.
func checkNumbers(r store.Reader, agency int64, report func(string)) error {
	books, err := Books(r, agency)
	if err != nil {
		return err
	}
	for _, b := range books {
		allowed, err := allowedGaps(r, agency, b.ID)
		if err != nil {
			return err
		}
		counters, err := countersOf(r, b.ID)
		if err != nil {
			return err
		}
		for _, c := range counters {
			name := fmt.Sprintf("Sổ “%s” năm %d", b.Name, c.year)
			next := int64(1)
			gaps := allowed[c.year]
			miss := func(to int64) {
				for ; next <= to; next++ {
					i := slices.IndexFunc(gaps, func(g gap) bool { return g.from <= next && next <= g.to })
					if i < 0 {
						report(fmt.Sprintf("%s: thiếu số đến %s.", name, ShowNumber(next)))
					} else {
						next = min(gaps[i].to, to)
					}
				}
			}
			err := eachNumber(r, b.ID, c.year, func(n int64) {
				if n < next {
					report(fmt.Sprintf("%s: số đến %s có hai dòng.", name, ShowNumber(n)))
					return
				}
				miss(n - 1)
				next = n + 1
			})
			if err != nil {
				return err
			}
			if next-1 > c.last {
				report(fmt.Sprintf("%s: đã có số đến %s nhưng bộ đếm mới đến %s.", name, ShowNumber(next-1), ShowNumber(c.last)))
			}
			miss(c.last)
		}
		if n, err := withoutCounter(r, b.ID); err != nil {
			return err
		} else if n > 0 {
			report(fmt.Sprintf("Sổ “%s”: %d năm có văn bản nhưng không có bộ đếm.", b.Name, n))
		}
	}
	return nil
}

// allowedGaps are the numbers that may be missing, by year.
func allowedGaps(r store.Reader, agency, register int64) (map[int][]gap, error) {
	out, err := batchGaps(r, register)
	if err != nil {
		return nil, err
	}
	begun, err := entriesOfKind(r, agency, NumberingBegun)
	if err != nil {
		return nil, err
	}
	for _, e := range begun {
		var b begunData
		if json.Unmarshal([]byte(e.raw), &b) == nil && b.Register == register && b.Number > 1 {
			out[b.Year] = append(out[b.Year], gap{1, b.Number - 1})
		}
	}
	return out, nil
}

// entry is what checking needs of an entry of the book.
type entry struct {
	kind, subject string
	dueOn         civil.Date
	amount        int64
	raw           string
}

// fold is how a document stands by its entries.
type fold struct {
	state     State
	due, done civil.Date
	dueKnown  bool
}

const checkPage = 512

func checkRows(r store.Reader, agency int64, report func(string)) error {
	open, err := openOfBatches(r, agency)
	if err != nil {
		return err
	}
	books, err := Books(r, agency)
	if err != nil {
		return err
	}
	founded := int64(0)
	for _, b := range books {
		years, err := yearsOf(r, b.ID)
		if err != nil {
			return err
		}
		for _, year := range years {
			if err := checkYear(r, agency, b.ID, year, open, &founded, report); err != nil {
				return err
			}
		}
	}
	n, err := countOfKind(r, agency, Registered)
	if err == nil && n > founded {
		report(fmt.Sprintf("Sổ nhật ký ghi %d lần vào sổ nhưng sổ đăng ký chỉ còn %d dòng.", n, founded))
	}
	return err
}

func checkYear(r store.Reader, agency, register int64, year int, open map[int64]bool, founded *int64, report func(string)) error {
	for after := int64(0); ; {
		docs, err := registerPage(r, agency, register, SpanOfYear(year), after, checkPage)
		if err != nil {
			return err
		}
		subjects := make([]string, len(docs))
		for i, d := range docs {
			subjects[i] = d.Ref()
		}
		entries, err := entriesOf(r, agency, subjects)
		if err != nil {
			return err
		}
		for _, d := range docs {
			if d.Batch == 0 {
				*founded++
			}
			checkRow(d, entries[d.Ref()], open[d.ID], report)
		}
		if len(docs) < checkPage {
			return nil
		}
		after = docs[len(docs)-1].Number
	}
}

func checkRow(d Incoming, entries []entry, open bool, report func(string)) {
	name := fmt.Sprintf("Số đến %s năm %d", ShowNumber(d.Number), d.Year)
	var f fold
	switch {
	case d.Batch != 0:
		// What it was when it was taken over is the batch's to prove.
		f = fold{state: StateCompleted, done: d.DoneOn}
		if open {
			f = fold{state: StateDistributed}
		}
	case len(entries) == 0 || entries[0].kind != Registered:
		report(name + ": không có mục vào sổ trong sổ nhật ký.")
		return
	default:
		var x registeredData
		if json.Unmarshal([]byte(entries[0].raw), &x) != nil || x.Number != d.Number || x.Year != d.Year || x.Register != d.Register {
			report(name + ": số, năm hoặc sổ khác với mục vào sổ trong sổ nhật ký.")
		}
		f = fold{state: StateRegistered, due: entries[0].dueOn, dueKnown: true}
		entries = entries[1:]
	}
	for _, e := range entries {
		f.add(e)
	}
	if f.state != d.State {
		report(fmt.Sprintf("%s: trạng thái là “%s” nhưng theo sổ nhật ký phải là “%s”.", name, d.State.Label(), f.state.Label()))
	}
	if f.done != d.DoneOn {
		report(fmt.Sprintf("%s: ngày hoàn thành là “%s” nhưng theo sổ nhật ký phải là “%s”.", name, d.DoneOn.VN(), f.done.VN()))
	}
	if f.dueKnown && f.due != d.DueOn {
		report(fmt.Sprintf("%s: hạn ghi trên văn bản là “%s” nhưng theo sổ nhật ký phải là “%s”.", name, d.DueOn.VN(), f.due.VN()))
	}
}

// add carries one entry's effect on.
func (f *fold) add(e entry) {
	switch e.kind {
	case Submitted, PassedOn, Returned:
		f.state = StateSubmitted
	case Directed, Distributed:
		f.state = StateDistributed
	case Started:
		f.state = StateInProgress
	case Reopened:
		f.state, f.done = StateInProgress, 0
	case Reported:
		f.state = StateAwaiting
	case Completed:
		var x toData
		_ = json.Unmarshal([]byte(e.raw), &x)
		f.state, f.done = StateCompleted, x.Done
	case Filed:
		f.state = StateFiled
	case Voided:
		f.state = StateVoided
	case RecallAsked, SecretReported:
		f.state = StateRecallAsked
	case Recalled:
		f.state = StateRecalled
	case RecallRefused:
		var x struct{ To State }
		_ = json.Unmarshal([]byte(e.raw), &x)
		f.state = x.To
	case Corrected:
		var x correctedData
		_ = json.Unmarshal([]byte(e.raw), &x)
		f.due, f.dueKnown = x.Due, true
	}
}

// openOfBatches are the documents taken over that were still open then.
func openOfBatches(r store.Reader, agency int64) (map[int64]bool, error) {
	out := map[int64]bool{}
	all, err := entriesOfKind(r, agency, TakenOverRows)
	for _, e := range all {
		var x partData
		if json.Unmarshal([]byte(e.raw), &x) == nil {
			for _, id := range x.Open {
				out[id] = true
			}
		}
	}
	return out, err
}

// checkBatches recomputes the sums of the rows that were taken over.
func checkBatches(r store.Reader, agency int64, report func(string)) error {
	batches, err := Batches(r, agency)
	if err != nil {
		return err
	}
	all, err := entriesOfKind(r, agency, TakenOverRows)
	if err != nil {
		return err
	}
	for _, b := range batches {
		whole, lines, named := sha256.New(), 0, fmt.Sprintf("Sổ nhập “%s”", b.Name)
		heads, err := entriesOf(r, agency, []string{journal.Ref(RefBatch, b.ID)})
		if err != nil {
			return err
		}
		i := slices.IndexFunc(heads[journal.Ref(RefBatch, b.ID)], func(e entry) bool { return e.kind == TakenOver })
		var head batchData
		if i < 0 || json.Unmarshal([]byte(heads[journal.Ref(RefBatch, b.ID)][i].raw), &head) != nil || head.SHA != b.SHA || head.Lines != b.Lines {
			report(named + ": không khớp với mục nhập sổ trong sổ nhật ký.")
		}
		for _, e := range all {
			var x partData
			if e.subject != journal.Ref(RefBatch, b.ID) || json.Unmarshal([]byte(e.raw), &x) != nil {
				continue
			}
			docs, err := batchDocs(r, agency, b.ID, x)
			if err != nil {
				return err
			}
			ids := make([]int64, len(docs))
			for i, d := range docs {
				ids[i] = d.ID
			}
			corrected, err := correctionsOf(r, ids)
			if err != nil {
				return err
			}
			sum := sha256.New()
			for _, d := range docs {
				d, _ = asAt(d, corrected[d.ID], store.Time{})
				line := canonical(d, !slices.Contains(x.Open, d.ID))
				sum.Write(line)
				whole.Write(line)
			}
			if int64(len(docs)) != e.amount || hex.EncodeToString(sum.Sum(nil)) != x.SHA {
				report(fmt.Sprintf("%s: các dòng tháng %s năm %d, số %s đến %s, không còn như khi nhập.", named, x.Month[5:], x.Year, ShowNumber(x.From), ShowNumber(x.To)))
			}
			lines += len(docs)
		}
		n, err := batchCount(r, agency, b.ID)
		if err != nil {
			return err
		}
		if lines != b.Lines || n != int64(b.Lines) || hex.EncodeToString(whole.Sum(nil)) != b.SHA {
			report(fmt.Sprintf("%s: còn %d trong %d dòng, hoặc nội dung không còn như khi nhập.", named, n, b.Lines))
		}
	}
	return nil
}

func checkIntakes(r store.Reader, agency int64, report func(string)) error {
	for after := int64(0); ; {
		all, err := intakesAfter(r, agency, after, checkPage)
		if err != nil {
			return err
		}
		subjects := make([]string, len(all))
		for i, in := range all {
			subjects[i] = journal.Ref(RefIntake, in.ID)
		}
		entries, err := entriesOf(r, agency, subjects)
		if err != nil {
			return err
		}
		for i, in := range all {
			checkIntake(in, entries[subjects[i]], report)
		}
		if len(all) < checkPage {
			return nil
		}
		after = all[len(all)-1].ID
	}
}

func checkIntake(in Intake, entries []entry, report func(string)) {
	state := ""
	for _, e := range entries {
		switch e.kind {
		case Received, BroughtBack:
			state = "received"
		case HandedUnopened:
			state = "handed_unopened"
		case Refused:
			state = "refused"
		}
	}
	when := civil.Of(in.ReceivedAt).VN()
	switch {
	case state == "":
		report(fmt.Sprintf("Bì thư nhận ngày %s: không có mục tiếp nhận trong sổ nhật ký.", when))
	case in.State == "registered" && (state != "received" || in.Document == 0), in.State != "registered" && in.State != state:
		report(fmt.Sprintf("Bì thư nhận ngày %s: trạng thái không khớp với sổ nhật ký.", when))
	}
}
