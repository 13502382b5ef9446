// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/blob"
	"soviec/kit/civil"
	"soviec/kit/docx"
	"soviec/kit/extract"
	"soviec/kit/fault"
	"soviec/kit/formcheck"
	"soviec/kit/journal"
	form30 "soviec/kit/letter"
	"soviec/office/draft"
	"soviec/office/org"
)

// paperTemplates is the list of samples by type of document.
func paperTemplates(v *visit) error {
	if !v.may(org.WriteDraft, org.Target{}) && !v.keepsTemplates() {
		return errMayNot
	}
	all, err := draft.AllTemplates(v.read(), v.agency())
	if err != nil {
		return err
	}
	p := view.PaperTemplates{Frame: v.frame(view.PlaceWorks, "Mẫu văn bản"), MayKeep: v.keepsTemplates()}
	query := ""
	if ref := v.FormValue("tra-loi"); ref != "" { // what will be answered goes along to the sample
		if l, ok := v.answerLink(ref); ok {
			p.Answers, query = &l, "?tra-loi="+ref
		}
	}
	for _, t := range all {
		if !v.seesTemplate(t) {
			continue
		}
		typ, _ := form30.TypeOf(t.Type)
		if n := len(p.Groups); n == 0 || p.Groups[n-1].Type != typ.Name {
			p.Groups = append(p.Groups, view.PaperTemplateGroup{Type: typ.Name})
		}
		g := &p.Groups[len(p.Groups)-1]
		words := []string{v.templateOwner(t)}
		if t.Way == draft.WayDOCX {
			words = append(words, "tệp Word")
		}
		words = append(words, fmt.Sprintf("%d chỗ điền", len(t.Fields)))
		if t.Ordinal > 1 {
			words = append(words, fmt.Sprintf("bản %d", t.Ordinal))
		}
		g.Rows = append(g.Rows, view.PaperTemplateRow{Href: t.Address() + query, Name: t.Name, Words: strings.Join(words, " · "), Off: !t.On})
	}
	return v.show(p)
}

// keepsTemplates: the agency's, or those of a unit that the visitor heads.
func (v *visit) keepsTemplates() bool {
	return draft.MaySetTemplate(v.rights, 0) || len(v.rights.Heads) > 0
}

// seesTemplate: those in use of the agency and of the visitor's units; whoever keeps them
// sees also those out of use.
func (v *visit) seesTemplate(t draft.Template) bool {
	if draft.MaySetTemplate(v.rights, t.Unit) {
		return true
	}
	return t.On && (t.Unit == 0 || v.inUnit(t.Unit))
}

func (v *visit) inUnit(unit int64) bool {
	post, ok := v.dir.PostOn(v.me(), v.today)
	return ok && post.Unit == unit
}

func (v *visit) templateOwner(t draft.Template) string {
	switch {
	case t.Shipped():
		return "Mẫu có sẵn của phần mềm"
	case t.Unit != 0:
		return v.dir.Unit(t.Unit).Name
	}
	return "Mẫu của cơ quan"
}

// paperTemplateOf is the sample that the address names.
func (v *visit) paperTemplateOf() (draft.Template, error) {
	if !v.may(org.WriteDraft, org.Target{}) && !v.keepsTemplates() {
		return draft.Template{}, errMayNot
	}
	t, err := draft.TemplateOf(v.read(), v.agency(), v.PathValue("key"))
	if err == nil && !v.seesTemplate(t) {
		err = errNoPage
	}
	return t, err
}

func paperTemplatePage(v *visit) error {
	t, err := v.paperTemplateOf()
	if err != nil {
		return err
	}
	e := t.Edition
	if n, err := strconv.Atoi(v.PathValue("n")); err == nil {
		if e, err = draft.EditionOf(v.read(), t, n); err != nil {
			return err
		}
	}
	p, err := v.paperTemplateView(t, e)
	if err != nil {
		return err
	}
	post, _ := v.dir.PostOn(v.me(), v.today)
	known := draft.KnownFields(v.dir, post.Unit, v.me(), strconv.Itoa(v.today.Year()))
	p.Form = view.Form{Key: newFormKey(), Values: map[string][]string{}}
	for _, f := range e.Fields {
		if known[f.Name] != "" {
			p.Form.Values["f-"+f.Name] = []string{known[f.Name]}
		}
	}
	return v.show(p)
}

func (v *visit) paperTemplateView(t draft.Template, e draft.Edition) (view.PaperTemplate, error) {
	typ, _ := form30.TypeOf(t.Type)
	p := view.PaperTemplate{
		Frame: v.frame(view.PlaceWorks, t.Name), Address: t.Address(), Name: t.Name, Type: typ.Name, Owner: v.templateOwner(t), Off: !t.On,
		Word: e.Way == draft.WayDOCX, Convert: v.d.Word != nil && v.d.Word.Find() != "", Answer: v.FormValue("tra-loi"), Subject: e.Subject, To: e.Addressees,
		MayKeep: draft.MaySetTemplate(v.rights, t.Unit), MayWrite: t.On && e.Ordinal == t.Ordinal && v.may(org.WriteDraft, org.Target{}),
	}
	for _, f := range e.Fields {
		p.Fields = append(p.Fields, view.PaperTemplateField{Name: "f-" + f.Name, Label: f.Label})
	}
	if p.Word {
		p.File = fmt.Sprintf("%s/tep/%d", t.Address(), e.Ordinal)
		p.Findings = v.templateFindings(t, e)
	} else {
		p.Body = strings.Split(e.Body, "\n")
	}
	if e.Ordinal != t.Ordinal {
		p.Old = fmt.Sprintf("đang xem bản %d, không còn dùng", e.Ordinal)
	}
	all, err := draft.Editions(v.read(), t)
	for _, x := range all {
		row := view.PaperEdition{Title: fmt.Sprintf("Bản %d", x.Ordinal), Why: x.Why, Now: x.Ordinal == e.Ordinal}
		if x.Ordinal != e.Ordinal {
			row.Href = fmt.Sprintf("%s/ban/%d", t.Address(), x.Ordinal)
		}
		if x.AddedBy != 0 {
			row.By = v.dir.Person(x.AddedBy).Name + ", " + civil.TimeVN(x.AddedAt)
		}
		p.Editions = append(p.Editions, row)
	}
	return p, err
}

// templateFindings is what the check of form says of a sample's Word file. Blanks are what
// a sample is made of, and do not count.
func (v *visit) templateFindings(t draft.Template, e draft.Edition) view.Findings {
	f, size, err := v.d.Blobs.Get(v.Context(), blob.Key(e.SHA))
	if err != nil {
		return view.Findings{Trouble: "Tệp của mẫu không còn trong kho."}
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, size))
	if err != nil {
		return view.Findings{Trouble: "Không đọc được tệp của mẫu."}
	}
	d, err := docx.Read(v.Context(), bytes.NewReader(raw), int64(len(raw)), docx.Limits{})
	if err != nil {
		return view.Findings{Trouble: fault.Text(err)}
	}
	var found []formcheck.Finding
	for _, x := range formcheck.Document(d, formcheck.Options{Type: t.Type}) {
		if x.Code != "CHUA-DIEN" && x.Code != "CHO-TRONG" {
			found = append(found, x)
		}
	}
	return findingsView(found, func(formcheck.Place) string { return "" })
}

// paperTemplateFile sends the Word file of an edition.
func paperTemplateFile(v *visit) error {
	t, err := v.paperTemplateOf()
	if err != nil {
		return err
	}
	n, err := v.id("n")
	if err != nil {
		return err
	}
	e, err := draft.EditionOf(v.read(), t, int(n))
	if err != nil {
		return err
	}
	if e.SHA == "" {
		return errNoPage
	}
	f, _, err := v.d.Blobs.Get(v.Context(), blob.Key(e.SHA))
	if err != nil {
		return err
	}
	defer f.Close()
	h := v.w.Header()
	h.Set("Content-Type", extract.DOCX.MediaType())
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": e.FileName}))
	h.Set("Cache-Control", "private, no-cache")
	http.ServeContent(v.w, v.Request, "", e.AddedAt, f)
	return nil
}

// paperTemplateAct begins a draft with a sample, or puts it in use or out of it.
func paperTemplateAct(v *visit) error {
	t, err := v.paperTemplateOf()
	if err != nil {
		return err
	}
	switch v.PathValue("act") {
	case "tat", "bat":
		on := v.PathValue("act") == "bat"
		if err := v.act(func(a *journal.Act) (err error) { t, err = draft.TurnTemplate(a, t.Key(), on); return err }); err != nil {
			return err
		}
		if on {
			return v.done(t.Address(), "Đã dùng lại mẫu “"+t.Name+"”.")
		}
		return v.done(t.Address(), "Đã thôi dùng mẫu “"+t.Name+"”.")
	case "soan":
		err := v.beginWith(t)
		if err == nil || !wrong(err) {
			return err
		}
		p, perr := v.paperTemplateView(t, t.Edition)
		if perr != nil {
			return perr
		}
		p.Form = v.form(err)
		for i, e := range p.Form.Errors {
			if e.Field != "subject" && !strings.HasPrefix(e.Field, "f-") {
				p.Form.Errors[i].Field = ""
			}
		}
		return v.again(p, err)
	}
	return errNoPage
}

// beginWith fills a sample and begins a draft with it.
func (v *visit) beginWith(t draft.Template) error {
	values := map[string]string{}
	var missing []error
	for _, f := range t.Fields {
		values[f.Name] = v.text("f-" + f.Name)
		if t.Way == draft.WayDOCX && values[f.Name] == "" {
			missing = append(missing, fault.Invalid("f-"+f.Name, "Chưa điền “"+f.Label+"”."))
		}
	}
	if err := fault.Join(missing...); err != nil {
		return err
	}
	f := draft.Facts{Type: t.Type}
	if ref := v.field("tra-loi"); ref != "" {
		f.Answers = []draft.Answer{{Ref: ref}}
	}
	var c *draft.Content
	if t.Way == draft.WayDOCX {
		made, err := v.fillWord(t, values)
		if err != nil {
			return err
		}
		if v.field("tai") != "" {
			return v.sendMade(extract.DOCX.MediaType(), "attachment", t.FileName, func(w io.Writer) error { _, err := w.Write(made); return err })
		}
		f.Subject = v.field("subject")
		if f.Subject == "" {
			f.Subject = values["trich_yeu"]
		}
		if c, err = v.wordContent(t.FileName, made); err != nil {
			return err
		}
	} else {
		filled, err := t.Fill(values)
		if err != nil {
			return err
		}
		f.Subject, f.Addressees, f.Body = filled.Subject, filled.Addressees, filled.Body
		f.Superior = t.Type == "BC" && len(f.Addressees) > 0
	}
	var p draft.Paper
	err := v.act(func(a *journal.Act) (err error) {
		if p, err = draft.Begin(a, f); err != nil {
			return err
		}
		if c != nil {
			one := *c
			if p, err = draft.Save(a, p.ID, p.Version, f, &one); err != nil {
				return err
			}
		}
		return draft.UseTemplate(a, p, t)
	})
	if err != nil {
		return err
	}
	return v.done(p.Address()+"/sua", "Đã bắt đầu dự thảo từ mẫu “"+t.Name+"”.")
}

// fillWord fills the fields of a sample's Word file.
func (v *visit) fillWord(t draft.Template, values map[string]string) ([]byte, error) {
	f, size, err := v.d.Blobs.Get(v.Context(), blob.Key(t.SHA))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, size))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = docx.Fill(&out, bytes.NewReader(raw), int64(len(raw)), values, docx.Limits{})
	return out.Bytes(), err
}

// wordContent keeps a Word document and the PDF that LibreOffice makes of it.
func (v *visit) wordContent(name string, raw []byte) (*draft.Content, error) {
	if v.d.Word == nil {
		return nil, fault.Invalid("", "Máy chủ này không chuyển được tệp Word sang PDF. Hãy tải tệp Word đã điền, lưu thành PDF rồi tải lên dự thảo.")
	}
	pdf, err := os.CreateTemp("", "soviec-word-*")
	if err != nil {
		return nil, err
	}
	defer os.Remove(pdf.Name())
	defer pdf.Close()
	if err := v.d.Word.PDF(v.Context(), pdf, bytes.NewReader(raw), int64(len(raw))); err != nil {
		return nil, onField("", err)
	}
	source, _, err := v.d.Blobs.Put(v.Context(), bytes.NewReader(raw), fileMost)
	if err != nil {
		return nil, err
	}
	c := &draft.Content{Way: draft.WayDOCX, Name: strings.TrimSuffix(name, ".docx") + ".pdf", Source: string(source), SourceName: name}
	if _, err := pdf.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	if v.d.Text != nil {
		ctx, cancel := context.WithTimeout(v.Context(), readFor)
		defer cancel()
		if facts, err := v.d.Text.Extract(ctx, pdf); err == nil {
			c.Pages, c.Text = facts.Pages, strings.Join(facts.Text, "\n")
		}
		if _, err := pdf.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
	}
	key, size, err := v.d.Blobs.Put(v.Context(), pdf, fileMost)
	c.SHA, c.Size = string(key), size
	return c, err
}
