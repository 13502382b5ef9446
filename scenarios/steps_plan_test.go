// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/job"
	"soviec/kit/journal"
	"soviec/office/org"
	"soviec/office/org/orgtest"
	"soviec/office/plan"
)

const recurring = "/cong-viec/dinh-ky"

var planRules = []rule{
	{pattern: `{ai} đặt việc định kỳ "{việc}" cho {nơi}{thêm}`, name: "đặt một việc lặp lại; các ô còn lại ghi sau dấu phẩy", do: setRecurring},
	{pattern: `{ai} giao lại việc định kỳ "{việc}" cho {nơi}`, name: "sửa người chủ trì rồi lưu", do: changeRecurring},
	{pattern: `{ai} xem các bản trước của "{việc}"`, name: "đọc việc định kỳ đã được đặt thế nào trước khi sửa", do: seeBefore},
	{pattern: `{ai} xem các kỳ của "{việc}"`, name: "đọc các kỳ tới của việc định kỳ", do: seeRecurring},
	{pattern: `{ai} bỏ kỳ "{kỳ}" của "{việc}", lý do "{lý do}"`, name: "không giao kỳ ấy", do: skipOne},
	{pattern: `{ai} đổi hạn kỳ "{kỳ}" của "{việc}" sang {ngày}`, name: "kỳ ấy có hạn khác", do: changeOne},
	{pattern: `{ai} trả kỳ "{kỳ}" của "{việc}" về quy tắc`, name: "thôi bỏ, thôi đổi kỳ ấy", do: restoreOne},
	{pattern: `{ai} tạm dừng việc định kỳ "{việc}", lý do "{lý do}"`, name: "tạm dừng", do: pauseRecurring},
	{pattern: `{ai} chạy lại việc định kỳ "{việc}"`, name: "chạy lại từ hôm nay", do: resumeRecurring},
	{pattern: `{ai} chấm dứt việc định kỳ "{việc}"`, name: "chấm dứt", do: endRecurring},
	{pattern: `Chương trình giao việc định kỳ buổi sáng`, name: "chạy lượt giao việc của ngày hôm nay", do: giveMorning},
	{pattern: `{người} thôi giữ chức vụ từ {ngày}`, name: "quản trị ghi người ấy thôi giữ chức vụ", do: leave},
	{pattern: `{ai} lập mẫu "{mẫu}": "{việc}" cho {nơi}, xong thì "{việc}" cho {nơi}`, name: "lập mẫu hai việc, việc sau chờ việc trước", do: makeTemplate},
	{pattern: `{ai} giao theo mẫu "{mẫu}"{thêm}`, name: "giao các việc của mẫu", do: beginTemplate},
	{pattern: `{ai} xem mẫu "{mẫu}"`, name: "đọc các việc đã giao theo mẫu", do: seeTemplate},
}

// planJobs are the program's own work for this chapter.
func (o *office) planJobs() map[string]job.Handler {
	return map[string]job.Handler{
		plan.JobMorning: func(ctx context.Context, it job.Item) error {
			_, err := plan.Morning(ctx, o.book, it.Agency, o.clock.Today())
			return err
		},
		plan.JobBegin: func(ctx context.Context, it job.Item) error {
			_, err := plan.Begin(ctx, o.book, it.Agency)
			return err
		},
	}
}

func setRecurring(o *office, a args) seen {
	to := recurring + "/moi"
	return o.do(a.who[0], gesture{page: to, action: to, button: "Lưu và chạy", fields: []clause{set("Nội dung công việc", a.text[0]), set("Chủ trì", a.place[0])},
		extra: url.Values{"period": {"month"}, "every": {"1"}, "number": {"day:25"}, "month": {"last"}, "back": {"0"}, "shift": {"before"}, "ahead": {"5"}, "priority": {"0"}, "from": {"01/11/2026"}}}, a.more)
}

// planned is the address of a rule or a template, by its name in the list.
func (o *office) planned(p person, list, name string) string {
	at := list + " " + name
	for _, link := range o.visit(p, list).all("main .planned h2 a") {
		if text(link) == name {
			o.works[at] = attr(link, "href")
		}
	}
	if o.works[at] == "" {
		o.failf("không thấy %q ở %s", name, list)
	}
	return o.works[at] // whoever knows the address may type it
}

func changeRecurring(o *office, a args) seen {
	to := o.planned(a.who[0], recurring, a.text[0])
	return o.do(a.who[0], gesture{page: to, action: to, button: "Lưu và chạy", fields: []clause{set("Chủ trì", a.place[0])}}, nil)
}

func seeRecurring(o *office, a args) seen {
	return seen{page: o.visit(a.who[0], o.planned(a.who[0], recurring, a.text[0])), say: ".aside", table: datesOf}
}

// seeBefore reads what a rule said before it was changed.
func seeBefore(o *office, a args) seen {
	return seen{page: o.visit(a.who[0], o.planned(a.who[0], recurring, a.text[0])), say: ".aside", table: func(p *page) grid {
		var g grid
		for _, n := range p.all("main table.rows.small tbody tr") {
			cells := findAll(n, "td")
			g.add("Có hiệu lực", text(cells[0]), "Nội dung", text(cells[1]), "Khi nào", text(cells[2]))
		}
		return g
	}}
}

// datesOf reads the dates of a rule.
func datesOf(p *page) grid {
	var g grid
	for _, n := range p.all("main .dates.wide li") {
		day, name, state, given := text(pick(n, "b")), text(pick(n, "span")), text(pick(n, "small.state")), ""
		if small := pick(n, "small"); small != nil && strings.HasPrefix(text(small), "giao ngày") {
			given = strings.TrimPrefix(text(small), "giao ngày ")
		}
		g.add("Kỳ", name, "Hạn", day, "Giao ngày", given, "Tình trạng", state)
	}
	return g
}

// one is a gesture about one date of a rule.
func one(o *office, a args, act, button string, fields ...clause) seen {
	at := o.planned(a.who[0], recurring, a.text[1])
	action := ""
	for _, n := range o.visit(a.who[0], at).all("main .dates.wide li") {
		if text(pick(n, "span")) != a.text[0] {
			continue
		}
		for _, f := range findAll(n, "form") {
			if strings.HasSuffix(attr(f, "action"), "/"+act) {
				action = attr(f, "action")
			}
		}
	}
	if action == "" {
		o.failf("kỳ %q không có nút ấy", a.text[0])
	}
	return o.do(a.who[0], gesture{page: at, action: action, button: button, fields: fields}, nil)
}

func skipOne(o *office, a args) seen {
	return one(o, a, "bo", "Bỏ kỳ này", set("Lý do bỏ", a.text[2]))
}

func changeOne(o *office, a args) seen {
	return one(o, a, "doi", "Đổi kỳ này", set("Hạn của kỳ này", a.day[0]))
}

func restoreOne(o *office, a args) seen { return one(o, a, "khoi-phuc", "") }

func pauseRecurring(o *office, a args) seen {
	at := o.planned(a.who[0], recurring, a.text[0])
	return o.do(a.who[0], gesture{page: at, action: at + "/tam-dung", button: "Tạm dừng", fields: []clause{set("Lý do tạm dừng", a.text[1])}}, nil)
}

func resumeRecurring(o *office, a args) seen {
	at := o.planned(a.who[0], recurring, a.text[0])
	return o.do(a.who[0], gesture{page: at, action: at + "/chay-lai", button: "Chạy lại từ hôm nay"}, nil)
}

func endRecurring(o *office, a args) seen {
	at := o.planned(a.who[0], recurring, a.text[0])
	return o.do(a.who[0], gesture{page: at, action: at + "/cham-dut", button: "Chấm dứt việc định kỳ"}, nil)
}

func giveMorning(o *office, _ args) seen {
	given := 0
	for _, agency := range o.agencies {
		n, err := plan.Morning(context.Background(), o.book, agency, o.clock.Today())
		o.must(err)
		given += n
	}
	return seen{says: []string{fmt.Sprintf("%d việc được giao", given)}}
}

func leave(o *office, a args) seen {
	agency := o.agencies[0]
	d := orgtest.Directory(o.TB, o.book, agency)
	for _, admin := range d.With(o.clock.Today(), org.SysAdmin) {
		for _, x := range d.People {
			if x.Name != a.who[0].Full {
				continue
			}
			post, _ := d.PostOn(x.ID, o.clock.Today())
			o.must(o.book.Do(context.Background(), d.Holder(admin.ID, 0, o.clock.Today()), func(act *journal.Act) error {
				return org.EndPost(act, post.ID, civil.MustParse(isoDay(a.day[0])))
			}))
			return seen{}
		}
	}
	return seen{}
}

func makeTemplate(o *office, a args) seen {
	to := templates + "/moi/sua"
	at := o.visit(a.who[0], to)
	if at.refused() {
		return seen{page: o.browser(a.who[0]).post(to, url.Values{"name": {a.text[0]}, "title-1": {a.text[1]}, "days-1": {"1"}, "lead-1": {o.raw(a.who[0], "lead", a.place[0])}})}
	}
	f := at.formTo(to, "Lưu mẫu")
	o.must(f.fill("Tên mẫu", a.text[0], nil))
	for i := range 2 {
		n := fmt.Sprint(i + 1)
		f.values.Set("title-"+n, a.text[1+i])
		f.values.Set("lead-"+n, o.raw(a.who[0], "lead", a.place[i]))
		f.values.Set("days-"+n, "2")
		f.values.Set("after-"+n, fmt.Sprint(i))
	}
	return seen{page: o.browser(a.who[0]).submit(f)}
}

const templates = "/cong-viec/mau"

func beginTemplate(o *office, a args) seen {
	at := o.planned(a.who[0], templates, a.text[0])
	s := o.do(a.who[0], gesture{page: at, action: at + "/giao", button: "Giao ngay"}, a.more)
	return s
}

func seeTemplate(o *office, a args) seen {
	p := a.who[0]
	at := o.visit(p, o.planned(p, templates, a.text[0]))
	for _, link := range at.all("main .planned .dates a") { // so that later steps find the works
		o.works[key(p, text(link))] = attr(link, "href")
		o.works[text(link)] = attr(link, "href")
	}
	return seen{page: at, say: "h1", table: func(p *page) grid {
		var g grid
		for _, n := range p.all("main .planned .dates li") {
			state := text(pick(n, "small"))
			g.add("Việc", strings.TrimSpace(strings.TrimSuffix(text(pick(n, "div")), state)), "Tình trạng", state)
		}
		return g
	}}
}
