// SPDX-License-Identifier: Apache-2.0

package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pquerna/otp/totp"

	"soviec/kit/journal"
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
	hai.post("/tai-khoan/xac-thuc", "code", code).goes()
	hai.get("/tai-khoan/xac-thuc").says("main", "Đang bật")
	if to := o.nobody().post("/dang-nhap", "username", "hai", "password", "rung thong ban xa").goes(); to != "/dang-nhap/ma-xac-thuc" {
		t.Errorf("sent to %s", to)
	}
	// Whoever lost the telephone is helped by the administrator.
	o.as("son").post(personLink(o.who["hai"].Person) + "/xac-thuc").goes()
	o.as("hai").get("/").is(http.StatusOK)
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
