// SPDX-License-Identifier: Apache-2.0

//go:build cgo

package main

import (
	"encoding/asn1"
	"encoding/hex"
	"errors"
	"fmt"
	"os"

	"github.com/miekg/pkcs11"

	"soviec/kit/cms"
)

// put lays certificates into the device: the first beside the key of this CKA_ID, whose
// certificate it must be for the key to be listed; the others are of its issuers.
func (d *device) put(file, id, pin string) (n int, err error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return 0, err
	}
	certs, err := cms.ReadCertificates(raw)
	if err != nil || len(certs) == 0 {
		return 0, fmt.Errorf("không đọc được chứng thư số trong tệp %s", file)
	}
	name, err := hex.DecodeString(id)
	if err != nil || len(name) == 0 {
		return 0, errors.New("--id là mã của khóa trong thiết bị, dạng thập lục phân: 01")
	}
	var slots []uint
	err = d.each(func(slot uint, _ pkcs11.TokenInfo, _ pkcs11.SessionHandle) error {
		slots = append(slots, slot)
		return nil
	})
	if err == nil && len(slots) != 1 {
		err = fmt.Errorf("có %d thiết bị; hãy chọn một bằng --token", len(slots))
	}
	if err != nil {
		return 0, err
	}
	err = func(slot uint) error {
		s, err := d.ctx.OpenSession(slot, pkcs11.CKF_SERIAL_SESSION|pkcs11.CKF_RW_SESSION)
		if err != nil {
			return err
		}
		defer d.ctx.CloseSession(s)
		if err := d.ctx.Login(s, pkcs11.CKU_USER, pin); err != nil {
			return err
		}
		for i, c := range certs {
			serial, err := asn1.Marshal(c.SerialNumber)
			if err != nil {
				return err
			}
			like := []*pkcs11.Attribute{
				pkcs11.NewAttribute(pkcs11.CKA_CLASS, pkcs11.CKO_CERTIFICATE), pkcs11.NewAttribute(pkcs11.CKA_CERTIFICATE_TYPE, pkcs11.CKC_X_509),
				pkcs11.NewAttribute(pkcs11.CKA_TOKEN, true), pkcs11.NewAttribute(pkcs11.CKA_PRIVATE, false),
				pkcs11.NewAttribute(pkcs11.CKA_SUBJECT, c.RawSubject), pkcs11.NewAttribute(pkcs11.CKA_ISSUER, c.RawIssuer),
				pkcs11.NewAttribute(pkcs11.CKA_SERIAL_NUMBER, serial), pkcs11.NewAttribute(pkcs11.CKA_VALUE, c.Raw)}
			if i == 0 {
				like = append(like, pkcs11.NewAttribute(pkcs11.CKA_ID, name))
			}
			if _, err := d.ctx.CreateObject(s, like); err != nil {
				return err
			}
			n++
		}
		return d.ctx.Logout(s)
	}(slots[0])
	return n, why(err)
}
