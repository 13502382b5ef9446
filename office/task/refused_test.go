// SPDX-License-Identifier: Apache-2.0

package task_test

import (
	"strings"
	"testing"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/org"
	"soviec/office/org/orgtest"
	"soviec/office/task"
)

func TestGivingIsRefused(t *testing.T) {
	each(t, func(d *desk) {
		ok := task.Order{Title: "Rà soát", Lead: task.Assignee{Unit: d.unit("CS")}, Due: task.Due{On: day("2026-11-20")}}
		for name, c := range map[string]struct {
			by, words string
			bend      func(*task.Order)
		}{
			"no lead":          {"thang", "một và chỉ một", func(o *task.Order) { o.Lead = task.Assignee{} }},
			"no title":         {"thang", "không được để trống", func(o *task.Order) { o.Title = " " }},
			"past":             {"thang", "không được trước ngày giao", func(o *task.Order) { o.Due.On = day("2026-11-13") }},
			"hour passed":      {"thang", "Giờ hạn đã qua", func(o *task.Order) { o.Due = task.Due{On: day("2026-11-16"), At: "07:45"} }},
			"bad hour":         {"thang", "giờ:phút", func(o *task.Order) { o.Due.At = "25h" }},
			"twice":            {"thang", "hai vai trò", func(o *task.Order) { o.Coop = []task.Assignee{{Unit: d.unit("CS")}} }},
			"coop after lead":  {"thang", "sau hạn của đơn vị chủ trì", func(o *task.Order) { o.Coop = []task.Assignee{{Unit: d.unit("NV"), Due: day("2026-11-23")}} }},
			"info with a day":  {"thang", "không có hạn", func(o *task.Order) { o.Info = []task.Assignee{{Unit: d.unit("NV"), Due: day("2026-11-19")}} }},
			"to himself":       {"thang", "tự giao việc", func(o *task.Order) { o.Lead = task.Assignee{Person: d.person("thang")} }},
			"not of the unit":  {"thang", "không công tác tại", func(o *task.Order) { o.Lead = task.Assignee{Unit: d.unit("CS"), Person: d.person("mai")} }},
			"no such unit":     {"thang", "không còn hoạt động", func(o *task.Order) { o.Lead = task.Assignee{Unit: 99} }},
			"an officer":       {"hai", "quyền", func(*task.Order) {}},
			"a head outside":   {"xuan", "quyền", func(*task.Order) {}},
			"clerk for no one": {"lan", "quyền", func(*task.Order) {}},
			"clerk for a head": {"lan", "lãnh đạo cơ quan", func(o *task.Order) { o.Source, o.Giver = "incoming/7", d.person("lam") }},
			"clerk, no paper":  {"lan", "Chỉ Chánh Văn phòng", func(o *task.Order) { o.Giver = d.person("hoa") }},
		} {
			o := ok
			c.bend(&o)
			err := d.try(c.by, func(a *journal.Act) error { _, err := task.Give(a, o); return err })
			if err == nil || !strings.Contains(fault.Text(err), c.words) {
				d.Errorf("%s: %v", name, err)
			}
		}
		// What is allowed beside the leader's order.
		d.do("lan", func(a *journal.Act) error {
			o := ok
			o.Source, o.Giver = "incoming/7", d.person("hoa")
			w, err := task.Give(a, o)
			if err == nil && (w.Giver != d.person("hoa") || w.Proxy != d.person("lan")) {
				d.Errorf("direct distribution: %+v", w)
			}
			return err
		})
		d.do("lam", func(a *journal.Act) error {
			o := ok
			o.Lead = task.Assignee{Person: d.person("ha")}
			_, err := task.Give(a, o)
			return err
		})
		d.sound()
	})
}

func TestForbiddenWays(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("thang", "CS", "2026-11-20", "NV")
		lead := d.lead(w)
		coop := w.Shares[1].ID
		d.refused("thang", "một và chỉ một", func(a *journal.Act) error { // T21
			_, err := task.AddShare(a, w.ID, task.Lead, task.Assignee{Unit: d.unit("KHTH")}, "")
			return err
		})
		d.refused("lam", "Hạn nội bộ không được sau", func(a *journal.Act) error { // T22
			_, err := task.AssignInside(a, lead.ID, d.person("hai"), nil, day("2026-11-23"), "")
			return err
		})
		d.refused("thang", "chủ trì duy nhất", func(a *journal.Act) error { return task.RemoveShare(a, lead.ID, "Thừa.") }) // T23
		d.refused("lam", "đang công tác tại", func(a *journal.Act) error {
			_, err := task.AssignInside(a, lead.ID, d.person("mai"), nil, 0, "")
			return err
		})
		d.refused("xuan", "quyền", func(a *journal.Act) error {
			_, err := task.AssignInside(a, lead.ID, d.person("anh"), nil, 0, "")
			return err
		})
		d.refused("ha", "quyền", func(a *journal.Act) error { return task.Start(a, lead.ID) })
		d.refused("lam", "không được để trống", func(a *journal.Act) error { return task.Report(a, lead.ID, " ", "") })
		d.refused("thang", "Chưa có báo cáo", func(a *journal.Act) error { return task.Confirm(a, lead.ID, "") })
		d.refused("lam", "sau hạn hiện tại", func(a *journal.Act) error {
			_, err := task.AskExtension(a, lead.ID, day("2026-11-20"), "Chờ số liệu.")
			return err
		})
		d.refused("hoa", "quyền", func(a *journal.Act) error { return task.Cancel(a, w.ID, "Nhầm.") })
		d.refused("thang", "đã hoàn thành", func(a *journal.Act) error { return task.Reopen(a, w.ID, "Thử.", 0) })

		var request int64
		d.do("lam", func(a *journal.Act) (err error) {
			request, err = task.AskExtension(a, lead.ID, day("2026-11-25"), "Chờ số liệu.")
			return err
		})
		d.refused("lam", "đang chờ", func(a *journal.Act) error {
			_, err := task.AskExtension(a, lead.ID, day("2026-11-26"), "Chờ số liệu.")
			return err
		})
		d.refused("lam", "chính mình", func(a *journal.Act) error { return task.DecideExtension(a, request, true, 0, "") })
		d.refused("hoa", "quyền", func(a *journal.Act) error { return task.DecideExtension(a, request, true, 0, "") })
		d.refused("thang", "không được để trống", func(a *journal.Act) error { return task.DecideExtension(a, request, false, 0, "") })
		d.do("thang", func(a *journal.Act) error { return task.DecideExtension(a, request, true, 0, "") })
		d.refused("thang", "đã được trả lời", func(a *journal.Act) error { return task.DecideExtension(a, request, true, 0, "") })
		if s := d.lead(w); s.OuterOn != day("2026-11-25") || s.DueOn != s.OuterOn || s.OuterFirst != day("2026-11-20") || s.Extended != 1 {
			d.Errorf("extended: %+v", s)
		}
		dues, err := task.Dues(d.read(), d.agency, w.ID)
		if err != nil || len(dues) != 3 || dues[0].On != day("2026-11-20") || dues[2].Kind != "extended" {
			d.Errorf("dates: %+v %v", dues, err)
		}
		d.do("thang", func(a *journal.Act) error { return task.RemoveShare(a, coop, "Không cần phối hợp.") })
		d.refused("khoi", "Không làm được", func(a *journal.Act) error { return task.Start(a, coop) })
		d.sound()
	})
}

func TestTheStandInActsForTheOther(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("hoa", "CS", "2026-11-20")
		d.do("minh", func(a *journal.Act) error {
			_, err := org.DeclareAbsence(a, org.NewAbsence{Person: d.person("hoa"), StandIn: d.person("lam"), From: day("2026-11-17"), To: day("2026-11-27"), Reason: "Đi công tác"})
			return err
		})
		d.clock.Set(t, "2026-11-18 08:00")
		d.do("lam", func(a *journal.Act) error { return task.Report(a, d.lead(w).ID, "Xong.", "") })
		d.who["lam thay hoa"] = orgtest.For(d.who["lam"], d.who["hoa"])
		d.refused("lam thay hoa", "chính mình", func(a *journal.Act) error { return task.Confirm(a, d.lead(w).ID, "") })

		other := d.give("lam thay hoa", "KHTH", "2026-11-20")
		if other.Giver != d.person("hoa") || other.Proxy != d.person("lam") {
			d.Errorf("given on behalf: %+v", other)
		}
		d.do("xuan", func(a *journal.Act) error { return task.Report(a, d.lead(other).ID, "Xong.", "") })
		d.do("lam thay hoa", func(a *journal.Act) error { return task.Confirm(a, d.lead(other).ID, "") })
		entries, err := journal.Of(d.read(), d.agency, other.Ref())
		if last := entries[len(entries)-1]; err != nil || last.Kind != task.Finished || last.Person != d.person("lam") || last.Behalf != d.person("hoa") {
			d.Errorf("last entry: %+v %v", last, err)
		}
		d.clock.Set(t, "2026-11-30 08:00")
		d.refused("lam thay hoa", "đã hết", func(a *journal.Act) error { return task.Cancel(a, other.ID, "Thử.") })
		d.sound()
	})
}

func TestWarningsHinderNothing(t *testing.T) {
	each(t, func(d *desk) {
		d.do("lam", func(a *journal.Act) error {
			_, err := org.DeclareAbsence(a, org.NewAbsence{Person: d.person("lam"), From: day("2026-11-23"), To: day("2026-11-27"), Reason: "Nghỉ phép"})
			return err
		})
		w := d.give("thang", "CS", "2026-11-24")
		for _, words := range []string{"là ngày nghỉ", "vắng mặt (23/11/2026 đến 27/11/2026); chưa có người làm thay"} {
			if !strings.Contains(strings.Join(w.Warnings, "\n"), words) {
				d.Errorf("no warning %q among %q", words, w.Warnings)
			}
		}
		warnings, err := task.Preview(d.dir(), d.clock.Now(), d.person("thang"), task.Order{
			Title: "Kế hoạch dài hạn", Lead: task.Assignee{Unit: d.unit("NV")}, Due: task.Due{On: day("2029-06-01")}})
		if err != nil || !strings.Contains(strings.Join(warnings, "\n"), "năm 2029 chưa được xác nhận") {
			d.Errorf("%q %v", warnings, err)
		}
		warnings, err = task.Preview(d.dir(), d.clock.Now(), d.person("thang"), task.Order{
			Title: "Gấp", Lead: task.Assignee{Unit: d.unit("NV")}, Due: task.Due{On: day("2026-11-16"), At: "11:00"}})
		if err != nil || !strings.Contains(strings.Join(warnings, "\n"), "Giao gấp") {
			d.Errorf("%q %v", warnings, err)
		}
	})
}
