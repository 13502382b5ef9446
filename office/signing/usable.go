// SPDX-License-Identifier: Apache-2.0

package signing

import (
	"crypto/x509"
	"errors"
	"slices"
	"time"

	"soviec/kit/civil"
	"soviec/kit/cms"
	"soviec/kit/fault"
	"soviec/office/org"
	"soviec/office/signature"
)

// Usable says why a certificate may not sign for somebody now (signatures.md §5; Nghị định
// 30/2020/NĐ-CP Điều 32): it must stand in the register of keys as his, or as the agency's
// in his hands, be in force, and be meant for signing.
func Usable(keys []signature.Key, d *org.Directory, cert *x509.Certificate, kind Kind, person int64, at time.Time) error {
	if cert == nil {
		return fault.Conflict("key", "Nơi giữ khóa không cho biết chứng thư số.")
	}
	refuse := func(text string) error { return fault.Conflict("key", text) }
	name := "Chứng thư số “" + cert.Subject.CommonName + "”"
	whose := int64(0)
	if !kind.Agency() {
		whose = person
	}
	print := cms.Fingerprint(cert)
	var mine, ended, other *signature.Key
	for i := range keys {
		switch k := &keys[i]; {
		case k.Fingerprint != print:
		case k.Person != whose:
			other = k
		case !k.EndedOn.IsZero():
			ended = k
		default:
			mine = k
		}
	}
	switch {
	case mine == nil && ended != nil:
		return refuse(name + " đã thôi sử dụng từ ngày " + ended.EndedOn.VN() + " (" + ended.EndedWhy + ").")
	case mine == nil && other != nil && other.Person == 0:
		return refuse(name + " là của cơ quan, không phải của anh/chị: không dùng để ký thay người có thẩm quyền.")
	case mine == nil && other != nil && kind.Agency():
		return refuse(name + " là của " + d.Person(other.Person).Polite() + ", không phải của cơ quan.")
	case mine == nil && other != nil:
		return refuse(name + " là của " + d.Person(other.Person).Polite() + ", không phải của anh/chị.")
	case mine == nil:
		return refuse(name + " chưa có trong sổ quản lý khóa. Hãy đề nghị Chánh Văn phòng hoặc văn thư ghi vào sổ trước khi ký.")
	case kind.Agency() && mine.Holder != person:
		return refuse("Khóa của cơ quan đang do " + d.Person(mine.Holder).Polite() + " giữ theo sổ bàn giao; chỉ người đang giữ được ký.")
	case at.Before(cert.NotBefore):
		return refuse(name + " chưa có hiệu lực: dùng được từ ngày " + civil.Of(cert.NotBefore).VN() + ".")
	case at.After(cert.NotAfter):
		return refuse(name + " đã hết hạn ngày " + civil.Of(cert.NotAfter).VN() + ".")
	case civil.Of(at).Before(mine.From):
		return refuse(name + " theo sổ chỉ dùng từ ngày " + mine.From.VN() + ".")
	}
	if err := cms.MaySign(cert); err != nil || cert.IsCA {
		return refuse(name + " không dùng để ký văn bản (mục đích sử dụng khóa không có ký số).")
	}
	return nil
}

// Words are the sentence for people of an error that may come from below the office.
func Words(err error) string {
	var p *cms.Problem
	if errors.As(err, &p) {
		return p.Text
	}
	return fault.Text(err)
}

// Mine are the certificates in force by which somebody may sign, from the register of keys.
func Mine(keys []signature.Key, d *org.Directory, kind Kind, person int64, at time.Time) []signature.Key {
	return slices.DeleteFunc(slices.Clone(keys), func(k signature.Key) bool { return Usable(keys, d, k.Cert, kind, person, at) != nil })
}
