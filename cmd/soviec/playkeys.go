// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"time"

	"soviec/kit/civil"
	"soviec/kit/cms"
	"soviec/kit/journal"
	"soviec/kit/signkey"
	"soviec/office/outgoing"
	"soviec/office/signature"
	"soviec/office/signing"
	"soviec/seed"
)

// A trial is a certificate of the sample office's own authority, with its key.
type trial struct {
	key   *ecdsa.PrivateKey
	cert  *x509.Certificate
	chain []*x509.Certificate
}

// Public is the key's other half.
func (t *trial) Public() crypto.PublicKey { return t.key.Public() }

// Sign answers the same to the same question (RFC 6979): the sample office is one and the
// same for a whole day.
func (t *trial) Sign(_ io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	return t.key.Sign(nil, digest, opts)
}

// A trialCA is the certification authority of the sample office. Its keys follow from their
// names, so everybody has them; its certificates say that they are worth nothing, and only
// the sample office's own store holds its root, among those for trials. It tells nothing of
// revocation, and says so in each certificate (noRevAvail, RFC 9608): the sample office is
// judged without a network.
type trialCA struct {
	root        *trial
	store       *cms.Store // trusts it alone
	from, until time.Time
}

// noRevocation is the extension by which a certificate says so.
var noRevocation = pkix.Extension{Id: asn1.ObjectIdentifier{2, 5, 29, 56}, Value: []byte{5, 0}}

// trialMark stands in the name of everything that the authority of the sample office issues.
const trialMark = "(mẫu, không có giá trị)"

// trialSource says where the certificate of the sample office's authority comes from.
const trialSource = "Tạo cùng văn phòng mẫu; chỉ dùng để thử, không có giá trị pháp lý."

// keysFrom is since when the sample office has its keys.
var keysFrom = civil.New(2018, 6, 1)

func newTrialCA(today civil.Date, name string) (*trialCA, error) {
	ca := &trialCA{from: civil.At(keysFrom, 0, 0), until: civil.At(today.AddDays(550), 0, 0)}
	var err error
	ca.root, err = ca.issue(nil, pkix.Name{CommonName: name + " " + trialMark}, ca.from, civil.At(today.AddDays(7300), 0, 0))
	if err == nil {
		ca.store, err = cms.NewStore(cms.Entry{Name: ca.root.cert.Subject.CommonName, Set: cms.SetTest, Cert: ca.root.cert, Fingerprint: cms.Fingerprint(ca.root.cert), Source: trialSource})
	}
	return ca, err
}

// of gives a person of an organization, or the organization itself, a certificate for a time.
func (ca *trialCA) of(name, organization string, from, until time.Time) (*trial, error) {
	return ca.issue(ca.root, pkix.Name{CommonName: name, Organization: []string{organization}, OrganizationalUnit: []string{"Chứng thư mẫu, không có giá trị"}}, from, until)
}

func (ca *trialCA) issue(by *trial, name pkix.Name, from, until time.Time) (*trial, error) {
	name.Country = []string{"VN"}
	seed := sha256.Sum256([]byte("van-phong-mau " + name.String()))
	key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), seed[:])
	if err != nil {
		return nil, err
	}
	t := &trial{key: key}
	c := &x509.Certificate{SerialNumber: new(big.Int).SetBytes(seed[:15]), Subject: name, NotBefore: from, NotAfter: until, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment}
	parent, signer := c, t
	if by == nil {
		c.IsCA, c.KeyUsage = true, x509.KeyUsageCertSign|x509.KeyUsageCRLSign
	} else {
		c.ExtraExtensions = []pkix.Extension{noRevocation}
		parent, signer, t.chain = by.cert, by, []*x509.Certificate{by.cert}
	}
	der, err := x509.CreateCertificate(rand.Reader, c, parent, key.Public(), signer)
	if err != nil {
		return nil, err
	}
	t.cert, err = x509.ParseCertificate(der)
	return t, err
}

// signers are those of the sample office who sign documents with a key of their own.
var signers = []string{"thang", "hoa", "quy", "minh", "lam"}

// endingSoon is whose certificate ends within the month of the visit.
const endingSoon = "quy"

// equip gives the sample office its certification authority, its trust in it, and the keys
// of those who sign and of the agency, in the register and as files of PKCS#12.
func (pl *player) equip(ctx context.Context, today civil.Date) error {
	ca, err := newTrialCA(today, "CA của văn phòng mẫu")
	if err != nil {
		return err
	}
	if pl.strangers, err = newTrialCA(today, "CA lạ"); err != nil {
		return err
	}
	pl.ca, pl.keysOf = ca, map[string]*trial{}
	agency := pl.setup.Agency.Name
	if pl.keysOf[""], err = ca.of(agency, agency, ca.from, ca.until); err != nil {
		return err
	}
	d, err := pl.office(ctx)
	if err != nil {
		return err
	}
	for _, who := range signers {
		until := ca.until
		if who == endingSoon {
			until = civil.At(today.AddDays(24), 0, 0)
		}
		if pl.keysOf[who], err = ca.of(d.Person(pl.people[who]).Name, agency, ca.from, until); err != nil {
			return err
		}
	}
	files, err := pl.keyFiles()
	if err != nil {
		return err
	}
	pl.add(civil.At(civil.New(seed.Year, 1, 2), 7, 2), "kho chứng thư tin cậy", func(ctx context.Context) error {
		return pl.as(ctx, "son", func(a *journal.Act) error {
			_, err := signature.Trust(a, signature.Trusting{Name: ca.root.cert.Subject.CommonName, Purpose: cms.SetTest, File: ca.root.cert.Raw, Pinned: cms.Fingerprint(ca.root.cert),
				Source: trialSource})
			return err
		})
	})
	pl.add(civil.At(civil.New(seed.Year, 1, 2), 7, 3), "sổ khóa ký", func(ctx context.Context) error {
		return pl.as(ctx, "minh", func(a *journal.Act) error {
			for k, who := range append([]string{""}, signers...) {
				e := signature.Entering{Person: pl.people[who], Device: "file", DeviceNo: keyFile(who), File: pl.keysOf[who].cert.Raw, From: keysFrom,
					Minutes: fmt.Sprintf("Biên bản số %02d/BB-VP ngày %s", k+1, keysFrom.VN())}
				if who == "" {
					e.Holder = pl.people["lan"]
				}
				if _, err := signature.EnterKey(a, e); err != nil {
					return err
				}
			}
			return nil
		})
	})
	pl.add(civil.At(civil.New(seed.Year, 1, 2), 7, 4), "bàn ký số", func(ctx context.Context) error { return pl.keep(ctx, files) })
	return nil
}

// keep puts the keys and the pictures of their signatures on the signing desk of those who
// sign, and the picture of the agency's seal beside its key.
func (pl *player) keep(ctx context.Context, files map[string][]byte) error {
	for _, who := range signers {
		err := pl.as(ctx, who, func(a *journal.Act) error {
			if err := signing.SetPicture(a, pl.handOf(who), 35); err != nil {
				return err
			}
			return signing.KeepKey(a, files[who], keyFile(who), pl.keysOf[who].cert)
		})
		if err != nil {
			return err
		}
	}
	return pl.as(ctx, "lan", func(a *journal.Act) error { return outgoing.SetSealPicture(a, sealPicture(), sealWide) })
}

// keyFile is the name of a key's file: "" is the agency.
func keyFile(who string) string {
	if who == "" {
		who = "co-quan"
	}
	return who + ".p12"
}

// keyFolder is where the files of keys of the sample office stand, under the data.
const keyFolder = "khoa-mau"

// keyFiles are the keys as files of PKCS#12, opened with the password of the sample office;
// they are written into its folder too.
func (pl *player) keyFiles() (map[string][]byte, error) {
	dir := filepath.Join(pl.settings.Data, keyFolder)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	out := map[string][]byte{}
	for who, t := range pl.keysOf {
		raw, err := signkey.WritePKCS12(t.key, t.cert, t.chain, samplePassword)
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(dir, keyFile(who)), raw, 0o600); err != nil {
			return nil, err
		}
		out[who] = raw
	}
	return out, nil
}
