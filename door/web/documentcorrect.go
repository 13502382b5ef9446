// SPDX-License-Identifier: Apache-2.0

package web

import (
	"strconv"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/document"
	"soviec/office/org"
)

// correctPage shows the registration of a document to be corrected (sửa thông tin đăng ký).
func correctPage(v *visit) error {
	d, err := v.corrected()
	if err != nil {
		return err
	}
	form := view.Form{Key: newFormKey(), Values: map[string][]string{
		"notation": {d.NumberRaw}, "type": {d.Type}, "issuer": {d.IssuerName}, "issued_on": {d.IssuedOn.VN()}, "subject": {d.Subject},
		"urgency": {strconv.Itoa(d.Urgency)}, "due_on": {d.DueOn.VN()}, "channel": {d.Channel}, "sender": {d.SenderName}, "signer": {d.Signer},
		"field": {zeroEmpty(d.Field)}, "note": {d.Note}, "register": {idText(d.Register)}, "version": {strconv.FormatInt(d.Version, 10)},
		"arrived_on": {d.ArrivalOn.VN()}, "received_at": {d.ReceivedAt.In(civil.Zone).Format("15:04")},
	}}
	if d.NumberRaw == "" {
		form.Values["notation"] = []string{"không số"}
	}
	if d.Pages > 0 {
		form.Values["pages"] = []string{strconv.Itoa(d.Pages)}
	}
	p, err := v.registerForm(form, nil)
	if err != nil {
		return err
	}
	p.Address, p.Number, p.Next, p.CanMark = d.Address()+"/sua", document.ShowNumber(d.Number), "", false
	return v.show(p)
}

func (v *visit) corrected() (document.Incoming, error) {
	d, err := v.document()
	if err == nil && !v.may(org.RegisterIncoming, org.Target{}) {
		return d, errNotClerk
	}
	return d, err
}

func correct(v *visit) error {
	d, err := v.corrected()
	if err != nil {
		return err
	}
	files, err := v.takeForm()
	defer files.discard()
	if err != nil && !wrong(err) {
		return err
	}
	if err == nil {
		err = v.store(files)
	}
	attached, shown := v.attachments(files)
	in, faults := v.arrival()
	if !v.PostForm.Has("signer") {
		in.Signer = d.Signer
	}
	version, _ := strconv.ParseInt(v.field("version"), 10, 64)
	if err = fault.Join(err, faults); err == nil {
		err = v.once(func() (string, string, []string, error) {
			err := v.act(func(a *journal.Act) error {
				if len(attached) > 0 {
					if err := document.AddFiles(a, d.ID, attached...); err != nil {
						return err
					}
				}
				_, err := document.Correct(a, d.ID, version, in)
				return err
			})
			return d.Address(), "Đã sửa dữ liệu số đến " + document.ShowNumber(d.Number) + ".", nil, err
		})
	}
	if wrong(err) {
		return v.registerAgain(d, err, files, shown)
	}
	return err
}
