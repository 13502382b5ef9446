// SPDX-License-Identifier: Apache-2.0

package signature

import (
	"crypto/x509"
	"strings"
	"time"
	"unicode/utf8"

	"soviec/kit/civil"
	"soviec/kit/cms"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// A Key is one line of the register of keys (sổ quản lý chứng thư số, thiết bị lưu khóa bí
// mật). The secret key is never here.
type Key struct {
	ID          int64
	Person      int64  // 0: the agency's own key
	Device      string // token, remote, hsm, file
	DeviceNo    string
	Cert        *x509.Certificate
	Fingerprint string
	Holder      int64 // in whose hands it is
	From, Until civil.Date
	AddedBy     int64
	AddedAt     time.Time
	EndedOn     civil.Date // zero: in use
	EndedWhy    string
	Handovers   []Handover
}

// A Handover says who gave a key to whom, by which minutes.
type Handover struct {
	Key          int64
	Giver, Taker int64
	On           civil.Date
	Minutes      string
	SetBy        int64
}

// Devices are where a key may be, with their words.
var Devices = []struct{ Code, Name string }{
	{"token", "Thiết bị USB (Ban Cơ yếu Chính phủ)"}, {"remote", "Ký từ xa"}, {"hsm", "Thiết bị HSM tại phòng máy"}, {"file", "Tệp PKCS#12 (thử nghiệm, cơ quan nhỏ)"},
}

// DeviceName is a device in words.
func DeviceName(code string) string {
	for _, d := range Devices {
		if d.Code == code {
			return d.Name
		}
	}
	return code
}

// Entering is a key that comes into the register.
type Entering struct {
	Person   int64
	Device   string
	DeviceNo string
	File     []byte // the certificate
	Holder   int64
	From     civil.Date
	Minutes  string // of the hand-over to the holder
}

type keyData struct {
	Person      int64  `json:"person,omitempty"`
	Device      string `json:"device"`
	Fingerprint string `json:"fingerprint"`
	Holder      int64  `json:"holder"`
}

// EnterKey writes a key into the register. The agency's key is kept by the clerk (Nghị
// định 30/2020/NĐ-CP Điều 32).
func EnterKey(a *journal.Act, in Entering) (Key, error) {
	if err := org.May(a, org.ManageKeys, org.Target{}); err != nil {
		return Key{}, err
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return Key{}, err
	}
	k := Key{ID: a.NewID(), Person: in.Person, Device: in.Device, DeviceNo: strings.Join(strings.Fields(in.DeviceNo), " "), Holder: in.Holder,
		From: in.From, AddedBy: a.By.Person, AddedAt: a.At}
	if k.Holder == 0 {
		k.Holder = k.Person
	}
	var errs []error
	wrong := func(field, text string) { errs = append(errs, fault.Invalid(field, text)) }
	if certs, err := cms.ReadCertificates(in.File); err != nil || len(certs) == 0 {
		wrong("file", "Không đọc được chứng thư số trong tệp.")
	} else {
		k.Cert, k.Fingerprint = certs[0], cms.Fingerprint(certs[0])
		k.Until = civil.Of(k.Cert.NotAfter)
		if err := cms.MaySign(k.Cert); err != nil || k.Cert.IsCA {
			wrong("file", "Chứng thư này không dùng để ký văn bản.")
		}
		if a.At.After(k.Cert.NotAfter) {
			wrong("file", "Chứng thư đã hết hạn ngày "+k.Until.VN()+".")
		}
	}
	if DeviceName(k.Device) == k.Device {
		wrong("device", "Chưa chọn nơi lưu khóa.")
	}
	if k.Person != 0 && dir.Person(k.Person).ID == 0 {
		wrong("person", "Không có người này.")
	}
	switch {
	case k.Holder == 0:
		wrong("holder", "Chưa ghi ai giữ khóa của cơ quan.")
	case dir.Person(k.Holder).ID == 0:
		wrong("holder", "Không có người này.")
	case k.Person == 0 && !dir.Rights(k.Holder, a.Day()).Is(org.Clerk, org.DeputyClerk):
		wrong("holder", "Khóa của cơ quan do văn thư giữ (Điều 32 Nghị định 30/2020/NĐ-CP).")
	case k.Person != 0 && k.Holder != k.Person:
		wrong("holder", "Khóa của cá nhân do chính người đó giữ.")
	}
	if k.From.IsZero() {
		k.From = a.Day()
	}
	minutes := strings.Join(strings.Fields(in.Minutes), " ")
	if utf8.RuneCountInString(minutes) > 300 || utf8.RuneCountInString(k.DeviceNo) > 100 {
		wrong("minutes", "Ghi dài quá.")
	}
	if err := fault.Join(errs...); err != nil {
		return k, err
	}
	there, err := keys(a, a.By.Agency)
	if err != nil {
		return k, fault.Internal(err)
	}
	for _, o := range there {
		if o.Fingerprint == k.Fingerprint && o.EndedOn.IsZero() {
			return k, fault.Conflict("file", "Chứng thư này đã có trong sổ.")
		}
	}
	if err := insertKey(a, k); err != nil {
		return k, fault.Internal(err)
	}
	if err := insertHandover(a, Handover{Key: k.ID, Taker: k.Holder, On: k.From, Minutes: minutes}); err != nil {
		return k, fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: KeyEntered, Subject: journal.Ref(RefKey, k.ID), Data: keyData{k.Person, k.Device, k.Fingerprint, k.Holder}})
	return k, nil
}

type handedData struct {
	From int64  `json:"from"`
	To   int64  `json:"to"`
	On   string `json:"on"`
}

// HandKey writes down that the agency's key went into other hands, by which minutes (biên
// bản bàn giao; Nghị định 30/2020/NĐ-CP Điều 32.1).
func HandKey(a *journal.Act, id, taker int64, on civil.Date, minutes string) error {
	if err := org.May(a, org.ManageKeys, org.Target{}); err != nil {
		return err
	}
	k, err := keyInUse(a, id)
	if err != nil {
		return err
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return err
	}
	minutes = strings.Join(strings.Fields(minutes), " ")
	switch {
	case k.Person != 0:
		return fault.Conflict("", "Khóa của cá nhân không bàn giao cho người khác.")
	case taker == k.Holder:
		return fault.Invalid("taker", "Khóa đang ở chính người này.")
	case !dir.Rights(taker, a.Day()).Is(org.Clerk, org.DeputyClerk):
		return fault.Invalid("taker", "Khóa của cơ quan do văn thư giữ (Điều 32 Nghị định 30/2020/NĐ-CP).")
	case utf8.RuneCountInString(minutes) < 5:
		return fault.Invalid("minutes", "Chưa ghi số, ngày biên bản bàn giao.")
	}
	if on.IsZero() || on.After(a.Day()) {
		on = a.Day()
	}
	if err := insertHandover(a, Handover{Key: k.ID, Giver: k.Holder, Taker: taker, On: on, Minutes: minutes}); err != nil {
		return fault.Internal(err)
	}
	if err := setHolder(a, k.ID, taker); err != nil {
		return fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: KeyHanded, Subject: journal.Ref(RefKey, k.ID), Data: handedData{k.Holder, taker, on.String()}})
	return nil
}

// EndKey says that a key is no longer used: taken back, lost, its certificate revoked.
func EndKey(a *journal.Act, id int64, why string) error {
	if err := org.May(a, org.ManageKeys, org.Target{}); err != nil {
		return err
	}
	if _, err := keyInUse(a, id); err != nil {
		return err
	}
	why = strings.Join(strings.Fields(why), " ")
	if utf8.RuneCountInString(why) < 5 || utf8.RuneCountInString(why) > 300 {
		return fault.Invalid("reason", "Ghi lý do thôi sử dụng.")
	}
	if err := endKey(a, id, why); err != nil {
		return fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: KeyEnded, Subject: journal.Ref(RefKey, id), Data: endedData{sumOf(why)}})
	return nil
}

func keyInUse(a *journal.Act, id int64) (Key, error) {
	all, err := keys(a, a.By.Agency)
	if err != nil {
		return Key{}, fault.Internal(err)
	}
	for _, k := range all {
		if k.ID == id && k.EndedOn.IsZero() {
			return k, nil
		}
	}
	return Key{}, fault.Conflict("", "Khóa này không còn trong sổ đang dùng.")
}

// Keys is the register, the newest first.
func Keys(r store.Reader, agency int64) ([]Key, error) {
	all, err := keys(r, agency)
	return all, fault.Internal(err)
}
