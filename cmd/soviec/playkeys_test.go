// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"crypto/sha256"
	"strings"
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/cms"
	"soviec/kit/pades"
	"soviec/kit/pades/padestest"
)

// What the sample office's authority issues is the same for a whole day, says that it is worth
// nothing, and signs the same each time.
func TestTheSampleAuthorityIsTheSameForADay(t *testing.T) {
	day := civil.New(2026, 11, 24)
	made := func() (certs []byte, file []byte) {
		ca, err := newTrialCA(day, "CA của văn phòng mẫu")
		if err != nil {
			t.Fatal(err)
		}
		who, err := ca.of("Đàm Quốc Thắng", "Ban Dân tộc tỉnh Cao Bằng", ca.from, ca.until)
		if err != nil {
			t.Fatal(err)
		}
		paper := padestest.Paper("to be signed")
		at := civil.At(day, 9, 0)
		tail, err := pades.Sign(t.Context(), bytes.NewReader(paper), int64(len(paper)), pades.Request{Cert: who.cert, Chain: who.chain, At: at}, who, nil)
		if err != nil {
			t.Fatal(err)
		}
		file = append(bytes.Clone(paper), tail...)
		trust, err := cms.NewStore(cms.Entry{Name: "mẫu", Set: cms.SetTest, Cert: ca.root.cert, Fingerprint: cms.Fingerprint(ca.root.cert), Source: "mẫu"})
		if err != nil {
			t.Fatal(err)
		}
		if r := pades.Verify(t.Context(), bytes.NewReader(file), int64(len(file)), pades.Options{Store: trust, At: at.Add(time.Hour)}); r.Summary != pades.Valid {
			t.Errorf("the signature is %s: %v", r.Summary, r.Reasons)
		}
		for _, c := range []string{ca.root.cert.Subject.CommonName, who.cert.Subject.OrganizationalUnit[0]} {
			if !strings.Contains(c, "không có giá trị") {
				t.Errorf("%q does not say that it is worth nothing", c)
			}
		}
		return bytes.Join([][]byte{ca.root.cert.Raw, who.cert.Raw}, nil), file
	}
	certs, file := made()
	again, other := made()
	if sha256.Sum256(certs) != sha256.Sum256(again) || sha256.Sum256(file) != sha256.Sum256(other) {
		t.Error("the authority is another one on the same day")
	}
}
