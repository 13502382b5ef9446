// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"soviec/office/outgoing"
)

var copyRules = []rule{
	{pattern: `{ai} làm bản "{SY, SL, TrS}" của "{văn bản}"`, name: "làm bản sao giấy, trình Trưởng ban Thắng ký", do: makeCopyOf},
	{pattern: `{ai} làm bản "{SY, SL, TrS}" của "{văn bản}", phần "{phần}"`, name: "trích sao", do: makeCopyOf},
	{pattern: `{ai} làm bản "{SY, SL, TrS}" từ bản sao "{SY, SL, TrS}"`, name: "sao từ một bản sao đã phát hành", do: makeCopyOfCopy},
	{pattern: `{ai} ký bản sao "{SY, SL, TrS}"`, name: "người ký đồng ý, ký", do: func(o *office, a args) seen { return o.copyDo(a, "ky") }},
	{pattern: `{ai} cấp số bản sao "{SY, SL, TrS}"`, name: "số tiếp theo của dãy chung; tệp được lập", do: func(o *office, a args) seen { return o.copyDo(a, "cap-so") }},
	{pattern: `{ai} đóng dấu bản sao "{SY, SL, TrS}"`, name: "đóng dấu, phát hành bản sao giấy", do: func(o *office, a args) seen { return o.copyDo(a, "dong-dau") }},
}

func makeCopyOf(o *office, a args) seen {
	parts := strings.Split(o.document(a.who[0], a.text[1]), "/")
	year, err := strconv.Atoi(parts[2])
	o.must(err)
	d, err := outgoing.BySlug(o.db.Read(context.Background()), o.agencyOf(a.who[0]), outgoing.Reach{All: true}, year, parts[3])
	o.must(err)
	part := ""
	if len(a.text) > 2 {
		part = a.text[2]
	}
	return o.copyMade(a, d.Ref(), part)
}

func makeCopyOfCopy(o *office, a args) seen {
	return o.copyMade(a, "copy/"+o.works["bản sao "+a.text[1]], "")
}

func (o *office) copyMade(a args, source, part string) seen {
	thang, _ := personCalled("Thắng")
	at := o.postOut(a.who[0], "/ban-sao", url.Values{"nguon": {source}, "kind": {a.text[0]}, "way": {"pp"}, "part": {part}, "copies": {"2"},
		"signer": {number(o.holder(thang).Person)}, "recipients": {"Phòng Chính sách Dân tộc"}})
	if !at.refused() {
		o.works["bản sao "+a.text[0]] = strings.TrimPrefix(at.address, "/ban-sao/")
	}
	return seen{page: at}
}

func (o *office) copyDo(a args, act string) seen {
	return seen{page: o.postOut(a.who[0], "/ban-sao/"+o.works["bản sao "+a.text[0]]+"/"+act, url.Values{})}
}
