// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"soviec/kit/fault"
	"soviec/kit/sentence"
)

const taskUsage = `Đọc ai, việc gì, hạn nào từ một câu giao việc; không giao gì cả.

Cách dùng: soviec task read --people TỆP.tsv --now 2026-11-23T08:00 'CÂU'

  --people TỆP.tsv      mỗi dòng một người: họ tên, dấu tab, đơn vị
  --now THỜI ĐIỂM       lúc giao, giờ Việt Nam, dạng 2006-01-02T15:04
  --holidays TỆP.csv    lịch nghỉ khác: date,kind,name,source
  --before exclusive    “trước ngày 10/9” là đến hết ngày 09/9 (mặc định: hết ngày 10/9)
  --why                 thêm những điểm còn để ngỏ và lưu ý, mỗi dòng một điểm
`

// maxPeople bounds the file of people: 10,000 officers with room to spare.
const maxPeople = 8 << 20

// runTask reads a sentence and prints one line of JSON. It answers 0, 1 when a file cannot be
// read, 2 when the command is not understood.
func runTask(args []string, out, errOut io.Writer) int {
	var people, now, holidays, before string
	var why bool
	set := flag.NewFlagSet("task read", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.StringVar(&people, "people", "", "")
	set.StringVar(&now, "now", "", "")
	set.StringVar(&holidays, "holidays", "", "")
	set.StringVar(&before, "before", "inclusive", "")
	set.BoolVar(&why, "why", false, "")
	if len(args) > 0 && args[0] == "read" {
		args = args[1:]
	} else if len(args) == 0 || args[0] != "--help" && args[0] != "-h" {
		fmt.Fprint(errOut, taskUsage)
		return 2
	}
	if err := set.Parse(args); errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(out, taskUsage)
		return 0
	} else if err != nil || set.NArg() != 1 || before != "inclusive" && before != "exclusive" {
		fmt.Fprint(errOut, taskUsage)
		return 2
	}
	at, err := (dueFlags{at: now}).instant()
	if err != nil {
		fmt.Fprintln(errOut, "Hãy ghi --now với thời điểm giao, ví dụ 2026-11-23T08:00.")
		return 2
	}
	calendar, err := (dueFlags{holidays: holidays}).calendar()
	if err != nil {
		return dueFailed(errOut, 1, err)
	}
	roll, err := peopleRoll(people)
	if err != nil {
		return dueFailed(errOut, 1, err)
	}
	o := sentence.Options{Now: at, Calendar: calendar}
	if before == "exclusive" {
		o.Before = sentence.Exclusive
	}
	r := sentence.Read(set.Arg(0), roll, o)
	line := struct {
		Lead    string   `json:"lead"`
		Coop    []string `json:"coop"`
		Due     string   `json:"due"`
		Subject string   `json:"subject"`
	}{r.Lead.Name, []string{}, r.Due.String(), r.Subject}
	for _, p := range r.Coop {
		line.Coop = append(line.Coop, p.Name)
	}
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	if err := e.Encode(line); err != nil {
		return 1
	}
	if why {
		for _, q := range r.Questions {
			fmt.Fprintln(errOut, "Còn để ngỏ:", q.Text)
		}
		for _, n := range r.Notes {
			fmt.Fprintln(errOut, "Lưu ý:", n.Text)
		}
	}
	return 0
}

// peopleRoll reads name, tab, unit, line by line; a title in a third column is used, a line
// of headings is passed over.
func peopleRoll(path string) (*sentence.Roll, error) {
	if path == "" {
		return nil, fault.Invalid("people", "Hãy ghi --people với tệp danh sách người.")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxPeople+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > maxPeople || !utf8.Valid(raw) {
		return nil, fault.Invalid("people", "Tệp danh sách người quá lớn hoặc không phải UTF-8.")
	}
	var people []sentence.Person
	var units []sentence.Unit
	known := map[string]int64{}
	for i, line := range strings.Split(strings.TrimPrefix(string(raw), "\uFEFF"), "\n") {
		cells := append(strings.Split(strings.TrimRight(line, "\r"), "\t"), "", "")
		name, unit, title := strings.TrimSpace(cells[0]), strings.TrimSpace(cells[1]), strings.TrimSpace(cells[2])
		if name == "" || i == 0 && heading(name) {
			continue
		}
		if unit != "" && known[unit] == 0 {
			known[unit] = int64(len(units) + 1)
			units = append(units, sentence.Unit{ID: known[unit], Name: unit})
		}
		people = append(people, sentence.Person{ID: int64(len(people) + 1), Name: name, Title: title, Unit: known[unit]})
	}
	return sentence.NewRoll(people, units), nil
}

func heading(cell string) bool {
	switch strings.ToLower(cell) {
	case "name", "tên", "họ tên", "họ và tên", "ho ten", "ten", "people", "person", "người", "full name", "fullname", "cán bộ":
		return true
	}
	return false
}
