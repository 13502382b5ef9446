// SPDX-License-Identifier: Apache-2.0

package pades_test

import (
	"bytes"
	"crypto"
	"encoding/json"
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"soviec/kit/cms"
	"soviec/kit/cms/cmstest"
	"soviec/kit/fault"
	"soviec/kit/pades"
)

// livingWorld serves a world on the machine's own address.
func livingWorld(t *testing.T, clock func() time.Time) (*cmstest.World, *cms.Fetcher) {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	server.Start()
	t.Cleanup(server.Close)
	w, err := cmstest.New(clock, server.URL)
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = w.Handler()
	return w, &cms.Fetcher{Allow: []string{strings.TrimPrefix(server.URL, "http://")}}
}

func extend(t testing.TB, in []byte, e pades.Extension) []byte {
	t.Helper()
	tail, err := pades.Extend(ctx, bytes.NewReader(in), int64(len(in)), e)
	if err != nil {
		t.Fatal(err)
	}
	return join(t, in, tail)
}

func TestLevels(t *testing.T) {
	now := noon
	w, f := livingWorld(t, func() time.Time { return now })
	s, err := w.Store()
	if err != nil {
		t.Fatal(err)
	}
	id := issue(t, w, "Đàm Quốc Thắng", cmstest.P256)
	stamp := pades.TSA(f, w.Base+"/tsa", nil)
	if room, err := pades.MeasureStamp(ctx, stamp); err != nil || room < 1000 || room > pades.UsualStamp {
		t.Errorf("a time stamp needs %d bytes: %v", room, err)
	}
	for _, stream := range []bool{false, true} {
		plain := sign(t, paper(stream, ""), pades.Request{}, id, nil)
		stamped := sign(t, paper(stream, ""), pades.Request{}, id, stamp)
		e := pades.Extension{Level: pades.BaselineT, Store: s, Fetcher: f, Stamp: stamp, At: now}
		if out := extend(t, stamped, e); len(out) != len(stamped) {
			t.Error("a signature with a time stamp got another one")
		}
		late := extend(t, plain, e)
		if !strings.Contains(string(late[len(plain):]), "ETSI.RFC3161") {
			t.Error("a signature without a time stamp got none")
		}
		e.Level = pades.BaselineLT
		lt := extend(t, stamped, e)
		if !strings.Contains(string(lt[len(stamped):]), "/DSS") || strings.Contains(string(lt[len(stamped):]), "RFC3161") {
			t.Error("B-LT is not evidence alone")
		}
		if again := extend(t, lt, e); len(again) != len(lt) {
			t.Errorf("what is there was written again: %d bytes", len(again)-len(lt))
		}
		e.Fetcher = nil
		if _, err := pades.Extend(ctx, bytes.NewReader(stamped), int64(len(stamped)), e); cms.CodeOf(err) != cms.CodeNoRevocationData {
			t.Errorf("B-LT without evidence: %v", err)
		}
		if again := extend(t, lt, e); len(again) != len(lt) {
			t.Error("the evidence in the file is not enough without the network")
		}
		e.Fetcher, e.Level = f, pades.BaselineLTA
		lta := extend(t, plain, e)
		out := pdfsig(t, lta, 1)
		if strings.Count(out, "Name: DauThoiGian") != 2 {
			t.Errorf("expected a time stamp for the signature and one for the archive: %s", out)
		}
		until, ok, err := pades.RenewBefore(ctx, bytes.NewReader(lta), int64(len(lta)))
		if err != nil || !ok || !until.Equal(w.Stamping.Cert.NotAfter) {
			t.Errorf("renew before %s %v %v", until, ok, err)
		}
		now = noon.AddDate(1, 0, 0) // the evidence of the first year is kept; the newest time stamp gets its own
		e.At = now
		renewed := extend(t, lta, e)
		if n := bytes.Count(renewed, []byte("ETSI.RFC3161")); n != 3 {
			t.Errorf("%d time stamps after the renewal", n)
		}
		show(t, "renewed.pdf", renewed)
		for _, c := range []struct {
			name  string
			file  []byte
			level string
		}{{"signed", plain, "B-B"}, {"stamped", stamped, "B-T"}, {"stamped later", late, "B-T"}, {"with evidence", lt, "B-LT"}, {"archived", lta, "B-LTA"}, {"renewed", renewed, "B-LTA"}} {
			r := judged(t, c.file, 1, pades.Options{Store: s, At: now})
			if v := r.Verdicts[0]; v.Level != c.level {
				t.Errorf("%s: level %s", c.name, v.Level)
			}
			// years later, without the network: what was proven stays proven
			if old := pades.Verify(ctx, bytes.NewReader(c.file), int64(len(c.file)), pades.Options{Store: s, At: noon.AddDate(4, 0, 0)}); (c.name == "renewed" || c.name == "archived") && old.Summary != pades.Valid {
				t.Errorf("%s: four years later %s %v", c.name, old.Summary, old.Verdicts[0].Reasons)
			}
		}
		now = noon
	}
	w.SetDown("tsa", true)
	_, err = pades.Sign(ctx, bytes.NewReader(paper(false, "")), int64(len(paper(false, ""))), pades.Request{Cert: id.Cert, Chain: id.Chain, At: now}, id.Key, stamp)
	if cms.CodeOf(err) != cms.CodeTimestampBroken {
		t.Errorf("the authority does not answer: %v", err)
	}
}

func TestTwoPhases(t *testing.T) {
	w := world(t)
	in := paper(true, "")
	for _, kind := range []cmstest.Kind{cmstest.RSA2048, cmstest.P521, cmstest.Ed25519} {
		id := issue(t, w, "Đàm Quốc Thắng", kind)
		p, err := pades.Prepare(ctx, bytes.NewReader(in), int64(len(in)), pades.Request{Cert: id.Cert, Chain: id.Chain, At: noon, Hash: crypto.SHA512, Stamp: 4000})
		if err != nil {
			t.Fatal(err)
		}
		kept, err := json.Marshal(p.State)
		if err != nil {
			t.Fatal(err)
		}
		var st pades.State
		if err := json.Unmarshal(kept, &st); err != nil {
			t.Fatal(err)
		}
		input, opts := p.Digest, crypto.SignerOpts(crypto.SHA512)
		if kind == cmstest.Ed25519 {
			input, opts = p.ToSign, crypto.Hash(0)
		}
		value, err := id.Key.Sign(nil, input, opts)
		if err != nil {
			value, err = id.Key.Sign(zero{}, input, opts)
		}
		if err != nil {
			t.Fatal(err)
		}
		tail, err := pades.Finish(ctx, &st, value, stamper(w))
		if err != nil {
			t.Fatal(err)
		}
		if kind != cmstest.Ed25519 { // poppler's library knows no Ed25519
			pdfsig(t, join(t, in, tail), 1)
		}
		value[len(value)-1] ^= 1
		if _, err := pades.Finish(ctx, &st, value, nil); cms.CodeOf(err) != cms.CodeSignatureValue {
			t.Errorf("a wrong answer of the key: %v", err)
		}
		// a service that builds the whole message
		whole, err := pades.Prepare(ctx, bytes.NewReader(in), int64(len(in)), pades.Request{At: noon, Room: 12000, Stamp: 4000})
		if err != nil {
			t.Fatal(err)
		}
		m := &cms.Message{Cert: id.Cert, Chain: id.Chain, Hash: crypto.SHA256, Digest: whole.Digest}
		if err := m.Sign(id.Key); err != nil {
			t.Fatal(err)
		}
		der, err := m.DER()
		if err != nil {
			t.Fatal(err)
		}
		tail, err = pades.FinishMessage(ctx, whole.State, der, stamper(w))
		if err != nil {
			t.Fatal(err)
		}
		if kind != cmstest.Ed25519 {
			pdfsig(t, join(t, in, tail), 1)
		}
		m.Digest = make([]byte, 32)
		if err := m.Sign(id.Key); err != nil {
			t.Fatal(err)
		}
		der, _ = m.DER()
		if _, err := pades.FinishMessage(ctx, whole.State, der, nil); cms.CodeOf(err) != cms.CodeHashMismatch {
			t.Errorf("a message over another document: %v", err)
		}
	}
}

type zero struct{}

func (zero) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestTooLittleRoomBeginsAgain(t *testing.T) {
	w := world(t)
	id := issue(t, w, "Đàm Quốc Thắng", cmstest.P256)
	in := paper(false, "")
	r := pades.Request{Cert: id.Cert, Chain: id.Chain, At: noon, Stamp: 10}
	p, err := pades.Prepare(ctx, bytes.NewReader(in), int64(len(in)), r)
	if err != nil {
		t.Fatal(err)
	}
	value, err := id.Key.Sign(zero{}, p.Digest, crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	var small *pades.ErrRoom
	if _, err := pades.Finish(ctx, p.State, value, stamper(w)); !errors.As(err, &small) {
		t.Errorf("a time stamp of kilobytes went into ten bytes: %v", err)
	}
	pdfsig(t, sign(t, in, pades.Request{Stamp: 10}, id, stamper(w)), 1)
}

// samples are the signed files of the test collection (SOVIEC_PDFSIG names its folder).
func samples(t testing.TB) []string {
	t.Helper()
	dir := os.Getenv("SOVIEC_PDFSIG")
	if dir == "" {
		dir = "../../../shared/testdata/pdfsig"
	}
	files, _ := filepath.Glob(filepath.Join(dir, "files", "*.pdf"))
	if len(files) == 0 {
		t.Skip("the sample files are missing: ../shared/testdata/pdfsig is not there")
	}
	return files
}

func TestSigningTheSamplesChangesNoByte(t *testing.T) {
	w := world(t)
	id := issue(t, w, "Nông Thị Lan", cmstest.P256)
	done := 0
	for _, file := range samples(t) {
		in, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(file)
		var tail []byte
		if _, err = pades.Inspect(ctx, bytes.NewReader(in), int64(len(in))); err == nil {
			tail, err = pades.Sign(ctx, bytes.NewReader(in), int64(len(in)), pades.Request{Cert: id.Cert, Chain: id.Chain, At: noon}, id.Key, nil)
		}
		if err != nil {
			if fault.KindOf(err) == fault.KindInternal && cms.CodeOf(err) == "" {
				t.Errorf("%s: refused without a sentence: %v", name, err)
			}
			t.Logf("%s: %v", name, err)
			continue
		}
		done++
		out := join(t, in, tail)
		report := tool(t, "pdfsig", "-nocert", write(t, "s.pdf", out))
		if !strings.Contains(report, "Signer Certificate Common Name: Nông Thị Lan") {
			t.Errorf("%s: poppler does not find the new signature:\n%s", name, report)
			continue
		}
		last := report[strings.LastIndex(report, "Signer Certificate Common Name: Nông Thị Lan"):]
		was := pades.Verify(ctx, bytes.NewReader(in), int64(len(in)), pades.Options{At: noon})
		is := pades.Verify(ctx, bytes.NewReader(out), int64(len(out)), pades.Options{At: noon})
		if is.Signatures != was.Signatures+1 || len(is.Verdicts) != len(was.Verdicts)+1 || (was.Modification != pades.Illegal && is.Modification == pades.Illegal) {
			t.Errorf("%s: judged before %d %v %s, after %d %v %s", name, was.Signatures, was.Intact, was.Modification, is.Signatures, is.Intact, is.Modification)
			for _, v := range is.Verdicts {
				t.Logf("  %s %s %s %v", v.Field, v.Integrity, v.Changes, v.Reasons)
			}
			continue
		}
		for i, v := range is.Verdicts {
			if (i < len(was.Verdicts) && v.Integrity != was.Verdicts[i].Integrity) || (i == len(was.Verdicts) && v.Integrity != pades.Intact) {
				t.Errorf("%s: %s is %s", name, v.Field, v.Integrity)
			}
		}
		if !strings.Contains(last, "Total document signed") || !strings.Contains(last, "Signature is Valid") {
			t.Errorf("%s: %s", name, last)
		}
	}
	t.Logf("%d files were signed once more", done)
}
