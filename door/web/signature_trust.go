// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/cms"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
	"soviec/office/outgoing"
	"soviec/office/signature"
)

// certMost bounds the file of a certificate.
const certMost = 256 << 10

// trustPage is what the agency trusts (kho chứng thư tin cậy).
func trustPage(v *visit) error {
	p, err := v.trustStore()
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) trustStore() (view.TrustStore, error) {
	p := view.TrustStore{Frame: v.frame(view.PlaceAdmin, "Kho chứng thư tin cậy")}
	if err := v.must(org.ManageTrust); err != nil {
		return p, err
	}
	for _, x := range signature.Purposes {
		p.Purposes = append(p.Purposes, view.Option{Value: string(x.Set), Label: x.Name})
	}
	all, err := signature.Anchors(v.read(), v.agency())
	if err != nil {
		return p, err
	}
	for _, c := range all {
		row := view.TrustRow{ID: idText(c.ID), Name: c.Name, Purpose: signature.PurposeName(c.Purpose), Fingerprint: c.Fingerprint, Source: c.Source, Issuer: c.Issuer,
			Added: v.dir.Person(c.AddedBy).Name + ", " + sinceWords(c.AddedAt, v.today)}
		if c.Cert != nil {
			row.Valid = "chứng thư có hiệu lực " + dayOf(c.Cert.NotBefore) + " – " + dayOf(c.Cert.NotAfter)
		}
		if !c.From.IsZero() || !c.Until.IsZero() {
			row.Valid += "; tin cậy " + span(c.From, c.Until)
		}
		if c.EndedAt.IsZero() {
			p.Rows = append(p.Rows, row)
			continue
		}
		row.Ended = "thôi tin cậy " + sinceWords(c.EndedAt, v.today) + ": " + c.EndedWhy
		p.Ended = append(p.Ended, row)
	}
	return p, nil
}

func span(from, until civil.Date) string {
	switch {
	case from.IsZero():
		return "đến hết " + until.VN()
	case until.IsZero():
		return "từ " + from.VN()
	}
	return "từ " + from.VN() + " đến hết " + until.VN()
}

// droppedBytes is the content of the one small file that came with a form.
func (v *visit) droppedBytes(files uploads) ([]byte, error) {
	if len(files) == 0 {
		return nil, fault.Invalid("file", "Chưa chọn tệp chứng thư.")
	}
	if files[0].Size > certMost {
		return nil, fault.Invalid("file", "Tệp chứng thư lớn quá.")
	}
	if _, err := files[0].spool.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return io.ReadAll(files[0].spool)
}

// takeSmall reads a form with small files that are not kept. They are not looked at as
// documents are.
func (v *visit) takeSmall() (uploads, error) {
	v.noLook = true
	return v.takeForm()
}

func addTrust(v *visit) error {
	if err := v.must(org.ManageTrust); err != nil {
		return err
	}
	files, err := v.takeSmall()
	defer files.discard()
	if err != nil && !wrong(err) {
		return err
	}
	x := signature.Trusting{Name: v.field("name"), Purpose: cms.Set(v.field("purpose")), Pinned: v.field("pinned"), Source: v.field("source"), Issuer: v.field("issuer") != ""}
	var ferr, e1, e2 error
	if err == nil {
		x.File, ferr = v.droppedBytes(files)
	}
	x.From, e1 = v.date("from")
	x.Until, e2 = v.date("until")
	if err = fault.Join(err, ferr, e1, e2); err == nil {
		err = v.act(func(a *journal.Act) error { _, err := signature.Trust(a, x); return err })
	}
	if err == nil {
		return v.done("/quan-tri/chung-thu-tin-cay", "Đã thêm chứng thư vào kho tin cậy.")
	}
	return v.trustAgain(err)
}

func (v *visit) trustAgain(err error) error {
	if !wrong(err) {
		return err
	}
	p, perr := v.trustStore()
	if perr != nil {
		return perr
	}
	p.Form = v.form(err)
	return v.again(p, err)
}

func endTrust(v *visit) error {
	id, err := v.id("id")
	if err != nil {
		return err
	}
	if err := v.act(func(a *journal.Act) error { return signature.Distrust(a, id, v.text("reason")) }); err != nil {
		return v.trustAgain(err)
	}
	return v.done("/quan-tri/chung-thu-tin-cay", "Đã thôi tin cậy chứng thư này; các kết quả kiểm tra trước giữ nguyên.")
}

// keysPage is the register of keys (sổ quản lý khóa ký).
func keysPage(v *visit) error {
	p, err := v.signingKeys()
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) signingKeys() (view.SigningKeys, error) {
	p := view.SigningKeys{Frame: v.frame(view.PlaceAdmin, "Sổ quản lý khóa ký")}
	if err := v.must(org.ManageKeys); err != nil {
		return p, err
	}
	p.People = v.peopleByUnit("")
	for _, x := range v.dir.With(v.today, org.Clerk, org.DeputyClerk) {
		p.Clerks = append(p.Clerks, view.Option{Value: idText(x.ID), Label: x.Name, Note: v.dir.Title(x.ID, v.today)})
	}
	for _, d := range signature.Devices {
		p.Devices = append(p.Devices, view.Option{Value: d.Code, Label: d.Name})
	}
	all, err := signature.Keys(v.read(), v.agency())
	if err != nil {
		return p, err
	}
	uses, err := outgoing.KeyUses(v.read(), v.agency())
	if err != nil {
		return p, err
	}
	for _, k := range all {
		row := v.keyRow(k)
		if u := uses[k.Fingerprint]; k.Person == 0 && u.Files > 0 {
			row.Used = fmt.Sprintf("Đã ký %d tệp, gần nhất %s", u.Files, sinceWords(u.Last, v.today))
		}
		p.Rows = append(p.Rows, row)
	}
	p.Seal = view.SealPicture{Wide: strconv.FormatFloat(outgoing.SealUsualWidth, 'f', -1, 64)}
	switch x, err := outgoing.SealOf(v.read(), v.agency()); {
	case err == nil:
		p.Seal = view.SealPicture{Src: "/quan-tri/con-dau.png?" + x.Sum[:8], Wide: strconv.FormatFloat(x.Wide, 'f', -1, 64), Words: v.dir.Person(x.SetBy).Name + " nạp " + sinceWords(x.SetAt, v.today)}
	case !wrong(err):
		return p, err
	}
	return p, nil
}

// keySoon is how long before its end a certificate is pointed out.
const keySoon = 30 * 24 * time.Hour

func (v *visit) keyRow(k signature.Key) view.KeyRow {
	row := view.KeyRow{ID: idText(k.ID), Of: v.dir.Agency.Name, Device: signature.DeviceName(k.Device), Holder: v.dir.Person(k.Holder).Name,
		Valid: "đến hết " + k.Until.VN(), MayHand: k.Person == 0 && k.EndedOn.IsZero()}
	if k.Person != 0 {
		row.Of = capital(v.dir.Person(k.Person).Polite())
	}
	if k.DeviceNo != "" {
		row.Device += ", số " + k.DeviceNo
	}
	if k.Cert != nil {
		row.Subject = k.Cert.Subject.CommonName
		switch {
		case v.now.After(k.Cert.NotAfter):
			row.Tone, row.Valid = view.ToneError, "đã hết hạn "+k.Until.VN()
		case k.Cert.NotAfter.Sub(v.now) < keySoon:
			row.Tone, row.Valid = view.ToneWarn, "sắp hết hạn, "+k.Until.VN()
		}
	}
	for _, h := range k.Handovers {
		line := h.On.VN() + ": giao cho " + v.dir.Person(h.Taker).Name
		if h.Giver != 0 {
			line = h.On.VN() + ": " + v.dir.Person(h.Giver).Name + " bàn giao cho " + v.dir.Person(h.Taker).Name
		}
		if h.Minutes != "" {
			line += " (" + h.Minutes + ")"
		}
		row.History = append(row.History, line)
	}
	if !k.EndedOn.IsZero() {
		row.Ended = "thôi dùng từ " + k.EndedOn.VN() + ": " + k.EndedWhy
	}
	return row
}

func addKey(v *visit) error {
	if err := v.must(org.ManageKeys); err != nil {
		return err
	}
	files, err := v.takeSmall()
	defer files.discard()
	if err != nil && !wrong(err) {
		return err
	}
	in := signature.Entering{Device: v.field("device"), DeviceNo: v.field("device_no"), Minutes: v.field("minutes")}
	in.Person, _ = number64(v.field("person"))
	if in.Person == 0 {
		in.Holder, _ = number64(v.field("holder"))
	}
	var ferr, derr error
	if err == nil {
		in.File, ferr = v.droppedBytes(files)
	}
	in.From, derr = v.date("from")
	if err = fault.Join(err, ferr, derr); err == nil {
		err = v.act(func(a *journal.Act) error { _, err := signature.EnterKey(a, in); return err })
	}
	if err == nil {
		return v.done("/quan-tri/khoa-ky", "Đã ghi khóa vào sổ.")
	}
	return v.keysAgain(err)
}

func (v *visit) keysAgain(err error) error {
	if !wrong(err) {
		return err
	}
	p, perr := v.signingKeys()
	if perr != nil {
		return perr
	}
	p.Form = v.form(err)
	return v.again(p, err)
}

func handKey(v *visit) error {
	id, err := v.id("id")
	if err != nil {
		return err
	}
	taker, _ := number64(v.field("taker"))
	on, err := v.date("on")
	if err == nil {
		err = v.act(func(a *journal.Act) error { return signature.HandKey(a, id, taker, on, v.field("minutes")) })
	}
	if err != nil {
		return v.keysAgain(err)
	}
	return v.done("/quan-tri/khoa-ky", "Đã ghi bàn giao khóa.")
}

func endKey(v *visit) error {
	id, err := v.id("id")
	if err != nil {
		return err
	}
	if err := v.act(func(a *journal.Act) error { return signature.EndKey(a, id, v.text("reason")) }); err != nil {
		return v.keysAgain(err)
	}
	return v.done("/quan-tri/khoa-ky", "Đã ghi thôi dùng khóa.")
}
