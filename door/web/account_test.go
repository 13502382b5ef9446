// SPDX-License-Identifier: Apache-2.0

package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pquerna/otp/totp"

	"soviec/kit/journal"
	"soviec/office/org"
)

func TestTheSecondFactorBeginsWithAGestureAndIsAskedFor(t *testing.T) {
	o := openOffice(t)
	hai := o.as("hai")
	seq := func() int {
		n, _ := journal.Of(o.read(), o.agency, journal.Ref("person", o.who["hai"].Person))
		return len(n)
	}
	before := seq()
	hai.get("/tai-khoan/xac-thuc").is(http.StatusOK).says("button.main", "Bắt đầu").lacks(".secret").lacks("img.qr")
	hai.get("/tai-khoan/xac-thuc")
	if n := seq(); n != before {
		t.Errorf("looking wrote %d entries", n-before)
	}
	begun := hai.post("/tai-khoan/xac-thuc", "begin", "1").is(http.StatusOK)
	secret := strings.ReplaceAll(begun.words(".secret"), " ", "")
	if secret == "" || len(begun.all("img.qr")) != 1 {
		t.Fatal(begun.words("main"))
	}
	// A wrong code asks again, and shows no key.
	hai.post("/tai-khoan/xac-thuc", "code", "000000").is(http.StatusUnprocessableEntity).says(".errors", "Mã xác thực").lacks(".secret")
	code, err := totp.GenerateCode(secret, o.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	on := hai.post("/tai-khoan/xac-thuc", "code", code).is(http.StatusOK).says("main", "chỉ hiện lần này")
	codes := on.all(".codes code")
	if len(codes) != 10 {
		t.Fatalf("%d recovery codes", len(codes))
	}
	hai.get("/tai-khoan/xac-thuc").says("main", "Đang bật").says("main", "Còn 10 mã dự phòng").lacks(".codes")
	hai.post("/tai-khoan/xac-thuc/ma-du-phong", "password", "sai").is(http.StatusUnprocessableEntity).lacks(".codes")
	hai.post("/tai-khoan/xac-thuc/ma-du-phong", "password", "rung thong ban xa").is(http.StatusOK).says(".codes", "-")
	if to := o.nobody().post("/dang-nhap", "username", "hai", "password", "rung thong ban xa").goes(); to != "/dang-nhap/ma-xac-thuc" {
		t.Errorf("sent to %s", to)
	}
	// Whoever lost the telephone is helped by the administrator.
	o.as("son").post(personLink(o.who["hai"].Person) + "/xac-thuc").goes()
	o.as("hai").get("/").is(http.StatusOK)
}

func TestADutyLeadsToTheSecondFactorFirst(t *testing.T) {
	o := openOffice(t)
	son, hai := o.as("son"), o.as("hai")
	o.do("son", func(a *journal.Act) error { return org.ChangeSetting(a, "login.second_factor_roles", "sysadmin") })
	hai.get("/").is(http.StatusOK)
	for _, path := range []string{"/", "/quan-tri", "/tim?q=x", "/tai-khoan/phien"} {
		if to := son.get(path).goes(); !strings.HasPrefix(to, "/tai-khoan/xac-thuc") {
			t.Errorf("%s goes to %s", path, to)
		}
	}
	if to := son.post("/quan-tri/can-bo/" + idText(o.who["hai"].Person) + "/khoa").goes(); to != "/tai-khoan/xac-thuc" {
		t.Errorf("an act goes to %s", to)
	}
	if to := son.post("/tai-khoan/xac-thuc/tat", "password", "rung thong ban xa").goes(); to != "/tai-khoan/xac-thuc" {
		t.Errorf("turning off goes to %s", to)
	}
	begun := son.get("/tai-khoan/xac-thuc?next=/quan-tri").is(http.StatusOK).says("main", "bắt buộc").lacks("nav.side")
	begun = son.post("/tai-khoan/xac-thuc", "begin", "1", "next", begun.value("next")).is(http.StatusOK)
	code, err := totp.GenerateCode(strings.ReplaceAll(begun.words(".secret"), " ", ""), o.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	done := son.post("/tai-khoan/xac-thuc", "code", code, "next", "/quan-tri").is(http.StatusOK).says(".codes", "-")
	if got := attr(done.all("main .acts a")[0], "href"); got != "/quan-tri" {
		t.Errorf("goes on to %s", got)
	}
	son.get("/quan-tri").is(http.StatusOK)
	// Changing to another telephone: off, and at once to be set up anew.
	son.get("/tai-khoan/xac-thuc").says("main", "Đổi sang điện thoại khác")
	son.post("/tai-khoan/xac-thuc/tat", "password", "rung thong ban xa").goes()
	if to := son.get("/quan-tri").goes(); !strings.HasPrefix(to, "/tai-khoan/xac-thuc") {
		t.Errorf("without a factor again: %s", to)
	}
}

func TestHelpIsThereForEachRole(t *testing.T) {
	o := openOffice(t)
	for who, role := range map[string]string{"lan": "van-thu", "thang": "lanh-dao", "lam": "truong-phong", "hai": "chuyen-vien", "son": "quan-tri"} {
		p := o.as(who)
		p.get("/tro-giup").is(http.StatusOK).says("nav.roles", "của anh/chị")
		for _, n := range p.get("/tro-giup").all("nav.roles a") {
			if len(n.LastChild.Data) > 0 && n.LastChild.Data == "small" && attr(n, "href") != "/tro-giup/"+role {
				t.Errorf("%s is led to %s", who, attr(n, "href"))
			}
		}
		p.get("/tro-giup/" + role).is(http.StatusOK)
	}
	o.as("hai").get("/tro-giup/khong-co").is(http.StatusNotFound)
}
