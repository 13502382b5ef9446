// SPDX-License-Identifier: Apache-2.0

package org

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
)

// A Setting is something an agency may decide for itself (thiết lập), with what holds
// until it does. What the law fixes is no setting.
type Setting struct {
	Key     string
	Group   string // heading under which the page shows it
	Name    string
	Help    string
	Unit    string // "ngày làm việc"; "" for on/off and texts
	Default string
	Kind    SettingKind
	Low     int // bounds of a number, and of each number of a list
	High    int
	Length  int // of a list of numbers
}

// SettingKind is how a value is written.
type SettingKind int

// The kinds.
const (
	OnOff    SettingKind = iota // "on", "off"
	Number                      // "7"
	Numbers                     // "7,2,1,0"
	RoleList                    // words of Role, parted by a comma; may be empty
	MonthDay                    // "01/12"
)

// Settings are all settings there are, in the order of the page.
var Settings = []Setting{
	{Key: "document.direct_distribution", Group: "Văn bản đến", Name: "Cho phép chuyển thẳng đơn vị", Default: "on", Kind: OnOff,
		Help: "Văn thư hoặc Chánh Văn phòng chuyển văn bản thẳng đến đơn vị theo quy chế, không phải trình lãnh đạo trước."},
	{Key: "document.wait_hours_urgent", Group: "Văn bản đến", Name: "Văn bản khẩn phải trình trong", Unit: "giờ làm việc", Default: "2", Kind: Number, Low: 1, High: 8,
		Help: "Quá thời gian này, văn bản khẩn trong sổ chờ hiện màu đỏ."},
	{Key: "outgoing.urgent_hours", Group: "Văn bản đi", Name: "Văn bản khẩn phải phát hành sau khi ký trong", Unit: "giờ làm việc", Default: "1", Kind: Number, Low: 0, High: 8,
		Help: "Văn bản thường: chậm nhất ngày làm việc tiếp theo; gửi điện tử: hết buổi sáng ngày làm việc tiếp theo."},
	{Key: "signature.ending_days", Group: "Chữ ký số", Name: "Nhắc trước khi chứng thư số hết hạn", Unit: "ngày", Default: "60,30,7", Kind: Numbers, Low: 1, High: 365, Length: 3,
		Help: "Ba mốc, mỗi mốc nhắc một lần: người giữ khóa, văn thư và Chánh Văn phòng; thêm một lần khi đã hết hạn."},
	{Key: "task.days_by_urgency", Group: "Giao việc", Name: "Hạn mặc định theo độ khẩn", Unit: "ngày làm việc", Default: "7,2,1,0", Kind: Numbers, Low: 0, High: 120, Length: 4,
		Help: "Lần lượt: thường, khẩn, thượng khẩn, hỏa tốc; 0 là trong ngày."},
	{Key: "task.close_needs_confirmation", Group: "Giao việc", Name: "Kết thúc việc phải có người giao xác nhận", Default: "on", Kind: OnOff,
		Help: "Nếu tắt, việc kết thúc ngay khi người thực hiện báo cáo kết quả."},
	{Key: "task.proposals_month", Group: "Giao việc", Name: "Mỗi người tự đề xuất trong một tháng nhiều nhất", Unit: "việc", Default: "5", Kind: Number, Low: 0, High: 100,
		Help: "Việc tự đề xuất phải được người đứng đầu đơn vị xác nhận; 0 là không cho tự đề xuất."},
	{Key: "task.load_open", Group: "Giao việc", Name: "Cảnh báo quá tải khi một người đang giữ quá", Unit: "việc", Default: "20", Kind: Number, Low: 1, High: 500},
	{Key: "task.load_percent", Group: "Giao việc", Name: "Cảnh báo quá tải khi giờ định mức của việc đến hạn vượt", Unit: "% thời gian làm việc còn lại", Default: "100", Kind: Number, Low: 10, High: 500},
	{Key: "task.due_soon_days", Group: "Giao việc", Name: "Coi là sắp đến hạn khi còn không quá", Unit: "ngày làm việc", Default: "2", Kind: Number, Low: 0, High: 30},
	{Key: "task.before_day_excludes", Group: "Giao việc", Name: "“Trước ngày 10/9” là hết ngày 09/9", Default: "off", Kind: OnOff,
		Help: "Nếu tắt, “trước ngày 10/9” là đến hết ngày 10/9. Dùng khi đọc dòng giao việc; hạn đọc được luôn hiện ra để xác nhận."},
	{Key: "task.silence_accepts_days", Group: "Giao việc", Name: "Coi là đã nhận hạn khi người được giao không có ý kiến sau", Unit: "ngày làm việc", Default: "0", Kind: Number, Low: 0, High: 30,
		Help: "0 là không tính: chỉ khi bấm nhận hạn hoặc bắt đầu xử lý."},
	{Key: "task.extensions", Group: "Giao việc", Name: "Số lần người giao được gia hạn một việc", Unit: "lần", Default: "1", Kind: Number, Low: 0, High: 10,
		Help: "Quá số lần này, đề nghị gia hạn do cấp trên của người giao quyết định."},
	{Key: "task.extension_asked_in_time", Group: "Giao việc", Name: "Đề nghị gia hạn gửi trước hạn nhưng được đồng ý sau hạn thì không tính là chậm", Default: "off", Kind: OnOff,
		Help: "Nếu tắt, gia hạn sau khi hạn đã qua chỉ xóa chậm khi nguyên nhân khách quan được xác nhận."},
	{Key: "task.remind_before_days", Group: "Nhắc việc", Name: "Nhắc người thực hiện trước hạn", Unit: "ngày làm việc", Default: "2", Kind: Number, Low: 0, High: 30},
	{Key: "task.escalate_head_day", Group: "Nhắc việc", Name: "Báo người đứng đầu đơn vị từ ngày quá hạn thứ", Unit: "ngày làm việc", Default: "1", Kind: Number, Low: 1, High: 60},
	{Key: "task.escalate_giver_day", Group: "Nhắc việc", Name: "Báo người giao việc từ ngày quá hạn thứ", Unit: "ngày làm việc", Default: "3", Kind: Number, Low: 1, High: 60},
	{Key: "task.ask_again_days", Group: "Nhắc việc", Name: "Nhắc lại người giao khi kết quả chờ xác nhận quá", Unit: "ngày làm việc", Default: "3", Kind: Number, Low: 1, High: 30,
		Help: "Nhắc người giao trước; thêm một lần như vậy nữa thì báo cấp trên. Chương trình không tự xác nhận thay."},
	{Key: "calendar.before_day", Group: "Lịch làm việc", Name: "Nhắc nhập lịch nghỉ năm sau từ ngày", Default: "01/12", Kind: MonthDay,
		Help: "Từ ngày này, quản trị được nhắc nếu lịch năm sau chưa được xác nhận."},
	{Key: "session.idle_hours", Group: "Đăng nhập", Name: "Tự kết thúc phiên khi không dùng quá", Unit: "giờ", Default: "12", Kind: Number, Low: 1, High: 72},
	{Key: "session.days", Group: "Đăng nhập", Name: "Phải đăng nhập lại sau", Unit: "ngày", Default: "7", Kind: Number, Low: 1, High: 30},
	{Key: "login.tries", Group: "Đăng nhập", Name: "Tạm khóa sau số lần sai liên tiếp", Unit: "lần", Default: "5", Kind: Number, Low: 3, High: 20},
	{Key: "login.lock_minutes", Group: "Đăng nhập", Name: "Lần tạm khóa đầu tiên kéo dài", Unit: "phút", Default: "1", Kind: Number, Low: 1, High: 60,
		Help: "Mỗi lần sai tiếp theo, thời gian khóa tăng gấp đôi."},
	{Key: "login.lock_most_minutes", Group: "Đăng nhập", Name: "Tạm khóa lâu nhất", Unit: "phút", Default: "30", Kind: Number, Low: 1, High: 1440},
	{Key: factorRoles, Group: "Đăng nhập", Name: "Nhiệm vụ bắt buộc xác thực hai bước", Default: "", Kind: RoleList,
		Help: "Ai giữ nhiệm vụ này phải bật xác thực hai bước ngay khi đăng nhập, trước mọi việc khác. Nên chọn quản trị hệ thống và người ký văn bản."},
}

// SettingNamed finds a setting; ok is false for a key that does not exist.
func SettingNamed(key string) (s Setting, ok bool) {
	for _, s := range Settings {
		if s.Key == key {
			return s, true
		}
	}
	return Setting{}, false
}

// Check says what is wrong with a value, in the field of the key.
func (s Setting) Check(value string) error {
	wrong := func(text string) error { return fault.Invalid(s.Key, s.Name+": "+text) }
	switch s.Kind {
	case OnOff:
		if value != "on" && value != "off" {
			return wrong("hãy chọn bật hoặc tắt.")
		}
	case Number:
		if n, err := strconv.Atoi(value); err != nil || n < s.Low || n > s.High {
			return wrong(fmt.Sprintf("hãy nhập số từ %d đến %d.", s.Low, s.High))
		}
	case Numbers:
		parts := strings.Split(value, ",")
		for _, p := range parts {
			if n, err := strconv.Atoi(p); err != nil || n < s.Low || n > s.High || len(parts) != s.Length {
				return wrong(fmt.Sprintf("hãy nhập %d số từ %d đến %d, cách nhau bằng dấu phẩy.", s.Length, s.Low, s.High))
			}
		}
	case RoleList:
		for _, r := range strings.FieldsFunc(value, func(r rune) bool { return r == ',' }) {
			if Role(r).Name() == "" {
				return wrong("không có nhiệm vụ “" + r + "”.")
			}
		}
	case MonthDay:
		if _, err := time.Parse("02/01", value); err != nil {
			return wrong("hãy nhập ngày và tháng, ví dụ 01/12.")
		}
	}
	return nil
}

// tidy takes space out of a value.
func (s Setting) tidy(value string) string {
	return strings.Join(strings.Fields(value), "")
}

// Value is the agency's value of a setting, or what holds until it decides. A key that
// does not exist is a fault of the program.
func (d *Directory) Value(key string) string {
	s, ok := SettingNamed(key)
	if !ok {
		panic("org: no setting " + key)
	}
	if v, ok := d.Settings[key]; ok && s.Check(v) == nil {
		return v
	}
	return s.Default
}

// On is the value of a setting that is on or off.
func (d *Directory) On(key string) bool { return d.Value(key) == "on" }

// Int is the value of a setting that is a number.
func (d *Directory) Int(key string) int {
	n, _ := strconv.Atoi(d.Value(key))
	return n
}

// Ints is the value of a setting that is a list of numbers.
func (d *Directory) Ints(key string) []int {
	var all []int
	for _, w := range d.Words(key) {
		n, _ := strconv.Atoi(w)
		all = append(all, n)
	}
	return all
}

// Words is the value of a setting that is a list.
func (d *Directory) Words(key string) []string {
	return strings.FieldsFunc(d.Value(key), func(r rune) bool { return r == ',' })
}

// CalendarWarning reports whether the time has come to remind that next year's
// calendar is not confirmed yet.
func (d *Directory) CalendarWarning(day civil.Date) bool {
	from, err := time.Parse("02/01", d.Value("calendar.before_day"))
	if err != nil || day.IsZero() {
		return false
	}
	return !day.Before(civil.New(day.Year(), from.Month(), from.Day())) && !d.Calendar.Confirmed(day.Year()+1)
}

type settingData struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// ChangeSetting changes a setting of the agency; what it was stays in the history.
func ChangeSetting(a *journal.Act, key, value string) error {
	if err := May(a, ManageSettings, Target{}); err != nil {
		return err
	}
	s, ok := SettingNamed(key)
	if !ok {
		return fault.NotFound("Không có thiết lập này.")
	}
	value = s.tidy(value)
	if err := s.Check(value); err != nil {
		return err
	}
	d, err := DirectoryIn(a)
	if err != nil {
		return err
	}
	if d.Value(key) == value {
		return nil
	}
	a.Note(journal.Entry{Kind: SettingChanged, Subject: "setting/" + key, Data: settingData{key, value}})
	if err := putSetting(a, a.By.Agency, key, value, a.By.Person, a.At); err != nil {
		return err
	}
	return touch(a, a.By.Agency)
}

// A SettingValue is a value that a setting had from a moment on.
type SettingValue struct {
	Key, Value string
	SetBy      int64
	SetAt      time.Time
}

// SettingHistory are all values that were ever set, the latest first.
func SettingHistory(r store.Reader, agency int64) ([]SettingValue, error) {
	return settingHistory(r, agency)
}
