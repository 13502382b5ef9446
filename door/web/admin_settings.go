// SPDX-License-Identifier: Apache-2.0

package web

import (
	"strings"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
)

const settingsShown = 30

// settingsPage is what the agency may decide for itself.
func settingsPage(v *visit) error {
	p, err := v.settingsNow()
	if err != nil {
		return err
	}
	return v.show(p)
}

// settingsNow is the page with what is set now.
func (v *visit) settingsNow() (view.AgencySettings, error) {
	p, err := v.settings()
	if err != nil {
		return p, err
	}
	a := v.dir.Agency
	p.Form.Values = map[string][]string{"name": {a.Name}, "short": {a.Short}, "code": {a.Code}, "superior": {a.Superior}, "place": {a.Place}}
	for _, s := range org.Settings {
		value := []string{v.dir.Value(s.Key)}
		if s.Kind == org.RoleList {
			value = v.dir.Words(s.Key)
		}
		p.Form.Values[s.Key] = value
	}
	return p, nil
}

func (v *visit) settings() (view.AgencySettings, error) {
	if err := v.must(org.ManageSettings); err != nil {
		return view.AgencySettings{}, err
	}
	p := view.AgencySettings{Frame: v.frame(view.PlaceAdmin, "Cài đặt của cơ quan")}
	for _, s := range org.Settings {
		if n := len(p.Groups); n == 0 || p.Groups[n-1].Label != s.Group {
			p.Groups = append(p.Groups, view.SettingGroup{Label: s.Group})
		}
		g := &p.Groups[len(p.Groups)-1]
		g.Settings = append(g.Settings, settingField(s))
	}
	p.Areas = v.areas()
	var err error
	if p.Books, err = v.books(); err != nil {
		return p, err
	}
	was, err := org.SettingHistory(v.read(), v.agency())
	if err != nil {
		return p, err
	}
	for i, h := range was {
		if i == settingsShown {
			break
		}
		s, _ := org.SettingNamed(h.Key)
		who := "Chương trình"
		if h.SetBy != 0 {
			who = capital(v.dir.Person(h.SetBy).Polite())
		}
		p.Timeline.Events = append(p.Timeline.Events, view.Event{At: momentWords(h.SetAt), Who: who, Words: "đặt “" + s.Name + "”", Change: settingWords(s, h.Value)})
	}
	return p, nil
}

func settingField(s org.Setting) view.SettingField {
	f := view.SettingField{Key: s.Key, Name: s.Name, Help: s.Help, Mode: "text"}
	if s.Unit != "" {
		f.Name += " (" + s.Unit + ")"
	}
	switch s.Kind {
	case org.OnOff:
		f.Mode = "tick"
	case org.Number:
		f.Mode = "numeric"
	case org.RoleList:
		f.Mode = "ticks"
		f.Options = roleOptions()
	}
	return f
}

func roleOptions() []view.Option {
	var out []view.Option
	for _, r := range org.Roles {
		out = append(out, view.Option{Value: string(r.Role), Label: r.Name})
	}
	return out
}

// settingWords is a value as people read it.
func settingWords(s org.Setting, value string) string {
	switch s.Kind {
	case org.OnOff:
		return map[string]string{"on": "bật", "off": "tắt"}[value]
	case org.RoleList:
		var out []string
		for _, r := range strings.Split(value, ",") {
			if name := org.Role(r).Name(); name != "" {
				out = append(out, name)
			}
		}
		if len(out) == 0 {
			return "không vị trí nào"
		}
		return strings.Join(out, ", ")
	}
	if s.Unit != "" {
		return value + " " + s.Unit
	}
	return value
}

// saveSettings changes what differs, all in one act.
func saveSettings(v *visit) error {
	if err := v.must(org.ManageSettings); err != nil {
		return err
	}
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	was := v.dir.Agency
	to := org.Agency{Name: v.field("name"), Short: v.field("short"), Code: v.field("code"), Superior: v.field("superior"), Place: v.field("place")}
	err := v.act(func(a *journal.Act) error {
		var errs []error
		if to.Name != was.Name || to.Short != was.Short || to.Code != was.Code || to.Superior != was.Superior || to.Place != was.Place {
			errs = append(errs, org.ChangeAgency(a, to))
		}
		for _, s := range org.Settings {
			errs = append(errs, org.ChangeSetting(a, s.Key, v.settingTyped(s)))
		}
		return fault.Join(errs...)
	})
	if err == nil {
		return v.done("/quan-tri/co-quan", "Đã lưu cài đặt.")
	}
	if !wrong(err) {
		return err
	}
	p, perr := v.settings()
	if perr != nil {
		return perr
	}
	p.Form = v.form(err)
	return v.again(p, err)
}

func (v *visit) settingTyped(s org.Setting) string {
	switch s.Kind {
	case org.OnOff:
		if v.PostFormValue(s.Key) == "on" {
			return "on"
		}
		return "off"
	case org.RoleList:
		return strings.Join(v.PostForm[s.Key], ",")
	case org.MonthDay:
		if day, err := civil.ParseHuman(v.field(s.Key), v.today, v.dir.Calendar); err == nil {
			return day.VN()[:5]
		}
	}
	return v.field(s.Key)
}
