// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/series"
)

// CopyColumns are the columns of the book of copies.
var CopyColumns = []string{"Số, ký hiệu bản sao", "Ngày tháng", "Hình thức sao", "Số, ký hiệu, trích yếu văn bản được sao", "Người ký", "Nơi nhận", "Số lượng bản", "Ghi chú"}

// A CopyLine is a copy as its book shows it.
type CopyLine struct {
	Copy  CertifiedCopy
	Cells []string
	Void  bool
	Later []Dated
}

// CopyLines are at most limit copies of a year after a number, as their book shows them.
func CopyLines(r store.Reader, dir *org.Directory, year int, after int64, limit int) ([]CopyLine, error) {
	agency := dir.Agency.ID
	all, err := Copies(r, agency, year, after, limit)
	if err != nil {
		return nil, err
	}
	books, err := CopyBooks(r, agency, year)
	if err != nil {
		return nil, err
	}
	var prints []printing
	for _, b := range books {
		more, err := printings(r, b.ID)
		if err != nil {
			return nil, err
		}
		prints = append(prints, more...)
	}
	out := make([]CopyLine, len(all))
	for i, c := range all {
		note := ""
		if l := &out[i]; c.State == StateVoid {
			l.Void = true
			note = fmt.Sprintf("Hủy số – %s – %s – %s", c.VoidReason, dir.Person(c.VoidBy).Name, civil.Of(c.VoidAt).VN())
			for _, p := range prints {
				if p.number >= c.Number && c.VoidAt.After(p.at) {
					note, l.Later = "", []Dated{{civil.Of(c.VoidAt), note}}
				}
			}
		}
		out[i].Copy = c
		out[i].Cells = []string{c.Label, c.Day.VN(), CopyName(c.Kind), c.SourceLabel + ": " + c.Subject, c.SignerName, strings.Join(c.Recipients, "; "), strconv.Itoa(c.Copies), note}
	}
	return out, nil
}

// CopyBooks are the series of copies of a year.
func CopyBooks(r store.Reader, agency int64, year int) ([]series.Series, error) {
	all, err := series.In(r, agency, year)
	return slices.DeleteFunc(all, func(x series.Series) bool { return x.Direction != series.Copy }), err
}

// GetCopy finds a copy of what the reader may read.
func GetCopy(r store.Reader, agency int64, x org.Rights, id int64) (CertifiedCopy, error) {
	c, err := copyByID(r, agency, id)
	if err != nil {
		return c, err
	}
	kind, root, _ := journal.ParseRef(c.Root)
	if kind == document.RefIncoming {
		_, err = document.Get(r, agency, document.ReachOf(x), root)
	} else {
		_, err = Get(r, agency, ReachOf(x), root)
	}
	if err != nil {
		return CertifiedCopy{}, err
	}
	return c, nil
}

// CopyTimeline is what happened to a copy.
func CopyTimeline(r store.Reader, agency int64, c CertifiedCopy) ([]journal.Entry, error) {
	return journal.Of(r, agency, c.Ref())
}

// checkCopies compares the copies with the book.
func checkCopies(r store.Reader, agency int64, report func(string)) error {
	for after := int64(0); ; {
		all, err := copiesAfter(r, agency, after, checkPage)
		if err != nil {
			return err
		}
		subjects := make([]string, len(all))
		for i, c := range all {
			subjects[i] = c.Ref()
		}
		entries, err := entriesOf(r, agency, subjects)
		if err != nil {
			return err
		}
		for _, c := range all {
			checkCopy(c, entries[c.Ref()], report)
		}
		if len(all) < checkPage {
			break
		}
		after = all[len(all)-1].ID
	}
	lost, err := copySlotsWithout(r, agency)
	for _, label := range lost {
		report("Số " + label + ": đã cấp nhưng không có bản sao nào mang số ấy.")
	}
	return err
}

func checkCopy(c CertifiedCopy, entries []entry, report func(string)) {
	var want copyData
	for _, e := range entries {
		var x copyData
		_ = json.Unmarshal([]byte(e.raw), &x)
		want.State = x.State
		switch e.kind {
		case CopyMade:
			want.Kind, want.Source = x.Kind, x.Source
		case CopyNumbered:
			want.Number, want.Slot = x.Number, x.Slot
		}
	}
	if want != (copyData{State: c.State, Kind: c.Kind, Source: c.Source, Slot: c.Slot, Number: c.Number}) {
		report("Bản sao " + c.Title() + ": hình thức, nguồn, số hoặc trạng thái khác với sổ nhật ký.")
	}
}

// CopyShut refuses the text and the files of a copy while what it copies is shut: a recalled
// document to all but those who read everything, one reported to be secret to everybody.
func CopyShut(r store.Reader, agency int64, x org.Rights, c CertifiedCopy) error {
	kind, id, _ := journal.ParseRef(c.Root)
	if kind == document.RefIncoming {
		d, err := document.Get(r, agency, document.ReachOf(x), id)
		if err == nil && (d.Frozen || d.State == document.StateRecalled) {
			err = fault.Conflict("", "Văn bản được sao đang bị khóa hoặc đã bị thu hồi; tệp bản sao cũng bị khóa.")
		}
		return err
	}
	reach := ReachOf(x)
	d, err := Get(r, agency, reach, id)
	if err == nil && d.Frozen && !reach.All {
		err = errFrozen
	}
	return err
}
