// SPDX-License-Identifier: Apache-2.0

package task_test

import (
	"strings"
	"testing"

	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/task"
)

// Each row that is bent behind the book's back is found and named.
func TestVerifyingFindsWhatWasBent(t *testing.T) {
	t.Parallel()
	for words, bend := range map[string]string{
		"khác với sổ: trạng thái":      "UPDATE task_share SET state = 'started' WHERE role = 'lead'",
		"khác với sổ: người giữ":       "UPDATE task_share SET holder = 7 WHERE role = 'lead'",
		"khác với sổ: hạn":             "UPDATE task_share SET due_on = '2026-11-19' WHERE role = 'lead'",
		"không có mục nào trong sổ":    "UPDATE task_share SET id = 12345 WHERE role = 'coop'",
		"nhưng bảng không có":          "UPDATE task_share SET id = 12345 WHERE role = 'coop'",
		"sổ ghi \"open\"":              "UPDATE task_work SET state = 'dropped'",
		"Hạn hiện tại của phần việc":   "UPDATE task_share SET outer_on = '2027-01-04' WHERE role = 'lead'",
		"Hạn đầu tiên của phần việc":   "UPDATE task_share SET outer_first = '2026-11-19' WHERE role = 'lead'",
		"sau hạn được giao":            "UPDATE task_share SET due_on = '2027-01-04' WHERE role = 'lead'",
		"không có đúng một người giữ":  "DELETE FROM task_holding",
		"Số lần đôn đốc của phần việc": "UPDATE task_share SET urged = 9",
		"không có đúng một đơn vị":     "UPDATE task_share SET role = 'coop' WHERE role = 'lead'",
		"lần đôn đốc, sổ ghi":          "INSERT INTO task_urging (id, agency, share, person, urger, proxy, kind, band, text, at, day) SELECT 1, agency, id, holder, 3, 0, 'remind', '', '', '', '2026-11-16' FROM task_share WHERE role = 'lead'",
		"lần nhắc tự động, sổ ghi":     "INSERT INTO task_urging (id, agency, share, person, urger, proxy, kind, band, text, at, day) SELECT 1, agency, id, holder, 0, 0, 'auto', 'late', '', '', '2026-11-16' FROM task_share WHERE role = 'lead'",
		"còn chờ trả lời trong khi":    "UPDATE task_share SET state = 'reported' WHERE role = 'lead'",
		"trong một việc đã kết thúc":   "UPDATE task_work SET state = 'dropped'",
	} {
		t.Run(words, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, storetest.Open(t), "2026-11-16 08:00")
			w := d.give("thang", "CS", "2026-11-20", "NV")
			d.do("lam", func(a *journal.Act) error {
				_, err := task.AskExtension(a, d.lead(w).ID, day("2026-11-25"), "Chờ.")
				return err
			})
			d.sound()
			if err := d.book.DB.Write(t.Context(), func(tx *store.Tx) error { _, err := tx.Exec(bend); return err }); err != nil {
				t.Fatal(err)
			}
			var said []string
			if err := task.Check(d.read(), d.agency, func(s string) { said = append(said, s) }); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(strings.Join(said, "\n"), words) {
				t.Errorf("said %q", said)
			}
		})
	}
}
