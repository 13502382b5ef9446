// SPDX-License-Identifier: Apache-2.0

package org_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/org"
	"soviec/office/org/orgtest"
)

func template() [][]string {
	var headings []string
	for _, c := range org.PeopleColumns {
		headings = append(headings, c.Heading)
	}
	return append([][]string{headings}, org.PeopleExample()...)
}

// The template itself founds an agency.
func TestTheTemplateFounds(t *testing.T) {
	b, clock := orgtest.Book(t, storetest.Open(t), "2026-11-23 08:00")
	org.SetPasswordCost(orgtest.Cheap)
	roll, err := org.ReadPeople(template(), clock.Today())
	if err != nil {
		t.Fatal(err)
	}
	done, err := org.Found(ctx, b, org.Founding{Name: "Ban Dân tộc", Short: "BDT", Place: "Cao Bằng", Units: roll.Units, People: roll.People})
	if err != nil {
		t.Fatal(err)
	}
	if len(done.Logins) != 5 || len(done.Units) != 3 {
		t.Fatalf("%+v", done)
	}
	d := orgtest.Directory(t, b, done.Agency)
	for name, role := range map[string]org.Role{"thang": org.Head, "minh": org.OfficeChief, "lan": org.Clerk, "son": org.SysAdmin, "lam": org.UnitHead} {
		if !d.Rights(done.People[name], clock.Today()).Is(role) {
			t.Errorf("%s is no %s", name, role)
		}
	}
	for _, l := range done.Logins {
		if s, _, err := signIn(b, l.Username, l.Password); err != nil || s.Step != org.StepPassword {
			t.Errorf("%s: %+v, %v", l.Username, s, err)
		}
		if err := org.CheckPassword(l.Password, l.Username); err != nil {
			t.Errorf("the program's own password %q: %v", l.Password, err)
		}
	}
	sound(t, b, done.Agency)
}

func TestImportPeople(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, _ := orgtest.Book(t, db, "2026-11-23 08:00")
		agency, people := orgtest.Found(t, b)
		orgtest.FoundAs(t, b, ".2")
		rows := [][]string{
			{"STT", "HỌ TÊN", "Giới tính", "Phòng ban", "Chức danh", "Nhiệm vụ", "Tài khoản", "Từ ngày"},
			{"1", "Nông Văn Bình", "Nam", "Phòng Chính sách Dân tộc", "Chuyên viên", "", "binh", "01/11/2026"},
			{"2", "Lý Thị Cúc", "", "Phòng Dân tộc thiểu số", "Trưởng phòng", "", "cuc", ""},
			{"", "", "", "", "", "", "", ""},
			{"3", "Ma Văn Dân", "Nam", "phòng dân tộc thiểu số", "Văn thư đơn vị", "Văn thư đơn vị, chuyên viên", "", ""},
		}
		done, err := org.ImportPeople(ctx, b, people["son"], rows)
		if err != nil {
			t.Fatal(err)
		}
		d := orgtest.Directory(t, b, agency)
		if len(d.People) != 23 || len(d.Units) != 8 || len(done.Logins) != 2 {
			t.Errorf("%d people, %d units, %+v", len(d.People), len(d.Units), done.Logins)
		}
		if d.HeadOf(done.Units["phong dan toc thieu so"], civil.MustParse("2026-11-23")) != done.People["cuc"] {
			t.Error("a head's title makes a head")
		}
		before := d.Agency.Version
		bad := [][]string{
			rows[0],
			{"1", "Nông Văn Bình", "Nam", "Phòng Chính sách Dân tộc", "Chuyên viên", "", "binh2", ""}, // is there
			{"2", "Ai Đó", "Nam", "Văn phòng", "Chuyên viên", "", "lan", ""},                          // name taken here
			{"3", "Ai Khác", "Nam", "Văn phòng", "Chuyên viên", "", "hai.2", ""},                      // and elsewhere
			{"4", "Người Mới", "Nam", "Văn phòng", "Chuyên viên", "", "nguoimoi", ""},                 // right
		}
		_, err = org.ImportPeople(ctx, b, people["son"], bad)
		var cells *org.TableError
		if !errors.As(err, &cells) || !fault.Is(err, fault.KindInvalid) {
			t.Fatalf("%v", err)
		}
		var at []int
		for _, c := range cells.Cells {
			at = append(at, c.Row)
		}
		if !slices.Equal(at, []int{3, 4, 2}) && !slices.Equal(at, []int{2, 3, 4}) {
			t.Errorf("faults in rows %v: %+v", at, cells.Cells)
		}
		if d = orgtest.Directory(t, b, agency); d.Agency.Version != before {
			t.Error("half of a table was taken in")
		}
		if _, err := org.ImportPeople(ctx, b, people["minh"], [][]string{rows[0], {"1", "Ai Đó", "Nam", "Văn phòng", "Kế toán", "", "", ""}}); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("by the chief of office: %v", err)
		}
		sound(t, b, agency)
	})
}

func TestEveryWrongCellIsNamed(t *testing.T) {
	rows := template()[:1]
	rows = append(rows,
		[]string{"Văn phòng", "VP", "Hoàng Văn Minh", "Ông", "Chánh Văn phòng", "", "minh", "", "", ""},
		[]string{"", "", "Ai Đó", "Ông", "Chuyên viên", "", "aido", "", "", ""},
		[]string{"Văn phòng", "XX", "Ai Đó", "", "", "Vua", "Ai Đó", "", "thu", "mai mốt"},
		[]string{"Phòng Khác", "VP", "Lan", "cô", "Chuyên viên", "", "minh", "", "", "30/02/2026"},
		[]string{"Phòng Khác", "", "", "", "Chuyên viên", "", "", "", "", ""},
	)
	_, err := org.ReadPeople(rows, civil.MustParse("2026-11-23"))
	var cells *org.TableError
	if !errors.As(err, &cells) {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, c := range cells.Cells {
		got[strings.Join([]string{string(rune('0' + c.Row)), c.Heading}, " ")] = true
		if c.Text == "" || c.Column < 0 {
			t.Errorf("%+v", c)
		}
	}
	for _, want := range []string{"3 Đơn vị", "4 Ký hiệu đơn vị", "4 Ông/Bà", "4 Chức vụ", "4 Nhiệm vụ", "4 Tên đăng nhập", "4 Thư điện tử",
		"4 Từ ngày", "5 Ký hiệu đơn vị", "5 Tên đăng nhập", "5 Từ ngày", "6 Họ và tên"} {
		if !got[want] {
			t.Errorf("no fault at %s: %v", want, cells.Cells)
		}
	}
	if _, err := org.ReadPeople([][]string{{"a", "b"}, {"1", "2"}}, civil.MustParse("2026-11-23")); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("without headings: %v", err)
	}
	if _, err := org.ReadPeople(nil, civil.MustParse("2026-11-23")); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("empty: %v", err)
	}
}

// Whatever a sheet holds, reading it ends, with faults that name cells or with a roll
// that a founding accepts as far as its rows go.
func FuzzReadPeople(f *testing.F) {
	for _, row := range template() {
		f.Add(strings.Join(row, "\t"))
	}
	f.Add("Đơn vị\tHọ và tên\nVăn phòng\t\xff\xfe")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 10_000 {
			return
		}
		rows := template()[:1]
		for _, l := range strings.Split(text, "\n") {
			rows = append(rows, strings.Split(l, "\t"))
		}
		roll, err := org.ReadPeople(rows, civil.MustParse("2026-11-23"))
		if err != nil {
			if !fault.Is(err, fault.KindInvalid) {
				t.Errorf("%v", err)
			}
			return
		}
		for _, p := range roll.People {
			if p.Name == "" || len(p.Posts) != 1 || len(p.Posts[0].Roles) == 0 {
				t.Errorf("%+v", p)
			}
		}
	})
}

func TestProposeUsername(t *testing.T) {
	taken := map[string]bool{"thangdq": true, "thangdq2": true}
	for name, want := range map[string]string{"Đàm Quốc Thắng": "thangdq3", "Bế  Thị Thu": "thubt", "Y": "y2", "": "", "日本": ""} {
		if got := org.ProposeUsername(name, func(s string) bool { return taken[s] }); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
