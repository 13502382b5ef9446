// SPDX-License-Identifier: Apache-2.0

package seed

import (
	"strings"

	"soviec/kit/civil"
)

// districtsOf are the issuers that govern districts on the day, communes after there are none.
func districtsOn(day civil.Date) []*Issuer {
	group := "hu"
	if day.Year() >= 2025 {
		group = "xa"
	}
	var all []*Issuer
	dir := directory()
	for k := range dir {
		if dir[k].Group == group && dir[k].On(day) {
			all = append(all, &dir[k])
		}
	}
	return all
}

func districtsWord(day civil.Date) string {
	if day.Year() >= 2025 {
		return "Ủy ban nhân dân các xã, phường"
	}
	return "Ủy ban nhân dân các huyện, thành phố"
}

// departmentsFor are those with which the field has to do.
var departmentsFor = map[string][]string{
	"cs": {"sld", "bhxh", "stc"}, "uy": {"stc", "ca"}, "tt": {"stp", "stt"}, "vh": {"sgd", "syt", "svh"}, "ct": {"skh", "stc", "snn"},
	"dc": {"snn", "stn"}, "kh": {"stc", "skh"}, "th": {"ttt"}, "tc": {"snv"}, "hc": {"snv"}, "cn": {"stt"}, "dg": {"ld"}, "qp": {"qs", "ca"},
}

// addresseesOf is the block after "Kính gửi" of a document for such recipients.
func addresseesOf(d *dice, to string, day civil.Date, said map[string]string, who string) []string {
	switch to {
	case "tinh":
		return []string{"Ủy ban nhân dân tỉnh Cao Bằng"}
	case "ubdt":
		if day.Year() >= 2025 {
			return []string{"Bộ Dân tộc và Tôn giáo"}
		}
		return []string{"Ủy ban Dân tộc"}
	case "so":
		var on []string
		for _, key := range departmentsFor[said["lĩnhvực_vb"]] {
			if i := issuerNamed(key); i.On(day) {
				on = append(on, i.Name)
			}
		}
		if len(on) == 0 {
			on = []string{"Sở Nội vụ"}
		}
		return []string{pick(d, on)}
	case "cacso":
		return []string{"Các sở, ban, ngành tỉnh", districtsWord(day)}
	case "huyen":
		return []string{districtsWord(day)}
	case "huyen1":
		if p := said["địa"]; p != "" {
			return []string{"Ủy ban nhân dân " + p}
		}
		return []string{districtsWord(day)}
	case "phong":
		return []string{"Văn phòng", "Các phòng chuyên môn", "Thanh tra"}
	case "nguoi":
		return []string{upperFirst(addressOf(who))}
	case "donvi":
		return []string{pick(d, []string{"Bưu điện tỉnh Cao Bằng", "Công ty TNHH Thiết bị văn phòng Bằng Giang", "Viễn thông quân đội, chi nhánh Cao Bằng"})}
	case "hdnd":
		return []string{"Ban Dân tộc Hội đồng nhân dân tỉnh"}
	case "dang":
		if day.Year() >= 2025 {
			return []string{"Ban Tuyên giáo và Dân vận Tỉnh ủy"}
		}
		return []string{"Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh"}
	}
	return nil
}

// addressed are the types that show "Kính gửi".
const addressed = " CV BC TTr GM PC "

// recipientsOf is who gets the document, in the order of the print: who has to act, who is
// to know, who keeps it.
func recipientsOf(d *dice, p *Departure, to string, day civil.Date) []Recipient {
	var all []Recipient
	add := func(kind, name, key, purpose, channel string) {
		all = append(all, Recipient{kind, name, key, purpose, channel})
	}
	outside := func(name string) {
		channel := "axis"
		for _, word := range []string{"Công dân", "Công ty", "Báo ", "Viễn thông", "Bưu điện"} {
			if strings.HasPrefix(name, word) {
				channel = "post"
			}
		}
		add("org", name, "", "act", channel)
	}
	switch to {
	case "phong":
		for _, u := range allUnits() {
			if u.Kind != "leaders" && u.From <= day && (u.To.IsZero() || day <= u.To) {
				add("unit", u.Name, u.Key, "act", "internal")
			}
		}
	case "nguoi":
		u := unitNamed(successor(p.Unit, day))
		add("unit", u.Name, u.Key, "act", "internal")
		add("unit", unitNamed("vp").Name, "vp", "check", "internal")
	case "huyen", "cacso":
		if to == "cacso" {
			for _, key := range []string{"snv", "stc", "sgd", "syt"} {
				outside(issuerNamed(key).Name)
			}
		}
		for k, i := range districtsOn(day) {
			if day.Year() < 2025 || k%2 == 0 {
				outside(i.Name)
			}
		}
	default:
		for _, name := range p.Addressees {
			outside(name)
		}
	}
	if p.Type == "TTr" || p.Type == "BC" && to == "tinh" {
		add("org", "Văn phòng Ủy ban nhân dân tỉnh", "", "know", "axis")
	}
	if p.Signer != "thang" {
		add("person", "Trưởng ban (để báo cáo)", "thang", "report", "internal")
	}
	if d.chance(30) && p.Signer != "hoa" && p.Signer != "quy" {
		other := fieldNamed(p.Field).Leader
		if other == "thang" {
			other = "hoa"
		}
		add("person", "Phó Trưởng ban "+memberOf(other).name, other, "know", "internal")
	}
	return all
}

// addressOf is how a text names a person: "ông Lý Thanh Hải".
func addressOf(person string) string {
	m := memberOf(person)
	if m.woman {
		return "bà " + m.name
	}
	return "ông " + m.name
}

func titleOn(person string, day civil.Date) string {
	m := memberOf(person)
	if m.then != "" && day >= mergeDay && m.thenTitle != "" {
		return m.thenTitle
	}
	return m.title
}
