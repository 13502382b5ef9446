// SPDX-License-Identifier: Apache-2.0

package fake

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// CSC is a service of remote keys with the interface of the Cloud Signature Consortium, in
// versions 1 and 2 under /csc/v1/ and /csc/v2/. With a PIN it authorizes at once; without,
// the person is asked on the phone and the caller asks again (authorizeCheck).
type CSC struct {
	Client, Secret string                 // of the office
	Accounts       map[string][]*Identity // by user
	PIN            string                 // "": the phone is asked instead
	Clock          func() time.Time
	Think          time.Duration // how long the person takes on the phone
	mood

	mu      sync.Mutex
	tokens  map[string]bool
	waiting map[string]*authorization // by handle
	given   map[string]*authorization // by activation data
}

// authorization is bound to one key and the very digests; it is good for one use.
type authorization struct {
	id      *Identity
	digests []string
	since   time.Time
}

func random() string { return rand.Text() }

type no struct {
	Error       string `json:"error"`
	Description string `json:"error_description"`
}

// ServeHTTP answers the operations that the driver uses.
func (c *CSC) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v1 := strings.HasPrefix(r.URL.Path, "/csc/v1/")
	operation, ok := strings.CutPrefix(strings.Replace(r.URL.Path, "/csc/v1/", "/csc/v2/", 1), "/csc/v2/")
	if !ok || r.Method != http.MethodPost || c.is(Down) {
		http.NotFound(w, r)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	if operation == "oauth2/token" {
		c.token(w, r)
		return
	}
	c.mu.Lock()
	known := c.tokens[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")]
	c.mu.Unlock()
	if !known {
		answer(w, http.StatusUnauthorized, no{"invalid_token", "The access token is unknown or has expired"})
		return
	}
	var in ask
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		answer(w, http.StatusBadRequest, no{"invalid_request", err.Error()})
		return
	}
	if v1 {
		in.Hashes = in.Hash
		in.AuthData = []datum{{"PIN", in.PIN}}
	}
	status, out := c.do(operation, in)
	answer(w, status, out)
}

type datum struct{ ID, Value string }

type ask struct {
	UserID, CredentialID, SAD, Handle, PIN, SignAlgo string
	NumSignatures                                    int
	Hash, Hashes                                     []string
	AuthData                                         []datum
}

func (c *CSC) token(w http.ResponseWriter, r *http.Request) {
	if r.ParseForm() != nil || r.PostForm.Get("grant_type") != "client_credentials" || r.PostForm.Get("client_id") != c.Client || r.PostForm.Get("client_secret") != c.Secret {
		answer(w, http.StatusBadRequest, no{"invalid_client", "Invalid client credentials"})
		return
	}
	t := random()
	c.mu.Lock()
	if c.tokens == nil {
		c.tokens, c.waiting, c.given = map[string]bool{}, map[string]*authorization{}, map[string]*authorization{}
	}
	c.tokens[t] = true
	c.mu.Unlock()
	answer(w, http.StatusOK, map[string]any{"access_token": t, "token_type": "Bearer", "expires_in": 3600})
}

// Forget lets all tokens of offices wear out.
func (c *CSC) Forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.tokens)
}

func (c *CSC) find(id string) *Identity {
	for _, all := range c.Accounts {
		for _, i := range all {
			if i.id() == id {
				return i
			}
		}
	}
	return nil
}

func (c *CSC) do(operation string, in ask) (int, any) {
	bad := func(code, description string) (int, any) {
		return http.StatusBadRequest, no{code, description}
	}
	id := c.find(in.CredentialID)
	if operation != "credentials/list" && operation != "credentials/authorizeCheck" && id == nil {
		return bad("invalid_request", "Invalid parameter credentialID")
	}
	switch operation {
	case "credentials/list":
		all, ok := c.Accounts[in.UserID]
		if !ok {
			return bad("invalid_request", "Invalid parameter userID")
		}
		ids := []string{}
		for _, i := range all {
			ids = append(ids, i.id())
		}
		return http.StatusOK, map[string]any{"credentialIDs": ids}
	case "credentials/info":
		return http.StatusOK, c.info(id)
	case "credentials/authorize":
		if in.NumSignatures != len(in.Hashes) || len(in.Hashes) == 0 {
			return bad("invalid_request", "Parameter numSignatures does not match the hashes")
		}
		a := &authorization{id: id, digests: in.Hashes, since: c.Clock()}
		if c.PIN != "" && !slices.Contains(in.AuthData, datum{"PIN", c.PIN}) {
			return bad("invalid_pin", "The PIN is invalid")
		}
		if c.PIN != "" && !c.is(Silent) && !c.is(Refuse) {
			return http.StatusOK, c.give(a)
		}
		handle := random()
		c.mu.Lock()
		c.waiting[handle] = a
		c.mu.Unlock()
		return http.StatusAccepted, map[string]any{"handle": handle}
	case "credentials/authorizeCheck":
		c.mu.Lock()
		a := c.waiting[in.Handle]
		c.mu.Unlock()
		switch {
		case a == nil:
			return bad("invalid_request", "Invalid parameter handle")
		case c.is(Refuse):
			return bad("access_denied", "The user denied the authorization")
		case c.is(Silent), c.Clock().Before(a.since.Add(c.Think)):
			return http.StatusAccepted, map[string]any{"handle": in.Handle}
		}
		c.mu.Lock()
		delete(c.waiting, in.Handle)
		c.mu.Unlock()
		return http.StatusOK, c.give(a)
	case "signatures/signHash":
		c.mu.Lock()
		a := c.given[in.SAD]
		delete(c.given, in.SAD)
		c.mu.Unlock()
		if a == nil || a.id != id || !slices.Equal(a.digests, in.Hashes) {
			return bad("invalid_request", "The signature activation data are not for these hashes")
		}
		return c.sign(id, in)
	}
	return bad("invalid_request", "Unknown operation")
}

func (c *CSC) give(a *authorization) any {
	sad := random()
	c.mu.Lock()
	c.given[sad] = a
	c.mu.Unlock()
	return map[string]any{"SAD": sad, "expiresIn": 300}
}

func (c *CSC) info(id *Identity) any {
	certs := []string{base64.StdEncoding.EncodeToString(id.Cert.Raw)}
	for _, up := range id.Chain {
		certs = append(certs, base64.StdEncoding.EncodeToString(up.Raw))
	}
	algo := []string{"1.2.840.113549.1.1.1", "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.10"}
	if _, ok := id.Cert.PublicKey.(*ecdsa.PublicKey); ok {
		algo = []string{"1.2.840.10045.4.3.2"}
	}
	return map[string]any{"description": id.Cert.Subject.CommonName, "key": map[string]any{"status": "enabled", "algo": algo}, "cert": map[string]any{"status": "valid", "certificates": certs},
		"authMode": "explicit", "auth": map[string]any{"mode": "explicit"}, "SCAL": "2", "multisign": 100}
}

func (c *CSC) sign(id *Identity, in ask) (int, any) {
	values := []string{}
	for _, h := range in.Hashes {
		digest, err := base64.StdEncoding.DecodeString(h)
		if err != nil || len(digest) != sha256.Size {
			return http.StatusBadRequest, no{"invalid_request", "Invalid base64 hash string parameter"}
		}
		if c.is(Lie) {
			digest[0] ^= 1
		}
		v, err := id.sign(crypto.SHA256, in.SignAlgo == "1.2.840.113549.1.1.10", digest)
		if err != nil {
			return http.StatusInternalServerError, no{"server_error", fmt.Sprint(err)}
		}
		values = append(values, base64.StdEncoding.EncodeToString(v))
	}
	return http.StatusOK, map[string]any{"signatures": values}
}
