// SPDX-License-Identifier: Apache-2.0

package seed

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"soviec/kit/civil"
)

// An initiative is one line of outgoing.txt: what the agency writes of its own accord.
type initiative struct {
	field   string
	kind    string
	months  [13]bool
	weight  int
	to      string
	subject string
}

//go:embed outgoing.txt
var outgoingText string

var initiatives = sync.OnceValue(func() []initiative {
	var all []initiative
	for _, c := range table(outgoingText, 6) {
		all = append(all, initiative{field: c[0], kind: c[1], months: monthsOf(c[2]), weight: number(c[3]), to: c[4], subject: c[5]})
	}
	return all
})

// departures makes the year's documents: those that answer arrivals, and as many of the
// agency's own as are missing to the whole.
func departures(d *dice, cal *civil.Calendar, all []Arrival) []Departure {
	out := answers(d, cal, all)
	specials := specialDays()
	times := departureTimes(d, cal, Outgoing-len(out)-len(specials)-4)
	seen := map[string]bool{}
	for k, at := range times {
		p := own(d, cal, at, seen)
		p.Key = fmt.Sprintf("o%03d", k+1)
		out = append(out, p)
	}
	for _, s := range specials {
		p := s.make(d, cal)
		out = append(out, p)
	}
	out = append(out, consequences(d, cal, out)...)
	out = append(out, spoilt(d, cal)...)
	late(d, cal, out)
	count(out, nil)
	for k := range out {
		out[k].finish(out)
		out[k].Body = bodyOf(d, &out[k], all)
	}
	return out
}

// finish says in the subject which document is meant.
func (p *Departure) finish(all []Departure) {
	if p.Of == "" {
		return
	}
	for k := range all {
		if all[k].Key == p.Of {
			p.Subject = strings.ReplaceAll(p.Subject, "{vănbản}", all[k].named())
		}
	}
}

// answers are the letters that arrivals were answered with; the arrivals learn nothing of it yet.
func answers(d *dice, cal *civil.Calendar, all []Arrival) []Departure {
	var out []Departure
	for k := range all {
		a := &all[k]
		start := later(a.Directive.Given, a.Outcome.AllowedAt)
		if a.Answer == 0 || a.Type == "GM" || civil.Of(a.Outcome.At).Year() != Year ||
			a.Directive.Person == headOn(a.Directive.Unit, civil.Of(start)) || cal.WorkingTime(start, a.Outcome.At) < 100*time.Minute || !d.chance(27) {
			continue
		}
		day := civil.Of(start)
		p := Departure{Key: fmt.Sprintf("r%04d", a.No), Field: a.Field, Unit: a.Directive.Unit, Urgency: min(a.Urgency, 1),
			Answers: a.No, Closes: d.chance(70), Drafter: a.Directive.Person}
		p.Type, p.Subject = answerTo(d, a)
		p.Signer = a.Directive.By
		p.Capacity = capacityOf(p.Signer)
		p.Addressees = []string{a.IssuerName}
		p.Recipients = recipientsOf(d, &p, "", day)
		r := roadOf(d, cal, &p, day)
		end := later(cal.AddWorkingTime(start, 60*time.Minute), cal.AddWorkingTime(start, cal.WorkingTime(start, a.Outcome.At)-minutes(d, 3, 20)))
		r.walk(&p, start, end)
		out = append(out, p)
	}
	return out
}

// answerTo is type and subject of what answers an arrival.
func answerTo(d *dice, a *Arrival) (kind, subject string) {
	topic := strings.TrimPrefix(strings.TrimPrefix(a.Subject, "V/v "), "Về việc ")
	low := strings.ToLower(topic)
	upward := strings.Contains(" ub ut vp hd bo cp tu ", " "+issuerNamed(a.Issuer).Group+" ")
	if strings.HasPrefix(low, "báo cáo ") && upward && d.chance(75) {
		return "BC", upperFirst(topic[len("báo cáo "):])
	}
	switch {
	case strings.HasPrefix(low, "xây dựng báo cáo ") && d.chance(80):
		return "BC", upperFirst(topic[len("xây dựng báo cáo "):])
	case a.Type == "TTr" && d.chance(40):
		return "TTr", upperFirst(lowerFirst(topic))
	case a.Type == "PC" || a.Type == "ĐƠN":
		return "CV", "trả lời " + strings.TrimPrefix(lowerFirst(topic), "chuyển ")
	case strings.HasPrefix(low, "góp ý"):
		return "CV", "tham gia ý kiến đối với " + strings.TrimPrefix(topic, "góp ý ")
	case strings.HasPrefix(low, "trả lời"), strings.HasPrefix(low, "phối hợp"), strings.HasPrefix(low, "tham mưu"), strings.HasPrefix(low, "cung cấp"):
		return "CV", topic
	}
	if a.Type == "TB" || a.Type == "CĐ" {
		return "CV", "kết quả thực hiện " + strings.TrimPrefix(lowerFirst(topic), "tập trung ")
	}
	return "CV", pick(d, []string{"trả lời về việc ", "kết quả ", "ý kiến về việc "}) + lowerFirst(topic)
}

// own makes a document that nobody asked for, numbered and issued about the instant.
func own(d *dice, cal *civil.Calendar, end time.Time, seen map[string]bool) Departure {
	day := civil.Of(end)
	var fit []*initiative
	all := initiatives()
	for k := range all {
		if all[k].months[day.Month()] {
			fit = append(fit, &all[k])
		}
	}
	for try := 0; ; try++ {
		i := weighted(d, fit, func(i *initiative) int { return i.weight })
		start := later(civil.At(cal.AddWorkingDays(day, -d.between(1, 7)), 8, d.below(200)), firstWord)
		p := write(d, i, start)
		if seen[p.Subject] && try < 12 {
			continue
		}
		seen[p.Subject] = true
		if i.kind == "CV" && d.chance(5) || i.kind == "GM" && d.chance(20) {
			p.Urgency = 1
		}
		roadOf(d, cal, &p, day).walk(&p, start, end)
		return p
	}
}

// write makes the document of a line as its drafter would begin it at the instant.
func write(d *dice, i *initiative, start time.Time) Departure {
	day := civil.Of(start)
	p := Departure{Type: i.kind, Field: i.field, Unit: fieldNamed(i.field).UnitOn(day)}
	p.Drafter = drafterIn(d, p.Unit, day)
	p.Signer = signerOf(d, i.kind, i.field, i.to)
	p.Capacity = capacityOf(p.Signer)
	who := pick(d, handlers(p.Unit, day))
	s := sentence{dice: d, day: day, issuer: issuerNamed("ubnd"), said: map[string]string{"người": addressOf(who), "chức": titleOn(who, day)}}
	p.Subject = s.fill(i.subject)
	s.said["lĩnhvực_vb"] = i.field
	p.Addressees = addresseesOf(d, i.to, day, s.said, who)
	p.Recipients = recipientsOf(d, &p, i.to, day)
	return p
}

// firstWord is when the remembered year begins to be written.
var firstWord = civil.At(civil.New(Year, 1, 2), 8, 20)

// departureTimes spreads n documents over the working days: more before Tết, at the ends of
// quarters and in December.
func departureTimes(d *dice, cal *civil.Calendar, n int) []time.Time {
	var days []civil.Date
	var weight []float64
	sum := 0.0
	for day := civil.New(Year, 1, 3); day.Year() == Year; day = day.AddDays(1) {
		if !cal.WorkingDay(day) {
			continue
		}
		w := .7 + .6*d.unit()
		_, m, _ := day.YMD()
		if day > civil.New(Year, 1, 14) && day < civil.New(Year, 2, 2) {
			w *= 1.5
		}
		if m%3 == 0 && day.AddDays(12).Month() != m {
			w *= 1.45
		}
		if m == 12 {
			w *= 1.2
		}
		days, weight, sum = append(days, day), append(weight, w), sum+w
	}
	var times []time.Time
	run, given := 0.0, 0
	for k, day := range days {
		run += weight[k]
		upTo := int(math.Round(run / sum * float64(n)))
		times = append(times, hours(d, day, upTo-given)...)
		given = upTo
	}
	return times
}

// A special is a document that the story of the year wants on its day.
type special struct {
	key, kind, field, unit, to, signer, drafter string
	subject                                     string
	end                                         time.Time
	capacity                                    string
}

// MergeKey is the decision by which five divisions became three.
const MergeKey = "sapxep"

func specialDays() []special {
	return []special{
		{key: MergeKey, kind: "QĐ", field: "tc", unit: "vp", to: "phong", signer: "thang", drafter: "thu",
			subject: "Sắp xếp các phòng chuyên môn thuộc Ban Dân tộc tỉnh Cao Bằng", end: civil.At(civil.New(Year, 5, 2), 15, 12)},
		{key: "uyquyen", kind: "GUQ", field: "cs", unit: "vp", to: "phong", signer: "thang", drafter: "thu",
			subject: "Ủy quyền cho Trưởng phòng Chính sách Dân tộc ký một số văn bản", end: civil.At(DelegatedFrom.AddDays(-3), 10, 5)},
		{key: "tuq1", kind: "CV", field: "cs", unit: "cs", to: "huyen1", signer: "lam", capacity: "TUQ", drafter: "hai",
			subject: "xác nhận danh sách {đốitượng} tại {địa}", end: civil.At(civil.New(Year, 7, 15), 15, 20)},
		{key: "tuq2", kind: "CV", field: "uy", unit: "cs", to: "huyen1", signer: "lam", capacity: "TUQ", drafter: "mai",
			subject: "xác nhận thay đổi trong danh sách người có uy tín tại {địa}", end: civil.At(civil.New(Year, 7, 18), 9, 40)},
	}
}

// DelegationBasis names the document by which it was given.
func DelegationBasis() string {
	for _, p := range Departures2019() {
		if p.Type == "GUQ" {
			return p.named()
		}
	}
	return ""
}

// The days on which the head of a division signed by delegation.
var (
	DelegatedFrom = civil.New(Year, 7, 8)
	DelegatedTo   = civil.New(Year, 7, 19)
)

func (x special) make(d *dice, cal *civil.Calendar) Departure {
	start := civil.At(cal.AddWorkingDays(civil.Of(x.end), -3), 9, d.below(60))
	p := write(d, &initiative{field: x.field, kind: x.kind, to: x.to, subject: x.subject}, start)
	p.Key, p.Unit, p.Drafter, p.Signer = x.key, x.unit, x.drafter, x.signer
	p.Capacity = capacityOf(x.signer)
	if x.capacity != "" {
		p.Capacity = x.capacity
	}
	p.Recipients = recipientsOf(d, &p, x.to, civil.Of(start))
	r := roadOf(d, cal, &p, civil.Of(start))
	if r.head == x.signer { // who signs by delegation does not check himself
		r.head = "thao"
	}
	r.walk(&p, start, x.end)
	return p
}

// consequences are the four documents that mend others: a recall, a correction, a
// replacement, and a second correction late in the year.
func consequences(d *dice, cal *civil.Calendar, all []Departure) []Departure {
	var out []Departure
	add := func(key, relation, kind, subject string, months [2]int, of string, days int) {
		for k := range all {
			q := &all[k]
			day := civil.Of(q.step(Issued).At)
			if q.Type != of || q.Answers != 0 || q.Of != "" || q.Capacity == "TUQ" || q.Key[0] != 'o' || int(day.Month()) < months[0] || int(day.Month()) > months[1] ||
				relation == "recalls" && len(q.Recipients) < 8 {
				continue
			}
			end := civil.At(cal.AddWorkingDays(day, days), 15, d.below(60))
			p := *q
			p.Key, p.Type, p.Relation, p.Of, p.Subject, p.Steps = key, kind, relation, q.Key, subject, nil
			p.Recipients = slices.Clone(q.Recipients)
			if kind == "CV" && len(p.Addressees) == 0 {
				p.Addressees = []string{"Các phòng, Văn phòng, Thanh tra"}
			}
			roadOf(d, cal, &p, civil.Of(end)).walk(&p, civil.At(cal.AddWorkingDays(day, days-1), 9, 10), end)
			if relation == "recalls" {
				q.Steps = append(q.Steps, Step{At: cal.AddWorkingTime(end, 5*time.Hour), By: "lan", Do: Recalled})
			}
			if relation == "replaces" {
				p.Subject = lowerFirst(q.Subject) + " (thay thế {vănbản})"
				p.Subject = upperFirst(p.Subject)
			}
			out = append(out, p)
			return
		}
		panic("seed: nothing to mend for " + key)
	}
	add("thuhoi", "recalls", "CV", "thu hồi {vănbản}", [2]int{3, 4}, "CV", 2)
	add("dinhchinh", "corrects", "CV", "đính chính {vănbản}", [2]int{6, 7}, "QĐ", 3)
	add("thaythe", "replaces", "QĐ", "", [2]int{8, 9}, "QĐ", 9)
	add("dinhchinh2", "corrects", "CV", "đính chính {vănbản}", [2]int{9, 12}, "KH", 2)
	return out
}

// spoilt are the two documents whose number was voided before they went out.
func spoilt(d *dice, cal *civil.Calendar) []Departure {
	var out []Departure
	for k, day := range []civil.Date{civil.New(Year, 4, 9), civil.New(Year, 10, 16)} {
		p := own(d, cal, civil.At(day, 14, 20), map[string]bool{})
		p.Key, p.Void = fmt.Sprintf("h%d", k+1), true
		p.Steps = slices.DeleteFunc(p.Steps, func(s Step) bool { return s.Do == Sealed || s.Do == Issued })
		p.Steps = append(p.Steps, Step{At: cal.AddWorkingTime(p.Steps[len(p.Steps)-1].At, minutes(d, 20, 60)), By: "lan", Do: NumberVoided,
			Text: []string{"Lãnh đạo Ban yêu cầu dừng phát hành để gộp nội dung vào văn bản khác.", "Cấp số nhầm: văn bản đã được thay bằng báo cáo chung."}[k]})
		out = append(out, p)
	}
	return out
}

// late makes two documents get their number days after they were signed, beside an earlier one.
func late(d *dice, cal *civil.Calendar, all []Departure) {
	for _, month := range []int{3, 9} {
		for k := range all {
			p := &all[k]
			s := p.step(Numbered)
			if s == nil || p.Type != "CV" || p.Answers != 0 || p.Of != "" || p.Void || p.Urgency > 0 || p.Key[0] != 'o' || int(civil.Of(s.At).Month()) != month || p.step(Recalled) != nil {
				continue
			}
			shift := cal.AddWorkingTime(p.step(Issued).At, minutes(d, 900, 1100))
			s.Do, s.At, s.Text = Inserted, shift, "Văn bản đã ký nhưng văn thư chưa cấp số do để lẫn hồ sơ; đã báo cáo Chánh Văn phòng."
			p.step(Sealed).At = cal.AddWorkingTime(shift, minutes(d, 2, 4))
			p.step(Issued).At = cal.AddWorkingTime(shift, minutes(d, 6, 12))
			break
		}
	}
}
