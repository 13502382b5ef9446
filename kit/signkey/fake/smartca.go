// SPDX-License-Identifier: Apache-2.0

package fake

import (
	"crypto"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"
)

// SmartCA is VNPT SmartCA as its public integrations show it.
type SmartCA struct {
	ID, Password string                 // of the office (sp_id, sp_password)
	Accounts     map[string][]*Identity // by citizen number
	Clock        func() time.Time
	Think        time.Duration // how long the person takes on the phone
	mood

	mu   sync.Mutex
	asks map[string]*transaction
}

type transaction struct {
	id    *Identity
	files []file
	since time.Time
}

type file struct {
	Data string `json:"data_to_be_signed"`
	Doc  string `json:"doc_id"`
	Kind string `json:"sign_type"`
}

type envelope struct {
	Status  int    `json:"status_code"`
	Message string `json:"message"`
	Data    any    `json:"data"`
}

// ServeHTTP answers the three operations that the driver uses. What goes wrong is told in
// the envelope.
func (s *SmartCA) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	operation, ok := strings.CutPrefix(r.URL.Path, "/sca/sp769/v1/")
	if !ok || r.Method != http.MethodPost || s.is(Down) {
		http.NotFound(w, r)
		return
	}
	if id, ok := strings.CutPrefix(operation, "signatures/sign/"); ok && strings.HasSuffix(id, "/status") {
		answer(w, http.StatusOK, s.status(strings.TrimSuffix(id, "/status")))
		return
	}
	var in struct {
		ID       string `json:"sp_id"`
		Password string `json:"sp_password"`
		User     string `json:"user_id"`
		Serial   string `json:"serial_number"`
		Files    []file `json:"sign_files"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&in); err != nil {
		answer(w, http.StatusOK, envelope{Status: 400, Message: "INVALID_PARAMETER"})
		return
	}
	mine, ok := s.Accounts[in.User]
	switch {
	case in.ID != s.ID || in.Password != s.Password:
		answer(w, http.StatusOK, envelope{Status: 401, Message: "UNAUTHORIZED"})
	case !ok:
		answer(w, http.StatusOK, envelope{Status: 404, Message: "USER_NOT_FOUND"})
	case operation == "credentials/get_certificate":
		answer(w, http.StatusOK, s.certificates(mine))
	case operation == "signatures/sign":
		answer(w, http.StatusOK, s.sign(mine, in.Serial, in.Files))
	default:
		http.NotFound(w, r)
	}
}

func (s *SmartCA) certificates(mine []*Identity) envelope {
	var all []any
	for _, i := range mine {
		one := map[string]any{"serial_number": i.serial(), "cert_status_code": "VALID", "cert_data": base64.StdEncoding.EncodeToString(i.Cert.Raw),
			"cert_subject": i.Cert.Subject.String(), "cert_valid_to": i.Cert.NotAfter.Format(time.RFC3339)}
		chain := map[string]string{}
		for n, name := range []string{"ca_cert", "root_cert"} {
			if n < len(i.Chain) {
				chain[name] = base64.StdEncoding.EncodeToString(i.Chain[n].Raw)
			}
		}
		one["chain_data"] = chain
		all = append(all, one)
	}
	return envelope{200, "SUCCESS", map[string]any{"user_certificates": all}}
}

func (s *SmartCA) sign(mine []*Identity, serial string, files []file) envelope {
	for _, i := range mine {
		if i.serial() != serial {
			continue
		}
		id := random()
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.asks == nil {
			s.asks = map[string]*transaction{}
		}
		s.asks[id] = &transaction{i, files, s.Clock()}
		return envelope{200, "SUCCESS", map[string]any{"transaction_id": id, "tran_code": id[:6]}}
	}
	return envelope{Status: 404, Message: "CREDENTIAL_NOT_FOUND"}
}

func (s *SmartCA) status(id string) envelope {
	s.mu.Lock()
	t := s.asks[id]
	s.mu.Unlock()
	switch {
	case t == nil:
		return envelope{Status: 404, Message: "TRANSACTION_NOT_FOUND"}
	case s.is(Refuse):
		return envelope{Status: 200, Message: "REJECTED"}
	case s.is(Silent), s.Clock().Before(t.since.Add(s.Think)):
		return envelope{200, "PENDING", map[string]any{"transaction_id": id, "expired_in": 300}}
	}
	var values []any
	for _, f := range t.files {
		digest, err := hex.DecodeString(f.Data)
		if err != nil || len(digest) != sha256.Size || f.Kind != "hash" {
			return envelope{Status: 400, Message: "INVALID_PARAMETER"}
		}
		if s.is(Lie) {
			digest[0] ^= 1
		}
		v, err := t.id.sign(crypto.SHA256, false, digest)
		if err != nil {
			return envelope{Status: 500, Message: err.Error()}
		}
		values = append(values, map[string]any{"doc_id": f.Doc, "signature_value": base64.StdEncoding.EncodeToString(v)})
	}
	return envelope{200, "SUCCESS", map[string]any{"transaction_id": id, "signatures": values}}
}
