// SPDX-License-Identifier: Apache-2.0

package web

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"soviec/door/web/view"
	"soviec/kit/job"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/document"
	"soviec/office/org"
)

func TestWhoIsNotForItIsRefusedTheAdministration(t *testing.T) {
	o := openOffice(t)
	hai := o.as("hai")
	son := o.who["son"].Person
	for _, path := range []string{"/quan-tri", "/quan-tri/co-quan", "/quan-tri/don-vi", "/quan-tri/don-vi/moi", "/quan-tri/don-vi/" + idText(o.unit("CS")), "/quan-tri/can-bo/moi",
		personLink(son), "/quan-tri/lich", "/quan-tri/quy-tac", "/quan-tri/quy-tac/moi", "/quan-tri/nhap-so", "/quan-tri/nhap-so/mau.xlsx"} {
		if a := hai.get(path); a.Code != http.StatusForbidden {
			t.Errorf("GET %s is %d for an officer", path, a.Code)
		}
	}
	for _, path := range []string{"/quan-tri/co-quan", "/quan-tri/don-vi/moi", "/quan-tri/can-bo/moi", personLink(son), personLink(son) + "/mat-khau", personLink(son) + "/khoa",
		"/quan-tri/lich", "/quan-tri/lich/bo", "/quan-tri/lich/xac-nhan", "/quan-tri/quy-tac/moi", "/quan-tri/quy-tac/moi/thu", "/quan-tri/nhap-so"} {
		if a := hai.post(path, "name", "x", "day", "24/11/2026", "kind", "holiday", "source", "x"); a.Code != http.StatusForbidden {
			t.Errorf("POST %s is %d for an officer", path, a.Code)
		}
	}
	// The administrator lays hands on accounts, not on what documents say.
	admin := o.as("son")
	for _, path := range []string{"/quan-tri/quy-tac/moi", "/quan-tri/nhap-so"} {
		admin.get(path).is(http.StatusForbidden)
	}
	for _, path := range []string{"/quan-tri", "/quan-tri/co-quan", "/quan-tri/don-vi", personLink(son), "/quan-tri/lich"} {
		admin.get(path).is(http.StatusOK)
	}
}

func TestTheAdministratorOfTheSystemReadsNoDocument(t *testing.T) {
	o := openOffice(t)
	d := o.arrive("1234/UBND-VX", "Về rà soát chính sách")
	o.as("lan").get(d.Address()).is(http.StatusOK)
	o.as("son").get(d.Address()).is(http.StatusNotFound)
	o.as("son").get("/van-ban-den").silent("main", "rà soát chính sách")
}

func TestTheAdministratorSeesFirstWhatIsWrong(t *testing.T) {
	o := openOffice(t)
	o.as("son").get("/quan-tri").is(http.StatusOK).says("h1", "chạy bình thường").says("main", "Đơn vị và cán bộ")
	o.door.Health = sickness
	o.as("son").get("/quan-tri").says("h1", "1 điều đang hỏng; 1 điều cần chú ý").says("main", "chưa sao lưu lần nào")
}

func TestWhatTheProgramGaveUpIsTriedAgain(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	err := o.door.Book.DB.Write(ctx, func(w *store.Tx) error {
		return job.Enqueue(w, o.agency, document.JobText, "tep-1", nil, o.clock.Now())
	})
	if err != nil {
		t.Fatal(err)
	}
	r := job.Runner{DB: o.door.Book.DB, Most: 1, Clock: o.clock.Now}
	if _, err := r.Drain(ctx); err != nil {
		t.Fatal(err)
	}
	failed, err := job.Failed(o.read(), o.agency, 10)
	if err != nil || len(failed) != 1 {
		t.Fatal(failed, err)
	}
	again := "/quan-tri/viec-nen/" + idText(failed[0].ID) + "/chay-lai"
	o.as("hai").post(again).is(http.StatusForbidden)
	son := o.as("son")
	son.get("/quan-tri").says("h1", "1 điều đang hỏng").says("main", "Đọc chữ trong tệp").says("button", "Thử lại")
	if to := son.post(again).goes(); to != "/quan-tri" {
		t.Errorf("sent to %s", to)
	}
	son.get("/quan-tri").silent("main", "Đọc chữ trong tệp")
	son.post(again).is(http.StatusNotFound)
}

func TestSettingsAreChangedInOneActOrNotAtAll(t *testing.T) {
	storetest.Each(t, settingsAreChangedInOneActOrNotAtAll)
}

func settingsAreChangedInOneActOrNotAtAll(t *testing.T, db *store.DB) {
	o := openOfficeOn(t, db)
	son := o.as("son")
	page := son.get("/quan-tri/co-quan").is(http.StatusOK)
	form := []string{"name", "Ban Dân tộc", "short", "BDT", "place", "Cao Bằng", "superior", "", "code", "H14.18"}
	for _, s := range org.Settings {
		switch value := page.value(s.Key); {
		case s.Kind == org.OnOff && value == "", s.Kind == org.RoleList:
		default:
			form = append(form, s.Key, value)
		}
	}
	set := func(key, value string) []string {
		out := append([]string{}, form...)
		for i := 0; i < len(out); i += 2 {
			if out[i] == key {
				out[i+1] = value
			}
		}
		return out
	}
	son.post("/quan-tri/co-quan", set("task.due_soon_days", "ba")...).is(http.StatusUnprocessableEntity).says(".errors", "từ 0 đến 30")
	if o.dir().Agency.Name != "Ban Dân tộc tỉnh Cao Bằng" {
		t.Error("half of the form was saved")
	}
	son.post("/quan-tri/co-quan", append(set("task.due_soon_days", "3"), "login.second_factor_roles", "sysadmin", "login.second_factor_roles", "clerk")...).goes()
	d := o.dir()
	if d.Agency.Name != "Ban Dân tộc" || d.Int("task.due_soon_days") != 3 || strings.Join(d.Words("login.second_factor_roles"), "+") != "sysadmin+clerk" || !d.On("task.close_needs_confirmation") {
		t.Errorf("settings: %q %d %v", d.Agency.Name, d.Int("task.due_soon_days"), d.Words("login.second_factor_roles"))
	}
	o.as("minh").get("/quan-tri/co-quan").says(".timeline", "3 ngày làm việc")
}

func TestAPersonComesChangesUnitAndGoes(t *testing.T) {
	storetest.Each(t, aPersonComesChangesUnitAndGoes)
}

func aPersonComesChangesUnitAndGoes(t *testing.T, db *store.DB) {
	o := openOfficeOn(t, db)
	son := o.as("son")
	son.post("/quan-tri/can-bo/moi", "name", "Đàm Thị Hạnh", "gender", "female", "title", "Chuyên viên", "unit", idText(o.unit("NV")), "from", "23/11/2026", "username", "hanh").
		is(http.StatusUnprocessableEntity).says(".errors", "nhiệm vụ")
	made := son.post("/quan-tri/can-bo/moi", "name", "Đàm Thị Hạnh", "gender", "female", "title", "Chuyên viên", "unit", idText(o.unit("NV")), "from", "23/11/2026", "username", "hanh", "duty", "officer").is(http.StatusOK)
	password := made.words(".secret")
	if password == "" {
		t.Fatal(made.words("main"))
	}
	d := o.dir()
	var id int64
	for _, p := range d.People {
		if p.Name == "Đàm Thị Hạnh" {
			id = p.ID
		}
	}
	son.get(personLink(id)).silent("main", password) // once
	if to := o.nobody().post("/dang-nhap", "username", "hanh", "password", password).goes(); to != "/doi-mat-khau" {
		t.Errorf("sent to %s", to)
	}
	// To another division, in place of the first post.
	was := d.PostsOn(id, o.clock.Today())[0]
	son.post(personLink(id)+"/chuc-vu", "title", "Chuyên viên", "unit", idText(o.unit("CS")), "from", "24/11/2026", "duty", "officer", "replace", idText(was.ID)).goes()
	o.clock.Set(t, "2026-11-24 08:00")
	son = o.as("son")
	if posts := o.dir().PostsOn(id, o.clock.Today()); len(posts) != 1 || posts[0].Unit != o.unit("CS") {
		t.Errorf("posts: %+v", posts)
	}
	// One's own password is changed where everybody changes it.
	son.get(personLink(o.who["son"].Person)).says("a.btn", "Đổi mật khẩu của tôi").silent("button", "Cấp lại mật khẩu")
	// The only administrator cannot leave himself out.
	me := o.who["son"]
	son.post(personLink(me.Person)+"/thoi-chuc-vu", "post", idText(me.Post), "to", "").is(http.StatusConflict).says(".errors", "quản trị hệ thống")
	son.post(personLink(me.Person) + "/khoa").is(http.StatusConflict)
	// A locked account is out at once.
	hai := o.as("hai")
	hai.get("/").is(http.StatusOK)
	son.post(personLink(o.who["hai"].Person) + "/khoa").goes()
	if to := hai.get("/").goes(); !strings.HasPrefix(to, "/dang-nhap") {
		t.Errorf("sent to %s", to)
	}
	son.get("/quan-tri/don-vi").says("main", "đã khóa")
	son.post(personLink(o.who["hai"].Person) + "/mo-khoa").goes()
	o.as("hai").get("/").is(http.StatusOK)
	// A new first password is shown once and must be changed.
	fresh := son.post(personLink(o.who["hai"].Person) + "/mat-khau").is(http.StatusOK).words(".secret")
	if to := o.nobody().post("/dang-nhap", "username", "hai", "password", fresh).goes(); to != "/doi-mat-khau" {
		t.Errorf("sent to %s", to)
	}
}

func TestUnitsAreOpenedRenamedAndMerged(t *testing.T) {
	storetest.Each(t, unitsAreOpenedRenamedAndMerged)
}

func unitsAreOpenedRenamedAndMerged(t *testing.T, db *store.DB) {
	o := openOfficeOn(t, db)
	son := o.as("son")
	son.post("/quan-tri/don-vi/moi", "name", "Phòng Số hóa", "short", "CS", "kind", "division", "from", "23/11/2026").is(http.StatusConflict).says(".errors", "đang dùng")
	son.post("/quan-tri/don-vi/moi", "name", "Phòng Số hóa", "short", "SH", "kind", "division", "from", "23/11/2026").goes()
	sh := o.unit("SH")
	son.post(unitLink(sh), "name", "Phòng Chuyển đổi số", "short", "CĐS").goes()
	nv := o.unit("NV")
	son.post(unitLink(nv), "name", "Phòng Nghiệp vụ", "short", "NV", "to", "24/11/2026").is(http.StatusConflict).says(".errors", "đang có người giữ")
	son.post(unitLink(nv), "name", "Phòng Nghiệp vụ", "short", "NV", "into", idText(sh), "to", "24/11/2026", "basis", "QĐ 1/QĐ-UBND").goes()
	o.clock.Set(t, "2026-11-24 08:00")
	page := o.as("son").get("/quan-tri/don-vi").is(http.StatusOK).says("main", "Phòng Chuyển đổi số").says("main", "nay là Phòng Chuyển đổi số")
	page.says("main", "La Thị Yến")
	o.as("son").get("/quan-tri/don-vi?day=23/11/2026").says("main", "Theo tình trạng ngày 23/11/2026").silent("main", "Đơn vị cũ")
	if u := o.dir().Unit(nv); u.Became != sh {
		t.Errorf("the old unit became %d", u.Became)
	}
	o.as("son").get(unitLink(nv)).says("main", "Nay là")
}

func sickness(context.Context, int64) []view.Health {
	return []view.Health{{Label: "Sao lưu", Words: "chưa sao lưu lần nào", Tone: view.ToneWarn}, {Label: "Sổ nhật ký", Words: "hỏng", Tone: view.ToneError}}
}

// arrive registers a document beside the door.
func (o *modelOffice) arrive(notation, subject string) (d document.Incoming) {
	o.Helper()
	o.do("lan", func(a *journal.Act) (err error) {
		d, err = document.Register(a, document.Arrival{NumberRaw: notation, Subject: subject, IssuerName: "UBND tỉnh Cao Bằng", IssuedOn: a.Day(),
			ReceivedAt: a.At, Type: "CV", Channel: "post"})
		return err
	})
	return d
}
