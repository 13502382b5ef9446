// SPDX-License-Identifier: Apache-2.0

package org

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
)

// most is how long a name, a title or a basis may be.
const most = 300

// line is what was typed, in one line and in composed letters.
func line(s string) string { return norm.NFC.String(strings.Join(strings.Fields(s), " ")) }

func tooLong(field, s string) error {
	if utf8.RuneCountInString(s) > most {
		return fault.Invalid(field, fmt.Sprintf("Không quá %d ký tự.", most))
	}
	return nil
}

// A NewPerson is what is known of a person.
type NewPerson struct{ Name, Address, Phone, Email string }

func (p NewPerson) tidy() NewPerson {
	p.Name, p.Address, p.Phone, p.Email = line(p.Name), strings.ToLower(line(p.Address)), line(p.Phone), line(p.Email)
	return p
}

func (p NewPerson) check() error {
	var errs []error
	if p.Name == "" {
		errs = append(errs, fault.Invalid("name", "Hãy nhập họ và tên."))
	}
	if p.Address != "ông" && p.Address != "bà" {
		errs = append(errs, fault.Invalid("address", "Hãy chọn cách xưng hô: ông hoặc bà."))
	}
	if p.Email != "" && (!strings.Contains(p.Email, "@") || strings.ContainsAny(p.Email, " ,;<>")) {
		errs = append(errs, fault.Invalid("email", "Địa chỉ thư điện tử chưa đúng."))
	}
	errs = append(errs, tooLong("name", p.Name), tooLong("phone", p.Phone), tooLong("email", p.Email))
	return fault.Join(errs...)
}

var errNoPerson = fault.NotFound("Không có người này.")

// personIn finds a person of the act's own agency.
func personIn(a *journal.Act, id int64) (*Directory, Person, error) {
	d, err := DirectoryIn(a)
	if err != nil {
		return nil, Person{}, err
	}
	p := d.Person(id)
	if p.ID == 0 {
		return nil, p, errNoPerson
	}
	return d, p, nil
}

// EnterPerson adds a person, who holds no post yet.
func EnterPerson(a *journal.Act, p NewPerson) (int64, error) {
	if err := May(a, ManagePeople, Target{}); err != nil {
		return 0, err
	}
	id, err := enterPerson(a, p)
	if err != nil {
		return 0, err
	}
	return id, touch(a, a.By.Agency)
}

func enterPerson(a *journal.Act, p NewPerson) (int64, error) {
	p = p.tidy()
	if err := p.check(); err != nil {
		return 0, err
	}
	id := a.NewID()
	a.Note(journal.Entry{Kind: PersonEntered, Subject: journal.Ref("person", id)})
	return id, insertPerson(a, a.By.Agency, Person{ID: id, Name: p.Name, Address: p.Address, Phone: p.Phone, Email: p.Email})
}

// ChangePerson mends a name or an address. What was written under the old name keeps
// its entry; the book holds the person, not the name.
func ChangePerson(a *journal.Act, id int64, p NewPerson) error {
	if err := May(a, ManagePeople, Target{Person: id}); err != nil {
		return err
	}
	if _, _, err := personIn(a, id); err != nil {
		return err
	}
	p = p.tidy()
	if err := p.check(); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: PersonChanged, Subject: journal.Ref("person", id)})
	if err := updatePerson(a, a.By.Agency, Person{ID: id, Name: p.Name, Address: p.Address, Phone: p.Phone, Email: p.Email}); err != nil {
		return err
	}
	return touch(a, a.By.Agency)
}

// A NewPost is a post to be given. A zero From is the day of the act, a zero To is open;
// To is the first day on which the post is no longer held. Sort 0 ranks it by its roles.
type NewPost struct {
	Person, Unit int64
	Title        string
	Roles        []Role
	Sort         int64
	From, To     civil.Date
	Basis        string
}

func checkPost(title string, roles []Role, from, to civil.Date) error {
	var errs []error
	if title == "" {
		errs = append(errs, fault.Invalid("title", "Hãy nhập chức vụ."))
	}
	errs = append(errs, tooLong("title", title))
	if len(roles) == 0 {
		errs = append(errs, fault.Invalid("duty", "Hãy chọn ít nhất một nhiệm vụ."))
	}
	for _, r := range roles {
		if r.Name() == "" {
			errs = append(errs, fault.Invalid("duty", "Không có nhiệm vụ “"+string(r)+"”."))
		}
	}
	if !to.IsZero() && !to.After(from) {
		errs = append(errs, fault.Invalid("to", "Ngày thôi giữ vị trí phải sau ngày bắt đầu."))
	}
	return fault.Join(errs...)
}

// Name is the role as the screen shows it, "" for no role.
func (r Role) Name() string {
	for _, known := range Roles {
		if known.Role == r {
			return known.Name
		}
	}
	return ""
}

// rank orders posts by the weight of their roles; head first.
func rank(roles []Role) int64 {
	for i, known := range Roles {
		if slices.Contains(roles, known.Role) {
			return int64(i+1) * 10
		}
	}
	return int64(len(Roles)+1) * 10
}

// GivePost gives a person a post in a unit from a day on (bổ nhiệm, bố trí).
func GivePost(a *journal.Act, p NewPost) (int64, error) {
	if err := May(a, ManagePeople, Target{Person: p.Person}); err != nil {
		return 0, err
	}
	d, _, err := personIn(a, p.Person)
	if err != nil {
		return 0, err
	}
	if p.From.IsZero() {
		p.From = a.Day()
	}
	unit := d.Unit(p.Unit)
	if unit.ID == 0 {
		return 0, fault.Invalid("unit", "Không có đơn vị này.")
	}
	if !unit.On(p.From) {
		return 0, fault.Invalid("unit", unit.Name+" không hoạt động vào ngày "+p.From.VN()+".")
	}
	for _, held := range d.PostsOn(p.Person, p.From) {
		if held.Unit == p.Unit && held.Title == line(p.Title) {
			return 0, fault.Conflict("title", "Người này đang giữ vị trí đó rồi.")
		}
	}
	id, err := givePost(a, p)
	if err != nil {
		return 0, err
	}
	return id, touch(a, a.By.Agency)
}

// postData is what the book keeps of a post: enough to say whether the row was altered.
type postData struct {
	Post  int64      `json:"post"`
	Unit  int64      `json:"unit,omitempty"`
	Roles string     `json:"roles,omitempty"`
	From  civil.Date `json:"from"`
	To    civil.Date `json:"to"`
}

func givePost(a *journal.Act, p NewPost) (int64, error) {
	p.Title, p.Basis = line(p.Title), line(p.Basis)
	if err := fault.Join(checkPost(p.Title, p.Roles, p.From, p.To), tooLong("basis", p.Basis)); err != nil {
		return 0, err
	}
	if p.Sort == 0 {
		p.Sort = rank(p.Roles)
	}
	post := Post{ID: a.NewID(), Person: p.Person, Unit: p.Unit, Title: p.Title, Roles: p.Roles, Sort: p.Sort, From: p.From, To: p.To, Basis: p.Basis}
	a.Note(journal.Entry{Kind: PostGiven, Subject: journal.Ref("person", p.Person),
		Data: postData{post.ID, post.Unit, joinRoles(post.Roles), post.From, post.To}})
	return post.ID, insertPost(a, a.By.Agency, post)
}

// EndPost ends a post: day is the first on which it is no longer held.
func EndPost(a *journal.Act, post int64, day civil.Date) error {
	d, err := DirectoryIn(a)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(d.Posts, func(p Post) bool { return p.ID == post })
	if i < 0 {
		return fault.NotFound("Không có vị trí này.")
	}
	held := d.Posts[i]
	if err := May(a, ManagePeople, Target{Person: held.Person}); err != nil {
		return err
	}
	if day.IsZero() {
		day = a.Day()
	}
	if day.Before(held.From) {
		return fault.Invalid("to", "Ngày thôi giữ vị trí không được trước ngày bắt đầu ("+held.From.VN()+").")
	}
	if held.Has(SysAdmin) && !anotherAdmin(d, post, day) {
		return errLastAdmin
	}
	if !slices.ContainsFunc(d.Posts, func(p Post) bool { return p.ID != post && p.Person == held.Person && p.On(day.AddDays(1)) }) {
		if err := leave(a, held.Person); err != nil {
			return err
		}
	}
	if err := endPost(a, held, day); err != nil {
		return err
	}
	return touch(a, a.By.Agency)
}

func endPost(a *journal.Act, held Post, day civil.Date) error {
	a.Note(journal.Entry{Kind: PostEnded, Subject: journal.Ref("person", held.Person), Data: postData{Post: held.ID, From: held.From, To: day}})
	return updatePostEnd(a, a.By.Agency, held.ID, day)
}

var errLastAdmin = fault.Conflict("", "Phải còn ít nhất một người quản trị hệ thống. Hãy giao nhiệm vụ quản trị cho người khác trước.")

func anotherAdmin(d *Directory, except int64, day civil.Date) bool {
	return slices.ContainsFunc(d.Posts, func(p Post) bool { return p.ID != except && p.Has(SysAdmin) && p.On(day) })
}

// SetField makes an area of work (lĩnh vực; ID 0) or changes who is in charge of it
// (phân công lĩnh vực), and returns its identifier.
func SetField(a *journal.Act, f Field) (int64, error) {
	if err := May(a, ManagePeople, Target{}); err != nil {
		return 0, err
	}
	d, err := DirectoryIn(a)
	if err != nil {
		return 0, err
	}
	f.Code, f.Name = line(f.Code), line(f.Name)
	var errs []error
	if f.Name == "" {
		errs = append(errs, fault.Invalid("name", "Hãy nhập tên lĩnh vực."))
	}
	errs = append(errs, tooLong("name", f.Name), tooLong("code", f.Code))
	if f.Leader != 0 && d.Person(f.Leader).ID == 0 {
		errs = append(errs, fault.Invalid("leader", "Không có người này."))
	}
	if f.Unit != 0 && d.Unit(f.Unit).ID == 0 {
		errs = append(errs, fault.Invalid("unit", "Không có đơn vị này."))
	}
	if f.ID != 0 && d.Field(f.ID).ID == 0 {
		return 0, fault.NotFound("Không có lĩnh vực này.")
	}
	if f.From.IsZero() {
		f.From = a.Day()
		if f.ID != 0 {
			f.From = d.Field(f.ID).From
		}
	}
	if !f.To.IsZero() && !f.To.After(f.From) {
		errs = append(errs, fault.Invalid("to", "Ngày kết thúc phải sau ngày bắt đầu."))
	}
	if err := fault.Join(errs...); err != nil {
		return 0, err
	}
	if f.ID, err = putField(a, f); err != nil {
		return 0, err
	}
	return f.ID, touch(a, a.By.Agency)
}

type fieldData struct {
	Leader int64      `json:"leader"`
	Unit   int64      `json:"unit"`
	From   civil.Date `json:"from"`
	To     civil.Date `json:"to"`
}

func putField(a *journal.Act, f Field) (int64, error) {
	known := f.ID != 0
	if !known {
		f.ID = a.NewID()
	}
	a.Note(journal.Entry{Kind: FieldSet, Subject: journal.Ref("field", f.ID), Data: fieldData{f.Leader, f.Unit, f.From, f.To}})
	if known {
		return f.ID, updateField(a, a.By.Agency, f)
	}
	return f.ID, insertField(a, a.By.Agency, f)
}
