// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/document"
	"soviec/office/task"
)

func (p *visitor) finds(q string, more ...string) *answer {
	p.o.Helper()
	v := values(more)
	v.Set("q", q)
	return p.get("/tim?" + v.Encode()).is(200)
}

func TestSearchInEverySpelling(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.comes("1234/UBND-VX", "V/v thăm, tặng quà người có uy tín ở xã Hòa An")
	o.comes("05/BC-SNV", "Báo cáo công tác dân tộc quý III")
	o.index()
	lan := o.as("lan")
	for _, q := range []string{"người có uy tín", "nguoi co uy tin", "NGƯỜI CÓ UY TÍN", norm.NFD.String("người có uy tín"), "hoà an", "Hòa An", "hoa an", "1234/UBND-VX", "1234 ubnd vx", "cv 1234 vx", "van phong ubnd tinh"} {
		lan.finds(q).says(".hits", "thăm, tặng quà")
	}
	for _, q := range []string{"1234/UBND-VX", "cv 1234 vx", "1234-ubnd-vx", "số đến 1", "1", "đến 1"} {
		lan.finds(q).says(".exact", "1234/UBND-VX")
	}
	lan.finds("5/BC").says(".exact", "05/BC-SNV")
	lan.finds("quà").says("h1", "1 kết quả").says(".hits mark", "quà")
	lan.finds("nguoi co uy tin").says(".hits mark", "người có uy tín")
	lan.finds("không hề có").says("h1", "Không thấy gì").says(".advice", "Bớt chữ")
	lan.finds("báo cáo", "year", "2019").says("h1", "Không thấy gì").says(".advice", "Bỏ lọc theo năm")
	lan.finds("mông văn lâm").says(".hits", "Trưởng phòng").says(".hits", "Cán bộ")
	lan.finds("phong chinh sach").says(".hits", "Đơn vị")
	lan.get("/tim").is(200).lacks(".hits")
	lan.get("/tim?q=%3Cscript%3Ealert(1)%3C/script%3E").is(200).lacks("main script")
}

func TestSearchHonoursRights(t *testing.T) { storetest.Each(t, searchHonoursRights) }

func searchHonoursRights(t *testing.T, db *store.DB) {
	o := openOfficeOn(t, db)
	for i := range 5 {
		o.comes(fmt.Sprintf("%d/UBND", 10+i), fmt.Sprintf("kế hoạch số %d", i))
	}
	mine := o.comes("99/UBND", "kế hoạch của Hải")
	o.do("lan", func(a *journal.Act) error { return document.Submit(a, mine.ID, o.who["thang"].Person, "", "") })
	o.do("thang", func(a *journal.Act) error {
		_, err := document.Direct(a, mine.ID, document.Directive{Text: "làm", Lead: task.Assignee{Person: o.who["hai"].Person}, Due: task.Due{On: o.clock.Today().AddDays(2)}})
		return err
	})
	o.index()
	o.as("lan").finds("kế hoạch", "kind", "incoming").says("h1", "6 kết quả")
	o.as("hai").finds("kế hoạch", "kind", "incoming").says("h1", "1 kết quả").says(".hits", "của Hải").silent(".hits", "số 3")
	o.as("yen").finds("kế hoạch", "kind", "incoming").says("h1", "Không thấy gì")
	o.as("yen").finds("số đến 1").lacks(".exact")
	o.as("hai").finds("kế hoạch", "kind", "task").says(".hits", "của Hải").says("h1", "1 kết quả")
	o.as("yen").finds("kế hoạch", "kind", "task").says("h1", "Không thấy gì")
	o.as("hai").finds("kế hoạch", "kind", "task", "year", "2019").says("h1", "Không thấy gì")
	o.as("hai").finds("ke hoach").silent("main", "Công việc (") // it is found by its document
	o.do("thang", func(a *journal.Act) error {
		_, err := task.Give(a, task.Order{Title: "Lập kế hoạch quý", Lead: task.Assignee{Person: o.who["hai"].Person}})
		return err
	})
	o.index()
	o.as("hai").finds("ke hoach").says("main", "Công việc (1)").says("main", "Lập kế hoạch quý")
	o.as("yen").finds("ke hoach").silent("main", "Lập kế hoạch quý")
	o.as("hai").get("/van-ban-den?q="+url.QueryEscape("kế hoạch")).says(".register", "của Hải").silent(".register", "số 3")
	o2 := *o
	o2.agency, o2.who = foundSecond(o)
	o2.as("lan.2").finds("kế hoạch", "kind", "incoming").says("h1", "Không thấy gì")
}

func TestSearchPages(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	for i := range 45 {
		o.comes(fmt.Sprintf("%d/UBND", 100+i), fmt.Sprintf("mẫu số %d", i))
	}
	o.index()
	lan := o.as("lan")
	seen := map[string]bool{}
	path := "/tim?q=" + url.QueryEscape("mẫu số") + "&kind=incoming"
	for pages := 0; path != ""; pages++ {
		if pages > 3 {
			t.Fatal("the pages do not end")
		}
		a := lan.get(path).is(200).says("h1", "45 kết quả")
		for _, n := range a.all(".hits .title a") {
			if href := attr(n, "href"); seen[href] {
				t.Errorf("%s stands on two pages", href)
			} else {
				seen[href] = true
			}
		}
		path = ""
		for _, n := range a.all(".pager a") {
			if strings.Contains(attr(n, "href"), "after=") {
				path = attr(n, "href")
			}
		}
	}
	if len(seen) != 45 {
		t.Errorf("%d of 45 were shown", len(seen))
	}
}

func TestMarks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ typed, text, want string }{
		{"qua tet", "V/v tặng quà Tết cho người", "V/v tặng [quà Tết] cho người"},
		{"quà Tết", norm.NFD.String("quà tết"), "[" + norm.NFD.String("quà tết") + "]"},
		{"tết quà", "quà và tết", "[quà] và [tết]"},
		{"1234 vx", "số 1234/UBND-VX.", "số [1234]/UBND-[VX]."},
		{"", "abc", "abc"}, {"abc", "", ""}, {"a", "ba á a", "ba [á a]"},
	} {
		var b strings.Builder
		for _, p := range newMarker(c.typed).pieces(c.text) {
			if p.Mark {
				b.WriteString("[" + p.Text + "]")
			} else {
				b.WriteString(p.Text)
			}
		}
		if b.String() != c.want {
			t.Errorf("%q in %q is marked %q, want %q", c.typed, c.text, b.String(), c.want)
		}
	}
}

func FuzzMarksLoseNothing(f *testing.F) {
	f.Add("quà tết", "V/v tặng quà Tết")
	f.Add("\xff", "a\xffb")
	f.Fuzz(func(t *testing.T, typed, text string) {
		got := ""
		for _, p := range newMarker(typed).pieces(text) {
			got += p.Text
		}
		if got != text {
			t.Errorf("%q became %q", text, got)
		}
	})
}

func TestNumberInAnyForm(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		typed, raw string
		want       bool
	}{
		{"cv 1234 vx", "1234/UBND-VX", true}, {"1234/ubnd-vx", "1234/UBND-VX", true}, {"công văn số 1234", "1234/UBND-VX", true}, {"05", "5/BC", true}, {"5/bc", "05/BC-SNV", true},
		{"1234 xv", "1234/UBND-VX", false}, {"234", "1234/UBND", false}, {"vx", "1234/UBND-VX", false}, {"", "1/A", false}, {"1", "", false},
	} {
		if got := newMarker(c.typed).numbers(c.raw); got != c.want {
			t.Errorf("%q is the number of %q: %v", c.typed, c.raw, got)
		}
	}
}

func BenchmarkSearchPage(b *testing.B) {
	o := openOffice(b)
	o.do("lan", func(a *journal.Act) error {
		for i := range 3000 {
			if _, err := document.Register(a, document.Arrival{NumberRaw: fmt.Sprintf("%d/UBND-VX", i+1), Type: "CV", IssuerName: "Văn phòng UBND tỉnh",
				IssuedOn: o.clock.Today(), Subject: fmt.Sprintf("V/v thăm, tặng quà người có uy tín lần %d", i), Channel: "post"}); err != nil {
				return err
			}
		}
		return nil
	})
	o.index()
	lan := o.as("lan")
	b.ResetTimer()
	for b.Loop() {
		if a := lan.get("/tim?q=nguoi+co+uy+tin"); a.Code != 200 {
			b.Fatal(a.Code)
		}
	}
}
