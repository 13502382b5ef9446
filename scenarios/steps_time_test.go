// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	dom "golang.org/x/net/html"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/office/org"
	"soviec/office/org/orgtest"
	"soviec/office/task"
)

var timeOfWorkRules = []rule{
	{pattern: `{ai} nhận hạn "{văn bản}"`, name: "nhận hạn được giao", do: acceptDue},
	{pattern: `{ai} đề xuất hạn {ngày} cho "{văn bản}", lý do "{lý do}"`, name: "đề xuất hạn khác trước khi bắt đầu", do: proposeDue},
	{pattern: `{ai} đồng ý hạn đề xuất "{văn bản}"`, name: "người giao đồng ý hạn đề xuất", do: agreeDue},
	{pattern: `{ai} định hạn {ngày} cho "{văn bản}" thay hạn đề xuất`, name: "người giao đưa ra hạn thứ ba", do: counterDue},
	{pattern: `{ai} giữ nguyên hạn "{văn bản}", lý do "{lý do}"`, name: "người giao không đồng ý hạn đề xuất", do: keepDue},
	{pattern: `{ai} xem các hạn của "{văn bản}"`, name: "đọc mọi hạn đã định ở trang của việc", do: seeDues},
	{pattern: `{ai} xem thời gian của "{văn bản}" thuộc về ai`, name: "ai giữ bao lâu, chậm bao lâu; hỏi thẳng phòng việc, không qua trang", do: seeWhoseTime},
	{pattern: `{ai} tạm dừng "{văn bản}" vì "{nguyên nhân}"{thêm}`, name: "tạm dừng tính thời gian", do: pauseWork},
	{pattern: `{ai} xác nhận tạm dừng "{văn bản}"`, name: "người giao hoặc trưởng phòng xác nhận tạm dừng", do: confirmPause},
	{pattern: `{ai} không chấp nhận tạm dừng "{văn bản}", lý do "{lý do}"`, name: "không chấp nhận tạm dừng", do: refusePause},
	{pattern: `{ai} tiếp tục "{văn bản}"{thêm}`, name: "tiếp tục tính thời gian khi có trả lời", do: resumeWork},
	{pattern: `{ai} báo vướng mắc "{văn bản}" vì "{nguyên nhân}"{thêm}`, name: "báo vướng mắc, không dừng thời gian", do: hinder},
	{pattern: `{ai} báo hết vướng mắc "{văn bản}"`, name: "báo hết vướng mắc", do: clearHindrance},
	{pattern: `{ai} trả lời đôn đốc "{văn bản}": sẽ xong ngày {ngày}`, name: "trả lời đôn đốc bằng một ngày", do: promise},
	{pattern: `{ai} trả lời đôn đốc "{văn bản}": đang vướng "{vướng gì}"`, name: "trả lời đôn đốc rằng đang vướng", do: blocked},
	{pattern: `{ai} xin gia hạn "{văn bản}" đến {ngày} vì nguyên nhân khách quan, lý do "{lý do}"`, name: "xin lùi hạn vì nguyên nhân khách quan; thẳng vào phòng việc, không qua trang", do: askObjective},
	{pattern: `{ai} xác nhận nguyên nhân khách quan, đồng ý gia hạn "{văn bản}"`, name: "đồng ý lùi hạn và xác nhận nguyên nhân; thẳng vào phòng việc, không qua trang", do: grantObjective},
	{pattern: `{ai} trả lại "{văn bản}" vì sai lớn về nội dung, lý do "{lý do}"`, name: "yêu cầu làm lại, tính một lần không đạt; thẳng vào phòng việc, không qua trang", do: sendBackUnmet},
	{pattern: `{ai} giao việc "{việc}" cho {người}, hạn {ngày}, xong khi phát hành văn bản`, name: "giao việc có minh chứng hoàn thành; thẳng vào phòng việc, không qua trang", do: giveProved},
	{pattern: `Văn bản trả lời "{việc}" được phát hành lúc {giờ} ngày {ngày}`, name: "như phòng văn bản đi báo khi phát hành", do: issued},
	{pattern: `{ai} xem chỉ tiêu việc từ {ngày} đến {đến ngày}`, name: "các con số T01 … T14 của kỳ, kèm số dòng phía sau; thẳng vào phòng việc, không qua trang", do: seeFigures},
}

func acceptDue(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "nhan-han", "Nhận hạn này"), nil)
}

func proposeDue(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "de-xuat-han", "Gửi đề xuất", set("Hạn đề xuất", a.day[0]), set("Lý do", a.text[1])), nil)
}

// agreeDue presses the button that names the proposed day.
func agreeDue(o *office, a args) seen {
	g := o.onWork(a.who[0], a.text[0], "de-xuat-han/duyet", "")
	for _, n := range o.visit(a.who[0], g.page).all("button") {
		if said := visible(n); strings.HasPrefix(said, "Đồng ý hạn ") {
			g.button = said
		}
	}
	return o.do(a.who[0], g, nil)
}

func counterDue(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "de-xuat-han/duyet", "Định hạn này", set("Hạn khác", a.day[0])), nil)
}

func keepDue(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "de-xuat-han/bac", "Giữ nguyên hạn", set("Lý do", a.text[1])), nil)
}

func pauseWork(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "tam-dung", "Tạm dừng tính thời gian", set("Nguyên nhân", a.text[1])), a.more)
}

func confirmPause(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "tam-dung/duyet", "Xác nhận tạm dừng"), nil)
}

func refusePause(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "tam-dung/bac", "Không chấp nhận", set("Lý do", a.text[1])), nil)
}

func resumeWork(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "tiep-tuc", "Tiếp tục"), a.more)
}

func hinder(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "vuong-mac", "Báo vướng mắc", set("Nguyên nhân", a.text[1])), a.more)
}

func clearHindrance(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "het-vuong-mac", "Đã hết vướng mắc"), nil)
}

func promise(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "tra-loi-don-doc", "Sẽ xong ngày này", set("Sẽ xong ngày", a.day[0])), nil)
}

func blocked(o *office, a args) seen {
	return o.do(a.who[0], o.onWork(a.who[0], a.text[0], "tra-loi-don-doc", "Trả lời đang vướng", set("Đang vướng gì, chờ ai", a.text[1])), nil)
}

func seeDues(o *office, a args) seen {
	return seen{page: o.visit(a.who[0], o.work(a.who[0], a.text[0])), say: ".aside", table: duesOf}
}

// duesOf reads the dates that were ever given.
func duesOf(p *page) grid {
	var g grid
	for _, tr := range p.all("main .terms table tbody tr") {
		cells := findAll(tr, "td")
		g.add("Hạn", text(pick(cells[0], "b")), "Vì sao", words(cells[1], func(c *dom.Node) bool { return c.Data == "small" }),
			"Lý do", text(pick(cells[1], "small")), "Ai định", words(cells[2], func(c *dom.Node) bool { return c.Data == "small" }))
	}
	return g
}

// holder is somebody as the holder of an act, for what has no page yet.
func (o *office) holder(p person) journal.Holder {
	agency := o.agencyOf(p)
	d := orgtest.Directory(o.TB, o.book, agency)
	for _, x := range d.People {
		if x.Name == p.Full || x.Name == p.Full+".2" {
			return d.Holder(x.ID, 0, o.clock.Today())
		}
	}
	o.failf("không có %s", p.Full)
	return journal.Holder{}
}

// act does what has no page yet, in the name of a person.
func (o *office) act(p person, f func(*journal.Act) error) seen {
	o.must(o.book.Do(context.Background(), o.holder(p), f))
	return seen{says: []string{"Đã ghi."}}
}

// lead is the leading share of a work.
func (o *office) lead(p person, name string) (task.Work, *task.Share) {
	id, err := strconv.ParseInt(o.work(p, name)[len("/viec/"):], 10, 64)
	o.must(err)
	w, err := task.Get(o.db.Read(context.Background()), o.agencyOf(p), id)
	o.must(err)
	return w, w.Lead()
}

func dayOf(s string) civil.Date { return civil.MustParse(isoDay(s)) }

func askObjective(o *office, a args) seen {
	_, s := o.lead(a.who[0], a.text[0])
	return o.act(a.who[0], func(x *journal.Act) error {
		_, err := task.AskExtensionFor(x, s.ID, task.Due{On: dayOf(a.day[0])}, task.CauseObjective, a.text[1])
		return err
	})
}

func grantObjective(o *office, a args) seen {
	w, _ := o.lead(a.who[0], a.text[0])
	return o.act(a.who[0], func(x *journal.Act) error {
		all, err := task.Requests(x, x.By.Agency, w.ID)
		if err != nil {
			return err
		}
		return task.DecideExtensionFor(x, all[len(all)-1].ID, task.Decision{Grant: true, Objective: true})
	})
}

func sendBackUnmet(o *office, a args) seen {
	_, s := o.lead(a.who[0], a.text[0])
	return o.act(a.who[0], func(x *journal.Act) error { return task.SendBackUnmet(x, s.ID, a.text[1], 0) })
}

func giveProved(o *office, a args) seen {
	to := o.holder(a.who[1]).Person
	return o.act(a.who[0], func(x *journal.Act) error {
		w, err := task.Give(x, task.Order{Title: a.text[0], Proof: task.ProofDocument, Lead: task.Assignee{Person: to}, Due: task.Due{On: dayOf(a.day[0])}})
		x.After(func() { o.works[key(a.who[0], a.text[0])] = w.Link() })
		return err
	})
}

func issued(o *office, a args) seen {
	clerk, _ := personCalled("Lan")
	w, _ := o.lead(clerk, a.text[0])
	t, err := time.Parse("15:04", a.clock)
	o.must(err)
	return o.act(clerk, func(x *journal.Act) error {
		if err := org.May(x, org.RegisterIncoming, org.Target{}); err != nil { // as the room of outgoing documents will ask
			return err
		}
		return task.Prove(x, w.ID, "outgoing/1", civil.At(dayOf(a.day[0]), t.Hour(), t.Minute()))
	})
}

func hours(d time.Duration) string {
	return strings.TrimSuffix(strings.Replace(strconv.FormatFloat(d.Hours(), 'f', 1, 64), ".", ",", 1), ",0") + " giờ"
}

func seeWhoseTime(o *office, a args) seen {
	p := a.who[0]
	w, s := o.lead(p, a.text[0])
	r, d := o.db.Read(context.Background()), orgtest.Directory(o.TB, o.book, o.agencyOf(p))
	held, err := task.Holdings(r, d.Agency.ID, []int64{s.ID})
	o.must(err)
	pauses, err := task.PausesOf(r, d.Agency.ID, []int64{s.ID})
	o.must(err)
	roles := map[string]string{task.PartDoes: "thực hiện", task.PartForwards: "chưa phân công", task.PartDecides: "chờ xác nhận"}
	var g grid
	for _, x := range s.WhoseTime(d, held[s.ID], pauses[s.ID], o.clock.Now()) {
		g.add("Ai", d.Person(x.Person).Name, "Vai", roles[x.Role], "Giữ", hours(x.Held), "Chậm", hours(x.Late))
	}
	return seen{says: []string{w.Title}, page: nil, table: func(*page) grid { return g }}
}

func seeFigures(o *office, a args) seen {
	p := a.who[0]
	d := orgtest.Directory(o.TB, o.book, o.agencyOf(p))
	s, err := task.Figures(o.db.Read(context.Background()), d, task.Asked{From: dayOf(a.day[0]), To: dayOf(a.day[1])}, o.clock.Now())
	o.must(err)
	var g grid
	add := func(code, name string, n any) { g.add("Mã", code, "Chỉ tiêu", name, "Số", fmt.Sprint(n)) }
	rate := func(r task.Rate) string {
		if !r.Known() {
			return "–"
		}
		return fmt.Sprintf("%d/%d", r.Part, r.Whole)
	}
	add("T01", "được giao", len(s.Facts))
	add("T02", "xong đúng hạn", len(s.Of(task.FateOnTime)))
	add("T03", "xong quá hạn", len(s.Of(task.FateLate)))
	add("T04", "đang làm, còn hạn", len(s.Of(task.FateOpen)))
	add("T05", "đang làm, quá hạn", len(s.Of(task.FateOverdue)))
	add("T06", "đúng hạn theo hạn cuối", rate(s.OnTime(false)))
	add("T06", "đúng hạn theo hạn đầu", rate(s.OnTime(true)))
	late, _ := s.Lateness()
	add("T08", "ngày chậm", rate(late))
	n, list := s.Extensions()
	add("T09", "lần gia hạn", fmt.Sprintf("%d của %d việc", n, len(list)))
	add("T10", "không định ngày", len(s.Undated))
	back, _ := s.Reworked()
	add("T11", "phải làm lại", rate(back))
	add("T13", "đang vướng", len(s.Stuck))
	add("T14", "đôn đốc có tác dụng", rate(s.Helped()))
	return seen{says: []string{fmt.Sprintf("%d việc trong kỳ", len(s.Facts))}, table: func(*page) grid { return g }}
}
