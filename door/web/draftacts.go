// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/blob"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/draft"
)

// draftActs are the gestures on a draft by the last word of their address. Each does one
// verb and says what was done.
var draftActs = map[string]func(v *visit, d draft.Paper, files uploads) (did string, err error){
	"trinh": func(v *visit, d draft.Paper, _ uploads) (string, error) {
		return "Đã trình kiểm tra nội dung.", v.act(func(a *journal.Act) error { return draft.Submit(a, d.ID, v.text("note")) })
	},
	"noi-dung": func(v *visit, d draft.Paper, _ uploads) (string, error) {
		checker, _ := number64(v.field("checker"))
		return "Đã ký nháy nội dung, chuyển kiểm tra thể thức.", v.act(func(a *journal.Act) error {
			return draft.PassContent(a, d.ID, v.field("sha"), checker, v.text("note"))
		})
	},
	"the-thuc": func(v *visit, d draft.Paper, _ uploads) (string, error) {
		return "Đã ký nháy thể thức, trình " + v.dir.Person(d.SignsNow()).Polite() + " ký.", v.act(func(a *journal.Act) error {
			return draft.PassForm(a, d.ID, v.field("sha"), v.PostForm["checks"], v.text("note"))
		})
	},
	"tra-lai": returnDraft,
	"ky-so": func(v *visit, d draft.Paper, _ uploads) (string, error) {
		return "Tệp đã sẵn sàng để ký.", v.act(func(a *journal.Act) error {
			_, err := draft.Prepare(a, d.ID, v.field("sha"))
			return err
		})
	},
	"da-ky":     signDraft,
	"ky-giay":   signedOnPaper,
	"chuyen-ky": passOnDraft,
	"tu-choi": func(v *visit, d draft.Paper, _ uploads) (string, error) {
		return "Đã từ chối ký.", v.act(func(a *journal.Act) error { return draft.Refuse(a, d.ID, v.text("reason")) })
	},
	"huy": func(v *visit, d draft.Paper, _ uploads) (string, error) {
		return "Đã hủy dự thảo.", v.act(func(a *journal.Act) error { return draft.Drop(a, d.ID, v.text("reason")) })
	},
	"giao-tiep": func(v *visit, d draft.Paper, _ uploads) (string, error) {
		to, _ := number64(v.field("person"))
		return "Đã giao người khác soạn tiếp.", v.act(func(a *journal.Act) error { return draft.Hand(a, d.ID, to, v.text("reason")) })
	},
	"lay-y-kien": askOpinions,
	"y-kien": func(v *visit, d draft.Paper, _ uploads) (string, error) {
		return "Đã gửi ý kiến.", v.act(func(a *journal.Act) error { return draft.Give(a, d.ID, v.field("choice"), v.text("text")) })
	},
	"lui-han": func(v *visit, d draft.Paper, _ uploads) (string, error) {
		due, err := v.date("due_on")
		if err != nil {
			return "", err
		}
		return "Đã lùi hạn cho ý kiến.", v.act(func(a *journal.Act) error { return draft.MoveRound(a, d.ID, due) })
	},
	"ket-thuc-y-kien": func(v *visit, d draft.Paper, _ uploads) (string, error) {
		return "Đã kết thúc lấy ý kiến.", v.act(func(a *journal.Act) error { return draft.CloseRound(a, d.ID, v.text("summary")) })
	},
	"tep": addDraftFiles,
	"bo-tep": func(v *visit, d draft.Paper, _ uploads) (string, error) {
		file, _ := number64(v.field("file"))
		return "Đã bỏ tệp.", v.act(func(a *journal.Act) error { return draft.RemoveFile(a, d.ID, file) })
	},
	"da-sua": func(v *visit, d draft.Paper, _ uploads) (string, error) {
		mark, _ := number64(v.field("mark"))
		return "Đã đánh dấu đã sửa.", v.act(func(a *journal.Act) error { return draft.SettleMark(a, d.ID, mark) })
	},
}

func draftAct(v *visit) error {
	if v.PathValue("act") == "sua" {
		return saveDraft(v)
	}
	act, ok := draftActs[v.PathValue("act")]
	if !ok {
		return errNoPage
	}
	d, err := v.draft()
	if err != nil {
		return err
	}
	files, err := v.takeForm()
	defer files.discard()
	if err != nil && !wrong(err) {
		return err
	}
	if err == nil && files.secret() {
		err = fault.Invalid("files", "Tệp mang dấu độ mật: không lưu gì.")
	}
	if err == nil {
		err = v.once(func() (string, string, []string, error) {
			did, err := act(v, d, files)
			to := v.back(d.Address())
			if v.PathValue("act") == "ky-so" {
				to = d.Address()
			}
			return to, did, nil, err
		})
	}
	if err != nil {
		return v.draftAgain(d, v.PathValue("act"), err)
	}
	return nil
}

// draftAgain shows the page again with the refused form open, as it was typed.
func (v *visit) draftAgain(d draft.Paper, act string, err error) error {
	if !wrong(err) {
		return err
	}
	d, perr := draft.Read(v.read(), v.agency(), v.draftReach(), d.ID)
	if perr != nil {
		return perr
	}
	p, perr := v.draftPageOf(d)
	if perr != nil {
		return perr
	}
	p.BackTo = local(v.PostFormValue("back"), "")
	form := v.form(err)
	form.Key = v.PostFormValue("form_key")
	acts := map[string]*view.DraftAct{"trinh": p.Submit, "noi-dung": p.Content, "the-thuc": p.FormPass, "tra-lai": p.Return, "ky-so": p.Sign, "da-ky": p.Signing, "ky-giay": p.Paper,
		"chuyen-ky": p.PassOn, "lay-y-kien": p.Ask, "y-kien": p.Opinion, "lui-han": p.Move, "giao-tiep": p.Hand, "ket-thuc-y-kien": p.Close}
	reasons := map[string]*view.ReasonForm{"tu-choi": p.Refuse, "huy": p.Drop}
	switch {
	case acts[act] != nil:
		acts[act].Form = form
	case reasons[act] != nil:
		reasons[act].Form = form
	case act == "tep" && p.AddFile != nil:
		p.AddFile.Form = form
	default: // the form is gone with the state that it belonged to
		p.Frame.Flash = view.Flash{Tone: view.ToneError, Text: fault.Text(err)}
	}
	return v.again(p, err)
}

func returnDraft(v *visit, d draft.Paper, _ uploads) (string, error) {
	var marks []draft.Mark
	at := func(name string, i int) string {
		if all := v.PostForm[name]; i < len(all) {
			return strings.TrimSpace(all[i])
		}
		return ""
	}
	for i := range v.PostForm["mark_text"] {
		m := draft.Mark{Quote: at("mark_quote", i), Text: at("mark_text", i)}
		if page := at("mark_page", i); page != "" {
			n, err := strconv.Atoi(page)
			if err != nil {
				return "", fault.Invalid("text", "Số trang “"+page+"” không đúng.")
			}
			m.Page = n
		}
		if m.Text != "" || m.Quote != "" {
			marks = append(marks, m)
		}
	}
	return "Đã trả lại " + v.dir.Person(d.Drafter).Polite() + " để sửa.", v.act(func(a *journal.Act) error {
		return draft.Return(a, d.ID, v.field("sha"), v.text("text"), marks)
	})
}

func signDraft(v *visit, d draft.Paper, files uploads) (string, error) {
	f, err := v.putDraftFile(files)
	if err != nil {
		return "", err
	}
	err = draft.Sign(v.Context(), v.d.Book, v.holder, d.ID, blob.Key(f.SHA))
	return "Đã ký số. Văn thư được báo để cấp số, phát hành.", onFieldIf(err, "files")
}

// onFieldIf moves faults of a file to the field of the form.
func onFieldIf(err error, field string) error {
	if err != nil && fault.Is(err, fault.KindInvalid) {
		return onField(field, err)
	}
	return err
}

func signedOnPaper(v *visit, d draft.Paper, files uploads) (string, error) {
	day, err := v.date("day")
	if err != nil {
		return "", err
	}
	f, err := v.putDraftFile(files)
	if err != nil {
		return "", err
	}
	return "Đã ghi nhận chữ ký trên bản giấy.", v.act(func(a *journal.Act) error { return draft.SignOnPaper(a, d.ID, v.field("sha"), day, f) })
}

// passOnDraft sets the signer's block anew and lays the draft before the other signer.
func passOnDraft(v *visit, d draft.Paper, _ uploads) (string, error) {
	person, code, _ := signerChosen(v.PostFormValue("signer"))
	if person == 0 {
		return "", fault.Invalid("signer", "Chưa chọn người ký.")
	}
	shaped, err := draft.Capable(v.dir, draft.Signer(d, person, code), v.today)
	if err != nil {
		return "", err
	}
	c, pdf, _, err := draft.Render(v.dir, shaped)
	if err != nil {
		return "", err
	}
	if _, _, err := v.d.Blobs.Put(v.Context(), bytes.NewReader(pdf), fileMost); err != nil {
		return "", err
	}
	return "Đã chuyển " + v.dir.Person(person).Polite() + " ký.", v.act(func(a *journal.Act) error {
		one := c
		return draft.PassOn(a, d.ID, v.field("sha"), person, code, &one, v.text("note"))
	})
}

func askOpinions(v *visit, d draft.Paper, _ uploads) (string, error) {
	due, err := v.date("due_on")
	if err != nil {
		return "", err
	}
	var people []int64
	for _, s := range v.PostForm["people"] {
		if id, ok := number64(s); ok {
			people = append(people, id)
		}
	}
	return "Đã gửi lấy ý kiến.", v.act(func(a *journal.Act) error {
		_, err := draft.Ask(a, d.ID, people, due, v.text("text"))
		return err
	})
}

func addDraftFiles(v *visit, d draft.Paper, files uploads) (string, error) {
	var all []draft.File
	for i := range files {
		f, err := v.putDraftFile(files[i : i+1])
		if err != nil {
			return "", err
		}
		all = append(all, f)
	}
	return "Đã thêm " + strconv.Itoa(len(all)) + " tệp.", v.act(func(a *journal.Act) error { return draft.AddFiles(a, d.ID, v.field("kind"), all...) })
}
