// SPDX-License-Identifier: Apache-2.0

package task

import "soviec/kit/store"

func eachShare(r store.Reader, agency int64, f func(Share)) error {
	rows, err := r.Query("SELECT "+shareColumns+" FROM task_share WHERE agency = $1", agency)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		s, err := scanShare(rows)
		if err != nil {
			return err
		}
		f(s)
	}
	return rows.Err()
}

func eachWork(r store.Reader, agency int64, f func(id int64, state string)) error {
	rows, err := r.Query("SELECT id, state FROM task_work WHERE agency = $1", agency)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var state string
		if err := rows.Scan(&id, &state); err != nil {
			return err
		}
		f(id, state)
	}
	return rows.Err()
}

func eachLink(r store.Reader, agency int64, f func(work int64, ref string)) error {
	rows, err := r.Query("SELECT work, ref FROM task_link WHERE agency = $1 AND gone_at = ''", agency)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var work int64
		var ref string
		if err := rows.Scan(&work, &ref); err != nil {
			return err
		}
		f(work, ref)
	}
	return rows.Err()
}

func eachProposal(r store.Reader, agency int64, f func(id int64, is proposalData)) error {
	rows, err := r.Query("SELECT id, state, work FROM task_proposal WHERE agency = $1", agency)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var is proposalData
		if err := rows.Scan(&id, &is.State, &is.Work); err != nil {
			return err
		}
		f(id, is)
	}
	return rows.Err()
}

func countUrgings(r store.Reader, agency int64) (auto, hand int64, err error) {
	err = r.QueryRow("SELECT COUNT(*) FILTER (WHERE kind = 'auto'), COUNT(*) FILTER (WHERE kind <> 'auto') FROM task_urging WHERE agency = $1",
		agency).Scan(&auto, &hand)
	return auto, hand, err
}

// contradictions are rows of this room that cannot stand beside each other. Each query
// lists what breaks its sentence.
var contradictions = []struct{ query, sentence string }{
	{`SELECT w.id FROM task_work w LEFT JOIN task_share s ON s.work = w.id AND s.parent = 0 AND s.role = 'lead' AND s.state NOT IN ('returned', 'dropped')
		WHERE w.agency = $1 AND w.state = 'open' GROUP BY w.id HAVING COUNT(s.id) <> 1`,
		"Việc %d đang thực hiện mà không có đúng một đơn vị, người chủ trì."},
	{`SELECT s.id FROM task_share s JOIN task_work w ON w.id = s.work WHERE s.agency = $1 AND s.state IN ('given', 'started', 'reported') AND w.state <> 'open'`,
		"Phần việc %d còn mở trong một việc đã kết thúc."},
	{`SELECT s.id FROM task_share s WHERE s.agency = $1 AND s.outer_on <> ''
		AND NOT EXISTS (SELECT 1 FROM task_due d WHERE d.share = s.id AND d.due_on = s.outer_on)`,
		"Hạn hiện tại của phần việc %d không có trong các hạn đã giao."},
	{`SELECT s.id FROM task_share s WHERE s.agency = $1 AND s.outer_first <> ''
		AND NOT EXISTS (SELECT 1 FROM task_due d WHERE d.share = s.id AND d.due_on = s.outer_first)`,
		"Hạn đầu tiên của phần việc %d không có trong các hạn đã giao."},
	{`SELECT s.id FROM task_share s WHERE s.agency = $1 AND s.outer_on <> '' AND (s.due_on = '' OR s.due_on > s.outer_on)`,
		"Hạn nội bộ của phần việc %d sau hạn được giao."},
	{`SELECT c.id FROM task_share c JOIN task_share s ON s.id = c.parent
		WHERE c.agency = $1 AND c.state IN ('given', 'started') AND s.due_on <> '' AND (c.due_on = '' OR c.due_on > s.due_on)`,
		"Hạn của phần việc %d sau hạn của phần việc mà nó nằm trong."},
	{`SELECT s.id FROM task_share s LEFT JOIN task_holding h ON h.share = s.id AND h.to_at = ''
		WHERE s.agency = $1 GROUP BY s.id, s.state
		HAVING COUNT(h.id) <> CASE WHEN s.state IN ('given', 'started', 'reported') THEN 1 ELSE 0 END`,
		"Phần việc %d không có đúng một người giữ."},
	{`SELECT s.id FROM task_share s LEFT JOIN task_urging u ON u.share = s.id AND u.kind <> 'auto'
		WHERE s.agency = $1 GROUP BY s.id, s.urged HAVING COUNT(u.id) <> s.urged`,
		"Số lần đôn đốc của phần việc %d khác với các lần đã ghi."},
	{`SELECT q.id FROM task_request q JOIN task_share s ON s.id = q.share WHERE q.agency = $1 AND q.state = 'open' AND s.state NOT IN ('given', 'started')`,
		"Đề nghị %d còn chờ trả lời trong khi phần việc không còn mở."},
	{`SELECT c.id FROM task_work c LEFT JOIN task_share s ON s.id = c.parent LEFT JOIN task_work w ON w.id = s.work
		WHERE c.agency = $1 AND c.parent <> 0 AND (w.id IS NULL OR c.root <> CASE WHEN w.root = 0 THEN w.id ELSE w.root END)`,
		"Việc %d là việc con nhưng không nằm đúng cây của việc cha."},
	{`SELECT work FROM task_share WHERE agency = $1 AND parent = 0 AND role <> 'info' AND state NOT IN ('returned', 'dropped')
		GROUP BY work HAVING SUM(part) > 10000 AND MIN(part) > 0`,
		"Tỷ lệ khối lượng của việc %d vượt quá 100 %%."},
}
