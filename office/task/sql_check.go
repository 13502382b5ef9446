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

// eachRow walks what stands beside the shares.
func eachRow(r store.Reader, agency int64, f func(kind string, id, share int64, state string)) error {
	rows, err := r.Query(`SELECT 'pause', id, share, state FROM task_pause WHERE agency = $1
		UNION ALL SELECT 'obstacle', id, share, CASE WHEN cleared_at = '' THEN 'open' ELSE 'cleared' END FROM task_obstacle WHERE agency = $1
		UNION ALL SELECT 'submission', id, share, outcome FROM task_submission WHERE agency = $1
		UNION ALL SELECT 'answer', id, share, kind FROM task_answer WHERE agency = $1`, agency)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var kind, state string
		var id, share int64
		if err := rows.Scan(&kind, &id, &share, &state); err != nil {
			return err
		}
		f(kind, id, share, state)
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
	{`SELECT s.id FROM task_share s WHERE s.agency = $1 AND s.outer_on <> '' AND (s.due_on = '' OR s.due_on > s.outer_on
		AND NOT EXISTS (SELECT 1 FROM task_due d WHERE d.share = s.id AND d.level = 'inner' AND d.due_on = s.due_on AND d.set_at >= s.outer_at)
		AND NOT EXISTS (SELECT 1 FROM task_due d WHERE d.share = s.id AND d.kind = 'paused'))`,
		"Hạn nội bộ của phần việc %d sau hạn được giao."},
	{`SELECT c.id FROM task_share c JOIN task_share s ON s.id = c.parent
		WHERE c.agency = $1 AND c.state IN ('given', 'started') AND s.due_on <> '' AND (c.due_on = '' OR c.due_on > s.due_on)
		AND NOT EXISTS (SELECT 1 FROM task_due d WHERE d.share = c.id AND d.kind = 'paused')`,
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
	{`SELECT s.id FROM task_share s LEFT JOIN task_pause p ON p.share = s.id AND p.state = 'running'
		WHERE s.agency = $1 GROUP BY s.id, s.paused_at, s.state
		HAVING (COUNT(p.id) > 0) <> (s.paused_at <> '') OR COUNT(p.id) > 0 AND s.state NOT IN ('given', 'started')`,
		"Phần việc %d được ghi là tạm dừng không khớp với các lần tạm dừng."},
	{`SELECT p.id FROM task_pause p JOIN task_share s ON s.id = p.share WHERE p.agency = $1 AND p.state = 'asked' AND s.state NOT IN ('given', 'started')`,
		"Đề nghị tạm dừng %d còn chờ trả lời trong khi phần việc không còn mở."},
	{`SELECT s.id FROM task_share s LEFT JOIN task_obstacle o ON o.share = s.id AND o.cleared_at = ''
		WHERE s.agency = $1 GROUP BY s.id, s.stuck HAVING (COUNT(o.id) > 0) <> (s.stuck <> '')`,
		"Vướng mắc của phần việc %d không khớp với các lần đã báo."},
	{`SELECT s.id FROM task_share s LEFT JOIN task_submission x ON x.share = s.id AND x.outcome = 'waiting'
		WHERE s.agency = $1 GROUP BY s.id, s.state HAVING COUNT(x.id) <> CASE WHEN s.state = 'reported' THEN 1 ELSE 0 END`,
		"Phần việc %d không có đúng một kết quả chờ xác nhận khi đã báo cáo."},
	{`SELECT s.id FROM task_share s LEFT JOIN task_submission x ON x.share = s.id AND x.unmet = TRUE
		WHERE s.agency = $1 GROUP BY s.id, s.unmet HAVING COUNT(x.id) <> s.unmet`,
		"Số lần không đạt của phần việc %d khác với các kết quả đã ghi."},
	{`SELECT s.id FROM task_share s LEFT JOIN task_due d ON d.share = s.id AND d.missed <> '' AND d.level = CASE WHEN s.parent = 0 THEN 'outer' ELSE 'inner' END
		WHERE s.agency = $1 GROUP BY s.id, s.missed HAVING COUNT(d.id) <> s.missed`,
		"Số lần lỡ hạn của phần việc %d khác với các hạn đã ghi."},
	{`SELECT s.id FROM task_share s LEFT JOIN task_answer x ON x.share = s.id
		WHERE s.agency = $1 GROUP BY s.id, s.answered HAVING COUNT(x.id) <> s.answered`,
		"Số lần trả lời đôn đốc của phần việc %d khác với các lần đã ghi."},
}
