// SPDX-License-Identifier: Apache-2.0

package notice

import (
	"encoding/json"
	"fmt"
	"strings"

	"soviec/kit/journal"
	"soviec/kit/store"
)

// Check reports notices that cannot be, channels that differ from what the book tells of
// them, and deliveries that belong to nothing. Notices are no acts, so no entry founds them.
func Check(r store.Reader, agency int64, report func(string)) error {
	err := eachNotice(r, agency, func(id int64, day, at, read string) {
		if read != "" && read < at {
			report(fmt.Sprintf("Thông báo %d được ghi là đã đọc trước khi gửi.", id))
		}
		if day == "" || at == "" {
			report(fmt.Sprintf("Thông báo %d thiếu ngày hoặc thời điểm gửi.", id))
		}
	})
	if err != nil {
		return err
	}
	channels, endpoints, err := fold(r, agency, report)
	if err != nil {
		return err
	}
	if err := eachChannel(r, agency, func(c Channel) {
		was, ok := channels[c.ID]
		switch {
		case !ok:
			report(fmt.Sprintf("Cách nhận thông báo %d không có mục nào trong sổ.", c.ID))
		case was != dataOf(c):
			report(fmt.Sprintf("Cách nhận thông báo %d khác với sổ.", c.ID))
		}
		delete(channels, c.ID)
	}); err != nil {
		return err
	}
	for id := range channels {
		report(fmt.Sprintf("Sổ có cách nhận thông báo %d nhưng bảng không có.", id))
	}
	all, err := allEndpoints(r, agency)
	if err != nil {
		return err
	}
	for _, e := range all {
		if was, ok := endpoints[e.ID]; !ok || was != !e.Closed.IsZero() {
			report(fmt.Sprintf("Hệ thống trò chuyện %d khác với sổ.", e.ID))
		}
		delete(endpoints, e.ID)
	}
	for id := range endpoints {
		report(fmt.Sprintf("Sổ có hệ thống trò chuyện %d nhưng bảng không có.", id))
	}
	return eachStray(r, agency, func(id int64) {
		report(fmt.Sprintf("Lượt gửi thông báo %d không khớp với thông báo, cách nhận hoặc trạng thái của nó.", id))
	})
}

// fold walks the entries of this room: how each channel stands last, and which chat
// systems were closed.
func fold(r store.Reader, agency int64, report func(string)) (map[int64]channelData, map[int64]bool, error) {
	channels, endpoints := map[int64]channelData{}, map[int64]bool{}
	for e, err := range journal.Entries(r, agency) {
		if err != nil {
			return channels, endpoints, err
		}
		if !strings.HasPrefix(e.Kind, "notice.") {
			continue
		}
		kind, id, _ := journal.ParseRef(e.Subject)
		var err error
		switch {
		case kind == "channel" && e.Kind != ChannelTested:
			var d channelData
			err = json.Unmarshal([]byte(e.Raw()), &d)
			channels[id] = d
		case kind == "endpoint":
			var d endpointData
			err = json.Unmarshal([]byte(e.Raw()), &d)
			endpoints[id] = d.Closed
		}
		if err != nil {
			report(fmt.Sprintf("Mục %d của sổ (%s) không đọc được.", e.Seq, Acts[e.Kind]))
		}
	}
	return channels, endpoints, nil
}
