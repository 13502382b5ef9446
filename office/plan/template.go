// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
	"soviec/office/task"
)

// A Template is one work or several that are given again and again (mẫu công việc). With
// steps that wait for others it is a chain (chuỗi việc): when this is done, that begins.
type Template struct {
	ID       int64
	Unit     int64
	Name     string
	Replaces int64 // the version before
	Steps    []Step
	SetBy    int64
	SetAt    time.Time
	Ended    bool
}

// A Step is one work of a template.
type Step struct {
	Place int // from 1
	After int // the step that must be done first; 0 = begins at once
	Days  int // working days from its beginning to its due day
	Piece
}

const maxSteps = 12

// Address is its page.
func (t Template) Address() string { return fmt.Sprintf("/cong-viec/mau/%d", t.ID) }

// Fields are the fields that whoever begins the template fills.
func (t Template) Fields() []string {
	var texts []string
	for _, s := range t.Steps {
		texts = append(texts, s.Title, s.Text)
	}
	return FieldsOf(texts...)
}

type templateData struct {
	State    string `json:"st"`
	Steps    int    `json:"n,omitempty"`
	Replaces int64  `json:"r,omitempty"`
}

var errNoTemplate = fault.NotFound("Không tìm thấy mẫu công việc này.")

// TemplateOf reads one template with its steps.
func TemplateOf(r store.Reader, agency, id int64) (Template, error) {
	t, err := readTemplate(r, agency, id)
	if errors.Is(err, store.ErrNone) {
		return t, errNoTemplate
	}
	if err != nil {
		return t, fault.Internal(err)
	}
	steps, err := stepsOf(r, []int64{id})
	t.Steps = steps[id]
	return t, fault.Internal(err)
}

// Templates are those in use, of the units that somebody sees.
func Templates(r store.Reader, x org.Rights, agency int64) ([]Template, error) {
	all, err := openTemplates(r, agency)
	if err != nil {
		return nil, fault.Internal(err)
	}
	var out []Template
	var ids []int64
	for _, t := range all {
		if Sees(x, t.Unit) || t.Unit == 0 && May(x) {
			out = append(out, t)
			ids = append(ids, t.ID)
		}
	}
	steps, err := stepsOf(r, ids)
	for i := range out {
		out[i].Steps = steps[out[i].ID]
	}
	return out, fault.Internal(err)
}

// SetTemplate founds a template, or replaces one by a new version; what was begun with the
// old one goes on as it was begun.
func SetTemplate(a *journal.Act, t Template) (Template, error) {
	unit := int64(0)
	if t.ID != 0 {
		was, err := TemplateOf(a, a.By.Agency, t.ID)
		if err != nil {
			return t, err
		}
		if was.Ended {
			return t, fault.Gone("Mẫu này đã có bản mới hoặc đã thôi dùng.")
		}
		unit = was.Unit
	} else {
		var err error
		if unit, err = home(a); err != nil {
			return t, err
		}
	}
	if err := may(a, unit); err != nil {
		return t, err
	}
	t.Name = strings.TrimSpace(t.Name)
	if err := t.check(a); err != nil {
		return t, err
	}
	if t.ID != 0 {
		if err := endTemplate(a, t.ID); err != nil {
			return t, fault.Internal(err)
		}
		a.Note(journal.Entry{Kind: TemplateEnded, Subject: journal.Ref(RefTemplate, t.ID), Data: templateData{State: Ended}})
	}
	t.Replaces, t.ID, t.Unit, t.SetBy, t.SetAt = t.ID, a.NewID(), unit, me(a), a.At
	if err := insertTemplate(a, t); err != nil {
		return t, fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: TemplateSet, Subject: journal.Ref(RefTemplate, t.ID), Data: templateData{Running, len(t.Steps), t.Replaces}})
	return t, nil
}

func (t *Template) check(a *journal.Act) error {
	var errs []error
	if t.Name == "" || len([]rune(t.Name)) > 200 {
		errs = append(errs, fault.Invalid("name", "Hãy đặt tên cho mẫu, nhiều nhất 200 ký tự."))
	}
	if len(t.Steps) == 0 || len(t.Steps) > maxSteps {
		errs = append(errs, fault.Invalid("steps", fmt.Sprintf("Một mẫu có từ 1 đến %d việc.", maxSteps)))
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return fault.Internal(err)
	}
	x, err := org.RightsIn(a)
	if err != nil {
		return err
	}
	for i := range t.Steps {
		s := &t.Steps[i]
		s.Place = i + 1
		s.tidy()
		at := func(err error) {
			for _, e := range fault.All(err) {
				errs = append(errs, fault.Invalid(fmt.Sprintf("%s-%d", e.Field, s.Place), fmt.Sprintf("Việc %d: %s", s.Place, e.Text)))
			}
		}
		at(s.Piece.check())
		if s.After < 0 || s.After >= s.Place {
			at(fault.Invalid("after", "Chỉ có thể chờ một việc đứng trước."))
		}
		if s.Days < 0 || s.Days > 400 {
			at(fault.Invalid("days", "Số ngày làm việc phải từ 0 đến 400."))
		}
		if s.Lead != (task.Assignee{}) {
			at(inside(dir, x, a.Day(), s.Piece.order(nil, task.Product{})))
		}
		if _, err := productFor(a, a.Day(), s.Product); err != nil {
			at(err)
		}
	}
	return fault.Join(errs...)
}

// EndTemplate takes a template out of use.
func EndTemplate(a *journal.Act, id int64) error {
	t, err := TemplateOf(a, a.By.Agency, id)
	if err != nil {
		return err
	}
	if err := may(a, t.Unit); err != nil {
		return err
	}
	if t.Ended {
		return fault.Gone("Mẫu này đã thôi dùng.")
	}
	if err := endTemplate(a, id); err != nil {
		return fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: TemplateEnded, Subject: journal.Ref(RefTemplate, id), Data: templateData{State: Ended}})
	return nil
}

// A Start is a template to be begun now.
type Start struct {
	Template int64
	Fields   map[string]string
	Leads    map[int]task.Assignee // by place, where another leads this time
}

// due is the day of a step that begins on a day.
func (s Step) due(c *civil.Calendar, day civil.Date) task.Due {
	return task.Due{On: c.AddWorkingDays(day, s.Days)}
}
