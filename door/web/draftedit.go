// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"context"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/extract"
	"soviec/kit/fault"
	"soviec/kit/formcheck"
	"soviec/kit/journal"
	"soviec/office/document"
	"soviec/office/draft"
	"soviec/office/org"
	"soviec/office/task"
)

// usualTypes are what an office writes every day; the others are one press away.
var usualTypes = []string{"CV", "QĐ", "TB", "BC", "TTr", "KH", "GM"}

// newDraft asks for the type, then shows its form.
func newDraft(v *visit) error {
	if !v.writesDrafts() {
		return errNoPage
	}
	code, ref := v.FormValue("loai"), v.FormValue("tra-loi")
	if t, ok := draft.TypeOf(code); ok {
		form := view.Form{Key: newFormKey(), Values: map[string][]string{"type": {t.Code}, "urgency": {"0"}}}
		if ref != "" {
			form.Values["answer"] = []string{ref}
			v.answerDefaults(form.Values, ref)
		}
		p, err := v.draftForm(draft.Paper{Type: t.Code, Drafter: v.me()}, form, "/du-thao")
		if err != nil {
			return err
		}
		return v.show(p)
	}
	p := view.DraftNew{Frame: v.frame(view.PlaceDrafts, "Soạn văn bản"), Back: &view.Crumb{Label: "Dự thảo, trình ký", Href: "/du-thao"}, Samples: "/mau-van-ban"}
	if ref != "" {
		if l, ok := v.answerLink(ref); ok {
			p.Answers, p.Samples = &l, p.Samples+"?tra-loi="+ref
		}
	}
	for _, t := range draft.Types() {
		href := "/du-thao/moi?loai=" + t.Code
		if p.Answers != nil {
			href += "&tra-loi=" + ref
		}
		n := view.Noted{Label: t.Name, Href: href}
		if slices.Contains(usualTypes, t.Code) {
			p.Usual = append(p.Usual, n)
		} else {
			p.Rest = append(p.Rest, n)
		}
	}
	slices.SortStableFunc(p.Usual, func(a, b view.Noted) int { return usualAt(a.Label) - usualAt(b.Label) })
	return v.show(p)
}

func usualAt(name string) int {
	return slices.IndexFunc(usualTypes, func(c string) bool { return draftTypeName(c) == name })
}

// answerLink names what a draft answers, if the visitor may read it.
func (v *visit) answerLink(ref string) (view.Link, bool) {
	kind, id, ok := journal.ParseRef(ref)
	switch {
	case ok && kind == document.RefIncoming:
		d, err := document.Get(v.read(), v.agency(), v.reach(), id)
		return view.Link{Label: "Văn bản đến " + d.Title() + ": " + d.Subject, Href: d.Address()}, err == nil
	case ok && kind == "task":
		w, err := task.Get(v.read(), v.agency(), id)
		if err != nil {
			return view.Link{}, false
		}
		may, err := task.Reads(v.read(), v.rights, v.agency(), w)
		return view.Link{Label: "Việc: " + w.Title, Href: w.Link()}, may && err == nil
	}
	return view.Link{}, false
}

// answerDefaults proposes what an answer to a document usually is.
func (v *visit) answerDefaults(values map[string][]string, ref string) {
	kind, id, _ := journal.ParseRef(ref)
	if kind != document.RefIncoming {
		return
	}
	d, err := document.Get(v.read(), v.agency(), v.reach(), id)
	if err != nil {
		return
	}
	values["addressees"], values["subject"] = []string{d.IssuerName}, []string{"Trả lời " + d.Title() + " về " + asInSentence(strings.TrimPrefix(d.Subject, "V/v "))}
	values["urgency"] = []string{strconv.Itoa(d.Urgency)}
	if d.Field != 0 {
		values["field"] = []string{idText(d.Field)}
	}
	if d.Work != 0 {
		values["close"] = []string{ref}
	}
}

func asInSentence(s string) string {
	r := []rune(s)
	if len(r) > 1 && strings.ToUpper(string(r[1])) != string(r[1]) {
		return strings.ToLower(string(r[0])) + string(r[1:])
	}
	return s
}

// draftForm is the form of a draft with what was typed.
func (v *visit) draftForm(d draft.Paper, form view.Form, to string) (view.DraftEdit, error) {
	typ := either(form.Value("type"), d.Type)
	t, _ := draft.TypeOf(typ)
	p := view.DraftEdit{Frame: v.frame(view.PlaceDrafts, "Soạn "+t.Name), Back: &view.Crumb{Label: "Dự thảo, trình ký", Href: "/du-thao"}, Heading: "Soạn " + t.Name, Address: to,
		Form: form, TypeName: t.Name, Addressed: t.Addressed, MayAbove: t.MayAbove, Bases: draft.NeedsBases(typ), Urgencies: urgencyOptions()}
	if d.ID != 0 {
		p.Back, p.Heading = &view.Crumb{Label: d.Subject, Href: d.Address()}, "Sửa dự thảo "+t.Name
		p.Amends = d.State != draft.StateDrafting
	}
	for _, x := range draft.Types() {
		p.Types = append(p.Types, view.Option{Value: x.Code, Label: x.Name})
	}
	p.Signers = v.signerOptions(typ, 0)
	v.partsOf(&p, typ)
	for _, c := range draft.Circulations {
		p.Circulate = append(p.Circulate, view.Option{Value: c.Code, Label: c.Name})
	}
	p.Fields = []view.Option{{Label: "Chọn…"}}
	for _, f := range v.dir.FieldsOn(v.today) {
		p.Fields = append(p.Fields, view.Option{Value: idText(f.ID), Label: f.Name})
	}
	for _, ref := range form.Values["answer"] {
		if l, ok := v.answerLink(ref); ok {
			p.Answers = append(p.Answers, view.DraftAnswer{Ref: ref, Label: l.Label, Href: l.Href, Close: form.Has("close", ref)})
		}
	}
	for _, name := range []string{"urgency", "circulation", "field", "mark", "type"} {
		p.MoreOpen = p.MoreOpen || form.Error(name) != ""
	}
	if d.Current > 0 {
		c, err := draft.Current(v.read(), d)
		if err != nil {
			return p, err
		}
		if c.Way != draft.WayComposed {
			p.Uploaded = either(c.SourceName, c.Name)
		}
	}
	return p, nil
}

// signerOptions are all who may sign a type of document today, each in each capacity.
func (v *visit) signerOptions(typ string, but int64) []view.Option {
	out := []view.Option{{Label: "Chọn…"}}
	for _, p := range v.dir.With(v.today, org.Head, org.Deputy, org.OfficeChief, org.OfficeDeputy, org.UnitHead, org.UnitDeputy) {
		if p.ID == but {
			continue
		}
		for _, c := range v.dir.Capacities(p.ID, typ, v.today) {
			out = append(out, view.Option{Value: idText(p.ID) + " " + string(c.Code) + " " + idText(c.Delegation), Label: p.Name, Note: strings.Join(c.Lines, " / ")})
		}
	}
	return out
}

// signerChosen reads an option of signerOptions.
func signerChosen(value string) (person int64, code org.CapacityCode, delegation int64) {
	parts := strings.Fields(value)
	if len(parts) != 3 {
		return 0, "", 0
	}
	person, _ = strconv.ParseInt(parts[0], 10, 64)
	delegation, _ = strconv.ParseInt(parts[2], 10, 64)
	return person, org.CapacityCode(parts[1]), delegation
}

// draftFacts reads the form.
func (v *visit) draftFacts() draft.Facts {
	f := draft.Facts{Type: v.field("type"), Subject: v.field("subject"), Circulation: v.field("circulation"), Mark: v.field("mark"),
		Superior: v.field("superior") == "on", Portal: v.field("portal") == "on", Body: v.text("body"), Addressees: strings.Split(v.text("addressees"), "\n")}
	f.Urgency, _ = strconv.Atoi(v.field("urgency"))
	f.Field, _ = strconv.ParseInt(v.field("field"), 10, 64)
	f.Secrecy, _ = strconv.Atoi(v.field("secrecy"))
	f.Signer, f.Capacity, f.Delegation = signerChosen(v.PostFormValue("signer"))
	f.Appendices, f.Second, f.Blanks = v.appendicesTyped(), v.secondTyped(), v.blanksTyped(f.Type)
	for _, purpose := range []string{"act", "report", "know"} {
		for _, name := range strings.Split(v.text(purpose), "\n") {
			f.Recipients = append(f.Recipients, draft.Recipient{Name: name, Purpose: purpose})
		}
	}
	for _, ref := range v.PostForm["answer"] {
		f.Answers = append(f.Answers, draft.Answer{Ref: ref, Closes: slices.Contains(v.PostForm["close"], ref)})
	}
	return f
}

// draftValues are a draft's facts as its form shows them.
func draftValues(d draft.Paper) map[string][]string {
	one := func(s string) []string { return []string{s} }
	on := map[bool]string{true: "on"}
	values := map[string][]string{"type": one(d.Type), "subject": one(d.Subject), "addressees": one(strings.Join(d.Addressees, "\n")), "superior": one(on[d.Superior]),
		"body": one(d.Body), "urgency": one(strconv.Itoa(d.Urgency)), "circulation": one(d.Circulation), "mark": one(d.Mark), "field": one(zeroEmpty(d.Field)), "portal": one(on[d.Portal]),
		"version": one(idText(d.Version))}
	if d.Signer != 0 {
		values["signer"] = one(idText(d.Signer) + " " + string(d.Capacity) + " " + idText(d.Delegation))
	}
	lines := map[string][]string{}
	for _, x := range d.Recipients {
		if x.Purpose != "store" && !slices.Contains(d.Addressees, x.Name) {
			lines[x.Purpose] = append(lines[x.Purpose], x.Name)
		}
	}
	appendixValues(values, d.Appendices)
	secondValues(values, d.Second)
	for key, s := range d.Blanks {
		values["blank_"+key] = one(s)
	}
	for purpose, names := range lines {
		values[purpose] = one(strings.Join(names, "\n"))
	}
	for _, a := range d.Answers {
		values["answer"] = append(values["answer"], a.Ref)
		if a.Closes {
			values["close"] = append(values["close"], a.Ref)
		}
	}
	return values
}

// draft finds the draft that the address names, if the visitor may read it.
func (v *visit) draft() (draft.Paper, error) {
	id, err := v.id("id")
	if err != nil {
		return draft.Paper{}, err
	}
	return draft.Read(v.read(), v.agency(), v.draftReach(), id)
}

func editDraft(v *visit) error {
	d, err := v.draft()
	if err != nil {
		return err
	}
	if w, err := v.wordOn(d); err != nil || !w.Edit {
		return either2(err, errNoPage)
	}
	p, err := v.draftForm(d, view.Form{Key: newFormKey(), Values: draftValues(d)}, d.Address()+"/sua")
	if err != nil {
		return err
	}
	return v.show(p)
}

func either2(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// saveDraft takes the form of a new draft or of one that is there.
func saveDraft(v *visit) error {
	var d draft.Paper
	to := "/du-thao"
	if v.PathValue("id") != "" {
		var err error
		if d, err = v.draft(); err != nil {
			return err
		}
		to = d.Address() + "/sua"
	}
	files, err := v.takeForm()
	defer files.discard()
	if err != nil && !wrong(err) {
		return err
	}
	if err == nil {
		err = v.once(func() (string, string, []string, error) { return v.keepDraft(d, files) })
	}
	if err == nil || !wrong(err) {
		return err
	}
	form := v.form(err)
	form.Key = v.PostFormValue("form_key")
	p, perr := v.draftForm(d, form, to)
	if perr != nil {
		return perr
	}
	return v.again(p, err)
}

// keepDraft makes the page of the text and saves both in one act.
func (v *visit) keepDraft(d draft.Paper, files uploads) (to, did string, warnings []string, err error) {
	f := v.draftFacts()
	if files.secret() {
		return "", "", nil, fault.Invalid("files", "Tệp mang dấu độ mật: không lưu gì. Văn bản mật không soạn trên phần mềm này.")
	}
	shaped := d
	if d.ID == 0 { // as Begin will make it
		post, _ := v.dir.PostOn(v.me(), v.today)
		shaped.Unit, shaped.Drafter, shaped.BegunAt = post.Unit, v.me(), v.now
	}
	if shaped, err = draft.Shape(v.dir, shaped, f, v.today); err != nil {
		return "", "", nil, err
	}
	c, findings, err := v.draftContent(shaped, files)
	if err != nil {
		return "", "", nil, err
	}
	version, _ := strconv.ParseInt(v.field("version"), 10, 64)
	err = v.act(func(a *journal.Act) error {
		if d.ID == 0 {
			begun, err := draft.Begin(a, f)
			if err != nil {
				return err
			}
			to = begun.Address()
			if c == nil {
				return nil
			}
			version = begun.Version
			return v.saveIn(a, begun.ID, version, f, c, findings)
		}
		to = d.Address()
		return v.saveIn(a, d.ID, version, f, c, findings)
	})
	return to, "Đã lưu dự thảo.", nil, err
}

func (v *visit) saveIn(a *journal.Act, id, version int64, f draft.Facts, c *draft.Content, findings []draft.Finding) error {
	copied := c
	if c != nil { // the act may be run again
		one := *c
		copied = &one
	}
	p, err := draft.Save(a, id, version, f, copied)
	if err != nil || c == nil {
		return err
	}
	return draft.SetFindings(a, p, findings)
}

// draftContent is the main file: what was uploaded, else the text typed as a page. It is
// nil when there is neither.
func (v *visit) draftContent(p draft.Paper, files uploads) (*draft.Content, []draft.Finding, error) {
	note := v.field("note")
	if len(files) > 0 {
		c, findings, err := v.uploadedDraft(p, files[0])
		if c != nil {
			c.Note = note
		}
		return c, findings, err
	}
	if p.Empty() {
		return nil, nil, nil
	}
	c, pdf, findings, err := draft.Render(v.dir, p)
	if err != nil {
		return nil, nil, err
	}
	c.Note = note
	if _, _, err := v.d.Blobs.Put(v.Context(), bytes.NewReader(pdf), fileMost); err != nil {
		return nil, nil, err
	}
	return &c, findings, nil
}

// uploadedDraft keeps a PDF, or a Word document with the PDF that LibreOffice makes of it.
func (v *visit) uploadedDraft(p draft.Paper, f *upload) (*draft.Content, []draft.Finding, error) {
	c := &draft.Content{Way: draft.WayPDF, Name: f.Name}
	file := f.spool
	switch f.MIME {
	case extract.PDF.MediaType():
	case extract.DOCX.MediaType():
		if v.d.Word == nil {
			return nil, nil, fault.Invalid("files", "Máy chủ này không chuyển được tệp Word sang PDF. Hãy lưu tệp thành PDF rồi tải lên.")
		}
		made, err := os.CreateTemp("", "soviec-word-*")
		if err != nil {
			return nil, nil, err
		}
		defer os.Remove(made.Name())
		defer made.Close()
		if err := v.d.Word.PDF(v.Context(), made, f.spool, f.Size); err != nil {
			return nil, nil, onField("files", err)
		}
		if _, err := f.spool.Seek(0, io.SeekStart); err != nil {
			return nil, nil, err
		}
		key, _, err := v.d.Blobs.Put(v.Context(), f.spool, fileMost)
		if err != nil {
			return nil, nil, onField("files", err)
		}
		c.Way, c.Source, c.SourceName, file = draft.WayDOCX, string(key), f.Name, made
		c.Name = strings.TrimSuffix(f.Name, ".docx") + ".pdf"
	default:
		return nil, nil, fault.Invalid("files", "Tệp chính phải là Word (.docx) hoặc PDF.")
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, nil, err
	}
	key, size, err := v.d.Blobs.Put(v.Context(), file, fileMost)
	if err != nil {
		return nil, nil, onField("files", err)
	}
	c.SHA, c.Size = string(key), size
	findings, err := v.readDraft(p, c, file)
	return c, findings, err
}

// readDraft reads the text of an uploaded file for comparing and searching, and has its
// layout checked as far as that allows.
func (v *visit) readDraft(p draft.Paper, c *draft.Content, file *os.File) ([]draft.Finding, error) {
	if v.d.Text == nil {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(v.Context(), readFor)
	defer cancel()
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	facts, err := v.d.Text.Extract(ctx, file)
	if err != nil { // whatever it is, it can be looked at
		return nil, v.Context().Err()
	}
	c.Pages, c.Text = facts.Pages, strings.Join(facts.Text, "\n")
	found, err := formcheck.File(ctx, v.d.Text, file, c.Size, "tep.pdf", formcheck.Options{Type: p.Type})
	if err != nil {
		return nil, v.Context().Err()
	}
	return draft.Found(found), nil
}

// putDraftFile keeps one file of a form in the store.
func (v *visit) putDraftFile(files uploads) (draft.File, error) {
	if len(files) == 0 {
		return draft.File{}, fault.Invalid("files", "Chưa chọn tệp.")
	}
	f := files[0]
	if _, err := f.spool.Seek(0, io.SeekStart); err != nil {
		return draft.File{}, err
	}
	key, _, err := v.d.Blobs.Put(v.Context(), f.spool, fileMost)
	if err != nil {
		return draft.File{}, onField("files", err)
	}
	return draft.File{Name: f.Name, MIME: f.MIME, Size: f.Size, SHA: string(key)}, nil
}
