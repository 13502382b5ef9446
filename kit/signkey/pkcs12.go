// SPDX-License-Identifier: Apache-2.0

package signkey

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"

	"software.sslmate.com/src/go-pkcs12"

	"soviec/kit/cms"
	"soviec/kit/fault"
)

// NewPKCS12 is the driver of keys in files, for trials and small offices: the file comes
// with each use, encrypted as its owner keeps it, and so does its passphrase. Neither
// outlives the use.
func NewPKCS12() Driver { return careful{files{slots: make(chan struct{}, 2)}} }

// files opens few at once: how long a passphrase is ground stands in the file, and
// partly in its encrypted half, so a file made for harm can hold up other files only.
type files struct{ slots chan struct{} }

func (f files) open(ctx context.Context, who Who) (crypto.Signer, *x509.Certificate, []*x509.Certificate, error) {
	select {
	case f.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, nil, nil, ctx.Err()
	}
	defer func() { <-f.slots }()
	return OpenPKCS12(who.File, who.Secret)
}

// fileLimit and roundLimit bound what opening a foreign file may cost.
const (
	fileLimit  = 256 << 10
	roundLimit = 2_000_000
)

func (f files) Keys(ctx context.Context, who Who) ([]Key, error) {
	_, cert, chain, err := f.open(ctx, who)
	if err != nil {
		return nil, err
	}
	return []Key{{ID: cms.Fingerprint(cert), Label: cert.Subject.CommonName, Cert: cert, Chain: chain}}, nil
}

func (f files) Begin(ctx context.Context, job Job) (Ticket, error) {
	key, cert, _, err := f.open(ctx, job.Who)
	if err != nil {
		return Ticket{}, err
	}
	if !cert.Equal(job.Key.Cert) {
		return Ticket{}, noKey("Tệp khóa này không có khóa của chứng thư số đã chọn.", nil)
	}
	a, err := signAll(ctx, key, job)
	return Ticket{Ref: cms.Fingerprint(cert), Done: &a}, err
}

func (files) Poll(context.Context, Ticket) (Answer, error) {
	return Answer{}, errors.New("signkey: a file answers at once")
}

// signAll asks a key at hand for all digests of a job.
func signAll(ctx context.Context, key crypto.Signer, job Job) (a Answer, err error) {
	var how crypto.SignerOpts = job.Hash
	if job.PSS {
		how = &rsa.PSSOptions{SaltLength: job.Hash.Size(), Hash: job.Hash}
	}
	for _, ask := range job.Asks {
		if ctx.Err() != nil {
			return Answer{}, ctx.Err()
		}
		v, err := key.Sign(rand.Reader, ask.Digest, how)
		if err != nil {
			return Answer{}, fmt.Errorf("signkey: %w", err)
		}
		a.Values = append(a.Values, v)
	}
	return a, nil
}

// OpenPKCS12 opens a file of one key with its certificate and the certificates above it.
func OpenPKCS12(raw []byte, passphrase Secret) (crypto.Signer, *x509.Certificate, []*x509.Certificate, error) {
	broken := func(cause error) error {
		return refuse(fault.KindInvalid, "file", "Tệp khóa không đúng dạng PKCS#12 (.p12, .pfx).", ErrFile, cause)
	}
	switch {
	case len(raw) == 0:
		return nil, nil, nil, refuse(fault.KindInvalid, "file", "Chưa chọn tệp khóa (.p12, .pfx).", ErrFile, nil)
	case len(raw) > fileLimit:
		return nil, nil, nil, broken(errors.New("too large"))
	}
	if err := rounds(raw, 0); err != nil {
		return nil, nil, nil, broken(err)
	}
	key, cert, chain, err := pkcs12.DecodeChain(raw, string(passphrase))
	switch {
	case errors.Is(err, pkcs12.ErrIncorrectPassword), errors.Is(err, pkcs12.ErrDecryption):
		return nil, nil, nil, wrongSecret("Mật khẩu của tệp khóa", nil)
	case err != nil:
		return nil, nil, nil, broken(err)
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, nil, nil, unsupported("Loại khóa trong tệp PKCS#12 không dùng để ký được.")
	}
	same, ok := signer.Public().(interface{ Equal(crypto.PublicKey) bool })
	if !ok || !same.Equal(cert.PublicKey) {
		return nil, nil, nil, broken(errors.New("the certificate is not that of the key"))
	}
	return signer, cert, chain, nil
}

// WritePKCS12 is a file of a key, in the way that is current today.
func WritePKCS12(key crypto.Signer, cert *x509.Certificate, chain []*x509.Certificate, passphrase Secret) ([]byte, error) {
	return pkcs12.Modern.WithRand(rand.Reader).Encode(key, cert, chain, string(passphrase))
}

// rounds refuses a file that wants its passphrase ground for hours: everywhere in it the
// number of rounds is the integer that follows a salt.
func rounds(der []byte, depth int) error {
	if depth > 40 {
		return errors.New("nested too deep")
	}
	salt := false
	for len(der) > 0 {
		var v asn1.RawValue
		rest, err := asn1.Unmarshal(der, &v)
		if err != nil {
			return nil // not DER, so it is content; what opens the file judges its form
		}
		switch {
		case v.IsCompound:
			if err := rounds(v.Bytes, depth+1); err != nil {
				return err
			}
		case v.Tag == asn1.TagOctetString && len(v.Bytes) > 32:
			if err := rounds(v.Bytes, depth+1); err != nil {
				return err
			}
		case v.Tag == asn1.TagInteger && salt:
			var n int
			if _, err := asn1.Unmarshal(v.FullBytes, &n); err != nil || n > roundLimit || n < 0 {
				return errors.New("too many rounds")
			}
		}
		salt = v.Class == asn1.ClassUniversal && v.Tag == asn1.TagOctetString
		der = rest
	}
	return nil
}
