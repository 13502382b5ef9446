// SPDX-License-Identifier: Apache-2.0

package seed

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"soviec/kit/civil"
)

//go:embed pages.txt
var pagesText string

// pages are the sentences of the agency's own documents, by list and era.
var pages = sync.OnceValue(func() map[string]map[string][]string { return lists(pagesText) })

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

const us = "Ban Dân tộc tỉnh Cao Bằng"

// A writer fills one body.
type writer struct {
	sentence
	p    *Departure
	body []Block
}

func (w *writer) add(kind, mark, text string) {
	w.body = append(w.body, Block{Kind: kind, Mark: mark, Text: text})
}

func (w *writer) para(text string)          { w.add("text", "", text) }
func (w *writer) say(list string) string    { return w.fill(pick(w.dice, pages()[list][eraOf(w.day)])) }
func (w *writer) clause(n int, text string) { w.add("clause", fmt.Sprintf("%d.", n), text) }
func (w *writer) roman(n int, text string) {
	w.add("roman", [...]string{"", "I.", "II.", "III.", "IV."}[n], text)
}

// some are n different sentences of a list, in its order.
func (w *writer) some(list string, n int) []string {
	all := pages()[list][eraOf(w.day)]
	skip := len(all) - min(n, len(all))
	var out []string
	for k, text := range all {
		if left := len(all) - k; skip > 0 && w.below(left) < skip {
			skip--
			continue
		}
		out = append(out, w.fill(text))
	}
	return out
}

// bodyOf writes the document. The arrivals are those of the year, for one that answers.
func bodyOf(d *dice, p *Departure, arrivals []Arrival) []Block {
	day := civil.Of(p.Steps[0].At)
	unit := unitNamed(successor(p.Unit, day))
	w := &writer{p: p, sentence: sentence{dice: d, day: day, issuer: issuerNamed("ubnd"), said: map[string]string{
		"phòng": unit.Name, "người": addressOf(p.Drafter), "chức": lowerFirst(titleOn(p.Drafter, day)),
	}}}
	switch p.Type {
	case "CV":
		if p.Answers > 0 {
			w.answer(&arrivals[p.Answers-1])
		} else {
			w.letter()
		}
	case "QĐ":
		w.decision()
	case "BC":
		w.report(answered(p, arrivals))
	case "KH", "CTr", "PA":
		w.plan()
	case "TTr":
		w.submission()
	case "GM":
		w.invitation()
	case "GGT":
		w.introduction()
	case "GUQ":
		w.delegation()
	case "PC":
		w.transfer()
	case "HD":
		w.numbered(us+" hướng dẫn "+lowerFirst(p.Subject)+" như sau:", w.some("hướngdẫn", 4))
	case "CT":
		w.numbered("Để thực hiện tốt nhiệm vụ được giao, Trưởng ban Dân tộc tỉnh yêu cầu trưởng các đơn vị và toàn thể công chức, người lao động thực hiện nghiêm các nội dung sau:", w.some("chỉthị", 4))
	case "QC", "QyĐ":
		w.rules()
	default: // TB
		w.numbered(us+" thông báo "+strings.TrimPrefix(lowerFirst(p.Subject), "thông báo ")+" như sau:", w.some("thôngbáo", 3))
	}
	last := &w.body[len(w.body)-1]
	if last.Kind != "table" {
		last.Text = strings.TrimSuffix(strings.TrimSuffix(last.Text, "."), ";") + "./."
	} else {
		w.para("Số liệu tính đến ngày " + writtenDay(day.AddDays(-1)) + "./.")
	}
	return w.body
}

func answered(p *Departure, arrivals []Arrival) *Arrival {
	if p.Answers == 0 {
		return nil
	}
	return &arrivals[p.Answers-1]
}

// reference names the document that is answered.
func reference(a *Arrival) string {
	kind := typeName(a.Type)
	if a.Type == "ĐƠN" {
		return "đơn của công dân " + a.Signer + " ngày " + writtenDay(a.Date)
	}
	name := kind + " số " + a.NumberRaw + " ngày " + writtenDay(a.Date)
	if i := issuerNamed(a.Issuer); i.Group != "cd" {
		name += " của " + a.IssuerName
	}
	topic := strings.TrimPrefix(strings.TrimPrefix(a.Subject, "V/v "), "Về việc ")
	return name + " về việc " + lowerFirst(strings.TrimPrefix(topic, "Về "))
}

func (w *writer) answer(a *Arrival) {
	w.para("Phúc đáp " + reference(a) + ", " + us + " có ý kiến như sau:")
	low := strings.ToLower(a.Subject)
	how := "khác"
	for _, x := range [][2]string{{"góp ý", "góp ý"}, {"công trình", "công trình"}, {"thiết kế", "công trình"}, {"danh sách", "danh sách"}, {"đối chiếu số", "tiền"},
		{"kinh phí", "tiền"}, {"thanh toán", "tiền"}, {"quyết toán", "tiền"}, {"giải ngân", "tiền"}, {"cung cấp", "danh sách"}, {"rà soát", "danh sách"}, {"báo cáo", "báo cáo"}, {"phối hợp", "phối hợp"}} {
		if strings.Contains(low, x[0]) {
			how = x[1]
			break
		}
	}
	if a.Type == "ĐƠN" || a.Type == "PC" {
		how = "đơn"
	}
	w.clause(1, w.say("đáp."+how))
	for k, text := range w.some("đáp."+how+".2", w.between(1, 2)) {
		w.clause(k+2, text)
	}
	if how == "danh sách" || how == "báo cáo" && w.chance(60) {
		w.table()
	}
	if issuerNamed(a.Issuer).Group == "cd" {
		w.para(us + " trả lời để " + lowerFirst(a.IssuerName) + " được biết.")
		return
	}
	w.para(us + " trân trọng gửi " + a.IssuerName + " để tổng hợp.")
}

// letter asks others for something, or mends another document.
func (w *writer) letter() {
	p := w.p
	if p.Relation != "" {
		w.mend()
		return
	}
	for _, text := range w.some("căncứ."+p.Field, 1) {
		w.para(strings.TrimSuffix(text, ";") + ", " + us + " đề nghị " + w.whom() + " phối hợp thực hiện việc " + lowerFirst(p.Subject) + ", cụ thể như sau:")
	}
	list := "huyen"
	switch {
	case len(p.Recipients) > 0 && p.Recipients[0].Kind == "unit":
		list = "phong"
	case strings.Contains(w.whom(), "Sở") || strings.Contains(w.whom(), "tỉnh"):
		list = "so"
	}
	for _, firm := range []string{"Công ty", "Bưu điện", "Viễn thông"} {
		if strings.Contains(w.whom(), firm) {
			list = "donvi"
		}
	}
	if strings.Contains(w.whom(), "Hội đồng") {
		list = "hdnd"
	}
	asks := w.some("đềnghị."+list, w.between(2, 4))
	for k, text := range asks {
		w.clause(k+1, text)
	}
	if list == "huyen" && w.chance(45) {
		w.table()
	}
	if list == "huyen" || list == "so" {
		w.para("Kết quả thực hiện gửi về " + us + " trước ngày " + writtenDay(civil.Default().AddWorkingDays(w.day, w.between(6, 14))) + " để tổng hợp, báo cáo.")
	}
	if list == "phong" {
		w.para(w.say("kếtCV.phong"))
		return
	}
	w.para(w.say("kếtCV"))
}

func (w *writer) whom() string {
	if len(w.p.Addressees) == 0 {
		return "các cơ quan, đơn vị"
	}
	all := make([]string, len(w.p.Addressees))
	for k, name := range w.p.Addressees {
		for _, word := range []string{"Các ", "Ông ", "Bà "} {
			if strings.HasPrefix(name, word) {
				name = lowerFirst(name)
			}
		}
		all[k] = name
	}
	return strings.Join(all, ", ")
}

func (w *writer) mend() {
	what := strings.TrimPrefix(strings.TrimPrefix(w.p.Subject, "thu hồi "), "đính chính ")
	switch w.p.Relation {
	case "recalls":
		w.para("Qua rà soát sau khi phát hành, " + us + " nhận thấy " + what + " gửi kèm biểu mẫu chưa đúng. " + us + " thông báo thu hồi văn bản nêu trên.")
		w.para("Đề nghị các cơ quan, đơn vị đã nhận gửi trả bản giấy (nếu có), hủy bản điện tử và phản hồi trạng thái trên hệ thống. Văn bản thay thế sẽ được gửi sau.")
	default:
		w.para("Do sơ suất trong quá trình soạn thảo, tại " + what + " có lỗi về thể thức. " + us + " đính chính như sau:")
		w.clause(1, "Tại dòng thứ hai trang 1, đã viết: “năm "+fmt.Sprint(Year-1)+"”; nay sửa lại là: “năm "+fmt.Sprint(Year)+"”.")
		w.clause(2, "Các nội dung khác của văn bản không thay đổi.")
		w.para("Đề nghị các cơ quan, đơn vị đã nhận văn bản biết, thực hiện.")
	}
}

func (w *writer) bases() {
	for _, text := range append(w.some("căncứ.chung", 1), w.some("căncứ."+w.p.Field, 2)...) {
		w.add("base", "", text)
	}
}

func (w *writer) decision() {
	p := w.p
	w.bases()
	by := unitNamed(successor(p.Unit, w.day))
	w.add("base", "", "Theo đề nghị của "+headTitle(by)+".")
	w.add("centred", "", "QUYẾT ĐỊNH:")
	if p.Key == MergeKey {
		w.add("article", "Điều 1.", "Sáp nhập Phòng Tuyên truyền và Địa bàn vào Phòng Chính sách Dân tộc; sáp nhập Phòng Nghiệp vụ Dân tộc vào Phòng Kế hoạch – Tổng hợp, kể từ ngày "+writtenDay(mergeDay)+".")
		w.add("article", "Điều 2.", "Công chức của các phòng được sáp nhập chuyển đến phòng mới; trưởng các phòng bàn giao hồ sơ, tài liệu, tài sản và công việc đang giải quyết trước ngày "+writtenDay(mergeDay)+".")
		w.add("article", "Điều 3.", "Chánh Văn phòng, trưởng các phòng, Chánh Thanh tra và công chức có tên chịu trách nhiệm thi hành Quyết định này.")
		return
	}
	what := lowerFirst(p.Subject)
	person := strings.Contains(p.Subject, "ông ") || strings.Contains(p.Subject, "bà ")
	w.add("article", "Điều 1.", upperFirst(what)+", cụ thể như sau:")
	if person {
		w.body[len(w.body)-1].Text = upperFirst(what) + "."
		if who := between(p.Subject); who != "" {
			w.said["người"] = who
		}
		w.add("article", "Điều 2.", upperFirst(w.say("điều2.nguoi")))
	} else {
		for k, text := range w.some("nộidung", 2) {
			w.clause(k+1, text)
		}
		w.add("article", "Điều 2.", w.say("điều2"))
	}
	w.add("article", "Điều 3.", "Chánh Văn phòng, trưởng các phòng chuyên môn, Chánh Thanh tra và các cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này.")
}

// between finds the person that a subject names.
func between(subject string) string {
	for _, m := range cast {
		if strings.Contains(subject, m.name) {
			return addressOf(m.key)
		}
	}
	return ""
}

func headTitle(u Unit) string {
	switch u.Kind {
	case "office":
		return "Chánh Văn phòng"
	}
	if u.Key == "ttr" {
		return "Chánh Thanh tra"
	}
	return "Trưởng " + lowerFirst(u.Name)
}

func (w *writer) report(a *Arrival) {
	p := w.p
	start := "Thực hiện chế độ báo cáo, "
	if a != nil {
		start = "Thực hiện " + reference(a) + ", "
	}
	w.para(start + us + " báo cáo " + lowerFirst(p.Subject) + " như sau:")
	w.roman(1, "KẾT QUẢ THỰC HIỆN")
	for k, text := range w.some("kếtquả."+p.Field, 2) {
		w.clause(k+1, text)
	}
	w.table()
	w.roman(2, "TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN")
	w.clause(1, w.say("hạnchế"))
	w.clause(2, w.say("nguyênnhân"))
	w.roman(3, "NHIỆM VỤ TRỌNG TÂM THỜI GIAN TỚI")
	for k, text := range w.some("nhiệmvụsau", 3) {
		w.clause(k+1, text)
	}
	if w.chance(60) {
		w.roman(4, "KIẾN NGHỊ, ĐỀ XUẤT")
		w.para(w.say("kiếnnghị"))
	}
	w.para("Trên đây là báo cáo của " + us + ".")
}

func (w *writer) plan() {
	for _, text := range w.some("căncứ."+w.p.Field, 1) {
		w.para(strings.TrimSuffix(text, ";") + ", " + us + " xây dựng " + lowerFirst(typeName(w.p.Type)) + " " + lowerFirst(w.p.Subject) + " như sau:")
	}
	w.roman(1, "MỤC ĐÍCH, YÊU CẦU")
	w.clause(1, w.say("mụcđích"))
	w.clause(2, w.say("yêucầu"))
	w.roman(2, "NỘI DUNG VÀ TIẾN ĐỘ")
	rows := [][]string{{"TT", "Nội dung công việc", "Đơn vị thực hiện", "Thời gian hoàn thành"}}
	cal := civil.Default()
	for k, text := range w.some("nộidung", 4) {
		who := w.said["phòng"]
		if k == 3 {
			who = "Văn phòng"
		}
		rows = append(rows, []string{fmt.Sprint(k + 1), strings.TrimSuffix(text, "."), who, cal.AddWorkingDays(w.day, 10*(k+1)+w.below(8)).VN()})
	}
	w.body = append(w.body, Block{Kind: "table", Rows: rows})
	w.roman(3, "TỔ CHỨC THỰC HIỆN")
	for k, text := range w.some("phâncông", 3) {
		w.clause(k+1, text)
	}
}

func (w *writer) submission() {
	w.bases()
	w.para(us + " trình Ủy ban nhân dân tỉnh xem xét, quyết định việc " + lowerFirst(w.p.Subject) + ", với các nội dung chính như sau:")
	w.clause(1, "Sự cần thiết: "+lowerFirst(w.say("sựcầnthiết")))
	w.clause(2, "Nội dung trình: "+lowerFirst(w.p.Subject)+", chi tiết theo bảng dưới đây.")
	w.table()
	w.clause(3, "Kinh phí: trong dự toán được giao năm "+fmt.Sprint(w.day.Year())+" và các nguồn lồng ghép hợp pháp khác.")
	w.para(us + " kính trình Ủy ban nhân dân tỉnh xem xét, quyết định.")
}

func (w *writer) invitation() {
	at := civil.Default().AddWorkingDays(w.day, w.between(4, 8))
	w.para(us + " trân trọng kính mời " + w.whom() + " " + lowerFirst(w.p.Subject) + ".")
	w.add("dash", "-", "Thời gian: "+pick(w.dice, []string{"8 giờ 00", "8 giờ 00", "14 giờ 00"})+", ngày "+writtenDay(at)+" ("+at.WeekdayVN()+").")
	place := "Hội trường Ban Dân tộc tỉnh Cao Bằng"
	if _, p, ok := strings.Cut(w.p.Subject, " tại "); ok {
		place = "Hội trường Ủy ban nhân dân " + p
	}
	w.add("dash", "-", "Địa điểm: "+place+".")
	w.add("dash", "-", "Chủ trì: lãnh đạo Ban Dân tộc tỉnh.")
	w.para("Đề nghị các đại biểu chuẩn bị ý kiến và dự họp đầy đủ, đúng thời gian.")
}

func (w *writer) introduction() {
	who := between(w.p.Subject)
	to := w.whom()
	w.para(us + " trân trọng giới thiệu: " + who + ".")
	w.para("Được cử đến: " + to + ".")
	w.para("Về việc: nắm tình hình, phối hợp thực hiện nhiệm vụ công tác dân tộc trên địa bàn.")
	w.para("Đề nghị quý cơ quan tạo điều kiện để " + who + " hoàn thành nhiệm vụ. Giấy này có giá trị đến hết ngày " + writtenDay(w.day.AddDays(12)) + ".")
}

func (w *writer) delegation() {
	w.bases()
	w.para("Trưởng ban Dân tộc tỉnh ủy quyền cho " + addressOf("lam") + ", Trưởng phòng Chính sách Dân tộc, ký thừa ủy quyền các công văn xác nhận danh sách, số liệu thuộc lĩnh vực chính sách dân tộc và người có uy tín.")
	w.para("Thời hạn ủy quyền: từ ngày " + writtenDay(DelegatedFrom) + " đến hết ngày " + writtenDay(DelegatedTo) + ". Người được ủy quyền không được ủy quyền lại.")
}

func (w *writer) transfer() {
	w.para(us + " nhận được đơn của công dân có nội dung nêu trên. Sau khi xem xét, nội dung đơn thuộc thẩm quyền giải quyết của " + w.whom() + ".")
	w.para("Căn cứ Luật Tiếp công dân ngày 25 tháng 11 năm 2013, " + us + " chuyển đơn đến " + w.whom() + " xem xét, giải quyết theo quy định và thông báo kết quả cho công dân.")
}

// numbered is an opening and clauses.
func (w *writer) numbered(opening string, all []string) {
	w.para(opening)
	for k, text := range all {
		w.clause(k+1, text)
	}
}

func (w *writer) rules() {
	for k, text := range w.some("quychế", 4) {
		if w.p.Type == "QyĐ" {
			text = strings.ReplaceAll(text, "Quy chế", "Quy định")
		}
		w.add("article", fmt.Sprintf("Điều %d.", k+1), text)
	}
}

// table shows figures by district, as every report has them.
func (w *writer) table() {
	rows := [][]string{{"TT", "Địa bàn", "Kế hoạch", "Thực hiện", "Tỷ lệ (%)"}}
	all := districtsOn(w.day)
	n := min(len(all), w.between(4, 7))
	plan, done := 0, 0
	from := w.below(len(all) - n + 1)
	for k := range n {
		a := w.between(12, 160)
		b := a * w.between(55, 100) / 100
		plan, done = plan+a, done+b
		rows = append(rows, []string{fmt.Sprint(k + 1), upperFirst(all[from+k].Place()), fmt.Sprint(a), fmt.Sprint(b), percent(b, a)})
	}
	rows = append(rows, []string{"", "Cộng", fmt.Sprint(plan), fmt.Sprint(done), percent(done, plan)})
	w.body = append(w.body, Block{Kind: "table", Rows: rows})
}

// percent is a share as it is written here, with a comma.
func percent(part, whole int) string {
	return strings.Replace(fmt.Sprintf("%.1f", 100*float64(part)/float64(whole)), ".", ",", 1)
}
