// SPDX-License-Identifier: Apache-2.0

package org

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// bare is a text without marks and case, as headings and duties are compared.
func bare(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(line(s))) {
		switch {
		case r == 'đ':
			b.WriteByte('d')
		case !unicode.Is(unicode.Mn, r) && r != '*':
			b.WriteRune(r)
		}
	}
	return strings.TrimSpace(b.String())
}

func addressOf(typed, name string) string {
	switch bare(typed) {
	case "ong", "nam":
		return "ông"
	case "ba", "nu", "co":
		return "bà"
	case "":
		if strings.Contains(" "+bare(name)+" ", " thi ") {
			return "bà"
		}
	}
	return typed
}

func rolesOf(typed string) (roles []Role, unknown string) {
	for _, word := range strings.FieldsFunc(typed, func(r rune) bool { return r == ';' || r == ',' || r == '\n' }) {
		key, found := bare(word), Role("")
		for _, known := range Roles {
			if key == bare(known.Name) || key == string(known.Role) {
				found = known.Role
			}
		}
		switch {
		case key == "":
			continue
		case found == "" && key == "van thu":
			found = Clerk
		case found == "" && key == "quan tri":
			found = SysAdmin
		case found == "":
			return nil, line(word)
		}
		if !slices.Contains(roles, found) {
			roles = append(roles, found)
		}
	}
	return roles, ""
}

// GuessKind is the kind of a unit by its name.
func GuessKind(name string) string {
	switch key := bare(name); {
	case strings.HasPrefix(key, "lanh dao"), strings.HasPrefix(key, "ban giam doc"), strings.HasPrefix(key, "thuong truc"):
		return "leaders"
	case strings.HasPrefix(key, "van phong"):
		return "office"
	}
	return "division"
}

// GuessRoles are the roles that a title in a unit of a kind usually carries.
func GuessRoles(kind, title string) []Role {
	key := bare(title)
	deputy := strings.HasPrefix(key, "pho ")
	switch {
	case kind == "leaders" && deputy:
		return []Role{Deputy}
	case kind == "leaders":
		return []Role{Head}
	case strings.Contains(key, "pho chanh van phong"):
		return []Role{OfficeDeputy, UnitDeputy}
	case strings.Contains(key, "chanh van phong"):
		return []Role{OfficeChief, UnitHead}
	case deputy:
		return []Role{UnitDeputy, Officer}
	case strings.HasPrefix(key, "truong "), strings.HasPrefix(key, "chanh "):
		return []Role{UnitHead}
	case strings.Contains(key, "van thu"):
		return []Role{Clerk, Officer}
	case strings.Contains(key, "luu tru"):
		return []Role{Archivist, Officer}
	case strings.Contains(key, "quan tri"):
		return []Role{SysAdmin}
	}
	return []Role{Officer}
}

func initials(name string) string {
	var b strings.Builder
	for _, w := range strings.Fields(name) {
		if r := []rune(w)[0]; unicode.IsLetter(r) && bare(w) != "phong" && bare(w) != "va" {
			b.WriteRune(unicode.ToUpper(r))
		}
	}
	if b.Len() == 0 {
		return strings.ToUpper(name)
	}
	return b.String()
}

// ProposeUsername makes a username of a name as offices do: the given name and the
// initials before it ("Đàm Quốc Thắng" is "thangdq"), with a number if that is taken.
func ProposeUsername(name string, taken func(string) bool) string {
	words := strings.FieldsFunc(bare(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	if len(words) == 0 {
		return ""
	}
	given := words[len(words)-1]
	for _, w := range words[:len(words)-1] {
		given += w[:1]
	}
	given = given[:min(len(given), 30)]
	proposal := given
	for n := 2; taken(proposal) || checkUsername(proposal) != nil; n++ {
		proposal = given + strconv.Itoa(n)
	}
	return proposal
}
