// SPDX-License-Identifier: Apache-2.0

package web

import (
	"net/http"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/signkey"
	"soviec/office/signature"
	"soviec/office/signing"
)

// signingProfile is what the visitor signs with: always his own.
func signingProfile(v *visit) error {
	p, err := v.signingProfile()
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) signingProfile() (view.SigningProfile, error) {
	p := view.SigningProfile{Frame: v.frame(view.PlaceNone, "Ký số của tôi")}
	if v.d.Desk == nil {
		return p, errNoPage
	}
	own, err := signing.ProfileOf(v.read(), v.agency(), v.session.Person)
	if err != nil {
		return p, err
	}
	if len(own.Picture) > 0 {
		p.Picture, p.Wide = profileAddress+"/hinh?"+own.PictureSum[:8], strings.ReplaceAll(mm(own.Wide), ".", ",")
	}
	p.KeyName, p.Account = own.KeyName, own.Remote
	keys, err := signature.Keys(v.read(), v.agency())
	if err != nil {
		return p, err
	}
	for _, k := range keys {
		if k.Person != v.session.Person {
			continue
		}
		x := view.Fact{Label: signature.DeviceName(k.Device), Value: "Chứng thư số “" + k.Cert.Subject.CommonName + "”, hết hạn " + k.Until.VN()}
		switch err := signing.Usable(keys, v.dir, k.Cert, signing.Approve, v.session.Person, v.now); {
		case !k.EndedOn.IsZero():
			x.Value, x.Tone = x.Value+"; đã thôi sử dụng từ "+k.EndedOn.VN(), view.ToneWarn
		case err != nil:
			x.Value, x.Tone = x.Value+". "+fault.Text(err), view.ToneWarn
		}
		p.Keys = append(p.Keys, x)
		if k.Fingerprint == own.Fingerprint {
			p.KeyWords = x.Value
		}
	}
	for _, at := range v.d.Desk.At {
		p.Files, p.Remote = p.Files || at.File, p.Remote || at.Account != ""
	}
	return p, nil
}

// ownPicture sends the visitor the picture of his own signature.
func ownPicture(v *visit) error {
	own, err := signing.ProfileOf(v.read(), v.agency(), v.session.Person)
	if err != nil {
		return err
	}
	if len(own.Picture) == 0 {
		return errNoPage
	}
	h := v.w.Header()
	h.Set("Content-Type", "image/png")
	h.Set("Cache-Control", "private, no-cache")
	h.Set("ETag", `"`+own.PictureSum[:16]+`"`)
	h.Set("Content-Length", strconv.Itoa(len(own.Picture)))
	if v.Header.Get("If-None-Match") == `"`+own.PictureSum[:16]+`"` {
		h.Del("Content-Length")
		v.w.WriteHeader(http.StatusNotModified)
		return nil
	}
	_, _ = v.w.Write(own.Picture)
	return nil
}

// leastPassphrase is how long the passphrase of a key file must be that is kept here.
const leastPassphrase = 8

// setSigningProfile does one gesture of the page.
func setSigningProfile(v *visit) error {
	if v.d.Desk == nil {
		return errNoPage
	}
	raw, name, err := v.deskForm()
	secret := signkey.Secret(v.PostFormValue("secret"))
	v.PostForm.Del("secret")
	v.Form.Del("secret")
	did := ""
	if err == nil {
		switch v.PathValue("act") {
		case "hinh":
			did, err = "Đã đặt hình chữ ký.", v.setPicture(raw)
		case "bo-hinh":
			did, err = "Đã bỏ hình chữ ký.", v.own(func(a *journal.Act) error { return signing.SetPicture(a, nil, 0) })
		case "khoa":
			did, err = "Đã lưu tệp khóa, mã hóa bằng mật khẩu của anh/chị. Mật khẩu không được lưu.", v.keepKey(raw, name, secret)
		case "bo-khoa":
			did, err = "Đã xóa tệp khóa.", v.own(func(a *journal.Act) error { return signing.KeepKey(a, nil, "", nil) })
		case "tu-xa":
			did, err = "Đã ghi tài khoản ký từ xa.", v.own(func(a *journal.Act) error { return signing.SetRemote(a, v.field("remote")) })
		default:
			return errNoPage
		}
	}
	if err == nil {
		return v.done(profileAddress, did)
	}
	if !wrong(err) {
		return err
	}
	p, perr := v.signingProfile()
	if perr != nil {
		return perr
	}
	p.Form, p.Which = v.form(err), v.PathValue("act")
	return v.again(p, err)
}

func (v *visit) setPicture(raw []byte) error {
	wide := 0.0
	if typed := v.field("wide"); typed != "" {
		var err error
		if wide, err = strconv.ParseFloat(strings.ReplaceAll(typed, ",", "."), 64); err != nil {
			return fault.Invalid("wide", "Chiều rộng ghi bằng mm, ví dụ 35.")
		}
	}
	if len(raw) == 0 {
		own, err := signing.ProfileOf(v.read(), v.agency(), v.session.Person)
		if err != nil {
			return err
		}
		if raw = own.Picture; len(raw) == 0 {
			return fault.Invalid("picture", "Chưa chọn tệp PNG.")
		}
	}
	return v.own(func(a *journal.Act) error { return signing.SetPicture(a, raw, wide) })
}

// keepKey opens a key file once, to see whose it is, and keeps it encrypted anew with the
// same passphrase, which nobody keeps.
func (v *visit) keepKey(raw []byte, name string, secret signkey.Secret) error {
	key, cert, chain, err := signkey.OpenPKCS12(raw, secret)
	if err != nil {
		return err
	}
	if len([]rune(string(secret))) < leastPassphrase {
		return fault.Invalid("secret", "Mật khẩu của tệp khóa để lưu ở đây phải có ít nhất 8 ký tự; hãy đổi mật khẩu của tệp, hoặc chọn tệp mỗi lần ký.")
	}
	file, err := signkey.WritePKCS12(key, cert, chain, secret)
	if err != nil {
		return err
	}
	return v.own(func(a *journal.Act) error { return signing.KeepKey(a, file, name, cert) })
}
