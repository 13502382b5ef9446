// SPDX-License-Identifier: Apache-2.0

package web

import (
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"

	"soviec/door/web/view"
	"soviec/kit/blob"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/archive"
	"soviec/office/document"
	"soviec/office/org"
)

func (v *visit) dossier() (archive.Dossier, error) {
	id, err := v.id("id")
	if err != nil {
		return archive.Dossier{}, err
	}
	return archive.Get(v.read(), v.agency(), v.dossierReach(), id)
}

// dossierPage is one dossier with what lies in it.
func dossierPage(v *visit) error {
	d, err := v.dossier()
	if err != nil {
		return err
	}
	p, err := v.dossierOf(d)
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) dossierOf(d archive.Dossier) (view.Dossier, error) {
	p := view.Dossier{Frame: v.frame(view.PlaceDossiers, d.Notation+" · "+d.Title), Back: &view.Crumb{Label: "Hồ sơ công việc", Href: "/ho-so-cong-viec"}, Address: d.Link(),
		Number: d.Notation, Title: d.Title, Forms: map[string]*view.Form{}, Empty: "Hồ sơ chưa có gì. Mở văn bản hoặc việc rồi bấm “Đưa vào hồ sơ”; những gì thuộc cùng việc tự vào theo."}
	p.Standing = v.dossierStanding(d)
	p.Notices = v.dossierNotices(d)
	p.Facts = v.dossierFacts(d)
	if err := v.dossierItems(&p, d); err != nil {
		return p, err
	}
	if err := v.dossierForms(&p, d); err != nil {
		return p, err
	}
	if d.Docs > 0 {
		p.Prints = []view.Link{{Label: "In mục lục văn bản", Href: d.Link() + "/muc-luc.pdf"}, {Label: "Mục lục (Excel)", Href: d.Link() + "/muc-luc.xlsx"}}
		if d.State != archive.Destroyed {
			p.Export = d.Link() + "/xuat.zip"
		}
	}
	events, err := archive.Timeline(v.read(), v.agency(), d)
	p.Timeline = v.timeline(events)
	return p, err
}

func (v *visit) dossierStanding(d archive.Dossier) string {
	s := d.State.Label() + ", " + docsWords(d)
	switch {
	case d.Late(v.today):
		s += "; quá hạn nộp lưu từ " + d.DueOn.VN()
	case d.State == archive.KeptBack:
		s += " đến " + d.KeptUntil.VN()
	case !d.DueOn.IsZero() && !d.State.InArchive():
		s += "; nộp lưu chậm nhất " + d.DueOn.VN()
	}
	return s + "."
}

func (v *visit) dossierNotices(d archive.Dossier) []view.Banner {
	var out []view.Banner
	if d.Frozen {
		out = append(out, view.Banner{Tone: view.ToneError, Text: "Hồ sơ đang bị khóa: không thêm, lấy ra, sửa hay nộp được."})
	}
	if d.State == archive.Destroyed {
		out = append(out, view.Banner{Tone: view.ToneQuiet, Text: "Hồ sơ đã hủy theo quyết định. Tệp không còn; lý lịch và mục lục giữ lại mãi."})
	}
	if over := d.Term.Over(d.EndedOn); !over.IsZero() && !over.After(v.today) && d.State == archive.Archived {
		out = append(out, view.Banner{Tone: view.ToneWarn, Text: "Đã hết thời hạn bảo quản từ " + over.VN() + "; hồ sơ chỉ bị hủy khi hội đồng xét và người đứng đầu quyết định."})
	}
	return out
}

func (v *visit) dossierFacts(d archive.Dossier) []view.Fact {
	var out []view.Fact
	add := func(label, value string) {
		if value != "" {
			out = append(out, view.Fact{Label: label, Value: value})
		}
	}
	add("Mã hồ sơ", d.Code(v.dir.Agency.Code))
	add("Người giữ", v.dir.Person(d.Keeper).Name+", "+v.dir.Unit(d.Unit).Name)
	term := d.Term.Words()
	if d.Rule != "" {
		term += " (mã " + d.Rule + ")"
	}
	add("Thời hạn bảo quản", term)
	if d.Line == 0 {
		add("Nguồn", "mở ngoài danh mục")
	} else {
		out = append(out, view.Fact{Label: "Nguồn", Value: "danh mục hồ sơ năm " + strconv.Itoa(d.Year), Href: "/danh-muc-ho-so?nam=" + strconv.Itoa(d.Year)})
	}
	add("Mở ngày", d.OpenedOn.VN())
	if !d.StartOn.IsZero() {
		add("Thời gian tài liệu", period(d))
	}
	add("Việc kết thúc", d.EndedOn.VN())
	add("Đóng ngày", d.ClosedOn.VN())
	add("Chế độ sử dụng", d.Rights)
	add("Ghi chú", d.Note)
	return out
}

func period(d archive.Dossier) string {
	if d.StartOn == d.EndOn || d.EndOn.IsZero() {
		return d.StartOn.VN()
	}
	return d.StartOn.VN() + " – " + d.EndOn.VN()
}

func (v *visit) dossierItems(p *view.Dossier, d archive.Dossier) error {
	items, err := archive.Items(v.read(), v.agency(), d.ID)
	if err != nil {
		return err
	}
	matters, files, err := archive.Contents(v.read(), v.agency(), items)
	if err != nil {
		return err
	}
	for _, it := range archive.Sheets(items) {
		row := view.DossierItem{ID: idText(it.ID), No: strconv.Itoa(it.Ordinal), Number: it.Number, Day: it.On.VN(), Title: it.Title, Kind: archive.KindWord(it.Ref),
			Author: it.Author, Note: it.Note, Count: strconv.Itoa(it.Pages), Auto: it.Auto, Href: matters[it.Ref].Link}
		if row.Pages = pagesOf(it); row.Pages == "" {
			row.Pages = "–"
		}
		if d.State != archive.Destroyed {
			for _, f := range files[it.Ref] {
				row.Files = append(row.Files, view.Link{Label: f.Name, Href: fmt.Sprintf("%s/tep/%d/%d", d.Link(), it.ID, f.ID)})
			}
		}
		p.Items = append(p.Items, row)
	}
	return nil
}

func pagesOf(it archive.Paged) string {
	switch {
	case it.To == 0:
		return ""
	case it.To == it.From:
		return strconv.Itoa(it.From)
	}
	return fmt.Sprintf("%d–%d", it.From, it.To)
}

// dossierForms are what the visitor may do with a dossier as it stands.
func (v *visit) dossierForms(p *view.Dossier, d archive.Dossier) error {
	keeps := v.may(org.KeepDossier, org.Target{Person: d.Keeper, Unit: d.Unit})
	allow := func(act string, may bool, values map[string][]string) {
		if may {
			p.Forms[act] = &view.Form{Values: values}
		}
	}
	guards := v.may(org.GuardDossiers, org.Target{}) && d.State != archive.Destroyed
	allow("khoa", guards && !d.Frozen, nil)
	allow("mo-khoa", guards && d.Frozen, nil)
	if k, ok, err := archive.KeepOf(v.read(), d.ID); err != nil {
		return err
	} else if ok {
		p.Keep = fmt.Sprintf("%s xin giữ hồ sơ đến ngày %s: %s", capital(v.dir.Person(k.AskedBy).Polite()), k.Until.VN(), k.Reason)
		allow("cho-giu", v.may(org.DecideDossier, org.Target{}), nil)
	}
	if !keeps || d.Frozen {
		return nil
	}
	fed := d.State.Fed()
	allow("mo", d.State == archive.Planned, nil)
	allow("giay-to", fed, nil)
	allow("lay-ra", fed, nil)
	allow("ghi-chu", fed, nil)
	construction := ""
	if d.Construction {
		construction = "on"
	}
	allow("sua", fed || d.State == archive.SentBack, map[string][]string{"notation": {d.Notation}, "title": {d.Title}, "term": {d.Term.Words()}, "rule": {d.Rule}, "rights": {d.Rights}, "note": {d.Note}, "construction": {construction}})
	allow("dong", d.State == archive.Collecting, map[string][]string{"ended": {d.EndOn.VN()}})
	allow("mo-lai", !fed && d.State.May(archive.Collecting), nil)
	allow("giu-lai", d.State.May(archive.KeptBack) && p.Keep == "", nil)
	allow("nguoi-giu", !d.State.InArchive(), nil)
	allow("quyen", true, nil)
	if p.Forms["dong"] != nil {
		if err := v.dossierFindings(p, d); err != nil {
			return err
		}
	}
	readers, err := archive.Access(v.read(), d.ID)
	if err != nil {
		return err
	}
	for _, who := range readers {
		p.Readers = append(p.Readers, view.DossierReader{Who: who, Name: archive.WhoWords(v.dir, who)})
	}
	units := view.Group{Label: "Cả đơn vị"}
	for _, u := range v.dir.UnitsOn(v.today) {
		g := view.Group{Label: u.Name}
		r := view.Group{Label: u.Name}
		for _, person := range v.dir.Members(u.ID, v.today) {
			o := v.personOption(person)
			g.Options = append(g.Options, o)
			o.Value = "p:" + idText(person.ID)
			r.Options = append(r.Options, o)
		}
		p.People, p.Readable = append(p.People, g), append(p.Readable, r)
		units.Options = append(units.Options, view.Option{Value: "m:" + idText(u.ID), Label: u.Name})
	}
	p.Readable = append([]view.Group{units}, p.Readable...)
	p.Rules, err = v.ruleGroups()
	return err
}

var gestureLabels = map[archive.Gesture]string{archive.GestureTakeOut: "Lấy ra khỏi hồ sơ", archive.GestureTerm: "Dùng thời hạn của bảng", archive.GestureTitle: "Thêm năm vào tiêu đề",
	archive.GestureConfirm: "Xác nhận", archive.GestureDescribe: "Ghi thời hạn", archive.GestureFinish: "Mở ra làm tiếp"}

func (v *visit) dossierFindings(p *view.Dossier, d archive.Dossier) error {
	all, err := archive.Findings(v.read(), v.agency(), d)
	for _, f := range all {
		x := view.DossierFinding{Key: f.Key, Text: f.Text, Label: gestureLabels[f.Gesture], Ask: f.Gesture == archive.GestureConfirm}
		switch f.Gesture {
		case archive.GestureFinish:
			x.Link = f.Link
		case archive.GestureDescribe:
			x.Link = "#sua"
		}
		p.Findings = append(p.Findings, x)
	}
	p.Ready = len(all) == 0
	return err
}

// dossierActs are the gestures on a dossier by the last word of their address.
var dossierActs = map[string]func(v *visit, d archive.Dossier, files uploads) (did string, act func(*journal.Act) error, err error){
	"mo": func(_ *visit, d archive.Dossier, _ uploads) (string, func(*journal.Act) error, error) {
		return "Đã mở hồ sơ.", func(a *journal.Act) error { _, err := archive.OpenPlanned(a, d.ID); return err }, nil
	},
	"sua": func(v *visit, d archive.Dossier, _ uploads) (string, func(*journal.Act) error, error) {
		term, err := archive.ParseTerm(v.field("term"))
		t := archive.Details{Notation: v.field("notation"), Title: v.text("title"), Term: term, Rule: v.field("rule"), Rights: v.field("rights"), Note: v.text("note"), Construction: v.field("construction") == "on"}
		return "Đã lưu.", func(a *journal.Act) error { _, err := archive.Describe(a, d.ID, t); return err }, err
	},
	"giay-to": enterPaper,
	"lay-ra": func(v *visit, d archive.Dossier, _ uploads) (string, func(*journal.Act) error, error) {
		item, _ := number64(v.field("item"))
		return "Đã lấy ra khỏi hồ sơ.", func(a *journal.Act) error { return archive.TakeOut(a, d.ID, item, v.text("why")) }, nil
	},
	"ghi-chu": func(v *visit, d archive.Dossier, _ uploads) (string, func(*journal.Act) error, error) {
		item, _ := number64(v.field("item"))
		pages, err := strconv.Atoi(v.field("pages"))
		if err != nil {
			err = fault.Invalid("pages", "Số trang từ 0 đến 999.")
		}
		return "Đã ghi vào mục lục.", func(a *journal.Act) error { return archive.NoteItem(a, d.ID, item, pages, v.text("note")) }, err
	},
	"xu-ly": func(v *visit, d archive.Dossier, _ uploads) (string, func(*journal.Act) error, error) {
		return "Đã xử lý.", func(a *journal.Act) error { return archive.Settle(a, d.ID, v.field("finding"), v.text("why")) }, nil
	},
	"dong": func(v *visit, d archive.Dossier, _ uploads) (string, func(*journal.Act) error, error) {
		ended, err := v.date("ended")
		return "Đã đóng hồ sơ.", func(a *journal.Act) error { return archive.Close(a, d.ID, ended) }, err
	},
	"mo-lai": func(v *visit, d archive.Dossier, _ uploads) (string, func(*journal.Act) error, error) {
		return "Đã mở lại hồ sơ.", func(a *journal.Act) error { return archive.Reopen(a, d.ID, v.text("why")) }, nil
	},
	"nguoi-giu": func(v *visit, d archive.Dossier, _ uploads) (string, func(*journal.Act) error, error) {
		to, _ := assignee(v.field("keeper"))
		return "Đã chuyển người giữ hồ sơ.", func(a *journal.Act) error { return archive.GiveTo(a, d.ID, to.Person) }, nil
	},
	"quyen": func(v *visit, d archive.Dossier, _ uploads) (string, func(*journal.Act) error, error) {
		return "Đã cho xem; Chánh Văn phòng được báo.", func(a *journal.Act) error { return archive.Grant(a, d.ID, v.field("who"), true) }, nil
	},
	"bo-quyen": func(v *visit, d archive.Dossier, _ uploads) (string, func(*journal.Act) error, error) {
		return "Đã thôi cho xem; Chánh Văn phòng được báo.", func(a *journal.Act) error { return archive.Grant(a, d.ID, v.field("who"), false) }, nil
	},
	"giu-lai": func(v *visit, d archive.Dossier, _ uploads) (string, func(*journal.Act) error, error) {
		until, err := v.date("until")
		return "Đã gửi người đứng đầu cơ quan.", func(a *journal.Act) error { return archive.AskKeep(a, d.ID, until, v.text("reason")) }, err
	},
	"cho-giu": func(v *visit, d archive.Dossier, _ uploads) (string, func(*journal.Act) error, error) {
		return "Đã đồng ý cho giữ lại.", func(a *journal.Act) error { return archive.DecideKeep(a, d.ID, true, v.text("answer")) }, nil
	},
	"khong-cho-giu": func(v *visit, d archive.Dossier, _ uploads) (string, func(*journal.Act) error, error) {
		return "Đã trả lời: không cho giữ lại.", func(a *journal.Act) error { return archive.DecideKeep(a, d.ID, false, v.text("answer")) }, nil
	},
	"khoa": func(_ *visit, d archive.Dossier, _ uploads) (string, func(*journal.Act) error, error) {
		return "Đã khóa hồ sơ.", func(a *journal.Act) error { return archive.Freeze(a, d.ID, true) }, nil
	},
	"mo-khoa": func(_ *visit, d archive.Dossier, _ uploads) (string, func(*journal.Act) error, error) {
		return "Đã mở khóa hồ sơ.", func(a *journal.Act) error { return archive.Freeze(a, d.ID, false) }, nil
	},
}

func enterPaper(v *visit, d archive.Dossier, files uploads) (string, func(*journal.Act) error, error) {
	day, err := v.date("day")
	pages, _ := strconv.Atoi(v.field("pages"))
	p := archive.Paper{Type: v.field("type"), Number: v.field("number"), On: day, Author: v.field("author"), Subject: v.text("subject"), Pages: pages}
	if attached, _ := v.attachments(files); len(attached) > 0 {
		f := attached[0]
		if f.Secret != "" {
			return "", nil, fault.Invalid("files", "Tệp mang dấu “"+f.Secret+"”: văn bản mật không được đưa vào hệ thống này.")
		}
		p.File = archive.File{Name: f.Name, MIME: f.MIME, Size: f.Size, SHA: f.SHA}
	}
	return "Đã đưa giấy tờ vào hồ sơ.", func(a *journal.Act) error { return archive.EnterPaper(a, d.ID, p) }, err
}

func dossierAct(v *visit) error {
	name := v.PathValue("act")
	act, ok := dossierActs[name]
	if !ok {
		return errNoPage
	}
	d, err := v.dossier()
	if err != nil {
		return err
	}
	files, err := v.takeForm()
	defer files.discard()
	if err == nil {
		err = v.store(files)
	}
	did := ""
	if err == nil {
		var f func(*journal.Act) error
		if did, f, err = act(v, d, files); err == nil {
			err = v.act(f)
		}
	}
	if err == nil {
		return v.done(d.Link(), did)
	}
	if !wrong(err) {
		return err
	}
	p, perr := v.dossierOf(d)
	if perr != nil {
		return perr
	}
	form := v.form(err)
	if p.Forms[name] == nil || name == "dong" || name == "lay-ra" || name == "ghi-chu" || name == "cho-giu" {
		name = "loi" // a form without a place of its own for what was wrong
	}
	p.Forms[name] = &form
	return v.again(p, err)
}

// dossierFile sends a file of an item: whoever may read the dossier may read what lies in it.
func dossierFile(v *visit) error {
	d, err := v.dossier()
	if err != nil {
		return err
	}
	item, err := v.id("item")
	if err != nil {
		return err
	}
	file, err := v.id("file")
	if err != nil {
		return err
	}
	f, err := archive.FileOf(v.read(), v.agency(), d, item, file)
	if err != nil {
		return err
	}
	return v.sendFile(document.File{Name: f.Name, MIME: f.MIME, Size: f.Size, SHA: f.SHA})
}

// dossierExport streams a dossier as one ZIP of known length, so that the browser shows how
// far it is.
func dossierExport(v *visit) error {
	d, err := v.dossier()
	if err != nil {
		return err
	}
	x, err := archive.NewExport(v.read(), v.dir, d, v.now)
	if err != nil {
		return err
	}
	size, err := x.Size()
	if err != nil {
		return err
	}
	if err := v.act(func(a *journal.Act) error { return x.Note(a, d) }); err != nil {
		return err
	}
	out := &firstByte{w: v.w, before: func(h http.Header) {
		h.Set("Content-Type", "application/zip")
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": x.Name + ".zip"}))
		h.Set("Content-Length", strconv.FormatInt(size, 10))
		h["Cache-Control"] = noStore
	}}
	err = x.Write(v.Context(), out, func(ctx context.Context, sha string) (io.ReadCloser, error) {
		r, _, err := v.d.Blobs.Get(ctx, blob.Key(sha))
		return r, err
	})
	if err != nil && out.begun {
		panic(http.ErrAbortHandler) // nobody takes a half for a whole
	}
	return err
}
