// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/print"
	"soviec/office/handover"
	"soviec/office/org"
	"soviec/office/task"
)

const rowsOfReceipts = 30

// handovers lists the receipts that the visitor may see, and hands open work over.
func handovers(v *visit) error {
	p, err := v.handoversPage()
	if err != nil {
		return err
	}
	if from, ok := assignee(v.FormValue("from")); ok && p.May {
		p.Form.Values = map[string][]string{"from": {v.FormValue("from")}}
		if err := v.handedFrom(&p, from); err != nil {
			return err
		}
	}
	return v.show(p)
}

func (v *visit) handoversPage() (view.Handovers, error) {
	p := view.Handovers{Frame: v.frame(view.PlaceWorks, "Bàn giao công việc"), May: v.rights.Leader() || v.rights.Is(org.OfficeChief) || len(v.rights.Heads) > 0, Parties: v.leadGroups(),
		Papers: v.seesDossierHandovers()}
	waiting, err := handover.Waiting(v.read(), v.rights)
	if err != nil {
		return p, err
	}
	for _, r := range waiting {
		p.Waiting = append(p.Waiting, v.receiptRow(r))
	}
	before, _ := number64(v.FormValue("before"))
	all, err := handover.List(v.read(), v.dir, v.rights, before, rowsOfReceipts+1)
	if err != nil {
		return p, err
	}
	if len(all) > rowsOfReceipts {
		all = all[:rowsOfReceipts]
		p.Pager.Next = "/ban-giao?before=" + idText(all[len(all)-1].ID)
	}
	for _, r := range all {
		p.Rows = append(p.Rows, v.receiptRow(r))
	}
	return p, nil
}

func (v *visit) receiptRow(r handover.Receipt) view.HandoverRow {
	row := view.HandoverRow{Href: r.Link(), Title: r.Title(), From: capital(r.From.Words(v.dir)), To: r.To.Words(v.dir), At: sinceWords(r.At, v.today), Count: fmt.Sprintf("%d mục", r.Count), State: "chờ bên nhận ký"}
	if r.AckedBy != 0 {
		row.State = "đã ký nhận " + sinceWords(r.AckedAt, v.today)
	}
	return row
}

// handedFrom lists what somebody holds, to be handed over whole or in part.
func (v *visit) handedFrom(p *view.Handovers, from task.Assignee) error {
	p.From = v.assigneeWords(from)
	l := lens{Filter: task.Filter{Person: from.Person}}
	if from.Person == 0 {
		l.Unit = from.Unit
	}
	held, err := v.through(l)
	for _, t := range held {
		p.Works = append(p.Works, v.workRow(t))
	}
	if err != nil || from.Person == 0 {
		return err
	}
	given, err := task.GivenBy(v.read(), v.agency(), from.Person)
	p.Given = len(given)
	return err
}

func handOver(v *visit) error {
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	from, okFrom := assignee(v.field("from"))
	to, okTo := assignee(v.field("to"))
	var err error
	switch {
	case !okFrom:
		err = fault.Invalid("from", "Chưa chọn bên giao.")
	case !okTo:
		err = fault.Invalid("to", "Chưa chọn bên nhận.")
	}
	h := handover.Handing{From: handover.Party{Person: from.Person, Unit: from.Unit}, To: handover.Party{Person: to.Person, Unit: to.Unit}, Reason: v.text("reason")}
	if v.PostFormValue("part") == "on" {
		for _, s := range v.PostForm["work"] {
			if id, ok := number64(s); ok {
				h.Shares = append(h.Shares, id)
			}
		}
		if len(h.Shares) == 0 && err == nil {
			err = fault.Invalid("part", "Chưa đánh dấu việc nào để bàn giao.")
		}
	}
	var r handover.Receipt
	if err == nil {
		err = v.act(func(a *journal.Act) (err error) { r, err = handover.HandOver(a, h); return err })
	}
	if err == nil {
		return v.done(r.Link(), fmt.Sprintf("Đã bàn giao %d mục; chờ bên nhận ký.", r.Count))
	}
	if !wrong(err) {
		return err
	}
	p, perr := v.handoversPage()
	if perr != nil {
		return perr
	}
	if okFrom {
		if perr := v.handedFrom(&p, from); perr != nil {
			return perr
		}
	}
	p.Form = v.form(err)
	return v.again(p, err)
}

// receipt is the minutes of one hand-over (biên bản bàn giao).
func receipt(v *visit) error {
	r, err := v.receipt()
	if err != nil {
		return err
	}
	return v.show(v.receiptPage(r))
}

func (v *visit) receipt() (handover.Receipt, error) {
	id, err := v.id("id")
	if err != nil {
		return handover.Receipt{}, err
	}
	return handover.Get(v.read(), v.dir, v.rights, id)
}

func (v *visit) receiptPage(r handover.Receipt) view.Handover {
	p := view.Handover{Frame: v.frame(view.PlaceWorks, r.Title()), Title: r.Title(), Address: r.Link(), PrintHref: r.Link() + "/in.pdf",
		Sentence: fmt.Sprintf("%s bàn giao %d mục cho %s.", capital(r.From.Words(v.dir)), r.Count, r.To.Words(v.dir))}
	p.Facts = []view.Fact{{Label: "Lập lúc", Value: momentWords(r.At)}, {Label: "Người lập", Value: v.personWords(r.By, r.Proxy)}, {Label: "Lý do", Value: r.Reason}}
	if n := r.Late(); n > 0 {
		p.Facts = append(p.Facts, view.Fact{Label: "Quá hạn khi giao", Value: fmt.Sprintf("%d việc; thời gian trễ thuộc bên giao", n), Tone: view.ToneError})
	}
	if r.AckedBy != 0 {
		p.Facts = append(p.Facts, view.Fact{Label: "Ký nhận", Value: v.dir.Person(r.AckedBy).Name + ", " + momentWords(r.AckedAt), Tone: view.ToneDone})
		if r.AckedNote != "" {
			p.Facts = append(p.Facts, view.Fact{Label: "Ý kiến bên nhận", Value: r.AckedNote})
		}
	} else if r.To.Person == v.me() || r.To.Person == 0 && v.rights.HeadsUnit(r.To.Unit) {
		p.Ack = &view.Form{}
	}
	for _, l := range r.Lines(v.dir) {
		row := view.HandoverLine{No: strconv.Itoa(l.No), Kind: l.Kind, Title: l.Title, Role: l.Role, Due: l.Due, Late: l.Late, From: l.From, To: l.To, Note: l.Note}
		if l.Work != 0 {
			row.Href = workLink(l.Work)
		}
		p.Lines = append(p.Lines, row)
	}
	return p
}

func acknowledge(v *visit) error {
	r, err := v.receipt()
	if err != nil {
		return err
	}
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	err = v.act(func(a *journal.Act) error { return handover.Acknowledge(a, r.ID, v.text("text")) })
	if err == nil {
		return v.done(r.Link(), "Đã ký nhận bàn giao.")
	}
	if !wrong(err) {
		return err
	}
	p := v.receiptPage(r)
	if p.Ack != nil {
		*p.Ack = v.form(err)
	}
	return v.again(p, err)
}

func receiptPDF(v *visit) error {
	r, err := v.receipt()
	if err != nil {
		return err
	}
	report := print.Report{Superior: v.dir.Agency.Superior, Agency: v.dir.Agency.Name, Place: v.dir.Agency.Place, On: r.At, At: v.now, Title: "Biên bản bàn giao công việc", Subtitle: r.Title(), Landscape: true, Mark: v.mark(),
		Notes:   []string{"Bên giao: " + r.From.Words(v.dir) + ".  Bên nhận: " + r.To.Words(v.dir) + ".", "Lý do: " + r.Reason},
		Columns: []print.Column{{Title: "Số", WidthMM: 10}, {Title: "Việc", WidthMM: 90}, {Title: "Loại", WidthMM: 36}, {Title: "Vai trò", WidthMM: 20}, {Title: "Hạn", WidthMM: 24}, {Title: "Tình trạng", WidthMM: 40}, {Title: "Người nhận", WidthMM: 34}}}
	if r.AckedBy != 0 {
		report.Notes = append(report.Notes, "Bên nhận đã ký nhận: "+v.dir.Person(r.AckedBy).Name+", "+momentWords(r.AckedAt)+". "+r.AckedNote)
	}
	report.Lines = func(yield func(print.Line) bool) {
		for _, l := range r.Lines(v.dir) {
			if !yield(print.Line{Cells: []string{strconv.Itoa(l.No), l.Title, l.Kind, l.Role, l.Due, strings.TrimPrefix(l.Late+"; "+l.Note, "; "), l.To}, Late: l.Late != ""}) {
				return
			}
		}
	}
	var buf bytes.Buffer
	if err := print.Table(&buf, report); err != nil {
		return err
	}
	return v.file("application/pdf", "ban-giao-"+strconv.Itoa(r.Year)+"-"+strconv.Itoa(r.Number)+".pdf", true, buf.Bytes())
}
