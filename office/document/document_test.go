// SPDX-License-Identifier: Apache-2.0

package document

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/find"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/org/orgtest"
	"soviec/office/task"
)

func init() { task.OnChange(RefIncoming, Effects()) }

// desk is the model office with its registers open, on Monday 2 November 2026.
type desk struct {
	*testing.T
	book   *journal.Book
	clock  *orgtest.Clock
	agency int64
	who    map[string]journal.Holder
	serial atomic.Int64
}

func each(t *testing.T, f func(*desk)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) { f(open(t, db)) })
}

func open(t *testing.T, db *store.DB) *desk {
	t.Helper()
	d := &desk{T: t}
	d.book, d.clock = orgtest.Book(t, db, "2026-11-02 08:00")
	d.agency, d.who = orgtest.Found(t, d.book)
	orgtest.Do(t, d.book, journal.Holder{Agency: d.agency, System: true}, Found)
	return d
}

func (d *desk) r() store.Reader { return d.book.DB.Read(context.Background()) }

// do runs an act of a person that must succeed.
func (d *desk) do(who string, f func(*journal.Act) error) {
	d.Helper()
	if err := d.try(who, f); err != nil {
		d.Fatalf("%s: %v", who, err)
	}
}

func (d *desk) try(who string, f func(*journal.Act) error) error {
	return d.book.Do(context.Background(), d.who[who], f)
}

// refused runs an act that must be refused in a way and with words.
func (d *desk) refused(who string, kind fault.Kind, words string, f func(*journal.Act) error) {
	d.Helper()
	err := d.try(who, f)
	if err == nil || !fault.Is(err, kind) || !strings.Contains(err.Error(), words) {
		d.Fatalf("%s: got %v, want %s “%s”", who, err, kind, words)
	}
}

func (d *desk) letter() Arrival {
	n := d.serial.Add(1)
	return Arrival{Type: "CV", NumberRaw: fmt.Sprintf("%d/UBND-VX", 1000+n), IssuedOn: d.clock.Today().AddDays(-3), IssuerName: "Ủy ban nhân dân tỉnh Cao Bằng",
		Subject: fmt.Sprintf("V/v rà soát danh sách người có uy tín lần %d", n), Channel: "axis"}
}

func (d *desk) register(in Arrival) Incoming {
	d.Helper()
	var doc Incoming
	d.do("lan", func(a *journal.Act) (err error) { doc, err = Register(a, in); return err })
	return doc
}

func (d *desk) get(id int64) Incoming {
	d.Helper()
	doc, err := get(d.r(), d.agency, id)
	if err != nil {
		d.Fatal(err)
	}
	return doc
}

func (d *desk) unit(short string) int64 { return orgtest.Unit(d, d.book, d.agency, short).ID }

// directed is a document that the head gave to a unit, due on a day.
func (d *desk) directed(in Arrival, unit string, due civil.Date) Incoming {
	d.Helper()
	doc := d.register(in)
	d.do("lan", func(a *journal.Act) error { return Submit(a, doc.ID, d.who["thang"].Person, "", "") })
	d.do("thang", func(a *journal.Act) error {
		_, err := Direct(a, doc.ID, Directive{Text: "Giao tham mưu.", Lead: task.Assignee{Unit: d.unit(unit)}, Due: task.Due{On: due}})
		return err
	})
	return d.get(doc.ID)
}

func (d *desk) lead(doc Incoming) *task.Share {
	d.Helper()
	w, err := task.Get(d.r(), d.agency, doc.Work)
	if err != nil {
		d.Fatal(err)
	}
	return w.Lead()
}

// check fails the test for each sentence that verify would say.
func (d *desk) check() {
	d.Helper()
	if err := Check(d.r(), d.agency, func(s string) { d.Error(s) }); err != nil {
		d.Fatal(err)
	}
}

// said collects what verify says.
func (d *desk) said() string {
	d.Helper()
	var all []string
	if err := Check(d.r(), d.agency, func(s string) { all = append(all, s) }); err != nil {
		d.Fatal(err)
	}
	return strings.Join(all, "\n")
}

func (d *desk) reach(who string) Reach {
	dir := orgtest.Directory(d, d.book, d.agency)
	return ReachOf(dir.Rights(d.who[who].Person, d.clock.Today()))
}

func (d *desk) search(who, text string) int {
	d.Helper()
	res, err := find.New(d.book.DB).Search(d.r(), d.agency, find.Query{Text: text, Any: d.reach(who).Who, All: []string{"kind:" + RefIncoming}})
	if err != nil {
		d.Fatal(err)
	}
	return res.Total
}

// T14: paper and electronic documents share one sequence.
func TestOneSequence(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		for i, channel := range []string{"post", "axis", "hand", "email"} {
			in := d.letter()
			in.Channel = channel
			if doc := d.register(in); doc.Number != int64(i+1) {
				d.Errorf("%s: number %d, want %d", channel, doc.Number, i+1)
			}
		}
		books, err := Books(d.r(), d.agency)
		if err != nil || len(books) != 2 || !books[0].First {
			d.Fatal(books, err)
		}
		in := d.letter()
		in.Register = books[1].ID
		doc := d.register(in)
		if doc.Number != 1 || !strings.HasSuffix(doc.Address(), "/2026/don-thu-1") {
			d.Errorf("the register of petitions begins with %d at %s", doc.Number, doc.Address())
		}
		d.check()
	})
}

// T15 and §7.9: the same number, notation and issuer is one document, however typed.
func TestTwins(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		first := d.register(d.letter())
		again := d.letter()
		again.NumberRaw, again.IssuedOn = " 1001 / ubnd-vx", first.IssuedOn
		again.IssuerName = "uỷ ban nhân dân tỉnh  Cao Bằng"
		again.IssuerName = "ỦY BAN NHÂN DÂN tỉnh Cao Bằng"
		err := d.try("lan", func(a *journal.Act) error { _, err := Register(a, again); return err })
		var twin *Twin
		if !errors.As(err, &twin) || twin.There.ID != first.ID || !fault.Is(err, fault.KindConflict) || !strings.Contains(err.Error(), "số đến 1 ") {
			d.Fatalf("a second registration: %v", err)
		}
		again.Twin = "copy"
		if doc := d.register(again); doc.ID != first.ID {
			d.Error("a second copy made another document")
		}
		again.Twin = "other"
		d.refused("lan", fault.KindInvalid, "lý do", func(a *journal.Act) error { _, err := Register(a, again); return err })
		again.TwinReason = "Nơi gửi cấp trùng số"
		if doc := d.register(again); doc.Number != 2 {
			d.Errorf("another document with the same number got %d, want 2", doc.Number)
		}
		đ := d.letter()
		đ.NumberRaw = "77/QĐ-BDT"
		d.register(đ)
		đ.NumberRaw = "77/QD-BDT" // Đ is not D
		d.register(đ)
		d.check()
	})
}

// T28 and §17: nothing of a secret document stays, not even its number.
func TestSecretsAreNotTakenIn(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		secret := d.letter()
		secret.Secrecy, secret.Subject = 1, "Tên một việc không được để lại"
		d.refused("lan", fault.KindInvalid, "văn bản mật", func(a *journal.Act) error { _, err := Register(a, secret); return err })
		stamped := d.letter()
		stamped.Files = []Attachment{{Name: "quet.pdf", MIME: "application/pdf", SHA: strings.Repeat("ab", 32), Secret: "MẬT"}}
		d.refused("lan", fault.KindInvalid, "dấu chỉ độ mật", func(a *journal.Act) error { _, err := Register(a, stamped); return err })
		for _, table := range []string{"document_incoming", "document_file", "document_issuer", "document_counter", "find_doc"} {
			var n int
			if err := d.r().QueryRow("SELECT COUNT(*) FROM " + table).Scan(&n); err != nil || n != 0 {
				d.Errorf("%s holds %d rows, %v", table, n, err)
			}
		}
		if doc := d.register(d.letter()); doc.Number != 1 {
			d.Errorf("the next document has number %d, want 1", doc.Number)
		}
	})
}

// T30: found however it is typed, by whoever may read it.
func TestFoundBySearch(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		in := d.letter()
		in.Subject = "Văn bản đến hướng dẫn quy chế hòa giải"
		doc := d.directed(in, "CS", d.clock.Today().AddDays(7))
		for _, q := range []string{"van ban den", "quy chế hoà giải", "VĂN BẢN ĐẾN", "1001/UBND-VX", "1001 ubnd vx", "số đến 1"} {
			if d.search("lan", q) != 1 {
				d.Errorf("the clerk does not find it by %q", q)
			}
		}
		if d.search("lam", "van ban den") != 1 || d.search("hai", "van ban den") != 0 || d.search("xuan", "van ban den") != 0 {
			d.Error("the head of the unit must find it, others not")
		}
		d.do("lan", func(a *journal.Act) error {
			fix := in
			fix.Subject = "Tên đã sửa lại hoàn toàn"
			_, err := Correct(a, doc.ID, d.get(doc.ID).Version, fix)
			return err
		})
		if d.search("lam", "ten da sua lai") != 1 || d.search("lam", "van ban den") != 0 {
			d.Error("a corrected subject is found by its new words alone, by those who could find it before")
		}
	})
}

// T32: received on Friday at 16:50, registered after 17:00: it came on Friday.
func TestReceivedBeforeItIsRegistered(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		d.clock.Set(d, "2026-11-06 17:20")
		in := d.letter()
		in.ReceivedAt = time.Date(2026, 11, 6, 16, 50, 0, 0, civil.Zone)
		doc := d.register(in)
		if doc.ArrivalOn != civil.MustParse("2026-11-06") {
			d.Errorf("arrived on %s", doc.ArrivalOn.VN())
		}
		cal := orgtest.Directory(d, d.book, d.agency).Calendar
		if due := cal.AddWorkingDays(doc.ArrivalOn, 1); due != civil.MustParse("2026-11-09") {
			d.Errorf("the first working day after is %s, want Monday", due.VN())
		}
		late := d.letter()
		late.ReceivedAt = time.Date(2026, 11, 5, 9, 0, 0, 0, civil.Zone)
		d.refused("lan", fault.KindInvalid, "số liền trước (06/11/2026)", func(a *journal.Act) error { _, err := Register(a, late); return err })
	})
}

// T19, T20 on the model office's calendar, and the limit of the clerk's queue.
func TestLimitsOfTheQueue(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		dir := orgtest.Directory(d, d.book, d.agency)
		at := func(s string) time.Time {
			x, err := time.ParseInLocation("2006-01-02 15:04", s, civil.Zone)
			if err != nil {
				d.Fatal(err)
			}
			return x
		}
		for _, c := range []struct {
			since   string
			urgency int
			limit   string
		}{
			{"2026-11-23 09:00", 0, "2026-11-25"}, // 24/11 is a holiday
			{"2026-11-06 16:50", 0, "2026-11-09"},
			{"2026-11-07 10:00", 0, "2026-11-09"}, // a Saturday
			{"2026-11-02 08:00", 1, "2026-11-02"},
			{"2026-11-06 17:00", 3, "2026-11-09"}, // half an hour on Friday, the rest on Monday
		} {
			if got := LimitOf(dir.Calendar, at(c.since), c.urgency, 2); civil.Of(got).String() != c.limit {
				d.Errorf("received %s, urgency %d: limit %s, want %s", c.since, c.urgency, got, c.limit)
			}
		}
		if got := dir.Calendar.AddWorkingDays(civil.MustParse("2026-04-23"), 7); got != civil.MustParse("2026-05-07") {
			d.Errorf("T20: %s", got.VN())
		}
		plain, urgent := d.letter(), d.letter()
		urgent.Urgency = 2
		first := d.register(plain)
		d.clock.Add(time.Minute)
		second := d.register(urgent)
		d.do("lan", func(a *journal.Act) error {
			_, err := Receive(a, Intake{Channel: "post", Sender: "Bưu điện"})
			return err
		})
		look := func() []Waiting {
			q, err := Queue(d.r(), d.agency, dir.Calendar, d.clock.Now(), 2, 50)
			if err != nil {
				d.Fatal(err)
			}
			return q
		}
		q := look()
		if len(q) != 3 || q[0].Document.ID != second.ID || q[1].Document.ID != first.ID || q[0].Over {
			d.Fatalf("the queue is %+v", q)
		}
		d.clock.Add(3 * time.Hour)
		if q = look(); !q[0].Over || q[1].Over {
			d.Error("after three hours the urgent one alone is over its limit")
		}
		if n, err := QueueLength(d.r(), d.agency); err != nil || n != 3 {
			d.Error(n, err)
		}
	})
}

func TestRegistrationRules(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		for _, c := range []struct {
			words  string
			change func(*Arrival)
		}{
			{"Trích yếu", func(in *Arrival) { in.Subject = " \n " }},
			{"1.000 ký tự", func(in *Arrival) { in.Subject = strings.Repeat("ư", 1001) }},
			{"cơ quan ban hành", func(in *Arrival) { in.IssuerName = "" }},
			{"Ngày văn bản", func(in *Arrival) { in.IssuedOn = d.clock.Today().AddDays(1) }},
			{"Chưa ghi ngày", func(in *Arrival) { in.IssuedOn = 0 }},
			{"Hạn xử lý", func(in *Arrival) { in.DueOn = d.clock.Today().AddDays(-1) }},
			{"Giờ nhận", func(in *Arrival) { in.ReceivedAt = d.clock.Now().Add(time.Hour) }},
			{"Độ khẩn", func(in *Arrival) { in.Urgency = 4 }},
			{"loại văn bản", func(in *Arrival) { in.Type = "XX" }},
			{"Sổ đăng ký", func(in *Arrival) { in.Register = 17 }},
		} {
			in := d.letter()
			c.change(&in)
			d.refused("lan", fault.KindInvalid, c.words, func(a *journal.Act) error { _, err := Register(a, in); return err })
		}
		bad := d.letter()
		bad.Subject, bad.IssuerName, bad.Type = "", "", ""
		err := d.try("lan", func(a *journal.Act) error { _, err := Register(a, bad); return err })
		if len(fault.All(err)) != 3 {
			d.Errorf("three faults are named at once, got %v", err)
		}
		none := d.letter()
		none.NumberRaw = "không số"
		if doc := d.register(none); doc.NumberRaw != "" || doc.Number != 1 {
			d.Errorf("a document without a number: %+v", doc)
		}
	})
}

// Who may do what: every verb by every role, with the sentence of refusal.
func TestForbiddenWays(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		doc := d.register(d.letter())
		in := d.letter()
		verbs := map[string]struct {
			may string // those who may, or would but for the state of the document
			act func(*journal.Act) error
		}{
			"register": {"lan thu", func(a *journal.Act) error { _, err := Register(a, in); return err }},
			"receive":  {"lan thu", func(a *journal.Act) error { _, err := Receive(a, Intake{Sender: "x"}); return err }},
			"correct":  {"lan thu", func(a *journal.Act) error { _, err := Correct(a, doc.ID, 1, in); return err }},
			"files":    {"lan thu", func(a *journal.Act) error { return AddFiles(a, doc.ID, Attachment{Name: "a"}) }},
			"submit":   {"lan thu minh", func(a *journal.Act) error { return Submit(a, doc.ID, d.who["thang"].Person, "", "") }},
			"pass on":  {"thang minh", func(a *journal.Act) error { return PassOn(a, doc.ID, d.who["hoa"].Person, "") }},
			"direct": {"thang hoa quy", func(a *journal.Act) error {
				_, err := Direct(a, doc.ID, Directive{Lead: task.Assignee{Unit: d.unit("CS")}})
				return err
			}},
			"distribute": {"lan thu minh", func(a *journal.Act) error {
				_, err := Distribute(a, doc.ID, Directive{Lead: task.Assignee{Unit: d.unit("CS")}})
				return err
			}},
			"ask void":      {"lan thu", func(a *journal.Act) error { return AskVoid(a, doc.ID, "vào sổ hai lần") }},
			"ask recall":    {"lan thu", func(a *journal.Act) error { return AskRecall(a, doc.ID, "12/TB", "gửi nhầm") }},
			"agree recall":  {"lan thu", func(a *journal.Act) error { return AgreeRecall(a, doc.ID) }},
			"refuse recall": {"thang", func(a *journal.Act) error { return RefuseRecall(a, doc.ID, "còn cần") }},
			"file":          {"lan thu", func(a *journal.Act) error { return FileAway(a, doc.ID, "01.CS") }},
			"rule":          {"minh", func(a *journal.Act) error { _, err := SetRule(a, Rule{Name: "x"}); return err }},
			"print":         {"lan thu", func(a *journal.Act) error { return MarkPrinted(a, doc.Register, 2026, 1) }},
			"found":         {"minh son", Found},
			"begin":         {"minh son", func(a *journal.Act) error { return BeginAt(a, doc.Register, 2025, 5) }},
		}
		undo := errors.New("undo")
		for name, verb := range verbs {
			for who := range d.who {
				err := d.try(who, func(a *journal.Act) error {
					if err := verb.act(a); err != nil {
						return err
					}
					return undo
				})
				may := strings.Contains(" "+verb.may+" ", " "+who+" ")
				if forbidden := fault.Is(err, fault.KindForbidden); forbidden == may {
					d.Errorf("%s by %s: %v", name, who, err)
				}
			}
		}
		other, strangers := orgtest.FoundAs(d, d.book, ".2")
		if err := d.book.Do(context.Background(), strangers["lan"], func(a *journal.Act) error {
			return Submit(a, doc.ID, strangers["thang"].Person, "", "")
		}); !fault.Is(err, fault.KindNotFound) {
			d.Errorf("another agency's clerk: %v", err)
		}
		if _, err := Get(d.r(), other, Reach{All: true, Who: []string{TagAll}}, doc.ID); !fault.Is(err, fault.KindNotFound) {
			d.Errorf("another agency's head reads it: %v", err)
		}
		if d.get(doc.ID).Version != 1 {
			d.Error("a refused act left something behind")
		}
	})
}

// Rights on reading: list, page, files, all alike.
func TestReach(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		in := d.letter()
		in.Files = []Attachment{{Name: "cv.pdf", MIME: "application/pdf", Size: 10, SHA: strings.Repeat("0a", 32)}}
		doc := d.directed(in, "CS", d.clock.Today().AddDays(7))
		d.register(d.letter())
		see := func(who string) (int, error) {
			list, err := List(d.r(), d.agency, d.reach(who), Filter{Year: 2026}, Key{}, 50)
			if err != nil {
				d.Fatal(err)
			}
			one, err := Get(d.r(), d.agency, d.reach(who), doc.ID)
			if err == nil {
				files, ferr := Files(d.r(), one)
				if ferr != nil || len(files) != 1 {
					d.Fatal(files, ferr)
				}
				_, err = FileOf(d.r(), one, files[0].ID)
			}
			_, byNumber := ByNumber(d.r(), d.agency, d.reach(who), 2026, "", doc.Number)
			if (err == nil) != (byNumber == nil) {
				d.Errorf("%s: by id %v, by number %v", who, err, byNumber)
			}
			return len(list), err
		}
		for who, want := range map[string]int{"lan": 2, "thu": 2, "thang": 2, "hoa": 2, "minh": 2, "lam": 1, "hai": 0, "ha": 0, "xuan": 0, "anh": 0, "son": 0, "dai": 0} {
			n, err := see(who)
			if n != want || (err == nil) != (want > 0) || err != nil && !fault.Is(err, fault.KindNotFound) {
				d.Errorf("%s sees %d (%v), want %d", who, n, err, want)
			}
		}
		d.do("lam", func(a *journal.Act) error {
			_, err := task.AssignInside(a, d.lead(doc).ID, d.who["hai"].Person, nil, d.clock.Today().AddDays(3), "Đồng chí Hải tham mưu.")
			return err
		})
		if n, err := see("hai"); n != 1 || err != nil {
			d.Errorf("the officer to whom it was given sees %d, %v", n, err)
		}
		slip, err := SlipOf(d.r(), orgtest.Directory(d, d.book, d.agency), d.agency, d.get(doc.ID))
		if err != nil || slip.Leader.Text != "Giao tham mưu." || slip.Leader.By != "Đàm Quốc Thắng" || len(slip.Leader.Given) != 1 ||
			slip.Unit.Text != "Đồng chí Hải tham mưu." || slip.Unit.Given[0].Who != "Lý Thanh Hải" {
			d.Errorf("the slip is %+v, %v", slip, err)
		}
	})
}
