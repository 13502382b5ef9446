// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	typeset "soviec/kit/letter"
	"soviec/office/draft"
	"soviec/office/outgoing"
)

// outActs are the gestures on an outgoing document by the last word of their address.
var outActs = map[string]func(v *visit, d outgoing.Document, files uploads) (did string, err error){
	"dong-dau": func(v *visit, d outgoing.Document, _ uploads) (string, error) {
		if err := v.writeNumber(d); err != nil {
			return "", err
		}
		return "Đã ghi nhận đóng dấu " + d.Label + ".", v.act(func(a *journal.Act) error { _, err := outgoing.SealOnPaper(a, d.ID); return err })
	},
	"lay-tep": func(v *visit, d outgoing.Document, _ uploads) (string, error) {
		return "Tệp đã giao để ký số; ký xong nộp lại ở đây.", v.act(func(a *journal.Act) error { _, err := outgoing.PrepareSeal(a, d.ID); return err })
	},
	"ky-so":     sealDigitally,
	"noi-nhan":  setRecipients,
	"phat-hanh": issueDocument,
	"gui-buu-dien": func(v *visit, d outgoing.Document, _ uploads) (string, error) {
		n, _ := strconv.Atoi(v.field("envelopes"))
		var to []int
		for _, t := range v.PostForm["to"] {
			if o, err := strconv.Atoi(t); err == nil {
				to = append(to, o)
			}
		}
		p := outgoing.Posting{Envelopes: n, Receipt: v.field("receipt"), Note: v.field("note")}
		return "Đã ghi vào sổ gửi văn bản đi bưu điện.", v.act(func(a *journal.Act) error { return outgoing.Post(a, d.ID, p, to) })
	},
	"ban-luu": func(v *visit, d outgoing.Document, _ uploads) (string, error) {
		u := outgoing.Use{Document: d.ID, Person: v.field("person"), Purpose: v.field("purpose"), Dossier: v.field("dossier")}
		u.Borrower, _ = number64(v.field("borrower"))
		u.AllowedBy, _ = number64(v.field("allowed_by"))
		var err error
		if u.DueOn, err = v.date("due_on"); err != nil {
			return "", err
		}
		return "Đã ghi vào sổ sử dụng bản lưu.", v.act(func(a *journal.Act) error { return outgoing.LendKept(a, u) })
	},
	"huy-so": func(v *visit, d outgoing.Document, _ uploads) (string, error) {
		return "Đã gửi đề nghị hủy số " + d.Label + " đến Chánh Văn phòng.", v.act(func(a *journal.Act) error { return outgoing.AskVoid(a, d.ID, v.text("reason")) })
	},
	"thu-hoi": func(v *visit, d outgoing.Document, _ uploads) (string, error) {
		by, err := v.chosenOut("by")
		if err != nil {
			return "", err
		}
		due, err := v.date("due_on")
		if err != nil {
			return "", err
		}
		return "Đã ra lệnh thu hồi " + d.Label + "; tệp bị khóa, các nơi nhận được báo.",
			v.act(func(a *journal.Act) error { return outgoing.Recall(a, d.ID, v.text("reason"), due, by) })
	},
	"dinh-chinh": func(v *visit, d outgoing.Document, _ uploads) (string, error) {
		return v.followed(d, outgoing.Correct, "Đã ghi đính chính ")
	},
	"thay-the": func(v *visit, d outgoing.Document, _ uploads) (string, error) {
		return v.followed(d, outgoing.Replace, "Đã ghi thay thế ")
	},
	"lap-ho-so": func(v *visit, d outgoing.Document, _ uploads) (string, error) {
		return "Đã lập hồ sơ " + d.Label + ".", v.act(func(a *journal.Act) error { return outgoing.FileAway(a, d.ID, v.field("dossier")) })
	},
}

func (v *visit) followed(d outgoing.Document, f func(*journal.Act, int64, int64) error, did string) (string, error) {
	by, err := v.chosenOut("by")
	if err != nil {
		return "", err
	}
	if by == 0 {
		return "", fault.Invalid("by", "Hãy ghi số, ký hiệu của văn bản đã phát hành.")
	}
	return did + d.Label + ".", v.act(func(a *journal.Act) error { return f(a, d.ID, by) })
}

func outgoingAct(v *visit) error {
	act, ok := outActs[v.PathValue("act")]
	if !ok {
		return errNoPage
	}
	return v.outDo(v.PathValue("act"), func(d outgoing.Document, files uploads) (string, error) { return act(v, d, files) })
}

// outgoingStep answers the gestures that name something of the document: a recipient, or a
// decision.
func outgoingStep(v *visit) error {
	thing, act := v.PathValue("act"), v.PathValue("step")
	n, _ := strconv.Atoi(act)
	return v.outDo(thing+"/"+act, func(d outgoing.Document, _ uploads) (string, error) {
		switch {
		case thing == "huy-so" && (act == "duyet" || act == "bac"):
			return "Đã quyết định về đề nghị hủy số " + d.Label + ".", v.act(func(a *journal.Act) error { return outgoing.DecideVoid(a, d.ID, act == "duyet", v.text("reason")) })
		case thing == "thu-hoi" && act == "xong":
			return "Đã hoàn tất thu hồi " + d.Label + ".", v.act(func(a *journal.Act) error { return outgoing.FinishRecall(a, d.ID) })
		case thing == "ban-luu" && n > 0:
			return "Đã nhận lại bản lưu.", v.act(func(a *journal.Act) error { return outgoing.ReturnKept(a, d.ID, int64(n)) })
		case thing == "nhan" && n > 0 && v.field("again") != "":
			return "Đã xếp gửi lại.", v.act(func(a *journal.Act) error { return outgoing.Again(a, d.ID, n, v.field("address")) })
		case thing == "nhan" && n > 0:
			return "Đã ghi nhận tình trạng gửi.", v.act(func(a *journal.Act) error { return outgoing.Note(a, d.ID, n, v.field("state"), v.field("reason")) })
		case thing == "tra-loi" && n > 0:
			return "Đã ghi trả lời thu hồi.", v.act(func(a *journal.Act) error {
				return outgoing.AnswerRecall(a, d.ID, n, v.field("agreed") != "", v.field("reason"))
			})
		}
		return "", errNoPage
	})
}

// outDo reads the form, does one gesture, and shows the page again when it was refused.
func (v *visit) outDo(act string, f func(outgoing.Document, uploads) (string, error)) error {
	d, err := v.outDocument()
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
			did, err := f(d, files)
			return v.back(d.Address()), did, nil, err
		})
	}
	if err == nil || !wrong(err) {
		return err
	}
	if d, derr := v.outDocument(); derr == nil {
		return v.outAgain(d, act, err)
	}
	return err
}

// outAgain shows the page with the refused form open, as it was typed.
func (v *visit) outAgain(d outgoing.Document, act string, err error) error {
	p, perr := v.outgoingOf(d)
	if perr != nil {
		return perr
	}
	form := v.form(err)
	form.Key = v.PostFormValue("form_key")
	var into *view.Form
	reason := func(f *view.ReasonForm) *view.Form {
		if f == nil {
			return nil
		}
		return &f.Form
	}
	switch act {
	case "dong-dau":
		into = p.Stamp
	case "lay-tep":
		into = p.Prepare
	case "ky-so":
		if p.Sealed != nil {
			into = &p.Sealed.Form
		}
	case "noi-nhan":
		if p.Recipients != nil {
			into = &p.Recipients.Form
		}
	case "phat-hanh":
		into = p.Issue
	case "gui-buu-dien":
		if p.Post != nil {
			into = &p.Post.Form
		}
	case "huy-so":
		into = reason(p.Void)
	case "huy-so/duyet", "huy-so/bac":
		if p.VoidRequest != nil {
			into = &p.VoidRequest.Form
		}
	case "thu-hoi":
		if p.Recall != nil {
			into = &p.Recall.Form
		}
	case "thu-hoi/xong":
		into = p.FinishForm
	case "dinh-chinh":
		into = reason(p.Correct)
	case "thay-the":
		into = reason(p.Replace)
	case "lap-ho-so":
		into = reason(p.FileAway)
	case "ban-luu":
		if p.Lend != nil {
			into = &p.Lend.Form
		}
	}
	switch act {
	case "dong-dau", "lay-tep", "phat-hanh", "thu-hoi/xong", "noi-nhan":
		form.Errors = ofWhole(form.Errors)
	}
	if into != nil {
		*into = form
	} else {
		p.Frame.Flash = view.Flash{Tone: view.ToneError, Text: fault.Text(err)}
	}
	return v.again(p, err)
}

// ofWhole makes faults those of the whole form, where it has no field to point to.
func ofWhole(all []view.FieldError) []view.FieldError {
	out := slices.Clone(all)
	for i := range out {
		if !strings.HasPrefix(out[i].Field, "recipient-") {
			out[i].Field = ""
		}
	}
	return out
}

func issueDocument(v *visit, d outgoing.Document, _ uploads) (string, error) {
	err := v.act(func(a *journal.Act) error { _, err := outgoing.Issue(a, d.ID); return err })
	if err == nil && v.d.Jobs != nil {
		v.d.Jobs.Wake()
	}
	return "Đã phát hành " + d.Label + ".", err
}

// setRecipients reads the lines of the form; a line whose name was emptied is taken out.
func setRecipients(v *visit, d outgoing.Document, _ uploads) (string, error) {
	var to []outgoing.Delivery
	for n := 1; n <= 500; n++ {
		s := strconv.Itoa(n)
		if _, there := v.PostForm["name-"+s]; !there {
			break
		}
		x := outgoing.Delivery{Name: v.field("name-" + s), Channel: v.field("channel-" + s), Purpose: v.field("purpose-" + s), Address: v.field("address-" + s), Kind: v.field("kind-" + s)}
		if x.Name == "" {
			continue
		}
		x.Party, _ = number64(v.field("party-" + s))
		x.Packed = v.field("packed-"+s) != ""
		x.Ref, _ = number64(v.field("ref-" + s))
		x.Copies, _ = strconv.Atoi(v.field("copies-" + s))
		to = append(to, x)
	}
	if g, _ := number64(v.field("group")); g != 0 {
		to = append(to, outgoing.Delivery{Kind: "org", Channel: "hand", Purpose: "act", Party: g})
	}
	return "Đã lưu nơi nhận.", v.act(func(a *journal.Act) error { return outgoing.SetRecipients(a, d.ID, to) })
}

// A SealJudge looks at what came back from the agency's key; the program sets it up.
type SealJudge func(ctx context.Context, agency int64, before, after string) (outgoing.Evidence, error)

func sealDigitally(v *visit, d outgoing.Document, files uploads) (string, error) {
	if len(files) != 1 || files[0].SHA == "" {
		return "", fault.Invalid("files", "Hãy chọn đúng một tệp PDF đã ký số của cơ quan.")
	}
	s, err := outgoing.OpenSealing(v.read(), d.ID)
	if err != nil {
		return "", fault.Conflict("", "Chưa lấy tệp để ký số.")
	}
	if v.d.Seals == nil {
		return "", fault.Conflict("", "Bản cài đặt này chưa bật kiểm tra chữ ký số.")
	}
	f := files[0]
	ev, err := v.d.Seals(v.Context(), v.agency(), s.Before, f.SHA)
	if err != nil {
		return "", onField("files", err)
	}
	ev.Shown.Compared = v.field("compared") != ""
	return "Đã nhận tệp có chữ ký số của cơ quan.", v.act(func(a *journal.Act) error {
		_, err := outgoing.CompleteSeal(a, s.ID, outgoing.File{Name: d.Slug + ".pdf", Size: f.Size, SHA: f.SHA, Pages: f.Pages}, ev)
		return err
	})
}

// writeNumber sets the composed letter again with its number and date, for what was signed
// on paper or is signed afterwards (documents.md §6.3). Doing it twice does no harm.
func (v *visit) writeNumber(d outgoing.Document) error {
	if d.TextNumber != outgoing.TextWaiting || d.Signed != outgoing.Paper {
		return nil
	}
	p, err := draft.Get(v.read(), v.agency(), d.Draft)
	if err != nil {
		return err
	}
	c, err := draft.Current(v.read(), p)
	if err != nil {
		return err
	}
	var l typeset.Letter
	if err := json.Unmarshal([]byte(c.Letter), &l); err != nil {
		return fault.Internal(err)
	}
	l.Number, l.Date = outgoing.NumberText(d), d.Day
	l.Notation = d.Label[len(l.Number)+1:]
	set, err := typeset.Set(l, typeset.Options{At: d.NumberedAt})
	if err != nil {
		return err
	}
	key, size, err := v.d.Blobs.Put(v.Context(), bytes.NewReader(set.PDF), fileMost)
	if err != nil {
		return err
	}
	return v.act(func(a *journal.Act) error {
		return outgoing.WriteNumber(a, d.ID, outgoing.File{Name: d.Slug + ".pdf", Size: size, SHA: string(key), Pages: set.Pages})
	})
}
