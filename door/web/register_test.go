// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	dom "golang.org/x/net/html"

	"soviec/kit/blob"
	"soviec/kit/extract"
	"soviec/kit/journal"
	"soviec/kit/print"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/document"
)

// arrivalForm is what the clerk types of a letter of the provincial office.
func arrivalForm(with ...string) []string {
	pairs := map[string]string{"notation": "1234/UBND-VX", "type": "CV", "issuer": "Văn phòng UBND tỉnh", "issued_on": "20/11",
		"subject": "V/v báo cáo kết quả thăm, tặng quà người có uy tín dịp Tết", "urgency": "0", "channel": "post"}
	for i := 0; i+1 < len(with); i += 2 {
		pairs[with[i]] = with[i+1]
	}
	var out []string
	for name, value := range pairs {
		out = append(out, name, value)
	}
	return out
}

func TestClerkRegistersFromTheKeyboard(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	lan := o.as("lan")
	page := lan.get("/van-ban-den/moi").is(200)
	page.says(".aside", "Số đến tiếp theo: 1.")
	if page.value("form_key") == "" {
		t.Error("the form has no key")
	}
	// At most ten fields are open to the eye; none is out of the keyboard's reach.
	open := 0
	for _, n := range page.all("form.register-form .cols .field [name]") {
		if n.Data == "button" || within(n, "details") {
			continue
		}
		if open++; attr(n, "tabindex") == "-1" || has(n, "disabled") {
			t.Errorf("the field %s is out of the keyboard's reach", attr(n, "name"))
		}
	}
	if open == 0 || open > 10 {
		t.Errorf("%d fields are open", open)
	}
	to := lan.post("/van-ban-den", arrivalForm("form_key", page.value("form_key"))...).goes()
	if to != "/van-ban-den/2026/1" {
		t.Fatalf("went to %s", to)
	}
	lan.get(to).is(200).says("main", "Đã vào sổ, số đến 1.").says("h1", "1234/UBND-VX").says(".facts", "20/11/2026").says(".timeline", "vào sổ, số đến 1")
	// The same form again is the same act.
	if again := lan.post("/van-ban-den", arrivalForm("form_key", page.value("form_key"))...).goes(); again != to {
		t.Errorf("the second press went to %s", again)
	}
	lan.get("/van-ban-den/moi").says(".aside", "Số đến tiếp theo: 2.")
}

func TestTypeComesFromTheNumber(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	lan := o.as("lan")
	to := lan.post("/van-ban-den", arrivalForm("notation", "45/KH-UBND", "type", typeByNumber)...).goes()
	lan.get(to).says(".facts", "Kế hoạch")
	// What cannot be told is asked.
	lan.post("/van-ban-den", arrivalForm("notation", "không số", "type", typeByNumber)...).is(422).says(".errors", "Chưa chọn loại văn bản")
}

func TestSaveAndSubmitIsOneAct(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	lan := o.as("lan")
	before := o.lastSeq()
	to := lan.post("/van-ban-den", arrivalForm("then", "submit")...).goes()
	lan.get(to).says("main", "đã trình ông Đàm Quốc Thắng").says("main .aside", "Chờ ông Đàm Quốc Thắng cho ý kiến")
	if n := o.lastSeq() - before; n != 2 {
		t.Errorf("%d entries, want registering and submitting", n)
	}
}

// within reports whether an element stands inside another of a name.
func within(n *dom.Node, name string) bool {
	for p := range n.Ancestors() {
		if p.Data == name {
			return true
		}
	}
	return false
}

func (o *modelOffice) lastSeq() int64 {
	n, err := o.book.Last(o.read(), o.agency)
	if err != nil {
		o.Fatal(err)
	}
	return n
}

func TestRefusedFormKeepsWordsAndFiles(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	lan := o.as("lan")
	pdf := letter("mot van ban")
	page := lan.postFiles("/van-ban-den", []dropped{{"files", "1234-UBND-VX.pdf", pdf}, {"files", "phu-luc.png", onePixel}},
		arrivalForm("subject", "", "issued_on", "31/11")...).is(422)
	page.says(".errors", "Không đọc được ngày")
	if got := page.value("issuer"); got != "Văn phòng UBND tỉnh" {
		t.Errorf("the issuer is %q", got)
	}
	if got := page.value("issued_on"); got != "31/11" {
		t.Errorf("the day is %q", got)
	}
	keys := page.all("[name=file_key]")
	if len(keys) != 2 {
		t.Fatalf("%d files were kept", len(keys))
	}
	form := arrivalForm()
	for _, k := range keys {
		form = append(form, "file_key", attr(k, "value"))
	}
	// Somebody else cannot name what this session has sent.
	thu := o.as("thu")
	other := thu.post("/van-ban-den", append(arrivalForm("notation", "9/GM-VP"), "file_key", attr(keys[0], "value"))...).goes()
	thu.get(other).lacks(".files li")
	to := lan.post("/van-ban-den", form...).goes()
	shown := lan.get(to)
	shown.says(".files", "1234-UBND-VX.pdf").says(".files", "phu-luc.png")
	if got := lan.get(attr(shown.all(".files a")[0], "href")); !bytes.Equal(got.Body, pdf) {
		t.Error("the file came back otherwise")
	}
	// The files belong to the document now; the tray is empty.
	next := lan.post("/van-ban-den", append(arrivalForm("notation", "10/GM-VP"), "file_key", attr(keys[0], "value"))...).goes()
	lan.get(next).lacks(".files li")
}

var onePixel = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89")

func TestDuplicate(t *testing.T) { storetest.Each(t, duplicate) }

func duplicate(t *testing.T, db *store.DB) {
	o := openOfficeOn(t, db)
	lan := o.as("lan")
	first := lan.post("/van-ban-den", arrivalForm()...).goes()
	page := lan.post("/van-ban-den", arrivalForm("notation", "1234 / ubnd-vx", "subject", "gõ lần nữa")...).is(409)
	page.says(".duplicate", "Số đến 1").says(".duplicate", "1234/UBND-VX")
	if got := page.value("subject"); got != "gõ lần nữa" {
		t.Errorf("the subject is %q", got)
	}
	// Another document needs a reason.
	lan.post("/van-ban-den", arrivalForm("duplicate", "different")...).is(422).says(".errors", "lý do")
	to := lan.post("/van-ban-den", arrivalForm("duplicate", "different", "duplicate_reason", "cơ quan gửi đánh trùng số")...).goes()
	if to != "/van-ban-den/2026/2" {
		t.Errorf("the other document is %s", to)
	}
	// The same again gets no number.
	to = lan.post("/van-ban-den", arrivalForm("duplicate", "same")...).goes()
	if to != first {
		t.Errorf("the second copy went to %s", to)
	}
	lan.get(to).says("main", "không cấp số mới")
	lan.get("/van-ban-den/moi").says(".aside", "Số đến tiếp theo: 3.")
}

func TestProposalForTheScript(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	lan := o.as("lan")
	lan.post("/van-ban-den", arrivalForm()...).goes()
	a := lan.get("/van-ban-den/de-xuat?notation=1234/ubnd-vx").is(200)
	var got struct {
		Type, Issuer string
		Duplicate    *struct{ Href, Number string }
	}
	if err := json.Unmarshal(a.Body, &got); err != nil {
		t.Fatal(err)
	}
	if got.Type != "CV" || got.Issuer != "Văn phòng UBND tỉnh" || got.Duplicate == nil || got.Duplicate.Href != "/van-ban-den/2026/1" {
		t.Errorf("proposed %s", a.Body)
	}
	a = lan.get("/van-ban-den/de-xuat?notation=99/UBND-VX").is(200)
	got.Duplicate = nil
	if err := json.Unmarshal(a.Body, &got); err != nil || got.Duplicate != nil {
		t.Errorf("proposed %s", a.Body)
	}
	o.as("hai").get("/van-ban-den/de-xuat?notation=1").is(403)
}

func TestOnlyTheClerkRegisters(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	for _, who := range []string{"hai", "lam", "thang", "minh", "son"} {
		p := o.as(who)
		p.get("/van-ban-den/moi").is(403)
		p.post("/van-ban-den", arrivalForm()...).is(403)
		p.get("/van-ban-den/cho").is(403)
		p.get("/van-ban-den/tiep-nhan").is(403)
		p.post("/van-ban-den/tiep-nhan", "sender", "Sở Nội vụ").is(403)
	}
	if to := o.nobody().get("/van-ban-den/moi").goes(); !strings.HasPrefix(to, "/dang-nhap?next=") {
		t.Errorf("a stranger went to %s", to)
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	lan := o.as("lan")
	for name, body := range map[string][]byte{
		"chay.exe": []byte("MZ\x90\x00 this program"), "cu.doc": []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old"), "trong.pdf": {},
		"lon.pdf": append([]byte("%PDF-1.4\n"), make([]byte, fileMost)...),
	} {
		page := lan.postFiles("/van-ban-den", []dropped{{"files", name, body}}, arrivalForm()...).is(422)
		page.says(".errors", "Tệp")
		if page.value("subject") == "" {
			t.Errorf("%s: what was typed is gone", name)
		}
	}
	if n := o.blobCount(); n != 0 {
		t.Errorf("%d refused files are stored", n)
	}
	lan.get("/van-ban-den/moi").says(".aside", "Số đến tiếp theo: 1.")
}

var reader = sync.OnceValue(func() *extract.Worker {
	return &extract.Worker{Cache: filepath.Join(os.TempDir(), "soviec-test-pdf")}
})

func TestSecretFileIsNotStored(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts the PDF engine")
	}
	o := openOffice(t)
	o.door.Text = reader()
	lan := o.as("lan")
	var secret bytes.Buffer
	if err := print.Table(&secret, print.Report{Agency: "CÔNG AN TỈNH", Title: "TỐI MẬT", Columns: []print.Column{{Title: "Nội dung", WidthMM: 50}},
		Lines: func(func(print.Line) bool) {}, At: time.Unix(0, 0)}); err != nil {
		t.Fatal(err)
	}
	page := lan.postFiles("/van-ban-den", []dropped{{"files", "kem.png", onePixel}, {"files", "a.pdf", secret.Bytes()}}, arrivalForm()...).is(422)
	page.says(".errors", "dấu chỉ độ mật").lacks("[name=file_key]")
	if got := page.value("subject"); got != "" {
		t.Errorf("the subject of a secret document came back: %q", got)
	}
	if n := o.blobCount(); n != 0 {
		t.Errorf("%d files are stored", n)
	}
	lan.get("/van-ban-den/moi").says(".aside", "Số đến tiếp theo: 1.")
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "soviec-nhan-*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range left {
		if body, err := os.ReadFile(path); err == nil && bytes.Equal(body, secret.Bytes()) {
			t.Errorf("the secret file lies at %s", path)
		}
	}
	// Also when the rest is empty: that is what must be said.
	lan.postFiles("/van-ban-den", []dropped{{"files", "a.pdf", secret.Bytes()}}, "then", thenRead).is(422).says(".errors", "dấu chỉ độ mật")
	// Added later to a document it is refused as well.
	to := lan.post("/van-ban-den", arrivalForm()...).goes()
	lan.postFiles(to+"/tep", []dropped{{"files", "a.pdf", secret.Bytes()}}, "kind", "scan").is(422).says(".errors", "dấu chỉ độ mật")
	if n := o.blobCount(); n != 0 {
		t.Errorf("%d files are stored", n)
	}
}

func TestFirstPageProposes(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts the PDF engine")
	}
	o := openOffice(t)
	o.door.Text = reader()
	lan := o.as("lan")
	var pdf bytes.Buffer
	if err := print.Letter(&pdf, print.OfficialLetter{Superior: "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", Agency: "SỞ NỘI VỤ", Number: "77/SNV-CCVC", Place: "Cao Bằng",
		On: time.Date(2026, 11, 19, 0, 0, 0, 0, time.UTC), Subject: "rà soát biên chế năm 2027", At: time.Unix(0, 0)}); err != nil {
		t.Fatal(err)
	}
	page := lan.postFiles("/van-ban-den", []dropped{{"files", "77.pdf", pdf.Bytes()}}, "type", typeByNumber, "urgency", "0", "channel", "post").is(422)
	page.says(".banner", "Đã đọc được từ tệp")
	for field, want := range map[string]string{"notation": "77/SNV-CCVC", "issued_on": "19/11/2026", "issuer": "Sở Nội vụ", "type": "CV"} {
		if got := page.value(field); got != want {
			t.Errorf("%s is proposed as %q, want %q", field, got, want)
		}
	}
	page.says(".register-form", "đọc từ tệp").lacks(".errors")
	// The button that only reads the file enters nothing and complains of nothing.
	lan.postFiles("/van-ban-den", []dropped{{"files", "77.pdf", pdf.Bytes()}}, "type", typeByNumber, "then", thenRead).is(200).says(".banner", "Đã đọc được từ tệp").lacks(".errors")
	lan.get("/van-ban-den/moi").says(".aside", "Số đến tiếp theo: 1.")
	page.says(".register-form", "đọc từ tệp").says(".uploads", "1 trang, có lớp chữ")
	// What was typed is never replaced.
	page = lan.postFiles("/van-ban-den", []dropped{{"files", "77.pdf", pdf.Bytes()}}, "notation", "78/SNV", "type", typeByNumber).is(422)
	if got := page.value("notation"); got != "78/SNV" {
		t.Errorf("the number typed became %q", got)
	}
}

func TestEnvelopeUntilItsNumber(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	lan, hai := o.as("lan"), o.as("hai")
	lan.post("/van-ban-den/tiep-nhan", "sender", "", "channel", "post").is(422).says(".errors", "nơi gửi")
	lan.post("/van-ban-den/tiep-nhan", "sender", "Sở Tài chính", "envelope", "88/STC", "channel", "post", "condition", "damaged", "note", "rách một góc").goes()
	queue := lan.get("/van-ban-den/cho").is(200).says("h1", "1 bì chờ vào sổ").says(".queue", "Bì từ Sở Tài chính")
	bi := attr(queue.all(".queue .c-what a")[0], "href")
	hai.get(bi).is(404)
	env := lan.get(bi).is(200).says(".facts", "rách một góc").says(".facts", "88/STC")
	form := lan.get(attr(env.all("a.main")[0], "href")).is(200)
	if form.value("notation") != "88/STC" || form.value("sender") != "Sở Tài chính" || form.value("intake") == "" {
		t.Errorf("the form does not know the envelope: %q %q", form.value("notation"), form.value("sender"))
	}
	lan.post("/van-ban-den", arrivalForm("notation", "88/STC-NS", "intake", form.value("intake"))...).goes()
	lan.get("/van-ban-den/cho").silent(".queue", "Bì từ")
	lan.get(bi).says("main", "Đã vào sổ")

	// One that names a person goes to the person unopened, who may bring it back.
	lan.post("/van-ban-den/tiep-nhan", "sender", "Hội Dân tộc học", "person", idText(o.who["hai"].Person)).goes()
	lan.get("/van-ban-den/cho").silent("main", "Hội Dân tộc học")
	link := attr(hai.get("/thong-bao").all("main a[href]")[0], "href")
	for _, n := range hai.get("/thong-bao").all("main a") {
		if strings.HasPrefix(attr(n, "href"), "/van-ban-den/bi/") {
			link = attr(n, "href")
		}
	}
	hai.get(link).is(200).says("main", "Bì đích danh, không bóc")
	o.as("ha").get(link).is(404)
	hai.post(link + "/chuyen-lai").goes()
	lan.get("/van-ban-den/cho").says(".queue", "Hội Dân tộc học")
	lan.post(link+"/tra-lai", "reason", "ngắn").is(422).says(".errors", "ít nhất 10 ký tự")
	lan.post(link+"/tra-lai", "reason", "gửi nhầm cơ quan, không thuộc thẩm quyền").goes()
	lan.get("/van-ban-den/cho").silent("main", "Hội Dân tộc học")
}

func TestSecretPageTellsAndStoresNothing(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	lan := o.as("lan")
	before := o.lastSeq()
	lan.get("/van-ban-den/mat").is(200).says("main", "Sổ đăng ký văn bản mật đến").says("main", "bà Nông Thị Lan")
	if o.lastSeq() != before {
		t.Error("looking at the page left a trace")
	}
}

// Test vector T28: what says that it is secret is refused, and nothing of it stays.
func TestAProgramThatSendsASecretIsRefused(t *testing.T) { storetest.Each(t, programSendsSecret) }

func programSendsSecret(t *testing.T, db *store.DB) {
	o := openOfficeOn(t, db)
	sends := func(token string, pairs ...string) *answer {
		r := httptest.NewRequest(http.MethodPost, "/van-ban-den", strings.NewReader(values(pairs).Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Accept", "application/json")
		return (&visitor{o: o, token: token}).send(r)
	}
	lan := o.as("lan").token
	kept := func() (n int) {
		if err := o.blobs.Each(t.Context(), func(blob.Key, int64) error { n++; return nil }); err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := o.lastSeq()
	for _, field := range []string{"secrecy", "Secrecy"} {
		got := sends(lan, append(arrivalForm(), field, "1")...).is(http.StatusUnprocessableEntity)
		if s := string(got.Body); !strings.Contains(s, `"field":"secrecy"`) || !strings.Contains(s, `"kind":"invalid"`) || strings.Contains(s, "báo cáo") {
			t.Errorf("the answer is %s", s)
		}
	}
	if n := kept(); n != 0 {
		t.Errorf("%d files are kept", n)
	}
	if docs, err := document.List(o.read(), o.agency, document.Reach{All: true}, document.Filter{}, document.Key{}, 5); err != nil || len(docs) != 0 {
		t.Errorf("%d documents, %v", len(docs), err)
	}
	entries, err := journal.Of(o.read(), o.agency, journal.Ref("agency", o.agency))
	if err != nil {
		t.Fatal(err)
	}
	if last := entries[len(entries)-1]; last.Kind != document.SecretRefused || last.Raw() != "" && last.Raw() != "{}" && last.Raw() != "null" {
		t.Errorf("the book says %s %s", last.Kind, last.Raw())
	}
	if o.lastSeq() != before+2 {
		t.Error("not one entry for each try")
	}
	// The first number is still the first one; then a twin, a wrong field, a stranger.
	got := sends(lan, arrivalForm()...).is(http.StatusCreated)
	if s := string(got.Body); !strings.Contains(s, `"address":"/van-ban-den/2026/1"`) || !strings.HasPrefix(got.Get("Content-Type"), "application/json") {
		t.Errorf("the answer is %s", s)
	}
	sends(lan, arrivalForm()...).is(http.StatusConflict)
	if s := string(sends(lan, "notation", "9/UBND").is(http.StatusUnprocessableEntity).Body); strings.Count(s, `"field"`) < 2 {
		t.Errorf("not every wrong field is named: %s", s)
	}
	sends(o.as("hai").token, arrivalForm()...).is(http.StatusForbidden)
	sends("", arrivalForm()...).is(http.StatusUnauthorized)
	if err := document.Check(o.read(), o.agency, func(s string) { t.Error(s) }); err != nil {
		t.Error(err)
	}
}
