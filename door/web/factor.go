// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"encoding/base64"
	"image/png"
	"strings"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"

	"soviec/door/web/view"
	"soviec/kit/journal"
	"soviec/office/org"
)

const factorAddress = "/tai-khoan/xac-thuc"

// factorPage says whether the second factor is on. Looking changes nothing: a key is
// made only when the person begins.
func factorPage(v *visit) error {
	p, err := v.factorSetup()
	if err != nil {
		return err
	}
	return v.show(p)
}

// factorSetup is the page; whoever must set it up first sees nothing of the office around it.
func (v *visit) factorSetup() (view.SecondFactorSetup, error) {
	p := view.SecondFactorSetup{Frame: v.frame(view.PlaceNone, "Xác thực hai bước"), On: v.session.SecondFactor, Next: local(v.FormValue("next"), "/"),
		Required: org.SecondFactorRequired(v.dir, v.dir.Rights(v.session.Person, v.today))}
	if v.needsFactor {
		p.Required, p.Frame = true, view.Frame{Bare: true, Title: p.Title, Agency: p.Agency, Sample: p.Sample}
		return p, nil
	}
	left, err := org.RecoveryLeft(v.read(), v.session.Person)
	p.Left = left
	return p, err
}

// factorBegin makes a new key and shows it, this once.
func factorBegin(v *visit) error {
	p, err := v.factorSetup()
	if err != nil {
		return err
	}
	var key org.TOTPKey
	if err := v.own(func(a *journal.Act) (err error) { key, err = org.SetUpTOTP(a); return err }); err != nil {
		return err
	}
	p.Secret = groups(key.Secret)
	if p.QR, err = square(key.URL); err != nil {
		return err
	}
	return v.show(p)
}

// square is a QR code as a picture inside the page.
func square(text string) (string, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return "", err
	}
	if code, err = barcode.Scale(code, 240, 240); err != nil {
		return "", err
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, code); err != nil {
		return "", err
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(buf.Bytes()), nil
}

// groups parts a secret by four letters, as people type it.
func groups(s string) string {
	var out []string
	for ; len(s) > 4; s = s[4:] {
		out = append(out, s[:4])
	}
	return strings.Join(append(out, s), " ")
}

// factorOn begins (field begin), or turns the second factor on with a first code and
// shows the recovery codes, this once.
func factorOn(v *visit) error {
	if v.PostFormValue("begin") != "" {
		return factorBegin(v)
	}
	var codes []string
	if err := v.own(func(a *journal.Act) (err error) { codes, err = org.ConfirmTOTP(a, v.field("code")); return err }); err != nil {
		if !wrong(err) {
			return err
		}
		p, perr := v.factorSetup()
		if perr != nil {
			return perr
		}
		p.Asked, p.Form = true, view.Form{Errors: fieldErrors(err)}
		return v.again(p, err)
	}
	return v.showCodes(codes)
}

func (v *visit) showCodes(codes []string) error {
	v.session.SecondFactor, v.needsFactor = true, false
	p, err := v.factorSetup()
	if err != nil {
		return err
	}
	p.Codes = codes
	return v.show(p)
}

// renewRecovery makes new codes for a lost telephone; those given before open nothing more.
func renewRecovery(v *visit) error {
	var codes []string
	err := v.withPassword(func(a *journal.Act) (err error) { codes, err = org.RenewRecovery(a); return err })
	if err != nil {
		return v.factorRefused(err)
	}
	return v.showCodes(codes)
}

// factorOff turns the second factor off. Where the person's duties ask for it, it is how
// one changes to another telephone: it has to be set up anew before anything else.
func factorOff(v *visit) error {
	err := v.withPassword(func(a *journal.Act) error { return org.DisableTOTP(a, v.session.Person) })
	if err != nil {
		return v.factorRefused(err)
	}
	return v.done("/tai-khoan/phien", "Đã tắt xác thực hai bước.")
}

// withPassword runs an act on one's own account after the password was typed again.
func (v *visit) withPassword(f func(*journal.Act) error) error {
	if err := org.RightPassword(v.Context(), v.d.Book, v.session, v.PostFormValue("password")); err != nil {
		return err
	}
	return v.own(f)
}

func (v *visit) factorRefused(err error) error {
	if !wrong(err) {
		return err
	}
	p, perr := v.factorSetup()
	if perr != nil {
		return perr
	}
	p.Form = view.Form{Errors: fieldErrors(err)}
	return v.again(p, err)
}
