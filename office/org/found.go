// SPDX-License-Identifier: Apache-2.0

package org

import (
	"context"
	"fmt"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
)

// A Founding is all that an agency begins with: what the wizard asked, what a sheet
// held, or the sample office. Units are named by keys, because they have no
// identifiers yet.
type Founding struct {
	Code, Name, Short, Superior, Place string

	Sample bool
	Day    civil.Date // first day of units and posts that name none; zero is the day of founding
	Units  []FoundingUnit
	People []FoundingPerson
	Fields []FoundingField

	// Rooms are what the other rooms open with the agency. They belong to the same act:
	// an agency without its registers never exists.
	Rooms []func(*journal.Act) error
}

// A FoundingUnit is a unit with the key by which posts name it.
type FoundingUnit struct {
	Key string
	NewUnit
}

// A FoundingPerson is a person with posts and perhaps a login.
type FoundingPerson struct {
	NewPerson
	Posts    []FoundingPost
	Username string // "" for no login
	Password string // "" has one made, to be changed at the first sign-in
	// MustChange asks for another password at the first sign-in; a made one always must.
	MustChange bool
}

// A FoundingPost is a post in the unit of a key.
type FoundingPost struct {
	Unit     string
	Title    string
	Roles    []Role
	Sort     int64
	From, To civil.Date
	Basis    string
}

// A FoundingField is an area of work; its leader is named by username.
type FoundingField struct{ Code, Name, Leader, Unit string }

// A NewLogin is a login just given, with its password in clear: to be shown once
// and kept nowhere.
type NewLogin struct {
	Person             int64
	Name               string
	Username, Password string
}

// Founded are the identifiers of what was made.
type Founded struct {
	Agency int64
	Units  map[string]int64 // by key
	People map[string]int64 // by username
	Logins []NewLogin       // those whose password was made here
}

// Found opens the books of a new agency (lập sổ của cơ quan) with its units, people,
// logins and the calendar that the program is delivered with, all or nothing.
func Found(ctx context.Context, b *journal.Book, f Founding) (Founded, error) {
	f = f.tidy()
	if err := f.check(); err != nil {
		return Founded{}, err
	}
	secrets, err := seal(ctx, f.People)
	if err != nil {
		return Founded{}, err
	}
	agency := store.NewID(b.Clock())
	by := journal.Holder{Agency: agency, System: true, Name: SystemName}
	var done Founded
	err = b.Do(ctx, by, func(a *journal.Act) error {
		if err := May(a, RunSystem, Target{}); err != nil {
			return err
		}
		done = Founded{Agency: agency, Units: map[string]int64{}, People: map[string]int64{}}
		if err := journal.Found(a, agency); err != nil {
			return err
		}
		if f.Day.IsZero() {
			f.Day = a.Day()
		}
		if err := insertAgency(a, Agency{ID: agency, Code: f.Code, Name: f.Name, Short: f.Short, Superior: f.Superior,
			Place: f.Place, Sample: f.Sample, Version: 1}, a.At); err != nil {
			return err
		}
		days, err := shipCalendar(a)
		if err != nil {
			return err
		}
		a.Note(journal.Entry{Kind: AgencyFounded, Subject: journal.Ref("agency", agency), Amount: int64(len(days)),
			Data: foundedData{Calendar: fingerprint(days)}})
		if err := f.write(a, secrets, &done); err != nil {
			return err
		}
		for _, open := range f.Rooms {
			if err := open(a); err != nil {
				return err
			}
		}
		return nil
	})
	return done, err
}

// SystemName is how the book calls the program itself.
const SystemName = "Chương trình"

// ChangeAgency mends what the agency is called; the identifier, the sample mark and
// the founding stay.
func ChangeAgency(a *journal.Act, to Agency) error {
	if err := May(a, ManageSettings, Target{}); err != nil {
		return err
	}
	to = Agency{ID: a.By.Agency, Code: line(to.Code), Name: line(to.Name), Short: line(to.Short), Superior: line(to.Superior), Place: line(to.Place)}
	if err := checkAgency(to.Name, to.Short, to.Place); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: AgencyChanged, Subject: journal.Ref("agency", to.ID)})
	if err := updateAgency(a, to); err != nil {
		return err
	}
	return touch(a, to.ID)
}

func checkAgency(name, short, place string) error {
	var errs []error
	need := func(field, value, text string) {
		if value == "" {
			errs = append(errs, fault.Invalid(field, text))
		}
		errs = append(errs, tooLong(field, value))
	}
	need("name", name, "Hãy nhập tên cơ quan.")
	need("short", short, "Hãy nhập chữ viết tắt của cơ quan, dùng trong ký hiệu văn bản.")
	need("place", place, "Hãy nhập địa danh ghi trước ngày tháng của văn bản.")
	return fault.Join(errs...)
}

type foundedData struct {
	Calendar string `json:"calendar"` // of the rows delivered
}

func (f Founding) write(a *journal.Act, secrets []secret, done *Founded) error {
	if err := writeUnits(a, f.Units, f.Day, done); err != nil {
		return err
	}
	if err := writePeople(a, f.People, secrets, f.Day, done); err != nil {
		return err
	}
	for _, field := range f.Fields {
		if _, err := putField(a, Field{Code: line(field.Code), Name: line(field.Name), Leader: done.People[field.Leader],
			Unit: done.Units[field.Unit], From: f.Day}); err != nil {
			return err
		}
	}
	return nil
}

func writeUnits(a *journal.Act, units []FoundingUnit, day civil.Date, done *Founded) error {
	for i, u := range units {
		if u.From.IsZero() {
			u.From = day
		}
		if u.Sort == 0 {
			u.Sort = int64(i+1) * 10
		}
		id, err := openUnit(a, u.NewUnit)
		if err != nil {
			return err
		}
		done.Units[u.Key] = id
	}
	return nil
}

func writePeople(a *journal.Act, people []FoundingPerson, secrets []secret, day civil.Date, done *Founded) error {
	for i, p := range people {
		id, err := enterPerson(a, p.NewPerson)
		if err != nil {
			return err
		}
		for _, post := range p.Posts {
			if post.From.IsZero() {
				post.From = day
			}
			if _, err := givePost(a, NewPost{Person: id, Unit: done.Units[post.Unit], Title: post.Title, Roles: post.Roles,
				Sort: post.Sort, From: post.From, To: post.To, Basis: post.Basis}); err != nil {
				return err
			}
		}
		if p.Username == "" {
			continue
		}
		if err := giveLogin(a, id, p.Username, secrets[i].hash, secrets[i].mustChange); err != nil {
			return err
		}
		done.People[p.Username] = id
		if secrets[i].made != "" {
			done.Logins = append(done.Logins, NewLogin{Person: id, Name: p.Name, Username: p.Username, Password: secrets[i].made})
		}
	}
	return nil
}

// secret is a person's first password, hashed before the transaction begins: hashing
// is slow on purpose and the writer is one.
type secret struct {
	hash       string
	made       string // in clear, if made here
	mustChange bool
}

func seal(ctx context.Context, people []FoundingPerson) ([]secret, error) {
	secrets := make([]secret, len(people))
	for i, p := range people {
		if p.Username == "" {
			continue
		}
		s := secret{mustChange: p.MustChange}
		password := p.Password
		if password == "" {
			password = oneTimePassword()
			s.made, s.mustChange = password, true
		}
		var err error
		if s.hash, err = hashPassword(ctx, password); err != nil {
			return nil, err
		}
		secrets[i] = s
	}
	return secrets, nil
}

func (f Founding) tidy() Founding {
	f.Code, f.Name, f.Short, f.Superior, f.Place = line(f.Code), line(f.Name), line(f.Short), line(f.Superior), line(f.Place)
	people := make([]FoundingPerson, len(f.People))
	for i, p := range f.People {
		p.NewPerson, p.Username = p.NewPerson.tidy(), FoldUsername(p.Username)
		people[i] = p
	}
	f.People = people
	return f
}

// check names every fault at once; the fields are name, short, …, "units.2.name",
// "people.0.username", counted from 0.
func (f Founding) check() error {
	errs := []error{checkAgency(f.Name, f.Short, f.Place)}
	units := map[string]bool{}
	for i, u := range f.Units {
		errs = append(errs, prefix(fmt.Sprintf("units.%d.", i), u.NewUnit.tidy().check()))
		if u.Key == "" || units[u.Key] {
			errs = append(errs, fault.Invalid(fmt.Sprintf("units.%d.short", i), "Mỗi đơn vị cần một ký hiệu riêng."))
		}
		units[u.Key] = true
	}
	if len(f.Units) == 0 {
		errs = append(errs, fault.Invalid("units", "Cơ quan cần ít nhất một đơn vị."))
	}
	errs = append(errs, checkPeople(f.People, units), f.checkFields(units))
	if !hasAdmin(f.People) {
		errs = append(errs, fault.Invalid("people", "Cần ít nhất một người quản trị hệ thống có tài khoản."))
	}
	return fault.Join(errs...)
}

func (f Founding) checkFields(units map[string]bool) error {
	people := map[string]bool{}
	for _, p := range f.People {
		people[p.Username] = true
	}
	var errs []error
	for i, field := range f.Fields {
		if line(field.Name) == "" {
			errs = append(errs, fault.Invalid(fmt.Sprintf("fields.%d.name", i), "Hãy nhập tên lĩnh vực."))
		}
		if field.Leader != "" && !people[field.Leader] {
			errs = append(errs, fault.Invalid(fmt.Sprintf("fields.%d.leader", i), "Không có người này."))
		}
		if field.Unit != "" && !units[field.Unit] {
			errs = append(errs, fault.Invalid(fmt.Sprintf("fields.%d.unit", i), "Không có đơn vị này."))
		}
	}
	return fault.Join(errs...)
}

func hasAdmin(people []FoundingPerson) bool {
	for _, p := range people {
		for _, post := range p.Posts {
			if p.Username != "" && (Post{Roles: post.Roles}).Has(SysAdmin) {
				return true
			}
		}
	}
	return false
}

func checkPeople(people []FoundingPerson, units map[string]bool) error {
	var errs []error
	names := map[string]bool{}
	for i, p := range people {
		at := fmt.Sprintf("people.%d.", i)
		errs = append(errs, prefix(at, p.NewPerson.check()))
		if len(p.Posts) == 0 {
			errs = append(errs, fault.Invalid(at+"title", "Hãy cho biết chức vụ và đơn vị của "+p.Name+"."))
		}
		for _, post := range p.Posts {
			if !units[post.Unit] {
				errs = append(errs, fault.Invalid(at+"unit", "Không có đơn vị này."))
			}
			errs = append(errs, prefix(at, checkPost(line(post.Title), post.Roles, post.From, post.To)))
		}
		if p.Username == "" {
			continue
		}
		errs = append(errs, prefix(at, checkUsername(p.Username)))
		if names[p.Username] {
			errs = append(errs, fault.Invalid(at+"username", "Tên đăng nhập “"+p.Username+"” dùng cho hai người."))
		}
		names[p.Username] = true
		if p.Password != "" {
			errs = append(errs, prefix(at, CheckPassword(p.Password, p.Username)))
		}
	}
	return fault.Join(errs...)
}

// prefix puts the place of a row before the fields of its faults.
func prefix(at string, err error) error {
	var errs []error
	for _, e := range fault.All(err) {
		errs = append(errs, &fault.Error{Kind: e.Kind, Field: at + e.Field, Text: e.Text, Err: e.Err})
	}
	return fault.Join(errs...)
}
