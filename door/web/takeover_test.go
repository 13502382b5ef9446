// SPDX-License-Identifier: Apache-2.0

package web

import (
	"archive/zip"
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/document"
)

const oldRegister = `BAN DÂN TỘC TỈNH CAO BẰNG;;;;;;;
SỔ ĐĂNG KÝ VĂN BẢN ĐẾN NĂM 2018;;;;;;;
Số đến;Ngày đến;Tác giả;Số, ký hiệu;Ngày văn bản;Tên loại và trích yếu nội dung;Đơn vị hoặc người nhận;Tệp đính kèm
(1);(2);(3);(4);(5);(6);(7);(8)
1;03/01/2018;UBND tỉnh Cao Bằng;12/UBND-VX;02/01/2018;Về việc tặng quà Tết;Văn phòng;2018/a.pdf
2;%s;Ủy ban Dân tộc;5/UBDT-TT;03/01/2018;Về việc báo cáo năm;Văn phòng;
4;05/01/2018;Sở Nội vụ;7/SNV;04/01/2018;Về việc tinh giản biên chế;Văn phòng;B.PDF
`

func register2018(day string) []byte { return []byte(strings.Replace(oldRegister, "%s", day, 1)) }

func zipped(t *testing.T, files map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = w.Write(content)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// send sends a register with two attachments, one of them in a zip, and returns the
// page of columns' address and what was proposed there.
func (p *visitor) sendRegister(t *testing.T, day string) (string, []string) {
	t.Helper()
	to := p.postFiles("/quan-tri/nhap-so", []dropped{{"file", "so-2018.csv", register2018(day)},
		{"files", "tep.zip", zipped(t, map[string][]byte{"2018/a.pdf": letter("UBND TINH")})}, {"files", "b.pdf", letter("SO NOI VU")}}, "year", "2018").goes()
	page := p.get(to).is(http.StatusOK).says(".aside", "so-2018.csv: 3 dòng").says("table", "theo tên cột").says("table", "Về việc tặng quà Tết")
	var form []string
	for _, s := range page.all("table select") {
		name := attr(s, "name")
		form = append(form, name, page.value(name))
	}
	return to, form
}

// forgetSent removes what was sent and not taken over.
func (o *modelOffice) forgetSent() {
	for _, t := range takeOversOf(o.door).m {
		t.discard()
	}
}

func TestAnEarlierRegisterIsTakenOverOnceItIsRight(t *testing.T) {
	storetest.Each(t, anEarlierRegisterIsTakenOverOnceItIsRight)
}

func anEarlierRegisterIsTakenOverOnceItIsRight(t *testing.T, db *store.DB) {
	o := openOfficeOn(t, db)
	defer o.forgetSent()
	lan := o.as("lan")
	lan.get("/quan-tri/nhap-so").is(http.StatusOK)
	to, form := lan.sendRegister(t, "31/02/2018")
	wrong := lan.post(to, form...).is(http.StatusOK)
	wrong.says("h1", "Có ô cần sửa").says("table", "B6").says("table", "31/02/2018").lacks("[name=confirm]")
	lan.post(to+"/chay", "confirm", "1").goes() // not ready: nothing begins
	lan.get(to).says("h1", "Ghép cột")
	if _, err := document.ByNumber(o.read(), o.agency, document.Reach{All: true}, 2018, "", 1); err == nil {
		t.Fatal("half of it was imported")
	}
	// Somebody else cannot see what was sent.
	o.as("minh").get(to).is(http.StatusNotFound)
	o.as("hai").get(to).is(http.StatusForbidden)

	to, form = lan.sendRegister(t, "04/01/2018")
	// A needed column that nobody chose is said.
	less := append([]string{}, form...)
	for i := 0; i < len(less); i += 2 {
		if less[i+1] == "subject" {
			less[i+1] = ""
		}
	}
	lan.post(to, less...).is(http.StatusUnprocessableEntity).says(".errors", "Trích yếu")
	lan.post(to, form...).is(http.StatusOK).says("h1", "Xem trước, chưa lưu gì").says("main", "số 3").says(".facts", "Tệp đính kèm 2").says("button.main", "Nhập tất cả")
	lan.post(to+"/chay", "confirm", "1").goes()
	var page *answer
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if page = lan.get(to).is(http.StatusOK); len(page.all("[data-finished]")) > 0 {
			break
		}
		if time.Now().After(end) {
			t.Fatal("it does not end: " + page.words("main"))
		}
	}
	page.says("h1", "Đã chuyển sổ").says("main", "Đã nhập 3 văn bản")
	for number, subject := range map[int64]string{1: "Về việc tặng quà Tết", 2: "Về việc báo cáo năm", 4: "Về việc tinh giản biên chế"} {
		d, err := document.ByNumber(o.read(), o.agency, document.Reach{All: true}, 2018, "", number)
		if err != nil || d.Subject != subject {
			t.Errorf("number %d is %q, %v", number, d.Subject, err)
		}
	}
	if n := o.blobCount(); n != 2 {
		t.Errorf("%d files are stored", n)
	}
	lan.get("/quan-tri/nhap-so").says("main", "so-2018.csv").says("main", "3 dòng vào “VB đến”")
	lan.post(to+"/chay", "confirm", "1").goes() // once
}

func TestWhatIsNoRegisterIsRefused(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	o := openOffice(t)
	lan := o.as("lan")
	lan.postFiles("/quan-tri/nhap-so", nil, "year", "2018").is(http.StatusUnprocessableEntity).says(".errors", "Hãy chọn tệp")
	lan.postFiles("/quan-tri/nhap-so", []dropped{{"file", "x.csv", []byte("a;b\n1;2\n")}}, "year", "2018").is(http.StatusUnprocessableEntity).says(".errors", "tên cột")
	lan.postFiles("/quan-tri/nhap-so", []dropped{{"file", "x.csv", register2018("04/01/2018")}}, "year", "năm ngoái").is(http.StatusUnprocessableEntity).says(".errors", "Năm của sổ")
	lan.postFiles("/quan-tri/nhap-so", []dropped{{"file", "x.csv", register2018("04/01/2018")}, {"files", "x.zip", []byte("PK\x03\x04hỏng")}}, "year", "2018").
		is(http.StatusUnprocessableEntity).says(".errors", "ZIP")
	template := lan.get("/quan-tri/nhap-so/mau.xlsx").is(http.StatusOK)
	if !bytes.HasPrefix(template.Body, []byte("PK")) {
		t.Error("the template is no workbook")
	}
	// The template comes back with its hints; they are no rows.
	lan.postFiles("/quan-tri/nhap-so", []dropped{{"file", "mau.xlsx", template.Body}}, "year", "2018").is(http.StatusUnprocessableEntity).says(".errors", "không có dòng nào")
}

func TestWhatWasSentIsForgottenAfterAWhile(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	o := openOffice(t)
	lan := o.as("lan")
	to, _ := lan.sendRegister(t, "04/01/2018")
	o.clock.Add(takeOverKept + time.Minute)
	lan.get(to).is(http.StatusNotFound)
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), folderPattern)); len(left) > 0 {
		t.Errorf("what was sent still lies in %v", left)
	}
	// What a program that ended has left behind is swept by the next.
	stale := filepath.Join(os.TempDir(), strings.Replace(folderPattern, "*", "1", 1))
	if err := os.Mkdir(stale, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(stale, time.Time{}, o.clock.Now().Add(-3*takeOverKept)); err != nil {
		t.Fatal(err)
	}
	lan.sendRegister(t, "04/01/2018")
	if _, err := os.Stat(stale); err == nil {
		t.Error("a stale folder was left")
	}
}
