// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"time"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/office/handover"
	"soviec/office/remark"
	"soviec/office/task"
)

// currentWork adds work of the last two weeks in the states that the stories do not reach: a day
// that is negotiated, time that stands still, an obstacle, a result sent back, parts of a
// work, short notice, work handed over, a discussion, a proposal. All of it is due far
// enough ahead to be neither late nor soon, and every step lies before today.
func (pl *player) currentWork(today civil.Date) {
	cal := civil.Default()
	at := func(back, hour, minute int) time.Time {
		return civil.At(cal.AddWorkingDays(today, -back), hour, minute)
	}
	due := func(ahead int) task.Due { return task.Due{On: cal.AddWorkingDays(today, ahead)} }
	lead := func(person string) task.Assignee { return task.Assignee{Person: pl.people[person]} }

	// One scene is one work; its steps are acts of people, as everywhere.
	type scene struct{ work int64 }
	give := func(s *scene, t time.Time, by string, order func() task.Order) {
		pl.add(t, "giao việc", func(ctx context.Context) error {
			return pl.as(ctx, by, func(a *journal.Act) error {
				w, err := task.Give(a, order())
				s.work = w.ID
				return err
			})
		})
	}
	then := func(s *scene, t time.Time, by string, f func(a *journal.Act, x task.Share) error) {
		pl.add(t, "cảnh", func(ctx context.Context) error { return pl.onShare(ctx, by, s.work, f) })
	}
	accept := func(a *journal.Act, x task.Share) error { return task.Accept(a, x.ID) }
	start := func(a *journal.Act, x task.Share) error { return task.Start(a, x.ID) }

	capitalNeeds, study, survey, handbook, report, movement, training := &scene{}, &scene{}, &scene{}, &scene{}, &scene{}, &scene{}, &scene{}

	give(capitalNeeds, at(9, 9, 10), "hoa", func() task.Order {
		return task.Order{Title: "Tổng hợp nhu cầu vốn sự nghiệp năm sau của các phòng", Field: pl.fields["kh"], Lead: lead("anh"), Due: due(8), Priority: 1,
			Product: task.Product{Name: "Báo cáo tổng hợp", Quantity: 1000, Norm: 960, Factor: 1000}}
	})
	then(capitalNeeds, at(9, 10, 5), "anh", accept)
	then(capitalNeeds, at(9, 10, 40), "anh", start)
	then(capitalNeeds, at(5, 9, 20), "anh", func(a *journal.Act, x task.Share) error {
		_, err := task.Pause(a, x.ID, task.Wait{Cause: "agency", WaitingFor: "Sở Tài chính thông báo định mức phân bổ", ProofText: "Công văn gửi Sở Tài chính ngày " + civil.Of(a.At).VN()})
		return err
	})
	pl.add(at(4, 8, 30), "trao đổi", func(ctx context.Context) error {
		return pl.as(ctx, "anh", func(a *journal.Act) error {
			_, err := remark.Say(a, remark.Saying{Matter: journal.Ref("task", capitalNeeds.work), Text: "Sở Tài chính hẹn trả lời trong tuần. Xin ý kiến về việc dùng tạm định mức năm nay."})
			return err
		})
	})
	pl.add(at(4, 9, 45), "kết luận", func(ctx context.Context) error {
		return pl.as(ctx, "hoa", func(a *journal.Act) error {
			_, err := remark.Say(a, remark.Saying{Matter: journal.Ref("task", capitalNeeds.work), Text: "Thống nhất dùng định mức năm nay để dự thảo, thay số khi có thông báo.", Decide: true})
			return err
		})
	})

	give(study, at(1, 9, 0), "hoa", func() task.Order {
		return task.Order{Title: "Chuẩn bị đề cương đề tài bảo tồn làn điệu dân ca", Field: pl.fields["vh"], Lead: lead("yen"), Due: due(6)}
	})
	then(study, at(1, 14, 10), "yen", func(a *journal.Act, x task.Share) error {
		_, err := task.ProposeDue(a, x.ID, due(11), "Cần làm việc với ba xã trước khi chốt đề cương.")
		return err
	})

	give(survey, at(8, 14, 0), "hoa", func() task.Order {
		return task.Order{Title: "Khảo sát nhu cầu nước sinh hoạt của các xóm chưa có công trình", Field: pl.fields["ct"], Lead: lead("huy"), Due: due(9)}
	})
	then(survey, at(8, 15, 0), "huy", accept)
	then(survey, at(8, 15, 20), "huy", start)
	then(survey, at(3, 10, 0), "huy", func(a *journal.Act, x task.Share) error {
		_, err := task.Obstacle(a, x.ID, "load", "Phòng bố trí thêm người đi cơ sở", "Còn bảy xóm phải đi bộ, một người không kịp.")
		return err
	})

	give(handbook, at(9, 15, 0), "hoa", func() task.Order {
		return task.Order{Title: "Biên soạn sổ tay hỏi đáp cho người có uy tín", Field: pl.fields["uy"], Lead: lead("mai"), Due: due(10), Text: "Ngắn gọn, có tranh minh họa."}
	})
	then(handbook, at(9, 15, 30), "mai", accept)
	then(handbook, at(3, 15, 0), "mai", func(a *journal.Act, x task.Share) error {
		return task.Report(a, x.ID, "Đã biên soạn xong bản thảo.", "")
	})
	then(handbook, at(2, 9, 0), "hoa", func(a *journal.Act, x task.Share) error {
		return task.SendBackUnmet(a, x.ID, "Thiếu phần chế độ, chính sách đối với người có uy tín.", 0)
	})

	// A work of the division with parts down to its officers; one part is done.
	give(report, at(8, 9, 0), "hoa", func() task.Order {
		return task.Order{Title: "Xây dựng báo cáo tổng kết công tác dân tộc cả năm", Field: pl.fields["kh"], Lead: task.Assignee{Unit: pl.current("khth")}, Due: due(12), Priority: 2}
	})
	figures, annex := &scene{}, &scene{}
	part := func(s *scene, t time.Time, title, person string, ahead int) {
		pl.add(t, "giao phần việc", func(ctx context.Context) error {
			w, x, err := pl.share(ctx, report.work)
			if err != nil {
				return err
			}
			return pl.as(ctx, "xuan", func(a *journal.Act) error {
				child, err := task.Give(a, task.Order{Title: title, Field: w.Field, Lead: lead(person), Due: due(ahead), Parent: x.ID})
				s.work = child.ID
				return err
			})
		})
	}
	part(figures, at(7, 9, 0), "Phần số liệu của báo cáo tổng kết", "tung", 7)
	part(annex, at(7, 9, 20), "Phụ lục danh mục công trình của báo cáo tổng kết", "huy", 8)
	then(figures, at(7, 10, 0), "tung", start)
	then(figures, at(2, 10, 30), "tung", func(a *journal.Act, x task.Share) error {
		return task.Report(a, x.ID, "Đã đối chiếu xong số liệu với các huyện.", "")
	})
	then(figures, at(1, 8, 30), "xuan", func(a *journal.Act, x task.Share) error { return task.Confirm(a, x.ID, "") })
	then(report, at(7, 9, 40), "xuan", func(a *journal.Act, _ task.Share) error {
		return task.AddLink(a, report.work, journal.Ref("task", figures.work))
	})

	// Short notice: three days for what the norm gives five.
	give(training, at(1, 15, 0), "hoa", func() task.Order {
		return task.Order{Title: "Xây dựng tài liệu lớp bồi dưỡng kiến thức dân tộc", Field: pl.fields["tt"], Lead: lead("cuong"), Due: due(4), Urgency: 1,
			Product: task.Product{Name: "Bộ tài liệu", Quantity: 1000, Norm: 3600, Factor: 1500}}
	})

	// Handed over when somebody changed his duties, and acknowledged.
	give(movement, at(9, 10, 0), "hoa", func() task.Order {
		return task.Order{Title: "Theo dõi phong trào thi đua các thôn, xóm vùng đồng bào dân tộc", Field: pl.fields["tt"], Lead: lead("nga"), Due: due(10)}
	})
	then(movement, at(9, 11, 0), "nga", accept)
	var receipt int64
	pl.add(at(3, 8, 10), "bàn giao", func(ctx context.Context) error {
		return pl.onShare(ctx, "lam", movement.work, func(a *journal.Act, x task.Share) error {
			r, err := handover.HandOver(a, handover.Handing{From: handover.Party{Person: pl.people["nga"]}, To: handover.Party{Person: pl.people["thao"]}, Shares: []int64{x.ID},
				Reason: "Phân công lại nhiệm vụ trong phòng."})
			receipt = r.ID
			return err
		})
	})
	pl.add(at(3, 9, 0), "ký nhận", func(ctx context.Context) error {
		return pl.as(ctx, "thao", func(a *journal.Act) error { return handover.Acknowledge(a, receipt, "") })
	})

	pl.add(at(1, 10, 10), "đề xuất", func(ctx context.Context) error {
		return pl.as(ctx, "ha", func(a *journal.Act) error {
			_, err := task.Propose(a, task.Order{Title: "Rà soát, rút gọn biểu mẫu báo cáo của xã", Text: "Cơ sở phản ánh trùng lặp.", Due: due(9)})
			return err
		})
	})
}
