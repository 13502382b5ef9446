// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"slices"
	"strconv"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/archive"
	"soviec/office/org"
)

// archiveDesk is what waits in the agency's archive (lưu trữ cơ quan).
func archiveDesk(v *visit) error {
	p, err := v.archiveDesk()
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) archiveDesk() (view.ArchiveDesk, error) {
	p := view.ArchiveDesk{Frame: v.frame(view.PlaceDossiers, "Lưu trữ cơ quan")}
	if !v.may(org.ReadArchive, org.Target{}) {
		return p, errNoPage
	}
	waiting, err := archive.OpenTransfers(v.read(), v.agency())
	if err != nil {
		return p, err
	}
	for _, t := range waiting {
		p.Waiting = append(p.Waiting, v.transferDesk(t))
	}
	all, err := archive.Transfers(v.read(), v.agency(), 0, 30)
	if err != nil {
		return p, err
	}
	for _, t := range all {
		if t.Done() {
			p.Done = append(p.Done, v.transferDesk(t))
		}
	}
	if v.may(org.GuardDossiers, org.Target{}) {
		if err := v.deskRights(&p); err != nil {
			return p, err
		}
	}
	over, err := archive.Expired(v.read(), v.agency(), v.today, 200)
	if err != nil {
		return p, err
	}
	receives := v.may(org.ReceiveDossiers, org.Target{})
	for _, d := range over {
		row := v.dossierRow(d)
		row.Mine = receives
		row.Due = "hết thời hạn từ " + d.Term.Over(d.EndedOn).VN()
		p.Expired = append(p.Expired, row)
	}
	if receives && len(over) > 0 {
		p.Propose, p.People = &view.Form{}, v.personGroups()
	}
	proposals, err := archive.Destructions(v.read(), v.agency(), 30)
	for _, x := range proposals {
		p.Destructions = append(p.Destructions, view.DeskRow{Href: x.Link(), Title: x.Title(), Aside: "lập " + sinceWords(x.MadeAt, v.today), State: destructionStates[x.State]})
	}
	return p, err
}

var destructionStates = map[string]string{"review": "hội đồng đang xét", "decided": "đã quyết định hủy", "refused": "không hủy"}

func (v *visit) transferDesk(t archive.Transfer) view.DeskRow {
	row := view.DeskRow{Href: t.Link(), Title: t.Title() + " · " + v.dir.Unit(t.Unit).Name, Aside: v.dir.Person(t.Giver).Name + " nộp " + sinceWords(t.OfferedAt, v.today), State: "chờ nhận"}
	if t.Done() {
		row.State = "đã ký " + sinceWords(t.ReceivedAt, v.today)
	}
	return row
}

func (v *visit) deskRights(p *view.ArchiveDesk) error {
	open, err := archive.OpenRights(v.read(), v.agency(), 200)
	if err != nil {
		return err
	}
	var ids []int64
	for _, r := range open {
		ids = append(ids, r.Dossier)
	}
	about, err := archive.ByIDs(v.read(), v.agency(), ids)
	for _, r := range open {
		verb := "được xem"
		if !r.Given {
			verb = "thôi xem"
		}
		d := about[r.Dossier]
		p.Rights = append(p.Rights, view.DeskRight{ID: idText(r.ID), Href: d.Link(), Text: archive.WhoWords(v.dir, r.Who) + " " + verb + " hồ sơ " + d.Notation,
			Aside: v.dir.Person(r.SetBy).Name + ", " + sinceWords(r.SetAt.Time, v.today)})
	}
	return err
}

func confirmDossierRight(v *visit) error {
	id, err := v.id("id")
	if err != nil {
		return err
	}
	if err := v.act(func(a *journal.Act) error { return archive.ConfirmRight(a, id) }); err != nil {
		return err
	}
	return v.done("/luu-tru", "Đã xác nhận thay đổi quyền xem.")
}

func (v *visit) transfer() (archive.Transfer, error) {
	id, err := v.id("id")
	if err != nil {
		return archive.Transfer{}, err
	}
	t, err := archive.TransferOf(v.read(), v.agency(), id)
	if err == nil && !t.MayRead(v.rights) {
		err = errNoPage
	}
	return t, err
}

func transferPage(v *visit) error {
	t, err := v.transfer()
	if err != nil {
		return err
	}
	return v.show(v.transferView(t))
}

func (v *visit) transferView(t archive.Transfer) view.Transfer {
	p := view.Transfer{Frame: v.frame(view.PlaceDossiers, t.Title()), Title: t.Title(), Address: t.Link(),
		Sentence: fmt.Sprintf("%s nộp %d hồ sơ, %s.", v.dir.Unit(t.Unit).Name, len(t.Lines), sinceWords(t.OfferedAt, v.today)),
		Prints:   []view.Link{{Label: "In biên bản", Href: t.Link() + "/bien-ban.pdf"}, {Label: "In mục lục", Href: t.Link() + "/muc-luc.pdf"}, {Label: "Mục lục (Excel)", Href: t.Link() + "/muc-luc.xlsx"}}}
	for _, f := range []view.Fact{{Label: "Người nộp", Value: v.dir.Person(t.Giver).Name}, {Label: "Số hộp, cặp giấy", Value: t.Boxes}, {Label: "Số mét giá", Value: t.Metres}, {Label: "Tình trạng", Value: t.Condition}} {
		if f.Value != "" {
			p.Facts = append(p.Facts, f)
		}
	}
	judges := v.may(org.ReceiveDossiers, org.Target{}) && !t.Done()
	left := 0
	for i, l := range t.Lines {
		row := view.TransferLine{ID: idText(l.Dossier.ID), No: strconv.Itoa(i + 1), Number: l.Dossier.Notation, Title: l.Dossier.Title, Period: period(l.Dossier), Term: l.Dossier.Term.Words(),
			Docs: docsWords(l.Dossier), Files: fmt.Sprintf("%d tệp", l.Files), Reason: l.Reason, Href: l.Dossier.Link()}
		switch l.Decision {
		case "accepted":
			row.Decision = "đã nhận"
		case "sent_back":
			row.Decision = "trả lại"
		default:
			left++
			row.Decision, row.Ask = "chờ xem", judges
		}
		p.Lines = append(p.Lines, row)
	}
	if t.Done() {
		p.Sentence += " " + v.dir.Person(t.Receiver).Name + " đã ký nhận " + momentWords(t.ReceivedAt) + "."
	}
	p.MayJudge, p.MayConclude = judges, judges && left == 0
	return p
}

func transferAct(v *visit) error {
	t, err := v.transfer()
	if err != nil {
		return err
	}
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	id, _ := number64(v.field("dossier"))
	did := ""
	switch v.PathValue("act") {
	case "nhan":
		did = "Đã nhận hồ sơ."
		err = v.act(func(a *journal.Act) error { return archive.Judge(a, t.ID, id, true, "") })
	case "tra-lai":
		did = "Đã trả lại đơn vị kèm lý do."
		err = v.act(func(a *journal.Act) error { return archive.Judge(a, t.ID, id, false, v.text("reason")) })
	case "ky":
		did = "Đã ký biên bản; hồ sơ đã vào lưu trữ cơ quan."
		err = v.act(func(a *journal.Act) error { return archive.Conclude(a, t.ID) })
	default:
		return errNoPage
	}
	if err == nil {
		return v.done(t.Link(), did)
	}
	if !wrong(err) {
		return err
	}
	p := v.transferView(t)
	p.Form = v.form(err)
	return v.again(p, err)
}

func proposeDestruction(v *visit) error {
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	var ids []int64
	for _, s := range v.PostForm["dossier"] {
		if id, ok := number64(s); ok {
			ids = append(ids, id)
		}
	}
	var members []archive.Member
	for role, all := range map[string][]string{"chair": v.PostForm["chair"], "member": v.PostForm["member"], "secretary": v.PostForm["secretary"]} {
		for _, s := range all {
			if a, ok := assignee(s); ok {
				members = append(members, archive.Member{Person: a.Person, Role: role})
			}
		}
	}
	slices.SortFunc(members, func(a, b archive.Member) int { return int(a.Person - b.Person) })
	var x archive.Destruction
	err := v.act(func(a *journal.Act) (err error) {
		x, err = archive.ProposeDestruction(a, ids, members, v.text("reason"))
		return err
	})
	if err == nil {
		return v.done(x.Link(), fmt.Sprintf("Đã trình hội đồng %d hồ sơ.", len(x.Lines)))
	}
	if !wrong(err) {
		return err
	}
	p, perr := v.archiveDesk()
	if perr != nil {
		return perr
	}
	form := v.form(err)
	p.Propose = &form
	return v.again(p, err)
}

func (v *visit) destruction() (archive.Destruction, error) {
	id, err := v.id("id")
	if err != nil {
		return archive.Destruction{}, err
	}
	x, err := archive.DestructionOf(v.read(), v.agency(), id)
	if err == nil && !x.MayRead(v.rights) {
		err = errNoPage
	}
	return x, err
}

func destructionPage(v *visit) error {
	x, err := v.destruction()
	if err != nil {
		return err
	}
	return v.show(v.destructionView(x))
}

func (v *visit) destructionView(x archive.Destruction) view.Destruction {
	p := view.Destruction{Frame: v.frame(view.PlaceDossiers, x.Title()), Title: x.Title(), Address: x.Link(), Sentence: capital(destructionStates[x.State]) + ". " + x.Reason}
	member := false
	for _, m := range x.Members {
		member = member || m.Person == v.session.Person
		p.Facts = append(p.Facts, view.Fact{Label: archive.RoleWords[m.Role], Value: v.dir.Person(m.Person).Name})
	}
	if x.DecidedBy != 0 {
		p.Facts = append(p.Facts, view.Fact{Label: "Quyết định", Value: x.Decision + "; " + v.dir.Person(x.DecidedBy).Name + ", " + momentWords(x.DecidedAt)})
	}
	p.Vote = member && x.State == "review" && v.holder.For == 0
	p.Decide = x.State == "review" && v.may(org.DecideDossier, org.Target{})
	for _, l := range x.Lines {
		d := l.Dossier
		row := view.DestructionLine{ID: idText(d.ID), Number: d.Notation, Title: d.Title, Href: d.Link(), Period: period(d), Term: "bảo quản " + d.Term.Words() + ", việc kết thúc năm " + strconv.Itoa(d.EndedOn.Year())}
		for _, vote := range l.Votes {
			words := "giữ lại"
			if vote.Destroy {
				words = "đồng ý hủy"
			}
			if vote.Person == v.session.Person {
				row.Mine = map[bool]string{true: "yes", false: "no"}[vote.Destroy]
			}
			row.Votes = append(row.Votes, view.DestructionVote{Who: v.dir.Person(vote.Person).Name, Words: words, Reason: vote.Reason})
		}
		switch {
		case l.Outcome == "destroyed":
			row.Outcome = "đã hủy"
		case l.Outcome == "kept":
			row.Outcome = "giữ lại"
		case !x.Complete(l):
			row.Recommended = fmt.Sprintf("%d/%d ý kiến", len(l.Votes), len(x.Members))
		case x.Recommended(l):
			row.Recommended = "hội đồng đề nghị hủy"
		default:
			row.Recommended = "hội đồng đề nghị giữ lại"
		}
		p.Lines = append(p.Lines, row)
	}
	return p
}

func destructionAct(v *visit) error {
	x, err := v.destruction()
	if err != nil {
		return err
	}
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	destroy, did := v.field("destroy") == "on", "Đã ghi ý kiến."
	switch v.PathValue("act") {
	case "y-kien":
		id, _ := number64(v.field("dossier"))
		err = v.act(func(a *journal.Act) error { return archive.Opine(a, x.ID, id, destroy, v.text("reason")) })
	case "quyet-dinh":
		var spare []int64
		for _, s := range v.PostForm["spare"] {
			if id, ok := number64(s); ok {
				spare = append(spare, id)
			}
		}
		did = "Đã quyết định."
		err = v.act(func(a *journal.Act) error { return archive.Decide(a, x.ID, destroy, v.text("decision"), spare) })
		if err == nil && v.d.Jobs != nil {
			v.d.Jobs.Wake()
		}
	default:
		return errNoPage
	}
	if err == nil {
		return v.done(x.Link(), did)
	}
	if !wrong(err) {
		return err
	}
	p := v.destructionView(x)
	p.Form = v.form(err)
	return v.again(p, err)
}
