// SPDX-License-Identifier: Apache-2.0

package cms_test

import (
	"bytes"
	"crypto"
	"encoding/asn1"
	"encoding/pem"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"soviec/kit/cms"
	"soviec/kit/cms/cmstest"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

func world(t testing.TB, base string) *cmstest.World {
	t.Helper()
	w, err := cmstest.New(clock, base)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func issue(t testing.TB, w *cmstest.World, name string, r cmstest.Request) *cmstest.Identity {
	t.Helper()
	id, err := w.Issue(name, r)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func digest(hash crypto.Hash, b []byte) []byte {
	h := hash.New()
	h.Write(b)
	return h.Sum(nil)
}

var content = []byte("Quyết định số 15/QĐ-BDT")

func message(t testing.TB, id *cmstest.Identity, hash crypto.Hash, pss bool) *cms.Message {
	t.Helper()
	m := &cms.Message{Cert: id.Cert, Chain: id.Chain, Hash: hash, PSS: pss, Digest: digest(hash, content)}
	if err := m.Sign(id.Key); err != nil {
		t.Fatal(err)
	}
	return m
}

func stamp(t testing.TB, w *cmstest.World, value []byte) []byte {
	t.Helper()
	q, err := cms.NewQuery(crypto.SHA256, digest(crypto.SHA256, value))
	if err != nil {
		t.Fatal(err)
	}
	query, err := q.DER()
	if err != nil {
		t.Fatal(err)
	}
	answer, err := w.Authority().Answer(query)
	if err != nil {
		t.Fatal(err)
	}
	token, der, err := q.Check(answer)
	if err != nil {
		t.Fatal(err)
	}
	if !token.Time.Equal(noon) {
		t.Errorf("the time stamp says %s", token.Time)
	}
	return der
}

func TestWhatWeBuildVerifies(t *testing.T) {
	w := world(t, "")
	dir := t.TempDir()
	_, err := exec.LookPath("openssl")
	compare := err == nil
	write := func(name string, b []byte) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	root := write("root.pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: w.Root.Cert.Raw}))
	file := write("content", content)
	for _, c := range []struct {
		kind cmstest.Kind
		hash crypto.Hash
		pss  bool
	}{
		{cmstest.RSA2048, crypto.SHA256, false}, {cmstest.RSA2048, crypto.SHA512, true}, {cmstest.RSA3072, crypto.SHA384, false},
		{cmstest.P256, crypto.SHA256, false}, {cmstest.P384, crypto.SHA384, false}, {cmstest.P521, crypto.SHA512, false}, {cmstest.Ed25519, crypto.SHA512, false},
	} {
		id := issue(t, w, "Nông Thị Lan", cmstest.Request{Kind: c.kind})
		m := message(t, id, c.hash, c.pss)
		plain, err := m.DER()
		if err != nil {
			t.Fatal(err)
		}
		token := stamp(t, w, m.Value)
		m.TimeStamp = token
		der, err := m.DER()
		if err != nil {
			t.Fatal(err)
		}
		if added, err := cms.AddTimeStamp(plain, token); err != nil || !bytes.Equal(added, der) {
			t.Errorf("%s: a time stamp added later makes another message: %v", c.kind, err)
		}
		if size, err := m.Size(len(token)); err != nil || size < len(der) || size > len(der)+400 {
			t.Errorf("%s: room for %d bytes was foreseen, %d are needed: %v", c.kind, size, len(der), err)
		}
		s, err := cms.Parse(append(bytes.Clone(der), 0, 0, 0))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Verify(cms.Sum(content)); err != nil {
			t.Errorf("%s: %v", c.kind, err)
		}
		if len(s.Certs) != 2 || !s.SignerCert.Equal(id.Cert) || !s.SigningTime.IsZero() || !s.Detached {
			t.Errorf("%s: %d certificates, signing time %s", c.kind, len(s.Certs), s.SigningTime)
		}
		stamp, err := cms.ParseToken(s.TimeStamp)
		if err != nil || stamp.Verify(cms.Sum(s.Signature)) != nil {
			t.Errorf("%s: time stamp: %v", c.kind, err)
		}
		if !compare || c.kind == cmstest.Ed25519 { // openssl 3.0 takes Ed25519 without a digest algorithm only
			continue
		}
		msg := write("msg", der)
		at := "1795435200" // 2026-11-23
		out, err := exec.Command("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", msg, "-content", file, "-CAfile", root, "-purpose", "any", "-cades", "-attime", at).CombinedOutput()
		if err != nil {
			t.Errorf("%s: openssl: %s", c.kind, out)
		}
		tok, val := write("token", token), write("value", m.Value)
		out, err = exec.Command("openssl", "ts", "-verify", "-token_in", "-in", tok, "-data", val, "-CAfile", root, "-attime", at).CombinedOutput()
		if err != nil {
			t.Errorf("%s: openssl ts: %s", c.kind, out)
		}
	}
}

func TestAnAnswerOfAnotherKeyIsRefused(t *testing.T) {
	w := world(t, "")
	lan := issue(t, w, "Nông Thị Lan", cmstest.Request{})
	thang := issue(t, w, "Đàm Quốc Thắng", cmstest.Request{})
	m := &cms.Message{Cert: lan.Cert, Hash: crypto.SHA256, Digest: digest(crypto.SHA256, content)}
	if err := m.Sign(thang.Key); cms.CodeOf(err) != cms.CodeSignatureValue {
		t.Errorf("signed with another's key: %v", err)
	}
	m.Hash = crypto.SHA1
	if _, err := m.ToSign(); err == nil {
		t.Error("SHA-1 was taken for signing")
	}
}

func TestAnswersOfAnAuthority(t *testing.T) {
	w := world(t, "")
	value := digest(crypto.SHA256, content)
	q, err := cms.NewQuery(crypto.SHA256, value)
	if err != nil {
		t.Fatal(err)
	}
	ask := func(q cms.Query, a *cms.Authority) []byte {
		der, err := q.DER()
		if err != nil {
			t.Fatal(err)
		}
		answer, err := a.Answer(der)
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	good := ask(q, w.Authority())
	if _, _, err := q.Check(good); err != nil {
		t.Fatal(err)
	}
	other := q
	other.Imprint = digest(crypto.SHA256, []byte("khác"))
	again, err := cms.NewQuery(crypto.SHA256, value)
	if err != nil {
		t.Fatal(err)
	}
	policy := q
	policy.Policy = []int{1, 2, 3}
	if _, _, err := policy.Check(ask(policy, w.Authority())); cms.CodeOf(err) != cms.CodeTimestampBroken {
		t.Errorf("a policy the authority does not have: %v", err)
	}
	late := w.Authority()
	late.Clock = func() time.Time { return noon.AddDate(20, 0, 0) }
	notForTime := w.Authority()
	signer := issue(t, w, "Nông Thị Lan", cmstest.Request{})
	notForTime.Cert, notForTime.Key = signer.Cert, signer.Key
	for name, err := range map[string]error{
		"another imprint":              second(other.Check(good)),
		"another nonce":                second(again.Check(good)),
		"another policy":               second(policy.Check(good)),
		"rubbish":                      second(q.Check([]byte("<html>"))),
		"cut":                          second(q.Check(good[:len(good)-5])),
		"after the certificate":        second(q.Check(ask(q, late))),
		"a certificate for signatures": second(q.Check(ask(q, notForTime))),
	} {
		if cms.CodeOf(err) != cms.CodeTimestampBroken {
			t.Errorf("%s: %v", name, err)
		}
	}
	bad := bytes.Clone(good)
	bad[len(bad)-3] ^= 1
	if _, _, err := q.Check(bad); err == nil {
		t.Error("a changed signature value of the authority was taken")
	}
}

func second(_ *cms.Token, _ []byte, err error) error { return err }

func TestBareNumbersOfAToken(t *testing.T) {
	w := world(t, "")
	for _, kind := range []cmstest.Kind{cmstest.P256, cmstest.P521} {
		m := message(t, issue(t, w, "Nông Thị Lan", cmstest.Request{Kind: kind}), crypto.SHA512, false)
		var pair struct{ R, S *big.Int }
		if _, err := asn1.Unmarshal(m.Value, &pair); err != nil {
			t.Fatal(err)
		}
		size := map[cmstest.Kind]int{cmstest.P256: 32, cmstest.P521: 66}[kind]
		bare := append(pair.R.FillBytes(make([]byte, size)), pair.S.FillBytes(make([]byte, size))...)
		der := m.Value
		m.SetValue(bare)
		if err := m.Check(); err != nil || !bytes.Equal(m.Value, der) {
			t.Errorf("%s: %v", kind, err)
		}
		if m.SetValue(der); m.Check() != nil {
			t.Errorf("%s: DER is no longer taken", kind)
		}
	}
}
