// SPDX-License-Identifier: Apache-2.0

package signature

import (
	"encoding/json"
	"fmt"

	"soviec/kit/journal"
	"soviec/kit/store"
)

// Check holds verdicts, waivers, trust and keys against the entries of the book.
func Check(r store.Reader, agency int64, report func(string)) error {
	judged, waived := map[int64]judgedData{}, map[string]int{}
	trust, ended := map[int64]trustData{}, map[int64]bool{}
	held, away := map[int64]keyData{}, map[int64]bool{}
	for e, err := range journal.Entries(r, agency) {
		if err != nil {
			return err
		}
		_, id, ok := journal.ParseRef(e.Subject)
		if !ok || Acts[e.Kind] == "" {
			continue
		}
		unreadable := func(err error) {
			if err != nil {
				report(fmt.Sprintf("Mục %d của sổ (%s) không đọc được.", e.Seq, Acts[e.Kind]))
			}
		}
		switch raw := []byte(e.Raw()); e.Kind {
		case Judged:
			var d judgedData
			unreadable(json.Unmarshal(raw, &d))
			judged[id] = d
		case Waived:
			var d waivedData
			unreadable(json.Unmarshal(raw, &d))
			waived[d.Subject+" "+d.SHA+" "+d.Sum]++
		case TrustAdded:
			var d trustData
			unreadable(json.Unmarshal(raw, &d))
			trust[id] = d
		case TrustEnded:
			ended[id] = true
		case KeyEntered:
			var d keyData
			unreadable(json.Unmarshal(raw, &d))
			held[id] = d
		case KeyHanded:
			var d handedData
			unreadable(json.Unmarshal(raw, &d))
			k := held[id]
			k.Holder = d.To
			held[id] = k
		case KeyEnded:
			away[id] = true
		}
	}
	if err := eachVerdict(r, agency, func(id int64, sha string, o Outcome, signed int, raw string) {
		was, ok := judged[id]
		switch {
		case !ok:
			report(fmt.Sprintf("Kết quả kiểm tra chữ ký %d không có mục nào trong sổ.", id))
		case was.SHA != sha || was.Outcome != o || was.Signed != signed || was.Sum != sumOf(raw):
			report(fmt.Sprintf("Kết quả kiểm tra chữ ký %d không còn như khi ghi.", id))
		}
		delete(judged, id)
	}); err != nil {
		return err
	}
	for id := range judged {
		report(fmt.Sprintf("Sổ có kết quả kiểm tra chữ ký %d nhưng bảng không có.", id))
	}
	all, err := store.All(r, scanWaiver, waiverQuery+"WHERE agency = $1 ORDER BY id", agency)
	if err != nil {
		return err
	}
	for _, w := range all {
		key := w.Subject + " " + w.SHA + " " + sumOf(w.Reason)
		if waived[key]--; waived[key] < 0 {
			report(fmt.Sprintf("Xác nhận %d về chữ ký không hợp lệ không có trong sổ, hoặc lý do bị sửa.", w.ID))
		}
	}
	certs, err := anchors(r, agency, false)
	if err != nil {
		return err
	}
	for _, c := range certs {
		was, ok := trust[c.ID]
		switch {
		case !ok:
			report(fmt.Sprintf("Chứng thư tin cậy %d không có mục nào trong sổ.", c.ID))
		case was != (trustData{c.Purpose, c.Fingerprint, c.Issuer, c.From.String(), c.Until.String()}) || ended[c.ID] == c.EndedAt.IsZero():
			report(fmt.Sprintf("Chứng thư tin cậy %d khác với sổ.", c.ID))
		}
	}
	list, err := keys(r, agency)
	if err != nil {
		return err
	}
	for _, k := range list {
		was, ok := held[k.ID]
		switch {
		case !ok:
			report(fmt.Sprintf("Khóa ký %d không có mục nào trong sổ.", k.ID))
		case was != (keyData{k.Person, k.Device, k.Fingerprint, k.Holder}) || away[k.ID] == k.EndedOn.IsZero():
			report(fmt.Sprintf("Khóa ký %d khác với sổ.", k.ID))
		}
	}
	return nil
}
