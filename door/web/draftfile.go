// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/extract"
	"soviec/kit/print"
	"soviec/kit/store"
	"soviec/office/document"
	"soviec/office/draft"
)

// draftFile sends a file of a draft: "v2" a version, "n2" what it was made from, "ky" what
// was signed, a number one beside.
func draftFile(v *visit) error {
	d, err := v.draft()
	if err != nil {
		return err
	}
	name := v.PathValue("file")
	pdf := func(name, sha string, c draft.Content) document.File {
		return document.File{Name: name, MIME: extract.PDF.MediaType(), SHA: sha, AddedAt: c.AddedAt}
	}
	if name == "ky" && d.SignedSHA != "" {
		f := pdf("van-ban-da-ky.pdf", d.SignedSHA, draft.Content{AddedAt: d.SignedAt})
		if d.Signed == "paper" {
			all, err := draft.Files(v.read(), d.ID)
			if err != nil {
				return err
			}
			for _, x := range all {
				if x.SHA == d.SignedSHA {
					f.MIME, f.Name = x.MIME, x.Name
				}
			}
		}
		return v.sendFile(f)
	}
	if name == "cung-ky" && d.Second.SHA != "" {
		return v.sendFile(pdf(fmt.Sprintf("du-thao-%d-da-cung-ky.pdf", d.ID), d.Second.SHA, draft.Content{AddedAt: d.WaitsSince}))
	}
	if n, err := strconv.Atoi(strings.TrimLeft(name, "vn")); err == nil && n > 0 && n <= d.Current && (name[0] == 'v' || name[0] == 'n') {
		c, err := draft.VersionOf(v.read(), d.ID, n)
		switch {
		case err == store.ErrNone:
			return errNoPage
		case err != nil:
			return err
		case name[0] == 'n' && c.Source != "":
			return v.sendFile(document.File{Name: c.SourceName, MIME: extract.DOCX.MediaType(), SHA: c.Source, AddedAt: c.AddedAt})
		case name[0] == 'n' && c.Letter != "":
			raw, err := draft.AsWord(c)
			if err != nil {
				return err
			}
			return v.file(extract.DOCX.MediaType(), fmt.Sprintf("du-thao-%d-ban-%d.docx", d.ID, n), true, raw)
		case name[0] == 'v':
			return v.sendFile(pdf(fmt.Sprintf("du-thao-%d-ban-%d.pdf", d.ID, n), c.SHA, c))
		}
		return errNoPage
	}
	id, ok := number64(name)
	if !ok {
		return errNoPage
	}
	files, err := draft.Files(v.read(), d.ID)
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.ID == id {
			return v.sendFile(document.File{ID: f.ID, Name: f.Name, MIME: f.MIME, SHA: f.SHA, AddedAt: f.AddedAt})
		}
	}
	return errNoPage
}

// compareDraft puts two versions of a draft side by side.
func compareDraft(v *visit) error {
	d, err := v.draft()
	if err != nil {
		return err
	}
	from, _ := strconv.Atoi(v.FormValue("truoc"))
	to, _ := strconv.Atoi(v.FormValue("sau"))
	if from < 1 || to < 1 || from > d.Current || to > d.Current {
		return errNoPage
	}
	before, err := draft.VersionOf(v.read(), d.ID, from)
	if err != nil {
		return err
	}
	after, err := draft.VersionOf(v.read(), d.ID, to)
	if err != nil {
		return err
	}
	p := view.DraftCompare{Frame: v.frame(view.PlaceDrafts, "So sánh hai bản"), Back: &view.Crumb{Label: d.Subject, Href: d.Address()}, Heading: "So sánh hai bản của dự thảo",
		Before: fmt.Sprintf("Bản %d, %s", from, sinceWords(before.AddedAt, v.today)), After: fmt.Sprintf("Bản %d, %s", to, sinceWords(after.AddedAt, v.today)),
		From: strconv.Itoa(from), To: strconv.Itoa(to), Address: d.Address() + "/so-sanh"}
	for n := 1; n <= d.Current; n++ {
		p.Versions = append(p.Versions, view.Option{Value: strconv.Itoa(n), Label: "bản " + strconv.Itoa(n)})
	}
	changed := 0
	for _, l := range draft.Compare(before.Text, after.Text) {
		row := view.DraftLine{Same: l.Same()}
		if !row.Same {
			changed++
		}
		for _, s := range l.Left {
			row.Left = append(row.Left, view.Piece{Text: s.Text, Mark: s.Changed})
		}
		for _, s := range l.Right {
			row.Right = append(row.Right, view.Piece{Text: s.Text, Mark: s.Changed})
		}
		p.Lines = append(p.Lines, row)
	}
	switch {
	case before.SHA == after.SHA:
		p.Words = "Hai bản là cùng một tệp."
	case changed == 0:
		p.Words = "Phần chữ giống nhau; khác ở khối ký, nơi nhận hoặc trình bày."
	default:
		p.Words = fmt.Sprintf("%d đoạn khác nhau: chữ bỏ đi gạch ngang, chữ thêm vào gạch chân.", changed)
	}
	return v.show(p)
}

// opinionsPDF is the summary of an opinion round on paper.
func opinionsPDF(v *visit) error {
	d, err := v.draft()
	if err != nil {
		return err
	}
	id, ok := number64(strings.TrimSuffix(v.PathValue("round"), ".pdf"))
	rounds, err := draft.Rounds(v.read(), d.ID)
	if err != nil {
		return err
	}
	for _, x := range rounds {
		if !ok || x.ID != id {
			continue
		}
		r := print.Report{Superior: v.dir.Agency.Superior, Agency: v.dir.Agency.Name, Place: v.dir.Agency.Place, On: v.now, At: v.now, Title: "Tổng hợp ý kiến",
			Subtitle: d.Subject, Mark: v.mark(), Notes: []string{"Nội dung xin ý kiến: " + x.Text, "Hạn: " + x.DueOn.VN()},
			Columns: []print.Column{{Title: "Số", WidthMM: 9}, {Title: "Người cho ý kiến", WidthMM: 48}, {Title: "Ý kiến", WidthMM: 28}, {Title: "Nội dung", WidthMM: 82}}}
		if x.Summary != "" {
			r.Notes = append(r.Notes, "Tổng hợp, tiếp thu: "+x.Summary)
		}
		r.Lines = func(yield func(print.Line) bool) {
			for i, o := range x.Opinions {
				if !yield(print.Line{Cells: []string{strconv.Itoa(i + 1), v.dir.Person(o.Person).Name + "\n" + v.dir.Title(o.Person, v.today), draft.ChoiceName(o.Choice), o.Text}}) {
					return
				}
			}
		}
		var buf bytes.Buffer
		if err := print.Table(&buf, r); err != nil {
			return err
		}
		return v.file("application/pdf", "tong-hop-y-kien-"+idText(d.ID)+".pdf", true, buf.Bytes())
	}
	return errNoPage
}
