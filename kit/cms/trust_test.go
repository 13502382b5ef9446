// SPDX-License-Identifier: Apache-2.0

package cms_test

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"soviec/kit/cms"
	"soviec/kit/cms/cmstest"
)

func store(t testing.TB, w *cmstest.World) *cms.Store {
	t.Helper()
	s, err := w.Store()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// evidence gathers what the world says about a certificate and its issuer.
func evidence(t testing.TB, w *cmstest.World, c *x509.Certificate, lists bool) cms.Evidence {
	t.Helper()
	var ev cms.Evidence
	add := func(into *[][]byte, b []byte, err error) {
		if err != nil {
			t.Fatal(err)
		}
		*into = append(*into, b)
	}
	if lists {
		b, err := w.CRL(w.Issuing)
		add(&ev.CRLs, b, err)
		b, err = w.CRL(w.Root)
		add(&ev.CRLs, b, err)
		return ev
	}
	b, err := w.OCSP(c)
	add(&ev.OCSPs, b, err)
	b, err = w.OCSP(w.Issuing.Cert)
	add(&ev.OCSPs, b, err)
	return ev
}

func TestPath(t *testing.T) {
	now := noon
	w, err := cmstest.New(func() time.Time { return now }, "http://ca.example.vn")
	if err != nil {
		t.Fatal(err)
	}
	s := store(t, w)
	lan := issue(t, w, "Nông Thị Lan", cmstest.Request{})
	chain := lan.Chain
	expect := func(name string, r cms.PathResult, trust cms.Trust, code cms.Code) {
		t.Helper()
		if r.Trust != trust || (r.Problem == nil) != (code == "") || (r.Problem != nil && r.Problem.Code != code) {
			t.Errorf("%s: %s %v, expected %s %s", name, r.Trust, r.Problem, trust, code)
		}
	}
	for _, lists := range []bool{false, true} {
		ev := evidence(t, w, lan.Cert, lists)
		r := s.Path(lan.Cert, chain, noon, ev)
		expect("good", r, cms.Trusted, "")
		if len(r.Chain) != 3 || r.Entry == nil || len(r.Facts) != 2 || r.Facts[0].Status != cms.StatusGood {
			t.Errorf("%+v", r)
		}
		expect("nine days later the evidence is no longer in force", s.Path(lan.Cert, chain, noon.AddDate(0, 0, 9), ev), cms.Unknown, cms.CodeNoRevocationData)
		expect("made after the signature", s.Path(lan.Cert, chain, noon.AddDate(0, -1, 0), ev), cms.Trusted, "")
		ev.Now = noon.AddDate(0, 0, -1)
		expect("evidence from the future", s.Path(lan.Cert, chain, noon, ev), cms.Unknown, cms.CodeNoRevocationData)
	}
	expect("no issuer at hand", s.Path(lan.Cert, nil, noon, cms.Evidence{}), cms.Unknown, cms.CodeChainNotFound)
	expect("no evidence", s.Path(lan.Cert, chain, noon, cms.Evidence{}), cms.Unknown, cms.CodeNoRevocationData)
	expect("too early", s.Path(lan.Cert, chain, noon.AddDate(-2, 0, 0), cms.Evidence{}), cms.Untrusted, cms.CodeNotYetValid)
	expect("too late", s.Path(lan.Cert, chain, noon.AddDate(3, 0, 0), cms.Evidence{}), cms.Expired, cms.CodeExpired)

	other, err := cmstest.New(clock, "")
	if err != nil {
		t.Fatal(err)
	}
	hai := issue(t, other, "Lý Thanh Hải", cmstest.Request{})
	expect("another world", s.Path(hai.Cert, append(hai.Chain, chain...), noon, cms.Evidence{}), cms.Unknown, cms.CodeChainNotFound)
	expect("a root nobody knows", s.Path(other.Root.Cert, nil, noon, cms.Evidence{}), cms.Untrusted, cms.CodeChainNotFound)
	foreign := evidence(t, other, hai.Cert, false)
	expect("evidence of another world", s.Path(lan.Cert, chain, noon, foreign), cms.Unknown, cms.CodeNoRevocationData)

	w.Revoke(lan.Cert, noon.AddDate(0, 0, 2), 1)
	now = noon.AddDate(0, 0, 3)
	for _, lists := range []bool{false, true} {
		ev := evidence(t, w, lan.Cert, lists)
		expect("signed after the revocation", s.Path(lan.Cert, chain, now, ev), cms.Revoked, cms.CodeRevoked)
		r := s.Path(lan.Cert, chain, noon, ev)
		expect("signed before the revocation", r, cms.Trusted, "")
		if r.Facts[0].RevokedAt.IsZero() {
			t.Error("the later revocation is not told")
		}
		expect("much later still revoked", s.Path(lan.Cert, chain, now.AddDate(0, 6, 0), ev), cms.Revoked, cms.CodeRevoked)
	}
	xuan := issue(t, w, "Hoàng Thị Xuân", cmstest.Request{})
	w.Revoke(w.Issuing.Cert, noon, 2)
	expect("the issuer was revoked", s.Path(xuan.Cert, chain, now, evidence(t, w, xuan.Cert, false)), cms.Revoked, cms.CodeRevoked)
}

func TestEvidenceOfTheWrongHandIsNotBelieved(t *testing.T) {
	w := world(t, "")
	s := store(t, w)
	lan := issue(t, w, "Nông Thị Lan", cmstest.Request{})
	// an ordinary certificate of the same CA answers as if it were a responder
	honest := w.Responder
	w.Responder = issue(t, w, "Mông Văn Lâm", cmstest.Request{})
	raw, err := w.OCSP(lan.Cert)
	if err != nil {
		t.Fatal(err)
	}
	w.Responder = honest
	good := evidence(t, w, lan.Cert, false)
	good.OCSPs[0] = raw
	if r := s.Path(lan.Cert, lan.Chain, noon, good); r.Trust != cms.Unknown {
		t.Errorf("an answer signed without the right to answer: %s", r.Trust)
	}
	good = evidence(t, w, lan.Cert, false)
	for i := 0; i < len(good.OCSPs[0]); i += 9 {
		changed := append([]byte{}, good.OCSPs[0]...)
		changed[i] ^= 0x04
		ev := cms.Evidence{OCSPs: [][]byte{changed, good.OCSPs[1]}}
		if r := s.Path(lan.Cert, lan.Chain, noon, ev); r.Trust == cms.Trusted && i < len(changed)-len(w.Responder.Cert.Raw)-80 && i > 40 {
			t.Fatalf("byte %d of the answer changed, and it is believed", i)
		}
	}
}

func TestSetsStayApart(t *testing.T) {
	w := world(t, "")
	lan := issue(t, w, "Nông Thị Lan", cmstest.Request{})
	only := func(set cms.Set, root *x509.Certificate, change func(*cms.Entry)) *cms.Store {
		e := cms.Entry{Set: set, Cert: root, Fingerprint: strings.ToUpper(cms.Fingerprint(root))}
		if change != nil {
			change(&e)
		}
		s, err := cms.NewStore(e)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	ev := evidence(t, w, lan.Cert, true)
	if r := only(cms.SetTSA, w.Root.Cert, nil).Path(lan.Cert, lan.Chain, noon, ev); r.Trust != cms.Unknown {
		t.Errorf("an anchor for time is trusted for a signature: %s", r.Trust)
	}
	if r := only(cms.SetPublicService, w.Root.Cert, nil).PathTSA(w.Stamping.Cert, w.Stamping.Chain, noon, ev); r.Trust != cms.Unknown {
		t.Errorf("an anchor for signatures is trusted for time: %s", r.Trust)
	}
	if r := only(cms.SetPublicService, w.Root.Cert, nil).Path(lan.Cert, lan.Chain, noon, ev); r.Trust != cms.Trusted {
		t.Errorf("%s %v", r.Trust, r.Problem)
	}
	if r := only(cms.SetTSA, w.Root.Cert, nil).PathTSA(w.Stamping.Cert, w.Stamping.Chain, noon, ev); r.Trust != cms.Trusted {
		t.Errorf("%s %v", r.Trust, r.Problem)
	}
	ended := only(cms.SetLicensed, w.Root.Cert, func(e *cms.Entry) { e.Until = noon.AddDate(0, 0, -1) })
	if r := ended.Path(lan.Cert, lan.Chain, noon, ev); r.Trust != cms.Untrusted {
		t.Errorf("an anchor trusted until yesterday: %s", r.Trust)
	}
	issuer := only(cms.SetLicensed, w.Issuing.Cert, func(e *cms.Entry) { e.Issuer = true })
	if r := issuer.Path(lan.Cert, lan.Chain, noon, ev); r.Trust != cms.Unknown {
		t.Errorf("a path ends at an issuer that is no anchor: %s", r.Trust)
	}
	if r := only(cms.SetTest, w.Root.Cert, func(e *cms.Entry) { e.Unchecked = true }).Path(lan.Cert, lan.Chain, noon, cms.Evidence{}); r.Trust != cms.Trusted {
		t.Errorf("revocation left out: %s", r.Trust)
	}
	if _, err := cms.NewStore(cms.Entry{Set: cms.SetLicensed, Cert: w.Root.Cert, Fingerprint: cms.Fingerprint(lan.Cert)}); err == nil {
		t.Error("a certificate other than the one pinned was taken")
	}
	if _, err := cms.NewStore(cms.Entry{Set: cms.SetLicensed, Cert: w.Root.Cert, Fingerprint: cms.Fingerprint(w.Root.Cert), Unchecked: true}); err == nil {
		t.Error("revocation may be left out outside trials")
	}
}

// chainOf makes certificates by hand, for chains that no honest CA would issue.
func signedBy(t testing.TB, template, parent *x509.Certificate, key, by crypto.Signer) *x509.Certificate {
	t.Helper()
	template.NotBefore, template.NotAfter = noon.AddDate(-1, 0, 0), noon.AddDate(1, 0, 0)
	if template.SerialNumber == nil {
		template.SerialNumber = big.NewInt(7)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), by)
	if err != nil {
		t.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestDishonestChains(t *testing.T) {
	key, err := cmstest.NewKey(cmstest.P256)
	if err != nil {
		t.Fatal(err)
	}
	ca := func(name string) *x509.Certificate {
		return &x509.Certificate{Subject: pkix.Name{CommonName: name}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	}
	leaf := func() *x509.Certificate {
		return &x509.Certificate{Subject: pkix.Name{CommonName: "lá"}, BasicConstraintsValid: true, EmailAddresses: []string{"a@ngoai.vn"}, KeyUsage: x509.KeyUsageDigitalSignature}
	}
	trust := func(root *x509.Certificate) *cms.Store {
		s, err := cms.NewStore(cms.Entry{Set: cms.SetTest, Unchecked: true, Cert: root, Fingerprint: cms.Fingerprint(root)})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	root := signedBy(t, ca("gốc"), ca("gốc"), key, key)
	person := signedBy(t, leaf(), root, key, key)
	if r := trust(root).Path(person, nil, noon, cms.Evidence{}); r.Trust != cms.Trusted {
		t.Fatalf("%s %v", r.Trust, r.Problem)
	}
	if r := trust(root).Path(signedBy(t, leaf(), person, key, key), []*x509.Certificate{person}, noon, cms.Evidence{}); r.Trust == cms.Trusted {
		t.Errorf("a person issued a certificate: %s", r.Trust)
	}
	limited := ca("hẹp")
	limited.PermittedEmailAddresses = []string{"trong.vn"}
	narrow := signedBy(t, limited, root, key, key)
	if r := trust(root).Path(signedBy(t, leaf(), narrow, key, key), []*x509.Certificate{narrow}, noon, cms.Evidence{}); r.Trust != cms.Untrusted {
		t.Errorf("a name outside the permitted ones: %s", r.Trust)
	}
	short := ca("ngắn")
	short.MaxPathLenZero = true
	top := signedBy(t, short, short, key, key)
	below := signedBy(t, ca("dưới"), top, key, key)
	if r := trust(top).Path(signedBy(t, leaf(), below, key, key), []*x509.Certificate{below}, noon, cms.Evidence{}); r.Trust == cms.Trusted {
		t.Error("a CA below one that may have none is trusted")
	}
	// ten CAs of one name that have all issued each other: the search must stay small
	var keys []crypto.Signer
	var bomb []*x509.Certificate
	for range 10 {
		k, err := cmstest.NewKey(cmstest.P256)
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, k)
	}
	for _, k := range keys {
		for _, by := range keys {
			bomb = append(bomb, signedBy(t, ca("vòng"), ca("vòng"), k, by))
		}
	}
	start := time.Now()
	if r := trust(root).Path(signedBy(t, leaf(), ca("vòng"), key, keys[0]), bomb, noon, cms.Evidence{}); r.Trust != cms.Unknown {
		t.Errorf("a bomb of certificates: %s", r.Trust)
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("a bomb of certificates took %s", took)
	}
}

func TestOldAlgorithmsNeedAPin(t *testing.T) {
	needOpenSSL(t)
	dir := t.TempDir()
	run := func(args ...string) { openssl(t, dir, args...) }
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("ca.ext", "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n")
	write("leaf.ext", "keyUsage=critical,digitalSignature\n")
	run("req", "-x509", "-nodes", "-newkey", "rsa:2048", "-sha256", "-days", "3000", "-subj", "/CN=Goc", "-keyout", "root.key", "-out", "root.pem", "-addext", "keyUsage=critical,keyCertSign")
	for _, c := range []struct{ name, issuer, md, ext string }{{"ca", "root", "-sha1", "ca.ext"}, {"leaf", "ca", "-sha256", "leaf.ext"}} {
		run("req", "-new", "-nodes", "-newkey", "rsa:2048", "-subj", "/CN="+c.name, "-keyout", c.name+".key", "-out", c.name+".csr")
		run("x509", "-req", c.md, "-in", c.name+".csr", "-CA", c.issuer+".pem", "-CAkey", c.issuer+".key", "-CAcreateserial", "-days", "2000", "-extfile", c.ext, "-out", c.name+".pem")
	}
	load := func(name string) *x509.Certificate {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		certs, err := cms.ReadCertificates(raw)
		if err != nil {
			t.Fatal(err)
		}
		return certs[0]
	}
	root, ca, leaf := load("root.pem"), load("ca.pem"), load("leaf.pem")
	at := leaf.NotBefore.Add(time.Hour)
	anchor := cms.Entry{Set: cms.SetTest, Cert: root, Fingerprint: cms.Fingerprint(root), Unchecked: true}
	s, err := cms.NewStore(anchor)
	if err != nil {
		t.Fatal(err)
	}
	if r := s.Path(leaf, []*x509.Certificate{ca}, at, cms.Evidence{}); r.Trust != cms.Unknown || r.Problem.Code != cms.CodeWeakAlgorithm {
		t.Errorf("an issuer signed with SHA-1: %s %v", r.Trust, r.Problem)
	}
	if s, err = cms.NewStore(anchor, cms.Entry{Set: cms.SetTest, Cert: ca, Fingerprint: cms.Fingerprint(ca), Issuer: true}); err != nil {
		t.Fatal(err)
	}
	if r := s.Path(leaf, nil, at, cms.Evidence{}); r.Trust != cms.Trusted || len(r.Weak) != 1 {
		t.Errorf("the same, pinned by the office: %s %v %v", r.Trust, r.Problem, r.Weak)
	}
}

func TestLoadStore(t *testing.T) {
	w := world(t, "")
	files := fstest.MapFS{
		"goc.pem": {Data: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: w.Root.Cert.Raw})},
		"cap.cer": {Data: w.Issuing.Cert.Raw},
		"trust.toml": {Data: []byte(fmt.Sprintf(`
[[entry]]
file = "goc.pem"
name = "CA gốc"
set = "public-service"
sha256 = "%s"
source = "biên bản ngày 02/11/2026"
from = 2026-01-01T00:00:00+07:00
[[entry]]
file = "cap.cer"
set = "public-service"
sha256 = "%s"
issuer = true
`, cms.Fingerprint(w.Root.Cert), cms.Fingerprint(w.Issuing.Cert)))},
	}
	s, err := cms.LoadStore(files)
	if err != nil {
		t.Fatal(err)
	}
	if e := s.Entries(); len(e) != 2 || e[0].Name != "CA gốc" || !e[1].Issuer || e[1].Name != "CA cấp thử nghiệm" {
		t.Errorf("%+v", e)
	}
	lan := issue(t, w, "Nông Thị Lan", cmstest.Request{})
	if r := s.Path(lan.Cert, nil, noon, evidence(t, w, lan.Cert, true)); r.Trust != cms.Trusted {
		t.Errorf("the issuer in the store was not used: %s %v", r.Trust, r.Problem)
	}
	files["trust.toml"] = &fstest.MapFile{Data: append(files["trust.toml"].Data, "\ntrusted = true\n"...)}
	if _, err := cms.LoadStore(files); err == nil {
		t.Error("an unknown key was taken")
	}
}

func TestFetcher(t *testing.T) {
	var w *cmstest.World
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/away":
			http.Redirect(rw, r, "http://ngoai.example.vn/", http.StatusFound)
		case "/big":
			rw.Write(make([]byte, 1<<20))
		default:
			w.Handler().ServeHTTP(rw, r)
		}
	}))
	defer server.Close()
	w = world(t, server.URL)
	s := store(t, w)
	lan := issue(t, w, "Nông Thị Lan", cmstest.Request{})
	ctx := context.Background()
	host := strings.TrimPrefix(server.URL, "http://")

	for name, f := range map[string]*cms.Fetcher{
		"none": nil, "nothing listed": {}, "another host": {Allow: []string{"ca.example.vn"}}, "the address without its port": {Allow: []string{"127.0.0.1"}},
	} {
		if _, r := s.Gather(ctx, f, false, lan.Cert, cms.Gathered{}, noon); r.Trust != cms.Unknown || r.Chain != nil {
			t.Errorf("%s: %s", name, r.Trust)
		}
	}
	f := &cms.Fetcher{Allow: []string{host}, Limit: 1 << 16}
	g, r := s.Gather(ctx, f, false, lan.Cert, cms.Gathered{}, noon)
	if r.Trust != cms.Trusted || len(g.OCSPs) != 2 || len(g.CRLs) != 0 || len(g.Certs) == 0 {
		t.Fatalf("%s %v: %d answers, %d lists", r.Trust, r.Problem, len(g.OCSPs), len(g.CRLs))
	}
	if again := s.Path(lan.Cert, g.Certs, noon, g.Evidence); again.Trust != cms.Trusted {
		t.Error("what was gathered is not enough without the network")
	}
	w.SetDown("ocsp", true)
	if g, r = s.Gather(ctx, f, false, lan.Cert, cms.Gathered{}, noon); r.Trust != cms.Trusted || len(g.CRLs) != 2 {
		t.Errorf("lists in place of answers: %s %v", r.Trust, r.Problem)
	}
	w.SetDown("crl", true)
	if _, r = s.Gather(ctx, f, false, lan.Cert, cms.Gathered{}, noon); r.Trust != cms.Unknown || r.Problem.Code != cms.CodeNoRevocationData {
		t.Errorf("nothing answers: %s %v", r.Trust, r.Problem)
	}
	q, err := cms.NewQuery(crypto.SHA256, digest(crypto.SHA256, content))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.Stamp(ctx, server.URL+"/tsa", q); err != nil {
		t.Error(err)
	}
	for _, path := range []string{"/away", "/big", "/nowhere"} {
		if _, _, err := f.Stamp(ctx, server.URL+path, q); cms.CodeOf(err) != cms.CodeTimestampBroken {
			t.Errorf("%s: %v", path, err)
		}
	}
	for _, bad := range []string{"file:///etc/passwd", "ftp://" + host, "http://localhost:1/", "http://127.0.0.1/", "http://[::1]/", "http://169.254.169.254/latest"} {
		if f.Allowed(bad) {
			t.Errorf("%s may be fetched", bad)
		}
	}
	// a listed name that leads to a private address
	inside := &cms.Fetcher{Allow: []string{"localhost"}, Tries: 1}
	if _, _, err := inside.Stamp(ctx, "http://localhost/", q); err == nil || !strings.Contains(err.Error(), "private address") {
		t.Errorf("a listed name leads inside: %v", err)
	}
}

func needOpenSSL(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("openssl is not installed: nothing makes such certificates any more")
	}
}

func openssl(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("openssl", args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("openssl %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}
