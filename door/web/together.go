// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"net/http"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
	"soviec/office/task"
)

// The gestures on many pieces of work at once, by what the form sends.
const (
	togetherUrge    = "don-doc"
	togetherConfirm = "xac-nhan"
	togetherGrant   = "duyet"
	togetherRedate  = "doi-han"
	togetherAsk     = "xin-gia-han"
)

var togetherWords = map[string]string{
	togetherUrge: "Đôn đốc", togetherConfirm: "Xác nhận kết thúc", togetherGrant: "Duyệt gia hạn",
	togetherRedate: "Đổi hạn", togetherAsk: "Xin gia hạn",
}

// togetherActs are the gestures that the visitor may make on many at once.
func (v *visit) togetherActs() []view.Option {
	acts := []string{togetherAsk}
	switch {
	case v.may(org.Direct, org.Target{}) || len(v.rights.Heads) > 0:
		acts = []string{togetherUrge, togetherConfirm, togetherGrant, togetherRedate}
	case v.may(org.Urge, org.Target{}):
		acts = []string{togetherUrge}
	}
	out := make([]view.Option, len(acts))
	for i, a := range acts {
		out[i] = view.Option{Value: a, Label: togetherWords[a]}
	}
	return out
}

// together does one thing to every piece of work that was picked: all of them or, when
// one is refused, none.
func together(v *visit) error {
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	act, back := v.field("act"), v.back("/viec")
	words, ok := togetherWords[act]
	if !ok {
		return errNoPage
	}
	picked, err := v.picked()
	if err != nil {
		return err
	}
	if len(picked) == 0 {
		setFlash(v.w, view.Flash{Tone: view.ToneWarn, Text: "Chưa chọn việc nào. Đánh dấu các việc cần làm rồi bấm lại."}, v.d.Secure)
		http.Redirect(v.w, v.Request, back, http.StatusSeeOther)
		return nil
	}
	p := view.Together{Act: act, Label: words, Back: back}
	for _, t := range picked {
		p.Works = append(p.Works, v.workRow(t))
	}
	if p.NeedsDay() && v.PostFormValue("step") == "" {
		p.Frame = v.frame(view.PlaceWorks, words)
		p.Days = v.quickDays()
		return v.show(p)
	}
	said, err := v.doTogether(act, picked)
	if err == nil {
		return v.done(back, said)
	}
	if !wrong(err) {
		return err
	}
	p.Frame, p.Days, p.Form = v.frame(view.PlaceWorks, words), v.quickDays(), v.form(err)
	return v.again(p, err)
}

// picked are the squares that a form names, of those that the visitor may see.
func (v *visit) picked() ([]task.Tile, error) {
	wanted := map[int64]bool{}
	for _, s := range v.PostForm["work"] {
		if id, ok := number64(s); ok {
			wanted[id] = true
		}
	}
	if len(wanted) == 0 {
		return nil, nil
	}
	all, err := v.through(lens{})
	var out []task.Tile
	for _, t := range all {
		if wanted[t.Share] {
			out = append(out, t)
		}
	}
	return out, err
}

// doTogether is one act over all that was picked.
func (v *visit) doTogether(act string, picked []task.Tile) (string, error) {
	n := number(len(picked))
	var on civil.Date
	if act == togetherRedate || act == togetherAsk {
		var err error
		if on, err = v.date("due_on"); err != nil {
			return "", err
		}
		if on.IsZero() {
			return "", fault.Invalid("due_on", "Chưa ghi hạn mới.")
		}
	}
	reason := v.text("reason")
	switch act {
	case togetherUrge:
		return v.urgeTogether(picked)
	case togetherConfirm:
		return "Đã xác nhận kết thúc " + n + " việc.", v.each(picked, func(a *journal.Act, t task.Tile) error { return task.Confirm(a, t.Share, "") })
	case togetherGrant:
		return v.grantTogether(picked)
	case togetherRedate:
		return "Đã đổi hạn " + n + " việc đến " + on.VN() + ".", v.each(picked, func(a *journal.Act, t task.Tile) error {
			_, err := task.ChangeDue(a, t.Share, on, reason)
			return err
		})
	}
	return "Đã gửi đề nghị gia hạn " + n + " việc đến " + on.VN() + ".", v.each(picked, func(a *journal.Act, t task.Tile) error {
		_, err := task.AskExtension(a, t.Share, on, reason)
		return err
	})
}

// each does one verb to every square in one act; a refusal names its work.
func (v *visit) each(picked []task.Tile, do func(*journal.Act, task.Tile) error) error {
	return v.act(func(a *journal.Act) error {
		for _, t := range picked {
			err := do(a, t)
			if err == nil {
				continue
			}
			if fault.Is(err, fault.KindInternal) {
				return err
			}
			field := ""
			if all := fault.All(err); len(all) > 0 && (all[0].Field == "due_on" || all[0].Field == "reason") {
				field = all[0].Field
			}
			return fault.Conflict(field, "“"+t.Title+"”: "+fault.Text(err)+" Chưa việc nào được thay đổi.")
		}
		return nil
	})
}

func (v *visit) urgeTogether(picked []task.Tile) (string, error) {
	var shares []int64
	for _, t := range picked {
		if v.may(org.Urge, org.Target{Unit: t.Unit, Giver: t.Giver}) {
			shares = append(shares, t.Share)
		}
	}
	n := 0
	err := v.act(func(a *journal.Act) (err error) {
		n, err = task.Urge(a, shares, task.Remind, "")
		return err
	})
	return urgedWords(n, len(picked)), err
}

// urgedWords say how many were urged, and that the others have been today.
func urgedWords(n, of int) string {
	switch {
	case n == 0:
		return "Hôm nay anh/chị đã đôn đốc các việc này rồi; không gửi lần nữa."
	case n < of:
		return fmt.Sprintf("Đã đôn đốc %d việc; %d việc không cần đôn đốc nữa hôm nay.", n, of-n)
	}
	return fmt.Sprintf("Đã đôn đốc %d việc.", n)
}

// grantTogether grants the open requests for more time of what was picked.
func (v *visit) grantTogether(picked []task.Tile) (string, error) {
	open, err := task.Askings(v.read(), v.agency(), v.me())
	if err != nil {
		return "", err
	}
	asked := map[int64]int64{}
	for _, q := range open {
		if q.Request.Kind == "extend" {
			asked[q.Request.Share] = q.Request.ID
		}
	}
	return fmt.Sprintf("Đã duyệt gia hạn %d việc.", len(picked)), v.each(picked, func(a *journal.Act, t task.Tile) error {
		if asked[t.Share] == 0 {
			return fault.Conflict("", "Việc này không có đề nghị gia hạn nào chờ anh/chị.")
		}
		return task.DecideExtension(a, asked[t.Share], true, 0, "")
	})
}
