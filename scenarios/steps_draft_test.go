// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"context"
	"net/url"
	"strings"

	"soviec/office/draft"
	"soviec/office/org/orgtest"
)

var draftRules = []rule{
	{pattern: `{ai} soạn công văn "{câu}"{thêm}`, name: "mở biểu mẫu công văn, điền và lưu", do: writeLetter},
	{pattern: `{ai} soạn văn bản loại "{câu}", trích yếu "{câu}"{thêm}`, name: "mở biểu mẫu của loại văn bản, điền và lưu", do: writePaper},
	{pattern: `{ai} sửa dự thảo "{câu}"{thêm}`, name: "điền lại biểu mẫu của dự thảo và lưu", do: rewriteLetter},
	{pattern: `{ai} bấm "{câu}" ở dự thảo "{câu}"{thêm}`, name: "làm một thao tác trên trang của dự thảo", do: actOnDraft},
	{pattern: `{ai} đạt thể thức dự thảo "{câu}"`, name: "đánh dấu đủ các điểm kiểm tra rồi trình ký", do: passForm},
	{pattern: `{ai} xem các dự thảo`, name: "đọc những gì chờ mình và danh sách", do: seeDrafts},
	{pattern: `{ai} ghi ủy quyền ký cho {người}{thêm}`, name: "ghi ủy quyền bằng văn bản, có thời hạn", do: delegate},
}

// draftNamed finds a draft by its subject, whoever may read it.
func (o *office) draftNamed(p person, subject string) draft.Paper {
	all, err := draft.List(o.book.DB.Read(context.Background()), o.agencyOf(p), draft.Reach{All: true}, draft.Filter{}, 200)
	o.must(err)
	for _, d := range all {
		if d.Subject == subject {
			return d
		}
	}
	o.failf("không có dự thảo %q", subject)
	return draft.Paper{}
}

func (o *office) fillDraft(p person, at *page, action, subject string, more []clause) seen {
	if at.refused() {
		return seen{page: at}
	}
	f := at.formTo(action, "Lưu, xem trang in")
	if f == nil {
		o.failf("%s không thấy biểu mẫu soạn thảo", p.Name)
	}
	if subject != "" {
		o.must(f.fill("Trích yếu", subject, nil))
	}
	for _, c := range more {
		o.must(f.fill(c.label, c.value, o.contentOf(c)))
	}
	return seen{page: o.browser(p).submit(f)}
}

func writeLetter(o *office, a args) seen {
	return o.fillDraft(a.who[0], o.visit(a.who[0], "/du-thao/moi?loai=CV"), "/du-thao", a.text[0], a.more)
}

func writePaper(o *office, a args) seen {
	for _, t := range draft.Types() {
		if t.Name == a.text[0] {
			return o.fillDraft(a.who[0], o.visit(a.who[0], "/du-thao/moi?loai="+url.QueryEscape(t.Code)), "/du-thao", a.text[1], a.more)
		}
	}
	o.failf("không có loại văn bản %q", a.text[0])
	return seen{}
}

func rewriteLetter(o *office, a args) seen {
	at := o.draftNamed(a.who[0], a.text[0]).Address() + "/sua"
	return o.fillDraft(a.who[0], o.visit(a.who[0], at), at, "", a.more)
}

func actOnDraft(o *office, a args) seen {
	p, d := a.who[0], o.draftNamed(a.who[0], a.text[1])
	at := o.visit(p, d.Address())
	if at.refused() {
		return seen{page: at}
	}
	f := at.formWith(a.text[0])
	if f == nil {
		if act, ok := draftPosts[a.text[0]]; ok && o.at.refused {
			return seen{page: o.browser(p).post(d.Address()+"/"+act, url.Values{"sha": {d.SHA}, "text": {"Thử"}, "note": {"Thử"}, "reason": {"Thử"}, "choice": {"agree"}})}
		}
		o.failf("%s không thấy nút %q", p.Name, a.text[0])
	}
	for _, c := range a.more {
		o.must(f.fill(c.label, c.value, o.contentOf(c)))
	}
	return seen{page: o.browser(p).submit(f)}
}

// draftPosts are the addresses behind buttons, for the forbidden way.
var draftPosts = map[string]string{"Duyệt nội dung, ký nháy": "noi-dung", "Ký số": "ky-so", "Trả lại": "tra-lai", "Trình": "trinh", "Từ chối ký": "tu-choi", "Gửi ý kiến": "y-kien"}

func passForm(o *office, a args) seen {
	p, d := a.who[0], o.draftNamed(a.who[0], a.text[0])
	if at := o.visit(p, d.Address()); at.refused() {
		return seen{page: at}
	}
	v := url.Values{"sha": {d.SHA}}
	for _, c := range draft.Checklist(d.Type) {
		v.Add("checks", c.Code)
	}
	return seen{page: o.browser(p).post(d.Address()+"/the-thuc", v)}
}

func seeDrafts(o *office, a args) seen {
	return seen{page: o.visit(a.who[0], "/du-thao"), say: ".headline .aside", table: func(p *page) grid {
		var g grid
		for _, tr := range p.all("main .drafts tbody tr") {
			if want := pick(tr, ".c-want b"); want != nil {
				g.add("Cần", text(want), "Dự thảo", strings.TrimPrefix(text(pick(tr, ".c-what a")), "Công văn: "))
			}
		}
		return g
	}}
}

// delegate records a delegation; the page for it is the head's and the chief of office's.
func delegate(o *office, a args) seen {
	p := a.who[0]
	at := o.visit(p, "/quan-tri/ky")
	if at.refused() {
		return seen{page: o.browser(p).post("/quan-tri/ky/uy-quyen", url.Values{"scope": {"Thử"}})}
	}
	f := at.formTo("/quan-tri/ky/uy-quyen", "Ghi ủy quyền")
	if f == nil {
		o.failf("%s không thấy biểu mẫu ủy quyền", p.Name)
	}
	o.must(f.fill("Người được ủy quyền", a.who[1].full(o), nil))
	for _, c := range a.more {
		o.must(f.fill(c.label, c.value, nil))
	}
	return seen{page: o.browser(p).submit(f)}
}

func (p person) full(o *office) string {
	for _, x := range orgtest.Directory(o.TB, o.book, o.agencyOf(p)).People {
		if x.Given() == p.Name {
			return x.Name
		}
	}
	return p.Name
}
