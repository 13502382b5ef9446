// SPDX-License-Identifier: Apache-2.0

package archive

import (
	"errors"
	"slices"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/document"
	"soviec/office/org"
)

// A Reach is which dossiers a person may read: all; those kept, of units headed, or
// granted; and for the archivist those that are in the archive or on their way there.
type Reach struct {
	All     bool
	Archive bool
	Person  int64
	Heads   []int64
	Units   []int64
}

// ReachOf is the reach that rights give.
func ReachOf(x org.Rights) Reach {
	return Reach{All: x.May(org.ReadAll, org.Target{}), Archive: x.May(org.ReadArchive, org.Target{}), Person: x.Person, Heads: x.Heads, Units: x.Units}
}

// Tags are those under which search finds what the reach allows.
func (x Reach) Tags() []string {
	if x.All {
		return []string{document.TagAll}
	}
	tags := x.who()
	for _, u := range x.Heads {
		tags = append(tags, unitTag(u))
	}
	if x.Archive {
		tags = append(tags, TagArchive)
	}
	return tags
}

// who are the entries of a permission list that mean this person. A grant to a unit is for
// all who work there; in search, where a unit's tag stands for its head, the members find
// such a dossier by a tag of its own.
func (x Reach) who() []string {
	out := []string{personTag(x.Person)}
	for _, u := range x.Units {
		out = append(out, memberTag(u))
	}
	return out
}

// Get finds a dossier that the reach allows.
func Get(r store.Reader, agency int64, reach Reach, id int64) (Dossier, error) {
	d, err := readDossier(r, agency, id, "")
	if errors.Is(err, store.ErrNone) {
		return d, errNone
	}
	if err != nil {
		return d, fault.Internal(err)
	}
	may, err := reach.allows(r, d)
	if err == nil && !may {
		return Dossier{}, errNone // whoever may not read it does not learn that it is there
	}
	return d, err
}

func (x Reach) allows(r store.Reader, d Dossier) (bool, error) {
	if x.All || x.Archive && d.State.InArchive() || d.Keeper == x.Person || slices.Contains(x.Heads, d.Unit) {
		return true, nil
	}
	who, err := accessOf(r, d.ID)
	return slices.ContainsFunc(who, func(w string) bool { return slices.Contains(x.who(), w) }), fault.Internal(err)
}

// A View is one way to look at the dossiers.
type View string

// The views of the list.
const (
	ViewMine    View = "mine"
	ViewUnit    View = "unit"
	ViewDue     View = "due"     // to be handed to the archive within thirty days, or late
	ViewArchive View = "archive" // handed to the archive
	ViewAll     View = "all"
)

// A Filter narrows the list of dossiers.
type Filter struct {
	View  View
	Year  int
	Unit  int64
	Group Group // of the figures
	Day   civil.Date
	After int64 // the page before ended with this identifier
}

// A Group is one figure of a unit (R9): which dossiers it counts.
type Group string

// The figures.
const (
	GroupOpen   Group = "open"   // mở
	GroupClosed Group = "closed" // đóng, chưa nộp
	GroupDue    Group = "due"    // đến hạn nộp
	GroupLate   Group = "late"   // quá hạn nộp
	GroupIn     Group = "in"     // đã nộp
)

// Dossiers is a page of dossiers that the reach allows, newest first.
func Dossiers(r store.Reader, agency int64, reach Reach, f Filter, limit int) ([]Dossier, error) {
	all, err := listDossiers(r, agency, reach, f, limit)
	return all, fault.Internal(err)
}

// ByIDs reads dossiers by their identifiers in one query.
func ByIDs(r store.Reader, agency int64, ids []int64) (map[int64]Dossier, error) {
	out := map[int64]Dossier{}
	all, err := dossiersByID(r, agency, ids)
	for _, d := range all {
		out[d.ID] = d
	}
	return out, fault.Internal(err)
}

// Items are the lines of a dossier's index in their order.
func Items(r store.Reader, agency, dossier int64) ([]Item, error) {
	all, err := itemsOf(r, agency, dossier)
	slices.SortStableFunc(all, func(a, b Item) int { return a.Ordinal - b.Ordinal })
	return all, fault.Internal(err)
}

// A Paged item says which sheets it fills: "1-3".
type Paged struct {
	Item
	From, To int
}

// Sheets count the pages of the items through the dossier (tờ, trang số).
func Sheets(items []Item) []Paged {
	out, page := make([]Paged, len(items)), 0
	for i, it := range items {
		out[i] = Paged{Item: it}
		if it.Pages > 0 {
			out[i].From, out[i].To = page+1, page+it.Pages
			page += it.Pages
		}
	}
	return out
}

// Contents are what lies in a dossier as it is now: matters and their files by reference.
func Contents(r store.Reader, agency int64, items []Item) (map[string]Matter, map[string][]File, error) {
	matters, err := mattersOf(r, agency, refsOf(items))
	if err != nil {
		return nil, nil, err
	}
	files, err := filesOf(r, agency, refsOf(items))
	for ref, m := range matters {
		if m.Shut {
			delete(files, ref)
		}
	}
	return matters, files, err
}

// FileOf finds a file of an item of a dossier that the reader may read.
func FileOf(r store.Reader, agency int64, d Dossier, item, file int64) (File, error) {
	errFile := fault.NotFound("Hồ sơ không có tệp này.")
	if d.State == Destroyed {
		return File{}, fault.Gone("Hồ sơ đã hủy theo quyết định; tệp không còn.")
	}
	items, err := itemsOf(r, agency, d.ID)
	if err != nil {
		return File{}, fault.Internal(err)
	}
	i := slices.IndexFunc(items, func(it Item) bool { return it.ID == item })
	if i < 0 {
		return File{}, errFile
	}
	_, files, err := Contents(r, agency, items[i:i+1])
	if err != nil {
		return File{}, err
	}
	for _, f := range files[items[i].Ref] {
		if f.ID == file {
			return f, nil
		}
	}
	return File{}, errFile
}

// Where are the dossiers in which something lies, of those that a reach allows.
func Where(r store.Reader, agency int64, reach Reach, ref string) ([]Dossier, error) {
	ids, err := dossiersWith(r, agency, ref)
	if err != nil {
		return nil, fault.Internal(err)
	}
	all, err := dossiersByID(r, agency, ids)
	if err != nil {
		return nil, fault.Internal(err)
	}
	var out []Dossier
	for _, d := range all {
		may, err := reach.allows(r, d)
		if err != nil {
			return nil, err
		}
		if may {
			out = append(out, d)
		}
	}
	return out, nil
}

// Feedable are the dossiers into which somebody may put papers, his own first.
func Feedable(r store.Reader, agency int64, x org.Rights, limit int) ([]Dossier, error) {
	all, err := fedDossiers(r, agency, x.Person, x.Heads, limit)
	return all, fault.Internal(err)
}

// Access is who may read a dossier beside those who may by their posts.
func Access(r store.Reader, dossier int64) ([]string, error) {
	who, err := accessOf(r, dossier)
	return who, fault.Internal(err)
}

// A Right is one change of a permission list.
type Right struct {
	ID      int64
	Dossier int64
	Who     string
	Given   bool
	SetBy   int64
	SetAt   store.Time
}

// OpenRights are the changes of rights that nobody has confirmed yet, oldest first.
func OpenRights(r store.Reader, agency int64, limit int) ([]Right, error) {
	all, err := openRights(r, agency, limit)
	return all, fault.Internal(err)
}

// Figures are the dossiers of one unit in numbers (báo cáo R9).
type Figures struct {
	Unit                                 int64
	Open, Closed, Due, Late, In, Planned int64
}

// Report counts the dossiers by unit as of a day.
func Report(r store.Reader, agency int64, reach Reach, year int, day civil.Date) ([]Figures, error) {
	all, err := figures(r, agency, year, day)
	if !reach.All {
		all = slices.DeleteFunc(all, func(f Figures) bool { return !slices.Contains(reach.Heads, f.Unit) })
	}
	return all, fault.Internal(err)
}

// Timeline is everything that happened to a dossier.
func Timeline(r store.Reader, agency int64, d Dossier) ([]journal.Entry, error) {
	all, err := journal.Of(r, agency, d.Ref())
	return all, fault.Internal(err)
}

// Rules are the lines of the retention table in force on a day.
func Rules(r store.Reader, agency int64, day civil.Date) ([]Rule, error) {
	all, err := rulesOn(r, agency, day)
	return all, fault.Internal(err)
}

// Years are the years that have a list or a dossier, latest first.
func Years(r store.Reader, agency int64) ([]int, error) {
	all, err := years(r, agency)
	return all, fault.Internal(err)
}

// OpenTransfers wait for the archivist; Transfers are all, newest first.
func OpenTransfers(r store.Reader, agency int64) ([]Transfer, error) {
	all, err := openTransfers(r, agency)
	return all, fault.Internal(err)
}

// Transfers is a page of transfers, newest first, from before an identifier (0 = the newest).
func Transfers(r store.Reader, agency, before int64, limit int) ([]Transfer, error) {
	all, err := transfersBefore(r, agency, before, limit)
	return all, fault.Internal(err)
}

// Destructions are the proposals to destroy, newest first.
func Destructions(r store.Reader, agency int64, limit int) ([]Destruction, error) {
	all, err := destructions(r, agency, limit)
	return all, fault.Internal(err)
}

// Expired are dossiers whose term is over on a day and that nobody has proposed yet.
func Expired(r store.Reader, agency int64, day civil.Date, limit int) ([]Dossier, error) {
	all, err := expired(r, agency, day, limit)
	return all, fault.Internal(err)
}

// KeepOf is the wish to keep a dossier back that waits; ok is false when there is none.
func KeepOf(r store.Reader, dossier int64) (k Keep, ok bool, err error) {
	k, err = openKeep(r, dossier)
	if errors.Is(err, store.ErrNone) {
		return k, false, nil
	}
	return k, err == nil, fault.Internal(err)
}

// Held reports whether a paper of a dossier still holds the bytes under a key.
func Held(r store.Reader, sha string) (bool, error) { return keyHeld(r, sha) }
