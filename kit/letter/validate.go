// SPDX-License-Identifier: Apache-2.0

package letter

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"soviec/kit/fault"
	"soviec/kit/pattern"
)

// Limits of one letter, far above what an office writes.
const (
	limitText    = 2 << 20 // bytes of all its words
	limitBlocks  = 20_000
	limitColumns = 40
	limitSubject = 1000 // letters
	limitList    = 500  // addressees, recipients
	limitParts   = 60   // appendices, signatures
)

func errNotation(printed, other string) error {
	return fault.Conflict("notation", fmt.Sprintf("Văn bản đã in sẵn ký hiệu %s, không điền được số theo ký hiệu %s. Hãy trình ký lại với ký hiệu đúng.", printed, other))
}

var numberForm = pattern.Of(`^\d{1,6}[a-zđ]?$`)

// Validate asks whether a letter can be stored and set. What the decree wants of a finished
// document is asked elsewhere: a draft may still lack everything.
func (l Letter) Validate() error {
	var errs []error
	bad := func(field, text string, a ...any) { errs = append(errs, fault.Invalid(field, fmt.Sprintf(text, a...))) }
	if _, ok := TypeOf(l.Type); !ok {
		bad("type", "Chọn loại văn bản trong 29 loại văn bản hành chính.")
	}
	if l.Number != "" && !numberForm.MatchString(l.Number) {
		bad("number", "Số văn bản viết bằng chữ số Ả-rập, có thể kèm một chữ cái, ví dụ 05 hoặc 15a.")
	}
	if strings.ContainsFunc(l.Notation, unicode.IsSpace) || strings.HasPrefix(l.Notation, "/") {
		bad("notation", "Ký hiệu không có khoảng trắng và không có dấu gạch chéo ở đầu, ví dụ QĐ-BDT.")
	}
	if l.Urgency < 0 || l.Urgency >= len(UrgencyWords) {
		bad("urgency", "Mức độ khẩn là Khẩn, Thượng khẩn hoặc Hỏa tốc.")
	}
	if l.Copies < 0 || l.Copies > 1_000_000 {
		bad("copies", "Số lượng bản phát hành không hợp lệ.")
	}
	size := 0
	line := func(field string, breaks bool, texts ...string) {
		for _, s := range texts {
			size += len(s)
			if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && !(breaks && r == '\n') }) {
				bad(field, "Có ký tự điều khiển hoặc xuống dòng không dùng được ở đây.")
				return
			}
		}
	}
	line("superior", true, l.Superior)
	line("agency", true, l.Agency)
	line("name", false, l.Name, l.Issuer)
	line("notation", false, l.Notation)
	line("place", false, l.Place)
	line("subject", true, l.Subject)
	line("circulation", false, l.Circulation)
	line("corner", false, l.Corner)
	line("addressees", false, append([]string{l.Caller}, l.Addressees...)...)
	line("recipients", false, l.Recipients...)
	line("drafter", false, l.Drafter)
	line("confirmation", true, l.Confirmation)
	line("address", true, l.Address)
	if utf8.RuneCountInString(l.Subject) > limitSubject {
		bad("subject", "Trích yếu không quá %d ký tự.", limitSubject)
	}
	if len(l.Addressees) > limitList || len(l.Recipients) > limitList {
		bad("recipients", "Danh sách nơi nhận quá dài (tối đa %d dòng). Hãy ghi theo nhóm.", limitList)
	}
	if len(l.Signatures) > limitParts || len(l.Appendices) > limitParts {
		bad("appendices", "Quá nhiều phụ lục hoặc người ký (tối đa %d).", limitParts)
	}
	for _, s := range l.Signatures {
		line("signatures", false, append([]string{s.Above, s.Name, s.Note}, s.Lines...)...)
	}
	blocks := 0
	body := func(field string, list []Block) {
		blocks += len(list)
		for i, b := range list {
			if text := b.fault(); text != "" {
				bad(field, "Đoạn %d: %s", i+1, text)
			}
			line(field, false, b.Mark, b.Text)
			for _, r := range b.Rows {
				line(field, true, r...)
			}
		}
	}
	body("body", l.Body)
	for _, a := range l.Appendices {
		if _, ok := TypeOf(a.Type); a.Type != "" && !ok {
			bad("appendices", "Văn bản kèm theo phải là một trong 29 loại văn bản hành chính.")
		}
		line("appendices", true, a.Title, a.Enclosed)
		body("appendices", a.Body)
	}
	if blocks > limitBlocks || size > limitText {
		bad("body", "Văn bản quá dài để soạn trong một tệp. Hãy tách phụ lục thành tệp riêng.")
	}
	return fault.Join(errs...)
}

// fault says what is wrong with a block in itself.
func (b Block) fault() string {
	want := map[BlockKind]pattern.Pattern{Article: markArticle, Clause: markClause, Point: markPoint, Dash: markDash, Roman: markRoman, Part: markPart, Section: markSection}
	switch b.Kind {
	case Para, Basis, Centred:
		if b.Mark != "" {
			return "đoạn văn thường không có ký hiệu đầu dòng."
		}
	case Table:
		if len(b.Rows) == 0 || b.Head < 0 || b.Head > len(b.Rows) {
			return "bảng không có dòng nào."
		}
		for _, r := range b.Rows {
			if len(r) == 0 || len(r) > limitColumns {
				return fmt.Sprintf("bảng có từ 1 đến %d cột.", limitColumns)
			}
		}
	default:
		form, ok := want[b.Kind]
		if !ok {
			return fmt.Sprintf("loại đoạn “%s” không có.", b.Kind)
		}
		if found := form.FindStringSubmatch(b.Mark); found == nil || found[1] != b.Mark {
			return fmt.Sprintf("ký hiệu “%s” không đúng với loại đoạn.", b.Mark)
		}
	}
	return ""
}

// Columns is the number of columns of a table.
func (b Block) Columns() int {
	n := 0
	for _, r := range b.Rows {
		n = max(n, len(r))
	}
	return n
}
