// SPDX-License-Identifier: Apache-2.0

package cms

import (
	"bytes"
	"crypto"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// openssl runs the reference program in dir; tests that compare with it say so when
// the machine has none.
func openssl(t *testing.T, dir string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command("openssl", args...)
	cmd.Dir = dir
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("openssl %s: %v\n%s", strings.Join(args, " "), err, errs.String())
	}
	return out
}

func needOpenSSL(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("openssl is not installed: nothing to compare with")
	}
}

// keyKinds are the kinds of keys that the reference program makes for the tests.
var keyKinds = map[string][]string{
	"rsa":     {"-newkey", "rsa:2048"},
	"p256":    {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"},
	"p384":    {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"},
	"p521":    {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-521"},
	"bp256":   {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:brainpoolP256r1"},
	"bp320":   {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:brainpoolP320t1"},
	"bp384":   {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:brainpoolP384r1"},
	"bp512":   {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:brainpoolP512r1"},
	"koblitz": {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:secp256k1"},
}

func selfSigned(t *testing.T, dir, kind string) {
	t.Helper()
	args := append([]string{"req", "-x509", "-nodes", "-days", "3650", "-subj", "/C=VN/O=Ban Dan toc/CN=Nong Thi Lan", "-keyout", kind + ".key", "-out", kind + ".pem"}, keyKinds[kind]...)
	openssl(t, dir, args...)
}

func TestReadsWhatOpenSSLSigned(t *testing.T) {
	needOpenSSL(t)
	dir := t.TempDir()
	content := []byte("Nội dung văn bản số 15/QĐ-BDT")
	if err := os.WriteFile(filepath.Join(dir, "content"), content, 0o600); err != nil {
		t.Fatal(err)
	}
	for kind := range keyKinds {
		selfSigned(t, dir, kind)
	}
	tests := []struct {
		kind string
		args []string
		code Code // "" when it must verify
		weak bool
	}{
		{"rsa", []string{"-md", "sha256"}, "", false},
		{"rsa", []string{"-md", "sha512", "-cades"}, "", false},
		{"rsa", []string{"-md", "sha1"}, "", true},
		{"rsa", []string{"-md", "md5"}, CodeWeakAlgorithm, false},
		{"rsa", []string{"-md", "sha256", "-keyid"}, "", false},
		{"rsa", []string{"-md", "sha384", "-keyopt", "rsa_padding_mode:pss"}, "", false},
		{"rsa", []string{"-md", "sha256", "-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_mgf1_md:sha1"}, CodeUnsupportedAlgorithm, false},
		{"rsa", []string{"-md", "sha256", "-nocerts"}, CodeNoSignerCert, false},
		{"rsa", []string{"-md", "sha256", "-stream", "-indef"}, "", false}, // in BER, which it writes for contents inside,
		{"rsa", []string{"-md", "sha256", "-noattr"}, "", false},
		{"p256", []string{"-md", "sha256"}, "", false},
		{"p384", []string{"-md", "sha384", "-cades"}, "", false},
		{"p521", []string{"-md", "sha512"}, "", false},
		{"bp256", []string{"-md", "sha256", "-cades"}, "", false},
		{"bp320", []string{"-md", "sha384"}, "", false},
		{"bp384", []string{"-md", "sha512"}, "", false},
		{"bp512", []string{"-md", "sha512"}, "", false},
		{"koblitz", []string{"-md", "sha256"}, "", false},
		{"rsa", []string{"-md", "sha3-384"}, "", false},
	}
	for _, c := range tests {
		for _, attached := range []bool{false, true} {
			if !attached && slices.Contains(c.args, "-indef") {
				continue
			}
			name := c.kind + " " + strings.Join(c.args, " ")
			args := append([]string{"cms", "-sign", "-binary", "-in", "content", "-signer", c.kind + ".pem", "-inkey", c.kind + ".key", "-outform", "DER"}, c.args...)
			if attached {
				name += " attached"
				args = append(args, "-nodetach")
			}
			t.Run(name, func(t *testing.T) {
				der := openssl(t, dir, args...)
				s, err := Parse(append(der, make([]byte, 50)...))
				if err != nil {
					t.Fatal(err)
				}
				if s.Detached == attached || (attached && !bytes.Equal(s.Content, content)) {
					t.Errorf("detached %v, content %q", s.Detached, s.Content)
				}
				digest := Sum(content)
				if attached {
					digest = nil
				}
				if err := s.Verify(digest); CodeOf(err) != c.code || (c.code == "" && err != nil) {
					t.Fatalf("Verify says %v, expected %q", err, c.code)
				}
				if (len(s.Weak()) > 0) != c.weak {
					t.Errorf("weak: %v", s.Weak())
				}
				if c.code == CodeNoSignerCert {
					raw, _ := os.ReadFile(filepath.Join(dir, c.kind+".pem"))
					block, _ := pem.Decode(raw)
					cert, err := ParseCertificate(block.Bytes)
					if err != nil {
						t.Fatal(err)
					}
					s.Supply(cert)
					if err := s.Verify(digest); err != nil {
						t.Error(err)
					}
				}
				if c.code != "" {
					return
				}
				if err := s.Verify(Sum(append(content, '.'))); CodeOf(err) != CodeHashMismatch && CodeOf(err) != CodeSignatureValue {
					t.Errorf("another content: %v", err)
				}
				s.Signature[len(s.Signature)-1] ^= 1
				if err := s.Verify(digest); CodeOf(err) != CodeSignatureValue {
					t.Errorf("another signature value: %v", err)
				}
			})
		}
	}
}

func TestTwoSignersAreSaid(t *testing.T) {
	needOpenSSL(t)
	dir := t.TempDir()
	selfSigned(t, dir, "rsa")
	selfSigned(t, dir, "p256")
	if err := os.WriteFile(filepath.Join(dir, "content"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	der := openssl(t, dir, "cms", "-sign", "-binary", "-in", "content", "-outform", "DER", "-signer", "rsa.pem", "-inkey", "rsa.key", "-signer", "p256.pem", "-inkey", "p256.key")
	s, err := Parse(der)
	if err != nil {
		t.Fatal(err)
	}
	if s.Signers != 2 || CodeOf(s.Verify(Sum([]byte("x")))) != CodeFormat {
		t.Errorf("%d signers, %v", s.Signers, s.Verify(Sum([]byte("x"))))
	}
	if _, err := Parse(append(der, 1)); CodeOf(err) != CodeFormat {
		t.Errorf("a byte after the structure: %v", err)
	}
	if _, err := Parse(der[:len(der)-1]); CodeOf(err) != CodeFormat {
		t.Errorf("cut short: %v", err)
	}
}

func TestReadsATimeStampOfOpenSSL(t *testing.T) {
	needOpenSSL(t)
	dir := t.TempDir()
	conf := `[req]
distinguished_name=dn
x509_extensions=stamping
prompt=no
[dn]
CN=TSA thu nghiem
[stamping]
extendedKeyUsage=critical,timeStamping
[plain]
extendedKeyUsage=timeStamping
[tsa]
default_tsa=t
[t]
serial=serial
default_policy=1.2.3.4.1
digests=sha256,sha512
accuracy=secs:1,millisecs:500,microsecs:100
ess_cert_id_alg=sha256
signer_digest=sha256
`
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("c.cnf", conf)
	write("serial", "01")
	write("data", "giá trị chữ ký")
	for _, ext := range []string{"stamping", "plain"} {
		openssl(t, dir, "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-config", "c.cnf", "-extensions", ext, "-days", "3650", "-keyout", "k.pem", "-out", "c.pem")
		openssl(t, dir, "ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "q")
		if ext == "plain" { // the reference program itself refuses to stamp with it
			cmd := exec.Command("openssl", "ts", "-reply", "-config", "c.cnf", "-queryfile", "q", "-signer", "c.pem", "-inkey", "k.pem", "-token_out", "-out", "r")
			cmd.Dir = dir
			if cmd.Run() == nil {
				t.Error("openssl stamped with a certificate that is not for it alone")
			}
			continue
		}
		openssl(t, dir, "ts", "-reply", "-config", "c.cnf", "-queryfile", "q", "-signer", "c.pem", "-inkey", "k.pem", "-token_out", "-out", "r")
		raw, err := os.ReadFile(filepath.Join(dir, "r"))
		if err != nil {
			t.Fatal(err)
		}
		token, err := ParseToken(raw)
		if err != nil {
			t.Fatal(err)
		}
		if token.Hash != crypto.SHA256 || token.Time.IsZero() || token.Nonce == nil || token.Policy.String() != "1.2.3.4.1" || token.Accuracy.Microseconds() != 1500100 {
			t.Errorf("%+v", token)
		}
		if err := token.Verify(Sum([]byte("giá trị chữ ký"))); err != nil {
			t.Error(err)
		}
		if err := token.Verify(Sum([]byte("giá trị khác"))); CodeOf(err) != CodeTimestampBroken {
			t.Error(err)
		}
	}
}
