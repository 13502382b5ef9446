// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/letter"
	"soviec/kit/store"
	"soviec/office/org"
)

// RefTemplate is the kind of subject of a sample.
const RefTemplate = "draft-template"

// A Template is a sample of documents (mẫu văn bản): composed with blanks, or a Word file
// with fields. Its editions never change; drafts keep what they were begun with.
type Template struct {
	ID        int64  // 0 of a shipped one that the agency has not made its own
	Code      string // of the shipped one that it is or stands for
	Unit      int64  // whose it is; 0 = the whole agency's
	Type      string // code of the type of document
	Name      string
	On        bool
	FoundedBy int64
	FoundedAt time.Time
	Edition   // the one in use
}

// An Edition is one version of a sample.
type Edition struct {
	Ordinal    int
	Way        string   // WayComposed or WayDOCX
	Subject    string   // trích yếu, may have blanks
	Addressees []string // may have blanks
	Body       string   // as it is typed in the composer, with blanks
	SHA        string   // of the Word file
	FileName   string
	Size       int64
	Fields     []TemplateField
	Why        string
	AddedBy    int64
	AddedAt    time.Time
}

// A TemplateField is a blank to be filled in.
type TemplateField struct{ Name, Label string }

// Key names a sample in addresses: its number, or the code of a shipped one.
func (t Template) Key() string {
	if t.ID != 0 {
		return strconv.FormatInt(t.ID, 10)
	}
	return t.Code
}

// Address is the page of the sample.
func (t Template) Address() string { return TemplatesAddress + "/" + t.Key() }

// TemplatesAddress is the page of all samples.
const TemplatesAddress = "/mau-van-ban"

// Shipped reports whether the sample is as the program brought it.
func (t Template) Shipped() bool { return t.ID == 0 }

// Limits of a sample.
const (
	mostTemplateName = 150
	mostWhy          = 500
	mostFields       = 60
)

type templateData struct {
	Ordinal int  `json:"n,omitempty"`
	On      bool `json:"on"`
}

var errNoTemplate = fault.NotFound("Không có mẫu văn bản này.")

// Templates are the samples that somebody of a unit may begin with: the agency's and the
// unit's own, in use, of one type or of all ("").
func Templates(r store.Reader, agency int64, typ string, units ...int64) ([]Template, error) {
	all, err := AllTemplates(r, agency)
	return slices.DeleteFunc(all, func(t Template) bool {
		return !t.On || typ != "" && t.Type != typ || t.Unit != 0 && !slices.Contains(units, t.Unit)
	}), err
}

// AllTemplates are all samples of the agency, those shipped and not replaced among them.
func AllTemplates(r store.Reader, agency int64) ([]Template, error) {
	own, err := templatesOf(r, agency)
	if err != nil {
		return nil, fault.Internal(err)
	}
	for _, s := range shipped() {
		if !slices.ContainsFunc(own, func(t Template) bool { return t.Code == s.Code }) {
			own = append(own, s)
		}
	}
	slices.SortStableFunc(own, func(a, b Template) int {
		if c := typeOrder(a.Type) - typeOrder(b.Type); c != 0 {
			return c
		}
		return strings.Compare(a.Name, b.Name)
	})
	return own, nil
}

func typeOrder(code string) int {
	return slices.IndexFunc(letter.Types(), func(t letter.Type) bool { return t.Code == code })
}

// TemplateOf finds a sample by its key.
func TemplateOf(r store.Reader, agency int64, key string) (Template, error) {
	if id, err := strconv.ParseInt(key, 10, 64); err == nil {
		t, err := templateByID(r, agency, id)
		if err == store.ErrNone {
			return t, errNoTemplate
		}
		return t, fault.Internal(err)
	}
	all, err := AllTemplates(r, agency)
	if err != nil {
		return Template{}, err
	}
	for _, t := range all {
		if t.Code == key && key != "" {
			return t, nil
		}
	}
	return Template{}, errNoTemplate
}

// Editions are all versions of a sample, newest first; a shipped one has its only one.
func Editions(r store.Reader, t Template) ([]Edition, error) {
	if t.ID == 0 {
		return []Edition{t.Edition}, nil
	}
	all, err := editionsOf(r, t.ID)
	return all, fault.Internal(err)
}

// EditionOf finds one version, so that what an old draft was begun with can be looked at.
func EditionOf(r store.Reader, t Template, ordinal int) (Edition, error) {
	all, err := Editions(r, t)
	if err != nil {
		return Edition{}, err
	}
	for _, e := range all {
		if e.Ordinal == ordinal {
			return e, nil
		}
	}
	return Edition{}, errNoTemplate
}

// MaySetTemplate reports whether somebody keeps the samples of a unit (0 = of the agency).
func MaySetTemplate(x org.Rights, unit int64) bool {
	return x.May(org.KeepTemplates, org.Target{Unit: unit})
}

// SetTemplate founds a sample, or adds an edition to the one with the key. The old edition
// stays as it is; whoever drafts next gets the new one.
func SetTemplate(a *journal.Act, key string, t Template) (Template, error) {
	was := Template{}
	t.ID, t.Code = 0, ""
	if key != "" {
		var err error
		if was, err = TemplateOf(a, a.By.Agency, key); err != nil {
			return t, err
		}
		t.ID, t.Code, t.Type, t.Unit, t.On = was.ID, was.Code, was.Type, was.Unit, true
	}
	if err := org.May(a, org.KeepTemplates, org.Target{Unit: t.Unit}); err != nil {
		return t, err
	}
	d, err := org.DirectoryIn(a)
	if err != nil {
		return t, err
	}
	if t.Unit != 0 && d.Unit(t.Unit).ID == 0 {
		return t, fault.Invalid("unit", "Không có đơn vị này.")
	}
	if err := t.shape(key != ""); err != nil {
		return t, err
	}
	t.Ordinal, t.AddedBy, t.AddedAt = was.Ordinal+1, a.By.Person, a.At
	if t.ID == 0 {
		// also a shipped one that the agency makes its own: its edition is the first
		t.ID, t.On, t.FoundedBy, t.FoundedAt = a.NewID(), true, a.By.Person, a.At
		if was.Code != "" {
			if err := insertTemplate(a, was.adopted(t)); err != nil {
				return t, fault.Internal(err)
			}
			if err := insertEdition(a, t.ID, was.adopted(t).Edition); err != nil {
				return t, fault.Internal(err)
			}
		} else if err := insertTemplate(a, t); err != nil {
			return t, fault.Internal(err)
		}
	}
	if err := insertEdition(a, t.ID, t.Edition); err != nil {
		return t, fault.Internal(err)
	}
	if err := setCurrent(a, t.ID, t.Name, t.Ordinal, true); err != nil {
		return t, fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: TemplateSet, Subject: journal.Ref(RefTemplate, t.ID), Unit: t.Unit, Data: templateData{Ordinal: t.Ordinal, On: true}})
	return t, nil
}

// adopted is a shipped sample as the first edition of the agency's own.
func (t Template) adopted(as Template) Template {
	t.ID, t.On, t.FoundedBy, t.FoundedAt, t.AddedBy, t.AddedAt = as.ID, true, as.FoundedBy, as.FoundedAt, as.FoundedBy, as.FoundedAt
	return t
}

// shape settles what was typed and says what is wrong with it.
func (t *Template) shape(again bool) error {
	t.Name, t.Subject, t.Why = tidy(t.Name), tidy(t.Subject), tidy(t.Why)
	t.Body = strings.ReplaceAll(strings.TrimRight(t.Body, " \t\r\n"), "\r\n", "\n")
	t.Addressees = lines(strings.Join(t.Addressees, "\n"))
	var errs []error
	wrong := func(field, text string) { errs = append(errs, fault.Invalid(field, text)) }
	if _, ok := letter.TypeOf(t.Type); !ok {
		wrong("type", "Chưa chọn loại văn bản trong 29 loại văn bản hành chính.")
	}
	if n := utf8.RuneCountInString(t.Name); n == 0 || n > mostTemplateName {
		wrong("name", fmt.Sprintf("Hãy đặt tên cho mẫu, nhiều nhất %d ký tự.", mostTemplateName))
	}
	if n := utf8.RuneCountInString(t.Why); again && n == 0 || n > mostWhy {
		wrong("why", "Hãy ghi vì sao có bản mới, nhiều nhất 500 ký tự.")
	}
	if utf8.RuneCountInString(t.Subject) > mostSubject {
		wrong("subject", "Trích yếu không được dài quá 500 ký tự.")
	}
	switch t.Way {
	case WayComposed:
		if t.Body == "" {
			wrong("body", "Mẫu chưa có nội dung.")
		}
		if len(t.Body) > mostBody {
			wrong("body", "Nội dung mẫu quá dài.")
		}
		fields, err := blanks(t.texts()...)
		if err != nil {
			errs = append(errs, err)
		}
		t.Fields, t.SHA, t.FileName, t.Size = fields, "", "", 0
	case WayDOCX:
		if len(t.SHA) != 64 || t.Size <= 0 {
			wrong("file", "Chưa có tệp Word của mẫu.")
		}
		t.Body, t.Subject, t.Addressees = "", "", nil
	default:
		wrong("file", "Mẫu phải được soạn tại đây hoặc là tệp Word.")
	}
	if len(t.Fields) > mostFields {
		wrong("body", fmt.Sprintf("Một mẫu nhiều nhất %d chỗ điền.", mostFields))
	}
	return fault.Join(errs...)
}

func (e Edition) texts() []string {
	return append(append([]string{e.Subject}, e.Addressees...), e.Body)
}

// TurnTemplate puts a sample in use or out of it.
func TurnTemplate(a *journal.Act, key string, on bool) (Template, error) {
	t, err := TemplateOf(a, a.By.Agency, key)
	if err != nil {
		return t, err
	}
	if err := org.May(a, org.KeepTemplates, org.Target{Unit: t.Unit}); err != nil {
		return t, err
	}
	if t.On == on {
		return t, fault.Conflict("", "Mẫu đã ở trạng thái này.")
	}
	if t.ID == 0 {
		t.ID, t.FoundedBy, t.FoundedAt = a.NewID(), a.By.Person, a.At
		t = t.adopted(t)
		if err := insertTemplate(a, t); err != nil {
			return t, fault.Internal(err)
		}
		if err := insertEdition(a, t.ID, t.Edition); err != nil {
			return t, fault.Internal(err)
		}
	}
	t.On = on
	if err := setCurrent(a, t.ID, t.Name, t.Ordinal, on); err != nil {
		return t, fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: TemplateTurned, Subject: journal.Ref(RefTemplate, t.ID), Unit: t.Unit, Data: templateData{Ordinal: t.Ordinal, On: on}})
	return t, nil
}

// UseTemplate notes in the act that begins a draft which edition it was begun with.
func UseTemplate(a *journal.Act, p Paper, t Template) error {
	if !t.On {
		return fault.Gone("Mẫu này đã thôi dùng.")
	}
	return fault.Internal(insertUse(a, p.ID, t))
}

// UsedTemplate is the sample that a draft was begun with and its edition; ordinal 0 = none.
func UsedTemplate(r store.Reader, agency, draft int64) (t Template, ordinal int, err error) {
	key, ordinal, err := useOf(r, agency, draft)
	if err == store.ErrNone {
		return t, 0, nil
	}
	if err != nil {
		return t, 0, fault.Internal(err)
	}
	t, err = TemplateOf(r, agency, key)
	return t, ordinal, err
}
