// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"soviec/door/signdesk"
	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/signkey"
	"soviec/office/org"
	"soviec/office/outgoing"
	"soviec/office/signature"
	"soviec/office/signing"
)

// sealRuns is how many askings one confirmation makes at most: documents, appendices, copies.
const sealRuns = 3

// sealWays are where the agency's key may be asked by whoever visits; none when no key of
// the agency is in his hands.
func (v *visit) sealWays() ([]view.SealWay, error) {
	if v.d.Desk == nil || !v.may(org.SealOut, org.Target{}) || v.holder.For != 0 {
		return nil, nil
	}
	keys, err := signature.Keys(v.read(), v.agency())
	if err != nil {
		return nil, err
	}
	devices := map[string]signature.Key{}
	for _, k := range signing.Mine(keys, v.dir, signing.Seal, v.session.Person, v.now) {
		devices[k.Device] = k
	}
	var out []view.SealWay
	for _, at := range v.d.Desk.At {
		if k, ok := devices[at.Device]; ok {
			out = append(out, view.SealWay{Value: at.Code, Label: at.Label, Note: "hết hạn " + k.Until.VN(), File: at.File, Secret: at.Secret, Account: at.Account})
		}
	}
	return out, nil
}

// sealMany numbers what was ticked where it has no number yet, and has the agency's key sign
// all of it: one confirmation for many (documents.md O12, O13).
func sealMany(v *visit) error {
	if !v.may(org.NumberOut, org.Target{}) {
		return errNotClerk
	}
	who, err := v.keyForm()
	var runs []int64
	if err == nil {
		runs, err = v.sealTicked(who)
	}
	switch {
	case len(runs) > 0 && (err == nil || wrong(err)):
		var ids, warn []string
		for _, r := range runs {
			ids = append(ids, idText(r))
		}
		to := "/ky-so-co-quan/" + strings.Join(ids, "-")
		if err == nil {
			return v.see(to)
		}
		for _, e := range fault.All(err) { // what could not be made ready is in no list of results
			warn = append(warn, e.Text)
		}
		return v.doneWarned(to, "", warn)
	case err == nil:
		return v.see("/van-ban-di/cho")
	case wrong(err):
		return v.queueAgain(err)
	}
	return err
}

func (v *visit) sealTicked(who signkey.Who) ([]int64, error) {
	ticked := v.PostForm["paper"]
	switch {
	case v.d.Desk == nil:
		return nil, fault.Conflict("", "Bản cài đặt này chưa nối với nơi giữ khóa nào.")
	case len(ticked) == 0:
		return nil, fault.Invalid("paper", "Chưa chọn văn bản nào để ký số.")
	case len(ticked) > signing.Most:
		return nil, fault.Invalid("paper", fmt.Sprintf("Mỗi lần ký số nhiều nhất %d văn bản.", signing.Most))
	}
	way := v.field("way")
	if err := v.d.Desk.MayUse(v.Context(), v.holder, signdesk.Order{Kind: signing.Seal, Place: way, Who: who}); err != nil {
		return nil, err
	}
	if _, err := outgoing.SealOf(v.read(), v.agency()); err != nil {
		return nil, err
	}
	orders := map[signing.Kind]*signdesk.Order{}
	add := func(kind signing.Kind, ref, title string) {
		if orders[kind] == nil {
			orders[kind] = &signdesk.Order{Kind: kind, Place: way, Who: who}
		}
		orders[kind].Papers = append(orders[kind].Papers, signing.Asking{Subject: ref, Title: title})
	}
	var failed []error
	for _, ref := range ticked {
		if err := v.sealOne(ref, add); err != nil {
			if !wrong(err) {
				return nil, err
			}
			failed = append(failed, err)
		}
	}
	var runs []int64
	for _, kind := range []signing.Kind{signing.Seal, signing.Appendix, signing.Copy} {
		o := orders[kind]
		if o == nil {
			continue
		}
		id, err := v.d.Desk.Sign(v.Context(), v.holder, *o)
		if id != 0 {
			runs = append(runs, id)
		}
		switch {
		case err == nil:
		case len(runs) == 0 || !wrong(err):
			return runs, err
		default:
			failed = append(failed, err)
		}
	}
	return runs, fault.Join(failed...)
}

// sealOne makes one thing that was ticked ready for the key.
func (v *visit) sealOne(ref string, add func(kind signing.Kind, ref, title string)) error {
	kind, id, ok := journal.ParseRef(ref)
	switch {
	case ok && kind == outgoing.RefCopy:
		var c outgoing.CertifiedCopy
		if err := v.act(func(a *journal.Act) (err error) { c, err = outgoing.NumberCopy(a, id); return err }); err != nil {
			return err
		}
		if err := v.writeCopyFor(c, true); err != nil {
			return err
		}
		add(signing.Copy, c.Ref(), c.Label+": "+c.Subject)
		return nil
	case ok && (kind == "draft" || kind == outgoing.RefOutgoing):
		var d outgoing.Document
		var err error
		if kind == "draft" {
			err = v.act(func(a *journal.Act) (err error) { d, err = outgoing.Number(a, id, outgoing.Numbering{}); return err })
		} else {
			d, err = outgoing.Get(v.read(), v.agency(), v.outReach(), id)
		}
		if err != nil {
			return err
		}
		files, err := outgoing.Files(v.read(), d)
		if err != nil {
			return err
		}
		if d.State == outgoing.StateNumbered {
			add(signing.Seal, d.Ref(), d.Label+": "+d.Subject)
		}
		for _, f := range outgoing.Unsigned(files) {
			add(signing.Appendix, journal.Ref(outgoing.RefEnclosure, f.ID), d.Label+", tệp “"+f.Name+"”")
		}
		return nil
	}
	return errNoPage
}

// sealRun shows what became of each document of one confirmation, and issues what is sealed.
func sealRun(v *visit) error {
	if !v.may(org.NumberOut, org.Target{}) {
		return errNotClerk
	}
	p, err := v.sealRun()
	if err != nil {
		return err
	}
	if p.Running {
		v.w.Header().Set("Refresh", "3")
	}
	return v.show(p)
}

func (v *visit) sealRun() (view.SealRun, error) {
	p := view.SealRun{Frame: v.frame(view.PlaceOutgoing, "Ký số của cơ quan"), Address: v.URL.Path}
	ids := strings.Split(v.PathValue("ids"), "-")
	if len(ids) > sealRuns {
		return p, errNoPage
	}
	for _, typed := range ids {
		id, ok := number64(typed)
		if !ok {
			return p, errNoPage
		}
		b, err := signing.BatchOf(v.read(), v.agency(), v.session.Person, id)
		if err == nil && len(b.Live()) > 0 && v.d.Desk != nil {
			if err = v.d.Desk.Advance(v.Context(), v.agency(), id); err == nil {
				b, err = signing.BatchOf(v.read(), v.agency(), v.session.Person, id)
			}
		}
		if err != nil {
			return p, err
		}
		if err := v.sealRows(&p, b); err != nil {
			return p, err
		}
	}
	switch {
	case p.Running:
		p.Heading = fmt.Sprintf("Đang ký số: %d trong %d tệp đã xong", p.Done, p.Total)
	case p.Done == p.Total:
		p.Heading = fmt.Sprintf("Đã ký số của cơ quan trên %d tệp", p.Done)
	case p.Done == 0:
		p.Heading = "Chưa ký số được tệp nào"
	default:
		p.Heading = fmt.Sprintf("Đã ký số %d tệp, chưa ký được %d tệp", p.Done, p.Total-p.Done)
	}
	return p, nil
}

func (v *visit) sealRows(p *view.SealRun, b signing.Batch) error {
	for _, s := range b.Sessions {
		row := view.SealRow{Title: s.Title, State: s.State.Words(), Why: s.Why, Tone: view.ToneError}
		p.Total++
		kind, id, _ := journal.ParseRef(s.Subject)
		switch {
		case kind == outgoing.RefOutgoing:
			d, err := outgoing.Get(v.read(), v.agency(), v.outReach(), id)
			if err != nil {
				return err
			}
			row.Href = d.Address()
			if d.State == outgoing.StateSealed {
				p.Ready = append(p.Ready, idText(d.ID))
			}
		case kind == outgoing.RefCopy:
			row.Href = outgoing.CertifiedCopy{ID: id}.Address()
		}
		switch {
		case s.State == signing.Done:
			row.Tone = view.ToneDone
			p.Done++
		case s.State.Live() && v.now.After(s.Until):
			row.State, row.Why = signing.Over.Words(), "Quá 15 phút chưa có kết quả."
		case s.State.Live():
			row.Tone, p.Running = view.ToneWarn, true
		}
		p.Rows = append(p.Rows, row)
	}
	return nil
}

// issueMany issues what one confirmation has sealed; one that may not go out yet stops none
// of the others.
func issueMany(v *visit) error {
	if err := v.ParseForm(); err != nil {
		return err
	}
	var done []string
	var failed []error
	for _, typed := range v.PostForm["doc"] {
		id, ok := number64(typed)
		if !ok {
			return errNoPage
		}
		var d outgoing.Document
		err := v.act(func(a *journal.Act) (err error) { d, err = outgoing.Issue(a, id); return err })
		switch {
		case err == nil:
			done = append(done, d.Label)
		case wrong(err):
			failed = append(failed, err)
		default:
			return err
		}
	}
	if v.d.Jobs != nil && len(done) > 0 {
		v.d.Jobs.Wake()
	}
	if len(done) == 0 && len(failed) > 0 {
		return v.queueAgain(fault.Join(failed...))
	}
	var warn []string
	for _, e := range fault.All(fault.Join(failed...)) {
		warn = append(warn, e.Text)
	}
	return v.doneWarned("/van-ban-di/cho", "Đã phát hành "+strings.Join(done, ", ")+".", warn)
}

// sealPicture is the picture of the agency's seal, for the register of keys.
func sealPicture(v *visit) error {
	if err := v.must(org.ManageKeys); err != nil {
		return err
	}
	x, err := outgoing.SealOf(v.read(), v.agency())
	if err != nil {
		return errNoPage
	}
	v.w.Header().Set("Content-Type", "image/png")
	v.w.Header().Set("Cache-Control", "private, no-store")
	_, err = v.w.Write(x.PNG)
	return err
}

// setSealPicture keeps the picture of the seal; where no file was chosen the diameter changes.
func setSealPicture(v *visit) error {
	if err := v.must(org.ManageKeys); err != nil {
		return err
	}
	files, err := v.takeSmall()
	defer files.discard()
	var raw []byte
	if err == nil && len(files) > 0 {
		raw, err = v.smallBytes(files, outgoing.SealBytes)
	}
	var wide float64
	if typed := strings.ReplaceAll(v.field("wide"), ",", "."); err == nil && typed != "" {
		if wide, err = strconv.ParseFloat(typed, 64); err != nil {
			err = fault.Invalid("wide", "Hãy ghi đường kính bằng mm, ví dụ 36.")
		}
	}
	if err == nil {
		err = v.act(func(a *journal.Act) error { return outgoing.SetSealPicture(a, raw, wide) })
	}
	if err == nil {
		return v.done("/quan-tri/khoa-ky", "Đã lưu hình con dấu của cơ quan.")
	}
	if !wrong(err) {
		return err
	}
	p, perr := v.signingKeys()
	if perr != nil {
		return perr
	}
	p.Seal.Form = v.form(err)
	return v.again(p, err)
}

func (v *visit) smallBytes(files uploads, most int64) ([]byte, error) {
	if files[0].Size > most {
		return nil, fault.Invalid("picture", "Hình con dấu không quá 2 MB.")
	}
	if _, err := files[0].spool.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return io.ReadAll(files[0].spool)
}
