// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"context"
	"fmt"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/handover"
	"soviec/office/org"
	"soviec/office/org/orgtest"
	"soviec/office/remark"
	"soviec/office/task"
)

var giveRules = []rule{
	{pattern: `{ai} giao thẳng việc "{việc}" cho {nơi}{thêm}`, name: "giao việc không đi từ văn bản", do: giveDirect},
	{pattern: `{ai} giao một bảng: "{việc}" cho {nơi}; "{việc}" cho {nơi}; hạn {ngày}`, name: "giao nhiều việc của một cuộc họp trong một lần", do: giveTable},
	{pattern: `{ai} chia việc "{việc cha}" thành "{việc con}" cho {nơi}{thêm}`, name: "giao một phần của việc mình giữ", do: splitWork},
	{pattern: `{ai} đổi hạn việc "{việc}" sang {ngày}`, name: "người giao đổi hạn một việc có việc con", do: func(o *office, a args) seen { return redateTree(o, a, false) }},
	{pattern: `{ai} đổi hạn việc "{việc}" cùng các việc con sang {ngày}`, name: "việc con có hạn sau ngày ấy cùng lùi về", do: func(o *office, a args) seen { return redateTree(o, a, true) }},
	{pattern: `{ai} xem cây việc "{việc}"`, name: "việc cha, việc con mà người ấy được xem", do: seeTree},
	{pattern: `{ai} nộp kết quả việc "{việc}": "{kết quả}"`, name: "báo cáo kết quả phần mình", do: reportDirect},
	{pattern: `{ai} nhận kết quả việc "{việc}"`, name: "người giao xác nhận", do: confirmDirect},
	{pattern: `{ai} xem gợi ý kết quả của việc "{việc}"`, name: "kết quả các việc con, để tổng hợp", do: seeOffered},
	{pattern: `{ai} tự đề xuất việc "{việc}", hạn {ngày}`, name: "đề xuất việc mình muốn làm", do: proposeWork},
	{pattern: `{ai} xác nhận đề xuất "{việc}"`, name: "người đứng đầu đơn vị xác nhận", do: grantProposal},
	{pattern: `{ai} không xác nhận đề xuất "{việc}", lý do "{lý do}"`, name: "người đứng đầu đơn vị không xác nhận", do: refuseProposal},
	{pattern: `{ai} liên kết việc "{việc}" với việc "{việc}"`, name: "ghi hai việc liên quan nhau", do: linkWorks},
	{pattern: `{ai} đổi hạn mọi việc đang mở sang {ngày}, lý do "{lý do}"`, name: "đổi hạn hàng loạt, kết quả từng dòng", do: bulkDue},
	{pattern: `{ai} bàn giao mọi việc của {nơi} cho {nơi}, lý do "{lý do}"`, name: "chuyển hết việc đang mở, có biên bản", do: handOver},
	{pattern: `{ai} ký nhận bàn giao`, name: "bên nhận ký biên bản gần nhất", do: acknowledge},
	{pattern: `{ai} xem biên bản bàn giao`, name: "danh sách của biên bản gần nhất", do: seeReceipt},
	{pattern: `{ai} xem việc đang giữ của {người}`, name: "các phần việc mở của một người", do: seeHeld},
	{pattern: `Cảnh báo khi giao {người} việc {giờ} định mức, hạn {ngày}`, name: "những điều hiện ra lúc giao", do: seeWarnings},
	{pattern: `{ai} trao đổi về việc "{việc}": "{nội dung}"`, name: "viết một ý kiến, nhắc tên bằng @", do: sayRemark},
	{pattern: `{ai} kết luận về việc "{việc}": "{nội dung}"`, name: "viết một kết luận", do: sayConclusion},
	{pattern: `{ai} rút lại ý kiến vừa viết về việc "{việc}"`, name: "trong 15 phút sau khi gửi", do: withdrawRemark},
	{pattern: `{ai} xem trao đổi về việc "{việc}"`, name: "mọi ý kiến về một việc", do: seeRemarks},
}

func init() {
	remark.On("task", remark.Matter{About: func(r store.Reader, agency, id int64) (remark.Topic, error) {
		w, err := task.Get(r, agency, id)
		return remark.Topic{Title: w.Title, Link: w.Link(), People: []int64{w.Giver},
			MayRead:     func(x org.Rights) bool { may, err := task.Reads(r, x, agency, w); return may && err == nil },
			MayConclude: func(x org.Rights) bool { return x.Person == w.Giver || x.Is(org.Head) }}, err
	}})
}

// desk is a person at work behind the pages.
func (o *office) desk(p person) (*org.Directory, journal.Holder, org.Rights) {
	d := orgtest.Directory(o.TB, o.book, o.agencyOf(p))
	id := o.personID(d, p.Full)
	return d, d.Holder(id, 0, o.clock.Today()), d.Rights(id, o.clock.Today())
}

func (o *office) personID(d *org.Directory, full string) int64 {
	for _, p := range d.People {
		if p.Name == full {
			return p.ID
		}
	}
	o.failf("không có người %q", full)
	return 0
}

// behind is one act of a person, and what came of it.
func (o *office) behind(p person, f func(a *journal.Act) (string, error)) seen {
	_, by, _ := o.desk(p)
	said := ""
	err := o.book.Do(context.Background(), by, func(a *journal.Act) (err error) { said, err = f(a); return err })
	if err != nil {
		return seen{err: err}
	}
	return seen{says: []string{said}}
}

// placed is a unit or a person of the model office.
func (o *office) placed(d *org.Directory, name string) task.Assignee {
	for _, u := range d.Units {
		if u.Name == name {
			return task.Assignee{Unit: u.ID}
		}
	}
	return task.Assignee{Person: o.personID(d, name)}
}

// titled is the work with a title, the newest first.
func (o *office) titled(p person, title string) task.Work {
	d, _, _ := o.desk(p)
	for id := int64(0); ; {
		entries, err := journal.Since(o.db.Read(context.Background()), d.Agency.ID, id, 2000)
		o.must(err)
		if len(entries) == 0 {
			break
		}
		for _, e := range entries {
			id = e.Seq
			if kind, work, ok := journal.ParseRef(e.Subject); ok && kind == "task" && e.Kind == task.Given {
				if w, err := task.Get(o.db.Read(context.Background()), d.Agency.ID, work); err == nil && w.Title == title {
					return w
				}
			}
		}
	}
	o.failf("không có việc %q", title)
	return task.Work{}
}

func vnDay(s string) civil.Date { return civil.MustParse(isoDay(s)) }

func (o *office) order(p person, title, place string, more []clause) task.Order {
	d, _, _ := o.desk(p)
	ord := task.Order{Title: title, Lead: o.placed(d, place)}
	for _, c := range more {
		switch lower(c.label) {
		case "hạn":
			ord.Due.On = vnDay(c.value)
		case "lúc":
			ord.Due.At = c.value
		case "phối hợp":
			ord.Coop = append(ord.Coop, o.placed(d, c.value))
		case "phần phối hợp":
			ord.Coop[len(ord.Coop)-1].Text = c.value
		case "tỷ lệ phối hợp":
			fmt.Sscan(c.value, &ord.Coop[len(ord.Coop)-1].Part)
			ord.Coop[len(ord.Coop)-1].Part *= 100
		case "định mức":
			ord.Product = task.Product{ID: 1, Name: "Báo cáo", Quantity: 1000, Factor: 1000}
			fmt.Sscan(c.value, &ord.Product.Norm)
			ord.Product.Norm *= 60
		default:
			o.failf("không có ô %q", c.label)
		}
	}
	return ord
}

func (o *office) gives(p person, ord task.Order) seen {
	var w task.Work
	saw := o.behind(p, func(a *journal.Act) (_ string, err error) { w, err = task.Give(a, ord); return "", err })
	if saw.err == nil {
		d, _, _ := o.desk(p)
		lead, parts := w.Lead(), w.Parts()
		saw.says[0] = "Đã giao " + d.Person(lead.Holder).Name + " chủ trì"
		if !lead.DueOn.IsZero() {
			saw.says[0] += ", hạn " + lead.DueOn.VN()
		}
		saw.says[0] += "."
		if len(parts) > 1 {
			line := fmt.Sprintf("Khối lượng: chủ trì %d %%", parts[lead.ID]/100)
			for _, s := range w.Shares {
				if s.Role == task.Coop {
					line += fmt.Sprintf(", %s %d %%", d.Person(s.Holder).Name, parts[s.ID]/100)
				}
			}
			saw.says = append(saw.says, line+".")
		}
		saw.says = append(saw.says, w.Warnings...)
	}
	return saw
}

func giveDirect(o *office, a args) seen {
	return o.gives(a.who[0], o.order(a.who[0], a.text[0], a.place[0], a.more))
}

func splitWork(o *office, a args) seen {
	ord := o.order(a.who[0], a.text[1], a.place[0], a.more)
	ord.Parent = o.share(a.who[0], a.text[0])
	return o.gives(a.who[0], ord)
}

func redateTree(o *office, a args, parts bool) seen {
	share := o.share(a.who[0], a.text[0])
	return o.behind(a.who[0], func(act *journal.Act) (string, error) {
		_, err := task.ChangeDueOf(act, share, vnDay(a.day[0]), "Cấp trên yêu cầu sớm hơn.", parts)
		return "Đã đổi hạn.", err
	})
}

func giveTable(o *office, a args) seen {
	var orders []task.Order
	for i, title := range a.text {
		orders = append(orders, o.order(a.who[0], title, a.place[i], []clause{set("Hạn", a.day[0])}))
	}
	return o.behind(a.who[0], func(act *journal.Act) (string, error) {
		works, err := task.GiveMany(act, orders)
		return fmt.Sprintf("Đã giao %d việc.", len(works)), err
	})
}

func seeTree(o *office, a args) seen {
	d, _, x := o.desk(a.who[0])
	all, err := task.Tree(o.db.Read(context.Background()), x, d.Agency.ID, o.titled(a.who[0], a.text[0]).ID)
	o.must(err)
	var g grid
	for _, b := range all {
		g.add("Việc", strings.Repeat("– ", b.Depth)+b.Lead.Title, "Ai", d.Person(b.Lead.Holder).Name, "Hạn", b.Lead.DueOn.VN(), "Còn mở", fmt.Sprint(b.Open))
	}
	return seen{says: []string{fmt.Sprintf("%d việc", len(all))}, table: func(*page) grid { return g }}
}

func (o *office) share(p person, title string) int64 {
	w := o.titled(p, title)
	return w.Lead().ID
}

func reportDirect(o *office, a args) seen {
	id := o.share(a.who[0], a.text[0])
	return o.behind(a.who[0], func(act *journal.Act) (string, error) { return "Đã báo cáo.", task.Report(act, id, a.text[1], "") })
}

func confirmDirect(o *office, a args) seen {
	id := o.share(a.who[0], a.text[0])
	return o.behind(a.who[0], func(act *journal.Act) (string, error) { return "Đã xác nhận.", task.Confirm(act, id, "") })
}

func seeOffered(o *office, a args) seen {
	d, _, _ := o.desk(a.who[0])
	_, text, err := task.Offered(o.db.Read(context.Background()), d.Agency.ID, o.share(a.who[0], a.text[0]))
	o.must(err)
	return seen{says: strings.Split(text, "\n")}
}

func proposeWork(o *office, a args) seen {
	return o.behind(a.who[0], func(act *journal.Act) (string, error) {
		q, err := task.Propose(act, task.Order{Title: a.text[0], Due: task.Due{On: vnDay(a.day[0])}})
		d, _, _ := o.desk(a.who[0])
		return "Đã gửi " + d.Person(q.Decider).Name + " xác nhận.", err
	})
}

func (o *office) decideProposal(p person, title string, grant bool, answer string) seen {
	d, _, _ := o.desk(p)
	for _, who := range d.People {
		all, err := task.ProposalsOf(o.db.Read(context.Background()), d.Agency.ID, who.ID, 50)
		o.must(err)
		for _, q := range all {
			if q.Title == title {
				return o.behind(p, func(a *journal.Act) (string, error) {
					_, err := task.DecideProposal(a, q.ID, grant, 0, answer)
					return "Đã trả lời đề xuất của " + who.Name + ".", err
				})
			}
		}
	}
	o.failf("không có đề xuất %q", title)
	return seen{}
}

func grantProposal(o *office, a args) seen { return o.decideProposal(a.who[0], a.text[0], true, "") }

func refuseProposal(o *office, a args) seen {
	return o.decideProposal(a.who[0], a.text[0], false, a.text[1])
}

func linkWorks(o *office, a args) seen {
	from, to := o.titled(a.who[0], a.text[0]), o.titled(a.who[0], a.text[1])
	return o.behind(a.who[0], func(act *journal.Act) (string, error) {
		return "Đã liên kết.", task.AddLink(act, from.ID, to.Ref())
	})
}

func bulkDue(o *office, a args) seen {
	d, by, _ := o.desk(a.who[0])
	var shares []int64
	titles := map[int64]string{}
	for _, u := range d.Units {
		all, err := task.OfUnit(o.db.Read(context.Background()), d.Agency.ID, u.ID)
		o.must(err)
		for _, p := range all {
			shares = append(shares, p.Share)
			titles[p.Share] = p.Title
		}
	}
	out, err := task.BulkDue(context.Background(), o.book, by, shares, vnDay(a.day[0]), a.text[0])
	if err != nil {
		return seen{err: err}
	}
	var g grid
	for _, row := range out {
		said := "đã đổi hạn"
		if row.Err != nil {
			said = fault.Text(row.Err)
		}
		g.add("Việc", titles[row.ID], "Kết quả", said)
	}
	return seen{table: func(*page) grid { return g }}
}

func handOver(o *office, a args) seen {
	d, _, _ := o.desk(a.who[0])
	side := func(name string) handover.Party {
		at := o.placed(d, name)
		return handover.Party{Person: at.Person, Unit: at.Unit}
	}
	return o.behind(a.who[0], func(act *journal.Act) (string, error) {
		r, err := handover.HandOver(act, handover.Handing{From: side(a.place[0]), To: side(a.place[1]), Reason: a.text[0]})
		return fmt.Sprintf("%s: %d việc, %d việc đã quá hạn.", r.Title(), r.Count, r.Late()), err
	})
}

// receipt is the newest receipt.
func (o *office) receipt(p person) handover.Receipt {
	d, _, _ := o.desk(p)
	head := d.Rights(o.personID(d, "Đàm Quốc Thắng"), o.clock.Today())
	all, err := handover.List(o.db.Read(context.Background()), d, head, 0, 1)
	o.must(err)
	if len(all) == 0 {
		o.failf("chưa có biên bản bàn giao nào")
	}
	return all[0]
}

func acknowledge(o *office, a args) seen {
	r := o.receipt(a.who[0])
	return o.behind(a.who[0], func(act *journal.Act) (string, error) {
		return r.Title() + " đã được ký nhận.", handover.Acknowledge(act, r.ID, "")
	})
}

func seeReceipt(o *office, a args) seen {
	d, _, x := o.desk(a.who[0])
	r, err := handover.Get(o.db.Read(context.Background()), d, x, o.receipt(a.who[0]).ID)
	if err != nil {
		return seen{err: err}
	}
	var g grid
	for _, l := range r.Lines(d) {
		g.add("Số", fmt.Sprint(l.No), "Việc", l.Title, "Hạn", l.Due, "Quá hạn", l.Late, "Người giao", l.From, "Người nhận", l.To, "Ghi chú", l.Note)
	}
	return seen{says: []string{r.Title() + ", từ " + r.From.Words(d) + " cho " + r.To.Words(d) + "."}, table: func(*page) grid { return g }}
}

func seeHeld(o *office, a args) seen {
	d, _, _ := o.desk(a.who[0])
	all, err := task.Mine(o.db.Read(context.Background()), d.Agency.ID, o.personID(d, a.who[1].Full))
	o.must(err)
	var g grid
	for _, p := range all {
		g.add("Việc", p.Title, "Vai trò", p.Role.Words(), "Hạn", p.DueOn.VN(), "Tình trạng", p.State.Words())
	}
	return seen{says: []string{fmt.Sprintf("%d việc", len(all))}, table: func(*page) grid { return g }}
}

func seeWarnings(o *office, a args) seen {
	d := orgtest.Directory(o.TB, o.book, o.agencies[0])
	p, err := o.door.Board.Of(context.Background(), d.Agency.ID)
	o.must(err)
	id := o.personID(d, a.who[0].Full)
	var hours, minutes int64
	fmt.Sscanf(a.clock, "%d:%d", &hours, &minutes)
	l := handover.Loads(p, d, o.clock.Now(), []int64{id})[id]
	says := handover.Warnings(d, l, o.clock.Now(), d.Calendar.EndOfDay(vnDay(a.day[0])), hours*60+minutes)
	if len(says) == 0 {
		says = []string{"Không có cảnh báo."}
	}
	return seen{says: says}
}

func (o *office) says(p person, s remark.Saying) seen {
	return o.behind(p, func(a *journal.Act) (string, error) {
		m, err := remark.Say(a, s)
		return fmt.Sprintf("Đã gửi, nhắc tên %d người.", len(m.Mentions)), err
	})
}

func sayRemark(o *office, a args) seen {
	return o.says(a.who[0], remark.Saying{Matter: o.titled(a.who[0], a.text[0]).Ref(), Text: a.text[1]})
}

func sayConclusion(o *office, a args) seen {
	return o.says(a.who[0], remark.Saying{Matter: o.titled(a.who[0], a.text[0]).Ref(), Text: a.text[1], Decide: true})
}

func withdrawRemark(o *office, a args) seen {
	d, _, _ := o.desk(a.who[0])
	head := d.Rights(o.personID(d, "Đàm Quốc Thắng"), o.clock.Today())
	all, err := remark.Of(o.db.Read(context.Background()), head, d.Agency.ID, o.titled(a.who[0], a.text[0]).Ref())
	o.must(err)
	return o.behind(a.who[0], func(act *journal.Act) (string, error) {
		return "Đã rút lại.", remark.Withdraw(act, all[len(all)-1].ID)
	})
}

func seeRemarks(o *office, a args) seen {
	d, _, x := o.desk(a.who[0])
	all, err := remark.Of(o.db.Read(context.Background()), x, d.Agency.ID, o.titled(a.who[0], a.text[0]).Ref())
	if err != nil {
		return seen{err: err}
	}
	var g grid
	for _, m := range all {
		what, text := "trao đổi", m.Text
		if m.Decided() {
			what = "kết luận"
		}
		if !m.WithdrawnAt.IsZero() {
			what, text = "đã rút lại", ""
		}
		g.add("Ai", d.Person(m.Person).Name, "Là", what, "Nội dung", text)
	}
	return seen{says: []string{fmt.Sprintf("%d ý kiến", len(all))}, table: func(*page) grid { return g }}
}
