// SPDX-License-Identifier: Apache-2.0

package seed

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"soviec/kit/civil"
)

// A Departure is a document of the agency (văn bản đi) and the way it went: drafted, checked,
// signed, numbered, issued. All of it follows from fixed numbers, the number it gets too.
type Departure struct {
	Key        string // stable: "r…" answers an arrival, "o…" was written of its own accord
	Type       string
	Subject    string // as it is printed, without "V/v"
	Field      string
	Unit       string // drafts it
	Drafter    string
	Urgency    int
	Signer     string
	Capacity   string // SELF, KT, TL, TUQ
	Addressees []string
	Recipients []Recipient
	Body       []Block
	Answers    int    // number of the arrival that it answers; 0: none
	Closes     bool   // the work of that arrival ends with it
	Relation   string // "recalls", "corrects" or "replaces"
	Of         string // the Key of the document meant
	Steps      []Step

	Series   string // "QĐ", "CT", "QC", "QyĐ", "HD", or "" for the common one
	Number   int
	Suffix   string
	Notation string     // "QĐ-BDT", "BDT-CS"
	Date     civil.Date // printed; the day of numbering, save where a number was inserted
	Void     bool       // its number was voided before anything went out
}

// NumberRaw is number and notation as they are printed; empty while there is none.
func (p Departure) NumberRaw() string {
	if p.Number == 0 {
		return ""
	}
	return fmt.Sprintf("%02d%s/%s", p.Number, p.Suffix, p.Notation)
}

// The step of a verb, the last one of its kind; nil where it did not come so far.
func (p *Departure) step(do Verb) *Step {
	for k := len(p.Steps) - 1; k >= 0; k-- {
		if p.Steps[k].Do == do {
			return &p.Steps[k]
		}
	}
	return nil
}

// A Recipient is one line under "Nơi nhận".
type Recipient struct {
	Kind    string // org, unit, person
	Name    string
	Key     string // of a unit or a person
	Purpose string // act, check, report, know, store
	Channel string // axis, internal, post
}

// A Block is a paragraph, heading or table of the body.
type Block struct {
	Kind string // text, base, centred, roman, article, clause, dash, table
	Mark string
	Text string
	Rows [][]string // of a table; the first is its head
}

// The verbs of a departure's way.
const (
	Drafted       Verb = "drafted"        // soạn thảo
	Presented     Verb = "presented"      // trình trưởng phòng
	DraftReturned Verb = "draft_returned" // trả lại; Text says why
	Rewritten     Verb = "rewritten"      // soạn lại: another version
	OpinionAsked  Verb = "opinion_asked"  // lấy ý kiến; Info are the persons asked, Due the day
	OpinionGiven  Verb = "opinion_given"  // cho ý kiến; Text
	OpinionClosed Verb = "opinion_closed" // kết thúc lấy ý kiến
	Initialled    Verb = "initialled"     // duyệt nội dung, ký nháy
	FormPassed    Verb = "form_passed"    // kiểm tra thể thức, ký nháy
	FormReturned  Verb = "form_returned"  // trả lại vì thể thức
	SignReturned  Verb = "sign_returned"  // người ký trả lại để sửa
	Signed        Verb = "signed"         // ký
	Numbered      Verb = "numbered"       // cấp số
	Inserted      Verb = "inserted"       // chèn số (15a)
	NumberVoided  Verb = "number_voided"  // hủy số
	Sealed        Verb = "sealed"         // đóng dấu
	Issued        Verb = "issued"         // phát hành
	RecallOrdered Verb = "recall_ordered" // lệnh thu hồi; Text says why
	Recalled      Verb = "recalled"       // thu hồi xong
	Refused       Verb = "refused"        // nơi nhận từ chối; Unit names it
)

// Departures2019 are the documents that the agency issued in 2019, exactly Outgoing of them,
// and the few whose number was voided, in the order in which they were numbered. The slice is
// shared; do not change it.
func Departures2019() []Departure { return theYear().departures }

// separate are the types that have a series of their own; the others share one.
var separate = []string{"QĐ", "CT", "QC", "QyĐ", "HD"}

func seriesOf(kind string) string {
	if slices.Contains(separate, kind) {
		return kind
	}
	return ""
}

// notationOf is what follows the number of a document on the day: a letter names the unit
// that stands on that day.
func notationOf(kind, unit string, day civil.Date) string {
	if kind == "CV" {
		return "BDT-" + unitNamed(successor(unit, day)).Short
	}
	return kind + "-BDT"
}

// successor is the unit that has taken over what the key names.
func successor(unit string, day civil.Date) string {
	for _, m := range merges() {
		if day >= m.Day && slices.Contains(m.From, unit) {
			return m.Into
		}
	}
	return unit
}

// count gives the documents their numbers in the order of their numbering, series by series.
func count(all []Departure, first map[string]int) {
	slices.SortStableFunc(all, func(a, b Departure) int { return numberedAt(&a).Compare(numberedAt(&b)) })
	last := map[string]int{}
	for series, n := range first {
		last[series] = n
	}
	day := map[string]civil.Date{}
	for k := range all {
		p := &all[k]
		at := numberedAt(p)
		if at.IsZero() {
			continue
		}
		p.Date = civil.Of(at)
		p.Series = seriesOf(p.Type)
		if p.step(Inserted) != nil {
			continue
		}
		if before := day[p.Series]; !before.IsZero() && before.Year() != p.Date.Year() {
			last[p.Series] = 0
		}
		last[p.Series]++
		p.Number, p.Notation = last[p.Series], notationOf(p.Type, p.Unit, p.Date)
		day[p.Series] = p.Date
	}
	insert(all)
}

// insert gives those who came too late a number beside that of the day on which they were signed.
func insert(all []Departure) {
	for k := range all {
		p := &all[k]
		if p.step(Inserted) == nil {
			continue
		}
		signed := civil.Of(p.step(Signed).At)
		for n := range all {
			q := &all[n]
			if q.Series == p.Series && q.Suffix == "" && q.Date <= signed && q.step(Numbered) != nil && !q.Void && q.Number > p.Number {
				p.Number, p.Date = q.Number, q.Date
			}
		}
		p.Suffix, p.Notation = "a", notationOf(p.Type, p.Unit, p.Date)
	}
}

func numberedAt(p *Departure) time.Time {
	for _, do := range []Verb{Numbered, Inserted} {
		if s := p.step(do); s != nil {
			return s.At
		}
	}
	return time.Time{}
}

// named is the document as other documents speak of it.
func (p *Departure) named() string {
	return typeName(p.Type) + " số " + p.NumberRaw() + " ngày " + writtenDay(p.Date)
}

// A road is how a document went: what happened on the way, one thing after another.
type road struct {
	*dice
	cal     *civil.Calendar
	drafter string
	head    string // answers for the content
	checker string // answers for the form
	signer  string
}

// walk makes the steps between two instants; the last is that it is issued, or whatever was
// reached by the end where stop names it.
func (r road) walk(p *Departure, start, end time.Time) {
	span := r.cal.WorkingTime(start, end)
	tail := min(span*3/10, minutes(r.dice, 20, 170))
	steps := r.checks(p)
	for k := range steps {
		part := (float64(k) + .2 + .6*r.unit()) / float64(len(steps))
		steps[k].At = r.cal.AddWorkingTime(start, time.Duration(part*float64(span-tail)).Round(time.Second))
	}
	at := func(left time.Duration) time.Time {
		return r.cal.AddWorkingTime(start, (span - left).Round(time.Second))
	}
	numbered := at(tail / 2)
	if civil.Of(numbered) != civil.Of(end) { // numbered and issued on one day
		numbered = at(min(tail/2, minutes(r.dice, 5, 9)))
	}
	p.Steps = append(steps,
		Step{At: at(tail), By: r.signer, Do: Signed},
		Step{At: numbered, By: "lan", Do: Numbered},
		Step{At: numbered.Add(end.Sub(numbered) / 2).Round(time.Second), By: "lan", Do: Sealed},
		Step{At: end, By: "lan", Do: Issued})
	if s := p.Steps[len(p.Steps)-2]; !r.cal.NextWorkingInstant(s.At).Equal(s.At) {
		p.Steps[len(p.Steps)-2].At = r.cal.AddWorkingTime(numbered, minutes(r.dice, 1, 2))
	}
	for k := range p.Steps {
		s := &p.Steps[k]
		if k > 0 { // a short way is walked in order too
			s.At = later(s.At, p.Steps[k-1].At.Add(time.Second))
		}
		if s.By == r.head && (s.Do == Initialled || s.Do == DraftReturned) && r.head == headOn(p.Unit, civil.Of(end)) {
			s.By = headOn(p.Unit, civil.Of(s.At)) // of before the merging
		}
	}
}

// checks are the steps up to the signature, without their times.
func (r road) checks(p *Departure) []Step {
	steps := []Step{{By: r.drafter, Do: Drafted}}
	add := func(s Step) { steps = append(steps, s) }
	back := func(by string, do Verb, list string) {
		add(Step{By: by, Do: do, Text: pick(r.dice, pages()[list]["cu"])})
		add(Step{By: r.drafter, Do: Rewritten})
		add(Step{By: r.drafter, Do: Presented})
	}
	if strings.Contains(" KH QC QyĐ HD TTr PA BC ", " "+p.Type+" ") && r.chance(11) {
		r.opinions(p, add)
	}
	add(Step{By: r.drafter, Do: Presented})
	if r.chance(15) {
		back(r.head, DraftReturned, "trảlại")
		if r.chance(13) {
			back(r.head, DraftReturned, "trảlại")
		}
	}
	add(Step{By: r.head, Do: Initialled})
	if r.chance(4) {
		back(r.checker, FormReturned, "trảlạithểthức")
		add(Step{By: r.head, Do: Initialled})
	}
	add(Step{By: r.checker, Do: FormPassed})
	if r.chance(2.5) && r.signer != r.head {
		back(r.signer, SignReturned, "trảlạiký")
		add(Step{By: r.head, Do: Initialled})
		add(Step{By: r.checker, Do: FormPassed})
	}
	return steps
}

// opinions asks two or three heads of other units.
func (r road) opinions(p *Departure, add func(Step)) {
	var heads []string
	for _, u := range allUnits() {
		if u.Kind != "leaders" && u.To.IsZero() && u.Head != r.head && u.Head != r.drafter {
			heads = append(heads, u.Head)
		}
	}
	if len(heads) > 2 && r.chance(50) {
		heads = heads[:2]
	}
	add(Step{By: r.drafter, Do: OpinionAsked, Info: heads, Text: "Xin ý kiến tham gia dự thảo " + typeName(p.Type) + "."})
	for _, h := range heads {
		add(Step{By: h, Do: OpinionGiven, Text: pick(r.dice, pages()["ýkiến"]["cu"])})
	}
	add(Step{By: r.drafter, Do: OpinionClosed})
}

// roadOf finds who has a part in the document on the day.
func roadOf(d *dice, cal *civil.Calendar, p *Departure, day civil.Date) road {
	r := road{dice: d, cal: cal, head: headOn(p.Unit, day), checker: "minh", drafter: p.Drafter, signer: p.Signer}
	if r.head == "minh" {
		r.checker = "lan"
		if r.drafter == "lan" {
			r.checker = "thu"
		}
	}
	return r
}

func headOn(unit string, day civil.Date) string { return unitNamed(successor(unit, day)).Head }

// drafterIn is somebody of the unit who does not head it.
func drafterIn(d *dice, unit string, day civil.Date) string {
	all := slices.DeleteFunc(handlers(unit, day), func(p string) bool { return p == headOn(unit, day) })
	return pick(d, all)
}

// capacityOf is the right in which a person signs.
func capacityOf(signer string) string {
	switch signer {
	case "thang":
		return "SELF"
	case "hoa", "quy":
		return "KT"
	}
	return "TL"
}

// signerOf chooses who signs: the head what binds the agency, the deputy what lies in his
// field, the chief of office by order what is a matter of form.
func signerOf(d *dice, kind, field, to string) string {
	leader := fieldNamed(field).Leader
	head := 15.0
	switch kind {
	case "QC", "QyĐ", "CT", "GUQ":
		return "thang"
	case "QĐ":
		head = 75
	case "TTr", "HD", "KH":
		head = 45
	case "BC":
		head = 40
	case "GGT":
		return "minh"
	case "PC":
		if d.chance(70) {
			return "minh"
		}
	case "GM", "TB":
		if (to == "phong" || to == "huyen1") && d.chance(60) {
			return "minh"
		}
	}
	if d.chance(head) {
		return "thang"
	}
	return leader
}
