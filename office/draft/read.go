// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/store"
	"soviec/office/org"
)

// A Reach is which drafts a person may read: all of the agency, or those that concern one
// of the units headed or the person. Every list, page, file and search asks it.
type Reach struct {
	All bool
	Who []string // "p:7", "u:3"; also the tags of search
}

// TagAll is carried by whatever those may find who read all of the agency.
const TagAll = "a"

func personTag(id int64) string { return "p:" + strconv.FormatInt(id, 10) }
func unitTag(id int64) string   { return "u:" + strconv.FormatInt(id, 10) }

// ReachOf is the reach that rights give (documents.md §3.2: A, U, O).
func ReachOf(x org.Rights) Reach {
	if x.May(org.ReadAll, org.Target{}) {
		return Reach{All: true, Who: []string{TagAll}}
	}
	reach := Reach{Who: []string{personTag(x.Person)}}
	for _, u := range x.Heads {
		reach.Who = append(reach.Who, unitTag(u))
	}
	return reach
}

// Read finds one draft that the reach allows. Whoever may not read it does not learn that
// it is there.
func Read(r store.Reader, agency int64, reach Reach, id int64) (Paper, error) {
	p, err := get(r, agency, id)
	if err != nil || reach.All {
		return p, err
	}
	ok, err := mayRead(r, id, reach.Who)
	if err == nil && !ok {
		return Paper{}, errNoDraft
	}
	return p, err
}

// tidy is one line of composed text without space at its ends.
func tidy(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }
