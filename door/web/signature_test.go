// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"context"
	"encoding/pem"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"soviec/kit/blob"
	"soviec/kit/cms"
	"soviec/kit/cms/cmstest"
	"soviec/kit/pades/padestest"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/document"
	"soviec/office/signature"
)

// madeUp is a world of certificates, made once.
var madeUp = sync.OnceValue(func() *cmstest.World {
	w, err := cmstest.New(func() time.Time { return time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC) }, "")
	if err != nil {
		panic(err)
	}
	return w
})

type signedFiles struct{ plain, good, altered, broken []byte }

func makeSigned(t testing.TB) signedFiles {
	t.Helper()
	id, err := madeUp().Issue("Lý Văn Cường", cmstest.Request{Organization: "UBND tỉnh"})
	if err != nil {
		t.Fatal(err)
	}
	f := signedFiles{plain: padestest.Paper("Cong van")}
	var errs [3]error
	f.good, errs[0] = padestest.Sign(f.plain, id, time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC))
	f.altered, errs[1] = padestest.Alter(f.good, "Khac")
	f.broken, errs[2] = padestest.Break(f.good)
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
	return f
}

func TestABadSignatureIsNotOverlooked(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOfficeOn(t, db)
		f := makeSigned(t)
		lan, hai, son := o.as("lan"), o.as("hai"), o.as("son")
		// "Save and put before a leader" does not slip past
		refused := lan.postFiles("/van-ban-den", []dropped{{"files", "cong-van.pdf", f.altered}}, arrivalForm("then", "submit")...)
		refused.is(http.StatusConflict).says("main", "Chữ ký số của tệp kèm theo không hợp lệ")
		to := lan.postFiles("/van-ban-den", []dropped{{"files", "cong-van.pdf", f.altered}}, arrivalForm()...).goes()
		page := lan.get(to).is(200)
		page.says("main", "Lưu ý: Tệp “cong-van.pdf”: bị sửa sau khi ký.").says(".banner.error", "bị sửa sau khi ký").says(".files", "Bị sửa sau khi ký").says(".ask", "Chữ ký số không hợp lệ")
		lan.get("/van-ban-den").is(200).says(".register", "Bị sửa sau khi ký")
		leader := idText(o.who["hoa"].Person)
		lan.post(to+"/trinh", "leader", leader).is(http.StatusConflict).says("main", "Chữ ký số của tệp kèm theo không hợp lệ")
		sha := page.value("sha")
		lan.post(to+"/xac-nhan-chu-ky", "sha", sha, "reason", "ừ").is(http.StatusUnprocessableEntity).says("main", "ít nhất 10 ký tự")
		if got := hai.post(to+"/xac-nhan-chu-ky", "sha", sha, "reason", "cho qua văn bản này").Code; got == http.StatusSeeOther {
			t.Error("an officer let it pass")
		}
		lan.post(to+"/xac-nhan-chu-ky", "sha", sha, "reason", "Đã gọi nơi gửi, bản giấy đang đến").goes()
		lan.get(to).is(200).says(".banner.warn", "Đã gọi nơi gửi, bản giấy đang đến")
		lan.post(to+"/trinh", "leader", leader).goes()

		// the record, its paper, the version that the signature covers
		record := attr(page.all(".files .sig a")[0], "href")
		lan.get(record).is(200).says(".banner.error", "Bị sửa sau khi ký").says(".signer", "Lý Văn Cường").says(".signer", "có, ngoài phạm vi cho phép")
		if paper := lan.get(record + ".pdf").is(200); !bytes.HasPrefix(paper.Body, []byte("%PDF-")) {
			t.Error("no paper")
		}
		if was := lan.get(record + "/phien-ban/1").is(200); !bytes.Equal(was.Body, f.good) {
			t.Error("the version that the signature covers is not what was signed")
		}
		lan.get(record + "/phien-ban/2").is(404)
		for _, p := range []string{record, record + ".pdf", record + "/phien-ban/1"} {
			if hai.get(p).Code != 404 || son.get(p).Code != 404 {
				t.Errorf("%s is shown to whoever may not read the document", p)
			}
		}
		lan.post(record).goes()
		lan.get(record).is(200).says("main", "Các lần kiểm tra khác")
		if err := signature.Check(o.read(), o.agency, func(s string) { t.Error(s) }); err != nil {
			t.Fatal(err)
		}
	})
}

func TestTrustIsAddedAndKeysAreRegistered(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	f := makeSigned(t)
	lan, son, minh, hai := o.as("lan"), o.as("son"), o.as("minh"), o.as("hai")
	to := lan.postFiles("/van-ban-den", []dropped{{"files", "a.pdf", f.good}}, arrivalForm()...).goes()
	lan.get(to).is(200).says(".files", "Chưa rõ nơi cấp chứng thư")
	root := madeUp().Root.Cert
	file := dropped{"file", "goc.pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: root.Raw})}
	const trust = "/quan-tri/chung-thu-tin-cay"
	for _, who := range []*visitor{lan, minh, hai} {
		if who.get(trust).Code == 200 || who.postFiles(trust, []dropped{file}, "purpose", "test", "pinned", cms.Fingerprint(root), "source", "phép thử").Code == http.StatusSeeOther {
			t.Error("somebody but the administrator changed what is trusted")
		}
	}
	son.get(trust).is(200).says("main", "Kho còn trống")
	son.postFiles(trust, []dropped{file}, "purpose", "test", "pinned", strings.Repeat("0", 64), "source", "phép thử").is(http.StatusUnprocessableEntity).says("main", "Dấu vân tay không khớp")
	son.postFiles(trust, []dropped{file}, "purpose", "test", "pinned", cms.Fingerprint(root), "source", "Công văn mẫu, đã gọi xác nhận").goes()
	son.get(trust).is(200).says("main", "CA gốc thử nghiệm")
	// revocation is not known without the network: undecided, never valid
	lan.post(to + "/tep/" + o.firstFile(to) + "/chu-ky").goes()
	lan.get(to).is(200).says(".files", "Chưa đủ căn cứ kết luận")

	const keys = "/quan-tri/khoa-ky"
	id, err := madeUp().Issue("Ban Dân tộc", cmstest.Request{})
	if err != nil {
		t.Fatal(err)
	}
	cert := dropped{"file", "ban.cer", id.Cert.Raw}
	if hai.get(keys).Code == 200 || son.get(keys).Code == 200 {
		t.Error("the register of keys is open to others")
	}
	lan.get(keys).is(200).says("main", "Chưa có khóa nào")
	lan.postFiles(keys, []dropped{cert}, "device", "token", "holder", "").is(http.StatusUnprocessableEntity).says("main", "Chưa ghi ai giữ khóa")
	lan.postFiles(keys, []dropped{cert}, "device", "token", "device_no", "VGCA-1", "holder", idText(o.who["lan"].Person), "minutes", "BB số 01").goes()
	page := minh.get(keys).is(200).says("main", "VGCA-1")
	action := attr(page.all(".keys form[action]")[0], "action")
	minh.post(action, "taker", idText(o.who["thu"].Person), "minutes", "BB số 02 ngày 23/11/2026").goes()
	minh.get(keys).is(200).says("main", "bàn giao cho Bế Thị Thu")
}

func (o *modelOffice) firstFile(address string) string {
	o.Helper()
	all, err := document.List(o.read(), o.agency, document.Reach{All: true}, document.Filter{}, document.Key{}, 10)
	if err != nil {
		o.Fatal(err)
	}
	for _, d := range all {
		if d.Address() == address {
			files, err := document.Files(o.read(), d)
			if err != nil || len(files) == 0 {
				o.Fatal(files, err)
			}
			return idText(files[0].ID)
		}
	}
	o.Fatal("no document at " + address)
	return ""
}

func TestAnybodyMayHaveAFileChecked(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	f := makeSigned(t)
	who := o.nobody()
	who.get("/kiem-tra-chu-ky").is(200).says("h1", "Kiểm tra chữ ký số")
	check := func(b []byte) *answer {
		return who.postFiles("/kiem-tra-chu-ky", []dropped{{"file", "cong-van.pdf", b}})
	}
	check(f.good).is(200).says("#ket-qua", "Chưa rõ nơi cấp chứng thư").says("#ket-qua", "Lý Văn Cường")
	check(f.altered).is(200).says("#ket-qua", "Bị sửa sau khi ký")
	check(f.broken).is(200).says("#ket-qua", "Chữ ký không hợp lệ")
	check(f.plain).is(200).says("#ket-qua", "Không ký số")
	check([]byte("chào")).is(http.StatusUnprocessableEntity).says("main", "Tệp không phải là PDF")
	who.post("/kiem-tra-chu-ky").is(http.StatusUnprocessableEntity).says("main", "Chưa chọn tệp")
	check(f.good).is(http.StatusConflict).says("main", "Mỗi phút kiểm tra được nhiều nhất 6 tệp")
	o.clock.Add(time.Minute)
	check(f.good).is(200)
	// nothing is kept
	n, err := store.One(o.read(), store.Value[int64], "SELECT COUNT(*) FROM signature_verdict WHERE agency = $1", o.agency)
	if err != nil || n != 0 {
		t.Errorf("%d verdicts are kept: %v", n, err)
	}
	kept := 0
	if err := o.blobs.Each(context.Background(), func(blob.Key, int64) error { kept++; return nil }); err != nil || kept > 0 {
		t.Errorf("%d files are kept: %v", kept, err)
	}
}
