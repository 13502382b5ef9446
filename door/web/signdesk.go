// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"soviec/door/signdesk"
	"soviec/door/web/view"
	"soviec/kit/blob"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/signkey"
	"soviec/office/draft"
	"soviec/office/signature"
	"soviec/office/signing"
)

const (
	deskAddress    = "/ky-so"
	profileAddress = "/tai-khoan/ky-so"
	papersOfDesk   = 20
	wayKept        = "kept" // the key file that the person keeps here
	deskFormMost   = 1 << 20
)

// signingDesk is the leader's desk: what waits for his signature.
func signingDesk(v *visit) error {
	p, err := v.signingDesk(0)
	if err != nil {
		return err
	}
	return v.show(p)
}

// signingPaper is one document on the desk, with the place of the picture.
func signingPaper(v *visit) error {
	id, err := v.id("id")
	if err != nil {
		return err
	}
	p, err := v.signingDesk(id)
	if err != nil {
		return err
	}
	if len(p.Papers) == 0 {
		return v.see(draft.Paper{ID: id}.Address())
	}
	return v.show(p)
}

// toSign are the drafts that wait for the visitor's signature.
func (v *visit) toSign() ([]draft.Paper, error) {
	waiting, err := v.waitingDrafts()
	var out []draft.Paper
	for _, w := range waiting {
		if w.Word.Sign && w.Second.As != draft.Outside { // what another agency signs too is signed on paper
			out = append(out, w.Paper)
		}
	}
	return out, err
}

func (v *visit) signingDesk(only int64) (view.SigningDesk, error) {
	p := view.SigningDesk{Frame: v.frame(view.PlaceDrafts, "Ký văn bản"), Back: &view.Crumb{Label: "Dự thảo, trình ký", Href: "/du-thao"}, Profile: profileAddress, Single: only != 0}
	if !v.readsDocuments() || v.d.Desk == nil {
		return p, errNoPage
	}
	all, err := v.toSign()
	if err != nil {
		return p, err
	}
	total := len(all)
	switch {
	case only != 0:
		p.Back = &view.Crumb{Label: "Ký văn bản", Href: deskAddress}
		all = slices.DeleteFunc(all, func(x draft.Paper) bool { return x.ID != only })
	case total > papersOfDesk:
		all = all[:papersOfDesk]
		p.More = fmt.Sprintf("Còn %d văn bản nữa, hiện tiếp khi đã ký xong các văn bản này.", total-papersOfDesk)
	}
	p.Sentence = "Không có văn bản nào chờ anh/chị ký."
	if total > 0 {
		p.Sentence = fmt.Sprintf("%d văn bản chờ anh/chị ký. Xem, đánh dấu từng văn bản, rồi ký một lần.", total)
	}
	own, err := signing.ProfileOf(v.read(), v.agency(), v.session.Person)
	if err != nil {
		return p, err
	}
	p.Picture = len(own.Picture) > 0
	if v.holder.For != 0 {
		p.Notices = append(p.Notices, view.Banner{Tone: view.ToneWarn, Text: "Chữ ký số là của chính người ký: không ký khi đang làm thay. Có thể trả lại hoặc chuyển người ký khác ở trang của từng văn bản."})
	}
	if err := v.deskWays(&p, own); err != nil {
		return p, err
	}
	if err := v.deskPapers(&p, all, own); err != nil {
		return p, err
	}
	p.Now, err = v.signingsNow()
	return p, err
}

// deskPapers shows each document: its facts, its pages, and where the signature will stand.
func (v *visit) deskPapers(p *view.SigningDesk, all []draft.Paper, own signing.Profile) error {
	contents, err := draft.CurrentOf(v.read(), all...)
	if err != nil {
		return err
	}
	var refs []string
	for _, d := range all {
		refs = append(refs, d.Ref())
	}
	live, err := signing.LiveOf(v.read(), v.agency(), refs...)
	if err != nil {
		return err
	}
	for _, d := range all {
		c := contents[d.SHA]
		sheet, err := v.d.Desk.Sheet(v.Context(), d, c)
		if err != nil && !wrong(err) {
			return err
		}
		x := view.SigningPaper{ID: idText(d.ID), SHA: d.SHA, Type: draftTypeName(d.Type), Subject: d.Subject, Urgency: view.Urgency(d.Urgency), Href: d.Address(), Desk: deskAddress + "/" + idText(d.ID)}
		x.Facts = []view.Fact{{Label: "Người soạn", Value: v.dir.Person(d.Drafter).Name + ", " + v.dir.Unit(d.Unit).Name}, {Label: "Ký với", Value: strings.Join(d.Lines, " / ")},
			{Label: "Chờ từ", Value: sinceWords(d.WaitsSince, v.today)}, {Label: "Số trang", Value: strconv.Itoa(c.Pages)}}
		at := sheet.Room
		if len(own.Picture) > 0 {
			at = signing.Fit(at, own.Picture, own.Wide)
		}
		if at.Page < 1 || at.Page > c.Pages {
			at.Page = max(1, c.Pages)
		}
		for n := 1; n <= min(c.Pages, 60); n++ {
			w, h := sheet.Size(n)
			page := view.SigningPage{Number: strconv.Itoa(n), Src: fmt.Sprintf("%s/trang/%d/%d", deskAddress, d.ID, n), Width: mm(w), Height: mm(h)}
			if n == at.Page {
				page.Spot = &view.SigningSpot{X: mm(at.X), Y: mm(at.Y), W: mm(at.W), H: mm(at.H)}
				if len(own.Picture) > 0 {
					page.Spot.Src = profileAddress + "/hinh?" + own.PictureSum[:8]
				}
				x.Signed = page
			}
			x.Pages = append(x.Pages, page)
		}
		if s, ok := live[d.Ref()]; ok {
			x.Waits = &view.Link{Label: s.State.Words() + ", xem tiến độ", Href: runAddress(s.Batch)}
		}
		p.Papers = append(p.Papers, x)
	}
	return nil
}

func mm(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func runAddress(batch int64) string { return deskAddress + "/lan/" + idText(batch) }

// deskWays are the places where the visitor's keys are.
func (v *visit) deskWays(p *view.SigningDesk, own signing.Profile) error {
	keys, err := signature.Keys(v.read(), v.agency())
	if err != nil {
		return err
	}
	mine := signing.Mine(keys, v.dir, signing.Approve, v.session.Person, v.now)
	devices := map[string]signature.Key{}
	for _, k := range mine {
		devices[k.Device] = k
	}
	for _, at := range v.d.Desk.At {
		w := view.SigningWay{Value: at.Code, Label: at.Label, File: at.File, Secret: at.Secret}
		if k, ok := devices[at.Device]; ok {
			w.Note = "hết hạn " + k.Until.VN()
		}
		if at.File && len(own.KeyFile) > 0 {
			kept := w
			kept.Value, kept.File, kept.Label, kept.Note = wayKept, false, "Khóa của anh/chị lưu ở đây", strings.Trim(own.KeyName+" · "+w.Note, " ·")
			p.Ways = append(p.Ways, kept)
			w.Label, w.Note = "Tệp khóa khác (.p12, .pfx)", ""
		}
		if own.Remote == "" {
			w.Account = at.Account
		}
		p.Ways = append(p.Ways, w)
	}
	if len(mine) == 0 && v.holder.For == 0 {
		p.Notices = append(p.Notices, view.Banner{Tone: view.ToneWarn, Text: "Sổ quản lý khóa chưa có chứng thư số còn hiệu lực của anh/chị nên chưa ký số được. Đề nghị Chánh Văn phòng hoặc văn thư ghi vào sổ."})
	}
	if k, ok := devices["token"]; ok {
		p.MayPC = true
		p.Ways = append(p.Ways, view.SigningWay{Value: signing.HandDriver, Label: "Thiết bị USB của Ban Cơ yếu, cắm ở máy này", Note: "hết hạn " + k.Until.VN(), PC: true})
	}
	return nil
}

// signingsNow are the visitor's signings that go on.
func (v *visit) signingsNow() ([]view.SigningLink, error) {
	ids, err := signing.Recent(v.read(), v.agency(), v.session.Person, 3)
	var out []view.SigningLink
	for _, id := range ids {
		b, err := signing.BatchOf(v.read(), v.agency(), v.session.Person, id)
		if err != nil {
			return nil, err
		}
		if n := len(b.Live()); n > 0 && v.now.Before(b.Until) {
			out = append(out, view.SigningLink{Label: fmt.Sprintf("Lần ký lúc %s: còn %d văn bản", clockWords(b.OpenedAt), n), Href: runAddress(id)})
		}
	}
	return out, err
}

func clockWords(t time.Time) string { return t.In(civil.Zone).Format("15:04") }

// pagePicture draws one page of a document that the visitor may read.
func pagePicture(v *visit) error {
	id, err := v.id("id")
	if err != nil {
		return err
	}
	d, err := draft.Read(v.read(), v.agency(), v.draftReach(), id)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(v.PathValue("page"))
	sha := d.ToSign() // with the signature of whoever signs beside
	if err != nil || sha == "" || v.d.Text == nil {
		return errNoPage
	}
	tag := `"` + sha[:16] + "-" + strconv.Itoa(n) + `"`
	h := v.w.Header()
	h.Set("Cache-Control", "private, no-cache")
	h.Set("ETag", tag)
	if v.Header.Get("If-None-Match") == tag {
		v.w.WriteHeader(http.StatusNotModified)
		return nil
	}
	src, _, err := v.d.Blobs.Get(v.Context(), blob.Key(sha))
	if err != nil {
		return err
	}
	defer src.Close()
	raw, err := v.d.Text.Picture(v.Context(), src, n, 1100)
	if err != nil {
		return err
	}
	h.Set("Content-Type", "image/png")
	h.Set("Content-Length", strconv.Itoa(len(raw)))
	_, _ = v.w.Write(raw)
	return nil
}

// deskForm reads the form of the desk. A key file stays in memory and dies with the request.
func (v *visit) deskForm() (file []byte, name string, err error) {
	v.Body = http.MaxBytesReader(v.w, v.Body, deskFormMost)
	if strings.HasPrefix(v.Header.Get("Content-Type"), "multipart/") {
		err = v.ParseMultipartForm(deskFormMost)
	} else {
		err = v.ParseForm()
	}
	if err != nil {
		return nil, "", fault.Invalid("file", "Không đọc được biểu mẫu, hoặc tệp lớn quá.")
	}
	if v.PostForm == nil {
		v.PostForm = v.Form
	}
	for _, field := range []string{"file", "picture"} {
		f, head, err := v.FormFile(field)
		if err != nil {
			continue
		}
		defer f.Close()
		if file, err = io.ReadAll(io.LimitReader(f, deskFormMost)); err != nil {
			return nil, "", err
		}
		return file, head.Filename, nil
	}
	return nil, "", nil
}

// keyForm reads a form that asks a key; the secret leaves it at once, so that no page shows it
// again.
func (v *visit) keyForm() (signkey.Who, error) {
	file, _, err := v.deskForm()
	who := signkey.Who{File: file, Secret: signkey.Secret(v.PostFormValue("secret")), Account: v.field("account")}
	v.PostForm.Del("secret")
	v.Form.Del("secret")
	return who, err
}

// sign signs what was ticked with one key.
func sign(v *visit) error {
	who, err := v.keyForm()
	var only int64
	if v.PostFormValue("single") != "" {
		only, _ = number64(v.PostFormValue("paper"))
	}
	if err == nil {
		var batch int64
		if batch, err = v.signTicked(who); err == nil || batch != 0 && !wrong(err) {
			if err != nil {
				return err
			}
			return v.see(runAddress(batch))
		}
	}
	if !wrong(err) {
		return err
	}
	p, perr := v.signingDesk(only)
	if perr != nil {
		return perr
	}
	p.Form = v.form(err)
	for i := range p.Papers {
		p.Papers[i].Ticked = slices.Contains(v.PostForm["paper"], p.Papers[i].ID)
	}
	return v.again(p, err)
}

func (v *visit) signTicked(who signkey.Who) (int64, error) {
	waiting, err := v.toSign()
	if err != nil {
		return 0, err
	}
	own, err := signing.ProfileOf(v.read(), v.agency(), v.session.Person)
	if err != nil {
		return 0, err
	}
	o := signdesk.Order{Kind: signing.Approve, Place: v.field("way"), Who: who}
	at, err := v.spot(own)
	if err != nil {
		return 0, err
	}
	for _, typed := range v.PostForm["paper"] {
		id, ok := number64(typed)
		i := slices.IndexFunc(waiting, func(d draft.Paper) bool { return d.ID == id })
		x := signing.Asking{SHA: v.PostFormValue("sha_" + typed), Place: at}
		if !ok {
			return 0, errNoPage
		}
		if i < 0 { // no longer here: the results say why, if he may know of it
			d, err := draft.Read(v.read(), v.agency(), v.draftReach(), id)
			if err != nil {
				return 0, err
			}
			x.Subject, x.Title = d.Ref(), paperTitle(d)
		} else {
			x.Subject, x.Title = waiting[i].Ref(), paperTitle(waiting[i])
		}
		o.Papers = append(o.Papers, x)
	}
	if o.Place == wayKept {
		o.Place, o.Who.File = "file", own.KeyFile
	}
	if own.Remote != "" {
		o.Who.Account = own.Remote
	}
	return v.d.Desk.Sign(v.Context(), v.holder, o)
}

func paperTitle(d draft.Paper) string { return draftTypeName(d.Type) + ": " + d.Subject }

// spot is where the picture was put by hand; page 0 leaves it where it belongs.
func (v *visit) spot(own signing.Profile) (signing.Place, error) {
	if v.field("moved") == "" || len(own.Picture) == 0 {
		return signing.Place{}, nil
	}
	var p signing.Place
	for name, into := range map[string]*float64{"x": &p.X, "y": &p.Y, "w": &p.W} {
		n, err := strconv.ParseFloat(strings.ReplaceAll(v.field(name), ",", "."), 64)
		if err != nil || n < 0 || n > 2000 {
			return p, fault.Invalid("place", "Vị trí hình chữ ký ghi bằng mm, ví dụ 120,5.")
		}
		*into = n
	}
	var err error
	if p.Page, err = strconv.Atoi(v.field("page")); err != nil || p.Page < 1 {
		return p, fault.Invalid("place", "Số trang đặt hình chữ ký không đúng.")
	}
	p.H = signing.Fit(signing.Place{W: p.W, H: 1000}, own.Picture, p.W).H
	return p, nil
}
