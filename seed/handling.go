// SPDX-License-Identifier: Apache-2.0

package seed

import (
	"slices"
	"strings"
	"time"

	"soviec/kit/civil"
)

// handle decides what became of the document: who read it, what he wrote, who did it and when.
func (a *Arrival) handle(d *dice, cal *civil.Calendar) {
	pace := 1.0 // the more urgent, the shorter everything waits
	if a.Urgency > 0 {
		pace = .25
	}
	wait := func(from time.Time, low, high int) time.Time {
		w := time.Duration(float64(minutes(d, low, high)) * pace)
		return cal.AddWorkingTime(from, w.Round(time.Second)).Add(time.Duration(d.below(50)) * time.Second)
	}
	a.Submitted = wait(a.Registered, 8, 70)
	f := fieldNamed(a.Field)
	dir := Directive{By: f.Leader, At: wait(a.Submitted, 20, 420)}
	if d.chance(30) || a.Issuer == "ubnd" && d.chance(50) {
		dir.By = "thang"
	}
	day := civil.Of(dir.At)
	dir.Unit = f.UnitOn(day)
	dir.Person = handler(d, dir.Unit, day)
	dir.Coop, dir.Info = helpers(d, a.Type, dir, day)
	if a.Answer > 0 && d.chance(71) && a.Type != "GM" {
		dir.Due = cal.AddWorkingDays(day, a.Answer+d.between(0, 3))
		if a.Urgency > 0 {
			dir.Due = cal.AddWorkingDays(day, d.between(1, 2))
		}
	}
	dir.Given = wait(dir.At, 15, 240)
	dir.Text = directiveText(d, &a.Document, dir)
	a.Directive = dir
	a.Outcome = outcome(d, a, cal)
}

// handler is the person to whom the head gives it; the heads keep little for themselves.
func handler(d *dice, unit string, day civil.Date) string {
	all := handlers(unit, day)
	if len(all) > 2 && d.chance(82) {
		all = slices.DeleteFunc(all, func(p string) bool { return p == unitNamed(unit).Head })
	}
	return pick(d, all)
}

func helpers(d *dice, kind string, dir Directive, day civil.Date) (coop, info []string) {
	if d.chance(24) {
		var others []string
		for _, u := range allUnits() {
			if u.Key != dir.Unit && u.Kind != "leaders" && u.From <= day && (u.To.IsZero() || day <= u.To) {
				others = append(others, u.Key)
			}
		}
		coop = append(coop, pick(d, others))
		if rest := slices.DeleteFunc(others, func(u string) bool { return u == coop[0] }); d.chance(20) {
			coop = append(coop, pick(d, rest))
		}
	}
	if d.chance(22) || kind == "GM" {
		info = append(info, pick(d, []string{"minh", "minh", "hoa", "quy"}))
		if info[0] == dir.By {
			info = nil
		}
	}
	return coop, info
}

// directiveText is what a leader writes on such a document.
func directiveText(d *dice, a *Document, dir Directive) string {
	unit := unitNamed(dir.Unit).Name
	var coop []string
	for _, u := range dir.Coop {
		coop = append(coop, unitNamed(u).Name)
	}
	with := ""
	if len(coop) > 0 {
		with = ", " + strings.Join(coop, ", ") + " phối hợp"
	}
	if a.Type == "GM" {
		return pick(d, []string{
			unit + " chuẩn bị tài liệu, cử người dự họp" + with + ".",
			"Giao " + unit + " bố trí công chức dự họp đúng thành phần" + with + ".",
			"Tôi dự. " + unit + " chuẩn bị ý kiến phát biểu" + with + ".",
			"Giao lãnh đạo " + unit + " dự họp thay, báo cáo lại kết quả" + with + ".",
		})
	}
	if dir.Due.IsZero() {
		end := strings.Replace(with, ",", ";", 1) + "."
		if a.Type == "ĐƠN" || a.Type == "PC" {
			return pick(d, []string{
				"Chuyển " + unit + " xem xét, tham mưu giải quyết theo quy định" + end,
				unit + " kiểm tra, xác minh, báo cáo lãnh đạo Ban" + end,
			})
		}
		return pick(d, []string{
			"Chuyển " + unit + " nghiên cứu, triển khai thực hiện" + end,
			unit + " nắm nội dung, theo dõi, lưu hồ sơ" + end,
			"Giao " + unit + " sao gửi công chức trong cơ quan để biết, thực hiện" + end,
			"Giao " + unit + " căn cứ chức năng, nhiệm vụ tổ chức thực hiện theo quy định" + end,
			unit + " nghiên cứu, đưa vào chương trình công tác" + end,
			"Kính chuyển " + unit + " xử lý theo thẩm quyền" + end,
		})
	}
	due := dir.Due.VN()
	if a.Urgency > 0 {
		return pick(d, []string{
			"Khẩn. Giao " + unit + " tham mưu ngay" + with + ", trình lãnh đạo Ban trước ngày " + due + ".",
			unit + " xử lý ngay" + with + ", báo cáo kết quả chậm nhất ngày " + due + ".",
		})
	}
	return pick(d, []string{
		"Giao " + unit + " chủ trì tham mưu" + with + "; hoàn thành trước ngày " + due + ".",
		unit + " tham mưu văn bản trả lời" + with + ", trình lãnh đạo Ban chậm nhất ngày " + due + ".",
		"Giao " + unit + " rà soát số liệu, dự thảo báo cáo" + with + "; thời hạn ngày " + due + ".",
		unit + " chủ trì, nghiên cứu, đề xuất" + with + " trước ngày " + due + ".",
		"Giao đồng chí " + memberOf(dir.Person).name + " (" + unit + ") trực tiếp tham mưu" + with + ", hạn " + due + ".",
		"Đồng ý đề xuất của Văn phòng. " + unit + " thực hiện" + with + ", hoàn thành ngày " + due + ".",
	})
}

// outcome ends the matter: in time, a handful after an extension that was asked in time.
func outcome(d *dice, a *Arrival, cal *civil.Calendar) Outcome {
	dir := a.Directive
	var o Outcome
	switch {
	case a.Type == "GM":
		o.At = later(a.MeetingAt.Add(minutes(d, 150, 200)), cal.AddWorkingTime(dir.Given, minutes(d, 5, 40)))
		if !cal.NextWorkingInstant(o.At).Equal(o.At) {
			o.At = cal.NextWorkingInstant(o.At).Add(minutes(d, 2, 30))
		}
	case dir.Due.IsZero():
		o.At = cal.AddWorkingTime(dir.Given, minutes(d, 60, 5*480))
	default:
		end := cal.EndOfDay(dir.Due)
		if a.Answer >= 5 && a.Urgency == 0 && d.chance(.9) {
			left := cal.WorkingTime(dir.Given, end)
			o.AskedAt = cal.AddWorkingTime(dir.Given, left*7/10)
			o.AllowedAt = cal.AddWorkingTime(o.AskedAt, left/10)
			o.NewDue = cal.AddWorkingDays(dir.Due, d.between(3, 5))
			o.AskReason = pick(d, extensionReasons)
			o.At = cal.AddWorkingTime(end, minutes(d, 500, 900))
			break
		}
		left := float64(cal.WorkingTime(dir.Given, end))
		o.At = cal.AddWorkingTime(dir.Given, time.Duration(left*(.3+.66*d.unit())).Round(time.Second))
	}
	o.Confirmed = cal.AddWorkingTime(o.At, minutes(d, 10, 300))
	return o
}

var extensionReasons = []string{
	"Chờ số liệu của các địa phương, đến nay còn ba đơn vị chưa gửi.",
	"Cần phối hợp kiểm tra thực tế tại cơ sở trước khi báo cáo.",
	"Cơ quan chủ trì điều chỉnh đề cương báo cáo.",
	"Đang lấy ý kiến các phòng, chưa đủ cơ sở tổng hợp.",
}

// replies writes how each matter ended, with the document that answered it where one did.
func replies(d *dice, all []Arrival, out []Departure) {
	answered := map[int]*Departure{}
	for k := range out {
		if p := &out[k]; p.Answers > 0 {
			answered[p.Answers] = p
		}
	}
	for k := range all {
		a := &all[k]
		if p := answered[a.No]; p != nil {
			a.Outcome.Reply = p.NumberRaw()
			a.Outcome.Text = pick(d, []string{
				"Đã tham mưu ban hành " + p.named() + ".",
				"Đã trả lời bằng " + p.named() + ".",
				"Lãnh đạo Ban đã ký " + p.named() + "; văn thư đã phát hành.",
			})
			continue
		}
		a.Outcome.Text = withoutReply(d, a)
	}
}

func withoutReply(d *dice, a *Arrival) string {
	switch {
	case a.Type == "GM":
		return pick(d, []string{"Đã dự họp, báo cáo kết quả với lãnh đạo Ban.", "Đã cử người dự đúng thành phần.", "Đã dự họp và phát biểu ý kiến của Ban."})
	case a.Type == "ĐƠN" || a.Type == "PC":
		return pick(d, []string{"Đã xem xét, hướng dẫn công dân gửi đúng cơ quan có thẩm quyền.", "Đã xác minh tại cơ sở, báo cáo lãnh đạo Ban, lưu hồ sơ vụ việc."})
	case a.Directive.Due.IsZero():
		return pick(d, []string{
			"Đã triển khai đến công chức của đơn vị; lưu hồ sơ theo dõi.",
			"Đã nghiên cứu, đưa nội dung vào kế hoạch công tác.",
			"Đã sao gửi các đơn vị để biết, thực hiện.",
			"Đã cập nhật vào hồ sơ công việc.",
		})
	}
	return pick(d, []string{
		"Đã tham gia ý kiến trực tiếp tại cuộc làm việc, không phải trả lời bằng văn bản.",
		"Đã cung cấp số liệu theo biểu mẫu qua hệ thống.",
		"Đã thống nhất với cơ quan gửi, đang phối hợp thực hiện theo kế hoạch.",
		"Đã thực hiện xong, báo cáo lãnh đạo Ban.",
	})
}
