// SPDX-License-Identifier: Apache-2.0

package archive

import (
	_ "embed"
	"errors"
	"fmt"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// A Rule is one line of the table of retention periods (bảng thời hạn bảo quản). It is
// data with a date: a new text of the law is imported, the old lines keep their last day.
type Rule struct {
	ID        int64
	Code      string
	Group     string
	Text      string
	Term      Term
	Source    string
	Unsure    bool // not yet compared with the text in force: "cần kiểm chứng"
	ValidFrom civil.Date
	ValidTo   civil.Date
}

//go:embed retention.csv
var shippedRules string

// ShippedRules are the lines the program brings along, as an import has them. None has
// been compared with the text in force; each says so.
func ShippedRules() [][]string {
	var out [][]string
	for _, line := range strings.Split(strings.TrimSpace(shippedRules), "\n") {
		out = append(out, strings.Split(line, "|"))
	}
	return out
}

// RuleColumns are the columns of an import of the table.
var RuleColumns = []string{"Mã", "Nhóm", "Nội dung hồ sơ, tài liệu", "Thời hạn bảo quản", "Căn cứ", "Cần kiểm chứng"}

// A Cell is what was typed in a row of an imported sheet, with the row's number in the file.
type Row struct {
	Number int
	Cells  []string
}

func (r Row) cell(i int) string {
	if i < len(r.Cells) {
		return Tidy(r.Cells[i])
	}
	return ""
}

// at names a cell in an error: the row of the file and the column's title.
func (r Row) at(columns []string, i int, text string) error {
	return fault.Invalid("files", fmt.Sprintf("Dòng %d, cột “%s”: %s", r.Number, columns[i], text))
}

// ImportRules takes in a table of retention periods: all of it or nothing. A line whose
// code is known and that says the same is passed over; one that says something else
// replaces the old line from the day given.
func ImportRules(a *journal.Act, rows []Row, from civil.Date) (changed int, err error) {
	if err := org.May(a, org.ManageRetention, org.Target{}); err != nil {
		return 0, err
	}
	if from.IsZero() {
		from = a.Day()
	}
	var errs []error
	seen := map[string]int{}
	var rules []Rule
	for _, row := range rows {
		t := Rule{Code: row.cell(0), Group: row.cell(1), Text: row.cell(2), Source: row.cell(4), Unsure: row.cell(5) != "", ValidFrom: from}
		bad := func(i int, text string) { errs = append(errs, row.at(RuleColumns, i, text)) }
		if t.Code == "" || len([]rune(t.Code)) > 30 {
			bad(0, "mã phải có, nhiều nhất 30 ký tự.")
		} else if first, twice := seen[t.Code]; twice {
			bad(0, fmt.Sprintf("mã “%s” đã có ở dòng %d.", t.Code, first))
		}
		seen[t.Code] = row.Number
		if t.Text == "" || len([]rune(t.Text)) > 1000 {
			bad(2, "nội dung phải có, nhiều nhất 1.000 ký tự.")
		}
		term, err := ParseTerm(row.cell(3))
		if err != nil || !term.Decided() {
			bad(3, "phải là “Vĩnh viễn” hoặc số năm, ví dụ “20 năm”.")
		}
		t.Term = term
		rules = append(rules, t)
	}
	if len(rows) == 0 {
		errs = append(errs, fault.Invalid("files", "Tệp không có dòng nào."))
	}
	if err := fault.Join(errs...); err != nil {
		return 0, err
	}
	for _, t := range rules {
		old, err := ruleByCode(a, a.By.Agency, t.Code)
		if err != nil && !errors.Is(err, store.ErrNone) {
			return 0, fault.Internal(err)
		}
		if err == nil {
			if old.Term == t.Term && old.Text == t.Text && old.Group == t.Group && old.Source == t.Source && old.Unsure == t.Unsure {
				continue
			}
			if old.ValidFrom.After(from) {
				return 0, fault.Invalid("from", "Mã “"+t.Code+"” đã có thời hạn mới từ ngày "+old.ValidFrom.VN()+".")
			}
			if err := endRule(a, old.ID, from); err != nil {
				return 0, fault.Internal(err)
			}
		}
		t.ID = a.NewID()
		if err := insertRule(a, t); err != nil {
			return 0, fault.Internal(err)
		}
		a.Note(journal.Entry{Kind: RuleSet, Subject: journal.Ref(RefRule, t.ID), Data: moveData{Years: t.Term.Years, Permanent: t.Term.Permanent}})
		changed++
	}
	return changed, nil
}

// ConfirmRule says that a line was compared with the text in force.
func ConfirmRule(a *journal.Act, id int64) error {
	if err := org.May(a, org.ManageRetention, org.Target{}); err != nil {
		return err
	}
	n, err := setSure(a, id)
	if err != nil {
		return fault.Internal(err)
	}
	if n == 0 {
		return fault.Conflict("", "Dòng này đã được kiểm chứng hoặc không còn hiệu lực.")
	}
	a.Note(journal.Entry{Kind: RuleSet, Subject: journal.Ref(RefRule, id), Data: moveData{Yes: true}})
	return nil
}
