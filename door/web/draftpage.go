// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/journal"
	"soviec/office/draft"
)

func draftPage(v *visit) error {
	d, err := v.draft()
	if err != nil {
		return err
	}
	p, err := v.draftPageOf(d)
	if err != nil {
		return err
	}
	return v.show(p)
}

// signQueue shows the drafts that wait for the visitor's signature one at a time: read,
// sign or return, and the next one comes up. sau = what was put off, tu = which to begin with.
func signQueue(v *visit) error {
	waiting, err := v.waitingDrafts()
	if err != nil {
		return err
	}
	put := strings.FieldsFunc(v.FormValue("sau"), func(r rune) bool { return r == ',' })
	var mine []draft.Paper
	for _, w := range waiting {
		if w.Word.Sign {
			mine = append(mine, w.Paper)
		}
	}
	left := slices.DeleteFunc(slices.Clone(mine), func(p draft.Paper) bool { return slices.Contains(put, idText(p.ID)) })
	if len(left) == 0 {
		if len(mine) > 0 {
			return v.done("/du-thao", "Các văn bản còn lại đã để sau.")
		}
		return v.done("/du-thao", "Không còn văn bản nào chờ anh/chị ký.")
	}
	if i := slices.IndexFunc(left, func(p draft.Paper) bool { return idText(p.ID) == v.FormValue("tu") }); i > 0 {
		left[0], left[i] = left[i], left[0]
	}
	d, err := draft.Get(v.read(), v.agency(), left[0].ID)
	if err != nil {
		return err
	}
	p, err := v.draftPageOf(d)
	if err != nil {
		return err
	}
	p.Queue = fmt.Sprintf("Văn bản %d trong %d chờ ký", len(mine)-len(left)+1, len(mine))
	p.BackTo = "/du-thao/ky"
	if len(put) > 0 {
		p.BackTo += "?sau=" + strings.Join(put, ",")
	}
	if len(left) > 1 {
		p.Later = "/du-thao/ky?sau=" + strings.Join(append(put, idText(d.ID)), ",")
	}
	return v.show(p)
}

// wordOn is what the visitor may do with a draft now.
func (v *visit) wordOn(d draft.Paper) (draft.Word, error) {
	asked, asker, err := v.roundOn(d)
	return draft.WordOf(v.dir, v.rights, d, v.session.Person, asked, asker, v.today), err
}

func (v *visit) roundOn(d draft.Paper) (asked bool, asker int64, err error) {
	if d.State != draft.StateOpinion {
		return false, 0, nil
	}
	rounds, err := draft.Rounds(v.read(), d.ID)
	for _, r := range rounds {
		if !r.Open() {
			continue
		}
		asker = r.AskedBy
		for _, o := range r.Opinions {
			asked = asked || o.Person == v.me() && o.At.IsZero()
		}
	}
	return asked, asker, err
}

func (v *visit) draftPageOf(d draft.Paper) (view.Draft, error) {
	p := view.Draft{Frame: v.frame(view.PlaceDrafts, d.Subject), Back: &view.Crumb{Label: "Dự thảo, trình ký", Href: "/du-thao"}, Address: d.Address(),
		Subject: d.Subject, Type: draftTypeName(d.Type), Status: d.State.Label(), State: draftState(d.State), Urgency: view.Urgency(d.Urgency), SHA: d.SHA, NoFile: "Dự thảo chưa có tệp chính."}
	for _, fill := range []func(*view.Draft, draft.Paper) error{v.draftStanding, v.draftCard, v.draftFiles, v.draftMarks, v.draftRounds, v.draftSteps, v.draftForms} {
		if err := fill(&p, d); err != nil {
			return p, err
		}
	}
	entries, err := journal.Of(v.read(), v.agency(), d.Ref())
	if err != nil {
		return p, err
	}
	p.Timeline = v.timeline(entries)
	return p, nil
}

// draftStanding says in one sentence where the draft is and who has the word.
func (v *visit) draftStanding(p *view.Draft, d draft.Paper) error {
	since := ", từ " + sinceWords(d.WaitsSince, v.today)
	switch d.State {
	case draft.StateDrafting:
		p.Standing = capital(v.dir.Person(d.Drafter).Polite()) + " đang soạn" + since
		if d.Round > 0 {
			p.Standing = "Đã trả lại " + v.dir.Person(d.Drafter).Polite() + " để sửa" + since
		}
	case draft.StateInReview:
		head := v.dir.HeadOf(d.Unit, v.today)
		p.Standing = "Chờ " + v.dir.Person(head).Polite() + " kiểm tra nội dung" + since
		if head == 0 {
			p.Standing = "Chờ kiểm tra nội dung" + since
		}
	case draft.StateOpinion:
		p.Standing = "Đang lấy ý kiến" + since
	case draft.StateFormCheck:
		p.Standing = "Chờ kiểm tra thể thức" + since
		if d.Checker != 0 {
			p.Standing = "Chờ " + v.dir.Person(d.Checker).Polite() + " kiểm tra thể thức" + since
		}
	case draft.StateToSign:
		p.Standing = "Chờ " + v.dir.Person(d.SignsNow()).Polite() + " ký" + since
		if d.Second.SHA != "" {
			p.Standing = d.Second.Name + " đã ký; chờ " + v.dir.Person(d.Signer).Polite() + " ký" + since
		} else if d.Second.As == draft.Outside {
			p.Standing = "Chờ " + v.dir.Person(d.Signer).Polite() + " và " + d.Second.Org + " ký trên bản giấy" + since
		}
	case draft.StateSigned:
		p.Standing = d.SignerName + " đã ký ngày " + d.SignedOn.VN() + map[string]string{"digital": " bằng chữ ký số", "paper": " trên bản giấy"}[d.Signed] + "; chờ văn thư cấp số, phát hành"
	case draft.StateLeft:
		p.Standing = "Đã ký, đã cấp số"
	case draft.StateDropped:
		p.Standing = "Dự thảo đã hủy" + since
	}
	p.Standing += "."
	return nil
}

func (v *visit) draftCard(p *view.Draft, d draft.Paper) error {
	add := func(label, value string) {
		if value != "" {
			p.Facts = append(p.Facts, view.Fact{Label: label, Value: value})
		}
	}
	add("Người soạn", v.dir.Person(d.Drafter).Name+", "+v.dir.Unit(d.Unit).Name)
	if d.Signer != 0 {
		add("Người ký", v.dir.Person(d.Signer).Name+" ("+strings.Join(d.Lines, " / ")+")")
	}
	if s := d.Second; s.As != draft.NoSecond {
		words := s.Name + " (" + strings.Join(s.Lines, " / ") + ")"
		if s.Org != "" {
			words += ", " + s.Org
		}
		add("Người cùng ký", words)
	}
	var titles []string
	for _, x := range d.Appendices {
		titles = append(titles, x.Title)
	}
	add("Phụ lục", strings.Join(titles, "; "))
	add("Kính gửi", strings.Join(d.Addressees, "; "))
	for _, purpose := range draft.Purposes {
		var names []string
		for _, x := range d.Recipients {
			if x.Purpose == purpose.Code && !(purpose.Code == "act" && slices.Contains(d.Addressees, x.Name)) {
				names = append(names, x.Name)
			}
		}
		add(purpose.Name, strings.Join(names, "; "))
	}
	add("Lĩnh vực", v.dir.Field(d.Field).Name)
	for _, c := range draft.Circulations {
		if c.Code == d.Circulation && c.Code != "" {
			add("Lưu hành", c.Name)
		}
	}
	for _, a := range d.Answers {
		if l, ok := v.answerLink(a.Ref); ok {
			label := "Trả lời"
			if a.Closes {
				label = "Trả lời, kết thúc"
			}
			p.Facts = append(p.Facts, view.Fact{Label: label, Value: l.Label, Href: l.Href})
		}
	}
	switch t, n, err := draft.UsedTemplate(v.read(), v.agency(), d.ID); {
	case err != nil:
		return err
	case n > 0:
		f := view.Fact{Label: "Soạn từ mẫu", Value: fmt.Sprintf("%s, bản %d", t.Name, n)}
		if v.seesTemplate(t) {
			f.Href = t.Address()
		}
		p.Facts = append(p.Facts, f)
	}
	if d.Signed == "digital" {
		s, err := draft.SigningOf(v.read(), d.ID)
		if err != nil {
			return err
		}
		add("Chữ ký số", strings.Trim(s.Subject+"; số "+s.Serial+"; "+s.Level, "; "))
	}
	return nil
}

func (v *visit) draftFiles(p *view.Draft, d draft.Paper) error {
	versions, err := draft.Versions(v.read(), d.ID)
	if err != nil {
		return err
	}
	for _, c := range versions {
		n := strconv.Itoa(c.Ordinal)
		x := view.DraftVersion{Number: "Bản " + n, Href: d.Address() + "/tep/v" + n, By: v.dir.Person(c.AddedBy).Name, At: sinceWords(c.AddedAt, v.today), Note: c.Note,
			Size: fmt.Sprintf("%d trang, %s", c.Pages, sizeWords(c.Size)), Current: c.Ordinal == d.Current}
		if c.Ordinal > 1 {
			x.Compare = fmt.Sprintf("%s/so-sanh?truoc=%d&sau=%d", d.Address(), c.Ordinal-1, c.Ordinal)
		}
		if c.Source != "" || c.Way == draft.WayComposed {
			x.Source = &view.Link{Label: "Tệp Word", Href: d.Address() + "/tep/n" + n}
		}
		p.Versions = append(p.Versions, x)
	}
	switch {
	case d.SignedSHA != "":
		p.Viewer = d.Address() + "/tep/ky"
	case d.Second.SHA != "":
		p.Viewer = d.Address() + "/tep/cung-ky"
	case d.Current > 0:
		p.Viewer = d.Address() + "/tep/v" + strconv.Itoa(d.Current)
	}
	files, err := draft.Files(v.read(), d.ID)
	if err != nil {
		return err
	}
	kinds := map[string]string{"enclosed": "Phụ lục, kèm theo", "submission": "Tài liệu trình kèm", "scan": "Bản quét đã ký", "opinion": "Kèm ý kiến"}
	for _, f := range files {
		x := view.DraftFile{File: view.File{Name: f.Name, Href: d.Address() + "/tep/" + idText(f.ID), Kind: kinds[f.Kind], Size: sizeWords(f.Size)}}
		if d.State == draft.StateDrafting && d.Drafter == v.me() && f.Kind != "scan" {
			x.Remove = idText(f.ID)
		}
		p.Files = append(p.Files, x)
	}
	found, err := draft.FindingsOf(v.read(), d.ID, d.Current)
	for _, f := range found {
		place := f.Place
		if f.Page > 0 {
			place = strings.TrimSpace(fmt.Sprintf("trang %d %s", f.Page, place))
		}
		p.Findings = append(p.Findings, view.DraftFinding{Text: f.Text, Place: place, Rule: f.Rule, Blocks: f.Blocks})
	}
	return err
}

func (v *visit) draftMarks(p *view.Draft, d draft.Paper) error {
	marks, err := draft.Marks(v.read(), d.ID)
	for _, m := range marks {
		x := view.DraftMark{ID: idText(m.ID), Version: fmt.Sprintf("bản %d", m.Ordinal), Quote: m.Quote, Text: m.Text, By: v.personWords(orElse(m.Behalf, m.Person), proxyOf(m.Behalf, m.Person)), At: sinceWords(m.At, v.today)}
		if m.Page > 0 {
			x.Page = fmt.Sprintf("trang %d", m.Page)
		}
		if !m.DoneAt.IsZero() {
			x.Done = "đã sửa " + sinceWords(m.DoneAt, v.today)
		}
		x.MaySettle = m.DoneAt.IsZero() && d.State == draft.StateDrafting && d.Drafter == v.me()
		p.Marks = append(p.Marks, x)
	}
	return err
}

// orElse and proxyOf tell whose word it is from who spoke it, perhaps for another.
func orElse(behalf, person int64) int64 {
	if behalf != 0 {
		return behalf
	}
	return person
}

func proxyOf(behalf, person int64) int64 {
	if behalf != 0 {
		return person
	}
	return 0
}

func (v *visit) draftRounds(p *view.Draft, d draft.Paper) error {
	rounds, err := draft.Rounds(v.read(), d.ID)
	for _, r := range rounds {
		x := view.DraftRound{By: v.dir.Person(r.AskedBy).Name, At: sinceWords(r.AskedAt, v.today), Due: "hạn " + r.DueOn.VN(), Text: r.Text, Summary: r.Summary,
			Export: d.Address() + "/y-kien/" + idText(r.ID) + ".pdf"}
		if r.FirstDue != r.DueOn {
			x.Due += " (lúc đầu " + r.FirstDue.VN() + ")"
		}
		said := 0
		for _, o := range r.Opinions {
			y := view.DraftOpinion{Who: v.personWords(o.Person, proxyOf(o.Behalf, o.Behalf)), Title: v.dir.Title(o.Person, v.today), Choice: draft.ChoiceName(o.Choice), Text: o.Text}
			if !o.At.IsZero() {
				said++
				y.At = sinceWords(o.At, v.today)
				if o.At.After(r.DueAt) {
					y.At += ", sau hạn"
				}
			}
			y.Tone = map[string]view.Tone{"agree": view.ToneDone, "disagree": view.ToneError}[o.Choice]
			x.Opinions = append(x.Opinions, y)
		}
		x.Status = fmt.Sprintf("%d/%d đã trả lời", said, len(r.Opinions))
		if !r.Open() {
			x.Status += ", đã kết thúc"
		}
		p.Rounds = append(p.Rounds, x)
	}
	return err
}

var stepWords = map[string]string{"submit": "Trình", "content": "Ký nháy nội dung", "form": "Ký nháy thể thức", "return": "Trả lại", "pass": "Chuyển người ký khác",
	"refuse": "Từ chối ký", "sign": "Ký", "drop": "Hủy dự thảo", "amend": "Sửa trực tiếp khi kiểm tra"}

func (v *visit) draftSteps(p *view.Draft, d draft.Paper) error {
	steps, err := draft.Steps(v.read(), d.ID)
	for i := len(steps) - 1; i >= 0; i-- {
		s := steps[i]
		x := view.DraftStep{What: stepWords[s.Kind], By: v.personWords(orElse(s.Behalf, s.Person), proxyOf(s.Behalf, s.Person)), At: sinceWords(s.At, v.today), Text: s.Text}
		if s.Ordinal > 0 {
			x.Note = fmt.Sprintf("bản %d", s.Ordinal)
		}
		switch {
		case s.Alone:
			x.Note += "; người soạn tự ký nháy vì đơn vị không còn ai khác có quyền"
		case s.Kind == "sign":
			x.By = v.dir.Person(s.Other).Name
		case s.Kind == "pass":
			x.Note += "; cho " + v.dir.Person(s.Other).Name
		}
		p.Initials = append(p.Initials, x)
	}
	return err
}
