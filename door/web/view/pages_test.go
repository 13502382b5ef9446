// SPDX-License-Identifier: Apache-2.0

package view_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"soviec/door/web/view"
)

func page(t *testing.T, name string) *html.Node {
	t.Helper()
	return parse(t, render(t, views(t), find(t, name)))
}

// sel finds elements by tag and, if given, one class or [attribute=value].
func sel(n *html.Node, tag, class string, attrs ...string) []*html.Node {
	return all(n, func(c *html.Node) bool {
		if c.Data != tag {
			return false
		}
		if cl, _ := attr(c, "class"); class != "" && !strings.Contains(" "+cl+" ", " "+class+" ") {
			return false
		}
		for i := 0; i+1 < len(attrs); i += 2 {
			if v, ok := attr(c, attrs[i]); !ok || v != attrs[i+1] {
				return false
			}
		}
		return true
	})
}

func one(t *testing.T, found []*html.Node) *html.Node {
	t.Helper()
	if len(found) != 1 {
		t.Fatalf("%d found, one wanted", len(found))
	}
	return found[0]
}

func TestFrame(t *testing.T) {
	doc := page(t, "home-head")
	if s := text(one(t, sel(doc, "a", "skip"))); s != "Đến nội dung" {
		t.Errorf("skip link: %q", s)
	}
	if s := text(one(t, sel(doc, "header", "top"))); !strings.Contains(s, "Dữ liệu mẫu") || !strings.Contains(s, "Mông Văn Lâm") {
		t.Errorf("head: %q", s)
	}
	if s := text(one(t, sel(doc, "aside", "behalf"))); !strings.HasPrefix(s, "Đang làm thay bà Vi Thị Nga") {
		t.Errorf("on behalf: %q", s)
	}
	side := one(t, sel(doc, "nav", "side"))
	if s := text(one(t, sel(side, "a", "", "aria-current", "page"))); s != "Việc của tôi17" {
		t.Errorf("current place: %q", s)
	}
	if s := text(one(t, sel(side, "b", "late"))); s != "5" {
		t.Errorf("late: %q", s)
	}
	thumb := one(t, sel(doc, "nav", "thumb"))
	for _, b := range sel(thumb, "summary", "") {
		if text(b) != "3Thêm" { // the number of new notices
			t.Errorf("%q", text(b))
		}
	}
	if strings.Contains(text(doc), "Quản trị") {
		t.Error("a place that was not given is shown")
	}
}

func TestSampleMarkOnlyOnSampleData(t *testing.T) {
	v := views(t)
	if s := render(t, v, view.Home{Frame: view.Frame{Agency: "A"}}); strings.Contains(s, "Dữ liệu mẫu") {
		t.Error("marked as sample data")
	}
}

func TestOverdue(t *testing.T) {
	doc := page(t, "overdue")
	h1 := one(t, sel(doc, "h1", ""))
	if text(h1) != "Hôm nay có 14 việc quá hạn của 6 cán bộ; 11 việc đến hạn trong hai ngày tới." || text(one(t, sel(h1, "span", "late"))) != "14 việc quá hạn" {
		t.Errorf("%q", text(h1))
	}
	if n := len(sel(doc, "section", "unit")); n != 4 {
		t.Errorf("%d units", n)
	}
	hai := one(t, sel(doc, "div", "squares", "aria-label", "Việc của Lý Thanh Hải"))
	if n := len(sel(hai, "a", "sq")); n != 17 {
		t.Errorf("%d squares of one who has 17 pieces of work", n)
	}
	if n := len(sel(hai, "a", "l")); n != 5 {
		t.Errorf("%d late squares", n)
	}
	for _, a := range sel(hai, "a", "sq") {
		if w, _ := attr(a, "title"); w == "" {
			t.Error("a square without words")
		}
	}
	for value, n := range map[string]int{"all": 1, "unit/1": 1, "person/7": 1, "person/6": 0, "picked": 1} {
		if got := len(sel(doc, "button", "", "name", "scope", "value", value, "form", "urge")); got != n {
			t.Errorf("%d buttons for %s", got, value)
		}
	}
	if a := one(t, sel(doc, "a", "more")); text(a) != "+8" {
		t.Errorf("what is cut: %q", text(a))
	}
	if n := len(sel(doc, "input", "", "name", "work", "form", "urge")); n != 4 {
		t.Errorf("%d boxes", n)
	}
	if n := len(sel(page(t, "overdue-own"), "button", "", "name", "scope")); n != 0 {
		t.Errorf("an officer is offered %d urgings", n)
	}
}

func TestSquareClass(t *testing.T) {
	for _, c := range []struct {
		s    view.Square
		want string
	}{
		{view.Square{State: view.StateLate, DaysLate: 1}, "l"},
		{view.Square{State: view.StateLate, DaysLate: 4}, "l"},
		{view.Square{State: view.StateLate, DaysLate: 5}, "l l1"},
		{view.Square{State: view.StateLate, DaysLate: 12}, "l l2"},
		{view.Square{State: view.StateLate, DaysLate: 4000}, "l l6"},
		{view.Square{State: view.StateLate, DaysLate: -3}, "l"},
		{view.Square{State: view.StateSoon}, "s"},
		{view.Square{State: view.StateOpen}, "o"},
		{view.Square{State: view.StateUndated}, "u"},
		{view.Square{State: view.StatePaused}, "p"},
	} {
		if got := c.s.Class(); got != c.want {
			t.Errorf("%+v: %q, want %q", c.s, got, c.want)
		}
	}
}

func TestRegisterHasAtMostTenVisibleFields(t *testing.T) {
	doc := page(t, "register")
	form := one(t, sel(doc, "form", "register-form"))
	hidden := map[*html.Node]bool{}
	for _, d := range sel(form, "details", "") {
		for _, n := range all(d, func(*html.Node) bool { return true }) {
			hidden[n] = true
		}
	}
	n := 0
	for _, f := range all(form, func(c *html.Node) bool { return c.Data == "input" || c.Data == "select" || c.Data == "textarea" }) {
		if kind, _ := attr(f, "type"); kind != "hidden" && !hidden[f] {
			n++
		}
	}
	if n == 0 || n > 10 {
		t.Errorf("%d visible fields", n)
	}
	if kind, _ := attr(form, "enctype"); kind != "multipart/form-data" {
		t.Errorf("files cannot be sent: %q", kind)
	}
	focus := all(form, func(c *html.Node) bool { _, ok := attr(c, "autofocus"); return ok })
	if name, _ := attr(one(t, focus), "name"); name != "notation" {
		t.Errorf("the cursor stands in %q", name)
	}
}

func TestErrorsLinkToTheirFields(t *testing.T) {
	doc := page(t, "register-errors")
	box := one(t, sel(doc, "div", "errors"))
	for _, a := range sel(box, "a", "") {
		href, _ := attr(a, "href")
		field := one(t, all(doc, func(n *html.Node) bool { id, _ := attr(n, "id"); return "#"+id == href }))
		if bad, _ := attr(field, "aria-invalid"); bad != "true" {
			t.Errorf("%s is not marked", href)
		}
	}
	subject := one(t, sel(doc, "textarea", "", "name", "subject"))
	if d, _ := attr(subject, "aria-describedby"); d != "vs-subject-error" {
		t.Errorf("described by %q", d)
	}
	notation := one(t, sel(doc, "input", "", "name", "notation"))
	if v, _ := attr(notation, "value"); v != "1234/UBND-VX" {
		t.Errorf("what was typed is lost: %q", v)
	}
	if len(sel(doc, "input", "", "name", "file_key", "value", "sha")) != 1 {
		t.Error("the file sent before is lost")
	}
}

func TestPasswordsAreNotWrittenBack(t *testing.T) {
	v := views(t)
	p := view.SignIn{Form: view.Form{Values: map[string][]string{"username": {"lan"}, "password": {"bi mat lam"}}}}
	if strings.Contains(render(t, v, p), "bi mat lam") {
		t.Error("the password came back")
	}
}

func TestDuplicateOffersThreeWays(t *testing.T) {
	box := one(t, sel(page(t, "register-duplicate"), "section", "duplicate"))
	if len(sel(box, "button", "", "value", "same")) != 1 || len(sel(box, "button", "", "value", "different")) != 1 || len(sel(box, "a", "btn")) != 1 {
		t.Errorf("%q", text(box))
	}
}

func TestSecretPageSendsNothing(t *testing.T) {
	main := one(t, sel(page(t, "secret"), "main", ""))
	if n := len(all(main, func(c *html.Node) bool { return c.Data == "form" || c.Data == "input" })); n != 0 {
		t.Errorf("%d forms or fields", n)
	}
}

func TestDocumentBeforeTheLeader(t *testing.T) {
	doc := page(t, "document-leader")
	form := one(t, sel(doc, "form", "direct"))
	if a, _ := attr(form, "action"); a != "/van-ban-den/2026/2611/giao-viec" {
		t.Errorf("action %q", a)
	}
	lead := one(t, sel(form, "select", "", "name", "lead"))
	if v, _ := attr(one(t, all(lead, func(n *html.Node) bool { _, ok := attr(n, "selected"); return ok })), "value"); v != "person/7" {
		t.Errorf("lead %q", v)
	}
	checked := 0
	for _, b := range sel(form, "input", "", "name", "coop", "type", "checkbox") {
		if _, ok := attr(b, "checked"); ok {
			checked++
		}
	}
	if checked != 2 {
		t.Errorf("%d cooperating", checked)
	}
	if s := text(one(t, sel(form, "div", "proposal"))); !strings.Contains(s, "“Văn bản của UBND tỉnh về chính sách dân tộc”") {
		t.Errorf("the rule is not named: %q", s)
	}
	if s := text(one(t, sel(doc, "div", "stamp"))); !strings.Contains(s, "2.611") || !strings.Contains(s, "ĐẾN") {
		t.Errorf("stamp: %q", s)
	}
	events := one(t, sel(doc, "section", "timeline"))
	if n := len(all(events, func(n *html.Node) bool { h, _ := attr(n, "href"); return strings.HasPrefix(h, "/so-nhat-ky/") })); n != 5 {
		t.Errorf("%d proofs of 5 entries", n)
	}
	if s := text(events); !strings.Contains(s, "Bà Nông Thị Hoa thay ông Đàm Quốc Thắng") {
		t.Errorf("on whose behalf: %q", s)
	}
}

func TestWhatIsNotAllowedIsNotOffered(t *testing.T) {
	v := views(t)
	body := parse(t, render(t, v, view.Document{Address: "/van-ban-den/2026/1", Subject: "x"}))
	main := one(t, sel(body, "main", ""))
	if n := len(sel(main, "form", "")); n != 0 {
		t.Errorf("a document without rights offers %d forms", n)
	}
	body = parse(t, render(t, v, view.Task{Address: "/viec/1", Subject: "x"}))
	if n := len(sel(one(t, sel(body, "main", "")), "form", "")); n != 0 {
		t.Errorf("a task without rights offers %d forms", n)
	}
}

func TestTaskForms(t *testing.T) {
	for name, actions := range map[string][]string{
		"task-new":    {"bat-dau"},
		"task":        {"bao-cao", "tien-do", "gia-han", "tra-lai"},
		"task-head":   {"phan-cong", "tra-lai"},
		"task-giver":  {"gia-han/duyet", "gia-han/bac", "tra-lai/dong-y", "tra-lai/bac", "ket-thuc", "lam-lai", "doi-han", "doi-chu-tri", "don-doc"},
		"task-closed": {"mo-lai"},
	} {
		main := one(t, sel(page(t, name), "main", ""))
		for _, a := range actions {
			if n := len(sel(main, "form", "", "action", "/viec/104/"+a)); n != 1 {
				t.Errorf("%s: %d forms %s", name, n, a)
			}
		}
		if n := len(sel(main, "form", "")); n != len(actions) {
			t.Errorf("%s: %d forms, want %d", name, n, len(actions))
		}
	}
}

func TestSearchMarks(t *testing.T) {
	doc := page(t, "search")
	var marks []string
	for _, m := range sel(doc, "mark", "") {
		marks = append(marks, text(m))
	}
	if got := strings.Join(marks, "|"); got != "quà|Tết|quà Tết|quà|Tết|quà Tết|quà Tết|quà Tết" {
		t.Errorf("%q", got)
	}
	if !strings.Contains(text(doc), "chuyển từ hệ thống cũ") {
		t.Error("what was taken over is not marked")
	}
}

func TestProgressLoadsItselfAgainWithoutScript(t *testing.T) {
	body := render(t, views(t), find(t, "progress"))
	if !strings.Contains(body, `<noscript><meta http-equiv="refresh" content="2"></noscript>`) {
		t.Error("no refresh")
	}
	if strings.Contains(render(t, views(t), find(t, "progress-done")), "http-equiv=\"refresh\"") {
		t.Error("what is done loads itself again")
	}
}

func TestInternalErrorShowsOnlyItsNumber(t *testing.T) {
	s := text(one(t, sel(page(t, "error-500"), "main", "")))
	if !strings.Contains(s, "a7f3-09c1") || !strings.Contains(s, "chưa được lưu") {
		t.Errorf("%q", s)
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0", 14: "14", 999: "999", 1000: "1.000", 2874: "2.874", 1234567: "1.234.567", -1500: "−1.500"} {
		if got := view.Count(n); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
}
