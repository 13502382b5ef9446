// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/plan"
	"soviec/office/task"
)

const (
	recurringHref = "/cong-viec/dinh-ky"
	datesListed   = 3  // per rule in the list
	datesShown    = 8  // on the page of a rule
	datesTried    = 12 // of a rule that is only looked at
)

// planWays are the pages of what work will be given, and of what it is counted in.
func (v *visit) planWays(now string) []view.Way {
	out := []view.Way{{Label: "Công việc", Href: "/viec"}}
	if plan.May(v.rights) {
		out = append(out, view.Way{Label: "Định kỳ", Href: recurringHref}, view.Way{Label: "Mẫu", Href: templatesHref})
	}
	out = append(out, view.Way{Label: "Danh mục", Href: catalogueHref})
	for i := range out {
		out[i].Now = out[i].Href == now
	}
	return out
}

// recurring is the list of rules by which work comes again, each with its next dates.
func recurring(v *visit) error {
	if !plan.May(v.rights) {
		return errMayNot
	}
	rules, err := plan.Rules(v.read(), v.rights, v.agency())
	if err != nil {
		return err
	}
	dates, err := plan.UpcomingOf(v.read(), v.dir.Calendar, v.agency(), rules, v.today, datesListed)
	if err != nil {
		return err
	}
	p := view.Recurring{Frame: v.frame(view.PlaceWorks, "Việc định kỳ"), Ways: v.planWays(recurringHref)}
	for _, r := range rules {
		row := view.RecurringRow{Href: r.Address(), Title: r.Title, When: r.Rhythm.Words(), State: r.Words(), Reason: r.Reason,
			Alarm: r.State == plan.Stopped, Quiet: r.State == plan.Paused,
			Who: v.namesOf([]task.Assignee{r.Lead}) + " chủ trì, " + v.dir.Person(r.Owner).Polite() + " giao"}
		if row.Alarm {
			p.Asked++
		}
		for _, o := range dates[r.ID] {
			row.Dates = append(row.Dates, v.recurringDate(r, o))
		}
		p.Rows = append(p.Rows, row)
	}
	return v.show(p)
}

func (v *visit) recurringDate(r plan.Rule, o plan.Occurrence) view.RecurringDate {
	d := view.RecurringDate{Name: o.Name, Due: o.Due.WeekdayVN() + ", " + o.Due.VN(), Note: o.Text, Day: o.Due.VN(), Address: r.Address() + "/ky/" + o.Key}
	if o.State != "" {
		d.State = o.Words()
	}
	switch o.State {
	case "", plan.Changed:
		if r.State == plan.Running {
			d.Given = "giao ngày " + max(plan.GiveOn(v.dir.Calendar, o.Due, r.Ahead), v.today).VN()
		}
		d.Restore = o.State == plan.Changed
	case plan.Skipped:
		d.Restore = true
	case plan.GivenNow:
		d.Href, d.Address = "/viec/"+idText(o.Work), ""
	case plan.Missed:
		d.Address = ""
	}
	if o.Title != "" {
		d.Note = strings.TrimSpace(o.Title + ". " + d.Note)
	}
	return d
}

// recurringRule is the rule that the address names, or a new one as most are.
func (v *visit) recurringRule() (plan.Rule, error) {
	if !plan.May(v.rights) {
		return plan.Rule{}, errMayNot
	}
	if v.PathValue("id") == newID {
		return plan.Rule{Rhythm: plan.Rhythm{Every: 1, Period: civil.Monthly, On: plan.OnDay, Number: 25, Shift: plan.GoBack, From: v.today}, Ahead: 5}, nil
	}
	id, err := v.id("id")
	if err != nil {
		return plan.Rule{}, err
	}
	r, err := plan.RuleOf(v.read(), v.agency(), id)
	if err == nil && (!plan.Sees(v.rights, r.Unit) || r.State == plan.Ended) {
		err = errNoPage
	}
	return r, err
}

func recurringPage(v *visit) error {
	r, err := v.recurringRule()
	if err != nil {
		return err
	}
	p, err := v.recurringForm(r)
	if err != nil {
		return err
	}
	return v.show(p)
}

// recurringForm is the page of a rule with its next dates.
func (v *visit) recurringForm(r plan.Rule) (view.RecurringEdit, error) {
	p := view.RecurringEdit{Frame: v.frame(view.PlaceWorks, "Việc định kỳ"), Address: recurringHref + "/" + v.PathValue("id"), Name: r.Title,
		Leads: v.leadGroups(), Others: v.leadGroups(), Periods: periodOptions(), Months: monthOptions(), Numbers: numberGroups(),
		Backs: backOptions(), Shifts: shiftOptions(), Proofs: proofOptions(), Priorities: priorityOptions()}
	var err error
	if p.Products, err = v.productsOn(v.today); len(p.Products) > 0 {
		p.Products = slices.Insert(p.Products, 0, view.Option{Label: "không theo danh mục"})
	}
	if err != nil {
		return p, err
	}
	p.Form.Values = map[string][]string{"title": {r.Title}, "text": {r.Text}, "lead": {assigneeValue(r.Lead)}, "coop": assigneeValues(r.Coop), "info": assigneeValues(r.Info),
		"product": {r.Product}, "proof": {r.Proof}, "priority": {strconv.Itoa(r.Priority)}, "period": {string(r.Period)}, "every": {strconv.Itoa(r.Every)},
		"month": {monthValue(r.Rhythm)}, "number": {numberValue(r.Rhythm)}, "back": {strconv.Itoa(r.Back)}, "shift": {string(r.Shift)},
		"ahead": {strconv.Itoa(r.Ahead)}, "at": {r.At}, "from": {r.From.VN()}, "until": {r.Until.VN()}}
	if r.ID == 0 {
		return p, nil
	}
	p.State, p.Alarm, p.Reason, p.Words = r.Words(), r.State == plan.Stopped, r.Reason, capital(r.Rhythm.Words())
	p.Owner = v.dir.Person(r.Owner).Polite() + " giao"
	p.MayPause, p.MayResume, p.MayEnd = r.State == plan.Running, r.State == plan.Paused, true
	dates, err := plan.Upcoming(v.read(), v.dir.Calendar, r, v.today, datesShown)
	if err != nil {
		return p, err
	}
	for _, o := range dates {
		p.Dates = append(p.Dates, v.recurringDate(r, o))
	}
	was, err := plan.Versions(v.read(), v.agency(), r.ID)
	for i := 1; i < len(was); i++ {
		p.Before = append(p.Before, v.recurringBefore(was[i], was[i-1].SetAt))
	}
	return p, err
}

// recurringBefore is what a rule said until it was saved again.
func (v *visit) recurringBefore(r plan.Rule, until time.Time) view.RecurringBefore {
	out := view.RecurringBefore{Title: r.Title, Text: r.Text, Words: capital(r.Rhythm.Words()), Span: momentWords(r.SetAt) + " – " + momentWords(until),
		Owner: v.dir.Person(r.Owner).Polite(), Lead: v.assigneeWords(r.Lead)}
	if r.Ahead > 0 {
		out.Words += fmt.Sprintf("; giao trước hạn %d ngày làm việc", r.Ahead)
	}
	return out
}

// recurringTyped puts what was typed over a rule.
func (v *visit) recurringTyped(r *plan.Rule) error {
	if err := v.ParseForm(); err != nil {
		return fault.Invalid("", "Không đọc được biểu mẫu.")
	}
	var errs []error
	whole := func(name string) int {
		n, err := strconv.Atoi(v.field(name))
		if err != nil {
			errs = append(errs, fault.Invalid(name, "Hãy nhập một số nguyên."))
		}
		return n
	}
	day := func(name string) civil.Date {
		d, err := v.date(name)
		errs = append(errs, err)
		return d
	}
	r.Title, r.Text = v.field("title"), v.text("text")
	r.Lead, _ = assignee(v.field("lead"))
	r.Coop, r.Info = assignees(v.PostForm["coop"]), assignees(v.PostForm["info"])
	r.Product, r.Proof, r.Priority = v.field("product"), v.field("proof"), whole("priority")
	r.Period, r.Every, r.Ahead, r.At = civil.PeriodKind(v.field("period")), whole("every"), whole("ahead"), v.field("at")
	r.Back, r.Shift, r.From, r.Until = whole("back"), plan.Shift(v.field("shift")), day("from"), day("until")
	readNumber(v.field("number"), &r.Rhythm)
	readMonth(v.field("month"), &r.Rhythm)
	return fault.Join(errs...)
}

// saveRecurring saves a rule, or with "xem" only shows the dates that it would have.
func saveRecurring(v *visit) error {
	r, err := v.recurringRule()
	if err != nil {
		return err
	}
	was := r
	err = v.recurringTyped(&r)
	if err == nil {
		err = v.act(func(a *journal.Act) error { r, err = plan.SetRule(a, r); return err })
	}
	if err == nil {
		v.d.Jobs.Wake()
		return v.done(r.Address(), "Đã lưu việc định kỳ “"+r.Title+"”.")
	}
	return v.recurringAgain(was, err)
}

func (v *visit) recurringAgain(was plan.Rule, err error) error {
	if !wrong(err) {
		return err
	}
	p, perr := v.recurringForm(was)
	if perr != nil {
		return perr
	}
	p.Form = v.form(err)
	for i, e := range p.Form.Errors { // one choice of the form holds what the rule keeps apart
		if e.Field == "on" || e.Field == "nth" {
			p.Form.Errors[i].Field = "number"
		}
	}
	return v.again(p, err)
}

// recurringAct looks at a rule as typed, pauses, resumes or ends it.
func recurringAct(v *visit) error {
	r, err := v.recurringRule()
	if err != nil {
		return err
	}
	act, said := v.PathValue("act"), ""
	if act == "xem" {
		return v.tryRecurring(r)
	}
	if r.ID == 0 {
		return errNoPage
	}
	to := r.Address()
	err = v.act(func(a *journal.Act) error {
		switch act {
		case "tam-dung":
			said = "Đã tạm dừng; các kỳ trôi qua khi tạm dừng không được giao bù."
			return plan.Pause(a, r.ID, v.field("reason"))
		case "chay-lai":
			said = "Đã chạy lại."
			return plan.Resume(a, r.ID)
		case "cham-dut":
			said, to = "Đã chấm dứt việc định kỳ “"+r.Title+"”.", recurringHref
			return plan.EndRule(a, r.ID)
		}
		return errNoPage
	})
	if err != nil {
		return err
	}
	v.d.Jobs.Wake()
	return v.done(to, said)
}

func (v *visit) tryRecurring(r plan.Rule) error {
	was := r
	err := fault.Join(v.recurringTyped(&r), r.Rhythm.Check())
	if err != nil {
		return v.recurringAgain(was, err)
	}
	p, err := v.recurringForm(was)
	if err != nil {
		return err
	}
	p.Form, p.Tried, p.Dates, p.Words = v.form(nil), true, nil, capital(r.Rhythm.Words())
	for _, d := range r.Rhythm.Next(v.dir.Calendar, v.today, datesTried) {
		p.Dates = append(p.Dates, view.RecurringDate{Name: d.Name, Due: d.Due.WeekdayVN() + ", " + d.Due.VN(),
			Given: "giao ngày " + max(plan.GiveOn(v.dir.Calendar, d.Due, r.Ahead), v.today).VN()})
	}
	return v.show(p)
}

// recurringOne changes, skips or restores one date of a rule.
func recurringOne(v *visit) error {
	r, err := v.recurringRule()
	if err != nil {
		return err
	}
	if r.ID == 0 {
		return errNoPage
	}
	key, said := v.PathValue("key"), ""
	var due civil.Date
	if v.PathValue("act") == "doi" {
		if due, err = v.date("due"); err != nil {
			return v.oneAgain(r, err)
		}
	}
	err = v.act(func(a *journal.Act) error {
		switch v.PathValue("act") {
		case "bo":
			said = "Đã bỏ kỳ này."
			return plan.Skip(a, r.ID, key, v.field("reason"))
		case "doi":
			said = "Đã đổi kỳ này."
			return plan.Change(a, r.ID, key, due, v.field("title"))
		case "khoi-phuc":
			said = "Kỳ này lại theo quy tắc."
			return plan.Restore(a, r.ID, key)
		}
		return errNoPage
	})
	if err != nil {
		return v.oneAgain(r, err)
	}
	v.d.Jobs.Wake()
	return v.done(r.Address(), said)
}

// oneAgain shows the page again with what was wrong with one date.
func (v *visit) oneAgain(r plan.Rule, err error) error {
	if !wrong(err) {
		return err
	}
	p, perr := v.recurringForm(r)
	if perr != nil {
		return perr
	}
	for _, e := range fieldErrors(err) {
		p.Form.Errors = append(p.Form.Errors, view.FieldError{Text: e.Text})
	}
	return v.again(p, err)
}

// The choices of the form.

func periodOptions() []view.Option {
	return []view.Option{{Value: string(plan.Weekly), Label: "Hằng tuần"}, {Value: string(civil.Monthly), Label: "Hằng tháng"}, {Value: string(civil.Quarterly), Label: "Hằng quý"},
		{Value: string(civil.HalfYearly), Label: "Nửa năm một kỳ"}, {Value: string(civil.Yearly), Label: "Hằng năm"}}
}

func shiftOptions() []view.Option {
	return []view.Option{{Value: string(plan.GoBack), Label: "Lùi về ngày làm việc trước"}, {Value: string(plan.GoForward), Label: "Chuyển sang ngày làm việc sau"}, {Value: string(plan.Keep), Label: "Giữ nguyên ngày"}}
}

var dayNames = []string{"thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"}

func backOptions() []view.Option {
	out := []view.Option{{Value: "0", Label: "Đúng ngày đó"}}
	for i, name := range dayNames[:5] {
		out = append(out, view.Option{Value: strconv.Itoa(i + 1), Label: capital(name) + " trước ngày đó"})
	}
	return out
}

func monthOptions() []view.Option {
	out := []view.Option{{Value: "last", Label: "Tháng cuối kỳ"}, {Value: "after", Label: "Tháng ngay sau kỳ"}}
	for m := 1; m <= 11; m++ {
		out = append(out, view.Option{Value: strconv.Itoa(m), Label: fmt.Sprintf("Tháng thứ %d của kỳ", m)})
	}
	return out
}

// monthsOf is how many months a period has.
func monthsOf(k civil.PeriodKind) int {
	return map[civil.PeriodKind]int{civil.Monthly: 1, civil.Quarterly: 3, civil.HalfYearly: 6, civil.Yearly: 12}[k]
}

func monthValue(r plan.Rhythm) string {
	switch m := monthsOf(r.Period); r.Month {
	case 0, m:
		return "last"
	case m + 1:
		return "after"
	}
	return strconv.Itoa(r.Month)
}

func readMonth(value string, r *plan.Rhythm) {
	m := monthsOf(r.Period)
	switch value {
	case "last":
		r.Month = m
	case "after":
		r.Month = m + 1
	default:
		r.Month, _ = strconv.Atoi(value)
	}
	if m <= 1 {
		r.Month = 0
	}
}

// numberGroups are the days that a rule can name, as one choice.
func numberGroups() []view.Group {
	days := view.Group{Label: "Ngày trong tháng"}
	for n := 1; n <= 31; n++ {
		label := fmt.Sprintf("Ngày %d", n)
		if n == 31 {
			label = "Ngày cuối tháng"
		}
		days.Options = append(days.Options, view.Option{Value: fmt.Sprintf("day:%d", n), Label: label})
	}
	working := view.Group{Label: "Ngày làm việc trong tháng"}
	for _, n := range []int{1, 2, 3, 4, 5, 10, -1, -2, -3, -5} {
		working.Options = append(working.Options, view.Option{Value: fmt.Sprintf("working:%d", n), Label: capital(strings.TrimPrefix(plan.Rhythm{Every: 1, Period: civil.Monthly, On: plan.OnWorking, Number: n, Shift: plan.Keep, From: civil.New(2026, 1, 1)}.Words(), "mỗi tháng, "))})
	}
	inMonth, inWeek := view.Group{Label: "Thứ trong tháng"}, view.Group{Label: "Thứ trong tuần (theo tuần)"}
	for i, name := range dayNames {
		if i < 5 {
			for _, nth := range []int{1, 2, 3, -1} {
				words := map[int]string{1: "đầu tiên", 2: "của tuần thứ 2", 3: "của tuần thứ 3", -1: "cuối cùng"}[nth]
				inMonth.Options = append(inMonth.Options, view.Option{Value: fmt.Sprintf("weekday:%d:%d", i+1, nth), Label: capital(name) + " " + words})
			}
		}
		inWeek.Options = append(inWeek.Options, view.Option{Value: fmt.Sprintf("week:%d", i+1), Label: capital(name)})
	}
	return []view.Group{days, working, inMonth, inWeek}
}

func numberValue(r plan.Rhythm) string {
	switch {
	case r.Period == plan.Weekly:
		return fmt.Sprintf("week:%d", r.Number)
	case r.On == plan.OnWeekday:
		return fmt.Sprintf("weekday:%d:%d", r.Number, r.Nth)
	}
	return fmt.Sprintf("%s:%d", r.On, r.Number)
}

func readNumber(value string, r *plan.Rhythm) {
	parts := strings.Split(value, ":")
	r.On, r.Number, r.Nth = "", 0, 0
	if len(parts) < 2 {
		return
	}
	r.Number, _ = strconv.Atoi(parts[1])
	switch r.On = plan.Anchor(parts[0]); {
	case parts[0] == "week":
		r.On = plan.OnWeekday
	case len(parts) == 3:
		r.Nth, _ = strconv.Atoi(parts[2])
	}
}

func proofOptions() []view.Option {
	var out []view.Option
	for _, kind := range []string{"", task.ProofReport, task.ProofDocument, task.ProofDossier} {
		out = append(out, view.Option{Value: kind, Label: task.ProofWords(kind)})
	}
	return out
}

func priorityOptions() []view.Option {
	var out []view.Option
	for i, words := range task.Priorities {
		out = append(out, view.Option{Value: strconv.Itoa(i), Label: words})
	}
	return out
}
