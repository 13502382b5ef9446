// SPDX-License-Identifier: Apache-2.0

package signkey

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"soviec/kit/cms"
	"soviec/kit/fault"
)

// A CSC is how a service of remote keys with the interface of the Cloud Signature Consortium
// is reached. The account of a person there comes with each use.
type CSC struct {
	Address        string // with the version: https://…/csc/v2, or …/csc/v1
	Client, Secret string // of this office with the service (OAuth 2, client credentials)
}

// NewCSC is the driver of the CSC API, version 2, and version 1 where the address says so:
// credentials/list and info, authorize with the very digests, which gives the signature
// activation data, signatures/signHash with them.
func NewCSC(c CSC) (Driver, error) {
	s, err := newService("dịch vụ ký số từ xa", c.Address)
	if err != nil {
		return nil, err
	}
	if c.Client == "" || c.Secret == "" {
		return nil, errors.New("dịch vụ ký số từ xa cần mã và mật khẩu của cơ quan")
	}
	return careful{&csc{service: s, CSC: c, v1: strings.HasSuffix(s.base.Path, "/v1")}}, nil
}

type csc struct {
	*service
	CSC
	v1 bool

	mu    sync.Mutex
	token string
}

// mostCredentials bounds what one person may have there.
const mostCredentials = 32

var (
	oidRSA   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}
	oidPSS   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10}
	oidMGF1  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 8}
	withHash = map[crypto.Hash]struct{ hash, rsa, ecdsa asn1.ObjectIdentifier }{
		crypto.SHA256: {asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}, asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 11}, asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}},
		crypto.SHA384: {asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 2}, asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 12}, asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 3}},
		crypto.SHA512: {asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 3}, asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 13}, asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 4}},
	}
)

// failure is how the service says no.
type failure struct {
	Error       string `json:"error"`
	Description string `json:"error_description"`
}

// login gives the token of this office, asking for one where there is none, or none any more.
func (c *csc) login(ctx context.Context, worn string) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.token != "" && c.token != worn {
		return c.token, nil
	}
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {c.Client}, "client_secret": {c.Secret}}
	var out struct {
		failure
		Token string `json:"access_token"`
	}
	status, err := c.send(ctx, "oauth2/token", "", "application/x-www-form-urlencoded", []byte(form.Encode()), &out)
	if err != nil {
		return "", err
	}
	if status != http.StatusOK || out.Token == "" {
		return "", notOurs(c.name, fmt.Errorf("oauth2/token answered %d %s: %s", status, out.Error, out.Description))
	}
	c.token = out.Token
	return c.token, nil
}

// call asks with the office's token, a second time with a fresh one where it has worn out.
func (c *csc) call(ctx context.Context, path string, in, out any) (int, error) {
	token, err := c.login(ctx, "")
	for range 2 {
		if err != nil {
			return 0, err
		}
		var raw json.RawMessage
		status, err2 := c.post(ctx, path, token, in, &raw)
		switch {
		case err2 != nil && status != http.StatusUnauthorized:
			return status, err2
		case status == http.StatusUnauthorized:
			token, err = c.login(ctx, token)
		case status/100 == 2:
			if err := json.Unmarshal(raw, out); err != nil {
				return status, c.odd(err)
			}
			return status, nil
		default:
			var f failure
			if err := json.Unmarshal(raw, &f); err != nil {
				return status, c.odd(err)
			}
			return status, f.fault(c.name, path, status)
		}
	}
	return http.StatusUnauthorized, notOurs(c.name, fmt.Errorf("%s: the office's token is not taken", path))
}

// fault is what the service's word means for the person.
func (f failure) fault(name, path string, status int) error {
	cause := fmt.Errorf("%s answered %d %s: %s", path, status, f.Error, f.Description)
	said := strings.ToLower(f.Error + " " + f.Description)
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(said, w) })
	}
	switch {
	case has("locked"):
		return refuse(fault.KindConflict, "secret", "Khóa ký từ xa đang bị khóa; hãy liên hệ nơi cung cấp dịch vụ.", ErrLocked, cause)
	case has("invalid_pin", "invalid_otp", "parameter pin", "parameter otp", "authentication object"):
		return wrongSecret("Mã PIN hoặc mã xác thực của khóa ký từ xa", cause)
	case has("access_denied", "authorization_denied", "rejected", "denied by"):
		return refused(cause)
	case has("expired", "timeout", "timed out", "parameter handle"):
		return timedOut(cause)
	case has("credentialid", "userid", "disabled"):
		return noKey("Dịch vụ ký số từ xa không có khóa này của tài khoản đã nhập.", cause)
	}
	return unreachable(name, cause)
}

// credential is what the service tells of one key.
type credential struct {
	Description string `json:"description"`
	Key         struct {
		Status string   `json:"status"`
		Algo   []string `json:"algo"`
	} `json:"key"`
	Cert struct {
		Status       string   `json:"status"`
		Certificates []string `json:"certificates"`
	} `json:"cert"`
	AuthMode string `json:"authMode"` // version 1
	Auth     struct {
		Mode string `json:"mode"`
	} `json:"auth"` // version 2
	Multisign int `json:"multisign"`
}

func (c *csc) info(ctx context.Context, id string) (credential, Key, error) {
	var out credential
	if _, err := c.call(ctx, "credentials/info", map[string]any{"credentialID": id, "certificates": "chain", "certInfo": false, "authInfo": true}, &out); err != nil {
		return out, Key{}, err
	}
	k := Key{ID: id, Label: out.Description}
	for i, b64 := range out.Cert.Certificates {
		if i > 8 {
			break
		}
		all, err := certificates(b64)
		if err != nil {
			return out, k, c.odd(err)
		}
		if i == 0 {
			k.Cert, all = all[0], all[1:]
		}
		k.Chain = append(k.Chain, all...)
	}
	if k.Cert != nil && k.Label == "" {
		k.Label = k.Cert.Subject.CommonName
	}
	return out, k, nil
}

// certificates reads what a service calls one: DER in base 64, with or without the lines
// of PEM.
func certificates(s string) ([]*x509.Certificate, error) {
	s = strings.TrimSpace(s)
	if !strings.HasPrefix(s, "-----") {
		s = "-----BEGIN CERTIFICATE-----\n" + s + "\n-----END CERTIFICATE-----\n"
	}
	all, err := cms.ReadCertificates([]byte(s))
	if err == nil && len(all) == 0 {
		err = errors.New("no certificate")
	}
	return all, err
}

func (c *csc) Keys(ctx context.Context, who Who) ([]Key, error) {
	if who.Account == "" {
		return nil, refuse(fault.KindInvalid, "account", "Chưa nhập tài khoản ký số từ xa.", ErrNoKey, nil)
	}
	var list struct {
		IDs []string `json:"credentialIDs"`
	}
	if _, err := c.call(ctx, "credentials/list", map[string]any{"userID": who.Account, "maxResults": mostCredentials}, &list); err != nil {
		return nil, err
	}
	var keys []Key
	for _, id := range list.IDs[:min(len(list.IDs), mostCredentials)] {
		about, k, err := c.info(ctx, id)
		if err != nil {
			return nil, err
		}
		if k.Cert != nil && about.usable() {
			keys = append(keys, k)
		}
	}
	return keys, nil
}

func (a credential) usable() bool {
	return (a.Key.Status == "" || a.Key.Status == "enabled") && (a.Cert.Status == "" || a.Cert.Status == "valid")
}

// waited is what a ticket remembers of an authorization that is under way.
type waited struct {
	Credential, Handle, Algorithm, Params string
}

func (c *csc) Begin(ctx context.Context, job Job) (Ticket, error) {
	about, k, err := c.info(ctx, job.Key.ID)
	if err != nil {
		return Ticket{}, err
	}
	switch {
	case k.Cert == nil || !k.Cert.Equal(job.Key.Cert):
		return Ticket{}, noKey("Chứng thư số của khóa ký từ xa đã thay đổi; hãy chọn lại khóa.", nil)
	case !about.usable():
		return Ticket{}, noKey("Khóa ký từ xa này đang bị dừng sử dụng.", nil)
	case about.Auth.Mode == "oauth2code" || about.AuthMode == "oauth2code":
		return Ticket{}, unsupported("Khóa ký từ xa này chỉ dùng được qua trang xác nhận riêng của dịch vụ; chưa hỗ trợ.")
	case about.Multisign > 0 && len(job.Asks) > about.Multisign:
		return Ticket{}, fault.Invalid("", fmt.Sprintf("Khóa ký từ xa này mỗi lần chỉ ký được %d văn bản; hãy chọn ít hơn.", about.Multisign))
	}
	algorithm, params, err := scheme(job, about.Key.Algo)
	if err != nil {
		return Ticket{}, err
	}
	var digests [][]byte
	for _, a := range job.Asks {
		digests = append(digests, a.Digest)
	}
	in := map[string]any{"credentialID": k.ID, "numSignatures": len(digests), "description": job.words(500)}
	if job.ID != "" {
		in["clientData"] = job.ID
	}
	if c.v1 {
		in["hash"] = digests
		if job.Secret != "" {
			in["PIN"] = string(job.Secret)
		}
	} else {
		in["hashes"], in["hashAlgorithmOID"] = digests, withHash[job.Hash].hash.String()
		if job.Secret != "" {
			in["authData"] = []map[string]string{{"id": "PIN", "value": string(job.Secret)}}
		}
	}
	w := waited{Credential: k.ID, Algorithm: algorithm, Params: params}
	sad, err := c.authorized(ctx, "credentials/authorize", in, &w)
	if err != nil {
		return Ticket{}, err
	}
	t := Ticket{}
	if sad == "" {
		raw, err := json.Marshal(w)
		t.Ref, t.Note = string(raw), "Mở ứng dụng ký số trên điện thoại để xác nhận."
		return t, err
	}
	a, err := c.sign(ctx, w, sad, Asked{Digests: digests, Hash: job.Hash})
	t.Done = &a
	return t, err
}

// words are what the person reads on the phone.
func (j *Job) words(most int) string {
	var all []string
	if j.Title != "" {
		all = append(all, j.Title)
	}
	for _, a := range j.Asks {
		if a.Text != "" {
			all = append(all, a.Text)
		}
	}
	out := []rune(strings.Join(all, "; "))
	if len(out) > most {
		out = append(out[:most-1], '…')
	}
	return string(out)
}

// authorized gives the activation data, or puts the handle of an authorization under way
// into w.
func (c *csc) authorized(ctx context.Context, path string, in any, w *waited) (sad string, err error) {
	var out struct {
		SAD    string `json:"SAD"`
		Handle string `json:"handle"`
	}
	status, err := c.call(ctx, path, in, &out)
	if err != nil {
		return "", err
	}
	if out.Handle != "" {
		w.Handle = out.Handle
	}
	if out.SAD == "" && (status != http.StatusAccepted || w.Handle == "") {
		return "", c.odd(fmt.Errorf("%s gave neither activation data nor a handle", path))
	}
	return out.SAD, nil
}

func (c *csc) Poll(ctx context.Context, t Ticket) (Answer, error) {
	var w waited
	if err := json.Unmarshal([]byte(t.Ref), &w); err != nil || w.Handle == "" {
		return Answer{}, fmt.Errorf("signkey: not a ticket of this service: %w", err)
	}
	sad, err := c.authorized(ctx, "credentials/authorizeCheck", map[string]any{"handle": w.Handle}, &w)
	if err != nil || sad == "" {
		return Answer{}, err
	}
	return c.sign(ctx, w, sad, t.Asked)
}

func (c *csc) sign(ctx context.Context, w waited, sad string, q Asked) (Answer, error) {
	in := map[string]any{"credentialID": w.Credential, "SAD": sad, "signAlgo": w.Algorithm}
	if c.v1 {
		in["hash"], in["hashAlgo"] = q.Digests, withHash[q.Hash].hash.String()
	} else {
		in["hashes"], in["hashAlgorithmOID"], in["operationMode"] = q.Digests, withHash[q.Hash].hash.String(), "S"
	}
	if w.Params != "" {
		in["signAlgoParams"] = w.Params
	}
	var out struct {
		Signatures [][]byte `json:"signatures"`
	}
	if _, err := c.call(ctx, "signatures/signHash", in, &out); err != nil {
		return Answer{}, err
	}
	if len(out.Signatures) == 0 {
		return Answer{}, c.odd(errors.New("no signatures"))
	}
	return Answer{Values: out.Signatures}, nil
}

// scheme is what the service calls the way of signing. One that lists the bare key only is
// told the hash beside it.
func scheme(job Job, offered []string) (algorithm, params string, err error) {
	h := withHash[job.Hash]
	want := h.rsa
	if _, ok := job.Key.Cert.PublicKey.(*ecdsa.PublicKey); ok {
		want = h.ecdsa
	}
	if job.PSS {
		if len(offered) > 0 && !slices.Contains(offered, oidPSS.String()) {
			return "", "", unsupported("Dịch vụ ký số từ xa không ký được theo RSASSA-PSS.")
		}
		der, err := pssParams(job.Hash)
		return oidPSS.String(), der, err
	}
	if !slices.Contains(offered, want.String()) && slices.Contains(offered, oidRSA.String()) {
		want = oidRSA
	}
	return want.String(), "", nil
}

// pssParams is RSASSA-PSS-params as base 64 of DER.
func pssParams(h crypto.Hash) (string, error) {
	hash := pkix.AlgorithmIdentifier{Algorithm: withHash[h].hash, Parameters: asn1.NullRawValue}
	inner, err := asn1.Marshal(hash)
	if err != nil {
		return "", err
	}
	der, err := asn1.Marshal(struct {
		Hash pkix.AlgorithmIdentifier `asn1:"explicit,tag:0"`
		MGF  pkix.AlgorithmIdentifier `asn1:"explicit,tag:1"`
		Salt int                      `asn1:"explicit,tag:2"`
	}{hash, pkix.AlgorithmIdentifier{Algorithm: oidMGF1, Parameters: asn1.RawValue{FullBytes: inner}}, h.Size()})
	return base64.StdEncoding.EncodeToString(der), err
}
