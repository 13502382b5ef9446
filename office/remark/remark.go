// SPDX-License-Identifier: Apache-2.0

// Package remark is what is said about a matter: remarks, opinions, decisions, with mentions and files.
//
// May enter: saying, answering, concluding, taking back within a quarter of an hour, who was mentioned.
// May not: what a matter is or who may read it (rooms that have matters say so through On), HTTP.
package remark

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/notice"
	"soviec/office/org"
)

// Ref is the kind of subject of a remark.
const Ref = "remark"

// A Matter is how a kind of thing ("task") can be spoken about. Whoever wires the program
// ties it to the room that keeps the thing.
type Matter struct {
	// About finds the matter; an error that is fault.KindNotFound means there is none.
	About func(r store.Reader, agency, id int64) (Topic, error)
}

// A Topic is one matter as those who speak about it need it.
type Topic struct {
	Title string
	Link  string
	// People take part: they are told, once a day, that something was said.
	People []int64
	// MayRead reports whether somebody may read the matter, and so what is said about it.
	MayRead func(x org.Rights) bool
	// MayConclude reports whether somebody may decide about it.
	MayConclude func(x org.Rights) bool
	// Closed matters are read and no longer spoken about; "" = open, else why not.
	Closed string
}

var matters = map[string]Matter{}

// On lets matters of a kind be spoken about. It is called once, before the program serves.
func On(kind string, m Matter) { matters[kind] = m }

// The kinds of remarks.
const (
	Plain      = "remark"     // trao đổi, ý kiến
	Conclusion = "conclusion" // kết luận
)

// takeBack is how long the author may take a remark back.
const takeBack = 15 * time.Minute

const (
	maxText     = 4000
	maxMentions = 20
	maxFiles    = 10
)

// A File lies in the blob store under SHA.
type File struct {
	ID     int64
	Remark int64
	Name   string
	MIME   string
	Size   int64
	SHA    string
}

// A Remark is one thing that was said. It is never changed; a mistake is answered.
type Remark struct {
	ID       int64
	Matter   string
	Kind     string
	Answers  int64 // the remark that it answers; 0 for none
	Person   int64 // in whose name
	Proxy    int64
	Text     string // "" once it was taken back
	At       time.Time
	Mentions []int64
	Files    []File

	WithdrawnAt time.Time // zero = stands
	ConcludedBy int64     // who made it a conclusion later
	ConcludedAt time.Time
}

// Ref names the remark in the book.
func (m Remark) Ref() string { return journal.Ref(Ref, m.ID) }

// Decided reports whether it stands as a decision about the matter.
func (m Remark) Decided() bool {
	return m.WithdrawnAt.IsZero() && (m.Kind == Conclusion || !m.ConcludedAt.IsZero())
}

// MayWithdraw reports whether somebody may still take it back.
func (m Remark) MayWithdraw(person int64, now time.Time) bool {
	return m.WithdrawnAt.IsZero() && m.ConcludedAt.IsZero() && person != 0 && (m.Person == person && m.Proxy == 0 || m.Proxy == person) && now.Sub(m.At) <= takeBack
}

// Saying is what somebody wants to say.
type Saying struct {
	Matter   string // "task/12"
	Text     string
	Answers  int64
	Mentions []int64 // besides those named by @ in the text
	Files    []File
	Decide   bool // it is a conclusion
}

type saidData struct {
	Matter string `json:"m"`
	Kind   string `json:"k"`
	Files  int    `json:"f,omitempty"`
	Sum    string `json:"s,omitempty"`
}

// sum holds the words of a remark to the book without telling them.
func sum(id int64, text string) string {
	h := sha256.Sum256([]byte(strconv.FormatInt(id, 10) + "\n" + text))
	return hex.EncodeToString(h[:12])
}

var errNone = fault.NotFound("Không tìm thấy nội dung trao đổi này.")

// topic finds the matter if the reader may read it; to anybody else it is not there.
func topic(r store.Reader, x org.Rights, agency int64, matter string) (Topic, error) {
	kind, id, ok := journal.ParseRef(matter)
	m, known := matters[kind]
	if !ok || !known {
		return Topic{}, errNone
	}
	t, err := m.About(r, agency, id)
	if err == nil && !t.MayRead(x) {
		err = errNone
	}
	return t, err
}

// me is in whose name the act is done, proxy who does it in his place.
func me(a *journal.Act) (person, proxy int64) {
	if a.By.For != 0 {
		return a.By.For, a.By.Person
	}
	return a.By.Person, 0
}

// Say adds a remark to a matter (trao đổi, cho ý kiến). Whoever may read the matter may
// speak about it; whoever is mentioned is told, and must be one who may read it.
func Say(a *journal.Act, s Saying) (Remark, error) {
	x, err := org.RightsIn(a)
	if err != nil {
		return Remark{}, err
	}
	a.Judged()
	t, err := topic(a, x, a.By.Agency, s.Matter)
	if err != nil {
		return Remark{}, err
	}
	if t.Closed != "" {
		return Remark{}, fault.Conflict("", t.Closed)
	}
	if s.Decide && !t.MayConclude(x) {
		return Remark{}, fault.Forbidden("Chỉ người giao việc và lãnh đạo có thẩm quyền được ghi kết luận.")
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return Remark{}, fault.Internal(err)
	}
	m := Remark{ID: a.NewID(), Matter: s.Matter, Kind: Plain, Answers: s.Answers, Text: strings.TrimSpace(s.Text), At: a.At, Files: s.Files}
	m.Person, m.Proxy = me(a)
	if s.Decide {
		m.Kind = Conclusion
	}
	var errs []error
	switch n := utf8.RuneCountInString(m.Text); {
	case n == 0 && len(s.Files) == 0:
		errs = append(errs, fault.Invalid("text", "Hãy viết nội dung trao đổi hoặc kèm tệp."))
	case n == 0 && s.Decide:
		errs = append(errs, fault.Invalid("text", "Kết luận phải có nội dung."))
	case n > maxText:
		errs = append(errs, fault.Invalid("text", "Nội dung dài quá 4.000 ký tự."))
	}
	if len(s.Files) > maxFiles {
		errs = append(errs, fault.Invalid("files", fmt.Sprintf("Mỗi ý kiến kèm nhiều nhất %d tệp.", maxFiles)))
	}
	var before Remark
	if s.Answers != 0 {
		before, err = read(a, a.By.Agency, s.Answers)
		if errors.Is(err, store.ErrNone) || err == nil && before.Matter != s.Matter {
			errs = append(errs, fault.Invalid("answers", "Không tìm thấy ý kiến được trả lời."))
		} else if err != nil {
			return m, fault.Internal(err)
		}
	}
	named, unknown := Mentioned(dir, a.Day(), m.Text, func(person int64) bool { return t.MayRead(dir.Rights(person, a.Day())) })
	for _, name := range unknown {
		errs = append(errs, fault.Invalid("text", fmt.Sprintf("Không rõ “@%s” là ai trong những người được xem việc này; hãy ghi đủ họ tên.", name)))
	}
	m.Mentions = distinct(append(named, s.Mentions...))
	if len(m.Mentions) > maxMentions {
		errs = append(errs, fault.Invalid("text", fmt.Sprintf("Mỗi ý kiến nhắc tên nhiều nhất %d người.", maxMentions)))
	}
	for _, person := range s.Mentions {
		if dir.Person(person).ID == 0 || !t.MayRead(dir.Rights(person, a.Day())) {
			errs = append(errs, fault.Invalid("mentions", cmp.Or(dir.Person(person).Name, "Người này")+" không được xem nội dung này nên không nhắc tên được."))
		}
	}
	if err := fault.Join(errs...); err != nil {
		return m, err
	}
	if err := insert(a, m); err != nil {
		return m, fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: Said, Subject: m.Ref(), Amount: int64(len(m.Mentions)), Data: saidData{m.Matter, m.Kind, len(m.Files), sum(m.ID, m.Text)}})
	return m, m.tell(a, dir, t, before)
}

func distinct(ids []int64) []int64 {
	var out []int64
	for _, id := range ids {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// tell tells those mentioned of each remark, whoever is answered, and once a day everybody
// else who takes part.
func (m Remark) tell(a *journal.Act, dir *org.Directory, t Topic, before Remark) error {
	who := dir.Person(m.Person).Polite()
	if m.Proxy != 0 {
		who = dir.Person(m.Proxy).Polite() + " (thay " + who + ")"
	}
	link := t.Link + "#y-kien-" + fmt.Sprint(m.ID)
	told := map[int64]bool{m.Person: true, m.Proxy: true}
	say := func(person int64, matter, kind, text string) error {
		if told[person] {
			return nil
		}
		told[person] = true
		_, err := notice.Tell(a, notice.Item{Person: person, Matter: matter, Kind: kind, Text: text, Link: link})
		return err
	}
	for _, person := range m.Mentions {
		if err := say(person, m.Ref(), "remark.mentioned", fmt.Sprintf("%s nhắc đến anh/chị trong trao đổi về “%s”.", capital(who), t.Title)); err != nil {
			return err
		}
	}
	if before.ID != 0 {
		if err := say(before.Person, m.Ref(), "remark.answered", fmt.Sprintf("%s trả lời ý kiến của anh/chị về “%s”.", capital(who), t.Title)); err != nil {
			return err
		}
	}
	for _, person := range t.People {
		var err error
		if m.Kind == Conclusion {
			err = say(person, m.Ref(), Concluded, fmt.Sprintf("%s kết luận về “%s”.", capital(who), t.Title))
		} else {
			err = say(person, m.Matter, Said, fmt.Sprintf("Có trao đổi mới về “%s”.", t.Title))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Conclude makes a remark that was made before a decision (ghi là kết luận).
func Conclude(a *journal.Act, id int64) error {
	m, t, x, err := find(a, id)
	if err != nil {
		return err
	}
	if !t.MayConclude(x) {
		return fault.Forbidden("Chỉ người giao việc và lãnh đạo có thẩm quyền được ghi kết luận.")
	}
	if !m.WithdrawnAt.IsZero() {
		return fault.Conflict("", "Ý kiến này đã được rút lại.")
	}
	if m.Decided() {
		return fault.Conflict("", "Ý kiến này đã được ghi là kết luận.")
	}
	if err := mark(a, m.ID, "concluded"); err != nil {
		return fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: Concluded, Subject: m.Ref(), Amount: 1, Data: saidData{Matter: m.Matter, Kind: m.Kind}})
	for _, person := range distinct(append(t.People, m.Person)) {
		if _, err := notice.Tell(a, notice.Item{Person: person, Matter: m.Ref(), Kind: Concluded,
			Text: fmt.Sprintf("Một ý kiến về “%s” được ghi là kết luận.", t.Title), Link: t.Link + "#y-kien-" + fmt.Sprint(m.ID)}); err != nil {
			return err
		}
	}
	return nil
}

// Withdraw takes one's own remark back (rút lại ý kiến), within a quarter of an hour. That
// there was one stays to be seen, and what it said stays in the record.
func Withdraw(a *journal.Act, id int64) error {
	m, _, _, err := find(a, id)
	if err != nil {
		return err
	}
	switch {
	case m.Person != a.By.Person && m.Proxy != a.By.Person:
		return fault.Forbidden("Chỉ người viết được rút lại ý kiến của mình.")
	case !m.WithdrawnAt.IsZero():
		return fault.Conflict("", "Ý kiến này đã được rút lại.")
	case !m.ConcludedAt.IsZero():
		return fault.Conflict("", "Ý kiến đã được ghi là kết luận thì không rút lại được.")
	case !m.MayWithdraw(a.By.Person, a.At):
		return fault.Conflict("", "Chỉ rút lại được trong 15 phút sau khi gửi; hãy viết ý kiến đính chính.")
	}
	if err := mark(a, m.ID, "withdrawn"); err != nil {
		return fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: Withdrawn, Subject: m.Ref(), Amount: 1, Data: saidData{Matter: m.Matter, Kind: m.Kind}})
	return nil
}

// find reads a remark that belongs to this act, if its holder may read the matter.
func find(a *journal.Act, id int64) (Remark, Topic, org.Rights, error) {
	x, err := org.RightsIn(a)
	if err != nil {
		return Remark{}, Topic{}, x, err
	}
	a.Judged()
	m, err := read(a, a.By.Agency, id)
	if errors.Is(err, store.ErrNone) {
		return m, Topic{}, x, errNone
	}
	if err != nil {
		return m, Topic{}, x, fault.Internal(err)
	}
	t, err := topic(a, x, a.By.Agency, m.Matter)
	return m, t, x, err
}

// Of is all that was said about a matter, oldest first, if the reader may read it. What
// was taken back is there without its words and files.
func Of(r store.Reader, x org.Rights, agency int64, matter string) ([]Remark, error) {
	if _, err := topic(r, x, agency, matter); err != nil {
		return nil, err
	}
	all, err := remarksOf(r, agency, matter)
	return all, fault.Internal(err)
}

// FileOf is one file of a remark that the reader may open.
func FileOf(r store.Reader, x org.Rights, agency int64, matter string, file int64) (File, error) {
	all, err := Of(r, x, agency, matter)
	if err != nil {
		return File{}, err
	}
	for _, m := range all {
		for _, f := range m.Files {
			if f.ID == file {
				return f, nil
			}
		}
	}
	return File{}, errNone
}

// Mentioning are the newest remarks that mention a person, of matters that the person may
// still read.
func Mentioning(r store.Reader, x org.Rights, agency int64, limit int) ([]Remark, error) {
	all, err := mentioning(r, agency, x.Person, min(max(limit, 1), 100))
	if err != nil {
		return nil, fault.Internal(err)
	}
	may := map[string]bool{}
	var out []Remark
	for _, m := range all {
		ok, seen := may[m.Matter]
		if !seen {
			_, err := topic(r, x, agency, m.Matter)
			if fault.Is(err, fault.KindInternal) {
				return nil, err
			}
			ok = err == nil
			may[m.Matter] = ok
		}
		if ok {
			out = append(out, m)
		}
	}
	return out, nil
}
