// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image/png"
	"time"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// A SealPicture is the picture of the agency's seal in its real size (hình ảnh dấu của cơ
// quan: màu đỏ, kích thước thực tế, PNG nền trong suốt; Phụ lục I, phần I, II.8a).
type SealPicture struct {
	PNG   []byte
	Sum   string
	Wide  float64 // diameter in millimetres
	SetBy int64
	SetAt time.Time
}

// Limits of the picture of a seal.
const (
	SealBytes      = 2 << 20
	sealSide       = 2400
	SealNarrowest  = 20.0
	SealWidest     = 60.0
	SealUsualWidth = 36.0
)

// errNoSeal says what is missing before the program can seal by itself.
var errNoSeal = fault.Conflict("", "Chưa có hình con dấu của cơ quan; hãy nạp hình con dấu ở sổ quản lý khóa ký trước khi ký số.")

// SealOf is the picture of the agency's seal.
func SealOf(r store.Reader, agency int64) (SealPicture, error) {
	x, err := sealPicture(r, agency)
	if err == store.ErrNone {
		return x, errNoSeal
	}
	return x, err
}

// SetSealPicture keeps the picture of the seal; with no bytes only the diameter changes.
func SetSealPicture(a *journal.Act, raw []byte, wide float64) error {
	if err := org.May(a, org.ManageKeys, org.Target{}); err != nil {
		return err
	}
	if wide == 0 {
		wide = SealUsualWidth
	}
	x, err := sealPicture(a, a.By.Agency)
	if err != nil && err != store.ErrNone {
		return err
	}
	if len(raw) > 0 {
		x.PNG = raw
	}
	var errs []error
	if !(wide >= SealNarrowest && wide <= SealWidest) {
		errs = append(errs, fault.Invalid("wide", "Đường kính con dấu từ 20 đến 60 mm."))
	}
	errs = append(errs, checkSeal(x.PNG))
	if err := fault.Join(errs...); err != nil {
		return err
	}
	h := sha256.Sum256(x.PNG)
	x.Sum, x.Wide = hex.EncodeToString(h[:]), wide
	if err := putSealPicture(a, x); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: SealPictured, Subject: journal.Ref("agency", a.By.Agency), Amount: tenths(wide), Data: map[string]string{"sha": x.Sum}})
	return nil
}

// checkSeal refuses what is no picture of a seal as the decree wants it.
func checkSeal(raw []byte) error {
	wrong := func(text string) error { return fault.Invalid("picture", text) }
	if len(raw) == 0 {
		return wrong("Hãy chọn tệp hình con dấu.")
	}
	if len(raw) > SealBytes {
		return wrong("Hình con dấu không quá 2 MB.")
	}
	head, err := png.DecodeConfig(bytes.NewReader(raw))
	switch {
	case err != nil:
		return wrong("Hình con dấu phải là tệp PNG.")
	case head.Width < 150 || head.Height < 150 || head.Width > sealSide || head.Height > sealSide:
		return wrong("Hình con dấu phải từ 150 × 150 đến 2400 × 2400 điểm ảnh.")
	case 10*head.Width > 12*head.Height || 10*head.Height > 12*head.Width:
		return wrong("Hình con dấu phải vuông, cắt sát mép dấu, để in đúng kích thước thực tế.")
	}
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		return wrong("Hình con dấu phải là tệp PNG.")
	}
	b := img.Bounds()
	for _, p := range [][2]int{{b.Min.X, b.Min.Y}, {b.Max.X - 1, b.Min.Y}, {b.Min.X, b.Max.Y - 1}, {b.Max.X - 1, b.Max.Y - 1}} {
		if _, _, _, alpha := img.At(p[0], p[1]).RGBA(); alpha > 0x7fff {
			return wrong("Nền hình con dấu phải trong suốt, để không che chữ ký và chữ bên dưới.")
		}
	}
	return nil
}

func tenths(mm float64) int64 { return int64(mm*10 + 0.5) }
