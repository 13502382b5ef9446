// SPDX-License-Identifier: Apache-2.0

package web

import (
	"slices"

	"soviec/door/web/view"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
	"soviec/office/task"
)

// causes is the agency's list of why work waits or is stuck.
func causes(v *visit) error {
	if err := v.must(org.SeeSystem); err != nil {
		return err
	}
	p, err := v.causesPage()
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) causesPage() (view.Causes, error) {
	p := view.Causes{Frame: v.frame(view.PlaceAdmin, "Nguyên nhân chờ, vướng mắc"), MayEdit: v.may(org.ManageSettings, org.Target{})}
	all, err := task.Causes(v.read(), v.agency())
	for _, c := range all {
		row := view.CauseRow{Code: c.Code, Name: c.Name, Pauses: c.Pauses, Gone: c.Gone, Fixed: task.CauseNeeded(c.Code)}
		row.Form.Values = map[string][]string{"name": {c.Name}}
		if c.Pauses {
			row.Form.Values["pauses"] = []string{"on"}
		}
		if c.Gone {
			row.Form.Values["gone"] = []string{"on"}
		}
		p.Rows = append(p.Rows, row)
	}
	return p, err
}

func setCause(v *visit) error {
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	c := task.Cause{Code: v.field("code"), Name: v.field("name"), Pauses: v.field("pauses") == "on", Gone: v.field("gone") == "on"}
	fresh := v.field("new") == "on"
	err := v.act(func(a *journal.Act) error {
		if fresh {
			return task.AddCause(a, c)
		}
		return task.SetCause(a, c)
	})
	if err == nil {
		return v.done("/quan-tri/nguyen-nhan", "Đã lưu nguyên nhân “"+c.Name+"”.")
	}
	if !wrong(err) {
		return err
	}
	p, perr := v.causesPage()
	if perr != nil {
		return perr
	}
	if i := slices.IndexFunc(p.Rows, func(r view.CauseRow) bool { return r.Code == c.Code }); i >= 0 && !fresh {
		p.Rows[i].Form = v.form(err)
	} else {
		p.Form = v.form(err)
	}
	return v.again(p, err)
}
