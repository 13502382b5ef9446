// SPDX-License-Identifier: Apache-2.0

package task_test

import (
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/office/task"
)

func moment(d string, hour, minute int) time.Time { return civil.At(day(d), hour, minute).UTC() }

func TestTimePausedMovesTheDay(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("thang", "CS", "2026-11-20")
		share := d.lead(w).ID
		d.inside(w, "lam", "hai", "2026-11-19")
		d.at("2026-11-17 09:00")
		d.refused("hai", "Đang chờ ai", func(a *journal.Act) error {
			_, err := task.Pause(a, share, task.Wait{Cause: "agency", ProofText: "Công văn số 12/BDT-CS"})
			return err
		})
		d.refused("hai", "báo vướng mắc", func(a *journal.Act) error {
			_, err := task.Pause(a, share, task.Wait{Cause: "load", WaitingFor: "Phòng", ProofText: "Công văn số 12/BDT-CS"})
			return err
		})
		d.do("hai", func(a *journal.Act) error {
			_, err := task.Pause(a, share, task.Wait{Cause: "agency", WaitingFor: "Sở Tài chính", ProofText: "Công văn số 12/BDT-CS"})
			return err
		})
		// A second wait that overlaps the first: the time counts once.
		d.at("2026-11-18 09:00")
		var second int64
		d.do("hai", func(a *journal.Act) (err error) {
			second, err = task.Pause(a, share, task.Wait{Cause: "citizen", WaitingFor: "UBND xã Lý Quốc", ProofText: "Công văn số 15/BDT-CS"})
			return err
		})
		d.at("2026-11-26 09:00")
		s := d.lead(w)
		if s.PausedAt != moment("2026-11-17", 9, 0) || s.Late(d.clock.Now()) || s.LateOutside(d.clock.Now()) {
			d.Fatalf("it stands still since before its day: %+v", s)
		}
		d.do("hai", func(a *journal.Act) error {
			return task.EndPause(a, second, time.Time{}, "Công văn trả lời của xã")
		})
		if s = d.lead(w); s.PausedAt.IsZero() || s.DueOn != day("2026-11-19") {
			d.Fatalf("the first wait goes on: %+v", s)
		}
		d.at("2026-11-27 09:00")
		d.refused("hai", "không được sau hiện tại", func(a *journal.Act) error { return task.Resume(a, share, d.clock.Now().Add(time.Hour), "") })
		d.do("hai", func(a *journal.Act) error { return task.Resume(a, share, time.Time{}, "Công văn số 88/STC") })
		// From the 17th at 9 to the 27th at 9 are 7 working days: the 24th is a holiday.
		s = d.lead(w)
		if s.OuterAt != moment("2026-12-02", 17, 30) || s.DueAt != moment("2026-12-01", 17, 30) || !s.PausedAt.IsZero() || s.OuterFirst != day("2026-11-20") {
			d.Fatalf("%+v", s)
		}
		rows := d.dues(w)
		last := rows[len(rows)-1]
		if last.Kind != "paused" || last.WasAt != moment("2026-11-19", 17, 30) || last.At != moment("2026-12-01", 17, 30) || last.Level != task.Inner {
			d.Errorf("%+v", last)
		}
		d.sound()
	})
}

func TestWithoutProofAPauseIsConfirmed(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("thang", "CS", "2026-11-20")
		share := d.lead(w).ID
		var p int64
		d.do("lam", func(a *journal.Act) (err error) { p, err = task.Pause(a, share, task.Wait{Cause: "force"}); return err })
		if s := d.lead(w); !s.PausedAt.IsZero() {
			d.Error("it stops before it is confirmed")
		}
		d.refused("lam", "tự xác nhận", func(a *journal.Act) error { return task.DecidePause(a, p, true, "") })
		d.at("2026-11-17 08:00")
		d.do("thang", func(a *journal.Act) error { return task.DecidePause(a, p, true, "") })
		if s := d.lead(w); s.PausedAt != moment("2026-11-16", 8, 0) {
			d.Errorf("%+v", s)
		}
		// Whoever gave it may think otherwise while it runs; then nothing was taken off.
		d.do("thang", func(a *journal.Act) error { return task.DecidePause(a, p, false, "Đường đã thông.") })
		if s := d.lead(w); !s.PausedAt.IsZero() || s.OuterOn != day("2026-11-20") {
			d.Errorf("%+v", s)
		}

		// After the day has passed a pause is never taken on the officer's own word.
		d.at("2026-11-23 08:00")
		d.do("lam", func(a *journal.Act) (err error) {
			p, err = task.Pause(a, share, task.Wait{Cause: "agency", WaitingFor: "Sở Nội vụ", ProofText: "Công văn số 9/BDT-CS", Since: moment("2026-11-18", 8, 0)})
			return err
		})
		if s := d.lead(w); !s.PausedAt.IsZero() || !s.Late(d.clock.Now()) {
			d.Errorf("%+v", s)
		}
		d.do("thang", func(a *journal.Act) error { return task.DecidePause(a, p, true, "") })
		if s := d.lead(w); s.Late(d.clock.Now()) {
			d.Error("it has stood still since before its day")
		}
		d.at("2026-11-23 09:00")
		d.do("lam", func(a *journal.Act) error { return task.Resume(a, share, time.Time{}, "") })
		if s := d.lead(w); s.OuterAt != moment("2026-11-27", 8, 30) { // 3 days and an hour later; the 24th is a holiday
			d.Errorf("%+v", s.OuterAt)
		}
		d.sound()
	})
}

func TestADayGivenDuringAPauseKnowsOfIt(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("thang", "CS", "2026-11-20")
		share := d.lead(w).ID
		d.do("lam", func(a *journal.Act) error {
			_, err := task.Pause(a, share, task.Wait{Cause: "superior", WaitingFor: "UBND tỉnh", ProofText: "Tờ trình số 3/TTr-BDT"})
			return err
		})
		d.at("2026-11-18 08:00")
		d.do("thang", func(a *journal.Act) error {
			_, err := task.ChangeDue(a, share, day("2026-11-27"), "Vẫn chờ.")
			return err
		})
		d.at("2026-11-19 08:00")
		d.do("lam", func(a *journal.Act) error { return task.Report(a, share, "Xong.", "") }) // handing in ends the pause
		s := d.lead(w)
		if s.OuterAt != moment("2026-11-30", 17, 30) || s.State != task.StateReported { // one day since it was set, not three
			d.Errorf("%+v", s)
		}
		d.sound()
	})
}

func TestObstaclesAndAnswersToUrgings(t *testing.T) {
	each(t, func(d *desk) {
		w := d.give("thang", "CS", "2026-11-17")
		share := d.lead(w).ID
		d.inside(w, "lam", "hai", "")
		d.refused("hai", "Chưa có lần đôn đốc", func(a *journal.Act) error { return task.AnswerUrging(a, share, "promise", day("2026-11-19"), "") })
		d.do("hai", func(a *journal.Act) error {
			_, err := task.Obstacle(a, share, "rule", "Bộ Dân tộc và Tôn giáo", "Chưa có hướng dẫn mức hỗ trợ.")
			return err
		})
		if s := d.lead(w); s.Stuck != "rule" || s.DueOn != day("2026-11-17") {
			d.Errorf("%+v", s)
		}
		d.do("hai", func(a *journal.Act) error { return task.Clear(a, share) })
		d.at("2026-11-18 09:00")
		d.do("thang", func(a *journal.Act) error {
			_, err := task.Urge(a, []int64{share}, task.Remind, "Khẩn trương.")
			return err
		})
		d.do("hai", func(a *journal.Act) error { return task.AnswerUrging(a, share, "promise", day("2026-11-19"), "") })
		d.do("hai", func(a *journal.Act) error {
			return task.AnswerUrging(a, share, "blocked", 0, "Chờ Sở Tài chính thẩm định.")
		})
		s := d.lead(w)
		if s.Answered != 2 || s.Stuck != "other" || s.DueOn != day("2026-11-17") {
			d.Errorf("%+v", s)
		}
		all, err := task.Answers(d.read(), d.agency, w.ID)
		if err != nil || len(all) != 2 || all[0].On != day("2026-11-19") || all[0].Urging == 0 {
			d.Errorf("%+v %v", all, err)
		}
		stuck, err := task.Obstacles(d.read(), d.agency, w.ID)
		if err != nil || len(stuck) != 2 || stuck[0].ClearedAt.IsZero() || !stuck[1].ClearedAt.IsZero() {
			d.Errorf("%+v %v", stuck, err)
		}
		d.do("hai", func(a *journal.Act) error { return task.Report(a, share, "Xong.", "") })
		d.do("thang", func(a *journal.Act) error { return task.SendBackUnmet(a, share, "Sai số liệu.", 0) })
		d.do("hai", func(a *journal.Act) error { return task.Report(a, share, "Đã sửa.", "") })
		d.do("thang", func(a *journal.Act) error { return task.Confirm(a, share, "") })
		d.do("thang", func(a *journal.Act) error { return task.Reopen(a, w.ID, "Bổ sung.", day("2026-11-25")) })
		rounds, err := task.Submissions(d.read(), d.agency, w.ID)
		if err != nil || len(rounds) != 2 || rounds[0].Outcome != "returned" || !rounds[0].Unmet || rounds[1].Outcome != "reopened" || !rounds[1].Unmet {
			d.Errorf("%+v %v", rounds, err)
		}
		if s = d.lead(w); s.Unmet != 2 || s.Stuck != "" {
			d.Errorf("%+v", s)
		}
		d.sound()
	})
}
