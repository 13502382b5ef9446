// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"strings"

	"github.com/pquerna/otp/totp"
)

var factorRules = []rule{
	{pattern: `{ai} bật xác thực hai bước`, name: "quét mã, nhập mã sáu số đầu tiên, cất mã dự phòng", do: turnFactorOn},
	{pattern: `{ai} nhập mã trên điện thoại`, name: "bước hai của đăng nhập, mã sáu số của phút này", do: enterCode},
	{pattern: `{ai} nhập mã dự phòng "{thứ}"`, name: "bước hai của đăng nhập, một trong các mã đã cất: thứ nhất, thứ hai", do: enterRecovery},
	{pattern: `{ai} bỏ xác thực hai bước của {người}`, name: "quản trị bỏ xác thực cũ để người ấy đăng ký lại", do: dropFactor},
}

// phone is what a person keeps of the second factor.
type phone struct {
	secret string
	codes  []string
}

func (o *office) codeOf(p person) string {
	code, err := totp.GenerateCode(o.phones[p.login()].secret, o.clock.Now())
	o.must(err)
	return code
}

func turnFactorOn(o *office, a args) seen {
	p := a.who[0]
	const at = "/tai-khoan/xac-thuc"
	begun := o.do(p, gesture{page: at, action: at, button: "Bắt đầu"}, nil)
	if begun.refused() {
		return begun
	}
	o.phones[p.login()] = phone{secret: strings.ReplaceAll(begun.page.first("main .secret"), " ", "")}
	f := begun.page.formTo(at, "Bật xác thực hai bước")
	o.must(f.fill("Mã sáu số", o.codeOf(p), nil))
	done := o.browser(p).submit(f)
	kept := o.phones[p.login()]
	for _, c := range done.all("main .codes code") {
		kept.codes = append(kept.codes, text(c))
	}
	o.phones[p.login()] = kept
	return seen{page: done, say: ".aside"}
}

func enterCode(o *office, a args) seen {
	p := a.who[0]
	return o.secondStep(p, "Mã sáu số", o.codeOf(p), "Tiếp tục")
}

func enterRecovery(o *office, a args) seen {
	p, codes := a.who[0], o.phones[a.who[0].login()].codes
	i := map[string]int{"thứ nhất": 0, "thứ hai": 1}[a.text[0]]
	if i >= len(codes) {
		o.failf("%s không cất mã dự phòng nào", p.Name)
	}
	return o.secondStep(p, "Mã dự phòng", codes[i], "Dùng mã dự phòng")
}

func (o *office) secondStep(p person, label, code, button string) seen {
	b := o.browser(p)
	f := b.page.formTo("/dang-nhap/ma-xac-thuc", button)
	if f == nil {
		o.failf("%s không được hỏi mã xác thực, mà thấy %s", p.Name, b.page.address)
	}
	o.must(f.fill(label, code, nil))
	return seen{page: b.submit(f), say: "h1"}
}

func dropFactor(o *office, a args) seen {
	at := o.account(a.who[0], a.who[1])
	delete(o.phones, a.who[1].login())
	return o.do(a.who[0], gesture{page: at, action: at + "/xac-thuc", button: "Bỏ xác thực hai bước để đăng ký lại"}, nil)
}
