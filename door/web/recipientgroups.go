// SPDX-License-Identifier: Apache-2.0

package web

import (
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/draft"
	"soviec/office/org"
	"soviec/office/outgoing"
)

// recipientGroups are the agency's groups of recipients.
func recipientGroups(v *visit) error {
	if !v.outReach().All {
		return errNoPage
	}
	all, err := outgoing.Groups(v.read(), v.agency())
	if err != nil {
		return err
	}
	p := view.RecipientGroups{Frame: v.frame(view.PlaceOutgoing, "Nhóm nơi nhận"), Back: &view.Crumb{Label: "Văn bản đi", Href: "/van-ban-di"}, MayIn: v.may(org.KeepGroups, org.Target{})}
	for _, g := range all {
		p.Rows = append(p.Rows, view.GroupRow{Href: "/nhom-noi-nhan/" + idText(g.ID), Name: g.Name, Count: strconv.Itoa(g.Members) + " nơi"})
	}
	return v.show(p)
}

func (v *visit) groupPage() (view.RecipientGroup, error) {
	p := view.RecipientGroup{Frame: v.frame(view.PlaceOutgoing, "Nhóm nơi nhận"), Back: &view.Crumb{Label: "Nhóm nơi nhận", Href: "/nhom-noi-nhan"}, Path: "/nhom-noi-nhan/" + v.PathValue("id"), New: v.PathValue("id") == "moi"}
	if !v.may(org.KeepGroups, org.Target{}) {
		return p, errNoPage
	}
	var ways []string
	for _, c := range draft.Channels {
		if c.Code != "internal" {
			ways = append(ways, strings.ToLower(c.Name))
		}
	}
	p.Ways = strings.Join(ways, ", ")
	units := view.Group{Label: v.dir.Agency.Name}
	for _, u := range v.dir.UnitsOn(v.today) {
		units.Options = append(units.Options, view.Option{Value: idText(u.ID), Label: u.Name})
	}
	p.Units = []view.Group{units}
	return p, nil
}

func recipientGroup(v *visit) error {
	p, err := v.groupPage()
	if err != nil {
		return err
	}
	if p.New {
		return v.show(p)
	}
	id, err := v.id("id")
	if err != nil {
		return err
	}
	g, err := outgoing.GroupOf(v.read(), v.agency(), id)
	if err != nil {
		return err
	}
	if g.Closed {
		return errNoPage
	}
	values := map[string][]string{"name": {g.Name}, "version": {strconv.FormatInt(g.Version, 10)}}
	var lines []string
	for _, m := range g.Members {
		if m.Kind == "unit" {
			values["units"] = append(values["units"], idText(m.Ref))
			continue
		}
		line := m.Name + " | " + strings.ToLower(nameOf(m.Channel, draft.Channels))
		if m.Address != "" || m.Copies > 0 {
			line += " | " + m.Address
		}
		if m.Copies > 0 {
			line += " | " + strconv.Itoa(m.Copies)
		}
		lines = append(lines, line)
	}
	values["members"] = []string{strings.Join(lines, "\n")}
	p.Form.Values = values
	return v.show(p)
}

// membersTyped reads one member a line: name, way, address, copies, divided by a bar or a tab.
func (v *visit) membersTyped() (all []outgoing.Member, lines []int, err error) {
	var errs []error
	for i, line := range strings.Split(v.text("members"), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		cells := strings.Split(strings.ReplaceAll(line, "\t", "|"), "|")
		for j := range cells {
			cells[j] = strings.TrimSpace(cells[j])
		}
		cells = append(cells, "", "", "")
		m := outgoing.Member{Kind: "org", Name: cells[0], Channel: "post", Address: cells[2]}
		if cells[1] != "" {
			m.Channel = ""
			for _, c := range draft.Channels {
				if strings.EqualFold(c.Name, cells[1]) {
					m.Channel = c.Code
				}
			}
		}
		wrong := func(text string) {
			errs = append(errs, fault.Invalid("members", "Dòng "+strconv.Itoa(i+1)+": "+text))
		}
		if m.Channel == "" {
			wrong("không có cách gửi “" + cells[1] + "”.")
		}
		if cells[3] != "" {
			if m.Copies, err = strconv.Atoi(cells[3]); err != nil {
				wrong("số bản phải là số.")
			}
		}
		all, lines = append(all, m), append(lines, i+1)
	}
	return all, lines, fault.Join(errs...)
}

func saveRecipientGroup(v *visit) error {
	p, err := v.groupPage()
	if err != nil {
		return err
	}
	g := outgoing.Group{Name: v.field("name")}
	if !p.New {
		if g.ID, err = v.id("id"); err != nil {
			return err
		}
	}
	g.Version, _ = number64(v.field("version"))
	members, lines, err := v.membersTyped()
	for _, u := range v.PostForm["units"] {
		if id, _ := number64(u); id != 0 {
			members = append(members, outgoing.Member{Kind: "unit", Ref: id, Channel: "internal"})
		}
	}
	g.Members = members
	if err == nil {
		err = v.act(func(a *journal.Act) (err error) { g, err = outgoing.SetGroup(a, g); return err })
	}
	if err == nil {
		return v.done("/nhom-noi-nhan", "Đã lưu nhóm “"+g.Name+"” với "+strconv.Itoa(len(g.Members))+" nơi nhận.")
	}
	if !wrong(err) {
		return err
	}
	p.Form = v.form(err)
	for i, e := range p.Form.Errors { // what is wrong with a member is told with its line
		n, convErr := strconv.Atoi(strings.TrimPrefix(e.Field, "member-"))
		if convErr == nil && n >= 1 && n <= len(lines) {
			p.Form.Errors[i] = view.FieldError{Field: "members", Text: "Dòng " + strconv.Itoa(lines[n-1]) + ": " + e.Text}
		}
	}
	return v.again(p, err)
}

func closeRecipientGroup(v *visit) error {
	id, err := v.id("id")
	if err != nil {
		return err
	}
	version, _ := number64(v.field("version"))
	if err := v.act(func(a *journal.Act) error { return outgoing.CloseGroup(a, id, version) }); err != nil {
		return err
	}
	return v.done("/nhom-noi-nhan", "Đã thôi dùng nhóm nơi nhận.")
}
