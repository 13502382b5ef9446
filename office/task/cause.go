// SPDX-License-Identifier: Apache-2.0

package task

import (
	"regexp"
	"slices"
	"strings"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// A Cause is why a share cannot go on (nguyên nhân chờ, vướng mắc).
type Cause struct {
	Code   string
	Name   string
	Pauses bool // it lies outside the agency's hands: the time may stand still
	Gone   bool // no longer offered; what it was said of keeps it
}

// causes are those that the program brings (evaluation.md 3.3). An agency may rename
// them, take them away and add its own.
var causes = []Cause{
	{Code: "agency", Name: "Chờ cơ quan, đơn vị ngoài cơ quan phối hợp", Pauses: true},
	{Code: "citizen", Name: "Chờ người dân, tổ chức bổ sung", Pauses: true},
	{Code: "superior", Name: "Chờ ý kiến của cấp trên", Pauses: true},
	{Code: "force", Name: "Bất khả kháng (thiên tai, dịch bệnh, sự cố)", Pauses: true},
	{Code: "unit", Name: "Chờ đơn vị khác trong cơ quan"},
	{Code: "rule", Name: "Vướng quy định, chưa có hướng dẫn"},
	{Code: "money", Name: "Chưa có kinh phí, điều kiện thực hiện"},
	{Code: "load", Name: "Thiếu người, quá tải"},
	{Code: causeOther, Name: "Nguyên nhân khác"},
}

const causeOther = "other"

// Causes are the causes of an agency, those no longer offered last.
func Causes(r store.Reader, agency int64) ([]Cause, error) {
	own, err := ownCauses(r, agency)
	if err != nil {
		return nil, fault.Internal(err)
	}
	all := slices.Clone(causes)
	for _, c := range own {
		if i := slices.IndexFunc(all, func(x Cause) bool { return x.Code == c.Code }); i >= 0 {
			all[i] = c
		} else {
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(a, b Cause) int {
		switch {
		case a.Gone == b.Gone:
			return 0
		case b.Gone:
			return -1
		}
		return 1
	})
	return all, nil
}

// CauseNamed finds a cause by its code; the code itself names one that nobody knows.
func CauseNamed(all []Cause, code string) Cause {
	if i := slices.IndexFunc(all, func(c Cause) bool { return c.Code == code }); i >= 0 {
		return all[i]
	}
	return Cause{Code: code, Name: code}
}

var causeCode = regexp.MustCompile(`^[a-z][a-z0-9_]{1,30}$`)

// CauseNeeded reports whether a cause cannot be taken away: what fits nowhere else has to be sayable.
func CauseNeeded(code string) bool { return code == causeOther }

// AddCause adds a cause under a code that is not taken.
func AddCause(a *journal.Act, c Cause) error {
	all, err := Causes(a, a.By.Agency)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(x Cause) bool { return x.Code == c.Code }) {
		return fault.Invalid("code", "Mã này đã có; hãy sửa nguyên nhân đó hoặc đặt mã khác.")
	}
	return SetCause(a, c)
}

// SetCause adds a cause to the agency's, or changes one.
func SetCause(a *journal.Act, c Cause) error {
	if err := org.May(a, org.ManageSettings, org.Target{}); err != nil {
		return err
	}
	errs := []error{words("name", "Tên nguyên nhân", c.Name, 200, true)}
	if !causeCode.MatchString(c.Code) {
		errs = append(errs, fault.Invalid("code", "Mã nguyên nhân gồm chữ thường không dấu, số và gạch dưới."))
	}
	if c.Gone && CauseNeeded(c.Code) {
		errs = append(errs, fault.Invalid("gone", "“Nguyên nhân khác” phải luôn chọn được."))
	}
	if err := fault.Join(errs...); err != nil {
		return err
	}
	c.Name = strings.TrimSpace(c.Name)
	a.Note(journal.Entry{Kind: CauseChanged, Subject: journal.Ref("agency", a.By.Agency), Data: causeData{c.Code, c.Pauses, c.Gone}})
	return fault.Internal(putCause(a, c))
}

type causeData struct {
	Code   string `json:"code"`
	Pauses bool   `json:"pauses"`
	Gone   bool   `json:"gone"`
}

// causeOf finds a cause that is still offered.
func (d *deed) causeOf(code string, pausing bool) error {
	all, err := Causes(d.a, d.a.By.Agency)
	if err != nil {
		return err
	}
	switch c := CauseNamed(all, code); {
	case code == "" || c.Name == code || c.Gone:
		return fault.Invalid("cause", "Hãy chọn nguyên nhân.")
	case pausing && !c.Pauses:
		return fault.Invalid("cause", "Nguyên nhân này nằm trong cơ quan nên không dừng tính thời gian; hãy báo vướng mắc.")
	}
	return nil
}
