// SPDX-License-Identifier: Apache-2.0

package web

import (
	"slices"

	"soviec/door/web/view"
	"soviec/office/org"
)

// help is the page of a role, or the first page with all roles.
func help(v *visit) error {
	p := view.Help{Frame: v.frame(view.PlaceHelp, "Trợ giúp"), Role: view.Role(v.PathValue("role")), Mine: v.helpRole()}
	if p.Role != "" && !slices.ContainsFunc(p.Roles(), func(r view.HelpRole) bool { return r.Role == p.Role }) {
		return errNoPage
	}
	return v.show(p)
}

// helpRole is the page that speaks of the visitor's own work.
func (v *visit) helpRole() view.Role {
	switch x := v.rights; {
	case x.Leader():
		return view.RoleLeader
	case x.Is(org.Clerk, org.DeputyClerk):
		return view.RoleClerk
	case len(x.Heads) > 0:
		return view.RoleHead
	case x.Is(org.SysAdmin) && !x.Is(org.Officer):
		return view.RoleAdmin
	}
	return view.RoleStaff
}
