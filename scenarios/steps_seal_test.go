// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"context"
	"net/url"
	"strings"

	"soviec/office/series"
)

var sealRules = []rule{
	{pattern: `{ai} đặt dãy số riêng cho "{hội đồng}", viết tắt "{chữ}"`, name: "hội đồng, ban chỉ đạo đánh số riêng (Điều 15 khoản 3)", do: openCouncil},
	{pattern: `{ai} ghi "{hội đồng}" thôi cấp số từ ngày {ngày}`, name: "từ đó không cấp số theo dãy ấy nữa; số đã cấp giữ nguyên", do: endCouncil},
	{pattern: `{ai} cấp số cho "{trích yếu}" theo dãy của "{hội đồng}"`, name: "chọn dãy số ngay trong sổ chờ phát hành", do: giveCouncilNumber},
}

func (o *office) postSeries(p person, act string, v url.Values) seen {
	o.visit(p, "/quan-tri/danh-so")
	return seen{page: o.browser(p).post("/quan-tri/danh-so/"+act, v)}
}

func openCouncil(o *office, a args) seen {
	return o.postSeries(a.who[0], "hoi-dong", url.Values{"name": {a.text[0]}, "abbr": {a.text[1]}, "basis": {"Quyết định thành lập"}})
}

func (o *office) council(p person, name string) string {
	all, err := series.Bodies(o.db.Read(context.Background()), o.agencyOf(p))
	o.must(err)
	for _, c := range all {
		if c.Name == name {
			return number(c.ID)
		}
	}
	o.failf("không có hội đồng %q", name)
	return ""
}

func endCouncil(o *office, a args) seen {
	return o.postSeries(a.who[0], "thoi-hoi-dong", url.Values{"council": {o.council(a.who[0], a.text[0])}, "to": {a.day[0]}})
}

func giveCouncilNumber(o *office, a args) seen {
	id, ok := o.works["dự thảo "+a.text[0]]
	if !ok {
		o.failf("không có văn bản đã ký %q", a.text[0])
	}
	council := o.council(a.who[0], a.text[1])
	at := o.visit(a.who[0], "/van-ban-di/cho")
	offered := false
	for _, x := range at.all("main select option") {
		offered = offered || attr(x, "value") == council && strings.Contains(text(x), a.text[1])
	}
	if offered == o.at.refused { // whoever sends what the page does not offer is refused all the same
		o.failf("sổ chờ phát hành có chọn dãy số của %q: %v", a.text[1], offered)
	}
	return seen{page: o.postOut(a.who[0], "/van-ban-di/cap-so/"+id, url.Values{"day": {o.clock.Today().VN()}, "body": {council}})}
}
