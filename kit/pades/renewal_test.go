// SPDX-License-Identifier: Apache-2.0

package pades_test

import (
	"bytes"
	"encoding/asn1"
	"maps"
	"testing"
	"time"

	"soviec/kit/cms"
	"soviec/kit/cms/cmstest"
	"soviec/kit/pades"
	"soviec/kit/pdf"
)

// rewritten appends a revision made by hand.
func rewritten(t *testing.T, in []byte, change func(u *pdf.Update, root pdf.Ref, catalog pdf.Dict)) []byte {
	t.Helper()
	f, err := pdf.Open(ctx, bytes.NewReader(in), int64(len(in)), pdf.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	catalog, root, err := f.Last().Root()
	if err != nil {
		t.Fatal(err)
	}
	u, err := f.Update()
	if err != nil {
		t.Fatal(err)
	}
	change(u, root, maps.Clone(catalog))
	tail, _, err := u.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return append(bytes.Clone(in), tail...)
}

// Some signers renew a file for the archive with a store of validation data of its own.
// That takes nothing away when a document time stamp has sealed the older one.
func TestStoreOfValidationDataIsRenewed(t *testing.T) {
	w, f := livingWorld(t, func() time.Time { return noon })
	s, err := w.Store()
	if err != nil {
		t.Fatal(err)
	}
	id := issue(t, w, "Đàm Quốc Thắng", cmstest.P256)
	stamp := pades.TSA(f, w.Base+"/tsa", nil)
	at := func(level pades.Baseline) []byte {
		return extend(t, sign(t, paper(true, ""), pades.Request{}, id, stamp), pades.Extension{Level: level, Store: s, Fetcher: f, Stamp: stamp, At: noon})
	}
	sealed, open := at(pades.BaselineLTA), at(pades.BaselineLT)
	store := func(u *pdf.Update) pdf.Object {
		cert := u.Add(pdf.NewStream(pdf.Dict{}, w.Stamping.Cert.Raw))
		return u.Add(pdf.Dict{"Type": pdf.Name("DSS"), "Certs": pdf.Array{cert}})
	}
	renew := func(u *pdf.Update, root pdf.Ref, catalog pdf.Dict) {
		catalog["DSS"] = store(u)
		u.Set(root, catalog)
	}
	for _, c := range []struct {
		name string
		in   []byte
		make func(u *pdf.Update, root pdf.Ref, catalog pdf.Dict)
		want pades.Modification
	}{
		{"under a time stamp", sealed, renew, pades.Allowed},
		{"without one", open, renew, pades.Illegal},
		{"in the place of the old one", sealed, func(u *pdf.Update, root pdf.Ref, catalog pdf.Dict) {
			u.Set(catalog["DSS"].(pdf.Ref), pdf.Dict{"Type": pdf.Name("DSS")})
		}, pades.Illegal},
		{"with the old one touched", sealed, func(u *pdf.Update, root pdf.Ref, catalog pdf.Dict) {
			u.Set(catalog["DSS"].(pdf.Ref), pdf.Dict{"Type": pdf.Name("DSS")})
			renew(u, root, catalog)
		}, pades.Illegal},
		{"written into the catalog", sealed, func(u *pdf.Update, root pdf.Ref, catalog pdf.Dict) {
			catalog["DSS"] = pdf.Dict{"Type": pdf.Name("DSS")}
			u.Set(root, catalog)
		}, pades.Illegal},
		{"taken away", sealed, func(u *pdf.Update, root pdf.Ref, catalog pdf.Dict) {
			delete(catalog, "DSS")
			u.Set(root, catalog)
		}, pades.Illegal},
		{"with something strange in it", sealed, func(u *pdf.Update, root pdf.Ref, catalog pdf.Dict) {
			catalog["DSS"] = u.Add(pdf.Dict{"Blah": int64(1)})
			u.Set(root, catalog)
		}, pades.Illegal},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := rewritten(t, c.in, c.make)
			r := pades.Verify(ctx, bytes.NewReader(out), int64(len(out)), pades.Options{Store: s, At: noon})
			if r.Modification != c.want || !r.Intact || r.Signatures != 1 {
				t.Errorf("%s, want %s: %v", r.Modification, c.want, r.Verdicts[0].Reasons)
			}
			// the evidence of the older store is still used
			if c.want == pades.Allowed && (r.Verdicts[0].Trust != cms.Trusted || r.Summary != pades.Valid) {
				t.Errorf("the older evidence is forgotten: %s %v", r.Summary, r.Verdicts[0].Reasons)
			}
		})
	}
}

func TestAskedBeforeSigning(t *testing.T) {
	w, f := livingWorld(t, func() time.Time { return noon })
	s, err := w.Store()
	if err != nil {
		t.Fatal(err)
	}
	id := issue(t, w, "Đàm Quốc Thắng", cmstest.P256)
	ask := func(f *cms.Fetcher, at time.Time) cms.Code {
		_, err := pades.MayStill(ctx, s, f, id.Cert, id.Chain, at)
		return cms.CodeOf(err)
	}
	if code := ask(f, noon); code != "" {
		t.Errorf("a good certificate: %s", code)
	}
	if code := ask(nil, noon); code != cms.CodeNoRevocationData {
		t.Errorf("nobody can be asked: %q", code)
	}
	w.SetDown("ocsp", true)
	if code := ask(f, noon); code != "" {
		t.Errorf("the list was not asked for: %s", code)
	}
	w.Revoke(id.Cert, noon.Add(-time.Hour), 1)
	if code := ask(f, noon); code != cms.CodeRevoked {
		t.Errorf("revoked by the list: %q", code)
	}
	w.SetDown("ocsp", false)
	if code := ask(f, noon); code != cms.CodeRevoked {
		t.Errorf("revoked by OCSP: %q", code)
	}
	if code := ask(f, noon.AddDate(5, 0, 0)); code != cms.CodeExpired {
		t.Errorf("expired: %q", code)
	}
	other, err := cmstest.New(func() time.Time { return noon }, "")
	if err != nil {
		t.Fatal(err)
	}
	stranger := issue(t, other, "Người lạ", cmstest.P256)
	if _, err := pades.MayStill(ctx, s, f, stranger.Cert, stranger.Chain, noon); cms.CodeOf(err) != cms.CodeChainNotFound {
		t.Errorf("a stranger: %v", err)
	}
}

func TestTimeStampUnderAPolicy(t *testing.T) {
	w, f := livingWorld(t, func() time.Time { return noon })
	if _, err := pades.MeasureStamp(ctx, pades.TSA(f, w.Base+"/tsa", cmstest.Policy)); err != nil {
		t.Error(err)
	}
	if _, err := pades.MeasureStamp(ctx, pades.TSA(f, w.Base+"/tsa", asn1.ObjectIdentifier{1, 2, 3})); cms.CodeOf(err) != cms.CodeTimestampBroken {
		t.Errorf("another policy: %v", err)
	}
}
