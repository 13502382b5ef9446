// SPDX-License-Identifier: Apache-2.0

package signkey

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"

	"soviec/kit/cms"
	"soviec/kit/fault"
)

// Careful looks at what goes into a driver and at what comes out of it.
func Careful(d Driver) Driver {
	if c, ok := d.(careful); ok {
		return c
	}
	return careful{d}
}

type careful struct{ Driver }

func (c careful) Keys(ctx context.Context, who Who) ([]Key, error) {
	all, err := c.Driver.Keys(ctx, who)
	if err != nil && ctx.Err() != nil {
		err = ended(ctx.Err())
	}
	return all, err
}

func (c careful) Begin(ctx context.Context, job Job) (Ticket, error) {
	if ctx.Err() != nil {
		return Ticket{}, ended(ctx.Err())
	}
	if job.Hash == 0 {
		job.Hash = crypto.SHA256
	}
	if err := job.check(); err != nil {
		return Ticket{}, err
	}
	t, err := c.Driver.Begin(ctx, job)
	if err != nil {
		if ctx.Err() != nil {
			err = ended(ctx.Err())
		}
		return Ticket{}, err
	}
	t.Asked = Asked{Cert: job.Key.Cert.Raw, Hash: job.Hash, PSS: job.PSS}
	for _, a := range job.Asks {
		t.Asked.Digests = append(t.Asked.Digests, a.Digest)
	}
	if t.Done != nil {
		if err := t.Asked.accept(t.Done); err != nil {
			return Ticket{}, err
		}
	}
	return t, nil
}

func (c careful) Poll(ctx context.Context, t Ticket) (Answer, error) {
	if t.Done != nil {
		a := *t.Done
		return a, t.Asked.accept(&a)
	}
	a, err := c.Driver.Poll(ctx, t)
	if ctx.Err() != nil {
		return Answer{}, notYet(ctx.Err())
	}
	if err != nil {
		return Answer{}, err
	}
	if a.Waiting() {
		return a, nil
	}
	if err := t.Asked.accept(&a); err != nil {
		return Answer{}, err
	}
	return a, nil
}

// check refuses a job that no key could do.
func (j *Job) check() error {
	k := j.Key
	switch {
	case k.Cert == nil:
		return noKey("Chưa chọn khóa để ký.", nil)
	case k.kind() == "":
		return unsupported("Loại khóa của chứng thư số này chưa được hỗ trợ; cần khóa RSA hoặc ECDSA.")
	case j.PSS && k.kind() != "RSA":
		return unsupported("Chỉ khóa RSA ký được theo RSASSA-PSS.")
	case j.At.Before(k.Cert.NotBefore):
		return refuse(fault.KindInvalid, "key", "Chứng thư số của khóa này chưa có hiệu lực.", ErrEnded, nil)
	case j.At.After(k.Cert.NotAfter):
		return refuse(fault.KindInvalid, "key", "Chứng thư số của khóa này đã hết hạn ngày "+k.Cert.NotAfter.In(j.At.Location()).Format("02/01/2006")+".", ErrEnded, nil)
	case len(j.Asks) == 0:
		return fault.Invalid("", "Không có văn bản nào để ký.")
	case len(j.Asks) > MostAsks:
		return fault.Invalid("", fmt.Sprintf("Mỗi lần chỉ ký được tối đa %d văn bản.", MostAsks))
	}
	if err := cms.MaySign(k.Cert); err != nil {
		return refuse(fault.KindInvalid, "key", "Chứng thư số của khóa này không dùng để ký văn bản.", ErrUnsupported, err)
	}
	switch j.Hash {
	case crypto.SHA256, crypto.SHA384, crypto.SHA512:
	default:
		return fmt.Errorf("signkey: digests of %s are not signed", j.Hash)
	}
	for _, a := range j.Asks {
		if len(a.Digest) != j.Hash.Size() {
			return fmt.Errorf("signkey: a digest of %d bytes is not of %s", len(a.Digest), j.Hash)
		}
	}
	return nil
}

// accept puts the values into the form that is promised and verifies every one.
func (q Asked) accept(a *Answer) error {
	if len(a.Values) != len(q.Digests) {
		return badAnswer(fmt.Errorf("%d values for %d digests", len(a.Values), len(q.Digests)))
	}
	cert, err := x509.ParseCertificate(q.Cert)
	if err != nil {
		return badAnswer(err)
	}
	out := make([][]byte, len(a.Values))
	for i, v := range a.Values {
		if out[i], err = q.verified(cert.PublicKey, q.Digests[i], v); err != nil {
			return badAnswer(fmt.Errorf("value %d: %w", i, err))
		}
	}
	a.Values = out
	return nil
}

// verified gives the value as it is promised, or why it is not one of this digest.
func (q Asked) verified(pub crypto.PublicKey, digest, v []byte) ([]byte, error) {
	switch pub := pub.(type) {
	case *rsa.PublicKey:
		if q.PSS {
			return v, rsa.VerifyPSS(pub, q.Hash, digest, v, &rsa.PSSOptions{SaltLength: q.Hash.Size(), Hash: q.Hash})
		}
		return v, rsa.VerifyPKCS1v15(pub, q.Hash, digest, v)
	case *ecdsa.PublicKey:
		if ecdsa.VerifyASN1(pub, digest, v) {
			return v, nil
		}
		// tokens and some services answer with two bare numbers
		if n := (pub.Params().BitSize + 7) / 8; len(v) == 2*n {
			der, err := asn1.Marshal(struct{ R, S *big.Int }{new(big.Int).SetBytes(v[:n]), new(big.Int).SetBytes(v[n:])})
			if err == nil && ecdsa.VerifyASN1(pub, digest, der) {
				return der, nil
			}
		}
		return nil, errors.New("not an ECDSA signature of this digest")
	}
	return nil, fmt.Errorf("a key of %T", pub)
}
