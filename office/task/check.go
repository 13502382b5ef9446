// SPDX-License-Identifier: Apache-2.0

package task

import (
	"encoding/json"
	"fmt"
	"strings"

	"soviec/kit/journal"
	"soviec/kit/store"
)

// Check compares the rows of this room with the fold of its entries, and with each
// other. It walks the book once and each table once.
func Check(r store.Reader, agency int64, report func(string)) error {
	shares, works, rows, counts, given, err := fold(r, agency, report)
	if err != nil {
		return err
	}
	if err := eachShare(r, agency, func(s Share) {
		was, ok := shares[s.ID]
		switch {
		case !ok:
			report(fmt.Sprintf("Phần việc %d (việc %d) không có mục nào trong sổ.", s.ID, s.Work))
		case was != traceOf(s):
			report(fmt.Sprintf("Phần việc %d (việc %d) khác với sổ: %s.", s.ID, s.Work, differs(was, traceOf(s))))
		}
		delete(shares, s.ID)
	}); err != nil {
		return err
	}
	for id := range shares {
		report(fmt.Sprintf("Sổ có phần việc %d nhưng bảng không có.", id))
	}
	if err := eachWork(r, agency, func(id int64, state string) {
		was, ok := works[id]
		switch {
		case !ok:
			report(fmt.Sprintf("Việc %d không có mục nào trong sổ.", id))
		case was != state:
			report(fmt.Sprintf("Việc %d ở trạng thái %q, sổ ghi %q.", id, state, was))
		}
		delete(works, id)
	}); err != nil {
		return err
	}
	for id := range works {
		report(fmt.Sprintf("Sổ có việc %d nhưng bảng không có.", id))
	}
	if err := counts.compare(r, agency, report); err != nil {
		return err
	}
	if err := given.compare(r, agency, report); err != nil {
		return err
	}
	if err := checkRows(r, agency, rows, report); err != nil {
		return err
	}
	for _, q := range contradictions {
		ids, err := store.All(r, store.Value[int64], q.query, agency)
		if err != nil {
			return err
		}
		for _, id := range ids {
			report(fmt.Sprintf(q.sentence, id))
		}
	}
	return nil
}

// tally is how many urgings the book tells of.
type tally struct{ auto, hand int64 }

func (t tally) compare(r store.Reader, agency int64, report func(string)) error {
	auto, hand, err := countUrgings(r, agency)
	if err != nil {
		return err
	}
	if auto != t.auto {
		report(fmt.Sprintf("Bảng có %d lần nhắc tự động, sổ ghi %d.", auto, t.auto))
	}
	if hand != t.hand {
		report(fmt.Sprintf("Bảng có %d lần đôn đốc, sổ ghi %d.", hand, t.hand))
	}
	return nil
}

// fold walks the entries of this room and keeps how each share, work and row stands last.
func fold(r store.Reader, agency int64, report func(string)) (map[int64]Trace, map[int64]string, map[int64]string, tally, *givenFold, error) {
	shares, works, rows, t, g := map[int64]Trace{}, map[int64]string{}, map[int64]string{}, tally{}, newGivenFold()
	for e, err := range journal.Entries(r, agency) {
		if err != nil {
			return shares, works, rows, t, g, err
		}
		if !strings.HasPrefix(e.Kind, "task.") {
			continue
		}
		switch e.Kind {
		case Swept:
			t.auto += e.Amount
		case Urged:
			t.hand += e.Amount
		}
		kind, id, ok := journal.ParseRef(e.Subject)
		if ok && kind == RefProposal {
			if err := g.proposal(e, id); err != nil {
				report(fmt.Sprintf("Mục %d của sổ (%s) không đọc được.", e.Seq, Acts[e.Kind]))
			}
		}
		if !ok || kind != "task" {
			continue
		}
		var data Data
		if err := json.Unmarshal([]byte(e.Raw()), &data); err != nil {
			report(fmt.Sprintf("Mục %d của sổ (%s) không đọc được.", e.Seq, Acts[e.Kind]))
			continue
		}
		works[id] = data.Work
		g.work(e.Kind, id, data)
		for _, s := range data.Shares {
			shares[s.Share] = s
		}
		for _, x := range data.Rows {
			rows[x.ID] = x.State
		}
	}
	return shares, works, rows, t, g, nil
}

// checkRows compares what stands beside the shares with what the book says of it.
func checkRows(r store.Reader, agency int64, rows map[int64]string, report func(string)) error {
	names := map[string]string{"pause": "Lần tạm dừng", "obstacle": "Vướng mắc", "submission": "Kết quả", "answer": "Trả lời đôn đốc"}
	if err := eachRow(r, agency, func(kind string, id, share int64, state string) {
		was, ok := rows[id]
		switch {
		case !ok && kind == "submission" && id == share: // kept since before the book told of it
		case !ok:
			report(fmt.Sprintf("%s %d của phần việc %d không có mục nào trong sổ.", names[kind], id, share))
		case was != state:
			report(fmt.Sprintf("%s %d của phần việc %d là %q, sổ ghi %q.", names[kind], id, share, state, was))
		}
		delete(rows, id)
	}); err != nil {
		return err
	}
	for id, state := range rows {
		report(fmt.Sprintf("Sổ ghi mục %d (%s) bên phần việc nhưng bảng không có.", id, state))
	}
	return nil
}

func differs(was, is Trace) string {
	var out []string
	say := func(what, a, b string) {
		if a != b {
			out = append(out, fmt.Sprintf("%s là %q, sổ ghi %q", what, b, a))
		}
	}
	say("vai trò", string(was.Role), string(is.Role))
	say("trạng thái", string(was.State), string(is.State))
	say("đơn vị", fmt.Sprint(was.Unit), fmt.Sprint(is.Unit))
	say("người giữ", fmt.Sprint(was.Holder), fmt.Sprint(is.Holder))
	say("hạn được giao", was.Outer.VN(), is.Outer.VN())
	say("hạn", was.Due.VN(), is.Due.VN())
	say("hoàn thành", was.Done, is.Done)
	say("tạm dừng từ", was.Paused, is.Paused)
	say("vướng mắc", was.Stuck, is.Stuck)
	say("người đã nhận hạn", fmt.Sprint(was.Agreed), fmt.Sprint(is.Agreed))
	say("số lần lỡ hạn", fmt.Sprint(was.Missed), fmt.Sprint(is.Missed))
	say("số lần không đạt", fmt.Sprint(was.Unmet), fmt.Sprint(is.Unmet))
	return strings.Join(out, "; ")
}
