// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"bytes"
	"crypto/x509"
	"errors"
	"fmt"
	"slices"
	"time"

	"soviec/kit/cms"
	"soviec/kit/pdf"
)

// one judges a signature by itself: range, message, digest, value.
func (j *judge) one(v *Verdict) {
	v.Integrity, v.Level = NotVerifiable, "not-PAdES"
	r, usable := j.span(v)
	if len(v.raw.contents) == 0 {
		v.Integrity = Broken
		v.note(problem(cms.CodeFormat, "Ô chữ ký không chứa dữ liệu chữ ký.", nil))
		return
	}
	var err error
	var signed *cms.Signed
	var token *cms.Token
	if v.Stamp {
		if token, err = cms.ParseToken(v.raw.contents); err == nil {
			signed = token.Signed
		}
	} else {
		signed, err = v.parse()
	}
	if err != nil {
		v.Integrity = Broken
		v.noteErr(err, cms.CodeFormat)
		return
	}
	v.decoded, v.signed, v.token = true, signed, token
	signed.Supply(j.certs()...)
	v.Signer = signed.SignerCert
	if !usable {
		return
	}
	digest := j.digest(r)
	switch v.SubFilter {
	case "ETSI.CAdES.detached", "adbe.pkcs7.detached":
		if v.Stamp {
			err = token.Verify(digest)
		} else if !signed.Detached {
			err = problem(cms.CodeFormat, "Dữ liệu chữ ký chứa kèm một nội dung khác, trái với loại chữ ký đã khai.", nil)
		} else {
			err = signed.Verify(digest)
		}
	case "adbe.pkcs7.sha1":
		err = signed.VerifySHA1(digest)
	case "ETSI.RFC3161":
		err = token.Verify(digest)
	default:
		v.note(problem(cms.CodeUnsupportedAlgorithm, fmt.Sprintf("Loại chữ ký %q chưa được hỗ trợ nên không kiểm tra được.", v.SubFilter), nil))
		v.undecided()
		return
	}
	for _, p := range signed.Weak() {
		v.note(p)
	}
	v.times(j)
	if err != nil {
		v.noteErr(err, cms.CodeFormat)
		switch cms.CodeOf(err) {
		case cms.CodeUnsupportedAlgorithm, cms.CodeNoSignerCert:
			v.undecided()
			return
		}
		if signed.Signers > 1 || j.ctx.Err() != nil {
			v.undecided()
			return
		}
		v.Integrity = Broken
		return
	}
	if v.Integrity != Broken {
		v.Integrity = Intact
	}
}

// parse reads the message in /Contents. After it there should be nothing but zeros. Some
// signers fill up with other bytes, which nobody signs and no reader shows: that is noted.
// A second message hidden there would be taken by some readers for the first.
func (v *Verdict) parse() (*cms.Signed, error) {
	signed, rest, err := cms.ParsePrefix(v.raw.contents)
	if err != nil {
		return nil, err
	}
	if len(bytes.Trim(rest, "\x00")) == 0 {
		return signed, nil
	}
	if bytes.Contains(rest, signedDataID) {
		return nil, problem(cms.CodeFormat, "Ô chữ ký chứa hai dữ liệu chữ ký, không biết cái nào là thật.", nil)
	}
	v.note(problem(cms.CodeFormat, "Phần đệm sau dữ liệu chữ ký không phải số 0; phần này không ảnh hưởng nội dung đã ký.", nil))
	return signed, nil
}

// signedDataID is the identifier with which every signed message begins.
var signedDataID = []byte{6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2}

// undecided leaves a broken range broken.
func (v *Verdict) undecided() {
	if v.Coverage != Unclear {
		v.Integrity = NotVerifiable
	}
}

func (v *Verdict) noteErr(err error, or cms.Code) {
	var p *cms.Problem
	if errors.As(err, &p) {
		v.note(p)
		return
	}
	v.note(problem(or, "Không đọc được dữ liệu chữ ký.", err))
}

// times takes the claimed time from the message when the dictionary has none, and
// compares the two.
func (v *Verdict) times(j *judge) {
	if t := v.signed.SigningTime; !t.IsZero() && v.ClaimedTime.IsZero() {
		v.ClaimedTime, v.Timing = t, Claimed
	}
	if v.Stamp {
		v.ClaimedTime, v.Timing = v.token.Time, Claimed
	}
}

// pdfTime reads a PDF date: D:YYYYMMDDHHmmSSOHH'mm'. Zero when it is none.
func pdfTime(s string) time.Time {
	if len(s) > 2 && s[:2] == "D:" {
		s = s[2:]
	}
	n := 0
	for n < len(s) && n < 14 && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if n < 4 {
		return time.Time{}
	}
	full := s[:n] + "00000101000000"[n:]
	t, err := time.Parse("20060102150405", full)
	if err != nil {
		return time.Time{}
	}
	rest := s[n:]
	if len(rest) == 0 || rest[0] == 'Z' {
		return t
	}
	var h, m int
	if k, _ := fmt.Sscanf(rest[1:], "%2d'%2d", &h, &m); k == 0 || rest[0] != '+' && rest[0] != '-' || h > 23 || m > 59 {
		return t
	}
	zone := h*3600 + m*60
	if rest[0] == '-' {
		zone = -zone
	}
	return t.Add(-time.Duration(zone) * time.Second).In(time.FixedZone("", zone))
}

// dssStore is what the file carries for validation: the store that its catalog names now,
// and those that older revisions named.
type dssStore struct {
	certs       []*x509.Certificate
	ocsps, crls [][]byte
	has         bool
}

// dss reads the validation data of the file.
func (j *judge) dss() *dssStore {
	if j.store != nil {
		return j.store
	}
	d := &dssStore{}
	j.store = d
	seen := map[pdf.Object]bool{}
	last := len(j.file.Revisions()) - 1
	for k := last; k >= 0; k-- {
		view := j.file.At(k)
		root, _, err := view.Root()
		if err != nil || root["DSS"] == nil {
			continue
		}
		if ref, ok := root["DSS"].(pdf.Ref); ok {
			if seen[ref] {
				continue // the newest state of it was read
			}
			seen[ref] = true
		} else if k < last {
			continue
		}
		dss := view.Dict(root["DSS"])
		d.has = d.has || dss != nil
		d.read(view, dss, seen)
	}
	return d
}

// read takes what one store holds. Streams that were read already are not read again.
func (d *dssStore) read(view *pdf.View, dss pdf.Dict, seen map[pdf.Object]bool) {
	take := func(key pdf.Name, f func([]byte)) {
		for i, o := range view.Array(dss[key]) {
			ref, _ := o.(pdf.Ref)
			if i >= 512 || ref != (pdf.Ref{}) && seen[ref] {
				continue
			}
			seen[ref] = true
			o, _ := view.Resolve(o)
			s, ok := o.(*pdf.Stream)
			if !ok {
				continue
			}
			if b, err := s.Decode(); err == nil {
				f(b)
			}
		}
	}
	take("Certs", func(b []byte) {
		if c, err := cms.ParseCertificate(b); err == nil {
			d.certs = append(d.certs, c)
		}
	})
	take("OCSPs", func(b []byte) { d.ocsps = append(d.ocsps, b) })
	take("CRLs", func(b []byte) { d.crls = append(d.crls, b) })
}

func (j *judge) certs() []*x509.Certificate { return append(j.dss().certs, j.opt.Certs...) }

// evidence judges time, trust and level, after integrity and changes are known.
func (j *judge) evidence() {
	for i := len(j.report.Verdicts) - 1; i >= 0; i-- { // a later stamp may prove an earlier one
		v := j.report.Verdicts[i]
		if v.signed == nil || v.Signer == nil || v.Integrity != Intact {
			continue
		}
		j.proof(v)
		j.trust(v)
	}
	for _, v := range j.report.Verdicts {
		if v.signed != nil {
			v.Level = j.level(v)
		}
	}
}

// proof looks for the earliest trusted time stamp over the signature.
func (j *judge) proof(v *Verdict) {
	take := func(t time.Time) {
		if v.ProvenTime.IsZero() || t.Before(v.ProvenTime) {
			v.ProvenTime, v.Timing = t, Proven
		}
	}
	if raw := v.signed.TimeStamp; raw != nil && !v.Stamp {
		token, err := cms.ParseToken(raw)
		if err == nil {
			token.Supply(j.certs()...)
			err = token.Verify(cms.Sum(v.signed.Signature))
		}
		if err != nil {
			v.noteErr(err, cms.CodeTimestampBroken)
		} else if j.stampTrusted(token, token.Time) {
			take(token.Time)
			v.late(token.Time)
		}
		v.stamped = err == nil
	}
	for _, u := range j.report.Verdicts {
		if u.Stamp && u != v && u.Integrity == Intact && u.Revision > v.Revision && u.Changes != Illegal && u.Trust == cms.Trusted {
			take(u.token.Time)
		}
	}
}

// late tells of the tools that wrote local time marked as UTC.
func (v *Verdict) late(t time.Time) {
	if s := v.signed.SigningTime; !s.IsZero() {
		if d := s.Sub(t); d > 7*time.Hour-10*time.Minute && d < 7*time.Hour+10*time.Minute {
			v.note(problem(cms.CodeFormat, "Giờ ký do phần mềm ký ghi lệch đúng 7 giờ so với dấu thời gian; lấy theo dấu thời gian.", nil))
		}
	}
}

func (j *judge) ev(extra *cms.Signed) cms.Evidence {
	d := j.dss()
	ev := cms.Evidence{Now: j.opt.At}
	ev.OCSPs = append(append(append(ev.OCSPs, extra.OCSPs...), d.ocsps...), j.opt.Evidence.OCSPs...)
	ev.CRLs = append(append(append(ev.CRLs, extra.CRLs...), d.crls...), j.opt.Evidence.CRLs...)
	return ev
}

func (j *judge) stampTrusted(t *cms.Token, at time.Time) bool {
	if j.opt.Store == nil || t.SignerCert == nil {
		return false
	}
	return j.opt.Store.PathTSA(t.SignerCert, append(t.Certs, j.certs()...), at, j.ev(t.Signed)).Trust == cms.Trusted
}

// trust looks for the chain of the signer at the time that is known best.
func (j *judge) trust(v *Verdict) {
	if j.opt.Store == nil {
		v.note(problem(cms.CodeChainNotFound, "Chưa có kho chứng thư tin cậy nên chưa kết luận được người ký là ai.", nil))
		return
	}
	path := j.opt.Store.Path
	if v.Stamp {
		path = j.opt.Store.PathTSA
	}
	at := j.opt.At
	switch {
	case !v.ProvenTime.IsZero():
		at = v.ProvenTime
	case v.Stamp:
		at = v.token.Time
	case !v.ClaimedTime.IsZero() && v.ClaimedTime.Before(at):
		at = v.ClaimedTime
	}
	pool := append(append([]*x509.Certificate{}, v.signed.Certs...), j.certs()...)
	ev := j.ev(v.signed)
	res := path(v.Signer, pool, at, ev)
	if v.Timing != Proven && !at.Equal(j.opt.At) && res.Trust == cms.Trusted && !v.Stamp {
		// a claimed time proves nothing: what is revoked by now counts
		if now := path(v.Signer, pool, j.opt.At, ev); now.Trust == cms.Revoked {
			res = now
		}
	}
	v.Trust = res.Trust
	if res.Problem != nil {
		v.note(res.Problem)
	}
	if res.Entry != nil {
		v.Anchor = res.Entry.Name + " " + cms.Fingerprint(res.Entry.Cert)
	}
	v.Facts = res.Facts
	for _, p := range res.Weak {
		v.note(p)
	}
}

// The attributes that name the signer's certificate, without which there is no PAdES.
const (
	essV1 = "1.2.840.113549.1.9.16.2.12"
	essV2 = "1.2.840.113549.1.9.16.2.47"
)

// level tells what evidence the file holds for the signature.
func (j *judge) level(v *Verdict) string {
	if v.Stamp {
		return ""
	}
	if v.SubFilter != "ETSI.CAdES.detached" {
		if v.SubFilter == "adbe.pkcs7.detached" || v.SubFilter == "adbe.pkcs7.sha1" {
			return "legacy"
		}
		return "not-PAdES"
	}
	if !slices.ContainsFunc(v.signed.SignedAttrs, func(a cms.Attribute) bool {
		t := a.Type.String()
		return t == essV1 || t == essV2
	}) {
		return "not-PAdES"
	}
	var stamps, archive bool
	d := j.dss()
	for _, u := range j.report.Verdicts {
		if u.Stamp && u.Integrity == Intact && u.Revision > v.Revision {
			stamps = true
			if root, _, err := j.file.At(u.Revision).Root(); err == nil && root["DSS"] != nil {
				archive = true
			}
		}
	}
	known := d.has && len(d.certs) > 0 && len(d.ocsps)+len(d.crls) > 0
	switch {
	case !v.stamped && !stamps:
		return "B-B"
	case !known:
		return "B-T"
	case archive:
		return "B-LTA"
	}
	return "B-LT"
}
