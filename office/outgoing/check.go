// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"encoding/json"
	"fmt"

	"soviec/kit/store"
)

const checkPage = 512

// Check compares the documents and their deliveries with the book and says in sentences
// what does not agree. It reads page by page.
func Check(r store.Reader, agency int64, report func(string)) error {
	founded := int64(0)
	for after := int64(0); ; {
		docs, err := pageAfter(r, agency, after, checkPage)
		if err != nil {
			return err
		}
		ids, subjects := make([]int64, len(docs)), make([]string, len(docs))
		for i, d := range docs {
			ids[i], subjects[i] = d.ID, d.Ref()
		}
		entries, err := entriesOf(r, agency, subjects)
		if err != nil {
			return err
		}
		to, err := recipientsOfAll(r, ids)
		if err != nil {
			return err
		}
		keys, err := sealedWith(r, agency, subjects)
		if err != nil {
			return err
		}
		for _, d := range docs {
			founded++
			checkRow(d, entries[d.Ref()], to[d.ID], keys[d.Ref()], report)
		}
		if len(docs) < checkPage {
			break
		}
		after = docs[len(docs)-1].ID
	}
	n, err := countOfKind(r, agency, Numbered)
	if err != nil {
		return err
	}
	if n > founded {
		report(fmt.Sprintf("Sổ nhật ký ghi %d lần cấp số văn bản đi nhưng sổ đăng ký chỉ còn %d dòng.", n, founded))
	}
	signed, err := countOfKind(r, agency, AppendixSealed)
	if err != nil {
		return err
	}
	if there, err := sealedEnclosures(r, agency); err != nil {
		return err
	} else if there != signed {
		report(fmt.Sprintf("Sổ nhật ký ghi %d lần ký số phụ lục nhưng có %d tệp phụ lục đã ký.", signed, there))
	}
	lost, err := slotsWithout(r, agency)
	for _, label := range lost {
		report("Số " + label + ": đã cấp nhưng không có văn bản trong sổ đăng ký văn bản đi.")
	}
	if err != nil {
		return err
	}
	if err := checkDayBooks(r, agency, report); err != nil {
		return err
	}
	return checkCopies(r, agency, report)
}

func checkRow(d Document, entries []entry, to []Delivery, key string, report func(string)) {
	name := fmt.Sprintf("Văn bản đi %s năm %d", d.Label, d.Year)
	if len(entries) == 0 || entries[0].kind != Numbered {
		report(name + ": không có mục cấp số trong sổ nhật ký.")
		return
	}
	var x numberedData
	if json.Unmarshal([]byte(entries[0].raw), &x) != nil || x.Number != d.Number || x.Suffix != d.Suffix || x.Year != d.Year || x.Day != d.Day || x.Draft != d.Draft || x.Slot != d.Slot {
		report(name + ": số, ngày hoặc dự thảo khác với mục cấp số trong sổ nhật ký.")
	}
	state, sealedBy := StateNumbered, ""
	way, answers := map[int64]string{}, map[int64]string{}
	for _, e := range entries[1:] {
		var s struct {
			State  string `json:"state"`
			Answer string `json:"answer"`
			Key    string `json:"key"`
		}
		_ = json.Unmarshal([]byte(e.raw), &s)
		if e.kind == Sealed {
			sealedBy = s.Key
		}
		switch e.kind {
		case Delivered, Opened:
			way[e.amount] = s.State
		case SentAgain:
			way[e.amount] = Queued
		case RecallAnswer:
			answers[e.amount] = s.Answer
		default:
			if s.State != "" {
				state = State(s.State)
			}
		}
	}
	if sealedBy != key {
		report(name + ": khóa đã ký của cơ quan khác với mục ký số trong sổ nhật ký.")
	}
	if state != d.State {
		report(fmt.Sprintf("%s: trạng thái là “%s” nhưng theo sổ nhật ký phải là “%s”.", name, d.State.Label(), state.Label()))
	}
	for _, x := range to {
		want := way[int64(x.Ordinal)]
		if want == "" {
			want = Queued
		}
		if x.State != want || x.Answer != answers[int64(x.Ordinal)] {
			report(fmt.Sprintf("%s: tình trạng gửi đến nơi nhận thứ %d khác với sổ nhật ký.", name, x.Ordinal))
		}
	}
}
