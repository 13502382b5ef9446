// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/series"
)

// seriesPage is how what goes out is numbered, for whoever decides it.
func seriesPage(v *visit) error { return v.seriesAgain("", nil) }

func (v *visit) seriesAgain(act string, refused error) error {
	set, insert := v.may(org.ManageSettings, org.Target{}), v.may(org.InsertNumber, org.Target{})
	if !set && !insert && !v.may(org.SeeSystem, org.Target{}) {
		return errNoPage
	}
	year := v.today.Year()
	rule, err := series.RuleOf(v.read(), v.agency(), year)
	if err != nil {
		return err
	}
	p := view.SeriesSettings{Frame: v.frame(view.PlaceAdmin, "Đánh số văn bản đi"), MaySet: set, Now: v.ruleWords(rule, year)}
	types, err := document.Types(v.read(), v.agency())
	if err != nil {
		return err
	}
	p.Types = outTypes(types)
	for _, m := range series.Modes {
		p.Modes = append(p.Modes, view.Option{Value: string(m.Mode), Label: m.Name})
	}
	for _, y := range []int{year, year + 1} {
		p.Years = append(p.Years, view.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	p.Mode.Values = map[string][]string{"year": {strconv.Itoa(year + 1)}, "mode": {string(rule.Mode)}, "apart": rule.Apart}
	councils, err := series.Bodies(v.read(), v.agency())
	if err != nil {
		return err
	}
	for _, c := range councils {
		row := view.SeriesCouncil{ID: idText(c.ID), Name: c.Name, Abbr: c.Abbr, From: c.From.VN(), To: c.To.VN()}
		if set && c.To.IsZero() {
			form := view.Form{}
			if act == "thoi-hoi-dong" && refused != nil && v.field("council") == row.ID {
				form = v.form(refused)
			}
			row.End = &form
		}
		p.Councils = append(p.Councils, row)
	}
	p.Units = []view.Option{{Value: "0", Label: v.dir.Agency.Name + " (cả cơ quan)"}}
	for _, u := range v.dir.UnitsOn(v.today) {
		p.Units = append(p.Units, view.Option{Value: idText(u.ID), Label: u.Name, Note: u.Short})
	}
	abbrs, err := series.Abbrs(v.read(), v.agency())
	if err != nil {
		return err
	}
	for _, a := range abbrs {
		name := v.dir.Agency.Name
		if a.Unit != 0 {
			name = v.dir.Unit(a.Unit).Name
		}
		note := a.Basis
		if a.Afresh {
			note += "; đánh số lại từ 01"
		}
		p.Abbrs = append(p.Abbrs, view.Noted{Label: name + ": " + a.Text + " từ " + a.From.VN(), Note: note})
	}
	if p.Report, p.Books, err = v.seriesReport(year); err != nil {
		return err
	}
	if insert && len(p.Books) > 0 {
		p.Insert = &view.Form{}
	}
	if refused == nil {
		return v.show(p)
	}
	form := v.form(refused)
	switch act {
	case "cach":
		p.Mode = form
	case "bat-dau":
		p.Begin = form
	case "hoi-dong":
		p.Council = form
	case "viet-tat":
		p.Abbr = form
	case "chen":
		p.Insert = &form
	}
	return v.again(p, refused)
}

func (v *visit) ruleWords(x series.Rule, year int) string {
	s := fmt.Sprintf("Năm %d: ", year)
	switch x.Mode {
	case series.Common:
		s += "mọi loại văn bản đánh chung một dãy số"
	case series.Separate:
		s += "mỗi loại văn bản một dãy số riêng"
	default:
		s += "riêng " + strings.Join(x.Apart, ", ") + "; các loại còn lại đánh số chung"
	}
	if x.SetBy == 0 {
		return s + " (mặc định của phần mềm, cơ quan chưa quyết định)."
	}
	return s + ", do " + v.dir.Person(x.SetBy).Polite() + " đặt."
}

// seriesAct does one change of how things are numbered.
func seriesAct(v *visit) error {
	act := v.PathValue("act")
	said, err := v.seriesDo(act)
	if err != nil {
		if wrong(err) {
			return v.seriesAgain(act, err)
		}
		return err
	}
	return v.done("/quan-tri/danh-so", said)
}

func (v *visit) seriesDo(act string) (string, error) {
	if err := v.ParseForm(); err != nil {
		return "", err
	}
	switch act {
	case "cach":
		year, _ := strconv.Atoi(v.field("year"))
		return fmt.Sprintf("Đã đặt cách đánh số cho năm %d.", year),
			v.act(func(a *journal.Act) error {
				return series.SetMode(a, year, series.Mode(v.field("mode")), v.PostForm["apart"])
			})
	case "bat-dau":
		types, err := document.Types(v.read(), v.agency())
		if err != nil {
			return "", err
		}
		i := slices.IndexFunc(types, func(t document.Type) bool { return t.Code == v.field("type") })
		if i < 0 {
			return "", fault.Invalid("type", "Chưa chọn loại văn bản.")
		}
		day, err := v.date("day")
		if err != nil {
			return "", err
		}
		start, _ := number64(v.field("start"))
		q := series.Ask{Direction: series.Out, Kind: series.Kind{Code: types[i].Code, Abbr: types[i].Abbr}}
		return "Dãy số bắt đầu từ " + series.Text(start) + ".", v.act(func(a *journal.Act) error { return series.Begin(a, q, start, day, v.field("note"), "") })
	case "hoi-dong":
		return "Đã đặt dãy số riêng.", v.act(func(a *journal.Act) error {
			_, err := series.OpenBody(a, series.Council{Name: v.field("name"), Abbr: v.field("abbr"), Basis: v.field("basis")})
			return err
		})
	case "thoi-hoi-dong":
		id, _ := number64(v.field("council"))
		to, err := v.date("to")
		if err != nil {
			return "", err
		}
		return "Đã ghi hội đồng kết thúc; các số đã cấp giữ nguyên.", v.act(func(a *journal.Act) error { return series.EndBody(a, id, to) })
	case "viet-tat":
		from, err := v.date("from")
		if err != nil {
			return "", err
		}
		unit, _ := number64(v.field("unit"))
		return "Đã đổi chữ viết tắt từ ngày " + from.VN() + "; ký hiệu đã cấp giữ nguyên.", v.act(func(a *journal.Act) error {
			return series.SetAbbr(a, unit, v.field("abbr"), from, v.field("afresh") != "", v.field("basis"))
		})
	case "chen":
		book, _ := number64(v.field("book"))
		n, _ := number64(v.field("number"))
		day, err := v.date("day")
		if err != nil {
			return "", err
		}
		base, err := series.BaseOf(v.read(), book, n)
		if err != nil {
			return "", fault.Invalid("number", "Sổ không có số này.")
		}
		var s series.Slot
		err = v.act(func(a *journal.Act) (err error) {
			s, err = series.Insert(a, base.ID, v.field("suffix"), day, v.text("reason"))
			return err
		})
		return "Đã cho phép chèn số " + s.Text() + "; văn thư dùng trong sổ chờ phát hành.", err
	}
	return "", errNoPage
}
