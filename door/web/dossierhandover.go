// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"slices"
	"strconv"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/print"
	"soviec/office/archive"
	"soviec/office/org"
	"soviec/office/task"
)

func (v *visit) seesDossierHandovers() bool {
	return v.keepsDossiers() || v.may(org.ReadArchive, org.Target{})
}

// dossierHandovers is where everything that somebody keeps is handed over at once.
func dossierHandovers(v *visit) error {
	if !v.seesDossierHandovers() {
		return errNoPage
	}
	p, err := v.dossierHandoversPage()
	if err != nil {
		return err
	}
	if from, ok := number64(v.FormValue("from")); ok {
		p.Form.Values = map[string][]string{"from": {idText(from)}}
		if err := v.dossiersOf(&p, from); err != nil {
			return err
		}
	}
	return v.show(p)
}

func (v *visit) dossierHandoversPage() (view.DossierHandovers, error) {
	p := view.DossierHandovers{Frame: v.frame(view.PlaceDossiers, "Bàn giao hồ sơ")}
	keepers, err := archive.Keepers(v.read(), v.agency())
	if err != nil {
		return p, err
	}
	p.Keepers = v.keeperOptions(keepers)
	waiting, err := archive.WaitingHandovers(v.read(), v.agency(), v.me())
	if err != nil {
		return p, err
	}
	for _, h := range waiting {
		p.Waiting = append(p.Waiting, v.dossierReceiptRow(h))
	}
	before, _ := number64(v.FormValue("before"))
	all, err := archive.Handovers(v.read(), v.rights, before, rowsOfReceipts+1)
	if len(all) > rowsOfReceipts {
		all = all[:rowsOfReceipts]
		p.Pager.Next = "/ban-giao-ho-so?before=" + idText(all[len(all)-1].ID)
	}
	for _, h := range all {
		p.Made = append(p.Made, v.dossierReceiptRow(h))
	}
	return p, err
}

// keeperOptions are those whose dossiers the visitor may hand over, in the order of the units.
func (v *visit) keeperOptions(keepers []archive.Keeper) []view.Option {
	order := map[int64]int{}
	for _, u := range v.dir.UnitsOn(v.today) {
		for _, person := range v.dir.Members(u.ID, v.today) {
			if order[person.ID] == 0 {
				order[person.ID] = len(order) + 1
			}
		}
	}
	slices.SortStableFunc(keepers, func(a, b archive.Keeper) int { return order[a.Person] - order[b.Person] })
	var out []view.Option
	for _, k := range keepers {
		post, _ := v.dir.PostOn(k.Person, v.today)
		if archive.MayHand(v.rights, archive.Dossier{Keeper: k.Person, Unit: post.Unit}) {
			out = append(out, view.Option{Value: idText(k.Person), Label: v.dir.Person(k.Person).Name, Note: fmt.Sprintf("%d hồ sơ", k.Count)})
		}
	}
	return out
}

func (v *visit) dossierReceiptRow(h archive.Handover) view.HandoverRow {
	row := view.HandoverRow{Href: h.Link(), Title: h.Title(), From: capital(v.dir.Person(h.From).Polite()), At: sinceWords(h.At, v.today), Count: fmt.Sprintf("%d hồ sơ", h.Count), State: "đã ký nhận đủ"}
	signed := 0
	for i, t := range h.Takers {
		if i > 0 {
			row.To += ", "
		}
		row.To += v.dir.Person(t.Person).Name
		if !t.AckedAt.IsZero() {
			signed++
		}
	}
	if signed < len(h.Takers) {
		row.State = fmt.Sprintf("đã ký %d/%d người nhận", signed, len(h.Takers))
	}
	return row
}

// dossiersOf lists what somebody keeps and may be handed over.
func (v *visit) dossiersOf(p *view.DossierHandovers, from int64) error {
	all, err := archive.KeptBy(v.read(), v.agency(), from)
	if err != nil {
		return err
	}
	p.From = v.dir.Person(from).Polite()
	for _, d := range all {
		if !archive.MayHand(v.rights, d) {
			continue
		}
		row := view.HandedRow{ID: idText(d.ID), Href: d.Link(), Number: d.Notation, Title: d.Title, Term: d.Term.Words(), Docs: fmt.Sprintf("%d · %s", d.Year, docsWords(d)), State: d.State.Label(), To: p.Form.Value("to-" + idText(d.ID))}
		if d.Frozen {
			row.State += ", bị khóa: mở khóa rồi mới bàn giao được"
			row.To = "0"
		}
		p.Rows = append(p.Rows, row)
	}
	p.People = v.personGroups()
	for i := range p.People {
		p.People[i].Options = slices.DeleteFunc(p.People[i].Options, func(o view.Option) bool { return o.Value == "person/"+idText(from) })
	}
	post, _ := v.dir.PostOn(from, v.today)
	if v.may(org.MoveWork, org.Target{Unit: post.Unit}) {
		mine, err := task.Mine(v.read(), v.agency(), from)
		if err != nil {
			return err
		}
		p.Works = len(mine)
	}
	return nil
}

func handDossiersOver(v *visit) error {
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	from, _ := number64(v.field("from"))
	all, err := archive.KeptBy(v.read(), v.agency(), from)
	if err != nil {
		return err
	}
	common, _ := assignee(v.field("to"))
	h := archive.Handing{From: from, Dossiers: map[int64]int64{}, Reason: v.text("reason")}
	for _, d := range all {
		switch to := v.field("to-" + idText(d.ID)); {
		case to == "0" || to == "" && common.Person == 0:
		case to == "":
			h.Dossiers[d.ID] = common.Person
		default:
			one, _ := assignee(to)
			h.Dossiers[d.ID] = one.Person
		}
	}
	if v.field("works") == "on" {
		if h.Works = common.Person; h.Works == 0 {
			err = fault.Invalid("to", "Hãy chọn người nhận chung để bàn giao cả việc đang mở.")
		}
	}
	var made archive.Handover
	if err == nil {
		err = v.act(func(a *journal.Act) (err error) { made, err = archive.HandAll(a, h); return err })
	}
	if err == nil {
		return v.done(made.Link(), fmt.Sprintf("Đã bàn giao %d hồ sơ cho %d người; chờ ký nhận.", made.Count, len(made.Takers)))
	}
	if !wrong(err) {
		return err
	}
	p, perr := v.dossierHandoversPage()
	if perr != nil {
		return perr
	}
	p.Form = v.form(err)
	if from != 0 {
		if perr := v.dossiersOf(&p, from); perr != nil {
			return perr
		}
	}
	return v.again(p, err)
}

func (v *visit) dossierReceipt() (archive.Handover, error) {
	id, err := v.id("id")
	if err != nil {
		return archive.Handover{}, err
	}
	return archive.HandoverOf(v.read(), v.rights, id)
}

func dossierReceipt(v *visit) error {
	h, err := v.dossierReceipt()
	if err != nil {
		return err
	}
	return v.show(v.dossierReceiptPage(h))
}

func (v *visit) dossierReceiptPage(h archive.Handover) view.DossierHandover {
	p := view.DossierHandover{Frame: v.frame(view.PlaceDossiers, h.Title()), Title: h.Title(), Address: h.Link(), PrintHref: h.Link() + "/in.pdf",
		Sentence: fmt.Sprintf("%s bàn giao %d hồ sơ cho %d người.", capital(v.dir.Person(h.From).Polite()), h.Count, len(h.Takers)),
		Facts:    []view.Fact{{Label: "Lập lúc", Value: momentWords(h.At)}, {Label: "Người lập", Value: v.personWords(h.By, h.Proxy)}, {Label: "Lý do", Value: h.Reason}}}
	if h.Works != 0 {
		p.Works = "/ban-giao/" + idText(h.Works)
	}
	for _, t := range h.Takers {
		one := view.HandedTaker{Name: v.dir.Person(t.Person).Name, Signed: "chờ ký nhận", Note: t.Note, Waits: t.AckedAt.IsZero()}
		if !one.Waits {
			one.Signed = "đã ký nhận " + sinceWords(t.AckedAt, v.today)
		}
		for _, l := range h.Lines {
			if l.To != t.Person {
				continue
			}
			d := l.Dossier
			row := view.HandedRow{Number: d.Notation, Title: d.Title, Term: d.Term.Words(), State: l.State.Label(), Docs: fmt.Sprintf("%d · %s", d.Year, docsWords(archive.Dossier{Docs: l.Docs, Pages: l.Pages}))}
			if t.Person == v.me() || v.dossierReach().All {
				row.Href = d.Link()
			}
			one.Rows = append(one.Rows, row)
		}
		p.Takers = append(p.Takers, one)
	}
	if h.Waits(v.me()) {
		p.Ack = &view.Form{}
	}
	return p
}

func signDossierReceipt(v *visit) error {
	h, err := v.dossierReceipt()
	if err != nil {
		return err
	}
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	err = v.act(func(a *journal.Act) error { return archive.SignHandover(a, h.ID, v.text("text")) })
	if err == nil {
		return v.done(h.Link(), "Đã ký nhận hồ sơ bàn giao.")
	}
	if !wrong(err) {
		return err
	}
	p := v.dossierReceiptPage(h)
	if p.Ack != nil {
		*p.Ack = v.form(err)
	}
	return v.again(p, err)
}

func dossierReceiptPDF(v *visit) error {
	h, err := v.dossierReceipt()
	if err != nil {
		return err
	}
	t := printed{title: "BIÊN BẢN BÀN GIAO HỒ SƠ, TÀI LIỆU", subtitle: h.Title(), filters: "Bên giao: " + v.dir.Person(h.From).Name + ". Lý do: " + h.Reason,
		columns: []print.Column{{Title: "STT", WidthMM: 12, Align: print.Center}, {Title: "Số, ký hiệu hồ sơ", WidthMM: 30}, {Title: "Tiêu đề hồ sơ", WidthMM: 98}, {Title: "Thời hạn bảo quản", WidthMM: 26},
			{Title: "Số văn bản", WidthMM: 18, Align: print.Center}, {Title: "Số trang", WidthMM: 18, Align: print.Center}, {Title: "Tình trạng", WidthMM: 32}, {Title: "Người nhận", WidthMM: 36}},
		signers: []print.Signer{{Titles: []string{"NGƯỜI BÀN GIAO"}, Hint: signHere, Name: v.dir.Person(h.From).Name}, {Titles: []string{"NGƯỜI NHẬN"}, Hint: signHere}, {Titles: []string{"XÁC NHẬN CỦA ĐƠN VỊ"}, Hint: signHere}}}
	for i, l := range h.Lines {
		t.lines = append(t.lines, print.Line{Cells: []string{strconv.Itoa(i + 1), l.Dossier.Notation, l.Dossier.Title, l.Dossier.Term.Words(), strconv.Itoa(l.Docs), number(l.Pages), l.State.Label(), v.dir.Person(l.To).Name}})
	}
	t.notes = []string{fmt.Sprintf("Biên bản này gồm %s hồ sơ (viết bằng chữ: %s hồ sơ).", number(h.Count), print.Words(h.Count))}
	for _, taker := range h.Takers {
		if name := v.dir.Person(taker.Person).Name; !taker.AckedAt.IsZero() {
			note := name + " đã ký nhận trên hệ thống lúc " + momentWords(taker.AckedAt) + "."
			if taker.Note != "" {
				note += " Ý kiến: " + taker.Note
			}
			t.notes = append(t.notes, note)
		}
	}
	if len(h.Takers) == 1 {
		t.signers[1].Name = v.dir.Person(h.Takers[0].Person).Name
	}
	return v.sendPrinted(fmt.Sprintf("ban-giao-ho-so-%d-%02d", h.Year, h.Number), t, false)
}
