// SPDX-License-Identifier: Apache-2.0

package seed

import (
	"soviec/kit/civil"
)

// finished tells the documents that are done with: as many as are missing to the whole.
func (w *weaver) finished() {
	documents := 0
	for _, s := range w.all {
		if s.Doc != nil {
			documents++
		}
	}
	rest := DocumentsInStory - documents - QueueCount - WaitingDirective - 1
	for k := range rest {
		// Arrived on one day, reported u working days later, one of the last days at the latest.
		arrive := 8 + (k*21)/max(rest-1, 1)
		u := w.between(2, 4)
		if k%9 == 4 || k%13 == 6 {
			u = 6
		}
		reported := arrive - u
		s := w.document(arrive, "", "")
		unit := fieldNamed(s.Field).Unit
		person := handler(w.dice, unit, w.today)
		for person == "hang" { // was away for some of these days
			person = handler(w.dice, unit, w.today)
		}
		var due civil.Date
		extended := false
		switch {
		case k%9 == 4: // moved once, then in time
			due, extended = w.past[reported+1], true
		case k%13 == 6: // a day late
			due = w.past[reported+1]
		case k%3 != 0:
			due = w.past[reported-w.between(0, 2)]
		}
		w.direct(s, unit, person, due, false)
		if extended {
			wish := w.past[reported-1]
			s.add(Step{At: civil.At(w.past[reported+2], 9, w.below(60)), By: person, Do: ExtensionAsked, Due: wish,
				Text: pick(w.dice, extensionReasons)})
			s.add(Step{At: civil.At(w.past[reported+2], 15, w.below(60)), By: s.giver(), Do: ExtensionAllowed, Due: wish,
				Text: "Đồng ý gia hạn đến ngày " + wish.VN() + "."})
			s.Due = wish
		}
		s.add(Step{At: civil.At(w.past[reported], 14, w.below(60)), By: person, Do: Reported, Text: w.result(s)})
		s.add(Step{At: w.soonAfter(s, 30, 300), By: s.giver(), Do: Confirmed, Text: "Đồng ý kết thúc."})
		s.State = Done
	}
}

func (w *weaver) result(s *Story) string {
	return pick(w.dice, []string{
		"Đã trình lãnh đạo Ban ký văn bản trả lời " + s.Doc.IssuerName + ".",
		"Đã cung cấp số liệu theo biểu mẫu qua hệ thống.",
		"Đã triển khai đến công chức của đơn vị; lưu hồ sơ theo dõi.",
		"Đã tham gia ý kiến, thống nhất với cơ quan gửi.",
	})
}

// waiting tells the documents that nobody holds yet: the clerk's queue, those before a leader,
// and the one that a unit gave back.
func (w *weaver) waiting() {
	for k := range QueueCount {
		arrive, state := 0, InQueue
		switch k {
		case 0:
			arrive, state = 3, InQueueLate
		case 1:
			state = VoidWaiting
		}
		s := w.document(arrive, "", "")
		s.State = state
		s.Doc.Urgency = 0 // an urgent one would have gone on at once
		if state == VoidWaiting {
			s.add(Step{At: w.soonAfter(s, 10, 60), By: "lan", Do: VoidAsked,
				Text: "Vào sổ nhầm: văn bản gửi đích danh cơ quan khác, không thuộc thẩm quyền của Ban."})
		}
	}
	for _, leader := range []string{"thang", "hoa", "quy"}[:WaitingDirective] {
		s := w.document(w.below(2), "", "")
		if leader == "thang" {
			w.invite(s)
		}
		w.submit(s, leader)
		s.State = AwaitingDirective
	}
	s := w.document(5, "khth", "")
	w.submit(s, "thang")
	s.add(Step{At: w.soonAfter(s, 30, 120), By: "thang", Do: Directed, Unit: "khth", Due: w.next[6],
		Text: "Giao Phòng Kế hoạch – Tổng hợp chủ trì tham mưu, hoàn thành trước ngày " + w.next[6].VN() + "."})
	s.add(Step{At: civil.At(w.past[2], 9, w.below(60)), By: "xuan", Do: Returned, Unit: "khth",
		Text: "Nội dung không thuộc nhiệm vụ của Phòng; đề nghị chuyển đơn vị phụ trách lĩnh vực."})
	s.State, s.Unit, s.Due = GivenBack, "khth", w.next[6]
}

// invite makes the document of the story an invitation to a meeting that is still to come.
func (w *weaver) invite(s *Story) {
	received := s.Doc.Received
	for doc := s.Doc; doc.Type != "GM" || w.seen[doc.Subject]; {
		*doc = draw(w.dice, issuerNamed("vpubnd"), received, w.cal)
	}
	s.Doc.MeetingAt = civil.At(w.next[1], 8, 0)
	s.Title, s.Field = s.Doc.Subject, s.Doc.Field
}
