// SPDX-License-Identifier: Apache-2.0

package signkey

import (
	"context"
	"crypto"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"soviec/kit/fault"
)

// A SmartCA is how VNPT SmartCA is reached. The account of a person there, the citizen
// number (số căn cước), comes with each use.
type SmartCA struct {
	Address      string // https://gwsca.vnpt.vn
	ID, Password string // of this office with the service (sp_id, sp_password)
}

// NewSmartCA is the driver of VNPT SmartCA: the digests are sent, the person confirms on the
// phone, the values are fetched.
func NewSmartCA(c SmartCA) (Driver, error) {
	s, err := newService("dịch vụ VNPT SmartCA", c.Address)
	if err != nil {
		return nil, err
	}
	if c.ID == "" || c.Password == "" {
		return nil, errors.New("VNPT SmartCA cần mã (sp_id) và mật khẩu (sp_password) của cơ quan")
	}
	return careful{&smartCA{s, c}}, nil
}

type smartCA struct {
	*service
	SmartCA
}

const smartCAPath = "sca/sp769/v1/"

// said is the envelope of every answer. Its status is a number of HTTP's.
type said[T any] struct {
	Status  int    `json:"status_code"`
	Message string `json:"message"`
	Data    T      `json:"data"`
}

// fault is what an envelope means that is no success.
func (s *smartCA) fault(path string, status int, message string) error {
	cause := fmt.Errorf("%s answered %d %s", path, status, message)
	word := strings.ToUpper(message)
	has := func(w string) bool { return strings.Contains(word, w) }
	switch {
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return notOurs(s.name, cause)
	case has("REJECT"), has("CANCEL"), has("DENIED"), has("REFUSE"):
		return refused(cause)
	case has("EXPIRED"), has("TIMEOUT"):
		return timedOut(cause)
	case has("CREDENTIAL"), has("CERTIFICATE"), has("USER"), has("SERIAL"), status == http.StatusNotFound:
		return noKey("VNPT SmartCA không có chứng thư số này của tài khoản đã nhập.", cause)
	}
	return unreachable(s.name, cause)
}

func (s *smartCA) Keys(ctx context.Context, who Who) ([]Key, error) {
	if who.Account == "" {
		return nil, refuse(fault.KindInvalid, "account", "Chưa nhập số căn cước của tài khoản VNPT SmartCA.", ErrNoKey, nil)
	}
	const path = smartCAPath + "credentials/get_certificate"
	var out said[struct {
		Certificates []struct {
			Serial string `json:"serial_number"`
			Status string `json:"cert_status_code"`
			Cert   string `json:"cert_data"`
			Chain  struct {
				CA   string `json:"ca_cert"`
				Root string `json:"root_cert"`
			} `json:"chain_data"`
		} `json:"user_certificates"`
	}]
	in := map[string]any{"sp_id": s.ID, "sp_password": s.Password, "user_id": who.Account, "serial_number": "", "transaction_id": ""}
	if _, err := s.post(ctx, path, "", in, &out); err != nil {
		return nil, err
	}
	if out.Status != http.StatusOK {
		return nil, s.fault(path, out.Status, out.Message)
	}
	var keys []Key
	for i, c := range out.Data.Certificates {
		if i == mostCredentials {
			break
		}
		own, err := certificates(c.Cert)
		if err != nil || c.Status != "" && c.Status != "VALID" {
			continue // what cannot be read or used cannot be chosen
		}
		k := Key{ID: c.Serial, Label: own[0].Subject.CommonName, Cert: own[0]}
		for _, up := range []string{c.Chain.CA, c.Chain.Root} {
			if all, err := certificates(up); up != "" && err == nil {
				k.Chain = append(k.Chain, all...)
			}
		}
		keys = append(keys, k)
	}
	return keys, nil
}

func (s *smartCA) Begin(ctx context.Context, job Job) (Ticket, error) {
	switch {
	case job.PSS:
		return Ticket{}, unsupported("VNPT SmartCA không ký được theo RSASSA-PSS.")
	case job.Hash != crypto.SHA256:
		return Ticket{}, unsupported("VNPT SmartCA chỉ ký giá trị băm SHA-256.")
	case job.Account == "":
		return Ticket{}, refuse(fault.KindInvalid, "account", "Chưa nhập số căn cước của tài khoản VNPT SmartCA.", ErrNoKey, nil)
	}
	var files []map[string]string
	for i, a := range job.Asks {
		files = append(files, map[string]string{"data_to_be_signed": hex.EncodeToString(a.Digest), "doc_id": docID(i), "file_type": "pdf", "sign_type": "hash"})
	}
	const path = smartCAPath + "signatures/sign"
	in := map[string]any{"sp_id": s.ID, "sp_password": s.Password, "user_id": job.Account, "transaction_id": job.ID, "transaction_desc": job.words(200),
		"serial_number": job.Key.ID, "time_stamp": job.At.UTC().Format("20060102150405Z"), "sign_files": files}
	var out said[struct {
		ID string `json:"transaction_id"`
	}]
	if _, err := s.post(ctx, path, "", in, &out); err != nil {
		return Ticket{}, err
	}
	if out.Status != http.StatusOK {
		return Ticket{}, s.fault(path, out.Status, out.Message)
	}
	if !plain(out.Data.ID) {
		return Ticket{}, s.odd(fmt.Errorf("a transaction of the name %q", out.Data.ID))
	}
	return Ticket{Ref: out.Data.ID, Note: "Mở ứng dụng VNPT SmartCA trên điện thoại để xác nhận."}, nil
}

func docID(i int) string { return fmt.Sprintf("van-ban-%d", i+1) }

// plain tells that a name given by the service may stand in an address.
func plain(id string) bool {
	return id != "" && len(id) <= 100 && strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == ""
}

func (s *smartCA) Poll(ctx context.Context, t Ticket) (Answer, error) {
	if !plain(t.Ref) {
		return Answer{}, errors.New("signkey: not a ticket of SmartCA")
	}
	path := smartCAPath + "signatures/sign/" + t.Ref + "/status"
	var out said[struct {
		Signatures []struct {
			Doc   string `json:"doc_id"`
			Value string `json:"signature_value"`
		} `json:"signatures"`
	}]
	if _, err := s.post(ctx, path, "", struct{}{}, &out); err != nil {
		return Answer{}, err
	}
	byDoc := map[string]string{}
	for _, v := range out.Data.Signatures {
		byDoc[v.Doc] = v.Value
	}
	if len(byDoc) == 0 {
		switch word := strings.ToUpper(out.Message); {
		case strings.Contains(word, "WAIT"), strings.Contains(word, "PENDING"), strings.Contains(word, "PROCESS"), word == "" && out.Status == http.StatusOK:
			return Answer{}, nil
		case out.Status == http.StatusOK && word == "SUCCESS":
			return Answer{}, nil // it took the question; the person has not answered
		}
		return Answer{}, s.fault(path, out.Status, out.Message)
	}
	var a Answer
	for i := range t.Asked.Digests {
		v, err := base64.StdEncoding.DecodeString(byDoc[docID(i)])
		if err != nil || len(v) == 0 {
			return Answer{}, s.odd(fmt.Errorf("no value of %s: %v", docID(i), err))
		}
		a.Values = append(a.Values, v)
	}
	return a, nil
}
