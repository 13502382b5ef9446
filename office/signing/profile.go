// SPDX-License-Identifier: Apache-2.0

package signing

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"image/png"
	"strings"
	"time"
	"unicode/utf8"

	"soviec/kit/cms"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
	"soviec/office/signature"
)

// A Profile is what a person signs with. The key file is as encrypted with a passphrase
// that only he has; the passphrase is never here.
type Profile struct {
	Person      int64
	Picture     []byte // PNG with a transparent background (NĐ 30/2020/NĐ-CP, Phụ lục I, II.7d)
	PictureSum  string
	Wide        float64 // how wide the picture is on paper, in millimetres
	KeyFile     []byte
	KeySum      string
	KeyName     string
	Fingerprint string // of the certificate in the key file
	Remote      string // account at the remote key
	SetAt       time.Time
}

type profileData struct {
	Picture string `json:"picture,omitempty"`
	Wide    int64  `json:"wide,omitempty"`
	Key     string `json:"key,omitempty"`
	Print   string `json:"print,omitempty"`
	Remote  string `json:"remote,omitempty"`
}

func (p Profile) data() profileData {
	x := profileData{Picture: p.PictureSum, Wide: tenths(p.Wide), Key: p.KeySum, Print: p.Fingerprint}
	if p.Remote != "" {
		x.Remote = sumOf([]byte(p.Remote))
	}
	return x
}

func tenths(mm float64) int64 { return int64(mm*10 + 0.5) }

func sumOf(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// ProfileOf is what a person signs with; an empty one when nothing was set.
func ProfileOf(r store.Reader, agency, person int64) (Profile, error) {
	p, err := profileByPerson(r, agency, person)
	if err == store.ErrNone {
		return Profile{Person: person}, nil
	}
	return p, fault.Internal(err)
}

// Measures of a picture of a signature.
const (
	pictureBytes = 1 << 20
	pictureSide  = 2400
	Narrowest    = 15.0 // millimetres on paper
	Widest       = 60.0
	usualWide    = 35.0
)

// SetPicture keeps the picture of a person's own signature; no bytes take it away.
func SetPicture(a *journal.Act, raw []byte, wide float64) error {
	p, err := ownProfile(a)
	if err != nil {
		return err
	}
	if wide == 0 {
		wide = usualWide
	}
	if len(raw) > 0 {
		if err := CheckPicture(raw); err != nil {
			return err
		}
		p.Picture = raw
	} else if wide == p.Wide || len(p.Picture) == 0 {
		p.Picture, wide = nil, 0
	}
	if wide != 0 && !(wide >= Narrowest && wide <= Widest) {
		return fault.Invalid("wide", "Hình chữ ký rộng từ 15 đến 60 mm.")
	}
	p.PictureSum, p.Wide = sumOf(p.Picture), wide
	return p.set(a, PictureSet)
}

// CheckPicture refuses what is no picture of a signature as the decree wants it: PNG, of
// reasonable size, with a transparent background.
func CheckPicture(raw []byte) error {
	wrong := func(text string) error { return fault.Invalid("picture", text) }
	if len(raw) > pictureBytes {
		return wrong("Hình chữ ký không quá 1 MB.")
	}
	head, err := png.DecodeConfig(bytes.NewReader(raw))
	switch {
	case err != nil:
		return wrong("Hình chữ ký phải là tệp PNG.")
	case head.Width < 40 || head.Height < 20 || head.Width > pictureSide || head.Height > pictureSide:
		return wrong("Hình chữ ký phải từ 40 × 20 đến 2400 × 2400 điểm ảnh.")
	case head.Width > 8*head.Height || head.Height > 3*head.Width:
		return wrong("Hình chữ ký quá dài hoặc quá hẹp; hãy cắt sát nét ký.")
	}
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		return wrong("Tệp PNG hỏng, không đọc được.")
	}
	box, clear, inked := img.Bounds(), 0, 0
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			if _, _, _, alpha := img.At(x, y).RGBA(); alpha < 0x1000 {
				clear++
			} else {
				inked++
			}
		}
	}
	switch {
	case inked == 0:
		return wrong("Hình chữ ký không có nét nào.")
	case clear < inked:
		return wrong("Hình chữ ký phải có nền trong suốt (Phụ lục I Nghị định 30/2020/NĐ-CP); hãy xóa nền rồi lưu lại dạng PNG.")
	}
	return nil
}

// KeepKey keeps a person's own key file, which was opened with its passphrase outside and
// encrypted anew; no bytes take it away. Its certificate must be one of his in the register.
func KeepKey(a *journal.Act, file []byte, name string, cert *x509.Certificate) error {
	p, err := ownProfile(a)
	if err != nil {
		return err
	}
	if len(file) == 0 {
		p.KeyFile, p.KeySum, p.KeyName, p.Fingerprint = nil, "", "", ""
		return p.set(a, KeyKept)
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return err
	}
	keys, err := signature.Keys(a, a.By.Agency)
	if err != nil {
		return err
	}
	if err := Usable(keys, dir, cert, Approve, a.By.Person, a.At); err != nil {
		return fault.Invalid("file", fault.Text(err))
	}
	if len(file) > 256<<10 {
		return fault.Invalid("file", "Tệp khóa không quá 256 KB.")
	}
	p.KeyFile, p.KeySum, p.KeyName, p.Fingerprint = file, sumOf(file), cut(name), cms.Fingerprint(cert)
	return p.set(a, KeyKept)
}

// SetRemote keeps the account by which a person is known where his remote key is.
func SetRemote(a *journal.Act, account string) error {
	p, err := ownProfile(a)
	if err != nil {
		return err
	}
	account = strings.TrimSpace(account)
	if strings.ContainsAny(account, " \t\r\n") || utf8.RuneCountInString(account) > 100 {
		return fault.Invalid("remote", "Tài khoản ký từ xa viết liền, nhiều nhất 100 ký tự.")
	}
	p.Remote = account
	return p.set(a, RemoteSet)
}

func ownProfile(a *journal.Act) (Profile, error) {
	if err := org.May(a, org.OwnAccount, org.Target{Person: a.By.Person}); err != nil {
		return Profile{}, err
	}
	if a.By.For != 0 {
		return Profile{}, errOwnHand
	}
	return ProfileOf(a, a.By.Agency, a.By.Person)
}

func (p Profile) set(a *journal.Act, kind string) error {
	p.SetAt = a.At
	if err := putProfile(a, p); err != nil {
		return fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: kind, Subject: journal.Ref(RefProfile, p.Person), Data: p.data()})
	return nil
}
