// SPDX-License-Identifier: Apache-2.0

package cms

import (
	"crypto"
	"errors"
	"slices"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// Sum gives a function that digests b, for Verify.
func Sum(b []byte) func(crypto.Hash) ([]byte, error) {
	return func(h crypto.Hash) ([]byte, error) { return sum(h, b), nil }
}

// Verify judges the message alone: one signer, his certificate at hand, digest
// algorithms that agree, attributes as they must be, the digest of the content, the
// signature value. digest answers with the digest of what was signed; nil means the
// encapsulated content. It returns nil or a *Problem. Trust is Store.Path's matter.
func (s *Signed) Verify(digest func(crypto.Hash) ([]byte, error)) error {
	switch {
	case s.Signers == 0:
		return problem(CodeFormat, "Dữ liệu chữ ký không có người ký.", nil)
	case s.Signers > 1:
		return problem(CodeFormat, "Một chữ ký chứa nhiều người ký, không đúng quy cách chữ ký số trên văn bản.", nil)
	case s.SignerCert == nil:
		return problem(CodeNoSignerCert, "Chữ ký không kèm chứng thư số của người ký nên không kiểm tra được.", nil)
	}
	if err := s.algorithms(); err != nil {
		return err
	}
	if s.attrErr != nil {
		return s.attrErr
	}
	if digest == nil {
		if s.Detached {
			return malformed("no content to verify")
		}
		digest = Sum(s.Content)
	}
	content, err := digest(s.Digest)
	if err != nil {
		return problem(CodeFormat, "Không đọc được phần nội dung đã ký.", err)
	}
	if s.AttrsDER == nil {
		return s.verifyBare(content)
	}
	if err := s.attributes(content); err != nil {
		return err
	}
	return s.value()
}

// algorithms asks that the digest algorithm of the signer and of the signature agree.
func (s *Signed) algorithms() error {
	if s.algorithmErr != nil {
		return s.algorithmErr
	}
	if s.Digest == 0 {
		switch s.digestOID.String() {
		case "1.2.840.113549.2.5", "1.2.840.113549.2.2", "1.2.840.113549.2.4":
			return problem(CodeWeakAlgorithm, "Chữ ký dùng thuật toán băm MD5 hoặc cũ hơn, không được chấp nhận.", nil)
		}
		if s.digestOID.String() != "2.16.840.1.101.3.4.2.12" || s.algorithm.family != familyEd448 {
			return unsupported("digest algorithm " + s.digestOID.String())
		}
		return unsupported("SHAKE256")
	}
	if s.algorithm.hash != 0 && s.algorithm.hash != s.Digest {
		return problem(CodeFormat, "Thuật toán băm ghi trong chữ ký không thống nhất với nhau.",
			errors.New("digest algorithm "+s.Digest.String()+", signature algorithm "+s.algorithm.hash.String()))
	}
	return nil
}

// attributes checks the signed attributes against the content and the certificate.
func (s *Signed) attributes(content []byte) error {
	var hasType bool
	for _, a := range s.SignedAttrs {
		switch {
		case a.Type.Equal(oidContentType):
			value := cryptobyte.String(a.Values[0])
			oid := oidData
			if !value.ReadASN1ObjectIdentifier(&oid) || !oid.Equal(s.ContentType) {
				return malformed("content-type attribute")
			}
			hasType = true
		case a.Type.Equal(oidProtection):
			if err := s.protection(a.Values[0]); err != nil {
				return err
			}
		}
	}
	if !hasType {
		return malformed("no content-type attribute")
	}
	if s.MessageDigest == nil {
		return malformed("no message-digest attribute")
	}
	if len(s.MessageDigest) != s.Digest.Size() {
		return problem(CodeFormat, "Thuật toán băm ghi trong chữ ký không thống nhất với nhau.", errors.New("length of the message digest"))
	}
	if !slices.Equal(content, s.MessageDigest) {
		return problem(CodeHashMismatch, "Nội dung đã bị thay đổi sau khi ký.", nil)
	}
	for _, e := range s.essDigest {
		if e.present {
			if err := e.fits(s.SignerCert); err != nil {
				return err
			}
		}
	}
	return nil
}

// protection compares the algorithms under the signature with those outside (RFC 6211).
func (s *Signed) protection(value cryptobyte.String) error {
	bad := problem(CodeFormat, "Thuật toán ghi trong chữ ký đã bị thay đổi so với lúc ký.", errors.New("algorithm protection"))
	var seq, inner cryptobyte.String
	if !value.ReadASN1(&seq, casn1.SEQUENCE) {
		return bad
	}
	oid, _, ok := readAlgorithm(&seq)
	if !ok || !oid.Equal(s.digestOID) {
		return bad
	}
	var present bool
	if !seq.ReadOptionalASN1(&inner, &present, tag1) || !present {
		return bad
	}
	var alg = oidData
	if !inner.ReadASN1ObjectIdentifier(&alg) {
		return bad
	}
	a, err := signatureAlgorithm(alg, inner)
	if err != nil || a.family != s.algorithm.family || (a.hash != 0 && s.algorithm.hash != 0 && a.hash != s.algorithm.hash) {
		return bad
	}
	return nil
}

// value checks the signature value over the attributes as DER. A signer who hashed
// them in another order has not followed the standard; that is said apart.
func (s *Signed) value() error {
	key, err := publicKey(s.SignerCert)
	if err != nil {
		return err
	}
	err = s.algorithm.check(key, s.Digest, s.AttrsDER, nil, s.Signature)
	if err == nil || CodeOf(err) != "" {
		return err
	}
	if !slices.Equal(s.attrsStored, s.AttrsDER) && s.algorithm.check(key, s.Digest, s.attrsStored, nil, s.Signature) == nil {
		return problem(CodeFormat, "Chữ ký không được lập theo đúng quy cách (thứ tự thuộc tính đã ký).", nil)
	}
	return wrongValue(err)
}

func (s *Signed) verifyBare(content []byte) error {
	if !s.ContentType.Equal(oidData) {
		return malformed("signed attributes are missing")
	}
	key, err := publicKey(s.SignerCert)
	if err != nil {
		return err
	}
	err = s.algorithm.check(key, s.Digest, nil, content, s.Signature)
	if err == nil || CodeOf(err) != "" {
		return err
	}
	return wrongValue(err)
}

func wrongValue(err error) error {
	return problem(CodeSignatureValue, "Giá trị chữ ký không khớp với chứng thư số của người ký.", err)
}

// VerifySHA1 judges a message of the old kind adbe.pkcs7.sha1, whose content is the
// SHA-1 digest of what was signed.
func (s *Signed) VerifySHA1(digest func(crypto.Hash) ([]byte, error)) error {
	if s.Detached || len(s.Content) != crypto.SHA1.Size() {
		return malformed("the content is not a SHA-1 digest")
	}
	d, err := digest(crypto.SHA1)
	if err != nil {
		return problem(CodeFormat, "Không đọc được phần nội dung đã ký.", err)
	}
	if !slices.Equal(d, s.Content) {
		return problem(CodeHashMismatch, "Nội dung đã bị thay đổi sau khi ký.", nil)
	}
	return s.Verify(nil)
}
