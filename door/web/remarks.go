// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/document"
	"soviec/office/remark"
	"soviec/office/task"
)

// taskRemarks is what was said about a work (trao đổi), decisions marked.
func (v *visit) taskRemarks(p *view.Task, w task.Work) error {
	all, err := remark.Of(v.read(), v.rights, v.agency(), w.Ref())
	if fault.Is(err, fault.KindNotFound) || fault.Is(err, fault.KindForbidden) {
		return nil
	}
	if err != nil {
		return err
	}
	byID := map[int64]remark.Remark{}
	decides := w.Giver == v.me() || v.rights.Leader()
	for _, m := range all {
		byID[m.ID] = m
		row := view.Remark{ID: idText(m.ID), By: v.dir.Person(m.Person).Name, For: v.forWords(m.Person, m.Proxy), At: sinceWords(m.At, v.today), Text: m.Text, Decided: m.Decided(),
			Gone: !m.WithdrawnAt.IsZero(), MayWithdraw: m.MayWithdraw(v.me(), v.now), MayConclude: decides && !m.Decided() && m.WithdrawnAt.IsZero()}
		if m.Proxy != 0 && m.Proxy != m.Person {
			row.By = v.dir.Person(m.Proxy).Name
		}
		if to, ok := byID[m.Answers]; ok {
			row.Answers = v.dir.Person(to.Person).Given() + ": " + shorten(to.Text, 80)
		}
		for _, id := range m.Mentions {
			row.Mentions = append(row.Mentions, v.dir.Person(id).Name)
		}
		for _, f := range m.Files {
			row.Files = append(row.Files, view.File{Name: f.Name, Href: fmt.Sprintf("%s/trao-doi/%d", p.Address, f.ID), Size: sizeWords(f.Size)})
		}
		p.Remarks = append(p.Remarks, row)
	}
	if w.State != task.WorkDropped {
		p.Say = &view.SayForm{MayDecide: decides}
		seen := map[int64]bool{v.me(): true}
		for _, id := range append([]int64{w.Giver}, holders(w)...) {
			if !seen[id] && id != 0 {
				seen[id] = true
				p.Say.Names = append(p.Say.Names, "@"+v.dir.Person(id).Name)
			}
		}
	}
	return nil
}

func holders(w task.Work) []int64 {
	var out []int64
	for _, s := range w.Shares {
		out = append(out, s.Holder)
	}
	return out
}

// shorten cuts a text at a word.
func shorten(s string, most int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) <= most {
		return string(r)
	}
	cut := string(r[:most])
	if i := strings.LastIndexByte(cut, ' '); i > most/2 {
		cut = cut[:i]
	}
	return cut + "…"
}

func sayTask(v *visit, w *task.Work) (string, error) {
	if v.files.secret() {
		return "", fault.Invalid("files", "Tệp có dấu chỉ độ mật. Hệ thống này không nhận văn bản mật; tệp chưa được lưu.")
	}
	if err := v.store(v.files); err != nil {
		return "", err
	}
	s := remark.Saying{Matter: w.Ref(), Text: v.text("text"), Decide: v.PostFormValue("decide") == "on"}
	s.Answers, _ = number64(v.PostFormValue("answers"))
	files, _ := v.attachments(v.files)
	for _, f := range files {
		s.Files = append(s.Files, remark.File{Name: f.Name, MIME: f.MIME, Size: f.Size, SHA: f.SHA})
	}
	return "Đã ghi ý kiến.", v.act(func(a *journal.Act) error {
		_, err := remark.Say(a, s)
		return err
	})
}

func concludeRemark(v *visit, _ *task.Work) (string, error) {
	id, _ := number64(v.PostFormValue("remark"))
	return "Đã ghi là kết luận.", v.act(func(a *journal.Act) error { return remark.Conclude(a, id) })
}

func withdrawRemark(v *visit, _ *task.Work) (string, error) {
	id, _ := number64(v.PostFormValue("remark"))
	return "Đã rút lại ý kiến.", v.act(func(a *journal.Act) error { return remark.Withdraw(a, id) })
}

// remarkFile answers with a file of a remark about a work.
func remarkFile(v *visit) error {
	w, err := v.work()
	if err != nil {
		return err
	}
	id, err := v.id("file")
	if err != nil {
		return err
	}
	f, err := remark.FileOf(v.read(), v.rights, v.agency(), w.Ref(), id)
	if err != nil {
		return err
	}
	return v.sendFile(document.File{ID: f.ID, Name: f.Name, MIME: f.MIME, Size: f.Size, SHA: f.SHA})
}
