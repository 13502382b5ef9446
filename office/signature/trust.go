// SPDX-License-Identifier: Apache-2.0

package signature

import (
	"crypto/x509"
	"errors"
	"fmt"
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

// An Anchor is a certificate that the agency trusts, for one purpose, on some days.
type Anchor struct {
	ID          int64
	Name        string
	Purpose     cms.Set
	Cert        *x509.Certificate
	Fingerprint string
	Source      string
	From, Until civil.Date // zero: as long as the certificate lasts
	Issuer      bool       // helps to find a path, and is no end of one
	AddedBy     int64
	AddedAt     time.Time
	EndedBy     int64
	EndedAt     time.Time // zero: in force
	EndedWhy    string
}

// Purposes are what a certificate may be trusted for, with their words.
var Purposes = []struct {
	Set  cms.Set
	Name string
}{
	{cms.SetPublicService, "Chữ ký số chuyên dùng công vụ"},
	{cms.SetLicensed, "Tổ chức chứng thực công cộng được cấp phép"},
	{cms.SetTSA, "Máy chủ cấp dấu thời gian"},
	{cms.SetTest, "Thử nghiệm"},
}

// PurposeName is a purpose in words.
func PurposeName(set cms.Set) string {
	for _, p := range Purposes {
		if p.Set == set {
			return p.Name
		}
	}
	return string(set)
}

// Trusting is what an administrator fills in. Pinned is the fingerprint that the authority
// has published or told by another way; it must be that of the certificate.
type Trusting struct {
	Name        string
	Purpose     cms.Set
	File        []byte // one certificate, PEM or DER
	Pinned      string
	Source      string
	From, Until civil.Date
	Issuer      bool
}

type trustData struct {
	Purpose     cms.Set `json:"purpose"`
	Fingerprint string  `json:"fingerprint"`
	Issuer      bool    `json:"issuer,omitempty"`
	From        string  `json:"from,omitempty"`
	Until       string  `json:"until,omitempty"`
}

// Trust adds a certificate to those that the agency trusts (kho chứng thư tin cậy).
func Trust(a *journal.Act, t Trusting) (Anchor, error) {
	if err := org.May(a, org.ManageTrust, org.Target{}); err != nil {
		return Anchor{}, err
	}
	c := Anchor{ID: a.NewID(), Name: strings.Join(strings.Fields(t.Name), " "), Purpose: t.Purpose, Source: strings.Join(strings.Fields(t.Source), " "),
		From: t.From, Until: t.Until, Issuer: t.Issuer, AddedBy: a.By.Person, AddedAt: a.At}
	var errs []error
	wrong := func(field, text string) { errs = append(errs, fault.Invalid(field, text)) }
	if certs, err := cms.ReadCertificates(t.File); err != nil || len(certs) != 1 {
		wrong("file", "Tệp phải chứa đúng một chứng thư số, dạng PEM hoặc DER.")
	} else {
		c.Cert, c.Fingerprint = certs[0], cms.Fingerprint(certs[0])
		pinned := strings.ToLower(strings.NewReplacer(":", "", " ", "").Replace(t.Pinned))
		switch {
		case pinned == "":
			wrong("pinned", "Chưa ghi dấu vân tay SHA-256 lấy từ nguồn khác để đối chiếu.")
		case pinned != c.Fingerprint:
			wrong("pinned", "Dấu vân tay không khớp với chứng thư trong tệp: đừng tin cậy chứng thư này.")
		}
		if !c.Cert.IsCA && t.Purpose != cms.SetTSA {
			wrong("file", "Đây không phải chứng thư của tổ chức chứng thực (CA).")
		}
		if c.Name == "" {
			c.Name = c.Cert.Subject.CommonName
		}
	}
	known := false
	for _, p := range Purposes {
		known = known || p.Set == t.Purpose
	}
	if !known {
		wrong("purpose", "Chưa chọn mục đích tin cậy.")
	}
	if utf8.RuneCountInString(c.Source) < 5 {
		wrong("source", "Ghi rõ chứng thư lấy ở đâu và dấu vân tay được đối chiếu bằng cách nào.")
	}
	if utf8.RuneCountInString(c.Name) > 200 || utf8.RuneCountInString(c.Source) > 500 {
		wrong("source", "Tên hoặc nguồn ghi dài quá.")
	}
	if !c.Until.IsZero() && c.Until.Before(c.From) {
		wrong("until", "Ngày cuối không được trước ngày đầu.")
	}
	if err := fault.Join(errs...); err != nil {
		return c, err
	}
	there, err := anchors(a, a.By.Agency, true)
	if err != nil {
		return c, fault.Internal(err)
	}
	for _, o := range there {
		if o.Fingerprint == c.Fingerprint && o.Purpose == c.Purpose {
			return c, fault.Conflict("file", "Chứng thư này đã có trong kho với cùng mục đích.")
		}
	}
	if err := insertAnchor(a, c); err != nil {
		return c, fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: TrustAdded, Subject: journal.Ref(RefAnchor, c.ID), Data: trustData{c.Purpose, c.Fingerprint, c.Issuer, c.From.String(), c.Until.String()}})
	return c, nil
}

type endedData struct {
	Sum string `json:"sum"`
}

// Distrust ends the trust in a certificate. Verdicts that rested on it stay as they were.
func Distrust(a *journal.Act, id int64, why string) error {
	if err := org.May(a, org.ManageTrust, org.Target{}); err != nil {
		return err
	}
	why = strings.Join(strings.Fields(why), " ")
	if utf8.RuneCountInString(why) < 10 || utf8.RuneCountInString(why) > 500 {
		return fault.Invalid("reason", "Lý do từ 10 đến 500 ký tự.")
	}
	all, err := anchors(a, a.By.Agency, true)
	if err != nil {
		return fault.Internal(err)
	}
	for _, c := range all {
		if c.ID == id {
			if err := endAnchor(a, id, why); err != nil {
				return fault.Internal(err)
			}
			a.Note(journal.Entry{Kind: TrustEnded, Subject: journal.Ref(RefAnchor, id), Data: endedData{sumOf(why)}})
			return nil
		}
	}
	return fault.Conflict("", "Chứng thư này không còn trong kho tin cậy.")
}

// Anchors are the certificates that the agency trusts or has trusted.
func Anchors(r store.Reader, agency int64) ([]Anchor, error) {
	all, err := anchors(r, agency, false)
	return all, fault.Internal(err)
}

// StoreOf is the trust of the agency as judging needs it.
func StoreOf(r store.Reader, agency int64) (*cms.Store, error) {
	all, err := anchors(r, agency, true)
	if err != nil {
		return nil, fault.Internal(err)
	}
	var entries []cms.Entry
	var errs []error
	for _, c := range all {
		if c.Cert == nil {
			errs = append(errs, fmt.Errorf("anchor %d cannot be read", c.ID))
			continue
		}
		e := cms.Entry{Name: c.Name, Set: c.Purpose, Cert: c.Cert, Fingerprint: c.Fingerprint, Source: c.Source, Issuer: c.Issuer}
		if !c.From.IsZero() {
			e.From = civil.At(c.From, 0, 0)
		}
		if !c.Until.IsZero() {
			e.Until = civil.At(c.Until.AddDays(1), 0, 0)
		}
		entries = append(entries, e)
	}
	s, err := cms.NewStore(entries...)
	return s, fault.Internal(errors.Join(append(errs, err)...))
}
