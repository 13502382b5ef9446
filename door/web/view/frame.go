// SPDX-License-Identifier: Apache-2.0

package view

import "slices"

// Frame is what stands around every page: head, navigation, flash message.
// A zero Frame with Bare set is the frame of pages before sign-in.
type Frame struct {
	Title       string    // of the page, first words of the browser's title
	Agency      string    // "Ban Dân tộc tỉnh Cao Bằng"
	Sample      bool      // shows "Dữ liệu mẫu" on every page
	Today       string    // in words: "Thứ Hai, 23/11/2026"
	Person      string    // who is signed in
	PersonTitle string    // "Trưởng ban"
	OnBehalf    string    // "Đang làm thay bà Nông Thị Hoa đến hết ngày 27/11/2026"; empty = for himself
	Nav         []NavItem // only the places this person may use, in order
	Place       Place     // the current one
	Unread      int       // notices not yet read
	Flash       Flash     // what has just happened
	Query       string    // stands in the search box
	Bare        bool      // no navigation: sign-in, set-up, errors before sign-in
	Refresh     int       // seconds until the page loads itself again (progress without script)
	Saved       *SavedBar // the filters kept for this list; nil = the page is no list with filters
}

// Around returns the frame; it makes every struct that embeds Frame half a Page.
func (f Frame) Around() Frame { return f }

func (f Frame) headTemplate() string {
	if f.Bare {
		return "bare-head"
	}
	return "frame-head"
}

func (f Frame) tailTemplate() string {
	if f.Bare {
		return "bare-tail"
	}
	return "frame-tail"
}

// Place is an entry of the navigation; the view knows its words and its address.
type Place string

// The places of the navigation, in their order.
const (
	PlaceHome     Place = "home"     // Việc của tôi        /
	PlaceMorning  Place = "morning"  // Phiếu sáng          /phieu-sang (leaders)
	PlaceOverdue  Place = "overdue"  // Quá hạn             /viec-qua-han
	PlaceIncoming Place = "incoming" // Văn bản đến         /van-ban-den
	PlaceQueue    Place = "queue"    // Sổ chờ              /van-ban-den/cho
	PlaceOutgoing Place = "outgoing" // Văn bản đi         /van-ban-di
	PlaceDrafts   Place = "drafts"   // Dự thảo             /du-thao
	PlaceSigning  Place = "signing"  // Thẩm quyền ký       /quan-tri/ky (head, chief of office)
	PlaceWorks    Place = "works"    // Tất cả công việc    /viec
	PlaceDossiers Place = "dossiers" // Hồ sơ công việc     /ho-so-cong-viec
	PlaceSearch   Place = "search"   // Tìm                 /tim
	PlaceAbsence  Place = "absence"  // Vắng mặt            /vang-mat
	PlaceAdmin    Place = "admin"    // Quản trị            /quan-tri
	PlaceRules    Place = "rules"    // Quy tắc phân luồng  /quan-tri/quy-tac (chief of office)
	PlaceHelp     Place = "help"     // Trợ giúp            /tro-giup
	PlaceNone     Place = ""
)

// NavItem is one place with its true count.
type NavItem struct {
	Place Place
	Count int  // 0 shows no number
	Alarm bool // the number is of late work: red
}

type placeWords struct{ label, short, href string }

var places = map[Place]placeWords{
	PlaceHome:     {"Việc của tôi", "Việc", "/"},
	PlaceMorning:  {"Phiếu sáng", "Phiếu", "/phieu-sang"},
	PlaceOverdue:  {"Quá hạn", "Quá hạn", "/viec-qua-han"},
	PlaceIncoming: {"Văn bản đến", "Đến", "/van-ban-den"},
	PlaceQueue:    {"Sổ chờ", "Sổ chờ", "/van-ban-den/cho"},
	PlaceOutgoing: {"Văn bản đi", "Đi", "/van-ban-di"},
	PlaceDrafts:   {"Dự thảo, trình ký", "Dự thảo", "/du-thao"},
	PlaceSigning:  {"Thẩm quyền ký", "Ký", "/quan-tri/ky"},
	PlaceWorks:    {"Tất cả công việc", "Công việc", "/viec"},
	PlaceDossiers: {"Hồ sơ công việc", "Hồ sơ", "/ho-so-cong-viec"},
	PlaceSearch:   {"Tìm kiếm", "Tìm", "/tim"},
	PlaceAbsence:  {"Vắng mặt", "Vắng mặt", "/vang-mat"},
	PlaceAdmin:    {"Quản trị", "Quản trị", "/quan-tri"},
	PlaceRules:    {"Quy tắc phân luồng", "Quy tắc", "/quan-tri/quy-tac"},
	PlaceHelp:     {"Trợ giúp", "Trợ giúp", "/tro-giup"},
}

// Label returns the place's words.
func (n NavItem) Label() string { return places[n.Place].label }

// Short returns the words under the thumb.
func (n NavItem) Short() string { return places[n.Place].short }

// Href returns the place's address.
func (n NavItem) Href() string { return places[n.Place].href }

// Secondary says whether the place stands under the rule in the side list.
func (n NavItem) Secondary() bool {
	switch n.Place {
	case PlaceAbsence, PlaceAdmin, PlaceRules, PlaceSigning, PlaceHelp:
		return true
	}
	return false
}

// Thumb returns the places of the bottom bar: the first ones a thumb needs. A leader's is
// the morning sheet; the search box stands at the top in any case.
func (f Frame) Thumb() []NavItem { return f.thumb(true) }

// Rest returns the places behind "Thêm".
func (f Frame) Rest() []NavItem { return f.thumb(false) }

func (f Frame) thumb(under bool) []NavItem {
	leads := slices.ContainsFunc(f.Nav, func(n NavItem) bool { return n.Place == PlaceMorning })
	var out []NavItem
	for _, n := range f.Nav {
		in := n.Place == PlaceHome || n.Place == PlaceOverdue || n.Place == PlaceIncoming || n.Place == PlaceMorning || n.Place == PlaceSearch && !leads
		if in == under {
			out = append(out, n)
		}
	}
	return out
}

// RestCurrent says whether the current place is behind "Thêm".
func (f Frame) RestCurrent() bool {
	for _, n := range f.Rest() {
		if n.Place == f.Place {
			return true
		}
	}
	return false
}

// Tone is the colour of a message; the words always say the same.
type Tone string

// The tones.
const (
	ToneDone  Tone = "done"  // jade: it was done
	ToneWarn  Tone = "warn"  // amber: look at this
	ToneError Tone = "error" // cinnabar: it was refused, it is late
	ToneQuiet Tone = ""      // ink
)

// Flash is what has just happened, shown once after an act.
type Flash struct {
	Tone Tone
	Text string
	Href string  // where the changed thing stands; optional
	Link string  // its words: "Mở văn bản"
	Undo *Button // where the act can be undone
}

// Button is one gesture: a form of its own with one button, sent by POST.
type Button struct {
	Label       string
	Action      string // address
	Name, Value string // what it carries
	Primary     bool
	Danger      bool
}

// Link is words with an address.
type Link struct{ Label, Href string }

// Noted is a link with a remark beside it.
type Noted struct{ Label, Href, Note string }

// Crumb is a step of the way back to the list; see Back in the pages.
type Crumb = Link

// Sentence is how things stand, in one sentence; what is late in it is red.
type Sentence struct{ Before, Late, After string }

// Empty says whether there is nothing to say.
func (s Sentence) Empty() bool { return s.Before+s.Late+s.After == "" }
