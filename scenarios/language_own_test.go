// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	dom "golang.org/x/net/html"
)

func TestClausesAreReadByTheirValues(t *testing.T) {
	t.Parallel()
	got, err := clauses(`, hạn 27/11/2026, lý do, ghi chú "đi họp, về muộn", phối hợp Phòng Kế hoạch – Tổng hợp, người làm thay Quý, giờ nhận 16:50, số trang 3`)
	want := []clause{{"hạn", "27/11/2026"}, {"lý do, ghi chú", "đi họp, về muộn"}, {"phối hợp", "Phòng Kế hoạch – Tổng hợp"},
		{"người làm thay", "Triệu Văn Quý"}, {"giờ nhận", "16:50"}, {"số trang", "3"}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v %v", got, err)
	}
	if _, err := clauses(`, hạn mai`); err == nil {
		t.Error("a clause without a value was read")
	}
}

func TestHolesTakeOnlyWhatTheyName(t *testing.T) {
	t.Parallel()
	s := compile(`{ai} giao "{văn bản}" cho {nơi}{thêm}`)
	for step, ok := range map[string]bool{
		`Lãnh đạo Thắng giao "1/UBND" cho Hải, hạn 27/11/2026`:         true,
		`Thắng giao "1/UBND" cho cán bộ Hải`:                           true,
		`Lãnh đạo Thắng ở cơ quan thứ hai giao "1/UBND" cho Văn phòng`: true,
		`Văn thư Thắng giao "1/UBND" cho Hải`:                          false, // no such call
		`Lãnh đạo Thắng giao "1/UBND" cho Phòng Hành chính`:            false,
		`Lãnh đạo Thắng giao 1/UBND cho Hải`:                           false,
		`Lãnh đạo Thắng giao "1/UBND" cho Hải và Hà`:                   false,
	} {
		if _, is, err := s.match(step); is != ok || err != nil {
			t.Errorf("%s: matched is %v, want %v (%v)", step, is, ok, err)
		}
	}
	if _, is, err := compile(`Đến ngày {ngày}`).match("Đến ngày 31/11/2026"); !is || err == nil {
		t.Error("the 31st of November passed")
	}
}

const smallScenario = `# Tên.
# Title.

Hôm nay là 23/11/2026
# Lời dẫn.
! Cán bộ Hải mở trang "Sổ chờ"
  > câu cũ
Lãnh đạo Thắng mở trang "Việc quá hạn"
  > câu cũ
  | Việc | Cán bộ |
  | cũ   | cũ     |
`

func TestScenarioIsReadAndRewritten(t *testing.T) {
	t.Parallel()
	sc, err := parse("nho.txt", smallScenario)
	if err != nil || sc.title != "Tên." || len(sc.steps) != 3 || !sc.steps[1].refused || sc.steps[2].line != 8 {
		t.Fatalf("%+v %v", sc, err)
	}
	got := sc.rewritten(map[int]shown{6: {says: []string{"câu một", "câu hai"}}, 8: {table: [][]string{{"Việc", "Cán bộ"}, {"Báo cáo quà Tết", "Hải"}}}})
	want := strings.NewReplacer("  > câu cũ\nLãnh đạo", "  > câu một\n  > câu hai\nLãnh đạo", "  > câu cũ\n  | Việc | Cán bộ |\n  | cũ   | cũ     |",
		"  | Việc            | Cán bộ |\n  | Báo cáo quà Tết | Hải    |").Replace(smallScenario)
	if got != want {
		t.Errorf("rewritten:\n%s\nwant:\n%s", got, want)
	}
	for _, bad := range []string{"# chỉ một dòng\nHôm nay là 23/11/2026\n", "# a\n# b\n", "# a\n# b\n  > câu\n", "# a\n# b\nHôm nay là 23/11/2026\n  lạc\n"} {
		if _, err := parse("sai.txt", bad); err == nil || !strings.HasPrefix(err.Error(), "sai.txt") {
			t.Errorf("%q was read: %v", bad, err)
		}
	}
}

func TestWhatDiffersIsToldWithFileAndLine(t *testing.T) {
	t.Parallel()
	sc, _ := parse("nho.txt", smallScenario)
	page := func(code int, body string) seen {
		top, _ := dom.Parse(bytes.NewReader([]byte("<main>" + body + "</main>")))
		return seen{page: &page{code: code, top: top}, say: "h1", table: rowsOf}
	}
	table := `<h1>câu cũ</h1><table><thead><tr><th>Việc</th><th>Cán bộ, đơn vị</th></tr></thead><tbody><tr><td>cũ</td><td>X<small>Y</small></td></tr></tbody></table>`
	for _, c := range []struct {
		step     int
		saw      seen
		problem  string
		hopeless bool
	}{
		{1, page(403, `<div class="prose"><p class="code">403</p><p>câu cũ</p></div>`), "", false},
		{1, page(403, `<div class="prose"><p>câu khác</p></div>`), "nho.txt:6: ", false},
		{1, page(200, `<h1>câu cũ</h1>`), "nho.txt:6: cơ quan phải từ chối", true},
		{2, page(403, `<div class="prose"><p>không</p></div>`), "nho.txt:8: bị từ chối", true},
		{2, page(200, strings.Replace(table, "X", "cũ", 1)), "", false},
		{2, page(200, table), "nho.txt:8: ", false},
		{2, page(200, strings.Replace(table, "Cán bộ, đơn vị", "Người", 1)), "nho.txt:8: trang không có cột", true},
	} {
		_, problem, hopeless := sc.compare(sc.steps[c.step], c.saw)
		if !strings.HasPrefix(problem, c.problem) || (problem == "") != (c.problem == "") || hopeless != c.hopeless {
			t.Errorf("step %d: %q %v, want %q %v", c.step, problem, hopeless, c.problem, c.hopeless)
		}
	}
}
