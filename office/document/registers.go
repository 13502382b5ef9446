// SPDX-License-Identifier: Apache-2.0

package document

import (
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
	"soviec/office/task"
)

// A Span is which part of a register's year is wanted: days, or numbers. Zero ends
// are open.
type Span struct {
	Year        int
	From, To    civil.Date
	First, Last int64
}

// SpanOfDay is one day.
func SpanOfDay(d civil.Date) Span { return Span{Year: d.Year(), From: d, To: d} }

// SpanOfMonth is one month of a year.
func SpanOfMonth(year int, month time.Month) Span {
	from := civil.New(year, month, 1)
	return Span{Year: year, From: from, To: from.AddMonths(1).AddDays(-1)}
}

// SpanOfQuarter is one quarter of a year, 1 to 4.
func SpanOfQuarter(year, quarter int) Span {
	from := civil.New(year, time.Month(quarter*3-2), 1)
	return Span{Year: year, From: from, To: from.AddMonths(3).AddDays(-1)}
}

// SpanOfYear is a whole year.
func SpanOfYear(year int) Span { return Span{Year: year} }

// SpanOfNumbers are the numbers first to last of a year, both included.
func SpanOfNumbers(year int, first, last int64) Span {
	return Span{Year: year, First: first, Last: last}
}

// ArrivalColumns are the columns of the register of arrivals (sổ đăng ký văn bản
// đến; Nghị định 30/2020/NĐ-CP Phụ lục IV).
var ArrivalColumns = []string{"Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung",
	"Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú"}

// FollowColumns are the columns of the follow-up book (sổ theo dõi giải quyết văn bản đến).
var FollowColumns = []string{"Số đến", "Tên loại, số, ký hiệu, ngày tháng, cơ quan ban hành", "Đơn vị hoặc người nhận",
	"Thời hạn giải quyết", "Tiến độ giải quyết", "Số, ký hiệu văn bản trả lời", "Ghi chú"}

// A Line is a document as its register shows it: what was printed stays as it was
// printed, and what was corrected later stands beside it.
type Line struct {
	Document Incoming
	TypeName string
	Void     bool // struck through: its number was voided
	Note     string
	Later    []Dated // corrections of what is printed already

	Lead     task.Share // who leads the work now; zero without work
	LeadName string
}

// Dated is a remark with its day.
type Dated struct {
	On   civil.Date
	Text string
}

// linesPage is how many documents are read at once.
const linesPage = 500

// Lines are the documents of a register in a span, in order of their numbers. They
// are read page by page; whoever prints takes them one at a time.
func Lines(r store.Reader, dir *org.Directory, agency, register int64, s Span) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		for after := int64(0); ; {
			page, err := LinesPage(r, dir, agency, register, s, after, linesPage)
			if err != nil {
				yield(Line{}, err)
				return
			}
			for _, l := range page {
				if !yield(l, nil) {
					return
				}
			}
			if len(page) < linesPage {
				return
			}
			after = page[len(page)-1].Document.Number
		}
	}
}

// LinesPage are at most limit lines of a register in a span, after a number.
func LinesPage(r store.Reader, dir *org.Directory, agency, register int64, s Span, after int64, limit int) ([]Line, error) {
	types, err := Types(r, agency)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, t := range types {
		names[t.Code] = t.Name
	}
	prints, err := printings(r, register, s.Year)
	if err != nil {
		return nil, err
	}
	docs, err := registerPage(r, agency, register, s, after, limit)
	if err != nil {
		return nil, err
	}
	more, err := besideOf(r, docs)
	if err != nil {
		return nil, err
	}
	lines := make([]Line, len(docs))
	for i, d := range docs {
		lines[i] = more.line(d, names, prints, dir)
	}
	return lines, nil
}

// beside is what stands in other rows about a page of documents.
type beside struct {
	corrections map[int64][]Correction
	voidings    map[int64]voided
	copies      map[int64][]civil.Date
	leads       map[int64]task.Share
}

// A printing says up to which number a register was printed at a moment.
type printing struct {
	number int64
	at     store.Time
}

func (m beside) line(d Incoming, types map[string]string, prints []printing, dir *org.Directory) Line {
	l := Line{Void: d.State == StateVoided}
	var printed store.Time
	for _, p := range prints {
		if p.number >= d.Number {
			printed = p.at
			break
		}
	}
	if !printed.IsZero() {
		var later []Correction
		d, later = asAt(d, m.corrections[d.ID], printed)
		for _, c := range later {
			l.Later = append(l.Later, Dated{civil.Of(c.At.Time), c.words(types, dir)})
		}
	}
	l.Document, l.TypeName = d, types[d.Type]
	notes := []string{d.Note}
	if d.TwinReason != "" {
		notes = append(notes, "Trùng số, ký hiệu với văn bản khác: "+d.TwinReason)
	}
	for _, on := range m.copies[d.ID] {
		notes = append(notes, "Nhận thêm một bản ngày "+on.VN())
	}
	remark := func(at time.Time, text string) {
		if !printed.IsZero() && at.After(printed.Time) {
			l.Later = append(l.Later, Dated{civil.Of(at), text})
		} else {
			notes = append(notes, text)
		}
	}
	switch v := m.voidings[d.ID]; {
	case l.Void:
		remark(v.at, fmt.Sprintf("Hủy số – %s – %s – %s", v.reason, dir.Person(v.by).Name, civil.Of(v.at).VN()))
	case d.State == StateRecalled:
		remark(d.WaitsSince, "Đã thu hồi ngày "+civil.Of(d.WaitsSince).VN())
	case d.State == StateRecallAsked:
		notes = append(notes, "Có yêu cầu thu hồi")
	}
	l.Note = joinTexts(notes, "; ")
	if lead, ok := m.leads[d.Work]; ok && d.Work != 0 {
		l.Lead, l.LeadName = lead, dir.Person(lead.Holder).Name
	}
	return l
}

// words say what a correction changed, as a line of the register.
func (c Correction) words(types map[string]string, dir *org.Directory) string {
	show := func(v string) string {
		switch c.Field {
		case "type":
			return types[v]
		case "issued_on", "due_on":
			return day(v).VN()
		case "field":
			id, _ := strconv.ParseInt(v, 10, 64)
			return dir.Field(id).Name
		case "urgency":
			if n, err := strconv.Atoi(v); err == nil && n >= 0 && n < len(Urgencies) {
				return Urgencies[n]
			}
		case "channel":
			return ChannelName(v)
		}
		return v
	}
	if v := show(c.After); v != "" {
		return "sửa " + c.Name + " thành “" + v + "”"
	}
	return "bỏ " + c.Name
}

// ChannelName is a channel in the words of the screen.
func ChannelName(code string) string {
	for _, c := range Channels {
		if c.Code == code {
			return c.Name
		}
	}
	return code
}

func joinTexts(all []string, by string) string {
	var out []string
	for _, s := range all {
		if s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, by)
}

// ArrivalCells are the line's cells in the register of arrivals, by ArrivalColumns.
func (l Line) ArrivalCells() []string {
	d := l.Document
	return []string{d.ArrivalOn.VN(), strconv.FormatInt(d.Number, 10), d.IssuerName, numberOr(d), d.IssuedOn.VN(),
		joinTexts([]string{l.TypeName, d.Subject}, ": "), d.ToPlaces, d.PassedOn.VN(), l.Receipt(), l.Note}
}

func numberOr(d Incoming) string {
	if d.NumberRaw == "" {
		return "Không số"
	}
	return d.NumberRaw
}

// Receipt is the electronic "ký nhận": who opened it first, and when.
func (l Line) Receipt() string {
	if l.Lead.SeenAt.IsZero() {
		return ""
	}
	return l.LeadName + ", " + civil.TimeVN(l.Lead.SeenAt)
}

// Due is by when the document is to be dealt with.
func (l Line) Due() civil.Date {
	if l.Lead.ID != 0 {
		return l.Lead.OuterOn
	}
	return l.Document.DueOn
}

// FollowCells are the line's cells in the follow-up book, by FollowColumns.
func (l Line) FollowCells(cal *civil.Calendar, now time.Time) []string {
	d := l.Document
	kind := l.TypeName
	if d.NumberRaw != "" {
		kind += " số " + d.NumberRaw
	} else {
		kind += " không số"
	}
	if !d.IssuedOn.IsZero() {
		kind += ", ngày " + d.IssuedOn.VN()
	}
	answer := d.Answer
	if answer == "" {
		answer = l.Lead.Answer
	}
	return []string{strconv.FormatInt(d.Number, 10), kind + ", " + d.IssuerName, d.ToPlaces, l.Due().VN(), l.Progress(cal, now), answer, l.Note}
}

// Progress says how far the document has come ("Tiến độ giải quyết").
func (l Line) Progress(cal *civil.Calendar, now time.Time) string {
	d := l.Document
	late := ""
	lead := l.Lead
	lead.DueOn, lead.DueAt = lead.OuterOn, lead.OuterAt // the book follows what was promised to the leader
	if lead.ID != 0 && lead.Late(now) {
		end := civil.Of(now)
		if lead.State == task.StateDone {
			end = civil.Of(lead.DoneAt)
		} else if lead.State == task.StateReported {
			end = civil.Of(lead.ReportedAt)
		}
		late = lateWords(cal.DaysLate(lead.OuterOn, end))
	} else if l.Lead.ID == 0 && !d.DueOn.IsZero() && d.DoneOn.After(d.DueOn) {
		late = lateWords(cal.DaysLate(d.DueOn, d.DoneOn)) // taken over from an earlier register
	}
	switch {
	case d.State.Final():
		return d.State.Label()
	case d.State.Closed() && d.DoneOn.IsZero():
		return "Đã giải quyết"
	case d.State.Closed():
		return "Hoàn thành ngày " + d.DoneOn.VN() + late
	case d.State == StateAwaiting:
		return "Đã báo cáo ngày " + civil.Of(l.Lead.ReportedAt).VN() + ", chờ xác nhận" + late
	}
	return d.State.Label() + late
}

func lateWords(days int) string {
	if days <= 0 {
		return ", quá hạn trong ngày"
	}
	return fmt.Sprintf(", quá hạn %d ngày làm việc", days)
}

// Bounds are what stands on the cover of a register's part and in its closing line.
type Bounds struct {
	Count       int64
	First, Last int64
	From, To    civil.Date
}

// BoundsOf counts a register's part.
func BoundsOf(r store.Reader, agency, register int64, s Span) (Bounds, error) {
	return boundsOf(r, agency, register, s)
}

// PrintedUpTo is up to which number a register's year is printed, signed and bound, and since when.
func PrintedUpTo(r store.Reader, register int64, year int) (int64, time.Time, error) {
	all, err := printings(r, register, year)
	if err != nil || len(all) == 0 {
		return 0, time.Time{}, err
	}
	last := all[0]
	for _, p := range all {
		if p.number >= last.number {
			last = p
		}
	}
	return last.number, last.at.Time, nil
}

// MarkPrinted freezes a register's year up to a number, because that much of it was
// printed, signed and bound (Nghị định 30/2020/NĐ-CP Điều 22.3): what is corrected
// from now on appears as a dated line beside what was printed.
func MarkPrinted(a *journal.Act, register int64, year int, number int64) error {
	if err := org.May(a, org.RegisterIncoming, org.Target{}); err != nil {
		return err
	}
	if _, known, err := shelfOf(a, a.By.Agency, register); err != nil {
		return err
	} else if !known {
		return fault.Invalid("register", "Sổ đăng ký này không có.")
	}
	next, err := NextNumber(a, register, year)
	if err != nil {
		return err
	}
	if number < 1 || number >= next {
		return fault.Invalid("number", "Sổ chưa có số này.")
	}
	before, _, err := PrintedUpTo(a, register, year)
	if err != nil {
		return err
	}
	if number <= before {
		return fault.Conflict("number", "Sổ đã in và chốt đến số "+ShowNumber(before)+".")
	}
	if err := insertPrinting(a, register, year, number); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: RegisterPrinted, Subject: journal.Ref("register", register), Amount: number,
		Data: begunData{Register: register, Year: year, Number: number}})
	return nil
}
