// SPDX-License-Identifier: Apache-2.0

package web

import (
	"io"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/docx"
	"soviec/kit/extract"
	"soviec/kit/fault"
	"soviec/kit/journal"
	form30 "soviec/kit/letter"
	"soviec/office/draft"
)

// editedTemplate is the sample that gets an edition; none for a new one.
func (v *visit) editedTemplate() (draft.Template, error) {
	if v.PathValue("key") == newID {
		if !v.keepsTemplates() {
			return draft.Template{}, errMayNot
		}
		return draft.Template{}, nil
	}
	t, err := v.paperTemplateOf()
	if err == nil && !draft.MaySetTemplate(v.rights, t.Unit) {
		err = errMayNot
	}
	return t, err
}

func paperTemplateEditPage(v *visit) error {
	t, err := v.editedTemplate()
	if err != nil {
		return err
	}
	return v.show(v.paperTemplateForm(t, view.Form{Key: newFormKey(), Values: map[string][]string{
		"name": {t.Name}, "subject": {t.Subject}, "addressees": {strings.Join(t.Addressees, "\n")}, "body": {t.Body},
	}}))
}

func (v *visit) paperTemplateForm(t draft.Template, form view.Form) view.PaperTemplateEdit {
	p := view.PaperTemplateEdit{Frame: v.frame(view.PlaceWorks, "Mẫu văn bản"), Form: form, Address: draft.TemplatesAddress + "/" + v.PathValue("key") + "/sua", Back: draft.TemplatesAddress}
	if t.Key() != "" {
		p.Name, p.Back, p.Word = t.Name, t.Address(), t.Way == draft.WayDOCX
		return p
	}
	p.Types = append(p.Types, view.Option{Label: "Chọn…"})
	for _, typ := range form30.Types() {
		p.Types = append(p.Types, view.Option{Value: typ.Code, Label: typ.Name})
	}
	if draft.MaySetTemplate(v.rights, 0) {
		p.Units = append(p.Units, view.Option{Label: "Cả cơ quan"})
	}
	for _, u := range v.rights.Heads {
		p.Units = append(p.Units, view.Option{Value: idText(u), Label: v.dir.Unit(u).Name})
	}
	return p
}

func savePaperTemplate(v *visit) error {
	was, err := v.editedTemplate()
	if err != nil {
		return err
	}
	files, err := v.takeForm()
	defer files.discard()
	if err != nil && !wrong(err) {
		return err
	}
	t := draft.Template{Type: v.field("type"), Name: v.field("name")}
	t.Unit, _ = strconv.ParseInt(v.field("unit"), 10, 64)
	t.Edition = draft.Edition{Why: v.field("why"), Way: draft.WayComposed, Subject: v.field("subject"), Addressees: strings.Split(v.text("addressees"), "\n"), Body: v.text("body")}
	if err == nil && (len(files) > 0 || was.Way == draft.WayDOCX) {
		err = v.takeWord(&t.Edition, files)
	}
	if err == nil {
		err = v.act(func(a *journal.Act) (err error) {
			t, err = draft.SetTemplate(a, was.Key(), t)
			return err
		})
	}
	if err == nil {
		said := "Đã lưu mẫu “" + t.Name + "”."
		if was.Key() != "" {
			said = "Đã có bản mới của mẫu “" + t.Name + "”. Dự thảo đã soạn không thay đổi."
		}
		return v.done(t.Address(), said)
	}
	if !wrong(err) {
		return err
	}
	return v.again(v.paperTemplateForm(was, v.form(err)), err)
}

// takeWord makes an edition of an uploaded Word file: its fields are read, its bytes kept.
func (v *visit) takeWord(e *draft.Edition, files uploads) error {
	if len(files) != 1 {
		return fault.Invalid("files", "Hãy chọn một tệp Word (.docx).")
	}
	f := files[0]
	if f.MIME != extract.DOCX.MediaType() {
		return fault.Invalid("files", "Tệp mẫu phải là Word (.docx).")
	}
	names, err := docx.Fields(f.spool, f.Size, docx.Limits{})
	if err != nil {
		return onField("files", err)
	}
	if len(names) == 0 {
		return fault.Invalid("files", "Tệp Word không có chỗ điền nào. Ghi chỗ điền như {{trich_yeu}} trong tệp, hoặc dùng ô điều khiển nội dung có thẻ là tên trường.")
	}
	if _, err := f.spool.Seek(0, io.SeekStart); err != nil {
		return err
	}
	key, size, err := v.d.Blobs.Put(v.Context(), f.spool, fileMost)
	if err != nil {
		return onField("files", err)
	}
	e.Way, e.SHA, e.FileName, e.Size, e.Fields = draft.WayDOCX, string(key), f.Name, size, draft.FieldsNamed(names)
	return nil
}
