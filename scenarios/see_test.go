// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"fmt"
	"slices"
	"strings"

	dom "golang.org/x/net/html"

	"soviec/kit/fault"
)

// seen is what a step has come to.
type seen struct {
	page  *page
	say   string // where the page of a reading step says its sentence
	says  []string
	table func(*page) grid
	err   error // why the office refused an act that no page stands for
	keyed bool  // the first column of the expected table chooses the rows
}

// refused reports whether the office refused.
func (s seen) refused() bool { return s.err != nil || s.page != nil && s.page.refused() }

// sentences are what the page says: why it refused, what was done, or the sentence at its head.
func (s seen) sentences() []string {
	if s.err != nil {
		var out []string
		for _, e := range fault.All(s.err) {
			out = append(out, cmpOr(e.Text, e.Error()))
		}
		return out
	}
	if s.page == nil {
		return s.says
	}
	p := s.page
	if p.refused() {
		var out []string
		for _, selector := range []string{"main .errors li", "main .flash.error p", "main .banner.error p", "main .prose p"} {
			for _, n := range p.all(selector) {
				if said := text(n); said != "" && !isOf(n, "code") && !slices.Contains(out, said) {
					out = append(out, said)
				}
			}
			if len(out) > 0 {
				return out
			}
		}
		return []string{fmt.Sprintf("(trang không nói gì, mã %d)", p.code)}
	}
	if s.say != "" {
		if at := p.all("main " + s.say); len(at) > 0 && visible(at[0]) != "" {
			return []string{visible(at[0])}
		}
		return nil
	}
	for _, n := range p.all("main .flash p") { // a link beside it is no part of what was done
		return []string{words(n, func(c *dom.Node) bool { return c.Data == "a" })}
	}
	var out []string
	for _, n := range p.all("main .banner") {
		out = append(out, text(n))
	}
	return out
}

// A grid is a table of a page: rows of cells by the name of their column.
type grid struct {
	columns []string
	rows    []map[string]string
}

func (g *grid) add(pairs ...string) {
	row := map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if row[pairs[i]] = shortName(pairs[i+1]); !slices.Contains(g.columns, pairs[i]) {
			g.columns = append(g.columns, pairs[i])
		}
	}
	g.rows = append(g.rows, row)
}

// shortName is somebody of the cast as scenarios name people.
func shortName(s string) string {
	for _, p := range cast {
		if s == p.Full {
			return p.Name
		}
	}
	return s
}

// show is the part of the table that a scenario asks for by its head, and by the first
// column where that chooses the rows.
func (g grid) show(want [][]string, keyed bool) ([][]string, error) {
	head := want[0]
	for _, c := range head {
		if !slices.Contains(g.columns, c) && len(g.rows) > 0 {
			return nil, fmt.Errorf("trang không có cột %q; có: %s", c, strings.Join(g.columns, ", "))
		}
	}
	out := [][]string{head}
	take := func(row map[string]string) {
		line := make([]string, len(head))
		for i, c := range head {
			line[i] = strings.ReplaceAll(row[c], "|", "/")
		}
		out = append(out, line)
	}
	if !keyed {
		for _, row := range g.rows {
			take(row)
		}
		return out, nil
	}
	for _, w := range want[1:] {
		at := slices.IndexFunc(g.rows, func(row map[string]string) bool { return row[head[0]] == w[0] })
		if at >= 0 {
			take(g.rows[at])
			continue
		}
		line := make([]string, len(head))
		line[0] = w[0]
		for i := 1; i < len(line); i++ {
			line[i] = "(không có)"
		}
		out = append(out, line)
	}
	return out, nil
}

// second are names for what stands small under a column's words.
var second = map[string]string{
	"Cán bộ, đơn vị": "Đơn vị", "Người giữ": "Đơn vị", "Số đến": "Ngày đến", "Số, ký hiệu": "Ngày văn bản", "Trích yếu": "Nơi ban hành",
	"Chờ từ": "Giới hạn", "Văn bản": "Số và nơi gửi", "Bước": "Số đến",
}

// rowsOf reads the table of a page. A cell's words are one column, what stands small
// under them another.
func rowsOf(p *page) grid {
	var g grid
	for _, table := range p.all("main table") {
		tableInto(&g, table)
	}
	return g
}

func tableInto(g *grid, table *dom.Node, more ...string) {
	var heads []string
	for _, th := range findAll(table, "thead th") {
		heads = append(heads, text(th))
	}
	for _, tr := range findAll(table, "tbody tr") {
		pairs := slices.Clone(more)
		for i, td := range findAll(tr, "td") {
			if i >= len(heads) || isOf(td, "c-pick") {
				continue
			}
			name := heads[i]
			switch name {
			case "Cán bộ, đơn vị":
				name = "Cán bộ"
			case "Ai giữ bao lâu":
				pairs = append(pairs, name, spans(td))
				continue
			case "Hạn đã hứa → hạn tính lại":
				pairs = append(pairs, name, text(td))
				continue
			}
			pairs = append(pairs, name, visible(td))
			small, struck := pick(td, "small"), pick(td, "del")
			if heads[i] == "Hạn" {
				pairs = append(pairs, "Hạn đầu", text(struck))
				if pick(td, "span.due") != nil || small != nil && struck == nil {
					pairs = append(pairs, "Ngày hạn", visible(small))
				}
			} else if as, ok := second[heads[i]]; ok {
				pairs = append(pairs, as, visible(small))
			}
		}
		pairs = append(pairs, "Gạch ngang", map[bool]string{true: "có", false: ""}[isOf(tr, "void")])
		g.add(pairs...)
	}
}

func spans(td *dom.Node) string {
	var out []string
	for _, s := range findAll(td, "span") {
		out = append(out, text(s))
	}
	return strings.Join(out, "; ")
}

// groupsOf reads a page that is made of sections with a heading each: one's own work.
func groupsOf(p *page) grid {
	var g grid
	for _, s := range p.all("main section.section") {
		group := visible(pick(s, "h2"))
		for _, table := range findAll(s, "table") {
			tableInto(&g, table, "Nhóm", group)
		}
		for _, li := range findAll(s, "ul li") {
			if a := pick(li, "div a"); a != nil {
				g.add("Nhóm", group, "Việc", text(a), "Người giữ", "", "Loại", visible(pick(li, "p.kind")))
			}
		}
	}
	return g
}

// factsOf reads what a page says of a document or a piece of work, each under its name.
func factsOf(p *page) grid {
	var g grid
	add := func(name, value string) { g.add("Mục", name, "Nội dung", value) }
	add("Tên", p.first("main h1"))
	for _, n := range p.all("main dl.facts div") {
		add(text(pick(n, "dt")), text(pick(n, "dd")))
	}
	for _, n := range p.all("main .dues p") {
		value := pick(n, "b")
		if value == nil {
			value = pick(n, "del")
		}
		add(text(pick(n, "small")), text(value))
	}
	for _, n := range p.all("main .stamp") {
		add("Dấu ĐẾN", text(pick(n, ".no")))
	}
	for _, n := range p.all("main .viewer") {
		if isOf(n, "none") {
			add("Tệp", text(n))
		}
	}
	for _, n := range p.all("main .files li") {
		add("Tệp", text(pick(n, "a")))
	}
	for _, n := range p.all("main .banner") {
		add("Lưu ý", text(n))
	}
	for _, n := range p.all("main .ask") {
		var answers []string
		for _, b := range findAll(n, "button") {
			answers = append(answers, text(b))
		}
		add(text(pick(n, "h2")), "được chọn: "+strings.Join(answers, ", "))
	}
	for _, n := range p.all("main section.words h2") {
		if said := text(n); strings.HasPrefix(said, "Đã đôn đốc") {
			add("Đôn đốc", said)
		}
	}
	for _, n := range p.all("main section.words") {
		if h := text(pick(n, "h2")); h == "Ý kiến chỉ đạo" || h == "Kết quả" {
			for _, q := range findAll(n, "figure") {
				add(h, text(pick(q, "blockquote")))
				add("Ghi dưới "+lower(h), text(pick(q, "figcaption")))
			}
		}
	}
	return g
}

// sharesOf reads who does what.
func sharesOf(p *page) grid {
	var g grid
	for _, li := range p.all("main .shares li") {
		who := pick(li, "p")
		name := text(pick(who, "a"))
		if name == "" {
			name = visible(who)
		}
		absent := ""
		if w := pick(who, "small.warn"); w != nil {
			absent = text(w)
		}
		g.add("Vai trò", text(pick(li, "b.role")), "Ai", name, "Đơn vị", text(pick(who, "small.unit")), "Chịu trách nhiệm", text(pick(who, "small.answers")),
			"Đang giữ", text(pick(who, "small.holds")), "Hạn", text(pick(li, ".how span")), "Tình trạng", text(pick(li, "small.status")), "Vắng mặt", absent)
	}
	return g
}

// eventsOf reads the timeline, in the order in which things happened.
func eventsOf(p *page) grid {
	var g grid
	for _, li := range p.all("main .timeline li") {
		lines := findAll(li, "p")
		words := text(lines[0])
		who := text(pick(lines[0], "b"))
		behalf := pick(lines[0], "em")
		does := strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(words, who), " "+text(behalf)))
		if behalf != nil {
			who += " " + text(behalf)
		}
		when, _, _ := strings.Cut(text(pick(li, "p.when")), " · ")
		g.add("Lúc", when, "Ai", who, "Làm gì", does, "Nói gì", text(pick(li, "blockquote")), "Thay đổi", text(pick(li, "p.change")))
	}
	slices.Reverse(g.rows)
	return g
}

// noticesOf reads the notices, newest first.
func noticesOf(p *page) grid {
	var g grid
	for _, li := range p.all("main ul.notices li") {
		g.add("Thông báo", text(pick(li, "a")), "Lúc", text(pick(li, "small")), "Mới", map[bool]string{true: "mới", false: ""}[isOf(li, "unread")])
	}
	return g
}

// hitsOf reads what a search found.
func hitsOf(p *page) grid {
	var g grid
	for _, li := range p.all("main .hits li") {
		top := pick(li, "p.top-line")
		where := ""
		if within(li, pick(p.top, "section.exact")) {
			where = "đúng số"
		}
		g.add("Loại", text(pick(top, "span")), "Số", text(pick(top, "b")), "Tên", text(pick(li, "p.title")), "Chi tiết", text(pick(li, "small")), "Mục", where)
	}
	return g
}

// pictureOf reads the picture of the one click: one line for each officer.
func pictureOf(p *page) grid {
	var g grid
	for _, u := range p.all("main .picture .unit") {
		for _, r := range findAll(u, ".row") {
			counts := map[string]string{}
			for _, a := range findAll(r, ".counts a") {
				n, what, _ := strings.Cut(text(a), " ")
				counts[what] = n
			}
			g.add("Đơn vị", text(pick(u, "h2")), "Cán bộ", text(pick(r, ".name b")), "Quá hạn", counts["quá hạn"],
				"Sắp đến hạn", counts["sắp đến hạn"], "Đang mở", counts["đang mở"])
		}
	}
	return g
}

// absencesOf reads who is away.
func absencesOf(p *page) grid {
	var g grid
	for _, li := range p.all("main .plain-list li") {
		p := pick(li, "p")
		small := findAll(p, "small")
		if len(small) < 2 {
			continue
		}
		g.add("Ai", text(pick(p, "b")), "Đơn vị", text(small[0]), "Vắng", text(small[1]))
	}
	return g
}
