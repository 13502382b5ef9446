// SPDX-License-Identifier: Apache-2.0

// Package orgtest founds a small office of fictional people for the tests of all rooms.
//
// May enter: the model office, a clock that tests turn, acts in one line.
// May not: rules of the office, mocks.
package orgtest

import (
	"context"
	"sync"
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// Password is everybody's password in the model office.
const Password = "rung thong ban xa"

// Cheap is a cost of passwords at which hundreds of people sign in within a test.
var Cheap = org.Cost{Memory: 64, Time: 1, Lanes: 1}

// A Clock stands still until a test turns it.
type Clock struct {
	mu sync.Mutex
	t  time.Time
}

// At is a clock that shows a moment in Vietnam: "2026-11-23 08:00".
func At(t testing.TB, moment string) *Clock {
	t.Helper()
	c := &Clock{}
	c.Set(t, moment)
	return c
}

// Set turns the clock to a moment in Vietnam.
func (c *Clock) Set(t testing.TB, moment string) {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", moment, civil.Zone)
	if err != nil {
		t.Fatal(err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = at
}

// Add turns the clock on.
func (c *Clock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// Now is what the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

// Today is the day that the clock shows.
func (c *Clock) Today() civil.Date { return civil.Of(c.Now()) }

// Book is a book over a database with such a clock.
func Book(t testing.TB, db *store.DB, moment string) (*journal.Book, *Clock) {
	t.Helper()
	c := At(t, moment)
	return &journal.Book{DB: db, Clock: c.Now}, c
}

// Found makes the model office, as of 2 January 2019, and returns its people by
// username as holders of their posts of the book's day. Password opens everybody's login.
func Found(t testing.TB, b *journal.Book) (int64, map[string]journal.Holder) {
	t.Helper()
	return FoundAs(t, b, "")
}

// FoundAs makes another such office in the same installation: its usernames bear the
// suffix (".2"), the map's keys do not.
func FoundAs(t testing.TB, b *journal.Book, suffix string) (int64, map[string]journal.Holder) {
	t.Helper()
	org.SetPasswordCost(Cheap)
	ctx := context.Background()
	f := Office()
	for i := range f.People {
		f.People[i].Username += suffix
	}
	for i := range f.Fields {
		f.Fields[i].Leader += suffix
	}
	f.Name += suffix
	done, err := org.Found(ctx, b, f)
	if err != nil {
		t.Fatal(err)
	}
	d, err := org.DirectoryOf(b, b.DB.Read(ctx), done.Agency)
	if err != nil {
		t.Fatal(err)
	}
	people := map[string]journal.Holder{}
	for _, p := range f.People {
		people[p.Username[:len(p.Username)-len(suffix)]] = d.Holder(done.People[p.Username], 0, civil.Of(b.Clock()))
	}
	return done.Agency, people
}

// Directory is the agency's directory as committed now.
func Directory(t testing.TB, b *journal.Book, agency int64) *org.Directory {
	t.Helper()
	d, err := org.DirectoryOf(b, b.DB.Read(context.Background()), agency)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Unit finds a unit of the model office by its short name: "VP", "CS", "KHTH", "TTĐB", "NV", "TTr", "LĐ".
func Unit(t testing.TB, b *journal.Book, agency int64, short string) org.Unit {
	t.Helper()
	for _, u := range Directory(t, b, agency).Units {
		if u.Short == short {
			return u
		}
	}
	t.Fatalf("no unit %s", short)
	return org.Unit{}
}

// Do runs one act and fails the test if it is refused.
func Do(t testing.TB, b *journal.Book, by journal.Holder, f func(*journal.Act) error) {
	t.Helper()
	if err := b.Do(context.Background(), by, f); err != nil {
		t.Fatal(err)
	}
}

// For is a holder who acts for another.
func For(by, other journal.Holder) journal.Holder {
	by.For, by.ForName = other.Person, other.Name
	return by
}

// Office is the model office as it is founded: five specialised divisions.
func Office() org.Founding {
	first := civil.MustParse("2019-01-02")
	f := org.Founding{Code: "H14.18", Name: "Ban Dân tộc tỉnh Cao Bằng", Short: "BDT", Superior: "Ủy ban nhân dân tỉnh Cao Bằng",
		Place: "Cao Bằng", Sample: true, Day: first}
	unit := func(key, name, kind string) {
		f.Units = append(f.Units, org.FoundingUnit{Key: key, NewUnit: org.NewUnit{Name: name, Short: key, Kind: kind}})
	}
	unit("LĐ", "Lãnh đạo Ban", "leaders")
	unit("VP", "Văn phòng", "office")
	unit("CS", "Phòng Chính sách Dân tộc", "division")
	unit("KHTH", "Phòng Kế hoạch – Tổng hợp", "division")
	unit("TTĐB", "Phòng Tuyên truyền và Địa bàn", "division")
	unit("NV", "Phòng Nghiệp vụ", "division")
	unit("TTr", "Thanh tra", "division")
	for _, m := range cast {
		f.People = append(f.People, org.FoundingPerson{
			NewPerson: org.NewPerson{Name: m.name, Address: m.address, Email: m.username + "@bdt.example"},
			Posts:     []org.FoundingPost{{Unit: m.unit, Title: m.title, Roles: m.roles}},
			Username:  m.username, Password: Password,
		})
	}
	f.Fields = []org.FoundingField{
		{Code: "cs", Name: "Chính sách dân tộc", Leader: "hoa", Unit: "CS"},
		{Code: "ct", Name: "Chương trình, dự án đầu tư", Leader: "quy", Unit: "KHTH"},
		{Code: "tt", Name: "Tuyên truyền, vận động, địa bàn", Leader: "hoa", Unit: "TTĐB"},
		{Code: "th", Name: "Thanh tra, tiếp công dân, đơn thư", Leader: "thang", Unit: "TTr"},
		{Code: "hc", Name: "Hành chính, văn thư, quản trị", Leader: "thang", Unit: "VP"},
	}
	return f
}

var cast = []struct {
	username, name, address, unit, title string
	roles                                []org.Role
}{
	{"thang", "Đàm Quốc Thắng", "ông", "LĐ", "Trưởng ban", []org.Role{org.Head}},
	{"hoa", "Nông Thị Hoa", "bà", "LĐ", "Phó Trưởng ban", []org.Role{org.Deputy}},
	{"quy", "Triệu Văn Quý", "ông", "LĐ", "Phó Trưởng ban", []org.Role{org.Deputy}},
	{"minh", "Hoàng Văn Minh", "ông", "VP", "Chánh Văn phòng", []org.Role{org.OfficeChief, org.UnitHead}},
	{"lan", "Nông Thị Lan", "bà", "VP", "Văn thư", []org.Role{org.Clerk, org.Officer}},
	{"thu", "Bế Thị Thu", "bà", "VP", "Chuyên viên", []org.Role{org.DeputyClerk, org.Officer}},
	{"son", "Lương Văn Sơn", "ông", "VP", "Quản trị hệ thống", []org.Role{org.SysAdmin}},
	{"lam", "Mông Văn Lâm", "ông", "CS", "Trưởng phòng", []org.Role{org.UnitHead}},
	{"hai", "Lý Thanh Hải", "ông", "CS", "Chuyên viên chính", []org.Role{org.Officer}},
	{"ha", "Bế Ngọc Hà", "bà", "CS", "Chuyên viên", []org.Role{org.Officer}},
	{"xuan", "Hoàng Thị Xuân", "bà", "KHTH", "Trưởng phòng", []org.Role{org.UnitHead}},
	{"anh", "Lương Đức Anh", "ông", "KHTH", "Chuyên viên", []org.Role{org.Officer}},
	{"tung", "Nông Văn Tùng", "ông", "KHTH", "Chuyên viên", []org.Role{org.Officer}},
	{"nga", "Vi Thị Nga", "bà", "TTĐB", "Trưởng phòng", []org.Role{org.UnitHead}},
	{"dung", "Hà Văn Dũng", "ông", "TTĐB", "Chuyên viên", []org.Role{org.Officer}},
	{"mai", "Triệu Thị Mai", "bà", "TTĐB", "Chuyên viên", []org.Role{org.Officer}},
	{"khoi", "Đinh Văn Khôi", "ông", "NV", "Trưởng phòng", []org.Role{org.UnitHead}},
	{"yen", "La Thị Yến", "bà", "NV", "Chuyên viên", []org.Role{org.Officer}},
	{"dai", "Lục Văn Đại", "ông", "TTr", "Chánh Thanh tra", []org.Role{org.UnitHead}},
	{"van", "Sầm Thị Vân", "bà", "TTr", "Thanh tra viên", []org.Role{org.Officer}},
}
