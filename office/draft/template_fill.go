// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"

	"soviec/kit/fault"
	"soviec/office/org"
)

// A blank of a composed sample: {{so_ho}} or {{so_ho: Số hộ được rà soát}}.
var (
	blankMark = regexp.MustCompile(`\{\{\s*([a-z][a-z0-9_]{0,39})\s*(?::\s*([^{}]{1,80}?)\s*)?\}\}`)
	oddBlank  = regexp.MustCompile(`\{\{[^{}\n]{0,60}\}?\}?`)
)

// blanks are the fields of texts, in order of first appearance; the first words stand.
func blanks(texts ...string) ([]TemplateField, error) {
	var out []TemplateField
	for _, s := range texts {
		for _, m := range blankMark.FindAllStringSubmatch(s, -1) {
			at := slices.IndexFunc(out, func(f TemplateField) bool { return f.Name == m[1] })
			switch {
			case at < 0:
				out = append(out, TemplateField{m[1], m[2]})
			case out[at].Label == "":
				out[at].Label = m[2]
			}
		}
		if odd := oddBlank.FindString(blankMark.ReplaceAllString(s, "")); odd != "" {
			return out, fault.Invalid("body", "Chỗ điền “"+odd+"” viết sai. Viết tên bằng chữ thường không dấu, ví dụ {{so_ho}} hoặc {{so_ho: Số hộ được rà soát}}.")
		}
	}
	for i := range out {
		if out[i].Label == "" {
			out[i].Label = FieldLabel(out[i].Name)
		}
	}
	return out, nil
}

// fieldLabels are the words of fields that samples often have.
var fieldLabels = map[string]string{
	"trich_yeu": "Trích yếu", "noi_dung": "Nội dung", "co_quan": "Tên cơ quan", "co_quan_chu_quan": "Cơ quan chủ quản", "dia_danh": "Địa danh",
	"don_vi": "Đơn vị soạn thảo", "nguoi_soan": "Người soạn thảo", "noi_gui": "Nơi gửi", "kinh_gui": "Kính gửi", "noi_nhan": "Nơi nhận", "ky_hieu": "Ký hiệu",
	"nguoi_ky": "Người ký", "chuc_vu": "Chức vụ người ký", "nam": "Năm", "thang": "Tháng", "quy": "Quý", "ho_ten": "Họ và tên", "dia_diem": "Địa điểm",
	"thoi_gian": "Thời gian", "can_cu": "Căn cứ", "han_gui": "Hạn gửi", "ky_bao_cao": "Kỳ báo cáo", "so": "Số", "ngay": "Ngày", "van_ban_den": "Văn bản được trả lời",
}

// FieldLabel are the words of a field whose sample gives none.
func FieldLabel(name string) string {
	if l := fieldLabels[name]; l != "" {
		return l
	}
	r := []rune(strings.ReplaceAll(name, "_", " "))
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// FieldsNamed makes the fields of a Word file of the names found in it.
func FieldsNamed(names []string) []TemplateField {
	out := make([]TemplateField, len(names))
	for i, n := range names {
		out[i] = TemplateField{n, FieldLabel(n)}
	}
	return out
}

// A Filled sample is what a draft begins with.
type Filled struct {
	Type       string
	Subject    string
	Addressees []string
	Body       string
}

// Fill puts values into a composed sample. A blank without a value stays a blank, which
// the check of form will not let pass; a value without a blank is an error that names it.
func (t Template) Fill(values map[string]string) (Filled, error) {
	var unknown []string
	for name := range values {
		if !slices.ContainsFunc(t.Fields, func(f TemplateField) bool { return f.Name == name }) {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) > 0 {
		sort.Strings(unknown)
		return Filled{}, fault.Invalid("fields", "Mẫu không có các trường: "+strings.Join(unknown, ", ")+".")
	}
	put := func(s string, oneLine bool) string {
		return blankMark.ReplaceAllStringFunc(s, func(mark string) string {
			name := blankMark.FindStringSubmatch(mark)[1]
			v := strings.TrimSpace(strings.ReplaceAll(values[name], "\r\n", "\n"))
			switch {
			case v == "":
				return "{{" + name + "}}"
			case oneLine:
				return tidy(v)
			}
			return v
		})
	}
	out := Filled{Type: t.Type, Subject: put(t.Subject, true), Body: put(t.Body, false)}
	for _, a := range t.Addressees {
		// a value of several lines is as many addressees
		out.Addressees = append(out.Addressees, lines(put(a, false))...)
	}
	return out, nil
}

// KnownFields are the values that the office knows itself, for the drafter to keep or change.
func KnownFields(d *org.Directory, unit, person int64, year string) map[string]string {
	return map[string]string{
		"co_quan": d.Agency.Name, "co_quan_chu_quan": d.Agency.Superior, "dia_danh": d.Agency.Place,
		"don_vi": d.Unit(unit).Name, "nguoi_soan": d.Person(person).Name, "nam": year,
	}
}
