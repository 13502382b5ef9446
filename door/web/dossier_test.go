// SPDX-License-Identifier: Apache-2.0

package web

import (
	"archive/zip"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/archive"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/task"
)

func TestFromTheListToTheArchiveOnThePages(t *testing.T) { storetest.Each(t, dossierOnThePages) }

func dossierOnThePages(t *testing.T, db *store.DB) {
	o := openOfficeOn(t, db)
	var tru int64
	o.do("son", func(a *journal.Act) (err error) {
		if tru, err = org.EnterPerson(a, org.NewPerson{Name: "Nông Thị Trữ", Address: "bà"}); err != nil {
			return err
		}
		if _, err = org.GivePost(a, org.NewPost{Person: tru, Unit: o.who["lan"].Unit, Title: "Lưu trữ viên", Roles: []org.Role{org.Archivist}}); err != nil {
			return err
		}
		_, err = org.GiveLogin(a, tru, "tru")
		return err
	})
	minh, thang, hai, lam := o.as("minh"), o.as("thang"), o.as("hai"), o.as("lam")
	// The Office composes, a unit proposes, the head approves.
	hai.get("/danh-muc-ho-so").says("main", "Chưa lập")
	hai.post("/danh-muc-ho-so/2026/lap").is(403)
	minh.post("/danh-muc-ho-so/2026/lap").goes()
	minh.post("/danh-muc-ho-so/2026/de-muc", "title", "Chính sách dân tộc", "abbr", "").is(422).says(".errors", "viết tắt")
	minh.post("/danh-muc-ho-so/2026/de-muc", "title", "Chính sách dân tộc", "abbr", "CSDT").goes()
	l, err := archive.ListOf(o.read(), o.agency, 2026)
	if err != nil {
		t.Fatal(err)
	}
	heading := idText(l.Headings[0].ID)
	line := []string{"heading", heading, "title", "Hồ sơ rà soát người có uy tín năm 2026", "term", "20 năm", "keeper", "person/" + idText(o.who["hai"].Person)}
	hai.post("/danh-muc-ho-so/2026/them", line...).is(403)
	lam.post("/danh-muc-ho-so/2026/them", line...).goes()
	minh.get("/danh-muc-ho-so?nam=2026").says("main", "chờ Văn phòng xem")
	thang.post("/danh-muc-ho-so/2026/duyet", "basis", "05/QĐ-BDT").is(422)
	l, _ = archive.ListOf(o.read(), o.agency, 2026)
	minh.post("/danh-muc-ho-so/2026/nhan", "line", idText(l.Lines[0].ID)).goes()
	minh.post("/danh-muc-ho-so/2026/duyet", "basis", "05/QĐ-BDT").is(403)
	thang.post("/danh-muc-ho-so/2026/duyet", "basis", "05/QĐ-BDT").goes()
	minh.get("/danh-muc-ho-so?nam=2026").says("main", "01.CSDT").says(".aside", "05/QĐ-BDT")
	for _, path := range []string{"/danh-muc-ho-so/2026/in.pdf", "/danh-muc-ho-so/2026/danh-muc.xlsx", "/danh-muc-ho-so/mau.xlsx"} {
		minh.get(path).is(200)
	}
	// The officer opens it, puts a document in from the document's page, adds a paper, closes.
	hai.get("/ho-so-cong-viec").says("main", "01.CSDT")
	all, err := archive.Dossiers(o.read(), o.agency, archive.Reach{All: true}, archive.Filter{View: archive.ViewAll}, 10)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	at := all[0].Link()
	o.as("xuan").get(at).is(404)
	o.index()
	hai.finds("rà soát người có uy tín").says(".beside h2", "Hồ sơ công việc (1)").says(".beside", "01.CSDT")
	for _, who := range []string{"xuan", "yen", "son"} {
		o.as(who).finds("rà soát người có uy tín").lacks(".beside")
		o.as(who).finds("rà soát người có uy tín", "kind", archive.Ref).says("h1", "Không thấy gì")
	}
	hai.get("/ho-so-cong-viec").silent("main .acts", "Lưu trữ cơ quan")
	minh.get("/ho-so-cong-viec").says("main .acts", "Lưu trữ cơ quan")
	hai.post(at + "/mo").goes()
	d := o.comes("1/UBND", "rà soát người có uy tín")
	o.do("lan", func(a *journal.Act) error {
		_, err := document.Distribute(a, d.ID, document.Directive{Lead: task.Assignee{Person: o.who["hai"].Person}})
		return err
	})
	hai.get(d.Address()).says("#ho-so", "01.CSDT")
	hai.post("/ho-so-cong-viec/dua-vao", "ref", d.Ref(), "dossier", idText(all[0].ID), "back", d.Address()).goes()
	hai.get(d.Address()).says("#ho-so", "Hồ sơ rà soát người có uy tín năm 2026")
	hai.get(at).says(".findings", "chưa giải quyết xong").says(".index", "tự vào theo việc")
	hai.post(at+"/dong", "ended", "23/11/2026").is(422).says(".errors", "Còn")
	items, _ := archive.Items(o.read(), o.agency, all[0].ID)
	for _, it := range items {
		hai.post(at+"/ghi-chu", "item", idText(it.ID), "note", "Bản chính ở hộp 3", "pages", "x").is(422).says(".errors", "Số trang")
		hai.post(at+"/ghi-chu", "item", idText(it.ID), "note", "Bản chính ở hộp 3", "pages", "2").goes()
		hai.get(at).says(".index", "Bản chính ở hộp 3")
		hai.post(at+"/lay-ra", "item", idText(it.ID), "why", "Chưa xong, chuyển hồ sơ khác").goes()
	}
	hai.post(at+"/giay-to", "type", "Biên bản", "subject", "Họp thôn Lũng Vài", "day", "20/11/2026", "pages", "").is(422).says(".errors", "Số trang")
	hai.post(at+"/giay-to", "type", "Biên bản", "subject", "Họp thôn Lũng Vài", "day", "20/11/2026", "pages", "3").goes()
	hai.post(at+"/dong", "ended", "23/11/2026").goes()
	for _, path := range []string{"/muc-luc.pdf", "/muc-luc.xlsx"} {
		hai.get(at + path).is(200)
	}
	// To the archive.
	hai.post("/ho-so-cong-viec/nop").is(422).says(".errors", "Chưa chọn")
	hai.post("/ho-so-cong-viec/nop", "dossier", idText(all[0].ID), "condition", "Tốt").goes()
	o.as("xuan").get("/luu-tru").is(404)
	open, err := archive.OpenTransfers(o.read(), o.agency)
	if err != nil || len(open) != 1 {
		t.Fatal(open, err)
	}
	minh.get("/luu-tru").says("main", "Biên bản giao nhận số 01/2026")
	hai.get(open[0].Link()).says("main", "chờ xem").silent("main", "Nhận 01.CSDT")
	hai.post(open[0].Link()+"/nhan", "dossier", idText(all[0].ID)).is(403)
	by := o.dir().Holder(tru, 0, civil.Of(o.clock.Now()))
	o.who["tru"] = by
	o.do("tru", func(a *journal.Act) error { return archive.Judge(a, open[0].ID, all[0].ID, true, "") })
	o.do("tru", func(a *journal.Act) error { return archive.Conclude(a, open[0].ID) })
	for _, path := range []string{"/bien-ban.pdf", "/muc-luc.pdf", "/muc-luc.xlsx"} {
		hai.get(open[0].Link() + path).is(200)
	}
	thang.get("/ho-so-cong-viec/tinh-hinh").says(".figures", "Phòng Chính sách Dân tộc")
	hai.get(at).says(".aside", "Đã nộp lưu")
	if err := o.door.Finder.Index(t.Context()); err != nil {
		t.Fatal(err)
	}
	hai.get("/tim?kind=work-dossier&q=nguoi+co+uy+tin").says("main", "01.CSDT")
	o.as("xuan").get("/tim?kind=work-dossier&q=nguoi+co+uy+tin").silent("main", "01.CSDT")
	exportOnThePage(t, hai, at)
	if err := archive.Check(o.read(), o.agency, func(s string) { t.Error(s) }); err != nil {
		t.Fatal(err)
	}
}

// exportOnThePage takes the ZIP out and has the shipped scripts judge it, whole and tampered.
func exportOnThePage(t *testing.T, v *visitor, at string) {
	t.Helper()
	got := v.get(at + "/xuat.zip")
	got.is(200)
	body := got.Body
	if want := got.Get("Content-Length"); want != strconv.Itoa(len(body)) {
		t.Fatalf("said %s bytes, sent %d", want, len(body))
	}
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, z); err != nil {
		t.Fatal(err)
	}
	folders, _ := filepath.Glob(filepath.Join(dir, "HS-*"))
	if len(folders) != 1 {
		t.Fatal(folders)
	}
	judge := func(want string) {
		t.Helper()
		for _, c := range [][]string{{"sh", "kiem-tra.sh"}, {"python3", "kiem-tra.py"}} {
			cmd := exec.Command(c[0], c[1])
			cmd.Dir = folders[0]
			out, err := cmd.CombinedOutput()
			if !strings.Contains(string(out), want) || (err == nil) != (want == "Nguyên vẹn") {
				t.Errorf("%v: %s %v", c, out, err)
			}
		}
	}
	judge("Nguyên vẹn")
	path := filepath.Join(folders[0], "ho-so.xml")
	text, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(text), "<DocTotal>1</DocTotal>") || !strings.Contains(string(text), "<FileNotation>01.CSDT</FileNotation>") {
		t.Fatalf("%s %v", text, err)
	}
	if err := os.WriteFile(path, bytes.Replace(text, []byte("Biên bản"), []byte("Bien bản"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	judge("CÓ SAI KHÁC")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	judge("Nguyên vẹn")
	if err := os.WriteFile(filepath.Join(folders[0], "them.pdf"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	judge("thừa")
}
