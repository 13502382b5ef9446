// SPDX-License-Identifier: Apache-2.0

package web

import (
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/outgoing"
)

const copiesOfPage = 100

// copyBegin is where a copy of something is begun, for whoever may make one.
func (v *visit) copyBegin(ref string) string {
	if !v.may(org.NumberOut, org.Target{}) {
		return ""
	}
	return "/ban-sao/lap?nguon=" + ref
}

// copiesMade are the copies of a source, as links.
func (v *visit) copiesMade(ref string) ([]view.Noted, error) {
	all, err := outgoing.CopiesOf(v.read(), v.agency(), ref)
	var out []view.Noted
	for _, c := range all {
		out = append(out, view.Noted{Note: outgoing.CopyName(c.Kind), Label: c.Title(), Href: c.Address()})
	}
	return out, err
}

func copiesPage(v *visit) error {
	if !v.outReach().All {
		return errNoPage
	}
	year := v.bookYear(v.URL.Query())
	after, _ := number64(v.URL.Query().Get("sau"))
	p := view.Copies{Frame: v.frame(view.PlaceOutgoing, "Bản sao"), Year: strconv.Itoa(year)}
	wait, err := outgoing.OpenCopies(v.read(), v.agency(), copiesOfPage)
	if err != nil {
		return err
	}
	all, err := outgoing.Copies(v.read(), v.agency(), year, after, copiesOfPage+1)
	if err != nil {
		return err
	}
	if len(all) > copiesOfPage {
		all = all[:copiesOfPage]
		p.Next = "/ban-sao?year=" + p.Year + "&sau=" + idText(all[len(all)-1].Number)
	}
	row := func(c outgoing.CertifiedCopy) view.CopyRow {
		r := view.CopyRow{Href: c.Address(), Label: c.Label, Kind: outgoing.CopyName(c.Kind), Source: c.SourceLabel, Signer: c.SignerName, Status: c.Standing(), Void: c.State == outgoing.StateVoid}
		if !c.Day.IsZero() {
			r.Day = c.Day.VN()
		}
		return r
	}
	for _, c := range wait {
		p.Waiting = append(p.Waiting, row(c))
	}
	for _, c := range all {
		p.Rows = append(p.Rows, row(c))
	}
	if v.mayPrintOut() && len(p.Rows) > 0 {
		at := "/van-ban-di/so?book=" + bookCopies + "&year=" + p.Year + "&format="
		p.PDF, p.XLSX = at+"pdf", at+"xlsx"
	}
	for y := year - 1; y <= min(year+1, v.today.Year()); y++ {
		if y != year {
			p.Years = append(p.Years, view.Link{Label: "Năm " + strconv.Itoa(y), Href: "/ban-sao?year=" + strconv.Itoa(y)})
		}
	}
	return v.show(p)
}

func copyNew(v *visit) error {
	p, err := v.copyForm(v.URL.Query().Get("nguon"))
	if err != nil {
		return err
	}
	p.Form.Key = newFormKey()
	return v.show(p)
}

func (v *visit) copyForm(ref string) (view.CopyNew, error) {
	p := view.CopyNew{Frame: v.frame(view.PlaceOutgoing, "Sao văn bản"), Source: ref, Kinds: options(outgoing.CopyKinds), Ways: options(outgoing.Ways)}
	if !v.may(org.NumberOut, org.Target{}) {
		return p, errNoPage
	}
	kind, id, _ := journal.ParseRef(ref)
	switch kind {
	case outgoing.RefOutgoing:
		d, err := outgoing.Get(v.read(), v.agency(), v.outReach(), id)
		if err != nil {
			return p, err
		}
		p.Of, p.Back = d.Label, &view.Crumb{Label: d.Label, Href: d.Address()}
		p.Kinds = keep(p.Kinds, "SY", "TrS")
	case document.RefIncoming:
		d, err := document.Get(v.read(), v.agency(), v.reach(), id)
		if err != nil {
			return p, err
		}
		p.Of, p.Back, p.Arrived = d.Title(), &view.Crumb{Label: d.Title(), Href: d.Address()}, []view.Option{{Value: "on", Label: "Văn bản đến này là bản sao y (chỉ sao lục được)"}}
	case outgoing.RefCopy:
		c, err := outgoing.GetCopy(v.read(), v.agency(), v.rights, id)
		if err != nil {
			return p, err
		}
		p.Of, p.Back = c.Title(), &view.Crumb{Label: c.Title(), Href: c.Address()}
		p.Kinds = keep(p.Kinds, "SL")
	default:
		return p, errNoPage
	}
	for _, x := range v.dir.With(v.today, org.Head, org.Deputy, org.OfficeChief) {
		if as, err := outgoing.CopySigner(v.dir, x.ID, outgoing.CopyWhole, v.today); err == nil {
			p.Signers = append(p.Signers, view.Option{Value: idText(x.ID), Label: x.Name + " (" + strings.Join(as.Lines, ", ") + ")"})
		}
	}
	return p, nil
}

func keep(all []view.Option, values ...string) (out []view.Option) {
	for _, o := range all {
		for _, w := range values {
			if o.Value == w {
				out = append(out, o)
			}
		}
	}
	return out
}

func makeCopy(v *visit) error {
	files, err := v.takeForm()
	defer files.discard()
	if err == nil {
		err = v.store(files)
	}
	if err == nil {
		err = v.once(func() (string, string, []string, error) {
			p := outgoing.CopyPlan{Kind: outgoing.CopyKind(v.field("kind")), Source: v.field("nguon"), SourceIsCopy: v.field("is_copy") != "", Way: outgoing.Way(v.field("way")), Part: v.text("part"),
				Recipients: strings.Split(v.text("recipients"), "\n")}
			p.Signer, _ = number64(v.field("signer"))
			p.Copies, _ = strconv.Atoi(v.field("copies"))
			if len(files) > 0 {
				f := files[0]
				if !strings.HasSuffix(strings.ToLower(f.Name), ".pdf") {
					return "", "", nil, fault.Invalid("files", "Bản quét phải là tệp PDF.")
				}
				p.Text = &outgoing.File{Name: f.Name, Size: f.Size, SHA: f.SHA, Pages: f.Pages}
			}
			var c outgoing.CertifiedCopy
			err := v.act(func(a *journal.Act) (err error) {
				if c, err = outgoing.MakeCopy(a, p); err != nil {
					return err
				}
				_, err = copyBase(a, v.agency(), c)
				return err
			})
			return c.Address(), "Đã trình " + c.SignerName + " ký bản sao.", nil, err
		})
	}
	if err == nil || !wrong(err) {
		return err
	}
	p, perr := v.copyForm(v.PostFormValue("nguon"))
	if perr != nil {
		return perr
	}
	p.Form = v.form(err)
	p.Form.Key = v.PostFormValue("form_key")
	return v.again(p, err)
}

func (v *visit) copy() (outgoing.CertifiedCopy, error) {
	id, err := v.id("copy")
	if err != nil {
		return outgoing.CertifiedCopy{}, err
	}
	return outgoing.GetCopy(v.read(), v.agency(), v.rights, id)
}

func copyPage(v *visit) error {
	c, err := v.copy()
	if err != nil {
		return err
	}
	p, err := v.copyOf(c)
	if err != nil {
		return err
	}
	return v.show(p)
}

var copyStages = map[string]string{"text": "Bản quét, phần trích", "numbered": "Bản sao", "sealed": "Bản sao, đã ký số của cơ quan"}

func (v *visit) copyOf(c outgoing.CertifiedCopy) (view.Copy, error) {
	p := view.Copy{Frame: v.frame(view.PlaceOutgoing, c.Title()), Back: &view.Crumb{Label: "Bản sao", Href: "/ban-sao"}, Address: c.Address(), Title: c.Title(), Standing: c.Standing() + ".",
		Part: c.Part, Electronic: c.Way.Electronic(), NoFile: "Tệp bản sao được lập khi cấp số."}
	if !v.outReach().All {
		p.Back = &view.Crumb{Label: "Văn bản đi", Href: "/van-ban-di"}
	}
	source := view.Fact{Label: "Văn bản được sao", Value: c.SourceLabel}
	if kind, id, _ := journal.ParseRef(c.Source); kind == outgoing.RefCopy {
		source.Href = "/ban-sao/" + idText(id)
	} else if kind == outgoing.RefOutgoing {
		d, err := outgoing.Get(v.read(), v.agency(), v.outReach(), id)
		if err != nil {
			return p, err
		}
		source.Href = d.Address()
	} else {
		d, err := document.Get(v.read(), v.agency(), v.reach(), id)
		if err != nil {
			return p, err
		}
		source.Href = d.Address()
	}
	p.Facts = []view.Fact{{Label: "Hình thức sao", Value: outgoing.CopyName(c.Kind)}, source, {Label: "Trích yếu", Value: c.Subject}, {Label: "Cách sao", Value: nameOf(string(c.Way), outgoing.Ways)},
		{Label: "Người ký", Value: strings.Join(c.Lines, ", ") + " " + c.SignerName}, {Label: "Số bản", Value: strconv.Itoa(c.Copies)}}
	if !c.SignedOn.IsZero() {
		p.Facts = append(p.Facts, view.Fact{Label: "Ngày ký", Value: c.SignedOn.VN()})
	}
	if !c.Day.IsZero() {
		p.Facts = append(p.Facts, view.Fact{Label: "Ngày bản sao", Value: c.Day.VN()})
	}
	if len(c.Recipients) > 0 {
		p.Facts = append(p.Facts, view.Fact{Label: "Nơi nhận", Value: strings.Join(c.Recipients, "; ")})
	}
	if c.Verdict != "" {
		p.Facts = append(p.Facts, view.Fact{Label: "Chữ ký số", Value: c.Verdict})
	}
	var files []outgoing.File
	switch err := outgoing.CopyShut(v.read(), v.agency(), v.rights, c); {
	case fault.Is(err, fault.KindConflict):
		p.Part, p.NoFile = "", fault.Text(err)
	case err != nil:
		return p, err
	default:
		if files, err = outgoing.CopyFiles(v.read(), c.ID); err != nil {
			return p, err
		}
	}
	for _, f := range files {
		row := view.File{Name: f.Name, Href: c.Address() + "/tep/" + idText(f.ID), Kind: copyStages[f.Stage], Size: sizeWords(f.Size), Hash: f.SHA[:min(8, len(f.SHA))]}
		if f.Pages > 0 {
			row.Pages = strconv.Itoa(f.Pages) + " trang"
		}
		if p.Viewer == "" {
			p.Viewer = row.Href + "#navpanes=0&view=FitH"
		}
		if f.SHA == c.Handed && c.State == outgoing.StateNumbered {
			p.Handed, p.Sealed = row.Href+"?tai=1", &view.FileForm{Form: view.Form{Key: newFormKey()}}
		}
		p.Files = append(p.Files, row)
	}
	entries, err := outgoing.CopyTimeline(v.read(), v.agency(), c)
	if err != nil {
		return p, err
	}
	p.Timeline = v.timeline(entries)
	v.copyGestures(&p, c)
	return p, nil
}

// copyGestures are what the visitor may do with the copy now.
func (v *visit) copyGestures(p *view.Copy, c outgoing.CertifiedCopy) {
	clerk := v.may(org.NumberOut, org.Target{})
	mine := c.Signer == v.me() && v.holder.For == 0 && v.may(org.SignCopy, org.Target{})
	switch c.State {
	case outgoing.StateMade:
		p.Sign, p.MayDrop = mine, clerk || mine
		if clerk && !p.Electronic {
			p.Record = &view.Form{Values: map[string][]string{"day": {v.today.VN()}}}
		}
	case outgoing.StateSigned:
		p.Number, p.MayDrop = clerk, clerk || mine
	case outgoing.StateNumbered:
		if c.VoidAskedBy != 0 {
			p.Sealed, p.Handed = nil, ""
			may := v.may(org.DecideVoid, org.Target{Person: c.VoidAskedBy})
			p.VoidRequest = &view.Request{By: capital(v.dir.Person(c.VoidAskedBy).Polite()), Words: "đề nghị hủy số " + c.Label, Text: c.VoidReason, NoYes: !may, NoNo: !may}
			return
		}
		seal := v.may(org.SealOut, org.Target{Person: c.Signer})
		p.Stamp, p.Prepare, p.Rewrite = seal && !p.Electronic, seal && p.Electronic, clerk && !p.Electronic
		if !seal {
			p.Sealed, p.Handed = nil, ""
		}
		if v.may(org.AskVoid, org.Target{}) {
			p.Void = &view.ReasonForm{Form: view.Form{Key: newFormKey()}}
		}
	case outgoing.StateIssued:
		if c.Kind == outgoing.CopyWhole {
			p.Further = v.copyBegin(c.Ref())
		}
		p.Standing = "Đã phát hành ngày " + civil.Of(c.IssuedAt).VN() + "."
	}
}

func copyFileSent(v *visit) error {
	c, err := v.copy()
	if err != nil {
		return err
	}
	id, err := v.id("file")
	if err != nil {
		return err
	}
	if err := outgoing.CopyShut(v.read(), v.agency(), v.rights, c); err != nil {
		return err
	}
	files, err := outgoing.CopyFiles(v.read(), c.ID)
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.ID == id {
			return v.sendFile(document.File{ID: f.ID, Name: f.Name, MIME: f.MIME, Size: f.Size, SHA: f.SHA})
		}
	}
	return errNoPage
}
