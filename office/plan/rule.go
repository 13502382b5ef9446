// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/job"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
	"soviec/office/task"
)

// The states of a rule.
const (
	Running = "running" // đang chạy
	Paused  = "paused"  // tạm dừng
	Stopped = "stopped" // dừng để hỏi: người hoặc đơn vị không còn
	Ended   = "ended"   // đã chấm dứt
)

var stateWords = map[string]string{Running: "Đang chạy", Paused: "Tạm dừng", Stopped: "Dừng, chờ xử lý", Ended: "Đã chấm dứt"}

// A Rule is work that comes again (việc định kỳ): on each date of its rhythm a work is due,
// given so many working days ahead in the owner's name.
type Rule struct {
	ID    int64
	Unit  int64 // 0 = set by a leader
	Owner int64 // who gives
	Piece
	Rhythm
	Ahead  int
	At     string // "16:00"; "" = the end of the day
	State  string
	Reason string     // why it stopped
	Since  civil.Date // earlier dates are not given any more
	SetAt  time.Time
}

// Ref names the rule in the book.
func (r Rule) Ref() string { return journal.Ref(RefRule, r.ID) }

// Address is its page.
func (r Rule) Address() string { return fmt.Sprintf("/cong-viec/dinh-ky/%d", r.ID) }

// Words is its state as the screen says it.
func (r Rule) Words() string { return stateWords[r.State] }

// The states of an occurrence; "" is one about which nothing was decided.
const (
	Changed    = "changed"
	Skipped    = "skipped"
	GivenNow   = "given"
	Missed     = "missed"
	StoppedOne = "stopped"
)

// An Occurrence is one date of a rule with what was decided about it.
type Occurrence struct {
	ID    int64
	Rule  int64
	Date         // Due is the changed day where it was changed
	State string // "" = as the rule says
	Work  int64
	Title string // "" = as the rule says
	Text  string // reason
	SetBy int64
}

// Words is its state as the screen says it.
func (o Occurrence) Words() string {
	return map[string]string{"": "Sẽ giao", Changed: "Đã đổi", Skipped: "Đã bỏ", GivenNow: "Đã giao", Missed: "Đã lỡ", StoppedOne: "Chưa giao được"}[o.State]
}

type ruleData struct {
	State string     `json:"st"`
	Owner int64      `json:"o"`
	Unit  int64      `json:"u,omitempty"`
	Since civil.Date `json:"s,omitzero"`
}

func (r Rule) note(a *journal.Act, kind string) {
	a.Note(journal.Entry{Kind: kind, Subject: r.Ref(), Data: ruleData{r.State, r.Owner, r.Unit, r.Since}})
}

type occurrenceData struct {
	Key   string     `json:"k"`
	State string     `json:"st"`
	Due   civil.Date `json:"d"`
	Work  int64      `json:"w,omitempty"`
}

func (o Occurrence) note(a *journal.Act, kind string) {
	a.Note(journal.Entry{Kind: kind, Subject: journal.Ref(RefRule, o.Rule), DueOn: o.Due, Data: occurrenceData{o.Key, o.State, o.Due, o.Work}})
}

var (
	errNoRule = fault.NotFound("Không tìm thấy việc định kỳ này.")
	errEnded  = fault.Gone("Việc định kỳ này đã chấm dứt.")
)

// RuleOf reads one rule.
func RuleOf(r store.Reader, agency, id int64) (Rule, error) {
	x, err := readRule(r, agency, id, "")
	if errors.Is(err, store.ErrNone) {
		return x, errNoRule
	}
	return x, fault.Internal(err)
}

// Rules are those that have not ended, of the units that somebody sees.
func Rules(r store.Reader, x org.Rights, agency int64) ([]Rule, error) {
	all, err := openRules(r, agency)
	if err != nil {
		return nil, fault.Internal(err)
	}
	var out []Rule
	for _, rule := range all {
		if Sees(x, rule.Unit) {
			out = append(out, rule)
		}
	}
	return out, nil
}

// Versions are a rule as it was saved each time, newest first: the first is in force.
func Versions(r store.Reader, agency, id int64) ([]Rule, error) {
	all, err := versionsOf(r, agency, id)
	return all, fault.Internal(err)
}

// forAct reads a rule for a change by somebody who may change it.
func forAct(a *journal.Act, id int64) (Rule, error) {
	r, err := readRule(a, a.By.Agency, id, a.Lock())
	if errors.Is(err, store.ErrNone) {
		return r, errNoRule
	}
	if err != nil {
		return r, fault.Internal(err)
	}
	if err := may(a, r.Unit); err != nil {
		return r, err
	}
	if r.State == Ended {
		return r, errEnded
	}
	return r, nil
}

// order is the work of one date.
func (r Rule) order(d *org.Directory, o Occurrence, product task.Product) task.Order {
	order := r.Piece.order(map[string]string{"kỳ": lowerFirst(o.Name), "hạn": o.Due.VN()}, product)
	if o.Title != "" {
		order.Title = o.Title
	}
	order.Giver, order.Source, order.Due = r.Owner, r.Ref(), task.Due{On: o.Due, At: r.At}
	return order
}

func lowerFirst(s string) string {
	for _, head := range []string{"Tháng", "Quý", "Năm"} {
		if rest, ok := strings.CutPrefix(s, head); ok {
			return strings.ToLower(head) + rest
		}
	}
	return s
}

// SetRule founds a rule, or changes one; whoever saves it gives the work from then on.
// Dates that were given stay as they were.
func SetRule(a *journal.Act, r Rule) (Rule, error) {
	r.tidy()
	was := Rule{Since: a.Day().AddDays(1)}
	if r.ID != 0 {
		var err error
		if was, err = forAct(a, r.ID); err != nil {
			return r, err
		}
		r.Unit = was.Unit
	} else {
		unit, err := home(a)
		if err != nil {
			return r, err
		}
		if err := may(a, unit); err != nil {
			return r, err
		}
		r.ID, r.Unit = a.NewID(), unit
	}
	r.Owner, r.State, r.Reason, r.Since, r.SetAt = me(a), Running, "", was.Since, a.At
	switch was.State { // what passed while it stood still is not made up for
	case Paused:
		r.Since = max(was.Since, a.Day().AddDays(1))
	case Stopped:
		r.Since = max(was.Since, a.Day())
	}
	if r.Period == Weekly {
		r.On, r.Month, r.Nth = OnWeekday, 0, 0
	}
	err := fault.Join(r.Piece.check(), r.Rhythm.Check(), r.times())
	if err != nil {
		return r, err
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return r, fault.Internal(err)
	}
	x, err := org.RightsIn(a)
	if err != nil {
		return r, err
	}
	next := r.Rhythm.Next(dir.Calendar, max(a.Day().AddDays(1), r.Since), 1)
	if len(next) == 0 {
		return r, fault.Invalid("until", "Từ nay quy tắc này không có ngày nào; hãy xem lại ngày bắt đầu và ngày kết thúc.")
	}
	product, err := productFor(a, a.Day(), r.Product)
	if err != nil {
		return r, err
	}
	o := r.order(dir, Occurrence{Date: next[0]}, product)
	o.Source = ""
	if err := inside(dir, x, a.Day(), o); err != nil {
		return r, err
	}
	if _, err := task.Preview(dir, a.At, r.Owner, o); err != nil {
		return r, err
	}
	if was.ID == 0 {
		err = insertRule(a, r)
	} else {
		err = updateRule(a, r)
	}
	if err == nil {
		err = insertVersion(a, r)
	}
	if err != nil {
		return r, fault.Internal(err)
	}
	r.note(a, RuleSet)
	return r, soon(a, r.ID)
}

// JobMorning is the job that gives what the rules give.
const JobMorning = "plan.morning"

// soon has the rules looked at now, not only tomorrow: a date may be due to be given already.
func soon(a *journal.Act, rule int64) error {
	return fault.Internal(job.Enqueue(a, a.By.Agency, JobMorning, fmt.Sprintf("%s %d", store.Instant(a.At), rule), nil, a.At))
}

// times checks the lead time and the hour.
func (r Rule) times() error {
	var errs []error
	if r.Ahead < 0 || r.Ahead > 250 {
		errs = append(errs, fault.Invalid("ahead", "Số ngày làm việc giao trước phải từ 0 đến 250."))
	}
	if !clock(r.At) {
		errs = append(errs, fault.Invalid("at", "Giờ phải có dạng 16:00."))
	}
	return fault.Join(errs...)
}

// Pause stops a rule for a time; dates that pass meanwhile are not made up for.
func Pause(a *journal.Act, id int64, reason string) error {
	r, err := forAct(a, id)
	if err != nil {
		return err
	}
	if r.State != Running {
		return fault.Conflict("", "Việc định kỳ này hiện không chạy.")
	}
	reason = strings.TrimSpace(reason)
	if len([]rune(reason)) > 500 {
		return fault.Invalid("reason", "Lý do dài quá 500 ký tự.")
	}
	r.State, r.Reason = Paused, reason
	return set(a, r, RulePaused)
}

// Resume lets a rule run again from today on.
func Resume(a *journal.Act, id int64) error {
	r, err := forAct(a, id)
	if err != nil {
		return err
	}
	if r.State != Paused {
		return fault.Conflict("", "Chỉ việc định kỳ đang tạm dừng mới chạy lại được; việc dừng để hỏi thì hãy sửa rồi lưu.")
	}
	r.State, r.Reason, r.Since = Running, "", max(r.Since, a.Day().AddDays(1))
	if err := set(a, r, RuleResumed); err != nil {
		return err
	}
	return soon(a, r.ID)
}

// EndRule ends a rule for good; what was given goes on.
func EndRule(a *journal.Act, id int64) error {
	r, err := forAct(a, id)
	if err != nil {
		return err
	}
	r.State, r.Reason = Ended, ""
	return set(a, r, RuleEnded)
}

func set(a *journal.Act, r Rule, kind string) error {
	if err := updateRule(a, r); err != nil {
		return fault.Internal(err)
	}
	r.note(a, kind)
	return nil
}

// Skip cancels one date of a rule.
func Skip(a *journal.Act, rule int64, key, reason string) error {
	return decide(a, rule, key, OccurrenceSkipped, func(_ *org.Directory, o *Occurrence) error {
		o.State, o.Text = Skipped, strings.TrimSpace(reason)
		return nil
	})
}

// Change gives one date of a rule another day or other words.
func Change(a *journal.Act, rule int64, key string, due civil.Date, title string) error {
	return decide(a, rule, key, OccurrenceChanged, func(_ *org.Directory, o *Occurrence) error {
		if due.IsZero() || due < a.Day() {
			return fault.Invalid("due", "Hạn mới phải từ hôm nay trở đi.")
		}
		if due.Sub(o.Due) > 400 || o.Due.Sub(due) > 400 {
			return fault.Invalid("due", "Hạn mới quá xa kỳ này.")
		}
		if title = strings.TrimSpace(title); len([]rune(title)) > maxTitle {
			return fault.Invalid("title", "Nội dung công việc dài quá 500 ký tự.")
		}
		o.State, o.Due, o.Title = Changed, due, title
		return nil
	})
}

// Restore takes back that a date was skipped or changed.
func Restore(a *journal.Act, rule int64, key string) error {
	r, err := forAct(a, rule)
	if err != nil {
		return err
	}
	o, err := readOccurrence(a, rule, key)
	if errors.Is(err, store.ErrNone) {
		return fault.Conflict("", "Kỳ này đang theo đúng quy tắc.")
	}
	if err != nil {
		return fault.Internal(err)
	}
	if o.State != Skipped && o.State != Changed {
		return fault.Conflict("", "Kỳ này đã giao hoặc đã qua, không khôi phục được.")
	}
	n, err := deleteOccurrence(a, o)
	if err != nil || n == 0 {
		return fault.Internal(err)
	}
	o.State = ""
	o.Rule = r.ID
	o.note(a, OccurrenceRestored)
	return nil
}

// decide writes what somebody decided about one date to come.
func decide(a *journal.Act, rule int64, key, kind string, f func(*org.Directory, *Occurrence) error) error {
	r, err := forAct(a, rule)
	if err != nil {
		return err
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return fault.Internal(err)
	}
	o, err := readOccurrence(a, rule, key)
	fresh := errors.Is(err, store.ErrNone)
	switch {
	case err != nil && !fresh:
		return fault.Internal(err)
	case fresh:
		found := false
		for _, d := range r.Rhythm.Next(dir.Calendar, a.Day(), maxShown) {
			if d.Key == key {
				o, found = Occurrence{ID: a.NewID(), Rule: rule, Date: d}, true
			}
		}
		if !found {
			return fault.Invalid("key", "Quy tắc không có kỳ này trong thời gian tới.")
		}
	case o.State == GivenNow:
		return fault.Conflict("", "Kỳ này đã giao; hãy sửa hạn hoặc hủy ngay trên công việc.")
	case o.State == Missed:
		return fault.Conflict("", "Kỳ này đã qua.")
	}
	if err := f(dir, &o); err != nil {
		return err
	}
	o.SetBy = me(a)
	if fresh {
		n, err := insertOccurrence(a, o)
		if err != nil {
			return fault.Internal(err)
		}
		if n == 0 {
			return fault.Conflict("", "Kỳ này vừa được xử lý; hãy tải lại trang.")
		}
	} else if _, err := updateOccurrence(a, o); err != nil {
		return fault.Internal(err)
	}
	o.note(a, kind)
	return soon(a, rule)
}

// maxShown is how many dates to come can be seen and decided about.
const maxShown = 60

// Upcoming are the next dates of a rule, each with what was decided about it and the
// morning on which it will be given.
func Upcoming(r store.Reader, c *civil.Calendar, rule Rule, today civil.Date, n int) ([]Occurrence, error) {
	kept, err := occurrencesOf(r, rule.ID)
	if err != nil {
		return nil, fault.Internal(err)
	}
	return upcoming(c, rule, today, n, kept), nil
}

func upcoming(c *civil.Calendar, rule Rule, today civil.Date, n int, kept map[string]Occurrence) []Occurrence {
	var out []Occurrence
	for _, d := range rule.Rhythm.Next(c, max(today, rule.Since), min(n, maxShown)) {
		o, ok := kept[d.Key]
		if !ok {
			o = Occurrence{Rule: rule.ID}
			o.Due = d.Due
		}
		o.Key, o.Name = d.Key, d.Name
		out = append(out, o)
	}
	return out
}

// UpcomingOf is Upcoming for many rules, in one query.
func UpcomingOf(r store.Reader, c *civil.Calendar, agency int64, rules []Rule, today civil.Date, n int) (map[int64][]Occurrence, error) {
	kept, err := occurrencesFrom(r, agency, today.AddDays(-400))
	if err != nil {
		return nil, fault.Internal(err)
	}
	out := map[int64][]Occurrence{}
	for _, rule := range rules {
		out[rule.ID] = upcoming(c, rule, today, n, kept[rule.ID])
	}
	return out, nil
}
