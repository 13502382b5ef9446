// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"strconv"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/store"
	"soviec/office/draft"
	"soviec/office/org"
)

// draftForms are the gestures that the visitor may make now.
func (v *visit) draftForms(p *view.Draft, d draft.Paper) error {
	w, err := v.wordOn(d)
	if err != nil {
		return err
	}
	if w.Edit {
		p.EditHref = d.Address() + "/sua"
	}
	if w.Submit {
		p.Submit = &view.DraftAct{}
		p.AddFile = &view.FileForm{Kinds: []view.Option{{Value: "enclosed", Label: "Phụ lục, văn bản kèm theo"}, {Value: "submission", Label: "Tài liệu trình kèm"}}}
	}
	if w.Hand {
		act := &view.DraftAct{Options: []view.Option{{Label: "Chọn…"}}}
		for _, id := range draft.HandTo(v.dir, d, v.today) {
			act.Options = append(act.Options, view.Option{Value: idText(id), Label: v.dir.Person(id).Name, Note: v.dir.Title(id, v.today)})
		}
		if len(act.Options) > 1 {
			p.Hand = act
		}
	}
	if w.Drop {
		p.Drop = &view.ReasonForm{}
	}
	alone := ""
	if w.Alone {
		alone = "Anh/chị là người soạn thảo. Đơn vị không còn ai khác có quyền nên việc tự ký nháy được ghi rõ."
	}
	if w.Content {
		act := &view.DraftAct{Words: alone, Options: []view.Option{{Label: "Chánh Văn phòng hoặc văn thư"}}}
		for _, x := range v.dir.With(v.today, org.OfficeChief, org.OfficeDeputy, org.Clerk, org.DeputyClerk) {
			if x.ID != d.Drafter {
				act.Options = append(act.Options, view.Option{Value: idText(x.ID), Label: x.Name, Note: v.dir.Title(x.ID, v.today)})
			}
		}
		p.Content = act
	}
	if w.Form {
		act := &view.DraftAct{Words: alone}
		for _, c := range draft.Checklist(d.Type) {
			act.Options = append(act.Options, view.Option{Value: c.Code, Label: c.Name})
		}
		p.FormPass = act
	}
	if w.Content || w.Form || w.Sign {
		p.Return = &view.DraftAct{Empty: []int{1, 2, 3}}
	}
	if w.Paper {
		p.Paper = &view.DraftAct{Words: "Văn thư ghi khi bản giấy đã được ký, kèm bản quét; quyền hạn ký xét theo ngày ký.", Form: view.Form{Values: map[string][]string{"day": {v.today.VN()}}}}
	}
	if err := v.signForms(p, d, w); err != nil {
		return err
	}
	if err := v.changedSince(p, d, w); err != nil {
		return err
	}
	return v.opinionForms(p, d, w)
}

func (v *visit) signForms(p *view.Draft, d draft.Paper, w draft.Word) error {
	if !w.Sign {
		return nil
	}
	p.Sign = &view.DraftAct{Words: "Ký đúng bản hiện hành; hãy mở xem trước khi ký. Chứng thư số ở trong tay anh/chị; chương trình chỉ đưa tệp và kiểm tra tệp đã ký."}
	if v.holder.For != 0 {
		p.Sign = nil
		p.Notices = append(p.Notices, view.Banner{Tone: view.ToneWarn, Text: "Chữ ký là của chính người ký: không ký khi đang làm thay. Có thể trả lại hoặc chuyển người ký khác."})
	}
	if d.Second.As == draft.Outside {
		p.Sign = nil
		p.Notices = append(p.Notices, view.Banner{Text: "Có " + d.Second.Org + " cùng ký: hai bên ký trên bản giấy, văn thư ghi nhận khi đủ hai chữ ký."})
	}
	if v.d.Desk != nil && p.Sign != nil {
		p.DeskHref = deskAddress + "/" + idText(d.ID)
	}
	p.Refuse = &view.ReasonForm{}
	c, err := draft.Current(v.read(), d)
	if err != nil {
		return err
	}
	if c.Way == draft.WayComposed && d.SignsNow() == d.Signer {
		p.PassOn = &view.DraftAct{Options: v.signerOptions(d.Type, d.Signer)}
	}
	s, err := draft.OpenSigning(v.read(), v.agency(), d.ID)
	if err != nil || s.Before != d.ToSign() || p.Sign == nil {
		return nil // none is under way
	}
	p.Sign = nil
	p.Signing = &view.DraftAct{Words: "Ký tệp bằng thiết bị của anh/chị, không mở lưu lại bằng chương trình khác, rồi gửi tệp đã ký lên đây. Chương trình kiểm tra tệp chỉ thêm đúng một chữ ký của anh/chị."}
	p.SignFile = d.Address() + "/tep/v" + strconv.Itoa(d.Current) + "?tai=1"
	if d.Second.SHA != "" {
		p.SignFile = d.Address() + "/tep/cung-ky?tai=1"
	}
	return nil
}

// changedSince shows again what was changed after this person had passed it.
func (v *visit) changedSince(p *view.Draft, d draft.Paper, w draft.Word) error {
	if !w.Any() {
		return nil
	}
	steps, err := draft.Steps(v.read(), d.ID)
	if err != nil {
		return err
	}
	for i := len(steps) - 1; i >= 0; i-- {
		s := steps[i]
		if orElse(s.Behalf, s.Person) != v.me() || s.Kind == "submit" || s.Ordinal == 0 {
			continue
		}
		if s.SHA != d.SHA {
			p.Notices = append(p.Notices, view.Banner{Tone: view.ToneWarn, Text: fmt.Sprintf("Tệp đã thay đổi so với bản %d mà anh/chị xem trước.", s.Ordinal),
				Link: &view.Link{Label: "So sánh hai bản", Href: fmt.Sprintf("%s/so-sanh?truoc=%d&sau=%d", d.Address(), s.Ordinal, d.Current)}})
		}
		return nil
	}
	return nil
}

func (v *visit) opinionForms(p *view.Draft, d draft.Paper, w draft.Word) error {
	days := func(from civil.Date) []view.Option {
		var out []view.Option
		for _, n := range []int{1, 2, 3, 5} {
			day := v.dir.Calendar.AddWorkingDays(from, n)
			out = append(out, view.Option{Value: day.VN(), Label: fmt.Sprintf("%d ngày làm việc (%s)", n, day.ShortVN())})
		}
		return out
	}
	if w.AskRound && d.Current > 0 {
		p.Ask = &view.DraftAct{Days: days(v.today), Groups: v.peopleByUnit("")}
	}
	if !w.Answer && !w.CloseRound {
		return nil
	}
	rounds, err := draft.Rounds(v.read(), d.ID)
	if err != nil && err != store.ErrNone {
		return err
	}
	for _, r := range rounds {
		if !r.Open() {
			continue
		}
		if w.Answer {
			act := &view.DraftAct{Words: r.Text}
			for _, c := range draft.Choices {
				act.Options = append(act.Options, view.Option{Value: c.Code, Label: c.Name})
			}
			p.Opinion = act
		}
		if w.CloseRound {
			p.Close, p.Move = &view.DraftAct{Words: "Dự thảo trở lại bước trước khi lấy ý kiến."}, &view.DraftAct{Days: days(r.DueOn)}
		}
	}
	return nil
}
