// SPDX-License-Identifier: Apache-2.0

package signing

import (
	"encoding/json"
	"fmt"
	"strings"

	"soviec/kit/journal"
	"soviec/kit/store"
)

// Check holds sessions and what people sign with against the entries of the book.
func Check(r store.Reader, agency int64, report func(string)) error {
	told, own := map[int64]sessionData{}, map[int64]profileData{}
	for e, err := range journal.Entries(r, agency) {
		if err != nil {
			return err
		}
		if !strings.HasPrefix(e.Kind, "signing.") {
			continue
		}
		kind, id, _ := journal.ParseRef(e.Subject)
		switch {
		case kind == RefProfile:
			var d profileData
			err = json.Unmarshal([]byte(e.Raw()), &d)
			own[id] = d
		case kind == RefSession && e.Kind != HandedOut && e.Kind != Fetched && e.Kind != Returned:
			var d sessionData
			err = json.Unmarshal([]byte(e.Raw()), &d)
			told[id] = d
		}
		if err != nil {
			report(fmt.Sprintf("Mục %d của sổ (%s) không đọc được.", e.Seq, Acts[e.Kind]))
		}
	}
	if err := eachSession(r, agency, func(s Session) {
		was, ok := told[s.ID]
		delete(told, s.ID)
		is := sessionData{s.State, s.Batch, s.Kind, s.Subject, s.Version, s.Before, s.After, s.Fingerprint, s.Code}
		if s.State.Live() {
			is.State = Open // the key is asked, and answers, of many sessions in one entry
		}
		switch {
		case !ok:
			report(fmt.Sprintf("Phiên ký %d không có mục nào trong sổ.", s.ID))
		case was != is:
			report(fmt.Sprintf("Phiên ký %d (%s) khác với sổ.", s.ID, s.Subject))
		case s.State.Live() != s.EndedAt.IsZero():
			report(fmt.Sprintf("Phiên ký %d (%s) kết thúc mà trạng thái chưa đổi, hoặc ngược lại.", s.ID, s.Subject))
		}
	}); err != nil {
		return err
	}
	for id := range told {
		report(fmt.Sprintf("Sổ có phiên ký %d nhưng bảng không có.", id))
	}
	all, err := profiles(r, agency)
	if err != nil {
		return err
	}
	for _, p := range all {
		if was, ok := own[p.Person]; !ok || was != p.data() || p.PictureSum != sumOf(p.Picture) || p.KeySum != sumOf(p.KeyFile) {
			report(fmt.Sprintf("Hình chữ ký hoặc tệp khóa của người %d khác với sổ.", p.Person))
		}
		delete(own, p.Person)
	}
	for person := range own {
		report(fmt.Sprintf("Sổ có hình chữ ký hoặc tệp khóa của người %d nhưng bảng không có.", person))
	}
	return nil
}
