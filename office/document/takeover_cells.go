// SPDX-License-Identifier: Apache-2.0

package document

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/extract"
	"soviec/kit/find"
)

var (
	wholeNumber = regexp.MustCompile(`^(\d{1,10}|\d{1,3}(?:\.\d{3}){1,2})$`)
	suffixed    = regexp.MustCompile(`^\d+\s*[-./]?\s*\pL+\d*$`)
	dayShape    = regexp.MustCompile(`^(\d{1,2})[/.\-](\d{1,2})(?:[/.\-](\d{2}|\d{4}))?$`)
	fullDate    = regexp.MustCompile(`\d{4}`)
)

// pastNumber reads an arrival number; why says what is wrong with it.
func pastNumber(s string) (n int64, why string) {
	switch {
	case s == "":
		return 0, "Chưa có số đến."
	case suffixed.MatchString(s):
		return 0, "Số đến “" + cutRunes(s, 20) + "” có số phụ; sổ chỉ nhận số nguyên. Hãy cho dòng này một số còn trống và ghi số cũ ở cột ghi chú."
	case !wholeNumber.MatchString(s):
		return 0, "Số đến “" + cutRunes(s, 20) + "” không phải là số."
	}
	n, err := strconv.ParseInt(strings.ReplaceAll(s, ".", ""), 10, 64)
	if err != nil || n < 1 || n > maxNumber {
		return 0, "Số đến phải từ 1 trở lên."
	}
	return n, ""
}

// pastDay reads a day as registers write it: 05/01/2019, 5.1.19, 2019-01-05; 5/1 in
// a register of one year.
func pastDay(s string, year int) (civil.Date, bool) {
	if d, err := civil.Parse(s); err == nil {
		return d, true
	}
	m := dayShape.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	day, _ := strconv.Atoi(m[1])
	month, _ := strconv.Atoi(m[2])
	y := year
	if m[3] != "" {
		y, _ = strconv.Atoi(m[3])
		if len(m[3]) == 2 {
			y += 2000
		}
	}
	if y < 1945 || !civil.Exists(y, month, day) {
		return 0, false
	}
	return civil.MustParse(fmt.Sprintf("%04d-%02d-%02d", y, month, day)), true
}

func (m *reading) guessType(n extract.Number, subject string) string {
	if t := typeOfNumber(m.list, n); !n.None && t.Code != "" {
		return t.Code
	}
	key, best, code := find.Fold(subject)+" ", 0, TypeOther
	for _, t := range m.list {
		if k := find.Fold(t.Name) + " "; len(k) > best && strings.HasPrefix(key, k) {
			best, code = len(k), t.Code
		}
	}
	return code
}

func (m *reading) urgency(s string, wrong func(key, text string)) int {
	if s == "" {
		return 0
	}
	if n, err := strconv.Atoi(s); err == nil && n >= 0 && n < len(Urgencies) {
		return n
	}
	for n, name := range Urgencies {
		if find.Fold(name) == find.Fold(s) {
			return n
		}
	}
	if find.Fold(s) == "binh thuong" {
		return 0
	}
	wrong("urgency", "Độ khẩn “"+cutRunes(s, 40)+"” không có: chỉ có Thường, Khẩn, Thượng khẩn, Hỏa tốc.")
	return 0
}

// channel is how it came, as far as the words tell; it hinders nothing.
func (m *reading) channel(s string) string {
	key := find.Fold(s)
	for _, c := range []struct{ part, code string }{{"truc", "axis"}, {"lien thong", "axis"}, {"buu", "post"}, {"fax", "fax"}, {"thu dien tu", "email"},
		{"mail", "email"}, {"cong thong tin", "portal"}, {"phan mem", "internal_system"}, {"dien tu", "internal_system"}, {"truc tiep", "hand"}} {
		if strings.Contains(key, c.part) {
			return c.code
		}
	}
	if key == "" {
		return ""
	}
	return "hand"
}
