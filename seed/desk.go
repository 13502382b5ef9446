// SPDX-License-Identifier: Apache-2.0

package seed

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"soviec/kit/civil"
)

// A waiting document of the day of the visit: who wrote it, what about, how far it came and
// since how many working days it has stood there.
type pending struct {
	field, kind, to string
	drafter, signer string
	urgency         int
	reached         Verb
	days            int
	subject         string
}

// pendings are drafts and letters in every state of the way, waiting for each role.
var pendings = []pending{
	// On the desks of those who write.
	{"cs", "BC", "tinh", "hai", "hoa", 0, DraftReturned, 1, "Rà soát chính sách bảo hiểm y tế đối với người dân tộc thiểu số trên địa bàn tỉnh"},
	{"cs", "CV", "huyen", "hai", "hoa", 0, Drafted, 1, "rà soát, lập danh sách {đốitượng} {kỳnăm}"},
	{"ct", "BC", "tinh", "anh", "quy", 0, Drafted, 2, "Tiến độ thực hiện, giải ngân {nguồnvốn} thuộc {135} {kỳ}"},
	{"vh", "CV", "so", "tung", "hoa", 0, SignReturned, 1, "phối hợp triển khai {hỗtrợhọc} {kỳnăm}"},
	{"tt", "KH", "huyen", "mai", "hoa", 0, FormReturned, 1, "Tuyên truyền, phổ biến {luật} trong vùng đồng bào dân tộc thiểu số năm {năm}"},
	// Before the heads of divisions: what it says.
	{"cs", "TTr", "tinh", "ha", "thang", 0, Presented, 1, "Phê duyệt danh sách {đốitượng} năm {năm}"},
	{"uy", "CV", "huyen1", "mai", "hoa", 1, Presented, 0, "thăm hỏi người có uy tín gặp {rủiro} tại {điểm}, {địa}"},
	{"ct", "CV", "huyen1", "tung", "quy", 0, Presented, 3, "hoàn thiện hồ sơ quyết toán {côngtrình}, {địa}"},
	{"th", "BC", "so", "van", "thang", 0, Presented, 1, "Công tác thanh tra, tiếp công dân, giải quyết khiếu nại, tố cáo {kỳ}"},
	{"hc", "KH", "phong", "diep", "thang", 0, Presented, 0, "Thực hiện công tác văn thư, lưu trữ: {vănthư}"},
	// Others are asked.
	{"kh", "KH", "phong", "anh", "thang", 0, OpinionAsked, 2, "Công tác {kỳnăm} của Ban Dân tộc: lĩnh vực {lĩnhvực}"},
	{"hc", "QC", "phong", "thu", "thang", 0, OpinionGiven, 3, "Làm việc của Ban Dân tộc tỉnh Cao Bằng (sửa đổi, bổ sung năm {năm})"},
	// Before the chief of office: how it looks.
	{"uy", "KH", "huyen", "dung", "hoa", 0, Initialled, 1, "Tổ chức hội nghị cung cấp thông tin cho người có uy tín {kỳ}"},
	{"ct", "CV", "huyen1", "yen", "quy", 1, Initialled, 0, "kiểm tra, giám sát thực hiện {135} tại {địa}"},
	{"cs", "CV", "so", "ha", "hoa", 0, Initialled, 2, "phối hợp cung cấp số liệu thực hiện {cs} {kỳ}"},
	// Before the leaders.
	{"tc", "QĐ", "nguoi", "thu", "thang", 0, FormPassed, 1, "Cử {người} tham dự lớp {lớp}"},
	{"kh", "BC", "ubdt", "tung", "thang", 0, FormPassed, 1, "Kết quả công tác dân tộc {kỳ} và nhiệm vụ trọng tâm {kỳsau}"},
	{"uy", "TTr", "tinh", "cuong", "thang", 0, FormPassed, 2, "Công nhận người có uy tín trong đồng bào dân tộc thiểu số {địa} {đợt} năm {năm}"},
	{"th", "QĐ", "huyen1", "van", "thang", 1, FormPassed, 0, "Thanh tra việc {thanhtra} tại {địa}"},
	{"tt", "CV", "huyen", "dung", "hoa", 0, FormPassed, 0, "đẩy mạnh tuyên truyền {chủđề} trong vùng đồng bào dân tộc thiểu số"},
	{"cs", "CV", "huyen1", "cuong", "hoa", 0, FormPassed, 1, "bổ sung hồ sơ đề nghị hỗ trợ {nhóm} tại {địa}"},
	{"ct", "CV", "so", "anh", "quy", 0, FormPassed, 1, "thống nhất phương án phân bổ {nguồnvốn} thực hiện {135} {kỳnăm}"},
	{"hc", "GM", "phong", "thu", "minh", 0, FormPassed, 0, "Họp giao ban công tác {tháng}"},
	// Before the clerk: to be numbered, sealed, issued. The first is past its limit.
	{"hc", "TB", "phong", "thu", "thang", 0, Signed, 2, "Kết luận của Trưởng ban tại cuộc họp giao ban {tháng}"},
	{"qp", "CV", "huyen", "hang", "thang", 2, Signed, 0, "chủ động ứng phó {thiêntai}"},
	{"dc", "CV", "huyen1", "huy", "quy", 0, Signed, 0, "hỗ trợ di chuyển hộ dân khỏi vùng nguy cơ sạt lở tại {điểm}, {địa}"},
	{"tc", "QĐ", "nguoi", "thu", "thang", 0, Numbered, 0, "Nâng bậc lương thường xuyên đối với {người}"},
	{"cs", "CV", "huyen1", "ha", "hoa", 0, Sealed, 0, "kiểm tra việc thực hiện {cs} tại {địa}"},
}

// Desk is what the agency wrote in the weeks before the day: documents that went out, and
// those that wait in every state. Like Current, it is the same for the same day, and every
// step lies before it. Numbers go on from what the year had brought until then.
func Desk(today civil.Date) []Departure {
	w := &weaver{dice: &dice{state: uint64(today) ^ 0xd3}, cal: civil.Default(), span: weeks(today)}
	seen := map[string]bool{}
	var all []Departure
	for back := longestBack - 4; back >= 1; back-- {
		for range w.between(1, 3) {
			p := own(w.dice, w.cal, hours(w.dice, w.past[back], 1)[0], seen)
			p.Key = fmt.Sprintf("n%03d", len(all)+1)
			if !w.away(&p) {
				all = append(all, p)
			}
		}
	}
	for k, x := range pendings {
		all = append(all, w.pend(k, x))
	}
	w.troubles(all)
	count(all, SeriesStart(today))
	for k := range all {
		all[k].finish(all)
		all[k].Body = bodyOf(w.dice, &all[k], nil)
	}
	return all
}

// away tells whether somebody who was away would have had to act.
func (w *weaver) away(p *Departure) bool {
	for _, a := range Absences(w.today) {
		for _, s := range p.Steps {
			if d := civil.Of(s.At); s.By == a.Person && a.From <= d && d <= a.To {
				return true
			}
		}
	}
	return false
}

// DeskFrom is the day on which the first document of the desk may be numbered.
func DeskFrom(today civil.Date) civil.Date { return weeks(today).past[longestBack] }

// SeriesStart is the last number of each series before the first of the current documents;
// later years start with 1.
func SeriesStart(today civil.Date) map[string]int {
	day := weeks(today).past[longestBack]
	gone := day.Sub(civil.New(day.Year(), 1, 1))
	start := map[string]int{}
	for series, yearly := range map[string]int{"": 690, "QĐ": 112, "CT": 3, "QC": 2, "QyĐ": 1, "HD": 9} {
		start[series] = gone * yearly / 365
	}
	return start
}

// pend makes a document that waits, its last step some working days back.
func (w *weaver) pend(k int, x pending) Departure {
	last := civil.At(w.past[x.days], 14, 10+w.below(150))
	start := civil.At(w.past[x.days+w.between(2, 4)], 8, w.below(200))
	p := write(w.dice, &initiative{field: x.field, kind: x.kind, to: x.to, subject: x.subject}, start)
	p.Key, p.Drafter, p.Signer, p.Urgency = fmt.Sprintf("w%02d", k+1), x.drafter, x.signer, x.urgency
	p.Unit = unitOf(x.drafter, w.today)
	p.Capacity = capacityOf(x.signer)
	p.Recipients = recipientsOf(w.dice, &p, x.to, civil.Of(start))
	r := roadOf(w.dice, w.cal, &p, civil.Of(start))
	steps := r.straight(x.reached)
	for n := range steps {
		steps[n].At = last
		if n < len(steps)-1 {
			part := (float64(n) + .3) / float64(len(steps)-1)
			steps[n].At = w.cal.AddWorkingTime(start, time.Duration(part*.9*float64(w.cal.WorkingTime(start, last))).Round(time.Second))
		}
	}
	p.Steps = steps
	if s := p.step(OpinionAsked); s != nil {
		s.Due = w.next[1]
	}
	return p
}

// straight is the way up to a step, without detours but the one that the step is.
func (r road) straight(reached Verb) []Step {
	drafted, presented := Step{By: r.drafter, Do: Drafted}, Step{By: r.drafter, Do: Presented}
	initialled, passed := Step{By: r.head, Do: Initialled}, Step{By: r.checker, Do: FormPassed}
	switch reached {
	case DraftReturned:
		return []Step{drafted, presented, {By: r.head, Do: DraftReturned, Text: "Bổ sung căn cứ pháp lý; số liệu cần ghi rõ thời điểm chốt và đối chiếu lại với cơ quan bảo hiểm xã hội."}}
	case FormReturned:
		return []Step{drafted, presented, initialled, {By: r.checker, Do: FormReturned, Text: "Trích yếu dài; thiếu nơi nhận lưu đơn vị soạn thảo."}}
	case SignReturned:
		return []Step{drafted, presented, initialled, passed, {By: r.signer, Do: SignReturned, Text: "Rút gọn phần đầu; nêu rõ đề nghị Sở phối hợp việc gì, đến ngày nào."}}
	case OpinionAsked, OpinionGiven:
		steps := []Step{drafted}
		r.opinions(&Departure{Type: "KH"}, func(s Step) {
			if s.Do == OpinionAsked || reached == OpinionGiven && s.Do == OpinionGiven && len(steps) < 3 {
				steps = append(steps, s)
			}
		})
		return steps
	}
	all := []Step{drafted, presented, initialled, passed, {By: r.signer, Do: Signed}, {By: "lan", Do: Numbered}, {By: "lan", Do: Sealed}, {By: "lan", Do: Issued}}
	return all[:slices.IndexFunc(all, func(s Step) bool { return s.Do == reached })+1]
}

// troubles are a delivery that was refused and a recall that runs.
func (w *weaver) troubles(all []Departure) {
	refused, recalled := false, false
	for k := len(all) - 1; k >= 0 && !(refused && recalled); k-- {
		p := &all[k]
		if p.Key[0] != 'n' || len(p.Recipients) == 0 || p.Recipients[0].Channel != "axis" {
			continue
		}
		issued := p.step(Issued).At
		switch {
		case !refused && len(p.Recipients) < 4:
			p.Steps = append(p.Steps, Step{At: w.cal.AddWorkingTime(issued, minutes(w.dice, 30, 90)), By: "lan", Do: Refused, Unit: p.Recipients[0].Name,
				Text: "Văn bản gửi nhầm nơi nhận: nội dung thuộc thẩm quyền của cơ quan khác."})
			refused = true
		case !recalled && len(p.Recipients) > 8 && strings.Contains("CV KH HD", p.Type):
			p.Steps = append(p.Steps, Step{At: w.cal.AddWorkingTime(issued, minutes(w.dice, 60, 120)), By: "thang", Do: RecallOrdered,
				Text: "Biểu mẫu gửi kèm nhầm kỳ báo cáo; thu hồi để gửi lại."})
			recalled = true
		}
	}
}
