// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/letter"
	"soviec/office/org"
)

// A Blank is one place of a form to be filled in: giấy mời, giấy giới thiệu, giấy nghỉ phép,
// giấy ủy quyền, biên bản and the slips have their own (Nghị định 30/2020/NĐ-CP Phụ lục III,
// mẫu 1.7 to 1.10). Filled in, they stand before whatever is typed as the text.
type Blank struct {
	Key, Label, Help string
	Many             bool // several lines
	Date             bool // dd/mm/yyyy, printed "ngày 05 tháng 01 năm 2026"
	Must             bool // without it the form says nothing
}

var (
	blankPerson = Blank{Key: "person", Label: "Ông (bà)", Must: true, Help: "Họ tên, ví dụ: bà Triệu Thị Mai."}
	blankTitle  = Blank{Key: "title", Label: "Chức vụ", Must: true}
)

var forms = map[string][]Blank{
	"GM": {{Key: "guest", Label: "Kính mời", Many: true, Must: true, Help: "Người, cơ quan được mời."}, {Key: "event", Label: "Tới dự", Must: true}, {Key: "chair", Label: "Chủ trì"},
		{Key: "clock", Label: "Giờ", Must: true, Help: "Ví dụ: 08 giờ 00."}, {Key: "day", Label: "Ngày", Date: true, Must: true}, {Key: "place", Label: "Địa điểm", Must: true}, {Key: "remark", Label: "Lưu ý", Many: true}},
	"GGT": {blankPerson, blankTitle, {Key: "to", Label: "Được cử đến", Must: true}, {Key: "about", Label: "Về việc", Must: true}, {Key: "until", Label: "Có giá trị đến hết ngày", Date: true, Must: true}},
	letter.LeavePermit: {{Key: "asked", Label: "Đơn đề nghị ngày", Date: true}, blankPerson, blankTitle, {Key: "kind", Label: "Tính vào", Must: true, Help: "Ví dụ: thời gian nghỉ phép năm 2026."},
		{Key: "from", Label: "Nghỉ từ ngày", Date: true, Must: true}, {Key: "until", Label: "Đến hết ngày", Date: true, Must: true}, {Key: "place", Label: "Nơi nghỉ"}},
	"GUQ": {{Key: "basis", Label: "Căn cứ", Many: true}, {Key: "giver", Label: "Người ủy quyền", Must: true, Help: "Họ tên, chức vụ."}, blankPerson, blankTitle, {Key: "about", Label: "Được ủy quyền", Many: true, Must: true},
		{Key: "from", Label: "Từ ngày", Date: true, Must: true}, {Key: "until", Label: "Đến hết ngày", Date: true, Must: true}},
	letter.Minutes: {{Key: "begun", Label: "Thời gian bắt đầu", Must: true, Help: "Ví dụ: 08 giờ 00, ngày 05 tháng 01 năm 2026."}, {Key: "place", Label: "Địa điểm", Must: true}, {Key: "there", Label: "Thành phần tham dự", Many: true, Must: true},
		{Key: "chair", Label: "Chủ trì (chủ tọa)", Must: true}, {Key: "writer", Label: "Thư ký (người ghi biên bản)", Must: true}, {Key: "text", Label: "Nội dung", Many: true, Must: true, Help: "Theo diễn biến cuộc họp."}, {Key: "ended", Label: "Kết thúc vào", Must: true, Help: "Ví dụ: 10 giờ 30, ngày 05 tháng 01 năm 2026."}},
	"PG": {{Key: "to", Label: "Gửi đến", Must: true}, {Key: "papers", Label: "Các văn bản, tài liệu gửi", Many: true, Must: true, Help: "Mỗi văn bản một dòng."}, {Key: "back", Label: "Đề nghị trả lại trước ngày", Date: true}},
	"PC": {{Key: "from", Label: "Nhận được của", Must: true}, {Key: "about", Label: "Nội dung", Must: true}, {Key: "to", Label: "Chuyển đến", Must: true}, {Key: "why", Label: "Lý do chuyển", Must: true}},
	"PB": {{Key: "to", Label: "Báo cho", Must: true}, {Key: "about", Label: "Nội dung báo", Many: true, Must: true}, {Key: "day", Label: "Ngày", Date: true}, {Key: "place", Label: "Địa điểm"}},
}

// Blanks are the places of a type's form; none for a type whose text is free.
func Blanks(typ string) []Blank { return slices.Clone(forms[typ]) }

// mostBlank bounds what one place takes.
const mostBlank = 5000

// shapeBlanks keeps what was filled in. Dates are written as they are read: 12/01/2026.
func (p *Paper) shapeBlanks(in map[string]string) error {
	p.Blanks = nil
	var errs []error
	for _, b := range forms[p.Type] {
		s := in[b.Key]
		if b.Many {
			s = joined(lines(s))
		} else {
			s = tidy(s)
		}
		if s == "" {
			continue
		}
		if utf8.RuneCountInString(s) > mostBlank {
			errs = append(errs, fault.Invalid("blank_"+b.Key, fmt.Sprintf("“%s” nhiều nhất %d ký tự.", b.Label, mostBlank)))
			continue
		}
		if b.Date {
			day, err := parseDay(s)
			if err != nil {
				errs = append(errs, fault.Invalid("blank_"+b.Key, fmt.Sprintf("“%s” là một ngày, ví dụ 12/01/2026.", b.Label)))
				continue
			}
			s = day.VN()
		}
		if p.Blanks == nil {
			p.Blanks = map[string]string{}
		}
		p.Blanks[b.Key] = s
	}
	if from, until := p.blankDay("from"), p.blankDay("until"); !from.IsZero() && until.Before(from) && !until.IsZero() {
		errs = append(errs, fault.Invalid("blank_until", "Ngày kết thúc không được trước ngày bắt đầu."))
	}
	return fault.Join(errs...)
}

// blankDay is a day that was filled in, zero when none was.
func (p Paper) blankDay(key string) civil.Date {
	d, _ := parseDay(p.Blanks[key])
	return d
}

// missingBlanks are the places that must still be filled in. A form whose text was typed as
// a whole has none of them filled in, and lacks none.
func missingBlanks(p Paper) []error {
	if len(p.Blanks) == 0 && p.Body != "" {
		return nil
	}
	var out []error
	for _, b := range forms[p.Type] {
		if b.Must && p.Blanks[b.Key] == "" {
			out = append(out, fault.Invalid("blank_"+b.Key, "Chưa ghi “"+b.Label+"”."))
		}
	}
	return out
}

// Empty reports whether there is nothing yet to set.
func (p Paper) Empty() bool { return p.Body == "" && len(p.Blanks) == 0 && len(p.Appendices) == 0 }

// body is the text of the page: the form's own words around what was filled in, then what
// was typed, and the mark of the end behind the last of them.
func (p Paper) body(d *org.Directory) []letter.Block {
	typed := letter.Parse(p.Body)
	if len(p.Blanks) == 0 {
		return typed
	}
	var out []letter.Block
	add := func(kind letter.BlockKind, text string) { out = append(out, letter.Block{Kind: kind, Text: text}) }
	say := func(format string, keys ...string) {
		all := make([]any, len(keys))
		for i, k := range keys {
			v := p.Blanks[k]
			if v == "" {
				return
			}
			if day := p.blankDay(k); !day.IsZero() {
				v = day.Long()
			}
			all[i] = v
		}
		add(letter.Para, fmt.Sprintf(format, all...))
	}
	each := func(key, one string) {
		all := lines(p.Blanks[key])
		if len(all) == 1 {
			add(letter.Para, one+all[0])
			return
		}
		if len(all) > 0 {
			add(letter.Para, strings.TrimRight(one, " "))
			out = append(out, letter.Parse(dashed(all))...)
		}
	}
	agency := d.Agency.Name
	last := func() { out = append(out, typed...) }
	switch p.Type {
	case "GM":
		each("guest", agency+" trân trọng kính mời: ")
		say("Tới dự: %s.", "event")
		say("Chủ trì: %s.", "chair")
		say("Thời gian: %s, %s.", "clock", "day")
		say("Địa điểm: %s.", "place")
		for _, l := range lines(p.Blanks["remark"]) {
			add(letter.Para, l)
		}
		last()
	case "GGT":
		add(letter.Para, agency+" trân trọng giới thiệu:")
		say("Ông (bà): %s.", "person")
		say("Chức vụ: %s.", "title")
		say("Được cử đến: %s.", "to")
		say("Về việc: %s.", "about")
		add(letter.Para, "Đề nghị quý cơ quan tạo điều kiện để ông (bà) có tên ở trên hoàn thành nhiệm vụ.")
		last()
		say("Giấy này có giá trị đến hết %s.", "until")
	case letter.LeavePermit:
		say("Xét Đơn đề nghị nghỉ phép %s của %s;", "asked", "person")
		add(letter.Para, agency+" cấp cho:")
		say("Ông (bà): %s.", "person")
		say("Chức vụ: %s.", "title")
		if from, until := p.blankDay("from"), p.blankDay("until"); !from.IsZero() && !until.Before(from) {
			text := fmt.Sprintf("Nghỉ phép trong thời gian %02d ngày làm việc, kể từ %s đến hết %s", workingDays(d, from, until), from.Long(), until.Long())
			if p.Blanks["place"] != "" {
				text += " tại " + p.Blanks["place"]
			}
			add(letter.Para, text+".")
		}
		last()
		say("Số ngày nghỉ phép nêu trên được tính vào %s.", "kind")
	case "GUQ":
		for _, l := range lines(p.Blanks["basis"]) {
			add(letter.Basis, l)
		}
		say("Người ủy quyền: %s.", "giver")
		say("Người được ủy quyền: %s.", "person")
		say("Chức vụ: %s.", "title")
		each("about", "Nội dung ủy quyền: ")
		say("Thời hạn ủy quyền: từ %s đến hết %s.", "from", "until")
		last()
	case letter.Minutes:
		say("Thời gian bắt đầu: %s.", "begun")
		say("Địa điểm: %s.", "place")
		each("there", "Thành phần tham dự: ")
		say("Chủ trì (chủ tọa): %s.", "chair")
		say("Thư ký (người ghi biên bản): %s.", "writer")
		if text := letter.Parse(p.Blanks["text"]); len(text) > 0 {
			add(letter.Para, "Nội dung:")
			out = append(out, text...)
		}
		last()
		say("Cuộc họp kết thúc vào %s.", "ended")
	case "PG":
		say("Kính gửi: %s.", "to")
		each("papers", agency+" gửi kèm các văn bản, tài liệu sau: ")
		say("Đề nghị trả lại trước %s.", "back")
		last()
		add(letter.Para, "Sau khi nhận được, đề nghị quý cơ quan ký xác nhận và gửi lại Phiếu này.")
	case "PC":
		say(agency+" nhận được %[2]s của %[1]s.", "from", "about")
		say("Lý do chuyển: %s.", "why")
		last()
		say("Chuyển đến %s để xem xét, giải quyết theo thẩm quyền.", "to")
	case "PB":
		say("Kính báo: %s.", "to")
		each("about", "Nội dung: ")
		say("Thời gian: %s.", "day")
		say("Địa điểm: %s.", "place")
		last()
	}
	return ended(out)
}

// ended puts the mark of the end behind the last paragraph ("./.").
func ended(all []letter.Block) []letter.Block {
	for i := len(all) - 1; i >= 0; i-- {
		if b := &all[i]; b.Kind != letter.Table {
			if !strings.HasSuffix(b.Text, "./.") {
				b.Text = strings.TrimRight(b.Text, ".;, ") + "./."
			}
			return all
		}
	}
	return all
}

func dashed(all []string) string {
	out := make([]string, len(all))
	for i, s := range all {
		end := ";"
		if i == len(all)-1 {
			end = "."
		}
		out[i] = "- " + strings.TrimRight(strings.TrimPrefix(s, "- "), ";. ") + end
	}
	return joined(out)
}

// workingDays counts the working days from a day to another, both counted.
func workingDays(d *org.Directory, from, until civil.Date) int {
	n := 0
	for day := from; !day.After(until) && n < 400; day = day.AddDays(1) {
		if d.Calendar.WorkingDay(day) {
			n++
		}
	}
	return n
}

// parseDay reads a day as it is written: 12/01/2026.
func parseDay(s string) (civil.Date, error) {
	var d, m, y int
	if n, err := fmt.Sscanf(s, "%d/%d/%d", &d, &m, &y); n != 3 || err != nil || y < 1900 {
		return 0, fault.Invalid("", "Ngày không đúng.")
	}
	return civil.Parse(fmt.Sprintf("%04d-%02d-%02d", y, m, d))
}
