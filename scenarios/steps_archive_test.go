// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"soviec/kit/journal"
	"soviec/office/archive"
	"soviec/office/document"
	"soviec/office/org"
)

var archiveRules = []rule{
	{pattern: `{ai} kiêm lưu trữ cơ quan`, name: "giao thêm nhiệm vụ lưu trữ cơ quan", do: becomeArchivist},
	{pattern: `{ai} lập danh mục hồ sơ năm "{năm}"`, name: "lập danh mục hồ sơ của năm", do: makeList},
	{pattern: `{ai} thêm đề mục "{đề mục}" viết tắt "{viết tắt}" vào danh mục năm "{năm}"`, name: "thêm đề mục lớn", do: addHeading},
	{pattern: `{ai} đề xuất hồ sơ "{tiêu đề}" của {người} vào đề mục "{đề mục}" năm "{năm}", bảo quản "{thời hạn}"`, name: "đề xuất hồ sơ vào danh mục", do: proposeLine},
	{pattern: `{ai} nhận đề xuất hồ sơ "{tiêu đề}" vào danh mục năm "{năm}"`, name: "Văn phòng nhận đề xuất của đơn vị", do: takeLine},
	{pattern: `{ai} phê duyệt danh mục hồ sơ năm "{năm}"`, name: "người đứng đầu phê duyệt danh mục", do: approveList},
	{pattern: `{ai} xem danh mục hồ sơ năm "{năm}"`, name: "đọc số, tiêu đề các hồ sơ trong danh mục", do: seeList},
	{pattern: `{ai} mở hồ sơ "{số}" về "{tiêu đề}", bảo quản "{thời hạn}"`, name: "mở hồ sơ ngoài danh mục", do: openDossier},
	{pattern: `{ai} đưa "{văn bản}" vào hồ sơ "{số}"`, name: "đưa văn bản và những gì cùng việc vào hồ sơ", do: putInDossier},
	{pattern: `{ai} xem hồ sơ "{số}"`, name: "đọc tình trạng và mục lục của hồ sơ", do: seeDossier},
	{pattern: `{ai} xem điểm cần xử lý của hồ sơ "{số}"`, name: "đọc những gì phải xử lý trước khi đóng", do: seeFindings},
	{pattern: `{ai} xác nhận các điểm của hồ sơ "{số}"`, name: "xác nhận những điểm chỉ cần xác nhận", do: settleFindings},
	{pattern: `{ai} đóng hồ sơ "{số}"`, name: "đóng hồ sơ khi việc đã kết thúc", do: closeDossier},
	{pattern: `{ai} mở lại hồ sơ "{số}", lý do "{lý do}"`, name: "mở lại hồ sơ đã đóng", do: reopenDossier},
	{pattern: `{ai} nộp hồ sơ "{số}" vào lưu trữ`, name: "nộp hồ sơ vào lưu trữ cơ quan", do: handDossier},
	{pattern: `{ai} nhận hồ sơ "{số}"`, name: "lưu trữ nhận hồ sơ và ký biên bản khi đã xem hết", do: takeDossier},
	{pattern: `{ai} trả lại hồ sơ "{số}", lý do "{lý do}"`, name: "lưu trữ trả lại hồ sơ kèm lý do và ký biên bản khi đã xem hết", do: sendDossierBack},
	{pattern: `{ai} cho {người} xem hồ sơ "{số}"`, name: "thêm người được xem hồ sơ", do: grantDossier},
	{pattern: `{ai} xác nhận mọi thay đổi quyền xem hồ sơ`, name: "Chánh Văn phòng xác nhận thay đổi quyền", do: confirmRights},
	{pattern: `{ai} khóa hồ sơ "{số}"`, name: "khóa hồ sơ, không ai thay đổi được", do: freezeDossier},
	{pattern: `{ai} xin giữ hồ sơ "{số}" đến {ngày}, lý do "{lý do}"`, name: "xin giữ lại hồ sơ quá hạn nộp", do: askKeep},
	{pattern: `{ai} cho giữ hồ sơ "{số}"`, name: "người đứng đầu cho giữ lại", do: grantKeep},
	{pattern: `{ai} đề nghị hủy hồ sơ "{số}", hội đồng {người} và {người} và {người}`, name: "đề nghị hủy hồ sơ hết thời hạn; người đầu là chủ tịch", do: proposeDestroy},
	{pattern: `{ai} đồng ý hủy hồ sơ "{số}"`, name: "thành viên hội đồng đồng ý hủy", do: voteDestroy},
	{pattern: `{ai} giữ lại hồ sơ "{số}", lý do "{lý do}"`, name: "thành viên hội đồng không đồng ý hủy", do: voteKeep},
	{pattern: `{ai} quyết định hủy theo "{quyết định}"`, name: "người đứng đầu quyết định đề nghị hủy đang chờ", do: decideDestroy},
	{pattern: `{ai} bàn giao hồ sơ "{số}" cho {người}`, name: "chuyển người giữ hồ sơ", do: giveDossier},
	{pattern: `{ai} nhập bảng thời hạn: mã "{mã}" là "{thời hạn}", có hiệu lực từ {ngày}`, name: "nhập một dòng của bảng thời hạn bảo quản", do: importRule},
	{pattern: `{ai} mở hồ sơ "{số}" về "{tiêu đề}", theo mã "{mã}"`, name: "mở hồ sơ, thời hạn lấy từ bảng", do: openByRule},
	{pattern: `{ai} xem hồ sơ cần xét lại thời hạn`, name: "đọc các hồ sơ mà bảng đã đổi sau khi mở", do: seeChangedByLaw},
	{pattern: `{ai} đổi thời hạn hồ sơ "{số}" theo bảng`, name: "nhận thời hạn mới của bảng", do: adoptLaw},
	{pattern: `{ai} giữ nguyên thời hạn hồ sơ "{số}", lý do "{lý do}"`, name: "không nhận thời hạn mới, kèm lý do", do: keepTerm},
	{pattern: `{ai} bàn giao mọi hồ sơ và việc của {người} cho {người}, riêng hồ sơ "{số}" cho {người}, lý do "{lý do}"`, name: "bàn giao mọi hồ sơ, việc đang mở trong một lần cho hai người", do: handAllOver},
	{pattern: `{ai} ký nhận hồ sơ bàn giao`, name: "người nhận ký nhận phần hồ sơ của mình", do: signDossiers},
	{pattern: `Chương trình báo hồ sơ đến hạn nộp lưu`, name: "chạy lượt báo trước 30 ngày", do: sweepDossiers},
}

func year(s string) int { n, _ := strconv.Atoi(s); return n }

func becomeArchivist(o *office, a args) seen {
	d, by, _ := o.desk(a.who[0])
	for _, admin := range d.With(o.clock.Today(), org.SysAdmin) {
		o.must(o.book.Do(context.Background(), d.Holder(admin.ID, 0, o.clock.Today()), func(act *journal.Act) error {
			_, err := org.GivePost(act, org.NewPost{Person: by.Person, Unit: by.Unit, Title: "Lưu trữ viên", Roles: []org.Role{org.Archivist}})
			return err
		}))
	}
	return seen{}
}

func makeList(o *office, a args) seen {
	return o.behind(a.who[0], func(act *journal.Act) (string, error) {
		_, err := archive.MakeList(act, year(a.text[0]), false, false)
		return "Đã lập danh mục hồ sơ năm " + a.text[0] + ".", err
	})
}

func (o *office) list(act *journal.Act, y string) archive.List {
	l, err := archive.ListOf(act, act.By.Agency, year(y))
	o.must(err)
	return l
}

func addHeading(o *office, a args) seen {
	return o.behind(a.who[0], func(act *journal.Act) (string, error) {
		_, err := archive.SetHeading(act, year(a.text[2]), archive.Heading{Title: a.text[0], Abbr: a.text[1]})
		return "Đã thêm đề mục.", err
	})
}

func proposeLine(o *office, a args) seen {
	d, _, _ := o.desk(a.who[0])
	keeper := o.personID(d, a.who[1].Full)
	return o.behind(a.who[0], func(act *journal.Act) (string, error) {
		term, err := archive.ParseTerm(a.text[3])
		if err != nil {
			return "", err
		}
		x := archive.Line{Title: a.text[0], Term: term, Keeper: keeper}
		for _, h := range o.list(act, a.text[2]).Headings {
			if h.Title == a.text[1] {
				x.Heading = h.ID
			}
		}
		x, err = archive.Propose(act, year(a.text[2]), x)
		return map[string]string{archive.LineIn: "Đã vào danh mục.", archive.LineAsked: "Đã đề xuất, chờ Văn phòng xem."}[x.State], err
	})
}

func takeLine(o *office, a args) seen {
	return o.behind(a.who[0], func(act *journal.Act) (string, error) {
		for _, x := range o.list(act, a.text[1]).Lines {
			if x.Title == a.text[0] {
				return "Đã vào danh mục.", archive.DecideLine(act, year(a.text[1]), x.ID, true)
			}
		}
		return "", fmt.Errorf("không có đề xuất %q", a.text[0])
	})
}

func approveList(o *office, a args) seen {
	return o.behind(a.who[0], func(act *journal.Act) (string, error) {
		return "Đã phê duyệt danh mục hồ sơ.", archive.Approve(act, year(a.text[0]), "05/QĐ-BDT")
	})
}

func seeList(o *office, a args) seen {
	d, _, _ := o.desk(a.who[0])
	l, err := archive.ListOf(o.db.Read(context.Background()), d.Agency.ID, year(a.text[0]))
	if err != nil {
		return seen{err: err}
	}
	var out []string
	for _, x := range l.Lines {
		line := strings.TrimSpace(x.Notation + " " + x.Title + ", " + x.Term.Words() + ", " + d.Person(x.Keeper).Name)
		if !x.AddedOn.IsZero() {
			line += ", bổ sung ngày " + x.AddedOn.VN()
		}
		out = append(out, line)
	}
	return seen{says: out}
}

func openDossier(o *office, a args) seen {
	return o.behind(a.who[0], func(act *journal.Act) (string, error) {
		term, err := archive.ParseTerm(a.text[2])
		if err != nil {
			return "", err
		}
		d, err := archive.OpenNew(act, archive.Fresh{Notation: a.text[0], Title: a.text[1], Term: term})
		return "Đã mở hồ sơ " + d.Notation + ".", err
	})
}

// numbered is a dossier by its number and notation.
func (o *office) numbered(p person, notation string) archive.Dossier {
	d, _, _ := o.desk(p)
	all, err := archive.Dossiers(o.db.Read(context.Background()), d.Agency.ID, archive.Reach{All: true}, archive.Filter{View: archive.ViewAll, Day: o.clock.Today()}, 200)
	o.must(err)
	for _, x := range all {
		if x.Notation == notation {
			return x
		}
	}
	o.failf("không có hồ sơ %q", notation)
	return archive.Dossier{}
}

func putInDossier(o *office, a args) seen {
	d, _, _ := o.desk(a.who[0])
	parts := strings.Split(o.document(a.who[0], a.text[0]), "/")
	n, err := strconv.ParseInt(parts[len(parts)-1], 10, 64)
	o.must(err)
	doc, err := document.ByNumber(o.db.Read(context.Background()), d.Agency.ID, document.Reach{All: true}, year(parts[len(parts)-2]), "", n)
	o.must(err)
	x := o.numbered(a.who[0], a.text[1])
	return o.behind(a.who[0], func(act *journal.Act) (string, error) {
		n, err := archive.PutIn(act, x.ID, doc.Ref())
		return fmt.Sprintf("Đã đưa %d mục vào hồ sơ.", n), err
	})
}

func seeDossier(o *office, a args) seen {
	d, _, rights := o.desk(a.who[0])
	r := o.db.Read(context.Background())
	x, err := archive.Get(r, d.Agency.ID, archive.ReachOf(rights), o.numbered(a.who[0], a.text[0]).ID)
	if err != nil {
		return seen{err: err}
	}
	items, err := archive.Items(r, d.Agency.ID, x.ID)
	o.must(err)
	out := []string{fmt.Sprintf("%s, %d mục, %d trang", x.State.Label(), x.Docs, x.Pages)}
	for _, it := range items {
		line := fmt.Sprintf("%d. %s %s", it.Ordinal, it.On.VN(), it.Title)
		if it.Auto {
			line += " (tự vào)"
		}
		out = append(out, line)
	}
	return seen{says: out}
}

func seeFindings(o *office, a args) seen {
	d, _, _ := o.desk(a.who[0])
	all, err := archive.Findings(o.db.Read(context.Background()), d.Agency.ID, o.numbered(a.who[0], a.text[0]))
	o.must(err)
	out := []string{}
	for _, f := range all {
		out = append(out, f.Text)
	}
	if len(out) == 0 {
		out = []string{"Không còn điểm nào."}
	}
	return seen{says: out}
}

func settleFindings(o *office, a args) seen {
	x, n := o.numbered(a.who[0], a.text[0]), 0
	return o.behind(a.who[0], func(act *journal.Act) (string, error) {
		all, err := archive.Findings(act, act.By.Agency, x)
		o.must(err)
		n = 0
		for _, f := range all {
			if f.Gesture == archive.GestureConfirm {
				n++
				if err := archive.Settle(act, x.ID, f.Key, "Bản giấy đủ, đã xem"); err != nil {
					return "", err
				}
			}
		}
		return fmt.Sprintf("Đã xác nhận %d điểm.", n), nil
	})
}

// onDossier is an act on a dossier, and the state in which it leaves it.
func (o *office) onDossier(p person, notation string, f func(act *journal.Act, x archive.Dossier) error) seen {
	x := o.numbered(p, notation)
	s := o.behind(p, func(act *journal.Act) (string, error) { return "", f(act, x) })
	if s.err == nil {
		s.says = []string{"Hồ sơ " + notation + ": " + lower(o.numbered(p, notation).State.Label()) + "."}
	}
	return s
}

func closeDossier(o *office, a args) seen {
	return o.onDossier(a.who[0], a.text[0], func(act *journal.Act, x archive.Dossier) error { return archive.Close(act, x.ID, act.Day()) })
}

func reopenDossier(o *office, a args) seen {
	return o.onDossier(a.who[0], a.text[0], func(act *journal.Act, x archive.Dossier) error { return archive.Reopen(act, x.ID, a.text[1]) })
}

func handDossier(o *office, a args) seen {
	return o.onDossier(a.who[0], a.text[0], func(act *journal.Act, x archive.Dossier) error {
		_, err := archive.Hand(act, archive.Offer{Dossiers: []int64{x.ID}, Condition: "Tốt"})
		return err
	})
}

func (o *office) judge(a args, take bool, reason string) seen {
	return o.onDossier(a.who[0], a.text[0], func(act *journal.Act, x archive.Dossier) error {
		open, err := archive.OpenTransfers(act, act.By.Agency)
		o.must(err)
		if len(open) == 0 {
			o.failf("không có biên bản nào đang chờ")
		}
		if err := archive.Judge(act, open[0].ID, x.ID, take, reason); err != nil {
			return err
		}
		return archive.Conclude(act, open[0].ID)
	})
}

func takeDossier(o *office, a args) seen     { return o.judge(a, true, "") }
func sendDossierBack(o *office, a args) seen { return o.judge(a, false, a.text[1]) }

func grantDossier(o *office, a args) seen {
	d, _, _ := o.desk(a.who[0])
	who := fmt.Sprintf("p:%d", o.personID(d, a.who[1].Full))
	return o.onDossier(a.who[0], a.text[0], func(act *journal.Act, x archive.Dossier) error { return archive.Grant(act, x.ID, who, true) })
}

func confirmRights(o *office, a args) seen {
	return o.behind(a.who[0], func(act *journal.Act) (string, error) {
		open, err := archive.OpenRights(act, act.By.Agency, 100)
		o.must(err)
		for _, r := range open {
			if err := archive.ConfirmRight(act, r.ID); err != nil {
				return "", err
			}
		}
		return fmt.Sprintf("Đã xác nhận %d thay đổi.", len(open)), nil
	})
}

func freezeDossier(o *office, a args) seen {
	return o.onDossier(a.who[0], a.text[0], func(act *journal.Act, x archive.Dossier) error { return archive.Freeze(act, x.ID, true) })
}

func askKeep(o *office, a args) seen {
	return o.onDossier(a.who[0], a.text[0], func(act *journal.Act, x archive.Dossier) error {
		return archive.AskKeep(act, x.ID, vnDay(a.day[0]), a.text[1])
	})
}

func grantKeep(o *office, a args) seen {
	return o.onDossier(a.who[0], a.text[0], func(act *journal.Act, x archive.Dossier) error {
		return archive.DecideKeep(act, x.ID, true, "Đồng ý")
	})
}

func proposeDestroy(o *office, a args) seen {
	d, _, _ := o.desk(a.who[0])
	var council []archive.Member
	for i, p := range a.who[1:] {
		council = append(council, archive.Member{Person: o.personID(d, p.Full), Role: []string{"chair", "member", "secretary"}[i]})
	}
	return o.onDossier(a.who[0], a.text[0], func(act *journal.Act, x archive.Dossier) error {
		_, err := archive.ProposeDestruction(act, []int64{x.ID}, council, "Hết thời hạn bảo quản")
		return err
	})
}

func (o *office) vote(a args, destroy bool, reason string) seen {
	return o.onDossier(a.who[0], a.text[0], func(act *journal.Act, x archive.Dossier) error {
		all, err := archive.Destructions(act, act.By.Agency, 1)
		o.must(err)
		return archive.Opine(act, all[0].ID, x.ID, destroy, reason)
	})
}

func voteDestroy(o *office, a args) seen { return o.vote(a, true, "") }
func voteKeep(o *office, a args) seen    { return o.vote(a, false, a.text[1]) }

func decideDestroy(o *office, a args) seen {
	return o.behind(a.who[0], func(act *journal.Act) (string, error) {
		all, err := archive.Destructions(act, act.By.Agency, 1)
		o.must(err)
		return "Đã quyết định.", archive.Decide(act, all[0].ID, true, a.text[0], nil)
	})
}

func giveDossier(o *office, a args) seen {
	d, _, _ := o.desk(a.who[0])
	to := o.personID(d, a.who[1].Full)
	return o.onDossier(a.who[0], a.text[0], func(act *journal.Act, x archive.Dossier) error { return archive.GiveTo(act, x.ID, to) })
}

func importRule(o *office, a args) seen {
	return o.behind(a.who[0], func(act *journal.Act) (string, error) {
		row := archive.Row{Number: 1, Cells: []string{a.text[0], "Tài liệu chuyên môn", "Hồ sơ chuyên môn", a.text[1], "Thông tư"}}
		_, err := archive.ImportRules(act, []archive.Row{row}, vnDay(a.day[0]))
		return "Đã nhập.", err
	})
}

func openByRule(o *office, a args) seen {
	return o.behind(a.who[0], func(act *journal.Act) (string, error) {
		d, err := archive.OpenNew(act, archive.Fresh{Notation: a.text[0], Title: a.text[1], Rule: a.text[2]})
		return "Đã mở hồ sơ " + d.Notation + ".", err
	})
}

func seeChangedByLaw(o *office, a args) seen {
	d, _, _ := o.desk(a.who[0])
	all, err := archive.ChangedByLaw(o.db.Read(context.Background()), d.Agency.ID, o.clock.Today(), 100)
	o.must(err)
	out := []string{}
	for _, x := range all {
		out = append(out, fmt.Sprintf("%s: đang ghi %s, bảng nay là %s", x.Dossier.Notation, x.Dossier.Term.Words(), x.Rule.Term.Words()))
	}
	if len(out) == 0 {
		out = []string{"Không có hồ sơ nào."}
	}
	return seen{says: out}
}

func adoptLaw(o *office, a args) seen {
	return o.onDossier(a.who[0], a.text[0], func(act *journal.Act, x archive.Dossier) error { return archive.AnswerLaw(act, x.ID, true, "") })
}

func keepTerm(o *office, a args) seen {
	return o.onDossier(a.who[0], a.text[0], func(act *journal.Act, x archive.Dossier) error { return archive.AnswerLaw(act, x.ID, false, a.text[1]) })
}

func handAllOver(o *office, a args) seen {
	d, _, _ := o.desk(a.who[0])
	from, to, other := o.personID(d, a.who[1].Full), o.personID(d, a.who[2].Full), o.personID(d, a.who[3].Full)
	kept, err := archive.KeptBy(o.db.Read(context.Background()), d.Agency.ID, from)
	o.must(err)
	h := archive.Handing{From: from, Dossiers: map[int64]int64{}, Works: to, Reason: a.text[1]}
	for _, x := range kept {
		if h.Dossiers[x.ID] = to; x.Notation == a.text[0] {
			h.Dossiers[x.ID] = other
		}
	}
	return o.behind(a.who[0], func(act *journal.Act) (string, error) {
		r, err := archive.HandAll(act, h)
		said := fmt.Sprintf("%s: %d hồ sơ cho %d người", r.Title(), r.Count, len(r.Takers))
		if r.Works != 0 {
			said += ", kèm biên bản bàn giao công việc"
		}
		return said + ".", err
	})
}

func signDossiers(o *office, a args) seen {
	d, _, _ := o.desk(a.who[0])
	all := func() archive.Handover {
		made, err := archive.Handovers(o.db.Read(context.Background()), d.Rights(d.With(o.clock.Today(), org.Head)[0].ID, o.clock.Today()), 0, 1)
		o.must(err)
		return made[0]
	}
	s := o.behind(a.who[0], func(act *journal.Act) (string, error) { return "", archive.SignHandover(act, all().ID, "") })
	if s.err != nil {
		return s
	}
	var parts []string
	for _, t := range all().Takers {
		name := d.Person(t.Person).Name
		word := "chờ ký nhận"
		if !t.AckedAt.IsZero() {
			word = "đã ký nhận"
		}
		parts = append(parts, name[strings.LastIndexByte(name, ' ')+1:]+" "+word)
	}
	return seen{says: []string{all().Title() + ": " + strings.Join(parts, ", ") + "."}}
}

func sweepDossiers(o *office, _ args) seen {
	n := 0
	for _, agency := range o.agencies {
		o.must(o.book.Do(context.Background(), system(agency), func(act *journal.Act) (err error) { n, err = archive.Sweep(act); return err }))
	}
	return seen{says: []string{fmt.Sprintf("%d hồ sơ được báo", n)}}
}
