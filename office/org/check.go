// SPDX-License-Identifier: Apache-2.0

package org

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
)

// folded is the state of this room as the book tells it.
type folded struct {
	calendar  string
	shipped   int64
	founded   bool
	units     map[int64]unitData
	people    map[int64]bool
	posts     map[int64]postData
	holder    map[int64]int64 // post → person
	fields    map[int64]fieldData
	passwords map[int64]string
	disabled  map[int64]bool
	second    map[int64]bool
	recovery  map[int64]int64 // unused codes
	sessions  map[int64]bool  // session → ended
	behalf    map[int64]int64
	absences  map[int64]absenceData
	back      map[int64]bool
	days      map[int64]dayData
	gone      map[int64]bool
	shifts    map[int64]shiftData
	settings  map[string]string

	delegations map[int64]delegationData
	signings    map[int64]signingData
}

// Check says in sentences where the rows of an agency differ from what its book tells
// of them: one pass over the book's entries of this room, one over each table.
func Check(r store.Reader, agency int64, report func(string)) error {
	f := &folded{
		units: map[int64]unitData{}, people: map[int64]bool{}, posts: map[int64]postData{}, holder: map[int64]int64{},
		fields: map[int64]fieldData{}, passwords: map[int64]string{}, disabled: map[int64]bool{}, second: map[int64]bool{}, recovery: map[int64]int64{},
		sessions: map[int64]bool{}, behalf: map[int64]int64{}, absences: map[int64]absenceData{}, back: map[int64]bool{},
		days: map[int64]dayData{}, gone: map[int64]bool{}, shifts: map[int64]shiftData{}, settings: map[string]string{},
		delegations: map[int64]delegationData{}, signings: map[int64]signingData{},
	}
	err := eachEntry(r, agency, func(seq int64, kind, subject, raw string, amount int64) {
		if f.take(kind, subject, raw, amount) != nil {
			report(fmt.Sprintf("Mục %d (%s) của sổ không đọc được.", seq, kind))
		}
	})
	if err != nil {
		return err
	}
	if !f.founded {
		report("Sổ của cơ quan không có mục lập sổ.")
	}
	for _, step := range []func(store.Reader, int64, func(string)) error{
		f.checkDirectory, f.checkSigning, f.checkLogins, f.checkSessions, f.checkAbsences, f.checkCalendar, f.checkSettings,
	} {
		if err := step(r, agency, report); err != nil {
			return err
		}
	}
	return nil
}

// into reads the data of an entry.
func into[T any](raw string) (T, error) {
	var v T
	if raw == "" {
		return v, nil
	}
	err := json.Unmarshal([]byte(raw), &v)
	return v, err
}

// take folds one entry.
func (f *folded) take(kind, subject, raw string, amount int64) error {
	_, id, _ := journal.ParseRef(subject)
	switch kind {
	case AgencyFounded:
		d, err := into[foundedData](raw)
		f.founded, f.calendar, f.shipped = true, d.Calendar, amount
		return err
	case UnitOpened, UnitRenamed, UnitClosed:
		d, err := into[unitData](raw)
		f.units[id] = d
		return err
	case PersonEntered:
		f.people[id] = true
	case PostGiven:
		d, err := into[postData](raw)
		f.posts[d.Post], f.holder[d.Post] = d, id
		return err
	case PostEnded:
		d, err := into[postData](raw)
		held := f.posts[d.Post]
		held.To = d.To
		f.posts[d.Post] = held
		return err
	case FieldSet:
		d, err := into[fieldData](raw)
		f.fields[id] = d
		return err
	case SettingChanged:
		d, err := into[settingData](raw)
		f.settings[d.Key] = d.Value
		return err
	case DelegationGiven, DelegationEnded, SigningSet, SigningEnded:
		return f.takeSigning(kind, raw)
	}
	if err := f.takeAccount(kind, id, raw, amount); err != nil {
		return err
	}
	return f.takeCalendar(kind, raw)
}

func (f *folded) takeAccount(kind string, person int64, raw string, amount int64) error {
	switch kind {
	case LoginGiven, LoginReset, PasswordChanged:
		d, err := into[loginData](raw)
		f.passwords[person] = d.Mark
		return err
	case LoginDisabled, LoginEnabled:
		f.disabled[person] = kind == LoginDisabled
	case SecondFactorOn, SecondFactorOff:
		f.second[person], f.recovery[person] = kind == SecondFactorOn, amount
	case RecoveryGiven, RecoveryUsed:
		f.recovery[person] = amount
	case SignedIn, SignedOut:
		d, err := into[signInData](raw)
		f.sessions[d.Session] = kind == SignedOut
		return err
	case BehalfTaken, BehalfLaidDown:
		d, err := into[behalfData](raw)
		if f.behalf[d.Session] = d.For; kind == BehalfLaidDown {
			delete(f.behalf, d.Session)
		}
		return err
	case AbsenceDeclared, AbsenceEnded:
		d, err := into[absenceData](raw)
		if kind == AbsenceDeclared {
			f.absences[d.Absence] = d
		} else {
			f.back[d.Absence] = true
		}
		return err
	}
	return nil
}

func (f *folded) takeCalendar(kind, raw string) error {
	switch kind {
	case DayAdded, DayRemoved:
		d, err := into[dayData](raw)
		if kind == DayAdded {
			f.days[d.Row] = d
		} else {
			f.gone[d.Row] = true
		}
		return err
	case ShiftsSet:
		d, err := into[shiftData](raw)
		f.shifts[d.Row] = d
		return err
	}
	return nil
}

// left reports what the book founded and the table no longer holds.
func left[V any](of map[int64]V, seen map[int64]bool, report func(string), sentence string) {
	for _, id := range slices.Sorted(maps.Keys(of)) {
		if !seen[id] {
			report(fmt.Sprintf(sentence, id))
		}
	}
}

func (f *folded) checkDirectory(r store.Reader, agency int64, report func(string)) error {
	d, err := readDirectory(r, agency)
	if err != nil {
		return err
	}
	seen := map[int64]bool{}
	for _, u := range d.Units {
		seen[u.ID] = true
		if told, ok := f.units[u.ID]; !ok {
			report(fmt.Sprintf("Đơn vị %d (%s) không có mục lập đơn vị trong sổ.", u.ID, u.Name))
		} else if told != (unitData{u.Kind, u.From, u.To, u.Became}) {
			report(fmt.Sprintf("Đơn vị %d (%s) khác với sổ: thời gian hoạt động, loại hoặc đơn vị kế tục đã bị sửa.", u.ID, u.Name))
		}
	}
	left(f.units, seen, report, "Sổ ghi đã lập đơn vị %d nhưng không còn đơn vị này.")
	seen = map[int64]bool{}
	for _, p := range d.People {
		seen[p.ID] = true
		if !f.people[p.ID] {
			report(fmt.Sprintf("Người %d (%s) không có mục thêm người trong sổ.", p.ID, p.Name))
		}
	}
	left(f.people, seen, report, "Sổ ghi đã thêm người %d nhưng không còn người này.")
	f.checkPosts(d, report)
	seen = map[int64]bool{}
	for _, x := range d.Fields {
		seen[x.ID] = true
		if told, ok := f.fields[x.ID]; !ok {
			report(fmt.Sprintf("Lĩnh vực %d (%s) không có mục phân công trong sổ.", x.ID, x.Name))
		} else if told != (fieldData{x.Leader, x.Unit, x.From, x.To}) {
			report(fmt.Sprintf("Lĩnh vực %d (%s) khác với sổ: người hoặc đơn vị phụ trách đã bị sửa.", x.ID, x.Name))
		}
	}
	left(f.fields, seen, report, "Sổ ghi đã phân công lĩnh vực %d nhưng không còn lĩnh vực này.")
	return nil
}

func (f *folded) checkPosts(d *Directory, report func(string)) {
	d.index()
	seen := map[int64]bool{}
	for _, p := range d.Posts {
		seen[p.ID] = true
		told, ok := f.posts[p.ID]
		switch {
		case !ok:
			report(fmt.Sprintf("Vị trí %d của %s không có mục bố trí trong sổ.", p.ID, d.Person(p.Person).Name))
		case f.holder[p.ID] != p.Person || told != (postData{p.ID, p.Unit, joinRoles(p.Roles), p.From, p.To}):
			report(fmt.Sprintf("Vị trí %d của %s khác với sổ: người, đơn vị, nhiệm vụ hoặc thời gian giữ vị trí đã bị sửa.", p.ID, d.Person(p.Person).Name))
		}
	}
	left(f.posts, seen, report, "Sổ ghi đã bố trí vị trí %d nhưng không còn vị trí này.")
}

func (f *folded) checkLogins(r store.Reader, agency int64, report func(string)) error {
	all, err := loginsOf(r, agency)
	if err != nil {
		return err
	}
	seen := map[int64]bool{}
	for _, l := range all {
		seen[l.person] = true
		told, ok := f.passwords[l.person]
		switch {
		case !ok:
			report(fmt.Sprintf("Tài khoản “%s” không có mục cấp tài khoản trong sổ.", l.username))
		case told != mark(l.password):
			report(fmt.Sprintf("Mật khẩu của tài khoản “%s” đã bị thay ngoài sổ.", l.username))
		}
		if f.disabled[l.person] != l.disabled {
			report(fmt.Sprintf("Tài khoản “%s” khác với sổ: việc khóa hoặc mở khóa không được ghi.", l.username))
		}
		if f.second[l.person] != l.totpOn {
			report(fmt.Sprintf("Tài khoản “%s” khác với sổ: việc bật hoặc tắt xác thực hai bước không được ghi.", l.username))
		}
	}
	kept, err := recoveryKept(r, agency)
	if err != nil {
		return err
	}
	for _, l := range all {
		if f.recovery[l.person] != kept[l.person] {
			report(fmt.Sprintf("Tài khoản “%s” khác với sổ: số mã dự phòng còn lại là %d, sổ ghi %d.", l.username, kept[l.person], f.recovery[l.person]))
		}
	}
	left(f.passwords, seen, report, "Sổ ghi đã cấp tài khoản cho người %d nhưng không còn tài khoản này.")
	return nil
}

func (f *folded) checkSessions(r store.Reader, agency int64, report func(string)) error {
	seen := map[int64]bool{}
	err := eachSession(r, agency, func(id, behalf int64, ended bool) {
		seen[id] = true
		told, ok := f.sessions[id]
		switch {
		case !ok:
			report(fmt.Sprintf("Phiên đăng nhập %d không có mục đăng nhập trong sổ.", id))
		case told != ended || f.behalf[id] != behalf:
			report(fmt.Sprintf("Phiên đăng nhập %d khác với sổ: đã bị kết thúc, mở lại hoặc đổi người làm thay ngoài sổ.", id))
		}
	})
	if err == nil {
		left(f.sessions, seen, report, "Sổ ghi phiên đăng nhập %d nhưng không còn phiên này.")
	}
	return err
}

func (f *folded) checkAbsences(r store.Reader, agency int64, report func(string)) error {
	all, err := absencesSince(r, agency, 0)
	if err != nil {
		return err
	}
	seen := map[int64]bool{}
	for _, x := range all {
		seen[x.ID] = true
		told, ok := f.absences[x.ID]
		switch {
		case !ok:
			report(fmt.Sprintf("Lần vắng mặt %d không có mục khai báo trong sổ.", x.ID))
		case told != (absenceData{x.ID, x.StandIn, x.From, x.To}) || f.back[x.ID] != !x.EndedAt.IsZero():
			report(fmt.Sprintf("Lần vắng mặt %d khác với sổ: thời gian hoặc người làm thay đã bị sửa.", x.ID))
		}
	}
	left(f.absences, seen, report, "Sổ ghi lần vắng mặt %d nhưng không còn.")
	return nil
}

func (f *folded) checkCalendar(r store.Reader, agency int64, report func(string)) error {
	all, err := daysBetween(r, agency, 0, civil.MaxDate)
	if err != nil {
		return err
	}
	var shipped []civil.Row
	seen := map[int64]bool{}
	for _, x := range all {
		seen[x.ID] = true
		told, ok := f.days[x.ID]
		switch {
		case !ok && x.SetBy == 0:
			shipped = append(shipped, x.Row)
		case !ok:
			report(fmt.Sprintf("Dòng lịch ngày %s (%s) không có mục thêm ngày trong sổ.", x.Date.VN(), x.Name))
		case told.Mark != fingerprint([]civil.Row{x.Row}):
			report(fmt.Sprintf("Dòng lịch ngày %s (%s) khác với sổ: nội dung đã bị sửa.", x.Date.VN(), x.Name))
		}
		if f.gone[x.ID] != !x.RemovedAt.IsZero() {
			report(fmt.Sprintf("Dòng lịch ngày %s (%s) khác với sổ: việc bỏ ngày không được ghi.", x.Date.VN(), x.Name))
		}
	}
	if int64(len(shipped)) != f.shipped || fingerprint(shipped) != f.calendar {
		report("Lịch nghỉ kèm theo chương trình đã bị sửa so với khi lập sổ.")
	}
	left(f.days, seen, report, "Sổ ghi đã thêm dòng lịch %d nhưng không còn dòng này.")
	hours, err := shiftsOf(r, agency)
	if err != nil {
		return err
	}
	seen = map[int64]bool{}
	for _, h := range hours {
		seen[h.Row] = true
		if told, ok := f.shifts[h.Row]; !ok || told != h {
			report(fmt.Sprintf("Giờ làm việc từ ngày %s khác với sổ.", h.From.VN()))
		}
	}
	left(f.shifts, seen, report, "Sổ ghi đã đặt giờ làm việc %d nhưng không còn.")
	return nil
}

func (f *folded) checkSettings(r store.Reader, agency int64, report func(string)) error {
	all, err := settingHistory(r, agency)
	if err != nil {
		return err
	}
	now := map[string]string{}
	for _, v := range all { // the latest first
		if _, ok := now[v.Key]; !ok {
			now[v.Key] = v.Value
		}
	}
	for _, s := range Settings {
		if now[s.Key] != f.settings[s.Key] {
			report(fmt.Sprintf("Thiết lập “%s” khác với sổ.", s.Name))
		}
	}
	return nil
}
