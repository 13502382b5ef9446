// SPDX-License-Identifier: Apache-2.0

package formcheck

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"soviec/kit/civil"
	"soviec/kit/letter"
)

// contract tells the kinds that other law shapes: little of the form is asked of them.
func (p *paper) contract() bool {
	switch p.typ.Code {
	case "HĐ", "BGN", "BTT":
		return p.typed
	}
	return false
}

// head is quốc hiệu, tiêu ngữ and the name of the agency.
func (j *judgement) head() {
	p := j.p
	if !p.composed {
		switch {
		case p.state.none():
			j.block("QUOC-HIEU", rule(1), p.state, "Không thấy Quốc hiệu. Dòng đầu bên phải của trang thứ nhất ghi “%s”, chữ in hoa, đậm.", letter.State)
		case tidy(p.state.text) != letter.State:
			j.block("QUOC-HIEU", rule(1), p.state, "Quốc hiệu viết sai. Phải ghi đúng “%s”.", letter.State)
		}
		switch {
		case p.motto.none():
			j.block("TIEU-NGU", rule(1), p.motto, "Không thấy Tiêu ngữ. Dưới Quốc hiệu ghi “%s”.", letter.Motto)
		case tidy(p.motto.text) != letter.Motto:
			j.block("TIEU-NGU", rule(1), p.motto, "Tiêu ngữ viết sai. Phải ghi đúng “%s”: viết hoa chữ cái đầu của các cụm từ, giữa các cụm từ có gạch nối (-) và cách chữ.", letter.Motto)
		}
	}
	if len(p.agency) == 0 && !p.contract() {
		j.block("CO-QUAN", rule(2), piece{at: Place{Box: "2", Field: "agency"}}, "Chưa có tên cơ quan ban hành văn bản. Tên cơ quan đặt ở phía trên bên trái, chữ in hoa, đậm.")
	}
	for _, a := range append(append([]piece(nil), p.superior...), p.agency...) {
		if !p.composed && strings.ToUpper(a.text) != a.text {
			j.warn("CO-QUAN-HOA", rule(2), a, "Tên cơ quan “%s” phải viết bằng chữ in hoa.", short(a.text))
		}
	}
	if !p.typed && !p.composed {
		j.warn("LOAI", rule(5), p.title, "Không nhận ra loại văn bản: không thấy tên loại (một trong 29 loại văn bản hành chính) và không thấy dòng “V/v” của công văn.")
	}
}

func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }

var (
	numberLine = regexp.MustCompile(`^Số\s*:?\s*([^/]*)(?:/(.*))?$`)
	plainDigit = regexp.MustCompile(`^\d+[a-zđ]?$`)
)

// number is số và ký hiệu.
func (j *judgement) number() {
	p := j.p
	if p.typed && !p.typ.Numbered || p.contract() {
		return
	}
	if p.number.none() {
		j.block("SO", rule(3), orField(p.number, "notation", "3"), "Chưa có chỗ ghi số và ký hiệu. Dưới tên cơ quan phải có dòng “Số: …/%s”, để Văn thư ghi số khi phát hành.", wanted(j.o.Notation, p))
		return
	}
	m := numberLine.FindStringSubmatch(tidy(p.number.text))
	if m == nil {
		j.block("SO", rule(3), p.number, "Dòng số, ký hiệu phải bắt đầu bằng “Số:”, sau đó là số và ký hiệu cách nhau bằng dấu gạch chéo (/).")
		return
	}
	number, notation := strings.TrimSpace(m[1]), strings.TrimSpace(m[2])
	blank := strings.Trim(number, ".…_ ") == ""
	switch {
	case blank && j.o.Numbered:
		j.block("SO", rule(3), p.number, "Văn bản phát hành mà chưa ghi số.")
	case !blank && plainDigit.MatchString(number):
		if n, err := strconv.Atoi(strings.TrimRightFunc(number, unicode.IsLetter)); err == nil {
			if want := letter.NumberText(n, strings.TrimLeft(number, "0123456789")); want != number {
				j.warn("SO-KHONG", rule(3), p.number, "Số văn bản ghi “%s” chưa đúng. Số dưới 10 phải ghi thêm số 0 phía trước, số khác không thêm số 0: “%s”.", number, want)
			}
		}
	}
	if !p.composed && !strings.Contains(p.number.text, ":") {
		j.warn("SO-DAU", rule(3), p.number, "Sau từ “Số” phải có dấu hai chấm (:).")
	}
	if notation == "" {
		j.block("KY-HIEU", rule(3), p.number, "Chưa có ký hiệu văn bản sau dấu gạch chéo (/). Ký hiệu ở đây là “%s”.", wanted(j.o.Notation, p))
		return
	}
	j.notation(notation)
}

func orField(p piece, field, box string) piece {
	if p.at.Field == "" && p.at.Box == "" {
		p.at.Field, p.at.Box = field, box
	}
	return p
}

func wanted(notation string, p *paper) string {
	switch {
	case notation != "":
		return notation
	case p.typed && p.typ.Abbr != "":
		return p.typ.Abbr + "-…"
	}
	return "…-…"
}

// notation compares the ký hiệu with the type and with what the number will carry.
func (j *judgement) notation(notation string) {
	p := j.p
	if strings.ContainsAny(notation, " –—") {
		j.warn("KY-HIEU-DAU", rule(3), p.number, "Ký hiệu “%s” có khoảng trắng hoặc gạch ngang dài. Giữa các nhóm chữ viết tắt dùng dấu gạch nối (-) không cách chữ.", notation)
		return
	}
	if j.o.Notation != "" && notation != j.o.Notation {
		j.warn("KY-HIEU-KHAC", rule(3), p.number, "Ký hiệu “%s” khác ký hiệu của loại văn bản và đơn vị soạn thảo: phải là “%s”.", notation, j.o.Notation)
		return
	}
	if !p.typed {
		return
	}
	first, rest, two := strings.Cut(notation, "-")
	_, isType := letter.TypeOf(first)
	switch {
	case p.typ.Abbr != "" && first != p.typ.Abbr:
		j.warn("KY-HIEU-LOAI", rule(3), p.number, "Ký hiệu “%s” không hợp với loại văn bản: %s có chữ viết tắt là “%s”, ký hiệu bắt đầu bằng “%s-”.", notation, p.typ.Name, p.typ.Abbr, p.typ.Abbr)
	case p.typ.Abbr != "" && (!two || rest == ""):
		j.warn("KY-HIEU-LOAI", rule(3), p.number, "Ký hiệu “%s” còn thiếu chữ viết tắt tên cơ quan ban hành sau dấu gạch nối.", notation)
	case p.typ.Code == letter.OfficialLetter && isType && first != "TC" && first != "PC":
		j.warn("KY-HIEU-LOAI", rule(3), p.number, "Ký hiệu công văn không có chữ viết tắt tên loại: chỉ gồm chữ viết tắt tên cơ quan và tên đơn vị soạn thảo (hoặc lĩnh vực), ví dụ “BDT-VP”.")
	case p.typ.Code == letter.OfficialLetter && !two:
		j.warn("KY-HIEU-DON-VI", rule(3), p.number, "Ký hiệu công văn “%s” còn thiếu chữ viết tắt tên đơn vị soạn thảo (hoặc lĩnh vực) sau dấu gạch nối.", notation)
	}
}

var (
	dateLine  = regexp.MustCompile(`(?i)ngày\s*(\d{0,2}|[.…_\s]*)\s*tháng\s*(\d{0,2}|[.…_\s]*)\s*năm\s*(\d{0,4}|[.…_\s]*)`)
	shortDate = regexp.MustCompile(`\d{1,2}[/.-]\d{1,2}[/.-]\d{4}`)
)

// date is địa danh và thời gian ban hành.
func (j *judgement) date() {
	p := j.p
	if p.typed && !p.typ.Dated || p.contract() {
		return
	}
	if p.date.none() {
		j.block("NGAY", rule(4), orField(p.date, "place", "4"), "Chưa có địa danh và chỗ ghi thời gian ban hành. Dưới Quốc hiệu, Tiêu ngữ phải có dòng “(địa danh), ngày … tháng … năm …”.")
		return
	}
	m := dateLine.FindStringSubmatch(p.date.text)
	if m == nil {
		if shortDate.MatchString(p.date.text) {
			j.warn("NGAY-DAY-DU", rule(4), p.date, "Thời gian ban hành phải viết đầy đủ “ngày … tháng … năm …”, không viết tắt bằng dấu gạch chéo hoặc dấu chấm.")
		}
		return
	}
	before, _, _ := strings.Cut(p.date.text, "ngày")
	if place := strings.TrimSpace(before); place == "" {
		j.warn("DIA-DANH", rule(4), p.date, "Trước ngày tháng phải ghi địa danh, sau địa danh có dấu phẩy, ví dụ “Cao Bằng, ngày …”.")
	} else if !strings.HasSuffix(place, ",") {
		j.warn("DIA-DANH", rule(4), p.date, "Sau địa danh phải có dấu phẩy (,).")
	}
	if strings.Trim(m[1]+m[2], ".…_ ") == "" {
		if j.o.Numbered {
			j.block("NGAY", rule(4), p.date, "Văn bản phát hành mà chưa ghi ngày, tháng.")
		}
		return
	}
	j.zeros(p.date, m)
}

// zeros is the rule of the leading zero: days below 10, months 1 and 2, no others.
func (j *judgement) zeros(at piece, m []string) {
	day, err1 := strconv.Atoi(m[1])
	month, err2 := strconv.Atoi(m[2])
	year, err3 := strconv.Atoi(m[3])
	if err1 != nil || err2 != nil {
		return
	}
	at.at.Words = short(m[0])
	if j.dates[tidy(m[0])] {
		return // said once
	}
	j.dates[tidy(m[0])] = true
	if err3 == nil && len(m[3]) == 4 && !civil.Exists(year, month, day) {
		j.warn("NGAY-KHONG-CO", rule(4), at, "Không có %s trong lịch.", tidy(m[0]))
		return
	}
	if day < 10 && len(m[1]) < 2 {
		j.warn("NGAY-KHONG", rule(4), at, "“%s”: ngày nhỏ hơn 10 phải ghi thêm số 0 phía trước, viết “ngày %02d”.", tidy(m[0]), day)
	}
	switch {
	case month <= 2 && len(m[2]) < 2:
		j.warn("THANG-KHONG", rule(4), at, "“%s”: tháng 1 và tháng 2 phải ghi thêm số 0 phía trước, viết “tháng %02d”.", tidy(m[0]), month)
	case month > 2 && month < 10 && len(m[2]) > 1:
		j.warn("THANG-KHONG", rule(4), at, "“%s”: chỉ tháng 1 và tháng 2 có số 0 phía trước, viết “tháng %d”.", tidy(m[0]), month)
	}
}

// subject is trích yếu.
func (j *judgement) subject() {
	p := j.p
	if p.contract() || p.typed && (p.typ.Code == letter.CourtesyLetter || p.typ.Code == letter.LeavePermit || p.typ.Code == "GGT" || p.typ.Code == "GM" || p.typ.Code == letter.Telegram) {
		return // the samples have none, or leave it open
	}
	s := tidy(p.subject.text)
	switch {
	case s == "" && !p.typed: // that the type was not found is said already
	case s == "" && p.typ.Code == letter.OfficialLetter:
		j.block("TRICH-YEU", rule(5), orField(p.subject, "subject", "5b"), "Chưa có trích yếu. Công văn có trích yếu “V/v …” đặt dưới số và ký hiệu.")
	case s == "":
		j.block("TRICH-YEU", rule(5), orField(p.subject, "subject", "5a"), "Chưa có trích yếu. Trích yếu đặt ngay dưới tên loại văn bản, nêu khái quát nội dung chủ yếu.")
	case p.composed && p.about && hasPrefixFold(s, "v/v", "về việc"):
		j.warn("TRICH-YEU-VV", rule(5), p.subject, "Trích yếu công văn không cần ghi “V/v”, phần mềm tự ghi khi trình bày.")
	case p.about && unicode.IsUpper([]rune(s)[0]) && ordinaryWord(s):
		j.warn("TRICH-YEU-HOA", rule(5), p.subject, "Sau “V/v”, trích yếu công văn viết bằng chữ in thường.")
	case strings.HasSuffix(s, "."):
		j.warn("TRICH-YEU-CHAM", rule(5), p.subject, "Cuối trích yếu không có dấu chấm.")
	}
}

func hasPrefixFold(s string, prefixes ...string) bool {
	for _, p := range prefixes {
		if len(s) >= len(p) && strings.EqualFold(s[:len(p)], p) {
			return true
		}
	}
	return false
}

// verbs are words with which a subject begins and that are never names.
var verbs = []string{"Đề nghị", "Báo cáo", "Rà soát", "Triển khai", "Tăng cường", "Phối hợp", "Mời", "Cung cấp", "Hướng dẫn", "Trả lời", "Thực hiện", "Góp ý", "Xin", "Gửi", "Cử", "Lập", "Tổ chức", "Đăng ký", "Đôn đốc"}

func ordinaryWord(s string) bool {
	for _, v := range verbs {
		if strings.HasPrefix(s, v) {
			return true
		}
	}
	return false
}

var addressMarks = regexp.MustCompile(`^[-–+•]|[;.,]\s*$`)

// addressees is nơi nhận 9a: Kính gửi.
func (j *judgement) addressees() {
	p := j.p
	none := p.intro.none() && len(p.addressees) == 0
	at := orField(p.intro, "addressees", "9a")
	switch {
	case !p.typed:
		return
	case none && p.typ.Code == letter.OfficialLetter:
		j.block("KINH-GUI", rule(9), at, "Công văn chưa có “Kính gửi”. Công văn phải ghi “Kính gửi:” và tên cơ quan, tổ chức hoặc cá nhân trực tiếp giải quyết công việc.")
	case none && p.typ.Code == letter.Telegram:
		j.warn("KINH-GUI", ruleSamples, at, "Công điện chưa có nơi nhận điện (“… điện:”) theo Mẫu 1.6.")
	case none && p.typ.Addressed == letter.Always:
		j.warn("KINH-GUI", rule(9), at, "%s chưa có “Kính gửi”. Văn bản trình hoặc gửi cấp trên ghi “Kính gửi:” và tên cơ quan hoặc chức danh người có thẩm quyền giải quyết.", p.typ.Name)
	case !none && p.typ.Addressed == letter.Never && !p.contract():
		j.warn("KINH-GUI-THUA", rule(9), at, "%s không ghi “Kính gửi”; nơi nhận ghi ở phần “Nơi nhận” cuối văn bản.", p.typ.Name)
	}
	if none {
		return
	}
	if !p.composed && !strings.Contains(p.intro.text, ":") {
		j.warn("KINH-GUI-DAU", rule(9), at, "Sau “Kính gửi” phải có dấu hai chấm (:).")
	}
	if p.composed {
		for _, a := range p.addressees {
			switch {
			case a.none():
				j.warn("KINH-GUI-TRONG", rule(9), a, "Có một dòng trống trong phần “Kính gửi”.")
			case addressMarks.MatchString(strings.TrimSpace(a.text)):
				j.warn("KINH-GUI-DONG", rule(9), a, "Nơi kính gửi “%s” không cần ghi gạch đầu dòng và dấu kết thúc, phần mềm tự ghi khi trình bày.", short(a.text))
			}
		}
		return
	}
	if len(p.addressees) > 1 {
		for i, a := range p.addressees {
			text, last := strings.TrimSpace(a.text), i == len(p.addressees)-1
			switch {
			case !strings.HasPrefix(text, "-"):
				j.warn("KINH-GUI-DONG", rule(9), a, "Gửi nhiều nơi thì mỗi nơi một dòng, đầu dòng có gạch đầu dòng (-).")
			case !last && !strings.HasSuffix(text, ";"):
				j.warn("KINH-GUI-DONG", rule(9), a, "Cuối dòng “%s” phải là dấu chấm phẩy (;).", short(text))
			case last && !strings.HasSuffix(text, "."):
				j.warn("KINH-GUI-DONG", rule(9), a, "Cuối dòng cuối cùng của phần “Kính gửi” phải là dấu chấm (.).")
			}
		}
	}
}
