// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"runtime/debug"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/job"
	"soviec/kit/store"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/task"
)

var errMayNot = fault.Forbidden("Anh/chị không có quyền mở trang này.")

// must refuses a page to whoever may not do what it is for.
func (v *visit) must(a org.Action) error {
	if !v.may(a, org.Target{}) {
		return errMayNot
	}
	return nil
}

const jobsShown = 20

// systemState is how the installation stands, for the administrator.
type systemState struct {
	health   []view.Health
	jobs     []view.FailedJob
	sentence view.Sentence
}

const lockedShown = 5

func (v *visit) systemState() (systemState, error) {
	var s systemState
	if v.d.Health != nil {
		s.health = v.d.Health(v.Context(), v.agency())
	}
	logins, err := org.Logins(v.read(), v.agency())
	if err != nil {
		return s, err
	}
	locked := 0
	for _, person := range v.dir.People {
		l, ok := logins[person.ID]
		if !ok || !l.LockedUntil.After(v.now) {
			continue
		}
		if locked++; locked <= lockedShown {
			s.health = append(s.health, view.Health{Label: "Tài khoản tạm khóa", Tone: view.ToneWarn, Href: "/quan-tri/can-bo/" + idText(person.ID), Action: "Mở",
				Words: person.Name + ": đăng nhập sai nhiều lần, tạm khóa đến " + sinceWords(l.LockedUntil, v.today)})
		}
	}
	if locked > lockedShown {
		s.health = append(s.health, view.Health{Label: "Tài khoản tạm khóa", Tone: view.ToneWarn, Href: "/quan-tri/don-vi", Words: fmt.Sprintf("và %d tài khoản khác", locked-lockedShown)})
	}
	failed, err := job.Failed(v.read(), v.agency(), jobsShown)
	if err != nil {
		return s, err
	}
	for _, it := range failed {
		s.jobs = append(s.jobs, view.FailedJob{What: jobWords(it.Kind), When: it.Key, Error: it.Fault, Tries: it.Tries,
			Retry: &view.Button{Label: "Thử lại", Action: "/quan-tri/viec-nen/" + idText(it.ID) + "/chay-lai"}})
	}
	bad, warn := len(failed), 0
	for _, h := range s.health {
		switch h.Tone {
		case view.ToneError:
			bad++
		case view.ToneWarn:
			warn++
		}
	}
	switch {
	case bad > 0 && warn > 0:
		s.sentence = view.Sentence{Late: fmt.Sprintf("%d điều đang hỏng", bad), After: fmt.Sprintf("; %d điều cần chú ý.", warn)}
	case bad > 0:
		s.sentence = view.Sentence{Late: fmt.Sprintf("%d điều đang hỏng", bad), After: "."}
	case warn > 0:
		s.sentence = view.Sentence{Before: fmt.Sprintf("Hệ thống chạy bình thường; %d điều cần chú ý.", warn)}
	default:
		s.sentence = view.Sentence{Before: "Hệ thống chạy bình thường."}
	}
	return s, nil
}

// adminHome says what is wrong before anything that can be set.
func adminHome(v *visit) error {
	if err := v.must(org.SeeSystem); err != nil {
		return err
	}
	state, err := v.systemState()
	if err != nil {
		return err
	}
	return v.show(view.AdminHome{Frame: v.frame(view.PlaceAdmin, "Quản trị"), Version: version(), Sentence: state.sentence,
		Health: state.health, Jobs: state.jobs, Links: v.adminLinks()})
}

// retryJob has the program try again what it gave up: an operation of the program,
// no act of the office, so that it is not in the book.
func retryJob(v *visit) error {
	if err := v.must(org.SeeSystem); err != nil {
		return err
	}
	id, err := v.id("id")
	if err != nil {
		return err
	}
	err = v.d.Book.DB.Write(v.Context(), func(w *store.Tx) error { return job.Retry(w, v.agency(), id, v.now) })
	if err != nil {
		return err
	}
	return v.done("/quan-tri", "Đã xếp việc vào hàng chờ; phần mềm sẽ thử lại trong ít phút.")
}

func (v *visit) adminLinks() []view.AdminLink {
	all := []struct {
		action org.Action
		link   view.AdminLink
	}{
		{org.SeeSystem, view.AdminLink{Label: "Đơn vị và cán bộ", Href: "/quan-tri/don-vi", Words: "Đơn vị, chức vụ, nhiệm vụ, tài khoản, mật khẩu"}},
		{org.SeeSystem, view.AdminLink{Label: "Lịch làm việc", Href: "/quan-tri/lich", Words: "Ngày nghỉ, ngày làm bù và văn bản làm căn cứ"}},
		{org.ManageRules, view.AdminLink{Label: "Quy tắc phân luồng", Href: "/quan-tri/quy-tac", Words: "Đề xuất ai đọc trước, ai chủ trì"}},
		{org.ManageSettings, view.AdminLink{Label: "Cài đặt của cơ quan", Href: "/quan-tri/co-quan", Words: "Tên, ký hiệu, hạn mặc định, nhắc việc, đăng nhập"}},
		{org.SeeSystem, view.AdminLink{Label: "Nguyên nhân chờ, vướng mắc", Href: "/quan-tri/nguyen-nhan", Words: "Lý do tạm dừng tính thời gian, báo vướng mắc"}},
		{org.SeeSystem, view.AdminLink{Label: "Đánh số văn bản đi", Href: "/quan-tri/danh-so", Words: "Dãy số, chữ viết tắt, hội đồng, chèn số, kiểm tra sổ"}},
		{org.SeeSystem, view.AdminLink{Label: "Gửi thông báo", Href: "/quan-tri/gui-thong-bao", Words: "Thư, thông báo đẩy, hệ thống trò chuyện; tin nào chưa gửi được, vì sao"}},
		{org.TakeOver, view.AdminLink{Label: "Chuyển sổ từ hệ thống cũ", Href: "/quan-tri/nhap-so", Words: "Nhập sổ đăng ký những năm trước từ Excel hoặc CSV"}},
		{org.ManageTrust, view.AdminLink{Label: "Kho chứng thư tin cậy", Href: "/quan-tri/chung-thu-tin-cay", Words: "Tổ chức chứng thực nào được tin khi kiểm tra chữ ký số"}},
		{org.ManageKeys, view.AdminLink{Label: "Sổ quản lý khóa ký", Href: "/quan-tri/khoa-ky", Words: "Chứng thư số của ai, khóa ở đâu, ai giữ, bàn giao"}},
		{org.ManageAbsence, view.AdminLink{Label: "Vắng mặt, người làm thay", Href: "/vang-mat", Words: "Ai vắng, ai làm thay, đến ngày nào"}},
	}
	var out []view.AdminLink
	for _, l := range all {
		if v.may(l.action, org.Target{}) {
			out = append(out, l.link)
		}
	}
	return out
}

// jobWords say what a kind of background work is for.
func jobWords(kind string) string {
	switch kind {
	case document.JobText:
		return "Đọc chữ trong tệp để tìm kiếm"
	case document.JobSignatures:
		return "Kiểm tra chữ ký số của tệp"
	case document.JobPurge:
		return "Xóa tệp của văn bản đã thu hồi"
	case "task.sweep":
		return capital(task.Acts[task.Swept])
	case "notice.digest":
		return "Lập bản tóm tắt buổi sáng"
	case "journal.seal":
		return "Niêm phong sổ nhật ký cuối ngày"
	}
	return kind
}

// version is the program's own, as it was built.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	s := "Phiên bản " + info.Main.Version
	if info.Main.Version == "" || info.Main.Version == "(devel)" {
		s = "Bản dựng thử"
	}
	for _, kv := range info.Settings {
		if kv.Key == "vcs.revision" && len(kv.Value) >= 8 {
			s += ", " + kv.Value[:8]
		}
	}
	return s + "."
}
