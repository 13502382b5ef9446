// SPDX-License-Identifier: Apache-2.0

package web

import (
	"slices"
	"strconv"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/extract"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/document"
	"soviec/office/draft"
	"soviec/office/org"
	"soviec/office/outgoing"
	"soviec/office/task"
)

// outDocument finds the outgoing document that the address names, if the visitor may read it.
func (v *visit) outDocument() (outgoing.Document, error) {
	year, err := strconv.Atoi(v.PathValue("year"))
	if err != nil || year < 1900 || year > 9999 {
		return outgoing.Document{}, errNoPage
	}
	return outgoing.BySlug(v.read(), v.agency(), v.outReach(), year, v.PathValue("slug"))
}

func outgoingPage(v *visit) error {
	d, err := v.outDocument()
	if err != nil {
		return err
	}
	p, err := v.outgoingOf(d)
	if err != nil {
		return err
	}
	return v.show(p)
}

// outgoingFile sends one file. Opening it for the first time is the recipient's receipt.
func outgoingFile(v *visit) error {
	d, err := v.outDocument()
	if err != nil {
		return err
	}
	id, err := v.id("file")
	if err != nil {
		return err
	}
	f, err := outgoing.FileOf(v.read(), d, v.outReach(), id)
	if err != nil {
		return err
	}
	if v.holder.For == 0 {
		due, err := outgoing.Unopened(v.read(), v.dir, d, v.me(), v.today)
		if err != nil {
			return err
		}
		if due {
			if err := v.act(func(a *journal.Act) error { return outgoing.Open(a, d.ID) }); err != nil {
				return err
			}
		}
	}
	return v.sendFile(document.File{ID: f.ID, Name: f.Name, MIME: f.MIME, Size: f.Size, SHA: f.SHA})
}

// outgoingOf is the page: the file left, its card right, the gestures that the visitor may
// make now.
func (v *visit) outgoingOf(d outgoing.Document) (view.Outgoing, error) {
	types, err := document.Types(v.read(), v.agency())
	if err != nil {
		return view.Outgoing{}, err
	}
	p := view.Outgoing{Frame: v.frame(view.PlaceOutgoing, d.Label), Back: &view.Crumb{Label: "Văn bản đi", Href: "/van-ban-di"}, Address: d.Address(), Label: d.Label,
		Type: typeNames(types)[d.Type], Subject: d.Subject, Standing: v.outStanding(d), State: outState(d), Status: d.State.Label(), Urgency: view.Urgency(d.Urgency)}
	p.Facts = v.outFacts(d, p.Type)
	if err := v.outFiles(&p, d); err != nil {
		return p, err
	}
	to, err := outgoing.RecipientsOf(v.read(), d.ID)
	if err != nil {
		return p, err
	}
	for _, x := range to {
		p.Deliveries = append(p.Deliveries, v.deliveryRow(d, x))
	}
	if err := v.outLinks(&p, d); err != nil {
		return p, err
	}
	entries, err := outgoing.Timeline(v.read(), v.agency(), d)
	if err != nil {
		return p, err
	}
	entries = slices.DeleteFunc(entries, func(e journal.Entry) bool { return e.Kind == outgoing.Delivered })
	p.Timeline = v.timeline(entries)
	if p.Into, err = v.fileInto(d.Ref(), d.Address()); err != nil {
		return p, err
	}
	p.Prints = append(p.Prints, view.Link{Label: "Mẫu bì", Href: d.Address() + "/bi.pdf"})
	if d.State == outgoing.StateIssued || d.State == outgoing.StateFiled || d.State == outgoing.StateSuperseded {
		if at := v.copyBegin(d.Ref()); at != "" {
			p.Prints = append(p.Prints, view.Link{Label: "Sao văn bản", Href: at})
		}
	}
	made, err := v.copiesMade(d.Ref())
	if err != nil {
		return p, err
	}
	p.Related = append(p.Related, made...)
	return p, v.outForms(&p, d, to)
}

func (v *visit) outStanding(d outgoing.Document) string {
	switch d.State {
	case outgoing.StateNumbered, outgoing.StateSealed:
		what := "chờ đóng dấu"
		if d.State == outgoing.StateSealed {
			what = "chờ phát hành"
		}
		if d.Over(v.now) {
			return "Đã cấp số, " + what + "; đã quá hạn phát hành từ " + v.limitWords(d.SendBy) + "."
		}
		return "Đã cấp số, " + what + "; hạn phát hành " + v.limitWords(d.SendBy) + "."
	case outgoing.StateRecalling:
		return "Đang thu hồi; các nơi trả lời đến hết ngày " + d.RecallDue.VN() + "."
	case outgoing.StateVoid:
		return "Đã hủy số; số vẫn nằm trong sổ, không cấp cho văn bản khác."
	case outgoing.StateFiled:
		return "Đã phát hành ngày " + civil.Of(d.IssuedAt).VN() + ", đã lập hồ sơ " + d.Dossier + "."
	}
	return d.State.Label() + ", phát hành ngày " + civil.Of(d.IssuedAt).VN() + "."
}

func (v *visit) outFacts(d outgoing.Document, kind string) []view.Fact {
	var facts []view.Fact
	add := func(label, value string) {
		if value != "" {
			facts = append(facts, view.Fact{Label: label, Value: value})
		}
	}
	signed := map[string]string{outgoing.Digital: "ký số", outgoing.Paper: "ký trên bản giấy"}[d.Signed]
	sealed := map[string]string{outgoing.Digital: "ký số của cơ quan", outgoing.Paper: "đóng dấu bản giấy"}[d.Sealed]
	add("Loại", kind)
	add("Ngày văn bản", d.Day.VN())
	add("Đơn vị soạn thảo", v.dir.Unit(d.Unit).Name)
	add("Người soạn thảo", v.dir.Person(d.Drafter).Name)
	add("Người ký", d.SignerName)
	add("Hình thức ký", signed+" ngày "+d.SignedOn.VN())
	if sealed != "" {
		add("Dấu của cơ quan", sealed+", "+sinceWords(d.SealedAt, v.today))
	}
	if d.TextNumber == outgoing.TextNone && d.State != outgoing.StateVoid {
		add("Số, ngày trên tệp", "tệp không có ô để điền; số, ngày ghi trong sổ và trên bản giấy")
	}
	add("Lưu", d.KeptBy)
	if d.Amount > 0 {
		add("Số lượng bản giấy", strconv.Itoa(d.Amount))
	}
	add("Ghi chú", d.Note)
	return facts
}

var outKinds = map[string]string{"main": "Văn bản chính", "enclosed": "Kèm theo", "scan": "Bản quét chữ ký"}
var outStages = map[string]string{"signed": "bản đã ký", "numbered": "đã ghi số, ngày", "sealed": "đã ký số của cơ quan"}

func (v *visit) outFiles(p *view.Outgoing, d outgoing.Document) error {
	if d.Frozen && !v.outReach().All {
		p.NoFile = "Văn bản đang thu hồi hoặc đã thu hồi; tệp bị khóa."
		return nil
	}
	files, err := outgoing.Files(v.read(), d)
	if err != nil {
		return err
	}
	for _, f := range files {
		row := view.File{Name: f.Name, Href: d.Address() + "/tep/" + idText(f.ID), Kind: outKinds[f.Kind], Hash: f.SHA[:min(8, len(f.SHA))]}
		if f.Stage != "" {
			row.Kind += ", " + outStages[f.Stage]
		}
		if f.Size > 0 {
			row.Size = sizeWords(f.Size)
		}
		if f.Pages > 0 {
			row.Pages = strconv.Itoa(f.Pages) + " trang"
		}
		if p.Viewer == "" && f.Kind == "main" && f.MIME == extract.PDF.MediaType() {
			p.Viewer = row.Href + "#navpanes=0&view=FitH"
		}
		p.Files = append(p.Files, row)
	}
	return nil
}

func nameOf(code string, all []struct{ Code, Name string }) string {
	for _, x := range all {
		if x.Code == code {
			return x.Name
		}
	}
	return code
}

func (v *visit) deliveryRow(d outgoing.Document, x outgoing.Delivery) view.OutgoingDelivery {
	r := view.OutgoingDelivery{N: strconv.Itoa(x.Ordinal), Name: x.Name, Purpose: nameOf(x.Purpose, draft.Purposes), Channel: nameOf(x.Channel, draft.Channels), Reason: x.Reason}
	if x.Purpose == "store" {
		r.Channel, r.Status = "", "Lưu"
		return r
	}
	switch {
	case x.Party != 0 && !d.State.Out():
		r.Channel = "nhóm, gửi từng nơi"
	case x.Packed && x.Channel == "email":
		r.Channel += ", gói có mật khẩu"
	}
	if !d.State.Out() {
		r.Status = "Chưa phát hành"
		return r
	}
	r.Status, r.At = outgoing.DeliveryLabel(x.State), sinceWords(x.At, v.today)
	r.Late = x.State == outgoing.Failed || x.State == outgoing.Refused
	if !x.OpenedAt.IsZero() {
		r.Receipt = v.dir.Person(x.OpenedBy).Name + ", " + civil.TimeVN(x.OpenedAt)
	}
	r.Answer = map[string]string{"agreed": "Đồng ý thu hồi", "refused": "Không đồng ý thu hồi"}[x.Answer]
	clerk := v.may(org.SendOut, org.Target{})
	if d.State == outgoing.StateRecalling {
		mine := x.Channel == "internal" && (x.Kind == "person" && x.Ref == v.me() || x.Kind == "unit" && v.dir.HeadOf(x.Ref, v.today) == v.me())
		r.MayTell = x.Answer == "" && (clerk || mine)
		return r
	}
	if !clerk || d.Frozen {
		return r
	}
	r.Again = r.Late
	for _, s := range outgoing.Steps(x.State) {
		r.Next = append(r.Next, view.Option{Value: s, Label: outgoing.DeliveryLabel(s)})
	}
	return r
}

// outLinks are what the document answers, and what others do to it.
func (v *visit) outLinks(p *view.Outgoing, d outgoing.Document) error {
	mine, err := outgoing.LinksOf(v.read(), d.ID)
	if err != nil {
		return err
	}
	theirs, err := outgoing.LinksTo(v.read(), v.agency(), d.Ref())
	if err != nil {
		return err
	}
	var in, out []int64
	for _, l := range mine {
		kind, id, _ := journal.ParseRef(l.Other)
		switch kind {
		case document.RefIncoming:
			in = append(in, id)
		case outgoing.RefOutgoing:
			out = append(out, id)
		}
	}
	for _, l := range theirs {
		out = append(out, l.Document)
	}
	arrived, err := document.Readable(v.read(), v.agency(), v.reach(), in)
	if err != nil {
		return err
	}
	docs, err := outgoing.Readable(v.read(), v.agency(), v.outReach(), out)
	if err != nil {
		return err
	}
	for _, l := range mine {
		kind, id, _ := journal.ParseRef(l.Other)
		note := ""
		if l.Closes {
			note = "phát hành là kết thúc"
		}
		switch {
		case kind == document.RefIncoming && arrived[id].ID != 0:
			p.Answers = append(p.Answers, view.Noted{Label: "Văn bản đến " + arrived[id].Title(), Href: arrived[id].Address(), Note: note})
		case kind == outgoing.RefOutgoing && docs[id].ID != 0:
			p.Related = append(p.Related, view.Noted{Note: map[string]string{outgoing.Recalls: "Thu hồi", outgoing.Corrects: "Đính chính", outgoing.Replaces: "Thay thế"}[l.Kind], Label: docs[id].Label, Href: docs[id].Address()})
		case kind == "task":
			w, err := task.Get(v.read(), v.agency(), id)
			if err == nil && task.MayRead(v.rights, w) {
				p.Answers = append(p.Answers, view.Noted{Label: w.Title, Href: workLink(id), Note: note})
			}
		}
	}
	for _, l := range theirs {
		by, ok := docs[l.Document]
		if !ok || by.ID == 0 {
			continue
		}
		text, tone := "Được đính chính bằng ", view.ToneWarn
		switch l.Kind {
		case outgoing.Replaces:
			text, tone = "Đã được thay thế bằng ", view.ToneError
		case outgoing.Recalls:
			text, tone = "Bị thu hồi theo ", view.ToneError
		}
		p.Notices = append(p.Notices, view.Banner{Tone: tone, Text: text, Link: &view.Link{Label: by.Label, Href: by.Address()}})
	}
	switch d.State {
	case outgoing.StateRecalling:
		p.Notices = append([]view.Banner{{Tone: view.ToneError, Text: "Văn bản đang thu hồi theo lệnh của " + v.dir.Person(d.OrderedBy).Polite() + ": " + d.RecallWhy}}, p.Notices...)
	case outgoing.StateRecalled:
		p.Notices = append([]view.Banner{{Tone: view.ToneError, Text: "Văn bản đã thu hồi, không còn giá trị sử dụng: " + d.RecallWhy}}, p.Notices...)
	}
	return nil
}

// outForms are the gestures that the visitor may make now.
func (v *visit) outForms(p *view.Outgoing, d outgoing.Document, to []outgoing.Delivery) error {
	key := func() view.Form { return view.Form{Key: newFormKey()} }
	send := v.may(org.SendOut, org.Target{})
	before := d.State == outgoing.StateNumbered || d.State == outgoing.StateSealed
	var err error
	if d.State == outgoing.StateNumbered && v.may(org.SealOut, org.Target{Person: d.Signer}) {
		form := key()
		if d.Signed == outgoing.Digital {
			if s, err := outgoing.OpenSealing(v.read(), d.ID); err == nil {
				p.Sealed = &view.FileForm{Form: form}
				for _, f := range p.Files {
					if s.Before[:min(8, len(s.Before))] == f.Hash {
						p.PrepareHref = f.Href + "?tai=1"
					}
				}
			} else if err == store.ErrNone {
				p.Prepare = &form
			} else {
				return err
			}
		} else {
			p.Stamp = &form
		}
	}
	if send && before {
		if p.Recipients, err = v.recipientsForm(to); err != nil {
			return err
		}
	}
	if send && d.State == outgoing.StateSealed {
		form := key()
		p.Issue = &form
	}
	if send && d.State.Out() && !d.Frozen {
		f := view.PostForm{Form: key()}
		for _, x := range to {
			if x.Channel == "post" && x.State == outgoing.Queued {
				f.To = append(f.To, view.Option{Value: strconv.Itoa(x.Ordinal), Label: x.Name})
			}
		}
		if len(f.To) > 0 {
			f.Form.Values = map[string][]string{"to": {f.To[0].Value}}
			p.Post = &f
		}
	}
	if err := v.outPacket(p, d, to); err != nil {
		return err
	}
	asked, err := outgoing.OpenVoiding(v.read(), d.ID)
	switch {
	case err == nil:
		p.VoidRequest = &view.Request{By: capital(v.dir.Person(asked.AskedBy).Polite()), Words: "đề nghị hủy số " + d.Label, Text: asked.Reason}
		if !v.may(org.DecideVoid, org.Target{Person: asked.AskedBy}) {
			p.VoidRequest.NoYes, p.VoidRequest.NoNo = true, true
		}
	case err != store.ErrNone:
		return err
	case before && v.may(org.AskVoid, org.Target{}):
		p.Void = &view.ReasonForm{Form: key()}
	}
	if d.State == outgoing.StateIssued || d.State == outgoing.StateFiled {
		if v.may(org.OrderRecall, org.Target{Person: d.Signer}) {
			p.Recall = &view.RecallForm{Form: key(), Days: v.quickDays()}
		}
		if send {
			p.Correct, p.Replace = &view.ReasonForm{Form: key()}, &view.ReasonForm{Form: key()}
		}
		if d.State == outgoing.StateIssued && v.may(org.DoWork, org.Target{Holder: d.Drafter, Unit: d.Unit}) {
			p.FileAway = &view.ReasonForm{Form: key()}
		}
	}
	if err := v.outLoans(p, d); err != nil {
		return err
	}
	if d.State == outgoing.StateRecalling && send {
		form := key()
		p.FinishForm = &form
	}
	return nil
}

func (v *visit) recipientsForm(to []outgoing.Delivery) (*view.RecipientsForm, error) {
	f := &view.RecipientsForm{Channels: options(draft.Channels), Purposes: options(draft.Purposes[:4])}
	for _, x := range to {
		if x.Purpose == "store" {
			continue
		}
		row := view.RecipientRow{N: strconv.Itoa(len(f.Rows) + 1), Name: x.Name, Channel: x.Channel, Address: x.Address, Purpose: x.Purpose, Kind: x.Kind, Ref: zeroEmpty(x.Ref), Party: zeroEmpty(x.Party), Packed: x.Packed}
		if x.Copies > 0 {
			row.Copies = strconv.Itoa(x.Copies)
		}
		f.Rows = append(f.Rows, row)
	}
	f.Rows = append(f.Rows, view.RecipientRow{N: strconv.Itoa(len(f.Rows) + 1), Channel: "post", Purpose: "know", Kind: "org"})
	groups, err := outgoing.Groups(v.read(), v.agency())
	for _, g := range groups {
		if f.Groups == nil {
			f.Groups = []view.Option{{Label: "không thêm"}}
		}
		f.Groups = append(f.Groups, view.Option{Value: idText(g.ID), Label: g.Name + " (" + strconv.Itoa(g.Members) + " nơi)"})
	}
	return f, err
}

func options(all []struct{ Code, Name string }) []view.Option {
	out := make([]view.Option, len(all))
	for i, x := range all {
		out[i] = view.Option{Value: x.Code, Label: x.Name}
	}
	return out
}

// chosenOut is the document that a number and notation typed by a person names.
func (v *visit) chosenOut(field string) (int64, error) {
	typed := v.field(field)
	if typed == "" {
		return 0, nil
	}
	d, err := outgoing.ByLabel(v.read(), v.agency(), v.outReach(), v.today.Year(), typed)
	if fault.Is(err, fault.KindNotFound) {
		return 0, fault.Invalid(field, "Không có văn bản đi số “"+typed+"”. Ghi đủ số, ký hiệu và năm nếu khác năm nay, ví dụ 05/QĐ-BDT/2025.")
	}
	return d.ID, err
}
