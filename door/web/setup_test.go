// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"soviec/kit/blob"
	"soviec/kit/find"
	"soviec/kit/job"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/org/orgtest"
	"soviec/office/task"
)

// emptyOffice is an installation in which nobody has founded anything.
func emptyOffice(t testing.TB) *modelOffice { return emptyOfficeOn(t, storetest.Open(t)) }

func emptyOfficeOn(t testing.TB, db *store.DB) *modelOffice {
	t.Helper()
	org.SetPasswordCost(orgtest.Cheap)
	book, clock := orgtest.Book(t, db, "2026-11-23 08:00")
	blobs, err := blob.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	views, err := parsedViews()
	if err != nil {
		t.Fatal(err)
	}
	o := &modelOffice{TB: t, book: book, clock: clock, blobs: blobs}
	o.door = &Door{Book: book, Blobs: blobs, Finder: find.New(db), Board: task.NewBoard(book),
		Jobs: &job.Runner{DB: db, Clock: clock.Now}, Views: views, Clock: clock.Now, Setup: NewSetup(clock.Now())}
	o.handler = o.door.Handler()
	return o
}

func typedUnits() []string {
	return []string{"unit_name", "Văn phòng", "unit_short", "VP", "unit_name", "Phòng Chính sách Dân tộc", "unit_short", "CS", "unit_name", "", "unit_short", ""}
}

func typedPerson(name, gender, title, unit, duty, username string) []string {
	return []string{"person_name", name, "person_gender", gender, "person_title", title, "person_unit", unit, "person_duty", duty, "person_username", username}
}

func typedPeople() []string {
	var out []string
	out = append(out, typedPerson("Đàm Quốc Thắng", "ông", "Trưởng ban", "", "", "thang")...)
	out = append(out, typedPerson("Hoàng Văn Minh", "ông", "Chánh Văn phòng", "VP", "", "minh")...)
	out = append(out, typedPerson("Nông Thị Lan", "", "Văn thư", "VP", "", "lan")...)
	out = append(out, typedPerson("Lương Văn Sơn", "ông", "Chuyên viên", "VP", "officer", "son")...)
	out = append(out, typedPerson("Mông Văn Lâm", "ông", "Trưởng phòng", "CS", "unit_head", "lam")...)
	return append(out, typedPerson("", "", "", "", "", "")...)
}

const adminsPassword = "nui cao suoi trong"

// byHand walks the wizard up to its last step.
func byHand(t *testing.T, o *modelOffice) (*visitor, string) {
	t.Helper()
	at := o.door.Setup.Path()
	w := o.nobody()
	w.get(at).is(http.StatusOK).says("main", "Mở văn phòng").says("main", "hết hiệu lực lúc")
	if to := w.post(at+"/co-quan", "name", "Ban Dân tộc tỉnh Cao Bằng", "short", "BDT", "place", "Cao Bằng", "code", "H14.18").goes(); to != at+"/don-vi" {
		t.Fatal(to)
	}
	if to := w.post(at+"/don-vi", typedUnits()...).goes(); to != at+"/can-bo" {
		t.Fatal(to)
	}
	if to := w.post(at+"/can-bo", typedPeople()...).goes(); to != at+"/nhiem-vu" {
		t.Fatal(to)
	}
	return w, at
}

func TestTheWizardByHandFromEmptyToTheFirstSignIn(t *testing.T) {
	storetest.Each(t, theWizardByHandFromEmptyToTheFirstSignIn)
}

func theWizardByHandFromEmptyToTheFirstSignIn(t *testing.T, db *store.DB) {
	o := emptyOfficeOn(t, db)
	o.nobody().get("/dang-nhap").says("main", "địa chỉ dùng một lần")
	w, at := byHand(t, o)
	// The steps keep what was typed.
	w.get(at+"/co-quan").says("main", "Cơ quan")
	if got := w.get(at + "/don-vi").value("unit_short"); !strings.Contains(got, "VP CS") {
		t.Errorf("units are not kept: %q", got)
	}
	done := w.post(at+"/nhiem-vu", "clerk", "lan", "administrator", "son", "password", adminsPassword, "again", adminsPassword).is(http.StatusOK)
	done.says("main", "3 đơn vị, 5 cán bộ, 5 tài khoản").says(".slips", "thang")
	first := ""
	for _, row := range done.all(".slip") {
		var b strings.Builder
		write(&b, row)
		if f := strings.Fields(b.String()); strings.Contains(b.String(), " lan ") || strings.Contains(b.String(), "lanMật") {
			for _, word := range f {
				if strings.Count(word, "-") == 3 {
					first = word
				}
			}
		}
	}
	if strings.Contains(done.words(".slips"), adminsPassword) {
		t.Error("the administrator's own password is shown")
	}
	if first == "" {
		t.Fatalf("no first password of lan: %s", done.words(".slips"))
	}
	for _, path := range []string{"", "/co-quan", "/excel", "/mau.xlsx", "/nhiem-vu"} {
		w.get(at + path).is(http.StatusNotFound)
	}
	w.post(at+"/nhiem-vu", "clerk", "lan", "administrator", "son", "password", adminsPassword, "again", adminsPassword).is(http.StatusNotFound)

	agencies, err := org.Agencies(o.read())
	if err != nil || len(agencies) != 1 {
		t.Fatal(agencies, err)
	}
	o.agency = agencies[0].ID
	if books, err := document.Books(o.read(), o.agency); err != nil || len(books) == 0 {
		t.Fatalf("no register was opened: %v %v", books, err)
	}
	d := o.dir()
	roles := map[string][]org.Role{}
	for _, p := range d.Posts {
		roles[d.Person(p.Person).Name] = p.Roles
	}
	for name, want := range map[string]org.Role{"Đàm Quốc Thắng": org.Head, "Hoàng Văn Minh": org.OfficeChief, "Nông Thị Lan": org.Clerk, "Lương Văn Sơn": org.SysAdmin, "Mông Văn Lâm": org.UnitHead} {
		if !(org.Post{Roles: roles[name]}).Has(want) {
			t.Errorf("%s has %v, not %s", name, roles[name], want)
		}
	}

	// The administrator chose the password himself; the others must change theirs.
	sign := func(username, password string) (string, string) {
		a := o.nobody().post("/dang-nhap", "username", username, "password", password)
		to := a.goes()
		for _, c := range (&http.Response{Header: a.Header}).Cookies() {
			if c.Name == sessionCookie {
				return to, c.Value
			}
		}
		t.Fatal("no session")
		return "", ""
	}
	if to, _ := sign("son", adminsPassword); to != "/" {
		t.Errorf("the administrator is sent to %s", to)
	}
	to, token := sign("lan", first)
	if to != "/doi-mat-khau" {
		t.Fatalf("a first password leads to %s", to)
	}
	lan := &visitor{o: o, token: token}
	if to := lan.get("/").goes(); to != "/doi-mat-khau" {
		t.Errorf("there is a way around the change: %s", to)
	}
	lan.post("/doi-mat-khau", "current", first, "password", "ngan", "again", "ngan").is(http.StatusUnprocessableEntity)
	lan.post("/doi-mat-khau", "current", first, "password", "ruong bac thang xanh", "again", "ruong bac thang xanh").goes()
	lan.get("/").is(http.StatusOK)
}

func TestTheWizardNamesWhatIsWrongAndKeepsIt(t *testing.T) {
	o := emptyOffice(t)
	at, w := o.door.Setup.Path(), o.nobody()
	w.post(at+"/co-quan", "name", "", "short", "BDT", "place", "").is(http.StatusUnprocessableEntity).says(".errors", "tên cơ quan").says(".errors", "địa danh")
	if got := w.get(at + "/co-quan").value("short"); got != "BDT" {
		t.Errorf("short is not kept: %q", got)
	}
	w.post(at+"/don-vi", "unit_name", "Văn phòng", "unit_short", "VP", "unit_name", "Vụ Phó", "unit_short", "VP").is(http.StatusUnprocessableEntity).says("tbody", "đã dùng cho Văn phòng")
	if n := len(w.post(at+"/don-vi", append(typedUnits(), "more", "1")...).is(http.StatusOK).all("[name=unit_name]")); n <= rowsAtFirst {
		t.Errorf("no rows were added: %d", n)
	}
	w.post(at+"/don-vi", typedUnits()...).goes()
	bad := w.post(at+"/can-bo", typedPerson("Mông Văn Lâm", "", "", "CS", "", "Lâm!")...).is(http.StatusUnprocessableEntity)
	bad.says("tbody", "Tên đăng nhập gồm").says("tbody", "chức vụ").says("tbody", "xưng hô")
	if got := bad.value("person_name"); !strings.Contains(got, "Mông Văn Lâm") {
		t.Errorf("what was typed is gone: %q", got)
	}
	w.post(at+"/can-bo", typedPeople()...).goes()
	// Without a name of the agency the last step leads back.
	w.post(at+"/nhiem-vu", "clerk", "lan", "administrator", "son", "password", adminsPassword, "again", adminsPassword).
		is(http.StatusUnprocessableEntity).says("h1", "Cơ quan")
	w.post(at+"/co-quan", "name", "Ban", "short", "BDT", "place", "Cao Bằng").goes()
	w.post(at+"/nhiem-vu", "clerk", "", "administrator", "son", "password", "ngắn", "again", "ngắn").is(http.StatusUnprocessableEntity).
		says(".errors", "văn thư").says(".errors", "10 ký tự")
	if agencies, _ := org.Agencies(o.read()); len(agencies) != 0 {
		t.Error("something was founded")
	}
}

func TestTheOneTimeAddressIsSecretAndExpires(t *testing.T) {
	o := emptyOffice(t)
	o.nobody().get("/cai-dat/" + strings.Repeat("0", 32)).is(http.StatusNotFound)
	o.clock.Add(setupLasts - time.Minute)
	o.nobody().get(o.door.Setup.Path()).is(http.StatusOK)
	o.clock.Add(time.Minute)
	o.nobody().get(o.door.Setup.Path()).is(http.StatusGone)
	// Where there is an agency there is no wizard, whatever its address.
	other := openOffice(t)
	other.door.Setup = NewSetup(other.clock.Now())
	other.nobody().get(other.door.Setup.Path()).is(http.StatusNotFound)
}

// filled is the template with cells filled in: sheet → address → text.
func filled(t *testing.T, template []byte, cells map[string]map[string]string) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(template))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for sheet, all := range cells {
		for at, text := range all {
			if err := f.SetCellStr(sheet, at, text); err != nil {
				t.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestTheWizardByExcel(t *testing.T) {
	o := emptyOffice(t)
	at, w := o.door.Setup.Path(), o.nobody()
	template := w.get(at + "/mau.xlsx").is(http.StatusOK).Body
	// Untouched, it names every cell that is missing and founds nothing.
	w.postFiles(at+"/excel", []dropped{{"file", "mau.xlsx", template}}).is(http.StatusUnprocessableEntity).says("table", "tên cơ quan")

	// Where the head and the values of the sheets are.
	f, err := excelize.OpenReader(bytes.NewReader(template))
	if err != nil {
		t.Fatal(err)
	}
	row := func(sheet, label string) int {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range rows {
			if len(r) > 0 && starless(r[0]) == label {
				return i + 1
			}
		}
		t.Fatalf("%s has no %s", sheet, label)
		return 0
	}
	cell := func(col string, row int) string { return col + idText(int64(row)) }
	agency := map[string]string{}
	for label, value := range map[string]string{"Tên cơ quan": "Ban Dân tộc tỉnh Cao Bằng", "Viết tắt": "BDT", "Địa danh": "Cao Bằng"} {
		agency[cell("B", row(sheetAgency, label))] = value
	}
	head := row(sheetPeople, "Đơn vị")
	people := map[string]string{}
	for i, line := range org.PeopleExample() {
		for j, text := range line {
			if text != "" {
				people[cell(string(rune('A'+j)), head+2+i)] = text
			}
		}
	}
	wrong := map[string]string{}
	for k, v := range people {
		wrong[k] = v
	}
	bad := cell("G", head+3)
	wrong[bad] = "Hoàng Minh"
	a := w.postFiles(at+"/excel", []dropped{{"file", "a.xlsx", filled(t, template, map[string]map[string]string{sheetAgency: agency, sheetPeople: wrong})}}).is(http.StatusUnprocessableEntity)
	a.says("table", bad).says("table", "Hoàng Minh").says("table", "Tên đăng nhập gồm")
	if n := len(a.all("tbody tr")); n != 1 {
		t.Errorf("%d cells are named: %s", n, a.words("tbody"))
	}
	if agencies, _ := org.Agencies(o.read()); len(agencies) != 0 {
		t.Fatal("a sheet with faults was imported")
	}
	good := w.postFiles(at+"/excel", []dropped{{"file", "a.xlsx", filled(t, template, map[string]map[string]string{sheetAgency: agency, sheetPeople: people})}}).is(http.StatusOK)
	good.says("main", "3 đơn vị, 5 cán bộ, 5 tài khoản")
	key := good.value("file_key")
	w.post(at+"/excel", "confirm", "1", "file_key", "khong-co").is(http.StatusUnprocessableEntity)
	w.post(at+"/excel", "confirm", "1", "file_key", key).is(http.StatusOK).says(".slips", "son")
	w.get(at).is(http.StatusNotFound)
	if agencies, _ := org.Agencies(o.read()); len(agencies) != 1 {
		t.Fatal("nothing was founded")
	}
	if _, err := o.book.Last(o.book.DB.Read(context.Background()), 1); err != nil {
		t.Fatal(err)
	}
}
