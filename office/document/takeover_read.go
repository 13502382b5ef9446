// SPDX-License-Identifier: Apache-2.0

package document

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/kit/extract"
	"soviec/kit/fault"
	"soviec/kit/find"
	"soviec/kit/journal"
	"soviec/office/org"
	"soviec/office/task"
)

// TakeOverColumns are what the columns of an earlier register can mean, with the
// heads under which they are known.
var TakeOverColumns = []struct {
	Key, Title string
	Titles     []string
}{
	{"arrival_no", "Số đến", []string{"Số thứ tự đến", "STT đến", "Số vào sổ", "Số"}},
	{"arrival_on", "Ngày đến", []string{"Ngày nhận", "Ngày vào sổ"}},
	{"number", "Số, ký hiệu", []string{"Số ký hiệu", "Số hiệu", "Số và ký hiệu văn bản", "Số văn bản"}},
	{"issued_on", "Ngày văn bản", []string{"Ngày tháng văn bản", "Ngày ban hành", "Ngày tháng của văn bản", "Ngày ký"}},
	{"issuer", "Tác giả", []string{"Cơ quan ban hành", "Nơi ban hành", "Đơn vị ban hành"}},
	{"sender", "Nơi gửi", []string{"Cơ quan gửi", "Đơn vị gửi"}},
	{"type", "Loại văn bản", []string{"Tên loại", "Thể loại", "Hình thức văn bản"}},
	{"subject", "Trích yếu", []string{"Tên loại và trích yếu nội dung", "Trích yếu nội dung", "Nội dung"}},
	{"unit", "Đơn vị hoặc người nhận", []string{"Đơn vị chủ trì", "Đơn vị xử lý", "Đơn vị nhận", "Nơi nhận"}},
	{"person", "Người xử lý", []string{"Người chủ trì", "Chuyên viên xử lý", "Cán bộ xử lý", "Xử lý chính"}},
	{"passed_on", "Ngày chuyển", []string{"Ngày phân phối"}},
	{"due_on", "Hạn xử lý", []string{"Thời hạn giải quyết", "Hạn giải quyết", "Hạn hoàn thành"}},
	{"done_on", "Ngày hoàn thành", []string{"Ngày kết thúc", "Ngày xử lý xong", "Ngày giải quyết xong"}},
	{"answer", "Số, ký hiệu văn bản trả lời", []string{"Văn bản trả lời", "Văn bản phúc đáp"}},
	{"result", "Kết quả xử lý", []string{"Kết quả", "Tiến độ giải quyết", "Kết quả giải quyết"}},
	{"note", "Ghi chú", nil},
	{"urgency", "Độ khẩn", []string{"Mức độ khẩn"}},
	{"channel", "Phương thức nhận", []string{"Hình thức gửi", "Phương thức gửi", "Nguồn"}},
	{"signer", "Người ký", nil},
	{"pages", "Số trang", []string{"Số tờ"}},
	{"files", "Tệp đính kèm", []string{"File đính kèm", "Tên tệp"}},
}

// pastRow is a row of an earlier register made ready.
type pastRow struct {
	row    int // in the file
	place  int // among the rows in order
	d      Incoming
	who    []string // tags of those of the agency whom it concerns
	open   bool
	lead   task.Assignee // of today, for one that is open
	holder int64
	names  []string // files
	files  []Attachment
	double bool
}

// reading is a batch being read.
type reading struct {
	in      Batch
	rep     *Report
	dir     *org.Directory
	now     time.Time
	today   civil.Date
	types   map[string]Type
	list    []Type
	units   map[string][]org.Unit
	people  map[string][]org.Person
	unknown map[string]int // receivers that match nobody
}

// readBatch reads, checks and orders the rows. It changes nothing.
func readBatch(ctx context.Context, b *journal.Book, agency int64, in Batch) ([]pastRow, Report, error) {
	rep := Report{}
	db := b.DB.Read(ctx)
	dir, err := org.DirectoryOf(b, db, agency)
	if err != nil {
		return nil, rep, err
	}
	if in.Register == 0 {
		if in.Register, err = firstRegister(db, agency); err != nil {
			return nil, rep, err
		}
	}
	shelf, known, err := shelfOf(db, agency, in.Register)
	if err != nil {
		return nil, rep, err
	}
	if !known {
		return nil, rep, fault.Invalid("register", "Sổ đăng ký này không có.")
	}
	if len(in.Rows) == 0 {
		return nil, rep, fault.Invalid("file", "Tệp không có dòng nào.")
	}
	if len(in.Rows) > maxTakeOver {
		return nil, rep, fault.Invalid("file", fmt.Sprintf("Mỗi lần nhập nhiều nhất %s dòng; hãy chia tệp theo năm.", ShowNumber(maxTakeOver)))
	}
	for _, key := range []string{"arrival_no", "arrival_on", "issuer", "subject"} {
		if _, ok := in.Columns[key]; !ok {
			err = fault.Join(err, fault.Invalid("column_"+key, "Chưa chọn cột “"+titleOf(key)+"”."))
		}
	}
	if err != nil {
		return nil, rep, err
	}
	m := reading{in: in, rep: &rep, dir: dir, now: b.Clock(), today: civil.Of(b.Clock()), unknown: map[string]int{}}
	if m.list, err = Types(db, agency); err != nil {
		return nil, rep, err
	}
	m.index()
	rows := make([]pastRow, 0, len(in.Rows))
	for i := range in.Rows {
		if i%1000 == 0 && ctx.Err() != nil {
			return nil, rep, ctx.Err()
		}
		p := m.read(i)
		p.d.Shelf = shelf
		rows = append(rows, p)
	}
	slices.SortStableFunc(rows, func(x, y pastRow) int {
		return cmp.Or(cmp.Compare(x.d.Year, y.d.Year), cmp.Compare(x.d.Number, y.d.Number))
	})
	if err := m.numbers(db, rows); err != nil {
		return nil, rep, err
	}
	m.count(rows)
	return rows, rep, nil
}

func titleOf(key string) string {
	for _, c := range TakeOverColumns {
		if c.Key == key {
			return c.Title
		}
	}
	return key
}

// index makes what cells are looked up in.
func (m *reading) index() {
	m.types, m.units, m.people = map[string]Type{}, map[string][]org.Unit{}, map[string][]org.Person{}
	for _, t := range m.list {
		for _, key := range []string{t.Name, t.Abbr, t.Code} {
			if k := oneSpelling(key); k != "" {
				if _, there := m.types[k]; !there {
					m.types[k] = t
				}
			}
		}
	}
	for _, u := range m.dir.Units {
		for _, key := range []string{u.Name, u.Short, strings.TrimPrefix(u.Name, "Phòng ")} {
			k := find.Fold(key)
			if k != "" && !slices.ContainsFunc(m.units[k], func(o org.Unit) bool { return o.ID == u.ID }) {
				m.units[k] = append(m.units[k], u)
			}
		}
	}
	for _, p := range m.dir.People {
		m.people[find.Fold(p.Name)] = append(m.people[find.Fold(p.Name)], p)
	}
}

func (m *reading) cell(i int, key string) string {
	col, ok := m.in.Columns[key]
	if !ok || col < 0 || col >= len(m.in.Rows[i]) {
		return ""
	}
	return Tidy(m.in.Rows[i][col])
}

func (in Batch) rowNumber(i int) int {
	if i < len(in.Numbers) {
		return in.Numbers[i]
	}
	return i + 2
}

func (rep *Report) fault(in Batch, row int, key, text string) {
	rep.FaultAll++
	if len(rep.Faults) >= maxFaults {
		return
	}
	col, ok := in.Columns[key]
	if !ok {
		col = -1
	}
	rep.Faults = append(rep.Faults, CellFault{Row: row, Column: col, Key: key, Text: text})
}

// read makes one row ready and names all its faults.
func (m *reading) read(i int) pastRow {
	p := pastRow{row: m.in.rowNumber(i)}
	wrong := func(key, text string) { m.rep.fault(m.in, p.row, key, text) }
	text := func(key string, most int) string {
		s := m.cell(i, key)
		if utf8.RuneCountInString(s) > most {
			wrong(key, fmt.Sprintf("%s dài quá %s ký tự.", titleOf(key), ShowNumber(int64(most))))
		}
		return s
	}
	date := func(key string) civil.Date {
		s := m.cell(i, key)
		if s == "" {
			return 0
		}
		d, ok := pastDay(s, m.in.Year)
		if !ok {
			wrong(key, titleOf(key)+" “"+cutRunes(s, 40)+"” không phải là ngày; hãy ghi như 05/01/2019.")
		}
		return d
	}
	d := &p.d
	d.Register = m.in.Register
	no, why := pastNumber(m.cell(i, "arrival_no"))
	if why != "" {
		wrong("arrival_no", why)
	}
	d.Number, d.ArrivalOn = no, date("arrival_on")
	switch {
	case m.cell(i, "arrival_on") == "":
		wrong("arrival_on", "Chưa có ngày đến.")
	case d.ArrivalOn.IsZero():
	case d.ArrivalOn.After(m.today):
		wrong("arrival_on", "Ngày đến không được sau hôm nay.")
	case m.in.Year != 0 && d.ArrivalOn.Year() != m.in.Year:
		wrong("arrival_on", fmt.Sprintf("Ngày đến không thuộc năm %d.", m.in.Year))
	}
	d.Year = d.ArrivalOn.Year()
	raw := text("number", 60)
	n := extract.ParseNumber(raw)
	if !n.None {
		d.NumberRaw, d.No, d.Notation = n.Raw, n.Number, n.Notation
	}
	d.IssuedOn = date("issued_on")
	if m.in.Year != 0 && d.IssuedOn.After(d.ArrivalOn) && !fullDate.MatchString(m.cell(i, "issued_on")) {
		d.IssuedOn = d.IssuedOn.AddMonths(-12) // "28/12" on a letter that came in January
	}
	if !d.ArrivalOn.IsZero() && d.IssuedOn.After(d.ArrivalOn) {
		wrong("issued_on", "Ngày văn bản không được sau ngày đến.")
	}
	if d.IssuerName = text("issuer", 200); d.IssuerName == "" {
		wrong("issuer", "Chưa có tác giả (cơ quan ban hành).")
	}
	if d.Subject = text("subject", 1000); d.Subject == "" {
		wrong("subject", "Chưa có trích yếu.")
	}
	d.SenderName, d.Signer, d.Note, d.Answer = text("sender", 200), text("signer", 50), text("note", 500), text("answer", 200)
	if s := m.cell(i, "type"); s != "" {
		t, ok := m.types[oneSpelling(s)]
		if !ok {
			wrong("type", "Loại văn bản “"+cutRunes(s, 60)+"” không có trong danh mục.")
		}
		d.Type = t.Code
	} else {
		d.Type = m.guessType(n, d.Subject)
	}
	d.Urgency = m.urgency(m.cell(i, "urgency"), wrong)
	d.Channel = m.channel(m.cell(i, "channel"))
	if s := m.cell(i, "pages"); s != "" {
		pages, err := strconv.Atoi(s)
		if err != nil || pages < 0 || pages > 999 {
			wrong("pages", "Số trang từ 0 đến 999.")
		}
		d.Pages = pages
	}
	d.PassedOn, d.DueOn, d.DoneOn = date("passed_on"), date("due_on"), date("done_on")
	for _, later := range []struct {
		key string
		on  civil.Date
	}{{"passed_on", d.PassedOn}, {"due_on", d.DueOn}, {"done_on", d.DoneOn}} {
		if !later.on.IsZero() && !d.ArrivalOn.IsZero() && later.on.Before(d.ArrivalOn) {
			wrong(later.key, titleOf(later.key)+" không được trước ngày đến.")
		}
	}
	if d.DoneOn.After(m.today) {
		wrong("done_on", "Ngày hoàn thành không được sau hôm nay.")
	}
	result := m.cell(i, "result")
	if result != "" {
		d.Note = cutRunes(joinTexts([]string{d.Note, "Kết quả: " + result}, "; "), 500)
	}
	// A register without a column for the outcome says nothing about it: its documents
	// count as dealt with, or the office would begin with years of false arrears.
	_, told := m.in.Columns["done_on"]
	p.open = told && d.DoneOn.IsZero() && d.Answer == "" && result == "" && !d.DueOn.IsZero()
	m.receivers(&p, i)
	m.attach(&p, i, wrong)
	if d.ReceivedAt = m.dir.Calendar.StartOfDay(d.ArrivalOn); d.ReceivedAt.After(m.now) {
		d.ReceivedAt = m.now
	}
	d.RegisteredAt, d.WaitsSince = d.ReceivedAt, d.ReceivedAt
	return p
}

// receivers finds whom of the agency the row concerns; the first of them leads.
func (m *reading) receivers(p *pastRow, i int) {
	d := &p.d
	var names []string
	add := func(who task.Assignee, holder int64) {
		for _, tag := range []string{personTag(who.Person), unitTag(who.Unit)} {
			if !strings.HasSuffix(tag, ":0") && !slices.Contains(p.who, tag) {
				p.who = append(p.who, tag)
			}
		}
		if p.lead == (task.Assignee{}) && holder != 0 {
			p.lead, p.holder = who, holder
		}
	}
	for _, key := range []string{"person", "unit"} {
		for _, name := range strings.FieldsFunc(m.cell(i, key), func(r rune) bool { return r == ';' || r == ',' || r == '\n' }) {
			if name = Tidy(name); name == "" {
				continue
			}
			names = append(names, name)
			k := find.Fold(name)
			if people := m.people[k]; len(people) == 1 {
				holder := int64(0)
				if len(m.dir.PostsOn(people[0].ID, m.today)) > 0 {
					holder = people[0].ID
				}
				add(task.Assignee{Person: people[0].ID}, holder)
			} else if u, ok := m.unit(k, d.ArrivalOn); ok {
				add(task.Assignee{Unit: u.ID}, 0)
				if now, head := m.unitToday(u); head != 0 {
					add(task.Assignee{Unit: now.ID}, head)
				}
			} else {
				m.unknown[name]++
			}
		}
	}
	slices.Reverse(names) // units before persons, as the register writes them
	d.ToPlaces = cutRunes(strings.Join(names, "; "), 1000)
	if !p.open {
		p.lead, p.holder = task.Assignee{}, 0
	}
}

// unit is the unit of a name, of several the one that was there on the day.
func (m *reading) unit(key string, day civil.Date) (org.Unit, bool) {
	all := m.units[key]
	for _, u := range all {
		if u.On(day) {
			return u, true
		}
	}
	if len(all) == 0 {
		return org.Unit{}, false
	}
	return all[0], true
}

// unitToday is what became of a unit, with who heads it today.
func (m *reading) unitToday(u org.Unit) (org.Unit, int64) {
	for hop := 0; hop < 8 && !u.On(m.today) && u.Became != 0; hop++ {
		u = m.dir.Unit(u.Became)
	}
	if !u.On(m.today) {
		return u, 0
	}
	return u, m.dir.HeadOf(u.ID, m.today)
}

func (m *reading) attach(p *pastRow, i int, wrong func(key, text string)) {
	if m.in.Folder == nil {
		return
	}
	col, ok := m.in.Columns["files"]
	if !ok || col < 0 || col >= len(m.in.Rows[i]) {
		return
	}
	for _, name := range strings.FieldsFunc(m.in.Rows[i][col], func(r rune) bool { return r == ';' || r == '\n' }) {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		if !m.in.Folder.Has(name) {
			wrong("files", "Không thấy tệp “"+cutRunes(name, 100)+"” trong thư mục.")
			continue
		}
		p.names = append(p.names, name)
		m.rep.Files++
	}
}
