// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"bytes"
	"context"
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/cms/cmstest"
	"soviec/kit/letter"
	"soviec/kit/pades"
)

// A document that was signed before it had a number carries number and date in fields.
func TestNumberAndDateInFieldsAreRead(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the PDF engine")
	}
	now := time.Date(2026, 1, 5, 14, 5, 9, 0, civil.Zone)
	l := letter.Letter{Type: "QĐ", Superior: "UBND TỈNH CAO BẰNG", Agency: "BAN DÂN TỘC", Notation: "QĐ-BDT", Place: "Cao Bằng", Subject: "Về việc thành lập Tổ công tác",
		Body: letter.Parse("Điều 1. Thành lập Tổ công tác./."), Signatures: []letter.Signature{{Lines: []string{"TRƯỞNG BAN"}, Name: "Đàm Quốc Thắng"}}, Recipients: []string{"Như Điều 1", "Lưu: VT"}, Drafter: "LTH", Copies: 12}
	r, err := letter.Set(l, letter.Options{Fields: true, At: now})
	if err != nil {
		t.Fatal(err)
	}
	fill, err := l.Fill("15", "QĐ-BDT", civil.New(2026, 1, 5))
	if err != nil {
		t.Fatal(err)
	}
	w, err := cmstest.New(func() time.Time { return now }, "")
	if err != nil {
		t.Fatal(err)
	}
	id, err := w.Issue("Ban Dân tộc tỉnh Cao Bằng", cmstest.Request{Kind: cmstest.P256})
	if err != nil {
		t.Fatal(err)
	}
	tail, err := pades.Sign(context.Background(), bytes.NewReader(r.PDF), int64(len(r.PDF)), pades.Request{At: now, Cert: id.Cert, Chain: id.Chain, Fill: fill}, id.Key, nil)
	if err != nil {
		t.Fatal(err)
	}
	facts, err := newWorker(t, Limits{}).Extract(context.Background(), bytes.NewReader(append(r.PDF, tail...)))
	if err != nil {
		t.Fatal(err)
	}
	p := Propose(facts.FirstPage())
	if p.NumberRaw != "15/QĐ-BDT" || p.Date != civil.New(2026, 1, 5) || p.Place != "Cao Bằng" || p.SignerTitle != "Trưởng ban" || p.Signer != "Đàm Quốc Thắng" {
		t.Errorf("%+v\n%s", p, facts.FirstPage())
	}
}
