// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"

	"soviec/kit/blob"
	"soviec/kit/extract"
	"soviec/kit/fault"
	"soviec/kit/journal"
	typeset "soviec/kit/letter"
	"soviec/kit/store"
	"soviec/office/document"
	"soviec/office/draft"
	"soviec/office/outgoing"
)

// copyActs are the gestures on a copy by the last word of their address.
var copyActs = map[string]func(v *visit, c outgoing.CertifiedCopy, files uploads) (string, error){
	"ky": func(v *visit, c outgoing.CertifiedCopy, _ uploads) (string, error) {
		return "Đã ký bản sao.", v.act(func(a *journal.Act) error { return outgoing.SignCopy(a, c.ID) })
	},
	"ghi-ky": func(v *visit, c outgoing.CertifiedCopy, _ uploads) (string, error) {
		day, err := v.date("day")
		if err != nil {
			return "", err
		}
		return "Đã ghi nhận chữ ký.", v.act(func(a *journal.Act) error { return outgoing.RecordCopySignature(a, c.ID, day) })
	},
	"cap-so": func(v *visit, c outgoing.CertifiedCopy, _ uploads) (string, error) {
		err := v.act(func(a *journal.Act) (err error) { c, err = outgoing.NumberCopy(a, c.ID); return err })
		if err == nil && !c.Way.Electronic() {
			err = v.writeCopy(c)
		}
		return "Đã cấp số " + c.Label + " ngày " + c.Day.VN() + ".", err
	},
	"tep": func(v *visit, c outgoing.CertifiedCopy, _ uploads) (string, error) {
		return "Đã lập lại tệp bản sao.", v.writeCopy(c)
	},
	"dong-dau": func(v *visit, c outgoing.CertifiedCopy, _ uploads) (string, error) {
		return "Đã phát hành " + c.Label + ".", v.act(func(a *journal.Act) error { return outgoing.IssueCopy(a, c.ID) })
	},
	"lay-tep": func(v *visit, c outgoing.CertifiedCopy, _ uploads) (string, error) {
		if err := v.writeCopy(c); err != nil {
			return "", err
		}
		return "Tệp đã giao để ký số; ký xong nộp lại ở đây.", v.act(func(a *journal.Act) error { _, err := outgoing.PrepareCopySeal(a, c.ID); return err })
	},
	"ky-so": sealCopy,
	"huy-so": func(v *visit, c outgoing.CertifiedCopy, _ uploads) (string, error) {
		return "Đã gửi đề nghị hủy số " + c.Label + " đến Chánh Văn phòng.", v.act(func(a *journal.Act) error { return outgoing.AskCopyVoid(a, c.ID, v.text("reason")) })
	},
	"huy-so-duyet": func(v *visit, c outgoing.CertifiedCopy, _ uploads) (string, error) {
		return "Đã hủy số " + c.Label + ".", v.act(func(a *journal.Act) error { return outgoing.DecideCopyVoid(a, c.ID, true) })
	},
	"huy-so-bac": func(v *visit, c outgoing.CertifiedCopy, _ uploads) (string, error) {
		return "Không đồng ý hủy số " + c.Label + ".", v.act(func(a *journal.Act) error { return outgoing.DecideCopyVoid(a, c.ID, false) })
	},
	"thoi": func(v *visit, c outgoing.CertifiedCopy, _ uploads) (string, error) {
		return "Đã thôi sao.", v.act(func(a *journal.Act) error { return outgoing.DropCopy(a, c.ID) })
	},
}

func copyAct(v *visit) error {
	act, ok := copyActs[v.PathValue("act")]
	if !ok {
		return errNoPage
	}
	c, err := v.copy()
	if err != nil {
		return err
	}
	files, err := v.takeForm()
	defer files.discard()
	if err == nil {
		err = v.store(files)
	}
	if err == nil {
		err = v.once(func() (string, string, []string, error) {
			did, err := act(v, c, files)
			return v.back(c.Address()), did, nil, err
		})
	}
	if err == nil || !wrong(err) {
		return err
	}
	if c, cerr := v.copy(); cerr == nil {
		p, perr := v.copyOf(c)
		if perr != nil {
			return perr
		}
		p.Failed = v.form(err)
		p.Failed.Errors = ofWhole(p.Failed.Errors)
		return v.again(p, err)
	}
	return err
}

func sealCopy(v *visit, c outgoing.CertifiedCopy, files uploads) (string, error) {
	switch {
	case len(files) != 1 || files[0].SHA == "":
		return "", fault.Invalid("files", "Hãy chọn đúng một tệp PDF đã ký số của cơ quan.")
	case c.Handed == "":
		return "", fault.Conflict("", "Chưa lấy tệp để ký số.")
	case v.d.Seals == nil:
		return "", fault.Conflict("", "Bản cài đặt này chưa bật kiểm tra chữ ký số.")
	}
	f := files[0]
	ev, err := v.d.Seals(v.Context(), v.agency(), c.Handed, f.SHA)
	if err != nil {
		return "", err
	}
	return "Đã phát hành " + c.Label + ".", v.act(func(a *journal.Act) error {
		return outgoing.CompleteCopySeal(a, c.ID, outgoing.File{Name: copyName(c), Size: f.Size, SHA: f.SHA, Pages: f.Pages}, ev)
	})
}

func copyName(c outgoing.CertifiedCopy) string {
	return strings.ToLower(strings.ReplaceAll(c.Label, "/", "-")) + ".pdf"
}

// A base is what the file of a copy is made from: a PDF, or the letter that is set anew.
type base struct {
	sha    string
	letter *typeset.Letter
}

// copyBase finds it: what was handed in with the copy, the letter of a composed document,
// or the main PDF of the source.
func copyBase(r store.Reader, agency int64, c outgoing.CertifiedCopy) (base, error) {
	var b base
	files, err := outgoing.CopyFiles(r, c.ID)
	if err != nil {
		return b, err
	}
	for _, f := range files {
		if f.Stage == "text" {
			b.sha = f.SHA
			return b, nil
		}
	}
	kind, id, _ := journal.ParseRef(c.Source)
	switch kind {
	case outgoing.RefOutgoing:
		d, err := outgoing.Get(r, agency, outgoing.Reach{All: true}, id)
		if err != nil {
			return b, err
		}
		if b.letter, err = letterOf(r, agency, d); err != nil {
			return b, err
		}
		if f, err := outgoing.Main(r, id); err == nil {
			b.sha = f.SHA
		}
	case outgoing.RefCopy:
		files, err := outgoing.CopyFiles(r, id)
		if err != nil {
			return b, err
		}
		if len(files) > 0 {
			b.sha = files[0].SHA
		}
	case document.RefIncoming:
		d, err := document.Get(r, agency, document.Reach{All: true}, id)
		if err != nil {
			return b, err
		}
		files, err := document.Files(r, d)
		if err != nil {
			return b, err
		}
		for _, f := range files {
			if b.sha == "" && f.MIME == extract.PDF.MediaType() {
				b.sha = f.SHA
			}
		}
	}
	switch {
	case c.Kind == outgoing.CopyExcerpt && b.letter == nil:
		return b, fault.Invalid("files", "Văn bản này không soạn trên hệ thống: hãy nộp tệp PDF trình bày phần trích với đủ thể thức.")
	case c.Kind != outgoing.CopyExcerpt && b.sha == "":
		return b, fault.Invalid("files", "Văn bản được sao chưa có tệp PDF: hãy nộp bản quét.")
	}
	return b, nil
}

// letterOf is the letter of a composed document with its number and day; nil for others.
func letterOf(r store.Reader, agency int64, d outgoing.Document) (*typeset.Letter, error) {
	if d.Way != draft.WayComposed {
		return nil, nil
	}
	p, err := draft.Get(r, agency, d.Draft)
	if err != nil {
		return nil, err
	}
	x, err := draft.Current(r, p)
	if err != nil {
		return nil, err
	}
	l := new(typeset.Letter)
	if err := json.Unmarshal([]byte(x.Letter), l); err != nil {
		return nil, fault.Internal(err)
	}
	l.Number, l.Date = outgoing.NumberText(d), d.Day
	l.Notation = d.Label[len(l.Number)+1:]
	return l, nil
}

// writeCopy makes the file of a numbered copy: the form below the text for paper, the line
// in the corner for a file (Phụ lục I phần II mục I). What is copied stays as it is.
func (v *visit) writeCopy(c outgoing.CertifiedCopy) error { return v.writeCopyFor(c, false) }

// writeCopyFor leaves the corner free where the agency's signature writes its line there.
func (v *visit) writeCopyFor(c outgoing.CertifiedCopy, signed bool) error {
	b, err := copyBase(v.read(), v.agency(), c)
	if err != nil {
		return err
	}
	set, err := v.setCopy(c, b, signed)
	if err != nil {
		return err
	}
	key, size, err := v.d.Blobs.Put(v.Context(), bytes.NewReader(set.PDF), fileMost)
	if err != nil {
		return err
	}
	return v.act(func(a *journal.Act) error {
		return outgoing.WriteCopy(a, c.ID, outgoing.File{Name: copyName(c), Size: size, SHA: string(key), Pages: set.Pages})
	})
}

func (v *visit) setCopy(c outgoing.CertifiedCopy, b base, signed bool) (typeset.Result, error) {
	number, notation, _ := strings.Cut(c.Label, "/")
	form := &typeset.Copy{Kind: typeset.CopyKind(c.Kind), Superior: v.dir.Agency.Superior, Agency: v.dir.Agency.Name, Number: number, Notation: notation, Place: v.dir.Agency.Place, Date: c.Day,
		Signature: typeset.Signature{Lines: c.Lines, Name: c.SignerName}, Recipients: append(append([]string(nil), c.Recipients...), "Lưu: VT")}
	over, o := typeset.Overlay{}, typeset.Options{At: v.now}
	switch {
	case !c.Way.Electronic():
		over.Copy = form
	case !signed:
		over.Corner = typeset.CopyCorner(form.Kind, v.dir.Agency.Name, v.now)
	}
	if c.Kind == outgoing.CopyExcerpt && b.letter != nil {
		l := *b.letter
		l.Body, l.Appendices, l.Corner, o.Copy = typeset.Parse(c.Part), nil, over.Corner, over.Copy
		if over.Copy == nil {
			l.Signatures = append([]typeset.Signature(nil), l.Signatures...)
			for i := range l.Signatures {
				l.Signatures[i].Note = "(Đã ký)"
			}
		}
		return typeset.Set(l, o)
	}
	if b.letter != nil && over.Copy != nil { // where its text ends is known
		set, err := typeset.Set(*b.letter, typeset.Options{At: v.now})
		if err != nil {
			return set, err
		}
		for _, x := range set.Boxes {
			if x.Page == set.Pages {
				over.From = max(over.From, x.Y+x.H)
			}
		}
	}
	r, _, err := v.d.Blobs.Get(v.Context(), blob.Key(b.sha))
	if err != nil {
		return typeset.Result{}, err
	}
	defer r.Close()
	raw, err := io.ReadAll(io.LimitReader(r, fileMost))
	if err != nil {
		return typeset.Result{}, err
	}
	return typeset.Over(v.Context(), bytes.NewReader(raw), int64(len(raw)), over, o)
}
