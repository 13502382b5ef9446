// SPDX-License-Identifier: Apache-2.0

//go:build cgo

package main

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/miekg/pkcs11"

	"soviec/kit/signkey"
)

// A device is all tokens of one module. A login counts for the whole program, so uses come
// one after another: each logs in with its own PIN and out again, and no use ever rides on
// the PIN of another.
type device struct {
	ctx   *pkcs11.Ctx
	label string
	wait  time.Duration
	turn  chan struct{}
}

const mostObjects = 256 // of one kind, in one token

func open(module, label string, wait time.Duration) (*device, func(), error) {
	ctx := pkcs11.New(module)
	if ctx == nil {
		return nil, nil, fmt.Errorf("không nạp được thư viện PKCS#11 %s", module)
	}
	back := watch(wait)
	defer back()
	if err := ctx.Initialize(); err != nil {
		ctx.Destroy()
		return nil, nil, fmt.Errorf("thư viện PKCS#11 %s không khởi động được: %w", module, err)
	}
	d := &device{ctx: ctx, label: label, wait: wait, turn: make(chan struct{}, 1)}
	return d, func() { ctx.Finalize(); ctx.Destroy() }, nil
}

// alone runs f when nobody else has the device.
func (d *device) alone(ctx context.Context, f func() error) error {
	select {
	case d.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-d.turn }()
	back := watch(d.wait)
	defer back()
	return why(f())
}

// why joins the reason to what the module says.
func why(err error) error {
	var said pkcs11.Error
	if !errors.As(err, &said) {
		return err
	}
	reason := signkey.ErrUnreachable
	switch said {
	case pkcs11.CKR_PIN_INCORRECT, pkcs11.CKR_PIN_INVALID, pkcs11.CKR_PIN_LEN_RANGE:
		reason = signkey.ErrSecret
	case pkcs11.CKR_PIN_LOCKED, pkcs11.CKR_PIN_EXPIRED:
		reason = signkey.ErrLocked
	case pkcs11.CKR_KEY_HANDLE_INVALID, pkcs11.CKR_OBJECT_HANDLE_INVALID:
		reason = signkey.ErrNoKey
	case pkcs11.CKR_MECHANISM_INVALID, pkcs11.CKR_MECHANISM_PARAM_INVALID, pkcs11.CKR_KEY_FUNCTION_NOT_PERMITTED, pkcs11.CKR_KEY_TYPE_INCONSISTENT, pkcs11.CKR_KEY_SIZE_RANGE:
		reason = signkey.ErrUnsupported
	}
	return errors.Join(reason, err)
}

// entry is one certificate of a token.
type entry struct {
	slot  uint
	id    []byte
	label string
	name  string // the key's name for the server
	cert  *x509.Certificate
}

// each calls f with a session of every token that is plugged in.
func (d *device) each(f func(slot uint, info pkcs11.TokenInfo, s pkcs11.SessionHandle) error) error {
	slots, err := d.ctx.GetSlotList(true)
	if err != nil {
		return err
	}
	for _, slot := range slots {
		info, err := d.ctx.GetTokenInfo(slot)
		if err != nil || info.Flags&pkcs11.CKF_TOKEN_INITIALIZED == 0 || d.label != "" && strings.TrimSpace(info.Label) != d.label {
			continue // pulled out meanwhile, empty, or not ours
		}
		if err := d.session(slot, func(s pkcs11.SessionHandle) error { return f(slot, info, s) }); err != nil {
			return err
		}
	}
	return nil
}

func (d *device) session(slot uint, f func(pkcs11.SessionHandle) error) error {
	s, err := d.ctx.OpenSession(slot, pkcs11.CKF_SERIAL_SESSION)
	if err != nil {
		return err
	}
	return errors.Join(f(s), d.ctx.CloseSession(s))
}

func (d *device) find(s pkcs11.SessionHandle, like ...*pkcs11.Attribute) ([]pkcs11.ObjectHandle, error) {
	if err := d.ctx.FindObjectsInit(s, like); err != nil {
		return nil, err
	}
	all, _, err := d.ctx.FindObjects(s, mostObjects)
	return all, errors.Join(err, d.ctx.FindObjectsFinal(s))
}

// entries are the certificates of all tokens; no PIN is needed to read them.
func (d *device) entries() (all []entry, err error) {
	err = d.each(func(slot uint, info pkcs11.TokenInfo, s pkcs11.SessionHandle) error {
		found, err := d.find(s, pkcs11.NewAttribute(pkcs11.CKA_CLASS, pkcs11.CKO_CERTIFICATE), pkcs11.NewAttribute(pkcs11.CKA_CERTIFICATE_TYPE, pkcs11.CKC_X_509))
		if err != nil {
			return err
		}
		for _, o := range found {
			got, err := d.ctx.GetAttributeValue(s, o, []*pkcs11.Attribute{pkcs11.NewAttribute(pkcs11.CKA_ID, nil), pkcs11.NewAttribute(pkcs11.CKA_LABEL, nil), pkcs11.NewAttribute(pkcs11.CKA_VALUE, nil)})
			if err != nil {
				return err
			}
			cert, err := x509.ParseCertificate(got[2].Value)
			if err != nil {
				continue
			}
			e := entry{slot: slot, id: got[0].Value, label: strings.ToValidUTF8(string(got[1].Value), "?"), cert: cert}
			e.name = strings.TrimSpace(info.SerialNumber) + "/" + hex.EncodeToString(e.id)
			all = append(all, e)
		}
		return nil
	})
	return all, err
}

func (d *device) Keys(ctx context.Context, _ signkey.Who) (keys []signkey.Key, err error) {
	err = d.alone(ctx, func() error {
		all, err := d.entries()
		for _, e := range all {
			if e.cert.IsCA || len(e.id) == 0 {
				continue
			}
			k := signkey.Key{ID: e.name, Label: e.cert.Subject.CommonName, Cert: e.cert}
			if k.Label == "" {
				k.Label = e.label
			}
			for last := e.cert; len(k.Chain) < 8; last = k.Chain[len(k.Chain)-1] {
				i := slices.IndexFunc(all, func(up entry) bool { return up.cert.IsCA && last.CheckSignatureFrom(up.cert) == nil })
				if i < 0 || all[i].cert.Equal(last) {
					break
				}
				k.Chain = append(k.Chain, all[i].cert)
			}
			keys = append(keys, k)
		}
		return err
	})
	return keys, err
}

func (d *device) Begin(ctx context.Context, job signkey.Job) (t signkey.Ticket, err error) {
	err = d.alone(ctx, func() error {
		all, err := d.entries()
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(e entry) bool { return e.name == job.Key.ID && e.cert.Equal(job.Key.Cert) })
		if i < 0 {
			return signkey.ErrNoKey
		}
		return d.session(all[i].slot, func(s pkcs11.SessionHandle) error {
			if err := d.ctx.Login(s, pkcs11.CKU_USER, string(job.Secret)); err != nil {
				return err
			}
			a, err := d.sign(ctx, s, all[i].id, job)
			t = signkey.Ticket{Ref: job.Key.ID, Done: &a}
			return errors.Join(err, d.ctx.Logout(s))
		})
	})
	return t, err
}

func (d *device) Poll(context.Context, signkey.Ticket) (signkey.Answer, error) {
	return signkey.Answer{}, errors.New("a device answers at once")
}

// sign asks the private key of this name, in a session that is logged in.
func (d *device) sign(ctx context.Context, s pkcs11.SessionHandle, id []byte, job signkey.Job) (a signkey.Answer, err error) {
	found, err := d.find(s, pkcs11.NewAttribute(pkcs11.CKA_CLASS, pkcs11.CKO_PRIVATE_KEY), pkcs11.NewAttribute(pkcs11.CKA_ID, id))
	if err == nil && len(found) == 0 {
		err = signkey.ErrNoKey
	}
	if err != nil {
		return a, err
	}
	each := false // some devices want the PIN for every signature
	if got, err := d.ctx.GetAttributeValue(s, found[0], []*pkcs11.Attribute{pkcs11.NewAttribute(pkcs11.CKA_ALWAYS_AUTHENTICATE, nil)}); err == nil {
		each = bytes.Equal(got[0].Value, []byte{1})
	}
	how, prefix := mechanism(job)
	for _, ask := range job.Asks {
		if ctx.Err() != nil {
			return a, ctx.Err()
		}
		if err := d.ctx.SignInit(s, []*pkcs11.Mechanism{how}, found[0]); err != nil {
			return a, err
		}
		if each {
			if err := d.ctx.Login(s, pkcs11.CKU_CONTEXT_SPECIFIC, string(job.Secret)); err != nil {
				return a, err
			}
		}
		v, err := d.ctx.Sign(s, slices.Concat(prefix, ask.Digest))
		if err != nil {
			return a, err
		}
		a.Values = append(a.Values, v)
	}
	return a, nil
}

// byHash is what PKCS#11 calls a hash, and what stands before a digest of it in a
// signature of PKCS#1 v1.5.
var byHash = map[crypto.Hash]struct {
	mechanism, mgf uint
	prefix         []byte
}{
	crypto.SHA256: {pkcs11.CKM_SHA256, pkcs11.CKG_MGF1_SHA256, []byte{0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20}},
	crypto.SHA384: {pkcs11.CKM_SHA384, pkcs11.CKG_MGF1_SHA384, []byte{0x30, 0x41, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02, 0x05, 0x00, 0x04, 0x30}},
	crypto.SHA512: {pkcs11.CKM_SHA512, pkcs11.CKG_MGF1_SHA512, []byte{0x30, 0x51, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03, 0x05, 0x00, 0x04, 0x40}},
}

// mechanism is the way of signing, and what stands before each digest.
func mechanism(job signkey.Job) (*pkcs11.Mechanism, []byte) {
	h := byHash[job.Hash]
	if _, ok := job.Key.Cert.PublicKey.(*ecdsa.PublicKey); ok {
		return pkcs11.NewMechanism(pkcs11.CKM_ECDSA, nil), nil
	}
	if job.PSS {
		return pkcs11.NewMechanism(pkcs11.CKM_RSA_PKCS_PSS, pkcs11.NewPSSParams(h.mechanism, h.mgf, uint(job.Hash.Size()))), nil
	}
	return pkcs11.NewMechanism(pkcs11.CKM_RSA_PKCS, nil), h.prefix
}
