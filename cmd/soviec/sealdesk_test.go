// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"soviec/door/signdesk"
	"soviec/kit/blob"
	"soviec/kit/cms/cmstest"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/pades"
	"soviec/kit/pades/padestest"
	"soviec/kit/signkey"
	"soviec/office/document"
	"soviec/office/draft"
	"soviec/office/org/orgtest"
	"soviec/office/outgoing"
	"soviec/office/signing"
)

const phrase = signkey.Secret("đường dài mới biết ngựa hay")

// round is the picture of a seal: a red ring on nothing.
func round(t testing.TB) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 300, 300))
	for y := range 300 {
		for x := range 300 {
			if d := math.Hypot(float64(x)-150, float64(y)-150); d > 132 && d < 148 {
				img.Set(x, y, color.NRGBA{214, 30, 30, 235})
			}
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// keyFile is a key as its holder has it.
func (s *sealer) keyFile(id *cmstest.Identity) signkey.Who {
	s.Helper()
	raw, err := signkey.WritePKCS12(id.Key, id.Cert, id.Chain, phrase)
	if err != nil {
		s.Fatal(err)
	}
	return signkey.Who{File: raw, Secret: phrase}
}

func (s *sealer) do(who string, f func(*journal.Act) error) {
	s.Helper()
	orgtest.Do(s.T, s.p.book, s.who[who], f)
}

// signedDraft is a letter of Hải's that went its whole way and that the leader has signed
// with his own key.
func (s *sealer) signedDraft(subject string, enclosed ...[]byte) draft.Paper {
	s.Helper()
	ctx := context.Background()
	read := func(id int64) draft.Paper {
		p, err := draft.Get(s.p.db.Read(ctx), s.agency, id)
		if err != nil {
			s.Fatal(err)
		}
		return p
	}
	f := draft.Facts{Type: "CV", Subject: subject, Signer: s.who["thang"].Person, Addressees: []string{"Ủy ban nhân dân các xã"},
		Recipients: []draft.Recipient{{Kind: "org", Name: "Ủy ban nhân dân các xã", Purpose: "act", Channel: "post", Copies: 1}}, Body: "Ban Dân tộc đề nghị các xã rà soát.\n\nTrân trọng./."}
	var p draft.Paper
	s.do("hai", func(a *journal.Act) (err error) { p, err = draft.Begin(a, f); return err })
	for i, raw := range enclosed {
		s.do("hai", func(a *journal.Act) error {
			return draft.AddFiles(a, p.ID, "enclosed", draft.File{Name: "phu-luc-" + string(rune('1'+i)) + ".pdf", MIME: "application/pdf", Size: int64(len(raw)), SHA: s.put(raw)})
		})
	}
	p = read(p.ID)
	dir := orgtest.Directory(s.T, s.p.book, s.agency)
	shaped, err := draft.Shape(dir, p, f, s.p.today())
	if err != nil {
		s.Fatal(err)
	}
	c, pdf, _, err := draft.Render(dir, shaped)
	if err != nil {
		s.Fatal(err)
	}
	s.put(pdf)
	s.do("hai", func(a *journal.Act) error { _, err := draft.Save(a, p.ID, p.Version, f, &c); return err })
	var points []string
	for _, x := range draft.Checklist(p.Type) {
		points = append(points, x.Code)
	}
	s.do("hai", func(a *journal.Act) error { return draft.Submit(a, p.ID, "") })
	s.do("lam", func(a *journal.Act) error { return draft.PassContent(a, p.ID, c.SHA, 0, "") })
	s.do("minh", func(a *journal.Act) error { return draft.PassForm(a, p.ID, c.SHA, points, "") })
	p = read(p.ID)
	id, err := s.p.desk.Sign(ctx, s.who["thang"], signdesk.Order{Kind: signing.Approve, Place: "file", Who: s.keyFile(s.leader), Papers: []signing.Asking{{Subject: p.Ref(), SHA: p.SHA, Title: subject}}})
	if err != nil {
		s.Fatal(err)
	}
	s.finished(id)
	if p = read(p.ID); p.State != draft.StateSigned {
		s.Fatalf("the draft is %s", p.State)
	}
	return p
}

// finished waits until nothing of an asking is under way.
func (s *sealer) finished(id int64) signing.Batch {
	s.Helper()
	for range 100 {
		b, err := signing.Any(s.p.db.Read(context.Background()), s.agency, id)
		if err != nil {
			s.Fatal(err)
		}
		if len(b.Live()) == 0 {
			return b
		}
		if err := s.p.desk.Advance(context.Background(), s.agency, id); err != nil {
			s.Fatal(err)
		}
	}
	s.Fatal("the key was never done")
	return signing.Batch{}
}

func (s *sealer) number(p draft.Paper) (d outgoing.Document) {
	s.Helper()
	s.do("lan", func(a *journal.Act) (err error) { d, err = outgoing.Number(a, p.ID, outgoing.Numbering{}); return err })
	return d
}

func (s *sealer) file(sha string) []byte {
	s.Helper()
	r, _, err := s.p.blobs.Get(context.Background(), blob.Key(sha))
	if err != nil {
		s.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		s.Fatal(err)
	}
	return b
}

// The clerk numbers what the leader signed and seals it with one asking of the agency's key:
// number and day are filled in by the same revision, the seal stands over the left third of
// the leader's signature, appendices bear a line in their corner.
func TestTheClerkSealsWithTheAgencysKey(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the PDF engine")
	}
	ctx := context.Background()
	s := newSealer(t)
	s.p.desk.At = []signkey.Place{{Code: "file", Device: "file", File: true, Driver: signkey.NewPKCS12()}}
	orgtest.Do(t, s.p.book, journal.Holder{Agency: s.agency, System: true, Name: "Hệ thống"}, document.Found)
	s.do("thang", func(a *journal.Act) error { return signing.SetPicture(a, round(t), 30) })
	one, two := s.signedDraft("Rà soát hộ nghèo", padestest.Paper("Phu luc 1")), s.signedDraft("Rà soát nhà tạm")
	first, second := s.number(one), s.number(two)
	order := func(kind signing.Kind, who signkey.Who, refs ...string) (signing.Batch, error) {
		o := signdesk.Order{Kind: kind, Place: "file", Who: who}
		for _, r := range refs {
			o.Papers = append(o.Papers, signing.Asking{Subject: r, Title: r})
		}
		id, err := s.p.desk.Sign(ctx, s.who["lan"], o)
		if err != nil {
			return signing.Batch{}, err
		}
		return s.finished(id), nil
	}
	// without the picture of the seal nothing is sealed, and each says why
	b, err := order(signing.Seal, s.keyFile(s.seal), first.Ref())
	if err != nil || b.Sessions[0].State != signing.Rejected || !strings.Contains(b.Sessions[0].Why, "hình con dấu") {
		t.Fatalf("%+v %v", b.Sessions, err)
	}
	s.do("lan", func(a *journal.Act) error { return outgoing.SetSealPicture(a, round(t), 0) })
	// wrong keys are refused with the reason
	wrong := s.keyFile(s.seal)
	wrong.Secret = "sai"
	for name, who := range map[string]signkey.Who{"mật khẩu": wrong, "không phải của cơ quan": s.keyFile(s.leader), "Sổ quản lý khóa": s.keyFile(s.other)} {
		if _, err := order(signing.Seal, who, first.Ref()); err == nil || !strings.Contains(strings.ToLower(fault.Text(err)), strings.ToLower(name)) {
			t.Errorf("%s: %v", name, err)
		}
	}
	b, err = order(signing.Seal, s.keyFile(s.seal), first.Ref(), second.Ref())
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range b.Sessions {
		if x.State != signing.Done {
			t.Fatalf("document %d: %s %s", i, x.State, x.Why)
		}
	}
	for _, d := range []outgoing.Document{first, second} {
		f, err := outgoing.Main(s.p.db.Read(ctx), d.ID)
		if err != nil || f.Stage != "sealed" {
			t.Fatalf("%+v %v", f, err)
		}
		raw := s.file(f.SHA)
		v, err := pades.Values(ctx, bytes.NewReader(raw), int64(len(raw)))
		if err != nil || v["so"] != outgoing.NumberText(d) || v["ngay"] != "05 tháng 01 năm 2026" {
			t.Errorf("%s: %v %v", d.Label, v, err)
		}
		seen, err := pades.Standings(ctx, bytes.NewReader(raw), int64(len(raw)))
		if err != nil || len(seen) != 2 {
			t.Fatalf("%s: %+v %v", d.Label, seen, err)
		}
		leader, seal := seen[0].Picture, seen[1].Picture
		if math.Abs(seal.W-36) > 0.1 || math.Abs(seal.X+seal.W-(leader.X+leader.W/3)) > 0.2 || math.Abs(seal.Y+seal.H/2-(leader.Y+leader.H/2)) > 0.2 {
			t.Errorf("the seal stands at %+v, the signature at %+v", seal, leader)
		}
	}
	uses, err := outgoing.KeyUses(s.p.db.Read(ctx), s.agency)
	if err != nil || uses[b.Fingerprint].Files != 2 {
		t.Errorf("%+v %v", uses, err)
	}
	// T29: the appendix is a file of its own and holds the document back until it is signed
	issue := func(d outgoing.Document) error {
		return s.p.book.Do(ctx, s.who["lan"], func(a *journal.Act) error { _, err := outgoing.Issue(a, d.ID); return err })
	}
	if err := issue(first); err == nil || !strings.Contains(fault.Text(err), "chưa có chữ ký số của cơ quan") {
		t.Errorf("issued with an unsigned appendix: %v", err)
	}
	files, err := outgoing.Files(s.p.db.Read(ctx), first)
	if err != nil {
		t.Fatal(err)
	}
	open := outgoing.Unsigned(files)
	if len(open) != 1 {
		t.Fatalf("%+v", open)
	}
	b, err = order(signing.Appendix, s.keyFile(s.seal), journal.Ref(outgoing.RefEnclosure, open[0].ID))
	if err != nil || b.Sessions[0].State != signing.Done {
		t.Fatalf("%+v %v", b.Sessions, err)
	}
	facts, err := s.p.text.Lines(ctx, bytes.NewReader(s.file(b.Sessions[0].After)))
	if err != nil {
		t.Fatal(err)
	}
	raw := s.file(b.Sessions[0].After)
	seen, err := pades.Standings(ctx, bytes.NewReader(raw), int64(len(raw)))
	if err != nil || len(seen) != 1 || seen[0].Page != 1 || seen[0].Place.Y > 15 || seen[0].Place.X < 105 {
		t.Errorf("the line of the appendix stands at %+v of %+v: %v", seen, facts.Sizes, err)
	}
	if err := issue(first); err != nil {
		t.Error(err)
	}
	if err := issue(second); err != nil {
		t.Error(err)
	}
	if err := outgoing.Check(s.p.db.Read(ctx), s.agency, func(x string) { t.Error(x) }); err != nil {
		t.Error(err)
	}
	if err := signing.Check(s.p.db.Read(ctx), s.agency, func(x string) { t.Error(x) }); err != nil {
		t.Error(err)
	}
}

// Through the pages of the program: two signed drafts are ticked, numbered and sealed with
// one confirmation, and issued together.
func TestTheQueueSealsAndIssuesMany(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the PDF engine")
	}
	s := newSealer(t)
	s.p.desk.At = []signkey.Place{{Code: "file", Device: "file", File: true, Secret: "Mật khẩu", Driver: signkey.NewPKCS12()}}
	orgtest.Do(t, s.p.book, journal.Holder{Agency: s.agency, System: true, Name: "Hệ thống"}, document.Found)
	var refs []string
	for _, x := range []string{"Rà soát hộ nghèo", "Rà soát nhà tạm"} {
		refs = append(refs, s.signedDraft(x).Ref())
	}
	lan := s.browser("lan")
	if page := lan.get("/van-ban-di/cho"); !strings.Contains(page, "Chưa có hình con dấu") {
		t.Error("the queue does not say that the picture of the seal is missing")
	}
	s.do("lan", func(a *journal.Act) error { return outgoing.SetSealPicture(a, round(t), 36) })
	page := lan.get("/van-ban-di/cho")
	for _, r := range refs {
		if !strings.Contains(page, `value="`+r+`"`) {
			t.Errorf("%s cannot be ticked", r)
		}
	}
	who := s.keyFile(s.seal)
	form := func(secret signkey.Secret, papers ...string) (string, int) {
		return lan.send("/van-ban-di/cho/ky", who.File, map[string][]string{"paper": papers, "way": {"file"}, "secret": {string(secret)}})
	}
	if page, code := form("sai", refs...); code != 422 || !strings.Contains(page, "ật khẩu") || strings.Contains(page, "sai\"") {
		t.Errorf("a wrong passphrase: %d", code)
	}
	if docs, err := outgoing.List(s.p.db.Read(t.Context()), s.agency, outgoing.Reach{All: true}, outgoing.Filter{Year: 2026}, outgoing.Key{}, 10); err != nil || len(docs) != 0 {
		t.Errorf("a wrong passphrase cost numbers: %v %v", docs, err)
	}
	at, code := form(phrase, refs...)
	if code != 303 {
		t.Fatalf("%d %s", code, at)
	}
	for range 100 {
		if page = lan.get(at); !strings.Contains(page, "Trang tự tải lại") {
			break
		}
	}
	if !strings.Contains(page, "Đã ký số của cơ quan trên 2 tệp") || !strings.Contains(page, "Phát hành 2 văn bản") {
		t.Fatal(page)
	}
	docs, err := outgoing.List(s.p.db.Read(t.Context()), s.agency, outgoing.Reach{All: true}, outgoing.Filter{Year: 2026}, outgoing.Key{}, 10)
	if err != nil || len(docs) != 2 {
		t.Fatalf("%v %v", docs, err)
	}
	ids := map[string][]string{}
	for _, d := range docs {
		ids["doc"] = append(ids["doc"], strconv.FormatInt(d.ID, 10))
	}
	if to, code := lan.send("/van-ban-di/cho/phat-hanh", nil, ids); code != 303 || to != "/van-ban-di/cho" {
		t.Fatalf("%d %s", code, to)
	}
	if page = lan.get("/van-ban-di/cho"); !strings.Contains(page, "Đã phát hành") {
		t.Error("nothing was said of the issue")
	}
	if page = lan.get("/quan-tri/khoa-ky"); !strings.Contains(page, "Đã ký 2 tệp") {
		t.Error("the register does not show what the key sealed")
	}
	hai := s.browser("hai")
	if _, code := hai.send("/van-ban-di/cho/ky", who.File, map[string][]string{"paper": refs, "way": {"file"}, "secret": {string(phrase)}}); code != 403 && code != 404 {
		t.Errorf("an officer sealed: %d", code)
	}
}

// A browser is somebody signed in at the pages of the program.
type browser struct {
	t    testing.TB
	base string
	http *http.Client
}

func (s *sealer) browser(name string) *browser {
	s.Helper()
	door, err := s.p.door()
	if err != nil {
		s.Fatal(err)
	}
	srv := httptest.NewServer(door.Handler())
	s.Cleanup(srv.Close)
	jar, _ := cookiejar.New(nil)
	b := &browser{s.T, srv.URL, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	if _, code := b.send("/dang-nhap", nil, map[string][]string{"username": {name}, "password": {orgtest.Password}}); code != 303 {
		s.Fatalf("sign-in answered %d", code)
	}
	return b
}

func (b *browser) get(path string) string {
	b.t.Helper()
	resp, err := b.http.Get(b.base + path)
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != 200 {
		b.t.Fatalf("%s answered %d, %v", path, resp.StatusCode, err)
	}
	return string(raw)
}

// send posts a form, with the file of a key where there is one; it gives the address that
// follows, or the page.
func (b *browser) send(path string, file []byte, fields map[string][]string) (string, int) {
	b.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	kind := "application/x-www-form-urlencoded"
	if file == nil {
		body.WriteString(url.Values(fields).Encode())
	} else {
		for k, all := range fields {
			for _, x := range all {
				_ = w.WriteField(k, x)
			}
		}
		part, err := w.CreateFormFile("file", "khoa.p12")
		if err != nil {
			b.t.Fatal(err)
		}
		_, _ = part.Write(file)
		w.Close()
		kind = w.FormDataContentType()
	}
	resp, err := b.http.Post(b.base+path, kind, &body)
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	if at := resp.Header.Get("Location"); at != "" {
		return at, resp.StatusCode
	}
	raw, _ := io.ReadAll(resp.Body)
	return string(raw), resp.StatusCode
}
