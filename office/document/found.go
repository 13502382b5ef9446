// SPDX-License-Identifier: Apache-2.0

package document

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/csv"
	"fmt"
	"regexp"
	"strconv"
	"unicode/utf8"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

//go:embed types.csv
var typesCSV []byte

// ShippedTypes are the kinds of documents that the program is delivered with.
func ShippedTypes() ([]Type, error) {
	r := csv.NewReader(bytes.NewReader(typesCSV))
	r.Comment, r.FieldsPerRecord = '#', 4
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("document: types.csv: %w", err)
	}
	out := make([]Type, len(rows))
	for i, row := range rows {
		out[i] = Type{Code: row[0], Name: row[1], Abbr: row[2], Class: row[3]}
	}
	return out, nil
}

// TypeOther is the code of a document whose kind nobody knows.
const TypeOther = "KHÁC"

// The codes of the registers that an agency begins with.
const (
	BookIncoming  = "den"
	BookPetitions = "don-thu"
)

// Found opens the registers that an agency begins with and lays out the kinds of
// documents (mở sổ đăng ký văn bản đến; Nghị định 30/2020/NĐ-CP Điều 7, 22).
func Found(a *journal.Act) error {
	if err := org.May(a, org.ManageSettings, org.Target{}); err != nil {
		return err
	}
	types, err := ShippedTypes()
	if err != nil {
		return err
	}
	for i, t := range types {
		if err := insertType(a, t, int64(i+1)*10); err != nil {
			if store.IsUnique(err) {
				return fault.Conflict("", "Cơ quan đã mở sổ đăng ký văn bản đến.")
			}
			return err
		}
	}
	if _, err := openRegister(a, BookIncoming, "VB đến", true, 10); err != nil {
		return err
	}
	_, err = openRegister(a, BookPetitions, "Văn bản đến – đơn thư", false, 20)
	return err
}

// IsFounded reports whether an agency has its registers.
func IsFounded(r store.Reader, agency int64) (bool, error) {
	books, err := Books(r, agency)
	return len(books) > 0, err
}

// Complete opens the registers of an agency that has none, as an agency was left that an
// earlier program founded in two acts and stopped between them. It is asked at each start.
func Complete(ctx context.Context, b *journal.Book, agency int64) error {
	there, err := IsFounded(b.DB.Read(ctx), agency)
	if err != nil || there {
		return err
	}
	err = b.Do(ctx, journal.Holder{Agency: agency, System: true, Name: org.SystemName}, Found)
	if fault.Is(err, fault.KindConflict) { // another program on the same database was faster
		return nil
	}
	return err
}

// bookCode: a register's code stands in addresses.
var bookCode = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// OpenRegister opens a further register of arrivals with numbers of its own.
func OpenRegister(a *journal.Act, code, name string) (int64, error) {
	if err := org.May(a, org.ManageSettings, org.Target{}); err != nil {
		return 0, err
	}
	code, name = Tidy(code), Tidy(name)
	var errs []error
	if len(code) > 20 || !bookCode.MatchString(code) {
		errs = append(errs, fault.Invalid("code", "Mã sổ gồm chữ thường không dấu, chữ số và gạch nối, nhiều nhất 20 ký tự."))
	}
	if name == "" || utf8.RuneCountInString(name) > 100 {
		errs = append(errs, fault.Invalid("name", "Hãy nhập tên sổ, nhiều nhất 100 ký tự."))
	}
	if err := fault.Join(errs...); err != nil {
		return 0, err
	}
	books, err := Books(a, a.By.Agency)
	if err != nil {
		return 0, err
	}
	for _, b := range books {
		if oneSpelling(b.Name) == oneSpelling(name) {
			return 0, fault.Conflict("name", "Đã có sổ mang tên này.")
		}
	}
	id, err := openRegister(a, code, name, len(books) == 0, int64(len(books)+1)*10)
	if store.IsUnique(err) {
		return 0, fault.Conflict("code", "Đã có sổ mang ký hiệu này.")
	}
	return id, err
}

func openRegister(a *journal.Act, code, name string, first bool, sort int64) (int64, error) {
	id := a.NewID()
	if err := insertRegister(a, id, code, name, first, sort); err != nil {
		return 0, err
	}
	a.Note(journal.Entry{Kind: RegisterOpened, Subject: journal.Ref("register", id)})
	return id, nil
}

// BeginAt lets the first number of a register in a year be another than 1, because
// the numbers before it stand in a paper register (documents.md §7.7). Only before
// the program has given a number in that year.
func BeginAt(a *journal.Act, register int64, year int, number int64) error {
	if err := org.May(a, org.ManageSettings, org.Target{}); err != nil {
		return err
	}
	if _, known, err := shelfOf(a, a.By.Agency, register); err != nil {
		return err
	} else if !known {
		return fault.Invalid("register", "Sổ đăng ký này không có.")
	}
	if number < 1 || number > maxNumber {
		return fault.Invalid("number", "Số bắt đầu phải từ 1 trở lên.")
	}
	if year < 1950 || year > a.Day().Year() {
		return fault.Invalid("year", "Năm không đúng.")
	}
	next, err := NextNumber(a, register, year)
	if err != nil {
		return err
	}
	if next != 1 {
		return fault.Conflict("number", "Sổ này trong năm "+strconv.Itoa(year)+" đã cấp số; không đặt lại được số bắt đầu.")
	}
	a.Note(journal.Entry{Kind: NumberingBegun, Subject: journal.Ref("register", register), Amount: number,
		Data: begunData{Register: register, Year: year, Number: number}})
	return raiseCounter(a, register, year, number-1, "")
}

// maxNumber is the greatest arrival number: ten digits (Phụ lục VI, ArrivalNumber).
const maxNumber = 9_999_999_999

type begunData struct {
	Register int64 `json:"register"`
	Year     int   `json:"year"`
	Number   int64 `json:"number"`
}
