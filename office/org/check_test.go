// SPDX-License-Identifier: Apache-2.0

package org_test

import (
	"errors"
	"strings"
	"testing"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/org"
	"soviec/office/org/orgtest"
)

var errUndo = errors.New("undo")

// Each row that is changed behind the book's back is found and named.
func TestCheckFindsWhatWasAltered(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, clock := orgtest.Book(t, db, "2026-11-23 08:00")
		agency, people := orgtest.Found(t, b)
		if _, _, err := signIn(b, "lan", orgtest.Password); err != nil {
			t.Fatal(err)
		}
		orgtest.Do(t, b, people["minh"], func(a *journal.Act) error {
			if _, err := org.DeclareAbsence(a, org.NewAbsence{Person: people["minh"].Person, From: clock.Today(), To: clock.Today()}); err != nil {
				return err
			}
			if _, err := org.AddDay(a, civil.Row{Date: civil.MustParse("2027-03-01"), Kind: civil.SwapOff, Name: "Nghỉ", Source: "TB"}); err != nil {
				return err
			}
			if err := org.SetShifts(a, civil.MustParse("2027-01-01"), 0, "07:00-11:00, 13:00-17:00"); err != nil {
				return err
			}
			return org.ChangeSetting(a, "task.due_soon_days", "3")
		})
		sound(t, b, agency)
		for _, c := range []struct{ change, says string }{
			{"UPDATE org_unit SET became = 5 WHERE short = 'CS'", "đơn vị kế tục"},
			{"UPDATE org_post SET roles = 'clerk head' WHERE title = 'Văn thư'", "Vị trí"},
			{"UPDATE org_post SET valid_to = '2020-01-01' WHERE title = 'Trưởng ban'", "Đàm Quốc Thắng"},
			{"DELETE FROM org_post WHERE title = 'Trưởng ban'", "không còn vị trí này"},
			{"UPDATE org_field SET leader = 1 WHERE code = 'cs'", "Chính sách dân tộc"},
			{"UPDATE org_login SET password = (SELECT password FROM org_login WHERE username = 'lan') WHERE username = 'thang'", "“thang” đã bị thay"},
			{"UPDATE org_login SET disabled = TRUE WHERE username = 'hai'", "“hai” khác với sổ"},
			{"INSERT INTO org_recovery (person, agency, hash, used_at) SELECT person, agency, token, '' FROM org_session WHERE ended_at = ''", "mã dự phòng"},
			{"UPDATE org_login SET totp_on = TRUE WHERE username = 'hai'", "xác thực hai bước"},
			{"UPDATE org_session SET behalf = 1", "Phiên đăng nhập"},
			{"UPDATE org_absence SET stand_in = 1", "Lần vắng mặt"},
			{"UPDATE org_day SET kind = 'proposed' WHERE day = '2026-04-30'", "kèm theo chương trình"},
			{"UPDATE org_day SET kind = 'holiday' WHERE day = '2027-03-01'", "01/03/2027"},
			{"UPDATE org_shift SET spans = '07:00-11:00'", "Giờ làm việc"},
			{"UPDATE org_setting SET value = '9'", "sắp đến hạn"},
			{"DELETE FROM org_setting", "sắp đến hạn"},
			{"INSERT INTO org_person (id, agency, name, address, phone, email) SELECT 77, agency, 'Ma', 'ông', '', '' FROM org_person WHERE name = 'Nông Thị Lan'", "(Ma)"},
		} {
			var said []string
			err := db.Write(ctx, func(tx *store.Tx) error {
				n, err := tx.Exec(c.change)
				if err != nil || n == 0 {
					t.Errorf("%s: %d rows, %v", c.change, n, err)
				}
				if err := org.Check(tx, agency, func(s string) { said = append(said, s) }); err != nil {
					t.Error(err)
				}
				return errUndo
			})
			if err != errUndo {
				t.Fatal(err)
			}
			if !strings.Contains(strings.Join(said, "\n"), c.says) {
				t.Errorf("%s: %q", c.change, said)
			}
		}
		sound(t, b, agency)
	})
}
